// Package kill_test kills the real program in the middle of syncs and looks at what the next process makes of it.
package kill_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

func TestMain(m *testing.M) {
	// The tests mostly wait until the lease of a killed process lapses: that they can do together, however few the cores.
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	dbtest.Main(m)
}

const (
	devices = 1500
	page    = "25"
	latency = 4 * time.Millisecond
)

// Each database is killed 20 times. On PostgreSQL a run is taken up when its lease lapsed, so the kills are spread over
// several servers at once.
func TestKillInTheMiddle(t *testing.T) {
	program := proc.Build(t)
	for _, c := range []struct {
		database       string
		servers, kills int
	}{{"sqlite", 2, 10}, {"postgres", 5, 4}} {
		for n := range c.servers {
			t.Run(fmt.Sprintf("%s-%d", c.database, n), func(t *testing.T) {
				t.Parallel()
				seed := rand.Uint64()
				t.Logf("seed %d", seed)
				killed(t, program, c.database, c.kills, rand.New(rand.NewPCG(seed, 0)))
			})
		}
	}
}

func killed(t *testing.T, program proc.Program, database string, kills int, random *rand.Rand) {
	sim, err := simabm.New(simabm.Options{Devices: devices + 2000, Seed: 3, Latency: latency, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	apple := httptest.NewServer(sim.Handler())
	t.Cleanup(apple.Close)
	dir := t.TempDir()
	url := "sqlite:" + filepath.Join(dir, "guardmdm.db")
	if database == "postgres" {
		url = dbtest.Postgres(t)
	}
	env := []string{"GUARDMDM_DATABASE_URL=" + url, "GUARDMDM_DATA_DIR=" + dir, "GUARDMDM_LISTEN=127.0.0.1:0", "GUARDMDM_OPS_LISTEN=none",
		"GUARDMDM_ABM_URL=" + apple.URL, "GUARDMDM_SYNC_PAGE_SIZE=" + page}
	start := func() (*proc.Process, proc.API) {
		p, url := program.Start(t, env, `GuardMDM is ready.* url=(\S+)`, "serve")
		return p, proc.API{URL: url}
	}
	p, api := start()
	secret := program.Run(t, env, "api-token", "create", "--name", "kill", "--role", "admin")
	api.Token = secret
	token, serverID := api.Connect(t, apple.URL, "kill")
	server, _ := sim.Server(serverID)
	if _, err := sim.AssignCount(serverID, devices); err != nil {
		t.Fatal(err)
	}
	resumed := 0
	for n := range kills {
		churn(t, sim, serverID, random)
		run := startSync(t, api, token, true)
		time.Sleep(rand.N(time.Duration(devices/25) * (latency + 3*time.Millisecond))) // a random point of the run
		p.Kill()
		if n%3 == 0 {
			churn(t, sim, serverID, random) // life goes on at Apple while we are down
		}
		p, api = start()
		api.Token = secret
		ended := wait(t, api, run)
		if ended.Status != "SUCCEEDED" {
			t.Fatalf("kill %d: the run ended as %+v", n, ended)
		}
		if ended.Trigger == "RESUME" {
			resumed++
		}
		wait(t, api, startSync(t, api, token, false)) // changes made while down may be newer than the run
		same(t, api, token, server, n)
	}
	t.Logf("%d kills, %d of them in the middle of a run that then went on", kills, resumed)
	if resumed == 0 {
		t.Error("no kill hit a run: the test tests nothing")
	}
	p.Stop()
}

func churn(t *testing.T, sim *simabm.Simulator, server string, random *rand.Rand) {
	t.Helper()
	sv, _ := sim.Server(server)
	list := sv.Inventory()
	pick := func() string { return list[random.IntN(len(list))].SerialNumber }
	if err := sim.Unassign(pick()); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		_ = sim.Modify(pick(), func(d *simabm.Device) { d.AssetTag = fmt.Sprintf("A-%d", random.IntN(1000)) }) // may be unassigned by now
	}
	if _, err := sim.AssignCount(server, 3); err != nil {
		t.Fatal(err)
	}
}

type run struct{ ID, Status, Trigger string }

func startSync(t *testing.T, api proc.API, token string, full bool) string {
	t.Helper()
	var started struct{ StartSync struct{ SyncRun run } }
	api.MustCall(t, `mutation($id: ID!, $full: Boolean!) { startSync(input: {abmTokenId: $id, full: $full}) { syncRun { id status trigger } userErrors { message } } }`,
		map[string]any{"id": token, "full": full}, &started)
	return started.StartSync.SyncRun.ID
}

func wait(t *testing.T, api proc.API, id string) run {
	t.Helper()
	for deadline := time.Now().Add(90 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var got struct{ Node run }
		api.MustCall(t, `query($id: ID!) { node(id: $id) { ... on SyncRun { id status trigger } } }`, map[string]any{"id": id}, &got)
		if got.Node.Status != "RUNNING" {
			return got.Node
		}
		if time.Now().After(deadline) {
			t.Fatalf("run %s does not end", id)
		}
	}
}

// same compares the token's present devices with Apple's.
func same(t *testing.T, api proc.API, token string, server *simabm.Server, kill int) {
	t.Helper()
	var got []string
	for after := any(nil); ; {
		var page struct {
			Devices struct {
				Nodes    []struct{ SerialNumber, Color, AssetTag, AppleProfileStatus string }
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
		if err := api.Call(context.Background(), `query($id: ID!, $after: Cursor) { devices(first: 200, after: $after, where: {abmTokenId: $id, removedAtIsNil: true}) {
			nodes { serialNumber color assetTag appleProfileStatus } pageInfo { hasNextPage endCursor } } }`,
			map[string]any{"id": token, "after": after}, &page); err != nil {
			t.Fatal(err)
		}
		for _, d := range page.Devices.Nodes {
			got = append(got, strings.Join([]string{d.SerialNumber, d.Color, d.AssetTag, d.AppleProfileStatus}, "|"))
		}
		if !page.Devices.PageInfo.HasNextPage {
			break
		}
		after = page.Devices.PageInfo.EndCursor
	}
	slices.Sort(got)
	var want []string
	for _, d := range server.Inventory() {
		status := d.ProfileStatus
		if status == "" {
			status = "empty"
		}
		want = append(want, strings.Join([]string{d.SerialNumber, d.Color, d.AssetTag, status}, "|"))
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("after kill %d the inventory has %d devices, Apple %d, or they differ", kill, len(got), len(want))
	}
}
