// Package replicas_test runs three processes of the real program on one PostgreSQL, behind one port, and kills, stops and cuts
// off the one that syncs.
package replicas_test

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/proc"
)

const (
	size     = 1200 // devices
	pageSize = "20"
	latency  = 150 * time.Millisecond // so a full sync takes about 9 s

	// takeOver is what docs/operations/replicas.md promises.
	takeOver = 30 * time.Second
)

// options say how a cluster differs from the usual one.
type options struct {
	pooler bool // DATABASE_URL leads through PgBouncer in transaction mode
	direct bool // with pooler: GUARDMDM_DATABASE_DIRECT_URL leads past it; else notifications are polled for
}

// cluster is three replicas, their Apple and their users.
type cluster struct {
	t        *testing.T
	program  proc.Program
	sim      *simabm.Simulator
	server   *simabm.Server // at Apple
	direct   *sql.DB        // past everything
	balancer *balancer
	replicas []*replica
	any      proc.API // through the one port
	token    string

	database, appleURL, dir string // for one more replica
}

type replica struct {
	*proc.Process
	link *link
	env  []string
	api  proc.API
	name string // its application_name at PostgreSQL
}

func newCluster(t *testing.T, program proc.Program, o options) *cluster {
	t.Helper()
	sim, err := simabm.New(simabm.Options{Devices: size + 500, Seed: 5, Latency: latency, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	apple := httptest.NewServer(sim.Handler())
	t.Cleanup(apple.Close)

	database := dbtest.Postgres(t)
	c := &cluster{t: t, program: program, sim: sim, direct: dbtest.OpenURL(t, database).DB(), balancer: newBalancer(t)}
	through := database
	if o.pooler {
		through = dbtest.Pooled(t, database)
	}
	dir := t.TempDir()
	c.database, c.appleURL, c.dir = database, apple.URL, dir
	for n := range 3 {
		r := &replica{name: fmt.Sprintf("replica-%d", n)}
		var fields []string
		r.link, fields = linkTo(t, through, r.name)
		r.env = append(fields, "GUARDMDM_DATA_DIR="+dir, "GUARDMDM_LISTEN=127.0.0.1:0", "GUARDMDM_OPS_LISTEN=none",
			"GUARDMDM_ABM_URL="+apple.URL, "GUARDMDM_SYNC_PAGE_SIZE="+pageSize)
		if o.direct {
			r.env = append(r.env, "GUARDMDM_DATABASE_DIRECT_URL="+database)
		}
		c.replicas = append(c.replicas, r)
		c.start(r)
	}
	secret := program.Run(t, c.replicas[0].env, "api-token", "create", "--name", "replicas", "--role", "admin")
	c.any = proc.API{URL: c.balancer.url, Token: secret}
	for _, r := range c.replicas {
		r.api.Token = secret
	}
	token, server := c.replicas[0].api.Connect(t, apple.URL, "replicas")
	c.token = token
	c.server, _ = sim.Server(server)
	if _, err := sim.AssignCount(server, size); err != nil {
		t.Fatal(err)
	}
	return c
}

// linkTo puts a link between a replica and the unix socket of a database URL.
func linkTo(t *testing.T, databaseURL, name string) (*link, []string) {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	network, address := "tcp", u.Host
	if dir := q.Get("host"); strings.HasPrefix(dir, "/") {
		port := q.Get("port")
		if port == "" {
			port = "5432"
		}
		network, address = "unix", dir+"/.s.PGSQL."+port
	}
	l := newLink(t, network, address)
	q.Del("host")
	q.Del("port")
	q.Set("application_name", name)
	q.Set("sslmode", "disable")
	u.Host, u.RawQuery = l.address(), q.Encode()
	return l, []string{"GUARDMDM_DATABASE_URL=" + u.String()}
}

// start starts the replica, or starts it again at the address that it had.
func (c *cluster) start(r *replica) {
	c.t.Helper()
	var at string
	r.Process, at = c.program.Start(c.t, r.env, `GuardMDM is ready.* url=(\S+)`, "serve")
	if r.api.URL == "" {
		address := strings.TrimPrefix(at, "http://")
		r.api.URL = at
		r.env = append(r.env, "GUARDMDM_LISTEN="+address)
		c.balancer.add(address)
	}
}

// sync starts a run on the replica, which then works on it.
func (c *cluster) sync(on *replica, full bool) proc.Run {
	c.t.Helper()
	run, err := on.api.StartSync(c.t.Context(), c.token, full)
	if err != nil {
		c.t.Fatal(err)
	}
	return run
}

// row is the truth about a run.
type row struct {
	id            int64
	status, owner string
	fence, pages  int
}

func (c *cluster) row() row {
	c.t.Helper()
	return c.rowOf(0) // of all runs, the last one
}

// rowOf reads the row of a run; one that somebody has locked is read none the less. 0: of the last run.
func (c *cluster) rowOf(id int64) (r row) {
	c.t.Helper()
	if err := c.direct.QueryRow("SELECT id, status, lease_owner, fence, pages FROM sync_runs WHERE id = $1 OR $1 = 0 ORDER BY id DESC LIMIT 1", id).
		Scan(&r.id, &r.status, &r.owner, &r.fence, &r.pages); err != nil {
		c.t.Fatal(err)
	}
	return r
}

// awayFromTheTimer waits until no periodic run is due for so long: they are not what is looked at, and would be in the way.
func awayFromTheTimer(t *testing.T, long time.Duration) {
	t.Helper()
	if next := jobs.NextSync(time.Now()); time.Until(next) < long {
		time.Sleep(time.Until(next) + 2*time.Second)
	}
}

// await polls the row of the last run until it is as asked, within a bound of the contract, or of patience.
func (c *cluster) await(what string, within time.Duration, is func(row) bool) row {
	c.t.Helper()
	began := time.Now()
	for {
		r := c.row()
		if is(r) {
			c.t.Logf("%s after %.1f s", what, time.Since(began).Seconds())
			return r
		}
		if time.Since(began) > within {
			c.t.Fatalf("%s: not within %s: %+v", what, within, r)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// midway waits until the run has stored some pages.
func (c *cluster) midway() row {
	c.t.Helper()
	return c.await("midway", time.Minute, func(r row) bool { return r.pages >= 8 })
}

// inTransaction stops the replica while it has a transaction open that has locked the run's row, and reports whether it hit one.
func (c *cluster) pauseInTransaction(r *replica) bool {
	c.t.Helper()
	return c.pauseWhere(r, `SELECT count(*) FROM pg_stat_activity a JOIN pg_locks l USING (pid) JOIN pg_class k ON k.oid = l.relation
		WHERE a.datname = current_database() AND a.application_name = $1 AND a.state = 'idle in transaction' AND k.relname = 'sync_runs' AND l.mode = 'RowExclusiveLock'`)
}

// pauseInCopy pauses the replica while PostgreSQL waits for the rows that it began to copy: such a transaction is not idle.
func (c *cluster) pauseInCopy(r *replica) bool {
	c.t.Helper()
	return c.pauseWhere(r, `SELECT count(*) FROM pg_stat_activity a
		WHERE a.datname = current_database() AND a.application_name = $1 AND a.state = 'active' AND a.wait_event = 'ClientRead' AND a.query LIKE 'COPY devices %'`)
}

// pauseWhere pauses the replica at a moment when its connections are as the query counts.
func (c *cluster) pauseWhere(r *replica, open string) bool {
	c.t.Helper()
	for deadline := time.Now().Add(8 * time.Second); time.Now().Before(deadline); {
		r.Pause()
		var n int
		if err := c.direct.QueryRow(open, r.name).Scan(&n); err != nil {
			c.t.Fatal(err)
		}
		if n > 0 {
			time.Sleep(50 * time.Millisecond) // what it had sent is done by now
			if err := c.direct.QueryRow(open, r.name).Scan(&n); err != nil {
				c.t.Fatal(err)
			}
			if n > 0 {
				return true
			}
		}
		r.Resume()
		time.Sleep(rand.N(4 * time.Millisecond))
	}
	return false
}

func (c *cluster) churn(random *rand.Rand) {
	c.t.Helper()
	if err := churn(c.sim, c.server, random); err != nil {
		c.t.Fatal(err)
	}
}

// churn changes the fleet at Apple a little.
func churn(sim *simabm.Simulator, server *simabm.Server, random *rand.Rand) error {
	list := server.Inventory()
	pick := func() string { return list[random.IntN(len(list))].SerialNumber }
	if err := sim.Unassign(pick()); err != nil {
		return err
	}
	for range 20 {
		_ = sim.Modify(pick(), func(d *simabm.Device) { d.AssetTag = fmt.Sprintf("A-%d", random.IntN(1000)) }) // may be unassigned by now
	}
	_, err := sim.AssignCount(server.ID(), 2)
	return err
}

// same checks that the inventory is Apple's, seen from each replica that answers.
func (c *cluster) same(replicas ...*replica) {
	c.t.Helper()
	for _, r := range replicas {
		if err := r.api.CheckInventory(c.t.Context(), c.token, c.server); err != nil {
			c.t.Errorf("%s: %v", r.name, err)
		}
	}
}

// ready waits until the replica says that it is ready.
func (c *cluster) ready(r *replica) {
	c.t.Helper()
	client := &http.Client{Timeout: 2 * time.Second}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		res, err := client.Get(r.api.URL + "/readyz")
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("%s is not ready again: %v\n%s", r.name, err, r.Output())
		}
	}
}

// watcher is a client that follows the syncs of the token through the one port, and connects again when it was cut off.
type watcher struct {
	name     string
	states   []proc.Run
	connects int
	done     chan struct{}
}

// watch follows until the run has ended. It uses a WebSocket, or server-sent events.
func (c *cluster) watch(ctx context.Context, name, run string, socket bool) *watcher {
	w := &watcher{name: name, done: make(chan struct{})}
	connect := c.events
	if socket {
		connect = c.socket
	}
	go func() {
		defer close(w.done)
		for ctx.Err() == nil {
			w.connects++
			ended := false
			connect(ctx, func(r proc.Run) bool {
				w.states = append(w.states, r)
				ended = r.ID == run && r.Status != "RUNNING"
				return !ended
			})
			if ended {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()
	return w
}

const subscription = `subscription($id: ID) { syncProgress(abmTokenId: $id) { id status phase trigger pages devicesSeen added modified removed } }`

type next struct {
	Data struct{ SyncProgress proc.Run }
}

func (c *cluster) request() map[string]any {
	return map[string]any{"query": subscription, "variables": map[string]any{"id": c.token}}
}

func (c *cluster) events(ctx context.Context, seen func(proc.Run) bool) {
	body, _ := json.Marshal(c.request())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.any.URL+"/graphql", strings.NewReader(string(body)))
	if err != nil {
		return
	}
	req.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"text/event-stream"}, "Authorization": {"Bearer " + c.any.Token}}
	transport := &http.Transport{DisableKeepAlives: true}
	res, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return
	}
	defer res.Body.Close()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		data, ok := strings.CutPrefix(lines.Text(), "data:")
		var n next
		if ok && json.Unmarshal([]byte(data), &n) == nil && n.Data.SyncProgress.ID != "" && !seen(n.Data.SyncProgress) {
			return
		}
	}
}

func (c *cluster) socket(ctx context.Context, seen func(proc.Run) bool) {
	conn, res, err := websocket.Dial(ctx, c.any.URL+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return
	}
	if res != nil && res.Body != nil {
		defer res.Body.Close()
	}
	defer conn.CloseNow()
	type message struct {
		ID      string          `json:"id,omitempty"`
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload,omitempty"`
	}
	auth, _ := json.Marshal(map[string]string{"Authorization": "Bearer " + c.any.Token})
	if wsjson.Write(ctx, conn, message{Type: "connection_init", Payload: auth}) != nil {
		return
	}
	for {
		var m message
		if wsjson.Read(ctx, conn, &m) != nil {
			return
		}
		switch m.Type {
		case "connection_ack":
			body, _ := json.Marshal(c.request())
			err = wsjson.Write(ctx, conn, message{ID: "1", Type: "subscribe", Payload: body})
		case "ping":
			err = wsjson.Write(ctx, conn, message{Type: "pong"})
		case "next":
			var n next
			if json.Unmarshal(m.Payload, &n) == nil && n.Data.SyncProgress.ID != "" && !seen(n.Data.SyncProgress) {
				return
			}
		case "complete", "error":
			return
		}
		if err != nil {
			return
		}
	}
}

// audience is one client for each replica: the balancer takes turns.
func (c *cluster) audience(run string) (check func()) {
	ctx, cancel := context.WithCancel(context.Background())
	c.t.Cleanup(cancel)
	watchers := []*watcher{
		c.watch(ctx, "first client, WebSocket", run, true),
		c.watch(ctx, "second client, events", run, false),
		c.watch(ctx, "third client, WebSocket", run, true),
	}
	return func() {
		c.t.Helper()
		timeout := time.After(time.Minute)
		for _, w := range watchers {
			select {
			case <-w.done:
			case <-timeout:
				c.t.Errorf("%s never saw the end of the run", w.name)
				cancel()
				<-w.done
			}
			w.check(c.t, run)
		}
	}
}

func (w *watcher) check(t *testing.T, run string) {
	t.Helper()
	moves, last := 0, proc.Run{}
	for _, s := range w.states {
		if s.ID != run {
			continue
		}
		if s.Pages < last.Pages || s.DevicesSeen < last.DevicesSeen {
			t.Errorf("%s saw the run go back: %+v then %+v", w.name, last, s)
		}
		if s.Pages > last.Pages {
			moves++
		}
		last = s
	}
	t.Logf("%s: %d states, %d moves, %d connections", w.name, len(w.states), moves, w.connects)
	if moves < 3 || last.Status != "SUCCEEDED" {
		t.Errorf("%s saw the run move %d times and end as %+v", w.name, moves, last)
	}
}

// atMostOneRunning looks all the time that no token has two runs.
func (c *cluster) atMostOneRunning() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for ctx.Err() == nil {
			var n int
			err := c.direct.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM (SELECT count(*) n FROM sync_runs WHERE status = 'RUNNING' GROUP BY abm_token_id) x").Scan(&n)
			if err == nil && n > 1 {
				c.t.Errorf("%d runs of one token at once", n)
				return
			}
			time.Sleep(25 * time.Millisecond)
		}
	})
	return func() { cancel(); wg.Wait() }
}
