package mdm

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	httpmdm "github.com/micromdm/nanomdm/http/mdm"
	"github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/service"
	"github.com/micromdm/nanomdm/service/certauth"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/identity"
)

const (
	checkinType = "application/x-apple-aspen-mdm-checkin"
	maxCheckin  = 256 << 10 // check-ins of devices have a few KiB
	maxResults  = 4 << 20   // lists of apps are the longest
	timeout     = 60 * time.Second
)

// Routes are those of MDM: one address for check-ins and commands, told apart by their content type.
func (s *Service) Routes() []httpd.Route {
	return []httpd.Route{{
		Path: "/mdm", Methods: []string{http.MethodPut, http.MethodPost}, Handler: http.MaxBytesHandler(http.HandlerFunc(s.serve), maxResults),
		MaxBody: maxResults, Timeout: timeout,
	}}
}

func (s *Service) serve(w http.ResponseWriter, r *http.Request) {
	begin := s.clock.Now()
	x := &exchange{kind: "unread"}
	answer, err := s.handle(w, r, x)
	if err == nil {
		s.Observer.MDMMessage(x.kind, "", s.clock.Since(begin))
		if len(answer) > 0 {
			w.Header().Set("Content-Type", "application/xml; charset=utf-8")
			_, _ = w.Write(answer) // the device is gone if this fails
		}
		return
	}
	status, e := statusOf(err)
	s.Observer.MDMMessage(x.kind, e.Code, s.clock.Since(begin))
	if status >= http.StatusInternalServerError {
		s.log.ErrorContext(r.Context(), "a message of a device failed", "kind", x.kind, "device", x.holder.Device.String(), "error", err)
	} else {
		s.log.WarnContext(r.Context(), "a message of a device was refused", "kind", x.kind, "code", string(e.Code), "device", x.holder.Device.String(), "error", e.Message)
		s.Refused(r.Context(), identity.Refusal{Code: e.Code, Message: e.Message, Device: x.holder.Device, UDID: x.holder.UDID})
	}
	http.Error(w, e.Message, status)
}

// statusOf is how an error is answered. It is never 401: a device that gets that removes its profile (field notes 26).
func statusOf(err error) (int, *apperr.Error) {
	status := http.StatusBadRequest
	if h, ok := errors.AsType[*service.HTTPStatusError](err); ok {
		status = h.Status
	}
	e := apperr.As(err)
	parse, isParse := errors.AsType[*mdm.ParseError](err)
	switch {
	case e != nil && (e.Code == apperr.Unavailable || e.Code == apperr.Internal):
		return http.StatusServiceUnavailable, e
	case e != nil && e.Code == TooLarge:
		return http.StatusRequestEntityTooLarge, e
	case e != nil:
		return status, e
	case errors.Is(err, mdm.ErrUnrecognizedMessageType):
		return status, apperr.New(UnknownMessage, "Messages of this type are not answered.")
	case isParse:
		return status, apperr.Wrap(parse.Err, Malformed, "The message cannot be read.")
	case errors.Is(err, mdm.ErrInvalidCommandResult):
		return status, apperr.New(Malformed, "The message has no status.")
	case errors.Is(err, certauth.ErrNoCertReuse):
		return status, apperr.New(ForOther, "The identity is another device's.")
	case errors.Is(err, certauth.ErrNoCertAssoc):
		return status, apperr.New(NotBound, "The device did not enroll with this identity.")
	}
	return http.StatusServiceUnavailable, apperr.Wrap(err, apperr.Internal, "The server could not answer because of a fault of its own. Try again.")
}

// handle reads a message, finds out whose it is, and has it answered. What is expensive comes after what is cheap, and what believes
// the message after what does not.
func (s *Service) handle(w http.ResponseWriter, r *http.Request, x *exchange) (answer []byte, err error) {
	isCheckin := strings.HasPrefix(r.Header.Get("Content-Type"), checkinType)
	body, err := readBody(w, r, isCheckin)
	if err != nil {
		return nil, err
	}
	cert, err := certificateOf(r, body)
	if err != nil {
		return nil, err
	}
	if x.holder, err = s.Identities.Verify(r.Context(), cert); err != nil {
		return nil, err
	}
	if err := checkPlist(body); err != nil {
		return nil, err
	}
	ctx := context.WithValue(r.Context(), exchangeKey{}, x)
	request := mdm.NewRequestWithContext(ctx, cert)
	if isCheckin {
		answer, err = service.CheckinRequest(s.chain, request, body)
	} else {
		answer, err = service.CommandAndReportResultsRequest(s.chain, request, body)
	}
	if err != nil {
		return nil, err
	}
	s.saw(x.holder.Device)
	return answer, nil
}

func readBody(w http.ResponseWriter, r *http.Request, isCheckin bool) ([]byte, error) {
	limit := int64(maxResults)
	if isCheckin {
		limit = maxCheckin
	}
	if r.ContentLength > limit {
		return nil, apperr.New(TooLarge, "The message has %d bytes; at most %d are read.", r.ContentLength, limit)
	}
	var body bytes.Buffer
	if r.ContentLength > 0 {
		body.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	_, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, limit))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, apperr.New(TooLarge, "The message has more than %d bytes.", limit)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, apperr.Wrap(err, CutOff, "The message did not come to its end.")
	}
	return body.Bytes(), nil
}

// Headers in which a proxy that ended the TLS of devices hands on their certificates: RFC 9440, and what nginx writes as
// $ssl_client_escaped_cert. Package httpd drops them unless a trusted proxy sent them.
const (
	clientCertHeader        = "Client-Cert"
	escapedClientCertHeader = "X-Ssl-Client-Cert"
)

// certificateOf is the certificate that a message came with: of its signature, which covers the message itself; of the TLS connection; or of
// the header of a trusted proxy.
func certificateOf(r *http.Request, body []byte) (*x509.Certificate, error) {
	if signature := r.Header.Get("Mdm-Signature"); signature != "" {
		return identity.VerifySignature(signature, body)
	}
	if r.TLS != nil && len(r.TLS.PeerCertificates) > 0 {
		return r.TLS.PeerCertificates[0], nil
	}
	if value := r.Header.Get(clientCertHeader); value != "" {
		cert, err := httpmdm.ExtractRFC9440(value)
		if err != nil {
			return nil, apperr.Wrap(err, NoIdentity, "The certificate that the proxy sent cannot be read.")
		}
		return cert, nil
	}
	if value := r.Header.Get(escapedClientCertHeader); value != "" {
		cert, err := httpmdm.ExtractQueryEscapedPEM(value)
		if err != nil {
			return nil, apperr.Wrap(err, NoIdentity, "The certificate that the proxy sent cannot be read.")
		}
		return cert, nil
	}
	return nil, apperr.New(NoIdentity, "The message came without an identity.")
}
