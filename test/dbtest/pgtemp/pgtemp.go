// Package pgtemp runs a throw-away PostgreSQL server from the machine's own binaries, for tests and for the migration tool.
//
// The server lives in a temporary directory, listens on a unix socket only, trusts everybody who can reach that socket, and
// trades durability for speed. It ends with the process that started it, even when that process is killed (Linux).
package pgtemp

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
)

// ErrNoBinaries says that PostgreSQL is not installed, and how to install it.
var ErrNoBinaries = errors.New("PostgreSQL's initdb and postgres were found neither in PATH nor in /usr/lib/postgresql/*/bin: " +
	"install the PostgreSQL server (Debian: apt-get install postgresql), or name an existing server in GUARDMDM_TEST_POSTGRES_URL")

const (
	superuser = "postgres"

	// A unix socket's path has at most 107 bytes on Linux, 103 on macOS; the server appends ".s.PGSQL.5432".
	maxSocketDir = 85
)

// Server is a running server.
type Server struct{ daemon }

// Start makes a new cluster and starts a server on it. The caller stops it.
func Start() (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	user, err := account()
	if err != nil {
		return nil, err
	}
	dir, err := tempDir(user)
	if err != nil {
		return nil, err
	}
	s := &Server{newDaemon(dir)}
	if err := s.start(bin, user); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// URL is the connection URL of a database on this server, with all rights.
func (s *Server) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database}
	u.RawQuery = url.Values{"host": {s.dir}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

func (s *Server) start(bin string, user *syscall.Credential) error {
	data := filepath.Join(s.dir, "data")
	initdb := s.command(user, filepath.Join(bin, "initdb"),
		"--pgdata", data, "--username", superuser, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	// SIGQUIT is PostgreSQL's immediate shutdown: the data is thrown away anyway.
	return s.serve(user, syscall.SIGQUIT, "database system is ready to accept connections",
		filepath.Join(bin, "postgres"), "-D", data, "-k", s.dir,
		"-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		"-c", "shared_buffers=128MB", "-c", "max_connections=400",
		"-c", "timezone=America/New_York", // not UTC, so that code which relies on the server's zone fails here
	)
}

func binaries() (string, error) {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // Debian keeps the server's programs out of PATH
	for i := len(debian) - 1; i >= 0; i-- {
		dirs = append(dirs, debian[i])
	}
	for _, dir := range dirs {
		if isFile(filepath.Join(dir, "initdb")) && isFile(filepath.Join(dir, "postgres")) {
			return dir, nil
		}
	}
	return "", ErrNoBinaries
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func tempDir(user *syscall.Credential) (string, error) {
	dir, err := os.MkdirTemp("", "guardmdm-pg-")
	if err == nil && len(dir) > maxSocketDir {
		_ = os.Remove(dir)
		dir, err = os.MkdirTemp("/tmp", "guardmdm-pg-")
	}
	if err == nil && user != nil {
		err = os.Chown(dir, int(user.Uid), int(user.Gid))
	}
	return dir, err
}
