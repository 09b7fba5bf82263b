package graph

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
)

// target is where a choice of profiles is made: for devices, or for a group.
type target struct {
	ids, except graphql.Omittable[[]gid.ID]
	serials     graphql.Omittable[[]string]
	list        graphql.Omittable[*gid.ID]
	where       graphql.Omittable[*ent.DeviceWhereInput]
	expected    graphql.Omittable[*int]
	group       graphql.Omittable[*gid.ID]
}

// namesDevices tells whether devices are named in some way, beside a group.
func (t target) namesDevices() bool {
	return t.ids.Value() != nil || t.serials.Value() != nil || t.list.Value() != nil || t.where.Value() != nil || t.except.Value() != nil
}

// read gives the group, or else the selection.
func (t target) read(r *Resolver) (devices assignment.Selection, group gid.ID, err error) {
	if id := t.group.Value(); id != nil {
		if t.namesDevices() {
			return nil, 0, apperr.New(apperr.BadUserInput, "A group and devices are named; it has to be one of both.").WithField("deviceGroupId")
		}
		return nil, *id, nil
	}
	s, err := selection(t.ids, t.serials, t.list, t.where, t.except, t.expected)
	s.Now = r.Clock.Now()
	return s, 0, err
}

// previewed is read for a preview, which needs nobody's word on how many devices match.
func (t target) previewed(r *Resolver) (devices assignment.Selection, group gid.ID, err error) {
	filter := t.where.Value()
	if filter == nil || t.group.Value() != nil || t.ids.Value() != nil || t.serials.Value() != nil || t.list.Value() != nil {
		return t.read(r)
	}
	matches, err := filter.P()
	if errors.Is(err, ent.ErrEmptyDeviceWhereInput) { // every device
		matches, err = device.IDGT(0), nil
	}
	if except := t.except.Value(); err == nil && len(except) > 0 {
		if len(except) > maxExcept {
			return nil, 0, apperr.New(apperr.BadUserInput, "`exceptIds` holds at most %d items, not %d.", maxExcept, len(except)).WithField("exceptIds")
		}
		matches = device.And(matches, device.IDNotIn(except...))
	}
	return assignment.Matching(matches), 0, err
}

const maxExcept = 1_000

// assign gives devices a profile of their own, or a group its profile.
func (r *Resolver) assign(ctx context.Context, profile gid.ID, t target) (*ent.AssignmentBatch, []string, error) {
	devices, group, err := t.read(r)
	switch {
	case err != nil:
		return nil, nil, err
	case group != 0:
		batch, err := r.Assignments.SetGroupProfile(ctx, group, profile)
		return batch, nil, err
	}
	return r.Assignments.Assign(ctx, profile, devices)
}

// unassign takes devices' own choices back, or a group's profile.
func (r *Resolver) unassign(ctx context.Context, t target) (*ent.AssignmentBatch, []string, error) {
	devices, group, err := t.read(r)
	switch {
	case err != nil:
		return nil, nil, err
	case group != 0:
		batch, err := r.Assignments.SetGroupProfile(ctx, group, 0)
		return batch, nil, err
	}
	return r.Assignments.Unassign(ctx, devices)
}

func (r *Resolver) clear(ctx context.Context, t target) (*ent.AssignmentBatch, []string, error) {
	devices, _, err := t.read(r)
	if err != nil {
		return nil, nil, err
	}
	return r.Assignments.Clear(ctx, devices)
}

// preview works out what an assignment would do.
func (r *Resolver) preview(ctx context.Context, in model.AssignmentPreviewInput) (*model.AssignmentPreview, error) {
	change := assignment.Change{Profile: idOf(in.AdeProfileID)}
	t := target{ids: in.DeviceIds, except: in.ExceptIds, serials: in.SerialNumbers, list: in.SerialListID, where: in.Where, group: in.DeviceGroupID}
	if platform := in.DefaultPlatform.Value(); platform != nil {
		if t.namesDevices() || t.group.Value() != nil {
			return nil, apperr.New(apperr.BadUserInput, "A default and devices are named; it has to be one of both.").WithField("defaultPlatform")
		}
		change.Platform, change.Token = *platform, idOf(in.AbmTokenID)
	} else {
		var err error
		if change.Devices, change.Group, err = t.previewed(r); err != nil {
			return nil, err
		}
		if change.Group != 0 {
			change.Devices = nil
		}
	}
	p, err := r.Assignments.Preview(ctx, change)
	if err != nil {
		return nil, err
	}
	m := &model.AssignmentPreview{Devices: p.Devices, Unchanged: p.Unchanged, Observed: p.Observed, Foreign: p.Foreign, Activated: p.Activated,
		Throttled: p.Throttled, MigrationsNotAwaited: p.NotAwaited, UnknownSerialNumbers: append([]string{}, p.Unknown...), Changes: []*model.AssignmentPreviewChange{}}
	for _, c := range p.Changes {
		m.Changes = append(m.Changes, &model.AssignmentPreviewChange{From: c.From, To: c.To, Devices: c.Devices})
	}
	m.Warnings, err = r.warningsFor(ctx, change.Profile, p.Platforms)
	return m, err
}

// warningsFor says what of a profile does not suit devices of these platforms.
func (r *Resolver) warningsFor(ctx context.Context, profile gid.ID, platforms []device.Platform) ([]*model.ADEProfileWarning, error) {
	warnings := []*model.ADEProfileWarning{}
	if profile == 0 || len(platforms) == 0 {
		return warnings, nil
	}
	p, err := r.DB.Reader().ADEProfile.Get(ctx, profile)
	if err != nil {
		return nil, err
	}
	published, err := r.publishedVersion(ctx, p)
	if err != nil || published == nil {
		return warnings, err
	}
	content, err := adeprofile.Parse(published.Content)
	if err != nil {
		return nil, err
	}
	address, err := r.URLs.Current(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range adeprofile.Warnings(content, platforms, address, r.Clock.Now()) {
		warnings = append(warnings, &model.ADEProfileWarning{Field: w.Field, Message: w.Message})
	}
	return warnings, nil
}

// idOf is an optional identifier; 0 when it is left out or null.
func idOf(in graphql.Omittable[*gid.ID]) gid.ID {
	if id := in.Value(); id != nil {
		return *id
	}
	return 0
}

// addOrNot adds a condition to a filter, or its opposite; neither when it was left out.
func addOrNot(where *ent.DeviceWhereInput, condition predicate.Device, wanted *bool) {
	switch {
	case wanted == nil:
	case *wanted:
		where.AddPredicates(condition)
	default:
		where.AddPredicates(device.Not(condition))
	}
}
