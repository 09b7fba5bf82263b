package syncer_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/devicegroup"
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

// BenchmarkRuledSync is a first full sync into a server that has profiles, defaults and groups, beside one into a server that has none:
// x-without is the ratio of the medians. What Apple has to be told afterwards is no part of it.
func BenchmarkRuledSync(b *testing.B) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			took := map[bool][]time.Duration{}
			for b.Loop() {
				for _, ruled := range []bool{false, true} {
					s := stack.New(b, dbtest.Open(b, name), stack.Options{Devices: benchDevices, PageSize: 1000})
					s.Start(b)
					token, server := s.Connect(b, "bench")
					if _, err := s.Sim.AssignCount(server.ID(), benchDevices); err != nil {
						b.Fatal(err)
					}
					if ruled {
						decide(b, s, token.ID)
					}
					begin := time.Now()
					if run := s.Sync(b, token.ID, false); run.Added != benchDevices {
						b.Fatalf("%v", run)
					}
					took[ruled] = append(took[ruled], time.Since(begin))
					if by := s.DB.Reader().Device.Query().Where(device.ProfileRuleNotNil()).CountX(b.Context()); ruled != (by > 0) {
						b.Fatalf("groups decide for %d devices", by)
					}
					s.Stop()
				}
			}
			median := func(list []time.Duration) float64 {
				slices.Sort(list)
				return list[len(list)/2].Seconds()
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(took[false]), "s/sync-without")
			b.ReportMetric(median(took[true]), "s/sync")
			b.ReportMetric(median(took[true])/median(took[false]), "x-without")
		})
	}
}

// decide gives a server what an organization has that uses rules: defaults for Macs and, of the token, for iPhones, and groups of each kind.
func decide(b *testing.B, s *stack.Stack, token gid.ID) {
	b.Helper()
	admin := stack.Admin(b)
	profile := func(name string) gid.ID {
		p, err := s.Profiles.Create(admin, adeprofile.Edit{Name: &name})
		if err != nil {
			b.Fatal(err)
		}
		return p.ID
	}
	macs, phones, special := profile("Macs"), profile("iPhones"), profile("Special")
	for _, d := range []struct {
		platform       device.Platform
		profile, token gid.ID
	}{{device.PlatformMacOS, macs, 0}, {device.PlatformIOS, phones, token}} {
		if _, _, err := s.Assign.SetDefault(admin, d.platform, d.profile, d.token); err != nil {
			b.Fatal(err)
		}
	}
	is := func(field devicegroup.Field, operator devicegroup.Operator, value string) devicegroup.Rule {
		return devicegroup.Rule{Field: field, Operator: operator, Values: []string{value}}
	}
	prefix, pro := is(devicegroup.SerialNumber, devicegroup.BeginsWith, "F"), is(devicegroup.Model, devicegroup.Contains, "Pro")
	for i, rule := range []*devicegroup.Rule{
		nil, &prefix, nil, &pro, {All: []devicegroup.Rule{is(devicegroup.Platform, devicegroup.IsAnyOf, "IPADOS"), {Not: &prefix}}},
	} {
		if _, err := s.Groups.Create(admin, devicegroup.Input{Name: fmt.Sprint("group ", i), Rule: rule, ADEProfileID: special}); err != nil {
			b.Fatal(err)
		}
	}
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
