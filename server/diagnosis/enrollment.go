package diagnosis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/enrollmentrefusal"
	"github.com/guardmdm/guardmdm/server/push"
)

const (
	// overdue is for how long after its time a device may still wait in Setup Assistant before somebody is told: it is called again meanwhile.
	overdue = 5 * time.Minute
	// lately is how far back refusals are told.
	lately = 24 * time.Hour
	// manyRefusals bounds what is read of them: they are summed up anyhow.
	manyRefusals = 500
	// examples is how many serial numbers evidence names.
	examples = 5
)

// pushCertificate is what every enrollment needs, and every command.
func pushCertificate(ctx context.Context, l *Look) ([]*Finding, error) {
	c, err := l.Push.Current(ctx)
	if err != nil || len(l.Tokens) == 0 {
		return nil, err
	}
	f := &Finding{Severity: Critical, Where: where(l.token(l.Only), nil)}
	for _, t := range l.Tokens {
		f.Devices += l.Devices(t.ID)
	}
	if c == nil {
		f.Code, f.Symptom = "PUSH_CERTIFICATE_MISSING", "No device can enroll: there is no MDM push certificate"
		f.Cause = "Devices are asked to call by Apple's push service, which wants a certificate of the organization."
		f.Evidence = []string{"push certificate: none"}
		f.Fix = fix("Create a request, have it signed at identity.apple.com, and upload the certificate.", UploadPushCertificate)
		return []*Finding{f}, nil
	}
	f.Evidence = []string{"topic: " + c.Topic, "valid until: " + c.NotAfter.UTC().Format(time.RFC3339)}
	renew := fix("Renew it at identity.apple.com with the same Apple Account and upload it: enrolled devices stay enrolled. A new certificate in place of a renewed one has another topic, and every device would have to enroll anew.", UploadPushCertificate)
	switch left := c.NotAfter.Sub(l.Now); push.StateOf(c, l.Now) {
	case push.Expired:
		f.Code, f.Symptom, f.Since = "PUSH_CERTIFICATE_EXPIRED", "No device can enroll or be asked to call: the MDM push certificate has expired", c.NotAfter
	case push.Expiring:
		f.Code, f.Severity, f.Symptom = "PUSH_CERTIFICATE_EXPIRING", Info, "The MDM push certificate expires "+within(left)
		if left <= soon {
			f.Severity = Warning
		}
	default:
		return nil, nil
	}
	f.Cause, f.Fix = "A push certificate lasts a year. After its end no device can enroll, and enrolled ones are not asked to call.", renew
	return []*Finding{f}, nil
}

// heldDevices wait in Setup Assistant longer than they should: they do not answer, or were switched off.
func heldDevices(ctx context.Context, l *Look) ([]*Finding, error) {
	query := l.DB.DeviceEnrollment.Query().Where(deviceenrollment.AwaitingConfiguration(true), deviceenrollment.ReleaseDueAtLT(l.Now.Add(-overdue)),
		deviceenrollment.HasDeviceWith(device.RemovedAtIsNil()))
	if l.Only != 0 {
		query.Where(deviceenrollment.HasDeviceWith(device.AbmTokenID(l.Only)))
	}
	n, err := query.Clone().Count(ctx)
	if err != nil || n == 0 {
		return nil, err
	}
	first, err := query.WithDevice().Order(deviceenrollment.ByReleaseDueAt()).Limit(examples).All(ctx)
	if err != nil {
		return nil, err
	}
	f := &Finding{Code: "HELD_IN_SETUP_ASSISTANT", Severity: Warning, Token: l.token(l.Only), Devices: n, Since: first[0].ReleaseDueAt,
		Symptom: "Setup Assistant does not go on for " + some(n),
		Cause:   "They enrolled, wait until they are configured, and have not answered the command that lets them go on: most were switched off, or have no network.",
		Fix:     fix("Connect the device to a network, or release it by hand from its page. One that was wiped starts anew when it is switched on.")}
	for _, e := range first {
		f.Examples = append(f.Examples, e.Edges.Device.SerialNumber)
		f.Evidence = append(f.Evidence, fmt.Sprintf("%s: should have gone on at %s", e.Edges.Device.SerialNumber, e.ReleaseDueAt.UTC().Format(time.RFC3339)))
	}
	return []*Finding{f}, nil
}

// refusedDevices asked for their enrollment and were refused within a day, and are not enrolled by now.
func refusedDevices(ctx context.Context, l *Look) ([]*Finding, error) {
	rows, err := l.DB.EnrollmentRefusal.Query().Where(enrollmentrefusal.LastAtGT(l.Now.Add(-lately)), enrollmentrefusal.SerialNumberNEQ("")).
		Order(enrollmentrefusal.ByLastAt(sql.OrderDesc())).Limit(manyRefusals).All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	serials := make([]string, len(rows))
	for i, r := range rows {
		serials[i] = r.SerialNumber
	}
	query := l.DB.Device.Query().Where(device.SerialNumberIn(serials...), device.Not(device.HasEnrollmentWith(deviceenrollment.StatusEQ(deviceenrollment.StatusEnrolled))))
	if l.Only != 0 {
		query.Where(device.AbmTokenID(l.Only))
	}
	known, err := query.Select(device.FieldSerialNumber).Strings(ctx)
	if err != nil {
		return nil, err
	}
	f := &Finding{Code: "ENROLLMENTS_REFUSED", Severity: Warning, Token: l.token(l.Only), Devices: len(known), Fix: fix("See on the device's page what it was told and what to do, or diagnose its serial number."),
		Symptom: some(len(known)) + " tried to enroll within a day, without success",
		Cause:   "Each was told why; the page of the device says what mends it."}
	type reason struct {
		code    string
		serials []string
	}
	var reasons []*reason
	for _, r := range rows {
		if !slices.Contains(known, r.SerialNumber) {
			continue
		}
		i := slices.IndexFunc(reasons, func(x *reason) bool { return x.code == r.Code })
		if i < 0 {
			i, reasons = len(reasons), append(reasons, &reason{code: r.Code})
		}
		reasons[i].serials = append(reasons[i].serials, r.SerialNumber)
		if len(f.Examples) < examples && !slices.Contains(f.Examples, r.SerialNumber) {
			f.Examples = append(f.Examples, r.SerialNumber)
		}
		if f.Since == nil || r.LastAt.Before(*f.Since) {
			f.Since = &r.LastAt
		}
	}
	if len(known) == 0 {
		return nil, nil
	}
	for _, r := range reasons {
		shown := strings.Join(r.serials[:min(len(r.serials), examples)], ", ")
		if more := len(r.serials) - examples; more > 0 {
			shown += fmt.Sprintf(" and %d more", more)
		}
		f.Evidence = append(f.Evidence, r.code+": "+shown)
	}
	return []*Finding{f}, nil
}

// refusalOf is the last refusal of a serial number since a moment; nil: none.
func refusalOf(ctx context.Context, db *ent.Client, serial string, since *time.Time) (*ent.EnrollmentRefusal, error) {
	query := db.EnrollmentRefusal.Query().Where(enrollmentrefusal.SerialNumber(serial))
	if since != nil {
		query.Where(enrollmentrefusal.LastAtGT(*since))
	}
	r, err := query.Order(enrollmentrefusal.ByLastAt(sql.OrderDesc())).First(ctx)
	return r, ent.MaskNotFound(err)
}
