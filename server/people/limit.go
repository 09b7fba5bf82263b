package people

import (
	"crypto/sha256"
	"math"
	"net/netip"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/jonboulle/clockwork"
	"golang.org/x/time/rate"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// limiter bounds failed sign-ins: of one client at one account, of one client, and at one account. The last does not hold where
// somebody signed in to the account before: nobody can lock people out from elsewhere. Memory is bounded, too: of each kind, what is
// longest ago is forgotten first.
type limiter struct {
	clock clockwork.Clock

	mu       sync.Mutex
	pairs    *allowance
	clients  *allowance
	accounts *allowance
	trusted  *simplelru.LRU[key, struct{}] // clients at accounts to which they signed in
}

func newLimiter(clock clockwork.Clock) *limiter {
	return &limiter{
		clock:    clock,
		pairs:    newAllowance(5, time.Minute),
		clients:  newAllowance(20, 5*time.Second),
		accounts: newAllowance(50, 30*time.Second),
		trusted:  newLRU[struct{}](),
	}
}

// attempt runs check, which tells whether the credentials were right, unless there were too many failures: then the error is
// RateLimited. Attempts that are under way count as failures, so that many at once are no way around the limit.
func (l *limiter) attempt(client netip.Addr, email string, check func() (bool, error)) (ok bool, err error) {
	network, account := networkOf(client), sha256.Sum256([]byte(email)) // hashed: of bounded size
	l.mu.Lock()
	now, pair := l.clock.Now(), key{network, account}
	buckets := []*bucket{l.pairs.bucket(pair), l.clients.bucket(key{client: network})}
	if _, trusted := l.trusted.Get(pair); !trusted {
		buckets = append(buckets, l.accounts.bucket(key{account: account}))
	}
	var wait time.Duration
	for _, b := range buckets {
		wait = max(wait, b.wait(now))
	}
	if wait == 0 {
		for _, b := range buckets {
			b.pending++
			b.keep()
		}
	}
	l.mu.Unlock()
	if wait > 0 {
		return false, tooMany(wait)
	}
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, b := range buckets {
			b.pending--
			if !ok && err == nil {
				b.failures.ReserveN(l.clock.Now(), 1)
			}
		}
		if ok {
			l.pairs.buckets.Remove(pair)
			l.trusted.Add(pair, struct{}{})
		}
	}()
	return check()
}

// networkOf is the client as far as it counts: with IPv6 one client has a /64 of addresses.
func networkOf(client netip.Addr) netip.Prefix {
	client = client.Unmap()
	bits := client.BitLen()
	if client.Is6() {
		bits = 64
	}
	network, _ := client.Prefix(bits) // the zero Addr has the zero Prefix
	return network
}

func tooMany(wait time.Duration) error {
	seconds := int(math.Ceil(wait.Seconds()))
	unit := "seconds"
	if seconds == 1 {
		unit = "second"
	}
	return apperr.New(apperr.RateLimited, "Too many failed sign-ins. Try again in %d %s.", seconds, unit).
		WithRetryAfter(time.Duration(seconds) * time.Second)
}

// allowance is how many failures there may be at once, and how often afterwards.
type allowance struct {
	atOnce  int
	every   time.Duration
	buckets *simplelru.LRU[key, *bucket]
}

type key struct {
	client  netip.Prefix
	account [sha256.Size]byte
}

// remembered is how much is kept of each kind.
const remembered = 8192

func newLRU[V any]() *simplelru.LRU[key, V] {
	lru, _ := simplelru.NewLRU[key, V](remembered, nil) // fails for sizes below 1
	return lru
}

func newAllowance(atOnce int, every time.Duration) *allowance {
	return &allowance{atOnce: atOnce, every: every, buckets: newLRU[*bucket]()}
}

// bucket is that of the key. A new one is not kept yet: attempts that are refused cost nothing, and would push others out.
func (a *allowance) bucket(k key) *bucket {
	if b, ok := a.buckets.Get(k); ok {
		return b
	}
	return &bucket{allowance: a, key: k, failures: rate.NewLimiter(rate.Every(a.every), a.atOnce)}
}

type bucket struct {
	*allowance
	key      key
	failures *rate.Limiter
	pending  int
}

func (b *bucket) keep() { b.buckets.Add(b.key, b) }

// wait is how long the next attempt has to wait.
func (b *bucket) wait(now time.Time) time.Duration {
	lacking := 1 + float64(b.pending) - b.failures.TokensAt(now)
	return max(0, time.Duration(lacking*float64(b.every)).Truncate(time.Millisecond)) // the limiter's numbers are not exact
}
