package graph_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

type eventPage struct {
	Nodes []struct {
		Kind        string
		Unannounced bool
		Changes     map[string][2]any
		Device      struct{ SerialNumber string }
	}
	PageInfo   struct{ HasNextPage bool }
	TotalCount int
}

const eventFields = `nodes { kind unannounced changes device { serialNumber } } pageInfo { hasNextPage } totalCount`

// What a reconciliation finds is told with the run and with the device; what it holds is removed when an administrator says so.
func TestReconciliationByTheAPI(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 20})
		s.Start(t)
		token, server := s.Connect(t, "first")
		serials, err := s.Sim.AssignCount(server.ID(), 20)
		must(t, err)
		s.Sync(t, token.ID, false)
		db.Ent().Device.Update().Where(device.SerialNumber(serials[0])).SetColor("OLD").ExecX(t.Context())
		for i := range 150 {
			db.Ent().Device.Create().SetSerialNumber(fmt.Sprintf("XSURPLUS%04d", i)).SetAbmTokenID(token.ID).SetPlatform(device.PlatformMacOS).
				SetAddedAt(time.Now()).SetChangedAt(time.Now()).ExecX(t.Context())
		}
		must(t, db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token.ID, time.Now()) }))
		run := s.Sync(t, token.ID, true)

		a := newAPI(t, s)
		var got struct {
			Node struct {
				HeldRemovals, MissingAtApple, ChangedUnannounced int
				Phases                                           []struct{ Phase string }
				AbmToken                                         struct{ HeldRemovals, DeviceCount int }
			}
			SyncDifferences, DeviceEvents eventPage
		}
		a.get(`query($run: ID!, $device: ID!) {
			node(id: $run) { ... on SyncRun { heldRemovals missingAtApple changedUnannounced phases { phase } abmToken { heldRemovals deviceCount } } }
			syncDifferences(syncRunId: $run, first: 10) { `+eventFields+` }
			deviceEvents(deviceId: $device) { `+eventFields+` }
		}`, map[string]any{"run": run.ID.String(), "device": db.Reader().Device.Query().Where(device.SerialNumber(serials[0])).OnlyX(t.Context()).ID.String()}, &got)
		if n := got.Node; n.HeldRemovals != 150 || n.AbmToken.HeldRemovals != 150 || n.AbmToken.DeviceCount != 170 || n.ChangedUnannounced != 1 {
			t.Errorf("run: %+v", n)
		}
		var phases []string
		for _, p := range got.Node.Phases {
			phases = append(phases, p.Phase)
		}
		if diff := cmp.Diff([]string{"CONNECT", "FETCH", "RECONCILE", "FINISH"}, phases); diff != "" {
			t.Error(diff)
		}
		for what, page := range map[string]eventPage{"run": got.SyncDifferences, "device": got.DeviceEvents} {
			if page.TotalCount != 1 || page.PageInfo.HasNextPage || len(page.Nodes) != 1 {
				t.Fatalf("events of the %s: %+v", what, page)
			}
			if e := page.Nodes[0]; e.Kind != "MODIFIED" || !e.Unannounced || e.Device.SerialNumber != serials[0] || e.Changes["color"][0] != "OLD" || len(e.Changes) != 1 {
				t.Errorf("event of the %s: %+v", what, e)
			}
		}

		const confirm = `mutation($token: ID!, $n: Int!) { confirmHeldRemovals(input: {abmTokenId: $token, expectedCount: $n}) { syncRun { id full } userErrors { field code message hint } } }`
		var confirmed struct {
			ConfirmHeldRemovals struct {
				SyncRun    *struct{ Full bool }
				UserErrors []struct {
					Field         []string
					Code, Message string
				}
			}
		}
		a.get(confirm, map[string]any{"token": token.ID.String(), "n": 7}, &confirmed)
		refused := confirmed.ConfirmHeldRemovals
		if refused.SyncRun != nil || len(refused.UserErrors) != 1 || refused.UserErrors[0].Field[0] != "expectedCount" ||
			refused.UserErrors[0].Message != `150 removals of "first" are held, not 7.` {
			t.Fatalf("another number: %+v", refused)
		}
		a.get(confirm, map[string]any{"token": token.ID.String(), "n": 150}, &confirmed)
		if accepted := confirmed.ConfirmHeldRemovals; accepted.SyncRun == nil || !accepted.SyncRun.Full || len(accepted.UserErrors) != 0 {
			t.Fatalf("the number: %+v", accepted)
		}
	})
}
