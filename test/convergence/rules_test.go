package convergence_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	entgroup "github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	content "github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/simabm"
)

// What people decide about ADE profiles. They speak of what is there when it is their turn: "the third profile", whichever that is then.

// act is ask for what may change which profile some device should have.
func (w *world) act(f func(ctx context.Context, p *process) error) {
	w.ask(func(ctx context.Context, p *process) error {
		return w.sends.deciding(p, func() error { return f(ctx, p) })
	})
}

// nth gives one of what is there, by a number that was drawn before.
func nth[T any](list []T, n int, err error) (one T, ok bool, _ error) {
	if err != nil || len(list) == 0 {
		return one, false, err
	}
	return list[n%len(list)], true, nil
}

const many = 1 << 20 // numbers for nth

func (p *process) profile(ctx context.Context, n int) (gid.ID, bool, error) {
	list, err := p.DB.Reader().ADEProfile.Query().Where(adeprofile.DeletedAtIsNil()).Order(adeprofile.ByID()).IDs(ctx)
	return nth(list, n, err)
}

// actOn is act with a profile.
func (w *world) actOn(r *rand.Rand, f func(ctx context.Context, p *process, profile gid.ID) error) int {
	n := r.IntN(many)
	w.act(func(ctx context.Context, p *process) error {
		profile, ok, err := p.profile(ctx, n)
		if !ok {
			return err
		}
		return f(ctx, p, profile)
	})
	return n
}

// perhaps is the profile, or none one time in four.
func perhaps(r *rand.Rand, none string) (func(gid.ID) gid.ID, string) {
	if r.IntN(4) == 0 {
		return func(gid.ID) gid.ID { return 0 }, none
	}
	return func(profile gid.ID) gid.ID { return profile }, "the profile"
}

// contents are few, so that a profile gets an earlier one back now and then.
func contents(r *rand.Rand) func(*content.Content) {
	department, removable := fmt.Sprintf("department %d", r.IntN(3)), r.IntN(2) == 0
	return func(c *content.Content) { c.Department, c.IsMDMRemovable, c.IsSupervised = department, removable, true }
}

func makeProfile(w *world, r *rand.Rand) string {
	name, change, draft := fmt.Sprintf("profile %d", r.IntN(1000)), contents(r), r.IntN(6) == 0
	w.act(func(ctx context.Context, p *process) error {
		_, err := p.Profiles.Create(ctx, content.Edit{Name: &name, Content: change, Draft: draft})
		return err
	})
	return fmt.Sprintf("%s, draft %v", name, draft)
}

func editProfile(w *world, r *rand.Rand) string {
	change, draft := contents(r), r.IntN(4) == 0
	n := w.actOn(r, func(ctx context.Context, p *process, profile gid.ID) error {
		_, _, err := p.Profiles.Update(ctx, profile, content.Edit{Content: change, Draft: draft})
		return err
	})
	return fmt.Sprintf("%d, draft %v", n, draft)
}

func publishProfile(w *world, r *rand.Rand) string {
	discard := r.IntN(4) == 0
	n := w.actOn(r, func(ctx context.Context, p *process, profile gid.ID) (err error) {
		if discard {
			_, err = p.Profiles.Discard(ctx, profile)
		} else {
			_, _, err = p.Profiles.Publish(ctx, profile, 0)
		}
		return err
	})
	return fmt.Sprintf("%d, or discarded: %v", n, discard)
}

func deleteProfile(w *world, r *rand.Rand) string {
	heir := r.IntN(many)
	fallBack := r.IntN(2) == 0
	n := w.actOn(r, func(ctx context.Context, p *process, profile gid.ID) error {
		if fallBack {
			return p.Profiles.Delete(ctx, profile, 0, true)
		}
		other, _, err := p.profile(ctx, heir)
		if err != nil {
			return err
		}
		return p.Profiles.Delete(ctx, profile, other, false)
	})
	return fmt.Sprintf("%d, fall back %v, heir %d", n, fallBack, heir)
}

func setDefault(w *world, r *rand.Rand) string {
	platform := pick(r, device.PlatformIOS, device.PlatformIPadOS, device.PlatformMacOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS)
	which, word := perhaps(r, "none")
	var of gid.ID
	where := "all"
	if r.IntN(2) == 0 {
		i, tok := w.any(r)
		of, where = tok.id, fmt.Sprintf("server %d", i)
	}
	n := w.actOn(r, func(ctx context.Context, p *process, profile gid.ID) error {
		_, _, err := p.Assign.SetDefault(ctx, platform, which(profile), of)
		return err
	})
	return fmt.Sprintf("of %s for %s: %s %d", platform, where, word, n)
}

// rule draws a rule for a group.
func (w *world) rule(r *rand.Rand, depth int) devicegroup.Rule {
	branches := func() (list []devicegroup.Rule) {
		for range 1 + r.IntN(3) {
			list = append(list, w.rule(r, depth+1))
		}
		return list
	}
	if depth < 3 {
		switch r.IntN(8) {
		case 0:
			return devicegroup.Rule{All: branches()}
		case 1:
			return devicegroup.Rule{Any: branches()}
		case 2:
			not := w.rule(r, depth+1)
			return devicegroup.Rule{Not: &not}
		}
	}
	is := func(field devicegroup.Field, operator devicegroup.Operator, values ...string) devicegroup.Rule {
		return devicegroup.Rule{Field: field, Operator: operator, Values: values}
	}
	_, tok := w.any(r)
	return pick(r,
		is(devicegroup.Platform, devicegroup.IsAnyOf, pick(r, "MACOS", "IOS", "IPADOS", "TVOS", "VISIONOS", "UNKNOWN")),
		is(devicegroup.DeviceFamily, devicegroup.IsAnyOf, pick(r, "iPhone", "mac", "IPAD", "")),
		is(devicegroup.Model, devicegroup.BeginsWith, pick(r, "MacBook", "iphone", "Größe")),
		is(devicegroup.Model, devicegroup.Contains, pick(r, "pro", "air", "%", "_")),
		is(devicegroup.OS, devicegroup.BeginsWith, pick(r, "i", "OS")),
		is(devicegroup.Color, devicegroup.IsAnyOf, pick(r, "", "BLACK", "silver"), "NULL"),
		is(devicegroup.AssetTag, devicegroup.BeginsWith, pick(r, "AT-", "A-")),
		is(devicegroup.SerialNumber, devicegroup.BeginsWith, pick(r, "C", "F", "D", "9", "Z"), pick(r, "0", "G", "K")),
		is(devicegroup.ABMToken, devicegroup.IsAnyOf, tok.id.String()),
		is(devicegroup.AddedAt, pick(r, devicegroup.Since, devicegroup.Before), start.Add(time.Duration(r.IntN(72)-24)*time.Hour).Format(time.RFC3339)),
		is(devicegroup.Description, devicegroup.Contains, pick(r, "128GB", "drop table", "日本")),
	)
}

func makeGroup(w *world, r *rand.Rand) string {
	in := devicegroup.Input{Name: fmt.Sprintf("group %d", r.IntN(1000))}
	which, word := perhaps(r, "no profile")
	var serials []string
	if r.IntN(2) == 0 {
		rule := w.rule(r, 0)
		in.Rule = &rule
	} else {
		_, tok := w.any(r)
		serials = w.some(r, tok)
	}
	n := w.actOn(r, func(ctx context.Context, p *process, profile gid.ID) error {
		in.ADEProfileID = which(profile)
		g, err := p.Groups.Create(ctx, in)
		if err != nil || len(serials) == 0 {
			return err
		}
		_, _, _, err = p.Groups.AddDevices(ctx, g.ID, devicegroup.Selection{SerialNumbers: serials})
		return err
	})
	return fmt.Sprintf("%s with %s %d, %d devices, by rule %v", in.Name, word, n, len(serials), in.Rule != nil)
}

// changeGroup changes a group in one of the ways there are.
func changeGroup(w *world, r *rand.Rand) string {
	n, way, place := r.IntN(many), r.IntN(7), 1+r.IntN(6)
	rule := w.rule(r, 0)
	which, word := perhaps(r, "no profile")
	_, tok := w.any(r)
	serials := w.some(r, tok)
	profile := w.actOn(r, func(ctx context.Context, p *process, profile gid.ID) error {
		list, err := p.DB.Reader().DeviceGroup.Query().Order(entgroup.ByID()).All(ctx)
		g, ok, err := nth(list, n, err)
		if !ok {
			return err
		}
		change := devicegroup.Change{}
		switch profile := which(profile); way {
		case 0, 1:
			change.Position = &place
		case 2:
			change.ADEProfileID = &profile
		case 3:
			_, err = p.Assign.SetGroupProfile(ctx, g.ID, profile)
			return err
		case 4:
			change.Rule = &rule
		case 5:
			if len(serials) > 0 {
				_, _, _, err = p.Groups.AddDevices(ctx, g.ID, devicegroup.Selection{SerialNumbers: serials})
			}
			return err
		case 6:
			if len(serials) > 0 {
				_, _, _, err = p.Groups.RemoveDevices(ctx, g.ID, devicegroup.Selection{SerialNumbers: serials})
			}
			return err
		}
		_, err = p.Groups.Update(ctx, g.ID, change)
		return err
	})
	return fmt.Sprintf("%d in way %d: place %d, %s %d, %d devices", n, way, place, word, profile, len(serials))
}

func deleteGroup(w *world, r *rand.Rand) string {
	n := r.IntN(many)
	w.act(func(ctx context.Context, p *process) error {
		list, err := p.DB.Reader().DeviceGroup.Query().Order(entgroup.ByID()).All(ctx)
		g, ok, err := nth(list, n, err)
		if !ok {
			return err
		}
		return p.Groups.Delete(ctx, g.ID)
	})
	return fmt.Sprint(n)
}

func ofSerials(serials []string) assignment.Selection {
	return assignment.Matching(device.SerialNumberIn(serials...))
}

func assign(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials := w.some(r, tok)
	n := w.actOn(r, func(ctx context.Context, p *process, profile gid.ID) error {
		_, _, err := p.Assign.Assign(ctx, profile, ofSerials(serials))
		return err
	})
	return fmt.Sprintf("%d to %d of server %d %s", n, len(serials), i, few(serials))
}

func unassign(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials, clear := w.some(r, tok), r.IntN(2) == 0
	w.act(func(ctx context.Context, p *process) (err error) {
		if clear {
			_, _, err = p.Assign.Clear(ctx, ofSerials(serials))
		} else {
			_, _, err = p.Assign.Unassign(ctx, ofSerials(serials))
		}
		return err
	})
	return fmt.Sprintf("%d of server %d, clear %v %s", len(serials), i, clear, few(serials))
}

func undo(w *world, r *rand.Rand) string {
	n, cancel := r.IntN(many), r.IntN(2) == 0
	w.canceled = w.canceled || cancel
	w.act(func(ctx context.Context, p *process) error {
		list, err := p.DB.Reader().AssignmentBatch.Query().Order(assignmentbatch.ByID(desc)).IDs(ctx)
		id, ok, err := nth(list, n, err)
		if !ok {
			return err
		}
		if cancel {
			_, err = p.Assign.Cancel(ctx, id)
		} else {
			_, err = p.Assign.Undo(ctx, id)
		}
		return err
	})
	return fmt.Sprintf("%d, cancel %v", n, cancel)
}

func setMode(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	mode := pick(r, abmtoken.AssignmentModeEnforce, abmtoken.AssignmentModeEnforce, abmtoken.AssignmentModeObserve)
	w.act(func(ctx context.Context, p *process) error { return p.setMode(ctx, tok, mode) })
	return fmt.Sprintf("of server %d: %s", i, mode)
}

// setMode sets a token's mode as somebody does who looks at the number of foreign profiles first.
func (p *process) setMode(ctx context.Context, tok *token, mode abmtoken.AssignmentMode) error {
	n, err := p.Assign.ForeignToReplace(ctx, tok.id)
	if err != nil {
		return err
	}
	_, _, err = p.Assign.SetMode(ctx, tok.id, mode, &n)
	return err
}

// foreign is what another MDM, or a person at Apple's portal, does with profiles that are not ours.
func foreign(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials := w.some(r, tok)
	w.makeForeign(r, serials)
	return fmt.Sprintf("for %d of server %d %s", len(serials), i, few(serials))
}

func (w *world) makeForeign(r *rand.Rand, serials []string) {
	uuid, status, at := fmt.Sprintf("F0%030X", r.Uint64()), pick(r, "assigned", "assigned", "pushed"), someTime(r)
	w.modify(serials, func(d *simabm.Device) { d.ProfileUUID, d.ProfileStatus, d.ProfileAssignTime = uuid, status, at })
}

// drop is a person at the portal who takes profiles away, as Apple says it: the identifier can stay.
func drop(w *world, r *rand.Rand) string {
	i, tok := w.any(r)
	serials, keep := w.some(r, tok), r.IntN(2) == 0
	w.modify(serials, func(d *simabm.Device) {
		d.ProfileStatus = "removed"
		if !keep {
			d.ProfileUUID = ""
		}
	})
	return fmt.Sprintf("of %d of server %d, identifier kept %v %s", len(serials), i, keep, few(serials))
}
