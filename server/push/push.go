// Package push owns the organization's MDM push certificate and asks devices to call.
//
// A device is bound to the certificate's topic for as long as it is enrolled. So the topic is read from the certificate, a renewal has
// to keep it, and its end is announced long before. Requests to call are marks in the database, written in the transaction that makes
// them necessary: whichever replica comes first sends them, and sends them again while Apple cannot take them.
package push

import (
	"context"
	"crypto/tls"
	stdsql "database/sql"
	"errors"
	"log/slog"
	"sync"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/pushcertificate"
	"github.com/guardmdm/guardmdm/server/apns"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

// Apple is Apple's push service.
type Apple interface {
	Push(ctx context.Context, certificate tls.Certificate, notices []apns.Notice) ([]*apns.Refusal, error)
}

// Options configure a Service.
type Options struct {
	Store  *store.Store
	Apple  Apple
	Box    *secret.Box
	Bus    pubsub.Bus
	Clock  clockwork.Clock
	Logger *slog.Logger
	// Observe is told how many notices ended with the outcome: "sent", or the reason of the refusal. nil: nobody.
	Observe func(outcome string, n int)
	// LeaseClock is the time by which marks are taken: replicas need one that they share. nil: Clock.
	LeaseClock func(context.Context) (time.Time, error)
}

// Service owns the push certificate and the marks. It is safe for concurrent use.
type Service struct {
	Options
	store *store.Store
	clock clockwork.Clock
	log   *slog.Logger

	mu     sync.Mutex
	opened opened
}

// opened is the certificate that was used last, with its key: opening that for every few notices would take longer than sending them.
type opened struct {
	id        gid.ID
	sealedKey []byte
	chain     []byte
	pair      tls.Certificate
}

// New makes the Service. It sends nothing until Run.
func New(o Options) *Service {
	if o.LeaseClock == nil {
		o.LeaseClock = func(context.Context) (time.Time, error) { return o.Clock.Now(), nil }
	}
	if o.Observe == nil {
		o.Observe = func(string, int) {}
	}
	return &Service{Options: o, store: o.Store, clock: o.Clock, log: o.Logger}
}

// State says how a push certificate stands.
type State string

// The states of a push certificate.
const (
	Active   State = "ACTIVE"
	Expiring State = "EXPIRING" // within 30 days
	Expired  State = "EXPIRED"
)

// expiringWithin is how long before its end a certificate is called EXPIRING.
const expiringWithin = 30 * 24 * time.Hour

// StateOf tells how a certificate stands that was uploaded.
func StateOf(c *ent.PushCertificate, now time.Time) State {
	switch {
	case c.NotAfter == nil || now.Add(expiringWithin).Before(*c.NotAfter):
		return Active
	case now.Before(*c.NotAfter):
		return Expiring
	}
	return Expired
}

// Current is the certificate in use; nil when there is none.
func (s *Service) Current(ctx context.Context) (*ent.PushCertificate, error) {
	c, err := current(ctx, s.store.Reader())
	return c, store.MapError(err)
}

// current is the newest that was uploaded and not replaced: two that were uploaded at the same moment must not both be.
func current(ctx context.Context, client *ent.Client) (*ent.PushCertificate, error) {
	c, err := client.PushCertificate.Query().Where(pushcertificate.UploadedAtNotNil(), pushcertificate.ReplacedAtIsNil()).
		Order(pushcertificate.ByUploadedAt(sql.OrderDesc()), pushcertificate.ByID(sql.OrderDesc())).First(ctx)
	return c, ent.MaskNotFound(err)
}

const howTo = "Settings > MDM server > Push certificate: create a request, have it signed, upload the certificate (docs/operations/push-certificate.md)."

// Topic is the topic that devices enroll with. Errors: PushCertificateMissing, PushCertificateExpired.
func (s *Service) Topic(ctx context.Context) (string, error) {
	c := &ent.PushCertificate{}
	// Without what Current has beside it: every device that enrolls asks.
	err := s.store.ReaderDB().QueryRowContext(s.store.Brief(ctx), "SELECT topic, not_after FROM push_certificates WHERE uploaded_at IS NOT NULL AND replaced_at IS NULL ORDER BY uploaded_at DESC, id DESC LIMIT 1").
		Scan(&c.Topic, &c.NotAfter)
	if errors.Is(err, stdsql.ErrNoRows) {
		c = nil
	} else if err != nil {
		return "", store.MapError(err)
	}
	if err := s.takes(c); err != nil {
		return "", err
	}
	return c.Topic, nil
}

// usable is the certificate in use, if Apple takes it.
func (s *Service) usable(ctx context.Context) (*ent.PushCertificate, error) {
	c, err := s.Current(ctx)
	if err == nil {
		err = s.takes(c)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// takes tells whether Apple takes a certificate. Errors: PushCertificateMissing for nil, PushCertificateExpired.
func (s *Service) takes(c *ent.PushCertificate) error {
	switch {
	case c == nil:
		return apperr.New(apperr.PushCertificateMissing, "This installation has no MDM push certificate, so no device can be enrolled or asked to call.").WithHint(howTo)
	case StateOf(c, s.clock.Now()) == Expired:
		return apperr.New(apperr.PushCertificateExpired, "The MDM push certificate expired on %s, so no device can be enrolled or asked to call.", c.NotAfter.UTC().Format(time.DateOnly)).
			WithHint("Renew it with the same Apple Account at identity.apple.com, and upload it: enrolled devices stay enrolled.")
	}
	return nil
}
