package simabm

import (
	"math/rand/v2"
	"strings"
)

// record is one device in 64 bytes: a million of them have to fit beside the tests. Texts that devices share are
// numbers into fleet.texts and fleet.variants; times are Unix seconds, 0 = never.
type record struct {
	serial     serial
	variant    uint32
	server     uint32 // number of the MDM server, 0 = unassigned
	member     uint32 // place in the server's member list, see Server.members
	assetTag   uint32 // text
	assignedBy uint32 // text
	status     uint32 // text of profile_status
	profile    uint32 // text of profile_uuid, 0 = none
	assignedAt uint32
	profileAt  uint32
	pushedAt   uint32
	lastOp     uint32
	org        uint16 // number of the organization, 0 = released for good
	replaced   bool   // Apple replaced this unit: released_by_replacement
}

// serial is a serial number, zero padded at the end.
type serial [12]byte

func (s serial) String() string { return string(s.bytes()) }

func (s *serial) bytes() []byte {
	n := len(s)
	for n > 0 && s[n-1] == 0 {
		n--
	}
	return s[:n]
}

// parseSerial folds to upper case, as Apple compares serial numbers without regard to case.
func parseSerial(text string) (serial, bool) {
	var out serial
	text = strings.ToUpper(strings.TrimSpace(text))
	if text == "" || len(text) > len(out) {
		return out, false
	}
	copy(out[:], text)
	return out, true
}

// replacement says which unit a device replaced.
type replacement struct {
	original serial
	at       uint32
}

// fleet holds all devices of all organizations. The simulator's lock guards it.
type fleet struct {
	records      []record
	index        map[serial]uint32
	variants     []variant
	variantIDs   map[variant]uint32
	texts        []string
	textIDs      map[string]uint32
	deadlines    map[uint32]uint32 // mdm_migration_deadline by device
	replacements map[uint32]replacement
	rng          *rand.Rand
	shelves      []shelf
	weight       int
}

// shelf is one variant of the catalogue with its share of new devices.
type shelf struct {
	weight  int // cumulated
	variant uint32
	plants  []string
	code    string // last four characters of older serial numbers, the model's own
}

// Texts that every fleet has, by their number.
const (
	textNone uint32 = iota
	textEmpty
	textAssigned
	textPushed
	textRemoved
)

func newFleet(seed uint64) *fleet {
	f := &fleet{
		index:        map[serial]uint32{},
		variantIDs:   map[variant]uint32{},
		textIDs:      map[string]uint32{},
		deadlines:    map[uint32]uint32{},
		replacements: map[uint32]replacement{},
		rng:          rand.New(rand.NewPCG(seed, 0x41424d)),
	}
	for _, t := range []string{"", "empty", "assigned", "pushed", "removed"} {
		f.text(t)
	}
	f.stock()
	return f
}

// stock lays out the catalogue. A variant's weight is its family's, shared by lines and then evenly by variants; the
// factor keeps the shares whole.
func (f *fleet) stock() {
	const factor = 5040
	for _, fam := range catalogue() {
		lines := 0
		for _, l := range fam.lines {
			lines += l.weight
		}
		for _, l := range fam.lines {
			vs := l.variants(fam)
			for _, v := range vs {
				f.weight += fam.weight * factor * l.weight / lines / len(vs)
				f.shelves = append(f.shelves, shelf{f.weight, f.variantID(v), fam.plants, f.randomText(4)})
			}
		}
	}
}

// text returns the number of a text, kept once however many devices share it.
func (f *fleet) text(t string) uint32 {
	if id, ok := f.textIDs[t]; ok {
		return id
	}
	id := uint32(len(f.texts))
	f.texts = append(f.texts, t)
	f.textIDs[t] = id
	return id
}

func (f *fleet) variantID(v variant) uint32 {
	if id, ok := f.variantIDs[v]; ok {
		return id
	}
	id := uint32(len(f.variants))
	f.variants = append(f.variants, v)
	f.variantIDs[v] = id
	return id
}

// find returns the number of a device that still belongs to an organization.
func (f *fleet) find(text string) (uint32, bool) {
	key, ok := parseSerial(text)
	if !ok {
		return 0, false
	}
	i, ok := f.index[key]
	return i, ok && f.records[i].org != 0
}

// grow makes room at once: a million single appends would copy the fleet twenty times.
func (f *fleet) grow(n int) {
	if free := cap(f.records) - len(f.records); free < n {
		records := make([]record, len(f.records), len(f.records)+n)
		copy(records, f.records)
		f.records = records
	}
	if len(f.index) == 0 {
		f.index = make(map[serial]uint32, n)
	}
}

// buy adds one new, unassigned device of the catalogue and returns its number.
func (f *fleet) buy(org uint16) uint32 {
	pick := f.rng.IntN(f.weight)
	lo, hi := 0, len(f.shelves)-1
	for lo < hi {
		if mid := (lo + hi) / 2; pick < f.shelves[mid].weight {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return f.add(f.shelves[lo], org)
}

func (f *fleet) add(s shelf, org uint16) uint32 {
	r := record{variant: s.variant, status: textEmpty, org: org}
	if f.rng.IntN(20) == 0 {
		r.assetTag = f.text("AT-" + f.randomDigits(6))
	}
	for {
		r.serial = f.newSerial(s)
		if _, taken := f.index[r.serial]; !taken {
			break
		}
	}
	i := uint32(len(f.records))
	f.records = append(f.records, r)
	f.index[r.serial] = i
	return i
}

// serialAlphabet is the one of Apple's serial numbers: without letters that look like digits, and without vowels.
const serialAlphabet = "0123456789CDFGHJKLMNPQRTVWXY"

// newSerial makes ten random characters, or the older twelve: plant, year and week, unit, model.
func (f *fleet) newSerial(s shelf) serial {
	var out serial
	if f.variants[s.variant].traits&traitRandomSerial != 0 {
		copy(out[:], f.randomText(10))
		return out
	}
	copy(out[:3], s.plants[f.rng.IntN(len(s.plants))])
	copy(out[3:8], f.randomText(5))
	copy(out[8:], s.code)
	return out
}

func (f *fleet) randomText(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = serialAlphabet[f.rng.IntN(len(serialAlphabet))]
	}
	return string(b)
}

func (f *fleet) randomDigits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + f.rng.IntN(10))
	}
	return string(b)
}
