package adeprofile

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// Apple's limits, in characters (protocol reference 3.8 and 4.1), and our own where Apple names none.
const (
	maxName       = 125
	maxDepartment = 125
	maxPhone      = 50
	maxEmail      = 250
	maxMagic      = 256
	maxURL        = 2000 // URL-encoded
	maxPanes      = 200
	maxPaneKey    = 64
	maxCerts      = 20
)

// problems collects all that is wrong, so that a form is mended in one go.
type problems []error

func (p *problems) add(field, hint, format string, args ...any) {
	e := apperr.New(apperr.BadUserInput, format, args...).WithField(field)
	e.Hint = hint
	*p = append(*p, e)
}

func (p *problems) text(field, what, value string, most int) {
	switch n := utf8.RuneCountInString(value); {
	case n > most:
		p.add(field, "", "The %s has %d characters; Apple takes at most %d.", what, n, most)
	case strings.ContainsFunc(value, unicode.IsControl):
		p.add(field, "Write it on one line.", "The %s holds a line end or another control character.", what)
	}
}

// checkName checks a profile's name.
func (p *problems) checkName(name string) {
	if name == "" {
		p.add("name", "", "A profile needs a name of 1 to %d characters.", maxName)
	}
	p.text("name", "name", name, maxName)
}

// versionForm is what Apple's versions look like.
var versionForm = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,3}){0,2}$`)

// oldest are the minimum versions by platform; nil for none.
func (p *problems) oldest(list []MinimumOS) map[string]string {
	var byPlatform map[string]string
	for _, m := range list {
		version := strings.TrimSpace(m.Version)
		switch _, twice := byPlatform[string(m.Platform)]; {
		case !slices.Contains(everyPlatform(), m.Platform):
			p.add("minimumOS", "Choose among iOS, iPadOS, macOS, tvOS and visionOS.", "Devices of the platform %s take no ADE profile.", m.Platform)
		case twice:
			p.add("minimumOS", "Name each platform once.", "The platform %s has two minimum versions.", m.Platform)
		case !versionForm.MatchString(version):
			p.add("minimumOS", "Write it as Apple does, such as 26.1.", "%.16q is not a version.", version)
		default:
			if byPlatform == nil {
				byPlatform = map[string]string{}
			}
			byPlatform[string(m.Platform)] = version
		}
	}
	return byPlatform
}

// meant are the platforms of a profile without repetition, in the order of the API's enum.
func (p *problems) meant(platforms []device.Platform) []string {
	for _, platform := range platforms {
		if !slices.Contains(everyPlatform(), platform) {
			p.add("platforms", "Choose among iOS, iPadOS, macOS, tvOS and visionOS.", "Devices of the platform %s take no ADE profile.", platform)
		}
	}
	var names []string
	for _, platform := range everyPlatform() {
		if slices.Contains(platforms, platform) {
			names = append(names, string(platform))
		}
	}
	return names
}

// everyPlatform are the platforms whose devices take ADE profiles.
func everyPlatform() []device.Platform {
	return []device.Platform{device.PlatformIOS, device.PlatformIPadOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS}
}

var (
	languageForm = regexp.MustCompile(`^[a-z]{2,3}$`)
	regionForm   = regexp.MustCompile(`^[A-Z]{2}$`)
	paneForm     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*$`)
)

// checkContent refuses what Apple would, and what can only be a mistake, by Apple's rules (protocol reference 3.8, 4.1).
func (p *problems) checkContent(c Content) {
	p.text("department", "department", c.Department, maxDepartment)
	p.text("supportPhoneNumber", "phone number", c.SupportPhoneNumber, maxPhone)
	p.text("supportEmailAddress", "email address", c.SupportEmailAddress, maxEmail)
	p.text("orgMagic", "text", c.OrgMagic, maxMagic)
	if !c.IsMDMRemovable && !c.IsSupervised {
		p.add("isMdmRemovable", "Turn supervision on, or let users remove the management.", "Management that users cannot remove needs supervision.")
	}
	if c.Language != "" && !languageForm.MatchString(c.Language) {
		p.add("language", "Use 2 letters of ISO 639, such as de.", "%.16q is not a language code: it has 2 or 3 lower-case letters.", c.Language)
	}
	if c.Region != "" && !regionForm.MatchString(c.Region) {
		p.add("region", "Use 2 letters of ISO 3166, such as DE.", "%.16q is not a region code: it has 2 upper-case letters.", c.Region)
	}
	p.checkPanes(c.SkipSetupItems)
	p.checkCerts("anchorCerts", c.AnchorCerts)
	p.checkCerts("supervisingHostCerts", c.SupervisingHostCerts)
	if c.ConfigurationWebURL != "" {
		if why := oddWebURL(c.ConfigurationWebURL); why != "" {
			p.add("configurationWebUrl", "Use an https URL, such as https://login.example.org/enroll.", "The address of the web page %s.", why)
		}
	}
}

func (p *problems) checkPanes(items []string) {
	if len(items) > maxPanes {
		p.add("skipSetupItems", "", "%d panes are to be skipped; at most %d can be.", len(items), maxPanes)
		return
	}
	seen := map[string]bool{}
	for _, item := range items {
		switch {
		case !paneForm.MatchString(item) || len(item) > maxPaneKey:
			p.add("skipSetupItems", "Take keys from setupAssistantPanes.", "%.80q cannot be the key of a pane: keys are letters and digits.", item)
		case seen[item]:
			p.add("skipSetupItems", "", "The pane %s is named twice.", item)
		}
		seen[item] = true
	}
}

func (p *problems) checkCerts(field string, certs []string) {
	if len(certs) > maxCerts {
		p.add(field, "", "%d certificates are named; at most %d can be.", len(certs), maxCerts)
		return
	}
	for i, cert := range certs {
		if _, err := certificate(cert); err != nil {
			p.add(field, "Give each certificate as base64 of its DER form, without the lines of PEM: openssl x509 -in FILE -outform der | base64",
				"Certificate %d is none: %s.", i+1, err)
		}
	}
}

// certificate reads a certificate in the form that Apple wants. The error is for people.
func certificate(text string) (*x509.Certificate, error) {
	if strings.HasPrefix(text, "-----BEGIN") {
		return nil, errors.New("it is PEM")
	}
	der, err := decodeDER(text)
	if err != nil {
		return nil, errors.New("it is not base64")
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, errors.New("it is not a certificate in DER form")
	}
	return cert, nil
}

// oddWebURL says what is wrong with the address of a web page; "" when nothing is.
func oddWebURL(address string) string {
	u, err := url.Parse(webURL(address, strings.Repeat("0", 2*keyBytes)))
	switch {
	case err != nil || u.Hostname() == "":
		return "cannot be read"
	case u.Scheme != "https":
		return "does not begin with https://"
	case u.User != nil:
		return "holds a user name or password"
	case len(u.String()) > maxURL:
		return fmt.Sprintf("has %d characters; Apple takes at most %d", len(u.String()), maxURL)
	}
	return ""
}

// err is nil when nothing is wrong.
func (p problems) err() error { return errors.Join(p...) }
