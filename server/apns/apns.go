// Package apns asks devices to call, through Apple's push service. NanoMDM's client does the asking; what it lacks is around it: where
// the service is, whom it trusts, bounds on answers and on how much goes on at once.
package apns

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/push"
	"github.com/micromdm/nanomdm/push/nanopush"
)

const (
	// Apple is where Apple's push service is.
	Apple = nanopush.Production
	// MaxBatch is the most notices of one call: NanoMDM's client begins a goroutine for each.
	MaxBatch = 50

	timeout   = 30 * time.Second
	maxAnswer = 4 << 10
)

// expiration is how long Apple keeps a notice for a device that is off. Commands wait in the database, so a lost notice is no lost
// command; a device that was off for longer calls by itself sooner or later.
const expiration = 7 * 24 * time.Hour

// Notice asks one device to call.
type Notice struct {
	Token []byte
	Magic string
}

// Refusal is why the service did not take a notice.
type Refusal struct {
	// Reason is Apple's word, such as Unregistered; or HTTP and the status where Apple gave none; or one of those below.
	Reason string
	Err    error
}

// NoAnswer is the reason when the service could not be reached, or broke off.
const NoAnswer = "NoAnswer"

// Error implements error.
func (r *Refusal) Error() string { return fmt.Sprintf("push service: %s: %v", r.Reason, r.Err) }

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// Permanent tells whether the same notice will be refused again: the device has to come with another push token first.
func (r *Refusal) Permanent() bool {
	switch r.Reason {
	case "BadDeviceToken", "Unregistered", "DeviceTokenNotForTopic", "MissingDeviceToken", "ExpiredToken", "BadPath", "HTTP 400", "HTTP 404", "HTTP 410":
		return true
	}
	return false
}

// Config says where the service is.
type Config struct {
	BaseURL string         // "": Apple's
	RootCAs *x509.CertPool // nil: those of the machine
}

// Client reaches the push service. It keeps the connections of one certificate.
type Client struct {
	base  *url.URL
	roots *x509.CertPool

	mu          sync.Mutex
	fingerprint string
	provider    push.PushProvider
	transport   *http.Transport
}

// New makes the client.
func New(c Config) (*Client, error) {
	if c.BaseURL == "" {
		c.BaseURL = Apple
	}
	base, err := url.Parse(strings.TrimSuffix(c.BaseURL, "/"))
	if err != nil || base.Host == "" || base.Scheme != "https" {
		return nil, fmt.Errorf("%q: the push service needs an https URL", c.BaseURL)
	}
	return &Client{base: base, roots: c.RootCAs}, nil
}

// IsApple tells whether the URL is that of Apple's push service.
func IsApple(address string) bool {
	u, err := url.Parse(address)
	return address == "" || err == nil && (u.Hostname() == "push.apple.com" || strings.HasSuffix(u.Hostname(), ".push.apple.com"))
}

// Push sends notices, at most MaxBatch, with the certificate. The answers are in the order of the notices; nil: Apple took it.
func (c *Client) Push(ctx context.Context, certificate tls.Certificate, notices []Notice) ([]*Refusal, error) {
	if len(notices) == 0 {
		return nil, nil
	}
	if len(notices) > MaxBatch {
		return nil, fmt.Errorf("%d notices at once, more than %d", len(notices), MaxBatch)
	}
	provider, err := c.with(certificate)
	if err != nil {
		return nil, err
	}
	pushes := make([]*mdm.Push, len(notices))
	for i, n := range notices {
		pushes[i] = &mdm.Push{Token: n.Token, PushMagic: n.Magic}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	answers, err := provider.Push(ctx, pushes)
	if err != nil {
		return nil, err
	}
	refusals := make([]*Refusal, len(notices))
	for i, p := range pushes {
		answer := answers[p.Token.String()]
		if answer == nil {
			refusals[i] = &Refusal{NoAnswer, errors.New("no answer")}
		} else if answer.Err != nil {
			refusals[i] = refusal(answer.Err)
		}
	}
	return refusals, nil
}

func refusal(err error) *Refusal {
	var said *nanopush.JSONPushError
	if errors.As(err, &said) {
		return &Refusal{said.Reason, err}
	}
	return &Refusal{NoAnswer, err}
}

// with gives the provider of the certificate, and closes the connections of an earlier one.
func (c *Client) with(certificate tls.Certificate) (push.PushProvider, error) {
	if len(certificate.Certificate) == 0 {
		return nil, errors.New("a push certificate without a certificate")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.provider != nil && c.fingerprint == string(certificate.Certificate[0]) {
		return c.provider, nil
	}
	transport := &http.Transport{
		Proxy:             http.ProxyFromEnvironment,
		ForceAttemptHTTP2: true,
		TLSClientConfig:   &tls.Config{Certificates: []tls.Certificate{certificate}, RootCAs: c.roots, MinVersion: tls.VersionTLS12},
		IdleConnTimeout:   15 * time.Minute, TLSHandshakeTimeout: 10 * time.Second,
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 15 * time.Second},
	}
	factory := nanopush.NewFactory(nanopush.WithExpiration(expiration), nanopush.WithWorkers(MaxBatch),
		nanopush.WithNewClient(func(*tls.Certificate) (*http.Client, error) {
			return &http.Client{Transport: &adapter{base: c.base, next: transport}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, nil
		}))
	provider, err := factory.NewPushProvider(&certificate)
	if err != nil {
		return nil, err
	}
	if c.transport != nil {
		c.transport.CloseIdleConnections()
	}
	c.provider, c.transport, c.fingerprint = provider, transport, string(certificate.Certificate[0])
	return provider, nil
}

// Close ends the connections that are idle.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.transport != nil {
		c.transport.CloseIdleConnections()
	}
}

// adapter makes requests of NanoMDM's client reach the service that is configured, and answers such that the client understands them:
// it knows Apple's address alone, reads answers without bound, and fails on a connection that the service ended (it takes the status of an answer that is not there).
type adapter struct {
	base *url.URL
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (a *adapter) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.URL.Path = a.base.Scheme, a.base.Host, a.base.Path+r.URL.Path
	r.Host = a.base.Host
	r.Header.Set("apns-push-type", "mdm")
	answer, err := a.next.RoundTrip(r)
	if err != nil {
		return nil, errors.New(err.Error()) // the type is what NanoMDM's client stumbles over
	}
	if answer.StatusCode == http.StatusOK {
		return answer, nil
	}
	text, _ := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	_ = answer.Body.Close()
	var said nanopush.JSONPushError
	if json.Unmarshal(text, &said) != nil || said.Reason == "" {
		if text, err = json.Marshal(nanopush.JSONPushError{Reason: fmt.Sprintf("HTTP %d", answer.StatusCode)}); err != nil {
			return nil, err
		}
	}
	answer.Body = io.NopCloser(bytes.NewReader(text))
	answer.ContentLength = int64(len(text))
	return answer, nil
}
