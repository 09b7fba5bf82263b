// Command plain makes gqlgen's code for fields that only read a struct read it. gqlgen has each field of each row go through a context of its own,
// middleware and a handler of panics, which is most of what a list of devices costs; a field that has no resolver, no method, no directive and nothing
// below it needs none of them.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// field is the function of such a field, as gqlgen writes it: NewScalarFieldContext says that nothing is below it, the first nil that it has no directive.
var field = regexp.MustCompile(`(?s)(func \(ec \*executionContext\) (_\w+)\(ctx context\.Context, field graphql\.CollectedField, obj [*\w.]+\) \(ret graphql\.Marshaler\) \{\n)` +
	`\treturn graphql\.ResolveField\(\n\t\tctx,\n\t\tec\.OperationContext,\n\t\tfield,\n` +
	`\t\tfunc\(ctx context\.Context, field graphql\.CollectedField\) \(\*graphql\.FieldContext, error\) \{\n\t\t\treturn ec\.fieldContext_\w+\(ctx, field\)\n\t\t\},\n` +
	`\t\tfunc\(ctx context\.Context\) \(any, error\) \{\n\t\t\treturn (obj\.\w+), nil\n\t\t\},\n\t\tnil,\n` +
	`\t\tfunc\(ctx context\.Context, selections ast\.SelectionSet, v [^\n]+\) graphql\.Marshaler \{\n\t\t\treturn (ec\.[^(\s]+)\(ctx, selections, v\)\n\t\t\},\n` +
	`\t\ttrue,\n\t\t(?:true|false),\n\t\)\n\}\n` +
	`(func \(ec \*executionContext\) fieldContext_\w+\(_ context\.Context, field graphql\.CollectedField\) \(fc \*graphql\.FieldContext, err error\) \{\n` +
	`\treturn graphql\.NewScalarFieldContext\()`)

// imported is a line of a file's imports.
var imported = regexp.MustCompile(`(?m)^\t(?:(\w+) )?"(?:[^"\n]*/)?([\w.-]+)"\n`)

func main() {
	if err := run("graph/generated"); err != nil {
		fmt.Fprintln(os.Stderr, "plain:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.generated.go"))
	if err != nil {
		return err
	}
	plain := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		plain += len(field.FindAllIndex(text, -1))
		text = field.ReplaceAll(text, []byte("${1}\treturn ${4}(ctx, field.Selections, ${3})\n}\n${5}"))
		text = withoutUnused(text)
		if err := os.WriteFile(name, text, 0o644); err != nil {
			return err
		}
	}
	if plain == 0 {
		return errors.New("no field was found: either gqlgen writes them in another way than before, or this was done already")
	}
	return nil
}

// withoutUnused leaves out the imports that nothing needs any more.
func withoutUnused(text []byte) []byte {
	return imported.ReplaceAllFunc(text, func(line []byte) []byte {
		names := imported.FindSubmatch(line)
		name := names[1]
		if len(name) == 0 {
			name = names[2]
		}
		if name[0] != '_' && !regexp.MustCompile(`\b`+regexp.QuoteMeta(string(name))+`\.`).Match(text) {
			return nil
		}
		return line
	})
}
