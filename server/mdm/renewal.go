package mdm

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/identity"
	"github.com/guardmdm/guardmdm/server/store"
)

const (
	// RenewalInterval is how often RenewDue is to be called.
	RenewalInterval = time.Hour
	// renewalPause is how long a device that was sent a new profile is left alone, whatever it answered.
	renewalPause = 24 * time.Hour
	// renewalBatch is how many devices get one in a transaction.
	renewalBatch = 50
)

// Renewal is what an enrollment profile is made of that renews an identity: everything else about it is as it was.
type Renewal struct {
	Device    gid.ID
	UDID      string
	Challenge string
}

// Renewals writes such profiles: package enroll does.
type Renewals interface {
	RenewalProfile(ctx context.Context, tx *store.Tx, r Renewal) ([]byte, error)
}

// expiring is an identity in use that ends soon.
type expiring struct {
	channel, device   gid.ID
	udid, fingerprint string
}

// RenewDue queues a profile with a fresh challenge for every device whose identity ends within the month, or has ended. Of several replicas
// one does it for each: the command's identifier follows from the identity and the day.
func (s *Service) RenewDue(ctx context.Context) error {
	if s.Renewals == nil {
		return nil
	}
	for {
		n, err := s.renewSome(ctx)
		if err != nil || n < renewalBatch {
			return err
		}
	}
}

func (s *Service) renewSome(ctx context.Context) (int, error) {
	now := s.clock.Now().UTC()
	due, err := s.expiring(ctx, now)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	var channels []gid.ID
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		channels = nil
		for _, e := range due {
			mine, err := s.queueRenewal(ctx, tx, e, now)
			if err != nil {
				return err
			}
			if mine {
				channels = append(channels, e.channel)
			}
		}
		return s.Push.Want(ctx, tx, channels...)
	})
	if err != nil {
		return 0, fmt.Errorf("renewing identities: %w", err)
	}
	if len(channels) == 0 { // another replica does it
		return 0, nil
	}
	s.log.InfoContext(ctx, "identities of devices are renewed", "devices", len(channels))
	return len(due), nil
}

func (s *Service) expiring(ctx context.Context, now time.Time) (due []expiring, err error) {
	rows, err := s.db.ReaderDB().QueryContext(ctx, "SELECT c.id, i.device_id, i.udid, i.fingerprint FROM identity_certificates AS i"+
		" JOIN mdm_channels AS c ON c.certificate_fingerprint = i.fingerprint AND c.enabled AND NOT c.of_user"+
		" WHERE i.expires_at < $1 AND i.revoked_at IS NULL AND NOT EXISTS (SELECT 1 FROM mdm_commands AS m"+
		" WHERE m.mdm_channel_id = c.id AND m.purpose = 'RENEWAL' AND (m.done_at IS NULL OR m.queued_at > $2)) ORDER BY c.id LIMIT $3",
		now.Add(identity.RenewBefore), now.Add(-renewalPause), renewalBatch)
	if err != nil {
		return nil, fmt.Errorf("looking for identities that end: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e expiring
		if err := rows.Scan(&e.channel, &e.device, &e.udid, &e.fingerprint); err != nil {
			return nil, err
		}
		due = append(due, e)
	}
	return due, rows.Err()
}

func (s *Service) queueRenewal(ctx context.Context, tx *store.Tx, e expiring, now time.Time) (bool, error) {
	sum := sha256.Sum256([]byte(e.fingerprint + now.Format(time.DateOnly)))
	uuid := fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
	there, err := tx.MDMCommand.Query().Where(mdmcommand.MdmChannelID(e.channel), mdmcommand.CommandUUID(uuid)).Exist(ctx)
	if there || err != nil {
		return false, err
	}
	challenge, err := s.Identities.RenewalChallenge(ctx, tx, e.device, e.udid, e.fingerprint)
	if err != nil {
		return false, err
	}
	profile, err := s.Renewals.RenewalProfile(ctx, tx, Renewal{Device: e.device, UDID: e.udid, Challenge: challenge})
	if err != nil {
		return false, err
	}
	body, err := plist.Marshal(command{CommandUUID: uuid, Command: map[string]any{"RequestType": "InstallProfile", "Payload": profile}})
	if err != nil {
		return false, err
	}
	err = tx.MDMCommand.Create().SetMdmChannelID(e.channel).SetCommandUUID(uuid).SetRequestType("InstallProfile").SetBody(body).
		SetPurpose(mdmcommand.PurposeRenewal).SetStatus(mdmcommand.StatusQueued).SetQueuedAt(now).
		OnConflictColumns(mdmcommand.FieldMdmChannelID, mdmcommand.FieldCommandUUID).DoNothing().Exec(ctx)
	if errors.Is(err, sql.ErrNoRows) { // Ent's answer when there was a conflict
		return false, nil
	}
	return err == nil, err
}
