// Package virtualtime makes waiting cost nothing: a line of time that stands still until the test lets it go on, and clocks that
// show it, each as wrong as the test wants.
//
// Timers go by the line, as real ones go by the machine's monotonic clock: setting a wall clock forward or back moves none of them.
package virtualtime

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"
)

// Line is a line of time. It is safe for concurrent use.
type Line struct {
	calls atomic.Uint64

	mu    sync.Mutex
	now   time.Time
	count uint64  // of waits that began
	queue []*wait // by time, then by age
}

// New makes a line of time that stands at start.
func New(start time.Time) *Line { return &Line{now: start} }

// Now is where the line stands.
func (l *Line) Now() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now
}

// Calls counts the uses of the line's clocks: while it grows, somebody is at work.
func (l *Line) Calls() uint64 { return l.calls.Load() }

// Step goes on to the moment for which the next timer is set, and rings all that are set for it. It goes no further than to
// until and reports false if no timer was left before.
func (l *Line) Step(until time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) == 0 || l.queue[0].at.After(until) {
		l.now = later(l.now, until)
		return false
	}
	l.ring(l.queue[0].at)
	return true
}

// StepOver is Step without a stop for tickers that ring at least so often: those only look around. They ring once at the end of the step.
func (l *Line) StepOver(until time.Time, often time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.queue, func(w *wait) bool { return w.every == 0 || w.every > often })
	if i < 0 || l.queue[i].at.After(until) {
		l.ring(later(l.now, until))
		return false
	}
	l.ring(l.queue[i].at)
	return true
}

// Skip goes on at once, as when the machine slept: timers that were due meanwhile ring now, tickers once.
func (l *Line) Skip(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ring(l.now.Add(d))
}

// ring moves the line and rings what is due. Callers hold mu.
func (l *Line) ring(now time.Time) {
	l.now = later(l.now, now)
	for len(l.queue) > 0 && !l.queue[0].at.After(l.now) {
		w := l.queue[0]
		l.remove(w)
		w.ring()
		if w.every > 0 {
			// Ticks that nobody could have heard are left out, as by the real ticker.
			missed := l.now.Sub(w.at) / w.every
			l.add(w, w.at.Add((missed+1)*w.every))
		}
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (l *Line) add(w *wait, at time.Time) {
	l.count++
	w.at, w.age, w.set = at, l.count, true
	i, _ := slices.BinarySearchFunc(l.queue, w, func(a, b *wait) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.age, b.age))
	})
	l.queue = slices.Insert(l.queue, i, w)
	w.clock.waiting++
}

func (l *Line) remove(w *wait) {
	i := slices.Index(l.queue, w)
	l.queue = slices.Delete(l.queue, i, i+1)
	w.set = false
	w.clock.waiting--
}

// Clock makes a clock that shows the line's time.
func (l *Line) Clock() *Clock { return &Clock{line: l} }

// Clock shows the time of a line, off by what it was set wrong.
type Clock struct {
	line    *Line
	off     time.Duration // guarded by the line's lock, as is waiting
	waiting int
}

var _ clockwork.Clock = (*Clock)(nil)

// Set makes the clock wrong by this much from now on.
func (c *Clock) Set(off time.Duration) {
	c.line.mu.Lock()
	defer c.line.mu.Unlock()
	c.off = off
}

// Waiting is how many timers of this clock are set.
func (c *Clock) Waiting() int {
	c.line.mu.Lock()
	defer c.line.mu.Unlock()
	return c.waiting
}

// Now implements clockwork.Clock.
func (c *Clock) Now() time.Time {
	c.line.calls.Add(1)
	c.line.mu.Lock()
	defer c.line.mu.Unlock()
	return c.line.now.Add(c.off)
}

// Since implements clockwork.Clock.
func (c *Clock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

// Until implements clockwork.Clock.
func (c *Clock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// After implements clockwork.Clock.
func (c *Clock) After(d time.Duration) <-chan time.Time { return c.NewTimer(d).Chan() }

// Sleep implements clockwork.Clock.
func (c *Clock) Sleep(d time.Duration) { <-c.After(d) }

// NewTimer implements clockwork.Clock.
func (c *Clock) NewTimer(d time.Duration) clockwork.Timer {
	t := timer{&wait{clock: c, c: make(chan time.Time, 1)}}
	t.Reset(d)
	return t
}

// AfterFunc implements clockwork.Clock.
func (c *Clock) AfterFunc(d time.Duration, f func()) clockwork.Timer {
	t := timer{&wait{clock: c, c: make(chan time.Time, 1), f: f}}
	t.Reset(d)
	return t
}

// NewTicker implements clockwork.Clock.
func (c *Clock) NewTicker(d time.Duration) clockwork.Ticker {
	t := ticker{&wait{clock: c, c: make(chan time.Time, 1)}}
	t.Reset(d)
	return t
}

// wait is a timer or a ticker.
type wait struct {
	clock *Clock
	c     chan time.Time
	f     func()        // called instead, on a goroutine of its own
	every time.Duration // of a ticker

	set bool
	at  time.Time
	age uint64
}

// ring says that it is time. Callers hold the line's lock.
func (w *wait) ring() {
	if w.f != nil {
		go w.f()
		return
	}
	select {
	case w.c <- w.clock.line.now.Add(w.clock.off):
	default: // still has the last tick to hear
	}
}

// reset sets the wait anew and reports whether it was set. As of real timers, no earlier ring can be heard any more.
func (w *wait) reset(d, every time.Duration) bool {
	l := w.clock.line
	l.calls.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	was := w.clear()
	w.every = every
	if d <= 0 {
		w.ring()
	} else {
		l.add(w, l.now.Add(d))
	}
	return was
}

func (w *wait) stop() bool {
	l := w.clock.line
	l.calls.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	return w.clear()
}

func (w *wait) clear() bool {
	was := w.set
	if was {
		w.clock.line.remove(w)
	}
	select {
	case <-w.c:
	default:
	}
	return was
}

type timer struct{ *wait }

func (t timer) Chan() <-chan time.Time     { return t.c }
func (t timer) Reset(d time.Duration) bool { return t.reset(d, 0) }
func (t timer) Stop() bool                 { return t.stop() }

type ticker struct{ *wait }

func (t ticker) Chan() <-chan time.Time { return t.c }
func (t ticker) Stop()                  { t.stop() }

func (t ticker) Reset(d time.Duration) {
	if d <= 0 {
		panic("virtualtime: a ticker needs an interval above zero")
	}
	t.reset(d, d)
}
