package graph_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// An administrator releases devices by their serial numbers; the diagnoses lead to devices by their filter.
func TestDisownAndDiagnosesByTheAPI(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 20})
		s.Start(t)
		a := newAPI(t, s)
		token, server := s.Connect(t, "Books")
		serials, err := s.Sim.AssignCount(server.ID(), 20)
		must(t, err)
		s.Sync(t, token.ID, false)

		var disowned struct {
			DisownDevices struct {
				AssignmentBatch *struct{ Cause, Status string }
				Results         []struct {
					SerialNumber, Status string
					Device               struct{ RemovedAt *time.Time }
				}
				UnknownSerialNumbers []string
				UserErrors           []struct{ Code, Message string }
			}
		}
		disown := func(expected int, serials ...string) {
			a.get(`mutation($s: [String!]!, $n: Int!) { disownDevices(input: {serialNumbers: $s, expectedCount: $n}) { assignmentBatch { cause status }
				results { serialNumber status device { removedAt } } unknownSerialNumbers userErrors { code message } } }`, map[string]any{"s": serials, "n": expected}, &disowned)
		}
		disown(5, serials[:2]...)
		if got := disowned.DisownDevices; got.AssignmentBatch != nil || len(got.UserErrors) != 1 || got.UserErrors[0].Code != "CONFLICT" || got.UserErrors[0].Message != "2 devices are meant, not 5. Nothing was done." {
			t.Errorf("%+v", got)
		}
		disown(2, serials[0], "NOBODYS1", serials[1])
		got := disowned.DisownDevices
		if got.AssignmentBatch == nil || *got.AssignmentBatch != struct{ Cause, Status string }{"DISOWN", "FINISHED"} || len(got.Results) != 2 ||
			got.Results[1].SerialNumber != serials[1] || got.Results[1].Status != "SUCCEEDED" || got.Results[1].Device.RemovedAt == nil || !slices.Equal(got.UnknownSerialNumbers, []string{"NOBODYS1"}) {
			t.Errorf("%+v", got)
		}

		var diagnosed struct {
			Diagnoses []struct {
				Key, Code       string
				AffectedDevices int
				AffectedWhere   json.RawMessage
				Fix             struct{ Actions []struct{ Kind, Role string } }
			}
		}
		a.get(`query($t: ID) { diagnoses(abmTokenId: $t) { key code affectedDevices affectedWhere fix { text actions { kind role } } } }`, map[string]any{"t": token.ID.String()}, &diagnosed)
		if len(diagnosed.Diagnoses) == 0 {
			t.Error("18 devices are Unassigned, and nothing is found")
		}
		for _, d := range diagnosed.Diagnoses {
			var found struct{ Devices struct{ TotalCount int } }
			var where map[string]any
			must(t, json.Unmarshal(d.AffectedWhere, &where))
			a.get(`query($w: DeviceWhereInput) { devices(where: $w, first: 0) { totalCount } }`, map[string]any{"w": where}, &found)
			if found.Devices.TotalCount != d.AffectedDevices {
				t.Errorf("%s touches %d devices, its filter %s finds %d", d.Key, d.AffectedDevices, d.AffectedWhere, found.Devices.TotalCount)
			}
		}
		if code := a.code(`{ diagnoses(abmTokenId: "abm_999") { key } }`, nil); code != "NOT_FOUND" {
			t.Errorf("a token that is not there: %s", code)
		}
	})
}

// By their deadline, only devices that have one are listed, forwards and backwards, page by page, filtered or not.
func TestDevicesByMigrationDeadline_FieldNote23(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 12})
		s.Start(t)
		a := newAPI(t, s)
		token, server := s.Connect(t, "Books")
		serials, err := s.Sim.AssignCount(server.ID(), 12)
		must(t, err)
		day := time.Date(2027, 1, 10, 0, 0, 0, 0, time.UTC)
		var want []string
		for i, n := range []int{3, 1, 7, 5, 9} { // two of them on one day
			at := day.AddDate(0, 0, i-i/4)
			must(t, s.Sim.Modify(serials[n], func(d *simabm.Device) { d.MDMMigrationDeadline = at }))
			want = append(want, serials[n])
		}
		s.Sync(t, token.ID, false)
		type page struct {
			Devices struct {
				TotalCount int
				Nodes      []struct {
					SerialNumber         string
					MdmMigrationDeadline time.Time
				}
				PageInfo struct {
					HasNextPage, HasPreviousPage bool
					StartCursor, EndCursor       string
				}
			}
		}
		list := func(direction string, where map[string]any, position map[string]any) (p page) {
			variables := map[string]any{"o": map[string]any{"field": "MDM_MIGRATION_DEADLINE", "direction": direction}, "w": where}
			for name, value := range position {
				variables[name] = value
			}
			a.get(`query($o: DeviceOrder, $w: DeviceWhereInput, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
				devices(orderBy: $o, where: $w, first: $first, after: $after, last: $last, before: $before) { totalCount nodes { serialNumber mdmMigrationDeadline }
				pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, variables, &p)
			return p
		}
		names := func(p page) (list []string) {
			for _, n := range p.Devices.Nodes {
				list = append(list, n.SerialNumber)
			}
			return list
		}
		for _, where := range []map[string]any{nil, {"removedAtIsNil": true}, {"abmTokenId": token.ID.String(), "hasMigrationDeadline": true}} {
			var walked []string
			position := map[string]any{"first": 2}
			for pages := 0; pages < 5; pages++ {
				p := list("ASC", where, position)
				walked = append(walked, names(p)...)
				if p.Devices.TotalCount != 5 {
					t.Errorf("%v: %d in all", where, p.Devices.TotalCount)
				}
				if !p.Devices.PageInfo.HasNextPage {
					break
				}
				position = map[string]any{"first": 2, "after": p.Devices.PageInfo.EndCursor}
			}
			if sorted := slices.Sorted(slices.Values(walked)); len(walked) != 5 || !slices.Equal(sorted, slices.Sorted(slices.Values(want))) || !slices.Equal(walked[:3], want[:3]) {
				t.Errorf("%v: listed %v, want %v", where, walked, want)
			}
			back := names(list("DESC", where, map[string]any{"first": 5}))
			slices.Reverse(back)
			if !slices.Equal(back, walked) {
				t.Errorf("%v: backwards %v", where, back)
			}
			last := list("ASC", where, map[string]any{"last": 2})
			if !slices.Equal(names(last), walked[3:]) || !last.Devices.PageInfo.HasPreviousPage || last.Devices.PageInfo.HasNextPage {
				t.Errorf("%v: the last two are %v", where, last)
			}
			before := list("ASC", where, map[string]any{"last": 2, "before": last.Devices.PageInfo.StartCursor})
			if !slices.Equal(names(before), walked[1:3]) {
				t.Errorf("%v: before these are %v", where, before)
			}
		}
		if p := list("ASC", map[string]any{"hasMigrationDeadline": false}, map[string]any{"first": 5}); len(p.Devices.Nodes) != 0 {
			t.Errorf("listed %v", names(p))
		}
	})
}
