package graph_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/generated"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// api carries operations out without HTTP, roles and limits: those are tested with their packages.
type api struct {
	*graph.Resolver
	t    *testing.T
	exec *executor.Executor
}

// people knows whether the server waits for its first administrator.
type people struct {
	graph.People
	setupNeeded bool
}

func (p people) SetupNeeded(context.Context) (bool, error) { return p.setupNeeded, nil }

func newAPI(t *testing.T, s *stack.Stack) api {
	t.Helper()
	r := &graph.Resolver{
		DB: s.DB, Tokens: s.Tokens, Checks: s.Tokens, Syncs: s.Syncs, Progress: s.Progress, People: people{setupNeeded: true}, APITokens: s.APITokens,
		ADEProfiles: s.Profiles, URLs: s.URLs, Groups: s.Groups, Assignments: s.Assign, Enrollments: s.MDM, Commands: s.MDM, DeviceCAs: s.DeviceCAs, Identities: s.Identities, Signing: s.Enrollment, Push: s.Push,
		Clock:     s.Clock,
		Instance:  graph.Instance{Version: "1.2.3", SyncPageSize: 100, NextSync: jobs.NextSync, SyncInterval: jobs.SyncInterval},
		Diagnoses: s.Diagnoses(false), Days: s.Upkeep(),
	}
	exec := executor.New(generated.NewExecutableSchema(generated.Config{Resolvers: r, Directives: generated.DirectiveRoot{
		HasRole: func(ctx context.Context, _ any, next graphql.Resolver, _ role.Role) (any, error) { return next(ctx) },
		Public:  func(ctx context.Context, _ any, next graphql.Resolver) (any, error) { return next(ctx) },
	}}))
	exec.AroundResponses(graph.ReadTogether)
	exec.SetErrorPresenter(func(ctx context.Context, err error) *gqlerror.Error {
		e := graphql.DefaultErrorPresenter(ctx, err)
		e.Extensions = map[string]any{"code": apperr.CodeOf(err)}
		return e
	})
	return api{Resolver: r, t: t, exec: exec}
}

// do carries out an operation in Ada's name.
func (a api) do(document string, variables map[string]any) *graphql.Response {
	a.t.Helper()
	return a.doAs(role.Admin, document, variables)
}

// doAs carries out an operation in Ada's name, who has the role.
func (a api) doAs(r role.Role, document string, variables map[string]any) *graphql.Response {
	a.t.Helper()
	ctx := auth.WithCaller(a.t.Context(), auth.Caller{Kind: auditentry.ActorKindUser, ID: gid.New(gid.User, 1), Name: "Ada", Role: r})
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := a.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: document, Variables: variables, ReadTime: graphql.TraceTiming{Start: time.Now()}})
	if errs != nil {
		a.t.Fatalf("%s: %v", document, errs)
	}
	respond, ctx := a.exec.DispatchOperation(ctx, op)
	return respond(ctx)
}

// get reads the data of an operation that has to succeed.
func (a api) get(document string, variables map[string]any, into any) {
	a.t.Helper()
	response := a.do(document, variables)
	if len(response.Errors) > 0 {
		a.t.Fatalf("%s: %v", document, response.Errors)
	}
	if err := json.Unmarshal(response.Data, into); err != nil {
		a.t.Fatalf("%s: %v", response.Data, err)
	}
}

// code is that of the first error.
func (a api) code(document string, variables map[string]any) apperr.Code {
	a.t.Helper()
	response := a.do(document, variables)
	if len(response.Errors) == 0 {
		return ""
	}
	code, _ := response.Errors[0].Extensions["code"].(apperr.Code)
	return code
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
