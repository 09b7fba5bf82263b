// Package stack puts the services together for tests: on a real database, against the simulated ABM over real HTTP.
package stack

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/abmtoken"
	"github.com/guardmdm/guardmdm/server/apitoken"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/progress"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/server/syncer"
)

// Options change what New does by default.
type Options struct {
	Devices  int             // in the simulated ABM's pool
	PageSize int             // 0: the default
	Latency  time.Duration   // of Apple's answers
	Clock    clockwork.Clock // nil: the real one, for the simulation too
}

// Stack is a set of services and the Apple that they talk to.
type Stack struct {
	DB        *store.Store
	Sim       *simabm.Simulator
	SimURL    string
	Apple     *abm.Client
	Tokens    *abmtoken.Service
	APITokens *apitoken.Service
	Progress  *progress.Hub
	Clock     clockwork.Clock
	Syncs     *syncer.Syncer // of the running Process; nil before Start

	bus      pubsub.Bus
	traffic  *syncer.Traffic
	pageSize int
	stop     func()
}

// New makes the services on db and an Apple for them. Nothing syncs until Start.
func New(t testing.TB, db *store.Store, o Options) *Stack {
	t.Helper()
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	sim, err := simabm.New(simabm.Options{Devices: o.Devices, Latency: o.Latency, Seed: 7, Clock: o.Clock, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sim.Handler())
	s := &Stack{DB: db, Sim: sim, SimURL: server.URL, Clock: o.Clock, bus: pubsub.NewMemory(), traffic: syncer.NewTraffic(), pageSize: o.PageSize}
	if db.IsPostgres() {
		s.bus = pubsub.NewPostgres(pubsub.PostgresOptions{DB: db.DB(), ListenURL: db.DirectURL()})
	}
	if s.Apple, err = abm.New(abm.Config{BaseURL: server.URL, Clock: o.Clock, Observe: s.traffic.Observe}); err != nil {
		t.Fatal(err)
	}
	box, err := secret.EnsureKey(t.Context(), db, filepath.Join(t.TempDir(), "secret.key"), true)
	if err != nil {
		t.Fatal(err)
	}
	s.Tokens = abmtoken.New(db, s.Apple, box, o.Clock)
	s.APITokens = apitoken.New(db, o.Clock)
	s.Progress = progress.New(db, s.bus, o.Clock, slog.New(slog.DiscardHandler))
	t.Cleanup(func() {
		s.Stop()
		s.Apple.Close()
		server.Close()
		if err := s.bus.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Start lets the syncs of a new process run, until Stop or the end of the test.
func (s *Stack) Start(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s.Syncs = syncer.New(syncer.Options{Store: s.DB, Tokens: s.Tokens, Progress: s.Progress, Traffic: s.traffic,
		Clock: s.Clock, Logger: slog.New(slog.DiscardHandler), PageSize: s.pageSize})
	var wg sync.WaitGroup
	ready := make(chan struct{})
	wg.Go(func() { close(ready); s.Syncs.Run(ctx) })
	wg.Go(func() { s.Progress.Run(ctx) })
	<-ready
	s.stop = func() { cancel(); wg.Wait() }
}

// Stop ends the process as a shutdown does.
func (s *Stack) Stop() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// Admin is a context of work done for an administrator.
func Admin(t testing.TB) context.Context { return auth.Console(t.Context()) }

// Connect walks the token exchange for a new MDM server at the simulated ABM.
func (s *Stack) Connect(t testing.TB, name string) (*ent.ABMToken, *simabm.Server) {
	t.Helper()
	token, err := s.Tokens.Generate(Admin(t), name)
	if err != nil {
		t.Fatal(err)
	}
	server, err := s.Sim.AddServer(name, []byte(token.CurrentCertificate))
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := server.DownloadToken()
	if err != nil {
		t.Fatal(err)
	}
	if token, err = s.Tokens.Upload(Admin(t), token.ID, file, false); err != nil {
		t.Fatal(err)
	}
	return token, server
}

// Sync runs a sync to its end.
func (s *Stack) Sync(t testing.TB, token gid.ID, full bool) *ent.SyncRun {
	t.Helper()
	run, _, err := s.Syncs.Start(Admin(t), token, full, syncrun.TriggerManual)
	if err != nil {
		t.Fatal(err)
	}
	return s.Wait(t, run.ID)
}

// Wait waits for the end of a run.
func (s *Stack) Wait(t testing.TB, run gid.ID) *ent.SyncRun {
	t.Helper()
	return s.Until(t, run, func(r *ent.SyncRun) bool { return r.Status != syncrun.StatusRunning })
}

// Until waits until the run is as asked.
func (s *Stack) Until(t testing.TB, run gid.ID, ok func(*ent.SyncRun) bool) *ent.SyncRun {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		r, err := s.DB.Reader().SyncRun.Get(context.Background(), run)
		if err != nil {
			t.Fatal(err)
		}
		if ok(r) {
			return r
		}
		if time.Now().After(deadline) {
			t.Fatalf("the run does not become as asked: %v", r)
		}
		time.Sleep(10 * time.Millisecond) // polls another goroutine's transaction: there is nothing to wait on
	}
}

// deviceView is what is compared of a device.
type deviceView struct {
	Serial, Model, Description, Color, AssetTag, Family, OS, ProfileUUID, ProfileStatus, AssignedBy string
	AssignedAt                                                                                      time.Time
}

// AssertInventory fails the test unless the token's present devices are those of the MDM server, field by field.
func (s *Stack) AssertInventory(t testing.TB, token gid.ID, server *simabm.Server) {
	t.Helper()
	rows, err := s.DB.Reader().Device.Query().Where(device.AbmTokenID(token), device.RemovedAtIsNil()).
		Order(device.BySerialNumber()).All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	got := make([]deviceView, len(rows))
	for i, d := range rows {
		got[i] = deviceView{Serial: d.SerialNumber, Model: d.Model, Description: d.Description, Color: d.Color, AssetTag: d.AssetTag,
			Family: d.DeviceFamily, OS: d.Os, ProfileUUID: d.AppleProfileUUID, ProfileStatus: d.AppleProfileStatus, AssignedBy: d.DeviceAssignedBy}
		if d.DeviceAssignedAt != nil {
			got[i].AssignedAt = d.DeviceAssignedAt.UTC()
		}
	}
	truth := server.Inventory()
	want := make([]deviceView, len(truth))
	for i, d := range truth {
		want[i] = deviceView{Serial: d.SerialNumber, Model: d.Model, Description: d.Description, Color: d.Color, AssetTag: d.AssetTag,
			Family: d.DeviceFamily, OS: d.OS, ProfileUUID: d.ProfileUUID, ProfileStatus: d.ProfileStatus, AssignedBy: d.DeviceAssignedBy,
			AssignedAt: d.DeviceAssignedDate.UTC()}
		if want[i].ProfileStatus == "" {
			want[i].ProfileStatus = "empty"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("the inventory differs from Apple's (-Apple +here), %d there, %d here:\n%.4000s", len(want), len(got), diff)
	}
}
