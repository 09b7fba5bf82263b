package store

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestCheckpointerMovesTheLogBeforeSQLiteDoes(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, Options{DatabaseURL: "sqlite:" + t.TempDir() + "/app.db"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.DB().ExecContext(ctx, "CREATE TABLE filler (text TEXT)"); err != nil {
		t.Fatal(err)
	}
	const pages = checkpointAfter + 2_000
	page := strings.Repeat("x", 4_000) // a row fills a page
	write := func(n int) {
		err := s.WithTx(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.ExecContext(ctx, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) INSERT INTO filler SELECT $2 FROM n", n, page)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	write(pages)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		var busy, in, moved int
		if err := s.ReaderDB().QueryRowContext(ctx, "PRAGMA wal_checkpoint(NOOP)").Scan(&busy, &in, &moved); err != nil {
			t.Fatal(err)
		}
		if moved >= pages {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d pages are in the log, %d of them in the file", in, moved)
		}
	}
	write(1) // goes to the beginning of a log of which nothing is needed any more
}
