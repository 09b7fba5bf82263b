package pubsub

import "context"

// Memory is the bus of one process: enough for SQLite, which has one.
type Memory struct{ hub *hub }

var _ Bus = (*Memory)(nil)

// NewMemory makes a bus.
func NewMemory() *Memory { return &Memory{newHub()} }

// Publish implements Bus.
func (m *Memory) Publish(_ context.Context, topic string) error {
	if err := checkTopic(topic); err != nil {
		return err
	}
	if m.hub.isClosed() {
		return ErrClosed
	}
	m.hub.send(topic)
	return nil
}

// Subscribe implements Bus.
func (m *Memory) Subscribe(topic string) *Subscription { return m.hub.subscribe(topic) }

// Close implements Bus.
func (m *Memory) Close() error {
	m.hub.close()
	return nil
}
