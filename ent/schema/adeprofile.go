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

// ADEProfile is what a device is to do when it is switched on, under a name of its own. Its content lives in versions, because
// Apple's profiles are immutable; a draft is what the next version will hold.
type ADEProfile struct{ ent.Schema }

// Mixin of the ADEProfile.
func (ADEProfile) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.ADEProfile}} }

// Fields of the ADEProfile.
func (ADEProfile) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxRuneLen(125).Annotations(unfiltered()).
			Comment("Name, unique, 1 to 125 characters. Apple gets it as the profile's name; users of devices do not see it."),
		field.Strings("platforms").Optional().Annotations(internal()).
			Comment("Platforms that the profile is meant for: GuardMDM warns of others. Apple does not store them."),
		field.JSON("minimum_os", map[string]string{}).Optional().Annotations(internal()).
			Comment("Oldest version of the operating system with which devices enroll, by platform. Apple does not store it."),
		field.String("draft").Default("").Annotations(internal()).Comment("Content of the next version in Apple's keys (JSON); empty when there is none."),
		field.Int64("published_version_id").GoType(gid.ID(0)).Optional().Nillable().Annotations(internal()).
			Comment("The version that devices get; null before the first was published."),
		field.Int64("other_mdm_id").GoType(gid.ID(0)).Optional().Nillable().Annotations(internal()).
			Comment("The MDM server that devices with the profile enroll with; null: GuardMDM itself. Apple does not store it."),
		field.Time("created_at").Immutable().Annotations(unfiltered()).Comment("When it was created."),
		field.Time("updated_at").Annotations(unfiltered()).Comment("When it was last changed."),
		field.Time("deleted_at").Optional().Nillable().Annotations(internal()).
			Comment("Tombstone: versions, registrations and audit entries keep pointing here."),
	}
}

// Edges of the ADEProfile.
func (ADEProfile) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("versions", ADEProfileVersion.Type).Annotations(internal()),
		edge.To("defaults", PlatformDefault.Type).Annotations(internal()),
		edge.To("groups", DeviceGroup.Type).Annotations(internal()),
		edge.From("other_mdm", OtherMDM.Type).Ref("profiles").Field("other_mdm_id").Unique().Annotations(internal()),
	}
}

// Indexes of the ADEProfile.
func (ADEProfile) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("name").Unique().Annotations(entsql.IndexWhere("deleted_at IS NULL")),
		index.Fields("other_mdm_id"),
	}
}

// Annotations of the ADEProfile.
func (ADEProfile) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Type("ADEProfile"), entsql.Table("ade_profiles"), entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("An ADE profile: what a device does when it is switched on for the first time."),
	}
}

// ADEProfileVersion is one content of a profile that was published. It never changes.
type ADEProfileVersion struct{ ent.Schema }

// Mixin of the ADEProfileVersion.
func (ADEProfileVersion) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.ADEProfileVersion}}
}

// Fields of the ADEProfileVersion.
func (ADEProfileVersion) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("ade_profile_id").GoType(gid.ID(0)).Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("adeProfileId")).Comment("The profile."),
		field.Int("number").Immutable().Annotations(unfiltered()).Comment("1 for the profile's first version."),
		field.String("content").Immutable().Annotations(internal()).Comment("Apple's keys but `url`, as canonical JSON."),
		field.String("content_hash").Immutable().Annotations(internal()).Comment("SHA-256 of the content: equal content is no new version."),
		field.Time("published_at").Immutable().Annotations(unfiltered()).Comment("When it was published."),
		field.String("published_by").Immutable().Annotations(unfiltered()).Comment("Who published it."),
	}
}

// Edges of the ADEProfileVersion.
func (ADEProfileVersion) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("ade_profile", ADEProfile.Type).Ref("versions").Field("ade_profile_id").Unique().Required().Immutable().
			Annotations(entgql.MapsTo("adeProfile")).Comment("The profile."),
		edge.To("registrations", ADEProfileRegistration.Type).Annotations(internal()),
	}
}

// Indexes of the ADEProfileVersion.
func (ADEProfileVersion) Indexes() []ent.Index {
	return []ent.Index{index.Fields("ade_profile_id", "number").Unique()}
}

// Annotations of the ADEProfileVersion.
func (ADEProfileVersion) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Type("ADEProfileVersion"), entsql.Table("ade_profile_versions"), entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("A published version of an ADE profile."),
	}
}

// ADEProfileRegistration is a version as one MDM server at Apple knows it: a profile there belongs to the token that defined it.
// Rows stay, because they tell our own profiles from those of others for ever.
type ADEProfileRegistration struct{ ent.Schema }

// Mixin of the ADEProfileRegistration.
func (ADEProfileRegistration) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.ADEProfileRegistration}}
}

// Fields of the ADEProfileRegistration.
func (ADEProfileRegistration) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("abm_token_id").GoType(gid.ID(0)).Immutable(),
		field.Int64("ade_profile_version_id").GoType(gid.ID(0)).Immutable(),
		field.String("enrollment_key").Unique().Immutable().
			Comment("Last part of the address that devices call, hard to guess: it tells which registration a device was given."),
		field.String("server_url").Immutable().Comment("Public URL of this server that the profile at Apple holds."),
		field.String("apple_profile_uuid").Default("").Comment("Apple's identifier, as Apple wrote it; empty until Apple took it."),
		field.Time("registered_at").Optional().Nillable().Comment("When Apple took it."),
		field.String("error_code").Default("").Comment("Apple's code of the last refusal; empty when there is none."),
		field.String("error_message").Default(""),
		field.String("error_hint").Default(""),
		field.String("error_field").Default("").Comment("Field of the profile that Apple refused, by its name in the API."),
		field.Int("attempts").Default(0),
		field.Time("next_attempt_at").Optional().Nillable().Comment("When Apple is asked again after a failure."),
	}
}

// Edges of the ADEProfileRegistration.
func (ADEProfileRegistration) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("version", ADEProfileVersion.Type).Ref("registrations").Field("ade_profile_version_id").Unique().Required().Immutable(),
		edge.To("enrollments", DeviceEnrollment.Type).Annotations(internal()),
	}
}

// Indexes of the ADEProfileRegistration.
func (ADEProfileRegistration) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("ade_profile_version_id", "abm_token_id", "server_url").Unique().StorageKey("adeprofileregistration_version_token_url"),
		index.Fields("abm_token_id", "apple_profile_uuid"), // whose profile a device has at Apple
	}
}

// Annotations of the ADEProfileRegistration.
func (ADEProfileRegistration) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Table("ade_profile_registrations"), entgql.Skip(entgql.SkipAll)}
}

// PlatformDefault is the profile that devices of a platform get when nothing else decides: of one token, or of all. The API calls
// it DefaultADEProfile, which is also a name that entgql gives to something else.
type PlatformDefault struct{ ent.Schema }

// Mixin of the PlatformDefault.
func (PlatformDefault) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.PlatformDefault}} }

// Fields of the PlatformDefault.
func (PlatformDefault) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("abm_token_id").GoType(gid.ID(0)).Optional().Nillable().Immutable().
			Comment("The ABM token whose devices get it; null: those of every token that has no default of its own."),
		field.String("platform").Immutable().Comment("IOS, IPADOS, MACOS, TVOS or VISIONOS; IOS and IPADOS always hold the same."),
		field.Int64("ade_profile_id").GoType(gid.ID(0)),
		field.Time("updated_at").Comment("When it was set."),
	}
}

// Edges of the PlatformDefault.
func (PlatformDefault) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("ade_profile", ADEProfile.Type).Ref("defaults").Field("ade_profile_id").Unique().Required(),
		edge.From("abm_token", ABMToken.Type).Ref("defaults").Field("abm_token_id").Unique().Immutable(),
	}
}

// Indexes of the PlatformDefault.
func (PlatformDefault) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("abm_token_id", "platform").Unique(),
		index.Fields("platform").Unique().Annotations(entsql.IndexWhere("abm_token_id IS NULL")),
		index.Fields("ade_profile_id"),
	}
}

// Annotations of the PlatformDefault.
func (PlatformDefault) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}
