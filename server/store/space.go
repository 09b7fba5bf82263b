package store

import (
	"context"
	"path/filepath"
	"syscall"
)

// Space is how many bytes can still be written where a SQLite file is, and how many there are together. ok is false on PostgreSQL, which does not tell.
func (s *Store) Space(ctx context.Context) (free, total uint64, ok bool, err error) {
	if s.IsPostgres() {
		return 0, 0, false, nil
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(string(s.sqlite)), &disk); err != nil {
		return 0, 0, false, err
	}
	block := uint64(disk.Bsize)
	free, total = uint64(disk.Bavail)*block, uint64(disk.Blocks)*block
	return free, total, true, ctx.Err()
}
