package assignment

import (
	"context"
	"errors"
	"fmt"

	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// Unfinished counts present devices that are not enrolled and get no profile, by why not.
type Unfinished struct {
	Unassigned    int
	NotAccessible int
}

const (
	enrolled    = "e.status = '" + string(deviceenrollment.StatusEnrolled) + "'"
	notEnrolled = "NOT EXISTS (SELECT 1 FROM device_enrollments AS e WHERE e.device_id = devices.id AND " + enrolled + ")"

	// In two steps, so that an index finds the devices of platforms that have no default for any token, and for these alone asks for the token's.
	noDefault = "devices.platform IN (SELECT counts.platform FROM device_counts AS counts WHERE counts.day = 0 AND NOT EXISTS (SELECT 1 FROM platform_defaults AS slot" +
		" WHERE slot.platform = counts.platform AND slot.abm_token_id IS NULL)) AND NOT EXISTS (SELECT 1 FROM platform_defaults AS slot" +
		" WHERE slot.platform = devices.platform AND slot.abm_token_id = devices.abm_token_id)"
)

// ruledOut are the rules named by devices that give no profile: the choice of none, and groups that are gone, until their devices are seen to. It goes
// from one rule to the next in the index of rules: of all devices, a whole group costs one step.
var ruledOut = "WITH RECURSIVE rules(rule) AS (SELECT min(profile_rule) FROM devices WHERE profile_rule >= " + firstGroup +
	" UNION ALL SELECT (SELECT min(profile_rule) FROM devices WHERE profile_rule > rules.rule) FROM rules WHERE rules.rule IS NOT NULL)" +
	" SELECT " + noProfile + " UNION ALL SELECT rule FROM rules WHERE rule IS NOT NULL" +
	" AND NOT EXISTS (SELECT 1 FROM device_groups AS g WHERE g.id = rules.rule AND g.ade_profile_id IS NOT NULL)"

// CountUnfinished gives as many devices as there are of the statuses and not enrolled, of one token or of all for 0. Counting what has the statuses
// would go through the fleet. Here, the Unassigned devices are their kept number, less those among them that enrolled or that Apple is going to be told
// of, and with those whose own rule gives none. They can be up to a minute old.
func (s *Service) CountUnfinished(ctx context.Context, token gid.ID) (Unfinished, error) {
	return s.unfinished.get(token, s.clock, func() (Unfinished, error) { return s.countUnfinished(ctx, token) })
}

func (s *Service) countUnfinished(ctx context.Context, token gid.ID) (u Unfinished, err error) {
	err = s.db.WithRead(ctx, func(ctx context.Context, tx *store.Tx) error {
		platforms, err := s.ruleless(ctx, tx, FromNothing, oneOrAll(token), nil)
		if err != nil {
			return err
		}
		kept := 0
		for _, n := range platforms {
			kept += n
		}
		c := counting{ctx: ctx, tx: tx, token: token}
		u.NotAccessible = c.count("assignment_items AS item CROSS JOIN devices WHERE item.device_id = devices.id AND item.state = '" + string(NotAccessible) + "'" +
			" AND devices.removed_at IS NULL AND " + notEnrolled)
		u.Unassigned = kept + c.count("devices WHERE devices.profile_rule IN ("+ruledOut+") AND devices.removed_at IS NULL AND "+itemless+" AND "+notEnrolled)
		if kept > 0 {
			u.Unassigned -= c.ofNoDefault("device_enrollments AS e", enrolled, kept, "e.device_id = devices.id AND "+enrolled)
			u.Unassigned -= c.ofNoDefault("assignment_items AS item", "1 = 1", kept, "item.device_id = devices.id AND "+notEnrolled)
		}
		u.Unassigned = max(u.Unassigned, 0) // on PostgreSQL each statement sees its own moment
		return c.err
	})
	if err != nil {
		return Unfinished{}, fmt.Errorf("counting the devices that are not enrolled: %w", err)
	}
	return u, nil
}

// counting counts devices of one token, or of all for 0, until something fails.
type counting struct {
	ctx   context.Context
	tx    *store.Tx
	token gid.ID
	err   error
}

func (c *counting) count(devices string) (n int) {
	var args []any
	if c.token != 0 {
		devices, args = devices+" AND devices.abm_token_id = $1", []any{int64(c.token)}
	}
	return c.number("SELECT count(*) FROM "+devices, args...)
}

// ofNoDefault counts the devices without rule and default for which another table has a row. SQLite joins in the order that is written: the shorter
// side is first. PostgreSQL knows by itself which that is.
func (c *counting) ofNoDefault(table, rows string, devices int, join string) int {
	tables := table + " CROSS JOIN devices"
	if c.number(fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %d) AS few", table, rows, devices)) >= devices {
		tables = "devices CROSS JOIN " + table
	}
	return c.count(tables + " WHERE " + join + " AND devices.profile_rule IS NULL AND devices.removed_at IS NULL AND " + noDefault)
}

func (c *counting) number(query string, args ...any) (n int) {
	if c.err != nil {
		return 0
	}
	rows, err := c.tx.QueryContext(c.ctx, query, args...)
	if err != nil {
		c.err = err
		return 0
	}
	defer rows.Close()
	if rows.Next() {
		c.err = rows.Scan(&n)
	}
	c.err = errors.Join(c.err, rows.Err())
	return n
}
