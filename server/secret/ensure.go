package secret

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// fingerprintSetting is where a database remembers which key its secrets are sealed with.
const fingerprintSetting = "secret_key_fingerprint"

// Settings is what EnsureKey needs of the database.
type Settings interface {
	// Setting reads a value; false if there is none.
	Setting(ctx context.Context, key string) (string, bool, error)
	// SettingOrSet stores the value unless the key has one, and returns the one that is stored then. Of callers that compete,
	// in any process, all are given the same value.
	SettingOrSet(ctx context.Context, key, value string) (string, error)
}

// Expected is the fingerprint of the key that the database's secrets are sealed with; false if it has none yet.
func Expected(ctx context.Context, settings Settings) (fingerprint string, known bool, err error) {
	return settings.Setting(ctx, fingerprintSetting)
}

// EnsureKey opens the key file that belongs to the database. A database that no key belongs to yet takes the file that is
// there, or a new one if allowCreate says so. A file that is absent or different beside a database that has a key is an
// *apperr.Error of code Conflict that names the file and the fingerprints: a lost key is never silently replaced, for that
// would lose every sealed secret.
func EnsureKey(ctx context.Context, settings Settings, path string, allowCreate bool) (*Box, error) {
	expected, known, err := Expected(ctx, settings)
	if err != nil {
		return nil, err
	}
	box, err := OpenKeyFile(path)
	created := false
	if errors.Is(err, fs.ErrNotExist) {
		switch {
		case known:
			return nil, apperr.Wrap(err, apperr.Conflict,
				"The secrets in the database are sealed with key %s, but the key file %s does not exist.", expected, path).
				WithHint("Put the key file back, from a backup or from another replica. Without it every ABM token has to be set up again, in a new database.")
		case !allowCreate:
			return nil, apperr.Wrap(err, apperr.NotFound, "The key file %s does not exist.", path).
				WithHint("Start the server once: it makes the key file of a new database.")
		}
		box, err = CreateKeyFile(path)
		created = err == nil
		if errors.Is(err, fs.ErrExist) { // another replica that shares the file was faster
			box, err = OpenKeyFile(path)
		}
	}
	if err != nil {
		return nil, err
	}
	if !known {
		if expected, err = settings.SettingOrSet(ctx, fingerprintSetting, box.Fingerprint()); err != nil {
			return nil, err
		}
	}
	if expected == box.Fingerprint() {
		return box, nil
	}
	if created { // a replica with a file of its own was faster: nothing was sealed with ours
		_ = os.Remove(path)
	}
	return nil, apperr.New(apperr.Conflict, "The secrets in the database are sealed with key %s, but the key file %s holds key %s.",
		expected, path, box.Fingerprint()).
		WithHint("Put the right key file there, from a backup or from another replica: replicas share one key file.")
}
