package cms_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/cms"
	"github.com/guardmdm/guardmdm/server/cmsguard"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
)

var content = bytes.Repeat([]byte("machine information "), 30)

func TestRead(t *testing.T) {
	authority := cmsmaker.Authority(t, "Device CA", cmsmaker.RSA(t, 1024), nil)
	rsa1024 := cmsmaker.Device(t, authority, cmsmaker.RSA(t, 1024))
	ec := cmsmaker.Device(t, authority, cmsmaker.EC(t))
	for name, m := range map[string]cmsmaker.Message{
		"SHA-256":                {Signers: []cmsmaker.Identity{rsa1024}},
		"SHA-1":                  {Signers: []cmsmaker.Identity{rsa1024}, Hash: crypto.SHA1},
		"ECDSA":                  {Signers: []cmsmaker.Identity{ec}},
		"ECDSA with SHA-1":       {Signers: []cmsmaker.Identity{ec}, Hash: crypto.SHA1},
		"no attributes":          {Signers: []cmsmaker.Identity{rsa1024}, NoAttributes: true},
		"BER in chunks":          {Signers: []cmsmaker.Identity{rsa1024}, BER: true},
		"the whole chain":        {Signers: []cmsmaker.Identity{rsa1024}, Certificates: []*x509.Certificate{authority.Certificate, rsa1024.Certificate}},
		"a certificate repeated": {Signers: []cmsmaker.Identity{rsa1024}, Certificates: []*x509.Certificate{rsa1024.Certificate, rsa1024.Certificate}},
	} {
		t.Run(name, func(t *testing.T) {
			m.Content = content
			signed, err := cms.Read(m.Bytes(t))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(signed.Content, content) || !signed.Signer.Equal(m.Signers[0].Certificate) {
				t.Errorf("%d bytes signed by %v", len(signed.Content), signed.Signer.Subject)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	authority := cmsmaker.Authority(t, "Device CA", cmsmaker.EC(t), nil)
	leaf := cmsmaker.Device(t, authority, cmsmaker.RSA(t, 1024))
	other := cmsmaker.Device(t, authority, cmsmaker.EC(t))
	twin := cmsmaker.Issue(t, &authority, cmsmaker.EC(t), func(c *x509.Certificate) { c.SerialNumber = leaf.Certificate.SerialNumber })
	one := []cmsmaker.Identity{leaf}
	many := slices.Repeat([]*x509.Certificate{leaf.Certificate}, cms.MaxCertificates+1)
	for name, tt := range map[string]struct {
		m    cmsmaker.Message
		want error
	}{
		"no signer":               {cmsmaker.Message{Certificates: []*x509.Certificate{leaf.Certificate}}, cms.ErrSigners},
		"two signers":             {cmsmaker.Message{Signers: []cmsmaker.Identity{leaf, other}}, cms.ErrSigners},
		"no certificates":         {cmsmaker.Message{Signers: one, None: true}, cms.ErrNoCertificate},
		"another's certificate":   {cmsmaker.Message{Signers: one, Certificates: []*x509.Certificate{other.Certificate}}, cms.ErrNoCertificate},
		"two of the same name":    {cmsmaker.Message{Signers: one, Certificates: []*x509.Certificate{leaf.Certificate, twin.Certificate}}, cms.ErrNoCertificate},
		"too many certificates":   {cmsmaker.Message{Signers: one, Certificates: many}, cms.ErrCertificates},
		"MD5":                     {cmsmaker.Message{Signers: one, Hash: crypto.MD5}, cms.ErrAlgorithm},
		"no messageDigest":        {cmsmaker.Message{Signers: one, Without: []asn1.ObjectIdentifier{cmsmaker.MessageDigest}}, cms.ErrAttributes},
		"no contentType":          {cmsmaker.Message{Signers: one, Without: []asn1.ObjectIdentifier{cmsmaker.ContentType}}, cms.ErrAttributes},
		"neither":                 {cmsmaker.Message{Signers: one, Without: []asn1.ObjectIdentifier{cmsmaker.ContentType, cmsmaker.MessageDigest}}, cms.ErrAttributes},
		"another contentType":     {cmsmaker.Message{Signers: one, Type: asn1.ObjectIdentifier{1, 2, 3}}, cms.ErrAttributes},
		"tampered content":        {cmsmaker.Message{Signers: one, Sent: []byte("another")}, cms.ErrDigest},
		"tampered, no attributes": {cmsmaker.Message{Signers: one, NoAttributes: true, Sent: []byte("another")}, cms.ErrSignature},
		"tampered signature":      {cmsmaker.Message{Signers: one, Signature: func(b []byte) []byte { b[9] ^= 1; return b }}, cms.ErrSignature},
		"detached":                {cmsmaker.Message{Signers: one, Detached: true}, cms.ErrDetached},
	} {
		t.Run(name, func(t *testing.T) {
			tt.m.Content = content
			if signed, err := cms.Read(tt.m.Bytes(t)); !errors.Is(err, tt.want) || signed != nil {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// FieldNote 25: cut-off input ends the library with a panic, deep nesting ends the process.
func TestFieldNote25CutOffAtEveryLength(t *testing.T) {
	authority := cmsmaker.Authority(t, "Device CA", cmsmaker.EC(t), nil)
	leaf := cmsmaker.Device(t, authority, cmsmaker.EC(t))
	for _, ber := range []bool{false, true} {
		whole := cmsmaker.Message{Content: content, Signers: []cmsmaker.Identity{leaf}, BER: ber}.Bytes(t)
		for n := range whole {
			if _, err := cms.Read(whole[:n]); !errors.Is(err, cmsguard.ErrTruncated) {
				t.Fatalf("BER %v, %d of %d bytes: %v", ber, n, len(whole), err)
			}
		}
		for n := range whole { // and with any byte changed: an error or the same, never a panic
			changed := bytes.Clone(whole)
			changed[n] ^= 0x20
			if signed, err := cms.Read(changed); err == nil && !bytes.Equal(signed.Content, content) {
				t.Fatalf("BER %v, byte %d changed: another content is accepted", ber, n)
			}
		}
	}
	for _, deep := range [][]byte{bytes.Repeat([]byte{0x30, 0x80}, 30_000), bytes.Repeat([]byte{0x24, 0x80}, 30_000)} {
		if _, err := cms.Read(deep); !errors.Is(err, cmsguard.ErrTooDeep) {
			t.Errorf("nested: %v", err)
		}
	}
	if _, err := cms.Read(make([]byte, 1<<20)); !errors.Is(err, cmsguard.ErrTooLarge) {
		t.Errorf("large: %v", err)
	}
}

func TestSign(t *testing.T) {
	root := cmsmaker.Authority(t, "Root", cmsmaker.EC(t), nil)
	for name, key := range map[string]crypto.Signer{"RSA": cmsmaker.RSA(t, 2048), "ECDSA": cmsmaker.EC(t)} {
		t.Run(name, func(t *testing.T) {
			signer := cmsmaker.Issue(t, &root, key, nil)
			der, err := cms.Sign(content, signer.Certificate, []*x509.Certificate{root.Certificate}, key, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
			if err != nil {
				t.Fatal(err)
			}
			signed, err := cms.Read(der)
			if err != nil || !bytes.Equal(signed.Content, content) || len(signed.Certificates) != 2 {
				t.Fatalf("%v %v", signed, err)
			}
			opensslAgrees(t, der, root)
		})
	}
}

// opensslAgrees has another implementation look, where there is one.
func opensslAgrees(t *testing.T, der []byte, root cmsmaker.Identity) {
	t.Helper()
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		return
	}
	dir := t.TempDir()
	ca, in := filepath.Join(dir, "ca.pem"), filepath.Join(dir, "in.der")
	if err := errors.Join(os.WriteFile(ca, root.PEM(), 0o600), os.WriteFile(in, der, 0o600)); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(openssl, "cms", "-verify", "-inform", "DER", "-in", in, "-CAfile", ca, "-purpose", "any", "-out", os.DevNull).CombinedOutput()
	if err != nil {
		t.Errorf("openssl: %v: %s", err, out)
	}
}

func FuzzRead(f *testing.F) {
	authority := cmsmaker.Authority(f, "Device CA", cmsmaker.EC(f), nil)
	leaf := cmsmaker.Device(f, authority, cmsmaker.EC(f))
	for _, m := range []cmsmaker.Message{{}, {BER: true}, {NoAttributes: true}, {Hash: crypto.SHA1}, {Detached: true}} {
		m.Content, m.Signers = []byte("<plist/>"), []cmsmaker.Identity{leaf}
		f.Add(m.Bytes(f))
	}
	f.Add([]byte{0x30, 0x80})
	f.Fuzz(func(t *testing.T, message []byte) {
		signed, err := cms.Read(message)
		if (signed == nil) == (err == nil) {
			t.Fatalf("%v beside %v", signed, err)
		}
		if errors.Is(err, cmsguard.ErrPanic) {
			t.Fatal("the library panicked behind the guard and the checks")
		}
	})
}
