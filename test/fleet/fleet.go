// Package fleet fills a database with as many devices as a test needs, by the database's own means: a million in seconds.
package fleet

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
)

// Tokens are the ABM tokens of a filled database: of ten devices six, three and one.
const Tokens = 3

// Begin is when the first devices were added; a thousand more follow every six hours.
var Begin = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Fill adds n devices to an empty database, with what a real fleet has: a thousand at a time were added at the same moment, one of
// fifty is removed, platforms and tokens are uneven, some texts are empty. Then PostgreSQL looks at its tables, as it does by itself
// in time; SQLite never does.
func Fill(t testing.TB, db *store.Store, n int) []*ent.ABMToken {
	t.Helper()
	tokens := make([]*ent.ABMToken, Tokens)
	for i := range tokens {
		var err error
		tokens[i], err = db.Ent().ABMToken.Create().SetName(fmt.Sprintf("Organization %d", i+1)).SetState(abmtoken.StateActive).
			SetStateChangedAt(Begin).SetCreatedAt(Begin).SetUpdatedAt(Begin).Save(context.Background())
		if err != nil {
			t.Fatal(err)
		}
	}
	restore := dropIndexes(t, db)
	exec(t, db, insert(db, n, tokens))
	for _, statement := range restore {
		exec(t, db, statement)
	}
	if err := db.WithTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		for _, token := range tokens {
			if err := inventory.Recount(ctx, tx, token.ID, time.Now()); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if db.IsPostgres() {
		exec(t, db, "SELECT setval(pg_get_serial_sequence('devices', 'id'), (SELECT max(id) FROM devices))")
		exec(t, db, "VACUUM (ANALYZE) devices") // the visibility map too, as after autovacuum
	} else {
		exec(t, db, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return tokens
}

// insert is the one statement. Serial numbers are spread by a multiplication that never gives one twice.
func insert(db *store.Store, n int, tokens []*ent.ABMToken) string {
	numbers, serial, at := fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)", n),
		"printf('%08X', (i * 2654435761) % 4294967296)", func(seconds string) string {
			return "strftime('%Y-%m-%d %H:%M:%S', 1767225600 + " + seconds + ", 'unixepoch') || '+00:00'"
		}
	if db.IsPostgres() {
		numbers = fmt.Sprintf("WITH n(i) AS (SELECT generate_series(1, %d::bigint))", n)
		serial = "lpad(upper(to_hex((i * 2654435761) % 4294967296)), 8, '0')"
		at = func(seconds string) string { return "to_timestamp(1767225600 + " + seconds + ")" }
	}
	added := at("(i / 1000) * 21600")
	columns := []struct{ name, value string }{
		{"id", fmt.Sprintf("%d + i", gid.Device.Start())},
		{"serial_number", "CASE i % 5 WHEN 0 THEN 'C02' WHEN 1 THEN 'F9F' WHEN 2 THEN 'DMP' WHEN 3 THEN 'FVF' ELSE 'H4T' END || " + serial},
		{"abm_token_id", fmt.Sprintf("CASE WHEN i %% 10 < 6 THEN %d WHEN i %% 10 < 9 THEN %d ELSE %d END", tokens[0].ID, tokens[1].ID, tokens[2].ID)},
		{"model", "CASE i % 3 WHEN 0 THEN 'MacBook Air' WHEN 1 THEN 'iPhone 15' ELSE 'iPad (10th generation)' END"},
		{"description", "'IPHONE 15 BLACK 128GB-ZDD'"},
		{"color", "CASE i % 4 WHEN 0 THEN '' ELSE 'SPACE GRAY' END"},
		{"asset_tag", "CASE i % 7 WHEN 0 THEN '=1+1' ELSE '' END"},
		{"device_family", "CASE i % 3 WHEN 0 THEN 'Mac' WHEN 1 THEN 'iPhone' ELSE 'iPad' END"},
		{"os", "CASE i % 3 WHEN 0 THEN 'OSX' ELSE 'iOS' END"},
		{"platform", "CASE WHEN i % 1000 = 7 THEN 'TVOS' WHEN i % 1000 = 8 THEN 'VISIONOS' WHEN i % 3 = 0 THEN 'MACOS' WHEN i % 3 = 1 THEN 'IOS' ELSE 'IPADOS' END"},
		{"apple_profile_uuid", "CASE i % 3 WHEN 0 THEN '' ELSE '88FC4E378FEC4021B84C8E1A4E2B9A7D' END"},
		{"apple_profile_status", "CASE i % 3 WHEN 0 THEN 'empty' WHEN 1 THEN 'assigned' ELSE 'pushed' END"},
		{"apple_profile_assigned_at", "CASE i % 3 WHEN 0 THEN NULL ELSE " + added + " END"},
		{"device_assigned_at", added},
		{"device_assigned_by", "'ada@example.com'"},
		{"apple_extra", "''"},
		{"added_at", added},
		{"changed_at", added},
		{"removed_at", "CASE i % 50 WHEN 0 THEN " + at("(i / 500) * 21600") + " ELSE NULL END"},
	}
	names, values := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i], values[i] = c.name, c.value
	}
	return fmt.Sprintf("%s INSERT INTO devices (%s) SELECT %s FROM n", numbers, strings.Join(names, ", "), strings.Join(values, ", "))
}

// dropIndexes gives the statements that make them again: sorting once is much faster than a million insertions into each.
func dropIndexes(t testing.TB, db *store.Store) (restore []string) {
	t.Helper()
	query := "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'devices' AND sql IS NOT NULL"
	if db.IsPostgres() {
		query = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'devices' AND indexname NOT LIKE '%pkey'"
	}
	rows, err := db.DB().QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for rows.Next() {
		var name string
		var statement sql.NullString
		if err := rows.Scan(&name, &statement); err != nil {
			t.Fatal(err)
		}
		names, restore = append(names, name), append(restore, statement.String)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		exec(t, db, `DROP INDEX "`+name+`"`)
	}
	return restore
}

func exec(t testing.TB, db *store.Store, statement string) {
	t.Helper()
	if _, err := db.DB().ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%.200s: %v", statement, err)
	}
}
