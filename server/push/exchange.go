package push

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/pushcertificate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// maxRequests is how many requests may wait for their certificates. The oldest goes: a vendor takes a day, not a year.
	maxRequests = 5
	maxAccount  = 254
)

// Request makes a key and a request for a certificate. The key stays here, sealed. Requests that wait already stay good. Errors: BadUserInput.
func (s *Service) Request(ctx context.Context, appleAccount string) (*ent.PushCertificate, error) {
	account, err := cleanAccount(appleAccount)
	if err != nil {
		return nil, err
	}
	key, request, err := newRequest()
	if err != nil {
		return nil, fmt.Errorf("making a request for a push certificate: %w", err)
	}
	var c *ent.PushCertificate
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		old, err := tx.PushCertificate.Query().Where(waiting()).Order(pushcertificate.ByID(sql.OrderDesc())).Offset(maxRequests - 1).IDs(ctx)
		if err != nil {
			return err
		}
		if len(old) > 0 {
			if _, err := tx.PushCertificate.Delete().Where(pushcertificate.IDIn(old...)).Exec(ctx); err != nil {
				return err
			}
		}
		if c, err = s.create(ctx, tx, key, request, account); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "createPushCertificateRequest", ObjectID: c.ID, ObjectName: nameOf(c),
			After: map[string]any{"appleAccount": account}})
	})
	return c, store.MapError(err)
}

func (s *Service) create(ctx context.Context, tx *store.Tx, key, request []byte, account string) (*ent.PushCertificate, error) {
	c, err := tx.PushCertificate.Create().SetRequest(request).SetSealedKey([]byte{}).SetAppleAccount(account).SetCreatedAt(s.clock.Now().UTC()).Save(ctx)
	if err != nil {
		return nil, err
	}
	sealed, err := s.Box.Seal(key, sealContext(c.ID))
	if err != nil {
		return nil, err
	}
	return tx.PushCertificate.UpdateOne(c).SetSealedKey(sealed).Save(ctx)
}

// nameOf is what the audit log calls a certificate.
func nameOf(c *ent.PushCertificate) string {
	if c.Topic != "" {
		return c.Topic
	}
	return "push certificate"
}

func cleanAccount(account string) (string, error) {
	account = strings.TrimSpace(account)
	if len(account) > maxAccount {
		return "", apperr.New(apperr.BadUserInput, "The Apple Account has %d bytes; at most %d are allowed.", len(account), maxAccount).WithField("appleAccount")
	}
	return account, nil
}

// waiting finds requests whose certificate was not uploaded.
func waiting() predicate.PushCertificate {
	return pushcertificate.And(pushcertificate.UploadedAtIsNil(), pushcertificate.ReplacedAtIsNil())
}

// Requests are those that wait for their certificates, newest first.
func (s *Service) Requests(ctx context.Context) ([]*ent.PushCertificate, error) {
	all, err := s.store.Reader().PushCertificate.Query().Where(waiting()).Order(pushcertificate.ByID(sql.OrderDesc())).All(ctx)
	return all, store.MapError(err)
}

// RequestPEM is the request in the form that a vendor signs.
func RequestPEM(c *ent.PushCertificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: c.Request}))
}

// Upload takes a certificate into use: for one of the requests, as a renewal of the one in use with its key, or with a key of its own (PEM). An
// empty appleAccount leaves what is known. Errors: PushCertificateInvalid, PushCertificateOtherKey, PushCertificateOtherTopic, BadUserInput.
func (s *Service) Upload(ctx context.Context, certificate, key []byte, appleAccount string) (*ent.PushCertificate, error) {
	account, err := cleanAccount(appleAccount)
	if err != nil {
		return nil, err
	}
	uploaded, err := parseChain(certificate, s.clock.Now())
	if err != nil {
		return nil, err
	}
	if len(key) > 0 {
		if key, err = parseKey(key); err != nil {
			return nil, err
		}
		if !isKeyOf(key, uploaded.leaf) {
			return nil, apperr.New(apperr.PushCertificateOtherKey, "The private key is not that of the certificate. Nothing was changed.").
				WithHint("Choose the key that the certificate's request was made with.").WithField("privateKey")
		}
	}
	var c *ent.PushCertificate
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		before, err := current(ctx, tx.Client)
		if err != nil {
			return err
		}
		if err := s.keepsTopic(ctx, tx, before, uploaded); err != nil {
			return err
		}
		if c, err = s.rowFor(ctx, tx, before, uploaded, key); err != nil {
			return err
		}
		return s.accept(ctx, tx, before, c, uploaded, account)
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	s.wake(ctx) // what waited for a certificate
	return s.Current(ctx)
}

// keepsTopic refuses a certificate of another topic while devices are enrolled: they hear nothing else, and cannot be told.
func (s *Service) keepsTopic(ctx context.Context, tx *store.Tx, before *ent.PushCertificate, uploaded *chain) error {
	if before == nil || before.Topic == uploaded.topic {
		return nil
	}
	bound, err := tx.MDMChannel.Query().Where(mdmchannel.Enabled(true), mdmchannel.OfUser(false), mdmchannel.Topic(before.Topic)).Count(ctx)
	if err != nil || bound == 0 {
		return err
	}
	e := apperr.New(apperr.PushCertificateOtherTopic, "The certificate's topic is %s; %s %s bound to %s and could not be reached any more. Nothing was changed.",
		uploaded.topic, apperr.Count(bound, "enrolled device"), apperr.Word(bound, "is", "are"), before.Topic).WithField("certificate")
	if before.AppleAccount != "" {
		return e.WithHint("At identity.apple.com, sign in as %s and choose Renew beside the certificate in use; do not create a new one.", before.AppleAccount)
	}
	return e.WithHint("At identity.apple.com, sign in with the Apple Account that made the certificate in use, and choose Renew beside it; do not create a new one.")
}

// rowFor finds the row whose key the certificate was made for, or makes one for the given key.
func (s *Service) rowFor(ctx context.Context, tx *store.Tx, before *ent.PushCertificate, uploaded *chain, key []byte) (*ent.PushCertificate, error) {
	if len(key) > 0 {
		return s.create(ctx, tx, key, []byte{}, "")
	}
	requests, err := tx.PushCertificate.Query().Where(waiting()).Order(pushcertificate.ByID(sql.OrderDesc())).All(ctx)
	if err != nil {
		return nil, err
	}
	if before != nil {
		requests = append(requests, before)
	}
	for _, r := range requests {
		key, err := s.Box.Open(r.SealedKey, sealContext(r.ID))
		if err != nil {
			return nil, err
		}
		switch {
		case !isKeyOf(key, uploaded.leaf):
		case r != before:
			return r, nil
		default: // Apple renews with the same request too
			return s.create(ctx, tx, key, before.Request, before.AppleAccount)
		}
	}
	return nil, apperr.New(apperr.PushCertificateOtherKey, "This certificate was made for a key that is not here. Nothing was changed.").
		WithHint("Upload the certificate that was made of a request of this page, or give its private key too.").WithField("certificate")
}

// accept stores a certificate that passed every check.
func (s *Service) accept(ctx context.Context, tx *store.Tx, before, c *ent.PushCertificate, uploaded *chain, account string) error {
	now := s.clock.Now().UTC()
	if err := tx.PushCertificate.Update().Where(pushcertificate.UploadedAtNotNil(), pushcertificate.ReplacedAtIsNil()).SetReplacedAt(now).Exec(ctx); err != nil {
		return err
	}
	if account == "" {
		account = c.AppleAccount
	}
	if account == "" && before != nil && before.Topic == uploaded.topic {
		account = before.AppleAccount
	}
	if err := tx.PushCertificate.UpdateOne(c).SetTopic(uploaded.topic).SetSubject(subject(uploaded.leaf)).SetAppleAccount(account).SetCertificate(uploaded.der).
		SetNotBefore(uploaded.leaf.NotBefore.UTC()).SetNotAfter(uploaded.leaf.NotAfter.UTC()).SetUploadedAt(now).Exec(ctx); err != nil {
		return err
	}
	// What waited for a certificate need not wait for its next attempt.
	if err := tx.MDMChannel.Update().Where(mdmchannel.PushDueAtNotNil(),
		mdmchannel.PushErrorIn(string(apperr.PushCertificateMissing), string(apperr.PushCertificateExpired), OtherTopic)).
		SetPushDueAt(now).SetPushAttempts(0).Exec(ctx); err != nil {
		return err
	}
	entry := audit.Entry{Action: "uploadPushCertificate", ObjectID: c.ID, ObjectName: uploaded.topic,
		After: map[string]any{"topic": uploaded.topic, "notAfter": uploaded.leaf.NotAfter.UTC(), "appleAccount": account}}
	if before != nil {
		entry.Before = map[string]any{"topic": before.Topic, "notAfter": before.NotAfter, "appleAccount": before.AppleAccount}
	}
	return audit.Record(ctx, tx.Client, s.clock, entry)
}

// Opens tells whether the key of the certificate can be opened and belongs to it; nil says so. It changes nothing and calls nobody.
func (s *Service) Opens(c *ent.PushCertificate) error {
	t, err := s.forTLS(c)
	if err != nil {
		return err
	}
	key, err := x509.MarshalPKCS8PrivateKey(t.PrivateKey)
	if err != nil {
		return err
	}
	if !isKeyOf(key, t.Leaf) {
		return fmt.Errorf("push certificate %s: its key is another one's", gid.ID(c.ID))
	}
	return nil
}
