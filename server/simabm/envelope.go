package simabm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
)

// chunkSize is in what pieces the encrypted content comes. Apple's tokens have several, and clients have to join them.
const chunkSize = 256

// envelopeShape chooses among encodings of CMS EnvelopedData.
type envelopeShape struct {
	keyBytes int  // 16 = aes-128-cbc, 32 = aes-256-cbc
	definite bool // DER instead of BER with indefinite lengths
}

// ASN.1 tags used here.
const (
	tagInteger     = 0x02
	tagOctetString = 0x04
	tagSequence    = 0x30
	tagSet         = 0x31
	tagContext0    = 0xa0 // [0] constructed
	tagContent     = 0x80 // [0] primitive
)

// Object identifiers, encoded.
func oid(arcs ...int) []byte {
	b, _ := asn1.Marshal(asn1.ObjectIdentifier(arcs)) // fails on malformed identifiers only
	return b
}

// envelop encrypts for one recipient as Apple's portal does: RSA PKCS#1 v1.5 for the key, the recipient named by the
// issuer and serial number of its certificate. encoding/asn1 cannot write indefinite lengths, hence the few
// functions below.
func envelop(content []byte, cert *x509.Certificate, shape envelopeShape) ([]byte, error) {
	public, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, ErrCertificate
	}
	key, iv := randomBytes(shape.keyBytes), randomBytes(aes.BlockSize)
	//nolint:staticcheck // PKCS#1 v1.5 is what Apple uses
	wrapped, err := rsa.EncryptPKCS1v15(rand.Reader, public, key)
	if err != nil {
		return nil, fmt.Errorf("encrypt the token's key: %w", err)
	}
	encrypted, err := encryptCBC(content, key, iv)
	if err != nil {
		return nil, err
	}
	number, err := asn1.Marshal(cert.SerialNumber)
	if err != nil {
		return nil, fmt.Errorf("encode the certificate's serial number: %w", err)
	}
	version0 := tlv(tagInteger, []byte{0})
	recipient := tlv(tagSequence,
		version0,
		tlv(tagSequence, cert.RawIssuer, number),
		tlv(tagSequence, oid(1, 2, 840, 113549, 1, 1, 1), asn1.NullBytes), // rsaEncryption
		tlv(tagOctetString, wrapped))
	algorithm := tlv(tagSequence, aesCBC(shape.keyBytes), tlv(tagOctetString, iv))
	data := oid(1, 2, 840, 113549, 1, 7, 1)
	enveloped := oid(1, 2, 840, 113549, 1, 7, 3)

	if shape.definite {
		return tlv(tagSequence, enveloped, tlv(tagContext0, tlv(tagSequence,
			version0, tlv(tagSet, recipient),
			tlv(tagSequence, data, algorithm, tlv(tagContent, encrypted))))), nil
	}
	return open(tagSequence, enveloped, open(tagContext0, open(tagSequence,
		version0, tlv(tagSet, recipient),
		open(tagSequence, data, algorithm, open(tagContext0, chunks(encrypted)))))), nil
}

func aesCBC(keyBytes int) []byte {
	if keyBytes == 32 {
		return oid(2, 16, 840, 1, 101, 3, 4, 1, 42)
	}
	return oid(2, 16, 840, 1, 101, 3, 4, 1, 2)
}

func encryptCBC(content, key, iv []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("encrypt the token: %w", err)
	}
	pad := aes.BlockSize - len(content)%aes.BlockSize
	out := append([]byte(nil), content...)
	for range pad {
		out = append(out, byte(pad))
	}
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, out)
	return out, nil
}

// chunks is the content as several OCTET STRINGs.
func chunks(content []byte) []byte {
	var out []byte
	for len(content) > 0 {
		n := min(chunkSize, len(content))
		out = append(out, tlv(tagOctetString, content[:n])...)
		content = content[n:]
	}
	return out
}

// tlv writes an element of definite length.
func tlv(tag byte, parts ...[]byte) []byte {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	out := []byte{tag}
	if size < 0x80 {
		out = append(out, byte(size))
	} else {
		var length []byte
		for n := size; n > 0; n >>= 8 {
			length = append([]byte{byte(n)}, length...)
		}
		out = append(append(out, 0x80|byte(len(length))), length...)
	}
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// open writes an element of indefinite length, which two zero bytes end.
func open(tag byte, parts ...[]byte) []byte {
	out := []byte{tag, 0x80}
	for _, p := range parts {
		out = append(out, p...)
	}
	return append(out, 0, 0)
}
