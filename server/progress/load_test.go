package progress_test

import (
	"context"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// However often a run changes, a reader gets at most 4 states a second, and the last one.
func TestAtMostFourStatesASecond(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.token(t)
		run := w.begin(t, token)
		watcher := w.watch(t, token)
		watcher.expect(t, run, running, 0)
		got := make(chan []time.Time)
		go func() {
			var times []time.Time
			for range watcher.states {
				times = append(times, w.clock.Now())
			}
			got <- times
		}()
		begin := w.clock.Now()
		const seconds, changes = 3, 300
		for range changes {
			w.page(t, run)
			w.Changed()
			w.settle(t) // so that every chance to tell is taken
			w.clock.Advance(seconds*time.Second/changes - time.Millisecond)
		}
		w.end(t, run)
		w.Changed()
		w.settle(t)
		w.clock.Advance(interval) // the end that waits for the pause
		times := <-got
		told := 0
		for _, at := range times {
			if at.Sub(begin) < seconds*time.Second {
				told++
			}
		}
		if told > 4*seconds+1 || told < 2*seconds {
			t.Errorf("%d states in %d seconds", told, seconds)
		}
	})
}

// A reader that does not read costs a few pointers, and gets the latest state when it does, behind the two that were on their way.
func TestSlowReaderGetsTheLatest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.token(t)
		run := w.begin(t, token)
		slow, slowOfAll := w.watch(t, token), w.watch(t, 0)
		for range 30 {
			w.page(t, run)
			w.beat(t)
		}
		w.watch(t, token) // taking its place waits until the hub has handed out what it read
		for _, s := range []watcher{slow, slowOfAll} {
			s.expect(t, run, running, 0)
			s.expect(t, run, running, 1)
			s.expect(t, run, running, 30)
		}
		w.end(t, run)
		w.beat(t)
		slow.expect(t, run, succeeded, 30)
		slow.expectEnd(t)
		slowOfAll.expect(t, run, succeeded, 30)
	})
}

// batch is how many watchers get a state in an interval.
const batch = 250

// A thousand watchers cost one query a signal, and none once they are gone.
func TestWatchersShareTheQuery(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.token(t)
		run := w.begin(t, token)
		watchers := make([]watcher, 4*batch)
		for i := range watchers {
			watchers[i] = w.watch(t, token)
		}
		signal := func() int64 {
			before := w.queries.Load()
			w.page(t, run)
			w.beat(t)
			return w.queries.Load() - before
		}
		signal() // the first look finds out where things stand
		for range 3 {
			w.handOut(t, 3)
			if n := signal(); n != 1 {
				t.Errorf("%d queries", n)
			}
		}
		w.end(t, run)
		w.beat(t)
		w.handOut(t, 3)
		for _, s := range watchers {
			var last *ent.SyncRun
			for state := s.next(t); state != nil; state = s.next(t) {
				last = state
			}
			if last == nil || last.Status != succeeded {
				t.Fatalf("the last state is %v", last)
			}
		}
		run = w.begin(t, token)
		if n := signal(); n != 0 {
			t.Errorf("%d queries for nobody", n)
		}
	})
}

// Of many watchers each gets states less often, in turn, and all get the last one.
func TestManyWatchersTakeTurns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.token(t)
		run := w.begin(t, token)
		told := make(chan int, 4*batch)
		for range 4 * batch {
			states := w.watch(t, token).states
			go func() {
				n := 0
				for range states { // until the run's end
					n++
				}
				told <- n
			}()
		}
		const beats = 20 // five turns
		for range beats {
			w.page(t, run)
			w.beat(t)
		}
		w.end(t, run)
		w.beat(t)
		w.handOut(t, 3)
		for range 4 * batch {
			// The state at the beginning, one a turn, the last one; a reader that is slow misses some.
			if n := <-told; n < 2 || n > beats/4+3 {
				t.Fatalf("a watcher got %d states", n)
			}
		}
	})
}

// handOut lets the hub go on, through so many intervals, with what it could not hand out at once.
func (w *world) handOut(t *testing.T, intervals int) {
	t.Helper()
	for range intervals {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		if err := w.clock.BlockUntilContext(ctx, 1); err != nil {
			t.Fatal("the hub does not go on")
		}
		cancel()
		w.clock.Advance(interval)
	}
}

// A reader that goes away in the middle leaves nothing behind; the package's TestMain looks for goroutines.
func TestGoneWatcher(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.token(t)
		run := w.begin(t, token)
		unread, read := w.watch(t, token), w.watch(t, 0)
		read.expect(t, run, running, 0)
		unread.leave() // while it waits to hand out its first state
		read.leave()
		for range unread.states {
		}
		for range read.states {
		}
		before := w.queries.Load()
		w.page(t, run)
		w.beat(t)
		if n := w.queries.Load() - before; n != 0 {
			t.Errorf("%d queries for watchers that are gone", n)
		}
	})
}
