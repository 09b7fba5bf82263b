package doctor

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	proxySettings = "Apple: proxy"
	appleDNS      = "Apple: DNS"
	appleTCP      = "Apple: TCP"
	appleTLS      = "Apple: TLS"
	appleHTTP     = "Apple: HTTP"
	appleClock    = "clock, Apple"
)

// accountPath is asked without a session: 401 is documented for that.
const accountPath = "/account"

const whyClock = "Signing in at Apple (OAuth) signs the time: Apple refuses a clock that differs by more than 5 minutes."

// apple goes the way to Apple step by step, so that the first one that fails names the cause. It tells whether the service
// answers.
func (d *doctor) apple(ctx context.Context) (reachable bool) {
	steps := []string{proxySettings, appleDNS, appleTCP, appleTLS, appleHTTP, appleClock}
	base, err := url.Parse(d.Config.ABMURL)
	if err != nil || base.Hostname() == "" || base.User != nil {
		d.skip("a valid GUARDMDM_ABM_URL", steps...)
		return false
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base.JoinPath(accountPath).String(), nil)
	if err != nil {
		d.skip("a valid GUARDMDM_ABM_URL", steps...)
		return false
	}
	r.Header.Set("User-Agent", "GuardMDM/"+d.Version)
	proxy, err := http.ProxyFromEnvironment(r)
	if err != nil || proxy != nil && proxy.Hostname() == "" { // Go takes nearly any text for a URL
		d.fail(proxySettings, "the proxy's address cannot be read", "One of "+proxyVariables(true)+" is not a URL.", "Write http://HOST:PORT.")
		d.skip("the proxy", steps[1:]...)
		return false
	}
	first := base
	if proxy == nil {
		d.ok(proxySettings, "none for %s%s", base.Hostname(), proxyVariables(false))
	} else {
		first = proxy
		d.ok(proxySettings, "requests to %s go through %s%s", base.Hostname(), proxy.Host, proxyVariables(false))
	}
	hint := ""
	if proxy != nil {
		hint = " That is the proxy: check its variable, too."
	}
	if !d.resolve(ctx, first, hint) {
		d.skip("DNS", steps[2:]...)
		return false
	}
	conn, ok := d.dial(ctx, first, hint)
	if !ok {
		d.skip("TCP", steps[3:]...)
		return false
	}
	ok = d.handshake(ctx, conn, base, proxy != nil)
	_ = conn.Close()
	if !ok {
		d.skip("TLS", steps[4:]...)
		return false
	}
	return d.request(r, proxy)
}

// proxyVariables names the variables that are set, never what they hold: that can be a password.
func proxyVariables(any bool) string {
	var set []string
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"} {
		if any || os.Getenv(name) != "" {
			set = append(set, name)
		}
	}
	switch {
	case any:
		return strings.Join(set, ", ")
	case len(set) == 0:
		return ""
	}
	return " (" + strings.Join(set, ", ") + " set)"
}

func (d *doctor) resolve(ctx context.Context, to *url.URL, hint string) bool {
	host := to.Hostname()
	if net.ParseIP(host) != nil {
		d.ok(appleDNS, "%s is an address, no name", host)
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	addresses, err := net.DefaultResolver.LookupHost(ctx, host)
	if err != nil {
		d.fail(appleDNS, "the name "+host+" cannot be resolved", err.Error(), "Check the name servers of this machine (/etc/resolv.conf), or the name."+hint)
		return false
	}
	d.ok(appleDNS, "%s is %s", host, strings.Join(addresses[:min(len(addresses), 3)], ", "))
	return true
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		if port = "443"; u.Scheme == "http" {
			port = "80"
		}
	}
	return net.JoinHostPort(u.Hostname(), port)
}

func (d *doctor) dial(ctx context.Context, to *url.URL, hint string) (net.Conn, bool) {
	conn, err := (&net.Dialer{Timeout: checkTime}).DialContext(ctx, "tcp", hostPort(to))
	if err != nil {
		d.fail(appleTCP, hostPort(to)+" cannot be reached", err.Error(),
			"Check routes and firewalls: this machine must be allowed to connect there. Behind a proxy, set HTTPS_PROXY."+hint)
		return nil, false
	}
	d.ok(appleTCP, "connected to %s", conn.RemoteAddr())
	return conn, true
}

func (d *doctor) handshake(ctx context.Context, conn net.Conn, base *url.URL, proxied bool) bool {
	switch {
	case base.Scheme != "https":
		d.ok(appleTLS, "not used by %s", base.Redacted())
		return true
	case proxied:
		d.ok(appleTLS, "through the proxy, see the next line")
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	secured := tls.Client(conn, &tls.Config{ServerName: base.Hostname(), MinVersion: tls.VersionTLS12, Time: d.Clock.Now})
	if err := secured.HandshakeContext(ctx); err != nil {
		d.failTLS(appleTLS, base.Hostname(), err)
		return false
	}
	leaf := secured.ConnectionState().PeerCertificates[0]
	d.ok(appleTLS, "the certificate of %s is by %s, %s left", base.Hostname(), issuer(leaf.Issuer.Organization, leaf.Issuer.CommonName),
		apperr.Count(days(leaf.NotAfter.Sub(d.Clock.Now())), "day"))
	return true
}

func (d *doctor) failTLS(check, host string, err error) {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		d.fail(check, "the certificate of "+host+" is not trusted here", err.Error(),
			"If a proxy or firewall opens TLS connections, except "+host+" from that. Else see the clock and the system's root certificates (ca-certificates).")
		return
	}
	d.fail(check, "no TLS connection to "+host, err.Error(), "Check whether a proxy or firewall interferes.")
}

func issuer(organization []string, name string) string {
	if len(organization) > 0 {
		return organization[0]
	}
	return name
}

func (d *doctor) proxyPassword() {
	d.fail(appleHTTP, "the proxy wants a user and a password (407)", "", "Write them into the proxy's variable: http://USER:PASSWORD@HOST:PORT.")
}

// request asks without credentials, which Apple refuses: that proves the service as well as a success would.
func (d *doctor) request(r *http.Request, proxy *url.URL) bool {
	client := http.Client{
		Transport: &http.Transport{Proxy: http.ProxyURL(proxy), DisableKeepAlives: true,
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, Time: d.Clock.Now}},
		Timeout:       checkTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	const (
		doProxy = "Check whether a proxy or firewall between this machine and Apple answers in Apple's place."
		doURL   = "Check GUARDMDM_ABM_URL, its path too."
	)
	host := r.URL.Hostname()
	before := d.Clock.Now()
	answer, err := client.Do(r)
	after := d.Clock.Now()
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err
		}
		switch {
		case err.Error() == http.StatusText(http.StatusProxyAuthRequired): // all that net/http says of a refused CONNECT
			d.proxyPassword()
		case proxy != nil && r.URL.Scheme == "https":
			d.failTLS(appleHTTP, host, err)
		default:
			d.fail(appleHTTP, "no answer from "+host, err.Error(), doProxy)
		}
		d.skip("HTTP", appleClock)
		return false
	}
	defer answer.Body.Close()
	start, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
	isPage := strings.HasPrefix(strings.TrimSpace(string(start)), "<")
	reachable := false
	switch status := answer.StatusCode; {
	case status == http.StatusProxyAuthRequired:
		d.proxyPassword()
	case status >= 500:
		d.fail(appleHTTP, fmt.Sprintf("the service of %s does not work at the moment (%d)", host, status), "", "Wait, and see Apple's system status. If it lasts: "+doProxy)
	case status >= 300 && status < 400:
		d.fail(appleHTTP, fmt.Sprintf("the answer leads to another address (%d)", status), "Apple never does that.", doProxy)
	case isPage && status >= 400 && status != http.StatusNotFound: // Apple is not known to, but who knows its front servers?
		reachable = true
		d.warn(appleHTTP, fmt.Sprintf("%s answers with a web page (%d)", host, status), "Apple's service sends none; a proxy may answer in its place.", doProxy)
	case status == http.StatusNotFound, status < 300:
		d.fail(appleHTTP, fmt.Sprintf("what answers at %s is not Apple's device assignment service (%d)", r.URL.Redacted(), status), "", doURL+" "+doProxy)
	default:
		reachable = true
		d.ok(appleHTTP, "%s answers (%d, as it should without credentials)", host, status)
	}
	theirs, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		d.warn(appleClock, "cannot be compared: the answer has no Date", whyClock, doProxy)
		return reachable
	}
	d.clock(appleClock, "Apple's clock", whyClock, before, theirs, after, time.Second)
	return reachable
}
