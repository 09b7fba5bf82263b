package mdm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/store"
)

// settingsKey is the setting that holds Settings.
const settingsKey = "mdm"

// Settings say what happens to a device that enrolled.
type Settings struct {
	// FirstCommands are queued when a device enrolled, in this order; DeviceInformation is always among them. One that is held in Setup
	// Assistant is released when all of them were answered.
	FirstCommands []string
	// ReleaseAfter is how long a device is held at most.
	ReleaseAfter time.Duration
}

const (
	defaultReleaseAfter = 10 * time.Minute
	minReleaseAfter     = time.Minute
	maxReleaseAfter     = 24 * time.Hour
)

// stored is the form of Settings in the database.
type stored struct {
	FirstCommands       []string `json:"firstCommands"`
	ReleaseAfterSeconds int      `json:"releaseAfterSeconds"`
}

// FirstCommandNames are the commands that can be a device's first ones: they ask, and change nothing.
func FirstCommandNames() []string {
	return []string{"DeviceInformation", "SecurityInfo", "ProfileList", "CertificateList", "InstalledApplicationList"}
}

// parametersOf are those of a command that asks.
func parametersOf(requestType string) map[string]any {
	if requestType == "DeviceInformation" {
		return map[string]any{"Queries": []string{"DeviceName", "OSVersion", "BuildVersion", "ModelName", "ProductName", "SerialNumber", "UDID"}}
	}
	return nil
}

// Settings are those in use.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	return readSettings(ctx, s.db.Reader())
}

func readSettings(ctx context.Context, db *ent.Client) (Settings, error) {
	settings := Settings{FirstCommands: []string{"DeviceInformation"}, ReleaseAfter: defaultReleaseAfter}
	rows, err := db.QueryContext(ctx, "SELECT value FROM settings WHERE key = $1", settingsKey)
	if err != nil {
		return settings, fmt.Errorf("reading the settings of enrolling: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return settings, rows.Err()
	}
	var value []byte
	var kept stored
	if err := errors.Join(rows.Scan(&value), rows.Close()); err != nil {
		return settings, fmt.Errorf("reading the settings of enrolling: %w", err)
	}
	if err := json.Unmarshal(value, &kept); err != nil {
		return settings, fmt.Errorf("setting %s: %w", settingsKey, err)
	}
	settings.FirstCommands, settings.ReleaseAfter = kept.FirstCommands, time.Duration(kept.ReleaseAfterSeconds)*time.Second
	return settings, nil
}

// ChangeSettings keeps others. Errors: BadUserInput.
func (s *Service) ChangeSettings(ctx context.Context, next Settings) (Settings, error) {
	var commands []string
	for _, name := range next.FirstCommands {
		if !slices.Contains(FirstCommandNames(), name) {
			return next, apperr.New(apperr.BadUserInput, "%.64q cannot be a first command.", name).WithField("firstCommands").
				WithHint("These can: %v.", FirstCommandNames())
		}
		if !slices.Contains(commands, name) {
			commands = append(commands, name)
		}
	}
	if !slices.Contains(commands, "DeviceInformation") {
		commands = append([]string{"DeviceInformation"}, commands...)
	}
	if next.ReleaseAfter < minReleaseAfter || next.ReleaseAfter > maxReleaseAfter {
		return next, apperr.New(apperr.BadUserInput, "A device is held for %s to %s.", minReleaseAfter, maxReleaseAfter).WithField("releaseAfterSeconds")
	}
	next.FirstCommands = commands
	value, err := json.Marshal(stored{FirstCommands: commands, ReleaseAfterSeconds: int(next.ReleaseAfter / time.Second)})
	if err != nil {
		return next, err
	}
	err = s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		before, err := readSettings(ctx, tx.Client)
		if err != nil {
			return err
		}
		if err := tx.Setting.Create().SetKey(settingsKey).SetValue(string(value)).OnConflictColumns(setting.FieldKey).
			Update(func(u *ent.SettingUpsert) { u.UpdateValue() }).Exec(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "updateMDMSettings", Before: before.fields(), After: next.fields()})
	})
	return next, store.MapError(err)
}

func (s Settings) fields() map[string]any {
	return map[string]any{"firstCommands": s.FirstCommands, "releaseAfterSeconds": int(s.ReleaseAfter / time.Second)}
}
