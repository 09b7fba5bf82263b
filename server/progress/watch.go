package progress

import (
	"context"
	"sync"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
)

// watcher holds the latest state of each token for one reader: a slow one costs a few pointers.
type watcher struct {
	token gid.ID // 0: all tokens

	mu      sync.Mutex
	pending map[gid.ID]*ent.SyncRun // by token
	order   []gid.ID
	ready   chan struct{}
}

// offer keeps the run unless the watcher has a later state already. It never waits.
func (w *watcher) offer(run *ent.SyncRun) {
	if w.token != 0 && w.token != run.AbmTokenID {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, waiting := w.pending[run.AbmTokenID]; !waiting {
		w.order = append(w.order, run.AbmTokenID)
	}
	w.pending[run.AbmTokenID] = run
	select {
	case w.ready <- struct{}{}:
	default:
	}
}

func (w *watcher) take() []*ent.SyncRun {
	w.mu.Lock()
	defer w.mu.Unlock()
	runs := make([]*ent.SyncRun, len(w.order))
	for i, token := range w.order {
		runs[i] = w.pending[token]
	}
	clear(w.pending)
	w.order = w.order[:0]
	return runs
}

// Watch gives the state of the runs of one token, or of all tokens for 0: first the present one, then changes. The channel is
// closed when ctx ends and, of one token, when the run has ended: the run that is going on, or, if none is, the next one.
func (h *Hub) Watch(ctx context.Context, token gid.ID) (<-chan *ent.SyncRun, error) {
	w := &watcher{token: token, pending: map[gid.ID]*ent.SyncRun{}, ready: make(chan struct{}, 1)}
	leave := h.enter(w) // before the first look, so that nothing falls between
	present, err := last(ctx, h.store, token)
	if err != nil {
		leave()
		return nil, err
	}
	out := make(chan *ent.SyncRun)
	go func() {
		defer close(out)
		defer leave()
		h.pump(ctx, w, present, out)
	}()
	return out, nil
}

// Watchers is how many watch at this process.
func (h *Hub) Watchers() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.watchers.Len()
}

func (h *Hub) pump(ctx context.Context, w *watcher, present []*ent.SyncRun, out chan<- *ent.SyncRun) {
	sent := map[gid.ID]*ent.SyncRun{} // by token
	for first := true; ; first = false {
		batch := present
		if !first {
			batch = w.take()
		}
		for _, run := range batch {
			if !first && !later(run, sent[run.AbmTokenID]) {
				continue
			}
			if was := sent[run.AbmTokenID]; w.token != 0 && was != nil && was.Status == syncrun.StatusRunning && was.ID != run.ID {
				// The watched run ended, and the next one began, before this reader took note: its end is what is waited for.
				var err error
				if run, err = h.store.Reader().SyncRun.Get(ctx, was.ID); err != nil {
					return
				}
			}
			select {
			case out <- run:
			case <-ctx.Done():
				return
			}
			sent[run.AbmTokenID] = run
			if !first && w.token != 0 && run.Status != syncrun.StatusRunning {
				return
			}
		}
		select {
		case <-w.ready:
		case <-ctx.Done():
			return
		}
	}
}

// later reports whether run says something that the reader does not know.
func later(run, sent *ent.SyncRun) bool {
	if sent == nil || run.ID != sent.ID {
		return sent == nil || run.ID > sent.ID
	}
	return run.UpdatedAt.After(sent.UpdatedAt) || run.Status != sent.Status || run.Phase != sent.Phase
}
