package assignment

import (
	"context"
	"errors"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/gid"
)

// Profiled counts present devices that have at Apple the profile that they should have: those that did not fetch it yet, as far as Apple has told, and
// those that did; and of both, who never contacted this server.
type Profiled struct {
	Assigned, AssignedNotEnrolled int
	Pushed, PushedNotEnrolled     int
}

// CountProfiled gives as many devices as there are of the statuses, of one token or of all for 0. They can be up to a minute old.
func (s *Service) CountProfiled(ctx context.Context, token gid.ID) (Profiled, error) {
	return s.profiled.get(token, s.clock, func() (Profiled, error) { return s.countProfiled(ctx, token) })
}

func (s *Service) countProfiled(ctx context.Context, token gid.ID) (p Profiled, err error) {
	r, err := s.readRules(ctx)
	if err != nil {
		return p, err
	}
	all := sql.Dialect(s.db.Dialect()).Select().From(sql.Table(device.Table))
	r.agree(hasProfile)(all)
	if token != 0 {
		all.Where(sql.EQ(all.C(device.FieldAbmTokenID), token))
	}
	all.SelectExpr(sql.Raw("devices.apple_profile_status = 'pushed' AS pushed"),
		sql.Raw("EXISTS (SELECT 1 FROM device_enrollments AS e WHERE e.device_id = devices.id AND e.status <> '"+string(deviceenrollment.StatusNotEnrolled)+"') AS came"))
	query, args := sql.Dialect(s.db.Dialect()).Select("pushed", "came").AppendSelectExpr(sql.Raw("count(*)")).From(all.As("profiled")).GroupBy("pushed", "came").Query()
	rows, err := s.db.ReaderDB().QueryContext(ctx, query, args...)
	if err != nil {
		return p, fmt.Errorf("counting the devices that have their profile: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var pushed, came bool
		var n int
		if err := rows.Scan(&pushed, &came, &n); err != nil {
			return p, err
		}
		of, waiting := &p.Assigned, &p.AssignedNotEnrolled
		if pushed {
			of, waiting = &p.Pushed, &p.PushedNotEnrolled
		}
		*of += n
		if !came {
			*waiting = n
		}
	}
	return p, errors.Join(rows.Err(), rows.Close())
}
