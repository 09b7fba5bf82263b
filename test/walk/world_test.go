// Package walk_test switches simulated devices on at a whole server: real HTTP, real signatures, SCEP, push, on both databases.
package walk_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/enrollmentrefusal"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/push"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/simdevice"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a whole server, the simulated Apple, and what devices need.
type world struct {
	testing.TB
	ctx     context.Context
	guard   *app.App
	db      *store.Store // beside the server, for reading
	abm     *simabm.Simulator
	server  *simabm.Server
	token   *ent.ABMToken
	apple   simdevice.SimulatedABM
	apns    *simapns.Service
	issuer  *simapns.Authority
	options simdevice.Options
	made    int
}

type settings struct {
	devices int
	held    bool
	noPush  bool // leave the push certificate out
	logger  *slog.Logger
	sync    bool // more devices than those that are to be assigned a profile
	// profile says more about the profile of all devices; versions is a file with the versions of systems that exist.
	profile  func(*adeprofile.Edit)
	versions string
}

// keys are made once for all tests.
var keys = sync.OnceValues(func() (simdevice.Keys, error) { return simdevice.NewKeys(4) })

var deviceCA = sync.OnceValues(func() (*simdevice.CA, error) { return simdevice.NewCA("Simulated Device CA", time.Now()) })

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newWorld connects a server to the simulated Apple and gives its devices a profile.
func newWorld(t testing.TB, databaseURL string, s settings) *world {
	t.Helper()
	w := &world{TB: t, ctx: auth.Console(t.Context())}
	dir := t.TempDir()
	var err error
	w.abm, err = simabm.New(simabm.Options{Organization: "Halden Schools", Devices: s.devices, Seed: 3})
	must(t, err)
	web := httptest.NewServer(w.abm.Handler())
	t.Cleanup(web.Close)
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	t.Cleanup(client.CloseIdleConnections)
	w.apple = simdevice.SimulatedABM{URL: web.URL, Client: client}

	w.options = simdevice.Options{Client: client, Recorder: simdevice.NewRecorder(), Poll: 20 * time.Second}
	w.options.CA, err = deviceCA()
	must(t, err)
	w.options.Keys, err = keys()
	must(t, err)
	w.issuer, err = simapns.NewAuthority(time.Now())
	must(t, err)
	w.apns = simapns.New(w.issuer, nil)
	w.options.Push = pushService{w.apns}
	apns := w.serveAPNs()

	caFile, apnsFile := filepath.Join(dir, "device-ca.pem"), filepath.Join(dir, "apns-ca.pem")
	must(t, os.WriteFile(caFile, w.options.CA.PEM(), 0o600))
	must(t, os.WriteFile(apnsFile, w.issuer.PEM(), 0o600))
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	cfg := config.Config{
		Database: config.Database{DataDir: dir, DatabaseURL: databaseURL, SecretKeyFile: filepath.Join(dir, "secret.key")},
		HTTP:     config.HTTP{Listen: "127.0.0.1:0", OpsListen: "127.0.0.1:0"},
		ABMURL:   web.URL, SyncPageSize: 1000, DeviceCAFile: caFile, APNSURL: apns, APNSCAFile: apnsFile, OSVersionsFile: s.versions, Limits: config.DefaultLimits(),
	}
	must(t, cfg.Validate())
	w.guard, err = app.New(t.Context(), app.Options{Config: cfg, Version: "test", Clock: clockwork.NewRealClock(), Logger: s.logger})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.guard.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	w.db = dbtest.OpenURL(t, databaseURL)
	w.connect(s)
	if !s.noPush {
		w.installPushCertificate(simapns.NewTopic())
	}
	return w
}

// serveAPNs runs the simulated push service and gives its address.
func (w *world) serveAPNs() string {
	w.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(w, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.apns.Serve(ctx, listener) }()
	w.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			w.Error(err)
		}
	})
	return "https://" + listener.Addr().String()
}

type pushService struct{ *simapns.Service }

func (p pushService) Register(topic, magic string) simdevice.Registration {
	return p.Service.Register(topic, magic)
}

// connect walks the token exchange, makes a profile the default of iPhones, iPads and Macs, and waits until Apple has assigned it.
func (w *world) connect(s settings) {
	w.Helper()
	var err error
	w.token, err = w.guard.Tokens.Generate(w.ctx, "Halden")
	must(w, err)
	w.server, err = w.abm.AddServer("GuardMDM", []byte(w.token.CurrentCertificate))
	must(w, err)
	_, err = w.abm.AssignCount(w.server.ID(), s.devices)
	must(w, err)
	name := "Standard"
	platforms := []device.Platform{device.PlatformIOS, device.PlatformIPadOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS}
	edit := adeprofile.Edit{Name: &name, Platforms: &platforms, Content: func(c *adeprofile.Content) {
		c.IsSupervised, c.IsMandatory, c.AwaitDeviceConfigured = true, true, s.held
	}}
	if s.profile != nil {
		s.profile(&edit)
	}
	profile, err := w.guard.Profiles.Create(w.ctx, edit)
	must(w, err)
	for _, p := range []device.Platform{device.PlatformIOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS} {
		_, _, err = w.guard.Assignments.SetDefault(w.ctx, p, profile.ID, 0)
		must(w, err)
	}
	file, _, err := w.server.DownloadToken()
	must(w, err)
	_, err = w.guard.Tokens.Upload(w.ctx, w.token.ID, file, false)
	must(w, err)
	_, _, err = w.guard.Syncs.Start(w.ctx, w.token.ID, false, syncrun.TriggerManual)
	must(w, err)
	if s.sync {
		return
	}
	w.until("Apple has assigned the profile to all devices", func() bool { return len(w.abm.Ready(s.devices)) == s.devices })
}

func (w *world) installPushCertificate(topic string) {
	w.Helper()
	request, err := w.guard.Push.Request(w.ctx, "push@example.org")
	must(w, err)
	signed, err := w.issuer.Sign([]byte(push.RequestPEM(request)), simapns.PushCertificate{Topic: topic, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0)})
	must(w, err)
	_, err = w.guard.Push.Upload(w.ctx, signed, nil, "")
	must(w, err)
}

// until waits for something that other goroutines bring about.
func (w *world) until(what string, f func() bool) {
	w.Helper()
	for deadline := time.Now().Add(90 * time.Second); !f(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.Fatalf("waited in vain until %s", what)
		}
	}
}

// devices are the next n that can be switched on.
func (w *world) devices(n int, behaviours ...simdevice.Behaviour) []*simdevice.Device {
	w.Helper()
	ready, err := w.apple.Ready(w.ctx, n)
	must(w, err)
	if len(ready) < n {
		w.Fatalf("%d devices are ready, not %d", len(ready), n)
	}
	all := make([]*simdevice.Device, n)
	for i, h := range ready {
		o := w.options
		if len(behaviours) > 0 {
			o.Behaviour = behaviours[i%len(behaviours)]
		}
		all[i], err = simdevice.New(h, o, w.made)
		must(w, err)
		w.made++
	}
	return all
}

// switchOn asks the simulated Apple where the device enrolls.
func (w *world) switchOn(d *simdevice.Device) simdevice.Assigned {
	w.Helper()
	assigned, err := w.apple.SwitchOn(w.ctx, d.SerialNumber)
	must(w, err)
	return assigned
}

// enroll walks the whole way.
func (w *world) enroll(d *simdevice.Device) error {
	assigned := w.switchOn(d)
	return d.Enroll(w.ctx, assigned)
}

// row is how the server says that a device stands; nil: it never called.
func (w *world) row(d *simdevice.Device) *ent.DeviceEnrollment {
	w.Helper()
	e, err := w.db.Reader().DeviceEnrollment.Query().Where(deviceenrollment.HasDeviceWith(device.SerialNumber(d.SerialNumber))).Only(w.ctx)
	if ent.IsNotFound(err) {
		return nil
	}
	must(w, err)
	return e
}

// history are the kinds of a device's events, oldest first, from the profile that was assigned on.
func (w *world) history(d *simdevice.Device) string {
	w.Helper()
	var kinds []string
	id := w.id(d)
	for _, e := range w.db.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(id)).Order(deviceevent.ByID()).AllX(w.ctx) {
		switch e.Kind {
		case deviceevent.KindAdded, deviceevent.KindModified, deviceevent.KindAssigned, deviceevent.KindPushed:
		default:
			kinds = append(kinds, string(e.Kind))
		}
	}
	return strings.Join(kinds, " ")
}

func (w *world) id(d *simdevice.Device) gid.ID {
	w.Helper()
	id, err := w.db.Reader().Device.Query().Where(device.SerialNumber(d.SerialNumber)).OnlyID(w.ctx)
	must(w, err)
	return id
}

// refusals are the codes of what was refused to a device, with how often.
func (w *world) refusals(serial string) string {
	w.Helper()
	var all []string
	for _, r := range w.db.Reader().EnrollmentRefusal.Query().Where(enrollmentrefusal.SerialNumber(serial)).Order(enrollmentrefusal.ByCode()).AllX(w.ctx) {
		all = append(all, fmt.Sprintf("%s×%d", r.Code, r.Count))
	}
	return strings.Join(all, " ")
}
