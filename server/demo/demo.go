// Package demo shows the whole product on one machine: a server, a simulated Apple Business Manager and push service, devices that
// are switched on, and an organization that is connected already while a second one waits for the user's four steps.
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
	Empty     bool          // add nobody and connect nothing
	Develop   bool          // let browsers run operations that the built dashboard does not have
	Out       io.Writer     // where the instructions go
	Logger    *slog.Logger
}

const (
	firstOrg     = "Halden Schools"
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

	sim, err := simabm.New(simabm.Options{Organization: firstOrg, Devices: o.Devices + max(10, o.Devices/20), Latency: o.Latency, Seed: 1, Logger: o.Logger})
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
	fleet, err := newDevices(&cfg, dir, o.Logger)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	guard, err := app.New(ctx, app.Options{
		Config: cfg, Version: o.Version, SimulatedPortalURL: simURL + "/portal/", AnyDocuments: o.Develop, Clock: clockwork.NewRealClock(), Logger: o.Logger,
	})
	if err != nil {
		return errors.Join(err, listener.Close(), fleet.listener.Close())
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
	g.Go(func() error { return fleet.servePushes(ctx) })
	g.Go(func() error {
		err := show(auth.Console(ctx), o, guard, sim, fleet, simURL)
		if ctx.Err() != nil {
			return nil
		}
		return err
	})
	g.Go(func() error { return fleet.liveUntil(ctx, guard, sim, simURL) })
	return g.Wait()
}

// show prepares what the demo has, tells how to go on, and lets devices arrive.
func show(ctx context.Context, o Options, guard *app.App, sim *simabm.Simulator, fleet *devices, simURL string) error {
	if err := fleet.certify(ctx, guard); err != nil {
		return fmt.Errorf("making the demo's push certificate: %w", err)
	}
	second, err := sim.AddOrganization(secondOrg)
	if err != nil {
		return err
	}
	if _, err := second.AddDevices(max(1, o.Devices/10)); err != nil {
		return err
	}
	begin := beginFurnished
	if o.Empty {
		begin = beginEmpty
	}
	way, err := begin(ctx, o, guard, sim)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.Out, `
GuardMDM demo (everything is simulated, nothing is kept)

  Dashboard          %s
%s  Simulated ABM      %s/portal/

%s
Stop with Ctrl-C.

`, guard.Server.URL(), way, simURL, next(o.Empty))
	return arrive(ctx, o, sim)
}

func next(empty bool) string {
	if empty {
		return "Make the first administrator by that link, and connect the simulated ABM in the four steps that follow."
	}
	return fmt.Sprintf("Watch the devices arrive on the dashboard, and iPhones and iPads get their ADE profile; one more is bought every %s, and one is\n"+
		"switched on: it goes from Pushed over Enrolling to Enrolled, some are held in Setup Assistant for a while, and some are refused.\n"+
		"Then make a profile for the Macs, which are Unassigned: Enrollment > ADE profiles. And connect %s yourself:\n"+
		"Settings > ABM integration > Add ABM organization.", arrivalEvery, secondOrg)
}

// beginEmpty leaves everything to the user. It gives the lines that tell the way in.
func beginEmpty(ctx context.Context, _ Options, guard *app.App, _ *simabm.Simulator) (string, error) {
	url, err := guard.SetupURL(ctx)
	return fmt.Sprintf("  Begin here         %s\n", url), err
}

// beginFurnished adds people and an API token, and connects the first organization. It gives the lines that tell the way in.
func beginFurnished(ctx context.Context, o Options, guard *app.App, sim *simabm.Simulator) (string, error) {
	password, err := addPeople(ctx, guard.People)
	if err != nil {
		return "", fmt.Errorf("adding the demo's people: %w", err)
	}
	_, secret, err := guard.APITokens.Create(ctx, "demo", role.Admin, time.Time{})
	if err != nil {
		return "", err
	}
	if err := addProfile(ctx, guard); err != nil {
		return "", fmt.Errorf("making the demo's ADE profile: %w", err)
	}
	if err := connect(ctx, o, guard, sim); err != nil {
		return "", fmt.Errorf("connecting the demo's first organization: %w", err)
	}
	return fmt.Sprintf("  Sign in as         %s, %s or %s\n  Password           %s\n  API token (admin)  %s\n",
		cast[0].email, cast[1].email, cast[2].email, password, secret), nil
}

// connect walks the four steps of the token exchange for the first organization and starts its first sync.
func connect(ctx context.Context, o Options, guard *app.App, sim *simabm.Simulator) error {
	token, err := guard.Tokens.Generate(ctx, firstOrg)
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
