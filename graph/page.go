package graph

import (
	"strings"
	"time"
	"unicode/utf8"

	"entgo.io/contrib/entgql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
)

const (
	defaultPage = 50
	maxPage     = 200
	maxNodes    = 100
)

type cursor = entgql.Cursor[gid.ID]

// window checks what says which page is wanted, and sets the default size: entgql itself has no limit, and no `first` means
// the whole table. The rows are of the kind, in an order by values like example (nil: by identifier).
func window(kind gid.Kind, example ent.Value, after, before *cursor, first, last *int) (*int, *int, error) {
	if err := positions(kind, example, after, before); err != nil {
		return nil, nil, err
	}
	for _, arg := range []struct {
		name string
		n    *int
	}{{"first", first}, {"last", last}} {
		if arg.n != nil && (*arg.n < 0 || *arg.n > maxPage) {
			return nil, nil, apperr.New(apperr.BadUserInput, "`%s` is %d; a page holds 0 to %d rows.", arg.name, *arg.n, maxPage).
				WithHint("Ask for the following pages with `after`: pageInfo.endCursor.").WithField(arg.name)
		}
	}
	if first != nil && last != nil {
		return nil, nil, apperr.New(apperr.BadUserInput, "`first` and `last` cannot be combined.").WithHint("Use `first` with `after`, or `last` with `before`.")
	}
	if first == nil && last == nil {
		n := defaultPage
		first = &n
	}
	return first, last, nil
}

// positions checks that the cursors are of this list and order. A cursor holds the row's value, so one of another order would
// compare apples with pears: without a word on SQLite, with a database error on PostgreSQL.
func positions(kind gid.Kind, example ent.Value, after, before *cursor) error {
	for _, arg := range []struct {
		name string
		c    *cursor
	}{{"after", after}, {"before", before}} {
		if arg.c != nil && (arg.c.ID.Kind() != kind || !orderable(arg.c.Value, example)) {
			return apperr.New(apperr.BadUserInput, "`%s` is not a position in this list and this order.", arg.name).
				WithHint("Take cursors from an answer with the same `orderBy`: pageInfo.endCursor.").WithField(arg.name)
		}
	}
	return nil
}

// orderable reports whether both databases can compare the value with the column: cursors are not signed, so anything can
// stand in them.
func orderable(value, example ent.Value) bool {
	switch v := value.(type) {
	case nil:
		return example == nil
	case string:
		_, ok := example.(string)
		return ok && utf8.ValidString(v) && !strings.ContainsRune(v, 0)
	case time.Time:
		_, ok := example.(time.Time)
		return ok && 1 <= v.Year() && v.Year() <= 9999
	}
	return false
}

// deviceOrder is an example of the values that devices are ordered by; nil for identifiers.
func deviceOrder(o *ent.DeviceOrder) ent.Value {
	if o == nil {
		return nil
	}
	if byDeadline(o) {
		return time.Time{}
	}
	example, _ := o.Field.Value(&ent.Device{}) // cannot fail: it reads the struct
	return example
}

// syncRunOrder is deviceOrder for runs.
func syncRunOrder(o *ent.SyncRunOrder) ent.Value {
	if o == nil {
		return nil
	}
	example, _ := o.Field.Value(&ent.SyncRun{})
	return example
}
