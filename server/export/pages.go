package export

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/store"
)

// defaultWindow is how many devices are looked at by one query. A page is read at once and then written, however slowly the client
// reads: a long read keeps SQLite from moving its log into the file, and PostgreSQL from cleaning up.
const defaultWindow = 2000

// pages reads the devices that match, by identifier, window after window.
type pages struct {
	db      *store.Store
	window  int
	matches predicate.Device // nil: all
	rules   Assignments
	sources []source
	tokens  map[gid.ID]string

	at, end gid.ID // the last device looked at, and the last one to look at
}

// open looks where the export ends: devices that are added later are not in it, so it ends even while a sync runs.
func (p *pages) open(ctx context.Context) error {
	p.sources = sources()
	var end sql.NullInt64
	if err := p.db.ReaderDB().QueryRowContext(ctx, "SELECT max(id) FROM devices").Scan(&end); err != nil {
		return fmt.Errorf("looking for the last device: %w", err)
	}
	p.end = gid.ID(end.Int64)
	return nil
}

// more reports whether there is something left to look at.
func (p *pages) more() bool { return p.at < p.end }

// next encodes the devices of the next window. Bounds on both sides keep the cost of a query small, whatever the filter and
// however few match it.
func (p *pages) next(ctx context.Context, e encoder) (rows int, err error) {
	var end sql.NullInt64
	err = p.db.ReaderDB().QueryRowContext(ctx, "SELECT max(id) FROM (SELECT id FROM devices WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3) AS w",
		int64(p.at), int64(p.end), p.window).Scan(&end)
	if err != nil {
		return 0, fmt.Errorf("looking for the end of a page: %w", err)
	}
	if !end.Valid { // the last ones are gone
		p.at = p.end
		return 0, nil
	}
	query, args, err := p.query(gid.ID(end.Int64))
	if err != nil {
		return 0, err
	}
	result, err := p.db.ReaderDB().QueryContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("reading a page: %w", err)
	}
	defer result.Close()
	found := make([]row, 0, p.window)
	for result.Next() {
		var r row
		into := make([]any, len(p.sources))
		for i, s := range p.sources {
			into[i] = s.into(&r)
		}
		if err := result.Scan(into...); err != nil {
			return 0, fmt.Errorf("reading a device: %w", err)
		}
		found = append(found, r)
	}
	if err := errors.Join(result.Err(), result.Close()); err != nil {
		return 0, fmt.Errorf("reading a page: %w", err)
	}
	if err := p.add(ctx, e, found); err != nil {
		return 0, err
	}
	p.at = gid.ID(end.Int64)
	return len(found), e.flush()
}

// add encodes devices with what does not stand in their rows.
func (p *pages) add(ctx context.Context, e encoder, found []row) (err error) {
	if len(found) == 0 {
		return nil
	}
	ids := make([]gid.ID, len(found))
	for i := range found {
		ids[i] = found[i].id
	}
	briefs, err := p.rules.Briefs(ctx, ids)
	if err != nil {
		return err
	}
	enrolled, err := p.enrollments(ctx, ids[0], ids[len(ids)-1])
	if err != nil {
		return err
	}
	for i := range found {
		r := &found[i]
		r.brief = briefs[r.id]
		if r.enrolled = enrolled[r.id]; r.enrolled == "" {
			r.enrolled = string(deviceenrollment.StatusNotEnrolled)
		}
		if r.tokenName, err = p.tokenName(ctx, r.token); err != nil {
			return err
		}
		if err := e.add(r); err != nil {
			return err
		}
	}
	return nil
}

// enrollments are how far the devices between two have come; those that never called are missing.
func (p *pages) enrollments(ctx context.Context, first, last gid.ID) (map[gid.ID]string, error) {
	rows, err := p.db.ReaderDB().QueryContext(ctx, "SELECT device_id, status FROM device_enrollments WHERE device_id >= $1 AND device_id <= $2", int64(first), int64(last))
	if err != nil {
		return nil, fmt.Errorf("reading enrollments: %w", err)
	}
	defer rows.Close()
	statuses := map[gid.ID]string{}
	for rows.Next() {
		var id gid.ID
		var status string
		if err := rows.Scan(&id, &status); err != nil {
			return nil, fmt.Errorf("reading enrollments: %w", err)
		}
		statuses[id] = status
	}
	return statuses, rows.Err()
}

func (p *pages) query(end gid.ID) (string, []any, error) {
	columns := make([]string, len(p.sources))
	for i, s := range p.sources {
		columns[i] = s.column
	}
	s := entsql.Dialect(p.db.Dialect()).Select(columns...).From(entsql.Table(device.Table))
	s.Where(entsql.And(entsql.GT(s.C(device.FieldID), int64(p.at)), entsql.LTE(s.C(device.FieldID), int64(end)))).OrderBy(s.C(device.FieldID))
	if p.matches != nil {
		p.matches(s)
	}
	query, args := s.Query()
	return query, args, s.Err()
}

// tokenName asks again when it meets a token that it does not know: there are few, and some may be made meanwhile.
func (p *pages) tokenName(ctx context.Context, token gid.ID) (string, error) {
	if name, known := p.tokens[token]; known {
		return name, nil
	}
	all, err := p.db.Reader().ABMToken.Query().Select(abmtoken.FieldID, abmtoken.FieldName).All(ctx)
	if err != nil {
		return "", fmt.Errorf("reading the names of the tokens: %w", err)
	}
	p.tokens = map[gid.ID]string{token: ""}
	for _, t := range all {
		p.tokens[t.ID] = t.Name
	}
	return p.tokens[token], nil
}
