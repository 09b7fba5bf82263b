package simabm

import (
	"slices"
	"strings"
	"time"
)

// Device is a device with Apple's JSON names at the newest protocol version. Times are UTC and whole seconds; a zero
// time is absent. OpType and OpDate are empty outside of sync answers.
type Device struct {
	SerialNumber          string    `json:"serial_number"`
	Model                 string    `json:"model,omitempty"`
	Description           string    `json:"description,omitempty"`
	Color                 string    `json:"color,omitempty"`
	AssetTag              string    `json:"asset_tag,omitempty"`
	DeviceFamily          string    `json:"device_family,omitempty"`
	OS                    string    `json:"os,omitempty"`
	ProfileStatus         string    `json:"profile_status,omitempty"`
	ProfileUUID           string    `json:"profile_uuid,omitempty"`
	ProfileAssignTime     time.Time `json:"profile_assign_time,omitzero"`
	ProfilePushTime       time.Time `json:"profile_push_time,omitzero"`
	DeviceAssignedDate    time.Time `json:"device_assigned_date,omitzero"`
	DeviceAssignedBy      string    `json:"device_assigned_by,omitempty"`
	OpType                string    `json:"op_type,omitempty"`
	OpDate                time.Time `json:"op_date,omitzero"`
	MDMMigrationDeadline  time.Time `json:"mdm_migration_deadline,omitzero"`
	WiFiMACAddress        string    `json:"wifi_mac_address,omitempty"`
	BluetoothMACAddress   string    `json:"bluetooth_mac_address,omitempty"`
	EthernetMACAddress    string    `json:"ethernet_mac_address,omitempty"`
	EID                   string    `json:"eid,omitempty"`
	IMEI                  []string  `json:"imei,omitempty"`
	MEID                  []string  `json:"meid,omitempty"`
	IsReplacementDevice   bool      `json:"is_replacement_device,omitempty"`
	ReleasedByReplacement bool      `json:"released_by_replacement,omitempty"`
}

// device spells a record out.
func (f *fleet) device(i uint32) Device {
	r := &f.records[i]
	v := f.variants[r.variant]
	_, replaces := f.replacements[i]
	d := Device{
		SerialNumber: r.serial.String(), Model: v.model, Description: v.description, Color: v.color,
		AssetTag: f.texts[r.assetTag], DeviceFamily: v.family, OS: v.os,
		ProfileStatus: f.texts[r.status], ProfileUUID: f.texts[r.profile],
		ProfileAssignTime: unix(r.profileAt), ProfilePushTime: unix(r.pushedAt),
		DeviceAssignedDate: unix(r.assignedAt), DeviceAssignedBy: f.texts[r.assignedBy],
		MDMMigrationDeadline:  unix(f.deadlines[i]),
		WiFiMACAddress:        string(appendMAC(nil, i, 0)),
		BluetoothMACAddress:   string(appendMAC(nil, i, 1)),
		IsReplacementDevice:   replaces,
		ReleasedByReplacement: r.replaced,
	}
	if v.traits&traitEthernet != 0 {
		d.EthernetMACAddress = string(appendMAC(nil, i, 2))
	}
	if v.traits&traitCellular != 0 {
		d.EID = string(appendEID(nil, i))
		d.IMEI = []string{string(appendIMEI(nil, i, 0)), string(appendIMEI(nil, i, 1))}
	}
	return d
}

// update writes what an administrator or Apple can change back to the record; the serial number and the numbers made
// from the hardware stay.
func (f *fleet) update(i uint32, d Device) {
	r := &f.records[i]
	r.variant = f.variantID(variant{d.Model, d.Description, d.Color, d.DeviceFamily, d.OS, f.variants[r.variant].traits})
	r.assetTag = f.text(d.AssetTag)
	r.status = f.text(d.ProfileStatus)
	r.profile = f.text(strings.ToUpper(d.ProfileUUID))
	r.profileAt = seconds(d.ProfileAssignTime)
	r.pushedAt = seconds(d.ProfilePushTime)
	r.assignedAt = seconds(d.DeviceAssignedDate)
	r.assignedBy = f.text(d.DeviceAssignedBy)
	delete(f.deadlines, i)
	if !d.MDMMigrationDeadline.IsZero() {
		f.deadlines[i] = seconds(d.MDMMigrationDeadline)
	}
}

func unix(sec uint32) time.Time {
	if sec == 0 {
		return time.Time{}
	}
	return time.Unix(int64(sec), 0).UTC()
}

func seconds(t time.Time) uint32 {
	if t.IsZero() {
		return 0
	}
	return uint32(t.Unix())
}

func sortBySerial(devices []Device) {
	slices.SortFunc(devices, func(a, b Device) int { return strings.Compare(a.SerialNumber, b.SerialNumber) })
}

// The hardware numbers are made from the device's number: unique, plausible, and nothing to store.

// appendIMEI makes 15 digits with a right check digit; slot 1 is the second SIM.
func appendIMEI(b []byte, i uint32, slot uint32) []byte {
	start := len(b)
	b = append(b, "35"...)
	b = appendDigits(b, uint64(328900+slot*100+i/1_000_000), 6)
	b = appendDigits(b, uint64(i%1_000_000), 6)
	sum := 0
	for k, c := range b[start:] {
		n := int(c - '0')
		if k%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return append(b, byte('0'+(10-sum%10)%10))
}

func appendEID(b []byte, i uint32) []byte {
	return appendDigits(append(b, "89049032"...), uint64(i), 24)
}

func appendDigits(b []byte, n uint64, width int) []byte {
	start := len(b)
	for range width {
		b = append(b, '0')
	}
	for k := start + width - 1; n > 0 && k >= start; k-- {
		b[k] = byte('0' + n%10)
		n /= 10
	}
	return b
}

func appendMAC(b []byte, i uint32, port uint32) []byte {
	const hex = "0123456789ABCDEF"
	n := i*3 + port
	b = append(b, "A4:83"...)
	for shift := 24; shift >= 0; shift -= 8 {
		octet := byte(n >> shift)
		b = append(b, ':', hex[octet>>4], hex[octet&15])
	}
	return b
}
