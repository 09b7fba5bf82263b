package simabm

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// clockSkew is how far a client's clock may be off. Apple's limit is unknown.
const clockSkew = 5 * time.Minute

// oauthProblem is a refusal of GET /session, named as in the OAuth Problem Reporting extension. The exact text of
// Apple's bodies is unknown; clients see token_rejected, token_expired and signature_invalid in them.
type oauthProblem struct {
	status int
	code   string
}

func badOAuth(code string) *oauthProblem     { return &oauthProblem{http.StatusBadRequest, code} }
func refusedOAuth(code string) *oauthProblem { return &oauthProblem{http.StatusUnauthorized, code} }

func (p *oauthProblem) body() string { return "oauth_problem=" + p.code }

// oauthRequired are the parameters Apple documents, all of them needed and no others known.
var oauthRequired = []string{
	"oauth_consumer_key", "oauth_nonce", "oauth_signature", "oauth_signature_method", "oauth_timestamp", "oauth_token",
	"oauth_version",
}

// parseOAuth reads an Authorization header. The realm is optional and unsigned.
func parseOAuth(header string) (map[string]string, *oauthProblem) {
	scheme, rest, _ := strings.Cut(strings.TrimSpace(header), " ")
	if !strings.EqualFold(scheme, "OAuth") {
		return nil, badOAuth("parameter_absent")
	}
	params := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, quoted, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok || len(quoted) < 2 || quoted[0] != '"' || quoted[len(quoted)-1] != '"' {
			return nil, badOAuth("parameter_rejected")
		}
		value, err := url.PathUnescape(quoted[1 : len(quoted)-1])
		if err != nil {
			return nil, badOAuth("parameter_rejected")
		}
		if _, twice := params[name]; twice {
			return nil, badOAuth("parameter_rejected")
		}
		params[name] = value
	}
	delete(params, "realm")
	for _, name := range oauthRequired {
		if params[name] == "" {
			return nil, badOAuth("parameter_absent")
		}
	}
	switch {
	case len(params) != len(oauthRequired):
		return nil, badOAuth("parameter_rejected")
	case params["oauth_signature_method"] != "HMAC-SHA1":
		return nil, badOAuth("signature_method_rejected")
	case params["oauth_version"] != "1.0":
		return nil, badOAuth("version_rejected")
	}
	return params, nil
}

// oauthSignature computes the HMAC-SHA1 signature of a GET as RFC 5849 says.
func oauthSignature(address string, params map[string]string, consumerSecret, tokenSecret string) string {
	pairs := make([]string, 0, len(params))
	for name, value := range params {
		if name != "oauth_signature" {
			pairs = append(pairs, percent(name)+"="+percent(value))
		}
	}
	slices.Sort(pairs)
	mac := hmac.New(sha1.New, []byte(percent(consumerSecret)+"&"+percent(tokenSecret)))
	mac.Write([]byte("GET&" + percent(address) + "&" + percent(strings.Join(pairs, "&"))))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// percent encodes as RFC 3986: all but unreserved characters.
func percent(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(text) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

// signedAddresses are the URLs the client may have signed: what it asked for, not what is left below a stripped
// prefix. The host comes with its port unless that is the scheme's own. Without TLS here, a proxy may have ended it,
// so https is tried as well; forwarded headers are never believed.
func signedAddresses(r *http.Request) []string {
	path := r.RequestURI
	if u, err := url.Parse(path); err == nil && u.IsAbs() {
		path = u.EscapedPath()
	}
	path, _, _ = strings.Cut(path, "?")
	host := strings.ToLower(r.Host)
	secure := "https://" + strings.TrimSuffix(host, ":443") + path
	if r.TLS != nil {
		return []string{secure}
	}
	return []string{"http://" + strings.TrimSuffix(host, ":80") + path, secure}
}

// verifyOAuth finds the server whose token signed the request.
func (s *Simulator) verifyOAuth(r *http.Request) (*Server, *oauthProblem) {
	if r.URL.RawQuery != "" || len(r.Header.Values("Authorization")) != 1 {
		return nil, badOAuth("parameter_rejected")
	}
	params, problem := parseOAuth(r.Header.Get("Authorization"))
	if problem != nil {
		return nil, problem
	}
	stamp, err := strconv.ParseInt(params["oauth_timestamp"], 10, 64)
	if err != nil {
		return nil, badOAuth("parameter_rejected")
	}
	sv, creds := s.serverByConsumerKey(params["oauth_consumer_key"])
	now := s.clock.Now()
	switch {
	case sv == nil:
		return nil, refusedOAuth("consumer_key_unknown")
	case creds == nil || creds.AccessToken != params["oauth_token"]:
		return nil, refusedOAuth("token_rejected")
	case !now.Before(creds.AccessTokenExpiry):
		return nil, refusedOAuth("token_expired")
	case time.Unix(stamp, 0).Sub(now).Abs() > clockSkew:
		return nil, refusedOAuth("timestamp_refused")
	}
	signed := slices.ContainsFunc(signedAddresses(r), func(address string) bool {
		want := oauthSignature(address, params, creds.ConsumerSecret, creds.AccessSecret)
		return hmac.Equal([]byte(want), []byte(params["oauth_signature"]))
	})
	if !signed {
		return nil, refusedOAuth("signature_invalid")
	}
	if !s.gate.firstUse(now, params["oauth_token"]+" "+params["oauth_timestamp"]+" "+params["oauth_nonce"]) {
		return nil, refusedOAuth("nonce_used")
	}
	return sv, nil
}

// serverByConsumerKey knows every key ever given out; the credentials are nil when the key's token is not in use.
func (s *Simulator) serverByConsumerKey(key string) (*Server, *credentials) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, sv := range s.servers {
		for _, known := range sv.consumerKeys {
			if known != key {
				continue
			}
			if sv.creds == nil || sv.creds.ConsumerKey != key {
				return sv, nil
			}
			return sv, sv.creds
		}
	}
	return nil, nil
}
