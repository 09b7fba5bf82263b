package abmtoken_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/abmtoken"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is the service with real parts around it: database, key file, Apple client and, over HTTP, the simulated ABM. All but
// the database live by one fake clock.
type world struct {
	*abmtoken.Service
	db    *store.Store
	sim   *simabm.Simulator
	clock *clockwork.FakeClock
	box   *secret.Box
	log   *logBuffer
	wire  *wire
	url   string // of the simulated ABM
}

func newWorld(t *testing.T, db *store.Store) *world {
	t.Helper()
	w := &world{db: db, clock: clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)), log: &logBuffer{},
		wire: &wire{Transport: &http.Transport{}}}
	logger := slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	if w.sim, err = simabm.New(simabm.Options{Devices: 10, Seed: 3, Clock: w.clock}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(w.sim.Handler())
	w.url = server.URL
	apple, err := abm.New(abm.Config{BaseURL: server.URL, Clock: w.clock, Logger: logger, Transport: w.wire})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.wire.CloseIdleConnections(); server.Close() })
	if w.box, err = secret.EnsureKey(t.Context(), db, filepath.Join(t.TempDir(), "secret.key"), true); err != nil {
		t.Fatal(err)
	}
	w.Service = abmtoken.New(db, apple, w.box, w.clock)
	return w
}

// wire is the way to Apple; before holds a request up or breaks it.
type wire struct {
	*http.Transport
	mu     sync.Mutex
	before func(*http.Request) error
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	before := w.before
	w.mu.Unlock()
	if before != nil {
		if err := before(r); err != nil {
			return nil, err
		}
	}
	return w.Transport.RoundTrip(r)
}

func (w *wire) set(before func(*http.Request) error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.before = before
}

type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// letTimePass moves the clock whenever somebody waits on it, as retries do.
func (w *world) letTimePass(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for w.clock.BlockUntilContext(ctx, 1) == nil {
			w.clock.Advance(time.Second)
		}
	})
	t.Cleanup(func() { cancel(); wg.Wait() })
}

// admin is a context of work done for an administrator.
func admin(t *testing.T) context.Context {
	return auth.WithCaller(t.Context(), auth.Caller{Kind: "API_TOKEN", Name: "terminal", Role: "ADMIN"})
}

func (w *world) generate(t *testing.T, name string) *ent.ABMToken {
	t.Helper()
	token, err := w.Generate(admin(t), name)
	must(t, err)
	return token
}

// connect walks the exchange to its end at the first organization.
func (w *world) connect(t *testing.T, name string) (*ent.ABMToken, *simabm.Server) {
	t.Helper()
	token := w.generate(t, name)
	server, err := w.sim.AddServer(name, []byte(token.CurrentCertificate))
	must(t, err)
	token, err = w.Upload(admin(t), token.ID, download(t, server), false)
	must(t, err)
	return token, server
}

func (w *world) get(t *testing.T, id gid.ID) *ent.ABMToken {
	t.Helper()
	token, err := w.db.Reader().ABMToken.Get(t.Context(), id)
	must(t, err)
	return token
}

func download(t *testing.T, server *simabm.Server) []byte {
	t.Helper()
	file, _, err := server.DownloadToken()
	must(t, err)
	return file
}

// everything is the content of the database, column by column, as it is stored.
func (w *world) everything(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	for _, table := range []string{"abm_tokens", "audit_entries", "sync_runs", "settings", "devices"} {
		out.WriteString(dump(t, w.db, "SELECT * FROM "+table+" ORDER BY id"))
	}
	return out.String()
}

func dump(t *testing.T, db *store.Store, query string) string {
	t.Helper()
	rows, err := db.DB().QueryContext(t.Context(), query)
	must(t, err)
	defer rows.Close()
	names, err := rows.Columns()
	must(t, err)
	var out strings.Builder
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		must(t, rows.Scan(values...))
		for i, v := range values {
			value := *v.(*any)
			if text, ok := value.([]byte); ok {
				value = string(text)
			}
			fmt.Fprintf(&out, "%s=%q\n", names[i], fmt.Sprint(value))
		}
	}
	must(t, rows.Err())
	return out.String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
