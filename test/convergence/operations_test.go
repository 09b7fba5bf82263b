package convergence_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/simabm"
)

// operation is one kind of thing that happens. do lets it happen, draws what it leaves open from r, and says what it was. What it
// draws and says must follow from the seed and from what operations did at Apple, never from how far the process has got.
type operation struct {
	name   string
	weight int
	always bool // in every schedule
	do     func(w *world, r *rand.Rand) string
}

// operations are all that can happen. To add one, add a line.
var operations = []operation{
	{"time passes", 12, true, passTime},
	{"a moment passes", 14, true, passSteps},
	{"days pass", 2, false, passDays},
	{"the machine sleeps", 2, false, sleep},

	{"devices bought", 3, false, buy},
	{"devices added", 8, true, add},
	{"devices removed", 6, false, remove},
	{"devices moved", 6, false, move},
	{"devices moved to and fro", 5, false, toAndFro},
	{"devices assigned again", 2, false, assignAgain},
	{"devices changed", 8, false, modify},
	{"devices switched on", 1, false, activate},
	{"devices released", 2, false, release},
	{"a device replaced", 2, false, replace},
	{"one device, many events", 5, false, flutter},
	{"default server", 1, false, defaultServer},
	{"server renamed", 1, false, rename},

	{"faults begin", 8, false, faults},
	{"faults end", 4, false, noFaults},
	{"terms withdrawn", 1, false, terms},
	{"access denied", 1, false, deny},
	{"token revoked", 1, false, revoke},

	{"sync now", 8, true, syncNow},
	{"sync now, all", 3, false, syncAll},
	{"cancel", 3, false, cancel},
	{"check token", 2, false, check},
	{"renew", 2, false, renew},
	{"held removals confirmed", 2, false, confirm},

	{"profile made", 6, true, makeProfile},
	{"profile edited", 8, false, editProfile},
	{"profile published", 2, false, publishProfile},
	{"profile deleted", 2, false, deleteProfile},
	{"default set", 12, true, setDefault},
	{"group made", 8, false, makeGroup},
	{"group changed", 12, false, changeGroup},
	{"group deleted", 2, false, deleteGroup},
	{"devices' own profile", 8, false, assign},
	{"no own profile", 6, false, unassign},
	{"batch undone", 4, false, undo},
	{"mode", 4, false, setMode},
	{"another MDM's profile", 5, false, foreign},
	{"profiles dropped at Apple", 5, false, drop},

	{"crash", 6, false, crash},
	{"restart", 3, false, restart},
	{"clock set", 3, false, setClock},
	{"clock right", 2, false, clockRight},
}

func init() {
	if !slices.ContainsFunc(operations, func(o operation) bool { return o.always }) {
		panic("no operation is always there")
	}
}

// Time.

func passTime(w *world, r *rand.Rand) string {
	w.up()
	d := time.Duration(1+r.IntN(720)) * time.Second
	w.pass(d)
	return d.String()
}

// passSteps goes on by a few timers only: what comes next happens in the middle of what goes on.
func passSteps(w *world, r *rand.Rand) string {
	w.up()
	n := 1 + r.IntN(25)
	until := w.line.Now().Add(time.Minute)
	for range n {
		w.step(until)
	}
	return fmt.Sprintf("%d steps", n)
}

// passDays lets sync positions grow old: a few days at once, with a moment of work between them.
func passDays(w *world, r *rand.Rand) string {
	w.up()
	n := 1 + r.IntN(3)
	d := time.Duration(1+r.IntN(100)) * time.Hour
	for range n {
		w.sends.leapt()
		w.line.Skip(d)
		w.pass(time.Minute)
	}
	return fmt.Sprintf("%d times %s", n, d)
}

// sleep stops the machine in the middle of what goes on: leases lapse, sessions end.
func sleep(w *world, r *rand.Rand) string {
	w.up()
	d := time.Duration(1+r.IntN(600)) * time.Second
	w.line.Skip(d)
	return d.String()
}

// Churn at Apple.

func (w *world) serials(tok *token) []string {
	list := tok.server.Inventory()
	serials := make([]string, len(list))
	for i, d := range list {
		serials[i] = d.SerialNumber
	}
	return serials
}

// some draws devices of a token: few mostly, sometimes up to all.
func (w *world) some(r *rand.Rand, tok *token) []string {
	serials := w.serials(tok)
	r.Shuffle(len(serials), func(i, j int) { serials[i], serials[j] = serials[j], serials[i] })
	n := 1 + r.IntN(8)
	if r.IntN(5) == 0 {
		n = r.IntN(len(serials) + 1)
	}
	return serials[:min(n, len(serials))]
}

func (w *world) any(r *rand.Rand) (int, *token) {
	i := r.IntN(len(w.tokens))
	return i, w.tokens[i]
}

func buy(w *world, r *rand.Rand) string {
	n := 1 + r.IntN(60)
	w.sends.touches(w.sim.AddDevices(n)...)
	return fmt.Sprint(n)
}

func add(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	n := 1 + r.IntN(60)
	serials, err := w.sim.AssignCount(tok.server.ID(), n) // the oldest first, so those too that were removed
	w.must(serials, err)
	w.sends.touches(serials...)
	return fmt.Sprintf("%d to server %d", len(serials), i)
}

func remove(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials := w.some(r, tok)
	w.must(nil, w.sim.Unassign(serials...))
	w.sends.touches(serials...)
	return fmt.Sprintf("%d from server %d %s", len(serials), i, few(serials))
}

func move(w *world, r *rand.Rand) string {
	i, from := w.any(r)
	j, to := w.any(r)
	serials := w.some(r, from)
	w.must(nil, w.sim.Assign(to.server.ID(), serials...))
	w.sends.touches(serials...)
	return fmt.Sprintf("%d from server %d to %d %s", len(serials), i, j, few(serials))
}

// toAndFro moves devices away and back: the other server's stream tells of both, on pages of their own where there are many, and
// perhaps only after the first server's told that they are back.
func toAndFro(w *world, r *rand.Rand) string {
	i, from := w.any(r)
	j := (i + 1 + r.IntN(len(w.tokens)-1)) % len(w.tokens)
	serials := w.some(r, from)
	w.must(nil, w.sim.Assign(w.tokens[j].server.ID(), serials...))
	w.must(nil, w.sim.Assign(from.server.ID(), serials...))
	w.sends.touches(serials...)
	w.sends.touches(serials...)
	return fmt.Sprintf("%d of server %d to %d and back %s", len(serials), i, j, few(serials))
}

func assignAgain(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials := w.some(r, tok)
	w.must(nil, w.sim.Assign(tok.server.ID(), serials...))
	w.sends.touches(serials...)
	return fmt.Sprintf("%d to server %d %s", len(serials), i, few(serials))
}

// texts that somebody might write, or that break what builds statements and documents from them.
var texts = []string{"", "A-17", "Größe \"L\"", `back\slash`, "{a,b}", "NULL", "日本語", "tab\there", "it's; DROP TABLE devices", strings.Repeat("long ", 60), "  spaces  "}

// changes are of all that can change of a device.
var changes = []struct {
	field string
	set   func(d *simabm.Device, r *rand.Rand)
}{
	{"model", func(d *simabm.Device, r *rand.Rand) { d.Model = pick(r, texts...) }},
	{"description", func(d *simabm.Device, r *rand.Rand) { d.Description = pick(r, texts...) }},
	{"color", func(d *simabm.Device, r *rand.Rand) { d.Color = pick(r, texts...) }},
	{"asset_tag", func(d *simabm.Device, r *rand.Rand) { d.AssetTag = pick(r, texts...) }},
	{"device_family", func(d *simabm.Device, r *rand.Rand) {
		d.DeviceFamily = pick(r, "iPhone", "iPad", "iPod", "Mac", "AppleTV", "Vision", "Watch", "HomePod", "")
	}},
	{"os", func(d *simabm.Device, r *rand.Rand) {
		d.OS = pick(r, "iOS", "iPadOS", "OSX", "macOS", "tvOS", "visionOS", "homeOS", "")
	}},
	{"profile_status", func(d *simabm.Device, r *rand.Rand) {
		d.ProfileStatus = pick(r, "empty", "assigned", "pushed", "removed", "on_hold")
	}},
	{"profile_uuid", func(d *simabm.Device, r *rand.Rand) { d.ProfileUUID = pick(r, "", fmt.Sprintf("%032X", r.Uint64())) }},
	{"profile_assign_time", func(d *simabm.Device, r *rand.Rand) { d.ProfileAssignTime = someTime(r) }},
	{"profile_push_time", func(d *simabm.Device, r *rand.Rand) { d.ProfilePushTime = someTime(r) }},
	{"device_assigned_by", func(d *simabm.Device, r *rand.Rand) { d.DeviceAssignedBy = pick(r, texts...) }},
	{"mdm_migration_deadline", func(d *simabm.Device, r *rand.Rand) { d.MDMMigrationDeadline = someTime(r) }},
	{"nothing", func(*simabm.Device, *rand.Rand) {}},
}

func someTime(r *rand.Rand) time.Time {
	if r.IntN(4) == 0 {
		return time.Time{}
	}
	return time.Unix(1_700_000_000+r.Int64N(200_000_000), 0).UTC()
}

func modify(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials := w.some(r, tok)
	change := pick(r, changes...)
	w.modify(serials, func(d *simabm.Device) { change.set(d, r) })
	return fmt.Sprintf("%s of %d of server %d %s", change.field, len(serials), i, few(serials))
}

func (w *world) modify(serials []string, change func(*simabm.Device)) {
	for _, serial := range serials {
		w.must(nil, w.sim.Modify(serial, change))
	}
	w.sends.touches(serials...)
}

func activate(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials := w.some(r, tok)
	w.must(nil, w.sim.Activate(serials...))
	w.sends.touches(serials...)
	return fmt.Sprintf("%d of server %d", len(serials), i)
}

func release(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials := w.some(r, tok)
	w.must(nil, w.sim.Release(serials...))
	w.sends.touches(serials...)
	return fmt.Sprintf("%d of server %d %s", len(serials), i, few(serials))
}

func replace(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials := w.serials(tok)
	if len(serials) == 0 {
		return "none is there"
	}
	was := pick(r, serials...)
	is, err := w.sim.Replace(was)
	w.must(is, err)
	w.sends.touches(was, is)
	return fmt.Sprintf("%s of server %d by %s", was, i, is)
}

// flutter makes several events for one device, so that one page holds them.
func flutter(w *world, r *rand.Rand) string {
	_, tok := w.any(r)
	serials := w.serials(tok)
	if len(serials) == 0 {
		return "none is there"
	}
	serial := pick(r, serials...)
	var did []string
	for range 2 + r.IntN(7) {
		w.sends.touches(serial)
		switch r.IntN(4) {
		case 0:
			w.must(nil, w.sim.Unassign(serial))
			did = append(did, "removed")
		case 1:
			j, to := w.any(r)
			w.must(nil, w.sim.Assign(to.server.ID(), serial))
			did = append(did, fmt.Sprintf("to %d", j))
		default:
			change := pick(r, changes...)
			w.must(nil, w.sim.Modify(serial, func(d *simabm.Device) { change.set(d, r) }))
			did = append(did, change.field)
		}
	}
	return serial + " " + strings.Join(did, ", ")
}

func defaultServer(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	id := pick(r, tok.server.ID(), "")
	family := pick(r, "iPhone", "iPad", "Mac")
	w.must(nil, w.sim.SetDefaultServer(family, id))
	return fmt.Sprintf("of %s: %d, or none: %v", family, i, id == "")
}

func rename(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	name := fmt.Sprintf("renamed %d %d", i, r.IntN(1000))
	w.must(nil, tok.server.Rename(name))
	return name
}

// Faults of Apple.

// Faults that let Apple say what is not so: no event will ever mend it.
var lies = []simabm.FaultKind{simabm.FaultMissedEvents, simabm.FaultUnknownFields, simabm.FaultUnknownValues}

// Faults that speak of single devices in the answer to an assignment.
var perDevice = []simabm.FaultKind{simabm.FaultAssignThrottled, simabm.FaultAssignFailed, simabm.FaultAssignMissing}

func faults(w *world, r *rand.Rand) string {
	if len(w.kinds) == 0 {
		return "none in this schedule"
	}
	list := make([]simabm.Fault, 1+r.IntN(4))
	said := make([]string, len(list))
	for i := range list {
		f := simabm.Fault{Kind: pick(r, w.kinds...), After: r.IntN(4), Every: r.IntN(4), Times: 1 + r.IntN(8), RetryAfterSeconds: r.IntN(180),
			RetryAfterDate: r.IntN(2) == 0, DelayMS: r.IntN(90_000), Devices: r.IntN(101)}
		if r.IntN(3) > 0 {
			f.Probability = 0.1 + 0.8*r.Float64()
		}
		if r.IntN(3) == 0 && f.Kind != simabm.FaultRepeatedPage { // which would go on for a hundred thousand pages
			f.Times = 0
		}
		if r.IntN(3) > 0 {
			f.Endpoints = []string{pick(r, "/session", "/account", "/server/devices", "/devices/sync", "/profile", "/profile/devices", "/profile/devices", "/devices")}
		}
		if slices.Contains(perDevice, f.Kind) { // long enough to be seen, on the one call that they are about
			f.Endpoints, f.RetryAfterSeconds, f.Times, f.Every, f.After = nil, r.IntN(2)*r.IntN(4*60*60), r.IntN(3)*r.IntN(4), 0, 0
		}
		w.lied = w.lied || slices.Contains(lies, f.Kind)
		w.misled = w.misled || f.Kind == simabm.FaultExhaustedCursor
		list[i] = f
		said[i] = fmt.Sprintf("%s%v after %d every %d times %d p %.1f", f.Kind, f.Endpoints, f.After, f.Every, f.Times, f.Probability)
	}
	w.must(nil, w.sim.SetFaults(list))
	return strings.Join(said, "; ")
}

func noFaults(w *world, _ *rand.Rand) string {
	w.must(nil, w.sim.SetFaults(nil))
	return ""
}

func terms(w *world, r *rand.Rand) string {
	accepted := r.IntN(3) == 0
	w.sim.SetTermsAccepted(accepted)
	return fmt.Sprintf("accepted %v", accepted)
}

func deny(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	denied := r.IntN(3) > 0
	tok.server.SetAccessDenied(denied)
	return fmt.Sprintf("server %d: %v", i, denied)
}

func revoke(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	tok.broken = true
	if expire := r.IntN(3) == 0; expire {
		tok.server.ExpireToken()
		return fmt.Sprintf("server %d, by its end", i)
	}
	tok.server.RevokeToken()
	return fmt.Sprintf("server %d", i)
}

// What people ask for. Nobody waits for the answers: they come while other things happen.

func syncNow(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	full := r.IntN(3) == 0
	w.startSync(tok, full)
	return fmt.Sprintf("server %d, full %v", i, full)
}

func (w *world) startSync(tok *token, full bool) {
	w.ask(func(ctx context.Context, p *process) error {
		_, _, err := p.Syncs.Start(ctx, tok.id, full, syncrun.TriggerManual)
		return err
	})
}

func syncAll(w *world, r *rand.Rand) string {
	full := r.IntN(3) == 0
	for _, tok := range w.tokens {
		w.startSync(tok, full)
	}
	return fmt.Sprintf("full %v", full)
}

func cancel(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	w.ask(func(ctx context.Context, p *process) error {
		run, err := p.DB.Reader().SyncRun.Query().Where(syncrun.AbmTokenID(tok.id)).Order(syncrun.ByID(desc)).First(ctx)
		if err != nil {
			return err
		}
		_, err = p.Syncs.Cancel(ctx, run.ID) // it may have ended
		return err
	})
	return fmt.Sprintf("server %d", i)
}

func check(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	w.ask(func(ctx context.Context, p *process) error { return p.Tokens.Check(ctx, tok.id) })
	return fmt.Sprintf("server %d", i)
}

func confirm(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	w.ask(func(ctx context.Context, p *process) error { return p.confirm(ctx, tok) })
	return fmt.Sprintf("server %d", i)
}

// confirm lets the removals happen that are held, if there are any.
func (p *process) confirm(ctx context.Context, tok *token) error {
	t, err := p.DB.Reader().ABMToken.Get(ctx, tok.id)
	if err != nil {
		return err
	}
	_, err = p.Syncs.ConfirmRemovals(ctx, tok.id, t.HeldRemovals)
	return err
}

// renew makes a new token at Apple, which ends the one in use, and uploads it, if it is whole.
func renew(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	quirk := pick(r, simabm.TokenQuirks()...)
	newKey := r.IntN(4) == 0 // takes a quarter of a second
	tok.broken = true        // until it is seen to work
	w.up()
	if newKey {
		w.newKey(tok)
	}
	w.ask(func(ctx context.Context, p *process) error { return p.upload(ctx, tok, quirk) })
	return fmt.Sprintf("server %d, quirk %q, new key %v", i, quirk, newKey)
}

// newKey begins a renewal with another key pair. It waits for nothing but the processor.
func (w *world) newKey(tok *token) {
	w.t.Helper()
	t, err := w.proc.Tokens.Renew(w.proc.ctx, tok.id)
	if err != nil {
		w.t.Fatal(err)
	}
	w.must(nil, tok.server.ReplaceCertificate([]byte(t.StagedCertificate)))
}

func (p *process) upload(ctx context.Context, tok *token, quirk simabm.TokenQuirk) error {
	file, _, err := tok.server.DownloadTokenAs(quirk)
	if err != nil {
		return err
	}
	_, err = p.Tokens.Upload(ctx, tok.id, file, true)
	return err
}

// The process and its clock.

// crash ends the process at a moment that nobody chose: not even the seed.
func crash(w *world, r *rand.Rand) string {
	w.up()
	for range r.IntN(4) {
		w.line.Step(w.line.Now().Add(time.Minute))
	}
	for wait, begun := time.Duration(r.IntN(3000))*time.Microsecond, time.Now(); time.Since(begun) < wait; {
		runtime.Gosched()
	}
	w.crash()
	down := w.rest(r)
	return "down for " + down.String()
}

func restart(w *world, r *rand.Rand) string {
	w.up()
	w.stop()
	down := w.rest(r)
	return "down for " + down.String()
}

// rest is the time until the next process; its configuration may be another.
func (w *world) rest(r *rand.Rand) time.Duration {
	down := pick(r, 0, 0, time.Second, 20*time.Second, time.Hour)
	w.line.Skip(down)
	if r.IntN(2) == 0 {
		w.options.PageSize = w.pageSize(r)
	}
	return down
}

func setClock(w *world, r *rand.Rand) string {
	unit := pick(r, time.Second, time.Minute, time.Minute, time.Hour, 24*time.Hour, 400*24*time.Hour)
	off := unit * time.Duration(1+r.IntN(12))
	if unit > 24*time.Hour {
		off = unit
	}
	if r.IntN(2) == 0 {
		off = -off
	}
	w.setOurs(off)
	w.wrong = true
	w.far = w.far || off > 10*24*time.Hour
	return off.String()
}

func (w *world) setOurs(off time.Duration) {
	w.ours.Set(off)
	w.sends.leapt()
}

func clockRight(w *world, _ *rand.Rand) string {
	w.setOurs(0)
	return ""
}

func few(serials []string) string {
	if len(serials) > 6 {
		return ""
	}
	return strings.Join(serials, " ")
}
