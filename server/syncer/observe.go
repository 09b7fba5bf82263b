package syncer

import (
	"context"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
)

// Observer is told what happens to runs, for metrics. Its methods are called from any goroutine and must not block.
type Observer interface {
	RunEnded(run *ent.SyncRun)            // by this process
	TakenOver(token gid.ID)               // a run whose lease had lapsed is ours now
	Fenced(token gid.ID)                  // a run was ours and is no longer
	PagesWaiting(token gid.ID, pages int) // fetched and not stored
}

// unobserved is the Observer of nobody.
type unobserved struct{}

func (unobserved) RunEnded(*ent.SyncRun)    {}
func (unobserved) TakenOver(gid.ID)         {}
func (unobserved) Fenced(gid.ID)            {}
func (unobserved) PagesWaiting(gid.ID, int) {}

// observeEnd tells the Observer how the run ended, if it did.
func (s *Syncer) observeEnd(ctx context.Context, id gid.ID) {
	if run, err := s.store.Reader().SyncRun.Get(ctx, id); err == nil && run.Status != syncrun.StatusRunning {
		s.observer.RunEnded(run)
	}
}
