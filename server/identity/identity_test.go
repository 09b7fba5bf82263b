package identity_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/smallstep/pkcs7"
	"github.com/smallstep/scep"
	"github.com/smallstep/scep/x509util"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a certificate authority behind the real HTTP server, with two devices.
type world struct {
	t       *testing.T
	db      *store.Store
	clock   *clockwork.FakeClock
	service *identity.Service
	url     string
	devices map[string]gid.ID

	mu       sync.Mutex
	codes    []string // of requests, as the observer heard them
	refusals []identity.Refusal
}

func newWorld(t *testing.T, db *store.Store) *world {
	// Certificates are checked by the libraries' clock, which is the real one.
	w := &world{t: t, db: db, clock: clockwork.NewFakeClockAt(time.Now().UTC().Truncate(time.Second)), devices: map[string]gid.ID{}}
	now := w.clock.Now()
	token := db.Ent().ABMToken.Create().SetName("token").SetOrgName("Example Org").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(t.Context())
	for _, serial := range []string{"C02SIM0001AA", "C02SIM0002BB"} {
		w.devices[serial] = db.Ent().Device.Create().SetSerialNumber(serial).SetAbmTokenID(token.ID).SetPlatform(device.PlatformMacOS).
			SetAddedAt(now).SetChangedAt(now).SaveX(t.Context()).ID
	}
	if err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token.ID, now) }); err != nil {
		t.Fatal(err)
	}
	w.service = w.replica()
	w.url = serve(t, w.service.Routes())
	return w
}

// replica is a service of another process.
func (w *world) replica() *identity.Service {
	box, err := secret.EnsureKey(w.t.Context(), w.db, filepath.Join(dirOf(w.t), "secret.key"), true)
	if err != nil {
		w.t.Fatal(err)
	}
	return identity.New(identity.Options{Store: w.db, Box: box, Observer: w, Clock: w.clock, Logger: slog.New(slog.DiscardHandler),
		Refused: func(_ context.Context, r identity.Refusal) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.refusals = append(w.refusals, r)
		}})
}

var dirs sync.Map

func dirOf(t *testing.T) string {
	dir, _ := dirs.LoadOrStore(t, t.TempDir())
	return dir.(string)
}

// SCEPRequest implements identity.Observer.
func (w *world) SCEPRequest(operation string, code apperr.Code) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if operation == "GetCACert" || operation == "GetCACaps" {
		return
	}
	w.codes = append(w.codes, operation+" "+string(code))
}

func (w *world) last() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.codes) == 0 {
		return ""
	}
	return w.codes[len(w.codes)-1]
}

// serve starts the real server, with its limits.
func serve(t *testing.T, list []httpd.Route) (address string) {
	s, err := httpd.New(httpd.Config{Listen: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)}, httpd.Handlers{Routes: list})
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

func (w *world) challenge(serial, udid string) string {
	w.t.Helper()
	var password string
	err := w.db.WithTx(w.t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		password, err = w.service.Challenge(ctx, tx, w.devices[serial], udid)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return password
}

// request is what a device asks for an identity with.
type request struct {
	cn, challenge string
	key           crypto.Signer // of the identity; RSA with 2048 bits when nil
	signer        *x509.Certificate
	signerKey     crypto.Signer // self-signed with the key when nil
	kind          scep.MessageType
}

var deviceKey = sync.OnceValue(func() *rsa.PrivateKey { return newRSA(2048) })

func newRSA(bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return key
}

// message is the request as it is sent, and what opens the answer.
func (w *world) message(r request) (raw []byte, signer *x509.Certificate, key crypto.Signer) {
	w.t.Helper()
	if r.key == nil {
		r.key = deviceKey()
	}
	if r.signer == nil {
		r.signerKey = r.key
		template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: r.cn}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
		der, err := x509.CreateCertificate(rand.Reader, template, template, r.key.Public(), r.key)
		if err != nil {
			w.t.Fatal(err)
		}
		if r.signer, err = x509.ParseCertificate(der); err != nil {
			w.t.Fatal(err)
		}
	}
	if r.kind == "" {
		r.kind = scep.PKCSReq
	}
	der, err := x509util.CreateCertificateRequest(rand.Reader, &x509util.CertificateRequest{
		CertificateRequest: x509.CertificateRequest{Subject: pkix.Name{CommonName: r.cn, Organization: []string{"Device Org"}}},
		ChallengePassword:  r.challenge,
	}, r.key)
	if err != nil {
		w.t.Fatal(err)
	}
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil {
		w.t.Fatal(err)
	}
	m, err := scep.NewCSRRequest(csr, &scep.PKIMessage{MessageType: r.kind, Recipients: []*x509.Certificate{w.ca()}, SignerCert: r.signer, SignerKey: r.signerKey})
	if err != nil {
		w.t.Fatal(err)
	}
	return m.Raw, r.signer, r.signerKey
}

func (w *world) ca() *x509.Certificate {
	w.t.Helper()
	_, body := w.get("operation=GetCACert")
	cert, err := x509.ParseCertificate(body)
	if err != nil {
		w.t.Fatal(err)
	}
	return cert
}

func (w *world) get(query string) (int, []byte) {
	w.t.Helper()
	return read(w.t)(http.Get(w.url + "/scep?" + query))
}

func (w *world) post(message []byte) (int, []byte) {
	w.t.Helper()
	return read(w.t)(http.Post(w.url+"/scep?operation=PKIOperation", "application/x-pki-message", bytes.NewReader(message)))
}

func read(t *testing.T) func(*http.Response, error) (int, []byte) {
	t.Helper()
	return func(r *http.Response, err error) (int, []byte) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, body
	}
}

// enroll sends a request and opens the answer as the device does; the certificate is nil when it is refused.
func (w *world) enroll(r request) *x509.Certificate {
	w.t.Helper()
	raw, signer, key := w.message(r)
	status, answer := w.post(raw)
	if status != http.StatusOK {
		return nil
	}
	return w.open(answer, signer, key)
}

func (w *world) open(answer []byte, signer *x509.Certificate, key crypto.Signer) *x509.Certificate {
	w.t.Helper()
	m, err := scep.ParsePKIMessage(answer, scep.WithCACerts([]*x509.Certificate{w.ca()}))
	if err != nil {
		w.t.Fatalf("%v: %.200q", err, answer)
	}
	if m.PKIStatus != scep.SUCCESS {
		return nil
	}
	if err := m.DecryptPKIEnvelope(signer, key); err != nil {
		w.t.Fatal(err)
	}
	return m.Certificate
}

func (w *world) issued() int { return w.db.Reader().IdentityCertificate.Query().CountX(w.t.Context()) }

const (
	serial, other = "C02SIM0001AA", "C02SIM0002BB"
	udid          = "00008112-000C5D6E7F809A1B"
)

func TestDeviceGetsAnIdentity(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		if status, caps := w.get("operation=GetCACaps"); status != 200 || !strings.Contains(string(caps), "POSTPKIOperation") || !strings.Contains(string(caps), "Renewal") {
			t.Fatalf("%d %q", status, caps)
		}
		cert := w.enroll(request{cn: serial, challenge: w.challenge(serial, udid)})
		if cert == nil {
			t.Fatalf("refused: %s", w.last())
		}
		if err := cert.CheckSignatureFrom(w.ca()); err != nil {
			t.Error(err)
		}
		if cert.Subject.CommonName != serial || cert.Subject.Organization[0] != "Example Org" || cert.SerialNumber.BitLen() < 64 || !cert.NotAfter.After(w.clock.Now().Add(300*24*time.Hour)) {
			t.Errorf("issued: %s, serial number %s, until %s", cert.Subject, cert.SerialNumber, cert.NotAfter)
		}
		h, err := w.service.Verify(t.Context(), cert)
		if err != nil || h.Device != w.devices[serial] || h.UDID != udid || h.Renews != "" {
			t.Errorf("%+v, %v", h, err)
		}
		w.clock.Advance(2 * 365 * 24 * time.Hour)
		if _, err := w.service.Verify(t.Context(), cert); err != nil {
			t.Errorf("an expired identity: %v", err) // field notes: it has to be told to renew
		}

		// By GET too, and through another replica, which has the same authority.
		raw, signer, key := w.message(request{cn: serial, challenge: w.challenge(serial, udid)})
		status, answer := w.get("operation=PKIOperation&message=" + url.QueryEscape(base64.StdEncoding.EncodeToString(raw)))
		if status != 200 || w.open(answer, signer, key) == nil {
			t.Errorf("by GET: %d, %s", status, w.last())
		}
		elsewhere, err := w.replica().CACertificate(t.Context())
		if err != nil || !elsewhere.Equal(w.ca()) {
			t.Errorf("another replica has another authority: %v", err)
		}
		row := db.Reader().IdentityCA.Query().OnlyX(t.Context())
		if _, err := x509.ParsePKCS8PrivateKey(row.SealedKey); err == nil {
			t.Error("the authority's key is not sealed")
		}
	})
}

// Replicas that start together make one authority.
func TestOneAuthority(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		if list, err := w.service.Authorities(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("looking for authorities: %d, %v", len(list), err)
		}
		var wg sync.WaitGroup
		for range 4 {
			replica := w.replica()
			wg.Go(func() {
				if _, err := replica.CACertificate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := db.Reader().IdentityCA.Query().CountX(t.Context()); n != 1 {
			t.Errorf("%d authorities", n)
		}
		if list, err := w.service.Authorities(t.Context()); err != nil || len(list) != 1 || !list[0].Equal(w.ca()) {
			t.Errorf("the authorities are %v: %v", list, err)
		}
	})
}

// Field notes 26: a challenge is for one device, for an hour, and once.
func TestFieldNote26Challenges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		refused := func(name string, r request, code apperr.Code) {
			t.Helper()
			before := w.issued()
			if w.enroll(r) != nil || w.last() != "PKIOperation "+string(code) || w.issued() != before {
				t.Errorf("%s: %s, %d identities more", name, w.last(), w.issued()-before)
			}
		}
		used := w.challenge(serial, udid)
		if w.enroll(request{cn: serial, challenge: used}) == nil {
			t.Fatal(w.last())
		}
		refused("reused", request{cn: serial, challenge: used}, identity.ChallengeUsed)
		refused("of another serial number", request{cn: other, challenge: w.challenge(serial, udid)}, identity.ChallengeForOther)
		refused("made up", request{cn: serial, challenge: "secret"}, identity.ChallengeUnknown)
		refused("none", request{cn: serial}, identity.ChallengeUnknown)
		late := w.challenge(serial, udid)
		w.clock.Advance(time.Hour)
		refused("expired", request{cn: serial, challenge: late}, identity.ChallengeExpired)
		if got := w.refusals[len(w.refusals)-1]; got.Device != w.devices[serial] || got.UDID != udid || got.Code != identity.ChallengeExpired {
			t.Errorf("remembered: %+v", got)
		}
		if err := w.service.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(25 * time.Hour)
		if err := w.service.Sweep(t.Context()); err != nil || db.Reader().SCEPChallenge.Query().CountX(t.Context()) != 0 {
			t.Errorf("challenges are left: %v", err)
		}
	})
}

// Of requests with the same challenge at the same moment one gets an identity.
func TestChallengeIsUsedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		password := w.challenge(serial, udid)
		var wg sync.WaitGroup
		for range 4 {
			raw, _, _ := w.message(request{cn: serial, challenge: password})
			wg.Go(func() {
				r, err := http.Post(w.url+"/scep?operation=PKIOperation", "", bytes.NewReader(raw))
				if err != nil {
					t.Error(err)
					return
				}
				r.Body.Close()
			})
		}
		wg.Wait()
		if n := w.issued(); n != 1 {
			t.Errorf("%d identities", n)
		}
	})
}

func TestWeakKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		small, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		signer := request{cn: serial}
		_, cert, key := w.message(signer)
		for name, weak := range map[string]crypto.Signer{"RSA 1024": newRSA(1024), "P-224": small} {
			challenge := w.challenge(serial, udid)
			if w.enroll(request{cn: serial, challenge: challenge, key: weak, signer: cert, signerKey: key}) != nil || w.last() != "PKIOperation "+string(identity.WeakKey) {
				t.Errorf("%s: %s", name, w.last())
			}
			if w.enroll(request{cn: serial, challenge: challenge, key: deviceKey()}) == nil {
				t.Errorf("%s used the challenge up: %s", name, w.last())
			}
		}
		if w.enroll(request{cn: serial, challenge: w.challenge(serial, udid), key: newRSA(1024)}) != nil || w.last() != "PKIOperation "+string(identity.WeakKey) {
			t.Errorf("signed by a weak key: %s", w.last())
		}
		strong, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if w.enroll(request{cn: serial, challenge: w.challenge(serial, udid), key: strong, signer: cert, signerKey: key}) == nil {
			t.Errorf("P-256: %s", w.last())
		}
	})
}

func TestRenewal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		cert := w.enroll(request{cn: serial, challenge: w.challenge(serial, udid)})
		renewed := w.enroll(request{cn: serial, kind: scep.RenewalReq, key: newRSA(2048), signer: cert, signerKey: deviceKey()})
		if renewed == nil {
			t.Fatal(w.last())
		}
		first, err := w.service.Verify(t.Context(), cert)
		if err != nil {
			t.Fatal(err)
		}
		h, err := w.service.Verify(t.Context(), renewed)
		if err != nil || h.Renews != first.Fingerprint || h.UDID != udid || h.Device != first.Device {
			t.Errorf("%+v, %v", h, err)
		}
		if w.enroll(request{cn: other, kind: scep.RenewalReq, signer: cert, signerKey: deviceKey()}) != nil {
			t.Error("an identity renewed itself as another device's")
		}
		if w.enroll(request{cn: serial, kind: scep.RenewalReq}) != nil || w.last() != "PKIOperation "+string(identity.ChallengeUnknown) {
			t.Errorf("renewed by a stranger: %s", w.last())
		}
		err = db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return w.service.RevokeOthers(ctx, tx, h.Device, h.Fingerprint, "renewed")
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.Verify(t.Context(), cert); !apperr.Is(err, identity.IdentityRevoked) {
			t.Errorf("revoked: %v", err)
		}
		if w.enroll(request{cn: serial, kind: scep.RenewalReq, signer: cert, signerKey: deviceKey()}) != nil || w.last() != "PKIOperation "+string(identity.IdentityRevoked) {
			t.Errorf("a revoked one renewed itself: %s", w.last())
		}
	})
}

func TestOtherMessagesAreRefused(t *testing.T) {
	db := dbtest.Open(t, "sqlite")
	w := newWorld(t, db)
	good, _, _ := w.message(request{cn: serial, challenge: w.challenge(serial, udid)})
	tampered := bytes.Clone(good)
	tampered[len(tampered)-3] ^= 1
	for name, message := range map[string][]byte{
		"empty": {}, "text": []byte("hello"), "cut off": good[:len(good)/2], "more than a message": append(bytes.Clone(good), 0),
		"nested": bytes.Repeat([]byte{0x30, 0x80}, 20_000), "tampered with": tampered,
	} {
		if status, _ := w.post(message); status != http.StatusBadRequest || w.last() != "PKIOperation "+string(identity.Malformed) {
			t.Errorf("%s: %d, %s", name, status, w.last())
		}
	}
	if status, _ := w.post(make([]byte, 50<<20)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("50 MB: %d", status)
	}
	for _, query := range []string{"", "operation=GetCRL", "operation=PKIOperation", "operation=PKIOperation&message=%%%"} {
		if status, _ := w.get(query); status != http.StatusBadRequest {
			t.Errorf("%q: %d", query, status)
		}
	}
	if n := w.issued(); n != 0 {
		t.Errorf("%d identities", n)
	}
}

// A body that does not come is given up on, and costs no goroutine.
func TestCutOffBodyIsRefused(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST /scep?operation=PKIOperation HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, conn)
	conn.Close()
	if n := w.issued(); n != 0 || w.last() == "PKIOperation " {
		t.Errorf("%d identities, %s", n, w.last())
	}
}

func FuzzVerifySignature(f *testing.F) {
	key := newRSA(2048)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: serial}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		f.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		f.Fatal(err)
	}
	body := []byte("<plist/>")
	signed, err := pkcs7.NewSignedData(body)
	if err != nil {
		f.Fatal(err)
	}
	if err := signed.AddSigner(cert, key, pkcs7.SignerInfoConfig{}); err != nil {
		f.Fatal(err)
	}
	signed.Detach()
	signature, err := signed.Finish()
	if err != nil {
		f.Fatal(err)
	}
	if got, err := identity.VerifySignature(base64.StdEncoding.EncodeToString(signature), body); err != nil || !got.Equal(cert) {
		f.Fatal(err)
	}
	f.Add(signature)
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := identity.VerifySignature(base64.StdEncoding.EncodeToString(b), body)
		if (got == nil) != (err != nil) {
			t.Errorf("%v and %v", got, err)
		}
		if got, err := identity.VerifySignature(base64.StdEncoding.EncodeToString(b), []byte("another")); err == nil {
			t.Errorf("a signature of another message by %s", got.Subject)
		}
	})
}
