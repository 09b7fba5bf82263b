package servertoken_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"github.com/fullsailor/pkcs7"
	"github.com/guardmdm/guardmdm/server/servertoken"
)

// The parts of a token as Apple makes it. Tests change one thing at a time.
const (
	smimeHeader = "Content-Type: application/pkcs7-mime; name=\"smime.p7m\"; smime-type=enveloped-data\n" +
		"Content-Transfer-Encoding: base64\n" +
		"Content-Disposition: attachment; filename=\"smime.p7m\"\n" +
		"Content-Description: S/MIME Encrypted Message\n\n"
	content = `{"consumer_key":"CK_test","consumer_secret":"CS_hush","access_token":"AT_test","access_secret":"AS_hush","access_token_expiry":"2027-07-25T17:20:00Z"}`
	inner   = "Content-Type: text/plain;charset=UTF-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n-----BEGIN MESSAGE-----\r\n" + content + "\r\n-----END MESSAGE-----\r\n"
)

var (
	oidData      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidEnveloped = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 3}
	oidRSA       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidAES128    = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 2}
	oidAES192    = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 22}
)

// maker encrypts like ABM, with parts to tamper with.
type maker struct {
	key              servertoken.KeyPair
	plain            string
	contentAlgorithm asn1.ObjectIdentifier
	keyAlgorithm     asn1.ObjectIdentifier
	serial           *big.Int     // of the recipient; the certificate's by default
	tamper           func([]byte) // on the encrypted content
}

func (m maker) der(t testing.TB) []byte {
	t.Helper()
	key, iv := make([]byte, 16), make([]byte, 16)
	_, _ = rand.Read(key)
	_, _ = rand.Read(iv)
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(m.plain)
	pad := 16 - len(text)%16
	text = append(text, bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(text, text)
	if m.tamper != nil {
		m.tamper(text)
	}
	encryptedKey, err := rsa.EncryptPKCS1v15(rand.Reader, &m.key.PrivateKey.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	serial := m.serial
	if serial == nil {
		serial = m.key.Certificate.SerialNumber
	}

	type issuerAndSerial struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	type recipient struct {
		Version   int
		ID        issuerAndSerial
		Algorithm pkix.AlgorithmIdentifier
		Key       []byte
	}
	type encryptedContent struct {
		Type      asn1.ObjectIdentifier
		Algorithm pkix.AlgorithmIdentifier
		Content   asn1.RawValue
	}
	type enveloped struct {
		Version    int
		Recipients []recipient `asn1:"set"`
		Content    encryptedContent
	}
	type contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content enveloped `asn1:"explicit,tag:0"`
	}
	der, err := asn1.Marshal(contentInfo{oidEnveloped, enveloped{
		Recipients: []recipient{{
			ID:        issuerAndSerial{asn1.RawValue{FullBytes: m.key.Certificate.RawIssuer}, serial},
			Algorithm: pkix.AlgorithmIdentifier{Algorithm: m.keyAlgorithm, Parameters: asn1.NullRawValue},
			Key:       encryptedKey,
		}},
		Content: encryptedContent{
			Type:      oidData,
			Algorithm: pkix.AlgorithmIdentifier{Algorithm: m.contentAlgorithm, Parameters: asn1.RawValue{Tag: asn1.TagOctetString, Bytes: iv}},
			Content:   asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, Bytes: text},
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func newMaker(key servertoken.KeyPair) maker {
	return maker{key: key, plain: inner, contentAlgorithm: oidAES128, keyAlgorithm: oidRSA}
}

func smime(der []byte) []byte { return []byte(smimeHeader + lines(der, 76, "\n")) }

func lines(der []byte, width int, newline string) string {
	text := base64.StdEncoding.EncodeToString(der)
	var b strings.Builder
	for len(text) > width {
		b.WriteString(text[:width] + newline)
		text = text[width:]
	}
	b.WriteString(text + newline)
	return b.String()
}

// signedData is a CMS message of the other kind.
func signedData(t testing.TB) []byte {
	t.Helper()
	signed, err := pkcs7.NewSignedData([]byte("profile"))
	if err != nil {
		t.Fatal(err)
	}
	der, err := signed.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return der
}
