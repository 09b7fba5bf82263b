package servertoken_test

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/servertoken"
)

var (
	now  = time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)
	want = abm.Credentials{
		ConsumerKey: "CK_test", ConsumerSecret: "CS_hush", AccessToken: "AT_test", AccessSecret: "AS_hush",
		AccessTokenExpiry: time.Date(2027, 7, 25, 17, 20, 0, 0, time.UTC),
	}
	// Generating keys is slow under the race detector; two are enough for all tests.
	twoKeys = sync.OnceValues(func() ([2]servertoken.KeyPair, error) {
		var keys [2]servertoken.KeyPair
		for i := range keys {
			keyPEM, certPEM, err := servertoken.Generate("Brightline Health", now)
			if err != nil {
				return keys, err
			}
			if keys[i], err = servertoken.ParseKeyPair(keyPEM, certPEM); err != nil {
				return keys, err
			}
		}
		return keys, nil
	})
)

func keyPairs(t testing.TB) (ours, other servertoken.KeyPair) {
	t.Helper()
	keys, err := twoKeys()
	if err != nil {
		t.Fatal(err)
	}
	return keys[0], keys[1]
}

func TestGenerate_FieldNote14(t *testing.T) {
	ours, other := keyPairs(t)
	cert := ours.Certificate
	if cert.Subject.CommonName != "GuardMDM Brightline Health" {
		t.Errorf("common name %q", cert.Subject.CommonName)
	}
	if err := cert.CheckSignature(cert.SignatureAlgorithm, cert.RawTBSCertificate, cert.Signature); err != nil {
		t.Errorf("not self-signed: %v", err)
	}
	if cert.NotBefore.After(now) || cert.NotAfter.Year() != now.Year()+10 {
		t.Errorf("valid from %s to %s", cert.NotBefore, cert.NotAfter)
	}
	if bits := ours.PrivateKey.N.BitLen(); bits != 2048 {
		t.Errorf("%d bits", bits)
	}
	if cert.SerialNumber.Cmp(other.Certificate.SerialNumber) == 0 || cert.SerialNumber.BitLen() < 64 {
		t.Errorf("serial numbers %x and %x are not random", cert.SerialNumber, other.Certificate.SerialNumber)
	}
	_, certPEM, err := servertoken.Generate(strings.Repeat("ü", 100), now)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(certPEM)
	long, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if n := len([]rune(long.Subject.CommonName)); n != 64 {
		t.Errorf("common name of %d characters", n)
	}
}

func TestParseKeyPairRefuses(t *testing.T) {
	keyPEM, certPEM, err := servertoken.Generate("", now)
	if err != nil {
		t.Fatal(err)
	}
	otherKey, _, err := servertoken.Generate("", now)
	if err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2][]byte{
		"swapped": {certPEM, keyPEM}, "another key": {otherKey, certPEM}, "no key": {nil, certPEM}, "no certificate": {keyPEM, nil},
	} {
		if _, err := servertoken.ParseKeyPair(pair[0], pair[1]); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEnding(t *testing.T) {
	for serial, want := range map[int64]string{0: "00", 5: "05", 0x0A0B: "0A:0B", 0x12419C: "41:9C"} {
		if got := servertoken.Ending(big.NewInt(serial)); got != want {
			t.Errorf("Ending(%x) = %s, want %s", serial, got, want)
		}
	}
}

func TestKeyPairHidesItsKey(t *testing.T) {
	ours, _ := keyPairs(t)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("pair", "pair", ours)
	shown := fmt.Sprintf("%v %+v %#v %s", ours, ours, ours, &ours) + log.String()
	if strings.Contains(shown, ours.PrivateKey.D.String()) || !strings.Contains(shown, servertoken.Ending(ours.Certificate.SerialNumber)) {
		t.Errorf("shown: %s", shown)
	}
}

// Every form of a good token that was seen, or that mail programs and editors make of one.
func TestReadForms(t *testing.T) {
	ours, other := keyPairs(t)
	der := newMaker(ours).der(t)
	file := smime(der)
	withPlain := func(plain string) []byte {
		m := newMaker(ours)
		m.plain = plain
		return smime(m.der(t))
	}
	foldedHeader := "Content-Type: application/pkcs7-mime; name=\"smime.p7m\"; smime-type=envelo\nped-data\n" +
		"Content-Transfer-Encoding:\n base64\nContent-Description: S/MIME Encrypted\n Message\n"
	for name, file := range map[string][]byte{
		"as Apple makes it":            file,
		"CRLF":                         bytes.ReplaceAll(file, []byte("\n"), []byte("\r\n")),
		"CR":                           bytes.ReplaceAll(file, []byte("\n"), []byte("\r")),
		"byte order mark":              append([]byte("\ufeff"), file...),
		"leading empty lines":          append([]byte("\n\n"), file...),
		"trailing spaces":              append(file, " \n \n"...),
		"last newline lost":            bytes.TrimRight(file, "\n"),
		"padding lost":                 bytes.TrimRight(file, "=\n"),
		"headers folded anywhere":      []byte(foldedHeader + "\n" + lines(der, 76, "\n")),
		"no empty line behind headers": []byte("Content-Type: application/pkcs7-mime;\n smime-type=enveloped-data\n" + lines(der, 76, "\n")),
		"empty line inside headers":    []byte("Content-Type: application/pkcs7-mime\n\nContent-Transfer-Encoding: base64\n\n" + lines(der, 76, "\n")),
		"bare base64":                  []byte(lines(der, 76, "\n")),
		"one line of base64":           []byte(smimeHeader + lines(der, 1<<20, "\n")),
		"short lines of base64":        []byte(smimeHeader + lines(der, 7, "\r\n")),
		"DER":                          der,
		"PEM":                          pem.EncodeToMemory(&pem.Block{Type: "PKCS7", Bytes: der}),
		"bare JSON inside":             withPlain(content),
		"JSON wrapped":                 withPlain(strings.ReplaceAll(content, ",", ",\r\n")),
		"JSON wrapped inside a string": withPlain(strings.ReplaceAll(content, "_hush", "_h\nush")),
		"more fields inside":           withPlain(strings.Replace(content, "{", `{"new":[1,{"a":null}],`, 1)),
	} {
		t.Run(name, func(t *testing.T) {
			creds, used, err := servertoken.Read(file, now, other, ours)
			if err != nil {
				t.Fatal(err)
			}
			if creds != want || used != 1 {
				t.Errorf("got key %d and %#v", used, creds)
			}
		})
	}
}

func TestReadRefuses_FieldNotes14And15(t *testing.T) {
	ours, other := keyPairs(t)
	good := newMaker(ours)
	der := good.der(t)
	tamper := func(change func(*maker)) []byte {
		m := newMaker(ours)
		change(&m)
		return smime(m.der(t))
	}
	plain := func(old, new string) []byte {
		return tamper(func(m *maker) { m.plain = strings.Replace(inner, old, new, 1) })
	}
	keyPEM, certPEM, err := servertoken.Generate("", now)
	if err != nil {
		t.Fatal(err)
	}
	certBlock, _ := pem.Decode(certPEM)
	serials := func(k servertoken.KeyPair) string { return servertoken.Ending(k.Certificate.SerialNumber) }

	tests := []struct {
		name  string
		file  []byte
		code  apperr.Code
		shows string // part of the message
	}{
		{"empty", nil, apperr.TokenFileInvalid, "empty"},
		{"blanks", []byte(" \r\n "), apperr.TokenFileInvalid, "empty"},
		{"too large", make([]byte, 64<<10+1), apperr.TokenFileTooLarge, "64 KiB"},
		{"text", []byte("Dear colleague, the token is attached."), apperr.TokenFileInvalid, "neither"},
		{"certificate PEM", certPEM, apperr.TokenFileInvalid, "certificate"},
		{"certificate DER", certBlock.Bytes, apperr.TokenFileInvalid, "certificate"},
		{"private key", keyPEM, apperr.TokenFileInvalid, "private key"},
		{"bare JSON", []byte(content), apperr.TokenFileInvalid, "decrypted already"},
		{"other JSON", []byte(`["a"]`), apperr.TokenFileInvalid, "JSON"},
		{"decrypted token", []byte(inner), apperr.TokenFileInvalid, "decrypted already"},
		{"ZIP", []byte("PK\x03\x04\x14\x00\x00"), apperr.TokenFileInvalid, "ZIP"},
		{"ZIP without NUL", []byte("PK\x03\x04"), apperr.TokenFileInvalid, "ZIP"},
		{"PDF", []byte("%PDF-1.7\n\xe2\xe3"), apperr.TokenFileInvalid, "PDF"},
		{"UTF-16", []byte("\xff\xfeC\x00o\x00"), apperr.TokenFileInvalid, "UTF-16"},
		{"web page", []byte("\n<!DOCTYPE html><html><title>Sign in</title>"), apperr.TokenFileInvalid, "web page"},
		{"profile", []byte(`<?xml version="1.0"?><plist></plist>`), apperr.TokenFileInvalid, "profile"},
		{"signed message", signedData(t), apperr.TokenFileInvalid, "signed"},
		{"base64 of text", []byte("SGVsbG8sIHdvcmxk"), apperr.TokenFileInvalid, "encrypted message"},
		{"headers only", []byte(smimeHeader), apperr.TokenFileCutOff, "too early"},
		{"half", smime(der)[:900], apperr.TokenFileCutOff, "too early"},
		{"half of DER", der[:len(der)/2], apperr.TokenFileCutOff, "too early"},
		{"followed by more", smime(append(bytes.Clone(der), 1, 2, 3)), apperr.TokenFileInvalid, "well-formed"},
		{"deep nesting", smime(bytes.Repeat([]byte{0x30, 0x80}, 20000)), apperr.TokenFileInvalid, "well-formed"},
		{"AES-192", tamper(func(m *maker) { m.contentAlgorithm = oidAES192 }), apperr.TokenFileInvalid, oidAES192.String()},
		{"other key algorithm", tamper(func(m *maker) { m.keyAlgorithm = oidData }), apperr.TokenFileInvalid, oidData.String()},
		{"another key", tamper(func(m *maker) { m.key = other }), apperr.TokenOtherKey,
			"ending in " + serials(other) + "; this setup uses " + serials(ours)},
		{"another serial number", tamper(func(m *maker) { m.serial = big.NewInt(0x419C) }), apperr.TokenOtherKey, "41:9C"},
		{"tampered content", tamper(func(m *maker) { m.tamper = func(b []byte) { b[len(b)-1] ^= 0x55; b[len(b)-17] ^= 0x55 } }), apperr.TokenFileInvalid, "damaged"},
		{"other content", tamper(func(m *maker) { m.plain = "hello" }), apperr.TokenFileInvalid, "something else"},
		{"broken JSON", plain(`"AS_hush"`, `AS_hush`), apperr.TokenFileInvalid, "JSON"},
		{"no consumer_key", plain("consumer_key", "consumer"), apperr.TokenIncomplete, "consumer_key is missing"},
		{"no consumer_secret", plain("consumer_secret", "consumer"), apperr.TokenIncomplete, "consumer_secret is missing"},
		{"no access_token", plain(`"access_token"`, `"access"`), apperr.TokenIncomplete, "access_token is missing"},
		{"no access_secret", plain("access_secret", "access"), apperr.TokenIncomplete, "access_secret is missing"},
		{"no expiry", plain("access_token_expiry", "expiry"), apperr.TokenIncomplete, "access_token_expiry is missing"},
		{"number", plain(`"AS_hush"`, `7`), apperr.TokenIncomplete, "access_secret is not text"},
		{"null", plain(`"AS_hush"`, `null`), apperr.TokenIncomplete, "access_secret is empty"},
		{"no date", plain("2027-07-25T17:20:00Z", "soon"), apperr.TokenIncomplete, "not a date"},
		{"expired", plain("2027-07-25", "2026-07-25"), apperr.TokenExpired, "25 Jul 2026 at 17:20 UTC"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			creds, _, err := servertoken.Read(tt.file, now, ours)
			e := apperr.As(err)
			if e == nil || e.Code != tt.code || !strings.Contains(e.Message, tt.shows) || e.Hint == "" {
				t.Fatalf("got %v, want %s with %q and a hint", err, tt.code, tt.shows)
			}
			if creds != (abm.Credentials{}) {
				t.Error("credentials beside an error")
			}
			if strings.Contains(err.Error()+e.Hint, "hush") {
				t.Errorf("quotes the file: %v", err)
			}
		})
	}
}

func TestReadWithoutKeys(t *testing.T) {
	ours, _ := keyPairs(t)
	if _, _, err := servertoken.Read(smime(newMaker(ours).der(t)), now); !apperr.Is(err, apperr.TokenOtherKey) {
		t.Errorf("got %v", err)
	}
}

// A download can break off anywhere.
func TestReadCutOff(t *testing.T) {
	ours, _ := keyPairs(t)
	der := newMaker(ours).der(t)
	ber := indefinite(t, der)
	for name, file := range map[string][]byte{"S/MIME": smime(ber), "DER": der, "BER": ber} {
		whole := len(bytes.TrimRight(file, "=\n"))
		if name != "S/MIME" {
			whole = len(file)
		}
		for n := range whole {
			_, _, err := servertoken.Read(file[:n], now, ours)
			code := apperr.CodeOf(err)
			if code != apperr.TokenFileCutOff && (code != apperr.TokenFileInvalid || n > len("Content-")) {
				t.Fatalf("%s, %d of %d bytes: %v", name, n, whole, err)
			}
		}
		if creds, _, err := servertoken.Read(file, now, ours); err != nil || creds != want {
			t.Errorf("%s, whole: %v", name, err)
		}
	}
}

// indefinite rewrites a DER token as Apple encodes it: indefinite lengths outside, content in chunks.
func indefinite(t testing.TB, der []byte) []byte {
	t.Helper()
	var out []byte
	var rewrite func(b []byte, depth int)
	rewrite = func(b []byte, depth int) {
		for len(b) > 0 {
			head, length := 2, int(b[1])
			if b[1]&0x80 != 0 {
				head, length = 2+int(b[1]&0x7f), 0
				for _, o := range b[2:head] {
					length = length<<8 | int(o)
				}
			}
			id, body := b[0], b[head:head+length]
			switch {
			case id == 0x80: // the encrypted content
				out = append(out, 0xa0, 0x80)
				for len(body) > 0 {
					n := min(len(body), 100)
					out = append(append(out, 0x04, byte(n)), body[:n]...)
					body = body[n:]
				}
				out = append(out, 0, 0)
			case id&0x20 != 0 && id != 0x31 && depth < 4:
				out = append(out, id, 0x80)
				rewrite(body, depth+1)
				out = append(out, 0, 0)
			default:
				out = append(out, b[:head+length]...)
			}
			b = b[head+length:]
		}
	}
	rewrite(der, 0)
	return out
}

func TestReadOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed")
	}
	ours, _ := keyPairs(t)
	dir := t.TempDir()
	cert, text := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "inner.txt")
	certPEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ours.Certificate.Raw})
	if err := os.WriteFile(cert, certPEM, 0o600); err != nil {
		t.Fatal(err)
	}
	// Large enough for several chunks with -stream.
	long := strings.Replace(inner, "{", `{"filler":"`+strings.Repeat("x", 20000)+`",`, 1)
	if err := os.WriteFile(text, []byte(long), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		code apperr.Code // "": readable
	}{
		{[]string{"-aes128", "-outform", "DER"}, ""},
		{[]string{"-aes128", "-stream", "-outform", "DER"}, ""},
		{[]string{"-aes256", "-outform", "DER"}, ""},
		{[]string{"-aes256", "-stream", "-outform", "DER"}, ""},
		{[]string{"-des3", "-outform", "DER"}, ""},
		{[]string{"-des3", "-stream", "-outform", "SMIME"}, ""},
		{[]string{"-aes128", "-outform", "PEM"}, ""},
		{[]string{"-aes192", "-outform", "DER"}, apperr.TokenFileInvalid},
		{[]string{"-aes128", "-keyid", "-outform", "DER"}, apperr.TokenFileInvalid},
	} {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			args := append([]string{"cms", "-encrypt", "-binary", "-in", text}, append(tt.args, cert)...)
			file, err := exec.Command(openssl, args...).Output()
			if err != nil {
				t.Skipf("openssl %v: %v", args, err)
			}
			creds, _, err := servertoken.Read(file, now, ours)
			if apperr.CodeOf(err) != tt.code {
				t.Fatal(err)
			}
			if tt.code == "" && creds != want {
				t.Errorf("got %#v", creds)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	ours, _ := keyPairs(f)
	der := newMaker(ours).der(f)
	for _, seed := range [][]byte{nil, smime(der), der, indefinite(f, der), []byte(smimeHeader), []byte(content), smime(der)[:700]} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		creds, _, err := servertoken.Read(file, now, ours)
		if err == nil {
			if creds.ConsumerKey == "" || creds.AccessSecret == "" || !now.Before(creds.AccessTokenExpiry) {
				t.Fatalf("incomplete: %#v", creds)
			}
			return
		}
		if e := apperr.As(err); e == nil || e.Code == apperr.Internal || e.Message == "" {
			t.Fatalf("untyped error %v", err)
		}
	})
}
