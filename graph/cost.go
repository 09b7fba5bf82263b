package graph

import (
	"entgo.io/contrib/entgql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/graph/generated"
	"github.com/guardmdm/guardmdm/graph/model"
)

// ownQuery is what a field costs that asks the database once for every row: more than an object that comes with its page.
const ownQuery = 5

// appleQuery is what a field costs for which Apple is asked: an operation has few of them.
const appleQuery = 200

// manyDiagnoses is more than an answer has, unless very much is wrong.
const manyDiagnoses = 20

// examplesCost is that of a list of at most ten devices.
func examplesCost(row int) int { return ownQuery + 10*row }

// Costs says which fields load more than one object. Package limits adds them up; all others count as one.
func Costs() generated.ComplexityRoot {
	var c generated.ComplexityRoot
	c.Query.AbmTokens = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int) int {
		return pageCost(row, first, last)
	}
	c.Query.APITokens = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int) int {
		return pageCost(row, first, last)
	}
	c.Query.Users = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int) int {
		return pageCost(row, first, last)
	}
	c.Query.Devices = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int, _ *ent.DeviceOrder, _ *ent.DeviceWhereInput) int {
		return pageCost(row, first, last)
	}
	c.Query.SyncRuns = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int, _ *ent.SyncRunOrder, _ *ent.SyncRunWhereInput) int {
		return pageCost(row, first, last)
	}
	c.Query.AuditEntries = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int, _ *ent.AuditEntryWhereInput) int {
		return pageCost(row, first, last)
	}
	c.Query.AdeProfiles = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int, _ *string) int {
		return pageCost(row, first, last)
	}
	c.Query.AdeProfileVersions = func(row int, _ gid.ID, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int) int {
		return pageCost(row, first, last)
	}
	c.Query.DeviceGroups = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int, _ *string) int {
		return pageCost(row, first, last)
	}
	c.Query.AssignmentBatches = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int) int {
		return pageCost(row, first, last)
	}
	c.Query.AssignmentResults = func(row int, _ gid.ID, _ *assignmentresult.Status, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int) int {
		return pageCost(row, first, last)
	}
	c.Query.DiagnoseDevice = func(row int, _ string) int { return appleQuery + 10*row }
	c.Query.FleetDays = func(row int, _ *gid.ID, days int) int { return ownQuery + min(max(days, 1), maxDays)*row }
	c.Query.PassedChecks = func(row int, _ *gid.ID) int { return manyDiagnoses * (row + ownQuery) }
	c.Query.Diagnoses = func(row int, _ *gid.ID) int { return manyDiagnoses * (row + ownQuery) }
	c.Mutation.DisownDevices = func(row int, in model.DisownDevicesInput) int { return 1 + len(in.SerialNumbers)*row }
	c.Query.CommandBatches = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int) int {
		return pageCost(row, first, last)
	}
	c.Query.MdmCommands = func(row int, _, _ *gid.ID, _ *mdmcommand.Status, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int) int {
		return pageCost(row, first, last)
	}
	c.Query.EnrollmentRefusals = func(row int, _ *entgql.Cursor[gid.ID], first *int, _ *entgql.Cursor[gid.ID], last *int, _, _ *string) int {
		return pageCost(row, first, last)
	}
	c.Query.Nodes = func(row int, ids []gid.ID) int { return min(len(ids), maxNodes) * (row + ownQuery) }
	c.DeviceGroupRuleDifference.Examples = examplesCost
	for _, field := range []*func(below int) int{
		&c.ABMToken.RunningSync, &c.ABMToken.LastRun, &c.ABMToken.LastFullRun, &c.ABMToken.DeviceCount, &c.User.LinkExpiresAt,
		&c.ADEProfile.PublishedVersion, &c.ADEProfile.Registrations, &c.ADEProfile.Warnings, &c.ADEProfile.DeviceGroups, &c.ADEProfile.Defaults,
		&c.ADEProfile.OwnDevices, &c.ADEProfileRegistration.AbmToken, &c.ADEProfileRegistration.Version, &c.PublicURL.Devices,
		&c.DeviceGroup.DeviceCount, &c.DeviceGroup.DeviceCountIsExact, &c.DeviceGroup.DecidedCount, &c.SerialList.UnknownSample,
		&c.ABMToken.ForeignToReplace, &c.DeviceEvent.OtherDevice, &c.ADEProfile.DeviceCount, &c.ADEProfile.DeviceCountAtApple, &c.MDMCommand.IsForUser, &c.CommandBatch.Counts,
		&c.DeviceEnrollment.AdeProfileVersion, &c.DeviceEnrollment.Identity, &c.DeviceEnrollment.TakesCommands, &c.DeviceEnrollment.PushedAt, &c.DeviceEnrollment.PushError,
	} {
		*field = func(below int) int { return below + ownQuery }
	}
	return c
}

// pageCost is that of a connection. A size that no page has is refused later, by window.
func pageCost(row int, first, last *int) int {
	rows := defaultPage
	for _, n := range []*int{first, last} {
		if n != nil {
			rows = min(max(*n, 0), maxPage)
		}
	}
	return 1 + rows*row
}
