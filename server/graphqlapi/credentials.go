package graphqlapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/peer"
)

// Sessions are those of signed-in browsers.
type Sessions interface {
	// Open finds the session that the request's cookie names; the zero Caller: there is none. With the context, sign-ins and
	// sign-outs set the answer's cookie.
	Open(w http.ResponseWriter, r *http.Request) (context.Context, auth.Caller, error)
	// Caller is whose session it is, as of now; the zero Caller: it has ended.
	Caller(ctx context.Context, session gid.ID) (auth.Caller, error)
	// Watch gives a signal whenever credentials may have ended, those of programs too, until stop is called.
	Watch() (signals <-chan struct{}, stop func())
}

// credentials are what a caller was identified by; they are kept as long as its socket or stream is open. A browser's are its
// caller's session.
type credentials struct {
	token  string // of a program
	caller auth.Caller
}

type credentialsKey struct{}

func withCredentials(ctx context.Context, c credentials) context.Context {
	return context.WithValue(auth.WithCaller(ctx, c.caller), credentialsKey{}, c)
}

func credentialsOf(ctx context.Context) credentials {
	c, _ := ctx.Value(credentialsKey{}).(credentials)
	return c
}

// identify returns a context in the name of who the request comes from: the holder of the token in its Authorization header, or, if
// it has no such header, the person whose session its cookie names. Errors: Unauthenticated for a bad token, and what may pass.
func (e *Endpoint) identify(w http.ResponseWriter, r *http.Request) (context.Context, error) {
	ctx := r.Context()
	if authorization := r.Header.Get("Authorization"); authorization != "" {
		return e.authenticate(ctx, authorization)
	}
	c := credentials{caller: auth.CallerOf(ctx)}
	if e.options.Sessions != nil && takesCookie(r) {
		opened, caller, err := e.options.Sessions.Open(w, r)
		if err != nil {
			return ctx, err
		}
		ctx = opened
		if caller.Role.Valid() {
			c.caller = caller
		}
	}
	return withCredentials(ctx, c), nil
}

// authenticate returns a context in the name of the holder of the bearer token that an Authorization header or a connection_init
// has. Errors: Unauthenticated, and those of Options.Authenticate.
func (e *Endpoint) authenticate(ctx context.Context, authorization string) (context.Context, error) {
	scheme, token, _ := strings.Cut(authorization, " ")
	c := credentials{token: strings.TrimSpace(token)}
	if !strings.EqualFold(scheme, "Bearer") || c.token == "" {
		return ctx, apperr.New(apperr.Unauthenticated, "The request's credentials are of a kind that the API does not take.").
			WithHint("Send \"Authorization: Bearer TOKEN\" with an API token.")
	}
	var err error
	if c.caller, err = e.options.Authenticate(ctx, c.token); err != nil {
		return ctx, err
	}
	return withCredentials(ctx, c), nil
}

// takesCookie is false for a WebSocket that a page of another origin opens, or one that does not tell its origin: browsers send
// cookies with both, ask nobody before, and let the page read. Other requests of that kind do not come here: httpd refuses them.
func takesCookie(r *http.Request) bool {
	if wayOf(r) != socket {
		return true
	}
	origin, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && origin.Host != "" && strings.EqualFold(origin.Host, r.Host) &&
		(origin.Scheme == "https" || !peer.From(r.Context()).HTTPS)
}

// requireCaller fails for nobody. Sockets and streams cost something for as long as they are open, and every subscription asks
// for a role anyhow.
func requireCaller(ctx context.Context) error { return auth.Require(ctx, role.Viewer) }

func sessionEnded() *apperr.Error {
	return apperr.New(apperr.Unauthenticated, "The session has ended.").WithHint("Sign in again.")
}

// recheck is who the credentials stand for by now. Errors: Unauthenticated when they hold no longer, and what may pass.
func (e *Endpoint) recheck(ctx context.Context, c credentials) (auth.Caller, error) {
	if c.token != "" {
		return e.options.Authenticate(ctx, c.token)
	}
	now, err := e.options.Sessions.Caller(ctx, c.caller.Session)
	if err == nil && !now.Role.Valid() {
		err = sessionEnded()
	}
	return now, err
}

// refusal is why what was opened by c cannot stay open, given the answer of recheck. What is no answer, such as a database that is
// away for a moment, ends nothing.
func (c credentials) refusal(now auth.Caller, err error) *apperr.Error {
	switch {
	case apperr.Is(err, apperr.Unauthenticated):
		return apperr.As(err)
	case err == nil && now.Role != c.caller.Role:
		return apperr.New(apperr.Forbidden, "The caller's role was changed.").WithHint("Connect again.")
	}
	return nil
}
