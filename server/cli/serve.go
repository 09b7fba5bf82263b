package cli

import (
	"context"
	"io"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/demo"
)

type serve struct {
	config.Config `embed:""`
}

// Run implements the command.
func (s *serve) Run(ctx context.Context, build Build) error {
	if err := s.Validate(); err != nil {
		return err
	}
	a, err := app.New(ctx, s.Config, build.Version, clockwork.NewRealClock(), s.Logger())
	if err != nil {
		return err
	}
	return a.Run(ctx)
}

type demoCmd struct {
	Listen     string        `env:"GUARDMDM_LISTEN" default:"127.0.0.1:8080" help:"Address of the dashboard, GraphQL and the devices."`
	SimListen  string        `name:"sim-listen" env:"GUARDMDM_SIM_LISTEN" default:"127.0.0.1:8081" help:"Address of the simulated ABM and its portal."`
	Devices    int           `env:"GUARDMDM_SIM_DEVICES" default:"4000" help:"Devices of the organization that is connected."`
	Latency    time.Duration `env:"GUARDMDM_SIM_LATENCY" default:"100ms" help:"Latency of every answer of the simulated Apple."`
	Empty      bool          `env:"GUARDMDM_DEMO_EMPTY" help:"Connect nothing: begin as a new installation does."`
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
		Empty: d.Empty, Out: out, Logger: d.Logger()})
}
