package reqid_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/reqid"
)

func TestContext(t *testing.T) {
	if got := reqid.From(context.Background()); got != "" {
		t.Errorf("outside of a request: %q, want nothing", got)
	}
	if got := reqid.From(reqid.With(context.Background(), "req_1")); got != "req_1" {
		t.Errorf("got %q", got)
	}
}

func TestNewIsUniqueValidAndSortsByTime(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	seen := map[string]bool{}
	for range 1000 {
		id := reqid.New(at)
		if seen[id] {
			t.Fatalf("%s twice", id)
		}
		if !reqid.Valid(id) {
			t.Fatalf("%s is not valid", id)
		}
		seen[id] = true
	}
	if a, b := reqid.New(at), reqid.New(at.Add(time.Millisecond)); a >= b {
		t.Errorf("%s of the earlier millisecond does not sort before %s", a, b)
	}
}

func TestValid(t *testing.T) {
	for id, want := range map[string]bool{
		"":                      false,
		"a":                     true,
		"7f3c-11_x.Z":           true,
		"two words":             false,
		"line\nbreak":           false,
		"ü":                     false,
		`"quoted"`:              false,
		strings.Repeat("a", 64): true,
		strings.Repeat("a", 65): false,
	} {
		if got := reqid.Valid(id); got != want {
			t.Errorf("Valid(%q) = %v", id, got)
		}
	}
}
