package graph

import (
	"context"

	"entgo.io/contrib/entgql"
	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/ent/predicate"
)

// byDeadline tells whether a list is by migration deadline.
func byDeadline(o *ent.DeviceOrder) bool {
	return o != nil && o.Field.String() == ent.DeviceOrderFieldMdmMigrationDeadline.String()
}

// devicesByDeadline is a page of the devices that have a migration deadline, in its order. Few have one: their notes are walked along, which have
// the deadlines in an index, and each note's device is looked at. matches is nil for all.
func devicesByDeadline(ctx context.Context, db *ent.Client, matches predicate.Device, after *cursor, first *int, before *cursor, last *int, orderBy *ent.DeviceOrder,
) (*ent.DeviceConnection, error) {
	notes := db.DeviceNote.Query().Where(devicenote.KindEQ(devicenote.KindMigration))
	if matches != nil {
		notes.Where(func(s *sql.Selector) {
			that := from(s.Dialect(), device.FieldID)
			matches(that)
			s.Where(sql.Exists(that.Where(sql.ColumnsEQ(that.C(device.FieldID), s.C(devicenote.FieldDeviceID)))))
		})
	}
	total, err := notes.Clone().Count(ctx)
	if err != nil {
		return nil, err
	}
	direction, rows := orderBy.Direction, 0
	if first != nil {
		rows = *first + 1
	} else {
		direction, rows = direction.Reverse(), *last+1
	}
	for _, position := range entgql.CursorsPredicate(after, before, devicenote.FieldDeviceID, devicenote.FieldAt, direction) {
		notes.Where(position)
	}
	order := []sql.OrderTermOption{}
	if direction == entgql.OrderDirectionDesc {
		order = append(order, sql.OrderDesc())
	}
	page := []int64{}
	if err := notes.Order(devicenote.ByAt(order...), devicenote.ByDeviceID(order...)).Limit(rows).Select(devicenote.FieldDeviceID).Scan(ctx, &page); err != nil {
		return nil, err
	}
	// The page is then read by its identifiers; what is before and after it is worked out as for any list.
	connection, err := db.Device.Query().Where(func(s *sql.Selector) {
		ids := []any{0} // no device's: an empty list would make SQLite read all of them
		for _, id := range page {
			ids = append(ids, id)
		}
		s.Where(sql.In(s.C(device.FieldID), ids...))
	}).Paginate(ctx, after, first, before, last, ent.WithDeviceOrder(orderBy))
	if err == nil {
		connection.TotalCount = total
	}
	return connection, err
}
