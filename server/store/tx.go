package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
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
	sql       execQuerier
	conn      *sql.Conn // that the transaction is on
	dialect   string
	committed []func()
}

// execQuerier carries statements out: a *sql.Tx, or the *sql.Conn that a transaction is on.
type execQuerier interface {
	entsql.ExecQuerier
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// Dialect is that of the Store.
func (tx *Tx) Dialect() string { return tx.dialect }

// PrepareContext prepares a statement that is carried out many times within the transaction. On PostgreSQL it makes a named
// statement, which a transaction pooler may lose: there, use one statement for many rows.
func (tx *Tx) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return tx.sql.PrepareContext(ctx, query)
}

// CopyIn carries out a COPY … FROM STDIN of PostgreSQL, the fastest way in for many rows. Each part holds whole lines in COPY's
// text format, and is not used after the next one was asked for.
func (tx *Tx) CopyIn(ctx context.Context, statement string, parts iter.Seq[[]byte]) error {
	// Told by Raw that the connection is lost, database/sql would wait for the transaction on it to end, which waits for Raw: so it is told nothing.
	var failed error
	err := tx.conn.Raw(func(conn any) error {
		failed = copyIn(ctx, conn, statement, parts)
		return nil
	})
	return errors.Join(err, failed)
}

// copyIn does so on lib/pq's connection: database/sql would take each row apart into values, which lib/pq would put together again.
func copyIn(ctx context.Context, conn any, statement string, parts iter.Seq[[]byte]) error {
	preparer, ok := conn.(driver.ConnPrepareContext)
	if !ok {
		return fmt.Errorf("%T cannot copy", conn)
	}
	stmt, err := preparer.PrepareContext(ctx, statement)
	if err != nil {
		return err
	}
	for part := range parts {
		if err = ctx.Err(); err != nil {
			break
		}
		line := bytes.TrimSuffix(part, []byte{'\n'}) // CopyData adds one
		if _, err = stmt.(copier).CopyData(context.Background(), string(line)); err != nil {
			break
		}
	}
	return errors.Join(err, stmt.Close())
}

// copier is lib/pq's statement of a COPY. Given a context that can end, it would begin a goroutine for each part.
type copier interface {
	CopyData(ctx context.Context, lines string) (driver.Result, error)
}

// AfterCommit has f called once the transaction is committed, and never if it is not. Signals to others belong here.
func (tx *Tx) AfterCommit(f func()) { tx.committed = append(tx.committed, f) }

const (
	txAttempts = 6
	txBackoff  = 10 * time.Millisecond // before the first retry; doubled each time, with full jitter
)

// idleLimit has PostgreSQL end the transaction of a process that was stopped, or that it cannot reach any more: else the rows
// that the transaction has locked would keep every other replica waiting for as long as that lasts, leases among them. It is
// shorter than a lease (15 s). It is said in each transaction, for a pooler would not keep it for a session.
const idleLimit = "SET LOCAL idle_in_transaction_session_timeout = '10s'"

// uncompiled has PostgreSQL compile no statement of the transaction. Where a statement has many expressions, compiling took longer than carrying
// it out (docs/performance.md).
const uncompiled = "SET LOCAL jit = off"

// WithTx runs f in a transaction and commits it, or rolls it back when f returns an error or panics. When the database ended
// the transaction for the sake of another one, f runs again, from the beginning and at most 6 times in all: it must not have
// effects outside of the transaction. Within f only tx is used: on SQLite any other writing would wait for f for ever.
func (s *Store) WithTx(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	return s.repeat(ctx, func() error { return s.once(ctx, f) })
}

// WithBriefTx is WithTx for a few statements that look at a few rows each. On SQLite, once its turn has come, they are carried out to their
// end whatever becomes of the caller (see Brief).
func (s *Store) WithBriefTx(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	if s.IsPostgres() {
		return s.WithTx(ctx, f)
	}
	return s.repeat(ctx, func() error { return s.onceBriefly(ctx, f) })
}

// Brief is a context for reading a few rows. On SQLite it does not end: for one that does, the driver and database/sql each begin a goroutine a
// statement, which costs as much as the statement. On PostgreSQL, whose network may fall silent, it is ctx.
func (s *Store) Brief(ctx context.Context) context.Context {
	if s.IsPostgres() {
		return ctx
	}
	return context.WithoutCancel(ctx)
}

func (s *Store) repeat(ctx context.Context, once func() error) error {
	for attempt := 1; ; attempt++ {
		err := once()
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
	conn, begun, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	ended := false
	defer func() {
		if !ended { // f failed or panicked; of a failing rollback there is nothing to say, the connection is gone
			_ = begun.Rollback()
		}
	}()
	tx := s.newTx(begun, conn)
	if err := f(ctx, tx); err != nil {
		return err
	}
	ended = true
	if err := begun.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil { // database/sql rolled back by itself when ctx ended
			return ctx.Err()
		}
		return err
	}
	s.committed(tx)
	return nil
}

func (s *Store) committed(tx *Tx) {
	s.checkpoints.wrote()
	for _, f := range tx.committed {
		f()
	}
}

// onceBriefly is once on SQLite without database/sql's own transactions, which watch the context.
func (s *Store) onceBriefly(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	conn, err := s.writeDB.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx = context.WithoutCancel(ctx)
	if _, err := conn.ExecContext(ctx, beginImmediate); err != nil {
		return err
	}
	ended := false
	defer func() {
		if ended {
			return
		}
		if _, err := conn.ExecContext(ctx, rollback); err != nil { // it is unknown where the connection stands, so nobody gets it any more
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		}
	}()
	tx := s.newTx(conn, conn)
	if err := f(ctx, tx); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, commit); err != nil {
		return err
	}
	ended = true
	s.committed(tx)
	return nil
}

func (s *Store) newTx(on execQuerier, conn *sql.Conn) *Tx {
	client := ent.NewClient(ent.Driver(txDriver{entsql.NewDriver(s.dialect, entsql.Conn{ExecQuerier: on})}))
	return &Tx{Client: client, sql: on, conn: conn, dialect: s.dialect}
}

// WithRead runs f in a transaction that only reads, for statements that look at very many rows: PostgreSQL compiles none of them. That has to be
// said in a transaction, for a pooler would not keep it for a session.
func (s *Store) WithRead(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	begun, err := s.readDB.BeginTx(limited(ctx), &sql.TxOptions{ReadOnly: s.IsPostgres()}) // on SQLite the pool's connections can do nothing else
	if err != nil {
		return err
	}
	defer func() { _ = begun.Rollback() }() // there is nothing to keep
	return f(ctx, s.newTx(begun, nil))
}

// begin begins a transaction on a connection of its own. Like database/sql's, which has no such connection, it passes over those
// that broke while they lay in the pool: all of them, after a restart of the database.
func (s *Store) begin(ctx context.Context) (*sql.Conn, *sql.Tx, error) {
	for attempt := 0; ; attempt++ {
		conn, err := s.writeDB.Conn(ctx)
		if err != nil {
			return nil, nil, err
		}
		begun, err := conn.BeginTx(limited(ctx), nil)
		if err == nil {
			return conn, begun, nil
		}
		_ = conn.Close()
		if !errors.Is(err, driver.ErrBadConn) || attempt == postgresConns {
			return nil, nil, err
		}
	}
}

// txDriver is Ent's driver within a transaction. Ent begins one for some of its writes: within ours that means nothing.
type txDriver struct{ *entsql.Driver }

// Tx implements dialect.Driver.
func (d txDriver) Tx(context.Context) (dialect.Tx, error) { return dialect.NopTx(d), nil }

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
