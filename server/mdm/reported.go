package mdm

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// Report is a message of a device that another MDM server took, and tells of.
type Report struct {
	From gid.ID // that server
	Name string
	Kind ReportKind
	UDID string
	Raw  []byte // the message as the device sent it; nil for ReportConnect
	At   time.Time
}

// ReportKind says what a device sent.
type ReportKind string

// The messages that say something about how a device stands.
const (
	ReportAuthenticate ReportKind = "Authenticate"
	ReportTokenUpdate  ReportKind = "TokenUpdate"
	ReportCheckOut     ReportKind = "CheckOut"
	ReportConnect      ReportKind = "Connect" // it called for commands, or answered one
)

// Reported keeps what another MDM server tells of a device. It tells without being asked, once, and one message may overtake another, so each counts
// by the time at which it was so, and what is not newer changes nothing. Errors: NotOurs, OfOtherMDM, OfOther, OldNews, Malformed, TooComplex.
func (s *Service) Reported(ctx context.Context, r Report) error {
	r.At = r.At.UTC().Truncate(time.Microsecond) // as finely as both databases keep it
	var said reported
	if r.Kind != ReportConnect {
		var err error
		if said, err = readReported(r); err != nil {
			return err
		}
		if said.isUsers() {
			r.Kind = ReportConnect // a user of a Mac says no more about the device than that it called
		}
	}
	if r.Kind == ReportConnect {
		known, err := s.called(ctx, r)
		if known || err != nil {
			return err
		}
	}
	return store.MapError(s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if r.Kind == ReportAuthenticate {
			return s.beganElsewhere(ctx, tx, r, said)
		}
		e, err := reportedDevice(ctx, held(tx), r)
		if err != nil {
			return err
		}
		if !isNews(e, r.At) {
			return apperr.New(OldNews, "The report is not newer than what is known of the device.")
		}
		if err := tx.DeviceEnrollment.UpdateOne(e).SetReportedAt(r.At).SetOtherMdmID(r.From).Exec(ctx); err != nil {
			return fmt.Errorf("keeping what was reported of a device: %w", err)
		}
		if r.Kind == ReportCheckOut {
			return s.gone(ctx, tx, e.DeviceID, with(r.From, r.Name), r.At)
		}
		return s.reachableElsewhere(ctx, tx, e, r)
	}))
}

// reported is what is read of a message that another MDM server passes on.
type reported struct {
	facts
	MessageType, UDID, SerialNumber string
	UserID, EnrollmentUserID        string
}

func (r reported) isUsers() bool { return r.UserID != "" || r.EnrollmentUserID != "" }

func readReported(r Report) (said reported, err error) {
	if err := checkPlist(r.Raw); err != nil {
		return said, err
	}
	if said.facts, err = factsOf(r.Raw); err != nil {
		return said, err
	}
	var m struct{ MessageType, UDID, SerialNumber, UserID, EnrollmentUserID string }
	if err := plist.Unmarshal(r.Raw, &m); err != nil {
		return said, apperr.Wrap(err, Malformed, "The message cannot be read.")
	}
	if m.MessageType != string(r.Kind) || m.UDID != r.UDID {
		return said, apperr.New(Malformed, "The message is not the one that the report names: a %.32q of %.64q.", m.MessageType, m.UDID)
	}
	said.MessageType, said.UDID, said.SerialNumber, said.UserID, said.EnrollmentUserID = m.MessageType, m.UDID, m.SerialNumber, m.UserID, m.EnrollmentUserID
	return said, nil
}

// isHere tells whether a device is enrolled, or enrolling, as far as is known.
func isHere(e *ent.DeviceEnrollment) bool {
	return e.Status == deviceenrollment.StatusEnrolling || e.Status == deviceenrollment.StatusEnrolled
}

func isOf(id *gid.ID, of gid.ID) bool { return id != nil && *id == of }

// isNews tells whether a report says something newer than what is known, by whomever it was told.
func isNews(e *ent.DeviceEnrollment, at time.Time) bool {
	for _, known := range []*time.Time{e.ReportedAt, e.UnenrolledAt} {
		if known != nil && !at.After(*known) {
			return false
		}
	}
	return true
}

// held reads enrollments and keeps other reports on them waiting until tx ends: what is newer is to be compared with what is true. SQLite has one
// writer anyhow.
func held(tx *store.Tx) *ent.DeviceEnrollmentQuery {
	query := tx.DeviceEnrollment.Query()
	if tx.Dialect() == dialect.Postgres {
		query.ForUpdate()
	}
	return query
}

// reportedDevice finds a device by its UDID, among those that were given the server's profile here and those of which it told before: what others
// merely claim as their UDID does not count.
func reportedDevice(ctx context.Context, enrollments *ent.DeviceEnrollmentQuery, r Report) (*ent.DeviceEnrollment, error) {
	if r.UDID == "" {
		return nil, apperr.New(NotOurs, "The report names no device by its UDID.")
	}
	all, err := enrollments.Where(deviceenrollment.Udid(r.UDID)).Limit(10).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("looking for the device of a report: %w", err)
	}
	var found *ent.DeviceEnrollment
	for _, e := range all {
		switch {
		case isHere(e) && isOf(e.OtherMdmID, r.From):
			return e, nil
		case isHere(e):
			return nil, apperr.New(OfOtherMDM, "The device with the UDID %.64q is enrolled with another MDM server.", r.UDID)
		case isOf(e.OtherMdmID, r.From) || isOf(e.OfferedMdmID, r.From):
			found = e
		}
	}
	if found == nil {
		return nil, apperr.New(NotOurs, "No device is known that enrolled with the UDID %.64q.", r.UDID)
	}
	return found, nil
}

// called keeps that a device called, where that is all there is to keep. known is false when the call says more: it is enrolled, and nobody told.
func (s *Service) called(ctx context.Context, r Report) (known bool, err error) {
	e, err := reportedDevice(ctx, s.db.Reader().DeviceEnrollment.Query(), r)
	if err != nil {
		return false, err
	}
	if e.Status == deviceenrollment.StatusEnrolled {
		s.saw(e.DeviceID)
		return true, nil
	}
	return false, nil
}

// beganElsewhere is Authenticate at another MDM server. A device that is enrolled leaves for it only if it was given that server's profile here: whoever
// has the secret of a webhook must not be able to end the management of devices that are not that server's.
func (s *Service) beganElsewhere(ctx context.Context, tx *store.Tx, r Report, said reported) error {
	d, err := tx.Device.Query().Where(device.SerialNumber(strings.ToUpper(strings.TrimSpace(said.SerialNumber)))).Only(ctx)
	if ent.IsNotFound(err) {
		return apperr.New(NotOurs, "The device %.32q is in no device list of this server.", said.SerialNumber)
	}
	if err != nil {
		return fmt.Errorf("looking for the device of a report: %w", err)
	}
	e, err := held(tx).Where(deviceenrollment.DeviceID(d.ID)).Only(ctx)
	if ent.MaskNotFound(err) != nil {
		return fmt.Errorf("reading how a device stands: %w", err)
	}
	if e != nil && isHere(e) && !isOf(e.OtherMdmID, r.From) && !isOf(e.OfferedMdmID, r.From) {
		return apperr.New(OfOtherMDM, "The device %s is enrolled with another MDM server, and was not given the profile of this one.", d.SerialNumber)
	}
	if e != nil && !isNews(e, r.At) {
		return s.beganBefore(ctx, tx, e, r, said)
	}
	others, err := tx.DeviceEnrollment.Query().Where(deviceenrollment.Udid(r.UDID), deviceenrollment.DeviceIDNEQ(d.ID),
		deviceenrollment.StatusIn(deviceenrollment.StatusEnrolling, deviceenrollment.StatusEnrolled)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("looking for the device of a report: %w", err)
	}
	if others {
		return apperr.New(OfOther, "The device %s enrolled with the UDID of another device.", d.SerialNumber)
	}
	if err := s.began(ctx, tx, beginning{device: d.ID, udid: r.UDID, facts: said.facts, of: r.From, ofName: r.Name, at: r.At}); err != nil {
		return err
	}
	// What it was to do for us it will never hear of.
	own, err := tx.MDMChannel.Query().Where(mdmchannel.DeviceID(d.ID)).IDs(ctx)
	if err != nil || len(own) == 0 {
		return err
	}
	err = tx.MDMCommand.Update().Where(mdmcommand.MdmChannelIDIn(own...), mdmcommand.DoneAtIsNil()).
		SetStatus(mdmcommand.StatusDropped).SetDoneAt(s.clock.Now().UTC()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("emptying a device's queue: %w", err)
	}
	return s.Identities.RevokeOthers(ctx, tx, d.ID, "", "the device enrolled with another MDM server")
}

// beganBefore fills in when an enrollment began whose end was told first.
func (s *Service) beganBefore(ctx context.Context, tx *store.Tx, e *ent.DeviceEnrollment, r Report, said reported) error {
	if e.Status != deviceenrollment.StatusEnrolled || !isOf(e.OtherMdmID, r.From) || e.AuthenticatedAt != nil && !r.At.After(*e.AuthenticatedAt) {
		return apperr.New(OldNews, "The report is not newer than what is known of the device.")
	}
	update := tx.DeviceEnrollment.UpdateOne(e).SetAuthenticatedAt(r.At).AddEnrollments(1)
	if said.OSVersion != "" {
		update.SetOsVersion(said.OSVersion)
	}
	if said.BuildVersion != "" {
		update.SetBuildVersion(said.BuildVersion)
	}
	tx.AfterCommit(s.announce)
	return update.Exec(ctx)
}

// reachableElsewhere is TokenUpdate at another MDM server, or a call that only a device that is enrolled there makes.
func (s *Service) reachableElsewhere(ctx context.Context, tx *store.Tx, e *ent.DeviceEnrollment, r Report) error {
	s.saw(e.DeviceID)
	if e.Status == deviceenrollment.StatusEnrolled {
		return nil
	}
	err := tx.DeviceEnrollment.UpdateOne(e).SetStatus(deviceenrollment.StatusEnrolled).SetEnrolledAt(r.At).ClearUnenrolledAt().
		SetLastSeenAt(r.At.Truncate(time.Minute)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping that a device is enrolled: %w", err)
	}
	tx.AfterCommit(s.announce)
	return record(ctx, tx, e.DeviceID, deviceevent.KindEnrolled, with(r.From, r.Name), "", r.At)
}
