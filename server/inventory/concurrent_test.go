package inventory_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// A device that moves is deleted in one token's stream and added in the other's, and both are read at the same moment. The one
// that comes second must see what the first has done: else the device moves although it is gone, and is counted twice.
func TestTwoStreamsAtTheSameMoment_FieldNote04(t *testing.T) {
	db := dbtest.Open(t, "postgres") // on SQLite the second waits before it reads
	noon := time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)
	token := func(name string) gid.ID {
		return db.Ent().ABMToken.Create().SetName(name).SetStateChangedAt(noon).SetCreatedAt(noon).SetUpdatedAt(noon).SaveX(t.Context()).ID
	}
	from, to := token("from"), token("to")
	apply := func(ctx context.Context, tx *store.Tx, token gid.ID, op string, at time.Time) error {
		r, _ := inventory.FromApple(abm.Device{SerialNumber: "F17SIM0001AA", OpType: op, OpDate: at})
		_, err := inventory.Apply(ctx, tx, inventory.Origin{Token: token, Kind: inventory.Changes}, inventory.Fold([]inventory.Record{r}), at)
		return err
	}
	begin := func(token gid.ID, op string, at time.Time) error {
		return db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return apply(ctx, tx, token, op, at) })
	}
	if err := begin(from, "added", noon); err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if err := apply(ctx, tx, from, "deleted", noon.Add(time.Hour)); err != nil {
			return err
		}
		go func() { second <- begin(to, "added", noon.Add(time.Hour+time.Second)) }()
		for waiting := false; !waiting; time.Sleep(time.Millisecond) { // until it waits for our lock
			err := db.DB().QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')").Scan(&waiting)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-second; !errors.Is(err, inventory.ErrConcurrent) {
		t.Fatalf("the second stream did not notice: %v", err)
	}
	if err := begin(to, "added", noon.Add(time.Hour+time.Second)); err != nil {
		t.Fatal(err)
	}
	for i, e := range db.Reader().DeviceEvent.Query().Order(deviceevent.ByID()).AllX(t.Context()) {
		if want := []deviceevent.Kind{deviceevent.KindAdded, deviceevent.KindRemoved, deviceevent.KindReturned}; i >= len(want) || e.Kind != want[i] {
			t.Errorf("event %d: %v", i, e)
		}
	}
}
