package assignment_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is everything that assigns, against the simulated Apple over HTTP, by a clock that moves when the test says so.
type world struct {
	*stack.Stack
	clock *clockwork.FakeClock
}

func newWorld(t *testing.T, db *store.Store, devices int) *world {
	t.Helper()
	w := &world{clock: clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	w.Stack = stack.New(t, db, stack.Options{Devices: devices, PageSize: 1000, Clock: w.clock})
	w.Start(t)
	return w
}

// connect adds an MDM server with devices, and syncs it.
func (w *world) connect(t *testing.T, name string, devices int) (*ent.ABMToken, *simabm.Server, []string) {
	t.Helper()
	token, server := w.Connect(t, name)
	serials, err := w.Sim.AssignCount(server.ID(), devices)
	must(t, err)
	w.sync(t, token.ID)
	return token, server, serials
}

func (w *world) sync(t *testing.T, token gid.ID) {
	t.Helper()
	if run := w.Sync(t, token, false); run.ErrorCode != "" {
		t.Fatalf("the sync failed: %s %s", run.ErrorCode, run.ErrorMessage)
	}
}

func (w *world) profile(t *testing.T, name string) gid.ID {
	t.Helper()
	p, err := w.Profiles.Create(stack.Admin(t), adeprofile.Edit{Name: &name})
	must(t, err)
	return p.ID
}

// whileTimePasses carries out f, and lets the clock go on as long as it takes.
func (w *world) whileTimePasses(t *testing.T, f func(context.Context) error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- f(t.Context()) }()
	for {
		select {
		case err := <-done:
			return err
		case <-time.After(5 * time.Millisecond): // real time, for the requests themselves
			w.clock.Advance(200 * time.Millisecond)
		}
	}
}

// settle carries out the jobs and tells Apple what is due.
func (w *world) settle(t *testing.T, tokens ...gid.ID) {
	t.Helper()
	must(t, w.trySettle(t, tokens...))
}

func (w *world) trySettle(t *testing.T, tokens ...gid.ID) (err error) {
	t.Helper()
	must(t, w.Assign.Work(t.Context()))
	w.clock.Advance(2 * time.Second)
	for _, id := range tokens {
		err = errors.Join(err, w.whileTimePasses(t, func(ctx context.Context) error { return w.Assign.Reconcile(ctx, id) }))
	}
	return err
}

func (w *world) device(t *testing.T, serial string) *ent.Device {
	t.Helper()
	return w.DB.Reader().Device.Query().Where(device.SerialNumber(serial)).OnlyX(t.Context())
}

// item is what still has to be told to Apple about a device; nil for nothing.
func (w *world) item(t *testing.T, serial string) *ent.AssignmentItem {
	t.Helper()
	i, err := w.DB.Reader().AssignmentItem.Query().Where(assignmentitem.DeviceID(w.device(t, serial).ID)).Only(t.Context())
	if ent.IsNotFound(err) {
		return nil
	}
	must(t, err)
	return i
}

func (w *world) batch(t *testing.T, id gid.ID) *ent.AssignmentBatch {
	t.Helper()
	return w.DB.Reader().AssignmentBatch.GetX(t.Context(), id)
}

func (w *world) state(t *testing.T, serial string) *assignment.State {
	t.Helper()
	d := w.device(t, serial)
	states, err := w.Assign.States(t.Context(), []*ent.Device{d})
	must(t, err)
	return states[d.ID]
}

// events are the kinds of a device's events, oldest first.
func (w *world) events(t *testing.T, serial string) (kinds []string) {
	t.Helper()
	for _, e := range w.DB.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(w.device(t, serial).ID)).Order(deviceevent.ByID()).AllX(t.Context()) {
		kinds = append(kinds, string(e.Kind))
	}
	return kinds
}

// atApple is the name of the profile that Apple has for a device: that of ours, "" for none, "?" for another one's.
func (w *world) atApple(t *testing.T, serial string) string {
	t.Helper()
	d, _, found := w.Sim.Device(serial)
	if !found {
		t.Fatalf("Apple does not know %s", serial)
	}
	if d.ProfileUUID == "" || slices.Contains([]string{"", "empty", "removed"}, d.ProfileStatus) {
		return ""
	}
	for _, r := range w.DB.Reader().ADEProfileRegistration.Query().WithVersion(func(q *ent.ADEProfileVersionQuery) { q.WithAdeProfile() }).AllX(t.Context()) {
		if strings.EqualFold(r.AppleProfileUUID, d.ProfileUUID) {
			return r.Edges.Version.Edges.AdeProfile.Name
		}
	}
	return "?"
}

// expect fails unless Apple has these profiles for devices.
func (w *world) expect(t *testing.T, want map[string][]string) {
	t.Helper()
	w.compareCounts(t)
	for name, serials := range want {
		for _, serial := range serials {
			if got := w.atApple(t, serial); got != name {
				t.Errorf("Apple has %q for %s (%s), not %q", got, serial, w.device(t, serial).Platform, name)
			}
		}
	}
}

// compareCounts compares what the kept counts know of the rules with lists.
func (w *world) compareCounts(t *testing.T) {
	t.Helper()
	tokens := [][]gid.ID{nil, w.DB.Reader().ABMToken.Query().IDsX(t.Context())}
	for _, id := range tokens[1] {
		tokens = append(tokens, []gid.ID{id})
	}
	for _, source := range []assignment.Source{assignment.FromDefault, assignment.FromNothing} {
		matches, err := w.Assign.HasSource(t.Context(), source)
		must(t, err)
		for _, tokens := range tokens {
			for _, platforms := range [][]device.Platform{nil, {device.PlatformMacOS}, {device.PlatformIOS, device.PlatformIPadOS}} {
				list := w.DB.Reader().Device.Query().Where(matches, device.RemovedAtIsNil())
				if tokens != nil {
					list.Where(device.AbmTokenIDIn(tokens...))
				}
				if platforms != nil {
					list.Where(device.PlatformIn(platforms...))
				}
				n, err := w.Assign.CountBySource(t.Context(), source, tokens, platforms)
				must(t, err)
				if want := list.CountX(t.Context()); n != want {
					t.Errorf("the source of %d devices of the tokens %v and platforms %v is %s, by the list of %d", n, tokens, platforms, source, want)
				}
			}
		}
	}
}

// compareStatuses compares the list of each status with what is said of each device by itself.
func (w *world) compareStatuses(t *testing.T) {
	t.Helper()
	db := w.DB.Reader()
	states, err := w.Assign.States(t.Context(), db.Device.Query().AllX(t.Context()))
	must(t, err)
	want := map[assignment.Status][]gid.ID{}
	for id, state := range states {
		want[state.Status] = append(want[state.Status], id)
	}
	for _, status := range []assignment.Status{assignment.Unassigned, assignment.Pending, assignment.Assigned, assignment.Pushed, assignment.Failed, assignment.NotAccessible,
		assignment.Throttled, assignment.Removed} {
		matches, err := w.Assign.HasStatus(t.Context(), status)
		must(t, err)
		slices.Sort(want[status])
		if got := db.Device.Query().Where(matches).Order(device.ByID()).IDsX(t.Context()); !slices.Equal(got, want[status]) {
			t.Errorf("%s is the status of %v, the list has %v", status, want[status], got)
		}
	}
}

// of gives the serial numbers of platforms among a token's devices.
func (w *world) of(t *testing.T, token gid.ID, platforms ...device.Platform) []string {
	t.Helper()
	return w.DB.Reader().Device.Query().Where(device.AbmTokenID(token), device.PlatformIn(platforms...), device.RemovedAtIsNil()).Order(device.ByID()).
		Select(device.FieldSerialNumber).StringsX(t.Context())
}

// requests is how often Apple was told something.
func (w *world) requests() int {
	n := 0
	for name, times := range w.Sim.Requests() {
		if strings.HasSuffix(name, " /profile/devices") {
			n += times
		}
	}
	return n
}

func serials(list ...string) assignment.Selection {
	return assignment.Matching(device.SerialNumberIn(list...))
}

func code(t *testing.T, err error, want apperr.Code) {
	t.Helper()
	if apperr.CodeOf(err) != want {
		t.Errorf("the error is %v, not %s", err, want)
	}
}

// group makes a group of devices, as the groups' own service does.
func (w *world) group(t *testing.T, name string, position int, profile gid.ID, serials ...string) (id gid.ID) {
	t.Helper()
	must(t, w.DB.WithTx(stack.Admin(t), func(ctx context.Context, tx *store.Tx) error {
		c := tx.DeviceGroup.Create().SetName(name).SetPosition(position).SetCreatedAt(w.clock.Now()).SetUpdatedAt(w.clock.Now())
		if profile != 0 {
			c.SetAdeProfileID(profile)
		}
		g, err := c.Save(ctx)
		if err != nil {
			return err
		}
		for _, serial := range serials {
			d, err := tx.Device.Query().Where(device.SerialNumber(serial)).Only(ctx)
			if err != nil {
				return err
			}
			if err := tx.DeviceGroupMember.Create().SetDeviceGroupID(g.ID).SetDeviceID(d.ID).Exec(ctx); err != nil {
				return err
			}
		}
		id = g.ID
		return w.Assign.GroupChanged(ctx, tx, g.ID, name)
	}))
	return id
}

func (w *world) mode(t *testing.T, token gid.ID) abmtoken.AssignmentMode {
	t.Helper()
	mode := w.DB.Reader().ABMToken.GetX(t.Context(), token).AssignmentMode
	if mode == nil {
		return ""
	}
	return *mode
}

func finished(t *testing.T, b *ent.AssignmentBatch, devices, total, succeeded, failed int) {
	t.Helper()
	text, err := json.Marshal(b)
	must(t, err)
	if b.Status != assignmentbatch.StatusFinished || !b.Counted || b.Devices != devices || b.Total != total || b.Succeeded != succeeded || b.Failed != failed {
		t.Errorf("the batch is not finished with %d devices, %d told, %d succeeded, %d failed: %s", devices, total, succeeded, failed, text)
	}
}

// compareProfiled compares the numbers of CountProfiled with counting the lists.
func (w *world) compareProfiled(t *testing.T) {
	t.Helper()
	count := func(status assignment.Status, token gid.ID, more ...predicate.Device) int {
		matches, err := w.Assign.HasStatus(t.Context(), status)
		must(t, err)
		list := w.DB.Reader().Device.Query().Where(matches, device.RemovedAtIsNil()).Where(more...)
		if token != 0 {
			list.Where(device.AbmTokenID(token))
		}
		return list.CountX(t.Context())
	}
	never := mdm.HasStatus(deviceenrollment.StatusNotEnrolled)
	for _, token := range append(w.DB.Reader().ABMToken.Query().IDsX(t.Context()), 0) {
		got, err := w.Assign.CountProfiled(t.Context(), token)
		must(t, err)
		want := assignment.Profiled{
			Assigned: count(assignment.Assigned, token), AssignedNotEnrolled: count(assignment.Assigned, token, never),
			Pushed: count(assignment.Pushed, token), PushedNotEnrolled: count(assignment.Pushed, token, never),
		}
		if got != want {
			t.Errorf("of token %d %+v, by the lists %+v", token, got, want)
		}
	}
}

// compareUnfinished compares the numbers of CountUnfinished with counting the lists.
func (w *world) compareUnfinished(t *testing.T) {
	t.Helper()
	count := func(status assignment.Status, token gid.ID) int {
		matches, err := w.Assign.HasStatus(t.Context(), status)
		must(t, err)
		list := w.DB.Reader().Device.Query().Where(matches, device.RemovedAtIsNil(), device.Not(mdm.HasStatus(deviceenrollment.StatusEnrolled)))
		if token != 0 {
			list.Where(device.AbmTokenID(token))
		}
		return list.CountX(t.Context())
	}
	for _, token := range append(w.DB.Reader().ABMToken.Query().IDsX(t.Context()), 0) {
		got, err := w.Assign.CountUnfinished(t.Context(), token)
		must(t, err)
		if want := (assignment.Unfinished{Unassigned: count(assignment.Unassigned, token), NotAccessible: count(assignment.NotAccessible, token)}); got != want {
			t.Errorf("of token %d %+v, by the lists %+v", token, got, want)
		}
	}
}
