package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// The pool of one replica. PostgreSQL allows 100 connections by default: four replicas fit, with room for people.
const (
	postgresConns     = 20
	postgresIdleConns = 10
	postgresIdleTime  = 5 * time.Minute
	postgresLifetime  = time.Hour // so that a failover or a changed password reaches every connection
)

const urlHint = "Write sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters of the password percent-encoded."

// postgresURLs are complete: every option that we rely on is in them.
type postgresURLs struct {
	pooled, direct string
	shared         bool // a pooler in between gives each transaction whichever session is free
}

// completePostgres adds what every connection is told to a URL, and checks it. Errors never quote the URL, nor the parser's
// words: both can hold the password.
func completePostgres(raw, name string) (string, error) {
	malformed := apperr.New(apperr.BadUserInput, "The %s is not a PostgreSQL URL.", name).WithHint(urlHint)
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Opaque != "" {
		return "", malformed
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return "", malformed
	}
	if u.Host == "" && !q.Has("host") && !q.Has("hostaddr") {
		q.Set("host", "localhost") // said, so that a PGHOST of the environment has no part in it
	}
	if !q.Has("sslmode") && !q.Has("sslrootcert") { // with sslrootcert lib/pq chooses well by itself
		q.Set("sslmode", "require")
		if isLocal(u.Hostname(), q.Get("host"), q.Get("hostaddr")) {
			q.Set("sslmode", "disable")
		}
	}
	// Through a pooler in transaction mode, an unnamed statement that is prepared in one round trip and run in the next can be
	// another client's by then. With binary_parameters lib/pq does both in one.
	if q.Has("binary_parameters") && !slices.Contains([]string{"yes", "true", "on", "1"}, q.Get("binary_parameters")) {
		return "", apperr.New(apperr.BadUserInput, "The %s turns binary_parameters off.", name).
			WithHint("Leave that option out: without it, statements could be mixed up with those of other programs behind a connection pooler.")
	}
	q.Set("binary_parameters", "yes")
	maps.DeleteFunc(q, func(key string, _ []string) bool { return strings.EqualFold(key, "TimeZone") })
	q.Set("TimeZone", "UTC")
	setDefault(q, "connect_timeout", "10")
	setDefault(q, "fallback_application_name", "guardmdm")
	u.RawQuery = q.Encode()
	if _, err := pq.NewConfig(u.String()); err != nil {
		return "", malformed.WithHint("%s Its options are those of libpq; files that it names must exist.", urlHint)
	}
	return u.String(), nil
}

func setDefault(q url.Values, key, value string) {
	if !q.Has(key) {
		q.Set(key, value)
	}
}

// isLocal tells whether the connection stays on this machine, wherever among these hosts it goes. Each may be a list with
// commas; empty ones do not count.
func isLocal(hosts ...string) bool {
	for _, host := range strings.Split(strings.Join(hosts, ","), ",") {
		ip := net.ParseIP(host)
		loopback := host == "" || host == "localhost" || ip != nil && ip.IsLoopback()
		if socket := strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@"); !loopback && !socket {
			return false
		}
	}
	return true
}

func (s *Store) openPostgres(ctx context.Context, o Options) error {
	s.dialect = dialect.Postgres
	var err error
	if s.postgres.pooled, err = completePostgres(o.DatabaseURL, "database URL"); err != nil {
		return err
	}
	s.postgres.direct = s.postgres.pooled
	if o.DirectURL != "" {
		if s.postgres.direct, err = completePostgres(o.DirectURL, "direct database URL"); err != nil {
			return err
		}
	}
	db, err := openPostgres(s.postgres.pooled)
	if err != nil {
		return err
	}
	s.writeDB, s.readDB = db, db
	db.SetMaxOpenConns(postgresConns)
	db.SetMaxIdleConns(postgresIdleConns)
	db.SetConnMaxIdleTime(postgresIdleTime)
	db.SetConnMaxLifetime(postgresLifetime)
	if err := s.reach(ctx, db, s.postgres.pooled); err != nil {
		return err
	}
	return s.probe(ctx, db)
}

func openPostgres(complete string) (*sql.DB, error) {
	made, err := pq.NewConnector(complete)
	if err != nil {
		return nil, apperr.New(apperr.BadUserInput, "The database URL is not a PostgreSQL URL.").WithHint(urlHint)
	}
	made.Dialer(newWireDialer())
	return sql.OpenDB(connector{made}), nil
}

// reach makes the first contact and says in words what went wrong.
func (s *Store) reach(ctx context.Context, db *sql.DB, complete string) error {
	err := db.PingContext(ctx)
	if err == nil {
		return nil
	}
	if name := refusedOption(err); name != "" {
		return apperr.Wrap(err, apperr.BadUserInput, "The connection pooler at %s refuses the option %s of the URL.", whereabouts(complete), name).
			WithHint("%s", optionHint)
	}
	hint := "Check that it runs, that the host and port are right, and that nothing in between blocks them."
	switch {
	case errors.Is(err, pq.ErrSSLNotSupported):
		hint = "It does not offer encryption. Turn TLS on there, or, in a network that you trust, add sslmode=disable to the URL."
	case pq.As(err, pqerror.InvalidPassword, pqerror.InvalidAuthorizationSpecification) != nil:
		hint = "It refuses this user and password. Special characters of a password are percent-encoded in a URL."
	case pq.As(err, pqerror.InvalidCatalogName) != nil:
		hint = "There is no database of that name. Create it first: GuardMDM creates its tables only."
	case pq.As(err, pqerror.TooManyConnections) != nil:
		hint = "It has no free connections. Raise max_connections, or put a connection pooler in front."
	}
	return apperr.Wrap(err, apperr.Unavailable, "PostgreSQL at %s cannot be used.", whereabouts(complete)).WithHint("%s", hint)
}

// whereabouts names host and database of a complete URL, and nothing else of it.
func whereabouts(complete string) string {
	u, err := url.Parse(complete)
	if err != nil {
		return "its address"
	}
	host := u.Host
	if host == "" {
		host = cmp.Or(u.Query().Get("host"), u.Query().Get("hostaddr"))
	}
	return host + ", database " + strings.TrimPrefix(u.Path, "/")
}
