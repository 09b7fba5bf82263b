package graphqlapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph/generated"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func schema() *ast.Schema { return generated.NewExecutableSchema(generated.Config{}).Schema() }

// operation is a document that asks for one root field, with the least that the schema asks for.
func operation(s *ast.Schema, kind string, f *ast.FieldDefinition, ids map[string]string) (string, map[string]any) {
	variables := map[string]any{}
	var declared, passed []string
	for _, a := range f.Arguments {
		if a.Type.NonNull || f.Name == "mdmCommands" && a.Name == "deviceId" { // one of two has to be there
			variables[a.Name] = least(s, a.Type, a.Name, ids)
			declared = append(declared, fmt.Sprintf("$%s: %s", a.Name, a.Type))
			passed = append(passed, fmt.Sprintf("%s: $%s", a.Name, a.Name))
		}
	}
	query := kind
	if len(declared) > 0 {
		query += "(" + strings.Join(declared, ", ") + ") { " + f.Name + "(" + strings.Join(passed, ", ") + ")"
	} else {
		query += " { " + f.Name
	}
	if s.Types[f.Type.Name()].IsCompositeType() {
		query += " { __typename }"
	}
	return query + " }", variables
}

func least(s *ast.Schema, t *ast.Type, name string, ids map[string]string) any {
	if t.Elem != nil {
		return []any{least(s, t.Elem, name, ids)}
	}
	switch definition := s.Types[t.NamedType]; {
	case t.NamedType == "ID" && ids[name] != "":
		return ids[name]
	case t.NamedType == "ID":
		return ids["abmTokenId"]
	case t.NamedType == "Int":
		return 1
	case t.NamedType == "String":
		return "MDEyMzQ1Njc4OQ"
	case definition.Kind == ast.Enum:
		return definition.EnumValues[0].Name
	case t.NamedType == "DeviceRuleInput": // needs one of several fields
		return map[string]any{"field": "PLATFORM", "operator": "IS_ANY_OF", "values": []any{"MACOS"}}
	case definition.Kind == ast.InputObject:
		object := map[string]any{}
		for _, f := range definition.Fields {
			if f.Type.NonNull {
				object[f.Name] = least(s, f.Type, f.Name, ids)
			}
		}
		return object
	}
	panic("the walk does not know a value for " + t.String())
}

// Every root field is asked for by everybody: what comes back follows from its directive.
func TestRolesOfEveryRootField(t *testing.T) {
	s := schema()
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a := start(t, db)
		token, _ := a.Connect(t, "Server")
		ids := map[string]string{"abmTokenId": token.ID.String(), "syncRunId": a.Sync(t, token.ID, false).ID.String(), "deviceId": gid.New(gid.Device, 1).String()}
		now := a.Clock.Now()
		ids["batchId"] = db.Ent().AssignmentBatch.Create().SetCause(assignmentbatch.CauseAssign).SetStatus(assignmentbatch.StatusFinished).SetTitle("Base").
			SetRequestedBy("Ada").SetCreatedAt(now).SetUpdatedAt(now).SaveX(t.Context()).ID.String()
		channel := db.Ent().MDMChannel.Create().SetChannel("UDID").SetOfUser(false).SetEnabled(true).SaveX(t.Context())
		ids["mdmCommandId"] = db.Ent().MDMCommand.Create().SetMdmChannelID(channel.ID).SetCommandUUID("c").SetRequestType("ProfileList").SetBody([]byte("b")).
			SetPurpose(mdmcommand.PurposePerson).SetStatus(mdmcommand.StatusQueued).SetQueuedAt(now).SaveX(t.Context()).ID.String()
		for r := range a.tokens {
			a.post(r, "{ __typename }", nil) // notes when the token was used, at most once a minute
		}
		before := dump(t, db)
		// From below, so that what a higher role changes is not in the way of comparing.
		for _, r := range []role.Role{"", role.Viewer, role.Operator, role.Admin} {
			for _, root := range []*ast.Definition{s.Query, s.Mutation, s.Subscription} {
				for _, f := range root.Fields {
					if strings.HasPrefix(f.Name, "__") {
						continue
					}
					want, wantStatus := "", http.StatusOK
					if hasRole := f.Directives.ForName("hasRole"); hasRole != nil {
						switch min := role.Role(hasRole.Arguments.ForName("min").Value.Raw); {
						case r == "":
							want, wantStatus = "UNAUTHENTICATED", http.StatusUnauthorized
						case !r.Includes(min), f.Name == "createExplorerToken": // for people who are signed in; programs have a token
							want = "FORBIDDEN"
						}
					}
					query, variables := operation(s, strings.ToLower(root.Name), f, ids)
					got := a.ask(r, root == s.Subscription, query, variables)
					if got.code() != want {
						t.Errorf("%s.%s as %q: %q, want %q: %v", root.Name, f.Name, r, got.code(), want, got.Errors)
					}
					if got.status != wantStatus {
						t.Errorf("%s.%s as %q: status %d, want %d", root.Name, f.Name, r, got.status, wantStatus)
					}
					if want != "" && got.Data != nil && string(got.Data) != "null" && !strings.HasSuffix(string(got.Data), ":null}") {
						t.Errorf("%s.%s as %q: refused, and yet there is data: %s", root.Name, f.Name, r, got.Data)
					}
				}
			}
			if r == "" || r == role.Viewer {
				if diff := cmp.Diff(strings.Split(before, "\n"), strings.Split(dump(t, db), "\n")); diff != "" {
					t.Errorf("%q changed the database (-before +after):\n%s", r, diff)
				}
			}
		}
	})
}

// ask runs an operation in the way that it needs; of a subscription it takes the first event.
func (a *api) ask(r role.Role, subscription bool, query string, variables map[string]any) answer {
	a.t.Helper()
	if !subscription {
		return a.post(r, query, variables)
	}
	s := a.subscribe(a.tokens[r], query, variables)
	defer s.close()
	if s.status != http.StatusOK {
		return s.answer()
	}
	e := s.next()
	out := answer{status: s.status}
	if err := json.Unmarshal([]byte(e.data), &out); err != nil {
		a.t.Fatalf("%q: %v", e.data, err)
	}
	return out
}

// dump is everything in the tables that the API can change, but for what a sign-in with an unknown address notes so as to take as
// long as one with a known address.
func dump(t testing.TB, db *store.Store) string {
	t.Helper()
	var out strings.Builder
	for _, table := range []string{"abm_tokens", "api_tokens", "audit_entries", "devices", "sync_runs", "users", "sessions", "one_time_links", "ade_profiles", "ade_profile_versions",
		"settings WHERE key <> 'people.last_unknown_sign_in'"} {
		rows, err := db.ReaderDB().QueryContext(t.Context(), "SELECT * FROM "+table+" ORDER BY id")
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, targets := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				targets[i] = &values[i]
			}
			if err := rows.Scan(targets...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&out, table, values)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
	}
	return out.String()
}

func TestIntrospectionIsForCallersWithARole(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	// As deep as tools ask.
	query := `{ __schema { queryType { name } types { ...T fields(includeDeprecated: true) { args { type { ...R } } type { ...R } } } } __type(name: "Device") { name } }
		fragment T on __Type { kind name description }
		fragment R on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { name ofType { name ofType { name ofType { name ofType { name } } } } } } } } } }`
	var data struct {
		Schema struct {
			Types []struct{ Name string }
		} `json:"__schema"`
	}
	a.get(role.Viewer, query, nil, &data)
	if len(data.Schema.Types) < 20 {
		t.Errorf("%d types", len(data.Schema.Types))
	}
	out := a.post("", query, nil)
	if out.status != http.StatusUnauthorized || out.code() != "UNAUTHENTICATED" || strings.Contains(out.raw, "ABMToken") {
		t.Errorf("nobody: status %d, %.300s", out.status, out.raw)
	}
	if out := a.post("", "{ __typename }", nil); out.status != http.StatusOK {
		t.Errorf("a look whether the API is there: status %d, %s", out.status, out.raw)
	}
}
