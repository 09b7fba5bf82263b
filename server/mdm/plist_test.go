package mdm_test

import (
	"strings"
	"testing"

	nanomdm "github.com/micromdm/nanomdm/mdm"

	"github.com/guardmdm/guardmdm/server/mdm"
)

// What passes the check can be read, or is refused by the library with an error.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		plistHead + "<dict><key>MessageType</key><string>CheckOut</string><key>UDID</key><string>u</string></dict></plist>",
		plistHead + "<dict><key>MessageType</key><string>TokenUpdate</string><key>AwaitingConfiguration</key><true/><key>UnlockToken</key><data>AAEC</data></dict></plist>",
		plistHead + "<dict><key>Status</key><string>Idle</string></dict></plist>", "<plist>", "<", "<!--", "<![CDATA[", "<?", "\xef\xbb\xbf<plist/>", "bplist00",
		plistHead + strings.Repeat("<array>", 40), `<!DOCTYPE plist [<!ENTITY a "b">]><plist/>`, "<plist><!-- < <a> --><string><![CDATA[<b>]]></string></plist>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if mdm.CheckPlist(b) != nil {
			return
		}
		_, _ = nanomdm.DecodeCheckin(b)
		_, _ = nanomdm.DecodeCommandResults(b)
		_ = mdm.ReadFacts(b)
	})
}
