package abm

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// DefaultBaseURL is Apple's own service.
const DefaultBaseURL = "https://mdmenrollment.apple.com"

const (
	defaultMaxAttempts = 5
	defaultTimeout     = time.Minute      // Apple needs seconds for a page of 1,000 devices
	dialTimeout        = 10 * time.Second // also for TLS
)

// Config says how to reach Apple. The zero value reaches Apple's service.
type Config struct {
	BaseURL     string            // http or https; a path prefix is honoured; default DefaultBaseURL
	UserAgent   string            // name/version; Apple refuses calls without one; default GuardMDM
	Clock       clockwork.Clock   // default the real one
	Logger      *slog.Logger      // default none
	Transport   http.RoundTripper // default one of our own with timeouts
	MaxAttempts int               // HTTP requests per call before giving up, session requests counted apart; default 5
	Timeout     time.Duration     // of one HTTP request from dialing to the end of the answer, in real time; default 1 minute
	Observe     func(Observation) // called after every HTTP request, from any goroutine; must not block; optional
}

// Client talks to Apple on behalf of any number of server tokens. It is safe for concurrent use.
type Client struct {
	base        *url.URL
	userAgent   string
	clock       clockwork.Clock
	log         *slog.Logger
	http        *http.Client
	maxAttempts int
	observe     func(Observation)

	mu       sync.Mutex
	sessions map[string]*session
}

// New makes a client. The error names a base URL that cannot be used.
func New(config Config) (*Client, error) {
	if config.BaseURL == "" {
		config.BaseURL = DefaultBaseURL
	}
	base, err := parseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	c := &Client{
		base:        base,
		userAgent:   config.UserAgent,
		clock:       config.Clock,
		log:         config.Logger,
		maxAttempts: config.MaxAttempts,
		observe:     config.Observe,
		sessions:    map[string]*session{},
	}
	if c.userAgent == "" {
		c.userAgent = "GuardMDM"
	}
	if c.clock == nil {
		c.clock = clockwork.NewRealClock()
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if c.maxAttempts <= 0 {
		c.maxAttempts = defaultMaxAttempts
	}
	if c.observe == nil {
		c.observe = func(Observation) {}
	}
	if config.Timeout <= 0 {
		config.Timeout = defaultTimeout
	}
	if config.Transport == nil {
		config.Transport = newTransport(config.Timeout)
	}
	c.http = &http.Client{
		Transport: config.Transport,
		Timeout:   config.Timeout,
		// Apple documents no redirects. Following one would carry the session to wherever it leads.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

func parseBaseURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return nil, fmt.Errorf("ABM URL %q cannot be read", s)
	case u.User != nil:
		return nil, fmt.Errorf("ABM URL %q must not hold a user name or password", u.Redacted())
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("ABM URL %q must begin with https:// or http://", s)
	case u.Hostname() == "":
		return nil, fmt.Errorf("ABM URL %q names no host", s)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, fmt.Errorf("ABM URL %q must end with its path: no ? and no #", s)
	}
	u.Host = strings.ToLower(u.Host)
	return u, nil
}

// IsApple tells whether a base URL leads to Apple's own service.
func IsApple(baseURL string) bool {
	u, err := url.Parse(baseURL)
	return err == nil && "https://"+strings.ToLower(u.Hostname()) == DefaultBaseURL
}

func newTransport(timeout time.Duration) *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSHandshakeTimeout:    dialTimeout,
		ResponseHeaderTimeout:  timeout,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// Token is the handle of one server token. It is small, safe for concurrent use, and keeps its credentials: ask for a new one after
// a renewal.
type Token struct {
	client  *Client
	key     string
	session *session
}

// Token gives the handle of the server token that the caller knows as key. Handles with the same key and credentials share a
// session; other credentials under the same key drop it, so that a renewed token is in use at once.
func (c *Client) Token(key string, creds Credentials) *Token {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.sessions[key]
	if s == nil || !s.creds.equal(creds) {
		s = newSession(c, key, creds)
		c.sessions[key] = s
	}
	return &Token{client: c, key: key, session: s}
}

// Forget drops the session of a server token, as after its deletion. Calls under way end as they would have.
func (c *Client) Forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sessions, key)
}

// Close closes idle connections. Calls under way are not interrupted.
func (c *Client) Close() { c.http.CloseIdleConnections() }
