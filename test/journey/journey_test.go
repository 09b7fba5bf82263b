// Package journey_test walks the user's way: the token exchange and the sync, by the examples of docs/api, on both databases.
package journey_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const examples = "../../docs/api/examples"

// world is a server and an Apple on one clock, which goes with the real one and can be set forward.
type world struct {
	t      *testing.T
	clock  *clockwork.FakeClock
	sim    *simabm.Simulator
	simURL string
	server *app.App
	api    proc.API
}

func newWorld(t *testing.T, databaseURL string) *world {
	t.Helper()
	w := &world{t: t, clock: clockwork.NewFakeClockAt(time.Now().UTC())}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	t.Cleanup(func() { cancel(); wg.Wait() })
	wg.Go(func() {
		for tick := time.NewTicker(10 * time.Millisecond); ; w.clock.Advance(10 * time.Millisecond) {
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	})
	sim, err := simabm.New(simabm.Options{Devices: 400, Seed: 11, Clock: w.clock, Latency: 30 * time.Millisecond, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	apple := httptest.NewServer(sim.Handler())
	t.Cleanup(apple.Close)
	w.sim, w.simURL = sim, apple.URL

	cfg := config.Config{
		Database: config.Database{DataDir: t.TempDir(), DatabaseURL: databaseURL},
		HTTP:     config.HTTP{Listen: "127.0.0.1:0", OpsListen: "none"},
		ABMURL:   apple.URL, SyncPageSize: 25, Limits: config.DefaultLimits(),
	}
	if err := cfg.Validate(); err != nil {
		t.Fatal(err)
	}
	server, err := app.New(ctx, app.Options{Config: cfg, Version: "test", Clock: w.clock, Logger: slog.New(slog.DiscardHandler),
		AnyDocuments: true}) // people's browsers here ask for what they need, and the dashboard may be built or not
	if err != nil {
		t.Fatal(err)
	}
	wg.Go(func() {
		if err := server.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	_, secret, err := server.APITokens.Create(auth.Console(ctx), "journey", role.Admin, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	w.server, w.api = server, proc.API{URL: server.Server.URL(), Token: secret}
	return w
}

// example runs one of the examples and gives its standard output.
func (w *world) example(name string, args ...string) string {
	w.t.Helper()
	command := filepath.Join(examples, name)
	if strings.HasSuffix(name, ".mjs") {
		command, args = "node", append([]string{"--experimental-websocket", "--no-warnings", command}, args...)
	}
	cmd := exec.CommandContext(w.t.Context(), command, args...)
	cmd.Env = append(os.Environ(), "GUARDMDM_URL="+w.api.URL, "GUARDMDM_TOKEN="+w.api.Token, "PORTAL_URL="+w.simURL+"/portal")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		w.t.Errorf("%s %v: %v\n%s\n%s", name, args, err, out, stderr.String())
	}
	return strings.TrimSpace(string(out))
}

type progress struct {
	ID, Status, Phase  string
	Pages, DevicesSeen int
}

func (w *world) progress(out string) []progress {
	w.t.Helper()
	var states []progress
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var p progress
		if err := dec.Decode(&p); err == io.EOF {
			return states
		} else if err != nil {
			w.t.Fatalf("%v in %q", err, out)
		}
		states = append(states, p)
	}
}

// moved checks that a client saw the run move and end.
func (w *world) moved(client string, states []progress) {
	w.t.Helper()
	if len(states) < 3 {
		w.t.Fatalf("%s saw %d states: %+v", client, len(states), states)
	}
	for i := 1; i < len(states); i++ {
		if states[i].Pages < states[i-1].Pages || states[i].DevicesSeen < states[i-1].DevicesSeen {
			w.t.Errorf("%s saw the run go back: %+v then %+v", client, states[i-1], states[i])
		}
	}
	if last := states[len(states)-1]; last.Status != "SUCCEEDED" || last.Phase != "FINISH" {
		w.t.Errorf("%s saw at last %+v", client, last)
	}
}

// within5Minutes sets the clock forward by the sync interval and waits until the devices are as asked.
func (w *world) within5Minutes(what, serial string, listed bool) {
	w.t.Helper()
	w.quiet()
	w.clock.Advance(5 * time.Minute)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var got struct {
			Device *struct{ RemovedAt *string }
		}
		w.api.MustCall(w.t, `query($s: String!) { device(serialNumber: $s) { removedAt } }`, map[string]any{"s": serial}, &got)
		if (got.Device != nil && got.Device.RemovedAt == nil) == listed {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("%s: %s is not as it should be 5 minutes later", what, serial)
		}
	}
}

// quiet waits until no run is going on: one that the clock's jump finds would be joined by the timer, with Apple's older answer.
func (w *world) quiet() {
	w.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var got struct {
			SyncRuns struct{ TotalCount int }
		}
		w.api.MustCall(w.t, `{ syncRuns(where: {status: RUNNING}) { totalCount } }`, nil, &got)
		if got.SyncRuns.TotalCount == 0 {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatal("a run does not end")
		}
	}
}

func TestJourney(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL)

		token := w.example("connect.sh", "Journey")
		if !strings.HasPrefix(token, "abm_") {
			t.Fatalf("connect.sh printed %q", token)
		}
		server := w.sim.Servers()[0]
		if _, err := w.sim.AssignCount(server.ID(), 300); err != nil {
			t.Fatal(err)
		}

		// One client watches over a WebSocket while the other starts the sync and watches by server-sent events.
		var overSocket string
		var wg sync.WaitGroup
		wg.Go(func() { overSocket = w.example("watch.mjs", token) })
		time.Sleep(300 * time.Millisecond) // the socket client should be there for most of the run; it need not
		w.moved("SSE", w.progress(w.example("sync.sh", token)))
		wg.Wait()
		w.moved("WebSocket", w.progress(overSocket))

		if n := len(strings.Split(w.example("devices.sh", token), "\n")); n != 300 {
			t.Errorf("devices.sh lists %d devices", n)
		}

		// The user's three assignment methods, each seen by the periodic sync.
		proc.Portal(t, w.simURL, "/defaults", map[string]string{"family": "Mac", "server": server.ID()}, nil)
		bought := w.buyMac()
		w.within5Minutes("automatic assignment", bought, true)

		pool := w.pool()
		proc.Portal(t, w.simURL, "/devices/assign", map[string]string{"server": server.ID(), "serial": pool[0]}, nil)
		w.within5Minutes("manual assignment", pool[0], true)

		proc.Portal(t, w.simURL, "/devices/csv", map[string]string{"server": server.ID(), "file": "Serial Number\r\n" + pool[1] + "\r\n"}, nil)
		w.within5Minutes("serial number assignment", pool[1], true)

		proc.Portal(t, w.simURL, "/devices/unassign", map[string]string{"serial": pool[0]}, nil)
		w.within5Minutes("removal", pool[0], false)
	})
}

// buyMac buys devices until one is a Mac.
func (w *world) buyMac() string {
	w.t.Helper()
	for range 200 {
		for _, serial := range w.sim.AddDevices(1) {
			if d, _, _ := w.sim.Device(serial); d.DeviceFamily == "Mac" {
				return serial
			}
		}
	}
	w.t.Fatal("200 purchases without a Mac")
	return ""
}

// pool lists some devices that are assigned to no server.
func (w *world) pool() []string {
	w.t.Helper()
	var serials []string
	for len(serials) < 2 {
		for _, serial := range w.sim.AddDevices(1) {
			if d, _, _ := w.sim.Device(serial); d.DeviceFamily == "iPhone" {
				serials = append(serials, serial)
			}
		}
	}
	return serials
}
