package assignment_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// The rules of the user's text, one after the other: default of the platform, of the platform for the token, group, own choice; and back.
func TestTheRulesDecideAndAppleFollows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 60)
		ctx := stack.Admin(t)
		token, server, _ := w.connect(t, "first", 40)
		if got := w.mode(t, token.ID); got != abmtoken.AssignmentModeEnforce {
			t.Fatalf("a token without profiles of others begins as %q", got)
		}
		macs, phones := w.of(t, token.ID, device.PlatformMacOS), w.of(t, token.ID, device.PlatformIOS, device.PlatformIPadOS)
		if len(macs) < 3 || len(phones) < 3 {
			t.Fatalf("%d Macs, %d phones", len(macs), len(phones))
		}
		if s := w.state(t, macs[0]); s.Status != assignment.Unassigned || s.Source != assignment.FromNothing || s.Profile != nil || s.Problem != nil {
			t.Errorf("before anything was set: %+v", s)
		}
		base, special, own := w.profile(t, "Base"), w.profile(t, "Special"), w.profile(t, "Own")

		_, batch, err := w.Assign.SetDefault(ctx, device.PlatformMacOS, base, 0)
		must(t, err)
		if s := w.state(t, macs[0]); s.Status != assignment.Pending || s.Source != assignment.FromDefault || s.Profile.Name != "Base" || s.Problem.Code != "PENDING" {
			t.Errorf("as soon as the default is set: %+v", s)
		}
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": macs, "": phones})
		finished(t, w.batch(t, batch.ID), len(macs), len(macs), len(macs), 0)
		if s := w.state(t, macs[0]); s.Status != assignment.Assigned || s.Problem != nil || s.Apple == nil || s.Foreign {
			t.Errorf("after Apple took it: %+v", s)
		}

		// One default for iOS and iPadOS, whichever is set.
		_, _, err = w.Assign.SetDefault(ctx, device.PlatformIPadOS, base, 0)
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": slices.Concat(macs, phones)})

		// The token's default goes before that of all tokens.
		_, _, err = w.Assign.SetDefault(ctx, device.PlatformMacOS, special, token.ID)
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Special": macs, "Base": phones})

		// A group goes before defaults, the first group before the second, the own choice before all.
		w.group(t, "Second", 2, special, phones[0], phones[1])
		w.group(t, "First", 1, own, phones[0])
		_, _, err = w.Assign.Assign(ctx, base, serials(macs[0]))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Own": {phones[0]}, "Special": append([]string{phones[1]}, macs[1:]...), "Base": append([]string{macs[0]}, phones[2:]...)})

		phone := w.device(t, phones[0])
		steps, err := w.Assign.Explain(t.Context(), []*ent.Device{phone})
		must(t, err)
		var verdicts []string
		for _, s := range steps[phone.ID] {
			verdicts = append(verdicts, string(s.Source)+" "+string(s.Verdict)+": "+s.Text)
		}
		want := []string{
			"DEVICE NOTHING_SET: The device has no profile of its own.",
			`GROUP DECIDES: It is in the group "First" (place 1), which has the profile "Own".`,
			`GROUP OVERRULED: It is in the group "Second" (place 2), which has the profile "Special".`,
			`PLATFORM_DEFAULT NOTHING_SET: No default for iOS / iPadOS is set for the ABM token "first" alone.`,
			`PLATFORM_DEFAULT OVERRULED: The default for iOS / iPadOS is the profile "Base".`,
		}
		if diff := cmp.Diff(want, verdicts); diff != "" {
			t.Errorf("the explanation (-want +got):\n%s", diff)
		}

		// Devices that arrive are evaluated by the page that brings them.
		arrived, err := w.Sim.AssignCount(server.ID(), 20)
		must(t, err)
		w.sync(t, token.ID)
		w.settle(t, token.ID)
		for _, serial := range arrived {
			if p := w.device(t, serial).Platform; p == device.PlatformMacOS && w.atApple(t, serial) != "Special" {
				t.Errorf("the new Mac %s has %q", serial, w.atApple(t, serial))
			}
		}

		// And back: each rule that goes lets the next one decide.
		_, _, err = w.Assign.Unassign(ctx, serials(macs[0]))
		must(t, err)
		_, _, err = w.Assign.SetDefault(ctx, device.PlatformMacOS, 0, token.ID)
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": macs})
		_, _, err = w.Assign.SetDefault(ctx, device.PlatformMacOS, 0, 0)
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": macs})
		if s := w.state(t, macs[1]); s.Status != assignment.Unassigned {
			t.Errorf("without any rule: %+v", s)
		}
		w.sync(t, token.ID) // what Apple says of all this changes nothing
		before := w.requests()
		w.settle(t, token.ID)
		if n := w.requests(); n != before {
			t.Errorf("%d requests too many", n-before)
		}
		w.AssertInventory(t, token.ID, server)
	})
}

// Who has which profile is compared with a model that asks the rules one device at a time.
func TestGroupsThatChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 30)
		token, _, list := w.connect(t, "first", 30)
		base, special := w.profile(t, "Base"), w.profile(t, "Special")
		one := w.group(t, "One", 1, base, list[:10]...)
		two := w.group(t, "Two", 2, special, list[5:15]...)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list[:10], "Special": list[10:15], "": list[15:]})
		if got := w.device(t, list[7]).ProfileRule; got == nil || *got != one {
			t.Errorf("the deciding rule is %v", got)
		}

		batch, err := w.Assign.SetGroupProfile(stack.Admin(t), one, 0)
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": list[:5], "Special": list[5:15]})
		finished(t, w.batch(t, batch.ID), 10, 10, 10, 0)

		must(t, db.WithTx(stack.Admin(t), func(ctx context.Context, tx *store.Tx) error {
			if err := tx.DeviceGroup.DeleteOneID(two).Exec(ctx); err != nil {
				return err
			}
			return w.Assign.GroupChanged(ctx, tx, two, "Two deleted")
		}))
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": list})
		if n := db.Reader().Device.Query().Where(device.ProfileRuleNotNil()).CountX(t.Context()); n != 0 {
			t.Errorf("%d devices keep a rule that is gone", n)
		}
	})
}

// Profiles of another MDM are replaced on a token that enforces, and never cleared; a token that has them begins by observing.
func TestForeignProfiles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 20)
		ctx := stack.Admin(t)
		token, server := w.Connect(t, "used")
		list, err := w.Sim.AssignCount(server.ID(), 10)
		must(t, err)
		w.foreign(t, token.ID, list[:4]...)
		w.sync(t, token.ID)
		if got := w.mode(t, token.ID); got != abmtoken.AssignmentModeObserve {
			t.Fatalf("a token with profiles of others begins as %q", got)
		}
		base := w.profile(t, "Base")
		batch, _, err := w.Assign.Assign(ctx, base, serials(list[0], list[9]))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"?": list[:4], "": list[4:]})
		finished(t, w.batch(t, batch.ID), 2, 0, 0, 0)
		if s := w.state(t, list[0]); s.Status != assignment.Pending || s.Problem == nil || s.Problem.Code != "OBSERVED" || !s.Foreign {
			t.Errorf("what is only observed: %+v", s)
		}
		n, err := w.Assign.ForeignToReplace(t.Context(), token.ID)
		must(t, err)
		if n != 1 {
			t.Errorf("%d foreign profiles would be replaced", n)
		}
		_, _, err = w.Assign.SetMode(ctx, token.ID, abmtoken.AssignmentModeEnforce, nil)
		code(t, err, apperr.BadUserInput)
		other := 7
		_, _, err = w.Assign.SetMode(ctx, token.ID, abmtoken.AssignmentModeEnforce, &other)
		code(t, err, apperr.Conflict)
		_, batch, err = w.Assign.SetMode(ctx, token.ID, abmtoken.AssignmentModeEnforce, &n)
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": {list[0], list[9]}, "?": list[1:4], "": list[4:9]})
		finished(t, w.batch(t, batch.ID), 10, 2, 2, 0)

		// Taking profiles away takes ours alone.
		_, _, err = w.Assign.Clear(ctx, serials(list[0], list[1]))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": {list[0]}, "?": list[1:4]})
		if s := w.state(t, list[0]); s.Status != assignment.Unassigned || s.Source != assignment.FromDevice || s.Profile != nil {
			t.Errorf("cleared on purpose: %+v", s)
		}
		// Back to observing: nothing more is told.
		_, _, err = w.Assign.SetMode(ctx, token.ID, abmtoken.AssignmentModeObserve, nil)
		must(t, err)
		_, _, err = w.Assign.SetDefault(ctx, device.PlatformMacOS, base, 0)
		must(t, err)
		_, _, err = w.Assign.Assign(ctx, base, serials(list[4]))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": {list[4]}})
	})
}

// foreign gives devices a profile that GuardMDM did not define, as another MDM would.
func (w *world) foreign(t *testing.T, token gid.ID, list ...string) {
	t.Helper()
	conn, _, err := w.Tokens.Connect(t.Context(), token)
	must(t, err)
	uuid, err := conn.DefineProfile(t.Context(), []byte(`{"profile_name": "Another MDM's", "url": "https://other.example.org/enroll"}`))
	must(t, err)
	_, err = conn.AssignProfile(t.Context(), uuid, abm.These(list...))
	must(t, err)
}

// Of an organization of organizations: there are more pairs of tokens and profiles than a condition can name.
func TestStatusesOfManyTokens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 30)
		token, server, _ := w.connect(t, "one", 30)
		w.sync(t, token.ID)
		profile := w.profile(t, "P")
		for _, platform := range []device.Platform{device.PlatformMacOS, device.PlatformIPadOS} {
			_, _, err := w.Assign.SetDefault(stack.Admin(t), platform, profile, 0)
			must(t, err)
		}
		w.settle(t, token.ID)
		must(t, w.Sim.Activate(server.Inventory()[0].SerialNumber))
		w.sync(t, token.ID)
		version := *db.Reader().ADEProfile.GetX(t.Context(), profile).PublishedVersionID
		url, err := w.URLs.Current(t.Context())
		must(t, err)
		now := w.clock.Now()
		for i := range 600 {
			other := db.Ent().ABMToken.Create().SetName(fmt.Sprint("other ", i)).SetState(abmtoken.StateActive).SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(t.Context())
			db.Ent().ADEProfileRegistration.Create().SetAdeProfileVersionID(version).SetAbmTokenID(other.ID).SetServerURL(url).SetEnrollmentKey(other.ID.String()).
				SetAppleProfileUUID(fmt.Sprintf("%032X", i)).SetRegisteredAt(now).ExecX(t.Context())
		}
		w.compareStatuses(t)
	})
}
