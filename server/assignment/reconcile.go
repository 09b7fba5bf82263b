package assignment

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/assignmentjob"
	"github.com/guardmdm/guardmdm/ent/assignmentresult"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// maxSerials is the most that Apple takes in a request (field-notes 20), whatever an account advertises.
	maxSerials = 1_000
	// gather is how long a request that is not full waits for more devices of the same kind: a sync brings them page by page.
	gather = time.Second
	// patience bounds the wait for a job that still writes items.
	patience = 10 * time.Second
	// belongs is how long an item belongs to whoever took it: longer than a call to Apple, so that only a process that died leaves one.
	belongs     = 5 * time.Minute
	callTimeout = 4 * time.Minute
	// settling is how long after a success a device that seems to need the same profile again is looked at before Apple is told once more:
	// a page that was fetched before can be stored after.
	settling = 15 * time.Minute

	retryUnknown = time.Minute // after a call of which nothing is known
	retryFailed  = time.Hour   // doubled each time, up to
	retryLongest = 24 * time.Hour
	// latest is the latest that anything is due by a clock that is right: Apple asks for a pause of a week at most.
	latest = 8 * 24 * time.Hour
	never  = 100 * 365 * 24 * time.Hour
)

// sending marks items that are being told to Apple, or were when their process died: what became of them has to be looked up.
const sending = "SENDING"

// reconcileAll has every token worked on by a goroutine of its own, so that the trouble of one delays no other.
func (s *Service) reconcileAll(ctx context.Context) {
	var (
		workers sync.WaitGroup
		mu      sync.Mutex
		working = map[gid.ID]bool{}
		asking  sync.Mutex // about disowned devices
	)
	if !s.db.IsPostgres() { // nobody else works on this file, so what is taken was left behind
		if err := s.db.Ent().AssignmentItem.Update().Where(assignmentitem.ErrorCode(sending)).ClearClaimedUntil().Exec(ctx); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "assignments that were interrupted wait some minutes", "error", err)
		}
	}
	s.repeat(ctx, s.due, func(ctx context.Context) {
		if asking.TryLock() { // Apple may take its time
			workers.Go(func() {
				defer asking.Unlock()
				if err := s.SettleDisowned(ctx); err != nil && ctx.Err() == nil {
					s.log.WarnContext(ctx, "what became of disowned devices could not be found out; trying again", "error", err)
				}
			})
		}
		tokens, err := s.db.Reader().ABMToken.Query().Where(mayAssign()...).All(ctx)
		if err != nil {
			if ctx.Err() == nil {
				s.log.WarnContext(ctx, "the tokens to assign for could not be read", "error", err)
			}
			return
		}
		for _, t := range tokens {
			mu.Lock()
			busy := working[t.ID]
			working[t.ID] = true
			mu.Unlock()
			if busy {
				continue
			}
			workers.Go(func() {
				defer func() {
					mu.Lock()
					defer mu.Unlock()
					delete(working, t.ID)
				}()
				if err := s.Reconcile(ctx, t.ID); err != nil && ctx.Err() == nil {
					s.log.WarnContext(ctx, "assigning profiles failed; trying again", "token", t.ID.String(), "error", err)
				}
			})
		}
	})
	workers.Wait()
}

// Reconcile tells Apple what is due for a token, request by request, until nothing is. It stops early when Apple, or the token's state, says so.
func (s *Service) Reconcile(ctx context.Context, token gid.ID) error {
	for {
		told, err := s.tellDue(ctx, token)
		if err != nil || !told {
			return err
		}
	}
}

// tellDue tells what is due, and whether anything was: what came of it can make more due.
//
// While one request is on its way, what came of those before is stored, and those after are taken: so Apple's time and the database's do not add up.
// Apple has one request at a time.
func (s *Service) tellDue(ctx context.Context, token gid.ID) (told bool, err error) {
	taken, answers, ended := make(chan *request, 1), make(chan *request, 1), make(chan error, 2)
	var stop atomic.Bool
	go func() { ended <- s.takeAll(ctx, token, taken, &stop) }()
	go func() { ended <- s.storeAll(ctx, answers, &stop) }()
	var pause time.Duration
	for r := range taken {
		told = true
		if stop.Load() || s.clock.Since(r.taken) > belongs-callTimeout {
			r.pause = max(r.pause, pause) // it is put back as it was
		} else if failed := s.send(ctx, r); failed != nil || r.pause > 0 {
			err, pause = errors.Join(err, failed), r.pause
			stop.Store(true)
		}
		answers <- r
	}
	close(answers)
	return told, errors.Join(err, <-ended, <-ended)
}

// takeAll takes what is due until nothing is, or stop.
func (s *Service) takeAll(ctx context.Context, token gid.ID, taken chan<- *request, stop *atomic.Bool) error {
	defer close(taken)
	for !stop.Load() {
		r, err := s.nextRequest(ctx, token)
		if err != nil || r == nil {
			return err
		}
		taken <- r
	}
	return nil
}

// storeAll stores what came of requests, one after the other. Where that fails, no more are sent.
func (s *Service) storeAll(ctx context.Context, answers <-chan *request, stop *atomic.Bool) (err error) {
	for r := range answers {
		if failed := s.store(ctx, r); failed != nil {
			err = errors.Join(err, failed)
			stop.Store(true)
		}
	}
	return err
}

// nextRequest takes one request's worth of work; nil when there is nothing to do now.
func (s *Service) nextRequest(ctx context.Context, token gid.ID) (*request, error) {
	now, err := s.LeaseClock(ctx)
	if err != nil || s.paused(token, now) {
		return nil, err
	}
	t, err := s.db.Reader().ABMToken.Query().Where(append(mayAssign(), abmtoken.ID(token))...).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := s.take(ctx, t, now.UTC())
	if err != nil || len(r.items) == 0 {
		return nil, err
	}
	r.taken = s.clock.Now()
	r.unready = s.prepare(ctx, r)
	return r, nil
}

// prepare looks up what the request needs beside its devices, so that it can leave as soon as the one before it is answered.
func (s *Service) prepare(ctx context.Context, r *request) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if r.profile != 0 {
		uuid, err := s.Registrar.Ensure(ctx, r.token, r.profile)
		if err != nil {
			return s.notRegistered(ctx, r, err)
		}
		r.uuid = uuid
	}
	var err error
	r.conn, r.credentials, err = s.Tokens.Connect(ctx, r.token.ID)
	return err
}

func (s *Service) send(ctx context.Context, r *request) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return s.carryOut(ctx, r)
}

// store is settle, even while the process stops.
func (s *Service) store(ctx context.Context, r *request) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	return s.settle(ctx, r)
}

// item is what is told to Apple about one device.
type item struct {
	id, device gid.ID
	serial     string
	state      assignmentitem.State
	attempts   int
	code       string // as it was before it was taken
	message    string
	batch      gid.ID
	outcome    outcome
}

// outcome is what became of an item in a request. The zero value: nothing was tried.
type outcome struct {
	word  string // Apple's, or unknown
	after time.Duration
	code  string
	text  string
}

// unknown is the word for a device of which nothing is known: the request may have been carried out.
const unknown = "UNKNOWN"

// request is one call to Apple: devices of a token that get the same profile, or lose theirs.
type request struct {
	token   *ent.ABMToken
	profile gid.ID // 0: clear
	uuid    string // Apple's identifier of it
	items   []*item
	taken   time.Time
	pause   time.Duration // Apple wants the token to be left alone for so long

	conn        *abm.Token // nil: it cannot be sent
	credentials int        // their version
	unready     error      // why it cannot be sent, unless the items say that
}

// mayAssign finds tokens that Apple may be told for (the contract's words: ACTIVE and EXPIRING assign).
func mayAssign() []predicate.ABMToken {
	return []predicate.ABMToken{abmtoken.DeletedAtIsNil(), abmtoken.AssignmentModeEQ(abmtoken.AssignmentModeEnforce),
		abmtoken.StateIn(abmtoken.StateActive, abmtoken.StateExpiring)}
}

// take claims what is due soonest, of one profile, for a while.
func (s *Service) take(ctx context.Context, t *ent.ABMToken, now time.Time) (r *request, err error) {
	limit := min(maxSerials, max(t.AssignLimit, 1))
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		r = &request{token: t}
		if err := byIndex(ctx, tx); err != nil {
			return err
		}
		// + 0 keeps PostgreSQL from going through all devices of the token for each item, which it holds for one while its statistics are
		// those of the time before the first sync.
		const due = " FROM assignment_items AS item JOIN devices ON devices.id = item.device_id AND devices.abm_token_id + 0 = item.abm_token_id AND devices.removed_at IS NULL" +
			" WHERE item.abm_token_id = $1 AND item.due_at <= $2 AND (item.claimed_until IS NULL OR item.claimed_until <= $2)"
		var since time.Time
		err := scanOne(ctx, tx, "SELECT item.ade_profile_id, item.due_at"+due+" ORDER BY item.due_at, item.id LIMIT 1", []any{int64(t.ID), now}, &r.profile, &since)
		if errors.Is(err, sql.ErrNoRows) {
			return hasten(ctx, tx, t.ID, now)
		}
		if err != nil {
			return fmt.Errorf("looking for what is due: %w", err)
		}
		same, args := " AND item.ade_profile_id IS NULL", []any{int64(t.ID), now, limit}
		if r.profile != 0 {
			same = " AND item.ade_profile_id = $4"
			args = append(args, int64(r.profile))
		}
		query := "SELECT item.id, item.device_id, devices.serial_number, item.state, item.attempts," +
			" item.error_code, item.error_message, item.assignment_batch_id" + due + same + " ORDER BY item.due_at, item.id LIMIT $3"
		if tx.Dialect() == dialect.Postgres {
			query += " FOR UPDATE OF item SKIP LOCKED"
		}
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			return fmt.Errorf("looking for what is due: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var i item
			if err := rows.Scan(&i.id, &i.device, &i.serial, (*string)(&i.state), &i.attempts, &i.code, &i.message, &i.batch); err != nil {
				return err
			}
			r.items = append(r.items, &i)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(r.items) == 0 {
			return err
		}
		if len(r.items) < limit {
			wait, err := s.worthWaiting(ctx, tx, now.Sub(since))
			if err != nil || wait {
				r.items = nil
				return err
			}
		}
		in, list := idsIn("id", tx.Dialect(), 1, r.ids())
		_, err = tx.ExecContext(ctx, "UPDATE assignment_items SET claimed_until = $2, error_code = '"+sending+"' WHERE "+in, list, now.Add(belongs))
		return err
	})
	return r, err
}

// byIndex has PostgreSQL read by indexes what the rest of the transaction names by its identifier, or reads in an index's order until a list is full. While
// it has no statistics, as in the minutes after tens of thousands of rows were written, it expects few of them, and goes through all of them instead.
func byIndex(ctx context.Context, tx *store.Tx) error {
	if tx.Dialect() != dialect.Postgres {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
	return err
}

// hasten makes due what a clock that was far ahead has put off: it would be due in months.
func hasten(ctx context.Context, tx *store.Tx, token gid.ID, now time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE assignment_items SET due_at = $2 WHERE abm_token_id = $1 AND due_at > $3 AND due_at < $4",
		int64(token), now, now.Add(latest), now.Add(never/2))
	if err == nil {
		_, err = tx.ExecContext(ctx, "UPDATE assignment_items SET claimed_until = NULL WHERE abm_token_id = $1 AND due_at <= $2 AND claimed_until > $3",
			int64(token), now, now.Add(latest))
	}
	if err != nil {
		return fmt.Errorf("looking for what was put off: %w", err)
	}
	return inventory.ForgetPauses(ctx, tx, now, now.Add(latest))
}

func scanOne(ctx context.Context, tx *store.Tx, query string, args []any, into ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errors.Join(rows.Err(), sql.ErrNoRows)
	}
	return errors.Join(rows.Scan(into...), rows.Close())
}

// worthWaiting tells whether a request that is not full may soon be: requests are what Apple counts.
func (s *Service) worthWaiting(ctx context.Context, tx *store.Tx, waited time.Duration) (bool, error) {
	if waited < gather {
		return true, nil
	}
	if waited >= patience {
		return false, nil
	}
	return tx.AssignmentJob.Query().Where(assignmentjob.CreatedAtGT(s.clock.Now().Add(-time.Hour).UTC())).Exist(ctx)
}

func (r *request) ids() []gid.ID {
	ids := make([]gid.ID, len(r.items))
	for n, i := range r.items {
		ids[n] = i.id
	}
	return ids
}

// carryOut asks Apple, and leaves each item its outcome. The error is for the log, and ends the token's turn.
func (s *Service) carryOut(ctx context.Context, r *request) error {
	if r.conn == nil {
		return r.unready
	}
	send, answer, err := s.tell(ctx, r)
	if apperr.Is(err, apperr.AppleProfileUnknown) {
		if failed := s.forgotten(ctx, r); failed != nil {
			return failed
		}
		if r.uuid, err = s.Registrar.Ensure(ctx, r.token, r.profile); err != nil {
			return s.notRegistered(ctx, r, err)
		}
		if send, answer, err = s.tell(ctx, r); apperr.Is(err, apperr.AppleProfileUnknown) { // once is enough: the rest is a failure
			if failed := s.forgotten(ctx, r); failed != nil {
				return failed
			}
		}
	}
	switch {
	case err == nil && len(send) == 0:
		return nil
	case err == nil:
		read(answer, send)
		return s.Tokens.Observe(ctx, r.token.ID, r.credentials, nil)
	case len(send) > 0 && (abm.IsAmbiguous(err) || ctx.Err() != nil):
		for _, i := range send {
			i.outcome = outcome{word: unknown}
		}
		if lookUp(ctx, r, send) != nil {
			r.pause = retryUnknown
			return err // the items stay marked, and are looked up when they are taken next
		}
		return nil
	}
	return s.refused(ctx, r, err)
}

// tell tells Apple about the items that are still to be told when the request leaves: send. There are none where it did not come to that.
func (s *Service) tell(ctx context.Context, r *request) (send []*item, answer abm.Assigned, err error) {
	devices := func(ctx context.Context) ([]string, error) {
		var err error
		send, err = s.stillDue(ctx, r)
		return serialsOf(send), err
	}
	if r.profile != 0 {
		answer, err = r.conn.AssignProfile(ctx, r.uuid, devices)
	} else {
		answer, err = r.conn.ClearProfile(ctx, devices)
	}
	return send, answer, err
}

// stillDue gives the items of which nothing is known yet. Apple is asked first about those that it may have as they should be already.
func (s *Service) stillDue(ctx context.Context, r *request) (send []*item, err error) {
	doubtful, err := s.stillMarked(ctx, r)
	if err != nil {
		return nil, err
	}
	if len(doubtful) > 0 {
		if err := lookUp(ctx, r, doubtful); err != nil {
			return nil, err
		}
		if _, err := s.stillMarked(ctx, r); err != nil { // Apple took its time
			return nil, err
		}
	}
	for _, i := range r.items {
		if i.outcome.word == "" {
			send = append(send, i)
		}
	}
	return send, nil
}

// forgotten takes note that Apple no longer knows the profile of the request. All devices that have it get the new identifier: their job finds out
// which these are.
func (s *Service) forgotten(ctx context.Context, r *request) error {
	if err := s.Registrar.Forgotten(ctx, r.token, r.uuid); err != nil {
		return err
	}
	for _, i := range r.items {
		if i.outcome.word == abm.AssignSuccess { // what was looked up is that of the old identifier
			i.outcome = outcome{}
		}
	}
	return s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := lockRules(ctx, tx); err != nil {
			return err
		}
		return s.addJob(ctx, tx, nil, scope{Kind: ofProfile, Profile: r.profile})
	})
}

// refused takes a refusal of the whole request as what it is: a word about the token, a wish for a pause, or trouble with the profile.
func (s *Service) refused(ctx context.Context, r *request, err error) error {
	e := apperr.As(err)
	switch {
	case e == nil || ctx.Err() != nil:
		return err
	case apperr.IsVerdict(err):
		return errors.Join(err, s.Tokens.Observe(ctx, r.token.ID, r.credentials, err)) // its state pauses it
	case apperr.Is(err, apperr.AppleThrottled, apperr.AppleUnavailable):
		r.pause = max(e.RetryAfter, retryUnknown)
		return err
	}
	for _, i := range r.items {
		if i.outcome.word == "" {
			i.outcome = outcome{word: abm.AssignFailed, code: string(e.Code), text: e.Message}
		}
	}
	return nil
}

// notRegistered is a profile that Apple does not know and would not take. Its devices wait; those of other profiles do not.
func (s *Service) notRegistered(ctx context.Context, r *request, err error) error {
	e := apperr.As(err)
	switch {
	case e == nil || ctx.Err() != nil || apperr.IsVerdict(err):
		return err // the registrar had its say about the token
	case apperr.Is(err, apperr.AppleThrottled, apperr.AppleUnavailable):
		r.pause = max(e.RetryAfter, retryUnknown)
		return err
	}
	text := e.Message
	if e.Hint != "" {
		text += "\n" + e.Hint
	}
	for _, i := range r.items {
		if i.outcome.word == "" {
			i.outcome = outcome{word: waiting, after: max(e.RetryAfter, retryUnknown), code: string(e.Code), text: text}
		}
	}
	return nil
}

// waiting is the word for a device that Apple was not asked about because its profile cannot be given.
const waiting = "WAITING"

func serialsOf(items []*item) []string {
	serials := make([]string, len(items))
	for n, i := range items {
		serials[n] = i.serial
	}
	return serials
}

// read gives each device Apple's word of it. A device that Apple passes over in silence failed (field-notes 19).
func read(answer abm.Assigned, items []*item) {
	words := make(map[string]string, len(answer.Devices))
	for serial, word := range answer.Devices {
		words[strings.ToUpper(serial)] = strings.ToUpper(word)
	}
	for _, i := range items {
		switch word := words[i.serial]; word {
		case abm.AssignSuccess:
			i.outcome = outcome{word: word}
		case abm.AssignNotAccessible:
			i.outcome = outcome{word: word, code: word, after: never,
				text: "Apple says that the device does not belong to this MDM server.\nAssign it to this MDM server in Apple Business Manager; GuardMDM goes on when the sync brings it."}
		case abm.AssignThrottled:
			after := answer.RetryAfter
			if after == 0 {
				after = retryLongest
			}
			i.outcome = outcome{word: word, code: word, after: after, text: pauseMessage}
		case "":
			i.outcome = outcome{word: abm.AssignFailed, code: "MISSING", text: "Apple's answer left the device out."}
		default:
			i.outcome = outcome{word: abm.AssignFailed, code: word, text: "Apple could not change the device's profile, and gave no reason."}
		}
	}
}

// stillMarked leaves out what a sync or a person settled, or decided anew, since the request was taken: it may have waited for the one before. Of the rest
// it gives the items of which Apple may have it so already: they were being told when their process died, or Apple took the same profile a moment ago.
func (s *Service) stillMarked(ctx context.Context, r *request) (doubtful []*item, err error) {
	in, list := idsIn("item.id", s.db.Dialect(), 1, r.ids())
	lately, args := "event.kind = '"+string(deviceevent.KindCleared)+"'", []any{list, s.clock.Now().Add(-settling).UTC()}
	if r.profile != 0 {
		is := "event.changes ->> '$.appleProfileUuid[1]'"
		if s.db.IsPostgres() {
			is = "event.changes -> 'appleProfileUuid' ->> 1"
		}
		lately = "event.kind = '" + string(deviceevent.KindAssigned) + "' AND " + same(is, "$3")
		args = append(args, r.uuid)
	}
	query := "SELECT item.id, EXISTS (SELECT 1 FROM device_events AS event WHERE event.device_id = item.device_id AND event.at > $2 AND " + lately +
		") FROM assignment_items AS item WHERE " + in + " AND item.error_code = '" + sending + "'"
	marked := map[gid.ID]bool{} // whether it was told lately
	err = s.db.WithRead(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := byIndex(ctx, tx); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id gid.ID
			var told bool
			if err := rows.Scan(&id, &told); err != nil {
				return err
			}
			marked[id] = told
		}
		return errors.Join(rows.Err(), rows.Close())
	})
	if err != nil {
		return nil, fmt.Errorf("looking for what is still to be told: %w", err)
	}
	r.items = slices.DeleteFunc(r.items, func(i *item) bool { _, still := marked[i.id]; return !still })
	for _, i := range r.items {
		if i.code == sending || marked[i.id] {
			doubtful = append(doubtful, i)
		}
	}
	return doubtful, nil
}

// lookUp asks Apple how devices are, and gives an outcome to those that are as wanted, or not ours. Of the others nothing was carried out.
func lookUp(ctx context.Context, r *request, items []*item) error {
	details, err := r.conn.DeviceDetails(ctx, serialsOf(items))
	if err != nil {
		return err
	}
	for _, i := range items {
		d, listed := details[i.serial]
		has := atApple{d.ProfileUUID, d.ProfileStatus}.has()
		switch {
		case listed && d.ResponseStatus == abm.AssignNotAccessible:
			read(abm.Assigned{Devices: map[string]string{i.serial: abm.AssignNotAccessible}}, []*item{i})
		case listed && has == abm.PlainUUID(r.uuid):
			i.outcome = outcome{word: abm.AssignSuccess}
		case i.outcome.word == unknown: // it was not carried out after all
			i.outcome = outcome{word: waiting, after: retryUnknown, text: "No answer came from Apple, and the device's profile is as it was."}
		}
	}
	return nil
}

// outcomeRow is an item's outcome as the databases read it.
type outcomeRow struct {
	Item     int64                `json:"i"`
	State    assignmentitem.State `json:"s"`
	Due      string               `json:"u"`
	Attempts int                  `json:"n"`
	Code     string               `json:"c"`
	Message  string               `json:"m"`
}

// settle stores what became of a request: devices as Apple has them now, items that wait, results of batches, and events.
func (s *Service) settle(ctx context.Context, r *request) error {
	now, err := s.LeaseClock(ctx)
	if err != nil {
		return err
	}
	now = now.UTC()
	s.pause(r.token.ID, now, r.pause)
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := byIndex(ctx, tx); err != nil {
			return err
		}
		if err := keepRules(ctx, tx); err != nil {
			return err
		}
		var done []*item
		var rows []outcomeRow
		c := changes{now: now}
		var events []event
		var throttled []gid.ID
		var until time.Time
		for _, i := range r.items {
			row := outcomeRow{Item: int64(i.id), State: i.state, Attempts: i.attempts, Code: i.outcome.code, Message: i.outcome.text}
			due := now.Add(i.outcome.after)
			var result assignmentresult.Status
			switch i.outcome.word {
			case abm.AssignSuccess:
				done = append(done, i)
				continue
			case unknown: // stays marked, and is looked up when it is taken next
				row.Code, due = sending, now.Add(retryUnknown)
			case "": // not told at all: as it was
				row.Code, row.Message, due = i.code, i.message, now.Add(r.pause)
			case waiting:
			case abm.AssignNotAccessible:
				row.State, result = assignmentitem.StateNotAccessible, assignmentresult.StatusNotAccessible
			case abm.AssignThrottled:
				row.State, result = assignmentitem.StateThrottled, assignmentresult.StatusThrottled
				throttled, until = append(throttled, i.device), due // one answer has one pause
			default:
				row.State, result = assignmentitem.StateFailed, assignmentresult.StatusFailed
				due = now.Add(min(retryFailed<<min(i.attempts, 10), retryLongest))
			}
			if result != "" {
				row.Attempts++
				if i.batch != 0 {
					c.results = append(c.results, resultChange{i.batch, i.device, result, firstLine(i.outcome.text)})
				}
				if row.State != i.state && row.State != assignmentitem.StateThrottled { // each kind of trouble once
					events = append(events, event{Device: int64(i.device), Kind: deviceevent.KindAssignmentFailed, Changes: changeOf("assignment", nil, i.outcome.code)})
				}
			}
			row.Due = due.Format(timeLayout)
			rows = append(rows, row)
		}
		if err := writeOutcomes(ctx, tx, rows); err != nil {
			return err
		}
		if err := keepPause(ctx, tx, throttled, until); err != nil {
			return err
		}
		told, err := s.succeed(ctx, tx, r, done, now)
		if err != nil {
			return err
		}
		events = append(events, told...)
		if err := r.attribute(ctx, tx, events); err != nil {
			return err
		}
		if err := record(ctx, tx, r.token.ID, events, now); err != nil {
			return err
		}
		return s.apply(ctx, tx, &c)
	})
	return err
}

// attribute says in the events who asked for what was told to Apple.
func (r *request) attribute(ctx context.Context, tx *store.Tx, events []event) error {
	batchOf := map[int64]gid.ID{}
	var batches []gid.ID
	for _, i := range r.items {
		if i.batch != 0 {
			batchOf[int64(i.device)] = i.batch
			batches = append(batches, i.batch)
		}
	}
	slices.Sort(batches)
	if batches = slices.Compact(batches); len(batches) == 0 || len(events) == 0 {
		return nil
	}
	list, err := tx.AssignmentBatch.Query().Where(assignmentbatch.IDIn(batches...)).Select(assignmentbatch.FieldID, assignmentbatch.FieldRequestedBy).All(ctx)
	if err != nil {
		return fmt.Errorf("reading who asked for it: %w", err)
	}
	by := map[gid.ID]string{}
	for _, b := range list {
		by[b.ID] = b.RequestedBy
	}
	for n := range events {
		events[n].By = by[batchOf[events[n].Device]]
	}
	return nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// timeLayout is what both databases take for a time, and SQLite keeps.
const timeLayout = "2006-01-02 15:04:05.999999999-07:00"

func writeOutcomes(ctx context.Context, tx *store.Tx, rows []outcomeRow) error {
	if len(rows) == 0 {
		return nil
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	values := "SELECT value ->> '$.i' AS i, value ->> '$.s' AS s, value ->> '$.u' AS u, value ->> '$.n' AS n, value ->> '$.c' AS c, value ->> '$.m' AS m FROM json_each($1)"
	if tx.Dialect() == dialect.Postgres {
		values = "SELECT i, s, u, n, c, m FROM json_to_recordset($1::json) AS list(i bigint, s text, u timestamptz, n bigint, c text, m text)"
	}
	// An item that was written anew meanwhile is no longer marked: what became of the old one does not matter to it.
	_, err = tx.ExecContext(ctx, "UPDATE assignment_items SET state = v.s, due_at = v.u, claimed_until = NULL, attempts = v.n, error_code = v.c, error_message = v.m FROM ("+values+
		") AS v WHERE assignment_items.id = v.i AND assignment_items.error_code = '"+sending+"'", string(list))
	if err != nil {
		return fmt.Errorf("keeping what Apple answered: %w", err)
	}
	return nil
}

// succeed stores that Apple has devices as they were told, and looks at them anew: the rules may have changed meanwhile.
func (s *Service) succeed(ctx context.Context, tx *store.Tx, r *request, done []*item, now time.Time) (events []event, err error) {
	if len(done) == 0 {
		return nil, nil
	}
	items, devices := make([]gid.ID, len(done)), make([]gid.ID, len(done))
	for n, i := range done {
		items[n], devices[n] = i.id, i.device
	}
	slices.Sort(devices)
	status, kind := "assigned", deviceevent.KindAssigned
	var at any = now
	if r.profile == 0 {
		status, kind, at = "removed", deviceevent.KindCleared, nil
	}
	before, err := profilesBefore(ctx, tx, r.token.ID, devices)
	if err != nil {
		return nil, err
	}
	var behind, fetched []gid.ID
	for _, i := range done {
		was, there := before[i.device]
		if !there {
			continue
		}
		is := was.uuid
		if was.has() != abm.PlainUUID(r.uuid) { // else a sync was faster: it knows Apple's own time, and whether the device has fetched the profile by now
			is, behind = r.uuid, append(behind, i.device)
			if was.status == "pushed" {
				fetched = append(fetched, i.device)
			}
		}
		events = append(events, event{Device: int64(i.device), Kind: kind, Changes: changeOf("appleProfileUuid", was.uuid, is)})
	}
	slices.Sort(behind)
	if err := inventory.Reassigned(ctx, tx, r.token.ID, fetched, now); err != nil {
		return nil, err
	}
	in, list := idsIn("id", tx.Dialect(), 1, behind)
	_, err = tx.ExecContext(ctx, "UPDATE devices SET apple_profile_uuid = $2, apple_profile_status = $3, apple_profile_assigned_at = $4, apple_profile_pushed_at = NULL,"+
		" changed_at = $5 WHERE "+in, list, r.uuid, status, at, now)
	if err != nil {
		return nil, fmt.Errorf("keeping the devices' profiles: %w", err)
	}
	if err := s.evaluate(ctx, tx, devices, evaluation{locked: true}); err != nil {
		return nil, err
	}
	// Of most devices there is no item any more. What needs to be told again after a success is not told at once: never the same thing in a circle.
	in, list = idsIn("id", tx.Dialect(), 1, items)
	_, err = tx.ExecContext(ctx, "UPDATE assignment_items SET state = 'PENDING', due_at = $2, claimed_until = NULL, attempts = 0, error_code = '', error_message = '' WHERE "+in+
		" AND error_code = '"+sending+"'", list, now.Add(retryUnknown))
	return events, err
}

// atApple is the profile of a device at Apple as far as we know.
type atApple struct{ uuid, status string }

// has is hasProfile: the identifier of the profile, empty for none.
func (a atApple) has() string {
	if slices.Contains([]string{"", "empty", "removed"}, a.status) {
		return ""
	}
	return abm.PlainUUID(a.uuid)
}

// profilesBefore locks the devices, and gives the profiles at Apple, as far as we know, of those that are still the token's: a sync may have learned
// of another one while the request was on its way.
func profilesBefore(ctx context.Context, tx *store.Tx, token gid.ID, devices []gid.ID) (map[gid.ID]atApple, error) {
	in, list := idsIn("id", tx.Dialect(), 1, devices)
	query := "SELECT id, apple_profile_uuid, apple_profile_status, abm_token_id, removed_at IS NULL FROM devices WHERE " + in + " ORDER BY id"
	if tx.Dialect() == dialect.Postgres {
		query += " FOR NO KEY UPDATE"
	}
	rows, err := tx.QueryContext(ctx, query, list)
	if err != nil {
		return nil, fmt.Errorf("reading the devices' profiles: %w", err)
	}
	defer rows.Close()
	before := make(map[gid.ID]atApple, len(devices))
	for rows.Next() {
		var id, of gid.ID
		var a atApple
		var present bool
		if err := rows.Scan(&id, &a.uuid, &a.status, &of, &present); err != nil {
			return nil, err
		}
		if of == token && present {
			before[id] = a
		}
	}
	return before, rows.Err()
}

// pause leaves a token alone for a while.
func (s *Service) pause(token gid.ID, now time.Time, d time.Duration) {
	if d <= 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pauses[token] = pause{now, now.Add(d)}
}

// pause is a time in which a token is left alone. A clock that is set back to before it ends it: else a clock that was days ahead for a moment
// would stop a token for days.
type pause struct{ since, until time.Time }

func (s *Service) paused(token gid.ID, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.pauses[token]
	return ok && !now.Before(p.since) && now.Before(p.until)
}

// event is a row of device_events to be written.
type event struct {
	Device  int64            `json:"d"`
	Kind    deviceevent.Kind `json:"k"`
	Changes string           `json:"c"`
	By      string           `json:"b"` // who asked for it; empty: nobody did
}

// changeOf is a change of one field as events hold it: {"name": [before, after]}.
func changeOf(name string, before, after any) string {
	text, _ := json.Marshal(map[string][2]any{name: {before, after}}) // texts and nil always have a JSON form
	return string(text)
}

func record(ctx context.Context, tx *store.Tx, token gid.ID, events []event, now time.Time) error {
	if len(events) == 0 {
		return nil
	}
	list, err := json.Marshal(events)
	if err != nil {
		return err
	}
	values := "SELECT value ->> '$.d' AS d, value ->> '$.k' AS k, value ->> '$.c' AS c, value ->> '$.b' AS b FROM json_each($1)"
	if tx.Dialect() == dialect.Postgres {
		values = "SELECT d, k, c::jsonb, b FROM json_to_recordset($1::json) AS list(d bigint, k text, c text, b text)"
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO device_events (device_id, abm_token_id, kind, at, changes, requested_by, unannounced)"+
		" SELECT v.d, $2, v.k, $3, v.c, v.b, false FROM ("+values+") AS v",
		string(list), int64(token), now)
	if err != nil {
		return fmt.Errorf("writing the devices' events: %w", err)
	}
	return nil
}
