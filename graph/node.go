package graph

import (
	"context"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/adeprofileversion"
	"github.com/guardmdm/guardmdm/ent/apitoken"
	"github.com/guardmdm/guardmdm/ent/assignmentbatch"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/enrollmentrefusal"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/identitycertificate"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/ent/user"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// tables are the kinds that can be had by identifier.
var tables = map[gid.Kind]string{
	gid.ABMToken: abmtoken.Table, gid.Device: device.Table, gid.SyncRun: syncrun.Table, gid.User: user.Table,
	gid.APIToken: apitoken.Table, gid.AuditEntry: auditentry.Table, gid.DeviceEvent: deviceevent.Table,
	gid.ADEProfile: adeprofile.Table, gid.ADEProfileVersion: adeprofileversion.Table,
	gid.DeviceGroup:      devicegroup.Table,
	gid.AssignmentBatch:  assignmentbatch.Table,
	gid.DeviceEnrollment: deviceenrollment.Table, gid.IdentityCertificate: identitycertificate.Table, gid.MDMCommand: mdmcommand.Table, gid.CommandBatch: commandbatch.Table, gid.EnrollmentRefusal: enrollmentrefusal.Table,
}

// node finds an object of any kind; nil when there is none.
func (r *Resolver) node(ctx context.Context, id gid.ID) (ent.Noder, error) {
	table, ok := tables[id.Kind()]
	if !ok {
		return nil, nil
	}
	if there, err := r.present(ctx, id); err != nil || !there {
		return nil, err
	}
	n, err := r.DB.Reader().Noder(ctx, id, ent.WithFixedNodeType(table))
	if err != nil { // n is a typed nil pointer then, which is not a nil Noder
		return nil, ent.MaskNotFound(err)
	}
	return n, nil
}

// present is false for what was deleted and stays as a tombstone. Of the object itself only the columns that were asked for are read.
func (r *Resolver) present(ctx context.Context, id gid.ID) (bool, error) {
	switch id.Kind() {
	case gid.ABMToken:
		return r.DB.Reader().ABMToken.Query().Where(abmtoken.ID(id), abmtoken.DeletedAtIsNil()).Exist(ctx)
	case gid.ADEProfile:
		return r.DB.Reader().ADEProfile.Query().Where(adeprofile.ID(id), adeprofile.DeletedAtIsNil()).Exist(ctx)
	}
	return true, nil
}

func (r *Resolver) nodes(ctx context.Context, ids []gid.ID) ([]ent.Noder, error) {
	if len(ids) > maxNodes {
		return nil, apperr.New(apperr.BadUserInput, "`ids` holds %d identifiers; at most %d are answered at once.", len(ids), maxNodes).WithField("ids")
	}
	nodes := make([]ent.Noder, len(ids))
	for i, id := range ids {
		n, err := r.node(ctx, id)
		if err != nil {
			return nil, err
		}
		nodes[i] = n
	}
	return nodes, nil
}
