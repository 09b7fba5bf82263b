package simabm

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"strings"
)

// Server is an MDM server of the portal: one token, one stream of devices.
type Server struct {
	org  *Organization
	no   uint32
	id   string
	uuid string

	// Guarded by the simulator's lock.
	name           string
	cert           *x509.Certificate
	consumerKeys   map[string]string // by Apple Account: a portal user keeps the key over renewals
	creds          *credentials      // of the token in use; nil before the first download and after a revocation
	accessDenied   bool
	releaseAllowed bool
	devices        int // how many are assigned

	// members lists devices in the order they came. A device is on the server while its record names the server
	// and this very place; places of devices that left stay and mean nothing. So a fetch that is under way keeps
	// its place in the list whatever happens in between.
	members []uint32
	// events is the append-only stream that sync reads.
	events []event
	// profiles by upper-case uuid: the JSON object as defined.
	profiles map[string]profile
}

func newServer(o *Organization, no uint32, name string, cert *x509.Certificate) *Server {
	return &Server{
		org: o, no: no, name: name, cert: cert,
		id:             strings.ToLower(hex.EncodeToString(randomBytes(6))),
		uuid:           strings.ToUpper(hex.EncodeToString(randomBytes(16))),
		consumerKeys:   map[string]string{},
		profiles:       map[string]profile{},
		releaseAllowed: true,
	}
}

// parseCertificate takes what the portal takes: the PEM certificate of an RSA key. Subject, serial number and dates
// do not matter to Apple.
func parseCertificate(certPEM []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(certPEM)
	if block == nil || block.Type != "CERTIFICATE" {
		return nil, ErrCertificate
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, ErrCertificate
	}
	if key, ok := cert.PublicKey.(*rsa.PublicKey); !ok || key.N.BitLen() < 2048 {
		return nil, ErrCertificate
	}
	return cert, nil
}

// Server finds an MDM server by its id.
func (s *Simulator) Server(id string) (*Server, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	sv, err := s.serverByID(id)
	return sv, err == nil
}

// Servers lists the MDM servers of all organizations, oldest first.
func (s *Simulator) Servers() []*Server {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return append([]*Server(nil), s.servers...)
}

// serverByID is Server for callers that hold the lock.
func (s *Simulator) serverByID(id string) (*Server, error) {
	for _, sv := range s.servers {
		if sv.id == id {
			return sv, nil
		}
	}
	return nil, fmt.Errorf("MDM server %q: %w", id, ErrUnknownServer)
}

// serverByNumber is nil for 0, the number of no server.
func (s *Simulator) serverByNumber(no uint32) *Server {
	if no == 0 || int(no) > len(s.servers) {
		return nil
	}
	return s.servers[no-1]
}

// ID names the server in the control interface and the portal. Apple's service never shows it.
func (sv *Server) ID() string { return sv.id }

// UUID is Apple's server_uuid: 32 upper-case hexadecimal digits.
func (sv *Server) UUID() string { return sv.uuid }

// Organization is the one the server belongs to.
func (sv *Server) Organization() *Organization { return sv.org }

// Name is Apple's server_name.
func (sv *Server) Name() string {
	sv.org.sim.mu.RLock()
	defer sv.org.sim.mu.RUnlock()
	return sv.name
}

// Rename changes Apple's server_name.
func (sv *Server) Rename(name string) error {
	if name = strings.TrimSpace(name); name == "" {
		return ErrNameRequired
	}
	s := sv.org.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, other := range s.servers {
		if other != sv && other.org == sv.org && other.name == name {
			return fmt.Errorf("MDM server %q: %w", name, ErrNameTaken)
		}
	}
	sv.name = name
	return nil
}

// ReplaceCertificate registers another public key, as in a renewal. The token in use works until the next one is
// downloaded.
func (sv *Server) ReplaceCertificate(certPEM []byte) error {
	cert, err := parseCertificate(certPEM)
	if err != nil {
		return err
	}
	sv.org.sim.mu.Lock()
	defer sv.org.sim.mu.Unlock()
	sv.cert = cert
	return nil
}

// SetAccessDenied makes every call answer ACCESS_DENIED, as when the portal user's role was reduced.
func (sv *Server) SetAccessDenied(denied bool) {
	sv.org.sim.mu.Lock()
	defer sv.org.sim.mu.Unlock()
	sv.accessDenied = denied
}

// SetReleaseAllowed is the portal's option "allow this service to release devices", on at first. When it is off,
// disown answers NOT_ACCESSIBLE for every device.
func (sv *Server) SetReleaseAllowed(allowed bool) {
	sv.org.sim.mu.Lock()
	defer sv.org.sim.mu.Unlock()
	sv.releaseAllowed = allowed
}

// DeviceCount is the number of devices assigned to the server.
func (sv *Server) DeviceCount() int {
	sv.org.sim.mu.RLock()
	defer sv.org.sim.mu.RUnlock()
	return sv.devices
}

// Inventory lists the server's devices as they are, sorted by serial number: the truth a client's copy has to equal.
func (sv *Server) Inventory() []Device {
	s := sv.org.sim
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]Device, 0, sv.devices)
	for place, i := range sv.members {
		if s.fleet.onServer(i, sv.no, uint32(place)) {
			out = append(out, s.fleet.device(i))
		}
	}
	sortBySerial(out)
	return out
}

// onServer reports whether the device is on the server at this place of its member list.
func (f *fleet) onServer(i, server, place uint32) bool {
	r := &f.records[i]
	return r.server == server && r.member == place
}
