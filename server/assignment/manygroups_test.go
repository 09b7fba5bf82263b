package assignment_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	groups "github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
	"github.com/guardmdm/guardmdm/test/stack"
)

// What there may be of groups, and of values in the rules of all of them.
const (
	mostGroups = 1_000
	mostValues = 20_000
)

// valuesOfEach is how many values each of 500 rules has, so that all together have as many as they may.
const valuesOfEach = mostValues / (mostGroups / 2)

// manyGroups makes n groups with profiles in one go. Every other one has a rule of 40 values, some of which find one of the serial numbers.
func manyGroups(t testing.TB, db *store.Store, n int, profiles []gid.ID, serials []string) {
	t.Helper()
	must(t, db.WithTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		var all []*ent.DeviceGroupCreate
		for i := range n {
			c := tx.DeviceGroup.Create().SetName(fmt.Sprintf("Group %d", i+1)).SetPosition(i + 1).SetAdeProfileID(profiles[i%len(profiles)])
			c.SetCreatedAt(time.Now()).SetUpdatedAt(time.Now())
			if i%2 == 0 {
				rule, err := json.Marshal(ruleOf(i, serials))
				if err != nil {
					return err
				}
				c.SetRule(rule)
			}
			all = append(all, c)
		}
		return tx.DeviceGroup.CreateBulk(all...).Exec(ctx)
	}))
}

func ruleOf(i int, serials []string) groups.Rule {
	const prefixes = 10
	var tags, beginnings []string
	for v := range valuesOfEach - prefixes {
		tags = append(tags, fmt.Sprintf("%d-%d", i, v))
	}
	for v := range prefixes {
		beginnings = append(beginnings, fmt.Sprintf("0NOBODY%dX%d", i, v))
	}
	if i%7 == 0 && len(serials) > 0 {
		beginnings[3] = serials[i%len(serials)]
	}
	return groups.Rule{Any: []groups.Rule{
		{Field: groups.AssetTag, Operator: groups.IsAnyOf, Values: tags},
		{Field: groups.SerialNumber, Operator: groups.BeginsWith, Values: beginnings},
	}}
}

// As many groups as there may be, whose rules have as many values as they may: syncs, previews, moves and deletions work, and devices have what the
// rules say, which are asked a second time in Go.
func TestAsManyGroupsAsThereMayBe(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 60)
		ctx := stack.Admin(t)
		profiles := []gid.ID{w.profile(t, "Red"), w.profile(t, "Green"), w.profile(t, "Blue")}
		token, server := w.Connect(t, "first")
		list, err := w.Sim.AssignCount(server.ID(), 40)
		must(t, err)
		manyGroups(t, db, mostGroups-1, profiles, list[:20])

		last, err := w.Groups.Create(ctx, groups.Input{Name: "The last", ADEProfileID: profiles[0]})
		must(t, err)
		_, err = w.Groups.Create(ctx, groups.Input{Name: "One too many"})
		code(t, err, apperr.Conflict)
		first := db.Reader().DeviceGroup.Query().Where(devicegroup.Position(1)).OnlyX(t.Context())
		longer := ruleOf(0, list)
		longer.Any[0].Values = append(longer.Any[0].Values, "one too many")
		_, err = w.Groups.Update(ctx, first.ID, groups.Change{Rule: &longer})
		code(t, err, apperr.Conflict)

		// The page of the first sync is held against all of them.
		w.sync(t, token.ID)
		compareWithRules(t, w)
		for i := range 8 { // half of them are in a group with a rule, too
			g := db.Reader().DeviceGroup.Query().Where(devicegroup.Position(2 + 124*i)).OnlyX(t.Context())
			_, _, _, err := w.Groups.AddDevices(ctx, g.ID, groups.Selection{SerialNumbers: list[16+i : 20+i]})
			must(t, err)
		}
		_, _, _, err = w.Groups.AddDevices(ctx, last.ID, groups.Selection{SerialNumbers: list[:30]})
		must(t, err)
		w.settle(t, token.ID)
		compareWithRules(t, w)

		// Own choices, which are taken back: what the groups say is worked out for devices for which it does not count.
		_, _, err = w.Assign.Assign(ctx, profiles[2], serials(list[10:]...))
		must(t, err)
		w.settle(t, token.ID)
		foreseen(t, w, assignment.Change{Devices: serials(list...)}, func() error {
			_, _, err := w.Assign.Unassign(ctx, serials(list...))
			return err
		})
		deciding := db.Reader().DeviceGroup.GetX(t.Context(), *w.device(t, list[7]).ProfileRule)
		foreseen(t, w, assignment.Change{Group: deciding.ID}, func() error {
			_, err := w.Assign.SetGroupProfile(ctx, deciding.ID, 0)
			return err
		})
		foreseen(t, w, assignment.Change{Group: last.ID, Profile: profiles[1]}, func() error {
			_, err := w.Assign.SetGroupProfile(ctx, last.ID, profiles[1])
			return err
		})

		place := 1
		_, err = w.Groups.Update(ctx, last.ID, groups.Change{Position: &place})
		must(t, err)
		w.settle(t, token.ID)
		compareWithRules(t, w)
		for _, serial := range list[:30] {
			if rule := w.device(t, serial).ProfileRule; rule == nil || *rule != last.ID {
				t.Errorf("%s is decided by %v, not by the group that was moved to the front", serial, rule)
			}
		}
		must(t, w.Groups.Delete(ctx, last.ID))
		w.settle(t, token.ID)
		compareWithRules(t, w)
	})
}

// foreseen fails unless a preview says what becomes of it.
func foreseen(t *testing.T, w *world, c assignment.Change, change func() error) {
	t.Helper()
	preview, err := w.Assign.Preview(t.Context(), c)
	must(t, err)
	got := map[[2]gid.ID]int{}
	idOf := func(p *ent.ADEProfile) gid.ID {
		if p == nil {
			return 0
		}
		return p.ID
	}
	for _, some := range preview.Changes {
		got[[2]gid.ID{idOf(some.From), idOf(some.To)}] = some.Devices
	}
	has := func() map[gid.ID]gid.ID {
		all := map[gid.ID]gid.ID{}
		rules := stack.ReadRules(t, w.DB.Reader())
		for _, d := range w.DB.Reader().Device.Query().AllX(t.Context()) {
			all[d.ID] = rules.Of(d).Profile
		}
		return all
	}
	before := has()
	must(t, change())
	w.settle(t, w.DB.Reader().ABMToken.Query().IDsX(t.Context())...)
	compareWithRules(t, w)
	want := map[[2]gid.ID]int{}
	for id, profile := range has() {
		if before[id] != profile {
			want[[2]gid.ID{before[id], profile}]++
		}
	}
	if len(want) == 0 || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the preview says %v, the change did %v", got, want)
	}
}

// compareWithRules compares which rule each device follows, which groups it is in, and what Apple has, with what the rules say in Go.
func compareWithRules(t *testing.T, w *world) {
	t.Helper()
	rules := stack.ReadRules(t, w.DB.Reader())
	all := w.DB.Reader().Device.Query().AllX(t.Context())
	steps, err := w.Assign.Explain(t.Context(), all)
	must(t, err)
	inGroups := 0
	for _, d := range all {
		want := rules.Of(d)
		var rule gid.ID
		if d.ProfileRule != nil {
			rule = *d.ProfileRule
		}
		if want.Source == assignment.FromGroup {
			inGroups++
		}
		if (want.Source == assignment.FromGroup) != (rule.Kind() == gid.DeviceGroup) || want.Group != 0 && want.Group != rule {
			t.Errorf("%s follows %v, the rules say %v", d.SerialNumber, rule, want)
		}
		for _, s := range steps[d.ID] {
			if s.Verdict == assignment.Decides && (s.Profile == nil) != (want.Profile == 0) || s.Verdict == assignment.Decides && s.Profile != nil && s.Profile.ID != want.Profile {
				t.Errorf("%s is explained by %q, the rules say %v", d.SerialNumber, s.Text, want)
			}
		}
	}
	if inGroups == 0 {
		t.Error("no device is decided by a group")
	}
}

// BenchmarkGroups is what as many groups as there may be, and fewer, cost: a page of a sync whose 1,000 devices are held against them, and what is said
// before a change. Half of the groups have rules of 40 values; no rule matches, so that each is asked.
func BenchmarkGroups(b *testing.B) {
	const devices = 100_000
	for _, name := range []string{"sqlite", "postgres"} {
		for _, n := range []int{10, 100, mostGroups} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				db := dbtest.Open(b, name)
				fleet.Fill(b, db, devices)
				s := stack.New(b, db, stack.Options{})
				profiles := make([]gid.ID, 3)
				for i := range profiles {
					profiles[i] = published(b, s, fmt.Sprintf("Profile %d", i))
				}
				manyGroups(b, db, n, profiles, nil)
				ids := db.Reader().Device.Query().Where(device.RemovedAtIsNil()).Order(device.ByID()).Limit(full).IDsX(context.Background())
				measure := func(name string, f func() error) {
					b.Run(name, func(b *testing.B) {
						for b.Loop() {
							must(b, f())
						}
					})
				}
				static := db.Reader().DeviceGroup.Query().Where(devicegroup.Position(2)).OnlyX(context.Background())
				_, _, _, err := s.Groups.AddDevices(stack.Admin(b), static.ID, groups.Selection{IDs: ids[:100]})
				must(b, err)
				measure("page", func() error {
					return db.WithTx(context.Background(), func(ctx context.Context, tx *store.Tx) error { return s.Assign.Evaluate(ctx, tx, ids) })
				})
				measure("preview-of-a-group", func() error {
					_, err := s.Assign.Preview(context.Background(), assignment.Change{Group: static.ID})
					return err
				})
				measure("preview-of-all-devices", func() error {
					_, err := s.Assign.Preview(context.Background(), assignment.Change{Devices: assignment.Matching(device.RemovedAtIsNil())})
					return err
				})
				measure("groups-of-50-devices", func() error {
					_, err := s.Assign.Groups(context.Background(), ids[:50])
					return err
				})
			})
		}
	}
}

func published(b *testing.B, s *stack.Stack, name string) gid.ID {
	b.Helper()
	p, err := s.Profiles.Create(stack.Admin(b), adeprofile.Edit{Name: &name})
	must(b, err)
	return p.ID
}
