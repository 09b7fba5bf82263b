// Package scale_test measures the API at a million devices: `go test -run '^$' -bench . -benchtime 1x ./test/scale`. The devices are
// put in once for each database and run.
package scale_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/export"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/heap"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/imports"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
	"github.com/guardmdm/guardmdm/test/stack"
)

var (
	devices  = flag.Int("devices", 1_000_000, "devices in the database")
	requests = flag.Int("requests", 200, "requests of each case")
	rate     = flag.Int("rate", 50, "requests a second; 0: one after the other")
	beside   = flag.Bool("beside", false, "measure lists beside a sync of 100 ms a page")
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a server on a full database.
type world struct {
	*stack.Stack
	db     *store.Store
	tokens []*ent.ABMToken
	url    string
	secret string // of a viewer
	writer string // of an operator
	client *http.Client
}

// each runs f on both databases.
func each(b *testing.B, f func(b *testing.B, w *world)) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			db := dbtest.Open(b, name)
			tokens := fleet.Fill(b, db, *devices)
			atApple := 0 // they would be in the memory of the server's process, for its collector to go through
			if *beside {
				atApple = 100_000
			}
			w := serve(b, stack.New(b, db, stack.Options{Devices: atApple, PageSize: 1000, Latency: 100 * time.Millisecond}), limits.Default())
			w.tokens = tokens
			f(b, w)
		})
	}
}

// serve puts the real HTTP server before the services.
func serve(b testing.TB, s *stack.Stack, l limits.Config) *world {
	b.Helper()
	log := slog.New(slog.DiscardHandler)
	b.Cleanup(heap.Floor(heap.Server)) // as cli has it
	s.Start(b)
	api, err := graphqlapi.New(graphqlapi.Options{
		Resolver: &graph.Resolver{
			DB: s.DB, Tokens: s.Tokens, Checks: s.Tokens, Syncs: s.Syncs, Progress: s.Progress, APITokens: s.APITokens,
			ADEProfiles: s.Profiles, Groups: s.Groups, Assignments: s.Assign, Enrollments: s.MDM, URLs: s.URLs, Clock: s.Clock,
			Instance:  graph.Instance{NextSync: jobs.NextSync, SyncInterval: jobs.SyncInterval},
			Diagnoses: s.Diagnoses(true), Days: s.Upkeep(),
		},
		Authenticate: s.APITokens.Authenticate, Limits: l, Clock: s.Clock, Logger: log,
	})
	if err != nil {
		b.Fatal(err)
	}
	takes := imports.New(imports.Options{Lists: s.Lists, API: api, Logger: log})
	exports := export.New(export.Options{Store: s.DB, API: api, Assignments: s.Assign, Clock: clockwork.NewRealClock(), Logger: log})
	server, err := httpd.New(httpd.Config{Listen: "127.0.0.1:0", Logger: log}, httpd.Handlers{GraphQL: api, Routes: append(exports.Routes(), takes.Routes()...)})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := server.Listen(ctx); err != nil {
		b.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	_, secret, err := s.APITokens.Create(stack.Admin(b), "scale", role.Viewer, time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	_, writer, err := s.APITokens.Create(stack.Admin(b), "imports", role.Operator, time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	w := &world{Stack: s, db: s.DB, url: server.URL(), secret: secret, writer: writer, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100, DisableCompression: true}}}
	b.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
		w.client.CloseIdleConnections()
	})
	return w
}

func (w *world) request(method, path string, body []byte) (*http.Request, error) {
	r, err := http.NewRequest(method, w.url+path, bytes.NewReader(body))
	if err == nil {
		r.Header.Set("Authorization", "Bearer "+w.secret)
		r.Header.Set("Content-Type", "application/json")
	}
	return r, err
}

// ask sends one operation and reads the whole answer.
func (w *world) ask(body []byte) ([]byte, error) {
	r, err := w.request(http.MethodPost, "/graphql", body)
	if err != nil {
		return nil, err
	}
	response, err := w.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || bytes.Contains(text, []byte(`"errors"`))) {
		err = fmt.Errorf("status %d: %.300s", response.StatusCode, text)
	}
	return text, err
}

func operation(b testing.TB, query string, variables map[string]any) []byte {
	b.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		b.Fatal(err)
	}
	return body
}

// latencies are how long requests took.
type latencies []time.Duration

// at is a percentile in milliseconds, rounded up where there are few: of 50 requests, the slowest is their p99.
func (l latencies) at(share float64) float64 {
	slices.Sort(l)
	return float64(l[min(len(l)-1, int(share*float64(len(l))))].Microseconds()) / 1000
}

func (l latencies) report(b *testing.B) {
	b.Helper()
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(l.at(0.5), "ms-median")
	b.ReportMetric(l.at(0.99), "ms-p99")
}

// measure sends the operation at the rate, each request whether the last one was answered or not, and reports percentiles.
func (w *world) measure(b *testing.B, body []byte) latencies {
	b.Helper()
	for range 3 { // the first ones parse the document and open connections
		if _, err := w.ask(body); err != nil {
			b.Fatal(err)
		}
	}
	var took latencies
	for b.Loop() {
		took = append(took, w.series(b, body)...)
	}
	took.report(b)
	return took
}

func (w *world) series(b *testing.B, body []byte) []time.Duration {
	b.Helper()
	took := make([]time.Duration, *requests)
	if *rate == 0 {
		for i := range took {
			begin := time.Now()
			if _, err := w.ask(body); err != nil {
				b.Fatal(err)
			}
			took[i] = time.Since(begin)
		}
		return took
	}
	failed := make(chan error, len(took))
	tick := time.NewTicker(time.Second / time.Duration(*rate))
	defer tick.Stop()
	for i := range took {
		due := <-tick.C
		go func() {
			_, err := w.ask(body)
			took[i] = time.Since(due)
			failed <- err
		}()
	}
	for range took {
		if err := <-failed; err != nil {
			b.Fatal(err)
		}
	}
	return took
}

func unspaced(s string) string { return strings.ReplaceAll(s, " ", "-") }
