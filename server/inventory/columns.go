package inventory

import "strings"

// column is one column that the sync writes, with its value for a statement: a string, an int64, or nil for NULL.
type column struct {
	name, pgType string
	value        func(*row) any
}

// columns are in the order in which load scans them.
var columns = []column{
	{"serial_number", "text", func(r *row) any { return r.SerialNumber }},
	{"model", "text", func(r *row) any { return r.Model }},
	{"description", "text", func(r *row) any { return r.Description }},
	{"color", "text", func(r *row) any { return r.Color }},
	{"asset_tag", "text", func(r *row) any { return r.AssetTag }},
	{"device_family", "text", func(r *row) any { return r.DeviceFamily }},
	{"os", "text", func(r *row) any { return r.OS }},
	{"platform", "text", func(r *row) any { return string(r.Platform) }},
	{"apple_profile_uuid", "text", func(r *row) any { return r.AppleProfileUUID }},
	{"apple_profile_status", "text", func(r *row) any { return r.AppleProfileStatus }},
	{"apple_profile_assigned_at", "timestamptz", func(r *row) any { return r.AppleProfileAssignedAt.text() }},
	{"apple_profile_pushed_at", "timestamptz", func(r *row) any { return r.AppleProfilePushedAt.text() }},
	{"device_assigned_at", "timestamptz", func(r *row) any { return r.DeviceAssignedAt.text() }},
	{"device_assigned_by", "text", func(r *row) any { return r.DeviceAssignedBy }},
	{"mdm_migration_deadline", "timestamptz", func(r *row) any { return r.MDMMigrationDeadline.text() }},
	{"apple_extra", "text", func(r *row) any { return r.AppleExtra }},
	{"abm_token_id", "bigint", func(r *row) any { return r.ABMTokenID }},
	{"apple_op_at", "timestamptz", func(r *row) any { return r.AppleOpAt.text() }},
	{"added_at", "timestamptz", func(r *row) any { return r.AddedAt.text() }},
	{"changed_at", "timestamptz", func(r *row) any { return r.ChangedAt.text() }},
	{"removed_at", "timestamptz", func(r *row) any { return r.RemovedAt.text() }},
}

// guards identify a row to be updated: it must still be the one that was read. What the sync of another token made of it
// meanwhile, its removal for instance, would be undone, and the events and counts of both would not fit together.
var guards = []column{
	{"id", "bigint", func(r *row) any { return r.ID }},
	{"was_token", "bigint", func(r *row) any { return r.was.ABMTokenID }},
	{"was_changed_at", "timestamptz", func(r *row) any { return r.was.ChangedAt.text() }},
	{"was_op_at", "timestamptz", func(r *row) any { return r.was.AppleOpAt.text() }},
}

var columnNames = func() string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.name
	}
	return strings.Join(list, ", ")
}()
