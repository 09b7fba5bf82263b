package load_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/simdevice"
	"github.com/guardmdm/guardmdm/test/proc"
)

// BenchmarkCommands sends a command to BENCH_COMMANDED enrolled devices (10,000) that live: they call when the push service tells them to, BENCH_CONCURRENCY
// at once (50), and answer. s-accepted is how long sendCommand took, s-queued until the command was queued for every device, s-answered until the last
// one had answered and the batch had ended; memory is the server's, before the command and at its peak.
func BenchmarkCommands(b *testing.B) {
	program := proc.Build(b)
	devices := number(b, "BENCH_COMMANDED", 10_000)
	for _, database := range []string{"sqlite", "postgres"} {
		b.Run(fmt.Sprintf("%d-devices/%s", devices, database), func(b *testing.B) {
			for b.Loop() {
				y := newYard(b, program, database, devices)
				all := y.devices(devices)
				y.enroll(all)
				ctx, cancel := context.WithCancel(y.ctx)
				y.options.Recorder = simdevice.NewRecorder()
				y.queueUp()
				var living sync.WaitGroup
				for _, d := range all {
					d.Recorder = y.options.Recorder
					living.Go(func() {
						if err := d.Live(ctx); err != nil {
							b.Error(err)
						}
					})
				}
				calm, used := y.server.Memory(b), y.server.CPUTime(b)
				y.command(devices)
				used = y.server.CPUTime(b) - used
				cancel()
				living.Wait()
				b.ReportMetric(used.Seconds()*1000/float64(devices), "cpu-ms/device")
				b.ReportMetric(float64(y.options.Recorder.Percentile(simdevice.StepCommand, 99).Microseconds())/1000, "p99-ms-command")
				b.ReportMetric(float64(calm)/(1<<20), "MiB-before")
				b.ReportMetric(float64(y.server.PeakMemory(b))/(1<<20), "peak-MiB")
			}
		})
	}
}

// queueUp has devices that are all told to call at once wait for each other: that many at the same moment are a matter of the network's, not of the server's.
func (y *yard) queueUp() {
	y.options.Client.Timeout = 15 * time.Minute
	y.options.Client.Transport = &turns{y.options.Client.Transport, make(chan struct{}, y.concurrency)}
}

type turns struct {
	http.RoundTripper
	slots chan struct{}
}

// RoundTrip implements http.RoundTripper.
func (t *turns) RoundTrip(r *http.Request) (*http.Response, error) {
	t.slots <- struct{}{}
	defer func() { <-t.slots }()
	return t.RoundTripper.RoundTrip(r)
}

// command asks all enrolled devices for their information, and waits until all have answered.
func (y *yard) command(devices int) {
	y.Helper()
	begin := time.Now()
	var sent struct {
		SendCommand struct {
			CommandBatch *struct{ ID string }
			UserErrors   []struct{ Message string }
		}
	}
	y.api.MustCall(y, `mutation($n: Int!) { sendCommand(input: {command: DEVICE_INFORMATION, where: {enrollmentStatus: ENROLLED}, expectedCount: $n}) { commandBatch { id } userErrors { message } } }`,
		map[string]any{"n": devices}, &sent)
	if sent.SendCommand.CommandBatch == nil {
		y.Fatalf("the command was refused: %v", sent.SendCommand.UserErrors)
	}
	y.ReportMetric(time.Since(begin).Seconds(), "s-accepted")
	queued := false
	for deadline := time.Now().Add(15 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		var stands struct {
			Node struct {
				Status   string
				IsQueued bool
				Total    int
				Counts   struct{ Acknowledged, Queued, Sent, Failed int }
			}
		}
		y.api.MustCall(y, `query($id: ID!) { node(id: $id) { ... on CommandBatch { status isQueued total counts { acknowledged queued sent failed } } } }`,
			map[string]any{"id": sent.SendCommand.CommandBatch.ID}, &stands)
		at := stands.Node
		if at.IsQueued && !queued {
			queued = true
			y.ReportMetric(time.Since(begin).Seconds(), "s-queued")
		}
		switch {
		case at.Status == "FINISHED" && at.Counts.Acknowledged == devices:
			y.ReportMetric(time.Since(begin).Seconds(), "s-answered")
			return
		case at.Status == "FINISHED" || time.Now().After(deadline):
			y.Fatalf("%+v", at)
		}
	}
}
