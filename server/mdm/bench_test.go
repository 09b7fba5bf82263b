package mdm_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/test/dbtest"
)

// BenchmarkIdle is most of all messages: a device asks, and there is nothing to do. What the server does for it, the check of the signature
// included and the network not.
func BenchmarkIdle(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(dialect, func(b *testing.B) {
			w := newWorld(b, dbtest.Open(b, dialect))
			handler := w.mdm.Routes()[0].Handler
			const devices = 50
			bodies, signatures := make([][]byte, devices), make([]string, devices)
			for i := range devices {
				bodies[i], signatures[i] = w.managed(i).idle()
			}
			var next atomic.Int64
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					i := int(next.Add(1)) % devices
					r := httptest.NewRequest(http.MethodPut, "/mdm", bytes.NewReader(bodies[i]))
					r.Header.Set("Mdm-Signature", signatures[i])
					answer := httptest.NewRecorder()
					handler.ServeHTTP(answer, r)
					if answer.Code != http.StatusOK {
						b.Errorf("%d %s", answer.Code, answer.Body)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "checkins/s")
		})
	}
}

// managed is a device that enrolled a while ago, with an identity that was put into the records.
func (w *world) managed(n int) *phone {
	w.t.Helper()
	ctx, now := w.t.Context(), w.clock.Now()
	if _, err := w.identities.CACertificate(ctx); err != nil {
		w.t.Fatal(err)
	}
	p := w.buy(n)
	p.key = keyOf(w.t, 1) // making one takes a while
	p.cert = p.selfSigned()
	sum := sha256.Sum256(p.cert.Raw)
	fingerprint := hex.EncodeToString(sum[:])
	authority := w.db.Reader().IdentityCA.Query().OnlyX(ctx)
	w.db.Ent().IdentityCertificate.Create().SetIdentityCaID(authority.ID).SetDeviceID(p.id).SetSerial(fmt.Sprint(n)).SetFingerprint(fingerprint).
		SetSubject(p.serial).SetUdid(p.udid).SetStartsAt(now).SetExpiresAt(now).ExecX(ctx)
	w.db.Ent().MDMChannel.Create().SetChannel(p.udid).SetDeviceID(p.id).SetOfUser(false).SetEnabled(true).SetCertificateFingerprint(fingerprint).ExecX(ctx)
	return p
}

func (p *phone) idle() (body []byte, signature string) {
	p.w.t.Helper()
	body, err := plist.Marshal(map[string]any{"Status": "Idle", "UDID": p.udid})
	if err != nil {
		p.w.t.Fatal(err)
	}
	return body, p.sign(body)
}
