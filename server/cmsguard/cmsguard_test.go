package cmsguard_test

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/fullsailor/pkcs7"
	"github.com/guardmdm/guardmdm/server/cmsguard"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNormalize(t *testing.T) {
	tests := []struct{ name, ber, der string }{
		{"plain DER stays", "30 06 02 01 05 04 01 aa", "30 06 02 01 05 04 01 aa"},
		{"empty sequence", "30 00", "30 00"},
		{"indefinite length", "30 80 02 01 05 00 00", "30 03 02 01 05"},
		{"indefinite and empty", "30 80 00 00", "30 00"},
		{"indefinite inside indefinite", "30 80 31 80 02 01 05 00 00 00 00", "30 05 31 03 02 01 05"},
		{"indefinite inside definite", "30 07 31 80 02 01 05 00 00", "30 05 31 03 02 01 05"},
		{"definite inside indefinite", "30 80 31 03 02 01 05 00 00", "30 05 31 03 02 01 05"},
		{"length longer than needed", "30 83 00 00 03 02 01 05", "30 03 02 01 05"},
		{"chunks are joined", "24 80 04 02 01 02 04 01 03 00 00", "04 03 01 02 03"},
		{"chunks of chunks are joined", "24 08 24 03 04 01 01 04 01 02", "04 02 01 02"},
		{"no chunk", "24 80 00 00", "04 00"},
		{"implicitly tagged chunks stay apart", "a0 80 04 01 01 04 01 02 00 00", "a0 06 04 01 01 04 01 02"},
		{"high tag number", "bf 81 00 03 02 01 05", "bf 81 00 03 02 01 05"},
		{"members of a set keep their order", "31 06 02 01 05 02 01 01", "31 06 02 01 05 02 01 01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			der, err := cmsguard.Normalize(unhex(t, tt.ber), cmsguard.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if want := unhex(t, tt.der); !bytes.Equal(der, want) {
				t.Errorf("got  % x\nwant % x", der, want)
			}
		})
	}
}

func TestNormalizeRefuses(t *testing.T) {
	tests := []struct {
		name, ber string
		want      error
	}{
		{"nothing", "", cmsguard.ErrTruncated},
		{"tag only", "30", cmsguard.ErrTruncated},
		{"half a length", "30 82 01", cmsguard.ErrTruncated},
		{"half a tag", "bf 81", cmsguard.ErrTruncated},
		{"content missing", "30 05 02 01 05", cmsguard.ErrTruncated},
		{"end-of-contents missing", "30 80 02 01 05", cmsguard.ErrTruncated},
		{"half an end-of-contents", "30 80 02 01 05 00", cmsguard.ErrTruncated},
		{"child longer than its parent", "30 03 02 05 01", cmsguard.ErrMalformed},
		{"child of a child longer than the parent", "30 05 31 80 02 04 01 00 00", cmsguard.ErrMalformed},
		{"something follows", "30 00 00", cmsguard.ErrMalformed},
		{"end-of-contents in a definite element", "30 02 00 00", cmsguard.ErrMalformed},
		{"primitive of indefinite length", "04 80 00 00", cmsguard.ErrMalformed},
		{"length of five octets", "30 85 00 00 00 00 00", cmsguard.ErrMalformed},
		{"length beyond all input", "30 84 ff ff ff ff", cmsguard.ErrTruncated},
		{"endless tag number", "bf ff ff ff ff ff ff 01 00", cmsguard.ErrMalformed},
		{"chunk of another type", "24 80 02 01 05 00 00", cmsguard.ErrMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			der, err := cmsguard.Normalize(unhex(t, tt.ber), cmsguard.Limits{})
			if !errors.Is(err, tt.want) {
				t.Errorf("got % x, %v; want %v", der, err, tt.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	nested := func(depth int) []byte {
		return append(bytes.Repeat([]byte{0x30, 0x80}, depth), bytes.Repeat([]byte{0, 0}, depth)...)
	}
	if _, err := cmsguard.Normalize(nested(32), cmsguard.Limits{}); err != nil {
		t.Errorf("32 levels: %v", err)
	}
	if _, err := cmsguard.Normalize(nested(33), cmsguard.Limits{}); !errors.Is(err, cmsguard.ErrTooDeep) {
		t.Errorf("33 levels: %v", err)
	}
	// The input that ends the process when the library sees it.
	if _, err := cmsguard.Normalize(nested(5_000_000), cmsguard.Limits{Bytes: 1 << 30}); !errors.Is(err, cmsguard.ErrTooDeep) {
		t.Errorf("5,000,000 levels: %v", err)
	}
	if _, err := cmsguard.Normalize(nested(4), cmsguard.Limits{Depth: 3}); !errors.Is(err, cmsguard.ErrTooDeep) {
		t.Errorf("4 levels of 3: %v", err)
	}
	large, err := asn1.Marshal(make([]byte, 64<<10))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmsguard.Normalize(large, cmsguard.Limits{}); !errors.Is(err, cmsguard.ErrTooLarge) {
		t.Errorf("more than 64 KiB: %v", err)
	}
	if der, err := cmsguard.Normalize(large, cmsguard.Limits{Bytes: 1 << 20}); err != nil || !bytes.Equal(der, large) {
		t.Errorf("64 KiB of 1 MiB: %v", err)
	}
}

func TestContain(t *testing.T) {
	var cutOff = []byte{0x30, 0x82}
	err := cmsguard.Contain(func() error {
		_, err := pkcs7.Parse(cutOff)
		return err
	})
	if !errors.Is(err, cmsguard.ErrPanic) {
		t.Errorf("got %v: has the library stopped to panic?", err)
	}
	own := errors.New("own")
	if err := cmsguard.Contain(func() error { return own }); err != own {
		t.Errorf("got %v", err)
	}
	if err := cmsguard.Contain(func() error { return nil }); err != nil {
		t.Errorf("got %v", err)
	}
}

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{
		"", "30 00", "30 80 00 00", "30 80 31 80 02 01 05 00 00 00 00", "24 80 04 02 01 02 04 01 03 00 00",
		"24 08 24 03 04 01 01 04 01 02", "a0 80 04 01 01 04 01 02 00 00", "bf 81 00 03 02 01 05", "30 84 ff ff ff ff",
		"30 80 06 09 2a 86 48 86 f7 0d 01 07 03 a0 80 30 80 02 01 00 31 00 30 80 00 00 00 00 00 00 00 00",
	} {
		f.Add(unhex(f, seed))
	}
	f.Add(bytes.Repeat([]byte{0x30, 0x80}, 500))
	f.Fuzz(func(t *testing.T, ber []byte) {
		der, err := cmsguard.Normalize(ber, cmsguard.Limits{})
		if err != nil {
			return
		}
		again, err := cmsguard.Normalize(der, cmsguard.Limits{})
		if err != nil || !bytes.Equal(again, der) {
			t.Fatalf("not stable: % x -> % x -> % x, %v", ber, der, again, err)
		}
		var raw asn1.RawValue
		if rest, err := asn1.Unmarshal(der, &raw); err == nil && len(rest) > 0 {
			t.Fatalf("encoding/asn1 sees %d more bytes in % x", len(rest), der)
		}
		_ = cmsguard.Contain(func() error { _, err := pkcs7.Parse(der); return err })
	})
}
