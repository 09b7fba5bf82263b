package schema

import (
	"encoding/json"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// AssignmentItem is what has to be said to Apple about one device. It exists while Apple and the rules differ, and goes when
// they agree: what it holds beside that is when to try again, and why it is not done yet.
type AssignmentItem struct{ ent.Schema }

// Mixin of the AssignmentItem.
func (AssignmentItem) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.AssignmentItem}} }

// Fields of the AssignmentItem.
func (AssignmentItem) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("device_id").GoType(gid.ID(0)).Immutable(),
		field.Int64("abm_token_id").GoType(gid.ID(0)).Comment("Token in whose list the device is."),
		field.Int64("ade_profile_id").GoType(gid.ID(0)).Optional().Nillable().Comment("Profile to assign; null: take away what is there."),
		field.Enum("state").NamedValues("Pending", "PENDING", "Failed", "FAILED", "Throttled", "THROTTLED", "NotAccessible", "NOT_ACCESSIBLE").
			Comment("PENDING until Apple answered once."),
		field.Time("due_at").Comment("From when on Apple is asked; of a device that Apple does not let us touch: far away, until its row changes."),
		field.Time("claimed_until").Optional().Nillable().Comment("Until when it belongs to whoever is telling Apple about it; null: to nobody. In no index, so that PostgreSQL " +
			"can write it without writing all of them (HOT)."),
		field.Int("attempts").Default(0).Comment("Answers that were no success."),
		field.String("error_code").Default(""),
		field.String("error_message").Default(""),
		field.Int64("assignment_batch_id").GoType(gid.ID(0)).Optional().Nillable().Comment("Batch that waits for it."),
		field.Time("created_at").Immutable(),
	}
}

// Edges of the AssignmentItem.
func (AssignmentItem) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("device", Device.Type).Ref("assignment_item").Field("device_id").Unique().Required().Immutable(),
	}
}

// Indexes of the AssignmentItem.
func (AssignmentItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("abm_token_id", "due_at", "id"), // what is due next
		index.Fields("state", "device_id"),           // filter assignmentStatus
		index.Fields("assignment_batch_id", "id"),    // what a batch waits for
		index.Fields("ade_profile_id"),               // what waits for a profile
	}
}

// Annotations of the AssignmentItem.
func (AssignmentItem) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}

// AssignmentJob is a change whose consequences for devices are still being worked out, in transactions of a bounded number of rows.
// The transaction that makes the change writes it.
type AssignmentJob struct{ ent.Schema }

// Mixin of the AssignmentJob.
func (AssignmentJob) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.AssignmentJob}} }

// Fields of the AssignmentJob.
func (AssignmentJob) Fields() []ent.Field {
	return []ent.Field{
		field.JSON("scope", json.RawMessage{}).Immutable().Comment("Which devices (server/assignment)."),
		field.Int64("after_id").GoType(gid.ID(0)).Default(0).Comment("Last device that was looked at."),
		field.Int64("assignment_batch_id").GoType(gid.ID(0)).Optional().Nillable().Immutable(),
		field.Time("created_at").Immutable(),
		field.Time("updated_at"),
	}
}

// Annotations of the AssignmentJob.
func (AssignmentJob) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}

// AssignmentBatch is one act that may change what many devices have at Apple, with what became of it.
type AssignmentBatch struct{ ent.Schema }

// Mixin of the AssignmentBatch.
func (AssignmentBatch) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.AssignmentBatch}} }

// Fields of the AssignmentBatch.
func (AssignmentBatch) Fields() []ent.Field {
	counter := func(name, comment string) ent.Field {
		return field.Int(name).Default(0).NonNegative().Annotations(unfiltered()).Comment(comment)
	}
	return []ent.Field{
		field.Enum("cause").Immutable().
			NamedValues("Assign", "ASSIGN", "Unassign", "UNASSIGN", "Clear", "CLEAR", "Group", "GROUP", "Default", "DEFAULT", "Publish", "PUBLISH",
				"Mode", "MODE", "Undo", "UNDO", "Disown", "DISOWN").
			Annotations(entgql.Type("AssignmentCause"), unfiltered()).Comment("What was done."),
		field.Enum("status").
			NamedValues("Running", "RUNNING", "Finished", "FINISHED", "Canceled", "CANCELED").
			Annotations(entgql.Type("AssignmentBatchStatus")).Comment("Whether devices of the batch still wait."),
		field.String("title").Immutable().Annotations(unfiltered()).Comment("What it was about, such as the name of the profile or group."),
		field.Int64("ade_profile_id").GoType(gid.ID(0)).Optional().Nillable().Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("adeProfileId"), unfiltered()).
			Comment("The profile that was chosen; null when none was."),
		field.String("requested_by").Immutable().Annotations(unfiltered()).Comment("Who did it."),
		counter("devices", "Devices that it is about; known once `counted` is true."),
		field.Bool("counted").Default(false).Annotations(unfiltered()).Comment("Whether all devices were looked at, so that `devices` and `total` stand."),
		counter("total", "Of these, devices that have to be told to Apple."),
		counter("succeeded", "Devices that Apple has as wanted now."),
		counter("failed", "Devices that Apple refused at least once, and that wait for another attempt or for somebody."),
		field.Time("created_at").Immutable().Annotations(unfiltered()).Comment("When it was done."),
		field.Time("updated_at").Annotations(unfiltered()).Comment("When its numbers last changed."),
		field.Time("finished_at").Optional().Nillable().Annotations(unfiltered()).Comment("When nothing of it was left to do; null until then."),
	}
}

// Edges of the AssignmentBatch.
func (AssignmentBatch) Edges() []ent.Edge {
	return []ent.Edge{edge.To("results", AssignmentResult.Type).Annotations(internal())}
}

// Indexes of the AssignmentBatch.
func (AssignmentBatch) Indexes() []ent.Index { return []ent.Index{index.Fields("status", "id")} }

// Annotations of the AssignmentBatch.
func (AssignmentBatch) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("One act that changes what devices have at Apple, and what became of it."),
	}
}

// AssignmentResult is what became of one device of a batch, and what the device had before.
type AssignmentResult struct{ ent.Schema }

// Mixin of the AssignmentResult.
func (AssignmentResult) Mixin() []ent.Mixin {
	return []ent.Mixin{identified{kind: gid.AssignmentResult}}
}

// Fields of the AssignmentResult.
func (AssignmentResult) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("assignment_batch_id").GoType(gid.ID(0)).Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("assignmentBatchId")).Comment("The batch."),
		field.Int64("device_id").GoType(gid.ID(0)).Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("deviceId")).Comment("The device."),
		field.Int64("previous_rule").GoType(gid.ID(0)).Optional().Nillable().Immutable().Annotations(internal()).
			Comment("The device's own choice before the batch (Device.profile_rule): what undo restores."),
		field.Enum("status").
			NamedValues("Pending", "PENDING", "Succeeded", "SUCCEEDED", "Failed", "FAILED", "Throttled", "THROTTLED", "NotAccessible", "NOT_ACCESSIBLE",
				"Unchanged", "UNCHANGED", "Superseded", "SUPERSEDED").
			Annotations(entgql.Type("AssignmentResultStatus")).Comment("What became of the device."),
		field.String("message").Default("").Annotations(unfiltered()).Comment("Why, where there is more to say; empty otherwise."),
		field.Time("updated_at").Annotations(unfiltered()).Comment("When that was known."),
	}
}

// Edges of the AssignmentResult.
func (AssignmentResult) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("assignment_batch", AssignmentBatch.Type).Ref("results").Field("assignment_batch_id").Unique().Required().Immutable().
			Annotations(internal()),
		edge.From("device", Device.Type).Ref("assignment_results").Field("device_id").Unique().Required().Immutable().Comment("The device."),
	}
}

// Indexes of the AssignmentResult.
func (AssignmentResult) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("assignment_batch_id", "device_id").Unique(),
		index.Fields("device_id"),
	}
}

// Annotations of the AssignmentResult.
func (AssignmentResult) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("What became of one device of a batch."),
	}
}
