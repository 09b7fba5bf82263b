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

// Whatever is sent to SCEP is read, or refused: without panic, and without an answer to somebody who is not known.
func FuzzSCEP(f *testing.F) {
	now := time.Now()
	der, keyDER, err := newAuthority(now)
	if err != nil {
		f.Fatal(err)
	}
	caKey, err := x509.ParsePKCS8PrivateKey(keyDER)
	if err != nil {
		f.Fatal(err)
	}
	ca, err := x509.ParseCertificate(der)
	if err != nil {
		f.Fatal(err)
	}
	authorities := []*authority{{id: 1, cert: ca, key: caKey.(*rsa.PrivateKey)}}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		f.Fatal(err)
	}
	csrDER, err := x509util.CreateCertificateRequest(rand.Reader, &x509util.CertificateRequest{
		CertificateRequest: x509.CertificateRequest{Subject: pkix.Name{CommonName: "C02FUZZ"}, SignatureAlgorithm: x509.SHA256WithRSA}, ChallengePassword: "p",
	}, key)
	if err != nil {
		f.Fatal(err)
	}
	csr, err := x509.ParseCertificateRequest(csrDER)
	if err != nil {
		f.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "signer"}, NotBefore: now, NotAfter: now.Add(time.Hour)}
	signerDER, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		f.Fatal(err)
	}
	signer, err := x509.ParseCertificate(signerDER)
	if err != nil {
		f.Fatal(err)
	}
	message, err := scep.NewCSRRequest(csr, &scep.PKIMessage{MessageType: scep.PKCSReq, Recipients: []*x509.Certificate{ca}, SignerKey: key, SignerCert: signer})
	if err != nil {
		f.Fatal(err)
	}
	if m, err := contained(message.Raw, authorities); err != nil || !m.opened {
		f.Fatal(err)
	}
	f.Add(message.Raw)
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
