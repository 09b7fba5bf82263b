package mdm

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
)

// undone are the states of commands of which nothing more is expected although the device did not do them.
var undone = []mdmcommand.Status{mdmcommand.StatusError, mdmcommand.StatusFormatError, mdmcommand.StatusCanceled, mdmcommand.StatusDropped}

// Resend queues a command again for the devices of its batch that are done with it and did not do it: they failed, it was taken back, or it was dropped. It is
// the same command in the same batch, so that each device counts once. Those that have it still to do are asked to call. serials name some of the devices;
// nil: all. expected is how many the caller saw to get it again, or named.
//
// Who may send the command may send it again, and what cannot be undone is held to the same as the first time. Errors: as Send; Conflict when the command
// is not kept any more.
func (s *Service) Resend(ctx context.Context, id gid.ID, serials []string, expected int) (b *ent.CommandBatch, err error) {
	named := devicegroup.Selection{SerialNumbers: serials, ExpectedCount: &expected, Now: s.clock.Now()}
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		b, err = lockBatch(ctx, tx, id)
		switch {
		case ent.IsNotFound(err):
			return apperr.Missing(err, "command batch", id, "commandBatches").WithField("commandBatchId")
		case err != nil:
			return err
		case !b.Queued:
			return apperr.New(apperr.Conflict, "The command is still being queued.").WithField("commandBatchId").WithHint("Try again in a moment.")
		case len(b.SealedBody) == 0:
			return apperr.New(apperr.Conflict, "The command is not kept any more: all devices did it, or it ended more than %d days ago.", keepBodies/(24*time.Hour)).
				WithField("commandBatchId").WithHint("Send it anew.")
		}
		kind, p, err := s.recall(b)
		if err != nil {
			return err
		}
		if err := checkRole(ctx, kind); err != nil {
			return err
		}
		if p.erases {
			if err := checkIrreversible(ctx, named); err != nil {
				return err
			}
		}
		channels, anew, err := s.toResend(ctx, tx, b, named)
		if err != nil {
			return err
		}
		after := map[string]any{"requestType": b.RequestType, "title": b.Title, "devices": anew}
		if p.erases {
			after["serialNumbers"] = serials
		}
		if err := audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "resendCommand", ObjectID: b.ID, ObjectName: b.RequestType, After: after}); err != nil {
			return err
		}
		b, err = s.reopen(ctx, tx, b, channels)
		return err
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	return b, nil
}

// CanResend tells whether a command can be sent again: not all devices did it, and what it holds is kept.
func (s *Service) CanResend(ctx context.Context, b *ent.CommandBatch) (bool, error) {
	if !b.Queued || b.FinishedAt != nil && s.clock.Since(*b.FinishedAt) >= keepBodies {
		return false, nil
	}
	n, err := countCommands(ctx, s.db.Reader(), b)
	return n.NotDone() > 0 || n.Queued+n.Sent+n.NotNow > 0, err
}

// recall finds out what a kept command is. One that a form makes is that form's, whoever wrote it: everybody who may use the form may send it.
func (s *Service) recall(b *ent.CommandBatch) (Kind, prepared, error) {
	body, err := s.Box.Open(b.SealedBody, batchContext(b.CommandUUID))
	if err != nil {
		return "", prepared{}, err
	}
	var kept command
	if err := plist.Unmarshal(body, &kept); err != nil {
		return "", prepared{}, fmt.Errorf("reading a kept command: %w", err)
	}
	text := func(key string) string { value, _ := kept.Command[key].(string); return value }
	c := Command{PIN: text("PIN"), Message: text("Message"), PhoneNumber: text("PhoneNumber"), ProfileIdentifier: text("Identifier")}
	c.Profile, _ = kept.Command["Payload"].([]byte)
	c.Kind = map[string]Kind{"DeviceInformation": DeviceInformation, "ProfileList": ProfileList, "InstallProfile": InstallProfile, "RemoveProfile": RemoveProfile,
		"DeviceLock": DeviceLock, "RestartDevice": RestartDevice, "EraseDevice": EraseDevice}[b.RequestType]
	if formed, err := prepare(c, s.EnrollmentProfile); err == nil {
		var read command
		if body, err = plist.Marshal(command{Command: formed.command}); err == nil {
			err = plist.Unmarshal(body, &read)
		}
		if err == nil && reflect.DeepEqual(read.Command, kept.Command) {
			return c.Kind, formed, nil
		}
	}
	return Raw, prepared{requestType: b.RequestType, title: b.Title, command: kept.Command, erases: holdsErase(kept.Command, 0)}, nil
}

// toResend looks for the devices of a batch that did not do its command: the channels of those that get it again, or have it still to do, ascending, and how
// many get it again.
func (s *Service) toResend(ctx context.Context, tx *store.Tx, b *ent.CommandBatch, named devicegroup.Selection) (channels []gid.ID, anew int, err error) {
	notDone := tx.MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID), mdmcommand.StatusNEQ(mdmcommand.StatusAcknowledged))
	if named.SerialNumbers != nil {
		meant, err := amongBatch(ctx, tx, b, named)
		if err != nil {
			return nil, 0, err
		}
		notDone.Where(mdmcommand.HasChannelWith(mdmchannel.HasDeviceWith(meant)))
		if anew, err = notDone.Clone().Where(mdmcommand.StatusIn(undone...)).Count(ctx); err != nil {
			return nil, 0, fmt.Errorf("counting the devices of a command: %w", err)
		}
	} else {
		if channels, _, err = unpackIDs(b.Waiting, b.AfterID, -1); err != nil {
			return nil, 0, err
		}
		counts, err := countCommands(ctx, tx.Client, b)
		if err != nil {
			return nil, 0, err
		}
		if anew = counts.NotDone(); anew != *named.ExpectedCount {
			return nil, 0, apperr.New(apperr.Conflict, "Devices that did not do the command: %d, not %d.", anew, *named.ExpectedCount).WithField("expectedCount").
				WithHint("Devices have answered since you looked. Look again, and confirm the new number.")
		}
	}
	var queued []gid.ID
	if err := notDone.Where(mdmcommand.HasChannelWith(takesCommands())).Select(mdmcommand.FieldMdmChannelID).Scan(ctx, &queued); err != nil {
		return nil, 0, fmt.Errorf("looking for the devices of a command: %w", err)
	}
	if channels = append(channels, queued...); len(channels) == 0 {
		return nil, 0, apperr.New(apperr.Conflict, "None of the devices takes commands at present. Nothing was sent.").
			WithHint("A device takes commands from its enrollment on.")
	}
	slices.Sort(channels)
	return slices.Compact(channels), anew, nil
}

// amongBatch are the named devices, all of which have to be devices of the batch that did not do its command.
func amongBatch(ctx context.Context, tx *store.Tx, b *ent.CommandBatch, named devicegroup.Selection) (predicate.Device, error) {
	if b.Total < b.Devices-b.NotEnrolled {
		return nil, apperr.New(apperr.Conflict, "The command was taken back before it was queued for all its devices.").WithField("serialNumbers").
			WithHint("Send it again to all of them: leave `serialNumbers` out.")
	}
	meant, odd, _, err := named.Resolve(ctx, tx)
	if err != nil {
		return nil, err
	}
	if len(odd) == 0 {
		waitsFor := mdmchannel.HasCommandsWith(mdmcommand.CommandBatchID(b.ID), mdmcommand.StatusNEQ(mdmcommand.StatusAcknowledged))
		if odd, err = tx.Device.Query().Where(meant, device.Not(device.HasMdmChannelsWith(waitsFor))).Order(device.ByID()).Limit(1).
			Select(device.FieldSerialNumber).Strings(ctx); err != nil {
			return nil, fmt.Errorf("looking for the devices of a command: %w", err)
		}
	}
	if len(odd) > 0 {
		return nil, apperr.New(apperr.Conflict, "The device %s did the command, or is none that it was sent to. Nothing was sent.", odd[0]).WithField("serialNumbers").
			WithHint("Name devices of the batch that did not do it.")
	}
	return meant, nil
}

// reopen has a batch go on.
func (s *Service) reopen(ctx context.Context, tx *store.Tx, b *ent.CommandBatch, channels []gid.ID) (*ent.CommandBatch, error) {
	b, err := tx.CommandBatch.UpdateOne(b).SetStatus(commandbatch.StatusRunning).SetRequestedBy(auth.CallerOf(ctx).Name).ClearFinishedAt().
		SetQueued(false).SetWaiting(packIDs(channels)).SetAfterID(0).
		SetAcknowledged(0).SetFailed(0).SetCanceled(0).SetDropped(0).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("having a command go on: %w", err)
	}
	return s.queueSome(ctx, tx, b)
}

// splitByOutcome tells for which channels the command was never queued, and for which it was queued and has ended without being done.
func splitByOutcome(ctx context.Context, tx *store.Tx, b *ent.CommandBatch, channels []gid.ID) (fresh, ended []gid.ID, err error) {
	list, err := json.Marshal(numbers(channels))
	if err != nil {
		return nil, nil, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT mdm_channel_id, status FROM mdm_commands WHERE command_uuid = $1 AND mdm_channel_id IN ("+elements(tx, "$2")+")", b.CommandUUID, string(list))
	if err != nil {
		return nil, nil, fmt.Errorf("looking for a command that was queued before: %w", err)
	}
	defer rows.Close()
	known := map[gid.ID]mdmcommand.Status{}
	for rows.Next() {
		var id int64
		var status string
		if err := rows.Scan(&id, &status); err != nil {
			return nil, nil, err
		}
		known[gid.ID(id)] = mdmcommand.Status(status)
	}
	for _, id := range channels {
		switch status, isKnown := known[id]; {
		case !isKnown:
			fresh = append(fresh, id)
		case slices.Contains(undone, status):
			ended = append(ended, id)
		}
	}
	return fresh, ended, rows.Err()
}

// queueAgain puts commands that have ended without being done into the queues of their channels again.
func (s *Service) queueAgain(ctx context.Context, tx *store.Tx, b *ent.CommandBatch, channels []gid.ID, now time.Time) error {
	if len(channels) == 0 {
		return nil
	}
	list, err := json.Marshal(numbers(channels))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE mdm_commands SET status = 'QUEUED', queued_at = $1, requested_by = $2, error_message = '', answer = NULL, sent_at = NULL,"+
		" answered_at = NULL, done_at = NULL WHERE command_uuid = $3 AND mdm_channel_id IN (SELECT id FROM mdm_channels WHERE enabled AND id IN ("+elements(tx, "$4")+"))",
		now, b.RequestedBy, b.CommandUUID, string(list))
	if err != nil {
		return fmt.Errorf("queueing a command again: %w", err)
	}
	return recordCommands(ctx, tx, deviceevent.KindCommandQueued, b.RequestType, b.RequestedBy,
		"m.command_uuid = $4 AND m.status = 'QUEUED' AND m.mdm_channel_id IN ("+elements(tx, "$5")+")", now, b.CommandUUID, string(list))
}
