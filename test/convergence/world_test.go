package convergence_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	content "github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
	"github.com/guardmdm/guardmdm/test/virtualtime"
)

// world is an Apple, a database, and the processes that work on it one after another.
type world struct {
	t        *testing.T
	seed     uint64
	random   *rand.Rand // draws the schedule
	schedule []string
	log      *memory

	line    *virtualtime.Line
	ours    *virtualtime.Clock // of the process; it can be wrong
	theirs  *virtualtime.Clock // Apple's
	carrier *carrier

	sim     *simabm.Simulator
	sends   *sends
	tokens  []*token
	options stack.Options
	url     string // of the database

	proc     *process // nil while none runs
	asked    int64    // of Apple, when assigning looked last
	idled    int      // times that assigning found the same since then
	kinds    []simabm.FaultKind
	lied     bool // Apple said, or kept to itself, what no later change mends: it takes a full reconciliation
	canceled bool // a batch was: what it left out comes with the day's full list
	misled   bool // Apple said that the list had come to its end, which it had not
	wrong    bool // our clock was
	far      bool // by more than the days for which counts are kept beyond those that are asked for
}

// token is an ABM token of ours with the MDM server that it is for.
type token struct {
	id     gid.ID
	server *simabm.Server
	broken bool // only a renewal helps
}

// process is one life of the program.
type process struct {
	*stack.Stack
	ctx    context.Context // of what people ask for
	cancel context.CancelFunc
	work   sync.WaitGroup
	asked  atomic.Int64 // by people, and not answered
	turns  atomic.Int64 // of the timer
	ended  atomic.Bool  // what fails from now on fails because of that
}

// watched counts the turns of the timer.
type watched struct {
	jobs.Tokens
	turns *atomic.Int64
}

func (w watched) Present(ctx context.Context) ([]*ent.ABMToken, error) {
	w.turns.Add(1)
	return w.Tokens.Present(ctx)
}

var start = time.Date(2026, 11, 29, 9, 1, 30, 0, time.UTC)

func newWorld(t *testing.T, database string, seed uint64) *world {
	t.Helper()
	line := virtualtime.New(start)
	w := &world{t: t, seed: seed, random: rand.New(rand.NewPCG(seed, 0)), log: &memory{}, line: line, ours: line.Clock(), theirs: line.Clock(),
		url: dbtest.URL(t, database)}
	latency := pick(w.random, 0, 5*time.Millisecond, 80*time.Millisecond, 700*time.Millisecond)
	sim, err := simabm.New(simabm.Options{Seed: seed, Clock: w.theirs, Latency: latency})
	if err != nil {
		t.Fatal(err)
	}
	w.sim = sim
	web := httptest.NewServer(sim.Handler())
	w.sends = newSends(t, sim, line)
	w.carrier = &carrier{transport: &http.Transport{MaxIdleConnsPerHost: 8}, clock: line.Clock(), sends: w.sends}
	t.Cleanup(func() {
		w.crash()                    // unless it ended already
		for w.theirs.Waiting() > 0 { // answers that nobody waits for any more
			line.Skip(time.Hour)
			runtime.Gosched()
		}
		w.carrier.transport.CloseIdleConnections()
		web.Close()
	})
	w.options = stack.Options{Clock: w.ours, Sim: sim, SimURL: web.URL, Transport: w.carrier,
		KeyFile: filepath.Join(t.TempDir(), "secret.key"), Logger: slog.New(slog.NewTextHandler(w.log, nil)), PageSize: w.pageSize(w.random), Assigns: true}
	if database == "postgres" { // whose clock is right
		right := line.Clock()
		w.options.LeaseClock = func(context.Context) (time.Time, error) { return right.Now(), nil }
	}
	for _, kind := range simabm.FaultKinds() { // each seed has some of them
		if w.random.IntN(3) == 0 || slices.Contains(perDevice, kind) && w.random.IntN(3) > 0 {
			w.kinds = append(w.kinds, kind)
		}
	}
	w.note("%d tokens, answers after %s, pages of %d, faults of %v", w.settle(), latency, w.options.PageSize, w.kinds)
	return w
}

// settle connects MDM servers and gives them devices.
func (w *world) settle() int {
	w.t.Helper()
	w.up()
	for i := range 2 + w.random.IntN(5)/4 {
		name := fmt.Sprintf("server %d", i)
		made, err := w.proc.Tokens.Generate(w.proc.ctx, name) // waits for nothing but the processor
		if err != nil {
			w.t.Fatal(err)
		}
		tok := &token{id: made.ID}
		if tok.server, err = w.sim.AddServer(name, []byte(made.CurrentCertificate)); err != nil {
			w.t.Fatal(err)
		}
		if err := w.await(func(ctx context.Context, p *process) error { return p.upload(ctx, tok, simabm.TokenPlain) }); err != nil {
			w.t.Fatal(err)
		}
		w.tokens = append(w.tokens, tok)
	}
	w.decide()
	n := w.random.IntN(400)
	if w.random.IntN(16) == 0 {
		n = 0
	}
	w.sim.AddDevices(n)
	for _, tok := range w.tokens {
		serials, err := w.sim.AssignCount(tok.server.ID(), w.random.IntN(n*2/3+1))
		w.must(serials, err)
		w.sends.touches(serials...)
		if len(serials) > 0 && w.random.IntN(4) == 0 { // another MDM's: the token begins by observing
			w.makeForeign(w.random, serials[:1+w.random.IntN(len(serials))])
		}
	}
	return len(w.tokens)
}

// decide makes the profiles and defaults that are there from the beginning.
func (w *world) decide() {
	w.t.Helper()
	act := func(f func(ctx context.Context, p *process) error) {
		if err := w.await(func(ctx context.Context, p *process) error {
			return w.sends.deciding(p, func() error { return f(ctx, p) })
		}); err != nil {
			w.t.Fatal(err)
		}
	}
	for i := range w.random.IntN(4) {
		name := fmt.Sprintf("first %d", i)
		act(func(ctx context.Context, p *process) error {
			made, err := p.Profiles.Create(ctx, content.Edit{Name: &name})
			for _, platform := range []device.Platform{device.PlatformMacOS, device.PlatformIPadOS, device.PlatformTvOS} {
				if err == nil && w.random.IntN(3) == 0 {
					_, _, err = p.Assign.SetDefault(ctx, platform, made.ID, 0)
				}
			}
			return err
		})
	}
}

func (w *world) pageSize(r *rand.Rand) int {
	if r.IntN(6) == 0 {
		return 1000
	}
	return 2 + r.IntN(49)
}

// must fails the test at an error of the simulator.
func (w *world) must(_ any, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// up starts a process unless one runs.
func (w *world) up() {
	w.t.Helper()
	if w.proc != nil {
		return
	}
	db, err := store.Open(w.t.Context(), store.Options{DatabaseURL: w.url, Clock: w.ours, Logger: w.options.Logger})
	if err != nil {
		w.t.Fatal(err)
	}
	p := &process{Stack: stack.New(w.t, db, w.options)}
	p.ctx, p.cancel = context.WithCancel(auth.Console(context.Background()))
	w.sends.begins(p)
	p.Start(w.t)
	p.work.Go(func() {
		if err := jobs.Run(p.ctx, w.ours, w.options.Logger, watched{p.Tokens, &p.turns}, p.Syncs, sessions{}, p.Lists); err != nil && p.ctx.Err() == nil {
			w.t.Errorf("the timer stopped: %v", err)
		}
	})
	w.proc = p
}

// sessions are those of browsers; there are none.
type sessions struct{}

func (sessions) Sweep(context.Context) error { return nil }

// crash ends the process in the middle of what it does.
func (w *world) crash() {
	w.t.Helper()
	p := w.proc
	if p == nil {
		return
	}
	w.proc = nil
	p.ended.Store(true)
	w.sends.died(p.asked.Load())
	_ = p.DB.DB().Close() // first: from here on it writes nothing
	p.cancel()
	p.Crash(w.t)
	p.work.Wait()
}

// stop ends the process as a shutdown does.
func (w *world) stop() {
	w.t.Helper()
	p := w.proc
	if p == nil {
		return
	}
	w.proc = nil
	p.ended.Store(true)
	p.cancel()
	p.Close(w.t)
	p.work.Wait()
	if err := p.DB.Close(); err != nil {
		w.t.Error(err)
	}
}

func (w *world) end() {
	w.t.Helper()
	w.stop()
}

// ask has the process do what a person wants, and does not wait for it. Errors that a person is not told in words are failures.
func (w *world) ask(f func(ctx context.Context, p *process) error) <-chan error {
	w.up()
	p := w.proc
	p.asked.Add(1)
	done := make(chan error, 1)
	p.work.Go(func() {
		defer p.asked.Add(-1)
		err := f(p.ctx, p)
		if err != nil && !p.ended.Load() && apperr.As(store.MapError(err)) == nil {
			w.t.Errorf("an error without words for people: %v", err)
		}
		done <- err
	})
	return done
}

// await is ask and the answer.
func (w *world) await(f func(ctx context.Context, p *process) error) error {
	w.t.Helper()
	done := w.ask(f)
	for deadline := time.Now().Add(time.Minute); ; {
		select {
		case err := <-done:
			return err
		default:
		}
		if time.Now().After(deadline) {
			w.t.Fatal("no answer within a minute of real time")
		}
		w.step(w.line.Now().Add(time.Minute))
	}
}

// step lets the process work until it waits, and then the time go on to what it waits for, but not beyond until: then it
// reports false.
func (w *world) step(until time.Time) bool {
	w.t.Helper()
	w.quiet()
	var more bool
	if w.assigning() {
		more = w.line.Step(until)
	} else { // nothing is due that they would find who look for it every second
		more = w.line.StepOver(until, time.Second)
	}
	if !more {
		w.quiet()
	}
	return more
}

// pass lets time go by: step by step while there is something to do, else in greater ones, for which the timers of an idle
// process ring as often as they matter.
func (w *world) pass(d time.Duration) {
	w.t.Helper()
	until := w.line.Now().Add(d)
	for w.line.Now().Before(until) {
		if w.proc != nil && !w.idle() {
			w.step(until)
			continue
		}
		minute := w.line.Now().Truncate(time.Minute).Add(time.Minute)
		if minute.After(until) {
			minute = until
		}
		w.turn(minute.Sub(w.line.Now()))
	}
}

// turn lets up to a minute pass at once and the timer take its turn, if one was due: its scheduler hands work through so many
// goroutines that nothing seems to move in between.
func (w *world) turn(d time.Duration) {
	w.t.Helper()
	if w.proc == nil {
		w.line.Skip(d)
		return
	}
	before := w.proc.turns.Load()
	w.line.Skip(d)
	limit := time.Millisecond
	if d == time.Minute {
		limit = 20 * time.Millisecond
	}
	for begun := time.Now(); w.proc.turns.Load() == before && time.Since(begun) < limit; {
		time.Sleep(50 * time.Microsecond)
	}
	w.quiet()
}

// untilIdle lets time go by until nothing is left to do.
func (w *world) untilIdle() {
	w.t.Helper()
	for until := w.line.Now().Add(3 * time.Hour); !w.idle(); {
		if !w.step(until) {
			w.t.Fatalf("after 3 hours without faults there is still something to do:\n%s", w.runs())
		}
	}
}

// idle tells whether no run is going on and nobody waits for an answer, of ours or of Apple's.
func (w *world) idle() bool {
	w.t.Helper()
	w.quiet()
	if w.proc.asked.Load() > 0 || w.carrier.going.Load() > 0 || w.assigning() {
		return false
	}
	going, err := w.proc.DB.Reader().SyncRun.Query().Where(syncrun.StatusEQ(syncrun.StatusRunning)).Exist(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return !going
}

// assigning tells whether something is to be worked out, or to be told to Apple, at once. What does not move for half a minute waits for
// something else, such as a pause that Apple asked for.
func (w *world) assigning() bool {
	w.t.Helper()
	if w.proc == nil {
		return false
	}
	now := w.ours.Now()
	if w.options.LeaseClock != nil {
		now, _ = w.options.LeaseClock(context.Background())
	}
	db := w.proc.DB.Reader()
	jobs, err := db.AssignmentJob.Query().Exist(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	if jobs {
		return true
	}
	tokens, err := db.ABMToken.Query().Where(abmtoken.AssignmentModeEQ(abmtoken.AssignmentModeEnforce),
		abmtoken.StateIn(abmtoken.StateActive, abmtoken.StateExpiring)).IDs(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	due, err := db.AssignmentItem.Query().Where(assignmentitem.DueAtLTE(now.Add(time.Second).UTC()), assignmentitem.AbmTokenIDIn(tokens...),
		assignmentitem.HasDeviceWith(device.RemovedAtIsNil(), device.AbmTokenIDIn(tokens...))).Exist(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	if requests := w.carrier.asked.Load(); !due || requests != w.asked {
		w.asked, w.idled = requests, 0
		return due
	}
	w.idled++
	return w.idled < 30
}

// settled is how long nothing may move until we believe that everybody waits. To be wrong is no mistake: time then passes
// while the process works, as it does.
const settled = 150 * time.Microsecond

// quiet waits until the process waits for time to pass.
func (w *world) quiet() {
	w.t.Helper()
	begun := time.Now()
	calls, since := w.line.Calls(), begun
	for {
		if w.busy() {
			time.Sleep(20 * time.Microsecond)
			since = time.Now()
		} else {
			runtime.Gosched()
		}
		now := time.Now()
		if n := w.line.Calls(); n != calls {
			calls, since = n, now
		}
		if now.Sub(since) > settled {
			return
		}
		if now.Sub(begun) > time.Minute {
			stacks := make([]byte, 1<<20)
			w.t.Fatalf("the process has been busy for a minute:\n%s", stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// busy tells whether the database or Apple is at work for the process.
func (w *world) busy() bool {
	if w.carrier.going.Load() > int64(w.theirs.Waiting()) {
		return true
	}
	return w.proc != nil && w.proc.DB.DB().Stats().InUse+w.proc.DB.ReaderDB().Stats().InUse > 0
}

// carrier takes requests to Apple, and gives them up in virtual time as the client's own transport does in real time.
type carrier struct {
	transport *http.Transport
	clock     *virtualtime.Clock
	sends     *sends
	going     atomic.Int64 // requests
	asked     atomic.Int64 // requests so far
}

const patience = time.Minute

type tooLate struct{ error }

func (tooLate) Timeout() bool { return true }

var errTooLate = tooLate{errors.New("no answer in time")}

// RoundTrip implements http.RoundTripper.
func (c *carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	return c.sends.carry(r, c.carry)
}

func (c *carrier) carry(r *http.Request) (*http.Response, error) {
	c.going.Add(1)
	c.asked.Add(1)
	ctx, cancel := context.WithCancelCause(r.Context())
	timer := c.clock.AfterFunc(patience, func() { cancel(errTooLate) })
	end := sync.OnceFunc(func() {
		timer.Stop()
		cancel(nil)
		c.going.Add(-1)
	})
	res, err := c.transport.RoundTrip(r.WithContext(ctx))
	if err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, errTooLate) {
			err = cause
		}
		end()
		return nil, err
	}
	res.Body = body{res.Body, ctx, end}
	return res, nil
}

// body is an answer's that is not read to its end yet.
type body struct {
	io.ReadCloser
	ctx context.Context
	end func()
}

func (b body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if cause := context.Cause(b.ctx); err != nil && errors.Is(cause, errTooLate) {
		err = cause
	}
	return n, err
}

func (b body) Close() error {
	defer b.end()
	return b.ReadCloser.Close()
}

// memory keeps the end of what the process logs.
type memory struct {
	mu    sync.Mutex
	lines []string
}

func (m *memory) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lines = append(m.lines, string(bytes.TrimSpace(p)))
	if n := len(m.lines); n > 400 {
		m.lines = m.lines[n-200:]
	}
	return len(p), nil
}

func (m *memory) tail() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Join(m.lines[max(0, len(m.lines)-60):], "\n")
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }
