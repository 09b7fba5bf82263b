package graphqlapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	neturl "net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/apitoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	entsession "github.com/guardmdm/guardmdm/ent/session"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/session"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// person adds one who may sign in.
func (a *api) person(t *testing.T, email string, r role.Role) *ent.User {
	t.Helper()
	u, err := a.DB.Ent().User.Create().SetEmail(email).SetName("Ana").SetRole(r).SetCreatedAt(a.Clock.Now()).Save(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// browser begins a session and gives its cookie.
func browser(t *testing.T, sessions *session.Manager, user *ent.User, client peer.Peer) string {
	t.Helper()
	w := httptest.NewRecorder()
	ctx, _, err := sessions.Open(w, httptest.NewRequestWithContext(peer.With(t.Context(), client), http.MethodPost, "/graphql", http.NoBody))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sessions.Begin(ctx, user.ID); err != nil {
		t.Fatal(err)
	}
	cookie, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	return cookie
}

// signedIn is a browser of a new person.
func (a *api) signedIn(t *testing.T, r role.Role) (cookie string, user *ent.User) {
	t.Helper()
	user = a.person(t, strings.ToLower(string(r))+"@example.com", r)
	return browser(t, a.sessions, user, peer.Peer{}), user
}

type header map[string]string

func (h header) http() http.Header {
	out := http.Header{}
	for k, v := range h {
		out.Set(k, v)
	}
	return out
}

// send posts a body with these headers.
func send(t *testing.T, url, body string, h header) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = h.http()
	if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func text(t *testing.T, response *http.Response) string {
	t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// knock opens a WebSocket with these headers and introduces itself without a token: what comes is ack, a refused handshake's status, or
// the code by which it is closed.
func knock(t *testing.T, url string, h header) (outcome int, c *client) {
	t.Helper()
	a := &api{url: url, t: t}
	c, response, err := a.dial(t, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: h.http()})
	if err != nil {
		if response == nil {
			t.Fatal(err)
		}
		return response.StatusCode, nil
	}
	c.send(`{"type":"connection_init"}`)
	if m, err := c.read(); err != nil || m.Type != "connection_ack" {
		return int(websocket.CloseStatus(err)), c
	}
	return ack, c
}

const ack = 0

// live reports whether the socket is open still.
func (c *client) live() bool {
	c.t.Helper()
	c.send(`{"type":"ping"}`)
	for {
		switch m, err := c.read(); {
		case err != nil:
			return false
		case m.Type == "pong":
			return true
		}
	}
}

func TestBrowsersAreKnownByTheirCookie(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		dbtest.CheckLeaks(t)
		a := start(t, db)
		cookie, user := a.signedIn(t, role.Operator)
		token := "Bearer " + a.tokens[role.Viewer]
		who := request("{viewer{id name role kind email sessionExpiresAt}}", nil)
		ends := db.Reader().Session.Query().OnlyX(t.Context()).ExpiresAt.UTC().Format(time.RFC3339)
		mine := `{"data":{"viewer":{"id":"` + user.ID.String() + `","name":"Ana","role":"OPERATOR","kind":"USER","email":"operator@example.com","sessionExpiresAt":"` + ends + `"}}}`
		for name, tc := range map[string]struct {
			header
			status int
			want   string
		}{
			"cookie":                     {header{"Cookie": cookie}, 200, mine},
			"cookie and a token":         {header{"Cookie": cookie, "Authorization": token}, 200, `"role":"VIEWER","kind":"API_TOKEN","email":null,"sessionExpiresAt":null`},
			"cookie and a bad token":     {header{"Cookie": cookie, "Authorization": "Bearer gmdm_x"}, 401, "UNAUTHENTICATED"},
			"unknown cookie":             {header{"Cookie": "guardmdm=AAAA"}, 401, "UNAUTHENTICATED"},
			"unknown cookie and a token": {header{"Cookie": "guardmdm=AAAA", "Authorization": token}, 200, "VIEWER"},
			"another cookie":             {header{"Cookie": "other=" + cookie}, 401, "UNAUTHENTICATED"},
		} {
			response := send(t, a.url, who, tc.header)
			if body := text(t, response); response.StatusCode != tc.status || !strings.Contains(body, tc.want) {
				t.Errorf("%s: status %d, %s", name, response.StatusCode, body)
			}
			if set := response.Header.Get("Set-Cookie"); set != "" || response.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: Set-Cookie %q, Cache-Control %q", name, set, response.Header.Get("Cache-Control"))
			}
		}
		// Who does not have the role is forbidden, not unknown.
		if body := text(t, send(t, a.url, request(`mutation { deleteABMToken(input: {abmTokenId: "abm_1"}) { userErrors { code } } }`, nil), header{"Cookie": cookie})); !strings.Contains(body, "FORBIDDEN") {
			t.Error(body)
		}
	})
}

// A database that is away does not sign anybody out.
func TestSessionsThatCannotBeLookedUp(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	sessions := &countedSessions{}
	a := serve(t, s, func(o *graphqlapi.Options) {
		sessions.Sessions = o.Sessions
		o.Sessions = sessions
	})
	cookie, _ := a.signedIn(t, role.Viewer)
	outcome, c := knock(t, a.url, header{"Cookie": cookie, "Origin": a.url})
	if outcome != ack {
		t.Fatal(outcome)
	}
	sessions.away.Store(true)
	response := send(t, a.url, request("{viewer{name}}", nil), header{"Cookie": cookie})
	if body := text(t, response); response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Set-Cookie") != "" {
		t.Errorf("status %d, %s", response.StatusCode, body)
	}
	looks := sessions.looks.Load()
	a.sessions.Ended(t.Context())
	sessions.until(t, looks+1)
	if !c.live() {
		t.Error("the socket was closed")
	}
}

// countedSessions are asked how often, and can be away.
type countedSessions struct {
	graphqlapi.Sessions
	away  atomic.Bool
	looks atomic.Int64
}

func (s *countedSessions) Open(w http.ResponseWriter, r *http.Request) (context.Context, auth.Caller, error) {
	if s.away.Load() {
		return r.Context(), auth.Caller{}, apperr.Wrap(errors.New("dial tcp"), apperr.Unavailable, "The database cannot be reached.")
	}
	return s.Sessions.Open(w, r)
}

func (s *countedSessions) Caller(ctx context.Context, id gid.ID) (auth.Caller, error) {
	defer s.looks.Add(1)
	if s.away.Load() {
		return auth.Caller{}, errors.New("dial tcp")
	}
	return s.Sessions.Caller(ctx, id)
}

// until waits for that many looks.
func (s *countedSessions) until(t *testing.T, looks int64) {
	t.Helper()
	for deadline := time.Now().Add(patience); s.looks.Load() < looks; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d looks, want %d", s.looks.Load(), looks)
		}
	}
}

// behind puts the endpoint behind the real HTTP server, which trusts the test to be a proxy.
func behind(t *testing.T, a *api) (url string) {
	t.Helper()
	server, err := httpd.New(httpd.Config{Listen: "127.0.0.1:0", TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}, httpd.Handlers{GraphQL: a.handler})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Listen(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := server.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		cancel()
		running.Wait()
	})
	return server.URL() + "/graphql"
}

func TestPagesOfOtherOriginsCanDoNothingWithTheCookie(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	a := serve(t, s, func(o *graphqlapi.Options) { o.AllowedOrigins = []string{"https://friend.example.com"} })
	url := behind(t, a)
	own := strings.TrimSuffix(url, "/graphql")
	cookie, user := a.signedIn(t, role.Admin)
	secure := browser(t, a.sessions, user, peer.Peer{HTTPS: true})
	mutation := request(`mutation { generateABMToken(input: {name: "x"}) { userErrors { code } } }`, nil)
	for name, tc := range map[string]struct {
		body string
		header
		status int
	}{
		"own page":                   {mutation, header{"Origin": own, "Sec-Fetch-Site": "same-origin"}, 200},
		"own page, older browser":    {mutation, header{"Origin": own}, 200},
		"other site":                 {mutation, header{"Origin": "https://evil.example.org", "Sec-Fetch-Site": "cross-site"}, 403},
		"other site, older browser":  {mutation, header{"Origin": "https://evil.example.org"}, 403},
		"sibling host":               {mutation, header{"Origin": "http://sibling.127.0.0.1", "Sec-Fetch-Site": "same-site"}, 403},
		"sandboxed page":             {mutation, header{"Origin": "null"}, 403},
		"other port":                 {mutation, header{"Origin": "http://127.0.0.1:1"}, 403},
		"stream to another site":     {request(watch, nil), header{"Origin": "https://evil.example.org", "Accept": "text/event-stream"}, 403},
		"allowed for sockets alone":  {mutation, header{"Origin": "https://friend.example.com"}, 403},
		"text, which needs no leave": {mutation, header{"Origin": own, "Content-Type": "text/plain"}, 415},
		"form":                       {"query=mutation", header{"Origin": own, "Content-Type": "application/x-www-form-urlencoded"}, 415},
		"form with files":            {"--x--", header{"Origin": own, "Content-Type": "multipart/form-data; boundary=x"}, 415},
	} {
		tc.header["Cookie"] = cookie
		before := a.DB.Reader().ABMToken.Query().CountX(t.Context())
		response := send(t, url, tc.body, tc.header)
		body := text(t, response)
		made := a.DB.Reader().ABMToken.Query().CountX(t.Context()) - before
		if response.StatusCode != tc.status || made != map[bool]int{true: 1}[tc.status == 200] {
			t.Errorf("POST, %s: status %d, %d tokens made, %s", name, response.StatusCode, made, body)
		}
	}
	ownSecure := strings.Replace(own, "http:", "https:", 1)
	for name, tc := range map[string]struct {
		header
		want int
	}{
		"own page":                     {header{"Cookie": cookie, "Origin": own}, ack},
		"own page, https":              {header{"Cookie": secure, "Origin": ownSecure, "X-Forwarded-Proto": "https"}, ack},
		"own host, http page":          {header{"Cookie": secure, "Origin": own, "X-Forwarded-Proto": "https"}, 4401},
		"https ended by unknown proxy": {header{"Cookie": cookie, "Origin": ownSecure}, ack},
		"no origin":                    {header{"Cookie": cookie}, 4401},
		"other site":                   {header{"Cookie": cookie, "Origin": "https://evil.example.org"}, 403},
		"sandboxed page":               {header{"Cookie": cookie, "Origin": "null"}, 403},
		"other port":                   {header{"Cookie": cookie, "Origin": "http://127.0.0.1:1"}, 403},
		"allowed, but not ours":        {header{"Cookie": cookie, "Origin": "https://friend.example.com"}, 4401},
		"no cookie":                    {header{"Origin": own}, 4401},
		"unknown cookie":               {header{"Cookie": "guardmdm=AAAA", "Origin": own}, 4401},
	} {
		if got, _ := knock(t, url, tc.header); got != tc.want {
			t.Errorf("WebSocket, %s: %d, want %d", name, got, tc.want)
		}
	}
}

// The whole way of a browser, with its cookies, through the real server and the real services.
func TestSigningInAndOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a := start(t, db)
		url := behind(t, a)
		const password, next = "correct horse battery", "battery horse correct"
		if _, err := a.people.AddWithPassword(stack.Admin(t), "ana@example.com", "Ana", role.Admin, password); err != nil {
			t.Fatal(err)
		}
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		// ask sends the operation with the jar's cookie, as the dashboard does, and keeps what the answer sets.
		ask := func(h header, query string, variables map[string]any) (int, string) {
			t.Helper()
			target, err := neturl.Parse(url)
			if err != nil {
				t.Fatal(err)
			}
			for _, cookie := range jar.Cookies(target) {
				h["Cookie"] = cookie.String()
			}
			if h["Origin"] == "" {
				h["Origin"] = strings.TrimSuffix(url, "/graphql")
			}
			response := send(t, url, request(query, variables), h)
			jar.SetCookies(target, response.Cookies())
			return response.StatusCode, text(t, response)
		}
		held := func() string {
			target, _ := neturl.Parse(url)
			for _, cookie := range jar.Cookies(target) {
				return cookie.String()
			}
			return ""
		}
		expect := func(name string, status int, body string, wantStatus int, want string) {
			t.Helper()
			if status != wantStatus || !strings.Contains(body, want) {
				t.Errorf("%s: status %d, %s", name, status, body)
			}
		}
		const (
			signIn = `mutation($password: String!) { signIn(input: {email: "Ana@Example.com", password: $password}) { viewer { email sessionExpiresAt } userErrors { code } } }`
			change = `mutation($password: String!, $next: String!) { changePassword(input: {currentPassword: $password, newPassword: $next}) { userErrors { code } } }`
			who    = `{ viewer { email } }`
		)
		good := map[string]any{"password": password}

		status, body := ask(header{}, who, nil)
		expect("before", status, body, 401, "UNAUTHENTICATED")
		status, body = ask(header{"Origin": "https://evil.example.org"}, signIn, good)
		expect("from another origin", status, body, 403, "FORBIDDEN")
		status, body = ask(header{}, signIn, map[string]any{"password": next})
		expect("wrong password", status, body, 200, `"viewer":null,"userErrors":[{"code":"BAD_USER_INPUT"}]`)
		status, body = ask(header{"Authorization": "Bearer " + a.tokens[role.Viewer]}, signIn, good)
		expect("with a token", status, body, 200, `"viewer":null,"userErrors":[{"code":"BAD_USER_INPUT"}]`)
		if held() != "" {
			t.Errorf("a cookie before any session: %s", held())
		}

		status, body = ask(header{}, signIn, good)
		expect("sign-in", status, body, 200, `{"email":"ana@example.com","sessionExpiresAt":"`)
		status, body = ask(header{}, who, nil)
		expect("signed in", status, body, 200, "ana@example.com")
		first := held()

		status, body = ask(header{}, change, map[string]any{"password": password, "next": next})
		expect("new password", status, body, 200, `"userErrors":[]`)
		status, body = ask(header{}, who, nil)
		expect("signed in since", status, body, 200, "ana@example.com")
		second := held()
		if first == second {
			t.Error("the session is that of before the new password")
		}

		status, body = ask(header{}, `mutation { signOut { userErrors { code } } }`, nil)
		expect("sign-out", status, body, 200, `"userErrors":[]`)
		if held() != "" {
			t.Errorf("a cookie after the sign-out: %s", held())
		}
		for _, old := range []string{first, second} {
			if response := send(t, url, request(who, nil), header{"Cookie": old}); response.StatusCode != http.StatusUnauthorized {
				t.Errorf("an ended session: status %d", response.StatusCode)
			}
		}
		response := send(t, url, request(signIn, map[string]any{"password": next}), header{"X-Forwarded-Proto": "https"})
		set := response.Header.Get("Set-Cookie")
		if !strings.HasPrefix(set, "__Host-guardmdm=") || !strings.Contains(set, "; Secure;") || response.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("over https: Set-Cookie %q, Cache-Control %q", set, response.Header.Get("Cache-Control"))
		}
		if log := a.log.String(); strings.Contains(log, password) || strings.Contains(log, next) {
			t.Error("a password is in the log")
		}
	})
}

// prompt is far below what it would take without a signal: Recheck is a minute, and the bus signals to all each 10 s.
const prompt = 5 * time.Second

func TestSocketsAndStreamsEndWithTheirSession(t *testing.T) {
	for name, tc := range map[string]struct {
		end  func(ctx context.Context, db *ent.Client, user *ent.User)
		code int
	}{
		"sessions deleted": {func(ctx context.Context, db *ent.Client, user *ent.User) {
			db.Session.Delete().Where(entsession.UserID(user.ID)).ExecX(ctx)
		}, 4401},
		"user disabled": {func(ctx context.Context, db *ent.Client, user *ent.User) {
			db.User.UpdateOne(user).SetDisabledAt(time.Now()).ExecX(ctx)
		}, 4401},
		"user removed": {func(ctx context.Context, db *ent.Client, user *ent.User) { db.User.DeleteOne(user).ExecX(ctx) }, 4401},
		"other role": {func(ctx context.Context, db *ent.Client, user *ent.User) {
			db.User.UpdateOne(user).SetRole(role.Operator).ExecX(ctx)
		}, 4403},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) { endsPromptly(t, db, tc.end, tc.code) })
		})
	}
}

// endsPromptly makes the change at one replica, and has the socket and the stream at another; SQLite has one only.
func endsPromptly(t *testing.T, db *store.Store, end func(context.Context, *ent.Client, *ent.User), want int) {
	dbtest.CheckLeaks(t)
	there := start(t, db)
	here := there
	if db.IsPostgres() {
		here = serve(t, there.Stack, nil)
	}
	cookie, user := there.signedIn(t, role.Viewer)
	others, _ := there.signedIn(t, role.Admin)
	outcome, c := knock(t, here.url, header{"Cookie": cookie, "Origin": here.url})
	outcome2, stays := knock(t, here.url, header{"Cookie": others, "Origin": here.url})
	if outcome != ack || outcome2 != ack {
		t.Fatal(outcome, outcome2)
	}
	c.subscribe("1", watch, nil)
	response := send(t, here.url, request(watch, nil), header{"Cookie": cookie, "Accept": "text/event-stream"})
	if response.StatusCode != http.StatusOK {
		t.Fatal(response.StatusCode)
	}
	end(t.Context(), db.Ent(), user)
	begun := time.Now()
	there.sessions.Ended(t.Context())
	if code, reason := c.closed(); code != want || reason == "" {
		t.Errorf("socket: %d %q", code, reason)
	}
	wantError := map[int]string{4401: "UNAUTHENTICATED", 4403: "FORBIDDEN"}[want]
	if events := text(t, response); !strings.Contains(events, wantError) || !strings.HasSuffix(events, "event: complete\ndata:\n\n") {
		t.Errorf("stream: %s", events)
	}
	if took := time.Since(begun); took > prompt {
		t.Errorf("it took %s", took)
	}
	if !stays.live() {
		t.Error("the socket of somebody else was closed")
	}
	_ = stays.conn.CloseNow()
}

// An API token's end is told by the same signal.
func TestSocketsEndWithTheirAPIToken(t *testing.T) {
	dbtest.CheckLeaks(t)
	a := start(t, dbtest.Open(t, "sqlite"))
	c, stays := a.connect(t, role.Viewer), a.connect(t, role.Operator)
	a.DB.Ent().APIToken.Update().Where(apitoken.RoleEQ(role.Viewer)).SetRevokedAt(a.Clock.Now()).ExecX(t.Context())
	begun := time.Now()
	a.sessions.Ended(t.Context())
	if code, reason := c.closed(); code != 4401 || time.Since(begun) > prompt {
		t.Errorf("%d %q after %s", code, reason, time.Since(begun))
	}
	if !stays.live() {
		t.Error("the socket of another token was closed")
	}
	_ = stays.conn.CloseNow()
}

func TestSocketsAndStreamsEndWhenTheirSessionExpires(t *testing.T) {
	dbtest.CheckLeaks(t)
	clock := clockwork.NewFakeClockAt(time.Now())
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	sessions := session.New(s.DB, newBus(t, s.DB), clock, nil)
	a := serve(t, s, func(o *graphqlapi.Options) {
		o.Clock, o.Sessions, o.Recheck, o.Heartbeat = clock, sessions, 100*time.Hour, 100*time.Hour
	})
	cookie := browser(t, sessions, a.person(t, "ana@example.com", role.Viewer), peer.Peer{})
	clock.Advance(session.Lifetime - time.Minute)
	outcome, c := knock(t, a.url, header{"Cookie": cookie, "Origin": a.url})
	response := send(t, a.url, request(watch, nil), header{"Cookie": cookie, "Accept": "text/event-stream"})
	if outcome != ack || response.StatusCode != http.StatusOK {
		t.Fatal(outcome, response.StatusCode)
	}
	await(t, clock, 4) // the recheck, the heartbeat, and two ends
	clock.Advance(58 * time.Second)
	if !c.live() {
		t.Error("closed too early")
	}
	clock.Advance(2 * time.Second)
	if code, reason := c.closed(); code != 4401 || reason != "The session has ended." {
		t.Errorf("socket: %d %q", code, reason)
	}
	if events := text(t, response); !strings.Contains(events, "UNAUTHENTICATED") {
		t.Errorf("stream: %s", events)
	}
}

// However many sockets a session has, a signal makes one query for it.
func TestOneQueryForAllSocketsOfASession(t *testing.T) {
	dbtest.CheckLeaks(t)
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	sessions := &countedSessions{}
	a := serve(t, s, func(o *graphqlapi.Options) {
		sessions.Sessions = o.Sessions
		o.Sessions = sessions
	})
	cookie, user := a.signedIn(t, role.Viewer)
	var sockets []*client
	for range 5 {
		outcome, c := knock(t, a.url, header{"Cookie": cookie, "Origin": a.url})
		if outcome != ack {
			t.Fatal(outcome)
		}
		sockets = append(sockets, c)
	}
	before := sessions.looks.Load()
	if before != 5 { // each once, when it opened
		t.Errorf("%d queries to open 5 sockets", before)
	}
	a.sessions.Ended(t.Context())
	sessions.until(t, before+1)
	a.DB.Ent().Session.Delete().Where(entsession.UserID(user.ID)).ExecX(t.Context())
	a.sessions.Ended(t.Context())
	for _, c := range sockets {
		if code, _ := c.closed(); code != 4401 {
			t.Error(code)
		}
	}
	if n := sessions.looks.Load() - before; n != 2 {
		t.Errorf("%d queries for 2 signals", n)
	}
}

// A session that ended between the handshake and the connection_init does not live on until the next look.
func TestSocketOfASessionThatEndedDuringTheHandshake(t *testing.T) {
	a := start(t, dbtest.Open(t, "sqlite"))
	cookie, _ := a.signedIn(t, role.Viewer)
	c, _, err := a.dial(t, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header{"Cookie": cookie, "Origin": a.url}.http()})
	if err != nil {
		t.Fatal(err)
	}
	a.DB.Ent().Session.Delete().ExecX(t.Context())
	c.send(`{"type":"connection_init"}`)
	if code, reason := c.closed(); code != 4401 {
		t.Errorf("%d %q", code, reason)
	}
}
