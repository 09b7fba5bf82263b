package abm

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// The vector of the protocol reference (2.1), computed there by another implementation.
func TestAuthorization(t *testing.T) {
	creds := Credentials{
		ConsumerKey:    "CK_9e8386a714b91afedaacb32aad2047f08993a513fee2c53243a4c9d08ab51af567c71d26e9d27a145cb2f86a597786a0",
		ConsumerSecret: "CS_0f1e2d3c4b5a69788796a5b4c3d2e1f001234567",
		AccessToken:    "AT_O4203970987Of05fa7f964083179e7a2d0497de9740d3fa08ee3O1785000000000",
		AccessSecret:   "AS_89abcdef0123456789abcdef0123456789abcdef",
	}
	for address, signature := range map[string]string{
		"https://mdmenrollment.apple.com/session":     "VUxBdS4adqjIpw4%2F6PUrs3hwljw%3D",
		"https://MDMenrollment.apple.com:443/session": "VUxBdS4adqjIpw4%2F6PUrs3hwljw%3D",
		"http://127.0.0.1:9443/session":               "RV48Wj%2B7Rj%2FRvxvnLq%2F%2Bs%2FltelU%3D",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		header := creds.authorization(u, "f3b2c1d0e9a84756", time.Unix(1785000123, 0))
		if !strings.HasSuffix(header, `,oauth_signature="`+signature+`"`) {
			t.Errorf("%s: %s", address, header)
		}
		for _, part := range []string{`OAuth realm="ADM",`, `oauth_consumer_key="` + creds.ConsumerKey + `"`, `oauth_timestamp="1785000123"`} {
			if !strings.Contains(header, part) {
				t.Errorf("no %s in %s", part, header)
			}
		}
	}
}

func TestPercentEncode(t *testing.T) {
	for in, want := range map[string]string{"aZ09-._~": "aZ09-._~", " +/%": "%20%2B%2F%25", "ü": "%C3%BC"} {
		if got := percentEncode(in); got != want {
			t.Errorf("percentEncode(%q) = %s, want %s", in, got, want)
		}
	}
}
