package graph_test

import (
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Totals by token, platform and presence come from the kept counts, all others from the rows: they must not differ.
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
		a := newAPI(t, s)
		for _, tokens := range []map[string]any{{}, {"abmTokenId": ids[1]}, {"abmTokenIdIn": ids[:2]}, {"abmTokenId": ids[0], "abmTokenIdIn": ids[:2]}} {
			for _, platforms := range []map[string]any{{}, {"platform": "MACOS"}, {"platformIn": []string{"IOS", "MACOS"}}, {"platformIn": []string{"TVOS"}}} {
				for _, presence := range []map[string]any{{}, {"removedAtIsNil": true}, {"removedAtNotNil": true}, {"removedAtIsNil": true, "removedAtNotNil": true}} {
					where := map[string]any{}
					for _, part := range []map[string]any{tokens, platforms, presence} {
						for k, v := range part {
							where[k] = v
						}
					}
					var total struct{ Devices struct{ TotalCount int } }
					a.get(`query($where: DeviceWhereInput) { devices(where: $where) { totalCount } }`, map[string]any{"where": where}, &total)
					var rows struct {
						Devices struct{ Nodes []struct{ ID string } }
					}
					a.get(`query($where: DeviceWhereInput) { devices(first: 200, where: $where) { nodes { id } } }`, map[string]any{"where": where}, &rows)
					if total.Devices.TotalCount != len(rows.Devices.Nodes) {
						t.Errorf("%v: %d in all, %d rows", where, total.Devices.TotalCount, len(rows.Devices.Nodes))
					}
				}
			}
		}
	})
}
