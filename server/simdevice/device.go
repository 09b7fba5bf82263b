// Package simdevice is devices that are switched on: they sign their machine information as Apple's do, fetch the enrollment profile, get an
// identity by SCEP, check in, hear the push service, carry out commands, and leave. It knows the protocols alone, and nothing of the server
// that it talks to.
//
// Files: ca.go and machineinfo.go are what Apple gives a device, profile.go and identity.go what the profile leads to, checkin.go and
// command.go the protocol of MDM, walk.go all of it in order, fleet.go many devices at once, record.go how long it took and what failed,
// apple.go the simulated Apple that says where a device enrolls.
package simdevice

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// Registration is a device's at the push service.
type Registration interface {
	Token() []byte
	Calls() <-chan struct{} // a signal for any number of notices
	Unregister()
}

// PushService tells devices to call.
type PushService interface {
	Register(topic, magic string) Registration
}

// Behaviour says how a device takes commands.
type Behaviour struct {
	// NotNow and Error are the shares of commands that are answered so, 0 to 1; Never that of those that are not answered at all.
	// DeviceConfigured is always carried out: else the device would wait for ever.
	NotNow, Error, Never float64
	// Busy is how long the device answers NotNow to everything after its enrollment: it is held in Setup Assistant for so long.
	Busy time.Duration
	// Pace is how long a person takes between the steps of Setup Assistant, more or less. It counts for no step's time.
	Pace time.Duration
	// Web has the device send its machine information in a header, as if the profile's own address were its web page.
	Web bool
	// SignIn is what its user enters at the web page of an ADE profile, by the names of the fields.
	SignIn map[string]string
}

// Keys are RSA keys for identities. Making one takes longer than all that a server does for a device, so they are made beforehand, and devices
// may share them.
type Keys []*rsa.PrivateKey

// NewKeys makes n keys.
func NewKeys(n int) (Keys, error) {
	keys := make(Keys, n)
	for i := range keys {
		var err error
		if keys[i], err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// Hardware says what a device is.
type Hardware struct {
	SerialNumber string
	UDID         string // "": made up
	Product      string // "": an iPhone
	Model        string // "": as Product
	OSVersion    string // "": 26.1
	Build        string // "": 23B85
	CanUpdate    bool   // to another system within Setup Assistant
}

// Options are what devices share.
type Options struct {
	CA       *CA
	Keys     Keys
	Client   *http.Client // nil: one that trusts the machine's certificates
	Push     PushService  // nil: nobody calls the devices; they look by themselves
	Recorder *Recorder    // nil: one that nobody reads
	Behaviour
	Poll time.Duration // how often a device that waits looks by itself; 0: 30 s. It does so only while it is held, or after NotNow
}

// maxAnswer bounds what a device reads.
const maxAnswer = 8 << 20

// Device is one device. It is not safe for concurrent use.
type Device struct {
	Hardware
	Options
	ca          *CA
	signature   Signature
	signer      *signer
	identityKey *rsa.PrivateKey
	rng         *mathrand.Rand

	requester  *x509.Certificate // that signs requests for an identity
	Profile    *Profile
	renewed    *Profile // of a command, with another identity
	identity   *signer
	magic      string
	push       Registration
	awaiting   bool
	enrolledAt time.Time
	profiles   []installed // beside the one that it enrolled with
	unlock     []byte
}

// New makes a device, with the n-th kind of signature.
func New(h Hardware, o Options, n int) (*Device, error) {
	if o.CA == nil || len(o.Keys) == 0 {
		return nil, errors.New("devices need a certificate authority and keys")
	}
	if o.Client == nil {
		o.Client = &http.Client{Timeout: time.Minute}
	}
	if o.Recorder == nil {
		o.Recorder = NewRecorder()
	}
	if o.Poll == 0 {
		o.Poll = 30 * time.Second
	}
	for field, standard := range map[*string]string{&h.UDID: uuid(), &h.Product: "iPhone16,1", &h.OSVersion: "26.1", &h.Build: "23B85"} {
		if *field == "" {
			*field = standard
		}
	}
	if h.Model == "" {
		h.Model = h.Product
	}
	all := Signatures()
	d := &Device{Hardware: h, Options: o, ca: o.CA, signature: all[n%len(all)], identityKey: o.Keys[n%len(o.Keys)], rng: mathrand.New(mathrand.NewPCG(uint64(n), 7))}
	var err error
	d.signer, err = o.CA.issue(d.signature, time.Now())
	return d, err
}

// step times f and counts its failure.
func (d *Device) step(step Step, f func() error) error {
	begin := time.Now()
	err := f()
	if err != nil {
		var failed *Failure
		if !errors.As(err, &failed) {
			err = fail(step, cause(err), err)
		}
		return err
	}
	d.Recorder.took(step, time.Since(begin))
	return nil
}

func (d *Device) get(ctx context.Context, address string) ([]byte, error) {
	return d.post(ctx, http.MethodGet, address, "", nil, nil)
}

// post sends a request and gives the body of a good answer.
func (d *Device) post(ctx context.Context, method, address, contentType string, body []byte, header http.Header) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		r.Header[name] = values
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	r.Header.Set("User-Agent", "SimulatedDevice/1.0")
	if method == http.MethodPut {
		// Go's client tries again by itself, as devices' do, when a connection that was kept was closed as it was used again; of PUT, which may be sent
		// twice (RFC 9110, 9.2.2), it has to be told. Without a value nothing is sent.
		r.Header["Idempotency-Key"] = nil
	}
	answer, err := d.Client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, &Refused{Status: answer.StatusCode, ContentType: answer.Header.Get("Content-Type"), Body: string(text[:min(len(text), 4<<10)])}
	}
	return text, nil
}

// Refused is an answer that is not 200.
type Refused struct {
	Status      int
	ContentType string
	Body        string
}

// Error implements error.
func (r *Refused) Error() string {
	return fmt.Sprintf("HTTP %d: %s", r.Status, strings.TrimSpace(r.Body))
}

// FetchProfile asks for the enrollment profile and keeps it: at the web page of the ADE profile, if it has one, else at its address.
func (d *Device) FetchProfile(ctx context.Context, a Assigned) (*Profile, error) {
	info, err := d.MachineInfo()
	if err != nil {
		return nil, err
	}
	err = d.step(StepProfile, func() error {
		var text []byte
		switch {
		case a.WebURL != "":
			text, err = d.browse(ctx, a.WebURL, info)
		case d.Web:
			text, err = d.browse(ctx, a.URL, info)
		default:
			text, err = d.post(ctx, http.MethodPost, a.URL, "application/pkcs7-signature", info, nil)
		}
		if err != nil {
			return err
		}
		d.Profile, err = ParseProfile(text)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d.Profile, nil
}

// GetIdentity gets the identity that the profile offers.
func (d *Device) GetIdentity(ctx context.Context) error {
	identity, err := d.identityFrom(ctx, d.Profile)
	if err == nil {
		d.identity = identity
	}
	return err
}
