package assignment_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// benchDevices is how many devices the benchmark assigns: 100,000, or what BENCH_ASSIGN says.
var benchDevices = func() int {
	if n, err := strconv.Atoi(os.Getenv("BENCH_ASSIGN")); err == nil {
		return n
	}
	return 100_000
}()

// full is how many devices the benchmark's requests have.
const full = 1000

// BenchmarkAssign is an own profile for all devices of a token, from the person's act to the end of its batch. It fails unless that takes
// one request for each 1,000 devices. Then the same client sends the same requests with another profile and does nothing else:
// x-requests-alone is how many times as long the assignment takes.
func BenchmarkAssign(b *testing.B) {
	for _, latency := range []time.Duration{0, 100 * time.Millisecond} {
		for _, name := range []string{"sqlite", "postgres"} {
			b.Run(fmt.Sprintf("%d-devices-at-%s/%s", benchDevices, latency, name), func(b *testing.B) {
				way := &counted{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
				s := stack.New(b, dbtest.Open(b, name), stack.Options{Devices: benchDevices, PageSize: full, Latency: latency, Transport: way, Assigns: true})
				defer way.CloseIdleConnections()
				s.Start(b)
				token, server := s.Connect(b, "bench")
				_, err := s.Sim.AssignCount(server.ID(), benchDevices)
				must(b, err)
				if run := s.Sync(b, token.ID, false); run.Added != benchDevices {
					b.Fatalf("%v", run)
				}
				for s.DB.Reader().AssignmentJob.Query().CountX(context.Background()) > 0 { // what the first sync left to do
					time.Sleep(5 * time.Millisecond)
				}
				var took, alone time.Duration
				n := 0
				for b.Loop() {
					n++
					way.take()
					took += assignAll(b, s, token.ID, registered(b, s, token, fmt.Sprintf("assigned %d", n)))
					requests := way.take()
					if len(requests) != (benchDevices+full-1)/full {
						b.Fatalf("%d requests for %d devices", len(requests), benchDevices)
					}
					alone += sendAll(b, s, token, registered(b, s, token, fmt.Sprintf("alone %d", n)), requests)
				}
				b.ReportMetric(0, "ns/op") // preparations too: it says nothing
				b.ReportMetric(took.Seconds()/float64(n), "s/assignment")
				b.ReportMetric(float64(benchDevices*n)/took.Seconds(), "devices/s")
				b.ReportMetric(alone.Seconds()/float64(n), "s/requests-alone")
				b.ReportMetric(took.Seconds()/alone.Seconds(), "x-requests-alone")
			})
		}
	}
}

// registered makes a profile that Apple knows already, so that nothing is measured of that.
func registered(b *testing.B, s *stack.Stack, token *ent.ABMToken, name string) gid.ID {
	b.Helper()
	p, err := s.Profiles.Create(stack.Admin(b), adeprofile.Edit{Name: &name, Content: func(c *adeprofile.Content) { c.Department = name }})
	must(b, err)
	_, err = s.Registrar.Ensure(context.Background(), token, p.ID)
	must(b, err)
	return p.ID
}

// assignAll gives all devices of the token the profile, and waits for the end of it.
func assignAll(b *testing.B, s *stack.Stack, token, profile gid.ID) time.Duration {
	b.Helper()
	if t := s.DB.Reader().ABMToken.GetX(context.Background(), token); t.AssignmentMode == nil || *t.AssignmentMode != abmtoken.AssignmentModeEnforce {
		b.Fatalf("the token does not assign: %v", t)
	}
	begin := time.Now()
	batch, _, err := s.Assign.Assign(stack.Admin(b), profile, assignment.Matching(device.AbmTokenID(token)))
	must(b, err)
	for batch.Status == assignmentbatch.StatusRunning {
		time.Sleep(5 * time.Millisecond)
		batch = s.DB.Reader().AssignmentBatch.GetX(context.Background(), batch.ID)
	}
	took := time.Since(begin)
	if batch.Succeeded != benchDevices {
		b.Fatalf("%v", batch)
	}
	return took
}

// sendAll sends requests for the same devices, one after the other.
func sendAll(b *testing.B, s *stack.Stack, token *ent.ABMToken, profile gid.ID, requests [][]string) time.Duration {
	b.Helper()
	ctx := context.Background()
	uuid, err := s.Registrar.Ensure(ctx, token, profile)
	must(b, err)
	conn, _, err := s.Tokens.Connect(ctx, token.ID)
	must(b, err)
	begin := time.Now()
	for _, serials := range requests {
		answer, err := conn.AssignProfile(ctx, uuid, abm.These(serials...))
		must(b, err)
		for _, word := range answer.Devices {
			if word != abm.AssignSuccess {
				b.Fatal(word)
			}
		}
	}
	return time.Since(begin)
}

// counted keeps which devices each request gave a profile.
type counted struct {
	*http.Transport
	mu       sync.Mutex
	requests [][]string
}

func (c *counted) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/profile/devices") {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(text))
		var asked struct {
			Devices []string `json:"devices"`
		}
		if err := json.Unmarshal(text, &asked); err != nil {
			return nil, err
		}
		c.mu.Lock()
		c.requests = append(c.requests, asked.Devices)
		c.mu.Unlock()
	}
	return c.Transport.RoundTrip(r)
}

// take gives the requests since it was called last.
func (c *counted) take() [][]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	requests := c.requests
	c.requests = nil
	return requests
}
