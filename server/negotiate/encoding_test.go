package negotiate

import "testing"

func all(Encoding) bool { return true }

func TestChooseEncoding(t *testing.T) {
	onlyGzip := func(e Encoding) bool { return e == Gzip }
	for _, tt := range []struct {
		accept string
		has    func(Encoding) bool
		want   Encoding
	}{
		{"", all, Identity},
		{"gzip", all, Gzip},
		{"gzip, br", all, Brotli},
		{"GZIP", all, Gzip},
		{"br;q=0.5, gzip;q=0.8", all, Gzip},
		{"br", onlyGzip, Identity},
		{"*", all, Brotli},
		{"*;q=0.5, br;q=0", all, Gzip},
		{"br;q=0.5, identity", all, Identity},
		{"br;q=x", all, Identity},
		{"br;q=NaN", all, Identity},
		{"br;q=2", all, Identity},
		{"deflate", all, Identity},
	} {
		if got := ChooseEncoding([]string{tt.accept}, tt.has); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.accept, got, tt.want)
		}
	}
}

func FuzzChooseEncoding(f *testing.F) {
	f.Add("gzip, deflate, br;q=0.9, *;q=0")
	f.Add(";;q=,=")
	f.Fuzz(func(t *testing.T, accept string) {
		switch got := ChooseEncoding([]string{accept}, all); got {
		case Identity, Brotli, Gzip:
		default:
			t.Errorf("%q: %q", accept, got)
		}
	})
}
