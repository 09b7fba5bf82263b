package store

import (
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"time"
)

const (
	// checkpointAfter is how many pages of the write-ahead log are moved into the file at once, beside whoever writes. Left to SQLite, the transaction that
	// makes the log as long as wal_autocheckpoint says would move all of it, and whoever writes next would wait: half a second for 250 MiB.
	checkpointAfter = 16_000
	// nearlyFull is when the log is soon as long as wal_autocheckpoint says (64,000): then few pages are moved too, so that few are left for whoever writes.
	nearlyFull, few = 60_000, 500
	// checkpointPause is the least time between two looks at the log: by the real clock, for it is about the disk.
	checkpointPause = 100 * time.Millisecond
)

// checkpointer moves SQLite's write-ahead log into the file while others write.
type checkpointer struct {
	db      *sql.DB // one connection of its own
	log     *slog.Logger
	written chan struct{}
	stop    context.CancelFunc
	ended   sync.WaitGroup
}

func startCheckpoints(db *sql.DB, log *slog.Logger) *checkpointer {
	ctx, stop := context.WithCancel(context.Background())
	c := &checkpointer{db: db, log: log, written: make(chan struct{}, 1), stop: stop}
	c.ended.Go(func() { c.work(ctx) })
	return c
}

// wrote tells that something was committed. c is nil with PostgreSQL, which has a checkpointer of its own.
func (c *checkpointer) wrote() {
	if c == nil {
		return
	}
	select {
	case c.written <- struct{}{}:
	default: // it is known already
	}
}

func (c *checkpointer) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.written:
		}
		if err := c.move(ctx); err != nil && ctx.Err() == nil { // SQLite does it by itself, later
			c.log.DebugContext(ctx, "the write-ahead log was not moved into the file", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(checkpointPause):
		}
	}
}

// move moves what there is, if it is enough. PASSIVE waits for nobody, and nobody for it.
func (c *checkpointer) move(ctx context.Context) error {
	var busy, pages, moved int
	if err := c.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(NOOP)").Scan(&busy, &pages, &moved); err != nil {
		return err
	}
	if rest := pages - moved; rest < few || rest < checkpointAfter && pages < nearlyFull {
		return nil
	}
	return c.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &pages, &moved)
}

// Close ends the checkpointer. c may be nil.
func (c *checkpointer) Close() error {
	if c == nil {
		return nil
	}
	c.stop()
	c.ended.Wait()
	return c.db.Close()
}
