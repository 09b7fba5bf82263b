package servertoken

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"time"
)

// KeyPair is what a server token is encrypted for: the certificate that was uploaded to ABM and its key. Both have to be kept, because
// the token names its recipient by the certificate's issuer and serial number.
type KeyPair struct {
	Certificate *x509.Certificate
	PrivateKey  *rsa.PrivateKey
}

// String hides the private key.
func (k KeyPair) String() string {
	if k.Certificate == nil {
		return "servertoken.KeyPair(empty)"
	}
	return "servertoken.KeyPair(" + Ending(k.Certificate.SerialNumber) + ")"
}

// GoString hides the private key from %#v.
func (k KeyPair) GoString() string { return k.String() }

// LogValue hides the private key from slog.
func (k KeyPair) LogValue() slog.Value { return slog.StringValue(k.String()) }

const (
	keyBits       = 2048 // what every known implementation uses at Apple's side of the exchange
	validity      = 10   // years; Apple does not look at it, but other software may
	maxCommonName = 64   // characters, RFC 5280 upper bound
)

// Generate makes a key pair for one ABM token: an RSA key (PKCS #8) and its self-signed certificate, both PEM. name tells people which
// token the certificate is for. The serial number is random, so that a server token made for another key is recognised as such
// (field notes 14).
func Generate(name string, now time.Time) (keyPEM, certPEM []byte, err error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, nil, fmt.Errorf("generate RSA key: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 128))
	if err != nil {
		return nil, nil, fmt.Errorf("choose serial number: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber:          serial.Add(serial, big.NewInt(1)), // zero is not allowed
		Subject:               pkix.Name{CommonName: commonName(name)},
		NotBefore:             now.UTC().Add(-time.Hour), // for readers whose clock is behind
		NotAfter:              now.UTC().AddDate(validity, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		BasicConstraintsValid: true,
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, nil, fmt.Errorf("sign certificate: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, nil, fmt.Errorf("encode key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), nil
}

func commonName(name string) string {
	cn := []rune("GuardMDM")
	if name != "" {
		cn = append(cn, []rune(" "+name)...)
	}
	return string(cn[:min(len(cn), maxCommonName)])
}

// ParseKeyPair reads what Generate made. It fails if the certificate is not the key's.
func ParseKeyPair(keyPEM, certPEM []byte) (KeyPair, error) {
	keyBlock, _ := pem.Decode(keyPEM)
	if keyBlock == nil {
		return KeyPair{}, errors.New("private key is not PEM")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(keyBlock.Bytes)
	if err != nil {
		return KeyPair{}, errors.New("private key is not PKCS #8") // the cause may quote the key
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return KeyPair{}, fmt.Errorf("private key is %T, not RSA", parsed)
	}
	certBlock, _ := pem.Decode(certPEM)
	if certBlock == nil {
		return KeyPair{}, errors.New("certificate is not PEM")
	}
	cert, err := x509.ParseCertificate(certBlock.Bytes)
	if err != nil {
		return KeyPair{}, fmt.Errorf("parse certificate: %w", err)
	}
	if !key.PublicKey.Equal(cert.PublicKey) {
		return KeyPair{}, errors.New("certificate belongs to another private key")
	}
	return KeyPair{Certificate: cert, PrivateKey: key}, nil
}

// Ending is how people tell keys apart: the last two bytes of a certificate's serial number, such as "B8:13".
func Ending(serial *big.Int) string {
	b := serial.Bytes()
	switch n := len(b); n {
	case 0:
		return "00"
	case 1:
		return fmt.Sprintf("%02X", b[0])
	default:
		return fmt.Sprintf("%02X:%02X", b[n-2], b[n-1])
	}
}
