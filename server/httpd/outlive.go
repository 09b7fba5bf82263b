package httpd

import "context"

// life is that of an endless request.
type life struct {
	server   *Server
	outlived bool // what it began goes on without its handler
}

type lifeKey struct{}

// Outlive is for the handler of an endless request that took over its connection and lets something else go on with it: net/http's goroutine and
// buffers, and the stack of all that stands around a handler, are then not kept as long. The context it gives has the request's values, and ends when the
// server's stop begins, which waits until done is called. ok is false where nobody would wait: the handler has to do it itself.
func Outlive(ctx context.Context) (detached context.Context, done func(), ok bool) {
	l, ok := ctx.Value(lifeKey{}).(*life)
	if !ok {
		return nil, nil, false
	}
	l.outlived = true
	l.server.inFlight.add(1)
	detached, cancel := context.WithCancel(context.WithoutCancel(ctx))
	forget := context.AfterFunc(l.server.endless, cancel)
	return detached, func() {
		forget()
		cancel()
		l.server.inFlight.add(-1)
	}, true
}
