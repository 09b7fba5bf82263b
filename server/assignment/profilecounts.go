package assignment

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
)

// ProfileCount is how many present devices have a profile.
type ProfileCount struct {
	ByRules int
	AtApple int // a version of it, whichever
}

// ProfileCounts gives how many devices have each profile, by the rules and at Apple: one pass over the devices gives those of every profile, so that a list of
// profiles costs no more than one of them. They can be up to a minute old.
func (s *Service) ProfileCounts(ctx context.Context) (map[gid.ID]ProfileCount, error) {
	return s.profileCounts.get(0, s.clock, func() (map[gid.ID]ProfileCount, error) { return s.countProfiles(ctx) })
}

// countProfiles counts devices that are alike in what decides their profile and what Apple has, then asks about each kind of them once.
func (s *Service) countProfiles(ctx context.Context) (map[gid.ID]ProfileCount, error) {
	const kinds = "devices.profile_rule, devices.abm_token_id, devices.platform, devices.apple_profile_uuid, devices.apple_profile_status"
	each := sql.Dialect(s.db.Dialect()).Select().From(sql.Table(device.Table))
	each.AppendSelectExpr(sql.Raw(kinds + ", count(*) AS n"))
	each.Where(sql.IsNull(each.C(device.FieldRemovedAt))).GroupBy("profile_rule", "abm_token_id", "platform", "apple_profile_uuid", "apple_profile_status")
	all := sql.Dialect(s.db.Dialect()).Select().From(each.As(device.Table))
	all.AppendSelectExpr(sql.Raw("coalesce(" + desired + ", 0)"))
	all.AppendSelectExpr(sql.Raw("coalesce((SELECT max(version.ade_profile_id) FROM ade_profile_registrations AS ours JOIN ade_profile_versions AS version" +
		" ON version.id = ours.ade_profile_version_id WHERE " + hasProfile + " AND ours.abm_token_id = devices.abm_token_id AND ours.apple_profile_uuid <> '' AND " +
		same("ours.apple_profile_uuid", "devices.apple_profile_uuid") + "), 0)"))
	all.AppendSelectExpr(sql.Raw("devices.n"))
	query, args := all.Query()
	rows, err := s.db.ReaderDB().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("counting the devices of profiles: %w", err)
	}
	defer rows.Close()
	counts := map[gid.ID]ProfileCount{}
	for rows.Next() {
		var wanted, apple gid.ID
		var n int
		if err := rows.Scan(&wanted, &apple, &n); err != nil {
			return nil, err
		}
		c := counts[wanted]
		c.ByRules += n
		counts[wanted] = c
		c = counts[apple]
		c.AtApple += n
		counts[apple] = c
	}
	return counts, errors.Join(rows.Err(), rows.Close())
}
