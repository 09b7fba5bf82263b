// Package syncer keeps the device inventory in step with Apple.
//
// A run belongs to one ABM token. Its row in the database is the truth about it: a partial unique index allows one running row
// a token, the row's lease says which process works on it, and its fence keeps out a process that lost the lease. Rows,
// counters and cursor of a page are stored in one transaction, so that a run can end anywhere and go on from there.
//
// Files: syncer.go starts, stops and adopts runs; run.go is one run; pages.go fetches ahead; commit.go stores.
package syncer

import (
	"context"
	"crypto/rand"
	"log/slog"
	"os"
	"sync"
	"time"

	"entgo.io/ent/dialect"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

// Tokens is what the sync needs of the ABM tokens.
type Tokens interface {
	Connect(ctx context.Context, id gid.ID) (conn *abm.Token, credentialsVersion int, err error)
	Observe(ctx context.Context, id gid.ID, credentialsVersion int, outcome error) error
	Account(ctx context.Context, id gid.ID, a abm.Account) error
}

// Announcer is told when a run changed.
type Announcer interface{ Changed() }

// Assignments works out what changed devices mean for their ADE profiles, in the transactions that change them.
type Assignments interface {
	// Begin is called before a transaction touches devices. It tells whether there are rules, so that devices have to be evaluated.
	Begin(ctx context.Context, tx *store.Tx) (rules bool, err error)
	// Evaluate is called with every device that a page named, or that a sweep removed, if there are rules.
	Evaluate(ctx context.Context, tx *store.Tx, devices []gid.ID) error
	// Synced is called when a run of the token ends well: its list is known as a whole.
	Synced(ctx context.Context, tx *store.Tx, token gid.ID) error
}

// unassigned are the Assignments of a Syncer that has none.
type unassigned struct{}

func (unassigned) Begin(context.Context, *store.Tx) (bool, error)      { return false, nil }
func (unassigned) Evaluate(context.Context, *store.Tx, []gid.ID) error { return nil }
func (unassigned) Synced(context.Context, *store.Tx, gid.ID) error     { return nil }

// lease is how long a process may work on a run without saying that it still does; it says so every third of it.
const lease = 15 * time.Second

// DefaultPageSize is how many devices a page holds unless configured otherwise.
const DefaultPageSize = 100

// Syncer runs syncs. It is safe for concurrent use.
type Syncer struct {
	store    *store.Store
	tokens   Tokens
	progress Announcer
	clock    clockwork.Clock
	log      *slog.Logger
	traffic  *Traffic
	observer Observer
	assigns  Assignments
	pageSize int
	owner    string

	leaseClock func(context.Context) (time.Time, error) // see Options.LeaseClock

	mu      sync.Mutex
	base    context.Context // ends when the process stops; nil before Run and after its end
	workers sync.WaitGroup
	working map[gid.ID]context.CancelCauseFunc
}

// Options configure a Syncer.
type Options struct {
	Store    *store.Store
	Tokens   Tokens
	Progress Announcer
	Traffic  *Traffic // the one that the Apple client reports to
	Observer Observer // nil: nobody
	// Assignments is told of changed devices; nil: nobody decides their profiles.
	Assignments Assignments
	Clock       clockwork.Clock
	Logger      *slog.Logger
	PageSize    int // devices a page; 0: DefaultPageSize. Apple's own limit is kept in any case
	// LeaseClock is the time by which leases are given and taken over. Replicas need one that they share, such as the database's:
	// by its own clock, one that is a minute ahead would take every run from the others. nil: Clock.
	LeaseClock func(context.Context) (time.Time, error)
}

// New makes a Syncer. It works on nothing until Run.
func New(o Options) *Syncer {
	if o.PageSize == 0 {
		o.PageSize = DefaultPageSize
	}
	if o.LeaseClock == nil {
		o.LeaseClock = func(context.Context) (time.Time, error) { return o.Clock.Now(), nil }
	}
	if o.Observer == nil {
		o.Observer = unobserved{}
	}
	if o.Assignments == nil {
		o.Assignments = unassigned{}
	}
	host, _ := os.Hostname()
	return &Syncer{
		store: o.Store, tokens: o.Tokens, progress: o.Progress, clock: o.Clock, log: o.Logger, pageSize: o.PageSize,
		traffic: o.Traffic, observer: o.Observer, assigns: o.Assignments, owner: host + "/" + rand.Text()[:10], working: map[gid.ID]context.CancelCauseFunc{},
		leaseClock: o.LeaseClock,
	}
}

// Run lets the Syncer work until ctx ends: it adopts runs that others left behind, at once and then every few seconds. At the
// end it waits until its runs have stored their page and gives their leases back.
func (s *Syncer) Run(ctx context.Context) {
	s.mu.Lock()
	s.base = ctx
	s.mu.Unlock()
	if !s.store.IsPostgres() {
		// Nobody else can work on this file, so whatever is running there was left behind by a process that is gone.
		s.adopt(auth.System(ctx), true)
	}
	ticker := s.clock.NewTicker(lease / 3)
	defer ticker.Stop()
	for {
		s.adopt(auth.System(ctx), false)
		select {
		case <-ctx.Done():
			s.mu.Lock()
			s.base = nil // a run that is begun at this moment is left to the next process, rather than not waited for
			s.mu.Unlock()
			s.workers.Wait()
			return
		case <-ticker.Chan():
		}
	}
}

// Start begins a run, or joins the one that is going on: joined tells which. Errors: NotFound; Conflict when the token cannot
// sync.
func (s *Syncer) Start(ctx context.Context, token gid.ID, full bool, trigger syncrun.Trigger) (run *ent.SyncRun, joined bool, err error) {
	return s.start(ctx, token, trigger, func(context.Context, *store.Tx, *ent.ABMToken) (bool, bool, error) { return true, full, nil })
}

// start begins a run if plan says so, and then a full one if it says so. plan is asked while nobody else begins one of the token.
func (s *Syncer) start(ctx context.Context, token gid.ID, trigger syncrun.Trigger,
	plan func(context.Context, *store.Tx, *ent.ABMToken) (due, full bool, err error),
) (run *ent.SyncRun, joined bool, err error) {
	now := s.clock.Now()
	leased, err := s.leaseClock(ctx)
	if err != nil {
		return nil, false, store.MapError(err)
	}
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		t, err := lockToken(ctx, tx, token)
		if err != nil {
			return err
		}
		due, full, err := plan(ctx, tx, t)
		if run, joined = nil, false; err != nil || !due {
			return err
		}
		if err := syncable(t); err != nil {
			return err
		}
		run, err = running(ctx, tx.Client, token)
		joined = run != nil
		if err == nil && full && t.StreamStage == abmtoken.StreamStageSync && (!joined || !run.Full) { // a run of changes goes on with the whole list
			err = tx.ABMToken.UpdateOne(t).SetStreamStage(abmtoken.StreamStageCatchUp).Exec(ctx)
		}
		if err != nil || joined {
			return err
		}
		caller := auth.CallerOf(ctx)
		create := tx.SyncRun.Create().SetAbmTokenID(token).SetStatus(syncrun.StatusRunning).SetPhase(syncrun.PhaseConnect).
			SetTrigger(trigger).SetFull(full || t.StreamStage != abmtoken.StreamStageSync).
			SetStartedAt(now).SetUpdatedAt(now).SetLeaseOwner(s.owner).SetLeaseExpiresAt(leased.Add(lease))
		if trigger == syncrun.TriggerManual {
			create.SetRequestedBy(caller.Name)
		}
		if run, err = create.Save(ctx); err != nil || trigger != syncrun.TriggerManual {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "startSync", ObjectID: token, ObjectName: t.Name,
			After: map[string]any{"syncRunId": run.ID.String(), "full": run.Full}})
	})
	if err != nil {
		return nil, false, store.MapError(err)
	}
	if run != nil && !joined {
		s.progress.Changed()
		s.spawn(run)
	}
	return run, joined, nil
}

// syncable refuses tokens that cannot sync, with what the user's page says about them.
func syncable(t *ent.ABMToken) error {
	switch t.State {
	case abmtoken.StateAwaitingServerToken:
		return apperr.New(apperr.Conflict, "The ABM token %q waits for its server token, so there is nothing to sync yet.", t.Name).
			WithHint("Upload the certificate in Apple Business Manager, download the server token there, and upload it here.").WithField("abmTokenId")
	case abmtoken.StateExpired:
		return apperr.New(apperr.TokenExpired, "The server token of %q has expired: devices do not sync until it is renewed. Enrolled devices are not affected.", t.Name).
			WithHint("Download a new server token in Apple Business Manager and upload it here.").WithField("abmTokenId")
	}
	return nil
}

func running(ctx context.Context, client *ent.Client, token gid.ID) (*ent.SyncRun, error) {
	run, err := client.SyncRun.Query().Where(syncrun.AbmTokenID(token), syncrun.StatusEQ(syncrun.StatusRunning)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return run, err
}

// Cancel asks a run to stop; it does after the page that it is storing, wherever it runs. Errors: NotFound; Conflict when it
// has ended already.
func (s *Syncer) Cancel(ctx context.Context, id gid.ID) (*ent.SyncRun, error) {
	var run *ent.SyncRun
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		if run, err = tx.SyncRun.Get(ctx, id); ent.IsNotFound(err) {
			return apperr.Wrap(err, apperr.NotFound, "There is no sync run %s.", id).WithHint("Take the identifier from syncRuns.").WithField("syncRunId")
		} else if err != nil {
			return err
		}
		if run.Status != syncrun.StatusRunning {
			return apperr.New(apperr.Conflict, "The run has ended already: %s.", run.Status).WithField("syncRunId")
		}
		if run, err = tx.SyncRun.UpdateOne(run).SetCancelRequested(true).Save(ctx); err != nil {
			return err
		}
		t, err := tx.ABMToken.Get(ctx, run.AbmTokenID)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "cancelSync", ObjectID: t.ID, ObjectName: t.Name,
			After: map[string]any{"syncRunId": run.ID.String()}})
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if stop, ours := s.working[id]; ours {
		stop(errCanceled)
	}
	return run, nil
}

// adopt takes over the runs whose lease lapsed, or, if all, every run that is not ours.
func (s *Syncer) adopt(ctx context.Context, all bool) {
	runs, err := s.store.Reader().SyncRun.Query().Where(syncrun.StatusEQ(syncrun.StatusRunning)).All(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.log.WarnContext(ctx, "interrupted syncs could not be looked for", "error", err)
		}
		return
	}
	if len(runs) > 0 {
		ended, err := inventory.EndStalledCopies(ctx, s.store, lease/3)
		switch {
		case err != nil && ctx.Err() == nil:
			s.log.WarnContext(ctx, "what interrupted syncs have left could not be looked for", "error", err)
		case ended > 0:
			s.log.WarnContext(ctx, "a process that has stopped in the middle of storing devices was cut off from the database", "connections", ended)
		}
	}
	for _, run := range runs {
		leased, err := s.leaseClock(ctx)
		if err != nil {
			s.log.WarnContext(ctx, "interrupted syncs could not be looked for", "error", err)
			return
		}
		now := s.clock.Now()
		if s.isWorking(run.ID) || !all && leased.Before(run.LeaseExpiresAt) {
			continue
		}
		n, err := s.store.Ent().SyncRun.Update().
			Where(syncrun.ID(run.ID), syncrun.StatusEQ(syncrun.StatusRunning), syncrun.Fence(run.Fence)).
			SetFence(run.Fence + 1).SetLeaseOwner(s.owner).SetLeaseExpiresAt(leased.Add(lease)).
			SetTrigger(syncrun.TriggerResume).SetUpdatedAt(now).Save(ctx)
		if err != nil {
			s.log.WarnContext(ctx, "an interrupted sync could not be taken over", "run", run.ID.String(), "error", err)
			continue
		}
		if n == 0 {
			continue // another replica was faster
		}
		s.log.InfoContext(ctx, "sync goes on after an interruption", "run", run.ID.String(), "token", run.AbmTokenID.String(), "pages", run.Pages)
		s.observer.TakenOver(run.AbmTokenID)
		run.Fence++
		run.Trigger = syncrun.TriggerResume
		s.progress.Changed()
		s.spawn(run)
	}
}

func (s *Syncer) isWorking(id gid.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ours := s.working[id]
	return ours
}

// spawn works on the run in the background. A process that is stopping leaves it to be adopted.
func (s *Syncer) spawn(run *ent.SyncRun) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.base == nil || s.base.Err() != nil || s.working[run.ID] != nil {
		return
	}
	ctx, stop := context.WithCancelCause(auth.System(s.base))
	s.working[run.ID] = stop
	s.workers.Go(func() {
		defer func() {
			s.mu.Lock()
			delete(s.working, run.ID)
			s.mu.Unlock()
			stop(nil)
			s.progress.Changed()
		}()
		s.work(ctx, stop, run)
	})
}

// beginFetch begins a new generation: the next page is the first of a full fetch. delta is the cursor by which changes are followed
// meanwhile, if any; reconciles says that they were followed until now.
func beginFetch(ctx context.Context, tx *store.Tx, token gid.ID, delta string, reconciles bool) error {
	return tx.ABMToken.UpdateOneID(token).SetStreamStage(abmtoken.StreamStageFetch).SetStreamCursor("").
		SetStreamDeltaCursor(delta).SetStreamReconciles(reconciles).AddStreamGeneration(1).SetStreamPages(0).Exec(ctx)
}

// ConfirmRemovals lets the next sweep of the token remove as many devices as are held, and begins the full run that does so.
// expected is how many the administrator saw. Errors: NotFound; Conflict when none or another number are held. A run that is
// going on is returned instead; if it does not sweep, the timer's next one does.
func (s *Syncer) ConfirmRemovals(ctx context.Context, token gid.ID, expected int) (*ent.SyncRun, error) {
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		t, err := lockToken(ctx, tx, token)
		if err != nil {
			return err
		}
		switch {
		case t.HeldRemovals == 0:
			return apperr.New(apperr.Conflict, "No removals of %q are held.", t.Name).WithField("abmTokenId")
		case t.HeldRemovals != expected:
			return apperr.New(apperr.Conflict, "%d removals of %q are held, not %d.", t.HeldRemovals, t.Name, expected).
				WithHint("Look at the number again before confirming it.").WithField("expectedCount")
		}
		if err := tx.ABMToken.UpdateOne(t).SetConfirmedRemovals(expected).Exec(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "confirmHeldRemovals", ObjectID: token, ObjectName: t.Name,
			After: map[string]any{"heldRemovals": expected}})
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	run, _, err := s.Start(ctx, token, true, syncrun.TriggerManual)
	return run, err // a run that joined and does not sweep leaves it to the timer's next one: see fullDue
}

// lockToken reads a token that was not deleted, and keeps others from doing the same until tx ends. SQLite has one writer anyhow.
func lockToken(ctx context.Context, tx *store.Tx, token gid.ID) (*ent.ABMToken, error) {
	query := tx.ABMToken.Query().Where(abmtoken.ID(token), abmtoken.DeletedAtIsNil())
	if tx.Dialect() == dialect.Postgres {
		query.ForUpdate()
	}
	t, err := query.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, apperr.NoABMToken(err, token)
	}
	return t, err
}

// timerEarly is how far a timer may be ahead of the wall clock: while that is being slewed, five minutes of the one are not
// five minutes of the other.
const timerEarly = time.Second

// Periodic tells whether the timer syncs the token, as far as its state goes.
func (*Syncer) Periodic(t *ent.ABMToken) bool {
	return t.State == abmtoken.StateActive || t.State == abmtoken.StateExpiring
}

// StartPeriodic begins the periodic run of a token. It does nothing when the token cannot sync now (people are told why
// elsewhere), or when its run of the present interval on the clock (such as 12:05 to 12:10) has begun already, here or at
// another replica. Runs that people began do not count: a device must not wait longer because somebody pressed a button.
func (s *Syncer) StartPeriodic(ctx context.Context, token gid.ID, interval time.Duration) error {
	now := s.clock.Now()
	begin := now.Add(timerEarly).Truncate(interval).Add(-timerEarly)
	_, _, err := s.start(ctx, token, syncrun.TriggerPeriodic, func(ctx context.Context, tx *store.Tx, t *ent.ABMToken) (due, full bool, err error) {
		if !s.Periodic(t) {
			return false, false, nil
		}
		// Runs from the future are of a clock that was wrong: they must not stop the timer until then.
		begun, err := tx.SyncRun.Query().Where(syncrun.AbmTokenID(token), syncrun.TriggerNEQ(syncrun.TriggerManual),
			syncrun.StartedAtGTE(begin), syncrun.StartedAtLT(begin.Add(interval))).Exist(ctx)
		return !begun, fullDue(t, now), err
	})
	return err
}

// fullEvery is how often the timer reconciles the whole list: changes miss devices in real life (field-notes 3).
const fullEvery = 24 * time.Hour

// fullDue tells whether the token's next periodic run is to be a full reconciliation.
func fullDue(t *ent.ABMToken, now time.Time) bool {
	if t.ConfirmedRemovals > 0 || t.LastFullSyncAt == nil {
		return true
	}
	age := now.Sub(*t.LastFullSyncAt)
	return age >= fullEvery || age < -fullEvery // the clock had been wrong
}
