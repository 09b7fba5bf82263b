package assignment

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// Change is something that might be done: a profile for devices, for a group, or for a platform's default.
type Change struct {
	Profile gid.ID // 0: what is chosen there now is taken back
	// One of these says where.
	Devices  Selection
	Group    gid.ID
	Platform device.Platform
	Token    gid.ID // with Platform: the default of this token alone
}

// Preview is what a Change would do. Removed devices are not counted.
type Preview struct {
	Devices, Unchanged                      int
	Observed, Foreign, Activated, Throttled int // of those that change
	// NotAwaited are those that have to migrate and would have a profile that does not wait: Apple is not told.
	NotAwaited int
	Changes    []PreviewChange
	Unknown    []string // serial numbers of no device
	Platforms  []device.Platform
}

// PreviewChange is how many devices would lose one profile for another; nil is none.
type PreviewChange struct {
	From, To *ent.ADEProfile
	Devices  int
}

// Matching selects what a condition finds, however many these are.
func Matching(devices predicate.Device) Selection { return matching{devices} }

type matching struct{ devices predicate.Device }

// Resolve implements Selection.
func (m matching) Resolve(ctx context.Context, tx *store.Tx) (predicate.Device, []string, int, error) {
	n, err := tx.Device.Query().Where(m.devices).Count(ctx)
	return m.devices, nil, n, err
}

// Preview works out what a change would do, for all devices in one query. Nothing is stored.
func (s *Service) Preview(ctx context.Context, c Change) (*Preview, error) {
	p := &Preview{}
	if c.Profile != 0 {
		if _, err := usable(ctx, s.db.Reader(), c.Profile); err != nil {
			return nil, err
		}
	}
	which, groups, becomes, err := s.outcomeOf(ctx, c, p)
	if err != nil {
		return nil, store.MapError(err)
	}
	alike := s.alike(device.And(which, device.RemovedAtIsNil()), groups)
	sums := sql.Dialect(s.db.Dialect()).Select().From(alike.As(device.Table))
	column := func(expression, as string) { sums.AppendSelectExprAs(sql.Raw("("+expression+")"), as) }
	column("coalesce("+desired+", 0)", "has")
	column("coalesce("+becomes+", 0)", "gets")
	column("devices.platform", "platform")
	column("devices.n", "n")
	column("CASE WHEN EXISTS (SELECT 1 FROM abm_tokens AS token WHERE token.id = devices.abm_token_id AND token.assignment_mode = 'ENFORCE') THEN 0 ELSE devices.n END", "observed")
	column("CASE WHEN "+isForeign+" THEN devices.n ELSE 0 END", "other")
	column("CASE WHEN devices.apple_profile_status = 'pushed' OR devices.activated = 1 THEN devices.n ELSE 0 END", "activated")
	column("CASE WHEN devices.migrates = 1 THEN devices.n ELSE 0 END", "migrating")
	column("CASE WHEN devices.throttled = 1 THEN devices.n ELSE 0 END", "throttled")
	outer := sql.Dialect(s.db.Dialect()).Select("has", "gets", "platform").From(sums.As("d"))
	for _, sum := range []string{"n", "observed", "other", "activated", "throttled", "migrating"} {
		outer.AppendSelectExpr(sql.Raw("CAST(sum(" + sum + ") AS BIGINT)"))
	}
	query, args := outer.GroupBy("has", "gets", "platform").Query()
	return p, s.db.WithRead(ctx, func(ctx context.Context, tx *store.Tx) error { return s.readPreview(ctx, tx, p, query, args) })
}

// alike counts devices that are alike in everything the rules and their standing depend on: a million of them make a few hundred rows, and only
// these have the rules asked about. chosen is the first of the groups that they are in; 0 for none.
func (s *Service) alike(which predicate.Device, groups []*ent.DeviceGroup) *sql.Selector {
	const kinds = "devices.profile_rule, devices.abm_token_id, devices.platform, devices.apple_profile_uuid, devices.apple_profile_status"
	each := sql.Dialect(s.db.Dialect()).Select().From(sql.Table(device.Table))
	each.AppendSelectExpr(sql.Raw(kinds))
	each.AppendSelectExprAs(sql.ExprFunc(func(b *sql.Builder) {
		s.firstOf(b, groups, func(g *ent.DeviceGroup) string { return number(g.ID) }, "0")
	}), "chosen")
	each.AppendSelectExprAs(sql.Raw("CASE WHEN devices.id IN (SELECT item.device_id FROM assignment_items AS item WHERE item.state = 'THROTTLED') THEN 1 ELSE 0 END"), "throttled")
	for _, flag := range []struct{ name, condition string }{{"activated", noted(devicenote.KindActivated)}, {"migrates", noted(devicenote.KindMigration)}} {
		each.AppendSelectExprAs(sql.Raw("CASE WHEN "+flag.condition+" THEN 1 ELSE 0 END"), flag.name)
	}
	which(each)
	counted := sql.Dialect(s.db.Dialect()).Select().From(each.As(device.Table))
	counted.AppendSelectExpr(sql.Raw(kinds + ", devices.chosen, devices.throttled, devices.activated, devices.migrates, count(*) AS n"))
	counted.GroupBy("profile_rule", "abm_token_id", "platform", "apple_profile_uuid", "apple_profile_status", "chosen", "throttled", "activated", "migrates")
	return counted
}

func (s *Service) readPreview(ctx context.Context, tx *store.Tx, p *Preview, query string, args []any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("working out a preview: %w", err)
	}
	defer rows.Close()
	type pair struct{ from, to gid.ID }
	counts := map[pair]int{}
	profiles := map[gid.ID]bool{}
	migrations := map[gid.ID]int{}
	for rows.Next() {
		var from, to gid.ID
		var platform string
		var n, observed, foreign, activated, throttled, migrating int
		if err := rows.Scan(&from, &to, &platform, &n, &observed, &foreign, &activated, &throttled, &migrating); err != nil {
			return err
		}
		p.Devices += n
		if from == to {
			p.Unchanged += n
			continue
		}
		p.Observed, p.Foreign, p.Activated, p.Throttled = p.Observed+observed, p.Foreign+foreign, p.Activated+activated, p.Throttled+throttled
		counts[pair{from, to}] += n
		if migrating > 0 && to != 0 {
			migrations[to] += migrating
		}
		profiles[from], profiles[to] = true, true
		if !slices.Contains(p.Platforms, device.Platform(platform)) {
			p.Platforms = append(p.Platforms, device.Platform(platform))
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	awaits, err := waitingAmong(ctx, s.db.ReaderDB(), s.db.Dialect(), slices.Collect(maps.Keys(migrations))...)
	if err != nil {
		return err
	}
	for profile, n := range migrations {
		if !awaits[profile] {
			p.NotAwaited += n
		}
	}
	named, err := profilesOf(ctx, s.db.Reader(), wanting(profiles))
	if err != nil {
		return err
	}
	for changed, n := range counts {
		p.Changes = append(p.Changes, PreviewChange{From: named[changed.from], To: named[changed.to], Devices: n})
	}
	slices.SortFunc(p.Changes, func(a, b PreviewChange) int { return b.Devices - a.Devices })
	slices.Sort(p.Platforms)
	return nil
}

func wanting(profiles map[gid.ID]bool) (list []stand) {
	for id := range profiles {
		list = append(list, stand{Want: id})
	}
	return list
}

// outcomeOf says which devices a change is about, which groups may decide for them then, and, in SQL of a row of alike, which profile they would have.
func (s *Service) outcomeOf(ctx context.Context, c Change, p *Preview) (which predicate.Device, groups []*ent.DeviceGroup, becomes string, err error) {
	db := s.db.Reader()
	profile := "CAST(NULL AS BIGINT)"
	if c.Profile != 0 {
		profile = number(c.Profile)
	}
	switch {
	case c.Devices != nil:
		err := s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			which, p.Unknown, _, err = c.Devices.Resolve(ctx, tx)
			return err
		})
		if err != nil || c.Profile != 0 {
			return which, nil, profile, err
		}
		groups, err := decidingGroups(ctx, db)
		return which, groups, byRules(groups), err
	case c.Group != 0:
		g, err := db.DeviceGroup.Query().Where(devicegroup.ID(c.Group)).Only(ctx)
		if ent.IsNotFound(err) {
			return nil, nil, "", apperr.Wrap(err, apperr.NotFound, "There is no device group %s.", c.Group).WithHint("Take the identifier from deviceGroups.").WithField("deviceGroupId")
		} else if err != nil {
			return nil, nil, "", err
		}
		if groups, err = decidingGroups(ctx, db); err != nil {
			return nil, nil, "", err
		}
		groups = slices.DeleteFunc(groups, func(other *ent.DeviceGroup) bool { return other.ID == g.ID })
		if c.Profile != 0 {
			changed := *g
			changed.AdeProfileID = &c.Profile
			at, _ := slices.BinarySearchFunc(groups, g, func(a, b *ent.DeviceGroup) int {
				return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
			})
			groups = slices.Insert(groups, at, &changed)
		}
		return s.InGroup(g), groups, "CASE WHEN " + isOwn + " THEN " + desired + " ELSE " + byRules(groups) + " END", nil
	case c.Platform != "":
		platforms, _, ok := together(c.Platform)
		if !ok {
			return nil, nil, "", apperr.New(apperr.BadUserInput, "Devices of the platform %s cannot have a default.", c.Platform).WithField("defaultPlatform")
		}
		which = inPlatforms(platforms)
		slot := "coalesce(" + tokenDefault + ", " + profile + ")"
		if c.Token != 0 {
			which = device.And(which, device.AbmTokenID(c.Token))
			slot = "coalesce(" + profile + ", " + platformDefault + ")"
		}
		return which, nil, "CASE WHEN devices.profile_rule IS NULL THEN " + slot + " ELSE " + desired + " END", nil
	}
	return nil, nil, "", apperr.New(apperr.BadUserInput, "Nothing says which devices are meant.").
		WithHint("Give one of `deviceIds`, `serialNumbers`, `serialListId`, `where`, `deviceGroupId` and `defaultPlatform`.")
}

// byRules is the profile that devices would have without a choice of their own.
func byRules(groups []*ent.DeviceGroup) string {
	byDefault := "coalesce(" + tokenDefault + ", " + platformDefault + ")"
	if len(groups) == 0 {
		return byDefault
	}
	text := "CASE devices.chosen"
	for _, g := range groups {
		text += " WHEN " + number(g.ID) + " THEN " + number(*g.AdeProfileID)
	}
	return "(" + text + " ELSE " + byDefault + " END)"
}
