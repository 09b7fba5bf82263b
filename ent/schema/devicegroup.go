package schema

import (
	"encoding/json"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// DeviceGroup is a set of devices, by name: those that were put into it, or those that a rule matches.
type DeviceGroup struct{ ent.Schema }

// Mixin of the DeviceGroup.
func (DeviceGroup) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.DeviceGroup}} }

// Fields of the DeviceGroup.
func (DeviceGroup) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxLen(125).Annotations(unfiltered()).Comment("Name, unique, 1 to 125 characters."),
		field.String("description").Default("").MaxLen(500).Annotations(unfiltered()).Comment("What the group is for; may be empty."),
		field.Int("position").Annotations(unfiltered()).
			Comment("Place in the order of groups, from 1: of several groups with a profile that a device is in, the first decides."),
		field.JSON("rule", json.RawMessage{}).Optional().Annotations(internal()).Comment("Which devices are in it (server/devicegroup); null: those that were put into it."),
		field.Int64("ade_profile_id").GoType(gid.ID(0)).Optional().Nillable().Annotations(entgql.Type("ID"), entgql.MapsTo("adeProfileId")).
			Comment("Profile of the group's devices; null when the group decides nothing."),
		field.Time("created_at").Immutable().Annotations(unfiltered()).Comment("When it was created."),
		field.Time("updated_at").Annotations(unfiltered()).Comment("When its name, rule, profile or place was last changed."),
	}
}

// Edges of the DeviceGroup.
func (DeviceGroup) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("ade_profile", ADEProfile.Type).Ref("groups").Field("ade_profile_id").Unique().
			Annotations(entgql.MapsTo("adeProfile")).Comment("Profile of the group's devices; null when the group decides nothing."),
		edge.To("members", DeviceGroupMember.Type).Annotations(internal(), entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of the DeviceGroup.
func (DeviceGroup) Indexes() []ent.Index {
	return []ent.Index{index.Fields("name").Unique(), index.Fields("ade_profile_id"), index.Fields("position", "id")}
}

// Annotations of the DeviceGroup.
func (DeviceGroup) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("A set of devices: those that were put into it, or those that a rule matches. It can decide their ADE profile."),
	}
}

// DeviceGroupMember is a device that was put into a group without a rule.
type DeviceGroupMember struct{ ent.Schema }

// Mixin of the DeviceGroupMember.
func (DeviceGroupMember) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.DeviceGroupMember}}
}

// Fields of the DeviceGroupMember.
func (DeviceGroupMember) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("device_group_id").GoType(gid.ID(0)).Immutable(),
		field.Int64("device_id").GoType(gid.ID(0)).Immutable(),
	}
}

// Edges of the DeviceGroupMember.
func (DeviceGroupMember) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("device_group", DeviceGroup.Type).Ref("members").Field("device_group_id").Unique().Required().Immutable(),
		edge.From("device", Device.Type).Ref("memberships").Field("device_id").Unique().Required().Immutable(),
	}
}

// Indexes of the DeviceGroupMember.
func (DeviceGroupMember) Indexes() []ent.Index {
	return []ent.Index{index.Fields("device_group_id", "device_id").Unique(), index.Fields("device_id")}
}

// Annotations of the DeviceGroupMember.
func (DeviceGroupMember) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}

// SerialList is a list of serial numbers that somebody imported, kept for 7 days to be used in filters, groups and assignments.
type SerialList struct{ ent.Schema }

// Mixin of the SerialList.
func (SerialList) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.SerialList}} }

// Fields of the SerialList.
func (SerialList) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("created_by_id").GoType(gid.ID(0)).Immutable().Comment("User or API token that imported it."),
		field.Time("created_at").Immutable(),
		field.Time("expires_at").Immutable(),
		field.Int("known").Default(0).Comment("Different serial numbers of devices that are here."),
		field.Int("unknown").Default(0).Comment("Different serial numbers of no device."),
		field.Int("duplicates").Default(0).Comment("Rows with a serial number that an earlier row had."),
		field.Int("invalid").Default(0).Comment("Rows without anything that can be a serial number."),
		field.Bool("complete").Default(false).Comment("Whether it was read to its end: others are of no use."),
	}
}

// Edges of the SerialList.
func (SerialList) Edges() []ent.Edge {
	return []ent.Edge{edge.To("entries", SerialListEntry.Type).Annotations(entsql.OnDelete(entsql.Cascade))}
}

// Indexes of the SerialList.
func (SerialList) Indexes() []ent.Index { return []ent.Index{index.Fields("expires_at")} }

// Annotations of the SerialList.
func (SerialList) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}

// SerialListEntry is one row of a list, so that each can be reported: a serial number, or why it is none.
type SerialListEntry struct{ ent.Schema }

// Mixin of the SerialListEntry.
func (SerialListEntry) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.SerialListEntry}}
}

// Fields of the SerialListEntry.
func (SerialListEntry) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("serial_list_id").GoType(gid.ID(0)).Immutable(),
		field.String("serial_number").Immutable().Comment("In upper case; of an invalid row, its text."),
		field.Int("row").Immutable().Comment("Row of the file, from 1."),
		field.Enum("problem").Immutable().Optional().Nillable().NamedValues("Duplicate", "DUPLICATE", "Invalid", "INVALID").
			Comment("Why the row adds no serial number; null when it does."),
		field.Bool("known").Immutable().Default(false).Comment("Whether a device had the serial number when the list was imported."),
	}
}

// Edges of the SerialListEntry.
func (SerialListEntry) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("serial_list", SerialList.Type).Ref("entries").Field("serial_list_id").Unique().Required().Immutable(),
	}
}

// Indexes of the SerialListEntry.
func (SerialListEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("serial_list_id", "serial_number").Unique().Annotations(entsql.IndexWhere("problem IS NULL")), // devices of a list
		index.Fields("serial_list_id", "row"), // the report
	}
}

// Annotations of the SerialListEntry.
func (SerialListEntry) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}
