package assignment_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

const assigning = "POST /profile/devices"

// Each word of Apple has its pause, and is shown with it (field-notes 19).
func TestAppleRefusesSomeDevices_FieldNote19(t *testing.T) {
	for _, refusal := range []struct {
		fault   simabm.Fault
		state   assignmentitem.State
		code    string
		pause   time.Duration
		message string
		event   bool
	}{
		{simabm.Fault{Kind: simabm.FaultAssignThrottled, RetryAfterSeconds: 300}, assignmentitem.StateThrottled, "THROTTLED", 5 * time.Minute, "", false},
		{simabm.Fault{Kind: simabm.FaultAssignThrottled}, assignmentitem.StateThrottled, "THROTTLED", 24 * time.Hour, "", false},
		{simabm.Fault{Kind: simabm.FaultAssignFailed}, assignmentitem.StateFailed, "FAILED", time.Hour, "", true},
		{simabm.Fault{Kind: simabm.FaultAssignMissing}, assignmentitem.StateFailed, "MISSING", time.Hour, "", true},
	} {
		t.Run(fmt.Sprintf("%s/%d", refusal.fault.Kind, refusal.fault.RetryAfterSeconds), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db, 10)
				token, _, list := w.connect(t, "first", 10)
				refusal.fault.Endpoints = []string{assigning}
				must(t, w.Sim.SetFaults([]simabm.Fault{refusal.fault}))
				batch, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
				must(t, err)
				w.settle(t, token.ID)
				i, now := w.item(t, list[0]), w.clock.Now()
				if i == nil || i.State != refusal.state || i.ErrorCode != refusal.code || i.Attempts != 1 || i.DueAt.Sub(now) > refusal.pause || i.DueAt.Sub(now) < refusal.pause-time.Minute {
					t.Fatalf("the item is %v, at %s", i, now)
				}
				s := w.state(t, list[0])
				if string(s.Status) != string(refusal.state) || s.Problem == nil || s.Problem.Code != refusal.code || !s.Problem.Next.Equal(i.DueAt) || s.Problem.Attempts != 1 {
					t.Errorf("it is shown as %+v, %+v", s, s.Problem)
				}
				if got := slices.Contains(w.events(t, list[0]), "ASSIGNMENT_FAILED"); got != refusal.event {
					t.Errorf("the timeline is %v", w.events(t, list[0]))
				}
				if b := w.batch(t, batch.ID); b.Status != assignmentbatch.StatusRunning || b.Total != 10 || b.Failed != 10 || b.Succeeded != 0 {
					t.Errorf("the batch is %v", b)
				}
				// Nothing is asked before its time, whatever else happens.
				asked := w.requests()
				_, _, err = w.Assign.Assign(stack.Admin(t), w.profile(t, "Base 2"), serials(list[1]))
				must(t, err)
				must(t, w.Sim.SetFaults(nil))
				if refusal.state == assignmentitem.StateThrottled {
					w.settle(t, token.ID)
					if w.requests() != asked {
						t.Error("a device that Apple throttles was told of another profile at once")
					}
				}
				w.clock.Advance(refusal.pause)
				w.sync(t, token.ID) // its session has ended by then
				w.settle(t, token.ID)
				w.expect(t, map[string][]string{"Base": append([]string{list[0]}, list[2:]...), "Base 2": {list[1]}})
				if b := w.batch(t, batch.ID); b.Status != assignmentbatch.StatusFinished || b.Succeeded != 9 || b.Failed != 0 {
					t.Errorf("the batch is %v", b)
				}
				if w.item(t, list[0]) != nil {
					t.Error("what is done is still to be done")
				}
			})
		})
	}
}

// A device that fails again and again is asked for ever more seldom.
func TestFailuresBackOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 1)
		token, _, list := w.connect(t, "first", 1)
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultAssignFailed, Endpoints: []string{assigning}}}))
		_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		for n, hours := range []int{1, 2, 4, 8, 16, 24, 24} {
			w.settle(t, token.ID)
			i := w.item(t, list[0])
			if wait := i.DueAt.Sub(w.clock.Now()).Round(time.Hour); i.Attempts != n+1 || wait != time.Duration(hours)*time.Hour {
				t.Fatalf("after %d failures the pause is %s", i.Attempts, wait)
			}
			w.clock.Advance(time.Duration(hours) * time.Hour)
			w.sync(t, token.ID) // which opens the session anew
		}
		if n := w.requests(); n != 7 {
			t.Errorf("Apple was asked %d times", n)
		}
	})
}

// An answer that does not come says nothing: Apple is asked how the devices are, and told again only if it was not carried out.
func TestAmbiguousFailuresAreLookedUp(t *testing.T) {
	for _, kind := range []simabm.FaultKind{simabm.FaultReset, simabm.FaultResetInBody, simabm.FaultTruncatedJSON, simabm.FaultServerError, simabm.FaultHTMLSuccess} {
		t.Run(string(kind), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db, 5)
				token, _, list := w.connect(t, "first", 5)
				_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
				must(t, err)
				must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: kind, Times: 1, Endpoints: []string{assigning}}}))
				w.settle(t, token.ID)
				carriedOut := kind != simabm.FaultServerError && kind != simabm.FaultHTMLSuccess
				if done := w.item(t, list[0]) == nil; done != carriedOut {
					t.Fatalf("at once: settled %v, carried out %v", done, carriedOut)
				}
				w.clock.Advance(2 * time.Minute)
				w.settle(t, token.ID)
				w.expect(t, map[string][]string{"Base": list})
				want := 1
				if !carriedOut {
					want = 2
				}
				if n := w.requests(); n != want {
					t.Errorf("Apple was told %d times, not %d", n, want)
				}
			})
		})
	}
}

// What a process was telling Apple when it died is looked up by the next one.
func TestAProcessThatDied(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, _, list := w.connect(t, "first", 5)
		base := w.profile(t, "Base")
		_, _, err := w.Assign.Assign(stack.Admin(t), base, serials(list...))
		must(t, err)
		// Apple was told of three of them, and nobody heard the answer.
		uuid, err := w.Registrar.Ensure(t.Context(), token, base)
		must(t, err)
		conn, _, err := w.Tokens.Connect(t.Context(), token.ID)
		must(t, err)
		_, err = conn.AssignProfile(t.Context(), uuid, abm.These(list[:3]...))
		must(t, err)
		must(t, db.Ent().AssignmentItem.Update().SetErrorCode("SENDING").SetDueAt(w.clock.Now().UTC()).Exec(t.Context()))
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list})
		if w.item(t, list[0]) != nil || w.item(t, list[4]) != nil {
			t.Error("something is left to do")
		}
		if got := w.Sim.Requests()["POST /devices"]; got != 1 {
			t.Errorf("Apple was asked %d times how the devices are", got)
		}
	})
}

// Whoever thinks better of it within a moment need not wait for Apple to be asked how the devices are; who returns to the first profile does, for
// Apple may have it still.
func TestAnotherProfileIsToldWithoutAsking(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, _, list := w.connect(t, "first", 5)
		first, second := w.profile(t, "First"), w.profile(t, "Second")
		for _, step := range []struct {
			profile     gid.ID
			name        string
			told, asked int
		}{{first, "First", 1, 0}, {second, "Second", 2, 0}, {0, "", 3, 0}, {first, "First", 4, 1}} {
			var err error
			if step.profile == 0 {
				_, _, err = w.Assign.Clear(stack.Admin(t), serials(list...))
			} else {
				_, _, err = w.Assign.Assign(stack.Admin(t), step.profile, serials(list...))
			}
			must(t, err)
			w.settle(t, token.ID)
			w.expect(t, map[string][]string{step.name: list})
			if told, asked := w.requests(), w.Sim.Requests()["POST /devices"]; told != step.told || asked != step.asked {
				t.Errorf("with %q Apple was told %d times and asked %d times, not %d and %d", step.name, told, asked, step.told, step.asked)
			}
		}
	})
}

// A token that Apple blocks is left alone, and others go on; when the cause is gone, so does it.
func TestABlockedTokenDelaysNoOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 20)
		blocked, server, one := w.connect(t, "blocked", 10)
		fine, _, two := w.connect(t, "fine", 10)
		server.SetAccessDenied(true)
		_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(slices.Concat(one, two)...))
		must(t, err)
		if err := w.trySettle(t, blocked.ID); !apperr.Is(err, apperr.AppleDenied) {
			t.Errorf("the trouble is %v", err)
		}
		if s := db.Reader().ABMToken.GetX(t.Context(), blocked.ID).State; s != abmtoken.StateRejected {
			t.Errorf("the token is %s", s)
		}
		if s := w.state(t, one[0]); s.Status != assignment.Pending || s.Problem.Code != "REJECTED" {
			t.Errorf("a device of it: %+v, %+v", s, s.Problem)
		}
		asked := w.requests()
		w.settle(t, blocked.ID)
		if w.requests() != asked {
			t.Error("a blocked token was asked for")
		}
		w.settle(t, fine.ID)
		w.expect(t, map[string][]string{"": one, "Base": two})
		server.SetAccessDenied(false)
		must(t, w.Tokens.Check(t.Context(), blocked.ID))
		w.settle(t, blocked.ID)
		w.expect(t, map[string][]string{"Base": slices.Concat(one, two)})
	})
}

// Apple's wish to be left alone holds for the whole token.
func TestApplesPauseIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, _, list := w.connect(t, "first", 5)
		_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultTooManyRequests, Times: 1, RetryAfterSeconds: 600, Endpoints: []string{assigning}}}))
		if err := w.trySettle(t, token.ID); !apperr.Is(err, apperr.AppleThrottled) {
			t.Errorf("the trouble is %v", err)
		}
		w.settle(t, token.ID)
		if n := w.requests(); n != 1 {
			t.Errorf("within the pause Apple was asked %d times", n)
		}
		if i := w.item(t, list[0]); i.State != assignmentitem.StatePending || i.Attempts != 0 || i.ErrorCode != "" {
			t.Errorf("the device is blamed: %v", i)
		}
		w.clock.Advance(10 * time.Minute)
		w.sync(t, token.ID)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list})
	})
}

// A short pause is waited for within the call, so that a request is not begun anew.
func TestShortPausesAreWaitedFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, _, list := w.connect(t, "first", 5)
		_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultUnavailable, Times: 2, RetryAfterSeconds: 2, Endpoints: []string{assigning}}}))
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list})
	})
}

// While a request waits, as Apple wishes, a sync may find that some of its devices are as they should be: Apple is not told about these.
func TestWhatIsFoundWhileARequestWaitsIsNotTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, _, list := w.connect(t, "first", 5)
		base := w.profile(t, "Base")
		uuid, err := w.Registrar.Ensure(t.Context(), token, base)
		must(t, err)
		_, _, err = w.Assign.Assign(stack.Admin(t), base, serials(list...))
		must(t, err)
		must(t, w.Assign.Work(t.Context()))
		w.clock.Advance(2 * time.Second)
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultUnavailable, Times: 1, RetryAfterSeconds: 60, Endpoints: []string{assigning}}}))
		told := make(chan error, 1)
		go func() { told <- w.Assign.Reconcile(t.Context(), token.ID) }()
		for w.requests() == 0 {
			time.Sleep(time.Millisecond)
		}
		conn, _, err := w.Tokens.Connect(t.Context(), token.ID)
		must(t, err)
		_, err = conn.AssignProfile(t.Context(), uuid, abm.These(list[:3]...)) // by somebody else
		must(t, err)
		w.sync(t, token.ID)
		before, _, _ := w.Sim.Device(list[0])
		must(t, w.whileTimePasses(t, func(context.Context) error { return <-told }))
		w.expect(t, map[string][]string{"Base": list})
		if after, _, _ := w.Sim.Device(list[0]); !after.ProfileAssignTime.Equal(before.ProfileAssignTime) {
			t.Errorf("Apple was told again what it had: at %s, and at %s", before.ProfileAssignTime, after.ProfileAssignTime)
		}
		if n := w.requests(); n != 3 {
			t.Errorf("there were %d requests, not 3", n)
		}
	})
}

// A device that Apple does not let us touch is left alone until a sync brings it.
func TestNotAccessible(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, server, list := w.connect(t, "first", 5)
		must(t, w.Sim.Unassign(list[0]))
		batch, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": list[:1], "Base": list[1:]})
		if s := w.state(t, list[0]); s.Status != assignment.NotAccessible || s.Problem.Next != nil || s.Problem.Hint == "" {
			t.Errorf("it is shown as %+v, %+v", s, s.Problem)
		}
		finished(t, w.batch(t, batch.ID), 5, 5, 4, 1)
		w.sync(t, token.ID)
		if s := w.state(t, list[0]); s.Status != assignment.Removed || w.item(t, list[0]) != nil {
			t.Errorf("after the sync that removes it: %+v, %v", s, w.item(t, list[0]))
		}
		must(t, w.Sim.Assign(server.ID(), list[0]))
		w.sync(t, token.ID)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list})
	})
}

// A profile that Apple does not take holds up its own devices only.
func TestABadProfileBlocksNoOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 6)
		token, _, list := w.connect(t, "first", 6)
		bad, good := w.profile(t, "Bad"), w.profile(t, "Good")
		// The simulated Apple refuses what our own checks would not let through.
		must(t, db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE ade_profiles SET name = $1 WHERE id = $2", strings.Repeat("x", 200), int64(bad))
			return err
		}))
		_, _, err := w.Assign.Assign(stack.Admin(t), bad, serials(list[:3]...))
		must(t, err)
		_, _, err = w.Assign.Assign(stack.Admin(t), good, serials(list[3:]...))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": list[:3], "Good": list[3:]})
		s := w.state(t, list[0])
		if s.Status != assignment.Pending || s.Problem == nil || s.Problem.Code != string(apperr.AppleProfileRefused) || s.Problem.Attempts != 0 {
			t.Errorf("its devices: %+v, %+v", s, s.Problem)
		}
	})
}

// A new version goes to the devices of the profile, and a new public URL to all of them.
func TestNewVersions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		ctx := stack.Admin(t)
		token, _, list := w.connect(t, "first", 10)
		base := w.profile(t, "Base")
		_, _, err := w.Assign.Assign(ctx, base, serials(list[:6]...))
		must(t, err)
		w.settle(t, token.ID)
		before := w.device(t, list[0]).AppleProfileUUID
		_, batch, err := w.Profiles.Update(ctx, base, adeprofile.Edit{Content: func(c *adeprofile.Content) { c.Department = "Books" }})
		must(t, err)
		if batch == 0 {
			t.Fatal("nothing moves the devices")
		}
		w.settle(t, token.ID)
		finished(t, w.batch(t, batch), 6, 6, 6, 0)
		if after := w.device(t, list[0]).AppleProfileUUID; after == before || w.atApple(t, list[0]) != "Base" {
			t.Errorf("the device has %s, as before", after)
		}
		if got := w.events(t, list[0]); !slices.Equal(got, []string{"ASSIGNED", "ASSIGNED"}) {
			t.Errorf("the timeline is %v", got)
		}
		must(t, w.Sim.Activate(list[0]))
		w.sync(t, token.ID)
		if got := w.events(t, list[0]); !slices.Equal(got, []string{"ASSIGNED", "ASSIGNED", "PUSHED"}) || w.state(t, list[0]).Status != assignment.Pushed {
			t.Errorf("after it was switched on: %v, %v", got, w.state(t, list[0]).Status)
		}
		// Deleted, with another one in its place.
		must(t, w.Profiles.Delete(ctx, base, w.profile(t, "Heir"), false))
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Heir": list[:6], "": list[6:]})
	})
}

// Batches that are undone give back what was there before, and nothing that was decided since.
func TestUndoAndCancel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 6)
		ctx := stack.Admin(t)
		token, _, list := w.connect(t, "first", 6)
		one, two, three := w.profile(t, "One"), w.profile(t, "Two"), w.profile(t, "Three")
		_, _, err := w.Assign.Assign(ctx, one, serials(list[:3]...))
		must(t, err)
		w.settle(t, token.ID)
		batch, _, err := w.Assign.Assign(ctx, two, serials(list...))
		must(t, err)
		_, _, err = w.Assign.Assign(ctx, three, serials(list[5]))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Two": list[:5], "Three": {list[5]}})
		undone, err := w.Assign.Undo(ctx, batch.ID)
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"One": list[:3], "": list[3:5], "Three": {list[5]}})
		finished(t, w.batch(t, undone.ID), 5, 5, 5, 0)
		_, err = w.Assign.Undo(ctx, batch.ID)
		code(t, err, apperr.Conflict)

		waiting, _, err := w.Assign.Assign(ctx, two, serials(list[:2]...))
		must(t, err)
		canceled, err := w.Assign.Cancel(ctx, waiting.ID)
		must(t, err)
		if canceled.Status != assignmentbatch.StatusCanceled {
			t.Errorf("the batch is %s", canceled.Status)
		}
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"One": list[:3]})
		_, err = w.Assign.Cancel(ctx, waiting.ID)
		code(t, err, apperr.Conflict)
	})
}

// Many devices need as few requests as Apple's limit allows, whatever the account's is.
func TestRequestsAreFull(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 2_500)
		token, _, list := w.connect(t, "first", 2_500)
		base := w.profile(t, "Base")
		_, _, err := w.Assign.Assign(stack.Admin(t), base, assignment.Matching(device.RemovedAtIsNil()))
		must(t, err)
		w.settle(t, token.ID)
		w.clock.Advance(15 * time.Second)
		w.settle(t, token.ID)
		if n := w.requests(); n != 3 {
			t.Errorf("2,500 devices took %d requests", n)
		}
		w.expect(t, map[string][]string{"Base": {list[0], list[2_499]}})
		must(t, db.Ent().ABMToken.UpdateOneID(token.ID).SetAssignLimit(100).Exec(t.Context()))
		_, _, err = w.Assign.Clear(stack.Admin(t), serials(list[:250]...))
		must(t, err)
		w.settle(t, token.ID)
		if n := w.requests(); n != 6 {
			t.Errorf("250 devices in hundreds took %d requests", n-3)
		}
	})
}

// In the background everything happens by itself, and a batch can be watched.
func TestRunAndWatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 30, Assigns: true})
		s.Start(t)
		w := &world{Stack: s}
		token, _, list := w.connect(t, "first", 30)
		name := "Base"
		p, err := s.Profiles.Create(stack.Admin(t), adeprofile.Edit{Name: &name})
		must(t, err)
		batch, _, err := s.Assign.Assign(stack.Admin(t), p.ID, serials(list...))
		must(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		states, err := s.Assign.Watch(ctx, batch.ID)
		must(t, err)
		var last, seen int
		var ended bool
		for b := range states {
			last, seen, ended = b.Succeeded, seen+1, b.Status == assignmentbatch.StatusFinished
		}
		if last != 30 || seen < 2 || !ended {
			t.Errorf("of the batch were seen %d states, the last with %d devices, ended: %v", seen, last, ended)
		}
		w.expect(t, map[string][]string{"Base": list})
		_ = token
	})
}

// Two replicas that work on the same devices do not tell Apple of any twice.
func TestReplicasDoNotCollide(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 3_000)
		token, _, _ := w.connect(t, "first", 3_000)
		must(t, db.Ent().ABMToken.UpdateOneID(token.ID).SetAssignLimit(100).Exec(t.Context()))
		_, _, err := w.Assign.SetDefault(stack.Admin(t), device.PlatformMacOS, w.profile(t, "Base"), 0)
		must(t, err)
		w.clock.Advance(time.Minute)
		var all sync.WaitGroup
		errs := make(chan error, 8)
		for range 4 {
			all.Go(func() { errs <- w.Assign.Work(t.Context()) })
			all.Go(func() { errs <- w.Assign.Reconcile(t.Context(), token.ID) })
		}
		all.Wait()
		for range 8 {
			must(t, <-errs)
		}
		macs := len(w.of(t, token.ID, device.PlatformMacOS))
		if n := w.requests(); n < (macs+99)/100 || n > (macs+99)/100+4 {
			t.Errorf("%d devices in hundreds took %d requests", macs, n)
		}
		if n := db.Reader().AssignmentItem.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d devices wait", n)
		}
		told := map[gid.ID]int{}
		for _, e := range db.Reader().DeviceEvent.Query().AllX(t.Context()) {
			if told[e.DeviceID]++; told[e.DeviceID] > 1 {
				t.Fatal("a device was told of twice")
			}
		}
	})
}
