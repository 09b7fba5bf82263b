package assignment

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/abm"
)

// HasStatus finds the devices that stand so with Apple.
func (s *Service) HasStatus(ctx context.Context, status Status) (predicate.Device, error) {
	switch status {
	case Removed:
		return device.RemovedAtNotNil(), nil
	case Failed, Throttled, NotAccessible:
		return device.And(device.RemovedAtIsNil(), hasItem(status)), nil
	case Unassigned:
		_, none, err := s.slots(ctx)
		return device.And(device.Or(device.ProfileRuleNotNil(), device.PlatformIn(none...)), device.RemovedAtIsNil(), where(desired+" IS NULL AND "+itemless)), err
	case Assigned, Pushed, Pending:
	default:
		return nil, fmt.Errorf("there is no assignment status %q", status)
	}
	r, err := s.readRules(ctx)
	if err != nil {
		return nil, err
	}
	switch status {
	case Assigned:
		return r.agree("devices.apple_profile_status NOT IN ('', 'empty', 'removed', 'pushed')"), nil
	case Pushed:
		return r.agree("devices.apple_profile_status = 'pushed'"), nil
	}
	return device.And(device.RemovedAtIsNil(), device.Or(hasItem(Pending), r.differ())), nil
}

// itemless says that nothing about the device waits to be told to Apple.
const itemless = "NOT EXISTS (SELECT 1 FROM assignment_items AS item WHERE item.device_id = devices.id)"

// hasItem finds the devices about which something waits, with a status.
func hasItem(status Status) predicate.Device {
	return func(q *sql.Selector) {
		which := "devices.id IN (SELECT item.device_id FROM assignment_items AS item WHERE item.state = '" + string(status) + "')"
		if q.Context().Value(rowByRow{}) != nil {
			which = "EXISTS (SELECT 1 FROM assignment_items AS item WHERE item.device_id = devices.id AND item.state = '" + string(status) + "')"
		}
		where(which)(q)
	}
}

// RowByRow tells the conditions of a query that it goes through a bounded number of rows: they then ask about each of these. Otherwise they look for
// what they are about first, of which there can be as much as there are devices.
func RowByRow(ctx context.Context) context.Context { return context.WithValue(ctx, rowByRow{}, true) }

type rowByRow struct{}

// rules are the few rows that decide what devices should have and which identifiers Apple gave that. A condition made of them names columns of devices
// and constants only: it costs a fraction of asking these tables about each device, and indexes find what it is about.
type rules struct {
	groups   map[gid.ID][]gid.ID // of each profile
	defaults []*ent.PlatformDefault
	tokens   []gid.ID
	profiles []gid.ID // deleted ones too: until their devices were seen to, they still name them
	current  []registered
	url      string // that the profiles hold
}

// mostPairs is how many pairs of a token and a profile a condition names. SQLite takes expressions of a depth of 1,000, and planning what names hundreds of
// pairs costs more than it saves: the tables are then asked about each device.
const mostPairs = 100

func (r *rules) tooMany() bool {
	return len(r.current) > mostPairs || len(r.tokens)*len(r.defaults) > mostPairs
}

// agrees asks the tables whether Apple has what the rules say.
var agrees = hasProfile + " AND EXISTS (SELECT 1 FROM ade_profiles AS wanted JOIN ade_profile_registrations AS registration" +
	" ON registration.ade_profile_version_id = wanted.published_version_id WHERE wanted.id = " + desired +
	" AND wanted.deleted_at IS NULL AND registration.abm_token_id = devices.abm_token_id AND registration.apple_profile_uuid <> '' AND " +
	same("registration.apple_profile_uuid", "devices.apple_profile_uuid") + " AND registration.server_url = ?)"

// registered is what Apple gave one token for the published version of a profile.
type registered struct {
	token, profile gid.ID
	uuid           string
}

func (s *Service) readRules(ctx context.Context) (*rules, error) {
	db := s.db.Reader()
	url, err := s.ServerURL(ctx, db)
	if err != nil {
		return nil, err
	}
	r := &rules{groups: map[gid.ID][]gid.ID{}, url: url}
	groups, err := db.DeviceGroup.Query().Where(devicegroup.AdeProfileIDNotNil()).Order(devicegroup.ByID()).Select(devicegroup.FieldID, devicegroup.FieldAdeProfileID).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		r.groups[*g.AdeProfileID] = append(r.groups[*g.AdeProfileID], g.ID)
	}
	if r.defaults, err = db.PlatformDefault.Query().All(ctx); err != nil {
		return nil, err
	}
	if r.tokens, err = db.ABMToken.Query().IDs(ctx); err != nil {
		return nil, err
	}
	if r.profiles, err = db.ADEProfile.Query().IDs(ctx); err != nil {
		return nil, err
	}
	rows, err := s.db.ReaderDB().QueryContext(ctx, "SELECT registration.abm_token_id, wanted.id, registration.apple_profile_uuid FROM ade_profiles AS wanted"+
		" JOIN ade_profile_registrations AS registration ON registration.ade_profile_version_id = wanted.published_version_id"+
		" WHERE wanted.deleted_at IS NULL AND registration.apple_profile_uuid <> '' AND registration.server_url = $1 ORDER BY registration.id", url)
	if err != nil {
		return nil, fmt.Errorf("reading what Apple calls the profiles: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c registered
		if err := rows.Scan(&c.token, &c.profile, &c.uuid); err != nil {
			return nil, err
		}
		c.uuid = abm.PlainUUID(c.uuid)
		r.current = append(r.current, c)
	}
	return r, rows.Err()
}

// platforms are those whose default for the token is the profile.
func (r *rules) platforms(token, profile gid.ID) (list []device.Platform) {
	decided := map[string]gid.ID{}
	for _, d := range r.defaults {
		switch _, known := decided[d.Platform]; {
		case d.AbmTokenID == nil && !known, d.AbmTokenID != nil && *d.AbmTokenID == token:
			decided[d.Platform] = d.AdeProfileID
		}
	}
	for platform, p := range decided {
		if p == profile {
			list = append(list, device.Platform(platform))
		}
	}
	slices.Sort(list)
	return list
}

// of gives what Apple calls the profile for the token; "" if it was not told of it as it is now.
func (r *rules) of(token, profile gid.ID) string {
	for _, c := range r.current {
		if c.token == token && c.profile == profile {
			return c.uuid
		}
	}
	return ""
}

// agree finds the devices that have at Apple what the rules say, with a status for which a condition holds.
func (r *rules) agree(status string) predicate.Device {
	if r.tooMany() {
		return device.And(device.RemovedAtIsNil(), where(status+" AND "+agrees, r.url))
	}
	var terms []predicate.Device
	for _, c := range r.current {
		has := device.And(device.AbmTokenID(c.token), device.AppleProfileUUID(c.uuid), device.RemovedAtIsNil(), where(status))
		terms = append(terms, device.And(device.ProfileRuleIn(r.naming(c.profile)...), has))
		if platforms := r.platforms(c.token, c.profile); len(platforms) > 0 {
			terms = append(terms, device.And(device.PlatformIn(platforms...), has, device.ProfileRuleIsNil()))
		}
	}
	return either(terms)
}

// differ finds the devices that should have something else than they have, about which Apple is not going to be told.
func (r *rules) differ() predicate.Device {
	if r.tooMany() {
		return where(desired+" IS NOT NULL AND "+itemless+" AND NOT ("+agrees+")", r.url)
	}
	var terms []predicate.Device
	add := func(ps ...predicate.Device) { terms = append(terms, device.And(append(ps, where(itemless))...)) }
	var naming []gid.ID
	for _, p := range r.profiles {
		naming = append(naming, r.naming(p)...)
	}
	if len(naming) > 0 {
		var agreeing []predicate.Device
		for _, c := range r.current {
			agreeing = append(agreeing, device.And(device.ProfileRuleIn(r.naming(c.profile)...), device.AbmTokenID(c.token),
				device.AppleProfileUUID(c.uuid), where(hasProfile)))
		}
		add(device.ProfileRuleIn(naming...), device.Not(either(agreeing)))
	}
	for _, token := range r.tokens {
		for _, profile := range r.profiles {
			platforms := r.platforms(token, profile)
			if len(platforms) == 0 {
				continue
			}
			one := device.And(device.PlatformIn(platforms...), device.AbmTokenID(token), device.ProfileRuleIsNil())
			uuid := r.of(token, profile)
			if uuid == "" {
				add(one)
				continue
			}
			// Both sides of what agrees, and what is there without being in force: an index finds these, and not what agrees.
			add(one, device.AppleProfileUUIDLT(uuid))
			add(one, device.AppleProfileUUIDGT(uuid))
			add(one, device.AppleProfileUUID(uuid), where("devices.apple_profile_status IN ('', 'empty', 'removed')"))
		}
	}
	return either(terms)
}

// naming are the rules that give devices the profile: their own, and those of groups.
func (r *rules) naming(profile gid.ID) []gid.ID {
	return append([]gid.ID{profile}, r.groups[profile]...)
}

// either is an OR; of nothing it finds nothing.
func either(ps []predicate.Device) predicate.Device {
	if len(ps) == 0 {
		return device.IDIn()
	}
	return device.Or(ps...)
}
