package enroll_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/ent/adeprofileversion"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/enroll"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is a server with the route of the devices, an MDM server at the simulated Apple with devices that have a profile, and an authority that issues
// certificates to them.
type world struct {
	*stack.Stack
	t       testing.TB
	clock   *clockwork.FakeClock
	service *enroll.Service
	cas     *deviceca.Service
	url     string
	client  *http.Client
	push    *push
	seen    *observer
	bus     pubsub.Bus

	authority, device cmsmaker.Identity
	token             *ent.ABMToken
	server            *simabm.Server
	profile           gid.ID
	serials           []string // of iPhones
}

// options change the world.
type options struct {
	versions  enroll.Versions
	publicURL string
	timeout   time.Duration // of requests; 0: the route's
}

func newWorld(t testing.TB, db *store.Store, o options) *world {
	t.Helper()
	clock := clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	w := &world{Stack: stack.New(t, db, stack.Options{Devices: 60, PageSize: 1000, Clock: clock, PublicURL: o.publicURL}), t: t, clock: clock,
		client: &http.Client{Transport: &http.Transport{}}, push: &push{topic: "com.apple.mgmt.External.2f6d1b0a"}, seen: &observer{}, bus: pubsub.NewMemory()}
	t.Cleanup(func() { must(t, w.bus.Close()) })
	w.authority = cmsmaker.Authority(t, "Example Device CA", cmsmaker.EC(t), nil)
	w.device = cmsmaker.Device(t, w.authority, cmsmaker.EC(t))
	box, err := secret.OpenKeyFile(w.KeyFile)
	must(t, err)
	w.cas = deviceca.New(db, []*x509.Certificate{w.authority.Certificate}, clock)
	w.service = enroll.New(enroll.Options{
		Store: db, CAs: w.cas, Tokens: w.Tokens, Assignments: w.Assign, URLs: w.URLs, Box: box, Identity: identity{clock}, Push: w.push,
		Enrollments: enrollments{}, Versions: o.versions, Observer: w.seen, Bus: w.bus, Clock: clock, Logger: slog.New(slog.DiscardHandler),
	})
	w.serve(o)
	w.Start(t)
	w.token, w.server = w.Connect(t, "Example")
	_, err = w.Sim.AssignCount(w.server.ID(), 40)
	must(t, err)
	w.sync()
	w.profile = w.newProfile("iPhones")
	_, _, err = w.Assign.SetDefault(stack.Admin(t), device.PlatformIOS, w.profile, 0)
	must(t, err)
	w.settle()
	w.serials = w.DB.Reader().Device.Query().Where(device.PlatformEQ(device.PlatformIOS)).Order(device.ByID()).Select(device.FieldSerialNumber).StringsX(t.Context())
	if len(w.serials) < 5 {
		t.Fatalf("%d iPhones", len(w.serials))
	}
	return w
}

func (w *world) serve(o options) {
	routes := w.service.Routes()
	if o.timeout != 0 {
		routes[0].Timeout = o.timeout
	}
	server, err := httpd.New(httpd.Config{Listen: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)}, httpd.Handlers{Routes: routes})
	must(w.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	must(w.t, server.Listen(ctx))
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	w.url = server.URL()
	w.t.Cleanup(func() {
		w.client.CloseIdleConnections()
		cancel()
		must(w.t, <-done)
	})
}

func (w *world) newProfile(name string) gid.ID {
	w.t.Helper()
	p, err := w.Profiles.Create(stack.Admin(w.t), adeprofile.Edit{Name: &name})
	must(w.t, err)
	return p.ID
}

func (w *world) sync() {
	w.t.Helper()
	if run := w.Sync(w.t, w.token.ID, false); run.ErrorCode != "" {
		w.t.Fatalf("the sync failed: %s %s", run.ErrorCode, run.ErrorMessage)
	}
}

// settle has Apple know what the rules say.
func (w *world) settle() {
	w.t.Helper()
	must(w.t, w.Assign.Work(w.t.Context()))
	w.clock.Advance(2 * time.Second)
	done := make(chan error, 1)
	go func() { done <- w.Assign.Reconcile(w.t.Context(), w.token.ID) }()
	for {
		select {
		case err := <-done:
			must(w.t, err)
			return
		case <-time.After(5 * time.Millisecond): // real time, for the requests themselves
			w.clock.Advance(200 * time.Millisecond)
		}
	}
}

// key is that of a profile's registration.
func (w *world) key(profile gid.ID) string {
	w.t.Helper()
	r, err := w.DB.Reader().ADEProfileRegistration.Query().Where(adeprofileregistration.HasVersionWith(adeprofileversion.AdeProfileID(profile))).
		Order(adeprofileregistration.ByID()).First(w.t.Context())
	must(w.t, err)
	return r.EnrollmentKey
}

func (w *world) row(serial string) *ent.Device {
	w.t.Helper()
	d, err := w.DB.Reader().Device.Query().Where(device.SerialNumber(serial)).Only(w.t.Context())
	must(w.t, err)
	return d
}

// machine is what a device says of itself, with changes: "KEY=value", "KEY" for true, "-KEY" for none.
func machine(serial string, changes ...string) []byte {
	values := map[string]string{"SERIAL": serial, "UDID": "00008110-" + serial, "PRODUCT": "iPhone16,1", "VERSION": "23B85", "OS_VERSION": "26.1", "LANGUAGE": "en"}
	for _, c := range changes {
		key, value, ok := strings.Cut(c, "=")
		switch {
		case strings.HasPrefix(c, "-"):
			delete(values, c[1:])
		case !ok:
			values[key] = "<true/>"
		default:
			values[key] = value
		}
	}
	var b strings.Builder
	for key, value := range values {
		if value != "<true/>" {
			value = "<string>" + value + "</string>"
		}
		fmt.Fprintf(&b, "<key>%s</key>%s", key, value)
	}
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>` + b.String() + `</dict></plist>`)
}

func (w *world) signed(content []byte) []byte {
	w.t.Helper()
	return cmsmaker.Message{Content: content, Signers: []cmsmaker.Identity{w.device}, Certificates: []*x509.Certificate{w.device.Certificate, w.authority.Certificate}}.Bytes(w.t)
}

// reply is an answer.
type reply struct {
	status int
	header http.Header
	body   string
}

func (w *world) post(key string, body []byte) reply {
	w.t.Helper()
	return w.do(http.MethodPost, key, bytes.NewReader(body), "")
}

func (w *world) do(method, key string, body io.Reader, info string) reply {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.url+"/enroll/ade/"+key, body)
	must(w.t, err)
	if info != "" {
		r.Header.Set("x-apple-aspen-deviceinfo", info)
	}
	answer, err := w.client.Do(r)
	must(w.t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(w.t, err)
	return reply{answer.StatusCode, answer.Header, string(text)}
}

// refused fails unless the request was refused in this way, and nothing else was written than the record of it.
func (w *world) refused(r reply, status int, code apperr.Code) {
	w.t.Helper()
	if r.status != status || w.seen.last() != code {
		w.t.Errorf("%d %s (%s), want %d %s", r.status, w.seen.last(), r.body, status, code)
	}
	if n := w.DB.Reader().SCEPChallenge.Query().CountX(w.t.Context()); n != 0 {
		w.t.Errorf("%d challenges were made", n)
	}
	if n := w.DB.Reader().DeviceEnrollment.Query().Where(deviceenrollment.ProfileFetchedAtNotNil()).CountX(w.t.Context()); n != 0 {
		w.t.Errorf("%d devices fetched a profile", n)
	}
}

// given fails unless the device got a profile.
func (w *world) given(r reply) reply {
	w.t.Helper()
	if r.status != http.StatusOK || r.header.Get("Content-Type") != "application/x-apple-aspen-config" || w.seen.last() != "" {
		w.t.Fatalf("%d %s %s: %s", r.status, r.header.Get("Content-Type"), w.seen.last(), r.body)
	}
	return r
}

// events are the kinds of a device's events about enrollment, oldest first.
func (w *world) events(serial string) (kinds []string) {
	w.t.Helper()
	for _, e := range w.DB.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(w.row(serial).ID),
		deviceevent.KindIn(deviceevent.KindEnrollmentRefused, deviceevent.KindProfileFetched)).Order(deviceevent.ByID()).AllX(w.t.Context()) {
		kinds = append(kinds, string(e.Kind)+string(e.Changes))
	}
	return kinds
}

// observer remembers how requests ended.
type observer struct {
	mu    sync.Mutex
	codes []apperr.Code
}

func (o *observer) Enrollment(code apperr.Code) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.codes = append(o.codes, code)
}

func (o *observer) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.codes)
}

func (o *observer) last() apperr.Code {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.codes) == 0 {
		return "NOBODY_SAID_ANYTHING"
	}
	return o.codes[len(o.codes)-1]
}

type push struct {
	topic string
	err   error
}

func (p *push) Topic(context.Context) (string, error) { return p.topic, p.err }

// identity makes challenges as they are kept.
type identity struct{ clock clockwork.Clock }

func (i identity) Challenge(ctx context.Context, tx *store.Tx, device gid.ID, udid string) (string, error) {
	challenge := rand.Text()
	sum := sha256.Sum256([]byte(challenge))
	now := i.clock.Now()
	return challenge, tx.SCEPChallenge.Create().SetHash(hex.EncodeToString(sum[:])).SetDeviceID(device).SetUdid(udid).SetCreatedAt(now).
		SetExpiresAt(now.Add(time.Hour)).Exec(ctx)
}

// enrollments keep that a profile was fetched.
type enrollments struct{}

func (enrollments) ProfileFetched(ctx context.Context, tx *store.Tx, f enroll.Fetched) error {
	n, err := tx.DeviceEnrollment.Update().Where(deviceenrollment.DeviceID(f.Device)).SetUdid(f.UDID).SetProfileFetchedAt(f.At).
		SetAdeProfileRegistrationID(f.Registration).SetOsVersion(f.OSVersion).SetBuildVersion(f.BuildVersion).SetProduct(f.Product).
		SetBelowMinimumOs(f.BelowMinimumOS).Save(ctx)
	if err == nil && n == 0 {
		err = tx.DeviceEnrollment.Create().SetDeviceID(f.Device).SetStatus(deviceenrollment.StatusNotEnrolled).SetUdid(f.UDID).SetProfileFetchedAt(f.At).
			SetAdeProfileRegistrationID(f.Registration).SetOsVersion(f.OSVersion).SetBuildVersion(f.BuildVersion).SetProduct(f.Product).
			SetBelowMinimumOs(f.BelowMinimumOS).Exec(ctx)
	}
	d, getErr := tx.Device.Get(ctx, f.Device)
	if err = errors.Join(err, getErr); err != nil {
		return err
	}
	return tx.DeviceEvent.Create().SetDeviceID(f.Device).SetAbmTokenID(d.AbmTokenID).SetKind(deviceevent.KindProfileFetched).SetAt(f.At).Exec(ctx)
}
