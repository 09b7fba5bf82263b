// Package session keeps people signed in: a cookie in the browser, a row in the database. The row has the SHA-256 of the
// cookie's token, so whoever reads the database cannot sign in by what they read.
package session

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/session"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// Lifetime is how long a session lasts, however much it is used.
	Lifetime = 12 * time.Hour

	// topic is signaled when credentials of whatever kind may have ended: sessions, people, API tokens.
	topic = "credentials"
	// userKey is the one value of a session.
	userKey = "user"
	// announceTimeout bounds the signal, which is sent although its request may be over.
	announceTimeout = 5 * time.Second
)

// Manager begins, finds and ends sessions. It is safe for concurrent use.
type Manager struct {
	store *store.Store
	bus   pubsub.Bus
	clock clockwork.Clock
	log   *slog.Logger
	scs   *scs.SessionManager
}

// New makes a Manager.
func New(db *store.Store, bus pubsub.Bus, clock clockwork.Clock, log *slog.Logger) *Manager {
	m := &Manager{store: db, bus: bus, clock: clock, log: log}
	// Not scs.New, which starts a store in memory that nothing stops. The cookie is ours too: scs takes its life from the
	// machine's clock, and its name must depend on the request.
	m.scs = &scs.SessionManager{Lifetime: Lifetime, Codec: scs.GobCodec{}, HashTokenInStore: true, Store: rows{m: m}}
	return m
}

// visit is the request that a session is looked for and kept by.
type visit struct {
	header http.Header // of the answer
	caller auth.Caller // whose session it has; the zero Caller for none
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// Open finds the session that the request's cookie names, by one query. The zero Caller means that there is none: the cookie is
// missing, unknown or expired, or the user may not sign in any more. An unknown one is not taken back: a request that was under way
// while another one began a new session would take away that one's. With the context, sessions begin and end; it has to be done
// before the answer begins, for its header gets the cookie.
func (m *Manager) Open(w http.ResponseWriter, r *http.Request) (context.Context, auth.Caller, error) {
	v := &visit{header: w.Header()}
	ctx := context.WithValue(r.Context(), visitKey{}, v)
	var token string
	if cookie, err := r.Cookie(cookieName(ctx)); err == nil {
		token = cookie.Value
	}
	ctx, err := m.scs.Load(ctx, token)
	if err != nil {
		return r.Context(), auth.Caller{}, store.MapError(err)
	}
	return ctx, v.caller, nil
}

// Possible fails with BadUserInput for a request that has other credentials than a browser's: it can begin no session.
func (m *Manager) Possible(ctx context.Context) error {
	if visitOf(ctx) == nil {
		return apperr.New(apperr.BadUserInput, "Sessions are for browsers, and this request has other credentials.").
			WithHint("Send it without Authorization, or go on with the API token: programs need no session.")
	}
	return nil
}

// Begin signs the user in at the browser of ctx's request, until the time that it returns. The token is new: one that somebody
// planted in the browser before is worth nothing. It comes after the transaction that made the user, not within. Errors: that of
// Possible, Conflict when the user does not exist.
func (m *Manager) Begin(ctx context.Context, user gid.ID) (ends time.Time, err error) {
	if err := m.Possible(ctx); err != nil {
		return time.Time{}, err
	}
	renewed := m.scs.Token(ctx) != ""
	if err := m.scs.RenewToken(ctx); err != nil {
		return time.Time{}, store.MapError(err)
	}
	m.scs.Put(ctx, userKey, int64(user))
	ends = m.clock.Now().Add(Lifetime).UTC().Truncate(time.Second)
	m.scs.SetDeadline(ctx, ends)
	token, _, err := m.scs.Commit(ctx)
	if err != nil {
		return time.Time{}, store.MapError(err)
	}
	setCookie(ctx, token)
	if renewed {
		m.Ended(ctx)
	}
	return ends, nil
}

// End signs the browser of ctx's request out. Without a session it does nothing.
func (m *Manager) End(ctx context.Context) error {
	if visitOf(ctx) == nil || m.scs.Token(ctx) == "" {
		return nil
	}
	if err := m.scs.Destroy(ctx); err != nil {
		return store.MapError(err)
	}
	setCookie(ctx, "")
	m.Ended(ctx)
	return nil
}

// Caller is whose session it is, as of now; the zero Caller when it has ended, or the user may not sign in any more.
func (m *Manager) Caller(ctx context.Context, id gid.ID) (auth.Caller, error) {
	found, err := m.find(ctx, session.ID(id))
	if err != nil || found == nil {
		return auth.Caller{}, store.MapError(err)
	}
	return found.caller(), nil
}

// Ended says, on all replicas, that credentials may have ended: sessions, people or API tokens were changed and the change is
// committed. What is open looks at its own then.
func (m *Manager) Ended(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), announceTimeout)
	defer cancel()
	if err := m.bus.Publish(ctx, topic); err != nil {
		m.log.WarnContext(ctx, "the end of credentials could not be announced; open sockets see it within a minute", "error", err)
	}
}

// Watch gives a signal whenever credentials may have ended, until stop is called.
func (m *Manager) Watch() (signals <-chan struct{}, stop func()) {
	subscription := m.bus.Subscribe(topic)
	return subscription.C(), subscription.Close
}

// Sweep removes the sessions that have expired.
func (m *Manager) Sweep(ctx context.Context) error {
	_, err := m.store.Ent().Session.Delete().Where(session.ExpiresAtLTE(m.clock.Now())).Exec(ctx)
	return store.MapError(err)
}

// cookieName has the prefix by which browsers take the cookie from this very host over https alone. Over http they would refuse it,
// and whatever else is Secure: then the dashboard at an address without https could not be used at all.
func cookieName(ctx context.Context) string {
	if peer.From(ctx).HTTPS {
		return "__Host-guardmdm"
	}
	return "guardmdm"
}

// setCookie puts the session's cookie, or for "" its removal, into the answer; the last one of a request counts. SameSite=Strict
// costs nothing: the page itself is for everybody, and its own requests are of the same site.
func setCookie(ctx context.Context, token string) {
	cookie := http.Cookie{
		Name: cookieName(ctx), Value: token, Path: "/", MaxAge: int(Lifetime.Seconds()),
		HttpOnly: true, Secure: peer.From(ctx).HTTPS, SameSite: http.SameSiteStrictMode,
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	visitOf(ctx).header.Set("Set-Cookie", cookie.String())
}
