package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/scepchallenge"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// Challenge makes a password with which this device alone can get one identity within the hour. It is kept as a hash, in tx.
func (s *Service) Challenge(ctx context.Context, tx *store.Tx, device gid.ID, udid string) (string, error) {
	return s.challenge(ctx, tx, device, udid, "")
}

// RenewalChallenge makes one for a device that is to renew the identity with this fingerprint. The profile that holds it goes to the
// device through its own channel, so what it gets then may take over that channel.
func (s *Service) RenewalChallenge(ctx context.Context, tx *store.Tx, device gid.ID, udid, renews string) (string, error) {
	return s.challenge(ctx, tx, device, udid, renews)
}

func (s *Service) challenge(ctx context.Context, tx *store.Tx, device gid.ID, udid, renews string) (string, error) {
	now := s.clock.Now().UTC()
	// Somebody may tap Retry again and again: what has expired goes, so that a device never has more than an hour's worth.
	_, err := tx.ExecContext(ctx, "DELETE FROM scep_challenges WHERE device_id = $1 AND expires_at < $2", int64(device), now.Add(-challengeLife))
	if err != nil {
		return "", fmt.Errorf("removing expired challenges: %w", err)
	}
	random := make([]byte, 24)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	password := base64.RawURLEncoding.EncodeToString(random)
	life := challengeLife
	if renews != "" {
		life = renewalLife
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO scep_challenges (hash, device_id, udid, renews, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
		hashOf(password), int64(device), udid, renews, now, now.Add(life))
	if err != nil {
		return "", fmt.Errorf("keeping a challenge: %w", err)
	}
	return password, nil
}

// renewalLife is longer than that of a challenge to enroll: the device gets it when it calls next, which can be in days.
const renewalLife = 14 * 24 * time.Hour

func hashOf(password string) string {
	sum := sha256.Sum256([]byte(password))
	return hex.EncodeToString(sum[:])
}

// find reads the challenge of a request. Errors: why it cannot be used.
func (s *Service) find(ctx context.Context, password string) (*ent.SCEPChallenge, error) {
	if password == "" {
		return nil, apperr.New(ChallengeUnknown, "The request holds no challenge.")
	}
	c := &ent.SCEPChallenge{}
	err := s.db.ReaderDB().QueryRowContext(s.db.Brief(ctx), "SELECT id, device_id, udid, renews, expires_at, used_at FROM scep_challenges WHERE hash = $1", hashOf(password)).
		Scan(&c.ID, &c.DeviceID, &c.Udid, &c.Renews, &c.ExpiresAt, &c.UsedAt)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, apperr.New(ChallengeUnknown, "The challenge is not one of this server.")
	case err != nil:
		return nil, fmt.Errorf("looking for a challenge: %w", err)
	case c.UsedAt != nil:
		return c, apperr.New(ChallengeUsed, "The challenge was used before.")
	case !c.ExpiresAt.After(s.clock.Now()):
		return c, apperr.New(ChallengeExpired, "The challenge has expired.")
	}
	return c, nil
}

// use marks the challenge as used, in the transaction that records what it was used for: of two requests with it one fails.
func (s *Service) use(ctx context.Context, tx *store.Tx, c *ent.SCEPChallenge) error {
	result, err := tx.ExecContext(ctx, "UPDATE scep_challenges SET used_at = $2 WHERE id = $1 AND used_at IS NULL", int64(c.ID), s.clock.Now().UTC())
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); n > 0 || err != nil {
		return err
	}
	return apperr.New(ChallengeUsed, "The challenge was used before.")
}

// SweepInterval is how often Sweep is to be called.
const SweepInterval = 10 * time.Minute

// Sweep removes challenges that expired a while ago. Until then they tell whoever used one too late why it was refused.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.db.Ent().SCEPChallenge.Delete().Where(scepchallenge.ExpiresAtLT(s.clock.Now().UTC().Add(-24 * time.Hour))).Exec(ctx)
	return err
}
