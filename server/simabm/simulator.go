package simabm

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// DefaultOrganization is the name of the organization a simulator starts with, unless told otherwise.
const DefaultOrganization = "Example Org"

// maxDevices bounds the fleet: device numbers are 32 bits wide, and a simulation beyond this is a typing error.
const maxDevices = 10_000_000

// Errors of the control interface. They come wrapped with the name or serial number concerned.
var (
	ErrUnknownServer       = errors.New("no such MDM server")
	ErrUnknownOrganization = errors.New("no such organization")
	ErrUnknownDevice       = errors.New("no such device in the organization")
	ErrNameTaken           = errors.New("the name is taken")
	ErrNameRequired        = errors.New("a name is required")
	ErrCertificate         = errors.New("the file is not a PEM certificate with an RSA key of at least 2048 bits")
	ErrTooManyDevices      = fmt.Errorf("a simulated organization has room for at most %d devices", maxDevices)
)

// Options configure a Simulator. The zero value is useful: an empty organization on the real clock.
type Options struct {
	Organization string          // name of the first organization; "" = DefaultOrganization
	Clock        clockwork.Clock // time of tokens, sessions, cursors and waits; nil = the real clock
	Seed         uint64          // same seed and same calls, same fleet
	Devices      int             // unassigned devices of the first organization
	Latency      time.Duration   // added to every answer of the service, never to the portal
	Faults       []Fault         // see Fault
	SessionTTL   time.Duration   // idle life of a session; 0 = 3 minutes
	Logger       *slog.Logger    // nil = silent
}

// Simulator stands for Apple's device assignment service and for the portal business.apple.com. All methods may be
// called at the same time from several goroutines. It starts no goroutines and needs no closing.
type Simulator struct {
	clock   clockwork.Clock
	log     *slog.Logger
	latency time.Duration
	faults  *faultEngine
	cursors cursorSealer
	gate    *gate
	stats   stats
	buffers sync.Pool // *[]byte: answers of device pages
	pages   *template.Template

	mu      sync.RWMutex // guards everything below and the contents of organizations and servers
	fleet   *fleet
	orgs    []*Organization
	servers []*Server // a server's number is its place here plus one; servers are never deleted
	opTime  uint32    // time of the newest operation, see nextOpTime
}

// New makes a simulator. It fails on faults that cannot be understood and on more devices than it has room for.
func New(o Options) (*Simulator, error) {
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.SessionTTL <= 0 {
		o.SessionTTL = 3 * time.Minute
	}
	if o.Devices < 0 {
		return nil, fmt.Errorf("the number of devices must not be negative: %d", o.Devices)
	}
	engine, err := newFaultEngine(o.Seed, o.Faults)
	if err != nil {
		return nil, err
	}
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	s := &Simulator{
		pages:   pages,
		clock:   o.Clock,
		log:     o.Logger,
		latency: o.Latency,
		faults:  engine,
		cursors: newCursorSealer(),
		gate:    newGate(o.SessionTTL),
		stats:   stats{requests: map[string]int{}},
		fleet:   newFleet(o.Seed),
		buffers: sync.Pool{New: func() any { b := make([]byte, 0, 64<<10); return &b }},
	}
	org, err := s.AddOrganization(cmp.Or(o.Organization, DefaultOrganization))
	if err != nil {
		return nil, err
	}
	if _, err := org.AddDevices(o.Devices); err != nil {
		return nil, err
	}
	return s, nil
}

// Handler answers "/portal/..." with the portal and every other path as Apple's service. It may be mounted below any
// path prefix with http.StripPrefix: the portal uses relative links only, and the OAuth signature is checked against
// the URL the client asked for (see verifyOAuth).
func (s *Simulator) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/portal/", s.portalHandler())
	mux.HandleFunc("/portal", redirectTo("portal/"))
	mux.HandleFunc("GET /{$}", redirectTo("portal/"))
	mux.HandleFunc("/", s.serveService)
	return mux
}

// redirectTo answers with a relative Location, which stays right below a stripped prefix; http.Redirect would make it
// absolute from the stripped path.
func redirectTo(location string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusSeeOther)
	}
}

// SetFaults replaces all faults, with their counters at zero. On an error the old ones stay.
func (s *Simulator) SetFaults(faults []Fault) error { return s.faults.set(faults) }

// Requests counts the requests to the service since the start, by "METHOD /path". Paths that Apple does not have are
// counted together as "other".
func (s *Simulator) Requests() map[string]int { return s.stats.snapshot() }

// now is the simulator's time in whole seconds, the resolution of Apple's timestamps.
func (s *Simulator) now() uint32 { return uint32(s.clock.Now().Unix()) }

// nextOpTime gives the time of an operation on a device. Apple's timestamps have whole seconds and clients order a
// device's events by them, so two operations on one device never share a second: the second one is dated one second
// later. Operation times never go back, hence every stream is ordered by time. Callers hold mu.
func (s *Simulator) nextOpTime(r *record) uint32 {
	s.opTime = max(s.opTime, s.now())
	if r.lastOp >= s.opTime {
		s.opTime = r.lastOp + 1
	}
	r.lastOp = s.opTime
	return s.opTime
}

// randomBytes returns n random bytes from the system's source.
func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails, as documented by crypto/rand
	return b
}

// stats counts requests.
type stats struct {
	mu       sync.Mutex
	requests map[string]int
}

func (c *stats) count(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests[key]++
}

func (c *stats) snapshot() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[string]int, len(c.requests))
	for k, v := range c.requests {
		out[k] = v
	}
	return out
}
