package inventory

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
)

var noon = time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)

func hour(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }

func recordOf(op, color string, opAt int) Record {
	r := Record{attributes: attributes{SerialNumber: "F17SIM0001AA", Color: color}, op: op}
	if opAt != 0 {
		r.opAt = hour(opAt)
	}
	return r
}

// Field note 4: several events of one serial number in a page, and not in order.
func TestFold_FieldNote04(t *testing.T) {
	for name, c := range map[string]struct {
		page []Record
		want Record
	}{
		"the newest wins":               {[]Record{recordOf("modified", "NEW", 2), recordOf("modified", "OLD", 1)}, recordOf("modified", "NEW", 2)},
		"of equally old ones the later": {[]Record{recordOf("modified", "ONE", 1), recordOf("modified", "TWO", 1)}, recordOf("modified", "TWO", 1)},
		"a deletion wins a tie":         {[]Record{recordOf("deleted", "", 1), recordOf("modified", "TWO", 1)}, recordOf("deleted", "", 1)},
		"added after deleted":           {[]Record{recordOf("deleted", "", 1), recordOf("added", "BACK", 2)}, recordOf("added", "BACK", 2)},
		"without times the later":       {[]Record{recordOf("", "ONE", 0), recordOf("", "TWO", 0)}, recordOf("", "TWO", 0)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Fold(c.page); len(got) != 1 || *got[0] != c.want {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestFoldSortsAndKeepsOnePerSerial(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Record {
			r := recordOf(rapid.SampledFrom([]string{"added", "modified", "deleted"}).Draw(t, "op"), "", rapid.IntRange(1, 5).Draw(t, "at"))
			r.SerialNumber = rapid.StringMatching("[A-C]").Draw(t, "serial")
			return r
		})).Draw(t, "page")
		folded := Fold(page)
		newest := map[string]time.Time{}
		for _, r := range page {
			if r.opAt.After(newest[r.SerialNumber]) {
				newest[r.SerialNumber] = r.opAt
			}
		}
		if len(folded) != len(newest) {
			t.Fatalf("%d records for %d serial numbers", len(folded), len(newest))
		}
		for i, r := range folded {
			if i > 0 && folded[i-1].SerialNumber >= r.SerialNumber {
				t.Fatal("not sorted")
			}
			if !r.opAt.Equal(newest[r.SerialNumber]) {
				t.Fatal("not the newest")
			}
		}
	})
}

func TestDecide(t *testing.T) {
	tokenA, tokenB := gid.New(gid.ABMToken, 1), gid.New(gid.ABMToken, 2)
	stored := func(change func(*row)) *row {
		r := &row{attributes: &attributes{SerialNumber: "F17SIM0001AA", Color: "RED", DeviceAssignedAt: at(hour(1))}, ID: 5,
			ABMTokenID: int64(tokenA), AppleOpAt: at(hour(3)), AddedAt: at(hour(1)), ChangedAt: at(hour(3))}
		if change != nil {
			change(r)
		}
		return r
	}
	red := func(op string, opAt int) Record {
		r := recordOf(op, "RED", opAt)
		r.DeviceAssignedAt = at(hour(1))
		return r
	}
	tombstone := stored(func(r *row) { r.RemovedAt = at(hour(3)) })
	for name, c := range map[string]struct {
		stored *row
		record Record
		token  gid.ID
		want   verdict
	}{
		"new":                                       {nil, recordOf("added", "RED", 2), tokenA, added},
		"modified of an unknown serial":             {nil, recordOf("modified", "RED", 2), tokenA, added},
		"deleted of an unknown serial":              {nil, recordOf("deleted", "", 2), tokenA, unchanged},
		"nothing new, no newer":                     {stored(nil), red("modified", 3), tokenA, unchanged},
		"nothing new, but newer":                    {stored(nil), red("modified", 4), tokenA, noted},
		"changed":                                   {stored(nil), recordOf("modified", "BLUE", 4), tokenA, modified},
		"an older event":                            {stored(nil), recordOf("modified", "BLUE", 2), tokenA, unchanged},
		"a snapshot of its own token":               {stored(nil), recordOf("", "BLUE", 0), tokenA, modified},
		"deleted":                                   {stored(nil), recordOf("deleted", "", 4), tokenA, removed},
		"an older deletion":                         {stored(nil), recordOf("deleted", "", 2), tokenA, unchanged},
		"deleted from a token it left":              {stored(nil), recordOf("deleted", "", 9), tokenB, unchanged},
		"deleted again":                             {tombstone, recordOf("deleted", "", 3), tokenA, unchanged},
		"a tombstone comes back":                    {tombstone, recordOf("added", "RED", 4), tokenA, added},
		"a tombstone, by an older event":            {tombstone, recordOf("added", "RED", 2), tokenA, unchanged},
		"a tombstone, in a snapshot":                {tombstone, red("", 0), tokenA, added},
		"moved here":                                {stored(nil), recordOf("added", "RED", 4), tokenB, added},
		"moved here long ago, and away":             {stored(nil), recordOf("added", "RED", 2), tokenB, unchanged},
		"another token's snapshot, older":           {stored(func(r *row) { r.DeviceAssignedAt = at(hour(8)) }), red("", 0), tokenB, unchanged},
		"another token's snapshot of its tombstone": {tombstone, red("", 0), tokenB, added},
	} {
		t.Run(name, func(t *testing.T) {
			got, next := decide(c.stored, &c.record, c.token, hour(10))
			if got != c.want {
				t.Fatalf("verdict %d, want %d", got, c.want)
			}
			if got == unchanged && c.stored != nil && next != *c.stored {
				t.Error("an unchanged row is not the stored one")
			}
			if (got == removed) != (next.RemovedAt.set && (c.stored == nil || !c.stored.RemovedAt.set)) {
				t.Errorf("verdict %d with removal time %v", got, next.RemovedAt)
			}
			if got == added && next.ABMTokenID != int64(c.token) {
				t.Error("added to another token")
			}
		})
	}
}

func TestPlatformOf(t *testing.T) {
	for in, want := range map[[2]string]device.Platform{
		{"iPhone", "iOS"}: device.PlatformIOS, {"iPod", "iOS"}: device.PlatformIOS, {"iPad", "iOS"}: device.PlatformIPadOS,
		{"Mac", "OSX"}: device.PlatformMacOS, {"AppleTV", "tvOS"}: device.PlatformTvOS, {"Vision", "visionOS"}: device.PlatformVisionOS,
		{"", "OSX"}: device.PlatformMacOS, {"", "iPadOS"}: device.PlatformIPadOS, {"", ""}: device.PlatformUnknown,
		{"HomeHub", "iOS"}: device.PlatformUnknown, {"Watch", "watchOS"}: device.PlatformWatchOS,
	} {
		if got := PlatformOf(in[0], in[1]); got != want {
			t.Errorf("%v is %s, want %s", in, got, want)
		}
	}
}

func TestFromAppleKeepsEverything(t *testing.T) {
	r, ok := FromApple(abm.Device{SerialNumber: " f17sim0001aa", ProfileStatus: "", IMEI: []string{"350000000000017"}})
	if !ok || r.SerialNumber != "F17SIM0001AA" || r.AppleProfileStatus != "empty" || r.AppleExtra != `{"imei":["350000000000017"]}` {
		t.Errorf("got %+v, %v", r, ok)
	}
	if _, ok := FromApple(abm.Device{SerialNumber: "  "}); ok {
		t.Error("a device without a serial number is kept")
	}
}

func TestMarksRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfDistinct(rapid.Int64Range(0, 5_000_000), rapid.ID[int64]).Draw(t, "ids")
		ids := make([]gid.ID, len(numbers))
		for i, n := range numbers {
			ids[i] = gid.New(gid.Device, n)
		}
		slices.Sort(ids)
		seen := &Seen{}
		if err := decodeIDs(encodeIDs(ids), seen.add); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if !seen.has(id) {
				t.Fatalf("%s was marked and is not seen", id)
			}
		}
		count := 0
		for n := range int64(len(seen.bits) * 64) {
			if seen.has(gid.New(gid.Device, n)) {
				count++
			}
		}
		if count != len(ids) {
			t.Fatalf("%d marked, %d seen", len(ids), count)
		}
	})
}

func TestTimestampText(t *testing.T) {
	if (timestamp{}).text() != nil {
		t.Error("an absent time is not NULL")
	}
	rapid.Check(t, func(t *rapid.T) {
		micros := rapid.Int64Range(-62135596800e6, 253402300799e6).Draw(t, "microseconds")
		if rapid.Bool().Draw(t, "whole seconds") {
			micros -= micros % 1e6
		}
		at := timestamp{micros: micros, set: true}
		if got, want := at.text(), at.time().Format(layout); got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
