// Package peer carries through contexts who is at the other end of an HTTP request: the client itself, also when it came
// through proxies that we trust.
package peer

import (
	"context"
	"net/netip"
)

// Peer is the client of a request.
type Peer struct {
	Addr  netip.Addr // the client's address; the zero Addr when it is not known
	HTTPS bool       // whether the client's own connection is encrypted
}

type key struct{}

// With returns a context that carries p.
func With(ctx context.Context, p Peer) context.Context {
	return context.WithValue(ctx, key{}, p)
}

// From is the client that the context carries; the zero Peer outside of a request.
func From(ctx context.Context) Peer {
	p, _ := ctx.Value(key{}).(Peer)
	return p
}
