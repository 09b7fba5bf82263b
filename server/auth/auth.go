// Package auth knows who is calling and what they may do.
package auth

import (
	"context"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// Caller is who a request comes from. The zero Caller is nobody.
type Caller struct {
	Kind auditentry.ActorKind
	ID   gid.ID // user or API token; 0 for neither
	Name string
	Role role.Role

	Email       string    // of a user
	Session     gid.ID    // of a user's browser; 0 for others
	SessionEnds time.Time // when that session expires
}

type callerKey struct{}

// WithCaller returns a context of work done for c.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerOf is who ctx's work is done for; the zero Caller for nobody.
func CallerOf(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// System is the caller of GuardMDM's own work, such as the periodic sync.
func System(ctx context.Context) context.Context {
	return WithCaller(ctx, Caller{Kind: auditentry.ActorKindSystem, Name: "GuardMDM", Role: role.Admin})
}

// Console is the caller of work started on the server's command line.
func Console(ctx context.Context) context.Context {
	return WithCaller(ctx, Caller{Kind: auditentry.ActorKindConsole, Name: "command line", Role: role.Admin})
}

// Require fails unless ctx's caller has at least role min.
func Require(ctx context.Context, min role.Role) error {
	c := CallerOf(ctx)
	switch {
	case !c.Role.Valid():
		return apperr.New(apperr.Unauthenticated, "This needs valid credentials, and the request has none.").
			WithHint("Sign in, or send \"Authorization: Bearer TOKEN\" with an API token: guardmdm api-token create --name NAME --role %s", strings.ToLower(string(min)))
	case !min.Valid(), !c.Role.Includes(min):
		return apperr.New(apperr.Forbidden, "This needs the role %s; %q has the role %s.", min, c.Name, c.Role).
			WithHint("Ask an administrator for an API token or account with the role %s.", min)
	}
	return nil
}
