package abm

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                              0,
		"30":                            30 * time.Second,
		" 30 ":                          30 * time.Second,
		"0":                             0,
		"-5":                            0,
		"1.5":                           0,
		"soon":                          0,
		"99999999999999":                7 * 24 * time.Hour,
		"999999999999999999999999":      0,
		"Sat, 01 Aug 2026 10:01:30 GMT": 90 * time.Second,
		"Sat, 01 Aug 2026 09:00:00 GMT": 0,
		"Fri, 01 Aug 2036 10:00:00 GMT": 7 * 24 * time.Hour,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

func TestBackoff(t *testing.T) {
	for attempt, longest := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 6: 30 * time.Second, 1000: 30 * time.Second} {
		different := map[time.Duration]bool{}
		for range 100 {
			d := backoff(attempt)
			if d < longest/2 || d >= longest {
				t.Fatalf("attempt %d: %s", attempt, d)
			}
			different[d] = true
		}
		if len(different) < 2 {
			t.Errorf("attempt %d: no jitter", attempt)
		}
	}
}
