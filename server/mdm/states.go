package mdm

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// facts are what a device says about itself when it enrolls.
type facts struct {
	OSVersion    string
	BuildVersion string
	ProductName  string
	DeviceName   string
	ModelName    string
}

// maxFact bounds what is kept of a device's words about itself.
const maxFact = 255

func bounded(s string) string {
	if runes := []rune(s); len(runes) > maxFact {
		return string(runes[:maxFact])
	}
	return s
}

// factsOf reads what NanoMDM's own type of the message lacks.
func factsOf(raw []byte) (f facts, err error) {
	if err := plist.Unmarshal(raw, &f); err != nil {
		return f, apperr.Wrap(err, Malformed, "The message cannot be read.")
	}
	for _, s := range []*string{&f.OSVersion, &f.BuildVersion, &f.ProductName, &f.DeviceName, &f.ModelName} {
		*s = bounded(*s)
	}
	return f, nil
}

// awaitingConfiguration is what a TokenUpdate says about Setup Assistant; nil when it says nothing. NanoMDM's own type of the message
// lacks it (field notes 29).
func awaitingConfiguration(raw []byte) (*bool, error) {
	var m struct{ AwaitingConfiguration *bool }
	if err := plist.Unmarshal(raw, &m); err != nil {
		return nil, apperr.Wrap(err, Malformed, "The message cannot be read.")
	}
	return m.AwaitingConfiguration, nil
}

func equalSerial(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), b) }

// Fetched is a device that was given its enrollment profile.
type Fetched struct {
	Device, Registration             gid.ID
	UDID                             string
	Product, OSVersion, BuildVersion string
	BelowMinimumOS                   bool
	// Of is the other MDM server whose profile it was given, and its name; 0: our own.
	Of     gid.ID
	OfName string
	At     time.Time
}

// ProfileFetched keeps what the device said of itself. Its state stays: that it fetched the profile says nothing about it yet.
func (s *Service) ProfileFetched(ctx context.Context, tx *store.Tx, f Fetched) error {
	at := f.At.UTC()
	var registration, offered any
	if f.Registration != 0 {
		registration = int64(f.Registration)
	}
	if f.Of != 0 {
		offered = int64(f.Of)
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO device_enrollments AS e (device_id, status, udid, product, os_version, build_version, below_minimum_os, profile_fetched_at, last_seen_at, ade_profile_registration_id, offered_mdm_id)"+
		" VALUES ($1, 'NOT_ENROLLED', $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (device_id) DO UPDATE SET udid = excluded.udid, product = excluded.product, os_version = excluded.os_version,"+
		" build_version = excluded.build_version, below_minimum_os = excluded.below_minimum_os, profile_fetched_at = excluded.profile_fetched_at, last_seen_at = excluded.last_seen_at,"+
		" ade_profile_registration_id = coalesce(excluded.ade_profile_registration_id, e.ade_profile_registration_id), offered_mdm_id = excluded.offered_mdm_id",
		int64(f.Device), f.UDID, bounded(f.Product), bounded(f.OSVersion), bounded(f.BuildVersion), f.BelowMinimumOS, at, at.Truncate(time.Minute), registration, offered)
	if err != nil {
		return fmt.Errorf("keeping that a device fetched its profile: %w", err)
	}
	tx.AfterCommit(s.announce)
	return record(ctx, tx, f.Device, deviceevent.KindProfileFetched, with(f.Of, f.OfName), "", at)
}

// beginning is an Authenticate.
type beginning struct {
	device gid.ID
	udid   string
	facts  facts
	of     gid.ID // the other MDM server that told of it, and its name; 0: it came to ours
	ofName string
	at     time.Time
}

// with names another MDM server in an event.
func with(of gid.ID, name string) changes {
	if of == 0 {
		return nil
	}
	return changes{"mdm": {nil, name}}
}

// began is what Authenticate means: the device enrolls, and what was true of an enrollment before is not any more. Other payloads of its
// profile can still fail, so it is not enrolled yet (field notes 28).
func (s *Service) began(ctx context.Context, tx *store.Tx, b beginning) error {
	f, at := b.facts, b.at
	var of, reported any
	if b.of != 0 {
		of, reported = int64(b.of), at
	}
	// A device says less than it did, and than its machine information does, before it says more.
	_, err := tx.ExecContext(ctx, "INSERT INTO device_enrollments AS e (device_id, status, udid, product, os_version, build_version, model_name, device_name, authenticated_at, last_seen_at, other_mdm_id, reported_at, enrollments)"+
		" VALUES ($1, 'ENROLLING', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) ON CONFLICT (device_id) DO UPDATE SET status = excluded.status, udid = excluded.udid,"+
		said("product", "os_version", "build_version", "model_name", "device_name")+
		" authenticated_at = excluded.authenticated_at, last_seen_at = excluded.last_seen_at, other_mdm_id = excluded.other_mdm_id, reported_at = excluded.reported_at,"+
		" enrollments = e.enrollments + 1, enrolled_at = NULL, unenrolled_at = NULL, released_at = NULL, release_due_at = NULL, awaiting_configuration = false",
		int64(b.device), b.udid, f.ProductName, f.OSVersion, f.BuildVersion, f.ModelName, f.DeviceName, at, at.Truncate(time.Minute), of, reported)
	if err != nil {
		return fmt.Errorf("keeping that a device enrolls: %w", err)
	}
	if b.of != 0 { // its channel here is nobody's any more
		if err := tx.MDMChannel.Update().Where(mdmchannel.DeviceID(b.device), mdmchannel.Enabled(true)).SetEnabled(false).Exec(ctx); err != nil {
			return fmt.Errorf("disabling a device's channel: %w", err)
		}
	}
	tx.AfterCommit(s.announce)
	return record(ctx, tx, b.device, deviceevent.KindEnrolling, with(b.of, b.ofName), "", at)
}

// said takes over what a device says of itself, where it says something.
func said(columns ...string) (list string) {
	for _, c := range columns {
		list += " " + c + " = CASE WHEN excluded." + c + " <> '' THEN excluded." + c + " ELSE e." + c + " END,"
	}
	return list
}

// stillHere reads how a device stands. One that said goodbye, or never began, has to begin with Authenticate.
func (s *Service) stillHere(ctx context.Context, tx *store.Tx, device gid.ID) (*ent.DeviceEnrollment, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, status, other_mdm_id, awaiting_configuration FROM device_enrollments WHERE device_id = $1", int64(device))
	if err != nil {
		return nil, fmt.Errorf("reading how a device stands: %w", err)
	}
	defer rows.Close()
	e := &ent.DeviceEnrollment{DeviceID: device}
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("reading how a device stands: %w", err)
		}
		return nil, apperr.New(NoAuthenticate, "The device did not begin to enroll.")
	}
	if err := rows.Scan(&e.ID, &e.Status, &e.OtherMdmID, &e.AwaitingConfiguration); err != nil {
		return nil, fmt.Errorf("reading how a device stands: %w", err)
	}
	if !isHere(e) || e.OtherMdmID != nil {
		return nil, apperr.New(NoAuthenticate, "The device is not enrolled.")
	}
	return e, rows.Close()
}

// reachable is what a TokenUpdate of the device's own channel means: the first one completes the enrollment.
func (s *Service) reachable(ctx context.Context, tx *store.Tx, e *ent.DeviceEnrollment, channel *ent.MDMChannel, awaiting *bool) error {
	now := s.clock.Now().UTC()
	isFirst := e.Status == deviceenrollment.StatusEnrolling
	holds := awaiting != nil && *awaiting && !e.AwaitingConfiguration
	switch {
	case isFirst || holds:
		if err := s.completed(ctx, tx, e, channel, isFirst, holds, now); err != nil {
			return err
		}
	case awaiting != nil && !*awaiting && e.AwaitingConfiguration:
		if err := s.released(ctx, tx, e.DeviceID, "", now); err != nil {
			return err
		}
	}
	tx.AfterCommit(s.announce)
	return s.Push.Want(ctx, tx, channel.ID)
}

// completed keeps that a device is enrolled, and that it waits in Setup Assistant. It is asked its first questions then; whatever becomes of them, it
// gets DeviceConfigured when the time is over (field notes 29).
func (s *Service) completed(ctx context.Context, tx *store.Tx, e *ent.DeviceEnrollment, channel *ent.MDMChannel, isFirst, holds bool, now time.Time) error {
	settings, err := readSettings(ctx, tx.Client)
	if err != nil {
		return err
	}
	var enrolled, seen, due *time.Time
	if isFirst {
		minute := now.Truncate(time.Minute)
		enrolled, seen = &now, &minute
	}
	if holds {
		end := now.Add(settings.ReleaseAfter)
		due = &end
	}
	// Of two messages at the same time one does it.
	n, err := affected(tx.ExecContext(ctx, "UPDATE device_enrollments SET status = 'ENROLLED', enrolled_at = coalesce($4, enrolled_at), last_seen_at = coalesce($5, last_seen_at),"+
		" release_due_at = coalesce($6, release_due_at), awaiting_configuration = (awaiting_configuration OR $7), released_at = CASE WHEN $7 THEN NULL ELSE released_at END"+
		" WHERE id = $1 AND status = $2 AND awaiting_configuration = $3", int64(e.ID), string(e.Status), e.AwaitingConfiguration, enrolled, seen, due, holds))
	if err != nil {
		return fmt.Errorf("keeping that a device is enrolled: %w", err)
	}
	if n == 0 {
		return nil
	}
	if isFirst {
		if err := record(ctx, tx, e.DeviceID, deviceevent.KindEnrolled, nil, "", now); err != nil {
			return err
		}
	}
	return first(ctx, tx, channel, settings, now)
}

// left is what CheckOut means.
func (s *Service) left(ctx context.Context, tx *store.Tx, device gid.ID) error {
	return s.gone(ctx, tx, device, nil, s.clock.Now().UTC())
}

// gone keeps that a device is not managed any more.
func (s *Service) gone(ctx context.Context, tx *store.Tx, device gid.ID, what changes, at time.Time) error {
	n, err := tx.DeviceEnrollment.Update().Where(deviceenrollment.DeviceID(device), deviceenrollment.StatusNEQ(deviceenrollment.StatusUnenrolled)).
		SetStatus(deviceenrollment.StatusUnenrolled).SetUnenrolledAt(at).SetLastSeenAt(at.Truncate(time.Minute)).
		SetAwaitingConfiguration(false).ClearReleaseDueAt().Save(ctx)
	if err != nil {
		return fmt.Errorf("keeping that a device left: %w", err)
	}
	if n == 0 {
		return nil
	}
	tx.AfterCommit(s.announce)
	return record(ctx, tx, device, deviceevent.KindUnenrolled, what, "", at)
}
