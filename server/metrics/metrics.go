// Package metrics shows Prometheus what the server does. It owns the registry and the instruments; the services report
// through hooks of their own and know nothing of it.
//
// What this process did is counted as it happens. What the database knows, such as the states of tokens and the runs that
// are going on, is read there when somebody asks (database.go), so that all replicas tell the same.
//
// Labels have few values, whatever comes from outside: no text that people or Apple wrote, and no serial numbers.
package metrics

import (
	"database/sql"
	"log/slog"
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/store"
)

// Metrics counts. It is safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	log      *slog.Logger

	runs, runErrors, devicesSeen, devicesChanged, differences, pages, takeovers, fenced *prometheus.CounterVec
	runDuration                                                                         *prometheus.HistogramVec
	pagesWaiting                                                                        *prometheus.GaugeVec

	appleRequests, appleRetries, appleWaits, appleBytes *prometheus.CounterVec
	appleDuration                                       *prometheus.HistogramVec

	pushes                    *prometheus.CounterVec
	scepRequests, mdmMessages *prometheus.CounterVec
	mdmDuration               *prometheus.HistogramVec

	httpRequests, operations, userErrors *prometheus.CounterVec
	httpDuration, operationDuration      *prometheus.HistogramVec

	enrollments *prometheus.CounterVec
	otherMDMs   *prometheus.CounterVec
}

// New makes the instruments. What is read from elsewhere is added by Watch.
func New(version string, log *slog.Logger) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), log: log}
	m.registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	gauge(m, "build_info", "1; the labels say which program runs", "version", "go_version").WithLabelValues(version, runtime.Version()).Set(1)

	m.runs = counter(m, "sync_runs_total", "sync runs that this process brought to their end", "token", "trigger", "full", "status")
	m.runErrors = counter(m, "sync_run_errors_total", "runs that failed, by the code of their error", "token", "code")
	m.runDuration = histogram(m, "sync_run_duration_seconds", "from the beginning of a run to its end, interruptions included",
		[]float64{.1, .5, 1, 5, 15, 60, 300, 900, 3600}, "full", "status")
	m.pages = counter(m, "sync_pages_total", "pages stored, counted when their run ends", "token")
	m.devicesSeen = counter(m, "sync_devices_seen_total", "device records received, repeated ones too, counted when their run ends", "token")
	m.devicesChanged = counter(m, "sync_devices_changed_total", "devices added, modified or removed, counted when their run ends", "token", "change")
	m.differences = counter(m, "sync_differences_total",
		"devices that full reconciliations found different although no change had said so, counted when their run ends", "token", "difference")
	m.takeovers = counter(m, "sync_takeovers_total", "runs that this process took over because their lease had lapsed", "token")
	m.fenced = counter(m, "sync_fenced_total",
		"runs that this process gave up because a write was refused: another process has the run, or it was ended", "token")
	m.pagesWaiting = gauge(m, "sync_pages_waiting", "pages fetched by this process and not stored yet", "token")

	m.appleRequests = counter(m, "apple_requests_total",
		"requests to Apple; status 0: no answer, code empty: success", "endpoint", "status", "code")
	m.appleDuration = histogram(m, "apple_request_duration_seconds", "from sending a request to the end of the answer",
		[]float64{.025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}, "endpoint")
	m.appleRetries = counter(m, "apple_retries_total", "requests to Apple that repeated one that had failed", "endpoint")
	m.appleWaits = counter(m, "apple_wait_seconds_total",
		"pauses before repeating a request, by the code of the failure; APPLE_THROTTLED: Apple asked for it", "code")
	m.appleBytes = counter(m, "apple_received_bytes_total", "bytes read of Apple's answers, after decompression", "endpoint")

	m.pushes = counter(m, "pushes_total", "requests to Apple's push service that a device call; outcome: sent, Apple's reason for not taking it, or other", "outcome")
	m.scepRequests = counter(m, "scep_requests_total", "requests of devices for identities; code empty: answered, else why it was refused", "operation", "code")
	m.mdmMessages = counter(m, "mdm_messages_total",
		"messages of devices by type, or status of an answer; code empty: accepted, else why it was refused. kind unread: refused before it was read", "kind", "code")
	m.mdmDuration = histogram(m, "mdm_message_duration_seconds", "from a message's header to the answer, without refused ones",
		[]float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}, "kind")

	m.httpRequests = counter(m, "http_requests_total",
		"requests to this server by route; subscription: those of /graphql that stay open, none: no route", "route", "method", "status")
	m.httpDuration = histogram(m, "http_request_duration_seconds", "from a request's header to the end of the answer, without subscriptions",
		[]float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60}, "route")
	m.operations = counter(m, "graphql_operations_total",
		"GraphQL operations by type and the code of their first error; empty: none. Subscriptions count when they begin, and once more with an error. "+
			"type none: refused before it was known", "type", "code")
	m.userErrors = counter(m, "graphql_user_errors_total", "entries of the userErrors of mutations: what their callers can mend", "mutation", "code")
	m.operationDuration = histogram(m, "graphql_operation_duration_seconds", "queries and mutations from the reading of the request to the answer",
		[]float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60}, "type")
	m.otherMDMs = counter(m, "other_mdm_events_total", "what other MDM servers told by webhook, by its topic and the reason for which it was not kept; empty: it was", "topic", "code")
	m.enrollments = counter(m, "enrollment_requests_total", "devices that asked for their enrollment profile, by the code of the refusal; empty: they got it", "code")
	return m
}

const namespace = "guardmdm"

func counter(m *Metrics, name, help string, labels ...string) *prometheus.CounterVec {
	return registered(m, prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels))
}

func gauge(m *Metrics, name, help string, labels ...string) *prometheus.GaugeVec {
	return registered(m, prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, labels))
}

func histogram(m *Metrics, name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return registered(m, prometheus.NewHistogramVec(
		prometheus.HistogramOpts{Namespace: namespace, Name: name, Help: help, Buckets: buckets}, labels))
}

func registered[C prometheus.Collector](m *Metrics, c C) C {
	m.registry.MustRegister(c)
	return c
}

// Sources are what is looked at when somebody asks.
type Sources struct {
	Store       *store.Store
	Subscribers func() int  // who follows the progress of syncs at this process
	Listening   func() bool // whether notifications of other replicas arrive; nil: there are none
}

// Watch adds what the sources tell. It is called once.
func (m *Metrics) Watch(s Sources) {
	m.registry.MustRegister(&database{store: s.Store, log: m.log})
	pools := map[string]*sql.DB{"pool": s.Store.DB()}
	if !s.Store.IsPostgres() {
		pools = map[string]*sql.DB{"writer": s.Store.DB(), "reader": s.Store.ReaderDB()}
	}
	for name, pool := range pools {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	m.gaugeFunc("progress_subscribers", "subscriptions to the progress of syncs that are open at this process",
		func() float64 { return float64(s.Subscribers()) })
	if s.Listening != nil {
		m.gaugeFunc("pubsub_listening", "1 while notifications of PostgreSQL arrive; 0: changes are looked for every 2 s instead",
			func() float64 { return number(s.Listening()) })
	}
}

func (m *Metrics) gaugeFunc(name, help string, f func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: namespace, Name: name, Help: help}, f))
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Registry is for tests and for those who put the metrics somewhere else.
func (m *Metrics) Registry() *prometheus.Registry { return m.registry }

// Route is /metrics for the operators' listener.
func (m *Metrics) Route() httpd.Route {
	return httpd.Route{Path: "/metrics", Methods: []string{http.MethodGet}, Handler: promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(m.log.Handler(), slog.LevelWarn),
		// A part that cannot be collected must not hide the others.
		ErrorHandling:       promhttp.ContinueOnError,
		MaxRequestsInFlight: 4,
	})}
}

// RunEnded counts a run that this process ended; run is its row as it was stored.
func (m *Metrics) RunEnded(run *ent.SyncRun) {
	token, full, status := run.AbmTokenID.String(), strconv.FormatBool(run.Full), string(run.Status)
	m.runs.WithLabelValues(token, string(run.Trigger), full, status).Inc()
	if run.ErrorCode != "" {
		m.runErrors.WithLabelValues(token, run.ErrorCode).Inc()
	}
	if run.FinishedAt != nil {
		m.runDuration.WithLabelValues(full, status).Observe(max(0, run.FinishedAt.Sub(run.StartedAt).Seconds()))
	}
	m.pages.WithLabelValues(token).Add(float64(run.Pages))
	m.devicesSeen.WithLabelValues(token).Add(float64(run.DevicesSeen))
	m.devicesChanged.WithLabelValues(token, "added").Add(float64(run.Added))
	m.devicesChanged.WithLabelValues(token, "modified").Add(float64(run.Modified))
	m.devicesChanged.WithLabelValues(token, "removed").Add(float64(run.Removed))
	m.differences.WithLabelValues(token, "missing_here").Add(float64(run.MissingHere))
	m.differences.WithLabelValues(token, "missing_at_apple").Add(float64(run.MissingAtApple))
	m.differences.WithLabelValues(token, "changed").Add(float64(run.ChangedUnannounced))
}

// TakenOver counts a run of the token that this process took over.
func (m *Metrics) TakenOver(token gid.ID) { m.takeovers.WithLabelValues(token.String()).Inc() }

// Fenced counts a run of the token that this process found to be no longer its own.
func (m *Metrics) Fenced(token gid.ID) { m.fenced.WithLabelValues(token.String()).Inc() }

// PagesWaiting says how many pages of the token are fetched and not stored.
func (m *Metrics) PagesWaiting(token gid.ID, n int) {
	m.pagesWaiting.WithLabelValues(token.String()).Set(float64(n))
}

// AppleRequest counts a request to Apple.
func (m *Metrics) AppleRequest(o abm.Observation) {
	code := string(o.Code)
	m.appleRequests.WithLabelValues(o.Path, statusLabel(o.Status), code).Inc()
	m.appleDuration.WithLabelValues(o.Path).Observe(o.Duration.Seconds())
	m.appleBytes.WithLabelValues(o.Path).Add(float64(o.Bytes))
	if o.Attempt > 1 {
		m.appleRetries.WithLabelValues(o.Path).Inc()
	}
	if o.Wait > 0 {
		m.appleWaits.WithLabelValues(code).Add(o.Wait.Seconds())
	}
}

// pushOutcomes are those that are told apart: reasons are Apple's words.
var pushOutcomes = map[string]bool{
	"sent": true, "BadDeviceToken": true, "Unregistered": true, "DeviceTokenNotForTopic": true, "BadCertificate": true, "TooManyRequests": true,
	"InternalServerError": true, "ServiceUnavailable": true, "Shutdown": true, "NoAnswer": true, "NotEnrolled": true, "OtherTopic": true,
	"PUSH_CERTIFICATE_MISSING": true, "PUSH_CERTIFICATE_EXPIRED": true,
}

// Pushes counts requests that devices call, by what became of them.
func (m *Metrics) Pushes(outcome string, n int) {
	if !pushOutcomes[outcome] {
		outcome = "other"
	}
	m.pushes.WithLabelValues(outcome).Add(float64(n))
}

// HTTPRequest counts a request to this server.
func (m *Metrics) HTTPRequest(o httpd.Observation) {
	route := o.Route
	switch {
	case o.Kind == httpd.Endless:
		route = "subscription"
	case route == "":
		route = "none"
	}
	m.httpRequests.WithLabelValues(route, methodLabel(o.Method), statusLabel(o.Status)).Inc()
	if o.Kind != httpd.Endless {
		m.httpDuration.WithLabelValues(route).Observe(o.Duration.Seconds())
	}
}

// SCEPRequest implements identity's Observer.
func (m *Metrics) SCEPRequest(operation string, code apperr.Code) {
	m.scepRequests.WithLabelValues(operation, string(code)).Inc()
}

// MDMMessage implements mdm's Observer.
func (m *Metrics) MDMMessage(kind string, code apperr.Code, took time.Duration) {
	m.mdmMessages.WithLabelValues(kind, string(code)).Inc()
	if code == "" {
		m.mdmDuration.WithLabelValues(kind).Observe(took.Seconds())
	}
}

// GraphQLOperation counts an operation ("query", "mutation", "subscription", or "" if that is not known) with the code of its
// first error. took is 0 for what has no duration.
func (m *Metrics) GraphQLOperation(kind string, code apperr.Code, took time.Duration) {
	if kind == "" {
		kind = "none"
	}
	m.operations.WithLabelValues(kind, string(code)).Inc()
	if took > 0 {
		m.operationDuration.WithLabelValues(kind).Observe(took.Seconds())
	}
}

// GraphQLUserError counts what the caller of a mutation can mend.
func (m *Metrics) GraphQLUserError(mutation, code string) {
	m.userErrors.WithLabelValues(mutation, code).Inc()
}

// Enrollment counts a device that asked for its enrollment profile, by the code of the refusal: one of a fixed list, or "".
func (m *Metrics) Enrollment(code apperr.Code) { m.enrollments.WithLabelValues(string(code)).Inc() }

// OtherMDMEvent counts what another MDM server told, by its topic, one of a fixed list, and the code of why it was not kept.
func (m *Metrics) OtherMDMEvent(topic string, code apperr.Code) {
	m.otherMDMs.WithLabelValues(topic, string(code)).Inc()
}

// statusLabel and methodLabel bound what others can make us remember.
func statusLabel(status int) string {
	if status != 0 && (status < 100 || status > 599) {
		return "other"
	}
	return strconv.Itoa(status)
}

func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}
