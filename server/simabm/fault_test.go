package simabm

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// faulty is a world with devices, a session and one fault that begins after them.
func faulty(t *testing.T, f Fault) *world {
	t.Helper()
	w := newWorld(t, Options{Devices: 40})
	if _, err := w.sim.AssignCount(w.server.ID(), 40); err != nil {
		t.Fatal(err)
	}
	w.client.signIn()
	if err := w.sim.SetFaults([]Fault{f}); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestAnswerFaults(t *testing.T) {
	for _, tc := range []struct {
		fault  Fault
		status int
		body   string
		retry  string
	}{
		{Fault{Kind: FaultTooManyRequests, RetryAfterSeconds: 30}, 429, "TOO_MANY_REQUESTS", "30"},
		{Fault{Kind: FaultTooManyRequests}, 429, "TOO_MANY_REQUESTS", ""},
		{Fault{Kind: FaultUnavailable, RetryAfterSeconds: 90, RetryAfterDate: true}, 503, "<!DOCTYPE html>", "Sat, 01 Aug 2026 10:01:30 GMT"},
		{Fault{Kind: FaultServerError}, 500, "<!DOCTYPE html>", ""},
		{Fault{Kind: FaultHTMLSuccess}, 200, "<!DOCTYPE html>", ""},
		{Fault{Kind: FaultUnauthorized}, 401, "UNAUTHORIZED", ""},
		{Fault{Kind: FaultForbidden}, 403, "FORBIDDEN", ""},
		{Fault{Kind: FaultTermsNotSigned}, 403, "T_C_NOT_SIGNED", ""},
		{Fault{Kind: FaultAccessDenied}, 403, "ACCESS_DENIED", ""},
	} {
		t.Run(string(tc.fault.Kind), func(t *testing.T) {
			w := faulty(t, tc.fault)
			r := w.client.call("GET", "/account", nil)
			if r.status != tc.status || !strings.HasPrefix(r.body, tc.body) || r.header.Get("Retry-After") != tc.retry {
				t.Errorf("got %v, Retry-After %q", r, r.header.Get("Retry-After"))
			}
		})
	}
	w := faulty(t, Fault{Kind: FaultUnauthorized, Endpoints: []string{"/session"}})
	if r := w.client.signIn(); r.status != 401 || !strings.Contains(r.body, "token_rejected") {
		t.Errorf("session: %v", r)
	}
	w.client.want(200, "", "GET", "/account", nil)
}

func TestQuotedErrors(t *testing.T) {
	w := faulty(t, Fault{Kind: FaultQuotedErrors})
	w.sim.SetTermsAccepted(false)
	w.client.want(403, `"T_C_NOT_SIGNED"`, "GET", "/account", nil)
}

func TestTransportFaults(t *testing.T) {
	for _, kind := range []FaultKind{FaultReset, FaultResetInBody, FaultTruncatedJSON} {
		t.Run(string(kind), func(t *testing.T) {
			w := faulty(t, Fault{Kind: kind, Endpoints: []string{fetchPath}, Every: 2})
			m, cursor, broken := newMirror(), "", 0
			for more := true; more; {
				body := map[string]any{"limit": 7}
				if cursor != "" {
					body["cursor"] = cursor
				}
				r := w.client.call("POST", fetchPath, body)
				var p pageAnswer
				if r.err != nil || json.Unmarshal([]byte(r.body), &p) != nil {
					broken++
					if kind == FaultResetInBody && (r.status != 200 || r.body == "") || kind == FaultTruncatedJSON && r.err != nil {
						t.Fatalf("broke off elsewhere: %v", r)
					}
					continue // again, with the cursor before
				}
				m.apply(p.Devices)
				cursor, more = p.Cursor, p.MoreToFollow
			}
			if broken < 3 {
				t.Errorf("only %d answers broke off", broken)
			}
			w.wantMirror(m)
		})
	}
}

// An assignment whose answer is lost was made all the same: the client has to find out.
func TestResetAfterAssignment(t *testing.T) {
	w := faulty(t, Fault{Kind: FaultReset, Endpoints: []string{"POST /profile"}})
	serial := w.server.Inventory()[0].SerialNumber
	r := w.client.call("POST", "/profile", map[string]any{"profile_name": "n", "url": "https://x.org", "devices": []string{serial}})
	if r.err == nil {
		t.Fatalf("got %v", r)
	}
	if d, _, _ := w.sim.Device(serial); d.ProfileStatus != "assigned" {
		t.Errorf("%+v", d)
	}
}

func TestSlowFaults(t *testing.T) {
	for _, kind := range []FaultKind{FaultSlowBody, FaultLatency} {
		t.Run(string(kind), func(t *testing.T) {
			w := faulty(t, Fault{Kind: kind, DelayMS: 8000})
			done := make(chan response)
			go func() { done <- w.client.call("GET", "/account", nil) }()
			waits := 1
			if kind == FaultSlowBody {
				waits = slowPieces
			}
			for range waits {
				if err := w.clock.BlockUntilContext(t.Context(), 1); err != nil {
					t.Fatal(err)
				}
				select {
				case r := <-done:
					t.Fatalf("answered early: %v", r)
				default:
				}
				w.clock.Advance(8 * time.Second / time.Duration(waits))
			}
			if r := <-done; r.status != 200 || !strings.HasSuffix(r.body, "}") {
				t.Errorf("got %v", r)
			}
		})
	}
}

func TestLatencyEndsWithTheClient(t *testing.T) {
	w := newWorld(t, Options{Latency: time.Hour})
	req := w.client.request("GET", "/account", nil)
	w.client.http.Timeout = 50 * time.Millisecond // the client's patience; the simulator's clock stands still
	if r := w.client.do(req); r.err == nil {
		t.Errorf("got %v", r)
	}
}

func TestCursorFaults(t *testing.T) {
	for kind, text := range map[FaultKind]string{
		FaultInvalidCursor: "INVALID_CURSOR", FaultExpiredCursor: "EXPIRED_CURSOR", FaultExhaustedCursor: "EXHAUSTED_CURSOR",
	} {
		w := faulty(t, Fault{Kind: kind, Times: 2})
		cursor := w.client.page(fetchPath, "", 100).Cursor
		for range 2 {
			w.client.want(400, text, "POST", syncPath, map[string]any{"cursor": cursor})
		}
		w.client.page(syncPath, cursor, 100)
	}
}

func TestPageFaults(t *testing.T) {
	raw := func(w *world, path string, body any) string { return w.client.want(200, "", "POST", path, body).body }
	t.Run("repeated cursor", func(t *testing.T) {
		w := faulty(t, Fault{Kind: FaultRepeatedCursor})
		cursor := w.client.page(fetchPath, "", 100).Cursor
		if err := w.sim.SetFaults(nil); err != nil {
			t.Fatal(err)
		}
		cursor = w.client.page(syncPath, cursor, 100).Cursor
		_ = w.sim.SetFaults([]Fault{{Kind: FaultRepeatedCursor}})
		for range 3 {
			if p := w.client.page(syncPath, cursor, 100); p.Cursor != cursor || !p.MoreToFollow {
				t.Errorf("%+v", p)
			}
		}
	})
	t.Run("repeated page", func(t *testing.T) {
		w := faulty(t, Fault{Kind: FaultRepeatedPage, Times: 1})
		one := w.client.page(fetchPath, "", 100)
		two := w.client.page(fetchPath, one.Cursor, 100)
		if !one.MoreToFollow || one.Cursor == two.Cursor || !cmp.Equal(one.Devices, two.Devices) {
			t.Error("the page did not come again")
		}
	})
	t.Run("duplicated events", func(t *testing.T) {
		w := faulty(t, Fault{Kind: FaultDuplicateEvents})
		p := w.client.page(fetchPath, "", 10)
		if len(p.Devices) != 10 || p.Devices[0].SerialNumber != p.Devices[5].SerialNumber {
			t.Errorf("%d devices", len(p.Devices))
		}
		m := newMirror()
		w.client.follow(m, 7)
		w.wantMirror(m)
	})
	t.Run("reordered events", func(t *testing.T) {
		w := faulty(t, Fault{Kind: FaultReorderedEvents})
		cursor := w.client.page(fetchPath, "", 100).Cursor
		serial := w.server.Inventory()[0].SerialNumber
		m := newMirror()
		w.client.follow(m, 100)
		for range 5 {
			_ = w.sim.Unassign(serial)
			_ = w.sim.Assign(w.server.ID(), serial)
		}
		p := w.client.page(syncPath, cursor, 100)
		if slices.IsSortedFunc(p.Devices, func(a, b Device) int { return a.OpDate.Compare(b.OpDate) }) {
			t.Error("in order")
		}
		m.apply(p.Devices)
		w.wantMirror(m)
	})
	t.Run("unknown fields and values", func(t *testing.T) {
		w := faulty(t, Fault{Kind: FaultUnknownFields})
		if s := raw(w, fetchPath, map[string]any{}); !strings.Contains(s, "x_sustainability") || !strings.Contains(s, "x_page_quota") {
			t.Error(s)
		}
		_ = w.sim.SetFaults([]Fault{{Kind: FaultUnknownValues}})
		p := w.client.page(fetchPath, "", 100)
		serial := p.Devices[0].SerialNumber
		_ = w.sim.Modify(serial, func(d *Device) { d.AssetTag = `"ü\` })
		q := w.client.page(syncPath, p.Cursor, 100)
		if p.Devices[0].ProfileStatus != "on_hold" || q.Devices[0].OpType != "refreshed" || q.Devices[0].AssetTag != `"ü\` {
			t.Errorf("%+v", q.Devices)
		}
	})
	t.Run("empty status and long cursor", func(t *testing.T) {
		w := faulty(t, Fault{Kind: FaultEmptyStatus})
		if s := raw(w, fetchPath, map[string]any{}); !strings.Contains(s, `"profile_status":""`) {
			t.Error(s)
		}
		_ = w.sim.SetFaults([]Fault{{Kind: FaultLongCursor}})
		cursor := w.client.page(fetchPath, "", 100).Cursor
		if len(cursor) != maxCursor {
			t.Errorf("a cursor of %d characters", len(cursor))
		}
		w.client.page(syncPath, cursor, 100)
	})
}

// A sync that missed events gives a cursor behind them like any other: only a fetch tells of what happened.
func TestMissedEvents(t *testing.T) {
	w := faulty(t, Fault{Kind: FaultMissedEvents, Devices: 50})
	cursor := w.client.page(fetchPath, "", 100).Cursor
	cursor = w.client.page(syncPath, cursor, 100).Cursor
	for _, d := range w.server.Inventory() {
		if err := w.sim.Modify(d.SerialNumber, func(d *Device) { d.AssetTag = "A-1" }); err != nil {
			t.Fatal(err)
		}
	}
	page := w.client.page(syncPath, cursor, 100)
	if n := len(page.Devices); n == 0 || n == 40 || page.MoreToFollow {
		t.Errorf("%d of 40 events came, more to follow: %v", n, page.MoreToFollow)
	}
	_ = w.sim.SetFaults(nil)
	if page = w.client.page(syncPath, page.Cursor, 100); len(page.Devices) != 0 {
		t.Errorf("%d events that were missed came later", len(page.Devices))
	}
	m := newMirror()
	m.apply(w.client.page(fetchPath, "", 100).Devices)
	w.wantMirror(m)
}

func TestFaultKindsAreAll(t *testing.T) {
	kinds := FaultKinds()
	for _, kind := range kinds {
		if _, known := stageOf(kind); !known {
			t.Errorf("%s has no stage", kind)
		}
	}
	source, err := os.ReadFile("fault.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), "FaultKind = "); n != len(kinds) || len(slices.Compact(slices.Sorted(slices.Values(kinds)))) != n {
		t.Errorf("%d of %d kinds are listed", len(kinds), n)
	}
}

func TestAssignFaults(t *testing.T) {
	for kind, want := range map[FaultKind]string{FaultAssignThrottled: "THROTTLED", FaultAssignFailed: "FAILED", FaultAssignMissing: ""} {
		w := faulty(t, Fault{Kind: kind, RetryAfterSeconds: 300, Devices: 50})
		var serials []string
		for _, d := range w.server.Inventory() {
			serials = append(serials, d.SerialNumber)
		}
		r := w.client.want(200, "", "POST", "/profile", map[string]any{"profile_name": "n", "url": "https://x.org", "devices": serials})
		var out struct {
			Devices map[string]string
			Retry   int `json:"retry_after_seconds"`
		}
		if err := json.Unmarshal([]byte(r.body), &out); err != nil {
			t.Fatal(err)
		}
		hit := 0
		for _, serial := range serials {
			d, _, _ := w.sim.Device(serial)
			if out.Devices[serial] == want {
				hit++
			} else if out.Devices[serial] != "SUCCESS" {
				t.Errorf("%s: %q", kind, out.Devices[serial])
			}
			if (d.ProfileStatus == "assigned") != (out.Devices[serial] == "SUCCESS") {
				t.Errorf("%s: %q but %q", kind, out.Devices[serial], d.ProfileStatus)
			}
		}
		if hit == 0 || hit == len(serials) || (out.Retry == 300) != (kind == FaultAssignThrottled) {
			t.Errorf("%s hit %d, retry %d", kind, hit, out.Retry)
		}
	}
}

func TestFaultTiming(t *testing.T) {
	w := faulty(t, Fault{Kind: FaultForbidden, After: 2, Every: 3, Times: 2})
	var got []int
	for i := range 15 {
		if w.client.call("GET", "/account", nil).status == http.StatusForbidden {
			got = append(got, i+1)
		}
	}
	if !slices.Equal(got, []int{5, 8}) {
		t.Errorf("fired on %v", got)
	}
	_ = w.sim.SetFaults([]Fault{{Kind: FaultForbidden, Probability: 0.5}})
	counts := map[int]int{}
	for range 40 {
		counts[w.client.call("GET", "/account", nil).status]++
	}
	if len(slices.Collect(maps.Keys(counts))) != 2 {
		t.Errorf("probability: %v", counts)
	}
}

func TestParseFaults(t *testing.T) {
	got, err := ParseFaults(strings.NewReader(`{"faults":[
		{"kind":"unavailable","endpoints":["/devices/sync","POST /profile"],"after":1,"every":2,"times":3,"probability":0.5,"retry_after_seconds":7,"retry_after_date":true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Fault{{Kind: FaultUnavailable, Endpoints: []string{"/devices/sync", "POST /profile"}, After: 1, Every: 2, Times: 3, Probability: 0.5, RetryAfterSeconds: 7, RetryAfterDate: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for file, named := range map[string]string{
		`{"faults":[{"kind":"reset","evry":2}]}`:                      "evry",
		`{"faults":[{"kind":"resett"}]}`:                              "resett",
		`{"faults":[{"kind":"reset"},{"kind":"reset","after":-1}]}`:   "fault 2",
		`{"faults":[{"kind":"reset","endpoints":["/device"]}]}`:       "/device",
		`{"faults":[{"kind":"reset","endpoints":["PUT /account"]}]}`:  "PUT /account",
		`{"faults":[{"kind":"reset","probability":2}]}`:               "probability",
		`{"faults":[{"kind":"assign_failed","devices_percent":101}]}`: "devices_percent",
		`{"faults":[]} {}`: "follows",
		``:                 "EOF",
	} {
		if _, err := ParseFaults(strings.NewReader(file)); err == nil || !strings.Contains(err.Error(), named) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := New(Options{Faults: []Fault{{Kind: "x"}}}); err == nil {
		t.Error("New took an unknown fault")
	}
}

func FuzzParseFaults(f *testing.F) {
	f.Add(`{"faults":[{"kind":"reset","every":2}]}`)
	f.Add(`{"faults":[{"kind":"latency","delay_ms":-1}]}`)
	f.Add(`{}`)
	f.Fuzz(func(t *testing.T, file string) {
		faults, err := ParseFaults(io.Reader(strings.NewReader(file)))
		if err == nil && checkFaults(faults) != nil {
			t.Error("accepted what New refuses")
		}
	})
}
