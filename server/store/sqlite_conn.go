package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

const (
	// keptStatements is how many compiled statements a connection to SQLite keeps: compiling one takes as long as carrying it out. A
	// statement has some ten kilobytes.
	keptStatements = 96
	// longestKept leaves out those that are put together for many rows at once: each is another, and large.
	longestKept = 4 << 10
)

// statementConnector makes connections that keep compiled statements.
type statementConnector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c statementConnector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := made.(liteDriverConn)
	if !ok {
		_ = made.Close()
		return nil, fmt.Errorf("SQLite's %T is not the connection we know", made)
	}
	kept, err := simplelru.NewLRU(keptStatements, func(_ string, s *liteStmt) { s.drop() })
	return &liteConn{liteDriverConn: whole, kept: kept}, err
}

// liteDriverConn is everything that database/sql asks the driver's connection for.
type liteDriverConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// liteDriverStmt and liteDriverRows are what the driver's statements and rows are, as far as database/sql and Ent ask.
type (
	liteDriverStmt interface {
		driver.Stmt
		driver.StmtExecContext
		driver.StmtQueryContext
	}
	liteDriverRows interface {
		driver.Rows
		driver.RowsColumnTypeDatabaseTypeName
		driver.RowsColumnTypeScanType
		driver.RowsColumnTypeNullable
	}
)

// liteConn is the driver's connection, and the statements that were compiled on it. Like any connection, one goroutine uses it at a time.
type liteConn struct {
	liteDriverConn
	kept *simplelru.LRU[string, *liteStmt]
}

// liteStmt is a statement that was compiled. It works for one result at a time.
type liteStmt struct {
	liteDriverStmt
	busy, dropped bool
}

// drop closes a statement that is not kept any more, once nobody reads what it found.
func (s *liteStmt) drop() {
	s.dropped = true
	if !s.busy {
		_ = s.Close() // of a statement that failed it gives the failure once more
	}
}

func (s *liteStmt) done() {
	s.busy = false
	if s.dropped {
		s.drop()
	}
}

// statement gives the statement to carry out a query with; nil when it is not kept, or works for somebody already.
func (c *liteConn) statement(ctx context.Context, query string) (*liteStmt, error) {
	if s, ok := c.kept.Get(query); ok {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if len(query) > longestKept || !isKept(query) {
		return nil, nil
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	whole, ok := made.(liteDriverStmt)
	if !ok {
		return nil, made.Close()
	}
	s := &liteStmt{liteDriverStmt: whole}
	c.kept.Add(query, s)
	return s, nil
}

// What begins and ends a transaction on a connection to SQLite. The write lock is taken at the beginning, as for _txlock=immediate.
const (
	beginImmediate = "BEGIN IMMEDIATE"
	commit         = "COMMIT"
	rollback       = "ROLLBACK"
)

// isKept leaves out what SQLite does while it compiles it, such as some PRAGMAs, and what changes tables.
func isKept(query string) bool {
	if query == beginImmediate || query == commit || query == rollback {
		return true
	}
	for _, verb := range []string{"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "} {
		if strings.HasPrefix(query, verb) {
			return !strings.Contains(query, ";")
		}
	}
	return false
}

// ExecContext implements driver.ExecerContext.
func (c *liteConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.liteDriverConn.ExecContext(ctx, query, args)
	}
	return s.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext.
func (c *liteConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.liteDriverConn.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	whole, ok := rows.(liteDriverRows)
	if !ok {
		_ = rows.Close()
		return nil, fmt.Errorf("SQLite's %T are not the rows we know", rows)
	}
	s.busy = true
	return &liteRows{liteDriverRows: whole, of: s}, nil
}

// Close implements driver.Conn.
func (c *liteConn) Close() error {
	c.kept.Purge()
	return c.liteDriverConn.Close()
}

// liteRows are what a kept statement found.
type liteRows struct {
	liteDriverRows
	of *liteStmt
}

// Close implements driver.Rows.
func (r *liteRows) Close() error {
	err := r.liteDriverRows.Close()
	if r.of != nil {
		r.of.done()
		r.of = nil
	}
	return err
}
