package schema

import (
	"time"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// SyncRun is one run of the sync of one token. The row is the truth about the run: its lease says who works on it, its
// fence keeps out who did before, its counters are what people see.
type SyncRun struct{ ent.Schema }

// Mixin of the SyncRun.
func (SyncRun) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.SyncRun}} }

// Fields of the SyncRun.
func (SyncRun) Fields() []ent.Field {
	counter := func(name, comment string) ent.Field {
		return field.Int(name).Default(0).NonNegative().Annotations(unfiltered()).Comment(comment)
	}
	return []ent.Field{
		field.Int64("abm_token_id").GoType(gid.ID(0)).Immutable().Annotations(entgql.Type("ID"), entgql.MapsTo("abmTokenId")).Comment("ABM token that the run syncs."),
		field.Enum("status").
			NamedValues("Running", "RUNNING", "Succeeded", "SUCCEEDED", "Failed", "FAILED", "Canceled", "CANCELED").
			Annotations(entgql.Type("SyncStatus")).Comment("Whether the run is going on, or how it ended."),
		field.Enum("phase").
			NamedValues("Connect", "CONNECT", "Fetch", "FETCH", "Reconcile", "RECONCILE", "Finish", "FINISH").
			Annotations(entgql.Type("SyncPhase"), unfiltered()).Comment("What the run is doing, or was doing when it ended."),
		field.Enum("trigger").
			NamedValues("Manual", "MANUAL", "Periodic", "PERIODIC", "Resume", "RESUME").
			Annotations(entgql.Type("SyncTrigger"), unfiltered()).
			Comment("What began the run; RESUME once it went on after its server had stopped."),
		field.Bool("full").Annotations(unfiltered()).
			Comment("Whether the run fetches the whole device list (a full reconciliation) rather than the changes since the last run."),
		counter("pages", "Pages stored so far."),
		counter("devices_seen", "Device records received so far, repeated ones included."),
		counter("added", "Devices that are new, came back, or moved here from another token."),
		counter("modified", "Devices of which something changed."),
		counter("removed", "Devices that left the MDM server."),
		counter("requests", "Requests sent to Apple."),
		counter("retries", "Requests that had to be repeated."),
		counter("throttle_waits", "Pauses after Apple answered that it is too busy (429 and 503)."),
		field.Float("throttle_seconds").Default(0).Annotations(unfiltered()).Comment("Length of these pauses together, in seconds."),
		field.Bool("compared").Default(false).Annotations(unfiltered()).
			Comment("Whether the run compared Apple's whole list with devices that the changes had kept up to date: only then can it tell what these missed. False for a token's first list, and after Apple refused the position."),
		counter("missing_here", "Devices that this full reconciliation found at Apple and no change had announced."),
		counter("missing_at_apple", "Devices that this full reconciliation no longer found at Apple although no change had said so; held ones included."),
		counter("changed_unannounced", "Devices that this full reconciliation found changed although no change had said so."),
		counter("held_removals", "Devices that this run did not find at Apple and did not remove: they wait for an administrator, see `heldRemovals` of the ABM token."),
		field.JSON("phase_times", []PhaseTime{}).Optional().Annotations(internal()).Comment("When the run entered which phase."),
		field.Int64("bytes_received").Default(0).Annotations(entgql.Type("Float"), unfiltered()).Comment("Bytes of answers received from Apple."),
		field.Float("devices_per_second").Default(0).Annotations(unfiltered()).
			Comment("Device records per second over the last 10 seconds; over the whole run once it ended."),
		field.Time("started_at").Immutable().Annotations(entgql.OrderField("STARTED_AT"), unfiltered()).Comment("When the run began."),
		field.Time("updated_at").Annotations(unfiltered()).Comment("When the run last made progress."),
		field.Time("finished_at").Optional().Nillable().Annotations(unfiltered()).Comment("When the run ended; null while it is going on."),
		field.String("requested_by").Default("").Annotations(unfiltered()).Comment("Who asked for the run; empty for periodic runs."),

		field.String("error_code").Default("").Annotations(internal()),
		field.String("error_message").Default("").Annotations(internal()),
		field.String("error_hint").Default("").Annotations(internal()),

		field.Bool("cancel_requested").Default(false).Annotations(internal()),
		field.String("lease_owner").Default("").Annotations(internal()).Comment("Instance that works on the run."),
		field.Time("lease_expires_at").Annotations(internal()).Comment("From then on any instance may take the run over."),
		field.Int("fence").Default(1).Annotations(internal()).
			Comment("Grows with every take-over; every write of a runner is conditional on it."),
	}
}

// Edges of the SyncRun.
func (SyncRun) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("abm_token", ABMToken.Type).Ref("sync_runs").Field("abm_token_id").Unique().Required().Immutable().
			Annotations(entgql.Skip(entgql.SkipWhereInput)).
			Comment("ABM token that the run syncs."),
	}
}

// Indexes of the SyncRun.
func (SyncRun) Indexes() []ent.Index {
	return []ent.Index{
		// One run per token at a time: the database itself says so.
		index.Fields("abm_token_id").Unique().StorageKey("sync_runs_one_running").
			Annotations(entsql.IndexWhere("status = 'RUNNING'")),
		index.Fields("abm_token_id", "id"), // runs of a token; its last one
		index.Fields("started_at", "id"),   // order STARTED_AT
		index.Fields("status", "id"),       // filter by status; runs to resume
	}
}

// Annotations of the SyncRun.
func (SyncRun) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		schema.Comment("One run of the sync of one ABM token, with its progress. Runs are kept."),
	}
}

// PhaseTime is when a run entered a phase. A phase may come more than once.
type PhaseTime struct {
	Phase string    `json:"phase"`
	At    time.Time `json:"at"`
}

// SyncMark remembers which devices one page of a full fetch contained, so that those which no page contained can be swept
// after the last one without rewriting the rows that did not change.
type SyncMark struct{ ent.Schema }

// Mixin of the SyncMark.
func (SyncMark) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.SyncMark}} }

// Fields of the SyncMark.
func (SyncMark) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("abm_token_id").GoType(gid.ID(0)).Immutable(),
		field.Int("generation").Immutable(),
		field.Bytes("device_ids").Immutable().Comment("Sorted device ids, delta-encoded as unsigned varints."),
	}
}

// Indexes of the SyncMark.
func (SyncMark) Indexes() []ent.Index { return []ent.Index{index.Fields("abm_token_id", "generation")} }

// Annotations of the SyncMark.
func (SyncMark) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipAll)}
}
