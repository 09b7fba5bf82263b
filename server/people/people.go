// Package people knows who may use GuardMDM: it adds and changes people, signs them in by password, and makes the one-time
// links by which they choose one.
package people

import (
	"context"
	"log/slog"
	"net/mail"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/text/unicode/norm"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/onetimelink"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/session"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/ent/user"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/store"
)

// Sessions are the signed-in browsers.
type Sessions interface {
	// Possible fails unless Begin can sign the browser of ctx's request in.
	Possible(ctx context.Context) error
	// Begin signs the browser of ctx's request in. Errors: Conflict when the user does not exist.
	Begin(ctx context.Context, user gid.ID) (ends time.Time, err error)
	// End signs the browser of ctx's request out, and says so as Ended does.
	End(ctx context.Context) error
	// Ended tells everything that serves sessions, on all replicas, that some ended or that their people changed.
	Ended(ctx context.Context)
}

// Service is the people and their passwords.
type Service struct {
	store    *store.Store
	sessions Sessions
	hasher   *hasher
	failures *limiter
	clock    clockwork.Clock
	log      *slog.Logger
}

// New makes the service.
func New(db *store.Store, sessions Sessions, clock clockwork.Clock, log *slog.Logger) *Service {
	return &Service{store: db, sessions: sessions, hasher: newHasher(), failures: newLimiter(clock), clock: clock, log: log}
}

// lockKey is the setting whose row is the lock of change.
const lockKey = "people.lock"

// change runs f in a transaction that no other change of people overlaps, on any replica: who is the first or the last
// administrator depends on all of them.
func (s *Service) change(ctx context.Context, f func(ctx context.Context, tx *store.Tx) error) error {
	return store.MapError(s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := put(ctx, tx, lockKey, ""); err != nil {
			return err
		}
		return f(ctx, tx)
	}))
}

func put(ctx context.Context, tx *store.Tx, key, value string) error {
	return tx.Setting.Create().SetKey(key).SetValue(value).OnConflictColumns(setting.FieldKey).UpdateValue().Exec(ctx)
}

// get reads a person. Errors: NotFound.
func get(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.User, error) {
	u, err := tx.User.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, apperr.Wrap(err, apperr.NotFound, "There is no person %s.", id).WithHint("Take the identifier from users.").WithField("userId")
	}
	return u, err
}

// Add adds a person and makes the link by which they choose a password. Errors: BadUserInput; Conflict for an address that is
// taken.
func (s *Service) Add(ctx context.Context, email, name string, r role.Role) (u *ent.User, linkPath string, err error) {
	p, err := newPerson(email, name, r)
	if err != nil {
		return nil, "", err
	}
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		if u, err = s.insert(ctx, tx, p, ""); err != nil {
			return err
		}
		var link *ent.OneTimeLink
		if link, linkPath, err = s.makeLink(ctx, tx, onetimelink.PurposeInvitation, u.ID); err != nil {
			return err
		}
		after := p.fields()
		after["linkExpiresAt"] = link.ExpiresAt.UTC()
		return s.record(ctx, tx, "addUser", u, nil, after)
	})
	if err != nil {
		return nil, "", err
	}
	return u, linkPath, nil
}

// AddWithPassword adds a person who has a password already. Errors: as of Add.
func (s *Service) AddWithPassword(ctx context.Context, email, name string, r role.Role, password string) (u *ent.User, err error) {
	p, err := newPerson(email, name, r)
	if err != nil {
		return nil, err
	}
	hash, err := s.newHash(ctx, password, p.email, "password")
	if err != nil {
		return nil, err
	}
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		if u, err = s.insert(ctx, tx, p, hash); err != nil {
			return err
		}
		return s.record(ctx, tx, "addUser", u, nil, p.fields())
	})
	if err != nil {
		return nil, err
	}
	return u, nil
}

// person is what is known of somebody who is to be added, checked.
type person struct {
	email, name string
	role        role.Role
}

func newPerson(email, name string, r role.Role) (person, error) {
	p := person{email: normalEmail(email), role: r}
	if parsed, err := mail.ParseAddress(p.email); err != nil || parsed.Address != p.email || len(p.email) > 254 {
		return person{}, apperr.New(apperr.BadUserInput, "%.60q is not an email address.", email).WithField("email")
	}
	var err error
	if p.name, err = checkName(name); err != nil {
		return person{}, err
	}
	return p, checkRole(r)
}

func (p person) fields() map[string]any {
	return map[string]any{"email": p.email, "name": p.name, "role": p.role}
}

// normalEmail is the form in which addresses are kept and compared.
func normalEmail(email string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFC.String(email)))
}

func checkName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 125 {
		return "", apperr.New(apperr.BadUserInput, "The name has %d bytes; it needs 1 to 125.", len(name)).WithField("name")
	}
	return name, nil
}

func checkRole(r role.Role) error {
	if !r.Valid() {
		return apperr.New(apperr.BadUserInput, "%q is not a role: use admin, operator or viewer.", r).WithField("role")
	}
	return nil
}

// insert adds a person. With the first one, however they are added, all setup links die.
func (s *Service) insert(ctx context.Context, tx *store.Tx, p person, passwordHash string) (*ent.User, error) {
	u, err := tx.User.Create().SetEmail(p.email).SetName(p.name).SetRole(p.role).SetPasswordHash(passwordHash).
		SetCreatedAt(s.clock.Now()).Save(ctx)
	if store.IsUnique(err) {
		return nil, apperr.Wrap(err, apperr.Conflict, "There is a person with the email %s already.", p.email).WithField("email")
	}
	if err != nil {
		return nil, err
	}
	_, err = tx.OneTimeLink.Delete().Where(onetimelink.PurposeEQ(onetimelink.PurposeSetup)).Exec(ctx)
	return u, err
}

// Update changes what is not nil. Errors: NotFound, BadUserInput; Conflict if no administrator would be left.
func (s *Service) Update(ctx context.Context, id gid.ID, name *string, r *role.Role, disabled *bool) (u *ent.User, err error) {
	err = s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		before, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		update := tx.User.UpdateOne(before)
		if name != nil {
			checked, err := checkName(*name)
			if err != nil {
				return err
			}
			update.SetName(checked)
		}
		if r != nil {
			if err := checkRole(*r); err != nil {
				return err
			}
			update.SetRole(*r)
		}
		switch {
		case disabled == nil:
		case *disabled && before.DisabledAt == nil:
			update.SetDisabledAt(s.clock.Now())
		case !*disabled:
			update.ClearDisabledAt()
		}
		if u, err = update.Save(ctx); err != nil {
			return err
		}
		return s.updated(ctx, tx, before, u)
	})
	if err != nil {
		return nil, err
	}
	return u, nil
}

// updated does what follows from a change of the person.
func (s *Service) updated(ctx context.Context, tx *store.Tx, before, after *ent.User) error {
	was, is := differences(before, after)
	if len(is) == 0 {
		return nil
	}
	if administers(before) && !administers(after) {
		if err := keepAdministrator(ctx, tx, after); err != nil {
			return err
		}
	}
	if after.DisabledAt != nil {
		if _, err := s.endSessions(ctx, tx, after.ID); err != nil {
			return err
		}
	}
	tx.AfterCommit(func() { s.sessions.Ended(ctx) })
	return s.record(ctx, tx, "updateUser", after, was, is)
}

// Remove removes a person, with their sessions and their link. Errors: NotFound; Conflict if no administrator would be left.
func (s *Service) Remove(ctx context.Context, id gid.ID) error {
	return s.change(ctx, func(ctx context.Context, tx *store.Tx) error {
		u, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := tx.User.DeleteOne(u).Exec(ctx); err != nil { // the database deletes sessions and links
			return err
		}
		if administers(u) {
			if err := keepAdministrator(ctx, tx, u); err != nil {
				return err
			}
		}
		tx.AfterCommit(func() { s.sessions.Ended(ctx) })
		return s.record(ctx, tx, "removeUser", u, person{u.Email, u.Name, u.Role}.fields(), nil)
	})
}

// administers tells whether the person can sign in as an administrator.
func administers(u *ent.User) bool {
	return u.Role == role.Admin && u.DisabledAt == nil && u.PasswordHash != ""
}

// keepAdministrator refuses the change that took an administrator away if it left none.
func keepAdministrator(ctx context.Context, tx *store.Tx, lost *ent.User) error {
	left, err := tx.User.Query().
		Where(user.RoleEQ(role.Admin), user.DisabledAtIsNil(), user.PasswordHashNEQ("")).Exist(ctx)
	if err == nil && !left {
		return apperr.New(apperr.Conflict, "%s is the last administrator who can sign in.", lost.Name).
			WithHint("Make somebody else an administrator first, and wait until they have chosen a password.").WithField("userId")
	}
	return err
}

// The statuses of a person, as the API names them.
const (
	invited  = "INVITED"
	active   = "ACTIVE"
	disabled = "DISABLED"
)

// Status tells whether the person has joined, and may sign in.
func (*Service) Status(u *ent.User) string { return status(u) }

func status(u *ent.User) string {
	switch {
	case u.DisabledAt != nil:
		return disabled
	case u.PasswordHash == "":
		return invited
	}
	return active
}

// differences are the fields that changed, as they were and as they are.
func differences(before, after *ent.User) (was, is map[string]any) {
	was, is = map[string]any{}, map[string]any{}
	for _, field := range []struct {
		name    string
		was, is any
	}{{"name", before.Name, after.Name}, {"role", before.Role, after.Role}, {"status", status(before), status(after)}} {
		if field.was != field.is {
			was[field.name], is[field.name] = field.was, field.is
		}
	}
	return was, is
}

func (s *Service) record(ctx context.Context, tx *store.Tx, action string, u *ent.User, before, after map[string]any) error {
	return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: action, ObjectID: u.ID, ObjectName: u.Name, Before: before, After: after})
}

// endSessions ends all sessions of the person. The caller says so by Sessions.Ended after the commit.
func (s *Service) endSessions(ctx context.Context, tx *store.Tx, id gid.ID) (int, error) {
	return tx.Session.Delete().Where(session.UserID(id)).Exec(ctx)
}

// caller is the person as the one who calls.
func caller(u *ent.User, sessionEnds time.Time) auth.Caller {
	return auth.Caller{Kind: auditentry.ActorKindUser, ID: u.ID, Name: u.Name, Role: u.Role, Email: u.Email, SessionEnds: sessionEnds}
}
