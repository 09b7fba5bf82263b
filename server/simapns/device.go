package simapns

import (
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/hex"
	"time"
)

// Device is a device's registration with the service for one topic.
type Device struct {
	service *Service
	token   []byte
	topic   string
	magic   string
	calls   chan struct{}
	gone    time.Time
}

// Register gives a device a push token for the topic. It hears notices that hold magic.
func (s *Service) Register(topic, magic string) *Device {
	d := &Device{service: s, token: make([]byte, 32), topic: topic, magic: magic, calls: make(chan struct{}, 1)}
	_, _ = rand.Read(d.token) // never fails (crypto/rand)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.devices[hex.EncodeToString(d.token)] = d
	return d
}

// Token is what the device tells its MDM server.
func (d *Device) Token() []byte { return d.token }

// Calls gives one signal for any number of notices since the last one was taken: Apple keeps one notice for a device.
func (d *Device) Calls() <-chan struct{} { return d.calls }

// deliver is called with the service's lock.
func (d *Device) deliver(magic string) {
	if magic != d.magic {
		return // a device takes no notice of others
	}
	select {
	case d.calls <- struct{}{}:
	default:
	}
}

// Unregister ends the registration: notices are answered 410 from now on, as for a device that was wiped.
func (d *Device) Unregister() {
	d.service.set(func() {
		if d.gone.IsZero() {
			d.gone = d.service.now()
		}
	})
}

// Forget ends the registration without a trace: notices are answered 400 from now on.
func (d *Device) Forget() {
	d.service.set(func() { delete(d.service.devices, hex.EncodeToString(d.token)) })
}

func isMarked(extensions []pkix.Extension) bool {
	for _, e := range extensions {
		if e.Id.Equal(oidDevelopment) {
			return true
		}
	}
	return false
}
