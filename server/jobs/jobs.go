// Package jobs is the timer: it says when, the services know what. Nothing rests on it being exact or alone: every replica
// has one, and the database decides who does the work.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
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
	// sweepInterval is how often expired sessions and imported lists are removed. They are refused from their end on in any case.
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

// Lists removes the imported lists of serial numbers that have expired.
type Lists interface {
	Sweep(ctx context.Context) error
}

// Task is something else that a service wants done again and again.
type Task struct {
	Name     string
	Interval time.Duration
	Do       func(ctx context.Context) error
}

// NextSync is when the periodic syncs begin next.
func NextSync(now time.Time) time.Time { return now.UTC().Truncate(SyncInterval).Add(SyncInterval) }

// lookInterval is how often the timer is looked after.
const lookInterval = 30 * time.Second

// job is something to be done again and again.
type job struct {
	name     string
	when     gocron.JobDefinition
	interval time.Duration
	do       func()

	working atomic.Bool
	looks   atomic.Int64 // since its last turn
}

func (j *job) turn() {
	j.working.Store(true)
	defer j.working.Store(false)
	j.looks.Store(0)
	j.do()
}

// missed is called with every look. It tells whether the job's turn is overdue.
func (j *job) missed() bool {
	return j.looks.Add(1) > int64(j.interval/lookInterval)+2 && !j.working.Load()
}

// Run works until ctx ends. Everything is done once at the start.
func Run(ctx context.Context, clock clockwork.Clock, log *slog.Logger, tokens Tokens, syncs Syncs, sessions Sessions, lists Lists, tasks ...Task) error {
	for ctx = auth.System(ctx); ; {
		planned, stop := context.WithCancel(ctx)
		list := append(jobs(planned, log, tokens, syncs, sessions, lists), others(planned, log, tasks)...)
		scheduler, err := plan(clock, list)
		if err != nil {
			stop()
			return fmt.Errorf("starting the timer: %w", err)
		}
		scheduler.Start()
		late := watch(ctx, clock, list)
		stop() // what is under way would hold up the shutdown, and is done again
		err = scheduler.Shutdown()
		if late == nil {
			return err
		}
		log.WarnContext(ctx, "the timer missed a turn, as it does when the machine's clock was set back: planning anew", "job", late.name, "error", err)
	}
}

// watch waits until ctx ends, or until a job's turn is overdue. gocron plans each turn by the wall clock and from the one planned
// before, so a clock that was set back by a day would silence it for a day. Looks are counted: timers do not go by the wall clock.
func watch(ctx context.Context, clock clockwork.Clock, list []*job) (late *job) {
	ticker := clock.NewTicker(lookInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.Chan():
		}
		for _, j := range list {
			if j.missed() {
				return j
			}
		}
	}
}

func plan(clock clockwork.Clock, list []*job) (gocron.Scheduler, error) {
	scheduler, err := gocron.NewScheduler(gocron.WithClock(clock), gocron.WithLocation(time.UTC), gocron.WithStopTimeout(20*time.Second))
	if err != nil {
		return nil, err
	}
	for _, j := range list {
		_, err := scheduler.NewJob(j.when, gocron.NewTask(j.turn), gocron.WithName(j.name),
			gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", j.name, errors.Join(err, scheduler.Shutdown()))
		}
	}
	return scheduler, nil
}

// jobs are what the timer does until ctx ends.
func jobs(ctx context.Context, log *slog.Logger, tokens Tokens, syncs Syncs, sessions Sessions, lists Lists) []*job {
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
	return []*job{
		{name: "check tokens", when: gocron.DurationJob(checkInterval), interval: checkInterval,
			do: each("a token could not be checked", tokens.Recheck)},
		{name: "periodic sync", when: gocron.CronJob(syncTimes, false), interval: SyncInterval,
			do: each("a periodic sync could not begin", func(ctx context.Context, t *ent.ABMToken) error {
				return syncs.StartPeriodic(ctx, t.ID, SyncInterval)
			})},
		{name: "sweep sessions", when: gocron.DurationJob(sweepInterval), interval: sweepInterval, do: func() {
			if err := sessions.Sweep(ctx); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "expired sessions could not be removed", "error", err)
			}
		}},
		{name: "sweep lists", when: gocron.DurationJob(sweepInterval), interval: sweepInterval, do: func() {
			if err := lists.Sweep(ctx); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "expired lists of serial numbers could not be removed", "error", err)
			}
		}},
	}
}

// others are the tasks as jobs.
func others(ctx context.Context, log *slog.Logger, tasks []Task) []*job {
	list := make([]*job, len(tasks))
	for i, t := range tasks {
		list[i] = &job{name: t.Name, when: gocron.DurationJob(t.Interval), interval: t.Interval, do: func() {
			if err := t.Do(ctx); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "a task of the timer failed and is tried again", "task", t.Name, "error", err)
			}
		}}
	}
	return list
}
