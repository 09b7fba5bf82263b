package inventory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// The two databases are fast in two ways, which were measured. PostgreSQL takes the whole page as one statement with an
// array a column. SQLite, being in the process, has no round trips to save: a short prepared statement, carried out again and
// again, beats one that carries the page as JSON by a third.

// insert adds the rows and gives their ids. A serial number that another token's sync added meanwhile is ErrConcurrent: it ends
// the transaction. ON CONFLICT would not, but costs PostgreSQL a fifth of the insert for what hardly ever happens.
func insert(ctx context.Context, tx *store.Tx, rows []row) ([]gid.ID, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	write := insertSQLite
	if tx.Dialect() == dialect.Postgres {
		write = insertPostgres
	}
	ids, err := write(ctx, tx, rows)
	if store.IsUnique(err) {
		return nil, ErrConcurrent
	}
	if err != nil {
		return nil, fmt.Errorf("adding devices: %w", err)
	}
	return ids, nil
}

// update rewrites the rows if they are still as they were read; else it is ErrConcurrent.
func update(ctx context.Context, tx *store.Tx, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	write := updateSQLite
	if tx.Dialect() == dialect.Postgres {
		write = updatePostgres
	}
	n, err := write(ctx, tx, rows)
	if err != nil {
		return fmt.Errorf("changing devices: %w", err)
	}
	if n != len(rows) {
		return ErrConcurrent
	}
	return nil
}

// chunks are the row counts of SQLite's prepared statements: more than 100 rows a statement gain nothing.
var chunks = []int{100, 10, 1}

func insertSQLite(ctx context.Context, tx *store.Tx, rows []row) (ids []gid.ID, err error) {
	for _, size := range chunks {
		if len(rows) < size {
			continue
		}
		place := "(?" + strings.Repeat(",?", len(columns)-1) + ")"
		stmt, err := tx.PrepareContext(ctx, "INSERT INTO devices ("+columnNames+") VALUES "+place+strings.Repeat(","+place, size-1))
		if err != nil {
			return nil, err
		}
		args := make([]any, 0, size*len(columns))
		for ; len(rows) >= size && err == nil; rows = rows[size:] {
			args = args[:0]
			for i := range size {
				args = appendValues(args, columns, &rows[i])
			}
			ids, err = insertChunk(ctx, stmt, args, size, ids)
		}
		if err := errors.Join(err, stmt.Close()); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// insertChunk adds rows and their ids. SQLite's one writer numbers the rows of a statement one after the other, so the last id
// tells all of them; asking for each with RETURNING costs a tenth of the insert.
func insertChunk(ctx context.Context, stmt *sql.Stmt, args []any, size int, ids []gid.ID) ([]gid.ID, error) {
	res, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	last, err := res.LastInsertId()
	if err != nil {
		return nil, err
	}
	for i := range size {
		ids = append(ids, gid.ID(last-int64(size-1-i)))
	}
	return ids, nil
}

func updateSQLite(ctx context.Context, tx *store.Tx, rows []row) (n int, err error) {
	assign := make([]string, len(columns))
	for i, c := range columns {
		assign[i] = c.name + " = ?"
	}
	stmt, err := tx.PrepareContext(ctx, "UPDATE devices SET "+strings.Join(assign, ", ")+" WHERE id = ?") // nobody else writes between our reading and this
	if err != nil {
		return 0, err
	}
	defer stmt.Close()
	for i := range rows {
		args := appendValues(appendValues(nil, columns, &rows[i]), guards[:1], &rows[i])
		res, err := stmt.ExecContext(ctx, args...)
		if err != nil {
			return n, err
		}
		changed, err := res.RowsAffected()
		if err != nil {
			return n, err
		}
		n += int(changed)
	}
	return n, nil
}

func appendValues(args []any, columns []column, r *row) []any {
	for _, c := range columns {
		args = append(args, c.value(r))
	}
	return args
}

func insertPostgres(ctx context.Context, tx *store.Tx, rows []row) ([]gid.ID, error) {
	set, args := unnest(columns, rows)
	found, err := tx.QueryContext(ctx, "INSERT INTO devices ("+columnNames+") SELECT * FROM "+set+" RETURNING id", args...)
	if err != nil {
		return nil, err
	}
	return scanIDs(found, nil)
}

func updatePostgres(ctx context.Context, tx *store.Tx, rows []row) (int, error) {
	assign := make([]string, len(columns))
	for i, c := range columns {
		assign[i] = c.name + " = v." + c.name
	}
	set, args := unnest(append(guards[:len(guards):len(guards)], columns...), rows)
	found, err := tx.QueryContext(ctx, "UPDATE devices SET "+strings.Join(assign, ", ")+" FROM "+set+
		" WHERE devices.id = v.id AND devices.abm_token_id = v.was_token AND devices.changed_at = v.was_changed_at"+
		" AND devices.apple_op_at IS NOT DISTINCT FROM v.was_op_at RETURNING devices.id", args...)
	if err != nil {
		return 0, err
	}
	ids, err := scanIDs(found, nil)
	return len(ids), err
}

// unnest gives the SQL of a table v with the rows, one array parameter a column.
func unnest(columns []column, rows []row) (set string, args []any) {
	names, params := make([]string, len(columns)), make([]string, len(columns))
	args = make([]any, len(columns))
	for i, c := range columns {
		names[i] = c.name
		params[i] = fmt.Sprintf("$%d::%s[]", i+1, c.pgType)
		args[i] = arrayOf(len(rows), func(n int) any { return c.value(&rows[n]) })
	}
	return "unnest(" + strings.Join(params, ", ") + ") AS v(" + strings.Join(names, ", ") + ")", args
}

// arrayOf writes values as a PostgreSQL array.
func arrayOf(n int, value func(int) any) string {
	b := make([]byte, 0, 24*n+2)
	b = append(b, '{')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		switch v := value(i).(type) {
		case nil:
			b = append(b, "NULL"...)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case string:
			b = append(b, '"')
			for j := range len(v) {
				if v[j] == '"' || v[j] == '\\' {
					b = append(b, '\\')
				}
				b = append(b, v[j])
			}
			b = append(b, '"')
		}
	}
	return string(append(b, '}'))
}

func scanIDs(rows *sql.Rows, ids []gid.ID) ([]gid.ID, error) {
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, gid.ID(id))
	}
	return ids, rows.Err()
}
