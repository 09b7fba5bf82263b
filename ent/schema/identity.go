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

// IdentityCA is our certificate authority, which issues the identities of devices. The newest issues; older ones stay believed.
type IdentityCA struct{ ent.Schema }

// Mixin of the IdentityCA.
func (IdentityCA) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.IdentityCA}} }

// Fields of the IdentityCA.
func (IdentityCA) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("certificate").Immutable().Comment("Its certificate (DER)."),
		field.Bytes("sealed_key").Sensitive().Comment("Its private key (PKCS #8), sealed."),
		field.Time("created_at").Immutable(),
	}
}

// Edges of the IdentityCA.
func (IdentityCA) Edges() []ent.Edge {
	return []ent.Edge{edge.To("certificates", IdentityCertificate.Type).Annotations(internal())}
}

// Annotations of the IdentityCA.
func (IdentityCA) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Table("identity_cas"), entgql.Skip(entgql.SkipAll)}
}

// IdentityCertificate is a certificate that our authority issued to a device.
type IdentityCertificate struct{ ent.Schema }

// Mixin of the IdentityCertificate.
func (IdentityCertificate) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.IdentityCertificate}}
}

// Fields of the IdentityCertificate.
func (IdentityCertificate) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("identity_ca_id").GoType(gid.ID(0)).Immutable().Annotations(internal()),
		field.Int64("device_id").GoType(gid.ID(0)).Immutable().Annotations(internal()),
		field.String("serial").Immutable().Comment("Serial number of the certificate, in lower-case hexadecimal digits."),
		field.String("fingerprint").Immutable().Comment("SHA-256 of the certificate, in lower-case hexadecimal digits."),
		field.String("subject").Immutable().Comment("Whose certificate it is."),
		field.String("udid").Immutable().Comment("Identifier of the device that it was issued to."),
		field.Time("starts_at").Immutable().Comment("Since when it is valid."),
		field.Time("expires_at").Immutable().Comment("Until when it is valid."),
		field.String("renews").Default("").Immutable().Annotations(internal()).
			Comment("Fingerprint of the certificate in whose place it comes: a message with it takes over the channel of that one without a new Authenticate. Empty: it was issued to enroll."),
		field.Time("revoked_at").Optional().Nillable().Comment("Since when it is not accepted any more; null while it is."),
		field.String("revoked_because").Default("").Comment("Why it is not accepted any more; empty while it is."),
	}
}

// Edges of the IdentityCertificate.
func (IdentityCertificate) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("identity_ca", IdentityCA.Type).Ref("certificates").Field("identity_ca_id").Unique().Required().Immutable().Annotations(internal()),
		edge.From("device", Device.Type).Ref("identity_certificates").Field("device_id").Unique().Required().Immutable().Annotations(internal()),
	}
}

// Indexes of the IdentityCertificate.
func (IdentityCertificate) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("identity_ca_id", "serial").Unique(),
		index.Fields("fingerprint").Unique(),
		index.Fields("device_id", "expires_at"), // a device's newest
		index.Fields("expires_at"),              // what is to be renewed
	}
}

// Annotations of the IdentityCertificate.
func (IdentityCertificate) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("A certificate that our authority issued to a device: its identity."),
	}
}

// SCEPChallenge is a password that one device may use once to get an identity. Only its hash is kept.
type SCEPChallenge struct{ ent.Schema }

// Mixin of the SCEPChallenge.
func (SCEPChallenge) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.SCEPChallenge}} }

// Fields of the SCEPChallenge.
func (SCEPChallenge) Fields() []ent.Field {
	return []ent.Field{
		field.String("hash").Immutable().Comment("SHA-256 of the password."),
		field.Int64("device_id").GoType(gid.ID(0)).Immutable(),
		field.String("udid").Immutable().Comment("The device's identifier in the request that it was made for."),
		field.String("renews").Default("").Immutable().Comment("Fingerprint of the certificate that it is to renew; empty for one to enroll with."),
		field.Time("created_at").Immutable(),
		field.Time("expires_at").Immutable(),
		field.Time("used_at").Optional().Nillable(),
	}
}

// Edges of the SCEPChallenge.
func (SCEPChallenge) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("device", Device.Type).Ref("scep_challenges").Field("device_id").Unique().Required().Immutable(),
	}
}

// Indexes of the SCEPChallenge.
func (SCEPChallenge) Indexes() []ent.Index {
	return []ent.Index{index.Fields("hash").Unique(), index.Fields("device_id"), index.Fields("expires_at")}
}

// Annotations of the SCEPChallenge.
func (SCEPChallenge) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Table("scep_challenges"), entgql.Skip(entgql.SkipAll)}
}

// PushCertificate is an MDM push certificate of the organization, or the request for one. Devices are bound to its topic, so a
// renewal keeps that.
type PushCertificate struct{ ent.Schema }

// Mixin of the PushCertificate.
func (PushCertificate) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.PushCertificate}}
}

// Fields of the PushCertificate.
func (PushCertificate) Fields() []ent.Field {
	return []ent.Field{
		field.String("topic").Default("").Annotations(unfiltered()).Comment("Push topic, `com.apple.mgmt.…`, read from the certificate; empty until it was uploaded."),
		field.String("subject").Default("").Annotations(unfiltered()).Comment("Whose certificate it is."),
		field.String("apple_account").Default("").Annotations(unfiltered()).Comment("Apple Account that it was made with, as somebody wrote it down: a renewal needs the same one."),
		field.Bytes("request").Immutable().Annotations(internal()).Comment("The certificate signing request (DER); empty when the key came with the certificate."),
		field.Bytes("certificate").Optional().Annotations(internal()).Comment("The certificate and those above it (DER, one after the other); empty until it was uploaded."),
		field.Bytes("sealed_key").Sensitive().Annotations(internal()).Comment("Its private key (PKCS #8), sealed."),
		field.Time("created_at").Immutable().Annotations(unfiltered()).Comment("When the request was made."),
		field.Time("not_before").Optional().Nillable().Annotations(unfiltered()).Comment("Since when it is valid."),
		field.Time("not_after").Optional().Nillable().Annotations(unfiltered()).Comment("Until when it is valid."),
		field.Time("uploaded_at").Optional().Nillable().Annotations(unfiltered()).Comment("When it was uploaded."),
		field.Int("expiry_alert").Optional().Nillable().Annotations(internal()).Comment("Step of the alert ladder that was raised last: days before the end."),
		field.Time("expiry_alert_at").Optional().Nillable().Annotations(internal()).Comment("When that was."),
		field.Time("replaced_at").Optional().Nillable().Annotations(unfiltered()).Comment("When another took its place; null while it is in use, or awaited."),
	}
}

// Indexes of the PushCertificate.
func (PushCertificate) Indexes() []ent.Index {
	return []ent.Index{index.Fields("topic")}
}

// Annotations of the PushCertificate.
func (PushCertificate) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Skip(entgql.SkipAll),
		schema.Comment("An MDM push certificate of the organization, or the request for one."),
	}
}
