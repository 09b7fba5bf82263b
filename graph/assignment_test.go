package graph_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// asked counts how often the rules are asked about devices.
type asked struct {
	graph.Assignments
	states, groups, explanations atomic.Int32
}

func (a *asked) States(ctx context.Context, devices []*ent.Device) (map[gid.ID]*assignment.State, error) {
	a.states.Add(1)
	return a.Assignments.States(ctx, devices)
}

func (a *asked) Groups(ctx context.Context, devices []gid.ID) (map[gid.ID][]*ent.DeviceGroup, error) {
	a.groups.Add(1)
	return a.Assignments.Groups(ctx, devices)
}

func (a *asked) Explain(ctx context.Context, devices []*ent.Device) (map[gid.ID][]assignment.Step, error) {
	a.explanations.Add(1)
	return a.Assignments.Explain(ctx, devices)
}

// An administrator's way through the API: a default, a choice, a group, their previews, what devices say of it, and the way back.
func TestAssignmentByTheAPI(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 40, Assigns: true})
		s.Start(t)
		a := newAPI(t, s)
		counted := &asked{Assignments: s.Assign}
		a.Assignments = counted
		token, server := s.Connect(t, "Books")
		_, err := s.Sim.AssignCount(server.ID(), 40)
		must(t, err)
		s.Sync(t, token.ID, false)

		profile := func(name string) string {
			var made struct {
				CreateADEProfile struct {
					AdeProfile struct{ ID string }
				}
			}
			a.get(`mutation($name: String!) { createADEProfile(input: {name: $name}) { adeProfile { id } userErrors { code message } } }`, map[string]any{"name": name}, &made)
			return made.CreateADEProfile.AdeProfile.ID
		}
		base, special := profile("Base"), profile("Special")

		var list struct {
			Devices struct {
				TotalCount int
				Nodes      []struct {
					ID, SerialNumber, ProfileSource, AssignmentStatus string
					AdeProfile                                        *struct{ Name string }
					AppleProfile                                      *struct{ Number int }
					HasForeignProfile                                 bool
					AssignmentProblem                                 *struct{ Code string }
					DeviceGroups                                      []struct{ Name string }
					ProfileExplanation                                []struct {
						Source, Verdict, Text string
						AdeProfile            *struct{ Name string }
						AbmToken              *struct{ Name string }
						DeviceGroup           *struct{ Name string }
					}
				}
			}
		}
		page := func(where string) {
			t.Helper()
			list.Devices.Nodes = nil
			a.get(`query { devices(first: 100, where: `+where+`) { totalCount nodes { id serialNumber profileSource assignmentStatus adeProfile { name } appleProfile { number } hasForeignProfile
				assignmentProblem { code } deviceGroups { name } profileExplanation { source verdict text adeProfile { name } abmToken { name } deviceGroup { name } } } } }`, nil, &list)
		}
		page(`{profileSource: NONE, assignmentStatus: UNASSIGNED}`)
		if len(list.Devices.Nodes) != 40 || list.Devices.TotalCount != 40 {
			t.Fatalf("%d of 40 devices are unassigned, %d by the count", len(list.Devices.Nodes), list.Devices.TotalCount)
		}
		if counted.states.Load() != 1 || counted.groups.Load() != 1 || counted.explanations.Load() != 1 {
			t.Errorf("one list asked %d times how devices stand, %d times for their groups, %d times why", counted.states.Load(), counted.groups.Load(), counted.explanations.Load())
		}

		preview := func(input string) (devices, unchanged int, changes []string) {
			t.Helper()
			var p struct {
				AssignmentPreview struct {
					Preview struct {
						Devices, Unchanged int
						Changes            []struct {
							From, To *struct{ Name string }
							Devices  int
						}
					}
					UserErrors userErrors
				}
			}
			a.get(`query { assignmentPreview(input: `+input+`) { preview { devices unchanged observed foreign activated throttled changes { from { name } to { name } devices } warnings { message } unknownSerialNumbers } userErrors { code message } } }`, nil, &p)
			for _, c := range p.AssignmentPreview.Preview.Changes {
				text := fmt.Sprint(c.Devices)
				for _, side := range []*struct{ Name string }{c.From, c.To} {
					if side == nil {
						text += " -"
					} else {
						text += " " + side.Name
					}
				}
				changes = append(changes, text)
			}
			return p.AssignmentPreview.Preview.Devices, p.AssignmentPreview.Preview.Unchanged, changes
		}
		type batch struct {
			ID, Status, Title                 string
			Devices, Total, Succeeded, Failed int
		}
		var act struct {
			Act struct {
				AssignmentBatch      *batch
				UnknownSerialNumbers []string
				UserErrors           userErrors
			}
		}
		do := func(mutation string) *batch {
			t.Helper()
			act.Act.AssignmentBatch, act.Act.UserErrors, act.Act.UnknownSerialNumbers = nil, nil, nil
			a.get(`mutation { act: `+mutation+` }`, nil, &act)
			if act.Act.AssignmentBatch == nil {
				t.Fatalf("%s: %v", mutation, act.Act.UserErrors)
			}
			watched, err := s.Assign.Watch(t.Context(), func() gid.ID { id, err := gid.Parse(act.Act.AssignmentBatch.ID); must(t, err); return id }())
			must(t, err)
			for range watched { // to its end
			}
			return act.Act.AssignmentBatch
		}
		const answer = ` { assignmentBatch { id status title devices total succeeded failed } userErrors { code message field } }`
		const named = ` { assignmentBatch { id status title devices total succeeded failed } unknownSerialNumbers userErrors { code message field } }`

		devices, unchanged, changes := preview(`{adeProfileId: "` + base + `", defaultPlatform: MACOS}`)
		do(`setDefaultADEProfile(input: {platform: MACOS, adeProfileId: "` + base + `"})` + answer)
		page(`{adeProfileId: "` + base + `", assignmentStatus: ASSIGNED, profileSource: PLATFORM_DEFAULT}`)
		macs := list.Devices.Nodes
		if len(macs) == 0 || len(macs) != devices || unchanged != 0 || !slices.Equal(changes, []string{fmt.Sprintf("%d - Base", len(macs))}) {
			t.Fatalf("%d Macs got the default; the preview said %d devices, %d unchanged, %v", len(macs), devices, unchanged, changes)
		}
		first := macs[0]
		if first.AdeProfile.Name != "Base" || first.AppleProfile == nil || first.AppleProfile.Number != 1 || first.HasForeignProfile || first.AssignmentProblem != nil {
			t.Errorf("a Mac: %+v", first)
		}
		if _, _, changes := preview(`{adeProfileId: "` + special + `", where: {adeProfileId: "` + base + `"}, exceptIds: ["` + first.ID + `"]}`); !slices.Equal(changes, []string{fmt.Sprintf("%d Base Special", len(macs)-1)}) {
			t.Errorf("the preview of a choice for all but one: %v", changes)
		}
		own := do(`assignADEProfile(input: {adeProfileId: "` + special + `", serialNumbers: ["` + first.SerialNumber + `", "NOSUCHSERIAL"]})` + named)
		if own.Title != "Special" || !slices.Equal(act.Act.UnknownSerialNumbers, []string{"NOSUCHSERIAL"}) {
			t.Errorf("the batch is %+v, unknown %v", own, act.Act.UnknownSerialNumbers)
		}
		page(`{profileSource: DEVICE}`)
		if len(list.Devices.Nodes) != 1 || list.Devices.Nodes[0].AdeProfile.Name != "Special" || list.Devices.Nodes[0].ProfileExplanation[0].Verdict != "DECIDES" {
			t.Errorf("devices with a choice of their own: %+v", list.Devices.Nodes)
		}
		if _, _, changes := preview(`{deviceIds: ["` + first.ID + `"]}`); !slices.Equal(changes, []string{"1 Special Base"}) {
			t.Errorf("the preview of taking the choice back: %v", changes)
		}

		var group struct {
			CreateDeviceGroup struct{ DeviceGroup struct{ ID string } }
		}
		a.get(`mutation { createDeviceGroup(input: {name: "Macs", rule: {field: PLATFORM, operator: IS_ANY_OF, values: ["MACOS"]}}) { deviceGroup { id } userErrors { message } } }`, nil, &group)
		id := group.CreateDeviceGroup.DeviceGroup.ID
		if devices, unchanged, changes := preview(`{adeProfileId: "` + special + `", deviceGroupId: "` + id + `"}`); devices != len(macs) || unchanged != 1 || !slices.Equal(changes, []string{fmt.Sprintf("%d Base Special", len(macs)-1)}) {
			t.Errorf("the preview for the group: %d devices, %d unchanged, %v", devices, unchanged, changes)
		}
		do(`assignADEProfile(input: {adeProfileId: "` + special + `", deviceGroupId: "` + id + `"})` + named)
		page(`{profileSource: GROUP}`)
		if len(list.Devices.Nodes) != len(macs)-1 || list.Devices.Nodes[0].DeviceGroups[0].Name != "Macs" || list.Devices.Nodes[0].AssignmentStatus != "ASSIGNED" {
			t.Errorf("devices of the group: %+v", list.Devices.Nodes)
		}
		do(`unassignADEProfile(input: {deviceGroupId: "` + id + `"})` + named)
		do(`undoAssignmentBatch(input: {assignmentBatchId: "` + own.ID + `"})` + answer)
		page(`{profileSource: PLATFORM_DEFAULT, assignmentStatus: ASSIGNED}`)
		if len(list.Devices.Nodes) != len(macs) {
			t.Errorf("%d of %d Macs have the default again", len(list.Devices.Nodes), len(macs))
		}
		do(fmt.Sprintf(`clearADEProfile(input: {where: {adeProfileId: %q}, expectedCount: %d})`, base, len(macs)) + named)
		page(`{assignmentStatus: UNASSIGNED}`)
		if len(list.Devices.Nodes) != 40 {
			t.Errorf("%d devices are unassigned in the end", len(list.Devices.Nodes))
		}

		// What the caller can mend.
		for mutation, code := range map[string]string{
			fmt.Sprintf(`clearADEProfile(input: {where: {platform: MACOS}, expectedCount: %d})`, len(macs)+1) + named:                 "CONFLICT",
			`assignADEProfile(input: {adeProfileId: "` + base + `", deviceGroupId: "` + id + `", serialNumbers: ["X"]})` + named:      "BAD_USER_INPUT",
			`assignADEProfile(input: {adeProfileId: "pro_zzz", serialNumbers: ["` + first.SerialNumber + `"]})` + named:               "NOT_FOUND",
			`setDefaultADEProfile(input: {platform: WATCHOS, adeProfileId: "` + base + `"})` + answer:                                 "BAD_USER_INPUT",
			`setAssignmentMode(input: {abmTokenId: "abm_zzz", mode: OBSERVE}) { assignmentBatch { id } userErrors { code message } }`: "NOT_FOUND",
			`cancelAssignmentBatch(input: {assignmentBatchId: "` + own.ID + `"})` + answer:                                            "CONFLICT",
		} {
			act.Act.UserErrors = nil
			a.get(`mutation { act: `+mutation+` }`, nil, &act)
			if len(act.Act.UserErrors) != 1 || act.Act.UserErrors[0].Code != code {
				t.Errorf("%s: %v", mutation, act.Act.UserErrors)
			}
		}

		var rest struct {
			DefaultADEProfiles []struct {
				Platform   string
				AdeProfile struct{ Name string }
				AbmToken   *struct{ Name string }
			}
			AssignmentBatches struct {
				TotalCount int
				Nodes      []batch
			}
			AssignmentResults struct {
				Nodes []struct {
					Status string
					Device struct {
						SerialNumber string
						AdeProfile   *struct{ Name string }
					}
				}
			}
			AbmTokens struct {
				Nodes []struct {
					AssignmentMode   string
					ForeignToReplace int
				}
			}
		}
		a.get(`query { defaultADEProfiles { platform adeProfile { name } abmToken { name } } assignmentBatches(first: 3) { totalCount nodes { id status title } }
			assignmentResults(assignmentBatchId: "`+own.ID+`") { nodes { status device { serialNumber adeProfile { name } } } } abmTokens { nodes { assignmentMode foreignToReplace } } }`, nil, &rest)
		if len(rest.DefaultADEProfiles) != 1 || rest.DefaultADEProfiles[0].AdeProfile.Name != "Base" || rest.AssignmentBatches.TotalCount != 6 ||
			rest.AssignmentBatches.Nodes[0].Title != "No profile" || len(rest.AssignmentResults.Nodes) != 1 || rest.AssignmentResults.Nodes[0].Status != "SUCCEEDED" ||
			rest.AssignmentResults.Nodes[0].Device.SerialNumber != first.SerialNumber || rest.AbmTokens.Nodes[0].AssignmentMode != "ENFORCE" || rest.AbmTokens.Nodes[0].ForeignToReplace != 0 {
			t.Errorf("the rest: %+v", rest)
		}
	})
}
