// Package role names what people and API tokens may do.
package role

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Role is what a caller may do; each role includes the ones before it. The zero Role may do nothing.
type Role string

// The roles.
const (
	Viewer   Role = "VIEWER"   // reads everything but secrets
	Operator Role = "OPERATOR" // everything but ABM tokens, people, API tokens and settings
	Admin    Role = "ADMIN"    // everything
)

var ascending = []Role{Viewer, Operator, Admin}

// Values implements ent's EnumValues.
func (Role) Values() []string { return []string{string(Admin), string(Operator), string(Viewer)} }

// Parse reads a role's name, in any case.
func Parse(s string) (Role, error) {
	if r := Role(strings.ToUpper(s)); r.rank() > 0 {
		return r, nil
	}
	return "", fmt.Errorf("%q is not a role: use admin, operator or viewer", s)
}

func (r Role) rank() int {
	for i, known := range ascending {
		if r == known {
			return i + 1
		}
	}
	return 0
}

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return r.rank() > 0 }

// Includes reports whether r may do what needs at least min.
func (r Role) Includes(min Role) bool { return r.Valid() && r.rank() >= min.rank() }

// MarshalGQL writes the role.
func (r Role) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(r))) }

// UnmarshalGQL reads a role.
func (r *Role) UnmarshalGQL(v any) error {
	s, _ := v.(string)
	if !Role(s).Valid() {
		return fmt.Errorf("%v is not a Role", v)
	}
	*r = Role(s)
	return nil
}
