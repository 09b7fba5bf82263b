package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
)

// role is what a person or an API token may do.
func roleField() ent.Field {
	return field.Enum("role").
		GoType(role.Role("")).
		Annotations(entgql.Type("Role"), unfiltered()).Comment("What the holder may do.")
}

// User is a person who may sign in.
type User struct{ ent.Schema }

// Mixin of the User.
func (User) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.User}} }

// Fields of the User.
func (User) Fields() []ent.Field {
	return []ent.Field{
		field.String("email").NotEmpty().MaxLen(254).Annotations(unfiltered()).Comment("Email address in lower case: the sign-in name."),
		field.String("name").Default("").MaxLen(125).Annotations(unfiltered()).Comment("Name shown to others."),
		roleField(),
		field.String("password_hash").Default("").Sensitive().Annotations(internal()).Comment("argon2id, in its encoded form; empty until the person chose a password."),
		field.Time("disabled_at").Optional().Nillable().Annotations(unfiltered()).Comment("Since when the person may not sign in; null while they may."),
		field.Time("last_seen_at").Optional().Nillable().Annotations(unfiltered()).Comment("When the person last used GuardMDM."),
		field.Time("created_at").Immutable().Annotations(unfiltered()).Comment("When the person was added."),
	}
}

// Edges of the User.
func (User) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("sessions", Session.Type).Annotations(internal(), entsql.OnDelete(entsql.Cascade)),
		edge.To("links", OneTimeLink.Type).Annotations(internal(), entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of the User.
func (User) Indexes() []ent.Index { return []ent.Index{index.Fields("email").Unique()} }

// Annotations of the User.
func (User) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput), schema.Comment("A person who may sign in."),
	}
}

// Session is a signed-in browser.
type Session struct{ ent.Schema }

// Mixin of the Session.
func (Session) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.Session}} }

// Fields of the Session.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("token_hash").Immutable().Sensitive().Comment("SHA-256 of the cookie's token."),
		field.Int64("user_id").GoType(gid.ID(0)).Immutable(),
		field.Bytes("data").Optional().Sensitive(),
		field.Time("created_at").Immutable(),
		field.Time("expires_at"),
	}
}

// Edges of the Session.
func (Session) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("user", User.Type).Ref("sessions").Field("user_id").Unique().Required().Immutable(),
		edge.To("api_tokens", APIToken.Type).Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of the Session.
func (Session) Indexes() []ent.Index {
	return []ent.Index{index.Fields("token_hash").Unique(), index.Fields("expires_at"), index.Fields("user_id")}
}

// Annotations of the Session.
func (Session) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}

// OneTimeLink lets whoever holds it choose a password, once.
type OneTimeLink struct{ ent.Schema }

// Mixin of the OneTimeLink.
func (OneTimeLink) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.OneTimeLink}} }

// Fields of the OneTimeLink.
func (OneTimeLink) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("purpose").Immutable().
			NamedValues("Setup", "SETUP", "Invitation", "INVITATION", "Reset", "RESET").
			Annotations(entgql.Type("LinkPurpose")).
			Comment("What the link is for: making the first administrator, joining, or choosing a new password."),
		field.Bytes("code_hash").Immutable().Sensitive().
			Comment("SHA-256 of the code. It has 256 random bits, so a slow hash would add nothing."),
		field.Int64("user_id").GoType(gid.ID(0)).Optional().Nillable().Immutable().Comment("Whose password it sets; null for the first administrator."),
		field.Time("created_at").Immutable(),
		field.Time("expires_at").Immutable(),
	}
}

// Edges of the OneTimeLink.
func (OneTimeLink) Edges() []ent.Edge {
	return []ent.Edge{edge.From("user", User.Type).Ref("links").Field("user_id").Unique().Immutable()}
}

// Indexes of the OneTimeLink.
func (OneTimeLink) Indexes() []ent.Index {
	return []ent.Index{index.Fields("code_hash").Unique(), index.Fields("user_id")}
}

// Annotations of the OneTimeLink.
func (OneTimeLink) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}

// APIToken lets a program call the API.
type APIToken struct{ ent.Schema }

// Mixin of the APIToken.
func (APIToken) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.APIToken}} }

// Fields of the APIToken.
func (APIToken) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxLen(125).Annotations(unfiltered()).Comment("What the token is for."),
		roleField(),
		field.Bytes("secret_hash").Immutable().Sensitive().Annotations(internal()).
			Comment("SHA-256 of the token. It has 256 random bits, so a slow hash would add nothing."),
		field.Int64("session_id").GoType(gid.ID(0)).Optional().Nillable().Immutable().Annotations(internal()).
			Comment("The browser's session that it was made for, to try the API out: it ends with that, and is not listed. Null for a program's token."),
		field.String("hint").Immutable().Annotations(unfiltered()).Comment("The token's first characters, to tell tokens apart."),
		field.Time("expires_at").Optional().Nillable().Annotations(unfiltered()).Comment("When the token stops working; null for never."),
		field.Time("last_used_at").Optional().Nillable().Annotations(unfiltered()).Comment("When the token was last used, to the minute."),
		field.Time("revoked_at").Optional().Nillable().Annotations(unfiltered()).Comment("When the token was revoked; null while it works."),
		field.Time("created_at").Immutable().Annotations(unfiltered()).Comment("When the token was made."),
		field.String("created_by").Default("").Immutable().Annotations(unfiltered()).Comment("Name of who made the token, at that time."),
	}
}

// Edges of the APIToken.
func (APIToken) Edges() []ent.Edge {
	return []ent.Edge{edge.From("session", Session.Type).Ref("api_tokens").Field("session_id").Unique().Immutable().Annotations(internal())}
}

// Indexes of the APIToken.
func (APIToken) Indexes() []ent.Index {
	return []ent.Index{index.Fields("secret_hash").Unique(), index.Fields("session_id")}
}

// Annotations of the APIToken.
func (APIToken) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Type("APIToken"), entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("A token by which a program calls the API. The secret was shown once and is not kept."),
	}
}
