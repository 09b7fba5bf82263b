package simabm

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// profile is a defined ADE profile: the keys Apple knows, as they were sent.
type profile map[string]json.RawMessage

// maxAssign is Apple's only published number: at most 1000 devices per assign request.
const maxAssign = 1000

// Kinds of the profile's keys.
type (
	textKey  = string
	flagKey  = bool
	listKey  = []string
	keyCheck func(json.RawMessage) bool
)

func is[T any](raw json.RawMessage) bool {
	var v *T
	return json.Unmarshal(raw, &v) == nil && v != nil
}

// profileKeys are the keys of the ADE profile object with their types. Others are ignored, as unknown keys are.
func profileKeys() map[string]keyCheck {
	keys := map[string]keyCheck{}
	for _, k := range []string{
		"profile_name", "url", "configuration_web_url", "language", "region", "department", "support_phone_number",
		"support_email_address", "org_magic",
	} {
		keys[k] = is[textKey]
	}
	for _, k := range []string{
		"is_supervised", "is_mandatory", "is_mdm_removable", "await_device_configured", "is_multi_user",
		"auto_advance_setup", "allow_pairing", "do_not_use_profile_from_backup", "is_return_to_service",
	} {
		keys[k] = is[flagKey]
	}
	for _, k := range []string{"anchor_certs", "supervising_host_certs", "skip_setup_items"} {
		keys[k] = is[listKey]
	}
	return keys
}

// defineProfile answers POST /profile. Profiles are immutable, so equal ones get another uuid each time.
func (s *Simulator) defineProfile(c call) answer {
	var body map[string]json.RawMessage
	if !c.decode(&body) || body == nil {
		return malformed()
	}
	p := profile{}
	for key, fits := range profileKeys() {
		if raw, ok := body[key]; ok {
			if !fits(raw) {
				return malformed()
			}
			p[key] = raw
		}
	}
	var devices []string
	if raw, ok := body["devices"]; ok && json.Unmarshal(raw, &devices) != nil {
		return malformed()
	}
	if refusal := p.refusal(); refusal != "" {
		return code(http.StatusBadRequest, refusal)
	}
	if len(devices) > maxAssign {
		return malformed()
	}
	id := strings.ToUpper(hex.EncodeToString(randomBytes(16)))
	fx := s.faults.fire(stageAssign, c.endpoint)
	s.mu.Lock()
	defer s.mu.Unlock()
	c.server.profiles[id] = p
	out := map[string]any{"profile_uuid": id}
	s.assignAll(c, id, devices, fx, out)
	return reply(out)
}

func (p profile) text(key string) (string, bool) {
	raw, ok := p[key]
	var v string
	_ = json.Unmarshal(raw, &v)
	return v, ok
}

func (p profile) flag(key string, absent bool) bool {
	v := absent
	if raw, ok := p[key]; ok {
		_ = json.Unmarshal(raw, &v)
	}
	return v
}

// refusal is Apple's code for a profile that it does not take, or "".
func (p profile) refusal() string {
	name, ok := p.text("profile_name")
	switch {
	case !ok:
		return "CONFIG_NAME_REQUIRED"
	case name == "" || utf8.RuneCountInString(name) > 125:
		return "CONFIG_NAME_INVALID"
	}
	address, ok := p.text("url")
	switch {
	case !ok:
		return "CONFIG_URL_REQUIRED"
	case !validURL(address):
		return "CONFIG_URL_INVALID"
	}
	for _, rule := range []struct {
		key, code string
		most      int
	}{
		{"department", "DEPARTMENT_INVALID", 125},
		{"support_phone_number", "SUPPORT_PHONE_INVALID", 50},
		{"support_email_address", "SUPPORT_EMAIL_INVALID", 250},
		{"org_magic", "MAGIC_INVALID", 256},
	} {
		if v, ok := p.text(rule.key); ok && (v == "" || utf8.RuneCountInString(v) > rule.most) {
			return rule.code
		}
	}
	if !p.flag("is_mdm_removable", true) && !p.flag("is_supervised", false) {
		return "FLAGS_INVALID"
	}
	if !p.validLocale() {
		return "LOCALE_INVALID"
	}
	return ""
}

func validURL(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return false
	}
	return len(u.String()) <= 2000
}

// validLocale checks the form of ISO 639 and ISO 3166 codes; which combinations Apple supports is not published.
func (p profile) validLocale() bool {
	letters := func(text string, from, to byte) bool {
		return strings.IndexFunc(text, func(r rune) bool { return r < rune(from) || r > rune(to) }) < 0
	}
	language, ok := p.text("language")
	if ok && (len(language) < 2 || len(language) > 3 || !letters(language, 'a', 'z')) {
		return false
	}
	region, ok := p.text("region")
	return !ok || len(region) == 2 && letters(region, 'A', 'Z')
}

// profileID compares uuids as Apple does, without regard to case and dashes.
func profileID(text string) string { return strings.ToUpper(strings.ReplaceAll(text, "-", "")) }

// getProfile answers GET /profile.
func (s *Simulator) getProfile(c call) answer {
	id := profileID(c.req.URL.Query().Get("profile_uuid"))
	if id == "" {
		return code(http.StatusBadRequest, "PROFILE_UUID_REQUIRED")
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	p, ok := c.server.profiles[id]
	if !ok {
		return code(http.StatusBadRequest, "NOT_FOUND") // Apple documents 400 here, not 404
	}
	out := map[string]any{"profile_uuid": id}
	for key, raw := range p {
		out[key] = raw
	}
	return reply(out)
}

// assignProfile answers POST and PUT /profile/devices. It is 200 even when every device was refused.
func (s *Simulator) assignProfile(c call) answer {
	var req devicesRequest
	switch {
	case !c.decode(&req):
		return malformed()
	case req.ProfileUUID == "":
		return code(http.StatusBadRequest, "PROFILE_UUID_REQUIRED")
	case len(req.Devices) == 0:
		return code(http.StatusBadRequest, "DEVICE_ID_REQUIRED")
	case len(req.Devices) > maxAssign:
		return malformed() // Apple's code for too many is unknown
	}
	fx := s.faults.fire(stageAssign, c.endpoint)
	s.mu.Lock()
	defer s.mu.Unlock()
	id := profileID(req.ProfileUUID)
	if fx.forget {
		delete(c.server.profiles, id)
	}
	if _, ok := c.server.profiles[id]; !ok {
		return code(http.StatusNotFound, "PROFILE_NOT_FOUND")
	}
	out := map[string]any{"profile_uuid": id}
	s.assignAll(c, id, req.Devices, fx, out)
	return reply(out)
}

// assignAll assigns a profile and writes the results into the answer. Callers hold the lock.
func (s *Simulator) assignAll(c call, id string, serials []string, fx effects, out map[string]any) {
	results := make(map[string]string, len(serials))
	retry := 0
	for _, serial := range serials {
		i, ok := s.own(c.server, serial)
		if !ok {
			results[serial] = resultNotAccessible
			continue
		}
		if f, hit := fx.assignFault(); hit {
			switch {
			case f.result == "THROTTLED" && c.version < 9:
				results[serial] = "FAILED" // THROTTLED came with version 9
			case f.result == "":
				delete(results, serial)
			default:
				results[serial] = f.result
				retry = max(retry, f.retry)
			}
			continue
		}
		r := &s.fleet.records[i]
		r.status, r.profile, r.pushedAt = textAssigned, s.fleet.text(id), 0
		s.emit(i, opModified)
		r.profileAt = r.lastOp
		results[serial] = resultSuccess
	}
	out["devices"] = results
	if retry > 0 && c.version >= 10 {
		out["retry_after_seconds"] = retry
	}
}

// assignFault draws whether a fault hits the next device.
func (fx effects) assignFault() (assignFault, bool) {
	for _, f := range fx.assign {
		if f.hits() {
			return f, true
		}
	}
	return assignFault{}, false
}

// clearProfile answers DELETE /profile/devices.
func (s *Simulator) clearProfile(c call) answer {
	var req devicesRequest
	switch {
	case !c.decode(&req):
		return malformed()
	case len(req.Devices) == 0:
		return code(http.StatusBadRequest, "DEVICE_ID_REQUIRED")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	results := make(map[string]string, len(req.Devices))
	for _, serial := range req.Devices {
		i, ok := s.own(c.server, serial)
		if !ok {
			results[serial] = resultNotAccessible
			continue
		}
		if r := &s.fleet.records[i]; r.profile != textNone {
			r.status, r.profile, r.profileAt, r.pushedAt = textRemoved, textNone, 0, 0
			s.emit(i, opModified)
		}
		results[serial] = resultSuccess
	}
	return reply(map[string]any{"devices": results})
}
