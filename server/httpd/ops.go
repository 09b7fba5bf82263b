package httpd

import (
	"net/http"
	"net/http/pprof"
	"slices"
)

// opsHandler serves operators: health, profiles of the running process, and what Handlers.Ops adds. Their listener is on
// the loopback interface unless it is set otherwise, and asks for no sign-in.
func (s *Server) opsHandler(h Handlers) http.Handler {
	get := []string{http.MethodGet}
	profile := func(path string, f http.HandlerFunc) Route {
		return Route{Path: path, Methods: get, Handler: f, Kind: AlwaysLong} // a profile takes as long as was asked for
	}
	symbol := profile("/debug/pprof/symbol", pprof.Symbol)
	symbol.Methods = []string{http.MethodGet, http.MethodPost}
	routes := slices.Concat(h.Ops, s.health.routes(), []Route{
		profile("/debug/pprof/", pprof.Index),
		profile("/debug/pprof/cmdline", pprof.Cmdline),
		profile("/debug/pprof/profile", pprof.Profile),
		profile("/debug/pprof/trace", pprof.Trace),
		symbol,
	})
	return chain(s.mux(routes, nil), s.believeProxies, s.giveRequestID, s.recoverPanics, secureHeaders, refuseCrossOrigin())
}
