package syncer

import (
	"context"
	"errors"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/schema"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

var (
	errCanceled = errors.New("the run was canceled")
	errFenced   = errors.New("the run is no longer ours: another process took it over, or it was ended")
)

// meanwhile is how long a full fetch goes on before it looks what changed: the interval of the periodic syncs.
const meanwhile = 5 * time.Minute

// job is a run being worked on.
type job struct {
	*Syncer
	id    gid.ID
	fence int
	token *ent.ABMToken // as it was when the job began; the stream's position is kept below
	conn  *abm.Token
	limit int // devices a page
	full  bool

	stage      abmtoken.StreamStage
	cursor     string
	delta      string // where the changes stand in the middle of a full fetch; "": they are not followed
	reconciles bool   // the full fetch compares with a list that the changes had kept up to date
	generation int
	fresh      bool // no device of the list has a row yet: a guess, see inventory.Origin
	fetched    int  // pages of this run, only touched by the one fetcher
	restarted  bool // the stream was begun anew because Apple refused the cursor; once a run is enough

	credentials int // version of those in use: what Apple says about them says nothing about newer ones
	phases      []schema.PhaseTime

	startedAt time.Time
	seen      int // device records, since the run began
	held      int // removals that wait for an administrator
	rate      rate
}

// work carries a run to its end, or to where another process can take it up.
func (s *Syncer) work(ctx context.Context, stop context.CancelCauseFunc, run *ent.SyncRun) {
	j := &job{Syncer: s, id: run.ID, fence: run.Fence, full: run.Full, startedAt: run.StartedAt, seen: run.DevicesSeen, held: run.HeldRemovals, phases: run.PhaseTimes}
	alive := make(chan struct{})
	go func() {
		defer close(alive)
		j.keepLease(ctx, stop)
	}()
	err := j.sync(ctx, run)
	cause := context.Cause(ctx)
	stop(nil)
	<-alive

	// What is left to write is short and must be written even while the process stops.
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	log := s.log.With("run", run.ID.String(), "token", run.AbmTokenID.String())
	switch {
	case errors.Is(err, errFenced), errors.Is(cause, errFenced):
		s.observer.Fenced(run.AbmTokenID)
		log.InfoContext(end, "sync left to its new owner")
		return
	case errors.Is(cause, errCanceled):
		err = j.finish(end, syncrun.StatusCanceled, nil)
	case err != nil && (cause != nil || apperr.Is(store.MapError(err), apperr.Unavailable)):
		// The process stops, or lost its database: the run goes on from its last page, here or elsewhere.
		log.InfoContext(end, "sync left to be taken up again", "cause", err)
		err = j.release(end)
	case err != nil:
		log.WarnContext(end, "sync failed", "error", err)
		if observed := s.tokens.Observe(end, run.AbmTokenID, j.credentials, err); observed != nil {
			log.WarnContext(end, "the token's state could not be stored", "error", observed)
		}
		err = j.finish(end, syncrun.StatusFailed, err)
	default:
		if err = s.tokens.Observe(end, run.AbmTokenID, j.credentials, nil); err == nil {
			err = j.finish(end, syncrun.StatusSucceeded, nil)
		}
	}
	if err != nil && !errors.Is(err, errFenced) {
		log.ErrorContext(end, "the end of the sync could not be stored; it is taken up again when its lease lapses", "error", err)
	}
	s.observeEnd(end, run.ID)
}

// keepLease says every third of the lease that we still work on the run, and learns of cancellations elsewhere.
func (j *job) keepLease(ctx context.Context, stop context.CancelCauseFunc) {
	ticker := j.clock.NewTicker(lease / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.Chan():
		}
		err := j.renewLease(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errFenced), errors.Is(err, errCanceled):
			stop(err)
			return
		case err != nil:
			j.log.WarnContext(ctx, "the lease of the sync could not be renewed", "run", j.id.String(), "error", err)
		}
	}
}

// renewLease extends the lease; it gives up in time for the next attempt. Errors: errCanceled when somebody asked the run to stop.
func (j *job) renewLease(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lease/3)
	defer cancel()
	run, err := j.store.Reader().SyncRun.Get(ctx, j.id)
	if err != nil {
		return err
	}
	if run.CancelRequested {
		return errCanceled
	}
	now, err := j.leaseClock(ctx)
	if err != nil {
		return err
	}
	return j.update(ctx, func(u *ent.SyncRunUpdate) { u.SetLeaseExpiresAt(now.Add(lease)) })
}

// sync walks the stages of the stream: CATCH_UP with the changes, FETCH pages of the whole list, SWEEP what no page contained, SYNC
// changes from then on.
func (j *job) sync(ctx context.Context, run *ent.SyncRun) error {
	j.enter(syncrun.PhaseConnect)
	if err := j.connect(ctx, run); err != nil {
		return err
	}
	if err := j.phase(ctx, syncrun.PhaseFetch); err != nil {
		return err
	}
	for {
		var err error
		switch stage := j.stage; stage {
		case abmtoken.StreamStageCatchUp, abmtoken.StreamStageSync:
			_, err = j.stream(ctx, source{get: j.conn.SyncDevices, cursor: j.cursor, store: j.storeChanges})
			if apperr.Is(err, apperr.AppleCursorExhausted) {
				err = nil // nothing new since the cursor, which stays
			}
			full := stage == abmtoken.StreamStageCatchUp
			if err == nil && !full {
				full, err = j.fullAsked(ctx)
			}
			switch {
			case err != nil:
			case full:
				err = j.toFetch(ctx)
			default:
				j.replacements(ctx)
				return nil
			}
		case abmtoken.StreamStageFetch:
			err = j.fetchList(ctx)
		case abmtoken.StreamStageSweep:
			if err = j.phase(ctx, syncrun.PhaseReconcile); err == nil {
				err = j.sweep(ctx)
			}
		}
		if apperr.Is(err, apperr.AppleCursorExpired, apperr.AppleCursorInvalid) && !j.restarted {
			j.log.InfoContext(ctx, "Apple refused the sync position; fetching the whole list", "run", j.id.String(), "code", apperr.CodeOf(err))
			j.restarted = true
			err = j.restart(ctx)
		}
		if err != nil {
			return err
		}
	}
}

// fetchList goes on with the full fetch, to its end or until it is time to look what changed meanwhile: a fleet whose list takes an
// hour to fetch must not wait an hour for its new devices.
func (j *job) fetchList(ctx context.Context) error {
	if j.cursor == "" {
		var err error
		if j.fresh, err = inventory.IsFresh(ctx, j.store, j.token.ID); err != nil {
			return err
		}
	}
	var until time.Time
	if j.delta != "" {
		until = j.clock.Now().Add(meanwhile)
	}
	more, err := j.stream(ctx, source{get: j.conn.FetchDevices, cursor: j.cursor, until: until, store: j.storeList})
	switch {
	case apperr.Is(err, apperr.AppleCursorExhausted):
		return j.toSweep(ctx) // the list was read to its end before: go on from the same cursor
	case err != nil || !more:
		return err
	}
	return j.readMeanwhile(ctx)
}

// readMeanwhile reads what changed since the full fetch began, or since it did so last.
func (j *job) readMeanwhile(ctx context.Context) error {
	if j.delta == "" {
		return nil
	}
	_, err := j.stream(ctx, source{get: j.conn.SyncDevices, cursor: j.delta, store: j.storeMeanwhile})
	switch {
	case apperr.Is(err, apperr.AppleCursorExhausted):
		return nil
	case apperr.Is(err, apperr.AppleCursorExpired, apperr.AppleCursorInvalid):
		return j.loseChanges(ctx)
	}
	return err
}

// connect reads where the stream stands and asks Apple who we are. Periodic runs of changes skip the question: it would
// double the requests of a fleet that is quiet most of the time.
func (j *job) connect(ctx context.Context, run *ent.SyncRun) error {
	t, err := j.store.Reader().ABMToken.Get(ctx, run.AbmTokenID)
	if err != nil {
		return store.MapError(err)
	}
	j.at(t)
	j.credentials = t.CredentialsVersion
	if j.conn, j.credentials, err = j.tokens.Connect(ctx, t.ID); err != nil {
		return err
	}
	j.limit = min(j.pageSize, t.PageLimit)
	if !run.Full && run.Trigger != syncrun.TriggerManual {
		return nil
	}
	account, err := j.conn.Account(ctx)
	if err != nil {
		return err
	}
	if err := j.tokens.Account(ctx, t.ID, account); err != nil {
		return err
	}
	j.limit = min(j.limit, account.PageLimit("/server/devices"), account.PageLimit("/devices/sync"))
	return j.tokens.Observe(ctx, t.ID, j.credentials, nil)
}

// at takes over where the stream stands.
func (j *job) at(t *ent.ABMToken) {
	j.token, j.stage, j.cursor, j.delta = t, t.StreamStage, t.StreamCursor, t.StreamDeltaCursor
	j.generation, j.reconciles = t.StreamGeneration, t.StreamReconciles
}

// fetchKind is what the full fetch's findings are.
func (j *job) fetchKind() inventory.Kind {
	if j.reconciles {
		return inventory.Reconciliation
	}
	return inventory.Import
}

// heldFrom is how many removals a sweep does without being asked, however few devices the token has. Half of its devices may be more.
const heldFrom = 100

// sweep turns the devices that the full fetch did not name into tombstones. It can be interrupted and begun again. More than half
// of the devices, and more than a hundred, are held until an administrator confirms: a list that Apple cut short would otherwise
// take a whole fleet away.
func (j *job) sweep(ctx context.Context) error {
	// What the list's first pages were ahead of, Apple's changes announce; and what they say is gone needs no sweep.
	if err := j.readMeanwhile(ctx); err != nil {
		return err
	}
	if j.fresh && !j.reconciles {
		return j.swept(ctx, 0) // the list was read from its beginning in one go, and what it named are the token's only devices
	}
	seen, err := inventory.LoadSeen(ctx, j.store, j.token.ID, j.generation)
	if err != nil {
		return err
	}
	missing, present, err := inventory.Missing(ctx, j.store, j.token.ID, seen)
	if err != nil {
		return err
	}
	confirmed, err := j.confirmedRemovals(ctx)
	if err != nil {
		return err
	}
	if len(missing) > heldFrom && len(missing) > present/2 && len(missing) > confirmed {
		j.log.WarnContext(ctx, "removals are held until an administrator confirms them", "run", j.id.String(), "token", j.token.ID.String(),
			"missing", len(missing), "devices", present)
		return j.swept(ctx, len(missing))
	}
	for ids := range inventory.Chunks(missing) {
		if err := j.removeMissing(ctx, ids); err != nil {
			return err
		}
	}
	return j.swept(ctx, 0)
}

// failureOf is how a run's error is shown.
func failureOf(err error) *apperr.Error {
	if e := apperr.As(store.MapError(err)); e != nil {
		return e
	}
	return apperr.Wrap(err, apperr.Internal, "GuardMDM could not store what Apple sent; the cause is in the server's log.").
		WithHint("The next sync goes on where this one stopped. If it fails again, look at the log for this run.")
}

// rate measures records per second over the last 10 seconds.
type rate struct{ points []ratePoint }

type ratePoint struct {
	at   time.Time
	seen int
}

const rateWindow = 10 * time.Second

func (r *rate) add(now time.Time, seen int) float64 {
	r.points = append(r.points, ratePoint{now, seen})
	first := 0
	for first < len(r.points)-2 && now.Sub(r.points[first].at) > rateWindow {
		first++
	}
	r.points = r.points[:copy(r.points, r.points[first:])]
	return perSecond(seen-r.points[0].seen, now.Sub(r.points[0].at))
}

func perSecond(n int, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(n) / d.Seconds()
}
