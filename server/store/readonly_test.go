package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// A database that is opened to look at stays as it is, whether a server works on it or not; not even files appear beside it.
func TestReadOnly(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		server, err := store.Open(t.Context(), store.Options{DatabaseURL: databaseURL, Exclusive: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := server.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		add := func(db *store.Store) error {
			now := time.Now()
			return db.Ent().ABMToken.Create().SetName("x").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).Exec(t.Context())
		}
		if err := add(server); err != nil {
			t.Fatal(err)
		}
		look := func(when string) {
			t.Helper()
			files := filesBeside(t, databaseURL)
			db, err := store.Open(t.Context(), store.Options{DatabaseURL: databaseURL, ReadOnly: true})
			if err != nil {
				t.Fatalf("%s: %v", when, err)
			}
			if n, err := db.Reader().ABMToken.Query().Count(t.Context()); n != 1 || err != nil {
				t.Errorf("%s: %d tokens, %v", when, n, err)
			}
			if sql, err := db.PendingSQL(t.Context()); sql != "" || err != nil {
				t.Errorf("%s: %q, %v", when, sql, err)
			}
			if add(db) == nil {
				t.Errorf("%s: a row was written", when)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			if after := filesBeside(t, databaseURL); !slices.Equal(files, after) {
				t.Errorf("%s: the files were %v and are %v", when, files, after)
			}
		}
		look("beside a server")
		if err := server.Close(); err != nil {
			t.Fatal(err)
		}
		look("without a server")
	})
}

// filesBeside are those of a SQLite database.
func filesBeside(t *testing.T, databaseURL string) []string {
	path, isSQLite := strings.CutPrefix(databaseURL, "sqlite:")
	if !isSQLite {
		return nil
	}
	names, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestReadOnlyMakesNoFile(t *testing.T) {
	databaseURL := dbtest.SQLite(t)
	_, err := store.Open(t.Context(), store.Options{DatabaseURL: databaseURL, ReadOnly: true})
	if !apperr.Is(err, apperr.NotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(strings.TrimPrefix(databaseURL, "sqlite:")); err == nil {
		t.Error("a file was made")
	}
}
