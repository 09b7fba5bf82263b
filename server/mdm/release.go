package mdm

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

// deviceConfigured is the command that lets Setup Assistant go on.
const deviceConfigured = "DeviceConfigured"

// giveUp is after how long the watchdog leaves a device alone that it could not release: it was wiped, or is in a drawer.
const giveUp = 24 * time.Hour

// WatchdogInterval is how often ReleaseDue is to be called.
const WatchdogInterval = 30 * time.Second

// watchdogBatch is how many devices it releases in a transaction.
const watchdogBatch = 100

// first queues what every device is asked when it enrolled. DeviceConfigured follows when all of it was answered; DeviceInformation is always
// among it.
func first(ctx context.Context, tx *store.Tx, channel *ent.MDMChannel, settings Settings, now time.Time) error {
	for _, name := range settings.FirstCommands {
		if err := enqueue(ctx, tx, channel.ID, mdmcommand.PurposeFirst, "", name, parametersOf(name), now); err != nil {
			return err
		}
	}
	return nil
}

// answered is told of every answer to a command, in its transaction.
func (s *Service) answered(ctx context.Context, tx *store.Tx, channel *ent.MDMChannel, c *ent.MDMCommand, results *mdm.CommandResults) error {
	if channel.OfUser || channel.DeviceID == nil {
		return nil
	}
	now, device := s.clock.Now().UTC(), *channel.DeviceID
	if c.Purpose == mdmcommand.PurposePerson && c.DoneAt != nil {
		if err := s.done(ctx, tx, device, c, now); err != nil {
			return err
		}
	}
	if c.RequestType == "DeviceInformation" && c.Status == mdmcommand.StatusAcknowledged {
		if err := s.learn(ctx, tx, device, results.Raw); err != nil {
			return err
		}
	}
	if c.RequestType == deviceConfigured && (c.Status == mdmcommand.StatusAcknowledged || isReleasedAlready(c)) {
		return s.released(ctx, tx, device, c.RequestedBy, now)
	}
	if c.Purpose != mdmcommand.PurposeFirst || c.DoneAt == nil {
		return nil
	}
	return releaseIfAsked(ctx, tx, channel.ID, device, now)
}

// maxToldError bounds what a device's history holds of its words: the command has them all.
const maxToldError = 500

// done writes what became of a command that somebody sent into the device's history.
func (s *Service) done(ctx context.Context, tx *store.Tx, device gid.ID, c *ent.MDMCommand, now time.Time) error {
	kind, what := deviceevent.KindCommandAcknowledged, changes{"command": {nil, c.RequestType}}
	if c.Status != mdmcommand.StatusAcknowledged {
		words := []rune(c.ErrorMessage)
		kind, what["error"] = deviceevent.KindCommandFailed, [2]any{nil, string(words[:min(len(words), maxToldError)])}
	}
	tx.AfterCommit(s.announce)
	tx.AfterCommit(s.wake)
	return record(ctx, tx, device, kind, what, c.RequestedBy, now)
}

// isReleasedAlready tells whether the device refused DeviceConfigured because it does not wait for it any more. Apple documents no code
// for that, so its words are looked at.
func isReleasedAlready(c *ent.MDMCommand) bool {
	words := strings.ToLower(strings.ReplaceAll(c.ErrorMessage, " ", ""))
	return c.Status == mdmcommand.StatusError && strings.Contains(words, "awaitingconfiguration")
}

// queueRelease queues DeviceConfigured unless it is queued already. by is who asked for it; empty: nobody did.
func queueRelease(ctx context.Context, tx *store.Tx, channel *ent.MDMChannel, by string, now time.Time) error {
	waits, err := openCommands(ctx, tx, channel.ID, mdmcommand.PurposeRelease)
	if err != nil || waits {
		return err
	}
	return enqueue(ctx, tx, channel.ID, mdmcommand.PurposeRelease, by, deviceConfigured, nil, now)
}

// released keeps that Setup Assistant went on, at the wish of by or of nobody.
func (s *Service) released(ctx context.Context, tx *store.Tx, device gid.ID, by string, now time.Time) error {
	n, err := affected(tx.ExecContext(ctx, "UPDATE device_enrollments SET awaiting_configuration = false, released_at = $2, release_due_at = NULL WHERE device_id = $1 AND awaiting_configuration",
		int64(device), now.UTC()))
	if err != nil {
		return fmt.Errorf("keeping that a device was released: %w", err)
	}
	if n == 0 {
		return nil
	}
	tx.AfterCommit(s.announce)
	return record(ctx, tx, device, deviceevent.KindReleased, nil, by, now)
}

// learn keeps what a device answered about itself.
func (s *Service) learn(ctx context.Context, tx *store.Tx, device gid.ID, raw []byte) error {
	var answer struct {
		QueryResponses struct{ OSVersion, BuildVersion, ModelName, DeviceName, ProductName string }
	}
	if err := plist.Unmarshal(raw, &answer); err != nil {
		return apperr.Wrap(err, Malformed, "The answer cannot be read.")
	}
	q := answer.QueryResponses
	_, err := tx.ExecContext(ctx, "UPDATE device_enrollments SET os_version = CASE WHEN $2 <> '' THEN $2 ELSE os_version END, build_version = CASE WHEN $3 <> '' THEN $3 ELSE build_version END,"+
		" model_name = CASE WHEN $4 <> '' THEN $4 ELSE model_name END, device_name = CASE WHEN $5 <> '' THEN $5 ELSE device_name END, product = CASE WHEN $6 <> '' THEN $6 ELSE product END WHERE device_id = $1",
		int64(device), bounded(q.OSVersion), bounded(q.BuildVersion), bounded(q.ModelName), bounded(q.DeviceName), bounded(q.ProductName))
	if err != nil {
		return fmt.Errorf("keeping what a device said of itself: %w", err)
	}
	tx.AfterCommit(s.announce)
	return nil
}

// affected is how many rows a statement changed.
func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Release lets Setup Assistant of a device go on now. Errors: NotFound; Conflict when it does not wait.
func (s *Service) Release(ctx context.Context, id gid.ID) (*ent.Device, error) {
	var d *ent.Device
	err := s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if d, err = tx.Device.Query().Where(device.ID(id)).WithEnrollment().Only(ctx); err != nil {
			if ent.IsNotFound(err) {
				return apperr.New(apperr.NotFound, "There is no such device.").WithField("deviceId")
			}
			return err
		}
		channel, err := channelOf(ctx, tx.Client, id)
		if err != nil {
			return err
		}
		if e := d.Edges.Enrollment; e == nil || e.Status != deviceenrollment.StatusEnrolled || !e.AwaitingConfiguration || channel == nil {
			return apperr.New(apperr.Conflict, "The device does not wait in Setup Assistant.").WithField("deviceId").
				WithHint("Only a device that enrolled and said that it awaits its configuration can be released.")
		}
		if err := queueRelease(ctx, tx, channel, auth.CallerOf(ctx).Name, s.clock.Now()); err != nil {
			return err
		}
		if err := s.Push.Want(ctx, tx, channel.ID); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "releaseFromSetupAssistant", ObjectID: id, ObjectName: d.SerialNumber})
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	s.announce()
	return d, nil
}

// ReleaseDue is the watchdog: devices whose time is over get DeviceConfigured, whatever their first commands did, and once more when that time
// is over again. Of several replicas one does it for each device.
func (s *Service) ReleaseDue(ctx context.Context) error {
	for {
		n, err := s.releaseSome(ctx)
		if err != nil || n < watchdogBatch {
			return err
		}
	}
}

func (s *Service) releaseSome(ctx context.Context) (n int, err error) {
	now := s.clock.Now().UTC()
	// Most of the time there is none: looking does not take SQLite's one writer.
	due, err := s.db.Reader().DeviceEnrollment.Query().Where(deviceenrollment.AwaitingConfiguration(true), deviceenrollment.ReleaseDueAtLTE(now)).Limit(watchdogBatch).All(ctx)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	var channels []gid.ID
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		channels = nil
		settings, err := readSettings(ctx, tx.Client)
		if err != nil {
			return err
		}
		for _, e := range due {
			stillDue := []predicate.DeviceEnrollment{deviceenrollment.ID(e.ID), deviceenrollment.ReleaseDueAtLTE(now), deviceenrollment.AwaitingConfiguration(true)}
			update := tx.DeviceEnrollment.Update().Where(stillDue...).ClearReleaseDueAt()
			if e.EnrolledAt != nil && now.Sub(*e.EnrolledAt) < giveUp {
				update = tx.DeviceEnrollment.Update().Where(stillDue...).SetReleaseDueAt(now.Add(settings.ReleaseAfter))
			}
			mine, err := update.Save(ctx)
			if err != nil {
				return err
			}
			if mine == 0 {
				continue // another replica's, or released meanwhile
			}
			channel, err := channelOf(ctx, tx.Client, e.DeviceID)
			if err != nil {
				return err
			}
			if channel == nil {
				continue
			}
			if err := queueRelease(ctx, tx, channel, "", now); err != nil {
				return err
			}
			channels = append(channels, channel.ID)
		}
		return s.Push.Want(ctx, tx, channels...)
	})
	if err != nil {
		return 0, fmt.Errorf("releasing devices from Setup Assistant: %w", err)
	}
	if len(channels) > 0 {
		s.log.WarnContext(ctx, "devices waited too long in Setup Assistant and are released", "devices", len(channels))
	}
	return len(due), nil
}
