package syncer_test

import (
	"context"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// TestFirstSyncOfKnownDevices: the first sync of a token takes its devices for new ones, which is wrong for those that another
// token had, and for those of a page that Apple repeats.
func TestFirstSyncOfKnownDevices(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 900, PageSize: 100})
		s.Start(t)
		old, oldServer := s.Connect(t, "old")
		moved, err := s.Sim.AssignCount(oldServer.ID(), 300)
		must(t, err)
		succeeded(t, s.Sync(t, old.ID, false))

		token, server := s.Connect(t, "new")
		_, err = s.Sim.AssignCount(server.ID(), 350)
		must(t, err)
		must(t, s.Sim.Assign(server.ID(), moved[:40]...))
		_, err = s.Sim.AssignCount(server.ID(), 150)
		must(t, err)
		must(t, s.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultRepeatedPage, Endpoints: []string{"/server/devices"}, After: 1, Times: 1}}))
		run := succeeded(t, s.Sync(t, token.ID, false))
		if run.Added != 540 || run.Modified != 0 {
			t.Errorf("first run: %v", run)
		}
		succeeded(t, s.Sync(t, old.ID, false))
		s.AssertInventory(t, token.ID, server)
		s.AssertInventory(t, old.ID, oldServer)
	})
}

// TestQuietSyncWritesNoDevice: when nothing changed, a periodic sync is one request, and writes neither devices nor events nor
// marks nor counts.
func TestQuietSyncWritesNoDevice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC))
		s := stack.New(t, db, stack.Options{Devices: 300, PageSize: 100, Clock: clock})
		s.Start(t)
		token, server := s.Connect(t, "quiet")
		_, err := s.Sim.AssignCount(server.ID(), 300)
		must(t, err)
		succeeded(t, s.Sync(t, token.ID, false))
		for _, table := range []string{"devices", "device_events", "sync_marks", "device_counts"} {
			for _, change := range []string{"INSERT", "UPDATE", "DELETE"} {
				forbid(t, db, table, change)
			}
		}
		clock.Advance(time.Minute)
		must(t, s.Syncs.StartPeriodic(context.Background(), token.ID, 5*time.Minute))
		run := succeeded(t, s.Wait(t, db.Reader().SyncRun.Query().Where(syncrun.TriggerEQ(syncrun.TriggerPeriodic)).OnlyX(t.Context()).ID))
		if run.Requests != 1 || run.Pages != 1 || run.DevicesSeen != 0 {
			t.Errorf("%v", run)
		}
	})
}

// forbid makes the database refuse a change of a table.
func forbid(t *testing.T, db *store.Store, table, change string) {
	t.Helper()
	name := "forbid_" + table + "_" + change
	statements := []string{"CREATE TRIGGER " + name + " BEFORE " + change + " ON " + table + " BEGIN SELECT RAISE(ABORT, '" + name + "'); END"}
	if db.IsPostgres() {
		statements = []string{
			"CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '" + name + "'; END $$",
			"CREATE TRIGGER " + name + " BEFORE " + change + " ON " + table + " FOR EACH ROW EXECUTE FUNCTION " + name + "()",
		}
	}
	for _, statement := range statements {
		if _, err := db.DB().Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}
