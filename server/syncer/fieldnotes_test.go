package syncer_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Field note 1: a cursor that is stored although its page was not loses devices for good. The database itself refuses one row
// in the middle of a page here: then nothing of the page is there, and the cursor is the one before.
func TestCursorIsStoredWithItsPage_FieldNote01(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s, token, server, _ := connected(t, db, 30, stack.Options{PageSize: 10})
		added := s.Sim.AddDevices(10)
		must(t, s.Sim.Assign(server.ID(), added...))
		cursor := db.Reader().ABMToken.GetX(t.Context(), token.ID).StreamCursor
		lift := refuse(t, db, added[5])

		run := s.Sync(t, token.ID, false)
		if run.Status != syncrun.StatusFailed || run.ErrorCode != string(apperr.Internal) {
			t.Fatalf("%v", run)
		}
		if now := db.Reader().ABMToken.GetX(t.Context(), token.ID); now.StreamCursor != cursor {
			t.Error("the cursor moved past a page that was not stored")
		}
		if n := db.Reader().Device.Query().Where(device.SerialNumberIn(added...)).CountX(t.Context()); n != 0 || run.Added != 0 || run.Pages != 0 {
			t.Errorf("%d devices of the page are there; run: %v", n, run)
		}
		lift()
		succeeded(t, s.Sync(t, token.ID, false))
		s.AssertInventory(t, token.ID, server)
		assertCounts(t, db, time.Now(), token.ID)
	})
}

// refuse has the database take no device with the serial number, until lift is called.
func refuse(t *testing.T, db *store.Store, serial string) (lift func()) {
	t.Helper()
	make := []string{`CREATE TRIGGER refuse BEFORE INSERT ON devices WHEN NEW.serial_number = '` + serial + `' BEGIN SELECT RAISE(ABORT, 'refused'); END`}
	drop := "DROP TRIGGER refuse"
	if db.IsPostgres() {
		make = []string{
			`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
			`CREATE TRIGGER refuse BEFORE INSERT ON devices FOR EACH ROW WHEN (NEW.serial_number = '` + serial + `') EXECUTE FUNCTION refuse()`,
		}
		drop = "DROP TRIGGER refuse ON devices"
	}
	for _, statement := range make {
		_, err := db.DB().ExecContext(t.Context(), statement)
		must(t, err)
	}
	return func() {
		_, err := db.DB().ExecContext(context.Background(), drop)
		must(t, err)
	}
}

// Field note 2: peers ask 100,000 times a second for a cursor that does not move. Here it is asked for 4 times, a growing while apart.
func TestStuckCursorBacksOff_FieldNote02(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(time.Date(2026, 11, 1, 9, 2, 0, 0, time.UTC))
		s, token, _, _ := connected(t, db, 30, stack.Options{Clock: clock, PageSize: 10})
		must(t, s.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultRepeatedCursor, Endpoints: []string{"/devices/sync"}}}))
		asked, begin := s.Sim.Requests()["POST /devices/sync"], clock.Now()
		passing(t, clock)
		run := s.Sync(t, token.ID, false)
		if run.ErrorCode != string(apperr.AppleCursorStuck) {
			t.Fatalf("%v", run)
		}
		if n := s.Sim.Requests()["POST /devices/sync"] - asked; n != 4 {
			t.Errorf("asked %d times", n)
		}
		if took := run.FinishedAt.Sub(begin); took < 3*time.Second { // at least half of 1, 2 and 4 seconds
			t.Errorf("gave up after %s", took)
		}
	})
}

// passing lets time pass whenever somebody waits for it, until the end of the test.
func passing(t *testing.T, clock *clockwork.FakeClock) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for ctx.Err() == nil {
			clock.Advance(time.Second)
			time.Sleep(100 * time.Microsecond) // for those who wait on the real network meanwhile
		}
	})
	t.Cleanup(func() { cancel(); wg.Wait() })
}

// A database that goes away for a moment is no reason for a run to fail: it goes on from its last page.
func TestRunSurvivesItsDatabaseConnections(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		if !db.IsPostgres() {
			t.Skip("SQLite has no connections to lose")
		}
		s := stack.New(t, db, stack.Options{Devices: 120, PageSize: 5, Latency: 20 * time.Millisecond})
		s.Start(t)
		token, server := s.Connect(t, "first")
		_, err := s.Sim.AssignCount(server.ID(), 120)
		must(t, err)
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, true, syncrun.TriggerManual)
		must(t, err)
		for range 15 { // some of them in the middle of a transaction
			time.Sleep(20 * time.Millisecond)
			_, _ = db.DB().ExecContext(t.Context(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
		}
		succeeded(t, s.Wait(t, run.ID))
		s.AssertInventory(t, token.ID, server)
		assertCounts(t, db, time.Now(), token.ID)
	})
}
