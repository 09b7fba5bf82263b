package graph

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"sort"
	"strings"
	"time"

	"entgo.io/contrib/entgql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/enrollmentrefusal"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/enroll"
)

// authorityOf shows an authority for devices; nil for none.
func authorityOf(a *deviceca.Authority) *model.DeviceCertificateAuthority {
	if a == nil {
		return nil
	}
	c := a.Certificate
	shown := &model.DeviceCertificateAuthority{
		Source: model.DeviceCASource(a.Source), Fingerprint: deviceca.Fingerprint(c), Subject: c.Subject.String(), Issuer: c.Issuer.String(),
		StartsAt: c.NotBefore.UTC(), ExpiresAt: c.NotAfter.UTC(), CertificatePem: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})),
	}
	if row := a.Row; row != nil {
		shown.ID, shown.Subject, shown.Issuer, shown.RefusedRequests = &row.ID, row.Subject, row.Issuer, row.Count
		shown.ClaimedSerialNumber, shown.PinnedAt, shown.PinnedBy = optional(row.SerialNumber), row.PinnedAt, optional(row.PinnedBy)
		shown.FirstSeenAt, shown.LastSeenAt = &row.FirstAt, &row.LastAt
	}
	return shown
}

// identityAuthorities shows our own authorities.
func identityAuthorities(certs []*x509.Certificate) []*model.IdentityAuthority {
	list := make([]*model.IdentityAuthority, len(certs))
	for i, c := range certs {
		list[i] = &model.IdentityAuthority{Fingerprint: deviceca.Fingerprint(c), Subject: c.Subject.String(), ExpiresAt: c.NotAfter.UTC()}
	}
	return list
}

// signingOf shows the certificate that signs enrollment profiles; nil for none.
func (r *Resolver) signingOf(s *enroll.Signing) *model.EnrollmentSigningCertificate {
	if s == nil {
		return nil
	}
	c := s.Certificate
	return &model.EnrollmentSigningCertificate{Subject: c.Subject.String(), Issuer: c.Issuer.String(), StartsAt: c.NotBefore.UTC(), ExpiresAt: c.NotAfter.UTC(),
		IsExpired: s.Expired(r.Clock.Now()), UploadedAt: s.UploadedAt}
}

// minimumOS lists a profile's minimum versions, by platform.
func minimumOS(p *ent.ADEProfile) []*model.MinimumOs {
	list := make([]*model.MinimumOs, 0, len(p.MinimumOs))
	for platform, version := range p.MinimumOs {
		list = append(list, &model.MinimumOs{Platform: device.Platform(platform), Version: version})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Platform < list[j].Platform })
	return list
}

// refusals are ordered by when they last came: each counts what came before.
func (r *Resolver) refusals(ctx context.Context, after *cursor, first *int, before *cursor, last *int, serialNumber, code *string) (*ent.EnrollmentRefusalConnection, error) {
	first, last, err := window(gid.EnrollmentRefusal, time.Time{}, after, before, first, last)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]*string{"serialNumber": serialNumber, "code": code} {
		if value != nil && !orderable(*value, "") {
			return nil, apperr.New(apperr.BadUserInput, "`%s` holds what is no text.", name).WithField(name)
		}
	}
	q := r.DB.Reader().EnrollmentRefusal.Query()
	if serialNumber != nil {
		q.Where(enrollmentrefusal.SerialNumber(strings.ToUpper(strings.TrimSpace(*serialNumber))))
	}
	if code != nil {
		q.Where(enrollmentrefusal.Code(*code))
	}
	latest := &ent.EnrollmentRefusalOrder{Direction: entgql.OrderDirectionDesc, Field: ent.EnrollmentRefusalOrderFieldLastAt}
	return q.Paginate(ctx, after, first, before, last, ent.WithEnrollmentRefusalOrder(latest))
}

// orZero is what a pointer points to; nil: the zero value.
func orZero[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
