package identity

import (
	"crypto/x509"
	"encoding/base64"
	"errors"
	"time"

	"github.com/smallstep/pkcs7"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/cmsguard"
)

// signatureLimits bound what a header of 64 KiB can hold anyway.
func signatureLimits() cmsguard.Limits { return cmsguard.Limits{Bytes: 48 << 10, Depth: 24} }

// VerifySignature checks an Mdm-Signature header, a detached CMS signature of the message (protocol.md 7.2), and gives the one
// certificate that made it. Whose that is, is Verify's to say.
func VerifySignature(header string, message []byte) (cert *x509.Certificate, err error) {
	raw, err := base64.StdEncoding.DecodeString(header)
	if err == nil {
		raw, err = cmsguard.Normalize(raw, signatureLimits())
	}
	if err != nil {
		return nil, apperr.Wrap(err, SignatureMalformed, "The Mdm-Signature cannot be read.")
	}
	err = cmsguard.Contain(func() error {
		p7, err := pkcs7.Parse(raw)
		if err != nil {
			return err
		}
		if cert, err = onlySigner(p7); err != nil {
			return err
		}
		p7.Content = message
		return p7.Verify()
	})
	if err != nil {
		return nil, apperr.Wrap(err, SignatureMalformed, "The Mdm-Signature is not one of this message.")
	}
	return cert, nil
}

// onlySigner gives the certificate of the only signer, and leaves p7 with that one, as a copy that is valid at any time: the library
// refuses a signature whose time, by the device's own clock, is outside of the certificate's. A clock that is wrong, and an identity that
// has to be renewed, are no reason to lose a device.
func onlySigner(p7 *pkcs7.PKCS7) (*x509.Certificate, error) {
	signer := p7.GetOnlySigner()
	if signer == nil {
		return nil, errors.New("not exactly one signer with its certificate")
	}
	if err := checkKey(signer.PublicKey); err != nil {
		return nil, err
	}
	timeless := *signer
	timeless.NotBefore, timeless.NotAfter = time.Time{}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	p7.Certificates = []*x509.Certificate{&timeless}
	return signer, nil
}
