package journey_test

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

// Two processes on one PostgreSQL: what one syncs, clients of the other watch; who asks the other for a sync joins the run; and
// when the one is killed, the other goes on and its clients see the end.
func TestReplicas(t *testing.T) {
	program := proc.Build(t)
	sim, err := simabm.New(simabm.Options{Devices: 2000, Seed: 5, Latency: 50 * time.Millisecond, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	apple := httptest.NewServer(sim.Handler())
	t.Cleanup(apple.Close)
	dir := t.TempDir()
	env := []string{"GUARDMDM_DATABASE_URL=" + dbtest.Postgres(t), "GUARDMDM_DATA_DIR=" + dir, "GUARDMDM_LISTEN=127.0.0.1:0",
		"GUARDMDM_OPS_LISTEN=none", "GUARDMDM_ABM_URL=" + apple.URL, "GUARDMDM_SYNC_PAGE_SIZE=20"}
	const ready = `GuardMDM is ready.* url=(\S+)`
	one, oneURL := program.Start(t, env, ready, "serve")
	_, twoURL := program.Start(t, env, ready, "serve")
	secret := program.Run(t, env, "api-token", "create", "--name", "replicas", "--role", "admin")
	first, second := proc.API{URL: oneURL, Token: secret}, proc.API{URL: twoURL, Token: secret}

	token, server := first.Connect(t, apple.URL, "replicas")
	if _, err := sim.AssignCount(server, 2000); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, api: second, simURL: apple.URL}
	start := func(api proc.API) string {
		var got struct {
			StartSync struct{ SyncRun struct{ ID string } }
		}
		api.MustCall(t, `mutation($id: ID!) { startSync(input: {abmTokenId: $id}) { syncRun { id } userErrors { message } } }`, map[string]any{"id": token}, &got)
		return got.StartSync.SyncRun.ID
	}
	run := start(first)
	if joined := start(second); joined != run {
		t.Errorf("the second process began %s beside %s", joined, run)
	}
	var seen string
	var wg sync.WaitGroup
	wg.Go(func() { seen = w.example("watch.mjs", token) })
	time.Sleep(1500 * time.Millisecond) // somewhere in the 5 s of the run
	one.Kill()
	wg.Wait()
	states := w.progress(seen)
	w.moved("a client of the other replica", states)
	if last := states[len(states)-1]; last.ID != run || last.DevicesSeen != 2000 {
		t.Errorf("the run ended as %s", fmt.Sprintf("%+v", last))
	}
}
