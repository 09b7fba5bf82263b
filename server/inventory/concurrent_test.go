package inventory_test

import (
	"context"
	"errors"
	"sync"
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

// A process that is stopped while it copies devices is cut off, and its locks with it: PostgreSQL would wait for it for as long as it stands.
func TestStalledCopiesAreEnded(t *testing.T) {
	db := dbtest.Open(t, "postgres")
	const lock, isFree = "SELECT pg_advisory_xact_lock_shared(42)", "SELECT pg_try_advisory_lock(42)"
	begun, goOn, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	var once sync.Once
	go func() {
		ended <- db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.ExecContext(ctx, lock); err != nil {
				return err
			}
			return tx.CopyIn(ctx, "COPY devices (id, serial_number) FROM STDIN", func(func([]byte) bool) {
				once.Do(func() { close(begun) })
				<-goOn
			})
		})
	}()
	<-begun
	conn, err := db.DB().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	free := func() (is bool) {
		if err := conn.QueryRowContext(t.Context(), isFree).Scan(&is); err != nil {
			t.Error(err)
		}
		return is
	}
	end := func(patience time.Duration) int {
		n, err := inventory.EndStalledCopies(t.Context(), db, patience)
		if err != nil {
			t.Error(err)
		}
		return n
	}
	if n := end(time.Hour); n != 0 || free() {
		t.Errorf("a copy that has just begun: %d ended", n)
	}
	for deadline := time.Now().Add(10 * time.Second); end(0) == 0; time.Sleep(time.Millisecond) { // until PostgreSQL waits
		if time.Now().After(deadline) {
			t.Fatal("it was not ended")
		}
	}
	for deadline := time.Now().Add(10 * time.Second); !free(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("its locks are still held")
		}
	}
	if _, err := conn.ExecContext(t.Context(), "SELECT pg_advisory_unlock(42)"); err != nil {
		t.Error(err)
	}
	close(goOn)
	select { // whether the transaction is repeated or fails, it ends: once it waited for itself
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Error("a transaction that lost its connection while it copied does not end")
	}
}
