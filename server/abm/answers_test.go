package abm_test

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// answering opens sessions, and answers everything else with h.
func answering(t *testing.T, h http.HandlerFunc, change ...func(*abm.Config)) (*apple, *abm.Token) {
	t.Helper()
	a := handler(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/session" {
			_, _ = w.Write([]byte(`{"auth_session_token":"session-hush"}`))
			return
		}
		h(w, r)
	}, change...)
	return a, a.client.Token("t1", abm.Credentials{ConsumerKey: "CK-hush", ConsumerSecret: "CS-hush", AccessToken: "AT-hush", AccessSecret: "AS-hush"})
}

const goodPage = `{"devices":[{"serial_number":"A"}],"cursor":"C","more_to_follow":false}`

func TestRequestHeaders(t *testing.T) {
	a, token := answering(t, func(w http.ResponseWriter, r *http.Request) {
		for name, want := range map[string]string{
			"User-Agent": "GuardMDM/test", "X-Server-Protocol-Version": "10", "X-Adm-Auth-Session": "session-hush",
			"Content-Type": "application/json;charset=UTF8", "Authorization": "",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		_, _ = w.Write([]byte(goodPage))
	})
	if _, err := token.FetchDevices(t.Context(), "", 10); err != nil {
		t.Fatal(err)
	}
	if n := len(a.seen()); n != 2 {
		t.Errorf("%d requests", n)
	}
}

func TestUnknownAnswers(t *testing.T) {
	for _, tt := range []struct {
		status   int
		body     string
		code     apperr.Code
		shows    string
		requests int
	}{
		{400, "MALFORMED_REQUEST_BODY", apperr.AppleMalformed, "400 MALFORMED_REQUEST_BODY", 1},
		{400, "USER_AGENT_INVALID", apperr.AppleMalformed, "user agent", 1},
		{400, `{"code":"EXPIRED_CURSOR"}`, apperr.AppleCursorExpired, "EXPIRED_CURSOR", 1},
		{403, ` "T_C_NOT_SIGNED" `, apperr.AppleTerms, "T_C_NOT_SIGNED", 1},
		{403, "<html>403 FORBIDDEN</html>", apperr.AppleMalformed, "(403)", 1}, // a proxy, not Apple
		{404, "nothing here", apperr.AppleMalformed, "404", 1},
		{405, "", apperr.AppleMalformed, "405", 1},
		{418, strings.Repeat("x", 1<<20), apperr.AppleMalformed, "418", 1},
		{204, "", apperr.AppleMalformed, "204", 1},
		{408, "", apperr.AppleUnavailable, "408", 5},
		{502, "<html>Bad Gateway</html>", apperr.AppleUnavailable, "502", 5},
		{429, "TOO_MANY_REQUESTS", apperr.AppleThrottled, "TOO_MANY_REQUESTS", 5},
		{200, "", apperr.AppleMalformed, "not what Apple documents", 5},
		{200, "<html>Sign in</html>", apperr.AppleMalformed, "web page", 5},
		{200, `{"devices":[]}`, apperr.AppleMalformed, "not what Apple documents", 5},
	} {
		t.Run(fmt.Sprintf("%d %.20s", tt.status, tt.body), func(t *testing.T) {
			requests := 0
			_, token := answering(t, func(w http.ResponseWriter, r *http.Request) {
				requests++
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.body))
			})
			_, err := token.SyncDevices(t.Context(), "C", 10)
			e := apperr.As(err)
			if e == nil || e.Code != tt.code || !strings.Contains(e.Message, tt.shows) || e.Hint == "" {
				t.Fatalf("got %v", err)
			}
			if requests != tt.requests {
				t.Errorf("%d requests, want %d", requests, tt.requests)
			}
			var answer *abm.AnswerError
			if got := errors.As(err, &answer); got != (tt.status != 200) {
				t.Errorf("cause %v", e.Err)
			} else if got && (answer.Status != tt.status || len(answer.Body) > 1024) {
				t.Errorf("cause with %d and %d bytes", answer.Status, len(answer.Body))
			}
		})
	}
}

// What /session answers is about the server token, unless it is about something else.
func TestSessionAnswers(t *testing.T) {
	for _, tt := range []struct {
		status int
		body   string
		code   apperr.Code
	}{
		{400, "oauth_problem=parameter_absent", apperr.AppleRejected},
		{400, "USER_AGENT_MISSING", apperr.AppleMalformed},
		{400, "<html>The plain HTTP request was sent to HTTPS port</html>", apperr.AppleMalformed},
		{401, "", apperr.AppleRejected},
		{401, "oauth_problem=token_expired", apperr.AppleRejected},
		{403, "FORBIDDEN", apperr.AppleRejected},
		{403, "signature_invalid", apperr.AppleRejected},
		{403, "ACCESS_DENIED", apperr.AppleDenied},
		{403, "T_C_NOT_SIGNED", apperr.AppleTerms},
		{403, "<html>Forbidden</html>", apperr.AppleMalformed},
		{503, "", apperr.AppleUnavailable},
		{200, `{}`, apperr.AppleMalformed},
	} {
		a := handler(t, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(tt.status)
			_, _ = w.Write([]byte(tt.body))
		})
		if _, err := a.client.Token("t1", abm.Credentials{}).Account(t.Context()); !apperr.Is(err, tt.code) {
			t.Errorf("%d %s: %v", tt.status, tt.body, err)
		}
	}
}

// A redirect would carry the session to wherever it leads.
func TestRedirectsAreNotFollowed(t *testing.T) {
	stranger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("followed") }))
	defer stranger.Close()
	for _, status := range []int{301, 302, 307, 308} {
		_, token := answering(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, stranger.URL+"/catch?secret=1", status)
		})
		_, err := token.FetchDevices(t.Context(), "", 10)
		e := apperr.As(err)
		host, _ := url.Parse(stranger.URL)
		if e == nil || e.Code != apperr.AppleMalformed || !strings.Contains(e.Message, host.Host) || strings.Contains(e.Message, "catch") {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestGzip(t *testing.T) {
	_, token := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Error("gzip is not asked for")
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		_, _ = z.Write([]byte(goodPage))
	})
	page, err := token.FetchDevices(t.Context(), "", 10)
	if err != nil || len(page.Devices) != 1 || page.Bytes != int64(len(goodPage)) {
		t.Errorf("%+v, %v", page, err)
	}
}

// Also a small compressed body can be a large one.
func TestAnswersAreBounded(t *testing.T) {
	a, token := answering(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		for range 40 {
			if _, err := z.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	_, err := token.Account(t.Context())
	if e := apperr.As(err); e == nil || e.Code != apperr.AppleMalformed || !strings.Contains(e.Message, "32 MiB") {
		t.Errorf("got %v", err)
	}
	if last := a.seen()[len(a.seen())-1]; last.Attempt != 1 || last.Bytes > 33<<20 {
		t.Errorf("%+v", last)
	}
}

func TestNoOneThere(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	web.Close()
	a := handler(t, http.NotFound, func(c *abm.Config) { c.BaseURL = web.URL; c.MaxAttempts = 3 })
	_, err := a.client.Token("t1", abm.Credentials{}).Account(t.Context())
	if e := apperr.As(err); e == nil || e.Code != apperr.AppleUnavailable || !strings.Contains(e.Message, "refuses connections") {
		t.Errorf("got %v", err)
	}
	if n := len(a.seen()); n != 3 {
		t.Errorf("%d attempts", n)
	}
}

func TestUntrustedCertificate(t *testing.T) {
	web := httptest.NewTLSServer(http.NotFoundHandler())
	defer web.Close()
	web.Config.ErrorLog = nil
	a := handler(t, http.NotFound, func(c *abm.Config) { c.BaseURL = web.URL })
	_, err := a.client.Token("t1", abm.Credentials{}).Account(t.Context())
	if e := apperr.As(err); e == nil || e.Code != apperr.AppleUnavailable || !strings.Contains(e.Message, "certificate") {
		t.Errorf("got %v", err)
	}
	if n := len(a.seen()); n != 1 {
		t.Errorf("%d attempts", n)
	}
}

func TestTimeout(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"no answer": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then the server notices that the client has gone
			<-r.Context().Done()
		},
		"no end": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			_, _ = w.Write([]byte(`{"devices":[`))
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
	} {
		a, token := answering(t, h, func(c *abm.Config) { c.Timeout = 200 * time.Millisecond; c.MaxAttempts = 2 })
		_, err := token.SyncDevices(t.Context(), "C", 10)
		if e := apperr.As(err); e == nil || e.Code != apperr.AppleUnavailable || !strings.Contains(e.Message, "in time") {
			t.Errorf("%s: %v", name, err)
		}
		if n := len(a.seen()); n != 3 { // the session and two attempts
			t.Errorf("%s: %d requests", name, n)
		}
	}
}

// OAuth signs the time, so a wrong clock reads as a rejected token.
func TestClockSkewIsNamed(t *testing.T) {
	for offset, want := range map[time.Duration]string{0: "", 90 * time.Second: "", 7 * time.Minute: "7m0s behind", -time.Hour: "1h0m0s ahead of"} {
		a := handler(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", begin.Add(offset).Format(http.TimeFormat))
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte("oauth_problem=timestamp_refused"))
		})
		_, err := a.client.Token("t1", abm.Credentials{}).Account(t.Context())
		e := apperr.As(err)
		if e == nil || e.Code != apperr.AppleRejected || strings.Contains(e.Hint, "clock") != (want != "") || !strings.Contains(e.Hint, want) {
			t.Errorf("%s: %v", offset, e)
		}
	}
}

// Nothing that Apple, or a proxy, echoes gets our secrets into errors or logs.
func TestSecretsStayHere(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = fmt.Fprintf(w, "CK-hush CS-hush AT-hush AS-hush %v", r.Header)
	}
	a, token := answering(t, echo)
	_, err := token.FetchDevices(t.Context(), "", 10)
	atSession := handler(t, echo)
	_, sessionErr := atSession.client.Token("t1", abm.Credentials{ConsumerKey: "CK-hush", ConsumerSecret: "CS-hush", AccessToken: "AT-hush", AccessSecret: "AS-hush"}).Account(t.Context())
	for name, text := range map[string]string{
		"error": err.Error(), "error at /session": sessionErr.Error(), "log": a.log.String() + atSession.log.String(),
		"observations": fmt.Sprintf("%+v", a.seen()), "handle": fmt.Sprintf("%+v", *token),
	} {
		if strings.Contains(text, "hush") || text == "" {
			t.Errorf("%s: %s", name, text)
		}
	}
	if !strings.Contains(err.Error(), "[secret]") {
		t.Error("nothing was echoed")
	}
}
