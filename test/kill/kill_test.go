// Package kill_test kills the real program at random moments and looks at what the next process makes of it.
package kill_test

import (
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

func TestMain(m *testing.M) {
	// The tests mostly wait until the lease of a killed process lapses: that they can do together, however few the cores.
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	dbtest.Main(m)
}

const (
	devices = 1500
	page    = 25
	latency = 4 * time.Millisecond
)

// TestKill kills each database's servers 20 times in all; GUARDMDM_TEST_KILLS says another number, GUARDMDM_TEST_SEED repeats
// the random choices of a run. On PostgreSQL a run is taken up when its lease lapsed, so the kills are spread over more servers.
func TestKill(t *testing.T) {
	random := proc.Seed(t)
	kills := proc.Count(t, "GUARDMDM_TEST_KILLS", 20)
	program := proc.Build(t)
	for _, c := range []struct {
		database string
		servers  int
	}{{"sqlite", 2}, {"postgres", 7}} {
		for n := range c.servers {
			random := rand.New(rand.NewPCG(random.Uint64(), 0))
			t.Run(fmt.Sprintf("%s-%d", c.database, n), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, program, c.database, random)
				w.killStarts(1 + w.random.IntN(3))
				w.begin()
				for range (kills + c.servers - 1) / c.servers {
					w.kill()
				}
				w.process.Stop()
				t.Logf("killed at: %v; %d runs went on afterwards", w.points, w.resumed)
				if w.points["full sync"] > 1 && w.resumed == 0 {
					t.Error("no kill hit a run: the test tests nothing")
				}
			})
		}
	}
}

// world is a server that is killed again and again, and its Apple.
type world struct {
	t       *testing.T
	program proc.Program
	random  *rand.Rand
	sim     *simabm.Simulator
	simURL  string
	env     []string

	process *proc.Process
	api     proc.API
	token   string
	server  *simabm.Server

	points  map[string]int // how often it was killed where
	resumed int            // runs that went on after a kill
}

func newWorld(t *testing.T, program proc.Program, database string, random *rand.Rand) *world {
	t.Helper()
	sim, err := simabm.New(simabm.Options{Devices: devices + 2000, Seed: 3, Latency: latency, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	apple := httptest.NewServer(sim.Handler())
	t.Cleanup(apple.Close)
	dir := t.TempDir()
	url := "sqlite:" + filepath.Join(dir, "guardmdm.db")
	if database == "postgres" {
		url = dbtest.Postgres(t)
	}
	return &world{t: t, program: program, random: random, sim: sim, simURL: apple.URL, points: map[string]int{},
		env: []string{"GUARDMDM_DATABASE_URL=" + url, "GUARDMDM_DATA_DIR=" + dir, "GUARDMDM_LISTEN=127.0.0.1:0", "GUARDMDM_OPS_LISTEN=none",
			"GUARDMDM_ABM_URL=" + apple.URL, fmt.Sprintf("GUARDMDM_SYNC_PAGE_SIZE=%d", page)}}
}

// killStarts kills the server while it starts: on a new database in the middle of the migration, or of making the key.
func (w *world) killStarts(times int) {
	w.t.Helper()
	for range times {
		p := w.program.Launch(w.t, w.env, "serve")
		w.sleep(400 * time.Millisecond)
		p.Kill()
		w.points["start"]++
	}
}

// begin starts the server for good and connects a token.
func (w *world) begin() {
	w.t.Helper()
	w.start()
	w.api.Token = w.program.Run(w.t, w.env, "api-token", "create", "--name", "kill", "--role", "admin")
	token, id := w.api.Connect(w.t, w.simURL, "kill")
	w.token = token
	w.server, _ = w.sim.Server(id)
	if _, err := w.sim.AssignCount(id, devices); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) start() {
	w.t.Helper()
	w.process, w.api.URL = w.program.Start(w.t, w.env, `GuardMDM is ready.* url=(\S+)`, "serve")
}

// sleep waits for a random part of the time.
func (w *world) sleep(most time.Duration) { time.Sleep(time.Duration(w.random.Int64N(int64(most)))) }

// kill kills the server at a random moment of something, starts it again, and checks that nothing was lost.
func (w *world) kill() {
	w.t.Helper()
	points := []struct {
		name string
		kill func() (run string)
	}{
		{"full sync", func() string {
			w.churn(5)
			return w.killRun(true, devices/page*(latency+3*time.Millisecond))
		}},
		{"delta sync", func() string {
			w.churn(20 * page)
			return w.killRun(false, 20*(latency+3*time.Millisecond))
		}},
		{"renewal", w.killRenewal},
		{"full sync", func() string { // and once more while the next process starts and takes the run over
			run := w.killRun(true, devices/page*(latency+3*time.Millisecond))
			w.killStarts(1)
			return run
		}},
	}
	point := points[w.random.IntN(len(points))]
	run := point.kill()
	w.points[point.name]++
	if w.random.IntN(3) == 0 {
		w.churn(5) // life goes on at Apple while we are down
	}
	w.start()
	if point.name == "renewal" {
		// It may have gone no further than Apple, where the old server token ends when the new one is made. People begin again.
		if err := w.api.Renew(w.t, w.simURL, w.token, w.server.ID()); err != nil {
			w.t.Fatalf("the renewal cannot be done again: %v", err)
		}
		// A run that was going on meanwhile used the old one.
		if old, err := w.api.StartSync(w.t.Context(), w.token, false); err == nil {
			w.api.WaitRun(w.t, old.ID)
		}
	}
	if run != "" {
		ended := w.api.WaitRun(w.t, run)
		if ended.Status != "SUCCEEDED" {
			w.t.Fatalf("%v: the run ended as %+v", w.points, ended)
		}
		if ended.Trigger == "RESUME" {
			w.resumed++
		}
	}
	// Changes made while it was down may be newer than the run.
	last, err := w.api.StartSync(w.t.Context(), w.token, false)
	if err != nil {
		w.t.Fatal(err)
	}
	if ended := w.api.WaitRun(w.t, last.ID); ended.Status != "SUCCEEDED" {
		w.t.Fatalf("%v: the run after it ended as %+v %+v", w.points, ended, ended.Error)
	}
	if err := w.api.CheckInventory(w.t.Context(), w.token, w.server); err != nil {
		w.t.Fatalf("%v: %v", w.points, err)
	}
}

func (w *world) killRun(full bool, takes time.Duration) string {
	w.t.Helper()
	run, err := w.api.StartSync(w.t.Context(), w.token, full)
	if err != nil {
		w.t.Fatal(err)
	}
	w.sleep(takes)
	w.process.Kill()
	return run.ID
}

func (w *world) killRenewal() string {
	w.t.Helper()
	killed := make(chan struct{})
	after := time.Duration(w.random.Int64N(int64(250 * time.Millisecond)))
	go func() {
		defer close(killed)
		time.Sleep(after)
		w.process.Kill()
	}()
	for w.api.Renew(w.t, w.simURL, w.token, w.server.ID()) == nil { // until it is killed
	}
	<-killed
	return ""
}

// churn changes the fleet at Apple: one device leaves, three come, some change.
func (w *world) churn(changes int) {
	w.t.Helper()
	list := w.server.Inventory()
	pick := func() string { return list[w.random.IntN(len(list))].SerialNumber }
	if err := w.sim.Unassign(pick()); err != nil {
		w.t.Fatal(err)
	}
	for range changes {
		_ = w.sim.Modify(pick(), func(d *simabm.Device) { d.AssetTag = fmt.Sprintf("A-%d", w.random.IntN(1000)) }) // may be unassigned by now
	}
	if _, err := w.sim.AssignCount(w.server.ID(), 3); err != nil {
		w.t.Fatal(err)
	}
}
