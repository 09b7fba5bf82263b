package store

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"github.com/lib/pq"
)

// jsonConnector makes connections that send JSON as text. With binary_parameters lib/pq sends every []byte in the binary
// form of its column's type, which for bytea is the bytes themselves, but for jsonb has a version byte before the text: the
// json.RawMessage that Ent writes would be refused (22P02).
type jsonConnector struct{ *pq.Connector }

// Connect implements driver.Connector.
func (c jsonConnector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := made.(pqConn)
	if !ok {
		_ = made.Close()
		return nil, fmt.Errorf("lib/pq's %T is not the connection we know", made)
	}
	return jsonConn{whole}, nil
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
}

type jsonConn struct{ pqConn }

// CheckNamedValue implements driver.NamedValueChecker.
func (c jsonConn) CheckNamedValue(v *driver.NamedValue) error {
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
