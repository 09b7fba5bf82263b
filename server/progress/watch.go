package progress

import (
	"context"
	"sync"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/store"
)

// watcher is one reader. What it has not taken from out yet waits in pending as the latest state of each token: a slow reader costs a few
// pointers and a goroutine, one that keeps up costs no goroutine. There may be ten thousand.
type watcher struct {
	token  gid.ID // 0: all tokens
	db     *store.Store
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex
	out     chan *ent.SyncRun // nil until the present state is known
	sent    map[gid.ID]state  // by token: the latest that went into out
	pending map[gid.ID]*ent.SyncRun
	order   []gid.ID // of pending
	waiting bool     // a goroutine waits for the reader
	ended   bool     // nothing more is given
	left    bool     // the hub does not know the watcher any more
}

// state is what tells a later state of a run from an earlier one.
type state struct {
	run       gid.ID
	status    syncrun.Status
	phase     syncrun.Phase
	updatedAt time.Time
}

func stateOf(run *ent.SyncRun) state {
	return state{run: run.ID, status: run.Status, phase: run.Phase, updatedAt: run.UpdatedAt}
}

// later reports whether s says something that a reader of other does not know.
func (s state) later(other state) bool {
	if s.run != other.run {
		return s.run > other.run
	}
	return s.updatedAt.After(other.updatedAt) || s.status != other.status || s.phase != other.phase
}

// begin gives the present state, and what was offered since.
func (w *watcher) begin(present []*ent.SyncRun) <-chan *ent.SyncRun {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.out = make(chan *ent.SyncRun, max(1, len(present)))
	for _, run := range present {
		w.out <- run
		w.sent[run.AbmTokenID] = stateOf(run)
	}
	w.flush()
	return w.out
}

// offer keeps the run unless the watcher has a later state already. It never waits.
func (w *watcher) offer(run *ent.SyncRun) {
	if w.token != 0 && w.token != run.AbmTokenID {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, there := w.pending[run.AbmTokenID]; !there {
		w.order = append(w.order, run.AbmTokenID)
	}
	w.pending[run.AbmTokenID] = run
	w.flush()
}

// flush gives what is pending. When the reader has to be waited for, or the database, a goroutine does that.
func (w *watcher) flush() {
	for w.out != nil && !w.waiting && !w.ended && len(w.order) > 0 {
		token := w.order[0]
		run, was := w.pending[token], w.sent[token]
		w.order = w.order[1:]
		delete(w.pending, token)
		if !stateOf(run).later(was) {
			continue
		}
		if w.token != 0 && was.status == syncrun.StatusRunning && was.run != run.ID {
			// The watched run ended, and the next one began, before this reader took note: its end is what is waited for.
			w.waiting = true
			go w.wait(func() (*ent.SyncRun, error) { return w.db.Reader().SyncRun.Get(w.ctx, was.run) })
			return
		}
		select {
		case w.out <- run:
			w.gave(run)
		default:
			w.waiting = true
			go w.wait(func() (*ent.SyncRun, error) { return run, nil })
		}
	}
}

// wait gives a run once it is known and the reader takes it.
func (w *watcher) wait(know func() (*ent.SyncRun, error)) {
	run, err := know()
	if err == nil {
		select {
		case w.out <- run:
		case <-w.ctx.Done():
			err = w.ctx.Err()
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = false
	if err != nil {
		w.end()
	}
	if !w.ended {
		w.gave(run)
		w.flush()
	}
	w.close()
}

// gave notes what the reader has. The end of a run that was not over when the reader came is the last.
func (w *watcher) gave(run *ent.SyncRun) {
	w.sent[run.AbmTokenID] = stateOf(run)
	if w.token != 0 && run.Status != syncrun.StatusRunning {
		w.end()
	}
}

func (w *watcher) end() {
	w.ended = true
	w.cancel() // has the hub forget the watcher
}

// close tells the reader, once nobody can give anything.
func (w *watcher) close() {
	if w.left && !w.waiting {
		close(w.out)
	}
}

// Watch gives the state of the runs of one token, or of all tokens for 0: first the present one, then changes. The channel is
// closed when ctx ends and, of one token, when the run has ended: the run that is going on, or, if none is, the next one.
func (h *Hub) Watch(ctx context.Context, token gid.ID) (<-chan *ent.SyncRun, error) {
	w := &watcher{token: token, db: h.store, sent: map[gid.ID]state{}, pending: map[gid.ID]*ent.SyncRun{}}
	w.ctx, w.cancel = context.WithCancel(ctx)
	leave := h.enter(w) // before the first look, so that nothing falls between
	present, err := last(ctx, h.store, token)
	if err != nil {
		leave()
		w.cancel()
		return nil, err
	}
	out := w.begin(present)
	context.AfterFunc(w.ctx, func() {
		leave()
		w.mu.Lock()
		defer w.mu.Unlock()
		w.ended, w.left = true, true
		w.close()
	})
	return out, nil
}

// Watchers is how many watch at this process.
func (h *Hub) Watchers() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.watchers.Len()
}
