package diagnosis_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/server/diagnosis"
	"github.com/guardmdm/guardmdm/server/othermdm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

const enrollmentProfile = `<plist version="1.0"><dict><key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>org.example</string>
<key>PayloadUUID</key><string>A</string><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.security.scep</string>
<key>PayloadUUID</key><string>B</string></dict><dict><key>PayloadType</key><string>com.apple.mdm</string><key>PayloadUUID</key><string>C</string>
<key>IdentityCertificateUUID</key><string>B</string><key>Topic</key><string>com.apple.mgmt.x</string><key>ServerURL</key><string>https://nano.example.org/mdm</string>
</dict></array></dict></plist>`

// NanoMDM tells with every kind of mistake, by HTTP: each is found with what mends it, and gone when it tells rightly.
func TestWebhookRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		name := "NanoMDM"
		m, key, err := w.OtherMDMs.Create(stack.Admin(t), othermdm.Edit{Name: &name, File: []byte(enrollmentProfile)})
		must(t, err)
		d := db.Reader().Device.Query().Where(device.RemovedAtIsNil()).FirstX(t.Context())
		now := w.clock.Now()
		db.Ent().DeviceEnrollment.Create().SetDeviceID(d.ID).SetStatus(deviceenrollment.StatusEnrolled).SetUdid("UDID").SetOtherMdmID(m.ID).SetReportedAt(now).SetEnrolledAt(now).ExecX(t.Context())
		if codes := w.codes(t, 0); len(codes) != 0 {
			t.Fatalf("before: %v", codes)
		}
		mux := http.NewServeMux()
		for _, r := range w.OtherMDMs.Routes() {
			mux.Handle(r.Path, r.Handler)
		}
		server := httptest.NewServer(mux)
		t.Cleanup(server.Close)
		event := func(age time.Duration) string {
			return fmt.Sprintf(`{"topic":"mdm.Connect","created_at":%q,"acknowledge_event":{"udid":"UDID"}}`, w.clock.Now().Add(-age).Format(time.RFC3339Nano))
		}
		tell := func(m *ent.OtherMDM, body, secret string) int {
			t.Helper()
			w.clock.Advance(2 * time.Minute) // it is written down now and then
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+othermdm.PathOf(m.ID), bytes.NewReader([]byte(body)))
			must(t, err)
			if secret != "" {
				mac := hmac.New(sha256.New, []byte(secret))
				mac.Write([]byte(body))
				request.Header.Set("X-Hmac-Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
			}
			answer, err := http.DefaultClient.Do(request)
			must(t, err)
			must(t, answer.Body.Close())
			return answer.StatusCode
		}
		t.Cleanup(http.DefaultClient.CloseIdleConnections)
		for _, c := range []struct {
			why, body, secret, code, cure string
			status                        int
		}{
			{"not signed", event(0), "", "WEBHOOK_NOT_SIGNED", "as the HMAC key", 401},
			{"another secret", event(0), "guessed", "WEBHOOK_SIGNATURE_WRONG", "Make a new secret", 401},
			{"an old event", event(time.Hour), key, "WEBHOOK_NOT_NOW", "clocks", 400},
			{"something else", "<xml/>", key, "WEBHOOK_MALFORMED", "NanoMDM's or MicroMDM's events", 400},
		} {
			if status := tell(m, c.body, c.secret); status != c.status {
				t.Errorf("%s: answered %d", c.why, status)
			}
			f := w.one(t, "WEBHOOK_REFUSED")
			if f.Key() != "WEBHOOK_REFUSED:"+m.ID.String() || f.OtherMDM.ID != m.ID || f.Devices != 1 || !strings.Contains(f.Symptom, "NanoMDM") || !strings.Contains(f.Fix.Text, c.cure) ||
				!strings.Contains(strings.Join(f.Evidence, "\n"), c.code) || !slices.Equal(f.Fix.Actions, []diagnosis.Action{diagnosis.ShowOtherMDMs}) {
				t.Errorf("%s: %+v", c.why, f)
			}
			if status := tell(m, event(0), key); status != 200 {
				t.Fatalf("rightly: %d", status)
			}
			if codes := w.codes(t, 0); len(codes) != 0 {
				t.Errorf("%s, mended: %v", c.why, codes)
			}
		}
		tell(m, event(0), "guessed")
		w.clock.Advance(25 * time.Hour)
		if codes := w.codes(t, 0); slices.Contains(codes, "WEBHOOK_REFUSED") {
			t.Errorf("a day later: %v", codes)
		}
		// Removed here, and told of it by nobody.
		tell(m, event(0), "guessed")
		must(t, w.OtherMDMs.Delete(stack.Admin(t), m.ID))
		if codes := w.codes(t, 0); slices.Contains(codes, "WEBHOOK_REFUSED") {
			t.Errorf("what was refused before it was removed: %v", codes)
		}
		if status := tell(m, event(0), key); status != 404 {
			t.Errorf("removed: answered %d", status)
		}
		if f := w.one(t, "WEBHOOK_REFUSED"); !strings.Contains(f.Symptom, "was removed here") || len(f.Fix.Actions) != 0 {
			t.Errorf("removed: %+v", f)
		}
	})
}
