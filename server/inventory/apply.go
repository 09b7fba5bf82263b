package inventory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// ErrConcurrent says that the sync of another token changed one of the page's devices at the same moment. The transaction
// has to be run again.
var ErrConcurrent = errors.New("inventory: a device was changed by the sync of another token at the same moment")

// Result counts what a page did.
type Result struct {
	Added, Modified, Removed int
	IDs                      []gid.ID // every device that the page named and that is kept, sorted
}

// Apply stores one page of token's stream inside tx. now is the time of the page.
func Apply(ctx context.Context, tx *store.Tx, token gid.ID, records []Record, now time.Time) (Result, error) {
	var res Result
	records = fold(records)
	if len(records) == 0 {
		return res, nil
	}
	stored, err := load(ctx, tx, records)
	if err != nil {
		return res, err
	}
	var inserts, updates []row
	for _, r := range records {
		was := stored[r.SerialNumber]
		v, next := decide(was, r, token, now)
		switch v {
		case added:
			res.Added++
		case modified:
			res.Modified++
		case removed:
			res.Removed++
		}
		switch {
		case was == nil && v == added:
			inserts = append(inserts, next)
		case v != unchanged:
			next.wasToken = was.ABMTokenID
			updates = append(updates, next)
		}
		if was != nil && next.ABMTokenID == int64(token) {
			res.IDs = append(res.IDs, gid.ID(was.ID))
		}
	}
	ids, err := insert(ctx, tx, inserts)
	if err != nil {
		return res, err
	}
	res.IDs = append(res.IDs, ids...)
	slices.Sort(res.IDs)
	return res, update(ctx, tx, updates)
}

// column is one column of the set-based statements, in the order of load's scan.
type column struct{ name, pgType string }

var columns = []column{
	{name: "serial_number", pgType: "text"}, {name: "model", pgType: "text"}, {name: "description", pgType: "text"},
	{name: "color", pgType: "text"}, {name: "asset_tag", pgType: "text"}, {name: "device_family", pgType: "text"},
	{name: "os", pgType: "text"}, {name: "platform", pgType: "text"}, {name: "apple_profile_uuid", pgType: "text"},
	{name: "apple_profile_status", pgType: "text"}, {name: "apple_profile_assigned_at", pgType: "timestamptz"},
	{name: "apple_profile_pushed_at", pgType: "timestamptz"}, {name: "device_assigned_at", pgType: "timestamptz"},
	{name: "device_assigned_by", pgType: "text"}, {name: "mdm_migration_deadline", pgType: "timestamptz"},
	{name: "apple_extra", pgType: "text"}, {name: "abm_token_id", pgType: "bigint"}, {name: "apple_op_at", pgType: "timestamptz"},
	{name: "added_at", pgType: "timestamptz"}, {name: "changed_at", pgType: "timestamptz"}, {name: "removed_at", pgType: "timestamptz"},
}

func names(prefix string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = prefix + c.name
	}
	return strings.Join(list, ", ")
}

// load reads the rows of the records' serial numbers.
func load(ctx context.Context, tx *store.Tx, records []Record) (map[string]*row, error) {
	serials := make([]string, len(records))
	for i, r := range records {
		serials[i] = r.SerialNumber
	}
	list, err := json.Marshal(serials)
	if err != nil {
		return nil, err
	}
	source := "SELECT value FROM json_each($1)"
	if tx.Dialect() == dialect.Postgres {
		source = "SELECT json_array_elements_text($1::json)"
	}
	rows, err := tx.QueryContext(ctx, "SELECT id, "+names("")+" FROM devices WHERE serial_number IN ("+source+")", string(list))
	if err != nil {
		return nil, fmt.Errorf("reading the page's devices: %w", err)
	}
	defer rows.Close()
	stored := make(map[string]*row, len(records))
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.ID, &r.SerialNumber, &r.Model, &r.Description, &r.Color, &r.AssetTag, &r.DeviceFamily, &r.OS, &r.Platform,
			&r.AppleProfileUUID, &r.AppleProfileStatus, &r.AppleProfileAssignedAt, &r.AppleProfilePushedAt, &r.DeviceAssignedAt,
			&r.DeviceAssignedBy, &r.MDMMigrationDeadline, &r.AppleExtra, &r.ABMTokenID, &r.AppleOpAt, &r.AddedAt, &r.ChangedAt,
			&r.RemovedAt); err != nil {
			return nil, fmt.Errorf("reading a device: %w", err)
		}
		stored[r.SerialNumber] = &r
	}
	return stored, rows.Err()
}

// insert adds the rows in one statement with one parameter and gives their ids. JSON is the one set-valued parameter that
// both databases take; on both it is as fast as long VALUES lists, without their limits.
func insert(ctx context.Context, tx *store.Tx, rows []row) ([]gid.ID, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	set, payload, err := recordset(tx.Dialect(), rows)
	if err != nil {
		return nil, err
	}
	// A serial number that another token's sync added meanwhile is left out of the answer.
	query := "INSERT INTO devices (" + names("") + ") SELECT " + names("") + " FROM " + set +
		" WHERE true ON CONFLICT (serial_number) DO NOTHING RETURNING id"
	ids, err := queryIDs(ctx, tx, query, payload)
	if err != nil {
		return nil, fmt.Errorf("adding devices: %w", err)
	}
	if len(ids) != len(rows) {
		return nil, ErrConcurrent
	}
	return ids, nil
}

// update rewrites the rows in one statement, if they still belong to the token they were read with.
func update(ctx context.Context, tx *store.Tx, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	set, payload, err := recordset(tx.Dialect(), rows)
	if err != nil {
		return err
	}
	assign := make([]string, len(columns))
	for i, c := range columns {
		assign[i] = c.name + " = v." + c.name
	}
	query := "UPDATE devices SET " + strings.Join(assign, ", ") + " FROM " + set +
		" WHERE devices.id = v.id AND devices.abm_token_id = v.was_token RETURNING devices.id"
	ids, err := queryIDs(ctx, tx, query, payload)
	if err != nil {
		return fmt.Errorf("changing devices: %w", err)
	}
	if len(ids) != len(rows) {
		return ErrConcurrent
	}
	return nil
}

// recordset gives the SQL of a table v made of the one JSON parameter, and the parameter.
func recordset(sqlDialect string, rows []row) (set, payload string, err error) {
	type update struct {
		row
		WasToken int64 `json:"was_token"`
	}
	list := make([]update, len(rows))
	for i, r := range rows {
		list[i] = update{row: r, WasToken: r.wasToken}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return "", "", err
	}
	all := append([]column{{name: "id", pgType: "bigint"}, {name: "was_token", pgType: "bigint"}}, columns...)
	parts := make([]string, len(all))
	if sqlDialect == dialect.Postgres {
		for i, c := range all {
			parts[i] = c.name + " " + c.pgType
		}
		return "json_to_recordset($1::json) AS v(" + strings.Join(parts, ", ") + ")", string(text), nil
	}
	for i, c := range all {
		parts[i] = "value->>'" + c.name + "' AS " + c.name
	}
	// jsonb_each over jsonb() parses once; json_each would parse each row again for each of its columns.
	return "(SELECT " + strings.Join(parts, ", ") + " FROM jsonb_each(jsonb($1))) AS v", string(text), nil
}

func queryIDs(ctx context.Context, tx *store.Tx, query string, args ...any) ([]gid.ID, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []gid.ID
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, gid.ID(id))
	}
	return ids, rows.Err()
}
