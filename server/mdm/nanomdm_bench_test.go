package mdm_test

import (
	"bytes"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/micromdm/nanolib/log"
	"github.com/micromdm/nanomdm/cryptoutil"
	httpmdm "github.com/micromdm/nanomdm/http/mdm"
	"github.com/micromdm/nanomdm/service/certauth"
	"github.com/micromdm/nanomdm/service/nanomdm"
	"github.com/micromdm/nanomdm/storage/pgsql"
	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/test/dbtest"
)

// BenchmarkIdleAtNanoMDM is BenchmarkIdle at a nanomdm of its own packages with its PostgreSQL storage: the same messages with the same signatures,
// on the same machine. It does not check the identity's issuer, which the program itself does.
func BenchmarkIdleAtNanoMDM(b *testing.B) {
	w := newWorld(b, dbtest.Open(b, "sqlite"))
	db, err := sql.Open("postgres", dbtest.Postgres(b))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(20) // as ours
	db.SetMaxIdleConns(20)
	if _, err := db.ExecContext(b.Context(), pgsql.Schema); err != nil {
		b.Fatal(err)
	}
	storage, err := pgsql.New(pgsql.WithDB(db))
	if err != nil {
		b.Fatal(err)
	}
	handler := httpmdm.CertExtractMdmSignatureMiddleware(
		httpmdm.CheckinAndCommandHandler(certauth.New(nanomdm.New(storage), storage), log.NopLogger), httpmdm.MdmSignatureVerifierFunc(cryptoutil.VerifyMdmSignature))
	send := func(contentType string, body []byte, signature string) {
		r := httptest.NewRequest(http.MethodPut, "/mdm", bytes.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Mdm-Signature", signature)
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		if answer.Code != http.StatusOK {
			b.Errorf("%d %s", answer.Code, answer.Body)
		}
	}
	const devices = 50
	bodies, signatures := make([][]byte, devices), make([]string, devices)
	for i := range devices {
		p := w.managed(i)
		for _, message := range []map[string]any{
			{"MessageType": "Authenticate", "UDID": p.udid, "Topic": "com.apple.mgmt.x", "SerialNumber": p.serial},
			{"MessageType": "TokenUpdate", "UDID": p.udid, "Topic": "com.apple.mgmt.x", "Token": []byte("token"), "PushMagic": "magic"},
		} {
			body, err := plist.Marshal(message)
			if err != nil {
				b.Fatal(err)
			}
			send("application/x-apple-aspen-mdm-checkin", body, p.sign(body))
		}
		bodies[i], signatures[i] = p.idle()
	}
	var next atomic.Int64
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := int(next.Add(1)) % devices
			send("application/x-apple-aspen-mdm", bodies[i], signatures[i])
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "checkins/s")
}
