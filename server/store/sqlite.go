package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"entgo.io/ent/dialect"
	"modernc.org/sqlite"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// What every connection is told. A time is written with UTC and without Go's monotonic clock reading: the driver's default
// form sorts and compares wrongly as text.
const (
	sqliteCommon = "_pragma=busy_timeout(5000)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)&_time_format=sqlite&_timezone=UTC"
	// The writer's transactions take the write lock at their beginning: one that reads first and then writes could not wait for
	// the lock, SQLite would fail it at once (SQLITE_BUSY_SNAPSHOT).
	// Its cache (in KiB, of which the driver's allocator takes twice as much) holds the upper parts of the indexes of a million devices,
	// and as many leaves as 120 MB for the process allow. The write-ahead log of up to 250 MiB is moved into the file far less often than
	// one of 4, and each page of the index of serial numbers, which a first sync writes all over, fewer times. Most of it was moved by the checkpointer
	// when it is so long. It shrinks afterwards.
	sqliteWriter = sqliteCommon + "&_pragma=journal_mode(WAL)&_pragma=cache_size(-14336)&_pragma=wal_autocheckpoint(64000)&_pragma=journal_size_limit(67108864)&_txlock=immediate"
	sqliteReader = sqliteCommon + "&_pragma=query_only(1)&mode=ro"
)

// sqlitePath is the absolute path of the database file.
type sqlitePath string

// lockFile is held by the process that owns the database.
func (p sqlitePath) lockFile() string { return string(p) + ".lock" }

// dsn escapes the path: the driver and SQLite would otherwise read options into a path with "?", "#" or "%".
func (p sqlitePath) dsn(options string) string {
	return (&url.URL{Scheme: "file", OmitHost: true, Path: string(p)}).String() + "?" + options
}

// optionInPath finds what somebody meant as an option, such as app.db?mode=ro.
var optionInPath = regexp.MustCompile(`\?_?[a-z]+=`)

func parseSQLite(databaseURL string) (sqlitePath, error) {
	path := strings.TrimPrefix(databaseURL, "sqlite:")
	switch {
	case path == "" || strings.HasPrefix(path, ":memory:"):
		return "", apperr.New(apperr.BadUserInput, "The database URL names no file.").WithHint(urlHint)
	case strings.HasPrefix(path, "//"):
		return "", apperr.New(apperr.BadUserInput, "The database URL %q has slashes after sqlite:.", databaseURL).WithHint(urlHint)
	case strings.ContainsRune(path, 0):
		return "", apperr.New(apperr.BadUserInput, "The database URL holds a NUL character.").WithHint(urlHint)
	case optionInPath.MatchString(path):
		return "", apperr.New(apperr.BadUserInput, "The database URL %q has options.", databaseURL).
			WithHint("GuardMDM's settings of SQLite are fixed. Write sqlite:PATH.")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", apperr.Wrap(err, apperr.Internal, "The working directory is gone.")
	}
	return sqlitePath(abs), nil
}

func (s *Store) openSQLite(ctx context.Context, o Options) error {
	s.dialect = dialect.SQLite
	path, err := parseSQLite(o.DatabaseURL)
	if err != nil {
		return err
	}
	s.sqlite = path
	if o.ReadOnly {
		return s.openToLook(ctx)
	}
	if err := createFile(string(path)); err != nil {
		return err
	}
	if o.Exclusive {
		if s.lock, err = acquire(path.lockFile()); err != nil {
			return err
		}
	}
	if s.writeDB, err = openPool(path.dsn(sqliteWriter), 1); err != nil {
		return err
	}
	if s.readDB, err = openPool(path.dsn(sqliteReader), max(4, runtime.NumCPU())); err != nil {
		return err
	}
	moveDB, err := openPool(path.dsn(sqliteCommon), 1)
	if err != nil {
		return err
	}
	s.checkpoints = startCheckpoints(moveDB, s.log)
	// The writer first: a reader cannot make the files of the write-ahead log.
	if err := errors.Join(s.writeDB.PingContext(ctx), s.readDB.PingContext(ctx)); err != nil {
		return unopened(err, path)
	}
	return nil
}

// openToLook opens the file as it is. Where there is no write-ahead log nobody works on it; "immutable" then keeps SQLite from
// making the files of one, which the account of a server might not be allowed to use.
func (s *Store) openToLook(ctx context.Context) error {
	if _, err := os.Stat(string(s.sqlite)); errors.Is(err, fs.ErrNotExist) {
		return apperr.Wrap(err, apperr.NotFound, "The SQLite database %s does not exist.", s.sqlite).
			WithHint("Check GUARDMDM_DATABASE_URL and GUARDMDM_DATA_DIR. The first start of the server makes it.")
	}
	options := sqliteReader
	if _, err := os.Stat(string(s.sqlite) + "-wal"); errors.Is(err, fs.ErrNotExist) {
		options += "&immutable=1"
	}
	var err error
	if s.readDB, err = openPool(s.sqlite.dsn(options), 2); err != nil {
		return err
	}
	s.writeDB = s.readDB
	if err := s.readDB.PingContext(ctx); err != nil {
		return unopened(err, s.sqlite)
	}
	return nil
}

func unopened(err error, path sqlitePath) error {
	return apperr.Wrap(err, apperr.Unavailable, "The SQLite database %s cannot be opened.", path).
		WithHint("Check that it is a SQLite database, that this account may write to it and to its directory, and that the disk is not full.")
}

// openPool keeps its connections: the first one that closes last would remove the write-ahead log under the readers.
func openPool(dsn string, size int) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, apperr.Wrap(err, apperr.Internal, "The settings of SQLite are wrong.")
	}
	db := sql.OpenDB(statementConnector{connector})
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// createFile makes an empty file that only this account can read; SQLite's own would follow the umask. The files of the
// write-ahead log take its mode over.
func createFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err == nil {
		return f.Close()
	}
	hint := "Give the account that runs GuardMDM the right to read and write it."
	if errors.Is(err, fs.ErrNotExist) {
		hint = "Create its directory first."
	}
	return apperr.Wrap(err, apperr.BadUserInput, "The SQLite database %s cannot be opened.", path).WithHint("%s", hint)
}
