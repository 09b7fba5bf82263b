package outbound

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"
)

func TestPermitted(t *testing.T) {
	tests := []struct {
		address string
		want    bool
	}{
		{"17.253.144.10", true}, {"2606:4700::6810:84e5", true},
		{"127.0.0.1", false}, {"127.8.9.1", false}, {"::1", false}, {"0.0.0.0", false}, {"0.1.2.3", false}, {"::", false},
		{"10.0.0.1", false}, {"172.16.3.4", false}, {"192.168.1.1", false}, {"100.64.0.1", false}, {"100.100.100.200", false},
		{"169.254.169.254", false}, {"fe80::1", false}, {"fe80::1%eth0", false}, {"168.63.129.16", false}, {"192.0.0.192", false},
		{"fd00:ec2::254", false}, {"fc00::1", false}, {"fec0::1", false}, {"224.0.0.1", false}, {"ff02::1", false}, {"255.255.255.255", false}, {"240.0.0.1", false},
		{"::ffff:127.0.0.1", false}, {"::ffff:10.1.2.3", false}, {"::ffff:17.253.144.10", true}, {"::127.0.0.1", false},
		{"64:ff9b::7f00:1", false}, {"64:ff9b::a9fe:a9fe", false}, {"64:ff9b::11fd:900a", true}, {"64:ff9b:1::1", false},
		{"2002:7f00:1::", false}, {"2001:0:4136:e378::1", false}, {"198.18.0.1", false}, {"203.0.113.5", false}, {"2001:db8::1", false},
	}
	for _, test := range tests {
		if got := Permitted(netip.MustParseAddr(test.address), nil); got != test.want {
			t.Errorf("%s: %v", test.address, got)
		}
	}
	allowed, err := ParseNetworks("10.20.0.0/16, 127.0.0.1/32,fd12::/16")
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]bool{
		"10.20.3.4": true, "10.21.0.1": false, "127.0.0.1": true, "127.0.0.2": false, "::ffff:10.20.3.4": true, "64:ff9b::a14:304": true, "fd12::1": true, "fd13::1": false,
	} {
		if got := Permitted(netip.MustParseAddr(address), allowed); got != want {
			t.Errorf("%s with allowed networks: %v", address, got)
		}
	}
	for _, wrong := range []string{"10.0.0.1", "10.0.0.0/33", "intranet"} {
		if _, err := ParseNetworks(wrong); err == nil {
			t.Errorf("%q was taken for a network", wrong)
		}
	}
}

// What a name leads to is looked at when the connection is made: no name hides this machine, and no redirect leads to it.
func TestClient(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data", http.StatusFound)
	}))
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	closed := New(Options{Timeout: time.Minute})
	defer closed.CloseIdleConnections()
	for _, host := range []string{"127.0.0.1", "localhost", "::ffff:127.0.0.1", "0.0.0.0", "::", "2130706433", "0x7f000001"} {
		answer, err := closed.Get("http://" + net.JoinHostPort(host, port))
		if err == nil {
			answer.Body.Close()
			t.Errorf("%s was called", host)
		}
	}
	if _, err := closed.Get(server.URL); !errors.Is(err, ErrForbidden) {
		t.Errorf("got %v", err)
	}
	if asked != 0 {
		t.Fatalf("this machine was called %d times", asked)
	}
	open := New(Options{Timeout: time.Minute, Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	defer open.CloseIdleConnections()
	answer, err := open.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusFound || asked != 1 {
		t.Errorf("HTTP %d after %d calls: a redirect was followed", answer.StatusCode, asked)
	}
}

// The environment of the process does not decide where a request goes.
func TestNoProxy(t *testing.T) {
	client := New(Options{Timeout: time.Minute})
	if client.Transport.(*http.Transport).Proxy != nil {
		t.Error("a proxy is asked for")
	}
}
