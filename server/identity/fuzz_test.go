package identity

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"

	"github.com/smallstep/scep"
	"github.com/smallstep/scep/x509util"

	"github.com/guardmdm/guardmdm/server/cmsguard"
)

// aRequest is a good request of a device, and the authority that it is for.
func aRequest(t testing.TB) (raw []byte, authorities []*authority) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	now := time.Now()
	der, keyDER, err := newAuthority(now)
	must(err)
	caKey, err := x509.ParsePKCS8PrivateKey(keyDER)
	must(err)
	ca, err := x509.ParseCertificate(der)
	must(err)
	authorities = []*authority{{id: 1, cert: ca, key: caKey.(*rsa.PrivateKey)}}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(err)
	csrDER, err := x509util.CreateCertificateRequest(rand.Reader, &x509util.CertificateRequest{
		CertificateRequest: x509.CertificateRequest{Subject: pkix.Name{CommonName: "C02FUZZ"}, SignatureAlgorithm: x509.SHA256WithRSA}, ChallengePassword: "p",
	}, key)
	must(err)
	csr, err := x509.ParseCertificateRequest(csrDER)
	must(err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "signer"}, NotBefore: now, NotAfter: now.Add(time.Hour)}
	signerDER, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(err)
	signer, err := x509.ParseCertificate(signerDER)
	must(err)
	message, err := scep.NewCSRRequest(csr, &scep.PKIMessage{MessageType: scep.PKCSReq, Recipients: []*x509.Certificate{ca}, SignerKey: key, SignerCert: signer})
	must(err)
	return message.Raw, authorities
}

// Whatever is sent to SCEP is read, or refused: without panic, and without an answer to somebody who is not known.
func FuzzSCEP(f *testing.F) {
	good, authorities := aRequest(f)
	f.Add(good)
	f.Add([]byte{0x30, 0x80, 0, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		der, err := cmsguard.Normalize(raw, cmsguard.Limits{Bytes: maxMessage, Depth: 24})
		if err != nil {
			return
		}
		m, err := contained(der, authorities)
		if m == nil && err == nil {
			t.Fatal("neither a message nor why there is none")
		}
		if err == nil && (!m.opened || m.signer == nil || m.pki.CSR == nil) {
			t.Fatalf("got %+v", m)
		}
	})
}

// A message that breaks off is refused, wherever it does (field note 25).
func TestCutOffAtEveryLength_FieldNote25(t *testing.T) {
	good, authorities := aRequest(t)
	opened := func(raw []byte) bool {
		der, err := cmsguard.Normalize(raw, cmsguard.Limits{Bytes: maxMessage, Depth: 24})
		if err != nil {
			return false
		}
		m, err := contained(der, authorities)
		return err == nil && m.opened
	}
	if !opened(good) {
		t.Fatal("the whole message is refused")
	}
	for n := range good {
		if opened(good[:n]) {
			t.Fatalf("%d of %d bytes are believed", n, len(good))
		}
	}
}
