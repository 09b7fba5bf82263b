package migrate_test

import (
	"database/sql"
	"errors"
	"testing"

	"entgo.io/ent/dialect"
	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"

	"github.com/guardmdm/guardmdm/ent/migrate"
	"github.com/guardmdm/guardmdm/ent/migrate/plan"
	"github.com/guardmdm/guardmdm/test/dbtest/pgtemp"
)

// The end of both chains is the Ent schema: whoever changes the schema writes a migration.
func TestHeadIsTheEntSchema(t *testing.T) {
	pg, err := pgtemp.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pg.Stop(); err != nil {
			t.Error(err)
		}
	})
	for _, tc := range []struct{ dialect, driver, url string }{
		{dialect.SQLite, "sqlite", "file:head?mode=memory&cache=shared&_pragma=foreign_keys(1)"},
		{dialect.Postgres, "postgres", pg.URL("postgres")},
	} {
		t.Run(tc.driver, func(t *testing.T) {
			files, err := migrate.Files(tc.dialect)
			if err != nil {
				t.Fatal(err)
			}
			dir, err := migrate.Dir(files)
			if err != nil {
				t.Fatal(err)
			}
			dev, err := sql.Open(tc.driver, tc.url)
			if err != nil {
				t.Fatal(err)
			}
			defer dev.Close()
			dev.SetMaxOpenConns(1)
			err = plan.Next(t.Context(), dev, tc.dialect, dir, "99990101000000", "missing")
			if errors.Is(err, plan.ErrUpToDate) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			missing, err := dir.Open("99990101000000_missing.sql")
			if err != nil {
				t.Fatal(err)
			}
			defer missing.Close()
			content := make([]byte, 4096)
			n, _ := missing.Read(content)
			t.Fatalf("the migration files do not lead to the Ent schema; run make migrate-diff NAME=what_changed\n%s", content[:n])
		})
	}
}

func TestFilesOfAnUnknownDialect(t *testing.T) {
	if _, err := migrate.Files("oracle"); err == nil {
		t.Error("no error")
	}
}
