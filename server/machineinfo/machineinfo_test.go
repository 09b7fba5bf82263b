package machineinfo_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/machineinfo"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
)

const plist = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>LANGUAGE</key><string>en</string>
  <key>MDM_CAN_REQUEST_SOFTWARE_UPDATE</key><true/>
  <key>OS_VERSION</key><string>26.1</string>
  <key>PRODUCT</key><string>Mac14,2</string>
  <key>SERIAL</key><string>c02sim0003cc</string>
  <key>SOFTWARE_UPDATE_DEVICE_ID</key><string>J413AP</string>
  <key>PAIRING_TOKEN</key><data>AAEC
  AwQ=</data>
  <key>NEW</key><dict><key>a</key><array><integer>1</integer></array></dict>
  <key>UDID</key><string>00008112-000C5D6E7F809A1B</string>
  <key>VERSION</key><string>25B78</string>
</dict></plist>
`

// world is a device whose authority is pinned.
type world struct {
	authority, device cmsmaker.Identity
	trust             machineinfo.Trust
}

func newWorld(t testing.TB) *world {
	w := &world{authority: cmsmaker.Authority(t, "Device CA", cmsmaker.RSA(t, 1024), nil)}
	w.device = cmsmaker.Device(t, w.authority, cmsmaker.RSA(t, 1024))
	w.trust.Pinned = []*x509.Certificate{w.authority.Certificate}
	return w
}

func TestRead(t *testing.T) {
	w := newWorld(t)
	message := cmsmaker.Message{Content: []byte(plist), Signers: []cmsmaker.Identity{w.device}, Hash: crypto.SHA1, BER: true}.Bytes(t)
	info, unknown, err := machineinfo.Read(message, w.trust)
	if err != nil || unknown != nil {
		t.Fatal(unknown, err)
	}
	want := machineinfo.Info{UDID: "00008112-000C5D6E7F809A1B", SerialNumber: "C02SIM0003CC", Product: "Mac14,2", Build: "25B78", OSVersion: "26.1",
		CanRequestSoftwareUpdate: true, SoftwareUpdateDeviceID: "J413AP"}
	if d := cmp.Diff(want, info); d != "" {
		t.Error(d)
	}
}

// FieldNote 24: the one authority is pinned by its key, whatever the dates say, and nothing that stands above it counts.
func TestFieldNote24Trust(t *testing.T) {
	root := cmsmaker.Authority(t, "Root CA", cmsmaker.EC(t), nil)
	deviceCA := cmsmaker.Authority(t, "Device CA", cmsmaker.RSA(t, 1024), &root)
	developers := cmsmaker.Authority(t, "Developer CA", cmsmaker.EC(t), &root)
	namesake := cmsmaker.Authority(t, "Device CA", cmsmaker.EC(t), nil)
	trust := machineinfo.Trust{Pinned: []*x509.Certificate{deviceCA.Certificate}, Apple: []*x509.Certificate{root.Certificate}}
	self := cmsmaker.Issue(t, nil, cmsmaker.EC(t), func(c *x509.Certificate) { c.Subject.CommonName = "Myself" })
	mac := cmsmaker.Device(t, deviceCA, cmsmaker.RSA(t, 1024))
	developer, stranger := cmsmaker.Device(t, developers, cmsmaker.EC(t)), cmsmaker.Device(t, namesake, cmsmaker.EC(t))
	ofRoot := cmsmaker.Device(t, root, cmsmaker.EC(t))
	chain := func(all ...cmsmaker.Identity) (list []*x509.Certificate) {
		for _, i := range all {
			list = append(list, i.Certificate)
		}
		return list
	}
	for name, tt := range map[string]struct {
		signer cmsmaker.Identity
		chain  []*x509.Certificate
		code   apperr.Code
		seen   *x509.Certificate
	}{
		"leaf alone":                 {mac, nil, "", nil},
		"leaf and authority":         {mac, chain(mac, deviceCA), "", nil},
		"full chain":                 {mac, chain(root, deviceCA, mac), "", nil},
		"self-signed":                {self, nil, machineinfo.SelfSigned, nil},
		"same name, other key":       {stranger, chain(stranger, namesake), machineinfo.UnknownDeviceCA, namesake.Certificate},
		"other, authority not sent":  {stranger, nil, machineinfo.UnknownDeviceCA, nil},
		"wrong authority's sent":     {stranger, chain(stranger, deviceCA), machineinfo.UnknownDeviceCA, nil},
		"developer under the root":   {developer, chain(developer, developers, root), machineinfo.NotADeviceCA, developers.Certificate},
		"developer, root not sent":   {developer, chain(developer, developers), machineinfo.NotADeviceCA, developers.Certificate},
		"issued by the root itself":  {ofRoot, chain(ofRoot, root), machineinfo.NotADeviceCA, root.Certificate},
		"the authority signs itself": {deviceCA, nil, machineinfo.SignerIsCA, nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := cmsmaker.Message{Content: []byte(plist), Signers: []cmsmaker.Identity{tt.signer}, Certificates: tt.chain}
			info, unknown, err := machineinfo.Read(m.Bytes(t), trust)
			if apperr.CodeOf(err) != tt.code || (err == nil) != (info.SerialNumber != "") {
				t.Fatalf("%v beside %v, want %q", err, info, tt.code)
			}
			if tt.code != machineinfo.UnknownDeviceCA && tt.code != machineinfo.NotADeviceCA {
				if unknown != nil {
					t.Error("an authority to remember")
				}
				return
			}
			if unknown == nil || !unknown.Authority.Equal(tt.seen) || unknown.Claims.SerialNumber != "C02SIM0003CC" {
				t.Errorf("%+v, want the authority %v", unknown, tt.seen)
			}
		})
	}
}

func TestNotSigned(t *testing.T) {
	w := newWorld(t)
	for _, body := range []string{plist, "\xef\xbb\xbf \n<plist/>", "bplist00xx", "", "hello"} {
		_, _, err := machineinfo.Read([]byte(body), w.trust)
		if code := apperr.CodeOf(err); code != machineinfo.NotSigned && code != machineinfo.CMSCutOff && code != machineinfo.CMSMalformed {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func wrap(members string) string { return `<plist version="1.0"><dict>` + members + `</dict></plist>` }

func TestPlistRefused(t *testing.T) {
	w := newWorld(t)
	good := "<key>SERIAL</key><string>S1</string><key>UDID</key><string>U1</string><key>PRODUCT</key><string>P1</string>"
	laughs := `<!DOCTYPE plist [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>` + wrap(good+"<key>X</key><string>&b;</string>")
	many := good
	for i := range 200 {
		many += fmt.Sprintf("<key>K%d</key><true/>", i)
	}
	for name, tt := range map[string]struct {
		plist string
		code  apperr.Code
	}{
		"good":                {wrap(good), ""},
		"no serial number":    {wrap(strings.Replace(good, "SERIAL", "SERIEL", 1)), machineinfo.PlistIncomplete},
		"no UDID":             {wrap(strings.Replace(good, "UDID", "UUID", 1)), machineinfo.PlistIncomplete},
		"no product":          {wrap(strings.Replace(good, "PRODUCT", "PRODUKT", 1)), machineinfo.PlistIncomplete},
		"serial of no text":   {wrap(strings.Replace(good, "<string>S1</string>", "<true/>", 1)), machineinfo.PlistIncomplete},
		"odd serial number":   {wrap(strings.Replace(good, "S1", "S1' OR 1", 1)), machineinfo.PlistUnreadable},
		"serial number twice": {wrap(good + "<key>SERIAL</key><string>S2</string>"), machineinfo.PlistUnreadable},
		"depth bomb":          {wrap(good + "<key>X</key>" + strings.Repeat("<array>", 3000) + strings.Repeat("</array>", 3000)), machineinfo.PlistUnreadable},
		"size bomb":           {wrap(good + "<key>X</key><string>" + strings.Repeat("x", 40_000) + "</string>"), machineinfo.PlistUnreadable},
		"a long value":        {wrap(good + "<key>X</key><string>" + strings.Repeat("x", 5_000) + "</string>"), machineinfo.PlistUnreadable},
		"many keys":           {wrap(many), machineinfo.PlistUnreadable},
		"entity bomb":         {laughs, machineinfo.PlistUnreadable},
		"unknown entity":      {wrap(good + "<key>X</key><string>&x;</string>"), machineinfo.PlistUnreadable},
		"external entity":     {`<!DOCTYPE plist [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + wrap(good), machineinfo.PlistUnreadable},
		"no XML":              {"hello", machineinfo.PlistUnreadable},
		"cut off":             {strings.TrimSuffix(wrap(good), "</plist>"), machineinfo.PlistUnreadable},
		"two dictionaries":    {strings.Replace(wrap(good), "</dict>", "</dict><dict></dict>", 1), machineinfo.PlistUnreadable},
		"value without key":   {wrap("<string>x</string>" + good), machineinfo.PlistUnreadable},
		"key without value":   {wrap(good + "<key>X</key>"), machineinfo.PlistUnreadable},
		"crossed elements":    {wrap(good + "<key>X</key><string>a</data>"), machineinfo.PlistUnreadable},
		"binary":              {"bplist00", machineinfo.PlistUnreadable},
		"another charset":     {`<?xml version="1.0" encoding="UTF-16"?>` + wrap(good), machineinfo.PlistUnreadable},
		"an array":            {`<plist version="1.0"><array></array></plist>`, machineinfo.PlistUnreadable},
		"text between":        {wrap(good + "x"), machineinfo.PlistUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			message := cmsmaker.Message{Content: []byte(tt.plist), Signers: []cmsmaker.Identity{w.device}}.Bytes(t)
			if _, _, err := machineinfo.Read(message, w.trust); apperr.CodeOf(err) != tt.code {
				t.Errorf("%v, want %q", err, tt.code)
			}
		})
	}
}

// Every reason has a code of its own: what the handler tells, counts and keeps.
func TestCodes(t *testing.T) {
	w := newWorld(t)
	signers := []cmsmaker.Identity{w.device}
	for want, m := range map[apperr.Code]cmsmaker.Message{
		machineinfo.NotOneSigner:        {Signers: append(signers, cmsmaker.Device(t, w.authority, cmsmaker.EC(t)))},
		machineinfo.NoSignerCertificate: {Signers: signers, None: true},
		machineinfo.ContentAltered:      {Signers: signers, Sent: []byte("x")},
		machineinfo.AlgorithmRefused:    {Signers: signers, Hash: crypto.MD5},
		machineinfo.CMSDetached:         {Signers: signers, Detached: true},
		machineinfo.SignatureWrong:      {Signers: signers, Signature: func(b []byte) []byte { b[3]++; return b }},
	} {
		m.Content = []byte(plist)
		if _, _, err := machineinfo.Read(m.Bytes(t), w.trust); apperr.CodeOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	deep := append(bytes.Repeat([]byte{0x30, 0x80}, 100), make([]byte, 200)...)
	for want, body := range map[apperr.Code][]byte{machineinfo.CMSTooDeep: deep, machineinfo.CMSTooLarge: append([]byte{0x30}, make([]byte, 1<<20)...),
		machineinfo.CMSCutOff: {0x30, 0x82}, machineinfo.CMSMalformed: {0x30, 0x02, 0x00, 0x00}} {
		if _, _, err := machineinfo.Read(body, w.trust); apperr.CodeOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
