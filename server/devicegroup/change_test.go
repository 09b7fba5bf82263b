package devicegroup_test

import (
	"testing"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
)

// Another rule of a group is compared with the present one before it is stored.
func TestRuleChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		fleet.Fill(t, db, 2_000)
		s := devicegroup.New(db, clockwork.NewRealClock(), nil)
		on := func(platforms ...string) devicegroup.Rule {
			return devicegroup.Rule{Field: devicegroup.Platform, Operator: devicegroup.IsAnyOf, Values: platforms}
		}
		was := on("MACOS", "TVOS")
		g, err := s.Create(auth.Console(t.Context()), devicegroup.Input{Name: "Some", Rule: &was})
		if err != nil {
			t.Fatal(err)
		}
		count := func(p device.Platform) int {
			return db.Reader().Device.Query().Where(device.PlatformEQ(p), device.RemovedAtIsNil()).CountX(t.Context())
		}
		joining, leaving, err := s.RuleChange(t.Context(), g.ID, on("MACOS", "IPADOS"))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			got      devicegroup.Difference
			platform device.Platform
		}{{joining, device.PlatformIPadOS}, {leaving, device.PlatformTvOS}} {
			if n := count(c.platform); c.got.Devices != n || !c.got.Exact || len(c.got.Examples) != min(n, 10) {
				t.Errorf("%d devices of %s: %d, exact %v, %d examples", n, c.platform, c.got.Devices, c.got.Exact, len(c.got.Examples))
			}
			for _, d := range c.got.Examples {
				if d.Platform != c.platform || d.RemovedAt != nil {
					t.Errorf("an example is %v", d)
				}
			}
		}
		if joining, leaving, err = s.RuleChange(t.Context(), g.ID, was); err != nil || joining.Devices+leaving.Devices != 0 {
			t.Errorf("the same rule: %v, %v, %v", joining, leaving, err)
		}
		if _, _, err = s.RuleChange(t.Context(), g.ID, on("TOASTER")); apperr.CodeOf(err) != apperr.BadUserInput {
			t.Errorf("a rule that makes no sense: %v", err)
		}
		static, err := s.Create(auth.Console(t.Context()), devicegroup.Input{Name: "By hand"})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err = s.RuleChange(t.Context(), static.ID, was); apperr.CodeOf(err) != apperr.Conflict {
			t.Errorf("a group without a rule: %v", err)
		}
	})
}
