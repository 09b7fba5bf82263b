package store

import "io/fs"

// SetMigrations replaces the program's migration files.
func (s *Store) SetMigrations(files fs.FS) { s.migrationFiles = files }
