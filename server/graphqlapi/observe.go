package graphqlapi

import (
	"context"
	"reflect"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/graph/standby"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// Observer is told what is asked, for metrics, from any goroutine. Its methods must not block.
type Observer interface {
	// GraphQLOperation tells of an operation: its type ("" if it was refused before that was known), the code of its first error, and
	// for queries and mutations how long they took.
	GraphQLOperation(kind string, code apperr.Code, took time.Duration)
	// GraphQLUserError tells of an entry of a mutation's userErrors.
	GraphQLUserError(mutation, code string)
}

// unobserved is the Observer of nobody.
type unobserved struct{}

func (unobserved) GraphQLOperation(string, apperr.Code, time.Duration) {}
func (unobserved) GraphQLUserError(string, string)                     {}

// aroundField is the middleware of every field.
func (e *Endpoint) aroundField(ctx context.Context, next graphql.Resolver) (any, error) {
	result, err := e.faults.field(ctx, next)
	if fc := graphql.GetFieldContext(ctx); fc.Object == "Mutation" && err == nil {
		e.observePayload(fc.Field.Name, result)
	}
	return result, err
}

// observePayload tells the Observer of what a mutation's caller can mend. Each payload is a type of its own; what they have in common is
// the name of the field.
func (e *Endpoint) observePayload(mutation string, result any) {
	payload := reflect.Indirect(reflect.ValueOf(result))
	if payload.Kind() != reflect.Struct {
		return
	}
	if field := payload.FieldByName("UserErrors"); field.IsValid() {
		list, _ := field.Interface().([]*model.UserError)
		for _, u := range list {
			e.options.Observer.GraphQLUserError(mutation, u.Code)
		}
	}
}

// standBy has a subscription wait for its next value above all that then answers it.
func standBy(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if kindOfOperation(ctx) != ast.Subscription {
		return next(ctx)
	}
	ctx, post := standby.New(ctx)
	responses := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		post.Wait(ctx)
		return responses(ctx)
	}
}

// observeSubscription tells the Observer that a subscription begins: it may have no answer for hours.
func (e *Endpoint) observeSubscription(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if kindOfOperation(ctx) == ast.Subscription {
		e.options.Observer.GraphQLOperation(string(ast.Subscription), "", 0)
	}
	return next(ctx)
}

// observeResponse tells the Observer of every answer to a query or mutation, of every refusal, and of the errors of subscriptions.
func (e *Endpoint) observeResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil {
		return nil
	}
	kind, code := kindOfOperation(ctx), firstCode(response.Errors)
	switch {
	case kind != ast.Subscription:
		start := graphql.GetOperationContext(ctx).Stats.OperationStart
		took := graphql.Now().Sub(start)
		if kind == "" || start.IsZero() {
			took = 0
		}
		e.options.Observer.GraphQLOperation(string(kind), code, took)
	case code != "":
		e.options.Observer.GraphQLOperation(string(kind), code, 0)
	}
	return response
}

// kindOfOperation is "" while the operation could not be read.
func kindOfOperation(ctx context.Context) ast.Operation {
	if !graphql.HasOperationContext(ctx) {
		return ""
	}
	if oc := graphql.GetOperationContext(ctx); oc.Operation != nil {
		return oc.Operation.Operation
	}
	return ""
}

// firstCode is that of the first error; Internal for one without.
func firstCode(list gqlerror.List) apperr.Code {
	if len(list) == 0 {
		return ""
	}
	if code, ok := list[0].Extensions["code"].(apperr.Code); ok {
		return code
	}
	return apperr.Internal
}
