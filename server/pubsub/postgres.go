package pubsub

import (
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"
)

const (
	// channel is the one NOTIFY channel of a database; topics are its payloads.
	channel = "guardmdm"

	pollInterval   = 2 * time.Second  // signal to all while notifications do not arrive
	safetyInterval = 10 * time.Second // signal to all while they do: NOTIFY promises nothing
	pingInterval   = time.Minute      // a connection that a firewall dropped looks alive
	pingTimeout    = 10 * time.Second
	minRetry       = time.Second
	maxRetry       = 30 * time.Second
)

// PostgresOptions say where the signals go through.
type PostgresOptions struct {
	DB        *sql.DB         // for NOTIFY: any pool of the database, through a pooler too
	ListenURL string          // for LISTEN: complete (see store.Store.DirectURL), and past any pooler, which would swallow it
	Direct    bool            // ListenURL is GUARDMDM_DATABASE_DIRECT_URL; for the log
	Logger    *slog.Logger    // nil: none
	Clock     clockwork.Clock // nil: the real one
}

// Postgres is the bus of all processes on one PostgreSQL database, through LISTEN and NOTIFY. While its one listening
// connection is away, or a pooler swallows what it asks for, every subscription is signaled each 2 s instead.
type Postgres struct {
	PostgresOptions
	hub       *hub
	listening atomic.Bool
	cancel    context.CancelFunc
	running   sync.WaitGroup
}

var _ Bus = (*Postgres)(nil)

// NewPostgres makes a bus. It does not wait for the connection: until that listens, the bus polls.
func NewPostgres(o PostgresOptions) *Postgres {
	ctx, cancel := context.WithCancel(context.Background())
	p := &Postgres{PostgresOptions: o.withDefaults(), hub: newHub(), cancel: cancel}
	p.running.Go(func() { p.run(ctx) })
	return p
}

func (o PostgresOptions) withDefaults() PostgresOptions {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	return o
}

// TryListen tells whether a notification that is sent through DB arrives at a connection to ListenURL; nil says so.
func TryListen(ctx context.Context, o PostgresOptions) error {
	p := &Postgres{PostgresOptions: o.withDefaults()}
	defer p.running.Wait()
	l, err := p.listen(ctx)
	if err != nil {
		return err
	}
	l.close()
	return nil
}

// Publish implements Bus. It is a statement and a transaction of its own: NOTIFY takes a lock of the whole database server at
// its commit, which must not be held up by other work.
func (p *Postgres) Publish(ctx context.Context, topic string) error {
	if err := checkTopic(topic); err != nil {
		return err
	}
	if p.hub.isClosed() {
		return ErrClosed
	}
	if !p.listening.Load() { // else our own echo does it
		p.hub.send(topic)
	}
	_, err := p.DB.ExecContext(ctx, "SELECT pg_notify($1, $2)", channel, topic)
	return err
}

// Listening tells whether notifications arrive; else subscriptions are signaled each 2 s.
func (p *Postgres) Listening() bool { return p.listening.Load() }

// Subscribe implements Bus.
func (p *Postgres) Subscribe(topic string) *Subscription { return p.hub.subscribe(topic) }

// Close implements Bus. It can wait for a connection attempt to time out (connect_timeout of the URL).
func (p *Postgres) Close() error {
	p.hub.close()
	p.cancel()
	p.running.Wait()
	return nil
}

// run keeps a listening connection, passes its notifications on, and signals to all in the meantime.
func (p *Postgres) run(ctx context.Context) {
	retry := p.Clock.NewTimer(maxRetry)
	retry.Stop()
	signal := p.Clock.NewTimer(pollInterval)
	ping := p.Clock.NewTimer(pingInterval)
	var (
		live      *listener // nil: none at the moment
		connected = p.connect(ctx)
		failures  int
	)
	defer func() {
		retry.Stop()
		signal.Stop()
		ping.Stop()
		p.listening.Store(false)
		live.close()
	}()

	lost := func(err error) {
		live.close()
		live = nil
		p.listening.Store(false)
		p.Logger.WarnContext(ctx, "lost the connection that listens for notifications", "error", err)
		signal.Reset(pollInterval)
		p.hub.sendAll()
		connected = p.connect(ctx)
	}
	for {
		select {
		case <-ctx.Done():
			return

		case made := <-connected:
			connected = nil
			if made.err != nil {
				retry.Reset(min(minRetry<<min(failures, 10), maxRetry))
				if failures++; failures == 1 {
					p.Logger.ErrorContext(ctx, "notifications of PostgreSQL do not arrive: changes are looked for every 2 s instead; "+
						"if there is a connection pooler in between, set GUARDMDM_DATABASE_DIRECT_URL to a URL past it",
						"through", p.through(), "error", made.err)
				}
				continue
			}
			failures = 0
			live = made.listener
			p.listening.Store(true)
			signal.Reset(safetyInterval)
			ping.Reset(pingInterval)
			p.hub.sendAll() // whatever happened before was missed
			p.Logger.InfoContext(ctx, "listening for notifications of PostgreSQL", "through", p.through())

		case <-retry.Chan():
			connected = p.connect(ctx)

		case n, ok := <-live.notifications():
			if !ok {
				lost(live.conn.Err())
			} else if n.Channel == channel {
				p.hub.send(n.Extra)
			}

		case <-ping.Chan():
			switch {
			case live == nil:
			case live.awaited:
				lost(errNoAnswer)
			default:
				live.ping(&p.running)
				ping.Reset(pingTimeout)
			}

		case err := <-live.answers():
			live.awaited = false
			if err != nil {
				lost(err)
			} else {
				ping.Reset(pingInterval)
			}

		case <-signal.Chan():
			if live == nil {
				signal.Reset(pollInterval)
			} else {
				signal.Reset(safetyInterval)
			}
			p.hub.sendAll()
		}
	}
}

// through names the setting that says where the bus listens.
func (p *Postgres) through() string {
	if p.Direct {
		return "GUARDMDM_DATABASE_DIRECT_URL"
	}
	return "GUARDMDM_DATABASE_URL"
}

type connectResult struct {
	listener *listener
	err      error
}

// connect makes a listening connection in the background, for the dialing takes no context.
func (p *Postgres) connect(ctx context.Context) <-chan connectResult {
	out := make(chan connectResult)
	p.running.Go(func() {
		l, err := p.listen(ctx)
		select {
		case out <- connectResult{l, err}:
		case <-ctx.Done():
			l.close()
		}
	})
	return out
}
