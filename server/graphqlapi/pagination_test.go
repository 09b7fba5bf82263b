package graphqlapi_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"pgregory.net/rapid"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// row is what the order of a list rests on.
type row struct {
	id    gid.ID
	value string // sorts as the ordered field does; "" in an order by identifier
}

// list is a connection of the API.
type list struct {
	field  string
	orders []string // of orderBy; "" for none
	down   bool     // without orderBy, newest first
	where  []string
	rows   func(order, where string) []row
}

type connection struct {
	TotalCount int
	Nodes      []struct{ ID string }
	Edges      []struct {
		Cursor string
		Node   struct{ ID string }
	}
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       string
	}
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000") }

// moments are few, so that many rows share one: then the identifier decides. They have the databases' resolution.
func moment(i int) time.Time {
	return time.Date(2026, 3, 1+i%3, 23, 30, 0, i%2*1000, time.FixedZone("", -5*3600))
}

func addDevice(t testing.TB, db *store.Store, token gid.ID, n int) {
	t.Helper()
	err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		create := tx.Device.Create().SetSerialNumber(fmt.Sprintf("%c%03d", 'A'+n*7%5, n)).SetAbmTokenID(token).
			SetPlatform([]device.Platform{device.PlatformIOS, device.PlatformMacOS}[n%2]).SetAddedAt(moment(n * 5)).SetChangedAt(moment(n * 11))
		if n%4 == 0 {
			create.SetRemovedAt(moment(n))
		}
		if err := create.Exec(ctx); err != nil {
			return err
		}
		return inventory.Recount(ctx, tx, token, moment(0)) // as the sync keeps it
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Pages one behind the other are the whole list in its order: for each list, order, direction, size and filter, forwards and
// backwards, and also when rows are added meanwhile.
func TestPagesAreTheList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a := start(t, db)
		tokens := make([]gid.ID, 7)
		for i := range tokens {
			token, err := a.Tokens.Generate(stack.Admin(t), fmt.Sprintf("Server %d", i))
			if err != nil {
				t.Fatal(err)
			}
			tokens[i] = token.ID
		}
		devices := 0
		for ; devices < 40; devices++ {
			addDevice(t, db, tokens[devices%3], devices)
		}
		for i := range 15 {
			db.Ent().SyncRun.Create().SetAbmTokenID(tokens[0]).SetStatus([]syncrun.Status{syncrun.StatusSucceeded, syncrun.StatusFailed}[i%2]).
				SetPhase(syncrun.PhaseFinish).SetTrigger(syncrun.TriggerManual).SetFull(true).
				SetStartedAt(moment(i * 7)).SetUpdatedAt(moment(i)).SetLeaseExpiresAt(moment(i)).SaveX(t.Context())
		}
		read := db.Reader()
		all := []list{
			{
				field: "devices", orders: []string{"", "SERIAL_NUMBER", "ADDED_AT"},
				where: []string{"", "platform: IOS", "removedAtIsNil: true", `serialNumberHasPrefix: "b"`, `or: [{platform: MACOS}, {not: {removedAtIsNil: true}}]`},
				rows: func(order, where string) []row {
					var rows []row
					for _, d := range read.Device.Query().AllX(context.Background()) {
						in := map[string]bool{
							"": true, "platform: IOS": d.Platform == device.PlatformIOS, "removedAtIsNil: true": d.RemovedAt == nil,
							`serialNumberHasPrefix: "b"`:                             strings.HasPrefix(d.SerialNumber, "B"),
							`or: [{platform: MACOS}, {not: {removedAtIsNil: true}}]`: d.Platform == device.PlatformMacOS || d.RemovedAt != nil,
						}[where]
						if in {
							rows = append(rows, row{d.ID, map[string]string{"SERIAL_NUMBER": d.SerialNumber, "ADDED_AT": instant(d.AddedAt)}[order]})
						}
					}
					return rows
				},
			},
			{
				field: "syncRuns", orders: []string{"", "STARTED_AT"}, down: true, where: []string{"", "status: FAILED"},
				rows: func(order, where string) []row {
					var rows []row
					for _, r := range read.SyncRun.Query().AllX(context.Background()) {
						if where == "" || r.Status == syncrun.StatusFailed {
							rows = append(rows, row{r.ID, map[string]string{"STARTED_AT": instant(r.StartedAt)}[order]})
						}
					}
					return rows
				},
			},
			{
				field: "abmTokens", orders: []string{""}, where: []string{""},
				rows: func(order, where string) []row {
					var rows []row
					for _, id := range read.ABMToken.Query().IDsX(context.Background()) {
						rows = append(rows, row{id: id})
					}
					return rows
				},
			},
			{
				field: "auditEntries", orders: []string{""}, down: true, where: []string{"", `action: "generateABMToken"`},
				rows: func(order, where string) []row {
					var rows []row
					for _, e := range read.AuditEntry.Query().AllX(context.Background()) {
						if where == "" || e.Action == "generateABMToken" {
							rows = append(rows, row{id: e.ID})
						}
					}
					return rows
				},
			},
		}
		rapid.Check(t, func(rt *rapid.T) {
			l := rapid.SampledFrom(all).Draw(rt, "list")
			order, where := rapid.SampledFrom(l.orders).Draw(rt, "order"), rapid.SampledFrom(l.where).Draw(rt, "where")
			down := l.down && order == "" || order != "" && rapid.Bool().Draw(rt, "descending")
			size, backwards := rapid.IntRange(1, 45).Draw(rt, "size"), rapid.Bool().Draw(rt, "backwards")
			insert := l.field == "devices" && rapid.IntRange(0, 4).Draw(rt, "insert") == 0

			want := l.rows(order, where)
			slices.SortFunc(want, func(x, y row) int {
				c := cmp.Or(cmp.Compare(x.value, y.value), cmp.Compare(x.id, y.id))
				if down {
					return -c
				}
				return c
			})
			wanted := map[string]bool{}
			for _, r := range want {
				wanted[r.id.String()] = true
			}

			var got []string
			cursor := ""
			for pages := 0; ; pages++ {
				if pages > 2*len(want)+20 {
					rt.Fatalf("the pages do not end")
				}
				var data map[string]connection
				a.get(role.Viewer, page(l.field, order, where, cursor, size, down, backwards), nil, &data)
				c := data[l.field]
				if c.TotalCount < len(want) || !insert && c.TotalCount != len(want) {
					rt.Fatalf("totalCount %d, want %d", c.TotalCount, len(want))
				}
				if len(c.Nodes) != len(c.Edges) || len(c.Nodes) > size {
					rt.Fatalf("%d nodes, %d edges, page of %d", len(c.Nodes), len(c.Edges), size)
				}
				var ids []string
				for i, n := range c.Nodes {
					if n.ID != c.Edges[i].Node.ID {
						rt.Fatalf("nodes and edges differ")
					}
					if wanted[n.ID] {
						ids = append(ids, n.ID)
					}
				}
				more := c.PageInfo.HasNextPage
				cursor = c.PageInfo.EndCursor
				if backwards {
					got = append(ids, got...)
					more, cursor = c.PageInfo.HasPreviousPage, c.PageInfo.StartCursor
				} else {
					got = append(got, ids...)
				}
				if !more {
					break
				}
				if insert && devices < 60 {
					addDevice(t, db, tokens[0], devices)
					devices++
				}
			}
			if len(got) != len(want) {
				rt.Fatalf("%d rows, want %d", len(got), len(want))
			}
			for i := range want {
				if got[i] != want[i].id.String() {
					rt.Fatalf("row %d is %s, want %s", i, got[i], want[i].id)
				}
			}
		})
	})
}

func page(field, order, where, cursor string, size int, down, backwards bool) string {
	arguments := []string{fmt.Sprintf("first: %d", size)}
	if backwards {
		arguments[0] = fmt.Sprintf("last: %d", size)
	}
	if cursor != "" {
		arguments = append(arguments, map[bool]string{false: "after", true: "before"}[backwards]+`: "`+cursor+`"`)
	}
	if order != "" {
		arguments = append(arguments, fmt.Sprintf("orderBy: {field: %s, direction: %s}", order, map[bool]string{false: "ASC", true: "DESC"}[down]))
	}
	if where != "" {
		arguments = append(arguments, "where: {"+where+"}")
	}
	return "{" + field + "(" + strings.Join(arguments, ", ") + ") { totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
}

// counted is a reader that remembers its statements.
type counted struct {
	dialect.Driver
	client *ent.Client

	mu         sync.Mutex
	statements []string
}

func count(db *store.Store) *counted {
	c := &counted{Driver: entsql.OpenDB(db.Dialect(), db.ReaderDB())}
	c.client = ent.NewClient(ent.Driver(c))
	return c
}

func (c *counted) Reader() *ent.Client { return c.client }

func (c *counted) Query(ctx context.Context, query string, args, v any) error {
	c.mu.Lock()
	c.statements = append(c.statements, query)
	c.mu.Unlock()
	return c.Driver.Query(ctx, query, args, v)
}

func (c *counted) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.statements
	c.statements = nil
	return out
}

// A page costs one statement, one more for the total when it is asked for, and one more for the tokens of all its rows.
func TestStatementsOfAPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{})
		reader := count(db)
		a := serve(t, s, func(o *graphqlapi.Options) { o.Resolver.DB = reader })
		token, err := s.Tokens.Generate(stack.Admin(t), "Server")
		if err != nil {
			t.Fatal(err)
		}
		for n := range 10 {
			addDevice(t, db, token.ID, n)
		}
		for query, want := range map[string]int{
			"{devices{nodes{id serialNumber}}}":                                           1,
			"{devices{pageInfo{hasNextPage endCursor}}}":                                  1,
			"{devices{nodes{id} edges{cursor node{model}} pageInfo{endCursor}}}":          1,
			"{devices(first: 3){nodes{id} pageInfo{hasNextPage}}}":                        1,
			"{devices{totalCount}}":                                                       1,
			"{devices(first: 0){totalCount nodes{id}}}":                                   1,
			"{devices{totalCount nodes{id}}}":                                             2,
			"{devices{nodes{id abmToken{name state}}}}":                                   2,
			"{devices{edges{node{id abmToken{name}}}}}":                                   2,
			"{devices{__typename}}":                                                       0,
			"{abmTokens{nodes{name stateReason{message} certificatePEM renewalStarted}}}": 1,
			"{abmTokens{nodes{name runningSync{id}}}}":                                    2,
			"{auditEntries{nodes{action} pageInfo{endCursor}}}":                           1,
			`{node(id: "` + token.ID.String() + `"){... on ABMToken{name state}}}`:        2, // one says whether it is deleted
			"{syncRuns{nodes{id abmToken{name}}}}":                                        1,
			`{device(serialNumber: "a000"){serialNumber model abmToken{name}}}`:           2,
		} {
			reader.take()
			out := a.post(role.Viewer, query, nil)
			if len(out.Errors) > 0 {
				t.Errorf("%s: %v %s", query, out.Errors, a.log)
			}
			if got := reader.take(); len(got) != want {
				t.Errorf("%s: %d statements, want %d:\n%s", query, len(got), want, strings.Join(got, "\n"))
			}
		}
	})
}
