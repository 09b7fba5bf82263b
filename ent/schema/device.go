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

// Device is one device, by serial number, as Apple described it last. It is one row for ever: moved devices change their
// token, removed ones become tombstones and come back.
type Device struct{ ent.Schema }

// Mixin of the Device.
func (Device) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.Device}} }

// Fields of the Device. Those that Apple writes are kept in server/store's raw upsert too: see store/devices.go.
func (Device) Fields() []ent.Field {
	return []ent.Field{
		field.String("serial_number").NotEmpty().Annotations(entgql.OrderField("SERIAL_NUMBER")).
			Comment("Serial number in upper case: the key of everything about the device."),
		field.Int64("abm_token_id").GoType(gid.ID(0)).Annotations(entgql.Type("ID"), entgql.MapsTo("abmTokenId")).
			Comment("ABM token whose device list last contained the device."),
		field.String("model").Default("").Annotations(unfiltered()).Comment("Marketing name, such as `MacBook Air`."),
		field.String("description").Default("").Annotations(unfiltered()).Comment("Apple's sales text, such as `IPHONE 15 BLACK 128GB-ZDD`."),
		field.String("color").Default("").Annotations(unfiltered()).Comment("Colour as Apple wrote it; may be empty."),
		field.String("asset_tag").Default("").Annotations(unfiltered()).Comment("The organization's asset tag; mostly empty."),
		field.String("device_family").Default("").Annotations(unfiltered()).
			Comment("Family as Apple wrote it: `iPhone`, `iPad`, `iPod`, `Mac`, `AppleTV`, `Vision`, or one that Apple adds."),
		field.String("os").Default("").Annotations(unfiltered()).
			Comment("Operating system as Apple wrote it: `iOS`, `iPadOS`, `OSX`, `tvOS`, `visionOS`, or one that Apple adds."),
		field.Enum("platform").
			NamedValues("IOS", "IOS", "IPadOS", "IPADOS", "MacOS", "MACOS", "TvOS", "TVOS", "VisionOS", "VISIONOS",
				"WatchOS", "WATCHOS", "Unknown", "UNKNOWN").
			Annotations(entgql.Type("Platform")).
			Comment("Platform derived from the family, else from the operating system."),
		field.String("apple_profile_uuid").Default("").Annotations(entgql.MapsTo("appleProfileUuid"), unfiltered()).
			Comment("Identifier of the ADE profile that Apple has for the device, in upper case without dashes; empty when there is none."),
		field.String("apple_profile_status").Default("").Annotations(unfiltered()).
			Comment("Apple's profile status: `empty`, `assigned`, `pushed`, `removed`, or one that Apple adds."),
		field.Time("apple_profile_assigned_at").Optional().Nillable().Annotations(unfiltered()).
			Comment("When Apple took the profile for the device."),
		field.Time("apple_profile_pushed_at").Optional().Nillable().Annotations(unfiltered()).
			Comment("When the device fetched the profile from Apple."),
		field.Time("device_assigned_at").Optional().Nillable().Annotations(unfiltered()).
			Comment("When the device was assigned to the MDM server in Apple Business Manager."),
		field.String("device_assigned_by").Default("").Annotations(unfiltered()).Comment("Apple Account that assigned the device."),
		field.Time("mdm_migration_deadline").Optional().Nillable().Annotations(entgql.OrderField("MDM_MIGRATION_DEADLINE"), unfiltered()).
			Comment("By when the device has to migrate from another MDM; null when it does not. An order by it lists only devices that have one."),
		field.String("apple_extra").Default("").Annotations(internal()).
			Comment("Everything else that Apple said, unknown fields too: a JSON object with sorted keys, empty when there is none."),
		field.Time("apple_op_at").Optional().Nillable().Annotations(internal()).
			Comment("Time of Apple's newest event for the device: older ones are ignored."),

		field.Int64("profile_rule").GoType(gid.ID(0)).Optional().Nillable().Annotations(internal()).
			Comment("What decides the device's ADE profile: its own choice (the profile's id; gid.NoProfile for none on purpose), or the first group that has one (the group's id). Null: the default of its platform."),

		field.Time("added_at").Annotations(entgql.OrderField("ADDED_AT"), unfiltered()).
			Comment("When GuardMDM first saw the device, or saw it again after its removal."),
		field.Time("changed_at").Annotations(unfiltered()).
			Comment("When GuardMDM last saw something about the device change."),
		field.Time("removed_at").Optional().Nillable().
			Comment("When the device left the MDM server in Apple Business Manager; null while it is there."),
	}
}

// Edges of the Device.
func (Device) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("abm_token", ABMToken.Type).Ref("devices").Field("abm_token_id").Unique().Required().
			Annotations(entgql.Skip(entgql.SkipWhereInput)).
			Comment("ABM token whose device list last contained the device."),
		edge.To("events", DeviceEvent.Type).Annotations(internal()),
		edge.To("memberships", DeviceGroupMember.Type).Annotations(internal()),
		edge.To("assignment_item", AssignmentItem.Type).Unique().Annotations(internal()),
		edge.To("assignment_results", AssignmentResult.Type).Annotations(internal()),
		edge.To("notes", DeviceNote.Type).Annotations(internal()),
		edge.To("enrollment", DeviceEnrollment.Type).Unique().Annotations(internal()),
		edge.To("identity_certificates", IdentityCertificate.Type).Annotations(internal()),
		edge.To("scep_challenges", SCEPChallenge.Type).Annotations(internal()),
		edge.To("mdm_channels", MDMChannel.Type).Annotations(internal()),
	}
}

// Indexes of the Device: each names the query that needs it. Issue: at most six.
func (Device) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("serial_number").Unique(), // the sync's look-up; serial search; order SERIAL_NUMBER
		// Devices of a token; the sweep. What pages are filtered and ordered by beside it comes along, so that the tens of thousands of
		// devices of a token are looked through in the index alone.
		index.Fields("abm_token_id", "id", "serial_number", "platform", "removed_at", "added_at").StorageKey("device_token"),
		// Filter by platform; by status, which is what Apple has for the devices that have the default of their platform for their token, beside what the
		// rules say.
		index.Fields("platform", "abm_token_id", "apple_profile_uuid", "apple_profile_status", "id").StorageKey("device_platform"),
		index.Fields("added_at", "id"), // order ADDED_AT
		// Devices with a choice of their own or a group's. Most have neither.
		index.Fields("profile_rule", "id").Annotations(entsql.IndexWhere("profile_rule IS NOT NULL")),
		// Filter removed. Nearly all devices are present, so finding those needs no index.
		index.Fields("removed_at", "id", "serial_number", "abm_token_id", "platform", "added_at").StorageKey("device_removed").
			Annotations(entsql.IndexWhere("removed_at IS NOT NULL")),
	}
}

// Annotations of the Device.
func (Device) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		schema.Comment("A device that Apple Business Manager assigned to one of the ABM tokens."),
	}
}
