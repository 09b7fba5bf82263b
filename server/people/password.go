package people

import (
	"context"
	_ "embed"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	minPassword = 12 // characters
	maxPassword = 200

	// minDifferent is how many different characters a password has at least.
	minDifferent = 4
	// minBesideEmail is how many characters a password has at least beside the email address or its local part.
	minBesideEmail = 8
)

// common.txt holds the most common of leaked passwords that are long enough, one a line in lower case.
//
//go:embed common.txt
var common string

// normal is the form of a password that is checked and hashed: keyboards differ in how they compose letters.
func normal(password string) string { return norm.NFC.String(password) }

// checkPassword says what is wrong with a password that somebody wants to choose.
func checkPassword(password, email string) error {
	refuse := func(format string, args ...any) error {
		return apperr.New(apperr.BadUserInput, format, args...).
			WithHint("Choose something long that nobody guesses, such as four or five words that do not belong together.")
	}
	lower := strings.ToLower(password)
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		return refuse("The password has %d characters; it needs at least %d.", n, minPassword)
	case n > maxPassword:
		return refuse("The password has %d characters; at most %d are possible.", n, maxPassword)
	case different(password) < minDifferent:
		return refuse("The password has fewer than %d different characters.", minDifferent)
	case isLittleMoreThan(lower, email):
		return refuse("The password is little more than the email.")
	case isCommon(lower):
		return refuse("The password is one of the most common ones, which are guessed first.")
	}
	return nil
}

func different(password string) int {
	seen := map[rune]bool{}
	for _, c := range password {
		seen[c] = true
	}
	return len(seen)
}

func isLittleMoreThan(password, email string) bool {
	local, _, _ := strings.Cut(email, "@")
	for _, part := range []string{email, local} {
		rest := strings.ReplaceAll(password, part, "")
		if part != "" && rest != password && utf8.RuneCountInString(rest) < minBesideEmail {
			return true
		}
	}
	return false
}

func isCommon(password string) bool {
	for line := range strings.Lines(common) {
		if strings.TrimSuffix(line, "\n") == password {
			return true
		}
	}
	return false
}

// params are OWASP's for argon2id: 19 MiB, two passes, one lane.
var params = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// decoy is a hash by params that no password has: checking against it takes as long as against a real one.
const decoy = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// hashesAtOnce bounds the memory: many sign-ins at the same time wait for each other.
const hashesAtOnce = 2

// hasher makes and checks the hashes of passwords.
type hasher struct{ slots *semaphore.Weighted }

func newHasher() *hasher { return &hasher{semaphore.NewWeighted(hashesAtOnce)} }

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if err := h.slots.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer h.slots.Release(1)
	return argon2id.CreateHash(normal(password), &params)
}

// matches checks a password. stale: the hash was made by other parameters than those of today.
func (h *hasher) matches(ctx context.Context, password, hash string) (ok, stale bool, err error) {
	if err := h.slots.Acquire(ctx, 1); err != nil {
		return false, false, err
	}
	defer h.slots.Release(1)
	ok, madeBy, err := argon2id.CheckHash(normal(password), hash)
	return ok, err == nil && *madeBy != params, err
}

// newHash checks a password that the person with the address wants to choose, and hashes it. Errors: BadUserInput at field.
func (s *Service) newHash(ctx context.Context, password, email, field string) (string, error) {
	if err := checkPassword(normal(password), email); err != nil {
		return "", apperr.As(err).WithField(field)
	}
	return s.hasher.hash(ctx, password)
}
