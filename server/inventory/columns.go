package inventory

import "strings"

// column is one column that the sync writes, with its value in a row.
type column struct {
	name, pgType string
	value        func(*row) value
}

// value is what stands in a column: comparable, and nothing is allocated to make one of the millions that there are.
type value struct {
	kind   kind
	text   string
	number int64 // also of a time: microseconds since 1970
}

type kind uint8

const (
	null kind = iota
	textual
	numeric
	temporal
)

func text(s string) value  { return value{kind: textual, text: s} }
func number(n int64) value { return value{kind: numeric, number: n} }
func when(t timestamp) value {
	if !t.set {
		return value{}
	}
	return value{kind: temporal, number: t.micros}
}

// any is the value as database/sql takes it.
func (v value) any() any {
	switch v.kind {
	case textual:
		return v.text
	case numeric:
		return v.number
	case temporal:
		return string(appendTime(nil, v.number))
	}
	return nil
}

// columns are in the order in which load scans them.
var columns = []column{
	{"serial_number", "text", func(r *row) value { return text(r.SerialNumber) }},
	{"model", "text", func(r *row) value { return text(r.Model) }},
	{"description", "text", func(r *row) value { return text(r.Description) }},
	{"color", "text", func(r *row) value { return text(r.Color) }},
	{"asset_tag", "text", func(r *row) value { return text(r.AssetTag) }},
	{"device_family", "text", func(r *row) value { return text(r.DeviceFamily) }},
	{"os", "text", func(r *row) value { return text(r.OS) }},
	{"platform", "text", func(r *row) value { return text(string(r.Platform)) }},
	{"apple_profile_uuid", "text", func(r *row) value { return text(r.AppleProfileUUID) }},
	{"apple_profile_status", "text", func(r *row) value { return text(r.AppleProfileStatus) }},
	{"apple_profile_assigned_at", "timestamptz", func(r *row) value { return when(r.AppleProfileAssignedAt) }},
	{"apple_profile_pushed_at", "timestamptz", func(r *row) value { return when(r.AppleProfilePushedAt) }},
	{"device_assigned_at", "timestamptz", func(r *row) value { return when(r.DeviceAssignedAt) }},
	{"device_assigned_by", "text", func(r *row) value { return text(r.DeviceAssignedBy) }},
	{"mdm_migration_deadline", "timestamptz", func(r *row) value { return when(r.MDMMigrationDeadline) }},
	{"apple_extra", "text", func(r *row) value { return text(r.AppleExtra) }},
	{"abm_token_id", "bigint", func(r *row) value { return number(r.ABMTokenID) }},
	{"apple_op_at", "timestamptz", func(r *row) value { return when(r.AppleOpAt) }},
	{"added_at", "timestamptz", func(r *row) value { return when(r.AddedAt) }},
	{"changed_at", "timestamptz", func(r *row) value { return when(r.ChangedAt) }},
	{"removed_at", "timestamptz", func(r *row) value { return when(r.RemovedAt) }},
}

// guards identify a row to be updated: it must still be the one that was read. What the sync of another token made of it
// meanwhile, its removal for instance, would be undone, and the events and counts of both would not fit together.
var guards = []column{
	{"id", "bigint", func(r *row) value { return number(r.ID) }},
	{"was_token", "bigint", func(r *row) value { return number(r.was.ABMTokenID) }},
	{"was_changed_at", "timestamptz", func(r *row) value { return when(r.was.ChangedAt) }},
	{"was_op_at", "timestamptz", func(r *row) value { return when(r.was.AppleOpAt) }},
}

var columnNames = namesOf(columns)

func namesOf(columns []column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.name
	}
	return strings.Join(list, ", ")
}
