// Package identity gives devices their identities: it is the certificate authority that issues them by SCEP (RFC 8894), and knows
// which of them are to be believed. A device gets one for a challenge, a one-time password that is in its enrollment profile, or for
// the identity that it has. What is issued is recorded, and what is not recorded, or revoked there, is refused.
package identity

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// validity of an identity. A device that was in a drawer for longer is still heard, and given a new one.
	validity = 365 * 24 * time.Hour
	// RenewBefore is how long before its end an identity is to be renewed.
	RenewBefore = 30 * 24 * time.Hour
	// challengeLife is how long a device may take from fetching its profile to asking for its identity (protocol.md 10.3).
	challengeLife = time.Hour
	// skew is by how much the clock of a device may be behind ours: a Mac that was just unpacked has not asked for the time yet.
	skew = time.Hour
)

// Why something is refused, for logs, metrics and events.
const (
	Malformed          apperr.Code = "SCEP_MALFORMED"            // no SCEP message, or one whose signature is wrong
	Unsupported        apperr.Code = "SCEP_UNSUPPORTED"          // an operation or algorithm that devices do not use
	RequestInvalid     apperr.Code = "CERTIFICATE_REQUEST_WRONG" // its own signature is wrong, or it names nobody
	WeakKey            apperr.Code = "WEAK_KEY"                  // RSA below 2048 bits, or a small curve
	ChallengeUnknown   apperr.Code = "CHALLENGE_UNKNOWN"         // none, or one that was never made
	ChallengeUsed      apperr.Code = "CHALLENGE_USED"            //
	ChallengeExpired   apperr.Code = "CHALLENGE_EXPIRED"         //
	ChallengeForOther  apperr.Code = "CHALLENGE_OF_OTHER_DEVICE" // the request is for another device than the challenge
	IdentityUnknown    apperr.Code = "IDENTITY_UNKNOWN"          // not issued here
	IdentityRevoked    apperr.Code = "IDENTITY_REVOKED"          //
	IdentityExpired    apperr.Code = "IDENTITY_EXPIRED"          // too old to renew itself
	SignatureMalformed apperr.Code = "MDM_SIGNATURE_WRONG"       // not a signature of the message
)

// Refusal is one request that was refused.
type Refusal struct {
	Code    apperr.Code
	Message string
	Device  gid.ID // that it was made for; 0 when that is not known
	UDID    string
}

// Observer counts requests; code is empty for those that were answered.
type Observer interface {
	SCEPRequest(operation string, code apperr.Code)
}

// Options configure a Service.
type Options struct {
	Store    *store.Store
	Box      *secret.Box
	Observer Observer                       // nil: nobody
	Refused  func(context.Context, Refusal) // remembers those that concern a device; bounds what it keeps. nil: nobody
	Clock    clockwork.Clock
	Logger   *slog.Logger
}

// Service is the certificate authority. It is safe for concurrent use.
type Service struct {
	db       *store.Store
	box      *secret.Box
	observer Observer
	refused  func(context.Context, Refusal)
	clock    clockwork.Clock
	log      *slog.Logger

	mu          sync.Mutex
	authorities []*authority // the newest first
}

// New makes a Service.
func New(o Options) *Service {
	s := &Service{db: o.Store, box: o.Box, observer: o.Observer, refused: o.Refused, clock: o.Clock, log: o.Logger}
	if s.observer == nil {
		s.observer = nobody{}
	}
	if s.refused == nil {
		s.refused = func(context.Context, Refusal) {}
	}
	return s
}

type nobody struct{}

func (nobody) SCEPRequest(string, apperr.Code) {}
