package simabm

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestSessionLife(t *testing.T) {
	w := newWorld(t, Options{})
	c := w.client
	c.want(200, "", "GET", "/account", nil)
	w.clock.Advance(3*time.Minute - time.Second)
	c.want(200, "", "GET", "/account", nil)
	w.clock.Advance(3 * time.Minute)
	c.want(401, "UNAUTHORIZED", "GET", "/account", nil)

	c.session = "garbage"
	c.want(403, "FORBIDDEN", "GET", "/account", nil)
	req := c.request("GET", "/account", nil)
	if r := c.do(req); r.status != 401 || r.body != "UNAUTHORIZED" {
		t.Errorf("no session: %v", r)
	}
}

func TestSessionRotates(t *testing.T) {
	w := newWorld(t, Options{})
	c := w.client
	c.signIn()
	first := c.session
	for range rotateEvery {
		c.want(200, "", "GET", "/account", nil)
	}
	if c.session == first {
		t.Fatal("the session was never rotated")
	}
	second := c.session
	c.session = first
	c.want(200, "", "GET", "/account", nil)
	w.clock.Advance(rotationGrace)
	c.want(401, "UNAUTHORIZED", "GET", "/account", nil)
	c.session = second
	c.want(200, "", "GET", "/account", nil)
}

func TestSessionsAreBounded(t *testing.T) {
	w := newWorld(t, Options{})
	for range maxSessions + 10 {
		w.client.signIn()
	}
	if n := len(w.sim.gate.sessions); n > maxSessions {
		t.Errorf("%d sessions kept", n)
	}
}

func TestTokenStates(t *testing.T) {
	w := newWorld(t, Options{})
	c := w.client
	c.want(200, "", "GET", "/account", nil)

	w.sim.SetTermsAccepted(false)
	c.want(403, "T_C_NOT_SIGNED", "GET", "/account", nil)
	if r := c.signIn(); r.status != 403 || r.body != "T_C_NOT_SIGNED" {
		t.Errorf("session: %v", r)
	}
	w.sim.SetTermsAccepted(true)
	w.server.SetAccessDenied(true)
	c.want(403, "ACCESS_DENIED", "GET", "/account", nil)
	w.server.SetAccessDenied(false)
	c.want(200, "", "GET", "/account", nil)

	w.server.RevokeToken()
	c.want(401, "UNAUTHORIZED", "GET", "/account", nil)
	if r := c.signIn(); r.status != 401 || !strings.Contains(r.body, "token_rejected") {
		t.Errorf("after a revocation: %v", r)
	}

	renewed := w.newClient(w.server)
	renewed.want(200, "", "GET", "/account", nil)
	if renewed.creds.ConsumerKey != c.creds.ConsumerKey {
		t.Error("the same person got another consumer key")
	}
	w.server.Organization().SetAdmin("someone.else@appleid.example.org")
	other := w.newClient(w.server)
	if other.creds.ConsumerKey == c.creds.ConsumerKey {
		t.Error("another person got the same consumer key")
	}
	if r := other.want(200, "", "GET", "/account", nil); !strings.Contains(r.body, "someone.else@") {
		t.Errorf("admin_id: %v", r)
	}
	if r := renewed.signIn(); r.status != 401 {
		t.Errorf("an earlier token works: %v", r)
	}
	if _, _, err := w.server.DownloadTokenFor(20 * time.Hour); err != nil {
		t.Fatal(err)
	}
	if until, _ := w.server.TokenExpiry(); !until.Equal(w.clock.Now().Add(20 * time.Hour)) {
		t.Errorf("a token of 20 hours ends at %s", until)
	}
	other = w.newClient(w.server)
	w.clock.Advance(tokenLife)
	if r := other.signIn(); r.status != 401 || !strings.Contains(r.body, "token_expired") {
		t.Errorf("after a year: %v", r)
	}
}

func TestCommonRefusals(t *testing.T) {
	w := newWorld(t, Options{})
	c := w.client
	c.signIn()
	c.agent = ""
	c.want(400, "USER_AGENT_MISSING", "GET", "/account", nil)
	c.agent = "Mozilla (compatible)"
	c.want(400, "USER_AGENT_INVALID", "GET", "/account", nil)
	c.agent = "adetok/1.0"
	if r := c.want(405, "", "PUT", "/profile", nil); r.header.Get("Allow") != "GET, POST" {
		t.Errorf("Allow: %q", r.header.Get("Allow"))
	}
	c.want(404, "", "GET", "/nowhere", nil)
	for _, body := range []string{"", "{", "[]", `{"limit":"ten"}`, `{"limit":0}`, `{"limit":-1}`, `{"limit":1} x`} {
		req := c.request("POST", fetchPath, nil)
		req.Body = http.NoBody
		req, _ = http.NewRequest("POST", c.base+fetchPath, strings.NewReader(body))
		req.Header.Set("X-ADM-Auth-Session", c.session)
		if r := c.do(req); r.status != 400 || r.body != "MALFORMED_REQUEST_BODY" {
			t.Errorf("%q: %v", body, r)
		}
	}
	if got := w.sim.Requests()["POST /server/devices"]; got != 7 {
		t.Errorf("counted %d", got)
	}
	if r := c.want(200, "", "GET", "/account", nil); r.header.Get("Date") != start.Format(http.TimeFormat) {
		t.Errorf("Date is not the simulator's: %s", r.header.Get("Date"))
	}
}

func TestAccount(t *testing.T) {
	w := newWorld(t, Options{})
	var out struct {
		ServerName string `json:"server_name"`
		ServerUUID string `json:"server_uuid"`
		OrgName    string `json:"org_name"`
		OrgID      string `json:"org_id"`
		URLs       []accountURL
	}
	r := w.client.want(200, "", "GET", "/account", nil)
	if err := json.Unmarshal([]byte(r.body), &out); err != nil {
		t.Fatal(err)
	}
	if out.ServerName != "adetok lab" || out.ServerUUID != w.server.UUID() || len(out.ServerUUID) != 32 || out.OrgName != DefaultOrganization || out.OrgID != "2109001" {
		t.Errorf("got %+v", out)
	}
	limits := map[string]*accountLimit{}
	for _, u := range out.URLs {
		limits[u.URI] = u.Limit
	}
	if l := limits[syncPath]; l == nil || l.Maximum != 1000 || limits["/profile/devices"] != nil {
		t.Errorf("limits: %v", limits)
	}
	w.client.version = "2"
	if r := w.client.want(200, "", "GET", "/account", nil); strings.Contains(r.body, "org_id") {
		t.Errorf("version 2 has fields of version 3: %v", r)
	}
}

// Fields appear with the protocol version that added them.
func TestProtocolVersions(t *testing.T) {
	w := newWorld(t, Options{Devices: 200})
	serials, err := w.sim.AssignCount(w.server.ID(), 200)
	if err != nil {
		t.Fatal(err)
	}
	for _, serial := range serials {
		if err := w.sim.Modify(serial, func(d *Device) { d.MDMMigrationDeadline = start }); err != nil {
			t.Fatal(err)
		}
	}
	for version, want := range map[string]map[string]bool{
		"":   {"device_family": false, "iPadOS": false, "mdm_migration_deadline": false, "imei": false},
		"2":  {"device_family": true, "iPadOS": false, "mdm_migration_deadline": false, "imei": false},
		"7":  {"device_family": true, "iPadOS": true, "mdm_migration_deadline": false, "imei": false},
		"8":  {"device_family": true, "iPadOS": true, "mdm_migration_deadline": true, "imei": false},
		"10": {"device_family": true, "iPadOS": true, "mdm_migration_deadline": true, "imei": true},
		"99": {"device_family": true, "iPadOS": true, "mdm_migration_deadline": true, "imei": true},
	} {
		w.client.version = version
		r := w.client.want(200, "", "POST", fetchPath, map[string]any{"limit": 1000})
		for text, there := range want {
			if strings.Contains(r.body, `"`+text+`"`) != there {
				t.Errorf("version %q: %s there: %v", version, text, !there)
			}
		}
	}
}

func TestDetailsDisownAndReplacement(t *testing.T) {
	w := newWorld(t, Options{Devices: 10})
	c := w.client
	serials, _ := w.sim.AssignCount(w.server.ID(), 3)
	c.want(400, "DEVICE_ID_REQUIRED", "POST", "/devices", map[string]any{})
	c.want(400, "DEVICE_ID_REQUIRED", "POST", "/devices/disown", map[string]any{"devices": []string{}})

	var details struct {
		Devices map[string]struct {
			Device
			ResponseStatus string `json:"response_status"`
		}
	}
	lower := strings.ToLower(serials[0])
	r := c.want(200, "", "POST", "/devices", map[string]any{"devices": []string{lower, "ZZZZ00000000"}})
	if err := json.Unmarshal([]byte(r.body), &details); err != nil {
		t.Fatal(err)
	}
	if d := details.Devices[lower]; d.ResponseStatus != "SUCCESS" || d.SerialNumber != serials[0] || d.Model == "" {
		t.Errorf("details: %+v", d)
	}
	if d := details.Devices["ZZZZ00000000"]; d.ResponseStatus != "NOT_ACCESSIBLE" {
		t.Errorf("unknown: %+v", d)
	}

	w.server.SetReleaseAllowed(false)
	c.want(200, `{"devices":{"`+serials[0]+`":"NOT_ACCESSIBLE"}}`, "POST", "/devices/disown", map[string]any{"devices": serials[:1]})
	w.server.SetReleaseAllowed(true)
	c.want(200, `{"devices":{"`+serials[0]+`":"SUCCESS"}}`, "POST", "/devices/disown", map[string]any{"devices": serials[:1]})
	c.want(200, `{"devices":{"`+serials[0]+`":"NOT_ACCESSIBLE"}}`, "POST", "/devices/disown", map[string]any{"devices": serials[:1]})

	cursor := c.page(fetchPath, "", 100).Cursor
	fresh, err := w.sim.Replace(serials[1])
	if err != nil {
		t.Fatal(err)
	}
	c.want(400, "DEVICE_ID_REQUIRED", "GET", "/device/replacementDetails", nil)
	c.want(404, "DEVICE_NOT_FOUND", "GET", "/device/replacementDetails?device="+serials[2], nil)
	r = c.want(200, "", "GET", "/device/replacementDetails?device="+fresh, nil)
	if !strings.Contains(r.body, serials[1]) || !strings.Contains(r.body, "2026-08-01") {
		t.Errorf("replacement: %v", r)
	}
	p := c.page(syncPath, cursor, 100)
	if len(p.Devices) != 2 || !p.Devices[0].ReleasedByReplacement || p.Devices[0].OpType != "deleted" || !p.Devices[1].IsReplacementDevice {
		t.Errorf("sync after a replacement: %+v", p.Devices)
	}
	if devices, _ := w.server.Organization().Counts(); devices != 9 {
		t.Errorf("%d devices left", devices)
	}
}

func TestProfiles(t *testing.T) {
	w := newWorld(t, Options{Devices: 10})
	c := w.client
	serials, _ := w.sim.AssignCount(w.server.ID(), 3)
	long := strings.Repeat("x", 300)
	good := map[string]any{"profile_name": "n", "url": "https://mdm.example.org/e"}
	with := func(k string, v any) map[string]any {
		out := map[string]any{k: v}
		for key, value := range good {
			if key != k {
				out[key] = value
			}
		}
		return out
	}
	for _, tc := range []struct {
		body any
		want string
	}{
		{map[string]any{"url": "https://x.org"}, "CONFIG_NAME_REQUIRED"},
		{with("profile_name", ""), "CONFIG_NAME_INVALID"},
		{with("profile_name", long), "CONFIG_NAME_INVALID"},
		{with("profile_name", 7), "MALFORMED_REQUEST_BODY"},
		{with("profile_name", nil), "MALFORMED_REQUEST_BODY"},
		{[]string{"no object"}, "MALFORMED_REQUEST_BODY"},
		{map[string]any{"profile_name": "n"}, "CONFIG_URL_REQUIRED"},
		{with("url", "no url"), "CONFIG_URL_INVALID"},
		{with("url", "https://x.org/"+strings.Repeat("x", 2000)), "CONFIG_URL_INVALID"},
		{with("department", ""), "DEPARTMENT_INVALID"},
		{with("support_phone_number", long), "SUPPORT_PHONE_INVALID"},
		{with("support_email_address", long), "SUPPORT_EMAIL_INVALID"},
		{with("org_magic", long), "MAGIC_INVALID"},
		{with("is_mdm_removable", false), "FLAGS_INVALID"},
		{with("region", "Germany"), "LOCALE_INVALID"},
		{with("is_supervised", "yes"), "MALFORMED_REQUEST_BODY"},
	} {
		c.want(400, tc.want, "POST", "/profile", tc.body)
	}

	var defined struct {
		UUID    string            `json:"profile_uuid"`
		Devices map[string]string `json:"devices"`
	}
	r := c.want(200, "", "POST", "/profile", with("devices", []string{serials[0]}))
	if err := json.Unmarshal([]byte(r.body), &defined); err != nil {
		t.Fatal(err)
	}
	if len(defined.UUID) != 32 || defined.Devices[serials[0]] != "SUCCESS" {
		t.Fatalf("defined: %+v", defined)
	}
	c.want(400, "PROFILE_UUID_REQUIRED", "GET", "/profile", nil)
	c.want(400, "NOT_FOUND", "GET", "/profile?profile_uuid=00", nil)
	if r := c.want(200, "", "GET", "/profile?profile_uuid="+strings.ToLower(defined.UUID), nil); !strings.Contains(r.body, "https://mdm.example.org/e") {
		t.Errorf("read back: %v", r)
	}

	assign := func(uuid string, devices ...string) map[string]any {
		return map[string]any{"profile_uuid": uuid, "devices": devices}
	}
	c.want(400, "PROFILE_UUID_REQUIRED", "POST", "/profile/devices", assign("", serials[0]))
	c.want(400, "DEVICE_ID_REQUIRED", "POST", "/profile/devices", assign(defined.UUID))
	c.want(404, "PROFILE_NOT_FOUND", "POST", "/profile/devices", assign("00", serials[0]))
	c.want(400, "MALFORMED_REQUEST_BODY", "POST", "/profile/devices", assign(defined.UUID, make([]string, 1001)...))
	cursor := c.page(fetchPath, "", 100).Cursor
	for _, method := range []string{"POST", "PUT"} {
		r := c.want(200, "", method, "/profile/devices", assign(defined.UUID, serials[1], "ZZZZ00000000"))
		if !strings.Contains(r.body, `"`+serials[1]+`":"SUCCESS"`) || !strings.Contains(r.body, `"ZZZZ00000000":"NOT_ACCESSIBLE"`) {
			t.Errorf("%s: %v", method, r)
		}
	}
	if d, _, _ := w.sim.Device(serials[1]); d.ProfileStatus != "assigned" || d.ProfileUUID != defined.UUID || d.ProfileAssignTime.IsZero() {
		t.Errorf("assigned: %+v", d)
	}
	if err := w.sim.Activate(serials[1]); err != nil {
		t.Fatal(err)
	}
	if d, _, _ := w.sim.Device(serials[1]); d.ProfileStatus != "pushed" || d.ProfilePushTime.IsZero() {
		t.Errorf("activated: %+v", d)
	}
	c.want(200, `{"devices":{"`+serials[1]+`":"SUCCESS"}}`, "DELETE", "/profile/devices", map[string]any{"devices": serials[1:2]})
	if d, _, _ := w.sim.Device(serials[1]); d.ProfileStatus != "removed" || d.ProfileUUID != "" {
		t.Errorf("cleared: %+v", d)
	}
	p := c.page(syncPath, cursor, 100)
	for i, d := range p.Devices {
		if d.OpType != "modified" || i > 0 && !d.OpDate.After(p.Devices[i-1].OpDate) {
			t.Errorf("event %d: %+v", i, d)
		}
	}
	if len(p.Devices) != 4 {
		t.Errorf("%d events", len(p.Devices))
	}
}
