package assignment_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

const disowning = "POST /devices/disown"

// disown releases devices while time passes, and gives what became of them by serial number.
func (w *world) disown(t *testing.T, expected int, serials ...string) (*ent.AssignmentBatch, map[string]assignment.Disowned) {
	t.Helper()
	var batch *ent.AssignmentBatch
	var results []assignment.Disowned
	must(t, w.whileTimePasses(t, func(context.Context) (err error) {
		batch, results, _, err = w.Assign.Disown(stack.Admin(t), serials, expected)
		return err
	}))
	bySerial := map[string]assignment.Disowned{}
	for i, r := range results {
		if r.Device.SerialNumber != strings.ToUpper(serials[i]) {
			t.Errorf("result %d is that of %s, not %s", i, r.Device.SerialNumber, serials[i])
		}
		bySerial[r.Device.SerialNumber] = r
	}
	return batch, bySerial
}

// kept are the statuses of a batch's results, by serial number.
func (w *world) kept(t *testing.T, batch *ent.AssignmentBatch) map[string]assignmentresult.Status {
	t.Helper()
	statuses := map[string]assignmentresult.Status{}
	for _, r := range w.DB.Reader().AssignmentResult.Query().Where(assignmentresult.AssignmentBatchID(batch.ID)).WithDevice().AllX(t.Context()) {
		statuses[r.Edges.Device.SerialNumber] = r.Status
	}
	return statuses
}

// left tells whether Apple's organization no longer has the device.
func (w *world) left(t *testing.T, serial string) bool {
	t.Helper()
	_, server, found := w.Sim.Device(serial)
	return !found || server == ""
}

// What is released is removed here, with its event, results, audit entry and counts; and only that.
func TestDisown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 20)
		first, _, list := w.connect(t, "first", 10)
		second, _, others := w.connect(t, "second", 5)
		_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...)) // items that wait
		must(t, err)
		batch, results := w.disown(t, 3, strings.ToLower(list[0]), others[0], list[1])
		for _, serial := range []string{list[0], list[1], others[0]} {
			r := results[serial]
			if r.Status != assignmentresult.StatusSucceeded || r.Device.RemovedAt == nil || !w.left(t, serial) {
				t.Errorf("%s: %+v", serial, r)
			}
			if events := w.events(t, serial); events[len(events)-1] != "DISOWNED" {
				t.Errorf("the timeline of %s is %v", serial, events)
			}
			if w.item(t, serial) != nil {
				t.Errorf("something is still to be said about %s", serial)
			}
		}
		finished(t, batch, 3, 3, 3, 0)
		entry := w.DB.Reader().AuditEntry.Query().Where(auditentry.Action("disownDevices")).OnlyX(t.Context())
		if !strings.Contains(string(entry.After), list[0]) || *entry.ObjectID != batch.ID {
			t.Errorf("the audit entry is %v", entry)
		}
		if w.device(t, list[2]).RemovedAt != nil || w.left(t, list[2]) {
			t.Error("a device that was not named has left")
		}
		w.sync(t, first.ID)
		w.sync(t, second.ID)
		if events := w.events(t, list[0]); slices.Contains(events, "REMOVED") || slices.Contains(events, "RETURNED") {
			t.Errorf("the sync did not agree: %v", events)
		}
		_, err = w.Assign.Undo(stack.Admin(t), batch.ID)
		code(t, err, apperr.Conflict)
		_, err = w.Assign.Cancel(stack.Admin(t), batch.ID)
		code(t, err, apperr.Conflict)
	})
}

// Nothing is done unless the number is that of the devices.
func TestDisownNeedsTheNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		_, _, list := w.connect(t, "first", 3)
		for _, c := range []struct {
			serials  []string
			expected int
			code     apperr.Code
			says     string
		}{
			{list[:2], 3, apperr.Conflict, "2 devices are meant, not 3"},
			{append([]string{"NOBODYS1"}, list[:2]...), 3, apperr.Conflict, "2 devices are meant, not 3"},
			{[]string{list[0], list[0]}, 2, apperr.Conflict, "1 device is meant, not 2"},
			{[]string{"NOBODYS1"}, 1, apperr.BadUserInput, "NOBODYS1"},
			{nil, 0, apperr.BadUserInput, "1 to 1000"},
			{make([]string, 1001), 1001, apperr.BadUserInput, "1 to 1000"},
		} {
			_, _, _, err := w.Assign.Disown(stack.Admin(t), c.serials, c.expected)
			code(t, err, c.code)
			if !strings.Contains(apperr.As(err).Message, c.says) {
				t.Errorf("%v", err)
			}
		}
		if n := w.Sim.Requests()[disowning]; n != 0 {
			t.Errorf("Apple was told %d times", n)
		}
		_, _, unknown, err := w.Assign.Disown(stack.Admin(t), append([]string{"NOBODYS1"}, list[:2]...), 2)
		must(t, err)
		if !slices.Equal(unknown, []string{"NOBODYS1"}) {
			t.Errorf("unknown: %v", unknown)
		}
	})
}

// Each device has Apple's word, and what Apple passes over in silence failed.
func TestDisownReadsEachDevice_FieldNote19(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault simabm.FaultKind // "": the server may not release devices
		want  assignmentresult.Status
	}{{"failed", simabm.FaultAssignFailed, assignmentresult.StatusFailed}, {"missing", simabm.FaultAssignMissing, assignmentresult.StatusFailed}, {"not allowed", "", assignmentresult.StatusNotAccessible}} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db, 5)
				_, server, list := w.connect(t, "first", 3)
				if c.fault == "" {
					server.SetReleaseAllowed(false)
				} else {
					must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: c.fault, Endpoints: []string{disowning}}}))
				}
				batch, results := w.disown(t, 2, list[0], list[1])
				if r := results[list[0]]; r.Status != c.want || r.Message == "" || r.Device.RemovedAt != nil {
					t.Errorf("%+v", r)
				}
				if w.kept(t, batch)[list[1]] != c.want || w.left(t, list[0]) {
					t.Errorf("kept: %v", w.kept(t, batch))
				}
				finished(t, batch, 2, 2, 0, 2)
			})
		})
	}
}

// An answer that does not come is looked up, and the call never repeated.
func TestDisownLooksUpWhatIsUnknown(t *testing.T) {
	for _, c := range []struct {
		kind simabm.FaultKind
		want assignmentresult.Status
	}{
		{simabm.FaultReset, assignmentresult.StatusSucceeded}, {simabm.FaultResetInBody, assignmentresult.StatusSucceeded},
		{simabm.FaultTruncatedJSON, assignmentresult.StatusSucceeded}, {simabm.FaultServerError, assignmentresult.StatusFailed},
	} {
		t.Run(string(c.kind), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db, 5)
				_, _, list := w.connect(t, "first", 3)
				must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: c.kind, Endpoints: []string{disowning}}}))
				batch, results := w.disown(t, 2, list[0], list[1])
				gone := c.want == assignmentresult.StatusSucceeded
				if r := results[list[0]]; r.Status != c.want || r.Message == "" || gone != (r.Device.RemovedAt != nil) || gone != w.left(t, list[0]) {
					t.Errorf("%+v", r)
				}
				if n := w.Sim.Requests()[disowning]; n != 1 {
					t.Errorf("Apple was told %d times", n)
				}
				if batch.Status != assignmentbatch.StatusFinished {
					t.Errorf("the batch is %v", batch)
				}
			})
		})
	}
}

// While Apple says nothing at all, the results stay open; they are settled as soon as it does.
func TestDisownIsSettledLater(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 5)
		token, _, list := w.connect(t, "first", 3)
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultReset, Endpoints: []string{disowning}}, {Kind: simabm.FaultServerError, Endpoints: []string{"POST /devices"}}}))
		batch, results := w.disown(t, 2, list[0], list[1])
		if r := results[list[0]]; r.Status != assignmentresult.StatusPending || r.Device.RemovedAt != nil {
			t.Errorf("%+v", r)
		}
		if batch.Status != assignmentbatch.StatusRunning {
			t.Errorf("the batch is %v", batch)
		}
		settle := func() {
			t.Helper()
			must(t, w.whileTimePasses(t, w.Assign.SettleDisowned))
		}
		w.clock.Advance(time.Hour)
		settle() // Apple says nothing yet
		if b := w.batch(t, batch.ID); b.Status != assignmentbatch.StatusRunning {
			t.Errorf("the batch is %v", b)
		}
		must(t, w.Sim.SetFaults(nil))
		settle() // too soon after the last time
		if b := w.batch(t, batch.ID); b.Status != assignmentbatch.StatusRunning {
			t.Errorf("the batch is %v", b)
		}
		w.clock.Advance(time.Hour)
		settle()
		finished(t, w.batch(t, batch.ID), 2, 2, 2, 0)
		if w.device(t, list[0]).RemovedAt == nil || w.Sim.Requests()[disowning] != 1 {
			t.Errorf("the device is %v after %d requests", w.device(t, list[0]), w.Sim.Requests()[disowning])
		}
		w.sync(t, token.ID)
	})
}

// Trouble of one token is told of its devices, and does not keep those of another.
func TestDisownTokensAreApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		_, bad, list := w.connect(t, "first", 3)
		_, _, others := w.connect(t, "second", 3)
		bad.SetAccessDenied(true)
		_, results := w.disown(t, 2, list[0], others[0])
		if r := results[list[0]]; r.Status != assignmentresult.StatusFailed || !strings.Contains(r.Message, "ACCESS_DENIED") {
			t.Errorf("%+v", r)
		}
		if r := results[others[0]]; r.Status != assignmentresult.StatusSucceeded {
			t.Errorf("%+v", r)
		}
	})
}
