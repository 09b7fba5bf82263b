// Package reqid carries the id of the HTTP request through contexts, so that a log line, an error shown to a person and a
// line of the access log can be matched.
package reqid

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"time"
)

// MaxLength is the most characters of an id that Valid accepts.
const MaxLength = 64

type key struct{}

// With returns a context that carries id.
func With(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, key{}, id)
}

// From is the id that the context carries; "" outside of a request.
func From(ctx context.Context) string {
	id, _ := ctx.Value(key{}).(string)
	return id
}

// Crockford's alphabet: no letters that are read as digits, and ids sort by time.
var encoding = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// New makes an id: "req_", 48 bits of milliseconds and 80 random bits.
func New(now time.Time) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(now.UnixMilli())<<16)
	_, _ = rand.Read(b[6:]) // never fails: crypto/rand ends the process instead
	return "req_" + encoding.EncodeToString(b[:])
}

// Valid reports whether id may be taken over from a proxy: letters, digits, '.', '_' and '-' only, so that it can stand in
// a log line and in a header as it is.
func Valid(id string) bool {
	if id == "" || len(id) > MaxLength {
		return false
	}
	for _, c := range []byte(id) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '-':
		default:
			return false
		}
	}
	return true
}
