package export_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/export"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/httpd"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/fleet"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	window  = 200 // a page of the tests: a tenth of the real one
	several = 432 // more than two pages
)

// world is a server with the routes of exports on a filled database.
type world struct {
	*stack.Stack
	t      *testing.T
	url    string
	viewer *ent.APIToken
	secret string
	client *http.Client
}

func newWorld(t *testing.T, db *store.Store, devices int) *world {
	t.Helper()
	w := &world{Stack: stack.New(t, db, stack.Options{}), t: t, client: &http.Client{Transport: &http.Transport{DisableCompression: true}}}
	fleet.Fill(t, db, devices)
	// Macs are to have a profile that Apple was not told of.
	profile := db.Ent().ADEProfile.Create().SetName("Staff").SetCreatedAt(fleet.Begin).SetUpdatedAt(fleet.Begin).SaveX(t.Context())
	db.Ent().PlatformDefault.Create().SetPlatform("MACOS").SetAdeProfileID(profile.ID).SetUpdatedAt(fleet.Begin).ExecX(t.Context())
	log := slog.New(slog.DiscardHandler)
	api, err := graphqlapi.New(graphqlapi.Options{
		Resolver: &graph.Resolver{DB: db, Clock: w.Clock}, Authenticate: w.APITokens.Authenticate, Limits: limits.Default(), Recheck: 20 * time.Millisecond,
	})
	w.must(err)
	exports := export.New(export.Options{Store: db, API: api, Assignments: w.Assign, Clock: w.Clock, Logger: log, Window: window})
	server, err := httpd.New(httpd.Config{Listen: "127.0.0.1:0", Logger: log}, httpd.Handlers{Routes: exports.Routes()})
	w.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	w.must(server.Listen(ctx))
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx) }()
	w.url = server.URL()
	w.viewer, w.secret, err = w.APITokens.Create(stack.Admin(t), "reports", role.Viewer, time.Time{})
	w.must(err)
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

// do sends a request; where "" is none.
func (w *world) do(method, file, where string, header map[string]string) *http.Response {
	w.t.Helper()
	address := w.url + "/export/" + file
	if where != "" {
		address += "?where=" + url.QueryEscape(where)
	}
	r, err := http.NewRequestWithContext(w.t.Context(), method, address, nil)
	w.must(err)
	r.Header.Set("Authorization", "Bearer "+w.secret)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	response, err := w.client.Do(r)
	w.must(err)
	return response
}

// get is a whole export.
func (w *world) get(file, where string) []byte {
	w.t.Helper()
	response := w.do(http.MethodGet, file, where, nil)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	w.must(err)
	if response.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %d %s", where, response.StatusCode, body)
	}
	return body
}

// refused is the answer to a request that is none.
func (w *world) refused(response *http.Response) (status int, code string, field []string) {
	w.t.Helper()
	defer response.Body.Close()
	var body struct {
		Errors []struct {
			Extensions struct {
				Code  string
				Field []string
			}
		}
	}
	w.must(json.NewDecoder(response.Body).Decode(&body))
	return response.StatusCode, body.Errors[0].Extensions.Code, body.Errors[0].Extensions.Field
}

// line is one of NDJSON.
type line struct {
	SerialNumber, Model, Platform, AppleProfileUUID, ID, Description, Color, AssetTag, DeviceFamily, OS string
	ABMTokenID, ABMTokenName, AppleProfileStatus, DeviceAssignedBy                                      string
	ADEProfile, ProfileSource, AssignmentStatus, EnrollmentStatus                                       string
	Removed                                                                                             bool
	AppleProfileAssignedAt, AppleProfilePushedAt, DeviceAssignedAt, MDMMigrationDeadline, RemovedAt     *time.Time
	AddedAt, ChangedAt                                                                                  time.Time
}

// stored are the devices that match, as lines.
func (w *world) stored(matches ...predicate.Device) []line {
	w.t.Helper()
	devices, err := w.DB.Reader().Device.Query().Where(matches...).Order(device.ByID()).WithAbmToken().All(w.t.Context())
	w.must(err)
	lines := make([]line, len(devices))
	for i, d := range devices {
		lines[i] = line{
			SerialNumber: d.SerialNumber, Model: d.Model, Platform: string(d.Platform), AppleProfileUUID: d.AppleProfileUUID, ID: d.ID.String(),
			Description: d.Description, Color: d.Color, AssetTag: d.AssetTag, DeviceFamily: d.DeviceFamily, OS: d.Os,
			ABMTokenID: d.AbmTokenID.String(), ABMTokenName: d.Edges.AbmToken.Name, AppleProfileStatus: d.AppleProfileStatus,
			DeviceAssignedBy: d.DeviceAssignedBy, Removed: d.RemovedAt != nil, AppleProfileAssignedAt: d.AppleProfileAssignedAt,
			AppleProfilePushedAt: d.AppleProfilePushedAt, DeviceAssignedAt: d.DeviceAssignedAt, MDMMigrationDeadline: d.MdmMigrationDeadline,
			RemovedAt: d.RemovedAt, AddedAt: d.AddedAt, ChangedAt: d.ChangedAt, ProfileSource: "NONE", AssignmentStatus: "UNASSIGNED", EnrollmentStatus: "NOT_ENROLLED",
		}
		if d.Platform == device.PlatformMacOS { // see newWorld
			lines[i].ADEProfile, lines[i].ProfileSource, lines[i].AssignmentStatus = "Staff", "PLATFORM_DEFAULT", "PENDING"
		}
		if d.RemovedAt != nil {
			lines[i].AssignmentStatus = "REMOVED"
		}
	}
	return lines
}

func (w *world) ndjson(body []byte) []line {
	w.t.Helper()
	var lines []line
	for text := range bytes.Lines(body) {
		var l line
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		w.must(decoder.Decode(&l))
		lines = append(lines, l)
	}
	return lines
}

// fromCSV reads the lines of CSV by way of their names.
func (w *world) fromCSV(body []byte) []line {
	w.t.Helper()
	records, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	w.must(err)
	lines := make([]line, 0, len(records))
	for _, record := range records[1:] {
		object := map[string]any{}
		for i, name := range records[0] {
			switch {
			case strings.HasSuffix(name, "At") || strings.HasSuffix(name, "Deadline"):
				if record[i] != "" {
					object[name] = record[i]
				}
			case name == "removed":
				object[name] = record[i] == "true"
			default:
				object[name] = strings.TrimPrefix(record[i], "'")
			}
		}
		text, err := json.Marshal(object)
		w.must(err)
		lines = append(lines, w.ndjson(append(text, '\n'))...)
	}
	return lines
}

// Both formats hold every device that matches, every field of it, once.
func TestFilesHoldWhatMatches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, several)
		hard := "\u00e4 \"quoted\", with a comma,\na line, <b> and \u2028"
		w.must(db.Ent().Device.Update().Where(device.SerialNumberHasPrefix("C02A")).SetDescription(hard).Exec(t.Context()))
		one := w.stored()[several/2]
		macs := []predicate.Device{device.PlatformEQ(device.PlatformMacOS), device.ColorEqualFold("Space Gray")}
		rule, err := w.Groups.Create(stack.Admin(t), devicegroup.Input{Name: "rule", Rule: &devicegroup.Rule{All: []devicegroup.Rule{
			{Field: devicegroup.Platform, Operator: devicegroup.IsAnyOf, Values: []string{"MACOS"}}, {Field: devicegroup.Color, Operator: devicegroup.IsAnyOf, Values: []string{"Space Gray"}},
		}}})
		w.must(err)
		static, err := w.Groups.Create(stack.Admin(t), devicegroup.Input{Name: "static"})
		w.must(err)
		count := len(w.stored(macs...))
		_, _, _, err = w.Groups.AddDevices(stack.Admin(t), static.ID, devicegroup.Selection{Where: device.And(macs...), ExpectedCount: &count})
		w.must(err)
		imported, err := w.Lists.Begin(stack.Admin(t))
		w.must(err)
		for i, l := range w.stored(macs...) {
			w.must(imported.Add(t.Context(), i+1, l.SerialNumber))
		}
		list, err := imported.Close(stack.Admin(t))
		w.must(err)
		for where, matches := range map[string][]predicate.Device{
			"":                          nil,
			"{}":                        nil,
			`{"platform": "MACOS"}`:     {device.PlatformEQ(device.PlatformMacOS)},
			`{"removedAtNotNil": true}`: {device.RemovedAtNotNil()},
			`{"platform": "WATCHOS"}`:   {device.PlatformEQ(device.PlatformWatchOS)},
			`{"id": "` + one.ID + `"}`:  {device.SerialNumber(one.SerialNumber)},
			`{"deviceGroupId": "` + rule.ID.String() + `"}`:   macs,
			`{"deviceGroupId": "` + static.ID.String() + `"}`: macs,
			`{"serialListId": "` + list.ID.String() + `"}`:    macs,
			`{"serialNumberIn": ["x"]}`:                       {device.SerialNumber("x")},
			`{"or": [{"platform": "TVOS"}, {"serialNumberHasPrefix": "c02a"}], "removedAtIsNil": true}`: {
				device.Or(device.PlatformEQ(device.PlatformTvOS), device.SerialNumberHasPrefix("C02A")), device.RemovedAtIsNil(),
			},
		} {
			want := w.stored(matches...)
			for name, got := range map[string][]line{
				"ndjson": w.ndjson(w.get("devices.ndjson", where)), "csv": w.fromCSV(w.get("devices.csv", where)),
			} {
				if len(got) != len(want) {
					t.Errorf("%s %s: %d devices, want %d", name, where, len(got), len(want))
				} else if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); len(want) > 0 && diff != "" {
					t.Errorf("%s %s: -stored +exported\n%.2000s", name, where, diff)
				}
			}
		}
	})
}

// No devices are a file too, also a compressed one.
func TestEmptyInventory(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 1)
		w.must(func() error { _, err := db.Ent().Device.Delete().Exec(t.Context()); return err }())
		for file, want := range map[string]int{"devices.csv": 1, "devices.ndjson": 0} {
			response := w.do(http.MethodGet, file, "", map[string]string{"Accept-Encoding": "gzip"})
			unzipped, err := gzip.NewReader(response.Body)
			w.must(err)
			body, err := io.ReadAll(unzipped)
			w.must(err)
			w.must(response.Body.Close())
			if got := bytes.Count(body, []byte("\n")); got != want {
				t.Errorf("%s: %q", file, body)
			}
		}
	})
}

func TestHeaders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		today := w.Clock.Now().UTC().Format("2006-01-02")
		for file, contentType := range map[string]string{"devices.csv": "text/csv; charset=utf-8; header=present", "devices.ndjson": "application/x-ndjson"} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				for accept, encoding := range map[string]string{"": "", "gzip": "gzip", "br, gzip;q=0.5": "gzip", "gzip;q=0": ""} {
					response := w.do(method, file, "", map[string]string{"Accept-Encoding": accept})
					body, err := io.ReadAll(response.Body)
					w.must(err)
					w.must(response.Body.Close())
					name := strings.Replace(file, "devices", "devices-"+today, 1)
					if h := response.Header; response.StatusCode != 200 || h.Get("Content-Type") != contentType || h.Get("Content-Encoding") != encoding ||
						h.Get("Content-Disposition") != `attachment; filename="`+name+`"` || h.Get("Vary") != "Accept-Encoding" || h.Get("Cache-Control") != "no-store" {
						t.Errorf("%s %s: %d %v", method, file, response.StatusCode, h)
					}
					if (len(body) > 0) != (method == http.MethodGet) {
						t.Errorf("%s %s: %d bytes", method, file, len(body))
					}
				}
			}
			response := w.do(http.MethodPost, file, "", nil)
			if status, _, _ := w.refused(response); status != http.StatusMethodNotAllowed || response.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("POST %s: %d", file, status)
			}
		}
	})
}

// Text from outside cannot become a formula in a spreadsheet.
func TestFormulas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		for i, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a=1", "'=1"} {
			d := w.stored()[i]
			w.must(db.Ent().Device.Update().Where(device.SerialNumber(d.SerialNumber)).SetAssetTag(text).Exec(t.Context()))
			where := `{"serialNumber": "` + d.SerialNumber + `"}`
			records, err := csv.NewReader(bytes.NewReader(w.get("devices.csv", where))).ReadAll()
			w.must(err)
			got, want := records[1][slices.Index(records[0], "assetTag")], "'"+text
			if i > 5 {
				want = text
			}
			if got != strings.ReplaceAll(want, "\r", "") { // encoding/csv takes it for part of a line's end
				t.Errorf("%q is %q in CSV", text, got)
			}
			if got := w.ndjson(w.get("devices.ndjson", where))[0].AssetTag; got != text {
				t.Errorf("%q is %q in NDJSON", text, got)
			}
		}
	})
}

// Filters are those of GraphQL, and what is none never exports everything instead.
func TestRefusedFilters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		deep := `{"not": {"not": {"not": {"not": {"platform": "IOS"}}}}}`
		many := `{"serialNumberIn": ["` + strings.Join(slices.Repeat([]string{"A"}, 501), `","`) + `"]}`
		for where, want := range map[string]struct {
			status int
			code   string
			field  string
		}{
			"platform":                      {400, "BAD_USER_INPUT", "where"},
			`["MACOS"]`:                     {400, "BAD_USER_INPUT", "where"},
			`{"platform": "MACOS"} x`:       {400, "BAD_USER_INPUT", "where"},
			`{"platfrom": "MACOS"}`:         {400, "BAD_USER_INPUT", "where.platfrom"},
			`{"platform": "FRIDGE"}`:        {400, "BAD_USER_INPUT", "where.platform"},
			`{"model": "Mac"}`:              {400, "BAD_USER_INPUT", "where.model"},
			`{"platformIn": []}`:            {400, "BAD_USER_INPUT", "where.platformIn"},
			`{"removedAtIsNil": false}`:     {400, "BAD_USER_INPUT", "where.removedAtIsNil"},
			`{"id": "dev_"}`:                {400, "BAD_USER_INPUT", "where.id"},
			`{"serialNumberHasPrefix": ""}`: {400, "BAD_USER_INPUT", "where.serialNumberHasPrefix"},
			`{"serialNumber": "\u0000"}`:    {400, "BAD_USER_INPUT", "where.serialNumber"},
			deep:                            {413, "LIMIT_EXCEEDED", "where.not.not.not.not"},
			many:                            {413, "LIMIT_EXCEEDED", "where.serialNumberIn"},
		} {
			status, code, field := w.refused(w.do(http.MethodGet, "devices.csv", where, nil))
			if status != want.status || code != want.code || strings.Join(field, ".") != want.field {
				t.Errorf("%.60s: %d %s %v", where, status, code, field)
			}
		}
		for _, query := range []string{"platform=MACOS", "where={}&where={}", "where=%zz", "Where={}"} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/export/devices.csv?"+query, nil)
			w.must(err)
			r.Header.Set("Authorization", "Bearer "+w.secret)
			response, err := w.client.Do(r)
			w.must(err)
			if status, code, _ := w.refused(response); status != 400 || code != "BAD_USER_INPUT" {
				t.Errorf("%s: %d %s", query, status, code)
			}
		}
	})
}

func TestStrangers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		for _, authorization := range []string{"", "Bearer gmdm_wrong", "Basic YTpi"} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				response := w.do(method, "devices.csv", "", map[string]string{"Authorization": authorization})
				w.must(response.Body.Close())
				if response.StatusCode != http.StatusUnauthorized || response.Header.Get("WWW-Authenticate") == "" || response.Header.Get("Content-Disposition") != "" {
					t.Errorf("%s as %q: %d %v", method, authorization, response.StatusCode, response.Header)
				}
			}
		}
	})
}

// entry is what the audit log has of an export.
type entry struct {
	Format   string
	Where    json.RawMessage
	Rows     int
	Complete bool
}

func (w *world) entries() (entries []entry) {
	w.t.Helper()
	all, err := w.DB.Reader().AuditEntry.Query().Where(auditentry.Action("exportDevices")).Order(auditentry.ByID()).All(w.t.Context())
	w.must(err)
	for _, a := range all {
		var e entry
		w.must(json.Unmarshal(a.After, &e))
		entries = append(entries, e)
		if a.ActorID == nil || *a.ActorID != w.viewer.ID {
			w.t.Errorf("exported by %v", a.ActorID)
		}
	}
	return entries
}

func TestAudit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, several)
		w.get("devices.csv", "")
		w.get("devices.ndjson", `{"platform":"MACOS"}`)
		w.do(http.MethodHead, "devices.csv", "", nil).Body.Close()
		macs := len(w.stored(device.PlatformEQ(device.PlatformMacOS)))
		want := []string{fmt.Sprintf(`csv  %d true`, several), fmt.Sprintf(`ndjson {"platform":"MACOS"} %d true`, macs)}
		var got []string
		for _, e := range w.entries() {
			got = append(got, fmt.Sprintf("%s %s %d %v", e.Format, strings.ReplaceAll(string(e.Where), " ", ""), e.Rows, e.Complete))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// hold begins an export that is too large for the buffers between server and client, and reads its first line.
func (w *world) hold() (*http.Response, *bufio.Reader) {
	w.t.Helper()
	response := w.do(http.MethodGet, "devices.ndjson", "", nil)
	if response.StatusCode != http.StatusOK {
		w.t.Fatal(response.Status)
	}
	lines := bufio.NewReader(response.Body)
	_, err := lines.ReadBytes('\n')
	w.must(err)
	return response, lines
}

// newLargeWorld has devices that fill the buffers: 30 MB.
func newLargeWorld(t *testing.T, db *store.Store) *world {
	t.Helper()
	w := newWorld(t, db, 3*window)
	w.must(db.Ent().Device.Update().SetDescription(strings.Repeat("x", 50_000)).Exec(t.Context()))
	return w
}

// eventually waits for another goroutine's work, of which nothing tells.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(what)
		}
	}
}

// An export whose database fails in the middle ends as a broken transfer, not as a short file.
func TestFailureInTheMiddle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newLargeWorld(t, db)
		response, lines := w.hold()
		defer response.Body.Close()
		_, err := db.DB().ExecContext(t.Context(), "ALTER TABLE devices RENAME TO elsewhere")
		w.must(err)
		if n, err := io.Copy(io.Discard, lines); err == nil {
			t.Errorf("%d bytes look like a complete file", n)
		}
		eventually(t, "no audit entry", func() bool { return len(w.entries()) == 1 })
		if e := w.entries()[0]; e.Complete || e.Rows == 0 || e.Rows >= 3*window {
			t.Errorf("%+v", e)
		}
	})
}

// A failure before the first byte is an error like any other.
func TestFailureAtTheBeginning(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, 10)
		_, err := db.DB().ExecContext(t.Context(), "ALTER TABLE devices RENAME TO elsewhere")
		w.must(err)
		response := w.do(http.MethodGet, "devices.csv", "", map[string]string{"Accept-Encoding": "gzip"})
		if response.Header.Get("Content-Disposition") != "" || response.Header.Get("Content-Encoding") != "" {
			t.Errorf("%v", response.Header)
		}
		if status, code, _ := w.refused(response); status != 500 || code != "INTERNAL" {
			t.Errorf("%d %s", status, code)
		}
	})
}

// A caller has two exports at a time; one who goes away gives the place back.
func TestAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newLargeWorld(t, db)
		first, _ := w.hold()
		second, _ := w.hold()
		defer second.Body.Close()
		third := w.do(http.MethodGet, "devices.csv", "", nil)
		if third.Header.Get("Retry-After") != "30" || third.Header.Get("Content-Disposition") != "" {
			t.Errorf("%v", third.Header)
		}
		if status, code, _ := w.refused(third); status != http.StatusTooManyRequests || code != "RATE_LIMITED" {
			t.Errorf("%d %s", status, code)
		}
		w.must(w.do(http.MethodHead, "devices.csv", "", nil).Body.Close()) // takes no place
		w.must(first.Body.Close())
		none := `{"platform": "WATCHOS"}`
		eventually(t, "the place was not given back", func() bool {
			response := w.do(http.MethodGet, "devices.csv", none, nil)
			defer response.Body.Close()
			return response.StatusCode == http.StatusOK
		})
		eventually(t, "no audit entry", func() bool { return len(w.entries()) == 2 })
		if e := w.entries()[0]; e.Complete || e.Rows == 0 {
			t.Errorf("%+v", e)
		}
	})
}

// A token that is revoked ends the export that it began.
func TestRevokedToken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newLargeWorld(t, db)
		response, lines := w.hold()
		defer response.Body.Close()
		_, err := w.APITokens.Revoke(stack.Admin(t), w.viewer.ID)
		w.must(err)
		eventually(t, "the export goes on", func() bool {
			other := w.do(http.MethodHead, "devices.csv", "", nil)
			defer other.Body.Close()
			return other.StatusCode == http.StatusUnauthorized
		})
		time.Sleep(100 * time.Millisecond) // five looks at the credentials; nothing tells of one
		if _, err := io.Copy(io.Discard, lines); err == nil {
			t.Error("the export was completed")
		}
	})
}
