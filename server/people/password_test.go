package people

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"github.com/guardmdm/guardmdm/server/apperr"
)

func TestCheckPassword(t *testing.T) {
	const email = "robin.hale@example.org"
	for password, says := range map[string]string{
		"":                               "has 0 characters",
		"elevenchars":                    "has 11 characters; it needs at least 12",
		"twelve-chars":                   "",
		"zwölf-zeichn":                   "",                  // 12 characters in 13 bytes
		"zwo\u0308lf-zeich":              "has 11 characters", // one more in the form that some keyboards send
		strings.Repeat("ok4 ", 50):       "",
		strings.Repeat("ok4 ", 50) + "!": "has 201 characters; at most 200",
		"aaaaaaaaaaaaaaaa":               "fewer than 4 different",
		"121212121212":                   "fewer than 4 different",
		"Robin.Hale@example.org":         "little more than the email",
		"robin.hale2026!":                "little more than the email",
		"robin.hale blue horses":         "",
		"qwertyuiop[]":                   "most common",
		"Password1234":                   "most common",
		"correct horse battery staple":   "most common",
		"lime-anchor-violet-drum":        "",
	} {
		err := checkPassword(normal(password), email)
		if says == "" && err != nil || says != "" && (!apperr.Is(err, apperr.BadUserInput) || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: %v, want %q", password, err, says)
		}
	}
}

// What the other rules refuse already needs no line, and a line with a capital would never match.
func TestCommonPasswords(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(common, "\n"), "\n")
	if len(lines) < 100 || !slices.IsSorted(lines) || len(slices.Compact(slices.Clone(lines))) != len(lines) {
		t.Errorf("%d lines, sorted: %t", len(lines), slices.IsSorted(lines))
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line) < minPassword || different(line) < minDifferent || line != strings.ToLower(line) || strings.TrimSpace(line) != line {
			t.Errorf("the line %q is of no use", line)
		}
	}
}

// Nobody can see by the time of an answer whether there is a password to compare with.
func TestDecoyCostsTheSame(t *testing.T) {
	made, _, _, err := argon2id.DecodeHash(decoy)
	if err != nil || *made != params {
		t.Errorf("the decoy is by %+v, hashes are by %+v, %v", made, params, err)
	}
	if params.Memory < 19*1024 || params.Iterations < 2 {
		t.Errorf("%+v is below what OWASP recommends", params)
	}
}

func TestHashing(t *testing.T) {
	h := newHasher()
	composed, decomposed := "zw\u00f6lf pferde", "zwo\u0308lf pferde"
	hash, err := h.hash(t.Context(), decomposed)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q, %v", hash, err)
	}
	if ok, stale, err := h.matches(t.Context(), composed, hash); !ok || stale || err != nil {
		t.Errorf("another keyboard: %t, %t, %v", ok, stale, err)
	}
	if ok, _, err := h.matches(t.Context(), "zwolf pferde", hash); ok || err != nil {
		t.Errorf("another password: %t, %v", ok, err)
	}
	// All slots are taken: one more waits no longer than its request lives.
	if err := h.slots.Acquire(t.Context(), hashesAtOnce); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.hash(ctx, composed); !errors.Is(err, context.Canceled) {
		t.Errorf("a third hash at the same time: %v", err)
	}
	if _, _, err := h.matches(ctx, composed, hash); !errors.Is(err, context.Canceled) {
		t.Errorf("a third comparison at the same time: %v", err)
	}
}
