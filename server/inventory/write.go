package inventory

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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
	ids = make([]gid.ID, 0, len(rows))
	shared, own := split(rows)
	// A parameter written ?1 is bound once and stands in every row; those written ? are numbered on from the last one.
	place := make([]string, 0, len(columns))
	for i := range shared {
		place = append(place, "?"+strconv.Itoa(i+1))
	}
	for range own {
		place = append(place, "?")
	}
	tuple := "(" + strings.Join(place, ",") + ")"
	into := "INSERT OR FAIL INTO devices (" + namesOf(slices.Concat(shared, own)) + ") VALUES " + tuple
	for _, size := range chunks {
		if len(rows) < size {
			continue
		}
		stmt, err := tx.PrepareContext(ctx, into+strings.Repeat(","+tuple, size-1))
		if err != nil {
			return nil, err
		}
		args := appendValues(make([]any, 0, len(shared)+size*len(own)), shared, &rows[0])
		for ; len(rows) >= size && err == nil; rows = rows[size:] {
			args = args[:len(shared)]
			for i := range size {
				args = appendValues(args, own, &rows[i])
			}
			ids, err = insertChunk(ctx, stmt, args, size, ids)
		}
		if err := errors.Join(err, stmt.Close()); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// split tells the columns that have one value in all rows, such as the token's and the time's, from those that each row has
// its own of. Of a page in a first import a third are shared.
func split(rows []row) (shared, own []column) {
	for _, c := range columns {
		first, n := c.value(&rows[0]), 1
		for n < len(rows) && c.value(&rows[n]) == first {
			n++
		}
		if n == len(rows) {
			shared = append(shared, c)
		} else {
			own = append(own, c)
		}
	}
	return shared, own
}

// insertChunk adds rows and their ids. SQLite's one writer numbers the rows of a statement one after the other, so the last id
// tells all of them; asking for each with RETURNING costs a tenth of the insert.
func insertChunk(ctx context.Context, stmt *sql.Stmt, args []any, size int, ids []gid.ID) ([]gid.ID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// With a context that can end, the driver would begin a goroutine for each chunk. One takes milliseconds.
	res, err := stmt.ExecContext(context.WithoutCancel(ctx), args...)
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
		args = append(args, c.value(r).any())
	}
	return args
}

// insertPostgres copies the rows into the table, with identifiers that were taken beforehand: COPY has no RETURNING.
func insertPostgres(ctx context.Context, tx *store.Tx, rows []row) ([]gid.ID, error) {
	ids, err := takeIDs(ctx, tx, len(rows))
	if err != nil {
		return nil, err
	}
	return ids, tx.CopyIn(ctx, "COPY devices (id, "+columnNames+") FROM STDIN", func(yield func([]byte) bool) {
		b := make([]byte, 0, copyChunk+copyChunk/4)
		for i := range rows {
			b = strconv.AppendInt(b, int64(ids[i]), 10)
			for _, c := range columns {
				b = appendCopied(append(b, '\t'), c.value(&rows[i]))
			}
			b = append(b, '\n')
			if len(b) >= copyChunk || i == len(rows)-1 {
				if !yield(b) {
					return
				}
				b = b[:0]
			}
		}
	})
}

// EndStalledCopies ends the copies of PostgreSQL that have waited for their rows for longer than any takes. A process that was stopped in one, and not
// ended, keeps its transaction's locks for as long as it is stopped: the limit on idle transactions does not count one that copies, and the connection is
// sound. Who took over its run would wait for it at the end of the list, where the rules are locked.
func EndStalledCopies(ctx context.Context, db *store.Store, patience time.Duration) (ended int, err error) {
	if !db.IsPostgres() {
		return 0, nil
	}
	err = db.ReaderDB().QueryRowContext(ctx, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"+
		" AND state = 'active' AND wait_event = 'ClientRead' AND query LIKE 'COPY devices %' AND query_start < clock_timestamp() - $1 * interval '1 second'",
		patience.Seconds()).Scan(&ended)
	if err != nil {
		return 0, fmt.Errorf("ending copies that stand still: %w", err)
	}
	return ended, nil
}

// copyChunk is how much is sent to PostgreSQL at a time: it stores one chunk while we write the next.
const copyChunk = 64 << 10

// takeIDs takes identifiers from the table's sequence.
func takeIDs(ctx context.Context, tx *store.Tx, n int) (ids []gid.ID, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT json_agg(nextval('devices_id_seq')) FROM generate_series(1, $1::int)", n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []byte
	for rows.Next() {
		if err := rows.Scan(&list); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	numbers := make([]int64, 0, n)
	if err := json.Unmarshal(list, &numbers); err != nil {
		return nil, err
	}
	if len(numbers) != n {
		return nil, fmt.Errorf("the sequence gave %d identifiers instead of %d", len(numbers), n)
	}
	ids = make([]gid.ID, n)
	for i, number := range numbers {
		ids[i] = gid.ID(number)
	}
	return ids, nil
}

// appendCopied writes a value in COPY's text format.
func appendCopied(b []byte, v value) []byte {
	switch v.kind {
	case null:
		return append(b, '\\', 'N')
	case numeric:
		return strconv.AppendInt(b, v.number, 10)
	case temporal:
		return appendTime(b, v.number)
	}
	for i := range len(v.text) {
		switch c := v.text[i]; c {
		case '\\':
			b = append(b, '\\', '\\')
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, c)
		}
	}
	return b
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
		args[i] = arrayOf(len(rows), func(n int) value { return c.value(&rows[n]) })
	}
	return "unnest(" + strings.Join(params, ", ") + ") AS v(" + strings.Join(names, ", ") + ")", args
}

// arrayOf writes values as a PostgreSQL array.
func arrayOf(n int, at func(int) value) string {
	b := make([]byte, 0, 24*n+2)
	b = append(b, '{')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		switch v := at(i); v.kind {
		case null:
			b = append(b, "NULL"...)
		case numeric:
			b = strconv.AppendInt(b, v.number, 10)
		case temporal:
			b = append(appendTime(append(b, '"'), v.number), '"')
		case textual:
			b = append(b, '"')
			for j := range len(v.text) {
				if v.text[j] == '"' || v.text[j] == '\\' {
					b = append(b, '\\')
				}
				b = append(b, v.text[j])
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
