package mdm

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/cms"
)

// Kind is a command that people can send.
type Kind string

// The commands that people can send.
const (
	DeviceInformation Kind = "DEVICE_INFORMATION"
	ProfileList       Kind = "PROFILE_LIST"
	InstallProfile    Kind = "INSTALL_PROFILE"
	RemoveProfile     Kind = "REMOVE_PROFILE"
	DeviceLock        Kind = "DEVICE_LOCK"
	RestartDevice     Kind = "RESTART_DEVICE"
	EraseDevice       Kind = "ERASE_DEVICE"
	Raw               Kind = "RAW"
)

// Command is what somebody sends. A parameter of another command than Kind is an error.
type Command struct {
	Kind              Kind
	Profile           []byte // InstallProfile: a configuration profile, signed or not
	ProfileIdentifier string // RemoveProfile
	PIN               string // DeviceLock and EraseDevice, on a Mac
	Message           string // DeviceLock
	PhoneNumber       string // DeviceLock
	Plist             []byte // Raw: a property list in XML or binary
}

const (
	maxProfile = 512 << 10 // in Base64 it has to fit into a request of the API
	maxMessage = 500
	maxPhone   = 50
	maxName    = 255
)

// prepared is a command that was checked.
type prepared struct {
	requestType string
	title       string
	command     map[string]any
	erases      bool // it cannot be undone
	needsPIN    bool // on a Mac, and has none
}

var pinForm = regexp.MustCompile(`^[0-9]{6}$`)

// prepare checks a command. own is the identifier of the enrollment profile: without it a device is not managed any more. Errors: BadUserInput.
func prepare(c Command, own string) (p prepared, err error) {
	if err := c.noOtherParameters(); err != nil {
		return p, err
	}
	set := func(requestType string, parameters map[string]any) {
		p.requestType, p.command = requestType, map[string]any{"RequestType": requestType}
		for name, value := range parameters {
			if value != "" {
				p.command[name] = value
			}
		}
	}
	switch c.Kind {
	case DeviceInformation:
		set("DeviceInformation", map[string]any{"Queries": asked})
	case ProfileList:
		set("ProfileList", nil)
	case InstallProfile:
		if p.title, err = readProfile(c.Profile); err != nil {
			return p, err
		}
		set("InstallProfile", map[string]any{"Payload": c.Profile})
	case RemoveProfile:
		if p.title = strings.TrimSpace(c.ProfileIdentifier); p.title == "" || utf8.RuneCountInString(p.title) > maxName {
			return p, apperr.New(apperr.BadUserInput, "A profile's identifier has 1 to %d characters.", maxName).WithField("profileIdentifier").
				WithHint("ProfileList tells which profiles a device has.")
		}
		set("RemoveProfile", map[string]any{"Identifier": p.title})
	case DeviceLock, EraseDevice:
		if c.PIN != "" && !pinForm.MatchString(c.PIN) {
			return p, apperr.New(apperr.BadUserInput, "A Mac's PIN has 6 digits.").WithField("pin")
		}
		for field, text := range map[string]struct {
			value string
			most  int
		}{"message": {c.Message, maxMessage}, "phoneNumber": {c.PhoneNumber, maxPhone}} {
			if n := utf8.RuneCountInString(text.value); n > text.most {
				return p, apperr.New(apperr.BadUserInput, "`%s` has %d characters; at most %d are shown.", field, n, text.most).WithField(field)
			}
		}
		if c.Kind == EraseDevice {
			set("EraseDevice", map[string]any{"PIN": c.PIN})
			break
		}
		set("DeviceLock", map[string]any{"PIN": c.PIN, "Message": c.Message, "PhoneNumber": c.PhoneNumber})
		p.needsPIN = c.PIN == ""
	case RestartDevice:
		set("RestartDevice", nil)
	case Raw:
		if p.command, err = readRaw(c.Plist); err != nil {
			return p, err
		}
		p.requestType = p.command["RequestType"].(string)
	default:
		return p, apperr.New(apperr.BadUserInput, "%.64q is no command.", string(c.Kind)).WithField("command")
	}
	if p.requestType == "RemoveProfile" && p.command["Identifier"] == own {
		return p, apperr.New(apperr.BadUserInput, "%q is the enrollment profile: without it a device is not managed any more.", own).
			WithField(c.field()).WithHint("To end the management of a device, erase it.")
	}
	p.erases = c.Kind == EraseDevice || c.Kind == Raw && holdsErase(p.command, 0)
	return p, nil
}

// field is the input field that the command's content comes in.
func (c Command) field() string {
	switch c.Kind {
	case InstallProfile:
		return "profileBase64"
	case RemoveProfile:
		return "profileIdentifier"
	case Raw:
		return "rawBase64"
	}
	return "command"
}

func (c Command) noOtherParameters() error {
	isLock := c.Kind == DeviceLock
	for _, p := range []struct {
		field    string
		is, fits bool
	}{
		{"profileBase64", len(c.Profile) > 0, c.Kind == InstallProfile}, {"profileIdentifier", c.ProfileIdentifier != "", c.Kind == RemoveProfile},
		{"pin", c.PIN != "", isLock || c.Kind == EraseDevice}, {"message", c.Message != "", isLock}, {"phoneNumber", c.PhoneNumber != "", isLock},
		{"rawBase64", len(c.Plist) > 0, c.Kind == Raw},
	} {
		if p.is && !p.fits {
			return apperr.New(apperr.BadUserInput, "`%s` does not belong to %.64s.", p.field, c.Kind).WithField(p.field).WithHint("Leave it out.")
		}
	}
	return nil
}

// asked is what DeviceInformation asks for when somebody sends it.
var asked = []string{
	"DeviceName", "OSVersion", "BuildVersion", "ModelName", "Model", "ProductName", "SerialNumber", "UDID", "IsSupervised", "DeviceCapacity",
	"AvailableDeviceCapacity", "BatteryLevel", "WiFiMAC", "AwaitingConfiguration", "IsMDMLostModeEnabled",
}

// readPlist reads a property list from outside, in XML or binary.
func readPlist(b []byte) (value any, err error) {
	if bytes.HasPrefix(b, []byte("bplist00")) {
		return readBinaryPlist(b)
	}
	if err := checkPlist(b); err != nil {
		return nil, err
	}
	err = plist.Unmarshal(b, &value)
	return value, err
}

// readProfile checks a configuration profile, and says what it is. Whether its signature is right, the device judges.
func readProfile(file []byte) (title string, err error) {
	refuse := func(cause error, format string, args ...any) (string, error) {
		return "", apperr.Wrap(cause, apperr.BadUserInput, format, args...).WithField("profileBase64").
			WithHint("Give a configuration profile (.mobileconfig), signed or not, as Apple Configurator and other editors write them.")
	}
	switch {
	case len(file) == 0:
		return refuse(nil, "InstallProfile needs a configuration profile.")
	case len(file) > maxProfile:
		return refuse(nil, "The file has %d bytes; a profile has at most %d.", len(file), maxProfile)
	}
	content := file
	if file[0] == 0x30 { // a signed one: the outermost element of CMS
		if content, err = cms.Content(file, maxProfile); err != nil {
			return refuse(err, "The file begins like a signed profile, and is none.")
		}
	}
	value, err := readPlist(content)
	if err != nil {
		return refuse(err, "The file is no property list.")
	}
	dict, _ := value.(map[string]any)
	text := func(key string) string { s, _ := dict[key].(string); return strings.TrimSpace(s) }
	if kind := text("PayloadType"); kind != "Configuration" {
		return refuse(nil, "The property list is no configuration profile: its PayloadType is %.64q, not \"Configuration\".", kind)
	}
	for _, key := range []string{"PayloadIdentifier", "PayloadUUID"} {
		if n := utf8.RuneCountInString(text(key)); n == 0 || n > maxName {
			return refuse(nil, "The profile's %s has %d characters, not 1 to %d.", key, n, maxName)
		}
	}
	payloads, _ := dict["PayloadContent"].([]any)
	if _, isEncrypted := dict["EncryptedPayloadContent"]; len(payloads) == 0 && !isEncrypted {
		return refuse(nil, "The profile holds no payloads.")
	}
	for i, item := range payloads {
		payload, _ := item.(map[string]any)
		kind, _ := payload["PayloadType"].(string)
		switch kind {
		case "":
			return refuse(nil, "Payload %d of the profile has no PayloadType.", i+1)
		case "com.apple.mdm":
			return refuse(nil, "The profile is an enrollment profile (payload %d is com.apple.mdm): it would have devices managed by another server.", i+1)
		}
	}
	title = text("PayloadIdentifier")
	if name := text("PayloadDisplayName"); name != "" && name != title {
		title = bounded(name) + " (" + title + ")"
	}
	return title, nil
}

var requestTypeForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]{0,99}$`)

// readRaw reads a command that GuardMDM has no form for: the whole message, or what stands below Command in it.
func readRaw(file []byte) (map[string]any, error) {
	refuse := func(cause error, format string, args ...any) (map[string]any, error) {
		return nil, apperr.Wrap(cause, apperr.BadUserInput, format, args...).WithField("rawBase64").
			WithHint("Give a property list in XML or binary: a dictionary with RequestType, or one with Command that holds it. The identifier is GuardMDM's own.")
	}
	switch {
	case len(file) == 0:
		return refuse(nil, "A raw command needs a property list.")
	case len(file) > maxProfile:
		return refuse(nil, "The command has %d bytes; at most %d are sent.", len(file), maxProfile)
	}
	value, err := readPlist(file)
	if err != nil {
		return refuse(err, "The command is no property list.")
	}
	dict, ok := value.(map[string]any)
	if inner, nested := dict["Command"].(map[string]any); nested {
		dict = inner
	}
	if !ok {
		return refuse(nil, "The command is no dictionary.")
	}
	if name, ok := dict["RequestType"].(string); !ok || !requestTypeForm.MatchString(name) {
		return refuse(nil, "The command's RequestType is %.64q, which is none.", name)
	}
	return dict, nil
}

// holdsErase tells whether a command erases, as far as words can tell: it says EraseDevice somewhere, however deep, be it within a property list
// that it holds as data. One that merely mentions it is treated alike.
func holdsErase(value any, depth int) bool {
	if depth > maxDepth {
		return true
	}
	switch v := value.(type) {
	case map[string]any:
		for key, item := range v {
			if saysErase(key) || holdsErase(item, depth+1) {
				return true
			}
		}
	case []any:
		for _, item := range v {
			if holdsErase(item, depth+1) {
				return true
			}
		}
	case string:
		return saysErase(v)
	case []byte:
		if inner, err := readPlist(v); err == nil {
			return holdsErase(inner, depth+1)
		}
		return saysErase(string(bytes.ReplaceAll(v, []byte{0}, nil))) // UTF-16 too
	}
	return false
}

func saysErase(text string) bool { return strings.Contains(strings.ToLower(text), "erasedevice") }

// message is the command as devices are sent it.
func (p prepared) message(uuid string) ([]byte, error) {
	body, err := plist.Marshal(command{CommandUUID: uuid, Command: p.command})
	if err != nil {
		return nil, apperr.Wrap(err, apperr.BadUserInput, "The command cannot be written as a property list.")
	}
	if len(body) > 2*maxExpanded {
		return nil, apperr.Wrap(errors.New("the command grew"), apperr.BadUserInput, "The command is too long.")
	}
	return body, nil
}
