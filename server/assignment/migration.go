package assignment

import (
	"context"
	"errors"
	"fmt"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
)

// A device with a migration deadline gets a profile that waits until it is configured, or Apple is not told (field-notes 23): apps and data that are
// to be kept have to be there before the device goes on.

const (
	heldMessage = "The device has to migrate from another MDM, and the profile does not wait until it is configured: what the migration has to keep would be lost. Apple is told nothing."
	heldHint    = "Turn on `awaitDeviceConfigured` in the profile, without `isMultiUser` and `isReturnToService`, or give the device another profile."
)

// checkMigrations refuses a profile that does not wait for devices of which some have to migrate.
func checkMigrations(ctx context.Context, tx *store.Tx, profile gid.ID, which predicate.Device) error {
	awaits, err := waitingAmong(ctx, tx, tx.Dialect(), profile)
	if err != nil || awaits[profile] {
		return err
	}
	any, err := tx.DeviceNote.Query().Where(devicenote.KindEQ(devicenote.KindMigration)).Exist(ctx) // mostly there are none, and many devices to look for them among
	if err != nil || !any {
		return err
	}
	n, err := tx.Device.Query().Where(which, device.RemovedAtIsNil(), where(noted(devicenote.KindMigration))).Count(ctx)
	if err != nil || n == 0 {
		return err
	}
	return apperr.New(apperr.Conflict, "%d of the devices %s to migrate from another MDM, and the profile does not wait until a device is configured: what the migration has to keep would be lost.", n, apperr.Word(n, "has", "have")).
		WithHint("%s", heldHint).WithField("adeProfileId")
}

// waitingAmong tells which of the profiles wait, by their published versions.
func waitingAmong(ctx context.Context, db querier, dialect string, profiles ...gid.ID) (map[gid.ID]bool, error) {
	in, list := idsIn("wanted.id", dialect, 1, profiles)
	rows, err := db.QueryContext(ctx, "SELECT wanted.id FROM ade_profiles AS wanted JOIN ade_profile_versions AS version ON version.id = wanted.published_version_id WHERE "+
		in+" AND "+waits, list)
	if err != nil {
		return nil, fmt.Errorf("reading which profiles wait: %w", err)
	}
	defer rows.Close()
	waiting := map[gid.ID]bool{}
	for rows.Next() {
		var id gid.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		waiting[id] = true
	}
	return waiting, errors.Join(rows.Err(), rows.Close())
}

// MigrationsNotAwaited counts, by profile, the present devices that have to migrate and have a profile by the rules that does not wait. Few devices
// have a deadline, so all of these are looked at.
func (s *Service) MigrationsNotAwaited(ctx context.Context) (map[gid.ID]int, error) {
	rows, err := s.db.ReaderDB().QueryContext(ctx, "SELECT d.want, count(*) FROM (SELECT "+desired+" AS want FROM devices WHERE "+noted(devicenote.KindMigration)+
		" AND devices.removed_at IS NULL) AS d JOIN ade_profiles AS wanted ON wanted.id = d.want AND wanted.deleted_at IS NULL"+
		" JOIN ade_profile_versions AS version ON version.id = wanted.published_version_id WHERE NOT "+waits+" GROUP BY d.want")
	if err != nil {
		return nil, fmt.Errorf("counting migrations: %w", err)
	}
	defer rows.Close()
	counts := map[gid.ID]int{}
	for rows.Next() {
		var profile gid.ID
		var n int
		if err := rows.Scan(&profile, &n); err != nil {
			return nil, err
		}
		counts[profile] = n
	}
	return counts, errors.Join(rows.Err(), rows.Close())
}

// HasMigration finds the devices with a migration deadline.
func HasMigration() predicate.Device { return where(noted(devicenote.KindMigration)) }

// AppliesAfterErase finds the devices whose profile at Apple acts only when they are erased.
func AppliesAfterErase() predicate.Device {
	return where(noted(devicenote.KindActivated) + " AND NOT " + noted(devicenote.KindMigration))
}

// MigrationNotAwaited finds the devices that have to migrate and have a profile by the rules that does not wait.
func MigrationNotAwaited() predicate.Device { return where(notAwaited) }
