package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// start runs a demo until the test ends, and gives what it prints.
func start(t *testing.T, empty bool) string {
	t.Helper()
	read, write := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	cfg := config.Config{HTTP: config.HTTP{Listen: "127.0.0.1:0"}, SyncPageSize: 100, Limits: config.DefaultLimits()}
	go func() {
		err := Run(ctx, Options{Config: cfg, Version: "test", SimListen: "127.0.0.1:0", Devices: 10, Empty: empty, Out: write, Logger: slog.New(slog.DiscardHandler)})
		ended <- err
		_ = write.CloseWithError(io.EOF)
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	var printed bytes.Buffer
	for buf := make([]byte, 4096); !strings.Contains(printed.String(), "Stop with Ctrl-C"); {
		n, err := read.Read(buf)
		printed.Write(buf[:n])
		if err != nil {
			t.Fatalf("the demo ended: %v\n%s", err, printed.String())
		}
	}
	return printed.String()
}

// ask sends an operation that needs no sign-in, and decodes its data.
func ask(t *testing.T, url, query string, data any) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer := struct {
		Data   any
		Errors json.RawMessage
	}{Data: data}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || answer.Errors != nil {
		t.Fatalf("%v: %s", err, answer.Errors)
	}
}

func find(t *testing.T, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%s is not in\n%s", pattern, text)
	}
	return m[1]
}

type instance struct {
	Instance struct {
		SetupNeeded, IsApple bool
		SimulatedPortalURL   string
	}
}

const aboutInstance = `{ instance { setupNeeded isApple simulatedPortalUrl } }`

func TestFurnished(t *testing.T) {
	printed := start(t, false)
	url := find(t, printed, `Dashboard +(\S+)`)
	password := find(t, printed, `Password +([a-z]{4}-[a-z]{4}-[a-z]{4}-\d\d)\n`)
	find(t, printed, `API token \(admin\) +(gmdm_\S+)\n`)
	var about instance
	ask(t, url, aboutInstance, &about)
	if i := about.Instance; i.SetupNeeded || i.IsApple || i.SimulatedPortalURL != find(t, printed, `Simulated ABM +(\S+)`) {
		t.Errorf("got %+v", i)
	}
	for _, p := range cast {
		var got struct {
			SignIn struct{ Viewer *struct{ Name, Role string } }
		}
		ask(t, url, fmt.Sprintf(`mutation { signIn(input: {email: %q, password: %q}) { viewer { name role } userErrors { message } } }`, p.email, password), &got)
		if v := got.SignIn.Viewer; v == nil || v.Name != p.name || v.Role != string(p.role) || !strings.Contains(printed, p.email) {
			t.Errorf("%s: %+v", p.email, v)
		}
	}
}

func TestEmpty(t *testing.T) {
	printed := start(t, true)
	url := find(t, printed, `Dashboard +(\S+)`)
	code := find(t, printed, regexp.QuoteMeta(url)+`/setup#([\w-]{43})\n`)
	if strings.Contains(printed, "gmdm_") || strings.Contains(printed, "Password") {
		t.Errorf("an empty demo prints\n%s", printed)
	}
	var got struct {
		instance
		OneTimeLink *struct {
			Purpose   string
			ExpiresAt time.Time
		}
	}
	ask(t, url, fmt.Sprintf(`{ instance { setupNeeded } oneTimeLink(code: %q) { purpose expiresAt } }`, code), &got)
	if l := got.OneTimeLink; !got.Instance.SetupNeeded || l == nil || l.Purpose != "SETUP" || time.Until(l.ExpiresAt) > 24*time.Hour {
		t.Errorf("got %+v, %+v", got.Instance, l)
	}
}
