package simdevice

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// Enroll walks from switching on to the end of Setup Assistant, with the ADE profile that Apple assigned.
func (d *Device) Enroll(ctx context.Context, a Assigned) error {
	begin := time.Now()
	if err := d.enroll(ctx, a); err != nil {
		d.Recorder.failed(err)
		return err
	}
	d.Recorder.took(StepAll, time.Since(begin))
	return nil
}

func (d *Device) enroll(ctx context.Context, a Assigned) error {
	if err := d.waitForPerson(ctx); err != nil {
		return err
	}
	_, err := d.FetchProfile(ctx, a)
	if version, ok := updateOf(err); ok && d.CanUpdate {
		if err := d.update(ctx, version); err != nil {
			return err
		}
		_, err = d.FetchProfile(ctx, a)
	}
	if err != nil {
		return err
	}
	if err := d.GetIdentity(ctx); err != nil {
		return err
	}
	if err := d.Authenticate(ctx); err != nil {
		return err
	}
	if err := d.waitForPerson(ctx); err != nil {
		return err
	}
	if err := d.TokenUpdate(ctx, a.Held); err != nil {
		return err
	}
	if !a.Held {
		return nil
	}
	return d.waitForRelease(ctx)
}

// updateOf is the version that a server has a device update to before it enrolls (protocol.md 5.6).
func updateOf(err error) (version string, ok bool) {
	var refused *Refused
	if !errors.As(err, &refused) || refused.Status != http.StatusForbidden {
		return "", false
	}
	var said struct {
		Code    string
		Details struct{ OSVersion string }
	}
	if json.Unmarshal([]byte(refused.Body), &said) != nil || said.Code != "com.apple.softwareupdate.required" {
		return "", false
	}
	return said.Details.OSVersion, said.Details.OSVersion != ""
}

// update is the update within Setup Assistant, after which the device asks again.
func (d *Device) update(ctx context.Context, version string) error {
	d.OSVersion = version
	return d.waitForPerson(ctx)
}

// waitForPerson is between a half and one and a half of Pace: people who set devices up do not act in step.
func (d *Device) waitForPerson(ctx context.Context) error {
	if d.Pace <= 0 {
		return nil
	}
	return pause(ctx, d.Pace/2+time.Duration(d.rng.Float64()*float64(d.Pace)))
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
