package assignment

import (
	"context"
	stdsql "database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/store"
)

// The rules in SQL, the same for both databases. They speak of a row of devices by the table's name, so that they can stand in any query of it.

// firstGroup is the first identifier of groups; those of profiles are below it.
var firstGroup = strconv.Itoa(gid.DeviceGroup.Start())

// noProfile is gid.NoProfile.
var noProfile = strconv.FormatInt(int64(gid.NoProfile), 10)

// isOwn says that the device has a choice of its own.
var isOwn = "(devices.profile_rule IS NOT NULL AND devices.profile_rule < " + firstGroup + ")"

// tokenDefault and platformDefault are the two defaults of the device's platform.
const (
	tokenDefault    = "(SELECT slot.ade_profile_id FROM platform_defaults AS slot WHERE slot.abm_token_id = devices.abm_token_id AND slot.platform = devices.platform)"
	platformDefault = "(SELECT slot.ade_profile_id FROM platform_defaults AS slot WHERE slot.abm_token_id IS NULL AND slot.platform = devices.platform)"
)

// desired is the profile by the rule that the device's row names; NULL for none.
var desired = "(CASE WHEN devices.profile_rule IS NULL THEN coalesce(" + tokenDefault + ", " + platformDefault + ")" +
	" WHEN devices.profile_rule = " + noProfile + " THEN NULL WHEN devices.profile_rule < " + firstGroup + " THEN devices.profile_rule" +
	" ELSE (SELECT deciding.ade_profile_id FROM device_groups AS deciding WHERE deciding.id = devices.profile_rule) END)"

// same compares two of Apple's identifiers as Apple does, without regard to case and dashes.
func same(a, b string) string {
	return "upper(replace(" + a + ", '-', '')) = upper(replace(" + b + ", '-', ''))"
}

// hasProfile says that Apple has some profile for the device. A uuid alone does not: `removed` keeps one (field-notes 18).
const hasProfile = "(devices.apple_profile_uuid <> '' AND devices.apple_profile_status NOT IN ('', 'empty', 'removed'))"

// isOurs says that Apple's profile is one that GuardMDM defined, whichever version and URL.
var isOurs = "EXISTS (SELECT 1 FROM ade_profile_registrations AS ours WHERE ours.abm_token_id = devices.abm_token_id AND ours.apple_profile_uuid <> '' AND " +
	same("ours.apple_profile_uuid", "devices.apple_profile_uuid") + ")"

// isForeign says that Apple has a profile for the device that GuardMDM did not define.
var isForeign = "(" + hasProfile + " AND NOT " + isOurs + ")"

// waits says of a version's content, which is canonical JSON, that the device waits in Setup Assistant until it is configured, so that a migration loses
// nothing (field-notes 23; protocol reference 7.10: nor may it be for Shared iPad or return to service).
const waits = `(version.content LIKE '%"await_device_configured":true%' AND version.content NOT LIKE '%"is_multi_user":true%' AND version.content NOT LIKE '%"is_return_to_service":true%')`

// noted says that a device has a note of a kind.
func noted(kind devicenote.Kind) string {
	return "devices.id IN (SELECT note.device_id FROM device_notes AS note WHERE note.kind = '" + string(kind) + "')"
}

// notAwaited says that a device has to migrate, and by the rules has a profile that does not wait.
var notAwaited = "(" + noted(devicenote.KindMigration) + " AND EXISTS (SELECT 1 FROM ade_profiles AS wanted JOIN ade_profile_versions AS version" +
	" ON version.id = wanted.published_version_id WHERE wanted.id = " + desired + " AND wanted.deleted_at IS NULL AND NOT " + waits + "))"

// standing selects how each of some devices stands: which rule and profile it has, whether Apple has it so, what has to be told to Apple, and
// the item of that. $1 is the URL that registrations must hold; %s says which devices.
var standing = `SELECT d.id, d.abm_token_id, d.want, d.rule, d.foreign_profile,
	coalesce(profile.published_version_id, 0) AS version,
	CASE WHEN d.want IS NULL THEN NOT d.has ELSE coalesce(d.has AND ` + same("d.uuid", "registration.apple_profile_uuid") + `, false) END AS agrees,
	d.present AND token.deleted_at IS NULL AND coalesce(token.assignment_mode, '') = 'ENFORCE' AS enforced,
	d.has AND NOT d.foreign_profile AS ours, d.status, d.present,
	migration.id IS NOT NULL AS migrates, coalesce(` + strings.ReplaceAll(waits, "%", "%%") + `, true) AS waits, activated.id IS NOT NULL AS activated, pause.at AS pause,
	item.id AS item_id, item.ade_profile_id AS item_profile, item.abm_token_id AS item_token, item.state, item.error_code, item.assignment_batch_id AS item_batch
	FROM (SELECT devices.id, devices.abm_token_id, devices.removed_at IS NULL AS present, devices.profile_rule AS rule, devices.apple_profile_uuid AS uuid,
		devices.apple_profile_status AS status, ` + hasProfile + ` AS has, ` + isForeign + ` AS foreign_profile, ` + desired + ` AS want
		FROM devices WHERE %s) AS d
	JOIN abm_tokens AS token ON token.id = d.abm_token_id
	LEFT JOIN ade_profiles AS profile ON profile.id = d.want AND profile.deleted_at IS NULL
	LEFT JOIN ade_profile_registrations AS registration ON registration.ade_profile_version_id = profile.published_version_id
		AND registration.abm_token_id = d.abm_token_id AND registration.server_url = $1 AND registration.apple_profile_uuid <> ''
	LEFT JOIN device_notes AS migration ON migration.device_id = d.id AND migration.kind = 'MIGRATION'
	LEFT JOIN device_notes AS activated ON activated.device_id = d.id AND activated.kind = 'ACTIVATED'
	LEFT JOIN device_notes AS pause ON pause.device_id = d.id AND pause.kind = 'PAUSE'
	LEFT JOIN ade_profile_versions AS version ON version.id = profile.published_version_id AND migration.id IS NOT NULL
	LEFT JOIN assignment_items AS item ON item.device_id = d.id
	ORDER BY d.id`

// stand is how a device stands.
type stand struct {
	Device, Token gid.ID
	Want          gid.ID // profile by the rules; 0: none
	Rule          gid.ID // devices.profile_rule; 0: the default's slot
	Foreign       bool   // Apple has a profile that GuardMDM did not define
	Version       gid.ID // published version of the wanted profile; 0 if there is none to give
	Agrees        bool   // Apple has what the rules say
	Enforced      bool   // Apple may be told
	Ours          bool   // Apple has a profile that GuardMDM defined
	AppleStatus   string
	Present       bool
	Migrates      bool      // it has a migration deadline
	Waits         bool      // the wanted profile waits until the device is configured; told of devices that migrate
	Activated     bool      // it had fetched a profile before Apple's was changed
	Pause         time.Time // until when Apple wanted it left alone; zero if it did not

	Item      gid.ID // 0: none
	ItemWant  gid.ID
	ItemToken gid.ID
	ItemState assignmentitem.State
	ItemError string
	ItemBatch gid.ID
}

// held tells whether Apple is not told because a migration would lose what has to be kept.
func (d *stand) held() bool { return d.Migrates && d.Want != 0 && !d.Waits && !d.Agrees }

// needed tells whether Apple has to be told something. A foreign profile is replaced, but never cleared; a profile that was
// deleted, or that has nothing published, says nothing.
func (d *stand) needed() bool {
	switch {
	case !d.Enforced || d.Agrees || d.held():
		return false
	case d.Want == 0:
		return d.Ours
	}
	return d.Version != 0
}

// querier is a client, or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error)
}

// stands reads how devices stand.
func stands(ctx context.Context, db querier, dialect, url string, ids []gid.ID) ([]stand, error) {
	in, list := idsIn("devices.id", dialect, 2, ids)
	rows, err := db.QueryContext(ctx, fmt.Sprintf(standing, in), url, list)
	if err != nil {
		return nil, fmt.Errorf("reading how devices stand: %w", err)
	}
	defer rows.Close()
	all := make([]stand, 0, len(ids))
	for rows.Next() {
		var d stand
		var state, code stdsql.NullString
		var pause stdsql.NullTime
		if err := rows.Scan(&d.Device, &d.Token, &d.Want, &d.Rule, &d.Foreign, &d.Version, &d.Agrees, &d.Enforced, &d.Ours, &d.AppleStatus, &d.Present,
			&d.Migrates, &d.Waits, &d.Activated, &pause,
			&d.Item, &d.ItemWant, &d.ItemToken, &state, &code, &d.ItemBatch); err != nil {
			return nil, fmt.Errorf("reading how a device stands: %w", err)
		}
		d.ItemState, d.ItemError, d.Pause = assignmentitem.State(state.String), code.String, pause.Time
		all = append(all, d)
	}
	return all, rows.Err()
}

// idsIn is the condition that the column holds one of the identifiers, which are the statement's n-th parameter.
func idsIn(column, dialectName string, n int, ids []gid.ID) (condition string, parameter string) {
	numbers := make([]string, len(ids))
	for i, id := range ids {
		numbers[i] = strconv.FormatInt(int64(id), 10)
	}
	list := strings.Join(numbers, ",")
	if dialectName == dialect.Postgres {
		return column + " = ANY ($" + strconv.Itoa(n) + "::bigint[])", "{" + list + "}"
	}
	return column + " IN (SELECT value FROM json_each($" + strconv.Itoa(n) + "))", "[" + list + "]"
}

// among is idsIn for a query of Ent.
func among(ids []gid.ID) predicate.Device {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			numbers, _ := json.Marshal(rawIDs(ids)) // numbers always have a JSON form
			if b.Dialect() == dialect.Postgres {
				b.Ident(s.C(device.FieldID)).WriteString(" = ANY (").Arg("{" + strings.Trim(string(numbers), "[]") + "}").WriteString("::bigint[])")
				return
			}
			b.Ident(s.C(device.FieldID)).WriteString(" IN (SELECT value FROM json_each(").Arg(string(numbers)).WriteString("))")
		}))
	}
}

func rawIDs(ids []gid.ID) []int64 {
	raw := make([]int64, len(ids))
	for i, id := range ids {
		raw[i] = int64(id)
	}
	return raw
}

// where is a condition on devices in SQL, with the statement's further parameters in their order.
func where(condition string, args ...any) predicate.Device {
	return func(q *sql.Selector) {
		text := inTermsOf(q, condition)
		q.Where(sql.P(func(b *sql.Builder) {
			for _, arg := range args {
				before, after, _ := strings.Cut(text, "?")
				b.WriteString(before).Arg(arg)
				text = after
			}
			b.WriteString(text)
		}))
	}
}

var ofDevices = regexp.MustCompile(`\bdevices\.(\w+)`)

// inTermsOf writes the columns of devices as the query does: whoever looks at its text then sees which it needs.
func inTermsOf(q *sql.Selector, condition string) string {
	return ofDevices.ReplaceAllStringFunc(condition, func(name string) string { return q.C(strings.TrimPrefix(name, "devices.")) })
}

// decidingGroups are the groups that have a profile, in their order.
func decidingGroups(ctx context.Context, client *ent.Client) ([]*ent.DeviceGroup, error) {
	return client.DeviceGroup.Query().Where(devicegroup.AdeProfileIDNotNil()).Order(devicegroup.ByPosition(), devicegroup.ByID()).All(ctx)
}

// nowhere is the place of a device that is in none of the groups.
const nowhere = math.MaxInt32

// firstPlace writes the place in the list of the first of the groups that a device is in. One look at its memberships answers for all groups that devices
// are put into; rules are asked in their order until one matches. A statement has this once: each value of a rule is a parameter, and
// server/devicegroup bounds them by what a statement may have.
func (s *Service) firstPlace(b *sql.Builder, groups []*ent.DeviceGroup) {
	places := func(begin string, ruled bool, end string) {
		n := 0
		for at, g := range groups {
			if len(g.Rule) > 0 != ruled {
				continue
			}
			if n++; n == 1 {
				b.WriteString(begin)
			}
			b.WriteString(" WHEN ")
			if ruled {
				b.Join(s.within(b.Dialect(), g))
			} else {
				b.WriteString(number(g.ID))
			}
			b.WriteString(" THEN " + strconv.Itoa(at))
		}
		if n == 0 {
			b.WriteString(strconv.Itoa(nowhere))
			return
		}
		b.WriteString(end)
	}
	if b.Dialect() == dialect.Postgres {
		b.WriteString("least(")
	} else {
		b.WriteString("min(")
	}
	places("coalesce((SELECT min(CASE member.device_group_id", false, " END) FROM device_group_members AS member WHERE member.device_id = devices.id), "+strconv.Itoa(nowhere)+")")
	b.WriteString(", ")
	places("(CASE", true, " ELSE "+strconv.Itoa(nowhere)+" END)")
	b.WriteString(")")
}

// within is the condition that a row of devices belongs to the group.
func (s *Service) within(dialectName string, g *ent.DeviceGroup) *sql.Predicate {
	selector := sql.Dialect(dialectName).Select().From(sql.Table(device.Table))
	s.IsInGroup(g)(selector)
	if p := selector.P(); p != nil {
		return p
	}
	return sql.ExprP("1 = 1") // a rule that holds for every device
}

func number(id gid.ID) string { return strconv.FormatInt(int64(id), 10) }

// follow brings the rule of devices without a choice of their own up to date: the first group with a profile that each is in.
func (s *Service) follow(ctx context.Context, tx *store.Tx, ids []gid.ID) error {
	groups, err := decidingGroups(ctx, tx.Client)
	if err != nil {
		return err
	}
	which := []predicate.Device{among(ids), where("NOT " + isOwn)}
	if len(groups) == 0 { // all that can be found is what was decided by one that is gone
		which = append(which, device.ProfileRuleNotNil())
	}
	var placed []struct {
		ID    gid.ID  `json:"id"`
		Rule  *gid.ID `json:"profile_rule"`
		Place int     `json:"place"`
	}
	err = tx.Device.Query().Where(which...).Modify(func(q *sql.Selector) {
		q.Select(q.C(device.FieldID), q.C(device.FieldProfileRule)).AppendSelectExprAs(sql.ExprFunc(func(b *sql.Builder) { s.firstPlace(b, groups) }), "place")
	}).Scan(ctx, &placed)
	if err != nil {
		return fmt.Errorf("finding the devices' groups: %w", err)
	}
	byRule := map[gid.ID][]gid.ID{}
	for _, d := range placed {
		var rule gid.ID
		if d.Place != nowhere {
			rule = groups[d.Place].ID
		}
		if d.Rule == nil && rule != 0 || d.Rule != nil && *d.Rule != rule {
			byRule[rule] = append(byRule[rule], d.ID)
		}
	}
	for rule, ids := range byRule {
		u := tx.Device.Update().Where(among(ids))
		if rule == 0 {
			u.ClearProfileRule()
		} else {
			u.SetProfileRule(rule)
		}
		if err := u.Exec(ctx); err != nil {
			return fmt.Errorf("keeping the devices' rules: %w", err)
		}
	}
	return nil
}

// Evaluate works out what devices whose rows changed should have, inside the transaction of the change. Begin has told whether that is needed.
func (s *Service) Evaluate(ctx context.Context, tx *store.Tx, ids []gid.ID) error {
	if len(ids) == 0 {
		return nil
	}
	return s.evaluate(ctx, tx, ids, evaluation{seen: true})
}

// evaluation says for what devices are evaluated.
type evaluation struct {
	batch    gid.ID // that waits for them; 0: none
	selected bool   // the batch has a result for each of them
	asked    bool   // by a person: what waits only because the profile could not be given to Apple is tried at once
	seen     bool   // Apple has just listed them: those that it did not let us touch are tried again
	locked   bool   // the transaction holds their rows
}

// evaluate brings the rules of devices up to date, and writes and removes items by how they stand.
func (s *Service) evaluate(ctx context.Context, tx *store.Tx, ids []gid.ID, e evaluation) error {
	if tx.Dialect() == dialect.Postgres && !e.locked {
		in, list := idsIn("id", tx.Dialect(), 1, ids) // one after the other, and in one order
		if _, err := tx.ExecContext(ctx, "SELECT id FROM devices WHERE "+in+" ORDER BY id FOR NO KEY UPDATE", list); err != nil {
			return fmt.Errorf("locking devices: %w", err)
		}
	}
	if err := s.follow(ctx, tx, ids); err != nil {
		return err
	}
	url, err := s.ServerURL(ctx, tx.Client)
	if err != nil {
		return err
	}
	all, err := stands(ctx, tx, tx.Dialect(), url, ids)
	if err != nil {
		return err
	}
	c := changes{now: s.clock.Now().UTC()}
	for i := range all {
		c.add(&all[i], e)
	}
	return s.apply(ctx, tx, &c)
}

// changes are what an evaluation leads to.
type changes struct {
	now     time.Time
	begin   []*itemChange // items that begin anew: due now or after Apple's pause, as if nothing had been tried
	keep    []*itemChange // items that keep when they are due, and why
	remove  []gid.ID      // items
	results []resultChange
}

// itemChange is an item to be written.
type itemChange struct {
	Device  int64  `json:"d"`
	Token   int64  `json:"t"`
	Profile *int64 `json:"p"`
	Batch   *int64 `json:"b"`
	Due     any    `json:"u,omitempty"` // after Apple's pause; as both databases take a time
}

// add works out what a device's standing leads to.
func (c *changes) add(d *stand, e evaluation) {
	result := func(batch gid.ID, status assignmentresult.Status, message string) {
		if batch != 0 {
			c.results = append(c.results, resultChange{batch, d.Device, status, message})
		}
	}
	needed, pause := d.needed(), d.pausedUntil(c.now)
	if d.Item != 0 && (!needed || e.batch != 0 && d.ItemBatch != e.batch || d.ItemWant != d.Want) {
		// What another batch waited for is settled here, one way or the other.
		switch {
		case d.Agrees && d.ItemWant == d.Want:
			result(d.ItemBatch, assignmentresult.StatusSucceeded, "")
		case d.held():
			result(d.ItemBatch, assignmentresult.StatusSuperseded, heldMessage)
		case d.ItemBatch != e.batch || !needed:
			result(d.ItemBatch, assignmentresult.StatusSuperseded, "Something else was decided for the device before Apple had it.")
		}
	}
	switch {
	case !needed:
		if d.Item != 0 {
			c.remove = append(c.remove, d.Item)
		}
		if e.selected {
			message := ""
			if d.held() {
				message = heldMessage
			}
			if !d.Enforced && !d.Agrees {
				message = "GuardMDM only observes the device's ABM token, or the device is gone: Apple was told nothing."
			}
			result(e.batch, assignmentresult.StatusUnchanged, message)
		}
		return
	case e.batch != 0:
		status := assignmentresult.StatusPending
		if !pause.IsZero() {
			status = assignmentresult.StatusThrottled
		}
		result(e.batch, status, "")
	}
	change := &itemChange{Device: int64(d.Device), Token: int64(d.Token), Profile: pointer(d.Want), Batch: pointer(d.ItemBatch)}
	other := d.Item == 0 || d.ItemWant != d.Want || d.ItemToken != d.Token
	if e.batch != 0 || d.Item == 0 || d.ItemWant != d.Want { // a device that moved to another token waits for its batch there
		change.Batch = pointer(e.batch)
	}
	anew := false
	switch {
	case d.Item == 0:
		anew = true
	case d.ItemState == assignmentitem.StateThrottled && !pause.IsZero():
	case other:
		anew = true
	case d.ItemState == assignmentitem.StateNotAccessible:
		anew = e.seen || e.asked
	case d.ItemState == assignmentitem.StatePending && d.ItemError != "" && d.ItemError != sending:
		anew = e.asked
	}
	switch {
	case anew:
		if !pause.IsZero() {
			change.Due = pause.UTC().Format(timeLayout)
		}
		c.begin = append(c.begin, change)
	case other || e.batch != 0 && e.batch != d.ItemBatch:
		c.keep = append(c.keep, change)
	}
}

func pointer(id gid.ID) *int64 {
	if id == 0 {
		return nil
	}
	n := int64(id)
	return &n
}

// apply writes the changes.
func (s *Service) apply(ctx context.Context, tx *store.Tx, c *changes) error {
	if len(c.remove) > 0 {
		in, list := idsIn("id", tx.Dialect(), 1, c.remove)
		if _, err := tx.ExecContext(ctx, "DELETE FROM assignment_items WHERE "+in, list); err != nil {
			return fmt.Errorf("removing items: %w", err)
		}
	}
	if err := writeItems(ctx, tx, c.begin, c.now, ", state = excluded.state, due_at = excluded.due_at, claimed_until = NULL, attempts = 0, error_code = excluded.error_code, error_message = excluded.error_message"); err != nil {
		return err
	}
	if err := writeItems(ctx, tx, c.keep, c.now, ""); err != nil {
		return err
	}
	if err := s.settleResults(ctx, tx, c.results); err != nil {
		return err
	}
	if len(c.begin)+len(c.keep)+len(c.remove)+len(c.results) > 0 {
		s.afterCommit(tx)
	}
	return nil
}

// writeItems writes items that are due now, or after Apple's pause. Of one that is there it sets what is to be told, and what rest says.
func writeItems(ctx context.Context, tx *store.Tx, items []*itemChange, now time.Time, rest string) error {
	if len(items) == 0 {
		return nil
	}
	list, err := json.Marshal(items)
	if err != nil {
		return err
	}
	values := "SELECT value ->> '$.d' AS d, value ->> '$.t' AS t, value ->> '$.p' AS p, value ->> '$.b' AS b, value ->> '$.u' AS u FROM json_each($1)"
	if tx.Dialect() == dialect.Postgres {
		values = "SELECT d, t, p, b, u FROM json_to_recordset($1::json) AS list(d bigint, t bigint, p bigint, b bigint, u timestamptz)"
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO assignment_items (device_id, abm_token_id, ade_profile_id, assignment_batch_id, state, due_at, attempts, error_code, error_message, created_at)"+
		" SELECT d, t, p, b, CASE WHEN u IS NULL THEN 'PENDING' ELSE 'THROTTLED' END, coalesce(u, $2), 0,"+
		" CASE WHEN u IS NULL THEN '' ELSE '"+abm.AssignThrottled+"' END, CASE WHEN u IS NULL THEN '' ELSE $3 END, $2 FROM ("+values+") AS v WHERE true"+
		" ON CONFLICT (device_id) DO UPDATE SET abm_token_id = excluded.abm_token_id, ade_profile_id = excluded.ade_profile_id, assignment_batch_id = excluded.assignment_batch_id"+rest,
		string(list), now, pauseMessage)
	if err != nil {
		return fmt.Errorf("writing items: %w", err)
	}
	return nil
}

// wanted is the published profile that the rules give to a device.
var wanted = "SELECT p.id, p.name, p.minimum_os, p.other_mdm_id, p.published_version_id FROM devices JOIN ade_profiles AS p ON p.id = " + desired + " WHERE devices.id = $1 AND p.deleted_at IS NULL AND p.published_version_id IS NOT NULL"

// Wanted is the published profile that the rules give to a device; nil when they give none, or one of which nothing was published. It has what the
// enrollment of the device needs: name, lowest versions, the other MDM server, the published version.
func (s *Service) Wanted(ctx context.Context, id gid.ID) (*ent.ADEProfile, error) {
	p := &ent.ADEProfile{}
	var minimum []byte
	err := s.db.ReaderDB().QueryRowContext(s.db.Brief(ctx), wanted, int64(id)).Scan(&p.ID, &p.Name, &minimum, &p.OtherMdmID, &p.PublishedVersionID)
	if errors.Is(err, stdsql.ErrNoRows) {
		return nil, nil
	}
	if err == nil && len(minimum) > 0 {
		err = json.Unmarshal(minimum, &p.MinimumOs)
	}
	if err != nil {
		return nil, fmt.Errorf("reading which profile the device should have: %w", err)
	}
	return p, nil
}
