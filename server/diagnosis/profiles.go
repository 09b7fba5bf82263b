package diagnosis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/platformdefault"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// unassigned are devices that no rule gives a profile, by platform: each platform has its own default.
func unassigned(ctx context.Context, l *Look) (found []*Finding, err error) {
	counts, err := l.Rules.Unassigned(ctx, l.Only)
	if err != nil {
		return nil, err
	}
	var token *ent.ABMToken
	if l.Only != 0 {
		token = l.token(l.Only)
	}
	counts[device.PlatformIOS] += counts[device.PlatformIPadOS] // they share one default
	for _, platform := range []device.Platform{device.PlatformIOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS, device.PlatformWatchOS, device.PlatformUnknown} {
		n := counts[platform]
		if n <= 0 {
			continue
		}
		name, listed := nameOf(platform), []string{string(platform)}
		if platform == device.PlatformIOS {
			listed = append(listed, string(device.PlatformIPadOS))
		}
		f := &Finding{Code: "DEVICES_UNASSIGNED", Severity: Warning, Platform: platform, Token: token, Devices: n,
			Where:    where(token, map[string]any{"profileSource": "NONE", "platformIn": listed}),
			Symptom:  fmt.Sprintf("%s %s %s Unassigned: %s no ADE profile", apperr.Number(n), name, apperr.Word(n, "device is", "devices are"), apperr.Word(n, "it gets", "they get")),
			Cause:    fmt.Sprintf("Neither they themselves nor one of their groups have a profile, and no default for %s is set.", name),
			Evidence: []string{fmt.Sprintf("default for %s: none", name)},
			Fix:      fix(fmt.Sprintf("Set the default for %s, or give the devices or a group of them a profile.", name), ShowDevices, SetDefault)}
		if platform == device.PlatformWatchOS || platform == device.PlatformUnknown {
			f.Severity = Info
			f.Cause = "Devices of a platform that GuardMDM does not know, and watches, have no default; neither they themselves nor a group have a profile."
			f.Fix = fix("Give the devices, or a group of them, a profile.", ShowDevices)
		}
		found = append(found, f)
	}
	return found, nil
}

func nameOf(p device.Platform) string {
	switch p {
	case device.PlatformIOS, device.PlatformIPadOS:
		return "iOS / iPadOS"
	case device.PlatformMacOS:
		return "macOS"
	case device.PlatformTvOS:
		return "tvOS"
	case device.PlatformVisionOS:
		return "visionOS"
	case device.PlatformWatchOS:
		return "watchOS"
	}
	return "other"
}

// defaults are those that name a profile which devices cannot get.
func defaults(ctx context.Context, l *Look) (found []*Finding, err error) {
	slots, err := l.DB.PlatformDefault.Query().WithAdeProfile().Where(platformdefault.HasAdeProfileWith(
		adeprofile.Or(adeprofile.DeletedAtNotNil(), adeprofile.PublishedVersionIDIsNil()))).Order(platformdefault.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the defaults: %w", err)
	}
	for _, slot := range slots {
		platform, p := device.Platform(slot.Platform), slot.Edges.AdeProfile
		if platform == device.PlatformIPadOS {
			continue // told with iOS
		}
		f := &Finding{Code: "DEFAULT_UNUSABLE", Severity: Critical, Platform: platform, Profile: p, Since: &slot.UpdatedAt}
		platforms := []any{string(platform)}
		if platform == device.PlatformIOS {
			platforms = append(platforms, string(device.PlatformIPadOS))
		}
		for token, counts := range l.present {
			if slot.AbmTokenID != nil && *slot.AbmTokenID != token || l.Only != 0 && l.Only != token {
				continue
			}
			for _, name := range platforms {
				f.Devices += counts[device.Platform(name.(string))]
			}
		}
		if slot.AbmTokenID != nil {
			if f.Token = l.token(*slot.AbmTokenID); f.Token == nil {
				continue
			}
		}
		f.Where = where(f.Token, map[string]any{"profileSource": "PLATFORM_DEFAULT", "platformIn": platforms})
		f.Symptom = fmt.Sprintf("The default for %s does nothing", nameOf(platform))
		f.Evidence = []string{fmt.Sprintf("default for %s: %q", nameOf(platform), p.Name)}
		if p.DeletedAt != nil {
			f.Cause, f.Fix = fmt.Sprintf("Its profile %q was deleted.", p.Name), fix("Set another profile as the default.", SetDefault)
		} else {
			f.Cause, f.Fix = fmt.Sprintf("Nothing of its profile %q was published.", p.Name), fix("Publish the profile, or set another one as the default.", SetDefault, PublishProfile)
		}
		found = append(found, f)
	}
	return found, nil
}

// otherPlatforms are defaults whose profile says that it is meant for other platforms: the user's "wrong profile applied".
func otherPlatforms(ctx context.Context, l *Look) (found []*Finding, err error) {
	slots, err := l.DB.PlatformDefault.Query().WithAdeProfile().Where(platformdefault.HasAdeProfileWith(
		adeprofile.DeletedAtIsNil(), adeprofile.PublishedVersionIDNotNil())).Order(platformdefault.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the defaults: %w", err)
	}
	for _, slot := range slots {
		platform, p := device.Platform(slot.Platform), slot.Edges.AdeProfile
		if len(p.Platforms) == 0 || slices.Contains(p.Platforms, slot.Platform) {
			continue
		}
		if platform == device.PlatformIPadOS && !slices.Contains(p.Platforms, string(device.PlatformIOS)) {
			continue // told with iOS
		}
		f := &Finding{Code: "DEFAULT_OF_OTHER_PLATFORM", Severity: Warning, Platform: platform, Profile: p, Since: &slot.UpdatedAt}
		if slot.AbmTokenID != nil {
			if f.Token = l.token(*slot.AbmTokenID); f.Token == nil {
				continue
			}
		}
		for token, counts := range l.present {
			if (slot.AbmTokenID == nil || *slot.AbmTokenID == token) && (l.Only == 0 || l.Only == token) {
				f.Devices += counts[platform]
			}
		}
		meant := make([]string, len(p.Platforms))
		for i, name := range p.Platforms {
			meant[i] = nameOf(device.Platform(name))
		}
		f.Where = where(f.Token, map[string]any{"profileSource": "PLATFORM_DEFAULT", "platformIn": []string{string(platform)}})
		f.Symptom = fmt.Sprintf("%s devices get the profile %q, which is meant for others", nameOf(platform), p.Name)
		f.Cause = fmt.Sprintf("It is the default for %s, and says that it is for %s: settings that the system does not know are ignored, and others are missing.", nameOf(platform), strings.Join(slices.Compact(meant), ", "))
		f.Evidence = []string{fmt.Sprintf("default for %s: %q", nameOf(platform), p.Name), "meant for: " + strings.Join(p.Platforms, ", ")}
		f.Fix = fix(fmt.Sprintf("Set the right profile as the default for %s, or say in the profile that it is meant for it.", nameOf(platform)), EditProfile, SetDefault)
		found = append(found, f)
	}
	return found, nil
}

// refusedProfiles are published versions that Apple did not take when it was asked last.
func refusedProfiles(ctx context.Context, l *Look) (found []*Finding, err error) {
	rows, err := l.DB.ADEProfileRegistration.Query().Where(adeprofileregistration.ErrorCodeNEQ("")).WithVersion().Order(adeprofileregistration.ByID()).All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	current, err := l.URLs.Current(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		t := l.token(row.AbmTokenID)
		if t == nil || row.ServerURL != current {
			continue
		}
		p, err := l.DB.ADEProfile.Query().Where(adeprofile.ID(row.Edges.Version.AdeProfileID), adeprofile.PublishedVersionID(row.AdeProfileVersionID), adeprofile.DeletedAtIsNil()).Only(ctx)
		if ent.IsNotFound(err) {
			continue // devices get another version by now
		}
		if err != nil {
			return nil, err
		}
		f := &Finding{Code: "PROFILE_REFUSED", Severity: Critical, Token: t, Profile: p, Cause: row.ErrorMessage, Fix: fix(row.ErrorHint, EditProfile),
			Symptom:  fmt.Sprintf("Apple does not take the profile %q for %s: its devices wait", p.Name, t.Name),
			Evidence: []string{"code: " + row.ErrorCode, fmt.Sprintf("version: %d", row.Edges.Version.Number)},
			Where:    where(t, map[string]any{"adeProfileId": p.ID.String(), "assignmentStatus": "PENDING"})}
		if row.ErrorField != "" {
			f.Evidence = append(f.Evidence, "field: "+row.ErrorField)
		}
		if row.NextAttemptAt != nil {
			f.Evidence = append(f.Evidence, "asked again: "+row.NextAttemptAt.UTC().Format(time.RFC3339))
		}
		if row.AppleProfileUUID == "" && row.ErrorCode != refusedCode { // no answer, or too busy: it goes on by itself
			f.Code, f.Severity, f.Symptom = "PROFILE_NOT_REGISTERED", Warning, fmt.Sprintf("The profile %q is not known to Apple for %s yet: its devices wait", p.Name, t.Name)
		}
		if f.Devices, err = waiting(ctx, l.DB, p.ID, t.ID); err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	return found, nil
}

// refusedCode is apperr.AppleProfileRefused as registrations keep it.
const refusedCode = "APPLE_PROFILE_REFUSED"

func waiting(ctx context.Context, db *ent.Client, profile, token gid.ID) (int, error) {
	return db.AssignmentItem.Query().Where(assignmentitem.AdeProfileID(profile), assignmentitem.AbmTokenID(token)).Count(ctx)
}
