// Package standby lets subscriptions wait for their next value where the stack is small.
//
// gqlgen reads a resolver's channel below everything that answers a request: a subscription that has nothing to tell for hours keeps a stack of
// 16 kB for that. Here it waits above all of it, and goes down when there is something to fetch. Go gives back what it does not use meanwhile.
package standby

import "context"

// Post is where one subscription waits.
type Post struct{ wait func(context.Context) }

type postKey struct{}

// New gives a subscription's context its Post.
func New(ctx context.Context) (context.Context, *Post) {
	p := &Post{}
	return context.WithValue(ctx, postKey{}, p), p
}

// Wait returns when there is a value to be fetched, at the end of them, or with the context; at once for what does not wait here.
func (p *Post) Wait(ctx context.Context) {
	if p.wait != nil {
		p.wait(ctx)
	}
}

// At has the context's subscription wait for the values at its Post. It gives the channel to fetch them from; without a Post that is source.
func At[T any](ctx context.Context, source <-chan T) <-chan T {
	p, ok := ctx.Value(postKey{}).(*Post)
	if !ok || source == nil {
		return source
	}
	fetched := make(chan T, 1)
	p.wait = func(ctx context.Context) {
		if len(fetched) > 0 { // what was not fetched yet comes first
			return
		}
		select {
		case v, ok := <-source:
			if !ok {
				close(fetched)
				p.wait = nil
				return
			}
			fetched <- v
		case <-ctx.Done():
		}
	}
	return fetched
}
