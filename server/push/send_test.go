package push_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// A mark becomes a notice that the device hears; what the service says of others is recorded, and asked again or not.
func TestPushes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic := simapns.NewTopic()
		w.install(t, topic)
		devices := map[string]*simapns.Device{}
		ids := map[string]gid.ID{}
		for _, name := range []string{"well", "wiped", "unknown", "idle"} {
			devices[name] = w.apple.Register(topic, name)
			ids[name] = w.channel(t, devices[name], topic, name)
		}
		devices["wiped"].Unregister()
		devices["unknown"].Forget()
		foreign := w.apple.Register(simapns.NewTopic(), "x")
		ids["foreign"] = w.channel(t, foreign, "com.apple.mgmt.other", "x")
		ids["mixed up"] = w.channel(t, foreign, topic, "x") // the service says so
		must(t, w.Notify(w.ctx, ids["well"], ids["wiped"], ids["unknown"], ids["foreign"], ids["mixed up"]))
		must(t, w.Send(w.ctx))
		if !called(devices["well"]) || called(devices["idle"]) {
			t.Error("other devices were asked to call")
		}
		for name, reason := range map[string]string{
			"well": "", "wiped": "Unregistered", "unknown": "BadDeviceToken", "foreign": "OtherTopic", "mixed up": "DeviceTokenNotForTopic",
		} {
			c := w.get(t, ids[name])
			if c.PushError != reason || c.PushDueAt != nil || (c.PushedAt != nil) != (reason == "") {
				t.Errorf("%s: %+v", name, c)
			}
		}
		// A device that comes back with another token is asked again.
		back := w.apple.Register(topic, "back")
		db.Ent().MDMChannel.UpdateOneID(ids["wiped"]).SetPushToken(back.Token()).SetPushMagic("back").ExecX(t.Context())
		must(t, w.Notify(w.ctx, ids["wiped"]))
		must(t, w.Send(w.ctx))
		if c := w.get(t, ids["wiped"]); !called(back) || c.PushError != "" || c.PushedAt == nil {
			t.Errorf("got %+v", c)
		}
	})
}

// While the service wants a pause or cannot be reached, marks stay and are tried again, later each time.
func TestBackOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic := simapns.NewTopic()
		w.install(t, topic)
		d := w.apple.Register(topic, "m")
		id := w.channel(t, d, topic, "m")
		must(t, w.Notify(w.ctx, id))
		var waited time.Duration
		for attempt, reason := range []string{"TooManyRequests", "ServiceUnavailable", "TooManyRequests"} {
			w.apple.SetDown(reason == "ServiceUnavailable")
			w.apple.Throttle(1)
			must(t, w.Send(w.ctx))
			w.apple.SetDown(false)
			w.apple.Throttle(0)
			c := w.get(t, id)
			if c.PushError != reason || c.PushDueAt == nil || c.PushAttempts != attempt+1 || called(d) {
				t.Fatalf("got %+v", c)
			}
			wait := c.PushDueAt.Sub(w.clock.Now())
			if shortest := 5 * time.Second << attempt / 2; wait < shortest || wait > 2*shortest {
				t.Errorf("attempt %d: the next one in %s", attempt, wait)
			}
			must(t, w.Send(w.ctx)) // not yet
			if called(d) {
				t.Error("asked again at once")
			}
			waited += wait
			w.clock.Advance(wait)
		}
		must(t, w.Send(w.ctx))
		if c := w.get(t, id); !called(d) || c.PushError != "" || c.PushDueAt != nil || c.PushAttempts != 0 {
			t.Errorf("got %+v", c)
		}
		w.client.Close()
	})
}

// Without a certificate nothing is sent, and nothing is lost: the upload sends what waited.
func TestWithoutACertificateMarksWait(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic := simapns.NewTopic()
		d := w.apple.Register(topic, "m")
		id := w.channel(t, d, topic, "m")
		must(t, w.Notify(w.ctx, id))
		must(t, w.Send(w.ctx))
		if c := w.get(t, id); c.PushError != "PUSH_CERTIFICATE_MISSING" || c.PushDueAt == nil {
			t.Errorf("got %+v", c)
		}
		w.install(t, topic)
		must(t, w.Send(w.ctx))
		if !called(d) {
			t.Error("it was not asked to call")
		}
	})
}

// A device that is marked once more while it is being asked is asked once more: its new command may have come after the call.
func TestAMarkDuringAPushStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic := simapns.NewTopic()
		w.install(t, topic)
		d := w.apple.Register(topic, "m")
		id := w.channel(t, d, topic, "m")
		must(t, w.Notify(w.ctx, id))
		w.apple.SetLatency(300 * time.Millisecond)
		sent := make(chan error, 1)
		go func() { sent <- w.Send(w.ctx) }()
		for { // until the mark is taken
			if c := w.get(t, id); c.PushDueAt.After(w.clock.Now()) {
				break
			}
			time.Sleep(time.Millisecond)
		}
		must(t, w.Notify(w.ctx, id))
		must(t, <-sent)
		must(t, w.Send(w.ctx))
		if n := w.apple.Outcomes()[""]; n != 2 {
			t.Errorf("%d pushes", n)
		}
	})
}

// Many marks are sent in batches; replicas share them, and each is sent once.
func TestReplicasShareTheMarks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic := simapns.NewTopic()
		w.install(t, topic)
		const n = 230
		ids := make([]gid.ID, n)
		devices := make([]*simapns.Device, n)
		for i := range ids {
			devices[i] = w.apple.Register(topic, "m")
			ids[i] = w.channel(t, devices[i], topic, "m")
		}
		must(t, w.Notify(w.ctx, ids...))
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() { must(t, w.Send(w.ctx)) })
		}
		all.Wait()
		if got := w.apple.Outcomes()[""]; got != n {
			t.Errorf("%d pushes", got)
		}
		for _, d := range devices {
			if !called(d) {
				t.Fatal("a device was left out")
			}
		}
		if due := db.Reader().MDMChannel.Query().Where(mdmchannel.PushDueAtNotNil()).CountX(t.Context()); due != 0 {
			t.Errorf("%d are still due", due)
		}
	})
}

// Run sends what is marked while it runs, and ends with its context.
func TestRun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic := simapns.NewTopic()
		w.install(t, topic)
		d := w.apple.Register(topic, "m")
		id := w.channel(t, d, topic, "m")
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() { w.Run(ctx) })
		must(t, w.clock.BlockUntilContext(ctx, 1))
		must(t, w.Notify(w.ctx, id))
		<-d.Calls()
		cancel()
		all.Wait()
	})
}

// A device that was asked to call and does not is asked again as long as it has something to do, later each time.
func TestADeviceThatDoesNotCallIsAskedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		topic := simapns.NewTopic()
		w.install(t, topic)
		d, idle := w.apple.Register(topic, "m"), w.apple.Register(topic, "n")
		id, other := w.channel(t, d, topic, "m"), w.channel(t, idle, topic, "n")
		command := db.Ent().MDMCommand.Create().SetMdmChannelID(id).SetCommandUUID("u").SetRequestType("ProfileList").SetBody([]byte("b")).
			SetPurpose(mdmcommand.PurposePerson).SetStatus(mdmcommand.StatusQueued).SetQueuedAt(w.clock.Now()).SaveX(t.Context())
		must(t, w.Notify(w.ctx, id, other))
		for n, least := range []time.Duration{5 * time.Minute, 15 * time.Minute, 45 * time.Minute, 135 * time.Minute, 405 * time.Minute, 1215 * time.Minute, 24 * time.Hour, 24 * time.Hour} {
			must(t, w.Send(w.ctx))
			if !called(d) {
				t.Fatalf("notice %d was not sent", n)
			}
			c := w.get(t, id)
			if c.PushDueAt == nil || c.PushRepeats != n+1 || c.PushedAt == nil {
				t.Fatalf("after notice %d: %+v", n, c)
			}
			if wait := c.PushDueAt.Sub(w.clock.Now()); wait < least || wait > least+least/4 {
				t.Errorf("after notice %d the next one comes in %s", n, wait)
			}
			must(t, w.Send(w.ctx))
			if called(d) {
				t.Error("asked again at once")
			}
			w.clock.Advance(c.PushDueAt.Sub(w.clock.Now()))
		}
		if !called(idle) || w.get(t, other).PushDueAt != nil {
			t.Error("a device that has nothing to do is asked once")
		}
		// What it has done meanwhile, it is not asked for.
		db.Ent().MDMCommand.UpdateOne(command).SetStatus(mdmcommand.StatusAcknowledged).SetDoneAt(w.clock.Now()).ExecX(t.Context())
		must(t, w.Send(w.ctx))
		if c := w.get(t, id); called(d) || c.PushDueAt != nil || c.PushRepeats != 0 {
			t.Errorf("after the answer: %+v", c)
		}
	})
}
