package convergence_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/devicecount"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
)

// checkHistory goes through what was written about each device and each run: no event was lost or doubled.
func (w *world) checkHistory(devices []*ent.Device, runs []*ent.SyncRun) {
	w.t.Helper()
	list, err := w.proc.DB.Reader().DeviceEvent.Query().Order(deviceevent.ByID()).All(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	// A run that broke off had no time to read what Apple announced of what it had found, such as our own assignments of that moment.
	ended := map[gid.ID]bool{}
	for _, r := range runs {
		ended[r.ID] = r.Status == syncrun.StatusSucceeded
	}
	events := map[gid.ID][]*ent.DeviceEvent{}      // by device
	kinds := map[gid.ID]map[deviceevent.Kind]int{} // by run
	for _, e := range list {
		events[e.DeviceID] = append(events[e.DeviceID], e)
		if e.SyncRunID == nil {
			if !ofAssignment(e) {
				w.t.Errorf("event %s is of no run", e.ID)
			}
			continue
		}
		if kinds[*e.SyncRunID] == nil {
			kinds[*e.SyncRunID] = map[deviceevent.Kind]int{}
		}
		kinds[*e.SyncRunID][e.Kind]++
		if e.Unannounced && ended[*e.SyncRunID] && !w.lied && !w.misled {
			w.t.Errorf("run %s says that Apple had not announced what it had: %v", *e.SyncRunID, e)
		}
	}
	balance := map[gid.ID]int{} // by token: how many more devices its runs brought than it has
	imported := 0
	for _, d := range devices {
		if d.RemovedAt == nil {
			balance[d.AbmTokenID]--
		}
		if w.replay(d, events[d.ID], balance) {
			imported++
		}
	}

	// What the runs counted is what they wrote down. Only the devices of a first list are counted and not written down.
	for _, r := range runs {
		k := kinds[r.ID]
		balance[r.AbmTokenID] += r.Added - r.Removed
		imported -= r.Added - k[deviceevent.KindAdded] - k[deviceevent.KindReturned] - k[deviceevent.KindMoved]
		if r.Modified != k[deviceevent.KindModified]+k[deviceevent.KindPushed] || r.Removed != k[deviceevent.KindRemoved] {
			w.t.Errorf("run %s counted %d modified and %d removed devices, and wrote down %v", r.ID, r.Modified, r.Removed, k)
		}
		if found := r.MissingHere + r.MissingAtApple + r.ChangedUnannounced; found > 0 && ended[r.ID] && !w.lied && !w.misled {
			w.t.Errorf("run %s found %d differences although Apple had announced everything", r.ID, found)
		}
	}
	if imported != 0 {
		w.t.Errorf("%d more devices came without an event than the runs counted", imported)
	}
	for token, more := range balance {
		if more != 0 {
			w.t.Errorf("by its runs %s has %d devices more than it has", token, more)
		}
	}
}

// ofAssignment tells the events that no run makes.
func ofAssignment(e *ent.DeviceEvent) bool {
	return e.Kind == deviceevent.KindAssigned || e.Kind == deviceevent.KindCleared || e.Kind == deviceevent.KindAssignmentFailed
}

// unknown is the value of a field before an event that changed it without saying from what.
type unknown struct{}

// replay goes back from the row through the device's events, each of which must lead to what follows it, and forward through its
// coming and going. It reports whether the device came without an event, and takes away from balance what moved away.
func (w *world) replay(d *ent.Device, events []*ent.DeviceEvent, balance map[gid.ID]int) (imported bool) {
	w.t.Helper()
	state := map[string]any{
		"model": d.Model, "description": d.Description, "color": d.Color, "assetTag": d.AssetTag, "deviceFamily": d.DeviceFamily, "os": d.Os,
		"platform": string(d.Platform), "appleProfileUuid": d.AppleProfileUUID, "appleProfileStatus": d.AppleProfileStatus,
		"appleProfileAssignedAt": written(d.AppleProfileAssignedAt), "appleProfilePushedAt": written(d.AppleProfilePushedAt),
		"deviceAssignedAt": written(d.DeviceAssignedAt), "deviceAssignedBy": d.DeviceAssignedBy,
		"mdmMigrationDeadline": written(d.MdmMigrationDeadline), "other": d.AppleExtra, "abmTokenId": d.AbmTokenID.String(),
	}
	// An exchange is a fact about two devices, and no change of either.
	events = slices.DeleteFunc(slices.Clone(events), func(e *ent.DeviceEvent) bool {
		return e.Kind == deviceevent.KindReplaces || e.Kind == deviceevent.KindReplacedBy
	})
	token := d.AbmTokenID
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		changes := map[string][2]any{}
		if len(e.Changes) > 0 {
			if err := json.Unmarshal(e.Changes, &changes); err != nil {
				w.t.Errorf("%s: event %s: %v", d.SerialNumber, e.ID, err)
			}
		}
		if e.Kind == deviceevent.KindAssignmentFailed {
			continue // nothing changed, and the device may have gone meanwhile
		}
		if e.AbmTokenID != token {
			w.t.Errorf("%s: event %s is in the list of %s, but the device was with %s then", d.SerialNumber, e.ID, e.AbmTokenID, token)
		}
		if e.Kind == deviceevent.KindModified && len(changes) == 0 {
			w.t.Errorf("%s: event %s says that something changed, and not what", d.SerialNumber, e.ID)
		}
		delete(changes, "releasedByReplacement") // why it was removed
		profile := state["appleProfileUuid"]
		for field, c := range changes {
			is, known := state[field]
			_, open := is.(unknown)
			switch {
			case open:
			case field == "appleProfileAssignedAt" && profile != "": // noted alone, it makes no event
			case !known || is != c[1] || c[0] == c[1] && !ofAssignment(e):
				w.t.Errorf("%s: event %s made %s %v out of %v, but it is %v afterwards", d.SerialNumber, e.ID, field, c[1], c[0], is)
			}
			state[field] = c[0]
			if ofAssignment(e) {
				for _, other := range []string{"appleProfileStatus", "appleProfileAssignedAt", "appleProfilePushedAt"} {
					state[other] = unknown{}
				}
			}
			if field != "abmTokenId" {
				continue
			}
			var err error
			if token, err = gid.Parse(fmt.Sprint(c[0])); err != nil {
				w.t.Errorf("%s: event %s: %v", d.SerialNumber, e.ID, err)
			}
			if e.Kind == deviceevent.KindMoved {
				balance[token]--
			}
		}
	}
	events = slices.DeleteFunc(slices.Clone(events), ofAssignment)
	imported = len(events) == 0 || events[0].Kind != deviceevent.KindAdded
	present := imported
	for _, e := range events {
		was := present
		present = e.Kind != deviceevent.KindRemoved
		if comes := e.Kind == deviceevent.KindAdded || e.Kind == deviceevent.KindReturned; was == comes {
			w.t.Errorf("%s: event %s says %s, but the device was there: %v\n%v", d.SerialNumber, e.ID, e.Kind, was, events)
		}
	}
	if present != (d.RemovedAt == nil) {
		w.t.Errorf("%s: by its events it is there: %v, by its row: %v\n%v", d.SerialNumber, present, d.RemovedAt == nil, events)
	}
	return imported
}

// written is a time as events hold it.
func written(t *time.Time) any {
	if t == nil {
		return nil
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// checkNotes compares the notes about devices with their rows.
func (w *world) checkNotes(devices []*ent.Device) {
	w.t.Helper()
	deadlines := map[gid.ID]time.Time{}
	for _, n := range w.proc.DB.Reader().DeviceNote.Query().WithDevice().AllX(context.Background()) {
		d := n.Edges.Device
		switch {
		case d.RemovedAt != nil:
			w.t.Errorf("%s is removed, and has the note %s", d.SerialNumber, n.Kind)
		case n.Kind == devicenote.KindMigration:
			deadlines[d.ID] = n.At
		case n.Kind == devicenote.KindActivated && d.AppleProfileStatus == "pushed":
			w.t.Errorf("%s has fetched its profile, and a note says that it has not", d.SerialNumber)
		}
	}
	for _, d := range devices {
		at, noted := deadlines[d.ID]
		if has := d.RemovedAt == nil && d.MdmMigrationDeadline != nil; has != noted || has && !at.Equal(*d.MdmMigrationDeadline) {
			w.t.Errorf("%s has the migration deadline %v, by its note %v", d.SerialNumber, d.MdmMigrationDeadline, at)
		}
	}
}

// tally is a row of the kept counts.
type tally struct{ Present, Removed int }

// checkCounts compares the kept counts with a recount.
func (w *world) checkCounts(devices []*ent.Device) {
	w.t.Helper()
	const secondsADay = 24 * 60 * 60
	oldest := int(w.line.Now().Unix()/secondsADay) - 29 // what people can ask for
	if w.far {
		oldest = math.MaxInt // known: a clock that is far ahead takes the present days for old ones, and drops them
	}
	key := func(token gid.ID, platform string, day int) string { return fmt.Sprint(token, " ", platform, " ", day) }
	kept, counted := map[string]tally{}, map[string]tally{}
	list, err := w.proc.DB.Reader().DeviceCount.Query().Order(devicecount.ByID()).All(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range list {
		if (c.Day == 0 || c.Day >= oldest) && (c.Present != 0 || c.Removed != 0) {
			kept[key(c.AbmTokenID, c.Platform, c.Day)] = tally{c.Present, c.Removed}
		}
	}
	for _, d := range devices {
		one, at := tally{Present: 1}, d.AddedAt
		if d.RemovedAt != nil {
			one, at = tally{Removed: 1}, *d.RemovedAt
		}
		for _, day := range []int{0, int(at.Unix() / secondsADay)} {
			if day == 0 || day >= oldest {
				k := key(d.AbmTokenID, string(d.Platform), day)
				sum := counted[k]
				counted[k] = tally{sum.Present + one.Present, sum.Removed + one.Removed}
			}
		}
	}
	if diff := cmp.Diff(counted, kept); diff != "" {
		w.t.Errorf("the kept counts differ from a recount (-recount +kept):\n%s", diff)
	}
}
