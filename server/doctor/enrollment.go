package doctor

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/enroll"
	"github.com/guardmdm/guardmdm/server/push"
)

// What enrollment needs; the checks' names.
const (
	deviceAuthorities = "device authorities"
	osVersions        = "OS versions"
	profileSigning    = "profile signing"
	pushCertificate   = "push certificate"
)

// recently is how long a refused authority is worth a warning.
const recently = 7 * 24 * time.Hour

// enrollment looks at whose devices are believed, and at what signs their profiles.
func (d *doctor) enrollment(ctx context.Context) {
	d.versionsFile()
	if d.db == nil || !d.current {
		d.skip("the database", deviceAuthorities, profileSigning, pushCertificate)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	d.withoutVersions(ctx)
	d.authorities(ctx)
	d.signing(ctx)
	d.push(ctx)
}

// oldVersions is how old the list of versions may be: by then Apple has published another one for every device.
const oldVersions = 90 * 24 * time.Hour

const fetchVersions = "Fetch https://gdmf.apple.com/v2/pmv anew, every day best (docs/operations/enrollment.md#minimum-os)."

func (d *doctor) versionsFile() {
	path := d.Config.OSVersionsFile
	if path == "" {
		return
	}
	versions, err := enroll.OpenVersions(path)
	switch {
	case err != nil:
		d.fail(osVersions, err.Error(), "The server does not start with it.", fetchVersions+" Or unset GUARDMDM_OS_VERSIONS_FILE.")
	case d.Clock.Since(versions.Changed()) > oldVersions:
		d.warn(osVersions, fmt.Sprintf("%s is %s old", path, apperr.Count(days(d.Clock.Since(versions.Changed())), "day")),
			"Versions that ended meanwhile are named to no device: below the minimum, more and more of them enroll all the same.", fetchVersions)
	default:
		d.ok(osVersions, "%s, of %s", path, versions.Changed().UTC().Format(time.DateOnly))
	}
}

// withoutVersions tells of minimum versions that only mark devices, because nothing says to which version one could update.
func (d *doctor) withoutVersions(ctx context.Context) {
	if d.Config.OSVersionsFile != "" {
		return
	}
	profiles, err := d.db.Reader().ADEProfile.Query().Where(adeprofile.DeletedAtIsNil()).Select(adeprofile.FieldMinimumOs).All(ctx)
	if err != nil {
		d.err(Fail, osVersions, err, "See the log of the database.")
		return
	}
	demanding := 0
	for _, p := range profiles {
		if len(p.MinimumOs) > 0 {
			demanding++
		}
	}
	if demanding > 0 {
		d.warn(osVersions, apperr.Count(demanding, "ADE profile")+" with a minimum version, and no list of the versions that exist",
			"Devices below it are not sent to update: they enroll, and are marked.",
			"Name a copy of Apple's list in GUARDMDM_OS_VERSIONS_FILE (docs/operations/enrollment.md#minimum-os).")
	}
}

// push looks at the MDM push certificate, without which nobody enrolls. A device that is bound to its topic hears no other one.
func (d *doctor) push(ctx context.Context) {
	service := push.New(push.Options{Store: d.db, Box: d.box, Clock: d.Clock, Logger: slog.New(slog.DiscardHandler)})
	c, err := service.Current(ctx)
	const renew = "Renew it with the same Apple Account at identity.apple.com, and upload it (docs/operations/push-certificate.md)."
	switch {
	case err != nil:
		d.err(Fail, pushCertificate, err, "See the log of the database.")
	case c == nil:
		d.ok(pushCertificate, "none was uploaded: no device can be enrolled until one is (docs/operations/push-certificate.md)")
	case d.box == nil:
		d.skip("the secret key file", pushCertificate)
	case service.Opens(c) != nil:
		d.fail(pushCertificate, "its key cannot be used: no device can be asked to call", service.Opens(c).Error(), renew)
	case push.StateOf(c, d.Clock.Now()) == push.Expired:
		d.fail(pushCertificate, "it expired on "+c.NotAfter.UTC().Format(time.DateOnly), "No device can be enrolled or asked to call. Enrolled devices stay enrolled.", renew)
	case push.StateOf(c, d.Clock.Now()) == push.Expiring:
		d.warn(pushCertificate, "it expires on "+c.NotAfter.UTC().Format(time.DateOnly), "After that no device can be enrolled or asked to call.", renew)
	default:
		d.ok(pushCertificate, "%s, until %s", c.Topic, c.NotAfter.UTC().Format(time.DateOnly))
	}
}

func (d *doctor) authorities(ctx context.Context) {
	service := deviceca.New(d.db, nil, d.Clock)
	if path := d.Config.DeviceCAFile; path != "" {
		more, err := deviceca.ReadFile(path)
		if err != nil {
			d.fail(deviceAuthorities, err.Error(), "The server does not start with it.", "Name a file with certificates of authorities in PEM, or unset GUARDMDM_DEVICE_CA_FILE.")
			return
		}
		d.warn(deviceAuthorities, fmt.Sprintf("devices that are not Apple's may enroll: %s", apperr.Count(len(more), "authority of GUARDMDM_DEVICE_CA_FILE")),
			"The file is for simulations alone.", "Unset GUARDMDM_DEVICE_CA_FILE on a server for real devices.")
		return
	}
	all, err := service.All(ctx)
	if err != nil {
		d.err(Fail, deviceAuthorities, err, "See the log of the database.")
		return
	}
	pinned, refused := 0, 0
	for _, a := range all {
		switch {
		case a.Source == deviceca.Pinned:
			pinned++
		case a.Source == deviceca.Seen && a.Row.LastAt.After(d.Clock.Now().Add(-recently)):
			refused++
		}
	}
	found := fmt.Sprintf("Apple's and %d pinned", pinned)
	if refused > 0 {
		d.warn(deviceAuthorities, fmt.Sprintf("%s; devices of %d others were refused within a week", found, refused),
			"Anybody can make an authority, but Apple may also have begun to issue from another one.",
			"Look at deviceCAs: if Apple says that one issues to devices, an administrator pins it (pinDeviceCA).")
		return
	}
	d.ok(deviceAuthorities, "%s", found)
}

func (d *doctor) signing(ctx context.Context) {
	if d.box == nil {
		d.skip("the secret key file", profileSigning)
		return
	}
	signing, err := enroll.New(enroll.Options{Store: d.db, Box: d.box, Clock: d.Clock}).Signing(ctx)
	const upload = "Upload a new one: uploadEnrollmentSigningCertificate."
	switch {
	case err != nil:
		d.fail(profileSigning, "the certificate that signs enrollment profiles cannot be used: no device gets one", err.Error(), upload)
	case signing == nil:
		d.ok(profileSigning, "enrollment profiles are not signed")
	default:
		end := signing.Certificate.NotAfter
		found := fmt.Sprintf("by %q until %s", signing.Certificate.Subject.CommonName, end.UTC().Format(time.DateOnly))
		switch left := end.Sub(d.Clock.Now()); {
		case left < 0:
			d.warn(profileSigning, found, "It has expired, so that profiles are not signed any more.", upload)
		case left < 30*24*time.Hour:
			d.warn(profileSigning, fmt.Sprintf("%s (%s left)", found, apperr.Count(days(left), "day")), "Profiles are not signed any more when it has expired.", upload)
		default:
			d.ok(profileSigning, "%s", found)
		}
	}
}
