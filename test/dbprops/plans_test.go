package dbprops_test

import (
	"context"
	"encoding/json"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/generated"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
)

// watched is a reader that remembers its statements with what they were given.
type watched struct {
	dialect.Driver
	client *ent.Client

	mu         sync.Mutex
	statements []statement
}

type statement struct {
	query string
	args  []any
}

func watch(db *store.Store) *watched {
	w := &watched{Driver: entsql.OpenDB(db.Dialect(), db.ReaderDB())}
	w.client = ent.NewClient(ent.Driver(w))
	return w
}

func (w *watched) Reader() *ent.Client { return w.client }

func (w *watched) Query(ctx context.Context, query string, args, v any) error {
	given, _ := args.([]any)
	w.mu.Lock()
	w.statements = append(w.statements, statement{query, given})
	w.mu.Unlock()
	return w.Driver.Query(ctx, query, args, v)
}

// readsAll tells whether a plan reads all devices. SQLite says SCAN of a table also where it goes along in the order of the identifiers until
// there are enough rows; so that does not count, unless what was read is sorted afterwards. Nor does the scan of what a walk or a
// seek has found, which goes by the name of the table too.
func readsAll(db *store.Store, query, plan string) bool {
	if db.IsPostgres() {
		return strings.Contains(plan, "Seq Scan on devices")
	}
	scans := strings.Count("\n"+plan+"\n", "\nSCAN devices\n") - strings.Count(query, "AS `devices`")
	return scans > 0 && (strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") || strings.Contains(query, "found"))
}

func plan(t *testing.T, db *store.Store, s statement) string {
	t.Helper()
	explain, column := "EXPLAIN QUERY PLAN ", 3
	if db.IsPostgres() {
		explain, column = "EXPLAIN ", 0
	}
	result, err := db.ReaderDB().QueryContext(context.Background(), explain+s.query, s.args...)
	if err != nil {
		t.Fatalf("%s: %v", s.query, err)
	}
	defer result.Close()
	names, err := result.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for result.Next() {
		values := make([]any, len(names))
		texts := make([]string, len(names))
		for i := range values {
			values[i] = &texts[i]
		}
		if err := result.Scan(values...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, texts[column])
	}
	return strings.Join(lines, "\n")
}

// A page of a list with one filter or one order never reads all devices, wherever it stands.
func TestPagesDoNotReadAllDevices(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		const devices = 60_000 // enough for PostgreSQL to prefer indexes as it does with a million
		tokens := fleet.Fill(t, db, devices)
		reader := watch(db)
		exec := executor.New(generated.NewExecutableSchema(generated.Config{
			Resolvers: &graph.Resolver{DB: reader, Clock: clockwork.NewRealClock(), Assignments: assignments(db), Enrollments: mdm.New(mdm.Options{Store: db})},
			Directives: generated.DirectiveRoot{
				HasRole: func(ctx context.Context, _ any, next graphql.Resolver, _ role.Role) (any, error) { return next(ctx) },
			},
		}))
		some := db.Reader().Device.Query().Where(device.RemovedAtNotNil()).Limit(100).AllX(t.Context())
		at := some[50].RemovedAt.Format(time.RFC3339)
		examples := map[string]any{
			"id": some[0].ID.String(), "idIn": []any{some[0].ID.String(), some[1].ID.String()},
			"serialNumber": some[0].SerialNumber, "serialNumberIn": []any{some[0].SerialNumber, some[1].SerialNumber},
			"serialNumberHasPrefix": some[0].SerialNumber[:5], "abmTokenId": tokens[1].ID.String(), "abmTokenIdIn": []any{tokens[1].ID.String(), tokens[2].ID.String()},
			"platform": "TVOS", "platformIn": []any{"TVOS", "VISIONOS"}, "removedAt": at, "removedAtIn": []any{at},
			"removedAtGT": at, "removedAtGTE": at, "removedAtLT": at, "removedAtLTE": at, "removedAtIsNil": true, "removedAtNotNil": true,
		}
		migrating(t, db)
		static, byRule, list := sets(t, db)
		examples["deviceGroupId"], examples["serialListId"] = static, list
		examples["adeProfileId"], examples["profileSource"], examples["assignmentStatus"] = chosen(t, db), "DEVICE", "FAILED"
		examples["appliesAfterErase"], examples["hasMigrationDeadline"], examples["migrationNotAwaited"] = true, true, true
		examples["enrollmentStatus"], examples["otherMdmId"] = enrolled(t, db)
		examples["enrolledWithOwnMdm"] = true
		lists := []map[string]any{{}, {"where": map[string]any{"enrollmentStatus": "ENROLLING"}}, {"where": map[string]any{"enrollmentStatus": "NOT_ENROLLED"}}, {"where": map[string]any{"profileSource": "GROUP"}}, {"where": map[string]any{"assignmentStatus": "THROTTLED"}}, {"where": map[string]any{"assignmentStatus": "PUSHED"}}, {"where": map[string]any{"assignmentStatus": "ASSIGNED"}},
			{"where": map[string]any{"assignmentStatus": "PENDING"}}, {"where": map[string]any{"deviceGroupId": byRule}}}
		for _, set := range []map[string]any{{"deviceGroupId": static}, {"deviceGroupId": byRule}, {"serialListId": list}} { // as pages show them
			for _, field := range schema().Types["DeviceOrderField"].EnumValues {
				lists = append(lists, map[string]any{"where": set, "orderBy": map[string]any{"field": field.Name, "direction": "DESC"}})
			}
		}
		for _, f := range schema().Types["DeviceWhereInput"].Fields {
			if f.Name == "and" || f.Name == "or" || f.Name == "not" {
				continue
			}
			example, known := examples[f.Name]
			if !known {
				t.Errorf("there is no example for the filter %s: add one, so that its plans are checked", f.Name)
				continue
			}
			lists = append(lists, map[string]any{"where": map[string]any{f.Name: example}})
		}
		for _, field := range schema().Types["DeviceOrderField"].EnumValues {
			for _, direction := range []string{"ASC", "DESC"} {
				lists = append(lists, map[string]any{"orderBy": map[string]any{"field": field.Name, "direction": direction}})
			}
		}
		for _, list := range lists {
			cursor := ask(t, exec, list, map[string]any{"first": 20})
			positions := []map[string]any{{"first": 20}, {"last": 20}}
			if cursor != "" {
				positions = append(positions, map[string]any{"first": 20, "after": cursor})
			}
			reader.statements = nil
			for _, position := range positions {
				ask(t, exec, list, position)
			}
			if len(reader.statements) == 0 {
				t.Errorf("%v: no statement was seen", list)
			}
			for _, s := range reader.statements {
				if p := plan(t, db, s); readsAll(db, s.query, p) {
					t.Errorf("%v: all devices are read:\n%s\n%s", list, s.query, p)
				}
			}
		}
	})
}

func assignments(db *store.Store) *assignment.Service {
	return assignment.New(assignment.Options{Store: db, InGroup: devicegroup.InGroup, IsInGroup: devicegroup.IsInGroup, Clock: clockwork.NewRealClock(),
		ServerURL: func(context.Context, *ent.Client) (string, error) { return "https://mdm.example.org", nil }})
}

// chosen gives a hundred devices a profile of their own that Apple did not take, and another platform the same one by default.
func chosen(t *testing.T, db *store.Store) (profile string) {
	t.Helper()
	ctx, now := t.Context(), time.Now().UTC()
	p := db.Ent().ADEProfile.Create().SetName("Chosen").SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx)
	v := db.Ent().ADEProfileVersion.Create().SetAdeProfileID(p.ID).SetNumber(1).SetContent("{}").SetContentHash("x").SetPublishedAt(now).SetPublishedBy("Ana").SaveX(ctx)
	db.Ent().ADEProfile.UpdateOne(p).SetPublishedVersionID(v.ID).ExecX(ctx)
	for _, token := range db.Reader().ABMToken.Query().IDsX(ctx) { // what few devices have at Apple of what they should
		db.Ent().ADEProfileRegistration.Create().SetAdeProfileVersionID(v.ID).SetAbmTokenID(token).SetEnrollmentKey(token.String()).SetServerURL("https://mdm.example.org").
			SetAppleProfileUUID("00FC4E378FEC4021B84C8E1A4E2B9A7D").SetRegisteredAt(now).ExecX(ctx)
	}
	some := db.Reader().Device.Query().Where(device.PlatformEQ(device.PlatformMacOS), device.RemovedAtIsNil()).Limit(100).AllX(ctx)
	var items []*ent.AssignmentItemCreate
	for _, d := range some {
		db.Ent().Device.UpdateOne(d).SetProfileRule(p.ID).ExecX(ctx)
		items = append(items, db.Ent().AssignmentItem.Create().SetDeviceID(d.ID).SetAbmTokenID(d.AbmTokenID).SetAdeProfileID(p.ID).
			SetState(assignmentitem.StateFailed).SetDueAt(now).SetCreatedAt(now))
	}
	db.Ent().AssignmentItem.CreateBulk(items...).ExecX(ctx)
	db.Ent().PlatformDefault.Create().SetPlatform(string(device.PlatformVisionOS)).SetAdeProfileID(p.ID).SetUpdatedAt(now).ExecX(ctx)
	if db.IsPostgres() {
		if _, err := db.DB().ExecContext(ctx, "ANALYZE"); err != nil {
			t.Fatal(err)
		}
	}
	return p.ID.String()
}

// migrating gives some devices a migration deadline, as few have one.
func migrating(t *testing.T, db *store.Store) {
	t.Helper()
	for i, id := range db.Reader().Device.Query().Where(device.RemovedAtIsNil()).Limit(300).IDsX(t.Context()) {
		at := time.Date(2027, 1, 1, i, 0, 0, 0, time.UTC)
		must(t, db.Ent().Device.UpdateOneID(id).SetMdmMigrationDeadline(at).Exec(t.Context()))
		must(t, db.Ent().DeviceNote.Create().SetDeviceID(id).SetKind(devicenote.KindMigration).SetAt(at).Exec(t.Context()))
	}
}

// enrolled gives a hundred devices a state by what they did.
func enrolled(t *testing.T, db *store.Store) (status, otherMDM string) {
	t.Helper()
	ctx, now := t.Context(), time.Now()
	other := db.Ent().OtherMDM.Create().SetName("NanoMDM").SetSource("FILE").SetWebhookSecretAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx)
	var rows []*ent.DeviceEnrollmentCreate
	for i, d := range db.Reader().Device.Query().Where(device.PlatformEQ(device.PlatformMacOS)).Offset(500).Limit(100).AllX(ctx) {
		row := db.Ent().DeviceEnrollment.Create().SetDeviceID(d.ID).SetStatus(deviceenrollment.StatusEnrolled)
		if i < 10 {
			row.SetOtherMdmID(other.ID)
		}
		rows = append(rows, row)
	}
	db.Ent().DeviceEnrollment.CreateBulk(rows...).ExecX(ctx)
	if db.IsPostgres() {
		if _, err := db.DB().ExecContext(ctx, "ANALYZE"); err != nil {
			t.Fatal(err)
		}
	}
	return "ENROLLED", other.ID.String()
}

// sets makes a group of some devices, one whose rule looks at what has an index, and a list of serial numbers. A rule about something else reads
// all devices where few match it: nothing else could tell who does.
func sets(t *testing.T, db *store.Store) (static, byRule, list string) {
	t.Helper()
	ctx := auth.Console(t.Context())
	clock := clockwork.NewRealClock()
	groups := devicegroup.New(db, clock, nil)
	some := db.Reader().Device.Query().Where(device.PlatformEQ(device.PlatformMacOS)).Limit(100).AllX(ctx) // few among all, as 1,700 are among a million
	members, err := groups.Create(ctx, devicegroup.Input{Name: "some"})
	must(t, err)
	rule, err := groups.Create(ctx, devicegroup.Input{Name: "prefix", Rule: &devicegroup.Rule{Any: []devicegroup.Rule{
		{Field: devicegroup.SerialNumber, Operator: devicegroup.BeginsWith, Values: []string{some[0].SerialNumber[:6]}},
		{Field: devicegroup.Platform, Operator: devicegroup.IsAnyOf, Values: []string{"VISIONOS"}},
	}}})
	must(t, err)
	imported, err := devicegroup.NewLists(db, clock).Begin(ctx)
	must(t, err)
	ids := make([]gid.ID, len(some))
	for i, d := range some {
		ids[i] = d.ID
		must(t, imported.Add(ctx, i+1, d.SerialNumber))
	}
	_, _, _, err = groups.AddDevices(ctx, members.ID, devicegroup.Selection{IDs: ids})
	must(t, err)
	serials, err := imported.Close(ctx)
	must(t, err)
	if db.IsPostgres() { // as it does by itself in time
		if _, err := db.DB().ExecContext(ctx, "ANALYZE"); err != nil {
			t.Fatal(err)
		}
	}
	return members.ID.String(), rule.ID.String(), serials.ID.String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ask asks for a page and gives the cursor of its end.
func ask(t *testing.T, exec *executor.Executor, list, position map[string]any) string {
	t.Helper()
	variables := maps.Clone(list)
	maps.Copy(variables, position)
	ctx := graphql.StartOperationTrace(t.Context())
	operation, refused := exec.CreateOperationContext(ctx, &graphql.RawParams{
		Query: `query($first: Int, $last: Int, $after: Cursor, $orderBy: DeviceOrder, $where: DeviceWhereInput) {
			devices(first: $first, last: $last, after: $after, orderBy: $orderBy, where: $where) { nodes { serialNumber } pageInfo { endCursor } } }`,
		Variables: variables, ReadTime: graphql.TraceTiming{Start: graphql.Now(), End: graphql.Now()},
	})
	if refused != nil {
		t.Fatal(refused)
	}
	respond, ctx := exec.DispatchOperation(ctx, operation)
	response := respond(ctx)
	if len(response.Errors) > 0 {
		t.Fatal(response.Errors)
	}
	var got struct {
		Devices struct{ PageInfo struct{ EndCursor string } }
	}
	if err := json.Unmarshal(response.Data, &got); err != nil {
		t.Fatal(err)
	}
	return got.Devices.PageInfo.EndCursor
}
