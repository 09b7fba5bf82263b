package store_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	atlas "ariga.io/atlas/sql/migrate"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/migrate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// chain makes a directory of migration files with the right atlas.sum.
func chain(t *testing.T, files map[string]string) fs.FS {
	t.Helper()
	dir := &atlas.MemDir{}
	out := fstest.MapFS{}
	for name, content := range files {
		if err := dir.WriteFile(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: []byte(content)}
	}
	sums, err := dir.Checksum()
	if err != nil {
		t.Fatal(err)
	}
	text, err := sums.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	out[atlas.HashFileName] = &fstest.MapFile{Data: text}
	return out
}

// released reads the program's own migration files.
func released(t *testing.T, db *store.Store) map[string]string {
	t.Helper()
	files, err := migrate.Files(db.Dialect())
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(content)
	}
	return out
}

func mustMigrate(t *testing.T, db *store.Store) []string {
	t.Helper()
	applied, err := db.Migrate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func TestMigrateFromNothingToHead(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db := dbtest.OpenURL(t, url)
		files := released(t, db)
		for range 2 { // the dry run changes nothing
			dry, err := db.PendingSQL(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for name, content := range files {
				if !strings.Contains(dry, name) || !strings.Contains(dry, content) {
					t.Errorf("the dry run lacks %s", name)
				}
			}
		}
		if applied := mustMigrate(t, db); len(applied) != len(files) || !slices.IsSorted(applied) {
			t.Errorf("applied %v", applied)
		}
		if _, err := db.SettingOrSet(t.Context(), "k", "v"); err != nil {
			t.Errorf("the schema does not work: %v", err)
		}
		if applied := mustMigrate(t, db); len(applied) != 0 {
			t.Errorf("the second run applied %v", applied)
		}
		if dry, err := db.PendingSQL(t.Context()); err != nil || dry != "" {
			t.Errorf("pending afterwards: %q, %v", dry, err)
		}
	})
}

func TestProcessesThatMigrateAtOnceQueue(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		var processes []process
		for range 3 {
			processes = append(processes, start(t, "migrate", url))
		}
		for _, p := range processes {
			p.goOn(t)
		}
		var applied []string
		for _, p := range processes {
			for p.out.Scan() {
				applied = append(applied, strings.Fields(p.out.Text())...)
			}
			if err := p.cmd.Wait(); err != nil {
				t.Errorf("a process failed: %v", err)
			}
		}
		db := dbtest.OpenURL(t, url)
		if want := released(t, db); len(applied) != len(want) {
			t.Errorf("applied in all: %v", applied)
		}
		if again := mustMigrate(t, db); len(again) != 0 {
			t.Errorf("left to apply: %v", again)
		}
	})
}

func TestMigrationIsAllOrNothingAndCanBeMended(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db := dbtest.OpenURL(t, url)
		db.SetMigrations(chain(t, map[string]string{
			"1_good.sql": "CREATE TABLE a (id integer PRIMARY KEY);\n",
			"2_bad.sql":  "CREATE TABLE b (id integer PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);\n",
		}))
		applied, err := db.Migrate(t.Context())
		if err == nil || !strings.Contains(err.Error(), "2_bad.sql") || !slices.Equal(applied, []string{"1_good.sql"}) {
			t.Fatalf("applied %v, %v", applied, err)
		}
		db.SetMigrations(chain(t, map[string]string{
			"1_good.sql": "CREATE TABLE a (id integer PRIMARY KEY);\n",
			"2_bad.sql":  "CREATE TABLE b (id integer PRIMARY KEY);\n",
		}))
		if applied := mustMigrate(t, db); !slices.Equal(applied, []string{"2_bad.sql"}) {
			t.Errorf("applied %v after the mending", applied)
		}
	})
}

func TestEditedMigrationFileIsRefused(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db := dbtest.OpenURL(t, url)
		good := chain(t, map[string]string{"1_a.sql": "CREATE TABLE a (id integer);\n"}).(fstest.MapFS)
		good["1_a.sql"].Data = []byte("CREATE TABLE a (id integer, more integer);\n")
		db.SetMigrations(good)
		if _, err := db.Migrate(t.Context()); !apperr.Is(err, apperr.Internal) || !strings.Contains(err.Error(), "atlas.sum") {
			t.Errorf("%v", err)
		}
		if _, err := db.DB().Exec("SELECT * FROM a"); err == nil {
			t.Error("the edited file was applied")
		}
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db := dbtest.OpenURL(t, url)
		files := released(t, db)
		files["99990101000000_future.sql"] = "CREATE TABLE future (id integer);\n"
		db.SetMigrations(chain(t, files))
		mustMigrate(t, db)
		db.SetMigrations(nil)
		_, err := db.Migrate(t.Context())
		if e := apperr.As(err); e == nil || e.Code != apperr.Conflict || !strings.Contains(e.Message, "newer") {
			t.Errorf("%v", err)
		}
		if _, err := db.PendingSQL(t.Context()); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("dry run: %v", err)
		}
	})
}

func TestDatabaseOfAnotherBuildIsRefused(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db := dbtest.OpenURL(t, url)
		files := released(t, db)
		for name := range files {
			files[name] += "-- edited\n"
		}
		db.SetMigrations(chain(t, files))
		mustMigrate(t, db)
		db.SetMigrations(nil)
		_, err := db.Migrate(t.Context())
		if e := apperr.As(err); e == nil || e.Code != apperr.Conflict || !strings.Contains(e.Message, "another build") {
			t.Errorf("%v", err)
		}
	})
}

func TestDatabaseOfAnotherProgramIsRefused(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db := dbtest.OpenURL(t, url)
		if _, err := db.DB().Exec("CREATE TABLE invoices (id integer)"); err != nil {
			t.Fatal(err)
		}
		_, err := db.Migrate(t.Context())
		if e := apperr.As(err); e == nil || e.Code != apperr.Conflict || !strings.Contains(e.Message, "invoices") {
			t.Errorf("%v", err)
		}
	})
}

func TestMigrationOutsideOfATransaction(t *testing.T) {
	db := dbtest.OpenURL(t, dbtest.Postgres(t))
	db.SetMigrations(chain(t, map[string]string{
		"1_a.sql":     "CREATE TABLE a (id integer);\n",
		"2_index.sql": "-- atlas:txmode none\n\nCREATE INDEX CONCURRENTLY a_id ON a (id);\n",
	}))
	if applied := mustMigrate(t, db); len(applied) != 2 {
		t.Errorf("applied %v", applied)
	}
}

func TestSQLiteMigrationMayRebuildATableButNotOrphanRows(t *testing.T) {
	files := map[string]string{
		"1_a.sql": "CREATE TABLE parent (id integer PRIMARY KEY);\n" +
			"CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent (id) ON DELETE CASCADE);\n" +
			"INSERT INTO parent VALUES (1);\nINSERT INTO child VALUES (1, 1);\n",
		"2_rebuild.sql": "CREATE TABLE new_parent (id integer PRIMARY KEY, name text);\n" +
			"INSERT INTO new_parent (id) SELECT id FROM parent;\nDROP TABLE parent;\nALTER TABLE new_parent RENAME TO parent;\n",
	}
	db := dbtest.OpenURL(t, dbtest.SQLite(t))
	db.SetMigrations(chain(t, files))
	mustMigrate(t, db)
	children := func() (n int) {
		if err := db.DB().QueryRow("SELECT count(*) FROM child").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := children(); n != 1 {
		t.Errorf("%d children after the rebuild, want 1", n)
	}
	files["3_orphan.sql"] = "DELETE FROM parent;\n"
	db.SetMigrations(chain(t, files))
	if _, err := db.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "3_orphan.sql") {
		t.Errorf("%v", err)
	}
	var on int
	if err := db.DB().QueryRow("PRAGMA foreign_keys").Scan(&on); err != nil || on != 1 {
		t.Errorf("foreign_keys = %d afterwards, %v", on, err)
	}
	if _, err := db.DB().Exec("DELETE FROM parent"); err != nil || children() != 0 {
		t.Errorf("the cascade does not work: %v", err)
	}
}

func TestSQLiteOfARunningServerIsMigratedByTheServerOnly(t *testing.T) {
	url := dbtest.SQLite(t)
	server, err := store.Open(t.Context(), store.Options{DatabaseURL: url, Exclusive: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	clock := clockwork.NewFakeClock()
	beside, err := store.Open(t.Context(), store.Options{DatabaseURL: url, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	result := make(chan error)
	go func() {
		_, err := beside.Migrate(t.Context())
		result <- err
	}()
	if err := clock.BlockUntilContext(t.Context(), 1); err != nil { // it waits, in case that the other only migrates
		t.Fatal(err)
	}
	clock.Advance(time.Minute)
	if err := <-result; !apperr.Is(err, apperr.Conflict) {
		t.Errorf("%v", err)
	}
	if applied := mustMigrate(t, server); len(applied) == 0 {
		t.Error("the server that has the lock did not migrate")
	}
	// With nothing left to do the lock does not matter: commands work beside the server.
	if applied := mustMigrate(t, beside); len(applied) != 0 {
		t.Errorf("applied %v", applied)
	}
}

// Migrations go past a pooler, and a direct URL that leads elsewhere is noticed.
func TestMigrationTakesTheDirectURL(t *testing.T) {
	pooled, direct := dbtest.Postgres(t), dbtest.Postgres(t)
	db, err := store.Open(t.Context(), store.Options{DatabaseURL: pooled, DirectURL: direct})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Migrate(t.Context())
	if e := apperr.As(err); e == nil || e.Code != apperr.Conflict || !strings.Contains(e.Message, "another database") {
		t.Errorf("%v", err)
	}
	if dry, err := dbtest.OpenURL(t, direct).PendingSQL(t.Context()); err != nil || dry != "" {
		t.Errorf("the direct database was not migrated: %v", err)
	}
	_, err = store.Open(t.Context(), store.Options{DatabaseURL: pooled, DirectURL: "mysql://u:hunter2@h/db"})
	if e := apperr.As(err); e == nil || !strings.Contains(e.Message, "direct database URL") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v", err)
	}
}

// Devices of a database from before the counts were kept are counted by the migration.
func TestMigrationCountsTheDevicesThatAreThere(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		db := dbtest.OpenURL(t, url)
		all, first := released(t, db), map[string]string{}
		for name, content := range all {
			if strings.HasSuffix(name, "_initial.sql") {
				first[name] = content
			}
		}
		db.SetMigrations(chain(t, first))
		mustMigrate(t, db)
		insert := "INSERT INTO devices (serial_number, abm_token_id, platform, added_at, changed_at, removed_at) VALUES ($1, 7, $2, $3, $3, $4)"
		now := time.Now().UTC()
		for i, d := range []struct {
			platform string
			added    time.Duration
			removed  time.Duration
		}{{"MACOS", 0, 0}, {"MACOS", 48 * time.Hour, 0}, {"MACOS", 2400 * time.Hour, 0}, {"IOS", 2400 * time.Hour, 24 * time.Hour}, {"IOS", 9000 * time.Hour, 8000 * time.Hour}} {
			var removed any
			if d.removed > 0 {
				removed = now.Add(-d.removed)
			}
			if _, err := db.DB().ExecContext(t.Context(), insert, string(rune('A'+i)), d.platform, now.Add(-d.added), removed); err != nil {
				t.Fatal(err)
			}
		}
		db.SetMigrations(chain(t, all))
		mustMigrate(t, db)
		var present, removed, days int
		if err := db.DB().QueryRowContext(t.Context(), "SELECT sum(present), sum(removed) FROM device_counts WHERE day = 0 AND abm_token_id = 7").Scan(&present, &removed); err != nil {
			t.Fatal(err)
		}
		if err := db.DB().QueryRowContext(t.Context(), "SELECT sum(present + removed) FROM device_counts WHERE day > 0 AND day > $1", now.Unix()/86400-4).Scan(&days); err != nil {
			t.Fatal(err)
		}
		if present != 3 || removed != 2 || days != 3 {
			t.Errorf("%d present, %d removed, %d of the last days", present, removed, days)
		}
	})
}
