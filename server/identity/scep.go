package identity

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"errors"

	"github.com/smallstep/pkcs7"
	"github.com/smallstep/scep"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/cmsguard"
)

// maxMessage is the size of an SCEP message: those of devices have 4 KiB.
const maxMessage = 64 << 10

// Answers are encrypted with AES: the library's own default is DES, which it lets be changed in this variable alone.
func init() { pkcs7.ContentEncryptionAlgorithm = pkcs7.EncryptionAlgorithmAES128CBC }

// errUnanswerable is for messages that cannot even be refused by a message: nothing says to whom.
type errUnanswerable struct{ error }

func (e errUnanswerable) Unwrap() error { return e.error }

// operate answers a PKIOperation: with an identity, or with a message that says that there is none. err tells why, in both cases in which
// there is none.
func (s *Service) operate(ctx context.Context, raw []byte) (answer []byte, grant grant, err error) {
	der, err := cmsguard.Normalize(raw, cmsguard.Limits{Bytes: maxMessage, Depth: 24})
	if err != nil {
		return nil, grant, errUnanswerable{apperr.Wrap(err, Malformed, "The message cannot be read.")}
	}
	authorities, err := s.all(ctx)
	if err != nil {
		return nil, grant, errUnanswerable{err}
	}
	m, err := contained(der, authorities)
	if m != nil && !m.opened {
		if more, againErr := s.again(ctx); againErr == nil && len(more) > len(authorities) {
			m, err = contained(der, more)
		}
	}
	if m == nil {
		if apperr.As(err) == nil {
			err = apperr.Wrap(err, Malformed, "The message is no SCEP request.")
		}
		return nil, grant, errUnanswerable{err}
	}
	var cert *x509.Certificate
	if err == nil {
		cert, grant, err = s.decide(ctx, m)
	}
	if err != nil {
		if apperr.As(err) == nil {
			return nil, grant, errUnanswerable{err} // our own fault: the device tries again
		}
		info := scep.BadRequest
		if apperr.Is(err, WeakKey, Unsupported) {
			info = scep.BadAlg
		}
		refusal, failErr := m.pki.Fail(m.authority.cert, m.authority.key, info)
		if failErr != nil {
			return nil, grant, errUnanswerable{errors.Join(err, failErr)}
		}
		return refusal.Raw, grant, err
	}
	success, err := m.pki.Success(m.authority.cert, m.authority.key, cert)
	if err != nil {
		return nil, grant, errUnanswerable{err}
	}
	return success.Raw, grant, nil
}

// message is an SCEP request that was read: its signature is right, and it was encrypted to one of our authorities.
type message struct {
	pki       *scep.PKIMessage
	signer    *x509.Certificate
	authority *authority
	opened    bool
}

func contained(der []byte, authorities []*authority) (m *message, err error) {
	err = cmsguard.Contain(func() (err error) {
		m, err = read(der, authorities)
		return err
	})
	return m, err
}

// read takes a message apart. With an error, m is what can be answered; nil when nothing can.
func read(der []byte, authorities []*authority) (m *message, err error) {
	outer, err := pkcs7.Parse(der)
	if err != nil {
		return nil, err
	}
	signer, err := onlySigner(outer) // before anything is computed with its key
	if err != nil {
		return nil, err
	}
	inner, err := cmsguard.Normalize(outer.Content, cmsguard.Limits{Bytes: maxMessage, Depth: 24})
	if err != nil {
		return nil, err
	}
	if _, err := pkcs7.Parse(inner); err != nil {
		return nil, err
	}
	pki, err := scep.ParsePKIMessage(der, scep.WithCACerts(outer.Certificates))
	if err != nil {
		return nil, err
	}
	m = &message{pki: pki, signer: signer, authority: authorities[0]}
	if pki.MessageType != scep.PKCSReq && pki.MessageType != scep.RenewalReq && pki.MessageType != scep.UpdateReq {
		return m, apperr.New(Unsupported, "Messages of type %s are not answered.", string(pki.MessageType))
	}
	if _, ok := signer.PublicKey.(*rsa.PublicKey); !ok {
		return m, apperr.New(Unsupported, "The request is signed with a key to which no answer can be encrypted; it has to be RSA.")
	}
	for _, a := range authorities {
		m.authority = a
		if err = pki.DecryptPKIEnvelope(a.cert, a.key); err == nil {
			m.opened = true
			break
		}
	}
	if err != nil || pki.CSRReqMessage == nil || pki.CSR == nil {
		return m, apperr.Wrap(err, RequestInvalid, "The certificate request cannot be read.")
	}
	if err := checkKey(pki.CSR.PublicKey); err != nil {
		return m, err
	}
	if err := pki.CSR.CheckSignature(); err != nil {
		return m, apperr.Wrap(err, RequestInvalid, "The certificate request is not signed by its key.")
	}
	return m, nil
}

// decide issues an identity for the message's challenge, or without one for the identity that signed it.
func (s *Service) decide(ctx context.Context, m *message) (cert *x509.Certificate, g grant, err error) {
	if password := m.pki.ChallengePassword; password != "" && m.pki.MessageType == scep.PKCSReq {
		c, err := s.find(ctx, password)
		if c != nil {
			g = grant{challenge: c, device: c.DeviceID, udid: c.Udid, renews: c.Renews}
		}
		if err != nil {
			return nil, g, err
		}
	} else {
		h, err := s.Verify(ctx, m.signer)
		if apperr.Is(err, IdentityUnknown) {
			return nil, g, apperr.Wrap(err, ChallengeUnknown, "The request holds no challenge, and is not signed by an identity of this server.")
		}
		g = grant{device: h.Device, udid: h.UDID, renews: h.Fingerprint}
		if err != nil {
			return nil, g, err
		}
		if m.signer.NotAfter.Before(s.clock.Now()) {
			return nil, g, apperr.New(IdentityExpired, "The identity has expired, so it cannot renew itself.")
		}
	}
	issuer, err := s.all(ctx)
	if err != nil {
		return nil, g, err
	}
	cert, err = s.issue(ctx, issuer[0], m.pki.CSR, g)
	return cert, g, err
}
