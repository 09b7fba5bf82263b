package app_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// serve runs a server until the test ends.
func serve(t *testing.T, databaseURL string) *app.App {
	t.Helper()
	a, err := app.New(t.Context(), options(t, databaseURL))
	if err != nil {
		t.Fatal(err)
	}
	run(t, a)
	return a
}

// options are those of a server on ports that are free.
func options(t *testing.T, databaseURL string) app.Options {
	t.Helper()
	dir := t.TempDir()
	cfg := config.Config{
		Database: config.Database{DataDir: dir, DatabaseURL: databaseURL, SecretKeyFile: filepath.Join(dir, "secret.key")},
		HTTP:     config.HTTP{Listen: "127.0.0.1:0", OpsListen: "127.0.0.1:0"},
		ABMURL:   "http://127.0.0.1:1", SyncPageSize: 100, Limits: config.DefaultLimits(),
	}
	return app.Options{Config: cfg, Version: "v1", Clock: clockwork.NewRealClock(), Logger: slog.New(slog.DiscardHandler)}
}

func run(t *testing.T, a *app.App) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

var client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func request(t *testing.T, method, url, body string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// until waits until the metrics hold all of the lines: a request is counted a moment after its client has the answer.
func until(t *testing.T, a *app.App, wanted ...string) string {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		text := request(t, "GET", a.Server.OpsURL()+"/metrics", "")
		var missing []string
		for _, line := range wanted {
			if !strings.Contains(text, line) {
				missing = append(missing, line)
			}
		}
		if len(missing) == 0 {
			return text
		}
		if time.Now().After(deadline) {
			t.Fatalf("missing:\n%s\nin:\n%s", strings.Join(missing, "\n"), text)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// The operators' address shows what came to the main one, and that one does not.
func TestMetricsAreServed(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		dbtest.CheckLeaks(t)
		a := serve(t, databaseURL)
		request(t, "POST", a.Server.URL()+"/graphql", `{"query": "{ instance { version } }"}`)
		request(t, "POST", a.Server.URL()+"/graphql", `{"query": "{ abmTokens { nodes { id } } }"}`)
		request(t, "POST", a.Server.URL()+"/graphql", `{"query": "{ nonsense"}`)
		request(t, "POST", a.Server.URL()+"/graphql", `{"query": "mutation { other: signIn(input: {email: \"a@example.org\", password: \"wrong\"}) { viewer { name } } }"}`)
		request(t, "BREW", a.Server.URL()+"/healthz", "")
		for i := range 20 {
			request(t, "GET", fmt.Sprintf("%s/graphql/%d", a.Server.URL(), i), "")
		}
		if text := request(t, "GET", a.Server.URL()+"/metrics", ""); strings.Contains(text, "guardmdm_build_info") {
			t.Error("the main address shows metrics")
		}
		wanted := []string{
			`guardmdm_graphql_operations_total{code="",type="query"} 1`,
			`guardmdm_graphql_operations_total{code="UNAUTHENTICATED",type="query"} 1`,
			`guardmdm_graphql_operations_total{code="GRAPHQL_PARSE_FAILED",type="none"} 1`,
			`guardmdm_graphql_operations_total{code="",type="mutation"} 1`,
			`guardmdm_graphql_user_errors_total{code="BAD_USER_INPUT",mutation="signIn"} 1`,
			`guardmdm_graphql_operation_duration_seconds_count{type="query"} 2`,
			`guardmdm_http_requests_total{method="POST",route="/graphql",status="200"} 2`,
			`guardmdm_http_requests_total{method="POST",route="/graphql",status="401"} 1`,
			`guardmdm_http_requests_total{method="other",route="/healthz",status="405"} 1`,
			`guardmdm_http_requests_total{method="GET",route="/graphql/",status="404"} 20`,
			`guardmdm_database_up 1`, `version="v1"`, `go_sql_open_connections{db_name="`, `process_open_fds`,
		}
		until(t, a, wanted...)
	})
}

// A subscription that is open is counted, and no time of it is taken for the duration of a request.
func TestSubscriptionIsCounted(t *testing.T) {
	a := serve(t, dbtest.SQLite(t))
	_, token, err := a.APITokens.Create(auth.Console(t.Context()), "ci", role.Viewer, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "POST", a.Server.URL()+"/graphql", strings.NewReader(`{"query": "subscription { syncProgress { id } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "Accept": "text/event-stream", "Authorization": "Bearer " + token} {
		r.Header.Set(name, value)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	until(t, a, `guardmdm_progress_subscribers 1`, `guardmdm_graphql_operations_total{code="",type="subscription"} 1`)
	cancel()
	text := until(t, a, `guardmdm_progress_subscribers 0`, `guardmdm_http_requests_total{method="POST",route="subscription",status="200"} 1`)
	if strings.Contains(text, `guardmdm_http_request_duration_seconds_count{route="subscription"}`) ||
		strings.Contains(text, `guardmdm_graphql_operation_duration_seconds_count{type="subscription"}`) {
		t.Error("the subscription has a duration")
	}
}

// A server that was told no public URL is reached where it listens; with Apple's own service that is not good enough.
func TestPublicURL(t *testing.T) {
	ask := func(a *app.App) string {
		t.Helper()
		_, token, err := a.APITokens.Create(auth.Console(t.Context()), "ci", role.Viewer, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequestWithContext(t.Context(), "POST", a.Server.URL()+"/graphql", strings.NewReader(`{"query": "{ publicUrl { url } }"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(text))
	}
	a := serve(t, dbtest.SQLite(t))
	if got, want := ask(a), `{"data":{"publicUrl":{"url":"`+a.Server.URL()+`"}}}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}

	o := options(t, dbtest.SQLite(t))
	o.Config.ABMURL = "https://mdmenrollment.apple.com"
	a, err := app.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	run(t, a)
	if got, want := ask(a), `{"data":{"publicUrl":{"url":null}}}`; got != want {
		t.Errorf("with Apple's own service: %s, want %s", got, want)
	}
	o = options(t, dbtest.SQLite(t))
	o.Config.ABMURL, o.Config.PublicURL = "https://mdmenrollment.apple.com", "http://mdm.example.org"
	if a, err := app.New(t.Context(), o); err == nil || !strings.Contains(err.Error(), "GUARDMDM_PUBLIC_URL") {
		t.Errorf("http with Apple's own service: %v, %v", a, err)
	}
}

// Devices find their address, and learn why there is no profile; a file of authorities for simulations is warned of, and one that cannot be read stops the
// start.
func TestEnrollmentIsServed(t *testing.T) {
	o := options(t, "sqlite:"+filepath.Join(t.TempDir(), "guardmdm.db"))
	o.Config.DeviceCAFile = filepath.Join(t.TempDir(), "ca.pem")
	if a, err := app.New(t.Context(), o); err == nil || !strings.Contains(err.Error(), "GUARDMDM_DEVICE_CA_FILE") {
		t.Fatal(a, err)
	}
	if err := os.WriteFile(o.Config.DeviceCAFile, cmsmaker.Authority(t, "Simulated", cmsmaker.EC(t), nil).PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	a, err := app.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "DEVICES THAT ARE NOT APPLE'S MAY ENROLL") {
		t.Error(log.String())
	}
	run(t, a)
	if text := request(t, "POST", a.Server.URL()+"/enroll/ade/unknown", "0"); !strings.Contains(text, "UNKNOWN_ENROLLMENT_KEY") {
		t.Error(text)
	}
	until(t, a, `guardmdm_enrollment_requests_total{code="UNKNOWN_ENROLLMENT_KEY"} 1`)
	if text := request(t, "POST", a.Server.URL()+"/graphql", `{"query": "{ instance { simulatedDevicesEnroll } }"}`); !strings.Contains(text, "true") {
		t.Error(text)
	}
}
