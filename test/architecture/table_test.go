package architecture_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// row is one line of the package table in docs/architecture.md.
type row struct {
	layer   string   // the heading above the table
	pkg     string   // path below the module, or DIR/* for those in DIR without a row of their own
	imports []string // the packages of this module that it may import, in the same notation
}

// home is one line of the table of libraries that few packages may import.
type home struct {
	library string   // an import path, with everything below it
	only    []string // the packages that may import it
}

var (
	heading = regexp.MustCompile(`^#{2,3} (.+)$`)
	code    = regexp.MustCompile("`([^`]+)`")
)

// parseDocument reads both kinds of table; which one a table is, its head tells.
func parseDocument(markdown string) (rows []row, homes []home) {
	layer, table := "", ""
	for line := range strings.Lines(markdown) {
		line = strings.TrimSpace(line)
		if m := heading.FindStringSubmatch(line); m != nil {
			layer = m[1]
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			table = ""
		case table == "":
			table = strings.Join(strings.Fields(line), " ")
		case strings.HasPrefix(line, "| ---"):
		case table == "| package | meaning | may import |" && len(cells) == 3:
			for _, pkg := range quoted(cells[0]) {
				rows = append(rows, row{layer: layer, pkg: pkg, imports: quoted(cells[2])})
			}
		case table == "| library | only in |" && len(cells) == 2:
			for _, library := range quoted(cells[0]) {
				homes = append(homes, home{library: library, only: quoted(cells[1])})
			}
		}
	}
	return rows, homes
}

// quoted are the words in backquotes.
func quoted(cell string) []string {
	var words []string
	for _, m := range code.FindAllStringSubmatch(cell, -1) {
		words = append(words, m[1])
	}
	return words
}

// pkg is a package of this module as the go command sees it: paths of this module below it, others complete.
type pkg struct {
	path    string
	ours    []string
	foreign []string
}

// find is the row of a package: its own, else that of its directory's rest.
func find(rows []row, path string) (row, bool) {
	dir := path[:strings.LastIndex(path, "/")+1]
	for _, name := range []string{path, dir + "*"} {
		if i := slices.IndexFunc(rows, func(r row) bool { return r.pkg == name }); i >= 0 {
			return rows[i], true
		}
	}
	return row{}, false
}

// checkTable compares the packages with the table, in both directions.
func checkTable(rows []row, packages []pkg) (problems []string) {
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	used := map[string]map[string]bool{} // by row: the permissions that are made use of
	for _, r := range rows {
		if used[r.pkg] != nil {
			problem("%s has two rows", r.pkg)
		}
		used[r.pkg] = map[string]bool{}
	}
	present := map[string]bool{}
	for _, p := range packages {
		r, ok := find(rows, p.path)
		if !ok {
			problem("%s has no row: say what it means and that it may import %s", p.path, list(p.ours))
			continue
		}
		present[r.pkg] = true
		for _, imported := range p.ours {
			target, ok := find(rows, imported)
			if !ok || !slices.Contains(r.imports, target.pkg) {
				problem("%s imports %s, which its row does not allow", p.path, imported)
				continue
			}
			used[r.pkg][target.pkg] = true
		}
	}
	for _, r := range rows {
		if !present[r.pkg] {
			problem("%s has a row but does not exist", r.pkg)
			continue
		}
		for _, allowed := range r.imports {
			if !used[r.pkg][allowed] {
				problem("%s may import %s but does not", r.pkg, allowed)
			}
		}
	}
	return problems
}

// checkHomes compares who imports a library with who may, in both directions.
func checkHomes(homes []home, packages []pkg) (problems []string) {
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, h := range homes {
		used := map[string]bool{}
		for _, p := range packages {
			for _, imported := range slices.Concat(p.foreign, p.ours) {
				if !within(imported, h.library) {
					continue
				}
				used[p.path] = true
				if !slices.Contains(h.only, p.path) {
					problem("%s imports %s, which only %s may", p.path, imported, list(h.only))
				}
			}
		}
		for _, path := range h.only {
			if !used[path] {
				problem("%s may import %s but does not", path, h.library)
			}
		}
	}
	return problems
}

// within reports whether an import path is the library or below it.
func within(path, library string) bool {
	return path == library || strings.HasPrefix(path, library+"/")
}

func list(words []string) string {
	if len(words) == 0 {
		return "nothing"
	}
	return "`" + strings.Join(words, "` `") + "`"
}
