package scale_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/sync/errgroup"

	"github.com/guardmdm/guardmdm/test/proc"
)

// progressDocument asks for what the dashboard does.
const progressDocument = `subscription { syncProgress { id status phase full pages devicesSeen added modified removed devicesPerSecond startedAt updatedAt finishedAt abmTokenId error { code message hint } } }`

// BenchmarkSubscriptions is the real program with so many subscribers during a full sync of 100 ms a page: how much longer that takes,
// what a subscriber costs, and that nothing is left of them.
func BenchmarkSubscriptions(b *testing.B) {
	program := proc.Build(b)
	_, simURL := program.Start(b, nil, `Simulated ABM .*: (http://\S+) `, "simulate", "abm", "--listen", "127.0.0.1:0", "--devices", "15000",
		"--latency", "100ms", "--log-level", "error")
	var alone, aloneCPU time.Duration
	for _, c := range []struct {
		way  string
		open func(proc.API, *atomic.Int64) (func(), error)
		n    int
	}{{"none", nil, 0}, {"sse", openStream, 1000}, {"websocket", openSocket, 1000}, {"sse", openStream, 9900}, {"websocket", openSocket, 9900}} {
		b.Run(fmt.Sprintf("%s/%d", c.way, c.n), func(b *testing.B) {
			for b.Loop() {
				dir, ops := b.TempDir(), proc.FreeAddress(b)
				env := []string{
					"GUARDMDM_DATABASE_URL=sqlite:" + dir + "/guardmdm.db", "GUARDMDM_DATA_DIR=" + dir, "GUARDMDM_LISTEN=127.0.0.1:0",
					"GUARDMDM_OPS_LISTEN=" + ops, "GUARDMDM_ABM_URL=" + simURL, "GUARDMDM_SYNC_PAGE_SIZE=100", "GUARDMDM_GRAPHQL_MAX_SOCKETS=20000",
				}
				server, serverURL := program.Start(b, env, `GuardMDM is ready.* url=(\S+)`, "serve")
				api := proc.API{URL: serverURL, Token: program.Run(b, env, "api-token", "create", "--name", "scale", "--role", "admin")}
				token, mdm := api.Connect(b, simURL, fmt.Sprintf("%s %d %d", c.way, c.n, time.Now().UnixNano()))
				proc.Portal(b, simURL, "/purchases", map[string]string{"count": "15000"}, nil)
				proc.Portal(b, simURL, "/devices/assign-count", map[string]string{"server": mdm, "count": "15000"}, nil)
				fullSync(b, api, token) // the first one stores; the one that is measured compares

				http.DefaultClient.CloseIdleConnections()
				sockets, memory, before := server.Sockets(b), server.Memory(b), liveOf(b, ops)
				var messages atomic.Int64
				all := subscribe(b, api, c.n, c.open, &messages)
				held, objects, stacks := server.Memory(b)-memory, -before.objects, -before.stacks
				if c.n > 0 {
					now := liveOf(b, ops)
					objects, stacks = objects+now.objects, stacks+now.stacks
				}
				messages.Store(0)
				cpu := server.CPU(b)
				took := fullSync(b, api, token)
				cpu = server.CPU(b) - cpu
				got := messages.Load()
				for _, close := range all {
					close()
				}
				waitForSockets(b, server, sockets)
				server.Stop()
				if c.n == 0 {
					alone, aloneCPU = took, cpu
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(took.Seconds(), "s/sync")
				b.ReportMetric(cpu.Seconds()/took.Seconds(), "cores")
				if c.n > 0 && alone > 0 {
					b.ReportMetric(took.Seconds()/alone.Seconds(), "x-alone")
					b.ReportMetric((cpu-aloneCPU).Seconds()/took.Seconds(), "cores-of-fan-out")
					b.ReportMetric(float64(held)/float64(c.n)/1000, "kB-resident/subscriber")
					b.ReportMetric(float64(objects)/float64(c.n)/1000, "kB-objects/subscriber")
					b.ReportMetric(float64(stacks)/float64(c.n)/1000, "kB-stacks/subscriber")
					b.ReportMetric(float64(got)/float64(c.n)/took.Seconds(), "messages/s")
					b.ReportMetric(float64((cpu-aloneCPU).Microseconds())/float64(max(1, got)), "µs/message")
				}
			}
		})
	}
}

// live is what is in use of the memory of Go after collections.
type live struct{ objects, stacks int64 }

// liveOf asks the program after collections: a stack that is larger than what is used of it is halved by each.
func liveOf(b *testing.B, ops string) (l live) {
	b.Helper()
	for range 4 {
		response, err := http.Get("http://" + ops + "/debug/pprof/heap?gc=1&debug=1")
		if err != nil {
			b.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			b.Fatal(err)
		}
		for pattern, value := range map[string]*int64{`# HeapAlloc = (\d+)`: &l.objects, `# Stack = (\d+)`: &l.stacks} {
			m := regexp.MustCompile(pattern).FindSubmatch(text)
			if m == nil {
				b.Fatalf("no %s", pattern)
			}
			_, _ = fmt.Sscan(string(m[1]), value)
		}
	}
	return l
}

func fullSync(b *testing.B, api proc.API, token string) time.Duration {
	b.Helper()
	begin := time.Now()
	var started struct {
		StartSync struct {
			SyncRun struct {
				ID      string
				Trigger string
			}
		}
	}
	for started.StartSync.SyncRun.Trigger != "MANUAL" { // the timer's may be going on
		begin = time.Now()
		api.MustCall(b, `mutation($id: ID!) { startSync(input: {abmTokenId: $id, full: true}) { syncRun { id trigger } userErrors { message } } }`,
			map[string]any{"id": token}, &started)
	}
	for {
		var got struct{ Node struct{ Status string } }
		api.MustCall(b, `query($id: ID!) { node(id: $id) { ... on SyncRun { status } } }`, map[string]any{"id": started.StartSync.SyncRun.ID}, &got)
		switch got.Node.Status {
		case "SUCCEEDED":
			return time.Since(begin)
		case "RUNNING":
			time.Sleep(50 * time.Millisecond) // asking is work for the server too
		default:
			b.Fatalf("%+v", got)
		}
	}
}

// subscribe opens n subscriptions and waits until each has got something.
func subscribe(b *testing.B, api proc.API, n int, open func(proc.API, *atomic.Int64) (func(), error), messages *atomic.Int64) []func() {
	b.Helper()
	all := make([]func(), n)
	var group errgroup.Group
	group.SetLimit(50)
	for i := range all {
		group.Go(func() (err error) {
			all[i], err = open(api, messages)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	for messages.Load() < int64(n) {
		time.Sleep(10 * time.Millisecond)
	}
	return all
}

// waitForSockets waits until the server has closed what was opened.
func waitForSockets(b *testing.B, server *proc.Process, sockets int) {
	b.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		open := server.Sockets(b)
		http.DefaultClient.CloseIdleConnections()
		if open <= sockets+5 { // connections to Apple come and go
			return
		}
		if time.Now().After(deadline) {
			b.Fatalf("%d sockets are open, %d were before", open, sockets)
		}
	}
}

// openStream reads server-sent events past net/http, whose client has two goroutines and large buffers a connection.
func openStream(api proc.API, messages *atomic.Int64) (func(), error) {
	u, err := url.Parse(api.URL)
	if err != nil {
		return nil, err
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(map[string]string{"query": progressDocument})
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: %d\r\n\r\n%s",
		u.Host, api.Token, len(body), body)
	if err != nil {
		return nil, err
	}
	var done sync.WaitGroup
	done.Go(func() {
		lines := bufio.NewReaderSize(conn, 1024)
		for {
			line, err := lines.ReadSlice('\n')
			if bytes.HasPrefix(line, []byte("event: next")) {
				messages.Add(1)
			}
			if err != nil && err != bufio.ErrBufferFull {
				return
			}
		}
	})
	return func() { _ = conn.Close(); done.Wait() }, nil
}

func openSocket(api proc.API, messages *atomic.Int64) (func(), error) {
	ctx, cancel := context.WithCancel(context.Background())
	ws, _, err := websocket.Dial(ctx, api.URL+"/graphql", &websocket.DialOptions{
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Authorization": {"Bearer " + api.Token}},
	})
	if err != nil {
		cancel()
		return nil, err
	}
	subscribe, err := json.Marshal(map[string]any{"id": "1", "type": "subscribe", "payload": map[string]string{"query": progressDocument}})
	if err != nil {
		cancel()
		return nil, err
	}
	for _, m := range [][]byte{[]byte(`{"type":"connection_init"}`), subscribe} {
		if err := ws.Write(ctx, websocket.MessageText, m); err != nil {
			cancel()
			return nil, err
		}
	}
	var done sync.WaitGroup
	done.Go(func() {
		for {
			_, r, err := ws.Reader(ctx)
			if err != nil {
				return
			}
			text, err := io.ReadAll(r)
			switch {
			case err != nil:
				return
			case bytes.Contains(text, []byte(`"type":"ping"`)):
				_ = ws.Write(ctx, websocket.MessageText, []byte(`{"type":"pong"}`)) // the next read tells
			case bytes.Contains(text, []byte(`"next"`)):
				messages.Add(1)
			}
		}
	})
	return func() { _ = ws.CloseNow(); cancel(); done.Wait() }, nil
}
