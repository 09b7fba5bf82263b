// Package inventory decides and stores what Apple's device records mean for our rows.
//
// Apple's records are merged by rules that are pure functions here (fold, decide) and tested as such; Apply runs them for one
// page inside the caller's transaction, so that rows, counters and cursor of a page are stored together or not at all.
package inventory

import (
	"encoding/json"
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
	op   string    // Apple's op_type; empty in a full fetch
	opAt time.Time // Apple's op_date; zero when absent
}

// attributes are the columns that Apple's description of a device decides. It is comparable: two equal values mean that
// nothing changed.
type attributes struct {
	SerialNumber           string          `json:"serial_number"`
	Model                  string          `json:"model"`
	Description            string          `json:"description"`
	Color                  string          `json:"color"`
	AssetTag               string          `json:"asset_tag"`
	DeviceFamily           string          `json:"device_family"`
	OS                     string          `json:"os"`
	Platform               device.Platform `json:"platform"`
	AppleProfileUUID       string          `json:"apple_profile_uuid"`
	AppleProfileStatus     string          `json:"apple_profile_status"`
	AppleProfileAssignedAt timestamp       `json:"apple_profile_assigned_at"`
	AppleProfilePushedAt   timestamp       `json:"apple_profile_pushed_at"`
	DeviceAssignedAt       timestamp       `json:"device_assigned_at"`
	DeviceAssignedBy       string          `json:"device_assigned_by"`
	MDMMigrationDeadline   timestamp       `json:"mdm_migration_deadline"`
	AppleExtra             string          `json:"apple_extra"`
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
			AppleProfileUUID: d.ProfileUUID, AppleProfileStatus: status,
			AppleProfileAssignedAt: at(d.ProfileAssignTime), AppleProfilePushedAt: at(d.ProfilePushTime),
			DeviceAssignedAt: at(d.DeviceAssignedDate), DeviceAssignedBy: d.DeviceAssignedBy,
			MDMMigrationDeadline: at(d.MDMMigrationDeadline), AppleExtra: extra(d),
		},
		op: d.OpType, opAt: d.OpDate,
	}, true
}

// extra keeps what has no column of its own, as canonical JSON so that equal content is equal text.
func extra(d abm.Device) string {
	m := make(map[string]json.RawMessage, len(d.Extra))
	for k, v := range d.Extra {
		if k != "response_status" {
			m[k] = v
		}
	}
	set := func(key string, present bool, v any) {
		if present {
			m[key], _ = json.Marshal(v)
		}
	}
	set("bluetooth_mac_address", d.BluetoothMACAddress != "", d.BluetoothMACAddress)
	set("wifi_mac_address", d.WiFiMACAddress != "", d.WiFiMACAddress)
	set("ethernet_mac_address", d.EthernetMACAddress != "", d.EthernetMACAddress)
	set("eid", d.EID != "", d.EID)
	set("imei", len(d.IMEI) > 0, d.IMEI)
	set("meid", len(d.MEID) > 0, d.MEID)
	set("is_replacement_device", d.IsReplacementDevice, true)
	if len(m) == 0 {
		return ""
	}
	text, err := json.Marshal(m)
	if err != nil { // a raw value that is not JSON cannot come out of the decoder
		return ""
	}
	return string(text)
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

// fold keeps one record per serial number, sorted by it: of several events the one with the newest op_date wins (Apple's
// rule), of equally old ones a deletion, else the later. Sorting makes concurrent writers lock rows in one order.
func fold(records []Record) []Record {
	newest := make(map[string]int, len(records))
	for i, r := range records {
		j, seen := newest[r.SerialNumber]
		if !seen || supersedes(r, records[j]) {
			newest[r.SerialNumber] = i
		}
	}
	folded := make([]Record, 0, len(newest))
	for _, i := range newest {
		folded = append(folded, records[i])
	}
	slices.SortFunc(folded, func(a, b Record) int { return strings.Compare(a.SerialNumber, b.SerialNumber) })
	return folded
}

func supersedes(later, earlier Record) bool {
	if c := later.opAt.Compare(earlier.opAt); c != 0 {
		return c > 0
	}
	return later.op == opDeleted || earlier.op != opDeleted
}
