package httpd

import "net/http"

// Handler is the main listener's handler, for tests that need no connection.
func (s *Server) Handler() http.Handler { return s.main.Handler }
