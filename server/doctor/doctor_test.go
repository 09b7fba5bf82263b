package doctor_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	entabmtoken "github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/abmtoken"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/doctor"
	"github.com/guardmdm/guardmdm/server/enroll"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/push"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is an installation in order: a server works on the database, one token is connected and synced.
type world struct {
	cfg    config.Config
	db     *store.Store // as the server has it
	sim    *simabm.Simulator
	server *simabm.Server
	tokens *abmtoken.Service
	token  *ent.ABMToken
	clock  clockwork.Clock // of the doctor
	secret []string        // must never be printed
}

func newWorld(t *testing.T, databaseURL string) *world {
	t.Helper()
	return newWorldAt(t, databaseURL, clockwork.NewRealClock())
}

// newWorldAt is newWorld with an Apple that has a clock of its own, which the server shares.
func newWorldAt(t *testing.T, databaseURL string, clock clockwork.Clock) *world {
	t.Helper()
	ctx := auth.Console(t.Context())
	sim, err := simabm.New(simabm.Options{Seed: 5, Clock: clock, Logger: slog.New(slog.DiscardHandler)})
	must(t, err)
	apple := httptest.NewServer(sim.Handler())
	t.Cleanup(apple.Close)
	dir := t.TempDir()
	w := &world{sim: sim, clock: clockwork.NewRealClock(), cfg: config.Config{
		Database: config.Database{DataDir: dir, DatabaseURL: databaseURL, SecretKeyFile: filepath.Join(dir, "secret.key")},
		HTTP:     config.HTTP{Listen: free(t), OpsListen: "none"},
		ABMURL:   apple.URL, SyncPageSize: 100, Limits: config.DefaultLimits(),
	}}
	w.db, err = store.Open(ctx, store.Options{DatabaseURL: databaseURL, Exclusive: true})
	must(t, err)
	t.Cleanup(func() { must(t, w.db.Close()) })
	_, err = w.db.Migrate(ctx)
	must(t, err)
	box, err := secret.EnsureKey(ctx, w.db, w.cfg.SecretKeyFile, true)
	must(t, err)
	client, err := abm.New(abm.Config{BaseURL: apple.URL, Clock: clock})
	must(t, err)
	t.Cleanup(client.Close)
	w.tokens = abmtoken.New(w.db, client, box, clock)
	w.token, err = w.tokens.Generate(ctx, "Warehouse")
	must(t, err)
	w.server, err = sim.AddServer("Warehouse", []byte(w.token.CurrentCertificate))
	must(t, err)
	file, _, err := w.server.DownloadToken()
	must(t, err)
	w.token, err = w.tokens.Upload(ctx, w.token.ID, file, false)
	must(t, err)
	w.change(t, func(u *ent.ABMTokenUpdateOne) { u.SetLastSyncedAt(time.Now()) })
	key, err := os.ReadFile(w.cfg.SecretKeyFile)
	must(t, err)
	w.secret = []string{strings.TrimSpace(string(key))}
	if u, err := url.Parse(databaseURL); err == nil && u.User != nil {
		if password, ok := u.User.Password(); ok && len(password) > 3 {
			w.secret = append(w.secret, password)
		}
	}
	return w
}

func (w *world) change(t *testing.T, change func(*ent.ABMTokenUpdateOne)) {
	t.Helper()
	u := w.db.Ent().ABMToken.UpdateOneID(w.token.ID)
	change(u)
	must(t, u.Exec(t.Context()))
}

// examine runs all checks and gives the findings by check.
func (w *world) examine(t *testing.T) map[string]doctor.Finding {
	t.Helper()
	found := map[string]doctor.Finding{}
	var text strings.Builder
	report := doctor.NewReport(&text, false)
	doctor.Run(t.Context(), doctor.Options{Config: w.cfg, Version: "v1", Clock: w.clock}, func(f doctor.Finding) {
		if earlier, ok := found[f.Check]; ok {
			t.Errorf("two findings of one check: %+v and %+v", earlier, f)
		}
		found[f.Check] = f
		report.Add(f)
		if f.Level == doctor.Fail && f.Do == "" || f.Level == doctor.Warn && f.Do == "" {
			t.Errorf("nothing to do about %+v", f)
		}
	})
	must(t, report.Close())
	for _, s := range w.secret {
		if strings.Contains(text.String(), s) {
			t.Errorf("a secret was printed:\n%s", text.String())
		}
	}
	return found
}

// The page has a row for each check.
func TestPageIsTrue(t *testing.T) {
	page, err := os.ReadFile("../../docs/operations/doctor.md")
	must(t, err)
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL)
		for check := range w.examine(t) {
			if row := "`" + strings.ReplaceAll(check, w.token.ID.String(), "abm_1") + "`"; !strings.Contains(string(page), row) {
				t.Errorf("docs/operations/doctor.md has no %s", row)
			}
		}
	})
}

// expect checks the level of one finding, and that the words are in it.
func expect(t *testing.T, found map[string]doctor.Finding, check string, level doctor.Level, words ...string) {
	t.Helper()
	f, ok := found[check]
	all := f.Found + "\n" + f.Why + "\n" + f.Do
	for _, word := range words {
		if !strings.Contains(all, word) {
			t.Errorf("%s does not say %q: %+v", check, word, f)
		}
	}
	if !ok || f.Level != level {
		t.Errorf("%s: got %+v, want %s; checks: %q", check, f, level, slices.Sorted(maps.Keys(found)))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// free is an address that nobody listens at.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, l.Close())
	return l.Addr().String()
}

// In a sound installation nothing is wrong, beside a running server and without it; and everything stays as it was.
func TestSound(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		dbtest.CheckLeaks(t)
		w := newWorld(t, databaseURL)
		before := contents(t, w)
		for name, f := range w.examine(t) {
			if f.Level != doctor.OK && name != "disk space" { // which this machine may have little of
				t.Errorf("%+v", f)
			}
		}
		if after := contents(t, w); after != before {
			t.Errorf("the database was changed:\n%s\n%s", before, after)
		}
		id := w.token.ID.String()
		found := w.examine(t)
		for _, check := range []string{"database", "migrations", "secret key", "secret key file", "public URL", "data directory", "Apple: DNS", "Apple: TCP", "Apple: TLS",
			"Apple: HTTP", "Apple: proxy", "clock, Apple", id + " state", id + " secrets", id + " certificate", id + " at Apple", id + " sync"} {
			expect(t, found, check, doctor.OK)
		}
		if w.db.IsPostgres() {
			expect(t, found, "LISTEN", doctor.OK)
			expect(t, found, "clock, database", doctor.OK)
		} else {
			expect(t, found, "integrity", doctor.OK)
		}
	})
}

// contents is everything in the database, and the files of the data directory.
func contents(t *testing.T, w *world) string {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
	if w.db.IsPostgres() {
		query = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
	}
	var out strings.Builder
	for _, table := range rowsOf(t, w.db, query) {
		fmt.Fprintf(&out, "%s: %x\n", table, sha256.Sum256([]byte(strings.Join(rowsOf(t, w.db, `SELECT * FROM "`+table+`" ORDER BY 1`), "\n"))))
	}
	entries, err := os.ReadDir(w.cfg.DataDir)
	must(t, err)
	for _, e := range entries {
		out.WriteString(e.Name() + "\n")
	}
	return out.String()
}

func rowsOf(t *testing.T, db *store.Store, query string) []string {
	t.Helper()
	rows, err := db.ReaderDB().QueryContext(t.Context(), query)
	must(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	var all []string
	for rows.Next() {
		values, pointers := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		must(t, rows.Scan(pointers...))
		if len(values) == 1 {
			all = append(all, fmt.Sprintf("%s", values[0]))
		} else {
			all = append(all, fmt.Sprintf("%v", values))
		}
	}
	must(t, rows.Err())
	return all
}

func TestSecretKey(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL)
		id := w.token.ID.String()
		key := w.cfg.SecretKeyFile

		must(t, os.Chmod(key, 0o644))
		found := w.examine(t)
		expect(t, found, "secret key file", doctor.Warn, "0644", "chmod 600")
		expect(t, found, "secret key", doctor.OK)

		must(t, os.Rename(key, key+".away"))
		expect(t, w.examine(t), "secret key", doctor.Fail, key, "Without it")
		if _, err := os.Stat(key); err == nil {
			t.Error("a key was made")
		}

		_, err := secret.CreateKeyFile(key)
		must(t, err)
		found = w.examine(t)
		expect(t, found, "secret key file", doctor.OK)
		expect(t, found, "secret key", doctor.Fail, "another key")
		expect(t, found, id+" secrets", doctor.Fail)
		expect(t, found, id+" at Apple", doctor.Skipped)

		must(t, os.WriteFile(key, []byte("{}"), 0o600))
		found = w.examine(t)
		expect(t, found, "secret key file", doctor.Fail, "not a GuardMDM key file")
		expect(t, found, id+" secrets", doctor.Skipped)
	})
}

func TestMigrations(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL)
		exec := func(statement string) {
			t.Helper()
			_, err := w.db.DB().ExecContext(t.Context(), statement)
			must(t, err)
		}
		exec(`INSERT INTO schema_revisions SELECT '29990101000000', 'later', type, applied, total, executed_at, execution_time, error, error_stmt, 'x', partial_hashes, operator_version FROM schema_revisions LIMIT 1`)
		found := w.examine(t)
		expect(t, found, "migrations", doctor.Fail, "newer version")
		expect(t, found, "ABM tokens", doctor.Skipped)
		expect(t, found, "secret key", doctor.Skipped)
		expect(t, found, "Apple: HTTP", doctor.OK)

		exec(`DELETE FROM schema_revisions`)
		found = w.examine(t)
		expect(t, found, "migrations", doctor.Fail, "not applied", "guardmdm migrate")
		if n := len(rowsOf(t, w.db, "SELECT version FROM schema_revisions")); n != 0 {
			t.Errorf("%d migrations were applied", n)
		}
	})
}

// A database without tables, as before the first start.
func TestEmptyDatabase(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, dbtest.URL(t, "sqlite"))
		w.cfg.DatabaseURL = databaseURL
		found := w.examine(t)
		if strings.HasPrefix(databaseURL, "sqlite:") {
			expect(t, found, "database", doctor.Warn, "does not exist")
			if _, err := os.Stat(strings.TrimPrefix(databaseURL, "sqlite:")); err == nil {
				t.Error("a database was made")
			}
			return
		}
		expect(t, found, "migrations", doctor.Fail, "not applied")
		if tables := rowsOf(t, dbtest.OpenURL(t, databaseURL), "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"); len(tables) > 0 {
			t.Errorf("tables were made: %q", tables)
		}
	})
}

// What needs the database says so; everything else is looked at.
func TestDatabaseDown(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	w.secret = append(w.secret, "hunter22")
	w.cfg.DatabaseURL = "postgres://mdm:hunter22@" + free(t) + "/mdm"
	found := w.examine(t)
	expect(t, found, "database", doctor.Fail, "cannot be used", "refused")
	for _, check := range []string{"migrations", "direct URL", "LISTEN", "clock, database", "secret key", "ABM tokens"} {
		expect(t, found, check, doctor.Skipped, "needs the database")
	}
	expect(t, found, "secret key file", doctor.OK)
	expect(t, found, "Apple: HTTP", doctor.OK)

	w.cfg.DatabaseURL = dbtest.SQLite(t)
	must(t, os.WriteFile(strings.TrimPrefix(w.cfg.DatabaseURL, "sqlite:"), []byte(strings.Repeat("no database ", 1000)), 0o600))
	found = w.examine(t)
	expect(t, found, "database", doctor.Fail)
	expect(t, found, "ABM tokens", doctor.Skipped)
}

func TestDamagedFile(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	whole := w.cfg.DatabaseURL
	_, err := w.db.DB().ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)")
	must(t, err)
	content, err := os.ReadFile(strings.TrimPrefix(whole, "sqlite:"))
	must(t, err)
	// The root page of an index: the rows can still be read, so only a look at the whole file finds it.
	var root int
	must(t, w.db.DB().QueryRowContext(t.Context(), "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'sync_runs' AND rootpage > 0").Scan(&root))
	copy(content[(root-1)*4096:root*4096], strings.Repeat("\xff", 4096))
	w.cfg.DatabaseURL = dbtest.SQLite(t)
	must(t, os.WriteFile(strings.TrimPrefix(w.cfg.DatabaseURL, "sqlite:"), content, 0o600))
	found := w.examine(t)
	expect(t, found, "integrity", doctor.Fail, "damaged", "backup")
}

func TestDirectURL(t *testing.T) {
	databaseURL := dbtest.Postgres(t)
	w := newWorld(t, databaseURL)
	w.cfg.DirectURL = databaseURL
	found := w.examine(t)
	expect(t, found, "direct URL", doctor.OK, "the same database")
	expect(t, found, "LISTEN", doctor.OK)

	w.cfg.DirectURL = dbtest.Postgres(t)
	found = w.examine(t)
	expect(t, found, "direct URL", doctor.Fail, "is not the database of GUARDMDM_DATABASE_URL")
	expect(t, found, "LISTEN", doctor.Warn, "every 2 s")

	w.secret = append(w.secret, "hunter22")
	w.cfg.DirectURL = "postgres://mdm:hunter22@" + free(t) + "/mdm"
	found = w.examine(t)
	expect(t, found, "direct URL", doctor.Fail, "cannot be used")
	expect(t, found, "LISTEN", doctor.Warn)
}

func TestClocks(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "postgres"))
	for name, c := range map[string]struct {
		off   time.Duration
		level doctor.Level
		words string
	}{
		"ahead":           {10 * time.Minute, doctor.Fail, "10m0s ahead of"},
		"behind":          {-10 * time.Minute, doctor.Fail, "10m0s behind"},
		"a little ahead":  {time.Minute, doctor.Warn, "1m0s ahead of"},
		"a little behind": {-time.Minute, doctor.Warn, "1m0s behind"},
		"good enough":     {20 * time.Second, doctor.OK, "within"},
	} {
		t.Run(name, func(t *testing.T) {
			w.clock = clockwork.NewFakeClockAt(time.Now().Add(c.off))
			found := w.examine(t)
			expect(t, found, "clock, database", c.level)
			expect(t, found, "clock, Apple", c.level, c.words[strings.Index(c.words, " ")+1:])
		})
	}
	// Apple's clock is 10 minutes ahead of everybody's: signing in fails, and the clock is what is named.
	w = newWorldAt(t, dbtest.URL(t, "sqlite"), clockwork.NewFakeClockAt(time.Now().Add(10*time.Minute)))
	found := w.examine(t)
	expect(t, found, "clock, Apple", doctor.Fail, "behind Apple's clock", "OAuth", "NTP")
	expect(t, found, w.token.ID.String()+" at Apple", doctor.Fail)
}

func TestWayToApple(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	id := w.token.ID.String()
	answer := func(f http.HandlerFunc) string {
		s := httptest.NewServer(f)
		t.Cleanup(s.Close)
		return s.URL
	}
	page := func(status int, header ...string) string {
		return answer(func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte("<html>\x1b[2J Sign in to the hotel's network"))
		})
	}
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	for name, c := range map[string]struct {
		url, check string
		words      []string
		skipped    []string
	}{
		"nobody listens": {"http://" + free(t), "Apple: TCP", []string{"refused", "firewalls"}, []string{"Apple: TLS", "Apple: HTTP", "clock, Apple", id + " at Apple"}},
		"unknown name":   {"https://mdmenrollment.example.invalid", "Apple: DNS", []string{"name servers"}, []string{"Apple: TCP", id + " at Apple"}},
		"untrusted":      {untrusted.URL, "Apple: TLS", []string{"not trusted here"}, []string{"Apple: HTTP", id + " at Apple"}},
		"no TLS at all":  {"https" + strings.TrimPrefix(w.cfg.ABMURL, "http"), "Apple: TLS", []string{"no TLS connection"}, []string{"Apple: HTTP"}},
		"captive portal": {page(200), "Apple: HTTP", []string{"is not Apple's"}, []string{id + " at Apple"}},
		"redirect":       {page(302, "Location", "https://example.org/"), "Apple: HTTP", []string{"another address"}, []string{id + " at Apple"}},
		"outage":         {page(503), "Apple: HTTP", []string{"does not work at the moment"}, []string{id + " at Apple"}},
		"wrong path":     {w.cfg.ABMURL + "/elsewhere", "Apple: HTTP", []string{"GUARDMDM_ABM_URL"}, []string{id + " at Apple"}},
	} {
		t.Run(name, func(t *testing.T) {
			v := *w
			v.cfg.ABMURL = c.url
			found := v.examine(t)
			expect(t, found, c.check, doctor.Fail, c.words...)
			for _, check := range c.skipped {
				expect(t, found, check, doctor.Skipped)
			}
			expect(t, found, id+" secrets", doctor.OK)
		})
	}
	v := *w
	v.cfg.ABMURL = page(403)
	found := v.examine(t)
	expect(t, found, "Apple: HTTP", doctor.Warn, "web page (403)")
	expect(t, found, id+" at Apple", doctor.Fail)
	v.cfg.ABMURL = answer(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Date"] = nil // net/http then leaves it out
		w.WriteHeader(http.StatusUnauthorized)
	})
	expect(t, v.examine(t), "clock, Apple", doctor.Warn, "no Date")
}

// The proxy of the environment is used and named, without its password. Go reads the environment once in a process, so these are
// processes of their own.
func TestProxyAndTLS(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	program := proc.Build(t)
	apple := httptest.NewUnstartedServer(w.sim.Handler()) // its certificate is for example.com, too
	apple.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	apple.StartTLS()
	t.Cleanup(apple.Close)
	roots := filepath.Join(t.TempDir(), "roots.pem")
	must(t, os.WriteFile(roots, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: apple.Certificate().Raw}), 0o600))
	proxy := httptest.NewServer(forward(w.sim.Handler(), apple.Listener.Addr().String()))
	t.Cleanup(proxy.Close)
	host := strings.TrimPrefix(proxy.URL, "http://")

	run := func(env ...string) string {
		t.Helper()
		command := exec.Command(program.Path(), "doctor")
		command.Env = append(append(os.Environ(), "GUARDMDM_DATA_DIR="+t.TempDir(), "GUARDMDM_LISTEN=127.0.0.1:0", "GUARDMDM_OPS_LISTEN=none"), env...)
		out, _ := command.Output() // the exit status is 1 in some cases: what is looked at is the output
		if strings.Contains(string(out), "hunter22") {
			t.Errorf("the password was printed:\n%s", out)
		}
		return string(out)
	}
	const plain, secured = "GUARDMDM_ABM_URL=http://mdmenrollment.example.invalid", "GUARDMDM_ABM_URL=https://example.com"
	withPassword, without := "http://mdm:hunter22@"+host, "http://"+host
	for name, c := range map[string]struct {
		env   []string
		words []string
	}{
		"plain":                {[]string{plain, "HTTP_PROXY=" + withPassword}, []string{"go through " + host, "HTTP_PROXY set", "Apple: HTTP             mdmenrollment.example.invalid answers (4"}},
		"plain, no password":   {[]string{plain, "HTTP_PROXY=" + without}, []string{"FAIL  Apple: HTTP", "(407)"}},
		"secured":              {[]string{secured, "HTTPS_PROXY=" + withPassword, "SSL_CERT_FILE=" + roots}, []string{"go through " + host, "through the proxy", "example.com answers (4"}},
		"secured, no password": {[]string{secured, "HTTPS_PROXY=" + without, "SSL_CERT_FILE=" + roots}, []string{"FAIL  Apple: HTTP", "(407)"}},
		"secured, untrusted":   {[]string{secured, "HTTPS_PROXY=" + withPassword}, []string{"FAIL  Apple: HTTP", "not trusted here"}},
		"no URL":               {[]string{secured, "HTTPS_PROXY=mdm:hunter22@%zz"}, []string{"FAIL  Apple: proxy", "skip  Apple: TCP"}},
		"proxy is away":        {[]string{secured, "HTTPS_PROXY=http://mdm:hunter22@" + free(t)}, []string{"FAIL  Apple: TCP", "refused", "That is the proxy"}},
		"no proxy": {[]string{"GUARDMDM_ABM_URL=" + apple.URL, "SSL_CERT_FILE=" + roots},
			[]string{"ok    Apple: TLS", "is by Acme Co", "ok    Apple: HTTP", "ok    clock, Apple"}},
	} {
		out := run(c.env...)
		for _, word := range c.words {
			if !strings.Contains(out, word) {
				t.Errorf("%s: no %q in\n%s", name, word, out)
			}
		}
	}
}

// forward is a proxy that wants a password: it leads every plain request to plain, and every tunnel to address.
func forward(plain http.Handler, address string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Proxy-Authorization") == "" {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		if r.Method != http.MethodConnect {
			plain.ServeHTTP(w, r)
			return
		}
		server, err := net.Dial("tcp", address)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer server.Close()
		client, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer client.Close()
		_, _ = client.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
		go func() { _, _ = io.Copy(server, client); _ = server.Close() }()
		_, _ = io.Copy(client, server)
	})
}

func TestTokenAtApple(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL)
		id := w.token.ID.String()
		check := id + " at Apple"
		w.sim.SetTermsAccepted(false)
		expect(t, w.examine(t), check, doctor.Fail, "T_C_NOT_SIGNED", "business.apple.com")
		w.sim.SetTermsAccepted(true)
		w.server.SetAccessDenied(true)
		expect(t, w.examine(t), check, doctor.Fail, "ACCESS_DENIED")
		w.server.SetAccessDenied(false)
		must(t, w.sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultTooManyRequests, Endpoints: []string{"/account"}, RetryAfterSeconds: 3}}))
		expect(t, w.examine(t), check, doctor.Warn, "429")
		must(t, w.sim.SetFaults(nil))
		if _, _, err := w.server.DownloadToken(); err != nil { // a newer token makes the one in use worthless
			t.Fatal(err)
		}
		expect(t, w.examine(t), check, doctor.Fail, "no longer accepts")
		// None of this is evidence: the server finds out by its own calls.
		if token := w.db.Reader().ABMToken.GetX(t.Context(), w.token.ID); token.State != entabmtoken.StateActive || token.StateMessage != "" {
			t.Errorf("the state became %s: %s", token.State, token.StateMessage)
		}
	})
}

func TestTokenStates(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	check := w.token.ID.String() + " state"
	now := time.Now()
	for state, want := range map[entabmtoken.State]struct {
		level doctor.Level
		words string
	}{
		entabmtoken.StateActive: {doctor.OK, "365 days left"}, entabmtoken.StateExpiring: {doctor.Warn, "EXPIRING"},
		entabmtoken.StateExpired: {doctor.Fail, "do not sync"}, entabmtoken.StateRejected: {doctor.Fail, "Apple said no"},
		entabmtoken.StateTermsNotAccepted: {doctor.Fail, "business.apple.com"}, entabmtoken.StateAwaitingServerToken: {doctor.Warn, "four steps"},
	} {
		w.change(t, func(u *ent.ABMTokenUpdateOne) {
			u.SetState(state).SetStateMessage("Apple said no.").SetExpiresAt(now.Add(365*24*time.Hour + time.Hour))
		})
		expect(t, w.examine(t), check, want.level, want.words)
	}
	w.change(t, func(u *ent.ABMTokenUpdateOne) {
		u.SetState(entabmtoken.StateActive).SetExpiresAt(now.Add(-time.Minute))
	})
	expect(t, w.examine(t), check, doctor.Fail, "Its year is over")
}

func TestSyncs(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		w := newWorld(t, databaseURL)
		id, now := w.token.ID.String(), time.Now()
		for age, level := range map[time.Duration]doctor.Level{time.Minute: doctor.OK, time.Hour: doctor.Warn, 25 * time.Hour: doctor.Fail} {
			w.change(t, func(u *ent.ABMTokenUpdateOne) { u.SetLastSyncedAt(now.Add(-age)) })
			expect(t, w.examine(t), id+" sync", level, "ago")
		}
		w.change(t, func(u *ent.ABMTokenUpdateOne) { u.ClearLastSyncedAt() })
		expect(t, w.examine(t), id+" sync", doctor.OK, "not synced yet")
		w.change(t, func(u *ent.ABMTokenUpdateOne) { u.SetStateChangedAt(now.Add(-time.Hour)) })
		expect(t, w.examine(t), id+" sync", doctor.Fail, "never synced")

		w.change(t, func(u *ent.ABMTokenUpdateOne) { u.SetHeldRemovals(170) })
		expect(t, w.examine(t), id+" held removals", doctor.Warn, "170 devices", "confirmHeldRemovals")

		run := w.db.Ent().SyncRun.Create().SetAbmTokenID(w.token.ID).SetStatus(syncrun.StatusRunning).SetPhase(syncrun.PhaseFetch).
			SetTrigger(syncrun.TriggerPeriodic).SetFull(true).SetStartedAt(now).SetUpdatedAt(now).SetLeaseExpiresAt(now.Add(time.Hour)).SaveX(t.Context())
		expect(t, w.examine(t), id+" run", doctor.OK, "FETCH")
		w.db.Ent().SyncRun.UpdateOne(run).SetLeaseExpiresAt(now.Add(-time.Second)).ExecX(t.Context())
		expect(t, w.examine(t), id+" run", doctor.Warn, "no server works on it")

		fail := func(code string) {
			w.db.Ent().SyncRun.UpdateOne(run).SetStatus(syncrun.StatusFailed).SetFinishedAt(now).SetErrorCode(code).SetErrorMessage("It broke.").SetErrorHint("Mend it.").ExecX(t.Context())
		}
		fail("INTERNAL")
		expect(t, w.examine(t), id+" last run", doctor.Fail, "INTERNAL", "It broke.", "Mend it.")
		fail("APPLE_UNAVAILABLE")
		expect(t, w.examine(t), id+" last run", doctor.Warn, "APPLE_UNAVAILABLE")
	})
}

// Certificates of the exchange that have expired, or that belong to another key.
func TestExchangeCertificate(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	box, err := secret.OpenKeyFile(w.cfg.SecretKeyFile)
	must(t, err)
	client, err := abm.New(abm.Config{BaseURL: w.cfg.ABMURL})
	must(t, err)
	defer client.Close()
	old, err := abmtoken.New(w.db, client, box, clockwork.NewFakeClockAt(time.Now().AddDate(-11, 0, 0))).Generate(auth.Console(t.Context()), "Old")
	must(t, err)
	found := w.examine(t)
	expect(t, found, old.ID.String()+" certificate", doctor.Warn, "expired on")
	expect(t, found, old.ID.String()+" secrets", doctor.OK)
	expect(t, found, old.ID.String()+" at Apple", doctor.Skipped)

	w.change(t, func(u *ent.ABMTokenUpdateOne) { u.SetCurrentCertificate(old.CurrentCertificate) })
	expect(t, w.examine(t), w.token.ID.String()+" secrets", doctor.Fail)
	w.change(t, func(u *ent.ABMTokenUpdateOne) { u.SetCurrentCertificate("nonsense") })
	expect(t, w.examine(t), w.token.ID.String()+" certificate", doctor.Fail, "cannot be read")
}

func TestConfigurationAndAddresses(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	for name, c := range map[string]struct {
		change func(*config.Config)
		word   string
	}{
		"page size": {func(c *config.Config) { c.SyncPageSize = 0 }, "GUARDMDM_SYNC_PAGE_SIZE"},
		"ABM URL":   {func(c *config.Config) { c.ABMURL = "ftp://apple" }, "GUARDMDM_ABM_URL"},
		"half TLS":  {func(c *config.Config) { c.TLSCertFile = "cert.pem" }, "GUARDMDM_TLS_KEY_FILE"},
		"proxies":   {func(c *config.Config) { c.TrustedProxies = "everybody" }, "everybody"},
	} {
		t.Run(name, func(t *testing.T) {
			v := *w
			c.change(&v.cfg)
			found := v.examine(t)
			expect(t, found, "configuration", doctor.Fail, c.word)
			expect(t, found, "database", doctor.OK)
		})
	}

	other, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer other.Close()
	go func() {
		for {
			conn, err := other.Accept()
			if err != nil {
				return
			}
			_ = conn.Close()
		}
	}()
	v := *w
	v.cfg.Listen, v.cfg.OpsListen = other.Addr().String(), "192.0.2.1:80" // an address that no machine has (RFC 5737)
	found := v.examine(t)
	expect(t, found, "GUARDMDM_LISTEN", doctor.Fail, "another program")
	expect(t, found, "GUARDMDM_OPS_LISTEN", doctor.Fail, "192.0.2.1:80 cannot be listened on")

	for _, tls := range []bool{false, true} {
		cfg := httpd.Config{Listen: "127.0.0.1:0", Version: "v7", Logger: slog.New(slog.DiscardHandler)}
		v := *w
		if tls {
			cfg.TLSCertFile, cfg.TLSKeyFile = pair(t, time.Now().Add(-time.Hour), time.Now().AddDate(0, 3, 0))
			v.cfg.TLSCertFile, v.cfg.TLSKeyFile = cfg.TLSCertFile, cfg.TLSKeyFile
		}
		server, err := httpd.New(cfg, httpd.Handlers{})
		must(t, err)
		ctx, cancel := context.WithCancel(context.Background())
		must(t, server.Listen(ctx))
		ended := make(chan error, 1)
		go func() { ended <- server.Run(ctx) }()
		u, err := url.Parse(server.URL())
		must(t, err)
		v.cfg.Listen = u.Host
		expect(t, v.examine(t), "GUARDMDM_LISTEN", doctor.OK, "GuardMDM v7")
		cancel()
		must(t, <-ended)
	}
}

// pair writes a certificate and its key.
func pair(t *testing.T, from, until time.Time) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mdm.example.org"}, DNSNames: []string{"mdm.example.org"},
		NotBefore: from, NotAfter: until}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(t, err)
	keyDER, err := x509.MarshalECPrivateKey(key)
	must(t, err)
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	must(t, os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644))
	must(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER}), 0o600))
	return certFile, keyFile
}

func TestCertificate(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	now := time.Now()
	for name, c := range map[string]struct {
		from, until time.Time
		level       doctor.Level
		word        string
	}{
		"good":      {now.Add(-time.Hour), now.Add(90*24*time.Hour + time.Hour), doctor.OK, "90 days left, for mdm.example.org"},
		"soon over": {now.Add(-time.Hour), now.Add(3*24*time.Hour + time.Hour), doctor.Warn, "3 days left"},
		"expired":   {now.AddDate(-1, 0, 0), now.Add(-time.Minute), doctor.Fail, "expired on"},
		"not yet":   {now.Add(time.Hour), now.AddDate(1, 0, 0), doctor.Fail, "not valid before"},
	} {
		v := *w
		v.cfg.TLSCertFile, v.cfg.TLSKeyFile = pair(t, c.from, c.until)
		found := v.examine(t)
		t.Log(name)
		expect(t, found, "TLS certificate", c.level, c.word)
	}
	v := *w
	v.cfg.TLSCertFile, _ = pair(t, now, now.AddDate(1, 0, 0))
	_, v.cfg.TLSKeyFile = pair(t, now, now.AddDate(1, 0, 0))
	expect(t, v.examine(t), "TLS certificate", doctor.Fail, "does not match")
	v.cfg.TLSKeyFile = filepath.Join(t.TempDir(), "none.pem")
	expect(t, v.examine(t), "TLS certificate", doctor.Fail, "no such file")
	v.cfg.TLSCertFile, v.cfg.TLSKeyFile = pair(t, now.Add(-time.Hour), now.AddDate(1, 0, 0))
	must(t, os.Chmod(v.cfg.TLSKeyFile, 0o644))
	expect(t, v.examine(t), "TLS key file", doctor.Warn, "chmod o=")
}

func TestDataDirectory(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	w.cfg.DatabaseURL, w.cfg.DataDir = "", filepath.Join(dir, "file", "data")
	expect(t, w.examine(t), "data directory", doctor.Fail)
	w.cfg.DatabaseURL, w.cfg.DataDir = "", filepath.Join(dir, "new", "data")
	found := w.examine(t)
	expect(t, found, "data directory", doctor.OK, "does not exist yet")
	expect(t, found, "database", doctor.Warn)
	if _, err := os.Stat(filepath.Join(dir, "new")); err == nil {
		t.Error("a directory was made")
	}
	if os.Getuid() == 0 { // who may write anywhere
		return
	}
	must(t, os.Mkdir(filepath.Join(dir, "locked"), 0o500))
	w.cfg.DatabaseURL, w.cfg.DataDir = "", filepath.Join(dir, "locked")
	expect(t, w.examine(t), "data directory", doctor.Fail, "may not write")
}

// The real program, beside a real server on the same file.
func TestProgram(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	program := proc.Build(t)
	dir := t.TempDir()
	env := []string{"GUARDMDM_DATA_DIR=" + dir, "GUARDMDM_LISTEN=" + free(t), "GUARDMDM_OPS_LISTEN=none", "GUARDMDM_ABM_URL=" + w.cfg.ABMURL}
	program.Start(t, env, `(GuardMDM is ready)`, "serve")
	out := program.Run(t, env, "doctor", "--json") // which fails the test for an exit status other than 0
	var report struct {
		Failed int
		Checks []doctor.Finding
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || report.Failed != 0 || len(report.Checks) < 15 {
		t.Errorf("%v:\n%s", err, out)
	}
	if !strings.Contains(out, "is in use by GuardMDM") {
		t.Errorf("the running server was not recognised:\n%s", out)
	}
	out = program.Run(t, env, "doctor")
	if !strings.Contains(out, "\nok    database ") || !strings.Contains(out, " 0 failed, ") {
		t.Errorf("as text:\n%s", out)
	}
	command := exec.Command(program.Path(), "doctor")
	command.Env = append(append(os.Environ(), env...), "GUARDMDM_ABM_URL=http://"+free(t))
	text, err := command.Output()
	if command.ProcessState.ExitCode() != 1 || !strings.Contains(string(text), "\nFAIL  Apple: TCP ") || !strings.Contains(string(text), "\n      why: ") ||
		!strings.Contains(string(text), "\n      do:  ") {
		t.Errorf("%v:\n%s", err, text)
	}
}

func TestPublicURL(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	expect(t, w.examine(t), "public URL", doctor.OK, "http://"+w.cfg.Listen)
	w.cfg.PublicURL = "https://new.example.org"
	w.db.Ent().Setting.Create().SetKey("public_url").SetValue("https://old.example.org").ExecX(t.Context())
	expect(t, w.examine(t), "public URL", doctor.Warn, "https://old.example.org", "https://new.example.org", "confirmPublicURL")
	w.cfg.PublicURL = "https://old.example.org"
	expect(t, w.examine(t), "public URL", doctor.OK, "https://old.example.org")

	// Apple itself is not asked: the doctor is stopped when it has looked at the URL.
	lookAt := func() map[string]doctor.Finding {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		found := map[string]doctor.Finding{}
		doctor.Run(ctx, doctor.Options{Config: w.cfg, Version: "v1", Clock: w.clock}, func(f doctor.Finding) {
			if found[f.Check] = f; f.Check == "public URL" {
				stop()
			}
		})
		return found
	}
	w.cfg.ABMURL, w.cfg.PublicURL = abm.DefaultBaseURL, "http://old.example.org"
	expect(t, lookAt(), "public URL", doctor.Fail, "http://old.example.org", "https")
	w.cfg.PublicURL = ""
	w.db.Ent().Setting.Delete().Where(setting.Key("public_url")).ExecX(t.Context())
	expect(t, lookAt(), "public URL", doctor.Warn, "GUARDMDM_PUBLIC_URL")
}

func TestEnrollment(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"))
	found := w.examine(t)
	expect(t, found, "device authorities", doctor.OK, "Apple's and 0 pinned")
	expect(t, found, "profile signing", doctor.OK, "not signed")

	authority := cmsmaker.Authority(t, "Simulated", cmsmaker.EC(t), nil)
	cas := deviceca.New(w.db, nil, w.clock)
	must(t, w.db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return cas.Seen(ctx, tx.Client, authority.Certificate, "S1")
	}))
	expect(t, w.examine(t), "device authorities", doctor.Warn, "1 others", "pinDeviceCA")
	_, err := cas.Pin(auth.Console(t.Context()), 0, string(authority.PEM()))
	must(t, err)
	expect(t, w.examine(t), "device authorities", doctor.OK, "1 pinned")

	box, err := secret.OpenKeyFile(w.cfg.SecretKeyFile)
	must(t, err)
	service := enroll.New(enroll.Options{Store: w.db, Box: box, Clock: w.clock})
	signer := cmsmaker.Issue(t, &authority, cmsmaker.EC(t), func(c *x509.Certificate) {
		c.Subject.CommonName, c.NotAfter = "mdm.example.org", time.Now().Add(10*24*time.Hour+time.Minute)
	})
	_, err = service.UploadSigning(auth.Console(t.Context()), string(signer.PEM()), string(signer.KeyPEM(t)))
	must(t, err)
	expect(t, w.examine(t), "profile signing", doctor.Warn, "mdm.example.org", "10 days left")
	w.clock = clockwork.NewFakeClockAt(time.Now().Add(20 * 24 * time.Hour))
	expect(t, w.examine(t), "profile signing", doctor.Warn, "expired")
	w.clock = clockwork.NewRealClock()

	expect(t, w.examine(t), "push certificate", doctor.OK, "no device can be enrolled")
	issuer, err := simapns.NewAuthority(time.Now())
	must(t, err)
	certificate, key, err := issuer.Make(simapns.PushCertificate{Topic: "com.apple.mgmt.External.x", NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(60 * 24 * time.Hour)})
	must(t, err)
	bus := pubsub.NewMemory()
	defer bus.Close()
	_, err = push.New(push.Options{Store: w.db, Box: box, Bus: bus, Clock: w.clock}).Upload(auth.Console(t.Context()), certificate, key, "")
	must(t, err)
	expect(t, w.examine(t), "push certificate", doctor.OK, "com.apple.mgmt.External.x")
	w.clock = clockwork.NewFakeClockAt(time.Now().Add(40 * 24 * time.Hour))
	expect(t, w.examine(t), "push certificate", doctor.Warn, "expires on", "Renew")
	w.clock = clockwork.NewFakeClockAt(time.Now().Add(61 * 24 * time.Hour))
	expect(t, w.examine(t), "push certificate", doctor.Fail, "expired on", "Renew")
	w.clock = clockwork.NewRealClock()

	w.cfg.DeviceCAFile, w.cfg.OSVersionsFile = filepath.Join(t.TempDir(), "ca.pem"), filepath.Join(t.TempDir(), "pmv.json")
	found = w.examine(t)
	expect(t, found, "device authorities", doctor.Fail, "GUARDMDM_DEVICE_CA_FILE")
	expect(t, found, "OS versions", doctor.Fail, "GUARDMDM_OS_VERSIONS_FILE")
	must(t, os.WriteFile(w.cfg.DeviceCAFile, authority.PEM(), 0o600))
	must(t, os.WriteFile(w.cfg.OSVersionsFile, []byte(`{"PublicAssetSets":{"iOS":[{"ProductVersion":"26.1","SupportedDevices":["iPhone16,1"]}]}}`), 0o600))
	found = w.examine(t)
	expect(t, found, "device authorities", doctor.Warn, "not Apple's")
	expect(t, found, "OS versions", doctor.OK)
	w.clock = clockwork.NewFakeClockAt(time.Now().Add(100 * 24 * time.Hour))
	expect(t, w.examine(t), "OS versions", doctor.Warn, "days old", "every day")
	w.clock = clockwork.NewRealClock()

	w.cfg.OSVersionsFile = ""
	for _, line := range w.examine(t) {
		if line.Check == "OS versions" {
			t.Errorf("without a minimum: %+v", line)
		}
	}
	now := time.Now().UTC()
	w.db.Ent().ADEProfile.Create().SetName("Old phones").SetPlatforms([]string{"IOS"}).SetMinimumOs(map[string]string{"IOS": "26.1"}).SetCreatedAt(now).SetUpdatedAt(now).ExecX(t.Context())
	expect(t, w.examine(t), "OS versions", doctor.Warn, "1 ADE profile with a minimum", "GUARDMDM_OS_VERSIONS_FILE")
}
