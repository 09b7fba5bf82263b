package session_test

import (
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/session"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a Manager that serves requests.
type world struct {
	*session.Manager
	t     *testing.T
	db    *store.Store
	clock *clockwork.FakeClock
	ana   *ent.User
}

func newWorld(t *testing.T, db *store.Store) *world {
	t.Helper()
	bus := pubsub.NewMemory()
	t.Cleanup(func() { _ = bus.Close() })
	clock := clockwork.NewFakeClockAt(time.Date(2026, 8, 1, 12, 0, 0, 123456789, time.UTC))
	w := &world{Manager: session.New(db, bus, clock, slog.New(slog.DiscardHandler)), t: t, db: db, clock: clock}
	w.ana = w.user("ana@example.com", role.Admin)
	return w
}

func (w *world) user(email string, r role.Role) *ent.User {
	w.t.Helper()
	u, err := w.db.Ent().User.Create().SetEmail(email).SetName("Ana").SetRole(r).SetCreatedAt(w.clock.Now()).Save(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// browser is a client with at most one cookie.
type browser struct {
	w      *world
	https  bool
	cookie string // "name=value"
	set    string // the Set-Cookie of the last answer
}

// ask has the server do something in a request, and gives who it came from.
func (b *browser) ask(do func(r *http.Request) error) auth.Caller {
	b.w.t.Helper()
	r := httptest.NewRequestWithContext(peer.With(b.w.t.Context(), peer.Peer{HTTPS: b.https}), http.MethodPost, "/graphql", http.NoBody)
	if b.cookie != "" {
		r.Header.Set("Cookie", b.cookie)
	}
	answer := httptest.NewRecorder()
	ctx, caller, err := b.w.Open(answer, r)
	if err == nil && do != nil {
		err = do(r.WithContext(ctx))
	}
	if err != nil {
		b.w.t.Fatal(err)
	}
	if b.set = answer.Header().Get("Set-Cookie"); b.set != "" {
		b.cookie, _, _ = strings.Cut(b.set, ";")
		if strings.Contains(b.set, "Max-Age=0") {
			b.cookie = ""
		}
	}
	return caller
}

func (b *browser) who() auth.Caller { b.w.t.Helper(); return b.ask(nil) }

func (b *browser) signIn(user gid.ID) (ends time.Time) {
	b.w.t.Helper()
	b.ask(func(r *http.Request) (err error) {
		ends, err = b.w.Begin(r.Context(), user)
		return err
	})
	return ends
}

func (b *browser) signOut() {
	b.w.t.Helper()
	b.ask(func(r *http.Request) error { return b.w.End(r.Context()) })
}

func TestASessionFromSignInToSignOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		b := &browser{w: w}
		if c := b.who(); c != (auth.Caller{}) || b.set != "" {
			t.Fatalf("before: %+v, Set-Cookie %q", c, b.set)
		}
		ends := b.signIn(w.ana.ID)
		if want := time.Date(2026, 8, 2, 0, 0, 0, 0, time.UTC); !ends.Equal(want) {
			t.Errorf("ends %s, want %s", ends, want)
		}
		c := b.who()
		want := auth.Caller{Kind: auditentry.ActorKindUser, ID: w.ana.ID, Name: "Ana", Role: role.Admin, Email: "ana@example.com",
			Session: db.Reader().Session.Query().OnlyX(t.Context()).ID, SessionEnds: ends}
		if c != want {
			t.Errorf("signed in: %+v, want %+v", c, want)
		}
		if b.set != "" {
			t.Errorf("a request that changes nothing sets the cookie %q", b.set)
		}
		if again, err := w.Caller(t.Context(), c.Session); err != nil || again != c {
			t.Errorf("looked at again: %+v, %v", again, err)
		}
		kept := *b
		b.signOut()
		if !strings.HasPrefix(b.set, "guardmdm=; ") || !strings.Contains(b.set, "Max-Age=0") {
			t.Errorf("the cookie stays: %q", b.set)
		}
		if c := kept.who(); c != (auth.Caller{}) {
			t.Errorf("the cookie works after the sign-out: %+v", c)
		}
		if again, err := w.Caller(t.Context(), c.Session); err != nil || again != (auth.Caller{}) {
			t.Errorf("looked at after the sign-out: %+v, %v", again, err)
		}
		if n := db.Reader().Session.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d rows left", n)
		}
		b.signOut() // of nobody: nothing
	})
}

func TestCookies(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	for https, want := range map[bool]string{
		false: "guardmdm=TOKEN; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict",
		true:  "__Host-guardmdm=TOKEN; Path=/; Max-Age=43200; HttpOnly; Secure; SameSite=Strict",
	} {
		b := &browser{w: w, https: https}
		b.signIn(w.ana.ID)
		_, token, _ := strings.Cut(b.cookie, "=")
		if got := strings.Replace(b.set, token, "TOKEN", 1); got != want || len(token) != 43 {
			t.Errorf("https %v: %q, want %q", https, b.set, want)
		}
		// What was set over http may have been set by anybody on the way: over https it is nothing.
		if c := (&browser{w: w, https: !https, cookie: b.cookie}).who(); c != (auth.Caller{}) {
			t.Errorf("https %v: its cookie is taken at the other: %+v", https, c)
		}
	}
}

// A token that somebody put into the browser before is not that of the session.
func TestTheTokenChangesAtSignIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		planted := &browser{w: w, cookie: "guardmdm=" + strings.Repeat("A", 43)}
		known := planted.cookie
		planted.signIn(w.ana.ID)
		if planted.cookie == known || (&browser{w: w, cookie: known}).who() != (auth.Caller{}) {
			t.Error("the planted token is the session's")
		}
		bo := w.user("bo@example.com", role.Viewer)
		signals, stop := w.Watch()
		defer stop()
		before := *planted
		planted.signIn(bo.ID)
		if c := planted.who(); c.ID != bo.ID {
			t.Errorf("signed in as another: %+v", c)
		}
		if c := before.who(); c != (auth.Caller{}) {
			t.Errorf("the session before goes on: %+v", c)
		}
		select {
		case <-signals:
		default:
			t.Error("the end of the session before is not told")
		}
	})
}

func TestWhatTheDatabaseHoldsIsNoCookie(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		b := &browser{w: w}
		b.signIn(w.ana.ID)
		_, token, _ := strings.Cut(b.cookie, "=")
		row := db.Reader().Session.Query().OnlyX(t.Context())
		if strings.Contains(fmt.Sprintf("%s %s %x %x", row.TokenHash, row.Data, row.TokenHash, row.Data), token) {
			t.Error("the row has the token")
		}
		for _, stolen := range []string{
			base64.RawURLEncoding.EncodeToString(row.TokenHash), fmt.Sprintf("%x", row.TokenHash), row.ID.String(),
			base64.RawURLEncoding.EncodeToString(row.Data),
		} {
			if c := (&browser{w: w, cookie: "guardmdm=" + stolen}).who(); c != (auth.Caller{}) {
				t.Errorf("%q is a cookie: %+v", stolen, c)
			}
		}
	})
}

func TestCookiesThatNameNoSession(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	for _, value := range []string{"x", strings.Repeat("A", 43), "a\x00b", "' OR 1=1 --", "%00", strings.Repeat("z", 8000), "é"} {
		b := &browser{w: w, cookie: "guardmdm=" + value}
		if c := b.who(); c != (auth.Caller{}) || b.set != "" {
			t.Errorf("%.20q: %+v, Set-Cookie %q", value, c, b.set)
		}
	}
}

// Another tab's request was under way with the cookie of before: its answer must not touch the new one.
func TestAnswersToTheCookieOfBefore(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	b := &browser{w: w}
	b.signIn(w.ana.ID)
	tab := *b
	b.signIn(w.ana.ID)
	if c := tab.who(); c != (auth.Caller{}) || tab.set != "" {
		t.Errorf("%+v, Set-Cookie %q", c, tab.set)
	}
}

func TestSessionsEndAfterTwelveHours(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		b := &browser{w: w}
		ends := b.signIn(w.ana.ID)
		for range 3 { // use makes it no longer
			w.clock.Advance(3 * time.Hour)
			if b.who().ID != w.ana.ID {
				t.Fatal("ended too early")
			}
		}
		w.clock.Advance(ends.Sub(w.clock.Now()) - time.Millisecond)
		later := &browser{w: w}
		later.signIn(w.ana.ID)
		c := b.who()
		if c.ID != w.ana.ID {
			t.Fatal("ended too early")
		}
		w.clock.Advance(time.Millisecond)
		if again, err := w.Caller(t.Context(), c.Session); err != nil || again != (auth.Caller{}) {
			t.Errorf("looked at after its end: %+v, %v", again, err)
		}
		if c := b.who(); c != (auth.Caller{}) {
			t.Errorf("goes on after its end: %+v", c)
		}
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := db.Reader().Session.Query().CountX(t.Context()); n != 1 || later.who().ID != w.ana.ID {
			t.Errorf("%d rows after the sweep; want the later one", n)
		}
	})
}

func TestSessionsFollowTheirUser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		b := &browser{w: w}
		b.signIn(w.ana.ID)
		db.Ent().User.UpdateOne(w.ana).SetRole(role.Viewer).SetName("Ana B.").ExecX(t.Context())
		if c := b.who(); c.Role != role.Viewer || c.Name != "Ana B." {
			t.Errorf("changed: %+v", c)
		}
		db.Ent().User.UpdateOne(w.ana).SetDisabledAt(w.clock.Now()).ExecX(t.Context())
		disabled := *b
		if c := disabled.who(); c != (auth.Caller{}) {
			t.Errorf("disabled: %+v", c)
		}
		db.Ent().User.UpdateOne(w.ana).ClearDisabledAt().ExecX(t.Context())
		db.Ent().User.DeleteOne(w.ana).ExecX(t.Context())
		if c := b.who(); c != (auth.Caller{}) {
			t.Errorf("removed: %+v", c)
		}
		if n := db.Reader().Session.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d rows of a user who was removed", n)
		}
		b.ask(func(r *http.Request) error {
			if _, err := w.Begin(r.Context(), w.ana.ID); !apperr.Is(err, apperr.Conflict) {
				t.Errorf("a session of nobody: %v", err)
			}
			return nil
		})
	})
}

func TestWhenAPersonWasLastSeen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		b := &browser{w: w}
		b.signIn(w.ana.ID)
		seen := func() time.Time {
			t.Helper()
			b.who()
			at := db.Reader().User.GetX(t.Context(), w.ana.ID).LastSeenAt
			if at == nil {
				t.Fatal("not seen")
			}
			return *at
		}
		first := seen()
		w.clock.Advance(59 * time.Second)
		if at := seen(); !at.Equal(first) {
			t.Errorf("noted again after 59 s: %s", at)
		}
		w.clock.Advance(time.Second + time.Microsecond) // a database rounds to one
		if at := seen(); !at.After(first) {
			t.Error("not noted again after a minute")
		}
	})
}

// Work that no browser asked for has no session: it must not end in a panic.
func TestWithoutABrowser(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	if _, err := w.Begin(t.Context(), w.ana.ID); !apperr.Is(err, apperr.BadUserInput) {
		t.Error(err)
	}
	if err := w.End(t.Context()); err != nil {
		t.Error(err)
	}
	if n := w.db.Reader().Session.Query().CountX(t.Context()); n != 0 {
		t.Errorf("%d rows", n)
	}
}
