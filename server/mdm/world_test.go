package mdm_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/netip"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	nanomdm "github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/plist"
	"github.com/smallstep/pkcs7"
	"github.com/smallstep/scep"
	"github.com/smallstep/scep/x509util"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// suiteDir is where NanoMDM's suite expects to be run: it reads files of its module by relative paths.
func suiteDir(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/micromdm/nanomdm").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "test", "e2e")
}

const topic = "com.apple.mgmt.External.2f6d1b0a-7c3e-4d55-9a10-6b8f0c1d2e3f"

// enrollmentProfile is the identifier of the profile that makes devices managed.
const enrollmentProfile = "com.guardmdm.enrollment"

// world is the MDM server behind the real HTTP server, and devices that talk to it.
type world struct {
	t          testing.TB
	db         *store.Store
	box        *secret.Box
	clock      *clockwork.FakeClock
	identities *identity.Service
	mdm        *mdm.Service
	refusals   *mdm.Refusals
	url        string
	token      gid.ID

	mu     sync.Mutex
	pushed []gid.ID
	heard  []string // what the observer was told: "kind code"
}

func newWorld(t testing.TB, db *store.Store) *world {
	w := &world{t: t, db: db, clock: clockwork.NewFakeClockAt(time.Now().UTC().Truncate(time.Minute))}
	now := w.clock.Now()
	w.token = db.Ent().ABMToken.Create().SetName("token").SetOrgName("Example Org").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(t.Context()).ID
	var err error
	if w.box, err = secret.EnsureKey(t.Context(), db, filepath.Join(t.TempDir(), "secret.key"), true); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	w.refusals = mdm.NewRefusals(db, w.clock)
	remember := func(ctx context.Context, r identity.Refusal) {
		if err := w.refusals.Remember(ctx, r); err != nil {
			t.Error(err)
		}
	}
	w.identities = identity.New(identity.Options{Store: db, Box: w.box, Clock: w.clock, Logger: log, Refused: remember})
	w.mdm = w.replica()
	w.url = w.serve(httpd.Config{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}})
	return w
}

// serve starts the real HTTP server.
func (w *world) serve(cfg httpd.Config) (url string) {
	t := w.t
	t.Helper()
	cfg.Listen, cfg.Logger = "127.0.0.1:0", slog.New(slog.DiscardHandler)
	s, err := httpd.New(cfg, httpd.Handlers{Routes: append(w.identities.Routes(), w.mdm.Routes()...)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := s.Listen(ctx); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return s.URL()
}

// replica is the service of another process on the same database.
func (w *world) replica() *mdm.Service {
	return mdm.New(mdm.Options{Store: w.db, Box: w.box, Identities: w.identities, EnrollmentProfile: enrollmentProfile, Push: w, Observer: w, Bus: pubsub.NewMemory(), Clock: w.clock,
		Logger: slog.New(slog.DiscardHandler), Refused: func(ctx context.Context, r identity.Refusal) {
			if err := w.refusals.Remember(ctx, r); err != nil {
				w.t.Error(err)
			}
		}})
}

// Want implements mdm.Push.
func (w *world) Want(_ context.Context, tx *store.Tx, channels ...gid.ID) error {
	tx.AfterCommit(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.pushed = append(w.pushed, channels...)
	})
	return nil
}

// MDMMessage implements mdm.Observer.
func (w *world) MDMMessage(kind string, code apperr.Code, _ time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = append(w.heard, strings.TrimSpace(kind+" "+string(code)))
}

func (w *world) last() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.heard) == 0 {
		return ""
	}
	return w.heard[len(w.heard)-1]
}

func (w *world) pushes() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.pushed)
}

// tx runs f in a transaction.
func (w *world) tx(f func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.db.WithTx(auth.System(w.t.Context()), f); err != nil {
		w.t.Fatal(err)
	}
}

// phone is a device as it is outside: what it knows, and its identity.
type phone struct {
	w      *world
	id     gid.ID
	serial string
	udid   string
	key    *rsa.PrivateKey
	cert   *x509.Certificate
}

var keys sync.Map // of devices, by number: making one takes a while

func keyOf(t testing.TB, n int) *rsa.PrivateKey {
	if key, ok := keys.Load(n); ok {
		return key.(*rsa.PrivateKey)
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	keys.Store(n, key)
	return key
}

// buy puts a device into the inventory.
func (w *world) buy(n int) *phone {
	w.t.Helper()
	p := &phone{w: w, serial: fmt.Sprintf("C02SIM%06d", n), udid: fmt.Sprintf("00008112-%016X", n), key: keyOf(w.t, n)}
	now := w.clock.Now()
	p.id = w.db.Ent().Device.Create().SetSerialNumber(p.serial).SetAbmTokenID(w.token).SetPlatform(device.PlatformMacOS).SetAddedAt(now).SetChangedAt(now).SaveX(w.t.Context()).ID
	w.tx(func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, w.token, now) })
	return p
}

// fetch is what package enroll does when the device asks for its profile: it gives the challenge that is in it.
func (p *phone) fetch() (challenge string) {
	p.w.t.Helper()
	p.w.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		if challenge, err = p.w.identities.Challenge(ctx, tx, p.id, p.udid); err != nil {
			return err
		}
		return p.w.mdm.ProfileFetched(ctx, tx, mdm.Fetched{Device: p.id, UDID: p.udid, Product: "Mac14,2", OSVersion: "26.0", BuildVersion: "25A1", At: p.w.clock.Now()})
	})
	return challenge
}

// identify gets an identity by SCEP.
func (p *phone) identify(challenge string) {
	p.w.t.Helper()
	p.cert = p.scep(challenge, scep.PKCSReq, nil)
	if p.cert == nil {
		p.w.t.Fatal("the device got no identity")
	}
}

func (p *phone) scep(challenge string, kind scep.MessageType, signer *x509.Certificate) *x509.Certificate {
	t := p.w.t
	t.Helper()
	if signer == nil {
		signer = p.selfSigned()
	}
	der, err := x509util.CreateCertificateRequest(rand.Reader, &x509util.CertificateRequest{
		CertificateRequest: x509.CertificateRequest{Subject: pkix.Name{CommonName: p.serial}}, ChallengePassword: challenge}, p.key)
	if err != nil {
		t.Fatal(err)
	}
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil {
		t.Fatal(err)
	}
	ca, err := p.w.identities.CACertificate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m, err := scep.NewCSRRequest(csr, &scep.PKIMessage{MessageType: kind, Recipients: []*x509.Certificate{ca}, SignerCert: signer, SignerKey: p.key})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.Post(p.w.url+"/scep?operation=PKIOperation", "application/x-pki-message", bytes.NewReader(m.Raw))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := scep.ParsePKIMessage(answer, scep.WithCACerts([]*x509.Certificate{ca}))
	if err != nil {
		t.Fatalf("%v: %.200s", err, answer)
	}
	if reply.PKIStatus != scep.SUCCESS {
		return nil
	}
	if err := reply.DecryptPKIEnvelope(signer, p.key); err != nil {
		t.Fatal(err)
	}
	return reply.Certificate
}

func (p *phone) selfSigned() *x509.Certificate {
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: p.serial}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, p.key.Public(), p.key)
	if err != nil {
		p.w.t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		p.w.t.Fatal(err)
	}
	return cert
}

// dict is a message of a device.
type dict map[string]any

func (p *phone) checkin(messageType string, more dict) (int, []byte) {
	p.w.t.Helper()
	m := dict{"MessageType": messageType, "UDID": p.udid, "Topic": topic}
	for k, v := range more {
		m[k] = v
	}
	return p.send(m, true)
}

func (p *phone) authenticate() (int, []byte) {
	p.w.t.Helper()
	return p.checkin("Authenticate", dict{"SerialNumber": p.serial, "OSVersion": "26.1", "BuildVersion": "25B78", "ProductName": "Mac14,2", "ModelName": "MacBook Air"})
}

func (p *phone) tokenUpdate(more dict) (int, []byte) {
	p.w.t.Helper()
	m := dict{"Token": []byte("a token of 32 bytes, as seen....")[:32], "PushMagic": "7E1C9B0A-5D42-4F0E-9C11-AA22BB33CC44"}
	for k, v := range more {
		m[k] = v
	}
	return p.checkin("TokenUpdate", m)
}

// report answers a command, or is Idle, and gives the next command; nil when there is none.
func (p *phone) report(status, uuid string, more dict) *nanomdm.Command {
	p.w.t.Helper()
	m := dict{"Status": status, "UDID": p.udid}
	if uuid != "" {
		m["CommandUUID"] = uuid
	}
	for k, v := range more {
		m[k] = v
	}
	code, body := p.send(m, false)
	if code != http.StatusOK {
		p.w.t.Fatalf("%s: %d %s", status, code, body)
	}
	if len(body) == 0 {
		return nil
	}
	c, err := nanomdm.DecodeCommand(body)
	if err != nil {
		p.w.t.Fatal(err)
	}
	return c
}

func (p *phone) send(m dict, checkin bool) (int, []byte) {
	p.w.t.Helper()
	body, err := plist.Marshal(map[string]any(m))
	if err != nil {
		p.w.t.Fatal(err)
	}
	return p.put(body, p.sign(body), checkin)
}

func (p *phone) sign(body []byte) string {
	p.w.t.Helper()
	signed, err := pkcs7.NewSignedData(body)
	if err != nil {
		p.w.t.Fatal(err)
	}
	if err := signed.AddSigner(p.cert, p.key, pkcs7.SignerInfoConfig{}); err != nil {
		p.w.t.Fatal(err)
	}
	signed.Detach()
	der, err := signed.Finish()
	if err != nil {
		p.w.t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

func (p *phone) put(body []byte, signature string, checkin bool) (int, []byte) {
	p.w.t.Helper()
	header := http.Header{"Content-Type": {"application/x-apple-aspen-mdm; charset=UTF-8"}}
	if checkin {
		header.Set("Content-Type", "application/x-apple-aspen-mdm-checkin")
	}
	if signature != "" {
		header.Set("Mdm-Signature", signature)
	}
	return p.w.put(http.DefaultClient, body, header)
}

func (w *world) put(client *http.Client, body []byte, header http.Header) (int, []byte) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPut, w.url+"/mdm", bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header = header
	answer, err := client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	if answer.StatusCode == http.StatusUnauthorized {
		w.t.Error("401: the device would leave")
	}
	return answer.StatusCode, text
}

// enroll goes from the profile to the first TokenUpdate.
func (p *phone) enroll(more dict) {
	p.w.t.Helper()
	p.identify(p.fetch())
	if code, body := p.authenticate(); code != 200 {
		p.w.t.Fatalf("Authenticate: %d %s", code, body)
	}
	if code, body := p.tokenUpdate(more); code != 200 {
		p.w.t.Fatalf("TokenUpdate: %d %s", code, body)
	}
}

func (p *phone) row() *ent.DeviceEnrollment {
	p.w.t.Helper()
	return p.w.db.Reader().DeviceEnrollment.Query().Where(deviceenrollment.DeviceID(p.id)).OnlyX(p.w.t.Context())
}

func (p *phone) expect(status deviceenrollment.Status) {
	p.w.t.Helper()
	if got := p.row().Status; got != status {
		p.w.t.Errorf("the device is %s, not %s", got, status)
	}
}

// history is what happened to the device, oldest first.
func (p *phone) history() (kinds []string) {
	for _, e := range p.w.db.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(p.id)).Order(deviceevent.ByID()).AllX(p.w.t.Context()) {
		kinds = append(kinds, string(e.Kind))
	}
	return kinds
}

func (p *phone) happened(kinds ...string) {
	p.w.t.Helper()
	if got := p.history(); !slices.Equal(got, kinds) {
		p.w.t.Errorf("history: %v, not %v", got, kinds)
	}
}
