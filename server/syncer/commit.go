package syncer

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

// concurrentTries bounds how often a page is stored anew because another token's sync changed one of its devices.
const concurrentTries = 8

// storePages stores pages that follow each other: device rows, marks, cursor and counters in one transaction, or nothing of it.
func (j *job) storePages(ctx context.Context, pages []fetched) error {
	last := pages[len(pages)-1]
	var records []inventory.Record
	devices := 0
	for _, f := range pages {
		records = append(records, f.records...)
		devices += f.devices
	}
	folded := inventory.Fold(records)
	now := j.clock.Now()
	seen := j.seen + devices
	speed := j.rate.add(now, seen)
	used := j.traffic.take(j.token.ID.String())
	stage := j.stage
	if stage == abmtoken.StreamStageFetch && !last.more {
		stage = abmtoken.StreamStageSweep
	}
	err := j.retryConcurrent(ctx, func(ctx context.Context, tx *store.Tx) error {
		res, err := inventory.Apply(ctx, tx, j.token.ID, folded, now)
		if err != nil {
			return err
		}
		position := tx.ABMToken.UpdateOneID(j.token.ID).SetStreamCursor(last.cursor).SetStreamStage(stage)
		if j.stage == abmtoken.StreamStageFetch {
			if err := inventory.Mark(ctx, tx, j.token.ID, j.generation, res.IDs); err != nil {
				return err
			}
			position.AddStreamPages(len(pages))
		}
		if err := position.Exec(ctx); err != nil {
			return err
		}
		return j.updateIn(ctx, tx.Client, func(u *ent.SyncRunUpdate) {
			count(u, used).AddPages(len(pages)).AddDevicesSeen(devices).
				AddAdded(res.Added).AddModified(res.Modified).AddRemoved(res.Removed).
				SetDevicesPerSecond(speed).SetLeaseExpiresAt(now.Add(lease))
		})
	})
	if err != nil {
		return err
	}
	j.seen, j.stage, j.cursor = seen, stage, last.cursor
	j.progress.Changed()
	return nil
}

func count(u *ent.SyncRunUpdate, used usage) *ent.SyncRunUpdate {
	return u.AddRequests(used.requests).AddRetries(used.retries).AddBytesReceived(used.bytes)
}

func (j *job) retryConcurrent(ctx context.Context, f func(context.Context, *store.Tx) error) error {
	for try := 1; ; try++ {
		err := j.store.WithTx(ctx, f)
		if !errors.Is(err, inventory.ErrConcurrent) || try == concurrentTries {
			return err
		}
		timer := j.clock.NewTimer(rand.N(10 * time.Millisecond << try))
		select {
		case <-timer.Chan():
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// update changes the run's row if it is still ours, else it fails with errFenced.
func (j *job) update(ctx context.Context, change func(*ent.SyncRunUpdate)) error {
	return j.updateIn(ctx, j.store.Ent(), change)
}

func (j *job) updateIn(ctx context.Context, client *ent.Client, change func(*ent.SyncRunUpdate)) error {
	u := client.SyncRun.Update().
		Where(syncrun.ID(j.id), syncrun.Fence(j.fence), syncrun.StatusEQ(syncrun.StatusRunning)).
		SetUpdatedAt(j.clock.Now())
	change(u)
	n, err := u.Save(ctx)
	if err == nil && n == 0 {
		return errFenced
	}
	return err
}

func (j *job) phase(ctx context.Context, p syncrun.Phase) error {
	err := j.update(ctx, func(u *ent.SyncRunUpdate) { u.SetPhase(p) })
	if err == nil {
		j.progress.Changed()
	}
	return err
}

// toSweep ends the full fetch where it stands.
func (j *job) toSweep(ctx context.Context) error {
	return j.move(ctx, func(_ context.Context, _ *store.Tx, t *ent.ABMTokenUpdateOne) error {
		t.SetStreamStage(abmtoken.StreamStageSweep)
		return nil
	})
}

// restart begins a full fetch because the cursor is of no use any more.
func (j *job) restart(ctx context.Context) error {
	err := j.move(ctx, func(ctx context.Context, tx *store.Tx, _ *ent.ABMTokenUpdateOne) error {
		return restartStream(ctx, tx, j.token)
	})
	if err != nil {
		return err
	}
	j.full = true
	return j.update(ctx, func(u *ent.SyncRunUpdate) { u.SetFull(true).SetPhase(syncrun.PhaseFetch) })
}

// swept ends the sweep: from here on the stream gives changes.
func (j *job) swept(ctx context.Context) error {
	return j.move(ctx, func(ctx context.Context, tx *store.Tx, t *ent.ABMTokenUpdateOne) error {
		t.SetStreamStage(abmtoken.StreamStageSync)
		return inventory.ForgetMarks(ctx, tx, j.token.ID, j.generation)
	})
}

// move changes the position of the stream in a transaction that is ours only, and follows it.
func (j *job) move(ctx context.Context, change func(context.Context, *store.Tx, *ent.ABMTokenUpdateOne) error) error {
	return j.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := j.updateIn(ctx, tx.Client, func(*ent.SyncRunUpdate) {}); err != nil {
			return err
		}
		u := tx.ABMToken.UpdateOneID(j.token.ID)
		if err := change(ctx, tx, u); err != nil {
			return err
		}
		if len(u.Mutation().Fields()) > 0 {
			if err := u.Exec(ctx); err != nil {
				return err
			}
		}
		t, err := tx.ABMToken.Get(ctx, j.token.ID)
		if err == nil {
			j.stage, j.cursor, j.generation = t.StreamStage, t.StreamCursor, t.StreamGeneration
		}
		return err
	})
}

func (j *job) removeMissing(ctx context.Context, missing []gid.ID) error {
	now := j.clock.Now()
	err := j.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		n, err := inventory.Remove(ctx, tx, j.token.ID, missing, now)
		if err != nil {
			return err
		}
		return j.updateIn(ctx, tx.Client, func(u *ent.SyncRunUpdate) { u.AddRemoved(n) })
	})
	if err == nil {
		j.progress.Changed()
	}
	return err
}

// finish ends the run.
func (j *job) finish(ctx context.Context, status syncrun.Status, failure error) error {
	now := j.clock.Now()
	return j.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		err := j.updateIn(ctx, tx.Client, func(u *ent.SyncRunUpdate) {
			if j.token != nil {
				count(u, j.traffic.take(j.token.ID.String()))
			}
			u.SetStatus(status).SetFinishedAt(now).SetUpdatedAt(now).SetLeaseExpiresAt(now).
				SetDevicesPerSecond(perSecond(j.seen, now.Sub(j.startedAt)))
			if status == syncrun.StatusSucceeded {
				u.SetPhase(syncrun.PhaseFinish)
			}
			if failure != nil {
				e := failureOf(failure)
				u.SetErrorCode(string(e.Code)).SetErrorMessage(e.Message).SetErrorHint(e.Hint)
			}
		})
		if err != nil || status != syncrun.StatusSucceeded {
			return err
		}
		t := tx.ABMToken.UpdateOneID(j.token.ID).SetLastSyncedAt(now)
		if j.full {
			t.SetLastFullSyncAt(now)
		}
		return t.Exec(ctx)
	})
}

// release hands the run over: its lease lapses at once, and whoever looks next takes it up.
func (j *job) release(ctx context.Context) error {
	return j.update(ctx, func(u *ent.SyncRunUpdate) { u.SetLeaseExpiresAt(j.clock.Now().Add(-time.Second)) })
}
