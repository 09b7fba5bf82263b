// Package config is the one configuration of the program: what flags and environment variables mean, and what they may hold.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apns"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/outbound"
	"github.com/guardmdm/guardmdm/server/publicurl"
)

// Database says where the data is.
type Database struct {
	DataDir       string `name:"data-dir" env:"GUARDMDM_DATA_DIR" default:"./data" help:"Data directory: the SQLite database and the secret key, unless told otherwise."`
	DatabaseURL   string `name:"database-url" env:"GUARDMDM_DATABASE_URL" placeholder:"URL" help:"sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE. Default: sqlite:guardmdm.db in the data directory."`
	DirectURL     string `name:"database-direct-url" env:"GUARDMDM_DATABASE_DIRECT_URL" placeholder:"URL" help:"PostgreSQL past a connection pooler, for LISTEN and migration locks. Default: the database URL."`
	SecretKeyFile string `name:"secret-key-file" env:"GUARDMDM_SECRET_KEY_FILE" placeholder:"FILE" help:"Key that seals the secrets in the database; replicas share one. Default: secret.key in the data directory, made for an empty database."`
}

// Validate fills in defaults and checks what can be checked without touching the world. Errors name the variable at fault, and
// hold no password.
func (d *Database) Validate() error {
	d.Defaults()
	postgres := func(url string) bool {
		return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
	}
	if !strings.HasPrefix(d.DatabaseURL, "sqlite:") && !postgres(d.DatabaseURL) {
		return errors.New("GUARDMDM_DATABASE_URL begins neither with sqlite: nor with postgres://")
	}
	if d.DirectURL != "" && !postgres(d.DirectURL) {
		return errors.New("GUARDMDM_DATABASE_DIRECT_URL does not begin with postgres://")
	}
	return nil
}

// Defaults fills in what depends on other settings.
func (d *Database) Defaults() {
	if d.DatabaseURL == "" {
		d.DatabaseURL = "sqlite:" + filepath.Join(d.DataDir, "guardmdm.db")
	}
	if d.SecretKeyFile == "" {
		d.SecretKeyFile = filepath.Join(d.DataDir, "secret.key")
	}
}

// Log says what is logged and how.
type Log struct {
	Level  slog.Level `name:"log-level" env:"GUARDMDM_LOG_LEVEL" default:"info" help:"Least level that is logged: debug, info, warn or error."`
	Format LogFormat  `name:"log-format" env:"GUARDMDM_LOG_FORMAT" default:"text" help:"Form of the log: text or json."`
}

// LogFormat is "text" or "json".
type LogFormat string

// UnmarshalText reads a format. That is how an error names the variable the format came from, which a list of choices does not.
func (f *LogFormat) UnmarshalText(text []byte) error {
	if *f = LogFormat(text); *f != "text" && *f != "json" {
		return fmt.Errorf("%q is neither text nor json", text)
	}
	return nil
}

// Logger makes the logger. It writes to standard error: standard output is for what commands answer.
func (l Log) Logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: l.Level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

// HTTP says where the server listens.
type HTTP struct {
	Listen         string `env:"GUARDMDM_LISTEN" default:"127.0.0.1:8080" help:"Address of the dashboard, GraphQL and the devices."`
	OpsListen      string `name:"ops-listen" env:"GUARDMDM_OPS_LISTEN" default:"127.0.0.1:9090" help:"Address of /metrics, /healthz, /readyz and pprof for operators; \"none\" for no such listener."`
	TLSCertFile    string `name:"tls-cert-file" env:"GUARDMDM_TLS_CERT_FILE" placeholder:"FILE" help:"Certificate chain, PEM, to serve https here. Read again when it changes."`
	TLSKeyFile     string `name:"tls-key-file" env:"GUARDMDM_TLS_KEY_FILE" placeholder:"FILE" help:"Private key of the certificate, PEM."`
	TrustedProxies string `name:"trusted-proxies" env:"GUARDMDM_TRUSTED_PROXIES" placeholder:"CIDR,..." help:"Proxies whose X-Forwarded-For, -Proto and -Host are believed."`
}

// Config is everything that a server needs to know.
type Config struct {
	Database `embed:""`
	HTTP     `embed:""`
	Log      `embed:""`

	PublicURL    string `name:"public-url" env:"GUARDMDM_PUBLIC_URL" placeholder:"URL" help:"The https URL by which devices and browsers reach this server. Kept in the database when profiles depend on it: then another one acts only once an administrator confirms it. Default: where the server listens."`
	ABMURL       string `name:"abm-url" env:"GUARDMDM_ABM_URL" default:"https://mdmenrollment.apple.com" help:"Base URL of Apple's device assignment service; a path prefix is honoured."`
	SyncPageSize int    `name:"sync-page-size" env:"GUARDMDM_SYNC_PAGE_SIZE" default:"100" help:"Devices per page, 1 to 1000; Apple's own limit is kept in any case. The interval is 5 minutes and not configurable."`

	APNSURL        string `name:"apns-url" env:"GUARDMDM_APNS_URL" default:"https://api.push.apple.com" help:"Base URL of Apple's push service: another one is for simulations."`
	APNSCAFile     string `name:"apns-ca-file" env:"GUARDMDM_APNS_CA_FILE" placeholder:"FILE" help:"Certificates, PEM, that the push service is trusted by instead of the machine's; not with Apple's own."`
	DeviceCAFile   string `name:"device-ca-file" env:"GUARDMDM_DEVICE_CA_FILE" placeholder:"FILE" help:"Certificate authorities, PEM, whose devices are believed beside Apple's: for simulations, and refused together with Apple's own service."`
	OSVersionsFile string `name:"os-versions-file" env:"GUARDMDM_OS_VERSIONS_FILE" placeholder:"FILE" help:"Copy of https://gdmf.apple.com/v2/pmv: versions that devices below a profile's minimum are sent to update to. Read again when it changes."`

	OtherMDMNetworks string `name:"other-mdm-networks" env:"GUARDMDM_OTHER_MDM_NETWORKS" placeholder:"CIDR,..." help:"Networks that are not public, in which enrollment profiles of other MDM servers may be fetched; those of this machine alone without TLS."`

	Limits Limits `embed:""`
}

// Limits bound what one caller of the API may ask for.
type Limits struct {
	MaxDepth         int `name:"graphql-max-depth" env:"GUARDMDM_GRAPHQL_MAX_DEPTH" default:"12" help:"Deepest nesting of a GraphQL operation."`
	MaxComplexity    int `name:"graphql-max-complexity" env:"GUARDMDM_GRAPHQL_MAX_COMPLEXITY" default:"5000" help:"Most fields that a GraphQL operation may ask for; rows multiply."`
	MaxSockets       int `name:"graphql-max-sockets" env:"GUARDMDM_GRAPHQL_MAX_SOCKETS" default:"10" help:"WebSockets and event streams one caller may hold."`
	MaxSubscriptions int `name:"graphql-max-subscriptions" env:"GUARDMDM_GRAPHQL_MAX_SUBSCRIPTIONS" default:"20" help:"Subscriptions one WebSocket may hold."`
}

// DefaultLimits are the limits unless configured otherwise.
func DefaultLimits() Limits {
	return Limits{MaxDepth: 12, MaxComplexity: 5000, MaxSockets: 10, MaxSubscriptions: 20}
}

// Validate fills in defaults and checks what can be checked without touching the world. Errors name the variable at fault.
func (c *Config) Validate() error {
	if err := c.Database.Validate(); err != nil {
		return err
	}
	if c.OpsListen == "none" {
		c.OpsListen = ""
	}
	for _, a := range []struct{ variable, address string }{{"GUARDMDM_LISTEN", c.Listen}, {"GUARDMDM_OPS_LISTEN", c.OpsListen}} {
		if a.address == "" && a.variable == "GUARDMDM_OPS_LISTEN" {
			continue
		}
		if _, _, err := net.SplitHostPort(a.address); err != nil {
			return fmt.Errorf("%s is %q: it needs HOST:PORT, such as 127.0.0.1:8080", a.variable, a.address)
		}
	}
	if _, port, _ := net.SplitHostPort(c.Listen); c.Listen == c.OpsListen && port != "0" {
		return fmt.Errorf("GUARDMDM_LISTEN and GUARDMDM_OPS_LISTEN are both %s: each needs an address of its own", c.Listen)
	}
	if c.SyncPageSize < 1 || c.SyncPageSize > 1000 {
		return fmt.Errorf("GUARDMDM_SYNC_PAGE_SIZE is %d: a page holds 1 to 1000 devices", c.SyncPageSize)
	}
	u, err := url.Parse(c.ABMURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("GUARDMDM_ABM_URL is %q: it needs an http or https URL", c.ABMURL)
	}
	if u, err := url.Parse(c.APNSURL); c.APNSURL != "" && (err != nil || u.Host == "" || u.Scheme != "https") {
		return fmt.Errorf("GUARDMDM_APNS_URL is %q: it needs an https URL", c.APNSURL)
	}
	if c.APNSCAFile != "" && apns.IsApple(c.APNSURL) {
		return errors.New("GUARDMDM_APNS_CA_FILE is for simulations: it is refused together with Apple's own push service (GUARDMDM_APNS_URL)")
	}
	if c.DeviceCAFile != "" && abm.IsApple(c.ABMURL) {
		return errors.New("GUARDMDM_DEVICE_CA_FILE is for simulations: together with Apple's own service it would let others than Apple's devices enroll. Unset it, or set GUARDMDM_ABM_URL to the simulated service")
	}
	if c.PublicURL != "" {
		if c.PublicURL, err = publicurl.Parse(c.PublicURL); err != nil {
			return fmt.Errorf("GUARDMDM_PUBLIC_URL %w", err)
		}
	}
	for _, l := range []struct {
		variable string
		n        int
	}{
		{"GUARDMDM_GRAPHQL_MAX_DEPTH", c.Limits.MaxDepth}, {"GUARDMDM_GRAPHQL_MAX_COMPLEXITY", c.Limits.MaxComplexity},
		{"GUARDMDM_GRAPHQL_MAX_SOCKETS", c.Limits.MaxSockets}, {"GUARDMDM_GRAPHQL_MAX_SUBSCRIPTIONS", c.Limits.MaxSubscriptions},
	} {
		if l.n < 1 {
			return fmt.Errorf("%s is %d: it needs a number above 0", l.variable, l.n)
		}
	}
	if _, err := c.OtherMDMNetworkList(); err != nil {
		return err
	}
	_, err = c.Proxies()
	return err
}

// OtherMDMNetworkList are the networks of other MDM servers that are not public.
func (c *Config) OtherMDMNetworkList() ([]netip.Prefix, error) {
	networks, err := outbound.ParseNetworks(c.OtherMDMNetworks)
	if err != nil {
		return nil, fmt.Errorf("GUARDMDM_OTHER_MDM_NETWORKS: %w", err)
	}
	return networks, nil
}

// Proxies are the networks of the trusted proxies.
func (c *Config) Proxies() ([]netip.Prefix, error) {
	return httpd.ParseTrustedProxies(c.TrustedProxies)
}

// CheckEnvironment refuses variables that the program does not know, so that a misspelt one is not silently without effect.
// known are the names that flags read; environ is as of os.Environ.
func CheckEnvironment(environ, known []string) error {
	understood := map[string]bool{}
	for _, name := range known {
		understood[name] = true
	}
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "GUARDMDM_") && !strings.HasPrefix(name, "GUARDMDM_TEST_") && !understood[name] {
			return fmt.Errorf("the environment variable %s is unknown to this version: see guardmdm serve --help for those that exist", name)
		}
	}
	return nil
}
