package graph_test

import (
	"context"
	"crypto/x509"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/enroll"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// newEnrollmentAPI is newAPI with what enrollment needs; simulated is the authority of GUARDMDM_DEVICE_CA_FILE.
func newEnrollmentAPI(t *testing.T, db *store.Store, simulated cmsmaker.Identity) (api, *deviceca.Service) {
	t.Helper()
	s := stack.New(t, db, stack.Options{Clock: clockwork.NewFakeClockAt(now)})
	a := newAPI(t, s)
	box, err := secret.OpenKeyFile(s.KeyFile)
	must(t, err)
	cas := deviceca.New(db, []*x509.Certificate{simulated.Certificate}, s.Clock)
	a.DeviceCAs, a.Signing = cas, enroll.New(enroll.Options{Store: db, Box: box, Clock: s.Clock})
	return a, cas
}

type ctx = context.Context

func TestIdentityAuthorities(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Clock: clockwork.NewFakeClockAt(now)})
		a := newAPI(t, s)
		var list struct {
			IdentityAuthorities []struct {
				Fingerprint, Subject string
				ExpiresAt            time.Time
			}
		}
		const query = `{ identityAuthorities { fingerprint subject expiresAt } }`
		if a.get(query, nil, &list); len(list.IdentityAuthorities) != 0 {
			t.Errorf("before the first device: %+v", list)
		}
		cert, err := s.Identities.CACertificate(t.Context())
		must(t, err)
		a.get(query, nil, &list)
		if len(list.IdentityAuthorities) != 1 {
			t.Fatalf("got %+v", list)
		}
		if one := list.IdentityAuthorities[0]; one.Fingerprint != deviceca.Fingerprint(cert) || one.Subject != cert.Subject.String() || !one.ExpiresAt.Equal(cert.NotAfter) {
			t.Errorf("got %+v of %s", one, cert.Subject)
		}
	})
}

func TestDeviceCAs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		simulated, seen := cmsmaker.Authority(t, "Simulated", cmsmaker.EC(t), nil), cmsmaker.Authority(t, "Seen", cmsmaker.EC(t), nil)
		a, cas := newEnrollmentAPI(t, db, simulated)
		must(t, db.WithTx(t.Context(), func(ctx ctx, tx *store.Tx) error { return cas.Seen(ctx, tx.Client, seen.Certificate, "C02SIM0003CC") }))
		type authority struct {
			ID, ClaimedSerialNumber, PinnedBy, PinnedAt, LastSeenAt *string
			Source, Fingerprint, Subject, CertificatePem            string
			RefusedRequests                                         int
			StartsAt, ExpiresAt                                     time.Time
		}
		const fields = `id source fingerprint subject issuer startsAt expiresAt certificatePem refusedRequests claimedSerialNumber firstSeenAt lastSeenAt pinnedAt pinnedBy`
		var list struct{ DeviceCAs []authority }
		a.get(`{ deviceCAs { `+fields+` } }`, nil, &list)
		var sources []string
		for _, c := range list.DeviceCAs {
			sources = append(sources, c.Source)
		}
		if d := cmp.Diff([]string{"APPLE", "CONFIGURED", "SEEN"}, sources); d != "" {
			t.Fatal(d)
		}
		last := list.DeviceCAs[2]
		if last.ID == nil || last.RefusedRequests != 1 || *last.ClaimedSerialNumber != "C02SIM0003CC" || last.Fingerprint != deviceca.Fingerprint(seen.Certificate) ||
			last.CertificatePem != string(seen.PEM()) || list.DeviceCAs[0].ID != nil || list.DeviceCAs[0].ExpiresAt.Year() != 2014 {
			t.Errorf("%+v", list.DeviceCAs)
		}
		var pin struct {
			PinDeviceCA struct {
				DeviceCA   *authority
				UserErrors userErrors
			}
		}
		const pinning = `mutation($input: PinDeviceCAInput!) { pinDeviceCA(input: $input) { deviceCA { ` + fields + ` } userErrors { field code message } } }`
		a.get(pinning, map[string]any{"input": map[string]any{"deviceCaId": *last.ID}}, &pin)
		if p := pin.PinDeviceCA; len(p.UserErrors) > 0 || p.DeviceCA.Source != "PINNED" || *p.DeviceCA.PinnedBy != "Ada" {
			t.Errorf("%+v", p)
		}
		pin.PinDeviceCA.DeviceCA = nil
		a.get(pinning, map[string]any{"input": map[string]any{}}, &pin)
		if p := pin.PinDeviceCA; len(p.UserErrors) != 1 || p.DeviceCA != nil {
			t.Errorf("%+v", p)
		}
		var unpin struct {
			UnpinDeviceCA struct {
				DeviceCA   *authority
				UserErrors userErrors
			}
		}
		a.get(`mutation($id: ID!) { unpinDeviceCA(input: {deviceCaId: $id}) { deviceCA { `+fields+` } userErrors { field code message } } }`,
			map[string]any{"id": *last.ID}, &unpin)
		if u := unpin.UnpinDeviceCA; len(u.UserErrors) > 0 || u.DeviceCA.Source != "SEEN" {
			t.Errorf("%+v", u)
		}
	})
}

func TestEnrollmentSigningCertificate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		root := cmsmaker.Authority(t, "Root", cmsmaker.EC(t), nil)
		signer := cmsmaker.Issue(t, &root, cmsmaker.EC(t), func(c *x509.Certificate) { c.Subject.CommonName = "mdm.example.org" })
		a, _ := newEnrollmentAPI(t, db, root)
		type certificate struct {
			Subject, Issuer string
			IsExpired       bool
		}
		var got struct{ EnrollmentSigningCertificate *certificate }
		const query = `{ enrollmentSigningCertificate { subject issuer startsAt expiresAt isExpired uploadedAt } }`
		a.get(query, nil, &got)
		if got.EnrollmentSigningCertificate != nil {
			t.Error(got)
		}
		var uploaded struct {
			UploadEnrollmentSigningCertificate struct {
				EnrollmentSigningCertificate *certificate
				UserErrors                   userErrors
			}
		}
		const upload = `mutation($c: String!, $k: String!) { uploadEnrollmentSigningCertificate(input: {certificatePem: $c, privateKeyPem: $k}) {
			enrollmentSigningCertificate { subject } userErrors { field code message } } }`
		a.get(upload, map[string]any{"c": "nonsense", "k": string(signer.KeyPEM(t))}, &uploaded)
		if u := uploaded.UploadEnrollmentSigningCertificate; len(u.UserErrors) != 1 || u.EnrollmentSigningCertificate != nil {
			t.Errorf("%+v", u)
		}
		a.get(upload, map[string]any{"c": string(signer.PEM()), "k": string(signer.KeyPEM(t))}, &uploaded)
		a.get(query, nil, &got)
		if c := got.EnrollmentSigningCertificate; c == nil || !strings.Contains(c.Subject, "mdm.example.org") || c.IsExpired {
			t.Errorf("%+v", c)
		}
		var removed struct{ RemoveEnrollmentSigningCertificate struct{ IsSigned bool } }
		a.get(`mutation { removeEnrollmentSigningCertificate { isSigned userErrors { code } } }`, nil, &removed)
		got.EnrollmentSigningCertificate = nil
		a.get(query, nil, &got)
		if removed.RemoveEnrollmentSigningCertificate.IsSigned || got.EnrollmentSigningCertificate != nil {
			t.Error(removed, got)
		}
	})
}

func TestEnrollmentRefusals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a, _ := newEnrollmentAPI(t, db, cmsmaker.Authority(t, "Root", cmsmaker.EC(t), nil))
		for i, serial := range []string{"S1", "S2", "S3", "S4", "S5"} {
			at := now.Add(time.Duration((i*3)%5) * time.Minute) // S1 0, S2 3, S3 1, S4 4, S5 2
			db.Ent().EnrollmentRefusal.Create().SetCode([]string{"KEY_NOT_GIVEN", "NO_PROFILE"}[i%2]).SetSerialNumber(serial).SetMessage("m").SetCount(i).
				SetFirstAt(at).SetLastAt(at).SaveX(t.Context())
		}
		type page struct {
			EnrollmentRefusals struct {
				Nodes    []struct{ ID, SerialNumber, Code string }
				PageInfo struct {
					EndCursor   *string
					HasNextPage bool
				}
				TotalCount int
			}
		}
		const query = `query($after: Cursor, $serial: String, $code: String) { enrollmentRefusals(first: 2, after: $after, serialNumber: $serial, code: $code) {
			nodes { id serialNumber code message udid product osVersion address count firstAt lastAt } pageInfo { endCursor hasNextPage } totalCount } }`
		var serials []string
		for variables := map[string]any{}; ; {
			var p page
			a.get(query, variables, &p)
			for _, n := range p.EnrollmentRefusals.Nodes {
				serials = append(serials, n.SerialNumber)
			}
			if p.EnrollmentRefusals.TotalCount != 5 {
				t.Fatal(p.EnrollmentRefusals.TotalCount)
			}
			if !p.EnrollmentRefusals.PageInfo.HasNextPage {
				break
			}
			variables["after"] = *p.EnrollmentRefusals.PageInfo.EndCursor
		}
		if want := []string{"S4", "S2", "S5", "S3", "S1"}; !slices.Equal(serials, want) {
			t.Errorf("%v, the latest first are %v", serials, want)
		}
		for _, variables := range []map[string]any{{"serial": " s3 "}, {"serial": "S3", "code": "KEY_NOT_GIVEN"}} {
			var p page
			a.get(query, variables, &p)
			if n := p.EnrollmentRefusals.Nodes; len(n) != 1 || n[0].SerialNumber != "S3" {
				t.Errorf("%v: %v", variables, n)
			}
			var node struct{ Node *struct{ ID string } }
			a.get(`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": p.EnrollmentRefusals.Nodes[0].ID}, &node)
			if node.Node == nil {
				t.Error("no node")
			}
		}
		if code := a.code(query, map[string]any{"serial": "\x00"}); code != apperr.BadUserInput {
			t.Error(code)
		}
		if code := a.code(query, map[string]any{"after": "nonsense"}); code == "" {
			t.Error("any cursor will do")
		}
	})
}

func TestMinimumOS(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		a, _ := newEnrollmentAPI(t, db, cmsmaker.Authority(t, "Root", cmsmaker.EC(t), nil))
		type payload struct {
			AdeProfile *struct {
				ID               string
				MinimumOS        []struct{ Platform, Version string }
				PublishedVersion struct{ Number int }
			}
			UserErrors userErrors
		}
		of := func(platform, version string) any { return map[string]any{"platform": platform, "version": version} }
		const fields = `adeProfile { id minimumOS { platform version } publishedVersion { number } } userErrors { field code message }`
		create := func(minimum ...any) payload {
			var got struct{ CreateADEProfile payload }
			a.get(`mutation($input: CreateADEProfileInput!) { createADEProfile(input: $input) { `+fields+` } }`,
				map[string]any{"input": map[string]any{"name": "P", "minimumOS": minimum}}, &got)
			return got.CreateADEProfile
		}
		for _, bad := range [][]any{{of("WATCHOS", "11")}, {of("IOS", "new")}, {of("IOS", "26"), of("IOS", "27")}, {of("MACOS", "")}} {
			if p := create(bad...); len(p.UserErrors) != 1 || p.UserErrors[0].Code != string(apperr.BadUserInput) || p.UserErrors[0].Field[0] != "minimumOS" {
				t.Errorf("%v: %+v", bad, p)
			}
		}
		p := create(of("MACOS", "15.4"), of("IOS", " 26.1"))
		if p.AdeProfile == nil || len(p.AdeProfile.MinimumOS) != 2 || p.AdeProfile.MinimumOS[0].Version != "26.1" {
			t.Fatalf("%+v", p)
		}
		update := func(input map[string]any) payload {
			input["adeProfileId"] = p.AdeProfile.ID
			var got struct{ UpdateADEProfile payload }
			a.get(`mutation($input: UpdateADEProfileInput!) { updateADEProfile(input: $input) { `+fields+` } }`, map[string]any{"input": input}, &got)
			return got.UpdateADEProfile
		}
		if u := update(map[string]any{"department": "IT"}); len(u.AdeProfile.MinimumOS) != 2 {
			t.Errorf("left out: %+v", u)
		}
		if u := update(map[string]any{"minimumOS": []any{of("TVOS", "18")}}); len(u.AdeProfile.MinimumOS) != 1 ||
			u.AdeProfile.MinimumOS[0].Platform != "TVOS" || u.AdeProfile.PublishedVersion.Number != 2 {
			t.Errorf("another: %+v", u)
		}
		if u := update(map[string]any{"minimumOS": []any{}}); len(u.AdeProfile.MinimumOS) != 0 {
			t.Errorf("none: %+v", u)
		}
	})
}
