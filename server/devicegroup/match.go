package devicegroup

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroupmember"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/seriallistentry"
)

// Match compiles a rule. Conditions on platform, ABM token, serial number and time are comparisons of whole columns, which the indexes of
// devices serve; the others look at each row. Letters A to Z match in any case, on both databases alike.
func Match(rule Rule) (predicate.Device, error) {
	if err := rule.Validate(); err != nil {
		return nil, err
	}
	return func(s *sql.Selector) { s.Where(compile(s, rule, false)) }, nil
}

// InGroup holds for the devices in the group. Of a group without a rule it asks for each device whether it is a member, which is right
// where few devices are looked at, such as a page of a sync.
func InGroup(g *ent.DeviceGroup) predicate.Device { return inGroup(g, isMember, false) }

// IsInGroup is InGroup where a statement asks about many groups, of rows that something else finds: no index serves its rules, but each value is one
// parameter, and SQLite, which compares all constants of a statement with each other when it prepares it, does not take them for such.
func IsInGroup(g *ent.DeviceGroup) predicate.Device { return inGroup(g, isMember, true) }

// AmongGroup is InGroup for queries over all devices: it goes by the list of members.
func AmongGroup(g *ent.DeviceGroup) predicate.Device { return inGroup(g, amongMembers, false) }

func inGroup(g *ent.DeviceGroup, members func(gid.ID) predicate.Device, rowByRow bool) predicate.Device {
	if !HasRule(g) {
		return members(g.ID)
	}
	rule, err := ParseRule(g.Rule)
	if err != nil { // a group of a newer version: who is in it cannot be told, so the query fails
		return func(s *sql.Selector) { s.AddError(err) }
	}
	return func(s *sql.Selector) { s.Where(compile(s, rule, rowByRow)) }
}

// HasRule tells whether a rule decides who is in the group.
func HasRule(g *ent.DeviceGroup) bool { return len(g.Rule) > 0 && string(g.Rule) != "null" }

func isMember(group gid.ID) predicate.Device {
	return func(s *sql.Selector) {
		members := sql.Dialect(s.Dialect()).SelectExpr(sql.Raw("1")).From(sql.Table(devicegroupmember.Table).As("member"))
		members.Where(sql.And(sql.EQ(members.C(devicegroupmember.FieldDeviceGroupID), group),
			sql.ColumnsEQ(members.C(devicegroupmember.FieldDeviceID), s.C(device.FieldID))))
		s.Where(sql.Exists(members))
	}
}

func amongMembers(group gid.ID) predicate.Device {
	return func(s *sql.Selector) {
		members := sql.Dialect(s.Dialect()).Select(devicegroupmember.FieldDeviceID).From(sql.Table(devicegroupmember.Table))
		s.Where(sql.In(s.C(device.FieldID), members.Where(sql.EQ(devicegroupmember.FieldDeviceGroupID, group))))
	}
}

// amongList holds for the devices of an imported list.
func amongList(list gid.ID) predicate.Device {
	return func(s *sql.Selector) {
		entries := sql.Dialect(s.Dialect()).Select(seriallistentry.FieldSerialNumber).From(sql.Table(seriallistentry.Table))
		s.Where(sql.In(s.C(device.FieldSerialNumber), entries.Where(sql.And(
			sql.EQ(seriallistentry.FieldSerialListID, list), sql.IsNull(seriallistentry.FieldProblem)))))
	}
}

// isListed is amongList for few devices.
func isListed(list gid.ID) predicate.Device {
	return func(s *sql.Selector) {
		entries := sql.Dialect(s.Dialect()).SelectExpr(sql.Raw("1")).From(sql.Table(seriallistentry.Table).As("entry"))
		entries.Where(sql.And(sql.EQ(entries.C(seriallistentry.FieldSerialListID), list),
			sql.ColumnsEQ(entries.C(seriallistentry.FieldSerialNumber), s.C(device.FieldSerialNumber)), sql.IsNull(entries.C(seriallistentry.FieldProblem))))
		s.Where(sql.Exists(entries))
	}
}

type windowsKey struct{}

// InWindows marks what reads devices some thousand at a time, such as an export: FilterByGroup and FilterByList then make conditions that cost
// the same however long the list is.
func InWindows(ctx context.Context) context.Context {
	return context.WithValue(ctx, windowsKey{}, true)
}

// FilterByGroup holds for the devices in the group, for the queries of ctx.
func FilterByGroup(ctx context.Context, g *ent.DeviceGroup) predicate.Device {
	if ctx.Value(windowsKey{}) != nil {
		return InGroup(g)
	}
	return AmongGroup(g)
}

// FilterByList holds for the devices of an imported list, for the queries of ctx. It has to be a list that FindList finds.
func FilterByList(ctx context.Context, list *ent.SerialList) predicate.Device {
	if ctx.Value(windowsKey{}) != nil {
		return isListed(list.ID)
	}
	return amongList(list.ID)
}

// compile gives the condition of a rule that is valid: one that indexes serve, or for rows that are found already (IsInGroup).
func compile(s *sql.Selector, r Rule, rowByRow bool) *sql.Predicate {
	branches := func(rules []Rule) []*sql.Predicate {
		return each(rules, func(r Rule) *sql.Predicate { return compile(s, r, rowByRow) })
	}
	switch {
	case r.All != nil:
		return join(" AND ", branches(r.All)...)
	case r.Any != nil:
		return join(" OR ", branches(r.Any)...)
	case r.Not != nil:
		return sql.Not(compile(s, *r.Not, rowByRow))
	case r.Operator == BeginsWith && rowByRow:
		return begins(s.C(meanings[r.Field].column), r)
	}
	column := s.C(meanings[r.Field].column)
	switch r.Field {
	case Platform:
		return sql.In(column, each(r.Values, func(v string) any { return strings.ToUpper(v) })...)
	case ABMToken:
		return sql.In(column, each(r.Values, func(v string) any {
			id, _ := gid.Parse(v) // Validate has read it
			return id
		})...)
	case AddedAt:
		at, _ := time.Parse(time.RFC3339, r.Values[0]) // as above
		if r.Operator == Since {
			return sql.GTE(column, at.UTC())
		}
		return sql.LT(column, at.UTC())
	case SerialNumber:
		if r.Operator == IsAnyOf {
			return sql.In(column, each(r.Values, func(v string) any { return Serial(v) })...)
		}
		return join(" OR ", each(r.Values, func(v string) *sql.Predicate { return inPrefix(column, Serial(v)) })...)
	}
	if r.Operator == IsAnyOf {
		return sql.P(func(b *sql.Builder) {
			writeLower(b, column)
			b.WriteString(" IN (").Args(each(r.Values, func(v string) any { return lower(v) })...).WriteByte(')')
		})
	}
	before := ""
	if r.Operator == Contains {
		before = "%"
	}
	return join(" OR ", each(r.Values, func(v string) *sql.Predicate {
		return sql.P(func(b *sql.Builder) {
			writeLower(b, column)
			b.WriteString(" LIKE ").Arg(before + wildcards.Replace(lower(v)) + "%").WriteString(` ESCAPE '\'`)
		})
	})...)
}

// join is sql.And or sql.Or, but always in parentheses: those leave them out around a single alternative within a single condition, so that
// what stands beside it joins in.
func join(operator string, conditions ...*sql.Predicate) *sql.Predicate {
	return sql.P(func(b *sql.Builder) {
		b.WriteByte('(')
		for i, c := range conditions {
			if i > 0 {
				b.WriteString(operator)
			}
			b.Join(c)
		}
		b.WriteByte(')')
	})
}

// begins compares the beginning of a column with all values of the same length at once.
func begins(column string, r Rule) *sql.Predicate {
	byLength := map[int][]any{}
	for _, v := range r.Values {
		if r.Field == SerialNumber {
			v = Serial(v)
		} else {
			v = lower(v)
		}
		byLength[utf8.RuneCountInString(v)] = append(byLength[utf8.RuneCountInString(v)], v)
	}
	return join(" OR ", each(slices.Sorted(maps.Keys(byLength)), func(length int) *sql.Predicate {
		return sql.P(func(b *sql.Builder) {
			b.WriteString("substr(")
			if r.Field == SerialNumber {
				b.Ident(column)
			} else {
				writeLower(b, column)
			}
			b.WriteString(", 1, " + strconv.Itoa(length) + ") IN (").Args(byLength[length]...).WriteByte(')')
		})
	})...)
}

func each[T, R any](list []T, f func(T) R) []R {
	all := make([]R, len(list))
	for i, item := range list {
		all[i] = f(item)
	}
	return all
}

// wildcards escapes what LIKE does not take as it stands.
var wildcards = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// writeLower writes the column with its letters A to Z in lower case. SQLite knows no others; PostgreSQL is kept to them by the collation,
// so that a group does not change its members with the database or the machine's language.
func writeLower(b *sql.Builder, column string) {
	b.WriteString("lower(").Ident(column)
	if b.Dialect() == dialect.Postgres {
		b.WriteString(` COLLATE "C"`)
	}
	b.WriteByte(')')
}

// lower is writeLower for a value.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// HasSerialPrefix holds for the devices whose serial number begins with the prefix, which IsSerial.
func HasSerialPrefix(prefix string) predicate.Device {
	return func(s *sql.Selector) { s.Where(inPrefix(s.C(device.FieldSerialNumber), prefix)) }
}

// SerialsBetween holds for the devices whose serial number lies between those that begin with first and those that begin with last, these included.
func SerialsBetween(first, last string) predicate.Device {
	return func(s *sql.Selector) {
		column := s.C(device.FieldSerialNumber)
		s.Where(sql.GTE(column, first))
		if bound := after(last); bound != "" {
			s.Where(sql.LT(column, bound))
		}
	}
}

// inPrefix finds serial numbers by a range, which the index serves on both databases; LIKE it would not. The bound is made of letters and
// digits only, so that it holds in every collation.
func inPrefix(column, prefix string) *sql.Predicate {
	if bound := after(prefix); bound != "" {
		return join(" AND ", sql.GTE(column, prefix), sql.LT(column, bound))
	}
	return sql.GTE(column, prefix)
}

// after is the first text that follows everything with the prefix: the prefix with its last character moved on. It is empty
// when nothing of letters and digits follows.
func after(prefix string) string {
	trimmed := strings.TrimRight(prefix, "Z")
	if trimmed == "" {
		return ""
	}
	head, last := trimmed[:len(trimmed)-1], trimmed[len(trimmed)-1]
	if last == '9' {
		return head + "A"
	}
	return head + string(last+1)
}
