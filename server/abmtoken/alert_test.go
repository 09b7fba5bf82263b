package abmtoken_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// alerts are the steps that were recorded, in order.
func (w *world) alerts(t *testing.T, id gid.ID) (days []int) {
	t.Helper()
	for _, e := range w.db.Reader().AuditEntry.Query().Where(auditentry.Action("abmTokenExpiryAlert"), auditentry.ObjectID(id)).Order(auditentry.ByID()).AllX(t.Context()) {
		var after struct{ DaysBefore int }
		must(t, json.Unmarshal(e.After, &after))
		days = append(days, after.DaysBefore)
		if e.ActorKind != auditentry.ActorKindSystem {
			t.Errorf("an alert of %s", e.ActorKind)
		}
	}
	return days
}

// Each step of the ladder is raised once, by whichever replica looks first; a renewal begins it anew.
func TestExpiryAlerts_FieldNote16(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		expiry := *token.ExpiresAt
		var want []int
		for _, step := range []struct {
			before time.Duration
			raises []int
		}{
			{30*day + time.Second, nil}, {30 * day, []int{30}}, {15 * day, nil}, {14 * day, []int{14}}, {7 * day, []int{7}}, {6 * day, nil},
			{day, []int{1}}, {time.Second, nil}, {0, []int{0}}, {-40 * day, nil},
		} {
			w.clock.Advance(expiry.Add(-step.before).Sub(w.clock.Now()))
			stale := w.get(t, token.ID)
			w.recheck(t, token.ID)
			w.recheck(t, token.ID)
			must(t, w.Recheck(t.Context(), stale)) // of a replica that read the row before
			want = append(want, step.raises...)
			if diff := cmp.Diff(want, w.alerts(t, token.ID)); diff != "" {
				t.Fatalf("%s before the end (-want +got):\n%s", step.before, diff)
			}
		}
		token, err := w.Upload(admin(t), token.ID, download(t, server), false)
		must(t, err)
		if token.ExpiryAlert != nil || token.ExpiryAlertAt != nil {
			t.Errorf("the renewed token has the alert of the old one: %v", *token.ExpiryAlert)
		}
		// No server ran for most of a year: the step that is due is raised, and no other.
		w.clock.Advance(token.ExpiresAt.Add(-5 * day).Sub(w.clock.Now()))
		w.recheck(t, token.ID)
		want = append(want, 7)
		if diff := cmp.Diff(want, w.alerts(t, token.ID)); diff != "" {
			t.Errorf("after the renewal (-want +got):\n%s", diff)
		}
	})
}
