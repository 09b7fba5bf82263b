package diagnosis

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicenote"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// near is how long before a migration deadline a profile that does not wait is urgent.
const near = 14 * 24 * time.Hour

// devices reads the notes about devices: those that have to migrate, and those whose profile was changed after they were activated.
func devices(ctx context.Context, l *Look) (found []*Finding, err error) {
	counts, err := l.Rules.MigrationsNotAwaited(ctx)
	if err != nil {
		return nil, err
	}
	next, err := l.DB.DeviceNote.Query().Where(devicenote.KindEQ(devicenote.KindMigration), devicenote.AtGT(l.Now)).Order(devicenote.ByAt(), devicenote.ByDeviceID()).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("looking for the next migration: %w", err)
	}
	for _, id := range slices.Sorted(maps.Keys(counts)) {
		p, err := l.DB.ADEProfile.Query().Where(adeprofile.ID(id)).Only(ctx)
		if err != nil {
			return nil, err
		}
		f := &Finding{Code: "MIGRATION_NOT_AWAITED", Severity: Warning, Profile: p, Devices: counts[id],
			Where:   where(nil, map[string]any{"migrationNotAwaited": true, "adeProfileId": id.String()}),
			Symptom: fmt.Sprintf("%s %s to migrate from another MDM, and the profile %q does not wait for it", some(counts[id]), apperr.Word(counts[id], "has", "have"), p.Name),
			Cause:   "Apps and data that are to be kept have to be installed before the device goes on: the profile has to wait until the device is configured. Until it does, GuardMDM does not give it to them.",
			Fix:     fix("Turn on `awaitDeviceConfigured` in the profile, without `isMultiUser` and `isReturnToService`, or give the devices another profile.", ShowDevices, EditProfile)}
		if next != nil {
			f.Evidence = []string{"next migration deadline of any device: " + next.At.UTC().Format(time.RFC3339)}
			if next.At.Sub(l.Now) <= near {
				f.Severity = Critical
			}
		}
		found = append(found, f)
	}
	n, err := l.changedAfterActivation(ctx)
	if err != nil || n == 0 {
		return found, err
	}
	token := l.token(l.Only)
	return append(found, &Finding{Code: "APPLIES_AFTER_ERASE", Severity: Info, Token: token, Devices: n, Where: where(token, map[string]any{"appliesAfterErase": true}),
		Symptom:  fmt.Sprintf("The profile of %s acts only when %s erased", some(n), apperr.Word(n, "it is", "they are")),
		Cause:    "They had fetched a profile and were in use when Apple's was changed: a device reads its profile when it is activated, and not again.",
		Evidence: []string{"profile status at Apple was `pushed` before the change"},
		Fix:      fix("Erase a device to have it set up with the new profile; on a Mac `sudo profiles renew -type enrollment` does it too. Otherwise it acts with the next owner.", ShowDevices)}), nil
}

// changedAfterActivation counts them by the notes alone, less those that migrate, who are few. Of one token among several the notes' devices are looked at.
func (l *Look) changedAfterActivation(ctx context.Context) (int, error) {
	activated := l.DB.DeviceNote.Query().Where(devicenote.KindEQ(devicenote.KindActivated))
	if l.Only != 0 && len(l.present) > 1 {
		activated.Where(devicenote.HasDeviceWith(device.AbmTokenID(l.Only)))
	}
	migrating := activated.Clone().Where(func(s *sql.Selector) {
		of := sql.Dialect(s.Dialect()).Select(devicenote.FieldDeviceID).From(sql.Table(devicenote.Table))
		s.Where(sql.In(s.C(devicenote.FieldDeviceID), of.Where(sql.EQ(of.C(devicenote.FieldKind), devicenote.KindMigration))))
	})
	all, err := activated.Count(ctx)
	if err != nil || all == 0 {
		return 0, err
	}
	n, err := migrating.Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("counting changed profiles: %w", err)
	}
	return all - n, nil
}
