package simdevice_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/micromdm/plist"
	"github.com/smallstep/pkcs7"

	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/simdevice"
)

func options(t *testing.T) simdevice.Options {
	t.Helper()
	ca, err := simdevice.NewCA("Simulated Device CA", time.Now())
	must(t, err)
	keys, err := simdevice.NewKeys(1)
	must(t, err)
	return simdevice.Options{CA: ca, Keys: keys}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Devices sign as Apple's do, old and new: field note 24 lists the ways.
func TestMachineInformation_FieldNote24(t *testing.T) {
	o := options(t)
	kinds := map[string]bool{}
	for n, how := range simdevice.Signatures() {
		d, err := simdevice.New(simdevice.Hardware{SerialNumber: "F17SIM0001AA"}, o, n)
		must(t, err)
		signed, err := d.MachineInfo()
		must(t, err)
		if indefinite := bytes.HasPrefix(signed, []byte{0x30, 0x80}); indefinite != how.BER {
			t.Errorf("%+v begins with % x", how, signed[:4])
		}
		message, err := pkcs7.Parse(signed)
		must(t, err)
		if err := message.Verify(); err != nil {
			t.Errorf("%+v: %v", how, err)
		}
		var info map[string]any
		must(t, plist.Unmarshal(message.Content, &info))
		if info["SERIAL"] != "F17SIM0001AA" || info["UDID"] != d.UDID || info["VERSION"] != "23B85" {
			t.Errorf("%+v: %v", how, info)
		}
		signer := message.GetOnlySigner()
		if signer == nil || signer.IsCA || (len(message.Certificates) == 2) != how.Chain {
			t.Errorf("%+v: %d certificates", how, len(message.Certificates))
		}
		kinds[fmt.Sprint(signer.PublicKeyAlgorithm, signer.SignatureAlgorithm, len(message.Signers[0].AuthenticatedAttributes) > 0)] = true
	}
	if len(kinds) != 8 {
		t.Errorf("kinds of signatures: %v", kinds)
	}
}

func TestCAIsKept(t *testing.T) {
	o := options(t)
	key, err := o.CA.KeyPEM()
	must(t, err)
	again, err := simdevice.ParseCA(o.CA.PEM(), key)
	must(t, err)
	if !bytes.Equal(again.PEM(), o.CA.PEM()) {
		t.Error("another certificate")
	}
	if _, err := simdevice.ParseCA(key, key); err == nil {
		t.Error("a key was taken for an authority")
	}
}

const head = `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>PayloadType</key><string>Configuration</string><key>PayloadContent</key><array>`

const mdm = `<dict><key>PayloadType</key><string>com.apple.mdm</string><key>PayloadIdentifier</key><string>m</string><key>PayloadUUID</key><string>M</string><key>PayloadVersion</key><integer>1</integer>` +
	`<key>IdentityCertificateUUID</key><string>S</string><key>Topic</key><string>com.apple.mgmt.x</string><key>ServerURL</key><string>https://mdm.example.org/mdm</string><key>SignMessage</key><true/></dict>`

const identity = `<dict><key>PayloadType</key><string>com.apple.security.scep</string><key>PayloadIdentifier</key><string>s</string><key>PayloadUUID</key><string>S</string><key>PayloadVersion</key><integer>1</integer>` +
	`<key>PayloadContent</key><dict><key>URL</key><string>https://mdm.example.org/scep</string><key>Challenge</key><string>once</string><key>Keysize</key><integer>2048</integer>` +
	`<key>Subject</key><array><array><array><string>CN</string><string>F17</string></array></array></array></dict></dict>`

const tail = `</array></dict></plist>`

// A device installs a profile only if it is one.
func TestProfiles(t *testing.T) {
	p, err := simdevice.ParseProfile([]byte(head + identity + mdm + tail))
	must(t, err)
	if p.Topic != "com.apple.mgmt.x" || p.CheckInURL != "https://mdm.example.org/mdm" || p.SCEPURL != "https://mdm.example.org/scep" || p.Challenge != "once" || p.CommonName != "F17" {
		t.Errorf("got %+v", p)
	}
	for text, shows := range map[string]string{
		"":                       "property list",
		"<plist>":                "profile",
		head + tail:              "no payload of MDM",
		head + mdm + tail:        "does not hold",
		head + mdm + mdm + tail:  "two payloads",
		"0\x80garbage":           "signature",
		"<plist><dict/></plist>": `is a ""`,
		head + identity + strings.Replace(mdm, "<key>SignMessage</key><true/>", "", 1) + tail: "signed messages",
		head + strings.Replace(identity, "security.scep", "security.acme", 1) + mdm + tail:    "acme",
	} {
		if _, err := simdevice.ParseProfile([]byte(text)); err == nil || !strings.Contains(err.Error(), shows) {
			t.Errorf("%.60q: %v", text, err)
		}
	}
}

// Failures are counted by their cause, which does not depend on the device.
func TestFailures(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "UNKNOWN_DEVICE: This device is not known.\nmore", http.StatusForbidden)
	}))
	defer server.Close()
	o := options(t)
	o.Recorder = simdevice.NewRecorder()
	o.Client = server.Client()
	var devices []*simdevice.Device
	for i := range 3 {
		d, err := simdevice.New(simdevice.Hardware{SerialNumber: fmt.Sprint("F17SIM000", i)}, o, i)
		must(t, err)
		devices = append(devices, d)
	}
	fleet := simdevice.Fleet{Apple: simdevice.Directly{URL: server.URL + "/enroll/ade/x"}, Concurrency: 2}
	if n := fleet.Run(t.Context(), devices); n != 0 {
		t.Errorf("%d enrolled", n)
	}
	const want = "enrollment profile: HTTP 403 UNKNOWN_DEVICE: This device is not known."
	if all := o.Recorder.Failures(); len(all) != 1 || all[want] != 3 {
		t.Errorf("got %v", all)
	}
	var table strings.Builder
	must(t, o.Recorder.Write(&table))
	if !strings.Contains(table.String(), "3  "+want) {
		t.Error(table.String())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := devices[0].Enroll(ctx, simdevice.Assigned{URL: server.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// The simulated Apple says where a device enrolls, and knows it as pushed from then on.
func TestSwitchedOnAtTheSimulatedABM(t *testing.T) {
	sim, err := simabm.New(simabm.Options{Devices: 3})
	must(t, err)
	web := httptest.NewServer(sim.Handler())
	defer web.Close()
	apple := simdevice.SimulatedABM{URL: web.URL, Client: web.Client()}
	ready, err := apple.Ready(t.Context(), 5)
	must(t, err)
	if len(ready) != 0 {
		t.Errorf("got %v", ready)
	}
	for i, serial := range sim.AddDevices(3) {
		d, _, _ := sim.Device(serial)
		if h, err := apple.Find(t.Context(), serial); err != nil || h != simdevice.Of(serial, d.Model, d.DeviceFamily) || h.Model == "" {
			t.Errorf("device %d, %+v, is %+v: %v", i, d, h, err)
		}
	}
	if _, err := apple.Find(t.Context(), "NONE"); err == nil {
		t.Error("a device that nobody has was found")
	}
	var f *simdevice.Failure
	if _, err := apple.SwitchOn(t.Context(), "NONE"); !errors.As(err, &f) || !strings.Contains(f.Cause, "404") {
		t.Errorf("got %v", err)
	}
}
