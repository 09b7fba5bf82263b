// Package heap lets the heap of a server that does little stay as large as that of one that does much, before Go's collector goes through it.
package heap

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// Server is the floor of a server, which is below what its heap grows to in a first sync.
const Server = 32 << 20

const (
	gogc     = 100     // Go's own setting: the heap is collected when it has doubled
	smallest = 4 << 20 // heap that Go collects, as a multiple of that setting
)

// Floor has the collector wait until the heap has so many bytes, or has doubled if that is more, until stop is called. A server has some 8 MB of
// objects, and a list of 50 devices makes half a MB: otherwise every tenth request would share the processors with the collector. A heap with more than half
// of the floor in objects is collected as ever, so that its greatest size does not change. Whoever sets GOGC has it as they say.
func Floor(bytes uint64) (stop func()) {
	if said := debug.SetGCPercent(gogc); said != gogc {
		debug.SetGCPercent(said)
		return func() {}
	}
	f := &floor{bytes: bytes}
	f.adjust()
	return func() {
		f.stopped.Store(true)
		debug.SetGCPercent(gogc)
	}
}

type floor struct {
	bytes   uint64
	stopped atomic.Bool
	set     int // as of the last adjustment
}

// adjust sets the percentage by what the last collection left, and comes again after the next one.
func (f *floor) adjust() {
	if f.stopped.Load() {
		return
	}
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	percent := gogc
	if live := max(sample[0].Value.Uint64(), smallest); f.bytes > 2*live {
		percent = int((f.bytes - live) * 100 / live)
	}
	if f.set == 0 || percent < f.set*9/10 || percent > f.set*11/10 { // it stops all goroutines for a moment
		debug.SetGCPercent(percent)
		f.set = percent
	}
	runtime.AddCleanup(&struct{ _ [64]byte }{}, (*floor).adjust, f)
}
