package schema

import (
	"encoding/json"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// AuditEntry records one change that a person, a program or GuardMDM itself made. It is written in the transaction of the
// change and never altered.
type AuditEntry struct{ ent.Schema }

// Mixin of the AuditEntry.
func (AuditEntry) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.AuditEntry}} }

// Fields of the AuditEntry.
func (AuditEntry) Fields() []ent.Field {
	return []ent.Field{
		field.Time("at").Immutable().Annotations(unfiltered()).Comment("When the change was made."),
		field.Enum("actor_kind").Immutable().
			NamedValues("User", "USER", "APIToken", "API_TOKEN", "System", "SYSTEM", "Console", "CONSOLE").
			Annotations(entgql.Type("ActorKind"), unfiltered()).Comment("What kind of actor made the change."),
		field.Int64("actor_id").GoType(gid.ID(0)).Optional().Nillable().Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("actorId")).
			Comment("The user or API token that made the change; null for the system and the console."),
		field.String("actor_name").Immutable().Annotations(unfiltered()).Comment("Name of the actor at that time."),
		field.String("action").Immutable().Comment("What was done: the name of the mutation, or of the system's own act."),
		field.Int64("object_id").GoType(gid.ID(0)).Optional().Nillable().Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("objectId")).
			Comment("The object changed; null when there is none."),
		field.String("object_name").Default("").Immutable().Annotations(unfiltered()).Comment("Name of the object at that time."),
		field.JSON("before", json.RawMessage{}).Optional().Immutable().Annotations(entgql.Type("JSON"), unfiltered()).
			Comment("The fields that changed, as they were before. Never holds secrets."),
		field.JSON("after", json.RawMessage{}).Optional().Immutable().Annotations(entgql.Type("JSON"), unfiltered()).
			Comment("The fields that changed, as they were afterwards. Never holds secrets."),
		field.String("request_id").Default("").Immutable().Annotations(unfiltered()).Comment("Request that made the change, as in the server's log."),
		field.String("remote_address").Default("").Immutable().Annotations(unfiltered()).Comment("Network address the request came from."),
	}
}

// Indexes of the AuditEntry.
func (AuditEntry) Indexes() []ent.Index {
	return []ent.Index{index.Fields("object_id", "id"), index.Fields("action", "id"), index.Fields("actor_id", "id")}
}

// Annotations of the AuditEntry.
func (AuditEntry) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		schema.Comment("One change: who made it, when, to what, and how it was before and after."),
	}
}

// Setting is one value that the installation keeps, such as the fingerprint of its secret key.
type Setting struct{ ent.Schema }

// Mixin of the Setting.
func (Setting) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.Setting}} }

// Fields of the Setting.
func (Setting) Fields() []ent.Field {
	return []ent.Field{field.String("key").NotEmpty().Immutable(), field.String("value")}
}

// Indexes of the Setting.
func (Setting) Indexes() []ent.Index { return []ent.Index{index.Fields("key").Unique()} }

// Annotations of the Setting.
func (Setting) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}
