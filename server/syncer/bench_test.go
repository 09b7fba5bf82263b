package syncer_test

import (
	"context"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// benchDevices is how many devices the benchmarks sync: 100,000, or what BENCH_DEVICES says.
var benchDevices = func() int {
	if n, err := strconv.Atoi(os.Getenv("BENCH_DEVICES")); err == nil {
		return n
	}
	return 100_000
}()

// BenchmarkFullSync is a first full sync at 1,000 devices a page without latency, and a bare client that only pages
// through the same list: compare their devices/s within one run. Simulated Apple and client share the machine.
func BenchmarkFullSync(b *testing.B) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				db := dbtest.Open(b, name)
				s := stack.New(b, db, stack.Options{Devices: benchDevices, PageSize: 1000})
				s.Start(b)
				token, server := s.Connect(b, "bench")
				if _, err := s.Sim.AssignCount(server.ID(), benchDevices); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				run := s.Sync(b, token.ID, false)
				b.StopTimer()
				if run.Added != benchDevices {
					b.Fatalf("%v", run)
				}
				s.Stop()
				b.StartTimer()
			}
			b.ReportMetric(float64(benchDevices*b.N)/b.Elapsed().Seconds(), "devices/s")
		})
	}
	b.Run("bare-pager", func(b *testing.B) {
		s := stack.New(b, dbtest.Open(b, "sqlite"), stack.Options{Devices: benchDevices})
		token, server := s.Connect(b, "bench")
		if _, err := s.Sim.AssignCount(server.ID(), benchDevices); err != nil {
			b.Fatal(err)
		}
		conn, _, err := s.Tokens.Connect(b.Context(), token.ID)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if n := pageThrough(b, conn); n != benchDevices {
				b.Fatal(n)
			}
		}
		b.ReportMetric(float64(benchDevices*b.N)/b.Elapsed().Seconds(), "devices/s")
	})
}

func pageThrough(b *testing.B, conn *abm.Token) (devices int) {
	for cursor := ""; ; {
		page, err := conn.FetchDevices(context.Background(), cursor, 1000)
		if err != nil {
			b.Fatal(err)
		}
		devices += len(page.Devices)
		if !page.MoreToFollow {
			return devices
		}
		cursor = page.Cursor
	}
}

// BenchmarkQuietDelta is a periodic sync of a fleet of which nothing changed: how long the run takes beyond the one request that it
// needs, by the medians of both.
func BenchmarkQuietDelta(b *testing.B) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			db := dbtest.Open(b, name)
			s := stack.New(b, db, stack.Options{Devices: benchDevices, PageSize: 1000})
			s.Start(b)
			token, server := s.Connect(b, "bench")
			if _, err := s.Sim.AssignCount(server.ID(), benchDevices); err != nil {
				b.Fatal(err)
			}
			s.Sync(b, token.ID, false)
			var requests, runs []time.Duration
			for b.Loop() {
				begun, _, err := s.Syncs.Start(stack.Admin(b), token.ID, false, syncrun.TriggerPeriodic)
				if err != nil {
					b.Fatal(err)
				}
				run := s.Wait(b, begun.ID)
				if run.Requests != 1 || run.Pages != 1 {
					b.Fatalf("%v", run)
				}
				runs = append(runs, run.FinishedAt.Sub(run.StartedAt))
			}
			conn, _, err := s.Tokens.Connect(b.Context(), token.ID)
			if err != nil {
				b.Fatal(err)
			}
			for range runs {
				cursor := db.Reader().ABMToken.GetX(b.Context(), token.ID).StreamCursor
				begin := time.Now()
				if _, err := conn.SyncDevices(b.Context(), cursor, 1000); err != nil {
					b.Fatal(err)
				}
				requests = append(requests, time.Since(begin))
			}
			slices.Sort(requests)
			slices.Sort(runs)
			request, run := requests[len(requests)/2], runs[len(runs)/2]
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(run.Microseconds())/1e3, "ms/run")
			b.ReportMetric(float64((run-request).Microseconds())/1e3, "ms-above-request")
		})
	}
}
