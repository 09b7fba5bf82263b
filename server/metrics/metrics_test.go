package metrics_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/metrics"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func newMetrics() *metrics.Metrics { return metrics.New("v1.2.3", slog.New(slog.DiscardHandler)) }

// scrape gives what Prometheus would see: the value by name and labels.
func scrape(t testing.TB, m *metrics.Metrics) map[string]float64 {
	t.Helper()
	answer := httptest.NewRecorder()
	m.Route().Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("%d: %s", answer.Code, answer.Body)
	}
	values := map[string]float64{}
	for line := range strings.Lines(answer.Body.String()) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		series, text, _ := strings.Cut(strings.TrimSpace(line), "} ")
		if text == "" {
			series, text, _ = strings.Cut(strings.TrimSpace(line), " ")
		} else {
			series += "}"
		}
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		values[series] = value
	}
	return values
}

func want(t *testing.T, got map[string]float64, series string, value float64) {
	t.Helper()
	if v, ok := got[series]; !ok || v != value {
		t.Errorf("%s is %v (present: %t), want %v", series, v, ok, value)
	}
}

func TestSyncIsCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		dbtest.CheckLeaks(t)
		m := newMetrics()
		s := stack.New(t, db, stack.Options{Devices: 50, PageSize: 20, Observer: m, Observe: m.AppleRequest})
		m.Watch(metrics.Sources{Store: db, Subscribers: s.Progress.Watchers, Listening: func() bool { return true }})
		token, server := s.Connect(t, "Warehouse")
		id := token.ID.String()
		if _, ok := scrape(t, m)[`guardmdm_sync_last_success_timestamp_seconds{token="`+id+`"}`]; ok {
			t.Error("there is a last success before the first sync")
		}
		if _, err := s.Sim.AssignCount(server.ID(), 50); err != nil {
			t.Fatal(err)
		}
		if err := s.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultUnavailable, Endpoints: []string{"/server/devices"}, Times: 1}}); err != nil {
			t.Fatal(err)
		}
		s.Start(t)
		begin := time.Now()
		s.Sync(t, token.ID, true)
		s.Stop() // the run is counted after it was stored

		got := scrape(t, m)
		want(t, got, `guardmdm_sync_runs_total{full="true",status="SUCCEEDED",token="`+id+`",trigger="MANUAL"}`, 1)
		want(t, got, `guardmdm_sync_run_duration_seconds_count{full="true",status="SUCCEEDED"}`, 1)
		want(t, got, `guardmdm_sync_devices_changed_total{change="added",token="`+id+`"}`, 50)
		want(t, got, `guardmdm_sync_devices_changed_total{change="removed",token="`+id+`"}`, 0)
		want(t, got, `guardmdm_sync_devices_seen_total{token="`+id+`"}`, 50)
		want(t, got, `guardmdm_sync_pages_waiting{token="`+id+`"}`, 0)
		want(t, got, `guardmdm_sync_running{token="`+id+`"}`, 0)
		want(t, got, `guardmdm_sync_lease_lapsed{token="`+id+`"}`, 0)
		want(t, got, `guardmdm_abm_token_state{state="ACTIVE",token="`+id+`"}`, 1)
		want(t, got, `guardmdm_abm_token_state{state="REJECTED",token="`+id+`"}`, 0)
		want(t, got, `guardmdm_apple_requests_total{code="",endpoint="/server/devices",status="200"}`, 3)
		want(t, got, `guardmdm_apple_requests_total{code="APPLE_UNAVAILABLE",endpoint="/server/devices",status="503"}`, 1)
		want(t, got, `guardmdm_apple_retries_total{endpoint="/server/devices"}`, 1)
		present := 0.0
		for series, n := range got {
			if strings.HasPrefix(series, `guardmdm_devices{`) && strings.Contains(series, `token="`+id+`"`) {
				present += n
			}
		}
		if present != 50 {
			t.Errorf("%v devices are present", present)
		}
		want(t, got, `guardmdm_sync_removals_held{token="`+id+`"}`, 0)
		want(t, got, `guardmdm_database_up`, 1)
		want(t, got, `guardmdm_progress_subscribers`, 0)
		if at := got[`guardmdm_sync_last_success_timestamp_seconds{token="`+id+`"}`]; at < float64(begin.Unix()) {
			t.Errorf("last success at %f, the sync began at %d", at, begin.Unix())
		}
		if at := got[`guardmdm_abm_token_expiry_timestamp_seconds{token="`+id+`"}`]; at < float64(begin.AddDate(0, 11, 0).Unix()) {
			t.Errorf("expiry %f", at)
		}
		if got[`guardmdm_apple_received_bytes_total{endpoint="/server/devices"}`] < 1000 || got[`guardmdm_apple_wait_seconds_total{code="APPLE_UNAVAILABLE"}`] <= 0 {
			t.Error("no bytes or no waits were counted")
		}
	})
}

// A run that goes on shows, at every replica; one whose process died shows too, until somebody takes it over.
func TestRunningAndLapsed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		dbtest.CheckLeaks(t)
		m := newMetrics()
		s := stack.New(t, db, stack.Options{Devices: 5, Observer: m})
		m.Watch(metrics.Sources{Store: db, Subscribers: s.Progress.Watchers})
		token, _ := s.Connect(t, "Warehouse")
		id, now := token.ID.String(), s.Clock.Now()
		run := db.Ent().SyncRun.Create().SetAbmTokenID(token.ID).SetStatus(syncrun.StatusRunning).SetPhase(syncrun.PhaseFetch).
			SetTrigger(syncrun.TriggerPeriodic).SetFull(true).SetStartedAt(now).SetUpdatedAt(now).
			SetLeaseOwner("elsewhere").SetLeaseExpiresAt(now.Add(time.Hour)).SaveX(t.Context())
		got := scrape(t, m)
		want(t, got, `guardmdm_sync_running{token="`+id+`"}`, 1)
		want(t, got, `guardmdm_sync_lease_lapsed{token="`+id+`"}`, 0)

		db.Ent().SyncRun.UpdateOne(run).SetLeaseExpiresAt(now.Add(-time.Second)).ExecX(t.Context())
		want(t, scrape(t, m), `guardmdm_sync_lease_lapsed{token="`+id+`"}`, 1)

		s.Start(t)
		s.Wait(t, run.ID)
		s.Stop()
		got = scrape(t, m)
		want(t, got, `guardmdm_sync_takeovers_total{token="`+id+`"}`, 1)
		want(t, got, `guardmdm_sync_running{token="`+id+`"}`, 0)
		want(t, got, `guardmdm_sync_runs_total{full="true",status="SUCCEEDED",token="`+id+`",trigger="RESUME"}`, 1)
	})
}

// Removals that wait for an administrator, and what the changes had missed.
func TestHeldRemovals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		dbtest.CheckLeaks(t)
		m := newMetrics()
		s := stack.New(t, db, stack.Options{Devices: 200, Observer: m})
		m.Watch(metrics.Sources{Store: db, Subscribers: s.Progress.Watchers})
		token, server := s.Connect(t, "Warehouse")
		id := token.ID.String()
		if _, err := s.Sim.AssignCount(server.ID(), 30); err != nil {
			t.Fatal(err)
		}
		s.Start(t)
		s.Sync(t, token.ID, true)
		s.Stop()
		db.Ent().ABMToken.UpdateOneID(token.ID).SetHeldRemovals(170).ExecX(t.Context())
		m.RunEnded(&ent.SyncRun{AbmTokenID: token.ID, MissingHere: 1, MissingAtApple: 2, ChangedUnannounced: 3})
		got := scrape(t, m)
		want(t, got, `guardmdm_sync_removals_held{token="`+id+`"}`, 170)
		want(t, got, `guardmdm_sync_differences_total{difference="missing_here",token="`+id+`"}`, 1)
		want(t, got, `guardmdm_sync_differences_total{difference="missing_at_apple",token="`+id+`"}`, 2)
		want(t, got, `guardmdm_sync_differences_total{difference="changed",token="`+id+`"}`, 3)
	})
}

// A process that finds its run taken counts that, and not the end of the run.
func TestFencedOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		dbtest.CheckLeaks(t)
		m := newMetrics()
		s := stack.New(t, db, stack.Options{Devices: 200, PageSize: 1, Latency: 10 * time.Millisecond, Observer: m})
		token, server := s.Connect(t, "Warehouse")
		if _, err := s.Sim.AssignCount(server.ID(), 200); err != nil {
			t.Fatal(err)
		}
		s.Start(t)
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, true, syncrun.TriggerManual)
		if err != nil {
			t.Fatal(err)
		}
		s.Until(t, run.ID, func(r *ent.SyncRun) bool { return r.Pages > 0 })
		db.Ent().SyncRun.UpdateOneID(run.ID).AddFence(1).SetLeaseExpiresAt(s.Clock.Now().Add(time.Hour)).ExecX(t.Context())
		series := `guardmdm_sync_fenced_total{token="` + token.ID.String() + `"}`
		for deadline := time.Now().Add(time.Minute); scrape(t, m)[series] == 0 && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond) // polls another goroutine's work
		}
		s.Stop()
		got := scrape(t, m)
		want(t, got, series, 1)
		for series := range got {
			if strings.HasPrefix(series, "guardmdm_sync_runs_total") {
				t.Errorf("the end of the other's run was counted: %s", series)
			}
		}
	})
}

// Without the database everything else is still told.
func TestDatabaseIsAway(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		db, err := store.Open(t.Context(), store.Options{DatabaseURL: databaseURL})
		if err != nil {
			t.Fatal(err)
		}
		m := newMetrics()
		m.Watch(metrics.Sources{Store: db, Subscribers: func() int { return 3 }})
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		got := scrape(t, m)
		want(t, got, "guardmdm_database_up", 0)
		want(t, got, "guardmdm_progress_subscribers", 3)
		if got["go_goroutines"] == 0 {
			t.Error("no metrics of the Go runtime")
		}
	})
}

// A database that does not answer holds a scrape up for a moment only: without a limit this test would not end.
func TestDatabaseIsStuck(t *testing.T) {
	dbtest.CheckLeaks(t)
	db := dbtest.Open(t, "postgres")
	m := newMetrics()
	m.Watch(metrics.Sources{Store: db, Subscribers: func() int { return 3 }})
	tx, err := db.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), "LOCK TABLE abm_tokens IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	got := scrape(t, m)
	want(t, got, "guardmdm_database_up", 0)
	want(t, got, "guardmdm_progress_subscribers", 3)
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	want(t, scrape(t, m), "guardmdm_database_up", 1)
}

// Whatever clients and Apple send, the number of series stays small.
func TestLabelsAreBounded(t *testing.T) {
	m := newMetrics()
	for i := range 2000 {
		m.HTTPRequest(httpd.Observation{Method: "M" + strconv.Itoa(i), Status: 1000 + i})
		m.AppleRequest(abm.Observation{Token: "trial/" + strconv.Itoa(i), Path: "/account", Status: 1000 + i})
	}
	for series, v := range map[string]float64{
		`guardmdm_http_requests_total{method="other",route="none",status="other"}`:  2000,
		`guardmdm_apple_requests_total{code="",endpoint="/account",status="other"}`: 2000,
	} {
		want(t, scrape(t, m), series, v)
	}
	if n := len(scrape(t, m)); n > 300 {
		t.Errorf("%d series", n)
	}
}

// used is a Metrics all of whose instruments have a value.
func used(t *testing.T) *metrics.Metrics {
	m := newMetrics()
	db := dbtest.Open(t, "sqlite")
	now := time.Now()
	stored := db.Ent().ABMToken.Create().SetName("x").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).
		SetExpiresAt(now).SetLastSyncedAt(now).SetLastFullSyncAt(now).SaveX(t.Context())
	db.Ent().DeviceCount.Create().SetAbmTokenID(stored.ID).SetPlatform("MACOS").SetDay(0).SetPresent(1).SetRemoved(0).ExecX(t.Context())
	m.Watch(metrics.Sources{Store: db, Subscribers: func() int { return 1 }, Listening: func() bool { return false }})
	token := gid.New(gid.ABMToken, 1)
	m.RunEnded(&ent.SyncRun{AbmTokenID: token, Trigger: syncrun.TriggerManual, Status: syncrun.StatusFailed, ErrorCode: "INTERNAL", FinishedAt: &now})
	m.TakenOver(token)
	m.Fenced(token)
	m.PagesWaiting(token, 2)
	m.Pushes("sent", 3)
	m.Pushes("a reason that Apple thought of yesterday", 1)
	m.AppleRequest(abm.Observation{Path: "/session", Attempt: 2, Wait: time.Second, Code: apperr.AppleThrottled, Status: 429})
	m.HTTPRequest(httpd.Observation{Route: "/", Method: http.MethodGet, Status: 200})
	m.SCEPRequest("PKIOperation", "")
	m.MDMMessage("Idle", "", time.Millisecond)
	m.GraphQLOperation("query", "", time.Millisecond)
	m.GraphQLUserError("signIn", "UNAUTHENTICATED")
	m.Enrollment("")
	m.OtherMDMEvent("mdm.Connect", "")
	return m
}

const page = "../../docs/operations/metrics.md"

var row = regexp.MustCompile("(?m)^\\| `(guardmdm_\\w+)` \\| (\\w+) \\| (.*?) \\| (.*) \\|$")

// The page has a row for each metric with its type, labels and meaning, and none for others; its alerts ask for metrics that exist.
func TestPageIsTrue(t *testing.T) {
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for _, r := range row.FindAllStringSubmatch(string(content), -1) {
		rows[r[1]] = r[2:]
	}
	m := used(t)
	families, err := m.Registry().Gather()
	if err != nil {
		t.Fatal(err)
	}
	problems, err := promlint.NewWithMetricFamilies(families).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems { // of names and units, by Prometheus' conventions
		if strings.HasPrefix(p.Metric, "guardmdm_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
	gathered := map[string]bool{}
	for _, f := range families {
		name := f.GetName()
		gathered[name] = true
		if !strings.HasPrefix(name, "guardmdm_") {
			continue
		}
		var labels []string
		for _, l := range f.GetMetric()[0].GetLabel() {
			labels = append(labels, "`"+l.GetName()+"`")
		}
		line := []string{strings.ToLower(f.GetType().String()), strings.Join(labels, ", "), f.GetHelp()}
		if !slices.Equal(rows[name], line) {
			t.Errorf("the page needs the row\n| `%s` | %s |\nand has %q", name, strings.Join(line, " | "), rows[name])
		}
		delete(rows, name)
	}
	for name := range rows {
		t.Errorf("the page has a row for %s, which does not exist", name)
	}
	// A vector without a value is not gathered: this test has to use every one.
	described := make(chan *prometheus.Desc)
	go func() { defer close(described); m.Registry().Describe(described) }()
	for d := range described {
		name := regexp.MustCompile(`fqName: "(\w+)"`).FindStringSubmatch(d.String())[1]
		if strings.HasPrefix(name, "guardmdm_") && !gathered[name] {
			t.Errorf("%s has no value here", name)
		}
	}
	_, alerts, _ := strings.Cut(string(content), "## Alerts")
	asked := regexp.MustCompile(`(?:guardmdm|go_sql|process)_\w+`).FindAllString(alerts, -1)
	for _, name := range asked {
		base := regexp.MustCompile(`_(bucket|sum|count)$`).ReplaceAllString(name, "")
		if !gathered[name] && !gathered[base] {
			t.Errorf("an alert asks for %s, which does not exist", name)
		}
	}
	if len(asked) < 8 {
		t.Errorf("only %d metrics found in the alerts", len(asked))
	}
}

// What a request of the API costs by being counted.
func BenchmarkHTTPRequest(b *testing.B) {
	m := newMetrics()
	b.ReportAllocs()
	for b.Loop() {
		m.HTTPRequest(httpd.Observation{Route: "/graphql", Method: http.MethodPost, Status: 200, Duration: time.Millisecond})
	}
}

// A scrape, with the reading of the database.
func BenchmarkScrape(b *testing.B) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			m, db := newMetrics(), dbtest.Open(b, name)
			now := time.Now()
			for range 5 {
				db.Ent().ABMToken.Create().SetName("x").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(b.Context())
			}
			m.Watch(metrics.Sources{Store: db, Subscribers: func() int { return 1 }})
			b.ReportAllocs()
			for b.Loop() {
				scrape(b, m)
			}
		})
	}
}
