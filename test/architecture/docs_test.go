package architecture_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/server/simabm"
)

// documents are the files for people, by path below the root.
func documents(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{"README.md": read(t, "README.md"), "CHANGELOG.md": read(t, "CHANGELOG.md")}
	err := filepath.WalkDir(filepath.Join(root, "docs"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			all[name] = read(t, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

func TestLinksLeadSomewhere(t *testing.T) {
	pages := read(t, "frontend/src/features/shell/navigation.ts")
	for name, text := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			if strings.HasPrefix(target, "/") { // in the help: a page of the dashboard
				if !strings.Contains(pages, `to: "`+target+`"`) {
					t.Errorf("%s: the dashboard's navigation has no page %s", name, m[1])
				}
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(name), target)); err != nil {
				t.Errorf("%s: the link %s leads nowhere", name, m[1])
			}
		}
	}
}

var shown = regexp.MustCompile(`(?:\]\(|src="|srcset=")([^)"\s]+\.(?:webp|png|svg))[)"]`)

// Pictures that documents show are there, in both themes, all of them are shown somewhere, and nobody waits for them.
func TestPicturesAreThereAndShown(t *testing.T) {
	const most = 1_200_000
	used := map[string]bool{}
	for name, text := range documents(t) {
		for _, m := range shown.FindAllStringSubmatch(text, -1) {
			picture := filepath.Join(filepath.Dir(name), m[1])
			used[picture] = true
			if _, err := os.Stat(filepath.Join(root, picture)); err != nil {
				t.Errorf("%s shows %s, which is not there", name, m[1])
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(root, "docs/user/pictures/*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pictures: %v", err)
	}
	var bytes int64
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		bytes += info.Size()
		picture, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		light := strings.Replace(picture, "-dark.webp", ".webp", 1)
		if !used[light] {
			t.Errorf("no document shows %s", picture)
		}
		if _, err := os.Stat(filepath.Join(root, strings.TrimSuffix(light, ".webp")+"-dark.webp")); err != nil {
			t.Errorf("%s has no picture in the dark theme", light)
		}
	}
	if bytes > most {
		t.Errorf("the pictures have %d bytes; at most %d", bytes, most)
	}
}

func TestReadmeIsShort(t *testing.T) {
	if lines := strings.Count(read(t, "README.md"), "\n"); lines > 150 {
		t.Errorf("README.md has %d lines; at most 150 are read", lines)
	}
}

func TestDecisionsFitOnAPage(t *testing.T) {
	number := regexp.MustCompile(`^docs/adr/\d{4}-[a-z0-9-]+\.md$`)
	for name, text := range documents(t) {
		if !strings.HasPrefix(name, "docs/adr/") {
			continue
		}
		if !number.MatchString(name) {
			t.Errorf("%s is not named NNNN-title.md", name)
		}
		for _, part := range []string{"## Context", "## Decision", "## Consequences"} {
			if !strings.Contains(text, "\n"+part+"\n") {
				t.Errorf("%s lacks %q", name, part)
			}
		}
		if lines := strings.Count(text, "\n"); lines > 70 {
			t.Errorf("%s has %d lines, more than a page", name, lines)
		}
	}
}

// parseSources parses the Go files of a folder, those of tests excepted.
func parseSources(t *testing.T, folder string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v, %v", folder, names, err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// Every flag with its variable and default stands in the reference, and the reference names no variable that nothing reads.
func TestConfigurationIsDocumented(t *testing.T) {
	text := read(t, "docs/operations/configuration.md")
	read := map[string]bool{}
	for _, folder := range []string{"server/config", "server/cli"} {
		for _, file := range parseSources(t, folder) {
			ast.Inspect(file, func(n ast.Node) bool {
				f, ok := n.(*ast.Field)
				if !ok || f.Tag == nil {
					return true
				}
				unquoted, err := strconv.Unquote(f.Tag.Value)
				if err != nil {
					t.Fatal(err)
				}
				tag := reflect.StructTag(unquoted)
				variable := tag.Get("env")
				if variable == "" {
					return true
				}
				read[variable] = true
				name := tag.Get("name")
				if name == "" {
					name = strings.ToLower(f.Names[0].Name)
				}
				parts := []string{"`" + variable + "`", "`--" + name + "`"}
				if value := tag.Get("default"); value != "" {
					parts = append(parts, "`"+value+"`")
				}
				if !hasRow(text, parts...) {
					t.Errorf("configuration.md has no line with `%s`, `--%s` and the default %q", variable, name, tag.Get("default"))
				}
				return true
			})
		}
	}
	if len(read) < 15 {
		t.Fatalf("only %d variables found: %v", len(read), read)
	}
	for _, variable := range regexp.MustCompile("(?m)^\\| `(GUARDMDM_[A-Z_]+)`").FindAllStringSubmatch(text, -1) {
		if !read[variable[1]] {
			t.Errorf("configuration.md names %s, which nothing reads", variable[1])
		}
	}
}

func hasRow(text string, parts ...string) bool {
	for line := range strings.Lines(text) {
		found := strings.HasPrefix(line, "|")
		for _, part := range parts {
			found = found && strings.Contains(line, part)
		}
		if found {
			return true
		}
	}
	return false
}

func TestErrorCodesAreDocumented(t *testing.T) {
	text := read(t, "docs/operations/sync.md") + read(t, "docs/operations/push-certificate.md") + read(t, "docs/api/README.md")
	found := 0
	for _, file := range parseSources(t, "server/apperr") {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			if typeName, ok := spec.Type.(*ast.Ident); !ok || typeName.Name != "Code" {
				return true
			}
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			found++
			if !hasRow(text, "`"+value+"`") {
				t.Errorf("no table of sync.md, push-certificate.md or docs/api/README.md explains %s", value)
			}
			return true
		})
	}
	if found < 20 {
		t.Fatalf("only %d codes found", found)
	}
}

// The examples of the simulator's page are fault files that it takes, and the page names every kind of fault.
func TestSimulatorPageIsTrue(t *testing.T) {
	text := read(t, "docs/simulator.md")
	examples := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllStringSubmatch(text, -1)
	if len(examples) == 0 {
		t.Error("no example")
	}
	for _, example := range examples {
		faults, err := simabm.ParseFaults(strings.NewReader(example[1]))
		if err != nil || len(faults) == 0 {
			t.Errorf("%d faults, %v:\n%s", len(faults), err, example[1])
		}
	}
	for _, file := range parseSources(t, "server/simabm") {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			typeName, ok := spec.Type.(*ast.Ident)
			if !ok || typeName.Name != "FaultKind" && typeName.Name != "TokenQuirk" {
				return true
			}
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			if value != "" && !strings.Contains(text, "`"+value+"`") {
				t.Errorf("docs/simulator.md does not name %s %q", typeName.Name, value)
			}
			return true
		})
	}
	for line := range strings.Lines(read(t, "server/simabm/doc.go")) {
		route := regexp.MustCompile(`^//\t(?:GET|POST) +(/portal\S*)`).FindStringSubmatch(line)
		if route != nil && !hasRow(text, "`"+route[1]+"`") {
			t.Errorf("docs/simulator.md has no row for %s", route[1])
		}
	}
}

// Every direct dependency has its reason, and no reason outlives its dependency.
func TestDependenciesHaveReasons(t *testing.T) {
	text := read(t, "docs/dependencies.md")
	direct := map[string]bool{}
	modEdit := exec.CommandContext(t.Context(), "go", "mod", "edit", "-json")
	modEdit.Dir = root
	out, err := modEdit.Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	for _, r := range mod.Require {
		if !r.Indirect {
			direct[r.Path] = true
		}
	}
	var npm struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(read(t, "frontend/package.json")), &npm); err != nil {
		t.Fatal(err)
	}
	for _, group := range []map[string]string{npm.Dependencies, npm.DevDependencies} {
		for name := range group {
			direct[name] = true
		}
	}
	if len(direct) < 20 {
		t.Fatalf("only %d dependencies found", len(direct))
	}
	rows := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| \\S").FindAllStringSubmatch(text, -1) {
		rows[m[1]] = true
		if !direct[m[1]] {
			t.Errorf("docs/dependencies.md explains %s, which is no direct dependency", m[1])
		}
	}
	for name := range direct {
		if !rows[name] {
			t.Errorf("docs/dependencies.md gives no reason for %s", name)
		}
	}
}

// Each attack in the table of docs/operations/enrollment.md names tests that exist.
func TestAttacksHaveTests(t *testing.T) {
	page := read(t, "docs/operations/enrollment.md")
	_, table, found := strings.Cut(page, "\n## Attacks\n")
	if !found {
		t.Fatal("the page has no table of attacks")
	}
	folder, rows := regexp.MustCompile("`((?:server|test)/[a-z/]+)`|`(Test[A-Za-z0-9_]+)`"), 0
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || strings.Contains(line, "---") || strings.Contains(line, " attack ") {
			continue
		}
		rows++
		in, tests := "", 0
		for _, m := range folder.FindAllStringSubmatch(cells[3], -1) {
			if m[1] != "" {
				in = m[1]
				continue
			}
			tests++
			if !hasTest(t, in, m[2]) {
				t.Errorf("%s has no %s, which the page names", in, m[2])
			}
		}
		if tests == 0 {
			t.Errorf("no test shows: %s", cells[1])
		}
	}
	if rows < 20 {
		t.Errorf("the table has %d rows", rows)
	}
}

func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(t *testing.T) {") {
			return true
		}
	}
	return false
}

// What devices reach opens no connection by itself, so that nothing in a message or a profile can lead it anywhere. Apple is asked through Tokens, at
// Apple's address.
func TestDevicesMakeUsCallNobody(t *testing.T) {
	calls := map[string][]string{
		"http": {"Get", "Head", "Post", "PostForm", "Client", "DefaultClient", "Transport", "DefaultTransport", "NewRequest", "NewRequestWithContext"},
		"net":  {"Dial", "DialTimeout", "Dialer", "DialTCP", "DialUDP", "LookupHost", "LookupIP", "Resolver"},
	}
	for _, folder := range []string{"server/enroll", "server/identity", "server/mdm", "server/machineinfo", "server/cms", "server/cmsguard", "server/deviceca"} {
		for _, file := range parseSources(t, folder) {
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && slices.Contains(calls[x.Name], s.Sel.Name) {
						t.Errorf("%s uses %s.%s", folder, x.Name, s.Sel.Name)
					}
				}
				return true
			})
		}
	}
}
