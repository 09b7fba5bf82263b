package store_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func put(ctx context.Context, tx *store.Tx, key string) error {
	return tx.Setting.Create().SetKey(key).SetValue("v").Exec(ctx)
}

func count(t *testing.T, db *store.Store) int {
	t.Helper()
	n, err := db.Reader().Setting.Query().Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTxCommitsBothWaysOfWriting(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		signals := 0
		err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			tx.AfterCommit(func() {
				if signals++; count(t, db) != 1 {
					t.Error("AfterCommit ran before the commit")
				}
			})
			if err := put(ctx, tx, "k"); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, "UPDATE settings SET value = $1 WHERE key = $2", "raw", "k")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if v := db.Reader().Setting.Query().OnlyX(t.Context()).Value; v != "raw" || signals != 1 {
			t.Errorf("value %q, %d signals", v, signals)
		}
	})
}

func TestTxRollsBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		broken := errors.New("broken")
		fail := func(how func() error) func(context.Context, *store.Tx) error {
			return func(ctx context.Context, tx *store.Tx) error {
				tx.AfterCommit(func() { t.Error("AfterCommit ran after a rollback") })
				if err := put(ctx, tx, "k"); err != nil {
					t.Error(err)
				}
				return how()
			}
		}
		if err := db.WithTx(t.Context(), fail(func() error { return broken })); !errors.Is(err, broken) {
			t.Errorf("error: %v", err)
		}
		func() {
			defer func() {
				if recover() != "broken" {
					t.Error("the panic was swallowed")
				}
			}()
			_ = db.WithTx(t.Context(), fail(func() error { panic("broken") }))
		}()
		ctx, cancel := context.WithCancel(t.Context())
		if err := db.WithTx(ctx, fail(func() error { cancel(); return nil })); !errors.Is(err, context.Canceled) {
			t.Errorf("canceled: %v", err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		err := db.WithTx(ctx, func(_ context.Context, tx *store.Tx) error {
			cancel()
			for { // until database/sql has rolled back, as it does by itself when the context ends
				if _, err := tx.ExecContext(context.Background(), "SELECT 1"); errors.Is(err, sql.ErrTxDone) {
					return nil
				}
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("rolled back before the commit: %v", err)
		}
		if n := count(t, db); n != 0 {
			t.Errorf("%d rows left", n)
		}
	})
}

func TestDeadlockIsRetried(t *testing.T) {
	db := dbtest.Open(t, "postgres")
	for _, key := range []string{"a", "b"} {
		db.Ent().Setting.Create().SetKey(key).SetValue("").ExecX(t.Context())
	}
	// Each locks its first row, waits until the other has done so too, and wants the other's row then.
	var both sync.WaitGroup
	both.Add(2)
	results := make(chan error)
	for _, keys := range [][]string{{"a", "b"}, {"b", "a"}} {
		go func() {
			attempt := 0
			results <- db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				attempt++
				for i, key := range keys {
					if _, err := tx.ExecContext(ctx, "UPDATE settings SET value = value || $1 WHERE key = $2", keys[0], key); err != nil {
						return err
					}
					if i == 0 && attempt == 1 {
						both.Done()
						both.Wait()
					}
				}
				return nil
			})
		}()
	}
	for range 2 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	for _, row := range db.Reader().Setting.Query().AllX(t.Context()) {
		if len(row.Value) != 2 {
			t.Errorf("%s = %q: one of the two writes was lost or doubled", row.Key, row.Value)
		}
	}
}

func TestSerializationFailureIsRetried(t *testing.T) {
	db := dbtest.Open(t, "postgres")
	attempts := 0
	err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if attempts++; attempts == 1 {
			_, err := tx.ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$")
			return err
		}
		return put(ctx, tx, "k")
	})
	if err != nil || attempts != 2 || count(t, db) != 1 {
		t.Errorf("%v after %d attempts", err, attempts)
	}
}

// busy is a genuine SQLITE_BUSY: of a connection that does not wait, while another has the write lock.
func busy(t *testing.T) error {
	t.Helper()
	url := "file:" + strings.TrimPrefix(dbtest.SQLite(t), "sqlite:") + "?_txlock=immediate"
	open := func() *sql.DB {
		db, err := sql.Open("sqlite", url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	holder, err := open().Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Rollback()
	_, err = open().Begin()
	if err == nil {
		t.Fatal("two connections have the write lock")
	}
	return err
}

func TestBusyIsRetriedAndBounded(t *testing.T) {
	db := dbtest.Open(t, "sqlite")
	locked := busy(t)
	attempts := 0
	err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if attempts++; attempts < 3 {
			return locked
		}
		return put(ctx, tx, "k")
	})
	if err != nil || attempts != 3 || count(t, db) != 1 {
		t.Errorf("%v after %d attempts", err, attempts)
	}
	attempts = 0
	err = db.WithTx(t.Context(), func(context.Context, *store.Tx) error { attempts++; return locked })
	if !errors.Is(err, locked) || attempts != 6 {
		t.Errorf("%v after %d attempts", err, attempts)
	}
}

func TestOtherErrorsAreNotRetried(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		attempts := 0
		err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			attempts++
			return errors.Join(put(ctx, tx, "k"), put(ctx, tx, "k"))
		})
		if !store.IsUnique(err) || attempts != 1 {
			t.Errorf("%v after %d attempts", err, attempts)
		}
	})
}

func TestRetryEndsWithTheContext(t *testing.T) {
	clock := clockwork.NewFakeClock() // nobody advances it: the pause would last for ever
	db, err := store.Open(t.Context(), store.Options{DatabaseURL: dbtest.SQLite(t), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	locked := busy(t)
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error)
	go func() {
		result <- db.WithTx(ctx, func(context.Context, *store.Tx) error { return locked })
	}()
	if err := clock.BlockUntilContext(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestTransactionsOfManyWritersAllHappen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		db.Ent().Setting.Create().SetKey("k").SetValue("").ExecX(t.Context())
		const writers, each = 8, 5
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for range each {
					if err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
						return appendValue(ctx, tx)
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if got := len(db.Reader().Setting.Query().OnlyX(t.Context()).Value); got != writers*each {
			t.Errorf("%d writes of %d happened", got, writers*each)
		}
	})
}

// appendValue reads and then writes, as services do.
func appendValue(ctx context.Context, tx *store.Tx) error {
	query := tx.Setting.Query().Where(setting.Key("k"))
	if tx.Dialect() == "postgres" {
		query = query.ForUpdate()
	}
	row, err := query.Only(ctx)
	if err != nil {
		return err
	}
	return row.Update().SetValue(row.Value + "x").Exec(ctx)
}

// TestTxPassesOverBrokenConnections: after a restart of PostgreSQL every connection of the pool is broken.
func TestTxPassesOverBrokenConnections(t *testing.T) {
	other := dbtest.Open(t, "postgres")
	db, err := store.Open(t.Context(), store.Options{DatabaseURL: other.DirectURL() + "&application_name=broken"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // complains of the broken connections that are left
	var held []*sql.Conn
	for range 8 {
		conn, err := db.DB().Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, conn)
	}
	for _, conn := range held {
		_ = conn.Close()
	}
	if _, err := other.DB().Exec("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'broken'"); err != nil {
		t.Fatal(err)
	}
	if err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return put(ctx, tx, "k") }); err != nil {
		t.Fatal(err)
	}
}

// TestCopyIn: the lines are there after the commit, one that is refused takes all of them along, and the end of the context ends it.
func TestCopyIn(t *testing.T) {
	db := dbtest.Open(t, "postgres")
	copied := func(ctx context.Context, before func(), lines ...string) error {
		return db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			return tx.CopyIn(ctx, "COPY settings (key, value) FROM STDIN", func(yield func([]byte) bool) {
				for _, line := range lines {
					before()
					if !yield([]byte(line)) {
						return
					}
				}
			})
		})
	}
	if err := copied(t.Context(), func() {}, "a\t1\nb\t2\n", "c\t3\n"); err != nil || count(t, db) != 3 {
		t.Fatalf("%v, %d rows", err, count(t, db))
	}
	if err := copied(t.Context(), func() {}, "d\t1\n", "a\t2\n"); !store.IsUnique(err) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := copied(ctx, cancel, "e\t1\n", "f\t2\n"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := count(t, db); n != 3 {
		t.Errorf("%d rows", n)
	}
}

// What is brief keeps the promises of WithTx, and on SQLite it is done even when nobody waits for it any more.
func TestBriefTx(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		signals := 0
		err := db.WithBriefTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			tx.AfterCommit(func() { signals++ })
			if err := put(ctx, tx, "kept"); err != nil {
				return err
			}
			if !db.IsPostgres() {
				cancel()
			}
			_, err := tx.ExecContext(ctx, "UPDATE settings SET value = $1 WHERE key = $2", "raw", "kept")
			return err
		})
		cancel()
		if err != nil || signals != 1 || count(t, db) != 1 {
			t.Errorf("%v, %d signals, %d rows", err, signals, count(t, db))
		}
		broken := errors.New("broken")
		err = db.WithBriefTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			tx.AfterCommit(func() { t.Error("AfterCommit ran after a rollback") })
			return errors.Join(put(ctx, tx, "lost"), broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = db.WithBriefTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				_ = put(ctx, tx, "lost")
				panic("broken")
			})
		}()
		ctx, cancel = context.WithCancel(t.Context())
		cancel()
		if err := db.WithBriefTx(ctx, func(ctx context.Context, tx *store.Tx) error { return put(ctx, tx, "lost") }); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		if n := count(t, db); n != 1 {
			t.Errorf("%d rows", n)
		}
		if !db.IsPostgres() { // SQLite ends transactions by itself when it cannot write
			err := db.WithBriefTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.ExecContext(ctx, "ROLLBACK")
				return err
			})
			if err == nil {
				t.Error("a transaction that had ended was committed")
			}
		}
		if err := db.WithBriefTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return put(ctx, tx, "again") }); err != nil {
			t.Error(err)
		}
		if err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return put(ctx, tx, "after") }); err != nil {
			t.Error(err)
		}
	})
}
