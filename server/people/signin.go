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
// somebody who may not sign in; RateLimited after too many failures; Conflict as of begin.
func (s *Service) SignIn(ctx context.Context, email, password string) (auth.Caller, error) {
	if err := s.sessions.Possible(ctx); err != nil {
		return auth.Caller{}, err
	}
	email = normalEmail(email)
	var u *ent.User
	var stale bool
	client := peer.From(ctx).Addr
	ok, err := s.failures.attempt(client, email, func() (ok bool, err error) {
		u, err = s.store.Reader().User.Query().Where(user.Email(email)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return false, store.MapError(err)
		}
		ok, stale, err = s.check(ctx, u, password)
		return ok, err
	})
	switch {
	case apperr.Is(err, apperr.RateLimited):
		s.log.InfoContext(ctx, "sign-in refused after too many failures", "client", client.String())
		return auth.Caller{}, err
	case err != nil:
		return auth.Caller{}, err
	case !ok:
		return auth.Caller{}, errorOr(s.failed(ctx, u), wrongCredentials())
	}
	hash := u.PasswordHash
	if stale { // the parameters have changed since
		if hash, err = s.hasher.hash(ctx, password); err != nil {
			return auth.Caller{}, err
		}
	}
	return s.begin(ctx, u, hash, "signIn")
}

func wrongCredentials() error {
	return apperr.New(apperr.BadUserInput, "The email or the password is wrong.")
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

// failed notes a failed sign-in, also when the client is gone. It writes for unknown addresses, too, though only when: the time that
// an answer takes must not tell which addresses are known.
func (s *Service) failed(ctx context.Context, u *ent.User) error {
	ctx, cancel := detached(ctx)
	defer cancel()
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

// detachedTimeout bounds what is finished although its request may be over.
const detachedTimeout = 10 * time.Second

func detached(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), detachedTimeout)
}

// begin begins the session of somebody who has shown who they are, and has hash take the place of their password's hash. action is
// the audit entry's; "" for none. Errors: Conflict when the person was changed meanwhile.
//
// The session is there before the person is looked at again, while whoever keeps somebody out changes the person before ending
// the sessions: whichever order they come in, none is left.
func (s *Service) begin(ctx context.Context, u *ent.User, hash, action string) (auth.Caller, error) {
	ends, err := s.sessions.Begin(ctx, u.ID)
	switch {
	case apperr.Is(err, apperr.Conflict):
		return auth.Caller{}, overtaken()
	case err != nil:
		return auth.Caller{}, err
	}
	c := caller(u, ends)
	err = s.store.WithTx(auth.WithCaller(ctx, c), func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.User.Update().Where(user.ID(u.ID), user.PasswordHash(u.PasswordHash), user.DisabledAtIsNil()).SetPasswordHash(hash).Save(ctx)
		if err != nil || n == 0 {
			return errorOr(err, overtaken())
		}
		if action == "" {
			return nil
		}
		return s.record(ctx, tx, action, u, nil, nil)
	})
	if err != nil {
		ctx, cancel := detached(ctx)
		defer cancel()
		return auth.Caller{}, store.MapError(errors.Join(err, s.sessions.End(ctx)))
	}
	s.log.InfoContext(ctx, "signed in", "user", u.ID.String(), "client", peer.From(ctx).Addr.String())
	return c, nil
}

func overtaken() error {
	return apperr.New(apperr.Conflict, "Somebody changed this person at the same moment.").WithHint("Sign in again.")
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
// after too many wrong passwords; Conflict as of begin.
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
		return ok, err
	})
	switch {
	case err != nil:
		return err
	case !ok:
		return errorOr(s.failed(ctx, u), wrongPresent())
	case next == current:
		return apperr.New(apperr.BadUserInput, "The new password is the present one.").WithField("newPassword")
	}
	hash, err := s.newHash(ctx, next, u.Email, "newPassword")
	if err != nil {
		return err
	}
	var changed *ent.User
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		checked, err := tx.User.Query().Where(user.ID(u.ID), user.PasswordHash(u.PasswordHash), user.DisabledAtIsNil()).Exist(ctx)
		if err != nil || !checked {
			return errorOr(err, overtaken())
		}
		if changed, err = s.setPassword(ctx, tx, u, hash); err != nil {
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
	_, err = s.begin(ctx, changed, hash, "")
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
