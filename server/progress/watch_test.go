package progress_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/progress"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

const (
	running   = syncrun.StatusRunning
	succeeded = syncrun.StatusSucceeded
)

// The present state comes at once, then changes, and the watch ends with the run.
func TestWatchOfARun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, other := w.token(t), w.token(t)
		run, otherRun := w.begin(t, token), w.begin(t, other)
		w.page(t, run)
		watcher := w.watch(t, token)
		watcher.expect(t, run, running, 1) // the clock stands still: nothing had to be waited for
		for pages := 2; pages < 5; pages++ {
			w.page(t, run)
			w.page(t, otherRun)
			w.beat(t)
			watcher.expect(t, run, running, pages)
		}
		w.end(t, otherRun)
		w.beat(t)
		w.end(t, run)
		w.beat(t)
		watcher.expect(t, run, succeeded, 4)
		watcher.expectEnd(t)
	})
}

// While no run is going on, the last one's final state comes; then the watch waits for the next run and ends with it.
func TestWatchBetweenRuns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.token(t)
		w.end(t, w.begin(t, token))
		last := w.begin(t, token)
		w.end(t, last)
		watcher := w.watch(t, token)
		watcher.expect(t, last, succeeded, 0)
		w.beat(t) // a change of nothing is not told
		next := w.begin(t, token)
		w.beat(t)
		watcher.expect(t, next, running, 0)
		w.page(t, next)
		w.beat(t)
		watcher.expect(t, next, running, 1)
		w.end(t, next)
		w.beat(t)
		watcher.expect(t, next, succeeded, 1)
		watcher.expectEnd(t)
	})
}

func TestWatchBeforeTheFirstRun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, other := w.token(t), w.token(t)
		watcher := w.watch(t, token)
		w.end(t, w.begin(t, other))
		w.beat(t)
		run := w.begin(t, token)
		w.beat(t)
		watcher.expect(t, run, running, 0)
		w.end(t, run)
		w.beat(t)
		watcher.expect(t, run, succeeded, 0)
		watcher.expectEnd(t)
	})
}

// Without a token, the last run of each is told, and the watch goes on as long as its reader.
func TestWatchOfAllTokens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		a, b := w.token(t), w.token(t)
		runA := w.begin(t, a)
		w.end(t, runA)
		runB := w.begin(t, b)
		watcher := w.watch(t, 0)
		watcher.expect(t, runA, succeeded, 0)
		watcher.expect(t, runB, running, 0)
		w.end(t, runB)
		w.beat(t)
		watcher.expect(t, runB, succeeded, 0)
		for range 2 {
			runA = w.begin(t, a)
			w.beat(t)
			watcher.expect(t, runA, running, 0)
			w.end(t, runA)
			w.beat(t)
			watcher.expect(t, runA, succeeded, 0)
		}
		watcher.leave()
		watcher.expectEnd(t)
	})
}

// A run that began and ended between two looks is told, also by a hub that never looked before or that nobody watched for a while.
func TestShortRunIsNotMissed(t *testing.T) {
	for name, before := range map[string]func(*testing.T, *world){
		"first look": func(*testing.T, *world) {},
		"after a while without watchers": func(t *testing.T, w *world) {
			token := w.token(t)
			for range 3 {
				w.end(t, w.begin(t, token))
				w.beat(t)
			}
		},
		"after a look": func(t *testing.T, w *world) {
			token := w.token(t)
			watcher := w.watch(t, token)
			run := w.begin(t, token)
			w.beat(t)
			w.end(t, run)
			w.beat(t)
			watcher.next(t)
			watcher.expect(t, run, succeeded, 0)
			watcher.expectEnd(t)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db)
				before(t, w)
				token := w.token(t)
				watcher, all := w.watch(t, token), w.watch(t, 0)
				short := w.begin(t, token)
				w.end(t, short)
				w.beat(t)
				watcher.expect(t, short, succeeded, 0)
				watcher.expectEnd(t)
				for {
					if got := all.next(t); got.ID == short.ID {
						break
					}
				}
			})
		})
	}
}

// The watch of a run ends with that run, even if the next one has begun before anybody looked.
func TestEndIsNotMissed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.token(t)
		run := w.begin(t, token)
		watcher, slow := w.watch(t, token), w.watch(t, token)
		watcher.expect(t, run, running, 0)
		w.page(t, run)
		w.end(t, run)
		next := w.begin(t, token)
		w.beat(t)
		watcher.expect(t, run, succeeded, 1)
		watcher.expectEnd(t)

		// A reader that comes late has the same right.
		w.page(t, next)
		w.beat(t)
		slow.expect(t, run, running, 0)
		slow.expect(t, run, succeeded, 1)
		slow.expectEnd(t)
	})
}

// A change that comes while the watch begins is not lost.
func TestWatchMeetsTheEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.token(t)
		for range 20 {
			run := w.begin(t, token)
			done := make(chan struct{})
			go func() {
				defer close(done)
				w.end(t, run)
				w.Changed()
			}()
			watcher := w.watch(t, token)
			first := watcher.next(t)
			<-done
			if first.Status == running {
				w.settle(t)
				watcher.expect(t, run, succeeded, 0)
				watcher.expectEnd(t)
			} else {
				w.settle(t)
			}
			watcher.leave()
			w.clock.Advance(interval)
		}
	})
}

func TestWatchFailsWithTheDatabase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if states, err := w.Watch(ctx, 0); err == nil {
			t.Errorf("a watch without a present state: %v", states)
		}
	})
}

// Progress reaches the watchers of every process on the database.
func TestWatchOnAnotherReplica(t *testing.T) {
	db := dbtest.Open(t, "postgres")
	w := newWorld(t, db)
	elsewhere := dbtest.OpenURL(t, db.DirectURL())
	hub := func(db *store.Store) *progress.Hub {
		bus := pubsub.NewPostgres(pubsub.PostgresOptions{DB: db.DB(), ListenURL: db.DirectURL()})
		hub := progress.New(db, bus, clockwork.NewRealClock(), slog.New(slog.DiscardHandler))
		stop := run(hub)
		t.Cleanup(func() {
			stop()
			if err := bus.Close(); err != nil {
				t.Error(err)
			}
		})
		return hub
	}
	here, there := hub(db), hub(elsewhere)
	token := w.token(t)
	sync := w.begin(t, token)
	watcher := watch(t, there, token)
	watcher.expect(t, sync, running, 0)
	for pages := 1; pages <= 3; pages++ {
		w.page(t, sync)
		here.Changed()
		watcher.expect(t, sync, running, pages)
	}
	w.end(t, sync)
	here.Changed()
	watcher.expect(t, sync, succeeded, 3)
	watcher.expectEnd(t)
}
