package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"
)

// revisionsTable says which migration files were applied to the database.
const revisionsTable = "schema_revisions"

// conn is what *sql.Conn and *sql.Tx have in common.
type conn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// revisions is Atlas's view of the table. The same SQL serves both databases.
type revisions struct {
	conn    conn
	dialect string
}

var _ migrate.RevisionReadWriter = revisions{}

// create makes the table unless it exists.
func (r revisions) create(ctx context.Context) error {
	timestamp := "timestamptz"
	if r.dialect == dialect.SQLite {
		timestamp = "datetime" // the driver reads times back from columns of this type only
	}
	_, err := r.conn.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS `+revisionsTable+` (
		version varchar(255) NOT NULL PRIMARY KEY, description text NOT NULL, type bigint NOT NULL,
		applied bigint NOT NULL, total bigint NOT NULL, executed_at `+timestamp+` NOT NULL, execution_time bigint NOT NULL,
		error text NOT NULL, error_stmt text NOT NULL, hash text NOT NULL, partial_hashes text NOT NULL, operator_version text NOT NULL)`)
	return err
}

// Ident implements migrate.RevisionReadWriter.
func (revisions) Ident() *migrate.TableIdent { return &migrate.TableIdent{Name: revisionsTable} }

// ReadRevisions implements migrate.RevisionReadWriter. A database without the table has no revisions.
func (r revisions) ReadRevisions(ctx context.Context) ([]*migrate.Revision, error) {
	tables, err := r.tables(ctx)
	if err != nil || !slices.Contains(tables, revisionsTable) {
		return nil, err
	}
	return r.read(ctx, "ORDER BY version")
}

// ReadRevision implements migrate.RevisionReadWriter.
func (r revisions) ReadRevision(ctx context.Context, version string) (*migrate.Revision, error) {
	found, err := r.read(ctx, "WHERE version = $1", version)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, migrate.ErrRevisionNotExist
	}
	return found[0], nil
}

// WriteRevision implements migrate.RevisionReadWriter.
func (r revisions) WriteRevision(ctx context.Context, rev *migrate.Revision) error {
	partial, err := json.Marshal(rev.PartialHashes)
	if err != nil {
		return err
	}
	_, err = r.conn.ExecContext(ctx, `INSERT INTO `+revisionsTable+` (version, description, type, applied, total, executed_at,
		execution_time, error, error_stmt, hash, partial_hashes, operator_version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (version) DO UPDATE SET description = excluded.description, type = excluded.type, applied = excluded.applied,
		total = excluded.total, executed_at = excluded.executed_at, execution_time = excluded.execution_time,
		error = excluded.error, error_stmt = excluded.error_stmt, hash = excluded.hash,
		partial_hashes = excluded.partial_hashes, operator_version = excluded.operator_version`,
		rev.Version, rev.Description, int64(rev.Type), rev.Applied, rev.Total, rev.ExecutedAt.UTC(),
		int64(rev.ExecutionTime), rev.Error, rev.ErrorStmt, rev.Hash, string(partial), rev.OperatorVersion)
	return err
}

// DeleteRevision implements migrate.RevisionReadWriter.
func (r revisions) DeleteRevision(ctx context.Context, version string) error {
	_, err := r.conn.ExecContext(ctx, `DELETE FROM `+revisionsTable+` WHERE version = $1`, version)
	return err
}

func (r revisions) read(ctx context.Context, where string, args ...any) ([]*migrate.Revision, error) {
	rows, err := r.conn.QueryContext(ctx, `SELECT version, description, type, applied, total, executed_at, execution_time,
		error, error_stmt, hash, partial_hashes, operator_version FROM `+revisionsTable+` `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []*migrate.Revision
	for rows.Next() {
		var (
			rev      migrate.Revision
			kind, ns int64
			partial  string
		)
		if err := rows.Scan(&rev.Version, &rev.Description, &kind, &rev.Applied, &rev.Total, &rev.ExecutedAt, &ns,
			&rev.Error, &rev.ErrorStmt, &rev.Hash, &partial, &rev.OperatorVersion); err != nil {
			return nil, err
		}
		rev.Type, rev.ExecutionTime = migrate.RevisionType(kind), time.Duration(ns)
		if err := json.Unmarshal([]byte(partial), &rev.PartialHashes); err != nil {
			return nil, err
		}
		found = append(found, &rev)
	}
	return found, rows.Err()
}

// tables names the tables that new ones would stand beside.
func (r revisions) tables(ctx context.Context) ([]string, error) {
	query := `SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema() ORDER BY 1`
	if r.dialect == dialect.SQLite {
		query = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY 1`
	}
	rows, err := r.conn.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
