// Package architecture_test holds the sources to what docs/architecture.md says: which packages there are, and which of them
// may import which.
package architecture_test

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "github.com/guardmdm/guardmdm"
)

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// packages asks the go command. Imports of tests do not count.
func packages(t *testing.T) []pkg {
	t.Helper()
	noteSources(t)
	// -e: a package that does not compile is for the compiler to report.
	goList := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports", "./...")
	goList.Dir = root
	goList.Stderr = os.Stderr
	out, err := goList.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var found []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var listed struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&listed); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		path, ours := strings.CutPrefix(listed.ImportPath, module+"/")
		if !ours || strings.Contains(path, "/node_modules/") {
			continue
		}
		p := pkg{path: path}
		for _, imported := range listed.Imports {
			if below, ours := strings.CutPrefix(imported, module+"/"); ours {
				p.ours = append(p.ours, below)
			} else {
				p.foreign = append(p.foreign, imported)
			}
		}
		found = append(found, p)
	}
}

// noteSources lists every folder of sources: go test repeats a test, instead of showing its last result, when a folder that the
// test itself has read was changed. What the go command reads for it does not count.
func noteSources(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(root, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && slices.Contains([]string{".git", ".tmp", "bin", "data", "node_modules"}, entry.Name()) {
			return fs.SkipDir
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPackagesAreAsTheTableSays(t *testing.T) {
	rows, homes := parseDocument(read(t, "docs/architecture.md"))
	if len(rows) < 30 || len(homes) < 5 {
		t.Fatalf("the tables of docs/architecture.md were not recognised: %d packages, %d libraries", len(rows), len(homes))
	}
	all := packages(t)
	for _, problem := range slices.Concat(checkTable(rows, all), checkHomes(homes, all)) {
		t.Errorf("docs/architecture.md: %s", problem)
	}
}

// The rules that no edit of the table may loosen.
func TestDirections(t *testing.T) {
	rows, _ := parseDocument(read(t, "docs/architecture.md"))
	services := 0
	for _, p := range packages(t) {
		r, _ := find(rows, p.path)
		imported := slices.Concat(p.ours, p.foreign)
		never := func(why string, libraries ...string) {
			for _, path := range imported {
				for _, library := range libraries {
					if within(path, library) {
						t.Errorf("%s imports %s: %s", p.path, path, why)
					}
				}
			}
		}
		only := func(library string, importers ...string) {
			if slices.ContainsFunc(imported, func(path string) bool { return within(path, library) }) && !slices.Contains(importers, p.path) {
				t.Errorf("%s imports %s: only %s may", p.path, library, list(importers))
			}
		}
		if r.layer == "Services" {
			services++
			never("a service knows nothing of those who call it",
				"graph", "server/graphqlapi", "server/httpd", "server/web", "server/app", "server/cli", "github.com/99designs/gqlgen", "net/http")
		}
		if r.layer == "Base" {
			never("what everything rests on rests on nothing", "ent", "graph", "server/store")
		}
		switch p.path {
		case "server/simabm", "server/simapns", "server/simdevice":
			if len(p.ours) > 0 {
				t.Errorf("%s imports %s: it stands for Apple and knows nothing of us", p.path, list(p.ours))
			}
		case "ent/schema":
			for _, path := range imported {
				if !isStandard(path) && !within(path, "entgo.io") && path != "ent/gid" && path != "ent/role" {
					t.Errorf("ent/schema imports %s: it describes the data and nothing else", path)
				}
			}
		}
		only("frontend", "server/app")
		only("server/simabm", "server/demo", "server/cli", "test/stack", "test/proc") // never on a serving server
		only("server/simapns", "server/demo", "server/cli", "test/stack")
		only("server/simdevice", "server/demo", "server/cli", "test/stack")
		only("github.com/fullsailor/pkcs7", "server/servertoken", "server/cms") // its parser needs the guard (package cmsguard)
		if !strings.HasPrefix(p.path, "test/") && p.path != "ent/migrate/cmd/diff" {
			never("the program does not need its tests", "test")
		}
	}
	if services < 5 {
		t.Errorf("%d services found: is there still a section Services in docs/architecture.md?", services)
	}
}

func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && !strings.HasPrefix(path, "ent/") && path != "ent"
}
