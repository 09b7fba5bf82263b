package assignment_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
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

// between lets something happen when the first request of a kind is about to leave.
type between struct {
	http.RoundTripper
	path  string
	once  sync.Once
	occur func()
}

func (b *between) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, b.path) {
		b.once.Do(b.occur)
	}
	return b.RoundTripper.RoundTrip(r)
}

// A sync that learns of another profile while Apple is being told leaves a history in which each event leads to the next.
func TestTheHistorySaysWhatASyncFoundMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		way := &between{RoundTripper: &http.Transport{}, path: "/profile/devices"}
		t.Cleanup(way.RoundTripper.(*http.Transport).CloseIdleConnections)
		w := &world{clock: clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
		w.Stack = stack.New(t, db, stack.Options{Devices: 1, PageSize: 1000, Clock: w.clock, Transport: way})
		w.Start(t)
		token, _, list := w.connect(t, "first", 1)
		const other = "F0000000000000000000000000000001"
		way.occur = func() {
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
	})
}
