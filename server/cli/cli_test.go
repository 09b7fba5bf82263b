package cli_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/user"
	"github.com/guardmdm/guardmdm/server/apitoken"
	"github.com/guardmdm/guardmdm/server/cli"
	"github.com/guardmdm/guardmdm/server/people"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/session"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

type result struct {
	status      int
	out, errors string
}

// guardmdm runs the program with the environment of the test.
func guardmdm(ctx context.Context, args ...string) result { return typing(ctx, "", args...) }

// typing is guardmdm with standard input.
func typing(ctx context.Context, input string, args ...string) result {
	var out, errors bytes.Buffer
	status := cli.Run(ctx, cli.Build{Version: "v1.2.3", Commit: "0123abc"}, args, os.Environ(), strings.NewReader(input), &out, &errors)
	return result{status, out.String(), errors.String()}
}

var commands = [][]string{
	{"serve"}, {"demo"}, {"simulate", "abm"}, {"simulate", "devices"}, {"simulate", "certificates"}, {"migrate"}, {"user", "create"}, {"user", "reset-password"}, {"api-token", "create"}, {"health"}, {"doctor"}, {"version"},
}

func TestHelp(t *testing.T) {
	general := guardmdm(t.Context(), "--help")
	if general.status != 0 || general.errors != "" {
		t.Errorf("--help: %+v", general)
	}
	for _, command := range commands {
		name := strings.Join(command, " ")
		if !strings.Contains(general.out, "\n  "+name+" ") {
			t.Errorf("--help does not name %q", name)
		}
		r := guardmdm(t.Context(), append(command, "--help")...)
		if r.status != 0 || r.errors != "" || !strings.Contains(r.out, "Usage: guardmdm "+name) {
			t.Errorf("%s --help: %+v", name, r)
		}
		// Each flag has a line that says what it does.
		for _, flag := range regexp.MustCompile(`(?m)^ +(--[a-z-]+)(\S*)(.*)\n(.*)$`).FindAllStringSubmatch(r.out, -1) {
			if strings.TrimSpace(flag[3]) == "" && !strings.HasPrefix(flag[4], strings.Repeat(" ", 20)) {
				t.Errorf("%s --help says nothing about %s", name, flag[1])
			}
		}
	}
	serve := guardmdm(t.Context(), "serve", "--help").out
	for _, variable := range []string{ // of the contract, as far as built
		"LISTEN", "DATABASE_URL", "DATABASE_DIRECT_URL", "DATA_DIR", "SECRET_KEY_FILE", "ABM_URL", "SYNC_PAGE_SIZE", "TLS_CERT_FILE", "TLS_KEY_FILE",
		"TRUSTED_PROXIES", "OPS_LISTEN",
	} {
		flag := "--" + strings.ToLower(strings.ReplaceAll(variable, "_", "-"))
		if !strings.Contains(serve, "$GUARDMDM_"+variable+")") || !strings.Contains(serve, flag) {
			t.Errorf("serve --help does not name $GUARDMDM_%s and %s", variable, flag)
		}
	}
}

// Status 2 means: not understood, nothing was done.
func TestNotUnderstood(t *testing.T) {
	for name, c := range map[string]struct {
		args  []string
		shows string
	}{
		"nothing":            {nil, "serve"},
		"unknown command":    {[]string{"sreve"}, "sreve"},
		"unknown flag":       {[]string{"serve", "--listn=:1"}, "--listn"},
		"malformed flag":     {[]string{"serve", "--sync-page-size=many"}, "--sync-page-size"},
		"too many words":     {[]string{"version", "please"}, "please"},
		"a flag is needed":   {[]string{"api-token", "create", "--role=admin"}, "--name"},
		"unknown role":       {[]string{"api-token", "create", "--name=ci", "--role=root"}, "--role"},
		"somebody is needed": {[]string{"user", "reset-password"}, "<email>"},
		"unknown format":     {[]string{"migrate", "--log-format=xml"}, "--log-format"},
	} {
		r := guardmdm(t.Context(), c.args...)
		if r.status != 2 || r.out != "" || !strings.Contains(r.errors, c.shows) || !strings.Contains(r.errors, "guardmdm --help") {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestEnvironment(t *testing.T) {
	for _, c := range []struct {
		variable, value string
		args            []string
		status          int
		shows           string
	}{
		{"GUARDMDM_LISTN", ":1", []string{"serve"}, 2, "GUARDMDM_LISTN is unknown"},
		{"GUARDMDM_LISTN", ":1", []string{"serve", "--help"}, 0, ""}, // where the message of the line above sends people
		{"GUARDMDM_APNS_URL", "http://push.example.org", []string{"serve"}, 2, "GUARDMDM_APNS_URL"},
		{"GUARDMDM_APNS_CA_FILE", "ca.pem", []string{"serve"}, 2, "GUARDMDM_APNS_CA_FILE is for simulations"},
		{"GUARDMDM_PUBLIC_URL", "mdm.example.org", []string{"serve"}, 2, "GUARDMDM_PUBLIC_URL cannot be read"},
		{"GUARDMDM_SYNC_PAGE_SIZE", "many", []string{"serve"}, 2, "GUARDMDM_SYNC_PAGE_SIZE"},
		{"GUARDMDM_SYNC_PAGE_SIZE", "0", []string{"serve"}, 2, "GUARDMDM_SYNC_PAGE_SIZE"},
		{"GUARDMDM_LOG_FORMAT", "xml", []string{"serve"}, 2, "GUARDMDM_LOG_FORMAT"},
		{"GUARDMDM_LOG_LEVEL", "loud", []string{"serve"}, 2, "GUARDMDM_LOG_LEVEL"},
		{"GUARDMDM_DATABASE_URL", "mysql://db/mdm", []string{"serve"}, 2, "GUARDMDM_DATABASE_URL"},
		{"GUARDMDM_DATABASE_URL", "mysql://db/mdm", []string{"migrate"}, 2, "GUARDMDM_DATABASE_URL"},
		{"GUARDMDM_DATABASE_URL", "mysql://db/mdm", []string{"api-token", "create", "--name=ci", "--role=admin"}, 2, "GUARDMDM_DATABASE_URL"},
		{"GUARDMDM_LISTEN", "8080", []string{"health"}, 1, "GUARDMDM_LISTEN"},
		{"GUARDMDM_TLS_CERT_FILE", "cert.pem", []string{"serve"}, 1, "GUARDMDM_TLS_KEY_FILE"},
		{"GUARDMDM_SIM_DEVICES", "few", []string{"simulate", "abm"}, 2, "GUARDMDM_SIM_DEVICES"},
		{"GUARDMDM_SIM_LISTEN", "8081", []string{"simulate", "abm"}, 1, "GUARDMDM_SIM_LISTEN"},
		{"GUARDMDM_SIM_FAULTS", "no-such-file.json", []string{"simulate", "abm"}, 1, "GUARDMDM_SIM_FAULTS"},
		{"GUARDMDM_SIM_LATENCY", "slow", []string{"demo"}, 2, "GUARDMDM_SIM_LATENCY"},
	} {
		t.Run(c.variable+"="+c.value+" "+strings.Join(c.args, " "), func(t *testing.T) {
			t.Chdir(t.TempDir()) // a default data directory, should one be made
			t.Setenv(c.variable, c.value)
			r := guardmdm(t.Context(), c.args...)
			if r.status != c.status || !strings.Contains(r.errors, c.shows) || c.shows == "" && r.errors != "" {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestVersion(t *testing.T) {
	r := guardmdm(t.Context(), "version")
	if want := "guardmdm v1.2.3, commit 0123abc, " + runtime.Version() + "\n"; r.status != 0 || r.out != want || r.errors != "" {
		t.Errorf("got %+v, want %q", r, want)
	}
}

func TestMigrate(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		tables := func() int {
			db := dbtest.OpenURL(t, databaseURL)
			query := "SELECT count(*) FROM sqlite_master"
			if db.IsPostgres() {
				query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
			}
			var n int
			if err := db.DB().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		migrate := func(args ...string) result {
			t.Helper()
			r := guardmdm(t.Context(), append([]string{"migrate", "--database-url=" + databaseURL}, args...)...)
			if r.status != 0 || r.errors != "" {
				t.Fatalf("%q: %+v", args, r)
			}
			return r
		}
		dry := migrate("--dry-run")
		if !strings.Contains(dry.out, "CREATE TABLE") || !strings.Contains(dry.out, "abm_tokens") || !strings.Contains(dry.out, "-- file ") {
			t.Errorf("--dry-run prints %.200q", dry.out)
		}
		if n := tables(); n != 0 {
			t.Errorf("--dry-run made %d tables", n)
		}
		if r := migrate(); !strings.Contains(r.out, "applied ") || !strings.Contains(r.out, "up to date") {
			t.Errorf("got %+v", r)
		}
		if tables() == 0 {
			t.Error("no tables were made")
		}
		if r := migrate(); strings.Contains(r.out, "applied ") {
			t.Errorf("again: %+v", r)
		}
		if r := migrate("--dry-run"); r.out != "" {
			t.Errorf("--dry-run with nothing to do prints %q", r.out)
		}
	})
}

// The one line that the command prints is a token that works.
func TestAPITokenCreate(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		create := func(args ...string) result {
			return guardmdm(t.Context(), append([]string{"api-token", "create", "--database-url=" + databaseURL, "--log-level=error"}, args...)...)
		}
		secrets := map[string]role.Role{}
		for name, want := range map[string]role.Role{"admin": role.Admin, "operator": role.Operator, "viewer": role.Viewer} {
			r := create("--name=ci", "--role="+name, "--expires-in=720h")
			secret, found := strings.CutSuffix(r.out, "\n")
			if r.status != 0 || r.errors != "" || !found || strings.ContainsAny(secret, " \n") {
				t.Fatalf("got %+v", r)
			}
			secrets[secret] = want
		}
		if r := create("--name= ", "--role=admin"); r.status != 1 || r.out != "" || !strings.Contains(r.errors, "name") {
			t.Errorf("without a name: %+v", r)
		}
		if r := create("--name=ci", "--role=admin", "--expires-in=-1h"); r.status != 1 || r.out != "" || !strings.Contains(r.errors, "passed already") {
			t.Errorf("expired at once: %+v", r)
		}
		db := dbtest.OpenURL(t, databaseURL)
		tokens := apitoken.New(db, clockwork.NewRealClock())
		for secret, want := range secrets {
			caller, err := tokens.Authenticate(t.Context(), secret)
			if err != nil || caller.Role != want || caller.Name != "ci" {
				t.Errorf("%+v, %v", caller, err)
			}
		}
		if n := db.Reader().APIToken.Query().CountX(t.Context()); n != len(secrets) {
			t.Errorf("%d tokens", n)
		}
	})
}

// The command works beside a running server, which has the SQLite file for itself otherwise.
func TestAPITokenCreateBesideAServer(t *testing.T) {
	databaseURL := dbtest.SQLite(t)
	db, err := store.Open(t.Context(), store.Options{DatabaseURL: databaseURL, Exclusive: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := guardmdm(t.Context(), "api-token", "create", "--database-url="+databaseURL, "--name=ci", "--role=viewer"); r.status != 0 || r.out == "" {
		t.Errorf("got %+v", r)
	}
	if r := guardmdm(t.Context(), "migrate", "--database-url="+databaseURL); r.status != 1 || !strings.Contains(r.errors, "PostgreSQL") {
		t.Errorf("migrating under a running server: %+v", r)
	}
}

// peopleOf are those of a database that the commands have worked on.
func peopleOf(t *testing.T, databaseURL string) (*store.Store, *people.Service) {
	t.Helper()
	db, clock := dbtest.OpenURL(t, databaseURL), clockwork.NewRealClock()
	bus := pubsub.NewMemory()
	t.Cleanup(func() {
		if err := bus.Close(); err != nil {
			t.Error(err)
		}
	})
	log := slog.New(slog.DiscardHandler)
	return db, people.New(db, session.New(db, bus, clock, log), clock, log)
}

var joinLink = regexp.MustCompile(`(?m)^  https?://\S+/join#([\w-]{43})$`)

func TestUserCreate(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		create := func(input string, args ...string) result {
			return typing(t.Context(), input, append([]string{"user", "create", "--database-url=" + databaseURL, "--log-level=error", "--role=admin"}, args...)...)
		}
		r := create("", "--email=Ana@example.org", "--name=Ana Ferreira", "--listen=0.0.0.0:8443", "--tls-cert-file=cert.pem")
		link := joinLink.FindStringSubmatch(r.out)
		if r.status != 0 || r.errors != "" || link == nil || !strings.Contains(r.out, "ana@example.org chooses") || !strings.Contains(r.out, "  https://localhost:8443/join#") {
			t.Fatalf("got %+v", r)
		}
		const password = "lime anchor violet drum"
		r = create(password+"\r\nnot read", "--email=omar@example.org", "--name=Omar", "--password-stdin")
		if r.status != 0 || r.errors != "" || r.out != "omar@example.org can sign in with this password.\n" {
			t.Errorf("got %+v", r)
		}
		for _, c := range []struct{ input, shows, name string }{
			{"", "standard input has no password", "none"}, {"short\n", "at least 12", "short"}, {password, "already", "omar"},
		} {
			r := create(c.input, "--email="+c.name+"@example.org", "--name=x", "--password-stdin")
			if r.status != 1 || r.out != "" || !strings.Contains(r.errors, c.shows) || strings.Contains(r.errors, password) {
				t.Errorf("%s: %+v", c.name, r)
			}
		}
		db, service := peopleOf(t, databaseURL)
		if found, err := service.Link(t.Context(), link[1]); err != nil || found == nil || found.Edges.User.Name != "Ana Ferreira" {
			t.Errorf("the link: %v, %v", found, err)
		}
		omar := db.Reader().User.Query().Where(user.Email("omar@example.org")).OnlyX(t.Context())
		if ok, err := argon2id.ComparePasswordAndHash(password, omar.PasswordHash); !ok || err != nil || omar.Role != role.Admin {
			t.Errorf("%v, %t, %v", omar, ok, err)
		}
		if n := db.Reader().User.Query().CountX(t.Context()); n != 2 {
			t.Errorf("%d people", n)
		}
	})
}

func TestUserResetPassword(t *testing.T) {
	databaseURL := dbtest.SQLite(t)
	reset := func(input string, args ...string) result {
		return typing(t.Context(), input, append([]string{"user", "reset-password", "--database-url=" + databaseURL, "--log-level=error"}, args...)...)
	}
	create := typing(t.Context(), "lime anchor violet drum", "user", "create", "--database-url="+databaseURL, "--log-level=error",
		"--email=ana@example.org", "--name=Ana", "--role=admin", "--password-stdin")
	if create.status != 0 {
		t.Fatalf("got %+v", create)
	}
	if r := reset("", "nobody@example.org"); r.status != 1 || r.out != "" || !strings.Contains(r.errors, "nobody@example.org") {
		t.Errorf("nobody: %+v", r)
	}
	r := reset("", "ana@example.org") // the last administrator, too
	link := joinLink.FindStringSubmatch(r.out)
	if r.status != 0 || link == nil || !strings.Contains(r.out, "  http://127.0.0.1:8080/join#") {
		t.Fatalf("got %+v", r)
	}
	db, service := peopleOf(t, databaseURL)
	if found, err := service.Link(t.Context(), link[1]); err != nil || found == nil {
		t.Errorf("the link: %v, %v", found, err)
	}
	if r := reset("cobalt fig 7 harbour moth\n", "ana@example.org", "--password-stdin"); r.status != 0 || !strings.Contains(r.out, "can sign in") {
		t.Errorf("got %+v", r)
	}
	db.Ent().User.Update().SetDisabledAt(time.Now()).ExecX(t.Context())
	if r := reset("", "ana@example.org"); r.status != 1 || r.out != "" || !strings.Contains(r.errors, "--enable") {
		t.Errorf("who may not sign in: %+v", r)
	}
	if r := reset("", "ana@example.org", "--enable"); r.status != 0 || db.Reader().User.Query().OnlyX(t.Context()).DisabledAt != nil {
		t.Errorf("got %+v", r)
	}
}

func TestSimulate(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := guardmdm(ctx, "simulate", "abm", "--listen=127.0.0.1:0", "--devices=5")
	if r.status != 0 || !strings.Contains(r.out, "with 5 devices: http://127.0.0.1:") || !strings.Contains(r.out, "/portal/") {
		t.Errorf("got %+v", r)
	}
	faults := filepath.Join(t.TempDir(), "faults.json")
	if err := os.WriteFile(faults, []byte(`{"faults":[{"kind":"gremlins"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := guardmdm(t.Context(), "simulate", "abm", "--listen=127.0.0.1:0", "--faults="+faults); r.status != 1 || !strings.Contains(r.errors, "gremlins") || !strings.Contains(r.errors, faults) {
		t.Errorf("unknown faults: %+v", r)
	}
}

// What simulated devices need is made once, and fits together.
func TestSimulateDevices(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sim")
	made := guardmdm(t.Context(), "simulate", "certificates", "--dir="+dir)
	if made.status != 0 || strings.Count(made.out, dir) != 6 {
		t.Fatalf("got %+v", made)
	}
	if r := guardmdm(t.Context(), "simulate", "certificates", "--dir="+dir); r.status != 1 || !strings.Contains(r.errors, "device-ca.pem") {
		t.Errorf("again: %+v", r)
	}
	ca := []string{"simulate", "devices", "--ca-file=" + dir + "/device-ca.pem", "--ca-key-file=" + dir + "/device-ca.key"}
	if r := guardmdm(t.Context(), ca...); r.status != 1 || !strings.Contains(r.errors, "GUARDMDM_SIM_DEVICES_ABM") {
		t.Errorf("nowhere to enroll: %+v", r)
	}
	if r := guardmdm(t.Context(), append(ca, "--enroll-url=http://127.0.0.1:1/enroll/ade/x")...); r.status != 1 || !strings.Contains(r.errors, "GUARDMDM_SIM_DEVICES_SERIALS") {
		t.Errorf("no devices: %+v", r)
	}
	r := guardmdm(t.Context(), append(ca, "--enroll-url=http://127.0.0.1:1/enroll/ade/x", "--serial=F17SIM0001,F17SIM0002", "--keys=1",
		"--apns-listen=127.0.0.1:0", "--apns-ca-file="+dir+"/apns-ca.pem", "--apns-ca-key-file="+dir+"/apns-ca.key")...)
	if r.status != 1 || !strings.Contains(r.out, "0 of 2 enrolled") || !strings.Contains(r.out, "2  enrollment profile: connection refused") {
		t.Errorf("without a server: %+v", r)
	}
}

// serve is ready when health says so, and ends well when its stop is asked for.
func TestServeAndHealth(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := "--listen=" + listener.Addr().String() // free in a moment
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if r := guardmdm(t.Context(), "health", listen); r.status != 1 || r.errors == "" {
		t.Errorf("health without a server: %+v", r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan result, 1)
	dir := t.TempDir()
	go func() {
		done <- guardmdm(ctx, "serve", "--data-dir="+dir, listen, "--ops-listen=none", "--log-level=error", "--abm-url=http://127.0.0.1:1")
	}()
	for deadline := time.Now().Add(30 * time.Second); guardmdm(t.Context(), "health", listen).status != 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Error("the server does not become ready")
			break
		}
	}
	cancel()
	r := <-done
	link := regexp.MustCompile(`(?m)^  http://` + regexp.QuoteMeta(listener.Addr().String()) + `/setup#([\w-]{43})$`).FindStringSubmatch(r.out)
	if r.status != 0 || r.errors != "" || link == nil {
		t.Errorf("got %+v", r)
	}
	if _, err := os.Stat(filepath.Join(dir, "secret.key")); err != nil {
		t.Error(err)
	}
}
