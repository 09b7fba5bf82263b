package httpd_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/reqid"
)

func TestPanicBecomesAnErrorWithTheRequestID(t *testing.T) {
	var log logBuffer
	h := handler(t, httpd.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))}, httpd.Handlers{
		SPA: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the secret of the fault") }),
	})
	resp := serve(h, httptest.NewRequest("GET", "/", nil))
	wantError(t, resp, 500, "INTERNAL")
	if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Error("the error has no security headers")
	}
	for _, want := range []string{"the secret of the fault", "middleware_test.go", resp.Header.Get("X-Request-Id"), "status=500"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q", want)
		}
	}
}

func TestPanicAfterTheAnswerBeganAbortsTheConnection(t *testing.T) {
	s, _ := start(t, httpd.Config{}, httpd.Handlers{SPA: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half an ")
		_ = http.NewResponseController(w).Flush()
		panic("now")
	})})
	resp, err := http.Get(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.ReadAll(resp.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("reading half an answer: %v, want an unexpected end", err)
	}
}

func TestSecurityHeaders(t *testing.T) {
	proxy := netip.MustParsePrefix("192.0.2.1/32") // httptest's client
	h := handler(t, httpd.Config{TrustedProxies: []netip.Prefix{proxy}}, httpd.Handlers{SPA: text("page")})
	plain := serve(h, httptest.NewRequest("GET", "/", nil))
	if got := plain.Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("HSTS %q over http", got)
	}
	csp := plain.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "connect-src 'self'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("CSP lacks %s: %s", want, csp)
		}
	}
	if strings.Contains(csp, "unsafe") {
		t.Errorf("CSP allows what is unsafe: %s", csp)
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := plain.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("X-Forwarded-Proto", "https")
	if got := serve(h, r).Header.Get("Strict-Transport-Security"); got == "" {
		t.Error("no HSTS over https")
	}
}

func TestCrossOrigin(t *testing.T) {
	h := handler(t, httpd.Config{}, httpd.Handlers{GraphQL: text("done"), SPA: text("page")})
	for name, tt := range map[string]struct {
		method, path string
		header       map[string]string
		status       int
	}{
		"program":             {"POST", "/graphql", nil, 200},
		"own page":            {"POST", "/graphql", map[string]string{"Sec-Fetch-Site": "same-origin"}, 200},
		"own page, old":       {"POST", "/graphql", map[string]string{"Origin": "http://example.com"}, 200},
		"another site":        {"POST", "/graphql", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"another subdomain":   {"POST", "/graphql", map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		"another origin, old": {"POST", "/graphql", map[string]string{"Origin": "https://evil.example"}, 403},
		"link from elsewhere": {"GET", "/", map[string]string{"Sec-Fetch-Site": "cross-site"}, 200},
	} {
		r := httptest.NewRequest(tt.method, tt.path, nil)
		for k, v := range tt.header {
			r.Header.Set(k, v)
		}
		resp := serve(h, r)
		if resp.StatusCode != tt.status {
			t.Errorf("%s: %d, want %d", name, resp.StatusCode, tt.status)
		}
		if tt.status == 403 {
			wantError(t, resp, 403, "FORBIDDEN")
		}
	}
}

func TestRequestID(t *testing.T) {
	proxy := netip.MustParsePrefix("192.0.2.0/24")
	for name, tt := range map[string]struct {
		trusted []netip.Prefix
		given   string
		kept    bool
	}{
		"none given":      {nil, "", false},
		"from a stranger": {nil, "abc", false},
		"from a proxy":    {[]netip.Prefix{proxy}, "abc-1", true},
		"malformed":       {[]netip.Prefix{proxy}, "a b", false},
	} {
		var inContext string
		h := handler(t, httpd.Config{TrustedProxies: tt.trusted}, httpd.Handlers{
			SPA: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { inContext = reqid.From(r.Context()) }),
		})
		r := httptest.NewRequest("GET", "/", nil)
		if tt.given != "" {
			r.Header.Set("X-Request-Id", tt.given)
		}
		answered := serve(h, r).Header.Get("X-Request-Id")
		if answered != inContext || !reqid.Valid(answered) || (answered == tt.given) != tt.kept {
			t.Errorf("%s: %q given, %q in the context, %q answered", name, tt.given, inContext, answered)
		}
	}
}

func TestForwardedHeadersAreBelievedFromTrustedProxiesOnly(t *testing.T) {
	trusted, err := httpd.ParseTrustedProxies("192.0.2.1, 10.0.0.0/8,2001:db8::/32")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		remote string
		header map[string]string
		addr   string
		https  bool
		host   string
	}{
		"direct":              {"203.0.113.9:1", nil, "203.0.113.9", false, "example.com"},
		"stranger's words":    {"203.0.113.9:1", map[string]string{"X-Forwarded-For": "1.1.1.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}, "203.0.113.9", false, "example.com"},
		"one proxy":           {"192.0.2.1:1", map[string]string{"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "mdm.example"}, "198.51.100.7", true, "mdm.example"},
		"two proxies":         {"192.0.2.1:1", map[string]string{"X-Forwarded-For": "198.51.100.7, 10.1.2.3"}, "198.51.100.7", false, "example.com"},
		"client lies":         {"192.0.2.1:1", map[string]string{"X-Forwarded-For": "1.1.1.1, 198.51.100.7"}, "198.51.100.7", false, "example.com"},
		"client lies, hidden": {"192.0.2.1:1", map[string]string{"X-Forwarded-For": "10.0.0.1, 198.51.100.7, 10.1.2.3"}, "198.51.100.7", false, "example.com"},
		"rubbish in the list": {"192.0.2.1:1", map[string]string{"X-Forwarded-For": "unknown, 10.1.2.3"}, "10.1.2.3", false, "example.com"},
		"no list":             {"192.0.2.1:1", nil, "192.0.2.1", false, "example.com"},
		"IPv6 with port":      {"[2001:db8::1]:1", map[string]string{"X-Forwarded-For": "[2001:470::5]:4711"}, "2001:470::5", false, "example.com"},
		"bad host":            {"192.0.2.1:1", map[string]string{"X-Forwarded-Host": "a/b"}, "192.0.2.1", false, "example.com"},
	} {
		var got peer.Peer
		var host string
		h := handler(t, httpd.Config{TrustedProxies: trusted}, httpd.Handlers{
			SPA: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got, host = peer.From(r.Context()), r.Host }),
		})
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = tt.remote
		for k, v := range tt.header {
			r.Header.Set(k, v)
		}
		serve(h, r)
		if got.Addr.String() != tt.addr || got.HTTPS != tt.https || host != tt.host {
			t.Errorf("%s: %v, https %v, host %q; want %s, %v, %q", name, got.Addr, got.HTTPS, host, tt.addr, tt.https, tt.host)
		}
	}
}

func TestParseTrustedProxies(t *testing.T) {
	for list, want := range map[string]int{"": 0, " ": 0, "10.0.0.0/8": 1, "10.1.2.3, ::1 ,": 2} {
		got, err := httpd.ParseTrustedProxies(list)
		if err != nil || len(got) != want {
			t.Errorf("%q: %v, %v", list, got, err)
		}
	}
	for _, list := range []string{"proxy.example", "10.0.0.0/33", "10.0.0.0/8;::1", "fe80::1%eth0"} {
		if _, err := httpd.ParseTrustedProxies(list); err == nil || !strings.Contains(err.Error(), "GUARDMDM_TRUSTED_PROXIES") {
			t.Errorf("%q: %v", list, err)
		}
	}
}

func FuzzForwardedHeaders(f *testing.F) {
	f.Add("198.51.100.7, 10.1.2.3", "https", "mdm.example:8443")
	f.Add("[2001:db8::1]:80,,", "http,https", "[::1]:1")
	f.Add("fe80::1%eth0", "", "a b")
	trusted, err := httpd.ParseTrustedProxies("0.0.0.0/0,::/0")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, list, proto, host string) {
		h := handler(t, httpd.Config{TrustedProxies: trusted}, httpd.Handlers{
			SPA: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				if !peer.From(r.Context()).Addr.IsValid() {
					t.Error("no client address")
				}
				if strings.ContainsAny(r.Host, " /\\@\r\n\"<>") {
					t.Errorf("host %q", r.Host)
				}
			}),
		})
		r := httptest.NewRequest("GET", "/", nil)
		r.Header["X-Forwarded-For"] = []string{list}
		r.Header["X-Forwarded-Proto"] = []string{proto}
		r.Header["X-Forwarded-Host"] = []string{host}
		serve(h, r)
	})
}

func TestAccessLogHoldsTheRouteAndNoSecrets(t *testing.T) {
	var log logBuffer
	h := handler(t, httpd.Config{Logger: slog.New(slog.NewJSONHandler(&log, nil))}, httpd.Handlers{
		Routes: []httpd.Route{{Path: "/enroll/ade/{key}", Methods: []string{"POST"}, Handler: text("hello")}},
	})
	r := httptest.NewRequest("POST", "/enroll/ade/KEY-SECRET?token=QUERY-SECRET", nil)
	r.Header.Set("Authorization", "Bearer HEADER-SECRET")
	serve(h, r)
	if strings.Contains(log.String(), "SECRET") {
		t.Errorf("a secret is in the log: %s", log.String())
	}
	var line struct {
		Method, Route, Client string
		Status, Bytes         int
		RequestID             string `json:"request_id"`
	}
	if err := json.Unmarshal([]byte(log.String()), &line); err != nil {
		t.Fatal(err)
	}
	if line.Method != "POST" || line.Route != "/enroll/ade/{key}" || line.Status != 200 || line.Bytes != 5 ||
		line.Client != "192.0.2.1" || !reqid.Valid(line.RequestID) {
		t.Errorf("logged %+v", line)
	}
}

func TestProbesAreLoggedAtDebugOnly(t *testing.T) {
	var log logBuffer
	h := handler(t, httpd.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))}, httpd.Handlers{})
	serve(h, httptest.NewRequest("GET", "/healthz", nil))
	if log.String() != "" {
		t.Errorf("logged %s", log.String())
	}
}

// chunked hides a body's length.
type chunked struct{ io.Reader }

func TestBodyLimit(t *testing.T) {
	reading := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.Header().Set("Content-Length", "9")
			http.Error(w, "malformed", http.StatusBadRequest)
			return
		}
		_, _ = w.Write(body)
	})
	s, _ := start(t, httpd.Config{}, httpd.Handlers{
		Routes: []httpd.Route{{Path: "/mdm", Methods: []string{"PUT"}, Handler: reading, MaxBody: 10}},
	})
	for name, tt := range map[string]struct {
		body   io.Reader
		status int
	}{
		"fits":              {strings.NewReader("0123456789"), 200},
		"fits, chunked":     {chunked{strings.NewReader("0123456789")}, 200},
		"too large":         {strings.NewReader("0123456789+"), 413},
		"too large chunked": {chunked{strings.NewReader("0123456789+")}, 413},
		"megabytes chunked": {chunked{bytes.NewReader(make([]byte, 4<<20))}, 413},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequest("PUT", s.URL()+"/mdm", tt.body)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if tt.status == 413 {
				wantError(t, resp, 413, "LIMIT_EXCEEDED")
				return
			}
			if body, _ := io.ReadAll(resp.Body); resp.StatusCode != 200 || string(body) != "0123456789" {
				t.Errorf("%d %q", resp.StatusCode, body)
			}
		})
	}
}

func TestWriteErrorShowsNoCause(t *testing.T) {
	for _, err := range []error{
		errors.New("password=SECRET"),
		apperr.Wrap(errors.New("password=SECRET"), apperr.Unavailable, "The database does not answer."),
	} {
		w := httptest.NewRecorder()
		httpd.WriteError(w, httptest.NewRequest("GET", "/", nil), err)
		if strings.Contains(w.Body.String(), "SECRET") {
			t.Errorf("%v: shown as %s", err, w.Body)
		}
		if want := httpd.Status(apperr.CodeOf(err)); w.Code != want {
			t.Errorf("%v: status %d, want %d", err, w.Code, want)
		}
	}
}

func TestWriteErrorSaysWhenToTryAgain(t *testing.T) {
	w := httptest.NewRecorder()
	httpd.WriteError(w, httptest.NewRequest("GET", "/", nil),
		apperr.New(apperr.RateLimited, "Too many requests.").WithRetryAfter(1500e6))
	if w.Code != 429 || w.Header().Get("Retry-After") != "2" || !strings.Contains(w.Body.String(), `"retryAfter":2`) {
		t.Errorf("%d, Retry-After %q: %s", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}
