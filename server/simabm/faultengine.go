package simabm

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// faultEngine decides which faults act on a request.
type faultEngine struct {
	mu    sync.Mutex
	seed  uint64
	armed []*armedFault
}

type armedFault struct {
	Fault
	stage stage
	rng   *rand.Rand
	seen  int // requests it fits
	fired int
}

func newFaultEngine(seed uint64, faults []Fault) (*faultEngine, error) {
	e := &faultEngine{seed: seed}
	return e, e.set(faults)
}

func (e *faultEngine) set(faults []Fault) error {
	if err := checkFaults(faults); err != nil {
		return err
	}
	armed := make([]*armedFault, len(faults))
	for i, f := range faults {
		st, _ := stageOf(f.Kind)
		armed[i] = &armedFault{Fault: f, stage: st, rng: rand.New(rand.NewPCG(e.seed, uint64(i)+1))}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.armed = armed
	return nil
}

// fire returns what acts on this request at this stage, and counts it.
func (e *faultEngine) fire(at stage, name string) effects {
	e.mu.Lock()
	defer e.mu.Unlock()
	var fx effects
	for _, f := range e.armed {
		if f.stage == at && f.fits(name) && f.due() {
			fx.add(f)
		}
	}
	return fx
}

func (f *armedFault) due() bool {
	f.seen++
	n := f.seen - f.After
	switch {
	case n <= 0,
		f.Every > 1 && n%f.Every != 0,
		f.Times > 0 && f.fired >= f.Times,
		f.Probability > 0 && f.rng.Float64() >= f.Probability:
		return false
	}
	f.fired++
	return true
}

// effects is what all faults together do to one request.
type effects struct {
	replace    *Fault // the first fault that replaces the answer
	cursorCode string
	quoted     bool

	delay     time.Duration
	slow      time.Duration
	reset     bool
	resetBody bool
	truncate  bool

	repeatCursor, repeatPage, duplicate       bool
	unknownFields, unknownValues, emptyStatus bool
	longCursor                                bool
	shuffle                                   func(int, func(i, j int))
	miss                                      func() bool // draws for one event of a sync

	assign []assignFault
	forget bool
}

// assignFault changes the result of some devices of an assign request.
type assignFault struct {
	result  string // "" leaves the device out
	percent int
	retry   int // seconds
	rng     *rand.Rand
}

// hits draws for one device.
func (f assignFault) hits() bool { return f.percent == 0 || f.rng.IntN(100) < f.percent }

func (fx *effects) add(f *armedFault) {
	switch f.Kind {
	case FaultReset:
		fx.reset = true
	case FaultResetInBody:
		fx.resetBody = true
	case FaultTruncatedJSON:
		fx.truncate = true
	case FaultSlowBody:
		fx.slow += f.delay()
	case FaultLatency:
		fx.delay += f.delay()
	case FaultInvalidCursor:
		fx.cursorCode = "INVALID_CURSOR"
	case FaultExpiredCursor:
		fx.cursorCode = "EXPIRED_CURSOR"
	case FaultExhaustedCursor:
		fx.cursorCode = "EXHAUSTED_CURSOR"
	case FaultRepeatedCursor:
		fx.repeatCursor = true
	case FaultRepeatedPage:
		fx.repeatPage = true
	case FaultDuplicateEvents:
		fx.duplicate = true
	case FaultReorderedEvents:
		fx.shuffle = f.split().Shuffle
	case FaultMissedEvents:
		rng, percent := f.split(), f.Devices
		fx.miss = func() bool { return percent == 0 || rng.IntN(100) < percent }
	case FaultUnknownFields:
		fx.unknownFields = true
	case FaultUnknownValues:
		fx.unknownValues = true
	case FaultEmptyStatus:
		fx.emptyStatus = true
	case FaultLongCursor:
		fx.longCursor = true
	case FaultQuotedErrors:
		fx.quoted = true
	case FaultAssignThrottled:
		fx.assign = append(fx.assign, assignFault{"THROTTLED", f.Devices, f.RetryAfterSeconds, f.split()})
	case FaultAssignFailed:
		fx.assign = append(fx.assign, assignFault{"FAILED", f.Devices, 0, f.split()})
	case FaultAssignMissing:
		fx.assign = append(fx.assign, assignFault{"", f.Devices, 0, f.split()})
	case FaultProfileUnknown:
		fx.forget = true
	default:
		if fx.replace == nil {
			fx.replace = &f.Fault
		}
	}
}

// split makes a source of randomness for one request, so that requests do not share one.
func (f *armedFault) split() *rand.Rand {
	return rand.New(rand.NewPCG(f.rng.Uint64(), f.rng.Uint64()))
}

const (
	htmlError   = "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>The service is temporarily unavailable</h1></body></html>\n"
	htmlSuccess = "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>We will be back soon.</p></body></html>\n"
)

// answer is the one that replaces Apple's, if a fault does so.
func (fx effects) answer(name string, now time.Time) (answer, bool) {
	if fx.replace == nil {
		return answer{}, false
	}
	f := fx.replace
	html := answer{status: http.StatusInternalServerError, contentType: "text/html;charset=UTF-8", body: []byte(htmlError)}
	var a answer
	switch f.Kind {
	case FaultTooManyRequests:
		a = code(http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
	case FaultUnavailable:
		a = html
		a.status = http.StatusServiceUnavailable
	case FaultServerError:
		return html, true
	case FaultHTMLSuccess:
		html.status, html.body = http.StatusOK, []byte(htmlSuccess)
		return html, true
	case FaultUnauthorized:
		if name == "GET /session" {
			return code(http.StatusUnauthorized, refusedOAuth("token_rejected").body()), true
		}
		return code(http.StatusUnauthorized, "UNAUTHORIZED"), true
	case FaultForbidden:
		return code(http.StatusForbidden, "FORBIDDEN"), true
	case FaultTermsNotSigned:
		return code(http.StatusForbidden, "T_C_NOT_SIGNED"), true
	case FaultAccessDenied:
		return code(http.StatusForbidden, "ACCESS_DENIED"), true
	}
	if f.RetryAfterSeconds > 0 {
		value := strconv.Itoa(f.RetryAfterSeconds)
		if f.RetryAfterDate {
			value = now.Add(time.Duration(f.RetryAfterSeconds) * time.Second).UTC().Format(http.TimeFormat)
		}
		a.header = http.Header{"Retry-After": {value}}
	}
	return a, true
}
