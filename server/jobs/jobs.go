// Package jobs is the timer: it says when, the services know what. Nothing rests on it being exact or alone: every replica
// has one, and the database decides who does the work.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/auth"
)

const (
	// SyncInterval is how often every token is synced. The user fixed it: it is not configurable.
	SyncInterval = 5 * time.Minute
	// syncTimes is SyncInterval on the clock. All replicas begin at the same moments without talking to each other, and a
	// restart moves none of them.
	syncTimes = "*/5 * * * *"
	// checkInterval is how often a token that Apple blocks is checked, so that its banner goes when the cause goes.
	checkInterval = time.Minute
	// sweepInterval is how often expired sessions are removed. They are refused from their end on in any case.
	sweepInterval = 10 * time.Minute
)

// Tokens are the ABM tokens.
type Tokens interface {
	Present(ctx context.Context) ([]*ent.ABMToken, error)
	Recheck(ctx context.Context, t *ent.ABMToken) error
}

// Syncs begins the periodic run of a token unless it is not due.
type Syncs interface {
	StartPeriodic(ctx context.Context, token gid.ID, interval time.Duration) error
}

// Sessions removes the browser sessions that have expired.
type Sessions interface {
	Sweep(ctx context.Context) error
}

// NextSync is when the periodic syncs begin next.
func NextSync(now time.Time) time.Time { return now.UTC().Truncate(SyncInterval).Add(SyncInterval) }

// Run works until ctx ends. Everything is done once at the start.
func Run(ctx context.Context, clock clockwork.Clock, log *slog.Logger, tokens Tokens, syncs Syncs, sessions Sessions) error {
	ctx = auth.System(ctx)
	scheduler, err := gocron.NewScheduler(gocron.WithClock(clock), gocron.WithLocation(time.UTC), gocron.WithStopTimeout(20*time.Second))
	if err != nil {
		return fmt.Errorf("starting the timer: %w", err)
	}
	each := func(what string, f func(context.Context, *ent.ABMToken) error) func() {
		return func() {
			list, err := tokens.Present(ctx)
			if err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, what+": the tokens could not be read", "error", err)
			}
			for _, t := range list {
				if err := f(ctx, t); err != nil && ctx.Err() == nil {
					log.WarnContext(ctx, what, "token", t.ID.String(), "error", err)
				}
			}
		}
	}
	for _, job := range []struct {
		name string
		when gocron.JobDefinition
		do   func()
	}{
		{"check tokens", gocron.DurationJob(checkInterval), each("a token could not be checked", tokens.Recheck)},
		{"periodic sync", gocron.CronJob(syncTimes, false), each("a periodic sync could not begin", func(ctx context.Context, t *ent.ABMToken) error {
			return syncs.StartPeriodic(ctx, t.ID, SyncInterval)
		})},
		{"sweep sessions", gocron.DurationJob(sweepInterval), func() {
			if err := sessions.Sweep(ctx); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "expired sessions could not be removed", "error", err)
			}
		}},
	} {
		_, err := scheduler.NewJob(job.when, gocron.NewTask(job.do), gocron.WithName(job.name),
			gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
		if err != nil {
			return fmt.Errorf("starting the timer for %q: %w", job.name, err)
		}
	}
	scheduler.Start()
	<-ctx.Done()
	return scheduler.Shutdown()
}
