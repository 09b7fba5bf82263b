package identity

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// Keys that are accepted. Beyond maxRSA, checking one signature would keep a processor busy.
const (
	minRSA = 2048
	maxRSA = 8192
)

// checkKey refuses keys that can be guessed, and those that are too large to be anything but an attack.
func checkKey(public any) error {
	switch key := public.(type) {
	case *rsa.PublicKey:
		if bits := key.N.BitLen(); bits < minRSA || bits > maxRSA {
			return apperr.New(WeakKey, "The RSA key has %d bits; %d to %d are accepted.", bits, minRSA, maxRSA)
		}
		if key.E < 3 || key.E&1 == 0 {
			return apperr.New(WeakKey, "The RSA key's exponent is %d.", key.E)
		}
	case *ecdsa.PublicKey:
		if key.Curve != elliptic.P256() && key.Curve != elliptic.P384() && key.Curve != elliptic.P521() {
			return apperr.New(WeakKey, "The key's curve is %s; P-256, P-384 and P-521 are accepted.", key.Curve.Params().Name)
		}
	default:
		return apperr.New(WeakKey, "The key is neither RSA nor on an elliptic curve that is accepted.")
	}
	return nil
}

// grant is what entitles to an identity: a challenge, or the identity that it is to renew.
type grant struct {
	challenge *ent.SCEPChallenge
	device    gid.ID
	udid      string
	renews    string
}

// issue makes an identity for the key in the request, and records it together with the use of the challenge.
func (s *Service) issue(ctx context.Context, a *authority, csr *x509.CertificateRequest, g grant) (*x509.Certificate, error) {
	serialNumber, organization, err := s.subjectOf(ctx, g.device)
	if err != nil {
		return nil, fmt.Errorf("reading the device of a certificate request: %w", err)
	}
	if cn := csr.Subject.CommonName; !strings.EqualFold(cn, serialNumber) {
		return nil, apperr.New(ChallengeForOther, "The request is for %.64q, not for the device that may make it.", cn)
	}
	serial, err := newSerial()
	if err != nil {
		return nil, err
	}
	now := s.clock.Now().UTC()
	if organization == "" {
		organization = "GuardMDM"
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: serialNumber, Organization: []string{organization}},
		NotBefore:    now.Add(-skew), NotAfter: now.Add(validity),
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, csr.PublicKey, a.key)
	if err != nil {
		return nil, fmt.Errorf("signing an identity: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	err = s.db.WithBriefTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if g.challenge != nil {
			if err := s.use(ctx, tx, g.challenge); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO identity_certificates (identity_ca_id, device_id, serial, fingerprint, subject, udid, renews, starts_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			int64(a.id), int64(g.device), serial.Text(16), fingerprint(der), cert.Subject.String(), g.udid, g.renews, cert.NotBefore, cert.NotAfter)
		return err
	})
	return cert, err
}

// subjectOf is what an identity names: the device, and the organization that it belongs to.
func (s *Service) subjectOf(ctx context.Context, id gid.ID) (serialNumber, organization string, err error) {
	err = s.db.ReaderDB().QueryRowContext(s.db.Brief(ctx), "SELECT d.serial_number, t.org_name FROM devices AS d JOIN abm_tokens AS t ON t.id = d.abm_token_id WHERE d.id = $1", int64(id)).
		Scan(&serialNumber, &organization)
	return serialNumber, organization, err
}

// Holder is whose identity a certificate is.
type Holder struct {
	Certificate gid.ID
	Device      gid.ID
	UDID        string
	Fingerprint string
	Renews      string // fingerprint of the identity that it came to renew; "": it was issued to enroll
}

// Verify tells whose identity a certificate is. It is believed when it was recorded as issued here and is not revoked: nobody else's has
// its fingerprint. An expired one is believed too, for a device that was off for a year must still be told to renew it (protocol.md
// 7.2). Errors: *apperr.Error with IdentityUnknown or IdentityRevoked.
func (s *Service) Verify(ctx context.Context, cert *x509.Certificate) (Holder, error) {
	h := Holder{Fingerprint: fingerprint(cert.Raw)}
	var revokedAt *time.Time
	var because string
	err := s.db.ReaderDB().QueryRowContext(s.db.Brief(ctx), "SELECT id, device_id, udid, renews, revoked_at, revoked_because FROM identity_certificates WHERE fingerprint = $1", h.Fingerprint).
		Scan(&h.Certificate, &h.Device, &h.UDID, &h.Renews, &revokedAt, &because)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return h, apperr.New(IdentityUnknown, "The certificate was not issued by this server.")
	case err != nil:
		return h, fmt.Errorf("looking for an identity: %w", err)
	case revokedAt != nil:
		return h, apperr.New(IdentityRevoked, "The certificate was revoked: %s.", because)
	}
	return h, nil
}

// RevokeOthers revokes what the device was issued but the identity with this fingerprint, which took its channel over.
func (s *Service) RevokeOthers(ctx context.Context, tx *store.Tx, device gid.ID, keep, because string) error {
	_, err := tx.ExecContext(ctx, "UPDATE identity_certificates SET revoked_at = $3, revoked_because = $4 WHERE device_id = $1 AND fingerprint <> $2 AND revoked_at IS NULL",
		int64(device), keep, s.clock.Now().UTC(), because)
	return err
}

func fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}
