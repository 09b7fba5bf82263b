package web

import "testing"

func all(encoding) bool { return true }

func TestChooseEncoding(t *testing.T) {
	onlyGzip := func(e encoding) bool { return e == gzip }
	for _, tt := range []struct {
		accept string
		has    func(encoding) bool
		want   encoding
	}{
		{"", all, identity},
		{"gzip", all, gzip},
		{"gzip, br", all, brotli},
		{"GZIP", all, gzip},
		{"br;q=0.5, gzip;q=0.8", all, gzip},
		{"br", onlyGzip, identity},
		{"*", all, brotli},
		{"*;q=0.5, br;q=0", all, gzip},
		{"br;q=0.5, identity", all, identity},
		{"br;q=x", all, identity},
		{"br;q=NaN", all, identity},
		{"br;q=2", all, identity},
		{"deflate", all, identity},
	} {
		if got := chooseEncoding([]string{tt.accept}, tt.has); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.accept, got, tt.want)
		}
	}
}

func FuzzChooseEncoding(f *testing.F) {
	f.Add("gzip, deflate, br;q=0.9, *;q=0")
	f.Add(";;q=,=")
	f.Fuzz(func(t *testing.T, accept string) {
		switch got := chooseEncoding([]string{accept}, all); got {
		case identity, brotli, gzip:
		default:
			t.Errorf("%q: %q", accept, got)
		}
	})
}
