// Package assignment decides which ADE profile every device should have, and makes Apple agree.
//
// Two things are kept apart. What should be is a matter of the database alone: a device's row says which rule decides for it (rules.go), and
// one item for each device says what still has to be told to Apple. Both are worked out set-wise, in the transaction of the sync's page, or, when a
// person changed something, by a durable job in transactions of a bounded number of rows (jobs.go). What is, is a matter of Apple: the
// reconciler (reconcile.go) takes the items that are due and settles them by Apple's answers. It knows no events, only the difference.
//
// docs/adr/0015-assignment.md says why.
package assignment

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"entgo.io/ent/dialect"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/store"
)

// Tokens is what the reconciler needs of the ABM tokens.
type Tokens interface {
	Connect(ctx context.Context, id gid.ID) (conn *abm.Token, credentialsVersion int, err error)
	Observe(ctx context.Context, id gid.ID, credentialsVersion int, outcome error) error
}

// Registrar makes sure that the published version of a profile is known to Apple in the name of the token.
type Registrar interface {
	Ensure(ctx context.Context, token *ent.ABMToken, profile gid.ID) (appleUUID string, err error)
	// Forgotten says that Apple no longer knows the identifier: Ensure registers the version anew, at once or, if that happens again, after a pause.
	Forgotten(ctx context.Context, token *ent.ABMToken, appleUUID string) error
}

// Selection says which devices somebody means.
type Selection interface {
	// Resolve gives them as a predicate that finds the same devices within tx, with the serial numbers that no device has, and how many they are.
	Resolve(ctx context.Context, tx *store.Tx) (devices predicate.Device, unknown []string, count int, err error)
}

// Options configure a Service.
type Options struct {
	Store     *store.Store
	Tokens    Tokens
	Registrar Registrar
	// InGroup finds the devices of a group.
	InGroup func(*ent.DeviceGroup) predicate.Device
	// IsInGroup is the same for statements that ask about many groups, of devices that something else finds.
	IsInGroup func(*ent.DeviceGroup) predicate.Device
	// ServerURL is the public URL that profiles at Apple have to hold: one with another does not count.
	ServerURL func(context.Context, *ent.Client) (string, error)
	Bus       pubsub.Bus
	Clock     clockwork.Clock
	Logger    *slog.Logger
	// LeaseClock is the time by which items are taken: replicas need one that they share. nil: Clock.
	LeaseClock func(context.Context) (time.Time, error)
}

// Service owns the assignment. It is safe for concurrent use.
type Service struct {
	Options
	db    *store.Store
	clock clockwork.Clock
	log   *slog.Logger

	changed chan struct{} // batches changed: watchers have to be told
	work    chan struct{} // there may be a job
	due     chan struct{} // there may be an item that is due

	mu     sync.Mutex
	pauses map[gid.ID]pause // tokens that Apple wants to be left alone for a while

	profileCounts momentary[map[gid.ID]ProfileCount]
	unfinished    momentary[Unfinished]
	profiled      momentary[Profiled]
}

// New makes the Service. It works on nothing until Run.
func New(o Options) *Service {
	if o.LeaseClock == nil {
		o.LeaseClock = func(context.Context) (time.Time, error) { return o.Clock.Now(), nil }
	}
	signal := func() chan struct{} { return make(chan struct{}, 1) }
	return &Service{Options: o, db: o.Store, clock: o.Clock, log: o.Logger, changed: signal(), work: signal(), due: signal(),
		pauses: map[gid.ID]pause{}}
}

// Run carries out jobs and makes Apple agree until ctx ends.
func (s *Service) Run(ctx context.Context) {
	ctx = auth.System(ctx)
	var all sync.WaitGroup
	all.Go(func() { s.announce(ctx) })
	all.Go(func() { s.repeat(ctx, s.work, s.runJobs) })
	all.Go(func() { s.reconcileAll(ctx) })
	all.Wait()
}

// look is how often the database is asked for work of which no signal told: that of other replicas, and what has become due.
const look = time.Second

// repeat calls do at every signal, and now and then.
func (s *Service) repeat(ctx context.Context, signal <-chan struct{}, do func(context.Context)) {
	ticker := s.clock.NewTicker(look)
	defer ticker.Stop()
	for ctx.Err() == nil {
		do(ctx)
		select {
		case <-ctx.Done():
		case <-signal:
		case <-ticker.Chan():
		}
	}
}

// wake tells whoever waits on the channel. It never waits itself.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// afterCommit has everybody look who might have to do something after a change.
func (s *Service) afterCommit(tx *store.Tx) {
	tx.AfterCommit(func() { wake(s.work); wake(s.due); wake(s.changed) })
}

// rulesLock is the number of the advisory lock that keeps the rules still while devices are evaluated by them. Without it, a page that was
// evaluated by the old rules could be committed after the job that applies the new ones has passed its devices.
const rulesLock = 0x61737367 // "assg"

// Begin keeps the rules as they are until tx ends, and tells whether they can name a profile: if not, there is nothing to evaluate. It has to be
// called before tx locks devices.
func (s *Service) Begin(ctx context.Context, tx *store.Tx) (rules bool, err error) {
	query := anyProfile
	if tx.Dialect() == dialect.Postgres {
		// In one go. As statements of their own the second one sees what was committed while the first one waited.
		query = "SELECT pg_advisory_xact_lock_shared(" + strconv.Itoa(rulesLock) + "); " + anyProfile
	}
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return false, fmt.Errorf("keeping the rules still: %w", err)
	}
	defer rows.Close()
	if tx.Dialect() == dialect.Postgres {
		for rows.Next() { // lib/pq finds the second result behind the last row of the first
		}
		if !rows.NextResultSet() {
			return false, fmt.Errorf("keeping the rules still: %w", errors.Join(rows.Err(), errors.New("PostgreSQL did not answer the second statement")))
		}
	}
	for rows.Next() {
		if err := rows.Scan(&rules); err != nil {
			return false, err
		}
	}
	return rules, errors.Join(rows.Err(), rows.Close())
}

// anyProfile tells whether anything that devices could get was published. What is published later no rule names before tx has ended.
const anyProfile = "SELECT EXISTS (SELECT 1 FROM ade_profiles WHERE published_version_id IS NOT NULL)"

// keepRules is Begin for who knows that there are profiles.
func keepRules(ctx context.Context, tx *store.Tx) error { return lock(ctx, tx, "_shared") }

// lockRules waits until no transaction evaluates devices, and keeps others from beginning to until tx ends: the rules are about to change.
func lockRules(ctx context.Context, tx *store.Tx) error { return lock(ctx, tx, "") }

// lockGroups waits until nobody changes groups, whose service locks their table (server/devicegroup), and keeps others from it. It comes before lockRules.
func lockGroups(ctx context.Context, tx *store.Tx) error {
	if tx.Dialect() != dialect.Postgres {
		return nil
	}
	_, err := tx.ExecContext(ctx, "LOCK TABLE device_groups IN ROW EXCLUSIVE MODE")
	return err
}

// lock takes the lock on PostgreSQL. SQLite has one writer anyhow.
func lock(ctx context.Context, tx *store.Tx, mode string) error {
	if tx.Dialect() != dialect.Postgres {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock"+mode+"($1)", rulesLock)
	return err
}
