package httpd

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/reqid"
)

// errorBody has the form of a GraphQL error on every route, so that one reader of errors serves a client everywhere.
type errorBody struct {
	Errors []errorEntry `json:"errors"`
}

type errorEntry struct {
	Message    string     `json:"message"`
	Extensions extensions `json:"extensions"`
}

type extensions struct {
	Code       apperr.Code `json:"code"`
	Hint       string      `json:"hint,omitempty"`
	Field      []string    `json:"field,omitempty"`
	RequestID  string      `json:"requestId,omitempty"`
	RetryAfter int         `json:"retryAfter,omitempty"` // seconds
}

// WriteError answers with err in JSON and the HTTP status of its code. The cause of an *apperr.Error is not shown, and of
// any other error nothing is.
func WriteError(w http.ResponseWriter, r *http.Request, err error) {
	e := apperr.As(err)
	if e == nil {
		e = apperr.Wrap(err, apperr.Internal, "The server could not answer because of a fault of its own.").
			WithHint("Try again. If it stays, look for the request id in the server's log.")
	}
	writeError(w, r, Status(e.Code), e)
}

func writeError(w http.ResponseWriter, r *http.Request, status int, e *apperr.Error) {
	retryAfter := int(math.Ceil(e.RetryAfter.Seconds()))
	body, err := json.Marshal(errorBody{Errors: []errorEntry{{
		Message:    e.Message,
		Extensions: extensions{Code: e.Code, Hint: e.Hint, Field: e.Field, RequestID: reqid.From(r.Context()), RetryAfter: retryAfter},
	}}})
	if err != nil { // strings and numbers always marshal
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	h := w.Header()
	// What the handler had begun to say does not describe this body.
	h.Del("Content-Length")
	h.Del("Content-Encoding")
	h.Del("ETag")
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	if retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(retryAfter))
	}
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // the client is gone if this fails
}

// Status is the HTTP status of an error's code.
func Status(code apperr.Code) int {
	switch code {
	case apperr.Unauthenticated:
		return http.StatusUnauthorized
	case apperr.Forbidden:
		return http.StatusForbidden
	case apperr.NotFound:
		return http.StatusNotFound
	case apperr.Conflict:
		return http.StatusConflict
	case apperr.RateLimited:
		return http.StatusTooManyRequests
	case apperr.LimitExceeded:
		return http.StatusRequestEntityTooLarge
	case apperr.Unavailable:
		return http.StatusServiceUnavailable
	case apperr.BadUserInput:
		return http.StatusBadRequest
	case apperr.Internal:
		return http.StatusInternalServerError
	default:
		return http.StatusUnprocessableEntity
	}
}
