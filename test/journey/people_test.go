package journey_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/test/dbtest"
)

// browser is somebody's, with cookies.
type browser struct {
	w      *world
	client http.Client
}

func (w *world) browser() *browser {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &browser{w: w, client: http.Client{Jar: jar}}
}

// answer is of any operation here: each asks for one field.
type answer struct {
	Data   map[string]json.RawMessage
	Errors []struct {
		Extensions struct {
			Code       string
			RetryAfter float64
		}
	}
}

// ask sends an operation and decodes its one field into data. It gives the code of the error that there was, of either kind.
func (b *browser) ask(query string, variables map[string]any, data any) (code string) {
	b.w.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		b.w.t.Fatal(err)
	}
	res, err := b.client.Post(b.w.api.URL+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		b.w.t.Fatal(err)
	}
	defer res.Body.Close()
	var got answer
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil {
		b.w.t.Fatal(err)
	}
	if len(got.Errors) > 0 {
		return got.Errors[0].Extensions.Code
	}
	for _, field := range got.Data {
		var payload struct{ UserErrors []struct{ Code string } }
		if json.Unmarshal(field, &payload) == nil && len(payload.UserErrors) > 0 {
			return payload.UserErrors[0].Code
		}
		if data != nil {
			if err := json.Unmarshal(field, data); err != nil {
				b.w.t.Fatalf("%s: %v", field, err)
			}
		}
	}
	return ""
}

// must is ask for what has to succeed.
func (b *browser) must(query string, variables map[string]any, data any) {
	b.w.t.Helper()
	if code := b.ask(query, variables, data); code != "" {
		b.w.t.Fatalf("%s: %s", query, code)
	}
}

// who is the e-mail address behind the browser's session; "" without one.
func (b *browser) who() string {
	b.w.t.Helper()
	var viewer struct{ Email string }
	if code := b.ask(`{ viewer { email } }`, nil, &viewer); code != "" && code != "UNAUTHENTICATED" {
		b.w.t.Errorf("viewer: %s", code)
	}
	return viewer.Email
}

const (
	signIn = `mutation($email: String!, $password: String!) { signIn(input: {email: $email, password: $password}) { viewer { email sessionExpiresAt } userErrors { code } } }`
	update = `mutation($id: ID!, $role: Role, $disabled: Boolean) {
		updateUser(input: {userId: $id, role: $role, disabled: $disabled}) { user { role status linkExpiresAt } userErrors { code } } }`

	firstPassword  = "lime anchor violet drum"
	secondPassword = "cobalt fig 7 harbour moth"
)

// From the setup link to the second administrator, as browsers do it.
func TestPeople(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL)
		setup, err := w.server.SetupURL(t.Context())
		if err != nil || !strings.HasPrefix(setup, w.api.URL+"/setup#") {
			t.Fatalf("%q, %v", setup, err)
		}
		ana := w.browser()
		create := `mutation($code: String!, $password: String!) {
			createFirstAdmin(input: {code: $code, name: "Ana", email: "ana@example.org", password: $password}) { viewer { email } userErrors { code } } }`
		code := func(link string) string { _, code, _ := strings.Cut(link, "#"); return code }
		if got := ana.ask(create, map[string]any{"code": code(setup) + "x", "password": firstPassword}, nil); got != "BAD_USER_INPUT" || ana.who() != "" {
			t.Errorf("a wrong code: %q, then the session is of %q", got, ana.who())
		}
		ana.must(create, map[string]any{"code": code(setup), "password": firstPassword}, nil)
		if who := ana.who(); who != "ana@example.org" {
			t.Fatalf("the session is of %q", who)
		}

		type person struct {
			ID, Email, Name, Role, Status string
			LinkExpiresAt                 *time.Time
		}
		var added struct {
			User     person
			LinkPath string
		}
		ana.must(`mutation { addUser(input: {email: "Omar@example.org", name: "Omar", role: OPERATOR}) {
			user { id email name role status linkExpiresAt } linkPath userErrors { code } } }`, nil, &added)
		if added.User.Status != "INVITED" || added.User.LinkExpiresAt == nil {
			t.Errorf("got %+v", added)
		}
		omar := w.browser()
		var link struct{ Purpose, Email, Name string }
		omar.must(`query($code: String!) { oneTimeLink(code: $code) { purpose email name } }`, map[string]any{"code": code(added.LinkPath)}, &link)
		if link.Purpose != "INVITATION" || link.Email != "omar@example.org" || link.Name != "Omar" {
			t.Errorf("got %+v", link)
		}
		redeem := `mutation($code: String!, $password: String!) { redeemLink(input: {code: $code, password: $password}) { viewer { email } userErrors { code } } }`
		omar.must(redeem, map[string]any{"code": code(added.LinkPath), "password": firstPassword}, nil)
		if who := omar.who(); who != "omar@example.org" {
			t.Errorf("the session is of %q", who)
		}
		for _, forbidden := range []string{
			`mutation { addUser(input: {email: "x@example.org", name: "X", role: ADMIN}) { userErrors { code } } }`,
			fmt.Sprintf(`mutation { removeUser(input: {userId: %q}) { userErrors { code } } }`, added.User.ID),
		} {
			if got := omar.ask(forbidden, nil, nil); got != "FORBIDDEN" {
				t.Errorf("%s: %q", forbidden, got)
			}
		}

		var users struct{ Edges []struct{ Node person } }
		omar.must(`{ users { edges { node { id email name role status linkExpiresAt } } } }`, nil, &users)
		want := []person{
			{Email: "ana@example.org", Name: "Ana", Role: "ADMIN", Status: "ACTIVE"}, {Email: "omar@example.org", Name: "Omar", Role: "OPERATOR", Status: "ACTIVE"},
		}
		var got []person
		for _, edge := range users.Edges {
			edge.Node.ID = ""
			got = append(got, edge.Node)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}

		elsewhere := w.browser()
		var session struct {
			Viewer struct{ SessionExpiresAt time.Time }
		}
		elsewhere.must(signIn, map[string]any{"email": "omar@example.org", "password": firstPassword}, &session)
		if left := session.Viewer.SessionExpiresAt.Sub(w.clock.Now()); left < 11*time.Hour || left > 12*time.Hour {
			t.Errorf("the session ends in %s", left)
		}
		omar.must(`mutation($now: String!, $next: String!) { changePassword(input: {currentPassword: $now, newPassword: $next}) { userErrors { code } } }`,
			map[string]any{"now": firstPassword, "next": secondPassword}, nil)
		if here, there := omar.who(), elsewhere.who(); here == "" || there != "" {
			t.Errorf("after a change of the password: here %q, elsewhere %q", here, there)
		}

		ana.must(update, map[string]any{"id": added.User.ID, "role": "ADMIN"}, nil)
		var sessions struct{ SessionsEnded int }
		omar.must(`mutation { signOutEverywhere(input: {}) { sessionsEnded userErrors { code } } }`, nil, &sessions)
		if sessions.SessionsEnded != 1 || omar.who() != "" {
			t.Errorf("%d sessions ended, then %q", sessions.SessionsEnded, omar.who())
		}
		var changed struct{ User person }
		ana.must(update, map[string]any{"id": added.User.ID, "disabled": true}, &changed)
		if changed.User.Role != "ADMIN" || changed.User.Status != "DISABLED" {
			t.Errorf("got %+v", changed)
		}
		if got := omar.ask(signIn, map[string]any{"email": "omar@example.org", "password": secondPassword}, nil); got != "BAD_USER_INPUT" || omar.who() != "" {
			t.Errorf("who may not sign in: %q", got)
		}
		ana.must(`mutation($id: ID!) { removeUser(input: {userId: $id}) { removedId userErrors { code } } }`, map[string]any{"id": added.User.ID}, nil)
		ana.must(`mutation { signOut { userErrors { code } } }`, nil, nil)
		if who := ana.who(); who != "" {
			t.Errorf("after signing out the session is of %q", who)
		}
		for i := range 6 {
			want := "BAD_USER_INPUT"
			if i == 5 {
				want = "RATE_LIMITED"
			}
			if got := ana.ask(signIn, map[string]any{"email": "ana@example.org", "password": secondPassword}, nil); got != want {
				t.Errorf("wrong password %d: %q, want %q", i+1, got, want)
			}
		}
		var audit struct {
			AuditEntries struct {
				Edges []struct {
					Node struct{ Action, ActorName string }
				}
			}
		}
		w.api.MustCall(t, `{ auditEntries(first: 20) { edges { node { action actorName } } } }`, nil, &audit)
		var actions []string
		for _, edge := range audit.AuditEntries.Edges {
			actions = append(actions, edge.Node.ActorName+" "+edge.Node.Action)
		}
		for _, action := range []string{"Ana createFirstAdmin", "Omar redeemLink", "Omar changePassword", "GuardMDM signInFailed", "Ana removeUser", "Ana signOut"} {
			if !slices.Contains(actions, action) {
				t.Errorf("%q is not among %q", action, actions)
			}
		}
	})
}
