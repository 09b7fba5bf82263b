package assignment_test

import (
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// notes are the kinds of a device's notes.
func (w *world) notes(t *testing.T, serial string) string {
	t.Helper()
	var kinds []string
	for _, n := range w.DB.Reader().DeviceNote.Query().Where(devicenote.DeviceID(w.device(t, serial).ID)).Order(devicenote.ByKind()).AllX(t.Context()) {
		kinds = append(kinds, string(n.Kind))
	}
	return strings.Join(kinds, " ")
}

// A profile that is assigned after the device was activated acts when it is erased, and that is said of it until it has fetched the new one.
func TestChangedAfterActivation_FieldNote22(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, server, list := w.connect(t, "first", 3)
		used, fresh := list[0], list[1]
		_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Old"), serials(used, fresh))
		must(t, err)
		w.settle(t, token.ID)
		must(t, w.Sim.Activate(used))
		w.sync(t, token.ID)
		flagged := func(serial string) bool {
			t.Helper()
			n := db.Reader().Device.Query().Where(device.SerialNumber(serial), assignment.AppliesAfterErase()).CountX(t.Context())
			if s := w.state(t, serial); s.AppliesAfterErase != (n == 1) {
				t.Errorf("%s: the filter finds %d, the state is %+v", serial, n, s)
			}
			return n == 1
		}
		if flagged(used) || flagged(fresh) {
			t.Error("devices with the profile that they fetched are flagged")
		}
		next := w.profile(t, "New")
		p, err := w.Assign.Preview(t.Context(), assignment.Change{Profile: next, Devices: serials(used, fresh)})
		must(t, err)
		if p.Activated != 1 {
			t.Errorf("the preview counts %d", p.Activated)
		}
		_, _, err = w.Assign.Assign(stack.Admin(t), next, serials(used, fresh))
		must(t, err)
		w.settle(t, token.ID)
		if !flagged(used) || flagged(fresh) {
			t.Errorf("used: %v, fresh: %v", flagged(used), flagged(fresh))
		}
		if p, err = w.Assign.Preview(t.Context(), assignment.Change{Devices: serials(used, fresh)}); err != nil || p.Activated != 1 {
			t.Errorf("the preview counts %d, %v: the device is in use still", p.Activated, err)
		}
		w.sync(t, token.ID) // Apple's own word of it changes nothing
		w.AssertInventory(t, token.ID, server)
		if !flagged(used) {
			t.Error("the sync took the flag away")
		}
		must(t, w.Sim.Activate(used)) // after it was erased
		w.sync(t, token.ID)
		if flagged(used) || w.notes(t, used) != "" {
			t.Errorf("the device has fetched the new profile: %q", w.notes(t, used))
		}
		// Somebody else takes the profile away: that too acts when the device is erased.
		must(t, w.Sim.Modify(used, func(d *simabm.Device) { d.ProfileStatus, d.ProfileUUID, d.ProfilePushTime = "removed", "", time.Time{} }))
		w.sync(t, token.ID)
		if !flagged(used) {
			t.Error("a profile that was taken away from an activated device is not flagged")
		}
		must(t, w.Sim.Unassign(used))
		w.sync(t, token.ID)
		if w.notes(t, used) != "" {
			t.Errorf("a device that left has notes: %q", w.notes(t, used))
		}
	})
}

// A device that has to migrate gets a profile that waits, or none: and whoever chooses another is told.
func TestMigrationsWait_FieldNote23(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 20)
		token, _, _ := w.connect(t, "first", 20)
		macs := w.of(t, token.ID, device.PlatformMacOS)
		moving, other := macs[0], macs[1]
		deadline := w.clock.Now().Add(30 * 24 * time.Hour).UTC().Truncate(time.Second)
		must(t, w.Sim.Modify(moving, func(d *simabm.Device) { d.MDMMigrationDeadline = deadline }))
		w.sync(t, token.ID)
		if n := db.Reader().DeviceNote.Query().Where(devicenote.KindEQ(devicenote.KindMigration)).OnlyX(t.Context()); !n.At.Equal(deadline) {
			t.Errorf("the note is %v", n)
		}
		hasty := w.profile(t, "Hasty")
		// Chosen for the device itself, it is refused.
		_, _, err := w.Assign.Assign(stack.Admin(t), hasty, serials(moving, other))
		code(t, err, apperr.Conflict)
		if e := apperr.As(err); !strings.Contains(e.Message, "1 of the devices") {
			t.Errorf("%v", e)
		}
		// A default that reaches it by the way is previewed, and held back for this device alone.
		p, err := w.Assign.Preview(t.Context(), assignment.Change{Profile: hasty, Platform: device.PlatformMacOS})
		must(t, err)
		if p.NotAwaited != 1 {
			t.Errorf("the preview counts %d", p.NotAwaited)
		}
		_, _, err = w.Assign.SetDefault(stack.Admin(t), device.PlatformMacOS, hasty, 0)
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": {moving}, "Hasty": macs[1:]})
		s := w.state(t, moving)
		if s.Status != assignment.Pending || s.Problem == nil || s.Problem.Code != "MIGRATION_NOT_AWAITED" || s.Problem.Hint == "" {
			t.Errorf("it is shown as %+v, %+v", s, s.Problem)
		}
		counts, err := w.Assign.MigrationsNotAwaited(t.Context())
		must(t, err)
		if n := db.Reader().Device.Query().Where(assignment.MigrationNotAwaited()).CountX(t.Context()); n != 1 || counts[hasty] != 1 {
			t.Errorf("the filter finds %d, the counts are %v", n, counts)
		}
		// Once the profile waits, the device gets it.
		_, _, err = w.Profiles.Update(stack.Admin(t), hasty, adeprofile.Edit{Content: func(c *adeprofile.Content) { c.AwaitDeviceConfigured = true }})
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Hasty": macs})
		if s := w.state(t, moving); s.Problem != nil {
			t.Errorf("it is shown as %+v", s.Problem)
		}
		// Shared iPads and return to service are not for migrations.
		_, _, err = w.Profiles.Update(stack.Admin(t), hasty, adeprofile.Edit{Content: func(c *adeprofile.Content) { c.IsReturnToService = true }})
		must(t, err)
		if counts, err = w.Assign.MigrationsNotAwaited(t.Context()); err != nil || counts[hasty] != 1 {
			t.Errorf("the counts are %v, %v", counts, err)
		}
		// The deadline goes, and with it what is special.
		must(t, w.Sim.Modify(moving, func(d *simabm.Device) { d.MDMMigrationDeadline = time.Time{} }))
		w.sync(t, token.ID)
		w.settle(t, token.ID)
		if w.notes(t, moving) != "" || w.state(t, moving).Problem != nil {
			t.Errorf("notes %q, problem %v", w.notes(t, moving), w.state(t, moving).Problem)
		}
	})
}
