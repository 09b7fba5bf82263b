package adeprofile

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
)

// Warning is something about a profile that is worth a second look. Nothing of it hinders publishing.
type Warning struct {
	Field   string // by its name in the API
	Message string
}

// Warnings tells what about a content is odd on devices of the platforms that it is meant for; none: all. publicURL is that of this
// server, "" where it is not known.
func Warnings(c Content, platforms []device.Platform, publicURL string, now time.Time) []Warning {
	w := warner{platforms: platforms}
	if len(platforms) == 0 {
		w.platforms = everyPlatform()
	}
	w.flags(c)
	w.locale(c)
	w.panes(c.SkipSetupItems)
	w.certs(c, now)
	w.contact(c, publicURL)
	return w.found
}

type warner struct {
	platforms []device.Platform
	found     []Warning
}

func (w *warner) add(field, format string, args ...any) {
	w.found = append(w.found, Warning{Field: field, Message: fmt.Sprintf(format, args...)})
}

// meantFor tells whether the profile is meant for any of the platforms.
func (w *warner) meantFor(platforms ...device.Platform) bool {
	return slices.ContainsFunc(platforms, func(p device.Platform) bool { return slices.Contains(w.platforms, p) })
}

func (w *warner) flags(c Content) {
	const iOS, iPadOS, macOS, tvOS, visionOS = device.PlatformIOS, device.PlatformIPadOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS
	for _, f := range []struct {
		on     bool
		field  string
		what   string
		exists []device.Platform
	}{
		{c.IsMultiUser, "isMultiUser", "Shared iPad exists", []device.Platform{iPadOS}},
		{c.AutoAdvanceSetup, "autoAdvanceSetup", "Setup without a touch exists", []device.Platform{tvOS, macOS}},
		{c.IsReturnToService, "isReturnToService", "Return to service exists", []device.Platform{iOS, iPadOS, visionOS}},
		{c.DoNotUseProfileFromBackup, "doNotUseProfileFromBackup", "Backups hold a profile", []device.Platform{iOS, iPadOS, visionOS}},
		{len(c.SupervisingHostCerts) > 0, "supervisingHostCerts", "Pairing with computers exists", []device.Platform{iOS, iPadOS}},
	} {
		if f.on && !w.meantFor(f.exists...) {
			w.add(f.field, "%s on %s alone: devices of the platforms that the profile is meant for ignore it.", f.what, names(f.exists))
		}
	}
	if !c.IsSupervised && w.meantFor(iOS, iPadOS) {
		w.add("isSupervised", "Devices with iOS 13 or later and Macs are supervised in any case.")
	}
	if !c.IsMandatory && w.meantFor(macOS) {
		w.add("isMandatory", "Users of Macs can skip the enrollment.")
	}
	if !c.AllowPairing {
		w.add("allowPairing", "Apple has deprecated this since iOS 13: restrict pairing by a configuration profile instead.")
	}
	if c.IsReturnToService && !c.AwaitDeviceConfigured {
		w.add("awaitDeviceConfigured", "With return to service, devices wait until they are configured in any case.")
	}
}

func (w *warner) locale(c Content) {
	if c.AutoAdvanceSetup {
		for _, text := range []struct{ field, value string }{{"language", c.Language}, {"region", c.Region}} {
			if text.value == "" {
				w.add(text.field, "Setup without a touch stops at the %s pane unless a %s is set.", text.field, text.field)
			}
		}
	}
	if !w.meantFor(device.PlatformTvOS, device.PlatformMacOS) {
		for _, text := range []struct{ field, value string }{{"language", c.Language}, {"region", c.Region}} {
			if text.value != "" {
				w.add(text.field, "Only Apple TVs and Macs take the %s from the profile.", text.field)
			}
		}
	}
}

func (w *warner) panes(items []string) {
	for _, key := range items {
		pane, ok := PaneOf(key)
		if !ok {
			if meant, close := almost(key); close {
				w.add("skipSetupItems", "GuardMDM knows no pane %s, but %s: upper and lower case count.", key, meant)
			} else {
				w.add("skipSetupItems", "GuardMDM knows no pane %s. It may be newer than this version; otherwise check the spelling.", key)
			}
			continue
		}
		w.pane(pane)
	}
}

// pane warns of a pane by where it exists among the platforms that the profile is meant for.
func (w *warner) pane(pane Pane) {
	var there []device.Platform
	var deprecated, removed, shown []string
	for _, platform := range w.platforms {
		a, ok := pane.On(platform)
		if !ok {
			continue
		}
		there = append(there, platform)
		if a.DeprecatedSince != "" {
			deprecated = append(deprecated, name(platform)+" "+a.DeprecatedSince)
		}
		if a.RemovedIn != "" {
			removed = append(removed, name(platform)+" "+a.RemovedIn)
		}
		if a.NotAlwaysSkippable {
			shown = append(shown, name(platform))
		}
	}
	switch {
	case len(there) == 0:
		w.add("skipSetupItems", "The pane %s (%s) does not exist on %s.", pane.Title, pane.Key, names(w.platforms))
		return
	case len(removed) > 0:
		w.add("skipSetupItems", "The pane %s (%s) is gone from %s on.", pane.Title, pane.Key, strings.Join(removed, ", "))
	case len(deprecated) > 0:
		w.add("skipSetupItems", "Apple has deprecated the pane %s (%s) since %s.", pane.Title, pane.Key, strings.Join(deprecated, ", "))
	}
	if len(shown) > 0 {
		w.add("skipSetupItems", "The pane %s (%s) may be shown on %s all the same: it can come before the device has the profile.", pane.Title, pane.Key, strings.Join(shown, ", "))
	}
	if pane.Key == "SIMSetup" {
		w.add("skipSetupItems", "Skipping the pane %s (%s) keeps an eSIM from being set up by itself.", pane.Title, pane.Key)
	}
}

func (w *warner) certs(c Content, now time.Time) {
	for _, list := range []struct {
		field string
		certs []string
		ca    bool
	}{{"anchorCerts", c.AnchorCerts, true}, {"supervisingHostCerts", c.SupervisingHostCerts, false}} {
		for i, text := range list.certs {
			cert, err := certificate(text)
			if err != nil {
				continue // was refused
			}
			if now.After(cert.NotAfter) {
				w.add(list.field, "Certificate %d (%s) has expired on %s.", i+1, cert.Subject, cert.NotAfter.UTC().Format("2 January 2006"))
			}
			if list.ca && !cert.IsCA {
				w.add(list.field, "Certificate %d (%s) is not that of a certificate authority: once the server's certificate is renewed, devices no longer reach it.", i+1, cert.Subject)
			}
		}
	}
}

func (w *warner) contact(c Content, publicURL string) {
	if c.SupportEmailAddress != "" && !strings.Contains(c.SupportEmailAddress, "@") {
		w.add("supportEmailAddress", "%q is no email address.", c.SupportEmailAddress)
	}
	if c.ConfigurationWebURL == "" {
		return
	}
	if !strings.Contains(c.ConfigurationWebURL, keyPlace) {
		w.add("configurationWebUrl", "The web page does not learn the enrollment key, with which it gets the device's enrollment profile from this server: write %s where it is to stand, such as https://login.example.org/enroll?key=%s. A page that gives an enrollment profile of its own needs none.", keyPlace, keyPlace)
	}
	if publicURL == "" {
		return
	}
	page, err := url.Parse(c.ConfigurationWebURL)
	server, err2 := url.Parse(publicURL)
	if err == nil && err2 == nil && domain(page.Hostname()) != domain(server.Hostname()) {
		w.add("configurationWebUrl", "Devices take the enrollment from the domain of the web page alone: %s is not in the domain of this server, %s.",
			page.Hostname(), server.Hostname())
	}
}

// domain are the last two labels of a host's name, which Apple compares.
func domain(host string) string {
	labels := strings.Split(strings.ToLower(host), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}

// names lists platforms as people write them.
func names(platforms []device.Platform) string {
	all := make([]string, len(platforms))
	for i, p := range platforms {
		all[i] = name(p)
	}
	if len(all) > 1 {
		return strings.Join(all[:len(all)-1], ", ") + " or " + all[len(all)-1]
	}
	return strings.Join(all, "")
}

func name(p device.Platform) string {
	switch p {
	case device.PlatformIOS:
		return "iOS"
	case device.PlatformIPadOS:
		return "iPadOS"
	case device.PlatformMacOS:
		return "macOS"
	case device.PlatformTvOS:
		return "tvOS"
	case device.PlatformVisionOS:
		return "visionOS"
	}
	return string(p)
}
