package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"

	"github.com/guardmdm/guardmdm/ent/gid"
)

// ABMToken is one MDM server of Apple Business Manager as GuardMDM sees it: the key pairs of the token exchange, the server
// token itself (sealed) and the position of its device stream.
type ABMToken struct{ ent.Schema }

// Mixin of the ABMToken.
func (ABMToken) Mixin() []ent.Mixin { return []ent.Mixin{identified{kind: gid.ABMToken}} }

// Fields of the ABMToken.
func (ABMToken) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxLen(125).Annotations(unfiltered()).
			Comment("Name given here. Once the server token is uploaded, `serverName` is the name in Apple Business Manager."),
		field.Enum("state").
			NamedValues(
				"AwaitingServerToken", "AWAITING_SERVER_TOKEN", "Active", "ACTIVE", "Expiring", "EXPIRING", "Expired", "EXPIRED",
				"Rejected", "REJECTED", "TermsNotAccepted", "TERMS_NOT_ACCEPTED").
			Default("AWAITING_SERVER_TOKEN").Annotations(entgql.Type("TokenState"), unfiltered()).
			Comment("What the last evidence says about the token."),
		field.String("state_message").Default("").Annotations(internal()).
			Comment("Why the token is in its state, with Apple's code; empty while all is well."),
		field.Time("state_changed_at").Annotations(unfiltered()).Comment("Since when the token is in its state."),

		// The key pairs. A renewal makes a staged pair beside the current one, which stays in use until a matching server token
		// was accepted (field-notes 12).
		field.Bytes("current_key").Optional().Sensitive().Annotations(internal()).Comment("Sealed RSA private key, PEM."),
		field.String("current_certificate").Default("").Annotations(internal()).Comment("PEM."),
		field.Bytes("staged_key").Optional().Sensitive().Annotations(internal()).Comment("Sealed RSA private key, PEM."),
		field.String("staged_certificate").Default("").Annotations(internal()).Comment("PEM."),

		field.Bytes("credentials").Optional().Sensitive().Annotations(internal()).Comment("Sealed OAuth credentials, JSON."),
		field.String("consumer_key_hash").Default("").Annotations(internal()).
			Comment("SHA-256 of the consumer key: tells a renewal by another portal user without unsealing."),
		field.Int("credentials_version").Default(0).Annotations(internal()).
			Comment("Grows with every accepted upload: sessions of older credentials are dropped."),
		field.Time("expires_at").Optional().Nillable().Annotations(unfiltered()).
			Comment("When the server token expires, one year after it was made. Null until one is uploaded."),

		field.String("server_name").Default("").Annotations(unfiltered()).Comment("Name of the MDM server in Apple Business Manager."),
		field.String("server_uuid").Default("").Annotations(unfiltered()).Comment("Apple's stable identifier of the MDM server."),
		field.String("admin_id").Default("").Annotations(unfiltered()).Comment("Apple Account that made the server token."),
		field.String("org_name").Default("").Annotations(unfiltered()).Comment("Name of the organization."),
		field.String("org_id").Default("").Annotations(unfiltered()).Comment("Apple's identifier of the organization."),
		field.String("org_type").Default("").Annotations(unfiltered()).Comment("`org` (business), `edu` (school) or `tvprovider`, as Apple wrote it."),
		field.Int("page_limit").Default(1000).Annotations(internal()).Comment("Devices per page that Apple's /account allows."),

		// The device stream. stage says what the next request is; generation numbers the full fetches. A full fetch of a list that
		// is known begins with CATCH_UP: what differs after the changes were read to their end is what they had missed.
		field.Enum("stream_stage").
			NamedValues("CatchUp", "CATCH_UP", "Fetch", "FETCH", "Sweep", "SWEEP", "Sync", "SYNC").
			Default("FETCH").Annotations(internal()),
		field.String("stream_cursor").Default("").Annotations(internal()).Comment("Apple's cursor: opaque, up to 1,000 characters."),
		field.String("stream_delta_cursor").Default("").Annotations(internal()).
			Comment("Where the changes stand while the whole list is fetched: they are read in between, so that a long fetch delays no device."),
		field.Bool("stream_reconciles").Default(false).Annotations(internal()).
			Comment("Whether the full fetch compares with a list that the changes had kept up to date: what it finds different they missed."),
		field.Int("stream_generation").Default(0).Annotations(internal()).Comment("Number of the full fetch that is under way or was last."),
		field.Int("stream_pages").Default(0).Annotations(internal()).Comment("Pages stored of the full fetch under way."),
		field.Time("last_synced_at").Optional().Nillable().Annotations(unfiltered()).
			Comment("When a run last ended well, so that the inventory equalled Apple's."),
		field.Time("last_full_sync_at").Optional().Nillable().Annotations(unfiltered()).
			Comment("When a full reconciliation last ended well."),

		field.String("serial_beginnings").Default("").Annotations(internal()).
			Comment("How the serial numbers begin that devices of the token ever had (server/inventory): a list by serial number begins where they do."),

		// A sweep that would remove more than half of the devices waits for an administrator.
		field.Int("held_removals").Default(0).NonNegative().Annotations(unfiltered()).
			Comment("Devices that the last full reconciliation did not find at Apple and kept, because they are more than half of the token's and more than 100: an administrator has to confirm their removal. 0: none."),
		field.Time("held_at").Optional().Nillable().Annotations(unfiltered()).Comment("Since when removals are held; null while none are."),
		field.Int("confirmed_removals").Default(0).NonNegative().Annotations(internal()).
			Comment("How many removals an administrator confirmed for the next sweep; 0: none."),

		field.Enum("assignment_mode").NamedValues("Observe", "OBSERVE", "Enforce", "ENFORCE").Optional().Nillable().
			Annotations(entgql.Type("AssignmentMode"), unfiltered()).
			Comment("Whether GuardMDM writes profiles to Apple. Null until the first full fetch ended: it starts in OBSERVE when devices have profiles that GuardMDM did not define, else in ENFORCE."),
		field.Int("assign_limit").Default(1000).Annotations(internal()).Comment("Serial numbers per assign request that Apple's /account allows."),

		field.Int("expiry_alert").Optional().Nillable().Annotations(unfiltered()).
			Comment("Last step of the expiry alerts that was raised for the present server token: 30, 14, 7, 1 or 0 days before its end. Null: none yet."),
		field.Time("expiry_alert_at").Optional().Nillable().Annotations(unfiltered()).Comment("When that alert was raised."),

		field.Time("created_at").Immutable().Annotations(unfiltered()).Comment("When the key pair was generated."),
		field.Time("updated_at").Annotations(unfiltered()).Comment("When a person or Apple last changed this."),
		field.Time("deleted_at").Optional().Nillable().Annotations(internal()).
			Comment("Tombstone: devices and runs keep pointing here. Secrets are gone."),
	}
}

// Edges of the ABMToken.
func (ABMToken) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("devices", Device.Type).Annotations(internal()),
		edge.To("sync_runs", SyncRun.Type).Annotations(internal()),
		edge.To("defaults", PlatformDefault.Type).Annotations(internal()),
	}
}

// Annotations of the ABMToken.
func (ABMToken) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Type("ABMToken"),
		entgql.RelayConnection(),
		entgql.Skip(entgql.SkipWhereInput),
		schema.Comment("One MDM server of Apple Business Manager: the token exchanged for it, its state, and what is known about the organization. Secrets are never shown."),
	}
}
