// Package demo shows the whole product on one machine: a server, a simulated Apple Business Manager, and an organization that
// is connected already while a second one waits for the user's four steps.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sync/errgroup"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/simabm"
)

// Options say how large the demo is.
type Options struct {
	Config    config.Config // of the server; the database and Apple's address are the demo's own
	Version   string        // of the program
	SimListen string        // address of the simulated ABM and its portal
	Devices   int           // of the first organization
	Latency   time.Duration // of every answer of the simulated Apple
	Empty     bool          // connect nothing
	Out       io.Writer     // where the instructions go
	Logger    *slog.Logger
}

const (
	firstServer  = "GuardMDM demo"
	secondOrg    = "Brightline Health"
	arrivalEvery = 20 * time.Second // a purchase arrives at the simulated portal
)

// Run shows the demo until ctx ends. Its data is new each time and gone afterwards.
func Run(ctx context.Context, o Options) (err error) {
	dir, err := os.MkdirTemp("", "guardmdm-demo-")
	if err != nil {
		return fmt.Errorf("making the demo's data directory: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	sim, err := simabm.New(simabm.Options{Devices: o.Devices + max(10, o.Devices/20), Latency: o.Latency, Seed: 1, Logger: o.Logger})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.SimListen)
	if err != nil {
		return fmt.Errorf("GUARDMDM_SIM_LISTEN: the simulated ABM cannot listen on %s: %w", o.SimListen, err)
	}
	simURL := "http://" + listener.Addr().String()
	simServer := &http.Server{Handler: sim.Handler(), ReadHeaderTimeout: 10 * time.Second}

	cfg := o.Config
	cfg.Database = config.Database{DataDir: dir, DatabaseURL: "sqlite:" + filepath.Join(dir, "guardmdm.db"), SecretKeyFile: filepath.Join(dir, "secret.key")}
	cfg.ABMURL = simURL
	guard, err := app.New(ctx, cfg, o.Version, clockwork.NewRealClock(), o.Logger)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := simServer.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		return simServer.Close()
	})
	g.Go(func() error { return guard.Run(ctx) })
	g.Go(func() error {
		err := show(auth.Console(ctx), o, guard, sim, simURL)
		if ctx.Err() != nil {
			return nil
		}
		return err
	})
	return g.Wait()
}

// show connects what the demo connects, tells how to go on, and lets devices arrive.
func show(ctx context.Context, o Options, guard *app.App, sim *simabm.Simulator, simURL string) error {
	_, secret, err := guard.APITokens.Create(ctx, "demo", role.Admin, time.Time{})
	if err != nil {
		return err
	}
	if !o.Empty {
		if err := connect(ctx, o, guard, sim); err != nil {
			return fmt.Errorf("connecting the demo's first organization: %w", err)
		}
	}
	second, err := sim.AddOrganization(secondOrg)
	if err != nil {
		return err
	}
	if _, err := second.AddDevices(max(1, o.Devices/10)); err != nil {
		return err
	}
	fmt.Fprintf(o.Out, `
GuardMDM demo (everything is simulated, nothing is kept)

  GuardMDM           %s
  Simulated ABM      %s/portal/
  API token (admin)  %s

Watch the sync:    curl -N %s/graphql -H 'Authorization: Bearer %s' \
                     -H 'Content-Type: application/json' -H 'Accept: text/event-stream' \
                     -d '{"query":"subscription { syncProgress { status phase pages devicesSeen added devicesPerSecond } }"}'
Connect %s yourself: docs/api/token-exchange.md
Stop with Ctrl-C.

`, guard.Server.URL(), simURL, secret, guard.Server.URL(), secret, secondOrg)
	return arrive(ctx, o, sim)
}

// connect walks the four steps of the token exchange for the first organization and starts its first sync.
func connect(ctx context.Context, o Options, guard *app.App, sim *simabm.Simulator) error {
	token, err := guard.Tokens.Generate(ctx, firstServer)
	if err != nil {
		return err
	}
	server, err := sim.AddServer(firstServer, []byte(token.CurrentCertificate))
	if err != nil {
		return err
	}
	if _, err := sim.AssignCount(server.ID(), o.Devices); err != nil {
		return err
	}
	for _, family := range []string{"iPhone", "iPad", "Mac", "AppleTV"} {
		if err := sim.SetDefaultServer(family, server.ID()); err != nil {
			return err
		}
	}
	file, _, err := server.DownloadToken()
	if err != nil {
		return err
	}
	if _, err := guard.Tokens.Upload(ctx, token.ID, file, false); err != nil {
		return err
	}
	_, _, err = guard.Syncs.Start(ctx, token.ID, false, syncrun.TriggerManual)
	return err
}

// arrive lets a new device arrive at the simulated ABM now and then; GuardMDM sees it with its next sync.
func arrive(ctx context.Context, o Options, sim *simabm.Simulator) error {
	ticker := time.NewTicker(arrivalEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		serials := sim.AddDevices(1)
		if len(serials) == 0 {
			return nil // the simulated organization is full
		}
		o.Logger.InfoContext(ctx, "a new device arrived at the simulated ABM", "serial", serials[0])
	}
}
