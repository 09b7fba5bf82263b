package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	atlas "ariga.io/atlas/sql/migrate"
	atlaspg "ariga.io/atlas/sql/postgres"
	atlaslite "ariga.io/atlas/sql/sqlite"
	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent/migrate"
	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	// migrationLock is the key of PostgreSQL's advisory lock: the letters GMDMschm.
	migrationLock = 0x474d444d7363686d
	// lockPoll is how often a waiting replica asks for the lock. Asking, instead of waiting within one statement, holds no
	// snapshot, which CREATE INDEX CONCURRENTLY of the replica that has the lock would wait for in turn.
	lockPoll = 200 * time.Millisecond
	// sqliteLockWait bounds the waiting for a process that only migrates; a server keeps its lock for as long as it runs.
	sqliteLockWait = 30 * time.Second
)

// Migrate brings the schema up to what this program needs and names the migration files that it applied, none if there was
// nothing to do. Each file is a transaction of its own, except those that say "atlas:txmode none". Replicas that start
// together queue. Conflict is the code when the database is newer than this program, holds another program's tables, or (on
// SQLite) belongs to a running server; the schema is unchanged then.
func (s *Store) Migrate(ctx context.Context) (applied []string, err error) {
	// Nearly always there is nothing to do. Seeing so needs no lock: short commands get past a running server that holds it.
	if pending, err := s.PendingSQL(ctx); err != nil || pending == "" {
		return nil, err
	}
	err = s.withMigrationLock(ctx, func(c *sql.Conn) error {
		if err := s.checkOwn(ctx, revisions{c, s.dialect}); err != nil {
			return err
		}
		if err := (revisions{c, s.dialect}).create(ctx); err != nil {
			return err
		}
		for {
			pending, err := s.pending(ctx, c)
			if err != nil || len(pending) == 0 {
				return err
			}
			s.log.InfoContext(ctx, "migrating the database", "file", pending[0].Name(), "pending", len(pending))
			if err := s.applyFirst(ctx, c, pending[0]); err != nil {
				return fmt.Errorf("migration %s: %w", pending[0].Name(), err)
			}
			applied = append(applied, pending[0].Name())
		}
	})
	return applied, MapError(err)
}

// PendingSQL is the SQL that Migrate would run; empty if the schema is up to date. It changes nothing.
func (s *Store) PendingSQL(ctx context.Context) (string, error) {
	c, err := s.writeDB.Conn(ctx)
	if err != nil {
		return "", MapError(err)
	}
	defer c.Close()
	if err := s.checkOwn(ctx, revisions{c, s.dialect}); err != nil {
		return "", MapError(err)
	}
	pending, err := s.pending(ctx, c)
	if err != nil {
		return "", MapError(err)
	}
	var out strings.Builder
	for _, f := range pending {
		fmt.Fprintf(&out, "-- file %s\n%s\n", f.Name(), f.Bytes())
	}
	return out.String(), nil
}

// checkOwn refuses a database that is somebody else's.
func (s *Store) checkOwn(ctx context.Context, r revisions) error {
	tables, err := r.tables(ctx)
	if err != nil || len(tables) == 0 || slices.Contains(tables, revisionsTable) {
		return err
	}
	return apperr.New(apperr.Conflict, "The database is not empty and was not made by GuardMDM: it holds the table %q.", tables[0]).
		WithHint("Give GuardMDM a database, or on PostgreSQL a schema (search_path), of its own.")
}

// pending are the files that were not applied yet, in order.
func (s *Store) pending(ctx context.Context, c conn) ([]atlas.File, error) {
	dir, err := s.migrations()
	if err != nil {
		return nil, err
	}
	if err := checkHistory(ctx, dir, revisions{c, s.dialect}); err != nil {
		return nil, err
	}
	executor, err := s.executor(c, dir)
	if err != nil {
		return nil, err
	}
	files, err := executor.Pending(ctx)
	if errors.Is(err, atlas.ErrNoPendingFiles) {
		return nil, nil
	}
	return files, err
}

// checkHistory compares what was applied with the files of this program: of a newer program's we know nothing.
func checkHistory(ctx context.Context, dir atlas.Dir, r revisions) error {
	if err := atlas.Validate(dir); err != nil {
		return apperr.Wrap(err, apperr.Internal, "The migration files of this program were changed: they do not match their atlas.sum.").
			WithHint("Use an official build. A released migration is never edited: write a new one.")
	}
	applied, err := r.ReadRevisions(ctx)
	if err != nil {
		return err
	}
	sums, err := dir.Checksum()
	if err != nil {
		return err
	}
	for _, rev := range applied {
		name := rev.Version + "_" + rev.Description + ".sql"
		sum, err := sums.SumByName(name)
		if err != nil {
			return apperr.Wrap(err, apperr.Conflict, "The database was made by a newer version of GuardMDM: this one does not know the migration %s.", name).
				WithHint("Run the newer version, or restore the backup that was made before it was installed.")
		}
		if sum != rev.Hash {
			return apperr.New(apperr.Conflict, "The database was made by another build of GuardMDM: its migration %s differs from this program's.", name).
				WithHint("Run the build that made it. A database of a development build has to be made anew.")
		}
	}
	return nil
}

// applyFirst applies the file, which is the first one that is pending.
func (s *Store) applyFirst(ctx context.Context, c *sql.Conn, f atlas.File) error {
	if local, ok := f.(*atlas.LocalFile); ok && slices.Contains(local.Directive("txmode"), "none") {
		return s.execute(ctx, c)
	}
	if s.dialect == dialect.SQLite {
		// Rebuilding a table, SQLite's only way to change most things, must not cascade into others. It can be turned off only
		// outside of a transaction; what it would have refused is looked for before the commit.
		if _, err := c.ExecContext(ctx, "PRAGMA foreign_keys = off"); err != nil {
			return err
		}
		defer func() { _, _ = c.ExecContext(context.WithoutCancel(ctx), "PRAGMA foreign_keys = on") }()
	}
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if err := s.execute(ctx, tx); err != nil {
		return err
	}
	if s.dialect == dialect.SQLite {
		if err := checkForeignKeys(ctx, tx); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// execute applies the first pending file with Atlas.
func (s *Store) execute(ctx context.Context, c conn) error {
	dir, err := s.migrations()
	if err != nil {
		return err
	}
	executor, err := s.executor(c, dir)
	if err != nil {
		return err
	}
	return executor.ExecuteN(ctx, 1)
}

func (s *Store) executor(c conn, dir atlas.Dir) (*atlas.Executor, error) {
	open := atlaspg.Open
	if s.dialect == dialect.SQLite {
		open = atlaslite.Open
	}
	driver, err := open(c)
	if err != nil {
		return nil, err
	}
	// checkOwn did what AllowDirty turns off, and knows about PostgreSQL's extensions and other schemas.
	return atlas.NewExecutor(driver, dir, revisions{c, s.dialect}, atlas.WithAllowDirty(true), atlas.WithOperatorVersion("guardmdm"))
}

func checkForeignKeys(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		return errors.New("it would leave rows that refer to nothing")
	}
	return rows.Err()
}

// migrations loads the files that are built into the program.
func (s *Store) migrations() (atlas.Dir, error) {
	files := s.migrationFiles
	if files == nil {
		var err error
		if files, err = migrate.Files(s.dialect); err != nil {
			return nil, err
		}
	}
	return migrate.Dir(files)
}

// withMigrationLock runs f on a connection of its own while no other process migrates.
func (s *Store) withMigrationLock(ctx context.Context, f func(*sql.Conn) error) error {
	if s.dialect == dialect.SQLite {
		return s.withSQLiteLock(ctx, f)
	}
	db, err := openPostgres(s.postgres.direct)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := s.reach(ctx, db, s.postgres.direct); err != nil {
		return err
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close() // and with the session goes its lock
	for {
		var locked bool
		if err := c.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", int64(migrationLock)).Scan(&locked); err != nil {
			return err
		}
		if locked {
			return f(c)
		}
		if err := s.pause(ctx, lockPoll); err != nil {
			return err
		}
	}
}

// withSQLiteLock takes the lock of the database unless the Store has it already.
func (s *Store) withSQLiteLock(ctx context.Context, f func(*sql.Conn) error) error {
	if s.lock == nil {
		deadline := s.clock.Now().Add(sqliteLockWait)
		for {
			lock, err := acquire(s.sqlite.lockFile())
			if err == nil {
				defer lock.release()
				break
			}
			if !apperr.Is(err, apperr.Conflict) || s.clock.Now().After(deadline) {
				return err
			}
			if err := s.pause(ctx, lockPoll); err != nil {
				return err
			}
		}
	}
	c, err := s.writeDB.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return f(c)
}
