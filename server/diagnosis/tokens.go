package diagnosis

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// soon is how long before a token's end its expiry is a warning rather than worth knowing.
const soon = 7 * 24 * time.Hour

// tokens reads the states of the ABM tokens, which Apple's last answers decided.
func tokens(_ context.Context, l *Look) (found []*Finding, err error) {
	for _, t := range l.Tokens {
		if f := ofToken(t, l.Now); f != nil {
			f.Token, f.Since = t, &t.StateChangedAt
			if t.State != abmtoken.StateAwaitingServerToken {
				f.Devices, f.Where = l.Devices(t.ID), where(t, nil)
			}
			f.Evidence = append(f.Evidence, "state: "+string(t.State))
			if t.ExpiresAt != nil {
				f.Evidence = append(f.Evidence, "expires: "+t.ExpiresAt.UTC().Format(time.RFC3339))
			}
			found = append(found, f)
		}
		if f := held(t); f != nil {
			found = append(found, f)
		}
	}
	return found, nil
}

func ofToken(t *ent.ABMToken, now time.Time) *Finding {
	message, hint, _ := strings.Cut(t.StateMessage, "\n")
	f := &Finding{Severity: Critical, Cause: message}
	if message != "" {
		f.Evidence = []string{"Apple: " + message}
	}
	switch t.State {
	case abmtoken.StateExpired:
		f.Code, f.Symptom = "TOKEN_EXPIRED", fmt.Sprintf("Devices of %s no longer sync, and new ones cannot enroll", t.Name)
		f.Cause = "The server token has expired: it lasts a year. Enrolled devices keep working."
		f.Fix = fix("Renew the server token: a new key, its certificate uploaded for the same MDM server in Apple Business Manager, and the new server token uploaded here.", RenewToken)
	case abmtoken.StateRejected:
		f.Code, f.Symptom = "TOKEN_REJECTED", fmt.Sprintf("Apple refuses %s: nothing syncs, and no profile is assigned", t.Name)
		f.Fix = fix(hint, CheckToken, RenewToken)
		if abm.BlamesClock(hint) {
			f.Code, f.Symptom = "CLOCK_SKEW", fmt.Sprintf("Apple refuses %s: the clock of this server is wrong", t.Name)
			f.Cause = "Signing in at Apple signs the time: Apple refuses a clock that differs by minutes. " + message
			f.Evidence = append(f.Evidence, hint)
			f.Fix = fix("Correct the clock of this server, for example with NTP, then check the token again.", CheckToken)
		}
	case abmtoken.StateTermsNotAccepted:
		f.Code, f.Symptom = "TERMS_NOT_ACCEPTED", fmt.Sprintf("Apple has new terms for %s: nothing syncs, and no profile is assigned", t.Name)
		f.Fix = fix(hint, OpenABM, CheckToken)
	case abmtoken.StateExpiring:
		if t.ExpiresAt == nil {
			return nil
		}
		left := t.ExpiresAt.Sub(now)
		f.Code, f.Severity, f.Symptom = "TOKEN_EXPIRING", Info, fmt.Sprintf("The server token of %s expires %s", t.Name, within(left))
		if left <= soon {
			f.Severity = Warning
		}
		f.Cause = "A server token lasts a year. After its end devices no longer sync, and new ones cannot enroll."
		f.Fix = fix("Renew the server token before then; the present one stays in use until the new one is uploaded.", RenewToken)
	case abmtoken.StateAwaitingServerToken:
		f.Code, f.Severity, f.Symptom = "TOKEN_NOT_CONNECTED", Info, fmt.Sprintf("%s is not connected yet", t.Name)
		f.Cause = "Its server token from Apple Business Manager has not been uploaded. What was done so far is kept."
		f.Fix = fix("Upload the certificate in Apple Business Manager, download the server token there, and upload it here.", ConnectToken)
	default:
		return nil
	}
	return f
}

// within says how long something is away.
func within(d time.Duration) string {
	days := int(math.Ceil(d.Hours() / 24)) // the day that has begun counts, as everywhere on the dashboard
	switch {
	case d <= 0:
		return "now"
	case days == 1:
		return "within a day"
	}
	return fmt.Sprintf("in %d days", days)
}

// held are removals that wait for an administrator.
func held(t *ent.ABMToken) *Finding {
	if t.HeldRemovals == 0 {
		return nil
	}
	return &Finding{
		Code: "REMOVALS_HELD", Severity: Warning, Token: t, Since: t.HeldAt, Devices: t.HeldRemovals,
		Symptom:  fmt.Sprintf("%s of %s %s for a decision", some(t.HeldRemovals), t.Name, apperr.Word(t.HeldRemovals, "waits", "wait")),
		Cause:    "Apple's list no longer contains more than half of the token's devices. They are kept here, because a list that was cut short looks the same.",
		Evidence: []string{fmt.Sprintf("devices missing from the last full list: %d", t.HeldRemovals)},
		Fix:      fix("See in Apple Business Manager whether they were moved or released. If they should be there, look again by a full sync; if they are gone, an administrator confirms their removal.", OpenABM, StartFullSync, ConfirmRemovals),
	}
}
