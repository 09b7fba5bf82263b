package httpd

import (
	"errors"
	"io"
	"net/http"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// limitBody answers 413 to bodies larger than limit bytes. One that says its length is refused before it is read. Of one
// that does not (chunked), the handler gets the first limit bytes and an error; whatever error it answers with is replaced,
// because handlers take the cut-off body for a malformed one.
func limitBody(limit int64) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > limit {
				w.Header().Set("Connection", "close") // the body is still on its way
				writeTooLarge(w, r, limit)
				return
			}
			if r.ContentLength >= 0 {
				next.ServeHTTP(w, r)
				return
			}
			body := &limitedBody{ReadCloser: http.MaxBytesReader(w, r.Body, limit)}
			limited := *r
			limited.Body = body
			next.ServeHTTP(&tooLargeWriter{wrappedWriter: wrappedWriter{w}, r: r, body: body, limit: limit}, &limited)
		})
	}
}

func writeTooLarge(w http.ResponseWriter, r *http.Request, limit int64) {
	writeError(w, r, http.StatusRequestEntityTooLarge,
		apperr.New(apperr.LimitExceeded, "The request's body is larger than %d bytes, the most this address takes.", limit))
}

// limitedBody remembers that the limit was met.
type limitedBody struct {
	io.ReadCloser
	exceeded bool
}

func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		b.exceeded = true
	}
	return n, err
}

// tooLargeWriter replaces the handler's error by ours once the limit was met.
type tooLargeWriter struct {
	wrappedWriter
	r        *http.Request
	body     *limitedBody
	limit    int64
	decided  bool // the header is out
	replaced bool // with our answer, so the handler's body is dropped
}

func (w *tooLargeWriter) WriteHeader(status int) {
	if w.decided || status < 200 {
		w.ResponseWriter.WriteHeader(status)
		return
	}
	w.decided = true
	if w.body.exceeded && status >= 400 {
		w.replaced = true
		writeTooLarge(w.ResponseWriter, w.r, w.limit)
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *tooLargeWriter) Write(b []byte) (int, error) {
	if !w.decided {
		w.WriteHeader(http.StatusOK)
	}
	if w.replaced {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

// Flush fixes the status, as net/http's does.
func (w *tooLargeWriter) Flush() {
	if !w.decided {
		w.WriteHeader(http.StatusOK)
	}
	w.wrappedWriter.Flush()
}
