package simabm

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// visitor uses the portal, below a stripped prefix so that every link has to be relative.
type visitor struct {
	t    *testing.T
	sim  *Simulator
	base string
	http *http.Client
}

func newVisitor(t *testing.T, o Options) *visitor {
	t.Helper()
	sim, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(http.StripPrefix("/sim", sim.Handler()))
	t.Cleanup(web.Close)
	return &visitor{t, sim, web.URL + "/sim/portal/", web.Client()}
}

func (v *visitor) send(req *http.Request) (int, string, *http.Response) {
	v.t.Helper()
	res, err := v.http.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, string(body), res
}

func (v *visitor) get(path string) string {
	v.t.Helper()
	req, _ := http.NewRequest("GET", v.base+path, nil)
	status, body, res := v.send(req)
	if status != 200 || !strings.Contains(body, "Simulation.") || !strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		v.t.Fatalf("GET %s: %d %s", path, status, body)
	}
	return body
}

// post sends a form as a browser does and returns the page it ends on.
func (v *visitor) post(path string, form url.Values) string {
	v.t.Helper()
	req, _ := http.NewRequest("POST", v.base+path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "text/html,*/*")
	status, body, res := v.send(req)
	if status != 200 || res.Request.Method != "GET" || !strings.Contains(body, `role="status"`) {
		v.t.Fatalf("POST %s: %d %s", path, status, body)
	}
	return body
}

// program sends a form with files as curl does and decodes the JSON answer.
func (v *visitor) program(want int, path string, form map[string]string, files map[string]string, into any) {
	v.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for k, value := range form {
		_ = m.WriteField(k, value)
	}
	for k, value := range files {
		part, _ := m.CreateFormFile(k, k+".txt")
		_, _ = io.WriteString(part, value)
	}
	_ = m.Close()
	req, _ := http.NewRequest("POST", v.base+path, &body)
	req.Header.Set("Content-Type", m.FormDataContentType())
	req.Header.Set("Accept", "application/json")
	status, text, _ := v.send(req)
	if status != want {
		v.t.Fatalf("POST %s: %d %s", path, status, text)
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		v.t.Fatalf("POST %s: %v in %s", path, err, text)
	}
}

func TestPortalJourneyOfAProgram(t *testing.T) {
	v := newVisitor(t, Options{Devices: 300})
	_, cert := keyPair()
	var server ServerInfo
	v.program(200, "servers", map[string]string{"name": "GuardMDM"}, map[string]string{"certificate": string(cert)}, &server)
	var token struct {
		Filename string
		Content  string `json:"contentBase64"`
	}
	v.program(200, "servers/"+server.ID+"/token", nil, nil, &token)
	p7m, err := base64.StdEncoding.DecodeString(token.Content)
	if err != nil || !bytes.HasPrefix(p7m, []byte("Content-Type: application/pkcs7-mime")) || !strings.HasPrefix(token.Filename, "GuardMDM_Token_") {
		t.Fatalf("%v %s %.100s", err, token.Filename, p7m)
	}
	var some struct{ SerialNumbers []string }
	v.program(200, "devices/assign-count", map[string]string{"server": server.ID, "count": "10"}, nil, &some)
	if len(some.SerialNumbers) != 10 {
		t.Fatalf("assigned %d", len(some.SerialNumbers))
	}
	var bought struct{ SerialNumbers []string }
	v.program(200, "purchases", map[string]string{"count": "3"}, nil, &bought)
	var result CSVResult
	v.program(200, "devices/csv", map[string]string{"server": server.ID}, map[string]string{"file": "serial\r\n" + strings.Join(bought.SerialNumbers, "\r\n")}, &result)
	if result.Assigned != 3 {
		t.Errorf("%+v", result)
	}
	var failure struct{ Error string }
	v.program(404, "devices/csv", map[string]string{"server": "none"}, map[string]string{"file": "x"}, &failure)
	v.program(409, "servers", map[string]string{"name": "GuardMDM"}, map[string]string{"certificate": string(cert)}, &failure)
	v.program(400, "servers", map[string]string{"name": "x"}, nil, &failure)
	v.program(400, "devices/assign", map[string]string{"server": server.ID}, nil, &failure)
	v.program(413, "servers", map[string]string{"name": strings.Repeat("x", maxForm+1)}, nil, &failure)
	if failure.Error == "" {
		t.Error("a failure without words")
	}
	sv, _ := v.sim.Server(server.ID)
	if n := len(sv.Inventory()); n != 13 {
		t.Errorf("%d devices", n)
	}
}

func TestPortalJourneyOfAPerson(t *testing.T) {
	v := newVisitor(t, Options{Devices: 230})
	org := v.sim.Organizations()[0]
	_, cert := keyPair()
	if page := v.get(""); !strings.Contains(page, "No MDM server yet") || !strings.Contains(page, "<title>Example Org · Simulated Apple Business Manager") {
		t.Error(page)
	}
	page := v.post("servers", url.Values{"name": {`<b>"Guard" & Co</b>`}, "certificate_text": {string(cert)}})
	if strings.Contains(page, "<b>") || !strings.Contains(page, "Download server token") {
		t.Error(page)
	}
	sv := v.sim.Servers()[0]

	// Select and assign: the list shows 100 rows at most, and "next" leads on.
	list := v.get("devices?where=none")
	shown := regexp.MustCompile(`name="shown" value="([A-Z0-9]+)"`).FindAllStringSubmatch(list, -1)
	if len(shown) != maxRows {
		t.Fatalf("%d rows", len(shown))
	}
	next := regexp.MustCompile(`href="\./(devices\?[^"]+)" rel="next"`).FindStringSubmatch(list)
	if next == nil || strings.Contains(v.get(strings.ReplaceAll(next[1], "&amp;", "&")), shown[0][1]) {
		t.Errorf("next: %v", next)
	}
	back := "where=none&q="
	v.post("devices/assign", url.Values{"server": {sv.ID()}, "serial": {shown[0][1], shown[1][1]}, "back": {back}})
	v.post("devices/assign", url.Values{"server": {sv.ID()}, "all": {"1"}, "shown": {shown[2][1], shown[3][1]}, "serial": {shown[9][1]}, "back": {back}})
	if n := sv.DeviceCount(); n != 4 {
		t.Fatalf("%d assigned", n)
	}
	if found := v.get("devices?q=" + strings.ToLower(shown[0][1])); strings.Count(found, `name="shown"`) != 1 {
		t.Error("search did not find one device")
	}

	// A default server takes new devices.
	v.post("defaults", url.Values{"family": {"iPhone"}, "server": {sv.ID()}})
	v.post("purchases", url.Values{"count": {"60"}})
	if n := sv.DeviceCount(); n < 10 || org.DefaultServers()["iPhone"] != sv.ID() {
		t.Errorf("the default server has %d", n)
	}
	v.post("devices/csv", url.Values{"server": {sv.ID()}, "file_text": {shown[5][1] + "\r\nNONE"}})

	serial := shown[0][1]
	v.post("devices/edit", url.Values{"serial": {serial}, "asset_tag": {"A<7>"}, "mdm_migration_deadline": {"2026-09-15"}})
	if d, _, _ := v.sim.Device(serial); d.AssetTag != "A<7>" || d.MDMMigrationDeadline.IsZero() || d.Color == "" {
		t.Errorf("%+v", d)
	}
	v.get("devices/" + serial)
	v.post("devices/activate", url.Values{"serial": {serial}})
	v.post("devices/unassign", url.Values{"serial": {serial}})
	if _, id, _ := v.sim.Device(serial); id != "" {
		t.Error("still assigned")
	}
	v.post("devices/replace", url.Values{"serial": {shown[1][1]}})
	v.post("devices/release", url.Values{"serial": {serial}})
	if _, _, found := v.sim.Device(serial); found {
		t.Error("still there")
	}

	v.post("terms", url.Values{"accepted": {"false"}})
	if org.TermsAccepted() {
		t.Error("terms still accepted")
	}
	v.post("terms", url.Values{"accepted": {"true"}})
	if _, _, err := sv.DownloadToken(); err != nil {
		t.Fatal(err)
	}
	v.post("servers/"+sv.ID()+"/token/revoke", nil)
	if _, ok := sv.TokenExpiry(); ok {
		t.Error("token still there")
	}
	v.post("servers/"+sv.ID()+"/certificate", url.Values{"certificate": {string(cert)}})
	v.post("servers/"+sv.ID(), url.Values{"name": {"renamed"}, "release_allowed": {"false"}, "access_denied": {"true"}})
	if info := sv.Info(); info.Name != "renamed" || info.ReleaseAllowed || !info.AccessDenied {
		t.Errorf("%+v", info)
	}
	v.post("organizations", url.Values{"name": {"Second Org"}})
	second := v.sim.Organizations()[1]
	v.post("purchases", url.Values{"org": {second.ID()}, "count": {"5"}})
	if devices, _ := second.Counts(); devices != 5 {
		t.Errorf("%d devices", devices)
	}
}

func TestPortalRefusesForeignPages(t *testing.T) {
	v := newVisitor(t, Options{})
	req, _ := http.NewRequest("POST", v.base+"terms", strings.NewReader("accepted=false"))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	if status, _, _ := v.send(req); status != http.StatusForbidden {
		t.Errorf("status %d", status)
	}
	if !v.sim.Organizations()[0].TermsAccepted() {
		t.Error("carried out all the same")
	}
}

func TestPortalDownload(t *testing.T) {
	v := newVisitor(t, Options{})
	_, cert := keyPair()
	sv, err := v.sim.AddServer("a b/c", cert)
	if err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequest("POST", v.base+"servers/"+sv.ID()+"/token", nil)
	status, body, res := v.send(req)
	if status != 200 || !strings.HasPrefix(body, "Content-Type: application/pkcs7-mime") || !strings.Contains(res.Header.Get("Content-Disposition"), "filename=a-b-c_Token_") {
		t.Errorf("%d %v", status, res.Header)
	}
	req, _ = http.NewRequest("GET", strings.TrimSuffix(v.base, "portal/"), nil)
	if status, body, _ := v.send(req); status != 200 || !strings.Contains(body, "Example Org") {
		t.Errorf("the root does not lead to the portal: %d", status)
	}
	req, _ = http.NewRequest("GET", v.base+"portal.css", nil)
	if status, _, res := v.send(req); status != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") {
		t.Errorf("the style sheet: %d %v", status, res.Header)
	}
	for _, path := range []string{"servers/none", "devices/NONE", "?org=1", "nowhere"} {
		req, _ = http.NewRequest("GET", v.base+path, nil)
		if status, _, _ := v.send(req); status != 404 {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func BenchmarkPortalSearchOf1M(b *testing.B) {
	sim, err := New(Options{Devices: 1_000_000})
	if err != nil {
		b.Fatal(err)
	}
	for _, search := range []string{"", "ZZZZZZ"} {
		b.Run(fmt.Sprintf("search=%q", search), func(b *testing.B) {
			for b.Loop() {
				sim.listDevices(sim.defaultOrg(), deviceQuery{Search: search, Where: "none"}, maxRows)
			}
		})
	}
}
