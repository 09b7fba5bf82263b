package syncer_test

import (
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// A device that Apple exchanged and the one that came for it name each other, with Apple's day.
func TestReplacementsAreLinked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
		s := stack.New(t, db, stack.Options{Devices: 10, Clock: clock})
		s.Start(t)
		token, server := s.Connect(t, "Acme")
		list, err := s.Sim.AssignCount(server.ID(), 10)
		if err != nil {
			t.Fatal(err)
		}
		s.Sync(t, token.ID, false)
		find := func(serial string) *ent.Device {
			return db.Reader().Device.Query().Where(device.SerialNumber(serial)).OnlyX(t.Context())
		}
		exchange := func(serial string, kind deviceevent.Kind) *ent.DeviceEvent {
			t.Helper()
			e, err := db.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(find(serial).ID), deviceevent.KindEQ(kind)).Only(t.Context())
			if err != nil {
				t.Fatalf("%s has no event %s: %v", serial, kind, err)
			}
			return e
		}
		fresh, err := s.Sim.Replace(list[0])
		if err != nil {
			t.Fatal(err)
		}
		// While Apple does not say what was exchanged, nothing is lost: the run is well, and a later one asks again.
		if err := s.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultAccessDenied, Endpoints: []string{"/device/replacementDetails"}}}); err != nil {
			t.Fatal(err)
		}
		if run := s.Sync(t, token.ID, false); run.ErrorCode != "" {
			t.Errorf("the run failed: %s", run.ErrorMessage)
		}
		if n := db.Reader().DeviceEvent.Query().Where(deviceevent.KindEQ(deviceevent.KindReplaces)).CountX(t.Context()); n != 0 {
			t.Errorf("%d events before Apple said anything", n)
		}
		if err := s.Sim.SetFaults(nil); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			s.Sync(t, token.ID, false)
		}
		day := clock.Now().Truncate(24 * time.Hour)
		if e := exchange(fresh, deviceevent.KindReplaces); inventory.OtherDevice(e) != list[0] || e.AppleAt == nil || !e.AppleAt.Equal(day) {
			t.Errorf("%v", e)
		}
		if e := exchange(list[0], deviceevent.KindReplacedBy); inventory.OtherDevice(e) != fresh {
			t.Errorf("%v", e)
		}
		if e := exchange(list[0], deviceevent.KindRemoved); inventory.OtherDevice(e) != "" || string(e.Changes) == "" {
			t.Errorf("the removal does not say why: %v", e)
		}
		if n := s.Sim.Requests()["GET /device/replacementDetails"]; n != 2 {
			t.Errorf("Apple was asked %d times about one device", n)
		}
		if n := db.Reader().DeviceNote.Query().Where(devicenote.KindEQ(devicenote.KindReplacement)).CountX(t.Context()); n != 0 {
			t.Errorf("%d notes are left", n)
		}
		s.AssertInventory(t, token.ID, server)
	})
}
