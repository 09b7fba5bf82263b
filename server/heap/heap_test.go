package heap_test

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/heap"
)

// goal is how large the heap may grow until the next collection.
func goal() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// A small heap grows to the floor, a large one is collected as ever, and after the end Go's own setting holds.
func TestFloor(t *testing.T) {
	const floor = 64 << 20
	eventually := func(what string, holds func() bool) {
		t.Helper()
		for range 100 {
			runtime.GC()
			if holds() {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Errorf("%s: the goal is %d bytes", what, goal())
	}
	stop := heap.Floor(floor)
	eventually("a small heap", func() bool { return floor*7/10 < goal() && goal() < floor*13/10 })
	large := make([]byte, 2*floor)
	eventually("a large heap", func() bool { return 2*uint64(len(large)) < goal() && goal() < 3*uint64(len(large)) })
	runtime.KeepAlive(large)
	large = nil
	eventually("a heap that is small again", func() bool { return floor*7/10 < goal() && goal() < floor*13/10 })
	stop()
	if percent := debug.SetGCPercent(100); percent != 100 {
		t.Errorf("%d %% are left", percent)
	}
}
