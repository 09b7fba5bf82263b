package abmtoken

import (
	"context"

	"github.com/guardmdm/guardmdm/ent"
	entabmtoken "github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/expiry"
	"github.com/guardmdm/guardmdm/server/store"
)

// alert raises the step that is due, once, whichever replica comes first. Steps that passed while no server ran are not raised late.
func (s *Service) alert(ctx context.Context, t *ent.ABMToken) error {
	now := s.clock.Now()
	step, due := expiry.Step(t.ExpiresAt, now)
	if !due || t.ExpiryAlert != nil && *t.ExpiryAlert <= step {
		return nil
	}
	return s.store.WithTx(auth.System(ctx), func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.ABMToken.Update().Where(entabmtoken.ID(t.ID), entabmtoken.CredentialsVersion(t.CredentialsVersion), entabmtoken.DeletedAtIsNil(),
			entabmtoken.Or(entabmtoken.ExpiryAlertIsNil(), entabmtoken.ExpiryAlertGT(step))).
			SetExpiryAlert(step).SetExpiryAlertAt(now).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "abmTokenExpiryAlert", ObjectID: t.ID, ObjectName: t.Name,
			After: map[string]any{"daysBefore": step, "expiresAt": t.ExpiresAt}})
	})
}
