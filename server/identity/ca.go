package identity

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	stdsql "database/sql"
	"errors"
	"fmt"
	"math/big"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/identityca"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// authorityBits: SCEP encrypts to the authority, which only RSA can do. Apple takes 2048 bits and more.
	authorityBits  = 2048
	authorityYears = 10
	// turn of the authority: setting it locks others out until the transaction ends, so that replicas make one authority together.
	turnKey = "identity_ca"
)

// authority is a CA with its key.
type authority struct {
	id   gid.ID
	cert *x509.Certificate
	key  *rsa.PrivateKey
}

// CACertificate is the certificate of the authority that issues.
func (s *Service) CACertificate(ctx context.Context) (*x509.Certificate, error) {
	list, err := s.all(ctx)
	if err != nil {
		return nil, err
	}
	return list[0].cert, nil
}

// Certificates are those of all authorities whose identities are believed, the one that issues first.
func (s *Service) Certificates(ctx context.Context) ([]*x509.Certificate, error) {
	list, err := s.all(ctx)
	certs := make([]*x509.Certificate, len(list))
	for i, a := range list {
		certs[i] = a.cert
	}
	return certs, err
}

// Authorities are the certificates of those that there are, the one that issues first: none before the first identity was asked for.
func (s *Service) Authorities(ctx context.Context) ([]*x509.Certificate, error) {
	rows, err := s.rows(ctx)
	if err != nil {
		return nil, err
	}
	certs := make([]*x509.Certificate, len(rows))
	for i, row := range rows {
		if certs[i], err = certificateOf(row); err != nil {
			return nil, err
		}
	}
	return certs, nil
}

// rows are the authorities as they are stored, the one that issues first.
func (s *Service) rows(ctx context.Context) ([]*ent.IdentityCA, error) {
	rows, err := s.db.Reader().IdentityCA.Query().Order(identityca.ByID(sql.OrderDesc())).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the certificate authority: %w", err)
	}
	return rows, nil
}

func certificateOf(row *ent.IdentityCA) (*x509.Certificate, error) {
	cert, err := x509.ParseCertificate(row.Certificate)
	if err != nil {
		return nil, fmt.Errorf("certificate authority %s: %w", row.ID, err)
	}
	return cert, nil
}

// all gives the authorities, the one that issues first. It makes one when there is none that lives longer than what it issues.
func (s *Service) all(ctx context.Context) ([]*authority, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.usable(s.authorities) {
		return s.authorities, nil
	}
	return s.reload(ctx)
}

// again reads the authorities once more: another replica may have made one since.
func (s *Service) again(ctx context.Context) ([]*authority, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reload(ctx)
}

func (s *Service) usable(list []*authority) bool {
	return len(list) > 0 && list[0].cert.NotAfter.After(s.clock.Now().Add(validity+RenewBefore))
}

func (s *Service) reload(ctx context.Context) ([]*authority, error) {
	rows, err := s.rows(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.open(rows)
	if err == nil && !s.usable(list) {
		list, err = s.create(ctx)
	}
	if err != nil {
		return nil, err
	}
	s.authorities = list
	return list, nil
}

func (s *Service) open(rows []*ent.IdentityCA) ([]*authority, error) {
	list := make([]*authority, len(rows))
	for i, row := range rows {
		cert, err := certificateOf(row)
		if err != nil {
			return nil, err
		}
		der, err := s.box.Open(row.SealedKey, keyContext(row.Certificate))
		if err != nil {
			return nil, err
		}
		key, err := x509.ParsePKCS8PrivateKey(der)
		if err != nil {
			return nil, fmt.Errorf("key of certificate authority %s is not PKCS #8", row.ID) // the cause may quote the key
		}
		rsaKey, ok := key.(*rsa.PrivateKey)
		if !ok {
			return nil, fmt.Errorf("key of certificate authority %s is not RSA", row.ID)
		}
		list[i] = &authority{id: row.ID, cert: cert, key: rsaKey}
	}
	return list, nil
}

// keyContext ties a sealed key to its certificate.
func keyContext(der []byte) string { return "identity_ca/" + fingerprint(der) + "/key" }

func (s *Service) create(ctx context.Context) (list []*authority, err error) {
	now := s.clock.Now().UTC()
	der, key, err := newAuthority(now)
	if err != nil {
		return nil, err
	}
	sealed, err := s.box.Seal(key, keyContext(der))
	if err != nil {
		return nil, err
	}
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		err := tx.Setting.Create().SetKey(turnKey).SetValue("1").OnConflictColumns(setting.FieldKey).UpdateNewValues().Exec(ctx)
		if err != nil && !errors.Is(err, stdsql.ErrNoRows) {
			return err
		}
		rows, err := tx.IdentityCA.Query().Order(identityca.ByID(sql.OrderDesc())).All(ctx)
		if err != nil {
			return err
		}
		if list, err = s.open(rows); err != nil || s.usable(list) {
			return err
		}
		row, err := tx.IdentityCA.Create().SetCertificate(der).SetSealedKey(sealed).SetCreatedAt(now).Save(ctx)
		if err != nil {
			return err
		}
		list, err = s.open(append([]*ent.IdentityCA{row}, rows...))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("making the certificate authority: %w", err)
	}
	return list, nil
}

func newAuthority(now time.Time) (der, keyDER []byte, err error) {
	key, err := rsa.GenerateKey(rand.Reader, authorityBits)
	if err != nil {
		return nil, nil, err
	}
	serial, err := newSerial()
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "GuardMDM Device Identity CA", Organization: []string{"GuardMDM"}},
		NotBefore:    now.Add(-skew), NotAfter: now.AddDate(authorityYears, 0, 0),
		// SCEP signs with it and encrypts to it, beside what a CA does.
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true,
	}
	if der, err = x509.CreateCertificate(rand.Reader, template, template, key.Public(), key); err != nil {
		return nil, nil, err
	}
	keyDER, err = x509.MarshalPKCS8PrivateKey(key)
	return der, keyDER, err
}

// newSerial is a random serial number of a certificate: nobody can tell the next one, or how many there are.
func newSerial() (*big.Int, error) {
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 126))
	if err != nil {
		return nil, err
	}
	return n.Add(n, big.NewInt(1)), nil // zero is not allowed
}
