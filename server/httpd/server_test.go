package httpd_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/guardmdm/guardmdm/server/httpd"
)

func TestSlowHeadersAreCutOff(t *testing.T) {
	s, _ := start(t, httpd.Config{ReadHeaderTimeout: 50 * time.Millisecond}, httpd.Handlers{SPA: text("page")})
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second)) // only for when the server does not cut it off
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("the connection was not ended by the server: %v", err)
	}
}

func TestLargeHeadersAreRefused(t *testing.T) {
	s, _ := start(t, httpd.Config{}, httpd.Handlers{SPA: text("page")})
	r, err := http.NewRequest("GET", s.URL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Large", strings.Repeat("x", 128<<10))
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d, want 431", resp.StatusCode)
	}
}

func TestShortRequestsEndWithTheirTimeout(t *testing.T) {
	s, _ := start(t, httpd.Config{}, httpd.Handlers{Routes: []httpd.Route{{
		Path: "/mdm", Methods: []string{"GET"}, Timeout: 20 * time.Millisecond,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			_, _ = io.WriteString(w, "too late")
		}),
	}}})
	resp, err := http.Get(s.URL() + "/mdm")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); string(body) != "too late" {
		t.Errorf("the handler could not say so: %q", body)
	}
}

// subscription sends one line, then waits for its context: what a GraphQL subscription over server-sent events does.
func subscription(ended chan<- error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "event: next\n\n")
		w.(http.Flusher).Flush() // as gqlgen asks for it
		<-r.Context().Done()
		ended <- r.Context().Err()
	})
}

func TestStopEndsSubscriptionsAndFinishesRequests(t *testing.T) {
	ended := make(chan error, 1)
	entered, release := make(chan struct{}), make(chan struct{})
	s, stop := start(t, httpd.Config{OpsListen: "127.0.0.1:0"}, httpd.Handlers{
		GraphQL: subscription(ended),
		Routes: []httpd.Route{{Path: "/export/devices.csv", Methods: []string{"GET"}, Kind: httpd.AlwaysLong,
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(w, "first\n")
				_ = http.NewResponseController(w).Flush()
				close(entered)
				<-release
				if r.Context().Err() != nil {
					return
				}
				_, _ = io.WriteString(w, "last\n")
			})}},
	})

	r, err := http.NewRequest("POST", s.URL()+"/graphql", strings.NewReader(`{"query":"subscription{syncProgress}"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	stream, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	if line, err := bufio.NewReader(stream.Body).ReadString('\n'); err != nil || line != "event: next\n" {
		t.Fatalf("%q, %v: the event did not come at once", line, err)
	}
	export, err := http.Get(s.URL() + "/export/devices.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer export.Body.Close()
	<-entered

	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the subscription ended with %v", err)
	}
	// The operators' listener answers until the end, and says so.
	ready, err := http.Get(s.OpsURL() + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(ready.Body)
	ready.Body.Close()
	if ready.StatusCode != 503 || !strings.Contains(string(body), `"stopping"`) {
		t.Errorf("while stopping /readyz answers %d %s", ready.StatusCode, body)
	}
	if _, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://")); err == nil {
		t.Error("new connections are still accepted")
	}
	close(release)
	if body, err := io.ReadAll(export.Body); err != nil || string(body) != "first\nlast\n" {
		t.Errorf("the download got %q, %v", body, err)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestStopEndsWebSocketsAndWaitsForTheirHandlers(t *testing.T) {
	left := false
	s, stop := start(t, httpd.Config{}, httpd.Handlers{GraphQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		<-conn.CloseRead(r.Context()).Done()
		_ = conn.Close(websocket.StatusGoingAway, "the server stops")
		left = true
	})})
	conn, resp, err := websocket.Dial(t.Context(), s.URL()+"/graphql", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	if id := resp.Header.Get("X-Request-Id"); id == "" {
		t.Error("no request id")
	}
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	if _, _, err := conn.Read(t.Context()); err == nil {
		t.Error("the WebSocket goes on")
	}
	if err := <-stopped; err != nil {
		t.Errorf("Run: %v", err)
	}
	if !left {
		t.Error("the stop did not wait for the handler")
	}
}

func TestStopCutsOffWhatDoesNotEnd(t *testing.T) {
	entered := make(chan struct{})
	s, stop := start(t, httpd.Config{ShutdownTimeout: 20 * time.Millisecond}, httpd.Handlers{
		SPA: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(entered)
			<-r.Context().Done()
		}),
	})
	go func() {
		if resp, err := http.Get(s.URL()); err == nil {
			resp.Body.Close()
		}
	}()
	<-entered
	if err := stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestOpsListener(t *testing.T) {
	s, _ := start(t, httpd.Config{OpsListen: "127.0.0.1:0"}, httpd.Handlers{SPA: text("page")})
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/debug/pprof/": 200, "/debug/pprof/goroutine?debug=1": 200, "/": 404} {
		resp, err := http.Get(s.OpsURL() + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
	}
	resp, err := http.Get(s.URL() + "/debug/pprof/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); string(body) != "page" {
		t.Errorf("profiles are served on the main listener: %q", body)
	}
}

func TestRunReturnsTheErrorOfAListener(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	s, err := httpd.New(httpd.Config{Listen: taken.Addr().String()}, httpd.Handlers{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context()); err == nil {
		t.Error("no error although the address is taken")
	}
}
