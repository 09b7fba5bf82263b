package simabm

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The vectors of Apple's shape, computed independently of this code.
func TestOAuthSignatureVectors(t *testing.T) {
	params := map[string]string{
		"oauth_consumer_key":     "CK_9e8386a714b91afedaacb32aad2047f08993a513fee2c53243a4c9d08ab51af567c71d26e9d27a145cb2f86a597786a0",
		"oauth_nonce":            "f3b2c1d0e9a84756",
		"oauth_signature_method": "HMAC-SHA1",
		"oauth_timestamp":        "1785000123",
		"oauth_token":            "AT_O4203970987Of05fa7f964083179e7a2d0497de9740d3fa08ee3O1785000000000",
		"oauth_version":          "1.0",
	}
	for address, want := range map[string]string{
		"https://mdmenrollment.apple.com/session": "VUxBdS4adqjIpw4/6PUrs3hwljw=",
		"http://127.0.0.1:9443/session":           "RV48Wj+7Rj/RvxvnLq/+s/ltelU=",
	} {
		got := oauthSignature(address, params, "CS_0f1e2d3c4b5a69788796a5b4c3d2e1f001234567", "AS_89abcdef0123456789abcdef0123456789abcdef")
		if got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

func TestSessionRefusals(t *testing.T) {
	w := newWorld(t, Options{})
	for name, tc := range map[string]struct {
		change func(map[string]string)
		status int
		text   string
	}{
		"right":          {func(map[string]string) {}, 200, ""},
		"no nonce":       {func(p map[string]string) { delete(p, "oauth_nonce") }, 400, "parameter_absent"},
		"extra":          {func(p map[string]string) { p["oauth_callback"] = "x" }, 400, "parameter_rejected"},
		"method":         {func(p map[string]string) { p["oauth_signature_method"] = "PLAINTEXT" }, 400, "signature_method_rejected"},
		"version":        {func(p map[string]string) { p["oauth_version"] = "2.0" }, 400, "version_rejected"},
		"no number":      {func(p map[string]string) { p["oauth_timestamp"] = "now" }, 400, "parameter_rejected"},
		"unknown key":    {func(p map[string]string) { p["oauth_consumer_key"] = "CK_0" }, 401, "consumer_key_unknown"},
		"unknown token":  {func(p map[string]string) { p["oauth_token"] = "AT_0" }, 401, "token_rejected"},
		"bad signature":  {func(p map[string]string) { p["oauth_signature"] = "AAAA" }, 401, "signature_invalid"},
		"slow clock":     {func(p map[string]string) { p["oauth_timestamp"] = shifted(w, -5*time.Minute-time.Second) }, 401, "timestamp_refused"},
		"fast clock":     {func(p map[string]string) { p["oauth_timestamp"] = shifted(w, 5*time.Minute+time.Second) }, 401, "timestamp_refused"},
		"slightly wrong": {func(p map[string]string) { p["oauth_timestamp"] = shifted(w, 4*time.Minute) }, 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			params := w.client.oauth()
			tc.change(params)
			r := w.client.do(w.client.sessionRequest(params))
			if r.status != tc.status || !strings.Contains(r.body, tc.text) {
				t.Errorf("got %v, want %d %s", r, tc.status, tc.text)
			}
		})
	}
	t.Run("duplicate", func(t *testing.T) {
		req := w.client.sessionRequest(w.client.oauth())
		req.Header.Set("Authorization", req.Header.Get("Authorization")+`,oauth_version="1.0"`)
		if r := w.client.do(req); r.status != 400 {
			t.Errorf("got %v", r)
		}
	})
	t.Run("no header", func(t *testing.T) {
		if r := w.client.do(w.client.request("GET", "/session", nil)); r.status != 400 {
			t.Errorf("got %v", r)
		}
	})
	t.Run("nonce used twice", func(t *testing.T) {
		params := w.client.oauth()
		if r := w.client.do(w.client.sessionRequest(params)); r.status != 200 {
			t.Fatal(r)
		}
		if r := w.client.do(w.client.sessionRequest(params)); r.status != 401 || !strings.Contains(r.body, "nonce_used") {
			t.Errorf("got %v", r)
		}
	})
}

func shifted(w *world, d time.Duration) string {
	return strconv.FormatInt(w.clock.Now().Add(d).Unix(), 10)
}

func TestNonceMemoryIsBounded(t *testing.T) {
	g := newGate(time.Minute)
	for i := range 3 * maxNonces {
		if !g.firstUse(start, strconv.Itoa(i)) {
			t.Fatalf("nonce %d called used", i)
		}
	}
	if n := len(g.nonces) + len(g.older); n > 2*maxNonces {
		t.Errorf("%d nonces kept", n)
	}
}

// The signature covers the URL the client asked for, also below a prefix that was stripped.
func TestOAuthBelowPrefix(t *testing.T) {
	w := newWorld(t, Options{})
	below := httptest.NewServer(http.StripPrefix("/apple/sim", w.sim.Handler()))
	defer below.Close()
	w.client.base = below.URL + "/apple/sim"
	w.client.http = below.Client()
	w.client.want(200, "", "GET", "/account", nil)
}

func FuzzParseOAuth(f *testing.F) {
	f.Add(`OAuth realm="ADM",oauth_consumer_key="CK",oauth_token="AT",oauth_signature_method="HMAC-SHA1",oauth_signature="x%3D",oauth_timestamp="1",oauth_nonce="2",oauth_version="1.0"`)
	f.Add(`OAuth oauth_nonce="`)
	f.Add(`OAuth =,="",%="%"`)
	f.Add("")
	f.Fuzz(func(t *testing.T, header string) {
		params, problem := parseOAuth(header)
		if problem != nil && problem.status != 400 {
			t.Errorf("a header alone is never more than a bad request: %d", problem.status)
		}
		if problem == nil && len(params) != len(oauthRequired) {
			t.Errorf("accepted with %d parameters", len(params))
		}
	})
}
