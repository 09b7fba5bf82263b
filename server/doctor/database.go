package doctor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	database   = "database"
	migrations = "migrations"
	integrity  = "integrity"
	directURL  = "direct URL"
	listening  = "LISTEN"
	keyMatches = "secret key"
	dbClock    = "clock, database"

	// integrityTime bounds SQLite's look at the whole file; a million devices take some seconds.
	integrityTime = 60 * time.Second
)

// database opens the database for all that follows, and closes it by the function that it returns.
func (d *doctor) database(ctx context.Context) (closeIt func()) {
	isSQLite := strings.HasPrefix(d.Config.DatabaseURL, "sqlite:")
	of := []string{migrations, integrity, keyMatches}
	if !isSQLite {
		of = []string{migrations, directURL, listening, dbClock, keyMatches}
	}
	db, err := store.Open(ctx, store.Options{DatabaseURL: d.Config.DatabaseURL, DirectURL: d.Config.DirectURL, ReadOnly: true, Clock: d.Clock})
	if err != nil {
		level := Fail
		if apperr.Is(err, apperr.NotFound) {
			level = Warn // as before the first start
		}
		d.err(level, database, err, "See docs/operations/configuration.md, Database.")
		d.skip("the database", of...)
		return func() {}
	}
	d.version(ctx, db)
	d.db = db
	d.schema(ctx)
	if isSQLite {
		d.integrity(ctx)
	} else {
		d.direct(ctx)
		d.listen(ctx)
		d.databaseClock(ctx)
	}
	d.keyOfDatabase(ctx)
	return func() { _ = db.Close() }
}

func (d *doctor) version(ctx context.Context, db *store.Store) {
	query, name := "SELECT sqlite_version()", "SQLite"
	if db.IsPostgres() {
		query, name = "SELECT current_setting('server_version')", "PostgreSQL"
	}
	var version string
	if err := ask(ctx, db, query, &version); err != nil {
		d.err(Fail, database, err, "See the log of the database.")
		return
	}
	more := ""
	if info, err := os.Stat(db.Whereabouts()); err == nil && !db.IsPostgres() {
		more = ", " + size(uint64(info.Size()))
	}
	d.ok(database, "%s %s, %s%s", name, version, db.Whereabouts(), more)
}

func ask(ctx context.Context, db *store.Store, query string, into ...any) error {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	return db.ReaderDB().QueryRowContext(ctx, query).Scan(into...)
}

func (d *doctor) schema(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	sql, err := d.db.PendingSQL(ctx)
	pending := strings.Count("\n"+sql, "\n-- file ")
	switch {
	case err != nil:
		d.err(Fail, migrations, err, "See the log of the database.")
	case pending == 0:
		d.current = true
		d.ok(migrations, "up to date")
	default:
		d.fail(migrations, apperr.Count(pending, "migration file")+" not applied",
			"The schema is older than this program. Before the first start that is as it should be.",
			"Start the server, or run guardmdm migrate (--dry-run shows the SQL). Make a backup first.")
	}
}

func (d *doctor) integrity(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, integrityTime)
	defer cancel()
	var result string
	err := d.db.ReaderDB().QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&result)
	switch {
	case ctx.Err() != nil:
		d.warn(integrity, fmt.Sprintf("not looked at to its end within %s", integrityTime), "The file is large or the disk is slow.",
			"Run PRAGMA quick_check with sqlite3 on a copy.")
	case err == nil && result == "ok":
		d.ok(integrity, "the file is sound")
	default:
		if err != nil {
			result = err.Error()
		}
		d.fail(integrity, "the file is damaged", result, "Stop the server and restore the last backup. Look at the disk, and keep the file off network file systems.")
	}
}

// whichDatabase names a database of a server, so that two connections can be compared, and says whether it can be written to.
const whichDatabase = `SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' || current_database(), pg_is_in_recovery()`

func (d *doctor) direct(ctx context.Context) {
	if d.Config.DirectURL == "" {
		d.ok(directURL, "not set: the database URL serves for LISTEN and migrations, too")
		return
	}
	const do = "Let GUARDMDM_DATABASE_DIRECT_URL lead to the database of GUARDMDM_DATABASE_URL, past the connection pooler."
	direct, err := store.Open(ctx, store.Options{DatabaseURL: d.Config.DirectURL, ReadOnly: true, Clock: d.Clock})
	if err != nil {
		d.err(Fail, directURL, err, do)
		return
	}
	defer direct.Close()
	var here, there string
	var standby bool
	err = errors.Join(ask(ctx, d.db, whichDatabase, &here, &standby), ask(ctx, direct, whichDatabase, &there, &standby))
	switch {
	case err != nil:
		d.warn(directURL, "it cannot be told whether it reaches the same database", err.Error(), "The next line tells it.")
	case standby:
		d.fail(directURL, direct.Whereabouts()+" is a standby", "A standby takes neither LISTEN nor migrations.", do)
	case here != there:
		d.fail(directURL, fmt.Sprintf("%s is not the database of GUARDMDM_DATABASE_URL (%s)", direct.Whereabouts(), d.db.Whereabouts()),
			"Migrations would go to one database and data to another.", do)
	default:
		d.ok(directURL, "%s, the same database", direct.Whereabouts())
	}
}

func (d *doctor) listen(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	if err := pubsub.TryListen(ctx, pubsub.PostgresOptions{DB: d.db.DB(), ListenURL: d.db.DirectURL()}); err != nil {
		d.warn(listening, "notifications do not arrive: replicas look for changes every 2 s instead", err.Error(),
			"If there is a connection pooler in between, set GUARDMDM_DATABASE_DIRECT_URL to a URL past it.")
		return
	}
	d.ok(listening, "notifications arrive")
}

func (d *doctor) databaseClock(ctx context.Context) {
	var theirs time.Time
	before := d.Clock.Now()
	if err := ask(ctx, d.db, "SELECT clock_timestamp()", &theirs); err != nil {
		d.err(Fail, dbClock, err, "See the log of the database.")
		return
	}
	d.clock(dbClock, "PostgreSQL's clock", "Replicas would not agree on when a sync is due and when a token expires.", before, theirs, d.Clock.Now(), 0)
}

// keyOfDatabase compares the key file with what the database was sealed with.
func (d *doctor) keyOfDatabase(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	if !d.current {
		d.skip("the migrations", keyMatches)
		return
	}
	expected, known, err := secret.Expected(ctx, d.db)
	path := d.Config.SecretKeyFile
	const do = "Put the right key file there, from a backup or from another replica. Without it every ABM token has to be set up again, in a new database."
	switch {
	case err != nil:
		d.err(Fail, keyMatches, err, "See the log of the database.")
	case !known && d.box == nil:
		d.ok(keyMatches, "none yet; the first start makes it")
	case !known:
		d.ok(keyMatches, "the database has none yet and will take the one of the file")
	case d.box == nil:
		d.fail(keyMatches, fmt.Sprintf("the key file %s is missing or cannot be used", path), "The secrets in the database are sealed with key "+expected+".", do)
	case d.box.Fingerprint() != expected:
		d.fail(keyMatches, fmt.Sprintf("the key file %s holds another key", path),
			fmt.Sprintf("The secrets in the database are sealed with key %s; the file holds key %s.", expected, d.box.Fingerprint()), do)
	default:
		d.ok(keyMatches, "the file's key is the one of the database")
	}
}
