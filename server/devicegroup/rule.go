// Package devicegroup knows sets of devices: groups that devices are put into, groups that a rule fills, imported lists of serial
// numbers, and selections for a single act. Each of them becomes a condition on the table of devices, so that the database decides
// who is in it, for one device as for a million.
package devicegroup

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// What a rule may hold. Depth and breadth keep a statement below SQLite's greatest depth of an expression, 1,000; what it takes of parameters
// bounds the values of all rules together (service.go).
const (
	maxDepth      = 5
	maxBranches   = 50
	maxConditions = 100
	maxValues     = 2_000
	maxEqual      = 500 // values of IS_ANY_OF
	maxPatterns   = 50  // values of BEGINS_WITH and CONTAINS
	maxValueChars = 200
)

// Rule says which devices are in a group. Exactly one of All, Any, Not and Field is set; its JSON is what is stored.
type Rule struct {
	All []Rule `json:"all,omitempty"` // each of them holds
	Any []Rule `json:"any,omitempty"` // at least one of them holds
	Not *Rule  `json:"not,omitempty"` // it does not hold

	Field    Field    `json:"field,omitempty"`
	Operator Operator `json:"operator,omitempty"`
	Values   []string `json:"values,omitempty"`
}

// Field is what a condition is about, as the API names it.
type Field string

// The fields.
const (
	Platform     Field = "PLATFORM"
	DeviceFamily Field = "DEVICE_FAMILY"
	Model        Field = "MODEL"
	OS           Field = "OS"
	Color        Field = "COLOR"
	AssetTag     Field = "ASSET_TAG"
	SerialNumber Field = "SERIAL_NUMBER"
	ABMToken     Field = "ABM_TOKEN"
	AddedAt      Field = "ADDED_AT"
	Description  Field = "DESCRIPTION"
)

// Operator is how a condition compares, as the API names it.
type Operator string

// The operators.
const (
	IsAnyOf    Operator = "IS_ANY_OF"
	BeginsWith Operator = "BEGINS_WITH"
	Contains   Operator = "CONTAINS"
	Since      Operator = "SINCE"
	Before     Operator = "BEFORE"
)

// meaning is what is known of a field.
type meaning struct {
	column    string
	operators []Operator
	check     func(value string) string // why a value cannot be; "" if it can. nil: any text
}

var meanings = map[Field]meaning{
	Platform:     {device.FieldPlatform, []Operator{IsAnyOf}, notPlatform},
	DeviceFamily: {device.FieldDeviceFamily, []Operator{IsAnyOf, BeginsWith}, nil},
	Model:        {device.FieldModel, []Operator{IsAnyOf, BeginsWith, Contains}, nil},
	OS:           {device.FieldOs, []Operator{IsAnyOf, BeginsWith}, nil},
	Color:        {device.FieldColor, []Operator{IsAnyOf, BeginsWith, Contains}, nil},
	AssetTag:     {device.FieldAssetTag, []Operator{IsAnyOf, BeginsWith, Contains}, nil},
	SerialNumber: {device.FieldSerialNumber, []Operator{IsAnyOf, BeginsWith}, notSerial},
	ABMToken:     {device.FieldAbmTokenID, []Operator{IsAnyOf}, notToken},
	AddedAt:      {device.FieldAddedAt, []Operator{Since, Before}, notTime},
	Description:  {device.FieldDescription, []Operator{IsAnyOf, BeginsWith, Contains}, nil},
}

func notPlatform(value string) string {
	if device.PlatformValidator(device.Platform(strings.ToUpper(value))) != nil {
		return "is not a platform"
	}
	return ""
}

func notSerial(value string) string {
	if !IsSerial(Serial(value)) {
		return "is not of a serial number: those have 1 to 64 letters and digits"
	}
	return ""
}

func notToken(value string) string {
	if id, err := gid.Parse(value); err != nil || id.Kind() != gid.ABMToken {
		return "is not the identifier of an ABM token"
	}
	return ""
}

func notTime(value string) string {
	if at, err := time.Parse(time.RFC3339, value); err != nil || at.UTC().Year() < 1 || at.UTC().Year() > 9999 {
		return "is not a time such as 2026-08-01T10:11:12Z"
	}
	return ""
}

// Serial is a serial number as it is stored.
func Serial(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }

const maxSerial = 64

// IsSerial tells whether the text, in upper case, can be a serial number or the beginning of one.
func IsSerial(s string) bool {
	return s != "" && len(s) <= maxSerial && !strings.ContainsFunc(s, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') })
}

// ParseRule reads a stored rule. It refuses what this version does not know: leaving a condition out would let devices in.
func ParseRule(text json.RawMessage) (Rule, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var r Rule
	if err := decoder.Decode(&r); err != nil {
		return Rule{}, apperr.Wrap(err, apperr.Internal, "The stored rule of a device group cannot be read.")
	}
	return r, r.Validate()
}

// Validate tells what is wrong with a rule: BadUserInput, with the path to the field at fault below "rule".
func (r Rule) Validate() error {
	c := checker{}
	if err := c.rule(r, []string{"rule"}, 1); err != nil {
		return err
	}
	return nil
}

// size is how many values the rule has in all.
func (r Rule) size() int {
	n := len(r.Values)
	for _, branch := range slices.Concat(r.All, r.Any) {
		n += branch.size()
	}
	if r.Not != nil {
		n += r.Not.size()
	}
	return n
}

// checker counts what a whole rule may not have too much of.
type checker struct{ conditions, values int }

func refuse(path []string, format string, args ...any) *apperr.Error {
	return apperr.New(apperr.BadUserInput, format, args...).WithField(path...)
}

func below(path []string, names ...string) []string { return append(slices.Clip(path), names...) }

func (c *checker) rule(r Rule, path []string, depth int) *apperr.Error {
	set := 0
	for _, is := range []bool{r.All != nil, r.Any != nil, r.Not != nil, r.Field != ""} {
		if is {
			set++
		}
	}
	switch {
	case set != 1:
		return refuse(path, "A rule has one of `all`, `any`, `not` and `field`; this one has %d of them.", set)
	case depth > maxDepth:
		return refuse(path, "The rule has more than %d levels.", maxDepth)
	case r.Field != "":
		return c.condition(r, path)
	case r.Operator != "":
		return refuse(below(path, "operator"), "`operator` belongs to a condition, and this rule has no `field`.")
	case r.Values != nil:
		return refuse(below(path, "values"), "`values` belong to a condition, and this rule has no `field`.")
	case r.Not != nil:
		return c.rule(*r.Not, below(path, "not"), depth+1)
	}
	name, branches := "all", r.All
	if r.Any != nil {
		name, branches = "any", r.Any
	}
	path = below(path, name)
	if len(branches) == 0 || len(branches) > maxBranches {
		return refuse(path, "`%s` holds 1 to %d rules, not %d.", name, maxBranches, len(branches))
	}
	for i, branch := range branches {
		if err := c.rule(branch, below(path, strconv.Itoa(i)), depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) condition(r Rule, path []string) *apperr.Error {
	field, known := meanings[r.Field]
	if !known {
		return refuse(below(path, "field"), "%q is not a field of rules.", r.Field)
	}
	if !slices.Contains(field.operators, r.Operator) {
		allowed := make([]string, len(field.operators))
		for i, o := range field.operators {
			allowed[i] = string(o)
		}
		return refuse(below(path, "operator"), "%s is compared by %s.", r.Field, strings.Join(allowed, " or "))
	}
	path = below(path, "values")
	most := map[Operator]int{IsAnyOf: maxEqual, BeginsWith: maxPatterns, Contains: maxPatterns, Since: 1, Before: 1}[r.Operator]
	if len(r.Values) == 0 || len(r.Values) > most {
		return refuse(path, "%s takes 1 to %d values, not %d.", r.Operator, most, len(r.Values))
	}
	for i, value := range r.Values {
		if why := wrong(field, r.Operator, value); why != "" {
			return refuse(below(path, strconv.Itoa(i)), "The value %.60q %s.", value, why)
		}
	}
	c.conditions++
	c.values += len(r.Values)
	switch {
	case c.conditions > maxConditions:
		return refuse(path, "The rule has more than %d conditions.", maxConditions)
	case c.values > maxValues:
		return refuse(path, "The conditions of the rule have more than %d values in all.", maxValues).
			WithHint("Put the devices into a group without a rule: it takes a list of serial numbers of any length.")
	}
	return nil
}

// wrong tells why a value cannot be; "" if it can.
func wrong(field meaning, operator Operator, value string) string {
	switch {
	case !utf8.ValidString(value) || strings.ContainsRune(value, 0):
		return "holds characters that are no text"
	case utf8.RuneCountInString(value) > maxValueChars:
		return "has more than " + strconv.Itoa(maxValueChars) + " characters"
	case value == "" && (operator == BeginsWith || operator == Contains):
		return "is empty: every device has that"
	case field.check != nil:
		return field.check(value)
	}
	return ""
}
