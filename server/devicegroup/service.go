package devicegroup

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/devicegroupmember"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	maxName        = 125 // bytes
	maxDescription = 500
	// maxGroups and maxValuesOfAll bound what each page of a sync is held against. Each value of a rule is a parameter of one statement: SQLite takes
	// 32,766 of them, some of which the statement needs for other things.
	maxGroups      = 1_000
	maxValuesOfAll = 20_000
)

// Rules is told, inside of the transaction, that a group has changed such that devices may have another profile: its profile, its rule, its
// members, its place, its existence. Groups without a profile decide nothing, and are not told of.
type Rules interface {
	GroupChanged(ctx context.Context, tx *store.Tx, group gid.ID, title string) error
}

// Service makes and changes groups, and counts their devices.
type Service struct {
	store  *store.Store
	clock  clockwork.Clock
	rules  Rules
	counts *counts
}

// New makes the service. rules may be nil: then nobody is told.
func New(db *store.Store, clock clockwork.Clock, rules Rules) *Service {
	return &Service{store: db, clock: clock, rules: rules, counts: newCounts(clock)}
}

// Input is what a new group is made of.
type Input struct {
	Name, Description string
	Rule              *Rule  // nil: devices are put into it
	ADEProfileID      gid.ID // 0: it decides nothing
}

// Change is what becomes different; what is nil stays.
type Change struct {
	Name, Description *string
	Rule              *Rule
	ADEProfileID      *gid.ID // 0: it decides nothing any more
	Position          *int    // from 1
}

// Create makes a group, the last one in the order. Errors: BadUserInput, NotFound, Conflict.
func (s *Service) Create(ctx context.Context, in Input) (g *ent.DeviceGroup, err error) {
	in.Name = strings.TrimSpace(in.Name)
	err = s.changeWith(ctx, in.ADEProfileID, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.DeviceGroup.Query().Count(ctx)
		if err != nil {
			return err
		}
		if n >= maxGroups {
			return apperr.New(apperr.Conflict, "There are %d groups, and no more are allowed.", n).WithHint("Delete one that is not needed any more.")
		}
		if err := s.checkTexts(ctx, tx, 0, &in.Name, &in.Description); err != nil {
			return err
		}
		now := s.clock.Now()
		create := tx.DeviceGroup.Create().SetName(in.Name).SetDescription(in.Description).SetPosition(n + 1).SetCreatedAt(now).SetUpdatedAt(now)
		after := map[string]any{"name": in.Name, "position": n + 1}
		if in.Description != "" {
			after["description"] = in.Description
		}
		if in.Rule != nil {
			rule, err := checked(in.Rule)
			if err != nil {
				return err
			}
			if err := room(ctx, tx, 0, in.Rule); err != nil {
				return err
			}
			create.SetRule(rule)
			after["rule"] = rule
		}
		if in.ADEProfileID != 0 {
			if err := checkProfile(ctx, tx, in.ADEProfileID); err != nil {
				return err
			}
			create.SetAdeProfileID(in.ADEProfileID)
			after["adeProfileId"] = in.ADEProfileID.String()
		}
		if g, err = create.Save(ctx); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, g, in.Rule != nil && g.AdeProfileID != nil); err != nil {
			return err
		}
		return s.record(ctx, tx, "createDeviceGroup", g, nil, after)
	})
	return s.committed(ctx, g, err)
}

// Update changes a group. Errors: BadUserInput, NotFound, Conflict.
func (s *Service) Update(ctx context.Context, id gid.ID, c Change) (g *ent.DeviceGroup, err error) {
	if c.Name != nil {
		trimmed := strings.TrimSpace(*c.Name)
		c.Name = &trimmed
	}
	var profile gid.ID
	if c.ADEProfileID != nil {
		profile = *c.ADEProfileID
	}
	err = s.changeWith(ctx, profile, func(ctx context.Context, tx *store.Tx) error {
		if g, err = find(ctx, tx, id); err != nil {
			return err
		}
		if err := s.checkTexts(ctx, tx, id, c.Name, c.Description); err != nil {
			return err
		}
		update := tx.DeviceGroup.UpdateOneID(id)
		before, after := map[string]any{}, map[string]any{}
		set := func(field string, was, is any) { before[field], after[field] = was, is }
		decides := false // whether devices may have another profile
		if c.Name != nil && *c.Name != g.Name {
			update.SetName(*c.Name)
			set("name", g.Name, *c.Name)
		}
		if c.Description != nil && *c.Description != g.Description {
			update.SetDescription(*c.Description)
			set("description", g.Description, *c.Description)
		}
		if c.Rule != nil {
			changed, err := changedRule(g, c.Rule)
			if err != nil {
				return err
			}
			if changed != nil {
				if err := room(ctx, tx, id, c.Rule); err != nil {
					return err
				}
				update.SetRule(changed)
				set("rule", g.Rule, changed)
				decides = true
			}
		}
		if c.Position != nil && *c.Position != g.Position {
			if err := move(ctx, tx, g.Position, *c.Position); err != nil {
				return err
			}
			update.SetPosition(*c.Position)
			set("position", g.Position, *c.Position)
			decides = true
		}
		if c.ADEProfileID != nil && *c.ADEProfileID != profileOf(g) {
			if *c.ADEProfileID == 0 {
				update.ClearAdeProfileID()
			} else if err := checkProfile(ctx, tx, *c.ADEProfileID); err != nil {
				return err
			} else {
				update.SetAdeProfileID(*c.ADEProfileID)
			}
			set("adeProfileId", named(profileOf(g)), named(*c.ADEProfileID))
			decides = true
		}
		if len(after) == 0 {
			return nil
		}
		had := profileOf(g)
		if g, err = update.SetUpdatedAt(s.clock.Now()).Save(ctx); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, g, decides && (had != 0 || profileOf(g) != 0)); err != nil {
			return err
		}
		return s.record(ctx, tx, "updateDeviceGroup", g, before, after)
	})
	return s.committed(ctx, g, err)
}

// Delete deletes a group. Its devices follow the next rule. Errors: NotFound.
func (s *Service) Delete(ctx context.Context, id gid.ID) error {
	return s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		g, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := tx.DeviceGroup.DeleteOneID(id).Exec(ctx); err != nil {
			return err
		}
		if err := shift(ctx, tx, g.Position+1, maxGroups, -1); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, g, g.AdeProfileID != nil); err != nil {
			return err
		}
		return s.record(ctx, tx, "deleteDeviceGroup", g, map[string]any{"name": g.Name, "position": g.Position, "adeProfileId": named(profileOf(g))}, nil)
	})
}

// AddDevices puts devices into a group without a rule. unknown are serial numbers of no device, at most 100. Errors: those of
// Selection.Resolve, and Conflict.
func (s *Service) AddDevices(ctx context.Context, id gid.ID, sel Selection) (g *ent.DeviceGroup, added int, unknown []string, err error) {
	return s.members(ctx, "addDevicesToGroup", id, sel, func(meant *sql.Selector) (string, []any) {
		query, args := meant.Select().AppendSelectExpr(sql.Raw(fmt.Sprint(int64(id)))).AppendSelect(meant.C(device.FieldID)).Query()
		return "INSERT INTO device_group_members (device_group_id, device_id) " + query + " ON CONFLICT (device_group_id, device_id) DO NOTHING", args
	})
}

// RemoveDevices takes devices out of a group without a rule. It is as AddDevices otherwise.
func (s *Service) RemoveDevices(ctx context.Context, id gid.ID, sel Selection) (g *ent.DeviceGroup, removed int, unknown []string, err error) {
	return s.members(ctx, "removeDevicesFromGroup", id, sel, func(meant *sql.Selector) (string, []any) {
		gone := sql.Dialect(meant.Dialect()).Delete(devicegroupmember.Table).Where(sql.And(
			sql.EQ(devicegroupmember.FieldDeviceGroupID, id), sql.In(devicegroupmember.FieldDeviceID, meant.Select(device.FieldID))))
		return gone.Query()
	})
}

// members changes who is in a group by one statement over the devices that are meant.
func (s *Service) members(ctx context.Context, action string, id gid.ID, sel Selection,
	statement func(devices *sql.Selector) (string, []any),
) (g *ent.DeviceGroup, changed int, unknown []string, err error) {
	sel.Now = s.clock.Now()
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		if g, err = find(ctx, tx, id); err != nil {
			return err
		}
		if HasRule(g) {
			return apperr.New(apperr.Conflict, "A rule decides which devices are in %q.", g.Name).
				WithHint("Change its rule, or use a group without one.").WithField("deviceGroupId")
		}
		var meant predicateFunc
		if meant, unknown, _, err = sel.Resolve(ctx, tx); err != nil {
			return err
		}
		devices := sql.Dialect(tx.Dialect()).Select().From(sql.Table(device.Table))
		meant(devices)
		if err := devices.Err(); err != nil {
			return err
		}
		query, args := statement(devices)
		res, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return fmt.Errorf("changing the devices of a group: %w", err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		changed = int(n)
		if changed == 0 {
			return nil
		}
		if err := s.tell(ctx, tx, g, g.AdeProfileID != nil); err != nil {
			return err
		}
		return s.record(ctx, tx, action, g, nil, map[string]any{"devices": changed})
	})
	if g, err = s.committed(ctx, g, err); err != nil {
		return nil, 0, nil, err
	}
	return g, changed, unknown, nil
}

// committed reads a group once more after its transaction, whose client is of no use any more to whoever asks for the group's profile.
func (s *Service) committed(ctx context.Context, g *ent.DeviceGroup, err error) (*ent.DeviceGroup, error) {
	if err != nil {
		return nil, err
	}
	g, err = s.store.Reader().DeviceGroup.Get(ctx, g.ID)
	return g, store.MapError(err)
}

// predicateFunc is what predicate.Device is underneath.
type predicateFunc = func(*sql.Selector)

// change runs f in a transaction that is alone in changing groups, so that places stay 1, 2, 3 … and no name is there twice.
func (s *Service) change(ctx context.Context, f func(ctx context.Context, tx *store.Tx) error) error {
	return s.changeWith(ctx, 0, f)
}

// changeWith is change for a group that is to have the profile, which stays as it is meanwhile; 0: none. Whoever chooses, publishes or deletes a profile
// locks first the profile, then the groups, then the rules.
func (s *Service) changeWith(ctx context.Context, profile gid.ID, f func(ctx context.Context, tx *store.Tx) error) error {
	return store.MapError(s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if tx.Dialect() == dialect.Postgres {
			if profile != 0 {
				if _, err := tx.ADEProfile.Query().Where(adeprofile.ID(profile)).ForShare().IDs(ctx); err != nil {
					return fmt.Errorf("locking an ADE profile: %w", err)
				}
			}
			if _, err := tx.ExecContext(ctx, "LOCK TABLE device_groups IN SHARE ROW EXCLUSIVE MODE"); err != nil {
				return err
			}
		}
		return f(ctx, tx)
	}))
}

// tell tells the rules that the group has changed, if that matters, and forgets its count.
func (s *Service) tell(ctx context.Context, tx *store.Tx, g *ent.DeviceGroup, decides bool) error {
	tx.AfterCommit(func() { s.counts.forget(g.ID) })
	if !decides || s.rules == nil {
		return nil
	}
	return s.rules.GroupChanged(ctx, tx, g.ID, g.Name)
}

func (s *Service) record(ctx context.Context, tx *store.Tx, action string, g *ent.DeviceGroup, before, after map[string]any) error {
	return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: action, ObjectID: g.ID, ObjectName: g.Name, Before: before, After: after})
}

func find(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.DeviceGroup, error) {
	g, err := tx.DeviceGroup.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, apperr.Wrap(err, apperr.NotFound, "There is no device group %s.", id).WithHint("Take the identifier from `deviceGroups`.").WithField("deviceGroupId")
	}
	return g, err
}

// checkTexts checks what is not nil. A name may be the group's own.
func (s *Service) checkTexts(ctx context.Context, tx *store.Tx, own gid.ID, name, description *string) error {
	if name != nil {
		if *name == "" || len(*name) > maxName {
			return apperr.New(apperr.BadUserInput, "The group's name has %d bytes; it needs 1 to %d.", len(*name), maxName).WithField("name")
		}
		taken, err := tx.DeviceGroup.Query().Where(devicegroup.Name(*name), devicegroup.IDNEQ(own)).Exist(ctx)
		if err != nil {
			return err
		}
		if taken {
			return apperr.New(apperr.Conflict, "There is a group %q already.", *name).WithHint("Choose another name.").WithField("name")
		}
	}
	if description != nil && len(*description) > maxDescription {
		return apperr.New(apperr.BadUserInput, "The group's description has %d bytes; it takes %d.", len(*description), maxDescription).WithField("description")
	}
	return nil
}

// checked is a rule as it is stored.
func checked(r *Rule) (json.RawMessage, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	return json.Marshal(r)
}

// room checks that the group's new rule, with those of all other groups, has no more values than can be asked at once.
func room(ctx context.Context, tx *store.Tx, own gid.ID, r *Rule) error {
	others, err := tx.DeviceGroup.Query().Where(devicegroup.IDNEQ(own), devicegroup.RuleNotNil()).Select(devicegroup.FieldRule).All(ctx)
	if err != nil {
		return err
	}
	have := 0
	for _, g := range others {
		var other Rule
		if err := json.Unmarshal(g.Rule, &other); err != nil {
			return fmt.Errorf("reading the rule of a group: %w", err)
		}
		have += other.size()
	}
	if n := r.size(); have+n > maxValuesOfAll {
		return apperr.New(apperr.Conflict, "The rule has %s, and those of all other groups have %d; together they may have %d.", apperr.Count(n, "value"), have, maxValuesOfAll).
			WithHint("Put the devices into a group without a rule: it takes a list of serial numbers of any length.").WithField("rule")
	}
	return nil
}

// changedRule is the group's new rule; nil when it is the old one.
func changedRule(g *ent.DeviceGroup, r *Rule) (json.RawMessage, error) {
	if !HasRule(g) {
		return nil, apperr.New(apperr.Conflict, "The devices of %q are put into it one by one: it has no rule to change.", g.Name).
			WithHint("Make a new group with a rule.").WithField("rule")
	}
	next, err := checked(r)
	if err != nil {
		return nil, err
	}
	if old, err := ParseRule(g.Rule); err == nil {
		if same, err := json.Marshal(old); err == nil && string(same) == string(next) { // PostgreSQL writes JSON in its own way
			return nil, nil
		}
	}
	return next, nil
}

// checkProfile checks that devices can get the profile.
func checkProfile(ctx context.Context, tx *store.Tx, id gid.ID) error {
	p, err := tx.ADEProfile.Query().Where(adeprofile.ID(id), adeprofile.DeletedAtIsNil()).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return apperr.Wrap(err, apperr.NotFound, "There is no ADE profile %s.", id).WithHint("Take the identifier from `adeProfiles`.").WithField("adeProfileId")
	case err != nil:
		return err
	case p.PublishedVersionID == nil:
		return apperr.New(apperr.Conflict, "The ADE profile %q is a draft.", p.Name).WithHint("Publish it first.").WithField("adeProfileId")
	}
	return nil
}

// move makes room at a place: the groups in between move on by one.
func move(ctx context.Context, tx *store.Tx, from, to int) error {
	n, err := tx.DeviceGroup.Query().Count(ctx)
	if err != nil {
		return err
	}
	switch {
	case to < 1 || to > n:
		return apperr.New(apperr.BadUserInput, "There %s %s: a place is 1 to %d, not %d.", apperr.Word(n, "is", "are"), apperr.Count(n, "group"), n, to).WithField("position")
	case to < from:
		return shift(ctx, tx, to, from-1, 1)
	}
	return shift(ctx, tx, from+1, to, -1)
}

func shift(ctx context.Context, tx *store.Tx, from, to, by int) error {
	return tx.DeviceGroup.Update().Where(devicegroup.PositionGTE(from), devicegroup.PositionLTE(to)).AddPosition(by).Exec(ctx)
}

func profileOf(g *ent.DeviceGroup) gid.ID {
	if g.AdeProfileID == nil {
		return 0
	}
	return *g.AdeProfileID
}

// named is an identifier in an audit entry; nil for none.
func named(id gid.ID) any {
	if id == 0 {
		return nil
	}
	return id.String()
}
