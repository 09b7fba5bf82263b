// Package stack puts the services together for tests: on a real database, against the simulated ABM over real HTTP.
package stack

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
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
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apitoken"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/diagnosis"
	"github.com/guardmdm/guardmdm/server/enroll"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/othermdm"
	"github.com/guardmdm/guardmdm/server/progress"
	"github.com/guardmdm/guardmdm/server/publicurl"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/push"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/server/syncer"
	"github.com/guardmdm/guardmdm/server/upkeep"
)

// Options change what New does by default.
type Options struct {
	Devices  int             // in the simulated ABM's pool
	PageSize int             // 0: the default
	Latency  time.Duration   // of Apple's answers
	Clock    clockwork.Clock // nil: the real one, for the simulation too

	Sim       *simabm.Simulator // an Apple that is there already, behind SimURL; nil: a new one
	SimURL    string
	Transport http.RoundTripper // of requests to Apple; nil: the client's own
	KeyFile   string            // key of the secrets, made if it is not there; empty: in a directory of its own
	Logger    *slog.Logger      // nil: none
	// LeaseClock is the time by which leases go, as of a database; nil: Clock.
	LeaseClock func(context.Context) (time.Time, error)
	Observer   syncer.Observer       // of the runs; nil: nobody
	Observe    func(abm.Observation) // of the requests to Apple; nil: nobody
	// Assigns lets Start work on assignments in the background too; otherwise the test calls their parts when it wants.
	Assigns   bool
	PublicURL string // of GUARDMDM_PUBLIC_URL; empty: https://mdm.example.org
}

// Stack is a set of services and the Apple that they talk to.
type Stack struct {
	DB         *store.Store
	Sim        *simabm.Simulator
	SimURL     string
	Apple      *abm.Client
	Tokens     *abmtoken.Service
	APITokens  *apitoken.Service
	Groups     *devicegroup.Service
	Lists      *devicegroup.Lists
	Progress   *progress.Hub
	URLs       *publicurl.Keeper
	Profiles   *adeprofile.Service
	Registrar  *adeprofile.Registrar
	Assign     *assignment.Service
	Identities *identity.Service
	MDM        *mdm.Service
	Push       *push.Service // sends nothing
	OtherMDMs  *othermdm.Service
	DeviceCAs  *deviceca.Service
	// Enrollment gives no profiles: what those lead to is not part of the stack.
	Enrollment *enroll.Service
	Clock      clockwork.Clock
	Syncs      *syncer.Syncer // of the running Process; nil before Start
	KeyFile    string         // key of the secrets
	Log        *slog.Logger

	bus      pubsub.Bus
	traffic  *syncer.Traffic
	observer syncer.Observer
	pageSize int
	assigns  bool
	leases   func(context.Context) (time.Time, error)
	stop     func()
	closed   bool
}

// New makes the services on db and an Apple for them. Nothing syncs until Start.
func New(t testing.TB, db *store.Store, o Options) *Stack {
	t.Helper()
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.KeyFile == "" {
		o.KeyFile = filepath.Join(t.TempDir(), "secret.key")
	}
	var err error
	if o.Sim == nil {
		o.Sim, err = simabm.New(simabm.Options{Devices: o.Devices, Latency: o.Latency, Seed: 7, Clock: o.Clock, Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(o.Sim.Handler())
		t.Cleanup(server.Close)
		o.SimURL = server.URL
	}
	s := &Stack{DB: db, Sim: o.Sim, SimURL: o.SimURL, Clock: o.Clock, bus: pubsub.NewMemory(), traffic: syncer.NewTraffic(),
		observer: o.Observer, pageSize: o.PageSize, assigns: o.Assigns, leases: o.LeaseClock, KeyFile: o.KeyFile, Log: o.Logger}
	if db.IsPostgres() {
		s.bus = pubsub.NewPostgres(pubsub.PostgresOptions{DB: db.DB(), ListenURL: db.DirectURL()})
	}
	observe := s.traffic.Observe
	if o.Observe != nil {
		observe = func(seen abm.Observation) { s.traffic.Observe(seen); o.Observe(seen) }
	}
	if s.Apple, err = abm.New(abm.Config{BaseURL: o.SimURL, Clock: o.Clock, Transport: o.Transport, Observe: observe}); err != nil {
		t.Fatal(err)
	}
	box, err := secret.EnsureKey(t.Context(), db, o.KeyFile, true)
	if err != nil {
		t.Fatal(err)
	}
	s.Tokens = abmtoken.New(db, s.Apple, box, o.Clock)
	s.APITokens = apitoken.New(db, o.Clock)
	s.Lists = devicegroup.NewLists(db, o.Clock)
	s.Progress = progress.New(db, s.bus, o.Clock, o.Logger)
	if o.PublicURL == "" {
		o.PublicURL = "https://mdm.example.org"
	}
	s.URLs, err = publicurl.New(publicurl.Options{Store: db, Configured: o.PublicURL, Listening: func() string { return "" }, Logger: o.Logger})
	if err == nil {
		err = s.URLs.Start(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	s.Registrar = adeprofile.NewRegistrar(db, s.Tokens, s.URLs, o.Clock, o.Logger)
	s.Assign = assignment.New(assignment.Options{Store: db, Tokens: s.Tokens, Registrar: s.Registrar, InGroup: devicegroup.InGroup, IsInGroup: devicegroup.IsInGroup, ServerURL: s.URLs.In,
		Bus: s.bus, Clock: o.Clock, Logger: o.Logger, LeaseClock: o.LeaseClock})
	s.Identities = identity.New(identity.Options{Store: db, Box: box, Clock: o.Clock, Logger: o.Logger})
	s.MDM = mdm.New(mdm.Options{Store: db, Box: box, Identities: s.Identities, EnrollmentProfile: enroll.ProfileIdentifier, Bus: s.bus, Clock: o.Clock, Logger: o.Logger})
	s.Push = push.New(push.Options{Store: db, Box: box, Bus: s.bus, Clock: o.Clock, Logger: o.Logger})
	s.OtherMDMs = othermdm.New(othermdm.Options{Store: db, Box: box, Enrollments: s.MDM, Clock: o.Clock, Logger: o.Logger})
	s.Groups = devicegroup.New(db, o.Clock, s.Assign)
	s.Profiles = adeprofile.New(db, s.Assign, s.URLs, o.Clock)
	s.DeviceCAs = deviceca.New(db, nil, o.Clock)
	s.Enrollment = enroll.New(enroll.Options{Store: db, CAs: s.DeviceCAs, Tokens: s.Tokens, Assignments: s.Assign, URLs: s.URLs, Box: box, Clock: o.Clock, Logger: o.Logger})
	t.Cleanup(func() { s.Close(t) })
	return s
}

// Start lets the syncs of a new process run, until Stop or the end of the test.
func (s *Stack) Start(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s.Syncs = syncer.New(syncer.Options{Store: s.DB, Tokens: s.Tokens, Progress: s.Progress, Traffic: s.traffic, Observer: s.observer,
		Clock: s.Clock, Logger: s.Log, PageSize: s.pageSize, LeaseClock: s.leases, Assignments: s.Assign})
	var wg sync.WaitGroup
	ready := make(chan struct{})
	wg.Go(func() { close(ready); s.Syncs.Run(ctx) })
	wg.Go(func() { s.Progress.Run(ctx) })
	if s.assigns {
		wg.Go(func() { s.Assign.Run(ctx) })
	}
	<-ready
	s.stop = func() { cancel(); wg.Wait() }
}

// Diagnoses says what is wrong. The machine that a test runs on has no say in it: its disk is empty, and the public URL answers.
func (s *Stack) Diagnoses(isApple bool) *diagnosis.Service {
	return diagnosis.New(diagnosis.Options{Store: s.DB, Rules: s.Assign, Tokens: s.Tokens, Push: s.Push, URLs: s.URLs, IsApple: isApple, Clock: s.Clock,
		Reach: func(context.Context, string) error { return nil },
		Space: func(context.Context) (uint64, uint64, bool, error) { return 1 << 40, 1 << 40, true, nil }})
}

// Upkeep keeps order, as the timer has it.
func (s *Stack) Upkeep() *upkeep.Service { return upkeep.New(s.DB, "1.2.3", s.Clock) }

// Stop ends the process as a shutdown does.
func (s *Stack) Stop() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// Close stops the process and lets go of what it held, save the database. The end of the test does so too.
func (s *Stack) Close(t testing.TB) {
	t.Helper()
	s.Stop()
	if s.closed {
		return
	}
	s.closed = true
	s.Apple.Close()
	if err := s.bus.Close(); err != nil {
		t.Error(err)
	}
}

// Crash ends the process as a kill does: the database is closed under it, so that open transactions are undone, no run is
// released and nothing is written late. When Crash returns nothing of the process works any more; another one opens the database anew.
func (s *Stack) Crash(t testing.TB) {
	t.Helper()
	// The writing pool first, else a failing reader would be told about in the database.
	if err := errors.Join(s.DB.DB().Close(), s.DB.Close()); err != nil {
		t.Error(err)
	}
	s.Close(t)
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
	deadline := time.Now().Add(3 * time.Minute)
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

// deviceView is what Apple decides of a device: every column that is a copy of Apple's word.
type deviceView struct {
	Serial, Model, Description, Color, AssetTag, Family, OS, ProfileUUID, ProfileStatus, AssignedBy, Extra string
	Platform                                                                                               device.Platform
	ProfileAssignedAt, ProfilePushedAt, AssignedAt, MigrationDeadline                                      time.Time
}

// invented is what the simulator's fault unknown_fields adds to a device: nothing that the organization's inventory has.
var invented = regexp.MustCompile(`,"x_sustainability":\{"battery":\[1,2,\{"cycles":null\}\]\}`)

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
			Family: d.DeviceFamily, OS: d.Os, ProfileUUID: d.AppleProfileUUID, ProfileStatus: d.AppleProfileStatus,
			AssignedBy: d.DeviceAssignedBy, Extra: invented.ReplaceAllString(d.AppleExtra, ""), Platform: d.Platform,
			ProfileAssignedAt: utc(d.AppleProfileAssignedAt), ProfilePushedAt: utc(d.AppleProfilePushedAt),
			AssignedAt: utc(d.DeviceAssignedAt), MigrationDeadline: utc(d.MdmMigrationDeadline)}
	}
	truth := server.Inventory()
	want := make([]deviceView, len(truth))
	for i, d := range truth {
		want[i] = deviceView{Serial: d.SerialNumber, Model: d.Model, Description: d.Description, Color: d.Color, AssetTag: d.AssetTag,
			Family: d.DeviceFamily, OS: d.OS, ProfileUUID: d.ProfileUUID, ProfileStatus: d.ProfileStatus, AssignedBy: d.DeviceAssignedBy,
			Extra: extra(t, d), Platform: inventory.PlatformOf(d.DeviceFamily, d.OS),
			ProfileAssignedAt: d.ProfileAssignTime.UTC(), ProfilePushedAt: d.ProfilePushTime.UTC(),
			AssignedAt: d.DeviceAssignedDate.UTC(), MigrationDeadline: d.MDMMigrationDeadline.UTC()}
		if want[i].ProfileStatus == "" {
			want[i].ProfileStatus = "empty"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("the inventory differs from Apple's (-Apple +here), %d there, %d here:\n%.4000s", len(want), len(got), diff)
	}
}

func utc(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// extra is what Apple says of a device beyond the columns, as JSON with sorted keys; empty when that is nothing.
func extra(t testing.TB, d simabm.Device) string {
	t.Helper()
	all, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(all, &fields); err != nil {
		t.Fatal(err)
	}
	for _, column := range []string{"serial_number", "model", "description", "color", "asset_tag", "device_family", "os", "profile_uuid",
		"profile_status", "profile_assign_time", "profile_push_time", "device_assigned_date", "device_assigned_by",
		"mdm_migration_deadline", "op_type", "op_date", "released_by_replacement"} {
		delete(fields, column)
	}
	if len(fields) == 0 {
		return ""
	}
	text, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
