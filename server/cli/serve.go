package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/demo"
	"github.com/guardmdm/guardmdm/server/heap"
)

type serve struct {
	config.Config `embed:""`
}

// Run implements the command.
func (s *serve) Run(ctx context.Context, out io.Writer, build Build) error {
	if err := s.Validate(); err != nil {
		return err
	}
	defer heap.Floor(heap.Server)()
	a, err := app.New(ctx, app.Options{Config: s.Config, Version: build.Version, Clock: clockwork.NewRealClock(), Logger: s.Logger()})
	if err != nil {
		return err
	}
	if err := showSetupLink(ctx, out, a); err != nil {
		return errors.Join(err, a.Close())
	}
	return a.Run(ctx)
}

// showSetupLink lets the operator make the first administrator. The link goes to standard output, not into the log: logs are kept
// and sent around.
func showSetupLink(ctx context.Context, out io.Writer, a *app.App) error {
	url, err := a.SetupURL(ctx)
	if err != nil || url == "" {
		return err
	}
	_, err = fmt.Fprintf(out, `
This server has no people yet. Make the first administrator by this link. It works once, for 24 hours; a restart makes another:

  %s

The same path works at the address that people use.

`, url)
	return err
}

type demoCmd struct {
	Listen     string        `env:"GUARDMDM_LISTEN" default:"127.0.0.1:8080" help:"Address of the dashboard, GraphQL and the devices."`
	SimListen  string        `name:"sim-listen" env:"GUARDMDM_SIM_LISTEN" default:"127.0.0.1:8081" help:"Address of the simulated ABM and its portal."`
	Devices    int           `env:"GUARDMDM_SIM_DEVICES" default:"4000" help:"Devices of the organization that is connected."`
	Latency    time.Duration `env:"GUARDMDM_SIM_LATENCY" default:"100ms" help:"Latency of every answer of the simulated Apple."`
	Empty      bool          `env:"GUARDMDM_DEMO_EMPTY" help:"Connect nothing: begin as a new installation does."`
	Develop    bool          `env:"GUARDMDM_DEMO_DEVELOP" help:"For work on the dashboard: let browsers run operations that the built one does not have."`
	config.Log `embed:""`
}

// Run implements the command.
func (d *demoCmd) Run(ctx context.Context, out io.Writer, build Build) error {
	cfg := config.Config{
		HTTP: config.HTTP{Listen: d.Listen, OpsListen: "none"}, ABMURL: "http://" + d.SimListen, SyncPageSize: 100,
		Limits: config.DefaultLimits(),
	}
	if err := cfg.Validate(); err != nil {
		return err
	}
	return demo.Run(ctx, demo.Options{Config: cfg, Version: build.Version, SimListen: d.SimListen, Devices: d.Devices, Latency: d.Latency,
		Empty: d.Empty, Develop: d.Develop, Out: out, Logger: d.Logger()})
}
