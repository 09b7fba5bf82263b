package gid_test

import (
	"testing"

	"github.com/guardmdm/guardmdm/ent/gid"
)

func TestRoundTrip(t *testing.T) {
	for kind := gid.ABMToken; kind <= gid.SyncMark; kind++ {
		for _, n := range []int64{0, 1, 35, 36, 1_000_000, 1<<48 - 1} {
			id := gid.New(kind, n)
			got, err := gid.Parse(id.String())
			if err != nil || got != id || id.Kind() != kind {
				t.Errorf("%d of kind %d: %s is read as %d, %v", n, kind, id, got, err)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"", "dev", "dev_", "_1", "dev_-1", "dev_01", "dev_A", "dev_ 1", "xyz_1", "dev_zzzzzzzzzzzz", "DEV_1", "562949953421313"} {
		if id, err := gid.Parse(s); err == nil {
			t.Errorf("%q is read as %d", s, id)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("dev_1")
	f.Fuzz(func(t *testing.T, s string) {
		if id, err := gid.Parse(s); err == nil && id.String() != s {
			t.Errorf("%q is read as %s", s, id)
		}
	})
}
