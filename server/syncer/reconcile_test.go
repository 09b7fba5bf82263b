package syncer_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicecount"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// connected is a stack with a token whose MDM server has devices that were synced.
func connected(t *testing.T, db *store.Store, devices int, o stack.Options) (*stack.Stack, *ent.ABMToken, *simabm.Server, []string) {
	t.Helper()
	o.Devices = devices
	s := stack.New(t, db, o)
	s.Start(t)
	token, server := s.Connect(t, "first")
	serials, err := s.Sim.AssignCount(server.ID(), devices)
	must(t, err)
	succeeded(t, s.Sync(t, token.ID, false))
	return s, token, server, serials
}

func serialToID(t *testing.T, db *store.Store, serial string) gid.ID {
	t.Helper()
	return db.Reader().Device.Query().Where(device.SerialNumber(serial)).OnlyX(t.Context()).ID
}

// history is what the events of a device tell, oldest first.
func history(t *testing.T, db *store.Store, serial string) []string {
	t.Helper()
	var told []string
	events := db.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(serialToID(t, db, serial))).Order(deviceevent.ByID()).AllX(t.Context())
	for _, e := range events {
		line := string(e.Kind)
		if e.Unannounced {
			line += " unannounced"
		}
		var changes map[string][2]any
		if e.Changes != nil {
			must(t, json.Unmarshal(e.Changes, &changes))
		}
		for _, name := range []string{"assetTag", "color", "abmTokenId"} {
			if c, changed := changes[name]; changed {
				line += fmt.Sprintf(" %s %v>%v", name, c[0], c[1])
			}
		}
		told = append(told, line)
	}
	return told
}

func assertHistory(t *testing.T, db *store.Store, serial string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, history(t, db, serial)); diff != "" {
		t.Errorf("history of %s (-want +got):\n%s", serial, diff)
	}
}

// assertCounts fails the test unless the kept counts are those of a recount, and the beginnings of serial numbers are among those that were kept.
func assertCounts(t *testing.T, db *store.Store, now time.Time, tokens ...gid.ID) {
	t.Helper()
	read := func() (rows []string) {
		for _, c := range db.Reader().DeviceCount.Query().Where(devicecount.Or(devicecount.PresentNEQ(0), devicecount.RemovedNEQ(0))).
			Order(devicecount.ByAbmTokenID(), devicecount.ByPlatform(), devicecount.ByDay()).AllX(context.Background()) {
			rows = append(rows, fmt.Sprintf("%s %s day %d: %d present, %d removed", c.AbmTokenID, c.Platform, c.Day, c.Present, c.Removed))
		}
		return rows
	}
	kept, begin := read(), beginnings(t, db, tokens)
	for _, token := range tokens {
		must(t, db.WithTx(context.Background(), func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token, now) }))
	}
	if diff := cmp.Diff(read(), kept); diff != "" {
		t.Errorf("the kept counts differ from a recount (-recount +kept):\n%s", diff)
	}
	for _, b := range beginnings(t, db, tokens) {
		if !slices.Contains(begin, b) {
			t.Errorf("no serial number was known to begin with %q, only with %q", b, begin)
		}
	}
}

func beginnings(t *testing.T, db *store.Store, tokens []gid.ID) []string {
	t.Helper()
	begin, _, err := inventory.Beginnings(context.Background(), db.Reader(), tokens)
	must(t, err)
	return begin
}

func TestEventsAndCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s, first, server, serials := connected(t, db, 40, stack.Options{PageSize: 10})
		second, other := s.Connect(t, "second")
		succeeded(t, s.Sync(t, second.ID, false))
		if n := db.Reader().DeviceEvent.Query().CountX(t.Context()); n != 0 {
			t.Errorf("the first full fetch made %d events; its rows say when they came", n)
		}
		assertCounts(t, db, time.Now(), first.ID, second.ID)

		must(t, s.Sim.Modify(serials[0], func(d *simabm.Device) { d.AssetTag = "A-1" }))
		must(t, s.Sim.Unassign(serials[1]))
		must(t, s.Sim.Assign(other.ID(), serials[2]))
		added := s.Sim.AddDevices(1)[0]
		must(t, s.Sim.Assign(server.ID(), added))
		succeeded(t, s.Sync(t, first.ID, false))
		succeeded(t, s.Sync(t, second.ID, false))
		must(t, s.Sim.Modify(serials[0], func(d *simabm.Device) { d.AssetTag = "A-2" }))
		must(t, s.Sim.Assign(server.ID(), serials[1]))
		succeeded(t, s.Sync(t, first.ID, false))
		succeeded(t, s.Sync(t, first.ID, false))

		assertHistory(t, db, serials[0], "MODIFIED assetTag >A-1", "MODIFIED assetTag A-1>A-2")
		assertHistory(t, db, serials[1], "REMOVED", "RETURNED")
		assertHistory(t, db, added, "ADDED")
		assertHistory(t, db, serials[3])
		moved := history(t, db, serials[2])
		if last := moved[len(moved)-1]; last != fmt.Sprintf("RETURNED abmTokenId %s>%s", first.ID, second.ID) &&
			last != fmt.Sprintf("MOVED abmTokenId %s>%s", first.ID, second.ID) {
			t.Errorf("history of the moved device: %q", moved)
		}
		assertCounts(t, db, time.Now(), first.ID, second.ID)

		_, err := s.Tokens.Delete(stack.Admin(t), first.ID)
		must(t, err)
		assertHistory(t, db, serials[3], "REMOVED")
		assertCounts(t, db, time.Now(), first.ID, second.ID)
	})
}

// miss makes what the changes have missed: our rows are no longer as Apple's changes had made them.
func miss(t *testing.T, db *store.Store, token gid.ID, serials []string) (surplus string) {
	t.Helper()
	ctx := t.Context()
	db.Ent().Device.Update().Where(device.SerialNumber(serials[0])).SetColor("OLD").ExecX(ctx)
	db.Ent().Device.Update().Where(device.SerialNumber(serials[1])).SetRemovedAt(time.Now()).ExecX(ctx)
	surplus = "XSURPLUS0001"
	db.Ent().Device.Create().SetSerialNumber(surplus).SetAbmTokenID(token).SetPlatform(device.PlatformMacOS).
		SetAddedAt(time.Now()).SetChangedAt(time.Now()).ExecX(ctx)
	must(t, db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token, time.Now()) }))
	return surplus
}

// Field note 3: changes miss devices in real life. A full reconciliation finds them, says so, and blames the changes for nothing
// that they had not had the time to announce.
func TestReconciliationReportsWhatChangesMissed_FieldNote03(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s, token, server, serials := connected(t, db, 30, stack.Options{PageSize: 7})
		surplus := miss(t, db, token.ID, serials)
		// Announced, and not read yet.
		must(t, s.Sim.Modify(serials[10], func(d *simabm.Device) { d.AssetTag = "A-1" }))
		must(t, s.Sim.Unassign(serials[11]))
		must(t, s.Sim.Assign(server.ID(), s.Sim.AddDevices(2)...))

		run := succeeded(t, s.Sync(t, token.ID, true))
		if !run.Compared || run.MissingHere != 1 || run.MissingAtApple != 1 || run.ChangedUnannounced != 1 {
			t.Errorf("missing here %d, at Apple %d, changed %d", run.MissingHere, run.MissingAtApple, run.ChangedUnannounced)
		}
		if !run.Full || run.Added != 3 || run.Modified != 2 || run.Removed != 2 {
			t.Errorf("%v", run)
		}
		color, _, _ := s.Sim.Device(serials[0])
		assertHistory(t, db, serials[0], "MODIFIED unannounced color OLD>"+color.Color)
		assertHistory(t, db, serials[1], "RETURNED unannounced")
		assertHistory(t, db, surplus, "REMOVED unannounced")
		assertHistory(t, db, serials[10], "MODIFIED assetTag >A-1")
		assertHistory(t, db, serials[11], "REMOVED")
		entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("reconciliationFoundDifferences")).OnlyX(t.Context())
		if *entry.ObjectID != token.ID || entry.ActorKind != auditentry.ActorKindSystem {
			t.Errorf("audit entry: %+v", entry)
		}
		s.AssertInventory(t, token.ID, server)
		assertCounts(t, db, time.Now(), token.ID)

		if run := succeeded(t, s.Sync(t, token.ID, true)); run.MissingHere+run.MissingAtApple+run.ChangedUnannounced != 0 {
			t.Errorf("the second reconciliation found differences: %v", run)
		}
	})
}

// fetching tells whether the whole list is being fetched.
func fetching(t *testing.T, db *store.Store, token gid.ID) bool {
	t.Helper()
	now, err := db.Reader().ABMToken.Get(context.Background(), token)
	must(t, err)
	return now.StreamStage == abmtoken.StreamStageFetch
}

// What changes between the catching up and the fetch of its page is announced after the fetch: no fault of the changes.
func TestReconciliationBlamesNoChangeOfTheMeantime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s, token, server, serials := connected(t, db, 30, stack.Options{PageSize: 5})
		must(t, s.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultLatency, Endpoints: []string{"/server/devices"}, Times: 1, DelayMS: 300}}))
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, true, syncrun.TriggerManual)
		must(t, err)
		s.Until(t, run.ID, func(*ent.SyncRun) bool { return fetching(t, db, token.ID) })
		must(t, s.Sim.Modify(serials[29], func(d *simabm.Device) { d.AssetTag = "A-1" }))
		must(t, s.Sim.Unassign(serials[28]))
		ended := succeeded(t, s.Wait(t, run.ID))
		if ended.MissingHere+ended.MissingAtApple+ended.ChangedUnannounced != 0 || ended.Modified != 1 || ended.Removed != 1 {
			t.Errorf("%v", ended)
		}
		s.AssertInventory(t, token.ID, server)
	})
}

// A sweep that would take most of a fleet away waits for an administrator, and gives way when Apple lists the devices again.
func TestHeldRemovals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s, token, server, _ := connected(t, db, 100, stack.Options{})
		ctx := t.Context()
		for i := range 102 {
			db.Ent().Device.Create().SetSerialNumber(fmt.Sprintf("XSURPLUS%04d", i)).SetAbmTokenID(token.ID).SetPlatform(device.PlatformMacOS).
				SetAddedAt(time.Now()).SetChangedAt(time.Now()).ExecX(ctx)
		}
		must(t, db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token.ID, time.Now()) }))
		must(t, s.Sim.Assign(server.ID(), s.Sim.AddDevices(1)...))

		run := succeeded(t, s.Sync(t, token.ID, true))
		held := db.Reader().ABMToken.GetX(ctx, token.ID)
		if run.HeldRemovals != 102 || run.MissingAtApple != 102 || run.Removed != 0 || run.Added != 1 || held.HeldRemovals != 102 || held.HeldAt == nil {
			t.Fatalf("run: %v; token: %d held", run, held.HeldRemovals)
		}
		if run := succeeded(t, s.Sync(t, token.ID, true)); run.HeldRemovals != 102 || run.Removed != 0 {
			t.Errorf("held again: %v", run)
		}
		if again := db.Reader().ABMToken.GetX(ctx, token.ID); !again.HeldAt.Equal(*held.HeldAt) {
			t.Error("held since another time")
		}

		if _, err := s.Syncs.ConfirmRemovals(stack.Admin(t), token.ID, 101); !apperr.Is(err, apperr.Conflict) || apperr.As(err).Field[0] != "expectedCount" {
			t.Errorf("another count: %v", err)
		}
		// Half of them Apple lists again: of those that are left, fewer are missing than were confirmed.
		db.Ent().Device.Update().Where(device.SerialNumberHasPrefix("XSURPLUS000")).SetRemovedAt(time.Now()).ExecX(ctx)
		must(t, db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token.ID, time.Now()) }))
		confirmed, err := s.Syncs.ConfirmRemovals(stack.Admin(t), token.ID, 102)
		must(t, err)
		if run := succeeded(t, s.Wait(t, confirmed.ID)); run.Removed != 92 || run.HeldRemovals != 0 || !run.Full {
			t.Errorf("the confirmed run: %v", run)
		}
		if after := db.Reader().ABMToken.GetX(ctx, token.ID); after.HeldRemovals != 0 || after.HeldAt != nil || after.ConfirmedRemovals != 0 {
			t.Errorf("%d held, %d confirmed after the removal", after.HeldRemovals, after.ConfirmedRemovals)
		}
		s.AssertInventory(t, token.ID, server)
		assertCounts(t, db, time.Now(), token.ID)
		if _, err := s.Syncs.ConfirmRemovals(stack.Admin(t), token.ID, 102); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("nothing is held: %v", err)
		}
	})
}

// Removals that Apple's changes announce are never held: somebody did that on purpose.
func TestAnnouncedRemovalsAreNotHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s, token, server, serials := connected(t, db, 150, stack.Options{})
		must(t, s.Sim.Unassign(serials[:120]...))
		if run := succeeded(t, s.Sync(t, token.ID, true)); run.Removed != 120 || run.HeldRemovals != 0 {
			t.Errorf("%v", run)
		}
		s.AssertInventory(t, token.ID, server)
	})
}

func TestDailyReconciliation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(time.Date(2026, 11, 1, 9, 2, 0, 0, time.UTC))
		s, token, _, _ := connected(t, db, 10, stack.Options{Clock: clock})
		periodic := func() *ent.SyncRun {
			t.Helper()
			must(t, s.Syncs.StartPeriodic(stack.Admin(t), token.ID, jobs.SyncInterval))
			run := db.Reader().SyncRun.Query().Order(syncrun.ByID()).AllX(t.Context())
			return succeeded(t, s.Wait(t, run[len(run)-1].ID))
		}
		clock.Advance(jobs.SyncInterval)
		if run := periodic(); run.Full || run.Trigger != syncrun.TriggerPeriodic {
			t.Errorf("after 5 minutes: %v", run)
		}
		clock.Advance(24*time.Hour - jobs.SyncInterval)
		full := periodic()
		if !full.Full || full.DevicesSeen != 10 {
			t.Errorf("after a day: %v", full)
		}
		if again := periodic(); again.ID != full.ID {
			t.Errorf("a second run in the same five minutes: %v", again)
		}
		clock.Advance(jobs.SyncInterval)
		if run := periodic(); run.Full {
			t.Errorf("5 minutes later: %v", run)
		}
	})
}

// A clock that was wrong must not stop the timer until its time comes.
func TestRunsFromTheFutureDoNotStopTheTimer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(time.Date(2026, 11, 1, 9, 2, 0, 0, time.UTC))
		s, token, _, _ := connected(t, db, 3, stack.Options{Clock: clock})
		ahead := clock.Now().AddDate(0, 0, 3)
		db.Ent().SyncRun.Create().SetAbmTokenID(token.ID).SetStatus(syncrun.StatusSucceeded).SetPhase(syncrun.PhaseFinish).SetTrigger(syncrun.TriggerPeriodic).
			SetFull(false).SetStartedAt(ahead).SetUpdatedAt(ahead).SetLeaseExpiresAt(ahead).ExecX(t.Context())
		db.Ent().ABMToken.UpdateOneID(token.ID).SetLastFullSyncAt(ahead).ExecX(t.Context())
		must(t, s.Syncs.StartPeriodic(stack.Admin(t), token.ID, jobs.SyncInterval))
		run := db.Reader().SyncRun.Query().Where(syncrun.StartedAtLT(ahead), syncrun.TriggerEQ(syncrun.TriggerPeriodic)).OnlyX(t.Context())
		if run := succeeded(t, s.Wait(t, run.ID)); !run.Full {
			t.Error("the next full reconciliation waits for the wrong clock's time")
		}
	})
}

// A full fetch that takes hours must not keep new devices waiting for hours.
func TestLongFetchReadsChangesMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(time.Date(2026, 11, 1, 9, 2, 0, 0, time.UTC))
		s, token, server, serials := connected(t, db, 60, stack.Options{Clock: clock, PageSize: 5})
		must(t, s.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultLatency, Endpoints: []string{"/server/devices"}, DelayMS: 50_000}}))
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, true, syncrun.TriggerManual)
		must(t, err)
		passing(t, clock)
		s.Until(t, run.ID, func(*ent.SyncRun) bool { return fetching(t, db, token.ID) })
		added := s.Sim.AddDevices(1)[0]
		must(t, s.Sim.Assign(server.ID(), added))
		must(t, s.Sim.Unassign(serials[59]))
		s.Until(t, run.ID, func(r *ent.SyncRun) bool {
			there, err := db.Reader().Device.Query().Where(device.SerialNumber(added)).Exist(context.Background())
			must(t, err)
			if r.Status != syncrun.StatusRunning && !there {
				t.Fatalf("the run ended without the device: %v", r)
			}
			return there && fetching(t, db, token.ID)
		})
		ended := succeeded(t, s.Wait(t, run.ID))
		if ended.MissingHere+ended.MissingAtApple+ended.ChangedUnannounced != 0 {
			t.Errorf("%v", ended)
		}
		s.AssertInventory(t, token.ID, server)
		assertHistory(t, db, added, "ADDED")
		assertHistory(t, db, serials[59], "REMOVED")
		assertCounts(t, db, clock.Now(), token.ID)
	})
}

// What Apple says about credentials that have been replaced says nothing about the token (field-notes 6).
func TestOldCredentialsDoNotBlockARenewedToken_FieldNote06(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s, token, server, _ := connected(t, db, 5, stack.Options{})
		must(t, s.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultLatency, Endpoints: []string{"/devices/sync"}, Times: 1, DelayMS: 500}}))
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, false, syncrun.TriggerPeriodic)
		must(t, err)
		s.Until(t, run.ID, func(*ent.SyncRun) bool { return s.Sim.Requests()["POST /devices/sync"] >= 2 })
		renewed, err := s.Tokens.Renew(stack.Admin(t), token.ID)
		must(t, err)
		must(t, server.ReplaceCertificate([]byte(renewed.StagedCertificate)))
		file, _, err := server.DownloadToken()
		must(t, err)
		_, err = s.Tokens.Upload(stack.Admin(t), token.ID, file, false)
		must(t, err)
		s.Wait(t, run.ID) // how it ends is Apple's choice
		if after := db.Reader().ABMToken.GetX(t.Context(), token.ID); after.State != abmtoken.StateActive {
			t.Errorf("the renewed token is %s: %s", after.State, after.StateMessage)
		}
		succeeded(t, s.Sync(t, token.ID, false))
	})
}
