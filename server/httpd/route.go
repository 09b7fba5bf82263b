package httpd

import (
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// What a Route has when it says nothing else.
const (
	defaultMaxBody   = 64 << 10
	defaultTimeout   = 60 * time.Second
	graphQLMaxBody   = 1 << 20
	graphQLPath      = "/graphql"
	everythingElse   = "/"
	answerGrace      = 5 * time.Second  // after Timeout, to say so
	defaultStallTime = 30 * time.Second // without one byte moving
)

// Route is one path with its limits.
type Route struct {
	Path    string   // pattern of http.ServeMux without method: "/enroll/ade/{key}"
	Methods []string // others get 405; GET brings HEAD
	Handler http.Handler

	MaxBody int64                    // bytes of the request's body; larger ones get 413. 0: 64 KiB
	Timeout time.Duration            // of a Short request. 0: 60 s
	Kind    func(*http.Request) Kind // nil: Short
}

// Kind says how long a request may take.
type Kind int

const (
	// Short requests have Route.Timeout altogether, for reading, working and answering.
	Short Kind = iota
	// Long ones, uploads and downloads, go on as long as bytes move; a stop waits for them.
	Long
	// Endless ones are subscriptions: as Long, but their context ends as soon as a stop begins.
	Endless
)

// AlwaysLong is the Kind of routes for uploads and downloads.
func AlwaysLong(*http.Request) Kind { return Long }

// GraphQLKind tells subscriptions, over WebSocket or server-sent events, from ordinary operations.
func GraphQLKind(r *http.Request) Kind {
	if r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		return Endless
	}
	// Clients such as urql name event streams beside JSON with every query: only who takes nothing else subscribes.
	kind := Short
	for accept := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		switch t, _, err := mime.ParseMediaType(accept); {
		case err != nil:
		case t == "text/event-stream":
			kind = Endless
		case t == "application/json", t == "application/graphql-response+json", t == "*/*":
			return Short
		}
	}
	return kind
}

// apiPaths never fall through to the SPA: a program that asks for what is not there shall get a 404, not a page.
func apiPaths() []string {
	return []string{
		graphQLPath, graphQLPath + "/", "/enroll", "/enroll/", "/scep", "/scep/", "/mdm", "/mdm/", "/webhooks", "/webhooks/", "/export", "/export/",
		"/import", "/import/", "/healthz/", "/readyz/",
	}
}

func (s *Server) mainHandler(h Handlers) http.Handler {
	routes := slices.Clone(h.Routes)
	routes = append(routes, s.health.routes()...)
	if h.GraphQL != nil {
		routes = append(routes, Route{
			Path: graphQLPath, Methods: []string{http.MethodGet, http.MethodPost}, Handler: h.GraphQL,
			MaxBody: graphQLMaxBody, Kind: GraphQLKind,
		})
	}
	if h.SPA != nil {
		routes = append(routes, Route{Path: everythingElse, Methods: []string{http.MethodGet}, Handler: h.SPA, Kind: AlwaysLong})
	}
	mux := s.mux(routes, apiPaths())
	// Outermost first. The access log stands inside of what replaces the request (request id, peer) and outside of what
	// answers in the handler's place, because it reads the pattern that the mux writes into the request.
	return chain(mux,
		s.inFlight.count,
		s.believeProxies,
		s.giveRequestID,
		s.logAccess,
		s.recoverPanics,
		secureHeaders,
		refuseCrossOrigin(),
	)
}

// mux routes by path; unrouted ones of notFound's paths, and all when there is no route for "/", get a 404 in JSON.
func (s *Server) mux(routes []Route, notFound []string) http.Handler {
	mux := http.NewServeMux()
	taken := map[string]bool{}
	for _, route := range routes {
		taken[route.Path] = true
		mux.Handle(route.Path, s.limit(route))
	}
	for _, path := range append(notFound, everythingElse) {
		if !taken[path] {
			mux.HandleFunc(path, nothingHere)
		}
	}
	return mux
}

// limit puts a route's limits around its handler.
func (s *Server) limit(route Route) http.Handler {
	if route.MaxBody == 0 {
		route.MaxBody = defaultMaxBody
	}
	if route.Timeout == 0 {
		route.Timeout = defaultTimeout
	}
	return chain(route.Handler,
		allowMethods(route.Methods),
		limitBody(route.MaxBody),
		s.limitTime(route),
	)
}

func allowMethods(methods []string) middleware {
	allowed := slices.Clone(methods)
	if slices.Contains(allowed, http.MethodGet) && !slices.Contains(allowed, http.MethodHead) {
		allowed = append(allowed, http.MethodHead)
	}
	slices.Sort(allowed)
	list := strings.Join(allowed, ", ")
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !slices.Contains(allowed, r.Method) {
				refuseMethod(w, r, list)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func refuseMethod(w http.ResponseWriter, r *http.Request, allowed string) {
	w.Header().Set("Allow", allowed)
	writeError(w, r, http.StatusMethodNotAllowed,
		apperr.New(apperr.BadUserInput, "This address does not answer %s.", r.Method).WithHint("It answers %s.", allowed))
}

func nothingHere(w http.ResponseWriter, r *http.Request) {
	WriteError(w, r, apperr.New(apperr.NotFound, "There is nothing at this address."))
}

type middleware func(http.Handler) http.Handler

// chain wraps h; the first of the middlewares sees a request first.
func chain(h http.Handler, outermostFirst ...middleware) http.Handler {
	for _, m := range slices.Backward(outermostFirst) {
		h = m(h)
	}
	return h
}
