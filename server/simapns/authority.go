package simapns

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"time"
)

// Authority stands for Apple's: it issues the certificate of the service, and the push certificates of organizations.
type Authority struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

// NewAuthority makes one.
func NewAuthority(now time.Time) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "Simulated push service CA", Organization: []string{"GuardMDM simulation"}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(10, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return &Authority{certificate, key}, err
}

// ParseAuthority reads what PEM and KeyPEM wrote.
func ParseAuthority(certificatePEM, keyPEM []byte) (*Authority, error) {
	pair, err := tls.X509KeyPair(certificatePEM, keyPEM)
	if err != nil {
		return nil, err
	}
	key, ok := pair.PrivateKey.(crypto.Signer)
	if !ok || !pair.Leaf.IsCA {
		return nil, errors.New("this is not a certificate authority")
	}
	return &Authority{pair.Leaf, key}, nil
}

// PEM is its certificate: what GUARDMDM_APNS_CA_FILE holds.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
}

// KeyPEM is its private key.
func (a *Authority) KeyPEM() ([]byte, error) { return keyPEM(a.key) }

func keyPEM(key crypto.Signer) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// Pool trusts it alone.
func (a *Authority) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

func serial() *big.Int {
	n, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // never fails (crypto/rand)
	return n.Add(n, big.NewInt(1))
}

func (a *Authority) issue(template *x509.Certificate, public crypto.PublicKey) ([]byte, error) {
	template.SerialNumber = serial()
	return x509.CreateCertificate(rand.Reader, template, a.certificate, public, a.key)
}

// server makes the certificate of the service for the host.
func (a *Authority) server(host string, now time.Time) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		Subject: pkix.Name{CommonName: "Simulated push service"}, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = append(template.IPAddresses, ip)
	} else if host != "" {
		template.DNSNames = append(template.DNSNames, host)
	}
	der, err := a.issue(template, key.Public())
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// Apple's marks of push certificates.
var (
	oidUserID      = asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 1}
	oidDevelopment = asn1.ObjectIdentifier{1, 2, 840, 113635, 100, 6, 3, 1}
	oidProduction  = asn1.ObjectIdentifier{1, 2, 840, 113635, 100, 6, 3, 2}
)

// PushCertificate says what a push certificate is to be like.
type PushCertificate struct {
	Topic               string // com.apple.mgmt.External.…
	NotBefore, NotAfter time.Time
	Development         bool // of the development service, which is of no use for MDM
}

// Sign makes the push certificate of a request (PEM), as identity.apple.com does. The answer is PEM.
func (a *Authority) Sign(requestPEM []byte, p PushCertificate) ([]byte, error) {
	block, _ := pem.Decode(requestPEM)
	if block == nil || block.Type != "CERTIFICATE REQUEST" {
		return nil, errors.New("this is no certificate signing request")
	}
	request, err := x509.ParseCertificateRequest(block.Bytes)
	if err != nil {
		return nil, err
	}
	if err := request.CheckSignature(); err != nil {
		return nil, fmt.Errorf("the request's signature: %w", err)
	}
	return a.sign(request.PublicKey, p)
}

func (a *Authority) sign(public crypto.PublicKey, p PushCertificate) ([]byte, error) {
	mark := oidProduction
	if p.Development {
		mark = oidDevelopment
	}
	null, err := asn1.Marshal(asn1.NullRawValue)
	if err != nil {
		return nil, err
	}
	der, err := a.issue(&x509.Certificate{
		Subject: pkix.Name{CommonName: "APSP:" + p.Topic, Country: []string{"US"}, ExtraNames: []pkix.AttributeTypeAndValue{
			{Type: oidUserID, Value: p.Topic},
		}},
		NotBefore: p.NotBefore, NotAfter: p.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		ExtraExtensions: []pkix.Extension{{Id: mark, Value: null}},
	}, public)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}

// Make makes a push certificate with a key of its own, both PEM.
func (a *Authority) Make(p PushCertificate) (certificatePEM, key []byte, err error) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, nil, err
	}
	if key, err = keyPEM(private); err != nil {
		return nil, nil, err
	}
	certificatePEM, err = a.sign(private.Public(), p)
	return certificatePEM, key, err
}

// NewTopic is a topic that nobody has.
func NewTopic() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return fmt.Sprintf("com.apple.mgmt.External.%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func topicOf(certificate *x509.Certificate) string {
	for _, name := range certificate.Subject.Names {
		if text, ok := name.Value.(string); ok && name.Type.Equal(oidUserID) {
			return text
		}
	}
	return ""
}
