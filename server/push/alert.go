package push

import (
	"context"
	"time"

	"github.com/guardmdm/guardmdm/ent/pushcertificate"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

// alertSteps are the days before the certificate's end at which an alert is raised, each once: the same ladder as for ABM tokens
// (field notes 16).
var alertSteps = []int{30, 14, 7, 1, 0}

// alertStep is the step that is due: the last one whose day has come. ok is false before the first.
func alertStep(expires *time.Time, now time.Time) (step int, ok bool) {
	if expires == nil {
		return 0, false
	}
	for _, days := range alertSteps {
		if now.Before(expires.AddDate(0, 0, -days)) {
			break
		}
		step, ok = days, true
	}
	return step, ok
}

// Watch raises the step that is due, once, whichever replica comes first. Steps that passed while no server ran are not raised late.
func (s *Service) Watch(ctx context.Context) error {
	c, err := s.Current(ctx)
	if err != nil || c == nil {
		return err
	}
	now := s.clock.Now()
	step, due := alertStep(c.NotAfter, now)
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
