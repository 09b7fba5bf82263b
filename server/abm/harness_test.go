package abm_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/servertoken"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/jonboulle/clockwork"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// begin is the time on every test's clock at first.
var begin = time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)

// One key pair serves all tests: making one takes long under the race detector.
var keyPEMs = sync.OnceValue(func() [2][]byte {
	key, cert, err := servertoken.Generate("test", begin)
	if err != nil {
		panic(err)
	}
	return [2][]byte{key, cert}
})

// apple is a simulated ABM over real HTTP, with one MDM server and a client on the same clock. Whoever waits for that clock is
// served at once.
type apple struct {
	*simabm.Simulator
	server *simabm.Server
	clock  *clockwork.FakeClock
	client *abm.Client
	log    *lockedBuffer

	mu       sync.Mutex
	observed []abm.Observation
}

func newApple(t *testing.T, devices int, change ...func(*abm.Config)) *apple {
	t.Helper()
	a := &apple{clock: clockwork.NewFakeClockAt(begin), log: &lockedBuffer{}}
	var err error
	if a.Simulator, err = simabm.New(simabm.Options{Clock: a.clock, Seed: 7, Devices: devices}); err != nil {
		t.Fatal(err)
	}
	if a.server, err = a.AddServer("lab", keyPEMs()[1]); err != nil {
		t.Fatal(err)
	}
	if devices > 0 {
		if _, err = a.AssignCount(a.server.ID(), devices); err != nil {
			t.Fatal(err)
		}
	}
	a.client = a.connect(t, a.Handler(), change...)
	return a
}

// connect makes a client of any handler, on this clock.
func (a *apple) connect(t *testing.T, h http.Handler, change ...func(*abm.Config)) *abm.Client {
	t.Helper()
	web := httptest.NewServer(h)
	t.Cleanup(web.Close)
	config := abm.Config{
		BaseURL: web.URL, UserAgent: "GuardMDM/test", Clock: a.clock,
		Logger: slog.New(slog.NewJSONHandler(a.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Observe: func(o abm.Observation) {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.observed = append(a.observed, o)
		},
	}
	for _, c := range change {
		c(&config)
	}
	client, err := abm.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	runClock(t, a.clock)
	return client
}

// handler is apple without a simulator, for answers that it does not give.
func handler(t *testing.T, h http.HandlerFunc, change ...func(*abm.Config)) *apple {
	t.Helper()
	a := &apple{clock: clockwork.NewFakeClockAt(begin), log: &lockedBuffer{}}
	a.client = a.connect(t, h, change...)
	return a
}

// creds downloads a server token, as at the portal, and reads it.
func (a *apple) creds(t *testing.T) abm.Credentials {
	t.Helper()
	file, _, err := a.server.DownloadToken()
	if err != nil {
		t.Fatal(err)
	}
	pair, err := servertoken.ParseKeyPair(keyPEMs()[0], keyPEMs()[1])
	if err != nil {
		t.Fatal(err)
	}
	creds, _, err := servertoken.Read(file, a.clock.Now(), pair)
	if err != nil {
		t.Fatal(err)
	}
	return creds
}

func (a *apple) token(t *testing.T) *abm.Token {
	t.Helper()
	return a.client.Token("t1", a.creds(t))
}

func (a *apple) seen() []abm.Observation {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]abm.Observation(nil), a.observed...)
}

func (a *apple) waits() []time.Duration {
	var waits []time.Duration
	for _, o := range a.seen() {
		if o.Wait > 0 {
			waits = append(waits, o.Wait)
		}
	}
	return waits
}

// runClock moves the clock on while somebody waits for it.
func runClock(t *testing.T, clock *clockwork.FakeClock) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for clock.BlockUntilContext(ctx, 1) == nil {
			clock.Advance(time.Second)
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
