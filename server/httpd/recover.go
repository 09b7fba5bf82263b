package httpd

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/reqid"
)

// recoverPanics turns a panic into an error that carries the request id; the stack goes to the log. When an answer has
// begun, the connection is aborted: a client shall not take half an answer for a whole one.
func (s *Server) recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counting := &countingWriter{wrappedWriter: wrappedWriter{w}}
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // net/http compares this value too
				panic(cause)
			}
			s.log.ErrorContext(r.Context(), "a request handler panicked", "panic", fmt.Sprint(cause), "route", r.Pattern,
				"request_id", reqid.From(r.Context()), "stack", string(debug.Stack()))
			if counting.status != 0 {
				panic(http.ErrAbortHandler)
			}
			WriteError(w, r, apperr.New(apperr.Internal, "The server could not answer because of a fault of its own.").
				WithHint("Try again. If it stays, look for the request id in the server's log."))
		}()
		next.ServeHTTP(counting, r)
	})
}
