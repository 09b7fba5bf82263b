// Package progress tells watchers how sync runs stand. What travels is state, not events: a watcher gets the present state at
// once and then the latest one whenever it changed, so that a lost signal, a slow reader or a reconnect loses nothing that matters.
package progress

import (
	"container/list"
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/store"
)

// topic is the one signal of all runs: its receivers read from the database what changed.
const topic = "sync"

const (
	// interval is the least time between two states that a watcher gets, and between two signals that a process sends.
	interval = 250 * time.Millisecond
	// batch is how many watchers get a state in an interval, so that a thousand get one a second. With more of them each gets states less
	// often, and the sync goes on as if nobody watched.
	batch = 250
	// crowd is from how many watchers on crowdBatch of them get a state in an interval: a state then costs half as much again, as what
	// belongs to a watcher is in no cache of the processor any more. Writing to them takes a tenth of a core.
	crowd      = 4 * batch
	crowdBatch = 140
)

// Hub connects those who change runs with those who watch them, over all replicas. One query a signal serves all the
// watchers of the process. It is safe for concurrent use.
type Hub struct {
	store *store.Store
	bus   pubsub.Bus
	clock clockwork.Clock
	log   *slog.Logger
	dirty chan struct{}

	mu       sync.Mutex
	watchers *list.List // of *watcher: first those that were not given anything for the longest time
	owed     int        // how many of the first ones are to be given what the last signal brought
}

// New makes a Hub. It does nothing until Run.
func New(db *store.Store, bus pubsub.Bus, clock clockwork.Clock, log *slog.Logger) *Hub {
	return &Hub{store: db, bus: bus, clock: clock, log: log, dirty: make(chan struct{}, 1), watchers: list.New()}
}

// Changed says that a run was changed and committed. It does not wait.
func (h *Hub) Changed() {
	select {
	case h.dirty <- struct{}{}:
	default:
	}
}

// Run carries signals and states until ctx ends.
func (h *Hub) Run(ctx context.Context) {
	signals := h.bus.Subscribe(topic) // before the first signal is sent
	defer signals.Close()
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { h.announce(ctx) })
	h.feed(ctx, signals.C())
}

// announce turns changes into signals to all replicas, at most one an interval.
func (h *Hub) announce(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.dirty:
		}
		if err := h.bus.Publish(ctx, topic); err != nil && ctx.Err() == nil {
			h.log.WarnContext(ctx, "sync progress could not be announced; watchers see it a little later", "error", err)
		}
		if !h.pause(ctx) {
			return
		}
	}
}

// feed reads what changed, at most once an interval, and hands it to the watchers, as many as there is time for in an interval.
func (h *Hub) feed(ctx context.Context, signals <-chan struct{}) {
	known := &changes{store: h.store, running: map[gid.ID]struct{}{}, stale: true}
	latest := map[gid.ID]*ent.SyncRun{} // by token: what those get who have to wait
	for {
		if h.owing() {
			select { // what is new goes out together with what waits
			case <-signals:
				h.learn(ctx, known, latest)
			default:
			}
		} else {
			select {
			case <-ctx.Done():
				return
			case <-signals:
				h.learn(ctx, known, latest)
			}
		}
		h.hand(latest)
		if !h.pause(ctx) {
			return
		}
	}
}

// learn reads what a signal tells of, if anybody watches, and owes it to all who do.
func (h *Hub) learn(ctx context.Context, known *changes, latest map[gid.ID]*ent.SyncRun) {
	if !h.watched() {
		known.stale = true
		return
	}
	runs, err := known.read(ctx)
	if err != nil && ctx.Err() == nil {
		h.log.WarnContext(ctx, "sync progress could not be read; trying again with the next signal", "error", err)
	}
	if len(runs) == 0 {
		return
	}
	for _, run := range runs {
		latest[run.AbmTokenID] = run // the newest of a token comes last
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.owed = h.watchers.Len()
}

func (h *Hub) pause(ctx context.Context) bool {
	timer := h.clock.NewTimer(interval)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return true
	case <-ctx.Done():
		return false
	}
}

func (h *Hub) watched() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.watchers.Len() > 0
}

func (h *Hub) owing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.owed = min(h.owed, h.watchers.Len()) // some may have left
	return h.owed > 0
}

// hand gives the states to the watchers whose turn it is.
func (h *Hub) hand(latest map[gid.ID]*ent.SyncRun) {
	h.mu.Lock()
	defer h.mu.Unlock()
	turn := batch
	if h.watchers.Len() > crowd {
		turn = crowdBatch
	}
	for range min(turn, h.owed, h.watchers.Len()) {
		next := h.watchers.Front()
		for _, run := range latest {
			next.Value.(*watcher).offer(run)
		}
		h.watchers.MoveToBack(next)
		h.owed--
	}
}

// enter takes a watcher in. It looks for itself how things stand, so it is owed nothing yet.
func (h *Hub) enter(w *watcher) (leave func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	place := h.watchers.PushBack(w)
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.watchers.Remove(place)
	}
}

// changes knows which runs were going on at the last look, so as to see their end too.
type changes struct {
	store   *store.Store
	running map[gid.ID]struct{}
	newest  gid.ID
	stale   bool // signals came without a look
}

// read gives the runs that are going on, those that were at the last look, and those begun since; after a while without a look
// the last run of each token, for there may have been any number since.
func (c *changes) read(ctx context.Context) ([]*ent.SyncRun, error) {
	runs, err := c.look(ctx)
	if c.stale = err != nil; err != nil {
		return nil, err
	}
	clear(c.running)
	for _, run := range runs {
		c.newest = max(c.newest, run.ID)
		if run.Status == syncrun.StatusRunning {
			c.running[run.ID] = struct{}{}
		}
	}
	return runs, nil
}

func (c *changes) look(ctx context.Context) ([]*ent.SyncRun, error) {
	if c.stale {
		return last(ctx, c.store, 0)
	}
	ids := make([]gid.ID, 0, len(c.running))
	for id := range c.running {
		ids = append(ids, id)
	}
	return c.store.Reader().SyncRun.Query().
		Where(syncrun.Or(syncrun.StatusEQ(syncrun.StatusRunning), syncrun.IDIn(ids...), syncrun.IDGT(c.newest))).
		WithAbmToken(). // else each watcher asks for it with each state
		Order(syncrun.ByID()).All(ctx)
}

// last gives the last run of the token, or, for 0, of each token: a deleted one's run has an end to tell, too.
func last(ctx context.Context, db *store.Store, token gid.ID) ([]*ent.SyncRun, error) {
	if token != 0 {
		return db.Reader().SyncRun.Query().Where(syncrun.AbmTokenID(token)).WithAbmToken().Order(ent.Desc(syncrun.FieldID)).Limit(1).All(ctx)
	}
	tokens, err := db.Reader().ABMToken.Query().Order(abmtoken.ByID()).IDs(ctx)
	if err != nil {
		return nil, err
	}
	var all []*ent.SyncRun
	for _, id := range tokens {
		runs, err := last(ctx, db, id)
		if err != nil {
			return nil, err
		}
		all = append(all, runs...)
	}
	return all, nil
}
