package graphqlapi

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// observeSubscription tells Options.Observe that a subscription begins: it may have no answer for hours.
func (e *Endpoint) observeSubscription(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if kindOfOperation(ctx) == ast.Subscription {
		e.options.Observe(string(ast.Subscription), "", 0)
	}
	return next(ctx)
}

// observeResponse tells Options.Observe of every answer to a query or mutation, of every refusal, and of the errors of subscriptions.
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
		e.options.Observe(string(kind), code, took)
	case code != "":
		e.options.Observe(string(kind), code, 0)
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
