// Package graph is the GraphQL API: the schema by noun (*.graphql), and resolvers that decode, call one service, and encode.
package graph

import (
	"context"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/auth"
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
	ConfirmRemovals(ctx context.Context, token gid.ID, expected int) (*ent.SyncRun, error)
	Periodic(t *ent.ABMToken) bool // whether the timer syncs the token
}

// Progress watches runs.
type Progress interface {
	Watch(ctx context.Context, token gid.ID) (<-chan *ent.SyncRun, error)
}

// Checks asks Apple whether a token works.
type Checks interface {
	Check(ctx context.Context, id gid.ID) error
}

// People signs people in, and adds and changes them. Those that sign in return who is signed in then.
type People interface {
	SetupNeeded(ctx context.Context) (bool, error)
	SignIn(ctx context.Context, email, password string) (auth.Caller, error)
	SignOut(ctx context.Context) error
	CreateFirstAdmin(ctx context.Context, code, name, email, password string) (auth.Caller, error)
	Link(ctx context.Context, code string) (*ent.OneTimeLink, error) // with its user; nil: none that works
	Redeem(ctx context.Context, code, password string) (auth.Caller, error)
	ChangePassword(ctx context.Context, current, next string) error
	SignOutEverywhere(ctx context.Context, user gid.ID) (sessions int, err error) // 0: the caller
	Add(ctx context.Context, email, name string, r role.Role) (u *ent.User, linkPath string, err error)
	Update(ctx context.Context, user gid.ID, name *string, r *role.Role, disabled *bool) (*ent.User, error) // nil: stays
	Reset(ctx context.Context, user gid.ID) (u *ent.User, linkPath string, err error)
	Remove(ctx context.Context, user gid.ID) error
	Status(u *ent.User) string // as the API names it
}

// APITokens makes and ends API tokens.
type APITokens interface {
	Create(ctx context.Context, name string, r role.Role, expires time.Time) (t *ent.APIToken, secret string, err error)
	Revoke(ctx context.Context, id gid.ID) (*ent.APIToken, error)
}

// Reader is the database, for reading.
type Reader interface{ Reader() *ent.Client }

// Resolver holds the services that the resolvers call.
type Resolver struct {
	DB        Reader
	Tokens    Tokens
	Checks    Checks
	Syncs     Syncs
	Progress  Progress
	People    People
	APITokens APITokens
	Clock     clockwork.Clock
	Instance  Instance
}

// Instance is what is known about this server when it starts.
type Instance struct {
	Version            string
	IsApple            bool   // whether Apple's own service is asked
	SimulatedPortalURL string // of the demo; "" otherwise
	SyncPageSize       int
	NextSync           func(now time.Time) time.Time // when the timer begins the periodic syncs next
	SyncInterval       time.Duration
}
