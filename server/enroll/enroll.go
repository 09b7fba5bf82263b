// Package enroll answers devices that ask for their enrollment profile: /enroll/ade/{key}.
//
// A request passes from the cheap to the dear: the address's allowance, the key, the signature (server/machineinfo), the device's allowance, the
// device and its profile, the version of its system, the push certificate. What is wrong is refused with a code of its own (refusal.go). Nothing
// is written before the last of them but a bounded record of the refusal.
//
// Files: handler.go speaks HTTP, decide.go decides, lookup.go asks Apple about a device that is not known, minimum.go compares versions,
// mobileconfig.go writes the profile, signing.go keeps what signs it.
//
// docs/operations/enrollment.md lists the refusals, docs/adr/0016-enrollment-trust.md says what is believed, and why.
package enroll

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

// Tokens gives access to Apple in the name of an ABM token, and takes what comes of it as evidence of the token's state.
type Tokens interface {
	Connect(ctx context.Context, id gid.ID) (conn *abm.Token, credentialsVersion int, err error)
	Observe(ctx context.Context, id gid.ID, credentialsVersion int, outcome error) error
}

// Assignments knows the rules.
type Assignments interface {
	// Wanted is the profile that the rules give to a device; nil when they give none that was published.
	Wanted(ctx context.Context, device gid.ID) (*ent.ADEProfile, error)
	Begin(ctx context.Context, tx *store.Tx) (rules bool, err error)
	Evaluate(ctx context.Context, tx *store.Tx, devices []gid.ID) error
}

// PublicURL is the address by which devices reach this installation.
type PublicURL interface {
	Current(ctx context.Context) (string, error) // "": none that can be used
}

// Identity makes the passwords with which devices get their identity.
type Identity interface {
	// Challenge makes a password that the device may use once, and stores its hash in tx.
	Challenge(ctx context.Context, tx *store.Tx, device gid.ID, udid string) (string, error)
}

// Push knows the MDM push certificate.
type Push interface {
	// Topic is that of the valid push certificate. Errors: PushCertificateMissing, PushCertificateExpired.
	Topic(ctx context.Context) (string, error)
}

// Enrollments keep how far devices have come.
type Enrollments interface {
	ProfileFetched(ctx context.Context, tx *store.Tx, f Fetched) error
}

// Others are the MDM servers beside ours.
type Others interface {
	// EnrollmentProfile is that server's for a device whose machine information was verified; name is how the server is called. Errors: those of package
	// othermdm.
	EnrollmentProfile(ctx context.Context, id gid.ID, machineInfo []byte) (profile []byte, name string, err error)
}

// Fetched is a device that got its enrollment profile.
type Fetched struct {
	Device, Registration                   gid.ID
	UDID, Product, OSVersion, BuildVersion string
	BelowMinimumOS                         bool
	Of                                     gid.ID // the other MDM server whose profile it got; 0: it got ours
	OfName                                 string
	At                                     time.Time
}

// Versions knows which versions of an operating system exist for a device.
type Versions interface {
	// AtLeast is the lowest version for one of the devices that is no older than minimum; false when none is known.
	AtLeast(minimum string, now time.Time, devices ...string) (version string, ok bool)
}

// Observer is told what became of requests, for metrics.
type Observer interface {
	// Enrollment says how a request ended: the code of its refusal, or "" for a profile.
	Enrollment(code apperr.Code)
}

// Options configure a Service.
type Options struct {
	Store       *store.Store
	CAs         *deviceca.Service
	Tokens      Tokens
	Assignments Assignments
	URLs        PublicURL
	Box         *secret.Box // seals the signing key
	// Identity, Push and Enrollments are what the profile leads to. Without one of them there is no profile to give.
	Identity    Identity
	Push        Push
	Enrollments Enrollments
	Others      Others   // nil: there are none
	Versions    Versions // nil: none is known
	Observer    Observer // nil: nobody
	// Bus is told of what pages show; nil: nobody is.
	Bus    pubsub.Bus
	Clock  clockwork.Clock
	Logger *slog.Logger
}

// Service answers the requests. It is safe for concurrent use.
type Service struct {
	Options
	limits *limits

	mu           sync.Mutex
	signing      *Signing // of signingValue, the setting
	signingValue string
}

// New makes a Service.
func New(o Options) *Service {
	if o.Observer == nil {
		o.Observer = unobserved{}
	}
	if o.Versions == nil {
		o.Versions = noVersions{}
	}
	return &Service{Options: o, limits: newLimits(o.Clock)}
}

type unobserved struct{}

func (unobserved) Enrollment(apperr.Code) {}

type noVersions struct{}

func (noVersions) AtLeast(string, time.Time, ...string) (string, bool) { return "", false }

// Topic is what Bus is told: a device was refused, or came to be known.
const Topic = "enrollment"

// changed tells Bus. Who misses it looks again before long.
func (s *Service) changed(ctx context.Context) {
	if s.Bus == nil {
		return
	}
	if err := s.Bus.Publish(ctx, Topic); err != nil {
		s.Logger.LogAttrs(ctx, slog.LevelDebug, "nobody was told of an enrollment", slog.Any("error", err))
	}
}

// timeout bounds a request: a few kilobytes from the device, and perhaps a question to Apple.
const timeout = 30 * time.Second

// Routes are the routes of the devices. The body is bounded in the handler, so that one that is too large has its code as any other refusal.
func (s *Service) Routes() []httpd.Route {
	return []httpd.Route{{
		Path: "/enroll/ade/{key}", Methods: []string{http.MethodPost, http.MethodGet}, Handler: http.HandlerFunc(s.serve),
		MaxBody: 1 << 40, Timeout: timeout,
	}}
}
