package schema

import (
	"encoding/json"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// DeviceEvent is one thing that happened to a device. It is written in the transaction of the change and altered only in
// whether the change was announced. The devices of a token's first full fetch have none: their rows say when they were added.
type DeviceEvent struct{ ent.Schema }

// Mixin of the DeviceEvent.
func (DeviceEvent) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.DeviceEvent}} }

// Fields of the DeviceEvent.
func (DeviceEvent) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("device_id").GoType(gid.ID(0)).Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("deviceId")).
			Comment("The device."),
		field.Int64("abm_token_id").GoType(gid.ID(0)).Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("abmTokenId")).
			Comment("The ABM token in whose list it happened."),
		field.Int64("sync_run_id").GoType(gid.ID(0)).Optional().Nillable().Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("syncRunId")).
			Comment("The run that found it; null when a person did it here."),
		field.Enum("kind").Immutable().
			NamedValues("Added", "ADDED", "Returned", "RETURNED", "Moved", "MOVED", "Modified", "MODIFIED", "Removed", "REMOVED",
				"Assigned", "ASSIGNED", "Cleared", "CLEARED", "AssignmentFailed", "ASSIGNMENT_FAILED", "Pushed", "PUSHED",
				"Disowned", "DISOWNED", "Replaces", "REPLACES", "ReplacedBy", "REPLACED_BY",
				"ProfileFetched", "PROFILE_FETCHED", "EnrollmentRefused", "ENROLLMENT_REFUSED", "Enrolling", "ENROLLING", "Enrolled", "ENROLLED",
				"Released", "RELEASED", "Unenrolled", "UNENROLLED",
				"CommandQueued", "COMMAND_QUEUED", "CommandAcknowledged", "COMMAND_ACKNOWLEDGED", "CommandFailed", "COMMAND_FAILED",
				"CommandCanceled", "COMMAND_CANCELED").
			Annotations(entgql.Type("DeviceEventKind")).Comment("What happened."),
		field.Time("at").Immutable().Comment("When GuardMDM learned of it."),
		field.Time("apple_at").Optional().Nillable().Immutable().
			Comment("When it happened by Apple's word; null where Apple named no time, as in a full fetch."),
		field.JSON("changes", json.RawMessage{}).Optional().Immutable().Annotations(entgql.Type("JSON")).
			Comment("The fields that changed: an object of arrays [before, after]. Null where none did."),
		field.String("requested_by").Default("").Immutable().Annotations(unfiltered()).
			Comment("Name of the person or program whose act led to it; empty where a sync, the device or a rule of before did."),
		field.Bool("unannounced").Default(false).
			Comment("Whether only a full reconciliation found it: the changes that Apple sent had missed it."),
	}
}

// Edges of the DeviceEvent.
func (DeviceEvent) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("device", Device.Type).Ref("events").Field("device_id").Unique().Required().Immutable().Comment("The device."),
	}
}

// Indexes of the DeviceEvent.
func (DeviceEvent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("device_id", "id"), // a device's history
		// What a full reconciliation found: few rows, and nothing else asks by run.
		index.Fields("sync_run_id", "id").Annotations(entsql.IndexWhere("unannounced")),
	}
}

// Annotations of the DeviceEvent.
func (DeviceEvent) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("One thing that happened to a device."),
	}
}

// DeviceCount keeps how many devices there are, so that nobody has to count a million rows. The sync changes it in the
// transaction that changes the devices.
type DeviceCount struct{ ent.Schema }

// Mixin of the DeviceCount.
func (DeviceCount) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.DeviceCount}} }

// Fields of the DeviceCount.
func (DeviceCount) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("abm_token_id").GoType(gid.ID(0)).Immutable(),
		field.String("platform").Immutable(),
		field.Int("day").Immutable().Comment("Days since 1970 (UTC) of the addition or removal; 0: all days together."),
		field.Int("present").Comment("Devices that are there, and were added on the day."),
		field.Int("removed").Comment("Devices that are gone, and were removed on the day."),
	}
}

// Indexes of the DeviceCount.
func (DeviceCount) Indexes() []ent.Index {
	return []ent.Index{index.Fields("abm_token_id", "platform", "day").Unique()}
}

// Annotations of the DeviceCount.
func (DeviceCount) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}

// FleetDay keeps how many devices there were at the end of a day, for the course of the fleet. A job writes it from the counts.
type FleetDay struct{ ent.Schema }

// Mixin of the FleetDay.
func (FleetDay) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.FleetDay}} }

// Fields of the FleetDay.
func (FleetDay) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("abm_token_id").GoType(gid.ID(0)).Immutable(),
		field.String("platform").Immutable(),
		field.Int("day").Immutable().Comment("Days since 1970 (UTC)."),
		field.Int("devices").Comment("Devices that were there when the day was last looked at."),
	}
}

// Indexes of the FleetDay.
func (FleetDay) Indexes() []ent.Index {
	return []ent.Index{index.Fields("day", "abm_token_id", "platform").Unique()}
}

// Annotations of the FleetDay.
func (FleetDay) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}
