package people_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/user"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/people"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/session"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const (
	password = "lime anchor violet drum"
	another  = "cobalt fig 7 harbour moth"
)

// world is the people with the real sessions.
type world struct {
	*testing.T
	*people.Service
	db       *store.Store
	clock    *clockwork.FakeClock
	sessions *session.Manager
	log      *bytes.Buffer
}

func each(t *testing.T, f func(w *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, db *store.Store) { f(newWorld(t, db)) })
}

func newWorld(t *testing.T, db *store.Store) *world {
	bus := pubsub.NewMemory()
	t.Cleanup(func() {
		if err := bus.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{T: t, db: db, clock: clockwork.NewFakeClockAt(start), log: &bytes.Buffer{}}
	log := slog.New(slog.NewTextHandler(&lockedWriter{to: w.log}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.sessions = session.New(db, bus, w.clock, log)
	w.Service = people.New(db, w.sessions, w.clock, log)
	return w
}

type lockedWriter struct {
	mu sync.Mutex
	to *bytes.Buffer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// console is a context of the command line.
func (w *world) console() context.Context { return auth.Console(w.Context()) }

// person adds somebody with the password.
func (w *world) person(name string, r role.Role) *ent.User {
	w.Helper()
	return must[*ent.User](w.T)(w.AddWithPassword(w.console(), name+"@example.org", name, r, password))
}

// as is a context of the person's request.
func (w *world) as(u *ent.User) context.Context {
	return auth.WithCaller(w.Context(), auth.Caller{Kind: auditentry.ActorKindUser, ID: u.ID, Name: u.Name, Role: u.Role, Email: u.Email})
}

// again reads the person as they are now.
func (w *world) again(u *ent.User) *ent.User {
	w.Helper()
	return must[*ent.User](w.T)(w.db.Reader().User.Get(w.Context(), u.ID))
}

// browser keeps the cookie.
type browser struct {
	*world
	addr   string
	cookie *http.Cookie
}

func (w *world) browser() *browser { return &browser{world: w, addr: "192.0.2.1"} }

// do makes a request: f is its handler.
func (b *browser) do(f func(ctx context.Context)) {
	b.Helper()
	recorder, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/graphql", nil)
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	r = r.WithContext(peer.With(b.Context(), peer.Peer{Addr: netip.MustParseAddr(b.addr)}))
	ctx, caller, err := b.sessions.Open(recorder, r)
	if err != nil {
		b.Fatal(err)
	}
	f(auth.WithCaller(ctx, caller))
	for _, cookie := range recorder.Result().Cookies() {
		if b.cookie = cookie; cookie.MaxAge < 0 {
			b.cookie = nil
		}
	}
}

// who is whose session the browser has; "" for nobody's.
func (b *browser) who() (email string) {
	b.Helper()
	b.do(func(ctx context.Context) { email = auth.CallerOf(ctx).Email })
	return email
}

func (b *browser) signIn(email, password string) (c auth.Caller, err error) {
	b.do(func(ctx context.Context) { c, err = b.SignIn(ctx, email, password) })
	return c, err
}

func (b *browser) redeem(path, password string) (c auth.Caller, err error) {
	b.do(func(ctx context.Context) { c, err = b.Redeem(ctx, code(path), password) })
	return c, err
}

// signedIn is a browser in which the person has signed in.
func (w *world) signedIn(u *ent.User, password string) *browser {
	w.Helper()
	b := w.browser()
	if _, err := b.signIn(u.Email, password); err != nil {
		w.Fatal(err)
	}
	return b
}

// code is what stands in the fragment of a link.
func code(path string) string {
	_, code, _ := strings.Cut(path, "#")
	return code
}

// refused fails the test unless err has the code, and says so.
func (w *world) refused(err error, code apperr.Code, field, says string) {
	w.Helper()
	e := apperr.As(err)
	if e == nil || e.Code != code || strings.Join(e.Field, ".") != field || !strings.Contains(e.Message+"\n"+e.Hint, says) {
		w.Errorf("got %v (field %q), want %s at %q with %q", err, e, code, field, says)
	}
}

// entry is what is compared of an audit entry.
type entry struct{ Actor, Action, Object, Before, After string }

// audit gives the entries since the last call.
func (w *world) audit(actions ...string) []entry {
	w.Helper()
	var entries []entry
	for _, e := range w.db.Reader().AuditEntry.Query().Where(auditentry.ActionIn(actions...)).Order(auditentry.ByID()).AllX(w.Context()) {
		entries = append(entries, entry{string(e.ActorKind) + " " + e.ActorName, e.Action, e.ObjectName, sorted(w, e.Before), sorted(w, e.After)})
	}
	return entries
}

func sorted(w *world, object json.RawMessage) string {
	if len(object) == 0 {
		return ""
	}
	var fields map[string]any
	if err := json.Unmarshal(object, &fields); err != nil {
		w.Fatal(err)
	}
	text, err := json.Marshal(fields)
	if err != nil {
		w.Fatal(err)
	}
	return string(text)
}

// administrators counts those who can sign in.
func (w *world) administrators() int {
	return w.db.Reader().User.Query().Where(user.RoleEQ(role.Admin), user.DisabledAtIsNil(), user.PasswordHashNEQ("")).CountX(w.Context())
}
