package syncer

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/schema"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

// concurrentTries bounds how often a page is stored anew because another token's sync changed one of its devices.
const concurrentTries = 8

// storePages stores pages that follow each other: device rows with their events and counts, marks, the cursor by position, and the
// run's counters in one transaction, or nothing of it.
func (j *job) storePages(ctx context.Context, pages []fetched, kind inventory.Kind, mark bool, position func(*ent.ABMTokenUpdateOne)) error {
	records := make([][]inventory.Record, len(pages))
	devices := 0
	for i, f := range pages {
		records[i] = f.records
		devices += f.devices
	}
	folded := inventory.Fold(records...)
	now := j.clock.Now()
	seen := j.seen + devices
	speed := j.rate.add(now, seen)
	used := j.traffic.take(j.token.ID.String())
	err := j.retryConcurrent(ctx, func(ctx context.Context, tx *store.Tx) error {
		rules, err := j.assigns.Begin(ctx, tx)
		if err != nil {
			return err
		}
		res, err := inventory.Apply(ctx, tx, j.origin(kind), folded, now)
		if err != nil {
			return err
		}
		if rules {
			if err := j.assigns.Evaluate(ctx, tx, res.IDs); err != nil {
				return err
			}
		}
		if mark {
			if err := inventory.Mark(ctx, tx, j.token.ID, j.generation, res.IDs); err != nil {
				return err
			}
		}
		token := tx.ABMToken.UpdateOneID(j.token.ID)
		position(token)
		if err := token.Exec(ctx); err != nil {
			return err
		}
		return j.updateIn(ctx, tx.Client, func(u *ent.SyncRunUpdate) {
			count(u, used).AddPages(len(pages)).AddDevicesSeen(devices).
				AddAdded(res.Added).AddModified(res.Modified).AddRemoved(res.Removed).SetDevicesPerSecond(speed)
		})
	})
	if err != nil {
		return err
	}
	j.seen = seen
	j.progress.Changed()
	return nil
}

// storeList stores pages of the full fetch.
func (j *job) storeList(ctx context.Context, pages []fetched) error {
	last, stage := pages[len(pages)-1], abmtoken.StreamStageFetch
	if !last.more {
		stage = abmtoken.StreamStageSweep
	}
	err := j.storePages(ctx, pages, j.fetchKind(), true, func(t *ent.ABMTokenUpdateOne) {
		t.SetStreamCursor(last.cursor).SetStreamStage(stage).AddStreamPages(len(pages))
	})
	if err == nil {
		j.stage, j.cursor = stage, last.cursor
	}
	return err
}

// storeChanges stores pages of what changed, before or after a full fetch.
func (j *job) storeChanges(ctx context.Context, pages []fetched) error {
	last, kind := pages[len(pages)-1], inventory.Changes
	if j.full && j.stage == abmtoken.StreamStageSync {
		kind = inventory.LateChanges
	}
	err := j.storePages(ctx, pages, kind, false, func(t *ent.ABMTokenUpdateOne) { t.SetStreamCursor(last.cursor) })
	if err == nil {
		j.cursor = last.cursor
	}
	return err
}

// storeMeanwhile stores pages of what changed in the middle of a full fetch. Their devices are marked: the fetch may have passed
// where a new one stands.
func (j *job) storeMeanwhile(ctx context.Context, pages []fetched) error {
	last := pages[len(pages)-1]
	err := j.storePages(ctx, pages, inventory.LateChanges, true, func(t *ent.ABMTokenUpdateOne) { t.SetStreamDeltaCursor(last.cursor) })
	if err == nil {
		j.delta = last.cursor
	}
	return err
}

func (j *job) origin(kind inventory.Kind) inventory.Origin {
	return inventory.Origin{Token: j.token.ID, Run: j.id, Kind: kind, Fresh: j.fresh && kind == inventory.Import}
}

func count(u *ent.SyncRunUpdate, used usage) *ent.SyncRunUpdate {
	return u.AddRequests(used.requests).AddRetries(used.retries).AddBytesReceived(used.bytes).
		AddThrottleWaits(used.throttleWaits).AddThrottleSeconds(used.throttled.Seconds())
}

func (j *job) retryConcurrent(ctx context.Context, f func(context.Context, *store.Tx) error) error {
	for try := 1; ; try++ {
		err := j.store.WithTx(ctx, f)
		if !errors.Is(err, inventory.ErrConcurrent) || try == concurrentTries {
			return err
		}
		if j.fresh { // there are rows after all: look for them from now on
			j.fresh = false
			continue
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
	j.enter(p)
	err := j.update(ctx, func(u *ent.SyncRunUpdate) { u.SetPhase(p).SetPhaseTimes(j.phases) })
	if err == nil {
		j.progress.Changed()
	}
	return err
}

// enter notes the time of a phase, unless the run is in it: a run that was interrupted goes on where it was.
func (j *job) enter(p syncrun.Phase) {
	if n := len(j.phases); n == 0 || j.phases[n-1].Phase != string(p) {
		j.phases = append(j.phases, schema.PhaseTime{Phase: string(p), At: j.clock.Now()})
	}
}

// fullAsked tells whether somebody asked for a full sync while this one read changes: it is that, then. Who asks a moment later gets it with the next run.
func (j *job) fullAsked(ctx context.Context) (bool, error) {
	t, err := j.store.Reader().ABMToken.Get(ctx, j.token.ID)
	if err != nil {
		return false, err
	}
	return t.StreamStage == abmtoken.StreamStageCatchUp, nil
}

// becomeFull has the run's row say that it fetches the whole list.
func (j *job) becomeFull(ctx context.Context) error {
	if j.full {
		return nil
	}
	j.full = true
	return j.update(ctx, func(u *ent.SyncRunUpdate) { u.SetFull(true) })
}

// toFetch begins the full fetch of a list whose changes were read to their end. These go on being read in between.
func (j *job) toFetch(ctx context.Context) error {
	if err := j.becomeFull(ctx); err != nil {
		return err
	}
	return j.move(ctx, func(ctx context.Context, tx *store.Tx, _ *ent.ABMTokenUpdateOne) error {
		return beginFetch(ctx, tx, j.token.ID, j.cursor, true)
	})
}

// restart begins a full fetch because the cursor is of no use any more. What it finds different, no change could have announced.
func (j *job) restart(ctx context.Context) error {
	err := j.move(ctx, func(ctx context.Context, tx *store.Tx, _ *ent.ABMTokenUpdateOne) error {
		return beginFetch(ctx, tx, j.token.ID, "", false)
	})
	if err != nil {
		return err
	}
	if err := j.becomeFull(ctx); err != nil {
		return err
	}
	return j.phase(ctx, syncrun.PhaseFetch)
}

// loseChanges goes on with the full fetch alone when the cursor of the changes is of no use any more.
func (j *job) loseChanges(ctx context.Context) error {
	return j.move(ctx, func(_ context.Context, _ *store.Tx, t *ent.ABMTokenUpdateOne) error {
		t.SetStreamDeltaCursor("").SetStreamReconciles(false)
		return nil
	})
}

// toSweep ends the full fetch where it stands.
func (j *job) toSweep(ctx context.Context) error {
	return j.move(ctx, func(_ context.Context, _ *store.Tx, t *ent.ABMTokenUpdateOne) error {
		t.SetStreamStage(abmtoken.StreamStageSweep)
		return nil
	})
}

// swept ends the sweep: from here on the stream gives changes. held is how many removals wait for an administrator.
func (j *job) swept(ctx context.Context, held int) error {
	now := j.clock.Now()
	j.held = held
	return j.move(ctx, func(ctx context.Context, tx *store.Tx, t *ent.ABMTokenUpdateOne) error {
		t.SetStreamStage(abmtoken.StreamStageSync).SetStreamDeltaCursor("").SetHeldRemovals(held).SetConfirmedRemovals(0)
		switch {
		case held == 0:
			t.ClearHeldAt()
		case j.token.HeldAt == nil:
			t.SetHeldAt(now)
		}
		if err := j.updateIn(ctx, tx.Client, func(u *ent.SyncRunUpdate) { u.SetHeldRemovals(held) }); err != nil {
			return err
		}
		return inventory.Swept(ctx, tx, j.origin(j.fetchKind()), j.generation, now)
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
			j.at(t)
		}
		return err
	})
}

// confirmedRemovals is how many removals an administrator confirmed, by now.
func (j *job) confirmedRemovals(ctx context.Context) (int, error) {
	t, err := j.store.Reader().ABMToken.Get(ctx, j.token.ID)
	if err != nil {
		return 0, err
	}
	return t.ConfirmedRemovals, nil
}

func (j *job) removeMissing(ctx context.Context, missing []gid.ID) error {
	now := j.clock.Now()
	err := j.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		rules, err := j.assigns.Begin(ctx, tx)
		if err != nil {
			return err
		}
		n, err := inventory.Remove(ctx, tx, j.origin(j.fetchKind()), missing, now)
		if err != nil {
			return err
		}
		if rules {
			if err := j.assigns.Evaluate(ctx, tx, missing); err != nil {
				return err
			}
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
	if status == syncrun.StatusSucceeded {
		j.enter(syncrun.PhaseFinish)
	}
	return j.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		var found inventory.Differences
		if j.full {
			var err error
			if found, err = inventory.FindDifferences(ctx, tx, j.id); err != nil {
				return err
			}
			if j.reconciles {
				found.MissingAtApple += j.held
			}
		}
		err := j.updateIn(ctx, tx.Client, func(u *ent.SyncRunUpdate) {
			if j.token != nil {
				count(u, j.traffic.take(j.token.ID.String()))
			}
			u.SetStatus(status).SetFinishedAt(now).SetUpdatedAt(now).SetLeaseExpiresAt(now).
				SetDevicesPerSecond(perSecond(j.seen, now.Sub(j.startedAt))).
				SetCompared(j.full && j.reconciles && j.stage != abmtoken.StreamStageCatchUp).
				SetMissingHere(found.MissingHere).SetMissingAtApple(found.MissingAtApple).SetChangedUnannounced(found.Changed)
			if status == syncrun.StatusSucceeded {
				u.SetPhase(syncrun.PhaseFinish).SetPhaseTimes(j.phases)
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
		if err := t.Exec(ctx); err != nil {
			return err
		}
		if err := j.assigns.Synced(ctx, tx, j.token.ID); err != nil || !found.Any() {
			return err
		}
		j.log.WarnContext(ctx, "the full reconciliation found what Apple's changes had not announced", "run", j.id.String(), "token", j.token.ID.String(),
			"missing_here", found.MissingHere, "missing_at_apple", found.MissingAtApple, "changed", found.Changed)
		return audit.Record(ctx, tx.Client, j.clock, audit.Entry{Action: "reconciliationFoundDifferences", ObjectID: j.token.ID, ObjectName: j.token.Name,
			After: map[string]any{"syncRunId": j.id.String(), "missingHere": found.MissingHere, "missingAtApple": found.MissingAtApple, "changed": found.Changed}})
	})
}

// release hands the run over: its lease lapses at once, and whoever looks next takes it up.
func (j *job) release(ctx context.Context) error {
	return j.update(ctx, func(u *ent.SyncRunUpdate) { u.SetLeaseExpiresAt(time.Unix(0, 0)) })
}
