// Package outbound is HTTP to addresses that people wrote down. Where a name leads is looked at when the connection is made, after it was
// resolved, so that nobody can have this server call what only it can reach: its own machine, its network, its cloud's metadata.
package outbound

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// Options configure a client.
type Options struct {
	// Allowed are networks that may be called although they are not public.
	Allowed []netip.Prefix
	// Timeout bounds a request, from the name's resolution to the last byte.
	Timeout time.Duration
	RootCAs *x509.CertPool // nil: the machine's
}

// ErrForbidden is why a connection was not made: the address is not public, and not allowed.
var ErrForbidden = errors.New("address that may not be called")

// New makes a client. It keeps connections, follows no redirects, uses no proxy, and gives up early.
func New(o Options) *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %s", ErrForbidden, address)
		}
		if !Permitted(at.Addr(), o.Allowed) {
			return fmt.Errorf("%w: %s", ErrForbidden, at.Addr())
		}
		return nil
	}}
	return &http.Client{
		Timeout:       o.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, TLSClientConfig: &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
			ForceAttemptHTTP2: true, DisableCompression: true, // a small answer must not become a large one
			MaxIdleConnsPerHost: 8, MaxConnsPerHost: 32, MaxIdleConns: 64, IdleConnTimeout: 90 * time.Second,
			ResponseHeaderTimeout: o.Timeout, MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// special are networks that are no place on the internet, beside those that netip knows (IANA's registries of special purposes), and two that
// are: clouds answer there, to their own machines alone.
var special = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"168.63.129.16/32", // Azure
	"::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
)

// translated is where a network without IPv4 reaches it (RFC 6052): the last four bytes say where such an address leads.
var translated = netip.MustParsePrefix("64:ff9b::/96")

func prefixes(all ...string) (list []netip.Prefix) {
	for _, p := range all {
		list = append(list, netip.MustParsePrefix(p))
	}
	return list
}

// Permitted tells whether an address may be called.
func Permitted(a netip.Addr, allowed []netip.Prefix) bool {
	a = a.Unmap().WithZone("")
	if translated.Contains(a) {
		bytes := a.As16()
		return Permitted(netip.AddrFrom4([4]byte(bytes[12:])), allowed)
	}
	return within(a, allowed) || a.IsGlobalUnicast() && !a.IsPrivate() && !within(a, special)
}

func within(a netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// ParseNetworks reads networks from a list with commas.
func ParseNetworks(list string) (networks []netip.Prefix, err error) {
	for _, item := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := netip.ParsePrefix(item)
		if err != nil {
			return nil, fmt.Errorf("%q is no network: it needs ADDRESS/BITS, such as 10.20.0.0/16", item)
		}
		networks = append(networks, n.Masked())
	}
	return networks, nil
}
