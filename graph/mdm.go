package graph

import (
	"context"
	"time"

	"entgo.io/contrib/entgql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/mdm"
)

// mdmCommands is a page of the commands for a device, newest first.
func (r *Resolver) mdmCommands(ctx context.Context, device gid.ID, after *cursor, first *int, before *cursor, last *int) (*ent.MDMCommandConnection, error) {
	first, last, err := window(gid.MDMCommand, nil, after, before, first, last)
	if err != nil {
		return nil, err
	}
	channels, err := r.DB.Reader().MDMChannel.Query().Where(mdmchannel.DeviceID(device)).IDs(ctx) // its own, and those of a few users
	if err != nil {
		return nil, err
	}
	return r.DB.Reader().MDMCommand.Query().Where(mdmcommand.MdmChannelIDIn(channels...)).Paginate(ctx, after, first, before, last,
		ent.WithMDMCommandOrder(&ent.MDMCommandOrder{Direction: entgql.OrderDirectionDesc}))
}

// enrollmentCounts adds those that never called.
func enrollmentCounts(c mdm.Counts, present int) *model.EnrollmentCounts {
	return &model.EnrollmentCounts{
		NotEnrolled: max(present-c.Enrolling-c.Enrolled-c.Unenrolled, 0), Enrolling: c.Enrolling, Enrolled: c.Enrolled, Unenrolled: c.Unenrolled,
		AwaitingConfiguration: c.AwaitingConfiguration,
	}
}

func mdmSettings(s mdm.Settings) *model.MDMSettings {
	return &model.MDMSettings{FirstCommands: s.FirstCommands, PossibleFirstCommands: mdm.FirstCommandNames(), ReleaseAfterSeconds: int(s.ReleaseAfter / time.Second)}
}

// changeMDMSettings changes what the input names.
func (r *Resolver) changeMDMSettings(ctx context.Context, input model.UpdateMDMSettingsInput) (*model.MDMSettings, error) {
	s, err := r.Enrollments.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if commands, ok := input.FirstCommands.ValueOK(); ok {
		s.FirstCommands = commands
	}
	if seconds, ok := input.ReleaseAfterSeconds.ValueOK(); ok && seconds != nil {
		s.ReleaseAfter = time.Duration(*seconds) * time.Second
	}
	if s, err = r.Enrollments.ChangeSettings(ctx, s); err != nil {
		return nil, err
	}
	return mdmSettings(s), nil
}
