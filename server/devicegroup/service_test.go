package devicegroup_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	entgroup "github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// told remembers which groups the rules were told of.
type told struct {
	groups []string
	err    error
}

func (r *told) GroupChanged(ctx context.Context, tx *store.Tx, group gid.ID, title string) error {
	if _, err := tx.DeviceGroup.Query().Count(ctx); err != nil { // it is the transaction's
		return err
	}
	r.groups = append(r.groups, title)
	return r.err
}

// take gives what was told since the last time.
func (r *told) take() string {
	s := strings.Join(r.groups, " ")
	r.groups = nil
	return s
}

type world struct {
	*devicegroup.Service
	t      *testing.T
	ctx    context.Context
	db     *store.Store
	rules  *told
	clock  *clockwork.FakeClock
	tokens []*ent.ABMToken
}

func newWorld(t *testing.T, db *store.Store) *world {
	w := &world{t: t, ctx: auth.Console(t.Context()), db: db, rules: &told{}, clock: clockwork.NewFakeClockAt(began), tokens: tokens(t, db, 2)}
	w.Service = devicegroup.New(db, w.clock, w.rules)
	return w
}

// devices adds devices with these serial numbers.
func (w *world) devices(serials ...string) []gid.ID {
	w.t.Helper()
	ids := make([]gid.ID, len(serials))
	for i, serial := range serials {
		ids[i] = w.db.Ent().Device.Create().SetSerialNumber(serial).SetAbmTokenID(w.tokens[i%2].ID).SetPlatform(device.PlatformMacOS).SetModel("MacBook Air").
			SetAddedAt(began).SetChangedAt(began).SaveX(w.ctx).ID
	}
	recount(w.t, w.db)
	return ids
}

func (w *world) profile(name string) gid.ID {
	w.t.Helper()
	return w.db.Ent().ADEProfile.Create().SetName(name).SetPublishedVersionID(gid.New(gid.ADEProfileVersion, 1)).SetCreatedAt(began).SetUpdatedAt(began).SaveX(w.ctx).ID
}

func (w *world) create(in devicegroup.Input) *ent.DeviceGroup {
	w.t.Helper()
	g, err := w.Create(w.ctx, in)
	must(w.t, err)
	return g
}

func (w *world) update(g *ent.DeviceGroup, c devicegroup.Change) *ent.DeviceGroup {
	w.t.Helper()
	g, err := w.Update(w.ctx, g.ID, c)
	must(w.t, err)
	return g
}

// order is that of the groups, by name and place.
func (w *world) order() string {
	w.t.Helper()
	var b strings.Builder
	for _, g := range w.db.Reader().DeviceGroup.Query().Order(entgroup.ByPosition()).AllX(w.ctx) {
		fmt.Fprintf(&b, "%s%d ", g.Name, g.Position)
	}
	return strings.TrimSpace(b.String())
}

// members are the serial numbers of the devices in a group.
func (w *world) members(g *ent.DeviceGroup) string {
	w.t.Helper()
	var lists [2]string
	for i, in := range []func(*ent.DeviceGroup) func(*ent.DeviceQuery){
		func(g *ent.DeviceGroup) func(*ent.DeviceQuery) {
			return func(q *ent.DeviceQuery) { q.Where(devicegroup.InGroup(g)) }
		},
		func(g *ent.DeviceGroup) func(*ent.DeviceQuery) {
			return func(q *ent.DeviceQuery) { q.Where(devicegroup.FilterByGroup(w.ctx, g)) }
		},
	} {
		q := w.db.Reader().Device.Query().Order(device.BySerialNumber())
		in(g)(q)
		for _, d := range q.AllX(w.ctx) {
			lists[i] += d.SerialNumber + " "
		}
	}
	if lists[0] != lists[1] {
		w.t.Errorf("the group %s holds %q by its members and %q by its devices", g.Name, lists[1], lists[0])
	}
	return strings.TrimSpace(lists[0])
}

func (w *world) refused(err error, code apperr.Code, field ...string) {
	w.t.Helper()
	if e := apperr.As(err); e == nil || e.Code != code || !slices.Equal(e.Field, field) {
		w.t.Errorf("%v at %v, want %s at %v", err, e, code, field)
	}
}

func is[T any](v T) *T { return &v }

func TestTheOrderOfGroups(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		profile := w.profile("p")
		groups := map[string]*ent.DeviceGroup{}
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			groups[name] = w.create(devicegroup.Input{Name: name, ADEProfileID: profile})
		}
		w.rules.take()
		for _, step := range []struct {
			name string
			to   int
			want string
		}{
			{"d", 2, "a1 d2 b3 c4 e5"}, {"d", 4, "a1 b2 c3 d4 e5"}, {"a", 5, "b1 c2 d3 e4 a5"}, {"a", 1, "a1 b2 c3 d4 e5"}, {"c", 3, "a1 b2 c3 d4 e5"},
		} {
			w.update(groups[step.name], devicegroup.Change{Position: &step.to})
			if got := w.order(); got != step.want {
				t.Errorf("%s to %d: %s, want %s", step.name, step.to, got, step.want)
			}
		}
		if got := w.rules.take(); got != "d d a a" { // the last move was none
			t.Errorf("told of %s", got)
		}
		for _, to := range []int{0, -1, 6} {
			_, err := w.Update(w.ctx, groups["a"].ID, devicegroup.Change{Position: &to})
			w.refused(err, apperr.BadUserInput, "position")
		}
		must(t, w.Delete(w.ctx, groups["b"].ID))
		if got := w.order(); got != "a1 c2 d3 e4" {
			t.Errorf("after a deletion: %s", got)
		}
		if got := w.create(devicegroup.Input{Name: "f"}); got.Position != 5 {
			t.Errorf("a new group comes at %d", got.Position)
		}
	})
}

// Replicas that make and move groups at the same time leave no place empty or taken twice.
func TestGroupsAtTheSameTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		for i := range 4 {
			w.create(devicegroup.Input{Name: fmt.Sprint("old", i)})
		}
		ids := db.Reader().DeviceGroup.Query().IDsX(w.ctx)
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				if _, err := w.Create(w.ctx, devicegroup.Input{Name: fmt.Sprint("new", i)}); err != nil {
					t.Error(err)
				}
				if _, err := w.Update(w.ctx, ids[i%4], devicegroup.Change{Position: is(1 + i%3)}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		must(t, w.Delete(w.ctx, ids[3]))
		for i, g := range db.Reader().DeviceGroup.Query().Order(entgroup.ByPosition()).AllX(w.ctx) {
			if g.Position != i+1 {
				t.Fatalf("places: %s", w.order())
			}
		}
	})
}

func TestGroupsAreMadeAndChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.devices("C02A", "C02B", "F9FA")
		profile, draft := w.profile("p"), db.Ent().ADEProfile.Create().SetName("draft").SetCreatedAt(began).SetUpdatedAt(began).SaveX(w.ctx).ID
		prefix := condition(devicegroup.SerialNumber, devicegroup.BeginsWith, "C02")
		g := w.create(devicegroup.Input{Name: " Macs ", Description: "all of them", Rule: &prefix})
		if g.Name != "Macs" || w.members(g) != "C02A C02B" || w.rules.take() != "" { // it decides nothing yet
			t.Errorf("%+v with %s", g, w.members(g))
		}
		w.clock.Advance(time.Hour)
		g = w.update(g, devicegroup.Change{ADEProfileID: &profile})
		if *g.AdeProfileID != profile || !g.UpdatedAt.Equal(w.clock.Now()) || w.rules.take() != "Macs" {
			t.Errorf("with a profile: %+v", g)
		}
		other := condition(devicegroup.SerialNumber, devicegroup.BeginsWith, "F9F")
		g = w.update(g, devicegroup.Change{Rule: &other})
		if w.members(g) != "F9FA" || w.rules.take() != "Macs" {
			t.Errorf("with another rule: %s", w.members(g))
		}
		before := db.Reader().AuditEntry.Query().CountX(w.ctx)
		g = w.update(g, devicegroup.Change{Rule: &other, Name: is("Macs"), ADEProfileID: &profile, Position: is(1)})
		if db.Reader().AuditEntry.Query().CountX(w.ctx) != before || w.rules.take() != "" {
			t.Error("a change that changes nothing was told")
		}
		g = w.update(g, devicegroup.Change{Name: is("Phones"), Description: is("")})
		if g.Name != "Phones" || g.Description != "" || w.rules.take() != "" {
			t.Errorf("with another name: %+v", g)
		}
		g = w.update(g, devicegroup.Change{ADEProfileID: is(gid.ID(0))})
		if g.AdeProfileID != nil || w.rules.take() != "Phones" {
			t.Errorf("without a profile: %+v", g)
		}
		entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("updateDeviceGroup")).Order(ent.Desc(auditentry.FieldID)).FirstX(w.ctx)
		var was map[string]any
		must(t, json.Unmarshal(entry.Before, &was))
		if diff := cmp.Diff(map[string]any{"adeProfileId": profile.String()}, was); diff != "" || entry.ObjectName != "Phones" {
			t.Errorf("audit entry: %s", diff)
		}
		static := w.create(devicegroup.Input{Name: "static"})

		for name, c := range map[string]struct {
			change devicegroup.Change
			code   apperr.Code
			field  []string
		}{
			"no name":    {devicegroup.Change{Name: is(" ")}, apperr.BadUserInput, []string{"name"}},
			"long name":  {devicegroup.Change{Name: is(strings.Repeat("x", 126))}, apperr.BadUserInput, []string{"name"}},
			"taken name": {devicegroup.Change{Name: is("static")}, apperr.Conflict, []string{"name"}},
			"long text":  {devicegroup.Change{Description: is(strings.Repeat("x", 501))}, apperr.BadUserInput, []string{"description"}},
			"bad rule":   {devicegroup.Change{Rule: &devicegroup.Rule{}}, apperr.BadUserInput, []string{"rule"}},
			"no profile": {devicegroup.Change{ADEProfileID: is(gid.New(gid.ADEProfile, 99))}, apperr.NotFound, []string{"adeProfileId"}},
			"a draft":    {devicegroup.Change{ADEProfileID: &draft}, apperr.Conflict, []string{"adeProfileId"}},
		} {
			t.Run(name, func(t *testing.T) {
				w.t = t
				_, err := w.Update(w.ctx, g.ID, c.change)
				w.refused(err, c.code, c.field...)
			})
		}
		w.t = t
		_, err := w.Update(w.ctx, static.ID, devicegroup.Change{Rule: &other})
		w.refused(err, apperr.Conflict, "rule")
		_, err = w.Create(w.ctx, devicegroup.Input{Name: "static"})
		w.refused(err, apperr.Conflict, "name")
		_, err = w.Create(w.ctx, devicegroup.Input{Name: "x", ADEProfileID: gid.New(gid.ADEProfile, 99)})
		w.refused(err, apperr.NotFound, "adeProfileId")
		_, err = w.Update(w.ctx, gid.New(gid.DeviceGroup, 99), devicegroup.Change{})
		w.refused(err, apperr.NotFound, "deviceGroupId")
		w.refused(w.Delete(w.ctx, gid.New(gid.DeviceGroup, 99)), apperr.NotFound, "deviceGroupId")
		if got := w.order(); got != "Phones1 static2" {
			t.Errorf("refused changes left %s", got)
		}
	})
}

// What the rules cannot take is not done.
func TestAChangeThatTheRulesRefuseIsUndone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		g := w.create(devicegroup.Input{Name: "a", ADEProfileID: w.profile("p")})
		ids := w.devices("C02A")
		w.rules.err = errors.New("no")
		if _, _, _, err := w.AddDevices(w.ctx, g.ID, devicegroup.Selection{IDs: ids}); err == nil || w.members(g) != "" {
			t.Errorf("%v, members %s", err, w.members(g))
		}
		if err := w.Delete(w.ctx, g.ID); err == nil || w.order() != "a1" {
			t.Errorf("%v, groups %s", err, w.order())
		}
	})
}

func TestMembers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		ids := w.devices("C02A", "C02B", "C02C", "F9FA", "F9FB")
		g := w.create(devicegroup.Input{Name: "g", ADEProfileID: w.profile("p")})
		other := w.create(devicegroup.Input{Name: "other"})
		rule := w.create(devicegroup.Input{Name: "rule", Rule: is(condition(devicegroup.Model, devicegroup.Contains, "air"))})
		w.rules.take()
		prefix := devicegroup.HasSerialPrefix
		for _, step := range []struct {
			what    string
			act     func(context.Context, gid.ID, devicegroup.Selection) (*ent.DeviceGroup, int, []string, error)
			sel     devicegroup.Selection
			changed int
			unknown []string
			want    string
		}{
			{"ids", w.AddDevices, devicegroup.Selection{IDs: ids[:2]}, 2, nil, "C02A C02B"},
			{"the same ids", w.AddDevices, devicegroup.Selection{IDs: ids[:2]}, 0, nil, "C02A C02B"},
			{"serials", w.AddDevices, devicegroup.Selection{SerialNumbers: []string{" c02b", "F9FA", "X1", "x1", "X2"}}, 1, []string{"X1", "X2"}, "C02A C02B F9FA"},
			{"where", w.AddDevices, devicegroup.Selection{Where: prefix("C02"), ExpectedCount: is(3), ExceptIDs: ids[:1]}, 1, nil, "C02A C02B C02C F9FA"},
			{"where without some", w.RemoveDevices, devicegroup.Selection{Where: prefix("C02"), ExpectedCount: is(3), ExceptIDs: ids[:1]}, 2, nil, "C02A F9FA"},
			{"serials out", w.RemoveDevices, devicegroup.Selection{SerialNumbers: []string{"F9FA", "F9FB", "X1"}}, 1, []string{"X1"}, "C02A"},
			{"everything out", w.RemoveDevices, devicegroup.Selection{Where: device.IDGT(0), ExpectedCount: is(5)}, 1, nil, ""},
		} {
			group, changed, unknown, err := step.act(w.ctx, g.ID, step.sel)
			must(t, err)
			if changed != step.changed || !slices.Equal(unknown, step.unknown) || group.ID != g.ID || w.members(g) != step.want || w.members(other) != "" {
				t.Errorf("%s: %d changed, unknown %v, members %s", step.what, changed, unknown, w.members(g))
			}
			if got := w.rules.take(); (got == "g") != (step.changed > 0) {
				t.Errorf("%s: told of %q", step.what, got)
			}
		}
		for name, c := range map[string]struct {
			group gid.ID
			sel   devicegroup.Selection
			code  apperr.Code
			field []string
		}{
			"another count":    {g.ID, devicegroup.Selection{Where: prefix("C02"), ExpectedCount: is(2)}, apperr.Conflict, []string{"expectedCount"}},
			"no count":         {g.ID, devicegroup.Selection{Where: prefix("C02")}, apperr.BadUserInput, []string{"expectedCount"}},
			"nothing":          {g.ID, devicegroup.Selection{}, apperr.BadUserInput, nil},
			"two ways":         {g.ID, devicegroup.Selection{IDs: ids, SerialNumbers: []string{"C02A"}}, apperr.BadUserInput, nil},
			"empty list":       {g.ID, devicegroup.Selection{IDs: []gid.ID{}}, apperr.BadUserInput, []string{"deviceIds"}},
			"too many":         {g.ID, devicegroup.Selection{SerialNumbers: many(1001, "C02A")}, apperr.BadUserInput, []string{"serialNumbers"}},
			"except of ids":    {g.ID, devicegroup.Selection{IDs: ids, ExceptIDs: ids[:1]}, apperr.BadUserInput, []string{"exceptIds"}},
			"no such device":   {g.ID, devicegroup.Selection{IDs: []gid.ID{ids[0], ids[0], gid.New(gid.Device, 999)}}, apperr.NotFound, []string{"deviceIds"}},
			"no such list":     {g.ID, devicegroup.Selection{SerialListID: gid.New(gid.SerialList, 9)}, apperr.NotFound, []string{"serialListId"}},
			"no such group":    {gid.New(gid.DeviceGroup, 9), devicegroup.Selection{IDs: ids}, apperr.NotFound, []string{"deviceGroupId"}},
			"a group's rule":   {rule.ID, devicegroup.Selection{IDs: ids}, apperr.Conflict, []string{"deviceGroupId"}},
			"count of serials": {g.ID, devicegroup.Selection{SerialNumbers: []string{"C02A", "X"}, ExpectedCount: is(2)}, apperr.Conflict, []string{"expectedCount"}},
		} {
			t.Run(name, func(t *testing.T) {
				w.t = t
				_, _, _, err := w.AddDevices(w.ctx, c.group, c.sel)
				w.refused(err, c.code, c.field...)
			})
		}
		if w.t = t; w.members(g) != "" {
			t.Errorf("refused acts left %s", w.members(g))
		}
		_, _, _, err := w.AddDevices(w.ctx, g.ID, devicegroup.Selection{Where: prefix("C02"), ExpectedCount: is(2)})
		if e := apperr.As(err); !strings.Contains(e.Message, "3") || !strings.Contains(e.Message, "2") {
			t.Errorf("the message does not show both numbers: %s", e.Message)
		}
	})
}
