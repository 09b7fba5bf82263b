package walk_test

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/identitycertificate"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/cli"
	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/simdevice"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// refusedWith finds the answer that a device was refused with.
func refusedWith(t *testing.T, err error, status int, shows string) {
	t.Helper()
	var refused *simdevice.Refused
	if !errors.As(err, &refused) || refused.Status != status || !strings.Contains(refused.Body, shows) {
		t.Errorf("got %v, want HTTP %d with %q", err, status, shows)
	}
}

// The whole walk, with every kind of signature that devices make (field note 24), and state by state (field note 28): switched on, enrolling,
// enrolled, held and released by push (field note 29), gone.
func TestTheWholeWalk_FieldNotes24And28And29(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		dbtest.CheckLeaks(t)
		kinds := len(simdevice.Signatures())
		w := newWorld(t, databaseURL, settings{devices: kinds, held: true})
		for i, d := range w.devices(kinds) {
			assigned := w.switchOn(d)
			if !assigned.Held || !strings.HasPrefix(assigned.URL, w.guard.Server.URL()+"/enroll/ade/") {
				t.Fatalf("Apple says %+v", assigned)
			}
			if w.row(d) != nil {
				t.Error("a device that was switched on is not enrolling: Apple's `pushed` says nothing about it")
			}
			_, err := d.FetchProfile(w.ctx, assigned)
			must(t, err)
			if e := w.row(d); e == nil || e.Status != deviceenrollment.StatusNotEnrolled || e.ProfileFetchedAt == nil || e.Udid != d.UDID || e.OsVersion != d.OSVersion {
				t.Fatalf("after the profile: %+v", e)
			}
			must(t, d.GetIdentity(w.ctx))
			must(t, d.Authenticate(w.ctx))
			if e := w.row(d); e.Status != deviceenrollment.StatusEnrolling || e.AuthenticatedAt == nil || e.EnrolledAt != nil {
				t.Fatalf("after Authenticate: %+v", e)
			}
			must(t, d.TokenUpdate(w.ctx, true))
			if e := w.row(d); e.Status != deviceenrollment.StatusEnrolled || e.EnrolledAt == nil || !e.AwaitingConfiguration || e.ReleasedAt != nil {
				t.Fatalf("after TokenUpdate: %+v", e)
			}
			if i > 1 { // the rest of the walk is the same for all
				continue
			}
			lives := make(chan error, 1)
			go func() { lives <- d.Live(w.ctx) }()
			w.until("the device is released", func() bool { return w.row(d).ReleasedAt != nil })
			if e := w.row(d); e.AwaitingConfiguration || e.ModelName == "" {
				t.Errorf("after the release: %+v", e)
			}
			if h := w.history(d); h != "PROFILE_FETCHED ENROLLING ENROLLED RELEASED" {
				t.Errorf("history %q", h)
			}
		}
	})
}

// Devices that walk all at once, 20 of them at a time, each kind of answer to commands among them.
func TestManyAtOnce(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		dbtest.CheckLeaks(t)
		const n = 100
		w := newWorld(t, databaseURL, settings{devices: n, held: true})
		w.options.Poll = 100 * time.Millisecond // after NotNow
		fleet := simdevice.Fleet{Apple: w.apple, Concurrency: 20}
		devices := w.devices(n, simdevice.Behaviour{}, simdevice.Behaviour{NotNow: 0.3}, simdevice.Behaviour{Error: 0.5})
		if enrolled := fleet.Run(w.ctx, devices); enrolled != n {
			t.Fatalf("%d of %d enrolled: %v", enrolled, n, w.options.Recorder.Failures())
		}
		released := w.db.Reader().DeviceEnrollment.Query().Where(deviceenrollment.StatusEQ(deviceenrollment.StatusEnrolled), deviceenrollment.ReleasedAtNotNil()).CountX(w.ctx)
		if released != n {
			t.Errorf("%d devices are enrolled and released", released)
		}
		if pushed := w.apns.Outcomes()[""]; pushed < n {
			t.Errorf("%d pushes", pushed)
		}
		var table strings.Builder
		must(t, w.options.Recorder.Write(&table))
		t.Log("\n" + table.String())
	})
}

// A wiped device says nothing: it comes again, with the same machine information, and the running identity is good until it begins anew. One
// that leaves says so (field note 28). What Apple's push service says of the wiped one is written down.
func TestWipedAndGone_FieldNote28(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 1})
		d := w.devices(1)[0]
		must(t, w.enroll(d))
		before := *d
		again, err := simdevice.New(d.Hardware, w.options, 1)
		must(t, err)
		assigned := w.switchOn(again)
		_, err = again.FetchProfile(w.ctx, assigned)
		must(t, err)
		must(t, again.GetIdentity(w.ctx))
		if e := w.row(d); e.Status != deviceenrollment.StatusEnrolled || e.Enrollments != 1 {
			t.Errorf("a fetched profile ended the enrollment: %+v", e)
		}
		if _, err := before.Connect(w.ctx); err != nil {
			t.Errorf("the running identity: %v", err)
		}
		d.Wipe()
		must(t, again.Authenticate(w.ctx))
		if _, err := before.Connect(w.ctx); err == nil {
			t.Error("the identity of before is good after the device began anew")
		}
		must(t, again.TokenUpdate(w.ctx, false))
		if e := w.row(d); e.Status != deviceenrollment.StatusEnrolled || e.Enrollments != 2 {
			t.Errorf("after the second enrollment: %+v", e)
		}
		must(t, again.CheckOut(w.ctx))
		if e := w.row(d); e.Status != deviceenrollment.StatusUnenrolled || e.UnenrolledAt == nil {
			t.Errorf("after CheckOut: %+v", e)
		}
		if h := w.history(d); h != "PROFILE_FETCHED ENROLLING ENROLLED PROFILE_FETCHED ENROLLING ENROLLED UNENROLLED" {
			t.Errorf("history %q", h)
		}
	})
}

// A token that expired: no device enrolls, and those that did go on (the user's words).
func TestExpiredToken_FieldNote26(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 2})
		all := w.devices(2)
		must(t, w.enroll(all[0]))
		w.db.Ent().ABMToken.Update().SetState(abmtoken.StateExpired).SetExpiresAt(time.Now().Add(-time.Hour)).ExecX(w.ctx)
		err := w.enroll(all[1])
		refusedWith(t, err, 403, "expired")
		if w.row(all[1]) != nil || w.refusals(all[1].SerialNumber) == "" {
			t.Errorf("got %+v, refusals %q", w.row(all[1]), w.refusals(all[1].SerialNumber))
		}
		if _, err := all[0].Connect(w.ctx); err != nil {
			t.Errorf("a device that is enrolled: %v", err)
		}
		must(t, all[0].TokenUpdate(w.ctx, false))
		if e := w.row(all[0]); e.Status != deviceenrollment.StatusEnrolled {
			t.Errorf("got %+v", e)
		}
	})
}

// Without a push certificate no profile is given, for its topic cannot be changed on an enrolled device.
func TestWithoutAPushCertificate(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 1, noPush: true})
		d := w.devices(1)[0]
		refusedWith(t, w.enroll(d), 503, "PUSH_CERTIFICATE_MISSING")
		w.installPushCertificate(simapns.NewTopic())
		must(t, w.enroll(d))
	})
}

// What is not to be let in (field notes 24 to 26), each with a status that keeps enrolled devices enrolled: never 401.
func TestNotLetIn_FieldNotes24To26(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 2})
		d := w.devices(1)[0]
		assigned := w.switchOn(d)
		other, err := simdevice.NewCA("Another CA", time.Now())
		must(t, err)
		o := w.options
		o.CA = other
		stranger, err := simdevice.New(d.Hardware, o, 1) // with its authority's certificate
		must(t, err)
		refusedWith(t, stranger.Enroll(w.ctx, assigned), 400, "UNKNOWN_DEVICE_CA")
		unknown, err := simdevice.New(simdevice.Hardware{SerialNumber: "NOTHERE00001"}, w.options, 0)
		must(t, err)
		refusedWith(t, unknown.Enroll(w.ctx, assigned), 403, "com.apple.unrecognized.device")
		refusedWith(t, d.Enroll(w.ctx, simdevice.Assigned{URL: assigned.URL + "x"}), 404, "")
		if w.row(d) != nil {
			t.Errorf("got %+v", w.row(d))
		}
		if n := w.db.Reader().EnrollmentRefusal.Query().CountX(w.ctx); n < 2 || n > 3 {
			t.Errorf("%d refusals were kept", n)
		}
		if n := w.db.Reader().DeviceCA.Query().CountX(w.ctx); n != 1 { // an administrator may look at it, and pin it
			t.Errorf("%d authorities are remembered", n)
		}
		must(t, d.Enroll(w.ctx, assigned))
	})
}

// A profile with a web page has the machine information in a header (field note 30: the page is on the same host).
func TestByHeader_FieldNote30(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 1})
		d := w.devices(1, simdevice.Behaviour{Web: true})[0]
		must(t, w.enroll(d))
		if w.row(d).Status != deviceenrollment.StatusEnrolled {
			t.Errorf("got %+v", w.row(d))
		}
	})
}

// The web page of the ADE profile: the device opens it with its machine information, its user signs in there, and the page gets the profile for it,
// from the same domain alone (field note 30).
func TestByWebPage_FieldNote30(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		page := newSignInPage(t)
		w := newWorld(t, databaseURL, settings{devices: 2, profile: func(e *adeprofile.Edit) {
			content := e.Content
			e.Content = func(c *adeprofile.Content) { content(c); c.ConfigurationWebURL = page.url + "/start?key={key}" }
		}})
		client := page.client()
		t.Cleanup(client.CloseIdleConnections)
		w.options.Client = client
		signIn := func(password string) simdevice.Behaviour {
			return simdevice.Behaviour{SignIn: map[string]string{"user": "kari", "password": password}}
		}
		all := w.devices(2, signIn("right"), signIn("wrong"))
		assigned := w.switchOn(all[0])
		server, key, _ := strings.Cut(assigned.URL, "/enroll/ade/")
		if assigned.WebURL != page.url+"/start?key="+key {
			t.Fatalf("Apple says %+v", assigned)
		}
		page.guard = server
		must(t, all[0].Enroll(w.ctx, assigned))
		if e := w.row(all[0]); e.Status != deviceenrollment.StatusEnrolled || e.Udid != all[0].UDID {
			t.Errorf("got %+v", e)
		}
		if page.signedIn != "kari" || page.headers != 1 {
			t.Errorf("signed in %q; the machine information came %d times", page.signedIn, page.headers)
		}
		refusedWith(t, w.enroll(all[1]), 403, "not you")
		if w.row(all[1]) != nil {
			t.Errorf("without a sign-in: %+v", w.row(all[1]))
		}
		// A page whose profile comes from another domain leads nowhere.
		elsewhere := assigned
		elsewhere.WebURL = strings.NewReplacer("127.0.0.1", "localhost", "/start", "/away").Replace(assigned.WebURL)
		if err := all[0].Enroll(w.ctx, elsewhere); err == nil || !strings.Contains(err.Error(), "domain") {
			t.Errorf("got %v", err)
		}
	})
}

// Below the minimum version, a device that can update is sent to do so, to a version that exists for it, and asks again; one that cannot, or for which no
// version is known, enrolls, and its enrollment says so (field note 27).
func TestMinimumOS_FieldNote27(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		versions := filepath.Join(t.TempDir(), "pmv.json")
		must(t, os.WriteFile(versions, []byte(`{"PublicAssetSets": {"iOS": [
			{"ProductVersion": "26.4", "SupportedDevices": ["iPhone16,1"]}, {"ProductVersion": "26.2.1", "SupportedDevices": ["iPhone16,1"]},
			{"ProductVersion": "26.2", "ExpirationDate": "2020-01-01", "SupportedDevices": ["iPhone16,1"]}, {"ProductVersion": "18.7", "SupportedDevices": ["iPhone16,1"]}]}}`), 0o600))
		w := newWorld(t, databaseURL, settings{devices: 3, held: true, versions: versions, profile: func(e *adeprofile.Edit) {
			e.MinimumOS = &[]adeprofile.MinimumOS{{Platform: device.PlatformIOS, Version: "26.2"}, {Platform: device.PlatformIPadOS, Version: "26.2"},
				{Platform: device.PlatformMacOS, Version: "26.2"}, {Platform: device.PlatformTvOS, Version: "26.2"}, {Platform: device.PlatformVisionOS, Version: "26.2"}}
		}})
		all := w.devices(3)
		for i, hardware := range []simdevice.Hardware{{Product: "iPhone16,1", CanUpdate: true}, {Product: "iPhone16,1"}, {Product: "iPhone99,9", CanUpdate: true}} {
			all[i].Product, all[i].OSVersion, all[i].Build, all[i].CanUpdate = hardware.Product, "26.1", "23B85", hardware.CanUpdate
		}
		assigned := w.switchOn(all[0])
		_, err := all[0].FetchProfile(w.ctx, assigned)
		refusedWith(t, err, 403, `"code":"com.apple.softwareupdate.required"`)
		refusedWith(t, err, 403, `"OSVersion":"26.2.1"`)
		if w.row(all[0]) != nil {
			t.Errorf("before the update: %+v", w.row(all[0]))
		}
		must(t, all[0].Enroll(w.ctx, assigned)) // it is refused once more, updates, and asks again
		if e := w.row(all[0]); e.Status != deviceenrollment.StatusEnrolled || e.BelowMinimumOs || e.OsVersion != "26.2.1" || e.ReleasedAt == nil {
			t.Errorf("after the update: %+v", e)
		}
		if r, h := w.refusals(all[0].SerialNumber), w.history(all[0]); r != "SOFTWARE_UPDATE_REQUIRED×2" || h != "ENROLLMENT_REFUSED PROFILE_FETCHED ENROLLING ENROLLED RELEASED" {
			t.Errorf("refusals %q, history %q", r, h)
		}
		for _, d := range all[1:] {
			must(t, w.enroll(d))
			if e := w.row(d); e.Status != deviceenrollment.StatusEnrolled || !e.BelowMinimumOs || e.OsVersion != "26.1" || w.refusals(d.SerialNumber) != "" {
				t.Errorf("%s, can update %v: %+v", d.Product, d.CanUpdate, e)
			}
		}
	})
}

// A device that was wiped is asked to call in vain: Apple's answer is written on its channel.
func TestPushToAWipedDevice(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 1})
		d := w.devices(1)[0]
		must(t, w.enroll(d))
		channel := w.db.Reader().MDMChannel.Query().OnlyX(w.ctx)
		w.until("it was asked to call", func() bool { return w.db.Reader().MDMChannel.Query().OnlyX(w.ctx).PushedAt != nil })
		d.Wipe()
		must(t, w.guard.Push.Notify(w.ctx, channel.ID))
		w.until("Apple says that it is gone", func() bool {
			return w.db.Reader().MDMChannel.Query().Where(mdmchannel.PushError("Unregistered"), mdmchannel.PushDueAtIsNil()).ExistX(w.ctx)
		})
	})
}

// A month before its identity ends, a device is sent its profile anew, and gets another identity by it.
func TestIdentityIsRenewed(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 1})
		d := w.devices(1)[0]
		must(t, w.enroll(d))
		_, err := d.Connect(w.ctx) // what every device is asked first
		must(t, err)
		_, err = w.db.DB().ExecContext(w.ctx, "UPDATE identity_certificates SET expires_at = $1", time.Now().UTC().Add(7*24*time.Hour))
		must(t, err)
		must(t, w.guard.MDM.RenewDue(w.ctx))
		_, err = d.Connect(w.ctx)
		must(t, err)
		if n := w.db.Reader().IdentityCertificate.Query().CountX(w.ctx); n != 2 {
			t.Fatalf("%d identities", n)
		}
		must(t, d.TokenUpdate(w.ctx, false)) // with the new one, which ends the old one
		if n := w.db.Reader().IdentityCertificate.Query().Where(identitycertificate.RevokedAtIsNil()).CountX(w.ctx); n != 1 {
			t.Errorf("%d identities are good", n)
		}
		must(t, w.guard.MDM.RenewDue(w.ctx))
		if n := w.db.Reader().MDMCommand.Query().Where(mdmcommand.PurposeEQ(mdmcommand.PurposeRenewal)).CountX(w.ctx); n != 1 {
			t.Errorf("%d renewals", n)
		}
	})
}

// The command enrolls devices at a server that runs, and tells how long each step took; nobody calls these devices, so they look by themselves.
func TestSimulateDevices(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL, settings{devices: 3, held: true})
		dir := t.TempDir()
		key, err := w.options.CA.KeyPEM()
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, "ca.pem"), w.options.CA.PEM(), 0o600))
		must(t, os.WriteFile(filepath.Join(dir, "ca.key"), key, 0o600))
		var out, errs bytes.Buffer
		status := cli.Run(t.Context(), cli.Build{}, []string{"simulate", "devices", "--abm=" + w.apple.URL, "--ca-file=" + filepath.Join(dir, "ca.pem"), "--ca-key-file=" + filepath.Join(dir, "ca.key"),
			"--count=3", "--concurrency=2", "--keys=1", "--poll=100ms", "--stay=300ms", "--check-out"}, nil, strings.NewReader(""), &out, &errs)
		if status != 0 || !strings.Contains(out.String(), "3 of 3 enrolled") || !strings.Contains(out.String(), "CheckOut") {
			t.Fatalf("status %d\n%s\n%s", status, out.String(), errs.String())
		}
		if n := w.db.Reader().DeviceEnrollment.Query().Where(deviceenrollment.StatusEQ(deviceenrollment.StatusUnenrolled), deviceenrollment.Enrollments(1)).CountX(w.ctx); n != 3 {
			t.Errorf("%d devices enrolled and left", n)
		}
		http.DefaultClient.CloseIdleConnections()
	})
}
