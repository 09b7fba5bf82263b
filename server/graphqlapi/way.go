package graphqlapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// way is how an operation came.
type way int

const (
	nowhere way = iota
	post
	stream
	socket
)

// wayOf tells the ways apart. Clients such as urql name text/event-stream behind JSON with every query, and mean JSON.
func wayOf(r *http.Request) way {
	switch {
	case r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket"):
		return socket
	case r.Method != http.MethodPost:
		return nowhere
	case accepts(r, "text/event-stream") && !accepts(r, "application/json", graphqlJSON, "*/*"):
		return stream
	}
	return post
}

type wayKey struct{}

func withWay(ctx context.Context, w way) context.Context { return context.WithValue(ctx, wayKey{}, w) }

// waysOfOperations refuses what came by the wrong way: gqlgen runs mutations over WebSocket, where no request has a time limit,
// and answers a subscription by POST with its first event. The rule that a subscription has one field it only knows when it
// runs.
type waysOfOperations struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = waysOfOperations{}

// ExtensionName implements graphql.HandlerExtension.
func (waysOfOperations) ExtensionName() string { return "WaysOfOperations" }

// Validate implements graphql.HandlerExtension.
func (waysOfOperations) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext implements graphql.OperationContextMutator.
func (waysOfOperations) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	came, _ := ctx.Value(wayKey{}).(way)
	subscription := operation.Operation.Operation == ast.Subscription
	var e *apperr.Error
	switch {
	case subscription && came == post:
		e = apperr.New(apperr.BadUserInput, "A subscription has no single answer, as POST gives.").
			WithHint("Connect by WebSocket (graphql-transport-ws), or send Accept: text/event-stream.")
	case !subscription && came != post:
		e = apperr.New(apperr.BadUserInput, "WebSockets and event streams are for subscriptions; this is a %s.", operation.Operation.Operation).
			WithHint("Send it by POST, with Accept: application/json.")
	case subscription && len(graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Subscription"})) != 1:
		e = apperr.New(apperr.BadUserInput, "A subscription is for one field.").WithHint("Subscribe once for each field.")
	default:
		return nil
	}
	return &gqlerror.Error{Message: e.Message, Err: e}
}
