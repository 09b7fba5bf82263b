package graph_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

type apiToken struct {
	ID, Name, Role, Hint, CreatedBy string
	CreatedAt, ExpiresAt, RevokedAt *time.Time
}

func TestAPITokens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Clock: clockwork.NewFakeClockAt(now)})
		a := newAPI(t, s)
		const fields = `id name role hint createdBy createdAt expiresAt revokedAt`
		var created struct {
			CreateAPIToken struct {
				APIToken   apiToken
				Secret     string
				UserErrors []struct{ Field []string }
			}
		}
		create := `mutation($input: CreateAPITokenInput!) { createAPIToken(input: $input) { apiToken { ` + fields + ` } secret userErrors { field } } }`
		a.get(create, map[string]any{"input": map[string]any{"name": "ci", "role": "OPERATOR", "expiresAt": now.Add(day).Format(time.RFC3339)}}, &created)
		token := created.CreateAPIToken.APIToken
		if want := now.Add(day).Truncate(time.Second); token.Name != "ci" || token.Role != "OPERATOR" || token.CreatedBy != "Ada" || token.RevokedAt != nil ||
			token.ExpiresAt == nil || !token.ExpiresAt.Equal(want) || token.CreatedAt == nil || !token.CreatedAt.Equal(now) {
			t.Errorf("%+v", token)
		}
		if caller, err := s.APITokens.Authenticate(t.Context(), created.CreateAPIToken.Secret); err != nil || caller.ID.String() != token.ID {
			t.Errorf("the secret lets in %+v, %v", caller, err)
		}
		var refused struct {
			CreateAPIToken struct {
				APIToken   *apiToken
				Secret     *string
				UserErrors []struct{ Field []string }
			}
		}
		a.get(create, map[string]any{"input": map[string]any{"name": " ", "role": "OPERATOR"}}, &refused)
		if got := refused.CreateAPIToken; got.APIToken != nil || got.Secret != nil || len(got.UserErrors) != 1 || got.UserErrors[0].Field[0] != "name" {
			t.Errorf("%+v", got)
		}

		var revoked struct {
			RevokeAPIToken struct {
				APIToken   *apiToken
				UserErrors []struct{ Code string }
			}
		}
		revoke := `mutation($id: ID!) { revokeAPIToken(input: {apiTokenId: $id}) { apiToken { ` + fields + ` } userErrors { code } } }`
		a.get(revoke, map[string]any{"id": "api_zzz"}, &revoked)
		if got := revoked.RevokeAPIToken; got.APIToken != nil || len(got.UserErrors) != 1 || got.UserErrors[0].Code != "NOT_FOUND" {
			t.Errorf("an unknown token: %+v", got)
		}
		a.get(revoke, map[string]any{"id": token.ID}, &revoked)
		token.RevokedAt = &now
		if diff := cmp.Diff(&token, revoked.RevokeAPIToken.APIToken); diff != "" || len(revoked.RevokeAPIToken.UserErrors) > 0 {
			t.Errorf("the revoked token (-want +got):\n%s", diff)
		}
		var listed struct{ APITokens struct{ Nodes []apiToken } }
		a.get(`{ apiTokens { nodes { `+fields+` } } }`, nil, &listed)
		if diff := cmp.Diff([]apiToken{token}, listed.APITokens.Nodes); diff != "" {
			t.Errorf("listed (-want +got):\n%s", diff)
		}
	})
}

func TestAuditEntriesOfAnActor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		for i, actor := range []gid.ID{gid.New(gid.User, 1), gid.New(gid.APIToken, 1), gid.New(gid.User, 2), gid.New(gid.User, 1)} {
			db.Ent().AuditEntry.Create().SetAt(now.Add(time.Duration(i) * time.Second)).SetActorKind(auditentry.ActorKindUser).SetActorID(actor).
				SetActorName("somebody").SetAction("signIn").ExecX(t.Context())
		}
		a := newAPI(t, stack.New(t, db, stack.Options{}))
		for where, want := range map[string][]string{
			`{actorId: "usr_1"}`: {"2026-08-01T10:02:06.4Z", "2026-08-01T10:02:03.4Z"}, `{actorIdIn: ["usr_2", "api_1"]}`: {"2026-08-01T10:02:05.4Z", "2026-08-01T10:02:04.4Z"},
			`{actorId: "usr_3"}`: {},
		} {
			var got struct {
				AuditEntries struct{ Nodes []struct{ At string } }
			}
			a.get(`{ auditEntries(where: `+where+`) { nodes { at } } }`, nil, &got)
			times := make([]string, len(got.AuditEntries.Nodes))
			for i, entry := range got.AuditEntries.Nodes {
				times[i] = entry.At
			}
			if diff := cmp.Diff(want, times); diff != "" {
				t.Errorf("%s (-want +got):\n%s", where, diff)
			}
		}
	})
}
