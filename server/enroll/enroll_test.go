package enroll_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/enrollmentrefusal"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/enroll"
	"github.com/guardmdm/guardmdm/server/machineinfo"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

var challengeOf = regexp.MustCompile(`<key>Challenge</key>\s*<string>([A-Z0-9]+)</string>`)

func challenge(t *testing.T, r reply) string {
	t.Helper()
	found := challengeOf.FindStringSubmatch(r.body)
	if found == nil {
		t.Fatalf("no challenge in %s", r.body)
	}
	return found[1]
}

// The way of a device that is switched on, asks twice, and is wiped later: each time it gets a fresh password, and its history tells.
func TestProfile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		serial, key := w.serials[0], w.key(w.profile)
		first := w.given(w.post(key, w.signed(machine(serial))))
		for _, want := range []string{"<key>ServerURL</key>\n<string>https://mdm.example.org/mdm</string>", "<key>CheckInURL</key>\n<string>https://mdm.example.org/mdm</string>",
			"<string>https://mdm.example.org/scep</string>", "<string>com.apple.mgmt.External.2f6d1b0a</string>", "<key>SignMessage</key>\n<true/>",
			"<key>CheckOutWhenRemoved</key>\n<true/>", "<key>AccessRights</key>\n<integer>8191</integer>", "<key>Keysize</key>\n<integer>2048</integer>",
			"<key>Key Usage</key>\n<integer>5</integer>", "<key>KeyIsExtractable</key>\n<false/>", "<string>" + serial + "</string>"} {
			if !strings.Contains(first.body, want) {
				t.Errorf("the profile lacks %s:\n%s", want, first.body)
			}
		}
		second := w.given(w.post(key, w.signed(machine(serial))))
		if challenge(t, first) == challenge(t, second) {
			t.Error("a retry gets the same challenge")
		}
		ids := regexp.MustCompile(`<key>PayloadIdentifier</key>\s*<string>([^<]+)</string>`)
		if d := cmp.Diff(ids.FindAllString(first.body, -1), ids.FindAllString(second.body, -1)); d != "" {
			t.Errorf("the payloads have other identifiers: %s", d)
		}
		if d := cmp.Diff([]string{"PROFILE_FETCHED", "PROFILE_FETCHED"}, w.events(serial)); d != "" {
			t.Error(d)
		}
		e := w.DB.Reader().DeviceEnrollment.Query().Where(deviceenrollment.DeviceID(w.row(serial).ID)).OnlyX(t.Context())
		if e.Udid != "00008110-"+serial || e.OsVersion != "26.1" || e.BuildVersion != "23B85" || e.BelowMinimumOs {
			t.Errorf("%+v", e)
		}
		// Another board: the serial number stays, the UDID does not.
		w.given(w.post(key, w.signed(machine(serial, "UDID=00008110-NEWBOARD"))))
	})
}

func TestGet(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		key, message := w.key(w.profile), w.signed(machine(w.serials[0]))
		standard := base64.StdEncoding.EncodeToString(message)
		for name, info := range map[string]string{
			"standard": standard, "no padding": base64.RawStdEncoding.EncodeToString(message), "URL": base64.URLEncoding.EncodeToString(message),
			"URL, no padding": base64.RawURLEncoding.EncodeToString(message), "white space": standard[:70] + " \t" + standard[70:],
		} {
			if r := w.do(http.MethodGet, key, nil, info); r.status != http.StatusOK {
				t.Errorf("%s: %d %s", name, r.status, r.body)
			}
		}
		if r := w.do(http.MethodGet, key, nil, ""); r.status != http.StatusBadRequest || w.seen.last() != enroll.NoMachineInfo {
			t.Errorf("a browser: %d %s", r.status, r.body)
		}
		if r := w.do(http.MethodGet, key, nil, "????"); r.status != http.StatusBadRequest || w.seen.last() != enroll.HeaderNotBase64 {
			t.Errorf("no base64: %d %s", r.status, r.body)
		}
		if r := w.do(http.MethodHead, key, nil, standard); r.status != http.StatusBadRequest {
			t.Errorf("HEAD: %d", r.status)
		}
		if r := w.do(http.MethodPut, key, nil, standard); r.status != http.StatusMethodNotAllowed {
			t.Errorf("PUT: %d", r.status)
		}
	})
}

// Issue 6, section 5: what attackers send. Each is refused with a code of its own, and nothing is written but a bounded record.
func TestAttacks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		serial, key := w.serials[0], w.key(w.profile)
		info := machine(serial)
		apple := w.cas
		trust, err := apple.Trust(t.Context())
		must(t, err)
		if len(trust.Apple) != 2 {
			t.Fatalf("%d authorities of Apple", len(trust.Apple))
		}
		wrongCA := cmsmaker.Authority(t, "Example Device CA", cmsmaker.EC(t), nil)
		stranger := cmsmaker.Device(t, wrongCA, cmsmaker.EC(t))
		self := cmsmaker.Issue(t, nil, cmsmaker.EC(t), func(c *x509.Certificate) { c.Subject.CommonName = serial })
		other := cmsmaker.Device(t, w.authority, cmsmaker.EC(t))
		rsa := cmsmaker.Device(t, w.authority, cmsmaker.RSA(t, 1024))
		message := func(m cmsmaker.Message) []byte {
			m.Content = info
			if m.Signers == nil {
				m.Signers = []cmsmaker.Identity{w.device}
			}
			return m.Bytes(t)
		}
		whole := w.signed(info)
		for _, a := range []struct {
			name   string
			body   []byte
			status int
			code   apperr.Code
		}{
			{"unsigned", info, 400, machineinfo.NotSigned},
			{"self-signed", message(cmsmaker.Message{Signers: []cmsmaker.Identity{self}}), 400, machineinfo.SelfSigned},
			{"wrong CA of the same name", message(cmsmaker.Message{Signers: []cmsmaker.Identity{stranger}, Certificates: []*x509.Certificate{stranger.Certificate, wrongCA.Certificate}}), 400, machineinfo.UnknownDeviceCA},
			{"two signers", message(cmsmaker.Message{Signers: []cmsmaker.Identity{w.device, other}}), 400, machineinfo.NotOneSigner},
			{"no signer's certificate", message(cmsmaker.Message{None: true}), 400, machineinfo.NoSignerCertificate},
			{"tampered content", message(cmsmaker.Message{Sent: machine(w.serials[1])}), 400, machineinfo.ContentAltered},
			{"tampered signature", message(cmsmaker.Message{Signers: []cmsmaker.Identity{rsa}, Signature: func(b []byte) []byte { b[7] ^= 4; return b }}), 400, machineinfo.SignatureWrong},
			{"MD5", message(cmsmaker.Message{Signers: []cmsmaker.Identity{rsa}, Hash: crypto.MD5}), 400, machineinfo.AlgorithmRefused},
			{"no messageDigest", message(cmsmaker.Message{Without: []asn1.ObjectIdentifier{cmsmaker.MessageDigest}}), 400, machineinfo.AttributesMissing},
			{"detached", message(cmsmaker.Message{Detached: true}), 400, machineinfo.CMSDetached},
			{"the authority's own", message(cmsmaker.Message{Signers: []cmsmaker.Identity{w.authority}}), 400, machineinfo.SignerIsCA},
			{"cut off", whole[:len(whole)/2], 400, machineinfo.CMSCutOff},
			{"nested", bytes.Repeat([]byte{0x30, 0x80}, 20_000), 400, machineinfo.CMSTooDeep},
			{"plist bomb", w.signed([]byte(`<!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><dict><key>SERIAL</key><string>&a;</string></dict></plist>`)), 400, machineinfo.PlistUnreadable},
			{"deep plist", w.signed([]byte("<plist><dict><key>a</key>" + strings.Repeat("<dict>", 1000) + "</dict></plist>")), 400, machineinfo.PlistUnreadable},
			{"no UDID", w.signed(machine(serial, "-UDID")), 400, machineinfo.PlistIncomplete},
			{"nothing", nil, 400, enroll.NoMachineInfo},
			{"a little too large", make([]byte, 64<<10+1), 413, enroll.BodyTooLarge},
			{"unknown serial number", w.signed(machine("C02ATTACKER1")), 403, enroll.UnknownDevice},
		} {
			t.Run(a.name, func(t *testing.T) {
				w.t = t
				w.refused(w.post(key, a.body), a.status, a.code)
				if n := w.DB.Reader().EnrollmentRefusal.Query().Where(enrollmentrefusal.Code(string(a.code))).CountX(t.Context()); n != 1 {
					t.Errorf("%d records of %s", n, a.code)
				}
			})
		}
		w.t = t
		for _, unknown := range []string{"0123456789abcdef0123456789abcdef", "%00", "%ff", strings.Repeat("a", 5_000), "x'%20OR%201=1"} {
			w.refused(w.post(unknown, whole), 404, enroll.UnknownKey)
		}
		nameless := cmsmaker.Issue(t, nil, cmsmaker.EC(t), func(c *x509.Certificate) { c.Subject.CommonName, c.IsCA = "A\x00\nB", true })
		odd := cmsmaker.Device(t, nameless, cmsmaker.EC(t))
		w.refused(w.post(key, message(cmsmaker.Message{Signers: []cmsmaker.Identity{odd}, Certificates: []*x509.Certificate{odd.Certificate, nameless.Certificate}})),
			400, machineinfo.UnknownDeviceCA)
		if len(w.events(serial)) != 0 {
			t.Errorf("what cannot be believed is in the device's history: %v", w.events(serial))
		}
		w.given(w.post(key, whole))
	})
}

// A body of 50 MB and one that never ends are refused after 64 KiB; headers of 1 MiB are not even read.
func TestAttacksBySize(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), options{})
	key := w.key(w.profile)
	for name, body := range map[string]io.Reader{
		"length said":     bytes.NewReader(make([]byte, 50<<20)),
		"length not said": io.LimitReader(zeros{}, 50<<20),
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/enroll/ade/"+key, body)
		must(t, err)
		answer, err := w.client.Do(r)
		if err != nil { // the server closed while the client was still sending
			if w.seen.last() != enroll.BodyTooLarge {
				t.Errorf("%s: %v, %s", name, err, w.seen.last())
			}
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusRequestEntityTooLarge || w.seen.last() != enroll.BodyTooLarge {
			t.Errorf("%s: %d %s", name, answer.StatusCode, w.seen.last())
		}
	}
	before := w.seen.count()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/enroll/ade/"+key, nil)
	must(t, err)
	r.Header.Set("x-apple-aspen-deviceinfo", strings.Repeat("A", 1<<20))
	if answer, err := w.client.Do(r); err == nil {
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge || w.seen.count() != before {
			t.Errorf("a header of 1 MiB: %d", answer.StatusCode)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// FieldNote 26: the serial number is a known and present device of a token that is not expired, with a profile of ours that it was given.
func TestFieldNote26Devices(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		key := w.key(w.profile)
		other := w.newProfile("Others")
		must(t, func() error {
			_, err := w.Registrar.Ensure(t.Context(), w.token, other)
			return err
		}())
		otherKey := w.key(other)

		// A profile of the token that this device never had.
		w.refused(w.post(otherKey, w.signed(machine(w.serials[0]))), 403, enroll.KeyNotGiven)
		// Without profile: no rule says anything for Macs.
		mac := w.DB.Reader().Device.Query().Where(platformMac).FirstX(t.Context())
		w.refused(w.post(key, w.signed(machine(mac.SerialNumber))), 403, enroll.NoProfile)
		// Removed, at Apple too.
		must(t, w.Sim.Unassign(w.serials[1]))
		w.sync()
		r := w.post(key, w.signed(machine(w.serials[1])))
		w.refused(r, 403, enroll.RemovedDevice)
		if !strings.Contains(r.body, `"code":"com.apple.unrecognized.device"`) || r.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s", r.body)
		}
		// Of another token.
		token, server := w.Connect(t, "Elsewhere")
		must(t, w.Sim.Assign(server.ID(), w.serials[2]))
		w.sync()
		if run := w.Sync(t, token.ID, false); run.ErrorCode != "" {
			t.Fatal(run.ErrorMessage)
		}
		w.refused(w.post(key, w.signed(machine(w.serials[2]))), 403, enroll.OtherToken)
		// Each has it in its history, once an hour.
		for range 3 {
			w.refused(w.post(otherKey, w.signed(machine(w.serials[0]))), 403, enroll.KeyNotGiven)
		}
		want := []string{`ENROLLMENT_REFUSED{"refusal":[null,"KEY_NOT_GIVEN"]}`}
		if d := cmp.Diff(want, compact(w.events(w.serials[0]))); d != "" {
			t.Error(d)
		}
		w.clock.Advance(61 * time.Minute)
		w.refused(w.post(otherKey, w.signed(machine(w.serials[0]))), 403, enroll.KeyNotGiven)
		if n := len(w.events(w.serials[0])); n != 2 {
			t.Errorf("%d events after an hour", n)
		}
		row := w.DB.Reader().EnrollmentRefusal.Query().Where(enrollmentrefusal.SerialNumber(w.serials[0])).OnlyX(t.Context())
		if row.Count != 5 || row.Address != "127.0.0.1" || row.Udid != "00008110-"+w.serials[0] {
			t.Errorf("%+v", row)
		}
	})
}

func compact(events []string) []string {
	for i := range events {
		events[i] = strings.ReplaceAll(events[i], " ", "")
	}
	return events
}

// A device that was given another profile since still has the old one until it is erased: its key counts.
func TestOldProfileCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		serial, oldKey := w.serials[0], w.key(w.profile)
		next := w.newProfile("Next")
		_, _, err := w.Assign.SetDefault(stack.Admin(t), platformIOS, next, 0)
		must(t, err)
		w.settle()
		if w.key(next) == oldKey {
			t.Fatal("one key for both")
		}
		w.given(w.post(oldKey, w.signed(machine(serial))))
		w.given(w.post(w.key(next), w.signed(machine(serial))))
	})
}

// FieldNote 26: our list lags behind. Before a device is called unknown Apple is asked, once, and not by everybody who asks us.
func TestFieldNote26AppleIsAskedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		key := w.key(w.profile)
		unassigned, known := w.Sim.AddDevices(20), map[string]bool{}
		for _, s := range w.serials {
			known[s] = true
		}
		asked := func() int { return w.Sim.Requests()["POST /devices"] }
		before := asked()
		w.refused(w.post(key, w.signed(machine("C02ATTACKER1"))), 403, enroll.UnknownDevice)
		w.refused(w.post(key, w.signed(machine("C02ATTACKER1"))), 403, enroll.UnknownDevice)
		if n := asked() - before; n != 1 {
			t.Errorf("Apple was asked %d times: %v", n, w.Sim.Requests())
		}
		w.clock.Advance(5 * time.Minute)
		w.refused(w.post(key, w.signed(machine("C02ATTACKER1"))), 403, enroll.UnknownDevice)
		if n := asked() - before; n < 2 { // the session's end may cost one more
			t.Errorf("Apple was asked %d times after five minutes", n)
		}
		// A device that was assigned a moment ago, and that no sync has brought yet.
		must(t, w.Sim.Assign(w.server.ID(), unassigned...))
		i := slices.IndexFunc(unassigned, func(s string) bool {
			d, _, ok := w.Sim.Device(s)
			return ok && d.DeviceFamily == "iPhone"
		})
		if i < 0 {
			t.Fatal("no iPhone among the new devices")
		}
		w.given(w.post(key, w.signed(machine(unassigned[i]))))
		if d := w.row(unassigned[i]); d.AbmTokenID != w.token.ID || d.RemovedAt != nil {
			t.Errorf("%+v", d)
		}
		w.sync()
		w.AssertInventory(t, w.token.ID, w.server)
	})
}

// The user's words: an expired token lets nobody enroll, and leaves enrolled devices alone. Other troubles of a token do not hinder known devices.
func TestTokenStates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		serial, key := w.serials[0], w.key(w.profile)
		set := func(s abmtoken.State) {
			must(t, w.DB.Ent().ABMToken.UpdateOneID(w.token.ID).SetState(s).Exec(t.Context()))
		}
		set(abmtoken.StateExpired)
		r := w.post(key, w.signed(machine(serial)))
		w.refused(r, 403, enroll.TokenExpired)
		if !strings.Contains(r.body, "expired") || strings.Contains(r.body, "unrecognized") {
			t.Error(r.body)
		}
		if d := cmp.Diff([]string{`ENROLLMENT_REFUSED{"refusal":[null,"TOKEN_EXPIRED"]}`}, compact(w.events(serial))); d != "" {
			t.Error(d)
		}
		for _, s := range []abmtoken.State{abmtoken.StateRejected, abmtoken.StateTermsNotAccepted} {
			set(s)
			before := w.Sim.Requests()["POST /devices"]
			if r := w.post(key, w.signed(machine("C02ATTACKER1"))); r.status != 503 || w.seen.last() != enroll.CannotAskApple {
				t.Errorf("%s: %d %s", s, r.status, r.body)
			}
			if n := w.Sim.Requests()["POST /devices"]; n != before {
				t.Errorf("%s: Apple was asked", s)
			}
			w.given(w.post(key, w.signed(machine(serial))))
		}
		set(abmtoken.StateActive)
		w.clock.Advance(400 * 24 * time.Hour)
		if r := w.post(key, w.signed(machine(serial))); r.status != 403 || w.seen.last() != enroll.TokenExpired {
			t.Errorf("a year later: %d %s", r.status, r.body)
		}
	})
}

func TestUDIDSwap(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		must(t, w.DB.Ent().DeviceEnrollment.Create().SetDeviceID(w.row(w.serials[1]).ID).SetStatus(deviceenrollment.StatusEnrolled).SetUdid("00008110-VICTIM").Exec(t.Context()))
		w.refused(w.post(w.key(w.profile), w.signed(machine(w.serials[0], "UDID=00008110-VICTIM"))), 403, enroll.OtherUDID)
		// A UDID that was merely claimed keeps nobody out.
		must(t, w.DB.Ent().DeviceEnrollment.Update().SetStatus(deviceenrollment.StatusNotEnrolled).Exec(t.Context()))
		w.given(w.post(w.key(w.profile), w.signed(machine(w.serials[0], "UDID=00008110-VICTIM"))))
	})
}

// An enrolled device is never told that nobody knows it, and never 401: it could leave.
func TestEnrolledDeviceIsNotSentAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		serial := w.serials[1]
		must(t, w.DB.Ent().DeviceEnrollment.Create().SetDeviceID(w.row(serial).ID).SetStatus(deviceenrollment.StatusEnrolled).SetUdid("U").Exec(t.Context()))
		must(t, w.Sim.Unassign(serial))
		w.sync()
		r := w.post(w.key(w.profile), w.signed(machine(serial)))
		w.refused(r, 403, enroll.RemovedDevice)
		if strings.Contains(r.body, "unrecognized") {
			t.Error(r.body)
		}
	})
}

// Without a push certificate there is no profile: the topic of one could never be changed.
func TestPushCertificate(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), options{})
	for _, code := range []apperr.Code{enroll.PushCertificateMissing, enroll.PushCertificateExpired} {
		w.push.err = apperr.New(code, "There is none that is valid.")
		r := w.post(w.key(w.profile), w.signed(machine(w.serials[0])))
		w.refused(r, 503, code)
		if !strings.Contains(r.body, "There is none that is valid.") {
			t.Error(r.body)
		}
	}
	w.push.err = errors.New("the disk is full")
	r := w.post(w.key(w.profile), w.signed(machine(w.serials[0])))
	w.refused(r, 503, apperr.Internal)
	if strings.Contains(r.body, "disk") {
		t.Error(r.body)
	}
}

func TestRateLimits(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), options{})
	key, body := w.key(w.profile), w.signed(machine(w.serials[0]))
	for range 10 {
		w.given(w.post(key, body))
	}
	r := w.post(key, body)
	if r.status != 429 || w.seen.last() != apperr.RateLimited || r.header.Get("Retry-After") != "10" {
		t.Fatalf("the device: %d %v", r.status, r.header)
	}
	w.clock.Advance(10 * time.Second)
	w.given(w.post(key, body))
	w.given(w.post(key, w.signed(machine(w.serials[1])))) // others are not concerned

	for i := range 100 {
		if r := w.post(key, []byte("<plist/>")); r.status != 400 {
			t.Fatalf("%d: %d", i, r.status)
		}
	}
	if r := w.post(key, []byte("<plist/>")); r.status != 429 {
		t.Errorf("the address: %d", r.status)
	}
	if n := w.DB.Reader().EnrollmentRefusal.Query().Where(enrollmentrefusal.Code(string(machineinfo.NotSigned))).OnlyX(t.Context()).Count; n != 100 {
		t.Errorf("%d counted", n)
	}
	w.clock.Advance(2 * time.Second)
	w.given(w.post(key, w.signed(machine(w.serials[2]))))
	// A cart of devices without a profile is refused, and takes nothing away from the one beside it.
	others := w.DB.Reader().Device.Query().Where(device.PlatformNotIn(device.PlatformIOS, device.PlatformIPadOS)).Select(device.FieldSerialNumber).StringsX(t.Context())
	if len(others) < 12 {
		t.Fatalf("%d devices are not enough to use up an address", len(others))
	}
	for range 9 {
		for _, serial := range others {
			if r := w.post(key, w.signed(machine(serial))); r.status != 403 || w.seen.last() != enroll.NoProfile {
				t.Fatalf("%d %s", r.status, r.body)
			}
		}
	}
	w.given(w.post(key, w.signed(machine(w.serials[3]))))
}

// Refusals are bounded: the oldest go.
func TestRefusalsAreBounded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		const most = 10_000
		for from := 0; from < most; from += 500 {
			w.DB.Ent().EnrollmentRefusal.MapCreateBulk(make([]struct{}, 500), func(c *entRefusalCreate, i int) {
				at := w.clock.Now().Add(-time.Duration(most-from-i) * time.Second)
				c.SetCode("UNKNOWN_DEVICE").SetSerialNumber("S" + strconv.Itoa(from+i)).SetMessage("").SetCount(1).SetFirstAt(at).SetLastAt(at)
			}).ExecX(t.Context())
		}
		w.refused(w.post(w.key(w.profile), w.signed(machine("C02ATTACKER1"))), 403, enroll.UnknownDevice)
		if n := w.DB.Reader().EnrollmentRefusal.Query().CountX(t.Context()); n != most {
			t.Errorf("%d rows", n)
		}
		if w.DB.Reader().EnrollmentRefusal.Query().Where(enrollmentrefusal.SerialNumber("S0")).ExistX(t.Context()) {
			t.Error("the oldest is still there")
		}
	})
}

// FieldNote 27: a device is sent to update when it can, and to a version that exists for it. Otherwise it enrolls, and is marked.
func TestFieldNote27MinimumOS(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{versions: known{"iPhone16,1": "26.2"}})
		must(t, w.DB.Ent().ADEProfile.UpdateOneID(w.profile).SetMinimumOs(map[string]string{"IOS": "26.2"}).Exec(t.Context()))
		key := w.key(w.profile)
		r := w.post(key, w.signed(machine(w.serials[0], "MDM_CAN_REQUEST_SOFTWARE_UPDATE")))
		w.refused(r, 403, enroll.SoftwareUpdateRequired)
		if !strings.Contains(r.body, `"code":"com.apple.softwareupdate.required"`) || !strings.Contains(r.body, `"details":{"OSVersion":"26.2"}`) {
			t.Error(r.body)
		}
		for i, tt := range []struct {
			changes []string
			below   bool
		}{
			{nil, true}, // cannot update by itself
			{[]string{"MDM_CAN_REQUEST_SOFTWARE_UPDATE", "PRODUCT=iPhone99,9"}, true}, // no version is known for it
			{[]string{"-OS_VERSION", "VERSION=20F66"}, true},                          // iOS 16
			{[]string{"MDM_CAN_REQUEST_SOFTWARE_UPDATE", "OS_VERSION=26.2"}, false},
			{[]string{"MDM_CAN_REQUEST_SOFTWARE_UPDATE", "OS_VERSION=26.10 (a)"}, false},
		} {
			serial := w.serials[i%len(w.serials)]
			w.given(w.post(key, w.signed(machine(serial, tt.changes...))))
			if e := w.DB.Reader().DeviceEnrollment.Query().Where(deviceenrollment.DeviceID(w.row(serial).ID)).OnlyX(t.Context()); e.BelowMinimumOs != tt.below {
				t.Errorf("%v: below is %v", tt.changes, e.BelowMinimumOs)
			}
		}
	})
}

// known is a list of the newest versions.
type known map[string]string

func (k known) AtLeast(_ string, _ time.Time, devices ...string) (string, bool) {
	for _, d := range devices {
		if v, ok := k[d]; ok {
			return v, true
		}
	}
	return "", false
}

// An authority that nobody knows is kept, until an administrator looks and pins it.
func TestUnknownAuthorityIsPinned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, options{})
		newer := cmsmaker.Authority(t, "Newer Device CA", cmsmaker.EC(t), nil)
		w.device = cmsmaker.Device(t, newer, cmsmaker.EC(t))
		send := func() reply {
			return w.post(w.key(w.profile), cmsmaker.Message{Content: machine(w.serials[0]), Signers: []cmsmaker.Identity{w.device},
				Certificates: []*x509.Certificate{w.device.Certificate, newer.Certificate}}.Bytes(t))
		}
		w.refused(send(), 400, machineinfo.UnknownDeviceCA)
		w.refused(send(), 400, machineinfo.UnknownDeviceCA)
		row := w.DB.Reader().DeviceCA.Query().OnlyX(t.Context())
		if row.Count != 2 || row.SerialNumber != w.serials[0] || row.PinnedAt != nil || !strings.Contains(row.Subject, "Newer Device CA") {
			t.Errorf("%+v", row)
		}
		_, err := w.cas.Pin(stack.Admin(t), row.ID, "")
		must(t, err)
		w.given(send())
		_, err = w.cas.Unpin(stack.Admin(t), row.ID)
		must(t, err)
		if r := send(); r.status != 400 {
			t.Errorf("%d after it was unpinned", r.status)
		}
	})
}

func TestUnknownToken(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), options{})
	key := w.key(w.profile)
	_, err := w.Tokens.Delete(stack.Admin(t), w.token.ID)
	must(t, err)
	before := w.Sim.Requests()["POST /devices"]
	w.refused(w.post(key, w.signed(machine(w.serials[0]))), 403, enroll.RemovedDevice)
	if w.Sim.Requests()["POST /devices"] != before {
		t.Error("Apple was asked in the name of a deleted token")
	}
}

// A body that does not come is given up, and the connection with it.
func TestSlowBody(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), options{timeout: 300 * time.Millisecond})
	conn, err := net.Dial("tcp", w.url[len("http://"):])
	must(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "POST /enroll/ade/"+w.key(w.profile)+" HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n0")
	must(t, err)
	answer, err := io.ReadAll(conn)
	must(t, err)
	if !strings.Contains(string(answer), "400 Bad Request") || w.seen.last() != enroll.BodyBrokeOff {
		t.Errorf("%s %s", answer, w.seen.last())
	}
}

// docs/operations/enrollment.md has each code with its status.
func TestPageIsTrue(t *testing.T) {
	page, err := os.ReadFile("../../docs/operations/enrollment.md")
	must(t, err)
	rows := map[string]bool{}
	for _, r := range regexp.MustCompile("(?m)^\\| `([A-Z0-9_]+)` \\| (\\d+) \\|").FindAllStringSubmatch(string(page), -1) {
		rows[r[1]+" "+r[2]] = true
	}
	for _, code := range enroll.Codes() {
		line := string(code) + " " + strconv.Itoa(enroll.StatusOf(code))
		if !rows[line] {
			t.Errorf("the page has no row for %s", line)
		}
		delete(rows, line)
	}
	for line := range rows {
		t.Errorf("the page has a row for %s, which does not exist", line)
	}
}

// Pages that are open are told of a refusal.
func TestRefusalsAreAnnounced(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), options{})
	signals := w.bus.Subscribe(enroll.Topic)
	defer signals.Close()
	w.refused(w.post("unknown", []byte("0")), 404, enroll.UnknownKey)
	select {
	case <-signals.C():
	case <-time.After(10 * time.Second):
		t.Error("nobody was told")
	}
}

// A flood of what attackers send leaves nothing behind but the bounded records.
func TestAttacksKeepMemoryFlat(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), options{})
	key, junk := w.key(w.profile), append([]byte{0x30, 0x83, 0x00, 0xff, 0xfa}, make([]byte, 0xfffa)...)
	flood := func(n int) uint64 {
		for i := range n {
			w.clock.Advance(time.Second)
			body := junk
			if i%2 == 0 {
				body = w.signed(machine("C02" + strconv.Itoa(i)))
			}
			if r := w.post(key, body); r.status != 400 && r.status != 403 {
				t.Fatalf("%d: %d %s", i, r.status, r.body)
			}
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := flood(100)
	if after := flood(600); after > before+8<<20 {
		t.Errorf("the heap grew from %d to %d KiB", before>>10, after>>10)
	}
	if n := w.DB.Reader().SCEPChallenge.Query().CountX(t.Context()); n != 0 {
		t.Errorf("%d challenges", n)
	}
}
