package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/guardmdm/guardmdm/ent/setting"
)

// Setting reads a value that the installation remembers; false if there is none.
func (s *Store) Setting(ctx context.Context, key string) (string, bool, error) {
	var value string
	err := s.ReaderDB().QueryRowContext(s.Brief(ctx), "SELECT value FROM settings WHERE key = $1", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, MapError(err)
	}
	return value, true, nil
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
