package mdm

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// slice is how many devices get a command, or lose one, in a transaction.
	slice = 2_000
	// maxSkipped is how many serial numbers are kept of devices that take no commands: as many as a selection names one by one.
	maxSkipped = 1_000
	// workInterval is how often batches are looked at that no signal told of.
	workInterval = 30 * time.Second
	// workPause is the least time between two looks.
	workPause = time.Second
	// PruneInterval is how often Prune is to be called.
	PruneInterval = time.Hour
	// keepBatches is how long batches that ended are kept, with what devices answered.
	keepBatches = 90 * 24 * time.Hour
	// keepBodies is for how long after its end a command can be sent again to the devices that did not do it.
	keepBodies = 7 * 24 * time.Hour
)

// Sent is a command that was taken.
type Sent struct {
	Batch   *ent.CommandBatch
	Unknown []string // serial numbers of no device, at most 100
}

// takesCommands holds for the channels that commands go to.
func takesCommands() predicate.MDMChannel {
	return mdmchannel.And(mdmchannel.Enabled(true), mdmchannel.OfUser(false))
}

// Send queues a command for the devices. The first of them have it when Send returns, the others shortly after. Nothing of it asks Apple's device service,
// so it works whatever state a token is in. Errors: Forbidden; BadUserInput, NotFound and Conflict with the input field at fault.
func (s *Service) Send(ctx context.Context, c Command, devices devicegroup.Selection) (sent Sent, err error) {
	if err := checkRole(ctx, c.Kind); err != nil {
		return sent, err
	}
	p, err := prepare(c, s.EnrollmentProfile)
	if err != nil {
		return sent, err
	}
	if p.erases {
		if err := checkIrreversible(ctx, devices); err != nil {
			return sent, err
		}
	}
	uuid := newUUID()
	body, err := p.message(uuid)
	if err != nil {
		return sent, err
	}
	sealed, err := s.Box.Seal(body, batchContext(uuid))
	if err != nil {
		return sent, err
	}
	devices.Now = s.clock.Now()
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		sent, err = s.begin(ctx, tx, p, uuid, sealed, devices)
		return err
	})
	if err != nil {
		return Sent{}, store.MapError(err)
	}
	return sent, nil
}

// checkRole leaves to administrators what the API's own check cannot know: it asks for OPERATOR.
func checkRole(ctx context.Context, kind Kind) error {
	if kind == Raw || kind == EraseDevice { // what a raw one does cannot be told
		return auth.Require(ctx, role.Admin)
	}
	return nil
}

// checkIrreversible holds what cannot be undone to a list that somebody has seen, with its number.
func checkIrreversible(ctx context.Context, devices devicegroup.Selection) error {
	if err := auth.Require(ctx, role.Admin); err != nil {
		return err
	}
	const why = "An erase cannot be undone: "
	switch {
	case devices.SerialNumbers == nil || devices.IDs != nil || devices.SerialListID != 0 || devices.GroupID != 0 || devices.Where != nil || len(devices.ExceptIDs) > 0:
		return apperr.New(apperr.BadUserInput, why+"its devices are named by serial number, at most %d of them, and in no other way.", maxSkipped).WithField("serialNumbers")
	case devices.ExpectedCount == nil:
		return apperr.New(apperr.BadUserInput, why+"it needs `expectedCount`, how many devices are meant.").WithField("expectedCount")
	}
	return nil
}

func batchContext(uuid string) string { return "command_batch/" + uuid + "/body" }

func (s *Service) begin(ctx context.Context, tx *store.Tx, p prepared, uuid string, sealed []byte, devices devicegroup.Selection) (sent Sent, err error) {
	meant, unknown, count, err := devices.Resolve(ctx, tx)
	if err != nil {
		return sent, err
	}
	if count == 0 {
		e := apperr.New(apperr.BadUserInput, "The selection has no devices. Nothing was sent.")
		if len(unknown) > 0 {
			e = apperr.New(apperr.BadUserInput, "Of %s, none is that of a device, %s for example. Nothing was sent.", apperr.Count(len(unknown), "serial number"), unknown[0])
		}
		return sent, e
	}
	channels, err := tx.MDMChannel.Query().Where(takesCommands(), mdmchannel.HasDeviceWith(meant)).Order(mdmchannel.ByID()).IDs(ctx)
	if err != nil {
		return sent, fmt.Errorf("looking for the channels of devices: %w", err)
	}
	skipped := []string{}
	if len(channels) < count {
		err := tx.Device.Query().Where(meant, device.Not(device.HasMdmChannelsWith(takesCommands()))).Order(device.ByID()).Limit(maxSkipped).
			Select(device.FieldSerialNumber).Scan(ctx, &skipped)
		if err != nil {
			return sent, fmt.Errorf("looking for devices that take no commands: %w", err)
		}
	}
	if len(channels) == 0 {
		e := apperr.New(apperr.Conflict, "The device %s is not enrolled here. Nothing was sent.", skipped[0])
		if count > 1 {
			e = apperr.New(apperr.Conflict, "None of the %d devices is enrolled here, %s for example. Nothing was sent.", count, skipped[0])
		}
		return sent, e.WithHint("A device takes commands from its enrollment on: filter by `enrollmentStatus: ENROLLED` and `enrolledWithOwnMdm: true`.")
	}
	if p.needsPIN {
		macs, err := tx.Device.Query().Where(meant, device.PlatformEQ(device.PlatformMacOS), device.HasMdmChannelsWith(takesCommands())).Count(ctx)
		if err != nil {
			return sent, fmt.Errorf("looking for Macs: %w", err)
		}
		if macs > 0 {
			return sent, apperr.New(apperr.BadUserInput, "There are Macs among the devices (%d), which are locked with a PIN of 6 digits.", macs).WithField("pin").
				WithHint("Give a PIN, and keep it: without it nobody can unlock them.")
		}
	}
	now := s.clock.Now().UTC()
	batch, err := tx.CommandBatch.Create().SetCommandUUID(uuid).SetRequestType(p.requestType).SetTitle(p.title).SetStatus(commandbatch.StatusRunning).
		SetRequestedBy(auth.CallerOf(ctx).Name).SetSealedBody(sealed).SetDevices(count).SetNotEnrolled(count - len(channels)).SetSkipped(skipped).
		SetWaiting(packIDs(channels)).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return sent, fmt.Errorf("keeping a command: %w", err)
	}
	after := map[string]any{"requestType": p.requestType, "title": p.title, "devices": count, "notEnrolled": batch.NotEnrolled}
	if p.erases {
		after["serialNumbers"] = devices.SerialNumbers
	}
	if err := audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "sendCommand", ObjectID: batch.ID, ObjectName: p.requestType, After: after}); err != nil {
		return sent, err
	}
	if batch, err = s.queueSome(ctx, tx, batch); err != nil {
		return sent, err
	}
	return Sent{Batch: batch, Unknown: unknown}, nil
}

// queueSome queues the command for the next devices of the batch, for the first time or again. Those that left meanwhile are counted as not enrolled; of
// those that have it still to do nothing is changed, and all of them are asked to call.
func (s *Service) queueSome(ctx context.Context, tx *store.Tx, b *ent.CommandBatch) (*ent.CommandBatch, error) {
	next, more, err := unpackIDs(b.Waiting, b.AfterID, slice)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now().UTC()
	update := tx.CommandBatch.UpdateOne(b).SetUpdatedAt(now)
	if !more {
		update.SetQueued(true).ClearWaiting()
	}
	if len(next) > 0 {
		if err := lockChannels(ctx, tx, next); err != nil {
			return nil, err
		}
		fresh, ended, err := splitByOutcome(ctx, tx, b, next)
		if err != nil {
			return nil, err
		}
		queued, err := s.queueFor(ctx, tx, b, fresh, now)
		if err != nil {
			return nil, err
		}
		if err := s.queueAgain(ctx, tx, b, ended, now); err != nil {
			return nil, err
		}
		update.SetAfterID(next[len(next)-1]).AddTotal(queued).AddNotEnrolled(len(fresh) - queued)
		if err := s.Push.Want(ctx, tx, next...); err != nil {
			return nil, err
		}
	}
	tx.AfterCommit(s.announce)
	tx.AfterCommit(s.wake)
	return update.Save(ctx)
}

// lockChannels waits for messages of the channels that are being worked on, and has others wait: a device that enrolls anew empties its queue, and must not
// find in the new one what was meant for the one before. SQLite has one writer anyhow.
func lockChannels(ctx context.Context, tx *store.Tx, channels []gid.ID) error {
	if tx.Dialect() != dialect.Postgres {
		return nil
	}
	list, err := json.Marshal(numbers(channels))
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "SELECT id FROM mdm_channels WHERE id IN ("+elements(tx, "$1")+") ORDER BY id FOR NO KEY UPDATE", string(list)); err != nil {
		return fmt.Errorf("waiting for the channels of a command: %w", err)
	}
	return nil
}

// queueFor writes the commands of some channels, and that into their devices' history. It gives how many there are.
func (s *Service) queueFor(ctx context.Context, tx *store.Tx, b *ent.CommandBatch, channels []gid.ID, now time.Time) (int, error) {
	if len(channels) == 0 {
		return 0, nil
	}
	list, err := json.Marshal(numbers(channels))
	if err != nil {
		return 0, err
	}
	result, err := tx.ExecContext(ctx, "INSERT INTO mdm_commands (mdm_channel_id, command_batch_id, command_uuid, request_type, body, purpose, requested_by, status,"+
		" error_message, attempts, queued_at) SELECT id, $1, $2, $3, $4, 'PERSON', $5, 'QUEUED', '', 0, $6 FROM mdm_channels"+
		" WHERE enabled AND NOT of_user AND id IN ("+elements(tx, "$7")+") ORDER BY id",
		int64(b.ID), b.CommandUUID, b.RequestType, []byte{}, b.RequestedBy, now, string(list))
	if err != nil {
		return 0, fmt.Errorf("queueing a command: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, err
	}
	return int(n), recordCommands(ctx, tx, deviceevent.KindCommandQueued, b.RequestType, b.RequestedBy,
		"m.command_batch_id = $4 AND m.mdm_channel_id IN ("+elements(tx, "$5")+")", now, int64(b.ID), string(list))
}

// recordCommands writes what happened to commands into their devices' history, each. The condition on m, the commands, has its arguments from $4 on.
func recordCommands(ctx context.Context, tx *store.Tx, kind deviceevent.Kind, requestType, by, condition string, now time.Time, args ...any) error {
	what, err := json.Marshal(changes{"command": {nil, requestType}})
	if err != nil {
		return err
	}
	value := "$1"
	if tx.Dialect() == dialect.Postgres {
		value = "$1::jsonb"
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO device_events (device_id, abm_token_id, kind, at, changes, requested_by, unannounced)"+
		" SELECT d.id, d.abm_token_id, '"+string(kind)+"', $2, "+value+", $3, false FROM mdm_commands AS m JOIN mdm_channels AS c ON c.id = m.mdm_channel_id"+
		" JOIN devices AS d ON d.id = c.device_id WHERE "+condition, append([]any{string(what), now, by}, args...)...)
	if err != nil {
		return fmt.Errorf("writing the devices' events: %w", err)
	}
	return nil
}

// elements is the query for the numbers in a JSON array.
func elements(tx *store.Tx, argument string) string {
	if tx.Dialect() == dialect.Postgres {
		return "SELECT value::bigint FROM json_array_elements_text(" + argument + "::json)"
	}
	return "SELECT value FROM json_each(" + argument + ")"
}

func numbers(ids []gid.ID) []int64 {
	list := make([]int64, len(ids))
	for i, id := range ids {
		list[i] = int64(id)
	}
	return list
}

// wake has batches looked at. It does not wait.
func (s *Service) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}

// work carries batches on until ctx ends: those of this replica at once, those of another that ended meanwhile a little later.
func (s *Service) work(ctx context.Context) {
	ticker := s.clock.NewTicker(workInterval)
	defer ticker.Stop()
	for {
		if err := s.WorkOnBatches(ctx); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "commands could not be carried on; trying again", "error", err)
		}
		if !s.pause(ctx, workPause) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.Chan():
		case <-s.woken:
		}
	}
}

// WorkOnBatches queues what is still to be queued, and ends the batches whose devices have all answered. Every replica may call it at any time.
func (s *Service) WorkOnBatches(ctx context.Context) error {
	for {
		more, err := s.queueNext(ctx)
		if err != nil {
			return fmt.Errorf("queueing commands: %w", err)
		}
		if !more {
			break
		}
	}
	open, err := s.db.Reader().CommandBatch.Query().Where(commandbatch.FinishedAtIsNil(), commandbatch.Queued(true)).
		Select(commandbatch.FieldID, commandbatch.FieldStatus, commandbatch.FieldRequestType, commandbatch.FieldRequestedBy).All(ctx)
	if err != nil {
		return fmt.Errorf("looking for commands that were answered: %w", err)
	}
	for _, b := range open {
		if b.Status == commandbatch.StatusCanceled { // what was put off, or whoever canceled died in between
			if _, err := s.cancelAll(ctx, b, b.RequestedBy); err != nil {
				return err
			}
		}
		if err := s.finish(ctx, b.ID); err != nil {
			return fmt.Errorf("ending a command: %w", err)
		}
	}
	return nil
}

// queueNext carries on one batch by a slice.
func (s *Service) queueNext(ctx context.Context) (more bool, err error) {
	unqueued := commandbatch.And(commandbatch.Queued(false), commandbatch.StatusEQ(commandbatch.StatusRunning))
	if any, err := s.db.Reader().CommandBatch.Query().Where(unqueued).Exist(ctx); err != nil || !any {
		return false, err
	}
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		more = false
		query := tx.CommandBatch.Query().Where(unqueued).Order(commandbatch.ByID())
		if tx.Dialect() == dialect.Postgres {
			query.ForUpdate(sql.WithLockAction(sql.SkipLocked))
		}
		b, err := query.First(ctx)
		if ent.IsNotFound(err) { // another replica has it
			return nil
		}
		if err == nil {
			more = true
			_, err = s.queueSome(ctx, tx, b)
		}
		return err
	})
	return more, err
}

// isOpen holds for the commands of a batch of which more is expected. The statuses, not done_at: there is an index of them.
func isOpen(batch gid.ID) predicate.MDMCommand {
	return mdmcommand.And(mdmcommand.CommandBatchID(batch), mdmcommand.StatusIn(mdmcommand.StatusQueued, mdmcommand.StatusSent, mdmcommand.StatusNotNow))
}

// lockBatch reads a batch and keeps others from changing it until tx ends. SQLite has one writer anyhow.
func lockBatch(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.CommandBatch, error) {
	query := tx.CommandBatch.Query().Where(commandbatch.ID(id))
	if tx.Dialect() == dialect.Postgres {
		query.ForUpdate()
	}
	return query.Only(ctx)
}

// finish ends a batch of which nothing is expected any more. Its numbers stay; its body goes, unless it may be sent again.
func (s *Service) finish(ctx context.Context, id gid.ID) error {
	if open, err := s.db.Reader().MDMCommand.Query().Where(isOpen(id)).Exist(ctx); err != nil || open {
		return err
	}
	return s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		b, err := lockBatch(ctx, tx, id)
		if err != nil || b.FinishedAt != nil || !b.Queued {
			return ent.MaskNotFound(err)
		}
		open, err := tx.MDMCommand.Query().Where(isOpen(id)).Exist(ctx)
		if err != nil || open {
			return err
		}
		n, err := countCommands(ctx, tx.Client, b)
		if err != nil {
			return err
		}
		now := s.clock.Now().UTC()
		update := tx.CommandBatch.UpdateOne(b).SetFinishedAt(now).SetUpdatedAt(now).
			SetAcknowledged(n.Acknowledged).SetFailed(n.Failed).SetCanceled(n.Canceled).SetDropped(n.Dropped)
		if n.NotDone() == 0 {
			update.ClearSealedBody()
		}
		if b.Status == commandbatch.StatusRunning {
			update.SetStatus(commandbatch.StatusFinished)
		}
		tx.AfterCommit(s.announce)
		return update.Exec(ctx)
	})
}

// CommandCounts say how many devices of a batch stand how.
type CommandCounts struct{ Queued, Sent, NotNow, Acknowledged, Failed, Canceled, Dropped int }

// NotDone is how many devices are done with the command without having done it.
func (n CommandCounts) NotDone() int { return n.Failed + n.Canceled + n.Dropped }

// CountCommands tells how the devices of a batch stand.
func (s *Service) CountCommands(ctx context.Context, b *ent.CommandBatch) (CommandCounts, error) {
	return countCommands(ctx, s.db.Reader(), b)
}

func countCommands(ctx context.Context, db *ent.Client, b *ent.CommandBatch) (CommandCounts, error) {
	n := CommandCounts{Acknowledged: b.Acknowledged, Failed: b.Failed, Canceled: b.Canceled, Dropped: b.Dropped}
	if b.FinishedAt != nil {
		return n, nil
	}
	var rows []struct {
		Status mdmcommand.Status
		Count  int
	}
	if err := db.MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID)).GroupBy(mdmcommand.FieldStatus).Aggregate(ent.Count()).Scan(ctx, &rows); err != nil {
		return n, fmt.Errorf("counting the commands of a batch: %w", err)
	}
	for _, r := range rows {
		switch r.Status {
		case mdmcommand.StatusQueued:
			n.Queued += r.Count
		case mdmcommand.StatusSent:
			n.Sent += r.Count
		case mdmcommand.StatusNotNow:
			n.NotNow += r.Count
		case mdmcommand.StatusAcknowledged:
			n.Acknowledged += r.Count
		case mdmcommand.StatusError, mdmcommand.StatusFormatError:
			n.Failed += r.Count
		case mdmcommand.StatusCanceled:
			n.Canceled += r.Count
		case mdmcommand.StatusDropped:
			n.Dropped += r.Count
		}
	}
	return n, nil
}

// CancelBatch takes a command back from the devices that were not sent it, or put it off: NotNow. It gives how many these are. Errors: NotFound; Conflict
// when it has ended.
func (s *Service) CancelBatch(ctx context.Context, id gid.ID) (b *ent.CommandBatch, canceled int, err error) {
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		b, err = lockBatch(ctx, tx, id) // nobody queues more of it meanwhile
		switch {
		case ent.IsNotFound(err):
			return apperr.Missing(err, "command batch", id, "commandBatches").WithField("commandBatchId")
		case err != nil:
			return err
		case b.FinishedAt != nil || b.Status != commandbatch.StatusRunning:
			return apperr.New(apperr.Conflict, "The command has ended already.").WithField("commandBatchId")
		}
		canceled = b.Devices - b.NotEnrolled - b.Total // for which it was not queued; those that wait stay in their list, in case it is sent again
		if b, err = tx.CommandBatch.UpdateOne(b).SetStatus(commandbatch.StatusCanceled).SetQueued(true).SetCanceled(canceled).
			SetUpdatedAt(s.clock.Now().UTC()).Save(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "cancelCommands", ObjectID: b.ID, ObjectName: b.RequestType})
	})
	if err != nil {
		return nil, 0, store.MapError(err)
	}
	n, err := s.cancelAll(ctx, b, auth.CallerOf(ctx).Name)
	if err == nil {
		err = s.finish(ctx, b.ID)
	}
	if err != nil {
		return nil, 0, store.MapError(err)
	}
	b, err = s.db.Reader().CommandBatch.Get(ctx, id)
	return b, canceled + n, store.MapError(err)
}

// cancelable are the states in which the device does not have the command.
var cancelable = []mdmcommand.Status{mdmcommand.StatusQueued, mdmcommand.StatusNotNow}

// cancelAll cancels what can be, slice by slice.
func (s *Service) cancelAll(ctx context.Context, b *ent.CommandBatch, by string) (total int, err error) {
	for {
		n := 0
		err := s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			n = 0
			now, err := lockBatch(ctx, tx, b.ID)
			if err != nil || now.Status != commandbatch.StatusCanceled { // it is being sent again
				return ent.MaskNotFound(err)
			}
			query := tx.MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID), mdmcommand.StatusIn(cancelable...)).Limit(slice)
			if tx.Dialect() == dialect.Postgres {
				query.ForUpdate(sql.WithLockAction(sql.SkipLocked)) // a device that is being sent it has it
			}
			ids, err := query.IDs(ctx)
			if err != nil || len(ids) == 0 {
				return err
			}
			n, err = s.cancelSome(ctx, tx, b.RequestType, by, ids)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("canceling commands: %w", err)
		}
		if total += n; n < slice {
			return total, nil
		}
	}
}

func (s *Service) cancelSome(ctx context.Context, tx *store.Tx, requestType, by string, ids []gid.ID) (int, error) {
	list, err := json.Marshal(numbers(ids))
	if err != nil {
		return 0, err
	}
	now := s.clock.Now().UTC()
	if err := recordCommands(ctx, tx, deviceevent.KindCommandCanceled, requestType, by,
		"m.id IN ("+elements(tx, "$4")+") AND m.status IN ('QUEUED', 'NOT_NOW')", now, string(list)); err != nil {
		return 0, err
	}
	result, err := tx.ExecContext(ctx, "UPDATE mdm_commands SET status = 'CANCELED', done_at = $1 WHERE id IN ("+elements(tx, "$2")+") AND status IN ('QUEUED', 'NOT_NOW')",
		now, string(list))
	if err != nil {
		return 0, err
	}
	tx.AfterCommit(s.announce)
	tx.AfterCommit(s.wake)
	n, err := result.RowsAffected()
	return int(n), err
}

// CancelCommand is CancelBatch for one device. Errors: NotFound; Conflict when the device has it, or nobody had asked for it.
func (s *Service) CancelCommand(ctx context.Context, id gid.ID) (c *ent.MDMCommand, err error) {
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if c, err = tx.MDMCommand.Get(ctx, id); err != nil {
			if ent.IsNotFound(err) {
				return apperr.Missing(err, "command", id, "mdmCommands").WithField("mdmCommandId")
			}
			return err
		}
		if c.Purpose != mdmcommand.PurposePerson {
			return apperr.New(apperr.Conflict, "GuardMDM sends this command by itself: devices need it.").WithField("mdmCommandId")
		}
		n, err := s.cancelSome(ctx, tx, c.RequestType, auth.CallerOf(ctx).Name, []gid.ID{id})
		if err != nil {
			return err
		}
		if n == 0 {
			return apperr.New(apperr.Conflict, "The command was sent already, or has ended: it cannot be canceled any more.").WithField("mdmCommandId")
		}
		if c, err = tx.MDMCommand.Get(ctx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "cancelCommands", ObjectID: id, ObjectName: c.RequestType})
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	return c, nil
}

// Answer is what a device answered to a command; empty when it did not, or the answer was too long to be kept. Errors: NotFound.
func (s *Service) Answer(ctx context.Context, id gid.ID) (*ent.MDMCommand, error) {
	c, err := s.db.Reader().MDMCommand.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, apperr.Missing(err, "command", id, "mdmCommands").WithField("mdmCommandId")
	}
	return c, store.MapError(err)
}

// Prune forgets batches that ended long ago, with what devices answered. Their devices' history stays.
func (s *Service) Prune(ctx context.Context) error {
	if err := s.db.Ent().CommandBatch.Update().Where(commandbatch.FinishedAtLT(s.clock.Now().Add(-keepBodies).UTC()), commandbatch.SealedBodyNotNil()).
		ClearSealedBody().ClearWaiting().Exec(ctx); err != nil {
		return fmt.Errorf("forgetting what old commands hold: %w", err)
	}
	old, err := s.db.Reader().CommandBatch.Query().Where(commandbatch.FinishedAtLT(s.clock.Now().Add(-keepBatches).UTC())).IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range old {
		for n := slice; n == slice; {
			err := s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
				ids, err := tx.MDMCommand.Query().Where(mdmcommand.CommandBatchID(id)).Limit(slice).IDs(ctx)
				if err != nil {
					return err
				}
				if n = len(ids); n < slice {
					if _, err := tx.MDMCommand.Delete().Where(mdmcommand.CommandBatchID(id)).Exec(ctx); err != nil {
						return err
					}
					return tx.CommandBatch.DeleteOneID(id).Exec(ctx)
				}
				list, err := json.Marshal(numbers(ids))
				if err != nil {
					return err
				}
				_, err = tx.ExecContext(ctx, "DELETE FROM mdm_commands WHERE id IN ("+elements(tx, "$1")+")", string(list))
				return err
			})
			if err != nil {
				return fmt.Errorf("forgetting old commands: %w", err)
			}
		}
	}
	return nil
}
