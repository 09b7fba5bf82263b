package graphqlapi

import (
	"context"
	"log/slog"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/generated"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
)

// Options configure the endpoint.
type Options struct {
	Resolver *graph.Resolver
	// Authenticate finds the caller behind a bearer token. Its errors are Unauthenticated for a token that is not valid, and
	// others for what may pass.
	Authenticate   func(ctx context.Context, token string) (auth.Caller, error)
	Sessions       Sessions   // nil: no cookie is looked at
	Documents      *Documents // that sessions may carry out; nil: all, as for work on the dashboard
	Limits         limits.Config
	AllowedOrigins []string        // other origins whose pages may open a WebSocket, such as "https://*.example.com"; the own one always may
	Clock          clockwork.Clock // nil: the real one
	Logger         *slog.Logger    // nil: none
	Observer       Observer        // nil: nobody
	// Outlive lets a WebSocket go on without the handler that opened it: see httpd.Outlive. nil: the handler waits for its end.
	Outlive func(context.Context) (detached context.Context, done func(), ok bool)

	PingInterval time.Duration // between pings of a WebSocket; a client that misses two is gone. 0: 20 s, real time
	InitTimeout  time.Duration // for connection_init of a WebSocket. 0: 5 s, real time
	Heartbeat    time.Duration // between comments of an event stream, so that proxies keep it. 0: 15 s
	Recheck      time.Duration // between looks whether the credentials of a socket or stream still hold. 0: 1 minute
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = clockwork.NewRealClock()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observer == nil {
		o.Observer = unobserved{}
	}
	for _, d := range []struct {
		of    *time.Duration
		value time.Duration
	}{{&o.PingInterval, 20 * time.Second}, {&o.InitTimeout, 5 * time.Second}, {&o.Heartbeat, 15 * time.Second}, {&o.Recheck, time.Minute}} {
		if *d.of == 0 {
			*d.of = d.value
		}
	}
	return o
}

// Endpoint is the handler of /graphql.
type Endpoint struct {
	options     Options
	faults      *faults
	graphql     *handler.Server
	connections *limits.Slots[struct{}]
	strangers   *limits.Slots[struct{}] // sockets that have not said whose they are
	sockets     *limits.Slots[gid.ID]   // and event streams, by caller
	guard       *guard
	filters     *filterReader
}

// New makes the handler of /graphql. Its errors are those of limits.Config.Validate.
func New(o Options) (*Endpoint, error) {
	if err := o.Limits.Validate(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	e := &Endpoint{
		options:     o,
		faults:      &faults{log: o.Logger},
		connections: limits.NewSlots[struct{}](o.Limits.Connections),
		strangers:   limits.NewSlots[struct{}](strangers(o.Limits)),
		sockets:     limits.NewSlots[gid.ID](o.Limits.Sockets),
	}
	e.guard = &guard{Endpoint: e, open: map[*guarded]struct{}{}}
	schema := generated.NewExecutableSchema(generated.Config{
		Resolvers:  o.Resolver,
		Directives: generated.DirectiveRoot{HasRole: hasRole, Public: public},
		Complexity: graph.Costs(),
	})
	e.filters = newFilterReader(schema, o.Limits, e.faults)
	e.graphql = handler.New(schema)
	e.graphql.AddTransport(e.socketTransport())
	e.graphql.AddTransport(streamTransport{e}) // before POST, which supports its requests too
	e.graphql.AddTransport(postTransport{e})
	e.graphql.SetQueryCache(newQueryCache(o.Limits.CachedQueries))
	e.graphql.SetErrorPresenter(e.faults.present)
	e.graphql.SetRecoverFunc(e.faults.recovered)
	e.graphql.AroundOperations(standBy)      // around all others
	e.graphql.AroundFields(e.aroundField)    // one: each costs every field of every row something
	e.graphql.Use(extension.Introspection{}) // for those who have a role: faults.field asks for it
	e.graphql.Use(limits.NewOperations(o.Limits))
	e.graphql.Use(waysOfOperations{})
	if o.Documents != nil {
		e.graphql.Use(documentsOfSessions{o.Documents})
	}
	e.graphql.AroundOperations(e.observeSubscription)
	e.graphql.AroundResponses(e.observeResponse)
	e.graphql.AroundResponses(graph.ReadTogether)
	return e, nil
}

// hasRole is the directive of that name.
func hasRole(ctx context.Context, _ any, next graphql.Resolver, min role.Role) (any, error) {
	if err := auth.Require(ctx, min); err != nil {
		return nil, err
	}
	return next(ctx)
}

// public is the directive of that name: it only says that hasRole was not forgotten.
func public(ctx context.Context, _ any, next graphql.Resolver) (any, error) { return next(ctx) }

// ServeHTTP implements http.Handler. A caller that is in the request's context already stays, unless the request has
// credentials of its own.
//
// Thousands of subscriptions wait below it, each with what stands on its stack, so refusals are worded elsewhere.
func (e *Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r, ok := e.accept(w, r); ok {
		e.graphql.ServeHTTP(w, r)
	}
}

// accept finds out how the request wants to be served, and for whom. It answers what it does not accept.
func (e *Endpoint) accept(w http.ResponseWriter, r *http.Request) (*http.Request, bool) {
	way := wayOf(r)
	switch {
	case way == nowhere:
		w.Header().Set("Allow", http.MethodPost)
		e.refuse(w, r, http.StatusMethodNotAllowed, apperr.New(apperr.BadUserInput, "Operations are taken by POST, and by WebSocket; this was %s.", r.Method))
		return nil, false
	case way != socket && !isJSON(r):
		e.refuse(w, r, http.StatusUnsupportedMediaType, apperr.New(apperr.BadUserInput, "The request's Content-Type is %q.", r.Header.Get("Content-Type")).
			WithHint("Send a JSON object {\"query\": …, \"variables\": …} with Content-Type: application/json."))
		return nil, false
	}
	ctx, err := e.identify(w, r)
	if err != nil {
		e.refuse(w, r, statusOf(err), err)
		return nil, false
	}
	return r.WithContext(withWay(ctx, way)), true
}

func isJSON(r *http.Request) bool {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && mediaType == "application/json"
}

// accepts reports whether the Accept header names one of the media types.
func accepts(r *http.Request, mediaTypes ...string) bool {
	for accepted := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		mediaType, _, err := mime.ParseMediaType(accepted)
		for _, wanted := range mediaTypes {
			if err == nil && mediaType == wanted {
				return true
			}
		}
	}
	return false
}
