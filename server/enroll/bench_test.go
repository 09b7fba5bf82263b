package enroll_test

import (
	"bytes"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/cms"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// BenchmarkProfile is a device that gets its profile, on the server's side: signature, device, profile, the rows that are written. Beside it stand
// the signatures alone, which no server can do without.
func BenchmarkProfile(b *testing.B) {
	for _, database := range []string{"sqlite", "postgres"} {
		b.Run(database, func(b *testing.B) {
			w := newWorld(b, dbtest.Open(b, database), options{})
			root := cmsmaker.Authority(b, "Apple-like Device CA", cmsmaker.RSA(b, 1024), nil)
			_, err := w.cas.Pin(admin(b), 0, string(root.PEM()))
			must(b, err)
			leaf := cmsmaker.Device(b, root, cmsmaker.RSA(b, 2048))
			body := cmsmaker.Message{Content: machine(w.serials[0]), Signers: []cmsmaker.Identity{leaf},
				Certificates: []*x509.Certificate{leaf.Certificate, root.Certificate}}.Bytes(b)
			mux := http.NewServeMux()
			route := w.service.Routes()[0]
			mux.Handle(route.Path, route.Handler)
			path := "/enroll/ade/" + w.key(w.profile)
			var signatures time.Duration
			for b.Loop() {
				w.clock.Advance(10 * time.Second)
				answer := httptest.NewRecorder()
				mux.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body)))
				if answer.Code != http.StatusOK {
					b.Fatal(answer.Code, answer.Body)
				}
				b.StopTimer()
				before := time.Now()
				signed, err := cms.Read(body)
				must(b, err)
				must(b, root.Certificate.CheckSignature(signed.Signer.SignatureAlgorithm, signed.Signer.RawTBSCertificate, signed.Signer.Signature))
				signatures += time.Since(before)
				b.StartTimer()
			}
			b.ReportMetric(float64(signatures.Nanoseconds())/float64(b.N), "ns-signatures/op")
		})
	}
}
