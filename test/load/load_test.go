// Package load_test measures the real program against the simulated ABM, each in a process of its own.
package load_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/servertoken"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// BenchmarkFirstSync is the first full sync of a fleet, from startSync to the run's end, with the peak memory of the server's
// process and its ratio to a bare client that only pages through the same list.
func BenchmarkFirstSync(b *testing.B) {
	program := proc.Build(b)
	for _, c := range []struct {
		devices, page int
		latency       string
	}{{100_000, 1000, "0s"}, {10_000, 100, "100ms"}} {
		_, simURL := program.Start(b, nil, `Simulated ABM .*: (http://\S+) `, "simulate", "abm", "--listen", "127.0.0.1:0",
			"--devices", fmt.Sprint(c.devices), "--latency", c.latency, "--log-level", "error")
		bare := pageThrough(b, simURL, c.devices, c.page)
		b.Logf("bare pager: %s", bare)
		for _, database := range []string{"sqlite", "postgres"} {
			b.Run(fmt.Sprintf("%d-devices-of-%d-at-%s/%s", c.devices, c.page, c.latency, database), func(b *testing.B) {
				var took time.Duration
				var memory int64
				for b.Loop() {
					seconds, peak := firstSync(b, program, simURL, database, c.devices, c.page)
					took, memory = took+seconds, max(memory, peak)
				}
				took /= time.Duration(b.N)
				b.ReportMetric(took.Seconds(), "s/sync")
				b.ReportMetric(float64(c.devices)/took.Seconds(), "devices/s")
				b.ReportMetric(took.Seconds()/bare.Seconds(), "x-bare-pager")
				b.ReportMetric(float64(memory)/1e6, "peak-MB")
			})
		}
	}
}

func firstSync(b *testing.B, program proc.Program, simURL, database string, devices, page int) (time.Duration, int64) {
	dir := b.TempDir()
	url := "sqlite:" + filepath.Join(dir, "guardmdm.db")
	if database == "postgres" {
		url = dbtest.Postgres(b)
	}
	env := []string{"GUARDMDM_DATABASE_URL=" + url, "GUARDMDM_DATA_DIR=" + dir, "GUARDMDM_LISTEN=127.0.0.1:0", "GUARDMDM_OPS_LISTEN=none",
		"GUARDMDM_ABM_URL=" + simURL, fmt.Sprintf("GUARDMDM_SYNC_PAGE_SIZE=%d", page)}
	server, serverURL := program.Start(b, env, `GuardMDM is ready.* url=(\S+)`, "serve")
	api := proc.API{URL: serverURL, Token: program.Run(b, env, "api-token", "create", "--name", "load", "--role", "admin")}
	token, mdm := api.Connect(b, simURL, fmt.Sprintf("load %d", time.Now().UnixNano()))
	assign(b, simURL, mdm, devices)

	begin := time.Now()
	var started struct {
		StartSync struct{ SyncRun struct{ ID string } }
	}
	api.MustCall(b, `mutation($id: ID!) { startSync(input: {abmTokenId: $id}) { syncRun { id } userErrors { message } } }`, map[string]any{"id": token}, &started)
	for {
		var got struct {
			Node struct {
				Status string
				Added  int
			}
		}
		api.MustCall(b, `query($id: ID!) { node(id: $id) { ... on SyncRun { status added } } }`, map[string]any{"id": started.StartSync.SyncRun.ID}, &got)
		if got.Node.Status == "SUCCEEDED" && got.Node.Added == devices {
			break
		}
		if got.Node.Status != "RUNNING" {
			b.Fatalf("%+v", got)
		}
		time.Sleep(100 * time.Millisecond) // asking is work for the server too
	}
	took := time.Since(begin)
	peak := server.PeakMemory(b)
	server.Stop()
	proc.Portal(b, simURL, "/servers/"+mdm+"/token/revoke", nil, nil)
	return took, peak
}

// assign puts the whole pool on an MDM server, wherever it is now.
func assign(b *testing.B, simURL, server string, devices int) {
	b.Helper()
	proc.Portal(b, simURL, "/purchases", map[string]string{"count": fmt.Sprint(devices)}, nil)
	proc.Portal(b, simURL, "/devices/assign-count", map[string]string{"server": server, "count": fmt.Sprint(devices)}, nil)
}

// pageThrough is the bare client: it decodes pages and forgets them. Of three times it gives the median, as machines are noisy.
func pageThrough(b *testing.B, simURL string, devices, size int) time.Duration {
	b.Helper()
	key, cert, err := servertoken.Generate("bare", time.Now())
	if err != nil {
		b.Fatal(err)
	}
	pair, err := servertoken.ParseKeyPair(key, cert)
	if err != nil {
		b.Fatal(err)
	}
	var made struct{ ID string }
	proc.Portal(b, simURL, "/servers", map[string]string{"name": "bare", "certificate": string(cert)}, &made)
	var file struct{ ContentBase64 string }
	proc.Portal(b, simURL, "/servers/"+made.ID+"/token", nil, &file)
	raw, err := base64.StdEncoding.DecodeString(file.ContentBase64)
	if err != nil {
		b.Fatal(err)
	}
	creds, _, err := servertoken.Read(raw, time.Now(), pair)
	if err != nil {
		b.Fatal(err)
	}
	assign(b, simURL, made.ID, devices)
	client, err := abm.New(abm.Config{BaseURL: simURL})
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	token := client.Token("bare", creds)
	var times []time.Duration
	for range 3 {
		begin := time.Now()
		seen := 0
		for cursor, more := "", true; more; {
			page, err := token.FetchDevices(context.Background(), cursor, size)
			if err != nil {
				b.Fatal(err)
			}
			seen += len(page.Devices)
			cursor, more = page.Cursor, page.MoreToFollow
		}
		if seen != devices {
			b.Fatalf("%d devices", seen)
		}
		times = append(times, time.Since(begin))
	}
	slices.Sort(times)
	return times[1]
}
