package httpd_test

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/server/httpd"
)

func TestRouting(t *testing.T) {
	h := handler(t, httpd.Config{}, httpd.Handlers{
		GraphQL: text("graphql"),
		SPA:     text("page"),
		Routes: []httpd.Route{
			{Path: "/enroll/ade/{key}", Methods: []string{"GET", "POST"}, Handler: text("enroll")},
			{Path: "/scep", Methods: []string{"GET", "POST"}, Handler: text("scep")},
		},
	})
	for _, tt := range []struct {
		method, path string
		status       int
		body         string // "" for an error in JSON
		allow        string
	}{
		{"GET", "/", 200, "page", ""},
		{"HEAD", "/devices", 200, "page", ""},
		{"GET", "/devices/C02X", 200, "page", ""},
		{"POST", "/devices", 405, "", "GET, HEAD"},
		{"POST", "/graphql", 200, "graphql", ""},
		{"DELETE", "/graphql", 405, "", "GET, HEAD, POST"},
		{"GET", "/graphql/", 404, "", ""},
		{"POST", "/enroll/ade/k", 200, "enroll", ""},
		{"GET", "/enroll", 404, "", ""},
		{"GET", "/enroll/other", 404, "", ""},
		{"GET", "/scep", 200, "scep", ""},
		{"GET", "/mdm", 404, "", ""},
		{"PUT", "/mdm", 404, "", ""},
		{"GET", "/export/devices.csv", 404, "", ""},
		{"POST", "/import/serials", 404, "", ""},
		{"GET", "/healthz/x", 404, "", ""},
		{"POST", "/readyz", 405, "", "GET, HEAD"},
	} {
		resp := serve(h, httptest.NewRequest(tt.method, tt.path, nil))
		if resp.StatusCode != tt.status || resp.Header.Get("Allow") != tt.allow {
			t.Errorf("%s %s: %d, Allow %q; want %d, %q", tt.method, tt.path, resp.StatusCode, resp.Header.Get("Allow"), tt.status, tt.allow)
		}
		if tt.body == "" {
			wantError(t, resp, tt.status, map[int]string{404: "NOT_FOUND", 405: "BAD_USER_INPUT"}[tt.status])
			continue
		}
		if body, _ := io.ReadAll(resp.Body); string(body) != tt.body {
			t.Errorf("%s %s: %q", tt.method, tt.path, body)
		}
	}
}

func TestGraphQLKind(t *testing.T) {
	for name, tt := range map[string]struct {
		method, header, value string
		want                  httpd.Kind
	}{
		"query":        {"POST", "Accept", "application/json", httpd.Short},
		"sse":          {"POST", "Accept", "text/event-stream", httpd.Endless},
		"sse and json": {"POST", "Accept", "application/json;q=0.5, text/event-stream; charset=utf-8", httpd.Short},
		"websocket":    {"GET", "Upgrade", "WebSocket", httpd.Endless},
		"not one":      {"POST", "Upgrade", "websocket", httpd.Short},
		"odd":          {"POST", "Accept", ";;,text/", httpd.Short},
	} {
		r := httptest.NewRequest(tt.method, "/graphql", strings.NewReader("{}"))
		r.Header.Set(tt.header, tt.value)
		if got := httpd.GraphQLKind(r); got != tt.want {
			t.Errorf("%s: kind %v, want %v", name, got, tt.want)
		}
	}
}

func TestNewNamesTheSettingAtFault(t *testing.T) {
	for _, cfg := range []httpd.Config{
		{TLSCertFile: "cert.pem"},
		{TLSKeyFile: "key.pem"},
		{TLSCertFile: "absent.pem", TLSKeyFile: "absent.key"},
	} {
		_, err := httpd.New(cfg, httpd.Handlers{})
		if err == nil || !strings.Contains(err.Error(), "GUARDMDM_TLS_CERT_FILE") {
			t.Errorf("%+v: %v", cfg, err)
		}
	}
}

func TestListenNamesTheSettingAtFault(t *testing.T) {
	for _, cfg := range []struct {
		httpd.Config
		want string
	}{
		{httpd.Config{Listen: "127.0.0.1:99999"}, "GUARDMDM_LISTEN=127.0.0.1:99999"},
		{httpd.Config{Listen: "127.0.0.1:0", OpsListen: "nowhere"}, "GUARDMDM_OPS_LISTEN=nowhere"},
	} {
		s, err := httpd.New(cfg.Config, httpd.Handlers{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(t.Context()); err == nil || !strings.Contains(err.Error(), cfg.want) {
			t.Errorf("Run: %v, want it to name %s", err, cfg.want)
		}
	}
}
