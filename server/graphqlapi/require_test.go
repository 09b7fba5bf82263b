package graphqlapi_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Other routes know the callers of /graphql. A browser that sends the cookie for a page of another origin is refused, as it would not
// be for a GET; a program is not concerned.
func TestRequire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		var options graphqlapi.Options
		a := serve(t, stack.New(t, db, stack.Options{}), func(o *graphqlapi.Options) { options = *o })
		endpoint, err := graphqlapi.New(options)
		if err != nil {
			t.Fatal(err)
		}
		var caller auth.Caller
		guarded := endpoint.Require(role.Operator, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { caller = auth.CallerOf(r.Context()) }))
		cookie, user := a.signedIn(t, role.Operator)
		asViewer, _ := a.signedIn(t, role.Viewer)
		for name, tt := range map[string]struct {
			header header
			status int
		}{
			"nobody":                    {header{}, 401},
			"unknown token":             {header{"Authorization": "Bearer gmdm_x"}, 401},
			"other scheme":              {header{"Authorization": "Basic YTpi"}, 401},
			"viewer's token":            {header{"Authorization": "Bearer " + a.tokens[role.Viewer]}, 403},
			"token":                     {header{"Authorization": "Bearer " + a.tokens[role.Operator]}, 200},
			"token from elsewhere":      {header{"Authorization": "Bearer " + a.tokens[role.Admin], "Sec-Fetch-Site": "cross-site"}, 200},
			"session of a viewer":       {header{"Cookie": asViewer}, 403},
			"session":                   {header{"Cookie": cookie}, 200},
			"session from the page":     {header{"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}, 200},
			"session, address typed":    {header{"Cookie": cookie, "Sec-Fetch-Site": "none"}, 200},
			"session from another site": {header{"Cookie": cookie, "Sec-Fetch-Site": "cross-site"}, 403},
			"session from a neighbour":  {header{"Cookie": cookie, "Sec-Fetch-Site": "same-site"}, 403},
		} {
			caller = auth.Caller{}
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/export/x", http.NoBody)
			r.Header = tt.header.http()
			w := httptest.NewRecorder()
			guarded.ServeHTTP(w, r)
			if w.Code != tt.status || caller.Role.Valid() != (tt.status == 200) {
				t.Errorf("%s: %d as %q", name, w.Code, caller.Name)
			}
			if name == "session" && caller.ID != user.ID {
				t.Errorf("%s: %v", name, caller)
			}
		}
	})
}
