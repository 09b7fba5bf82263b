package assignment

import (
	"context"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/gid"
)

// topic is the one signal of all batches: its receivers read from the database what changed.
const topic = "assignment"

// interval is the least time between two signals, and between two states that a watcher gets.
const interval = 250 * time.Millisecond

// announce turns changes into signals to all replicas, at most one an interval.
func (s *Service) announce(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.changed:
		}
		if err := s.Bus.Publish(ctx, topic); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "assignment progress could not be announced; watchers see it a little later", "error", err)
		}
		if !s.wait(ctx, interval) {
			return
		}
	}
}

func (s *Service) wait(ctx context.Context, d time.Duration) bool {
	timer := s.clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return true
	case <-ctx.Done():
		return false
	}
}

// Watch gives a batch as it is, then as it changes. The channel is closed when the batch or ctx has ended. Errors: NotFound.
func (s *Service) Watch(ctx context.Context, id gid.ID) (<-chan *ent.AssignmentBatch, error) {
	signals := s.Bus.Subscribe(topic) // before the first look, so that nothing falls between
	batch, err := getBatch(ctx, s.db.Reader(), id)
	if err != nil {
		signals.Close()
		return nil, err
	}
	out := make(chan *ent.AssignmentBatch)
	go func() {
		defer close(out)
		defer signals.Close()
		for {
			select {
			case out <- batch:
			case <-ctx.Done():
				return
			}
			for told := batch; batch.UpdatedAt.Equal(told.UpdatedAt) && batch.Status == told.Status; {
				if batch.Status != assignmentbatch.StatusRunning {
					return
				}
				select {
				case _, open := <-signals.C():
					if !open {
						return
					}
				case <-ctx.Done():
					return
				}
				if !s.wait(ctx, interval) {
					return
				}
				if batch, err = getBatch(ctx, s.db.Reader(), id); err != nil {
					s.log.WarnContext(ctx, "a batch could not be read", "batch", id.String(), "error", err)
					return
				}
			}
		}
	}()
	return out, nil
}
