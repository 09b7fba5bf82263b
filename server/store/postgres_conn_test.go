package store_test

import (
	"context"
	"errors"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// Whoever waits for a database that the network swallows gets an error when the context ends, and not when the network is back:
// /readyz would hang, and every request with it. Connections that were waited for so are not used again.
func TestCallersDoNotWaitForASilentNetwork(t *testing.T) {
	waiting := map[string]func(ctx context.Context, db *store.Store, swallow func()) error{
		"ping": func(ctx context.Context, db *store.Store, _ func()) error { return db.Ping(ctx) },
		"exec": func(ctx context.Context, db *store.Store, _ func()) error {
			_, err := db.DB().ExecContext(ctx, "SELECT 1")
			return err
		},
		"query": func(ctx context.Context, db *store.Store, _ func()) error {
			var n int
			return db.DB().QueryRowContext(ctx, "SELECT $1::int", 1).Scan(&n)
		},
		"begin": func(ctx context.Context, db *store.Store, _ func()) error {
			return db.WithTx(ctx, func(context.Context, *store.Tx) error { return nil })
		},
		"in a transaction": func(ctx context.Context, db *store.Store, swallow func()) error {
			return db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
				swallow()
				_, err := tx.ExecContext(ctx, "SELECT 1")
				return err
			})
		},
		"rows": func(ctx context.Context, db *store.Store, swallow func()) error {
			rows, err := db.DB().QueryContext(ctx, "SELECT repeat('x', 1000), pg_sleep(0.001) FROM generate_series(1, 1000) n")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				swallow()
			}
			return rows.Err()
		},
	}
	for name, call := range waiting {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			through, swallow, heal := silentNetwork(t, dbtest.Postgres(t))
			db := dbtest.OpenURL(t, through)
			if err := db.Ping(t.Context()); err != nil { // a connection waits in the pool
				t.Fatal(err)
			}
			if name != "in a transaction" && name != "rows" {
				swallow()
			}
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			result := make(chan error, 1)
			go func() { result <- call(ctx, db, swallow) }()
			select {
			case err := <-result:
				if err == nil {
					t.Error("it succeeded")
				}
			case <-time.After(30 * time.Second):
				t.Error("it waits still")
				heal()
				<-result
			}
			heal()
			for range 20 {
				if err := db.Ping(t.Context()); err != nil {
					t.Fatalf("afterwards: %v", err)
				}
			}
		})
	}
}

// A context that ends after its call is nobody's matter any more.
func TestContextsThatEndLaterDoNotSpoilConnections(t *testing.T) {
	db := dbtest.OpenURL(t, dbtest.Postgres(t))
	var before, after int
	for i := range 100 {
		ctx, cancel := context.WithCancel(t.Context())
		if err := db.DB().QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&after); err != nil {
			t.Fatal(err)
		}
		cancel()
		if i > 0 && before != after {
			t.Fatalf("session %d became %d", before, after)
		}
		before = after
	}
}

// silentNetwork is a URL of the database through a network that can swallow everything and tell nobody.
func silentNetwork(t *testing.T, databaseURL string) (through string, swallow, heal func()) {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	network, server := "unix", q.Get("host")+"/.s.PGSQL.5432"
	if q.Get("host") == "" {
		network, server = "tcp", u.Host
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	q.Del("host")
	u.Host, u.RawQuery = listener.Addr().String(), q.Encode()
	var (
		mu      sync.Mutex
		open    = make(chan struct{})
		running sync.WaitGroup
	)
	close(open)
	pipe := func(to, from net.Conn) {
		defer to.Close()
		defer from.Close()
		buffer := make([]byte, 4096)
		for {
			n, err := from.Read(buffer)
			mu.Lock()
			wait := open
			mu.Unlock()
			<-wait
			if err != nil {
				return
			}
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
	}
	running.Go(func() {
		for {
			client, err := listener.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				continue
			}
			to, err := net.Dial(network, server)
			if err != nil {
				client.Close()
				continue
			}
			running.Go(func() { pipe(to, client) })
			running.Go(func() { pipe(client, to) })
		}
	})
	swallow = func() {
		mu.Lock()
		defer mu.Unlock()
		select {
		case <-open:
			open = make(chan struct{})
		default:
		}
	}
	heal = func() {
		mu.Lock()
		defer mu.Unlock()
		select {
		case <-open:
		default:
			close(open)
		}
	}
	t.Cleanup(func() {
		heal()
		listener.Close()
		running.Wait()
	})
	return u.String(), swallow, heal
}
