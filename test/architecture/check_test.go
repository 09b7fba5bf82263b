package architecture_test

import (
	"slices"
	"testing"
)

const sample = "## Packages\n\n### Base\n\n" +
	"| package | meaning | may import |\n| --- | --- | --- |\n| `a` | first | |\n\n" +
	"### Services\n\n" +
	"| package | meaning | may import |\n| --- | --- | --- |\n| `b` | second: `not this` | `a`, `d/*` |\n| `d/*` | many | |\n\n" +
	"| library | only in |\n| --- | --- |\n| `example.org/x` | `b` |\n\n" +
	"| something | else |\n| --- | --- |\n| `c` | `a` |\n"

func good() []pkg {
	return []pkg{
		{path: "a", foreign: []string{"fmt"}},
		{path: "b", ours: []string{"a", "d/one"}, foreign: []string{"example.org/x/y"}},
		{path: "d/one"}, {path: "d/two"},
	}
}

func TestParseDocument(t *testing.T) {
	rows, homes := parseDocument(sample)
	if len(rows) != 3 || rows[0].pkg != "a" || rows[0].layer != "Base" || len(rows[0].imports) != 0 ||
		rows[1].pkg != "b" || rows[1].layer != "Services" || !slices.Equal(rows[1].imports, []string{"a", "d/*"}) {
		t.Errorf("rows %v", rows)
	}
	if len(homes) != 1 || homes[0].library != "example.org/x" || !slices.Equal(homes[0].only, []string{"b"}) {
		t.Errorf("homes %v", homes)
	}
}

func TestEachDeviationIsFound(t *testing.T) {
	for _, tc := range []struct {
		name    string
		change  func([]pkg) []pkg
		problem string // "" for none
	}{
		{"none", func(p []pkg) []pkg { return p }, ""},
		{"no row", func(p []pkg) []pkg { return append(p, pkg{path: "c", ours: []string{"a"}}) },
			"c has no row: say what it means and that it may import `a`"},
		{"no package", func(p []pkg) []pkg { return p[1:] }, "a has a row but does not exist"},
		{"forbidden", func(p []pkg) []pkg { p[0].ours = []string{"b"}; return p }, "a imports b, which its row does not allow"},
		{"unused permission", func(p []pkg) []pkg { p[1].ours = p[1].ours[:1]; return p }, "b may import d/* but does not"},
		{"library elsewhere", func(p []pkg) []pkg { p[2].foreign = []string{"example.org/x"}; return p },
			"d/one imports example.org/x, which only `b` may"},
		{"library unused", func(p []pkg) []pkg { p[1].foreign = []string{"example.org/xyz"}; return p }, "b may import example.org/x but does not"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rows, homes := parseDocument(sample)
			packages := tc.change(good())
			got := slices.Concat(checkTable(rows, packages), checkHomes(homes, packages))
			switch {
			case tc.problem == "" && len(got) > 0:
				t.Errorf("problems %q", got)
			case tc.problem != "" && !slices.Contains(got, tc.problem):
				t.Errorf("problems %q lack %q", got, tc.problem)
			}
		})
	}
}

func TestRowTwice(t *testing.T) {
	rows, _ := parseDocument(sample + "\n## More\n\n| package | meaning | may import |\n| --- | --- | --- |\n| `a` | again | |\n")
	if got := checkTable(rows, good()); !slices.Contains(got, "a has two rows") {
		t.Errorf("problems %q", got)
	}
}
