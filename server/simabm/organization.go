package simabm

import (
	"fmt"
	"strconv"
	"strings"
)

// Organization is one customer of the portal: its devices, its MDM servers, its terms.
type Organization struct {
	sim           *Simulator
	no            uint16
	name          string
	admin         string // who uses the portal, see SetAdmin
	termsAccepted bool
	defaults      map[string]*Server // by device_family
	pool          int                // unassigned devices
	devices       int                // devices not released
	poolFrom      uint32             // no device before this one is unassigned
}

// AddOrganization makes an empty organization, whose terms are accepted. Its name must be new.
func (s *Simulator) AddOrganization(name string) (*Organization, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil, ErrNameRequired
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.orgs {
		if o.name == name {
			return nil, fmt.Errorf("organization %q: %w", name, ErrNameTaken)
		}
	}
	o := &Organization{
		sim: s, no: uint16(len(s.orgs) + 1), name: name, admin: assigners()[0],
		termsAccepted: true, defaults: map[string]*Server{},
	}
	s.orgs = append(s.orgs, o)
	return o, nil
}

// Organizations lists all, the default one first.
func (s *Simulator) Organizations() []*Organization {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return append([]*Organization(nil), s.orgs...)
}

// Organization finds one by its id.
func (s *Simulator) Organization(id string) (*Organization, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, o := range s.orgs {
		if o.ID() == id {
			return o, true
		}
	}
	return nil, false
}

// defaultOrg is the organization the Simulator's own methods work on; New made it.
func (s *Simulator) defaultOrg() *Organization { return s.orgs[0] }

// ID is Apple's org_id: digits.
func (o *Organization) ID() string { return strconv.Itoa(2109000 + int(o.no)) }

// Name is Apple's org_name.
func (o *Organization) Name() string { return o.name }

// AddServer adds an MDM server for the public certificate of a key pair. The name must be new in the organization.
func (o *Organization) AddServer(name string, certPEM []byte) (*Server, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil, ErrNameRequired
	}
	cert, err := parseCertificate(certPEM)
	if err != nil {
		return nil, err
	}
	o.sim.mu.Lock()
	defer o.sim.mu.Unlock()
	for _, sv := range o.sim.servers {
		if sv.org == o && sv.name == name {
			return nil, fmt.Errorf("MDM server %q: %w", name, ErrNameTaken)
		}
	}
	sv := newServer(o, uint32(len(o.sim.servers)+1), name, cert)
	o.sim.servers = append(o.sim.servers, sv)
	return sv, nil
}

// AddServer adds an MDM server to the first organization.
func (s *Simulator) AddServer(name string, certPEM []byte) (*Server, error) {
	return s.defaultOrg().AddServer(name, certPEM)
}

// SetTermsAccepted accepts or withdraws the terms and conditions. While they are not accepted every call of the
// organization's servers answers T_C_NOT_SIGNED; their tokens stay valid.
func (o *Organization) SetTermsAccepted(accepted bool) {
	o.sim.mu.Lock()
	defer o.sim.mu.Unlock()
	o.termsAccepted = accepted
}

// SetTermsAccepted accepts or withdraws the terms of the first organization.
func (s *Simulator) SetTermsAccepted(accepted bool) { s.defaultOrg().SetTermsAccepted(accepted) }

// TermsAccepted reports whether the terms are accepted.
func (o *Organization) TermsAccepted() bool {
	o.sim.mu.RLock()
	defer o.sim.mu.RUnlock()
	return o.termsAccepted
}

// SetAdmin says which Apple Account uses the portal from now on. It is named in assignments, and tokens downloaded
// from now on are that account's: another admin_id and another consumer_key.
func (o *Organization) SetAdmin(account string) {
	o.sim.mu.Lock()
	defer o.sim.mu.Unlock()
	o.admin = account
}

// Counts returns how many devices the organization has and how many of them are unassigned.
func (o *Organization) Counts() (devices, unassigned int) {
	o.sim.mu.RLock()
	defer o.sim.mu.RUnlock()
	return o.devices, o.pool
}

// SetDefaultServer sends new devices of a family (Apple's device_family, such as "iPad") to a server of the first
// organization; an empty server id ends that.
func (s *Simulator) SetDefaultServer(family, serverID string) error {
	return s.defaultOrg().SetDefaultServer(family, serverID)
}

// SetDefaultServer sends new devices of a family to a server; an empty server id ends that.
func (o *Organization) SetDefaultServer(family, serverID string) error {
	o.sim.mu.Lock()
	defer o.sim.mu.Unlock()
	if serverID == "" {
		delete(o.defaults, family)
		return nil
	}
	sv, err := o.sim.serverByID(serverID)
	if err != nil {
		return err
	}
	if sv.org != o {
		return fmt.Errorf("MDM server %q of another organization: %w", serverID, ErrUnknownServer)
	}
	o.defaults[family] = sv
	return nil
}

// DefaultServers returns the id of the default server by family.
func (o *Organization) DefaultServers() map[string]string {
	o.sim.mu.RLock()
	defer o.sim.mu.RUnlock()
	out := make(map[string]string, len(o.defaults))
	for family, sv := range o.defaults {
		out[family] = sv.id
	}
	return out
}
