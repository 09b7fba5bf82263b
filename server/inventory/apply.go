package inventory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// ErrConcurrent says that the sync of another token changed one of the page's devices at the same moment, or that records said to
// be fresh were not. The transaction has to be run again.
var ErrConcurrent = errors.New("inventory: a device was changed by the sync of another token at the same moment")

// IsFresh tells whether the token has no device yet, removed ones counted: the first records of its list can be tried as fresh ones.
func IsFresh(ctx context.Context, db *store.Store, token gid.ID) (bool, error) {
	known, err := db.Reader().Device.Query().Where(device.AbmTokenID(token)).Exist(ctx)
	return !known, err
}

// Result counts what a page did.
type Result struct {
	Added, Modified, Removed int
	IDs                      []gid.ID // every device that the page named and that is kept, sorted
}

// Apply stores folded pages of a token's stream inside tx, with their events and counts. now is the time of the pages.
func Apply(ctx context.Context, tx *store.Tx, o Origin, records []*Record, now time.Time) (Result, error) {
	token := o.Token
	var res Result
	if len(records) == 0 {
		return res, nil
	}
	var stored map[string]*row
	var inserts, updates []row
	var beside notes
	if o.Fresh {
		inserts = make([]row, 0, len(records))
	} else {
		var err error
		if stored, err = load(ctx, tx, records); err != nil {
			return res, err
		}
	}
	var events []event
	counts, begin := newTally(now), beginnings{}
	var v verdict
	var next row // one for all: it is large, and would be allocated each time
	for _, r := range records {
		was := stored[r.SerialNumber]
		v, next = decide(was, r, token, now)
		switch v {
		case added:
			res.Added++
			begin.add(r.SerialNumber)
		case modified:
			res.Modified++
		case removed:
			res.Removed++
		}
		if v != unchanged && v != noted {
			counts.move(was, &next)
			if e, ok := o.eventOf(v, was, &next, r); ok {
				events = append(events, e)
			}
		}
		switch {
		case was == nil && v == added:
			inserts = append(inserts, next)
		case v != unchanged:
			next.was = was
			updates = append(updates, next)
			beside.see(was, &next, now)
		}
		if was != nil && next.ABMTokenID == int64(token) {
			res.IDs = append(res.IDs, gid.ID(was.ID))
		}
	}
	ids, err := insert(ctx, tx, inserts)
	if err != nil {
		return res, err
	}
	res.IDs = slices.Concat(res.IDs, ids)
	slices.Sort(res.IDs)
	if err := update(ctx, tx, updates); err != nil {
		return res, err
	}
	for i := range inserts {
		inserts[i].ID = int64(ids[i])
		beside.see(nil, &inserts[i], now)
	}
	if err := beside.store(ctx, tx); err != nil {
		return res, err
	}
	if err := record(ctx, tx, o, events, now); err != nil {
		return res, err
	}
	if o.Kind == LateChanges {
		if err := announce(ctx, tx, o.Run, records); err != nil {
			return res, err
		}
	}
	if err := begin.write(ctx, tx, token); err != nil {
		return res, err
	}
	return res, counts.write(ctx, tx)
}

// load reads the rows of the records' serial numbers.
func load(ctx context.Context, tx *store.Tx, records []*Record) (map[string]*row, error) {
	serials := make([]string, len(records))
	for i, r := range records {
		serials[i] = r.SerialNumber
	}
	list, err := json.Marshal(serials)
	if err != nil {
		return nil, err
	}
	where, parameter := "serial_number IN (SELECT value FROM json_each($1))", string(list)
	if tx.Dialect() == dialect.Postgres {
		// The planner believes that reading a table of a hundred thousand rows whole is cheaper than a thousand look-ups. It is
		// not, when the index is in memory.
		if _, err := tx.ExecContext(ctx, "SET LOCAL enable_seqscan = off"); err != nil {
			return nil, err
		}
		where, parameter = "serial_number = ANY ($1::text[])", arrayOf(len(serials), func(i int) value { return text(serials[i]) })
	}
	rows, err := tx.QueryContext(ctx, "SELECT id, "+columnNames+" FROM devices WHERE "+where, parameter)
	if err != nil {
		return nil, fmt.Errorf("reading the page's devices: %w", err)
	}
	defer rows.Close()
	stored := make(map[string]*row, len(records))
	for rows.Next() {
		r := row{attributes: &attributes{}}
		if err := rows.Scan(&r.ID, &r.SerialNumber, &r.Model, &r.Description, &r.Color, &r.AssetTag, &r.DeviceFamily, &r.OS, &r.Platform,
			&r.AppleProfileUUID, &r.AppleProfileStatus, &r.AppleProfileAssignedAt, &r.AppleProfilePushedAt, &r.DeviceAssignedAt,
			&r.DeviceAssignedBy, &r.MDMMigrationDeadline, &r.AppleExtra, &r.ABMTokenID, &r.AppleOpAt, &r.AddedAt, &r.ChangedAt,
			&r.RemovedAt); err != nil {
			return nil, fmt.Errorf("reading a device: %w", err)
		}
		stored[r.SerialNumber] = &r
	}
	return stored, rows.Err()
}
