package graphqlapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// A session runs the dashboard's operations however they are laid out, with what its client adds for its cache; and nothing else.
func TestSessionsRunTheDashboardsOperationsAlone(t *testing.T) {
	const known = `query Who($first: Int = 1) { viewer { ...Name } devices(first: $first, where: {modelHasPrefix: "a b"}) { nodes { id } } } fragment Name on Viewer { name }`
	documents, err := graphqlapi.NewDocuments([]string{known})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		known: true,
		strings.ReplaceAll(strings.ReplaceAll(known, " { ", " {\n  "), "name }", "__typename name # a comment\n}"): true,
		strings.Replace(known, "id }", "id serialNumber }", 1):                                                     false,
		strings.Replace(known, `"a b"`, `"ab"`, 1):                                                                 false,
		strings.Replace(known, `"a b"`, `"a  b"`, 1):                                                               false,
		strings.Replace(known, "Who", "Whoever", 1):                                                                false,
		known + " query Other { instance { version } }":                                                            false,
		`{ viewer { name } }`: false,
		`"`:                   false,
		"":                    false,
	} {
		if got := documents.Knows(text); got != want {
			t.Errorf("%v for %s", got, text)
		}
	}
}

// By each way: a session is refused what is none of them, nobody and a program are not.
func TestDocumentsOfSessions(t *testing.T) {
	const known = `{ viewer { email } }`
	documents, err := graphqlapi.NewDocuments([]string{known, `subscription { syncProgress { id } }`})
	if err != nil {
		t.Fatal(err)
	}
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{Devices: 1})
	s.Start(t)
	a := serve(t, s, func(o *graphqlapi.Options) { o.Documents = documents })
	cookie, _ := a.signedIn(t, role.Admin)
	ask := func(h header, query string) string {
		t.Helper()
		body, err := json.Marshal(map[string]string{"query": query})
		if err != nil {
			t.Fatal(err)
		}
		return text(t, send(t, a.url, string(body), h))
	}
	const refused = "DOCUMENT_UNKNOWN"
	browser, program := header{"Cookie": cookie}, header{"Authorization": "Bearer " + a.tokens[role.Admin]}
	if got := ask(browser, "{ viewer { __typename email } }"); !strings.Contains(got, "admin@example.com") {
		t.Errorf("the dashboard's own: %s", got)
	}
	for _, other := range []string{`{ viewer { email role } }`, `{ apiTokens { nodes { id } } }`, `mutation { createAPIToken(input: {name: "x", role: ADMIN}) { secret } }`} {
		if got := ask(browser, other); !strings.Contains(got, refused) || !strings.Contains(got, `"data":null`) {
			t.Errorf("a session ran %s: %s", other, got)
		}
		if got := ask(program, other); strings.Contains(got, refused) {
			t.Errorf("a program: %s", got)
		}
	}
	if got := ask(header{}, `{ instance { version setupNeeded } }`); strings.Contains(got, refused) {
		t.Errorf("nobody: %s", got)
	}
	if got := ask(header{"Cookie": cookie, "Accept": "text/event-stream"}, `subscription { syncProgress { id phase } }`); !strings.Contains(got, refused) {
		t.Errorf("by event stream: %s", got)
	}
	outcome, c := knock(t, a.url, header{"Cookie": cookie, "Origin": a.url})
	if outcome != ack {
		t.Fatalf("the socket: %d", outcome)
	}
	c.send(`{"id":"1","type":"subscribe","payload":{"query":"subscription { syncProgress { id phase } }"}}`)
	if m, err := c.read(); err != nil || !strings.Contains(string(m.Payload), refused) {
		t.Errorf("by WebSocket: %v, %v", m, err)
	}
}
