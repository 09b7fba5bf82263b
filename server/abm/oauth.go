package abm

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// authorization is the OAuth 1.0a header (RFC 5849, HMAC-SHA1) for a GET without parameters. The nonce must be new for every
// request.
func (c Credentials) authorization(u *url.URL, nonce string, now time.Time) string {
	params := []struct{ name, value string }{ // sorted, as the signature wants them
		{"oauth_consumer_key", c.ConsumerKey},
		{"oauth_nonce", nonce},
		{"oauth_signature_method", "HMAC-SHA1"},
		{"oauth_timestamp", strconv.FormatInt(now.Unix(), 10)},
		{"oauth_token", c.AccessToken},
		{"oauth_version", "1.0"},
	}
	var query, header strings.Builder
	header.WriteString(`OAuth realm="ADM"`) // the realm is not signed
	for i, p := range params {
		if i > 0 {
			query.WriteByte('&')
		}
		query.WriteString(p.name + "=" + percentEncode(p.value))
		header.WriteString(`,` + p.name + `="` + percentEncode(p.value) + `"`)
	}
	base := "GET&" + percentEncode(baseStringURI(u)) + "&" + percentEncode(query.String())
	mac := hmac.New(sha1.New, []byte(percentEncode(c.ConsumerSecret)+"&"+percentEncode(c.AccessSecret)))
	mac.Write([]byte(base))
	signature := base64.StdEncoding.EncodeToString(mac.Sum(nil))
	header.WriteString(`,oauth_signature="` + percentEncode(signature) + `"`)
	return header.String()
}

// baseStringURI is the URL as RFC 5849 3.4.1.2 signs it: lower case, the port only if it is not the scheme's own.
func baseStringURI(u *url.URL) string {
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch scheme {
	case "http":
		host = strings.TrimSuffix(host, ":80")
	case "https":
		host = strings.TrimSuffix(host, ":443")
	}
	return scheme + "://" + host + u.EscapedPath()
}

// percentEncode is the encoding of RFC 5849 3.6, which url.QueryEscape is not: a space is %20, and ~ stays.
func percentEncode(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}
