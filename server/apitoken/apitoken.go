// Package apitoken makes, checks and ends the tokens by which programs call the API.
package apitoken

import (
	"context"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/apitoken"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/session"
	"github.com/guardmdm/guardmdm/ent/user"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

// prefix makes tokens recognisable, for people and for scanners of leaked secrets.
const prefix = "gmdm_"

// maxYears is how far away an expiry may be. Whoever wants a longer time wants none.
const maxYears = 10

// Service makes, checks and ends API tokens.
type Service struct {
	store *store.Store
	clock clockwork.Clock
	ended func(context.Context)
}

// Option changes what a Service does.
type Option func(*Service)

// WithEnded has f called after a token was revoked: what is open in its name has to end.
func WithEnded(f func(context.Context)) Option { return func(s *Service) { s.ended = f } }

// New makes the service.
func New(db *store.Store, clock clockwork.Clock, options ...Option) *Service {
	s := &Service{store: db, clock: clock, ended: func(context.Context) {}}
	for _, set := range options {
		set(s)
	}
	return s
}

// Create makes a token in the name of ctx's caller and returns its secret, which is not kept. A zero expiry means never.
// Errors: BadUserInput.
func (s *Service) Create(ctx context.Context, name string, r role.Role, expires time.Time) (*ent.APIToken, string, error) {
	name = strings.TrimSpace(name)
	now := s.clock.Now()
	switch {
	case name == "" || len(name) > 125:
		return nil, "", apperr.New(apperr.BadUserInput, "The token's name has %d bytes; it needs 1 to 125.", len(name)).WithField("name")
	case !r.Valid():
		return nil, "", apperr.New(apperr.BadUserInput, "%q is not a role: use admin, operator or viewer.", r).WithField("role")
	case !expires.IsZero() && !expires.After(now):
		return nil, "", apperr.New(apperr.BadUserInput, "The expiry %s has passed already.", expires.UTC().Format(time.RFC3339)).WithField("expiresAt")
	case expires.After(now.AddDate(maxYears, 0, 0)):
		return nil, "", apperr.New(apperr.BadUserInput, "The expiry %s is more than %d years away.", expires.UTC().Format(time.RFC3339), maxYears).
			WithHint("Leave it out for a token that does not expire.").WithField("expiresAt")
	}
	secret := prefix + auth.NewSecret()

	var token *ent.APIToken
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		create := tx.APIToken.Create().SetName(name).SetRole(r).SetSecretHash(auth.HashSecret(secret)).
			SetHint(secret[:len(prefix)+4]).SetCreatedAt(now).SetCreatedBy(auth.CallerOf(ctx).Name)
		after := map[string]any{"name": name, "role": r}
		if !expires.IsZero() {
			create.SetExpiresAt(expires)
			after["expiresAt"] = expires.UTC()
		}
		var err error
		if token, err = create.Save(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "createAPIToken", ObjectID: token.ID, ObjectName: name, After: after})
	})
	if err != nil {
		return nil, "", store.MapError(err)
	}
	return token, secret, nil
}

// exploring is how long a browser's token works at most.
const exploring = 15 * time.Minute

// Explore makes a token for ctx's caller to try the API out with in the browser: with the caller's own role, for some minutes, and no longer than the
// session. The browser's cookie stays out of it, so that what is tried out cannot do more than it says. Errors: Forbidden for who has no session.
func (s *Service) Explore(ctx context.Context) (*ent.APIToken, string, error) {
	caller := auth.CallerOf(ctx)
	if caller.Session == 0 {
		return nil, "", apperr.New(apperr.Forbidden, "Only people who are signed in get a token for the explorer.").
			WithHint("A program uses its own token.")
	}
	secret := prefix + auth.NewSecret()
	now := s.clock.Now()
	ends := now.Add(exploring)
	if !caller.SessionEnds.IsZero() && caller.SessionEnds.Before(ends) {
		ends = caller.SessionEnds
	}
	var token *ent.APIToken
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		token, err = tx.APIToken.Create().SetName("Explorer of " + caller.Name).SetRole(caller.Role).SetSecretHash(auth.HashSecret(secret)).
			SetHint(secret[:len(prefix)+4]).SetCreatedAt(now).SetCreatedBy(caller.Name).SetExpiresAt(ends).SetSessionID(caller.Session).Save(ctx)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "createExplorerToken", ObjectID: token.ID, ObjectName: token.Name,
			After: map[string]any{"role": caller.Role, "expiresAt": ends.UTC()}})
	})
	if err != nil {
		return nil, "", store.MapError(err)
	}
	return token, secret, nil
}

// Revoke ends a token at once and for good; one that was revoked before stays as it is. Errors: NotFound.
func (s *Service) Revoke(ctx context.Context, id gid.ID) (*ent.APIToken, error) {
	var token *ent.APIToken
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		revoked, err := tx.APIToken.Update().Where(apitoken.ID(id), apitoken.RevokedAtIsNil()).SetRevokedAt(s.clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		if token, err = tx.APIToken.Get(ctx, id); ent.IsNotFound(err) {
			return apperr.Wrap(err, apperr.NotFound, "There is no API token %s.", id).WithHint("Take the identifier from apiTokens.").WithField("apiTokenId")
		}
		if err != nil || revoked == 0 {
			return err
		}
		tx.AfterCommit(func() { s.ended(ctx) })
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "revokeAPIToken", ObjectID: id, ObjectName: token.Name,
			After: map[string]any{"revokedAt": token.RevokedAt.UTC()}})
	})
	if err != nil {
		return nil, store.MapError(err)
	}
	return token, nil
}

// Authenticate finds the caller behind a token. The error is Unauthenticated and does not tell an unknown token from an
// expired or revoked one.
func (s *Service) Authenticate(ctx context.Context, secret string) (auth.Caller, error) {
	refused := apperr.New(apperr.Unauthenticated, "The API token is not valid: it is unknown, expired or revoked.").
		WithHint("Make a new one: guardmdm api-token create --name NAME --role ROLE")
	if !strings.HasPrefix(secret, prefix) || len(secret) > 128 {
		return auth.Caller{}, refused
	}
	token, err := s.store.Reader().APIToken.Query().Where(apitoken.SecretHash(auth.HashSecret(secret))).Only(ctx)
	if ent.IsNotFound(err) {
		return auth.Caller{}, refused
	}
	if err != nil {
		return auth.Caller{}, store.MapError(err)
	}
	now := s.clock.Now()
	if token.RevokedAt != nil || token.ExpiresAt != nil && !now.Before(*token.ExpiresAt) {
		return auth.Caller{}, refused
	}
	if token.SessionID != nil {
		return s.explorer(ctx, token, now, refused)
	}
	if token.LastUsedAt == nil || now.Sub(*token.LastUsedAt) >= time.Minute {
		if err := s.store.Ent().APIToken.UpdateOneID(token.ID).SetLastUsedAt(now).Exec(ctx); err != nil {
			return auth.Caller{}, store.MapError(err)
		}
	}
	return auth.Caller{Kind: auditentry.ActorKindAPIToken, ID: token.ID, Name: token.Name, Role: token.Role}, nil
}

// explorer is the caller behind a browser's token: its person, with the role that they have now, as long as they are signed in.
func (s *Service) explorer(ctx context.Context, token *ent.APIToken, now time.Time, refused error) (auth.Caller, error) {
	u, err := s.store.Reader().User.Query().Where(user.DisabledAtIsNil(), user.HasSessionsWith(session.ID(*token.SessionID), session.ExpiresAtGT(now))).Only(ctx)
	if ent.IsNotFound(err) {
		return auth.Caller{}, refused
	}
	if err != nil {
		return auth.Caller{}, store.MapError(err)
	}
	if !u.Role.Includes(token.Role) {
		token.Role = u.Role
	}
	return auth.Caller{Kind: auditentry.ActorKindUser, ID: u.ID, Name: u.Name, Role: token.Role, Email: u.Email}, nil
}
