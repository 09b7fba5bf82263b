package graphqlapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/reqid"
	"github.com/guardmdm/guardmdm/server/store"
)

// faults turns errors into what callers are shown: errors made for them as they are, of all others nothing but the request id.
type faults struct{ log *slog.Logger }

func internal() *apperr.Error {
	return apperr.New(apperr.Internal, "Internal error").
		WithHint("Try again. If it stays, look for the request id in the server's log.")
}

// field is the middleware of every field. It turns the error of a resolver into an *apperr.Error: whatever other error present
// sees then is one of gqlgen's own, mostly about an argument.
func (f *faults) field(ctx context.Context, next graphql.Resolver) (any, error) {
	if fc := graphql.GetFieldContext(ctx); fc.Object == "Query" && strings.HasPrefix(fc.Field.Name, "__") {
		if err := requireCaller(ctx); err != nil { // __schema and __type have no directive
			return nil, err
		}
	}
	result, err := next(ctx)
	if err == nil {
		return result, nil
	}
	return result, f.understood(ctx, err)
}

// understood is err as an *apperr.Error. What has no meaning to a caller is logged here.
func (f *faults) understood(ctx context.Context, err error) *apperr.Error {
	// A database says in its own words that a statement was interrupted, so the context is asked.
	switch cause := ctx.Err(); {
	case errors.Is(cause, context.Canceled):
		return apperr.Wrap(err, apperr.Unavailable, "The request was broken off.")
	case errors.Is(cause, context.DeadlineExceeded):
		return apperr.Wrap(err, apperr.Unavailable, "The request took too long and was broken off.").WithHint("Ask for less at once, or try again later.")
	}
	e := apperr.As(store.MapError(err))
	switch {
	case e == nil:
		f.report(ctx, slog.LevelError, "a request failed", err)
		return internal()
	case e.Code == apperr.Internal:
		f.report(ctx, slog.LevelError, "a request failed", err)
	case e.Code == apperr.Unavailable:
		f.report(ctx, slog.LevelWarn, "a request failed for the time being", err)
	}
	return e
}

func (f *faults) report(ctx context.Context, level slog.Level, message string, err error, more ...slog.Attr) {
	f.log.LogAttrs(ctx, level, message, append(more, slog.Any("error", err), slog.String("path", graphql.GetPath(ctx).String()),
		slog.String("request_id", reqid.From(ctx)))...)
}

// recovered is what a panic becomes. The stack goes to the log.
func (f *faults) recovered(ctx context.Context, cause any) error {
	f.report(ctx, slog.LevelError, "a request panicked", fmt.Errorf("panic: %v", cause), slog.String("stack", string(debug.Stack())))
	return internal()
}

// present shapes an error for the answer. It changes a *gqlerror.Error in place, because gqlgen's WebSocket sends the one it
// gave to the presenter, not the one it got back.
func (f *faults) present(ctx context.Context, err error) *gqlerror.Error {
	var g *gqlerror.Error
	if !errors.As(err, &g) {
		g = gqlerror.WrapPath(graphql.GetPath(ctx), err)
	}
	e := apperr.As(err)
	if code, ok := g.Extensions["code"].(string); ok && e == nil && (code == errcode.ValidationFailed || code == errcode.ParseFailed) {
		g.Extensions = extensions(ctx, apperr.New(apperr.Code(code), ""))
		return g
	}
	if e == nil {
		if e = argument(ctx, g); e == nil {
			e = f.understood(ctx, err)
		}
	}
	g.Message = e.Message
	g.Extensions = extensions(ctx, e)
	return g
}

func extensions(ctx context.Context, e *apperr.Error) map[string]any {
	out := map[string]any{"code": e.Code}
	if id := reqid.From(ctx); id != "" {
		out["requestId"] = id
	}
	if e.Hint != "" {
		out["hint"] = e.Hint
	}
	if len(e.Field) > 0 {
		out["field"] = e.Field
	}
	if e.RetryAfter > 0 {
		out["retryAfter"] = int(math.Ceil(e.RetryAfter.Seconds()))
	}
	return out
}

// argument recognises the error of an argument whose text a scalar refused, and says it in the API's words: the decoders' own
// name Go types. It is nil for other errors. gqlgen puts the argument's path behind the field's; there it is moved away from.
func argument(ctx context.Context, g *gqlerror.Error) *apperr.Error {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || fc.Args != nil || fc.Field.Field == nil || len(fc.Field.Definition.Arguments) == 0 || errors.Is(g, graphql.ErrInvalidNull) {
		return nil
	}
	field := fc.Path()
	var path []string
	for _, element := range g.Path[min(len(field), len(g.Path)):] {
		if name, ok := element.(ast.PathName); ok {
			path = append(path, string(name))
		}
	}
	g.Path = field
	if len(path) == 0 {
		return apperr.New(apperr.BadUserInput, "An argument of `%s` cannot be read.", fc.Field.Name)
	}
	return apperr.New(apperr.BadUserInput, "The value of `%s` cannot be read.", strings.Join(path, ".")).
		WithHint("Look at the argument's type in the schema: identifiers and cursors are taken from earlier answers, times are like 2026-08-01T10:11:12Z.").
		WithField(path...)
}
