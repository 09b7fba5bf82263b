// Package contract_test carries out every operation of the dashboard against a real server with golden data, and compares the
// answers with those on file: neither side can change what the other one relies on unnoticed.
//
// After a change that is meant: go test ./test/contract -update, and read the difference.
package contract_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	documentsFile = "../../frontend/src/gql/persisted-documents.json" // written by "npm run codegen": text by hash
	goldenDir     = "testdata/golden"                                 // the answer of each operation
	variablesDir  = "testdata/variables"                              // what it is asked with
)

var update = flag.Bool("update", false, "write the answers instead of comparing them")

// operation is one of the dashboard's.
type operation struct {
	name, text   string
	subscription bool
	needs        []string // variables without which it cannot be carried out
}

// operations are all of the dashboard's, by name.
func operations(t *testing.T) map[string]operation {
	t.Helper()
	content, err := os.ReadFile(documentsFile)
	if err != nil {
		t.Fatalf("the dashboard's operations are not there; write them with: cd frontend && npm run codegen (%v)", err)
	}
	var texts map[string]string
	if err := json.Unmarshal(content, &texts); err != nil {
		t.Fatalf("%s: %v", documentsFile, err)
	}
	all := map[string]operation{}
	for _, text := range texts {
		document, err := parser.ParseQuery(&ast.Source{Name: documentsFile, Input: text})
		if err != nil {
			t.Fatal(err)
		}
		if len(document.Operations) != 1 || document.Operations[0].Name == "" {
			t.Fatalf("a document needs one operation with a name: %s", text)
		}
		op := operationOf(document.Operations[0], text)
		if _, twice := all[op.name]; twice {
			t.Errorf("there are two operations %s; their answers need names of their own", op.name)
		}
		all[op.name] = op
	}
	return all
}

func operationOf(definition *ast.OperationDefinition, text string) operation {
	op := operation{name: definition.Name, text: text, subscription: definition.Operation == ast.Subscription}
	for _, v := range definition.VariableDefinitions {
		if v.Type.NonNull && v.DefaultValue == nil {
			op.needs = append(op.needs, v.Variable)
		}
	}
	return op
}

func TestOperationsAnswerAsOnFile(t *testing.T) {
	for name, op := range operations(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db)
				if prepare := situations[name]; prepare != nil {
					prepare(w)
				}
				compare(t, op, normal(t, w.answer(op, variables(t, w, op))))
			})
		})
	}
}

// refused finds user errors.
var refused = regexp.MustCompile(`"userErrors": \[\s*\{`)

// compare holds the answer against the one on file. With -update the first database writes it and the second one still compares.
func compare(t *testing.T, op operation, answer string) {
	t.Helper()
	if refused.MatchString(answer) {
		t.Fatalf("%s is refused, so its answer tells nothing; mend %s/%s.json or its situation:\n%s", op.name, variablesDir, op.name, answer)
	}
	file := filepath.Join(goldenDir, op.name+".json")
	if *update && strings.HasSuffix(t.Name(), "/sqlite") {
		if err := os.WriteFile(file, []byte(answer), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("%s has no answer on file; write it with: go test ./test/contract -update", op.name)
	} else if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), answer); diff != "" {
		t.Errorf("%s is not answered as the dashboard expects (-on file +now). If that is meant: go test ./test/contract -update\n%s", op.name, diff)
	}
}

// variables are those on file, with the names of the golden data replaced by what they stand for.
func variables(t *testing.T, w *world, op operation) map[string]any {
	t.Helper()
	file := filepath.Join(variablesDir, op.name+".json")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		text = []byte("{}")
	} else if err != nil {
		t.Fatal(err)
	}
	var values map[string]any
	if err := json.Unmarshal([]byte(w.replaceNames(string(text))), &values); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, name := range op.needs {
		if _, given := values[name]; !given {
			t.Fatalf("%s needs the variable %s: give it in test/contract/%s", op.name, name, file)
		}
	}
	return values
}

// Every operation is one that a browser's session may carry out, and nothing else is (graphqlapi tests that it is held to).
func TestSessionsMayRunAllOperations(t *testing.T) {
	var texts []string
	for _, op := range operations(t) {
		texts = append(texts, op.text)
	}
	documents, err := graphqlapi.NewDocuments(texts)
	if err != nil {
		t.Fatal(err)
	}
	for name, op := range operations(t) {
		if !documents.Knows(op.text) || documents.Knows(op.text+" query Another { viewer { id } }") {
			t.Errorf("%s", name)
		}
	}
}

// The examples of the documentation, which the explorer offers, work as they stand.
func TestExamplesOfTheExplorer(t *testing.T) {
	files, err := filepath.Glob("../../docs/api/examples/explorer/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	_, w.secret, err = w.APITokens.Create(stack.Admin(t), "explorer", role.Admin, time.Time{})
	w.must(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		w.must(err)
		document, err := parser.ParseQuery(&ast.Source{Name: file, Input: string(text)})
		if err != nil || len(document.Operations) != 1 || !strings.HasPrefix(string(text), "# ") {
			t.Fatalf("%s: an example is one operation below a title: %v", file, err)
		}
		op := operationOf(document.Operations[0], string(text))
		if len(op.needs) > 0 {
			t.Errorf("%s: the variables %v have no default", file, op.needs)
			continue
		}
		answer := w.answer(op, nil)
		if refused.MatchString(indented(t, answer)) {
			t.Errorf("%s: %s", file, answer)
		}
	}
}

// What is on file for operations that are gone would look like a promise.
func TestFilesBelongToOperations(t *testing.T) {
	all := operations(t)
	for _, dir := range []string{goldenDir, variablesDir} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if _, there := all[strings.TrimSuffix(file.Name(), ".json")]; !there {
				t.Errorf("the dashboard has no operation for %s/%s: delete the file", dir, file.Name())
			}
		}
	}
	for name := range situations {
		if _, there := all[name]; !there {
			t.Errorf("the dashboard has no operation %s: delete its situation", name)
		}
	}
}

// random is what differs with each server: what it draws by lot, and what the two databases write or number differently.
var random = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`-----BEGIN CERTIFICATE-----[^"]*`), "(certificate)"},
	{regexp.MustCompile(`-----BEGIN CERTIFICATE REQUEST-----[^"]*`), "(request)"},
	{regexp.MustCompile(`"[0-9a-f]{64}"`), `"(SHA-256)"`},
	{regexp.MustCompile(`"gmdm_[^"]{20,}"`), `"(secret)"`},
	{regexp.MustCompile(`/webhooks/mdm/omd_[0-9a-z]+"`), `/webhooks/mdm/(id)"`},
	{regexp.MustCompile(`("webhookSecret": )"[A-Z2-7]{52}"`), `$1"(secret)"`},
	{regexp.MustCompile(`"gmdm_[^"]{4}"`), `"(hint)"`},
	{regexp.MustCompile(`#[A-Za-z0-9_-]{43}"`), `#(code)"`},
	{regexp.MustCompile(`("key": "[A-Z_]+:)[^"]*"`), `$1(about)"`},
	{regexp.MustCompile(`"last run: run_[0-9a-z]+`), `"last run: (run)`},
	{regexp.MustCompile(`("(?:cursor|startCursor|endCursor)": )"[^"]*"`), `$1"(cursor)"`},
}

var identifier = regexp.MustCompile(`"(abm|dev|run|usr|api|aud|evt|pro|ver|def|grp|bat|res|enr|rfs|dca|crt|cmd|cmb|omd)_[0-9a-z]+"`)

// normal writes an answer in the one form that all servers with the golden data give: keys in alphabetical order, identifiers
// numbered as they appear.
func normal(t *testing.T, answer json.RawMessage) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(answer, &value); err != nil {
		t.Fatalf("%v: %.300s", err, answer)
	}
	text := indented(t, value)
	for _, r := range random {
		text = r.pattern.ReplaceAllString(text, r.with)
	}
	numbers, last := map[string]int{}, map[string]int{}
	return identifier.ReplaceAllStringFunc(text, func(id string) string {
		kind, _, _ := strings.Cut(id, "_")
		if numbers[id] == 0 {
			last[kind]++
			numbers[id] = last[kind]
		}
		return fmt.Sprintf("%s #%d\"", kind, numbers[id])
	})
}

func indented(t *testing.T, value any) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
