package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// Replica is a process that works on this database, as it said itself a short while ago.
type Replica struct{ ent.Schema }

// Mixin of the Replica.
func (Replica) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.Replica}} }

// Fields of the Replica.
func (Replica) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().Immutable().Comment("Host and start of the process."),
		field.String("version").Immutable().Comment("Version of its program."),
		field.Time("started_at").Immutable(),
		field.Time("seen_at").Comment("When it last said that it is there, by the clock of the database."),
	}
}

// Indexes of the Replica.
func (Replica) Indexes() []ent.Index { return []ent.Index{index.Fields("name").Unique()} }

// Annotations of the Replica.
func (Replica) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}
