// Package fleetfeed tells watchers what happens to devices, as it happens. The events are rows that the services write; the signals that
// something was written are theirs too. One look a signal serves all watchers of the process.
package fleetfeed

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// interval is the least time between two looks.
	interval = 250 * time.Millisecond
	// most is how many events a look reads, and how many wait for a slow watcher: of more the newest.
	most = 1000
	// settled is after how long no event with a smaller number comes any more: PostgreSQL numbers rows before it commits them, so those of
	// a long transaction show up behind later ones.
	settled = 15 * time.Second
)

// topics are the signals after which there may be events: of syncs, of assignments, of enrollments.
func topics() []string { return []string{"sync", "assignment", "enrollment"} }

// Filter says which events a watcher wants. What is empty lets everything through.
type Filter struct {
	Token, Device gid.ID
	Kinds         []deviceevent.Kind
}

func (f Filter) matches(e *ent.DeviceEvent) bool {
	return (f.Token == 0 || f.Token == e.AbmTokenID) && (f.Device == 0 || f.Device == e.DeviceID) && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, e.Kind))
}

// Feed reads events for those who watch. It is safe for concurrent use.
type Feed struct {
	db    *store.Store
	bus   pubsub.Bus
	clock clockwork.Clock
	log   *slog.Logger

	mu       sync.Mutex
	watchers map[*watcher]struct{}
	from     gid.ID               // events up to this one were told, or never will be
	told     map[gid.ID]time.Time // later ones that were, and when
}

// watcher is one who watches, and the events that wait for it.
type watcher struct {
	filter Filter
	mu     sync.Mutex
	events []*ent.DeviceEvent
	more   chan struct{}
}

// New makes a Feed. It does nothing until Run.
func New(db *store.Store, bus pubsub.Bus, clock clockwork.Clock, log *slog.Logger) *Feed {
	return &Feed{db: db, bus: bus, clock: clock, log: log, watchers: map[*watcher]struct{}{}, told: map[gid.ID]time.Time{}}
}

// Watch gives the events that are written from now on, until ctx ends.
func (f *Feed) Watch(ctx context.Context, filter Filter) (<-chan *ent.DeviceEvent, error) {
	w := &watcher{filter: filter, more: make(chan struct{}, 1)}
	f.mu.Lock()
	if len(f.watchers) == 0 { // nobody looked for a while: what was written meanwhile is not news
		last, err := f.last(ctx)
		if err != nil {
			f.mu.Unlock()
			return nil, err
		}
		f.from = last
		clear(f.told)
	}
	f.watchers[w] = struct{}{}
	f.mu.Unlock()
	out := make(chan *ent.DeviceEvent)
	go func() {
		defer close(out)
		defer f.leave(w)
		for {
			select {
			case <-ctx.Done():
				return
			case <-w.more:
			}
			for _, e := range w.take() {
				select {
				case out <- e:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out, nil
}

func (f *Feed) last(ctx context.Context) (gid.ID, error) {
	id, err := f.db.Reader().DeviceEvent.Query().Order(deviceevent.ByID(sql.OrderDesc())).FirstID(ctx)
	if ent.IsNotFound(err) {
		return 0, nil
	}
	return id, err
}

func (f *Feed) leave(w *watcher) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.watchers, w)
}

func (w *watcher) offer(events []*ent.DeviceEvent) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range events {
		if w.filter.matches(e) {
			w.events = append(w.events, e)
		}
	}
	if late := len(w.events) - most; late > 0 {
		w.events = slices.Clone(w.events[late:])
	}
	if len(w.events) > 0 {
		select {
		case w.more <- struct{}{}:
		default:
		}
	}
}

func (w *watcher) take() []*ent.DeviceEvent {
	w.mu.Lock()
	defer w.mu.Unlock()
	events := w.events
	w.events = nil
	return events
}

// Run looks for events after each signal, until ctx ends.
func (f *Feed) Run(ctx context.Context) {
	something := make(chan struct{}, 1)
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, topic := range topics() {
		signals := f.bus.Subscribe(topic)
		wg.Go(func() {
			defer signals.Close()
			for {
				select {
				case <-ctx.Done():
					return
				case _, open := <-signals.C():
					if !open {
						return
					}
				}
				select {
				case something <- struct{}{}:
				default:
				}
			}
		})
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-something:
		}
		if err := f.look(ctx); err != nil && ctx.Err() == nil {
			f.log.WarnContext(ctx, "what happens to devices could not be read; watchers see it with the next signal", "error", err)
		}
		timer := f.clock.NewTimer(interval)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.Chan():
		}
	}
}

// look reads what was written since the last look and hands it out.
func (f *Feed) look(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.watchers) == 0 {
		return nil
	}
	newest, err := f.db.Reader().DeviceEvent.Query().Where(deviceevent.IDGT(f.from)).Order(deviceevent.ByID(sql.OrderDesc())).Limit(most + len(f.told)).All(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(newest)
	now := f.clock.Now()
	var news []*ent.DeviceEvent
	for _, e := range newest {
		if _, known := f.told[e.ID]; !known {
			f.told[e.ID] = now
			news = append(news, e)
		}
	}
	for id, at := range f.told {
		if now.Sub(at) >= settled {
			f.from = max(f.from, id)
		}
	}
	for id := range f.told {
		if id <= f.from {
			delete(f.told, id)
		}
	}
	if len(news) > 0 {
		for w := range f.watchers {
			w.offer(news)
		}
	}
	return nil
}
