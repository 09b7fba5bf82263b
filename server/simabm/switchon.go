package simabm

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
)

// ErrNoProfile says that Apple has no ADE profile for a device: it is set up without management.
var ErrNoProfile = errors.New("the device has no ADE profile")

// Activation is what Apple gives a device that is switched on: the part of its ADE profile that leads to the MDM server. How devices
// ask for it is private to Apple; here a function and a form of the portal stand for it.
type Activation struct {
	SerialNumber          string `json:"serialNumber"`
	Model                 string `json:"model"`
	DeviceFamily          string `json:"deviceFamily"`
	ProfileUUID           string `json:"profileUuid"`
	URL                   string `json:"url"`
	ConfigurationWebURL   string `json:"configurationWebUrl,omitempty"`
	AwaitDeviceConfigured bool   `json:"awaitDeviceConfigured"`
}

// SwitchOn switches a device on, new or wiped: it gets the ADE profile that it was assigned, whose status becomes `pushed`. Errors:
// ErrUnknownDevice, ErrNoProfile.
func (s *Simulator) SwitchOn(serialNumber string) (Activation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, err := s.findAll([]string{serialNumber}, nil)
	if err != nil {
		return Activation{}, err
	}
	i := found[0]
	sv := s.serverByNumber(s.fleet.records[i].server)
	d := s.fleet.device(i)
	if sv == nil || d.ProfileUUID == "" {
		return Activation{}, ErrNoProfile
	}
	p, ok := sv.profiles[profileID(d.ProfileUUID)]
	if !ok {
		return Activation{}, ErrNoProfile
	}
	s.activate(i)
	text := func(key string) (value string) {
		_ = json.Unmarshal(p[key], &value) // checked when the profile was defined
		return value
	}
	var held bool
	_ = json.Unmarshal(p["await_device_configured"], &held)
	return Activation{SerialNumber: d.SerialNumber, Model: d.Model, DeviceFamily: d.DeviceFamily, ProfileUUID: d.ProfileUUID,
		URL: text("url"), ConfigurationWebURL: text("configuration_web_url"), AwaitDeviceConfigured: held}, nil
}

// Ready are the first n devices that have an ADE profile and were not switched on since.
func (s *Simulator) Ready(n int) []Device {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var ready []Device
	for i := range s.fleet.records {
		if len(ready) >= n {
			break
		}
		if r := &s.fleet.records[i]; r.status == textAssigned && r.server != 0 {
			ready = append(ready, s.fleet.device(uint32(i)))
		}
	}
	return ready
}

// switchOn answers a device's question in JSON.
func (p *portal) switchOn(r *http.Request) (done, error) {
	a, err := p.sim.SwitchOn(r.PostFormValue("serial"))
	if err != nil {
		return done{}, err
	}
	return done{to: "devices/" + a.SerialNumber, notice: "1 switched on", value: a}, nil
}

// ready lists devices that can be switched on, for programs.
func (p *portal) ready(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("count"))
	if err != nil || n < 1 || n > maxReady {
		p.fail(w, r, badForm("count: a number from 1 to "+strconv.Itoa(maxReady)))
		return
	}
	list := make([]map[string]string, 0, n)
	for _, d := range p.sim.Ready(n) {
		list = append(list, map[string]string{"serialNumber": d.SerialNumber, "model": d.Model, "deviceFamily": d.DeviceFamily})
	}
	writeJSON(w, http.StatusOK, map[string]any{"devices": list})
}

const maxReady = 100_000
