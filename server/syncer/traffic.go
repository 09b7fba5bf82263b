package syncer

import (
	"sync"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
)

// Traffic counts the requests to Apple by token, so that a run can say what it cost. It is safe for concurrent use.
type Traffic struct {
	mu     sync.Mutex
	tokens map[string]usage
}

// usage is what was sent and received.
type usage struct {
	requests, retries int
	bytes             int64
	throttleWaits     int
	throttled         time.Duration
}

// NewTraffic makes a Traffic that has counted nothing.
func NewTraffic() *Traffic { return &Traffic{tokens: map[string]usage{}} }

// Observe counts a request; it is given to the Apple client.
func (t *Traffic) Observe(o abm.Observation) {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := t.tokens[o.Token]
	u.requests++
	if o.Attempt > 1 {
		u.retries++
	}
	u.bytes += o.Bytes
	if o.Throttled() {
		u.throttleWaits++
		u.throttled += o.Wait
	}
	t.tokens[o.Token] = u
}

// take gives what was counted for a token since the last take.
func (t *Traffic) take(token string) usage {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := t.tokens[token]
	delete(t.tokens, token)
	return u
}
