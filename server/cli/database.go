package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apitoken"
	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
)

type migrate struct {
	DryRun          bool `name:"dry-run" env:"GUARDMDM_MIGRATE_DRY_RUN" help:"Print the SQL and change nothing."`
	config.Database `embed:""`
	config.Log      `embed:""`
}

// Run implements the command.
func (m *migrate) Run(ctx context.Context, out io.Writer) (err error) {
	m.Defaults()
	db, err := app.OpenDatabase(ctx, m.Database, clockwork.NewRealClock(), m.Logger(), !m.DryRun)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if m.DryRun {
		sql, err := db.PendingSQL(ctx)
		if err == nil {
			_, err = io.WriteString(out, sql)
		}
		return err
	}
	applied, err := db.Migrate(ctx)
	if err != nil {
		return err
	}
	for _, file := range applied {
		fmt.Fprintln(out, "applied", file)
	}
	fmt.Fprintln(out, "The database schema is up to date.")
	return nil
}

type apiToken struct {
	Create apiTokenCreate `cmd:"" help:"Make an API token and print it, once."`
}

type apiTokenCreate struct {
	Name            string        `required:"" env:"GUARDMDM_API_TOKEN_NAME" help:"What the token is for."`
	Role            string        `required:"" env:"GUARDMDM_API_TOKEN_ROLE" enum:"admin,operator,viewer" help:"What it may do: admin, operator or viewer."`
	ExpiresIn       time.Duration `name:"expires-in" env:"GUARDMDM_API_TOKEN_EXPIRES_IN" placeholder:"DURATION" help:"How long it works, such as 720h. Default: until it is revoked."`
	config.Database `embed:""`
	config.Log      `embed:""`
}

// Run implements the command. It works beside a running server.
func (c *apiTokenCreate) Run(ctx context.Context, out io.Writer) (err error) {
	c.Defaults()
	r, err := role.Parse(c.Role)
	if err != nil {
		return err
	}
	clock := clockwork.NewRealClock()
	db, err := app.OpenStore(ctx, c.Database, clock, c.Logger(), false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var expires time.Time
	if c.ExpiresIn != 0 {
		expires = clock.Now().Add(c.ExpiresIn)
	}
	_, secret, err := apitoken.New(db, clock).Create(auth.Console(ctx), c.Name, r, expires)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, secret)
	return nil
}

type version struct{}

// Run implements the command.
func (version) Run(out io.Writer, build Build) error {
	_, err := fmt.Fprintf(out, "guardmdm %s, commit %s, %s\n", build.Version, build.Commit, runtime.Version())
	return err
}
