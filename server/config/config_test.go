package config_test

import (
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/guardmdm/guardmdm/server/config"
)

// parse reads a configuration as the command line does.
func parse(t *testing.T, args ...string) (config.Config, error) {
	t.Helper()
	var c config.Config
	parser, err := kong.New(&c, kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		return c, err
	}
	return c, c.Validate()
}

func TestDefaults(t *testing.T) {
	c, err := parse(t)
	if err != nil {
		t.Fatal(err)
	}
	want := config.Config{
		Database: config.Database{DataDir: "./data", DatabaseURL: "sqlite:data/guardmdm.db", SecretKeyFile: "data/secret.key"},
		HTTP:     config.HTTP{Listen: "127.0.0.1:8080", OpsListen: "127.0.0.1:9090"},
		Log:      config.Log{Level: slog.LevelInfo, Format: "text"},
		ABMURL:   "https://mdmenrollment.apple.com", SyncPageSize: 100,
		APNSURL: "https://api.push.apple.com",
		Limits:  config.DefaultLimits(),
	}
	if c != want {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

// Flag and variable mean the same, and a flag wins.
func TestVariables(t *testing.T) {
	t.Setenv("GUARDMDM_DATA_DIR", "/srv/mdm")
	t.Setenv("GUARDMDM_OPS_LISTEN", "none")
	t.Setenv("GUARDMDM_SYNC_PAGE_SIZE", "250")
	t.Setenv("GUARDMDM_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.7")
	t.Setenv("GUARDMDM_LOG_LEVEL", "warn")
	t.Setenv("GUARDMDM_PUBLIC_URL", "https://MDM.example.org/")
	c, err := parse(t, "--sync-page-size=300", "--secret-key-file=/run/key")
	if err != nil {
		t.Fatal(err)
	}
	if c.DatabaseURL != "sqlite:/srv/mdm/guardmdm.db" || c.SecretKeyFile != "/run/key" || c.OpsListen != "" || c.SyncPageSize != 300 || c.Level != slog.LevelWarn ||
		c.PublicURL != "https://mdm.example.org" {
		t.Errorf("got %+v", c)
	}
	proxies, err := c.Proxies()
	if err != nil || len(proxies) != 2 || proxies[0].String() != "10.0.0.0/8" || proxies[1].String() != "192.0.2.7/32" {
		t.Errorf("proxies %v, %v", proxies, err)
	}
}

// A malformed value stops the start with a message that names its variable.
func TestMalformedValues(t *testing.T) {
	for _, c := range []struct{ variable, value string }{
		{"GUARDMDM_DATABASE_URL", "mysql://db/mdm"},
		{"GUARDMDM_DATABASE_URL", "guardmdm.db"},
		{"GUARDMDM_DATABASE_DIRECT_URL", "sqlite:guardmdm.db"},
		{"GUARDMDM_LISTEN", ""},
		{"GUARDMDM_LISTEN", "8080"},
		{"GUARDMDM_LISTEN", "none"},
		{"GUARDMDM_LISTEN", "localhost:http:1"},
		{"GUARDMDM_OPS_LISTEN", "9090"},
		{"GUARDMDM_OPS_LISTEN", "127.0.0.1:8080"}, // GUARDMDM_LISTEN's
		{"GUARDMDM_PUBLIC_URL", "mdm.example.org"},
		{"GUARDMDM_PUBLIC_URL", "https://mdm.example.org/path"},
		{"GUARDMDM_ABM_URL", "mdmenrollment.apple.com"},
		{"GUARDMDM_ABM_URL", "ftp://example.org"},
		{"GUARDMDM_ABM_URL", "https://"},
		{"GUARDMDM_ABM_URL", "https://exa mple.org"},
		{"GUARDMDM_SYNC_PAGE_SIZE", "0"},
		{"GUARDMDM_SYNC_PAGE_SIZE", "-1"},
		{"GUARDMDM_SYNC_PAGE_SIZE", "1001"},
		{"GUARDMDM_SYNC_PAGE_SIZE", "many"},
		{"GUARDMDM_SYNC_PAGE_SIZE", ""},
		{"GUARDMDM_TRUSTED_PROXIES", "10.0.0.0/33"},
		{"GUARDMDM_TRUSTED_PROXIES", "proxy.example.org"},
		{"GUARDMDM_LOG_LEVEL", "loud"},
		{"GUARDMDM_GRAPHQL_MAX_DEPTH", "0"},
		{"GUARDMDM_GRAPHQL_MAX_COMPLEXITY", "-5"},
		{"GUARDMDM_GRAPHQL_MAX_SOCKETS", "0"},
		{"GUARDMDM_GRAPHQL_MAX_SUBSCRIPTIONS", "x"},
	} {
		t.Run(c.variable+"="+c.value, func(t *testing.T) {
			t.Setenv(c.variable, c.value)
			if _, err := parse(t); err == nil || !strings.Contains(err.Error(), c.variable) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// What is wrong with a database URL is said without its password.
func TestDatabaseURLStaysSecret(t *testing.T) {
	t.Setenv("GUARDMDM_DATABASE_URL", "pgsql://mdm:hunter2@db/mdm")
	if _, err := parse(t); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
}

func TestEveryFieldHasVariableAndHelp(t *testing.T) {
	seen := map[string]bool{}
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		for i := range of.NumField() {
			f := of.Field(i)
			if _, embedded := f.Tag.Lookup("embed"); embedded {
				walk(f.Type)
				continue
			}
			name := f.Tag.Get("env")
			if !strings.HasPrefix(name, "GUARDMDM_") || seen[name] {
				t.Errorf("%s.%s: variable %q", of.Name(), f.Name, name)
			}
			seen[name] = true
			if flag := f.Tag.Get("name"); flag != "" && strings.ToUpper(strings.ReplaceAll(flag, "-", "_")) != strings.TrimPrefix(name, "GUARDMDM_") {
				t.Errorf("the flag --%s and the variable %s differ", flag, name)
			}
			if help := f.Tag.Get("help"); len(help) < 20 || !strings.HasSuffix(help, ".") {
				t.Errorf("%s: help %q", name, help)
			}
		}
	}
	walk(reflect.TypeFor[config.Config]())
	if len(seen) < 15 {
		t.Errorf("only %d settings: %v", len(seen), seen)
	}
}

func TestCheckEnvironment(t *testing.T) {
	known := []string{"GUARDMDM_LISTEN"}
	for name, c := range map[string]struct {
		environ []string
		refused string
	}{
		"nothing":        {nil, ""},
		"known":          {[]string{"GUARDMDM_LISTEN=:1", "PATH=/bin", "MDM_LISTEN=x", "=C:=x"}, ""},
		"of tests":       {[]string{"GUARDMDM_TEST_POSTGRES_URL=x"}, ""},
		"misspelt":       {[]string{"GUARDMDM_LISTN=:1"}, "GUARDMDM_LISTN"},
		"lower case":     {[]string{"GUARDMDM_listen=:1"}, "GUARDMDM_listen"},
		"without value":  {[]string{"GUARDMDM_NEW"}, "GUARDMDM_NEW"},
		"holds a secret": {[]string{"GUARDMDM_PASSWORD=hunter2"}, "GUARDMDM_PASSWORD"},
	} {
		err := config.CheckEnvironment(c.environ, known)
		if (err != nil) != (c.refused != "") {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && (!strings.Contains(err.Error(), c.refused+" ") || strings.Contains(err.Error(), "hunter2")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLogger(t *testing.T) {
	for _, l := range []config.Log{{Level: slog.LevelWarn, Format: "text"}, {Level: slog.LevelWarn, Format: "json"}} {
		logger := l.Logger()
		if logger.Enabled(t.Context(), slog.LevelInfo) || !logger.Enabled(t.Context(), slog.LevelWarn) {
			t.Errorf("%s: the level is not kept", l.Format)
		}
		if _, json := logger.Handler().(*slog.JSONHandler); json != (l.Format == "json") {
			t.Errorf("%s: %T", l.Format, logger.Handler())
		}
	}
}

// An extra authority for devices is for simulations: never together with Apple's own service.
func TestDeviceCAFile(t *testing.T) {
	c := config.Config{HTTP: config.HTTP{Listen: "127.0.0.1:8080", OpsListen: "none"}, ABMURL: "https://mdmenrollment.apple.com/", SyncPageSize: 100,
		Limits: config.DefaultLimits(), DeviceCAFile: "ca.pem"}
	if err := c.Validate(); err == nil || !strings.Contains(err.Error(), "GUARDMDM_DEVICE_CA_FILE") {
		t.Errorf("with Apple: %v", err)
	}
	c.ABMURL = "http://127.0.0.1:8081"
	if err := c.Validate(); err != nil {
		t.Errorf("with a simulation: %v", err)
	}
}
