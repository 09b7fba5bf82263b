package replicas_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/test/proc"
)

// A replica whose clock is minutes ahead leaves the runs of the others alone: leases go by the database's clock.
func TestSkewedClock(t *testing.T) {
	t.Parallel()
	awayFromTheTimer(t, 30*time.Second)
	c := newCluster(t, proc.Build(t), options{})
	defer c.atMostOneRunning()()
	c.skewed(4 * time.Minute)
	c.quiet()
	run := c.sync(c.replicas[0], true)
	before := c.midway()
	ended := c.any.WaitRun(t, run.ID)
	if after := c.row(); ended.Status != "SUCCEEDED" || ended.Trigger == "RESUME" || after.owner != before.owner || after.fence != before.fence {
		t.Errorf("the run ended as %+v, its row went from %+v to %+v", ended, before, after)
	}
	c.same(c.replicas...)
}

// quiet waits until no run is going on, such as a periodic one.
func (c *cluster) quiet() {
	c.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		var n int
		if err := c.direct.QueryRow("SELECT count(*) FROM sync_runs WHERE status = 'RUNNING'").Scan(&n); err != nil {
			c.t.Fatal(err)
		}
		if n == 0 {
			return
		}
		if time.Now().After(deadline) {
			c.t.Fatal("a run does not end")
		}
	}
}

// skewed runs one more replica, within this process, whose clock goes with the real one but is ahead of it.
func (c *cluster) skewed(ahead time.Duration) {
	c.t.Helper()
	clock := clockwork.NewFakeClockAt(time.Now().UTC().Add(ahead))
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	c.t.Cleanup(func() { cancel(); running.Wait() })
	running.Go(func() {
		for tick := time.NewTicker(10 * time.Millisecond); ; clock.Advance(10 * time.Millisecond) {
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	})
	cfg := config.Config{
		Database: config.Database{DataDir: c.dir, DatabaseURL: c.database, SecretKeyFile: filepath.Join(c.dir, "secret.key")},
		HTTP:     config.HTTP{Listen: "127.0.0.1:0", OpsListen: "none"},
		ABMURL:   c.appleURL, SyncPageSize: 20, Limits: config.DefaultLimits(),
	}
	if err := cfg.Validate(); err != nil {
		c.t.Fatal(err)
	}
	server, err := app.New(ctx, app.Options{Config: cfg, Version: "test", Clock: clock, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		c.t.Fatal(err)
	}
	running.Go(func() {
		if err := server.Run(ctx); err != nil {
			c.t.Error(err)
		}
	})
}
