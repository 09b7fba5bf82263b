package mdm

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// changes are the fields of an event: {"name": [before, after]}.
type changes map[string][2]any

// record writes what happened to a device, in the transaction of what it tells of. by is whose act it was; empty: the device's.
func record(ctx context.Context, tx *store.Tx, device gid.ID, kind deviceevent.Kind, what changes, by string, now time.Time) error {
	var text any
	if len(what) > 0 {
		list, err := json.Marshal(what)
		if err != nil {
			return err
		}
		text = string(list)
	}
	value := "$4"
	if tx.Dialect() == dialect.Postgres {
		value = "$4::jsonb"
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO device_events (device_id, abm_token_id, kind, at, changes, requested_by, unannounced)"+
		" SELECT id, abm_token_id, $2, $3, "+value+", $5, false FROM devices WHERE id = $1", int64(device), string(kind), now.UTC(), text, by)
	if err != nil {
		return fmt.Errorf("writing the device's event: %w", err)
	}
	return nil
}
