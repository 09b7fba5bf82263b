package scale_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/contrib/entgql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/test/fleet"
	"github.com/guardmdm/guardmdm/test/stack"
)

// page is the dashboard's own document of a page.
const page = `query DevicePage($after: Cursor, $first: Int, $before: Cursor, $last: Int, $orderBy: DeviceOrder, $where: DeviceWhereInput) {
  devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {
    nodes { id serialNumber model color assetTag deviceFamily platform deviceAssignedAt deviceAssignedBy addedAt changedAt removedAt abmToken { id name } }
    pageInfo { startCursor endCursor hasNextPage }
  }
}`

type (
	input = map[string]any
	// list is what is asked for.
	list struct {
		name  string
		where input
		order input
	}
)

func order(field, direction string) input { return input{"field": field, "direction": direction} }

func newest() input { return order("ADDED_AT", "DESC") }

// singles are every filter by itself in the default order, and every order by itself.
func (w *world) singles(b testing.TB) []list {
	b.Helper()
	some := w.db.Reader().Device.Query().Where(device.IDGT(gid.New(gid.Device, int64(*devices/2)))).Limit(300).Order(device.ByID()).AllX(context.Background())
	var ids, serials []string
	for _, d := range some {
		ids, serials = append(ids, d.ID.String()), append(serials, d.SerialNumber)
	}
	removed := w.db.Reader().Device.Query().Where(device.RemovedAtNotNil(), device.IDGT(gid.New(gid.Device, int64(*devices/2)))).Limit(3).AllX(context.Background())
	at := removed[1].RemovedAt.Format(time.RFC3339)
	token, small := w.tokens[0].ID.String(), w.tokens[2].ID.String()
	return []list{
		{name: "none"},
		{name: "id", where: input{"id": ids[0]}},
		{name: "idIn 300", where: input{"idIn": ids}},
		{name: "serialNumber", where: input{"serialNumber": serials[0]}},
		{name: "serialNumberIn 300", where: input{"serialNumberIn": serials}},
		{name: "prefix of 1 in 5", where: input{"serialNumberHasPrefix": "C02"}},
		{name: "prefix of 1 in 80", where: input{"serialNumberHasPrefix": "C02A"}},
		{name: "prefix of 1 in 1280", where: input{"serialNumberHasPrefix": "C02AB"}},
		{name: "prefix of few", where: input{"serialNumberHasPrefix": serials[0][:8]}},
		{name: "abmTokenId", where: input{"abmTokenId": token}},
		{name: "abmTokenIdIn", where: input{"abmTokenIdIn": []string{token, small}}},
		{name: "platform", where: input{"platform": "MACOS"}},
		{name: "platform of few", where: input{"platform": "TVOS"}},
		{name: "platform of none", where: input{"platform": "WATCHOS"}},
		{name: "platformIn", where: input{"platformIn": []string{"IOS", "IPADOS"}}},
		{name: "platformIn few", where: input{"platformIn": []string{"TVOS", "VISIONOS"}}},
		{name: "removedAt", where: input{"removedAt": at}},
		{name: "removedAtIn", where: input{"removedAtIn": []string{at, fleet.Begin.Format(time.RFC3339)}}},
		{name: "removedAtGT", where: input{"removedAtGT": at}},
		{name: "removedAtGTE", where: input{"removedAtGTE": at}},
		{name: "removedAtLT", where: input{"removedAtLT": at}},
		{name: "removedAtLTE", where: input{"removedAtLTE": at}},
		{name: "removedAtIsNil", where: input{"removedAtIsNil": true}},
		{name: "removedAtNotNil", where: input{"removedAtNotNil": true}},
		{name: "order SERIAL_NUMBER ASC", order: order("SERIAL_NUMBER", "ASC")},
		{name: "order SERIAL_NUMBER DESC", order: order("SERIAL_NUMBER", "DESC")},
		{name: "order ADDED_AT ASC", order: order("ADDED_AT", "ASC")},
		{name: "order ADDED_AT DESC", order: newest()},
	}
}

// views are those that the dashboard has (features/devices/filter.ts).
func (w *world) views() []list {
	token, small := w.tokens[0].ID.String(), w.tokens[2].ID.String()
	present := func(more input) input {
		more["removedAtIsNil"] = true
		return more
	}
	return []list{
		{"devices", present(input{}), newest()},
		{"devices oldest first", present(input{}), order("ADDED_AT", "ASC")},
		{"devices by serial", present(input{}), order("SERIAL_NUMBER", "ASC")},
		{"devices by serial back", present(input{}), order("SERIAL_NUMBER", "DESC")},
		{"all", input{}, newest()},
		{"removed", input{"removedAtNotNil": true}, newest()},
		{"removed by serial", input{"removedAtNotNil": true}, order("SERIAL_NUMBER", "ASC")},
		{"platform", present(input{"platformIn": []string{"MACOS"}}), newest()},
		{"platforms", present(input{"platformIn": []string{"IOS", "IPADOS"}}), newest()},
		{"platform of few", present(input{"platformIn": []string{"TVOS"}}), newest()},
		{"platform of none", present(input{"platformIn": []string{"UNKNOWN"}}), newest()},
		{"platform by serial", present(input{"platformIn": []string{"MACOS"}}), order("SERIAL_NUMBER", "ASC")},
		{"platform of few by serial", present(input{"platformIn": []string{"TVOS"}}), order("SERIAL_NUMBER", "ASC")},
		{"organization", present(input{"abmTokenId": token}), newest()},
		{"small organization", present(input{"abmTokenId": small}), newest()},
		{"small organization by serial", present(input{"abmTokenId": small}), order("SERIAL_NUMBER", "ASC")},
		{"search C", present(input{"serialNumberHasPrefix": "C"}), order("SERIAL_NUMBER", "ASC")},
		{"search C02", present(input{"serialNumberHasPrefix": "C02"}), order("SERIAL_NUMBER", "ASC")},
		{"search C02A", present(input{"serialNumberHasPrefix": "C02A"}), order("SERIAL_NUMBER", "ASC")},
		{"search C02AB", present(input{"serialNumberHasPrefix": "C02AB"}), order("SERIAL_NUMBER", "ASC")},
		{"search C02AB12", present(input{"serialNumberHasPrefix": "C02AB12"}), order("SERIAL_NUMBER", "ASC")},
		{"search nothing", present(input{"serialNumberHasPrefix": "QQQ"}), order("SERIAL_NUMBER", "ASC")},
		{"search C02AB, newest first", present(input{"serialNumberHasPrefix": "C02AB"}), newest()},
		{"everything", present(input{"serialNumberHasPrefix": "C02", "platformIn": []string{"MACOS", "IOS"}, "abmTokenId": small}), order("SERIAL_NUMBER", "ASC")},
	}
}

// others are some combinations that nobody tuned anything for.
func (w *world) others() []list {
	token, small := w.tokens[0].ID.String(), w.tokens[2].ID.String()
	half := fleet.Begin.Add(time.Duration(*devices/1000) * 6 * time.Hour)
	return []list{
		{"platform and removed", input{"platform": "MACOS", "removedAtNotNil": true}, order("SERIAL_NUMBER", "DESC")},
		{"few and removed", input{"platform": "TVOS", "removedAtNotNil": true}, newest()},
		{"not", input{"not": input{"platform": "IOS"}}, newest()},
		{"not few", input{"not": input{"platformIn": []string{"IOS", "IPADOS", "MACOS"}}}, newest()},
		{"or", input{"or": []input{{"platform": "TVOS"}, {"serialNumberHasPrefix": "C02AB"}}}, newest()},
		{"or wide", input{"or": []input{{"platform": "IOS"}, {"abmTokenId": small}}}, order("SERIAL_NUMBER", "ASC")},
		{"removed since", input{"removedAtGT": half.Format(time.RFC3339), "abmTokenId": token}, newest()},
		{"nothing removed since", input{"removedAtGT": half.AddDate(5, 0, 0).Format(time.RFC3339), "platform": "MACOS"}, newest()},
		{"tokens and platforms", input{"abmTokenIdIn": []string{token, small}, "platformIn": []string{"TVOS", "MACOS"}}, order("SERIAL_NUMBER", "ASC")},
		{"no such combination", input{"platform": "TVOS", "serialNumberHasPrefix": "C02", "abmTokenId": small}, newest()},
	}
}

// BenchmarkLists is a page of 50 devices: the first, one from the middle, and the last; with -beside while a list of 100,000 devices more is synced
// again and again, 100 ms a page.
func BenchmarkLists(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		w.lists(b, map[string][]list{"single": w.singles(b), "view": w.views(), "other": w.others()})
	})
}

// BenchmarkRuledLists is BenchmarkLists for what the rules of profiles decide.
func BenchmarkRuledLists(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		w.lists(b, map[string][]list{"ruled": w.ruled(b)})
	})
}

// lists measures the pages of each list, and then says of each kind of lists what they had in common: "all" has the percentiles of all its
// requests together, how many cases there were, and how many had a p99 within the goals of 10 and 50 ms.
func (w *world) lists(b *testing.B, kinds map[string][]list) {
	if *beside {
		defer w.syncing(b)()
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		var all latencies
		cases, within10, within50 := 0, 0, 0
		for _, l := range kinds[kind] {
			for _, p := range w.pages(b, l) {
				b.Run(unspaced(kind+"/"+l.name+"/"+p.place), func(b *testing.B) {
					took := w.measure(b, operation(b, page, p.variables))
					all = append(all, took...)
					cases++
					if took.at(0.99) <= 10 {
						within10++
					}
					if took.at(0.99) <= 50 {
						within50++
					}
				})
			}
		}
		if cases > 1 {
			b.Run(kind+"/all", func(b *testing.B) {
				all.report(b)
				b.ReportMetric(float64(cases), "cases")
				b.ReportMetric(float64(within10), "cases-within-10ms")
				b.ReportMetric(float64(within50), "cases-within-50ms")
			})
		}
	}
}

// position is a page of a list.
type position struct {
	place     string
	variables input
}

// pages are the variables of the pages of a list.
func (w *world) pages(b testing.TB, l list) []position {
	b.Helper()
	variables := func(position input) input {
		if l.where != nil {
			position["where"] = l.where
		}
		if l.order != nil {
			position["orderBy"] = l.order
		}
		return position
	}
	middle := gid.New(gid.Device, int64(*devices/2))
	d := w.db.Reader().Device.GetX(context.Background(), middle)
	var value ent.Value
	if l.order != nil {
		value = map[any]ent.Value{"SERIAL_NUMBER": "C7FFFFFFFFF", "ADDED_AT": d.AddedAt}[l.order["field"]]
	}
	var text strings.Builder
	entgql.Cursor[gid.ID]{ID: middle, Value: value}.MarshalGQL(&text)
	cursor := strings.Trim(text.String(), `"`)
	return []position{
		{"first", variables(input{"first": 50})},
		{"deep", variables(input{"first": 50, "after": cursor})},
		{"last", variables(input{"last": 50})},
	}
}

// BenchmarkTotalCount is how many match.
func BenchmarkTotalCount(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		for _, l := range append(w.views(), w.singles(b)...) {
			if strings.HasPrefix(fmt.Sprint(l.order["field"]), "SERIAL") { // the order has no part in it
				continue
			}
			body := operation(b, `query DeviceCount($where: DeviceWhereInput) { devices(first: 0, where: $where) { totalCount } }`, input{"where": l.where})
			b.Run(unspaced(l.name), func(b *testing.B) { w.measure(b, body) })
		}
	})
}

// BenchmarkUnfinished is the numbers of the overview that the rules decide, and the lists that they lead to counted by their filters. A third of the fleet
// is enrolled. Of `many` devices no rule decides, two thirds of the fleet; of `few`, those of a small platform; of `none`.
func BenchmarkUnfinished(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		profile := w.profile(b, "default")
		cover := func(p device.Platform) {
			if _, _, err := w.Assign.SetDefault(stack.Admin(b), p, profile, 0); err != nil {
				b.Fatal(err)
			}
		}
		cover(device.PlatformMacOS)
		w.fill(b, "device_enrollments (device_id, status, enrolled_at, enrollments) SELECT id, 'ENROLLED', added_at, 1 FROM devices WHERE id % 3 = 0")
		w.fill(b, "assignment_items (device_id, abm_token_id, state, due_at, created_at) SELECT id, abm_token_id, 'NOT_ACCESSIBLE', added_at, added_at FROM devices WHERE id % 5000 = 3")
		for _, status := range []string{"UNASSIGNED", "NOT_ACCESSIBLE"} {
			where := input{"removedAtIsNil": true, "assignmentStatus": status, "not": input{"or": []input{{"enrollmentStatus": "ENROLLED"}}}}
			body := operation(b, `query DeviceCount($where: DeviceWhereInput) { devices(first: 0, where: $where) { totalCount } }`, input{"where": where})
			b.Run("filter/"+status, func(b *testing.B) { w.measure(b, body) })
		}
		body := operation(b, `{ fleetSummary { unfinished { unassigned notAccessible waiting } } }`, nil)
		b.Run("many", func(b *testing.B) { w.measure(b, body) })
		cover(device.PlatformIOS) // and IPADOS
		cover(device.PlatformVisionOS)
		b.Run("few", func(b *testing.B) { w.measure(b, body) })
		cover(device.PlatformTvOS)
		b.Run("none", func(b *testing.B) { w.measure(b, body) })
	})
}

// fill puts rows into a table, of which PostgreSQL then knows as after autovacuum.
func (w *world) fill(b testing.TB, rows string) {
	b.Helper()
	table, _, _ := strings.Cut(rows, " ")
	statements := []string{"INSERT INTO " + rows}
	if w.db.IsPostgres() {
		statements = append(statements, "VACUUM (ANALYZE) "+table)
	}
	for _, statement := range statements {
		if _, err := w.db.DB().ExecContext(context.Background(), statement); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFleetSummary is the numbers of the overview.
func BenchmarkFleetSummary(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		const summary = `query($token: ID) { fleetSummary(abmTokenId: $token) { devices addedIn30Days removed removedIn30Days platforms { platform devices addedIn30Days } } }`
		b.Run("all", func(b *testing.B) { w.measure(b, operation(b, summary, nil)) })
		b.Run("token", func(b *testing.B) { w.measure(b, operation(b, summary, input{"token": w.tokens[0].ID.String()})) })
	})
}

// BenchmarkDiagnoses looks for what is wrong with a fleet of which nothing is right: no default, and each device with a profile that was changed after it
// had been activated.
func BenchmarkDiagnoses(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		if _, err := w.db.DB().ExecContext(context.Background(), "INSERT INTO device_notes (device_id, kind, at) SELECT id, 'ACTIVATED', added_at FROM devices WHERE removed_at IS NULL"); err != nil {
			b.Fatal(err)
		}
		const diagnoses = `query($token: ID) { diagnoses(abmTokenId: $token) { key severity symptom affectedDevices affectedWhere fix { text actions { kind role } } } }`
		b.Run("all", func(b *testing.B) { w.measure(b, operation(b, diagnoses, nil)) })
		b.Run("token", func(b *testing.B) { w.measure(b, operation(b, diagnoses, input{"token": w.tokens[0].ID.String()})) })
		const profiles = `{ adeProfiles { nodes { id deviceCount deviceCountAtApple } } }`
		b.Run("profiles", func(b *testing.B) { w.measure(b, operation(b, profiles, nil)) })
	})
}
