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

// DeviceEnrollment is how far a device has come since it was switched on, by what it did itself (field notes 28). Devices that
// never called have none, so that a first sync of a million devices writes none.
type DeviceEnrollment struct{ ent.Schema }

// Mixin of the DeviceEnrollment.
func (DeviceEnrollment) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.DeviceEnrollment}}
}

// Fields of the DeviceEnrollment.
func (DeviceEnrollment) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("device_id").GoType(gid.ID(0)).Immutable().Annotations(internal()),
		field.Enum("status").
			NamedValues("NotEnrolled", "NOT_ENROLLED", "Enrolling", "ENROLLING", "Enrolled", "ENROLLED", "Unenrolled", "UNENROLLED").
			Annotations(entgql.Type("EnrollmentStatus")).Comment("State by evidence: what the device did last."),
		field.Int64("ade_profile_registration_id").GoType(gid.ID(0)).Optional().Nillable().Annotations(internal()).
			Comment("The profile, as registered at Apple, whose address the device called last."),
		field.Int64("offered_mdm_id").GoType(gid.ID(0)).Optional().Nillable().Annotations(internal()).
			Comment("Whose enrollment profile the device was given last; null: our own."),
		field.Int64("other_mdm_id").GoType(gid.ID(0)).Optional().Nillable().Annotations(internal()).
			Comment("The MDM server that it enrolled with last, as that told; null: our own."),
		field.Time("reported_at").Optional().Nillable().Annotations(internal()).
			Comment("When the newest of what that server told was so: what is older is not news."),
		field.String("udid").Default("").Comment("The device's own identifier, as it sent it last; it stays when the device is wiped."),
		field.String("product").Default("").Comment("Product name, such as `iPhone16,1`."),
		field.String("model_name").Default("").Comment("Model as the device calls itself, such as `MacBook Air`; empty when it did not say."),
		field.String("device_name").Default("").Comment("Name that its user gave the device; empty when it did not say."),
		field.String("os_version").Default("").Comment("Version of the operating system, such as `26.1`; empty where the device says its build alone."),
		field.String("build_version").Default("").Comment("Build of the operating system, such as `23B85`."),
		field.Bool("below_minimum_os").Default(false).Comment("Whether it enrolled although its system is older than the profile demands, because it could not update by itself."),

		field.Time("profile_fetched_at").Optional().Nillable().Comment("When it last fetched the enrollment profile."),
		field.Time("authenticated_at").Optional().Nillable().Comment("When its last enrollment began: Authenticate."),
		field.Time("enrolled_at").Optional().Nillable().Comment("When its last enrollment was complete: the first TokenUpdate of the device's own channel after it."),
		field.Time("unenrolled_at").Optional().Nillable().Comment("When the device said goodbye: CheckOut. A wiped device never does."),
		field.Time("last_seen_at").Optional().Nillable().Comment("When it last sent anything, to the minute."),
		field.Int("enrollments").Default(0).Comment("How often it began to enroll."),

		field.Bool("awaiting_configuration").Default(false).Comment("Whether it is held in Setup Assistant until it is released."),
		field.Time("release_due_at").Optional().Nillable().Annotations(internal()).
			Comment("When it is released whatever its first commands do; null when it is not held."),
		field.Time("released_at").Optional().Nillable().Comment("When Setup Assistant went on after the last enrollment."),
	}
}

// Edges of the DeviceEnrollment.
func (DeviceEnrollment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("device", Device.Type).Ref("enrollment").Field("device_id").Unique().Required().Immutable().Annotations(internal()),
		edge.From("registration", ADEProfileRegistration.Type).Ref("enrollments").Field("ade_profile_registration_id").Unique().Annotations(internal()),
		edge.From("offered_mdm", OtherMDM.Type).Ref("offers").Field("offered_mdm_id").Unique().Annotations(internal()),
		edge.From("other_mdm", OtherMDM.Type).Ref("enrollments").Field("other_mdm_id").Unique().Annotations(internal()),
	}
}

// Indexes of the DeviceEnrollment.
func (DeviceEnrollment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("status", "device_id"), // filter by status; counts
		index.Fields("udid"),                // whose a channel is
		index.Fields("ade_profile_registration_id"),
		index.Fields("other_mdm_id", "status").Annotations(entsql.IndexWhere("other_mdm_id IS NOT NULL")), // how many enrolled with it
		index.Fields("offered_mdm_id").Annotations(entsql.IndexWhere("offered_mdm_id IS NOT NULL")),
		index.Fields("release_due_at").Annotations(entsql.IndexWhere("awaiting_configuration")), // the watchdog; how many wait
	}
}

// Annotations of the DeviceEnrollment.
func (DeviceEnrollment) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("How far a device has come since it was switched on, by what it did itself."),
	}
}

// EnrollmentRefusal is a reason for which requests for the enrollment profile were refused: one row for each reason and serial
// number, and no more rows than server/refusal keeps, because anybody may send such requests.
type EnrollmentRefusal struct{ ent.Schema }

// Mixin of the EnrollmentRefusal.
func (EnrollmentRefusal) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.EnrollmentRefusal}}
}

// Fields of the EnrollmentRefusal.
func (EnrollmentRefusal) Fields() []ent.Field {
	return []ent.Field{
		field.String("code").Immutable().Annotations(unfiltered()).Comment("Why, as in logs and metrics, such as `UNKNOWN_DEVICE_CA`."),
		field.String("serial_number").Immutable().Annotations(unfiltered()).Comment("Serial number that the request claimed; empty where it could not be believed or read."),
		field.String("message").Annotations(unfiltered()).Comment("What the device was told."),
		field.String("udid").Default("").Annotations(unfiltered()).Comment("Identifier that the last request claimed."),
		field.String("product").Default("").Annotations(unfiltered()).Comment("Product that the last request claimed."),
		field.String("os_version").Default("").Annotations(unfiltered()).Comment("System that the last request claimed."),
		field.String("address").Default("").Annotations(unfiltered()).Comment("Network address that the last request came from."),
		field.Int("count").Annotations(unfiltered()).Comment("How many such requests there were."),
		field.Time("first_at").Immutable().Annotations(unfiltered()).Comment("When the first came."),
		field.Time("last_at").Annotations(entgql.OrderField("LAST_AT"), unfiltered()).Comment("When the last came."),
	}
}

// Indexes of the EnrollmentRefusal.
func (EnrollmentRefusal) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("code", "serial_number").Unique(),
		index.Fields("serial_number"), // those of a device
		index.Fields("last_at", "id"), // the newest are shown, the oldest go, first
	}
}

// Annotations of the EnrollmentRefusal.
func (EnrollmentRefusal) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("A reason for which requests for the enrollment profile were refused, and how often."),
	}
}

// DeviceCA is a certificate authority that signs for devices: pinned by an administrator, or seen in a request and refused.
type DeviceCA struct{ ent.Schema }

// Mixin of the DeviceCA.
func (DeviceCA) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.DeviceCA}} }

// Fields of the DeviceCA.
func (DeviceCA) Fields() []ent.Field {
	return []ent.Field{
		field.String("fingerprint").Immutable().Annotations(unfiltered()).Comment("SHA-256 of the certificate, in lower-case hexadecimal digits."),
		field.String("subject").Immutable().Annotations(unfiltered()).Comment("Whose certificate it is."),
		field.String("issuer").Immutable().Annotations(unfiltered()).Comment("Who issued it."),
		field.Bytes("certificate").Immutable().Annotations(internal()).Comment("The certificate (DER)."),
		field.Int("count").Annotations(unfiltered()).Comment("How many requests were signed by one of its devices, while it was not pinned."),
		field.String("serial_number").Default("").Annotations(unfiltered()).Comment("Serial number that the last such request claimed."),
		field.Time("first_at").Immutable().Annotations(unfiltered()).Comment("When it was seen first."),
		field.Time("last_at").Annotations(unfiltered()).Comment("When it was seen last, while it was not pinned."),
		field.Time("pinned_at").Optional().Nillable().Annotations(unfiltered()).Comment("Since when its devices are believed; null while they are refused."),
		field.String("pinned_by").Default("").Annotations(unfiltered()).Comment("Who pinned it."),
	}
}

// Indexes of the DeviceCA.
func (DeviceCA) Indexes() []ent.Index {
	return []ent.Index{index.Fields("fingerprint").Unique(), index.Fields("last_at")}
}

// Annotations of the DeviceCA.
func (DeviceCA) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Type("DeviceCA"), entsql.Table("device_cas"), entgql.Skip(entgql.SkipAll),
		schema.Comment("A certificate authority that signs for devices: pinned by an administrator, or seen in a request and refused."),
	}
}
