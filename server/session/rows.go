package session

import (
	"context"
	"encoding/base64"
	"errors"
	"time"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/alexedwards/scs/v2"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/session"
	"github.com/guardmdm/guardmdm/ent/user"
	"github.com/guardmdm/guardmdm/server/auth"
)

// seenInterval is how exactly it is known when a person was last here.
const seenInterval = time.Minute

// rows keeps sessions in the database.
type rows struct {
	scs.Store // its methods without a context are never called beside those with one
	m         *Manager
}

var _ scs.CtxStore = rows{}

// FindCtx implements scs.CtxStore. It tells ctx's visit whose session it is: that is found by the same query.
func (s rows) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	row, err := s.m.find(ctx, session.TokenHash(tokenHash(token)))
	if err != nil || row == nil {
		return nil, false, err
	}
	s.m.seen(ctx, row)
	visitOf(ctx).caller = row.caller()
	return row.Data, true, nil
}

// CommitCtx implements scs.CtxStore. A row is written once: a session's only value is there from its beginning, and each beginning
// renews the token.
func (s rows) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	_, values, err := s.m.scs.Codec.Decode(data)
	if err != nil {
		return err
	}
	id, ok := values[userKey].(int64)
	if !ok {
		return errors.New("session: of nobody")
	}
	return s.m.store.Ent().Session.Create().SetTokenHash(tokenHash(token)).SetUserID(gid.ID(id)).SetData(data).
		SetCreatedAt(s.m.clock.Now()).SetExpiresAt(expires).Exec(ctx)
}

// DeleteCtx implements scs.CtxStore.
func (s rows) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.m.store.Ent().Session.Delete().Where(session.TokenHash(tokenHash(token))).Exec(ctx)
	return err
}

// tokenHash is the hash that scs made, as bytes.
func tokenHash(text string) []byte {
	hash, _ := base64.RawURLEncoding.DecodeString(text) // scs's own form
	return hash
}

// row is a session with its user.
type row struct {
	ID         gid.ID     `sql:"id"`
	Data       []byte     `sql:"data"`
	ExpiresAt  time.Time  `sql:"expires_at"`
	UserID     gid.ID     `sql:"user_id"`
	Email      string     `sql:"email"`
	Name       string     `sql:"name"`
	Role       role.Role  `sql:"role"`
	LastSeenAt *time.Time `sql:"last_seen_at"`
}

func (r *row) caller() auth.Caller {
	return auth.Caller{Kind: auditentry.ActorKindUser, ID: r.UserID, Name: r.Name, Role: r.Role, Email: r.Email,
		Session: r.ID, SessionEnds: r.ExpiresAt.UTC()}
}

// find reads a session that has not expired with its user, if the user may sign in; nil if there is none. It is one query, for
// every request of the dashboard waits for it.
func (m *Manager) find(ctx context.Context, where predicate.Session) (*row, error) {
	var found []*row
	err := m.store.Reader().Session.Query().Where(where, session.ExpiresAtGT(m.clock.Now())).
		Modify(func(s *entsql.Selector) {
			users := entsql.Table(user.Table)
			s.Join(users).OnP(entsql.And(
				entsql.ColumnsEQ(s.C(session.FieldUserID), users.C(user.FieldID)),
				entsql.IsNull(users.C(user.FieldDisabledAt)),
			))
			s.Select(s.Columns(session.FieldID, session.FieldData, session.FieldExpiresAt, session.FieldUserID)...).
				AppendSelect(users.Columns(user.FieldEmail, user.FieldName, user.FieldRole, user.FieldLastSeenAt)...)
		}).Scan(ctx, &found)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// seen notes that the user is here. That it fails is no reason to refuse the request.
func (m *Manager) seen(ctx context.Context, r *row) {
	now := m.clock.Now()
	if r.LastSeenAt != nil && now.Sub(*r.LastSeenAt) < seenInterval {
		return
	}
	err := m.store.Ent().User.Update().Where(user.ID(r.UserID)).SetLastSeenAt(now).Exec(ctx)
	if err != nil && ctx.Err() == nil {
		m.log.WarnContext(ctx, "it could not be noted when a person was last here", "user", r.UserID.String(), "error", err)
	}
}
