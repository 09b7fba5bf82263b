package simabm

import (
	"fmt"
	"strings"
)

// AddDevices buys n devices for the first organization, see Organization.AddDevices.
func (s *Simulator) AddDevices(n int) []string {
	serials, err := s.defaultOrg().AddDevices(n)
	if err != nil {
		s.log.Warn("simulated purchase refused", "count", n, "error", err)
	}
	return serials
}

// AddDevices buys n devices of the catalogue and returns their serial numbers. They wait unassigned, save those whose
// family has a default server.
func (o *Organization) AddDevices(n int) ([]string, error) {
	s := o.sim
	s.mu.Lock()
	defer s.mu.Unlock()
	if n < 0 || n > maxDevices-len(s.fleet.records) {
		return nil, ErrTooManyDevices
	}
	s.fleet.grow(n)
	serials := make([]string, 0, n)
	for range n {
		i := s.fleet.buy(o.no)
		s.receive(o, i)
		serials = append(serials, s.fleet.records[i].serial.String())
	}
	return serials, nil
}

// receive puts a new device into its organization.
func (s *Simulator) receive(o *Organization, i uint32) {
	r := &s.fleet.records[i]
	o.devices++
	o.pool++
	o.poolFrom = min(o.poolFrom, i)
	if sv := o.defaults[s.fleet.variants[r.variant].family]; sv != nil {
		s.attach(sv, i)
	}
}

// Assign puts devices on a server: from the pool an `added` there; from another server a move, which is a `deleted`
// on the old stream and an `added` on the new one; on the same server again Apple drops the profile and sends
// `modified` with a new device_assigned_date, never `added`. All serial numbers are checked before any is assigned.
func (s *Simulator) Assign(serverID string, serials ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	sv, err := s.serverByID(serverID)
	if err != nil {
		return err
	}
	devices, err := s.findAll(serials, sv.org)
	if err != nil {
		return err
	}
	for _, i := range devices {
		s.assign(sv, i)
	}
	return nil
}

// AssignCount puts the next n unassigned devices on a server, oldest first, and returns their serial numbers. They
// are fewer when the pool runs out.
func (s *Simulator) AssignCount(serverID string, n int) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sv, err := s.serverByID(serverID)
	if err != nil {
		return nil, err
	}
	n = max(0, min(n, sv.org.pool))
	serials := make([]string, 0, n)
	i := sv.org.poolFrom
	for ; len(serials) < n; i++ {
		if r := &s.fleet.records[i]; r.org == sv.org.no && r.server == 0 {
			s.attach(sv, i)
			serials = append(serials, r.serial.String())
		}
	}
	sv.org.poolFrom = i
	return serials, nil
}

// Unassign returns devices to the pool; their servers see `deleted`. Unassigned ones stay as they are.
func (s *Simulator) Unassign(serials ...string) error {
	return s.each(serials, func(i uint32) { s.detach(i) })
}

// Release removes devices from their organization for good.
func (s *Simulator) Release(serials ...string) error { return s.each(serials, s.release) }

// Activate switches devices on: one with an assigned profile fetches it, which makes its status `pushed`.
func (s *Simulator) Activate(serials ...string) error { return s.each(serials, s.activate) }

// Modify changes a device and sends `modified`. Serial number and hardware numbers cannot change. The function runs
// under the simulator's lock: it must not call the simulator.
func (s *Simulator) Modify(serial string, change func(*Device)) error {
	return s.each([]string{serial}, func(i uint32) {
		d := s.fleet.device(i)
		change(&d)
		s.fleet.update(i, d)
		s.emit(i, opModified)
	})
}

// Replace exchanges a defective unit, as Apple's service counter does: the old one leaves the organization with
// released_by_replacement, a new one of the same kind takes its place on the server. It returns the new serial number.
func (s *Simulator) Replace(serial string) (string, error) {
	var fresh string
	err := s.each([]string{serial}, func(old uint32) {
		r := s.fleet.records[old]
		o := s.orgs[r.org-1]
		sv := s.serverByNumber(r.server)
		s.fleet.records[old].replaced = true
		s.release(old)

		i := s.fleet.add(shelf{variant: r.variant, plants: []string{"F17"}, code: "RPL0"}, r.org)
		s.fleet.replacements[i] = replacement{original: r.serial, at: s.now()}
		s.receive(o, i)
		if sv != nil && s.fleet.records[i].server != sv.no {
			s.assign(sv, i)
		}
		fresh = s.fleet.records[i].serial.String()
	})
	return fresh, err
}

// Device shows a device and the id of its server, "" when it is unassigned.
func (s *Simulator) Device(serial string) (d Device, serverID string, found bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, ok := s.fleet.find(serial)
	if !ok {
		return Device{}, "", false
	}
	if sv := s.serverByNumber(s.fleet.records[i].server); sv != nil {
		serverID = sv.id
	}
	return s.fleet.device(i), serverID, true
}

// each applies do to devices of any organization, or to none when one is unknown.
func (s *Simulator) each(serials []string, do func(uint32)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	devices, err := s.findAll(serials, nil)
	if err != nil {
		return err
	}
	for _, i := range devices {
		do(i)
	}
	return nil
}

// findAll resolves serial numbers; a nil organization means any. The error names at most five.
func (s *Simulator) findAll(serials []string, o *Organization) ([]uint32, error) {
	found := make([]uint32, 0, len(serials))
	seen := make(map[uint32]bool, len(serials))
	var unknown []string
	for _, text := range serials {
		i, ok := s.fleet.find(text)
		switch {
		case !ok || o != nil && s.fleet.records[i].org != o.no:
			unknown = append(unknown, fmt.Sprintf("%.20q", text))
		case !seen[i]:
			seen[i] = true
			found = append(found, i)
		}
	}
	if len(unknown) > 0 {
		more := ""
		if len(unknown) > 5 {
			more = fmt.Sprintf(" and %d more", len(unknown)-5)
			unknown = unknown[:5]
		}
		return nil, fmt.Errorf("%s%s: %w", strings.Join(unknown, ", "), more, ErrUnknownDevice)
	}
	return found, nil
}

func (s *Simulator) assign(sv *Server, i uint32) {
	r := &s.fleet.records[i]
	if r.server != sv.no {
		s.detach(i)
		s.attach(sv, i)
		return
	}
	if r.profile != 0 {
		r.status = textRemoved
	}
	r.profile, r.profileAt, r.pushedAt = 0, 0, 0
	r.assignedBy = s.fleet.text(sv.org.admin)
	s.emit(i, opModified)
	r.assignedAt = r.lastOp
}

// attach takes a device from the pool.
func (s *Simulator) attach(sv *Server, i uint32) {
	r := &s.fleet.records[i]
	r.server, r.member = sv.no, uint32(len(sv.members))
	r.status, r.profile, r.profileAt, r.pushedAt = textEmpty, 0, 0, 0
	r.assignedBy = s.fleet.text(sv.org.admin)
	sv.members = append(sv.members, i)
	sv.devices++
	sv.org.pool--
	s.emit(i, opAdded)
	r.assignedAt = r.lastOp
}

// detach puts a device back into the pool.
func (s *Simulator) detach(i uint32) {
	r := &s.fleet.records[i]
	sv := s.serverByNumber(r.server)
	if sv == nil {
		return
	}
	s.emit(i, opDeleted)
	r.server = 0
	r.status, r.profile, r.profileAt, r.pushedAt, r.assignedAt = textEmpty, 0, 0, 0, 0
	sv.devices--
	sv.org.pool++
	sv.org.poolFrom = min(sv.org.poolFrom, i)
}

func (s *Simulator) release(i uint32) {
	s.detach(i)
	r := &s.fleet.records[i]
	o := s.orgs[r.org-1]
	o.pool--
	o.devices--
	r.org = 0
}

func (s *Simulator) activate(i uint32) {
	r := &s.fleet.records[i]
	if r.status != textAssigned {
		return
	}
	r.status = textPushed
	s.emit(i, opModified)
	r.pushedAt = r.lastOp
}

// emit appends to the stream of the device's server, if it has one.
func (s *Simulator) emit(i uint32, op operation) {
	r := &s.fleet.records[i]
	at := s.nextOpTime(r)
	if sv := s.serverByNumber(r.server); sv != nil {
		sv.events = append(sv.events, event{device: i, at: at, op: op})
	}
}
