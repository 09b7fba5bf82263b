package mdm_test

import (
	"context"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// A device that enrolls anew at the very moment somebody sends it a command does not find that in its new queue: it was meant for what it was before.
func TestCommandWhileADeviceEnrollsAnew(t *testing.T) {
	for name, send := range map[string]func(w *world, p *phone, failed gid.ID) error{
		"sent": func(w *world, p *phone, _ gid.ID) error {
			_, err := w.mdm.Send(w.as(role.Admin), mdm.Command{Kind: mdm.EraseDevice}, confirmed(named(p)))
			return err
		},
		"sent again": func(w *world, p *phone, failed gid.ID) error {
			_, err := w.mdm.Resend(w.as(role.Admin), failed, []string{p.serial}, 1)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db)
				p := w.enrolled(1)
				failed := w.send(mdm.Command{Kind: mdm.EraseDevice}, confirmed(named(p))).ID
				p.report("Error", p.report("Idle", "", nil).CommandUUID, nil)
				w.work()
				result := make(chan error, 1)
				w.tx(func(ctx context.Context, tx *store.Tx) error { // Authenticate, in the middle
					if err := tx.MDMChannel.Update().Where(mdmchannel.DeviceID(p.id)).SetEnabled(false).Exec(ctx); err != nil {
						return err
					}
					go func() { result <- send(w, p, failed) }()
					select {
					case err := <-result:
						t.Errorf("it did not wait for the device: %v", err)
						result <- err
					case <-time.After(300 * time.Millisecond):
					}
					return nil
				})
				if err := <-result; err != nil && apperr.CodeOf(err) != apperr.Conflict {
					t.Error(err)
				}
				if n := db.Reader().MDMCommand.Query().Where(mdmcommand.PurposeEQ(mdmcommand.PurposePerson), mdmcommand.DoneAtIsNil()).CountX(t.Context()); n != 0 {
					t.Errorf("%d commands wait for the device", n)
				}
			})
		})
	}
}

// A device with another board has another UDID, and one channel that takes commands: it is one device.
func TestCommandToADeviceWithAnotherBoard(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.enrolled(1)
		before := w.send(mdm.Command{Kind: mdm.ProfileList}, named(p))
		p.udid = "00008112-AAAAAAAAAAAAAAAA"
		p.enroll(nil)
		answer(p, p.report("Idle", "", nil))
		w.work()
		if n, b := w.counts(before.ID), w.batch(before.ID); n != (mdm.CommandCounts{Dropped: 1}) || b.FinishedAt == nil {
			t.Errorf("before: %+v, %+v", n, b)
		}
		b := w.send(mdm.Command{Kind: mdm.RestartDevice}, named(p))
		if b.Devices != 1 || b.Total != 1 || b.NotEnrolled != 0 {
			t.Errorf("sent: %+v", b)
		}
		if c := p.report("Idle", "", nil); c == nil || c.CommandUUID != b.CommandUUID {
			t.Errorf("the device got %+v", c)
		}
	})
}

// A device that can never do one command now does the others, and the one can be taken back.
func TestNotNowForEver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.enrolled(1)
		never := w.send(mdm.Command{Kind: mdm.RestartDevice}, named(p))
		for range 20 {
			good := w.send(mdm.Command{Kind: mdm.ProfileList}, named(p))
			c := p.report("Idle", "", nil)
			if c == nil || c.CommandUUID != never.CommandUUID {
				t.Fatalf("the device got %+v", c)
			}
			if c = p.report("NotNow", c.CommandUUID, nil); c == nil || c.CommandUUID != good.CommandUUID {
				t.Fatalf("after NotNow the device got %+v", c)
			}
			if c = p.report("Acknowledged", c.CommandUUID, nil); c != nil && c.CommandUUID == never.CommandUUID {
				if c = p.report("NotNow", c.CommandUUID, nil); c != nil {
					t.Fatalf("after all the device got %+v", c)
				}
			}
			w.work()
			if b := w.batch(good.ID); b.Status != commandbatch.StatusFinished {
				t.Fatalf("the other one is %s", b.Status)
			}
		}
		if _, n, err := w.mdm.CancelBatch(w.as(role.Operator), never.ID); err != nil || n != 1 {
			t.Errorf("%d taken back, %v", n, err)
		}
		if c := p.report("Idle", "", nil); c != nil {
			t.Errorf("the device got %s", c.Command.RequestType)
		}
	})
}
