package identity

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/httpd"
)

// capabilities are what devices may make use of (protocol.md 6.3).
const capabilities = "POSTPKIOperation\nSHA-256\nAES\nSCEPStandard\nRenewal\n"

// timeout of a request: a device on a bad network has its time, somebody who sends a byte a minute has not.
const timeout = 30 * time.Second

// Routes are those of SCEP.
func (s *Service) Routes() []httpd.Route {
	return []httpd.Route{{
		Path: "/scep", Methods: []string{http.MethodGet, http.MethodPost}, Handler: http.HandlerFunc(s.serve),
		MaxBody: maxMessage, Timeout: timeout,
	}}
}

func (s *Service) serve(w http.ResponseWriter, r *http.Request) {
	switch operation := r.URL.Query().Get("operation"); operation {
	case "GetCACert":
		cert, err := s.CACertificate(r.Context())
		if err != nil {
			s.fail(w, r, operation, err)
			return
		}
		s.observer.SCEPRequest(operation, "")
		answer(w, "application/x-x509-ca-cert", cert.Raw)
	case "GetCACaps":
		s.observer.SCEPRequest(operation, "")
		answer(w, "text/plain; charset=utf-8", []byte(capabilities))
	case "PKIOperation":
		message, err := messageOf(r)
		if err != nil {
			s.fail(w, r, operation, apperr.Wrap(err, Malformed, "The message cannot be read."))
			return
		}
		reply, grant, err := s.operate(r.Context(), message)
		if unanswerable, ok := errors.AsType[errUnanswerable](err); ok {
			s.fail(w, r, operation, unanswerable.error)
			return
		}
		if err != nil {
			s.refuse(r.Context(), operation, err, grant)
		} else {
			s.observer.SCEPRequest(operation, "")
			s.log.InfoContext(r.Context(), "an identity was issued", "device", grant.device.String(), "renewal", grant.renews != "")
		}
		answer(w, "application/x-pki-message", reply)
	default:
		s.fail(w, r, "other", apperr.New(Unsupported, "This is a SCEP server: it answers GetCACert, GetCACaps and PKIOperation."))
	}
}

// messageOf is the message of a PKIOperation: the body of a POST, a parameter in base64 of a GET.
func messageOf(r *http.Request) ([]byte, error) {
	if r.Method == http.MethodPost {
		return io.ReadAll(r.Body) // bounded by the route
	}
	text := strings.ReplaceAll(r.URL.Query().Get("message"), " ", "+") // of clients that do not escape a plus
	return base64.StdEncoding.DecodeString(text)
}

func answer(w http.ResponseWriter, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(body) // the client is gone if this fails
}

// fail answers what cannot be answered by a message of SCEP: by the status of HTTP, and never by 401, after which a device might leave.
func (s *Service) fail(w http.ResponseWriter, r *http.Request, operation string, err error) {
	e := apperr.As(err)
	if e == nil {
		s.observer.SCEPRequest(operation, apperr.Internal)
		s.log.ErrorContext(r.Context(), "an SCEP request failed", "operation", operation, "error", err)
		http.Error(w, "The server could not answer because of a fault of its own. Try again.", http.StatusServiceUnavailable)
		return
	}
	s.refuse(r.Context(), operation, err, grant{})
	http.Error(w, e.Message, http.StatusBadRequest)
}

func (s *Service) refuse(ctx context.Context, operation string, err error, g grant) {
	e := apperr.As(err)
	s.observer.SCEPRequest(operation, e.Code)
	s.log.WarnContext(ctx, "an SCEP request was refused", "operation", operation, "code", string(e.Code), "device", g.device.String(), "error", err)
	s.refused(ctx, Refusal{Code: e.Code, Message: e.Message, Device: g.device, UDID: g.udid})
}
