package cli

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/simdevice"
)

type simulateDevices struct {
	ABM         string        `env:"GUARDMDM_SIM_DEVICES_ABM" placeholder:"URL" help:"Simulated ABM that the devices are switched on at: they enroll where their ADE profile says. Its devices that have a profile take part, unless serial numbers are given."`
	EnrollURL   string        `name:"enroll-url" env:"GUARDMDM_SIM_DEVICES_ENROLL_URL" placeholder:"URL" help:"Address of an ADE profile (…/enroll/ade/KEY), without a simulated ABM; with --held what that profile says of awaiting configuration."`
	Held        bool          `env:"GUARDMDM_SIM_DEVICES_HELD" help:"With --enroll-url: devices wait in Setup Assistant until they are released."`
	Serials     []string      `name:"serial" env:"GUARDMDM_SIM_DEVICES_SERIALS" placeholder:"SERIAL,..." help:"Serial numbers of the devices."`
	Count       int           `env:"GUARDMDM_SIM_DEVICES_COUNT" default:"10" help:"Most devices that take part."`
	Concurrency int           `env:"GUARDMDM_SIM_DEVICES_CONCURRENCY" default:"10" help:"Devices that enroll at once."`
	Keys        int           `env:"GUARDMDM_SIM_DEVICES_KEYS" default:"16" help:"RSA keys that are made beforehand; devices share them."`
	CAFile      string        `name:"ca-file" env:"GUARDMDM_SIM_DEVICES_CA_FILE" placeholder:"FILE" required:"" help:"Certificate of the simulated device CA, PEM: the one that the server trusts by GUARDMDM_DEVICE_CA_FILE (see simulate certificates)."`
	CAKeyFile   string        `name:"ca-key-file" env:"GUARDMDM_SIM_DEVICES_CA_KEY_FILE" placeholder:"FILE" required:"" help:"Its private key, PEM."`
	TrustFile   string        `name:"trust-file" env:"GUARDMDM_SIM_DEVICES_TRUST_FILE" placeholder:"FILE" help:"Certificates, PEM, that the server is trusted by beside the machine's."`
	APNSListen  string        `name:"apns-listen" env:"GUARDMDM_SIM_DEVICES_APNS_LISTEN" placeholder:"ADDRESS" help:"Address of a simulated push service for the devices: what the server's GUARDMDM_APNS_URL names. Left out: nobody calls the devices, they look by themselves."`
	APNSCAFile  string        `name:"apns-ca-file" env:"GUARDMDM_SIM_DEVICES_APNS_CA_FILE" placeholder:"FILE" help:"Certificate of the push service's CA, PEM: the server's GUARDMDM_APNS_CA_FILE."`
	APNSCAKey   string        `name:"apns-ca-key-file" env:"GUARDMDM_SIM_DEVICES_APNS_CA_KEY_FILE" placeholder:"FILE" help:"Its private key, PEM."`
	NotNow      float64       `name:"not-now" env:"GUARDMDM_SIM_DEVICES_NOT_NOW" default:"0" help:"Share of commands that are answered NotNow, 0 to 1."`
	Error       float64       `env:"GUARDMDM_SIM_DEVICES_ERROR" default:"0" help:"Share of commands that fail, 0 to 1."`
	Never       float64       `env:"GUARDMDM_SIM_DEVICES_NEVER" default:"0" help:"Share of commands that are never answered, 0 to 1."`
	Poll        time.Duration `env:"GUARDMDM_SIM_DEVICES_POLL" default:"5s" help:"How often a device that waits looks by itself."`
	Stay        time.Duration `env:"GUARDMDM_SIM_DEVICES_STAY" default:"0s" help:"How long enrolled devices stay and carry out commands."`
	CheckOut    bool          `name:"check-out" env:"GUARDMDM_SIM_DEVICES_CHECK_OUT" help:"Devices leave at the end (CheckOut)."`
}

// Run implements the command: it enrolls the devices and prints how long each step took, and why others failed.
func (s *simulateDevices) Run(ctx context.Context, out io.Writer) (err error) {
	apple, hardware, err := s.devices(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	g, ctx := errgroup.WithContext(ctx)
	defer func() { stop(); err = errors.Join(err, g.Wait()) }()
	o := simdevice.Options{Recorder: simdevice.NewRecorder(), Poll: s.Poll, Behaviour: simdevice.Behaviour{NotNow: s.NotNow, Error: s.Error, Never: s.Never}}
	if o.CA, err = readPair("GUARDMDM_SIM_DEVICES_CA_FILE", s.CAFile, s.CAKeyFile, simdevice.ParseCA); err != nil {
		return err
	}
	if o.Client, err = s.client(); err != nil {
		return err
	}
	defer o.Client.CloseIdleConnections()
	if s.APNSListen != "" {
		service, listener, err := s.pushService(ctx)
		if err != nil {
			return err
		}
		g.Go(func() error { return service.Serve(ctx, listener) })
		o.Push = pushService{service}
	}
	if o.Keys, err = simdevice.NewKeys(max(1, min(s.Keys, len(hardware)))); err != nil {
		return err
	}
	devices := make([]*simdevice.Device, len(hardware))
	for i, h := range hardware {
		if devices[i], err = simdevice.New(h, o, i); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "%d devices are switched on, %d at once.\n\n", len(devices), s.Concurrency)
	begin := time.Now()
	fleet := simdevice.Fleet{Apple: apple, Concurrency: s.Concurrency}
	enrolled := fleet.Run(ctx, devices)
	took := time.Since(begin)
	if s.Stay > 0 {
		stay(ctx, devices, s.Stay)
	}
	if s.CheckOut {
		for _, d := range devices {
			if d.Profile != nil {
				_ = d.CheckOut(ctx) // counted
			}
		}
	}
	if err := o.Recorder.Write(out); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%d of %d enrolled in %s.\n", enrolled, len(devices), took.Round(time.Millisecond))
	if enrolled < len(devices) {
		return fmt.Errorf("devices that did not enroll: %d", len(devices)-enrolled)
	}
	return nil
}

// devices are those that take part, and the Apple that switches them on.
func (s *simulateDevices) devices(ctx context.Context) (simdevice.Apple, []simdevice.Hardware, error) {
	var hardware []simdevice.Hardware
	switch {
	case (s.ABM == "") == (s.EnrollURL == ""):
		return nil, nil, errors.New("one of --abm and --enroll-url is needed (GUARDMDM_SIM_DEVICES_ABM, GUARDMDM_SIM_DEVICES_ENROLL_URL)")
	case s.Count < 1:
		return nil, nil, errors.New("GUARDMDM_SIM_DEVICES_COUNT: it needs a number above 0")
	case s.EnrollURL != "":
		if len(s.Serials) == 0 {
			return nil, nil, errors.New("--enroll-url needs serial numbers (GUARDMDM_SIM_DEVICES_SERIALS)")
		}
		for _, serial := range s.Serials {
			hardware = append(hardware, simdevice.Of(serial, "", ""))
		}
		return simdevice.Directly{URL: s.EnrollURL, Held: s.Held}, hardware[:min(s.Count, len(hardware))], nil
	}
	abm := simdevice.SimulatedABM{URL: s.ABM}
	for _, serial := range s.Serials {
		h, err := abm.Find(ctx, serial)
		if err != nil {
			return nil, nil, fmt.Errorf("GUARDMDM_SIM_DEVICES_SERIALS: %s: %w", serial, err)
		}
		hardware = append(hardware, h)
	}
	if len(hardware) == 0 {
		var err error
		if hardware, err = abm.Ready(ctx, s.Count); err != nil {
			return nil, nil, fmt.Errorf("GUARDMDM_SIM_DEVICES_ABM: %w", err)
		}
		if len(hardware) == 0 {
			return nil, nil, fmt.Errorf("no device at %s has an ADE profile that it did not fetch yet", s.ABM)
		}
	}
	return abm, hardware[:min(s.Count, len(hardware))], nil
}

func (s *simulateDevices) client() (*http.Client, error) {
	transport := &http.Transport{MaxIdleConnsPerHost: s.Concurrency, Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	if s.TrustFile != "" {
		text, err := os.ReadFile(s.TrustFile)
		if err != nil {
			return nil, fmt.Errorf("GUARDMDM_SIM_DEVICES_TRUST_FILE: %w", err)
		}
		roots, err := x509.SystemCertPool()
		if err != nil {
			roots = x509.NewCertPool()
		}
		if !roots.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("GUARDMDM_SIM_DEVICES_TRUST_FILE: %s holds no certificate in PEM form", s.TrustFile)
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	}
	return &http.Client{Transport: transport, Timeout: time.Minute}, nil
}

func (s *simulateDevices) pushService(ctx context.Context) (*simapns.Service, net.Listener, error) {
	authority, err := readPair("GUARDMDM_SIM_DEVICES_APNS_CA_FILE", s.APNSCAFile, s.APNSCAKey, simapns.ParseAuthority)
	if err != nil {
		return nil, nil, err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.APNSListen)
	if err != nil {
		return nil, nil, fmt.Errorf("GUARDMDM_SIM_DEVICES_APNS_LISTEN: %w", err)
	}
	return simapns.New(authority, nil), listener, nil
}

// pushService is the simulated push service as devices know it.
type pushService struct{ *simapns.Service }

// Register implements simdevice.PushService.
func (p pushService) Register(topic, magic string) simdevice.Registration {
	return p.Service.Register(topic, magic)
}

// stay lets enrolled devices carry out commands for a while.
func stay(ctx context.Context, devices []*simdevice.Device, d time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	var all errgroup.Group
	for _, d := range devices {
		if d.Profile != nil {
			all.Go(func() error { return d.Live(ctx) })
		}
	}
	_ = all.Wait() // failures are counted
}

// readPair reads a certificate and its key.
func readPair[T any](variable, certificate, key string, parse func(certificatePEM, keyPEM []byte) (T, error)) (T, error) {
	var none T
	certificatePEM, err := os.ReadFile(certificate)
	if err != nil {
		return none, fmt.Errorf("%s: %w", variable, err)
	}
	keyPEM, err := os.ReadFile(key)
	if err != nil {
		return none, fmt.Errorf("%s, its key: %w", variable, err)
	}
	pair, err := parse(certificatePEM, keyPEM)
	if err != nil {
		return none, fmt.Errorf("%s: %s: %w", variable, certificate, err)
	}
	return pair, nil
}

type simulateCertificates struct {
	Dir   string `env:"GUARDMDM_SIM_CERTIFICATES_DIR" required:"" placeholder:"DIR" help:"Directory for the files; it is made. Files that exist are refused."`
	Topic string `env:"GUARDMDM_SIM_CERTIFICATES_TOPIC" placeholder:"TOPIC" help:"Topic of the push certificate, com.apple.mgmt.…; left out: a new one."`
}

// Run implements the command.
func (s *simulateCertificates) Run(out io.Writer) error {
	now := time.Now()
	devices, err := simdevice.NewCA("Simulated Device CA", now)
	if err != nil {
		return err
	}
	push, err := simapns.NewAuthority(now)
	if err != nil {
		return err
	}
	if s.Topic == "" {
		s.Topic = simapns.NewTopic()
	}
	certificate, key, err := push.Make(simapns.PushCertificate{Topic: s.Topic, NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0)})
	if err != nil {
		return err
	}
	devicesKey, err := devices.KeyPEM()
	if err != nil {
		return err
	}
	pushKey, err := push.KeyPEM()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return fmt.Errorf("GUARDMDM_SIM_CERTIFICATES_DIR: %w", err)
	}
	for _, f := range []struct {
		name, meaning string
		content       []byte
	}{
		{"device-ca.pem", "device CA: GUARDMDM_DEVICE_CA_FILE of the server, --ca-file of simulate devices", devices.PEM()},
		{"device-ca.key", "its key: --ca-key-file of simulate devices", devicesKey},
		{"apns-ca.pem", "CA of the push service: GUARDMDM_APNS_CA_FILE of the server, --apns-ca-file of simulate devices", push.PEM()},
		{"apns-ca.key", "its key: --apns-ca-key-file of simulate devices", pushKey},
		{"push.pem", "push certificate: upload it at the server, with its key", certificate},
		{"push.key", "its key", key},
	} {
		path := filepath.Join(s.Dir, f.name)
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("GUARDMDM_SIM_CERTIFICATES_DIR: %w", err)
		}
		if _, err := file.Write(f.content); err != nil {
			return errors.Join(err, file.Close())
		}
		if err := file.Close(); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s  %s\n", path, f.meaning)
	}
	return nil
}
