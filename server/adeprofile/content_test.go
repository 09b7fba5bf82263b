package adeprofile_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/adeprofile"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var now = time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)

// cert makes a certificate in Apple's form.
func cert(t *testing.T, ca bool, notAfter time.Time) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: now.AddDate(-1, 0, 0), NotAfter: notAfter,
		IsCA: ca, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(t, err)
	return base64.StdEncoding.EncodeToString(der)
}

func TestContentIsCanonical(t *testing.T) {
	const bare = `{"allow_pairing":true,"auto_advance_setup":false,"await_device_configured":false,"do_not_use_profile_from_backup":false,` +
		`"is_mandatory":false,"is_mdm_removable":true,"is_multi_user":false,"is_return_to_service":false,"is_supervised":false}`
	if got := adeprofile.Default().JSON(); got != bare {
		t.Errorf("Apple's defaults: %s", got)
	}
	a := adeprofile.Default()
	a.AllowPairing, a.Department, a.SkipSetupItems = false, "R&D <1>", []string{"Siri", "AppleID"}
	b := a
	b.SkipSetupItems = []string{"AppleID", "Siri"}
	want := strings.NewReplacer(`"allow_pairing":true`, `"allow_pairing":false`, `"do_not`, `"department":"R&D <1>","do_not`,
		`"is_supervised":false`, `"is_supervised":false,"skip_setup_items":["AppleID","Siri"]`).Replace(bare)
	if a.JSON() != want || b.JSON() != want || a.Hash() != b.Hash() {
		t.Errorf("%s\n%s\n%s", want, a.JSON(), b.JSON())
	}
	if a.SkipSetupItems[0] != "Siri" {
		t.Error("writing it changed it")
	}
	b.IsMandatory = true
	if a.Hash() == b.Hash() {
		t.Error("different contents, one hash")
	}
	read, err := adeprofile.Parse(b.JSON())
	must(t, err)
	if diff := cmp.Diff(b, read); diff != "" {
		t.Error(diff)
	}
}

func TestWarnings(t *testing.T) {
	const iOS, iPadOS, macOS, tvOS = device.PlatformIOS, device.PlatformIPadOS, device.PlatformMacOS, device.PlatformTvOS
	only := func(platforms ...device.Platform) []device.Platform { return platforms }
	leaf, ca, old := cert(t, false, now.AddDate(1, 0, 0)), cert(t, true, now.AddDate(1, 0, 0)), cert(t, true, now.AddDate(0, 0, -1))
	for name, c := range map[string]struct {
		platforms []device.Platform
		change    func(*adeprofile.Content)
		want      []string // field and part of the message
	}{
		"nothing odd": {nil, func(c *adeprofile.Content) { c.SkipSetupItems = []string{"AppleID", "Siri", "TVRoom"} }, nil},
		"a pane of another platform": {only(tvOS), func(c *adeprofile.Content) { c.SkipSetupItems = []string{"Siri", "FileVault"} },
			[]string{"skipSetupItems: FileVault (FileVault) does not exist on tvOS"}},
		"a pane of one of two": {only(tvOS, macOS), func(c *adeprofile.Content) { c.SkipSetupItems = []string{"FileVault"} }, nil},
		"iPadOS is as iOS":     {only(iPadOS), func(c *adeprofile.Content) { c.SkipSetupItems = []string{"ActionButton"} }, nil},
		"deprecated": {only(iOS), func(c *adeprofile.Content) { c.SkipSetupItems = []string{"OnBoarding"} },
			[]string{"skipSetupItems: has deprecated the pane Onboarding (OnBoarding) since iOS 14"}},
		"removed": {only(macOS), func(c *adeprofile.Content) { c.SkipSetupItems = []string{"Wallpaper"} },
			[]string{"skipSetupItems: is gone from macOS 26.0 on"}},
		"not always skippable": {only(macOS), func(c *adeprofile.Content) { c.SkipSetupItems = []string{"TermsOfAddress"} },
			[]string{"skipSetupItems: may be shown on macOS all the same"}},
		"eSIM": {only(iOS), func(c *adeprofile.Content) { c.SkipSetupItems = []string{"SIMSetup"} }, []string{"skipSetupItems: eSIM"}},
		"unknown": {nil, func(c *adeprofile.Content) { c.SkipSetupItems = []string{"HoloDeck", "appleid"} },
			[]string{"skipSetupItems: no pane HoloDeck. It may be newer", "skipSetupItems: no pane appleid, but AppleID"}},
		"auto-advance without place": {only(tvOS), func(c *adeprofile.Content) { c.AutoAdvanceSetup, c.Region = true, "DE" },
			[]string{"language: stops at the language pane"}},
		"auto-advance elsewhere": {only(iOS), func(c *adeprofile.Content) { c.AutoAdvanceSetup, c.Language, c.Region = true, "de", "DE" },
			[]string{"autoAdvanceSetup: tvOS or macOS alone", "language: Only Apple TVs and Macs", "region: Only Apple TVs and Macs"}},
		"shared iPad on Macs": {only(macOS), func(c *adeprofile.Content) { c.IsMultiUser = true }, []string{"isMultiUser: iPadOS alone"}},
		"return to service": {only(macOS), func(c *adeprofile.Content) { c.IsReturnToService, c.DoNotUseProfileFromBackup = true, true },
			[]string{"isReturnToService: iOS, iPadOS or visionOS alone", "doNotUseProfileFromBackup: alone", "awaitDeviceConfigured: in any case"}},
		"pairing":           {nil, func(c *adeprofile.Content) { c.AllowPairing = false }, []string{"allowPairing: deprecated"}},
		"supervision":       {only(iOS), func(c *adeprofile.Content) { c.IsSupervised = false }, []string{"isSupervised: in any case"}},
		"optional on Macs":  {only(macOS), func(c *adeprofile.Content) { c.IsMandatory = false }, []string{"isMandatory: can skip"}},
		"optional on iOS":   {only(iOS), func(c *adeprofile.Content) { c.IsMandatory = false }, nil},
		"leaf":              {nil, func(c *adeprofile.Content) { c.AnchorCerts = []string{ca, leaf} }, []string{"anchorCerts: Certificate 2 (CN=test) is not that of"}},
		"expired":           {nil, func(c *adeprofile.Content) { c.SupervisingHostCerts = []string{old} }, []string{"supervisingHostCerts: expired on 31 July 2026"}},
		"odd email":         {nil, func(c *adeprofile.Content) { c.SupportEmailAddress = "IT" }, []string{"supportEmailAddress: no email"}},
		"page elsewhere":    {nil, func(c *adeprofile.Content) { c.ConfigurationWebURL = "https://login.example.com/{key}" }, []string{"configurationWebUrl: login.example.com is not"}},
		"page in the house": {nil, func(c *adeprofile.Content) { c.ConfigurationWebURL = "https://login.EXAMPLE.org/x?key={key}" }, nil},
		"page without key":  {nil, func(c *adeprofile.Content) { c.ConfigurationWebURL = "https://login.example.org/x" }, []string{"configurationWebUrl: The web page does not learn"}},
	} {
		content := adeprofile.Default()
		content.IsSupervised, content.IsMandatory = true, true
		c.change(&content)
		got := adeprofile.Warnings(content, c.platforms, "https://mdm.example.org", now)
		ok := len(got) == len(c.want)
		for i := 0; ok && i < len(got); i++ {
			field, part, _ := strings.Cut(c.want[i], ": ")
			ok = got[i].Field == field && strings.Contains(got[i].Message, part)
		}
		if !ok {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
