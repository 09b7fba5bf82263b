package diagnosis

import (
	"context"
	"fmt"
	"strings"
)

// publicURL reads the address that profiles at Apple hold.
func publicURL(ctx context.Context, l *Look) (found []*Finding, err error) {
	current, err := l.URLs.Current(ctx)
	if err != nil {
		return nil, err
	}
	configured := l.URLs.Configured()
	all := 0
	for token := range l.present {
		if l.Only == 0 || l.Only == token {
			all += l.Devices(token)
		}
	}
	evidence := []string{"in use: " + orNone(current), "GUARDMDM_PUBLIC_URL: " + orNone(configured)}
	if configured != "" && current != "" && configured != current {
		found = append(found, &Finding{Code: "PUBLIC_URL_DIFFERS", Severity: Warning, Devices: all, Where: where(l.token(l.Only), nil), Evidence: evidence,
			Symptom: fmt.Sprintf("Devices are sent to %s, not to %s", current, configured),
			Cause:   "GUARDMDM_PUBLIC_URL differs from the public URL in use. Profiles at Apple hold that, so the variable has no effect until an administrator confirms it.",
			Fix:     fix("Confirm the new URL, after which every profile is registered anew; or set the variable back.", ConfirmPublicURL)})
	}
	switch {
	case current == "":
		found = append(found, &Finding{Code: "PUBLIC_URL_MISSING", Severity: Critical, Devices: all, Where: where(l.token(l.Only), nil), Evidence: evidence,
			Symptom: "No profile can be given to Apple: this server has no https public URL",
			Cause:   "Profiles tell devices where to enroll, and Apple takes https addresses alone.",
			Fix:     fix("Set GUARDMDM_PUBLIC_URL to the https address by which devices reach this server, and start it again.")})
	case !strings.HasPrefix(current, "https://") && l.IsApple:
		found = append(found, &Finding{Code: "PUBLIC_URL_NOT_HTTPS", Severity: Critical, Devices: all, Where: where(l.token(l.Only), nil), Evidence: evidence,
			Symptom: fmt.Sprintf("Devices cannot enroll at %s: it is not https", current),
			Cause:   "Apple takes https addresses alone, and devices enroll nowhere else.",
			Fix:     fix("Set GUARDMDM_PUBLIC_URL to an https address, start the server again, and confirm the new URL.", ConfirmPublicURL)})
	default:
		why := l.Reach(ctx, current)
		if why == nil {
			break
		}
		found = append(found, &Finding{Code: "PUBLIC_URL_UNREACHABLE", Severity: Warning, Devices: all, Where: where(l.token(l.Only), nil),
			Evidence: append(evidence, fmt.Sprintf("asked %s/healthz from this server: %s", current, why)),
			Symptom:  fmt.Sprintf("This server is not reached at %s, where devices enroll", current),
			Cause:    "A name that does not resolve, a proxy that passes nothing on, a certificate that is not trusted, or a firewall. Some networks do not let a server reach its own public address: then devices still may.",
			Fix:      fix("Open the address in a browser of another network. If it does not answer there either, see to DNS, the proxy and its certificate; `guardmdm doctor` looks at each.")})
	}
	return found, nil
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
