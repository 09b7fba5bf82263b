package graphqlapi

import (
	"context"
	"sync"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// guard ends the sockets and event streams whose credentials have ended. It looks when it is told that some may have, and once in
// Options.Recheck. A look asks once for all that came with the same credentials, and for one after the other: the end of one
// session must not bring a thousand queries at a time.
type guard struct {
	*Endpoint

	mu   sync.Mutex
	open map[*guarded]struct{}
	stop func() // ends what looks; set while something is open
}

type guarded struct {
	credentials credentials
	end         func(*apperr.Error)
}

// watch calls end, at most once and without waiting, when the credentials do not hold any more, until leave is called. Those that
// nothing can end are not looked at.
func (g *guard) watch(ctx context.Context, c credentials, end func(*apperr.Error)) (leave func()) {
	if c.token == "" && c.caller.Session == 0 {
		return func() {}
	}
	var once sync.Once
	w := &guarded{credentials: c, end: func(why *apperr.Error) { once.Do(func() { end(why) }) }}
	g.enter(w)
	if why := c.refusal(g.recheck(ctx, c)); why != nil { // it may have ended before we listened
		w.end(why)
	}
	if c.caller.SessionEnds.IsZero() {
		return func() { g.leave(w) }
	}
	clock := g.options.Clock
	expiry := clock.AfterFunc(c.caller.SessionEnds.Sub(clock.Now()), func() { w.end(sessionEnded()) })
	return func() {
		expiry.Stop()
		g.leave(w)
	}
}

// enter starts the looking for the first one.
func (g *guard) enter(w *guarded) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open[w] = struct{}{}
	if len(g.open) > 1 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	var signals <-chan struct{}
	unsubscribe := func() {}
	if g.options.Sessions != nil {
		signals, unsubscribe = g.options.Sessions.Watch()
	}
	var running sync.WaitGroup
	running.Go(func() { g.run(ctx, signals) })
	g.stop = func() {
		cancel()
		running.Wait()
		unsubscribe()
	}
}

// leave stops it with the last one.
func (g *guard) leave(w *guarded) {
	g.mu.Lock()
	delete(g.open, w)
	stop := func() {}
	if len(g.open) == 0 {
		stop = g.stop
	}
	g.mu.Unlock()
	stop()
}

func (g *guard) run(ctx context.Context, signals <-chan struct{}) {
	ticker := g.options.Clock.NewTicker(g.options.Recheck)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.Chan():
		case _, open := <-signals:
			if !open { // the server is stopping
				signals = nil
				continue
			}
		}
		g.look(ctx)
	}
}

func (g *guard) look(ctx context.Context) {
	for _, same := range g.byCredentials() {
		now, err := g.recheck(ctx, same[0].credentials)
		if ctx.Err() != nil {
			return
		}
		for _, w := range same {
			if why := w.credentials.refusal(now, err); why != nil {
				w.end(why)
			}
		}
	}
}

type credentialsOfOne struct {
	token   string
	session gid.ID
}

func (g *guard) byCredentials() map[credentialsOfOne][]*guarded {
	g.mu.Lock()
	defer g.mu.Unlock()
	groups := map[credentialsOfOne][]*guarded{}
	for w := range g.open {
		key := credentialsOfOne{w.credentials.token, w.credentials.caller.Session}
		groups[key] = append(groups[key], w)
	}
	return groups
}
