package progress_test

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/progress"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// interval is the least time between two states, as the API promises: at most 4 a second.
const interval = time.Second / 4

// world is a hub on a database whose runs the test itself writes, by a clock that only the test moves.
type world struct {
	*progress.Hub
	db      *store.Store
	clock   *clockwork.FakeClock
	queries atomic.Int64 // of sync runs, by the hub
	stop    func()
}

func newWorld(t *testing.T, db *store.Store) *world {
	t.Helper()
	w := &world{db: db, clock: clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	bus := pubsub.NewMemory()
	w.Hub = progress.New(db, bus, w.clock, slog.New(slog.DiscardHandler))
	w.stop = run(w.Hub)
	t.Cleanup(func() {
		w.stop()
		if err := bus.Close(); err != nil {
			t.Error(err)
		}
	})
	db.Reader().SyncRun.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
		return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
			w.queries.Add(1)
			return next.Query(ctx, q)
		})
	}))
	return w
}

func run(hub *progress.Hub) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { hub.Run(ctx) })
	return sync.OnceFunc(func() { cancel(); wg.Wait() })
}

// beat lets the hub announce a change and read it, and its pause go by.
func (w *world) beat(t *testing.T) {
	t.Helper()
	w.Changed()
	w.settle(t)
	w.clock.Advance(interval)
}

// settle waits until both halves of the hub have done their work and pause.
func (w *world) settle(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := w.clock.BlockUntilContext(ctx, 2); err != nil {
		t.Fatal("the hub does not come to its pause")
	}
}

func (w *world) token(t *testing.T) gid.ID {
	t.Helper()
	now := w.clock.Now()
	return w.db.Ent().ABMToken.Create().SetName("token").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(t.Context()).ID
}

// begin begins a run without telling anybody.
func (w *world) begin(t *testing.T, token gid.ID) *ent.SyncRun {
	t.Helper()
	now := w.clock.Now()
	return w.db.Ent().SyncRun.Create().SetAbmTokenID(token).SetStatus(syncrun.StatusRunning).SetPhase(syncrun.PhaseFetch).
		SetTrigger(syncrun.TriggerManual).SetFull(true).SetStartedAt(now).SetUpdatedAt(now).SetLeaseExpiresAt(now).SaveX(t.Context())
}

// page stores a page of a run without telling anybody.
func (w *world) page(t *testing.T, run *ent.SyncRun) {
	t.Helper()
	w.clock.Advance(time.Millisecond) // no two changes of a run in one instant
	w.db.Ent().SyncRun.UpdateOne(run).AddPages(1).SetUpdatedAt(w.clock.Now()).ExecX(t.Context())
}

// end ends a run without telling anybody.
func (w *world) end(t *testing.T, run *ent.SyncRun) {
	t.Helper()
	w.clock.Advance(time.Millisecond)
	now := w.clock.Now()
	w.db.Ent().SyncRun.UpdateOne(run).SetStatus(syncrun.StatusSucceeded).SetPhase(syncrun.PhaseFinish).SetFinishedAt(now).SetUpdatedAt(now).ExecX(t.Context())
}

// watcher is one reader of the hub.
type watcher struct {
	states <-chan *ent.SyncRun
	leave  func()
}

func (w *world) watch(t *testing.T, token gid.ID) watcher {
	t.Helper()
	return watch(t, w.Hub, token)
}

func watch(t *testing.T, hub *progress.Hub, token gid.ID) watcher {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	states, err := hub.Watch(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		for range states { // until it is gone
		}
	})
	return watcher{states, cancel}
}

// next is the next state; nil when the watch has ended.
func (w watcher) next(t *testing.T) *ent.SyncRun {
	t.Helper()
	select {
	case run := <-w.states:
		return run
	case <-time.After(20 * time.Second):
		t.Fatal("no state comes")
		return nil
	}
}

// expect takes the next state and compares it.
func (w watcher) expect(t *testing.T, run *ent.SyncRun, status syncrun.Status, pages int) {
	t.Helper()
	got := w.next(t)
	if got == nil || got.ID != run.ID || got.Status != status || got.Pages != pages {
		t.Fatalf("got %v, want run %s %s with %d pages", got, run.ID, status, pages)
	}
}

func (w watcher) expectEnd(t *testing.T) {
	t.Helper()
	if got := w.next(t); got != nil {
		t.Fatalf("the watch goes on: %v", got)
	}
}
