package graph_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// addRun adds a run that began so many minutes ago and took one.
func addRun(t *testing.T, db *store.Store, token *ent.ABMToken, minutesAgo int, change func(*ent.SyncRunCreate)) *ent.SyncRun {
	t.Helper()
	began := now.Add(-time.Duration(minutesAgo) * time.Minute)
	ended := began.Add(time.Minute)
	create := db.Ent().SyncRun.Create().SetAbmTokenID(token.ID).SetStatus(syncrun.StatusSucceeded).SetPhase(syncrun.PhaseFinish).
		SetTrigger(syncrun.TriggerPeriodic).SetFull(false).SetStartedAt(began).SetUpdatedAt(ended).SetFinishedAt(ended).SetLeaseExpiresAt(ended)
	change(create)
	run, err := create.Save(t.Context())
	must(t, err)
	if run.Full && run.Status == syncrun.StatusSucceeded {
		db.Ent().ABMToken.UpdateOneID(token.ID).SetLastFullSyncAt(ended).ExecX(t.Context())
	}
	return run
}

func TestABMTokenFields(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Clock: clockwork.NewFakeClockAt(now)})
		token, err := s.Tokens.Generate(stack.Admin(t), "first")
		must(t, err)
		other, err := s.Tokens.Generate(stack.Admin(t), "other")
		must(t, err)
		a := newAPI(t, s)
		type fields struct {
			DeviceCount          int
			CertificateSha256    string
			LastRun, LastFullRun *struct{ ID string }
			NextSyncAt           *time.Time
		}
		get := func() fields {
			t.Helper()
			var got struct{ Node fields }
			a.get(`query($id: ID!) { node(id: $id) { ... on ABMToken { deviceCount certificateSha256 lastRun { id } lastFullRun { id } nextSyncAt } } }`,
				map[string]any{"id": token.ID.String()}, &got)
			return got.Node
		}
		block, _ := pem.Decode([]byte(token.CurrentCertificate))
		sum := sha256.Sum256(block.Bytes)
		if diff := cmp.Diff(fields{CertificateSha256: hex.EncodeToString(sum[:])}, get()); diff != "" {
			t.Errorf("a new token (-want +got):\n%s", diff)
		}

		addDevices(t, db, token, device.PlatformMacOS, 3, day, 0)
		addDevices(t, db, token, device.PlatformMacOS, 2, day, time.Hour)
		addDevices(t, db, other, device.PlatformMacOS, 5, day, 0)
		addRun(t, db, token, 60, func(c *ent.SyncRunCreate) { c.SetFull(true) })
		full := addRun(t, db, token, 50, func(c *ent.SyncRunCreate) { c.SetFull(true) })
		addRun(t, db, token, 45, func(*ent.SyncRunCreate) {})
		addRun(t, db, token, 40, func(c *ent.SyncRunCreate) { c.SetFull(true).SetStatus(syncrun.StatusFailed) })
		last := addRun(t, db, token, 5, func(*ent.SyncRunCreate) {})
		addRun(t, db, other, 4, func(c *ent.SyncRunCreate) { c.SetFull(true) })
		db.Ent().ABMToken.UpdateOne(token).SetState(abmtoken.StateExpiring).SetStagedCertificate(other.CurrentCertificate).ExecX(t.Context())
		got := get()
		if got.DeviceCount != 3 || got.LastRun == nil || got.LastRun.ID != last.ID.String() || got.LastFullRun == nil || got.LastFullRun.ID != full.ID.String() {
			t.Errorf("%+v %+v %+v", got, got.LastRun, got.LastFullRun)
		}
		if want := time.Date(2026, 8, 1, 10, 5, 0, 0, time.UTC); got.NextSyncAt == nil || !got.NextSyncAt.Equal(want) {
			t.Errorf("next sync at %v", got.NextSyncAt)
		}
		if got.CertificateSha256 == hex.EncodeToString(sum[:]) {
			t.Error("during a renewal the fingerprint is that of the former certificate")
		}
	})
}

func TestNotableRuns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{})
		token, err := s.Tokens.Generate(stack.Admin(t), "first")
		must(t, err)
		wanted := map[bool][]string{}
		for i, c := range []struct {
			notable bool
			change  func(*ent.SyncRunCreate)
		}{
			{false, func(*ent.SyncRunCreate) {}},
			{false, func(c *ent.SyncRunCreate) { c.SetTrigger(syncrun.TriggerResume).SetDevicesSeen(5) }},
			{true, func(c *ent.SyncRunCreate) { c.SetTrigger(syncrun.TriggerManual) }},
			{true, func(c *ent.SyncRunCreate) { c.SetAdded(1) }},
			{true, func(c *ent.SyncRunCreate) { c.SetModified(1) }},
			{true, func(c *ent.SyncRunCreate) { c.SetRemoved(1) }},
			{true, func(c *ent.SyncRunCreate) { c.SetStatus(syncrun.StatusFailed) }},
			{true, func(c *ent.SyncRunCreate) { c.SetStatus(syncrun.StatusCanceled) }},
			{true, func(c *ent.SyncRunCreate) { c.SetStatus(syncrun.StatusRunning) }},
		} {
			run := addRun(t, db, token, 60-i, c.change)
			wanted[c.notable] = append([]string{run.ID.String()}, wanted[c.notable]...) // newest first
		}
		a := newAPI(t, s)
		for notable, want := range wanted {
			var got struct {
				SyncRuns struct{ Nodes []struct{ ID string } }
			}
			a.get(`query($notable: Boolean) { syncRuns(where: {notable: $notable}) { nodes { id } } }`, map[string]any{"notable": notable}, &got)
			ids := make([]string, len(got.SyncRuns.Nodes))
			for i, run := range got.SyncRuns.Nodes {
				ids[i] = run.ID
			}
			if diff := cmp.Diff(want, ids); diff != "" {
				t.Errorf("notable: %t (-want +got):\n%s", notable, diff)
			}
		}
	})
}

type checked struct {
	CheckABMToken struct {
		AbmToken   *struct{ State string }
		UserErrors []struct {
			Code  string
			Field []string
		}
	}
}

func (a api) check(token *ent.ABMToken) checked {
	a.t.Helper()
	var got checked
	a.get(`mutation($id: ID!) { checkABMToken(input: {abmTokenId: $id}) { abmToken { state } userErrors { code field } } }`,
		map[string]any{"id": token.ID.String()}, &got)
	return got
}

// unreachable is an Apple that does not answer.
type unreachable struct{}

func (unreachable) Check(context.Context, gid.ID) error {
	return apperr.New(apperr.AppleUnavailable, "Apple does not answer.")
}

// Field note 11: any call can set a state, a success clears it, and a click asks again.
func TestCheckABMToken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{})
		token, _ := s.Connect(t, "first")
		a := newAPI(t, s)
		for _, accepted := range []bool{false, true} {
			s.Sim.SetTermsAccepted(accepted)
			want := map[bool]string{false: "TERMS_NOT_ACCEPTED", true: "ACTIVE"}[accepted]
			if got := a.check(token).CheckABMToken; len(got.UserErrors) > 0 || got.AbmToken == nil || got.AbmToken.State != want {
				t.Errorf("terms accepted: %t: %+v", accepted, got)
			}
		}
		waiting, err := s.Tokens.Generate(stack.Admin(t), "waiting")
		must(t, err)
		if got := a.check(waiting).CheckABMToken; got.AbmToken != nil || len(got.UserErrors) != 1 || got.UserErrors[0].Code != "CONFLICT" ||
			len(got.UserErrors[0].Field) != 1 || got.UserErrors[0].Field[0] != "abmTokenId" {
			t.Errorf("a token that waits for its server token: %+v", got)
		}
		a.Checks = unreachable{}
		if got := a.check(token).CheckABMToken; got.AbmToken != nil || len(got.UserErrors) != 1 || got.UserErrors[0].Code != "APPLE_UNAVAILABLE" {
			t.Errorf("without an answer that says anything of the token: %+v", got)
		}
	})
}

// A deleted token is no object any more, whatever is asked of it.
func TestDeletedTokenIsNoNode(t *testing.T) {
	s := stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{})
	token, err := s.Tokens.Generate(stack.Admin(t), "first")
	must(t, err)
	a := newAPI(t, s)
	for _, there := range []bool{true, false} {
		for _, fields := range []string{"id", "id name", "id certificatePEM"} {
			var got struct{ Node *struct{ ID string } }
			a.get(`query($id: ID!) { node(id: $id) { ... on ABMToken { `+fields+` } } }`, map[string]any{"id": token.ID.String()}, &got)
			if (got.Node != nil) != there {
				t.Errorf("%s: there %t, got %v", fields, there, got.Node)
			}
		}
		if there {
			_, err = s.Tokens.Delete(stack.Admin(t), token.ID)
			must(t, err)
		}
	}
}
