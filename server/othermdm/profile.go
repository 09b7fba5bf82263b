package othermdm

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/micromdm/plist"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/cms"
	"github.com/guardmdm/guardmdm/server/cmsguard"
	"github.com/guardmdm/guardmdm/server/outbound"
	"github.com/guardmdm/guardmdm/server/plistguard"
)

// maxProfile bounds an enrollment profile. They have a few kilobytes, or some more with certificates.
const maxProfile = 1 << 20

// profileLimits bound its property list.
var profileLimits = plistguard.Limits{Depth: 16, Elements: 10_000}

// Profile is what an enrollment profile says.
type Profile struct {
	Name, Organization, Identifier string
	ServerURL, CheckInURL, Topic   string
	Identity                       string // type of the payload that gives the device its identity
	SignedBy                       string // whose certificate signed it; "": nobody's
	ChecksOut                      bool   // devices say goodbye
}

type payload struct {
	PayloadType, PayloadUUID string

	IdentityCertificateUUID, Topic, ServerURL, CheckInURL string
	CheckOutWhenRemoved                                   bool
}

// read checks what devices check: one payload of MDM, and the identity that it names. The error is a sentence about the profile.
func (s *Service) read(profile []byte) (*Profile, error) {
	p := &Profile{}
	if len(profile) > maxProfile {
		return nil, fmt.Errorf("it has more than %d bytes", maxProfile)
	}
	if len(profile) > 0 && profile[0] == 0x30 {
		signed, err := cms.ReadWithin(profile, cmsguard.Limits{Bytes: maxProfile})
		if err != nil {
			return nil, fmt.Errorf("its signature cannot be verified: %w", err)
		}
		profile, p.SignedBy = signed.Content, bounded(signed.Signer.Subject.String())
	}
	if err := plistguard.Check(profile, profileLimits); err != nil {
		return nil, fmt.Errorf("it is a %w", err)
	}
	var outer struct {
		PayloadType, PayloadDisplayName, PayloadOrganization, PayloadIdentifier string
		PayloadContent                                                          []payload
	}
	if err := plist.Unmarshal(profile, &outer); err != nil {
		return nil, errors.New("it is no property list of a profile") // the cause could quote a password
	}
	if outer.PayloadType != "Configuration" {
		return nil, errors.New("it is no configuration profile")
	}
	p.Name, p.Organization, p.Identifier = bounded(outer.PayloadDisplayName), bounded(outer.PayloadOrganization), bounded(outer.PayloadIdentifier)
	var management *payload
	for i, inner := range outer.PayloadContent {
		if inner.PayloadType != "com.apple.mdm" {
			continue
		}
		if management != nil {
			return nil, errors.New("it has two payloads com.apple.mdm")
		}
		management = &outer.PayloadContent[i]
	}
	if management == nil {
		return nil, errors.New("it has no payload com.apple.mdm: it enrolls no device")
	}
	p.ServerURL, p.CheckInURL, p.Topic, p.ChecksOut = bounded(management.ServerURL), bounded(management.CheckInURL), bounded(management.Topic), management.CheckOutWhenRemoved
	for _, inner := range outer.PayloadContent {
		if inner.PayloadUUID == management.IdentityCertificateUUID && inner.PayloadUUID != "" {
			p.Identity = bounded(inner.PayloadType)
		}
	}
	switch {
	case p.Topic == "":
		return nil, errors.New("its payload com.apple.mdm names no push topic")
	case p.Identity == "":
		return nil, errors.New("its payload com.apple.mdm names no payload of the profile as the device's identity")
	}
	for _, address := range []string{p.ServerURL, p.CheckInURL} {
		if address == "" && p.ServerURL != "" {
			continue
		}
		if _, err := s.parseURL(address); err != nil {
			return nil, fmt.Errorf("its payload com.apple.mdm has an address that %w", err)
		}
	}
	return p, nil
}

// bounded is a text of others, as it is shown.
func bounded(text string) string {
	runes := []rune(strings.ToValidUTF8(text, "?"))
	return string(runes[:min(len(runes), 300)])
}

// maxURL bounds an address.
const maxURL = 2000

// parseURL reads an address of another MDM server. https it has to be; http only on this machine, where the settings allow it, for simulations. The error
// continues a sentence.
func (s *Service) parseURL(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil || u.Hostname() == "":
		return nil, errors.New("cannot be read: it looks like https://mdm.example.org/enroll")
	case len(text) > maxURL:
		return nil, fmt.Errorf("has more than %d characters", maxURL)
	case u.User != nil:
		return nil, errors.New("holds a user name or password: those belong into the authorization")
	case u.Fragment != "":
		return nil, errors.New("holds a #")
	}
	host := u.Hostname()
	if host == "localhost" {
		host = "127.0.0.1"
	}
	address, err := netip.ParseAddr(host)
	isAddress := err == nil
	switch {
	case isAddress && !outbound.Permitted(address, s.Networks):
		return nil, errors.New("leads into a network that this server does not call")
	case u.Scheme == "https", u.Scheme == "http" && isAddress && address.IsLoopback():
		return u, nil
	}
	return nil, errors.New("does not begin with https://")
}

// unusable is the error of a profile as the caller's.
func unusable(err error) *apperr.Error {
	return apperr.Wrap(err, Unusable, "The enrollment profile cannot be used: %s.", err)
}
