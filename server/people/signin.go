package people

import (
	"context"
	"errors"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/user"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/peer"
	"github.com/guardmdm/guardmdm/server/store"
)

// SignIn signs the browser in. Errors: BadUserInput, which does not tell an unknown address from a wrong password or from
// somebody who may not sign in; RateLimited after too many failures.
func (s *Service) SignIn(ctx context.Context, email, password string) (auth.Caller, error) {
	email = normalEmail(email)
	var u *ent.User
	var stale bool
	client := peer.From(ctx).Addr
	ok, err := s.failures.attempt(client, email, func() (ok bool, err error) {
		u, err = s.store.Reader().User.Query().Where(user.Email(email)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return false, store.MapError(err)
		}
		if ok, stale, err = s.check(ctx, u, password); err != nil || ok {
			return ok, err
		}
		return false, s.failed(ctx, u)
	})
	switch {
	case apperr.Is(err, apperr.RateLimited):
		s.log.InfoContext(ctx, "sign-in refused after too many failures", "client", client.String())
		return auth.Caller{}, err
	case err != nil:
		return auth.Caller{}, err
	case !ok:
		return auth.Caller{}, wrongCredentials()
	}
	return s.signedIn(ctx, u, stale, password)
}

func wrongCredentials() error {
	return apperr.New(apperr.BadUserInput, "The e-mail address or the password is wrong.")
}

// check checks the password of somebody, nil for nobody, and takes the same time for everybody.
func (s *Service) check(ctx context.Context, u *ent.User, password string) (ok, stale bool, err error) {
	hash := decoy
	if u != nil && u.PasswordHash != "" {
		hash = u.PasswordHash
	}
	ok, stale, err = s.hasher.matches(ctx, password, hash)
	return ok && hash != decoy && u.DisabledAt == nil, stale, err
}

// strangersKey is the setting that holds when somebody last tried an address that nobody has.
const strangersKey = "people.last_unknown_sign_in"

// failed notes a failed sign-in. It writes for unknown addresses, too, though only when: the time that an answer takes must not
// tell which addresses are known.
func (s *Service) failed(ctx context.Context, u *ent.User) error {
	attributes := []any{"known", u != nil, "client", peer.From(ctx).Addr.String()}
	if u != nil {
		attributes = append(attributes, "user", u.ID.String())
	}
	s.log.WarnContext(ctx, "sign-in failed", attributes...)
	return store.MapError(s.store.WithTx(auth.System(ctx), func(ctx context.Context, tx *store.Tx) error {
		if u == nil {
			return put(ctx, tx, strangersKey, s.clock.Now().UTC().Format(time.RFC3339))
		}
		return s.record(ctx, tx, "signInFailed", u, nil, nil)
	}))
}

// signedIn begins the session of somebody whose password was right, and hashes that anew when the parameters have changed since.
func (s *Service) signedIn(ctx context.Context, u *ent.User, stale bool, password string) (auth.Caller, error) {
	hash := u.PasswordHash
	if stale {
		var err error
		if hash, err = s.hasher.hash(ctx, password); err != nil {
			return auth.Caller{}, err
		}
	}
	c, err := s.begin(ctx, u)
	if err != nil {
		return auth.Caller{}, err
	}
	err = s.store.WithTx(auth.WithCaller(ctx, c), func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.User.Update().Where(user.ID(u.ID), user.PasswordHash(u.PasswordHash), user.DisabledAtIsNil()).SetPasswordHash(hash).Save(ctx)
		if err != nil || n == 0 { // after it was checked the password was changed, too early to end this session
			return errorOr(err, wrongCredentials())
		}
		return s.record(ctx, tx, "signIn", u, nil, nil)
	})
	if err != nil {
		return auth.Caller{}, store.MapError(errors.Join(err, s.sessions.End(ctx)))
	}
	s.log.InfoContext(ctx, "signed in", "user", u.ID.String(), "client", peer.From(ctx).Addr.String())
	return c, nil
}

// begin begins the session of somebody who has shown who they are.
func (s *Service) begin(ctx context.Context, u *ent.User) (auth.Caller, error) {
	ends, err := s.sessions.Begin(ctx, u.ID)
	if err != nil {
		return auth.Caller{}, err
	}
	return caller(u, ends), nil
}

// SignOut ends the session of this browser. Without one it does nothing.
func (s *Service) SignOut(ctx context.Context) error {
	c := auth.CallerOf(ctx)
	if c.Kind != auditentry.ActorKindUser {
		return nil
	}
	err := s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		return s.record(ctx, tx, "signOut", &ent.User{ID: c.ID, Name: c.Name}, nil, nil)
	})
	if err != nil {
		return store.MapError(err)
	}
	return s.sessions.End(ctx)
}

// ChangePassword changes the password of the person who calls and ends their other sessions. Errors: BadUserInput; RateLimited
// after too many wrong passwords.
func (s *Service) ChangePassword(ctx context.Context, current, next string) error {
	c := auth.CallerOf(ctx)
	if c.Kind != auditentry.ActorKindUser {
		return apperr.New(apperr.BadUserInput, "Only people have passwords, and %q is not one.", c.Name)
	}
	u, err := s.store.Reader().User.Get(ctx, c.ID)
	if err != nil {
		return store.MapError(err)
	}
	ok, err := s.failures.attempt(peer.From(ctx).Addr, u.Email, func() (bool, error) {
		ok, _, err := s.check(ctx, u, current)
		if err != nil || ok {
			return ok, err
		}
		return false, s.failed(ctx, u)
	})
	switch {
	case err != nil:
		return err
	case !ok:
		return wrongPresent()
	case next == current:
		return apperr.New(apperr.BadUserInput, "The new password is the present one.").WithField("newPassword")
	}
	hash, err := s.newHash(ctx, next, u.Email, "newPassword")
	if err != nil {
		return err
	}
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		checked, err := tx.User.Query().Where(user.ID(u.ID), user.PasswordHash(u.PasswordHash)).Exist(ctx)
		if err != nil || !checked { // somebody reset it in the meantime
			return errorOr(err, wrongPresent())
		}
		if _, err := s.setPassword(ctx, tx, u, hash); err != nil {
			return err
		}
		if err := dropLinks(ctx, tx, u.ID); err != nil {
			return err
		}
		return s.record(ctx, tx, "changePassword", u, nil, nil)
	})
	if err != nil {
		return err
	}
	_, err = s.begin(ctx, u)
	return err
}

func wrongPresent() error {
	return apperr.New(apperr.BadUserInput, "The present password is wrong.").WithField("currentPassword")
}

// SignOutEverywhere ends all sessions of a person, 0 for the one who calls, and tells how many. Errors: Forbidden for others than
// administrators who name another; NotFound; BadUserInput.
func (s *Service) SignOutEverywhere(ctx context.Context, id gid.ID) (ended int, err error) {
	c := auth.CallerOf(ctx)
	own := c.Kind == auditentry.ActorKindUser && (id == 0 || id == c.ID)
	switch {
	case own:
		id = c.ID
	case id == 0:
		return 0, apperr.New(apperr.BadUserInput, "Only people have sessions, and %q is not one.", c.Name).
			WithHint("Name the person.").WithField("userId")
	default:
		if err := auth.Require(ctx, role.Admin); err != nil {
			return 0, err
		}
	}
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		u, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		if ended, err = s.endSessions(ctx, tx, id); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.sessions.Ended(ctx) })
		return s.record(ctx, tx, "signOutEverywhere", u, nil, map[string]any{"sessionsEnded": ended})
	})
	if err == nil && own {
		err = s.sessions.End(ctx) // the cookie goes, too
	}
	return ended, err
}
