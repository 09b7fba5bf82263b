package servertoken

import (
	"testing"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// What is inside the encrypted message can be anything, too.
func FuzzParseContent(f *testing.F) {
	f.Add([]byte("Content-Type: text/plain\r\n\r\n-----BEGIN MESSAGE-----\r\n{\"consumer_key\":\"CK\",\"consumer_secret\":\"CS\"," +
		"\"access_token\":\"AT\",\"access_secret\":\"A\nS\",\"access_token_expiry\":\"2027-07-25T17:20:00Z\"}\r\n-----END MESSAGE-----"))
	f.Add([]byte(`{"consumer_key":null}`))
	f.Add([]byte(`}{`))
	f.Fuzz(func(t *testing.T, plain []byte) {
		creds, err := parseContent(plain)
		if err != nil {
			if !apperr.Is(err, apperr.TokenFileInvalid, apperr.TokenIncomplete) || creds != (abm.Credentials{}) {
				t.Fatalf("%v beside %#v", err, creds)
			}
			return
		}
		if creds.ConsumerKey == "" || creds.ConsumerSecret == "" || creds.AccessToken == "" || creds.AccessSecret == "" {
			t.Fatal("a field is empty")
		}
	})
}
