// Package pubsub tells the parts of the server, and on PostgreSQL all of its replicas, that something changed.
//
// It carries signals, not data: a topic says what to look at, the database says what is there. So a lost, repeated or late
// signal does no harm beyond its delay, and a slow receiver costs nothing: signals that it did not take yet become one.
package pubsub

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Bus delivers signals. It is safe for concurrent use.
type Bus interface {
	// Publish signals every subscription to the topic. It does not wait for receivers. It belongs after the commit of what it
	// tells about. On an error, receivers notice the change at the next safety signal.
	Publish(ctx context.Context, topic string) error
	// Subscribe begins a subscription to one topic, or with a "*" at the end to all topics that begin so. The subscriber reads
	// the state after subscribing, not before: then no change falls in between.
	Subscribe(topic string) *Subscription
	// Close ends every subscription and whatever runs for the bus.
	Close() error
}

// ErrClosed is what publishing on a closed bus gives.
var ErrClosed = errors.New("the bus is closed")

// maxTopic is far below what NOTIFY can carry (7,999 bytes).
const maxTopic = 200

func checkTopic(topic string) error {
	if topic == "" || len(topic) > maxTopic || strings.ContainsAny(topic, "*\x00") {
		return fmt.Errorf("%.20q is not a topic: 1 to %d bytes without \"*\" and NUL", topic, maxTopic)
	}
	return nil
}
