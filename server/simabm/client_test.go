package simabm

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var start = time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)

// keyPair is made once: RSA keys are slow to make.
var keyPair = sync.OnceValues(func() (*rsa.PrivateKey, []byte) { return newKeyPair(1) })

func newKeyPair(serial int64) (*rsa.PrivateKey, []byte) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial << 40),
		Subject:      pkix.Name{CommonName: "adetok-lab"},
		NotBefore:    start,
		NotAfter:     start.Add(24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	return key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// world is a simulator behind a real server, with one MDM server and a client of it.
type world struct {
	t      testing.TB
	sim    *Simulator
	clock  *clockwork.FakeClock
	web    *httptest.Server
	server *Server
	client *client
}

func newWorld(t testing.TB, o Options) *world {
	t.Helper()
	clock := clockwork.NewFakeClockAt(start)
	if o.Clock == nil {
		o.Clock = clock
	}
	sim, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(sim.Handler())
	t.Cleanup(web.Close)
	_, cert := keyPair()
	sv, err := sim.AddServer("adetok lab", cert)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, sim: sim, clock: clock, web: web, server: sv}
	w.client = w.newClient(sv)
	return w
}

func (w *world) newClient(sv *Server) *client {
	w.t.Helper()
	if _, _, err := sv.DownloadToken(); err != nil {
		w.t.Fatal(err)
	}
	c := &client{t: w.t, base: w.web.URL, http: w.web.Client(), now: w.sim.clock.Now, version: "10", agent: "adetok/1.0"}
	c.creds = *sv.creds
	return c
}

// client is the smallest client that can follow the protocol.
type client struct {
	t       testing.TB
	base    string
	http    *http.Client
	now     func() time.Time
	creds   credentials
	version string
	agent   string
	session string
	nonce   int
}

type response struct {
	status int
	header http.Header
	body   string
	err    error
}

func (r response) String() string { return fmt.Sprintf("%d %.200s %v", r.status, r.body, r.err) }

func (c *client) do(req *http.Request) response {
	c.t.Helper()
	req.Header.Set("User-Agent", c.agent)
	if c.version != "" {
		req.Header.Set("X-Server-Protocol-Version", c.version)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return response{err: err}
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	return response{res.StatusCode, res.Header, string(body), err}
}

// oauth returns the parameters of a right request.
func (c *client) oauth() map[string]string {
	c.nonce++
	return map[string]string{
		"oauth_consumer_key":     c.creds.ConsumerKey,
		"oauth_token":            c.creds.AccessToken,
		"oauth_signature_method": "HMAC-SHA1",
		"oauth_timestamp":        strconv.FormatInt(c.now().Unix(), 10),
		"oauth_nonce":            "n" + strconv.Itoa(c.nonce),
		"oauth_version":          "1.0",
	}
}

func (c *client) sessionRequest(params map[string]string) *http.Request {
	if params["oauth_signature"] == "" {
		params["oauth_signature"] = oauthSignature(c.base+"/session", params, c.creds.ConsumerSecret, c.creds.AccessSecret)
	}
	parts := []string{`realm="ADM"`}
	for k, v := range params {
		parts = append(parts, fmt.Sprintf("%s=%q", k, percent(v)))
	}
	req := c.request("GET", "/session", nil)
	req.Header.Set("Authorization", "OAuth "+strings.Join(parts, ","))
	return req
}

func (c *client) request(method, path string, body any) *http.Request {
	c.t.Helper()
	var b []byte
	if body != nil {
		var err error
		if b, err = json.Marshal(body); err != nil {
			c.t.Fatal(err)
		}
	}
	req, err := http.NewRequest(method, c.base+path, bytes.NewReader(b))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json;charset=UTF8")
	return req
}

func (c *client) signIn() response {
	c.t.Helper()
	r := c.do(c.sessionRequest(c.oauth()))
	if r.status == http.StatusOK {
		var out struct {
			Token string `json:"auth_session_token"`
		}
		if err := json.Unmarshal([]byte(r.body), &out); err != nil || out.Token == "" {
			c.t.Fatalf("session: %v", r)
		}
		c.session = out.Token
	}
	return r
}

// call makes one call in the present session, opening one if there is none.
func (c *client) call(method, path string, body any) response {
	c.t.Helper()
	if c.session == "" {
		if r := c.signIn(); r.status != http.StatusOK {
			return r
		}
	}
	req := c.request(method, path, body)
	req.Header.Set("X-ADM-Auth-Session", c.session)
	r := c.do(req)
	if fresh := r.header.Get("X-ADM-Auth-Session"); fresh != "" {
		c.session = fresh
	}
	return r
}

// want makes a call and fails unless it answers so.
func (c *client) want(status int, text, method, path string, body any) response {
	c.t.Helper()
	r := c.call(method, path, body)
	if r.err != nil || r.status != status || text != "" && r.body != text {
		c.t.Fatalf("%s %s: got %v, want %d %s", method, path, r, status, text)
	}
	return r
}

type pageAnswer struct {
	Devices      []Device  `json:"devices"`
	Cursor       string    `json:"cursor"`
	MoreToFollow bool      `json:"more_to_follow"`
	FetchedUntil time.Time `json:"fetched_until"`
}

func (c *client) page(path, cursor string, limit int) pageAnswer {
	c.t.Helper()
	body := map[string]any{"limit": limit}
	if cursor != "" {
		body["cursor"] = cursor
	}
	r := c.want(http.StatusOK, "", "POST", path, body)
	return decodePage(c.t, r)
}

func decodePage(t testing.TB, r response) pageAnswer {
	t.Helper()
	var p pageAnswer
	if err := json.Unmarshal([]byte(r.body), &p); err != nil {
		t.Fatalf("page: %v in %v", err, r)
	}
	return p
}

const (
	fetchPath = "/server/devices"
	syncPath  = "/devices/sync"
)

// mirror is a client's copy of the inventory, kept by Apple's rules.
type mirror struct {
	devices map[string]Device
	last    map[string]time.Time
}

func newMirror() *mirror { return &mirror{map[string]Device{}, map[string]time.Time{}} }

// apply folds a page in: the greatest op_date of a serial number wins, then the later position, then a deletion.
func (m *mirror) apply(page []Device) {
	for _, d := range page {
		if d.OpDate.Before(m.last[d.SerialNumber]) {
			continue
		}
		m.last[d.SerialNumber] = d.OpDate
		if d.OpType == "deleted" {
			delete(m.devices, d.SerialNumber)
			continue
		}
		d.OpType, d.OpDate = "", time.Time{}
		m.devices[d.SerialNumber] = d
	}
}

func (m *mirror) list() []Device {
	out := make([]Device, 0, len(m.devices))
	for _, d := range m.devices {
		out = append(out, d)
	}
	sortBySerial(out)
	return out
}
