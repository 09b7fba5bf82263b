package graphqlapi_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/vmihailenco/msgpack/v5"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestRequestsThatAreNoOperations(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	viewer := a.tokens[role.Viewer]
	good := request("{viewer{name}}", nil)
	for name, tc := range map[string]struct {
		contentType, body string
		status            int
		code              string
	}{
		"form":                  {"application/x-www-form-urlencoded", "query={viewer{name}}", 415, "BAD_USER_INPUT"},
		"text, as a page could": {"text/plain", good, 415, "BAD_USER_INPUT"},
		"no type":               {"", good, 415, "BAD_USER_INPUT"},
		"application/graphql":   {"application/graphql", "{viewer{name}}", 415, "BAD_USER_INPUT"},
		"with charset":          {"application/json; charset=utf-8", good, 200, ""},
		"not JSON":              {"application/json", `{"query": secret-word`, 400, "BAD_USER_INPUT"},
		"cut off":               {"application/json", good[:10], 400, "BAD_USER_INPUT"},
		"empty":                 {"application/json", "", 400, "BAD_USER_INPUT"},
		"two":                   {"application/json", good + good, 400, "BAD_USER_INPUT"},
		"batch":                 {"application/json", "[" + good + "]", 400, "BAD_USER_INPUT"},
		"null":                  {"application/json", "null", 400, "GRAPHQL_VALIDATION_FAILED"},
		"number as query":       {"application/json", `{"query": 7}`, 400, "BAD_USER_INPUT"},
		"list of variables":     {"application/json", `{"query": "{viewer{name}}", "variables": [1]}`, 400, "BAD_USER_INPUT"},
		"empty query":           {"application/json", `{"query": ""}`, 400, "GRAPHQL_VALIDATION_FAILED"},
		"syntax":                {"application/json", request("{", nil), 400, "GRAPHQL_PARSE_FAILED"},
		"unknown field":         {"application/json", request("{devices{nodes{serialnumber}}}", nil), 400, "GRAPHQL_VALIDATION_FAILED"},
		"unknown operation":     {"application/json", `{"query": "query A {viewer{name}}", "operationName": "B"}`, 400, "GRAPHQL_VALIDATION_FAILED"},
		"subscription":          {"application/json", request("subscription{syncProgress{id}}", nil), 400, "BAD_USER_INPUT"},
	} {
		out := a.raw(viewer, tc.contentType, tc.body)
		if out.status != tc.status || out.code() != tc.code {
			t.Errorf("%s: status %d, %s; want %d, %s", name, out.status, out.raw, tc.status, tc.code)
		}
		if tc.code != "" && out.Errors[0].Extensions.RequestID != requestID {
			t.Errorf("%s: no request id: %s", name, out.raw)
		}
		if strings.Contains(out.raw+a.log.String(), "secret-word") {
			t.Errorf("%s: the body is repeated: %s", name, out.raw)
		}
		if out.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: may be cached", name)
		}
	}
	response, err := http.Get(a.url + "?query={viewer{name}}")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "POST" {
		t.Errorf("GET: status %d", response.StatusCode)
	}
}

func TestCredentials(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	ask := func(authorization string) answer {
		t.Helper()
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, a.url, strings.NewReader(request("{viewer{name role kind}}", nil)))
		r.Header.Set("Content-Type", "application/json")
		if authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		out := answer{status: response.StatusCode, header: response.Header}
		if err := json.NewDecoder(response.Body).Decode(&out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	secret := a.tokens[role.Operator]
	for _, good := range []string{"Bearer " + secret, "bearer " + secret} {
		if out := ask(good); out.status != 200 || string(out.Data) != `{"viewer":{"name":"test OPERATOR","role":"OPERATOR","kind":"API_TOKEN"}}` {
			t.Errorf("%q: status %d, %s %v", good[:6], out.status, out.Data, out.Errors)
		}
	}
	for _, bad := range []string{"", "Bearer", "Bearer ", secret, "Basic " + secret, "Bearer " + secret[:len(secret)-1], "Bearer gmdm_x", "Bearer " + strings.Repeat("x", 5000)} {
		out := ask(bad)
		if out.status != http.StatusUnauthorized || out.code() != "UNAUTHENTICATED" || out.Errors[0].Extensions.Hint == "" || out.header.Get("WWW-Authenticate") == "" {
			t.Errorf("%.20q: status %d, %v", bad, out.status, out.Errors)
		}
	}
	if strings.Contains(a.log.String(), secret) {
		t.Error("the token is in the log")
	}
}

// A database that is away is not a bad token.
func TestAuthenticationThatFailsForTheTimeBeing(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) {
		o.Authenticate = func(context.Context, string) (auth.Caller, error) {
			return auth.Caller{}, apperr.Wrap(errors.New("dial tcp 10.0.0.7"), apperr.Unavailable, "The database cannot be reached.")
		}
	})
	out := a.post(role.Viewer, "{viewer{name}}", nil)
	if out.status != http.StatusServiceUnavailable || out.code() != "UNAVAILABLE" || strings.Contains(out.raw, "10.0.0.7") {
		t.Errorf("status %d, %s", out.status, out.raw)
	}
}

// Clients such as urql name text/event-stream with every request, behind the types that they want.
func TestAcceptHeaderOfCommonClients(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	for accept, contentType := range map[string]string{
		"application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed": "application/graphql-response+json; charset=utf-8",
		"application/json, text/event-stream": "application/json; charset=utf-8",
		"*/*":                                 "application/json; charset=utf-8",
	} {
		response := a.do(a.tokens[role.Viewer], "application/json", accept, request("{viewer{name}}", nil))
		_ = response.Body.Close()
		if response.StatusCode != 200 || response.Header.Get("Content-Type") != contentType {
			t.Errorf("%s: status %d, %s", accept, response.StatusCode, response.Header.Get("Content-Type"))
		}
	}
}

// brokenTokens fails as a database does, and as a program does.
type brokenTokens struct{ graph.Tokens }

func (brokenTokens) Generate(context.Context, string) (*ent.ABMToken, error) {
	return nil, fmt.Errorf("ent: constraint failed: pq: SQLITE_FULL at /var/lib/guardmdm: %w", errors.New("secret detail"))
}

func (brokenTokens) Delete(context.Context, gid.ID) (int, error) { panic("secret panic in /srv/x.go") }

func TestOwnFaultsAreLoggedNotShown(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.Resolver.Tokens = brokenTokens{o.Resolver.Tokens} })
	for query, logged := range map[string][]string{
		`mutation { generateABMToken(input: {}) { userErrors { code } } }`:                  {"secret detail", "generateABMToken", requestID},
		`mutation { deleteABMToken(input: {abmTokenId: "abm_1"}) { userErrors { code } } }`: {"secret panic", "deleteABMToken", requestID, "goroutine"},
	} {
		out := a.post(role.Admin, query, nil)
		if out.status != 200 || out.code() != "INTERNAL" || out.Errors[0].Message != "Internal error" || out.Errors[0].Extensions.RequestID != requestID {
			t.Errorf("status %d, %s", out.status, out.raw)
		}
		if leaks.MatchString(out.raw) || strings.Contains(out.raw, "secret") {
			t.Errorf("the answer tells of our inside: %s", out.raw)
		}
		for _, text := range logged {
			if !strings.Contains(a.log.String(), text) {
				t.Errorf("the log lacks %q:\n%s", text, a.log)
			}
		}
	}
}

// A caller that goes away is no fault of ours: nothing is logged.
func TestRequestsThatAreBrokenOff(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	waiting := blockedTokens{started: make(chan struct{})}
	a := serve(t, s, func(o *graphqlapi.Options) { o.Resolver.Tokens = waiting })
	ctx, cancel := context.WithCancel(t.Context())
	r, _ := http.NewRequestWithContext(ctx, http.MethodPost, a.url, strings.NewReader(request(`mutation { generateABMToken(input: {}) { userErrors { code } } }`, nil)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+a.tokens[role.Admin])
	failed := make(chan error)
	go func() {
		_, err := http.DefaultClient.Do(r)
		failed <- err
	}()
	<-waiting.started
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	a.close()
	if log := a.log.String(); log != "" {
		t.Error(log)
	}
}

type blockedTokens struct {
	graph.Tokens
	started chan struct{}
}

func (b blockedTokens) Generate(ctx context.Context, _ string) (*ent.ABMToken, error) {
	close(b.started)
	<-ctx.Done()
	return nil, fmt.Errorf("pq: canceling statement due to user request")
}

// leaks are words of our inside that no answer may hold.
var leaks = regexp.MustCompile(`(?i)\bent: |\bpq: |sqlite|\bsql: |gqlgen|gid\.|msgpack|\.go\b|goroutine|runtime error|strconv|interface \{\}|/root|/home|/var/`)

// rawCursor is a cursor as a caller could forge it.
func rawCursor(id gid.ID, value any) string {
	data, err := msgpack.Marshal(map[string]any{"i": int64(id), "v": value})
	if err != nil {
		panic(err)
	}
	return base64.RawStdEncoding.EncodeToString(data)
}

// malformed are operations with something wrong in their input.
func malformed() map[string]string {
	device := gid.New(gid.Device, 1)
	list := func(after, order string) string {
		return request(`query($after: Cursor, $order: DeviceOrder) { devices(after: $after, orderBy: $order) { nodes { id } } }`,
			map[string]any{"after": after, "order": map[string]any{"field": order}})
	}
	return map[string]string{
		"no identifier":               request(`{node(id: "x"){id}}`, nil),
		"identifier as number":        request(`{node(id: 7){id}}`, nil),
		"identifier of a later kind":  request(`{node(id: "wat_1"){id}}`, nil),
		"identifier too large":        request(`{node(id: "dev_zzzzzzzzzzzzzzzz"){id}}`, nil),
		"identifier in input":         request(`mutation{startSync(input:{abmTokenId:"x"}){userErrors{code}}}`, nil),
		"identifier in a list":        request(`{nodes(ids:["x"]){id}}`, nil),
		"identifier in a filter":      request(`{devices(where:{and:[{idIn:["x"]}]}){totalCount}}`, nil),
		"too many identifiers":        request(`query($ids:[ID!]!){nodes(ids:$ids){id}}`, map[string]any{"ids": manyIDs(101)}),
		"no cursor":                   request(`{devices(after:"%%%"){nodes{id}}}`, nil),
		"cursor of other content":     request(`{devices(after:"AAAA"){nodes{id}}}`, nil),
		"cursor of another list":      request(`query($c:Cursor){devices(after:$c){nodes{id}}}`, map[string]any{"c": rawCursor(gid.New(gid.SyncRun, 1), nil)}),
		"cursor of another order":     list(rawCursor(device, "S"), "ADDED_AT"),
		"cursor of no order":          list(rawCursor(device, nil), "ADDED_AT"),
		"cursor of an order":          request(`query($c:Cursor){devices(after:$c){nodes{id}}}`, map[string]any{"c": rawCursor(device, "S")}),
		"cursor with NUL":             list(rawCursor(device, "S\x00"), "SERIAL_NUMBER"),
		"cursor with broken text":     list(rawCursor(device, "S\xff"), "SERIAL_NUMBER"),
		"cursor with a map":           list(rawCursor(device, map[string]any{"a": 1}), "SERIAL_NUMBER"),
		"cursor with a number":        list(rawCursor(device, 1<<60), "ADDED_AT"),
		"cursor with a far time":      list(rawCursor(device, time.Date(290000, 1, 1, 0, 0, 0, 0, time.UTC)), "ADDED_AT"),
		"page too large":              request(`{devices(first:201){nodes{id}}}`, nil),
		"page of less than nothing":   request(`{devices(first:-1){nodes{id}}}`, nil),
		"page as large as numbers go": request(`{devices(first:99999999999999999999){nodes{id}}}`, nil),
		"first and last":              request(`{devices(first:1,last:1){nodes{id}}}`, nil),
		"no time":                     request(`{devices(where:{removedAtGT:"yesterday"}){totalCount}}`, nil),
		"time as number":              request(`{devices(where:{removedAtGT:7}){totalCount}}`, nil),
		"no platform":                 request(`query($p:Platform){devices(where:{platform:$p}){totalCount}}`, map[string]any{"p": "PDP11"}),
		"platform as number":          request(`query($p:Platform){devices(where:{platform:$p}){totalCount}}`, map[string]any{"p": 7}),
		"text with NUL":               request(`query($s:String!){device(serialNumber:$s){id}}`, map[string]any{"s": "\x00"}),
		"prefix":                      request(`{devices(where:{serialNumberHasPrefix:"%"}){totalCount}}`, nil),
		"name with NUL":               request(`mutation($n:String){generateABMToken(input:{name:$n}){userErrors{code}}}`, map[string]any{"n": "a\x00b"}),
		"variables too deep":          `{"query":"query($w:DeviceWhereInput){devices(where:$w){totalCount}}","variables":{"w":` + strings.Repeat(`{"not":`, 3000) + "null" + strings.Repeat("}", 3000) + "}}",
	}
}

func manyIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = gid.New(gid.Device, int64(i+1)).String()
	}
	return ids
}

// Input that is malformed is the caller's to mend, says what is wrong, and tells nothing of our inside.
func TestMalformedInput(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a := start(t, db)
		for name, body := range malformed() {
			out := a.raw(a.tokens[role.Admin], "application/json", body)
			switch code := out.code(); {
			case out.status >= 500, code != "BAD_USER_INPUT" && code != "GRAPHQL_VALIDATION_FAILED" && code != "LIMIT_EXCEEDED":
				t.Errorf("%s: status %d, %.500s", name, out.status, out.raw)
			case code == "BAD_USER_INPUT" && len(out.Errors[0].Extensions.Field) == 0 && !strings.Contains(out.Errors[0].Message, "`"):
				t.Errorf("%s: the field is not named: %.500s", name, out.raw)
			}
			if leaks.MatchString(out.raw) {
				t.Errorf("%s: the answer tells of our inside: %q in %.500s", name, leaks.FindString(out.raw), out.raw)
			}
		}
		if log := a.log.String(); log != "" {
			t.Errorf("logged:\n%s", log)
		}
	})
}

func FuzzPost(f *testing.F) {
	for _, body := range malformed() {
		f.Add(body)
	}
	s := schema()
	for _, field := range s.Query.Fields {
		if !strings.HasPrefix(field.Name, "__") {
			f.Add(request(operation(s, "query", field, map[string]string{"abmTokenId": "abm_1"})))
		}
	}
	services := stack.New(f, dbtest.Open(f, "sqlite"), stack.Options{})
	a := serve(f, services, nil)
	f.Fuzz(func(t *testing.T, body string) {
		a := *a
		a.t = t
		out := a.raw(a.tokens[role.Viewer], "application/json", body)
		if out.status >= 500 || out.code() == "INTERNAL" {
			t.Errorf("status %d, %.500s\n%s", out.status, out.raw, a.log)
		}
	})
}
