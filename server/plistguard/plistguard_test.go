package plistguard

import (
	"errors"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	limits := Limits{Depth: 3, Elements: 5}
	for _, test := range []struct {
		text string
		want error
	}{
		{"\xef\xbb\xbf <?xml version=\"1.0\"?><!DOCTYPE plist PUBLIC \"a\" \"b\"><plist><dict><key>a</key><true/></dict></plist>", nil},
		{"<plist><!-- < <a> --><string><![CDATA[<b>]]></string></plist>", nil},
		{"", ErrNotXML}, {"bplist00", ErrNotXML}, {"0\x82", ErrNotXML},
		{"<plist", ErrCutOff}, {"<plist><!--", ErrCutOff},
		{`<!DOCTYPE plist [<!ENTITY a "b">]><plist/>`, ErrEntities}, {`<plist/><!ENTITY a "b">`, ErrEntities},
		{"<plist>" + strings.Repeat("<array>", 3), ErrTooMuch}, {"<plist>" + strings.Repeat("<true/>", 5) + "</plist>", ErrTooMuch},
		{"<plist>" + strings.Repeat("<array></array>", 4) + "</plist>", nil},
	} {
		if err := Check([]byte(test.text), limits); !errors.Is(err, test.want) || (err == nil) != (test.want == nil) {
			t.Errorf("%q: %v, want %v", test.text, err, test.want)
		}
	}
}
