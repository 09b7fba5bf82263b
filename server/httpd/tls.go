package httpd

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// How often handshakes look whether the files changed.
const certificateCheckInterval = 10 * time.Second

// reloadingTLS reads the certificate now, and again when its files have changed, so that a renewal needs no restart.
func reloadingTLS(certFile, keyFile string, clock clockwork.Clock, log *slog.Logger) (*tls.Config, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile, clock: clock, log: log}
	loaded, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, fmt.Errorf("GUARDMDM_TLS_CERT_FILE=%s and GUARDMDM_TLS_KEY_FILE=%s: %w", certFile, keyFile, err)
	}
	c.current, c.version, c.checkedAt = &loaded, c.versionOfFiles(), clock.Now()
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.get}, nil
}

type certificate struct {
	certFile, keyFile string
	clock             clockwork.Clock
	log               *slog.Logger

	mu        sync.Mutex
	current   *tls.Certificate
	version   string
	checkedAt time.Time
}

// get gives the newest pair that was whole: while a renewal has written only one of the files, the old one stays in use.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.clock.Since(c.checkedAt) < certificateCheckInterval {
		return c.current, nil
	}
	c.checkedAt = c.clock.Now()
	version := c.versionOfFiles()
	if version == c.version {
		return c.current, nil
	}
	loaded, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		c.log.Warn("the TLS certificate changed but cannot be used; the last one stays in use", "error", err)
		return c.current, nil
	}
	c.current, c.version = &loaded, version
	c.log.Info("the TLS certificate was read again")
	return c.current, nil
}

// versionOfFiles changes with the files; it is empty for one that cannot be read.
func (c *certificate) versionOfFiles() string {
	version := ""
	for _, name := range []string{c.certFile, c.keyFile} {
		if info, err := os.Stat(name); err == nil {
			version += fmt.Sprintf("%d %d;", info.ModTime().UnixNano(), info.Size())
		}
	}
	return version
}
