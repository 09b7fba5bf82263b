// Package graph is the GraphQL API: the schema by noun (*.graphql), and resolvers that decode, call one service, and encode.
package graph

import (
	"context"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
)

// Tokens is the token exchange.
type Tokens interface {
	Generate(ctx context.Context, name string) (*ent.ABMToken, error)
	Renew(ctx context.Context, id gid.ID) (*ent.ABMToken, error)
	Upload(ctx context.Context, id gid.ID, file []byte, acceptChanges bool) (*ent.ABMToken, error)
	Delete(ctx context.Context, id gid.ID) (devicesRemoved int, err error)
}

// Syncs begins and stops runs.
type Syncs interface {
	Start(ctx context.Context, token gid.ID, full bool, trigger syncrun.Trigger) (run *ent.SyncRun, joined bool, err error)
	Cancel(ctx context.Context, run gid.ID) (*ent.SyncRun, error)
}

// Progress watches runs.
type Progress interface {
	Watch(ctx context.Context, token gid.ID) (<-chan *ent.SyncRun, error)
}

// Reader is the database, for reading.
type Reader interface{ Reader() *ent.Client }

// Resolver holds the services that the resolvers call.
type Resolver struct {
	DB       Reader
	Tokens   Tokens
	Syncs    Syncs
	Progress Progress
}
