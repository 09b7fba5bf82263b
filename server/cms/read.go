// Package cms reads signed CMS (PKCS #7) messages from outside, and signs ours.
//
// Behind server/cmsguard it looks at a message's structure itself and is stricter than RFC 5652 asks: one signer, its certificate in the message, the
// attributes that bind the content. The library then takes the message apart. It passes over errors in the structure, looks at no content
// type and takes a signer without messageDigest for one without attributes, so that the signature is checked here too.
//
// Whom to believe is not decided here: Read says whose key signed, not who that is.
package cms

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/subtle"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/fullsailor/pkcs7"

	"github.com/guardmdm/guardmdm/server/cmsguard"
)

// The reasons for which Read refuses a message, beside those of cmsguard.
var (
	ErrNotSigned       = errors.New("message is no signed message")
	ErrDetached        = errors.New("message does not hold what it signs")
	ErrSigners         = errors.New("message has not exactly one signer")
	ErrCertificates    = errors.New("message has more certificates than allowed, or one that cannot be read")
	ErrNoCertificate   = errors.New("message does not hold its signer's certificate")
	ErrAlgorithm       = errors.New("message is signed with an algorithm that is not accepted")
	ErrAttributes      = errors.New("message's signed attributes do not bind its content")
	ErrDigest          = errors.New("message's content is not the one that was signed")
	ErrSignature       = errors.New("message's signature is wrong")
	errLibraryDisagree = errors.New("the library reads another message")
)

// MaxCertificates bounds the certificates of a message. A device sends at most four.
const MaxCertificates = 8

// maxRSA bounds the keys that are computed with, as crypto/tls does: a message is small, but a key as large as it would keep a processor busy.
const maxRSA = 8192

// Signed is a message whose signature is right.
type Signed struct {
	Content      []byte
	Signer       *x509.Certificate   // whose key signed it
	Certificates []*x509.Certificate // all that came with it, the signer's included
}

var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}

	oidSHA1   = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}

	oidRSA         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidSHA1RSA     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 5}
	oidSHA256RSA   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
	oidECPublicKey = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	oidSHA1ECDSA   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 1}
	oidSHA256ECDSA = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
)

// The ASN.1 of RFC 5652, as far as Read needs it.
type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"explicit,tag:0,optional"`
}

type signedData struct {
	Version          int
	DigestAlgorithms []pkix.AlgorithmIdentifier `asn1:"set"`
	Content          contentInfo
	Certificates     asn1.RawValue   `asn1:"optional,tag:0"`
	CRLs             asn1.RawValue   `asn1:"optional,tag:1"`
	Signers          []asn1.RawValue `asn1:"set"`
}

type issuerAndSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

type signerInfo struct {
	Version    int
	ID         issuerAndSerial
	Digest     pkix.AlgorithmIdentifier
	Attributes asn1.RawValue `asn1:"optional,tag:0"`
	Algorithm  pkix.AlgorithmIdentifier
	Signature  []byte
	Unsigned   asn1.RawValue `asn1:"optional,tag:1"`
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values asn1.RawValue
}

// Read reads a message that holds its content and has one signer, and checks the signature. SHA-1 and SHA-256 are accepted, RSA and ECDSA. The
// errors wrap one of the variables of this package or of cmsguard, and hold nothing of the message.
func Read(ber []byte) (*Signed, error) {
	der, err := cmsguard.Normalize(ber, cmsguard.Limits{})
	if err != nil {
		return nil, err
	}
	m, err := inspect(der)
	if err != nil {
		return nil, err
	}
	var parsed *pkcs7.PKCS7
	if err := cmsguard.Contain(func() (err error) { parsed, err = pkcs7.Parse(der); return err }); err != nil {
		if errors.Is(err, cmsguard.ErrPanic) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", ErrCertificates, err) // the structure is right, so it is one of these
	}
	if len(parsed.Signers) != 1 || !bytes.Equal(parsed.Content, m.content) {
		return nil, fmt.Errorf("%w: %w", cmsguard.ErrMalformed, errLibraryDisagree)
	}
	signer, err := m.signerOf(parsed.Certificates)
	if err != nil {
		return nil, err
	}
	if err := m.check(signer); err != nil {
		return nil, err
	}
	return &Signed{Content: m.content, Signer: signer, Certificates: parsed.Certificates}, nil
}

// message is a signed message whose structure is right.
type message struct {
	content    []byte
	signer     signerInfo
	hash       crypto.Hash
	attributes [][]byte // as they came; none: the content itself is signed
	digest     []byte   // of the content, as the attributes say
}

// open gives what is signed, and the content.
func open(der []byte) (data signedData, content []byte, err error) {
	var info contentInfo
	if rest, err := asn1.Unmarshal(der, &info); err != nil || len(rest) > 0 || !info.Type.Equal(oidSignedData) {
		return data, nil, ErrNotSigned
	}
	if rest, err := asn1.Unmarshal(info.Content.Bytes, &data); err != nil || len(rest) > 0 {
		return data, nil, fmt.Errorf("%w: no SignedData", cmsguard.ErrMalformed)
	}
	if len(data.Content.Content.FullBytes) == 0 {
		return data, nil, ErrDetached
	}
	if !data.Content.Type.Equal(oidData) {
		return data, nil, fmt.Errorf("%w: signed is something else than data", ErrNotSigned)
	}
	if rest, err := asn1.Unmarshal(data.Content.Content.Bytes, &content); err != nil || len(rest) > 0 {
		return data, nil, fmt.Errorf("%w: the content is no OCTET STRING", cmsguard.ErrMalformed)
	}
	return data, content, nil
}

// Content gives what is signed in a message of at most limit bytes, whoever signed it and whether the signature is right or not: for messages that
// somebody else checks. The errors are as those of Read.
func Content(ber []byte, limit int) ([]byte, error) {
	der, err := cmsguard.Normalize(ber, cmsguard.Limits{Bytes: limit})
	if err != nil {
		return nil, err
	}
	_, content, err := open(der)
	return content, err
}

func inspect(der []byte) (m message, err error) {
	data, content, err := open(der)
	if err != nil {
		return m, err
	}
	m.content = content
	if len(data.Signers) != 1 {
		return m, fmt.Errorf("%w: %d", ErrSigners, len(data.Signers))
	}
	if n := count(data.Certificates.Bytes); n > MaxCertificates {
		return m, fmt.Errorf("%w: %d", ErrCertificates, n)
	}
	if rest, err := asn1.Unmarshal(data.Signers[0].FullBytes, &m.signer); err != nil || len(rest) > 0 {
		// Such as a signer that is named by its key's identifier: no device was seen to do so.
		return m, fmt.Errorf("%w: named by something else than issuer and serial number", ErrNoCertificate)
	}
	switch oid := m.signer.Digest.Algorithm; {
	case oid.Equal(oidSHA1):
		m.hash = crypto.SHA1
	case oid.Equal(oidSHA256):
		m.hash = crypto.SHA256
	default:
		return m, fmt.Errorf("%w: digest %s", ErrAlgorithm, oid)
	}
	if len(m.signer.Attributes.FullBytes) > 0 {
		if err := m.readAttributes(); err != nil {
			return m, err
		}
	}
	return m, nil
}

// count is the number of elements in a row; more than enough when they cannot be read.
func count(elements []byte) (n int) {
	for len(elements) > 0 {
		var element asn1.RawValue
		rest, err := asn1.Unmarshal(elements, &element)
		if err != nil {
			return MaxCertificates + 1
		}
		elements = rest
		n++
	}
	return n
}

// readAttributes wants contentType and messageDigest, once and with one value each (RFC 5652, 11).
func (m *message) readAttributes() error {
	seen := map[string]bool{}
	for rest := m.signer.Attributes.Bytes; len(rest) > 0; {
		var a attribute
		before := rest
		var err error
		if rest, err = asn1.Unmarshal(rest, &a); err != nil || a.Values.Tag != asn1.TagSet || a.Values.Class != asn1.ClassUniversal {
			return fmt.Errorf("%w: not well-formed", ErrAttributes)
		}
		m.attributes = append(m.attributes, before[:len(before)-len(rest)])
		name := a.Type.String()
		if seen[name] {
			return fmt.Errorf("%w: %s comes twice", ErrAttributes, name)
		}
		seen[name] = true
		switch {
		case a.Type.Equal(oidContentType):
			var oid asn1.ObjectIdentifier
			if rest, err := asn1.Unmarshal(a.Values.Bytes, &oid); err != nil || len(rest) > 0 || !oid.Equal(oidData) {
				return fmt.Errorf("%w: contentType is another one", ErrAttributes)
			}
		case a.Type.Equal(oidMessageDigest):
			if rest, err := asn1.Unmarshal(a.Values.Bytes, &m.digest); err != nil || len(rest) > 0 {
				return fmt.Errorf("%w: messageDigest is not one value", ErrAttributes)
			}
		}
	}
	if !seen[oidContentType.String()] || !seen[oidMessageDigest.String()] {
		return fmt.Errorf("%w: contentType or messageDigest is missing", ErrAttributes)
	}
	return nil
}

// signerOf finds the certificate that the message names. Two that differ and bear the same name are no certificate.
func (m *message) signerOf(certificates []*x509.Certificate) (signer *x509.Certificate, err error) {
	for _, c := range certificates {
		if c.SerialNumber.Cmp(m.signer.ID.Serial) != 0 || !bytes.Equal(c.RawIssuer, m.signer.ID.Issuer.FullBytes) {
			continue
		}
		if signer != nil && !signer.Equal(c) {
			return nil, fmt.Errorf("%w: there are two of the same issuer and serial number", ErrNoCertificate)
		}
		signer = c
	}
	if signer == nil {
		return nil, ErrNoCertificate
	}
	return signer, nil
}

func (m *message) check(signer *x509.Certificate) error {
	algorithm, err := m.algorithm(signer)
	if err != nil {
		return err
	}
	if m.attributes == nil {
		return m.verify(signer, algorithm, m.content)
	}
	h := m.hash.New()
	h.Write(m.content)
	if subtle.ConstantTimeCompare(h.Sum(nil), m.digest) != 1 {
		return ErrDigest
	}
	// Signed is the DER form of the set, whose members are sorted. Who signs what it sends, sorted or not, means the same.
	if m.verify(signer, algorithm, set(m.attributes)) == nil {
		return nil
	}
	sorted := slices.SortedFunc(slices.Values(m.attributes), bytes.Compare)
	return m.verify(signer, algorithm, set(sorted))
}

func set(elements [][]byte) []byte {
	der, _ := asn1.Marshal(asn1.RawValue{Class: asn1.ClassUniversal, Tag: asn1.TagSet, IsCompound: true, Bytes: bytes.Join(elements, nil)}) // bytes always have a DER form
	return der
}

func (m *message) verify(signer *x509.Certificate, algorithm x509.SignatureAlgorithm, signed []byte) error {
	if err := signer.CheckSignature(algorithm, signed, m.signer.Signature); err != nil {
		return fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return nil
}

// algorithm is how the signature has to be checked: by the signer's key and the digest, with which the message's words have to agree.
func (m *message) algorithm(signer *x509.Certificate) (x509.SignatureAlgorithm, error) {
	if err := Usable(signer); err != nil {
		return 0, err
	}
	oid, ok := m.signer.Algorithm.Algorithm, false
	var algorithm x509.SignatureAlgorithm
	switch signer.PublicKey.(type) {
	case *rsa.PublicKey:
		if algorithm = x509.SHA1WithRSA; m.hash == crypto.SHA256 {
			algorithm = x509.SHA256WithRSA
		}
		ok = oid.Equal(oidRSA) || oid.Equal(oidSHA1RSA) && m.hash == crypto.SHA1 || oid.Equal(oidSHA256RSA) && m.hash == crypto.SHA256
	case *ecdsa.PublicKey:
		if algorithm = x509.ECDSAWithSHA1; m.hash == crypto.SHA256 {
			algorithm = x509.ECDSAWithSHA256
		}
		ok = oid.Equal(oidECPublicKey) || oid.Equal(oidSHA1ECDSA) && m.hash == crypto.SHA1 || oid.Equal(oidSHA256ECDSA) && m.hash == crypto.SHA256
	}
	if !ok {
		return 0, fmt.Errorf("%w: signature %s", ErrAlgorithm, oid)
	}
	return algorithm, nil
}

// Usable tells whether a certificate's key is one to compute with: RSA, no larger than reason allows, or ECDSA.
func Usable(c *x509.Certificate) error {
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		if bits := key.N.BitLen(); bits > maxRSA {
			return fmt.Errorf("%w: an RSA key of %d bits", ErrAlgorithm, bits)
		}
		return nil
	case *ecdsa.PublicKey:
		return nil
	}
	return fmt.Errorf("%w: the key is neither RSA nor ECDSA", ErrAlgorithm)
}
