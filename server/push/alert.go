package push

import (
	"context"

	"github.com/guardmdm/guardmdm/ent/pushcertificate"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/expiry"
	"github.com/guardmdm/guardmdm/server/store"
)

// Watch raises the step that is due, once, whichever replica comes first. Steps that passed while no server ran are not raised late.
func (s *Service) Watch(ctx context.Context) error {
	c, err := s.Current(ctx)
	if err != nil || c == nil {
		return err
	}
	now := s.clock.Now()
	step, due := expiry.Step(c.NotAfter, now)
	if !due || c.ExpiryAlert != nil && *c.ExpiryAlert <= step {
		return nil
	}
	return s.store.WithTx(auth.System(ctx), func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.PushCertificate.Update().Where(pushcertificate.ID(c.ID), pushcertificate.ReplacedAtIsNil(),
			pushcertificate.Or(pushcertificate.ExpiryAlertIsNil(), pushcertificate.ExpiryAlertGT(step))).
			SetExpiryAlert(step).SetExpiryAlertAt(now.UTC()).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "pushCertificateExpiryAlert", ObjectID: c.ID, ObjectName: c.Topic,
			After: map[string]any{"daysBefore": step, "notAfter": c.NotAfter}})
	})
}
