package limits

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// size is how large a selection of fields is.
type size struct {
	fields        int // of its own level
	depth         int // levels, introspection excepted
	introspection int // levels below __schema and __type
	aliases       int
	cost          int
}

// and is both selections side by side.
func (s size) and(t size) size {
	return size{
		fields: add(s.fields, t.fields), depth: max(s.depth, t.depth), introspection: max(s.introspection, t.introspection),
		aliases: add(s.aliases, t.aliases), cost: add(s.cost, t.cost),
	}
}

// enormous is beyond every limit, yet small enough to be multiplied by the rows of a page.
const enormous = 1 << 40

// add stays at enormous: fragments that use each other twice double what they hold with every level.
func add(a, b int) int { return min(a+b, enormous) }

// walker measures one operation. Cycles of fragments do not reach it: the validation refuses them.
type walker struct {
	ctx       context.Context
	schema    graphql.ExecutableSchema
	variables map[string]any
	cfg       Config
	fragments map[string]size
	refused   *apperr.Error // the first argument that is refused
}

func (w *walker) selections(set ast.SelectionSet) size {
	var total size
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			total = total.and(w.field(s))
		case *ast.InlineFragment:
			total = total.and(w.selections(s.SelectionSet))
		case *ast.FragmentSpread:
			measured, known := w.fragments[s.Name]
			if !known {
				measured = w.selections(s.Definition.SelectionSet)
				w.fragments[s.Name] = measured
			}
			total = total.and(measured)
		}
	}
	return total
}

func (w *walker) field(f *ast.Field) size {
	below := w.selections(f.SelectionSet)
	arguments := f.ArgumentMap(w.variables)
	w.arguments(f, arguments)
	total := size{fields: 1, depth: add(below.depth, 1), introspection: below.introspection, aliases: below.aliases}
	if f.Alias != f.Name {
		total.aliases = add(total.aliases, 1)
	}
	if f.Name == "__schema" || f.Name == "__type" {
		total.depth, total.introspection = 1, total.depth
	}
	total.cost = w.cost(f, below.cost, arguments)
	return total
}

// cost counts objects: scalars come with the object that they belong to. Pages count as often as they have rows.
func (w *walker) cost(f *ast.Field, below int, arguments map[string]any) int {
	if len(f.SelectionSet) == 0 {
		return 0
	}
	if own, ok := w.schema.Complexity(w.ctx, f.ObjectDefinition.Name, f.Name, below, arguments); ok {
		return min(own, enormous)
	}
	return add(below, 1)
}

func (w *walker) arguments(f *ast.Field, values map[string]any) {
	for _, definition := range f.Definition.Arguments {
		if value, given := values[definition.Name]; given && w.refused == nil {
			c := inputCheck{schema: w.schema.Schema(), cfg: w.cfg}
			w.refused = c.value(definition.Type, value, []string{definition.Name})
		}
	}
}

// isFilter tells the inputs that are turned into conditions of a query.
func isFilter(inputType string) bool { return strings.HasSuffix(inputType, "WhereInput") }
