package audit_test

import (
	"context"
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/reqid"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func record(ctx context.Context, db *store.Store, e audit.Entry) error {
	return db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return audit.Record(ctx, tx.Client, clockwork.NewFakeClockAt(now), e)
	})
}

func TestRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		ctx := auth.WithCaller(t.Context(), auth.Caller{Kind: auditentry.ActorKindAPIToken, ID: 77, Name: "ci"})
		ctx = peer.With(reqid.With(ctx, "req-1"), peer.Peer{Addr: netip.MustParseAddr("2001:db8::7")})
		if err := record(ctx, db, audit.Entry{Action: "rename", ObjectID: gid.ID(5), ObjectName: "first",
			Before: map[string]any{"name": "a"}, After: map[string]any{"name": "b"}}); err != nil {
			t.Fatal(err)
		}
		if err := record(auth.System(t.Context()), db, audit.Entry{Action: "tidy"}); err != nil {
			t.Fatal(err)
		}
		entries := db.Reader().AuditEntry.Query().Order(auditentry.ByID()).AllX(t.Context())
		if len(entries) != 2 {
			t.Fatalf("%d entries", len(entries))
		}
		e := entries[0]
		if !e.At.Equal(now) || e.ActorKind != auditentry.ActorKindAPIToken || *e.ActorID != 77 || e.ActorName != "ci" || e.Action != "rename" ||
			*e.ObjectID != 5 || e.ObjectName != "first" || e.RequestID != "req-1" || e.RemoteAddress != "2001:db8::7" {
			t.Errorf("entry: %+v", e)
		}
		if string(e.Before) != `{"name":"a"}` && string(e.Before) != `{"name": "a"}` || len(e.After) == 0 { // PostgreSQL may space JSON
			t.Errorf("before %s, after %s", e.Before, e.After)
		}
		e = entries[1]
		if e.ActorKind != auditentry.ActorKindSystem || e.ActorName == "" || e.ActorID != nil || e.ObjectID != nil || e.Before != nil || e.After != nil ||
			e.RemoteAddress != "" || e.RequestID != "" {
			t.Errorf("the system's entry: %+v", e)
		}
	})
}

// An entry lives and dies with the change that it tells of.
func TestRecordIsPartOfTheChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		failed := errors.New("the change failed")
		err := db.WithTx(auth.System(t.Context()), func(ctx context.Context, tx *store.Tx) error {
			if err := audit.Record(ctx, tx.Client, clockwork.NewFakeClockAt(now), audit.Entry{Action: "change"}); err != nil {
				return err
			}
			return failed
		})
		if !errors.Is(err, failed) {
			t.Fatal(err)
		}
		if err := record(auth.System(t.Context()), db, audit.Entry{Action: "change", After: map[string]any{"no JSON": func() {}}}); err == nil {
			t.Error("what JSON cannot hold is recorded")
		}
		if err := record(t.Context(), db, audit.Entry{Action: "change"}); err == nil {
			t.Error("a change by nobody is recorded")
		}
		if n := db.Reader().AuditEntry.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d entries without a change", n)
		}
	})
}
