package assignment

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

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
	o, err := s.prospectOf(ctx, c, p)
	if err != nil {
		return nil, store.MapError(err)
	}
	alike := s.alike(device.And(o.which, device.RemovedAtIsNil()), o.groups, o.asked)
	sums := sql.Dialect(s.db.Dialect()).Select().From(alike.As(device.Table))
	column := func(expression, as string) { sums.AppendSelectExprAs(sql.Raw("("+expression+")"), as) }
	column("coalesce("+desired+", 0)", "has")
	column("coalesce("+o.becomes+", 0)", "gets")
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
// these have the rules asked about. chosen is the firstPlace among the groups of those devices that asked is about: which rule the others follow is kept.
func (s *Service) alike(which predicate.Device, groups []*ent.DeviceGroup, asked string) *sql.Selector {
	const kinds = "devices.profile_rule, devices.abm_token_id, devices.platform, devices.apple_profile_uuid, devices.apple_profile_status"
	each := sql.Dialect(s.db.Dialect()).Select().From(sql.Table(device.Table))
	each.AppendSelectExpr(sql.Raw(kinds))
	each.AppendSelectExprAs(sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString("CASE WHEN " + asked + " THEN ")
		s.firstPlace(b, groups)
		b.WriteString(" ELSE " + strconv.Itoa(nowhere) + " END")
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

// nobody holds for no device.
const nobody = "1 = 0"

// prospect is what a change leads to.
type prospect struct {
	which   predicate.Device
	becomes string // which profile devices would have, in SQL of a row of alike
	// asked says of which devices groups decide anew; of none where nothing is taken back.
	asked  string
	groups []*ent.DeviceGroup
}

func (s *Service) prospectOf(ctx context.Context, c Change, p *Preview) (o prospect, err error) {
	db := s.db.Reader()
	profile := "CAST(NULL AS BIGINT)"
	if c.Profile != 0 {
		profile = number(c.Profile)
	}
	o = prospect{becomes: profile, asked: nobody}
	switch {
	case c.Devices != nil:
		err := s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			o.which, p.Unknown, _, err = c.Devices.Resolve(ctx, tx)
			return err
		})
		if err != nil || c.Profile != 0 {
			return o, err
		}
		o.groups, err = decidingGroups(ctx, db)
		o.asked = isOwn
		o.becomes = "CASE WHEN " + isOwn + " THEN " + byRules(o.groups) + " ELSE " + desired + " END"
		return o, err
	case c.Group != 0:
		g, err := db.DeviceGroup.Query().Where(devicegroup.ID(c.Group)).Only(ctx)
		if ent.IsNotFound(err) {
			return o, apperr.Wrap(err, apperr.NotFound, "There is no device group %s.", c.Group).WithHint("Take the identifier from deviceGroups.").WithField("deviceGroupId")
		} else if err != nil {
			return o, err
		}
		groups, err := decidingGroups(ctx, db)
		if err != nil {
			return o, err
		}
		before := slices.DeleteFunc(slices.Clone(groups), func(other *ent.DeviceGroup) bool {
			return cmp.Or(cmp.Compare(other.Position, g.Position), cmp.Compare(other.ID, g.ID)) >= 0
		})
		o.which = s.InGroup(g)
		if c.Profile != 0 {
			o.becomes = "CASE WHEN " + isOwn + " OR devices.profile_rule IN (" + numbers(before) + ") THEN " + desired + " ELSE " + profile + " END"
			return o, nil
		}
		o.groups = slices.DeleteFunc(groups[len(before):], func(other *ent.DeviceGroup) bool { return other.ID == g.ID })
		o.asked = "coalesce(devices.profile_rule, 0) = " + number(g.ID)
		o.becomes = "CASE WHEN " + o.asked + " THEN " + byRules(o.groups) + " ELSE " + desired + " END"
		return o, nil
	case c.Platform != "":
		platforms, _, ok := together(c.Platform)
		if !ok {
			return o, apperr.New(apperr.BadUserInput, "Devices of the platform %s cannot have a default.", c.Platform).WithField("defaultPlatform")
		}
		o.which = inPlatforms(platforms)
		slot := "coalesce(" + tokenDefault + ", " + profile + ")"
		if c.Token != 0 {
			o.which = device.And(o.which, device.AbmTokenID(c.Token))
			slot = "coalesce(" + profile + ", " + platformDefault + ")"
		}
		o.becomes = "CASE WHEN devices.profile_rule IS NULL THEN " + slot + " ELSE " + desired + " END"
		return o, nil
	}
	return o, apperr.New(apperr.BadUserInput, "Nothing says which devices are meant.").
		WithHint("Give one of `deviceIds`, `serialNumbers`, `serialListId`, `where`, `deviceGroupId` and `defaultPlatform`.")
}

// byRules is the profile that devices would have without a choice of their own.
func byRules(groups []*ent.DeviceGroup) string {
	byDefault := "coalesce(" + tokenDefault + ", " + platformDefault + ")"
	if len(groups) == 0 {
		return byDefault
	}
	text := "CASE devices.chosen"
	for place, g := range groups {
		text += " WHEN " + strconv.Itoa(place) + " THEN " + number(*g.AdeProfileID)
	}
	return "(" + text + " ELSE " + byDefault + " END)"
}

// numbers lists groups as a condition does; none of them as no group.
func numbers(groups []*ent.DeviceGroup) string {
	text := "0"
	for _, g := range groups {
		text += "," + number(g.ID)
	}
	return text
}
