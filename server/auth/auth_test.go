package auth_test

import (
	"context"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
)

func TestRequire(t *testing.T) {
	as := func(r role.Role) context.Context {
		return auth.WithCaller(t.Context(), auth.Caller{Kind: auditentry.ActorKindAPIToken, Name: "ci", Role: r})
	}
	for name, c := range map[string]struct {
		ctx                     context.Context
		viewer, operator, admin apperr.Code
	}{
		"nobody":       {t.Context(), apperr.Unauthenticated, apperr.Unauthenticated, apperr.Unauthenticated},
		"zero caller":  {auth.WithCaller(t.Context(), auth.Caller{}), apperr.Unauthenticated, apperr.Unauthenticated, apperr.Unauthenticated},
		"unknown role": {as("ROOT"), apperr.Unauthenticated, apperr.Unauthenticated, apperr.Unauthenticated},
		"viewer":       {as(role.Viewer), "", apperr.Forbidden, apperr.Forbidden},
		"operator":     {as(role.Operator), "", "", apperr.Forbidden},
		"admin":        {as(role.Admin), "", "", ""},
		"system":       {auth.System(t.Context()), "", "", ""},
		"console":      {auth.Console(t.Context()), "", "", ""},
		"lowered":      {auth.WithCaller(auth.System(t.Context()), auth.Caller{Role: role.Viewer}), "", apperr.Forbidden, apperr.Forbidden},
	} {
		for min, want := range map[role.Role]apperr.Code{role.Viewer: c.viewer, role.Operator: c.operator, role.Admin: c.admin} {
			err := auth.Require(c.ctx, min)
			if got := apperr.CodeOf(err); got != want {
				t.Errorf("%s, at least %s: %q, not %q", name, min, got, want)
			}
			if e := apperr.As(err); e != nil && (e.Hint == "" || !strings.Contains(strings.ToUpper(e.Message+e.Hint), string(min))) {
				t.Errorf("%s, at least %s: %q, %q do not say what is needed", name, min, e.Message, e.Hint)
			}
		}
		for _, unknown := range []role.Role{"", "ROOT"} { // a mistake in the program must not open a door
			if auth.Require(c.ctx, unknown) == nil {
				t.Errorf("%s may do what needs the role %q", name, unknown)
			}
		}
	}
}
