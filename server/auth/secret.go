package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// secretBytes is the randomness of a secret: as much as its hash can hold.
const secretBytes = 32

// SecretLength is the length of what NewSecret gives, in bytes of base64.
const SecretLength = (8*secretBytes + 5) / 6

// NewSecret makes a secret for somebody to hold, such as an API token or the code of a one-time link. We keep its HashSecret.
func NewSecret() string {
	random := make([]byte, secretBytes)
	_, _ = rand.Read(random) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(random)
}

// HashSecret is what is kept of a secret: its SHA-256. It has 256 random bits, so a slow hash would add nothing.
func HashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
