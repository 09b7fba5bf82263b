package graph

import (
	"context"

	"entgo.io/contrib/entgql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
)

// deviceEvents reads a page of the events for which p holds, in the order in which they were found or against it.
func (r *Resolver) deviceEvents(ctx context.Context, p predicate.DeviceEvent, order entgql.OrderDirection, after *cursor, first *int, before *cursor, last *int) (*ent.DeviceEventConnection, error) {
	first, last, err := window(gid.DeviceEvent, nil, after, before, first, last)
	if err != nil {
		return nil, err
	}
	return r.DB.Reader().DeviceEvent.Query().Where(p).Paginate(ctx, after, first, before, last,
		ent.WithDeviceEventOrder(&ent.DeviceEventOrder{Direction: order}))
}
