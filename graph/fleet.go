package graph

import (
	"cmp"
	"slices"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/upkeep"
)

// summarize adds the platforms up.
func summarize(counts []inventory.PlatformCounts) *model.FleetSummary {
	sum := &model.FleetSummary{Platforms: []*model.PlatformCount{}}
	for _, c := range counts {
		sum.Devices += c.Present
		sum.AddedIn30Days += c.AddedLately
		sum.Removed += c.Removed
		sum.RemovedIn30Days += c.RemovedLately
		if c.Present > 0 {
			sum.Platforms = append(sum.Platforms, &model.PlatformCount{Platform: c.Platform, Devices: c.Present, AddedIn30Days: c.AddedLately})
		}
	}
	slices.SortFunc(sum.Platforms, func(a, b *model.PlatformCount) int {
		return cmp.Or(cmp.Compare(b.Devices, a.Devices), cmp.Compare(a.Platform, b.Platform))
	})
	return sum
}

// unfinishedCounts adds those that have or get their profile.
func unfinishedCounts(u assignment.Unfinished, notEnrolled int) *model.UnfinishedCounts {
	return &model.UnfinishedCounts{Unassigned: u.Unassigned, NotAccessible: u.NotAccessible, Waiting: max(notEnrolled-u.Unassigned-u.NotAccessible, 0)}
}

// maxDays is for how many days the course of the fleet is kept.
const maxDays = 400

func platformDays(list []upkeep.Day) []*model.PlatformDay {
	days := make([]*model.PlatformDay, len(list))
	for i, d := range list {
		days[i] = &model.PlatformDay{StartsAt: d.Date, Platform: device.Platform(d.Platform), Devices: d.Devices}
	}
	return days
}
