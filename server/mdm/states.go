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
	create := tx.DeviceEnrollment.Create().SetDeviceID(f.Device).SetStatus(deviceenrollment.StatusNotEnrolled).SetUdid(f.UDID).
		SetProduct(bounded(f.Product)).SetOsVersion(bounded(f.OSVersion)).SetBuildVersion(bounded(f.BuildVersion)).
		SetBelowMinimumOs(f.BelowMinimumOS).SetProfileFetchedAt(at).SetLastSeenAt(at.Truncate(time.Minute))
	if f.Registration != 0 {
		create.SetAdeProfileRegistrationID(f.Registration)
	}
	if f.Of != 0 {
		create.SetOfferedMdmID(f.Of)
	}
	err := create.OnConflictColumns(deviceenrollment.FieldDeviceID).Update(func(u *ent.DeviceEnrollmentUpsert) {
		u.UpdateUdid().UpdateProduct().UpdateOsVersion().UpdateBuildVersion().UpdateBelowMinimumOs().UpdateProfileFetchedAt().UpdateLastSeenAt().UpdateOfferedMdmID()
		if f.Registration != 0 {
			u.UpdateAdeProfileRegistrationID()
		}
	}).Exec(ctx)
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
	create := tx.DeviceEnrollment.Create().SetDeviceID(b.device).SetStatus(deviceenrollment.StatusEnrolling).SetUdid(b.udid).
		SetProduct(f.ProductName).SetOsVersion(f.OSVersion).SetBuildVersion(f.BuildVersion).SetModelName(f.ModelName).SetDeviceName(f.DeviceName).
		SetAuthenticatedAt(at).SetLastSeenAt(at.Truncate(time.Minute)).SetEnrollments(1)
	if b.of != 0 {
		create.SetOtherMdmID(b.of).SetReportedAt(at)
	}
	err := create.OnConflictColumns(deviceenrollment.FieldDeviceID).Update(func(u *ent.DeviceEnrollmentUpsert) {
		u.UpdateStatus().UpdateUdid().UpdateAuthenticatedAt().UpdateLastSeenAt().AddEnrollments(1).
			ClearEnrolledAt().ClearUnenrolledAt().ClearReleasedAt().ClearReleaseDueAt().SetAwaitingConfiguration(false).
			UpdateOtherMdmID().UpdateReportedAt()
		// A device says less than it did, and than its machine information does, before it says more.
		for _, set := range []struct {
			value string
			keep  func() *ent.DeviceEnrollmentUpsert
		}{{f.ProductName, u.UpdateProduct}, {f.OSVersion, u.UpdateOsVersion}, {f.BuildVersion, u.UpdateBuildVersion}, {f.ModelName, u.UpdateModelName}, {f.DeviceName, u.UpdateDeviceName}} {
			if set.value != "" {
				set.keep()
			}
		}
	}).Exec(ctx)
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

// stillHere reads how a device stands. One that said goodbye, or never began, has to begin with Authenticate.
func (s *Service) stillHere(ctx context.Context, tx *store.Tx, device gid.ID) (*ent.DeviceEnrollment, error) {
	e, err := tx.DeviceEnrollment.Query().Where(deviceenrollment.DeviceID(device)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, apperr.New(NoAuthenticate, "The device did not begin to enroll.")
	case err != nil:
		return nil, fmt.Errorf("reading how a device stands: %w", err)
	case e.Status != deviceenrollment.StatusEnrolling && e.Status != deviceenrollment.StatusEnrolled, e.OtherMdmID != nil:
		return nil, apperr.New(NoAuthenticate, "The device is not enrolled.")
	}
	return e, nil
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
	// Of two messages at the same time one does it.
	update := tx.DeviceEnrollment.Update().Where(deviceenrollment.ID(e.ID), deviceenrollment.StatusEQ(e.Status), deviceenrollment.AwaitingConfiguration(e.AwaitingConfiguration))
	if isFirst {
		update.SetStatus(deviceenrollment.StatusEnrolled).SetEnrolledAt(now).SetLastSeenAt(now.Truncate(time.Minute))
	}
	if holds {
		update.SetAwaitingConfiguration(true).SetReleaseDueAt(now.Add(settings.ReleaseAfter)).ClearReleasedAt()
	}
	n, err := update.Save(ctx)
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
