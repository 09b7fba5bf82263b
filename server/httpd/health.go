package httpd

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	healthzPath = "/healthz"
	readyzPath  = "/readyz"

	checkTimeout = 3 * time.Second
	// A report is used again for this long: anyone may ask, and asking shall not be work for the database.
	reportAge = time.Second
)

// Check is something that has to work for the server to be ready.
type Check struct {
	Name string // shown to anyone: "database"
	// Run honours its context, which ends after 3 s. The message of an *apperr.Error is shown, of other errors only that
	// the check failed; the whole error is logged.
	Run func(context.Context) error
}

type health struct {
	version  string
	checks   []Check
	clock    clockwork.Clock
	log      *slog.Logger
	draining *atomic.Bool

	mu   sync.Mutex // held while the checks run, so they run once however many ask
	last *readiness
}

// readiness is the body of /readyz.
type readiness struct {
	Status    string        `json:"status"` // ready, not ready, stopping
	CheckedAt time.Time     `json:"checkedAt"`
	Checks    []checkResult `json:"checks"`
}

type checkResult struct {
	Name    string `json:"name"`
	Status  string `json:"status"` // ok, failed
	Message string `json:"message,omitempty"`
}

func (h *health) routes() []Route {
	get := []string{http.MethodGet}
	return []Route{
		{Path: healthzPath, Methods: get, Handler: http.HandlerFunc(h.healthz)},
		{Path: readyzPath, Methods: get, Handler: http.HandlerFunc(h.readyz)},
	}
}

// healthz says that the process lives, and nothing about what it depends on: a restart would not mend that.
func (h *health) healthz(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, struct {
		Status  string `json:"status"`
		Version string `json:"version"`
	}{"ok", h.version})
}

// readyz says whether requests should be sent here.
func (h *health) readyz(w http.ResponseWriter, r *http.Request) {
	report := h.report(r.Context())
	if h.draining.Load() {
		report.Status = "stopping"
	}
	status := http.StatusServiceUnavailable
	if report.Status == "ready" {
		status = http.StatusOK
	}
	writeJSON(w, status, report)
}

func (h *health) report(ctx context.Context) readiness {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last != nil && h.clock.Since(h.last.CheckedAt) < reportAge {
		return *h.last
	}
	// Others get this report too, so it must not fail because this caller hung up.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkTimeout)
	defer cancel()

	report := readiness{Status: "ready", Checks: make([]checkResult, len(h.checks))}
	var wait sync.WaitGroup
	for i, check := range h.checks {
		wait.Go(func() { report.Checks[i] = h.run(ctx, check) })
	}
	wait.Wait()
	for _, c := range report.Checks {
		if c.Status != "ok" {
			report.Status = "not ready"
		}
	}
	report.CheckedAt = h.clock.Now().UTC()
	h.last = &report
	return report
}

func (h *health) run(ctx context.Context, c Check) checkResult {
	err := c.Run(ctx)
	if err == nil {
		return checkResult{Name: c.Name, Status: "ok"}
	}
	h.log.WarnContext(ctx, "not ready", "check", c.Name, "error", err)
	result := checkResult{Name: c.Name, Status: "failed"}
	if e := apperr.As(err); e != nil {
		result.Message = e.Message
	}
	return result
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone if this fails
}
