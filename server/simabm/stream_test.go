package simabm

import (
	"errors"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// follow fetches everything and then syncs to the end.
func (c *client) follow(m *mirror, limit int) (cursor string) {
	c.t.Helper()
	for more := true; more; {
		p := c.page(fetchPath, cursor, limit)
		m.apply(p.Devices)
		cursor, more = p.Cursor, p.MoreToFollow
	}
	return c.catchUp(m, cursor, limit)
}

func (c *client) catchUp(m *mirror, cursor string, limit int) string {
	c.t.Helper()
	for more := true; more; {
		p := c.page(syncPath, cursor, limit)
		m.apply(p.Devices)
		cursor, more = p.Cursor, p.MoreToFollow
	}
	return cursor
}

func (w *world) wantMirror(m *mirror) {
	w.t.Helper()
	if diff := cmp.Diff(w.server.Inventory(), m.list()); diff != "" {
		w.t.Fatalf("the copy differs from the inventory (-inventory +copy):\n%s", diff)
	}
}

func TestCursorSemantics(t *testing.T) {
	w := newWorld(t, Options{Devices: 250})
	if _, err := w.sim.AssignCount(w.server.ID(), 250); err != nil {
		t.Fatal(err)
	}
	c := w.client
	c.want(400, "CURSOR_REQUIRED", "POST", syncPath, map[string]any{})
	for _, bad := range []string{"x", strings.Repeat("A", 2000), "AAAA"} {
		c.want(400, "INVALID_CURSOR", "POST", fetchPath, map[string]any{"cursor": bad})
		c.want(400, "INVALID_CURSOR", "POST", syncPath, map[string]any{"cursor": bad})
	}

	first := decodePage(t, c.want(200, "", "POST", fetchPath, map[string]any{}))
	if len(first.Devices) != defaultLimit || !first.MoreToFollow || len(first.Cursor) > maxCursor {
		t.Fatalf("first page: %d devices, more %v, cursor %d", len(first.Devices), first.MoreToFollow, len(first.Cursor))
	}
	if d := first.Devices[0]; d.OpType != "" || !d.OpDate.IsZero() {
		t.Errorf("a fetch answer carries an operation: %+v", d)
	}
	c.want(400, "INVALID_CURSOR", "POST", syncPath, map[string]any{"cursor": first.Cursor})

	second := c.page(fetchPath, first.Cursor, 100)
	again := c.page(fetchPath, first.Cursor, 100)
	if diff := cmp.Diff(second.Devices, again.Devices); diff != "" {
		t.Errorf("a page asked for again differs: %s", diff)
	}
	if second.Cursor == again.Cursor || second.Cursor == first.Cursor {
		t.Error("a cursor came twice")
	}
	last := c.page(fetchPath, second.Cursor, 100)
	if len(last.Devices) != 50 || last.MoreToFollow || !last.FetchedUntil.Equal(start) {
		t.Fatalf("last page: %+v", last)
	}
	c.want(400, "EXHAUSTED_CURSOR", "POST", fetchPath, map[string]any{"cursor": last.Cursor})

	empty := c.page(syncPath, last.Cursor, 100)
	if len(empty.Devices) != 0 || empty.MoreToFollow || empty.Cursor == last.Cursor {
		t.Errorf("an empty sync: %+v", empty)
	}
	big := c.page(fetchPath, "", 5000)
	if len(big.Devices) != 250 {
		t.Errorf("limit 5000 gave %d devices", len(big.Devices))
	}

	w.clock.Advance(cursorLife)
	c.session = ""
	c.page(syncPath, empty.Cursor, 100)
	w.clock.Advance(time.Second)
	c.want(400, "EXPIRED_CURSOR", "POST", syncPath, map[string]any{"cursor": empty.Cursor})
	c.want(400, "INVALID_CURSOR", "POST", fetchPath, map[string]any{"cursor": first.Cursor})
	c.want(400, "EXHAUSTED_CURSOR", "POST", fetchPath, map[string]any{"cursor": last.Cursor})

	_, cert := keyPair()
	other, err := w.sim.AddServer("another", cert)
	if err != nil {
		t.Fatal(err)
	}
	fresh := c.page(fetchPath, "", 1000).Cursor
	w.newClient(other).want(400, "INVALID_CURSOR", "POST", syncPath, map[string]any{"cursor": fresh})
}

func TestEventsOfAssignments(t *testing.T) {
	w := newWorld(t, Options{Devices: 3})
	_, cert := keyPair()
	second, err := w.sim.AddServer("second", cert)
	if err != nil {
		t.Fatal(err)
	}
	there := w.newClient(second)
	here, away := w.client.page(fetchPath, "", 10).Cursor, there.page(fetchPath, "", 10).Cursor
	serials, _ := w.sim.AssignCount(w.server.ID(), 1)
	for _, id := range []string{w.server.ID(), second.ID(), w.server.ID()} {
		if err := w.sim.Assign(id, serials...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.sim.Unassign(serials...); err != nil {
		t.Fatal(err)
	}
	ops := func(c *client, cursor string) (names []string, dates []time.Time) {
		for _, d := range c.page(syncPath, cursor, 100).Devices {
			names, dates = append(names, d.OpType), append(dates, d.OpDate)
		}
		return names, dates
	}
	names, dates := ops(w.client, here)
	if want := []string{"added", "modified", "deleted", "added", "deleted"}; !slices.Equal(names, want) {
		t.Errorf("here: got %v, want %v", names, want)
	}
	if !slices.IsSortedFunc(dates, time.Time.Compare) || len(slices.Compact(dates)) != 5 {
		t.Errorf("one device's operations share a second or go back: %v", dates)
	}
	if names, _ := ops(there, away); !slices.Equal(names, []string{"added", "deleted"}) {
		t.Errorf("there: got %v", names)
	}
}

// Whatever happens to the devices while a client fetches and syncs, its copy equals the inventory in the end, and a
// complete fetch names every device that was there all along.
func TestChurnConverges(t *testing.T) {
	_, cert := keyPair()
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, Options{Devices: 60, Seed: rapid.Uint64().Draw(rt, "seed")})
		defer w.web.Close()
		second, err := w.sim.AddServer("second", cert)
		if err != nil {
			t.Fatal(err)
		}
		serials, _ := w.sim.AssignCount(w.server.ID(), 40)
		defined := w.client.want(http.StatusOK, "", "POST", "/profile", map[string]any{"profile_name": "n", "url": "https://x.org"})
		uuid := defined.body[len(`{"devices":{},"profile_uuid":"`) : len(defined.body)-2]
		stayed := map[string]bool{}
		for _, serial := range serials {
			stayed[serial] = true
		}

		churn := func() {
			for range rapid.IntRange(0, 6).Draw(rt, "operations") {
				serial := rapid.SampledFrom(serials).Draw(rt, "serial")
				var err error
				switch rapid.IntRange(0, 9).Draw(rt, "operation") {
				case 0:
					delete(stayed, serial)
					err = w.sim.Unassign(serial)
				case 1:
					err = w.sim.Assign(w.server.ID(), serial)
				case 2:
					delete(stayed, serial)
					err = w.sim.Assign(second.ID(), serial)
				case 3:
					err = w.sim.Modify(serial, func(d *Device) { d.AssetTag = rapid.StringN(0, 8, -1).Draw(rt, "tag") })
				case 4:
					w.client.call("POST", "/profile/devices", map[string]any{"profile_uuid": uuid, "devices": []string{serial}})
				case 5:
					err = w.sim.Activate(serial)
				case 6:
					more, _ := w.sim.AssignCount(w.server.ID(), 2)
					serials = append(serials, more...)
				case 7:
					delete(stayed, serial)
					err = w.sim.Release(serial)
				case 8:
					w.clock.Advance(time.Duration(rapid.IntRange(0, 5).Draw(rt, "seconds")) * time.Second)
				case 9:
					err = w.sim.SetDefaultServer("iPhone", w.server.ID())
					serials = append(serials, w.sim.AddDevices(1)...)
				}
				if err != nil && !errors.Is(err, ErrUnknownDevice) { // a released device is unknown
					t.Fatal(err)
				}
			}
		}

		m, limit := newMirror(), rapid.IntRange(1, 30).Draw(rt, "limit")
		fetched := map[string]bool{}
		cursor := ""
		for more := true; more; {
			p := w.client.page(fetchPath, cursor, limit)
			m.apply(p.Devices)
			for _, d := range p.Devices {
				fetched[d.SerialNumber] = true
			}
			if rapid.Bool().Draw(rt, "answer lost") {
				continue
			}
			cursor, more = p.Cursor, p.MoreToFollow
			churn()
		}
		for serial := range stayed {
			if !fetched[serial] {
				t.Errorf("%s was there all along and not in the fetch", serial)
			}
		}
		for range 4 {
			p := w.client.page(syncPath, cursor, limit)
			m.apply(p.Devices)
			if !rapid.Bool().Draw(rt, "answer lost") {
				cursor = p.Cursor
			}
			churn()
		}
		w.client.catchUp(m, cursor, limit)
		w.wantMirror(m)
	})
}

func TestSameSeedSameFleet(t *testing.T) {
	list := func(seed uint64) []Device {
		w := newWorld(t, Options{Devices: 300, Seed: seed})
		if _, err := w.sim.AssignCount(w.server.ID(), 300); err != nil {
			t.Fatal(err)
		}
		return w.server.Inventory()
	}
	if diff := cmp.Diff(list(7), list(7)); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(list(7), list(8)) {
		t.Error("another seed gave the same fleet")
	}
}

func TestFleetIsPlausible(t *testing.T) {
	const n = 40_000
	w := newWorld(t, Options{Devices: n, Seed: 1})
	if _, err := w.sim.AssignCount(w.server.ID(), n); err != nil {
		t.Fatal(err)
	}
	families, tagged, imeis := map[string]int{}, 0, map[string]bool{}
	for _, d := range w.server.Inventory() {
		families[d.DeviceFamily]++
		if d.AssetTag != "" {
			tagged++
		}
		for _, imei := range d.IMEI {
			if len(imei) != 15 || imeis[imei] {
				t.Fatalf("IMEI %q", imei)
			}
			imeis[imei] = true
		}
		if d.SerialNumber != strings.ToUpper(d.SerialNumber) || len(d.SerialNumber) < 10 || d.ProfileStatus != "empty" {
			t.Fatalf("%+v", d)
		}
	}
	for _, family := range []string{"iPhone", "iPad", "iPod", "Mac", "AppleTV", "Vision", "HomeHub"} {
		if families[family] == 0 {
			t.Errorf("no %s among %v", family, families)
		}
	}
	if families["HomeHub"] > n/1000 || families["iPhone"] < n*2/5 || tagged == 0 {
		t.Errorf("families %v, tagged %d", families, tagged)
	}
}

func TestControlErrors(t *testing.T) {
	w := newWorld(t, Options{Devices: 5})
	_, cert := keyPair()
	for name, tc := range map[string]struct{ got, want error }{
		"server name taken":   {second(w.sim.AddServer("adetok lab", cert)), ErrNameTaken},
		"server name missing": {second(w.sim.AddServer(" ", cert)), ErrNameRequired},
		"no certificate":      {second(w.sim.AddServer("x", []byte("x"))), ErrCertificate},
		"no certificate 2":    {w.server.ReplaceCertificate(nil), ErrCertificate},
		"organization taken":  {second(w.sim.AddOrganization(DefaultOrganization)), ErrNameTaken},
		"unknown server":      {w.sim.Assign("none", "x"), ErrUnknownServer},
		"unknown device":      {w.sim.Assign(w.server.ID(), "NONE"), ErrUnknownDevice},
		"unknown quirk":       {third(w.server.DownloadTokenAs("none")), ErrUnknownQuirk},
		"a life of nothing":   {third(w.server.DownloadTokenFor(0)), ErrTokenLife},
		"too long a life":     {third(w.server.DownloadTokenFor(2 * tokenLife)), ErrTokenLife},
		"default of nothing":  {w.sim.SetDefaultServer("Mac", "none"), ErrUnknownServer},
	} {
		if !errors.Is(tc.got, tc.want) {
			t.Errorf("%s: got %v, want %v", name, tc.got, tc.want)
		}
	}
	org, err := w.sim.AddOrganization("Second Org")
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := org.AddDevices(1)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.sim.Assign(w.server.ID(), foreign...); !errors.Is(err, ErrUnknownDevice) {
		t.Errorf("a device of another organization was assigned: %v", err)
	}
	if _, err := New(Options{Devices: maxDevices + 1}); !errors.Is(err, ErrTooManyDevices) {
		t.Errorf("too many devices: %v", err)
	}
}

func second[T any](_ T, err error) error        { return err }
func third[T, U any](_ T, _ U, err error) error { return err }

func TestAssignCSV(t *testing.T) {
	w := newWorld(t, Options{Devices: 4})
	all := w.sim.AddDevices(6)
	if err := w.sim.Assign(w.server.ID(), all[5]); err != nil {
		t.Fatal(err)
	}
	file := "\ufeffSerial Number\r\n" + all[0] + "\r\n\"" + all[1] + "\"\r\n  " + strings.ToLower(all[2]) + " ;note\r\n\r\n" +
		all[3] + ",x,y\n" + all[0] + "\r\nZZZZ00000000\r\n" + all[5]
	got, err := w.sim.AssignCSV(w.server.ID(), strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want := CSVResult{Rows: 7, Assigned: 4, Unchanged: 1, Duplicates: 1, UnknownCount: 1, Unknown: []string{"ZZZZ00000000"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	plain, err := w.sim.AssignCSV(w.server.ID(), strings.NewReader(all[4]))
	if err != nil || plain.Assigned != 1 {
		t.Errorf("without a header: %+v %v", plain, err)
	}
	if _, err := w.sim.AssignCSV("none", strings.NewReader("")); !errors.Is(err, ErrUnknownServer) {
		t.Error(err)
	}
}

func FuzzAssignCSV(f *testing.F) {
	f.Add("serial\nA\n")
	f.Add("\ufeff\"A\"\r\n;;\t\n\"")
	f.Add("")
	sim, err := New(Options{})
	if err != nil {
		f.Fatal(err)
	}
	_, cert := keyPair()
	sv, err := sim.AddServer("x", cert)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, file string) {
		result, _ := sim.AssignCSV(sv.ID(), strings.NewReader(file))
		if result.Assigned != 0 || result.UnknownCount+result.Duplicates != result.Rows {
			t.Errorf("%+v", result)
		}
	})
}

// A cursor made up by a client is refused, never misread.
func FuzzCursor(f *testing.F) {
	sealer := newCursorSealer()
	f.Add(sealer.seal(position{phase: phaseSync, server: 1}, false))
	f.Add("MTAwOjA6MTc4NTAwMDAwMDAwMDoxNzg1MDAwMDYwMDAwOnRydWU6MTc4NTAwMDA2MTAwMA==")
	f.Add("")
	other := newCursorSealer()
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := other.open(text); err == nil {
			t.Errorf("accepted %q", text)
		}
	})
}

func BenchmarkPage1000Of1M(b *testing.B) {
	for _, path := range []string{fetchPath, syncPath} {
		b.Run(strings.TrimPrefix(path, "/"), func(b *testing.B) {
			w := newWorld(b, Options{Devices: 1_000_000})
			if _, err := w.sim.AssignCount(w.server.ID(), 1_000_000); err != nil {
				b.Fatal(err)
			}
			c := call{server: w.server, version: 10}
			from := position{server: w.server.no, place: 500_000, end: 1_000_000, events: 500_000}
			b.ReportAllocs()
			for b.Loop() {
				var p page
				if path == syncPath {
					p = w.server.syncPage(from, 1000)
				} else {
					p = w.sim.fetchPage(w.server, from, 1000)
				}
				a := w.sim.renderPage(c, p, "cursor", path == syncPath, effects{})
				w.sim.buffers.Put(a.buffer)
			}
		})
	}
}

func BenchmarkMillionDevices(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		sim, err := New(Options{Devices: 1_000_000})
		if err != nil {
			b.Fatal(err)
		}
		_, cert := keyPair()
		sv, err := sim.AddServer("x", cert)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := sim.AssignCount(sv.ID(), 1_000_000); err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		runtime.KeepAlive(sim)
	}
}

// Clients and administrators at the same time: for the race detector, and converging all the same.
func TestConcurrentUse(t *testing.T) {
	w := newWorld(t, Options{Devices: 200, SessionTTL: time.Hour})
	serials, _ := w.sim.AssignCount(w.server.ID(), 150)
	w.client.signIn()
	var group sync.WaitGroup
	copies := make([]*mirror, 3)
	cursors := make([]string, len(copies))
	for i := range copies {
		c := *w.client
		copies[i] = newMirror()
		group.Go(func() { cursors[i] = c.follow(copies[i], 20) })
	}
	group.Go(func() {
		for i, serial := range serials {
			_ = w.sim.Unassign(serial)
			if i%3 > 0 {
				_ = w.sim.Assign(w.server.ID(), serial)
			}
			_ = w.sim.Activate(serials[0])
		}
	})
	group.Wait()
	for i, m := range copies {
		w.client.catchUp(m, cursors[i], 100)
		w.wantMirror(m)
	}
}
