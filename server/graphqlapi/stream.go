package graphqlapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/99designs/gqlgen/graphql"
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

	var running sync.WaitGroup
	defer running.Wait()
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	events := make(chan *graphql.Response)
	running.Go(func() {
		defer close(events)
		t.produce(ctx, exec, operation, events)
	})
	refused := make(chan *apperr.Error, 1)
	defer t.guard.watch(ctx, credentialsOf(ctx), func(why *apperr.Error) { refused <- why })()
	heartbeat := t.options.Clock.NewTicker(t.options.Heartbeat)
	defer heartbeat.Stop()

	s := newEventStream(w)
	s.comment()
	for s.err == nil {
		select {
		case <-ctx.Done():
			return // without "complete": the subscription has not ended, its client connects again
		case <-heartbeat.Chan():
			s.comment()
		case why := <-refused:
			s.next(&graphql.Response{Errors: gqlerror.List{t.faults.present(ctx, why)}})
			s.complete()
			return
		case event, more := <-events:
			switch {
			case more:
				s.next(event)
			case ctx.Err() == nil:
				s.complete()
				return
			default:
				return
			}
		}
	}
}

// produce runs the subscription until it ends or ctx does. Nobody else recovers from what panics in it.
func (e *Endpoint) produce(ctx context.Context, exec graphql.GraphExecutor, operation *graphql.OperationContext, events chan<- *graphql.Response) {
	send := func(event *graphql.Response) bool {
		select {
		case events <- event:
			return true
		case <-ctx.Done():
			return false
		}
	}
	defer func() {
		if cause := recover(); cause != nil {
			send(&graphql.Response{Errors: gqlerror.List{e.faults.present(ctx, e.faults.recovered(ctx, cause))}})
		}
	}()
	responses, operationCtx := exec.DispatchOperation(ctx, operation)
	for {
		event := responses(operationCtx)
		if event == nil {
			return
		}
		// gqlgen writes every event of a subscription into one buffer. The reader may still be at this one when the next comes.
		event.Data = bytes.Clone(event.Data)
		if !send(event) {
			return
		}
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

// eventStream writes server-sent events. After the first failure it does nothing.
type eventStream struct {
	w   http.ResponseWriter
	err error
}

func newEventStream(w http.ResponseWriter) *eventStream {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would collect events otherwise
	w.WriteHeader(http.StatusOK)
	return &eventStream{w: w}
}

func (s *eventStream) comment() { s.write(":\n\n") }

func (s *eventStream) next(event *graphql.Response) {
	data, err := json.Marshal(event)
	if err != nil {
		s.err = err
		return
	}
	s.write("event: next\ndata: %s\n\n", data)
}

// complete has an empty data line, because readers of event streams drop events without any.
func (s *eventStream) complete() { s.write("event: complete\ndata:\n\n") }

func (s *eventStream) write(format string, args ...any) {
	if s.err != nil {
		return
	}
	if _, s.err = fmt.Fprintf(s.w, format, args...); s.err == nil {
		s.err = http.NewResponseController(s.w).Flush()
	}
}
