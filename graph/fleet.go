package graph

import (
	"cmp"
	"context"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph/model"
)

// lately is what the fleet's numbers call the last 30 days.
const lately = 30 * 24 * time.Hour

// platformCounts are the numbers of one platform.
type platformCounts struct {
	Platform      device.Platform `sql:"platform"`
	Present       int             `sql:"present"`
	AddedLately   int             `sql:"added_lately"`
	Removed       int             `sql:"removed"`
	RemovedLately int             `sql:"removed_lately"`
}

// countFleet has the database count the devices of a token, or of all, by one pass over them.
func countFleet(ctx context.Context, db *ent.Client, token *gid.ID, since time.Time) ([]platformCounts, error) {
	devices := db.Device.Query()
	if token != nil {
		devices.Where(device.AbmTokenID(*token))
	}
	var counts []platformCounts
	err := devices.Modify(func(s *sql.Selector) {
		removedAt, addedAt := s.C(device.FieldRemovedAt), s.C(device.FieldAddedAt)
		s.Select(s.C(device.FieldPlatform)).
			AppendSelectExprAs(countIf(sql.IsNull(removedAt)), "present").
			AppendSelectExprAs(countIf(sql.And(sql.IsNull(removedAt), sql.GTE(addedAt, since))), "added_lately").
			AppendSelectExprAs(countIf(sql.NotNull(removedAt)), "removed").
			AppendSelectExprAs(countIf(sql.GTE(removedAt, since)), "removed_lately").
			GroupBy(s.C(device.FieldPlatform))
	}).Scan(ctx, &counts)
	return counts, err
}

// countIf is the aggregate of the rows for which p holds.
func countIf(p *sql.Predicate) sql.Querier {
	return sql.ExprFunc(func(b *sql.Builder) { b.WriteString("COUNT(*) FILTER (WHERE ").Join(p).WriteString(")") })
}

// summarize adds the platforms up.
func summarize(counts []platformCounts) *model.FleetSummary {
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
