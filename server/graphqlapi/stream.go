package graphqlapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/jonboulle/clockwork"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
)

// streamTransport answers a subscription with server-sent events. gqlgen's own logs bodies that it cannot read, lets its
// heartbeat write to requests that have ended, and keeps streams of callers whose token was revoked.
type streamTransport struct{ *Endpoint }

// Supports implements graphql.Transport.
func (streamTransport) Supports(r *http.Request) bool { return wayOf(r) == stream }

// Do implements graphql.Transport.
func (t streamTransport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	if err := requireCaller(r.Context()); err != nil { // later there is no status any more to say it with
		t.refuse(w, r, statusOf(err), err)
		return
	}
	releaseConnection, ok := t.connections.Take(struct{}{})
	defer releaseConnection()
	if !ok {
		t.refuse(w, r, http.StatusServiceUnavailable, tooManyConnections(t.options.Limits))
		return
	}
	releaseStream, ok := t.sockets.Take(auth.CallerOf(r.Context()).ID)
	defer releaseStream()
	if !ok {
		t.refuse(w, r, http.StatusTooManyRequests, tooManySockets(t.options.Limits))
		return
	}
	operation, ok := t.prepare(w, r, exec)
	if !ok {
		return
	}

	// One goroutine a stream: there may be ten thousand. What else has something to say to the client takes turns with it.
	ctx, cancel := context.WithCancelCause(r.Context())
	s := newEventStream(w, func() { cancel(nil) })
	defer s.close()
	defer s.keepAlive(t.options.Clock, t.options.Heartbeat)()
	defer cancel(nil)
	defer t.guard.watch(ctx, credentialsOf(ctx), func(why *apperr.Error) { cancel(why) })()

	s.comment()
	t.produce(ctx, exec, operation, s)
	var why *apperr.Error
	switch {
	case errors.As(context.Cause(ctx), &why):
		s.next(&graphql.Response{Errors: gqlerror.List{t.faults.present(ctx, why)}})
		s.complete()
	case ctx.Err() == nil:
		s.complete()
	} // else without "complete": the subscription has not ended, its client connects again
}

// produce runs the subscription until it ends or ctx does. Nobody else turns what panics in it into an answer.
func (e *Endpoint) produce(ctx context.Context, exec graphql.GraphExecutor, operation *graphql.OperationContext, s *eventStream) {
	defer func() {
		if cause := recover(); cause != nil {
			s.next(&graphql.Response{Errors: gqlerror.List{e.faults.present(ctx, e.faults.recovered(ctx, cause))}})
		}
	}()
	responses, operationCtx := exec.DispatchOperation(ctx, operation)
	for {
		event := responses(operationCtx)
		if event == nil || ctx.Err() != nil {
			return
		}
		s.next(event)
	}
}

func tooManySockets(l limits.Config) *apperr.Error {
	return limits.Exceeded("The caller's open sockets and event streams are", l.Sockets+1, l.Sockets, "Close one before opening another.")
}

func tooManyConnections(l limits.Config) *apperr.Error {
	return limits.Exceeded("The server's open sockets and event streams are", l.Connections+1, l.Connections, "Try again later.")
}

func tooManyStrangers(l limits.Config) *apperr.Error {
	return limits.Exceeded("The open sockets without credentials are", strangers(l)+1, strangers(l),
		"Send the credentials with the handshake, or try again later.")
}

// eventStream writes server-sent events. After the first failure it does nothing. Methods may be called from several goroutines.
type eventStream struct {
	w      http.ResponseWriter
	failed func() // called once, when a write failed

	mu  sync.Mutex
	err error // of the first write that failed; errStreamClosed when the handler is gone
}

var errStreamClosed = errors.New("the stream is closed")

func newEventStream(w http.ResponseWriter, failed func()) *eventStream {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would collect events otherwise
	w.WriteHeader(http.StatusOK)
	return &eventStream{w: w, failed: failed}
}

func (s *eventStream) comment() { s.write(":\n\n") }

func (s *eventStream) next(event *graphql.Response) {
	data, err := json.Marshal(event)
	if err != nil {
		s.fail(err)
		return
	}
	s.write("event: next\ndata: %s\n\n", data)
}

// complete has an empty data line, because readers of event streams drop events without any.
func (s *eventStream) complete() { s.write("event: complete\ndata:\n\n") }

// keepAlive writes a comment once in the interval, until stop is called.
func (s *eventStream) keepAlive(clock clockwork.Clock, interval time.Duration) (stop func()) {
	var timer clockwork.Timer
	var mu sync.Mutex // of timer
	mu.Lock()
	defer mu.Unlock()
	timer = clock.AfterFunc(interval, func() {
		s.comment()
		mu.Lock()
		defer mu.Unlock()
		if timer != nil {
			timer.Reset(interval)
		}
	})
	return func() {
		mu.Lock()
		defer mu.Unlock()
		timer.Stop()
		timer = nil
	}
}

func (s *eventStream) write(format string, args ...any) {
	s.mu.Lock()
	err := s.err
	if err == nil {
		if _, err = fmt.Fprintf(s.w, format, args...); err == nil {
			err = http.NewResponseController(s.w).Flush()
		}
	}
	s.mu.Unlock()
	s.fail(err)
}

func (s *eventStream) fail(err error) {
	if err == nil {
		return
	}
	s.mu.Lock()
	first := s.err == nil
	if first {
		s.err = err
	}
	s.mu.Unlock()
	if first {
		s.failed()
	}
}

// close waits for a write that is going on: nobody may write when the handler is gone.
func (s *eventStream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = errStreamClosed
	}
}
