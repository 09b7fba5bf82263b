package graphqlapi

import (
	"context"
	"net/http"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
)

// Require guards a route beside /graphql by the same credentials. Its handler gets the requests of callers with at least the role
// min, in their name, and the context of one ends when the credentials do.
func (e *Endpoint) Require(min role.Role, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := e.identify(w, r)
		if err == nil {
			err = auth.Require(ctx, min)
		}
		if err == nil && auth.CallerOf(ctx).Session != 0 && fromElsewhere(r) {
			err = apperr.New(apperr.Forbidden, "A page of another origin sent this request, so it was refused.").
				WithHint("Open the dashboard at its own address.")
		}
		if err != nil {
			e.refuse(w, r, statusOf(err), err)
			return
		}
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		defer e.guard.watch(ctx, credentialsOf(ctx), func(why *apperr.Error) { cancel(why) })()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// fromElsewhere tells a request that a browser sends for a page of another origin. httpd refuses those that change something;
// reading is harmless there as long as the answer is small, which a download is not.
func fromElsewhere(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return site == "cross-site" || site == "same-site"
}
