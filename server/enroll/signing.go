package enroll

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/cms"
	"github.com/guardmdm/guardmdm/server/store"
)

// signingKey is the setting that holds what signs the profiles, and the place for which its key is sealed.
const (
	signingKey     = "enrollment_signing"
	signingContext = "setting/enrollment_signing/private_key"
)

// stored is the setting's value, in JSON.
type stored struct {
	Certificates [][]byte  `json:"certificates"` // DER: the signer's, then those above it
	SealedKey    string    `json:"sealedKey"`    // base64 of the sealed PKCS #8
	UploadedAt   time.Time `json:"uploadedAt"`
}

// Signing is the certificate that signs enrollment profiles.
type Signing struct {
	Certificate *x509.Certificate
	Above       []*x509.Certificate
	UploadedAt  time.Time

	key crypto.Signer
}

func (s *Signing) sign(profile []byte, now time.Time) ([]byte, error) {
	return cms.Sign(profile, s.Certificate, s.Above, s.key, now)
}

// Signing is what signs the profiles, without its key; nil when they are not signed.
func (s *Service) Signing(ctx context.Context) (*Signing, error) {
	value, ok, err := s.Store.Setting(ctx, signingKey)
	if err != nil || !ok || value == "" {
		return nil, err
	}
	return s.readSigning(value)
}

// readSigning opens what the setting holds. What it opened last it remembers: every profile is signed with it.
func (s *Service) readSigning(value string) (*Signing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.signing != nil && s.signingValue == value {
		return s.signing, nil
	}
	signing, err := s.openSigning(value)
	if err != nil {
		return nil, err
	}
	s.signing, s.signingValue = signing, value
	return signing, nil
}

func (s *Service) openSigning(value string) (*Signing, error) {
	var kept stored
	if err := json.Unmarshal([]byte(value), &kept); err != nil {
		return nil, fmt.Errorf("setting %s: %w", signingKey, err)
	}
	signing := &Signing{UploadedAt: kept.UploadedAt}
	for i, der := range kept.Certificates {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, fmt.Errorf("setting %s: %w", signingKey, err)
		}
		if i == 0 {
			signing.Certificate = c
		} else {
			signing.Above = append(signing.Above, c)
		}
	}
	return signing, s.openKey(signing, kept.SealedKey)
}

func (s *Service) openKey(signing *Signing, sealedText string) error {
	sealed, err := base64.StdEncoding.DecodeString(sealedText)
	if err != nil {
		return fmt.Errorf("setting %s: %w", signingKey, err)
	}
	der, err := s.Box.Open(sealed, signingContext)
	if err != nil {
		return err
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return fmt.Errorf("setting %s: the key cannot be read", signingKey) // the cause could quote it
	}
	signing.key, _ = key.(crypto.Signer)
	return nil
}

// signer is what a profile is signed with now; nil: nothing. One that has expired signs no more: devices would show the profile as one that
// cannot be verified, which is worse than none.
func (s *Service) signer(ctx context.Context) (*Signing, error) {
	signing, err := s.Signing(ctx)
	if err != nil || signing == nil || signing.Expired(s.Clock.Now()) {
		return nil, err
	}
	return signing, nil
}

// Expired tells whether the certificate is past its time.
func (s *Signing) Expired(now time.Time) bool { return now.After(s.Certificate.NotAfter) }

// UploadSigning has profiles signed from now on. Both are PEM; the certificate is followed by those above it. Errors: BadUserInput.
func (s *Service) UploadSigning(ctx context.Context, certificatePEM, keyPEM string) (*Signing, error) {
	const maxPEM = 64 << 10
	if len(certificatePEM) > maxPEM || len(keyPEM) > maxPEM {
		return nil, apperr.New(apperr.BadUserInput, "The certificate or its key is larger than %d bytes.", maxPEM).WithField("certificatePem")
	}
	pair, err := tls.X509KeyPair([]byte(certificatePEM), []byte(keyPEM))
	if err != nil { // its texts say which of both is wrong, and quote neither
		return nil, apperr.New(apperr.BadUserInput, "The certificate and its key cannot be used: %s.", err).
			WithHint("Give the certificate, followed by those above it, and its private key, both in PEM, without a password.").WithField("certificatePem")
	}
	if len(pair.Certificate) > cms.MaxCertificates {
		return nil, apperr.New(apperr.BadUserInput, "There are %d certificates; at most %d are sent along.", len(pair.Certificate), cms.MaxCertificates).WithField("certificatePem")
	}
	signing, kept, err := s.seal(pair)
	if err != nil {
		return nil, err
	}
	value, err := json.Marshal(kept)
	if err != nil {
		return nil, err
	}
	if err := s.replaceSigning(ctx, string(value), audit.Entry{Action: "uploadEnrollmentSigningCertificate", ObjectName: signing.Certificate.Subject.String(),
		After: map[string]any{"subject": signing.Certificate.Subject.String(), "notAfter": signing.Certificate.NotAfter.UTC()}}); err != nil {
		return nil, err
	}
	return signing, nil
}

func (s *Service) seal(pair tls.Certificate) (*Signing, *stored, error) {
	now := s.Clock.Now().UTC()
	signing := &Signing{UploadedAt: now}
	var usable bool
	switch key := pair.PrivateKey.(type) {
	case *rsa.PrivateKey:
		signing.key, usable = key, key.N.BitLen() >= 2048
	case *ecdsa.PrivateKey:
		signing.key, usable = key, true
	}
	if !usable {
		return nil, nil, apperr.New(apperr.BadUserInput, "The key is neither RSA of at least 2048 bits nor ECDSA.").WithField("privateKeyPem")
	}
	for i, der := range pair.Certificate {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, nil, apperr.Wrap(err, apperr.BadUserInput, "Certificate %d cannot be read.", i+1).WithField("certificatePem")
		}
		if i == 0 {
			signing.Certificate = c
		} else {
			signing.Above = append(signing.Above, c)
		}
	}
	switch c := signing.Certificate; {
	case signing.Expired(now) || now.Before(c.NotBefore):
		return nil, nil, apperr.New(apperr.BadUserInput, "The certificate is valid from %s to %s, not now.", c.NotBefore.UTC().Format(time.DateOnly), c.NotAfter.UTC().Format(time.DateOnly)).
			WithField("certificatePem")
	case c.IsCA:
		return nil, nil, apperr.New(apperr.BadUserInput, "The certificate is one of an authority: those sign certificates, not profiles.").
			WithHint("Put the certificate that belongs to the key first.").WithField("certificatePem")
	}
	der, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		return nil, nil, err
	}
	sealed, err := s.Box.Seal(der, signingContext)
	if err != nil {
		return nil, nil, err
	}
	return signing, &stored{Certificates: pair.Certificate, SealedKey: base64.StdEncoding.EncodeToString(sealed), UploadedAt: now}, nil
}

// RemoveSigning has profiles no longer signed.
func (s *Service) RemoveSigning(ctx context.Context) error {
	signing, err := s.Signing(ctx)
	if err != nil || signing == nil {
		return err
	}
	return s.replaceSigning(ctx, "", audit.Entry{Action: "removeEnrollmentSigningCertificate", ObjectName: signing.Certificate.Subject.String(),
		Before: map[string]any{"subject": signing.Certificate.Subject.String()}})
}

func (s *Service) replaceSigning(ctx context.Context, value string, entry audit.Entry) error {
	return store.MapError(s.Store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Setting.Create().SetKey(signingKey).SetValue(value).OnConflictColumns(setting.FieldKey).
			Update(func(u *ent.SettingUpsert) { u.SetValue(value) }).Exec(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.Clock, entry)
	}))
}
