package assignment_test

import (
	"slices"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Apple can forget a profile that it took. The version is registered anew and its devices go on, also those that had the old identifier, which stays
// known as ours.
func TestForgottenProfileIsRegisteredAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		token, _, list := w.connect(t, "first", 10)
		base := w.profile(t, "Base")
		_, _, err := w.Assign.Assign(stack.Admin(t), base, serials(list[:5]...))
		must(t, err)
		w.settle(t, token.ID)
		was := w.device(t, list[0]).AppleProfileUUID
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultProfileUnknown, Endpoints: []string{assigning}, Times: 1}}))
		batch, _, err := w.Assign.Assign(stack.Admin(t), base, serials(list[5:]...))
		must(t, err)
		w.settle(t, token.ID)
		w.settle(t, token.ID)
		is := w.device(t, list[9]).AppleProfileUUID
		if is == was {
			t.Error("the identifier is the one that Apple forgot")
		}
		w.expect(t, map[string][]string{"Base": list})
		finished(t, w.batch(t, batch.ID), 5, 5, 5, 0)
		for _, serial := range list {
			if w.device(t, serial).AppleProfileUUID != is || w.item(t, serial) != nil {
				t.Errorf("%s: %v, %v", serial, w.device(t, serial).AppleProfileUUID, w.item(t, serial))
			}
		}
		if n := db.Reader().AuditEntry.Query().Where(auditentry.Action("adeProfileForgottenByApple"), auditentry.ObjectID(base)).CountX(t.Context()); n != 1 {
			t.Errorf("%d audit entries tell it", n)
		}
		// A device that turns up with the old identifier has a profile of ours.
		must(t, w.Sim.Modify(list[0], func(d *simabm.Device) { d.ProfileUUID = was }))
		w.sync(t, token.ID)
		if s := w.state(t, list[0]); s.Foreign || s.Apple == nil {
			t.Errorf("it is shown as %+v", s)
		}
	})
}

// If Apple forgets it again and again, that is a failure, and tried ever more seldom.
func TestProfileForgottenAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, _, list := w.connect(t, "first", 2)
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultProfileUnknown, Endpoints: []string{assigning}}}))
		batch, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		w.settle(t, token.ID)
		i := w.item(t, list[0])
		if i == nil || i.State != assignmentitem.StateFailed || i.ErrorCode != "PROFILE_NOT_FOUND" || i.DueAt.Sub(w.clock.Now()) < 50*time.Minute {
			t.Fatalf("the item is %v", i)
		}
		if w.requests() != 2 {
			t.Errorf("Apple was told %d times", w.requests())
		}
		if !slices.Contains(w.events(t, list[0]), "ASSIGNMENT_FAILED") {
			t.Errorf("the timeline is %v", w.events(t, list[0]))
		}
		if b := w.batch(t, batch.ID); b.Failed != 2 {
			t.Errorf("the batch is %v", b)
		}
		row := db.Reader().ADEProfileRegistration.Query().Where(adeprofileregistration.ErrorCode("PROFILE_NOT_FOUND")).OnlyX(t.Context())
		if row.NextAttemptAt == nil || row.NextAttemptAt.Sub(w.clock.Now()) < 50*time.Minute {
			t.Errorf("the registration is %v", row)
		}
		must(t, w.Sim.SetFaults(nil))
		w.clock.Advance(2 * time.Hour)
		w.sync(t, token.ID) // its session has ended by then
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list})
	})
}
