package syncer_test

import (
	"context"
	"os"
	"strconv"
	"testing"

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

// BenchmarkFullSync is a first full sync of 100,000 devices at 1,000 a page without latency, and a bare client that only pages
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

// BenchmarkQuietDelta is a periodic sync of 100,000 devices of which none changed, against the one request that it needs.
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
			for b.Loop() {
				if run := s.Sync(b, token.ID, false); run.Pages != 1 {
					b.Fatalf("%v", run)
				}
			}
		})
	}
}
