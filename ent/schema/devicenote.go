package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// DeviceNote is something that is true of few devices, and that people look for: kept beside the devices, whose table has as many indexes as a
// first sync bears. Whoever writes the device's row writes the note in the same transaction (server/inventory/notes.go).
type DeviceNote struct{ ent.Schema }

// Mixin of the DeviceNote.
func (DeviceNote) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.DeviceNote}} }

// Fields of the DeviceNote.
func (DeviceNote) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("device_id").GoType(gid.ID(0)).Immutable(),
		field.Enum("kind").NamedValues("Migration", "MIGRATION", "Activated", "ACTIVATED", "Replacement", "REPLACEMENT", "Pause", "PAUSE").Immutable().
			Comment("MIGRATION: the device has a migration deadline, which is `at`. ACTIVATED: its profile at Apple was changed after it had fetched one, at `at`. REPLACEMENT: Apple is to be asked which device it replaces, from `at` on. PAUSE: Apple wants its profile left alone until `at`, whichever is wanted by then."),
		field.Time("at"),
	}
}

// Edges of the DeviceNote.
func (DeviceNote) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("device", Device.Type).Ref("notes").Field("device_id").Unique().Required().Immutable(),
	}
}

// Indexes of the DeviceNote.
func (DeviceNote) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("device_id", "kind").Unique(),
		index.Fields("kind", "at", "device_id"), // how many there are; order MDM_MIGRATION_DEADLINE; what is due
	}
}

// Annotations of the DeviceNote.
func (DeviceNote) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}
