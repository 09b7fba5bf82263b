package secret

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// maxKeyFile bounds what is read of a key file; one key takes about 300 bytes.
const maxKeyFile = 64 << 10

// OpenKeyFile reads a key file. Errors are *apperr.Error that name the file and say what to do: NotFound when it is absent,
// BadUserInput when it cannot be read or is not a key file. A file that others may read is used, with a Warning: secret mounts
// of container platforms often cannot do better.
func OpenKeyFile(path string) (*Box, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, apperr.Wrap(err, apperr.NotFound, "The key file %s does not exist.", path)
	}
	if err != nil {
		return nil, unreadable(err, path)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, unreadable(err, path)
	}
	if !info.Mode().IsRegular() {
		return nil, malformed(errors.New("not a regular file"), path)
	}
	content, err := io.ReadAll(io.LimitReader(f, maxKeyFile+1))
	if err != nil {
		return nil, unreadable(err, path)
	}
	if len(content) > maxKeyFile {
		return nil, malformed(errors.New("too large"), path)
	}
	box, err := parse(content)
	if err != nil {
		return nil, malformed(err, path)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		box.warning = fmt.Sprintf("The key file %s may be read by other accounts of this machine (mode %04o). Run: chmod 600 %s", path, mode, path)
	}
	return box, nil
}

// CreateKeyFile makes a new key and its file, readable by this account only. It never replaces a file: if there is one, also
// one that another process makes at the same moment, the error wraps fs.ErrExist. The file appears whole or not at all.
func CreateKeyFile(path string) (*Box, error) {
	box, content, err := generate()
	if err != nil {
		return nil, apperr.Wrap(err, apperr.Internal, "A new key could not be made.")
	}
	if err := writeNew(path, content); err != nil {
		return nil, apperr.Wrap(err, apperr.Conflict, "The key file %s could not be created.", path).
			WithHint("Check that its directory exists and that this account may write to it.")
	}
	return box, nil
}

// writeNew writes beside the path and links the result to it: unlike a rename, a link fails when the name is taken.
func writeNew(path string, content []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes the new name survive a power failure: a lost key cannot be made again.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func unreadable(err error, path string) error {
	return apperr.Wrap(err, apperr.BadUserInput, "The key file %s cannot be read.", path).
		WithHint("Give the account that runs GuardMDM the right to read it.")
}

func malformed(err error, path string) error {
	return apperr.Wrap(err, apperr.BadUserInput, "The file %s is not a GuardMDM key file.", path).
		WithHint("Put back the key file that belongs to this database, from a backup or from another replica.")
}
