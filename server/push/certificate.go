package push

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	topicPrefix = "com.apple.mgmt."
	maxFile     = 64 << 10 // a certificate with those above it has less than 10 KiB
	maxChain    = 8
	keyBits     = 2048 // what Apple's portal takes
)

// Apple marks what a push certificate is for by extensions (Apple's Worldwide Developer Relations practice statement). MDM knows no
// development service: devices use it only for profiles that say so, which ours never do.
var (
	oidUserID      = asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 1}
	oidDevelopment = asn1.ObjectIdentifier{1, 2, 840, 113635, 100, 6, 3, 1}
	oidProduction  = asn1.ObjectIdentifier{1, 2, 840, 113635, 100, 6, 3, 2}
)

// newRequest makes a key and a request for a certificate of it. Apple takes nothing from the subject.
func newRequest() (key, request []byte, err error) {
	private, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, nil, err
	}
	if key, err = x509.MarshalPKCS8PrivateKey(private); err != nil {
		return nil, nil, err
	}
	request, err = x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{
		Subject: pkix.Name{CommonName: "GuardMDM push certificate"}, SignatureAlgorithm: x509.SHA256WithRSA,
	}, private)
	return key, request, err
}

// chain is an uploaded certificate with those above it.
type chain struct {
	leaf  *x509.Certificate
	topic string
	der   []byte // all of them, the leaf first
}

// parseChain reads a certificate file: PEM or DER, with or without those above it.
func parseChain(file []byte, now time.Time) (*chain, error) {
	all, err := parseCertificates(file)
	if err != nil {
		return nil, err
	}
	c := &chain{}
	for _, cert := range all {
		if topic, ok := topicOf(cert); ok && !cert.IsCA {
			c.leaf, c.topic = cert, topic
			break
		}
	}
	if c.leaf == nil {
		return nil, invalid("%q is not an MDM push certificate: its subject names no topic (com.apple.mgmt.…).", subject(all[0])).
			WithHint("Download the certificate from identity.apple.com/pushcert. Those for apps' notifications are others.")
	}
	switch {
	case isDevelopment(c.leaf):
		return nil, invalid("This is a certificate of Apple's development push service, which devices do not use for MDM.").
			WithHint("Download the certificate from identity.apple.com/pushcert.")
	case !now.Before(c.leaf.NotAfter):
		return nil, invalid("The certificate expired on %s.", c.leaf.NotAfter.UTC().Format(time.DateOnly)).
			WithHint("Renew it at identity.apple.com with the same Apple Account, and upload the new one.")
	case now.Add(24 * time.Hour).Before(c.leaf.NotBefore): // Apple's begins at once; clocks differ
		return nil, invalid("The certificate is valid from %s on.", c.leaf.NotBefore.UTC().Format(time.RFC3339)).
			WithHint("Check this server's clock.")
	}
	c.der = bytes.Clone(c.leaf.Raw)
	for _, cert := range all {
		if cert != c.leaf {
			c.der = append(c.der, cert.Raw...)
		}
	}
	return c, nil
}

func parseCertificates(file []byte) (all []*x509.Certificate, err error) {
	unreadable := invalid("The file is not a certificate in PEM or DER form.").
		WithHint("Upload the file that identity.apple.com offered: MDM_ … _Certificate.pem.")
	if len(file) > maxFile {
		return nil, invalid("The file has %d bytes; a certificate has less than %d.", len(file), maxFile)
	}
	if !bytes.Contains(file, []byte("-----BEGIN")) {
		if all, err = x509.ParseCertificates(file); err != nil {
			return nil, unreadable
		}
	}
	for rest := file; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue // a key beside it is given as the key
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, unreadable
		}
		all = append(all, cert)
	}
	switch {
	case len(all) == 0 && bytes.Contains(file, []byte("-----BEGIN CERTIFICATE REQUEST")):
		return nil, invalid("This is the request, not the certificate.").WithHint("Upload what identity.apple.com made of it.")
	case len(all) == 0:
		return nil, unreadable
	case len(all) > maxChain:
		return nil, invalid("The file holds %d certificates, more than %d.", len(all), maxChain)
	}
	return all, nil
}

func invalid(format string, args ...any) *apperr.Error {
	return apperr.New(apperr.PushCertificateInvalid, format, args...).WithField("certificate")
}

// topicOf reads the topic: the user identifier of the subject.
func topicOf(cert *x509.Certificate) (string, bool) {
	for _, name := range cert.Subject.Names {
		if text, ok := name.Value.(string); ok && name.Type.Equal(oidUserID) && strings.HasPrefix(text, topicPrefix) && len(text) > len(topicPrefix) {
			return text, true
		}
	}
	return "", false
}

func isDevelopment(cert *x509.Certificate) bool {
	var development, production bool
	for _, e := range cert.Extensions {
		development = development || e.Id.Equal(oidDevelopment)
		production = production || e.Id.Equal(oidProduction)
	}
	return development && !production
}

func subject(cert *x509.Certificate) string {
	name := cert.Subject.String()
	return name[:min(len(name), 200)]
}

// parseKey reads a private key, PEM, into PKCS #8.
func parseKey(file []byte) (key []byte, err error) {
	bad := func(format string, args ...any) *apperr.Error {
		return apperr.New(apperr.PushCertificateInvalid, format, args...).WithField("privateKey")
	}
	if len(file) > maxFile {
		return nil, bad("The file of the private key has %d bytes; a key has less than %d.", len(file), maxFile)
	}
	for rest := file; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return nil, bad("The private key is not in PEM form.").WithHint("It begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----.")
		}
		var private any
		switch {
		case block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "":
			return nil, bad("The private key is protected by a password.").WithHint("Take the password off first: openssl pkey -in push.key -out push-open.key")
		case block.Type == "PRIVATE KEY":
			private, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		case block.Type == "RSA PRIVATE KEY":
			private, err = x509.ParsePKCS1PrivateKey(block.Bytes)
		case block.Type == "EC PRIVATE KEY":
			private, err = x509.ParseECPrivateKey(block.Bytes)
		default:
			continue
		}
		if err != nil {
			return nil, bad("The private key cannot be read.") // the parser's words could quote it
		}
		return x509.MarshalPKCS8PrivateKey(private)
	}
}

// isKeyOf tells whether the private key (PKCS #8) is that of the certificate.
func isKeyOf(key []byte, cert *x509.Certificate) bool {
	private, err := signer(key)
	if err != nil {
		return false
	}
	public, ok := private.Public().(interface{ Equal(crypto.PublicKey) bool })
	return ok && public.Equal(cert.PublicKey)
}

func signer(key []byte) (crypto.Signer, error) {
	private, err := x509.ParsePKCS8PrivateKey(key)
	if err != nil {
		return nil, errors.New("a push certificate's key cannot be read")
	}
	s, ok := private.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("a push certificate's key is a %T", private)
	}
	return s, nil
}

// forTLS is the certificate in the form that connections need.
func (s *Service) forTLS(c *ent.PushCertificate) (tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := &s.opened; o.id == c.ID && bytes.Equal(o.sealedKey, c.SealedKey) && bytes.Equal(o.chain, c.Certificate) {
		return o.pair, nil
	}
	pair, err := s.open(c)
	if err == nil {
		s.opened = opened{id: c.ID, sealedKey: c.SealedKey, chain: c.Certificate, pair: pair}
	}
	return pair, err
}

func (s *Service) open(c *ent.PushCertificate) (tls.Certificate, error) {
	key, err := s.Box.Open(c.SealedKey, sealContext(c.ID))
	if err != nil {
		return tls.Certificate{}, err
	}
	private, err := signer(key)
	if err != nil {
		return tls.Certificate{}, err
	}
	all, err := x509.ParseCertificates(c.Certificate)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("push certificate %s: %w", c.ID, err)
	}
	t := tls.Certificate{PrivateKey: private, Leaf: all[0]}
	for _, cert := range all {
		t.Certificate = append(t.Certificate, cert.Raw)
	}
	return t, nil
}

// sealContext is where the key belongs: sealed for another row, it does not open.
func sealContext(id gid.ID) string { return fmt.Sprintf("push_certificate/%d/key", int64(id)) }
