package simabm

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// OrganizationInfo is what the portal says of an organization.
type OrganizationInfo struct {
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	Admin         string            `json:"admin"`
	TermsAccepted bool              `json:"termsAccepted"`
	Devices       int               `json:"devices"`
	Unassigned    int               `json:"unassigned"`
	Defaults      map[string]string `json:"defaultServers"` // server id by device family
	Servers       []ServerInfo      `json:"servers"`
	Families      []string          `json:"families"`
}

// ServerInfo is what the portal says of an MDM server.
type ServerInfo struct {
	ID             string     `json:"id"`
	Name           string     `json:"name"`
	UUID           string     `json:"serverUUID"`
	Organization   string     `json:"organizationId"`
	Devices        int        `json:"devices"`
	Fingerprint    string     `json:"certificateSHA256"`
	TokenExpiry    *time.Time `json:"tokenExpiry"` // null without a token in use
	AccessDenied   bool       `json:"accessDenied"`
	ReleaseAllowed bool       `json:"releaseAllowed"`
}

// Info describes the organization.
func (o *Organization) Info() OrganizationInfo {
	s := o.sim
	s.mu.RLock()
	defer s.mu.RUnlock()
	info := OrganizationInfo{
		ID: o.ID(), Name: o.name, Admin: o.admin, TermsAccepted: o.termsAccepted, Devices: o.devices, Unassigned: o.pool,
		Defaults: map[string]string{}, Servers: []ServerInfo{},
	}
	for family, sv := range o.defaults {
		info.Defaults[family] = sv.id
	}
	for _, sv := range s.servers {
		if sv.org == o {
			info.Servers = append(info.Servers, sv.info())
		}
	}
	for _, f := range catalogue() {
		info.Families = append(info.Families, f.name)
	}
	return info
}

// Info describes the server.
func (sv *Server) Info() ServerInfo {
	sv.org.sim.mu.RLock()
	defer sv.org.sim.mu.RUnlock()
	return sv.info()
}

func (sv *Server) info() ServerInfo {
	hash := sha256.Sum256(sv.cert.Raw)
	info := ServerInfo{
		ID: sv.id, Name: sv.name, UUID: sv.uuid, Organization: sv.org.ID(), Devices: sv.devices,
		Fingerprint: hex.EncodeToString(hash[:]), AccessDenied: sv.accessDenied, ReleaseAllowed: sv.releaseAllowed,
	}
	if sv.creds != nil {
		expiry := sv.creds.AccessTokenExpiry
		info.TokenExpiry = &expiry
	}
	return info
}

// organizationOf reads the "org" field; without it the first organization is meant.
func (p *portal) organizationOf(id string) (*Organization, error) {
	if id == "" {
		return p.sim.defaultOrg(), nil
	}
	if o, ok := p.sim.Organization(id); ok {
		return o, nil
	}
	return nil, fmt.Errorf("organization %q: %w", id, ErrUnknownOrganization)
}

func (p *portal) overview(w http.ResponseWriter, r *http.Request) {
	o, err := p.organizationOf(r.FormValue("org"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.answer(w, r, "overview", o.Name(), o.Info())
}

// serverPage is a server with what its page offers.
type serverPage struct {
	ServerInfo
	Quirks []TokenQuirk `json:"tokenQuirks"`
}

func (p *portal) server(w http.ResponseWriter, r *http.Request) {
	sv, err := p.serverOf(r)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	info := sv.Info()
	p.answer(w, r, "server", info.Name, serverPage{info, TokenQuirks()})
}

func (p *portal) serverOf(r *http.Request) (*Server, error) {
	if sv, ok := p.sim.Server(r.PathValue("id")); ok {
		return sv, nil
	}
	return nil, fmt.Errorf("MDM server %q: %w", r.PathValue("id"), ErrUnknownServer)
}

// deviceQuery is what a list of devices shows: Where is "" for all, "none" for the unassigned or a server's id.
type deviceQuery struct {
	Organization string `json:"org"`
	Search       string `json:"q"`
	Where        string `json:"where"`
	Family       string `json:"family"`
	After        uint32 `json:"-"`
}

func parseDeviceQuery(v url.Values) deviceQuery {
	after, _ := strconv.ParseUint(v.Get("after"), 10, 32) // nonsense begins at the top
	return deviceQuery{v.Get("org"), strings.TrimSpace(v.Get("q")), v.Get("where"), v.Get("family"), uint32(after)}
}

func (q deviceQuery) values(after uint32) url.Values {
	v := url.Values{"org": {q.Organization}, "q": {q.Search}, "where": {q.Where}, "family": {q.Family}}
	if after > 0 {
		v.Set("after", strconv.FormatUint(uint64(after), 10))
	}
	return v
}

// DeviceRow is a device of a list with the server it is assigned to.
type DeviceRow struct {
	Device
	OrganizationID string `json:"organizationId"`
	ServerID       string `json:"serverId,omitempty"`
	ServerName     string `json:"serverName,omitempty"`
}

// row describes a device. Callers hold the lock.
func (s *Simulator) row(i uint32) DeviceRow {
	r := &s.fleet.records[i]
	row := DeviceRow{Device: s.fleet.device(i), OrganizationID: s.orgs[r.org-1].ID()}
	if sv := s.serverByNumber(r.server); sv != nil {
		row.ServerID, row.ServerName = sv.id, sv.name
	}
	return row
}

// devicePage is a part of a list. Next is the address of the following part, "" at the end.
type devicePage struct {
	Query        deviceQuery      `json:"query"`
	Organization OrganizationInfo `json:"-"`
	Devices      []DeviceRow      `json:"devices"`
	Next         string           `json:"next"`
	Here         string           `json:"-"` // the query of this page, to come back to
}

func (p *portal) devices(w http.ResponseWriter, r *http.Request) {
	q := parseDeviceQuery(r.URL.Query())
	o, err := p.organizationOf(q.Organization)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	q.Organization = o.ID()
	page := devicePage{Query: q, Organization: o.Info(), Here: q.values(q.After).Encode()}
	rows, next, more := p.sim.listDevices(o, q, maxRows)
	page.Devices = rows
	if more {
		page.Next = "devices?" + q.values(next).Encode()
	}
	p.answer(w, r, "devices", "Devices", page)
}

// listDevices finds up to limit devices from number q.After on. It looks at every device once: a million take
// some milliseconds.
func (s *Simulator) listDevices(o *Organization, q deviceQuery, limit int) (rows []DeviceRow, next uint32, more bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	rows = []DeviceRow{}
	server, found := uint32(0), true
	if q.Where != "" && q.Where != "none" {
		sv, err := s.serverByID(q.Where)
		found = err == nil
		if found {
			server = sv.no
		}
	}
	search := strings.ToUpper(q.Search)
	kinds := s.fleet.kindsMatching(search, q.Family)
	for i := q.After; found && int(i) < len(s.fleet.records); i++ {
		r := &s.fleet.records[i]
		switch {
		case r.org != o.no, q.Where != "" && r.server != server, !kinds[r.variant].family:
			continue
		case search != "" && !kinds[r.variant].text && !strings.Contains(string(r.serial.bytes()), search) &&
			(r.assetTag == textNone || !strings.Contains(strings.ToUpper(s.fleet.texts[r.assetTag]), search)):
			continue
		}
		if len(rows) == limit {
			return rows, i, true
		}
		rows = append(rows, s.row(i))
	}
	return rows, 0, false
}

// kindMatch says what of a search a variant answers, so that it is looked at once and not for each device.
type kindMatch struct{ family, text bool }

func (f *fleet) kindsMatching(search, family string) []kindMatch {
	out := make([]kindMatch, len(f.variants))
	for i, v := range f.variants {
		out[i] = kindMatch{family == "" || v.family == family, strings.Contains(strings.ToUpper(v.model+" "+v.color), search)}
	}
	return out
}

func (p *portal) device(w http.ResponseWriter, r *http.Request) {
	row, err := p.sim.findRow(r.PathValue("serial"))
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.answer(w, r, "device", row.SerialNumber, row)
}

func (s *Simulator) findRow(serial string) (DeviceRow, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, ok := s.fleet.find(serial)
	if !ok {
		return DeviceRow{}, fmt.Errorf("%.20q: %w", serial, ErrUnknownDevice)
	}
	return s.row(i), nil
}
