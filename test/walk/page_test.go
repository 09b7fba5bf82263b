package walk_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// signInPage is an organization's web page that people sign in at before a device enrolls. It keeps what the device said in its first request under a
// state, which the form carries on, and hands that to the server once somebody has signed in.
type signInPage struct {
	url      string
	server   *httptest.Server
	guard    string // address of the server
	key      string // that the page's address brought
	headers  int    // requests that came with machine information
	signedIn string
	said     string
}

const aspenHeader = "X-Apple-Aspen-Deviceinfo"

func newSignInPage(t *testing.T) *signInPage {
	p := &signInPage{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /start", func(w http.ResponseWriter, r *http.Request) {
		if p.said = r.Header.Get(aspenHeader); p.said != "" {
			p.headers++
		}
		p.key = r.FormValue("key")
		http.Redirect(w, r, "/sign-in?state=s1", http.StatusFound)
	})
	mux.HandleFunc("GET /sign-in", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(aspenHeader) != "" {
			p.headers++
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>Sign in</title><p>Who are you?<br><form method=post action="/signed-in"><input type=hidden name=state value="%s">
<label>User <input name=user></label><label>Password <input type=password name=password></label><button>Go on</button></form>`, r.FormValue("state"))
	})
	mux.HandleFunc("POST /signed-in", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("state") != "s1" || r.FormValue("password") != "right" {
			http.Error(w, "That is not you.", http.StatusForbidden)
			return
		}
		p.signedIn = r.FormValue("user")
		p.pass(w, r)
	})
	mux.HandleFunc("GET /away", func(w http.ResponseWriter, r *http.Request) {
		p.said, p.key = r.Header.Get(aspenHeader), r.FormValue("key")
		http.Redirect(w, r, p.url+"/back", http.StatusFound)
	})
	mux.HandleFunc("GET /back", p.pass)
	p.server = httptest.NewTLSServer(mux)
	t.Cleanup(func() { p.server.Close(); http.DefaultClient.CloseIdleConnections() })
	p.url = p.server.URL
	return p
}

// pass asks the server for the device's profile and passes its answer on.
func (p *signInPage) pass(w http.ResponseWriter, r *http.Request) {
	request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, p.guard+"/enroll/ade/"+p.key, nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	request.Header.Set(aspenHeader, p.said)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	w.Header().Set("Content-Type", answer.Header.Get("Content-Type"))
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body)
}

// client trusts the page's certificate, by either of its names, and reaches the server as well.
func (p *signInPage) client() *http.Client {
	transport := p.server.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig.ServerName = "example.com" // the certificate's own
	return &http.Client{Timeout: time.Minute, Transport: transport}
}
