package graphqlapi

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// filterDocument is what a filter is read for: gqlgen reads an input as the argument of a field, and not otherwise.
const filterDocument = `query ($where: DeviceWhereInput) { devices(first: 0, where: $where) { __typename } }`

// filterReader reads filters outside of operations as those of operations are read: by the same schema, within the same limits,
// refused in the same words.
type filterReader struct {
	exec   *executor.Executor
	faults *faults
}

func newFilterReader(schema graphql.ExecutableSchema, l limits.Config, f *faults) *filterReader {
	exec := executor.New(schema)
	exec.SetErrorPresenter(f.present)
	exec.SetRecoverFunc(f.recovered)
	exec.Use(limits.NewOperations(l))
	exec.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
		fc := graphql.GetFieldContext(ctx)
		if fc.Object != "Query" {
			return next(ctx)
		}
		// The filter is read by now. Nobody asks for devices here.
		read, _ := ctx.Value(filterKey{}).(**ent.DeviceWhereInput)
		*read, _ = fc.Args["where"].(*ent.DeviceWhereInput)
		return &ent.DeviceConnection{}, nil
	})
	return &filterReader{exec: exec, faults: f}
}

type filterKey struct{}

// DeviceFilter reads a DeviceWhereInput in JSON; nil stands for every device. Its errors are BadUserInput and LimitExceeded.
func (e *Endpoint) DeviceFilter(ctx context.Context, where string) (*ent.DeviceWhereInput, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(where)))
	decoder.UseNumber()
	var value map[string]any
	if err := decoder.Decode(&value); err != nil || decoder.More() {
		return nil, apperr.New(apperr.BadUserInput, "`where` is not a JSON object.").
			WithHint(`Write it as the filter of the query devices, such as {"platform": "MACOS"}, percent-encoded.`).WithField("where")
	}
	var read *ent.DeviceWhereInput
	ctx = graphql.StartOperationTrace(context.WithValue(ctx, filterKey{}, &read))
	now := graphql.Now()
	operation, refused := e.filters.exec.CreateOperationContext(ctx, &graphql.RawParams{
		Query: filterDocument, Variables: map[string]any{"where": value}, ReadTime: graphql.TraceTiming{Start: now, End: now},
	})
	if refused != nil {
		response := e.filters.exec.DispatchError(graphql.WithOperationContext(ctx, operation), refused)
		return nil, refusalOf(response.Errors)
	}
	respond, ctx := e.filters.exec.DispatchOperation(ctx, operation)
	if response := respond(ctx); len(response.Errors) > 0 {
		return nil, refusalOf(response.Errors)
	}
	return read, nil
}

// refusalOf is the first error as one that is told outside of GraphQL.
func refusalOf(list gqlerror.List) *apperr.Error {
	g := list[0]
	code, _ := g.Extensions["code"].(apperr.Code)
	if code != apperr.LimitExceeded && code != apperr.Internal {
		code = apperr.BadUserInput // what GraphQL calls a failed validation, too
	}
	hint, _ := g.Extensions["hint"].(string)
	field, _ := g.Extensions["field"].([]string)
	if field == nil {
		for _, element := range g.Path {
			if name, ok := element.(ast.PathName); ok && name != "variable" && name != "devices" {
				field = append(field, string(name))
			}
		}
	}
	return apperr.New(code, "The filter is refused: %s", g.Message).WithHint("%s", hint).WithField(field...)
}
