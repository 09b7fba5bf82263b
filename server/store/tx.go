package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/guardmdm/guardmdm/ent"
)

// Tx is a transaction: an Ent client, and the ExecContext and QueryContext of it for statements that Ent cannot express. It
// ends with the function that it was given to.
type Tx struct {
	*ent.Client
	dialect   string
	committed []func()
}

// Dialect is that of the Store.
func (tx *Tx) Dialect() string { return tx.dialect }

// AfterCommit has f called once the transaction is committed, and never if it is not. Signals to others belong here.
func (tx *Tx) AfterCommit(f func()) { tx.committed = append(tx.committed, f) }

const (
	txAttempts = 6
	txBackoff  = 10 * time.Millisecond // before the first retry; doubled each time, with full jitter
)

// WithTx runs f in a transaction and commits it, or rolls it back when f returns an error or panics. When the database ended
// the transaction for the sake of another one, f runs again, from the beginning and at most 6 times in all: it must not have
// effects outside of the transaction. Within f only tx is used: on SQLite any other writing would wait for f for ever.
func (s *Store) WithTx(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := s.once(ctx, f)
		if err == nil || !isTransient(err) || attempt == txAttempts {
			return err
		}
		s.log.DebugContext(ctx, "transaction repeated", "attempt", attempt, "error", err)
		if err := s.pause(ctx, rand.N(txBackoff<<attempt)); err != nil {
			return err
		}
	}
}

func (s *Store) once(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	begun, err := s.write.Tx(ctx)
	if err != nil {
		return err
	}
	ended := false
	defer func() {
		if !ended { // f failed or panicked; of a failing rollback there is nothing to say, the connection is gone
			_ = begun.Rollback()
		}
	}()
	tx := &Tx{Client: begun.Client(), dialect: s.dialect}
	if err := f(ctx, tx); err != nil {
		return err
	}
	ended = true
	if err := begun.Commit(); err != nil {
		return err
	}
	for _, f := range tx.committed {
		f()
	}
	return nil
}

// isTransient tells whether the database undid everything and says itself that trying again is the answer. A lost connection
// is not among them: the commit may have happened.
func isTransient(err error) bool {
	if pq.As(err, pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected) != nil {
		return true
	}
	lite, ok := errors.AsType[*sqlite.Error](err)
	return ok && lite.Code()&0xff == sqlite3.SQLITE_BUSY // the upper bits say what kind of busy
}

// pause waits on the Store's clock; it returns early with the context's error.
func (s *Store) pause(ctx context.Context, d time.Duration) error {
	timer := s.clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
