package graphqlapi

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/guardmdm/guardmdm/server/auth"
)

// maxCached is the largest document that is kept, in bytes. Parsed, it takes some thirty times as much.
const maxCached = 8 << 10

// queryCache keeps parsed documents of those who have a role: others could only fill the memory with theirs.
type queryCache struct {
	lru graphql.Cache[*ast.QueryDocument]
}

func newQueryCache(size int) queryCache { return queryCache{lru.New[*ast.QueryDocument](size)} }

// Get implements graphql.Cache.
func (c queryCache) Get(ctx context.Context, query string) (*ast.QueryDocument, bool) {
	return c.lru.Get(ctx, query)
}

// Add implements graphql.Cache.
func (c queryCache) Add(ctx context.Context, query string, document *ast.QueryDocument) {
	if len(query) <= maxCached && auth.CallerOf(ctx).Role.Valid() {
		c.lru.Add(ctx, query, document)
	}
}
