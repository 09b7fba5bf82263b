package devicegroup_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
)

// countedRules are rules of each kind that is counted in a way of its own.
func countedRules(tokens []*ent.ABMToken) map[string]devicegroup.Rule {
	platform := condition(devicegroup.Platform, devicegroup.IsAnyOf, "MACOS", "tvos")
	token := condition(devicegroup.ABMToken, devicegroup.IsAnyOf, tokens[1].ID.String(), tokens[1].ID.String())
	prefix := condition(devicegroup.SerialNumber, devicegroup.BeginsWith, "C02")
	model := condition(devicegroup.Model, devicegroup.IsAnyOf, "macbook air")
	return map[string]devicegroup.Rule{
		"platform": platform, "token": token, "both": {All: []devicegroup.Rule{platform, token}}, "either": {Any: []devicegroup.Rule{platform, token}},
		"platform twice": {All: []devicegroup.Rule{platform, platform}}, "prefix": prefix, "prefix and platform": {All: []devicegroup.Rule{prefix, platform}},
		"not": {Not: &platform}, "model": model, "text": condition(devicegroup.Description, devicegroup.Contains, "black"),
		"all": {All: []devicegroup.Rule{model, token, {Not: &prefix}}}, "none": condition(devicegroup.Color, devicegroup.IsAnyOf, "mauve"),
		"since": condition(devicegroup.AddedAt, devicegroup.Since, fleet.Begin.Add(12*time.Hour).Format(time.RFC3339)),
	}
}

// The number is that of the devices that are found, and are not removed.
func TestCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		tokens := fleet.Fill(t, db, 12_000)
		ctx := auth.Console(t.Context())
		s := devicegroup.New(db, clockwork.NewRealClock(), nil)
		everything := db.Reader().Device.Query().AllX(ctx)
		for name, rule := range countedRules(tokens) {
			want := 0
			for _, d := range everything {
				if d.RemovedAt == nil && holds(rule, d) {
					want++
				}
			}
			got, err := s.Matches(ctx, rule, true)
			if err != nil || got != (devicegroup.Count{Devices: want, Exact: true}) || want == 0 && name != "none" {
				t.Errorf("%s: %+v, %v, want %d", name, got, err, want)
			}
			g, err := s.Create(ctx, devicegroup.Input{Name: name, Rule: &rule})
			must(t, err)
			if got, err := s.DeviceCount(ctx, g); err != nil || got.Exact && got.Devices != want {
				t.Errorf("group %s: %+v, %v, want %d", name, got, err, want)
			}
		}
		static, err := s.Create(ctx, devicegroup.Input{Name: "static"})
		must(t, err)
		ids, present := []gid.ID{}, 0
		for _, d := range everything[:1000] {
			ids = append(ids, d.ID)
			if d.RemovedAt == nil {
				present++
			}
		}
		if n, err := s.DeviceCount(ctx, static); err != nil || n.Devices != 0 {
			t.Errorf("an empty group: %+v, %v", n, err)
		}
		_, _, _, err = s.AddDevices(ctx, static.ID, devicegroup.Selection{IDs: ids})
		must(t, err)
		if n, err := s.DeviceCount(ctx, static); err != nil || n != (devicegroup.Count{Devices: present, Exact: true}) || present == len(ids) {
			t.Errorf("a group of %d devices, %d of them present: %+v, %v", len(ids), present, n, err)
		}
		db.Ent().Device.Update().Where(device.IDIn(ids[:300]...)).SetProfileRule(static.ID).ExecX(ctx)
		want := db.Reader().Device.Query().Where(device.IDIn(ids[:300]...), device.RemovedAtIsNil()).CountX(ctx)
		if n, err := s.DecidedCount(ctx, static); err != nil || n != want || n == 300 {
			t.Errorf("the group decides for %d, %v, want %d", n, err, want)
		}
	})
}

// An estimate comes near where devices of a kind are spread, and is no number made up: none of none, all of all.
func TestEstimates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		none, err := devicegroup.Estimate(t.Context(), db, device.IDGT(0))
		if err != nil || none != 0 {
			t.Errorf("an empty table: %d, %v", none, err)
		}
		tokens := fleet.Fill(t, db, 12_000)
		present := db.Reader().Device.Query().Where(device.RemovedAtIsNil()).CountX(t.Context())
		for name, rule := range countedRules(tokens) {
			matches, err := devicegroup.Match(rule)
			must(t, err)
			want := db.Reader().Device.Query().Where(matches, device.RemovedAtIsNil()).CountX(t.Context())
			got, err := devicegroup.Estimate(t.Context(), db, matches)
			if off := got - want; err != nil || off > present/25 || -off > present/25 || want == 0 && got != 0 {
				t.Errorf("%s: about %d, %v, want %d", name, got, err, want)
			}
		}
	})
}

// Who goes away is not counted for, and spoils no other's number.
func TestACountThatNobodyWaitsFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		ids := w.devices("C02A", "C02B")
		g := w.create(devicegroup.Input{Name: "g"})
		_, _, _, err := w.AddDevices(w.ctx, g.ID, devicegroup.Selection{IDs: ids})
		must(t, err)
		gone, cancel := context.WithCancel(w.ctx)
		cancel()
		if _, err := w.DeviceCount(gone, g); err == nil {
			t.Error("counted for nobody")
		}
		if n, err := w.DeviceCount(w.ctx, g); err != nil || n.Devices != 2 {
			t.Errorf("%+v, %v", n, err)
		}
	})
}

// Many who ask for the same number at the same time get the same one, and the one after a change is new.
func TestCountsAtTheSameTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.Service = devicegroup.New(db, clockwork.NewRealClock(), nil)
		ids := w.devices("C02A", "C02B", "C02C")
		g := w.create(devicegroup.Input{Name: "g"})
		for i := range ids {
			_, _, _, err := w.AddDevices(w.ctx, g.ID, devicegroup.Selection{IDs: ids[i : i+1]})
			must(t, err)
			var asking sync.WaitGroup
			for range 8 {
				asking.Go(func() {
					if n, err := w.DeviceCount(w.ctx, g); err != nil || n != (devicegroup.Count{Devices: i + 1, Exact: true}) {
						t.Errorf("%+v, %v, want %d", n, err, i+1)
					}
				})
			}
			asking.Wait()
		}
	})
}
