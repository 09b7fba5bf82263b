package graph

import (
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/syncrun"
)

// notable tells the runs that are worth a look from the periodic ones that found nothing.
func notable(wanted bool) predicate.SyncRun {
	is := syncrun.Or(
		syncrun.StatusNEQ(syncrun.StatusSucceeded), syncrun.TriggerEQ(syncrun.TriggerManual),
		syncrun.AddedGT(0), syncrun.ModifiedGT(0), syncrun.RemovedGT(0), syncrun.HeldRemovalsGT(0),
	)
	if wanted {
		return is
	}
	return syncrun.Not(is)
}
