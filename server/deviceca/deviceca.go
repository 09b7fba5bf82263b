// Package deviceca knows the authorities that issue certificates to devices: Apple's, which is built in, those of GUARDMDM_DEVICE_CA_FILE, and those
// that an administrator pinned. It remembers others that signed for a request, so that an administrator can look at them.
//
// docs/adr/0016-enrollment-trust.md says why authorities are pinned one by one.
package deviceca

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	_ "embed" // for Apple's authorities
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"entgo.io/ent/dialect/sql"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	entca "github.com/guardmdm/guardmdm/ent/deviceca"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/cms"
	"github.com/guardmdm/guardmdm/server/machineinfo"
	"github.com/guardmdm/guardmdm/server/store"
)

// Apple's authorities, public: the one for devices, and the two above it.
var (
	//go:embed apple/apple-iphone-device-ca.pem
	appleDevicePEM []byte
	//go:embed apple/apple-root-ca.pem
	appleRootPEM []byte
	//go:embed apple/apple-iphone-certification-authority.pem
	appleIPhonePEM []byte

	appleDevice = sync.OnceValue(func() []*x509.Certificate { return builtIn(appleDevicePEM) })
	appleAbove  = sync.OnceValue(func() []*x509.Certificate { return slices.Concat(builtIn(appleRootPEM), builtIn(appleIPhonePEM)) })
)

func builtIn(text []byte) []*x509.Certificate {
	list, err := parsePEM(text)
	if err != nil {
		panic("deviceca: a built-in certificate cannot be read: " + err.Error())
	}
	return list
}

// AppleDeviceCA is the authority of Apple that issues certificates to devices.
func AppleDeviceCA() *x509.Certificate { return appleDevice()[0] }

func parsePEM(text []byte) (list []*x509.Certificate, err error) {
	for rest := text; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("it holds %.40q, which is no certificate", block.Type)
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	if len(list) == 0 {
		return nil, errors.New("it holds no certificate in PEM")
	}
	return list, nil
}

// ReadFile reads the authorities of GUARDMDM_DEVICE_CA_FILE.
func ReadFile(path string) ([]*x509.Certificate, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("GUARDMDM_DEVICE_CA_FILE: %w", err)
	}
	list, err := parsePEM(text)
	for _, c := range list {
		if err == nil {
			err = pinnable(c)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("GUARDMDM_DEVICE_CA_FILE %s: %w", path, err)
	}
	return list, nil
}

// pinnable tells whether an authority can be one for devices.
func pinnable(c *x509.Certificate) error {
	switch {
	case !c.IsCA:
		return fmt.Errorf("%q is no certificate of an authority", c.Subject)
	case slices.ContainsFunc(appleAbove(), c.Equal):
		return fmt.Errorf("%q stands above developers' certificates too: to believe it would be to believe every one of them", c.Subject)
	}
	return cms.Usable(c)
}

// Source says why an authority is believed, or that it is not.
type Source string

// The sources.
const (
	Apple      Source = "APPLE"      // built in
	Configured Source = "CONFIGURED" // of GUARDMDM_DEVICE_CA_FILE
	Pinned     Source = "PINNED"     // by an administrator
	Seen       Source = "SEEN"       // refused so far
)

// Authority is one that is believed, or was seen.
type Authority struct {
	Source      Source
	Certificate *x509.Certificate
	Row         *ent.DeviceCA // nil for those that are built in or configured
}

// Service knows the authorities.
type Service struct {
	store      *store.Store
	configured []*x509.Certificate
	clock      clockwork.Clock
}

// New makes the service. configured are those of GUARDMDM_DEVICE_CA_FILE.
func New(db *store.Store, configured []*x509.Certificate, clock clockwork.Clock) *Service {
	return &Service{store: db, configured: configured, clock: clock}
}

// Trust gives the authorities that are believed.
func (s *Service) Trust(ctx context.Context) (machineinfo.Trust, error) {
	trust := machineinfo.Trust{Pinned: slices.Concat(appleDevice(), s.configured), Apple: appleAbove()}
	rows, err := s.store.ReaderDB().QueryContext(s.store.Brief(ctx), "SELECT certificate FROM device_cas WHERE pinned_at IS NOT NULL ORDER BY id") // for every device that enrolls
	if err != nil {
		return trust, store.MapError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var der []byte
		if err := rows.Scan(&der); err != nil {
			return trust, store.MapError(err)
		}
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return trust, fmt.Errorf("a pinned device CA: %w", err)
		}
		trust.Pinned = append(trust.Pinned, c)
	}
	return trust, store.MapError(errors.Join(rows.Err(), rows.Close()))
}

// All gives the authorities: those that are believed, then those that were seen, the latest first.
func (s *Service) All(ctx context.Context) (list []Authority, err error) {
	for _, c := range appleDevice() {
		list = append(list, Authority{Source: Apple, Certificate: c})
	}
	for _, c := range s.configured {
		list = append(list, Authority{Source: Configured, Certificate: c})
	}
	rows, err := s.store.Reader().DeviceCA.Query().Order(entca.ByLastAt(sql.OrderDesc())).All(ctx)
	if err != nil {
		return nil, store.MapError(err)
	}
	var seen []Authority
	for _, row := range rows {
		a, err := authorityOf(row)
		if err != nil {
			return nil, err
		}
		if a.Source == Pinned {
			list = append(list, *a)
		} else {
			seen = append(seen, *a)
		}
	}
	return append(list, seen...), nil
}

func authorityOf(row *ent.DeviceCA) (*Authority, error) {
	c, err := x509.ParseCertificate(row.Certificate)
	if err != nil {
		return nil, fmt.Errorf("device CA %s: %w", row.ID, err)
	}
	a := &Authority{Source: Seen, Certificate: c, Row: row}
	if row.PinnedAt != nil {
		a.Source = Pinned
	}
	return a, nil
}

// maxSeen bounds the authorities that are remembered without being believed: anybody can make one.
const maxSeen = 100

// Seen remembers an authority that was refused, with the serial number that its request claimed.
func (s *Service) Seen(ctx context.Context, tx *ent.Client, c *x509.Certificate, serial string) error {
	now := s.clock.Now()
	n, err := tx.DeviceCA.Update().Where(entca.Fingerprint(Fingerprint(c))).AddCount(1).SetSerialNumber(serial).SetLastAt(now).Save(ctx)
	if err != nil || n > 0 {
		return err
	}
	if err := create(tx, c).SetCount(1).SetSerialNumber(serial).SetFirstAt(now).SetLastAt(now).
		OnConflictColumns(entca.FieldFingerprint).Update(func(u *ent.DeviceCAUpsert) { u.AddCount(1).SetLastAt(now) }).Exec(ctx); err != nil {
		return err
	}
	old, err := tx.DeviceCA.Query().Where(entca.PinnedAtIsNil()).Order(entca.ByLastAt(sql.OrderDesc()), entca.ByID(sql.OrderDesc())).
		Offset(maxSeen).Limit(maxSeen).IDs(ctx)
	if err != nil || len(old) == 0 {
		return err
	}
	_, err = tx.DeviceCA.Delete().Where(entca.IDIn(old...), entca.PinnedAtIsNil()).Exec(ctx)
	return err
}

func create(tx *ent.Client, c *x509.Certificate) *ent.DeviceCACreate {
	return tx.DeviceCA.Create().SetFingerprint(Fingerprint(c)).SetSubject(name(c.Subject.String())).SetIssuer(name(c.Issuer.String())).SetCertificate(c.Raw)
}

// name is a distinguished name for people; it comes from outside.
func name(dn string) string {
	const longest = 500
	runes := []rune(strings.ToValidUTF8(strings.ReplaceAll(dn, "\x00", "?"), "?"))
	return string(runes[:min(len(runes), longest)])
}

// Fingerprint is the SHA-256 of a certificate, in lower-case hexadecimal digits.
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return hex.EncodeToString(sum[:])
}

// Pin believes an authority from now on: one that was seen, by its identifier, or that of a certificate in PEM. Errors: NotFound, BadUserInput.
func (s *Service) Pin(ctx context.Context, id gid.ID, certificatePEM string) (a *Authority, err error) {
	given, err := fromPEM(certificatePEM)
	if err != nil {
		return nil, err
	}
	if (id == 0) == (given == nil) {
		return nil, apperr.New(apperr.BadUserInput, "An authority is pinned by its identifier or by its certificate.").
			WithHint("Give one of `deviceCaId` and `certificatePem`.").WithField("deviceCaId")
	}
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		row, err := find(ctx, tx, id, given)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		if row == nil {
			if row, err = create(tx.Client, given).SetCount(0).SetFirstAt(now).SetLastAt(now).Save(ctx); err != nil {
				return err
			}
		}
		if a, err = authorityOf(row); err != nil || a.Source == Pinned {
			return err
		}
		if err := pinnable(a.Certificate); err != nil {
			return apperr.Wrap(err, apperr.BadUserInput, "The authority cannot be pinned: %s.", err).WithField("deviceCaId")
		}
		if row, err = tx.DeviceCA.UpdateOne(row).SetPinnedAt(now).SetPinnedBy(auth.CallerOf(ctx).Name).Save(ctx); err != nil {
			return err
		}
		if a, err = authorityOf(row); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "pinDeviceCA", ObjectID: row.ID, ObjectName: row.Subject,
			Before: map[string]any{"pinned": false}, After: map[string]any{"pinned": true, "fingerprint": row.Fingerprint, "issuer": row.Issuer}})
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	return a, nil
}

func fromPEM(text string) (*x509.Certificate, error) {
	if text == "" {
		return nil, nil
	}
	list, err := parsePEM([]byte(text))
	if err == nil && len(list) > 1 {
		err = errors.New("it holds more than one certificate")
	}
	if err != nil {
		return nil, apperr.Wrap(err, apperr.BadUserInput, "The certificate cannot be read: %s.", err).WithField("certificatePem")
	}
	return list[0], nil
}

// find reads an authority's row; nil when there is none of the certificate.
func find(ctx context.Context, tx *store.Tx, id gid.ID, given *x509.Certificate) (*ent.DeviceCA, error) {
	if given == nil {
		row, err := tx.DeviceCA.Get(ctx, id)
		if ent.IsNotFound(err) {
			return nil, apperr.Wrap(err, apperr.NotFound, "There is no device CA %s.", id).WithHint("Take the identifier from deviceCAs.").WithField("deviceCaId")
		}
		return row, err
	}
	row, err := tx.DeviceCA.Query().Where(entca.Fingerprint(Fingerprint(given))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return row, err
}

// Unpin no longer believes an authority. Devices that are enrolled stay so. Errors: NotFound.
func (s *Service) Unpin(ctx context.Context, id gid.ID) (a *Authority, err error) {
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		row, err := find(ctx, tx, id, nil)
		if err != nil {
			return err
		}
		if row.PinnedAt == nil {
			a, err = authorityOf(row)
			return err
		}
		if row, err = tx.DeviceCA.UpdateOne(row).ClearPinnedAt().SetPinnedBy("").Save(ctx); err != nil {
			return err
		}
		if a, err = authorityOf(row); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "unpinDeviceCA", ObjectID: row.ID, ObjectName: row.Subject,
			Before: map[string]any{"pinned": true, "fingerprint": row.Fingerprint}, After: map[string]any{"pinned": false}})
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	return a, nil
}
