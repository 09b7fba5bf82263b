package graphqlapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/fleetfeed"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/people"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/reqid"
	"github.com/guardmdm/guardmdm/server/session"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/stack"
)

const requestID = "req_TEST"

// api is the endpoint over real HTTP, on real services.
type api struct {
	*stack.Stack
	t        testing.TB
	url      string
	handler  http.Handler
	sessions *session.Manager
	people   *people.Service
	tokens   map[role.Role]string // secret by role; "" for nobody
	log      *lockedBuffer
	stop     context.CancelFunc // ends all requests, as the stop of the server does with subscriptions
	close    func()             // waits for their ends too
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// serve starts the endpoint until the test ends; change, if any, changes its options.
func serve(t testing.TB, s *stack.Stack, change func(*graphqlapi.Options)) *api {
	t.Helper()
	a := &api{Stack: s, t: t, tokens: map[role.Role]string{"": ""}, log: &lockedBuffer{}}
	for _, r := range []role.Role{role.Viewer, role.Operator, role.Admin} {
		_, secret, err := s.APITokens.Create(stack.Admin(t), "test "+string(r), r, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		a.tokens[r] = secret
	}
	log := slog.New(slog.NewTextHandler(a.log, nil))
	a.sessions = session.New(s.DB, newBus(t, s.DB), s.Clock, log)
	a.people = people.New(s.DB, a.sessions, s.Clock, log)
	options := graphqlapi.Options{
		Resolver: &graph.Resolver{
			DB: s.DB, Tokens: s.Tokens, Checks: s.Tokens, Syncs: s.Syncs, Progress: s.Progress, APITokens: s.APITokens,
			ADEProfiles: s.Profiles, Groups: s.Groups, Assignments: s.Assign, Enrollments: s.MDM, Feed: oneEvent{}, URLs: s.URLs, DeviceCAs: s.DeviceCAs, Identities: s.Identities, Signing: s.Enrollment,
			Push: s.Push, Commands: s.MDM, OtherMDMs: s.OtherMDMs,
			People: a.people, Clock: s.Clock, Instance: graph.Instance{NextSync: jobs.NextSync},
			Diagnoses: s.Diagnoses(false), Days: s.Upkeep(),
		},
		Authenticate: s.APITokens.Authenticate,
		Sessions:     a.sessions,
		Limits:       limits.Default(),
		Clock:        s.Clock,
		Logger:       log,
	}
	if change != nil {
		change(&options)
	}
	handler, err := graphqlapi.New(options)
	if err != nil {
		t.Fatal(err)
	}
	a.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(reqid.With(r.Context(), requestID)))
	})
	server := httptest.NewUnstartedServer(a.handler)
	base, cancel := context.WithCancel(context.Background())
	server.Config.BaseContext = func(net.Listener) context.Context { return base }
	server.Start()
	a.url, a.stop, a.close = server.URL, cancel, func() { cancel(); server.Close() }
	t.Cleanup(func() { a.close(); http.DefaultClient.CloseIdleConnections() })
	return a
}

// newBus is the one of a process on db.
func newBus(t testing.TB, db *store.Store) pubsub.Bus {
	t.Helper()
	var bus pubsub.Bus = pubsub.NewMemory()
	if db.IsPostgres() {
		bus = pubsub.NewPostgres(pubsub.PostgresOptions{DB: db.DB(), ListenURL: db.DirectURL()})
		connected := bus.Subscribe("test")
		<-connected.C() // it signals to all when it listens
		connected.Close()
	}
	t.Cleanup(func() {
		if err := bus.Close(); err != nil {
			t.Error(err)
		}
	})
	return bus
}

// start is serve on fresh services on db.
func start(t testing.TB, db *store.Store) *api {
	t.Helper()
	s := stack.New(t, db, stack.Options{Devices: 50})
	s.Start(t)
	return serve(t, s, nil)
}

type gqlError struct {
	Message    string
	Path       []any
	Extensions struct {
		Code       string
		Hint       string
		Field      []string
		RequestID  string
		RetryAfter int
	}
}

// answer is what came back for an operation.
type answer struct {
	status int
	header http.Header
	raw    string
	Data   json.RawMessage
	Errors []gqlError
}

func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// do sends a request as the caller.
func (a *api) do(secret, contentType, accept, body string) *http.Response {
	a.t.Helper()
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.url, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	r.Header.Set("Content-Type", contentType)
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	if secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		a.t.Fatal(err)
	}
	return response
}

func (a *api) raw(secret, contentType, body string) answer {
	a.t.Helper()
	response := a.do(secret, contentType, "", body)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	out := answer{status: response.StatusCode, header: response.Header, raw: string(text)}
	if err := json.Unmarshal(text, &out); err != nil {
		a.t.Fatalf("status %d, not JSON: %.300s", response.StatusCode, text)
	}
	return out
}

func request(query string, variables map[string]any) string {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err)
	}
	return string(body)
}

// post runs an operation as a caller of the role.
func (a *api) post(r role.Role, query string, variables map[string]any) answer {
	a.t.Helper()
	return a.raw(a.tokens[r], "application/json", request(query, variables))
}

// get reads the data of an operation that has to succeed.
func (a *api) get(r role.Role, query string, variables map[string]any, into any) {
	a.t.Helper()
	out := a.post(r, query, variables)
	if out.status != http.StatusOK || len(out.Errors) > 0 {
		a.t.Fatalf("%s: status %d, %v", query, out.status, out.Errors)
	}
	if err := json.Unmarshal(out.Data, into); err != nil {
		a.t.Fatal(err)
	}
}

// oneEvent is a feed with something to tell at once: a subscription that stays silent tells nothing about who may have it.
type oneEvent struct{}

func (oneEvent) Watch(context.Context, fleetfeed.Filter) (<-chan *ent.DeviceEvent, error) {
	events := make(chan *ent.DeviceEvent, 1)
	events <- &ent.DeviceEvent{ID: gid.New(gid.DeviceEvent, 1), Kind: deviceevent.KindEnrolled}
	return events, nil
}
