package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
	"github.com/guardmdm/guardmdm/test/stack"
)

func parseID(t *testing.T, s string) gid.ID {
	t.Helper()
	id, err := gid.Parse(s)
	must(t, err)
	return id
}

// ruleFields are those of a rule, with two levels below it.
const ruleFields = `all { all { field } any { field operator values } not { field operator values } field operator values } any { field } not { field } field operator values`

func TestDeviceGroupsByTheAPI(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a := newAPI(t, stack.New(t, db, stack.Options{}))
		fleet.Fill(t, db, 5_000)
		profile := db.Ent().ADEProfile.Create().SetName("Staff").SetPublishedVersionID(gid.New(gid.ADEProfileVersion, 1)).
			SetCreatedAt(fleet.Begin).SetUpdatedAt(fleet.Begin).SaveX(t.Context()).ID

		rule := map[string]any{"all": []any{
			map[string]any{"field": "MODEL", "operator": "CONTAINS", "values": []any{"macbook"}},
			map[string]any{"not": map[string]any{"field": "COLOR", "operator": "IS_ANY_OF", "values": []any{""}}},
		}}
		want := db.Reader().Device.Query().Where(device.ModelContains("MacBook"), device.ColorNEQ(""), device.RemovedAtIsNil()).CountX(t.Context())
		var matches struct {
			DeviceRuleMatches struct {
				Devices int
				Exact   bool
			}
		}
		a.get(`query($rule: DeviceRuleInput!) { deviceRuleMatches(rule: $rule, exact: true) { devices exact } }`, map[string]any{"rule": rule}, &matches)
		if m := matches.DeviceRuleMatches; m.Devices != want || !m.Exact {
			t.Errorf("%+v, want %d", m, want)
		}

		type group struct {
			ID, Name           string
			Position           int
			DeviceCount        int
			DeviceCountIsExact bool
			DecidedCount       int
			AdeProfile         *struct{ Name string }
			Rule               map[string]any
		}
		const fields = `{ id name position deviceCount deviceCountIsExact decidedCount adeProfile { name } rule { ` + ruleFields + ` } }`
		var created struct {
			CreateDeviceGroup struct {
				DeviceGroup *group
				UserErrors  userErrors
			}
		}
		const create = `mutation($input: CreateDeviceGroupInput!) { createDeviceGroup(input: $input) { deviceGroup ` + fields + ` userErrors { field code message } } }`
		a.get(create, map[string]any{"input": map[string]any{"name": "Macs", "rule": rule, "adeProfileId": profile.String()}}, &created)
		macs := created.CreateDeviceGroup.DeviceGroup
		if macs == nil || macs.DeviceCountIsExact && macs.DeviceCount != want || macs.DecidedCount != want || macs.Position != 1 || macs.AdeProfile.Name != "Staff" {
			t.Fatalf("%+v", created.CreateDeviceGroup)
		}
		nothing := func(more map[string]any) map[string]any {
			r := map[string]any{"all": nil, "any": nil, "not": nil, "field": nil, "operator": nil, "values": nil}
			for name, value := range more {
				r[name] = value
			}
			return r
		}
		read := nothing(map[string]any{"all": []any{nothing(rule["all"].([]any)[0].(map[string]any)), nothing(rule["all"].([]any)[1].(map[string]any))}})
		if diff := cmp.Diff(read, macs.Rule); diff != "" {
			t.Errorf("rule (-written +read):\n%s", diff)
		}
		// A rule that is wrong is refused with the way to what is wrong.
		rule["all"].([]any)[1].(map[string]any)["not"].(map[string]any)["operator"] = "SINCE"
		a.get(create, map[string]any{"input": map[string]any{"name": "x", "rule": rule}}, &created)
		if e := created.CreateDeviceGroup.UserErrors; len(e) != 1 || strings.Join(e[0].Field, ".") != "rule.all.1.not.operator" || e[0].Code != "BAD_USER_INPUT" || created.CreateDeviceGroup.DeviceGroup != nil {
			t.Errorf("%+v", created.CreateDeviceGroup)
		}
		if code := a.code(`query($rule: DeviceRuleInput!) { deviceRuleMatches(rule: $rule) { devices } }`, map[string]any{"rule": rule}); code != apperr.BadUserInput {
			t.Errorf("matches of a wrong rule: %s", code)
		}

		for _, name := range []string{"b", "c", "d"} {
			_, err := a.Groups.Create(stack.Admin(t), devicegroup.Input{Name: name})
			must(t, err)
		}
		var page struct {
			DeviceGroups struct {
				Nodes      []group
				TotalCount int
				PageInfo   struct {
					HasNextPage, HasPreviousPage bool
					StartCursor, EndCursor       string
				}
			}
		}
		names := func(arguments string) string {
			t.Helper()
			a.get(`{ deviceGroups`+arguments+` { totalCount nodes `+fields+` pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, nil, &page)
			p := page.DeviceGroups
			list := fmt.Sprintf("%v %v", p.PageInfo.HasPreviousPage, p.PageInfo.HasNextPage)
			for _, g := range p.Nodes {
				list += " " + g.Name
			}
			return list
		}
		var updated struct {
			UpdateDeviceGroup struct {
				DeviceGroup *group
				UserErrors  userErrors
			}
		}
		const update = `mutation($input: UpdateDeviceGroupInput!) { updateDeviceGroup(input: $input) { deviceGroup ` + fields + ` userErrors { field code message } } }`
		a.get(update, map[string]any{"input": map[string]any{"deviceGroupId": macs.ID, "position": 3, "adeProfileId": nil}}, &updated)
		if g := updated.UpdateDeviceGroup.DeviceGroup; g == nil || g.Position != 3 || g.AdeProfile != nil || g.Name != "Macs" || g.Rule == nil {
			t.Errorf("%+v", updated.UpdateDeviceGroup)
		}
		a.get(update, map[string]any{"input": map[string]any{"deviceGroupId": macs.ID, "rule": nil}}, &updated)
		if e := updated.UpdateDeviceGroup.UserErrors; len(e) != 1 || e[0].Field[0] != "rule" {
			t.Errorf("%+v", updated.UpdateDeviceGroup)
		}
		if got := names(""); got != "false false b c Macs d" || page.DeviceGroups.TotalCount != 4 {
			t.Errorf("all: %s of %d", got, page.DeviceGroups.TotalCount)
		}
		if got := names("(first: 2)"); got != "false true b c" {
			t.Errorf("first page: %s", got)
		}
		end := page.DeviceGroups.PageInfo.EndCursor
		if got := names(fmt.Sprintf("(first: 1, after: %q)", end)); got != "true true Macs" {
			t.Errorf("second page: %s", got)
		}
		if got := names(fmt.Sprintf("(last: 1, before: %q)", page.DeviceGroups.PageInfo.StartCursor)); got != "true true c" {
			t.Errorf("the page before: %s", got)
		}
		if got := names("(last: 3)"); got != "true false c Macs d" {
			t.Errorf("last page: %s", got)
		}
		for part, want := range map[string]string{"mAC": "false false Macs", "": "false true b c Macs", "%": "false false"} {
			if got := names(fmt.Sprintf("(first: 3, nameContains: %q)", part)); got != want {
				t.Errorf("named like %q: %s", part, got)
			}
		}
		if got := names("(last: 3)"); page.DeviceGroups.TotalCount != 4 {
			t.Errorf("last page once more: %s", got)
		}
		if code := a.code(`{ deviceGroups(first: 201) { totalCount } }`, nil); code != apperr.BadUserInput {
			t.Errorf("a page of 201: %s", code)
		}

		var changed struct {
			AddDevicesToGroup, RemoveDevicesFromGroup struct {
				DeviceGroup          *group
				Added, Removed       *int
				UnknownSerialNumbers []string
				UserErrors           userErrors
			}
		}
		b := page.DeviceGroups.Nodes[0].ID // c
		prefixed := db.Reader().Device.Query().Where(device.SerialNumberHasPrefix("C02A")).AllX(t.Context())
		const add = `mutation($input: AddDevicesToGroupInput!) { addDevicesToGroup(input: $input) { deviceGroup ` + fields + ` added unknownSerialNumbers userErrors { field code message } } }`
		where := map[string]any{"deviceGroupId": b, "where": map[string]any{"serialNumberHasPrefix": "c02a"}, "expectedCount": len(prefixed), "exceptIds": []any{prefixed[0].ID.String()}}
		a.get(add, map[string]any{"input": where}, &changed)
		if r := changed.AddDevicesToGroup; r.Added == nil || *r.Added != len(prefixed)-1 || len(r.UserErrors) != 0 || len(r.UnknownSerialNumbers) != 0 {
			t.Errorf("%+v", r)
		}
		where["expectedCount"] = len(prefixed) + 1
		a.get(add, map[string]any{"input": where}, &changed)
		if r := changed.AddDevicesToGroup; r.Added != nil || r.DeviceGroup != nil || len(r.UserErrors) != 1 ||
			!strings.HasPrefix(r.UserErrors[0].Message, fmt.Sprintf("%d devices are meant, not %d.", len(prefixed), len(prefixed)+1)) {
			t.Errorf("another count: %+v", r)
		}
		const remove = `mutation($input: RemoveDevicesFromGroupInput!) { removeDevicesFromGroup(input: $input) { deviceGroup ` + fields + ` removed unknownSerialNumbers userErrors { field code message } } }`
		a.get(remove, map[string]any{"input": map[string]any{"deviceGroupId": b, "serialNumbers": []any{prefixed[1].SerialNumber, "XNOBODY"}}}, &changed)
		if r := changed.RemoveDevicesFromGroup; r.Removed == nil || *r.Removed != 1 || len(r.UnknownSerialNumbers) != 1 {
			t.Errorf("%+v", r)
		}
		total := db.Reader().Device.Query().CountX(t.Context())
		a.get(add, map[string]any{"input": map[string]any{"deviceGroupId": b, "where": map[string]any{}, "expectedCount": total}}, &changed)
		if r := changed.AddDevicesToGroup; r.Added == nil || *r.Added != total-len(prefixed)+2 {
			t.Errorf("everything: %+v", r)
		}

		var node struct{ Node *group }
		a.get(`query($id: ID!) { node(id: $id) { ... on DeviceGroup `+fields+` } }`, map[string]any{"id": b}, &node)
		if node.Node == nil || node.Node.Name != "c" || node.Node.Rule != nil {
			t.Errorf("node: %+v", node.Node)
		}
		var deleted struct {
			DeleteDeviceGroup struct {
				DeletedID  *string
				UserErrors userErrors
			}
		}
		const del = `mutation($id: ID!) { deleteDeviceGroup(input: {deviceGroupId: $id}) { deletedId userErrors { field code message } } }`
		a.get(del, map[string]any{"id": b}, &deleted)
		if d := deleted.DeleteDeviceGroup; d.DeletedID == nil || *d.DeletedID != b {
			t.Errorf("%+v", d)
		}
		a.get(del, map[string]any{"id": b}, &deleted)
		if d := deleted.DeleteDeviceGroup; d.DeletedID != nil || len(d.UserErrors) != 1 || d.UserErrors[0].Code != "NOT_FOUND" {
			t.Errorf("deleted twice: %+v", d)
		}
		node.Node = nil
		a.get(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": b}, &node)
		if node.Node != nil || db.Reader().DeviceGroupMember.Query().CountX(t.Context()) != 0 {
			t.Error("something of the group is left")
		}
		for filter, id := range map[string]string{"deviceGroupId": b, "serialListId": gid.New(gid.SerialList, 4).String()} {
			response := a.do(`query($id: ID!) { devices(where: {`+filter+`: $id}) { totalCount } }`, map[string]any{"id": id})
			if len(response.Errors) != 1 || !strings.Contains(response.Errors[0].Message, "There is no") {
				t.Errorf("%s: %v", filter, response.Errors)
			}
		}
		var list struct{ SerialList *struct{ ID string } }
		a.get(`{ serialList(id: "lst_4") { id } }`, nil, &list)
		if list.SerialList != nil {
			t.Errorf("%+v", list.SerialList)
		}
	})
}
