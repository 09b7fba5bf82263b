package convergence_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/test/stack"
	"github.com/guardmdm/guardmdm/test/virtualtime"
)

// sends is every time that Apple was told a profile for a serial number, as the requests show it. No serial number may be told more often
// than its state requires, which is checked in two ways.
//
// Each time by itself (judge), when the request leaves. It must not tell Apple what Apple has already, unless our row cannot know that. After an
// answer that Apple did not carry it out, it must wait: for FAILED and for a serial number that the answer left out an hour, doubled with each
// failure in a row up to a day; for THROTTLED as long as Apple said, whatever the profile is then; for NOT_ACCESSIBLE until Apple lists the device
// again; after a call without an answer a minute. A wait that is cut short has to have one of the few causes that allow it: another decision or
// another state at Apple (not for THROTTLED), a process that died with the answer in its hands, a clock that was set.
//
// All together (tooMany), at the end. What Apple carried out is charged to causes: a serial number is told successfully at most once for each
// change that somebody else made to it at Apple (its arrival is the first), and once for each change of what the rules say of it. Sends that Apple
// did not carry out need no bound of their own: between two of them lies a wait, or one of these causes.
type sends struct {
	t    *testing.T
	sim  *simabm.Simulator
	line *virtualtime.Line

	mu      sync.Mutex
	proc    *process
	life    int // of the process
	clocks  int // times that the clock was set, or that time made a leap
	pages   int // answers that listed devices
	acts    int // that began
	acting  int // that go on
	loose   int // wants of every serial number that could not be looked at
	count   int
	all     map[string][]*send
	touched map[string]int
	wanted  map[string]int
	wants   map[string]stack.Verdict
	observe map[gid.ID]time.Time // since when a token is only observed
	wrong   []string
}

// send is one serial number of one request.
type send struct {
	at                        time.Time // by the line
	life, clocks, pages, acts int
	wanted, loose             int    // as they were
	profile                   string // Apple's identifier; empty: none any more
	before, after             simabm.Device
	server                    string // that it is on at Apple
	word                      string // Apple's; empty: none came
	code                      int    // of the answer; 0: none came
	retry                     time.Duration
	failures                  int // in a row, with this one
}

func newSends(t *testing.T, sim *simabm.Simulator, line *virtualtime.Line) *sends {
	return &sends{t: t, sim: sim, line: line, all: map[string][]*send{}, touched: map[string]int{}, wanted: map[string]int{},
		wants: map[string]stack.Verdict{}, observe: map[gid.ID]time.Time{}}
}

// begins says which process is at work.
func (s *sends) begins(p *process) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.proc = p
	s.life++
}

// died says that the process ended in the middle: what it did last nobody saw.
func (s *sends) died(acts int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loose += int(acts)
}

// leapt says that our clock, or time, went on by a leap.
func (s *sends) leapt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clocks++
}

// touches says that somebody changed devices at Apple.
func (s *sends) touches(serials ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, serial := range serials {
		s.touched[serial]++
	}
}

// deciding carries out what may change the rules, and looks for which devices it did.
func (s *sends) deciding(p *process, do func() error) error {
	s.mu.Lock()
	s.acts++
	s.acting++
	alone := s.acting == 1
	s.mu.Unlock()
	err := do()
	s.look(p, alone)
	return err
}

// look compares what the rules say with what they said when they were asked last. Where several acts went on at the same time, or their
// consequences are still being worked out, something in between may have been missed: then every device is taken to have changed.
func (s *sends) look(p *process, alone bool) {
	db := p.DB.Reader()
	ctx := context.Background()
	rules, err := stack.TryRules(s.t, db)
	var devices []*ent.Device
	if err == nil {
		devices, err = db.Device.Query().All(ctx)
	}
	var tokens []*ent.ABMToken
	if err == nil {
		tokens, err = db.ABMToken.Query().All(ctx)
	}
	waits := true
	if err == nil {
		waits, err = db.AssignmentJob.Query().Exist(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acting--
	if err != nil || waits || !alone || s.acting > 0 {
		s.loose++
	}
	if err != nil {
		return
	}
	for _, d := range devices {
		if v := rules.Of(d); v != s.wants[d.SerialNumber] {
			s.wants[d.SerialNumber] = v
			s.wanted[d.SerialNumber]++
		}
	}
	for _, t := range tokens {
		switch since := s.observe[t.ID]; {
		case !observes(t):
			delete(s.observe, t.ID)
		case since.IsZero():
			s.observe[t.ID] = s.line.Now()
		}
	}
}

func observes(t *ent.ABMToken) bool {
	return t.AssignmentMode != nil && *t.AssignmentMode == abmtoken.AssignmentModeObserve
}

func isFor(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/profile/devices") }

func lists(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, "/server/devices") || strings.HasSuffix(r.URL.Path, "/devices/sync")
}

// carry takes a request to Apple through next, and keeps what it and its answer say.
func (s *sends) carry(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
	if !isFor(r) {
		if lists(r) {
			s.mu.Lock()
			s.pages++
			s.mu.Unlock()
		}
		return next(r)
	}
	copied, err := r.GetBody()
	if err != nil {
		return nil, err
	}
	var asked struct {
		ProfileUUID string   `json:"profile_uuid"`
		Devices     []string `json:"devices"`
	}
	if err := json.NewDecoder(copied).Decode(&asked); err != nil {
		return nil, err
	}
	told := s.leave(plain(asked.ProfileUUID), asked.Devices)
	res, err := next(r)
	var text []byte
	code := 0
	if err == nil {
		var broken error
		text, broken = io.ReadAll(res.Body)
		_ = res.Body.Close()
		res.Body = io.NopCloser(io.MultiReader(bytes.NewReader(text), failing{broken}))
		code = res.StatusCode
		if broken != nil {
			text = nil
		}
	}
	s.arrive(told, code, text)
	return res, err
}

// failing is the end of a body: as it was.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err == nil {
		return 0, io.EOF
	}
	return 0, f.err
}

// leave notes a request that is about to leave.
func (s *sends) leave(profile string, serials []string) map[string]*send {
	s.mu.Lock()
	p := s.proc
	s.mu.Unlock()
	known := s.known(p, serials)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	told := map[string]*send{}
	for _, serial := range serials {
		d, server, _ := s.sim.Device(serial)
		one := &send{at: s.line.Now(), life: s.life, clocks: s.clocks, pages: s.pages, acts: s.acts, wanted: s.wanted[serial], loose: s.loose,
			profile: profile, before: d, server: server}
		earlier := s.all[serial]
		var last *send
		if len(earlier) > 0 {
			last = earlier[len(earlier)-1]
		}
		if wrong := s.judge(last, one, known[serial]); wrong != "" {
			s.wrong = append(s.wrong, fmt.Sprintf("%s at %s, %d times so far: %s\n\tnow  %s\n\tlast %s", serial, one.at.Format(time.DateTime), len(earlier), wrong, one, last))
		}
		s.all[serial] = append(earlier, one)
		told[serial] = one
	}
	return told
}

// arrive notes what came of a request.
func (s *sends) arrive(told map[string]*send, code int, text []byte) {
	var answer struct {
		Devices map[string]string `json:"devices"`
		Retry   int               `json:"retry_after_seconds"`
	}
	read := code == http.StatusOK && json.Unmarshal(text, &answer) == nil
	s.mu.Lock()
	defer s.mu.Unlock()
	for serial, one := range told {
		one.code = code
		one.after, _, _ = s.sim.Device(serial)
		if !read {
			if code < 300 {
				one.code = 0 // none that could be read
			}
			continue
		}
		one.word = answer.Devices[serial]
		if one.word == "" {
			one.word = abm.AssignFailed
		}
		one.retry = 24 * time.Hour
		if answer.Retry > 0 {
			one.retry = time.Duration(answer.Retry) * time.Second
		}
		if one.word == abm.AssignFailed {
			one.failures++
		}
	}
}

// row is what we know of a device.
type row struct {
	uuid, status string
	token        gid.ID
	observed     time.Duration // for how long its token has been only observed
	foreign      bool          // the profile is none of ours
}

// known reads what our rows say; nothing of a process that is being killed.
func (s *sends) known(p *process, serials []string) map[string]row {
	ctx := context.Background()
	rows := map[string]row{}
	list, err := p.DB.Reader().Device.Query().Where(device.SerialNumberIn(serials...)).WithAbmToken().All(ctx)
	if err != nil {
		return rows
	}
	ours, err := p.DB.Reader().ADEProfileRegistration.Query().Where(adeprofileregistration.AppleProfileUUIDNEQ("")).All(ctx)
	if err != nil {
		return rows
	}
	for _, d := range list {
		r := row{uuid: d.AppleProfileUUID, status: d.AppleProfileStatus, token: d.AbmTokenID}
		r.foreign = !slices.ContainsFunc(ours, func(o *ent.ADEProfileRegistration) bool {
			return o.AbmTokenID == d.AbmTokenID && plain(o.AppleProfileUUID) == plain(d.AppleProfileUUID)
		})
		s.mu.Lock()
		if since, is := s.observe[d.AbmTokenID]; is && observes(d.Edges.AbmToken) {
			r.observed = s.line.Now().Sub(since)
		}
		s.mu.Unlock()
		rows[d.SerialNumber] = r
	}
	return rows
}

// plain is an identifier as Apple compares it.
func plain(uuid string) string { return strings.ToUpper(strings.ReplaceAll(uuid, "-", "")) }

// has is the profile that a device has at Apple.
func has(uuid, status string) string {
	if slices.Contains([]string{"", "empty", "removed"}, status) {
		return ""
	}
	return plain(uuid)
}

// patient is how long a request may be on its way after what led to it was decided: its profile is registered before.
const patient = 5 * time.Minute

// judge says what is wrong with a send, after the last one for the same serial number. Callers hold mu.
func (s *sends) judge(last, now *send, known row) string {
	is := has(now.before.ProfileUUID, now.before.ProfileStatus)
	knows := known.token != 0 && has(known.uuid, known.status) == is
	clock := last == nil || last.clocks != now.clocks
	switch {
	case knows && is == now.profile:
		return "Apple has that, and we know it"
	case knows && known.foreign && is != "" && now.profile == "":
		return "another one's profile is taken away"
	case known.observed > patient && !clock:
		return fmt.Sprintf("its token has been only observed for %s", known.observed)
	case last == nil:
		return ""
	case last.word == abm.AssignSuccess && is == now.profile && reflect.DeepEqual(last.after, now.before) && !clock:
		return "Apple has that since the last time, and said so"
	}
	waited := now.at.Sub(last.at) + time.Second
	died := last.life != now.life
	moved := last.server != now.server || !reflect.DeepEqual(last.after, now.before)
	decided := last.profile != now.profile || now.wanted != last.wanted || now.loose != last.loose || s.acting > 0
	switch {
	case clock || last.server != now.server:
	case last.word == abm.AssignThrottled && !died:
		if waited < last.retry {
			return fmt.Sprintf("after %s, but Apple asked for %s", waited, last.retry)
		}
	case last.word == abm.AssignFailed && !died && !moved && !decided:
		now.failures = last.failures
		if wait := min(time.Hour<<min(last.failures-1, 10), 24*time.Hour); waited < wait {
			return fmt.Sprintf("after %s, but failures ask for %s", waited, wait)
		}
	case last.word == abm.AssignNotAccessible && !died && !moved && !decided && now.pages == last.pages:
		return "Apple does not let us touch it, and has not listed it since"
	case last.code == 0 && !died && !decided && waited < time.Minute:
		return fmt.Sprintf("after %s, but of the last time no answer came", waited)
	}
	return ""
}

func (o *send) String() string {
	if o == nil {
		return "never"
	}
	return fmt.Sprintf("%s: %q, was %q %s on %s, answer %d %q, life %d, clock %d, pages %d, acts %d, failures %d", o.at.Format(time.DateTime), o.profile,
		o.before.ProfileUUID, o.before.ProfileStatus, o.server, o.code, o.word, o.life, o.clocks, o.pages, o.acts, o.failures)
}

// tooMany says which serial numbers were told successfully more often than something about them changed.
func (s *sends) tooMany() (wrong []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for serial, list := range s.all {
		succeeded := 0
		for _, one := range list {
			if one.word == abm.AssignSuccess {
				succeeded++
			}
		}
		if causes := s.touched[serial] + s.wanted[serial] + s.loose; succeeded > causes {
			lines := make([]string, len(list))
			for i, one := range list {
				lines[i] = one.String()
			}
			wrong = append(wrong, fmt.Sprintf("%s was told %d times with success: it was touched %d times at Apple, its rules said something else %d times, %d times not seen\n\t%s",
				serial, succeeded, s.touched[serial], s.wanted[serial], s.loose, strings.Join(lines, "\n\t")))
		}
	}
	return append(wrong, s.wrong...)
}

// times is how many requests there were.
func (s *sends) times() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}
