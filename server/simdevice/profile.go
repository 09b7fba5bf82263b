package simdevice

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/micromdm/plist"
	"github.com/smallstep/pkcs7"
)

// Profile is an enrollment profile as a device reads it.
type Profile struct {
	Topic, ServerURL, CheckInURL string
	SignMessage, CheckOut        bool
	SCEPURL, Challenge           string
	CommonName                   string
	Organization                 string
	KeySize                      int
	Signed                       bool
}

func isSigned(text []byte) bool { return len(text) > 0 && text[0] == 0x30 }

// unsigned is what a profile says, signed or not.
func unsigned(text []byte) []byte {
	if !isSigned(text) {
		return text
	}
	signed, err := pkcs7.Parse(text)
	if err != nil {
		return nil
	}
	return signed.Content
}

// payload is any payload of a profile; the keys of each type side by side.
type payload struct {
	Type        string `plist:"PayloadType"`
	Identifier  string `plist:"PayloadIdentifier"`
	UUID        string `plist:"PayloadUUID"`
	Version     int    `plist:"PayloadVersion"`
	DisplayName string `plist:"PayloadDisplayName"`

	Identity    string `plist:"IdentityCertificateUUID"`
	Topic       string `plist:"Topic"`
	ServerURL   string `plist:"ServerURL"`
	CheckInURL  string `plist:"CheckInURL"`
	SignMessage bool   `plist:"SignMessage"`
	CheckOut    bool   `plist:"CheckOutWhenRemoved"`
}

type scepContent struct {
	URL       string       `plist:"URL"`
	Challenge string       `plist:"Challenge"`
	Subject   [][][]string `plist:"Subject"`
	KeySize   int          `plist:"Keysize"`
}

// ParseProfile reads an enrollment profile, signed or not, and checks what devices check: one payload of MDM, and the identity that it names.
func ParseProfile(text []byte) (*Profile, error) {
	p := &Profile{}
	if isSigned(text) {
		signed, err := pkcs7.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("the profile's signature: %w", err)
		}
		if err := signed.Verify(); err != nil {
			return nil, fmt.Errorf("the profile's signature: %w", err)
		}
		text, p.Signed = signed.Content, true
	}
	if !bytes.Contains(text, []byte("<plist")) {
		return nil, errors.New("the answer is no property list")
	}
	var outer struct {
		Type    string    `plist:"PayloadType"`
		Content []payload `plist:"PayloadContent"`
	}
	if err := plist.Unmarshal(text, &outer); err != nil {
		return nil, fmt.Errorf("the profile: %w", err)
	}
	if outer.Type != "Configuration" {
		return nil, fmt.Errorf("the profile is a %q", outer.Type)
	}
	var mdm *payload
	for i, inner := range outer.Content {
		switch {
		case inner.Identifier == "" || inner.UUID == "" || inner.Version != 1:
			return nil, fmt.Errorf("payload %d lacks what every payload has", i)
		case inner.Type == "com.apple.mdm" && mdm != nil:
			return nil, errors.New("the profile has two payloads of MDM")
		case inner.Type == "com.apple.mdm":
			mdm = &outer.Content[i]
		}
	}
	if mdm == nil {
		return nil, errors.New("the profile has no payload of MDM")
	}
	p.Topic, p.ServerURL, p.CheckInURL, p.SignMessage, p.CheckOut = mdm.Topic, mdm.ServerURL, mdm.CheckInURL, mdm.SignMessage, mdm.CheckOut
	if p.CheckInURL == "" {
		p.CheckInURL = p.ServerURL
	}
	if p.Topic == "" || p.ServerURL == "" || !p.SignMessage {
		return nil, errors.New("the payload of MDM lacks a topic, an address, or signed messages")
	}
	return p, p.identity(text, mdm.Identity)
}

// identity reads the payload of the identity: its content is a dictionary, unlike that of a profile.
func (p *Profile) identity(text []byte, id string) error {
	var outer struct {
		Content []struct {
			Type    string      `plist:"PayloadType"`
			UUID    string      `plist:"PayloadUUID"`
			Content scepContent `plist:"PayloadContent"`
		} `plist:"PayloadContent"`
	}
	if err := plist.Unmarshal(text, &outer); err != nil {
		return fmt.Errorf("the profile: %w", err)
	}
	for _, inner := range outer.Content {
		if inner.UUID != id {
			continue
		}
		if inner.Type != "com.apple.security.scep" {
			return fmt.Errorf("the identity is a %q, which simulated devices do not know", inner.Type)
		}
		p.SCEPURL, p.Challenge, p.KeySize = inner.Content.URL, inner.Content.Challenge, inner.Content.KeySize
		for _, set := range inner.Content.Subject {
			for _, pair := range set {
				switch {
				case len(pair) == 2 && pair[0] == "CN":
					p.CommonName = pair[1]
				case len(pair) == 2 && pair[0] == "O":
					p.Organization = pair[1]
				}
			}
		}
		return nil
	}
	return errors.New("the payload of MDM names an identity that the profile does not hold")
}
