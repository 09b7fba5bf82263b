package proc

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/server/simabm"
)

// Run is a sync run as the API tells it.
type Run struct {
	ID, Status, Phase, Trigger                   string
	Pages, DevicesSeen, Added, Modified, Removed int
	Error                                        *struct{ Code, Message string }
}

const runFields = `id status phase trigger pages devicesSeen added modified removed error { code message }`

// StartSync begins a run of the token, or joins the one that is going on.
func (a API) StartSync(ctx context.Context, token string, full bool) (Run, error) {
	var started struct{ StartSync struct{ SyncRun Run } }
	err := a.Call(ctx, `mutation($id: ID!, $full: Boolean!) { startSync(input: {abmTokenId: $id, full: $full}) { syncRun { `+runFields+` } userErrors { message } } }`,
		map[string]any{"id": token, "full": full}, &started)
	return started.StartSync.SyncRun, err
}

// WaitRun waits until the run has ended. Calls that fail are repeated: the server may be one that is being killed.
func (a API) WaitRun(t testing.TB, id string) Run {
	t.Helper()
	for deadline := time.Now().Add(2 * patience); ; time.Sleep(20 * time.Millisecond) {
		var got struct{ Node Run }
		err := a.Call(t.Context(), `query($id: ID!) { node(id: $id) { ... on SyncRun { `+runFields+` } } }`, map[string]any{"id": id}, &got)
		if err == nil && got.Node.Status != "RUNNING" {
			return got.Node
		}
		if time.Now().After(deadline) {
			t.Fatalf("run %s does not end: %+v, %v", id, got.Node, err)
		}
	}
}

// device is what both sides say of a device, field by field.
type device struct {
	SerialNumber, Model, Description, Color, AssetTag, DeviceFamily, OS, AppleProfileUUID, AppleProfileStatus, DeviceAssignedBy string
	AppleProfileAssignedAt, AppleProfilePushedAt, DeviceAssignedAt, MDMMigrationDeadline                                        time.Time
}

// CheckInventory compares the token's present devices with those of the MDM server at the simulated Apple, field by field.
func (a API) CheckInventory(ctx context.Context, token string, server *simabm.Server) error {
	got, err := a.devices(ctx, token)
	if err != nil {
		return err
	}
	var want []device
	for _, d := range server.Inventory() {
		want = append(want, device{SerialNumber: d.SerialNumber, Model: d.Model, Description: d.Description, Color: d.Color, AssetTag: d.AssetTag,
			DeviceFamily: d.DeviceFamily, OS: d.OS, AppleProfileUUID: d.ProfileUUID, AppleProfileStatus: cmp.Or(d.ProfileStatus, "empty"),
			DeviceAssignedBy: d.DeviceAssignedBy, AppleProfileAssignedAt: d.ProfileAssignTime.UTC(), AppleProfilePushedAt: d.ProfilePushTime.UTC(),
			DeviceAssignedAt: d.DeviceAssignedDate.UTC(), MDMMigrationDeadline: d.MDMMigrationDeadline.UTC()})
	}
	bySerial := func(a, b device) int { return cmp.Compare(a.SerialNumber, b.SerialNumber) }
	slices.SortFunc(got, bySerial)
	slices.SortFunc(want, bySerial)
	if diff := gocmp.Diff(want, got); diff != "" {
		return fmt.Errorf("the inventory differs from Apple's (-Apple +here), %d there, %d here:\n%.3000s", len(want), len(got), diff)
	}
	return nil
}

func (a API) devices(ctx context.Context, token string) (all []device, err error) {
	for after := any(nil); ; {
		var page struct {
			Devices struct {
				Nodes    []device
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
		if err := a.Call(ctx, `query($id: ID!, $after: Cursor) { devices(first: 200, after: $after, where: {abmTokenId: $id, removedAtIsNil: true}) {
			nodes { serialNumber model description color assetTag deviceFamily os appleProfileUuid appleProfileStatus deviceAssignedBy
				appleProfileAssignedAt appleProfilePushedAt deviceAssignedAt mdmMigrationDeadline } pageInfo { hasNextPage endCursor } } }`,
			map[string]any{"id": token, "after": after}, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Devices.Nodes...)
		if !page.Devices.PageInfo.HasNextPage {
			return all, nil
		}
		after = page.Devices.PageInfo.EndCursor
	}
}
