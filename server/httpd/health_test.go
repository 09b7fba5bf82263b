package httpd_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/httpd"
)

func TestHealthz(t *testing.T) {
	resp := serve(handler(t, httpd.Config{Version: "v1.2.3"}, httpd.Handlers{}), httptest.NewRequest("GET", "/healthz", nil))
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != 200 || string(body) != `{"status":"ok","version":"v1.2.3"}`+"\n" {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
}

type readiness struct {
	Status    string
	CheckedAt time.Time
	Checks    []struct{ Name, Status, Message string }
}

func readyz(t *testing.T, h http.Handler) (int, readiness, string) {
	t.Helper()
	resp := serve(h, httptest.NewRequest("GET", "/readyz", nil))
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var r readiness
	if err := json.Unmarshal(body, &r); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return resp.StatusCode, r, string(body)
}

func TestReadyzNamesWhatFailedWithoutItsCause(t *testing.T) {
	clock := clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("", 3600)))
	var failure atomic.Pointer[error]
	var runs atomic.Int32
	h := handler(t, httpd.Config{Clock: clock}, httpd.Handlers{Checks: []httpd.Check{
		{Name: "clock", Run: func(context.Context) error { return nil }},
		{Name: "database", Run: func(context.Context) error {
			runs.Add(1)
			if err := failure.Load(); err != nil {
				return *err
			}
			return nil
		}},
	}})
	status, report, body := readyz(t, h)
	if status != 200 || report.Status != "ready" || len(report.Checks) != 2 || report.Checks[1].Status != "ok" {
		t.Errorf("%d %s", status, body)
	}
	if !strings.Contains(body, `"checkedAt":"2026-03-01T11:00:00Z"`) {
		t.Errorf("the time is not UTC: %s", body)
	}

	err := errors.New("dial postgres://user:SECRET@db")
	failure.Store(&err)
	if status, _, _ := readyz(t, h); status != 200 || runs.Load() != 1 {
		t.Errorf("asked again within a second: %d, checked %d times; want the last report", status, runs.Load())
	}
	clock.Advance(time.Second)
	status, report, body = readyz(t, h)
	if status != 503 || report.Status != "not ready" || report.Checks[0].Status != "ok" || report.Checks[1].Status != "failed" {
		t.Errorf("%d %s", status, body)
	}
	if strings.Contains(body, "SECRET") {
		t.Errorf("the cause is shown: %s", body)
	}

	var forPeople error = apperr.Wrap(err, apperr.Unavailable, "The database does not answer.")
	failure.Store(&forPeople)
	clock.Advance(time.Second)
	if _, report, body = readyz(t, h); report.Checks[1].Message != "The database does not answer." || strings.Contains(body, "SECRET") {
		t.Errorf("message for people: %s", body)
	}
}
