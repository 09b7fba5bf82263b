package enroll_test

import (
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/cms"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestSigning(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		admin, body := stack.Admin(t), w.signed(machine(w.serials[0]))
		fetch := func() reply { return w.given(w.post(w.key(w.profile), body)) }
		if s, err := w.service.Signing(t.Context()); s != nil || err != nil {
			t.Fatal(s, err)
		}
		root := cmsmaker.Authority(t, "Root", cmsmaker.EC(t), nil)
		signer := cmsmaker.Issue(t, &root, cmsmaker.EC(t), func(c *x509.Certificate) {
			c.Subject.CommonName, c.NotAfter = "mdm.example.org", w.clock.Now().AddDate(0, 0, 90)
		})
		_, err := w.service.UploadSigning(admin, string(signer.PEM())+string(root.PEM()), string(signer.KeyPEM(t)))
		must(t, err)
		signed, err := cms.Read([]byte(fetch().body))
		must(t, err)
		if !signed.Signer.Equal(signer.Certificate) || len(signed.Certificates) != 2 || !strings.Contains(string(signed.Content), "com.apple.mdm") {
			t.Errorf("%v", signed.Signer.Subject)
		}
		stored := db.Reader().Setting.Query().Where(setting.Key("enrollment_signing")).OnlyX(t.Context()).Value
		if strings.Contains(stored, "PRIVATE KEY") {
			t.Error("the key is not sealed")
		}
		w.clock.Advance(91 * 24 * time.Hour) // past its time: unsigned rather than refused by the device
		if r := fetch(); !strings.HasPrefix(r.body, "<?xml") {
			t.Error("signed with an expired certificate")
		}
		must(t, w.service.RemoveSigning(admin))
		must(t, w.service.RemoveSigning(admin))
		if s, err := w.service.Signing(t.Context()); s != nil || err != nil {
			t.Error(s, err)
		}
		var actions []string
		for _, e := range db.Reader().AuditEntry.Query().Where(auditentry.ActionContains("SigningCertificate")).Order(auditentry.ByID()).AllX(t.Context()) {
			actions = append(actions, e.Action)
			if strings.Contains(string(e.After), "PRIVATE") {
				t.Error("the audit log holds the key")
			}
		}
		if got := strings.Join(actions, " "); got != "uploadEnrollmentSigningCertificate removeEnrollmentSigningCertificate" {
			t.Error(got)
		}
	})
}

func TestSigningRefuses(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), options{})
	root := cmsmaker.Authority(t, "Root", cmsmaker.EC(t), nil)
	good := cmsmaker.Issue(t, &root, cmsmaker.EC(t), nil)
	expired := cmsmaker.Device(t, root, cmsmaker.EC(t))
	weak := cmsmaker.Issue(t, &root, cmsmaker.RSA(t, 1024), nil)
	for name, tt := range map[string]struct{ certificate, key string }{
		"nothing":         {"", ""},
		"another's key":   {string(good.PEM()), string(root.KeyPEM(t))},
		"no key":          {string(good.PEM()), string(good.PEM())},
		"expired":         {string(expired.PEM()), string(expired.KeyPEM(t))},
		"an authority":    {string(root.PEM()), string(root.KeyPEM(t))},
		"a weak key":      {string(weak.PEM()), string(weak.KeyPEM(t))},
		"too many":        {strings.Repeat(string(good.PEM()), 9), string(good.KeyPEM(t))},
		"too large":       {strings.Repeat("x", 100_000), string(good.KeyPEM(t))},
		"a broken second": {string(good.PEM()) + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", string(good.KeyPEM(t))},
	} {
		_, err := w.service.UploadSigning(stack.Admin(t), tt.certificate, tt.key)
		if !apperr.Is(err, apperr.BadUserInput) || strings.Contains(err.Error(), "PRIVATE KEY-----\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := w.service.Signing(t.Context()); s != nil || err != nil {
		t.Error(s, err)
	}
}
