package simdevice

import (
	"context"
	"sync"
	"sync/atomic"
)

// Assigned is what Apple tells a device when it is switched on: where it enrolls.
type Assigned struct {
	URL    string // of the ADE profile
	WebURL string // of its web page, which people sign in at before; "": none
	Held   bool   // whether Setup Assistant waits for DeviceConfigured
}

// Apple switches devices on.
type Apple interface {
	SwitchOn(ctx context.Context, serialNumber string) (Assigned, error)
}

// Fleet enrolls many devices.
type Fleet struct {
	Apple       Apple
	Concurrency int
	// Enrolled is told of each device whose enrollment ended well, within the device's own turn. nil: nobody.
	Enrolled func(ctx context.Context, d *Device)
}

// Run enrolls the devices, Concurrency at once. It gives how many made it.
func (f *Fleet) Run(ctx context.Context, devices []*Device) int {
	var (
		all  sync.WaitGroup
		good atomic.Int64
		next atomic.Int64
	)
	for range min(max(f.Concurrency, 1), len(devices)) {
		all.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(devices) {
					return
				}
				if f.one(ctx, devices[i]) == nil {
					good.Add(1)
				}
			}
		})
	}
	all.Wait()
	return int(good.Load())
}

func (f *Fleet) one(ctx context.Context, d *Device) error {
	assigned, err := f.Apple.SwitchOn(ctx, d.SerialNumber)
	if err != nil {
		d.Recorder.failed(err)
		return err
	}
	if err := d.Enroll(ctx, assigned); err != nil {
		return err
	}
	if f.Enrolled != nil {
		f.Enrolled(ctx, d)
	}
	return nil
}

// Directly is an Apple that sends every device to the same address.
type Directly Assigned

// SwitchOn implements Apple.
func (d Directly) SwitchOn(context.Context, string) (Assigned, error) { return Assigned(d), nil }
