package standby_test

import (
	"context"
	"testing"

	"github.com/guardmdm/guardmdm/graph/standby"
)

func TestValuesComeInTheirOrderToTheEnd(t *testing.T) {
	ctx, post := standby.New(t.Context())
	post.Wait(ctx) // nothing waits here yet
	source := make(chan int)
	fetched := standby.At(ctx, source)
	go func() {
		for n := range 3 {
			source <- n
		}
		close(source)
	}()
	for want := range 3 {
		post.Wait(ctx)
		post.Wait(ctx) // twice takes no value twice, and loses none
		if got := <-fetched; got != want {
			t.Errorf("%d, want %d", got, want)
		}
	}
	post.Wait(ctx)
	post.Wait(ctx)
	if got, ok := <-fetched; ok {
		t.Errorf("%d after the end", got)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ctx, post := standby.New(ctx)
	fetched := standby.At(ctx, make(chan int))
	cancel()
	post.Wait(ctx)
	select {
	case n, ok := <-fetched:
		t.Errorf("%d, %v", n, ok)
	default:
	}
}

func TestWithoutAPost(t *testing.T) {
	source := make(chan int, 1)
	source <- 7
	if got := <-standby.At(t.Context(), source); got != 7 {
		t.Error(got)
	}
	ctx, post := standby.New(t.Context())
	if standby.At[int](ctx, nil) != nil { // the resolver refused
		t.Error("a channel")
	}
	post.Wait(ctx)
}
