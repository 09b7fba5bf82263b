package graph

import (
	"context"
	"errors"
	"slices"
	"strings"

	"entgo.io/contrib/entgql"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/inventory"
)

// A page of a list that is both filtered and ordered can be had in two ways: by walking along the index of the order until enough
// rows match (fast when many do), or by seeking what matches in the index of the filter and sorting it (fast when few do). SQLite
// chooses without knowing how many rows match, PostgreSQL believes that what matches is spread evenly; either can be wrong by
// seconds at a million devices. So both ways are tried here, each with a bound on the rows that it may take, the cheap tries first.
// What is found is the page's identifiers; its rows are then read by these.
const (
	briefWalk       = 800 // enough for what one device in ten is
	shortWalk       = 5_000
	shortSerialWalk = 2_000 // neighbours by serial number lie all over the table
	shortSeek       = 1_500
	longWalk        = 10_000
	unbounded       = 1 << 40
)

// devicePage looks for the rows of one page.
type devicePage struct {
	db      *ent.Client
	matches predicate.Device
	column  string // of the order
	desc    bool
	cursors []func(*sql.Selector)
	rows    int
	from    string // what serial numbers the page lies between; "" for no end
	to      string
}

// searchable are the columns that a walk takes along: those of the orders, and those that the filter names.
func searchable(dialect string, matches predicate.Device) []string {
	filtered := from(dialect, device.FieldID)
	matches(filtered)
	text, _ := filtered.Query()
	columns := []string{device.FieldID, device.FieldSerialNumber, device.FieldAddedAt}
	for _, column := range device.Columns {
		if !slices.Contains(columns, column) && strings.Contains(text, filtered.C(column)) {
			columns = append(columns, column)
		}
	}
	return columns
}

// asked gives what the filter, as it was written, has at its top for a condition that our own resolvers read, "" for nothing: where they did, its name is
// left nowhere else.
func asked(ctx context.Context, condition string) string {
	where, _ := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)["where"].(map[string]any)
	value, _ := where[condition].(string)
	return value
}

// devices is a page of devices.
func (r *Resolver) devices(ctx context.Context, after *cursor, first *int, before *cursor, last *int, orderBy *ent.DeviceOrder,
	where *ent.DeviceWhereInput,
) (*ent.DeviceConnection, error) {
	db := r.DB.Reader()
	paginate := func(q *ent.DeviceQuery) (*ent.DeviceConnection, error) {
		return q.Paginate(ctx, after, first, before, last, ent.WithDeviceOrder(orderBy))
	}
	if where == nil {
		where = &ent.DeviceWhereInput{}
	}
	where = positive(where)
	matches, err := where.P()
	switch {
	case byDeadline(orderBy) && (err == nil || errors.Is(err, ent.ErrEmptyDeviceWhereInput)):
		return devicesByDeadline(ctx, db, matches, after, first, before, last, orderBy)
	case errors.Is(err, ent.ErrEmptyDeviceWhereInput):
		return paginate(db.Device.Query())
	case err != nil:
		return nil, err
	}
	p := newDevicePage(db, matches, after, first, before, last, orderBy)
	fields := graphql.CollectAllFields(ctx)
	wantsTotal := slices.Contains(fields, "totalCount")
	if wantsRows := p.rows > 1 && slices.ContainsFunc(fields, func(field string) bool { return field != "totalCount" }); !wantsRows {
		none := &ent.DeviceConnection{Edges: []*ent.DeviceEdge{}}
		if wantsTotal {
			none.TotalCount, err = r.countDevices(ctx, *where)
		}
		return none, err
	}
	prefix := serial(asked(ctx, "serialNumberHasPrefix"))
	tries := p.tries(where, prefix)
	if len(tries) == 0 {
		bounds := p.bounds(prefix)
		connection, err := paginate(db.Device.Query().Where(bounds...).Where(matches))
		if err == nil && wantsTotal && len(bounds) > 0 {
			connection.TotalCount, err = r.countDevices(ctx, *where)
		}
		return connection, err
	}
	ids, found, err := p.find(ctx, tries)
	if err != nil {
		return nil, err
	}
	if !found {
		return paginate(db.Device.Query().Where(matches))
	}
	connection, err := paginate(db.Device.Query().Where(device.IDIn(ids...)))
	if err == nil && wantsTotal {
		connection.TotalCount, err = r.countDevices(ctx, *where)
	}
	return connection, err
}

// positive says of a filter that leaves platforms out which ones it lets in: these have an index, and may be few.
func positive(where *ent.DeviceWhereInput) *ent.DeviceWhereInput {
	if where.Not == nil || where.Platform != nil || where.PlatformIn != nil || where.Not.Platform != nil && where.Not.PlatformIn != nil {
		return where
	}
	not, out := *where.Not, where.Not.PlatformIn
	if not.Platform != nil {
		out = []device.Platform{*not.Platform}
	}
	not.Platform, not.PlatformIn = nil, nil
	if _, err := not.P(); out == nil || !errors.Is(err, ent.ErrEmptyDeviceWhereInput) {
		return where
	}
	left := slices.DeleteFunc(inventory.Platforms(), func(p device.Platform) bool { return slices.Contains(out, p) })
	if len(left) == 0 { // which the generated filter would leave out
		return where
	}
	said := *where
	said.Not, said.PlatformIn = nil, left
	return &said
}

// between are the serial numbers of the positions that a list by serial number lies between; "" where there is none.
func between(after, before *cursor, o *ent.DeviceOrder) (from, to string) {
	if o.Direction == entgql.OrderDirectionDesc {
		after, before = before, after
	}
	if after != nil {
		from, _ = after.Value.(string)
	}
	if before != nil {
		to, _ = before.Value.(string)
	}
	return from, to
}

// bounds say of a list by serial number once more where its page lies. The condition of the page itself has an "or" for equal values,
// which keeps SQLite from seeking the place in the index; of several bounds it seeks the first one, so these come before the filter's, and leave out
// what lies beyond the filter's prefix.
func (p *devicePage) bounds(prefix string) (bounds []predicate.Device) {
	if p.from > prefix {
		bounds = append(bounds, device.SerialNumberGTE(p.from))
	}
	if p.to != "" && (p.to < prefix || strings.HasPrefix(p.to, prefix)) {
		bounds = append(bounds, device.SerialNumberLTE(p.to))
	}
	return bounds
}

// counted is what kept counts are asked for.
type counted struct {
	tokens        []gid.ID
	platforms     []device.Platform
	present, gone bool
}

// keptOf reads a filter by token, platform and presence; ok is false for one by something else.
func keptOf(where ent.DeviceWhereInput) (k counted, ok bool) {
	k = counted{tokens: where.AbmTokenIDIn, platforms: where.PlatformIn, present: !where.RemovedAtNotNil, gone: !where.RemovedAtIsNil}
	if where.AbmTokenID != nil {
		k.tokens = append([]gid.ID{*where.AbmTokenID}, k.tokens...)
	}
	if where.Platform != nil {
		k.platforms = append([]device.Platform{*where.Platform}, k.platforms...)
	}
	both := where.AbmTokenID != nil && where.AbmTokenIDIn != nil || where.Platform != nil && where.PlatformIn != nil
	where.AbmTokenID, where.AbmTokenIDIn, where.Platform, where.PlatformIn = nil, nil, nil, nil
	where.RemovedAtIsNil, where.RemovedAtNotNil = false, false
	_, err := where.P()
	return k, !both && errors.Is(err, ent.ErrEmptyDeviceWhereInput)
}

// keptCount tells how many match where the kept counts know it: ok is false for filters by something else.
func (r *Resolver) keptCount(ctx context.Context, where ent.DeviceWhereInput) (n int, ok bool, err error) {
	source := assignment.Source(asked(ctx, "profileSource"))
	bySource := (source == assignment.FromDefault || source == assignment.FromNothing) && len(where.Predicates) == 1 && where.RemovedAtIsNil && !where.RemovedAtNotNil
	if bySource { // it is the one condition of our resolvers
		where.Predicates = nil
	}
	k, ok := keptOf(where)
	switch {
	case !ok:
		return 0, false, nil
	case bySource:
		n, err = r.Assignments.CountBySource(ctx, source, k.tokens, k.platforms)
	default:
		n, err = inventory.Total(ctx, r.DB.Reader(), k.tokens, k.platforms, k.present, k.gone)
	}
	return n, true, err
}

// countDevices counts those that match. Nearly all devices are present, and no index has them: what is left without that condition is
// counted in an index, and the removed ones, who have theirs, are taken off.
func (r *Resolver) countDevices(ctx context.Context, where ent.DeviceWhereInput) (int, error) {
	if n, ok, err := r.keptCount(ctx, where); ok || err != nil {
		return n, err
	}
	present := where.RemovedAtIsNil
	where.RemovedAtIsNil = false
	matching, err := where.Filter(r.DB.Reader().Device.Query())
	if err != nil {
		return 0, err
	}
	n, err := matching.Clone().Count(ctx)
	if err != nil || !present {
		return n, err
	}
	p, err := where.P()
	if err != nil {
		return 0, err
	}
	matching.Modify(amongRemoved(p))
	removed, err := matching.Count(ctx)
	return n - removed, err
}

// amongRemoved makes a query with this filter look among the removed devices only, by their index: it is the smallest, which SQLite does
// not know.
func amongRemoved(matches predicate.Device) func(*sql.Selector) {
	return func(s *sql.Selector) {
		all := from(s.Dialect(), searchable(s.Dialect(), matches)...).Limit(unbounded)
		s.From(all.Where(sql.NotNull(all.C(device.FieldRemovedAt))).As(device.Table))
	}
}

func newDevicePage(db *ent.Client, matches predicate.Device, after *cursor, first *int, before *cursor, last *int, orderBy *ent.DeviceOrder) *devicePage {
	p := &devicePage{db: db, matches: matches, column: device.FieldID}
	direction := entgql.OrderDirectionAsc
	if orderBy != nil {
		p.column, direction = deviceOrderColumn(orderBy), orderBy.Direction
	}
	if first != nil {
		p.rows = *first + 1
	} else {
		p.rows, direction = *last+1, direction.Reverse()
	}
	p.desc = direction == entgql.OrderDirectionDesc
	if p.column == device.FieldSerialNumber {
		p.from, p.to = between(after, before, orderBy)
	}
	p.cursors = entgql.CursorsPredicate(after, before, device.FieldID, p.column, direction)
	return p
}

// deviceOrderColumn is the column that an order is by.
func deviceOrderColumn(o *ent.DeviceOrder) string {
	return map[string]string{
		ent.DeviceOrderFieldSerialNumber.String(): device.FieldSerialNumber,
		ent.DeviceOrderFieldAddedAt.String():      device.FieldAddedAt,
	}[o.Field.String()]
}

// try is one way to find the page; ok is false when its bound was too small.
type try func(context.Context) (ids []gid.ID, ok bool, err error)

// tries are the ways to try, in this order; none for a query that the databases do well. After all of them failed, it is theirs too.
// prefix is that of the serial number, "" for none.
func (p *devicePage) tries(where *ent.DeviceWhereInput, prefix string) []try {
	named := where.ID != nil || where.IDIn != nil || where.SerialNumber != nil || where.SerialNumberIn != nil
	own := len(where.Predicates) > 0 // conditions that our resolvers read: the prefix, groups, lists
	inRange := where.RemovedAt != nil || where.RemovedAtIn != nil || where.RemovedAtGT != nil || where.RemovedAtGTE != nil ||
		where.RemovedAtLT != nil || where.RemovedAtLTE != nil
	removed := inRange || where.RemovedAtNotNil
	counted := where.AbmTokenID != nil || where.AbmTokenIDIn != nil || where.Platform != nil || where.PlatformIn != nil
	indexed := own || counted
	smallest := removed && indexed // the index of removed devices is
	scattered := p.column == device.FieldSerialNumber
	switch {
	case named:
		return nil
	case prefix != "" && scattered && !counted && !removed: // one range of one index
		return nil
	case prefix != "" && scattered:
		return []try{p.amongTokens(where, prefix), p.walk(shortSerialWalk, devicegroup.HasSerialPrefix(prefix)), p.sortAll(smallest)}
	case inRange && !indexed && p.column == device.FieldID:
		return []try{p.sortAll(false)} // the index holds all that the sorting needs
	case !own && (counted || removed):
		return []try{p.walk(briefWalk), p.amongTokens(where, ""), p.byCounts(where, smallest), p.sortAll(smallest)}
	case prefix != "":
		return []try{p.walk(briefWalk), p.seek(shortSeek), p.walk(shortWalk), p.walk(longWalk), p.sortAll(smallest)}
	}
	tries := []try{p.walk(shortWalk)}
	if scattered {
		tries = []try{p.walk(shortSerialWalk)}
	}
	if !indexed {
		return tries
	}
	if !smallest { // there, looking for a few costs as much as looking for all
		tries = append(tries, p.seek(shortSeek))
	}
	if !scattered {
		tries = append(tries, p.walk(longWalk))
	}
	return append(tries, p.sortAll(smallest))
}

// amongTokens walks by serial number where the filter's tokens have any.
func (p *devicePage) amongTokens(where *ent.DeviceWhereInput, prefix string) try {
	return func(ctx context.Context) (ids []gid.ID, ok bool, err error) {
		tokens := where.AbmTokenIDIn
		if where.AbmTokenID != nil {
			tokens = []gid.ID{*where.AbmTokenID}
		}
		if len(tokens) == 0 || p.column != device.FieldSerialNumber {
			return nil, false, nil
		}
		begin, known, err := inventory.Beginnings(ctx, p.db, tokens)
		if err != nil || !known {
			return nil, false, err
		}
		begin = slices.DeleteFunc(begin, func(b string) bool {
			elsewhere := !strings.HasPrefix(b, prefix) && !strings.HasPrefix(prefix, b)
			return elsewhere || b < p.from[:min(len(b), len(p.from))] || p.to != "" && b > p.to
		})
		if len(begin) == 0 {
			return nil, true, nil
		}
		last := begin[len(begin)-1]
		if strings.HasPrefix(prefix, last) {
			last = prefix
		}
		bounds := []predicate.Device{devicegroup.SerialsBetween(max(prefix, begin[0], p.from), last)}
		if p.to != "" && (p.to < last || strings.HasPrefix(p.to, last)) {
			bounds = []predicate.Device{device.SerialNumberLTE(p.to), bounds[0]}
		}
		return p.walk(shortSerialWalk, bounds...)(ctx)
	}
}

// byCounts walks as far as the kept counts say that it takes, if that is less work than sorting whatever matches.
func (p *devicePage) byCounts(where *ent.DeviceWhereInput, removed bool) try {
	return func(ctx context.Context) (ids []gid.ID, ok bool, err error) {
		all, err := inventory.Total(ctx, p.db, nil, nil, true, true)
		if err != nil {
			return nil, false, err
		}
		kept := ent.DeviceWhereInput{
			AbmTokenID: where.AbmTokenID, AbmTokenIDIn: where.AbmTokenIDIn, Platform: where.Platform, PlatformIn: where.PlatformIn,
			RemovedAtIsNil: where.RemovedAtIsNil, RemovedAtNotNil: where.RemovedAtNotNil,
		}
		k, known := keptOf(kept)
		if !known {
			return nil, false, nil
		}
		matching, err := inventory.Total(ctx, p.db, k.tokens, k.platforms, k.present, k.gone)
		if err != nil || matching == 0 {
			return nil, false, err
		}
		steps, costs := p.rows*(all/matching+1), 2 // of a step, as a multiple of what a row costs that is sorted
		if p.column == device.FieldSerialNumber {
			costs = 8
		}
		if matching < steps*costs {
			return nil, false, nil
		}
		return p.walk(3 * steps)(ctx)
	}
}

// find gives the identifiers of the page's rows, in no order; found is false when no try could tell.
func (p *devicePage) find(ctx context.Context, tries []try) (ids []gid.ID, found bool, err error) {
	for _, try := range tries {
		if ids, found, err = try(ctx); found || err != nil {
			break
		}
	}
	return ids, found, err
}

// walk looks at so many rows in the order of the list, of those within the bounds.
func (p *devicePage) walk(rows int, bounds ...predicate.Device) try {
	return func(ctx context.Context) (ids []gid.ID, ok bool, err error) {
		q := p.db.Device.Query().Where(p.matches).Limit(p.rows)
		q.Modify(func(s *sql.Selector) {
			s.WithContext(assignment.RowByRow(ctx))
			along := from(s.Dialect(), searchable(s.Dialect(), p.matches)...).Limit(rows)
			for _, bound := range bounds {
				bound(along)
			}
			p.position(along)
			p.sort(along)
			s.From(along.As(device.Table))
			p.sort(s)
		})
		err = q.Select(device.FieldID).Scan(ctx, &ids)
		return ids, len(ids) == p.rows, err
	}
}

// matching are the rows that match, with what the page is ordered by. With removed, they are looked for among the removed devices only.
func (p *devicePage) matching(dialectName string, removed bool) *sql.Selector {
	matching := from(dialectName, slices.Compact([]string{device.FieldID, p.column})...)
	if removed {
		amongRemoved(p.matches)(matching)
	}
	p.matches(matching)
	return matching
}

// seek sorts so many of the rows that match; if more do, it cannot tell.
func (p *devicePage) seek(rows int) try {
	return func(ctx context.Context) (ids []gid.ID, ok bool, err error) {
		q := p.db.Device.Query()
		q.Modify(func(s *sql.Selector) {
			matching := p.matching(s.Dialect(), false)
			if s.Dialect() == dialect.Postgres { // with the limit it would go through the whole table where it believes that many match
				all := matching
				matching = sql.Dialect(s.Dialect()).Select().From(sql.Table("matching")).Prefix(sql.ExprFunc(func(b *sql.Builder) {
					b.WriteString("WITH matching AS MATERIALIZED (").Join(all).WriteString(") ")
				}))
			}
			matching.Limit(rows + 1)
			page := sql.Dialect(s.Dialect()).Select(device.FieldID).From(sql.Table("found").As(device.Table)).Limit(p.rows)
			p.position(page)
			p.sort(page)
			s.Prefix(sql.ExprFunc(func(b *sql.Builder) {
				b.WriteString("WITH found AS MATERIALIZED (").Join(matching).WriteString("), page AS (").Join(page).WriteString(") ")
			}))
			s.From(sql.Table("page")).Select(device.FieldID)
			// One more row, below all identifiers, has the number of those found.
			s.UnionAll(sql.Dialect(s.Dialect()).SelectExpr(sql.Raw("-count(*)")).From(sql.Table("found")))
		})
		if err := q.Select().Scan(ctx, &ids); err != nil {
			return nil, false, err
		}
		ids = slices.DeleteFunc(ids, func(id gid.ID) bool {
			if id <= 0 {
				ok = int(-id) <= rows
			}
			return id <= 0
		})
		return ids, ok, nil
	}
}

// sortAll sorts whatever matches, and keeps no more than the page of it. The limit, which nothing reaches, keeps the databases from walking
// along the order after all.
func (p *devicePage) sortAll(removed bool) try {
	return func(ctx context.Context) (ids []gid.ID, ok bool, err error) {
		q := p.db.Device.Query().Limit(p.rows)
		q.Modify(func(s *sql.Selector) {
			s.From(p.matching(s.Dialect(), removed).Limit(unbounded).As(device.Table))
			p.position(s)
			p.sort(s)
		})
		err = q.Select(device.FieldID).Scan(ctx, &ids)
		return ids, true, err
	}
}

func from(dialectName string, columns ...string) *sql.Selector {
	return sql.Dialect(dialectName).Select(columns...).From(sql.Table(device.Table))
}

func (p *devicePage) position(s *sql.Selector) {
	for _, cursor := range p.cursors {
		cursor(s)
	}
}

func (p *devicePage) sort(s *sql.Selector) {
	for _, column := range slices.Compact([]string{p.column, device.FieldID}) {
		if p.desc {
			s.OrderBy(sql.Desc(s.C(column)))
		} else {
			s.OrderBy(sql.Asc(s.C(column)))
		}
	}
}
