// Package pgtemp runs a throw-away PostgreSQL server from the machine's own binaries, for tests and for the migration tool.
//
// The server lives in a temporary directory, listens on a unix socket only, trusts everybody who can reach that socket, and
// trades durability for speed. It ends with the process that started it, even when that process is killed (Linux).
package pgtemp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ErrNoBinaries says that PostgreSQL is not installed, and how to install it.
var ErrNoBinaries = errors.New("PostgreSQL's initdb and postgres were found neither in PATH nor in /usr/lib/postgresql/*/bin: " +
	"install the PostgreSQL server (Debian: apt-get install postgresql), or name an existing server in GUARDMDM_TEST_POSTGRES_URL")

const (
	superuser    = "postgres"
	startTimeout = time.Minute
	stopTimeout  = 10 * time.Second

	// A unix socket's path has at most 107 bytes on Linux, 103 on macOS; the server appends ".s.PGSQL.5432".
	maxSocketDir = 85
)

// Server is a running server.
type Server struct {
	dir   string
	cmd   *exec.Cmd
	log   *os.File // our end of the pipe that is the server's standard error
	tail  tail
	ready chan struct{} // closed when the server accepts connections
	ended chan struct{} // closed when the process and the reading of its log ended
	stop  sync.Once
}

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
	s := &Server{dir: dir, ready: make(chan struct{}), ended: make(chan struct{})}
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

// Stop ends the server and removes its data. Further calls do nothing.
func (s *Server) Stop() error {
	var err error
	s.stop.Do(func() {
		// SIGQUIT is PostgreSQL's immediate shutdown: the data is thrown away anyway.
		_ = s.cmd.Process.Signal(syscall.SIGQUIT)
		select {
		case <-s.ended:
		case <-time.After(stopTimeout):
			_ = s.cmd.Process.Kill()
			<-s.ended
		}
		err = os.RemoveAll(s.dir)
	})
	return err
}

func (s *Server) start(bin string, user *syscall.Credential) error {
	data := filepath.Join(s.dir, "data")
	initdb := s.command(user, filepath.Join(bin, "initdb"),
		"--pgdata", data, "--username", superuser, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	s.cmd = s.command(user, filepath.Join(bin, "postgres"), "-D", data, "-k", s.dir,
		"-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		"-c", "shared_buffers=64MB", "-c", "max_connections=200",
		"-c", "timezone=America/New_York", // not UTC, so that code which relies on the server's zone fails here
	)
	began := make(chan error)
	go s.run(began)
	if err := <-began; err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	select {
	case <-s.ready:
		return nil
	case <-s.ended:
		return fmt.Errorf("postgres ended at its start:\n%s", s.tail.String())
	case <-time.After(startTimeout):
		return errors.Join(fmt.Errorf("postgres was not ready after %s:\n%s", startTimeout, s.tail.String()), s.Stop())
	}
}

func (s *Server) command(user *syscall.Credential, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = s.dir                                             // the account may not be allowed to enter our own
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"} // no PG* variables, English messages
	cmd.SysProcAttr = processAttributes(user)
	return cmd
}

// run keeps its thread for as long as the server lives: the kernel sends the parent-death signal when the thread that
// started the child ends, not the process.
func (s *Server) run(began chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(s.ended)
	r, w, err := os.Pipe()
	if err != nil {
		began <- err
		return
	}
	defer r.Close()
	s.log, s.cmd.Stderr = r, w
	err = s.cmd.Start()
	w.Close()
	began <- err
	if err != nil {
		return
	}
	watched := make(chan struct{})
	go s.watch(watched)
	_ = s.cmd.Wait()
	<-watched
}

// watch reads the server's log until its last process closed it.
func (s *Server) watch(done chan<- struct{}) {
	defer close(done)
	isReady := false
	lines := bufio.NewScanner(s.log)
	for lines.Scan() {
		s.tail.add(lines.Text())
		if !isReady && strings.Contains(lines.Text(), "database system is ready to accept connections") {
			isReady = true
			close(s.ready)
		}
	}
	_, _ = io.Copy(io.Discard, s.log) // after a line too long for the scanner
}

// tail keeps the last lines of a log.
type tail struct {
	mu    sync.Mutex
	lines []string
}

func (l *tail) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lines = append(l.lines, line); len(l.lines) > 20 {
		l.lines = l.lines[1:]
	}
}

func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
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
