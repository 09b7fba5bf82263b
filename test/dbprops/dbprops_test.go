// Package dbprops_test checks the database itself: that whatever the API lets callers filter and order by has an index, that no index is
// there for nothing, and that a page of devices never reads all of them.
package dbprops_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/generated"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// index is one of the database.
type index struct {
	table, name string
	columns     []string
	unique      bool
	partial     string // its condition; "" for none
}

// column is one of a table.
type column struct {
	table, name string
	notNull     bool
}

// catalogue is what the database says of itself.
type catalogue struct {
	indexes []index
	columns []column
	foreign []index // columns of foreign keys, by the table that has them
}

func rows(t *testing.T, db *store.Store, query string, each func(scan func(...any))) {
	t.Helper()
	result, err := db.ReaderDB().QueryContext(context.Background(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer result.Close()
	for result.Next() {
		each(func(into ...any) {
			if err := result.Scan(into...); err != nil {
				t.Fatal(err)
			}
		})
	}
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, db *store.Store) (c catalogue) {
	t.Helper()
	indexes := `SELECT m.name, l.name, l."unique", coalesce((SELECT s.sql FROM sqlite_master s WHERE s.name = l.name), ''), (SELECT group_concat(i.name) FROM pragma_index_info(l.name) i)
		FROM sqlite_master m, pragma_index_list(m.name) l WHERE m.type = 'table' AND l.origin = 'c'`
	columns := `SELECT m.name, c.name, c."notnull" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`
	foreign := `SELECT m.name, f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`
	if db.IsPostgres() {
		indexes = `SELECT c.relname, i.relname, x.indisunique, coalesce(' WHERE ' || pg_get_expr(x.indpred, x.indrelid), ''),
			(SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(x.indkey) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum)
			FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace s ON s.oid = c.relnamespace
			WHERE s.nspname = 'public' AND NOT x.indisprimary`
		columns = `SELECT table_name, column_name, is_nullable = 'NO' FROM information_schema.columns WHERE table_schema = 'public'`
		foreign = `SELECT c.relname, a.attname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
			JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1] WHERE k.contype = 'f'`
	}
	rows(t, db, indexes, func(scan func(...any)) {
		var i index
		var columns, definition string
		scan(&i.table, &i.name, &i.unique, &definition, &columns)
		i.columns = strings.Split(columns, ",")
		_, i.partial, _ = strings.Cut(definition, " WHERE ")
		c.indexes = append(c.indexes, i)
	})
	rows(t, db, columns, func(scan func(...any)) {
		var col column
		scan(&col.table, &col.name, &col.notNull)
		c.columns = append(c.columns, col)
	})
	rows(t, db, foreign, func(scan func(...any)) {
		var f index
		var name string
		scan(&f.table, &name)
		f.columns = []string{name}
		c.foreign = append(c.foreign, f)
	})
	if len(c.indexes) < 10 || len(c.columns) < 50 {
		t.Fatalf("the catalogue was not understood: %d indexes, %d columns", len(c.indexes), len(c.columns))
	}
	return c
}

// leads gives the indexes of the table that begin with these columns.
func (c catalogue) leads(table string, columns ...string) (found []index) {
	for _, i := range c.indexes {
		if i.table == table && len(i.columns) >= len(columns) && slices.Equal(i.columns[:len(columns)], columns) {
			found = append(found, i)
		}
	}
	return found
}

func schema() *ast.Schema {
	return generated.NewExecutableSchema(generated.Config{Resolvers: &graph.Resolver{}}).Schema()
}

// tables are those of the types that the API lists.
func tables() map[string]string {
	return map[string]string{"Device": "devices", "SyncRun": "sync_runs", "AuditEntry": "audit_entries", "EnrollmentRefusal": "enrollment_refusals"}
}

func snake(camel string) string {
	var b strings.Builder
	for _, r := range camel {
		if 'A' <= r && r <= 'Z' {
			b.WriteByte('_')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Rows without a value would fall out of keyset pages, and rows of one value need the identifier behind it.
func TestOrdersAreNotNullAndIndexed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		c := read(t, db)
		checked := 0
		for name, definition := range schema().Types {
			kind, isOrder := strings.CutSuffix(name, "OrderField")
			if !isOrder {
				continue
			}
			table := tables()[kind]
			if table == "" {
				t.Errorf("the table of %s is not known here", kind)
			}
			for _, value := range definition.EnumValues {
				field := strings.ToLower(value.Name)
				checked++
				if table == "devices" && field == "mdm_migration_deadline" { // lists those that have one, by their notes
					if len(c.leads("device_notes", "kind", "at", "device_id")) == 0 {
						t.Error("no index has the notes in the order of migration deadlines")
					}
					continue
				}
				if !slices.Contains(c.columns, column{table, field, true}) {
					t.Errorf("%s.%s can be ordered by and is not a NOT NULL column", table, field)
				}
				// A unique column needs no identifier behind it: the order is total.
				if !slices.ContainsFunc(c.leads(table, field), func(i index) bool {
					return i.partial == "" && (i.unique && len(i.columns) == 1 || slices.Equal(i.columns, []string{field, "id"}))
				}) {
					t.Errorf("%s.%s can be ordered by and has no index with id", table, field)
				}
			}
		}
		if checked < 3 {
			t.Errorf("only %d orders were found", checked)
		}
	})
}

// unserved are the filters whose column no index leads, and why that is right.
func unserved() map[string]string {
	return map[string]string{
		"sync_runs.notable":              "made of other columns by our resolver, which uses the index of the status",
		"audit_entries.at":               "a range within the order by identifier, which is that of time",
		"devices.device_group_id":        "made by our resolver: members by the index of the group, rules by the indexes of what they look at, where there are some",
		"devices.profile_source":         "made by our resolver: own choices and groups by the index of profile_rule, defaults by that of platforms",
		"devices.ade_profile_id":         "made by our resolver: own choices and groups by the index of profile_rule, defaults by that of platforms",
		"devices.assignment_status":      "made by our resolver: what waits by the items' index of states; what is done by those of platform and profile_rule",
		"devices.other_mdm_id":           "made by our resolver: by the index of device_enrollments of that name",
		"devices.enrolled_with_own_mdm":  "made by our resolver: devices that called by the index of device_enrollments of states",
		"devices.applies_after_erase":    "made by our resolver: by the notes' index of kinds",
		"devices.has_migration_deadline": "made by our resolver: by the notes' index of kinds",
		"devices.migration_not_awaited":  "made by our resolver: by the notes' index of kinds, few of which have a deadline",
		"devices.serial_list_id":         "made by our resolver: serial numbers of the list by its index, devices by that of serial numbers",
		"devices.enrollment_status":      "made by our resolver: devices that called by the index of device_enrollments; the others are nearly every device, so that a walk finds them",
	}
}

func TestFiltersAreIndexed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		c := read(t, db)
		checked := 0
		for name, definition := range schema().Types {
			kind, isFilter := strings.CutSuffix(name, "WhereInput")
			if !isFilter {
				continue
			}
			table := tables()[kind]
			for _, f := range definition.Fields {
				field := f.Name
				for _, operator := range []string{"In", "IsNil", "NotNil", "GT", "GTE", "LT", "LTE", "HasPrefix"} {
					if base, cut := strings.CutSuffix(field, operator); cut {
						field = base
						break
					}
				}
				field = snake(field)
				if field == "and" || field == "or" || field == "not" || field == "id" {
					continue
				}
				checked++
				if len(c.leads(table, field)) == 0 && unserved()[table+"."+field] == "" {
					t.Errorf("%s.%s can be filtered by (%s) and no index begins with it", table, field, f.Name)
				}
			}
		}
		if checked < 10 {
			t.Errorf("only %d filters were found", checked)
		}
	})
}

func TestForeignKeysAreIndexed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		c := read(t, db)
		for _, f := range c.foreign {
			if len(c.leads(f.table, f.columns...)) == 0 {
				t.Errorf("%s.%s refers to another table and no index begins with it: whoever goes that way backwards reads all rows", f.table, f.columns[0])
			}
		}
		if len(c.foreign) < 3 {
			t.Errorf("only %d foreign keys were found", len(c.foreign))
		}
	})
}

// Each index costs every sync: none may be the beginning of another one, and devices have six at most.
func TestNoIndexTooMany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		c := read(t, db)
		for _, i := range c.indexes {
			for _, wider := range c.leads(i.table, i.columns...) {
				if wider.name != i.name && !i.unique && wider.partial == i.partial {
					t.Errorf("%s is the beginning of %s", i.name, wider.name)
				}
			}
		}
		if n := len(c.leads("devices")); n == 0 || n > 6 {
			t.Errorf("devices have %d indexes", n)
		}
	})
}
