package inventory

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// How serial numbers begin is added to what is known, and says nothing any more as soon as one begins with neither letters nor digits.
func TestBeginningsOfSerialNumbers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		now := time.Now()
		token := db.Ent().ABMToken.Create().SetName("a").SetState(abmtoken.StateActive).SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(t.Context()).ID
		for _, step := range []struct {
			serials, begin []string
			known          bool
		}{
			{nil, nil, true},
			{[]string{"H4T1", "C02A", "C02B"}, []string{"C0", "H4"}, true},
			{[]string{"C0FF", "DMP1"}, []string{"C0", "DM", "H4"}, true},
			{[]string{"-123"}, []string{"*", "C0", "DM", "H4"}, false},
		} {
			some := beginnings{}
			for _, serial := range step.serials {
				some.add(serial)
			}
			if err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return some.write(ctx, tx, token) }); err != nil {
				t.Fatal(err)
			}
			begin, known, err := Beginnings(t.Context(), db.Reader(), []gid.ID{token})
			if err != nil || !slices.Equal(begin, step.begin) || known != step.known {
				t.Errorf("after %q: %q, known %t, %v", step.serials, begin, known, err)
			}
		}
	})
}
