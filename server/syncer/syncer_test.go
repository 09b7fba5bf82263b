package syncer_test

import (
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
	"github.com/guardmdm/guardmdm/test/virtualtime"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func succeeded(t *testing.T, run *ent.SyncRun) *ent.SyncRun {
	t.Helper()
	if run.Status != syncrun.StatusSucceeded {
		t.Fatalf("run %s: %s %s %s", run.Status, run.ErrorCode, run.ErrorMessage, run.ErrorHint)
	}
	return run
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFullThenDelta(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 400})
		s.Start(t)
		token, server := s.Connect(t, "first")
		serials, err := s.Sim.AssignCount(server.ID(), 350)
		must(t, err)

		run := succeeded(t, s.Sync(t, token.ID, false))
		if !run.Full || run.Added != 350 || run.DevicesSeen != 350 || run.Pages != 5 || run.Removed != 0 || run.Phase != syncrun.PhaseFinish {
			t.Errorf("first run: %v", run) // 4 pages of the list, 1 of changes
		}
		s.AssertInventory(t, token.ID, server)

		must(t, s.Sim.Modify(serials[0], func(d *simabm.Device) { d.AssetTag = "A-1" }))
		_, err = s.Sim.AssignCount(server.ID(), 3)
		must(t, err)
		must(t, s.Sim.Unassign(serials[1], serials[2]))
		run = succeeded(t, s.Sync(t, token.ID, false))
		if run.Full || run.Added != 3 || run.Modified != 1 || run.Removed != 2 || run.Pages != 1 {
			t.Errorf("changes: %v", run)
		}
		s.AssertInventory(t, token.ID, server)

		run = succeeded(t, s.Sync(t, token.ID, false))
		if run.Added+run.Modified+run.Removed+run.DevicesSeen != 0 {
			t.Errorf("nothing changed, but: %v", run)
		}
	})
}

func TestUnchangedDevicesAreNotRewritten_FieldNote09(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 120})
		s.Start(t)
		token, server := s.Connect(t, "first")
		_, err := s.Sim.AssignCount(server.ID(), 120)
		must(t, err)
		succeeded(t, s.Sync(t, token.ID, false))
		before := db.Reader().Device.Query().Order(device.ByID()).AllX(t.Context())
		run := succeeded(t, s.Sync(t, token.ID, true))
		if !run.Full || run.DevicesSeen != 120 || run.Added+run.Modified+run.Removed != 0 {
			t.Errorf("full run over an unchanged list: %v", run)
		}
		for i, d := range db.Reader().Device.Query().Order(device.ByID()).AllX(t.Context()) {
			if !d.ChangedAt.Equal(before[i].ChangedAt) || !d.AddedAt.Equal(before[i].AddedAt) {
				t.Fatalf("device %s was rewritten", d.SerialNumber)
			}
		}
		if n := db.Reader().SyncMark.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d marks are left after the sweep", n)
		}
	})
}

// Field note 3: devices that a completed full fetch did not contain become removed.
func TestFullFetchSweeps_FieldNote03(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 250})
		s.Start(t)
		token, server := s.Connect(t, "first")
		serials, err := s.Sim.AssignCount(server.ID(), 250)
		must(t, err)
		succeeded(t, s.Sync(t, token.ID, false))
		// The deletions happen, but the stream loses their events: the cursor expires, so Apple asks for a full fetch.
		must(t, s.Sim.Unassign(serials[10:17]...))
		must(t, s.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultExpiredCursor, Endpoints: []string{"/devices/sync"}, Times: 1}}))
		run := succeeded(t, s.Sync(t, token.ID, false))
		if !run.Full || run.Removed != 7 || run.Added != 0 {
			t.Errorf("run after the cursor expired: %v", run)
		}
		s.AssertInventory(t, token.ID, server)
		d := db.Reader().Device.Query().Where(device.SerialNumber(serials[10])).OnlyX(t.Context())
		if d.RemovedAt == nil {
			t.Error("the tombstone has no time")
		}
		// What was removed comes back as the same row.
		must(t, s.Sim.Assign(server.ID(), serials[10]))
		if run := succeeded(t, s.Sync(t, token.ID, false)); run.Added != 1 {
			t.Errorf("run after the return: %v", run)
		}
		if again := db.Reader().Device.GetX(t.Context(), d.ID); again.RemovedAt != nil {
			t.Error("the device came back but is still removed")
		}
	})
}

func TestMoveBetweenTokens_FieldNote04(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 30})
		s.Start(t)
		tokenA, serverA := s.Connect(t, "a")
		tokenB, serverB := s.Connect(t, "b")
		serials, err := s.Sim.AssignCount(serverA.ID(), 30)
		must(t, err)
		succeeded(t, s.Sync(t, tokenA.ID, false))
		succeeded(t, s.Sync(t, tokenB.ID, false))
		for i, order := range [][2]*ent.ABMToken{{tokenA, tokenB}, {tokenB, tokenA}} {
			// The new owner's sync may come before or after the old one's.
			must(t, s.Sim.Assign(serverB.ID(), serials[i*10:i*10+10]...))
			succeeded(t, s.Sync(t, order[0].ID, false))
			succeeded(t, s.Sync(t, order[1].ID, false))
			s.AssertInventory(t, tokenA.ID, serverA)
			s.AssertInventory(t, tokenB.ID, serverB)
		}
		// And back, seen by full fetches only.
		must(t, s.Sim.Assign(serverA.ID(), serials[:10]...))
		succeeded(t, s.Sync(t, tokenA.ID, true))
		succeeded(t, s.Sync(t, tokenB.ID, true))
		s.AssertInventory(t, tokenA.ID, serverA)
		s.AssertInventory(t, tokenB.ID, serverB)
	})
}

func TestSecondStartJoins_FieldNote05(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 500, PageSize: 20, Latency: 20 * time.Millisecond})
		s.Start(t)
		token, server := s.Connect(t, "first")
		_, err := s.Sim.AssignCount(server.ID(), 500)
		must(t, err)
		first, joined, err := s.Syncs.Start(stack.Admin(t), token.ID, false, syncrun.TriggerManual)
		if err != nil || joined {
			t.Fatal(first, joined, err)
		}
		for range 5 {
			again, joined, err := s.Syncs.Start(stack.Admin(t), token.ID, false, syncrun.TriggerPeriodic)
			if err != nil || !joined || again.ID != first.ID {
				t.Fatal(again, joined, err)
			}
		}
		succeeded(t, s.Wait(t, first.ID))
		s.AssertInventory(t, token.ID, server)
	})
}

// Who asks for a full sync while changes are read gets one: the run goes on with the whole list.
func TestAFullSyncThatIsAskedForMeanwhileFollows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 300, PageSize: 20, Latency: 20 * time.Millisecond})
		s.Start(t)
		token, server := s.Connect(t, "first")
		_, err := s.Sim.AssignCount(server.ID(), 250)
		must(t, err)
		succeeded(t, s.Sync(t, token.ID, false))
		_, err = s.Sim.AssignCount(server.ID(), 50)
		must(t, err)
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, false, syncrun.TriggerPeriodic)
		must(t, err)
		if run.Full {
			t.Fatal("the second run is full by itself")
		}
		again, joined, err := s.Syncs.Start(stack.Admin(t), token.ID, true, syncrun.TriggerManual)
		if err != nil || !joined || again.ID != run.ID {
			t.Fatal(again, joined, err)
		}
		run = succeeded(t, s.Wait(t, run.ID))
		if !run.Full || run.DevicesSeen < 300 || !run.Compared {
			t.Errorf("the run: full %t, %d devices, compared %t", run.Full, run.DevicesSeen, run.Compared)
		}
		s.AssertInventory(t, token.ID, server)
		if next := succeeded(t, s.Sync(t, token.ID, false)); next.Full {
			t.Error("the run after it is full as well")
		}
	})
}

func TestCancelAndGoOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 600, PageSize: 5, Latency: 10 * time.Millisecond})
		s.Start(t)
		token, server := s.Connect(t, "first")
		_, err := s.Sim.AssignCount(server.ID(), 600)
		must(t, err)
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, false, syncrun.TriggerManual)
		must(t, err)
		s.Until(t, run.ID, func(r *ent.SyncRun) bool { return r.Pages >= 3 })
		_, err = s.Syncs.Cancel(stack.Admin(t), run.ID)
		must(t, err)
		run = s.Wait(t, run.ID)
		if run.Status != syncrun.StatusCanceled || run.FinishedAt == nil {
			t.Fatalf("canceled run: %v", run)
		}
		if _, err := s.Syncs.Cancel(stack.Admin(t), run.ID); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("canceling again: %v", err)
		}
		next := succeeded(t, s.Sync(t, token.ID, false))
		if !next.Full || next.DevicesSeen+run.DevicesSeen != 600 {
			t.Errorf("the next run did not go on where the canceled one stopped: %d + %d", run.DevicesSeen, next.DevicesSeen)
		}
		s.AssertInventory(t, token.ID, server)
	})
}

// A process that stops in the middle hands its run over, and the next one ends it: the same run.
func TestResumeAfterShutdown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 600, PageSize: 20, Latency: 10 * time.Millisecond})
		s.Start(t)
		token, server := s.Connect(t, "first")
		_, err := s.Sim.AssignCount(server.ID(), 600)
		must(t, err)
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, false, syncrun.TriggerManual)
		must(t, err)
		stored := 0
		for i := range 3 {
			s.Until(t, run.ID, func(r *ent.SyncRun) bool {
				more := r.Fence > i && r.Pages > stored // it was taken up again, and went on
				if more {
					stored = r.Pages
				}
				return more
			})
			s.Stop()
			s.Start(t)
		}
		run = succeeded(t, s.Wait(t, run.ID))
		if run.Trigger != syncrun.TriggerResume || run.Fence < 4 || run.Added != 600 {
			t.Errorf("resumed run: %v", run)
		}
		s.AssertInventory(t, token.ID, server)
	})
}

func TestFaults(t *testing.T) {
	devices := []string{"/server/devices", "/devices/sync"}
	type expect struct {
		code  apperr.Code    // "" when the run gets over it
		state abmtoken.State // of the token afterwards; "" for whatever it was
	}
	for name, c := range map[string]struct {
		fault  simabm.Fault
		expect expect
	}{
		"429":               {simabm.Fault{Kind: simabm.FaultTooManyRequests, Endpoints: devices, Every: 2, RetryAfterSeconds: 1, Times: 2}, expect{}},
		"503 with a date":   {simabm.Fault{Kind: simabm.FaultUnavailable, Endpoints: devices, Times: 1, RetryAfterSeconds: 1, RetryAfterDate: true}, expect{}},
		"500 HTML":          {simabm.Fault{Kind: simabm.FaultServerError, Endpoints: devices, Times: 1}, expect{}},
		"reset":             {simabm.Fault{Kind: simabm.FaultReset, Endpoints: devices, Every: 3, Times: 2}, expect{}},
		"reset in the body": {simabm.Fault{Kind: simabm.FaultResetInBody, Endpoints: devices, Every: 3, Times: 2}, expect{}},
		"truncated JSON":    {simabm.Fault{Kind: simabm.FaultTruncatedJSON, Endpoints: devices, Every: 3, Times: 2}, expect{}},
		"slow body":         {simabm.Fault{Kind: simabm.FaultSlowBody, Endpoints: devices, Times: 1, DelayMS: 300}, expect{}},
		"401":               {simabm.Fault{Kind: simabm.FaultUnauthorized, Endpoints: devices, Every: 3, Times: 2}, expect{}},
		"invalid cursor":    {simabm.Fault{Kind: simabm.FaultInvalidCursor, Endpoints: devices, After: 2, Times: 1}, expect{}},
		"expired cursor":    {simabm.Fault{Kind: simabm.FaultExpiredCursor, Endpoints: []string{"/devices/sync"}, Times: 1}, expect{}},
		"exhausted cursor":  {simabm.Fault{Kind: simabm.FaultExhaustedCursor, Endpoints: []string{"/devices/sync"}, Times: 1}, expect{}},
		"repeated cursor":   {simabm.Fault{Kind: simabm.FaultRepeatedCursor, Endpoints: devices, After: 1, Times: 1}, expect{}},
		"repeated page":     {simabm.Fault{Kind: simabm.FaultRepeatedPage, Endpoints: devices, Every: 2}, expect{}},
		"duplicated events": {simabm.Fault{Kind: simabm.FaultDuplicateEvents, Endpoints: devices}, expect{}},
		"reordered events":  {simabm.Fault{Kind: simabm.FaultReorderedEvents, Endpoints: devices}, expect{}},
		"unknown fields":    {simabm.Fault{Kind: simabm.FaultUnknownFields, Endpoints: devices}, expect{}},
		"empty status":      {simabm.Fault{Kind: simabm.FaultEmptyStatus, Endpoints: devices}, expect{}},
		"long cursor":       {simabm.Fault{Kind: simabm.FaultLongCursor, Endpoints: devices}, expect{}},
		"quoted errors":     {simabm.Fault{Kind: simabm.FaultQuotedErrors}, expect{}},
		"terms":             {simabm.Fault{Kind: simabm.FaultTermsNotSigned}, expect{apperr.AppleTerms, abmtoken.StateTermsNotAccepted}},
		"access denied":     {simabm.Fault{Kind: simabm.FaultAccessDenied}, expect{apperr.AppleDenied, abmtoken.StateRejected}},
		"401 for ever":      {simabm.Fault{Kind: simabm.FaultUnauthorized}, expect{apperr.AppleRejected, abmtoken.StateRejected}},
		"cursor stuck":      {simabm.Fault{Kind: simabm.FaultRepeatedCursor, Endpoints: devices, After: 2}, expect{apperr.AppleCursorStuck, abmtoken.StateActive}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				s := stack.New(t, db, stack.Options{Devices: 90, PageSize: 20})
				s.Start(t)
				token, server := s.Connect(t, "first")
				serials, err := s.Sim.AssignCount(server.ID(), 80)
				must(t, err)
				must(t, s.Sim.SetFaults([]simabm.Fault{c.fault}))
				run := s.Sync(t, token.ID, false)
				if run.ErrorCode != string(c.expect.code) || (run.Status == syncrun.StatusFailed) != (c.expect.code != "") {
					t.Fatalf("run: %s %s %s", run.Status, run.ErrorCode, run.ErrorMessage)
				}
				if c.expect.code != "" && (run.ErrorMessage == "" || run.FinishedAt == nil) {
					t.Errorf("a failure that says nothing: %v", run)
				}
				if c.expect.state != "" {
					if got := db.Reader().ABMToken.GetX(t.Context(), token.ID).State; got != c.expect.state {
						t.Errorf("token is %s, not %s", got, c.expect.state)
					}
				}
				must(t, s.Sim.SetFaults(nil))
				must(t, s.Sim.Unassign(serials[3], serials[4]))
				must(t, s.Sim.Modify(serials[5], func(d *simabm.Device) { d.Color = "GOLD" }))
				_, err = s.Sim.AssignCount(server.ID(), 5)
				must(t, err)
				succeeded(t, s.Sync(t, token.ID, false))
				s.AssertInventory(t, token.ID, server)
				if got := db.Reader().ABMToken.GetX(t.Context(), token.ID).State; got != abmtoken.StateActive {
					t.Errorf("after a good sync the token is %s", got)
				}
			})
		})
	}
}

func TestStartRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 1})
		s.Start(t)
		waiting, err := s.Tokens.Generate(stack.Admin(t), "waiting")
		must(t, err)
		_, _, err = s.Syncs.Start(stack.Admin(t), waiting.ID, false, syncrun.TriggerManual)
		if !apperr.Is(err, apperr.Conflict) || apperr.As(err).Hint == "" {
			t.Errorf("a token without a server token: %v", err)
		}
		_, _, err = s.Syncs.Start(stack.Admin(t), 999, false, syncrun.TriggerManual)
		if !apperr.Is(err, apperr.NotFound) {
			t.Errorf("an unknown token: %v", err)
		}
		if n := db.Reader().SyncRun.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d runs were begun", n)
		}
	})
}

// Each five minutes on the clock have one periodic run, also when a timer is a little ahead of the wall clock.
func TestPeriodicRunsAreDueByTheClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		clock := clockwork.NewFakeClockAt(noon)
		s := stack.New(t, db, stack.Options{Clock: clock})
		s.Start(t)
		token, _ := s.Connect(t, "first")
		for _, c := range []struct {
			at  time.Duration // after noon
			due bool
		}{
			{3 * time.Minute, true}, {4 * time.Minute, false},
			{5*time.Minute - 100*time.Millisecond, true}, {5 * time.Minute, false}, {9 * time.Minute, false},
			{10 * time.Minute, true}, {14*time.Minute + 50*time.Second, false},
			{27 * time.Minute, true},
		} {
			clock.Advance(c.at - clock.Since(noon))
			before := db.Reader().SyncRun.Query().CountX(t.Context())
			must(t, s.Syncs.StartPeriodic(stack.Admin(t), token.ID, 5*time.Minute))
			last := db.Reader().SyncRun.Query().Order(ent.Desc(syncrun.FieldID)).FirstX(t.Context())
			succeeded(t, s.Wait(t, last.ID))
			if begun := db.Reader().SyncRun.Query().CountX(t.Context()) > before; begun != c.due {
				t.Errorf("%s after noon a run began: %t", c.at, begun)
			}
		}
	})
}

// A run that began by a clock which was ahead does not stop the timer until that time has come.
func TestPeriodicRunsAfterTheClockWasSetBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		line := virtualtime.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
		clock := line.Clock()
		s := stack.New(t, db, stack.Options{Clock: clock})
		s.Start(t)
		token, _ := s.Connect(t, "first")
		for n, off := range []time.Duration{24 * time.Hour, 0} {
			clock.Set(off)
			must(t, s.Syncs.StartPeriodic(stack.Admin(t), token.ID, 5*time.Minute))
			if begun := db.Reader().SyncRun.Query().CountX(t.Context()); begun != n+1 {
				t.Errorf("%d runs, want %d, with the clock ahead by %s", begun, n+1, off)
			}
			s.Wait(t, db.Reader().SyncRun.Query().Order(ent.Desc(syncrun.FieldID)).FirstX(t.Context()).ID)
		}
	})
}

func TestWhatPeopleDoIsAudited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 50, PageSize: 5, Latency: 20 * time.Millisecond})
		s.Start(t)
		token, server := s.Connect(t, "first")
		_, err := s.Sim.AssignCount(server.ID(), 50)
		must(t, err)
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, true, syncrun.TriggerManual)
		must(t, err)
		_, err = s.Syncs.Cancel(stack.Admin(t), run.ID)
		must(t, err)
		s.Wait(t, run.ID)
		must(t, s.Syncs.StartPeriodic(stack.Admin(t), token.ID, 5*time.Minute))
		for _, action := range []string{"startSync", "cancelSync"} {
			entry := db.Reader().AuditEntry.Query().Where(auditentry.Action(action)).OnlyX(t.Context()) // none of the timer's
			if *entry.ObjectID != token.ID || !strings.Contains(string(entry.After), run.ID.String()) {
				t.Errorf("%s: %+v", action, entry)
			}
		}
		entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("startSync")).OnlyX(t.Context())
		if entry.ObjectName != "first" || !strings.Contains(string(entry.After), "full") {
			t.Errorf("%+v", entry)
		}
	})
}
