package walk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/diagnosis"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// stands tells where a serial number stands: the step and its verdict, or that it has arrived.
func (w *world) stands(serial string) string {
	w.Helper()
	walk, err := w.guard.Diagnoses.Walk(w.ctx, serial)
	must(w, err)
	if len(walk.Steps) != 10 {
		w.Fatalf("%d steps", len(walk.Steps))
	}
	for _, s := range walk.Steps {
		if s.Text == "" {
			w.Errorf("%s says nothing", s.Kind)
		}
	}
	if walk.Stands == nil {
		return "arrived"
	}
	if walk.Stands.Fix.Text == "" {
		w.Errorf("%s does not say what is next", walk.Stands.Kind)
	}
	return string(walk.Stands.Kind) + " " + string(walk.Stands.Verdict)
}

func (w *world) expectStand(serial, want string) {
	w.Helper()
	if got := w.stands(serial); got != want {
		walk, err := w.guard.Diagnoses.Walk(w.ctx, serial)
		must(w, err)
		var all strings.Builder
		for _, s := range walk.Steps {
			all.WriteString("\n" + string(s.Kind) + " " + string(s.Verdict) + ": " + s.Text + " " + strings.Join(s.Evidence, "; "))
		}
		w.Errorf("%s stands at %s, want %s%s", serial, got, want, all.String())
	}
}

func (w *world) diagnosed(code string) *diagnosis.Finding {
	w.Helper()
	found, err := w.guard.Diagnoses.Find(w.ctx, 0)
	must(w, err)
	for _, f := range found.Findings {
		if f.Code == code {
			return f
		}
	}
	return nil
}

func (w *world) syncNow() {
	w.Helper()
	run, _, err := w.guard.Syncs.Start(w.ctx, w.token.ID, false, syncrun.TriggerManual)
	must(w, err)
	w.until("the sync has ended", func() bool { return w.db.Reader().SyncRun.GetX(w.ctx, run.ID).Status != syncrun.StatusRunning })
}

// One device is followed from a serial number that nobody knows to its home screen, and then loses its way: each stand is caused for real.
func TestDiagnoseDevice(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 3, held: true, noPush: true})
		w.expectStand("ZZZZ00000000", "KNOWN_AT_APPLE FAILED")

		bought := w.abm.AddDevices(1)[0]
		w.expectStand(bought, "KNOWN_AT_APPLE FAILED")
		must(t, w.abm.Assign(w.server.ID(), bought))
		w.expectStand(bought, "IN_INVENTORY WAITING")

		d := w.devices(1)[0]
		w.until("the assignment is known here too", func() bool { return w.stands(strings.ToLower(d.SerialNumber)) == "PROFILE_FETCHED WAITING" })
		if f := w.diagnosed("PUSH_CERTIFICATE_MISSING"); f == nil || f.Severity != diagnosis.Critical {
			t.Errorf("without a push certificate: %+v", f)
		}
		assigned := w.switchOn(d)
		w.syncNow()
		w.expectStand(d.SerialNumber, "CONTACTED_SERVER FAILED") // it would be refused
		if _, err := d.FetchProfile(w.ctx, assigned); err == nil {
			t.Error("it was given a profile without a push certificate")
		}
		w.expectStand(d.SerialNumber, "CONTACTED_SERVER FAILED")
		if f := w.diagnosed("ENROLLMENTS_REFUSED"); f == nil || f.Devices != 1 || !strings.Contains(strings.Join(f.Evidence, "\n"), "PUSH_CERTIFICATE_MISSING: "+d.SerialNumber) {
			t.Errorf("refused: %+v", f)
		}
		w.installPushCertificate("com.apple.mgmt.External.2f6d1b0a-7c3e-4d55-9a10-6b8f0c1d2e3f")
		_, err := d.FetchProfile(w.ctx, assigned)
		must(t, err)
		w.expectStand(d.SerialNumber, "IDENTITY_ISSUED WAITING")
		must(t, d.GetIdentity(w.ctx))
		w.expectStand(d.SerialNumber, "CHECKED_IN WAITING")
	})
}

// The second half of the way, and back: held, released, terms of Apple that do not matter any more.
func TestDiagnoseDeviceToItsEnd(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 2, held: true})
		d := w.devices(1)[0]
		assigned := w.switchOn(d)
		_, err := d.FetchProfile(w.ctx, assigned)
		must(t, err)
		must(t, d.GetIdentity(w.ctx))
		must(t, d.Authenticate(w.ctx))
		w.expectStand(d.SerialNumber, "CHECKED_IN WAITING")
		must(t, d.TokenUpdate(w.ctx, true))
		w.expectStand(d.SerialNumber, "RELEASED WAITING")
		due := time.Now().Add(-time.Hour)
		must(t, w.db.Ent().DeviceEnrollment.Update().Where(deviceenrollment.AwaitingConfiguration(true)).SetReleaseDueAt(due.UTC()).Exec(w.ctx))
		w.expectStand(d.SerialNumber, "RELEASED FAILED")
		if f := w.diagnosed("HELD_IN_SETUP_ASSISTANT"); f == nil || f.Devices != 1 || !strings.Contains(f.Evidence[0], d.SerialNumber) {
			t.Errorf("held: %+v", f)
		}
		lives := make(chan error, 1)
		go func() { lives <- d.Live(w.ctx) }() // it has its network again
		w.until("the device is released", func() bool { return w.row(d).ReleasedAt != nil })
		w.expectStand(d.SerialNumber, "arrived")
		if f := w.diagnosed("HELD_IN_SETUP_ASSISTANT"); f != nil {
			t.Errorf("released, and held: %+v", f)
		}
		w.abm.SetTermsAccepted(false)
		w.syncNow()
		w.expectStand(d.SerialNumber, "arrived")
		other := w.db.Reader().Device.Query().Where(device.SerialNumberNEQ(d.SerialNumber)).FirstX(w.ctx)
		w.expectStand(other.SerialNumber, "TOKEN_WORKS FAILED")
	})
}
