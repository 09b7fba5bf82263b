package abmtoken

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	entabmtoken "github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/servertoken"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	defaultName = "Apple Business Manager"
	maxName     = 125
)

// Generate makes a key pair for a new ABM token and returns the token with its certificate, PEM. Errors: BadUserInput.
func (s *Service) Generate(ctx context.Context, name string) (*ent.ABMToken, error) {
	if name = strings.TrimSpace(name); name == "" {
		name = defaultName
	}
	if len(name) > maxName {
		return nil, apperr.New(apperr.BadUserInput, "The name has %d bytes; at most %d are allowed.", len(name), maxName).WithField("name")
	}
	now := s.clock.Now()
	key, cert, err := servertoken.Generate(name, now)
	if err != nil {
		return nil, fmt.Errorf("making a key pair: %w", err)
	}
	var t *ent.ABMToken
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if t, err = tx.ABMToken.Create().SetName(name).SetCurrentCertificate(string(cert)).
			SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx); err != nil {
			return err
		}
		sealed, err := s.box.Seal(key, sealContext(t.ID, "current_key"))
		if err != nil {
			return err
		}
		if t, err = tx.ABMToken.UpdateOne(t).SetCurrentKey(sealed).Save(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "generateABMToken", ObjectID: t.ID, ObjectName: name,
			After: map[string]any{"name": name, "state": t.State}})
	})
	return t, store.MapError(err)
}

// Renew makes a key pair beside the current one, replacing one that was staged before. The current pair stays in use until a
// matching server token is uploaded (field-notes 12). Errors: NotFound.
func (s *Service) Renew(ctx context.Context, id gid.ID) (*ent.ABMToken, error) {
	t, err := get(ctx, s.store.Reader(), id)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	key, cert, err := servertoken.Generate(t.Name, now)
	if err != nil {
		return nil, fmt.Errorf("making a key pair: %w", err)
	}
	sealed, err := s.box.Seal(key, sealContext(id, "staged_key"))
	if err != nil {
		return nil, err
	}
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if t, err = get(ctx, tx.Client, id); err != nil {
			return err
		}
		if t, err = tx.ABMToken.UpdateOne(t).SetStagedKey(sealed).SetStagedCertificate(string(cert)).SetUpdatedAt(now).Save(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "generateABMToken", ObjectID: id, ObjectName: t.Name,
			After: map[string]any{"renewalStarted": true}})
	})
	return t, store.MapError(err)
}

// Upload takes a server token file. It is decrypted with the staged or the current key, tried at Apple and compared with what
// is stored; only then is anything saved. Errors: NotFound, the codes of package servertoken, those of Apple, TokenOtherServer,
// and TokenNeedsConfirm unless acceptChanges.
func (s *Service) Upload(ctx context.Context, id gid.ID, file []byte, acceptChanges bool) (*ent.ABMToken, error) {
	t, err := get(ctx, s.store.Reader(), id)
	if err != nil {
		return nil, err
	}
	pairs, err := s.keyPairs(t)
	if err != nil {
		return nil, err
	}
	keys := make([]servertoken.KeyPair, len(pairs))
	for i, p := range pairs {
		keys[i] = p.KeyPair
	}
	creds, used, err := servertoken.Read(file, s.clock.Now(), keys...)
	if err != nil {
		return nil, inField(err)
	}
	account, err := s.try(ctx, creds)
	if err != nil {
		return nil, inField(err)
	}
	if err := s.compare(ctx, t, creds, account, acceptChanges); err != nil {
		return nil, inField(err)
	}
	return s.accept(ctx, t, pairs[used], creds, account)
}

func inField(err error) error {
	if e := apperr.As(err); e != nil {
		return e.WithField("contentBase64")
	}
	return err
}

// try asks Apple who the credentials belong to, in a session of its own.
func (s *Service) try(ctx context.Context, creds abm.Credentials) (abm.Account, error) {
	key := "trial/" + hashOf(creds.ConsumerKey+creds.AccessToken)
	defer s.apple.Forget(key)
	return s.apple.Token(key, creds).Account(ctx)
}

type keyPair struct {
	servertoken.KeyPair
	staged bool
}

// keyPairs are the pairs whose token may be uploaded: the staged one first.
func (s *Service) keyPairs(t *ent.ABMToken) ([]keyPair, error) {
	var pairs []keyPair
	for _, stored := range []struct {
		sealed      []byte
		certificate string
		context     string
		staged      bool
	}{{t.StagedKey, t.StagedCertificate, "staged_key", true}, {t.CurrentKey, t.CurrentCertificate, "current_key", false}} {
		if len(stored.sealed) == 0 {
			continue
		}
		key, err := s.box.Open(stored.sealed, sealContext(t.ID, stored.context))
		if err != nil {
			return nil, err
		}
		pair, err := servertoken.ParseKeyPair(key, []byte(stored.certificate))
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, keyPair{pair, stored.staged})
	}
	return pairs, nil
}

// compare refuses a server token of another MDM server or organization, and asks for confirmation where a renewal changes who
// GuardMDM is to Apple (field-notes 13): a wrong one let in would make the next sweep remove a whole fleet.
func (s *Service) compare(ctx context.Context, t *ent.ABMToken, creds abm.Credentials, a abm.Account, acceptChanges bool) error {
	uuid := normalUUID(a.ServerUUID)
	twin, err := s.store.Reader().ABMToken.Query().
		Where(entabmtoken.ServerUUID(uuid), entabmtoken.DeletedAtIsNil(), entabmtoken.IDNEQ(t.ID)).First(ctx)
	switch {
	case err == nil && uuid != "":
		return apperr.New(apperr.TokenOtherServer, "This server token is for the MDM server %q of %s, which the ABM token %q has already. Nothing was changed.",
			a.ServerName, a.OrgName, twin.Name).WithHint("Renew %q instead, or choose the file of another MDM server.", twin.Name)
	case err != nil && !ent.IsNotFound(err):
		return store.MapError(err)
	}
	if t.ServerUUID == "" && t.OrgID == "" {
		return nil // the first server token: nothing to compare with
	}
	if uuid != t.ServerUUID || a.OrgID != t.OrgID {
		return apperr.New(apperr.TokenOtherServer, "This server token is for the MDM server %q of %s, not %q of %s. Nothing was changed.",
			a.ServerName, a.OrgName, t.ServerName, t.OrgName).
			WithHint("Choose the file of %q, or add %q as a new ABM token.", t.ServerName, a.ServerName)
	}
	var changes []string
	if hashOf(creds.ConsumerKey) != t.ConsumerKeyHash {
		changes = append(changes, "the consumer key is another one")
	}
	for _, c := range []struct{ what, was, is string }{
		{"Apple Account", t.AdminID, a.AdminID}, {"MDM server name", t.ServerName, a.ServerName}, {"organization name", t.OrgName, a.OrgName},
	} {
		if c.was != c.is {
			changes = append(changes, fmt.Sprintf("%s: %q here, %q in the new token", c.what, c.was, c.is))
		}
	}
	if len(changes) > 0 && !acceptChanges {
		return apperr.New(apperr.TokenNeedsConfirm, "The new server token differs from the one in use: %s. Nothing was changed.", strings.Join(changes, "; ")).
			WithHint("If that is as it should be, for example because another person renewed it, upload it again with acceptChanges: true.")
	}
	return nil
}

// accept stores a server token that passed every check. It is live at once: sessions of older credentials are dropped with
// the next call (field-notes 6).
func (s *Service) accept(ctx context.Context, t *ent.ABMToken, pair keyPair, creds abm.Credentials, a abm.Account) (*ent.ABMToken, error) {
	sealed, err := s.sealCredentials(t.ID, creds)
	if err != nil {
		return nil, err
	}
	checked := t
	now := s.clock.Now()
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		if t, err = get(ctx, tx.Client, t.ID); err != nil {
			return err
		}
		switch {
		case t.CredentialsVersion != checked.CredentialsVersion:
			return apperr.New(apperr.Conflict, "Another server token was uploaded for %q at the same moment. Nothing was changed.", t.Name).
				WithHint("Look at the token again before uploading.")
		case t.StagedCertificate != checked.StagedCertificate: // the pair of another certificate would take the current one's place
			return apperr.New(apperr.Conflict, "A renewal of %q was begun at the same moment. Nothing was changed.", t.Name).
				WithHint("Look at the token again before uploading.")
		}
		before := publicFields(t)
		update := tx.ABMToken.UpdateOne(t).
			SetCredentials(sealed).SetCredentialsVersion(t.CredentialsVersion + 1).SetConsumerKeyHash(hashOf(creds.ConsumerKey)).
			SetServerName(a.ServerName).SetServerUUID(normalUUID(a.ServerUUID)).SetAdminID(a.AdminID).
			SetOrgName(a.OrgName).SetOrgID(a.OrgID).SetOrgType(a.OrgType).SetPageLimit(pageLimit(a)).SetAssignLimit(a.PageLimit(abm.AssignURI)).
			SetStateMessage("").SetUpdatedAt(now)
		var expires *time.Time
		if !creds.AccessTokenExpiry.IsZero() {
			expires = &creds.AccessTokenExpiry
		}
		if update.ClearExpiryAlert().ClearExpiryAlertAt(); expires != nil {
			update.SetExpiresAt(*expires)
		} else {
			update.ClearExpiresAt()
		}
		if state := healthy(expires, now); state != t.State {
			update.SetState(state).SetStateChangedAt(now)
		}
		if pair.staged {
			// The pairs' seals name their column, so the key is sealed anew for its new place.
			key, err := s.box.Open(t.StagedKey, sealContext(t.ID, "staged_key"))
			if err != nil {
				return err
			}
			current, err := s.box.Seal(key, sealContext(t.ID, "current_key"))
			if err != nil {
				return err
			}
			update.SetCurrentKey(current).SetCurrentCertificate(t.StagedCertificate)
		}
		update.ClearStagedKey().SetStagedCertificate("")
		if t, err = update.Save(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "uploadABMServerToken", ObjectID: t.ID, ObjectName: t.Name,
			Before: before, After: publicFields(t)})
	})
	return t, store.MapError(err)
}

func publicFields(t *ent.ABMToken) map[string]any {
	return map[string]any{"state": t.State, "serverName": t.ServerName, "serverUuid": t.ServerUUID, "adminId": t.AdminID,
		"orgName": t.OrgName, "orgId": t.OrgID, "expiresAt": t.ExpiresAt}
}

// Delete forgets a token: its secrets are destroyed, its devices become tombstones, a run that is going on is stopped. Nothing
// changes at Apple. It tells how many devices became removed. Errors: NotFound.
func (s *Service) Delete(ctx context.Context, id gid.ID) (devicesRemoved int, err error) {
	now := s.clock.Now()
	err = s.store.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		t, err := get(ctx, tx.Client, id)
		if err != nil {
			return err
		}
		if _, err := tx.SyncRun.Update().Where(syncrun.AbmTokenID(id), syncrun.StatusEQ(syncrun.StatusRunning)).
			SetStatus(syncrun.StatusCanceled).SetFinishedAt(now).SetUpdatedAt(now).Save(ctx); err != nil {
			return err
		}
		if devicesRemoved, err = inventory.RemoveAll(ctx, tx, id, auth.CallerOf(ctx).Name, now); err != nil {
			return err
		}
		if err := inventory.ForgetMarks(ctx, tx, id, t.StreamGeneration); err != nil {
			return err
		}
		if err := tx.ABMToken.UpdateOne(t).SetDeletedAt(now).SetUpdatedAt(now).SetStreamCursor("").
			ClearCredentials().ClearCurrentKey().ClearStagedKey().Exec(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "deleteABMToken", ObjectID: id, ObjectName: t.Name,
			Before: publicFields(t), After: map[string]any{"devicesRemoved": devicesRemoved}})
	})
	if err != nil {
		return 0, store.MapError(err)
	}
	s.apple.Forget(id.String())
	return devicesRemoved, nil
}

// normalUUID makes Apple's identifiers comparable: case and dashes vary.
func normalUUID(s string) string { return strings.ToUpper(strings.ReplaceAll(s, "-", "")) }

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
