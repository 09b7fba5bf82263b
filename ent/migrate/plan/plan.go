// Package plan writes migrations: what leads from the end of a chain of migration files to the present Ent schema.
package plan

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"

	atlas "ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"

	"github.com/guardmdm/guardmdm/ent/migrate"
)

// ErrUpToDate says that the chain ends in the Ent schema: there is nothing to write.
var ErrUpToDate = errors.New("the migration files lead to the Ent schema already")

// Next appends the file VERSION_NAME.sql to dir and brings its atlas.sum up to date. dev is an empty scratch database of the
// dialect, on which the chain is replayed.
func Next(ctx context.Context, dev *sql.DB, dialectName string, dir atlas.Dir, version, name string) error {
	format, err := formatter(version)
	if err != nil {
		return err
	}
	m, err := schema.NewMigrate(entsql.OpenDB(dialectName, dev),
		schema.WithDialect(dialectName), schema.WithDir(dir), schema.WithFormatter(format), schema.WithMigrationMode(schema.ModeReplay),
		// Ent would leave out what loses data. A drop belongs in the file, where its author and reviewers see it.
		schema.WithDropColumn(true), schema.WithDropIndex(true),
		schema.WithIndent("  "),
		schema.WithErrNoPlan(true))
	if err != nil {
		return err
	}
	err = m.NamedDiff(ctx, name, tables(dialectName)...)
	if errors.Is(err, atlas.ErrNoPlan) {
		return ErrUpToDate
	}
	if err != nil {
		return fmt.Errorf("%s: %w", dialectName, err)
	}
	return nil
}

// unchecked are foreign keys of the Ent schema that the databases do not check, with the reason.
var unchecked = map[string]string{
	"devices_abm_tokens_devices": "its check is a quarter of PostgreSQL's work for a page of a sync. The page's transaction updates the " +
		"token's row, and fails if there is none; tokens are never deleted, only marked so",
}

// uncheckedByPostgres are those that only SQLite checks, for which it is cheap: what would break one is found by the tests, which run on both.
var uncheckedByPostgres = map[string]string{
	"device_events_devices_events":                  deviceStays,
	"assignment_items_devices_assignment_item":      deviceStays,
	"assignment_results_devices_assignment_results": deviceStays,
	"assignment_results_assignment_batches_results": "a result is written by the transaction that makes its batch, or has locked it; retention deletes a batch " +
		"after its results. The checks were half of PostgreSQL's work for storing what was selected",
}

const deviceStays = "devices are never deleted, only marked as removed, and the rows are written for devices that the same transaction has read. " +
	"The checks were a third of PostgreSQL's work for an assignment"

// tables are those of the Ent schema without the foreign keys that the database does not check.
func tables(dialectName string) []*schema.Table {
	list := make([]*schema.Table, len(migrate.Tables))
	for i, t := range migrate.Tables {
		table := *t
		table.ForeignKeys = slices.DeleteFunc(slices.Clone(t.ForeignKeys), func(k *schema.ForeignKey) bool {
			return unchecked[k.Symbol] != "" || dialectName == dialect.Postgres && uncheckedByPostgres[k.Symbol] != ""
		})
		list[i] = &table
	}
	return list
}

// formatter is Atlas's default one, but with a version from outside, so that the files of both databases share it.
func formatter(version string) (atlas.Formatter, error) {
	name, err := template.New("name").Parse(version + `_{{ .Name }}.sql`)
	if err != nil {
		return nil, err
	}
	content, err := template.New("content").Funcs(template.FuncMap{"oneLine": oneLine}).Parse(
		"{{ range .Changes }}{{ with .Comment }}-- {{ oneLine . }}\n{{ end }}{{ .Cmd }};\n{{ end }}")
	if err != nil {
		return nil, err
	}
	return atlas.NewTemplateFormatter(name, content)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
