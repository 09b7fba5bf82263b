package export

import (
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/assignment"
)

// row is one device as it is read.
type row struct {
	id, token                                                            gid.ID
	serial, model, description, color, assetTag, family, os              string
	platform, profileUUID, profileStatus, assignedBy                     string
	added, changed                                                       time.Time
	profileAssigned, profilePushed, assigned, migrationDeadline, removed *time.Time

	tokenName string // of the ABM token
	brief     assignment.Brief
	enrolled  string // how far it has come
}

// source is a column of the table and where its value goes.
type source struct {
	column string
	into   func(*row) any
}

func sources() []source {
	return []source{
		{device.FieldID, func(r *row) any { return &r.id }},
		{device.FieldAbmTokenID, func(r *row) any { return &r.token }},
		{device.FieldSerialNumber, func(r *row) any { return &r.serial }},
		{device.FieldModel, func(r *row) any { return &r.model }},
		{device.FieldDescription, func(r *row) any { return &r.description }},
		{device.FieldColor, func(r *row) any { return &r.color }},
		{device.FieldAssetTag, func(r *row) any { return &r.assetTag }},
		{device.FieldDeviceFamily, func(r *row) any { return &r.family }},
		{device.FieldOs, func(r *row) any { return &r.os }},
		{device.FieldPlatform, func(r *row) any { return &r.platform }},
		{device.FieldAppleProfileUUID, func(r *row) any { return &r.profileUUID }},
		{device.FieldAppleProfileStatus, func(r *row) any { return &r.profileStatus }},
		{device.FieldAppleProfileAssignedAt, func(r *row) any { return &r.profileAssigned }},
		{device.FieldAppleProfilePushedAt, func(r *row) any { return &r.profilePushed }},
		{device.FieldDeviceAssignedAt, func(r *row) any { return &r.assigned }},
		{device.FieldDeviceAssignedBy, func(r *row) any { return &r.assignedBy }},
		{device.FieldMdmMigrationDeadline, func(r *row) any { return &r.migrationDeadline }},
		{device.FieldAddedAt, func(r *row) any { return &r.added }},
		{device.FieldChangedAt, func(r *row) any { return &r.changed }},
		{device.FieldRemovedAt, func(r *row) any { return &r.removed }},
	}
}

// column is a column of the export. One of text, at and flag gives its value.
type column struct {
	name string
	text func(*row) string
	at   func(*row) *time.Time
	flag func(*row) bool
}

// columns are those of both formats, in their order. New ones belong at the end, and none is ever renamed: programs read them.
func columns() []column {
	return []column{
		{name: "serialNumber", text: func(r *row) string { return r.serial }},
		{name: "model", text: func(r *row) string { return r.model }},
		{name: "platform", text: func(r *row) string { return r.platform }},
		{name: "appleProfileUuid", text: func(r *row) string { return r.profileUUID }},
		{name: "removed", flag: func(r *row) bool { return r.removed != nil }},
		{name: "id", text: func(r *row) string { return r.id.String() }},
		{name: "description", text: func(r *row) string { return r.description }},
		{name: "color", text: func(r *row) string { return r.color }},
		{name: "assetTag", text: func(r *row) string { return r.assetTag }},
		{name: "deviceFamily", text: func(r *row) string { return r.family }},
		{name: "os", text: func(r *row) string { return r.os }},
		{name: "abmTokenId", text: func(r *row) string { return r.token.String() }},
		{name: "abmTokenName", text: func(r *row) string { return r.tokenName }},
		{name: "appleProfileStatus", text: func(r *row) string { return r.profileStatus }},
		{name: "appleProfileAssignedAt", at: func(r *row) *time.Time { return r.profileAssigned }},
		{name: "appleProfilePushedAt", at: func(r *row) *time.Time { return r.profilePushed }},
		{name: "deviceAssignedAt", at: func(r *row) *time.Time { return r.assigned }},
		{name: "deviceAssignedBy", text: func(r *row) string { return r.assignedBy }},
		{name: "mdmMigrationDeadline", at: func(r *row) *time.Time { return r.migrationDeadline }},
		{name: "addedAt", at: func(r *row) *time.Time { return &r.added }},
		{name: "changedAt", at: func(r *row) *time.Time { return &r.changed }},
		{name: "removedAt", at: func(r *row) *time.Time { return r.removed }},
		{name: "adeProfile", text: func(r *row) string { return r.brief.Profile }},
		{name: "profileSource", text: func(r *row) string { return string(r.brief.Source) }},
		{name: "assignmentStatus", text: func(r *row) string { return string(r.brief.Status) }},
		{name: "enrollmentStatus", text: func(r *row) string { return r.enrolled }},
	}
}
