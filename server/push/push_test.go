package push_test

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apns"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/push"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const day = 24 * time.Hour

var begin = time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)

// world is the service with the simulated push service, over real HTTP/2.
type world struct {
	*push.Service
	ctx       context.Context
	db        *store.Store
	clock     *clockwork.FakeClock
	authority *simapns.Authority
	apple     *simapns.Service
	client    *apns.Client
	channels  int
}

func newWorld(t *testing.T, db *store.Store) *world {
	t.Helper()
	w := &world{ctx: auth.Console(t.Context()), db: db, clock: clockwork.NewFakeClockAt(begin)}
	box, err := secret.EnsureKey(t.Context(), db, filepath.Join(t.TempDir(), "secret.key"), true)
	must(t, err)
	w.authority, err = simapns.NewAuthority(time.Now()) // TLS goes by the real clock
	must(t, err)
	w.apple = simapns.New(w.authority, nil)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.apple.Serve(ctx, listener) }()
	w.client, err = apns.New(apns.Config{BaseURL: "https://" + listener.Addr().String(), RootCAs: w.authority.Pool()})
	must(t, err)
	bus := pubsub.NewMemory()
	t.Cleanup(func() {
		w.client.Close()
		cancel()
		must(t, <-ended)
		must(t, bus.Close())
	})
	w.Service = push.New(push.Options{Store: db, Apple: w.client, Box: box, Bus: bus, Clock: w.clock, Logger: slog.New(slog.DiscardHandler)})
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// like is a push certificate of a year.
func like(topic string) simapns.PushCertificate {
	return simapns.PushCertificate{Topic: topic, NotBefore: begin.Add(-time.Hour), NotAfter: begin.AddDate(1, 0, 0)}
}

// install requests a certificate, has it signed, and uploads it.
func (w *world) install(t *testing.T, topic string) *ent.PushCertificate {
	t.Helper()
	request, err := w.Request(w.ctx, "push@example.org")
	must(t, err)
	signed, err := w.authority.Sign([]byte(push.RequestPEM(request)), like(topic))
	must(t, err)
	c, err := w.Upload(w.ctx, signed, nil, "")
	must(t, err)
	return c
}

// channel is a device that is enrolled.
func (w *world) channel(t *testing.T, d *simapns.Device, topic, magic string) gid.ID {
	t.Helper()
	w.channels++
	c, err := w.db.Ent().MDMChannel.Create().SetChannel(fmt.Sprintf("UDID-%d", w.channels)).SetOfUser(false).SetEnabled(true).
		SetTopic(topic).SetPushMagic(magic).SetPushToken(d.Token()).Save(t.Context())
	must(t, err)
	return c.ID
}

func (w *world) get(t *testing.T, id gid.ID) *ent.MDMChannel {
	t.Helper()
	c, err := w.db.Reader().MDMChannel.Get(t.Context(), id)
	must(t, err)
	return c
}

func called(d *simapns.Device) bool {
	select {
	case <-d.Calls():
		return true
	default:
		return false
	}
}

func wantCode(t *testing.T, err error, code apperr.Code, field string) *apperr.Error {
	t.Helper()
	e := apperr.As(err)
	if e == nil || e.Code != code || strings.Join(e.Field, ".") != field || e.Hint == "" && code != apperr.BadUserInput {
		t.Fatalf("got %#v, want %s in %q with a hint", err, code, field)
	}
	return e
}

// The exchange: a request, its certificate, the topic from it. Until then the topic is an error that says what to do.
func TestExchange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		_, err := w.Topic(w.ctx)
		wantCode(t, err, apperr.PushCertificateMissing, "")
		first, err := w.Request(w.ctx, " push@example.org ")
		must(t, err)
		block, _ := pem.Decode([]byte(push.RequestPEM(first)))
		parsed, err := x509.ParseCertificateRequest(block.Bytes)
		must(t, err)
		must(t, parsed.CheckSignature())
		if first.AppleAccount != "push@example.org" || len(first.SealedKey) == 0 {
			t.Errorf("got %+v", first)
		}
		if _, err := x509.ParsePKCS8PrivateKey(first.SealedKey); err == nil {
			t.Error("the key lies open in the database")
		}
		second, err := w.Request(w.ctx, "") // the first stays good
		must(t, err)
		if all, err := w.Requests(w.ctx); err != nil || len(all) != 2 || all[0].ID != second.ID {
			t.Errorf("requests: %v, %v", all, err)
		}
		topic := simapns.NewTopic()
		signed, err := w.authority.Sign([]byte(push.RequestPEM(first)), like(topic))
		must(t, err)
		block, _ = pem.Decode(signed)
		c, err := w.Upload(w.ctx, block.Bytes, nil, "") // DER
		must(t, err)
		if c.ID != first.ID || c.Topic != topic || c.AppleAccount != "push@example.org" || !c.NotAfter.Equal(begin.AddDate(1, 0, 0)) || push.StateOf(c, begin) != push.Active {
			t.Errorf("got %+v", c)
		}
		must(t, w.Opens(c))
		if got, err := w.Topic(w.ctx); err != nil || got != topic {
			t.Errorf("%q, %v", got, err)
		}
		var actions []string
		for _, e := range db.Reader().AuditEntry.Query().Order(auditentry.ByID()).AllX(t.Context()) {
			actions = append(actions, e.Action)
			if strings.Contains(string(e.After)+string(e.Before), "PRIVATE") {
				t.Errorf("an audit entry with a key: %s", e.After)
			}
		}
		if diff := cmp.Diff([]string{"createPushCertificateRequest", "createPushCertificateRequest", "uploadPushCertificate"}, actions); diff != "" {
			t.Error(diff)
		}
		w.clock.Advance(c.NotAfter.Sub(w.clock.Now()))
		_, err = w.Topic(w.ctx)
		wantCode(t, err, apperr.PushCertificateExpired, "")
		for range 7 {
			if _, err := w.Request(w.ctx, ""); err != nil {
				t.Fatal(err)
			}
		}
		if all, err := w.Requests(w.ctx); err != nil || len(all) != 5 {
			t.Errorf("%d requests wait, %v", len(all), err)
		}
	})
}

// A certificate that was made elsewhere comes with its key.
func TestUploadWithItsKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		certificate, key, err := w.authority.Make(like(simapns.NewTopic()))
		must(t, err)
		_, err = w.Upload(w.ctx, certificate, nil, "")
		wantCode(t, err, apperr.PushCertificateOtherKey, "certificate")
		_, other, err := w.authority.Make(like(simapns.NewTopic()))
		must(t, err)
		_, err = w.Upload(w.ctx, certificate, other, "")
		wantCode(t, err, apperr.PushCertificateOtherKey, "privateKey")
		c, err := w.Upload(w.ctx, append(certificate, w.authority.PEM()...), key, "push@example.org")
		must(t, err)
		must(t, w.Opens(c))
		if c.AppleAccount != "push@example.org" || len(c.Request) != 0 {
			t.Errorf("got %+v", c)
		}
	})
}

func TestWhatIsNoPushCertificate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		sign := func(p simapns.PushCertificate) []byte {
			certificate, _, err := w.authority.Make(p)
			must(t, err)
			return certificate
		}
		topic := simapns.NewTopic()
		for name, c := range map[string]struct {
			file  []byte
			shows string
		}{
			"nothing":     {nil, "not a certificate"},
			"text":        {[]byte("hello"), "not a certificate"},
			"cut off":     {sign(like(topic))[:300], "not a certificate"},
			"too large":   {make([]byte, 65<<10), "bytes"},
			"no topic":    {w.authority.PEM(), "no topic"},
			"of an app":   {sign(like("org.example.app")), "no topic"},
			"development": {sign(simapns.PushCertificate{Topic: topic, NotBefore: begin, NotAfter: begin.AddDate(1, 0, 0), Development: true}), "development"},
			"expired":     {sign(simapns.PushCertificate{Topic: topic, NotBefore: begin.AddDate(-2, 0, 0), NotAfter: begin.Add(-time.Hour)}), "expired on 2026-11-30"},
			"not yet":     {sign(simapns.PushCertificate{Topic: topic, NotBefore: begin.AddDate(0, 0, 3), NotAfter: begin.AddDate(1, 0, 0)}), "valid from"},
			"the request": {[]byte("-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----\n"), "request"},
		} {
			_, err := w.Upload(w.ctx, c.file, nil, "")
			e := apperr.As(err)
			if e == nil || e.Code != apperr.PushCertificateInvalid || !strings.Contains(e.Message, c.shows) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, key := range map[string]string{
			"no PEM": "hello", "protected": "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n",
			"unreadable": "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
		} {
			_, err := w.Upload(w.ctx, sign(like(topic)), []byte(key), "")
			if e := apperr.As(err); e == nil || e.Code != apperr.PushCertificateInvalid || strings.Join(e.Field, "") != "privateKey" {
				t.Errorf("key, %s: %v", name, err)
			}
		}
		if n := db.Reader().PushCertificate.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d rows were left", n)
		}
	})
}

// Enrolled devices are bound to the topic: a renewal keeps it, and another one is refused with both.
func TestRenewalKeepsTheTopic(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic, other := simapns.NewTopic(), simapns.NewTopic()
		first := w.install(t, topic)
		w.channel(t, w.apple.Register(topic, "m"), topic, "m")

		request, err := w.Request(w.ctx, "")
		must(t, err)
		signed, err := w.authority.Sign([]byte(push.RequestPEM(request)), like(other))
		must(t, err)
		_, err = w.Upload(w.ctx, signed, nil, "")
		e := wantCode(t, err, apperr.PushCertificateOtherTopic, "certificate")
		if !strings.Contains(e.Message, topic) || !strings.Contains(e.Message, other) || !strings.Contains(e.Message, "1 enrolled") || !strings.Contains(e.Hint, "push@example.org") {
			t.Errorf("got %q %q", e.Message, e.Hint)
		}
		if c, err := w.Current(w.ctx); err != nil || c.ID != first.ID {
			t.Errorf("the refused upload changed something: %+v, %v", c, err)
		}

		later := like(topic)
		later.NotAfter = begin.AddDate(2, 0, 0)
		signed, err = w.authority.Sign([]byte(push.RequestPEM(request)), later)
		must(t, err)
		renewed, err := w.Upload(w.ctx, signed, nil, "")
		must(t, err)
		if renewed.ID != request.ID || renewed.AppleAccount != "push@example.org" || renewed.ExpiryAlert != nil {
			t.Errorf("got %+v", renewed)
		}
		// Apple renews with the request of the certificate in use, too.
		later.NotAfter = begin.AddDate(3, 0, 0)
		signed, err = w.authority.Sign([]byte(push.RequestPEM(renewed)), later)
		must(t, err)
		again, err := w.Upload(w.ctx, signed, nil, "")
		must(t, err)
		must(t, w.Opens(again))
		if again.ID == renewed.ID || again.AppleAccount != "push@example.org" || !again.NotAfter.Equal(later.NotAfter) {
			t.Errorf("got %+v", again)
		}
		// Nobody is enrolled: nothing depends on the topic.
		db.Ent().MDMChannel.Update().SetEnabled(false).ExecX(t.Context())
		if c := w.install(t, other); c.Topic != other {
			t.Errorf("got %+v", c)
		}
	})
}

// Each step of the ladder is raised once, by whichever replica looks first; a renewal begins it anew.
func TestExpiryAlerts_FieldNote16(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic := simapns.NewTopic()
		expiry := *w.install(t, topic).NotAfter
		raised := func() (days []int) {
			for _, e := range db.Reader().AuditEntry.Query().Where(auditentry.Action("pushCertificateExpiryAlert")).Order(auditentry.ByID()).AllX(t.Context()) {
				var after struct{ DaysBefore int }
				must(t, json.Unmarshal(e.After, &after))
				days = append(days, after.DaysBefore)
			}
			return days
		}
		var want []int
		for _, step := range []struct {
			before time.Duration
			raises []int
		}{{30*day + time.Second, nil}, {30 * day, []int{30}}, {15 * day, nil}, {14 * day, []int{14}}, {7 * day, []int{7}}, {day, []int{1}}, {0, []int{0}}, {-40 * day, nil}} {
			w.clock.Advance(expiry.Add(-step.before).Sub(w.clock.Now()))
			must(t, w.Watch(t.Context()))
			must(t, w.Watch(t.Context()))
			want = append(want, step.raises...)
			if diff := cmp.Diff(want, raised()); diff != "" {
				t.Fatalf("%s before the end (-want +got):\n%s", step.before, diff)
			}
		}
	})
}
