package store_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// behind is the URL of a database through a pooler of its own, with more options.
func behind(t *testing.T, databaseURL, mode, config, options string) string {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	out := dbtest.Pooler(t, mode, config).URL(strings.TrimPrefix(u.Path, "/"))
	if options != "" {
		out += "&" + options
	}
	return out
}

func TestLogSaysHowPostgreSQLIsReached(t *testing.T) {
	direct := dbtest.Postgres(t)
	for _, tc := range []struct{ name, url, direct, sessions, migrations string }{
		{"direct", direct, "", "its own", "through the database URL"},
		{"session", behind(t, direct, "session", "", ""), "", "its own", "through the database URL"},
		{"transaction", behind(t, direct, "transaction", "", ""), "", "shared", "through the database URL"},
		{"one session", behind(t, direct, "transaction", "default_pool_size = 1", ""), "", "shared", "through the database URL"},
		{"round robin", behind(t, direct, "transaction", "server_round_robin = 1\nmin_pool_size = 5", ""), "", "shared", "through the database URL"},
		{"with a direct URL", behind(t, direct, "transaction", "", ""), direct, "shared", "through the direct database URL"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			db, err := store.Open(t.Context(), store.Options{DatabaseURL: tc.url, DirectURL: tc.direct})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			got := fmt.Sprint(db.Connections()...)
			if !strings.Contains(got, tc.sessions) || !strings.Contains(got, tc.migrations) {
				t.Errorf("%s", got)
			}
		})
	}
}

func TestUnsafePoolersAreRefused(t *testing.T) {
	direct := dbtest.Postgres(t)
	for _, tc := range []struct{ name, url, says string }{
		{"statement mode", behind(t, direct, "statement", "", ""), "statement mode"},
		{"refused option", behind(t, direct, "transaction", "", "search_path=mdm"), "refuses the option search_path"},
		{"ignored option", behind(t, direct, "transaction", "ignore_startup_parameters = search_path", "search_path=mdm"), "ignores the option search_path"},
		{"ignored options", behind(t, direct, "transaction", "ignore_startup_parameters = options", "options=-csearch_path%3Dmdm"), "ignores the option search_path"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			db, err := store.Open(t.Context(), store.Options{DatabaseURL: tc.url})
			if err == nil {
				db.Close()
			}
			if e := apperr.As(err); e == nil || !strings.Contains(e.Message, tc.says) || e.Hint == "" {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestOptionsThatArriveAreTaken(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{DatabaseURL: dbtest.Postgres(t) + "&search_path=mdm,public&statement_timeout=5000&options=-cwork_mem%3D8192"})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
}

// Without a direct URL, servers that start together behind a pooler in transaction mode still migrate one after the other, and
// no lock is left in a session that the pooler goes on using.
func TestMigrationsBehindAPooler(t *testing.T) {
	direct := dbtest.Postgres(t)
	pooled := behind(t, direct, "transaction", "", "")
	var all sync.WaitGroup
	var applied [4]int
	for i := range applied {
		db := dbtest.OpenURL(t, pooled)
		all.Go(func() {
			files, err := db.Migrate(context.Background())
			if err != nil {
				t.Error(err)
			}
			applied[i] = len(files)
		})
	}
	all.Wait()
	db := dbtest.OpenURL(t, direct)
	want, sum := len(released(t, db)), 0
	for _, n := range applied {
		sum += n
	}
	if sum != want {
		t.Errorf("applied %v, %d files in all, want %d", applied, sum, want)
	}
	var locks int
	if err := db.DB().QueryRow("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())").Scan(&locks); err != nil || locks != 0 {
		t.Errorf("%d locks left, %v", locks, err)
	}
}

// Statements of many callers at once keep their parameters and results, although they share few sessions.
func TestStatementsAreNotMixedUpBehindAPooler(t *testing.T) {
	db := dbtest.OpenURL(t, behind(t, dbtest.Postgres(t), "transaction", "default_pool_size = 2", ""))
	mustMigrate(t, db)
	var all sync.WaitGroup
	for n := range 12 {
		all.Go(func() {
			key := fmt.Sprintf("key-%d", n)
			for i := range 40 {
				var got string
				var err error
				switch i % 3 {
				case 0:
					_, err = db.SettingOrSet(context.Background(), key, key)
					got = key
				case 1:
					err = db.DB().QueryRow("SELECT $1::text", key).Scan(&got)
				default:
					err = db.WithTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
						rows, err := tx.QueryContext(ctx, "SELECT value FROM settings WHERE key = $1", key)
						if err != nil {
							return err
						}
						defer rows.Close()
						for rows.Next() {
							if err := rows.Scan(&got); err != nil {
								return err
							}
						}
						return rows.Err()
					})
				}
				if err != nil || got != key {
					t.Errorf("%s: got %q, %v", key, got, err)
					return
				}
			}
		})
	}
	all.Wait()
}
