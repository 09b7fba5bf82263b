package cli

import (
	"context"
	"fmt"
	"net"

	"github.com/guardmdm/guardmdm/server/httpd"
)

// address is where the server of this machine is reached.
type address struct {
	Listen      string `env:"GUARDMDM_LISTEN" default:"127.0.0.1:8080" help:"Address of the server."`
	TLSCertFile string `name:"tls-cert-file" env:"GUARDMDM_TLS_CERT_FILE" placeholder:"FILE" help:"Set when the server serves https itself."`
}

// url is the server's URL. local stands for this machine where the server listens on all addresses.
func (a address) url(local string) (string, error) {
	host, port, err := net.SplitHostPort(a.Listen)
	if err != nil {
		return "", fmt.Errorf("GUARDMDM_LISTEN is %q: it needs HOST:PORT", a.Listen)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = local
	}
	scheme := "http"
	if a.TLSCertFile != "" {
		scheme = "https"
	}
	return scheme + "://" + net.JoinHostPort(host, port), nil
}

type health struct {
	address `embed:""`
}

// Run implements the command.
func (h *health) Run(ctx context.Context) error {
	url, err := h.url("127.0.0.1")
	if err != nil {
		return err
	}
	return httpd.Probe(ctx, url)
}
