package mdm_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
	"unicode/utf16"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/mdm"
)

// utf16Text is a text that binaryPlist writes as UTF-16.
type utf16Text string

// binaryPlist writes a binary property list.
func binaryPlist(value any) []byte {
	var objects [][]byte
	var add func(value any) byte
	head := func(kind byte, n int) []byte {
		if n < 15 {
			return []byte{kind<<4 | byte(n)}
		}
		return binary.BigEndian.AppendUint16([]byte{kind<<4 | 0xf, 0x11}, uint16(n))
	}
	add = func(value any) byte {
		at := len(objects)
		objects = append(objects, nil)
		var text []byte
		switch v := value.(type) {
		case map[string]any:
			var keys, values []byte
			for key, item := range v {
				keys, values = append(keys, add(key)), append(values, add(item))
			}
			text = slices.Concat(head(0xd, len(v)), keys, values)
		case []any:
			text = head(0xa, len(v))
			for _, item := range v {
				text = append(text, add(item))
			}
		case string:
			text = append(head(0x5, len(v)), v...)
		case utf16Text:
			units := utf16.Encode([]rune(string(v)))
			text = head(0x6, len(units))
			for _, u := range units {
				text = binary.BigEndian.AppendUint16(text, u)
			}
		case []byte:
			text = append(head(0x4, len(v)), v...)
		case bool:
			text = []byte{map[bool]byte{false: 0x08, true: 0x09}[v]}
		case int:
			text = []byte{0x10, byte(v)}
		}
		objects[at] = text
		return byte(at)
	}
	add(value)
	return assemble(objects)
}

func assemble(objects [][]byte) []byte {
	list := []byte("bplist00")
	var offsets []byte
	for _, o := range objects {
		offsets = binary.BigEndian.AppendUint16(offsets, uint16(len(list)))
		list = append(list, o...)
	}
	table := len(list)
	list = append(list, offsets...)
	list = append(list, 0, 0, 0, 0, 0, 0, 2, 1)
	for _, n := range []int{len(objects), 0, table} {
		list = binary.BigEndian.AppendUint64(list, uint64(n))
	}
	return list
}

// A binary property list that refers to itself, or claims what it has not, is refused and costs nothing.
func TestBinaryPlistsAreBounded(t *testing.T) {
	bomb := [][]byte{}
	for i := range 40 { // each is two of the next one
		bomb = append(bomb, []byte{0xa2, byte(i + 1), byte(i + 1)})
	}
	bomb = append(bomb, []byte{0x09})
	long := append([]byte{0x4f, 0x12, 0, 0x0f, 0, 0}, make([]byte, 0xf0000>>5)...)
	for name, file := range map[string][]byte{
		"itself":        assemble([][]byte{{0xa1, 0}}),
		"in a circle":   assemble([][]byte{{0xa1, 1}, {0xa1, 0}}),
		"billion":       assemble(bomb),
		"of nowhere":    assemble([][]byte{{0xa1, 7}}),
		"a long count":  assemble([][]byte{{0xaf, 0x13, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}),
		"a long dict":   assemble([][]byte{{0xdf, 0x13, 0x80, 0, 0, 0, 0, 0, 0, 1}}),
		"long text":     assemble([][]byte{{0x6f, 0x13, 0x80, 0, 0, 0, 0, 0, 0, 1}}),
		"past its end":  assemble([][]byte{long}),
		"a key of none": assemble([][]byte{{0xd1, 1, 1}, {0x09}}),
		"a key twice":   assemble([][]byte{{0xd2, 1, 1, 2, 2}, {0x51, 'a'}, {0x09}}),
		"a UID":         assemble([][]byte{{0x80, 1}}),
		"nothing":       []byte("bplist00"),
		"no table":      append([]byte("bplist00"), bytes.Repeat([]byte{0xff}, 32)...),
	} {
		if _, err := mdm.ReadPlist(file); err == nil {
			t.Errorf("%s: was read", name)
		}
	}
	// Shared, so small: read out, each counts.
	shared := [][]byte{append([]byte{0xaf, 0x11, 0x40, 0}, bytes.Repeat([]byte{1}, 0x4000)...), append([]byte{0x5f, 0x11, 0x10, 0}, make([]byte, 0x1000)...)}
	if _, err := mdm.ReadPlist(assemble(shared)); err == nil {
		t.Error("64 MiB were read out of 20 KiB")
	}
}

func FuzzReadPlist(f *testing.F) {
	f.Add(binaryPlist(map[string]any{"RequestType": "EraseDevice", "A": []any{true, 7, []byte("x"), utf16Text("ü")}}))
	f.Add(xmlPlist("<dict><key>A</key><array><integer>-1</integer><real>1.5</real><date>2026-01-01T00:00:00Z</date></array></dict>"))
	f.Add([]byte("bplist00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 1<<16 {
			return
		}
		_, _ = mdm.ReadPlist(file) // must end, and not panic
	})
}

func TestPackedIdentifiers(t *testing.T) {
	var ids []gid.ID
	for i := range int64(5000) {
		ids = append(ids, gid.New(gid.MDMChannel, 3*i+i*i))
	}
	packed := mdm.PackIDs(ids)
	if len(packed) > 3*len(ids) {
		t.Errorf("%d bytes", len(packed))
	}
	var got []gid.ID
	for after, more := gid.ID(0), true; more; {
		var some []gid.ID
		var err error
		if some, more, err = mdm.UnpackIDs(packed, after, 700); err != nil {
			t.Fatal(err)
		}
		got = append(got, some...)
		after = some[len(some)-1]
	}
	if !slices.Equal(got, ids) {
		t.Error("other identifiers came back")
	}
	if _, _, err := mdm.UnpackIDs([]byte{0xff}, 0, -1); err == nil {
		t.Error("a damaged list was read")
	}
}
