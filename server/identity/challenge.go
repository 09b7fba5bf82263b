package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
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
	_, err := tx.SCEPChallenge.Delete().Where(scepchallenge.DeviceID(device), scepchallenge.ExpiresAtLT(now.Add(-challengeLife))).Exec(ctx)
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
	err = tx.SCEPChallenge.Create().SetHash(hashOf(password)).SetDeviceID(device).SetUdid(udid).SetRenews(renews).
		SetCreatedAt(now).SetExpiresAt(now.Add(life)).Exec(ctx)
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
	c, err := s.db.Reader().SCEPChallenge.Query().Where(scepchallenge.Hash(hashOf(password))).Only(ctx)
	switch {
	case ent.IsNotFound(err):
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
	n, err := tx.SCEPChallenge.Update().Where(scepchallenge.ID(c.ID), scepchallenge.UsedAtIsNil()).SetUsedAt(s.clock.Now().UTC()).Save(ctx)
	if err == nil && n == 0 {
		return apperr.New(ChallengeUsed, "The challenge was used before.")
	}
	return err
}

// SweepInterval is how often Sweep is to be called.
const SweepInterval = 10 * time.Minute

// Sweep removes challenges that expired a while ago. Until then they tell whoever used one too late why it was refused.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.db.Ent().SCEPChallenge.Delete().Where(scepchallenge.ExpiresAtLT(s.clock.Now().UTC().Add(-24 * time.Hour))).Exec(ctx)
	return err
}
