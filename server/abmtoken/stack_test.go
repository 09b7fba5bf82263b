package abmtoken_test

import (
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// A renewed token is in use at once: the session of the old one goes with it.
func TestRenewalIsLiveAtOnce_FieldNote06(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 20})
		s.Start(t)
		token, server := s.Connect(t, "first")
		sync := func(when string, assign int) {
			t.Helper()
			_, err := s.Sim.AssignCount(server.ID(), assign)
			must(t, err)
			if run := s.Sync(t, token.ID, false); run.Status != syncrun.StatusSucceeded || run.Added != assign {
				t.Fatalf("%s: %s, %d added, %s", when, run.Status, run.Added, run.ErrorMessage)
			}
		}
		sync("connected", 5)
		renewed, err := s.Tokens.Renew(stack.Admin(t), token.ID)
		must(t, err)
		sync("renewal begun", 1)
		must(t, server.ReplaceCertificate([]byte(renewed.StagedCertificate)))
		sync("certificate replaced at Apple", 1)
		file := download(t, server) // ends the old token and its session at Apple
		_, err = s.Tokens.Upload(stack.Admin(t), token.ID, file, false)
		must(t, err)
		sync("renewed", 1)
		s.AssertInventory(t, token.ID, server)
	})
}

func TestDelete(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Devices: 400, PageSize: 20, Latency: 10 * time.Millisecond})
		s.Start(t)
		token, server := s.Connect(t, "first")
		kept, keptServer := s.Connect(t, "kept")
		_, err := s.Sim.AssignCount(keptServer.ID(), 10)
		must(t, err)
		s.Sync(t, kept.ID, false)
		_, err = s.Sim.AssignCount(server.ID(), 300)
		must(t, err)
		_, err = s.Tokens.Renew(stack.Admin(t), token.ID)
		must(t, err)
		run, _, err := s.Syncs.Start(stack.Admin(t), token.ID, false, syncrun.TriggerManual)
		must(t, err)
		s.Until(t, run.ID, func(r *ent.SyncRun) bool { return r.Pages >= 3 })

		removed, err := s.Tokens.Delete(stack.Admin(t), token.ID)
		must(t, err)
		if run = s.Wait(t, run.ID); run.Status != syncrun.StatusCanceled || run.FinishedAt == nil {
			t.Errorf("the run that was going on: %v", run)
		}
		s.Stop() // until the run's worker is gone: it must not have stored anything more
		row := db.Reader().ABMToken.GetX(t.Context(), token.ID)
		if row.DeletedAt == nil || row.CurrentKey != nil || row.StagedKey != nil || row.Credentials != nil || row.StreamCursor != "" {
			t.Errorf("deleted token: %+v", row)
		}
		if removed < 60 {
			t.Errorf("%d devices removed", removed)
		}
		of := func(token *ent.ABMToken) *ent.DeviceQuery {
			return db.Reader().Device.Query().Where(device.AbmTokenID(token.ID))
		}
		if all, present := of(token).CountX(t.Context()), of(token).Where(device.RemovedAtIsNil()).CountX(t.Context()); present != 0 || all != removed {
			t.Errorf("%d devices, %d of them present", all, present)
		}
		if n := of(kept).Where(device.RemovedAtIsNil()).CountX(t.Context()); n != 10 {
			t.Errorf("the other token has %d devices", n)
		}
		if n := db.Reader().SyncMark.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d marks are left", n)
		}
		entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("deleteABMToken")).OnlyX(t.Context())
		if *entry.ObjectID != token.ID || !strings.Contains(string(entry.After), "devicesRemoved") || !strings.Contains(string(entry.Before), server.UUID()) {
			t.Errorf("audit entry: %+v", entry)
		}

		for what, err := range map[string]error{
			"delete":  func() error { _, err := s.Tokens.Delete(stack.Admin(t), token.ID); return err }(),
			"renew":   func() error { _, err := s.Tokens.Renew(stack.Admin(t), token.ID); return err }(),
			"upload":  func() error { _, err := s.Tokens.Upload(stack.Admin(t), token.ID, nil, false); return err }(),
			"connect": func() error { _, _, err := s.Tokens.Connect(stack.Admin(t), token.ID); return err }(),
			"check":   s.Tokens.Check(stack.Admin(t), token.ID),
		} {
			if !apperr.Is(err, apperr.NotFound) {
				t.Errorf("%s of a deleted token: %v", what, err)
			}
		}
		if present, err := s.Tokens.Present(t.Context()); err != nil || len(present) != 1 || present[0].ID != kept.ID {
			t.Errorf("present: %v, %v", present, err)
		}

		// The same MDM server under the same name comes back as a new token, and its devices as the rows that they were.
		again, err := s.Tokens.Generate(stack.Admin(t), "first")
		must(t, err)
		must(t, server.ReplaceCertificate([]byte(again.CurrentCertificate)))
		again, err = s.Tokens.Upload(stack.Admin(t), again.ID, download(t, server), false)
		must(t, err)
		s.Start(t)
		if run := s.Sync(t, again.ID, false); run.Status != syncrun.StatusSucceeded || run.Added != 300 {
			t.Errorf("run of the new token: %v", run)
		}
		s.AssertInventory(t, again.ID, server)
		if n := of(token).CountX(t.Context()); n != 0 {
			t.Errorf("%d devices stayed with the deleted token", n)
		}
	})
}
