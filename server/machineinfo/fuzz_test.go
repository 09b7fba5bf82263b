package machineinfo

import "testing"

// What is signed can be anything, too.
func FuzzPlist(f *testing.F) {
	f.Add([]byte(`<plist version="1.0"><dict><key>SERIAL</key><string>S1</string><key>UDID</key><string>U1</string><key>PRODUCT</key><string>P1</string></dict></plist>`))
	f.Add([]byte(`<!DOCTYPE plist [<!ENTITY a "b">]><plist><dict><key>a</key><string>&a;</string></dict></plist>`))
	f.Add([]byte(`<plist><dict><key>a</key><array><dict></dict></array><key>b</key><data>AA==</data></dict></plist>`))
	f.Add([]byte("bplist00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		info, err := parse(content)
		if (err == nil) != (info.SerialNumber != "") || err == nil && (!serialNumber.MatchString(info.SerialNumber) || !udid.MatchString(info.UDID)) {
			t.Fatalf("%+v beside %v", info, err)
		}
	})
}
