package httpd

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/guardmdm/guardmdm/server/peer"
)

// ParseTrustedProxies reads GUARDMDM_TRUSTED_PROXIES: networks (10.0.0.0/8) and single addresses, separated by commas.
func ParseTrustedProxies(list string) ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(entry)
		if err != nil {
			addr, addrErr := netip.ParseAddr(entry)
			if addrErr != nil || addr.Zone() != "" {
				return nil, fmt.Errorf("GUARDMDM_TRUSTED_PROXIES: %q is neither an address nor a network such as 10.0.0.0/8", entry)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		prefixes = append(prefixes, prefix.Masked())
	}
	return prefixes, nil
}

// believeProxies finds out who the client is, and what host it asked for. Forwarding headers count only when the
// connection comes from a trusted proxy: anyone else could write what they like into them.
func (s *Server) believeProxies(next http.Handler) http.Handler {
	trusted := s.cfg.TrustedProxies
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		addr := remoteAddr(r)
		client := peer.Peer{Addr: addr, HTTPS: r.TLS != nil}
		host := r.Host
		header := r.Header
		if contains(trusted, addr) {
			client.Addr = forwardedFor(header.Values("X-Forwarded-For"), addr, trusted)
			if proto := lastOf(header.Values("X-Forwarded-Proto")); proto != "" {
				client.HTTPS = strings.EqualFold(proto, "https")
			}
			if forwarded := lastOf(header.Values("X-Forwarded-Host")); wellFormedHost(forwarded) {
				host = forwarded
			}
		} else if slices.ContainsFunc(proxyHeaders(), func(name string) bool { return header.Get(name) != "" }) {
			header = header.Clone()
			for _, name := range proxyHeaders() {
				header.Del(name)
			}
		}
		r = r.WithContext(peer.With(r.Context(), client))
		r.Host = host // the WebSocket's and the cross-origin check compare it with Origin
		r.Header = header
		next.ServeHTTP(w, r)
	})
}

// proxyHeaders are what a trusted proxy alone may say to handlers: the request's id, and the certificate of a client whose TLS it ended (RFC
// 9440, and what nginx writes as $ssl_client_escaped_cert).
func proxyHeaders() []string { return []string{requestIDHeader, "Client-Cert", "X-Ssl-Client-Cert"} }

func remoteAddr(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap()
}

// forwardedFor walks the list from its end, where the nearest proxy wrote, and stops at the first address that is not a
// trusted proxy: what stands before it was written by strangers.
func forwardedFor(values []string, nearest netip.Addr, trusted []netip.Prefix) netip.Addr {
	hops := strings.Split(strings.Join(values, ","), ",")
	client := nearest
	for _, hop := range slices.Backward(hops) {
		addr, ok := parseHop(hop)
		if !ok {
			break
		}
		client = addr
		if !contains(trusted, addr) {
			break
		}
	}
	return client
}

// parseHop accepts an address, and as some proxies write it, with a port.
func parseHop(hop string) (netip.Addr, bool) {
	hop = strings.TrimSpace(hop)
	if addr, err := netip.ParseAddr(hop); err == nil {
		return addr.Unmap().WithZone(""), true
	}
	if addrPort, err := netip.ParseAddrPort(hop); err == nil {
		return addrPort.Addr().Unmap().WithZone(""), true
	}
	return netip.Addr{}, false
}

func contains(prefixes []netip.Prefix, addr netip.Addr) bool {
	return slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// lastOf is the nearest proxy's word.
func lastOf(values []string) string {
	if len(values) == 0 {
		return ""
	}
	list := strings.Split(values[len(values)-1], ",")
	return strings.TrimSpace(list[len(list)-1])
}

var hostPattern = regexp.MustCompile(`^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$`)

func wellFormedHost(host string) bool {
	return len(host) <= 255 && hostPattern.MatchString(host)
}
