package assignment_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	content "github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	groups "github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Whatever people, Apple and the network do: when it is quiet again, every device of an enforced token has at Apple exactly the profile
// that the rules say, asked one device at a time, and profiles of others are where they were unless a rule replaced them.
func TestEverythingConverges(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				c := &churn{world: newWorld(t, db, 150), r: rand.New(rand.NewPCG(seed, 5)), foreign: map[string]bool{}}
				c.begin(t)
				for range 40 {
					c.happen(t)
					c.compareStatuses(t)
					c.compareUnfinished(t)
					c.compareProfiled(t)
				}
				c.heal(t)
				c.compareStatuses(t)
				c.check(t)
				if t.Failed() {
					t.Logf("what happened:\n%s", strings.Join(c.log, "\n"))
				}
			})
		})
	}
}

// churn is a world in which anything happens.
type churn struct {
	*world
	r       *rand.Rand
	tokens  []*ent.ABMToken
	servers []*simabm.Server
	foreign map[string]bool // devices that had another one's profile at the beginning
	log     []string
}

func (c *churn) note(format string, args ...any) { c.log = append(c.log, fmt.Sprintf(format, args...)) }

func (c *churn) begin(t *testing.T) {
	t.Helper()
	for i := range 2 {
		token, server := c.Connect(t, fmt.Sprintf("server %d", i))
		list, err := c.Sim.AssignCount(server.ID(), 20+c.r.IntN(40))
		must(t, err)
		if c.r.IntN(3) == 0 {
			c.world.foreign(t, token.ID, list[:5]...)
			for _, serial := range list[:5] {
				c.foreign[serial] = true
			}
		}
		c.tokens, c.servers = append(c.tokens, token), append(c.servers, server)
		c.sync(t, token.ID)
	}
	for i, id := range c.DB.Reader().Device.Query().Order(device.ByID()).IDsX(t.Context()) { // what enrolled, by which profile ever
		if status := []deviceenrollment.Status{"", deviceenrollment.StatusEnrolled, deviceenrollment.StatusEnrolling, deviceenrollment.StatusUnenrolled, ""}[i%5]; status != "" {
			must(t, c.DB.Ent().DeviceEnrollment.Create().SetDeviceID(id).SetStatus(status).Exec(t.Context()))
		}
	}
	for _, name := range []string{"A", "B", "C"} {
		c.profile(t, name)
	}
}

func (c *churn) ids(t *testing.T) []gid.ID {
	t.Helper()
	return c.DB.Reader().ADEProfile.Query().Where(adeprofile.DeletedAtIsNil()).Order(adeprofile.ByID()).IDsX(t.Context())
}

// some are a few devices of ours, removed ones among them.
func (c *churn) some(t *testing.T) []string {
	t.Helper()
	all := c.DB.Reader().Device.Query().Order(device.ByID()).Select(device.FieldSerialNumber).StringsX(t.Context())
	c.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+c.r.IntN(min(len(all), 12))]
}

// happen lets one thing happen. What a person is refused in words is part of it.
func (c *churn) happen(t *testing.T) {
	t.Helper()
	ctx := stack.Admin(t)
	allProfiles := c.ids(t)
	profile := allProfiles[c.r.IntN(len(allProfiles))]
	maybe := []gid.ID{0, profile, profile}[c.r.IntN(3)]
	which := c.r.IntN(len(c.tokens))
	token, server := c.tokens[which].ID, c.servers[which]
	var err error
	switch n := c.r.IntN(21); n {
	case 0, 1:
		p := []device.Platform{device.PlatformMacOS, device.PlatformIPadOS, device.PlatformTvOS}[c.r.IntN(3)]
		of := []gid.ID{0, token}[c.r.IntN(2)]
		c.note("default of %s for %s: %s", p, of, maybe)
		_, _, err = c.Assign.SetDefault(ctx, p, maybe, of)
	case 2, 3:
		list := c.some(t)
		c.note("assign %s to %d devices", profile, len(list))
		_, _, err = c.Assign.Assign(ctx, profile, serials(list...))
	case 4:
		c.note("unassign")
		_, _, err = c.Assign.Unassign(ctx, serials(c.some(t)...))
	case 5:
		c.note("clear")
		_, _, err = c.Assign.Clear(ctx, serials(c.some(t)...))
	case 6, 7:
		c.note("new group with %s", maybe)
		in := groups.Input{Name: fmt.Sprintf("group %d", len(c.log)), ADEProfileID: maybe}
		if c.r.IntN(2) == 0 {
			in.Rule = &groups.Rule{Field: groups.Platform, Operator: groups.IsAnyOf, Values: []string{[]string{"MACOS", "IOS", "TVOS"}[c.r.IntN(3)]}}
		}
		var g *ent.DeviceGroup
		if g, err = c.Groups.Create(ctx, in); err == nil && in.Rule == nil {
			_, _, _, err = c.Groups.AddDevices(ctx, g.ID, groups.Selection{SerialNumbers: c.some(t)})
		}
	case 8, 9:
		all := c.DB.Reader().DeviceGroup.Query().Order(devicegroup.ByID()).AllX(t.Context())
		if len(all) == 0 {
			return
		}
		g := all[c.r.IntN(len(all))]
		place := 1 + c.r.IntN(len(all))
		c.note("group %s: %s, place %d", g.Name, maybe, place)
		switch c.r.IntN(4) {
		case 0:
			err = c.Groups.Delete(ctx, g.ID)
		case 1:
			_, err = c.Groups.Update(ctx, g.ID, groups.Change{Position: &place})
		case 2:
			_, err = c.Groups.Update(ctx, g.ID, groups.Change{ADEProfileID: &maybe})
		case 3:
			_, _, _, err = c.Groups.RemoveDevices(ctx, g.ID, groups.Selection{SerialNumbers: c.some(t)})
		}
	case 10:
		c.note("publish %s", profile)
		_, _, err = c.Profiles.Update(ctx, profile, content.Edit{Content: func(x *content.Content) { x.Department = fmt.Sprint(len(c.log)) }})
	case 11:
		if len(allProfiles) > 2 && c.r.IntN(2) == 0 {
			heir := allProfiles[(slices.Index(allProfiles, profile)+1)%len(allProfiles)]
			c.note("delete %s for %s", profile, heir)
			err = c.Profiles.Delete(ctx, profile, heir, false)
		} else {
			c.note("new profile")
			c.profile(t, fmt.Sprintf("P%d", len(c.log)))
		}
	case 12:
		c.note("devices arrive")
		_, err = c.Sim.AssignCount(server.ID(), c.r.IntN(10))
	case 13:
		inventory := server.Inventory()
		if len(inventory) == 0 {
			return
		}
		serial := inventory[c.r.IntN(len(inventory))].SerialNumber
		c.note("%s leaves or moves", serial)
		if c.r.IntN(2) == 0 {
			err = c.Sim.Unassign(serial)
		} else {
			err = c.Sim.Assign(c.servers[c.r.IntN(len(c.servers))].ID(), serial)
		}
		delete(c.foreign, serial)
	case 14:
		batches := c.DB.Reader().AssignmentBatch.Query().Where(assignmentbatch.CauseIn(assignmentbatch.CauseAssign, assignmentbatch.CauseClear)).AllX(t.Context())
		if len(batches) == 0 {
			return
		}
		b := batches[c.r.IntN(len(batches))]
		if c.r.IntN(2) == 0 {
			c.note("undo %s", b.ID)
			_, err = c.Assign.Undo(ctx, b.ID)
		} else {
			c.note("cancel %s", b.ID)
			_, err = c.Assign.Cancel(ctx, b.ID)
		}
	case 15:
		kinds := []simabm.FaultKind{simabm.FaultAssignFailed, simabm.FaultAssignMissing, simabm.FaultAssignThrottled, simabm.FaultReset, simabm.FaultResetInBody,
			simabm.FaultTruncatedJSON, simabm.FaultServerError, simabm.FaultHTMLSuccess, simabm.FaultTooManyRequests}
		kind := kinds[c.r.IntN(len(kinds))]
		c.note("fault %s", kind)
		err = c.Sim.SetFaults([]simabm.Fault{{Kind: kind, Probability: 0.5, Devices: 50, Endpoints: []string{"/profile/devices"}}})
	case 16:
		c.note("no faults")
		err = c.Sim.SetFaults(nil)
	case 18:
		list := c.some(t)
		c.note("%d devices are switched on, those of them that have a profile", len(list))
		for _, serial := range list {
			_ = c.Sim.Activate(serial) // one that left is not there to be
		}
		c.sync(t, token)
	case 17:
		c.note("sync")
		c.sync(t, token)
	default:
		c.note("some of the work")
		if err := c.trySettle(t, token); err != nil && apperr.As(err) == nil {
			t.Errorf("no word for people: %v", err)
		}
		c.clock.Advance(time.Duration(c.r.IntN(90)) * time.Minute)
	}
	if err != nil && apperr.As(err) == nil {
		t.Fatalf("%s: %v", c.log[len(c.log)-1], err)
	}
}

// heal ends the faults, and lets as much time pass as the longest pause takes.
func (c *churn) heal(t *testing.T) {
	t.Helper()
	must(t, c.Sim.SetFaults(nil))
	for day := range 4 {
		for _, token := range c.tokens {
			// The day's full list brings what a canceled batch left where it was.
			if run := c.Sync(t, token.ID, day > 0); run.ErrorCode != "" {
				t.Fatalf("the sync failed: %s %s", run.ErrorCode, run.ErrorMessage)
			}
			c.settle(t, token.ID)
		}
		c.clock.Advance(25 * time.Hour)
	}
}

func (c *churn) check(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	db := c.DB.Reader()
	rules := stack.ReadRules(t, db)
	names := map[gid.ID]string{}
	for _, p := range db.ADEProfile.Query().AllX(ctx) {
		names[p.ID] = p.Name
	}
	if n := db.AssignmentJob.Query().CountX(ctx) + db.AssignmentItem.Query().CountX(ctx); n != 0 {
		t.Errorf("%d things are left to do", n)
	}
	if n := db.AssignmentBatch.Query().Where(assignmentbatch.StatusEQ(assignmentbatch.StatusRunning)).CountX(ctx); n != 0 {
		t.Errorf("%d batches still run", n)
	}
	for i, token := range c.tokens {
		enforced := c.mode(t, token.ID) == abmtoken.AssignmentModeEnforce
		for _, at := range c.servers[i].Inventory() {
			d := c.device(t, at.SerialNumber)
			want, has := names[rules.Of(d).Profile], c.atApple(t, at.SerialNumber)
			switch {
			case !enforced && has != "" && has != "?", enforced && want != "" && has != want,
				enforced && want == "" && has != "" && has != "?", c.foreign[at.SerialNumber] && has != "?" && (!enforced || want == ""):
				t.Errorf("Apple has %q for %s, the rules say %q (enforced: %v)", has, at.SerialNumber, want, enforced)
			}
			state := c.state(t, at.SerialNumber)
			if got := state.Profile; (got == nil) != (want == "") || got != nil && got.Name != want {
				t.Errorf("%s is shown with %v, the rules say %q", at.SerialNumber, got, want)
			}
			steps, err := c.Assign.Explain(ctx, []*ent.Device{d})
			must(t, err)
			for _, s := range steps[d.ID] {
				if s.Verdict == "DECIDES" && ((s.Profile == nil) != (want == "") || s.Profile != nil && s.Profile.Name != want) {
					t.Errorf("%s is explained by %q, the rules say %q", at.SerialNumber, s.Text, want)
				}
			}
		}
	}
}
