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
	// checkInterval is how often a token that Apple blocks is checked, so that its banner goes when the cause goes.
	checkInterval = time.Minute
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

// Run works until ctx ends.
func Run(ctx context.Context, clock clockwork.Clock, log *slog.Logger, tokens Tokens, syncs Syncs) error {
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
		name  string
		every time.Duration
		do    func()
	}{
		{"check tokens", checkInterval, each("a token could not be checked", tokens.Recheck)},
		{"periodic sync", SyncInterval, each("a periodic sync could not begin", func(ctx context.Context, t *ent.ABMToken) error {
			return syncs.StartPeriodic(ctx, t.ID, SyncInterval)
		})},
	} {
		_, err := scheduler.NewJob(gocron.DurationJob(job.every), gocron.NewTask(job.do), gocron.WithName(job.name),
			gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
		if err != nil {
			return fmt.Errorf("starting the timer for %q: %w", job.name, err)
		}
	}
	scheduler.Start()
	<-ctx.Done()
	return scheduler.Shutdown()
}
