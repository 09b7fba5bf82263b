package httpd

import (
	"net/http"

	"github.com/guardmdm/guardmdm/server/reqid"
)

const requestIDHeader = "X-Request-Id"

// giveRequestID gives every request an id, in its context and in the answer. A trusted proxy's well-formed id is kept, so
// that both logs can be matched; believeProxies has removed anyone else's.
func (s *Server) giveRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestIDHeader)
		if !reqid.Valid(id) {
			id = reqid.New(s.clock.Now())
		}
		w.Header().Set(requestIDHeader, id)
		next.ServeHTTP(w, r.WithContext(reqid.With(r.Context(), id)))
	})
}
