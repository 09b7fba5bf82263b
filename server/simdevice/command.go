package simdevice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/micromdm/plist"
)

// command is what a server sends.
type command struct {
	UUID    string `plist:"CommandUUID"`
	Command struct {
		RequestType string   `plist:"RequestType"`
		Queries     []string `plist:"Queries"`
		Payload     []byte   `plist:"Payload"`
		Identifier  string   `plist:"Identifier"`
		PIN         string   `plist:"PIN"`
		Message     string   `plist:"Message"`
	} `plist:"Command"`
}

// installed is a profile that the device has.
type installed struct{ identifier, name string }

// errWiped ends what the device does: it was erased.
var errWiped = errors.New("the device was erased")

// maxCommands of one connection: a server that never ends is a failure.
const maxCommands = 1000

// Connect says that the device is idle and carries out what it is told, until there is nothing more. again tells that it answered NotNow last: it
// looks again by itself then.
func (d *Device) Connect(ctx context.Context) (again bool, err error) {
	message := map[string]any{"Status": "Idle"}
	for range maxCommands {
		message["UDID"] = d.UDID
		var text []byte
		err := d.step(StepCommand, func() (err error) {
			text, err = d.send(ctx, d.Profile.ServerURL, typeCommand, message)
			return err
		})
		if err != nil {
			return false, err
		}
		if d.renewed != nil {
			profile := d.renewed
			d.renewed = nil
			identity, err := d.identityFrom(ctx, profile)
			if err != nil {
				return false, err
			}
			d.Profile, d.identity = profile, identity
		}
		if len(text) == 0 {
			return message["Status"] == "NotNow", nil
		}
		var c command
		if err := plist.Unmarshal(text, &c); err != nil || c.UUID == "" || c.Command.RequestType == "" {
			return false, fail(StepCommand, "a command that cannot be read", err)
		}
		status := d.carryOut(&c)
		if status == nil { // the connection ends without an answer
			return true, nil
		}
		message = status
		message["CommandUUID"] = c.UUID
		if c.Command.RequestType == "EraseDevice" && status["Status"] == "Acknowledged" {
			message["UDID"] = d.UDID
			_, err := d.send(ctx, d.Profile.ServerURL, typeCommand, message)
			d.Wipe()
			return false, errors.Join(errWiped, err)
		}
	}
	return false, fail(StepCommand, "commands without end", nil)
}

// carryOut is the answer to a command; nil: none.
func (d *Device) carryOut(c *command) map[string]any {
	kind := c.Command.RequestType
	answer := map[string]any{"Status": "Acknowledged"}
	if time.Since(d.enrolledAt) < d.Busy {
		return map[string]any{"Status": "NotNow"}
	}
	if kind != "DeviceConfigured" {
		switch draw := d.rng.Float64(); {
		case draw < d.Never:
			return nil
		case draw < d.Never+d.Error:
			return failed("MCMDMErrorDomain", 12021, "The device could not do that.")
		case draw < d.Never+d.Error+d.NotNow:
			return map[string]any{"Status": "NotNow"}
		}
	}
	switch kind {
	case "DeviceInformation":
		answer["QueryResponses"] = d.information(c.Command.Queries)
	case "SecurityInfo":
		answer["SecurityInfo"] = map[string]any{"HardwareEncryptionCaps": 3, "PasscodePresent": true, "PasscodeCompliant": true, "PasscodeCompliantWithProfiles": true}
	case "ProfileList":
		list := []map[string]any{}
		for _, p := range append([]installed{{"com.guardmdm.enrollment", "Device management"}}, d.profiles...) {
			list = append(list, map[string]any{"PayloadIdentifier": p.identifier, "PayloadDisplayName": p.name, "PayloadUUID": uuid(), "PayloadVersion": 1, "IsManaged": true})
		}
		answer["ProfileList"] = list
	case "InstallProfile":
		var p payload
		if err := plist.Unmarshal(unsigned(c.Command.Payload), &p); err != nil || p.Identifier == "" {
			return failed("MCInstallationErrorDomain", 4001, "The profile is not valid.")
		}
		d.profiles = slices.DeleteFunc(d.profiles, func(i installed) bool { return i.identifier == p.Identifier }) // the same one is replaced
		d.profiles = append(d.profiles, installed{p.Identifier, p.DisplayName})
		if renewed, err := ParseProfile(c.Command.Payload); err == nil && d.Profile != nil && renewed.Topic == d.Profile.Topic && renewed.ServerURL == d.Profile.ServerURL {
			d.renewed = renewed // its identity is fetched once the answer is sent
		}
	case "RemoveProfile":
		i := slices.IndexFunc(d.profiles, func(p installed) bool { return p.identifier == c.Command.Identifier })
		if i >= 0 {
			d.profiles = slices.Delete(d.profiles, i, i+1)
			return answer
		}
		return failed("MCMDMErrorDomain", 12075, fmt.Sprintf("There is no profile %q.", c.Command.Identifier))
	case "DeviceConfigured":
		d.awaiting = false
	case "DeviceLock":
		if d.isMac() && len(c.Command.PIN) != 6 {
			return failed("MCMDMErrorDomain", 12008, "The PIN has to have six digits.")
		}
		if c.Command.Message != "" && !d.isMac() {
			answer["MessageResult"] = "Success"
		}
	case "InstalledApplicationList":
		answer["InstalledApplicationList"] = []map[string]any{
			{"Identifier": "com.apple.Pages", "Name": "Pages", "Version": "14.4", "BundleSize": 634_000_000},
			{"Identifier": "com.example.timetable", "Name": "Timetable", "Version": "3.2", "BundleSize": 48_000_000},
		}
	case "CertificateList":
		answer["CertificateList"] = []map[string]any{}
	case "RestartDevice", "EraseDevice", "AccountConfiguration", "Settings", "ShutDownDevice":
	default:
		return failed("MCMDMErrorDomain", 12021, fmt.Sprintf("%s is not a command of this device.", kind))
	}
	return answer
}

func failed(domain string, code int, text string) map[string]any {
	return map[string]any{"Status": "Error", "ErrorChain": []map[string]any{
		{"ErrorCode": code, "ErrorDomain": domain, "LocalizedDescription": text, "USEnglishDescription": text},
	}}
}

// information answers the queries that devices know.
func (d *Device) information(queries []string) map[string]any {
	known := map[string]any{
		"UDID": d.UDID, "SerialNumber": d.SerialNumber, "OSVersion": d.OSVersion, "BuildVersion": d.Build, "ProductName": d.Product, "Model": d.Product, "ModelName": d.Model,
		"DeviceName": d.Model + " " + d.SerialNumber[max(0, len(d.SerialNumber)-4):], "IsSupervised": true, "DeviceCapacity": 128.0, "AvailableDeviceCapacity": 96.5,
		"AwaitingConfiguration": d.awaiting, "BatteryLevel": 0.87, "WiFiMAC": "a4:83:e7:00:00:01", "IsMDMLostModeEnabled": false,
	}
	if len(queries) == 0 {
		return known
	}
	answers := map[string]any{}
	for _, q := range queries {
		if value, ok := known[q]; ok {
			answers[q] = value
		}
	}
	return answers
}
