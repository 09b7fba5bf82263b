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

// record writes what happened to a device, in the transaction of what it tells of.
func record(ctx context.Context, tx *store.Tx, device gid.ID, kind deviceevent.Kind, what changes, now time.Time) error {
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
	_, err := tx.ExecContext(ctx, "INSERT INTO device_events (device_id, abm_token_id, kind, at, changes, unannounced)"+
		" SELECT id, abm_token_id, $2, $3, "+value+", false FROM devices WHERE id = $1", int64(device), string(kind), now.UTC(), text)
	if err != nil {
		return fmt.Errorf("writing the device's event: %w", err)
	}
	return nil
}
