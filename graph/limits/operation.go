package limits

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// introspectionDepth is that of the types of the types: tools ask 15 levels deep. How often lists may nest there is a rule of
// the validation (MaxIntrospectionDepth).
const introspectionDepth = 20

// Operations is the extension that refuses operations larger than the limits, before anything of them runs. Its errors wrap
// an *apperr.Error: LimitExceeded, or BadUserInput for what no database can be asked.
type Operations struct {
	cfg    Config
	schema graphql.ExecutableSchema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*Operations)(nil)

// NewOperations makes the extension; cfg has been validated.
func NewOperations(cfg Config) *Operations { return &Operations{cfg: cfg} }

// ExtensionName implements graphql.HandlerExtension.
func (*Operations) ExtensionName() string { return "Limits" }

// Validate implements graphql.HandlerExtension: it takes the schema.
func (o *Operations) Validate(schema graphql.ExecutableSchema) error {
	o.schema = schema
	return nil
}

// MutateOperationParameters looks at the document before it is parsed and validated for good (the answer to CVE-2023-49559).
func (o *Operations) MutateOperationParameters(_ context.Context, params *graphql.RawParams) *gqlerror.Error {
	if len(params.Query) > o.cfg.Tokens { // a token has at least one byte
		if n := tokens(params.Query); n > o.cfg.Tokens {
			return refusal(Exceeded("The document's tokens are", n, o.cfg.Tokens, "Ask in several requests, and pass long lists as variables."))
		}
	}
	if len(params.Query) > 2*o.cfg.Repeats { // a field and what parts it from the next have at least two
		if name, n := mostRepeated(params.Query); n > o.cfg.Repeats {
			return refusal(Exceeded("The uses of the field `"+name+"` in the document are", n, o.cfg.Repeats, "Ask in several requests."))
		}
	}
	return nil
}

// tokens counts up to the first text that is none: the parser tells what is wrong there.
func tokens(document string) int {
	scanner := lexer.New(&ast.Source{Input: document})
	for n := 0; ; n++ {
		token, err := scanner.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return n
		}
	}
}

// mostRepeated finds the field that the document names most often, and how often. The validation compares all fields of one
// name with each other: 5,000 take seconds (measured), in a request of 25 kB. A document that cannot be parsed has none.
func mostRepeated(document string) (name string, times int) {
	parsed, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		return "", 0
	}
	uses := map[string]int{}
	for _, operation := range parsed.Operations {
		countFields(operation.SelectionSet, uses)
	}
	for _, fragment := range parsed.Fragments {
		countFields(fragment.SelectionSet, uses)
	}
	for field, n := range uses {
		if n > times {
			name, times = field, n
		}
	}
	return name, times
}

func countFields(set ast.SelectionSet, uses map[string]int) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			uses[s.Alias]++ // the name in the answer, which is what is compared
			countFields(s.SelectionSet, uses)
		case *ast.InlineFragment:
			countFields(s.SelectionSet, uses)
		}
	}
}

// MutateOperationContext measures the operation and looks at its arguments.
func (o *Operations) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	w := walker{ctx: ctx, schema: o.schema, variables: operation.Variables, cfg: o.cfg, fragments: map[string]size{}}
	total := w.selections(operation.Operation.SelectionSet)
	if w.refused != nil {
		return refusal(w.refused)
	}
	for _, limit := range []struct {
		what          string
		actual, limit int
		hint          string
	}{
		{"The operation's fields are", total.fields, o.cfg.RootFields, "Ask in several requests."},
		{"The operation's levels of fields are", total.depth, o.cfg.Depth, "Ask for less at once; objects can be had by `node` later."},
		{"The levels of fields of the introspection are", total.introspection, introspectionDepth, "Ask for fewer levels of `ofType`."},
		{"The operation's aliases are", total.aliases, o.cfg.Aliases, "Ask in several requests, or by `nodes` and filters with lists."},
		{"The operation's complexity is", total.cost, o.cfg.Complexity, "Ask for smaller pages (`first`), or for fewer objects in each row."},
	} {
		if limit.actual > limit.limit {
			return refusal(Exceeded(limit.what, limit.actual, limit.limit, limit.hint))
		}
	}
	return nil
}

func refusal(e *apperr.Error) *gqlerror.Error { return &gqlerror.Error{Message: e.Message, Err: e} }
