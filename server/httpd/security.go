package httpd

import (
	"net/http"
	"strings"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/peer"
)

// contentSecurityPolicy lets a page load its own hashed files and talk to this server; 'self' of connect-src covers its
// WebSocket too (CSP 3). No inline script or style anywhere.
func contentSecurityPolicy() string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
}

// secureHeaders sets the headers of every answer. Answers are not stored unless their handler says otherwise.
func secureHeaders(next http.Handler) http.Handler {
	csp := contentSecurityPolicy()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", csp)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		// Browsers ignore it over http; said there, it would only suggest a protection that is absent.
		if peer.From(r.Context()).HTTPS {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// refuseCrossOrigin refuses requests that change something when a browser sends them for a page of another origin. It holds
// for all of them, not just those with a session cookie, so that nobody can be signed in from outside either. Programs and
// devices send neither Sec-Fetch-Site nor Origin and are not concerned.
func refuseCrossOrigin() middleware {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		WriteError(w, r, apperr.New(apperr.Forbidden, "A page of another origin sent this request, so it was refused.").
			WithHint("Open the dashboard at its own address. Behind a proxy, pass the Host header on, or X-Forwarded-Host and name the proxy in GUARDMDM_TRUSTED_PROXIES."))
	}))
	return protection.Handler
}
