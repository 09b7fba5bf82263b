package people

import (
	"context"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/onetimelink"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/user"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	setupWorks = 24 * time.Hour
	linkWorks  = 7 * 24 * time.Hour

	// The code stands in the fragment, which browsers send to no server and so no log holds.
	setupPath = "/setup#"
	joinPath  = "/join#"
)

// makeLink makes the person's link, in the place of one that they have. It gives the path with the code, which is not kept.
func (s *Service) makeLink(ctx context.Context, tx *store.Tx, purpose onetimelink.Purpose, id gid.ID) (*ent.OneTimeLink, string, error) {
	if err := dropLinks(ctx, tx, id); err != nil {
		return nil, "", err
	}
	code, now := auth.NewSecret(), s.clock.Now()
	link, err := tx.OneTimeLink.Create().SetPurpose(purpose).SetCodeHash(auth.HashSecret(code)).SetUserID(id).
		SetCreatedAt(now).SetExpiresAt(now.Add(linkWorks)).Save(ctx)
	return link, joinPath + code, err
}

func dropLinks(ctx context.Context, tx *store.Tx, id gid.ID) error {
	_, err := tx.OneTimeLink.Delete().Where(onetimelink.UserID(id)).Exec(ctx)
	return err
}

// SetupNeeded tells whether the server waits for its first administrator.
func (s *Service) SetupNeeded(ctx context.Context) (bool, error) {
	someone, err := s.store.Reader().User.Query().Exist(ctx)
	return !someone, store.MapError(err)
}

// SetupLink makes a link to create the first administrator and gives its path; "" when there are people already.
func (s *Service) SetupLink(ctx context.Context) (path string, err error) {
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		path = ""
		someone, err := tx.User.Query().Exist(ctx)
		if err != nil || someone {
			return err
		}
		code, now := auth.NewSecret(), s.clock.Now()
		_, err = tx.OneTimeLink.Delete().
			Where(onetimelink.PurposeEQ(onetimelink.PurposeSetup), onetimelink.ExpiresAtLTE(now)).Exec(ctx)
		if err != nil {
			return err
		}
		path = setupPath + code
		return tx.OneTimeLink.Create().SetPurpose(onetimelink.PurposeSetup).SetCodeHash(auth.HashSecret(code)).
			SetCreatedAt(now).SetExpiresAt(now.Add(setupWorks)).Exec(ctx)
	})
	if err != nil {
		return "", err
	}
	return path, nil
}

// Link finds the link that the code belongs to, with its person; nil when the code opens nothing.
func (s *Service) Link(ctx context.Context, code string) (*ent.OneTimeLink, error) {
	link, err := s.findLink(ctx, s.store.Reader(), code)
	return link, store.MapError(err)
}

// findLink does it for Link. A setup link works for as long as there is nobody: it dies with the first person.
func (s *Service) findLink(ctx context.Context, client *ent.Client, code string) (*ent.OneTimeLink, error) {
	if len(code) != auth.SecretLength {
		return nil, nil
	}
	link, err := client.OneTimeLink.Query().WithUser().Where(
		onetimelink.CodeHash(auth.HashSecret(code)), onetimelink.ExpiresAtGT(s.clock.Now()),
		onetimelink.Or(onetimelink.UserIDIsNil(), onetimelink.HasUserWith(user.DisabledAtIsNil())),
	).Only(ctx)
	return link, ent.MaskNotFound(err)
}

// useLink uses a link up.
func (s *Service) useLink(ctx context.Context, tx *store.Tx, code string) (*ent.OneTimeLink, error) {
	link, err := s.findLink(ctx, tx.Client, code)
	if err != nil {
		return nil, err
	}
	if link == nil {
		return nil, deadLink()
	}
	return link, tx.OneTimeLink.DeleteOne(link).Exec(ctx)
}

func deadLink() error {
	return apperr.New(apperr.BadUserInput, "This link does not work: it was used already, has expired, or is not complete.").
		WithHint("Ask an administrator for a new one. The link to set up a new server is made anew whenever the server starts.").WithField("code")
}

// expectLink finds a link for one of the two ways to use one.
func (s *Service) expectLink(ctx context.Context, code string, setup bool) (*ent.OneTimeLink, error) {
	link, err := s.Link(ctx, code)
	if err == nil && (link == nil || (link.Purpose == onetimelink.PurposeSetup) != setup) {
		err = deadLink()
	}
	return link, err
}

// CreateFirstAdmin makes the first administrator by a setup link and signs the browser in. Errors: BadUserInput; Conflict when
// there are people already, and as of begin.
func (s *Service) CreateFirstAdmin(ctx context.Context, code, name, email, password string) (auth.Caller, error) {
	if err := s.sessions.Possible(ctx); err != nil {
		return auth.Caller{}, err
	}
	needed, err := s.SetupNeeded(ctx)
	if err != nil {
		return auth.Caller{}, err
	}
	if !needed {
		return auth.Caller{}, setUpAlready()
	}
	if _, err := s.expectLink(ctx, code, true); err != nil { // before the work of hashing
		return auth.Caller{}, err
	}
	p, err := newPerson(email, name, role.Admin)
	if err != nil {
		return auth.Caller{}, err
	}
	hash, err := s.newHash(ctx, password, p.email, "password")
	if err != nil {
		return auth.Caller{}, err
	}
	var u *ent.User
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		if someone, err := tx.User.Query().Exist(ctx); err != nil || someone {
			return errorOr(err, setUpAlready())
		}
		if _, err := s.useLink(ctx, tx, code); err != nil {
			return err
		}
		if u, err = s.insert(ctx, tx, p, hash); err != nil {
			return err
		}
		return s.record(auth.WithCaller(ctx, caller(u, time.Time{})), tx, "createFirstAdmin", u, nil, p.fields())
	})
	if err != nil {
		return auth.Caller{}, err
	}
	return s.begin(ctx, u, hash, "")
}

func setUpAlready() error {
	return apperr.New(apperr.Conflict, "This server was set up already.").WithHint("Sign in, or ask an administrator to add you.")
}

func errorOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// Redeem sets the password of the person whose link it is, ends their sessions, and signs the browser in. Errors: BadUserInput;
// Conflict as of begin.
func (s *Service) Redeem(ctx context.Context, code, password string) (auth.Caller, error) {
	if err := s.sessions.Possible(ctx); err != nil {
		return auth.Caller{}, err
	}
	link, err := s.expectLink(ctx, code, false) // before the work of hashing
	if err != nil {
		return auth.Caller{}, err
	}
	hash, err := s.newHash(ctx, password, link.Edges.User.Email, "password")
	if err != nil {
		return auth.Caller{}, err
	}
	var u *ent.User
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		link, err := s.useLink(ctx, tx, code)
		if err != nil {
			return err
		}
		before := link.Edges.User
		if u, err = s.setPassword(ctx, tx, before, hash); err != nil {
			return err
		}
		was, is := differences(before, u)
		return s.record(auth.WithCaller(ctx, caller(u, time.Time{})), tx, "redeemLink", u, was, is)
	})
	if err != nil {
		return auth.Caller{}, err
	}
	return s.begin(ctx, u, hash, "")
}

// setPassword gives the person a password, or takes theirs away ("" for hash), and ends their sessions, in this order: see begin.
func (s *Service) setPassword(ctx context.Context, tx *store.Tx, u *ent.User, hash string) (*ent.User, error) {
	changed, err := tx.User.UpdateOne(u).SetPasswordHash(hash).Save(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := s.endSessions(ctx, tx, u.ID); err != nil {
		return nil, err
	}
	tx.AfterCommit(func() { s.sessions.Ended(ctx) })
	return changed, nil
}

// Reset takes the person's password away, ends their sessions, and makes a link to choose a new one. Errors: NotFound; Conflict
// for people who may not sign in, and if no administrator would be left.
func (s *Service) Reset(ctx context.Context, id gid.ID) (u *ent.User, linkPath string, err error) {
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		before, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		if before.DisabledAt != nil {
			return apperr.New(apperr.Conflict, "%s may not sign in.", before.Name).
				WithHint("Let them sign in again first.").WithField("userId")
		}
		if u, linkPath, err = s.reset(ctx, tx, before); err != nil || !administers(before) {
			return err
		}
		err = keepAdministrator(ctx, tx, u)
		if e := apperr.As(err); e != nil {
			return e.WithHint("Make somebody else an administrator first, or run on the server: guardmdm user reset-password %s", u.Email)
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	return u, linkPath, nil
}

// reset does it for Reset and Recover.
func (s *Service) reset(ctx context.Context, tx *store.Tx, before *ent.User) (*ent.User, string, error) {
	u, err := s.setPassword(ctx, tx, before, "")
	if err != nil {
		return nil, "", err
	}
	purpose := onetimelink.PurposeReset
	if before.PasswordHash == "" && before.LastSeenAt == nil {
		purpose = onetimelink.PurposeInvitation // a new one for somebody who never joined
	}
	link, path, err := s.makeLink(ctx, tx, purpose, u.ID)
	if err != nil {
		return nil, "", err
	}
	was, is := differences(before, u)
	is["linkExpiresAt"] = link.ExpiresAt.UTC()
	return u, path, s.record(ctx, tx, "resetUser", u, was, is)
}

// Recovery says how the command line lets somebody in again.
type Recovery struct {
	Email    string
	Password string // "": by a link
	Enable   bool   // also somebody who may not sign in
}

// Recover lets somebody in again, the last administrator too: it is for the command line. It gives the path of the link, or ""
// when a password was set. Errors: NotFound, BadUserInput; Conflict for people who may not sign in, unless Enable is set.
func (s *Service) Recover(ctx context.Context, r Recovery) (linkPath string, err error) {
	email, hash := normalEmail(r.Email), ""
	if r.Password != "" {
		if hash, err = s.newHash(ctx, r.Password, email, "password"); err != nil {
			return "", err
		}
	}
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		before, err := tx.User.Query().Where(user.Email(email)).Only(ctx)
		if ent.IsNotFound(err) {
			return apperr.Wrap(err, apperr.NotFound, "There is nobody with the email %s.", email)
		}
		if err != nil {
			return err
		}
		if before, err = s.enable(ctx, tx, before, r.Enable); err != nil {
			return err
		}
		if hash == "" {
			_, linkPath, err = s.reset(ctx, tx, before)
			return err
		}
		u, err := s.setPassword(ctx, tx, before, hash)
		if err != nil {
			return err
		}
		if err := dropLinks(ctx, tx, u.ID); err != nil {
			return err
		}
		was, is := differences(before, u)
		return s.record(ctx, tx, "resetUser", u, was, is)
	})
	if err != nil {
		return "", err
	}
	return linkPath, nil
}

// enable lets somebody sign in who may not, if that is wanted.
func (s *Service) enable(ctx context.Context, tx *store.Tx, u *ent.User, wanted bool) (*ent.User, error) {
	switch {
	case u.DisabledAt == nil:
		return u, nil
	case !wanted:
		return nil, apperr.New(apperr.Conflict, "%s (%s) may not sign in.", u.Name, u.Email).WithHint("To allow it as well, add --enable.")
	}
	enabled, err := tx.User.UpdateOne(u).ClearDisabledAt().Save(ctx)
	if err != nil {
		return nil, err
	}
	return enabled, s.updated(ctx, tx, u, enabled)
}
