package assignment_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// A device that moves to another ABM token before Apple was told takes its place in the batch along.
func TestADeviceThatMovesIsStillAwaitedByItsBatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 4)
		from, _, list := w.connect(t, "first", 3)
		to, server, _ := w.connect(t, "second", 1)
		batch, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		must(t, w.Sim.Assign(server.ID(), list[0]))
		w.sync(t, to.ID)
		w.sync(t, from.ID)
		w.settle(t, from.ID, to.ID)
		w.expect(t, map[string][]string{"Base": list})
		finished(t, w.batch(t, batch.ID), 3, 3, 3, 0)
	})
}

// between lets something happen when Apple is told for the first time: before the request leaves, and before its answer comes.
type between struct {
	*http.Transport
	before, after sync.Once
	leaves, comes func()
}

func (b *between) RoundTrip(r *http.Request) (*http.Response, error) {
	tells := strings.HasSuffix(r.URL.Path, "/profile/devices")
	if tells && b.leaves != nil {
		b.before.Do(b.leaves)
	}
	res, err := b.Transport.RoundTrip(r)
	if tells && b.comes != nil {
		b.after.Do(b.comes)
	}
	return res, err
}

// newBetween is newWorld with one device of one token, and things that happen meanwhile.
func newBetween(t *testing.T, db *store.Store) (w *world, way *between, token *ent.ABMToken, list []string) {
	t.Helper()
	way = &between{Transport: &http.Transport{}}
	t.Cleanup(way.CloseIdleConnections)
	w = &world{clock: clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	w.Stack = stack.New(t, db, stack.Options{Devices: 1, PageSize: 1000, Clock: w.clock, Transport: way})
	w.Start(t)
	token, _, list = w.connect(t, "first", 1)
	return w, way, token, list
}

// A sync that learns of another profile while Apple is being told leaves a history in which each event leads to the next.
func TestTheHistorySaysWhatASyncFoundMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w, way, token, list := newBetween(t, db)
		const other = "F0000000000000000000000000000001"
		way.leaves = func() {
			must(t, w.Sim.Modify(list[0], func(d *simabm.Device) { d.ProfileUUID, d.ProfileStatus = other, "assigned" }))
			w.sync(t, token.ID)
		}
		batch, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list})
		if b := w.batch(t, batch.ID); b.Status != assignmentbatch.StatusFinished {
			t.Errorf("the batch is %v", b)
		}
		e := db.Reader().DeviceEvent.Query().Where(deviceevent.KindEQ(deviceevent.KindAssigned)).OnlyX(t.Context())
		if before := `["` + other + `"`; !strings.Contains(strings.ReplaceAll(string(e.Changes), " ", ""), before) {
			t.Errorf("the event says %s, not that %s was there", e.Changes, other)
		}
		if e.RequestedBy == "" || e.RequestedBy != batch.RequestedBy {
			t.Errorf("the event names %q, who asked was %q", e.RequestedBy, batch.RequestedBy)
		}
	})
}

// What a sync learned of the new profile before the answer came is kept: Apple's own time, and that the device has fetched it.
func TestAnAnswerDoesNotUndoWhatASyncLearnedMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w, way, token, list := newBetween(t, db)
		way.comes = func() {
			must(t, w.Sim.Activate(list[0]))
			w.sync(t, token.ID)
		}
		batch, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list})
		finished(t, w.batch(t, batch.ID), 1, 1, 1, 0)
		at, _, _ := w.Sim.Device(list[0])
		d := w.device(t, list[0])
		if d.AppleProfileStatus != "pushed" || !d.AppleProfileAssignedAt.Equal(at.ProfileAssignTime) || !d.AppleProfilePushedAt.Equal(at.ProfilePushTime) {
			t.Errorf("Apple says %+v, the row is %v", at, d)
		}
	})
}

// A clock that was ahead and is right again puts nothing off: neither what failed meanwhile, nor a pause that Apple asked for.
func TestAClockThatWasAheadPutsNothingOff(t *testing.T) {
	for _, kind := range []simabm.FaultKind{simabm.FaultAssignFailed, simabm.FaultTooManyRequests} {
		t.Run(string(kind), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db, 1)
				token, _, list := w.connect(t, "first", 1)
				clock := &shifted{Clock: w.clock}
				w.Assign.Clock, w.Assign.LeaseClock = clock, func(context.Context) (time.Time, error) { return clock.Now(), nil }
				clock.by.Store(int64(400 * 24 * time.Hour))
				must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: kind, RetryAfterSeconds: 3600, Endpoints: []string{assigning}}}))
				_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
				must(t, err)
				if err := w.trySettle(t, token.ID); err != nil && apperr.As(err) == nil {
					t.Fatal(err)
				}
				if w.requests() == 0 {
					t.Fatal("Apple was told nothing")
				}
				must(t, w.Sim.SetFaults(nil))
				clock.by.Store(0)
				w.settle(t, token.ID) // makes due what was put off
				w.settle(t, token.ID)
				w.expect(t, map[string][]string{"Base": list})
			})
		})
	}
}

// A claim that a clock far ahead made is released, and nobody else's: another replica may have made its own after this one read the clock.
func TestOnlyAClaimOfAClockThatWasAheadIsReleased(t *testing.T) {
	for _, ahead := range []bool{true, false} {
		t.Run(fmt.Sprintf("ahead %t", ahead), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db, 1)
				token, _, list := w.connect(t, "first", 1)
				_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
				must(t, err)
				until := w.clock.Now().Add(6 * time.Minute) // longer than a claim lasts, from before it was made
				if ahead {
					until = until.Add(400 * 24 * time.Hour)
				}
				must(t, db.Ent().AssignmentItem.Update().SetErrorCode("SENDING").SetClaimedUntil(until.UTC()).Exec(t.Context()))
				w.settle(t, token.ID) // releases it
				w.settle(t, token.ID)
				if told := w.requests() > 0; told != ahead {
					t.Errorf("Apple was told: %t", told)
				}
			})
		})
	}
}

// shifted is a clock that is wrong.
type shifted struct {
	clockwork.Clock
	by atomic.Int64
}

func (s *shifted) Now() time.Time { return s.Clock.Now().Add(time.Duration(s.by.Load())) }

// Jobs that wait behind one another are all carried out, the oldest first.
func TestJobsWaitForOneAnother(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 3)
		token, _, list := w.connect(t, "first", 3)
		base, other := w.profile(t, "Base"), w.profile(t, "Other")
		// The first one is of more devices than a transaction works on, as the others find it.
		must(t, db.Ent().AssignmentJob.Create().SetScope(json.RawMessage(fmt.Sprintf(`{"kind":"TOKEN","token":%d}`, token.ID))).
			SetCreatedAt(w.clock.Now()).SetUpdatedAt(w.clock.Now()).Exec(t.Context()))
		for _, profile := range []gid.ID{base, other} {
			_, _, err := w.Assign.Assign(stack.Admin(t), profile, serials(list...))
			must(t, err)
		}
		if n := db.Reader().AssignmentJob.Query().CountX(t.Context()); n != 3 {
			t.Fatalf("%d jobs wait", n)
		}
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Other": list})
	})
}

// A profile that Apple had taken away by itself, of which a sync learned before the answer came, was not cleared by us: the history agrees with the row.
func TestTheHistoryAgreesWithWhatASyncFoundRemoved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w, way, token, list := newBetween(t, db)
		_, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		w.settle(t, token.ID)
		way.leaves = func() {
			must(t, w.Sim.Modify(list[0], func(d *simabm.Device) { d.ProfileStatus = "removed" }))
			w.sync(t, token.ID)
		}
		_, _, err = w.Assign.Clear(stack.Admin(t), serials(list...))
		must(t, err)
		w.clock.Advance(time.Hour)
		w.sync(t, token.ID) // for a session: one that Apple has forgotten is opened anew, and then it is seen that nothing is left to tell
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"": list})
		e := db.Reader().DeviceEvent.Query().Where(deviceevent.KindEQ(deviceevent.KindCleared)).OnlyX(t.Context())
		var changes map[string][2]string
		must(t, json.Unmarshal(e.Changes, &changes))
		if is := w.device(t, list[0]).AppleProfileUUID; changes["appleProfileUuid"][1] != is {
			t.Errorf("the event says %s, the row %q", e.Changes, is)
		}
	})
}

// A request is taken while Apple answers the one before. What a sync finds settled by then is not told.
func TestWhatIsSettledWhileARequestWaitsIsNotTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		way := &between{Transport: &http.Transport{}}
		t.Cleanup(way.CloseIdleConnections)
		w := &world{clock: clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
		w.Stack = stack.New(t, db, stack.Options{Devices: 2, PageSize: 1000, Clock: w.clock, Transport: way})
		w.Start(t)
		token, _, list := w.connect(t, "first", 2)
		must(t, db.Ent().ABMToken.UpdateOneID(token.ID).SetAssignLimit(1).Exec(t.Context()))
		var told atomic.Int32
		way.comes = func() {
			for marked := 0; marked < 2; time.Sleep(time.Millisecond) { // the second request has been taken
				marked = db.Reader().AssignmentItem.Query().Where(assignmentitem.ErrorCode("SENDING")).CountX(t.Context())
			}
			has := db.Reader().ADEProfileRegistration.Query().OnlyX(t.Context()).AppleProfileUUID
			for _, serial := range list {
				must(t, w.Sim.Modify(serial, func(d *simabm.Device) {
					if d.ProfileStatus != "assigned" {
						told.Add(1)
						d.ProfileUUID, d.ProfileStatus = has, "assigned"
					}
				}))
			}
			w.sync(t, token.ID)
		}
		before := w.requests()
		batch, _, err := w.Assign.Assign(stack.Admin(t), w.profile(t, "Base"), serials(list...))
		must(t, err)
		w.settle(t, token.ID)
		w.expect(t, map[string][]string{"Base": list})
		if n := w.requests() - before; n != 1 || told.Load() != 1 {
			t.Errorf("%d requests, and %d devices had the profile otherwise", n, told.Load())
		}
		finished(t, w.batch(t, batch.ID), 2, 2, 2, 0)
	})
}
