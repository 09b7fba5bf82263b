package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// A connection carries out a query while it still reads what the same query found, forgets statements that somebody reads from, and notices
// that a table changed: compiled statements that are kept must not show.
func TestKeptStatements(t *testing.T) {
	db := dbtest.Open(t, "sqlite")
	ctx := t.Context()
	exec := func(tx *store.Tx, query string, args ...any) {
		t.Helper()
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			t.Fatal(err)
		}
	}
	err := db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		exec(tx, "CREATE TABLE kept (id bigint PRIMARY KEY, name varchar)")
		for i := range 5 {
			exec(tx, "INSERT INTO kept (id, name) VALUES ($1, $2)", i, fmt.Sprint("n", i))
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO kept (id, name) VALUES ($1, $2)", 0, "again"); err == nil {
			t.Error("the same key twice")
		}
		exec(tx, "INSERT INTO kept (id, name) VALUES ($1, $2)", 5, nil) // what failed works again, without what it was given before
		const query = "SELECT id, name FROM kept WHERE id >= $1 ORDER BY id"
		outer, err := tx.QueryContext(ctx, query, 1)
		if err != nil {
			return err
		}
		defer outer.Close()
		read := 0
		for ; outer.Next(); read++ {
			inner, err := tx.QueryContext(ctx, query, 4)
			if err != nil {
				return err
			}
			n := 0
			for ; inner.Next(); n++ {
				if read == 1 && n == 0 {
					for i := range 300 { // more than are kept, so that those in use go
						exec(tx, fmt.Sprintf("UPDATE kept SET name = $1 WHERE id = %d", 100+i), "nobody")
					}
				}
			}
			if err := errors.Join(inner.Err(), inner.Close()); err != nil || n != 2 {
				t.Errorf("within: %d rows, %v", n, err)
			}
		}
		if err := outer.Err(); err != nil || read != 5 {
			t.Errorf("around: %d rows, %v", read, err)
		}
		return outer.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
	all := func() (columns int) {
		rows, err := db.ReaderDB().QueryContext(ctx, "SELECT * FROM kept")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
		return len(names)
	}
	before := all()
	if _, err := db.DB().ExecContext(ctx, "ALTER TABLE kept ADD COLUMN more integer"); err != nil {
		t.Fatal(err)
	}
	if after := all(); before != 2 || after != 3 {
		t.Errorf("%d columns before, %d after", before, after)
	}
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for i := range 50 {
				var name *string
				if err := db.ReaderDB().QueryRowContext(ctx, "SELECT name FROM kept WHERE id = $1", i%6).Scan(&name); err != nil || (name == nil) != (i%6 == 5) {
					t.Error(name, err)
				}
			}
		})
	}
	readers.Wait()
}
