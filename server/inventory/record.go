// Package inventory decides and stores what Apple's device records mean for our rows.
//
// Apple's records are merged by rules that are pure functions here (Fold, decide) and tested as such; Apply runs them for one
// page inside the caller's transaction, so that rows, counters and cursor of a page are stored together or not at all.
package inventory

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/abm"
)

// Operations of Apple's change stream. A full fetch has none: its records are snapshots.
const (
	opNone    = ""
	opDeleted = "deleted"
)

// Record is one device as Apple described it, in the shape of our row.
type Record struct {
	attributes
	op       string    // Apple's op_type; empty in a full fetch
	opAt     time.Time // Apple's op_date; zero when absent
	replaced bool      // it is deleted because Apple exchanged it for another
}

// attributes are the columns that Apple's description of a device decides. It is comparable: two equal values mean that
// nothing changed.
type attributes struct {
	SerialNumber           string
	Model                  string
	Description            string
	Color                  string
	AssetTag               string
	DeviceFamily           string
	OS                     string
	Platform               device.Platform
	AppleProfileUUID       string
	AppleProfileStatus     string
	AppleProfileAssignedAt timestamp
	AppleProfilePushedAt   timestamp
	DeviceAssignedAt       timestamp
	DeviceAssignedBy       string
	MDMMigrationDeadline   timestamp
	AppleExtra             string
}

// FromApple gives the record of a device of a page. ok is false for one without a serial number: there is nothing to keep
// it under.
func FromApple(d abm.Device) (r Record, ok bool) {
	serial := strings.ToUpper(strings.TrimSpace(d.SerialNumber))
	if serial == "" {
		return Record{}, false
	}
	status := d.ProfileStatus
	if status == "" {
		status = "empty" // real answers hold "" where the documentation says "empty"
	}
	return Record{
		attributes: attributes{
			SerialNumber: serial, Model: d.Model, Description: d.Description, Color: d.Color, AssetTag: d.AssetTag,
			DeviceFamily: d.DeviceFamily, OS: d.OS, Platform: PlatformOf(d.DeviceFamily, d.OS),
			AppleProfileUUID: abm.PlainUUID(d.ProfileUUID), AppleProfileStatus: status,
			AppleProfileAssignedAt: at(d.ProfileAssignTime), AppleProfilePushedAt: at(d.ProfilePushTime),
			DeviceAssignedAt: at(d.DeviceAssignedDate), DeviceAssignedBy: d.DeviceAssignedBy,
			MDMMigrationDeadline: at(d.MDMMigrationDeadline), AppleExtra: extra(d),
		},
		op: d.OpType, opAt: d.OpDate, replaced: d.ReleasedByReplacement,
	}, true
}

// extra keeps what has no column of its own: a JSON object with sorted keys, so that equal content is equal text.
func extra(d abm.Device) string {
	members := make([]member, 0, 8)
	text := func(key, value string) {
		if value != "" {
			members = append(members, member{key, quoted(value)})
		}
	}
	list := func(key string, values []string) {
		if len(values) == 0 {
			return
		}
		items := make([]string, len(values))
		for i, v := range values {
			items[i] = quoted(v)
		}
		members = append(members, member{key, "[" + strings.Join(items, ",") + "]"})
	}
	text("bluetooth_mac_address", d.BluetoothMACAddress)
	text("eid", d.EID)
	text("ethernet_mac_address", d.EthernetMACAddress)
	list("imei", d.IMEI)
	if d.IsReplacementDevice {
		members = append(members, member{"is_replacement_device", "true"})
	}
	list("meid", d.MEID)
	text("wifi_mac_address", d.WiFiMACAddress)
	for key, raw := range d.Extra {
		if key != "response_status" { // of the details call, not of the device
			members = append(members, member{key, string(raw)})
		}
	}
	if len(members) == 0 {
		return ""
	}
	slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.key, b.key) })
	var b strings.Builder
	separator := byte('{')
	for _, m := range members {
		b.WriteByte(separator)
		separator = ','
		b.WriteString(quoted(m.key))
		b.WriteByte(':')
		b.WriteString(m.value)
	}
	b.WriteByte('}')
	return b.String()
}

type member struct{ key, value string }

// quoted is s as a JSON string. Nearly all of Apple's values are plain ASCII, which needs no encoder.
func quoted(s string) string {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c >= 0x7f || c == '"' || c == '\\' {
			text, _ := json.Marshal(s) // a string always has a JSON form
			return string(text)
		}
	}
	return `"` + s + `"`
}

// Platforms are all that a device can be of.
func Platforms() []device.Platform {
	return []device.Platform{
		device.PlatformIOS, device.PlatformIPadOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS, device.PlatformWatchOS,
		device.PlatformUnknown,
	}
}

// PlatformOf derives the platform. The family decides, because it is stable over protocol versions; the operating system
// is asked only when there is no family. A family we do not know is UNKNOWN, never the iPhone's platform.
func PlatformOf(family, os string) device.Platform {
	switch family {
	case "iPhone", "iPod":
		return device.PlatformIOS
	case "iPad":
		return device.PlatformIPadOS
	case "Mac":
		return device.PlatformMacOS
	case "AppleTV":
		return device.PlatformTvOS
	case "Vision":
		return device.PlatformVisionOS
	case "Watch":
		return device.PlatformWatchOS
	case "":
	default:
		return device.PlatformUnknown
	}
	switch os {
	case "iOS":
		return device.PlatformIOS
	case "iPadOS":
		return device.PlatformIPadOS
	case "OSX", "macOS":
		return device.PlatformMacOS
	case "tvOS":
		return device.PlatformTvOS
	case "visionOS":
		return device.PlatformVisionOS
	case "watchOS":
		return device.PlatformWatchOS
	}
	return device.PlatformUnknown
}

// Fold keeps one record per serial number of pages that follow each other, sorted by it: of several events the one with the newest op_date wins (Apple's
// rule), of equally old ones a deletion, else the later. Sorting makes concurrent writers lock rows in one order. The records
// themselves are not copied about: they are large.
func Fold(pages ...[]Record) []*Record {
	n := 0
	for _, records := range pages {
		n += len(records)
	}
	newest := make(map[string]*Record, n)
	for _, records := range pages {
		for i := range records {
			r := &records[i]
			if seen := newest[r.SerialNumber]; seen == nil || supersedes(r, seen) {
				newest[r.SerialNumber] = r
			}
		}
	}
	return slices.SortedFunc(maps.Values(newest), func(a, b *Record) int { return strings.Compare(a.SerialNumber, b.SerialNumber) })
}

func supersedes(later, earlier *Record) bool {
	if c := later.opAt.Compare(earlier.opAt); c != 0 {
		return c > 0
	}
	return later.op == opDeleted || earlier.op != opDeleted
}
