package graph_test

import (
	"maps"
	"strconv"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Totals by token, platform and presence come from the kept counts, and so do those of devices that no rule or a default decides; all others come from the
// rows: they must not differ.
func TestTotalsOfKeptCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{})
		var ids []string
		for i, name := range []string{"first", "second", "third"} {
			token, err := s.Tokens.Generate(stack.Admin(t), name)
			must(t, err)
			ids = append(ids, token.ID.String())
			addDevices(t, db, token, device.PlatformMacOS, 3+i, 100*day, 0)
			addDevices(t, db, token, device.PlatformMacOS, 1+i, 100*day, time.Hour)
			addDevices(t, db, token, device.PlatformIOS, 2*i, 2*day, 0)
		}
		admin, name := stack.Admin(t), "Base"
		base, err := s.Profiles.Create(admin, adeprofile.Edit{Name: &name})
		must(t, err)
		second, err := gid.Parse(ids[1])
		must(t, err)
		_, _, err = s.Assign.SetDefault(admin, device.PlatformMacOS, base.ID, second)
		must(t, err)
		_, _, err = s.Assign.SetDefault(admin, device.PlatformIOS, base.ID, 0)
		must(t, err)
		_, _, err = s.Assign.Assign(admin, base.ID, assignment.Matching(device.SerialNumberIn("S000001", "S000004", "S000008", "S000011")))
		must(t, err)
		must(t, s.Assign.Work(admin))
		a := newAPI(t, s)
		total := func(where map[string]any) int {
			var list struct{ Devices struct{ TotalCount int } }
			a.get(`query($where: DeviceWhereInput) { devices(where: $where) { totalCount } }`, map[string]any{"where": where}, &list)
			return list.Devices.TotalCount
		}
		for _, tokens := range []map[string]any{{}, {"abmTokenId": ids[1]}, {"abmTokenIdIn": ids[:2]}, {"abmTokenId": ids[0], "abmTokenIdIn": ids[:2]}} {
			for _, platforms := range []map[string]any{{}, {"platform": "MACOS"}, {"platformIn": []string{"IOS", "MACOS"}}, {"platformIn": []string{"TVOS"}}} {
				for _, presence := range []map[string]any{{}, {"removedAtIsNil": true}, {"removedAtNotNil": true}, {"removedAtIsNil": true, "removedAtNotNil": true}} {
					for _, rules := range []map[string]any{{}, {"profileSource": "NONE"}, {"profileSource": "PLATFORM_DEFAULT"}, {"profileSource": "DEVICE"},
						{"profileSource": "NONE", "assignmentStatus": "PENDING"}} {
						where := map[string]any{}
						for _, part := range []map[string]any{tokens, platforms, presence, rules} {
							maps.Copy(where, part)
						}
						var rows struct {
							Devices struct{ Nodes []struct{ ID string } }
						}
						a.get(`query($where: DeviceWhereInput) { devices(first: 200, where: $where) { nodes { id } } }`, map[string]any{"where": where}, &rows)
						if n := total(where); n != len(rows.Devices.Nodes) {
							t.Errorf("%v: %d in all, %d rows", where, n, len(rows.Devices.Nodes))
						}
					}
				}
			}
		}

		_, err = db.DB().ExecContext(t.Context(), "UPDATE device_counts SET present = present + 1000 WHERE day = 0 AND platform = 'MACOS' AND abm_token_id = "+strconv.FormatInt(int64(second), 10))
		must(t, err)
		for source, want := range map[string]bool{"NONE": false, "PLATFORM_DEFAULT": true, "DEVICE": false} {
			if kept := total(map[string]any{"profileSource": source, "removedAtIsNil": true}) >= 1000; kept != want {
				t.Errorf("the total of %s is from the kept count of the second organization's Macs: %t", source, kept)
			}
		}
	})
}
