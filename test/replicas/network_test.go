package replicas_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// link is a network between a client and a server that can fail: the way of one replica to its database.
type link struct {
	listener net.Listener
	dial     func() (net.Conn, error)
	running  sync.WaitGroup

	mu    sync.Mutex
	open  chan struct{} // closed while bytes pass
	down  bool          // connections are refused
	conns map[net.Conn]struct{}
}

func newLink(t *testing.T, network, address string) *link {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	open := make(chan struct{})
	close(open)
	l := &link{listener: listener, dial: func() (net.Conn, error) { return net.Dial(network, address) }, open: open, conns: map[net.Conn]struct{}{}}
	l.running.Go(l.accept)
	t.Cleanup(func() {
		_ = listener.Close()
		l.heal()
		l.closeAll()
		l.running.Wait()
	})
	return l
}

func (l *link) address() string { return l.listener.Addr().String() }

func (l *link) accept() {
	for {
		client, err := l.listener.Accept()
		if err != nil {
			return
		}
		l.mu.Lock()
		down := l.down
		l.mu.Unlock()
		if down {
			_ = client.Close()
			continue
		}
		server, err := l.dial()
		if err != nil {
			_ = client.Close()
			continue
		}
		l.mu.Lock()
		l.conns[client], l.conns[server] = struct{}{}, struct{}{}
		l.mu.Unlock()
		l.running.Go(func() { l.pipe(server, client) })
		l.running.Go(func() { l.pipe(client, server) })
	}
}

// pipe passes bytes on, and holds them while the network swallows them: TCP sends them again later.
func (l *link) pipe(to, from net.Conn) {
	defer func() {
		_, _ = to.Close(), from.Close()
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.conns, to)
		delete(l.conns, from)
	}()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		l.mu.Lock()
		open := l.open
		l.mu.Unlock()
		<-open
		if err != nil {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// swallow lets nothing pass any more, and tells nobody.
func (l *link) swallow() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = make(chan struct{})
}

// refuse ends all connections and takes no new ones.
func (l *link) refuse() {
	l.mu.Lock()
	l.down = true
	l.mu.Unlock()
	l.closeAll()
}

func (l *link) heal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = false
	select {
	case <-l.open:
	default:
		close(l.open)
	}
}

func (l *link) closeAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.conns {
		_ = c.Close()
	}
}

// balancer is the one port: it gives each connection the next replica that is ready, and ends the connections of one that is
// not ready any more, as load balancers do.
type balancer struct {
	url      string
	listener net.Listener
	running  sync.WaitGroup

	mu       sync.Mutex
	replicas map[string]*backend // by address
	order    []string
	next     int
}

type backend struct {
	ready bool
	conns map[net.Conn]struct{}
}

const checkEvery = 500 * time.Millisecond

func newBalancer(t *testing.T) *balancer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &balancer{url: "http://" + listener.Addr().String(), listener: listener, replicas: map[string]*backend{}}
	ctx, cancel := context.WithCancel(context.Background())
	b.running.Go(b.accept)
	b.running.Go(func() { b.check(ctx) })
	t.Cleanup(func() {
		cancel()
		_ = listener.Close()
		b.mu.Lock()
		for address := range b.replicas {
			b.mark(address, false)
		}
		b.mu.Unlock()
		b.running.Wait()
	})
	return b
}

func (b *balancer) add(address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.replicas[address] = &backend{ready: true, conns: map[net.Conn]struct{}{}}
	b.order = append(b.order, address)
}

// mark is called with the lock.
func (b *balancer) mark(address string, ready bool) {
	r := b.replicas[address]
	r.ready = ready
	if !ready {
		for c := range r.conns {
			_ = c.Close()
		}
	}
}

func (b *balancer) check(ctx context.Context) {
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(checkEvery):
		}
		b.mu.Lock()
		order := append([]string(nil), b.order...)
		b.mu.Unlock()
		var all sync.WaitGroup
		for _, address := range order {
			all.Go(func() {
				res, err := client.Get("http://" + address + "/readyz")
				ready := err == nil && res.StatusCode == http.StatusOK
				if err == nil {
					_ = res.Body.Close()
				}
				b.mu.Lock()
				defer b.mu.Unlock()
				b.mark(address, ready)
			})
		}
		all.Wait()
	}
}

var errNobody = errors.New("no replica is ready")

func (b *balancer) dial() (net.Conn, string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.order {
		address := b.order[b.next%len(b.order)]
		b.next++
		if !b.replicas[address].ready {
			continue
		}
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			b.mark(address, false)
			continue
		}
		return c, address, nil
	}
	return nil, "", errNobody
}

func (b *balancer) accept() {
	for {
		client, err := b.listener.Accept()
		if err != nil {
			return
		}
		server, address, err := b.dial()
		if err != nil {
			_ = client.Close()
			continue
		}
		b.mu.Lock()
		b.replicas[address].conns[client], b.replicas[address].conns[server] = struct{}{}, struct{}{}
		b.mu.Unlock()
		pipe := func(to, from net.Conn) {
			buffer := make([]byte, 32<<10)
			for {
				n, err := from.Read(buffer)
				if err == nil {
					_, err = to.Write(buffer[:n])
				}
				if err != nil {
					break
				}
			}
			_, _ = to.Close(), from.Close()
			b.mu.Lock()
			defer b.mu.Unlock()
			delete(b.replicas[address].conns, to)
			delete(b.replicas[address].conns, from)
		}
		b.running.Go(func() { pipe(server, client) })
		b.running.Go(func() { pipe(client, server) })
	}
}
