package graphqlapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/apitoken"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// client is one of the protocol graphql-transport-ws.
type client struct {
	t    *testing.T
	conn *websocket.Conn
}

type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// patience is how long a test waits for what has to come.
const patience = 20 * time.Second

func (a *api) dial(t *testing.T, options *websocket.DialOptions) (*client, *http.Response, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, response, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(a.url, "http"), options)
	if err != nil {
		return nil, response, err
	}
	c := &client{t, conn}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return c, response, nil
}

// open connects without introducing itself.
func (a *api) open(t *testing.T) *client {
	t.Helper()
	c, _, err := a.dial(t, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// connect connects as a caller of the role.
func (a *api) connect(t *testing.T, r role.Role) *client {
	t.Helper()
	c := a.open(t)
	c.send(`{"type":"connection_init","payload":{"Authorization":"Bearer ` + a.tokens[r] + `"}}`)
	if m := c.receive(); m.Type != "connection_ack" {
		t.Fatalf("%+v", m)
	}
	return c
}

func (c *client) send(text string) {
	c.t.Helper()
	if err := c.conn.Write(c.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) subscribe(id, query string, variables map[string]any) {
	c.t.Helper()
	c.send(`{"id":"` + id + `","type":"subscribe","payload":` + request(query, variables) + `}`)
}

func (c *client) read() (message, error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	_, data, err := c.conn.Read(ctx)
	if err != nil {
		return message{}, err
	}
	var m message
	return m, json.Unmarshal(data, &m)
}

func (c *client) receive() message {
	c.t.Helper()
	m, err := c.read()
	if err != nil {
		c.t.Fatal(err)
	}
	return m
}

// closed waits for the end and gives its code and reason.
func (c *client) closed() (int, string) {
	c.t.Helper()
	for {
		if _, err := c.read(); err != nil {
			var end websocket.CloseError
			if code := websocket.CloseStatus(err); code == -1 {
				return -1, err.Error()
			}
			_ = errors.As(err, &end)
			return int(end.Code), end.Reason
		}
	}
}

func TestSocketFollowsARunToItsEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		dbtest.CheckLeaks(t)
		a := start(t, db)
		token, err := a.Tokens.Generate(stack.Admin(t), "Server")
		if err != nil {
			t.Fatal(err)
		}
		run := begin(t, a.Stack, token.ID)
		c := a.connect(t, role.Viewer)
		c.subscribe("one", watch, variables(token.ID))
		next := func() progress {
			t.Helper()
			m := c.receive()
			if m.ID != "one" || m.Type != "next" {
				t.Fatalf("%+v", m)
			}
			return read(t, string(m.Payload))
		}
		if p := next(); p.ID != run.ID.String() || p.Status != "RUNNING" || p.AbmToken.Name != "Server" {
			t.Errorf("first: %+v", p)
		}
		advance(t, a.Stack, run, syncrun.StatusRunning)
		if p := next(); p.Pages != 1 {
			t.Errorf("second: %+v", p)
		}
		advance(t, a.Stack, run, syncrun.StatusFailed)
		if p := next(); p.Status != "FAILED" {
			t.Errorf("last: %+v", p)
		}
		if m := c.receive(); m.Type != "complete" || m.ID != "one" {
			t.Errorf("%+v", m)
		}
		c.send(`{"type":"ping","payload":{"a":1}}`)
		if m := c.receive(); m.Type != "pong" {
			t.Errorf("%+v", m)
		}
		if err := c.conn.Close(websocket.StatusNormalClosure, ""); err != nil {
			t.Error(err)
		}
	})
}

// A real run, started by the API, from its first state to its last.
func TestSocketFollowsARealRun(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{Devices: 100, PageSize: 10})
	s.Start(t)
	a := serve(t, s, nil)
	token, server := a.Connect(t, "Server")
	if _, err := a.Sim.AssignCount(server.ID(), 100); err != nil {
		t.Fatal(err)
	}
	c := a.connect(t, role.Operator)
	c.subscribe("1", watch, variables(token.ID))
	out := a.post(role.Operator, `mutation($id: ID!) { startSync(input: {abmTokenId: $id, full: true}) { syncRun { id } userErrors { message } } }`, variables(token.ID))
	if out.status != 200 || len(out.Errors) > 0 {
		t.Fatal(out.raw)
	}
	last := progress{}
	for m := c.receive(); m.Type == "next"; m = c.receive() {
		p := read(t, string(m.Payload))
		if p.Pages < last.Pages || p.DevicesSeen < last.DevicesSeen {
			t.Errorf("went back from %+v to %+v", last, p)
		}
		last = p
	}
	if last.Status != "SUCCEEDED" || last.DevicesSeen != 100 || !strings.Contains(out.raw, last.ID) {
		t.Errorf("last: %+v", last)
	}
}

func TestSocketProtocol(t *testing.T) {
	dbtest.CheckLeaks(t)
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.Limits.MessageBytes = 2000 })
	init := `{"type":"connection_init","payload":{"authorization":"Bearer ` + a.tokens[role.Viewer] + `"}}`
	subscribe := `{"id":"a","type":"subscribe","payload":` + request(watch, nil) + `}`
	for name, tc := range map[string]struct {
		send []string
		code int
	}{
		"no JSON":                   {[]string{`x`}, 4400},
		"no type":                   {[]string{`{}`}, 4400},
		"another protocol's":        {[]string{`{"type":"start","id":"1"}`}, 4400},
		"payload that is no object": {[]string{`{"type":"connection_init","payload":"x"}`}, 4400},
		"no credentials":            {[]string{`{"type":"connection_init"}`}, 4401},
		"empty payload":             {[]string{`{"type":"connection_init","payload":{}}`}, 4401},
		"bad credentials":           {[]string{`{"type":"connection_init","payload":{"Authorization":"Bearer gmdm_wrong"}}`}, 4401},
		"not a bearer token":        {[]string{`{"type":"connection_init","payload":{"Authorization":"` + a.tokens[role.Viewer] + `"}}`}, 4401},
		"subscribe first":           {[]string{subscribe}, 4401},
		"init twice":                {[]string{init, init}, 4429},
		"one id twice":              {[]string{init, subscribe, subscribe}, 4409},
		"no id":                     {[]string{init, `{"type":"subscribe","payload":{"query":"x"}}`}, 4400},
		"no payload":                {[]string{init, `{"id":"a","type":"subscribe"}`}, 4400},
		"a server's message":        {[]string{init, `{"id":"a","type":"next"}`}, 4400},
		"too large":                 {[]string{init, `{"type":"ping","payload":{"a":"` + strings.Repeat("x", 2000) + `"}}`}, 1009},
	} {
		c := a.open(t)
		for _, text := range tc.send {
			c.send(text)
		}
		if code, reason := c.closed(); code != tc.code || (code > 4000 && reason == "") || strings.Contains(reason, a.tokens[role.Viewer]) {
			t.Errorf("%s: %d %q, want %d", name, code, reason, tc.code)
		}
	}
	c := a.open(t)
	if err := c.conn.Write(t.Context(), websocket.MessageBinary, []byte(init)); err != nil {
		t.Fatal(err)
	}
	if code, _ := c.closed(); code != 4400 {
		t.Errorf("binary: %d", code)
	}
	for _, offered := range [][]string{nil, {"graphql-ws"}} {
		c, _, err := a.dial(t, &websocket.DialOptions{Subprotocols: offered})
		if err != nil {
			t.Fatal(err)
		}
		if code, _ := c.closed(); code != 4406 {
			t.Errorf("%v: %d", offered, code)
		}
	}
}

func TestSocketHandshake(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.AllowedOrigins = []string{"https://*.example.com"} })
	dial := func(header map[string]string) (*client, int) {
		h := http.Header{}
		for k, v := range header {
			h.Set(k, v)
		}
		c, response, err := a.dial(t, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: h})
		if err != nil && response == nil {
			t.Fatal(err)
		}
		return c, response.StatusCode
	}
	for origin, want := range map[string]int{
		"https://evil.example.org": 403, "null": 403, "https://mdm.example.com": 101, "http://mdm.example.com": 403, a.url: 101,
	} {
		if _, status := dial(map[string]string{"Origin": origin}); status != want {
			t.Errorf("Origin %s: status %d, want %d", origin, status, want)
		}
	}
	if _, status := dial(map[string]string{"Authorization": "Bearer gmdm_wrong"}); status != http.StatusUnauthorized {
		t.Errorf("bad credentials: status %d", status)
	}
	c, status := dial(map[string]string{"Authorization": "Bearer " + a.tokens[role.Viewer]})
	if status != http.StatusSwitchingProtocols {
		t.Fatalf("status %d", status)
	}
	c.send(`{"type":"connection_init"}`)
	if m := c.receive(); m.Type != "connection_ack" {
		t.Errorf("with the header's credentials: %+v", m)
	}
}

func TestSocketOperations(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.Limits.Subscriptions = 2 })
	c := a.connect(t, role.Admin)
	// What is refused says so and leaves the socket open; nothing spins.
	for query, code := range map[string]string{
		"{viewer{name}}": "BAD_USER_INPUT",
		"mutation{generateABMToken(input:{}){certificatePEM}}": "BAD_USER_INPUT",
		"subscription{syncProgress{nothing}}":                  "GRAPHQL_VALIDATION_FAILED",
		"subscription":                                         "GRAPHQL_PARSE_FAILED",
		`subscription{syncProgress(abmTokenId:"abm_99"){id}}`:  "NOT_FOUND",
		`subscription{syncProgress(abmTokenId:"x"){id}}`:       "BAD_USER_INPUT",
	} {
		c.subscribe("q", query, nil)
		m := c.receive()
		if (m.Type != "next" && m.Type != "error") || m.ID != "q" || !strings.Contains(string(m.Payload), code) || !strings.Contains(string(m.Payload), requestID) {
			t.Errorf("%s: %s %s", query, m.Type, m.Payload)
		}
		if m.Type == "next" {
			if m := c.receive(); m.Type != "complete" {
				t.Errorf("%s: %+v", query, m)
			}
		}
	}
	if n := a.DB.Reader().ABMToken.Query().CountX(t.Context()); n != 0 {
		t.Error("a mutation ran over WebSocket")
	}
	c.subscribe("a", watch, nil)
	c.subscribe("b", watch, nil)
	c.subscribe("c", watch, nil)
	if m := c.receive(); m.Type != "error" || m.ID != "c" || !strings.Contains(string(m.Payload), "LIMIT_EXCEEDED") || !strings.Contains(string(m.Payload), "3, and at most 2") {
		t.Errorf("third: %+v", m)
	}
	// One that its client left has no complete, and its id can be used again at once.
	for range 20 {
		c.send(`{"id":"a","type":"complete"}`)
		c.subscribe("a", watch, nil)
	}
	token, err := a.Tokens.Generate(stack.Admin(t), "Server")
	if err != nil {
		t.Fatal(err)
	}
	c.send(`{"id":"b","type":"complete"}`)
	c.subscribe("d", watch, variables(token.ID))
	c.send(`{"type":"ping"}`)
	if m := c.receive(); m.Type != "pong" {
		t.Errorf("%+v", m)
	}
}

func TestLimitOfSockets(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.Limits.Sockets, o.Limits.Connections = 2, 3 })
	init := `{"type":"connection_init","payload":{"authorization":"Bearer ` + a.tokens[role.Viewer] + `"}}`
	one := a.connect(t, role.Viewer)
	a.connect(t, role.Viewer)
	over := a.open(t)
	over.send(init)
	if code, reason := over.closed(); code != 1013 || !strings.Contains(reason, "at most 2") {
		t.Errorf("third of a caller: %d %q", code, reason)
	}
	a.openWhenFree(t) // the one that was refused gives its place back when its closing is over
	if _, response, err := a.dial(t, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}); err == nil || response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("fourth of all: %v", err)
	}
	if err := one.conn.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Fatal(err)
	}
	again := a.openWhenFree(t)
	again.send(init)
	if m := again.receive(); m.Type != "connection_ack" {
		t.Errorf("after one was closed: %+v", m)
	}
}

// Sockets of nobody, who needs no credentials to open them, take no place from callers.
func TestSocketsOfNobody(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.Limits.Connections = 20 })
	cookie, _ := a.signedIn(t, role.Viewer)
	token := header{"Authorization": "Bearer " + a.tokens[role.Viewer]}
	one := a.open(t)
	a.open(t)
	nobody := header{"Origin": a.url}
	if outcome, _ := knock(t, a.url, nobody); outcome != http.StatusServiceUnavailable {
		t.Errorf("third of nobody: %d", outcome)
	}
	for name, h := range map[string]header{"cookie": {"Cookie": cookie, "Origin": a.url}, "token": token} {
		if outcome, _ := knock(t, a.url, h); outcome != ack {
			t.Errorf("with a %s: %d", name, outcome)
		}
	}
	one.send(`{"type":"connection_init","payload":{"authorization":"Bearer ` + a.tokens[role.Viewer] + `"}}`)
	if m := one.receive(); m.Type != "connection_ack" {
		t.Errorf("%+v", m)
	}
	if outcome, _ := knock(t, a.url, nobody); outcome != 4401 {
		t.Errorf("nobody, once another said who it is: %d", outcome)
	}
}

// openWhenFree connects once the server saw the end of another socket: nothing tells a client when.
func (a *api) openWhenFree(t *testing.T) *client {
	t.Helper()
	for deadline := time.Now().Add(patience); ; {
		c, response, err := a.dial(t, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
		if err == nil {
			return c
		}
		if response == nil || time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

func TestSocketEnds(t *testing.T) {
	t.Run("init does not come", func(t *testing.T) {
		dbtest.CheckLeaks(t)
		s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
		a := serve(t, s, func(o *graphqlapi.Options) { o.InitTimeout = 50 * time.Millisecond })
		if code, reason := a.open(t).closed(); code != 4408 {
			t.Errorf("%d %q", code, reason)
		}
	})
	t.Run("client does not answer pings", func(t *testing.T) {
		dbtest.CheckLeaks(t)
		s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
		a := serve(t, s, func(o *graphqlapi.Options) { o.PingInterval = 50 * time.Millisecond })
		c := a.connect(t, role.Viewer)
		c.subscribe("a", watch, nil)
		if code, reason := c.closed(); code != -1 || !strings.Contains(reason, "EOF") {
			t.Errorf("%d %q", code, reason)
		}
	})
	t.Run("client answers pings", func(t *testing.T) {
		s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
		a := serve(t, s, func(o *graphqlapi.Options) { o.PingInterval = 50 * time.Millisecond })
		c := a.connect(t, role.Viewer)
		for range 10 {
			if m := c.receive(); m.Type != "ping" {
				t.Fatalf("%+v", m)
			}
			c.send(`{"type":"pong"}`)
		}
	})
	t.Run("client vanishes", func(t *testing.T) {
		db := dbtest.Open(t, "sqlite")
		dbtest.CheckLeaks(t)
		a := start(t, db)
		c := a.connect(t, role.Viewer)
		c.subscribe("a", watch, nil)
		_ = c.conn.CloseNow()
	})
	t.Run("server stops", func(t *testing.T) {
		db := dbtest.Open(t, "sqlite")
		dbtest.CheckLeaks(t)
		a := start(t, db)
		c := a.connect(t, role.Viewer)
		c.subscribe("a", watch, nil)
		c.send(`{"type":"ping"}`)
		c.receive()
		a.stop()
		// Nothing completes: the subscription goes on when the client has connected again.
		m, err := c.read()
		if websocket.CloseStatus(err) != websocket.StatusGoingAway {
			t.Errorf("%+v %v", m, err)
		}
	})
	t.Run("token is revoked", func(t *testing.T) {
		dbtest.CheckLeaks(t)
		clock := clockwork.NewFakeClock()
		s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
		a := serve(t, s, func(o *graphqlapi.Options) { o.Clock = clock })
		c := a.connect(t, role.Viewer)
		await(t, clock, 1)
		clock.Advance(time.Minute)
		if err := s.DB.Ent().APIToken.Update().Where(apitoken.RoleEQ(role.Viewer)).SetRevokedAt(time.Now()).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Minute)
		if code, reason := c.closed(); code != 4401 {
			t.Errorf("%d %q", code, reason)
		}
	})
}

// Whatever a client sends, the socket goes on or is closed with a code that the package documents.
func FuzzSocket(f *testing.F) {
	for _, text := range []string{
		`{"type":"ping"}`, `{"type":"pong","payload":{}}`, `{"type":"subscribe","id":"a","payload":{"query":"subscription{syncProgress{id}}"}}`,
		`{"type":"subscribe","id":"a","payload":{"query":"{","variables":{"a":[1,{}]}}}`, `{"type":"complete","id":"a"}`, `{"type":"connection_init"}`,
		`{"type":"subscribe","id":"a","payload":null}`, `{"type":"error","id":"a"}`, `{"type":7}`, `[]`, ``, `null`, "\xff",
	} {
		f.Add(text)
	}
	a := serve(f, stack.New(f, dbtest.Open(f, "sqlite"), stack.Options{}), nil)
	f.Fuzz(func(t *testing.T, text string) {
		c := a.connect(t, role.Viewer)
		c.send(text)
		_ = c.conn.Write(t.Context(), websocket.MessageText, []byte(`{"type":"ping","payload":{"last":true}}`)) // fails when it is closed already
		for {
			m, err := c.read()
			if err == nil && m.Type == "pong" && strings.Contains(string(m.Payload), "last") {
				return
			}
			if err == nil {
				continue
			}
			switch code := int(websocket.CloseStatus(err)); code {
			case 1009, 4400, 4401, 4409, 4429:
				return
			default:
				t.Fatalf("%d: %v\n%s", code, err, a.log)
			}
		}
	})
}
