package httpd

import (
	"log/slog"
	"net/http"

	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/reqid"
)

// logAccess writes one line a request. The path is logged as the route's pattern, and neither query nor headers are: device
// keys, tokens and serial numbers travel in them.
func (s *Server) logAccess(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := s.clock.Now()
		counting := &countingWriter{wrappedWriter: wrappedWriter{w}}
		defer func() {
			took := s.clock.Since(begin)
			s.cfg.Observe(Observation{Route: r.Pattern, Method: r.Method, Kind: kindOf(r), Status: counting.Status(), Duration: took})
			s.log.LogAttrs(r.Context(), accessLevel(r.Pattern, counting.Status()), "request",
				slog.String("method", r.Method),
				slog.String("route", r.Pattern),
				slog.Int("status", counting.Status()),
				slog.Int64("bytes", counting.bytes),
				slog.Duration("duration", took),
				slog.String("client", peer.From(r.Context()).Addr.String()),
				slog.String("request_id", reqid.From(r.Context())),
			)
		}()
		next.ServeHTTP(counting, r)
	})
}

// kindOf tells subscriptions from the rest.
func kindOf(r *http.Request) Kind {
	if r.Pattern == graphQLPath {
		return GraphQLKind(r)
	}
	return Short
}

// accessLevel keeps the probes of load balancers, some a second, out of the usual log.
func accessLevel(pattern string, status int) slog.Level {
	if status < 500 && (pattern == healthzPath || pattern == readyzPath) {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// countingWriter remembers what was answered.
type countingWriter struct {
	wrappedWriter
	status int // 0 until the header is written
	bytes  int64
}

// Status is what the client gets: 200 if the handler said nothing, 101 if it took the connection over without a word here.
func (w *countingWriter) Status() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

func (w *countingWriter) WriteHeader(status int) {
	// 1xx are announcements, save for 101, which ends HTTP on the connection.
	if w.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *countingWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Flush sends the header too, so the status is fixed from here.
func (w *countingWriter) Flush() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	w.wrappedWriter.Flush()
}
