package mdm_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"testing"
	"time"

	nanomdm "github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/test/enrollment"
	"github.com/micromdm/nanomdm/test/protocol"

	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"

	"crypto"
	"crypto/x509"
)

// Field notes 28: a device is what it did. The whole way, by HTTP and with real signatures.
func TestFieldNote28StatesByEvidence(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		challenge := p.fetch()
		p.expect(deviceenrollment.StatusNotEnrolled)
		p.identify(challenge)
		p.expect(deviceenrollment.StatusNotEnrolled)
		if code, body := p.authenticate(); code != 200 || len(body) != 0 {
			t.Fatalf("Authenticate: %d %s", code, body)
		}
		p.expect(deviceenrollment.StatusEnrolling)
		if e := p.row(); e.OsVersion != "26.1" || e.ModelName != "MacBook Air" || e.Product != "Mac14,2" || e.Udid != p.udid || e.Enrollments != 1 || e.EnrolledAt != nil {
			t.Errorf("after Authenticate: %+v", e)
		}
		if w.pushes() != 0 {
			t.Error("a device was pushed to before it said how")
		}
		w.clock.Advance(time.Minute)
		if code, body := p.tokenUpdate(nil); code != 200 {
			t.Fatalf("TokenUpdate: %d %s", code, body)
		}
		p.expect(deviceenrollment.StatusEnrolled)
		if e := p.row(); e.EnrolledAt == nil || !e.EnrolledAt.Equal(w.clock.Now()) || e.AwaitingConfiguration {
			t.Errorf("enrolled: %+v", e)
		}
		if w.pushes() != 1 {
			t.Errorf("%d pushes", w.pushes())
		}
		p.happened("PROFILE_FETCHED", "ENROLLING", "ENROLLED")
		if code, _ := p.tokenUpdate(nil); code != 200 {
			t.Errorf("another TokenUpdate: %d", code)
		}
		p.happened("PROFILE_FETCHED", "ENROLLING", "ENROLLED")

		if code, _ := p.checkin("CheckOut", nil); code != 200 {
			t.Fatalf("CheckOut: %d", code)
		}
		p.expect(deviceenrollment.StatusUnenrolled)
		if code, _ := p.tokenUpdate(nil); code != 400 || w.last() != "TokenUpdate NOT_AUTHENTICATED" {
			t.Errorf("after CheckOut: %d, %s", code, w.last())
		}
		if c := p.report("Idle", "", nil); c != nil {
			t.Errorf("a device that left got %s", c.Command.RequestType)
		}

		// Wiped and enrolled anew: a fresh identity, and the same device.
		before := p.cert
		p.enroll(nil)
		p.expect(deviceenrollment.StatusEnrolled)
		p.happened("PROFILE_FETCHED", "ENROLLING", "ENROLLED", "UNENROLLED", "PROFILE_FETCHED", "ENROLLING", "ENROLLED")
		if e := p.row(); e.Enrollments != 2 || e.UnenrolledAt != nil {
			t.Errorf("enrolled anew: %+v", e)
		}
		now := p.cert
		p.cert = before
		if code, _ := p.tokenUpdate(nil); code != 400 || w.last() != "unread IDENTITY_REVOKED" {
			t.Errorf("with the identity before: %d, %s", code, w.last())
		}
		p.cert = now
	})
}

// The running identity is valid until a new Authenticate: somebody who replays a device's machine information does not end it.
func TestRunningIdentityStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.enroll(nil)
		running := p.cert
		p.identify(p.fetch())
		fresh := p.cert
		if code, _ := p.tokenUpdate(nil); code != 400 || w.last() != "TokenUpdate IDENTITY_NOT_BOUND" {
			t.Errorf("a fresh identity without Authenticate: %d, %s", code, w.last())
		}
		p.cert = running
		if code, _ := p.tokenUpdate(nil); code != 200 {
			t.Errorf("the running identity: %d, %s", code, w.last())
		}
		p.expect(deviceenrollment.StatusEnrolled)
		p.cert = fresh
		if code, _ := p.authenticate(); code != 200 {
			t.Errorf("Authenticate with the fresh one: %d, %s", code, w.last())
		}
		p.expect(deviceenrollment.StatusEnrolling)
	})
}

// A user who signs in on a Mac says nothing about the device.
func TestUserChannel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.identify(p.fetch())
		if code, _ := p.authenticate(); code != 200 {
			t.Fatal(w.last())
		}
		user := dict{"UserID": "5F5A0A4F-0001-4A5B-8C6D-7E8F9A0B1C2D", "UserShortName": "kim"}
		if code, _ := p.tokenUpdate(user); code != 200 {
			t.Fatal(w.last())
		}
		p.expect(deviceenrollment.StatusEnrolling)
		if code, _ := p.tokenUpdate(nil); code != 200 {
			t.Fatal(w.last())
		}
		p.expect(deviceenrollment.StatusEnrolled)
		if c := p.report("Idle", "", user); c != nil {
			t.Errorf("the user got %s", c.Command.RequestType)
		}
		if code, _ := p.checkin("CheckOut", user); code != 200 {
			t.Fatal(w.last())
		}
		p.expect(deviceenrollment.StatusEnrolled)
		if code, _ := p.checkin("UserAuthenticate", user); code != http.StatusGone {
			t.Errorf("UserAuthenticate: %d", code)
		}
	})
}

// Later TokenUpdates say how the device is reached now; the unlock token comes once and stays. Secrets are sealed, and go with the enrollment.
func TestTokens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		unlock, bootstrap := []byte("unlock-secret"), []byte("bootstrap-secret")
		p.enroll(dict{"UnlockToken": unlock})
		if code, _ := p.tokenUpdate(dict{"PushMagic": "another"}); code != 200 {
			t.Fatal(w.last())
		}
		c := db.Reader().MDMChannel.Query().OnlyX(t.Context())
		opened, err := w.box.Open(c.SealedUnlockToken, "mdm_channel/"+p.udid+"/unlock_token")
		if err != nil || !bytes.Equal(opened, unlock) || c.PushMagic != "another" || !c.Enabled || c.TokenUpdates != 2 {
			t.Errorf("%q, %v, %+v", opened, err, c)
		}
		if bytes.Contains(c.SealedUnlockToken, unlock) {
			t.Error("the unlock token is not sealed")
		}
		p.enroll(dict{"UnlockToken": unlock})
		c = db.Reader().MDMChannel.Query().OnlyX(t.Context())
		if bytes.Contains(c.TokenUpdate, unlock) || bytes.Contains(c.TokenUpdate, []byte(base64.StdEncoding.EncodeToString(unlock))) || !bytes.Contains(c.TokenUpdate, []byte("PushMagic")) {
			t.Errorf("kept of the message: %s", c.TokenUpdate)
		}
		if code, body := p.checkin("GetBootstrapToken", nil); code != 200 || len(body) != 0 {
			t.Errorf("no bootstrap token: %d %s", code, body)
		}
		if code, _ := p.checkin("SetBootstrapToken", dict{"BootstrapToken": bootstrap}); code != 200 {
			t.Fatal(w.last())
		}
		if code, body := p.checkin("GetBootstrapToken", nil); code != 200 || !bytes.Contains(body, []byte(base64.StdEncoding.EncodeToString(bootstrap))) {
			t.Errorf("bootstrap token: %d %s", code, body)
		}
		if c = db.Reader().MDMChannel.Query().OnlyX(t.Context()); bytes.Contains(c.SealedBootstrapToken, bootstrap) {
			t.Error("the bootstrap token is not sealed")
		}
		p.identify(p.fetch())
		if code, _ := p.authenticate(); code != 200 {
			t.Fatal(w.last())
		}
		c = db.Reader().MDMChannel.Query().OnlyX(t.Context())
		if len(c.SealedBootstrapToken)+len(c.SealedUnlockToken)+len(c.PushToken)+len(c.TokenUpdate) != 0 || c.Enabled || c.PushMagic != "" {
			t.Errorf("left of the enrollment before: %+v", c)
		}
	})
}

// The queue of the enrollment before is not carried out by the new one.
func TestAuthenticateEmptiesTheQueue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.enroll(nil)
		c := p.report("Idle", "", nil)
		if c == nil || c.Command.RequestType != "DeviceInformation" {
			t.Fatalf("%+v", c)
		}
		p.identify(p.fetch())
		if code, _ := p.authenticate(); code != 200 {
			t.Fatal(w.last())
		}
		if n := db.Reader().MDMCommand.Query().Where(mdmcommand.DoneAtIsNil()).CountX(t.Context()); n != 0 {
			t.Errorf("%d commands wait", n)
		}
		if next := p.report("Acknowledged", c.CommandUUID, nil); next != nil {
			t.Errorf("a late answer led to %s", next.Command.RequestType)
		}
		if got := db.Reader().MDMCommand.Query().OnlyX(t.Context()).Status; got != mdmcommand.StatusDropped {
			t.Errorf("the command is %s", got)
		}
	})
}

// NanoMDM's own device, with an identity that it got here, enrolls and works off its queue.
func TestNanoMDMsDeviceEnrolls(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		emulator, err := enrollment.NewRandomDeviceEnrollment(nil, topic, "", "")
		if err != nil {
			t.Fatal(err)
		}
		p.udid = emulator.ID()
		db.Ent().Device.UpdateOneID(p.id).SetSerialNumber(emulator.SerialNumber()).ExecX(t.Context())
		p.serial = emulator.SerialNumber()
		p.identify(p.fetch())
		transport := protocol.NewTransport(protocol.WithSignMessage(), protocol.WithMDMURLs(w.url+"/mdm", ""),
			protocol.WithIdentityProvider(func(context.Context) (*x509.Certificate, crypto.PrivateKey, error) { return p.cert, p.key, nil }))
		for _, message := range []string{"Authenticate", "TokenUpdate"} {
			body, err := emulator.GenAuthenticate()
			if message == "TokenUpdate" {
				body, err = emulator.GenTokenUpdate()
			}
			if err != nil {
				t.Fatal(err)
			}
			r, err := transport.DoCheckIn(t.Context(), body)
			if err != nil {
				t.Fatal(err)
			}
			if err := enrollment.HTTPErrors(r); err != nil {
				t.Fatalf("%s: %v", message, err)
			}
			r.Body.Close()
		}
		p.expect(deviceenrollment.StatusEnrolled)
	})
}

// That a device called is known to the minute, and most of its calls write nothing.
func TestLastSeen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); w.mdm.Run(ctx) }()
		p := w.buy(1)
		p.enroll(nil)
		answer(p, p.report("Idle", "", nil))
		w.clock.Advance(90 * time.Second)
		for range 3 {
			if c := p.report("Idle", "", nil); c != nil {
				t.Errorf("unexpected %s", c.Command.RequestType)
			}
		}
		called := w.clock.Now()
		cancel() // what is not written yet is written at the end
		<-done
		if e := p.row(); e.LastSeenAt == nil || !e.LastSeenAt.Equal(called.Truncate(time.Minute)) {
			t.Errorf("seen at %v, not %v", e.LastSeenAt, called)
		}
	})
}

// answer has the device do what it is told, until nothing is left.
func answer(p *phone, c *nanomdm.Command) (types []string) {
	p.w.t.Helper()
	for c != nil {
		types = append(types, c.Command.RequestType)
		more := dict{}
		if c.Command.RequestType == "DeviceInformation" {
			more["QueryResponses"] = dict{"OSVersion": "26.2", "BuildVersion": "25C1", "ModelName": "MacBook Air (M4)", "DeviceName": "Kim's MacBook Air", "ProductName": "Mac16,12"}
		}
		c = p.report("Acknowledged", c.CommandUUID, more)
	}
	return types
}
