package simabm

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// decryptWithOpenSSL checks tokens with a reader that is not ours.
func decryptWithOpenSSL(t *testing.T, token []byte, form string, q TokenQuirk) string {
	t.Helper()
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed: token files are not checked by a foreign reader")
	}
	key, cert := keyPair()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"key.pem": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), "cert.pem": cert, "token.p7m": token,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), openssl, "smime", "-decrypt", "-inform", form, "-in", "token.p7m", "-inkey", "key.pem", "-recip", "cert.pem")
	cmd.Dir = dir
	var diagnosis bytes.Buffer
	cmd.Stderr = &diagnosis
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v: %s", q, err, &diagnosis)
	}
	return string(out)
}

func TestTokensDecrypt(t *testing.T) {
	w := newWorld(t, Options{})
	for _, q := range []TokenQuirk{TokenPlain, TokenLF, TokenBinary, TokenDER, TokenBareInner, TokenWrapped, TokenAES256, TokenExpired, TokenMissingField} {
		t.Run("quirk "+string(q), func(t *testing.T) {
			token, name, err := w.server.DownloadTokenAs(q)
			if err != nil {
				t.Fatal(err)
			}
			if name != "adetok-lab_Token_2026-08-01T10-00-00Z_smime.p7m" {
				t.Errorf("file name %q", name)
			}
			form := "SMIME"
			if q == TokenBinary {
				form = "DER"
			}
			text := decryptWithOpenSSL(t, token, form, q)
			if strings.Contains(text, "BEGIN MESSAGE") == (q == TokenBareInner) {
				t.Errorf("message lines: %q", text)
			}
			body := strings.NewReplacer("\r", "", "\n", "").Replace(text[strings.IndexByte(text, '{') : strings.LastIndexByte(text, '}')+1])
			var got map[string]string
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatal(err)
			}
			for key, shape := range map[string]string{
				"consumer_key":        `^CK_[0-9a-f]{96}$`,
				"consumer_secret":     `^CS_[0-9a-f]{40}$`,
				"access_token":        `^AT_O\d+O[0-9a-f]{40}O\d{13}$`,
				"access_secret":       `^AS_[0-9a-f]{40}$`,
				"access_token_expiry": `^202[67]-0[78]-\d\dT10:00:00Z$`,
			} {
				missing := q == TokenMissingField && key == "access_secret"
				if regexp.MustCompile(shape).MatchString(got[key]) == missing {
					t.Errorf("%s: %q", key, got[key])
				}
			}
		})
	}
}

// The outer bytes are Apple's: indefinite lengths, several chunks.
func TestTokenIsBER(t *testing.T) {
	w := newWorld(t, Options{})
	token, _, err := w.server.DownloadToken()
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(string(token), "\r\n\r\n")
	if !strings.HasPrefix(head, "Content-Type: application/pkcs7-mime") || strings.Contains(head, "MIME-Version") {
		t.Errorf("head %q", head)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(body), "\r\n") {
		if len(line) > 76 {
			t.Errorf("a line of %d columns", len(line))
		}
	}
	raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(strings.TrimSpace(body), "\r\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(raw, []byte{0x30, 0x80, 0x06, 0x09}) || !bytes.HasSuffix(raw, make([]byte, 10)) {
		t.Errorf("not of indefinite length: % x … % x", raw[:4], raw[len(raw)-10:])
	}
	if n := bytes.Count(raw, []byte{0x04, 0x82, 0x01, 0x00}); n < 2 {
		t.Errorf("%d full chunks", n)
	}
}

// A spoilt download leaves the token in use alone; a usable one replaces it.
func TestQuirksAndTheTokenInUse(t *testing.T) {
	w := newWorld(t, Options{})
	for _, q := range TokenQuirks() {
		if _, _, err := w.server.DownloadToken(); err != nil {
			t.Fatal(err)
		}
		w.client.creds = *w.server.creds
		if _, _, err := w.server.DownloadTokenAs(q); err != nil {
			t.Fatal(err)
		}
		want := 200
		if q.usable() {
			want = 401
		}
		if r := w.client.signIn(); r.status != want {
			t.Errorf("%q: the earlier token answers %v, want %d", q, r, want)
		}
	}
}

func TestReplaceCertificate(t *testing.T) {
	w := newWorld(t, Options{})
	_, cert := newKeyPair(2)
	if err := w.server.ReplaceCertificate(cert); err != nil {
		t.Fatal(err)
	}
	w.client.want(200, "", "GET", "/account", nil)
	token, _, err := w.server.DownloadTokenAs(TokenBinary)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(cert)
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(token, parsed.SerialNumber.Bytes()) {
		t.Error("the recipient is not the new certificate")
	}
}
