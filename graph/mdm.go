package graph

import (
	"context"
	"time"

	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/mdm"
)

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
