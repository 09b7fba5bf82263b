package push

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/apns"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	topic = "push" // of the bus: devices are to be asked to call

	look       = 5 * time.Second // how often marks are looked for that no signal told of: those whose time has come
	watchEvery = time.Minute     // how often the certificate's end is looked at
	taken      = time.Minute     // after this a mark that a replica took is free again: it ended in between
	atOnce     = 4               // batches that go on at once

	firstWait   = 5 * time.Second // before the second attempt; doubled each time
	longestWait = 15 * time.Minute
	withoutCert = time.Minute // how long marks wait that nobody can serve

	// A device that was asked to call and has still something to do is asked again: the notice was lost, or it is switched off for longer than Apple keeps one.
	firstRepeat   = 5 * time.Minute // after the first notice; three times as long after each further one
	longestRepeat = 24 * time.Hour
	maxRepeats    = 36 // a month: it is asked anew by the next command
)

// OtherTopic is the reason when a device listens to another certificate than the one in use.
const OtherTopic = "OtherTopic"

// ever is the time of a mark that is due, by any clock: asking the database for its own would take a second connection within a transaction, and as
// many transactions as there are connections would wait for one another.
var ever = time.Unix(0, 0).UTC()

// Want marks the channels inside tx: they are asked to call as soon as it is committed. It waits for nobody.
func (s *Service) Want(ctx context.Context, tx *store.Tx, channels ...gid.ID) error {
	if len(channels) == 0 {
		return nil
	}
	if len(channels) == 1 { // of a device that enrolls: Ent would put the statement together anew for each
		if _, err := tx.ExecContext(ctx, "UPDATE mdm_channels SET push_due_at = $2, push_attempts = 0, push_repeats = 0 WHERE id = $1 AND enabled", int64(channels[0]), ever); err != nil {
			return fmt.Errorf("marking a channel for a push: %w", err)
		}
		channels = nil
	}
	for len(channels) > 0 {
		n := min(len(channels), 1_000)
		if err := tx.MDMChannel.Update().Where(mdmchannel.IDIn(channels[:n]...), mdmchannel.Enabled(true)).
			SetPushDueAt(ever).SetPushAttempts(0).SetPushRepeats(0).Exec(ctx); err != nil {
			return fmt.Errorf("marking channels for a push: %w", err)
		}
		channels = channels[n:]
	}
	tx.AfterCommit(func() { s.wake(ctx) })
	return nil
}

// Notify is Want in a transaction of its own. It must not be called within another one.
func (s *Service) Notify(ctx context.Context, channels ...gid.ID) error {
	return store.MapError(s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error { return s.Want(ctx, tx, channels...) }))
}

func (s *Service) wake(ctx context.Context) {
	if err := s.Bus.Publish(context.WithoutCancel(ctx), topic); err != nil {
		s.log.DebugContext(ctx, "pushes could not be announced; they are looked for soon", "error", err)
	}
}

// Run sends what is marked, and watches the certificate's end, until ctx ends.
func (s *Service) Run(ctx context.Context) {
	ctx = auth.System(ctx)
	signals := s.Bus.Subscribe(topic)
	defer signals.Close()
	ticker := s.clock.NewTicker(look)
	defer ticker.Stop()
	var watched time.Time
	for ctx.Err() == nil {
		if now := s.clock.Now(); now.Sub(watched).Abs() >= watchEvery {
			watched = now
			if err := s.Watch(ctx); err != nil && ctx.Err() == nil {
				s.log.WarnContext(ctx, "the push certificate could not be looked after", "error", err)
			}
		}
		if err := s.Send(ctx); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "devices could not be asked to call; trying again", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-signals.C():
		case <-ticker.Chan():
		}
	}
}

// mark is a channel that is to be asked to call.
type mark struct {
	id       gid.ID
	topic    string
	attempts int
	repeats  int // notices that were sent and did not suffice
	apns.Notice
	wait   time.Duration // until the next attempt; 0: none
	reason string        // "": it was sent
}

// Send sends what is due, until nothing is. Every replica may call it at any time.
func (s *Service) Send(ctx context.Context) error {
	var (
		all   sync.WaitGroup
		mu    sync.Mutex
		errs  []error
		slots = make(chan struct{}, atOnce)
	)
	for ctx.Err() == nil {
		slots <- struct{}{} // before taking: what waits here must not be lost to other replicas
		until, marks, more, err := s.take(ctx)
		if err == nil && more && len(marks) == 0 {
			<-slots
			continue
		}
		if err != nil || len(marks) == 0 {
			<-slots
			mu.Lock()
			errs = append(errs, err)
			mu.Unlock()
			break
		}
		all.Go(func() {
			defer func() { <-slots }()
			if err := s.serve(ctx, until, marks); err != nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// take claims marks that are due, for a while: until is what their time was set to. Those to be sent again whose device has done everything meanwhile
// go. more tells that there were some.
func (s *Service) take(ctx context.Context) (until time.Time, marks []*mark, more bool, err error) {
	now, err := s.LeaseClock(ctx)
	if err != nil {
		return until, nil, false, err
	}
	due, err := s.store.Reader().MDMChannel.Query().Where(mdmchannel.PushDueAtLTE(now.UTC())).Exist(ctx)
	if err != nil || !due {
		return until, nil, false, err
	}
	until = now.UTC().Add(taken).Truncate(time.Microsecond) // as databases keep it
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		marks = nil
		query := tx.MDMChannel.Query().Where(mdmchannel.PushDueAtLTE(now.UTC())).Order(mdmchannel.ByPushDueAt(), mdmchannel.ByID()).Limit(apns.MaxBatch)
		if tx.Dialect() == dialect.Postgres {
			query.ForUpdate(entsql.WithLockAction(entsql.SkipLocked))
		}
		rows, err := query.All(ctx)
		if more = len(rows) > 0; err != nil || !more {
			return err
		}
		idle, err := idleAmong(ctx, tx, rows)
		if err != nil {
			return err
		}
		var ids []gid.ID
		for _, c := range rows {
			if idle[c.ID] {
				continue
			}
			ids = append(ids, c.ID)
			m := &mark{id: c.ID, topic: c.Topic, attempts: c.PushAttempts, repeats: c.PushRepeats, Notice: apns.Notice{Token: c.PushToken, Magic: c.PushMagic}}
			if !c.Enabled {
				m.topic = ""
			}
			marks = append(marks, m)
		}
		if len(idle) > 0 {
			if err := tx.MDMChannel.Update().Where(mdmchannel.IDIn(slices.Collect(maps.Keys(idle))...)).ClearPushDueAt().SetPushRepeats(0).Exec(ctx); err != nil {
				return err
			}
		}
		if len(ids) == 0 {
			return nil
		}
		return tx.MDMChannel.Update().Where(mdmchannel.IDIn(ids...)).SetPushDueAt(until).Exec(ctx)
	})
	return until, marks, more, err
}

// idleAmong are the channels that were asked to call before, and have nothing to do any more.
func idleAmong(ctx context.Context, tx *store.Tx, channels []*ent.MDMChannel) (map[gid.ID]bool, error) {
	idle := map[gid.ID]bool{}
	for _, c := range channels {
		if c.PushRepeats > 0 {
			idle[c.ID] = true
		}
	}
	if len(idle) == 0 {
		return nil, nil
	}
	ids := slices.Sorted(maps.Keys(idle))
	var busy []gid.ID
	err := tx.MDMCommand.Query().Where(mdmcommand.MdmChannelIDIn(ids...), mdmcommand.DoneAtIsNil()).Unique(true).Select(mdmcommand.FieldMdmChannelID).Scan(ctx, &busy)
	if err != nil {
		return nil, fmt.Errorf("looking for what devices have to do: %w", err)
	}
	for _, id := range busy {
		delete(idle, id)
	}
	return idle, nil
}

// serve sends marks that were taken, and writes down what became of them.
func (s *Service) serve(ctx context.Context, until time.Time, marks []*mark) error {
	certificate, err := s.usable(ctx)
	switch {
	case apperr.Is(err, apperr.PushCertificateMissing, apperr.PushCertificateExpired):
		for _, m := range marks {
			m.reason, m.wait = string(apperr.CodeOf(err)), withoutCert
		}
		return s.settle(ctx, until, marks)
	case err != nil:
		return err
	}
	pair, err := s.forTLS(certificate)
	if err != nil {
		return err
	}
	send := make([]*mark, 0, len(marks))
	for _, m := range marks {
		switch {
		case m.topic == "" || len(m.Token) == 0:
			m.reason = "NotEnrolled"
		case m.topic != certificate.Topic:
			m.reason = OtherTopic
		default:
			send = append(send, m)
		}
	}
	s.send(ctx, pair, send)
	if ctx.Err() != nil {
		return ctx.Err() // the marks are free again soon
	}
	return s.settle(ctx, until, marks)
}

func (s *Service) send(ctx context.Context, pair tls.Certificate, marks []*mark) {
	notices := make([]apns.Notice, len(marks))
	for i, m := range marks {
		notices[i] = m.Notice
	}
	refusals, err := s.Apple.Push(ctx, pair, notices)
	for i, m := range marks {
		var r *apns.Refusal
		if err != nil {
			r = &apns.Refusal{Reason: apns.NoAnswer, Err: err}
		} else {
			r = refusals[i]
		}
		if r == nil {
			continue
		}
		m.reason = r.Reason
		if !r.Permanent() {
			m.wait = backoff(m.attempts)
		}
		s.log.DebugContext(ctx, "Apple's push service refused", "channel", m.id.String(), "reason", r.Reason, "error", r.Err)
	}
	if err == nil {
		return
	}
	s.log.WarnContext(ctx, "Apple's push service cannot be used", "error", err)
}

// backoff doubles with each attempt. Half of it is random, so that devices that failed together do not return together.
func backoff(attempts int) time.Duration {
	d := longestWait
	if attempts < 8 {
		d = min(d, firstWait<<attempts)
	}
	return d/2 + rand.N(d/2)
}

// repeatAfter is how long a device has to call after it was asked for the n-th time, 0 first. A quarter of it is random, as for backoff.
func repeatAfter(n int) time.Duration {
	d := firstRepeat
	for ; n > 0 && d < longestRepeat; n-- {
		d *= 3
	}
	d = min(d, longestRepeat)
	return d + rand.N(d/4)
}

// settle writes down what became of marks. One that was set anew in between stays.
func (s *Service) settle(ctx context.Context, until time.Time, marks []*mark) error {
	now, err := s.LeaseClock(ctx)
	if err != nil {
		return err
	}
	outcomes := map[string]int{}
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		clear(outcomes)
		sent := map[int][]gid.ID{} // by how often they were asked before
		for _, m := range marks {
			if m.reason == "" {
				outcomes["sent"]++
				sent[m.repeats] = append(sent[m.repeats], m.id)
				continue
			}
			outcomes[m.reason]++
			if err := tx.MDMChannel.Update().Where(mdmchannel.ID(m.id)).SetPushError(m.reason).Exec(ctx); err != nil {
				return err
			}
			update := tx.MDMChannel.Update().Where(mdmchannel.ID(m.id), mdmchannel.PushDueAt(until))
			if m.wait > 0 {
				update.SetPushDueAt(now.UTC().Add(m.wait)).AddPushAttempts(1)
			} else {
				update.ClearPushDueAt().SetPushAttempts(0)
			}
			if err := update.Exec(ctx); err != nil {
				return err
			}
		}
		for repeats, ids := range sent {
			if err := sentTo(ctx, tx, ids, repeats, until, now.UTC()); err != nil {
				return err
			}
		}
		return nil
	})
	for outcome, n := range outcomes {
		s.Observe(outcome, n)
	}
	return err
}

// sentTo writes down that Apple took the notices. Devices that have something to do are asked again, unless they have done it by then.
func sentTo(ctx context.Context, tx *store.Tx, ids []gid.ID, repeats int, until, now time.Time) error {
	if err := tx.MDMChannel.Update().Where(mdmchannel.IDIn(ids...)).SetPushedAt(now).SetPushError("").Exec(ctx); err != nil {
		return err
	}
	if repeats < maxRepeats {
		busy := mdmchannel.HasCommandsWith(mdmcommand.MdmChannelIDIn(ids...), mdmcommand.DoneAtIsNil())
		if err := tx.MDMChannel.Update().Where(mdmchannel.IDIn(ids...), mdmchannel.PushDueAt(until), busy).SetPushDueAt(now.Add(repeatAfter(repeats))).
			SetPushRepeats(repeats + 1).SetPushAttempts(0).Exec(ctx); err != nil {
			return err
		}
	}
	return tx.MDMChannel.Update().Where(mdmchannel.IDIn(ids...), mdmchannel.PushDueAt(until)).ClearPushDueAt().SetPushAttempts(0).SetPushRepeats(0).Exec(ctx)
}
