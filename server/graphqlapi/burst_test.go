package graphqlapi_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
)

// burst is progress without pauses: states follow each other as fast as they are taken.
type burst int

func (n burst) Watch(ctx context.Context, _ gid.ID) (<-chan *ent.SyncRun, error) {
	runs := make(chan *ent.SyncRun)
	go func() {
		defer close(runs)
		for i := range int(n) {
			select {
			case runs <- &ent.SyncRun{ID: gid.New(gid.SyncRun, 1), Status: syncrun.StatusRunning, Pages: i, RequestedBy: strings.Repeat("x", i%97)}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return runs, nil
}

// gqlgen writes all events of a subscription into one buffer: an event that is still being sent must not change under it.
func TestStreamKeepsEventsApart(t *testing.T) {
	const events = 300
	handler, err := graphqlapi.New(graphqlapi.Options{
		Resolver: &graph.Resolver{Progress: burst(events)},
		Authenticate: func(context.Context, string) (auth.Caller, error) {
			return auth.Caller{Name: "t", Role: role.Viewer}, nil
		},
		Limits: limits.Default(), Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/graphql",
		strings.NewReader(`{"query": "subscription { syncProgress { pages requestedBy } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Authorization", "Bearer any")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	seen := 0
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok || data == "" {
			continue
		}
		if want := fmt.Sprintf(`{"data":{"syncProgress":{"pages":%d,"requestedBy":"%s"}}}`, seen, strings.Repeat("x", seen%97)); data != want {
			t.Fatalf("event %d is %s", seen, data)
		}
		seen++
	}
	if seen != events {
		t.Errorf("%d events of %d", seen, events)
	}
}
