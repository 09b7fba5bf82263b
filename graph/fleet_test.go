package graph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// now is a moment with a fraction of a second, as real ones have it.
var now = time.Date(2026, 8, 1, 10, 2, 3, 400_000_000, time.UTC)

const day = 24 * time.Hour

// addDevices adds devices of a token; their times are so long ago, 0 for not at all.
func addDevices(t *testing.T, db *store.Store, token *ent.ABMToken, platform device.Platform, number int, added, removed time.Duration) {
	t.Helper()
	first := db.Reader().Device.Query().CountX(t.Context())
	for i := range number {
		create := db.Ent().Device.Create().SetAbmTokenID(token.ID).SetSerialNumber(fmt.Sprintf("S%06d", first+i)).SetPlatform(platform).
			SetAddedAt(now.Add(-added)).SetChangedAt(now)
		if removed > 0 {
			create.SetRemovedAt(now.Add(-removed))
		}
		create.ExecX(t.Context())
	}
	must(t, db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token.ID, now) }))
}

type platformCount struct {
	Platform               string
	Devices, AddedIn30Days int
}

type fleetSummary struct {
	Devices, AddedIn30Days, Removed, RemovedIn30Days int
	Platforms                                        []platformCount
}

func TestFleetSummary(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Clock: clockwork.NewFakeClockAt(now)})
		first, err := s.Tokens.Generate(stack.Admin(t), "first")
		must(t, err)
		second, err := s.Tokens.Generate(stack.Admin(t), "second")
		must(t, err)
		addDevices(t, db, first, device.PlatformMacOS, 3, 100*day, 0)
		addDevices(t, db, first, device.PlatformMacOS, 2, 29*day+10*time.Hour, 0) // two minutes after midnight
		addDevices(t, db, first, device.PlatformMacOS, 1, 29*day+11*time.Hour, 0)
		addDevices(t, db, first, device.PlatformIOS, 6, day, 0)
		addDevices(t, db, first, device.PlatformIOS, 1, day, time.Hour) // came and went
		addDevices(t, db, first, device.PlatformTvOS, 2, 90*day, 31*day)
		addDevices(t, db, second, device.PlatformIPadOS, 1, day, 0)

		a := newAPI(t, s)
		const document = `query($token: ID) { fleetSummary(abmTokenId: $token) { devices addedIn30Days removed removedIn30Days platforms { platform devices addedIn30Days } } }`
		var got struct{ FleetSummary fleetSummary }
		a.get(document, nil, &got)
		want := fleetSummary{Devices: 13, AddedIn30Days: 9, Removed: 3, RemovedIn30Days: 1,
			Platforms: []platformCount{{"IOS", 6, 6}, {"MACOS", 6, 2}, {"IPADOS", 1, 1}}}
		if diff := cmp.Diff(want, got.FleetSummary); diff != "" {
			t.Errorf("all tokens (-want +got):\n%s", diff)
		}
		a.get(document, map[string]any{"token": second.ID.String()}, &got)
		want = fleetSummary{Devices: 1, AddedIn30Days: 1, Platforms: []platformCount{{"IPADOS", 1, 1}}}
		if diff := cmp.Diff(want, got.FleetSummary); diff != "" {
			t.Errorf("one token (-want +got):\n%s", diff)
		}
		if code := a.code(document, map[string]any{"token": "abm_zzz"}); code != apperr.NotFound {
			t.Errorf("an unknown token: %q", code)
		}
	})
}

func TestEmptyFleet(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		var got struct{ FleetSummary fleetSummary }
		newAPI(t, stack.New(t, db, stack.Options{})).get(`{ fleetSummary { devices removed platforms { devices } } }`, nil, &got)
		if diff := cmp.Diff(fleetSummary{Platforms: []platformCount{}}, got.FleetSummary); diff != "" {
			t.Error(diff)
		}
	})
}

func TestInstance(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		var got struct{ Instance map[string]any }
		newAPI(t, stack.New(t, db, stack.Options{Clock: clockwork.NewFakeClockAt(now)})).
			get(`{ instance { version serverTime setupNeeded isApple simulatedPortalUrl syncIntervalSeconds syncPageSize } }`, nil, &got)
		want := map[string]any{"version": "1.2.3", "serverTime": "2026-08-01T10:02:03.4Z", "setupNeeded": true, "isApple": false,
			"simulatedPortalUrl": nil, "syncIntervalSeconds": 300.0, "syncPageSize": 100.0}
		if diff := cmp.Diff(want, got.Instance); diff != "" {
			t.Error(diff)
		}
	})
}
