package apitoken_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apitoken"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestCreateAndAuthenticate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := apitoken.New(db, clockwork.NewFakeClockAt(start))
		secrets := map[string]bool{}
		for _, r := range []role.Role{role.Viewer, role.Operator, role.Admin} {
			token, secret, err := s.Create(auth.Console(t.Context()), " for "+string(r), r, time.Time{})
			must(t, err)
			if !strings.HasPrefix(secret, "gmdm_") || len(secret) < 48 || secrets[secret] || !strings.HasPrefix(secret, token.Hint) || len(token.Hint) != 9 {
				t.Errorf("a secret of %d characters, hint %q", len(secret), token.Hint)
			}
			secrets[secret] = true
			caller, err := s.Authenticate(t.Context(), secret)
			if err != nil || caller != (auth.Caller{Kind: auditentry.ActorKindAPIToken, ID: token.ID, Name: "for " + string(r), Role: r}) {
				t.Errorf("%+v, %v", caller, err)
			}
		}
	})
}

// The database and the audit entries hold nothing that would let anybody in.
func TestSecretIsNotKept_FieldNote17(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := apitoken.New(db, clockwork.NewFakeClockAt(start))
		expires := start.Add(24 * time.Hour)
		token, secret, err := s.Create(auth.Console(t.Context()), "ci", role.Operator, expires)
		must(t, err)
		row := db.Reader().APIToken.GetX(t.Context(), token.ID)
		entry := db.Reader().AuditEntry.Query().OnlyX(t.Context())
		if entry.Action != "createAPIToken" || entry.ActorKind != auditentry.ActorKindConsole || *entry.ObjectID != token.ID ||
			!strings.Contains(string(entry.After), "OPERATOR") || !strings.Contains(string(entry.After), "2026-03-02T12:00:00Z") {
			t.Errorf("audit entry: %+v", entry)
		}
		kept := fmt.Sprintf("%+v %+v %q %s", row, entry, row.SecretHash, entry.After)
		if random := strings.TrimPrefix(secret, token.Hint); strings.Contains(kept, random) || len(row.SecretHash) != 32 {
			t.Error("the secret is kept")
		}
		if hidden := fmt.Sprintf("%v %+v", row, row); strings.Contains(hidden, fmt.Sprint(row.SecretHash)) {
			t.Error("the entity shows the hash")
		}
	})
}

func TestAuthenticateRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(start)
		s := apitoken.New(db, clock)
		_, lasting, err := s.Create(auth.Console(t.Context()), "lasting", role.Viewer, time.Time{})
		must(t, err)
		_, short, err := s.Create(auth.Console(t.Context()), "short", role.Admin, start.Add(time.Hour))
		must(t, err)
		revoked, gone, err := s.Create(auth.Console(t.Context()), "revoked", role.Admin, time.Time{})
		must(t, err)
		db.Ent().APIToken.UpdateOne(revoked).SetRevokedAt(start).ExecX(t.Context())

		clock.Advance(time.Hour - time.Nanosecond)
		if _, err := s.Authenticate(t.Context(), short); err != nil {
			t.Errorf("until it expires: %v", err)
		}
		clock.Advance(time.Nanosecond)
		messages := map[string]bool{}
		for name, secret := range map[string]string{
			"expired": short, "revoked": gone, "unknown": lasting[:len(lasting)-1] + "_", "empty": "", "prefix only": "gmdm_",
			"no prefix": strings.TrimPrefix(lasting, "gmdm_"), "lower case": strings.ToLower(lasting), "endless": "gmdm_" + strings.Repeat("x", 1<<16),
			"not text": "gmdm_\x00\xff", "followed by a space": lasting + " ",
		} {
			caller, err := s.Authenticate(t.Context(), secret)
			e := apperr.As(err)
			if e == nil || e.Code != apperr.Unauthenticated || e.Hint == "" || caller != (auth.Caller{}) {
				t.Fatalf("%s: %+v, %v", name, caller, err)
			}
			messages[err.Error()] = true
		}
		if len(messages) != 1 {
			t.Errorf("the refusals tell the reasons apart: %v", messages)
		}
		if _, err := s.Authenticate(t.Context(), lasting); err != nil {
			t.Errorf("the lasting one: %v", err)
		}
	})
}

func TestCreateRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := apitoken.New(db, clockwork.NewFakeClockAt(start))
		for name, c := range map[string]struct {
			name    string
			role    role.Role
			expires time.Time
			field   string
		}{
			"no name":      {" ", role.Admin, time.Time{}, "name"},
			"long name":    {strings.Repeat("x", 126), role.Admin, time.Time{}, "name"},
			"no role":      {"ci", "", time.Time{}, "role"},
			"unknown role": {"ci", "ROOT", time.Time{}, "role"},
			"expired":      {"ci", role.Admin, start, "expiresAt"},
			"far away":     {"ci", role.Admin, start.AddDate(10, 0, 0).Add(time.Second), "expiresAt"},
		} {
			_, secret, err := s.Create(auth.Console(t.Context()), c.name, c.role, c.expires)
			if e := apperr.As(err); e == nil || e.Code != apperr.BadUserInput || len(e.Field) != 1 || e.Field[0] != c.field || secret != "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := db.Reader().APIToken.Query().CountX(t.Context()) + db.Reader().AuditEntry.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d rows were written", n)
		}
	})
}

// Last use is kept to the minute, so that a busy client does not write with every call.
func TestLastUse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(start)
		s := apitoken.New(db, clock)
		token, secret, err := s.Create(auth.Console(t.Context()), "ci", role.Viewer, time.Time{})
		must(t, err)
		if token.LastUsedAt != nil {
			t.Errorf("a new token was used at %v", token.LastUsedAt)
		}
		for _, step := range []struct{ pass, shown time.Duration }{
			{0, 0}, {59 * time.Second, 0}, {time.Second, time.Minute}, {59 * time.Second, time.Minute}, {time.Hour, time.Hour + 119*time.Second},
		} {
			clock.Advance(step.pass)
			_, err := s.Authenticate(t.Context(), secret)
			must(t, err)
			if used := db.Reader().APIToken.GetX(t.Context(), token.ID).LastUsedAt; used == nil || !used.Equal(start.Add(step.shown)) {
				t.Errorf("after %s last used at %v", clock.Since(start), used)
			}
		}
	})
}

func TestCreateNamesItsMaker(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := apitoken.New(db, clockwork.NewFakeClockAt(start))
		ctx := auth.WithCaller(t.Context(), auth.Caller{Kind: auditentry.ActorKindUser, ID: gid.New(gid.User, 1), Name: "Ada", Role: role.Admin})
		token, _, err := s.Create(ctx, "ci", role.Viewer, start.AddDate(10, 0, 0))
		must(t, err)
		if token.CreatedBy != "Ada" {
			t.Errorf("made by %q", token.CreatedBy)
		}
	})
}

func TestRevoke(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(start)
		var ended atomic.Int64
		s := apitoken.New(db, clock, apitoken.WithEnded(func(context.Context) { ended.Add(1) }))
		token, secret, err := s.Create(auth.Console(t.Context()), "ci", role.Admin, time.Time{})
		must(t, err)
		var together sync.WaitGroup
		for range 5 {
			together.Go(func() {
				if _, err := s.Revoke(auth.Console(t.Context()), token.ID); err != nil {
					t.Error(err)
				}
			})
		}
		together.Wait()
		clock.Advance(time.Hour)
		again, err := s.Revoke(auth.Console(t.Context()), token.ID)
		if err != nil || again.RevokedAt == nil || !again.RevokedAt.Equal(start) {
			t.Errorf("revoked again: %v, %v", again, err)
		}
		if _, err := s.Authenticate(t.Context(), secret); !apperr.Is(err, apperr.Unauthenticated) {
			t.Errorf("the revoked token: %v", err)
		}
		entries := db.Reader().AuditEntry.Query().Where(auditentry.Action("revokeAPIToken")).AllX(t.Context())
		if len(entries) != 1 || *entries[0].ObjectID != token.ID || entries[0].ObjectName != "ci" || !strings.Contains(string(entries[0].After), "2026-03-01T12:00:00Z") {
			t.Errorf("audit entries: %v", entries)
		}
		if ended.Load() != 1 {
			t.Errorf("open sockets were told %d times", ended.Load())
		}

		_, err = s.Revoke(auth.Console(t.Context()), gid.New(gid.APIToken, 999))
		if e := apperr.As(err); e == nil || e.Code != apperr.NotFound || e.Hint == "" || !slices.Equal(e.Field, []string{"apiTokenId"}) || ended.Load() != 1 {
			t.Errorf("an unknown token: %v", err)
		}
	})
}

// A browser's token has its person's role, lasts 15 minutes or as long as the session, and ends with the session, the person, or a lower role.
func TestExplore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(start)
		s := apitoken.New(db, clock)
		if _, _, err := s.Explore(auth.Console(t.Context())); !apperr.Is(err, apperr.Forbidden) {
			t.Errorf("without a session: %v", err)
		}
		u := db.Ent().User.Create().SetEmail("a@example.org").SetName("Ana").SetRole(role.Operator).SetCreatedAt(start).SaveX(t.Context())
		signIn := func(hash string, ends time.Duration) context.Context {
			row := db.Ent().Session.Create().SetTokenHash([]byte(hash)).SetUserID(u.ID).SetCreatedAt(start).SetExpiresAt(start.Add(ends)).SaveX(t.Context())
			return auth.WithCaller(t.Context(), auth.Caller{Kind: auditentry.ActorKindUser, ID: u.ID, Name: "Ana", Role: role.Operator, Session: row.ID, SessionEnds: row.ExpiresAt})
		}
		holds := func(secret string, want role.Role) {
			t.Helper()
			caller, err := s.Authenticate(t.Context(), secret)
			if want == "" && !apperr.Is(err, apperr.Unauthenticated) {
				t.Errorf("it still works: %+v, %v", caller, err)
			}
			if want != "" && (err != nil || caller != (auth.Caller{Kind: auditentry.ActorKindUser, ID: u.ID, Name: "Ana", Email: "a@example.org", Role: want})) {
				t.Errorf("%+v, %v", caller, err)
			}
		}
		ctx := signIn("long", 12*time.Hour)
		token, secret, err := s.Explore(ctx)
		must(t, err)
		if !token.ExpiresAt.Equal(start.Add(15 * time.Minute)) {
			t.Errorf("ends %s", token.ExpiresAt)
		}
		holds(secret, role.Operator)
		db.Ent().User.UpdateOneID(u.ID).SetRole(role.Viewer).ExecX(t.Context())
		holds(secret, role.Viewer)
		db.Ent().User.UpdateOneID(u.ID).SetRole(role.Admin).ExecX(t.Context())
		holds(secret, role.Operator) // no more than it was made with
		db.Ent().User.UpdateOneID(u.ID).SetDisabledAt(start).ExecX(t.Context())
		holds(secret, "")
		db.Ent().User.UpdateOneID(u.ID).ClearDisabledAt().ExecX(t.Context())
		clock.Advance(15 * time.Minute)
		holds(secret, "")

		short, secret, err := s.Explore(signIn("short", 20*time.Minute))
		must(t, err)
		if !short.ExpiresAt.Equal(start.Add(20 * time.Minute)) {
			t.Errorf("of a session that ends sooner: %s", short.ExpiresAt)
		}
		holds(secret, role.Operator)
		db.Ent().Session.DeleteOneID(*short.SessionID).ExecX(t.Context())
		holds(secret, "")
		if n := db.Reader().AuditEntry.Query().Where(auditentry.Action("createExplorerToken"), auditentry.ActorID(u.ID)).CountX(t.Context()); n != 2 {
			t.Errorf("%d audit entries", n)
		}
	})
}
