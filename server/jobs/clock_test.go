package jobs_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/virtualtime"
)

// turns tells of each periodic sync that was to begin.
type turns struct{ begun chan struct{} }

func (turns) Present(context.Context) ([]*ent.ABMToken, error) { return []*ent.ABMToken{{}}, nil }
func (turns) Recheck(context.Context, *ent.ABMToken) error     { return nil }
func (turns) Sweep(context.Context) error                      { return nil }
func (c turns) StartPeriodic(context.Context, gid.ID, time.Duration) error {
	c.begun <- struct{}{}
	return nil
}

// A server that started with its clock ahead, as machines do until they have reached their time server, syncs on when the clock
// is set back.
func TestAClockThatIsSetBackSilencesNothing(t *testing.T) {
	dbtest.CheckLeaks(t)
	line := virtualtime.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	clock := line.Clock()
	clock.Set(6 * time.Hour)
	ctx, cancel := context.WithCancel(t.Context())
	c := turns{make(chan struct{})}
	ended := make(chan error, 1)
	go func() { ended <- jobs.Run(ctx, clock, slog.New(slog.DiscardHandler), c, c, c, c) }()
	// next lets time pass until a sync begins.
	next := func() bool {
		for until := line.Now().Add(30 * time.Minute); line.Now().Before(until); {
			select {
			case <-c.begun:
				time.Sleep(10 * time.Millisecond) // lets the timer plan the next one
				return true
			case <-time.After(5 * time.Millisecond): // lets its goroutines come to what they wait for
				line.Step(line.Now().Add(time.Minute))
			}
		}
		return false
	}
	if !next() || !next() {
		t.Error("no sync with the clock ahead")
	}
	clock.Set(0)
	if !next() || !next() { // the first was planned before
		t.Error("no sync within half an hour after the clock was set back")
	}
	cancel()
	for {
		select {
		case <-c.begun:
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
			return
		}
	}
}
