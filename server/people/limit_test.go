package people

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	ana   = "ana@example.org"
	first = "192.0.2.1"
)

type limits struct {
	*testing.T
	*limiter
	clock *clockwork.FakeClock
}

func newLimits(t *testing.T) limits {
	clock := clockwork.NewFakeClock()
	return limits{t, newLimiter(clock), clock}
}

// try makes an attempt and gives how long it would have to wait; 0: it went on.
func (l limits) try(client, email string, right bool) time.Duration {
	l.Helper()
	tried := false
	ok, err := l.attempt(netip.MustParseAddr(client), email, func() (bool, error) { tried = true; return right, nil })
	if e := apperr.As(err); e != nil {
		if e.Code != apperr.RateLimited || tried || ok {
			l.Errorf("%v, tried %t, ok %t", err, tried, ok)
		}
		return e.RetryAfter
	}
	if err != nil || ok != right || !tried {
		l.Errorf("ok %t, tried %t, %v", ok, tried, err)
	}
	return 0
}

func (l limits) passes(n int, client, email func(i int) string) {
	l.Helper()
	for i := range n {
		if wait := l.try(client(i), email(i), false); wait != 0 {
			l.Fatalf("failure %d has to wait %s", i+1, wait)
		}
	}
}

func (l limits) waits(want time.Duration, client, email string) {
	l.Helper()
	if wait := l.try(client, email, true); wait != want {
		l.Errorf("%s at %s waits %s, want %s", client, email, wait, want)
	}
}

func always(s string) func(int) string { return func(int) string { return s } }

func TestFailuresOfOneClientAtOneAccount(t *testing.T) {
	l := newLimits(t)
	l.passes(5, always(first), always(ana))
	l.waits(time.Minute, first, ana)
	l.clock.Advance(12 * time.Second)
	l.waits(48*time.Second, first, ana)
	l.waits(0, "192.0.2.2", ana)
	l.waits(0, first, "omar@example.org")
	l.clock.Advance(48 * time.Second)
	l.passes(1, always(first), always(ana))
	l.waits(time.Minute, first, ana)

	l.clock.Advance(time.Minute)
	l.waits(0, first, ana) // right: what was before is forgotten
	l.passes(5, always(first), always(ana))
	l.waits(time.Minute, first, ana)
}

func TestFailuresOfOneClient(t *testing.T) {
	for name, client := range map[string]func(int) string{
		"IPv4":                     always(first),
		"IPv6":                     func(i int) string { return fmt.Sprintf("2001:db8:1:2::%x", i+1) },
		"IPv4 by a socket of both": func(i int) string { return []string{first, "::ffff:" + first}[i%2] },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLimits(t)
			l.passes(20, client, func(i int) string { return fmt.Sprintf("%d@example.org", i) })
			l.waits(5*time.Second, client(99), ana)
			l.waits(0, "2001:db8:1:3::1", ana)
			l.clock.Advance(5 * time.Second)
			l.waits(0, client(99), ana) // right: takes nothing
			l.waits(0, client(99), ana)
		})
	}
}

func TestFailuresAtOneAccount(t *testing.T) {
	l := newLimits(t)
	l.passes(50, func(i int) string { return fmt.Sprintf("198.51.100.%d", i) }, always(ana))
	l.waits(30*time.Second, first, ana)
	l.waits(0, first, "omar@example.org")
}

// Who signed in from somewhere before can do so again from there, however many fail from elsewhere.
func TestFailuresFromElsewhereLockNobodyOut(t *testing.T) {
	l := newLimits(t)
	l.waits(0, first, ana) // right
	l.passes(50, func(i int) string { return fmt.Sprintf("198.51.100.%d", i) }, always(ana))
	l.waits(30*time.Second, "203.0.113.9", ana)
	l.passes(5, always(first), always(ana))
	l.waits(time.Minute, first, ana)
	l.clock.Advance(time.Minute)
	l.waits(0, first, ana)
}

// Attempts that are refused cost next to nothing, so they must not push out what was counted.
func TestRefusedAttemptsPushNothingOut(t *testing.T) {
	l := newLimits(t)
	l.passes(50, func(i int) string { return fmt.Sprintf("198.51.100.%d", i) }, always(ana))
	l.passes(20, always(first), func(i int) string { return fmt.Sprintf("%d@example.org", i) })
	for i := range remembered {
		l.waits(5*time.Second, first, fmt.Sprintf("other%d@example.org", i))
	}
	l.waits(30*time.Second, "203.0.113.9", ana)
}

// Those that are under way count: many at once are no way around the limit. What is no answer takes nothing.
func TestManyAtOnce(t *testing.T) {
	l := newLimits(t)
	client := netip.MustParseAddr(first)
	broken := errors.New("no database")
	for range 10 {
		if _, err := l.attempt(client, ana, func() (bool, error) { return false, broken }); !errors.Is(err, broken) {
			t.Fatal(err)
		}
	}
	release := make(chan struct{})
	results := make(chan error, 100)
	var underWay, done sync.WaitGroup
	underWay.Add(5)
	for range 100 {
		done.Go(func() {
			_, err := l.attempt(client, ana, func() (bool, error) { underWay.Done(); <-release; return false, nil })
			results <- err
		})
	}
	underWay.Wait()
	for range 95 {
		if err := <-results; !apperr.Is(err, apperr.RateLimited) {
			t.Errorf("got %v", err)
		}
	}
	close(release)
	done.Wait()
	l.waits(time.Minute, first, ana)
}

func TestMemoryIsBounded(t *testing.T) {
	l := newLimits(t)
	for i := range remembered + 100 {
		l.try(fmt.Sprintf("2001:db8:%x:%x::1", i/65536, i%65536), fmt.Sprintf("%d@example.org", i), false)
	}
	for _, a := range []*allowance{l.pairs, l.clients, l.accounts} {
		if n := a.buckets.Len(); n != remembered {
			t.Errorf("%d buckets", n)
		}
	}
}

func TestWaitIsTold(t *testing.T) {
	for wait, want := range map[time.Duration]string{
		48 * time.Second: "Too many failed sign-ins. Try again in 48 seconds.", 200 * time.Millisecond: "Too many failed sign-ins. Try again in 1 second.",
	} {
		if e := apperr.As(tooMany(wait)); e.Message != want || e.RetryAfter < wait || e.RetryAfter > wait+time.Second {
			t.Errorf("%s: %q, %s", wait, e.Message, e.RetryAfter)
		}
	}
}
