package syncer

import (
	"context"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// maxReplacements bounds how many devices a run asks Apple about, one request each. The next run goes on.
	maxReplacements = 100
	// askAgain is when Apple is asked again about a device of which it said nothing.
	askAgain = 24 * time.Hour
)

// replacements asks Apple which devices were exchanged for new ones: the list says only that a device replaces some other. It is no part of the
// inventory, so trouble with it leaves the run as it is.
func (j *job) replacements(ctx context.Context) {
	if err := j.askReplacements(ctx); err != nil && ctx.Err() == nil {
		j.log.WarnContext(ctx, "which devices were replaced could not be found out; the next sync tries again", "run", j.id.String(), "error", err)
	}
}

func (j *job) askReplacements(ctx context.Context) error {
	devices, err := inventory.Replacing(ctx, j.store, j.token.ID, j.clock.Now(), maxReplacements)
	if err != nil {
		return err
	}
	for _, d := range devices {
		r, err := j.conn.Replacement(ctx, d.SerialNumber)
		switch {
		case err == nil, apperr.Is(err, apperr.NotFound):
		case ctx.Err() != nil || apperr.IsVerdict(err):
			return err
		default: // of this device or of all: it does not keep the others waiting for ever
			if later := inventory.AskLater(ctx, j.store, d, j.clock.Now().Add(askAgain)); later != nil {
				return later
			}
			return err
		}
		if err := j.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			return inventory.Replaced(ctx, tx, inventory.Origin{Token: j.token.ID, Run: j.id}, d, r.OriginalSerialNumber, r.At, j.clock.Now())
		}); err != nil {
			return err
		}
	}
	return nil
}
