package convergence_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/test/stack"
)

// assigned lets time pass until nothing waits to be told to Apple, and nothing that was told waits to be heard of.
func (w *world) assigned() {
	w.t.Helper()
	for round := 0; ; round++ {
		w.untilIdle()
		due, waits := w.nextDue()
		told := w.sends.times()
		if waits {
			if round > 60 {
				w.t.Fatalf("still, a month after the faults stopped:\n%s", w.items())
			}
			if wait := due.Sub(w.line.Now()); wait > time.Minute { // nothing is on its way
				w.line.Skip(min(wait, 25*time.Hour))
			}
			w.pass(time.Minute)
			w.untilIdle()
		}
		if _, waits := w.nextDue(); waits {
			continue
		}
		w.tick()
		if _, waits := w.nextDue(); !waits && w.sends.times() == told {
			return
		}
	}
}

// nextDue is when the next item is due, if any waits.
func (w *world) nextDue() (time.Time, bool) {
	w.t.Helper()
	i, err := w.proc.DB.Reader().AssignmentItem.Query().Order(assignmentitem.ByDueAt()).First(context.Background())
	if ent.IsNotFound(err) {
		return time.Time{}, false
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return i.DueAt, true
}

// items are the first ones that wait, for a person who has to find out.
func (w *world) items() string {
	list, err := w.proc.DB.Reader().AssignmentItem.Query().Order(assignmentitem.ByDueAt()).Limit(10).All(context.Background())
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "it is %s\n", w.line.Now())
	for _, i := range list {
		fmt.Fprintf(&b, "%v\n", i)
	}
	return b.String()
}

// checkProfiles compares what Apple has, and what we say of it, with what the rules say of each device by itself.
func (w *world) checkProfiles(devices []*ent.Device) {
	w.t.Helper()
	ctx := context.Background()
	db := w.proc.DB.Reader()
	for _, wrong := range w.sends.tooMany() {
		w.t.Errorf("told too often: %s", wrong)
	}
	rules := stack.ReadRules(w.t, db)
	registrations := db.ADEProfileRegistration.Query().Where(adeprofileregistration.AppleProfileUUIDNEQ("")).AllX(ctx)
	enforced := db.ABMToken.Query().Where(abmtoken.AssignmentModeEQ(abmtoken.AssignmentModeEnforce)).IDsX(ctx)
	states, err := w.proc.Assign.States(ctx, devices)
	if err != nil {
		w.t.Fatal(err)
	}
	sources, statuses := map[assignment.Source][]string{}, map[assignment.Status][]string{}
	byProfile, decided, present := map[gid.ID][]string{}, map[gid.ID]int{}, map[assignment.Source]int{}
	for _, d := range devices {
		v := rules.Of(d)
		status := w.statusOf(d, v, registrations, slices.Contains(enforced, d.AbmTokenID))
		got := states[d.ID]
		var shown gid.ID
		if got.Profile != nil {
			shown = got.Profile.ID
		}
		if got.Source != v.Source || shown != v.Profile || got.Status != status {
			w.t.Errorf("%s is shown as %s of %s by %s; it is %s of %s by %s", d.SerialNumber, got.Status, shown, got.Source, status, v.Profile, v.Source)
		}
		sources[v.Source], statuses[status] = append(sources[v.Source], d.SerialNumber), append(statuses[status], d.SerialNumber)
		byProfile[v.Profile] = append(byProfile[v.Profile], d.SerialNumber)
		if d.RemovedAt == nil {
			decided[v.Group]++
			present[v.Source]++
		}
	}
	compareLists(w, sources, w.proc.Assign.HasSource, assignment.FromDevice, assignment.FromGroup, assignment.FromDefault, assignment.FromNothing)
	compareLists(w, statuses, w.proc.Assign.HasStatus, assignment.Unassigned, assignment.Pending, assignment.Assigned, assignment.Pushed, assignment.Failed,
		assignment.NotAccessible, assignment.Throttled, assignment.Removed)
	compareLists(w, byProfile, w.proc.Assign.HasProfile, db.ADEProfile.Query().Where(adeprofile.DeletedAtIsNil()).IDsX(ctx)...)
	for _, source := range []assignment.Source{assignment.FromDefault, assignment.FromNothing} {
		if n, err := w.proc.Assign.CountBySource(ctx, source, nil, nil); err != nil || n != present[source] {
			w.t.Errorf("the source of %d devices is said to be %s, it is of %d, %v", n, source, present[source], err)
		}
	}
	for _, g := range db.DeviceGroup.Query().AllX(ctx) {
		if n, err := w.proc.Groups.DecidedCount(ctx, g); err != nil || n != decided[g.ID] {
			w.t.Errorf("the group %s is said to decide for %d devices, it does for %d, %v", g.Name, n, decided[g.ID], err)
		}
	}
	w.checkBatches()
}

// statusOf is how a device stands by what Apple has for it now. Of a token in ENFORCE that has to be what the rules say.
func (w *world) statusOf(d *ent.Device, v stack.Verdict, registrations []*ent.ADEProfileRegistration, enforced bool) assignment.Status {
	w.t.Helper()
	if d.RemovedAt != nil {
		return assignment.Removed
	}
	at, _, _ := w.sim.Device(d.SerialNumber)
	is, ours, want := has(at.ProfileUUID, at.ProfileStatus), false, ""
	for _, r := range registrations {
		if r.AbmTokenID != d.AbmTokenID {
			continue
		}
		ours = ours || plain(r.AppleProfileUUID) == is
		if r.AdeProfileVersionID == v.Version {
			want = plain(r.AppleProfileUUID)
		}
	}
	switch {
	case v.Profile != 0 && want != "" && is == want && at.ProfileStatus == "pushed":
		return assignment.Pushed
	case v.Profile != 0 && want != "" && is == want:
		return assignment.Assigned
	case w.held(d, v): // Apple is told nothing (field notes 23)
	case enforced && (v.Profile != 0 || ours):
		w.t.Errorf("Apple has %q (%s) for %s, the rules say %q of %s by %s", at.ProfileUUID, at.ProfileStatus, d.SerialNumber, want, v.Profile, v.Source)
	}
	if v.Profile == 0 {
		return assignment.Unassigned
	}
	return assignment.Pending
}

// held tells whether the device has to migrate and its profile does not wait until it is configured.
func (w *world) held(d *ent.Device, v stack.Verdict) bool {
	w.t.Helper()
	if d.MdmMigrationDeadline == nil || v.Version == 0 {
		return false
	}
	var content struct {
		Awaits          bool `json:"await_device_configured"`
		MultiUser       bool `json:"is_multi_user"`
		ReturnToService bool `json:"is_return_to_service"`
	}
	version := w.proc.DB.Reader().ADEProfileVersion.GetX(context.Background(), v.Version)
	if err := json.Unmarshal([]byte(version.Content), &content); err != nil {
		w.t.Fatal(err)
	}
	return !content.Awaits || content.MultiUser || content.ReturnToService
}

// compareLists compares what the product finds with what there is of each kind.
func compareLists[K comparable](w *world, want map[K][]string, find func(context.Context, K) (predicate.Device, error), kinds ...K) {
	w.t.Helper()
	ctx := context.Background()
	for _, kind := range kinds {
		which, err := find(ctx, kind)
		if err != nil {
			w.t.Fatal(err)
		}
		got, err := w.proc.DB.Reader().Device.Query().Where(which).Order(device.BySerialNumber()).Select(device.FieldSerialNumber).Strings(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		slices.Sort(want[kind])
		if diff := cmp.Diff(want[kind], got, cmpopts.EquateEmpty()); diff != "" {
			w.t.Errorf("the list of %v differs (-one by one +by the list):\n%s", kind, diff)
		}
	}
}

// checkBatches counts the results of batches anew.
func (w *world) checkBatches() {
	w.t.Helper()
	ctx := context.Background()
	db := w.proc.DB.Reader()
	for _, b := range db.AssignmentBatch.Query().WithResults().AllX(ctx) {
		if b.Status == assignmentbatch.StatusRunning || b.FinishedAt == nil {
			w.t.Errorf("batch %s still runs: %v", b.ID, b)
		}
		var total, succeeded, failed, pending int
		for _, r := range b.Edges.Results {
			switch r.Status {
			case assignmentresult.StatusUnchanged:
				continue
			case assignmentresult.StatusSucceeded:
				succeeded++
			case assignmentresult.StatusFailed, assignmentresult.StatusThrottled, assignmentresult.StatusNotAccessible:
				failed++
			case assignmentresult.StatusPending:
				pending++
			}
			total++
		}
		if b.Status == assignmentbatch.StatusCanceled {
			continue // its counters stopped when somebody stopped it
		}
		if b.Total != total || b.Succeeded != succeeded || b.Failed != failed || pending != 0 {
			w.t.Errorf("batch %s counts %d told, %d succeeded, %d failed; its results are %d, %d, %d, and %d wait", b.ID, b.Total, b.Succeeded, b.Failed, total, succeeded, failed, pending)
		}
	}
}
