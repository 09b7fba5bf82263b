package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/simabm"
)

type simulate struct {
	ABM          simulateABM          `cmd:"" name:"abm" help:"Run the simulated Apple Business Manager: Apple's service, and a portal for people."`
	Devices      simulateDevices      `cmd:"" help:"Enroll simulated devices at a server, and print how long each step took and what failed."`
	Certificates simulateCertificates `cmd:"" help:"Make what simulated devices need: a device CA, a push service's CA, a push certificate."`
}

type simulateABM struct {
	Listen     string        `env:"GUARDMDM_SIM_LISTEN" default:"127.0.0.1:8081" help:"Address to listen on; the portal is at /portal/."`
	Devices    int           `env:"GUARDMDM_SIM_DEVICES" default:"1000" help:"Devices in the pool of the organization, not yet assigned."`
	Seed       uint64        `env:"GUARDMDM_SIM_SEED" default:"1" help:"The same seed gives the same devices."`
	Latency    time.Duration `env:"GUARDMDM_SIM_LATENCY" default:"0s" help:"Added to every answer of the service."`
	Faults     string        `env:"GUARDMDM_SIM_FAULTS" placeholder:"FILE" help:"JSON file of the faults to show; see docs/simulator.md."`
	config.Log `embed:""`
}

// Run implements the command.
func (s *simulateABM) Run(ctx context.Context, out io.Writer) error {
	faults, err := readFaults(s.Faults)
	if err != nil {
		return err
	}
	sim, err := simabm.New(simabm.Options{Devices: s.Devices, Seed: s.Seed, Latency: s.Latency, Faults: faults, Logger: s.Logger()})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("GUARDMDM_SIM_LISTEN: %w", err)
	}
	server := &http.Server{Handler: sim.Handler(), ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	fmt.Fprintf(out, "Simulated ABM with %d devices: http://%s (portal: http://%s/portal/)\n", s.Devices, listener.Addr(), listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func readFaults(path string) ([]simabm.Fault, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("GUARDMDM_SIM_FAULTS: %w", err)
	}
	defer f.Close()
	faults, err := simabm.ParseFaults(f)
	if err != nil {
		return nil, fmt.Errorf("GUARDMDM_SIM_FAULTS: %s: %w", path, err)
	}
	return faults, nil
}
