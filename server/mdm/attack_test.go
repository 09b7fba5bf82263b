package mdm_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

const plistHead = `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0">`

// state is everything that an attack must not change.
func (w *world) state() string {
	ctx := w.t.Context()
	r := w.db.Reader()
	text := ""
	for _, c := range r.MDMChannel.Query().AllX(ctx) {
		text += fmt.Sprintln(c)
	}
	for _, e := range r.DeviceEnrollment.Query().AllX(ctx) {
		text += fmt.Sprintln(e)
	}
	for _, c := range r.MDMCommand.Query().AllX(ctx) {
		text += fmt.Sprintln(c)
	}
	return text + fmt.Sprintln(r.DeviceEvent.Query().CountX(ctx), r.IdentityCertificate.Query().AllX(ctx), r.AuditEntry.Query().CountX(ctx))
}

// Field notes 26 and the table of attacks: each refused with its own code, nothing changed, and never 401.
func TestFieldNote26Attacks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p, other := w.buy(1), w.buy(2)
		p.enroll(nil)
		other.enroll(nil)
		body := func(m dict) []byte {
			b, err := plist.Marshal(map[string]any(m))
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		idle := body(dict{"Status": "Idle", "UDID": p.udid})
		stranger := &phone{w: w, serial: p.serial, udid: p.udid, key: keyOf(t, 9)}
		stranger.cert = stranger.selfSigned()
		signed := func(p *phone, b []byte, checkin bool) func() (int, []byte) {
			return func() (int, []byte) { return p.put(b, p.sign(b), checkin) }
		}
		command := p.report("Idle", "", nil)
		swapped := *p
		swapped.udid = other.udid
		tokenUpdate := dict{"MessageType": "TokenUpdate", "UDID": other.udid, "Topic": topic, "Token": []byte("t"), "PushMagic": "m"}
		before := w.state()
		for _, attack := range []struct {
			name, code string
			status     int
			send       func() (int, []byte)
		}{
			{"no identity", "IDENTITY_MISSING", 400, func() (int, []byte) { return p.put(idle, "", false) }},
			{"certificate header without a trusted proxy", "IDENTITY_MISSING", 400, func() (int, []byte) {
				return w.put(http.DefaultClient, idle, http.Header{"Client-Cert": {":" + base64.StdEncoding.EncodeToString(p.cert.Raw) + ":"}})
			}},
			{"escaped certificate header without a trusted proxy", "IDENTITY_MISSING", 400, func() (int, []byte) {
				return w.put(http.DefaultClient, idle, http.Header{"X-Ssl-Client-Cert": {url.QueryEscape(string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.cert.Raw})))}})
			}},
			{"signature of another message", "MDM_SIGNATURE_WRONG", 400, func() (int, []byte) { return p.put(idle, p.sign([]byte("other")), false) }},
			{"signature that is none", "MDM_SIGNATURE_WRONG", 400, func() (int, []byte) { return p.put(idle, "AAAA", false) }},
			{"signature cut off", "MDM_SIGNATURE_WRONG", 400, func() (int, []byte) { return p.put(idle, p.sign(idle)[:400], false) }},
			{"signature nested deep", "MDM_SIGNATURE_WRONG", 400, func() (int, []byte) {
				return p.put(idle, base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0x30, 0x80}, 10_000)), false)
			}},
			{"self-signed identity", "IDENTITY_UNKNOWN", 400, signed(stranger, idle, false)},
			{"identity of another device", "IDENTITY_OF_OTHER_DEVICE", 400, signed(other, idle, false)},
			{"UDID swapped", "IDENTITY_OF_OTHER_DEVICE", 400, signed(p, body(tokenUpdate), true)},
			{"copied identity begins to enroll another device", "IDENTITY_OF_OTHER_DEVICE", 400, func() (int, []byte) { return swapped.authenticate() }},
			{"another serial number", "SERIAL_OF_OTHER_DEVICE", 400, signed(p, body(dict{"MessageType": "Authenticate", "UDID": p.udid, "Topic": topic, "SerialNumber": other.serial}), true)},
			{"answer to another device's command", "COMMAND_UNKNOWN", 400, signed(other, body(dict{"Status": "Acknowledged", "UDID": other.udid, "CommandUUID": command.CommandUUID}), false)},
			{"answer to no command", "COMMAND_UNKNOWN", 400, signed(p, body(dict{"Status": "Acknowledged", "UDID": p.udid, "CommandUUID": "0"}), false)},
			{"check-in of 300 KiB", "MESSAGE_TOO_LARGE", 413, func() (int, []byte) {
				b := body(dict{"MessageType": "CheckOut", "UDID": p.udid, "x": strings.Repeat("x", 300<<10)})
				return p.put(b, p.sign(b), true)
			}},
			{"binary property list", "MESSAGE_MALFORMED", 400, signed(p, []byte("bplist00"), false)},
			{"cut off", "MESSAGE_MALFORMED", 400, signed(p, idle[:len(idle)-30], false)},
			{"no property list", "MESSAGE_MALFORMED", 400, signed(p, []byte("{}"), true)},
			{"no status", "MESSAGE_MALFORMED", 400, signed(p, body(dict{"UDID": p.udid}), false)},
			{"no device", "MESSAGE_MALFORMED", 400, signed(p, body(dict{"Status": "Idle"}), false)},
			{"unknown message", "MESSAGE_UNKNOWN", 400, signed(p, body(dict{"MessageType": "Hello", "UDID": p.udid}), true)},
			{"token of an unknown kind", "MESSAGE_UNKNOWN", 400, signed(p, body(dict{"MessageType": "GetToken", "UDID": p.udid, "TokenServiceType": "x"}), true)},
			{"nested deep", "MESSAGE_TOO_COMPLEX", 400, signed(p, []byte(plistHead+strings.Repeat("<array>", 300_000)), false)},
			{"many elements", "MESSAGE_TOO_COMPLEX", 400, signed(p, []byte(plistHead+"<array>"+strings.Repeat("<true/>", 300_000)+"</array></plist>"), false)},
			{"entities", "MESSAGE_TOO_COMPLEX", 400, signed(p, []byte(`<!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><plist version="1.0"><string>&b;</string></plist>`), false)},
		} {
			status, _ := attack.send()
			_, code, _ := strings.Cut(w.last(), " ")
			if status != attack.status || code != attack.code {
				t.Errorf("%s: %d, %s; want %d, %s", attack.name, status, w.last(), attack.status, attack.code)
			}
		}
		if status, _ := p.put(make([]byte, 50<<20), "x", false); status != http.StatusRequestEntityTooLarge {
			t.Errorf("50 MB: %d", status)
		}
		if after := w.state(); after != before {
			t.Errorf("the attacks changed something:\n%s\n%s", before, after)
		}
		// What concerns a known device is remembered: one row for a reason, however often.
		if n := db.Reader().EnrollmentRefusal.Query().CountX(t.Context()); n == 0 || n > 16 {
			t.Errorf("%d refusals are remembered", n)
		}
		if next := p.report("Acknowledged", command.CommandUUID, nil); next != nil {
			t.Errorf("%+v", next)
		}
		if got := db.Reader().MDMCommand.Query().Where(mdmcommand.CommandUUID(command.CommandUUID)).OnlyX(t.Context()).Status; got != mdmcommand.StatusAcknowledged {
			t.Errorf("the device's own answer: %s", got)
		}
		p.expect(deviceenrollment.StatusEnrolled)
	})
}

// A device that is not in the inventory any more stays managed by its identity.
func TestRemovedDeviceStaysManaged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.buy(1)
		p.enroll(nil)
		db.Ent().Device.UpdateOneID(p.id).SetRemovedAt(w.clock.Now()).ExecX(t.Context())
		if c := p.report("Idle", "", nil); c == nil {
			t.Error("it gets no commands")
		}
	})
}

// A trusted proxy that ended the device's TLS may say which certificate it saw, in either form.
func TestCertificateFromTrustedProxy(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	p := w.buy(1)
	p.enroll(nil)
	answer(p, p.report("Idle", "", nil))
	transport := &http.Transport{DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}).DialContext}
	defer transport.CloseIdleConnections()
	proxy := &http.Client{Transport: transport}
	body, err := plist.Marshal(map[string]any{"Status": "Idle", "UDID": p.udid})
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range []http.Header{
		{"Client-Cert": {":" + base64.StdEncoding.EncodeToString(p.cert.Raw) + ":"}},
		{"X-Ssl-Client-Cert": {url.QueryEscape(string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.cert.Raw})))}},
	} {
		if status, text := w.put(proxy, body, header); status != 200 {
			t.Errorf("%v: %d %s", header, status, text)
		}
	}
	if status, _ := w.put(proxy, body, http.Header{"Client-Cert": {":AAAA:"}}); status != 400 || w.last() != "unread IDENTITY_MISSING" {
		t.Errorf("no certificate: %d, %s", status, w.last())
	}
}

// A device that proves itself by its TLS certificate needs no signature; one without a certificate still gets an answer.
func TestClientCertificate(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	p := w.buy(1)
	p.enroll(nil)
	answer(p, p.report("Idle", "", nil))
	ca, err := w.identities.CACertificate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	authorities := x509.NewCertPool()
	authorities.AddCert(ca)
	server := p.selfSigned()
	keyDER, err := x509.MarshalPKCS8PrivateKey(p.key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	for name, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: server.Raw}, keyFile: {Type: "PRIVATE KEY", Bytes: keyDER}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.url = w.serve(httpd.Config{ClientCAs: authorities, TLSCertFile: certFile, TLSKeyFile: keyFile})
	body, err := plist.Marshal(map[string]any{"Status": "Idle", "UDID": p.udid})
	if err != nil {
		t.Fatal(err)
	}
	for _, try := range []struct {
		certs []tls.Certificate
		code  int
	}{{[]tls.Certificate{{Certificate: [][]byte{p.cert.Raw}, PrivateKey: p.key}}, 200}, {nil, 400}} {
		transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, Certificates: try.certs}}
		if code, text := w.put(&http.Client{Transport: transport}, body, http.Header{}); code != try.code {
			t.Errorf("%d certificates: %d %s", len(try.certs), code, text)
		}
		transport.CloseIdleConnections()
	}
}

// A message whose end does not come is refused.
func TestMessageCutOff(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"))
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "PUT /mdm HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<plist>")
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, conn)
	if w.last() != "unread MESSAGE_CUT_OFF" && w.last() != "" { // the server may be told first that the client is gone
		t.Errorf("%s", w.last())
	}
}
