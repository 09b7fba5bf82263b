// Package dbtest gives tests real databases: SQLite files, and databases on a PostgreSQL server that the test run starts
// itself, or on the one that GUARDMDM_TEST_POSTGRES_URL names. Every test gets a fresh one.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/dialect"
	_ "github.com/lib/pq"
	"go.uber.org/goleak"

	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest/pgtemp"
)

// serverVariable names an existing server to use instead of starting one. Its account must be allowed to create databases.
const serverVariable = "GUARDMDM_TEST_POSTGRES_URL"

// poolerVariable, if it is "1", has every test reach PostgreSQL through a PgBouncer in transaction mode, which the test run
// starts in front of its own server. The direct URL is then the server's.
const poolerVariable = "GUARDMDM_TEST_POOLER"

// shared is what all tests of one binary share: starting a server for each would take a second.
var shared struct {
	serverMu sync.Mutex
	server   *pgtemp.Server
	pooler   *pgtemp.Pooler

	templateMu sync.Mutex
	template   map[string]string // by dialect: name or path of a migrated, empty database
	dropped    func() error      // removes the PostgreSQL template; the server may be somebody's
	dir        string            // of the SQLite template
}

// Main runs the tests of a package that uses this one, stops what they shared, and fails if goroutines are left:
//
//	func TestMain(m *testing.M) { dbtest.Main(m) }
//
// A package without it leaves the server to the end of the process, which takes it along.
func Main(m *testing.M) {
	code := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, "dbtest:", err)
		code = 1
	}
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "goroutines left after the tests:", err)
		code = 1
	}
	os.Exit(code)
}

// CheckLeaks fails the test if goroutines that it began are left when it ends, those of the shared server excepted.
func CheckLeaks(t testing.TB) {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() {
		goleak.VerifyNone(t, before,
			goleak.IgnoreAnyFunction("github.com/guardmdm/guardmdm/test/dbtest/pgtemp.(*daemon).run"),
			goleak.IgnoreAnyFunction("github.com/guardmdm/guardmdm/test/dbtest/pgtemp.(*daemon).watch"))
	})
}

// Each runs f as the subtests "sqlite" and "postgres", each with a fresh database at the newest schema.
func Each(t *testing.T, f func(t *testing.T, db *store.Store)) {
	t.Helper()
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) { f(t, Open(t, name)) })
	}
}

// EachURL runs f as the subtests "sqlite" and "postgres", each with the URL of a fresh database without any tables.
func EachURL(t *testing.T, f func(t *testing.T, databaseURL string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

// EachMigratedURL runs f as the subtests "sqlite" and "postgres", each with the URL of a fresh database at the newest schema.
func EachMigratedURL(t *testing.T, f func(t *testing.T, databaseURL string)) {
	t.Helper()
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) { f(t, URL(t, name)) })
	}
}

// Open opens a fresh database at the newest schema, "sqlite" or "postgres", until the test ends.
func Open(t testing.TB, name string) *store.Store {
	t.Helper()
	return OpenURL(t, URL(t, name))
}

// URL is that of a fresh database at the newest schema, "sqlite" or "postgres", which goes with the test.
func URL(t testing.TB, name string) string {
	t.Helper()
	switch name {
	case "sqlite":
		return migratedSQLite(t)
	case "postgres":
		return migratedPostgres(t)
	}
	t.Fatalf("dbtest: no database %q", name)
	return ""
}

// OpenURL opens a database until the test ends.
func OpenURL(t testing.TB, databaseURL string) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{DatabaseURL: databaseURL, DirectURL: Direct(databaseURL)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("closing the database: %v", err)
		}
	})
	return db
}

// SQLite is the URL of a SQLite database that does not exist yet, in a directory that goes with the test.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "guardmdm.db")
}

// Postgres is the URL of a fresh, empty PostgreSQL database that is dropped when the test ends.
func Postgres(t testing.TB) string {
	t.Helper()
	return database(t, "template0")
}

func migratedPostgres(t testing.TB) string {
	t.Helper()
	template := template(t, dialect.Postgres, func() string {
		name := create(t, "template0")
		own := serverURL(t, "")
		shared.dropped = func() error { return run(own, `DROP DATABASE "`+name+`"`) }
		migrate(t, serverURL(t, name))
		return name
	})
	return database(t, template)
}

func migratedSQLite(t testing.TB) string {
	t.Helper()
	template := template(t, dialect.SQLite, func() string {
		dir, err := os.MkdirTemp("", "guardmdm-test-")
		if err != nil {
			t.Fatal(err)
		}
		shared.dir = dir
		path := filepath.Join(dir, "template.db")
		migrate(t, "sqlite:"+path)
		return path
	})
	content, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "guardmdm.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// template makes a migrated database once and remembers it: copying it is several times faster than migrating.
func template(t testing.TB, of string, build func() string) string {
	t.Helper()
	shared.templateMu.Lock()
	defer shared.templateMu.Unlock()
	if shared.template == nil {
		shared.template = map[string]string{}
	}
	if shared.template[of] == "" {
		shared.template[of] = build()
	}
	return shared.template[of]
}

func migrate(t testing.TB, databaseURL string) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{DatabaseURL: databaseURL})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Migrate(t.Context())
	if closed := db.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
}

// database makes a copy of a template for the time of the test.
func database(t testing.TB, template string) string {
	t.Helper()
	name := create(t, template)
	t.Cleanup(func() { admin(t, `DROP DATABASE "`+name+`" WITH (FORCE)`) })
	if os.Getenv(poolerVariable) == "1" {
		return Pooled(t, serverURL(t, name))
	}
	return serverURL(t, name)
}

// Pooled is the URL of a database of this package through a PgBouncer in transaction mode.
func Pooled(t testing.TB, databaseURL string) string {
	t.Helper()
	needOwnServer(t)
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	pooler, err := pooler()
	if err != nil {
		t.Fatal(err)
	}
	return pooler.URL(strings.TrimPrefix(u.Path, "/"))
}

// needOwnServer skips the test if the server is somebody's: the pooler stands in front of our own.
func needOwnServer(t testing.TB) {
	t.Helper()
	if os.Getenv(serverVariable) != "" {
		t.Skipf("%s names a server: PgBouncer is tested in front of our own", serverVariable)
	}
}

// Direct is the URL past the pooler of a database whose URL leads through one, else "".
func Direct(databaseURL string) string {
	shared.serverMu.Lock()
	defer shared.serverMu.Unlock()
	if u, err := url.Parse(databaseURL); err == nil && shared.pooler != nil {
		if name := strings.TrimPrefix(u.Path, "/"); databaseURL == shared.pooler.URL(name) {
			return shared.server.URL(name)
		}
	}
	return ""
}

// Pooler starts a PgBouncer of another mode or configuration for one test; it serves the databases of this package.
func Pooler(t testing.TB, mode, extra string) *pgtemp.Pooler {
	t.Helper()
	needOwnServer(t)
	server, err := server()
	if err != nil {
		t.Fatal(err)
	}
	p, err := server.StartPooler(mode, extra)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func create(t testing.TB, template string) string {
	t.Helper()
	name := "guardmdm_test_" + strings.ToLower(rand.Text())
	admin(t, `CREATE DATABASE "`+name+`" TEMPLATE "`+template+`"`)
	return name
}

func admin(t testing.TB, statement string) {
	t.Helper()
	if err := run(serverURL(t, ""), statement); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}

// run runs one statement on a connection that is gone afterwards. It outlives the test's context: it also cleans up.
func run(databaseURL, statement string) error {
	db, err := sql.Open("postgres", databaseURL)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(context.Background(), statement)
	return errors.Join(err, db.Close())
}

// serverURL is the URL of a database on the server, which it starts first if need be; "" is the server's own one.
func serverURL(t testing.TB, database string) string {
	t.Helper()
	if given := os.Getenv(serverVariable); given != "" {
		u, err := url.Parse(given)
		if err != nil {
			t.Fatalf("%s is not a URL", serverVariable)
		}
		if database != "" {
			u.Path = "/" + database
		}
		return u.String()
	}
	server, err := server()
	if err != nil {
		t.Fatal(err)
	}
	if database == "" {
		database = "postgres"
	}
	return server.URL(database)
}

// server starts the shared server at the first call.
func server() (*pgtemp.Server, error) {
	shared.serverMu.Lock()
	defer shared.serverMu.Unlock()
	var err error
	if shared.server == nil {
		shared.server, err = pgtemp.Start()
	}
	return shared.server, err
}

// pooler starts the shared PgBouncer at the first call.
func pooler() (*pgtemp.Pooler, error) {
	server, err := server()
	if err != nil {
		return nil, err
	}
	shared.serverMu.Lock()
	defer shared.serverMu.Unlock()
	if shared.pooler == nil {
		shared.pooler, err = server.StartPooler("transaction", "")
	}
	return shared.pooler, err
}

func stop() error {
	var errs []error
	if shared.pooler != nil {
		errs = append(errs, shared.pooler.Stop())
	}
	if shared.dropped != nil {
		errs = append(errs, shared.dropped())
	}
	if shared.server != nil {
		errs = append(errs, shared.server.Stop())
	}
	if shared.dir != "" {
		errs = append(errs, os.RemoveAll(shared.dir))
	}
	return errors.Join(errs...)
}
