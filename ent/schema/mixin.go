package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/mixin"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// identified gives an entity its numeric primary key, numbered by the database from the start of its kind.
type identified struct {
	mixin.Schema
	kind gid.Kind
}

func (m identified) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id").GoType(gid.ID(0)).Immutable().
			Comment("Opaque identifier, unique over all types. Use it with `node`."),
	}
}

func (m identified) Annotations() []schema.Annotation {
	start := m.kind.Start()
	return []schema.Annotation{entsql.Annotation{IncrementStart: &start}}
}

// internal keeps a field out of the API altogether.
func internal() schema.Annotation { return entgql.Skip(entgql.SkipAll) }

// unfiltered keeps a field out of the filters: it has no index.
func unfiltered() schema.Annotation { return entgql.Skip(entgql.SkipWhereInput) }
