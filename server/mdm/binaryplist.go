package mdm

import (
	"encoding/binary"
	"errors"
	"math"
	"time"
	"unicode/utf16"
)

// maxExpanded bounds what a binary property list holds once nothing in it is shared: a few bytes could name the same long text a million times.
const maxExpanded = 4 << 20

var errBinaryPlist = errors.New("no binary property list within the limits")

// binaryPlist reads binary property lists (version 00). The library's reader follows references without end, and believes every count.
type binaryPlist struct {
	b       []byte   // without the trailer
	offsets []uint64 // of the objects
	refSize int
	visited int
	bytes   int
}

// readBinaryPlist gives the list as maps, slices, strings, bytes, numbers, truths and times.
func readBinaryPlist(b []byte) (any, error) {
	const trailer = 32
	if len(b) < 8+trailer {
		return nil, errBinaryPlist
	}
	end := b[len(b)-trailer:]
	offsetSize, refSize := int(end[6]), int(end[7])
	count, root, table := binary.BigEndian.Uint64(end[8:]), binary.BigEndian.Uint64(end[16:]), binary.BigEndian.Uint64(end[24:])
	p := &binaryPlist{b: b[:len(b)-trailer], refSize: refSize}
	size := uint64(len(p.b))
	if offsetSize < 1 || offsetSize > 8 || refSize < 1 || refSize > 8 || count > maxElements || table > size || count*uint64(offsetSize) > size-table {
		return nil, errBinaryPlist
	}
	for i := range count {
		p.offsets = append(p.offsets, number(p.b[table+i*uint64(offsetSize):][:offsetSize]))
	}
	return p.object(root, 0)
}

func number(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// take gives n bytes at an offset.
func (p *binaryPlist) take(at, n uint64) ([]byte, error) {
	if size := uint64(len(p.b)); at > size || n > size-at {
		return nil, errBinaryPlist
	}
	return p.b[at : at+n], nil
}

func (p *binaryPlist) object(ref uint64, depth int) (any, error) {
	if p.visited++; p.visited > maxElements || depth > maxDepth || ref >= uint64(len(p.offsets)) {
		return nil, errBinaryPlist
	}
	at := p.offsets[ref]
	head, err := p.take(at, 1)
	if err != nil {
		return nil, err
	}
	kind, low := head[0]>>4, uint64(head[0]&0xf)
	at++
	if kind < 0x4 {
		return p.scalar(head[0], at)
	}
	if low == 0xf { // the count follows, as an integer
		marker, err := p.take(at, 1)
		if err != nil || marker[0]>>4 != 0x1 || marker[0]&0xf > 3 {
			return nil, errBinaryPlist
		}
		size := uint64(1) << (marker[0] & 0xf)
		text, err := p.take(at+1, size)
		if err != nil {
			return nil, err
		}
		low, at = number(text), at+1+size
	}
	switch kind {
	case 0x4, 0x5, 0x6:
		return p.text(kind, at, low)
	case 0xa:
		return p.array(at, low, depth)
	case 0xd:
		return p.dict(at, low, depth)
	}
	return nil, errBinaryPlist // sets and UIDs, which XML has not either
}

func (p *binaryPlist) scalar(marker byte, at uint64) (any, error) {
	switch marker {
	case 0x08:
		return false, nil
	case 0x09:
		return true, nil
	}
	size := uint64(1) << (marker & 0xf)
	text, err := p.take(at, min(size, 16))
	if err != nil {
		return nil, err
	}
	switch {
	case marker>>4 == 0x1 && size <= 4:
		return number(text), nil
	case marker>>4 == 0x1 && size == 8:
		return int64(number(text)), nil
	case marker>>4 == 0x1 && size == 16:
		return number(text[8:]), nil
	case marker == 0x22:
		return float64(math.Float32frombits(uint32(number(text)))), nil
	case marker == 0x23:
		return math.Float64frombits(number(text)), nil
	case marker == 0x33:
		seconds := math.Float64frombits(number(text))
		if math.IsNaN(seconds) || math.Abs(seconds) > 1e11 {
			return nil, errBinaryPlist
		}
		return time.Date(2001, 1, 1, 0, 0, int(seconds), 0, time.UTC), nil
	}
	return nil, errBinaryPlist
}

func (p *binaryPlist) text(kind byte, at, n uint64) (any, error) {
	if kind == 0x6 {
		if n > uint64(len(p.b)) {
			return nil, errBinaryPlist
		}
		n *= 2
	}
	text, err := p.take(at, n)
	if err != nil {
		return nil, err
	}
	if p.bytes += len(text); p.bytes > maxExpanded {
		return nil, errBinaryPlist
	}
	switch kind {
	case 0x4:
		return append([]byte{}, text...), nil
	case 0x5:
		return string(text), nil
	}
	units := make([]uint16, len(text)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(text[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// refs reads the references of a collection.
func (p *binaryPlist) refs(at, n uint64) ([]uint64, error) {
	if n > maxElements {
		return nil, errBinaryPlist
	}
	text, err := p.take(at, n*uint64(p.refSize))
	if err != nil {
		return nil, err
	}
	refs := make([]uint64, n)
	for i := range refs {
		refs[i] = number(text[i*p.refSize:][:p.refSize])
	}
	return refs, nil
}

func (p *binaryPlist) array(at, n uint64, depth int) (any, error) {
	refs, err := p.refs(at, n)
	if err != nil {
		return nil, err
	}
	list := []any{}
	for _, ref := range refs {
		item, err := p.object(ref, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, nil
}

func (p *binaryPlist) dict(at, n uint64, depth int) (any, error) {
	refs, err := p.refs(at, 2*min(n, maxElements))
	if err != nil {
		return nil, err
	}
	dict := map[string]any{}
	for i, ref := range refs[:n] {
		key, err := p.object(ref, depth+1)
		if err != nil {
			return nil, err
		}
		name, ok := key.(string)
		if _, twice := dict[name]; !ok || twice { // of two, nobody knows which the device takes
			return nil, errBinaryPlist
		}
		if dict[name], err = p.object(refs[n+uint64(i)], depth+1); err != nil {
			return nil, err
		}
	}
	return dict, nil
}
