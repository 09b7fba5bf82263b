package convergence_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/simabm"
)

func desc(o *sql.OrderTermOptions) { o.Desc = true }

// heal ends what goes wrong from outside, does what only people can do, and lets the timer tick once more.
func (w *world) heal() {
	w.t.Helper()
	w.note("--- the faults stop")
	w.up()
	w.must(nil, w.sim.SetFaults(nil))
	w.setOurs(0)
	w.sim.SetTermsAccepted(true)
	for _, tok := range w.tokens {
		tok.server.SetAccessDenied(false)
	}
	w.untilIdle()
	for i, tok := range w.tokens {
		if !tok.broken {
			continue
		}
		// The person at the portal tries the key that Apple has first. It may be one that is lost here.
		upload := func(ctx context.Context, p *process) error { return p.upload(ctx, tok, simabm.TokenPlain) }
		err := w.await(upload)
		if apperr.Is(err, apperr.TokenOtherKey) {
			w.newKey(tok)
			err = w.await(upload)
		}
		if err != nil {
			w.t.Fatalf("server %d cannot be renewed: %v", i, err)
		}
		w.note("server %d renewed", i)
	}
	// Blocked tokens are looked after every minute. It may take a few: time goes faster here than the timer's goroutines.
	for minutes := 0; ; minutes++ {
		w.pass(time.Minute)
		w.untilIdle()
		blocked := w.blocked()
		if blocked == "" {
			break
		}
		if minutes > 5 {
			time.Sleep(200 * time.Millisecond) // so let them catch up: planning the timer anew takes real time
		}
		if minutes == 40 {
			w.t.Fatalf("still, long after its cause is gone:\n%s", blocked)
		}
	}
	for i, tok := range w.tokens { // some that only observe are to enforce after all
		if w.random.IntN(2) == 0 {
			w.note("server %d is to enforce", i)
			if err := w.await(func(ctx context.Context, p *process) error {
				return w.sends.deciding(p, func() error { return p.setMode(ctx, tok, abmtoken.AssignmentModeEnforce) })
			}); err != nil && apperr.As(err) == nil { // a sync may have found other profiles meanwhile
				w.t.Fatal(err)
			}
		}
	}
	w.tick()
	if w.lied || w.canceled {
		w.note("a day passes: Apple had kept something to itself, or a batch was canceled")
		before := w.line.Now()
		w.line.Skip(24 * time.Hour)
		w.pass(time.Minute)
		w.tick()
		for i, tok := range w.tokens {
			if t := w.stored(tok); t.LastFullSyncAt == nil || t.LastFullSyncAt.Before(before) {
				w.t.Errorf("server %d was not reconciled within a day: last at %v", i, t.LastFullSyncAt)
			}
		}
	}
	for i, tok := range w.tokens {
		for tries := 0; w.stored(tok).HeldRemovals > 0; tries++ {
			w.note("removals of server %d are held: %d", i, w.stored(tok).HeldRemovals)
			if tries == 3 {
				w.t.Fatal("the removals stay held although they were confirmed")
			}
			if err := w.await(func(ctx context.Context, p *process) error { return p.confirm(ctx, tok) }); err != nil {
				w.t.Fatal(err)
			}
			w.untilIdle()
		}
	}
	if w.seed%3 == 0 {
		w.refuse()
	}
	w.assigned()
}

// refuse has Apple refuse some devices for hours in which nothing else happens: who judges the sends then has no excuse for one that came too early.
func (w *world) refuse() {
	w.t.Helper()
	r := rand.New(rand.NewPCG(w.seed, 1<<40)) // its own, so that it changes no schedule
	w.untilIdle()
	kind, share := pick(r, perDevice...), 20+r.IntN(60)
	w.must(nil, w.sim.SetFaults([]simabm.Fault{{Kind: kind, Devices: share, RetryAfterSeconds: 2 * 60 * 60}}))
	w.note("%s for %d %% of the devices: %s", kind, share, assign(w, r))
	w.untilIdle()
	w.pass(3 * time.Hour)
	w.must(nil, w.sim.SetFaults(nil))
}

// blocked says which tokens do not sync, and why.
func (w *world) blocked() string {
	w.t.Helper()
	var b strings.Builder
	for i, tok := range w.tokens {
		if t := w.stored(tok); t.State != abmtoken.StateActive && t.State != abmtoken.StateExpiring {
			fmt.Fprintf(&b, "server %d is %s: %s\n", i, t.State, t.StateMessage)
		}
	}
	return b.String()
}

func (w *world) stored(tok *token) *ent.ABMToken {
	w.t.Helper()
	t, err := w.proc.DB.Reader().ABMToken.Get(context.Background(), tok.id)
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

// tick lets time pass until the timer has begun its next runs and they have ended. By a clock that was wrong the present
// interval can have had its runs before it came; then, and only then, the next one counts.
func (w *world) tick() {
	w.t.Helper()
	last := w.proc.DB.Reader().SyncRun.Query().Order(syncrun.ByID(desc)).FirstIDX(context.Background())
	at := w.toNextSync()
	if !w.begun(last) && w.wrong {
		w.wrong = false
		at = w.toNextSync()
	}
	if !w.begun(last) {
		w.t.Fatalf("the timer did not sync every token at %s:\n%s", at.Format(time.TimeOnly), w.runs())
	}
	w.untilIdle()
	for _, run := range w.proc.DB.Reader().SyncRun.Query().Where(syncrun.IDGT(last)).AllX(context.Background()) {
		if run.Status != syncrun.StatusSucceeded {
			w.t.Errorf("%s does not sync although nothing is wrong any more: %s %s %s", run.AbmTokenID, run.Status, run.ErrorCode, run.ErrorMessage)
		}
	}
}

func (w *world) toNextSync() time.Time {
	w.t.Helper()
	at := jobs.NextSync(w.line.Now())
	w.pass(at.Sub(w.line.Now()) + 2*time.Second)
	return at
}

// begun tells whether the timer has begun a run of every token after the given run. It may be late by a minute or so: time can
// have gone on while its scheduler was about to set its next alarm.
func (w *world) begun(after gid.ID) bool {
	w.t.Helper()
	for n := range 60 {
		begun := 0
		for _, tok := range w.tokens {
			if w.proc.DB.Reader().SyncRun.Query().Where(syncrun.AbmTokenID(tok.id), syncrun.IDGT(after),
				syncrun.TriggerEQ(syncrun.TriggerPeriodic)).ExistX(context.Background()) {
				begun++
			}
		}
		if begun == len(w.tokens) {
			return true
		}
		time.Sleep(time.Duration(5+2*n) * time.Millisecond)
		w.pass(2 * time.Second)
	}
	return false
}

// check compares what is stored with what has to be.
func (w *world) check() {
	w.t.Helper()
	ctx := context.Background()
	db := w.proc.DB.Reader()
	now := w.line.Now()

	// The inventory is Apple's, and what is not there any more is a tombstone.
	where := map[string]*token{}
	for _, tok := range w.tokens {
		w.proc.AssertInventory(w.t, tok.id, tok.server)
		for _, serial := range w.serials(tok) {
			where[serial] = tok
		}
	}
	devices, err := db.Device.Query().All(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	rows := map[string]bool{}
	for _, d := range devices {
		tok := where[d.SerialNumber]
		switch {
		case rows[d.SerialNumber]:
			w.t.Errorf("%s has two rows", d.SerialNumber)
		case tok == nil && d.RemovedAt == nil:
			w.t.Errorf("%s is on no server, and no tombstone", d.SerialNumber)
		case tok != nil && d.RemovedAt != nil:
			w.t.Errorf("%s is a tombstone, but on a server", d.SerialNumber)
		}
		rows[d.SerialNumber] = true
	}

	// Nothing is under way, held, or left over.
	runs, err := db.SyncRun.Query().Order(syncrun.ByID()).All(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, r := range runs {
		switch {
		case r.Status == syncrun.StatusRunning || r.FinishedAt == nil:
			w.t.Errorf("run %s is stuck: %v", r.ID, r)
		case r.ErrorCode == string(apperr.Internal):
			w.t.Errorf("run %s failed by our own fault: %s", r.ID, r.ErrorMessage)
		case r.Status == syncrun.StatusFailed && r.ErrorCode == "":
			w.t.Errorf("run %s failed without a word", r.ID)
		}
	}
	if marks, err := db.SyncMark.Query().Count(ctx); err != nil || marks != 0 {
		w.t.Errorf("%d marks of full fetches are left, %v", marks, err)
	}
	for i, tok := range w.tokens {
		t := w.stored(tok)
		if t.StreamStage != abmtoken.StreamStageSync || t.StreamCursor == "" {
			w.t.Errorf("the stream of server %d is in %s at %q", i, t.StreamStage, t.StreamCursor)
		}
		if t.LastSyncedAt == nil || now.Sub(*t.LastSyncedAt) > time.Hour {
			w.t.Errorf("server %d was last synced at %v; it is %s", i, t.LastSyncedAt, now)
		}
	}

	w.checkHistory(devices, runs)
	w.checkCounts(devices)
	w.checkNotes(devices)
	w.checkProfiles(devices)
}

// checkIdempotent lets the timer tick once more: nothing may change any more.
func (w *world) checkIdempotent() {
	w.t.Helper()
	before, told := w.dump(), w.sends.times()
	w.tick()
	if again := w.sends.times() - told; again != 0 {
		w.t.Errorf("a tick without news told Apple something %d times", again)
	}
	if diff := cmp.Diff(before, w.dump()); diff != "" {
		w.t.Errorf("a tick without news changed something (-before +after):\n%s", diff)
	}
}

// dumped are the tables that a sync without news leaves alone, with the columns that it may change all the same.
var dumped = []struct {
	table, but string
}{
	{"devices", ""}, {"device_events", ""}, {"device_counts", ""}, {"sync_marks", ""}, {"audit_entries", ""},
	{"ade_profiles", ""}, {"ade_profile_versions", ""}, {"ade_profile_registrations", ""}, {"platform_defaults", ""}, {"device_groups", ""},
	{"device_group_members", ""}, {"assignment_jobs", ""}, {"assignment_items", ""}, {"assignment_batches", ""}, {"assignment_results", ""},
	// The tick can be that of the daily reconciliation.
	{"abm_tokens", "stream_cursor stream_delta_cursor stream_generation stream_pages stream_reconciles last_synced_at last_full_sync_at"},
}

func (w *world) dump() map[string][]string {
	w.t.Helper()
	all := map[string][]string{}
	for _, d := range dumped {
		rows, err := w.proc.DB.ReaderDB().QueryContext(context.Background(), "SELECT * FROM "+d.table+" ORDER BY id")
		if err != nil {
			w.t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			w.t.Fatal(err)
		}
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				w.t.Fatal(err)
			}
			var b strings.Builder
			for i, c := range columns {
				if !strings.Contains(" "+d.but+" ", " "+c+" ") {
					fmt.Fprintf(&b, "%s=%v ", c, values[i])
				}
			}
			all[d.table] = append(all[d.table], b.String())
		}
		if err := rows.Err(); err != nil {
			w.t.Fatal(err)
		}
		rows.Close()
	}
	return all
}

// runs are the last ones, for a person who has to find out.
func (w *world) runs() string {
	w.t.Helper()
	list, err := w.proc.DB.Reader().SyncRun.Query().Order(syncrun.ByID(desc)).Limit(12).All(context.Background())
	if err != nil {
		return err.Error()
	}
	lines := make([]string, len(list))
	for i, r := range list {
		lines[i] = fmt.Sprintf("%s of %s: %s %s %s full %v, pages %d, +%d ~%d -%d, began %s, lease to %s, %s", r.ID, r.AbmTokenID, r.Trigger, r.Status, r.Phase,
			r.Full, r.Pages, r.Added, r.Modified, r.Removed, r.StartedAt.Format(time.DateTime), r.LeaseExpiresAt.Format(time.DateTime), r.ErrorCode)
	}
	return fmt.Sprintf("it is %s\n%s", w.line.Now(), strings.Join(lines, "\n"))
}
