// Command diff writes the next migration file of both databases from the Ent schema.
//
//	go run ./ent/migrate/cmd/diff -name add_groups
//	go run ./ent/migrate/cmd/diff -rehash          # after the newest file was edited by hand, to move data for instance
//	go run ./ent/migrate/cmd/diff -recreate        # before the first release: both chains anew, as one file "initial"
//
// Run it in the module's root directory, after generating package ent. It needs PostgreSQL's server binaries, not a server.
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"time"

	atlas "ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"
	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"

	"github.com/guardmdm/guardmdm/ent/migrate/plan"
	"github.com/guardmdm/guardmdm/test/dbtest/pgtemp"
)

const root = "ent/migrate"

func main() {
	name := flag.String("name", "", "name of the change, such as add_groups")
	recreate := flag.Bool("recreate", false, "throw both chains away and write them as one file")
	rehash := flag.Bool("rehash", false, "write atlas.sum of both chains anew, for a file that was edited before its release")
	flag.Parse()
	if *rehash {
		if err := errors.Join(sum(filepath.Join(root, "sqlite")), sum(filepath.Join(root, "postgres"))); err != nil {
			slog.Error("summing the migrations", "error", err)
			os.Exit(1)
		}
		return
	}
	if *recreate && *name == "" {
		*name = "initial"
	}
	if err := run(context.Background(), *name, *recreate); err != nil {
		slog.Error("writing the migration", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, name string, recreate bool) error {
	if !regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(name) {
		return fmt.Errorf("-name %q: use lower-case letters, digits and underscores", name)
	}
	pg, err := pgtemp.Start()
	if err != nil {
		return err
	}
	version := time.Now().UTC().Format("20060102150405")
	err = errors.Join(
		next(ctx, dialect.SQLite, "sqlite", "file:dev?mode=memory&cache=shared&_pragma=foreign_keys(1)", version, name, recreate),
		next(ctx, dialect.Postgres, "postgres", pg.URL("postgres"), version, name, recreate))
	return errors.Join(err, pg.Stop())
}

func next(ctx context.Context, of, driver, devURL, version, name string, recreate bool) error {
	dev, err := sql.Open(driver, devURL)
	if err != nil {
		return err
	}
	defer dev.Close()
	dev.SetMaxOpenConns(1) // SQLite's database in memory is gone when its last connection closes
	path := filepath.Join(root, driver)
	if recreate {
		return rewrite(ctx, dev, of, path, version, name)
	}
	dir, err := atlas.NewLocalDir(path)
	if err != nil {
		return err
	}
	return report(plan.Next(ctx, dev, of, dir, version, name), path, version, name)
}

// rewrite makes the new chain in memory first: the directory is embedded, so it must never be left without files.
func rewrite(ctx context.Context, dev *sql.DB, of, path, version, name string) error {
	mem := &atlas.MemDir{}
	if err := plan.Next(ctx, dev, of, mem, version, name); err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(path, "*.sql"))
	if err != nil {
		return err
	}
	for _, f := range old {
		if err := os.Remove(f); err != nil {
			return err
		}
	}
	dir, err := atlas.NewLocalDir(path)
	if err != nil {
		return err
	}
	files, err := mem.Files()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := dir.WriteFile(f.Name(), f.Bytes()); err != nil {
			return err
		}
	}
	return report(sum(path), path, version, name)
}

// sum brings a chain's atlas.sum up to date.
func sum(path string) error {
	dir, err := atlas.NewLocalDir(path)
	if err != nil {
		return err
	}
	hash, err := dir.Checksum()
	if err != nil {
		return err
	}
	return atlas.WriteSumFile(dir, hash)
}

func report(err error, path, version, name string) error {
	switch {
	case errors.Is(err, plan.ErrUpToDate):
		slog.Info("nothing to write", "chain", path)
		return nil
	case err == nil:
		slog.Info("written", "file", filepath.Join(path, version+"_"+name+".sql"))
	}
	return err
}
