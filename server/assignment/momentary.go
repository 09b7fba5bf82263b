package assignment

import (
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// momentary are numbers, of one token or of all for 0, that take long to count and are looked at, not acted upon: they are kept for a moment, so that many
// who look cost no more than one.
type momentary[T any] struct {
	mu   sync.Mutex
	kept map[gid.ID]counted[T]
}

type counted[T any] struct {
	numbers T
	until   time.Time
}

const (
	keptTimes = 20 // as long as the counting took
	keptMost  = time.Minute
)

// get gives the kept numbers, or those that count does. Whoever comes while they are counted waits for that.
func (m *momentary[T]) get(token gid.ID, clock clockwork.Clock, count func() (T, error)) (T, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	begun := clock.Now()
	if c, ok := m.kept[token]; ok && begun.Before(c.until) {
		return c.numbers, nil
	}
	numbers, err := count()
	if err != nil {
		return numbers, err
	}
	now := clock.Now()
	if m.kept == nil {
		m.kept = map[gid.ID]counted[T]{}
	}
	m.kept[token] = counted[T]{numbers, now.Add(min(keptTimes*now.Sub(begun), keptMost))}
	return numbers, nil
}
