package adeprofile

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	entprofile "github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/ent/adeprofileversion"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/publicurl"
	"github.com/guardmdm/guardmdm/server/store"
)

// enrollPath is what devices call, with the registration's key behind it.
const enrollPath = "/enroll/ade/"

// EnrollmentURL is the address that Apple gives to the devices of a registration.
func EnrollmentURL(r *ent.ADEProfileRegistration) string {
	return r.ServerURL + enrollPath + r.EnrollmentKey
}

// Tokens give access to Apple in the name of an ABM token, and take what comes of it as evidence of the token's state.
type Tokens interface {
	Connect(ctx context.Context, token gid.ID) (conn *abm.Token, credentialsVersion int, err error)
	Observe(ctx context.Context, token gid.ID, credentialsVersion int, outcome error) error
}

// Registrar registers versions at Apple when they are needed there. A profile at Apple belongs to the MDM server that defined it and
// never changes, so each version has one for each token and public URL.
type Registrar struct {
	store  *store.Store
	tokens Tokens
	urls   *publicurl.Keeper
	clock  clockwork.Clock
	log    *slog.Logger

	mu   sync.Mutex
	busy map[slot]chan struct{} // closed when whoever is at work there is done
}

// slot is what Apple is told at most once at a time.
type slot struct {
	version, token gid.ID
	url            string
}

// NewRegistrar makes the Registrar.
func NewRegistrar(db *store.Store, tokens Tokens, urls *publicurl.Keeper, clock clockwork.Clock, log *slog.Logger) *Registrar {
	return &Registrar{store: db, tokens: tokens, urls: urls, clock: clock, log: log, busy: map[slot]chan struct{}{}}
}

// Ensure returns Apple's identifier of the profile's published version for a token, and registers it if need be. Of calls at the same
// time one in this process asks Apple; other processes may ask too, and all go by the identifier that is stored first. It must not be
// called within a transaction.
//
// What Apple refused is kept, and answered without asking again until a pause is over: the error's RetryAfter says how long. Errors:
// NotFound; Conflict when the profile was never published or this server has no public URL; AppleProfileRefused with the field; those
// of a call to Apple.
func (r *Registrar) Ensure(ctx context.Context, token *ent.ABMToken, profile gid.ID) (appleUUID string, err error) {
	p, err := r.store.Reader().ADEProfile.Query().Where(entprofile.ID(profile), entprofile.DeletedAtIsNil()).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return "", missing(err, profile)
	case err != nil:
		return "", store.MapError(err)
	case p.PublishedVersionID == nil:
		return "", apperr.New(apperr.Conflict, "The profile %q was never published.", p.Name).WithHint("Publish it.")
	}
	address, err := r.urls.Keep(ctx)
	if err != nil {
		return "", err
	}
	s := slot{version: *p.PublishedVersionID, token: token.ID, url: address}
	for {
		row, err := r.find(ctx, s)
		if err != nil {
			return "", err
		}
		if row != nil {
			if uuid, err := r.known(row); uuid != "" || err != nil {
				return uuid, err
			}
		}
		done, wait := r.enter(s)
		if wait == nil {
			uuid, err := r.register(ctx, p.Name, s)
			done()
			return uuid, err
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}

// enter takes the slot, or tells when to look again.
func (r *Registrar) enter(s slot) (done func(), wait <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if busy, ok := r.busy[s]; ok {
		return nil, busy
	}
	busy := make(chan struct{})
	r.busy[s] = busy
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.busy, s)
		close(busy)
	}, nil
}

// find reads the registration; nil when there is none.
func (r *Registrar) find(ctx context.Context, s slot) (*ent.ADEProfileRegistration, error) {
	row, err := r.store.Reader().ADEProfileRegistration.Query().Where(adeprofileregistration.AdeProfileVersionID(s.version),
		adeprofileregistration.AbmTokenID(s.token), adeprofileregistration.ServerURL(s.url)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return row, store.MapError(err)
}

// known is what the registration says by itself: Apple's identifier, or the error that is not tried again yet. Neither: Apple has
// to be asked.
func (r *Registrar) known(row *ent.ADEProfileRegistration) (uuid string, err error) {
	if row.AppleProfileUUID != "" {
		return row.AppleProfileUUID, nil
	}
	e := Refusal(row)
	if e == nil || row.NextAttemptAt == nil {
		return "", nil
	}
	if pause := row.NextAttemptAt.Sub(r.clock.Now()); pause > 0 {
		return "", e.WithRetryAfter(pause)
	}
	return "", nil
}

// Refusal is why Apple did not take a registration when it was asked last; nil when nothing is wrong.
func Refusal(row *ent.ADEProfileRegistration) *apperr.Error {
	if row.ErrorCode == "" {
		return nil
	}
	e := apperr.New(apperr.Code(row.ErrorCode), "%s", row.ErrorMessage)
	e.Hint = row.ErrorHint
	if row.ErrorField != "" {
		e.Field = []string{row.ErrorField}
	}
	return e
}

// register asks Apple. The row comes first: it holds the key that Apple is told, so an answer that is lost leaves no more than a
// profile at Apple that no device has.
func (r *Registrar) register(ctx context.Context, name string, s slot) (string, error) {
	conn, credentials, err := r.tokens.Connect(ctx, s.token)
	if err != nil {
		return "", err
	}
	row, err := r.claim(ctx, s)
	if err != nil {
		return "", err
	}
	if uuid, err := r.known(row); uuid != "" || err != nil { // of whoever was in the slot before
		return uuid, err
	}
	content, err := Parse(row.Edges.Version.Content)
	if err != nil {
		return "", err
	}
	definition, err := content.definition(name, EnrollmentURL(row), row.EnrollmentKey)
	if err != nil {
		return "", err
	}
	uuid, callErr := conn.DefineProfile(ctx, definition)
	if ctx.Err() != nil && callErr != nil {
		return "", callErr // says nothing about Apple
	}
	if err := r.tokens.Observe(ctx, s.token, credentials, verdict(callErr)); err != nil {
		return "", err
	}
	if callErr != nil {
		return "", r.failed(ctx, row, callErr)
	}
	return r.registered(ctx, row, uuid)
}

// verdict is what a call says about its token: a profile that Apple does not take says that the token works.
func verdict(err error) error {
	if apperr.Is(err, apperr.AppleProfileRefused) {
		return nil
	}
	return err
}

// claim reads the registration with its version, and makes it if there is none. Of processes that compete all get the same.
func (r *Registrar) claim(ctx context.Context, s slot) (*ent.ADEProfileRegistration, error) {
	err := r.store.Ent().ADEProfileRegistration.Create().SetAdeProfileVersionID(s.version).SetAbmTokenID(s.token).SetServerURL(s.url).
		SetEnrollmentKey(newEnrollmentKey()).
		OnConflictColumns(adeprofileregistration.FieldAdeProfileVersionID, adeprofileregistration.FieldAbmTokenID, adeprofileregistration.FieldServerURL).
		DoNothing().Exec(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) { // Ent's answer when there was a conflict
		return nil, store.MapError(err)
	}
	row, err := r.store.Reader().ADEProfileRegistration.Query().Where(adeprofileregistration.AdeProfileVersionID(s.version),
		adeprofileregistration.AbmTokenID(s.token), adeprofileregistration.ServerURL(s.url)).WithVersion().Only(ctx)
	return row, store.MapError(err)
}

// registered stores Apple's identifier, unless another process was faster: then ours stays at Apple, of no use and harmless.
func (r *Registrar) registered(ctx context.Context, row *ent.ADEProfileRegistration, uuid string) (string, error) {
	n, err := r.store.Ent().ADEProfileRegistration.Update().
		Where(adeprofileregistration.ID(row.ID), adeprofileregistration.AppleProfileUUID("")).
		SetAppleProfileUUID(uuid).SetRegisteredAt(r.clock.Now()).
		SetErrorCode("").SetErrorMessage("").SetErrorHint("").SetErrorField("").SetAttempts(0).ClearNextAttemptAt().Save(ctx)
	switch {
	case err != nil:
		return "", store.MapError(err)
	case n == 0:
		stored, err := r.store.Reader().ADEProfileRegistration.Get(ctx, row.ID)
		if err != nil {
			return "", store.MapError(err)
		}
		return stored.AppleProfileUUID, nil
	}
	r.log.InfoContext(ctx, "ADE profile registered at Apple", "version", row.AdeProfileVersionID, "abmToken", row.AbmTokenID, "appleProfileUuid", uuid)
	return uuid, nil
}

// forgottenURL marks, in the place of the public URL, registrations that Apple no longer knows: devices may still show their identifiers, which are
// ours for ever. Nothing is given to devices by them.
const forgottenURL = "forgotten:"

// Forgotten keeps that Apple no longer knows an identifier. The version is registered anew when it is needed next; when Apple had taken it less than
// a day ago, only after a pause, which is kept as a failure.
func (r *Registrar) Forgotten(ctx context.Context, token *ent.ABMToken, appleUUID string) error {
	err := r.store.WithTx(auth.System(ctx), func(ctx context.Context, tx *store.Tx) error {
		query := tx.ADEProfileRegistration.Query().Where(adeprofileregistration.AbmTokenID(token.ID), adeprofileregistration.AppleProfileUUID(appleUUID),
			adeprofileregistration.Not(adeprofileregistration.ServerURLHasPrefix(forgottenURL)))
		if r.store.IsPostgres() {
			query.ForUpdate()
		}
		row, err := query.Only(ctx)
		if ent.IsNotFound(err) {
			return nil // another process was faster
		}
		if err != nil {
			return err
		}
		now := r.clock.Now()
		before, err := tx.ADEProfileRegistration.Query().Where(adeprofileregistration.AbmTokenID(token.ID), adeprofileregistration.AdeProfileVersionID(row.AdeProfileVersionID),
			adeprofileregistration.ServerURLHasPrefix(forgottenURL), adeprofileregistration.RegisteredAtGT(now.Add(-longestRefusalPause))).Count(ctx)
		if err != nil {
			return err
		}
		old := tx.ADEProfileRegistration.Create().SetAbmTokenID(token.ID).SetAdeProfileVersionID(row.AdeProfileVersionID).SetEnrollmentKey(newEnrollmentKey()).
			SetServerURL(forgottenURL + appleUUID).SetAppleProfileUUID(appleUUID).SetRegisteredAt(now)
		update := tx.ADEProfileRegistration.UpdateOne(row).SetAppleProfileUUID("").ClearRegisteredAt()
		after := map[string]any{"abmTokenId": token.ID.String(), "appleProfileUuid": appleUUID}
		if before > 0 {
			pause := min(longestRefusalPause, firstRefusalPause<<min(before-1, 10))
			update.SetErrorCode(string(apperr.AppleProfileUnknown)).SetErrorMessage("Apple took the profile, and soon did not know it any more (PROFILE_NOT_FOUND).").
				SetErrorHint("See in Apple Business Manager whether the MDM server was made anew; then renew its server token here.").SetNextAttemptAt(now.Add(pause))
			after["nextAttemptAt"] = now.Add(pause)
		}
		if err := old.Exec(ctx); err != nil {
			return err
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
		p, err := tx.ADEProfile.Query().Where(entprofile.HasVersionsWith(adeprofileversion.ID(row.AdeProfileVersionID))).Only(ctx)
		if err != nil {
			return err
		}
		r.log.WarnContext(ctx, "Apple no longer knows an ADE profile that it took", "profile", p.ID.String(), "abmToken", token.ID.String(), "appleProfileUuid", appleUUID)
		return audit.Record(ctx, tx.Client, r.clock, audit.Entry{Action: "adeProfileForgottenByApple", ObjectID: p.ID, ObjectName: p.Name, After: after})
	})
	return store.MapError(err)
}

// keyBytes is how much chance an enrollment key holds, in hexadecimal digits.
const keyBytes = 16

func newEnrollmentKey() string {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails
	return hex.EncodeToString(key)
}

// Pauses before Apple is asked again, doubled with each failure. A version never changes, so asking again about a refused one helps only
// if Apple's mind, the name or the public URL does.
const (
	firstRefusalPause, longestRefusalPause = time.Hour, 24 * time.Hour
	firstFailurePause, longestFailurePause = time.Minute, time.Hour
)

// failed keeps the failure for people and for the pause. What is the token's trouble is in the token's state: the profile waits for
// no longer than that.
func (r *Registrar) failed(ctx context.Context, row *ent.ADEProfileRegistration, failure error) error {
	e := apperr.As(failure)
	if e == nil || apperr.IsVerdict(failure) {
		return failure
	}
	first, longest := firstFailurePause, longestFailurePause
	if e.Code == apperr.AppleProfileRefused {
		first, longest = firstRefusalPause, longestRefusalPause
	}
	pause := max(e.RetryAfter, min(longest, first<<min(row.Attempts, 10)))
	err := r.store.Ent().ADEProfileRegistration.Update().
		Where(adeprofileregistration.ID(row.ID), adeprofileregistration.AppleProfileUUID("")).
		SetErrorCode(string(e.Code)).SetErrorMessage(e.Message).SetErrorHint(e.Hint).SetErrorField(strings.Join(e.Field, ".")).
		AddAttempts(1).SetNextAttemptAt(r.clock.Now().Add(pause)).Exec(ctx)
	if err != nil {
		return store.MapError(err)
	}
	r.log.WarnContext(ctx, "ADE profile not registered at Apple", "version", row.AdeProfileVersionID, "abmToken", row.AbmTokenID, "pause", pause, "error", failure)
	return e.WithRetryAfter(pause)
}
