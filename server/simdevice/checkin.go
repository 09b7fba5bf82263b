package simdevice

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/micromdm/plist"
)

const (
	typeCheckin = "application/x-apple-aspen-mdm-checkin"
	typeCommand = "application/x-apple-aspen-mdm; charset=UTF-8"
)

// send signs a message and sends it. The answer is empty when there is nothing to say.
func (d *Device) send(ctx context.Context, address, contentType string, message map[string]any) ([]byte, error) {
	body, err := plist.Marshal(message)
	if err != nil {
		return nil, err
	}
	signature, err := d.identity.detached(body)
	if err != nil {
		return nil, err
	}
	return d.post(ctx, http.MethodPut, address, contentType, body, http.Header{"Mdm-Signature": {base64.StdEncoding.EncodeToString(signature)}})
}

func (d *Device) checkin(ctx context.Context, step Step, message map[string]any) error {
	message["UDID"], message["Topic"] = d.UDID, d.Profile.Topic
	return d.step(step, func() error {
		_, err := d.send(ctx, d.Profile.CheckInURL, typeCheckin, message)
		return err
	})
}

func (d *Device) isMac() bool { return strings.HasPrefix(d.Product, "Mac") }

// Authenticate begins an enrollment.
func (d *Device) Authenticate(ctx context.Context) error {
	message := map[string]any{
		"MessageType": "Authenticate", "OSVersion": d.OSVersion, "BuildVersion": d.Build, "ProductName": d.Product, "SerialNumber": d.SerialNumber,
	}
	if d.isMac() {
		message["DeviceName"], message["Model"], message["ModelName"] = d.Model+" "+d.SerialNumber[max(0, len(d.SerialNumber)-4):], d.Product, d.Model
	}
	return d.checkin(ctx, StepAuthenticate, message)
}

// TokenUpdate tells the server how the device is called; awaiting: that it is held in Setup Assistant.
func (d *Device) TokenUpdate(ctx context.Context, awaiting bool) error {
	if d.push == nil {
		d.magic = uuid()
		d.push = unheard{}
		if d.Push != nil {
			d.push = d.Push.Register(d.Profile.Topic, d.magic)
		}
	}
	message := map[string]any{"MessageType": "TokenUpdate", "Token": d.push.Token(), "PushMagic": d.magic, "AwaitingConfiguration": awaiting}
	if d.isMac() {
		message["NotOnConsole"] = false
	} else {
		d.unlock = make([]byte, 32)
		_, _ = rand.Read(d.unlock) // never fails (crypto/rand)
		message["UnlockToken"] = d.unlock
	}
	if err := d.checkin(ctx, StepTokenUpdate, message); err != nil {
		return err
	}
	d.awaiting, d.enrolledAt = awaiting, time.Now()
	return nil
}

// CheckOut says goodbye.
func (d *Device) CheckOut(ctx context.Context) error {
	err := d.checkin(ctx, StepCheckOut, map[string]any{"MessageType": "CheckOut"})
	d.leave()
	return err
}

// Wipe forgets the enrollment without a word, as an erased device does.
func (d *Device) Wipe() { d.leave() }

func (d *Device) leave() {
	if d.push != nil {
		d.push.Unregister()
	}
	d.Profile, d.identity, d.push, d.awaiting, d.profiles, d.unlock = nil, nil, nil, false, nil, nil
}

// Awaiting tells whether the device is held in Setup Assistant.
func (d *Device) Awaiting() bool { return d.awaiting }

// unheard is the registration of a device that nobody calls.
type unheard struct{}

func (unheard) Token() []byte          { return make([]byte, 32) }
func (unheard) Calls() <-chan struct{} { return nil }
func (unheard) Unregister()            {}
