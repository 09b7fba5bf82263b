// Package audit records who changed what.
package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/reqid"
)

// Entry is one change. Before and After hold the fields that changed, by their names in the API, and never a secret.
type Entry struct {
	Action     string // the mutation's name, or that of the system's own act
	ObjectID   gid.ID // 0 for none
	ObjectName string
	Before     map[string]any
	After      map[string]any
}

// Record writes the entry in the transaction of the change, in the name of ctx's caller.
func Record(ctx context.Context, tx *ent.Client, clock clockwork.Clock, e Entry) error {
	caller := auth.CallerOf(ctx)
	c := tx.AuditEntry.Create().SetAt(clock.Now()).
		SetActorKind(caller.Kind).SetActorName(caller.Name).
		SetAction(e.Action).SetObjectName(e.ObjectName).SetRequestID(reqid.From(ctx))
	if addr := peer.From(ctx).Addr; addr.IsValid() {
		c.SetRemoteAddress(addr.String())
	}
	if caller.ID != 0 {
		c.SetActorID(caller.ID)
	}
	if e.ObjectID != 0 {
		c.SetObjectID(e.ObjectID)
	}
	for _, side := range []struct {
		fields map[string]any
		set    func(json.RawMessage) *ent.AuditEntryCreate
	}{{e.Before, c.SetBefore}, {e.After, c.SetAfter}} {
		if side.fields == nil {
			continue
		}
		text, err := json.Marshal(side.fields)
		if err != nil {
			return fmt.Errorf("audit entry %s: %w", e.Action, err)
		}
		side.set(text)
	}
	if err := c.Exec(ctx); err != nil {
		return fmt.Errorf("audit entry %s: %w", e.Action, err)
	}
	return nil
}
