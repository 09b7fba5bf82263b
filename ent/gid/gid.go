// Package gid is the identifier of every row: one 64-bit integer whose upper bits name the kind of object.
//
// The database keeps the integer (8 bytes in every index; SQLite's rowid itself), the API shows it as an opaque,
// prefixed string such as "dev_3k9". docs/adr/0001-identifiers.md says why.
package gid

import (
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ID identifies one row of any kind. Its zero value identifies nothing.
type ID int64

// Kind says what an ID identifies.
type Kind int64

// The kinds. Their numbers are stored in every row: they are only ever added.
const (
	ABMToken    Kind = 1
	Device      Kind = 2
	SyncRun     Kind = 3
	User        Kind = 4
	Session     Kind = 5
	APIToken    Kind = 6
	AuditEntry  Kind = 7
	Setting     Kind = 8
	SyncMark    Kind = 9
	OneTimeLink Kind = 10
	DeviceEvent Kind = 11
	DeviceCount Kind = 12

	ADEProfile             Kind = 13
	ADEProfileVersion      Kind = 14
	ADEProfileRegistration Kind = 15
	PlatformDefault        Kind = 16
	DeviceGroup            Kind = 17
	DeviceGroupMember      Kind = 18
	SerialList             Kind = 19
	SerialListEntry        Kind = 20
	AssignmentItem         Kind = 21
	AssignmentJob          Kind = 22
	AssignmentBatch        Kind = 23
	AssignmentResult       Kind = 24

	DeviceEnrollment    Kind = 25
	EnrollmentRefusal   Kind = 26
	DeviceCA            Kind = 27
	IdentityCA          Kind = 28
	IdentityCertificate Kind = 29
	SCEPChallenge       Kind = 30
	PushCertificate     Kind = 31
	MDMChannel          Kind = 32
	MDMCommand          Kind = 33
	DeviceNote          Kind = 34
	CommandBatch        Kind = 35

	OtherMDM Kind = 40
	Replica  Kind = 50
	FleetDay Kind = 51
)

// kindShift leaves 2^48 rows for a kind and 2^15 kinds.
const kindShift = 48

var prefixes = map[Kind]string{
	ABMToken: "abm", Device: "dev", SyncRun: "run", User: "usr", Session: "ses", APIToken: "api",
	AuditEntry: "aud", Setting: "set", SyncMark: "mrk", OneTimeLink: "lnk", DeviceEvent: "evt", DeviceCount: "cnt",
	ADEProfile: "pro", ADEProfileVersion: "ver", ADEProfileRegistration: "reg", PlatformDefault: "def", DeviceGroup: "grp",
	DeviceGroupMember: "mbr", SerialList: "lst", SerialListEntry: "sle", AssignmentItem: "itm", AssignmentJob: "job",
	AssignmentBatch: "bat", AssignmentResult: "res", DeviceNote: "not",
	DeviceEnrollment: "enr", EnrollmentRefusal: "rfs", DeviceCA: "dca", IdentityCA: "ica", IdentityCertificate: "crt", SCEPChallenge: "scp",
	PushCertificate: "psh", MDMChannel: "chn", MDMCommand: "cmd", CommandBatch: "cmb", OtherMDM: "omd",
	Replica: "rep", FleetDay: "day",
}

// NoProfile stands for "no ADE profile, on purpose" where a device names its own. It is the last number of the kind, which no row reaches.
const NoProfile = ID(int64(ADEProfile)<<kindShift | (1<<kindShift - 1))

// Start is the first number of the kind's rows: where the table's sequence begins.
func (k Kind) Start() int { return int(k) << kindShift }

// New makes the ID of the kind's n-th row. It is for tests: databases number rows themselves.
func New(k Kind, n int64) ID { return ID(int64(k)<<kindShift | n) }

// Kind tells what the ID identifies.
func (id ID) Kind() Kind { return Kind(id >> kindShift) }

// String is the ID's form in the API: prefix, underscore, number in base 36.
func (id ID) String() string {
	prefix, ok := prefixes[id.Kind()]
	if !ok {
		return "id_" + strconv.FormatInt(int64(id), 36)
	}
	return prefix + "_" + strconv.FormatInt(int64(id)&(1<<kindShift-1), 36)
}

// Parse reads an ID in the form that String writes.
func Parse(s string) (ID, error) {
	prefix, num, ok := strings.Cut(s, "_")
	if ok {
		n, err := strconv.ParseInt(num, 36, 64)
		if err == nil && n >= 0 && n < 1<<kindShift && strconv.FormatInt(n, 36) == num {
			for k, p := range prefixes {
				if p == prefix {
					return New(k, n), nil
				}
			}
		}
	}
	return 0, fmt.Errorf("%.40q is not an identifier of this server: identifiers look like \"dev_3k9\" and are taken from earlier answers", s)
}

// MarshalGQL writes the ID as a GraphQL string.
func (id ID) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(id.String())) }

// UnmarshalGQL reads the ID from a GraphQL string. It takes an ID too: Ent's generated Noder hands one over.
func (id *ID) UnmarshalGQL(v any) error {
	if same, ok := v.(ID); ok {
		*id = same
		return nil
	}
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("an identifier is a string, not %T", v)
	}
	parsed, err := Parse(s)
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}

// Value implements driver.Valuer.
func (id ID) Value() (driver.Value, error) { return int64(id), nil }

// Scan implements sql.Scanner.
func (id *ID) Scan(src any) error {
	switch v := src.(type) {
	case int64:
		*id = ID(v)
	case nil:
		*id = 0
	default:
		return fmt.Errorf("gid: cannot read an identifier from %T", src)
	}
	return nil
}
