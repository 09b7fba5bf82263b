// Package cmsguard stands between CMS (PKCS #7) messages from outside and the library that reads them.
//
// The library recurses once per level of nesting, so that a few kilobytes of nested tags end the whole process; it reads past
// the end of input that was cut off, and panics; and of content that came in several chunks it keeps the first (field notes
// 25). Normalize walks the structure first, without recursion and within limits, and hands on a plain definite-length copy.
// Contain turns what panics remain into an error.
package cmsguard

import (
	"errors"
	"fmt"
)

// Limits bounds what Normalize accepts. A zero field means its default.
type Limits struct {
	Bytes int // size of the input; default 64 KiB
	Depth int // levels of constructed elements, the outermost included; default 32
}

const (
	defaultBytes = 64 << 10
	defaultDepth = 32
)

// The reasons for which Normalize refuses its input, and Contain's own.
var (
	ErrTooLarge  = errors.New("message is larger than allowed")
	ErrTooDeep   = errors.New("message is nested deeper than allowed")
	ErrTruncated = errors.New("message ends before its structure does")
	ErrMalformed = errors.New("message is not well-formed BER")
	ErrPanic     = errors.New("the CMS library panicked")
)

// Normalize checks that ber is exactly one well-formed BER element within the limits, and returns it with definite, minimal
// lengths throughout and with every chunked OCTET STRING joined into one. Implicitly tagged chunks ([0] of EncryptedContentInfo)
// cannot be told from other constructed elements by their form, so they stay apart. Nothing else is changed; above all the members
// of a SET keep their order. The errors wrap one of the variables above.
func Normalize(ber []byte, limits Limits) (der []byte, err error) {
	if limits.Bytes == 0 {
		limits.Bytes = defaultBytes
	}
	if limits.Depth == 0 {
		limits.Depth = defaultDepth
	}
	if len(ber) > limits.Bytes {
		return nil, fmt.Errorf("%w: %d bytes, limit %d", ErrTooLarge, len(ber), limits.Bytes)
	}
	elements, err := scan(ber, limits.Depth)
	if err != nil {
		return nil, err
	}
	return encode(ber, elements), nil
}

// Contain runs f and returns its error, or one that wraps ErrPanic if f panicked. The panic's value is left out: it can
// hold parts of the message.
func Contain(f func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = ErrPanic
		}
	}()
	return f()
}
