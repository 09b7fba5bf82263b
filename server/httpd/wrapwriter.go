package httpd

import "net/http"

// wrappedWriter is what our response writers are built on: http.ResponseController and WebSocket libraries find the
// original by Unwrap; gqlgen's server-sent events ask for http.Flusher.
type wrappedWriter struct{ http.ResponseWriter }

func (w wrappedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w wrappedWriter) Flush() {
	_ = http.NewResponseController(w.ResponseWriter).Flush() // a client that is gone shows at the next write
}
