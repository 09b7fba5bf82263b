package simdevice

import (
	"context"
	"errors"
	"time"
)

// Enroll walks from switching on to the end of Setup Assistant: address is where the ADE profile sends the device, held whether it has to wait
// for DeviceConfigured.
func (d *Device) Enroll(ctx context.Context, address string, held bool) error {
	begin := time.Now()
	if err := d.enroll(ctx, address, held); err != nil {
		d.Recorder.failed(err)
		return err
	}
	d.Recorder.took(StepAll, time.Since(begin))
	return nil
}

func (d *Device) enroll(ctx context.Context, address string, held bool) error {
	if err := pause(ctx, d.Pace); err != nil {
		return err
	}
	if _, err := d.FetchProfile(ctx, address); err != nil {
		return err
	}
	if err := d.GetIdentity(ctx); err != nil {
		return err
	}
	if err := d.Authenticate(ctx); err != nil {
		return err
	}
	if err := pause(ctx, d.Pace); err != nil {
		return err
	}
	if err := d.TokenUpdate(ctx, held); err != nil {
		return err
	}
	if !held {
		return nil
	}
	return d.waitForRelease(ctx)
}

func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// waitForRelease is held in Setup Assistant: the device calls when it is told to, and looks by itself now and then.
func (d *Device) waitForRelease(ctx context.Context) error {
	begin := time.Now()
	for first := true; d.awaiting; first = false {
		if err := d.called(ctx, d.Poll); err != nil {
			return fail(StepPush, cause(err), err)
		}
		if first {
			d.Recorder.took(StepPush, time.Since(begin))
		}
		if _, err := d.Connect(ctx); err != nil {
			return err
		}
	}
	d.Recorder.took(StepRelease, time.Since(begin))
	return nil
}

// called waits for the push service, at most for as long as given; 0: for ever.
func (d *Device) called(ctx context.Context, most time.Duration) error {
	var timeout <-chan time.Time
	if most > 0 {
		timer := time.NewTimer(most)
		defer timer.Stop()
		timeout = timer.C
	}
	select {
	case <-d.push.Calls():
	case <-timeout:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// Live carries out commands as they come, until ctx ends or the device is erased.
func (d *Device) Live(ctx context.Context) error {
	wait := time.Duration(0)
	for {
		if err := d.called(ctx, wait); err != nil {
			return nil
		}
		again, err := d.Connect(ctx)
		switch {
		case errors.Is(err, errWiped) || ctx.Err() != nil:
			return nil
		case err != nil:
			d.Recorder.failed(err)
			return err
		}
		wait = 0
		if again {
			wait = d.Poll
		}
	}
}
