package fleetfeed_test

import (
	"context"
	"log/slog"
	"runtime"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/fleetfeed"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestFeed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		bus := pubsub.NewMemory()
		clock := clockwork.NewFakeClockAt(time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC))
		feed := fleetfeed.New(db, bus, clock, slog.New(slog.DiscardHandler))
		running := make(chan struct{})
		go func() { defer close(running); feed.Run(ctx) }()
		defer func() { cancel(); <-running; bus.Close() }()

		now := clock.Now()
		token := db.Ent().ABMToken.Create().SetName("token").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx).ID
		var devices []gid.ID
		for _, serial := range []string{"A", "B"} {
			devices = append(devices, db.Ent().Device.Create().SetSerialNumber(serial).SetAbmTokenID(token).SetPlatform(device.PlatformMacOS).SetAddedAt(now).SetChangedAt(now).SaveX(ctx).ID)
		}
		happens := func(d gid.ID, kind deviceevent.Kind) gid.ID {
			return db.Ent().DeviceEvent.Create().SetDeviceID(d).SetAbmTokenID(token).SetKind(kind).SetAt(now).SaveX(ctx).ID
		}
		happens(devices[0], deviceevent.KindAdded) // before anybody watched
		watch := func(f fleetfeed.Filter) <-chan *ent.DeviceEvent {
			events, err := feed.Watch(ctx, f)
			if err != nil {
				t.Fatal(err)
			}
			return events
		}
		all, ofB := watch(fleetfeed.Filter{}), watch(fleetfeed.Filter{Token: token, Device: devices[1], Kinds: []deviceevent.Kind{deviceevent.KindEnrolled}})
		want := []gid.ID{happens(devices[0], deviceevent.KindEnrolled), happens(devices[1], deviceevent.KindEnrolling), happens(devices[1], deviceevent.KindEnrolled)}
		stop := make(chan struct{})
		signaling := make(chan struct{})
		go func() { // signals until the test has what it waits for: the feed may not have subscribed yet
			defer close(signaling)
			for {
				select {
				case <-stop:
					return
				default:
				}
				_ = bus.Publish(ctx, "enrollment")
				clock.Advance(250 * time.Millisecond)
				runtime.Gosched()
			}
		}()
		next := func(events <-chan *ent.DeviceEvent) gid.ID {
			select {
			case e := <-events:
				return e.ID
			case <-time.After(20 * time.Second):
				t.Fatal("no event")
				return 0
			}
		}
		for _, id := range want {
			if got := next(all); got != id {
				t.Errorf("event %s, not %s", got, id)
			}
		}
		if got := next(ofB); got != want[2] {
			t.Errorf("event %s, not %s", got, want[2])
		}
		clock.Advance(time.Minute) // what was told is not told again, however long it is remembered
		last := happens(devices[0], deviceevent.KindUnenrolled)
		if got := next(all); got != last {
			t.Errorf("event %s, not %s", got, last)
		}
		close(stop)
		<-signaling
	})
}
