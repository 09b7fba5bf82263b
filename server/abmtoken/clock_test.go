package abmtoken_test

import (
	"testing"

	entabmtoken "github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// A token that expired only by a clock that was years ahead is in use again when the clock is right, without a renewal.
func TestATokenThatTheClockExpiredRecovers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, _ := w.connect(t, "first")
		w.clock.Advance(400 * day)
		if got := w.recheck(t, token.ID); got != entabmtoken.StateExpired {
			t.Errorf("after its year the token is %s", got)
		}
		w.clock.Advance(-400 * day)
		if got := w.recheck(t, token.ID); got != entabmtoken.StateActive {
			t.Errorf("with the clock right again the token is %s", got)
		}
		if got := w.get(t, token.ID); got.StateMessage != "" {
			t.Errorf("the message stays: %s", got.StateMessage)
		}
	})
}
