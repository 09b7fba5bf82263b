package simabm

import (
	"encoding/json"
	"net/http"
)

// Results per serial number.
const (
	resultSuccess       = "SUCCESS"
	resultNotAccessible = "NOT_ACCESSIBLE"
	resultFailed        = "FAILED"
)

type devicesRequest struct {
	ProfileUUID string   `json:"profile_uuid"`
	Devices     []string `json:"devices"`
}

// own finds a device that is on the server. Callers hold the lock.
func (s *Simulator) own(sv *Server, serial string) (uint32, bool) {
	i, ok := s.fleet.find(serial)
	return i, ok && s.fleet.records[i].server == sv.no
}

// deviceDetails answers POST /devices with a map by the serial number as the client wrote it.
func (s *Simulator) deviceDetails(c call) answer {
	var req devicesRequest
	switch {
	case !c.decode(&req):
		return malformed()
	case len(req.Devices) == 0:
		return code(http.StatusBadRequest, "DEVICE_ID_REQUIRED")
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	pen := pen{fleet: s.fleet, server: c.server.no, version: c.version}
	out := make(map[string]json.RawMessage, len(req.Devices))
	for _, serial := range req.Devices {
		i, ok := s.own(c.server, serial)
		if !ok {
			out[serial] = json.RawMessage(`{"response_status":"NOT_ACCESSIBLE"}`)
			continue
		}
		b := pen.device(nil, event{device: i})
		out[serial] = append(b[:len(b)-1], `,"response_status":"SUCCESS"}`...)
	}
	return reply(map[string]any{"devices": out})
}

// disown answers POST /devices/disown: the devices leave the organization for good.
func (s *Simulator) disown(c call) answer {
	var req devicesRequest
	switch {
	case !c.decode(&req):
		return malformed()
	case len(req.Devices) == 0:
		return code(http.StatusBadRequest, "DEVICE_ID_REQUIRED")
	}
	fx := s.faults.fire(stageAssign, c.endpoint)
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make(map[string]string, len(req.Devices))
	for _, serial := range req.Devices {
		i, ok := s.own(c.server, serial)
		if f, hit := fx.assignFault(); ok && hit {
			if f.result != "" {
				out[serial] = resultFailed // the only word for it here
			}
			continue
		}
		switch {
		case ok && c.server.releaseAllowed:
			s.release(i)
			out[serial] = resultSuccess
		case out[serial] == "":
			out[serial] = resultNotAccessible
		}
	}
	return reply(map[string]any{"devices": out})
}

// replacementDetails answers GET /device/replacementDetails, which came with protocol version 10.
func (s *Simulator) replacementDetails(c call) answer {
	serial := c.req.URL.Query().Get("device")
	switch {
	case c.version < 10:
		return code(http.StatusNotFound, "NOT_FOUND")
	case serial == "":
		return code(http.StatusBadRequest, "DEVICE_ID_REQUIRED")
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, ok := s.own(c.server, serial)
	was, replaces := s.fleet.replacements[i]
	if !ok || !replaces {
		return code(http.StatusNotFound, "DEVICE_NOT_FOUND")
	}
	return reply(map[string]string{
		"serial_number":                 s.fleet.records[i].serial.String(),
		"original_device_serial_number": was.original.String(),
		"replacement_date":              unix(was.at).Format("2006-01-02"),
	})
}
