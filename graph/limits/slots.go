package limits

import "sync"

// Slots counts what is open at the same time, by owner. It is safe for concurrent use.
type Slots[K comparable] struct {
	limit int

	mu    sync.Mutex
	taken map[K]int
}

// NewSlots allows limit slots for each owner.
func NewSlots[K comparable](limit int) *Slots[K] {
	return &Slots[K]{limit: limit, taken: map[K]int{}}
}

// Take takes a slot of the owner's; ok is false when all are taken. The slot is free again after release, which may be called
// more than once.
func (s *Slots[K]) Take(owner K) (release func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken[owner] >= s.limit {
		return func() {}, false
	}
	s.taken[owner]++
	return sync.OnceFunc(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.taken[owner]--; s.taken[owner] == 0 {
			delete(s.taken, owner)
		}
	}), true
}
