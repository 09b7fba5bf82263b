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
	// snapshot, which CREATE INDEX CONCURRENTLY of the replica that has the lock would wait for in turn, and no connection of
	// a pooler.
	lockPoll = 200 * time.Millisecond
	// sqliteLockWait bounds the waiting for a process that only migrates; a server keeps its lock for as long as it runs.
	sqliteLockWait = 30 * time.Second
)

// Migrate brings the schema up to what this program needs and names the migration files that it applied, none if there was
// nothing to do. Each file is a transaction of its own, except those that say "atlas:txmode none". Replicas that start
// together queue. Conflict is the code when the database is newer than this program, holds another program's tables, or (on
// SQLite) belongs to a running server; the schema is unchanged then. It is also the code when the direct URL leads elsewhere.
func (s *Store) Migrate(ctx context.Context) (applied []string, err error) {
	// Nearly always there is nothing to do. Seeing so needs no lock: short commands get past a running server that holds it.
	if pending, err := s.PendingSQL(ctx); err != nil || pending == "" {
		return nil, err
	}
	err = s.withMigrationConn(ctx, func(db *sql.DB, c *sql.Conn) error {
		if err := s.claim(ctx, c); err != nil {
			return err
		}
		for {
			name, err := s.applyFirst(ctx, db, c)
			if err != nil || name == "" {
				return err
			}
			applied = append(applied, name)
		}
	})
	if err == nil {
		err = s.checkSame(ctx)
	}
	return applied, MapError(err)
}

// PendingSQL is the SQL that Migrate would run; empty if the schema is up to date. It changes nothing.
func (s *Store) PendingSQL(ctx context.Context) (string, error) {
	// A transaction keeps what Atlas does to the session, which for a moment has no search_path, to one session and to itself:
	// a pooler would give that session to the next caller.
	c, err := s.writeDB.BeginTx(ctx, nil)
	if err != nil {
		return "", MapError(err)
	}
	defer func() { _ = c.Rollback() }()
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

// claim makes the database ours: it refuses somebody else's, and makes the table of revisions.
func (s *Store) claim(ctx context.Context, c *sql.Conn) error {
	tx, err := s.beginMigration(ctx, c)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if err := s.checkOwn(ctx, revisions{tx, s.dialect}); err != nil {
		return err
	}
	if err := (revisions{tx, s.dialect}).create(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// checkSame looks whether the database that was migrated past the pooler is the one behind it.
func (s *Store) checkSame(ctx context.Context) error {
	if !s.IsDirect() {
		return nil
	}
	pending, err := s.PendingSQL(ctx)
	if err == nil && pending != "" {
		err = apperr.New(apperr.Conflict, "The direct database URL leads to another database (%s) than the database URL (%s).",
			whereabouts(s.postgres.direct), whereabouts(s.postgres.pooled)).
			WithHint("Correct GUARDMDM_DATABASE_DIRECT_URL: the same database and search_path, past the pooler. The tables that were just made there can be dropped.")
	}
	return err
}

// applyFirst applies the first file that is pending and names it; "" when there is none.
func (s *Store) applyFirst(ctx context.Context, db *sql.DB, c *sql.Conn) (name string, err error) {
	if s.dialect == dialect.SQLite {
		// Rebuilding a table, SQLite's only way to change most things, must not cascade into others. It can be turned off only
		// outside of a transaction; what it would have refused is looked for before the commit.
		if _, err := c.ExecContext(ctx, "PRAGMA foreign_keys = off"); err != nil {
			return "", err
		}
		defer func() { _, _ = c.ExecContext(context.WithoutCancel(ctx), "PRAGMA foreign_keys = on") }()
	}
	tx, err := s.beginMigration(ctx, c)
	if err != nil {
		return "", err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	pending, err := s.pending(ctx, tx)
	if err != nil || len(pending) == 0 {
		return "", err
	}
	name = pending[0].Name()
	s.log.InfoContext(ctx, "migrating the database", "file", name, "pending", len(pending))
	if err := s.apply(ctx, db, tx, pending[0]); err != nil {
		return "", fmt.Errorf("migration %s: %w", name, err)
	}
	return name, tx.Commit()
}

// apply applies the file within the transaction, or beside it if it says so: then the transaction only holds the lock. It has
// no snapshot while it waits, so CREATE INDEX CONCURRENTLY does not wait for it.
func (s *Store) apply(ctx context.Context, db *sql.DB, tx *sql.Tx, f atlas.File) error {
	local, ok := f.(*atlas.LocalFile)
	if beside := ok && slices.Contains(local.Directive("txmode"), "none"); !beside || s.dialect == dialect.SQLite {
		if err := s.execute(ctx, tx); err != nil || s.dialect == dialect.Postgres {
			return err
		}
		return checkForeignKeys(ctx, tx)
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return s.execute(ctx, c)
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

// withMigrationConn runs f on a connection of its own.
func (s *Store) withMigrationConn(ctx context.Context, f func(*sql.DB, *sql.Conn) error) error {
	if s.dialect == dialect.SQLite {
		return s.withSQLiteLock(ctx, func(c *sql.Conn) error { return f(s.writeDB, c) })
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
	defer c.Close()
	return f(db, c)
}

// beginMigration begins a transaction while no other process migrates. On PostgreSQL the lock is the transaction's, not the
// session's: so it ends with the work that it guards, and holds through a pooler in transaction mode too, which would give
// the session with its lock to the next caller.
func (s *Store) beginMigration(ctx context.Context, c *sql.Conn) (*sql.Tx, error) {
	for {
		tx, err := c.BeginTx(ctx, nil)
		if err != nil || s.dialect == dialect.SQLite {
			return tx, err
		}
		var locked bool
		err = tx.QueryRowContext(ctx, "SELECT pg_try_advisory_xact_lock($1)", int64(migrationLock)).Scan(&locked)
		if err == nil && locked {
			if _, err = tx.ExecContext(ctx, "SET LOCAL idle_in_transaction_session_timeout = 0"); err == nil {
				return tx, nil
			}
		}
		if rolledBack := tx.Rollback(); err != nil || rolledBack != nil {
			return nil, errors.Join(err, rolledBack)
		}
		if err := s.pause(ctx, lockPoll); err != nil {
			return nil, err
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
