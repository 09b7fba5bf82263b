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
)

// OtherMDM is an MDM server beside our own: devices get its enrollment profile here, and it tells of them by webhook.
type OtherMDM struct{ ent.Schema }

// Mixin of the OtherMDM.
func (OtherMDM) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.OtherMDM}} }

// Fields of the OtherMDM.
func (OtherMDM) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxRuneLen(100).Comment("Name, unique, 1 to 100 characters."),
		field.Enum("source").NamedValues("URL", "URL", "File", "FILE").Annotations(entgql.Type("OtherMDMSource")).
			Comment("Where its enrollment profile comes from."),
		field.String("url").Default("").Comment("Where its enrollment profile is fetched, with `…` for what follows a question mark: that may hold a secret. Empty for a file."),
		field.Bytes("sealed_url").Optional().Sensitive().Annotations(internal()).Comment("The whole URL, sealed."),
		field.Enum("request").NamedValues("Get", "GET", "GetWithHeader", "GET_WITH_HEADER", "Post", "POST").Default("GET").
			Annotations(entgql.Type("OtherMDMRequest")).Comment("How the URL is asked, and whether it gets the device's machine information."),
		field.Bytes("sealed_authorization").Optional().Sensitive().Annotations(internal()).Comment("Value of the header Authorization, sealed."),
		field.Bytes("sealed_profile").Optional().Sensitive().Annotations(internal()).Comment("The enrollment profile of a file, sealed: it can hold passwords."),
		field.Enum("webhook_authentication").NamedValues("HMAC", "HMAC", "Basic", "BASIC").Default("HMAC").
			Annotations(entgql.Type("OtherMDMWebhookAuthentication")).Comment("How the server proves that it is the one that tells."),
		field.Bytes("sealed_webhook_secret").Optional().Sensitive().Annotations(internal()).Comment("The secret of the webhook, sealed."),
		field.Time("webhook_secret_at").Comment("When the secret of the webhook was made."),
		field.Time("last_event_at").Optional().Nillable().Comment("When the server last told of a device, to the minute."),
		field.Time("last_refusal_at").Optional().Nillable().Annotations(internal()).Comment("When something that came to the webhook was last refused."),
		field.String("last_refusal_code").Default("").Annotations(internal()),
		field.String("last_refusal_message").Default("").Annotations(internal()),
		field.Int("refusals").Default(0).Annotations(internal()).Comment("How often something that came to the webhook was refused."),
		field.Time("created_at").Immutable().Comment("When it was added."),
		field.Time("updated_at").Comment("When it was last changed."),
		field.Time("deleted_at").Optional().Nillable().Comment("Since when it is removed; devices that enrolled with it still name it. Null while it is not."),
	}
}

// Edges of the OtherMDM.
func (OtherMDM) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("profiles", ADEProfile.Type).Annotations(internal()),
		edge.To("offers", DeviceEnrollment.Type).Annotations(internal()),
		edge.To("enrollments", DeviceEnrollment.Type).Annotations(internal()),
	}
}

// Indexes of the OtherMDM.
func (OtherMDM) Indexes() []ent.Index {
	return []ent.Index{index.Fields("name").Unique().Annotations(entsql.IndexWhere("deleted_at IS NULL"))}
}

// Annotations of the OtherMDM.
func (OtherMDM) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Type("OtherMDM"), entsql.Table("other_mdms"), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("An MDM server beside GuardMDM's own: devices get its enrollment profile, and it tells of them."),
	}
}
