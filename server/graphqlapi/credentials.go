package graphqlapi

import (
	"context"
	"strings"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
)

// credentials are what a caller was identified by; they are kept as long as its socket or stream is open.
type credentials struct {
	token  string // "": the caller was in the context already, or is nobody
	caller auth.Caller
}

type credentialsKey struct{}

func credentialsOf(ctx context.Context) credentials {
	c, _ := ctx.Value(credentialsKey{}).(credentials)
	return c
}

// identify returns a context in the name of the caller whose bearer token an Authorization header or a connection_init holds.
// Without one the context stays as it is. Errors: Unauthenticated, and those of Options.Authenticate.
func (e *endpoint) identify(ctx context.Context, authorization string) (context.Context, error) {
	c := credentials{caller: auth.CallerOf(ctx)}
	if authorization != "" {
		scheme, token, _ := strings.Cut(authorization, " ")
		if c.token = strings.TrimSpace(token); !strings.EqualFold(scheme, "Bearer") || c.token == "" {
			return ctx, apperr.New(apperr.Unauthenticated, "The request's credentials are of a kind that the API does not take.").
				WithHint("Send \"Authorization: Bearer TOKEN\" with an API token.")
		}
		var err error
		if c.caller, err = e.options.Authenticate(ctx, c.token); err != nil {
			return ctx, err
		}
	}
	return context.WithValue(auth.WithCaller(ctx, c.caller), credentialsKey{}, c), nil
}

// requireCaller fails for nobody. Sockets and streams cost something for as long as they are open, and every subscription asks
// for a role anyhow.
func requireCaller(ctx context.Context) error { return auth.Require(ctx, role.Viewer) }

// stillHold asks again whether the credentials are good: a token can be revoked while a subscription runs. What is no answer,
// such as a database that is away for a moment, ends nothing.
func (e *endpoint) stillHold(ctx context.Context) error {
	c := credentialsOf(ctx)
	if c.token == "" {
		return nil
	}
	now, err := e.options.Authenticate(ctx, c.token)
	switch {
	case apperr.Is(err, apperr.Unauthenticated):
		return err
	case err == nil && now.Role != c.caller.Role:
		return apperr.New(apperr.Unauthenticated, "The caller's role was changed.").WithHint("Connect again.")
	}
	return nil
}

// untilRefused calls end once the credentials do not hold any more; it returns then, or when ctx ends.
func (e *endpoint) untilRefused(ctx context.Context, end func(error)) {
	ticker := e.options.Clock.NewTicker(e.options.Recheck)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.Chan():
		}
		if err := e.stillHold(ctx); err != nil {
			end(err)
			return
		}
	}
}
