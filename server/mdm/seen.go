package mdm

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// flushInterval is how long the database may not know yet that a device called.
	flushInterval = 15 * time.Second
	// flushBatch is how many devices are written in a transaction.
	flushBatch = 500
	// topic is the one signal of all devices that enroll: its receivers read from the database what changed.
	topic = "enrollment"
	// interval is the least time between two signals of a process.
	interval = 250 * time.Millisecond
)

// saw remembers that a device called. Ten thousand may within a minute: they are written together, and only those whose minute is not in
// the database yet.
func (s *Service) saw(device gid.ID) {
	if device == 0 {
		return
	}
	now := s.clock.Now().UTC().Truncate(time.Minute)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[device] = now
}

// flush writes when devices called last.
func (s *Service) flush(ctx context.Context) error {
	s.mu.Lock()
	seen := s.seen
	s.seen = map[gid.ID]time.Time{}
	s.mu.Unlock()
	for devices := range slices.Chunk(slices.Sorted(maps.Keys(seen)), flushBatch) { // sorted: replicas take the rows in one order
		byMinute := map[time.Time][]int64{}
		for _, d := range devices {
			byMinute[seen[d]] = append(byMinute[seen[d]], int64(d))
		}
		err := s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			for at, ids := range byMinute {
				list, err := json.Marshal(ids)
				if err != nil {
					return err
				}
				if _, err := tx.ExecContext(ctx, "UPDATE device_enrollments SET last_seen_at = $1 WHERE (last_seen_at IS NULL OR last_seen_at < $1) AND device_id IN ("+elements(tx, "$2")+")",
					at, string(list)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			s.unflushed(seen)
			return fmt.Errorf("writing when devices called: %w", err)
		}
	}
	return nil
}

// unflushed takes back what could not be written, but where a device called again since. Writing some of it twice does no harm.
func (s *Service) unflushed(seen map[gid.ID]time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for d, at := range seen {
		if _, again := s.seen[d]; !again {
			s.seen[d] = at
		}
	}
}

// announce says that a device's state changed. It does not wait.
func (s *Service) announce() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// Run writes when devices called, announces changes to all replicas, and carries commands on, until ctx ends.
func (s *Service) Run(ctx context.Context) {
	var working sync.WaitGroup
	working.Go(func() { s.work(auth.System(ctx)) })
	defer working.Wait()
	ticker := s.clock.NewTicker(flushInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			if err := s.flush(ctx); err != nil {
				s.log.WarnContext(ctx, "the last calls of devices are lost", "error", err)
			}
			return
		case <-ticker.Chan():
			if err := s.flush(ctx); err != nil && ctx.Err() == nil {
				s.log.WarnContext(ctx, "when devices called could not be written", "error", err)
			}
		case <-s.changed:
			if err := s.Bus.Publish(ctx, topic); err != nil && ctx.Err() == nil {
				s.log.WarnContext(ctx, "enrollments could not be announced; watchers see them a little later", "error", err)
			}
			if !s.pause(ctx, interval) {
				continue
			}
		}
	}
}

func (s *Service) pause(ctx context.Context, d time.Duration) bool {
	timer := s.clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return true
	case <-ctx.Done():
		return false
	}
}
