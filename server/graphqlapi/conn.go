package graphqlapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/guardmdm/guardmdm/graph/limits"
)

const (
	writeTimeout = 10 * time.Second // for one message; a client that does not read is closed
	endTimeout   = 5 * time.Second  // for an operation to end after its client said so
	maxReason    = 123              // bytes of a close frame's reason (RFC 6455)
)

// conn is a WebSocket as gqlgen wants it. It adds what gqlgen's own lacks: writes that end, the protocol's close codes, operation
// ids that are checked (gqlgen forgets how to stop the first of two with one id), and a limit of operations.
type conn struct {
	ws      *websocket.Conn
	ctx     context.Context // ends when the server stops, or the handler returns
	cancel  context.CancelFunc
	limit   int // operations at the same time
	faults  *faults
	running sync.WaitGroup // what has to end before the handler returns

	releaseStranger func() // gives back the place of a socket that nobody's credentials came with; nil if some did

	mu         sync.Mutex
	initiated  bool
	operations map[string]*operation
	closing    bool
	atEnd      []func()
	pings      *time.Timer // until the next ping; nil before the first
	unanswered int         // pings since the client's last pong
}

var _ transport.WebsocketConn = (*conn)(nil)

// operation is one whose end the server has not told yet.
type operation struct {
	left  bool          // the client does not want to hear of it any more
	ended chan struct{} // closed when it has ended
}

// message is the envelope of the protocol.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

func newConn(ctx context.Context, ws *websocket.Conn, limit int, f *faults) *conn {
	ctx, cancel := context.WithCancel(ctx)
	return &conn{ws: ws, ctx: ctx, cancel: cancel, limit: limit, faults: f, operations: map[string]*operation{}}
}

// onClose has f called when the socket is closed.
func (c *conn) onClose(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.atEnd = append(c.atEnd, f)
}

// Subprotocol implements transport.WebsocketConn.
func (c *conn) Subprotocol() string { return c.ws.Subprotocol() }

// NextReader implements transport.WebsocketConn: it gives the next message that gqlgen has to deal with. Thousands wait below it.
func (c *conn) NextReader() (int, io.Reader, error) {
	for {
		if n := c.received(c.ws.Reader(context.Background())); n != nil {
			return int(n.kind), n.message, n.err
		}
	}
}

// next is what NextReader gives: one word, while it waits for that.
type next struct {
	kind    websocket.MessageType
	message io.Reader
	err     error
}

// received reads a message and follows the protocol. It gives it back where gqlgen shall see it, and nil where it need not.
func (c *conn) received(kind websocket.MessageType, r io.Reader, err error) *next {
	var data []byte
	if err == nil {
		data, err = io.ReadAll(r)
	}
	if err != nil {
		return &next{err: transport.ErrWebsocketClosed}
	}
	var m message
	if kind != websocket.MessageText || json.Unmarshal(data, &m) != nil {
		return &next{err: c.violated(closeInvalidMessage, "Invalid message")}
	}
	pass, err := c.follow(m)
	switch {
	case err != nil:
		return &next{err: err}
	case pass:
		return &next{kind: kind, message: bytes.NewReader(data)}
	}
	return nil
}

// follow follows the protocol; pass tells whether gqlgen shall see the message.
func (c *conn) follow(m message) (pass bool, err error) {
	switch m.Type {
	case "connection_init":
		return c.begin(m)
	case "ping":
		return true, nil
	case "pong":
		c.mu.Lock()
		defer c.mu.Unlock()
		c.unanswered = 0
		return false, nil
	case "subscribe":
		return c.subscribe(m)
	case "complete":
		c.mu.Lock()
		defer c.mu.Unlock()
		if o := c.operations[m.ID]; o != nil {
			o.left = true
		}
		return true, nil
	}
	return false, c.violated(closeInvalidMessage, "Invalid message")
}

func (c *conn) begin(m message) (bool, error) {
	c.mu.Lock()
	again := c.initiated
	c.initiated = true
	c.mu.Unlock()
	var payload map[string]any
	switch {
	case again:
		return false, c.violated(closeTooManyRequests, "Too many initialisation requests")
	case len(m.Payload) > 0 && json.Unmarshal(m.Payload, &payload) != nil:
		return false, c.violated(closeInvalidMessage, "Invalid message: the payload is not an object")
	}
	return true, nil
}

func (c *conn) subscribe(m message) (bool, error) {
	var payload struct {
		Query         string         `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    map[string]any `json:"extensions"`
	}
	c.mu.Lock()
	initiated := c.initiated
	c.mu.Unlock()
	switch {
	case !initiated:
		return false, c.violated(closeUnauthorized, "Unauthorized")
	case m.ID == "" || json.Unmarshal(m.Payload, &payload) != nil:
		return false, c.violated(closeInvalidMessage, "Invalid message")
	}
	switch outcome := c.reserve(m.ID); outcome {
	case reserved:
		return true, nil
	case inUse:
		return false, c.violated(closeDuplicateID, "Subscriber for "+m.ID+" already exists")
	}
	refusal := limits.Exceeded("The socket's operations are", c.limit+1, c.limit, "Complete one before starting another.")
	list, err := json.Marshal(gqlerror.List{c.faults.present(c.ctx, refusal)})
	if err == nil {
		err = c.write(message{ID: m.ID, Type: "error", Payload: list})
	}
	return false, err
}

type reservation int

const (
	reserved reservation = iota
	inUse
	full
)

// reserve makes room for an operation. It waits for those that their client has left already, be it for their id or for their
// place.
func (c *conn) reserve(id string) reservation {
	for {
		c.mu.Lock()
		refused, waitFor := full, c.operations[id]
		switch {
		case waitFor != nil:
			refused = inUse
		case len(c.operations) < c.limit:
			c.operations[id] = &operation{ended: make(chan struct{})}
			c.mu.Unlock()
			return reserved
		default:
			for _, waitFor = range c.operations {
				if waitFor.left {
					break
				}
			}
		}
		leaving := waitFor.left
		c.mu.Unlock()
		if !leaving || !c.await(waitFor.ended) {
			return refused
		}
	}
}

func (c *conn) await(ended <-chan struct{}) bool {
	timer := time.NewTimer(endTimeout)
	defer timer.Stop()
	select {
	case <-ended:
		return true
	case <-timer.C:
	case <-c.ctx.Done():
	}
	return false
}

// WriteJSON implements transport.WebsocketConn.
func (c *conn) WriteJSON(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var m struct{ ID, Type string } // the rest of a message of gqlgen's is the client's alone
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	switch m.Type {
	case "next", "complete", "error":
		if !c.wanted(m.ID, m.Type) {
			return nil
		}
	}
	return c.send(data)
}

// wanted notes the end of an operation, and reports whether its client wants to hear of it still.
func (c *conn) wanted(id, kind string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	o := c.operations[id]
	if o == nil {
		return false // gqlgen completes what it answered with an error
	}
	if kind != "next" {
		delete(c.operations, id)
		close(o.ended)
	}
	return !o.left && c.ctx.Err() == nil // what the server's stop broke off goes on when the client has connected again
}

func (c *conn) write(m message) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return c.send(data)
}

// send gives up, and closes, when the client takes nothing for writeTimeout.
func (c *conn) send(data []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
	defer cancel()
	return c.ws.Write(ctx, websocket.MessageText, data)
}

// violated closes the socket of a client that broke the protocol.
func (c *conn) violated(code int, reason string) error {
	c.close(code, reason)
	return transport.ErrWebsocketClosed
}

// WriteClose implements transport.WebsocketConn. gqlgen knows few codes: it is told here what they stand for.
func (c *conn) WriteClose(code int, reason string) error {
	c.mu.Lock()
	initiated := c.initiated
	c.mu.Unlock()
	switch {
	case c.ctx.Err() != nil:
		code, reason = closeGoingAway, "The server is stopping"
	case code == transport.WebsocketCloseProtocolError && !initiated:
		code, reason = closeInitTimeout, "Connection initialisation timeout"
	case code == transport.WebsocketCloseProtocolError:
		code, reason = closeInvalidMessage, "Invalid message"
	}
	c.close(code, reason)
	return nil
}

// close begins the closing handshake, once. It does not wait: it can take seconds.
func (c *conn) close(code int, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return
	}
	c.closing = true
	reason = strings.ToValidUTF8(reason[:min(len(reason), maxReason)], "")
	c.running.Go(func() { _ = c.ws.Close(websocket.StatusCode(code), reason) })
}

// Close implements transport.WebsocketConn. A handshake that was begun goes on.
func (c *conn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pings != nil {
		c.pings.Stop()
	}
	if c.closing {
		return nil
	}
	c.closing = true
	return c.ws.CloseNow()
}

// finish ends what runs for the socket, and waits until it is closed.
func (c *conn) finish() {
	_ = c.Close() // before cancel, so that WriteClose does not take it for a stop of the server
	c.cancel()
	c.running.Wait()
	for _, f := range slices.Backward(c.atEnd) { // what was taken first is given back last, as by defer: a stop of the server waits for it
		f()
	}
}

// keepAlive pings the client once in the interval, in real time; one that leaves two unanswered is gone. gqlgen has a goroutine for each socket wait for
// that.
func (c *conn) keepAlive(interval time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return
	}
	c.pings = time.AfterFunc(interval, func() {
		if !c.expectsPong() {
			_ = c.ws.CloseNow()
			return
		}
		_ = c.write(message{Type: "ping"}) // reading finds out too that nobody is there
		c.mu.Lock()
		defer c.mu.Unlock()
		if !c.closing {
			c.pings.Reset(interval)
		}
	})
}

// expectsPong counts a ping, if the client answered one of the last two.
func (c *conn) expectsPong() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unanswered++
	return c.unanswered <= 2
}
