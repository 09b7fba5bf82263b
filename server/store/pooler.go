package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"log/slog"
	"regexp"
	"strings"

	"github.com/lib/pq"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// What a connection pooler such as PgBouncer changes. In its transaction mode the statements of one connection are carried out
// by whichever session of PostgreSQL is free, so nothing that a session remembers may be relied upon: neither settings, nor
// session locks, nor named statements, nor LISTEN. The Store relies on none of them in its pool.

const (
	// probeRounds: sessions can come back in order by chance, when others use the pooler at the same time.
	probeRounds = 3

	optionHint = "Take it out of the URL and set it for the account instead (ALTER ROLE … SET …), or have the pooler carry it " +
		"(PgBouncer: track_extra_parameters). Ignoring it there (ignore_startup_parameters) does not suffice."
)

var errNoTransactions = errors.New("the connection ended when a transaction began")

// probe finds out whether a pooler shares the sessions, and refuses what would not be safe behind it.
func (s *Store) probe(ctx context.Context, db *sql.DB) error {
	shared, err := isShared(ctx, db)
	if err != nil {
		if errors.Is(err, errNoTransactions) {
			return apperr.Wrap(err, apperr.BadUserInput, "The connection pooler at %s breaks transactions off, as in statement mode.", whereabouts(s.postgres.pooled)).
				WithHint("Set its mode to transaction or session (PgBouncer: pool_mode).")
		}
		return apperr.Wrap(err, apperr.Unavailable, "PostgreSQL at %s cannot be used.", whereabouts(s.postgres.pooled)).
			WithHint("The cause is in the log. If there is a connection pooler in between, look at its log too.")
	}
	s.postgres.shared = shared
	return s.checkOptions(ctx, db)
}

// isShared tells whether the statements of a connection go to different sessions.
func isShared(ctx context.Context, db *sql.DB) (bool, error) {
	a, err := db.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer a.Close()
	b, err := db.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer b.Close()
	for range probeRounds {
		if shared, err := isSharedNow(ctx, a, b); shared || err != nil {
			return shared, err
		}
	}
	return false, nil
}

// isSharedNow has b begin a transaction between two statements of a. A pooler that shares gives it the session that a had, or
// a another one afterwards.
func isSharedNow(ctx context.Context, a, b *sql.Conn) (bool, error) {
	before, err := backend(ctx, a)
	if err != nil {
		return false, err
	}
	tx, err := b.BeginTx(ctx, nil)
	if errors.Is(err, driver.ErrBadConn) { // the connection has just worked
		return false, errNoTransactions
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()
	between, err := backend(ctx, tx)
	if errors.Is(err, driver.ErrBadConn) {
		return false, errNoTransactions
	}
	if err != nil || between == before { // asking a now could wait for b, if that is the pooler's only session
		return true, err
	}
	after, err := backend(ctx, a)
	return after != before, err
}

func backend(ctx context.Context, c interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (pid int, err error) {
	return pid, c.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&pid)
}

// checkOptions looks whether the settings that the URL asks for are those of the session. A pooler that was told to ignore
// search_path would have us work in another schema.
func (s *Store) checkOptions(ctx context.Context, db *sql.DB) error {
	cfg, err := pq.NewConfig(s.postgres.pooled)
	if err != nil {
		return err
	}
	wanted := commandLineOptions(cfg.Options)
	for name, value := range cfg.Runtime {
		wanted[name] = value
	}
	for name, value := range wanted {
		kept, err := isSet(ctx, db, name, value)
		if err != nil {
			return err
		}
		if !kept {
			return apperr.New(apperr.BadUserInput, "The connection pooler at %s ignores the option %s of the URL.", whereabouts(s.postgres.pooled), name).
				WithHint("%s", optionHint)
		}
	}
	return nil
}

// isSet compares a setting with what PostgreSQL itself makes of the value, for "5000" becomes "5s".
func isSet(ctx context.Context, db *sql.DB, name, value string) (bool, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()
	var is, wanted string
	if err := tx.QueryRowContext(ctx, "SELECT current_setting($1)", name).Scan(&is); err != nil {
		return ctx.Err() == nil, ctx.Err() // no setting, but one of the protocol
	}
	if err := tx.QueryRowContext(ctx, "SELECT set_config($1, $2, true)", name, value).Scan(&wanted); err != nil {
		return ctx.Err() == nil, ctx.Err() // one that cannot be changed later: we cannot know what it would be
	}
	return is == wanted, nil
}

var (
	commandLineOption = regexp.MustCompile(`(?:-c\s*|--)([\w.-]+)=((?:\\.|\S)*)`)
	unescape          = regexp.MustCompile(`\\(.)`)
	refused           = regexp.MustCompile(`unsupported startup parameter(?: in options)?: (\w+)`)
)

// commandLineOptions are the settings in the URL's "options", written as for the postgres program: "-c search_path=mdm".
func commandLineOptions(options string) map[string]string {
	out := map[string]string{}
	for _, m := range commandLineOption.FindAllStringSubmatch(options, -1) {
		out[strings.ReplaceAll(m[1], "-", "_")] = unescape.ReplaceAllString(m[2], "$1")
	}
	return out
}

// refusedOption is the option of the URL that a pooler does not take, "" if the error says something else.
func refusedOption(err error) string {
	if m := refused.FindStringSubmatch(err.Error()); m != nil {
		return m[1]
	}
	return ""
}

// Connections tells the log how PostgreSQL is reached; nothing on SQLite.
func (s *Store) Connections() []any {
	if !s.IsPostgres() {
		return nil
	}
	sessions, through := "its own", "the database URL"
	if s.postgres.shared {
		sessions = "shared, by a pooler in transaction mode"
	}
	if s.IsDirect() {
		through = "the direct database URL"
	}
	return []any{slog.String("sessions", sessions), slog.String("migrations", "locked by transactions, through "+through)}
}
