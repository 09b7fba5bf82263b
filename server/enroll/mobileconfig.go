package enroll

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/guardmdm/guardmdm/ent/device"
)

// ProfileIdentifier is the enrollment profile's. The identifiers of the payloads never change: a profile with the same one replaces what the device has.
const ProfileIdentifier = "com.guardmdm.enrollment"

const (
	profileID = ProfileIdentifier
	scepID    = profileID + ".scep"
	mdmID     = profileID + ".mdm"
	anchorID  = profileID + ".anchor."
)

// allRights is the sum of MDM's access rights: an enrollment of the organization's own devices is no less.
const allRights = 8191

// dict is a dictionary of a property list, in its order.
type dict []member

type member struct {
	key   string
	value any // string, int, bool, []byte, dict, []any
}

// mobileconfig writes the enrollment profile.
func mobileconfig(r *request, address, topic, challenge string) ([]byte, error) {
	var content struct {
		AnchorCerts []string `json:"anchor_certs"`
		IsMultiUser bool     `json:"is_multi_user"`
	}
	if err := json.Unmarshal([]byte(r.registration.Edges.Version.Content), &content); err != nil {
		return nil, fmt.Errorf("content of version %s: %w", r.registration.Edges.Version.ID, err)
	}
	var payloads []any
	for _, anchor := range content.AnchorCerts {
		der, err := base64.StdEncoding.DecodeString(anchor)
		if err != nil {
			return nil, fmt.Errorf("anchor certificate of version %s: %w", r.registration.Edges.Version.ID, err)
		}
		payloads = append(payloads, anchorPayload(der))
	}
	organization := r.token.OrgName
	identity, identityUUID := scepPayload(address, organization, r.device.SerialNumber, challenge)
	payloads = append(payloads, identity)
	capabilities := []any{"com.apple.mdm.bootstraptoken"}
	if r.device.Platform == device.PlatformMacOS || content.IsMultiUser { // users' own channels; it cannot be added later
		capabilities = append(capabilities, "com.apple.mdm.per-user-connections")
	}
	mdm, _ := payload("com.apple.mdm", mdmID, "Device management", dict{
		{"IdentityCertificateUUID", identityUUID},
		{"Topic", topic},
		{"ServerURL", address + "/mdm"},
		{"CheckInURL", address + "/mdm"},
		{"AccessRights", allRights},
		{"SignMessage", true},
		{"CheckOutWhenRemoved", true},
		{"ServerCapabilities", capabilities},
	})
	payloads = append(payloads, mdm)
	about := dict{{"PayloadContent", payloads}}
	if organization != "" {
		about = append(about, member{"PayloadOrganization", organization}, member{"PayloadDescription", "Lets " + organization + " manage this device."})
	}
	profile, _ := payload("Configuration", profileID, "Device management", about)
	return document(profile), nil
}

// anchorPayload has the device go on trusting the connection to this server: the anchors of an ADE profile count for fetching this profile alone.
func anchorPayload(der []byte) dict {
	sum := sha256.Sum256(der)
	p, _ := payload("com.apple.security.root", anchorID+hex.EncodeToString(sum[:8]), "Certificate of the server", dict{{"PayloadContent", der}})
	return p
}

// scepPayload gives the device its identity by SCEP. An identity by ACME, with Apple's attestation of the serial number, would be a payload of another type
// in its place: the rest asks for its UUID alone.
func scepPayload(address, organization, serialNumber, challenge string) (p dict, uuid string) {
	name := func(key, value string) any { return []any{[]any{key, value}} }
	subject := []any{name("CN", serialNumber)}
	if organization != "" {
		subject = []any{name("O", organization), name("CN", serialNumber)}
	}
	return payload("com.apple.security.scep", scepID, "Identity of the device", dict{{"PayloadContent", dict{
		{"URL", address + "/scep"},
		{"Name", "GuardMDM"},
		{"Subject", subject},
		{"Challenge", challenge},
		{"Keysize", 2048},
		{"Key Type", "RSA"},
		{"Key Usage", 5}, // to sign and to encrypt
		{"KeyIsExtractable", false},
		{"Retries", 3},
		{"RetryDelay", 10},
	}}})
}

// payload adds what every payload has. Its UUID is made of its content: it changes when that does, and only then.
func payload(kind, id, display string, content dict) (p dict, uuid string) {
	var b strings.Builder
	write(&b, content)
	sum := sha256.Sum256([]byte(id + "\n" + b.String()))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // RFC 9562, version 8
	text := strings.ToUpper(hex.EncodeToString(sum[:16]))
	uuid = text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
	return append(dict{
		{"PayloadType", kind}, {"PayloadIdentifier", id}, {"PayloadUUID", uuid}, {"PayloadVersion", 1}, {"PayloadDisplayName", display},
	}, content...), uuid
}

func document(d dict) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">` + "\n" + `<plist version="1.0">`)
	write(&b, d)
	b.WriteString("</plist>\n")
	return []byte(b.String())
}

func write(b *strings.Builder, value any) {
	element := func(name, text string) {
		b.WriteString("<" + name + ">")
		_ = xml.EscapeText(b, []byte(text)) // a Builder takes everything
		b.WriteString("</" + name + ">\n")
	}
	switch v := value.(type) {
	case string:
		element("string", v)
	case int:
		element("integer", strconv.Itoa(v))
	case bool:
		b.WriteString("<" + strconv.FormatBool(v) + "/>\n")
	case []byte:
		element("data", base64.StdEncoding.EncodeToString(v))
	case []any:
		b.WriteString("<array>\n")
		for _, item := range v {
			write(b, item)
		}
		b.WriteString("</array>\n")
	case dict:
		b.WriteString("<dict>\n")
		for _, m := range v {
			element("key", m.key)
			write(b, m.value)
		}
		b.WriteString("</dict>\n")
	}
}
