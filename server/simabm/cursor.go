package simabm

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"sync/atomic"
	"time"
)

// cursorLife is Apple's: a cursor older than this answers EXPIRED_CURSOR.
const cursorLife = 7 * 24 * time.Hour

// maxCursor is the longest cursor Apple documents, in characters.
const maxCursor = 1000

type phase uint32

const (
	phaseFetch phase = iota
	phaseSync        // the fetch is complete
)

// position is what a cursor means. It says all there is to know, so a page whose answer was lost can be asked for
// again with the cursor before it, any number of times.
type position struct {
	phase  phase
	server uint32
	place  uint32 // next member to fetch
	end    uint32 // members when the fetch began
	events uint32 // next event to sync
	began  uint32 // time of the fetch's first page
	issued uint32
}

var errInvalidCursor = errors.New("invalid cursor")

// cursorSealer makes opaque texts of positions, each one new, and refuses what it did not make.
type cursorSealer struct {
	key   []byte
	count *atomic.Uint32
}

func newCursorSealer() cursorSealer { return cursorSealer{randomBytes(32), new(atomic.Uint32)} }

const sealSize = 12

// seal makes a cursor; padded, it has the greatest length Apple allows.
func (c cursorSealer) seal(p position, padded bool) string {
	var b []byte
	for _, n := range []uint32{uint32(p.phase), p.server, p.place, p.end, p.events, p.began, p.issued, c.count.Add(1)} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	b = append(b, c.mac(b)...)
	if padded {
		b = append(b, make([]byte, base64.URLEncoding.DecodedLen(maxCursor)-len(b))...)
	}
	return base64.URLEncoding.EncodeToString(b)
}

func (c cursorSealer) open(text string) (position, error) {
	const size = 8 * 4
	if len(text) > maxCursor {
		return position{}, errInvalidCursor
	}
	b, err := base64.URLEncoding.DecodeString(text)
	if err != nil || len(b) < size+sealSize || !hmac.Equal(b[size:size+sealSize], c.mac(b[:size])) {
		return position{}, errInvalidCursor
	}
	n := func(i int) uint32 { return binary.BigEndian.Uint32(b[i*4:]) }
	return position{phase(n(0)), n(1), n(2), n(3), n(4), n(5), n(6)}, nil
}

func (c cursorSealer) mac(b []byte) []byte {
	h := hmac.New(sha256.New, c.key)
	h.Write(b)
	return h.Sum(nil)[:sealSize]
}
