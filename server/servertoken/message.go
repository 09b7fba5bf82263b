package servertoken

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"strings"

	"github.com/fullsailor/pkcs7"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/cmsguard"
)

var (
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidEnvelopedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 3}
	oidRSAEncryption = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidDESEDE3CBC    = asn1.ObjectIdentifier{1, 2, 840, 113549, 3, 7}
	oidAES128CBC     = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 2}
	oidAES256CBC     = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 42}
)

// message is an encrypted message whose structure was checked: the library will find what it looks for.
type message struct {
	der        []byte
	recipients []recipient
}

// The ASN.1 of RFC 5652, as far as server tokens use it.
type contentInfo struct {
	ContentType asn1.ObjectIdentifier
	Content     asn1.RawValue `asn1:"explicit,tag:0,optional"`
}

type envelopedData struct {
	Version          int
	Recipients       []asn1.RawValue `asn1:"set"`
	EncryptedContent struct {
		ContentType asn1.ObjectIdentifier
		Algorithm   pkix.AlgorithmIdentifier
		Content     asn1.RawValue `asn1:"tag:0,optional"`
	}
}

type recipient struct {
	Version         int
	IssuerAndSerial struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	KeyAlgorithm pkix.AlgorithmIdentifier
	Key          []byte
}

// inspect reads the structure of a CMS message as far as it is not encrypted.
func inspect(der []byte) (message, error) {
	var info contentInfo
	if rest, err := asn1.Unmarshal(der, &info); err != nil || len(rest) > 0 {
		return message{}, notAToken(err, describeASN1(der))
	}
	switch {
	case info.ContentType.Equal(oidSignedData):
		return message{}, notAToken(nil, "it is signed, not encrypted, such as a configuration profile or a bundle of certificates")
	case !info.ContentType.Equal(oidEnvelopedData):
		return message{}, notAToken(nil, "it holds another kind of message")
	}
	var envelope envelopedData
	if _, err := asn1.Unmarshal(info.Content.Bytes, &envelope); err != nil {
		return message{}, damaged(err, "the encrypted message in it is not well-formed")
	}
	algorithm := envelope.EncryptedContent.Algorithm.Algorithm
	if !algorithm.Equal(oidAES128CBC) && !algorithm.Equal(oidAES256CBC) && !algorithm.Equal(oidDESEDE3CBC) {
		return message{}, unsupported(algorithm)
	}
	m := message{der: der}
	for _, raw := range envelope.Recipients {
		var r recipient
		if rest, err := asn1.Unmarshal(raw.FullBytes, &r); err != nil || len(rest) > 0 {
			return message{}, notAToken(err, "it names its recipient in a way that ABM does not use")
		}
		if !r.KeyAlgorithm.Algorithm.Equal(oidRSAEncryption) {
			return message{}, unsupported(r.KeyAlgorithm.Algorithm)
		}
		m.recipients = append(m.recipients, r)
	}
	if len(m.recipients) == 0 {
		return message{}, notAToken(nil, "it is encrypted for nobody")
	}
	return m, nil
}

// describeASN1 says what a file that is no CMS message looks like.
func describeASN1(der []byte) string {
	if _, err := x509.ParseCertificate(der); err == nil {
		return "it is a certificate, perhaps the one to upload at ABM"
	}
	if _, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return "it is a private key; keep it to yourself"
	}
	return "it does not hold an encrypted message"
}

func unsupported(algorithm asn1.ObjectIdentifier) error {
	return apperr.New(apperr.TokenFileInvalid, "The file is encrypted with a method that server tokens do not use (%s). Known are AES-128, AES-256 and Triple DES in CBC mode, with an RSA key.",
		algorithm).WithHint(downloadAgain)
}

// keyFor is the index of the key pair that one of the recipients names.
func (m message) keyFor(keys []KeyPair) (int, error) {
	for _, r := range m.recipients {
		fits := func(k KeyPair) bool {
			return k.Certificate.SerialNumber.Cmp(r.IssuerAndSerial.Serial) == 0 &&
				string(k.Certificate.RawIssuer) == string(r.IssuerAndSerial.Issuer.FullBytes)
		}
		if i := slices.IndexFunc(keys, fits); i >= 0 {
			return i, nil
		}
	}
	ours := make([]string, len(keys))
	for i, k := range keys {
		ours[i] = Ending(k.Certificate.SerialNumber)
	}
	if len(ours) == 0 {
		ours = []string{"none"}
	}
	return 0, apperr.New(apperr.TokenOtherKey, "This token belongs to another key. It was made for a public key ending in %s; this setup uses %s.",
		Ending(m.recipients[0].IssuerAndSerial.Serial), strings.Join(ours, " and ")).
		WithHint("Upload the key from step 1 at ABM again, then download a new token.")
}

// decrypt opens the message with the key pair that fits.
func (m message) decrypt(key KeyPair) (plain []byte, err error) {
	err = cmsguard.Contain(func() error {
		p7, err := pkcs7.Parse(m.der)
		if err != nil {
			return err
		}
		plain, err = p7.Decrypt(key.Certificate, key.PrivateKey)
		return err
	})
	if err != nil {
		return nil, damaged(err, "it was made for this key, but does not decrypt")
	}
	return plain, nil
}
