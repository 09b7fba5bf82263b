package simdevice

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// CA stands for Apple's iPhone Device CA: it issues what devices sign their machine information with.
type CA struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

// NewCA makes one of the name.
func NewCA(name string, now time.Time) (*CA, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: name, Organization: []string{"GuardMDM simulation"}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(10, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return &CA{certificate, key}, err
}

// ParseCA reads what PEM and KeyPEM wrote.
func ParseCA(certificatePEM, keyPEM []byte) (*CA, error) {
	pair, err := tls.X509KeyPair(certificatePEM, keyPEM)
	if err != nil {
		return nil, err
	}
	key, ok := pair.PrivateKey.(crypto.Signer)
	if !ok || !pair.Leaf.IsCA {
		return nil, errors.New("this is not a certificate authority")
	}
	return &CA{pair.Leaf, key}, nil
}

// PEM is its certificate: what GUARDMDM_DEVICE_CA_FILE holds.
func (ca *CA) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.certificate.Raw})
}

// KeyPEM is its private key.
func (ca *CA) KeyPEM() ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(ca.key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

func serial() *big.Int {
	n, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // never fails (crypto/rand)
	return n.Add(n, big.NewInt(1))
}

// Signature is how a device signs its machine information. Devices do all of these: it depends on their age.
type Signature struct {
	ECDSA  bool // with P-256 instead of RSA-1024
	SHA1   bool // as old devices, whose certificates are signed with it too
	NoAttr bool // without signed attributes
	BER    bool // with indefinite lengths and content in chunks, as a stream is written
	Chain  bool // with the CA's certificate beside the leaf
}

// Signatures are all kinds, for devices to take turns.
func Signatures() []Signature {
	var all []Signature
	for i := range 16 {
		all = append(all, Signature{ECDSA: i&1 != 0, SHA1: i&2 != 0, NoAttr: i&4 != 0, BER: i&8 != 0, Chain: i%3 != 0})
	}
	return all
}

// signer is the key with which a device signs, and its certificate.
type signer struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

// issue makes a device's key and certificate. As Apple's its name is no serial number, and it may have expired long ago.
func (ca *CA) issue(s Signature, now time.Time) (*signer, error) {
	var (
		key crypto.Signer
		err error
	)
	if s.ECDSA {
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	} else {
		key, err = rsa.GenerateKey(rand.Reader, 1024) // what Apple's have
	}
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: uuid(), OrganizationalUnit: []string{"iPhone"}, Organization: []string{"Apple Inc."},
			Locality: []string{"Cupertino"}, Province: []string{"CA"}, Country: []string{"US"}},
		NotBefore: now.AddDate(-2, 0, 0), NotAfter: now.AddDate(1, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
	}
	if _, isRSA := ca.key.(*rsa.PrivateKey); s.SHA1 && isRSA {
		template.SignatureAlgorithm = x509.SHA1WithRSA
	}
	der, err := x509.CreateCertificate(rand.Reader, template, ca.certificate, key.Public(), ca.key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return &signer{certificate, key}, err
}

// uuid is random, in the form of devices' identifiers.
func uuid() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%X-%X-%X-%X-%X", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
