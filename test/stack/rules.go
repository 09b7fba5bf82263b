package stack

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/platformdefault"
	"github.com/guardmdm/guardmdm/server/assignment"
	groups "github.com/guardmdm/guardmdm/server/devicegroup"
)

// Rules is another way to say which profile a device should have: in Go, one device at a time, by what people chose. It shares nothing
// with the product's SQL, which is compared with it.
type Rules struct {
	groups   []group
	slots    []*ent.PlatformDefault
	profiles map[gid.ID]*ent.ADEProfile // that are not deleted
}

type group struct {
	*ent.DeviceGroup
	rule    *groups.Rule // nil: members
	members map[gid.ID]bool
}

// Verdict is what the rules say of a device.
type Verdict struct {
	Source  assignment.Source
	Profile gid.ID // 0: none
	Version gid.ID // the published one
	Group   gid.ID // of Source GROUP
}

// ReadRules reads the rules as they are now.
func ReadRules(t testing.TB, db *ent.Client) *Rules {
	t.Helper()
	r, err := TryRules(t, db)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TryRules is ReadRules for whoever may have no database any more.
func TryRules(t testing.TB, db *ent.Client) (*Rules, error) {
	ctx := t.Context()
	r := &Rules{profiles: map[gid.ID]*ent.ADEProfile{}}
	list, err := db.DeviceGroup.Query().Order(devicegroup.ByPosition(), devicegroup.ByID()).WithMembers().All(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range list {
		one := group{DeviceGroup: g, members: map[gid.ID]bool{}}
		for _, m := range g.Edges.Members {
			one.members[m.DeviceID] = true
		}
		if groups.HasRule(g) {
			one.rule = &groups.Rule{}
			if err := json.Unmarshal(g.Rule, one.rule); err != nil {
				return nil, err
			}
		}
		r.groups = append(r.groups, one)
	}
	if r.slots, err = db.PlatformDefault.Query().Order(platformdefault.ByID()).All(ctx); err != nil {
		return nil, err
	}
	profiles, err := db.ADEProfile.Query().Where(adeprofile.DeletedAtIsNil()).All(ctx)
	for _, p := range profiles {
		r.profiles[p.ID] = p
	}
	return r, err
}

// Of asks the rules about a device.
func (r *Rules) Of(d *ent.Device) Verdict {
	if own := d.ProfileRule; own != nil && own.Kind() == gid.ADEProfile {
		if *own == gid.NoProfile {
			return Verdict{Source: assignment.FromDevice}
		}
		return r.verdict(assignment.FromDevice, *own)
	}
	for _, g := range r.groups {
		if g.AdeProfileID != nil && g.has(d) {
			v := r.verdict(assignment.FromGroup, *g.AdeProfileID)
			v.Group = g.ID
			return v
		}
	}
	var ofAll gid.ID
	for _, slot := range r.slots {
		switch {
		case slot.Platform != string(d.Platform):
		case slot.AbmTokenID == nil:
			ofAll = slot.AdeProfileID
		case *slot.AbmTokenID == d.AbmTokenID:
			return r.verdict(assignment.FromDefault, slot.AdeProfileID)
		}
	}
	if ofAll != 0 {
		return r.verdict(assignment.FromDefault, ofAll)
	}
	return Verdict{Source: assignment.FromNothing}
}

func (r *Rules) verdict(source assignment.Source, profile gid.ID) Verdict {
	v := Verdict{Source: source, Profile: profile}
	if p := r.profiles[profile]; p != nil && p.PublishedVersionID != nil {
		v.Version = *p.PublishedVersionID
	}
	return v
}

func (g *group) has(d *ent.Device) bool {
	if g.rule == nil {
		return g.members[d.ID]
	}
	return holds(*g.rule, d)
}

// holds tells whether a group's rule holds for a device.
func holds(r groups.Rule, d *ent.Device) bool {
	hold := func(r groups.Rule) bool { return holds(r, d) }
	switch {
	case r.All != nil:
		return !slices.ContainsFunc(r.All, func(r groups.Rule) bool { return !hold(r) })
	case r.Any != nil:
		return slices.ContainsFunc(r.Any, hold)
	case r.Not != nil:
		return !hold(*r.Not)
	}
	text := map[groups.Field]string{
		groups.Platform: string(d.Platform), groups.DeviceFamily: d.DeviceFamily, groups.Model: d.Model, groups.OS: d.Os, groups.Color: d.Color,
		groups.AssetTag: d.AssetTag, groups.SerialNumber: d.SerialNumber, groups.ABMToken: d.AbmTokenID.String(), groups.Description: d.Description,
	}[r.Field]
	return slices.ContainsFunc(r.Values, func(v string) bool {
		if r.Field == groups.AddedAt {
			at, err := time.Parse(time.RFC3339, v)
			if err != nil {
				panic(err)
			}
			return d.AddedAt.Before(at) == (r.Operator == groups.Before)
		}
		has, value := ascii(text), ascii(v)
		switch r.Operator {
		case groups.BeginsWith:
			return strings.HasPrefix(has, value)
		case groups.Contains:
			return strings.Contains(has, value)
		}
		return has == value
	})
}

// ascii is a text with its letters A to Z in lower case; other letters count as they are.
func ascii(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
