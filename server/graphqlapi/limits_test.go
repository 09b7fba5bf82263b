package graphqlapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// nest is {a{b{a{b{…}}}}}, depth levels in all.
func nest(depth int, leaf string, levels ...string) string {
	text := leaf
	for i := depth - 2; i >= 0; i-- {
		text = levels[i%len(levels)] + "{" + text + "}"
	}
	return "{" + text + "}"
}

func strs(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("S%d", i)
	}
	return out
}

func or(n int) map[string]any {
	conditions := make([]any, n)
	for i := range conditions {
		conditions[i] = map[string]any{"serialNumber": fmt.Sprintf("S%d", i)}
	}
	return map[string]any{"or": conditions}
}

func nestedFilter(levels int) map[string]any {
	where := map[string]any{"serialNumber": "S"}
	for i := range levels {
		switch i % 3 {
		case 0:
			where = map[string]any{"and": []any{where, map[string]any{"platform": "IOS"}}}
		case 1:
			where = map[string]any{"not": where}
		default:
			where = map[string]any{"or": where} // one stands for a list of one
		}
	}
	return where
}

const filtered = "query($where: DeviceWhereInput) { devices(where: $where) { totalCount nodes { id } } }"

// Each limit lets its own value pass, and refuses one more, with both numbers in the message.
func TestLimitsOfOperations(t *testing.T) {
	type variables = map[string]any
	cases := []struct {
		name  string
		limit int
		query func(n int) (string, variables)
	}{
		{"tokens", 5000, func(n int) (string, variables) {
			var b strings.Builder
			for i := range (n - 5) / 8 {
				b.WriteString([]string{"name", "kind", "role", "id"}[i%4] + " @include(if: true) ")
			}
			return "{viewer{" + b.String() + strings.Repeat("name ", (n-5)%8) + "}}", nil
		}},
		{"repeats", 300, func(n int) (string, variables) { return "{viewer{" + strings.Repeat("name ", n) + "}}", nil }},
		{"depth", 12, func(n int) (string, variables) {
			return "{syncRuns(first: 1){nodes" + nest(n-2, "id", "abmToken", "runningSync") + "}}", nil
		}},
		{"aliases", 30, func(n int) (string, variables) {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, "a%d: name ", i)
			}
			return "{viewer{" + b.String() + "}}", nil
		}},
		{"aliases in fragments", 30, func(n int) (string, variables) {
			return "{viewer{" + strings.Repeat("...F ", n) + "}} fragment F on Viewer { a: name }", nil
		}},
		{"root fields", 10, func(n int) (string, variables) { return "{" + strings.Repeat("viewer{name} ", n) + "}", nil }},
		{"complexity", 121, func(n int) (string, variables) { return fmt.Sprintf("{devices(first: %d){nodes{id}}}", n-1), nil }},
		{"complexity of edges", 101, func(n int) (string, variables) {
			return "query($n: Int) {devices(last: $n){edges{node{id}}}}", variables{"n": (n) / 2}
		}},
		{"list in a variable", 500, func(n int) (string, variables) {
			return filtered, variables{"where": variables{"serialNumberIn": strs(n)}}
		}},
		{"list in the document", 500, func(n int) (string, variables) {
			return `{devices(where:{platformIn:[` + strings.Repeat("IOS ", n) + `]}){totalCount}}`, nil
		}},
		{"list outside of a filter", 1000, func(n int) (string, variables) {
			return "query($ids: [ID!]!) {nodes(ids: $ids) @skip(if: true) {id} viewer{name}}", variables{"ids": strs(n)}
		}},
		{"groups in a filter", 7, func(n int) (string, variables) {
			groups := make([]any, n)
			for i := range groups {
				groups[i] = variables{"deviceGroupId": "grp_1"}
			}
			return "query($where: DeviceWhereInput) {devices(where: $where) @skip(if: true) {totalCount} viewer{name}}", variables{"where": variables{"or": groups}}
		}},
		{"filter depth", 3, func(n int) (string, variables) { return filtered, variables{"where": nestedFilter(n)} }},
		{"filter size", 799, func(n int) (string, variables) { return filtered, variables{"where": or(n / 2)} }},
	}
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := start(t, db)
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				a := s
				if strings.HasPrefix(c.name, "complexity") {
					a = serve(t, s.Stack, func(o *graphqlapi.Options) { o.Limits.Complexity = c.limit })
				}
				query, variables := c.query(c.limit)
				if out := a.post(role.Viewer, query, variables); out.status != http.StatusOK || len(out.Errors) > 0 {
					t.Errorf("at the limit: status %d, %v %s", out.status, out.Errors, a.log)
				}
				query, variables = c.query(c.limit + 1)
				out := a.post(role.Viewer, query, variables)
				if out.status != http.StatusBadRequest || out.code() != "LIMIT_EXCEEDED" || string(out.Data) != "null" {
					t.Fatalf("over the limit: status %d, %.300s", out.status, out.raw)
				}
				if e := out.Errors[0]; e.Extensions.Hint == "" || e.Extensions.RequestID != requestID || !strings.Contains(e.Message, fmt.Sprint(" at most ")) {
					t.Errorf("over the limit: %+v", e)
				}
			})
		}
	})
}

// What holds fragments twice doubles with every level: a walk that follows each use would not end.
func TestFragmentsThatUseEachOther(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	var b strings.Builder
	b.WriteString("{viewer{...F0}}")
	for i := range 200 {
		fmt.Fprintf(&b, " fragment F%d on Viewer {...F%d ...F%d}", i, i+1, i+1)
	}
	b.WriteString(" fragment F200 on Viewer {a: name}")
	if out := a.post(role.Viewer, b.String(), nil); out.code() != "LIMIT_EXCEEDED" {
		t.Errorf("%.300s", out.raw)
	}
	b.Reset()
	b.WriteString("{__schema{types{...F0}}}")
	for i := range 200 {
		fmt.Fprintf(&b, " fragment F%d on __Type {...F%d ...F%d}", i, i+1, i+1)
	}
	b.WriteString(" fragment F200 on __Type {name}")
	if out := a.post(role.Viewer, b.String(), nil); out.status >= 500 {
		t.Errorf("%.300s", out.raw)
	}
}

func TestBodyLimit(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	limit := int(limits.Default().BodyBytes)
	body := request("{viewer{name}}", nil)
	body += strings.Repeat(" ", limit-len(body))
	if out := a.raw(a.tokens[role.Viewer], "application/json", body); out.status != http.StatusOK {
		t.Errorf("at the limit: %s", out.raw)
	}
	out := a.raw(a.tokens[role.Viewer], "application/json", body+" ")
	if out.status != http.StatusRequestEntityTooLarge || out.code() != "LIMIT_EXCEEDED" || !strings.Contains(out.Errors[0].Message, fmt.Sprint(limit+1)) {
		t.Errorf("over the limit: status %d, %s", out.status, out.raw)
	}
}

// A server token of the greatest size that is taken fits into a request.
func TestLargestServerTokenFits(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	token, err := a.Tokens.Generate(stack.Admin(t), "Server")
	if err != nil {
		t.Fatal(err)
	}
	out := a.post(role.Admin, `mutation($input: UploadABMServerTokenInput!) { uploadABMServerToken(input: $input) { userErrors { code } } }`,
		map[string]any{"input": map[string]any{"abmTokenId": token.ID.String(), "contentBase64": strings.Repeat("QUJD", 64<<10/3)}})
	if out.status != http.StatusOK || !strings.Contains(out.raw, "TOKEN_FILE_INVALID") {
		t.Errorf("status %d, %s", out.status, out.raw)
	}
}

// Filters that would quietly mean everything are refused (an empty list, for example, comes of a program's own empty list).
func TestFiltersMeanWhatTheySay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a := start(t, db)
		for _, where := range []map[string]any{
			{"serialNumberIn": []any{}},
			{"and": []any{}},
			{"and": []any{map[string]any{}}},
			{"not": map[string]any{}},
			{"not": map[string]any{"serialNumber": nil}},
			{"removedAtIsNil": false},
			{"removedAtNotNil": false},
			{"or": []any{map[string]any{"platform": "IOS"}, map[string]any{"idIn": []any{}}}},
			{"serialNumber": "A\x00B"},
			{"serialNumberIn": []any{"A\x00B"}},
			{"serialNumberHasPrefix": "A%"},
			{"serialNumberHasPrefix": ""},
		} {
			out := a.post(role.Viewer, filtered, map[string]any{"where": where})
			if out.code() != "BAD_USER_INPUT" || len(out.Errors[0].Extensions.Field) == 0 {
				t.Errorf("%v: status %d, %s", where, out.status, out.raw)
			}
		}
		for _, where := range []any{nil, map[string]any{}, map[string]any{"serialNumber": nil}, map[string]any{"removedAtIsNil": true}} {
			if out := a.post(role.Viewer, filtered, map[string]any{"where": where}); len(out.Errors) > 0 {
				t.Errorf("%v: %s", where, out.raw)
			}
		}
	})
}

func TestLimitsAreValidated(t *testing.T) {
	for name, change := range map[string]func(*limits.Config){
		"Depth":       func(c *limits.Config) { c.Depth = 0 },
		"BodyBytes":   func(c *limits.Config) { c.BodyBytes = -1 },
		"FilterItems": func(c *limits.Config) { c.FilterItems = 5000 },
	} {
		c := limits.Default()
		change(&c)
		if _, err := graphqlapi.New(graphqlapi.Options{Limits: c}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
