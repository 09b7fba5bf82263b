package graph

import (
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// serial is a serial number as it is stored.
func serial(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }

const maxPrefix = 64

// serialPrefix finds serial numbers by a range, which the index serves on both databases; LIKE it would not. The bound is
// made of letters and digits only, so that it holds in every collation.
func serialPrefix(prefix string) (predicate.Device, error) {
	prefix = serial(prefix)
	if prefix == "" || len(prefix) > maxPrefix || strings.ContainsFunc(prefix, notSerial) {
		return nil, apperr.New(apperr.BadUserInput, "`serialNumberHasPrefix` takes 1 to %d letters and digits.", maxPrefix).WithField("where", "serialNumberHasPrefix")
	}
	return func(s *sql.Selector) {
		column := s.C(device.FieldSerialNumber)
		in := sql.GTE(column, prefix)
		if bound := after(prefix); bound != "" {
			in = sql.And(in, sql.LT(column, bound))
		}
		s.Where(in) // once: within an "or", what is added twice counts as two alternatives
	}, nil
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

func notSerial(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }
