package mdm_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func (w *world) prune() {
	w.t.Helper()
	if err := w.mdm.Prune(auth.System(w.t.Context())); err != nil {
		w.t.Fatal(err)
	}
}

// Those that failed, from whom it was taken back, and that enrolled anew get the same command again; those that have it still to do are asked to call; who did it
// is left in peace. Each counts once.
func TestSendAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		good, bad, wiped, taken, away, left := w.enrolled(1), w.enrolled(2), w.enrolled(3), w.enrolled(4), w.enrolled(5), w.enrolled(6)
		b := w.send(mdm.Command{Kind: mdm.DeviceLock, PIN: "480915"}, named(good, bad, wiped, taken, away, left))
		for _, p := range []*phone{good, bad, away} {
			p.report("Idle", "", nil)
		}
		good.report("Acknowledged", b.CommandUUID, nil)
		bad.report("Error", b.CommandUUID, dict{"ErrorChain": []any{dict{"ErrorCode": 1, "ErrorDomain": "D", "USEnglishDescription": "no"}}})
		wiped.enroll(nil)
		answer(wiped, wiped.report("Idle", "", nil))
		one := db.Reader().MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID), mdmcommand.HasChannelWith(mdmchannel.DeviceID(taken.id))).OnlyX(t.Context())
		if _, err := w.mdm.CancelCommand(w.as(role.Operator), one.ID); err != nil {
			t.Fatal(err)
		}
		left.report("Error", left.report("Idle", "", nil).CommandUUID, nil)
		left.checkin("CheckOut", nil)
		if n := w.counts(b.ID); n != (mdm.CommandCounts{Sent: 1, Acknowledged: 1, Failed: 2, Canceled: 1, Dropped: 1}) {
			t.Fatalf("counts %+v", n)
		}
		if _, err := w.mdm.Resend(w.as(role.Operator), b.ID, nil, 3); apperr.CodeOf(err) != apperr.Conflict || !strings.Contains(err.Error(), "did not do the command: 4, not 3") {
			t.Errorf("another number: %v", err)
		}
		can := func(want bool) {
			t.Helper()
			if got, err := w.mdm.CanResend(t.Context(), w.batch(b.ID)); got != want || err != nil {
				t.Errorf("can be sent again: %v, %v", got, err)
			}
		}
		can(true)
		before := w.pushes()
		again, err := w.mdm.Resend(auth.WithCaller(w.as(role.Operator), auth.Caller{Kind: auditentry.ActorKindUser, Name: "Robin", Role: role.Operator}), b.ID, nil, 4)
		if err != nil {
			t.Fatal(err)
		}
		if again.ID != b.ID || again.Status != commandbatch.StatusRunning || again.RequestedBy != "Robin" || again.Total != 6 || again.Devices != 6 || !again.Queued || again.NotEnrolled != 0 {
			t.Errorf("the batch: %+v", again)
		}
		// The one that left is not asked, and stays as it is.
		if n := w.counts(b.ID); n != (mdm.CommandCounts{Queued: 3, Sent: 1, Acknowledged: 1, Failed: 1}) {
			t.Errorf("counts %+v", n)
		}
		if n := w.pushes() - before; n != 4 {
			t.Errorf("%d devices were asked to call", n)
		}
		for _, p := range []*phone{bad, wiped, taken, away} {
			c := p.report("Idle", "", nil)
			if c == nil || c.CommandUUID != b.CommandUUID || !strings.Contains(string(c.Raw), "480915") {
				t.Fatalf("the device got %+v", c)
			}
			p.report("Acknowledged", b.CommandUUID, nil)
		}
		if c := good.report("Idle", "", nil); c != nil {
			t.Errorf("the device that did it got %s", c.Command.RequestType)
		}
		w.work()
		if b := w.batch(b.ID); b.Status != commandbatch.StatusFinished || b.FinishedAt == nil {
			t.Errorf("not ended: %+v", b)
		}
		if n := w.counts(b.ID); n != (mdm.CommandCounts{Acknowledged: 5, Failed: 1}) {
			t.Errorf("counts %+v", n)
		}
		if got, want := bad.commandsOf(), []string{"COMMAND_QUEUED DeviceLock by Kim", "COMMAND_FAILED DeviceLock by Kim", "COMMAND_QUEUED DeviceLock by Robin", "COMMAND_ACKNOWLEDGED DeviceLock by Robin"}; !slices.Equal(got, want) {
			t.Errorf("history %v", got)
		}
		row := db.Reader().MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID), mdmcommand.HasChannelWith(mdmchannel.DeviceID(bad.id))).OnlyX(t.Context())
		if row.Attempts != 2 || row.ErrorMessage != "" || row.Status != mdmcommand.StatusAcknowledged {
			t.Errorf("the command: %+v", row)
		}
		entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("resendCommand")).OnlyX(t.Context())
		if entry.ActorName != "Robin" || *entry.ObjectID != b.ID || !strings.Contains(string(entry.After), `"devices":4`) && !strings.Contains(string(entry.After), `"devices": 4`) {
			t.Errorf("audit entry %+v %s", entry, entry.After)
		}
		if _, err := w.mdm.Resend(w.as(role.Operator), b.ID, nil, 1); apperr.CodeOf(err) != apperr.Conflict || !strings.Contains(err.Error(), "takes commands") {
			t.Errorf("to the one that left: %v", err)
		}
		// A week later what it holds is forgotten, and the results stay.
		w.clock.Advance(6 * 24 * time.Hour)
		w.prune()
		if w.batch(b.ID).SealedBody == nil {
			t.Error("forgotten too early")
		}
		can(true)
		w.clock.Advance(2 * 24 * time.Hour)
		w.prune()
		if b := w.batch(b.ID); b.SealedBody != nil || b.Waiting != nil {
			t.Errorf("kept for too long: %+v", b)
		}
		can(false)
		if _, err := w.mdm.Resend(w.as(role.Operator), b.ID, nil, 1); apperr.CodeOf(err) != apperr.Conflict || !strings.Contains(err.Error(), "not kept") {
			t.Errorf("forgotten: %v", err)
		}
		if _, err := w.mdm.Resend(w.as(role.Operator), gid.New(gid.CommandBatch, 99), nil, 1); apperr.CodeOf(err) != apperr.NotFound {
			t.Errorf("of nothing: %v", err)
		}
		all := w.send(mdm.Command{Kind: mdm.ProfileList}, named(good))
		good.report("Acknowledged", good.report("Idle", "", nil).CommandUUID, nil)
		w.work()
		if got, err := w.mdm.CanResend(t.Context(), w.batch(all.ID)); got || err != nil {
			t.Errorf("one that everybody did can be sent again: %v", err)
		}
		if _, err := w.mdm.Resend(w.as(role.Operator), all.ID, nil, 0); apperr.CodeOf(err) != apperr.Conflict {
			t.Errorf("of one that everybody did: %v", err)
		}
	})
}

// An answer that comes once more, because what it was answered with got lost, is not one to the command that was sent again.
func TestOldAnswerToWhatIsSentAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.enrolled(1)
		b := w.send(mdm.Command{Kind: mdm.RestartDevice}, named(p))
		p.report("Idle", "", nil)
		p.report("Error", b.CommandUUID, nil)
		if _, err := w.mdm.Resend(w.as(role.Operator), b.ID, nil, 1); err != nil {
			t.Fatal(err)
		}
		if c := p.report("Error", b.CommandUUID, nil); c == nil || c.CommandUUID != b.CommandUUID { // once more, and then the next command
			t.Fatalf("the device got %+v", c)
		}
		if n := w.counts(b.ID); n != (mdm.CommandCounts{Sent: 1}) {
			t.Errorf("counts %+v", n)
		}
	})
}

// Who may send a command may send it again, and nobody else: what cannot be undone is confirmed anew.
func TestSendAgainNeedsTheSame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p, other, outside := w.enrolled(1), w.enrolled(2), w.enrolled(3)
		fail := func(c mdm.Command) gid.ID {
			t.Helper()
			b := w.send(c, confirmed(named(p, other)))
			p.report("Error", p.report("Idle", "", nil).CommandUUID, nil)
			other.report("Acknowledged", other.report("Idle", "", nil).CommandUUID, nil)
			w.work()
			return b.ID
		}
		for name, c := range map[string]mdm.Command{
			"information": {Kind: mdm.DeviceInformation}, "profiles": {Kind: mdm.ProfileList}, "restart": {Kind: mdm.RestartDevice},
			"install": {Kind: mdm.InstallProfile, Profile: mobileconfig("Configuration", "com.example.erasedevice", "com.apple.wifi.managed")},
			"remove":  {Kind: mdm.RemoveProfile, ProfileIdentifier: "com.example.wifi"}, "lock": {Kind: mdm.DeviceLock, PIN: "123456", Message: "Ring"},
			"raw, as the form makes it": {Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>RestartDevice</string></dict>`)},
		} {
			if _, err := w.mdm.Resend(w.as(role.Operator), fail(c), nil, 1); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			p.report("Acknowledged", p.report("Idle", "", nil).CommandUUID, nil)
		}
		for name, c := range map[string]mdm.Command{
			"raw":               {Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>SecurityInfo</string></dict>`)},
			"raw, and somewhat": {Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>RestartDevice</string><key>NotifyUser</key><true/></dict>`)},
		} {
			id := fail(c)
			if _, err := w.mdm.Resend(w.as(role.Operator), id, nil, 1); apperr.CodeOf(err) != apperr.Forbidden {
				t.Errorf("%s, an operator: %v", name, err)
			}
			if _, err := w.mdm.Resend(w.as(role.Admin), id, nil, 1); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			p.report("Acknowledged", p.report("Idle", "", nil).CommandUUID, nil)
		}
		for name, c := range map[string]mdm.Command{
			"erase": {Kind: mdm.EraseDevice, PIN: "654321"},
			"raw":   {Kind: mdm.Raw, Plist: binaryPlist(map[string]any{"RequestType": "Settings", "X": utf16Text("EraseDevice")})},
		} {
			id := fail(c)
			for _, refused := range []struct {
				why      string
				by       role.Role
				serials  []string
				expected int
				code     apperr.Code
			}{
				{"an operator", role.Operator, []string{p.serial}, 1, apperr.Forbidden},
				{"by number alone", role.Admin, nil, 1, apperr.BadUserInput},
				{"another number", role.Admin, []string{p.serial}, 2, apperr.Conflict},
				{"none", role.Admin, []string{}, 0, apperr.BadUserInput},
				{"one that did it", role.Admin, []string{p.serial, other.serial}, 2, apperr.Conflict},
				{"one of elsewhere", role.Admin, []string{outside.serial}, 1, apperr.Conflict},
				{"nobody", role.Admin, []string{"NOBODY"}, 0, apperr.Conflict},
			} {
				if _, err := w.mdm.Resend(w.as(refused.by), id, refused.serials, refused.expected); apperr.CodeOf(err) != refused.code {
					t.Errorf("%s, %s: %v, not %s", name, refused.why, err, refused.code)
				}
			}
			if n := w.counts(id); n != (mdm.CommandCounts{Acknowledged: 1, Failed: 1}) {
				t.Errorf("%s: counts %+v", name, n)
			}
			if _, err := w.mdm.Resend(w.as(role.Admin), id, []string{strings.ToLower(p.serial)}, 1); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("resendCommand"), auditentry.ObjectID(id)).OnlyX(t.Context())
			if !strings.Contains(strings.ToUpper(string(entry.After)), p.serial) || strings.Contains(string(entry.After), "654321") {
				t.Errorf("%s: audit entry %s", name, entry.After)
			}
			p.report("Acknowledged", p.report("Idle", "", nil).CommandUUID, nil)
		}
	})
}

// Taken back while it was being queued, a command of many goes on where it stood, and can be taken back once more.
func TestSendAgainToMany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		n := 2*mdm.Slice + 100
		w.fleet(n)
		b := w.send(mdm.Command{Kind: mdm.RestartDevice}, devicegroup.Selection{Where: device.IDGT(0), ExpectedCount: &n})
		for round := range 2 {
			var err error
			if b, _, err = w.mdm.CancelBatch(w.as(role.Operator), b.ID); err != nil {
				t.Fatal(err)
			}
			if got := w.counts(b.ID); got != (mdm.CommandCounts{Canceled: n}) || b.FinishedAt == nil {
				t.Fatalf("canceled: %+v, %+v", got, b)
			}
			if serials := []string{"F000001"}; round == 0 {
				if _, err := w.mdm.Resend(w.as(role.Operator), b.ID, serials, 1); apperr.CodeOf(err) != apperr.Conflict {
					t.Errorf("to one: %v", err)
				}
			}
			if b, err = w.mdm.Resend(w.as(role.Operator), b.ID, nil, n); err != nil {
				t.Fatal(err)
			}
			if b.Queued || b.Total != mdm.Slice {
				t.Errorf("at first: %+v", b)
			}
			if _, err := w.mdm.Resend(w.as(role.Operator), b.ID, nil, 0); apperr.CodeOf(err) != apperr.Conflict {
				t.Errorf("at the same time: %v", err)
			}
		}
		var both sync.WaitGroup
		for _, s := range []*mdm.Service{w.mdm, w.replica()} {
			both.Go(func() {
				if err := s.WorkOnBatches(auth.System(t.Context())); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		w.work()
		if b := w.batch(b.ID); b.Total != n || !b.Queued || b.NotEnrolled != 0 || b.Waiting != nil || b.Canceled != 0 {
			t.Errorf("in the end: %+v", b)
		}
		if got := w.counts(b.ID); got != (mdm.CommandCounts{Queued: n}) {
			t.Errorf("counts %+v", got)
		}
		// The first slice was queued three times, the others once.
		if events := db.Reader().DeviceEvent.Query().Where(deviceevent.KindEQ(deviceevent.KindCommandQueued)).CountX(t.Context()); events != n+2*mdm.Slice {
			t.Errorf("%d events", events)
		}
	})
}

// Whoever ends a batch while somebody sends it again waits for that, and then leaves it: no batch ends while devices have it to do.
func TestSendAgainAtTheSameMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.enrolled(1)
		b := w.send(mdm.Command{Kind: mdm.RestartDevice}, named(p))
		if _, _, err := w.mdm.CancelBatch(w.as(role.Operator), b.ID); err != nil {
			t.Fatal(err)
		}
		db.Ent().CommandBatch.UpdateOneID(b.ID).ClearFinishedAt().ExecX(t.Context()) // whoever canceled died before the end
		ended := make(chan error, 1)
		w.tx(func(ctx context.Context, tx *store.Tx) error { // it is sent again, in the middle
			if err := tx.CommandBatch.UpdateOneID(b.ID).SetStatus(commandbatch.StatusRunning).SetCanceled(0).Exec(ctx); err != nil {
				return err
			}
			if err := tx.MDMCommand.Update().Where(mdmcommand.CommandBatchID(b.ID)).SetStatus(mdmcommand.StatusQueued).ClearDoneAt().Exec(ctx); err != nil {
				return err
			}
			go func() { ended <- w.mdm.WorkOnBatches(auth.System(t.Context())) }()
			time.Sleep(300 * time.Millisecond) // long enough to do wrong
			return nil
		})
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		if n, b := w.counts(b.ID), w.batch(b.ID); b.Status != commandbatch.StatusRunning || b.FinishedAt != nil || n != (mdm.CommandCounts{Queued: 1}) {
			t.Fatalf("%s, ended %v, %+v", b.Status, b.FinishedAt, n)
		}
		if c := p.report("Idle", "", nil); c == nil || c.CommandUUID != b.CommandUUID {
			t.Fatalf("the device got %+v", c)
		}
		p.report("Acknowledged", b.CommandUUID, nil)
		w.work()
		if b := w.batch(b.ID); b.Status != commandbatch.StatusFinished {
			t.Errorf("in the end: %s", b.Status)
		}
	})
}
