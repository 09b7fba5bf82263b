package mdm

import (
	"encoding/binary"
	"errors"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// packIDs keeps ascending identifiers as the differences between them: neighbours take a byte or two each.
func packIDs(ids []gid.ID) []byte {
	packed := make([]byte, 0, 2*len(ids)+8)
	before := gid.ID(0)
	for _, id := range ids {
		packed = binary.AppendUvarint(packed, uint64(id-before))
		before = id
	}
	return packed
}

// unpackIDs gives the first most of the identifiers above after (below 0: all), and whether there are more.
func unpackIDs(packed []byte, after gid.ID, most int) (ids []gid.ID, more bool, err error) {
	id := gid.ID(0)
	for len(packed) > 0 {
		step, n := binary.Uvarint(packed)
		if n <= 0 {
			return nil, false, errors.New("a packed list of identifiers is damaged")
		}
		packed = packed[n:]
		id += gid.ID(step)
		if id <= after {
			continue
		}
		if most >= 0 && len(ids) == most {
			return ids, true, nil
		}
		ids = append(ids, id)
	}
	return ids, false, nil
}
