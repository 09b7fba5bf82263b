package enroll

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/machineinfo"
)

func TestCompareVersions(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
		ok   bool
	}{
		{"26.1", "26.1", 0, true}, {"26", "26.0", 0, true}, {"26.1", "26.1.0", 0, true}, {"26.10", "26.9", 1, true}, {"9.3.5", "17", -1, true},
		{"16.1 (a)", "16.1", 0, true}, {"", "26", 0, false}, {"x", "26", 0, false}, {"1.2.3.4.5", "1", 0, false}, {"-1", "1", 0, false},
	} {
		if got, ok := compareVersions(tt.a, tt.b); got != tt.want || ok != tt.ok {
			t.Errorf("%q, %q: %d %v", tt.a, tt.b, got, ok)
		}
	}
}

// Before iOS 17 and macOS 14 a device says its build alone.
func TestBelowByBuild(t *testing.T) {
	profile := &ent.ADEProfile{MinimumOs: map[string]string{"IOS": "17.2", "MACOS": "14", "TVOS": "17"}}
	for _, tt := range []struct {
		platform device.Platform
		build    string
		below    bool
	}{
		{device.PlatformIOS, "20F66", true}, {device.PlatformIOS, "21A5", false}, {device.PlatformMacOS, "22A380", true}, {device.PlatformMacOS, "23B1", false},
		{device.PlatformTvOS, "20L5", true}, {device.PlatformIPadOS, "15A1", false}, {device.PlatformIOS, "", false}, {device.PlatformVisionOS, "10A1", false},
	} {
		if _, below := isBelow(profile, &ent.Device{Platform: tt.platform}, machineinfo.Info{Build: tt.build}); below != tt.below {
			t.Errorf("%s %s: %v", tt.platform, tt.build, below)
		}
	}
}

const pmv = `{"PublicAssetSets":{"iOS":[
 {"ProductVersion":"26.1","Build":"23B85","PostingDate":"2025-11-03","ExpirationDate":"2026-05-02","SupportedDevices":["iPhone16,1"]},
 {"ProductVersion":"26.3","Build":"23D1","PostingDate":"2026-02-03","SupportedDevices":["iPhone16,1","iPhone17,1"]},
 {"ProductVersion":"18.7","Build":"22H1","SupportedDevices":["iPhone12,1"]}],"macOS":[{"ProductVersion":"26.2","SupportedDevices":["J413AP"]}]},
 "AssetSets":{"iOS":[{"ProductVersion":"26.2","SupportedDevices":["iPhone16,1"]}]},"PublicRapidSecurityResponses":{}}`

func TestVersionsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pmv.json")
	write := func(text string, at time.Time) {
		if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := OpenVersions(path); err == nil || !strings.Contains(err.Error(), "GUARDMDM_OS_VERSIONS_FILE") {
		t.Error(err)
	}
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for i, bad := range []string{"", "{}", "[]", `{"PublicAssetSets":{"iOS":[{"ProductVersion":"x","SupportedDevices":["a"]}]}}`} {
		write(bad, start.Add(time.Duration(i)*time.Second))
		if _, err := OpenVersions(path); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	write(pmv, start.Add(time.Hour))
	f, err := OpenVersions(path)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		minimum string
		now     time.Time
		models  []string
		want    string
	}{
		{"26.1", now, []string{"iPhone16,1"}, "26.1"}, {"26", now, []string{"iPhone16,1"}, "26.1"}, {"26.1.1", now, []string{"iPhone16,1"}, "26.2"},
		{"26.1", now.AddDate(0, 6, 0), []string{"iPhone16,1"}, "26.2"}, // 26.1 has expired
		{"27", now, []string{"iPhone16,1"}, ""}, {"26", now, []string{"iPhone12,1"}, ""}, {"26", now, []string{"iPhone99,1", ""}, ""},
		{"26", now, []string{"J413AP", "Mac14,2"}, "26.2"}, {"26", now, []string{"", "iPhone17,1"}, "26.3"},
	} {
		if got, ok := f.AtLeast(tt.minimum, tt.now, tt.models...); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s of %v: %q", tt.minimum, tt.models, got)
		}
	}
	write("broken", start.Add(2*time.Hour)) // what was read before stays
	if got, _ := f.AtLeast("26", now, "iPhone16,1"); got != "26.1" {
		t.Errorf("%q while the file is broken", got)
	}
	write(strings.ReplaceAll(pmv, `"26.1"`, `"26.4"`), start.Add(3*time.Hour))
	if got, _ := f.AtLeast("26", now, "iPhone16,1"); got != "26.2" {
		t.Errorf("%q after the file changed", got)
	}
}

// However many addresses and serial numbers come, the allowances stay as small.
func TestAllowanceIsBounded(t *testing.T) {
	clock := clockwork.NewFakeClock()
	a := newAllowance[int](clock, 1, time.Second)
	for i := range 3 * remembered {
		if a.take(i) != 0 {
			t.Fatal("somebody new has to wait")
		}
	}
	if n := a.buckets.Len(); n != remembered {
		t.Errorf("%d are kept", n)
	}
	if last := 3*remembered - 1; a.wait(last) != time.Second || a.take(last) != time.Second || a.wait(-1) != 0 {
		t.Error("the last one does not have to wait")
	}
}

func TestNetworkOf(t *testing.T) {
	for address, want := range map[string]string{"192.0.2.1": "192.0.2.1/32", "::ffff:192.0.2.1": "192.0.2.1/32", "2001:db8::1": "2001:db8::/64"} {
		if got := networkOf(netip.MustParseAddr(address)).String(); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
	networkOf(netip.Addr{})
}

// Nothing that comes from a database, such as an organization's name, leaves its element.
func TestWriteEscapes(t *testing.T) {
	p, uuid := payload("Configuration", "id", "a < b & \"c\"\x00", dict{{"k</key>", []any{"]]>", 1, true, []byte{1}}}})
	doc := document(p)
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, doc)
		}
	}
	if len(uuid) != 36 || uuid[14] != '8' || strings.Count(string(doc), "<key>") != 6 {
		t.Errorf("%s %s", uuid, doc)
	}
}

func FuzzVersions(f *testing.F) {
	f.Add([]byte(pmv))
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		byModel, err := parseVersions(text)
		if (err == nil) != (len(byModel) > 0) {
			t.Fatal(err, len(byModel))
		}
	})
}
