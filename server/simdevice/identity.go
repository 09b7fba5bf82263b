package simdevice

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/smallstep/pkcs7"
	"github.com/smallstep/scep"
	"github.com/smallstep/scep/x509util"
)

// Requests are encrypted with AES, as devices do: the library's own default is DES, which it lets be changed in this variable alone.
func init() { pkcs7.ContentEncryptionAlgorithm = pkcs7.EncryptionAlgorithmAES128CBC }

// identityFrom gets an identity by SCEP (RFC 8894).
func (d *Device) identityFrom(ctx context.Context, p *Profile) (*signer, error) {
	var ca []*x509.Certificate
	err := d.step(StepCACert, func() error {
		body, err := d.get(ctx, p.SCEPURL+"?operation=GetCACaps")
		if err != nil {
			return err
		}
		if caps := string(body); !strings.Contains(caps, "POSTPKIOperation") || !strings.Contains(caps, "AES") || !strings.Contains(caps, "SHA-256") {
			return fmt.Errorf("the SCEP server can do %q", caps)
		}
		if body, err = d.get(ctx, p.SCEPURL+"?operation=GetCACert"); err != nil {
			return err
		}
		if ca, err = x509.ParseCertificates(body); err != nil {
			ca, err = scep.CACerts(body)
		}
		if err == nil && len(ca) == 0 {
			err = errors.New("the SCEP server has no certificate")
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	message, err := d.certificateRequest(p, ca)
	if err != nil {
		return nil, err
	}
	var answer []byte
	err = d.step(StepSCEP, func() error {
		answer, err = d.post(ctx, http.MethodPost, p.SCEPURL+"?operation=PKIOperation", "application/x-pki-message", message.Raw, nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d.certificateOf(message, answer, ca)
}

// certificateRequest makes the request: signed with a certificate that the device made itself, encrypted to the authority.
func (d *Device) certificateRequest(p *Profile, ca []*x509.Certificate) (*scep.PKIMessage, error) {
	if d.identityKey == nil {
		return nil, errors.New("the device has no key for an identity")
	}
	name := pkix.Name{CommonName: p.CommonName}
	if p.Organization != "" {
		name.Organization = []string{p.Organization}
	}
	der, err := x509util.CreateCertificateRequest(rand.Reader, &x509util.CertificateRequest{
		CertificateRequest: x509.CertificateRequest{Subject: name, SignatureAlgorithm: x509.SHA256WithRSA}, ChallengePassword: p.Challenge,
	}, d.identityKey)
	if err != nil {
		return nil, err
	}
	request, err := x509.ParseCertificateRequest(der)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{SerialNumber: serial(), Subject: pkix.Name{CommonName: "SCEP signer"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment}
	der, err = x509.CreateCertificate(rand.Reader, template, template, d.identityKey.Public(), d.identityKey)
	if err != nil {
		return nil, err
	}
	if d.requester, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	return scep.NewCSRRequest(request, &scep.PKIMessage{MessageType: scep.PKCSReq, Recipients: ca, SignerKey: d.identityKey, SignerCert: d.requester})
}

// certificateOf reads the answer.
func (d *Device) certificateOf(message *scep.PKIMessage, answer []byte, ca []*x509.Certificate) (*signer, error) {
	reply, err := scep.ParsePKIMessage(answer, scep.WithCACerts(ca))
	if err != nil {
		return nil, fail(StepSCEP, "an answer that is no message of SCEP", err)
	}
	if reply.PKIStatus != scep.SUCCESS {
		return nil, fail(StepSCEP, "refused: "+reply.FailInfo.String(), nil)
	}
	if reply.TransactionID != message.TransactionID {
		return nil, fail(StepSCEP, "an answer to another request", nil)
	}
	if err := reply.DecryptPKIEnvelope(d.requester, d.identityKey); err != nil {
		return nil, fail(StepSCEP, "an answer that cannot be decrypted", err)
	}
	issued := reply.Certificate
	if key, ok := issued.PublicKey.(*rsa.PublicKey); !ok || !key.Equal(d.identityKey.Public()) {
		return nil, fail(StepSCEP, "a certificate of another key", nil)
	}
	return &signer{issued, d.identityKey}, nil
}
