package jobs_test

import (
	"context"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/server/syncer"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is the services and an Apple that live by one clock, which only the test moves.
type world struct {
	*stack.Stack
	clock  *clockwork.FakeClock
	timers []*timer
}

// timer is one replica's timer, watched so that no time passes while it is at work.
type timer struct {
	jobs.Tokens
	jobs.Syncs
	begun   time.Time
	turns   atomic.Int64 // of its jobs that look after tokens
	busy    atomic.Int64 // calls under way or to come in these turns
	skipped int64        // of those turns
	sweeps  atomic.Int64
	lists   sweeper
}

// Present begins a turn of one of them, in which every token has its call.
func (c *timer) Present(ctx context.Context) ([]*ent.ABMToken, error) {
	c.busy.Add(1)
	c.turns.Add(1)
	list, err := c.Tokens.Present(ctx)
	c.busy.Add(int64(len(list)) - 1)
	return list, err
}

func (c *timer) Recheck(ctx context.Context, t *ent.ABMToken) error {
	defer c.busy.Add(-1)
	return c.Tokens.Recheck(ctx, t)
}

// Sweep implements jobs.Sessions.
func (c *timer) Sweep(context.Context) error {
	c.sweeps.Add(1)
	return nil
}

// sweeper implements jobs.Lists.
type sweeper struct{ sweeps atomic.Int64 }

func (s *sweeper) Sweep(context.Context) error {
	s.sweeps.Add(1)
	return nil
}

func (c *timer) StartPeriodic(ctx context.Context, token gid.ID, interval time.Duration) error {
	defer c.busy.Add(-1)
	return c.Syncs.StartPeriodic(ctx, token, interval)
}

// moment is by how much a turn may be late: the clock can move on while the scheduler sets its next timer.
const moment = 10 * time.Second

// idle tells whether the timer has taken the turns that were due a moment ago, and ended them. Without that, minutes of the
// test's clock could go by before a goroutine is given the processor.
func (c *timer) idle(now time.Time) bool {
	due := 2 + int64(max(0, now.Add(-moment).Sub(c.begun)/time.Minute))
	for at := jobs.NextSync(c.begun); at.Before(now.Add(-moment)); at = jobs.NextSync(at) {
		due++
	}
	return c.turns.Load() >= due-c.skipped && c.busy.Load() == 0
}

// skip takes a turn for one that gocron left out, as it does with one of some thousands when the test's clock goes a thousand times too fast on a loaded
// machine. The next turn makes up for it. Of a timer that stands still no more than two are taken for that.
func (c *timer) skip() bool {
	if c.busy.Load() != 0 || c.skipped == 2 {
		return false
	}
	c.skipped++
	return true
}

func newWorld(t *testing.T, db *store.Store) *world {
	t.Helper()
	dbtest.CheckLeaks(t)
	clock := clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	return &world{Stack: stack.New(t, db, stack.Options{Devices: 50, Clock: clock}), clock: clock}
}

// begin lets syncs and their timer run, until stop or the end of the test.
func (w *world) begin(t *testing.T) (stop func() error) {
	t.Helper()
	w.Start(t)
	return w.time(t, w.Syncs)
}

// time runs a timer for a syncer.
func (w *world) time(t *testing.T, s *syncer.Syncer) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	c := &timer{Tokens: w.Tokens, Syncs: s, begun: w.clock.Now()}
	go func() { ended <- jobs.Run(ctx, w.clock, slog.New(slog.DiscardHandler), c, c, c, &c.lists) }()
	w.timers = append(w.timers, c)
	stopped := false
	stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		w.timers = slices.DeleteFunc(w.timers, func(other *timer) bool { return other == c })
		select {
		case err := <-ended:
			return err
		case <-time.After(15 * time.Second):
			t.Error("the timer does not end")
			return nil
		}
	}
	t.Cleanup(func() { must(t, stop()) })
	return stop
}

// pass lets time go by in steps so small that no lease lapses, and lets each step's work end.
func (w *world) pass(t *testing.T, d time.Duration) {
	t.Helper()
	for end := w.clock.Now().Add(d); w.clock.Now().Before(end); {
		w.idle(t)
		w.clock.Advance(min(5*time.Second, end.Sub(w.clock.Now())))
	}
	w.idle(t)
}

// idle waits until the timers have done their work, and the runs that they began have ended.
func (w *world) idle(t *testing.T) {
	t.Helper()
	patience := time.Now().Add(5 * time.Second)
	w.eventually(t, "the work ends", func() bool {
		for _, c := range w.timers {
			if !c.idle(w.clock.Now()) && (time.Now().Before(patience) || !c.skip()) {
				return false
			}
		}
		return !w.DB.Reader().SyncRun.Query().Where(syncrun.StatusEQ(syncrun.StatusRunning)).ExistX(t.Context())
	})
}

// eventually waits, while the clock stands still, for work that is under way.
func (w *world) eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) { // other goroutines' transactions: nothing to wait on
		if time.Now().After(deadline) {
			t.Fatalf("%s: not by %s", what, w.clock.Now().Format(time.TimeOnly))
		}
	}
}

// runs are the ended runs of a token by trigger, oldest first.
func (w *world) runs(t *testing.T, token gid.ID, trigger syncrun.Trigger) []*ent.SyncRun {
	t.Helper()
	return w.DB.Reader().SyncRun.Query().
		Where(syncrun.AbmTokenID(token), syncrun.TriggerEQ(trigger), syncrun.StatusNEQ(syncrun.StatusRunning)).Order(syncrun.ByID()).AllX(t.Context())
}

// listed are the serial numbers of the token's present devices.
func (w *world) listed(t *testing.T, token gid.ID) []string {
	t.Helper()
	var serials []string
	for _, d := range w.DB.Reader().Device.Query().Where(device.AbmTokenID(token), device.RemovedAtIsNil()).AllX(t.Context()) {
		serials = append(serials, d.SerialNumber)
	}
	return serials
}

func (w *world) state(t *testing.T, token gid.ID) abmtoken.State {
	t.Helper()
	return w.DB.Reader().ABMToken.GetX(t.Context(), token).State
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// What is assigned or removed in the portal is seen here within 5 minutes, whenever it happened.
func TestDevicesArriveWithinTheInterval(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.Connect(t, "first")
		serials, err := w.Sim.AssignCount(server.ID(), 3)
		must(t, err)
		w.begin(t)
		w.eventually(t, "the first run comes at once", func() bool { return len(w.listed(t, token.ID)) == 3 })
		for _, wait := range []time.Duration{5 * time.Second, 2 * time.Minute, 295 * time.Second} {
			w.pass(t, wait)
			added, err := w.Sim.AssignCount(server.ID(), 1)
			must(t, err)
			gone := serials[0]
			serials = append(serials[1:], added...)
			must(t, w.Sim.Unassign(gone))
			w.pass(t, jobs.SyncInterval)
			w.eventually(t, "the changes of 5 minutes ago", func() bool {
				list := w.listed(t, token.ID)
				return slices.Contains(list, added[0]) && !slices.Contains(list, gone)
			})
			w.idle(t)
			w.AssertInventory(t, token.ID, server)
		}
	})
}

// A run that a person starts takes nothing from the periodic ones.
func TestManualRunsDelayNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.Connect(t, "first")
		w.begin(t)
		w.eventually(t, "the first run", func() bool { return len(w.runs(t, token.ID, syncrun.TriggerPeriodic)) == 1 })
		w.pass(t, 4*time.Minute)
		if run := w.Sync(t, token.ID, false); run.Trigger != syncrun.TriggerManual {
			t.Errorf("a run between the periodic ones: %v", run)
		}
		added, err := w.Sim.AssignCount(server.ID(), 1)
		must(t, err)
		w.pass(t, time.Minute)
		w.eventually(t, "the periodic run", func() bool { return slices.Contains(w.listed(t, token.ID), added[0]) })
		w.idle(t)
		if runs := w.runs(t, token.ID, syncrun.TriggerPeriodic); len(runs) != 2 {
			t.Errorf("%d periodic runs in 5 minutes", len(runs))
		}
	})
}

// started are the minutes in which the token's periodic runs began.
func (w *world) started(t *testing.T, token gid.ID) []string {
	t.Helper()
	var times []string
	for _, run := range w.runs(t, token, syncrun.TriggerPeriodic) {
		times = append(times, run.StartedAt.UTC().Format("15:04"))
	}
	return times
}

// Periodic runs begin by the clock, whenever the server was started.
func TestRunsBeginByTheClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, _ := w.Connect(t, "first")
		w.clock.Advance(3*time.Minute + 10*time.Second)
		stop := w.begin(t)
		w.pass(t, 7*time.Minute+30*time.Second)
		if got, want := w.started(t, token.ID), []string{"12:03", "12:05", "12:10"}; !slices.Equal(got, want) {
			t.Errorf("runs at %v, want %v", got, want)
		}
		// Whoever starts again after the run of these five minutes waits for the next five: nothing was missed.
		must(t, stop())
		w.time(t, w.Syncs)
		w.pass(t, 5*time.Minute)
		if got, want := w.started(t, token.ID)[3:], []string{"12:15"}; !slices.Equal(got, want) {
			t.Errorf("after a restart runs at %v, want %v", got, want)
		}
	})
}

func TestNextSync(t *testing.T) {
	for now, want := range map[string]string{
		"12:03:10": "12:05:00", "12:04:59.999999999": "12:05:00", "12:05:00": "12:10:00", "12:57:00": "13:00:00", "23:59:00": "00:00:00",
	} {
		at, err := time.ParseInLocation(time.TimeOnly, now, time.FixedZone("odd", 20*60))
		must(t, err)
		if got := jobs.NextSync(at); got.In(at.Location()).Format(time.TimeOnly) != want || got.Location() != time.UTC {
			t.Errorf("after %s: %s, want %s", now, got, want)
		}
	}
}

// Of several replicas' timers, one begins the run.
func TestReplicasDoNotDoubleTheRuns(t *testing.T) {
	db := dbtest.Open(t, "postgres")
	w := newWorld(t, db)
	token, _ := w.Connect(t, "first")
	w.begin(t)
	w.pass(t, 2*time.Minute) // the other replica starts later
	other := syncer.New(syncer.Options{Store: db, Tokens: w.Tokens, Progress: w.Progress, Traffic: syncer.NewTraffic(), Clock: w.clock, Logger: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); other.Run(ctx) }()
	defer func() { cancel(); <-done }()
	stop := w.time(t, other)
	w.pass(t, 18*time.Minute+30*time.Second)
	must(t, stop())
	if got, want := w.started(t, token.ID), []string{"12:00", "12:05", "12:10", "12:15", "12:20"}; !slices.Equal(got, want) {
		t.Errorf("runs at %v, want %v", got, want)
	}
}

func TestWhatHasExpiredIsSwept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.begin(t)
		w.pass(t, 21*time.Minute)
		w.eventually(t, "sweeps of sessions at 0, 10 and 20 minutes", func() bool { return w.timers[0].sweeps.Load() == 3 })
		w.eventually(t, "sweeps of lists at 0, 10 and 20 minutes", func() bool { return w.timers[0].lists.sweeps.Load() == 3 })
	})
}

// A token that Apple blocks is asked about every minute, and not synced, until the cause is gone.
func TestBlockedTokensAreRechecked_FieldNote11(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.Connect(t, "first")
		w.Sim.SetTermsAccepted(false)
		w.begin(t)
		w.eventually(t, "the terms are noticed", func() bool { return w.state(t, token.ID) == abmtoken.StateTermsNotAccepted })
		w.idle(t)
		runs, asked := len(w.runs(t, token.ID, syncrun.TriggerPeriodic)), w.Sim.Requests()
		w.pass(t, 20*time.Minute)
		if n := len(w.runs(t, token.ID, syncrun.TriggerPeriodic)); n != runs {
			t.Errorf("%d runs of a blocked token", n-runs)
		}
		checks := 0
		for path, n := range w.Sim.Requests() {
			switch n -= asked[path]; path {
			case "GET /session", "GET /account":
				checks = max(checks, n)
			default:
				if n > 0 {
					t.Errorf("%d times %s for a blocked token", n, path)
				}
			}
		}
		if checks < 18 || checks > 21 {
			t.Errorf("%d checks in 20 minutes", checks)
		}

		_, err := w.Sim.AssignCount(server.ID(), 2)
		must(t, err)
		w.Sim.SetTermsAccepted(true)
		w.pass(t, time.Minute)
		w.eventually(t, "the token recovers by itself", func() bool { return w.state(t, token.ID) == abmtoken.StateActive })
		w.pass(t, jobs.SyncInterval)
		w.eventually(t, "its devices come", func() bool { return len(w.listed(t, token.ID)) == 2 })
	})
}

// Tokens that cannot sync get no runs.
func TestNoRunsWithoutAToken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		expired, _ := w.Connect(t, "expired")
		w.clock.Advance(366 * 24 * time.Hour)
		must(t, w.Tokens.Recheck(t.Context(), expired))
		waiting, err := w.Tokens.Generate(stack.Admin(t), "waiting")
		must(t, err)
		deleted, _ := w.Connect(t, "deleted")
		_, err = w.Tokens.Delete(stack.Admin(t), deleted.ID)
		must(t, err)
		active, _ := w.Connect(t, "active")
		w.begin(t)
		w.pass(t, 11*time.Minute)
		w.eventually(t, "the active token's runs", func() bool { return len(w.runs(t, active.ID, syncrun.TriggerPeriodic)) == 3 })
		for _, other := range []*ent.ABMToken{expired, waiting, deleted} {
			if n := db.Reader().SyncRun.Query().Where(syncrun.AbmTokenID(other.ID)).CountX(t.Context()); n != 0 {
				t.Errorf("%d runs of the token %q", n, other.Name)
			}
		}
	})
}

// The timer sees a token's year end.
func TestTokensExpireByThemselves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, _ := w.Connect(t, "first")
		w.clock.Advance(token.ExpiresAt.Add(-30*24*time.Hour - 30*time.Second).Sub(w.clock.Now()))
		w.begin(t)
		w.pass(t, 10*time.Second)
		if got := w.state(t, token.ID); got != abmtoken.StateActive {
			t.Errorf("more than 30 days before its end the token is %s", got)
		}
		w.pass(t, time.Minute)
		w.eventually(t, "the token is expiring", func() bool { return w.state(t, token.ID) == abmtoken.StateExpiring })
	})
}

// A shutdown in the middle of a call ends at once and leaves nothing behind.
func TestShutdownDuringACheck(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.Connect(t, "first")
		server.RevokeToken()
		if err := w.Tokens.Check(t.Context(), token.ID); err == nil {
			t.Fatal("a revoked token is accepted")
		}
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultLatency, DelayMS: 3_600_000}})) // an hour that does not pass
		before := w.Sim.Requests()["GET /session"]
		stop := w.begin(t)
		w.eventually(t, "the check is under way", func() bool { return w.Sim.Requests()["GET /session"] > before })
		must(t, stop())
	})
}
