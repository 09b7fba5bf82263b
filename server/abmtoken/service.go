// Package abmtoken owns the ABM tokens: the exchange with Apple Business Manager, the sealed secrets, and what the evidence of
// every call says about a token's state.
package abmtoken

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	entabmtoken "github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

// Service owns the ABM tokens.
type Service struct {
	store *store.Store
	apple *abm.Client
	box   *secret.Box
	clock clockwork.Clock
}

// New makes the service. box seals the secrets.
func New(db *store.Store, apple *abm.Client, box *secret.Box, clock clockwork.Clock) *Service {
	return &Service{store: db, apple: apple, box: box, clock: clock}
}

// get reads a token that was not deleted.
func get(ctx context.Context, client *ent.Client, id gid.ID) (*ent.ABMToken, error) {
	t, err := client.ABMToken.Query().Where(entabmtoken.ID(id), entabmtoken.DeletedAtIsNil()).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, apperr.NoABMToken(err, id)
	}
	return t, err
}

// Present gives the tokens that were not deleted, oldest first.
func (s *Service) Present(ctx context.Context) ([]*ent.ABMToken, error) {
	return s.store.Reader().ABMToken.Query().Where(entabmtoken.DeletedAtIsNil()).Order(entabmtoken.ByID()).All(ctx)
}

// Connect gives access to Apple's service in the name of the token, and the version of its credentials, for Observe. It does not
// call Apple. Errors: NotFound; Conflict while there is no server token yet.
func (s *Service) Connect(ctx context.Context, id gid.ID) (conn *abm.Token, credentialsVersion int, err error) {
	t, err := get(ctx, s.store.Reader(), id)
	if err != nil {
		return nil, 0, err
	}
	if len(t.Credentials) == 0 {
		return nil, 0, awaiting(t)
	}
	creds, err := s.unsealCredentials(t)
	if err != nil {
		return nil, 0, err
	}
	return s.apple.Token(t.ID.String(), creds), t.CredentialsVersion, nil
}

func awaiting(t *ent.ABMToken) error {
	return apperr.New(apperr.Conflict, "The ABM token %q waits for its server token.", t.Name).
		WithHint("Upload the certificate in Apple Business Manager, download the server token there, and upload it here.").WithField("abmTokenId")
}

// Secrets are sealed with their place as context: one that is moved to another row or column does not open.
func sealContext(id gid.ID, what string) string {
	return fmt.Sprintf("abm_token/%d/%s", int64(id), what)
}

func (s *Service) sealCredentials(id gid.ID, c abm.Credentials) ([]byte, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return s.box.Seal(text, sealContext(id, "credentials"))
}

func (s *Service) unsealCredentials(t *ent.ABMToken) (abm.Credentials, error) {
	var c abm.Credentials
	text, err := s.box.Open(t.Credentials, sealContext(t.ID, "credentials"))
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(text, &c)
}

// expiringWithin is how long before its end a token is called EXPIRING.
const expiringWithin = 30 * 24 * time.Hour

// healthy is the state of a token that Apple accepts: it depends on the expiry alone.
func healthy(expires *time.Time, now time.Time) entabmtoken.State {
	switch {
	case expires == nil:
		return entabmtoken.StateActive
	case !now.Before(*expires):
		return entabmtoken.StateExpired
	case now.Add(expiringWithin).After(*expires):
		return entabmtoken.StateExpiring
	}
	return entabmtoken.StateActive
}

// Observe takes the outcome of any call to Apple, or of a sync, as evidence of the token's state: the errors that speak of
// the token set it, a success clears it, others leave it. The row is written only when the state changes. What was learned with
// credentials that have been replaced since says nothing about the token. What says nothing new is found out by reading alone:
// most calls do, and SQLite has one writer.
func (s *Service) Observe(ctx context.Context, id gid.ID, credentialsVersion int, outcome error) error {
	now := s.clock.Now()
	learned := func(ctx context.Context, c *ent.Client) (t *ent.ABMToken, state entabmtoken.State, message string, err error) {
		t, err = get(ctx, c, id)
		if err != nil || t.State == entabmtoken.StateAwaitingServerToken || t.CredentialsVersion != credentialsVersion {
			return nil, "", "", err
		}
		if state, message = evidence(t, outcome, now); state == t.State && message == t.StateMessage {
			return nil, "", "", nil
		}
		return t, state, message, nil
	}
	if t, _, _, err := learned(ctx, s.store.Reader()); err != nil || t == nil {
		return err
	}
	return s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		t, state, message, err := learned(ctx, tx.Client)
		if err != nil || t == nil {
			return err
		}
		update := tx.ABMToken.UpdateOne(t).SetState(state).SetStateMessage(message)
		if state != t.State {
			update.SetStateChangedAt(now)
		}
		return update.Exec(ctx)
	})
}

func evidence(t *ent.ABMToken, outcome error, now time.Time) (entabmtoken.State, string) {
	message := func() string {
		e := apperr.As(outcome)
		if e.Hint == "" {
			return e.Message
		}
		return e.Message + "\n" + e.Hint
	}
	switch apperr.CodeOf(outcome) {
	case "":
		return healthy(t.ExpiresAt, now), ""
	case apperr.AppleTerms:
		return entabmtoken.StateTermsNotAccepted, message()
	case apperr.AppleRejected, apperr.AppleDenied:
		return entabmtoken.StateRejected, message()
	case apperr.TokenExpired:
		return entabmtoken.StateExpired, message()
	}
	if t.State == entabmtoken.StateActive || t.State == entabmtoken.StateExpiring {
		return healthy(t.ExpiresAt, now), t.StateMessage // time passes even while Apple does not answer
	}
	return t.State, t.StateMessage
}

// Check asks Apple about the token and takes the answer as evidence: how a blocked token finds out that the cause is gone.
func (s *Service) Check(ctx context.Context, id gid.ID) error {
	conn, version, err := s.Connect(ctx, id)
	if err != nil {
		return err
	}
	_, callErr := conn.Account(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := s.Observe(ctx, id, version, callErr); err != nil {
		return err
	}
	return callErr
}

// Account keeps what Apple's /account answered about the token: names can be changed in Apple Business Manager.
func (s *Service) Account(ctx context.Context, id gid.ID, a abm.Account) error {
	return s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		t, err := get(ctx, tx.Client, id)
		if err != nil {
			return err
		}
		limit, assignLimit := pageLimit(a), a.PageLimit(abm.AssignURI)
		if t.ServerName == a.ServerName && t.OrgName == a.OrgName && t.AdminID == a.AdminID && t.PageLimit == limit && t.AssignLimit == assignLimit {
			return nil
		}
		return tx.ABMToken.UpdateOne(t).SetServerName(a.ServerName).SetOrgName(a.OrgName).SetAdminID(a.AdminID).
			SetPageLimit(limit).SetAssignLimit(assignLimit).SetUpdatedAt(s.clock.Now()).Exec(ctx)
	})
}

// pageLimit is the most devices that both page endpoints give at once.
func pageLimit(a abm.Account) int {
	return min(a.PageLimit("/server/devices"), a.PageLimit("/devices/sync"))
}

// Recheck looks after a token as time passes: one that Apple blocks is checked, one whose year ends changes its state, and alerts
// are raised before.
func (s *Service) Recheck(ctx context.Context, t *ent.ABMToken) error {
	if err := s.alert(ctx, t); err != nil {
		return err
	}
	switch t.State {
	case entabmtoken.StateRejected, entabmtoken.StateTermsNotAccepted:
		err := s.Check(ctx, t.ID)
		if apperr.IsVerdict(err) {
			return nil // its state says so
		}
		return err
	case entabmtoken.StateActive, entabmtoken.StateExpiring, entabmtoken.StateExpired: // a clock that was ahead had it expired
		if state := healthy(t.ExpiresAt, s.clock.Now()); state != t.State {
			return s.Observe(ctx, t.ID, t.CredentialsVersion, nil)
		}
	}
	return nil
}
