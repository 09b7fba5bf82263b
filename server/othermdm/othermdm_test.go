package othermdm_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/micromdm/nanomdm/service/webhook"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	entother "github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/othermdm"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is the webhooks behind the real HTTP server, with the real MDM server that keeps what they tell, and devices S0 … of which nothing is known yet.
type world struct {
	testing.TB
	ctx     context.Context
	db      *store.Store
	clock   *clockwork.FakeClock
	mdm     *mdm.Service
	service *othermdm.Service
	url     string
	client  *http.Client
	devices []*ent.Device
	log     *lines

	mu    sync.Mutex
	heard []string // "topic code"
}

// lines are the log.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (w *world) OtherMDMEvent(topic string, code apperr.Code) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = append(w.heard, topic+" "+string(code))
}

func (w *world) last() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.heard) == 0 {
		return ""
	}
	return w.heard[len(w.heard)-1]
}

func newWorld(t testing.TB, db *store.Store) *world {
	t.Helper()
	w := &world{TB: t, ctx: auth.Console(t.Context()), db: db, clock: clockwork.NewFakeClockAt(time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)), log: &lines{}}
	now := w.clock.Now()
	token := db.Ent().ABMToken.Create().SetName("token").SetOrgName("Example Org").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(t.Context())
	for i := range 3 {
		w.devices = append(w.devices, db.Ent().Device.Create().SetSerialNumber(fmt.Sprintf("S%d", i)).SetAbmTokenID(token.ID).SetPlatform(device.PlatformIOS).
			SetAddedAt(now).SetChangedAt(now).SaveX(t.Context()))
	}
	must(t, db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token.ID, now) }))
	box, err := secret.EnsureKey(t.Context(), db, filepath.Join(t.TempDir(), "secret.key"), true)
	must(t, err)
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	identities := identity.New(identity.Options{Store: db, Box: box, Clock: w.clock, Logger: log})
	w.mdm = mdm.New(mdm.Options{Store: db, Box: box, Identities: identities, Bus: pubsub.NewMemory(), Clock: w.clock, Logger: log})
	w.service = othermdm.New(othermdm.Options{Store: db, Box: box, Enrollments: w.mdm, Observer: w, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Clock: w.clock, Logger: log})
	server, err := httpd.New(httpd.Config{Listen: "127.0.0.1:0", Logger: log}, httpd.Handlers{Routes: w.service.Routes()})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	must(t, server.Listen(ctx))
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	w.url, w.client = server.URL(), &http.Client{Transport: &http.Transport{}}
	t.Cleanup(func() {
		w.client.CloseIdleConnections()
		w.service.Close()
		cancel()
		must(t, <-done)
	})
	return w
}

// profile is an enrollment profile, with changes of its text: old, new, old, new …
func profile(changes ...string) []byte {
	return []byte(strings.NewReplacer(changes...).Replace(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>org.example</string>
<key>PayloadDisplayName</key><string>Enrollment</string><key>PayloadOrganization</key><string>Example Org</string><key>PayloadContent</key><array>
<dict><key>PayloadType</key><string>com.apple.security.scep</string><key>PayloadUUID</key><string>I</string>
<key>PayloadContent</key><dict><key>URL</key><string>https://mdm.example.org/scep</string><key>Challenge</key><string>hidden</string></dict></dict>
<dict><key>PayloadType</key><string>com.apple.mdm</string><key>PayloadUUID</key><string>M</string><key>IdentityCertificateUUID</key><string>I</string>
<key>Topic</key><string>com.apple.mgmt.External.x</string><key>ServerURL</key><string>https://mdm.example.org/mdm</string>
<key>CheckOutWhenRemoved</key><true/></dict></array></dict></plist>`))
}

// add adds a server with a file.
func (w *world) add(name string) (*ent.OtherMDM, string) {
	w.Helper()
	m, secret, err := w.service.Create(w.ctx, othermdm.Edit{Name: &name, File: profile()})
	must(w, err)
	return m, secret
}

// tells is a request to a server's webhook, with changes.
type tells struct {
	secret    string
	body      []byte
	unsigned  bool
	signature string
	password  string // HTTP Basic
}

func (w *world) post(id string, t tells) (status int, body string) {
	w.Helper()
	r, err := http.NewRequestWithContext(w.ctx, http.MethodPost, w.url+"/webhooks/mdm/"+id, bytes.NewReader(t.body))
	must(w, err)
	mac := hmac.New(sha256.New, []byte(t.secret))
	mac.Write(t.body)
	signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	if t.signature != "" {
		signature = t.signature
	}
	if !t.unsigned {
		r.Header.Set("X-Hmac-Signature", signature)
	}
	if t.password != "" {
		r.SetBasicAuth("micromdm", t.password)
	}
	answer, err := w.client.Do(r)
	must(w, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(w, err)
	return answer.StatusCode, string(text)
}

// event is one of NanoMDM's, by its own type.
func (w *world) event(kind, udid, more string, at time.Time) []byte {
	w.Helper()
	raw := `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>MessageType</key><string>` + kind + `</string><key>UDID</key><string>` + udid + `</string>` + more + `</dict></plist>`
	payload := webhook.RawPayload(base64.StdEncoding.EncodeToString([]byte(raw)))
	id := webhook.UDID(udid)
	e := webhook.EventJson{Topic: webhook.EventJsonTopic("mdm." + kind), CreatedAt: at}
	if kind == "Connect" {
		e.AcknowledgeEvent = &webhook.AcknowledgeEvent{Udid: &id, Status: "Idle", RawPayload: payload}
	} else {
		e.CheckinEvent = &webhook.CheckinEvent{Udid: &id, RawPayload: payload}
	}
	text, err := json.Marshal(e)
	must(w, err)
	return text
}

func serial(s string) string { return "<key>SerialNumber</key><string>" + s + "</string>" }

// told sends an event a second later, and expects that it is kept, or not for the reason.
func (w *world) told(m *ent.OtherMDM, secret, kind, udid, more string, want apperr.Code) {
	w.Helper()
	w.clock.Advance(time.Second)
	w.tell(m, secret, kind, udid, more, w.clock.Now(), want)
}

func (w *world) tell(m *ent.OtherMDM, secret, kind, udid, more string, at time.Time, want apperr.Code) {
	w.Helper()
	status, body := w.post(m.ID.String(), tells{secret: secret, body: w.event(kind, udid, more, at)})
	if status != http.StatusOK || w.last() != "mdm."+kind+" "+string(want) {
		w.Errorf("%s of %s: HTTP %d, %q %s; want %q", kind, udid, status, w.last(), body, want)
	}
}

func (w *world) row(n int) *ent.DeviceEnrollment {
	w.Helper()
	e, err := w.db.Reader().DeviceEnrollment.Query().Where(deviceenrollment.DeviceID(w.devices[n].ID)).Only(w.ctx)
	if ent.IsNotFound(err) {
		return &ent.DeviceEnrollment{}
	}
	must(w, err)
	return e
}

func (w *world) is(n int, want deviceenrollment.Status, of *ent.OtherMDM) {
	w.Helper()
	e := w.row(n)
	if e.Status != want || (of == nil) != (e.OtherMdmID == nil) || of != nil && *e.OtherMdmID != of.ID {
		w.Errorf("device %d is %s of %v, want %s of %v", n, e.Status, e.OtherMdmID, want, of)
	}
}

func (w *world) history(n int) string {
	w.Helper()
	var kinds []string
	for _, e := range w.db.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(w.devices[n].ID)).Order(deviceevent.ByID()).AllX(w.ctx) {
		kinds = append(kinds, string(e.Kind))
	}
	return strings.Join(kinds, " ")
}

// fetched is that a device got a profile here: that of another server, or ours.
func (w *world) fetched(n int, udid string, of *ent.OtherMDM) {
	w.Helper()
	w.clock.Advance(time.Second)
	f := mdm.Fetched{Device: w.devices[n].ID, UDID: udid, At: w.clock.Now()}
	if of != nil {
		f.Of, f.OfName = of.ID, of.Name
	}
	must(w, w.db.WithTx(w.ctx, func(ctx context.Context, tx *store.Tx) error { return w.mdm.ProfileFetched(ctx, tx, f) }))
}

// ours makes a device one that is enrolled with our own server, with a command that waits.
func (w *world) ours(n int, udid string) {
	w.Helper()
	now := w.clock.Now()
	w.fetched(n, udid, nil)
	w.db.Ent().DeviceEnrollment.Update().Where(deviceenrollment.DeviceID(w.devices[n].ID)).SetStatus(deviceenrollment.StatusEnrolled).SetAuthenticatedAt(now).SetEnrolledAt(now).ExecX(w.ctx)
	channel := w.db.Ent().MDMChannel.Create().SetChannel(udid).SetDeviceID(w.devices[n].ID).SetOfUser(false).SetEnabled(true).SaveX(w.ctx)
	w.db.Ent().MDMCommand.Create().SetMdmChannelID(channel.ID).SetCommandUUID("c").SetRequestType("DeviceInformation").SetBody([]byte("x")).
		SetPurpose(mdmcommand.PurposePerson).SetStatus(mdmcommand.StatusQueued).SetQueuedAt(now).ExecX(w.ctx)
}

// What a device does at another MDM server, in order, out of order, once more, and with what was never told.
func TestStates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		m, secret := w.add("NanoMDM")
		w.told(m, secret, "Authenticate", "U0", serial(" s0 ")+"<key>OSVersion</key><string>26.1</string>", "")
		w.is(0, deviceenrollment.StatusEnrolling, m)
		w.told(m, secret, "TokenUpdate", "U0", "<key>UserID</key><string>X</string>", "") // a user of it called, which only an enrolled device has
		w.is(0, deviceenrollment.StatusEnrolled, m)
		w.told(m, secret, "TokenUpdate", "U0", "<key>AwaitingConfiguration</key><true/>", "")
		again := w.clock.Now()
		w.told(m, secret, "TokenUpdate", "U0", "", "")
		w.tell(m, secret, "TokenUpdate", "U0", "", again, mdm.OldNews)
		w.tell(m, secret, "CheckOut", "U0", "", again, mdm.OldNews)
		if e := w.row(0); e.OsVersion != "26.1" || e.AwaitingConfiguration || e.Enrollments != 1 {
			t.Errorf("%+v", e)
		}
		left := w.clock.Now().Add(time.Second)
		w.told(m, secret, "CheckOut", "U0", "", "")
		w.is(0, deviceenrollment.StatusUnenrolled, m)
		w.tell(m, secret, "CheckOut", "U0", "", left, mdm.OldNews)
		w.tell(m, secret, "Connect", "U0", "", again, mdm.OldNews)
		w.is(0, deviceenrollment.StatusUnenrolled, m)
		if h := w.history(0); h != "ENROLLING ENROLLED UNENROLLED" {
			t.Error(h)
		}

		// The end overtakes the beginning.
		w.fetched(1, "U1", m)
		begin := w.clock.Now().Add(time.Second)
		w.clock.Advance(2 * time.Second)
		w.told(m, secret, "TokenUpdate", "U1", "", "")
		w.is(1, deviceenrollment.StatusEnrolled, m)
		w.tell(m, secret, "Authenticate", "U1", serial("S1")+"<key>BuildVersion</key><string>23B85</string>", begin, "")
		w.tell(m, secret, "Authenticate", "U1", serial("S1"), begin, mdm.OldNews)
		w.is(1, deviceenrollment.StatusEnrolled, m)
		if e := w.row(1); e.Enrollments != 1 || e.AuthenticatedAt == nil || !e.AuthenticatedAt.Equal(begin) || e.BuildVersion != "23B85" {
			t.Errorf("%+v", e)
		}

		// A call tells what was lost; further ones write nothing but when it was.
		w.fetched(2, "U2", m)
		w.told(m, secret, "Connect", "U2", "", "")
		w.is(2, deviceenrollment.StatusEnrolled, m)
		before := w.row(2)
		w.told(m, secret, "Connect", "U2", "", "")
		if e := w.row(2); !e.ReportedAt.Equal(*before.ReportedAt) || w.history(2) != "PROFILE_FETCHED ENROLLED" {
			t.Errorf("%+v %s", e, w.history(2))
		}
	})
}

// What another server says counts for its own devices alone.
func TestWhoseDevices(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		nano, secret := w.add("NanoMDM")
		micro, other := w.add("MicroMDM")
		w.ours(0, "U0")
		for _, kind := range []string{"Authenticate", "TokenUpdate", "CheckOut", "Connect"} {
			w.told(nano, secret, kind, "U0", serial("S0"), mdm.OfOtherMDM)
		}
		w.is(0, deviceenrollment.StatusEnrolled, nil)
		w.told(nano, secret, "Authenticate", "U1", serial("S1"), "")
		w.told(nano, secret, "TokenUpdate", "U1", "", "")
		for _, kind := range []string{"Authenticate", "TokenUpdate", "CheckOut", "Connect"} {
			w.told(micro, other, kind, "U1", serial("S1"), mdm.OfOtherMDM)
		}
		w.is(1, deviceenrollment.StatusEnrolled, nano)
		w.told(nano, secret, "Authenticate", "U1", serial("S2"), mdm.OfOther)
		w.told(nano, secret, "Authenticate", "U9", serial("S9"), mdm.NotOurs)
		w.told(nano, secret, "TokenUpdate", "U9", "", mdm.NotOurs)
		w.told(nano, secret, "Connect", "", "", mdm.NotOurs)
		w.fetched(2, "U2", nil) // claims a UDID, and has our profile
		w.told(nano, secret, "TokenUpdate", "U2", "", mdm.NotOurs)
		if n := w.db.Reader().DeviceEnrollment.Query().CountX(w.ctx); n != 3 {
			t.Errorf("%d enrollments", n)
		}

		// Ours, wiped, and given the other server's profile: it leaves us when it begins there.
		w.fetched(0, "U0", nano)
		w.is(0, deviceenrollment.StatusEnrolled, nil)
		w.told(nano, secret, "Authenticate", "U0", serial("S0"), "")
		w.is(0, deviceenrollment.StatusEnrolling, nano)
		if c := w.db.Reader().MDMCommand.Query().OnlyX(w.ctx); c.Status != mdmcommand.StatusDropped {
			t.Errorf("its command is %s", c.Status)
		}
		if w.db.Reader().MDMChannel.Query().OnlyX(w.ctx).Enabled {
			t.Error("it takes commands of ours")
		}
		counts, err := w.mdm.Count(w.ctx, 0)
		must(t, err)
		if counts.Enrolled != 1 || counts.Enrolling != 1 {
			t.Errorf("%+v", counts)
		}
	})
}

// Events that come at the same moment leave the device as the newest of them says, whichever is read last.
func TestAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		m, secret := w.add("NanoMDM")
		w.fetched(0, "U0", m)
		begin := w.clock.Now()
		var all sync.WaitGroup
		for i := range 12 {
			kind := []string{"Authenticate", "TokenUpdate", "CheckOut"}[i%3]
			body := w.event(kind, "U0", serial("S0"), begin.Add(time.Duration(i)*time.Second))
			all.Go(func() {
				if status, answer := w.post(m.ID.String(), tells{secret: secret, body: body}); status != http.StatusOK {
					t.Errorf("%s: HTTP %d %s", kind, status, answer)
				}
			})
		}
		all.Wait()
		w.is(0, deviceenrollment.StatusUnenrolled, m)
		if e := w.row(0); !e.ReportedAt.Equal(begin.Add(11 * time.Second)) {
			t.Errorf("the newest that counted is of %s after the start", e.ReportedAt.Sub(begin))
		}
	})
}

// Each attack on a webhook is refused with a code of its own, and changes nothing but the record of it.
func TestAttacks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		m, secret := w.add("NanoMDM")
		second, secondSecret := w.add("MicroMDM")
		now := w.clock.Now()
		good := w.event("Authenticate", "U0", serial("S0"), now)
		tests := []struct {
			name   string
			id     string
			tells  tells
			status int
			code   apperr.Code
		}{
			{"no such server", "omd_zzz", tells{secret: secret, body: good}, 404, othermdm.NoSuchWebhook},
			{"another kind", w.devices[0].ID.String(), tells{secret: secret, body: good}, 404, othermdm.NoSuchWebhook},
			{"no identifier", "x", tells{secret: secret, body: good}, 404, othermdm.NoSuchWebhook},
			{"unsigned", "", tells{body: good, unsigned: true}, 401, othermdm.NotSigned},
			{"another secret", "", tells{secret: "guessed", body: good}, 401, othermdm.SignatureWrong},
			{"another server's secret", "", tells{secret: secondSecret, body: good}, 401, othermdm.SignatureWrong},
			{"no secret", "", tells{secret: "", body: good}, 401, othermdm.SignatureWrong},
			{"no base64", "", tells{signature: "***", body: good}, 401, othermdm.SignatureWrong},
			{"a password instead", "", tells{unsigned: true, password: secret, body: good}, 401, othermdm.NotSigned},
			{"changed", "", tells{signature: base64.StdEncoding.EncodeToString(make([]byte, 32)), body: good}, 401, othermdm.SignatureWrong},
			{"too large", "", tells{secret: secret, body: make([]byte, 7<<20)}, 413, othermdm.TooLarge},
			{"no JSON", "", tells{secret: secret, body: []byte("{")}, 400, othermdm.Malformed},
			{"empty", "", tells{secret: secret}, 400, othermdm.Malformed},
			{"nothing of a device", "", tells{secret: secret, body: fmt.Appendf(nil, `{"topic":"mdm.Authenticate","created_at":%q}`, now.Format(time.RFC3339))}, 400, othermdm.Malformed},
			{"old", "", tells{secret: secret, body: w.event("Authenticate", "U0", serial("S0"), now.Add(-16*time.Minute))}, 400, othermdm.NotNow},
			{"of tomorrow", "", tells{secret: secret, body: w.event("Authenticate", "U0", serial("S0"), now.Add(24*time.Hour))}, 400, othermdm.NotNow},
			{"no time", "", tells{secret: secret, body: bytes.ReplaceAll(good, []byte(`created_at`), []byte(`created`))}, 400, othermdm.NotNow},
			{"another message", "", tells{secret: secret, body: bytes.ReplaceAll(good, []byte("mdm.Authenticate"), []byte("mdm.CheckOut"))}, 400, mdm.Malformed},
			{"another device", "", tells{secret: secret, body: bytes.ReplaceAll(good, []byte(`"U0"`), []byte(`"U1"`))}, 400, mdm.Malformed},
			{"nested", "", tells{secret: secret, body: w.event("Authenticate", "U0", strings.Repeat("<array>", 100), now)}, 400, mdm.TooComplex},
		}
		for _, test := range tests {
			w.clock.Advance(2 * time.Second)
			if test.id == "" {
				test.id = m.ID.String()
			}
			status, body := w.post(test.id, test.tells)
			if status != test.status || !strings.HasSuffix(w.last(), " "+string(test.code)) {
				t.Errorf("%s: HTTP %d, %q: %s", test.name, status, w.last(), body)
			}
		}
		if n := w.db.Reader().DeviceEnrollment.Query().CountX(w.ctx) + w.db.Reader().DeviceEvent.Query().CountX(w.ctx); n != 0 {
			t.Errorf("%d rows were written", n)
		}
		if now := w.db.Reader().OtherMDM.GetX(w.ctx, m.ID); now.LastRefusalAt == nil || now.Refusals == 0 || now.Refusals > len(tests) || now.LastEventAt != nil {
			t.Errorf("%+v", now)
		}
		if w.db.Reader().OtherMDM.GetX(w.ctx, second.ID).LastRefusalAt != nil {
			t.Error("a refusal at another webhook was written down")
		}
		if log := w.log.String(); strings.Contains(log, secret) || strings.Contains(log, secondSecret) {
			t.Error("a secret is in the log")
		}
		status, _ := w.post(m.ID.String(), tells{secret: secret, body: []byte(`{"topic":"mdm.GetToken"}`)})
		if status != 200 || w.last() != "other " {
			t.Errorf("an event that says nothing here: HTTP %d %s", status, w.last())
		}
		_, rotated, err := w.service.Rotate(w.ctx, m.ID)
		must(t, err)
		if status, _ := w.post(m.ID.String(), tells{secret: secret, body: good}); status != 401 {
			t.Errorf("the secret before counts: HTTP %d", status)
		}
		w.told(m, rotated, "Authenticate", "U0", serial("S0"), "")
	})
}

// MicroMDM cannot sign: it sends the secret as a password, and its events lack what NanoMDM adds.
func TestMicroMDM(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		name, basic := "MicroMDM", entother.WebhookAuthenticationBasic
		m, secret, err := w.service.Create(w.ctx, othermdm.Edit{Name: &name, File: profile(), WebhookAuthentication: &basic})
		must(t, err)
		body := w.event("Authenticate", "U0", serial("S0"), w.clock.Now())
		var indented bytes.Buffer
		must(t, json.Indent(&indented, body, "", "  "))
		for _, test := range []struct {
			tells tells
			want  int
		}{{tells{unsigned: true}, 401}, {tells{unsigned: true, password: "guessed"}, 401}, {tells{secret: secret}, 401}, {tells{unsigned: true, password: secret}, 200}} {
			test.tells.body = indented.Bytes()
			if status, answer := w.post(m.ID.String(), test.tells); status != test.want {
				t.Errorf("%+v: HTTP %d %s", test.tells, status, answer)
			}
		}
		w.is(0, deviceenrollment.StatusEnrolling, m)
	})
}

func TestEdit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		refused := func(e othermdm.Edit, code apperr.Code, field string) {
			t.Helper()
			_, _, err := w.service.Create(w.ctx, e)
			if got := apperr.As(err); got == nil || got.Code != code || len(got.Field) != 1 || got.Field[0] != field {
				t.Errorf("%v, want %s of %s", err, code, field)
			} else if strings.Contains(got.Message, "hidden") {
				t.Errorf("the message shows a secret: %s", got.Message)
			}
		}
		name, long, empty, twoLines := "NanoMDM", strings.Repeat("x", 101), " ", "a\r\nX-Other: b"
		address := func(text string) othermdm.Edit { return othermdm.Edit{Name: &name, URL: &text} }
		for _, n := range []*string{nil, &long, &empty} {
			refused(othermdm.Edit{Name: n, File: profile()}, apperr.BadUserInput, "name")
		}
		refused(othermdm.Edit{Name: &name}, apperr.BadUserInput, "url")
		for _, text := range []string{"", "mdm.example.org", "http://mdm.example.org/", "ftp://mdm.example.org/", "https://u:hidden@mdm.example.org/", "https://mdm.example.org/#x",
			"https://169.254.169.254/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://localhost:x/", "http://127.0.0.2/", "https://192.168.0.1/", "https://" + strings.Repeat("x", 2000)} {
			refused(address(text), apperr.BadUserInput, "url")
		}
		refused(othermdm.Edit{Name: &name, File: profile(), Authorization: &twoLines}, apperr.BadUserInput, "authorization")
		refused(othermdm.Edit{Name: &name, File: make([]byte, 600<<10)}, apperr.BadUserInput, "profileBase64")
		for _, file := range [][]byte{{}, []byte("bplist00"), []byte("<html>"), []byte("0\x82hidden"), profile("Configuration", "Other"), profile("com.apple.mdm<", "com.apple.vpn<"),
			profile("com.apple.security.scep", "com.apple.mdm"), profile(">I<", ">J<", "IdentityCertificateUUID</key><string>I", "IdentityCertificateUUID</key><string>K"),
			profile("com.apple.mgmt.External.x", ""), profile("https://mdm.example.org/mdm", "http://mdm.example.org/mdm"), profile("<array>", strings.Repeat("<array>", 50))} {
			refused(othermdm.Edit{Name: &name, File: file}, othermdm.Unusable, "profileBase64")
		}
		if n := w.db.Reader().OtherMDM.Query().CountX(w.ctx); n != 0 {
			t.Fatalf("%d servers were made", n)
		}

		token := "Bearer hidden"
		where := "https://mdm.example.org/enroll?token=hidden"
		m, secret, err := w.service.Create(w.ctx, othermdm.Edit{Name: &name, URL: &where, Authorization: &token})
		must(t, err)
		if len(secret) < 40 || m.URL != "https://mdm.example.org/enroll?…" || len(m.SealedAuthorization) == 0 || bytes.Contains(m.SealedURL, []byte("hidden")) {
			t.Errorf("%q %+v", secret, m)
		}
		refused(othermdm.Edit{Name: &name, File: profile()}, apperr.Conflict, "name")
		same, other := "https://mdm.example.org/other", "https://elsewhere.example/enroll"
		if m, err = w.service.Update(w.ctx, m.ID, othermdm.Edit{URL: &same}); err != nil || len(m.SealedAuthorization) == 0 {
			t.Errorf("%v %+v", err, m)
		}
		if m, err = w.service.Update(w.ctx, m.ID, othermdm.Edit{URL: &other}); err != nil || len(m.SealedAuthorization) != 0 {
			t.Errorf("another host gets the authorization: %v %+v", err, m)
		}
		if m, err = w.service.Update(w.ctx, m.ID, othermdm.Edit{File: profile()}); err != nil || m.Source != entother.SourceFile || m.URL != "" || m.SealedURL != nil || bytes.Contains(m.SealedProfile, []byte("hidden")) {
			t.Errorf("%v %+v", err, m)
		}
		p, err := w.service.FileProfile(m)
		if err != nil || p.ServerURL != "https://mdm.example.org/mdm" || p.Identity != "com.apple.security.scep" || !p.ChecksOut || p.SignedBy != "" || p.Organization != "Example Org" {
			t.Errorf("%v %+v", err, p)
		}

		now := w.clock.Now()
		used := w.db.Ent().ADEProfile.Create().SetName("Standard").SetOtherMdmID(m.ID).SetCreatedAt(now).SetUpdatedAt(now).SaveX(w.ctx)
		if err := w.service.Delete(w.ctx, m.ID); !apperr.Is(err, apperr.Conflict) || !strings.Contains(apperr.As(err).Message, "Standard") {
			t.Errorf("deleted while it is used: %v", err)
		}
		w.db.Ent().ADEProfile.UpdateOne(used).ClearOtherMdmID().ExecX(w.ctx)
		must(t, w.service.Delete(w.ctx, m.ID))
		if gone := w.db.Reader().OtherMDM.GetX(w.ctx, m.ID); gone.SealedProfile != nil || gone.SealedWebhookSecret != nil || gone.DeletedAt == nil {
			t.Errorf("%+v", gone)
		}
		for _, err := range []error{w.service.Delete(w.ctx, m.ID), second(w.service.Update(w.ctx, m.ID, othermdm.Edit{Name: &name})), third(w.service.Rotate(w.ctx, m.ID)), third(w.service.Test(w.ctx, m.ID))} {
			if !apperr.Is(err, apperr.NotFound) {
				t.Errorf("a server that was removed: %v", err)
			}
		}
		if status, _ := w.post(m.ID.String(), tells{secret: secret, body: []byte("{}")}); status != 404 {
			t.Errorf("its webhook answers HTTP %d", status)
		}
		var audited []string
		for _, e := range w.db.Reader().AuditEntry.Query().Order(auditentry.ByID()).AllX(w.ctx) {
			audited = append(audited, e.Action)
			if text := string(e.Before) + string(e.After); strings.Contains(text, "hidden") {
				t.Errorf("the audit log shows a secret: %s", text)
			}
		}
		if got := strings.Join(audited, " "); got != "createOtherMDM updateOtherMDM updateOtherMDM updateOtherMDM deleteOtherMDM" {
			t.Error(got)
		}
		if _, _, err := w.service.Create(w.ctx, othermdm.Edit{Name: &name, File: profile()}); err != nil {
			t.Errorf("the name of one that was removed: %v", err)
		}
	})
}

func second[A any](_ A, err error) error        { return err }
func third[A, B any](_ A, _ B, err error) error { return err }

// A name that leads into this server's network is refused when it is asked, whatever it was when it was entered.
func TestForbiddenByName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		closed := othermdm.New(othermdm.Options{Store: db, Box: w.service.Box, Enrollments: w.mdm, Clock: w.clock, Logger: w.service.Logger})
		defer closed.Close()
		name, where := "Trap", "https://localhost:1/enroll?token=hidden"
		m, _, err := w.service.Create(w.ctx, othermdm.Edit{Name: &name, URL: &where})
		must(t, err)
		_, _, err = closed.EnrollmentProfile(w.ctx, m.ID, nil)
		if e := apperr.As(err); e == nil || e.Code != othermdm.Forbidden || strings.Contains(e.Error(), "hidden") {
			t.Errorf("got %v", err)
		}
		findings, p, err := closed.Test(w.ctx, m.ID)
		if err != nil || p != nil || len(findings) != 2 || findings[0].Result != othermdm.Failed || !strings.Contains(findings[0].Hint, "GUARDMDM_OTHER_MDM_NETWORKS") {
			t.Errorf("%+v %+v %v", findings, p, err)
		}
	})
}

func FuzzEvent(f *testing.F) {
	f.Add([]byte(`{"topic":"mdm.Connect","created_at":"2026-05-01T12:00:00Z","acknowledge_event":{"udid":"U","raw_payload":"PD4="}}`))
	f.Add([]byte(`{"topic":"mdm.Authenticate","checkin_event":{"raw_payload":null}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		s := othermdm.New(othermdm.Options{Enrollments: taken{}, Clock: clockwork.NewFakeClockAt(time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC))})
		_ = s.Keep(t.Context(), &ent.OtherMDM{ID: gid.New(gid.OtherMDM, 1)}, body)
	})
}

type taken struct{}

func (taken) Reported(context.Context, mdm.Report) error { return nil }
