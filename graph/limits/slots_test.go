package limits_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/guardmdm/guardmdm/graph/limits"
)

func TestSlots(t *testing.T) {
	s := limits.NewSlots[string](2)
	first, ok1 := s.Take("a")
	_, ok2 := s.Take("a")
	refused, ok3 := s.Take("a")
	if _, other := s.Take("b"); !ok1 || !ok2 || ok3 || !other {
		t.Fatalf("%v %v %v %v", ok1, ok2, ok3, other)
	}
	refused() // gives nothing back
	if _, ok := s.Take("a"); ok {
		t.Error("a slot that was not taken was given back")
	}
	first()
	first() // once only
	if _, ok := s.Take("a"); !ok {
		t.Error("the slot is not free again")
	}
	if _, ok := s.Take("a"); ok {
		t.Error("one release freed two slots")
	}
}

func TestSlotsOfManyAtOnce(t *testing.T) {
	const limit = 3
	s := limits.NewSlots[int](limit)
	var holding atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 1000 {
				release, ok := s.Take(1)
				if ok && holding.Add(1) > limit {
					t.Error("more than the limit at once")
				}
				if ok {
					holding.Add(-1)
				}
				release()
			}
		})
	}
	all.Wait()
	for range limit {
		if _, ok := s.Take(1); !ok {
			t.Error("a slot was lost")
		}
	}
}
