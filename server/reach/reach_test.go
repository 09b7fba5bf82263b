package reach_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/reach"
)

func TestReach(t *testing.T) {
	answer := func(status int, body string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for address, why := range map[string]string{
		answer(200, `{"status":"ok","version":"v1"}`): "",
		answer(200, `<html>`):                         "something else than GuardMDM",
		answer(200, `{}`):                             "something else than GuardMDM",
		answer(301, ``):                               "status 301",
		answer(502, `{}`):                             "status 502",
		secure.URL:                                    "certificate",
		gone.URL:                                      "refused",
	} {
		err := reach.NewProber(clockwork.NewFakeClock()).Reach(t.Context(), address)
		if why == "" && err != nil || why != "" && (err == nil || !strings.Contains(err.Error(), why)) {
			t.Errorf("%s: %v, want %q", address, err, why)
		}
	}
}

// However many ask, the address is asked once a minute; another address at once.
func TestReachIsAskedOnceAMinute(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		_, _ = io.WriteString(w, `{"status":"ok","version":"v1"}`)
	}))
	defer server.Close()
	clock := clockwork.NewFakeClock()
	p := reach.NewProber(clock)
	for range 3 {
		if err := p.Reach(t.Context(), server.URL); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	clock.Advance(time.Minute)
	_ = p.Reach(t.Context(), server.URL)
	_ = p.Reach(t.Context(), server.URL+"/x") // refused or not: it is another one
	if asked != 3 {
		t.Errorf("asked %d times after a minute, and for another address", asked)
	}
}
