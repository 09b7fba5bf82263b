package upkeep_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/replica"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/server/upkeep"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const day = 24 * time.Hour

type world struct {
	testing.TB
	ctx   context.Context
	db    *store.Store
	clock *clockwork.FakeClock
	*upkeep.Service
}

func newWorld(t testing.TB, db *store.Store) *world {
	w := &world{TB: t, ctx: t.Context(), db: db, clock: clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	w.Service = upkeep.New(db, "v1", w.clock)
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) token(name string) *ent.ABMToken {
	now := w.clock.Now()
	return w.db.Ent().ABMToken.Create().SetName(name).SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(w.ctx)
}

func (w *world) device(serial string, token *ent.ABMToken, p device.Platform) *ent.Device {
	now := w.clock.Now()
	d := w.db.Ent().Device.Create().SetSerialNumber(serial).SetAbmTokenID(token.ID).SetPlatform(p).SetAddedAt(now).SetChangedAt(now).SaveX(w.ctx)
	w.must(w.db.WithTx(w.ctx, func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token.ID, now) }))
	return d
}

func (w *world) run(token *ent.ABMToken, status syncrun.Status, age time.Duration) *ent.SyncRun {
	at := w.clock.Now().Add(-age)
	return w.db.Ent().SyncRun.Create().SetAbmTokenID(token.ID).SetStatus(status).SetPhase(syncrun.PhaseFinish).SetTrigger(syncrun.TriggerPeriodic).
		SetFull(false).SetStartedAt(at).SetUpdatedAt(at).SetLeaseExpiresAt(at).SaveX(w.ctx)
}

// Runs go after 90 days; the last of each kind and token stays, and so does one that is still going on.
func TestRuns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		a, b := w.token("a"), w.token("b")
		w.run(a, syncrun.StatusSucceeded, 200*day)
		w.run(a, syncrun.StatusFailed, 150*day)
		lastFailed := w.run(a, syncrun.StatusFailed, 100*day)
		old := w.run(a, syncrun.StatusSucceeded, 90*day-time.Second)
		fresh := w.run(a, syncrun.StatusSucceeded, time.Hour)
		w.run(b, syncrun.StatusSucceeded, 300*day)
		only := w.run(b, syncrun.StatusSucceeded, 299*day)
		running := w.run(b, syncrun.StatusRunning, 298*day)
		w.must(w.Sweep(w.ctx))
		left := db.Reader().SyncRun.Query().Order(syncrun.ByID()).IDsX(w.ctx)
		if want := []gid.ID{lastFailed.ID, old.ID, fresh.ID, only.ID, running.ID}; !slices.Equal(left, want) {
			t.Errorf("left %v, want %v", left, want)
		}
	})
}

// Events go after a year, audit entries after two, thousands of them in one call.
func TestEventsAndAudit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		d := w.device("C02AAAAAAAAA", w.token("a"), device.PlatformMacOS)
		now := w.clock.Now()
		const many = 4_500
		events := make([]*ent.DeviceEventCreate, 0, many+1)
		for i := range many {
			events = append(events, db.Ent().DeviceEvent.Create().SetDeviceID(d.ID).SetAbmTokenID(d.AbmTokenID).SetKind(deviceevent.KindModified).SetAt(now.Add(-366*day+time.Duration(i))))
		}
		events = append(events, db.Ent().DeviceEvent.Create().SetDeviceID(d.ID).SetAbmTokenID(d.AbmTokenID).SetKind(deviceevent.KindPushed).SetAt(now.Add(-364*day)))
		for chunk := range slices.Chunk(events, 500) {
			db.Ent().DeviceEvent.CreateBulk(chunk...).ExecX(w.ctx)
		}
		for _, age := range []time.Duration{731 * day, 729 * day} {
			db.Ent().AuditEntry.Create().SetAt(now.Add(-age)).SetActorKind(auditentry.ActorKindConsole).SetActorName("x").SetAction(fmt.Sprint(age)).ExecX(w.ctx)
		}
		w.must(w.Sweep(w.ctx))
		if left := db.Reader().DeviceEvent.Query().AllX(w.ctx); len(left) != 1 || left[0].Kind != deviceevent.KindPushed {
			t.Errorf("%d events are left", len(left))
		}
		if left := db.Reader().AuditEntry.Query().AllX(w.ctx); len(left) != 1 || left[0].Action != fmt.Sprint(729*day) {
			t.Errorf("audit entries left: %v", left)
		}
		w.must(w.Sweep(w.ctx)) // nothing to do is no error
	})
}

// A batch goes with its results; one that devices still wait in stays.
func TestBatches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		d := w.device("C02AAAAAAAAA", w.token("a"), device.PlatformMacOS)
		batch := func(status assignmentbatch.Status, age time.Duration) gid.ID {
			at := w.clock.Now().Add(-age)
			c := db.Ent().AssignmentBatch.Create().SetCause(assignmentbatch.CauseAssign).SetStatus(status).SetTitle("x").SetRequestedBy("x").SetCreatedAt(at).SetUpdatedAt(at)
			if status != assignmentbatch.StatusRunning {
				c.SetFinishedAt(at)
			}
			b := c.SaveX(w.ctx)
			db.Ent().AssignmentResult.Create().SetAssignmentBatchID(b.ID).SetDeviceID(d.ID).SetStatus(assignmentresult.StatusSucceeded).SetUpdatedAt(at).ExecX(w.ctx)
			return b.ID
		}
		batch(assignmentbatch.StatusFinished, 91*day)
		running, fresh := batch(assignmentbatch.StatusRunning, 91*day), batch(assignmentbatch.StatusCanceled, 89*day)
		w.must(w.Sweep(w.ctx))
		if left := db.Reader().AssignmentBatch.Query().Order(assignmentbatch.ByID()).IDsX(w.ctx); !slices.Equal(left, []gid.ID{running, fresh}) {
			t.Errorf("left %v", left)
		}
		if n := db.Reader().AssignmentResult.Query().CountX(w.ctx); n != 2 {
			t.Errorf("%d results are left", n)
		}
	})
}

// Tokens of browsers go when they have expired, and with the session; those of programs stay to be looked at.
func TestTokensOfBrowsers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		now := w.clock.Now()
		u := db.Ent().User.Create().SetEmail("a@example.org").SetRole(role.Admin).SetCreatedAt(now).SaveX(w.ctx)
		s := db.Ent().Session.Create().SetTokenHash([]byte("x")).SetUserID(u.ID).SetCreatedAt(now).SetExpiresAt(now.Add(day)).SaveX(w.ctx)
		token := func(name string, ends time.Time, session *gid.ID) {
			db.Ent().APIToken.Create().SetName(name).SetRole(role.Admin).SetSecretHash([]byte(name)).SetHint("h").SetCreatedAt(now).SetExpiresAt(ends).SetNillableSessionID(session).ExecX(w.ctx)
		}
		token("program", now.Add(-time.Hour), nil)
		token("ended", now, &s.ID)
		token("works", now.Add(time.Minute), &s.ID)
		w.must(w.Sweep(w.ctx))
		if n := db.Reader().APIToken.Query().CountX(w.ctx); n != 2 {
			t.Errorf("%d tokens are left", n)
		}
		db.Ent().Session.DeleteOneID(s.ID).ExecX(w.ctx)
		if left := db.Reader().APIToken.Query().AllX(w.ctx); len(left) != 1 || left[0].Name != "program" {
			t.Errorf("left after signing out: %v", left)
		}
	})
}

// What a day's last look says stays; the next day has a row of its own, and days are forgotten after some more than a year.
func TestDays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		a, b := w.token("a"), w.token("b")
		w.device("C02AAAAAAAAA", a, device.PlatformMacOS)
		w.must(w.KeepDay(w.ctx))
		w.device("C02AAAAAAAAB", a, device.PlatformMacOS)
		w.device("C02AAAAAAAAC", b, device.PlatformMacOS)
		w.device("C02AAAAAAAAD", b, device.PlatformIOS)
		w.must(w.KeepDay(w.ctx))
		w.must(w.KeepDay(w.ctx))
		w.clock.Advance(day)
		w.device("C02AAAAAAAAE", b, device.PlatformIOS)
		w.must(w.KeepDay(w.ctx))
		show := func(token gid.ID, days int) string {
			list, err := w.Days(w.ctx, token, days)
			w.must(err)
			text := ""
			for _, d := range list {
				text += fmt.Sprintf("%s %s %d\n", d.Date.Format(time.DateOnly), d.Platform, d.Devices)
			}
			return text
		}
		if got, want := show(0, 30), "2026-03-01 IOS 1\n2026-03-01 MACOS 3\n2026-03-02 IOS 2\n2026-03-02 MACOS 3\n"; got != want {
			t.Errorf("all:\n%s", got)
		}
		if got, want := show(a.ID, 1), "2026-03-02 MACOS 2\n"; got != want {
			t.Errorf("of one token, today:\n%s", got)
		}
		w.clock.Advance(401 * day)
		w.must(w.KeepDay(w.ctx))
		if n := db.Reader().FleetDay.Query().CountX(w.ctx); n != 3 {
			t.Errorf("%d rows are left", n)
		}
	})
}

// A replica has one row, is gone when it leaves, and is forgotten when it does not come back.
func TestReplicas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		other := upkeep.New(db, "v2", w.clock)
		for range 2 {
			w.must(w.Announce(w.ctx))
			w.must(other.Announce(w.ctx))
		}
		versions := db.Reader().Replica.Query().Order(replica.ByVersion()).Select(replica.FieldVersion).StringsX(w.ctx)
		if !slices.Equal(versions, []string{"v1", "v2"}) {
			t.Errorf("replicas: %v", versions)
		}
		w.must(other.Leave(w.ctx))
		db.Ent().Replica.Update().SetSeenAt(time.Now().Add(-25 * time.Hour).UTC()).ExecX(w.ctx)
		if !db.IsPostgres() {
			db.Ent().Replica.Update().SetSeenAt(w.clock.Now().Add(-25 * time.Hour)).ExecX(w.ctx)
		}
		w.must(other.Announce(w.ctx))
		if left := db.Reader().Replica.Query().AllX(w.ctx); len(left) != 1 || left[0].Version != "v2" {
			t.Errorf("left: %v", left)
		}
	})
}
