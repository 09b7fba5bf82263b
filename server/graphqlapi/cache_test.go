package graphqlapi

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/auth"
)

// Nobody without a role fills our memory, and nobody does with large documents.
func TestQueryCacheTakesDocumentsOfCallersOnly(t *testing.T) {
	c := newQueryCache(2)
	known := auth.WithCaller(t.Context(), auth.Caller{Role: role.Viewer})
	large := strings.Repeat("x", maxCached+1)
	c.Add(t.Context(), "nobody's", &ast.QueryDocument{})
	c.Add(known, large, &ast.QueryDocument{})
	for _, query := range []string{"a", "b", "c"} {
		c.Add(known, query, &ast.QueryDocument{})
	}
	for query, want := range map[string]bool{"nobody's": false, large: false, "a": false, "b": true, "c": true} {
		if _, ok := c.Get(t.Context(), query); ok != want {
			t.Errorf("%.10s: kept %v, want %v", query, ok, want)
		}
	}
}
