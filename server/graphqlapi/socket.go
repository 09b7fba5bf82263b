package graphqlapi

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"

	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
)

const protocol = "graphql-transport-ws"

// Close codes: 1001 of RFC 6455, the others of graphql-transport-ws.
const (
	closeGoingAway       = 1001
	closeInvalidMessage  = 4400
	closeUnauthorized    = 4401
	closeForbidden       = 4403
	closeBadProtocol     = 4406
	closeInitTimeout     = 4408
	closeDuplicateID     = 4409
	closeTooManyRequests = 4429
)

// strangers is how many sockets of nobody there may be, until connection_init says whose they are: anyone can open them, and they
// must not take the places of callers.
func strangers(l limits.Config) int { return max(1, l.Connections/10) }

// socketTransport lets gqlgen speak on WebSockets that are opened here, where it can in goroutines of their own: there may be ten thousand.
type socketTransport struct {
	*Endpoint
	gqlgen transport.Websocket
}

func (e *Endpoint) socketTransport() *socketTransport {
	return &socketTransport{e, transport.Websocket{
		Implementation: opened{},
		InitFunc:       e.initSocket,
		InitTimeout:    e.options.InitTimeout,
	}}
}

// Supports implements graphql.Transport.
func (*socketTransport) Supports(r *http.Request) bool { return wayOf(r) == socket }

// Do implements graphql.Transport.
func (t *socketTransport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ws, release := t.open(w, r)
	if ws == nil {
		release()
		return
	}
	ctx, done, detached := r.Context(), func() {}, false
	if t.options.Outlive != nil {
		if outliving, over, ok := t.options.Outlive(ctx); ok {
			ctx, done, detached = outliving, over, true
		}
	}
	c := newConn(ctx, ws, t.options.Limits.Subscriptions, t.faults)
	c.onClose(done)
	c.onClose(release)
	if requireCaller(ctx) != nil {
		c.releaseStranger = release
	}
	r = r.WithContext(context.WithValue(c.ctx, connKey{}, c))
	converse := func() { // thousands wait below it, each with what stands on its stack
		defer t.end(c, r)
		t.gqlgen.Do(gone{}, r, exec)
	}
	switch {
	case c.Subprotocol() != protocol:
		c.close(closeBadProtocol, "This server speaks "+protocol)
		c.finish()
	case detached:
		go converse()
	default:
		converse()
	}
}

// end ends a socket. What panicked on it shall not end the program.
func (t *socketTransport) end(c *conn, r *http.Request) {
	if cause := recover(); cause != nil {
		_ = t.faults.recovered(r.Context(), cause)
	}
	c.finish()
}

// gone stands for the answer of a request whose connection was taken over: net/http's own would keep its buffers.
type gone struct{}

func (gone) Header() http.Header         { return http.Header{} }
func (gone) Write(p []byte) (int, error) { return 0, http.ErrHijacked }
func (gone) WriteHeader(int)             {}

// open opens the WebSocket if there is a place for it, and answers otherwise. release gives the place back.
func (e *Endpoint) open(w http.ResponseWriter, r *http.Request) (ws *websocket.Conn, release func()) {
	slots, refusal := e.connections, tooManyConnections(e.options.Limits)
	if requireCaller(r.Context()) != nil {
		slots, refusal = e.strangers, tooManyStrangers(e.options.Limits)
	}
	release, ok := slots.Take(struct{}{})
	if !ok {
		e.refuse(w, r, http.StatusServiceUnavailable, refusal)
		return nil, release
	}
	// Pages of other origins get a 403. Programs send no Origin.
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{protocol}, OriginPatterns: e.options.AllowedOrigins})
	if err != nil {
		return nil, release // answered by Accept
	}
	ws.SetReadLimit(e.options.Limits.MessageBytes)
	return ws, release
}

type connKey struct{}

func connOf(ctx context.Context) *conn {
	c, _ := ctx.Value(connKey{}).(*conn)
	return c
}

// opened hands gqlgen the WebSocket that was opened.
type opened struct{}

// Accept implements transport.WebsocketImplementation.
func (opened) Accept(_ http.ResponseWriter, r *http.Request, _ transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	return connOf(r.Context()), nil
}

// initSocket runs when connection_init came: it identifies the caller.
func (e *Endpoint) initSocket(ctx context.Context, payload transport.InitPayload) (context.Context, *transport.InitPayload, error) {
	refuse := func(code int, err error) (context.Context, *transport.InitPayload, error) {
		reason := "Internal error"
		if shown := apperr.As(err); shown != nil {
			reason = shown.Message
		}
		return transport.WithWebsocketCloseCode(transport.AppendCloseReason(ctx, reason), code), nil, err
	}
	if authorization := payload.Authorization(); authorization != "" {
		identified, err := e.authenticate(ctx, authorization)
		if err != nil {
			return refuse(closeCodeOf(err), err)
		}
		ctx = identified
	}
	if err := requireCaller(ctx); err != nil {
		return refuse(closeUnauthorized, err)
	}
	c := connOf(ctx)
	release, ok := e.sockets.Take(auth.CallerOf(ctx).ID)
	if !ok {
		err := tooManySockets(e.options.Limits)
		return refuse(closeCodeOf(err), err)
	}
	c.onClose(release)
	if !e.admit(c) {
		err := tooManyConnections(e.options.Limits)
		return refuse(closeCodeOf(err), err)
	}
	c.keepAlive(e.options.PingInterval)
	c.onClose(e.guard.watch(ctx, credentialsOf(ctx), func(why *apperr.Error) { c.close(closeCodeOf(why), why.Message) }))
	return ctx, nil, nil
}

// admit moves a socket that was a stranger's to those of callers, if they have a place.
func (e *Endpoint) admit(c *conn) bool {
	if c.releaseStranger == nil {
		return true
	}
	release, ok := e.connections.Take(struct{}{})
	if ok {
		c.onClose(release)
		c.releaseStranger()
	}
	return ok
}

// closeCodeOf leaves clients the choice to try again when it was not their credentials: graphql-ws does after 1013, never after 4429.
func closeCodeOf(err error) int {
	switch apperr.CodeOf(err) {
	case apperr.Unauthenticated:
		return closeUnauthorized
	case apperr.Forbidden:
		return closeForbidden
	}
	return int(websocket.StatusTryAgainLater)
}
