package devicegroup

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/seriallist"
	"github.com/guardmdm/guardmdm/ent/seriallistentry"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// Lifetime is how long an imported list is kept.
	Lifetime = 7 * 24 * time.Hour
	// MaxRows is how many rows a list may have.
	MaxRows = 1_000_000
	// listPiece is how many rows are read or removed at a time.
	listPiece = 5_000
	// importPiece is how many rows are written at a time, in the order of their serial numbers: of a million rows in any order, 5,000 at a time
	// would touch another leaf of the index with each row, so many touch each leaf once.
	importPiece = 50_000
	// importTogether is how many of them a statement on SQLite takes.
	importTogether = 100
	// abandoned is how old a list is that was not read to its end and never will be: an import takes an hour at most.
	abandoned = 2 * time.Hour
)

// Row is one row of an imported list, as it is reported.
type Row struct {
	Row          int    // of the file, from 1
	SerialNumber string // in upper case; of an invalid row, its text
	Problem      seriallistentry.Problem
	Known        bool // whether a device had it when the list was imported
	FirstRow     int  // of a duplicate: the row that it repeats
}

// Lists are the imported lists of serial numbers.
type Lists struct {
	store *store.Store
	clock clockwork.Clock
}

// NewLists makes the service.
func NewLists(db *store.Store, clock clockwork.Clock) *Lists { return &Lists{db, clock} }

// Import is a list that is being read. Its rows come in transactions of their own, so that a slow upload holds up nobody; until Close
// the list is of no use, and Sweep removes those that never came so far.
type Import struct {
	lists  *Lists
	id     gid.ID
	piece  []entry
	inside map[string]bool // serial numbers of the piece
}

// entry is a row on its way into the database.
type entry struct {
	Row     int    `json:"r"`
	Serial  string `json:"s"`
	Problem string `json:"p,omitempty"`
}

// Begin begins a list in the name of ctx's caller.
func (l *Lists) Begin(ctx context.Context) (*Import, error) {
	now := l.clock.Now()
	list, err := l.store.Ent().SerialList.Create().SetCreatedByID(auth.CallerOf(ctx).ID).SetCreatedAt(now).SetExpiresAt(now.Add(Lifetime)).Save(ctx)
	if err != nil {
		return nil, store.MapError(err)
	}
	return &Import{lists: l, id: list.ID, inside: map[string]bool{}}, nil
}

// Add adds a row; rows come in their order. The text of one that IsSerial refuses is reported as invalid.
func (i *Import) Add(ctx context.Context, row int, text string) error {
	e := entry{Row: row, Serial: Serial(text)}
	switch {
	case !IsSerial(e.Serial):
		e.Serial, e.Problem = text, string(seriallistentry.ProblemInvalid)
	case i.inside[e.Serial]:
		e.Problem = string(seriallistentry.ProblemDuplicate)
	default:
		i.inside[e.Serial] = true
	}
	i.piece = append(i.piece, e)
	if len(i.piece) < importPiece {
		return nil
	}
	return i.flush(ctx)
}

// flush stores the piece. A serial number of an earlier one makes a duplicate: the database has them all, and this process only a piece.
func (i *Import) flush(ctx context.Context) error {
	if len(i.piece) == 0 {
		return nil
	}
	slices.SortFunc(i.piece, func(a, b entry) int { return cmp.Or(strings.Compare(a.Serial, b.Serial), cmp.Compare(a.Row, b.Row)) })
	write := i.storeRows
	if i.lists.store.IsPostgres() {
		write = i.storeJSON
	}
	if err := write(ctx); err != nil {
		return fmt.Errorf("storing a list of serial numbers: %w", err)
	}
	i.piece = i.piece[:0]
	clear(i.inside)
	return nil
}

// storing is the statement that stores rows r, s, p of the list $1. LIMIT has PostgreSQL look each serial number up: for EXISTS it would read
// the whole table once, for every piece.
const storing = `INSERT INTO serial_list_entries (serial_list_id, "row", serial_number, problem, known)
	SELECT $1, r, s,
		coalesce(p, (SELECT 'DUPLICATE' FROM serial_list_entries e WHERE e.serial_list_id = $1 AND e.serial_number = s AND e.problem IS NULL LIMIT 1)),
		(SELECT d.id FROM devices d WHERE d.serial_number = s LIMIT 1) IS NOT NULL
	FROM `

// storeJSON stores the piece by one statement.
func (i *Import) storeJSON(ctx context.Context) error {
	text, err := json.Marshal(i.piece)
	if err != nil {
		return err
	}
	_, err = i.lists.store.DB().ExecContext(ctx, storing+"json_to_recordset($2::json) AS piece(r bigint, s text, p text)", int64(i.id), string(text))
	return store.MapError(err)
}

// storeRows stores the piece by prepared statements of some rows: on SQLite taking JSON apart costs more than storing it.
func (i *Import) storeRows(ctx context.Context) error {
	return store.MapError(i.lists.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		args := make([]any, 0, 1+3*importTogether)
		prepared, rows := (*sql.Stmt)(nil), 0
		defer func() {
			if prepared != nil {
				_ = prepared.Close() // it is the transaction's, which says what went wrong
			}
		}()
		for some := range slices.Chunk(i.piece, importTogether) {
			if len(some) != rows {
				if prepared != nil {
					_ = prepared.Close()
				}
				var err error
				if prepared, err = tx.PrepareContext(ctx, storing+"(SELECT column1 AS r, column2 AS s, column3 AS p FROM (VALUES "+
					strings.TrimSuffix(strings.Repeat("(?, ?, ?), ", len(some)), ", ")+"))"); err != nil {
					return err
				}
				rows = len(some)
			}
			args = append(args[:0], int64(i.id))
			for _, e := range some {
				var problem any
				if e.Problem != "" {
					problem = e.Problem
				}
				args = append(args, e.Row, e.Serial, problem)
			}
			// A context that can end would have the driver begin a goroutine for each statement.
			if _, err := prepared.ExecContext(context.WithoutCancel(ctx), args...); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Close ends the list: it can be used from now on.
func (i *Import) Close(ctx context.Context) (list *ent.SerialList, err error) {
	if err := i.flush(ctx); err != nil {
		return nil, err
	}
	err = i.lists.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT count(*) FILTER (WHERE problem IS NULL AND known), count(*) FILTER (WHERE problem IS NULL AND NOT known),
			count(*) FILTER (WHERE problem = 'DUPLICATE'), count(*) FILTER (WHERE problem = 'INVALID') FROM serial_list_entries WHERE serial_list_id = $1`, int64(i.id))
		if err != nil {
			return err
		}
		defer rows.Close()
		var known, unknown, duplicates, invalid int
		for rows.Next() {
			if err := rows.Scan(&known, &unknown, &duplicates, &invalid); err != nil {
				return err
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		list, err = tx.SerialList.UpdateOneID(i.id).SetKnown(known).SetUnknown(unknown).SetDuplicates(duplicates).SetInvalid(invalid).SetComplete(true).Save(ctx)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, i.lists.clock, audit.Entry{Action: "importSerialNumbers", ObjectID: i.id,
			After: map[string]any{"known": known, "unknown": unknown, "duplicates": duplicates, "invalid": invalid}})
	})
	return list, store.MapError(err)
}

// Find finds a list that can be used. Errors: NotFound.
func (l *Lists) Find(ctx context.Context, id gid.ID) (*ent.SerialList, error) {
	return FindList(ctx, l.store.Reader(), id, l.clock.Now())
}

// Report gives the next rows of a list after a row, with what became of each; none at its end.
func (l *Lists) Report(ctx context.Context, list gid.ID, after int) ([]Row, error) {
	rows, err := l.store.ReaderDB().QueryContext(ctx, `SELECT e."row", e.serial_number, coalesce(e.problem, ''), e.known, coalesce(f."row", 0)
		FROM (SELECT * FROM serial_list_entries WHERE serial_list_id = $1 AND "row" > $2 ORDER BY "row" LIMIT $3) AS e
		LEFT JOIN serial_list_entries f ON e.problem = 'DUPLICATE' AND f.serial_list_id = $1 AND f.serial_number = e.serial_number AND f.problem IS NULL
		ORDER BY e."row"`, int64(list), after, listPiece)
	if err != nil {
		return nil, store.MapError(fmt.Errorf("reading a list of serial numbers: %w", err))
	}
	defer rows.Close()
	var page []Row
	for rows.Next() {
		var r Row
		if err := rows.Scan(&r.Row, &r.SerialNumber, &r.Problem, &r.Known, &r.FirstRow); err != nil {
			return nil, fmt.Errorf("reading a row of a list: %w", err)
		}
		page = append(page, r)
	}
	return page, rows.Err()
}

// Sweep removes the lists that have expired and those whose import was broken off, some thousand rows at a time.
func (l *Lists) Sweep(ctx context.Context) error {
	now := l.clock.Now()
	ids, err := l.store.Reader().SerialList.Query().Where(seriallist.Or(seriallist.ExpiresAtLTE(now),
		seriallist.And(seriallist.Complete(false), seriallist.CreatedAtLTE(now.Add(-abandoned))))).IDs(ctx)
	if err != nil {
		return store.MapError(err)
	}
	for _, id := range ids {
		if err := l.remove(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (l *Lists) remove(ctx context.Context, id gid.ID) error {
	for {
		res, err := l.store.DB().ExecContext(ctx, `DELETE FROM serial_list_entries WHERE id IN (SELECT id FROM serial_list_entries WHERE serial_list_id = $1 LIMIT $2)`,
			int64(id), listPiece)
		if err != nil {
			return store.MapError(err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return store.MapError(err)
		}
		if n == 0 {
			_, err := l.store.Ent().SerialList.Delete().Where(seriallist.ID(id)).Exec(ctx)
			return store.MapError(err)
		}
	}
}
