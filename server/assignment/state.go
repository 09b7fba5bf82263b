package assignment

import (
	"cmp"
	"context"
	stdsql "database/sql"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/adeprofileversion"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicecount"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/devicegroupmember"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/platformdefault"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

// Source is which kind of rule decides a device's profile.
type Source string

// The sources.
const (
	FromDevice  Source = "DEVICE"
	FromGroup   Source = "GROUP"
	FromDefault Source = "PLATFORM_DEFAULT"
	FromNothing Source = "NONE"
)

// Status is whether Apple has the profile that the rules say.
type Status string

// The statuses.
const (
	Unassigned    Status = "UNASSIGNED"
	Pending       Status = "PENDING"
	Assigned      Status = "ASSIGNED"
	Pushed        Status = "PUSHED"
	Failed        Status = "FAILED"
	NotAccessible Status = "NOT_ACCESSIBLE"
	Throttled     Status = "THROTTLED"
	Removed       Status = "REMOVED"
)

// State is how a device stands, for people.
type State struct {
	Profile *ent.ADEProfile // by the rules; nil: none
	Source  Source
	Status  Status
	Problem *Problem               // nil: nothing is left to do
	Apple   *ent.ADEProfileVersion // what Apple has, if GuardMDM defined it
	Foreign bool                   // Apple has a profile that GuardMDM did not define
	// AppliesAfterErase says that the profile at Apple was changed after the device had been activated: it acts when the device is erased (field-notes
	// 22). A device that migrates gets it with the migration.
	AppliesAfterErase bool
}

// Problem is what is not done yet about a device.
type Problem struct {
	Code, Message, Hint string
	Next                *time.Time
	Attempts            int
}

// States tells how devices stand, with the same few queries for any number of them.
func (s *Service) States(ctx context.Context, devices []*ent.Device) (map[gid.ID]*State, error) {
	db := s.db.Reader()
	ids := make([]gid.ID, len(devices))
	for i, d := range devices {
		ids[i] = d.ID
	}
	url, err := s.ServerURL(ctx, db)
	if err != nil {
		return nil, err
	}
	all, err := stands(ctx, s.db.ReaderDB(), s.db.Dialect(), url, ids)
	if err != nil {
		return nil, err
	}
	items, err := db.AssignmentItem.Query().Where(assignmentitem.DeviceIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	byDevice := make(map[gid.ID]*ent.AssignmentItem, len(items))
	for _, i := range items {
		byDevice[i.DeviceID] = i
	}
	profiles, err := profilesOf(ctx, db, all)
	if err != nil {
		return nil, err
	}
	versions, err := s.atApple(ctx, ids)
	if err != nil {
		return nil, err
	}
	tokens, err := tokensOf(ctx, db, all)
	if err != nil {
		return nil, err
	}
	states := make(map[gid.ID]*State, len(all))
	for i := range all {
		d := &all[i]
		states[d.Device] = &State{Profile: profiles[d.Want], Source: d.source(), Status: d.standingWithApple(), Apple: versions[d.Device], Foreign: d.Foreign,
			AppliesAfterErase: d.Present && d.Activated && !d.Migrates}
		if d.Present {
			states[d.Device].Problem = d.problem(byDevice[d.Device], tokens[d.Token])
		}
	}
	return states, nil
}

// Brief is the least of a State: what fits into a line.
type Brief struct {
	Profile string // by the rules; "": none
	Source  Source
	Status  Status
}

// Briefs tells how devices stand in short, with two queries for any number of them.
func (s *Service) Briefs(ctx context.Context, ids []gid.ID) (map[gid.ID]Brief, error) {
	url, err := s.ServerURL(ctx, s.db.Reader())
	if err != nil {
		return nil, err
	}
	all, err := stands(ctx, s.db.ReaderDB(), s.db.Dialect(), url, ids)
	if err != nil {
		return nil, err
	}
	profiles, err := profilesOf(ctx, s.db.Reader(), all)
	if err != nil {
		return nil, err
	}
	briefs := make(map[gid.ID]Brief, len(all))
	for i := range all {
		d := &all[i]
		b := Brief{Source: d.source(), Status: d.standingWithApple()}
		if p := profiles[d.Want]; p != nil {
			b.Profile = p.Name
		}
		briefs[d.Device] = b
	}
	return briefs, nil
}

func (d *stand) source() Source {
	switch {
	case d.Rule.Kind() == gid.DeviceGroup:
		return FromGroup
	case d.Rule != 0:
		return FromDevice
	case d.Want != 0:
		return FromDefault
	}
	return FromNothing
}

func (d *stand) standingWithApple() Status {
	switch {
	case !d.Present:
		return Removed
	case d.Want != 0 && d.Agrees && d.AppleStatus == "pushed":
		return Pushed
	case d.Want != 0 && d.Agrees:
		return Assigned
	case d.Item != 0:
		return Status(d.ItemState)
	case d.Want == 0:
		return Unassigned
	}
	return Pending
}

// problem says in words what is not done yet.
func (d *stand) problem(i *ent.AssignmentItem, t *ent.ABMToken) *Problem {
	switch {
	case i == nil && (d.Agrees || d.Want == 0):
		return nil
	case i == nil && t.AssignmentMode == nil:
		return &Problem{Code: "FIRST_SYNC", Message: "The first full sync of the device's ABM token has not ended: Apple is told nothing before."}
	case i == nil && *t.AssignmentMode == abmtoken.AssignmentModeObserve:
		return &Problem{Code: "OBSERVED", Message: fmt.Sprintf("GuardMDM only observes the ABM token %q: Apple is told nothing.", t.Name),
			Hint: "An administrator can have GuardMDM enforce the rules for this token."}
	case i == nil && d.held():
		return &Problem{Code: "MIGRATION_NOT_AWAITED", Message: heldMessage, Hint: heldHint}
	case i == nil && d.Version == 0:
		return &Problem{Code: "UNPUBLISHED", Message: "Nothing of the profile was published.", Hint: "Publish it."}
	case i == nil: // its change is still being worked out
		return &Problem{Code: "PENDING", Message: "The device waits for its turn."}
	}
	p := &Problem{Code: i.ErrorCode, Next: &i.DueAt, Attempts: i.Attempts}
	p.Message, p.Hint, _ = strings.Cut(i.ErrorMessage, "\n")
	switch {
	case t.State != abmtoken.StateActive && t.State != abmtoken.StateExpiring:
		message, hint, _ := strings.Cut(t.StateMessage, "\n")
		return &Problem{Code: string(t.State), Message: strings.TrimSpace(fmt.Sprintf("Apple cannot be told before the ABM token %q works again. %s", t.Name, message)), Hint: hint, Attempts: i.Attempts}
	case i.State == assignmentitem.StateNotAccessible:
		p.Next = nil
	case i.ErrorCode == "" || i.ErrorCode == sending:
		p.Code, p.Message, p.Hint = "PENDING", "The device waits for its turn.", ""
	}
	return p
}

func profilesOf(ctx context.Context, db *ent.Client, all []stand) (map[gid.ID]*ent.ADEProfile, error) {
	wanted := map[gid.ID]bool{}
	for i := range all {
		if all[i].Want != 0 {
			wanted[all[i].Want] = true
		}
	}
	byID := map[gid.ID]*ent.ADEProfile{}
	if len(wanted) == 0 {
		return byID, nil
	}
	list, err := db.ADEProfile.Query().Where(adeprofile.IDIn(keys(wanted)...), adeprofile.DeletedAtIsNil()).All(ctx)
	for _, p := range list {
		byID[p.ID] = p
	}
	return byID, err
}

func tokensOf(ctx context.Context, db *ent.Client, all []stand) (map[gid.ID]*ent.ABMToken, error) {
	wanted := map[gid.ID]bool{}
	for i := range all {
		wanted[all[i].Token] = true
	}
	byID := map[gid.ID]*ent.ABMToken{}
	list, err := db.ABMToken.Query().Where(abmtoken.IDIn(keys(wanted)...)).All(ctx)
	for _, t := range list {
		byID[t.ID] = t
	}
	return byID, err
}

func keys(set map[gid.ID]bool) []gid.ID {
	list := make([]gid.ID, 0, len(set))
	for id := range set {
		list = append(list, id)
	}
	return list
}

// atApple gives the versions that Apple has for devices, where GuardMDM defined them.
func (s *Service) atApple(ctx context.Context, ids []gid.ID) (map[gid.ID]*ent.ADEProfileVersion, error) {
	in, list := idsIn("devices.id", s.db.Dialect(), 1, ids)
	rows, err := s.db.ReaderDB().QueryContext(ctx, "SELECT devices.id, max(ours.ade_profile_version_id) FROM devices JOIN ade_profile_registrations AS ours"+
		" ON ours.abm_token_id = devices.abm_token_id AND ours.apple_profile_uuid <> '' AND "+same("ours.apple_profile_uuid", "devices.apple_profile_uuid")+
		" WHERE "+in+" AND "+hasProfile+" GROUP BY devices.id", list)
	if err != nil {
		return nil, fmt.Errorf("reading which profiles Apple has: %w", err)
	}
	defer rows.Close()
	byDevice, wanted := map[gid.ID]gid.ID{}, map[gid.ID]bool{}
	for rows.Next() {
		var id, version gid.ID
		if err := rows.Scan(&id, &version); err != nil {
			return nil, err
		}
		byDevice[id], wanted[version] = version, true
	}
	if err := rows.Err(); err != nil || len(wanted) == 0 {
		return nil, err
	}
	versions, err := s.db.Reader().ADEProfileVersion.Query().Where(adeprofileversion.IDIn(keys(wanted)...)).WithAdeProfile().All(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[gid.ID]*ent.ADEProfileVersion{}
	for _, v := range versions {
		byID[v.ID] = v
	}
	found := make(map[gid.ID]*ent.ADEProfileVersion, len(byDevice))
	for id, version := range byDevice {
		found[id] = byID[version]
	}
	return found, nil
}

// Groups gives the groups that devices are in, in their order.
func (s *Service) Groups(ctx context.Context, ids []gid.ID) (map[gid.ID][]*ent.DeviceGroup, error) {
	groups, err := s.db.Reader().DeviceGroup.Query().Order(devicegroup.ByPosition(), devicegroup.ByID()).WithAdeProfile().All(ctx)
	if err != nil || len(groups) == 0 {
		return nil, err
	}
	byID, ruled := map[gid.ID]*ent.DeviceGroup{}, []*ent.DeviceGroup{}
	for _, g := range groups {
		byID[g.ID] = g
		if len(g.Rule) > 0 {
			ruled = append(ruled, g)
		}
	}
	memberships, err := s.db.Reader().DeviceGroupMember.Query().Where(devicegroupmember.DeviceIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	in := map[gid.ID][]*ent.DeviceGroup{}
	for _, m := range memberships {
		if g := byID[m.DeviceGroupID]; g != nil { // or it was made a moment ago
			in[m.DeviceID] = append(in[m.DeviceID], g)
		}
	}
	err = s.db.WithRead(ctx, func(ctx context.Context, tx *store.Tx) error {
		for some := range slices.Chunk(ruled, groupsAtOnce) {
			if err := s.matching(ctx, tx, ids, some, in); err != nil {
				return fmt.Errorf("reading the devices' groups: %w", err)
			}
		}
		return nil
	})
	for _, list := range in {
		slices.SortFunc(list, func(a, b *ent.DeviceGroup) int {
			return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
		})
	}
	return in, err
}

// groupsAtOnce bounds the columns of a query.
const groupsAtOnce = 100

// matching adds to in the groups whose rules match devices.
func (s *Service) matching(ctx context.Context, tx *store.Tx, ids []gid.ID, groups []*ent.DeviceGroup, in map[gid.ID][]*ent.DeviceGroup) error {
	q := sql.Dialect(s.db.Dialect()).Select("id").From(sql.Table(device.Table))
	for n, g := range groups {
		q.AppendSelectExprAs(sql.ExprFunc(func(b *sql.Builder) {
			b.WriteString("CASE WHEN ").Join(s.within(b.Dialect(), g)).WriteString(" THEN 1 ELSE 0 END")
		}), fmt.Sprintf("g%d", n))
	}
	among(ids)(q)
	query, args := q.Query()
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var id gid.ID
	flags := make([]int, len(groups))
	into := []any{&id}
	for n := range flags {
		into = append(into, &flags[n])
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for n, g := range groups {
			if flags[n] == 1 {
				in[id] = append(in[id], g)
			}
		}
	}
	return rows.Err()
}

// Verdict is what a rule says about a device.
type Verdict string

// The verdicts.
const (
	Decides    Verdict = "DECIDES"
	Overruled  Verdict = "OVERRULED"
	NothingSet Verdict = "NOTHING_SET"
)

// Step is one rule and what it says about a device.
type Step struct {
	Source  Source
	Verdict Verdict
	Profile *ent.ADEProfile
	Group   *ent.DeviceGroup
	Token   *ent.ABMToken
	Text    string
}

// Explain walks the rules in the order in which they are asked, for each of some devices.
func (s *Service) Explain(ctx context.Context, devices []*ent.Device) (map[gid.ID][]Step, error) {
	db := s.db.Reader()
	ids := make([]gid.ID, len(devices))
	all := make([]stand, len(devices)) // what profilesOf and tokensOf read
	for i, d := range devices {
		ids[i], all[i].Token = d.ID, d.AbmTokenID
		if d.ProfileRule != nil && d.ProfileRule.Kind() == gid.ADEProfile {
			all[i].Want = *d.ProfileRule
		}
	}
	profiles, err := profilesOf(ctx, db, all)
	if err != nil {
		return nil, err
	}
	tokens, err := tokensOf(ctx, db, all)
	if err != nil {
		return nil, err
	}
	groups, err := s.Groups(ctx, ids)
	if err != nil {
		return nil, err
	}
	slots, err := db.PlatformDefault.Query().WithAdeProfile().All(ctx)
	if err != nil {
		return nil, err
	}
	explained := make(map[gid.ID][]Step, len(devices))
	for _, d := range devices {
		var e explanation
		e.own(d, profiles)
		e.groups(groups[d.ID])
		e.defaults(d, tokens[d.AbmTokenID], slots)
		if !e.decided {
			e.add(Step{Source: FromNothing, Text: "No rule names a profile: the device is Unassigned."}, true)
		}
		explained[d.ID] = e.steps
	}
	return explained, nil
}

// explanation is the chain of rules of one device.
type explanation struct {
	steps   []Step
	decided bool
}

// add adds a rule, which names a profile (or none on purpose) or does not.
func (e *explanation) add(step Step, names bool) {
	switch {
	case !names:
		step.Verdict = NothingSet
	case e.decided:
		step.Verdict = Overruled
	default:
		step.Verdict, e.decided = Decides, true
	}
	e.steps = append(e.steps, step)
}

func (e *explanation) own(d *ent.Device, profiles map[gid.ID]*ent.ADEProfile) {
	step := Step{Source: FromDevice, Text: "The device has no profile of its own."}
	chosen := d.ProfileRule != nil && d.ProfileRule.Kind() == gid.ADEProfile
	switch {
	case chosen && *d.ProfileRule == gid.NoProfile:
		step.Text = "The device is to have no profile, on purpose."
	case chosen && profiles[*d.ProfileRule] == nil: // it was deleted a moment ago
		chosen = false
	case chosen:
		step.Profile = profiles[*d.ProfileRule]
		step.Text = fmt.Sprintf("The device has the profile %q of its own.", step.Profile.Name)
	}
	e.add(step, chosen)
}

func (e *explanation) groups(groups []*ent.DeviceGroup) {
	if len(groups) == 0 {
		e.add(Step{Source: FromGroup, Text: "The device is in no group."}, false)
	}
	for _, g := range groups {
		step := Step{Source: FromGroup, Group: g, Profile: g.Edges.AdeProfile}
		if step.Profile == nil {
			step.Text = fmt.Sprintf("It is in the group %q, which has no profile.", g.Name)
		} else {
			step.Text = fmt.Sprintf("It is in the group %q (place %d), which has the profile %q.", g.Name, g.Position, step.Profile.Name)
		}
		e.add(step, step.Profile != nil)
	}
}

func (e *explanation) defaults(d *ent.Device, token *ent.ABMToken, slots []*ent.PlatformDefault) {
	_, platform, ok := together(d.Platform)
	if !ok {
		e.add(Step{Source: FromDefault, Text: fmt.Sprintf("Devices of the platform %s cannot have a default.", d.Platform)}, false)
		return
	}
	ofToken := Step{Source: FromDefault, Token: token, Text: fmt.Sprintf("No default for %s is set for the ABM token %q alone.", platform, token.Name)}
	ofAll := Step{Source: FromDefault, Text: fmt.Sprintf("No default for %s is set.", platform)}
	for _, slot := range slots {
		p := slot.Edges.AdeProfile
		switch {
		case slot.Platform != string(d.Platform):
		case slot.AbmTokenID == nil:
			ofAll.Profile, ofAll.Text = p, fmt.Sprintf("The default for %s is the profile %q.", platform, p.Name)
		case *slot.AbmTokenID == d.AbmTokenID:
			ofToken.Profile, ofToken.Text = p, fmt.Sprintf("The default for %s of the ABM token %q is the profile %q.", platform, token.Name, p.Name)
		}
	}
	e.add(ofToken, ofToken.Profile != nil)
	e.add(ofAll, ofAll.Profile != nil)
}

// slots are the platforms that have a default, of some token or of all: with those that have one of all tokens.
func (s *Service) slots(ctx context.Context, which ...predicate.PlatformDefault) (some, none []device.Platform, err error) {
	rows, err := s.db.Reader().PlatformDefault.Query().Where(which...).All(ctx)
	if err != nil {
		return nil, nil, err
	}
	ofAll := map[device.Platform]bool{}
	for _, row := range rows {
		if p := device.Platform(row.Platform); !slices.Contains(some, p) {
			some = append(some, p)
		}
		ofAll[device.Platform(row.Platform)] = ofAll[device.Platform(row.Platform)] || row.AbmTokenID == nil
	}
	none = slices.DeleteFunc(inventory.Platforms(), func(p device.Platform) bool { return ofAll[p] })
	return some, none, nil
}

// CountBySource counts the present devices that have the default of their platform, or, with FromNothing, no profile by any rule: of these tokens and
// platforms, of all where there are none.
func (s *Service) CountBySource(ctx context.Context, source Source, tokens []gid.ID, platforms []device.Platform) (n int, err error) {
	counts, err := s.ruleless(ctx, s.db.ReaderDB(), source, tokens, platforms)
	for _, some := range counts {
		n += some
	}
	return n, err
}

// Unassigned counts the present devices that no rule gives a profile, by platform, of one token or of all for 0.
func (s *Service) Unassigned(ctx context.Context, token gid.ID) (map[device.Platform]int, error) {
	return s.ruleless(ctx, s.db.ReaderDB(), FromNothing, oneOrAll(token), nil)
}

func oneOrAll(token gid.ID) []gid.ID {
	if token == 0 {
		return nil
	}
	return []gid.ID{token}
}

// ruleless counts by platform, and goes through no fleet for it: what the kept counts have for platforms with a default, with FromNothing without one, less
// the devices there of which something else than the default decides.
func (s *Service) ruleless(ctx context.Context, db querier, source Source, tokens []gid.ID, platforms []device.Platform) (map[device.Platform]int, error) {
	from := func(table string) *sql.Selector {
		return sql.Dialect(s.db.Dialect()).Select("platform", "abm_token_id").From(sql.Table(table))
	}
	kept := from(devicecount.Table).AppendSelect(sql.As(devicecount.FieldPresent, "n")).Where(sql.EQ(devicecount.FieldDay, 0))
	// With a limit, the index of rules finds these: SQLite would go through all devices of a platform, or of a token, and ask each for the slots.
	ruled := from(device.Table).Where(sql.And(sql.NotNull(device.FieldProfileRule), sql.IsNull(device.FieldRemovedAt))).Limit(math.MaxInt32)
	less := sql.Dialect(s.db.Dialect()).Select("platform", "abm_token_id").AppendSelectExpr(sql.Raw("-count(*)")).From(ruled.As("ruled")).GroupBy("platform", "abm_token_id")
	all := sql.Dialect(s.db.Dialect()).Select("platform", "abm_token_id").AppendSelectExpr(sql.Raw("CAST(sum(n) AS bigint)")).From(kept.UnionAll(less).As("parts")).GroupBy("platform", "abm_token_id")
	covered := sql.ExprP("EXISTS (SELECT 1 FROM platform_defaults AS slot WHERE slot.platform = parts.platform AND (slot.abm_token_id IS NULL OR slot.abm_token_id = parts.abm_token_id))")
	if source == FromNothing {
		covered = sql.Not(covered)
	}
	query, args := all.Where(covered).Query()
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("counting the devices that no rule but a default decides: %w", err)
	}
	defer rows.Close()
	counts := map[device.Platform]int{}
	for rows.Next() {
		var platform device.Platform
		var token gid.ID
		var n int
		if err := rows.Scan((*string)(&platform), &token, &n); err != nil {
			return nil, err
		}
		if (len(tokens) == 0 || slices.Contains(tokens, token)) && (len(platforms) == 0 || slices.Contains(platforms, platform)) {
			counts[platform] += n
		}
	}
	return counts, rows.Err()
}

// HasSource finds the devices whose profile is decided by a kind of rule.
func (s *Service) HasSource(ctx context.Context, source Source) (predicate.Device, error) {
	some, none, err := s.slots(ctx)
	if err != nil {
		return nil, err
	}
	switch source {
	case FromDevice:
		return where(isOwn), nil
	case FromGroup:
		return where("devices.profile_rule >= " + firstGroup), nil
	case FromDefault:
		return device.And(device.PlatformIn(some...), where("devices.profile_rule IS NULL AND "+desired+" IS NOT NULL")), nil
	}
	return device.And(device.PlatformIn(none...), where("devices.profile_rule IS NULL AND "+desired+" IS NULL")), nil
}

// HasProfile finds the devices that have the profile by the rules, in a way that indexes serve.
func (s *Service) HasProfile(ctx context.Context, profile gid.ID) (predicate.Device, error) {
	groups, err := s.db.Reader().DeviceGroup.Query().Where(devicegroup.AdeProfileID(profile)).IDs(ctx)
	if err != nil {
		return nil, err
	}
	byRule := device.ProfileRuleIn(append(groups, profile)...)
	some, _, err := s.slots(ctx, platformdefault.AdeProfileID(profile))
	if err != nil || len(some) == 0 {
		return byRule, err
	}
	return device.Or(byRule, device.And(device.PlatformIn(some...), device.ProfileRuleIsNil(), Wants(profile))), nil
}

var _ querier = (*stdsql.DB)(nil)
