package assignment_test

import (
	"testing"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// The counts of profiles are those that the lists find: by the rules, and at Apple whichever version.
func TestProfileCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 40)
		token, _, list := w.connect(t, "first", 40)
		own, byGroup, byDefault := w.profile(t, "Own"), w.profile(t, "Group"), w.profile(t, "Default")
		must(t, w.Sim.Unassign(list[39]))
		w.sync(t, token.ID)
		compare := func(when string) {
			t.Helper()
			counts, err := w.Assign.ProfileCounts(t.Context())
			must(t, err)
			for _, profile := range []gid.ID{own, byGroup, byDefault} {
				matches, err := w.Assign.HasProfile(t.Context(), profile)
				must(t, err)
				byRules := db.Reader().Device.Query().Where(matches, device.RemovedAtIsNil()).CountX(t.Context())
				atApple := 0
				name := db.Reader().ADEProfile.GetX(t.Context(), profile).Name
				for _, serial := range list[:39] {
					if w.atApple(t, serial) == name {
						atApple++
					}
				}
				if want := (assignment.ProfileCount{ByRules: byRules, AtApple: atApple}); counts[profile] != want {
					t.Errorf("%s: %s is counted as %+v, not %+v", when, name, counts[profile], want)
				}
			}
		}
		compare("at first")
		_, _, err := w.Assign.SetDefault(stack.Admin(t), device.PlatformMacOS, byDefault, 0)
		must(t, err)
		_, _, err = w.Assign.Assign(stack.Admin(t), own, serials(list[:5]...))
		must(t, err)
		w.group(t, "Some", 1, byGroup, list[3:9]...)
		compare("before Apple was told")
		w.settle(t, token.ID)
		compare("afterwards")
		must(t, w.Sim.Modify(list[0], func(d *simabm.Device) {
			d.ProfileUUID, d.ProfileStatus = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "assigned"
		}))
		w.sync(t, token.ID)
		compare("with a profile of another one")
	})
}
