// Package mdm is what devices talk to once they have an identity: check-ins and commands at /mdm (protocol.md 7). NanoMDM's packages
// speak the protocol; where the state goes, what it means for a device, and whom to believe is ours. All that a message leads to,
// the device's row and its history included, is one transaction.
package mdm

import (
	"context"
	"crypto/x509"
	"log/slog"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/micromdm/nanomdm/service"
	"github.com/micromdm/nanomdm/service/certauth"
	"github.com/micromdm/nanomdm/service/nanomdm"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

// Why a message is refused, for logs, metrics and events. Those of package identity come beside them.
const (
	TooLarge        apperr.Code = "MESSAGE_TOO_LARGE"        //
	CutOff          apperr.Code = "MESSAGE_CUT_OFF"          // the body did not come to its end
	Malformed       apperr.Code = "MESSAGE_MALFORMED"        // no XML property list, or not one of the protocol
	TooComplex      apperr.Code = "MESSAGE_TOO_COMPLEX"      // nested too deep, too many elements, entities of its own
	UnknownMessage  apperr.Code = "MESSAGE_UNKNOWN"          // of a type that is not answered
	NoIdentity      apperr.Code = "IDENTITY_MISSING"         // neither signed nor sent with a certificate
	ForOther        apperr.Code = "IDENTITY_OF_OTHER_DEVICE" // the identity is another device's than the message speaks for
	NotBound        apperr.Code = "IDENTITY_NOT_BOUND"       // not the one that the last Authenticate came with
	SerialOfOther   apperr.Code = "SERIAL_OF_OTHER_DEVICE"   // Authenticate names another serial number than its identity's
	NoAuthenticate  apperr.Code = "NOT_AUTHENTICATED"        // the device left, or never began
	UnknownCommand  apperr.Code = "COMMAND_UNKNOWN"          // an answer to what this device was not sent
	UserNotManaged  apperr.Code = "USER_NOT_MANAGED"         // users of directories are not
	NotHeld         apperr.Code = "NOT_AWAITING_CONFIGURATION"
	SettingsInvalid apperr.Code = "MDM_SETTINGS_INVALID"
)

// Identities knows whose a certificate is.
type Identities interface {
	Verify(ctx context.Context, cert *x509.Certificate) (identity.Holder, error)
	RevokeOthers(ctx context.Context, tx *store.Tx, device gid.ID, keep, because string) error
	RenewalChallenge(ctx context.Context, tx *store.Tx, device gid.ID, udid, renews string) (string, error)
}

// Push asks devices to call: those that are marked in a transaction once it is committed. It does not wait for what comes of it.
type Push interface {
	Want(ctx context.Context, tx *store.Tx, channels ...gid.ID) error
}

// Observer counts messages; code is empty for those that were answered.
type Observer interface {
	MDMMessage(kind string, code apperr.Code, took time.Duration)
}

// Options configure a Service.
type Options struct {
	Store      *store.Store
	Box        *secret.Box
	Identities Identities
	Push       Push     // nil: nobody is asked; devices that wait for their configuration call by themselves
	Renewals   Renewals // nil: identities are not renewed
	// EnrollmentProfile is the identifier of the profile that makes devices managed.
	EnrollmentProfile string
	Observer          Observer // nil: nobody
	Bus               pubsub.Bus
	// Refused remembers refusals that concern a device; it bounds what it keeps. nil: nobody.
	Refused func(context.Context, identity.Refusal)
	Clock   clockwork.Clock
	Logger  *slog.Logger
}

// Service is the MDM server. It is safe for concurrent use.
type Service struct {
	Options
	db      *store.Store
	clock   clockwork.Clock
	log     *slog.Logger
	chain   service.CheckinAndCommandService
	changed chan struct{} // a device's state did
	woken   chan struct{} // batches have something to do

	mu   sync.Mutex
	seen map[gid.ID]time.Time // devices that called, until the next flush
}

// New makes a Service.
func New(o Options) *Service {
	if o.Push == nil {
		o.Push = nobody{}
	}
	if o.Observer == nil {
		o.Observer = nobody{}
	}
	if o.Refused == nil {
		o.Refused = func(context.Context, identity.Refusal) {}
	}
	s := &Service{Options: o, db: o.Store, clock: o.Clock, log: o.Logger, changed: make(chan struct{}, 1), woken: make(chan struct{}, 1), seen: map[gid.ID]time.Time{}}
	// Outermost first: whose message it is, and one transaction for all of it; that it comes with the identity of the enrollment
	// (certauth); what the protocol says.
	storage := NewStorage(s.db, o.Box, o.Clock)
	storage.answered = s.answered
	s.chain = &devices{s: s, storage: storage, next: certauth.New(nanomdm.New(storage), storage)}
	return s
}

type nobody struct{}

func (nobody) Want(context.Context, *store.Tx, ...gid.ID) error { return nil }
func (nobody) MDMMessage(string, apperr.Code, time.Duration)    {}
