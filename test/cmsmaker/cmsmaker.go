// Package cmsmaker makes signed CMS messages for tests: as devices make them, and with whatever can be wrong about them. It shares no code with what
// reads them.
package cmsmaker

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	_ "crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1"
	_ "crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"slices"
	"testing"
	"time"
)

// Identity is a certificate with its key.
type Identity struct {
	Certificate *x509.Certificate
	Key         crypto.Signer
}

// PEM is the certificate.
func (i Identity) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.Certificate.Raw})
}

// KeyPEM is the key.
func (i Identity) KeyPEM(t testing.TB) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(i.Key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// RSA makes a key of so many bits.
func RSA(t testing.TB, bits int) crypto.Signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// EC makes a P-256 key.
func EC(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// Authority makes one: its own, or below another one.
func Authority(t testing.TB, name string, key crypto.Signer, above *Identity) Identity {
	t.Helper()
	return Issue(t, above, key, func(c *x509.Certificate) {
		c.Subject = pkix.Name{Country: []string{"US"}, Organization: []string{"Example Inc."}, CommonName: name}
		c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign
	})
}

// Device makes a device's certificate as Apple's devices have it. It expired long ago, as that may be.
func Device(t testing.TB, authority Identity, key crypto.Signer) Identity {
	t.Helper()
	return Issue(t, &authority, key, func(c *x509.Certificate) {
		c.Subject = pkix.Name{CommonName: "0A1B2C3D-0000-4000-8000-0123456789AB"}
		c.NotBefore, c.NotAfter = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)
		if _, ok := authority.Key.(*rsa.PrivateKey); ok {
			c.SignatureAlgorithm = x509.SHA1WithRSA
		}
	})
}

// Issue makes a certificate; nil: it issues itself.
func Issue(t testing.TB, above *Identity, key crypto.Signer, change func(*x509.Certificate)) Identity {
	t.Helper()
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: serial, NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage: x509.KeyUsageDigitalSignature, BasicConstraintsValid: true}
	if change != nil {
		change(template)
	}
	parent, signer := template, key
	if above != nil {
		parent, signer = above.Certificate, above.Key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return Identity{Certificate: c, Key: key}
}

// The signed attributes.
var (
	ContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	MessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	signingTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}

	data       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	signedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	rsaOID     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	ecdsaOID   = map[crypto.Hash]asn1.ObjectIdentifier{crypto.SHA1: {1, 2, 840, 10045, 4, 1}, crypto.SHA256: {1, 2, 840, 10045, 4, 3, 2}}
	digestOID  = map[crypto.Hash]asn1.ObjectIdentifier{
		crypto.MD5: {1, 2, 840, 113549, 2, 5}, crypto.SHA1: {1, 3, 14, 3, 2, 26}, crypto.SHA256: {2, 16, 840, 1, 101, 3, 4, 2, 1},
	}
)

// Message is a signed message. Its zero values are as a device has them.
type Message struct {
	Content      []byte
	Signers      []Identity
	Certificates []*x509.Certificate // that go along; nil: the signers'
	None         bool                // no certificates at all
	Hash         crypto.Hash         // 0: SHA-256

	NoAttributes bool                    // the content itself is signed
	Without      []asn1.ObjectIdentifier // attributes that are left out
	Type         asn1.ObjectIdentifier   // that the attribute names; nil: data
	Detached     bool
	BER          bool                // indefinite lengths, the content in chunks
	Sent         []byte              // another content than the signed one; nil: the same
	Signature    func([]byte) []byte // changes the signature
}

// Bytes makes the message.
func (m Message) Bytes(t testing.TB) []byte {
	t.Helper()
	if m.Hash == 0 {
		m.Hash = crypto.SHA256
	}
	var infos, certificates []byte
	for _, s := range m.Signers {
		infos = append(infos, m.signerInfo(t, s)...)
		if m.Certificates == nil && !m.None {
			certificates = append(certificates, s.Certificate.Raw...)
		}
	}
	for _, c := range m.Certificates {
		certificates = append(certificates, c.Raw...)
	}
	sent := m.Content
	if m.Sent != nil {
		sent = m.Sent
	}
	content := m.content(sent)
	if m.Detached {
		content = nil
	}
	set := tlv(0x31, algorithm(t, digestOID[m.Hash], nil))
	encapsulated := m.constructed(0x30, oid(t, data), content)
	body := [][]byte{{2, 1, 1}, set, encapsulated}
	if len(certificates) > 0 {
		body = append(body, tlv(0xa0, certificates))
	}
	body = append(body, tlv(0x31, infos))
	return m.constructed(0x30, oid(t, signedData), m.constructed(0xa0, m.constructed(0x30, body...)))
}

func (m Message) content(sent []byte) []byte {
	if !m.BER {
		return tlv(0xa0, tlv(0x04, sent))
	}
	var chunks [][]byte
	for chunk := range slices.Chunk(sent, 100) {
		chunks = append(chunks, tlv(0x04, chunk))
	}
	return m.constructed(0xa0, m.constructed(0x24, chunks...))
}

func (m Message) constructed(tag byte, parts ...[]byte) []byte {
	if !m.BER {
		return tlv(tag, parts...)
	}
	return append(append([]byte{tag, 0x80}, bytes.Join(parts, nil)...), 0, 0)
}

func (m Message) signerInfo(t testing.TB, s Identity) []byte {
	t.Helper()
	sum := func(b []byte) []byte { h := m.Hash.New(); h.Write(b); return h.Sum(nil) }
	signed := m.Content
	var attributes []byte
	if !m.NoAttributes {
		attributes = m.attributes(t, sum(m.Content))
		signed = tlv(0x31, attributes)
	}
	signature, err := s.Key.Sign(rand.Reader, sum(signed), m.Hash)
	if err != nil {
		t.Fatal(err)
	}
	if m.Signature != nil {
		signature = m.Signature(signature)
	}
	how := algorithm(t, rsaOID, []byte{5, 0})
	if _, ok := s.Key.(*ecdsa.PrivateKey); ok {
		how = algorithm(t, ecdsaOID[m.Hash], nil)
	}
	serial, err := asn1.Marshal(s.Certificate.SerialNumber)
	if err != nil {
		t.Fatal(err)
	}
	parts := [][]byte{{2, 1, 1}, tlv(0x30, s.Certificate.RawIssuer, serial), algorithm(t, digestOID[m.Hash], nil)}
	if !m.NoAttributes {
		parts = append(parts, tlv(0xa0, attributes))
	}
	return tlv(0x30, append(parts, how, tlv(0x04, signature))...)
}

func (m Message) attributes(t testing.TB, digest []byte) []byte {
	t.Helper()
	kind := m.Type
	if kind == nil {
		kind = data
	}
	var list [][]byte
	for _, a := range []struct {
		name  asn1.ObjectIdentifier
		value []byte
	}{{ContentType, oid(t, kind)}, {MessageDigest, tlv(0x04, digest)}, {signingTime, tlv(0x17, []byte("260301120000Z"))}} {
		if !slices.ContainsFunc(m.Without, a.name.Equal) {
			list = append(list, tlv(0x30, oid(t, a.name), tlv(0x31, a.value)))
		}
	}
	slices.SortFunc(list, bytes.Compare)
	return bytes.Join(list, nil)
}

func oid(t testing.TB, id asn1.ObjectIdentifier) []byte {
	t.Helper()
	der, err := asn1.Marshal(id)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func algorithm(t testing.TB, id asn1.ObjectIdentifier, parameters []byte) []byte {
	t.Helper()
	return tlv(0x30, oid(t, id), parameters)
}

func tlv(tag byte, parts ...[]byte) []byte {
	content := bytes.Join(parts, nil)
	n := len(content)
	switch {
	case n < 0x80:
		return append([]byte{tag, byte(n)}, content...)
	case n < 0x100:
		return append([]byte{tag, 0x81, byte(n)}, content...)
	case n < 0x10000:
		return append([]byte{tag, 0x82, byte(n >> 8), byte(n)}, content...)
	}
	return append([]byte{tag, 0x83, byte(n >> 16), byte(n >> 8), byte(n)}, content...)
}
