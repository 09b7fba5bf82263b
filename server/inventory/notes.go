package inventory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// Notes say what is true of few devices. A first sync writes none for most of its devices, while an index on devices would be kept up for all.

// notes are what an Apply, or a change of profiles, writes and removes.
type notes struct {
	write  []deviceNote
	remove map[devicenote.Kind][]int64
}

// deviceNote is a row of device_notes to be written.
type deviceNote struct {
	Device int64           `json:"d"`
	Kind   devicenote.Kind `json:"k"`
	At     any             `json:"a"` // as both databases take a time
}

// see works out what a record that led from was to next means for the notes. was is nil for a new device, next has its id.
func (n *notes) see(was, next *row, now time.Time) {
	known := was != nil
	gone := next.RemovedAt.set
	// The deadline.
	had := known && !was.RemovedAt.set && was.MDMMigrationDeadline.set
	has := !gone && next.MDMMigrationDeadline.set
	switch {
	case has && (!had || was.MDMMigrationDeadline != next.MDMMigrationDeadline):
		n.add(next.ID, devicenote.KindMigration, next.MDMMigrationDeadline)
	case had && !has:
		n.drop(next.ID, devicenote.KindMigration)
	}
	// The profile. A device that has fetched one was activated; whatever Apple has instead later waits for its erasure (field-notes 22).
	switch {
	case gone && known && !was.RemovedAt.set:
		n.drop(next.ID, devicenote.KindActivated)
		n.drop(next.ID, devicenote.KindReplacement)
	case known && next.AppleProfileStatus == pushed && was.AppleProfileStatus != pushed:
		n.drop(next.ID, devicenote.KindActivated)
	case gone || next.AppleProfileStatus == pushed:
	case known && !was.RemovedAt.set && was.AppleProfileStatus == pushed:
		n.add(next.ID, devicenote.KindActivated, at(now))
	case !known && next.AppleProfileStatus == "assigned" && next.AppleProfilePushedAt.set: // Apple kept the time of the fetch
		n.add(next.ID, devicenote.KindActivated, next.AppleProfilePushedAt)
	}
	// Apple tells which device a new one replaces only when it is asked.
	if replaces(next) && !gone && (!known || was.RemovedAt.set || !replaces(was)) {
		n.add(next.ID, devicenote.KindReplacement, at(now))
	}
}

// replaces tells whether Apple says that the device replaces another.
func replaces(r *row) bool { return strings.Contains(r.AppleExtra, `"is_replacement_device":true`) }

func (n *notes) add(device int64, kind devicenote.Kind, when timestamp) {
	n.write = append(n.write, deviceNote{device, kind, when.text()})
}

func (n *notes) drop(device int64, kind devicenote.Kind) {
	if n.remove == nil {
		n.remove = map[devicenote.Kind][]int64{}
	}
	n.remove[kind] = append(n.remove[kind], device)
}

// store writes them inside tx.
func (n *notes) store(ctx context.Context, tx *store.Tx) error {
	for kind, devices := range n.remove {
		if err := dropNotes(ctx, tx, devices, kind); err != nil {
			return err
		}
	}
	if len(n.write) == 0 {
		return nil
	}
	slices.SortFunc(n.write, func(a, b deviceNote) int { return int(a.Device - b.Device) }) // in one order, as devices are locked
	list, err := json.Marshal(n.write)
	if err != nil {
		return err
	}
	values := "SELECT value ->> '$.d' AS d, value ->> '$.k' AS k, value ->> '$.a' AS a FROM json_each($1) WHERE true"
	if tx.Dialect() == dialect.Postgres {
		values = "SELECT d, k, a FROM json_to_recordset($1::json) AS list(d bigint, k text, a timestamptz)"
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO device_notes (device_id, kind, at) SELECT d, k, a FROM ("+values+
		") AS v WHERE true ON CONFLICT (device_id, kind) DO UPDATE SET at = excluded.at", string(list))
	if err != nil {
		return fmt.Errorf("writing notes of devices: %w", err)
	}
	return nil
}

// ofPresent are the notes that a device has for as long as it is present. Apple's pause stays: it holds for a device that comes back.
var ofPresent = []devicenote.Kind{devicenote.KindMigration, devicenote.KindActivated, devicenote.KindReplacement}

// isOf is the condition that a note is of one of the kinds.
func isOf(kinds ...devicenote.Kind) string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = "'" + string(kind) + "'"
	}
	return "kind IN (" + strings.Join(names, ", ") + ")"
}

// listed selects the identifiers that the statement's n-th parameter lists as JSON.
func listed(tx *store.Tx, n int) string {
	parameter := "$" + strconv.Itoa(n)
	if tx.Dialect() == dialect.Postgres {
		return "SELECT json_array_elements_text(" + parameter + "::json)::bigint"
	}
	return "SELECT value FROM json_each(" + parameter + ")"
}

// dropNotes removes notes of some kinds of devices inside tx.
func dropNotes(ctx context.Context, tx *store.Tx, devices []int64, kinds ...devicenote.Kind) error {
	if len(devices) == 0 {
		return nil
	}
	list, err := json.Marshal(devices)
	if err != nil {
		return err
	}
	values := listed(tx, 1)
	query := "DELETE FROM device_notes WHERE device_id IN (" + values + ") AND " + isOf(kinds...)
	if _, err := tx.ExecContext(ctx, query, string(list)); err != nil {
		return fmt.Errorf("removing notes of devices: %w", err)
	}
	return nil
}

// Reassigned notes inside tx, before the rows are changed, which of the devices had fetched a profile: the one that Apple has now acts when
// they are erased.
func Reassigned(ctx context.Context, tx *store.Tx, token gid.ID, devices []gid.ID, now time.Time) error {
	if len(devices) == 0 {
		return nil
	}
	list, err := json.Marshal(rawIDs(devices))
	if err != nil {
		return err
	}
	values := listed(tx, 3)
	// + 0: else PostgreSQL, while it has no statistics, goes through all devices of the token.
	_, err = tx.ExecContext(ctx, "INSERT INTO device_notes (device_id, kind, at) SELECT id, 'ACTIVATED', $1 FROM devices WHERE abm_token_id + 0 = $2 AND removed_at IS NULL"+
		" AND apple_profile_status = '"+pushed+"' AND id IN ("+values+") ORDER BY id ON CONFLICT (device_id, kind) DO NOTHING", at(now).text(), int64(token), string(list))
	if err != nil {
		return fmt.Errorf("writing notes of devices: %w", err)
	}
	return nil
}

// Paused notes inside tx that Apple wants the profiles of the devices left alone until then.
func Paused(ctx context.Context, tx *store.Tx, devices []gid.ID, until time.Time) error {
	list, err := json.Marshal(rawIDs(devices))
	if err != nil {
		return err
	}
	values := listed(tx, 2)
	_, err = tx.ExecContext(ctx, "INSERT INTO device_notes (device_id, kind, at) SELECT id, 'PAUSE', $1 FROM devices WHERE id IN ("+values+
		") ORDER BY id ON CONFLICT (device_id, kind) DO UPDATE SET at = excluded.at", at(until).text(), string(list))
	if err != nil {
		return fmt.Errorf("writing notes of devices: %w", err)
	}
	return nil
}

// ForgetPauses removes the pauses that are over, and those that a clock that was far ahead left behind.
func ForgetPauses(ctx context.Context, tx *store.Tx, now, latest time.Time) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM device_notes WHERE kind = 'PAUSE' AND (at <= $1 OR at > $2)", at(now).text(), at(latest).text())
	if err != nil {
		return fmt.Errorf("removing notes of devices: %w", err)
	}
	return nil
}
