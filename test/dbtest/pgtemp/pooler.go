package pgtemp

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// ErrNoPooler says that PgBouncer is not installed, and how to install it.
var ErrNoPooler = errors.New("pgbouncer was found neither in PATH nor in /usr/sbin: install it (Debian: apt-get install pgbouncer)")

// Pooler is a running PgBouncer in front of a server.
type Pooler struct{ daemon }

// The settings are PgBouncer's own where GuardMDM's users need no other: above all, no start-up parameter is ignored.
const poolerConfig = `[databases]
* = host=%s user=` + superuser + `
[pgbouncer]
unix_socket_dir = %s
listen_port = 6432
auth_type = any
pool_mode = %s
max_client_conn = 500
server_idle_timeout = 2
%s
`

// StartPooler starts PgBouncer in front of a server, in a pool mode ("transaction", "session", "statement"), with lines of
// its configuration that differ from the usual. The caller stops it.
func (s *Server) StartPooler(mode string, extra string) (*Pooler, error) {
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		if program = "/usr/sbin/pgbouncer"; !isFile(program) {
			return nil, ErrNoPooler
		}
	}
	user, err := account()
	if err != nil {
		return nil, err
	}
	dir, err := tempDir(user)
	if err != nil {
		return nil, err
	}
	p := &Pooler{newDaemon(dir)}
	if err := p.start(program, user, fmt.Sprintf(poolerConfig, s.dir, dir, mode, extra)); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return p, nil
}

func (p *Pooler) start(program string, user *syscall.Credential, config string) error {
	file := filepath.Join(p.dir, "pgbouncer.ini")
	if err := os.WriteFile(file, []byte(config), 0o644); err != nil {
		return err
	}
	return p.serve(user, syscall.SIGTERM, "process up", program, file)
}

// URL is the connection URL of a database behind the pooler.
func (p *Pooler) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database}
	u.RawQuery = url.Values{"host": {p.dir}, "port": {"6432"}, "sslmode": {"disable"}}.Encode()
	return u.String()
}
