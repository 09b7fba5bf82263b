package pubsub_test

import (
	"context"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// rig is a database with a clock that stands still, and the bus's log as a channel: it says when the bus changed its mode.
type rig struct {
	db        *store.Store
	listenURL string
	clock     *clockwork.FakeClock
	log       chan string
}

func newRig(t *testing.T) *rig {
	t.Helper()
	db := dbtest.OpenURL(t, dbtest.Postgres(t))
	return &rig{db: db, listenURL: db.DirectURL(), clock: clockwork.NewFakeClock(), log: make(chan string, 100)}
}

func (r *rig) bus(t *testing.T) *pubsub.Postgres {
	t.Helper()
	bus := pubsub.NewPostgres(pubsub.PostgresOptions{DB: r.db.DB(), ListenURL: r.listenURL, Logger: slog.New(logTo(r.log)), Clock: r.clock})
	t.Cleanup(func() { closeBus(t, bus) })
	return bus
}

// await waits for a log line.
func (r *rig) await(t *testing.T, part string) {
	t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case line := <-r.log:
			if strings.Contains(line, part) {
				return
			}
		case <-timeout:
			t.Fatalf("the log does not say %q", part)
		}
	}
}

// receiveWithin advances the clock in steps, until the signal comes.
func (r *rig) receiveWithin(t *testing.T, s *pubsub.Subscription, d time.Duration) {
	t.Helper()
	if err := r.clock.BlockUntilContext(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	r.clock.Advance(d)
	receive(t, s)
}

// drain takes the signal that may wait.
func drain(s *pubsub.Subscription) {
	select {
	case <-s.C():
	default:
	}
}

type logTo chan string

func (logTo) Enabled(context.Context, slog.Level) bool { return true }
func (l logTo) Handle(_ context.Context, r slog.Record) error {
	line := r.Level.String() + " " + r.Message
	r.Attrs(func(a slog.Attr) bool { line += " " + a.String(); return true })
	l <- line
	return nil
}
func (l logTo) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l logTo) WithGroup(string) slog.Handler      { return l }

func TestSignalReachesOtherProcesses(t *testing.T) {
	dbtest.CheckLeaks(t)
	r := newRig(t)
	here, there := r.bus(t), r.bus(t)
	r.await(t, "listening")
	r.await(t, "listening")
	s := there.Subscribe("run/1")
	publish(t, here, "run/1")
	receive(t, s)
}

func TestSafetySignal(t *testing.T) {
	dbtest.CheckLeaks(t)
	r := newRig(t)
	bus := r.bus(t)
	r.await(t, "listening")
	s := bus.Subscribe("run/1")
	silent(t, bus, s)
	r.receiveWithin(t, s, 10*time.Second)
	r.receiveWithin(t, s, 10*time.Second)
}

func TestLostConnectionIsMadeAgain(t *testing.T) {
	dbtest.CheckLeaks(t)
	r := newRig(t)
	bus := r.bus(t)
	r.await(t, "listening")
	s := bus.Subscribe("run/1")
	silent(t, bus, s)
	if _, err := r.db.DB().Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'`); err != nil {
		t.Fatal(err)
	}
	r.await(t, "lost")
	r.await(t, "listening")
	receive(t, s) // something may have been missed
	drain(s)
	publish(t, bus, "run/1")
	receive(t, s)
}

// A pooler in transaction mode takes a LISTEN and delivers nothing.
func TestSwallowedNotificationsFallBackToPolling(t *testing.T) {
	testSwallowed(t, func(t *testing.T, r *rig) {
		u, err := url.Parse(r.listenURL)
		if err != nil {
			t.Fatal(err)
		}
		r.listenURL = dbtest.Pooler(t, "transaction", "").URL(strings.TrimPrefix(u.Path, "/"))
	})
}

// A direct URL that names another database delivers nothing either.
func TestNotificationsOfAnotherDatabaseFallBackToPolling(t *testing.T) {
	testSwallowed(t, func(t *testing.T, r *rig) { r.listenURL = dbtest.Postgres(t) })
}

// In session mode a pooler is as good as none.
func TestListensThroughASessionPooler(t *testing.T) {
	dbtest.CheckLeaks(t)
	r := newRig(t)
	u, err := url.Parse(r.listenURL)
	if err != nil {
		t.Fatal(err)
	}
	r.listenURL = dbtest.Pooler(t, "session", "").URL(strings.TrimPrefix(u.Path, "/"))
	bus := r.bus(t)
	r.await(t, "INFO listening for notifications of PostgreSQL through=GUARDMDM_DATABASE_URL")
	s := bus.Subscribe("run/1")
	publish(t, bus, "run/1")
	receive(t, s)
}

func testSwallowed(t *testing.T, swallow func(t *testing.T, r *rig)) {
	dbtest.CheckLeaks(t)
	r := newRig(t)
	swallow(t, r)
	bus := r.bus(t)
	s := bus.Subscribe("run/1")
	if err := r.clock.BlockUntilContext(t.Context(), 3); err != nil { // the probe's time-out among them
		t.Fatal(err)
	}
	r.clock.Advance(2 * time.Second)
	r.await(t, "ERROR notifications of PostgreSQL do not arrive")
	drain(s)
	for range 3 {
		r.receiveWithin(t, s, 2*time.Second)
	}
	publish(t, bus, "run/1") // our own changes need no poll
	receive(t, s)
	for len(r.log) > 0 {
		if line := <-r.log; strings.HasPrefix(line, "ERROR") {
			t.Errorf("it was logged again: %s", line)
		}
	}
}

func TestUnreachableDatabaseAtTheStartIsReachedLater(t *testing.T) {
	dbtest.CheckLeaks(t)
	r := newRig(t)
	p := newProxy(t, r)
	p.refuse.Store(true)
	bus := r.bus(t)
	r.await(t, "ERROR")
	s := bus.Subscribe("run/1")
	p.refuse.Store(false)
	r.receiveWithin(t, s, time.Second+time.Millisecond) // the first retry, and then the signal to all
	r.await(t, "listening")
	drain(s)
	publish(t, bus, "run/1")
	receive(t, s)
}

func TestDeadConnectionIsNoticedByPing(t *testing.T) {
	dbtest.CheckLeaks(t)
	r := newRig(t)
	p := newProxy(t, r)
	bus := r.bus(t)
	r.await(t, "listening")
	p.freeze()
	s := bus.Subscribe("run/1")
	r.receiveWithin(t, s, 10*time.Second) // safety signals go on meanwhile
	if err := r.clock.BlockUntilContext(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	r.clock.Advance(50 * time.Second)
	receive(t, s)
	p.asked(t)
	if err := r.clock.BlockUntilContext(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	r.clock.Advance(10 * time.Second)
	r.await(t, "does not answer")
	r.await(t, "listening")
	drain(s)
	publish(t, bus, "run/1")
	receive(t, s)
}

func TestCloseWhileConnecting(t *testing.T) {
	dbtest.CheckLeaks(t)
	r := newRig(t)
	for range 20 {
		closeBus(t, r.bus(t))
	}
}

// proxy stands between the bus and the server's socket, as a network does.
type proxy struct {
	server string
	refuse atomic.Bool
	seen   chan struct{} // a frozen connection wanted to send

	mu    sync.Mutex
	conns []*proxied
}

type proxied struct {
	client, server net.Conn
	frozen         atomic.Bool
}

// newProxy has the rig's buses listen through a proxy.
func newProxy(t *testing.T, r *rig) *proxy {
	t.Helper()
	u, err := url.Parse(r.listenURL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	p := &proxy{server: q.Get("host") + "/.s.PGSQL.5432", seen: make(chan struct{}, 1)}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	q.Del("host")
	u.Host, u.RawQuery = l.Addr().String(), q.Encode()
	r.listenURL = u.String()
	var running sync.WaitGroup
	running.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if p.refuse.Load() {
				c.Close()
				continue
			}
			p.serve(c, &running)
		}
	})
	t.Cleanup(func() {
		l.Close()
		p.mu.Lock()
		for _, c := range p.conns {
			c.client.Close()
			c.server.Close()
		}
		p.mu.Unlock()
		running.Wait()
	})
	return p
}

func (p *proxy) serve(client net.Conn, running *sync.WaitGroup) {
	server, err := net.Dial("unix", p.server)
	if err != nil {
		client.Close()
		return
	}
	c := &proxied{client: client, server: server}
	p.mu.Lock()
	p.conns = append(p.conns, c)
	p.mu.Unlock()
	pipe := func(to, from net.Conn, onFrozen func()) {
		defer to.Close()
		buffer := make([]byte, 4096)
		for {
			n, err := from.Read(buffer)
			if err != nil {
				return
			}
			if c.frozen.Load() {
				onFrozen()
			} else if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
	}
	running.Go(func() {
		pipe(server, client, func() {
			select {
			case p.seen <- struct{}{}:
			default:
			}
		})
	})
	running.Go(func() { pipe(client, server, func() {}) })
}

// freeze swallows everything on the connections of now, as a firewall that forgot them.
func (p *proxy) freeze() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.frozen.Store(true)
	}
}

// asked waits until the bus sent something on a frozen connection.
func (p *proxy) asked(t *testing.T) {
	t.Helper()
	select {
	case <-p.seen:
	case <-time.After(patience):
		t.Fatal("no ping was sent")
	}
}

// The way to the database that listens is proved before it is relied on; another database's is not taken for it.
func TestTryListen(t *testing.T) {
	dbtest.CheckLeaks(t)
	db, other := dbtest.Open(t, "postgres"), dbtest.Open(t, "postgres")
	if err := pubsub.TryListen(t.Context(), pubsub.PostgresOptions{DB: db.DB(), ListenURL: db.DirectURL()}); err != nil {
		t.Error(err)
	}
	if err := pubsub.TryListen(t.Context(), pubsub.PostgresOptions{DB: db.DB(), ListenURL: other.DirectURL()}); err == nil {
		t.Error("a notification of one database arrived at another")
	}
}
