package graphqlapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/apitoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

const watch = `subscription($id: ID) { syncProgress(abmTokenId: $id) { id status phase pages devicesSeen abmToken { name } error { code } } }`

// progress is what the subscription tells.
type progress struct {
	ID, Status, Phase  string
	Pages, DevicesSeen int
	AbmToken           struct{ Name string }
}

func read(t *testing.T, data string) progress {
	t.Helper()
	var event struct {
		Data   struct{ SyncProgress progress }
		Errors []gqlError
	}
	if err := json.Unmarshal([]byte(data), &event); err != nil || len(event.Errors) > 0 {
		t.Fatalf("%q: %v", data, err)
	}
	return event.Data.SyncProgress
}

// begin puts a run there that nobody works on.
func begin(t testing.TB, s *stack.Stack, token gid.ID) *ent.SyncRun {
	t.Helper()
	now := s.Clock.Now()
	run, err := s.DB.Ent().SyncRun.Create().SetAbmTokenID(token).SetStatus(syncrun.StatusRunning).SetPhase(syncrun.PhaseFetch).
		SetTrigger(syncrun.TriggerManual).SetFull(true).SetStartedAt(now).SetUpdatedAt(now).SetLeaseExpiresAt(now.Add(24 * time.Hour)).Save(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Progress.Changed()
	return run
}

// advance says that the run stored a page, or ended.
func advance(t testing.TB, s *stack.Stack, run *ent.SyncRun, status syncrun.Status) {
	t.Helper()
	if err := s.DB.Ent().SyncRun.UpdateOneID(run.ID).AddPages(1).SetStatus(status).SetUpdatedAt(s.Clock.Now().Add(time.Millisecond)).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Progress.Changed()
}

func variables(token gid.ID) map[string]any { return map[string]any{"id": token.String()} }

func TestStreamFollowsARunToItsEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		dbtest.CheckLeaks(t)
		a := start(t, db)
		token, err := a.Tokens.Generate(stack.Admin(t), "Server")
		if err != nil {
			t.Fatal(err)
		}
		run := begin(t, a.Stack, token.ID)
		s := a.subscribe(a.tokens[role.Viewer], watch, variables(token.ID))
		defer s.close()
		if s.status != 200 || !strings.HasPrefix(s.header.Get("Content-Type"), "text/event-stream") || s.header.Get("X-Accel-Buffering") != "no" {
			t.Fatalf("status %d, %v", s.status, s.header)
		}
		if e := s.any(); e != (event{}) {
			t.Errorf("the stream does not begin at once: %v", e)
		}
		// The present state at once.
		if p := read(t, s.next().data); p.ID != run.ID.String() || p.Status != "RUNNING" || p.Pages != 0 || p.AbmToken.Name != "Server" {
			t.Errorf("first: %+v", p)
		}
		advance(t, a.Stack, run, syncrun.StatusRunning)
		if p := read(t, s.next().data); p.Pages != 1 || p.Status != "RUNNING" {
			t.Errorf("second: %+v", p)
		}
		advance(t, a.Stack, run, syncrun.StatusSucceeded)
		if p := read(t, s.next().data); p.Pages != 2 || p.Status != "SUCCEEDED" {
			t.Errorf("last: %+v", p)
		}
		if e := s.next(); e != (event{"complete", ""}) {
			t.Errorf("after the last: %v", e)
		}
		if e := s.next(); e.name != "end" {
			t.Errorf("after the end: %v", e)
		}
	})
}

// What would not become a stream is answered as any request, with a status.
func TestStreamsThatDoNotBegin(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	viewer := a.tokens[role.Viewer]
	for name, tc := range map[string]struct {
		secret, query string
		status        int
		code          string
	}{
		"no credentials":  {"", watch, 401, "UNAUTHENTICATED"},
		"bad credentials": {"gmdm_wrong", watch, 401, "UNAUTHENTICATED"},
		"a query":         {viewer, "{viewer{name}}", 400, "BAD_USER_INPUT"},
		"a mutation":      {a.tokens[role.Admin], "mutation{generateABMToken(input:{}){certificatePEM}}", 400, "BAD_USER_INPUT"},
		"not valid":       {viewer, "subscription{syncProgress{nothing}}", 400, "GRAPHQL_VALIDATION_FAILED"},
		"two fields":      {viewer, "subscription{a:syncProgress{id} b:syncProgress{id}}", 400, "BAD_USER_INPUT"},
	} {
		s := a.subscribe(tc.secret, tc.query, nil)
		if out := s.answer(); out.status != tc.status || out.code() != tc.code {
			t.Errorf("%s: status %d, %s", name, out.status, out.raw)
		}
		s.close()
	}
	// These are known only once the resolver ran: they come as the stream's only event.
	for id, code := range map[string]string{"abm_99": "NOT_FOUND", "x": "BAD_USER_INPUT"} {
		s := a.subscribe(viewer, watch, map[string]any{"id": id})
		if e := s.next(); e.name != "next" || !strings.Contains(e.data, code) {
			t.Errorf("%s: %v", id, e)
		}
		if e := s.next(); e.name != "complete" {
			t.Errorf("%s: %v", id, e)
		}
		s.close()
	}
}

// A client that leaves, and a server that stops, leave nothing behind; a stop is no end of the subscription.
func TestStreamsThatBreakOff(t *testing.T) {
	db := dbtest.Open(t, "sqlite")
	dbtest.CheckLeaks(t)
	a := start(t, db)
	token, err := a.Tokens.Generate(stack.Admin(t), "Server")
	if err != nil {
		t.Fatal(err)
	}
	begin(t, a.Stack, token.ID)
	gone := a.subscribe(a.tokens[role.Viewer], watch, variables(token.ID))
	gone.next()
	gone.close()
	stays := a.subscribe(a.tokens[role.Viewer], watch, nil)
	defer stays.close()
	stays.next()
	a.stop()
	if e := stays.next(); e.name != "end" {
		t.Errorf("at the stop: %v", e)
	}
}

func TestStreamHeartbeatAndRevokedToken(t *testing.T) {
	dbtest.CheckLeaks(t)
	clock := clockwork.NewFakeClock()
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.Clock = clock })
	stream := a.subscribe(a.tokens[role.Viewer], watch, nil)
	defer stream.close()
	stream.any()
	for range 3 {
		await(t, clock, 2) // heartbeat, which begins anew after each, and recheck
		clock.Advance(15 * time.Second)
		if e := stream.any(); e != (event{}) {
			t.Fatalf("heartbeat: %v", e)
		}
	}
	if err := s.DB.Ent().APIToken.Update().Where(apitoken.RoleEQ(role.Viewer)).SetRevokedAt(time.Now()).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	await(t, clock, 2)
	clock.Advance(15 * time.Second)
	if e := stream.next(); e.name != "next" || !strings.Contains(e.data, "UNAUTHENTICATED") {
		t.Errorf("revoked: %v", e)
	}
	if e := stream.next(); e.name != "complete" {
		t.Errorf("revoked: %v", e)
	}
}

func await(t testing.TB, clock *clockwork.FakeClock, waiters int) {
	t.Helper()
	if err := clock.BlockUntilContext(t.Context(), waiters); err != nil {
		t.Fatal(err)
	}
}

func TestLimitsOfStreams(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.Limits.Sockets, o.Limits.Connections = 2, 3 })
	viewer, admin := a.tokens[role.Viewer], a.tokens[role.Admin]
	one, two := a.subscribe(viewer, watch, nil), a.subscribe(viewer, watch, nil)
	defer one.close()
	if one.status != 200 || two.status != 200 {
		t.Fatalf("status %d, %d", one.status, two.status)
	}
	over := a.subscribe(viewer, watch, nil)
	if out := over.answer(); out.status != http.StatusTooManyRequests || out.code() != "LIMIT_EXCEEDED" || !strings.Contains(out.Errors[0].Message, "3, and at most 2") {
		t.Errorf("third of a caller: status %d, %s", out.status, out.raw)
	}
	other := a.subscribe(admin, watch, nil)
	defer other.close()
	if other.status != 200 {
		t.Errorf("first of another: %d", other.status)
	}
	over = a.subscribe(admin, watch, nil)
	if out := over.answer(); out.status != http.StatusServiceUnavailable || out.code() != "LIMIT_EXCEEDED" {
		t.Errorf("fourth of all: status %d, %s", out.status, out.raw)
	}
	// The place of one that ended is free again, once the server saw its end.
	two.close()
	for deadline := time.Now().Add(10 * time.Second); ; {
		again := a.subscribe(viewer, watch, nil)
		again.close()
		if again.status == 200 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the place is not free")
		}
	}
}
