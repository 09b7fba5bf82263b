package mdm_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/micromdm/plist"
	"github.com/smallstep/scep"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// held is what a device says that waits in Setup Assistant.
func held() dict { return dict{"AwaitingConfiguration": true} }

// Field notes 29: a device that is held gets its first commands, then goes on.
func TestFieldNote29Release(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.enroll(held())
		if e := p.row(); !e.AwaitingConfiguration || e.ReleaseDueAt == nil || !e.ReleaseDueAt.Equal(w.clock.Now().Add(10*time.Minute)) {
			t.Fatalf("not held: %+v", e)
		}
		if got := answer(p, p.report("Idle", "", nil)); !slices.Equal(got, []string{"DeviceInformation", "DeviceConfigured"}) {
			t.Errorf("commands: %v", got)
		}
		e := p.row()
		if e.AwaitingConfiguration || e.ReleasedAt == nil || e.ReleaseDueAt != nil {
			t.Errorf("after DeviceConfigured: %+v", e)
		}
		if e.OsVersion != "26.2" || e.BuildVersion != "25C1" || e.ModelName != "MacBook Air (M4)" || e.DeviceName != "Kim's MacBook Air" || e.Product != "Mac16,12" {
			t.Errorf("learned: %+v", e)
		}
		p.happened("PROFILE_FETCHED", "ENROLLING", "ENROLLED", "RELEASED")
	})
}

// A device that does not wait is asked about itself, and never told to go on.
func TestFieldNote29OnlyWhenAwaiting(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.enroll(dict{"AwaitingConfiguration": false})
		if got := answer(p, p.report("Idle", "", nil)); !slices.Equal(got, []string{"DeviceInformation"}) {
			t.Errorf("commands: %v", got)
		}
	})
}

func TestFieldNote29NotNowIsLater(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.enroll(held())
		c := p.report("Idle", "", nil)
		if next := p.report("NotNow", c.CommandUUID, nil); next != nil {
			t.Errorf("after NotNow: %s", next.Command.RequestType)
		}
		if again := p.report("Idle", "", nil); again == nil || again.CommandUUID != c.CommandUUID {
			t.Errorf("later: %+v", again)
		}
		c = p.report("Acknowledged", c.CommandUUID, nil)
		if c == nil || c.Command.RequestType != "DeviceConfigured" {
			t.Fatalf("%+v", c)
		}
		if next := p.report("NotNow", c.CommandUUID, nil); next != nil || !p.row().AwaitingConfiguration {
			t.Errorf("after NotNow: %+v", next)
		}
		if got := answer(p, p.report("Idle", "", nil)); !slices.Equal(got, []string{"DeviceConfigured"}) || p.row().AwaitingConfiguration {
			t.Errorf("later: %v", got)
		}
	})
}

func TestFieldNote29ReleasedAlready(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.enroll(held())
		c := p.report("Idle", "", nil)
		fails := func(words string) dict {
			return dict{"ErrorChain": []dict{{"ErrorCode": 12026, "ErrorDomain": "MCMDMErrorDomain", "LocalizedDescription": words}}}
		}
		c = p.report("Error", c.CommandUUID, fails("something else")) // a first command that fails holds nobody up
		if c == nil || c.Command.RequestType != "DeviceConfigured" {
			t.Fatalf("%+v", c)
		}
		if next := p.report("Error", c.CommandUUID, fails("The device is not in the AwaitingConfiguration state.")); next != nil {
			t.Errorf("%+v", next)
		}
		if e := p.row(); e.AwaitingConfiguration || e.ReleasedAt == nil {
			t.Errorf("%+v", e)
		}
		first := db.Reader().MDMCommand.Query().Where(mdmcommand.PurposeEQ(mdmcommand.PurposeFirst)).OnlyX(t.Context())
		if first.Status != mdmcommand.StatusError || first.ErrorMessage != "something else (MCMDMErrorDomain 12026)" {
			t.Errorf("%+v", first)
		}
	})
}

// The watchdog releases a device that does not answer, once for all replicas, and again when it still waits.
func TestFieldNote29Watchdog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p, other := w.buy(1), w.buy(2)
		p.enroll(held())
		w.clock.Advance(5 * time.Minute)
		other.enroll(held())
		releases := func() int {
			return db.Reader().MDMCommand.Query().Where(mdmcommand.RequestType("DeviceConfigured")).CountX(t.Context())
		}
		w.clock.Advance(5*time.Minute - time.Second)
		if err := w.mdm.ReleaseDue(t.Context()); err != nil || releases() != 0 {
			t.Fatalf("too early: %v, %d", err, releases())
		}
		w.clock.Advance(time.Second)
		before := w.pushes()
		var wg sync.WaitGroup
		for range 3 {
			replica := w.replica()
			wg.Go(func() {
				if err := replica.ReleaseDue(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if releases() != 1 || w.pushes() != before+1 {
			t.Errorf("%d releases, %d pushes", releases(), w.pushes()-before)
		}
		w.clock.Advance(10 * time.Minute) // it did not come: asked again, not queued again
		if err := w.mdm.ReleaseDue(t.Context()); err != nil || releases() != 2 || w.pushes() != before+3 {
			t.Errorf("%v, %d releases, %d pushes", err, releases(), w.pushes()-before)
		}
		if c := p.report("Idle", "", nil); c == nil || c.Command.RequestType != "DeviceInformation" {
			t.Errorf("%+v", c)
		} else if c = p.report("NotNow", c.CommandUUID, nil); c == nil || c.Command.RequestType != "DeviceConfigured" {
			t.Errorf("%+v", c)
		} else {
			p.report("Acknowledged", c.CommandUUID, nil)
		}
		if p.row().ReleasedAt == nil || !other.row().AwaitingConfiguration {
			t.Error("the wrong one was released")
		}
		w.clock.Advance(25 * time.Hour)
		for range 2 {
			if err := w.mdm.ReleaseDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if other.row().ReleaseDueAt != nil {
			t.Error("the watchdog does not give up")
		}
	})
}

func TestReleaseByPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		ctx := auth.System(t.Context())
		if _, err := w.mdm.Release(ctx, p.id); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("one that never called: %v", err)
		}
		if _, err := w.mdm.Release(ctx, w.token); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("none: %v", err)
		}
		p.enroll(held())
		for range 2 {
			if _, err := w.mdm.Release(ctx, p.id); err != nil {
				t.Fatal(err)
			}
		}
		if n := db.Reader().MDMCommand.Query().Where(mdmcommand.PurposeEQ(mdmcommand.PurposeRelease)).CountX(ctx); n != 1 {
			t.Errorf("%d releases", n)
		}
		if n := db.Reader().AuditEntry.Query().Where(auditentry.Action("releaseFromSetupAssistant")).CountX(ctx); n != 2 {
			t.Errorf("%d audit entries", n)
		}
		answer(p, p.report("Idle", "", nil))
		if _, err := w.mdm.Release(ctx, p.id); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("one that was released: %v", err)
		}
	})
}

func TestSettings(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		ctx := auth.System(t.Context())
		for _, wrong := range []mdm.Settings{
			{FirstCommands: []string{"EraseDevice"}, ReleaseAfter: time.Hour}, {ReleaseAfter: time.Second}, {ReleaseAfter: 48 * time.Hour},
		} {
			if _, err := w.mdm.ChangeSettings(ctx, wrong); !apperr.Is(err, apperr.BadUserInput) {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
		if _, err := w.mdm.ChangeSettings(ctx, mdm.Settings{FirstCommands: []string{"SecurityInfo", "SecurityInfo"}, ReleaseAfter: 2 * time.Minute}); err != nil {
			t.Fatal(err)
		}
		got, err := w.mdm.Settings(ctx)
		if err != nil || !slices.Equal(got.FirstCommands, []string{"DeviceInformation", "SecurityInfo"}) || got.ReleaseAfter != 2*time.Minute {
			t.Errorf("%+v, %v", got, err)
		}
		p := w.buy(1)
		p.enroll(held())
		if got := answer(p, p.report("Idle", "", nil)); !slices.Equal(got, []string{"DeviceInformation", "SecurityInfo", "DeviceConfigured"}) {
			t.Errorf("commands: %v", got)
		}
	})
}

// A renewed identity takes the channel over with its first message; the old one ends then.
func TestRenewedIdentity(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p, other := w.buy(1), w.buy(2)
		p.enroll(nil)
		other.enroll(nil)
		answer(p, p.report("Idle", "", nil))
		old := p.cert
		renewed := p.scep("", scep.RenewalReq, old)
		if renewed == nil {
			t.Fatal("not renewed")
		}
		if c := p.report("Idle", "", nil); c != nil { // the old one is good until the new one is used
			t.Errorf("%+v", c)
		}
		p.cert = renewed
		if c := p.report("Idle", "", nil); c != nil {
			t.Errorf("%+v", c)
		}
		if code, _ := p.tokenUpdate(nil); code != 200 {
			t.Errorf("with the new one: %s", w.last())
		}
		p.cert = old
		if code, _ := p.tokenUpdate(nil); code != 400 || w.last() != "unread IDENTITY_REVOKED" {
			t.Errorf("with the old one: %d, %s", code, w.last())
		}
		p.happened("PROFILE_FETCHED", "ENROLLING", "ENROLLED")

		// By a challenge that its own channel brought.
		p.cert = renewed
		var challenge string
		channel := db.Reader().MDMChannel.Query().Where(mdmchannel.DeviceID(p.id)).OnlyX(t.Context())
		w.tx(func(ctx context.Context, tx *store.Tx) (err error) {
			challenge, err = w.identities.RenewalChallenge(ctx, tx, p.id, p.udid, channel.CertificateFingerprint)
			return err
		})
		p.identify(challenge)
		if code, _ := p.tokenUpdate(nil); code != 200 {
			t.Errorf("renewed by challenge: %s", w.last())
		}
		if code, _ := other.tokenUpdate(nil); code != 200 {
			t.Errorf("another device: %s", w.last())
		}
	})
}

// renewals write a profile that is nothing but its challenge.
type renewals struct{}

func (renewals) RenewalProfile(_ context.Context, _ *store.Tx, r mdm.Renewal) ([]byte, error) {
	return []byte(r.Challenge), nil
}

// A month before an identity ends its device is sent a profile to renew it: one, however many replicas look.
func TestRenewalIsQueued(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.enroll(nil)
		answer(p, p.report("Idle", "", nil))
		replica := w.replica()
		replica.Renewals = renewals{}
		renew := func() {
			t.Helper()
			if err := replica.RenewDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		renew()
		if c := p.report("Idle", "", nil); c != nil {
			t.Fatalf("too early: %s", c.Command.RequestType)
		}
		w.clock.Advance(340 * 24 * time.Hour)
		pushes := w.pushes()
		renew()
		renew()
		if w.pushes() != pushes+1 {
			t.Errorf("%d pushes", w.pushes()-pushes)
		}
		c := p.report("Idle", "", nil)
		if c == nil || c.Command.RequestType != "InstallProfile" {
			t.Fatalf("%+v", c)
		}
		var sent struct{ Command struct{ Payload []byte } }
		if err := plist.Unmarshal(c.Raw, &sent); err != nil {
			t.Fatal(err)
		}
		old := p.cert
		p.identify(string(sent.Command.Payload))
		if next := p.report("Acknowledged", c.CommandUUID, nil); next != nil { // with the new identity, as devices do
			t.Errorf("%+v", next)
		}
		renew()
		if next := p.report("Idle", "", nil); next != nil {
			t.Errorf("again: %+v", next)
		}
		p.cert = old
		if code, _ := p.tokenUpdate(nil); code != 400 || w.last() != "unread IDENTITY_REVOKED" {
			t.Errorf("with the old one: %d, %s", code, w.last())
		}
	})
}
