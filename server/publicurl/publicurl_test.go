package publicurl_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/publicurl"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"https://mdm.example.org":         "https://mdm.example.org",
		" HTTPS://MDM.Example.org:8443/ ": "https://mdm.example.org:8443",
		"http://127.0.0.1:8080":           "http://127.0.0.1:8080",
		"https://[::1]:8080":              "https://[::1]:8080",
	} {
		if got, err := publicurl.Parse(text); got != want || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for text, why := range map[string]string{
		"":                                     "cannot be read",
		"mdm.example.org":                      "cannot be read",
		"https://":                             "cannot be read",
		"https://%zz":                          "cannot be read",
		"ftp://mdm.example.org":                "https://",
		"https://ada:secret@example.org":       "user name or password",
		"https://mdm.example.org/mdm":          "does not end with its host",
		"https://mdm.example.org?x=1":          "does not end with its host",
		"https://mdm.example.org?":             "does not end with its host",
		"https://mdm.example.org#x":            "does not end with its host",
		"https://" + strings.Repeat("a", 2000): "2008 characters",
	} {
		got, err := publicurl.Parse(text)
		if err == nil || !strings.Contains(err.Error(), why) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// start is a new process on the database.
func start(t *testing.T, db *store.Store, configured, listening string) (*publicurl.Keeper, string) {
	t.Helper()
	var log bytes.Buffer
	k, err := publicurl.New(publicurl.Options{Store: db, Configured: configured, Listening: func() string { return listening },
		Logger: slog.New(slog.NewTextHandler(&log, nil))})
	must(t, err)
	must(t, k.Start(t.Context()))
	return k, log.String()
}

func TestPublicURLIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		is := func(when string, k *publicurl.Keeper, want string) {
			t.Helper()
			if got, err := k.Current(t.Context()); got != want || err != nil {
				t.Errorf("%s: %q, %v, want %q", when, got, err, want)
			}
		}
		k, _ := start(t, db, "", "http://127.0.0.1:8080")
		is("nothing is said", k, "http://127.0.0.1:8080")
		k, _ = start(t, db, "", "http://127.0.0.1:9000")
		is("another port", k, "http://127.0.0.1:9000")
		k, _ = start(t, db, "https://one.example.org", "http://127.0.0.1:9000")
		is("the variable", k, "https://one.example.org")
		k, _ = start(t, db, "", "http://127.0.0.1:9000")
		is("without the variable", k, "https://one.example.org")
		k, log := start(t, db, "https://two.example.org", "")
		is("nothing depends on it yet", k, "https://two.example.org")
		if log != "" {
			t.Errorf("logged: %s", log)
		}

		s := stack.New(t, db, stack.Options{PublicURL: "https://two.example.org"})
		token, _ := s.Connect(t, "first")
		name := "p"
		p, err := s.Profiles.Create(stack.Admin(t), adeprofile.Edit{Name: &name})
		must(t, err)
		_, err = s.Registrar.Ensure(t.Context(), token, p.ID)
		must(t, err)
		k, log = start(t, db, "https://three.example.org", "")
		is("a profile has it", k, "https://two.example.org")
		if !strings.Contains(log, "level=WARN") || !strings.Contains(log, "https://two.example.org") || !strings.Contains(log, "https://three.example.org") {
			t.Errorf("logged: %s", log)
		}
		if k.Configured() != "https://three.example.org" {
			t.Errorf("configured: %s", k.Configured())
		}
		_, log = start(t, db, "https://two.example.org", "")
		if log != "" {
			t.Errorf("logged: %s", log)
		}
	})
}

// Without the variable, what the first profile was registered with stays.
func TestDefaultIsKeptWithItsFirstUse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		k, _ := start(t, db, "", "http://127.0.0.1:8080")
		if got, err := k.Keep(t.Context()); got != "http://127.0.0.1:8080" || err != nil {
			t.Fatalf("%q, %v", got, err)
		}
		k, _ = start(t, db, "", "http://127.0.0.1:9000")
		if got, err := k.Keep(t.Context()); got != "http://127.0.0.1:8080" || err != nil {
			t.Errorf("another port: %q, %v", got, err)
		}
	})
}

func TestAppleNeedsHTTPS(t *testing.T) {
	db := dbtest.Open(t, "sqlite")
	apple := func(configured, listening string) (*publicurl.Keeper, error) {
		return publicurl.New(publicurl.Options{Store: db, Configured: configured, Listening: func() string { return listening }, NeedsHTTPS: true,
			Logger: slog.New(slog.DiscardHandler)})
	}
	if _, err := apple("http://mdm.example.org", ""); err == nil || !strings.Contains(err.Error(), "GUARDMDM_PUBLIC_URL is http://mdm.example.org") {
		t.Errorf("http: %v", err)
	}
	k, err := apple("", "http://127.0.0.1:8080")
	must(t, err)
	must(t, k.Start(t.Context()))
	if current, err := k.Current(t.Context()); current != "" || err != nil {
		t.Errorf("in use: %q, %v", current, err)
	}
	if _, err := k.Keep(t.Context()); !apperr.Is(err, apperr.Conflict) || !strings.Contains(apperr.As(err).Hint, "GUARDMDM_PUBLIC_URL") {
		t.Errorf("none to keep: %v", err)
	}
	if k, err = apple("", "https://127.0.0.1:8080"); err != nil {
		t.Fatal(err)
	}
	if current, err := k.Keep(t.Context()); current != "https://127.0.0.1:8080" || err != nil {
		t.Errorf("https here: %q, %v", current, err)
	}
}
