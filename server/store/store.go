// Package store is the database: SQLite inside the process or PostgreSQL, behind one Ent client. It opens either, migrates
// its schema, runs transactions, and turns the databases' errors into those of package apperr.
package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/hook"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// connectTimeout bounds the first contact at Open.
const connectTimeout = 15 * time.Second

// Options say which database to open, and how.
type Options struct {
	// DatabaseURL is "sqlite:PATH" or "postgres://user:password@host:port/database?option=value".
	//
	// PATH is taken as it stands; the settings of SQLite are fixed. Of PostgreSQL's options that lib/pq knows any may be given.
	// Without an sslmode the connection must be encrypted (sslmode=require), except to this machine (sslmode=disable): only
	// sslmode=verify-full proves whom one talks to. A unix socket is named by the option host=/directory.
	DatabaseURL string
	// DirectURL reaches the same PostgreSQL past a connection pooler, for what needs a session: migration locks and LISTEN.
	// Empty: the same as DatabaseURL. SQLite has none.
	DirectURL string
	// Exclusive makes this process the only one that works on a SQLite database: SQLite keeps the file consistent with
	// several processes on it, but they would not see each other's signals and leases. PostgreSQL ignores it.
	Exclusive bool
	// ReadOnly opens a database to look at it, beside a running server too. A SQLite file is neither made nor changed, and its absence
	// is NotFound. Ent then refuses to write.
	ReadOnly bool
	Logger   *slog.Logger    // nil: none
	Clock    clockwork.Clock // paces retries; nil: the real one
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	clock    clockwork.Clock
	log      *slog.Logger
	dialect  string
	writeDB  *sql.DB
	readDB   *sql.DB // PostgreSQL: the same as writeDB
	write    *ent.Client
	read     *ent.Client
	lock     *fileLock // SQLite with Exclusive, else nil
	sqlite   sqlitePath
	postgres postgresURLs
	// SQLite's, nil for PostgreSQL and for looking
	checkpoints *checkpointer

	migrationFiles fs.FS // nil: those of the program; tests put others here
}

// Open connects to the database. It neither creates nor changes the schema: see Migrate. Errors are *apperr.Error that say
// what to do and never hold the password: BadUserInput for a malformed URL, Conflict for a SQLite database that another
// process has, Unavailable when the database does not answer.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{clock: o.Clock, log: o.Logger}
	if s.clock == nil {
		s.clock = clockwork.NewRealClock()
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	var err error
	switch scheme, _, _ := strings.Cut(o.DatabaseURL, ":"); scheme {
	case "sqlite":
		err = s.openSQLite(ctx, o)
	case "postgres", "postgresql":
		err = s.openPostgres(ctx, o)
	default:
		err = apperr.New(apperr.BadUserInput, "The database URL begins neither with sqlite: nor with postgres://.").WithHint(urlHint)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.write = ent.NewClient(ent.Driver(entsql.OpenDB(s.dialect, s.writeDB)))
	s.read = ent.NewClient(ent.Driver(entsql.OpenDB(s.dialect, s.readDB)))
	refuseWrites := hook.Reject(ent.OpCreate | ent.OpUpdate | ent.OpUpdateOne | ent.OpDelete | ent.OpDeleteOne)
	s.read.Use(refuseWrites)
	if o.ReadOnly {
		s.write.Use(refuseWrites)
	}
	return s, nil
}

// Ent is the client that reads and writes, each statement on its own. What belongs together goes into WithTx.
func (s *Store) Ent() *ent.Client { return s.write }

// Reader is the client for reading. It refuses to write. On SQLite it does not wait for writers, nor they for it.
func (s *Store) Reader() *ent.Client { return s.read }

// DB is the pool under Ent, for statements that Ent cannot express. On SQLite it has one connection.
func (s *Store) DB() *sql.DB { return s.writeDB }

// ReaderDB is the pool under Reader.
func (s *Store) ReaderDB() *sql.DB { return s.readDB }

// Dialect is dialect.SQLite or dialect.Postgres of package entgo.io/ent/dialect.
func (s *Store) Dialect() string { return s.dialect }

// IsPostgres tells whether other processes may work on the same database.
func (s *Store) IsPostgres() bool { return s.dialect == dialect.Postgres }

// DirectURL is the complete connection URL of PostgreSQL past any pooler, for lib/pq's LISTEN; empty on SQLite. It holds the
// password: it must not be logged.
func (s *Store) DirectURL() string { return s.postgres.direct }

// Now is the time by which processes on the same database agree: the database's own on PostgreSQL, this process's on SQLite.
func (s *Store) Now(ctx context.Context) (time.Time, error) {
	if !s.IsPostgres() {
		return s.clock.Now(), nil
	}
	var now time.Time
	err := s.readDB.QueryRowContext(ctx, "SELECT clock_timestamp()").Scan(&now)
	return now, err
}

// IsDirect tells whether DirectURL is one of its own, and not the database URL once more.
func (s *Store) IsDirect() bool { return s.postgres.direct != s.postgres.pooled }

// Whereabouts names the SQLite file, or PostgreSQL's host and database: never a password.
func (s *Store) Whereabouts() string {
	if s.IsPostgres() {
		return whereabouts(s.postgres.pooled)
	}
	return string(s.sqlite)
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.readDB.PingContext(ctx) }

// Close ends the connections and gives up the lock. Transactions that are under way fail.
func (s *Store) Close() error {
	errs := []error{s.checkpoints.Close()}
	if s.readDB != nil && s.readDB != s.writeDB {
		errs = append(errs, s.readDB.Close())
	}
	if s.writeDB != nil {
		errs = append(errs, s.writeDB.Close()) // SQLite: last, for its closing moves the log into the database file
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}
