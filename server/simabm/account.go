package simabm

import (
	"crypto/sha256"
	"encoding/hex"
)

// accountLimit is the page limit that /account advertises.
type accountLimit struct {
	Default int `json:"default"`
	Maximum int `json:"maximum"`
}

type accountURL struct {
	URI    string        `json:"uri"`
	Method []string      `json:"http_method"`
	Limit  *accountLimit `json:"limit,omitempty"`
}

// account answers GET /account.
func (s *Simulator) account(c call) answer {
	s.mu.RLock()
	defer s.mu.RUnlock()
	sv, o := c.server, c.server.org
	out := map[string]any{
		"server_name":    sv.name,
		"server_uuid":    sv.uuid,
		"admin_id":       sv.creds.admin,
		"facilitator_id": sv.creds.admin,
		"org_name":       o.name,
		"org_email":      "it@example.org",
		"org_phone":      "+49 30 555 0100",
		"org_address":    "1 Sample Street, 10115 Berlin, DE",
	}
	if c.version >= 3 {
		hash := sha256.Sum256([]byte(o.ID()))
		out["org_id"] = o.ID()
		out["org_id_hash"] = hex.EncodeToString(hash[:])
		out["org_type"] = "org"
		out["org_version"] = "v2"
		out["urls"] = accountURLs()
	}
	return reply(out)
}

// accountURLs advertises what a real account does: limits for the page endpoints, none for lists of devices.
func accountURLs() []accountURL {
	var out []accountURL
	for _, e := range endpoints() {
		u := accountURL{URI: e.path, Method: e.methodNames()}
		if e.limit > 0 {
			u.Limit = &accountLimit{e.limit, e.limit}
		}
		out = append(out, u)
	}
	return out
}
