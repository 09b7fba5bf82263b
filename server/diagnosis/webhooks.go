package diagnosis

import (
	"context"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	entother "github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/othermdm"
)

// refusedWebhooks are those of other MDM servers of which something was refused within a day, and that told nothing since: how far devices enroll with these
// servers is not known.
func refusedWebhooks(ctx context.Context, l *Look) ([]*Finding, error) {
	all, err := l.DB.OtherMDM.Query().Where(entother.LastRefusalAtGT(l.Now.Add(-lately).UTC())).Order(entother.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading what was refused to other MDM servers: %w", err)
	}
	var found []*Finding
	for _, m := range all {
		if m.LastEventAt != nil && m.LastEventAt.After(*m.LastRefusalAt) || m.DeletedAt != nil && !m.LastRefusalAt.After(*m.DeletedAt) {
			continue
		}
		f, err := refusedWebhook(ctx, l, m)
		if err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	return found, nil
}

func webhooksDetail(ctx context.Context, l *Look) (string, bool, error) {
	n, err := l.DB.OtherMDM.Query().Where(entother.DeletedAtIsNil()).Count(ctx)
	return apperr.Count(n, "other MDM server"), n > 0, err
}

func refusedWebhook(ctx context.Context, l *Look, m *ent.OtherMDM) (*Finding, error) {
	enrolled, err := l.DB.DeviceEnrollment.Query().Where(deviceenrollment.OtherMdmID(m.ID), deviceenrollment.StatusEQ(deviceenrollment.StatusEnrolled),
		deviceenrollment.HasDeviceWith(device.RemovedAtIsNil())).Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("counting the devices of another MDM server: %w", err)
	}
	told := "nothing so far"
	if m.LastEventAt != nil {
		told = m.LastEventAt.UTC().Format(time.RFC3339)
	}
	f := &Finding{Code: "WEBHOOK_REFUSED", Severity: Warning, Since: m.LastRefusalAt, OtherMDM: m, Devices: enrolled, Where: where(nil, map[string]any{"otherMdmId": m.ID.String(), "enrollmentStatus": deviceenrollment.StatusEnrolled}),
		Symptom: fmt.Sprintf("What the MDM server %q tells of its devices is refused", m.Name),
		Evidence: []string{"webhook: " + othermdm.PathOf(m.ID), fmt.Sprintf("last refused at %s: %s: %s", m.LastRefusalAt.UTC().Format(time.RFC3339), m.LastRefusalCode, m.LastRefusalMessage),
			fmt.Sprintf("refused in all: %d", m.Refusals), "last believed: " + told}}
	cause, cure := whyRefused(m)
	f.Cause, f.Fix = cause, fix(cure, ShowOtherMDMs)
	if m.DeletedAt != nil {
		f.Symptom, f.Fix = fmt.Sprintf("The MDM server %q was removed here, and goes on telling of its devices", m.Name), fix(cure)
	}
	return f, nil
}

// whyRefused says what a refusal means, and what mends it.
func whyRefused(m *ent.OtherMDM) (cause, cure string) {
	secret := "the HMAC key"
	if m.WebhookAuthentication == entother.WebhookAuthenticationBasic {
		secret = "the password in the webhook's address"
	}
	switch apperr.Code(m.LastRefusalCode) {
	case othermdm.NoSuchWebhook:
		return "Its webhook ended when it was removed.", "Take the webhook's address out of that server's configuration, or add the server again and give it the new address and secret."
	case othermdm.NotSigned:
		return "Its requests carry no proof of where they come from.", "Give the webhook's secret to that server, as " + secret + ". Where nobody has it any more, make a new one."
	case othermdm.SignatureWrong:
		return "It has another secret than the one of here, a proxy changes the requests on their way, or somebody else calls the address.",
			"Make a new secret and give it to that server, as " + secret + "; the one before ends. If that does not help, look for a proxy that changes bodies."
	case othermdm.NotNow:
		return "The clocks of both servers are more than 15 minutes apart, or it sends what it could not send earlier.",
			"Set both clocks, by NTP. What was told too late is learned from the devices' next calls."
	case othermdm.TooLarge:
		return "A request had more than 6 MiB.", "Nothing has to be done where a device answered at such length: it says nothing about enrollments. Otherwise see what that server sends."
	case othermdm.Busy:
		return "More than four large requests came at the same time.", "Nothing, unless it lasts: what was told is learned from the devices' next calls."
	case othermdm.CutOff:
		return "A request ended before its end, or took longer than 30 seconds.", "Look at the network and at proxies between both servers."
	case othermdm.Malformed, mdm.Malformed, mdm.TooComplex:
		return "What it sends is not what NanoMDM and MicroMDM send.", "Have it send NanoMDM's or MicroMDM's events to the webhook's address, and nothing between change them."
	case mdm.OfOtherMDM:
		return "It tells of a device that is enrolled elsewhere as far as is known, and was not given this server's profile here.",
			"Have the device enroll with the ADE profile that leads to this server, or let it leave the server where it is enrolled."
	case mdm.OfOther:
		return "It tells of a device with the UDID with which another device enrolled.", "Find out which of both devices is which: see their pages."
	}
	return "This server could not keep what it told.", "Look for the refusal in this server's log."
}
