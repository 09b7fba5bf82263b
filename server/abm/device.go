package abm

import (
	"encoding/json"
	"time"
)

// Device is a device as Apple describes it. Every field can be missing. Strings are as Apple wrote them; values that are
// unknown today are expected (field notes 8). Times are UTC and zero if absent.
type Device struct {
	SerialNumber string // key for everything; upper case in practice, to be compared without regard to case
	Model        string // marketing name, "iPhone 15"
	Description  string // sales text
	Color        string
	AssetTag     string
	DeviceFamily string // iPad, iPhone, iPod, Mac, AppleTV, Vision
	OS           string // iOS, iPadOS, OSX, tvOS, visionOS

	ProfileStatus        string // empty, assigned, pushed, removed; also "" for empty
	ProfileUUID          string
	ProfileAssignTime    time.Time
	ProfilePushTime      time.Time
	DeviceAssignedDate   time.Time // to this MDM server
	DeviceAssignedBy     string    // e-mail address of the administrator
	MDMMigrationDeadline time.Time // set: the next enrollment is a migration

	BluetoothMACAddress string
	WiFiMACAddress      string
	EthernetMACAddress  string
	EID                 string
	IMEI                []string
	MEID                []string

	IsReplacementDevice   bool
	ReleasedByReplacement bool

	OpType string    // added, modified, deleted; of a sync only
	OpDate time.Time // of a sync only; the newest of several events for a device counts

	ResponseStatus string // SUCCESS, NOT_ACCESSIBLE, FAILED; of DeviceDetails only

	// Extra holds, as JSON, the fields that are not above, and those above whose value is not of their type.
	Extra map[string]json.RawMessage
}

// parseDevice reads a JSON object that encoding/json has accepted already.
func parseDevice(raw []byte, words vocabulary) Device {
	var d Device
	for key, value := range members(raw) {
		if isNull(value) {
			continue
		}
		if !d.set(string(key), value, words) {
			if d.Extra == nil {
				d.Extra = map[string]json.RawMessage{}
			}
			d.Extra[text(key)] = json.RawMessage(validUTF8(value))
		}
	}
	return d
}

// set stores a known field. It reports false for an unknown one and for a value of another type.
func (d *Device) set(key string, value []byte, words vocabulary) bool {
	switch key {
	case "serial_number":
		return setText(&d.SerialNumber, value)
	case "model":
		return words.set(&d.Model, value)
	case "description":
		return words.set(&d.Description, value)
	case "color":
		return words.set(&d.Color, value)
	case "asset_tag":
		return setText(&d.AssetTag, value)
	case "device_family":
		return words.set(&d.DeviceFamily, value)
	case "os":
		return words.set(&d.OS, value)
	case "profile_status":
		return words.set(&d.ProfileStatus, value)
	case "profile_uuid":
		return words.set(&d.ProfileUUID, value)
	case "profile_assign_time":
		return setTime(&d.ProfileAssignTime, value)
	case "profile_push_time":
		return setTime(&d.ProfilePushTime, value)
	case "device_assigned_date":
		return setTime(&d.DeviceAssignedDate, value)
	case "device_assigned_by":
		return words.set(&d.DeviceAssignedBy, value)
	case "mdm_migration_deadline":
		return setTime(&d.MDMMigrationDeadline, value)
	case "bluetooth_mac_address":
		return setText(&d.BluetoothMACAddress, value)
	case "wifi_mac_address":
		return setText(&d.WiFiMACAddress, value)
	case "ethernet_mac_address":
		return setText(&d.EthernetMACAddress, value)
	case "eid":
		return setText(&d.EID, value)
	case "imei":
		return setTexts(&d.IMEI, value)
	case "meid":
		return setTexts(&d.MEID, value)
	case "is_replacement_device":
		return setBool(&d.IsReplacementDevice, value)
	case "released_by_replacement":
		return setBool(&d.ReleasedByReplacement, value)
	case "op_type":
		return words.set(&d.OpType, value)
	case "op_date":
		return setTime(&d.OpDate, value)
	case "response_status":
		return words.set(&d.ResponseStatus, value)
	}
	return false
}
