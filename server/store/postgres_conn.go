package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"net"
	"time"

	"github.com/lib/pq"
)

// answerGrace is how long PostgreSQL has to answer once the context of a statement ended. lib/pq asks it to cancel the statement
// and then waits for the answer: for ever, if the network swallows both.
const answerGrace = 2 * time.Second

// connector makes lib/pq's connections what we need them to be; see conn.
type connector struct{ *pq.Connector }

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	var wire net.Conn
	made, err := c.Connector.Connect(context.WithValue(ctx, wireKey{}, &wire))
	if err != nil {
		return nil, err
	}
	whole, ok := made.(pqConn)
	if !ok || wire == nil {
		_ = made.Close()
		return nil, fmt.Errorf("lib/pq's %T is not the connection we know", made)
	}
	return &pgConn{pqConn: whole, wire: wire}, nil
}

// wireKey is the key under which a context carries where to put the network connection that is made.
type wireKey struct{}

// wireDialer dials for lib/pq. A peer that is gone without a word is noticed within half a minute.
type wireDialer struct{ *net.Dialer }

func newWireDialer() wireDialer {
	return wireDialer{&net.Dialer{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3},
		Control:         giveUpUnanswered,
	}}
}

// DialTimeout implements pq.Dialer.
func (d wireDialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	once := *d.Dialer
	once.Timeout = timeout
	return once.Dial(network, address)
}

// DialContext implements pq.DialerContext.
func (d wireDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.Dialer.DialContext(ctx, network, address)
	if wire, ok := ctx.Value(wireKey{}).(*net.Conn); ok && err == nil {
		*wire = c
	}
	return c, err
}

// pqConn is everything that database/sql asks lib/pq's connection for.
type pqConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.NamedValueChecker
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
	driver.Tx // the connection's own: lib/pq has no other
}

// pgConn is lib/pq's connection, with two differences. It does not wait much longer for an answer than its caller does. And it
// sends JSON as text: with binary_parameters lib/pq sends every []byte in the binary form of its column's type, which for bytea
// is the bytes themselves, but for jsonb has a version byte before the text, so that the json.RawMessage that Ent writes would
// be refused (22P02).
type pgConn struct {
	pqConn
	wire    net.Conn
	unwatch func() bool // ends the watching of the last call's context; false if that has ended
	late    bool        // a context ended during its call: the deadline may still be set
}

// watch bounds the waiting for answers by the context, until the next call or until the connection goes back to the pool: rows
// are read after the call that asks for them.
func (c *pgConn) watch(ctx context.Context) {
	c.settle()
	c.unwatch = context.AfterFunc(ctx, func() { _ = c.wire.SetDeadline(time.Now().Add(answerGrace)) })
}

func (c *pgConn) settle() {
	if c.unwatch != nil && !c.unwatch() {
		c.late = true
	}
	c.unwatch = nil
}

// IsValid implements driver.Validator; it is asked when the connection goes back to the pool.
func (c *pgConn) IsValid() bool {
	c.settle()
	return !c.late && c.pqConn.IsValid()
}

// limitedKey marks the contexts of transactions that begin with limits.
type limitedKey struct{}

// limited has a transaction of PostgreSQL begin with idleLimit and uncompiled, in the round trip that begins it.
func limited(ctx context.Context) context.Context { return context.WithValue(ctx, limitedKey{}, true) }

// BeginTx implements driver.ConnBeginTx. It is not lib/pq's: that one takes no further words, and leaves a watcher of its context behind that the next
// transaction would meet. Statements have watchers of their own, and database/sql rolls back when the context ends.
func (c *pgConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if o.Isolation != driver.IsolationLevel(sql.LevelDefault) {
		return nil, fmt.Errorf("transactions of isolation level %d are not begun here", o.Isolation)
	}
	begin := "BEGIN READ WRITE"
	if o.ReadOnly {
		begin = "BEGIN READ ONLY"
	}
	if ctx.Value(limitedKey{}) != nil {
		begin += "; " + idleLimit + "; " + uncompiled
	}
	c.watch(ctx)
	if _, err := c.pqConn.ExecContext(ctx, begin, nil); err != nil {
		_ = c.pqConn.Rollback() // if it began, and one of the limits was refused
		return nil, err
	}
	return c.pqConn, nil
}

// ExecContext implements driver.ExecerContext.
func (c *pgConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.watch(ctx)
	return c.pqConn.ExecContext(ctx, query, args)
}

// QueryContext implements driver.QueryerContext.
func (c *pgConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.watch(ctx)
	return c.pqConn.QueryContext(ctx, query, args)
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *pgConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.watch(ctx)
	return c.pqConn.PrepareContext(ctx, query)
}

// Ping implements driver.Pinger.
func (c *pgConn) Ping(ctx context.Context) error {
	c.watch(ctx)
	return c.pqConn.Ping(ctx)
}

// CheckNamedValue implements driver.NamedValueChecker.
func (c *pgConn) CheckNamedValue(v *driver.NamedValue) error {
	raw, ok := v.Value.(json.RawMessage)
	switch {
	case !ok:
		return c.pqConn.CheckNamedValue(v)
	case raw == nil:
		v.Value = nil
	default:
		v.Value = string(raw)
	}
	return nil
}
