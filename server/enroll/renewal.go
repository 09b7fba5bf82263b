package enroll

import (
	"context"
	"fmt"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/server/store"
)

// Renewal is the enrollment profile that a device has, with another challenge: it replaces the first, because its identifiers are the same, and
// the device gets a new identity. address is the public URL. All that it needs it reads in tx.
func (s *Service) Renewal(ctx context.Context, tx *store.Tx, device gid.ID, address, challenge string) ([]byte, error) {
	topic, err := s.Push.Topic(ctx)
	if err != nil {
		return nil, err
	}
	e, err := tx.DeviceEnrollment.Query().Where(deviceenrollment.DeviceID(device)).WithDevice().
		WithRegistration(func(q *ent.ADEProfileRegistrationQuery) { q.WithVersion() }).Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the enrollment of %s: %w", device, err)
	}
	if e.Edges.Registration == nil || e.Edges.Device == nil {
		return nil, fmt.Errorf("device %s did not enroll by a profile that is known", device)
	}
	r := &request{registration: e.Edges.Registration, device: e.Edges.Device}
	if r.token, err = tx.ABMToken.Get(ctx, r.registration.AbmTokenID); err != nil {
		return nil, fmt.Errorf("reading the ABM token of %s: %w", device, err)
	}
	profile, err := mobileconfig(r, address, topic, challenge)
	if err != nil {
		return nil, err
	}
	kept, err := tx.Setting.Query().Where(setting.Key(signingKey)).Only(ctx)
	if ent.IsNotFound(err) || err == nil && kept.Value == "" {
		return profile, nil
	}
	if err != nil {
		return nil, err
	}
	signing, err := s.readSigning(kept.Value)
	if err != nil || signing.Expired(s.Clock.Now()) {
		return profile, err
	}
	return signing.sign(profile, s.Clock.Now())
}
