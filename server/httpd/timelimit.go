package httpd

import (
	"context"
	"io"
	"net/http"
	"time"
)

// limitTime gives a request the deadlines of its Kind. They are real time: the network knows no other. Errors of SetDeadline are ignored: a connection that has none
// (a test's recorder) cannot stall either.
func (s *Server) limitTime(route Route) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			kind := Short
			if route.Kind != nil {
				kind = route.Kind(r)
			}
			conn := http.NewResponseController(w)
			if kind == Short {
				end := time.Now().Add(route.Timeout)
				_ = conn.SetReadDeadline(end)
				_ = conn.SetWriteDeadline(end.Add(answerGrace))
				ctx, cancel := context.WithTimeout(r.Context(), route.Timeout)
				defer cancel()
				next.ServeHTTP(w, r.WithContext(ctx))
				return
			}
			ctx, cancel := context.WithCancel(r.Context())
			defer cancel()
			l := &life{server: s}
			if kind == Endless {
				defer context.AfterFunc(s.endless, cancel)()
				ctx = context.WithValue(ctx, lifeKey{}, l)
			}
			stall := stallGuard{conn: conn, patience: defaultStallTime}
			r = r.WithContext(ctx)
			if r.Body != nil && r.Body != http.NoBody {
				r.Body = &stallReader{ReadCloser: r.Body, stall: stall}
			}
			next.ServeHTTP(&stallWriter{wrappedWriter: wrappedWriter{w}, stall: stall}, r)
			if l.outlived { // the connection is not net/http's any more
				return
			}
			// net/http sends what is left in its buffers when the handler is gone.
			_ = conn.SetWriteDeadline(time.Now().Add(stall.patience))
		})
	}
}

// stallGuard ends a connection on which one read or write makes no progress for as long as patience. Between them no
// deadline is set: HTTP/2 resets a stream whose deadline passes even when nobody reads or writes.
type stallGuard struct {
	conn     *http.ResponseController
	patience time.Duration
}

func (g stallGuard) write(do func()) {
	_ = g.conn.SetWriteDeadline(time.Now().Add(g.patience))
	do()
	_ = g.conn.SetWriteDeadline(time.Time{})
}

func (g stallGuard) read(do func()) {
	_ = g.conn.SetReadDeadline(time.Now().Add(g.patience))
	do()
	_ = g.conn.SetReadDeadline(time.Time{})
}

type stallReader struct {
	io.ReadCloser
	stall stallGuard
}

func (b *stallReader) Read(p []byte) (n int, err error) {
	b.stall.read(func() { n, err = b.ReadCloser.Read(p) })
	return n, err
}

type stallWriter struct {
	wrappedWriter
	stall stallGuard
}

func (w *stallWriter) Write(p []byte) (n int, err error) {
	w.stall.write(func() { n, err = w.ResponseWriter.Write(p) })
	return n, err
}

func (w *stallWriter) Flush() { w.stall.write(w.wrappedWriter.Flush) }
