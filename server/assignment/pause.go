package assignment

import (
	"context"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

// Apple can ask that one device be left alone for a while (THROTTLED, protocol reference 8). Asking earlier makes it worse, whichever profile is wanted
// by then, and whether one was wanted all the time: the pause is kept with the device, not with what was to be told.

const pauseMessage = "Apple wants a pause before the device's profile is changed again."

// pausedUntil is until when Apple is told nothing of the device; zero if it may be told now. A clock that was far ahead leaves no pause behind.
func (d *stand) pausedUntil(now time.Time) time.Time {
	if !d.Pause.After(now) || d.Pause.After(now.Add(latest)) {
		return time.Time{}
	}
	return d.Pause
}

// keepPause keeps what Apple asked for. It holds too for what was decided about the devices while Apple was being told something else.
func keepPause(ctx context.Context, tx *store.Tx, devices []gid.ID, until time.Time) error {
	if len(devices) == 0 {
		return nil
	}
	if err := inventory.Paused(ctx, tx, devices, until); err != nil {
		return err
	}
	in, list := idsIn("device_id", tx.Dialect(), 1, devices)
	_, err := tx.ExecContext(ctx, "UPDATE assignment_items SET state = $2, due_at = $3, attempts = 0, error_code = $4, error_message = $5 WHERE "+in+
		" AND state <> $2 AND error_code <> '"+sending+"'", list, string(assignmentitem.StateThrottled), until, abm.AssignThrottled, pauseMessage)
	if err != nil {
		return fmt.Errorf("keeping Apple's pause: %w", err)
	}
	return nil
}
