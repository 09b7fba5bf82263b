package abm

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	firstWait     = time.Second
	longestWait   = 30 * time.Second
	maxRetryAfter = 2 * time.Minute // a longer pause is the caller's to plan
)

// schedule decides whether and when the attempt after the given one is made. Apple's own wish (Retry-After) counts if it is longer
// than our back-off.
func (c *Client) schedule(f *failure, attempt int) {
	if !f.retry {
		return
	}
	asked := time.Duration(0)
	if e := apperr.As(f.err); e != nil {
		asked = e.RetryAfter
	}
	if attempt >= c.maxAttempts || asked > maxRetryAfter {
		f.retry = false
		return
	}
	f.wait = max(backoff(attempt), asked+jitter(asked/10))
}

// backoff doubles with each attempt. Half of it is random, so that callers who failed together do not return together.
func backoff(attempt int) time.Duration {
	d := longestWait
	if attempt < 6 { // before the shift gets there
		d = min(d, firstWait<<(attempt-1))
	}
	return d/2 + jitter(d/2)
}

func jitter(limit time.Duration) time.Duration {
	if limit <= 0 {
		return 0
	}
	return rand.N(limit)
}

// retryAfter reads the header: seconds or an HTTP date (RFC 9110 10.2.3). 0: absent, past or unreadable.
func retryAfter(h http.Header, now time.Time) time.Duration {
	const longest = 7 * 24 * time.Hour
	value := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), int64(longest/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), longest)
	}
	return 0
}
