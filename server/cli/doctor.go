package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/doctor"
)

type doctorCmd struct {
	JSON          bool `name:"json" env:"GUARDMDM_DOCTOR_JSON" help:"Answer in JSON, for machines."`
	config.Config `embed:""`
}

// Run implements the command.
func (c *doctorCmd) Run(ctx context.Context, out io.Writer, build Build) error {
	report := doctor.NewReport(out, c.JSON)
	doctor.Run(ctx, doctor.Options{Config: c.Config, Version: build.Version, Clock: clockwork.NewRealClock()}, report.Add)
	if err := report.Close(); err != nil {
		return err
	}
	if n := report.Count(doctor.Fail); n > 0 {
		return fmt.Errorf("checks that failed: %d", n)
	}
	return nil
}
