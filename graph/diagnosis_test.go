package graph_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/server/diagnosis"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// looks counts how often somebody looks for what is wrong.
type looks struct {
	graph.Diagnoses
	n atomic.Int32
}

func (l *looks) Find(ctx context.Context, token gid.ID) (*diagnosis.Report, error) {
	l.n.Add(1)
	return l.Diagnoses.Find(ctx, token)
}

// Troubleshooting asks for what is wrong and for what is in order by one operation: one look answers. The next
// operation looks again.
func TestOneOperationLooksOnce(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := newAPI(t, s)
	counted := &looks{Diagnoses: a.Resolver.Diagnoses}
	a.Resolver.Diagnoses = counted
	token, _ := s.Connect(t, "first")
	const fields = "diagnoses { code } passedChecks { code } again: diagnoses { code }"
	for n := range int32(2) {
		if answer := a.do("{ "+fields+" }", nil); len(answer.Errors) > 0 {
			t.Fatal(answer.Errors)
		}
		if got := counted.n.Load(); got != n+1 {
			t.Errorf("%d operations looked %d times", n+1, got)
		}
	}
	counted.n.Store(0)
	both := "query ($token: ID!) { " + fields + " ofToken: diagnoses(abmTokenId: $token) { code } passed: passedChecks(abmTokenId: $token) { code } }"
	if answer := a.do(both, map[string]any{"token": token.ID.String()}); len(answer.Errors) > 0 {
		t.Fatal(answer.Errors)
	}
	if got := counted.n.Load(); got != 2 {
		t.Errorf("an operation about everything and one token looked %d times", got)
	}
}
