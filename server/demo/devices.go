package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/app"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/config"
	"github.com/guardmdm/guardmdm/server/push"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/simdevice"
)

const (
	firstDevices   = 6                // are switched on when the first ones have a profile, so that there is something to see
	firstEvery     = 3 * time.Second  // one after the other
	switchOnEvery  = 20 * time.Second // one more device is taken out of its box
	mostDevices    = 300              // that live at the same time: the demo may run for a day
	strangerEvery  = 25               // of so many devices one is signed for by an authority that nobody knows
	impostorEvery  = 25               // of so many devices one claims to be the first one
	busyEvery      = 4                // of so many devices one is held in Setup Assistant for a while
	busyFor        = 45 * time.Second
	pace           = 8 * time.Second // of the person who sets a device up: long enough to see each step
	lookForDevices = time.Second
)

// devices are the simulated devices of the demo, with what stands for Apple's part in their enrollment.
type devices struct {
	ca, stranger *simdevice.CA
	authority    *simapns.Authority
	push         *simapns.Service
	listener     net.Listener
	log          *slog.Logger
	random       *rand.Rand
	count        int
	firstUDID    string // of the first device
}

// newDevices makes the authorities and tells the server, by its configuration, to believe them.
func newDevices(cfg *config.Config, dir string, log *slog.Logger) (*devices, error) {
	now := time.Now()
	d := &devices{log: log, random: rand.New(rand.NewPCG(1, 2))}
	var err error
	if d.ca, err = simdevice.NewCA("Simulated Device CA", now); err != nil {
		return nil, err
	}
	if d.stranger, err = simdevice.NewCA("Device CA of another maker", now); err != nil {
		return nil, err
	}
	if d.authority, err = simapns.NewAuthority(now); err != nil {
		return nil, err
	}
	cfg.DeviceCAFile, cfg.APNSCAFile = filepath.Join(dir, "device-ca.pem"), filepath.Join(dir, "apns-ca.pem")
	for path, content := range map[string][]byte{cfg.DeviceCAFile: d.ca.PEM(), cfg.APNSCAFile: d.authority.PEM()} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return nil, fmt.Errorf("writing the demo's certificates: %w", err)
		}
	}
	d.push = simapns.New(d.authority, nil)
	if d.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("the simulated push service cannot listen: %w", err)
	}
	cfg.APNSURL = "https://" + d.listener.Addr().String()
	return d, nil
}

// servePushes runs the simulated push service until ctx ends.
func (d *devices) servePushes(ctx context.Context) error { return d.push.Serve(ctx, d.listener) }

// certify walks the exchange of the push certificate, with the demo's own authority in the place of vendor and Apple.
func (d *devices) certify(ctx context.Context, guard *app.App) error {
	request, err := guard.Push.Request(ctx, "mdm@demo.example")
	if err != nil {
		return err
	}
	now := time.Now()
	signed, err := d.authority.Sign([]byte(push.RequestPEM(request)), simapns.PushCertificate{Topic: simapns.NewTopic(), NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0)})
	if err != nil {
		return err
	}
	_, err = guard.Push.Upload(ctx, signed, nil, "")
	return err
}

// heard is the simulated push service as devices know it.
type heard struct{ *simapns.Service }

// Register implements simdevice.PushService.
func (h heard) Register(topic, magic string) simdevice.Registration {
	return h.Service.Register(topic, magic)
}

// liveUntil switches devices on that have a profile: a few at once, then one now and then. They live until ctx ends.
func (d *devices) liveUntil(ctx context.Context, guard *app.App, sim *simabm.Simulator, simURL string) error {
	keys, err := simdevice.NewKeys(4)
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: time.Minute}
	defer client.CloseIdleConnections()
	apple := simdevice.SimulatedABM{URL: simURL, Client: client}
	var all sync.WaitGroup
	defer all.Wait()
	for wait := lookForDevices; d.count < mostDevices; {
		if !pause(ctx, wait) {
			break
		}
		wait = lookForDevices
		ready := sim.Ready(200)
		if len(ready) == 0 {
			continue
		}
		chosen := ready[d.random.IntN(len(ready))]
		o := simdevice.Options{CA: d.ca, Keys: keys, Client: client, Push: heard{d.push}, Poll: 10 * time.Second, Behaviour: simdevice.Behaviour{Pace: pace}}
		if d.count%busyEvery == busyEvery-1 {
			o.Busy = busyFor
		}
		if d.count%strangerEvery == 2 {
			o.CA = d.stranger
		}
		hardware := simdevice.Of(chosen.SerialNumber, chosen.Model, chosen.DeviceFamily)
		if d.count%impostorEvery == 4 {
			hardware.UDID = d.firstUDID
		}
		device, err := simdevice.New(hardware, o, d.count)
		if err != nil {
			return err
		}
		if d.count == 0 {
			d.firstUDID = device.UDID
		}
		d.count++
		all.Go(func() { d.live(ctx, apple, device) })
		if wait = firstEvery; d.count >= firstDevices {
			wait = switchOnEvery
		}
		if d.count == firstDevices {
			d.lookAt(ctx, guard)
		}
	}
	<-ctx.Done()
	return nil
}

// lookAt syncs once, so that the first devices are seen as Pushed before the timer's turn comes.
func (d *devices) lookAt(ctx context.Context, guard *app.App) {
	tokens, err := guard.Tokens.Present(ctx)
	for _, t := range tokens {
		_, _, failed := guard.Syncs.Start(auth.Console(ctx), t.ID, false, syncrun.TriggerManual)
		err = errors.Join(err, failed)
	}
	if err != nil && ctx.Err() == nil {
		d.log.InfoContext(ctx, "the demo could not begin a sync", "error", err)
	}
}

// live is the life of a device.
func (d *devices) live(ctx context.Context, apple simdevice.Apple, device *simdevice.Device) {
	assigned, err := apple.SwitchOn(ctx, device.SerialNumber)
	if err == nil {
		d.log.InfoContext(ctx, "a device is switched on", "serial", device.SerialNumber)
		if err = device.Enroll(ctx, assigned); err == nil {
			err = device.Live(ctx)
		}
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
		d.log.InfoContext(ctx, "a device did not enroll", "serial", device.SerialNumber, "why", err)
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
