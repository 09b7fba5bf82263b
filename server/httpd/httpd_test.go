package httpd_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/guardmdm/guardmdm/server/httpd"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start runs a server on free ports until the returned stop, which waits for Run and returns its error.
func start(t *testing.T, cfg httpd.Config, h httpd.Handlers) (s *httpd.Server, stop func() error) {
	t.Helper()
	if cfg.Listen == "" {
		cfg.Listen = "127.0.0.1:0"
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	s, err := httpd.New(cfg, h)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := s.Listen(ctx); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return s, stop
}

// handler is the main listener's handler without a connection.
func handler(t *testing.T, cfg httpd.Config, h httpd.Handlers) http.Handler {
	t.Helper()
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	s, err := httpd.New(cfg, h)
	if err != nil {
		t.Fatal(err)
	}
	return s.Handler()
}

func serve(h http.Handler, r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// answer is the body of an error, as clients read it.
type answer struct {
	Errors []struct {
		Message    string
		Extensions struct{ Code, Hint, RequestID string }
	}
}

func errorOf(t *testing.T, resp *http.Response) answer {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(body, &a); err != nil || len(a.Errors) != 1 {
		t.Fatalf("not one error in JSON: %s (%v)", body, err)
	}
	return a
}

func wantError(t *testing.T, resp *http.Response, status int, code string) {
	t.Helper()
	if resp.StatusCode != status {
		t.Errorf("status %d, want %d", resp.StatusCode, status)
	}
	a := errorOf(t, resp)
	if got := a.Errors[0].Extensions.Code; got != code {
		t.Errorf("code %s, want %s", got, code)
	}
	if id := a.Errors[0].Extensions.RequestID; id == "" || id != resp.Header.Get("X-Request-Id") {
		t.Errorf("request id %q in the body, %q in the header", id, resp.Header.Get("X-Request-Id"))
	}
}

func text(s string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, s) })
}

// logBuffer collects a log that several goroutines write.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
