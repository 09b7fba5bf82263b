package virtualtime_test

import (
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/test/virtualtime"
)

var start = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func heard(c <-chan time.Time) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestStepsGoFromTimerToTimer(t *testing.T) {
	line := virtualtime.New(start)
	clock := line.Clock()
	ticker, timer := clock.NewTicker(2*time.Second), clock.NewTimer(3*time.Second)
	end := start.Add(5 * time.Second)
	for _, want := range []struct {
		at          time.Duration
		tick, timer bool
		more        bool
	}{{2 * time.Second, true, false, true}, {3 * time.Second, false, true, true}, {4 * time.Second, true, false, true}, {5 * time.Second, false, false, false}} {
		more := line.Step(end)
		if tick, rung := heard(ticker.Chan()), heard(timer.Chan()); clock.Since(start) != want.at || more != want.more || tick != want.tick || rung != want.timer {
			t.Errorf("after %s: more %v, tick %v, timer %v; want %+v", clock.Since(start), more, tick, rung, want)
		}
	}
	if n := clock.Waiting(); n != 1 {
		t.Errorf("%d waits, want the ticker's", n)
	}
	ticker.Stop()
	if line.Step(end.Add(time.Hour)); !clock.Now().Equal(end.Add(time.Hour)) || clock.Waiting() != 0 {
		t.Errorf("the line stands at %s with %d waits", clock.Now(), clock.Waiting())
	}
}

func TestSkipLeavesTicksOut(t *testing.T) {
	line := virtualtime.New(start)
	clock := line.Clock()
	ticker := clock.NewTicker(2 * time.Second)
	line.Skip(time.Hour + time.Second)
	if !heard(ticker.Chan()) || heard(ticker.Chan()) {
		t.Error("an hour of ticks is to be heard once")
	}
	if line.Step(start.Add(2 * time.Hour)); clock.Since(start) != time.Hour+2*time.Second {
		t.Errorf("the next tick came after %s", clock.Since(start))
	}
}

func TestStepOverPassesTickersThatOnlyLookAround(t *testing.T) {
	line := virtualtime.New(start)
	clock := line.Clock()
	look, lease, timer := clock.NewTicker(time.Second), clock.NewTicker(5*time.Second), clock.NewTimer(12*time.Second)
	for _, want := range []struct {
		at           time.Duration
		lease, timer bool
		more         bool
	}{{5 * time.Second, true, false, true}, {10 * time.Second, true, false, true}, {12 * time.Second, false, true, true}, {14 * time.Second, false, false, false}} {
		more := line.StepOver(start.Add(14*time.Second), time.Second)
		if !heard(look.Chan()) || heard(look.Chan()) {
			t.Errorf("after %s: the look is to be heard once", clock.Since(start))
		}
		if tick, rung := heard(lease.Chan()), heard(timer.Chan()); clock.Since(start) != want.at || more != want.more || tick != want.lease || rung != want.timer {
			t.Errorf("after %s: more %v, tick %v, timer %v; want %+v", clock.Since(start), more, tick, rung, want)
		}
	}
}

func TestAWrongClockMovesNoTimer(t *testing.T) {
	line := virtualtime.New(start)
	ours, theirs := line.Clock(), line.Clock()
	timer := ours.NewTimer(time.Minute)
	ours.Set(-48 * time.Hour)
	if skew := theirs.Since(ours.Now()); skew != 48*time.Hour {
		t.Errorf("skew %s", skew)
	}
	line.Skip(time.Minute)
	if !heard(timer.Chan()) || ours.Waiting() != 0 {
		t.Error("the timer did not ring")
	}
	if ours.Set(0); !ours.Now().Equal(theirs.Now()) {
		t.Error("the clock is still wrong")
	}
}

func TestTimersCanBeStoppedAndSetAnew(t *testing.T) {
	line := virtualtime.New(start)
	clock := line.Clock()
	timer := clock.NewTimer(time.Second)
	if !timer.Stop() || timer.Stop() {
		t.Error("Stop does not say whether the timer was set")
	}
	if line.Skip(time.Minute); heard(timer.Chan()) {
		t.Error("a stopped timer rang")
	}
	timer.Reset(time.Second)
	line.Skip(time.Second)
	if timer.Reset(time.Second); heard(timer.Chan()) {
		t.Error("a ring from before Reset was heard")
	}
	if timer.Reset(0); !heard(timer.Chan()) {
		t.Error("a timer without a wait did not ring")
	}
	called := make(chan struct{})
	clock.AfterFunc(time.Second, func() { close(called) })
	line.Skip(time.Second)
	<-called
}
