package migrate

import (
	"embed"
	"fmt"
	"io/fs"

	atlas "ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"
)

// The migrations as they were released: one chain per database, each guarded by its atlas.sum. `make migrate-diff NAME=x`
// appends to both; a released file never changes.
//
//go:embed sqlite postgres
var files embed.FS

// Files are the migration files of a dialect (dialect.SQLite or dialect.Postgres) with their atlas.sum.
func Files(of string) (fs.FS, error) {
	switch of {
	case dialect.SQLite:
		return fs.Sub(files, "sqlite")
	case dialect.Postgres:
		return fs.Sub(files, "postgres")
	}
	return nil, fmt.Errorf("no migrations for the dialect %q", of)
}

// Dir loads migration files for Atlas, which reads directories and its own in-memory kind only.
func Dir(files fs.FS) (*atlas.MemDir, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	dir := &atlas.MemDir{}
	for _, e := range entries {
		content, err := fs.ReadFile(files, e.Name())
		if err != nil {
			return nil, err
		}
		if err := dir.WriteFile(e.Name(), content); err != nil {
			return nil, err
		}
	}
	return dir, nil
}
