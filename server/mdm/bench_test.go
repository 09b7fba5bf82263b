package mdm_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	nanomdm "github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/store"
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

// BenchmarkCommandToMany is a command to 10,000 enrolled devices, or as many as BENCH_COMMANDED says: until sendCommand has answered, until it is queued for all of
// them, and until all have been given it and have answered, one after another, without network and signatures. grown-MiB is how much more memory is in use
// then than before.
func BenchmarkCommandToMany(b *testing.B) {
	n := 10_000
	if text := os.Getenv("BENCH_COMMANDED"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	for _, dialect := range []string{"sqlite", "postgres"} {
		b.Run(fmt.Sprintf("%d-devices/%s", n, dialect), func(b *testing.B) {
			w := newWorld(b, dbtest.Open(b, dialect))
			w.fleet(n)
			for b.Loop() {
				before := inUse()
				begin := time.Now()
				batch := w.send(mdm.Command{Kind: mdm.DeviceInformation}, devicegroup.Selection{Where: device.IDGT(0), ExpectedCount: &n})
				b.ReportMetric(time.Since(begin).Seconds(), "s-accepted")
				w.work()
				b.ReportMetric(time.Since(begin).Seconds(), "s-queued")
				begin = time.Now()
				storage := mdm.NewStorage(w.db, w.box, w.clock)
				for i := range n {
					r := nanomdm.NewRequestWithContext(b.Context(), nil)
					r.EnrollID = &nanomdm.EnrollID{Type: nanomdm.Device, ID: fmt.Sprintf("UF%06d", i)}
					c, err := storage.RetrieveNextCommand(r, false)
					if err != nil || c == nil {
						b.Fatal(c, err)
					}
					results := &nanomdm.CommandResults{CommandUUID: c.CommandUUID, Status: "Acknowledged", Raw: []byte("<plist/>")}
					if err := storage.StoreCommandReport(r, results); err != nil {
						b.Fatal(err)
					}
				}
				w.work()
				if got := w.batch(batch.ID); got.Acknowledged != n || got.FinishedAt == nil {
					b.Fatalf("%+v", got)
				}
				b.ReportMetric(time.Since(begin).Seconds(), "s-answered")
				b.ReportMetric(float64(inUse()-before)/(1<<20), "grown-MiB")
			}
		})
	}
}

func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// fleet puts enrolled devices into the database.
func (w *world) fleet(n int) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		now := w.clock.Now()
		for first := 0; first < n; first += 500 {
			var devices []*ent.DeviceCreate
			for i := first; i < min(n, first+500); i++ {
				devices = append(devices, tx.Device.Create().SetSerialNumber(fmt.Sprintf("F%06d", i)).SetAbmTokenID(w.token).SetPlatform(device.PlatformIOS).SetAddedAt(now).SetChangedAt(now))
			}
			made, err := tx.Device.CreateBulk(devices...).Save(ctx)
			if err != nil {
				return err
			}
			var channels []*ent.MDMChannelCreate
			for _, d := range made {
				channels = append(channels, tx.MDMChannel.Create().SetChannel("U"+d.SerialNumber).SetOfUser(false).SetEnabled(true).SetDeviceID(d.ID).SetTopic(topic))
			}
			if err := tx.MDMChannel.CreateBulk(channels...).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
