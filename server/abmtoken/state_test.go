package abmtoken_test

import (
	"strings"
	"testing"
	"time"

	entabmtoken "github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

const day = 24 * time.Hour

// recheck does what the timer does and tells the state that it leads to.
func (w *world) recheck(t *testing.T, id gid.ID) entabmtoken.State {
	t.Helper()
	must(t, w.Recheck(t.Context(), w.get(t, id)))
	return w.get(t, id).State
}

// A token's year goes by, and a renewal begins the next.
func TestTheYearOfAToken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		expiry := *token.ExpiresAt
		for _, step := range []struct {
			at    time.Time
			state entabmtoken.State
		}{
			{expiry.Add(-30*day - time.Second), entabmtoken.StateActive},
			{expiry.Add(-30*day + time.Second), entabmtoken.StateExpiring},
			{expiry.Add(-time.Second), entabmtoken.StateExpiring},
			{expiry, entabmtoken.StateExpired},
			{expiry.Add(day), entabmtoken.StateExpired},
		} {
			before := w.get(t, token.ID)
			w.clock.Advance(step.at.Sub(w.clock.Now()))
			if got := w.recheck(t, token.ID); got != step.state {
				t.Errorf("%s before the expiry the token is %s, not %s", expiry.Sub(step.at), got, step.state)
			}
			after := w.get(t, token.ID)
			if changed := after.StateChangedAt.Equal(step.at); changed != (before.State != after.State) {
				t.Errorf("%s -> %s: in this state since %s", before.State, after.State, after.StateChangedAt)
			}
		}
		if err := w.Check(t.Context(), token.ID); err == nil {
			t.Error("Apple accepts an expired token")
		}
		if got := w.get(t, token.ID); got.State != entabmtoken.StateExpired {
			t.Errorf("after Apple refused it the token is %s: %s", got.State, got.StateMessage)
		}
		token, err := w.Upload(admin(t), token.ID, download(t, server), false)
		must(t, err)
		if token.State != entabmtoken.StateActive || token.StateMessage != "" || !token.StateChangedAt.Equal(w.clock.Now()) || token.ExpiresAt.Sub(expiry) < 365*day {
			t.Errorf("renewed token: %+v", token)
		}
	})
}

// The states that Apple puts a token into say why, and go when the cause goes, by the timer alone.
func TestBlockedTokensRecover_FieldNote11(t *testing.T) {
	type change func(*simabm.Server)
	for name, c := range map[string]struct {
		block, unblock change
		code           apperr.Code
		state          entabmtoken.State
		shows          string
	}{
		"terms": {
			func(s *simabm.Server) { s.Organization().SetTermsAccepted(false) }, func(s *simabm.Server) { s.Organization().SetTermsAccepted(true) },
			apperr.AppleTerms, entabmtoken.StateTermsNotAccepted, "accept the terms",
		},
		"role": {
			func(s *simabm.Server) { s.SetAccessDenied(true) }, func(s *simabm.Server) { s.SetAccessDenied(false) },
			apperr.AppleDenied, entabmtoken.StateRejected, "ACCESS_DENIED",
		},
		"revoked": {
			func(s *simabm.Server) { s.RevokeToken() }, nil,
			apperr.AppleRejected, entabmtoken.StateRejected, "changed their password",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db)
				token, server := w.connect(t, "first")
				c.block(server)
				w.clock.Advance(time.Minute)
				since := w.clock.Now()
				if err := w.Check(t.Context(), token.ID); !apperr.Is(err, c.code) {
					t.Fatalf("got %v, want %s", err, c.code)
				}
				for range 3 { // still blocked
					if got := w.recheck(t, token.ID); got != c.state {
						t.Fatalf("the token is %s, not %s", got, c.state)
					}
					w.clock.Advance(time.Minute)
				}
				blocked := w.get(t, token.ID)
				if !blocked.StateChangedAt.Equal(since) || !strings.Contains(blocked.StateMessage, c.shows) || !strings.Contains(blocked.StateMessage, "\n") {
					t.Errorf("blocked since %s: %q", blocked.StateChangedAt, blocked.StateMessage)
				}
				if c.unblock != nil {
					c.unblock(server)
					if got := w.recheck(t, token.ID); got != entabmtoken.StateActive {
						t.Errorf("once the cause is gone the token is %s", got)
					}
				} else {
					_, err := w.Upload(admin(t), token.ID, download(t, server), false)
					must(t, err)
				}
				if got := w.get(t, token.ID); got.State != entabmtoken.StateActive || got.StateMessage != "" || !got.StateChangedAt.Equal(w.clock.Now()) {
					t.Errorf("recovered token: %+v", got)
				}
			})
		})
	}
}

// What Apple fails to answer says nothing about the token; its year goes on all the same.
func TestOtherFailuresLeaveTheState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, _ := w.connect(t, "first")
		blocked, blockedServer := w.connect(t, "blocked")
		blockedServer.RevokeToken()
		if err := w.Check(t.Context(), blocked.ID); !apperr.Is(err, apperr.AppleRejected) {
			t.Fatal(err)
		}
		message := w.get(t, blocked.ID).StateMessage
		waiting := w.generate(t, "waiting")

		before := w.everything(t)
		for _, code := range []apperr.Code{apperr.AppleUnavailable, apperr.AppleThrottled, apperr.AppleMalformed, apperr.AppleCursorStuck, apperr.Internal} {
			must(t, w.Observe(t.Context(), token.ID, token.CredentialsVersion, apperr.New(code, "no luck")))
			must(t, w.Observe(t.Context(), blocked.ID, blocked.CredentialsVersion, apperr.New(code, "no luck")))
		}
		must(t, w.Observe(t.Context(), token.ID, token.CredentialsVersion, nil)) // a success says what is known already
		for _, outcome := range []error{nil, apperr.New(apperr.AppleTerms, "terms")} {
			must(t, w.Observe(t.Context(), waiting.ID, waiting.CredentialsVersion, outcome))
		}
		if w.everything(t) != before {
			t.Error("something was written")
		}

		w.clock.Advance(340 * day)
		must(t, w.Observe(t.Context(), token.ID, token.CredentialsVersion, apperr.New(apperr.AppleUnavailable, "no luck")))
		if got := w.get(t, token.ID); got.State != entabmtoken.StateExpiring {
			t.Errorf("25 days before its end the token is %s", got.State)
		}
		must(t, w.Observe(t.Context(), blocked.ID, blocked.CredentialsVersion, apperr.New(apperr.AppleUnavailable, "no luck")))
		if got := w.get(t, blocked.ID); got.State != entabmtoken.StateRejected || got.StateMessage != message {
			t.Errorf("the blocked token: %s, %q", got.State, got.StateMessage)
		}
		if err := w.Observe(t.Context(), 999, 0, nil); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("an unknown token: %v", err)
		}
	})
}

// A blocked token whose year ends is expired, not blocked, and rechecking it is no failure.
func TestBlockedTokenExpires(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		server.Organization().SetTermsAccepted(false)
		if err := w.Check(t.Context(), token.ID); !apperr.Is(err, apperr.AppleTerms) {
			t.Fatal(err)
		}
		w.clock.Advance(366 * day)
		if got := w.recheck(t, token.ID); got != entabmtoken.StateExpired {
			t.Errorf("the token is %s", got)
		}
	})
}

// Apple lets people rename things; a sync tells us so, and other answers change nothing.
func TestAccountIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		ask := func() {
			t.Helper()
			conn, _, err := w.Connect(t.Context(), token.ID)
			must(t, err)
			account, err := conn.Account(t.Context())
			must(t, err)
			must(t, w.Account(t.Context(), token.ID, account))
		}
		before := w.everything(t)
		ask()
		if w.everything(t) != before {
			t.Error("the same answer changed something")
		}
		must(t, server.Rename("Head office"))
		ask()
		if got := w.get(t, token.ID); got.ServerName != "Head office" || got.Name != "first" {
			t.Errorf("renamed at Apple: %+v", got)
		}
	})
}
