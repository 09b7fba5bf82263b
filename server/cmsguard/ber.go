package cmsguard

import "fmt"

const (
	constructedBit     = 0x20
	tagOctetString     = 0x04
	tagOctetStringPart = tagOctetString | constructedBit
)

// element is one tag-length-value. Positions are offsets into the input; elements are held in the order of their tags.
type element struct {
	tag, tagEnd  int // identifier octets
	body         int // first content octet
	end          int // behind the content; of an element of indefinite length: where its surrounding ends
	parent       int // index of the surrounding element, -1 for the outermost
	constructed  bool
	indefinite   bool
	bounded      bool // of definite length itself, or inside one that is
	chunk        bool // a part of a chunked OCTET STRING: its content moves into the surrounding element
	joined       bool // a chunked OCTET STRING: becomes a primitive one
	encodedBytes int  // length of the content in the output
}

// scan lists the elements of the one element that ber must hold.
func scan(ber []byte, maxDepth int) ([]element, error) {
	var elements []element
	var open []int // indices of the constructed elements around pos
	pos := 0
	for {
		parent, limit, bounded := -1, len(ber), false
		if len(open) > 0 {
			parent = open[len(open)-1]
			around := elements[parent]
			limit, bounded = around.end, around.bounded
			if !around.indefinite && pos == limit {
				open = open[:len(open)-1]
				continue
			}
			if around.indefinite && pos+2 <= limit && ber[pos] == 0 && ber[pos+1] == 0 {
				pos += 2
				open = open[:len(open)-1]
				continue
			}
		} else if len(elements) > 0 {
			break
		}

		e, err := header(ber, pos, limit, bounded)
		if err != nil {
			return nil, err
		}
		e.parent = parent
		if parent >= 0 && elements[parent].joined {
			if id := ber[e.tag]; id != tagOctetString && id != tagOctetStringPart {
				return nil, fmt.Errorf("%w: chunked OCTET STRING holds another type at byte %d", ErrMalformed, e.tag)
			}
			e.chunk = true
		}
		e.joined = ber[e.tag] == tagOctetStringPart
		elements = append(elements, e)
		pos = e.end
		if e.constructed {
			if len(open) == maxDepth {
				return nil, fmt.Errorf("%w: limit %d", ErrTooDeep, maxDepth)
			}
			open = append(open, len(elements)-1)
			pos = e.body
		}
	}
	if pos != len(ber) {
		return nil, fmt.Errorf("%w: %d bytes follow its end", ErrMalformed, len(ber)-pos)
	}
	return elements, nil
}

// header reads identifier and length octets at pos. limit is where the surrounding element ends; bounded says that it is one of
// definite length, and not just the end of the input.
func header(ber []byte, pos, limit int, bounded bool) (element, error) {
	// Running into the end of the input means that something is missing, into the end of a surrounding element that lengths
	// contradict each other.
	short := func() error {
		if !bounded {
			return fmt.Errorf("%w at byte %d", ErrTruncated, len(ber))
		}
		return fmt.Errorf("%w: element at byte %d reaches over the end of the one around it", ErrMalformed, pos)
	}
	at := pos
	next := func() (byte, bool) {
		if at >= limit {
			return 0, false
		}
		at++
		return ber[at-1], true
	}

	id, ok := next()
	if !ok {
		return element{}, short()
	}
	if id == 0 {
		if at == len(ber) {
			return element{}, short() // half of an end-of-contents
		}
		return element{}, fmt.Errorf("%w: end-of-contents without a beginning at byte %d", ErrMalformed, pos)
	}
	if id&0x1f == 0x1f { // the tag number follows, seven bits an octet
		for more := true; more; {
			b, ok := next()
			if !ok {
				return element{}, short()
			}
			more = b&0x80 != 0
			if at-pos > 5 {
				return element{}, fmt.Errorf("%w: tag number too large at byte %d", ErrMalformed, pos)
			}
		}
	}
	e := element{tag: pos, tagEnd: at, constructed: id&constructedBit != 0}

	first, ok := next()
	if !ok {
		return element{}, short()
	}
	length := int(first)
	switch {
	case first == 0x80:
		if !e.constructed {
			return element{}, fmt.Errorf("%w: primitive element of indefinite length at byte %d", ErrMalformed, pos)
		}
		e.indefinite, e.bounded = true, bounded
		e.body, e.end = at, limit
		return e, nil
	case first > 0x84:
		return element{}, fmt.Errorf("%w: length too large at byte %d", ErrMalformed, pos)
	case first > 0x80:
		length = 0
		for range first & 0x7f {
			b, ok := next()
			if !ok {
				return element{}, short()
			}
			length = length<<8 | int(b)
		}
	}
	if length < 0 || length > limit-at { // negative: a 32-bit int
		return element{}, short()
	}
	e.body, e.end, e.bounded = at, at+length, true
	return e, nil
}

// encode writes the elements with definite lengths.
func encode(ber []byte, elements []element) []byte {
	total := 0
	for i := len(elements) - 1; i >= 0; i-- { // children come after their parents, so sizes add up from the back
		e := &elements[i]
		if !e.constructed {
			e.encodedBytes = e.end - e.body
		}
		size := e.encodedBytes
		if !e.chunk {
			size += e.tagEnd - e.tag + lengthOctets(e.encodedBytes)
		}
		if e.parent < 0 {
			total = size
		} else {
			elements[e.parent].encodedBytes += size
		}
	}
	der := make([]byte, 0, total)
	for _, e := range elements {
		switch {
		case e.chunk:
		case e.joined:
			der = appendLength(append(der, tagOctetString), e.encodedBytes)
		default:
			der = appendLength(append(der, ber[e.tag:e.tagEnd]...), e.encodedBytes)
		}
		if !e.constructed {
			der = append(der, ber[e.body:e.end]...)
		}
	}
	return der
}

func lengthOctets(n int) int {
	if n < 0x80 {
		return 1
	}
	octets := 1
	for ; n > 0; n >>= 8 {
		octets++
	}
	return octets
}

func appendLength(der []byte, n int) []byte {
	if n < 0x80 {
		return append(der, byte(n))
	}
	octets := lengthOctets(n) - 1
	der = append(der, 0x80|byte(octets))
	for shift := 8 * (octets - 1); shift >= 0; shift -= 8 {
		der = append(der, byte(n>>shift))
	}
	return der
}
