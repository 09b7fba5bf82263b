// Command guardmdm connects Apple Business Manager to the organization's devices.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/guardmdm/guardmdm/server/cli"
)

// Set by the build: -ldflags "-X main.version=v1.2.3 -X main.commit=0123abc".
var version, commit = "dev", "unknown"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := cli.Main(ctx, cli.Build{Version: version, Commit: commit})
	stop()
	os.Exit(status)
}
