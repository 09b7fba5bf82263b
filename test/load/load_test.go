// Package load_test measures the real program against the simulated ABM, each in a process of its own.
package load_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/servertoken"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const pageSize = 1000

// fleetSize is how many devices the benchmarks sync: 100,000, or what BENCH_DEVICES says.
func fleetSize(b *testing.B) int {
	b.Helper()
	text := os.Getenv("BENCH_DEVICES")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		b.Fatalf("BENCH_DEVICES=%s is no number of devices", text)
	}
	return n
}

// BenchmarkFirstSync is the first full sync of a fleet, 1,000 devices a page, from startSync to the run's end. Before each sync
// a bare client pages through the same list and forgets it: x-bare-pager is the ratio of the medians of both. The rest is
// the server's peak memory, and what its processes used of the processors: the server's own, PostgreSQL's, the simulator's.
func BenchmarkFirstSync(b *testing.B) {
	program := proc.Build(b)
	devices := fleetSize(b)
	for _, latency := range []string{"0s", "100ms"} {
		for _, database := range []string{"sqlite", "postgres"} {
			b.Run(fmt.Sprintf("%d-devices-at-%s/%s", devices, latency, database), func(b *testing.B) {
				sim, simURL := program.Start(b, nil, `Simulated ABM .*: (http://\S+) `, "simulate", "abm", "--listen", "127.0.0.1:0",
					"--devices", "0", "--latency", latency, "--log-level", "error")
				defer sim.Kill()
				pager := newPager(b, simURL)
				defer pager.client.Close()
				assign(b, simURL, pager.server, devices)
				var bare, syncs []cost
				var memory []int64
				for b.Loop() {
					bare = append(bare, pager.run(b, sim, devices))
					sync, peak := firstSync(b, program, sim, simURL, database, devices)
					syncs, memory = append(syncs, sync), append(memory, peak)
				}
				took, bareTook := median(syncs, wall), median(bare, wall)
				b.ReportMetric(0, "ns/op") // bare pager and preparations too: it says nothing
				b.ReportMetric(took, "s/sync")
				b.ReportMetric(float64(devices)/took, "devices/s")
				b.ReportMetric(took/bareTook, "x-bare-pager")
				b.ReportMetric(float64(devices)/bareTook, "bare-devices/s")
				b.ReportMetric(float64(slices.Max(memory))/1e6, "peak-MB")
				b.ReportMetric(median(syncs, func(c cost) time.Duration { return c.client }), "server-cpu-s")
				b.ReportMetric(median(syncs, func(c cost) time.Duration { return c.database }), "postgres-cpu-s")
				b.ReportMetric(median(bare, func(c cost) time.Duration { return c.client }), "bare-cpu-s")
				b.ReportMetric(median(syncs, func(c cost) time.Duration { return c.sim }), "sim-cpu-s")
			})
		}
	}
}

// cost is what reading or syncing the list once took: by the clock, and of the processors.
type cost struct{ wall, client, database, sim time.Duration }

func wall(c cost) time.Duration { return c.wall }

// median is that of one part of the costs, in seconds.
func median(costs []cost, part func(cost) time.Duration) float64 {
	list := make([]time.Duration, len(costs))
	for i, c := range costs {
		list[i] = part(c)
	}
	slices.Sort(list)
	return list[len(list)/2].Seconds()
}

func firstSync(b *testing.B, program proc.Program, sim *proc.Process, simURL, database string, devices int) (cost, int64) {
	dir := b.TempDir()
	url := "sqlite:" + filepath.Join(dir, "guardmdm.db")
	if database == "postgres" {
		url = dbtest.Postgres(b)
	}
	env := []string{"GUARDMDM_DATABASE_URL=" + url, "GUARDMDM_DATA_DIR=" + dir, "GUARDMDM_LISTEN=127.0.0.1:0", "GUARDMDM_OPS_LISTEN=none",
		"GUARDMDM_ABM_URL=" + simURL, fmt.Sprintf("GUARDMDM_SYNC_PAGE_SIZE=%d", pageSize)}
	server, serverURL := program.Start(b, env, `GuardMDM is ready.* url=(\S+)`, "serve")
	defer server.Stop()
	api := proc.API{URL: serverURL, Token: program.Run(b, env, "api-token", "create", "--name", "load", "--role", "admin")}
	token, mdm := api.Connect(b, simURL, fmt.Sprintf("load %d", time.Now().UnixNano()))
	assign(b, simURL, mdm, devices)

	begin := time.Now()
	before := cost{client: server.CPUTime(b), database: proc.PostgresCPUTime(b), sim: sim.CPUTime(b)}
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
			b.Fatalf("%+v\n%s", got, server.Output())
		}
		time.Sleep(100 * time.Millisecond) // asking is work for the server too
	}
	took := cost{
		wall: time.Since(begin), client: server.CPUTime(b) - before.client,
		database: proc.PostgresCPUTime(b) - before.database, sim: sim.CPUTime(b) - before.sim,
	}
	peak := server.PeakMemory(b)
	proc.Portal(b, simURL, "/servers/"+mdm+"/token/revoke", nil, nil)
	return took, peak
}

// assign buys devices and puts them on an MDM server.
func assign(b *testing.B, simURL, server string, devices int) {
	b.Helper()
	proc.Portal(b, simURL, "/purchases", map[string]string{"count": fmt.Sprint(devices)}, nil)
	proc.Portal(b, simURL, "/devices/assign-count", map[string]string{"server": server, "count": fmt.Sprint(devices)}, nil)
}

// pager is the bare client: it decodes pages and forgets them.
type pager struct {
	client *abm.Client
	token  *abm.Token
	server string // of the simulated ABM
}

func newPager(b *testing.B, simURL string) *pager {
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
	client, err := abm.New(abm.Config{BaseURL: simURL})
	if err != nil {
		b.Fatal(err)
	}
	return &pager{client: client, token: client.Token("bare", creds), server: made.ID}
}

func (p *pager) run(b *testing.B, sim *proc.Process, devices int) cost {
	b.Helper()
	begin := time.Now()
	before := cost{client: ownCPUTime(b), sim: sim.CPUTime(b)}
	seen := 0
	for cursor, more := "", true; more; {
		page, err := p.token.FetchDevices(context.Background(), cursor, pageSize)
		if err != nil {
			b.Fatal(err)
		}
		seen += len(page.Devices)
		cursor, more = page.Cursor, page.MoreToFollow
	}
	if seen != devices {
		b.Fatalf("%d devices", seen)
	}
	return cost{wall: time.Since(begin), client: ownCPUTime(b) - before.client, sim: sim.CPUTime(b) - before.sim}
}

func ownCPUTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
