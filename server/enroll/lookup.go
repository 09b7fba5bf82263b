package enroll

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

func expired(t *ent.ABMToken, now time.Time) bool {
	return t.State == abmtoken.StateExpired || t.ExpiresAt != nil && !now.Before(*t.ExpiresAt)
}

// askApple asks Apple about the device in the name of the token whose profile it has, and stores the answer as a sync would. A device is asked about
// once in five minutes, and a token asks now and then, so that nobody can make us hammer Apple: asked is false then. The error says that Apple could not be
// asked, so that nothing can be said about the device.
func (s *Service) askApple(ctx context.Context, r *request) (asked bool, err error) {
	if r.token.DeletedAt != nil {
		return false, nil
	}
	if !askable(r.token) {
		return false, apperr.New(CannotAskApple, "Apple cannot be asked about the device %s: the ABM token %q is blocked.", r.info.SerialNumber, r.token.Name)
	}
	if s.limits.questions.take(r.info.SerialNumber) > 0 || s.limits.tokens.take(r.token.ID) > 0 {
		return false, nil
	}
	ctx = auth.System(ctx)
	d, found, err := s.details(ctx, r)
	if err != nil {
		return false, apperr.Wrap(err, CannotAskApple, "Apple could not be asked about the device %s.", r.info.SerialNumber)
	}
	if !found {
		return true, nil
	}
	record, ok := inventory.FromApple(d)
	if !ok {
		return true, nil
	}
	return true, s.keep(ctx, r.token, record)
}

// details is Apple's word about the device; found is false when it is not one of the MDM server's.
func (s *Service) details(ctx context.Context, r *request) (d abm.Device, found bool, err error) {
	conn, credentials, err := s.Tokens.Connect(ctx, r.token.ID)
	if err != nil {
		return d, false, err
	}
	all, callErr := conn.DeviceDetails(ctx, []string{r.info.SerialNumber})
	if ctx.Err() == nil || callErr == nil {
		if err := s.Tokens.Observe(ctx, r.token.ID, credentials, callErr); err != nil {
			return d, false, err
		}
	}
	if callErr != nil {
		return d, false, callErr
	}
	for serial, d := range all {
		if strings.EqualFold(serial, r.info.SerialNumber) && d.ResponseStatus != abm.AssignNotAccessible {
			return d, true, nil
		}
	}
	return d, false, nil
}

// tries bounds how often the answer is stored anew because a sync changed the device at the same moment.
const tries = 5

func (s *Service) keep(ctx context.Context, token *ent.ABMToken, record inventory.Record) (err error) {
	for range tries {
		err = s.Store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if _, err := s.Assignments.Begin(ctx, tx); err != nil {
				return err
			}
			result, err := inventory.Apply(ctx, tx, inventory.Origin{Token: token.ID, Kind: inventory.Changes}, inventory.Fold([]inventory.Record{record}), s.Clock.Now())
			if err != nil {
				return err
			}
			// A full fetch may be under way, and have passed where a new device stands: without a mark its sweep would remove it.
			now, err := tx.ABMToken.Get(ctx, token.ID)
			if err != nil {
				return err
			}
			if now.StreamStage == abmtoken.StreamStageFetch || now.StreamStage == abmtoken.StreamStageSweep {
				if err := inventory.Mark(ctx, tx, token.ID, now.StreamGeneration, result.IDs); err != nil {
					return err
				}
			}
			return s.Assignments.Evaluate(ctx, tx, result.IDs)
		})
		if !errors.Is(err, inventory.ErrConcurrent) {
			break
		}
	}
	if err == nil {
		s.changed(ctx)
	}
	return store.MapError(err)
}
