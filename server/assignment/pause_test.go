package assignment_test

import (
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Apple's pause for a device outlives what was to be told: asking earlier makes it worse (field-notes 19, protocol reference 8).
func TestApplesPauseOutlivesWhatWasWanted_FieldNote19(t *testing.T) {
	const pause = 6 * time.Hour
	for name, meanwhile := range map[string]func(*testing.T, *world, string, func()){
		"nothing is wanted for a moment": func(t *testing.T, w *world, serial string, settle func()) {
			_, _, err := w.Assign.Unassign(stack.Admin(t), serials(serial))
			must(t, err)
			settle()
			if w.item(t, serial) != nil {
				t.Fatal("something is to be told of a device that needs nothing")
			}
		},
		"gone for a moment": func(t *testing.T, w *world, serial string, settle func()) {
			_, server, _ := w.Sim.Device(serial)
			must(t, w.Sim.Unassign(serial))
			settle()
			must(t, w.Sim.Assign(server, serial))
			settle()
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db, 2)
				token, _, list := w.connect(t, "first", 2)
				settle := func() {
					t.Helper()
					w.sync(t, token.ID)
					w.settle(t, token.ID)
				}
				must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultAssignThrottled, RetryAfterSeconds: int(pause.Seconds()), Endpoints: []string{assigning}}}))
				_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list[0]))
				must(t, err)
				settle()
				until := w.item(t, list[0]).DueAt
				must(t, w.Sim.SetFaults(nil))
				w.clock.Advance(time.Hour)
				meanwhile(t, w, list[0], settle)

				asked := w.requests()
				batch, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base 2"), serials(list...))
				must(t, err)
				settle()
				if n := w.requests(); n != asked+1 {
					t.Errorf("Apple was told %d times, not once for the other device", n-asked)
				}
				i := w.item(t, list[0])
				if i == nil || i.State != assignmentitem.StateThrottled || !i.DueAt.Equal(until) || i.ErrorCode != "THROTTLED" {
					t.Fatalf("the item is %v, Apple's pause lasts until %s", i, until)
				}
				if s := w.state(t, list[0]); s.Status != assignment.Throttled || s.Problem == nil || s.Problem.Message == "" || !s.Problem.Next.Equal(until) {
					t.Errorf("it is shown as %+v, %+v", s, s.Problem)
				}
				w.compareStatuses(t)
				if b := w.batch(t, batch.ID); b.Succeeded != 1 || b.Failed != 1 {
					t.Errorf("the batch is %v", b)
				}
				w.clock.Advance(pause)
				settle()
				w.expect(t, map[string][]string{"Base 2": list})
				if n := db.Reader().DeviceNote.Query().CountX(t.Context()); n != 0 {
					t.Errorf("%d notes are left of a pause that is over", n)
				}
			})
		})
	}
}

// Nor does it matter that something else was decided while Apple's answer was on its way.
func TestApplesPauseHoldsForWhatWasDecidedMeanwhile_FieldNote19(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w, way, token, list := newBetween(t, db)
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultAssignThrottled, Times: 1, RetryAfterSeconds: 3600, Endpoints: []string{assigning}}}))
		way.comes = func() {
			_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base 2"), serials(list...))
			must(t, err)
		}
		_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		w.settle(t, token.ID)
		i := w.item(t, list[0])
		if i == nil || i.State != assignmentitem.StateThrottled || i.DueAt.Sub(w.clock.Now()) < 59*time.Minute {
			t.Fatalf("at %s the item is %v", w.clock.Now(), i)
		}
		if n := w.requests(); n != 1 {
			t.Errorf("Apple was told %d times", n)
		}
		w.clock.Advance(time.Hour)
		w.sync(t, token.ID)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base 2": list})
	})
}
