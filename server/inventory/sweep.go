package inventory

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
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

// sweepChunk bounds how many rows one step of a sweep looks at.
const sweepChunk = 5000

// Missing gives the present devices of the token, after the given id, that the full fetch did not name, among the next rows;
// next is where to go on, 0 at the end.
func Missing(ctx context.Context, db *store.Store, token gid.ID, seen *Seen, after gid.ID) (missing []gid.ID, next gid.ID, err error) {
	ids, err := db.Reader().Device.Query().
		Where(device.AbmTokenID(token), device.IDGT(after), device.RemovedAtIsNil()).
		Order(device.ByID()).Limit(sweepChunk).IDs(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("reading the token's devices: %w", err)
	}
	for _, id := range ids {
		if !seen.has(id) {
			missing = append(missing, id)
		}
	}
	if len(ids) == sweepChunk {
		next = ids[len(ids)-1]
	}
	return missing, next, nil
}

// Remove turns present devices of the token into tombstones inside tx and tells how many there were.
func Remove(ctx context.Context, tx *store.Tx, token gid.ID, ids []gid.ID, now time.Time) (int, error) {
	total := 0
	for len(ids) > 0 {
		n := min(len(ids), 500)
		changed, err := tx.Device.Update().
			Where(device.IDIn(ids[:n]...), device.AbmTokenID(token), device.RemovedAtIsNil()).
			SetRemovedAt(now).SetChangedAt(now).Save(ctx)
		if err != nil {
			return total, fmt.Errorf("removing devices: %w", err)
		}
		total += changed
		ids = ids[n:]
	}
	return total, nil
}

// RemoveAll turns every present device of the token into a tombstone inside tx and tells how many there were.
func RemoveAll(ctx context.Context, tx *store.Tx, token gid.ID, now time.Time) (int, error) {
	n, err := tx.Device.Update().Where(device.AbmTokenID(token), device.RemovedAtIsNil()).
		SetRemovedAt(now).SetChangedAt(now).Save(ctx)
	if err != nil {
		return 0, fmt.Errorf("removing the token's devices: %w", err)
	}
	return n, nil
}

// ForgetMarks drops the marks of finished full fetches inside tx: all up to the generation.
func ForgetMarks(ctx context.Context, tx *store.Tx, token gid.ID, generation int) error {
	_, err := tx.SyncMark.Delete().Where(syncmark.AbmTokenID(token), syncmark.GenerationLTE(generation)).Exec(ctx)
	return err
}
