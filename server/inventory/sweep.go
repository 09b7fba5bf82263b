package inventory

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncmark"
	"github.com/guardmdm/guardmdm/server/store"
)

// Mark remembers inside tx that a page of the full fetch named these devices.
//
// Marks are rows of their own, a few bytes a device, so that a full fetch does not rewrite a million rows only to say that
// it saw them.
func Mark(ctx context.Context, tx *store.Tx, token gid.ID, generation int, ids []gid.ID) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.SyncMark.Create().SetAbmTokenID(token).SetGeneration(generation).SetDeviceIds(encodeIDs(ids)).Exec(ctx)
}

// encodeIDs writes sorted ids as the differences between them.
func encodeIDs(ids []gid.ID) []byte {
	buf := make([]byte, 0, 2*len(ids)+8)
	var last gid.ID
	for _, id := range ids {
		buf = binary.AppendUvarint(buf, uint64(id-last))
		last = id
	}
	return buf
}

func decodeIDs(buf []byte, each func(gid.ID)) error {
	var last gid.ID
	for len(buf) > 0 {
		d, n := binary.Uvarint(buf)
		if n <= 0 {
			return fmt.Errorf("inventory: a mark of the full fetch is damaged")
		}
		last += gid.ID(d)
		each(last)
		buf = buf[n:]
	}
	return nil
}

// Seen is the set of devices that a full fetch named: one bit a row of the devices table.
type Seen struct{ bits []uint64 }

func (s *Seen) add(id gid.ID) {
	n := uint64(id) - uint64(gid.Device.Start())
	for uint64(len(s.bits)) <= n/64 {
		s.bits = append(s.bits, make([]uint64, max(1024, len(s.bits)))...)
	}
	s.bits[n/64] |= 1 << (n % 64)
}

func (s *Seen) has(id gid.ID) bool {
	n := uint64(id) - uint64(gid.Device.Start())
	return n/64 < uint64(len(s.bits)) && s.bits[n/64]&(1<<(n%64)) != 0
}

// LoadSeen reads the marks of a full fetch.
func LoadSeen(ctx context.Context, db *store.Store, token gid.ID, generation int) (*Seen, error) {
	seen := &Seen{}
	for after := gid.ID(0); ; {
		marks, err := db.Reader().SyncMark.Query().
			Where(syncmark.AbmTokenID(token), syncmark.Generation(generation), syncmark.IDGT(after)).
			Order(syncmark.ByID()).Limit(500).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading the marks of the full fetch: %w", err)
		}
		for _, m := range marks {
			if err := decodeIDs(m.DeviceIds, seen.add); err != nil {
				return nil, err
			}
			after = m.ID
		}
		if len(marks) < 500 {
			return seen, nil
		}
	}
}

// sweepChunk bounds how many rows one step of a sweep reads or changes.
const sweepChunk = 5000

// Missing gives the present devices of the token that the full fetch did not name, and how many present ones there are.
func Missing(ctx context.Context, db *store.Store, token gid.ID, seen *Seen) (missing []gid.ID, present int, err error) {
	for after := gid.ID(0); ; {
		ids, err := nextPresent(ctx, db, token, after)
		if err != nil {
			return nil, 0, fmt.Errorf("reading the token's devices: %w", err)
		}
		present += len(ids)
		for _, id := range ids {
			if !seen.has(id) {
				missing = append(missing, id)
			}
		}
		if len(ids) < sweepChunk {
			return missing, present, nil
		}
		after = ids[len(ids)-1]
	}
}

// nextPresent reads the next present devices of the token after an id.
func nextPresent(ctx context.Context, db *store.Store, token, after gid.ID) (ids []gid.ID, err error) {
	read := func(ctx context.Context, client *ent.Client) (err error) {
		ids, err = client.Device.Query().
			Where(device.AbmTokenID(token), device.IDGT(after), device.RemovedAtIsNil()).
			Order(device.ByID()).Limit(sweepChunk).IDs(ctx)
		return err
	}
	if !db.IsPostgres() {
		err = read(ctx, db.Reader())
		return ids, err
	}
	// A table that has just been filled has no statistics. The planner would read and sort all of it for each chunk, which a
	// million devices turn into minutes.
	err = db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.ExecContext(ctx, "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"); err != nil {
			return err
		}
		return read(ctx, tx.Client)
	})
	return ids, err
}

// Chunks cuts what a sweep removes into pieces for transactions of their own.
func Chunks(ids []gid.ID) iter.Seq[[]gid.ID] { return slices.Chunk(ids, sweepChunk) }

// Remove turns present devices of the token into tombstones inside tx, with their events and counts, and tells how many there were.
func Remove(ctx context.Context, tx *store.Tx, o Origin, ids []gid.ID, now time.Time) (int, error) {
	return remove(ctx, tx, o, ids, deviceevent.KindRemoved, now)
}

// Disowned is Remove for devices that were released from the organization at our word, which by had us give.
func Disowned(ctx context.Context, tx *store.Tx, token gid.ID, by string, ids []gid.ID, now time.Time) (int, error) {
	return remove(ctx, tx, Origin{Token: token, Kind: Changes, By: by}, ids, deviceevent.KindDisowned, now)
}

func remove(ctx context.Context, tx *store.Tx, o Origin, ids []gid.ID, kind deviceevent.Kind, now time.Time) (int, error) {
	list, err := json.Marshal(rawIDs(ids))
	if err != nil {
		return 0, err
	}
	values := listed(tx, 3)
	rows, err := tx.QueryContext(ctx, "UPDATE devices SET removed_at = $1, changed_at = $1 WHERE abm_token_id = $2 AND removed_at IS NULL AND id IN ("+
		values+") RETURNING serial_number, platform, added_at", at(now).text(), int64(o.Token), string(list))
	if err != nil {
		return 0, fmt.Errorf("removing devices: %w", err)
	}
	defer rows.Close()
	var events []event
	counts := newTally(now)
	for rows.Next() {
		was := row{attributes: &attributes{}, ABMTokenID: int64(o.Token)}
		if err := rows.Scan(&was.SerialNumber, &was.Platform, &was.AddedAt); err != nil {
			return 0, fmt.Errorf("removing a device: %w", err)
		}
		next := was
		next.RemovedAt = at(now)
		counts.move(&was, &next)
		events = append(events, event{Serial: was.SerialNumber, Kind: kind})
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return 0, fmt.Errorf("removing devices: %w", err)
	}
	if err := dropNotes(ctx, tx, rawIDs(ids), ofPresent...); err != nil {
		return 0, err
	}
	if err := record(ctx, tx, o, events, now); err != nil {
		return 0, err
	}
	return len(events), counts.write(ctx, tx)
}

func rawIDs(ids []gid.ID) []int64 {
	raw := make([]int64, len(ids))
	for i, id := range ids {
		raw[i] = int64(id)
	}
	return raw
}

// RemoveAll turns every present device of the token, which by deletes, into a tombstone inside tx and tells how many there were.
func RemoveAll(ctx context.Context, tx *store.Tx, token gid.ID, by string, now time.Time) (int, error) {
	_, err := tx.ExecContext(ctx, "INSERT INTO device_events (device_id, abm_token_id, kind, at, requested_by, unannounced)"+
		" SELECT id, abm_token_id, 'REMOVED', $1, $3, false FROM devices WHERE abm_token_id = $2 AND removed_at IS NULL", at(now).text(), int64(token), by)
	if err != nil {
		return 0, fmt.Errorf("writing the devices' events: %w", err)
	}
	// What was still to be said to Apple about them cannot be said any more.
	if _, err := tx.AssignmentItem.Delete().Where(assignmentitem.AbmTokenID(token)).Exec(ctx); err != nil {
		return 0, fmt.Errorf("dropping the token's assignments: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM device_notes WHERE device_id IN (SELECT id FROM devices WHERE abm_token_id = $1) AND "+isOf(ofPresent...), int64(token)); err != nil {
		return 0, fmt.Errorf("removing notes of devices: %w", err)
	}
	n, err := tx.Device.Update().Where(device.AbmTokenID(token), device.RemovedAtIsNil()).
		SetRemovedAt(now).SetChangedAt(now).Save(ctx)
	if err != nil {
		return 0, fmt.Errorf("removing the token's devices: %w", err)
	}
	return n, Recount(ctx, tx, token, now)
}

// Swept ends the full fetch of the generation inside tx. Its marks are dropped. A reconciliation also counts the devices anew: a
// clock that was wrong for a while can have put what is kept by day out of step. An import has just counted them one by one.
func Swept(ctx context.Context, tx *store.Tx, o Origin, generation int, now time.Time) error {
	if err := ForgetMarks(ctx, tx, o.Token, generation); err != nil || o.Kind == Import {
		return err
	}
	return Recount(ctx, tx, o.Token, now)
}

// ForgetMarks drops the marks of full fetches inside tx: all up to the generation.
func ForgetMarks(ctx context.Context, tx *store.Tx, token gid.ID, generation int) error {
	_, err := tx.SyncMark.Delete().Where(syncmark.AbmTokenID(token), syncmark.GenerationLTE(generation)).Exec(ctx)
	return err
}
