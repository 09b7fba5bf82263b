package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Every page of every list has the rows that the filter and the order say, whichever way they were found. There are enough devices
// for all of the ways.
func TestPagesOfDevices(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a := newAPI(t, stack.New(t, db, stack.Options{}))
		tokens := fleet.Fill(t, db, 20_000)
		all, err := db.Reader().Device.Query().Order(device.ByID()).All(t.Context())
		must(t, err)
		small := tokens[2].ID
		has := strings.HasPrefix
		members := map[gid.ID]bool{}
		for i, d := range all {
			if i%90 == 4 {
				members[d.ID] = true
			}
		}
		group := func(name string, rule *devicegroup.Rule) string {
			g, err := a.Groups.Create(stack.Admin(t), devicegroup.Input{Name: name, Rule: rule})
			must(t, err)
			return g.ID.String()
		}
		few := group("few", nil)
		_, _, _, err = a.Groups.AddDevices(stack.Admin(t), parseID(t, few), devicegroup.Selection{IDs: slices.Collect(maps.Keys(members))})
		must(t, err)
		colored := group("coloured", &devicegroup.Rule{All: []devicegroup.Rule{
			{Field: devicegroup.Color, Operator: devicegroup.Contains, Values: []string{"gray"}}, {Field: devicegroup.AssetTag, Operator: devicegroup.IsAnyOf, Values: []string{"=1+1"}},
		}})
		isColored := func(d *ent.Device) bool { return d.Color == "SPACE GRAY" && d.AssetTag == "=1+1" }
		rare := group("rare", &devicegroup.Rule{All: []devicegroup.Rule{
			{Field: devicegroup.Platform, Operator: devicegroup.IsAnyOf, Values: []string{"TVOS"}}, {Field: devicegroup.Model, Operator: devicegroup.BeginsWith, Values: []string{"ipad"}},
		}})
		isRare := func(d *ent.Device) bool { return d.Platform == device.PlatformTvOS && has(d.Model, "iPad") }
		for where, matches := range map[string]func(*ent.Device) bool{
			`{platform: MACOS}`: func(d *ent.Device) bool { return d.Platform == device.PlatformMacOS },
			`{platform: TVOS}`:  func(d *ent.Device) bool { return d.Platform == device.PlatformTvOS },
			`{platformIn: [TVOS, VISIONOS], removedAtIsNil: true}`: func(d *ent.Device) bool {
				return (d.Platform == device.PlatformTvOS || d.Platform == device.PlatformVisionOS) && d.RemovedAt == nil
			},
			`{removedAtNotNil: true}`:          func(d *ent.Device) bool { return d.RemovedAt != nil },
			`{serialNumberHasPrefix: "c02"}`:   func(d *ent.Device) bool { return has(d.SerialNumber, "C02") },
			`{serialNumberHasPrefix: "C02A1"}`: func(d *ent.Device) bool { return has(d.SerialNumber, "C02A1") },
			`{not: {platformIn: [IOS, IPADOS]}}`: func(d *ent.Device) bool {
				return d.Platform != device.PlatformIOS && d.Platform != device.PlatformIPadOS
			},
			`{not: {platform: IOS}, removedAtIsNil: true}`: func(d *ent.Device) bool { return d.Platform != device.PlatformIOS && d.RemovedAt == nil },
			`{not: {platformIn: [IOS, IPADOS, MACOS]}}`: func(d *ent.Device) bool {
				return d.Platform == device.PlatformTvOS || d.Platform == device.PlatformVisionOS
			},
			`{not: {platform: IOS, removedAtIsNil: true}}`:                                func(d *ent.Device) bool { return d.Platform != device.PlatformIOS || d.RemovedAt != nil },
			`{platformIn: [MACOS, IOS], not: {platform: IOS}}`:                            func(d *ent.Device) bool { return d.Platform == device.PlatformMacOS },
			`{not: {platformIn: [IOS, IPADOS, MACOS, TVOS, VISIONOS, WATCHOS, UNKNOWN]}}`: func(*ent.Device) bool { return false },
			`{platform: WATCHOS}`: func(*ent.Device) bool { return false },
			fmt.Sprintf(`{abmTokenId: %q, serialNumberHasPrefix: "H"}`, small): func(d *ent.Device) bool { return d.AbmTokenID == small && has(d.SerialNumber, "H") },
			fmt.Sprintf(`{abmTokenId: %q, serialNumberHasPrefix: "H4T7", platform: IPADOS}`, small): func(d *ent.Device) bool {
				return d.AbmTokenID == small && has(d.SerialNumber, "H4T7") && d.Platform == device.PlatformIPadOS
			},
			fmt.Sprintf(`{abmTokenId: %q, serialNumberHasPrefix: "C02"}`, small): func(d *ent.Device) bool { return d.AbmTokenID == small && has(d.SerialNumber, "C02") },
			fmt.Sprintf(`{abmTokenIdIn: [%q, %q], platform: TVOS}`, small, tokens[1].ID): func(d *ent.Device) bool {
				return (d.AbmTokenID == small || d.AbmTokenID == tokens[1].ID) && d.Platform == device.PlatformTvOS
			},
			`{serialNumberIn: ["` + all[3].SerialNumber + `", "` + all[1].SerialNumber + `"]}`: func(d *ent.Device) bool { return d.ID == all[3].ID || d.ID == all[1].ID },
			fmt.Sprintf(`{abmTokenId: %q, removedAtIsNil: true}`, small):                       func(d *ent.Device) bool { return d.AbmTokenID == small && d.RemovedAt == nil },
			fmt.Sprintf(`{deviceGroupId: %q}`, few):                                            func(d *ent.Device) bool { return members[d.ID] },
			fmt.Sprintf(`{deviceGroupId: %q, removedAtIsNil: true}`, few):                      func(d *ent.Device) bool { return members[d.ID] && d.RemovedAt == nil },
			fmt.Sprintf(`{deviceGroupId: %q, removedAtNotNil: true}`, colored):                 func(d *ent.Device) bool { return isColored(d) && d.RemovedAt != nil },
			fmt.Sprintf(`{deviceGroupId: %q, removedAtIsNil: true}`, colored):                  func(d *ent.Device) bool { return isColored(d) && d.RemovedAt == nil },
			fmt.Sprintf(`{deviceGroupId: %q}`, rare):                                           isRare,
			fmt.Sprintf(`{or: [{deviceGroupId: %q}, {not: {deviceGroupId: %q}}], platform: TVOS, serialNumberHasPrefix: "C0"}`, rare, few): func(d *ent.Device) bool {
				return (isRare(d) || !members[d.ID]) && d.Platform == device.PlatformTvOS && has(d.SerialNumber, "C0")
			},
			// An alternative holds as a whole: within "or" the two ends of a prefix's range once were alternatives themselves.
			`{or: [{platform: TVOS}, {serialNumberHasPrefix: "C02A"}]}`: func(d *ent.Device) bool {
				return d.Platform == device.PlatformTvOS || has(d.SerialNumber, "C02A")
			},
		} {
			for order, compare := range map[string]func(a, b *ent.Device) int{
				`{field: SERIAL_NUMBER, direction: ASC}`:  func(a, b *ent.Device) int { return strings.Compare(a.SerialNumber, b.SerialNumber) },
				`{field: SERIAL_NUMBER, direction: DESC}`: func(a, b *ent.Device) int { return strings.Compare(b.SerialNumber, a.SerialNumber) },
				`{field: ADDED_AT, direction: DESC}`: func(a, b *ent.Device) int {
					if c := b.AddedAt.Compare(a.AddedAt); c != 0 {
						return c
					}
					return int(b.ID - a.ID)
				},
				`null`: func(a, b *ent.Device) int { return int(a.ID - b.ID) },
			} {
				var want []string
				matching := slices.DeleteFunc(slices.Clone(all), func(d *ent.Device) bool { return !matches(d) })
				slices.SortFunc(matching, compare)
				for _, d := range matching {
					want = append(want, d.SerialNumber)
				}
				a.checkPages(t, where, order, want)
			}
		}
	})
}

// checkPages compares the first, a middle and the last page, and the total, with the whole list.
func (a api) checkPages(t *testing.T, where, order string, want []string) {
	t.Helper()
	const rows = 20
	get := func(position string) (serials []string, cursor string, more bool, total int) {
		var got struct {
			Devices struct {
				TotalCount int
				Nodes      []struct{ SerialNumber string }
				PageInfo   struct {
					HasNextPage, HasPreviousPage bool
					EndCursor                    string
				}
			}
		}
		a.get(`{devices(`+position+`, where: `+where+`, orderBy: `+order+`) {totalCount nodes{serialNumber} pageInfo{hasNextPage hasPreviousPage endCursor}}}`, nil, &got)
		for _, n := range got.Devices.Nodes {
			serials = append(serials, n.SerialNumber)
		}
		info := got.Devices.PageInfo
		return serials, info.EndCursor, info.HasNextPage, got.Devices.TotalCount
	}
	first, _, more, total := get(fmt.Sprintf("first: %d", rows))
	if head := want[:min(rows, len(want))]; !slices.Equal(first, head) || more != (len(want) > rows) || total != len(want) {
		t.Errorf("%s %s, first page: %v %d of %v %d", where, order, first, total, head, len(want))
	}
	last, _, _, _ := get(fmt.Sprintf("last: %d", rows))
	if tail := want[max(0, len(want)-rows):]; !slices.Equal(last, tail) {
		t.Errorf("%s %s, last page: %v, not %v", where, order, last, tail)
	}
	if len(want) < 3*rows {
		return
	}
	_, cursor, _, _ := get("first: 200")
	at := min(200, len(want))
	middle, _, _, _ := get(fmt.Sprintf("first: %d, after: %q", rows, cursor))
	if page := want[at:min(at+rows, len(want))]; !slices.Equal(middle, page) {
		t.Errorf("%s %s, after %d: %v, not %v", where, order, at, middle, page)
	}
}
