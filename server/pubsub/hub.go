package pubsub

import (
	"strings"
	"sync"
)

// hub holds the subscriptions of this process.
type hub struct {
	mu       sync.RWMutex
	topics   map[string]set
	prefixes map[string]set // without their "*"; few, for each is looked at with every signal
	closed   bool
}

type set map[*Subscription]struct{}

func newHub() *hub { return &hub{topics: map[string]set{}, prefixes: map[string]set{}} }

// Subscription receives the signals of a topic until it is closed.
type Subscription struct {
	hub    *hub
	key    string
	prefix bool
	signal chan struct{}
}

// C gives one signal for any number of changes since the last one was taken. It is closed when the subscription or the bus is.
func (s *Subscription) C() <-chan struct{} { return s.signal }

// Close ends the subscription. Further calls do nothing.
func (s *Subscription) Close() {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	all := h.of(s)
	if _, ok := all[s.key][s]; !ok {
		return
	}
	delete(all[s.key], s)
	if len(all[s.key]) == 0 {
		delete(all, s.key)
	}
	close(s.signal)
}

func (h *hub) of(s *Subscription) map[string]set {
	if s.prefix {
		return h.prefixes
	}
	return h.topics
}

func (h *hub) subscribe(topic string) *Subscription {
	key, prefix := strings.CutSuffix(topic, "*")
	s := &Subscription{hub: h, key: key, prefix: prefix, signal: make(chan struct{}, 1)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(s.signal)
		return s
	}
	all := h.of(s)
	if all[key] == nil {
		all[key] = set{}
	}
	all[key][s] = struct{}{}
	return s
}

// send wakes the subscriptions to a topic.
func (h *hub) send(topic string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	h.topics[topic].wake()
	for prefix, subscriptions := range h.prefixes {
		if strings.HasPrefix(topic, prefix) {
			subscriptions.wake()
		}
	}
}

// sendAll wakes every subscription: signals may have been lost.
func (h *hub) sendAll() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, all := range []map[string]set{h.topics, h.prefixes} {
		for _, subscriptions := range all {
			subscriptions.wake()
		}
	}
}

func (h *hub) isClosed() bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.closed
}

// close ends every subscription; false if it did so before.
func (h *hub) close() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.closed = true
	for _, all := range []map[string]set{h.topics, h.prefixes} {
		for _, subscriptions := range all {
			for s := range subscriptions {
				close(s.signal)
			}
		}
		clear(all)
	}
	return true
}

// wake never blocks: a signal that waits already says it all.
func (s set) wake() {
	for subscription := range s {
		select {
		case subscription.signal <- struct{}{}:
		default:
		}
	}
}
