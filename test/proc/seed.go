package proc

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// Seed gives a test its random numbers and says how to have the same ones again. GUARDMDM_TEST_SEED sets the seed.
func Seed(t testing.TB) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	if given := os.Getenv("GUARDMDM_TEST_SEED"); given != "" {
		var err error
		if seed, err = strconv.ParseUint(given, 10, 64); err != nil {
			t.Fatalf("GUARDMDM_TEST_SEED: %v", err)
		}
	}
	t.Logf("seed %d; again: GUARDMDM_TEST_SEED=%d go test -run '^%s$'", seed, seed, t.Name())
	return rand.New(rand.NewPCG(seed, 0))
}

// Count is the number in an environment variable, or the usual one.
func Count(t testing.TB, variable string, usual int) int {
	t.Helper()
	given := os.Getenv(variable)
	if given == "" {
		return usual
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q, not a number from 1", variable, given)
	}
	return n
}

// Duration is the duration in GUARDMDM_TEST_DURATION, or the usual one.
func Duration(t testing.TB, usual time.Duration) time.Duration {
	t.Helper()
	given := os.Getenv("GUARDMDM_TEST_DURATION")
	if given == "" {
		return usual
	}
	d, err := time.ParseDuration(given)
	if err != nil || d <= 0 {
		t.Fatalf("GUARDMDM_TEST_DURATION is %q, not a duration such as 30s", given)
	}
	return d
}
