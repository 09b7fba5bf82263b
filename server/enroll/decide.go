package enroll

import (
	"bytes"
	"context"
	stdsql "database/sql"
	"encoding/json"
	"errors"
	"regexp"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/machineinfo"
	"github.com/guardmdm/guardmdm/server/othermdm"
	"github.com/guardmdm/guardmdm/server/store"
)

// request is what is known of a request so far.
type request struct {
	key      string
	info     machineinfo.Info
	verified bool                 // the signature is a device's, so that the serial number may be written down
	unknown  *machineinfo.Unknown // the authority that was refused; nil: none

	registration *ent.ADEProfileRegistration // that the key belongs to, with its version
	token        *ent.ABMToken
	device       *ent.Device
	profile      *ent.ADEProfile // by the rules
	below        bool            // the profile's minimum OS
	twin         bool            // another device enrolled with the UDID
	machineInfo  []byte          // as it was sent
}

// decide gives the enrollment profile, or an *apperr.Error that says why not.
func (s *Service) decide(ctx context.Context, r *request, body []byte) ([]byte, error) {
	if err := s.findRegistration(ctx, r); err != nil {
		return nil, err
	}
	trust, err := s.CAs.Trust(ctx)
	if err != nil {
		return nil, err
	}
	if r.info, r.unknown, err = machineinfo.Read(body, trust); err != nil {
		return nil, err
	}
	r.verified = true
	if wait := s.limits.devices.take(r.info.SerialNumber); wait > 0 {
		return nil, apperr.New(apperr.RateLimited, "The device asks too often.").WithRetryAfter(wait)
	}
	if err := s.findDevice(ctx, r); err != nil {
		return nil, err
	}
	if err := checkUDID(r); err != nil {
		return nil, err
	}
	if err := s.checkSystem(r); err != nil {
		return nil, err
	}
	if r.profile.OtherMdmID != nil && s.Others != nil {
		r.machineInfo = body
		return s.giveOther(ctx, r, *r.profile.OtherMdmID)
	}
	return s.give(ctx, r)
}

// keyForm is what keys look like.
var keyForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

// findRegistration finds what the key belongs to. It comes first: whoever has no key makes this server compute nothing.
func (s *Service) findRegistration(ctx context.Context, r *request) (err error) {
	if !keyForm.MatchString(r.key) { // not all that a path can hold is text to a database
		return apperr.New(UnknownKey, "No ADE profile has this address.")
	}
	registration, version, token := &ent.ADEProfileRegistration{}, &ent.ADEProfileVersion{}, &ent.ABMToken{}
	err = s.Store.ReaderDB().QueryRowContext(s.Store.Brief(ctx), "SELECT r.id, r.apple_profile_uuid, v.id, v.ade_profile_id, v.content, t.id, t.name, t.org_name, t.state, t.expires_at, t.deleted_at"+
		" FROM ade_profile_registrations AS r JOIN ade_profile_versions AS v ON v.id = r.ade_profile_version_id JOIN abm_tokens AS t ON t.id = r.abm_token_id WHERE r.enrollment_key = $1", r.key).
		Scan(&registration.ID, &registration.AppleProfileUUID, &version.ID, &version.AdeProfileID, &version.Content, &token.ID, &token.Name, &token.OrgName, &token.State, &token.ExpiresAt, &token.DeletedAt)
	if errors.Is(err, stdsql.ErrNoRows) {
		return apperr.Wrap(err, UnknownKey, "No ADE profile has this address.")
	}
	registration.AbmTokenID, registration.AdeProfileVersionID, registration.Edges.Version = token.ID, version.ID, version
	r.registration, r.token = registration, token
	return store.MapError(err)
}

// findDevice finds the device, and the profile that it was given. Our list lags behind Apple's by minutes, so before a device is refused Apple is asked
// about it, once.
func (s *Service) findDevice(ctx context.Context, r *request) error {
	if expired(r.token, s.Clock.Now()) {
		_ = s.lookAtDevice(ctx, r) // for its history; it is refused in any case
		return apperr.New(TokenExpired, "The ABM token %q is expired: no device can enroll before an administrator renews it.", r.token.Name)
	}
	err := s.lookAtDevice(ctx, r)
	if err == nil || !worthAsking(err) {
		return err
	}
	asked, failure := s.askApple(ctx, r)
	switch {
	case failure != nil:
		return failure
	case !asked:
		return err
	}
	return s.lookAtDevice(ctx, r)
}

func worthAsking(err error) bool {
	return apperr.Is(err, UnknownDevice, RemovedDevice, OtherToken, KeyNotGiven)
}

// lookAtDevice looks at what is known here.
func (s *Service) lookAtDevice(ctx context.Context, r *request) error {
	d := &ent.Device{SerialNumber: r.info.SerialNumber}
	err := s.Store.ReaderDB().QueryRowContext(s.Store.Brief(ctx), "SELECT id, abm_token_id, removed_at, apple_profile_uuid, platform,"+
		" EXISTS (SELECT 1 FROM device_enrollments AS e WHERE e.udid = $2 AND e.device_id <> devices.id AND e.status IN ('ENROLLING', 'ENROLLED')) FROM devices WHERE serial_number = $1",
		r.info.SerialNumber, r.info.UDID).Scan(&d.ID, &d.AbmTokenID, &d.RemovedAt, &d.AppleProfileUUID, &d.Platform, &r.twin)
	switch {
	case errors.Is(err, stdsql.ErrNoRows):
		return apperr.Wrap(err, UnknownDevice, "The device %s is in no device list of this server.", r.info.SerialNumber)
	case err != nil:
		return store.MapError(err)
	}
	r.device = d
	switch {
	case d.RemovedAt != nil:
		return apperr.New(RemovedDevice, "The device %s was removed from its MDM server in Apple Business Manager.", d.SerialNumber)
	case d.AbmTokenID != r.registration.AbmTokenID:
		return apperr.New(OtherToken, "The device %s belongs to another ABM token than the profile that it asks with.", d.SerialNumber)
	}
	if r.profile, err = s.Assignments.Wanted(ctx, d.ID); err != nil {
		return err
	}
	if r.profile == nil {
		return apperr.New(NoProfile, "The rules give the device %s no ADE profile.", d.SerialNumber)
	}
	given, err := s.wasGiven(ctx, r)
	if err == nil && !given {
		err = apperr.New(KeyNotGiven, "The device %s was never given the profile that it asks with.", d.SerialNumber)
	}
	return err
}

// wasGiven tells whether the device may have the registration's key: Apple has that profile for it, or had it, or the rules want it so. Devices keep a
// profile until they are erased, so that any that it ever had counts.
func (s *Service) wasGiven(ctx context.Context, r *request) (bool, error) {
	uuid := abm.PlainUUID(r.registration.AppleProfileUUID)
	if uuid != "" && abm.PlainUUID(r.device.AppleProfileUUID) == uuid || r.registration.Edges.Version.AdeProfileID == r.profile.ID {
		return true, nil
	}
	before, err := s.Store.Reader().DeviceEnrollment.Query().
		Where(deviceenrollment.DeviceID(r.device.ID), deviceenrollment.AdeProfileRegistrationID(r.registration.ID)).Exist(ctx)
	if err != nil || before || uuid == "" {
		return before, store.MapError(err)
	}
	return s.inHistory(ctx, r.device.ID, uuid)
}

// history is how many events of a device are looked through.
const history = 500

// inHistory tells whether the device's events speak of the profile.
func (s *Service) inHistory(ctx context.Context, id gid.ID, uuid string) (bool, error) {
	events, err := s.Store.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(id)).Order(deviceevent.ByID(sql.OrderDesc())).
		Limit(history).Select(deviceevent.FieldChanges).All(ctx)
	if err != nil {
		return false, store.MapError(err)
	}
	for _, e := range events {
		if !bytes.Contains(e.Changes, []byte(`"appleProfileUuid"`)) {
			continue
		}
		var changes struct {
			UUID []*string `json:"appleProfileUuid"`
		}
		if json.Unmarshal(e.Changes, &changes) != nil {
			continue
		}
		for _, value := range changes.UUID {
			if value != nil && abm.PlainUUID(*value) == uuid {
				return true, nil
			}
		}
	}
	return false, nil
}

// checkUDID refuses a device that says it is another one of ours, which enrolled as such. That a device has another UDID than before is no offence: its
// board was replaced. What others have merely claimed does not count: it could keep the device itself out.
func checkUDID(r *request) error {
	if r.twin {
		return apperr.New(OtherUDID, "The device %s claims the UDID of another device.", r.device.SerialNumber)
	}
	return nil
}

// checkSystem sends a device whose system is older than its profile demands to update first, if it can, and to a version that exists for it: one that
// does not could leave it stuck. Otherwise it enrolls, and the enrollment says so.
func (s *Service) checkSystem(r *request) error {
	minimum, below := isBelow(r.profile, r.device, r.info)
	r.below = below
	if !below || !r.info.CanRequestSoftwareUpdate {
		return nil
	}
	version, ok := s.Versions.AtLeast(minimum, s.Clock.Now(), r.info.SoftwareUpdateDeviceID, r.info.Product)
	if !ok {
		return nil
	}
	return &updateRequired{version: version, reason: apperr.New(SoftwareUpdateRequired, "The profile %q needs version %s or later: the device was sent to update to %s.",
		r.profile.Name, minimum, version)}
}

// updateRequired is the refusal that has the device update.
type updateRequired struct {
	reason  *apperr.Error
	version string
}

func (u *updateRequired) Error() string { return u.reason.Error() }

// Unwrap has the refusal found as what it is.
func (u *updateRequired) Unwrap() error { return u.reason }

// give makes the profile. What the device needs to go on is stored before it gets it.
func (s *Service) give(ctx context.Context, r *request) ([]byte, error) {
	if s.Identity == nil || s.Push == nil || s.Enrollments == nil {
		return nil, apperr.New(PushCertificateMissing, "This server has no MDM push certificate.")
	}
	topic, err := s.Push.Topic(ctx)
	if err != nil {
		return nil, err
	}
	address, err := s.URLs.Current(ctx)
	if err != nil {
		return nil, err
	}
	if address == "" {
		return nil, apperr.New(NoPublicURL, "This server has no public URL that devices could use.")
	}
	signing, err := s.signer(ctx)
	if err != nil {
		return nil, err
	}
	var challenge string
	err = s.Store.WithBriefTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if challenge, err = s.Identity.Challenge(ctx, tx, r.device.ID, r.info.UDID); err != nil {
			return err
		}
		return s.Enrollments.ProfileFetched(ctx, tx, r.fetched(s.Clock.Now()))
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	profile, err := mobileconfig(r, address, topic, challenge)
	if err != nil || signing == nil {
		return profile, err
	}
	return signing.sign(profile, s.Clock.Now())
}

// giveOther passes on the profile of the MDM server that devices with the ADE profile enroll with. It has a push certificate of its own.
func (s *Service) giveOther(ctx context.Context, r *request, of gid.ID) ([]byte, error) {
	profile, name, err := s.Others.EnrollmentProfile(ctx, of, r.machineInfo)
	if update, ok := errors.AsType[*othermdm.UpdateRequired](err); ok {
		if !r.info.CanRequestSoftwareUpdate {
			return nil, apperr.Wrap(err, othermdm.Refused, "The MDM server %q wants version %s or later, and the device cannot update by itself.", name, update.Version)
		}
		return nil, &updateRequired{version: update.Version, reason: apperr.New(SoftwareUpdateRequired,
			"The MDM server %q wants version %s or later: the device was sent to update.", name, update.Version)}
	}
	if err != nil {
		return nil, err
	}
	err = s.Store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		f := r.fetched(s.Clock.Now())
		f.Of, f.OfName = of, name
		return s.Enrollments.ProfileFetched(ctx, tx, f)
	})
	return profile, store.MapError(err)
}

// fetched is what is kept of a device that gets its profile.
func (r *request) fetched(now time.Time) Fetched {
	return Fetched{Device: r.device.ID, Registration: r.registration.ID, UDID: r.info.UDID, Product: r.info.Product, OSVersion: r.info.OSVersion,
		BuildVersion: r.info.Build, BelowMinimumOS: r.below, At: now}
}

// askable tells whether the token's state lets Apple be asked.
func askable(t *ent.ABMToken) bool {
	return t.DeletedAt == nil && (t.State == abmtoken.StateActive || t.State == abmtoken.StateExpiring)
}
