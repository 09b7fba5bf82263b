package store

import (
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// fileLock says that a process owns a SQLite database. The operating system drops it with the process, however that ends. The
// file itself stays: removing it would let two processes lock two files of one name.
type fileLock struct{ f *os.File }

// acquire takes the lock, or fails at once with an *apperr.Error of code Conflict that names the process that has it.
func acquire(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, apperr.Wrap(err, apperr.BadUserInput, "The lock file %s cannot be opened.", path).
			WithHint("Give the account that runs GuardMDM the right to read and write it and its directory.")
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		err = errors.Join(f.Truncate(0), writeAt(f, strconv.Itoa(os.Getpid())))
	}
	if err == nil {
		return &fileLock{f}, nil
	}
	defer f.Close()
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, apperr.Wrap(err, apperr.Unavailable, "The lock file %s cannot be locked.", path).
			WithHint("Keep a SQLite database on a local disk, not on a network file system.")
	}
	owner := "Another process"
	if pid, _ := io.ReadAll(io.LimitReader(f, 20)); len(pid) > 0 {
		owner = "The process " + strings.TrimSpace(string(pid))
	}
	return nil, apperr.Wrap(err, apperr.Conflict, "%s works on the SQLite database %s already.", owner, strings.TrimSuffix(path, ".lock")).
		WithHint("Stop it first. To run several servers at once, use PostgreSQL (GUARDMDM_DATABASE_URL).")
}

func (l *fileLock) release() error { return l.f.Close() }

func writeAt(f *os.File, text string) error {
	_, err := f.WriteAt([]byte(text), 0)
	return err
}
