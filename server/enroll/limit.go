package enroll

import (
	"net/netip"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/jonboulle/clockwork"
	"golang.org/x/time/rate"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// limits bound what one client can make this server do. Their memory is bounded too: what is longest ago is forgotten first.
type limits struct {
	clock clockwork.Clock
	// refusals of an address. What devices of ours get does not count: a whole school may be set up behind one address.
	refusals *allowance[netip.Prefix]
	// requests of a device. Each makes a password and writes to its history.
	devices *allowance[string]
	// questions to Apple, about a device and in the name of a token.
	questions *allowance[string]
	tokens    *allowance[gid.ID]
	// records of refusals, by everybody.
	records *allowance[struct{}]
}

func newLimits(clock clockwork.Clock) *limits {
	return &limits{
		clock:     clock,
		refusals:  newAllowance[netip.Prefix](clock, 100, time.Second),
		devices:   newAllowance[string](clock, 10, 10*time.Second),
		questions: newAllowance[string](clock, 1, 5*time.Minute),
		tokens:    newAllowance[gid.ID](clock, 20, 2*time.Second),
		records:   newAllowance[struct{}](clock, 200, 20*time.Millisecond),
	}
}

// remembered is how much is kept of each kind.
const remembered = 8192

// allowance is how often something may happen at once, and how often afterwards.
type allowance[K comparable] struct {
	clock  clockwork.Clock
	atOnce int
	every  time.Duration

	mu      sync.Mutex
	buckets *simplelru.LRU[K, *rate.Limiter]
}

func newAllowance[K comparable](clock clockwork.Clock, atOnce int, every time.Duration) *allowance[K] {
	buckets, _ := simplelru.NewLRU[K, *rate.Limiter](remembered, nil) // fails for sizes below 1
	return &allowance[K]{clock: clock, atOnce: atOnce, every: every, buckets: buckets}
}

// take uses up one, or tells how long to wait for one.
func (a *allowance[K]) take(key K) (wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	bucket, ok := a.buckets.Get(key)
	if !ok {
		bucket = rate.NewLimiter(rate.Every(a.every), a.atOnce)
		a.buckets.Add(key, bucket)
	}
	now := a.clock.Now()
	if bucket.AllowN(now, 1) {
		return 0
	}
	return a.missing(bucket, now)
}

// wait is how long to wait for one; 0: not at all. It uses up none.
func (a *allowance[K]) wait(key K) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	bucket, ok := a.buckets.Get(key)
	now := a.clock.Now()
	if !ok || bucket.TokensAt(now) >= 1 {
		return 0
	}
	return a.missing(bucket, now)
}

func (a *allowance[K]) missing(bucket *rate.Limiter, now time.Time) time.Duration {
	return max(time.Duration((1-bucket.TokensAt(now))*float64(a.every)), time.Millisecond)
}

// networkOf is a client as far as it counts: with IPv6 one has a /64 of addresses.
func networkOf(client netip.Addr) netip.Prefix {
	client = client.Unmap()
	bits := client.BitLen()
	if client.Is6() {
		bits = 64
	}
	network, _ := client.Prefix(bits) // the zero Addr has the zero Prefix
	return network
}
