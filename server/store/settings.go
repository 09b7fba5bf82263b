package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/setting"
)

// Setting reads a value that the installation remembers; false if there is none.
func (s *Store) Setting(ctx context.Context, key string) (string, bool, error) {
	row, err := s.Reader().Setting.Query().Where(setting.Key(key)).Only(ctx)
	if ent.IsNotFound(err) {
		return "", false, nil
	}
	if err != nil {
		return "", false, MapError(err)
	}
	return row.Value, true, nil
}

// SettingOrSet stores the value unless the key has one, and returns the one that is stored then. Of callers that compete, in
// any process, all are given the same value. A key that has one is only read: nobody waits for SQLite's one writer then.
func (s *Store) SettingOrSet(ctx context.Context, key, value string) (string, error) {
	if stored, ok, err := s.Setting(ctx, key); ok || err != nil {
		return stored, err
	}
	err := s.write.Setting.Create().SetKey(key).SetValue(value).OnConflictColumns(setting.FieldKey).DoNothing().Exec(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) { // Ent's answer when there was a conflict
		return "", MapError(err)
	}
	stored, _, err := s.Setting(ctx, key)
	return stored, err
}
