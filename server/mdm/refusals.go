package mdm

import (
	"context"
	"fmt"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/refusal"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// refusalInterval is how often a refusal of the same device for the same reason is written; those between are counted.
	refusalInterval = time.Minute
	// refusalsKnown is how many are counted at the same time. Only devices with an identity or a challenge of ours are.
	refusalsKnown = 4096
)

// Refusals remembers what was refused to devices that are known, in the table of the refused requests for enrollment profiles: one row for
// a device and a reason, however often it asks.
type Refusals struct {
	db    *store.Store
	clock clockwork.Clock

	mu    sync.Mutex
	known *lru.Cache[refusalKey, refusalCount]
}

type refusalKey struct {
	device gid.ID
	code   apperr.Code
}

type refusalCount struct {
	written time.Time
	since   int // that were not written
}

// NewRefusals makes a Refusals.
func NewRefusals(db *store.Store, clock clockwork.Clock) *Refusals {
	known, _ := lru.New[refusalKey, refusalCount](refusalsKnown) // fails for a size below 1 alone
	return &Refusals{db: db, clock: clock, known: known}
}

// Remember keeps a refusal.
func (r *Refusals) Remember(ctx context.Context, refused identity.Refusal) error {
	if refused.Device == 0 {
		return nil
	}
	now := r.clock.Now().UTC()
	count := r.due(refusalKey{refused.Device, refused.Code}, now)
	if count == 0 {
		return nil
	}
	serial, err := r.db.Reader().Device.Query().Where(device.ID(refused.Device)).Select(device.FieldSerialNumber).String(ctx)
	if err != nil {
		return fmt.Errorf("reading the device of a refusal: %w", err)
	}
	return r.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return refusal.Keep(ctx, tx, refusal.Entry{Code: refused.Code, SerialNumber: serial, Message: refused.Message, UDID: refused.UDID, Count: count, At: now})
	})
}

// due tells how many refusals are to be written now; 0: this one is counted with a later one.
func (r *Refusals) due(key refusalKey, now time.Time) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, _ := r.known.Get(key)
	c.since++
	if now.Sub(c.written) < refusalInterval {
		r.known.Add(key, c)
		return 0
	}
	r.known.Add(key, refusalCount{written: now})
	return c.since
}
