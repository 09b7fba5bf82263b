package scale_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/test/stack"
)

// syncing syncs the list of one more token again and again. stop ends it and fails the benchmark if nothing was synced.
func (w *world) syncing(b *testing.B) (stop func()) {
	b.Helper()
	token, server := w.Connect(b, "beside")
	if _, err := w.Sim.AssignCount(server.ID(), 100_000); err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(stack.Admin(b))
	done := make(chan error, 1)
	pages := 0
	go func() {
		for {
			run, _, err := w.Syncs.Start(ctx, token.ID, true, syncrun.TriggerManual)
			for err == nil && run.Status == syncrun.StatusRunning {
				time.Sleep(20 * time.Millisecond)
				run, err = w.db.Reader().SyncRun.Get(ctx, run.ID)
			}
			if run != nil {
				pages += run.Pages
			}
			switch {
			case ctx.Err() != nil:
				done <- nil
				return
			case err != nil || run.Status != syncrun.StatusSucceeded:
				done <- fmt.Errorf("the sync beside failed: %v, %w", run, err)
				return
			}
		}
	}()
	return func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	}
}

func must[T any](b testing.TB) func(T, error) T {
	return func(made T, err error) T {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
		return made
	}
}

func (w *world) profile(b testing.TB, name string) gid.ID {
	b.Helper()
	return must[*ent.ADEProfile](b)(w.Profiles.Create(stack.Admin(b), adeprofile.Edit{Name: &name})).ID
}

func (w *world) group(b testing.TB, name string, profile gid.ID, rule devicegroup.Rule) gid.ID {
	b.Helper()
	return must[*ent.DeviceGroup](b)(w.Groups.Create(stack.Admin(b), devicegroup.Input{Name: name, Rule: &rule, ADEProfileID: profile})).ID
}

func is(field devicegroup.Field, operator devicegroup.Operator, values ...string) devicegroup.Rule {
	return devicegroup.Rule{Field: field, Operator: operator, Values: values}
}

// decide gives a fleet what an organization has that uses all kinds of rules, and works out what follows: a default for all Macs, one for a
// token's phones, a group by rule with one device in five, one with one in eighty by hand, own profiles for one in eighty. Of the tokens the
// first is enforced; Apple has refused some of its devices in each of the ways there are.
func (w *world) decide(b testing.TB) (profiles map[string]gid.ID, groups map[string]gid.ID) {
	b.Helper()
	admin, ctx := stack.Admin(b), context.Background()
	profiles = map[string]gid.ID{}
	for _, name := range []string{"default", "token's", "group's", "own", "nobody's"} {
		profiles[name] = w.profile(b, name)
	}
	version := *w.db.Reader().ADEProfile.GetX(ctx, profiles["default"]).PublishedVersionID
	for _, t := range w.tokens { // what the fleet has at Apple is the default's
		if err := w.db.Ent().ADEProfileRegistration.Create().SetAdeProfileVersionID(version).SetAbmTokenID(t.ID).SetServerURL("https://mdm.example.org").
			SetEnrollmentKey(t.ID.String()).SetAppleProfileUUID("88FC4E378FEC4021B84C8E1A4E2B9A7D").SetRegisteredAt(time.Now()).Exec(ctx); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.db.Ent().ABMToken.UpdateOneID(w.tokens[0].ID).SetAssignmentMode(abmtoken.AssignmentModeEnforce).Exec(ctx); err != nil {
		b.Fatal(err)
	}
	for _, t := range w.tokens[1:] {
		if err := w.db.Ent().ABMToken.UpdateOneID(t.ID).SetAssignmentMode(abmtoken.AssignmentModeObserve).Exec(ctx); err != nil {
			b.Fatal(err)
		}
	}
	groups = map[string]gid.ID{
		"by rule": w.group(b, "by rule", profiles["group's"], is(devicegroup.SerialNumber, devicegroup.BeginsWith, "F9F")),
		"model":   w.group(b, "model", 0, is(devicegroup.Model, devicegroup.Contains, "air")),
	}
	members := must[*ent.DeviceGroup](b)(w.Groups.Create(admin, devicegroup.Input{Name: "members", ADEProfileID: profiles["group's"]}))
	groups["members"] = members.ID
	some := devicegroup.HasSerialPrefix("C02A")
	n := w.db.Reader().Device.Query().Where(some).CountX(ctx)
	if _, _, _, err := w.Groups.AddDevices(admin, members.ID, devicegroup.Selection{Where: some, ExpectedCount: &n}); err != nil {
		b.Fatal(err)
	}
	for _, d := range []struct {
		platform device.Platform
		profile  string
		token    gid.ID
	}{{device.PlatformMacOS, "default", 0}, {device.PlatformIOS, "token's", w.tokens[0].ID}} {
		if _, _, err := w.Assign.SetDefault(admin, d.platform, profiles[d.profile], d.token); err != nil {
			b.Fatal(err)
		}
	}
	if _, _, err := w.Assign.Assign(admin, profiles["own"], assignment.Matching(devicegroup.HasSerialPrefix("DMPA"))); err != nil {
		b.Fatal(err)
	}
	if err := w.Assign.Work(ctx); err != nil {
		b.Fatal(err)
	}
	for _, s := range []struct{ state, of string }{{"FAILED", "device_id % 50 = 1"}, {"THROTTLED", "device_id % 500 = 2"}, {"NOT_ACCESSIBLE", "device_id % 5000 = 3"}} {
		if _, err := w.db.DB().ExecContext(ctx, "UPDATE assignment_items SET state = '"+s.state+"', due_at = created_at WHERE "+s.of); err != nil {
			b.Fatal(err)
		}
	}
	if w.db.IsPostgres() { // as autovacuum does in time
		for _, table := range []string{"devices", "assignment_items", "device_group_members", "assignment_results"} {
			if _, err := w.db.DB().ExecContext(ctx, "VACUUM (ANALYZE) "+table); err != nil {
				b.Fatal(err)
			}
		}
	}
	return profiles, groups
}

// ruled are the filters of what the rules decide, each alone, as the dashboard asks for them.
func (w *world) ruled(b testing.TB) (lists []list) {
	b.Helper()
	profiles, groups := w.decide(b)
	add := func(name string, where input) {
		where["removedAtIsNil"] = true
		lists = append(lists, list{name, where, newest()})
	}
	for _, source := range []string{"DEVICE", "GROUP", "PLATFORM_DEFAULT", "NONE"} {
		add("source "+source, input{"profileSource": source})
	}
	for _, name := range []string{"default", "token's", "group's", "own", "nobody's"} {
		add("profile "+name, input{"adeProfileId": profiles[name].String()})
	}
	for _, status := range []string{"UNASSIGNED", "PENDING", "ASSIGNED", "PUSHED", "FAILED", "NOT_ACCESSIBLE", "THROTTLED"} {
		add("status "+status, input{"assignmentStatus": status})
	}
	for _, name := range []string{"by rule", "model", "members"} {
		add("group "+name, input{"deviceGroupId": groups[name].String()})
	}
	lists = append(lists, list{"status REMOVED", input{"assignmentStatus": "REMOVED"}, newest()},
		list{"status FAILED by serial", input{"assignmentStatus": "FAILED", "removedAtIsNil": true}, order("SERIAL_NUMBER", "ASC")},
		list{"profile own by serial", input{"adeProfileId": profiles["own"].String(), "removedAtIsNil": true}, order("SERIAL_NUMBER", "ASC")})
	return lists
}

// BenchmarkRuledCounts is how many devices match what the rules decide, as the dashboard counts them: the cells of the OS defaults, the numbers of the
// list, the enrollment funnel. A third of the fleet is enrolled, and Apple has the profile of most.
func BenchmarkRuledCounts(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		profiles, _ := w.decide(b)
		w.fill(b, "device_enrollments (device_id, status, enrolled_at, enrollments) SELECT id, 'ENROLLED', added_at, 1 FROM devices WHERE id % 3 = 0")
		token := w.tokens[0].ID
		count := func(name string, where input) {
			where["removedAtIsNil"] = true
			body := operation(b, `query DeviceCount($where: DeviceWhereInput) { devices(first: 0, where: $where) { totalCount } }`, input{"where": where})
			b.Run(unspaced(name), func(b *testing.B) { w.measure(b, body) })
		}
		for _, source := range []string{"NONE", "PLATFORM_DEFAULT", "GROUP", "DEVICE"} {
			count(source, input{"profileSource": source})
			count(source+" of a token", input{"profileSource": source, "abmTokenId": token.String()})
			count(source+" of a token's platforms", input{"profileSource": source, "abmTokenId": token.String(), "platformIn": []string{"IOS", "IPADOS"}})
		}
		for _, of := range []gid.ID{token, 0} {
			if _, _, err := w.Assign.SetDefault(stack.Admin(b), device.PlatformIOS, profiles["default"], of); err != nil {
				b.Fatal(err)
			}
		}
		for _, status := range []string{"ASSIGNED", "PUSHED"} {
			count(status, input{"assignmentStatus": status})
			count(status+", not enrolled", input{"assignmentStatus": status, "enrollmentStatus": "NOT_ENROLLED"})
		}
	})
}

// BenchmarkPreview is what a change of rules would do, with counts that are compared with counting.
func BenchmarkPreview(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		profiles, groups := w.decide(b)
		present := func(ps ...predicate.Device) int {
			return w.db.Reader().Device.Query().Where(append(ps, device.RemovedAtIsNil())...).CountX(context.Background())
		}
		platforms := device.PlatformIn(device.PlatformIOS, device.PlatformIPadOS)
		for _, c := range []struct {
			name    string
			change  assignment.Change
			devices int
		}{
			{"default", assignment.Change{Profile: profiles["nobody's"], Platform: device.PlatformMacOS}, present(device.PlatformEQ(device.PlatformMacOS))},
			{"no default", assignment.Change{Platform: device.PlatformMacOS}, present(device.PlatformEQ(device.PlatformMacOS))},
			{"default of two platforms", assignment.Change{Profile: profiles["nobody's"], Platform: device.PlatformIOS}, present(platforms)},
			{"default of a token", assignment.Change{Profile: profiles["nobody's"], Platform: device.PlatformIOS, Token: w.tokens[0].ID}, present(platforms, device.AbmTokenID(w.tokens[0].ID))},
			{"group by rule", assignment.Change{Profile: profiles["nobody's"], Group: groups["by rule"]}, present(devicegroup.HasSerialPrefix("F9F"))},
			{"group by members", assignment.Change{Profile: profiles["nobody's"], Group: groups["members"]}, present(devicegroup.HasSerialPrefix("C02A"))},
			{"own for all", assignment.Change{Profile: profiles["nobody's"], Devices: assignment.Matching(device.RemovedAtIsNil())}, present()},
			{"no own for all", assignment.Change{Devices: assignment.Matching(device.RemovedAtIsNil())}, present()},
		} {
			b.Run(unspaced(c.name), func(b *testing.B) {
				begin, n := time.Now(), 0
				for b.Loop() {
					n++
					p, err := w.Assign.Preview(context.Background(), c.change)
					if err != nil {
						b.Fatal(err)
					}
					changed := p.Unchanged
					for _, change := range p.Changes {
						changed += change.Devices
					}
					if p.Devices != c.devices || changed != c.devices {
						b.Fatalf("%d devices, %d of them counted by change; there are %d", p.Devices, changed, c.devices)
					}
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(time.Since(begin).Seconds()/float64(n), "s/preview")
			})
		}
	})
}

// BenchmarkRuleCounts is how many devices match a rule: the number that comes at once, and the exact one. exact is 1 where the first is exact.
func BenchmarkRuleCounts(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		prefix, air := is(devicegroup.SerialNumber, devicegroup.BeginsWith, "C02"), is(devicegroup.Model, devicegroup.Contains, "air")
		token := is(devicegroup.ABMToken, devicegroup.IsAnyOf, w.tokens[0].ID.String())
		mac := is(devicegroup.Platform, devicegroup.IsAnyOf, "MACOS")
		for _, c := range []struct {
			name string
			rule devicegroup.Rule
		}{
			{"platform", mac},
			{"token", token},
			{"serial equality", is(devicegroup.SerialNumber, devicegroup.IsAnyOf, "C029E3779B1", "F9F3C6EF362")},
			{"serial prefix of 1 in 5", prefix},
			{"serial prefix of 1 in 80", is(devicegroup.SerialNumber, devicegroup.BeginsWith, "C02A")},
			{"added since", is(devicegroup.AddedAt, devicegroup.Since, "2026-03-01T00:00:00Z")},
			{"family equality", is(devicegroup.DeviceFamily, devicegroup.IsAnyOf, "Mac")},
			{"model equality", is(devicegroup.Model, devicegroup.IsAnyOf, "MacBook Air")},
			{"os equality", is(devicegroup.OS, devicegroup.IsAnyOf, "OSX")},
			{"color equality", is(devicegroup.Color, devicegroup.IsAnyOf, "space gray")},
			{"model prefix", is(devicegroup.Model, devicegroup.BeginsWith, "iPhone")},
			{"asset tag prefix", is(devicegroup.AssetTag, devicegroup.BeginsWith, "=1")},
			{"model contains", air},
			{"description contains", is(devicegroup.Description, devicegroup.Contains, "128GB")},
			{"platform and prefix", devicegroup.Rule{All: []devicegroup.Rule{mac, prefix}}},
			{"platform and model", devicegroup.Rule{All: []devicegroup.Rule{mac, air}}},
			{"prefix or model", devicegroup.Rule{Any: []devicegroup.Rule{prefix, air}}},
			{"not prefix", devicegroup.Rule{Not: &prefix}},
			{"all of it", devicegroup.Rule{All: []devicegroup.Rule{token, {Any: []devicegroup.Rule{mac, air}}, {Not: &prefix}}}},
		} {
			b.Run(unspaced(c.name), func(b *testing.B) {
				matches := must[predicate.Device](b)(devicegroup.Match(c.rule))
				want := w.db.Reader().Device.Query().Where(matches, device.RemovedAtIsNil()).CountX(context.Background())
				took := map[bool][]time.Duration{}
				exactly := 0.0
				for b.Loop() {
					for _, exact := range []bool{false, true} {
						begin := time.Now()
						n := must[devicegroup.Count](b)(w.Groups.Matches(context.Background(), c.rule, exact))
						took[exact] = append(took[exact], time.Since(begin))
						if n.Exact && n.Devices != want || exact && !n.Exact {
							b.Fatalf("%+v, but %d devices match", n, want)
						}
						if !exact && n.Exact {
							exactly = 1
						}
					}
				}
				b.ReportMetric(0, "ns/op")
				for name, list := range map[string][]time.Duration{"ms-at-once": took[false], "ms-exact": took[true]} {
					slices.Sort(list)
					b.ReportMetric(float64(list[len(list)/2].Microseconds())/1000, name)
				}
				b.ReportMetric(exactly, "exact")
			})
		}
	})
}

// BenchmarkImport is the upload of a list with as many rows as there are devices, known and unknown ones.
func BenchmarkImport(b *testing.B) {
	each(b, func(b *testing.B, w *world) {
		var known, unknown bytes.Buffer
		for after := gid.ID(0); ; {
			some := w.db.Reader().Device.Query().Where(device.IDGT(after)).Order(device.ByID()).Limit(20_000).Select(device.FieldID, device.FieldSerialNumber).AllX(context.Background())
			if len(some) == 0 {
				break
			}
			for _, d := range some {
				fmt.Fprintf(&known, "%s\r\n", d.SerialNumber)
				fmt.Fprintf(&unknown, "X%s\r\n", d.SerialNumber)
			}
			after = some[len(some)-1].ID
		}
		for _, c := range []struct {
			name string
			file []byte
		}{{"known", known.Bytes()}, {"unknown", unknown.Bytes()}} {
			b.Run(c.name, func(b *testing.B) {
				begin, n := time.Now(), 0
				for b.Loop() {
					n++
					got := w.upload(b, c.file)
					if got.Rows != *devices || got.Known+got.Unknown != *devices || c.name == "known" && got.Known != *devices || c.name == "unknown" && got.Unknown != *devices {
						b.Fatalf("%+v", got)
					}
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(time.Since(begin).Seconds()/float64(n), "s/import")
				b.ReportMetric(float64(*devices*n)/time.Since(begin).Seconds(), "rows/s")
			})
		}
	})
}

type imported struct{ Rows, Known, Unknown int }

func (w *world) upload(b *testing.B, file []byte) (got imported) {
	b.Helper()
	r, err := http.NewRequest(http.MethodPost, w.url+"/import/serials", bytes.NewReader(file))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+w.writer)
	r.Header.Set("Content-Type", "text/csv")
	response, err := w.client.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusCreated {
		err = fmt.Errorf("status %d: %.300s", response.StatusCode, text)
	}
	if err == nil {
		err = json.Unmarshal(text, &got)
	}
	if err != nil {
		b.Fatal(err)
	}
	return got
}
