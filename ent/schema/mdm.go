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

// MDMChannel is one channel of MDM's protocol: a device's own, or that of one of its users. It holds what NanoMDM's packages ask
// their storage for; what that means for the device is in DeviceEnrollment.
type MDMChannel struct{ ent.Schema }

// Mixin of the MDMChannel.
func (MDMChannel) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.MDMChannel}} }

// Fields of the MDMChannel.
func (MDMChannel) Fields() []ent.Field {
	return []ent.Field{
		field.String("channel").Immutable().Comment("The channel's identifier: the UDID, or the UDID, a colon and the user's identifier."),
		field.Int64("device_id").GoType(gid.ID(0)).Optional().Nillable().Comment("The device whose channel it is."),
		field.Bool("of_user").Immutable().Comment("Whether it is a user's."),
		field.Bool("enabled").Default(false).Comment("Whether it takes commands: since its TokenUpdate, until Authenticate or CheckOut."),
		field.String("topic").Default(""),
		field.String("push_magic").Default(""),
		field.Bytes("push_token").Optional(),
		field.Bytes("sealed_unlock_token").Optional().Sensitive().Comment("What clears the device's passcode, sealed. A device may send it once."),
		field.Bytes("sealed_bootstrap_token").Optional().Sensitive().Comment("A Mac's bootstrap token, sealed."),
		field.String("certificate_fingerprint").Default("").Comment("SHA-256 of the identity that Authenticate came with: messages with another one are refused."),
		field.Int("token_updates").Default(0).Comment("TokenUpdates since the last Authenticate."),
		field.Bytes("authenticate").Optional().Comment("The last Authenticate as it came."),
		field.Bytes("token_update").Optional().Comment("The last TokenUpdate as it came, without its secrets."),
		field.Time("authenticated_at").Optional().Nillable(),
		field.Time("token_updated_at").Optional().Nillable(),
		field.Time("checked_out_at").Optional().Nillable(),
		field.Time("push_due_at").Optional().Nillable().Comment("When the device is to be asked to call, for the first time or again; null when it need not be."),
		field.Int("push_attempts").Default(0).Comment("How often Apple's push service could not take the request that is due."),
		field.Time("pushed_at").Optional().Nillable().Comment("When Apple's push service last took a request for the device to call."),
		field.Int("push_repeats").Default(0).Comment("How often it was asked again because it did not do what waits for it."),
		field.String("push_error").Default("").Comment("What Apple's push service answered last, when it refused."),
	}
}

// Edges of the MDMChannel.
func (MDMChannel) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("device", Device.Type).Ref("mdm_channels").Field("device_id").Unique(),
		edge.To("commands", MDMCommand.Type).Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Indexes of the MDMChannel.
func (MDMChannel) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("channel").Unique(),
		index.Fields("device_id"),
		index.Fields("certificate_fingerprint"), // whose an identity is
		index.Fields("push_due_at").Annotations(entsql.IndexWhere("push_due_at IS NOT NULL")),
	}
}

// Annotations of the MDMChannel.
func (MDMChannel) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Table("mdm_channels"), entgql.Skip(entgql.SkipAll)}
}

// MDMCommand is one command for one channel: queued, sent, answered.
type MDMCommand struct{ ent.Schema }

// Mixin of the MDMCommand.
func (MDMCommand) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.MDMCommand}} }

// Fields of the MDMCommand.
func (MDMCommand) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("mdm_channel_id").GoType(gid.ID(0)).Immutable().Annotations(internal()),
		field.Int64("command_batch_id").GoType(gid.ID(0)).Optional().Nillable().Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("commandBatchId")).
			Comment("The batch that it belongs to; null where GuardMDM queued it by itself."),
		field.String("command_uuid").Immutable().Comment("The command's identifier in the protocol. A command for many devices has the same on each."),
		field.String("request_type").Immutable().Comment("What it asks for, such as `DeviceInformation`."),
		field.Bytes("body").Immutable().Annotations(internal()).Comment("The command as it is sent (plist); empty where its batch holds it."),
		field.Enum("purpose").Immutable().NamedValues("First", "FIRST", "Release", "RELEASE", "Renewal", "RENEWAL", "Person", "PERSON").
			Annotations(entgql.Type("MDMCommandPurpose")).Comment("Why it was queued."),
		field.String("requested_by").Default("").Immutable().Comment("Name of the person or program who asked for it; empty where GuardMDM queued it by itself."),
		field.Enum("status").
			NamedValues("Queued", "QUEUED", "Sent", "SENT", "NotNow", "NOT_NOW", "Acknowledged", "ACKNOWLEDGED", "Error", "ERROR",
				"FormatError", "FORMAT_ERROR", "Dropped", "DROPPED", "Canceled", "CANCELED").
			Annotations(entgql.Type("MDMCommandStatus")).Comment("How far it has come."),
		field.Bytes("answer").Optional().Annotations(internal()).Comment("The device's answer as it came, bounded."),
		field.String("error_message").Default("").Comment("What went wrong, in the device's words; empty when nothing did."),
		field.Int("attempts").Default(0).Comment("How often it was sent."),
		field.Time("queued_at").Immutable().Comment("When it was queued."),
		field.Time("sent_at").Optional().Nillable().Comment("When it was last sent."),
		field.Time("answered_at").Optional().Nillable().Comment("When the device last answered."),
		field.Time("done_at").Optional().Nillable().Annotations(internal()).Comment("Since when nothing more is expected of it; null while it may be sent, again or at all."),
	}
}

// Edges of the MDMCommand.
func (MDMCommand) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("channel", MDMChannel.Type).Ref("commands").Field("mdm_channel_id").Unique().Required().Immutable().Annotations(internal()),
		edge.From("command_batch", CommandBatch.Type).Ref("commands").Field("command_batch_id").Unique().Immutable().Annotations(internal()),
	}
}

// Indexes of the MDMCommand.
func (MDMCommand) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("mdm_channel_id", "command_uuid").Unique(),
		index.Fields("mdm_channel_id", "id"), // a device's history
		// What became of a batch: its commands in their order, and how many stand how.
		index.Fields("command_batch_id", "id").Annotations(entsql.IndexWhere("command_batch_id IS NOT NULL")),
		index.Fields("command_batch_id", "status", "id").Annotations(entsql.IndexWhere("command_batch_id IS NOT NULL")),
		// What a channel has to be sent next.
		index.Fields("mdm_channel_id", "status", "id").StorageKey("mdmcommand_open").
			Annotations(entsql.IndexWhere("done_at IS NULL")),
	}
}

// Annotations of the MDMCommand.
func (MDMCommand) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Type("MDMCommand"), entsql.Table("mdm_commands"), entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("A command for a device: queued, sent, answered."),
	}
}

// CommandBatch is one command that somebody sent, to a device or to many. Its body is kept once, sealed: it can hold a PIN or a password.
type CommandBatch struct{ ent.Schema }

// Mixin of the CommandBatch.
func (CommandBatch) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.CommandBatch}} }

// Fields of the CommandBatch.
func (CommandBatch) Fields() []ent.Field {
	counter := func(name, comment string) ent.Field {
		return field.Int(name).Default(0).NonNegative().Annotations(internal()).Comment(comment)
	}
	return []ent.Field{
		field.String("command_uuid").Immutable().Annotations(internal()).Comment("The command's identifier in the protocol, the same on each device."),
		field.String("request_type").Immutable().Comment("What it asks for, such as `DeviceInformation`."),
		field.String("title").Immutable().Comment("What it is about, such as the name of a profile; empty where there is nothing to say. Never holds a secret."),
		field.Enum("status").NamedValues("Running", "RUNNING", "Finished", "FINISHED", "Canceled", "CANCELED").
			Annotations(entgql.Type("CommandBatchStatus")).Comment("Whether devices of the batch still have to answer."),
		field.String("requested_by").Comment("Name of the person or program who sent it, the last time."),
		field.Bytes("sealed_body").Optional().Sensitive().Annotations(internal()).
			Comment("The command as it is sent (plist), sealed; gone when all devices did it, or it cannot be sent again any more (server/mdm)."),
		field.Int("devices").Immutable().Comment("Devices that were meant."),
		field.Int("not_enrolled").Default(0).NonNegative().Comment("Of these, devices that do not take commands: they are not enrolled, or left before it was queued for them."),
		field.JSON("skipped", []string{}).Optional().Annotations(internal()).Comment("Serial numbers of those, the first of them."),
		field.Bytes("waiting").Optional().Annotations(internal()).Comment("Channels for which it is still to be queued, or was to be when it was canceled (server/mdm)."),
		field.Int64("after_id").GoType(gid.ID(0)).Default(0).Annotations(internal()).Comment("Last channel for which it was queued."),
		field.Int("total").Default(0).NonNegative().Comment("Of the devices, those for which it is queued by now: all that take commands, once `isQueued` is true."),
		field.Bool("queued").Default(false).Annotations(entgql.MapsTo("isQueued")).Comment("Whether it is queued for all devices that take commands."),
		counter("acknowledged", "Devices that did it, of a batch that ended."),
		counter("failed", "Devices that refused, of a batch that ended."),
		counter("canceled", "Devices that were not sent it any more, of a batch that ended."),
		counter("dropped", "Devices that left before they did it, of a batch that ended."),
		field.Time("created_at").Immutable().Comment("When it was sent."),
		field.Time("updated_at").Annotations(internal()),
		field.Time("finished_at").Optional().Nillable().Comment("When the last device answered; null until then."),
	}
}

// Edges of the CommandBatch.
func (CommandBatch) Edges() []ent.Edge {
	return []ent.Edge{edge.To("commands", MDMCommand.Type).Annotations(internal())}
}

// Indexes of the CommandBatch.
func (CommandBatch) Indexes() []ent.Index { return []ent.Index{index.Fields("status", "id")} }

// Annotations of the CommandBatch.
func (CommandBatch) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(), entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("One command that somebody sent, to a device or to many, and what became of it."),
	}
}
