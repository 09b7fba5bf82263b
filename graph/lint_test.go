package graph_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// schema reads the API as it is written, not as it was generated from.
func schema(t *testing.T) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	var sources []*ast.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	s, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// types are those of the API itself.
func types(s *ast.Schema) []*ast.Definition {
	var own []*ast.Definition
	for _, d := range s.Types {
		if !d.BuiltIn {
			own = append(own, d)
		}
	}
	return own
}

// fields are those of a type; the parser adds some of its own to Query.
func fields(d *ast.Definition) ast.FieldList {
	var own ast.FieldList
	for _, f := range d.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			own = append(own, f)
		}
	}
	return own
}

func TestEverythingIsDescribed(t *testing.T) {
	check := func(what, description string) {
		if len(strings.TrimSpace(description)) < 4 || !strings.ContainsAny(description[len(description)-1:], ".:)`") {
			t.Errorf("%s: the description %q is not a sentence", what, description)
		}
	}
	s := schema(t)
	for _, d := range types(s) {
		check(d.Name, d.Description)
		for _, f := range fields(d) {
			check(d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				check(d.Name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
		for _, v := range d.EnumValues {
			check(d.Name+"."+v.Name, v.Description)
		}
	}
	check("@hasRole", s.Directives["hasRole"].Description)
}

func TestNames(t *testing.T) {
	typeName, fieldName, valueName := regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`), regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`), regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)
	ends := regexp.MustCompile(`[a-z](ID|UUID)(s?$|[A-Z])`)                               // abmTokenId, as in JSON everywhere else
	timeName := regexp.MustCompile(`(At|Deadline)$|^(at|serverTime|notBefore|notAfter)$`) // the last two are X.509's own
	for _, d := range types(schema(t)) {
		if !typeName.MatchString(d.Name) {
			t.Errorf("%s: types are PascalCase", d.Name)
		}
		for _, f := range fields(d) {
			if !fieldName.MatchString(f.Name) || ends.MatchString(f.Name) {
				t.Errorf("%s.%s: fields are camelCase, with Id and Uuid", d.Name, f.Name)
			}
			if f.Type.Name() == "Time" && d.Kind == ast.Object && !timeName.MatchString(f.Name) {
				t.Errorf("%s.%s: the name of a time ends with At", d.Name, f.Name)
			}
		}
		for _, v := range d.EnumValues {
			if !valueName.MatchString(v.Name) {
				t.Errorf("%s.%s: values are SCREAMING_SNAKE_CASE", d.Name, v.Name)
			}
		}
	}
}

func TestMutationsHaveOneShape(t *testing.T) {
	s := schema(t)
	for _, f := range fields(s.Mutation) {
		name := strings.ToUpper(f.Name[:1]) + f.Name[1:]
		if own := f.Arguments; len(own) > 0 && (len(own) != 1 || own[0].Name != "input" || own[0].Type.String() != name+"Input!") {
			t.Errorf("%s takes one argument, input: %sInput!, or none", f.Name, name)
		}
		if f.Type.String() != name+"Payload!" {
			t.Errorf("%s returns %s, want %sPayload!", f.Name, f.Type, name)
			continue
		}
		if errors := s.Types[name+"Payload"].Fields.ForName("userErrors"); errors == nil || errors.Type.String() != "[UserError!]!" {
			t.Errorf("%sPayload has no userErrors: [UserError!]!", name)
		}
	}
	for name, want := range map[string]string{"field": "[String!]", "message": "String!", "hint": "String", "code": "String!"} {
		if f := s.Types["UserError"].Fields.ForName(name); f == nil || f.Type.String() != want {
			t.Errorf("UserError.%s is not %s", name, want)
		}
	}
}

func TestConnectionsHaveOneShape(t *testing.T) {
	s := schema(t)
	for _, d := range types(s) {
		row, ok := strings.CutSuffix(d.Name, "Connection")
		if !ok {
			continue
		}
		for name, want := range map[string]string{
			"edges": "[" + row + "Edge!]!", "nodes": "[" + row + "!]!", "pageInfo": "PageInfo!", "totalCount": "Int!",
		} {
			if f := d.Fields.ForName(name); f == nil || f.Type.String() != want {
				t.Errorf("%s.%s is not %s", d.Name, name, want)
			}
		}
	}
	for _, f := range fields(s.Query) {
		if !strings.HasSuffix(f.Type.Name(), "Connection") {
			continue
		}
		for name, want := range map[string]string{"after": "Cursor", "first": "Int", "before": "Cursor", "last": "Int"} {
			if a := f.Arguments.ForName(name); a == nil || a.Type.String() != want {
				t.Errorf("%s(%s) is not %s", f.Name, name, want)
			}
		}
	}
}

// A connection below a list would be a query for each row (docs/adr): lists are asked for at the root.
func TestConnectionsAreAtTheRoot(t *testing.T) {
	s := schema(t)
	for _, d := range types(s) {
		for _, f := range fields(d) {
			if d != s.Query && d.Kind == ast.Object && strings.HasSuffix(f.Type.Name(), "Connection") {
				t.Errorf("%s.%s is a connection below the root", d.Name, f.Name)
			}
		}
	}
}

// openToAll is what a browser needs before somebody is signed in.
var openToAll = map[string]bool{"instance": true, "oneTimeLink": true, "signIn": true, "signOut": true, "createFirstAdmin": true, "redeemLink": true}

// ofOneself is what all may change: their own sign-in, and a token with no more rights than they have.
var ofOneself = map[string]bool{"changePassword": true, "signOutEverywhere": true, "createExplorerToken": true}

func TestEveryRootFieldNamesItsRole(t *testing.T) {
	s := schema(t)
	for _, root := range []*ast.Definition{s.Query, s.Mutation, s.Subscription} {
		for _, f := range fields(root) {
			directive, public := f.Directives.ForName("hasRole"), f.Directives.ForName("public") != nil
			switch {
			case (directive != nil) == public:
				t.Errorf("%s.%s needs either @hasRole or @public", root.Name, f.Name)
			case public && !openToAll[f.Name]:
				t.Errorf("%s.%s is open to anyone", root.Name, f.Name)
			case root == s.Mutation && !public && directive.Arguments.ForName("min").Value.Raw == "VIEWER" && !ofOneself[f.Name]:
				t.Errorf("%s.%s: a viewer only reads", root.Name, f.Name)
			}
		}
	}
}

// The form that people and programs can plan with: "Use X. Removed on 2027-06-30."
func TestDeprecationsSayWhatAndWhen(t *testing.T) {
	form := regexp.MustCompile(`^Use .+\. Removed on \d{4}-\d{2}-\d{2}\.$`)
	check := func(what string, directives ast.DirectiveList) {
		d := directives.ForName("deprecated")
		if d == nil {
			return
		}
		reason := d.Arguments.ForName("reason")
		if reason == nil || !form.MatchString(reason.Value.Raw) {
			t.Errorf("%s: the deprecation does not read %s", what, form)
		}
	}
	for _, d := range types(schema(t)) {
		for _, f := range fields(d) {
			check(d.Name+"."+f.Name, f.Directives)
			for _, a := range f.Arguments {
				check(d.Name+"."+f.Name+"("+a.Name+")", a.Directives)
			}
		}
		for _, v := range d.EnumValues {
			check(d.Name+"."+v.Name, v.Directives)
		}
	}
}
