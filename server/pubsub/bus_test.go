package pubsub_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// patience bounds every wait of these tests for something that must come; how long it takes is not tested.
const patience = 10 * time.Second

// each runs the contract that every bus keeps. Postgres is listening when f starts.
func each(t *testing.T, f func(t *testing.T, bus pubsub.Bus)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) {
		dbtest.CheckLeaks(t)
		bus := pubsub.NewMemory()
		defer closeBus(t, bus)
		f(t, bus)
	})
	t.Run("postgres", func(t *testing.T) {
		dbtest.CheckLeaks(t)
		r := newRig(t)
		bus := r.bus(t)
		r.await(t, "listening")
		f(t, bus)
	})
}

func closeBus(t *testing.T, bus pubsub.Bus) {
	t.Helper()
	if err := bus.Close(); err != nil {
		t.Error(err)
	}
}

func publish(t *testing.T, bus pubsub.Bus, topic string) {
	t.Helper()
	if err := bus.Publish(t.Context(), topic); err != nil {
		t.Errorf("publish %s: %v", topic, err)
	}
}

func receive(t *testing.T, s *pubsub.Subscription) {
	t.Helper()
	select {
	case _, ok := <-s.C():
		if !ok {
			t.Fatal("the subscription ended")
		}
	case <-time.After(patience):
		t.Fatal("no signal came")
	}
}

// silent tells that nothing waits, after a later signal of the same bus came through: then nothing is on its way either.
func silent(t *testing.T, bus pubsub.Bus, subscriptions ...*pubsub.Subscription) {
	t.Helper()
	marker := bus.Subscribe("marker")
	defer marker.Close()
	publish(t, bus, "marker")
	receive(t, marker)
	for i, s := range subscriptions {
		select {
		case <-s.C():
			t.Errorf("subscription %d was signaled", i)
		default:
		}
	}
}

func TestSignalReachesItsTopicOnly(t *testing.T) {
	each(t, func(t *testing.T, bus pubsub.Bus) {
		a1, a2, b := bus.Subscribe("run/1"), bus.Subscribe("run/1"), bus.Subscribe("run/11")
		publish(t, bus, "run/1")
		receive(t, a1)
		receive(t, a2)
		silent(t, bus, a1, a2, b)
	})
}

func TestPrefix(t *testing.T) {
	each(t, func(t *testing.T, bus pubsub.Bus) {
		runs, all, other := bus.Subscribe("run/*"), bus.Subscribe("*"), bus.Subscribe("device/*")
		publish(t, bus, "run/1")
		receive(t, runs)
		receive(t, all)
		silent(t, bus, runs, other)
	})
}

func TestSignalsThatWaitBecomeOne(t *testing.T) {
	each(t, func(t *testing.T, bus pubsub.Bus) {
		s := bus.Subscribe("t")
		for range 500 { // a receiver that takes none holds nobody up
			publish(t, bus, "t")
		}
		marker := bus.Subscribe("marker")
		publish(t, bus, "marker")
		receive(t, marker)
		receive(t, s)
		silent(t, bus, s)
		publish(t, bus, "t")
		receive(t, s)
	})
}

func TestClosedSubscription(t *testing.T) {
	each(t, func(t *testing.T, bus pubsub.Bus) {
		s, stays := bus.Subscribe("t"), bus.Subscribe("t")
		s.Close()
		s.Close()
		publish(t, bus, "t")
		receive(t, stays)
		if _, ok := <-s.C(); ok {
			t.Error("a closed subscription was signaled")
		}
	})
}

func TestClosedBus(t *testing.T) {
	each(t, func(t *testing.T, bus pubsub.Bus) {
		s, prefix := bus.Subscribe("t"), bus.Subscribe("*")
		closeBus(t, bus)
		for _, s := range []*pubsub.Subscription{s, prefix, bus.Subscribe("late")} {
			if _, ok := <-s.C(); ok {
				t.Error("a subscription of a closed bus was signaled")
			}
			s.Close()
		}
		if err := bus.Publish(t.Context(), "t"); !errors.Is(err, pubsub.ErrClosed) {
			t.Errorf("publish: %v", err)
		}
		closeBus(t, bus)
	})
}

func TestBadTopicsAreRefused(t *testing.T) {
	each(t, func(t *testing.T, bus pubsub.Bus) {
		for _, topic := range []string{"", "*", "run/*", "a\x00b", strings.Repeat("x", 201)} {
			if err := bus.Publish(t.Context(), topic); err == nil {
				t.Errorf("%.10q was published", topic)
			}
		}
		long := strings.Repeat("ü", 100)
		s := bus.Subscribe(long)
		publish(t, bus, long)
		receive(t, s)
	})
}

func TestManyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, bus pubsub.Bus) {
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				topic := fmt.Sprintf("t/%d", i%2)
				for range 20 {
					s := bus.Subscribe(topic)
					publish(t, bus, topic)
					receive(t, s)
					s.Close()
				}
			})
		}
		all.Wait()
	})
}

func BenchmarkPublishBeside10000Subscriptions(b *testing.B) {
	bus := pubsub.NewMemory()
	defer bus.Close()
	for i := range 10_000 {
		bus.Subscribe(fmt.Sprintf("run/%d", i))
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := bus.Publish(context.Background(), "run/77"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPublishTo10000Subscriptions(b *testing.B) {
	bus := pubsub.NewMemory()
	defer bus.Close()
	for range 10_000 {
		bus.Subscribe("run/1")
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := bus.Publish(context.Background(), "run/1"); err != nil {
			b.Fatal(err)
		}
	}
}
