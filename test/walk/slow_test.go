package walk_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// ways are where devices send bodies.
var ways = []struct{ method, path, contentType string }{
	{"POST", "/enroll/ade/%s", "application/pkcs7-signature"},
	{"POST", "/scep?operation=PKIOperation", "application/x-pki-message"},
	{"PUT", "/mdm", "application/x-apple-aspen-mdm-checkin"},
	{"PUT", "/mdm", "application/x-apple-aspen-mdm"},
}

// A body of which a byte comes now and then ends with the request's time, and so does its connection: neither waits for the body's end. Devices that
// do not dawdle are served meanwhile.
func TestSlowBodies(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"), settings{devices: 1})
	d := w.devices(1)[0]
	assigned := w.switchOn(d)
	key := assigned.URL[strings.LastIndex(assigned.URL, "/")+1:]
	const timeout, every = 400 * time.Millisecond, 100 * time.Millisecond
	routes := slices.Concat(w.guard.Enrollment.Routes(), w.guard.Identities.Routes(), w.guard.MDM.Routes())
	for i := range routes {
		if routes[i].Timeout <= 0 || routes[i].Timeout > time.Minute || routes[i].Kind != nil {
			t.Errorf("%s: a request may take %s", routes[i].Path, routes[i].Timeout)
		}
		routes[i].Timeout = timeout
	}
	server, err := httpd.New(httpd.Config{Listen: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)}, httpd.Handlers{Routes: routes})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	must(t, server.Listen(ctx))
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		must(t, <-ended)
	})
	var all sync.WaitGroup
	for _, way := range ways {
		for range 10 {
			all.Go(func() {
				conn, err := net.Dial("tcp", strings.TrimPrefix(server.URL(), "http://"))
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.Close()
				path := way.path
				if strings.Contains(path, "%s") {
					path = fmt.Sprintf(path, key)
				}
				fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 4000\r\n\r\n", way.method, path, way.contentType)
				stop := make(chan struct{})
				var writer sync.WaitGroup
				writer.Go(func() {
					for range 4000 { // for minutes, if the server lets it
						select {
						case <-stop:
							return
						case <-time.After(every):
						}
						if _, err := io.WriteString(conn, "0"); err != nil {
							return
						}
					}
				})
				_ = conn.SetReadDeadline(time.Now().Add(time.Minute)) // only for when the server does not end it
				answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err != nil {
					t.Errorf("%s: %v", way.path, err)
				} else {
					if answer.StatusCode < 400 || answer.StatusCode == http.StatusUnauthorized || answer.StatusCode >= 500 || !answer.Close {
						t.Errorf("%s: %s, the connection closes: %v", way.path, answer.Status, answer.Close)
					}
					_ = answer.Body.Close()
				}
				if _, err := io.Copy(io.Discard, conn); err != nil {
					if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
						t.Errorf("%s: the connection stays", way.path)
					}
				}
				close(stop)
				writer.Wait()
			})
		}
	}
	quick := *d
	must(t, quick.Enroll(w.ctx, assigned))
	all.Wait()
}

// What is larger than anything a device sends is refused before it is read, wherever it is sent, and leaves nothing in memory.
func TestLargeRequests(t *testing.T) {
	w := newWorld(t, dbtest.URL(t, "sqlite"), settings{devices: 1})
	assigned := w.switchOn(w.devices(1)[0])
	key := assigned.URL[strings.LastIndex(assigned.URL, "/")+1:]
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for _, way := range ways {
		path := way.path
		if strings.Contains(path, "%s") {
			path = fmt.Sprintf(path, key)
		}
		send := func(body io.Reader, header string) int {
			conn, err := net.Dial("tcp", strings.TrimPrefix(w.guard.Server.URL(), "http://"))
			must(t, err)
			defer conn.Close()
			request, err := http.NewRequestWithContext(w.ctx, way.method, w.guard.Server.URL()+path, body)
			must(t, err)
			request.Header.Set("Content-Type", way.contentType)
			if header != "" {
				request.Header.Set(header, strings.Repeat("A", 1<<20))
			}
			written := make(chan struct{})
			go func() { // the server may answer and close before all is sent
				defer close(written)
				_ = request.Write(conn)
			}()
			answer, err := http.ReadResponse(bufio.NewReader(conn), request)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				return 0
			}
			_ = answer.Body.Close()
			_ = conn.Close()
			<-written
			return answer.StatusCode
		}
		if status := send(bytes.NewReader(make([]byte, 50<<20)), ""); status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: 50 MB of known length: %d", path, status)
		}
		if status := send(io.LimitReader(zeros{}, 50<<20), ""); status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: 50 MB of unknown length: %d", path, status)
		}
		for _, header := range []string{"Mdm-Signature", aspenHeader} {
			if status := send(http.NoBody, header); status != http.StatusRequestHeaderFieldsTooLarge {
				t.Errorf("%s: %s of 1 MiB: %d", path, header, status)
			}
		}
	}
	if after := heap(); after > before+16<<20 {
		t.Errorf("the heap grew from %d to %d KiB", before>>10, after>>10)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
