package simabm

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
)

// tokenLife is Apple's: a token ends a year after it was downloaded.
const tokenLife = 365 * 24 * time.Hour

// credentials are what a server token carries.
type credentials struct {
	ConsumerKey       string
	ConsumerSecret    string
	AccessToken       string
	AccessSecret      string
	AccessTokenExpiry time.Time
	admin             string // whose token it is
}

// TokenQuirk is a deviation of a token file from Apple's usual shape.
type TokenQuirk string

// Quirks that leave the token usable. Such a download counts: it replaces the token in use.
const (
	TokenPlain     TokenQuirk = ""                // Apple's usual shape
	TokenLF        TokenQuirk = "lf"              // line feeds only
	TokenFolded    TokenQuirk = "folded_header"   // a header broken inside a word, as in Apple's documentation
	TokenBinary    TokenQuirk = "binary"          // the bare bytes, without S/MIME around them
	TokenDER       TokenQuirk = "der"             // definite lengths
	TokenBareInner TokenQuirk = "bare_inner_json" // no BEGIN MESSAGE and END MESSAGE lines
	TokenWrapped   TokenQuirk = "wrapped_json"    // JSON broken inside strings, as in Apple's documentation
	TokenAES256    TokenQuirk = "aes256"
)

// Quirks that spoil the token. Such a download changes nothing: the token in use goes on.
const (
	TokenMissingField TokenQuirk = "missing_field" // without access_secret
	TokenExpired      TokenQuirk = "expired"       // ended yesterday
	TokenUnencrypted  TokenQuirk = "unencrypted"   // JSON instead of a token file
	TokenTruncated    TokenQuirk = "truncated"     // half of the file
	TokenOtherKey     TokenQuirk = "other_key"     // made for another public key
)

// ErrUnknownQuirk says that there is no such token quirk.
var ErrUnknownQuirk = errors.New("unknown token quirk")

// ErrTokenLife says that a token cannot live so long.
var ErrTokenLife = errors.New("a token lives for up to a year")

func (q TokenQuirk) usable() bool {
	switch q {
	case TokenMissingField, TokenExpired, TokenUnencrypted, TokenTruncated, TokenOtherKey:
		return false
	default:
		return true
	}
}

// TokenQuirks lists all, Apple's usual shape first.
func TokenQuirks() []TokenQuirk {
	return []TokenQuirk{
		TokenPlain, TokenLF, TokenFolded, TokenBinary, TokenDER, TokenBareInner, TokenWrapped, TokenAES256,
		TokenMissingField, TokenExpired, TokenUnencrypted, TokenTruncated, TokenOtherKey,
	}
}

// DownloadToken makes new credentials, valid for a year, and encrypts them for the certificate. Earlier tokens of the
// server stop working at once.
func (sv *Server) DownloadToken() (p7m []byte, filename string, err error) {
	return sv.DownloadTokenAs(TokenPlain)
}

// DownloadTokenFor is DownloadToken for a token that ends sooner, as if it had been in use for most of its year.
func (sv *Server) DownloadTokenFor(life time.Duration) (p7m []byte, filename string, err error) {
	if life <= 0 || life > tokenLife {
		return nil, "", fmt.Errorf("%s: %w", life, ErrTokenLife)
	}
	return sv.download(TokenPlain, life)
}

// DownloadTokenAs makes a token file with a deviation, for tests of clients.
func (sv *Server) DownloadTokenAs(q TokenQuirk) (p7m []byte, filename string, err error) {
	return sv.download(q, tokenLife)
}

func (sv *Server) download(q TokenQuirk, life time.Duration) (p7m []byte, filename string, err error) {
	known := false
	for _, k := range TokenQuirks() {
		known = known || k == q
	}
	if !known {
		return nil, "", fmt.Errorf("%q: %w", string(q), ErrUnknownQuirk)
	}
	s := sv.org.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now().UTC().Truncate(time.Second)
	creds := sv.newCredentials(now)
	creds.AccessTokenExpiry = now.Add(life)
	if q == TokenExpired {
		creds.AccessTokenExpiry = now.Add(-24 * time.Hour)
	}
	p7m, err = encodeToken(creds, sv.cert, q)
	if err != nil {
		return nil, "", err
	}
	if q.usable() {
		sv.consumerKeys[creds.admin] = creds.ConsumerKey
		sv.creds = creds
		s.gate.drop(sv)
	}
	filename = fmt.Sprintf("%s_Token_%s_smime.p7m", fileName(sv.name), now.Format("2006-01-02T15-04-05Z"))
	return p7m, filename, nil
}

// RevokeToken ends the token in use and its sessions, as when the person who downloaded it changes the password.
func (sv *Server) RevokeToken() {
	s := sv.org.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	sv.creds = nil
	s.gate.drop(sv)
}

// TokenExpiry is when the token in use ends; false means there is none.
func (sv *Server) TokenExpiry() (time.Time, bool) {
	sv.org.sim.mu.RLock()
	defer sv.org.sim.mu.RUnlock()
	if sv.creds == nil {
		return time.Time{}, false
	}
	return sv.creds.AccessTokenExpiry, true
}

// ExpireToken lets the token in use end now, without waiting for the clock.
func (sv *Server) ExpireToken() {
	s := sv.org.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	if sv.creds != nil {
		ended := *sv.creds
		ended.AccessTokenExpiry = s.clock.Now().UTC().Truncate(time.Second)
		sv.creds = &ended
	}
}

// newCredentials are those of a download by the present portal user, who keeps the consumer key.
func (sv *Server) newCredentials(now time.Time) *credentials {
	key := sv.consumerKeys[sv.org.admin]
	if key == "" {
		key = "CK_" + hex.EncodeToString(randomBytes(48))
	}
	return &credentials{
		ConsumerKey:    key,
		ConsumerSecret: "CS_" + hex.EncodeToString(randomBytes(20)),
		AccessToken:    fmt.Sprintf("AT_O%d%sO%sO%d", sv.no, sv.org.ID(), hex.EncodeToString(randomBytes(20)), now.UnixMilli()),
		AccessSecret:   "AS_" + hex.EncodeToString(randomBytes(20)),
		admin:          sv.org.admin,
	}
}

// fileName keeps what is safe in a file name and in a header.
func fileName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if r < 0x80 && strings.ContainsRune("-_.", r) || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return '-'
	}, name)
	return clean[:min(len(clean), 60)]
}

// encodeToken makes the file: S/MIME around BER around MIME around JSON.
func encodeToken(c *credentials, cert *x509.Certificate, q TokenQuirk) ([]byte, error) {
	inner := innerMessage(c, q)
	if q == TokenUnencrypted {
		return inner[strings.IndexByte(string(inner), '{'):], nil
	}
	if q == TokenOtherKey {
		other, err := otherCertificate(cert)
		if err != nil {
			return nil, err
		}
		cert = other
	}
	shape := envelopeShape{keyBytes: 16, definite: q == TokenDER}
	if q == TokenAES256 {
		shape.keyBytes = 32
	}
	raw, err := envelop(inner, cert, shape)
	if err != nil || q == TokenBinary {
		return raw, err
	}
	file := smime(raw, q)
	if q == TokenTruncated {
		file = file[:len(file)/2]
	}
	return file, nil
}

// innerMessage is the MIME text with the credentials, one pair a line, as real tokens have it.
func innerMessage(c *credentials, q TokenQuirk) []byte {
	pairs := [][2]string{
		{"consumer_key", c.ConsumerKey}, {"consumer_secret", c.ConsumerSecret},
		{"access_token", c.AccessToken}, {"access_secret", c.AccessSecret},
		{"access_token_expiry", c.AccessTokenExpiry.Format(time.RFC3339)},
	}
	if q == TokenMissingField {
		pairs = append(pairs[:3], pairs[4])
	}
	lines := make([]string, len(pairs))
	for i, p := range pairs {
		value, _ := json.Marshal(p[1]) // a string always can
		lines[i] = fmt.Sprintf("%q:%s", p[0], value)
	}
	eol := lineEnd(q)
	text := "{" + strings.Join(lines, ","+eol) + "}"
	if q == TokenWrapped {
		text = wrap(strings.ReplaceAll(text, eol, ""), 64, eol)
	}
	if q != TokenBareInner {
		text = "-----BEGIN MESSAGE-----" + eol + text + eol + "-----END MESSAGE-----" + eol
	}
	return []byte("Content-Type: text/plain;charset=UTF-8" + eol + "Content-Transfer-Encoding: 7bit" + eol + eol + text)
}

func smime(raw []byte, q TokenQuirk) []byte {
	eol := lineEnd(q)
	kind := `Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data`
	if q == TokenFolded {
		kind = `Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped` + eol + `-data`
	}
	head := []string{
		kind,
		"Content-Transfer-Encoding: base64",
		`Content-Disposition: attachment; filename="smime.p7m"`,
		"Content-Description: S/MIME Encrypted Message",
		"", "",
	}
	return []byte(strings.Join(head, eol) + wrap(base64.StdEncoding.EncodeToString(raw), 76, eol) + eol)
}

func lineEnd(q TokenQuirk) string {
	if q == TokenLF {
		return "\n"
	}
	return "\r\n"
}

func wrap(text string, width int, eol string) string {
	var b strings.Builder
	for len(text) > width {
		b.WriteString(text[:width])
		b.WriteString(eol)
		text = text[width:]
	}
	b.WriteString(text)
	return b.String()
}

// otherCertificate is one of another key pair; only the issuer looks the same.
func otherCertificate(like *x509.Certificate) (*x509.Certificate, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(randomBytes(15)),
		Subject:      pkix.Name{CommonName: like.Subject.CommonName},
		NotBefore:    like.NotBefore,
		NotAfter:     like.NotAfter,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}
