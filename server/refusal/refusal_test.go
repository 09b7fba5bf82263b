package refusal_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/enrollmentrefusal"
	"github.com/guardmdm/guardmdm/server/refusal"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// One row for a reason and a serial number, with what was said last; above the bound the oldest go.
func TestKeep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		keep := func(e refusal.Entry) {
			t.Helper()
			if err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return refusal.Keep(ctx, tx, e) }); err != nil {
				t.Fatal(err)
			}
		}
		keep(refusal.Entry{Code: "NO_PROFILE", SerialNumber: "C02A", Message: "first", UDID: "U1", Product: "Mac14,2", OSVersion: "26.1", Address: "192.0.2.1", Count: 1, At: now})
		keep(refusal.Entry{Code: "NO_PROFILE", SerialNumber: "C02A", Message: "second", UDID: "U2", Count: 4, At: now.Add(time.Minute)})
		row := db.Reader().EnrollmentRefusal.Query().OnlyX(t.Context())
		if row.Count != 5 || row.Message != "second" || row.Udid != "U2" || row.Product != "Mac14,2" || row.Address != "192.0.2.1" || !row.FirstAt.Equal(now) || !row.LastAt.Equal(now.Add(time.Minute)) {
			t.Errorf("got %+v", row)
		}
		for from := 0; from < refusal.Max; from += 500 {
			db.Ent().EnrollmentRefusal.MapCreateBulk(make([]struct{}, 500), func(c *ent.EnrollmentRefusalCreate, i int) {
				at := now.Add(time.Duration(from+i+2) * time.Minute)
				c.SetCode("COMMAND_UNKNOWN").SetSerialNumber(fmt.Sprint("S", from+i)).SetMessage("").SetCount(1).SetFirstAt(at).SetLastAt(at)
			}).ExecX(t.Context())
		}
		keep(refusal.Entry{Code: "COMMAND_UNKNOWN", SerialNumber: "new", Count: 1, At: now.Add(time.Hour * 24 * 30)})
		if n := db.Reader().EnrollmentRefusal.Query().CountX(t.Context()); n != refusal.Max {
			t.Errorf("%d rows", n)
		}
		if db.Reader().EnrollmentRefusal.Query().Where(enrollmentrefusal.SerialNumberIn("C02A", "S0")).ExistX(t.Context()) {
			t.Error("the oldest are still there")
		}
	})
}
