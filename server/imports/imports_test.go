package imports_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/imports"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a server with the routes of imports on a filled database.
type world struct {
	*stack.Stack
	t       *testing.T
	url     string
	secrets map[role.Role]string
	client  *http.Client
	clock   *clockwork.FakeClock
	routes  *imports.Imports
}

func newWorld(t *testing.T, db *store.Store, devices int) *world {
	t.Helper()
	clock := clockwork.NewFakeClockAt(time.Now().Truncate(time.Second))
	w := &world{Stack: stack.New(t, db, stack.Options{Clock: clock}), t: t, client: &http.Client{Transport: &http.Transport{}}, clock: clock, secrets: map[role.Role]string{}}
	fleet.Fill(t, db, devices)
	log := slog.New(slog.DiscardHandler)
	api, err := graphqlapi.New(graphqlapi.Options{
		Resolver: &graph.Resolver{DB: db, Clock: clock, Groups: w.Groups}, Authenticate: w.APITokens.Authenticate, Limits: limits.Default(), Clock: clock,
	})
	w.must(err)
	w.routes = imports.New(imports.Options{Lists: w.Lists, API: api, Logger: log})
	server, err := httpd.New(httpd.Config{Listen: "127.0.0.1:0", Logger: log}, httpd.Handlers{Routes: w.routes.Routes(), GraphQL: api})
	w.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	w.must(server.Listen(ctx))
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	w.url = server.URL()
	for _, r := range []role.Role{role.Viewer, role.Operator} {
		_, w.secrets[r], err = w.APITokens.Create(stack.Admin(t), string(r), r, time.Time{})
		w.must(err)
	}
	t.Cleanup(func() {
		w.client.CloseIdleConnections()
		cancel()
		w.must(<-done)
	})
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// send sends a request and gives the status with the body.
func (w *world) send(method, path string, as role.Role, body io.Reader, header map[string]string) (int, []byte) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, body)
	w.must(err)
	if as != "" {
		r.Header.Set("Authorization", "Bearer "+w.secrets[as])
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	response, err := w.client.Do(r)
	w.must(err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	w.must(err)
	return response.StatusCode, answer
}

func ofCSV(more ...string) map[string]string {
	h := map[string]string{"Content-Type": "text/csv"}
	for i := 0; i < len(more); i += 2 {
		h[more[i]] = more[i+1]
	}
	return h
}

// answer is that of an import.
type answer struct {
	ID                                        string
	CreatedAt, ExpiresAt                      time.Time
	Rows, Known, Unknown, Duplicates, Invalid int
	Report                                    string
}

func (w *world) imports(file string) answer {
	w.t.Helper()
	status, body := w.send(http.MethodPost, "/import/serials", role.Operator, strings.NewReader(file), ofCSV())
	if status != http.StatusCreated {
		w.t.Fatalf("%d %s", status, body)
	}
	var a answer
	w.must(json.Unmarshal(body, &a))
	return a
}

func (w *world) query(query string, into any) {
	w.t.Helper()
	text, err := json.Marshal(map[string]any{"query": query})
	w.must(err)
	status, body := w.send(http.MethodPost, "/graphql", role.Operator, bytes.NewReader(text), map[string]string{"Content-Type": "application/json"})
	response := struct {
		Data   json.RawMessage
		Errors []any
	}{}
	w.must(json.Unmarshal(body, &response))
	if status != http.StatusOK || len(response.Errors) > 0 {
		w.t.Fatalf("%d %s", status, body)
	}
	w.must(json.Unmarshal(response.Data, into))
}

// Each row of a file is reported, and the list is one for filters and groups until it expires.
func TestImport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 2_000)
		var serials []string
		w.must(db.Reader().Device.Query().Order(device.ByID()).Limit(3).Select(device.FieldSerialNumber).Scan(t.Context(), &serials))
		file := "\ufeffName;Serial Number\r\n" +
			"one;" + strings.ToLower(serials[0]) + "\r\ntwo;\"" + serials[1] + "\"\r\n\r\nthree;XNOBODY1\r\nagain; " + serials[0] + "\r\nwrong;not a serial\r\nempty;\r\nformula;=1+1\r\nagain;xnobody1\r\n"
		a := w.imports(file)
		want := answer{ID: a.ID, CreatedAt: w.clock.Now().UTC(), ExpiresAt: w.clock.Now().Add(7 * 24 * time.Hour).UTC(), Rows: 8,
			Known: 2, Unknown: 1, Duplicates: 2, Invalid: 3, Report: "/export/serial-lists/" + a.ID + ".csv"}
		if diff := cmp.Diff(want, a); diff != "" {
			t.Error(diff)
		}
		_, report := w.send(http.MethodGet, a.Report, role.Viewer, nil, nil)
		records, err := csv.NewReader(bytes.NewReader(report)).ReadAll()
		w.must(err)
		rows := [][]string{{"row", "serialNumber", "result", "firstRow"}, {"2", serials[0], "KNOWN", ""}, {"3", serials[1], "KNOWN", ""}, {"5", "XNOBODY1", "UNKNOWN", ""},
			{"6", serials[0], "DUPLICATE", "2"}, {"7", "not a serial", "INVALID", ""}, {"8", "", "INVALID", ""}, {"9", "'=1+1", "INVALID", ""}, {"10", "XNOBODY1", "DUPLICATE", "5"}}
		if diff := cmp.Diff(rows, records); diff != "" {
			t.Errorf("report (-want +got):\n%s", diff)
		}
		_, report = w.send(http.MethodGet, "/export/serial-lists/"+a.ID+".ndjson", role.Viewer, nil, nil)
		lines := strings.Split(strings.TrimSpace(string(report)), "\n")
		if len(lines) != 8 || lines[3] != fmt.Sprintf(`{"row":6,"serialNumber":%q,"result":"DUPLICATE","firstRow":2}`, serials[0]) ||
			lines[6] != `{"row":9,"serialNumber":"=1+1","result":"INVALID","firstRow":null}` {
			t.Errorf("report:\n%s", report)
		}

		var got struct {
			SerialList struct {
				Known, Unknown, Duplicates, Invalid int
				UnknownSample                       []string
				ExpiresAt                           time.Time
			}
			Devices struct {
				TotalCount int
				Nodes      []struct{ SerialNumber string }
			}
			CreateDeviceGroup struct{ DeviceGroup struct{ ID string } }
		}
		w.query(`{ serialList(id: "`+a.ID+`") { known unknown duplicates invalid unknownSample expiresAt }
			devices(where: {serialListId: "`+a.ID+`"}) { totalCount nodes { serialNumber } } }`, &got)
		if l := got.SerialList; l.Known != 2 || l.Unknown != 1 || l.Duplicates != 2 || l.Invalid != 3 || len(l.UnknownSample) != 1 || l.UnknownSample[0] != "XNOBODY1" || !l.ExpiresAt.Equal(a.ExpiresAt) {
			t.Errorf("list: %+v", l)
		}
		if d := got.Devices; d.TotalCount != 2 || len(d.Nodes) != 2 || d.Nodes[0].SerialNumber != serials[0] || d.Nodes[1].SerialNumber != serials[1] {
			t.Errorf("devices: %+v", d)
		}
		w.query(`mutation { createDeviceGroup(input: {name: "imported"}) { deviceGroup { id } } }`, &got)
		var added struct {
			AddDevicesToGroup struct {
				Added                int
				UnknownSerialNumbers []string
				DeviceGroup          struct{ DeviceCount int }
			}
		}
		w.query(`mutation { addDevicesToGroup(input: {deviceGroupId: "`+got.CreateDeviceGroup.DeviceGroup.ID+`", serialListId: "`+a.ID+`"}) {
			added unknownSerialNumbers deviceGroup { deviceCount } userErrors { message } } }`, &added)
		if g := added.AddDevicesToGroup; g.Added != 2 || len(g.UnknownSerialNumbers) != 1 || g.DeviceGroup.DeviceCount != 2 {
			t.Errorf("group: %+v", g)
		}
		if n := db.Reader().AuditEntry.Query().Where(auditentry.Action("importSerialNumbers"), auditentry.ActorName(string(role.Operator))).CountX(t.Context()); n != 1 {
			t.Errorf("%d audit entries", n)
		}

		w.clock.Advance(7*24*time.Hour - time.Second)
		w.must(w.Lists.Sweep(t.Context()))
		if status, _ := w.send(http.MethodGet, a.Report, role.Viewer, nil, nil); status != http.StatusOK {
			t.Errorf("a second before the end: %d", status)
		}
		w.clock.Advance(time.Second)
		if status, _ := w.send(http.MethodGet, a.Report, role.Viewer, nil, nil); status != http.StatusNotFound {
			t.Errorf("at the end: %d", status)
		}
		w.must(w.Lists.Sweep(t.Context()))
		if n, m := db.Reader().SerialList.Query().CountX(t.Context()), db.Reader().SerialListEntry.Query().CountX(t.Context()); n+m != 0 {
			t.Errorf("%d lists and %d rows are left", n, m)
		}
	})
}

// Duplicates are found wherever they stand, in files that take several pieces.
func TestImportOfManyRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 8_000)
		var serials []string
		w.must(db.Reader().Device.Query().Select(device.FieldSerialNumber).Scan(t.Context(), &serials))
		var b strings.Builder
		for range 2 {
			for _, serial := range serials {
				fmt.Fprintf(&b, "%s\n", serial)
			}
			for i := range 4_000 {
				fmt.Fprintf(&b, "XNOBODY%d\n", i)
			}
		}
		a := w.imports(b.String())
		if a.Rows != 24_000 || a.Known != 8_000 || a.Unknown != 4_000 || a.Duplicates != 12_000 {
			t.Errorf("%+v", a)
		}
		_, report := w.send(http.MethodGet, a.Report, role.Viewer, nil, nil)
		records, err := csv.NewReader(bytes.NewReader(report)).ReadAll()
		w.must(err)
		if len(records) != 24_001 {
			t.Fatalf("%d rows are reported", len(records))
		}
		for i, r := range records[1:] {
			first, result := "", "KNOWN"
			if i >= 8_000 {
				result = "UNKNOWN"
			}
			if i >= 12_000 {
				first, result = fmt.Sprint(i+1-12_000), "DUPLICATE"
			}
			if r[0] != fmt.Sprint(i+1) || r[2] != result || r[3] != first {
				t.Fatalf("row %d: %v", i+1, r)
			}
		}
		if n := db.Reader().Device.Query().Where(devicegroup.FilterByList(devicegroup.InWindows(t.Context()), w.list(a.ID))).CountX(t.Context()); n != 8_000 {
			t.Errorf("%d devices by windows", n)
		}
	})
}

func TestImportsAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		w.routes.SetMaxRows(60_000)
		good := "C02A\n"
		for name, c := range map[string]struct {
			as     role.Role
			file   io.Reader
			header map[string]string
			path   string
			status int
		}{
			"nobody":               {"", strings.NewReader(good), ofCSV(), "", http.StatusUnauthorized},
			"a viewer":             {role.Viewer, strings.NewReader(good), ofCSV(), "", http.StatusForbidden},
			"another origin":       {role.Operator, strings.NewReader(good), ofCSV("Sec-Fetch-Site", "cross-site"), "", http.StatusForbidden},
			"JSON":                 {role.Operator, strings.NewReader(good), map[string]string{"Content-Type": "application/json"}, "", http.StatusBadRequest},
			"no type":              {role.Operator, strings.NewReader(good), nil, "", http.StatusBadRequest},
			"another charset":      {role.Operator, strings.NewReader(good), map[string]string{"Content-Type": "text/csv; charset=iso-8859-1"}, "", http.StatusBadRequest},
			"compressed":           {role.Operator, strings.NewReader(good), ofCSV("Content-Encoding", "gzip"), "", http.StatusBadRequest},
			"a parameter":          {role.Operator, strings.NewReader(good), ofCSV(), "?group=1", http.StatusBadRequest},
			"nothing":              {role.Operator, strings.NewReader(""), ofCSV(), "", http.StatusBadRequest},
			"only a header":        {role.Operator, strings.NewReader("serial\n"), ofCSV(), "", http.StatusBadRequest},
			"a quote that is open": {role.Operator, strings.NewReader("C02A\n\"C02B\n"), ofCSV(), "", http.StatusBadRequest},
			"too many rows":        {role.Operator, strings.NewReader(strings.Repeat("C02A\n\n", 60_001)), ofCSV(), "", http.StatusRequestEntityTooLarge},
			"too large":            {role.Operator, io.LimitReader(zeros{}, 64<<20+1), ofCSV(), "", http.StatusRequestEntityTooLarge},
		} {
			status, body := w.send(http.MethodPost, "/import/serials"+c.path, c.as, c.file, c.header)
			var refusal struct{ Errors []struct{ Message string } }
			if err := json.Unmarshal(body, &refusal); status != c.status || err != nil || len(refusal.Errors) != 1 {
				t.Errorf("%s: %d %s", name, status, body)
			}
		}
		if n := db.Reader().AuditEntry.Query().Where(auditentry.Action("importSerialNumbers")).CountX(t.Context()); n != 0 {
			t.Errorf("%d audit entries", n)
		}
		if n := db.Reader().SerialListEntry.Query().CountX(t.Context()); n == 0 {
			t.Error("no import got as far as storing something")
		}
		if status, _ := w.send(http.MethodGet, "/import/serials", role.Operator, nil, nil); status != http.StatusMethodNotAllowed {
			t.Errorf("GET: %d", status)
		}
		// What was broken off is of no use, and goes.
		for _, l := range db.Reader().SerialList.Query().AllX(t.Context()) {
			if status, _ := w.send(http.MethodGet, "/export/serial-lists/"+l.ID.String()+".csv", role.Viewer, nil, nil); status != http.StatusNotFound {
				t.Errorf("the report of a broken import: %d", status)
			}
		}
		complete := w.imports(strings.Repeat("C02A\n", 60_000)) // as many rows as may be
		w.clock.Advance(2 * time.Hour)
		w.must(w.Lists.Sweep(t.Context()))
		if lists := db.Reader().SerialList.Query().AllX(t.Context()); len(lists) != 1 || lists[0].ID.String() != complete.ID || complete.Duplicates != 59_999 {
			t.Errorf("after the sweep: %v, %+v", lists, complete)
		}
		if n := db.Reader().SerialListEntry.Query().CountX(t.Context()); n != 60_000 {
			t.Errorf("%d rows are left", n)
		}
		for _, file := range []string{"lst_0.csv", "lst_0", "lst_0.xml", "dev_1.csv", "x.csv", "lst_zz.ndjson"} {
			if status, _ := w.send(http.MethodGet, "/export/serial-lists/"+file, role.Viewer, nil, nil); status != http.StatusNotFound {
				t.Errorf("%s: %d", file, status)
			}
		}
	})
}

// One import of a caller goes on at a time.
func TestImportsAtTheSameTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		body, feed := io.Pipe()
		first := make(chan int, 1)
		go func() {
			status, _ := w.send(http.MethodPost, "/import/serials", role.Operator, body, ofCSV())
			first <- status
		}()
		_, err := io.WriteString(feed, "C02A\n")
		w.must(err)
		for db.Reader().SerialList.Query().CountX(t.Context()) == 0 { // until the first one goes on
			time.Sleep(5 * time.Millisecond)
		}
		if status, answer := w.send(http.MethodPost, "/import/serials", role.Operator, strings.NewReader("C02B\n"), ofCSV()); status != http.StatusTooManyRequests {
			t.Errorf("a second import: %d %s", status, answer)
		}
		w.must(feed.Close())
		if status := <-first; status != http.StatusCreated {
			t.Errorf("the first import: %d", status)
		}
		w.imports("C02B\n") // there is room again
	})
}

// zeros is a file without an end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func (w *world) list(id string) *ent.SerialList {
	w.t.Helper()
	parsed, err := gid.Parse(id)
	w.must(err)
	list, err := w.Lists.Find(w.t.Context(), parsed)
	w.must(err)
	return list
}
