// Package beside_test enrolls devices with the real nanomdm program: they come to our handler, get its enrollment profile, enroll there, and its webhook
// says so here.
package beside_test

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofileversion"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/enrollmentrefusal"
	entother "github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/server/machineinfo"
	"github.com/guardmdm/guardmdm/server/othermdm"
	"github.com/guardmdm/guardmdm/server/simdevice"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

// add adds an MDM server whose enrollment profile is set once the program runs: that has to know the webhook's secret, and the profile where it listens.
func (w *world) add(name string) (m *ent.OtherMDM, mdmURL string) {
	w.Helper()
	m, secret, err := w.guard.OtherMDMs.Create(w.ctx, othermdm.Edit{Name: &name, File: w.scep.mobileconfig("https://mdm.example.org/mdm")})
	must(w, err)
	mdmURL = w.runNanoMDM(othermdm.PathOf(m.ID), secret)
	m, err = w.guard.OtherMDMs.Update(w.ctx, m.ID, othermdm.Edit{File: w.scep.mobileconfig(mdmURL)})
	must(w, err)
	return m, mdmURL
}

// The whole walk beside another MDM server, state by state, on a server that has no push certificate of its own.
func TestNanoMDMBesideUs(t *testing.T) {
	nanomdm := proc.BuildPackage(t, "github.com/micromdm/nanomdm/cmd/nanomdm")
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		dbtest.CheckLeaks(t)
		w := newWorld(t, databaseURL, nanomdm, 3)
		d := w.device(0)
		if err := w.fetch(d); !isRefused(err, http.StatusServiceUnavailable, "PUSH_CERTIFICATE_MISSING") {
			t.Fatalf("our own profile without a push certificate: %v", err)
		}
		m, mdmURL := w.add("NanoMDM")
		w.enrollsWith(m.ID)
		if n := w.db.Reader().ADEProfileVersion.Query().Where(adeprofileversion.AdeProfileID(w.profile.ID)).CountX(w.ctx); n != 1 {
			t.Errorf("the profile has %d versions: Apple stores nothing of where devices enroll", n)
		}

		must(t, w.fetch(d))
		if d.Profile.ServerURL != mdmURL {
			t.Fatalf("the profile leads to %s, not to %s", d.Profile.ServerURL, mdmURL)
		}
		if e := w.row(d); e.Status != deviceenrollment.StatusNotEnrolled || e.OfferedMdmID == nil || *e.OfferedMdmID != m.ID || e.OtherMdmID != nil {
			t.Fatalf("after the profile: %+v", e)
		}
		must(t, d.GetIdentity(w.ctx))
		must(t, d.Authenticate(w.ctx))
		if e := w.becomes(d, deviceenrollment.StatusEnrolling); e.OtherMdmID == nil || *e.OtherMdmID != m.ID || e.Udid != d.UDID || e.OsVersion != d.OSVersion || e.Enrollments != 1 {
			t.Errorf("after Authenticate: %+v", e)
		}
		must(t, d.TokenUpdate(w.ctx, false))
		if e := w.becomes(d, deviceenrollment.StatusEnrolled); e.EnrolledAt == nil || e.AwaitingConfiguration {
			t.Errorf("after TokenUpdate: %+v", e)
		}
		_, err := d.Connect(w.ctx)
		must(t, err)
		counts, err := w.guard.MDM.Count(w.ctx, 0)
		must(t, err)
		if counts.Enrolled != 1 || counts.Enrolling != 0 {
			t.Errorf("counted %+v", counts)
		}
		if n := w.db.Reader().MDMChannel.Query().CountX(w.ctx) + w.db.Reader().MDMCommand.Query().CountX(w.ctx) + w.db.Reader().SCEPChallenge.Query().CountX(w.ctx); n != 0 {
			t.Errorf("our own MDM server has %d rows of a device that is not its", n)
		}
		must(t, d.CheckOut(w.ctx))
		w.becomes(d, deviceenrollment.StatusUnenrolled)
		const of = `{"mdm":[null,"NanoMDM"]}`
		want := strings.Join([]string{`ENROLLMENT_REFUSED{"refusal":[null,"PUSH_CERTIFICATE_MISSING"]}`, "PROFILE_FETCHED" + of, "ENROLLING" + of, "ENROLLED" + of, "UNENROLLED" + of}, " ")
		if h := w.history(d); h != want {
			t.Errorf("history\n%s\nwant\n%s", h, want)
		}
		w.until("the last event is written down", func() bool {
			m := w.db.Reader().OtherMDM.GetX(w.ctx, m.ID)
			return m.LastEventAt != nil && m.LastRefusalAt == nil
		})
	})
}

// A webhook with another secret is not believed: the device is enrolled there, and nothing of it is known here until the secret is right and it calls.
func TestWrongSecret(t *testing.T) {
	nanomdm := proc.BuildPackage(t, "github.com/micromdm/nanomdm/cmd/nanomdm")
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, nanomdm, 1)
		m, _ := w.add("NanoMDM")
		w.enrollsWith(m.ID)
		_, _, err := w.guard.OtherMDMs.Rotate(w.ctx, m.ID)
		must(t, err)
		d := w.device(0)
		must(t, w.fetch(d))
		must(t, d.GetIdentity(w.ctx))
		must(t, d.Authenticate(w.ctx))
		must(t, d.TokenUpdate(w.ctx, false))
		w.until("the refusal is written down", func() bool {
			return w.db.Reader().OtherMDM.GetX(w.ctx, m.ID).LastRefusalCode == string(othermdm.SignatureWrong)
		})
		if e := w.row(d); e.Status != deviceenrollment.StatusNotEnrolled {
			t.Errorf("believed: %+v", e)
		}
		_, err = d.Connect(w.ctx)
		must(t, err)
		if e := w.row(d); e.Status != deviceenrollment.StatusNotEnrolled || e.ReportedAt != nil {
			t.Errorf("believed: %+v", e)
		}
	})
}

// From a URL: the server is asked for each device, gets the machine information that was verified, and its authorization; what it does wrong is
// the device's refusal, with a code of its own.
func TestProfileFromURL(t *testing.T) {
	nanomdm := proc.BuildPackage(t, "github.com/micromdm/nanomdm/cmd/nanomdm")
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, nanomdm, 2)
		block, _ := pem.Decode(w.options.CA.PEM())
		authority, err := x509.ParseCertificates(block.Bytes)
		must(t, err)
		var mu sync.Mutex // of asked and answers
		var asked []string
		var answers http.HandlerFunc = func(rw http.ResponseWriter, _ *http.Request) {
			_, _ = rw.Write(w.scep.mobileconfig("http://127.0.0.1:1/mdm"))
		}
		answer := func(from http.HandlerFunc) {
			mu.Lock()
			defer mu.Unlock()
			answers = from
		}
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			info := ""
			if len(body) > 0 {
				read, _, err := machineinfo.Read(body, machineinfo.Trust{Pinned: authority})
				if err != nil {
					t.Error(err)
				}
				info = read.SerialNumber
			}
			mu.Lock()
			asked = append(asked, strings.Join([]string{r.Method, r.URL.String(), r.Header.Get("Authorization"), info}, " "))
			now := answers
			mu.Unlock()
			now(rw, r)
		}))
		defer server.Close()
		name, address, authorization, request := "Fleet", server.URL+"/api/mdm/apple/enroll?token=hidden", "Bearer hidden", entother.RequestPost
		m, _, err := w.guard.OtherMDMs.Create(w.ctx, othermdm.Edit{Name: &name, URL: &address, Authorization: &authorization, Request: &request})
		must(t, err)
		if strings.Contains(m.URL, "hidden") {
			t.Errorf("the URL shows its query: %s", m.URL)
		}
		w.enrollsWith(m.ID)
		d := w.device(0)
		must(t, w.fetch(d))
		want := "POST /api/mdm/apple/enroll?token=hidden Bearer hidden " + d.SerialNumber
		mu.Lock()
		first := strings.Join(asked, "\n")
		mu.Unlock()
		if first != want {
			t.Fatalf("asked %q, want %q", first, want)
		}
		for _, test := range []struct {
			name   string
			answer http.HandlerFunc
			status int
			code   string
		}{
			{"HTTP 500", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusInternalServerError) }, 502, "OTHER_MDM_REFUSED"},
			{"redirect", func(rw http.ResponseWriter, r *http.Request) {
				http.Redirect(rw, r, "http://169.254.169.254/", http.StatusFound)
			}, 502, "OTHER_MDM_REFUSED"},
			{"page", func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, "<html>") }, 502, "OTHER_MDM_PROFILE_UNUSABLE"},
			{"endless", func(rw http.ResponseWriter, _ *http.Request) { _, _ = rw.Write(make([]byte, 2<<20)) }, 502, "OTHER_MDM_PROFILE_UNUSABLE"},
			{"another profile", func(rw http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(rw, strings.ReplaceAll(string(w.scep.mobileconfig("https://a.example/mdm")), "com.apple.mdm<", "com.apple.vpn<"))
			}, 502, "OTHER_MDM_PROFILE_UNUSABLE"},
			{"reset", func(rw http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }, 503, "OTHER_MDM_UNREACHABLE"},
		} {
			answer(test.answer)
			if err := w.fetch(d); !isRefused(err, test.status, test.code) {
				t.Errorf("%s: %v", test.name, err)
			}
			if strings.Contains(w.refusalsOf(d), "hidden") {
				t.Errorf("%s: a refusal shows the secret: %s", test.name, w.refusalsOf(d))
			}
		}
		// Its demand for a newer system is passed on to a device that can do something about it.
		answer(func(rw http.ResponseWriter, _ *http.Request) {
			rw.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(rw, `{"code":"com.apple.softwareupdate.required","details":{"OSVersion":"26.2"}}`)
		})
		able := w.device(1)
		able.CanUpdate = true
		if err := w.fetch(able); !isRefused(err, http.StatusForbidden, `"OSVersion":"26.2"`) {
			t.Errorf("a device that can update: %v", err)
		}
		unable := w.device(1)
		unable.CanUpdate = false
		if err := w.fetch(unable); !isRefused(err, http.StatusBadGateway, "OTHER_MDM_REFUSED") {
			t.Errorf("a device that cannot: %v", err)
		}
		server.Close()
		if err := w.fetch(w.device(1)); !isRefused(err, http.StatusServiceUnavailable, "OTHER_MDM_UNREACHABLE") {
			t.Errorf("a server that is gone: %v", err)
		}
	})
}

// refusalsOf is all that is kept of what was refused to the device.
func (w *world) refusalsOf(d *simdevice.Device) (text string) {
	for _, r := range w.db.Reader().EnrollmentRefusal.Query().Where(enrollmentrefusal.SerialNumber(d.SerialNumber)).AllX(w.ctx) {
		text += r.Code + r.Message
	}
	return text
}

func isRefused(err error, status int, shows string) bool {
	refused, ok := errors.AsType[*simdevice.Refused](err)
	return ok && refused.Status == status && strings.Contains(refused.Body, shows)
}
