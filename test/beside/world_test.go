package beside_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/simdevice"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is a whole server without a push certificate, the simulated Apple, its devices, and an authority with SCEP for those of the other MDM server.
type world struct {
	testing.TB
	ctx     context.Context
	guard   *app.App
	db      *store.Store // beside the server, for reading
	apple   simdevice.SimulatedABM
	profile *ent.ADEProfile
	scep    *scepServer
	options simdevice.Options
	nanomdm proc.Program

	hardware []simdevice.Hardware
}

func newWorld(t testing.TB, databaseURL string, nanomdm proc.Program, devices int) *world {
	t.Helper()
	w := &world{TB: t, ctx: auth.Console(t.Context()), nanomdm: nanomdm}
	dir := t.TempDir()
	abm, err := simabm.New(simabm.Options{Organization: "Halden Schools", Devices: devices, Seed: 3})
	must(t, err)
	web := httptest.NewServer(abm.Handler())
	t.Cleanup(web.Close)
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	w.apple = simdevice.SimulatedABM{URL: web.URL, Client: client}
	w.options = simdevice.Options{Client: client}
	w.options.CA, err = simdevice.NewCA("Simulated Device CA", time.Now())
	must(t, err)
	w.options.Keys, err = simdevice.NewKeys(2)
	must(t, err)
	caFile := filepath.Join(dir, "device-ca.pem")
	must(t, os.WriteFile(caFile, w.options.CA.PEM(), 0o600))
	cfg := config.Config{
		Database: config.Database{DataDir: dir, DatabaseURL: databaseURL, SecretKeyFile: filepath.Join(dir, "secret.key")},
		HTTP:     config.HTTP{Listen: "127.0.0.1:0", OpsListen: "127.0.0.1:0"},
		ABMURL:   web.URL, SyncPageSize: 1000, DeviceCAFile: caFile, OtherMDMNetworks: "127.0.0.1/32", Limits: config.DefaultLimits(),
	}
	must(t, cfg.Validate())
	w.guard, err = app.New(t.Context(), app.Options{Config: cfg, Version: "test", Clock: clockwork.NewRealClock(), Logger: slog.New(slog.DiscardHandler)})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.guard.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		must(t, <-ended)
	})
	w.db = dbtest.OpenURL(t, databaseURL)
	w.scep = newSCEP(t)
	w.connect(abm, devices)
	return w
}

// connect walks the token exchange, and waits until Apple has assigned a profile to all devices.
func (w *world) connect(abm *simabm.Simulator, devices int) {
	w.Helper()
	token, err := w.guard.Tokens.Generate(w.ctx, "Halden")
	must(w, err)
	server, err := abm.AddServer("GuardMDM", []byte(token.CurrentCertificate))
	must(w, err)
	_, err = abm.AssignCount(server.ID(), devices)
	must(w, err)
	name := "Standard"
	w.profile, err = w.guard.Profiles.Create(w.ctx, adeprofile.Edit{Name: &name})
	must(w, err)
	for _, p := range []device.Platform{device.PlatformIOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS} {
		_, _, err = w.guard.Assignments.SetDefault(w.ctx, p, w.profile.ID, 0)
		must(w, err)
	}
	file, _, err := server.DownloadToken()
	must(w, err)
	_, err = w.guard.Tokens.Upload(w.ctx, token.ID, file, false)
	must(w, err)
	_, _, err = w.guard.Syncs.Start(w.ctx, token.ID, false, syncrun.TriggerManual)
	must(w, err)
	w.until("Apple has assigned the profile to all devices", func() bool { return len(abm.Ready(devices)) == devices })
	w.hardware, err = w.apple.Ready(w.ctx, devices)
	must(w, err)
}

// until waits for something that other processes bring about.
func (w *world) until(what string, f func() bool) {
	w.Helper()
	for deadline := time.Now().Add(90 * time.Second); !f(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.Fatalf("waited in vain until %s", what)
		}
	}
}

// runNanoMDM runs the real program; its devices have identities of the world's authority, and it tells the webhook.
func (w *world) runNanoMDM(webhook, secret string) (url string) {
	w.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	must(w, err)
	address := free.Addr().String()
	must(w, free.Close())
	w.nanomdm.Start(w, nil, `msg=(starting server)`, "-listen", address, "-ca", w.scep.caFile(), "-storage", "inmem", "-storage-dsn", "-",
		"-webhook-url", w.guard.Server.URL()+webhook, "-webhook-hmac-key", secret)
	w.until("nanomdm answers", func() bool {
		answer, err := w.options.Client.Get("http://" + address + "/version")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		_, err = io.Copy(io.Discard, answer.Body)
		return err == nil && answer.StatusCode == http.StatusOK
	})
	return "http://" + address + "/mdm"
}

// enrollsWith has devices of the ADE profile enroll with the server.
func (w *world) enrollsWith(id gid.ID) {
	w.Helper()
	_, batch, err := w.guard.Profiles.Update(w.ctx, w.profile.ID, adeprofile.Edit{OtherMDM: &id})
	must(w, err)
	if batch != 0 {
		w.Error("another MDM server moved the devices at Apple")
	}
}

// device is the n-th one.
func (w *world) device(n int) *simdevice.Device {
	w.Helper()
	d, err := simdevice.New(w.hardware[n], w.options, n)
	must(w, err)
	return d
}

// fetch has the device switched on, and fetch its enrollment profile.
func (w *world) fetch(d *simdevice.Device) error {
	w.Helper()
	assigned, err := w.apple.SwitchOn(w.ctx, d.SerialNumber)
	must(w, err)
	_, err = d.FetchProfile(w.ctx, assigned)
	return err
}

func (w *world) row(d *simdevice.Device) *ent.DeviceEnrollment {
	w.Helper()
	e, err := w.db.Reader().DeviceEnrollment.Query().Where(deviceenrollment.HasDeviceWith(device.SerialNumber(d.SerialNumber))).Only(w.ctx)
	if ent.IsNotFound(err) {
		return &ent.DeviceEnrollment{}
	}
	must(w, err)
	return e
}

func (w *world) becomes(d *simdevice.Device, status deviceenrollment.Status) *ent.DeviceEnrollment {
	w.Helper()
	w.until("the device is "+string(status), func() bool { return w.row(d).Status == status })
	return w.row(d)
}

// history is what happened to the device since it was switched on.
func (w *world) history(d *simdevice.Device) string {
	w.Helper()
	var all []string
	for _, e := range w.db.Reader().DeviceEvent.Query().Where(deviceevent.HasDeviceWith(device.SerialNumber(d.SerialNumber)),
		deviceevent.KindIn(deviceevent.KindProfileFetched, deviceevent.KindEnrolling, deviceevent.KindEnrolled, deviceevent.KindUnenrolled, deviceevent.KindEnrollmentRefused)).
		Order(deviceevent.ByID()).AllX(w.ctx) {
		all = append(all, string(e.Kind)+strings.ReplaceAll(string(e.Changes), " ", ""))
	}
	return strings.Join(all, " ")
}
