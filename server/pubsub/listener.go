package pubsub

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"github.com/lib/pq"
)

// probeTimeout is how soon a notification must arrive for us to believe in them.
const probeTimeout = 2 * time.Second

var (
	errNoAnswer = errors.New("it does not answer")
	errNoProbe  = errors.New("a notification sent through the database URL did not arrive at the connection that listens within 2 s")
)

// listener is one connection that listens. It is lib/pq's lower-level one, because pq.Listener cannot be closed while it waits
// to reconnect, waits for ever for a dead peer's answer, and keeps its own time.
type listener struct {
	conn    *pq.ListenerConn
	in      chan *pq.Notification
	answer  chan error
	awaited bool // an answer to a ping
}

// listen connects and proves that notifications arrive: a pooler in transaction mode takes a LISTEN and forgets it.
func (p *Postgres) listen(ctx context.Context) (*listener, error) {
	l := &listener{in: make(chan *pq.Notification, 64), answer: make(chan error, 1)}
	var err error
	if l.conn, err = pq.NewListenerConn(p.ListenURL, l.in); err != nil {
		return nil, err
	}
	if err := p.prove(ctx, l); err != nil {
		if errors.Is(err, errNoProbe) {
			p.forget(ctx, l)
		}
		l.close()
		return nil, err
	}
	return l, nil
}

func (p *Postgres) prove(ctx context.Context, l *listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	timer := p.Clock.NewTimer(probeTimeout)
	defer timer.Stop()
	probe := channel + "_probe_" + rand.Text()
	sent := make(chan error, 1)
	p.running.Go(func() { // lib/pq's calls on a listening connection end with the connection, not with a context
		_, err := l.conn.Listen(channel)
		if err == nil {
			_, err = l.conn.Listen(probe)
		}
		if err == nil {
			_, err = p.DB.ExecContext(ctx, "SELECT pg_notify($1, '')", probe)
		}
		sent <- err
	})
	for arrived, waiting := false, sent; !arrived || waiting != nil; {
		select {
		case n, ok := <-l.in: // the signal to all that follows stands for those of others
			if !ok {
				return l.conn.Err()
			}
			arrived = arrived || n.Channel == probe
		case err := <-waiting:
			if err != nil {
				return err
			}
			waiting = nil
		case <-timer.Chan():
			return errNoProbe
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// forget takes LISTEN back: the pooler that swallowed it has a session that goes on listening, for nobody. It hits that session
// or another one; where it misses, the session's end does it.
func (p *Postgres) forget(ctx context.Context, l *listener) {
	timer := p.Clock.NewTimer(probeTimeout)
	defer timer.Stop()
	done := make(chan struct{})
	p.running.Go(func() {
		defer close(done)
		_, _ = l.conn.UnlistenAll()
	})
	for {
		select {
		case <-done:
			return
		case _, ok := <-l.in:
			if !ok {
				return
			}
		case <-timer.Chan():
			return
		case <-ctx.Done():
			return
		}
	}
}

// notifications is closed when the connection is lost; of no listener it is silent.
func (l *listener) notifications() <-chan *pq.Notification {
	if l == nil {
		return nil
	}
	return l.in
}

// ping asks for an answer, without waiting for it.
func (l *listener) ping(running *sync.WaitGroup) {
	l.awaited = true
	running.Go(func() {
		_, err := l.conn.ExecSimpleQuery("")
		l.answer <- err
	})
}

func (l *listener) answers() <-chan error {
	if l == nil {
		return nil
	}
	return l.answer
}

// close ends the connection and what runs for it. Of no listener it does nothing.
func (l *listener) close() {
	if l == nil {
		return
	}
	_ = l.conn.Close()
	for range l.in { // lib/pq's reading goroutine may be waiting to deliver
	}
}
