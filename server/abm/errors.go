package abm

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
)

// AnswerError is what Apple answered instead of 200. It is the cause inside the *apperr.Error of such a call.
type AnswerError struct {
	Method, Path string
	Status       int    // HTTP status
	Code         string // Apple's code in the body, such as "T_C_NOT_SIGNED"; "" if there is none that we know
	Body         string // its first KiB, without our secrets
}

// Error implements error.
func (e *AnswerError) Error() string {
	return fmt.Sprintf("%s %s answered %d: %q", e.Method, e.Path, e.Status, e.Body)
}

// label is the answer in short: "403 T_C_NOT_SIGNED".
func (e *AnswerError) label() string {
	if e.Code == "" {
		return fmt.Sprint(e.Status)
	}
	return fmt.Sprintf("%d %s", e.Status, e.Code)
}

// knownCodes are looked for in this order. Apple sends the bare code; quoted strings and JSON around it were seen too, so
// the code is matched by containment (protocol reference 2.3). The last line has OAuth's problem words, seen at /session.
var knownCodes = []string{
	"T_C_NOT_SIGNED", "ACCESS_DENIED",
	"EXPIRED_CURSOR", "EXHAUSTED_CURSOR", "INVALID_CURSOR", "CURSOR_REQUIRED",
	"MALFORMED_REQUEST_BODY", "USER_AGENT_MISSING", "USER_AGENT_INVALID", "DEVICE_ID_REQUIRED",
	"TOO_MANY_REQUESTS", "UNAUTHORIZED", "FORBIDDEN",
	"token_rejected", "token_expired", "signature_invalid", "timestamp_refused", "nonce_used", "consumer_key_unknown", "consumer_key_rejected",
}

func findCode(body string) string {
	if isPage(body) {
		return "" // whatever words are in it
	}
	for _, code := range knownCodes {
		if strings.Contains(body, code) {
			return code
		}
	}
	return ""
}

// isPage recognises HTML, which comes from a proxy rather than from Apple's service.
func isPage(body string) bool { return strings.HasPrefix(strings.TrimSpace(body), "<") }

const (
	hintWait  = "Nothing to do: GuardMDM tries again by itself."
	hintProxy = "Check whether a proxy or firewall between this server and Apple answers in Apple's place."
	hintRenew = "Download a new server token in ABM for the same MDM server and upload it here."
)

// judge says what an answer other than 200 means.
func (c *Client) judge(answer *AnswerError, header http.Header) *failure {
	answer.Code = findCode(answer.Body)
	fail := func(code apperr.Code, hint, format string, args ...any) *failure {
		e := apperr.Wrap(answer, code, format, args...)
		e.Hint = hint
		return &failure{err: e}
	}
	asked := retryAfter(header, c.clock.Now())
	again := func(f *failure) *failure {
		f.retry = true
		if e := apperr.As(f.err); asked > 0 {
			f.err = e.WithRetryAfter(asked)
		}
		return f
	}
	atSession := answer.Path == sessionPath
	label := answer.label()

	switch status := answer.Status; {
	case answer.Code == "T_C_NOT_SIGNED":
		return fail(apperr.AppleTerms, "Sign in at business.apple.com as an administrator and accept the terms, then check again.",
			"Apple has new terms to accept (%s). Until an administrator accepts them, this token cannot sync or assign.", label)
	case answer.Code == "ACCESS_DENIED":
		return fail(apperr.AppleDenied, "Check in ABM that the MDM server still exists and that the account which downloaded the token may manage devices, or download a new server token with another account.",
			"Apple denies access (%s): the server token has no right to this request.", label)
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable && asked > 0:
		return again(fail(apperr.AppleThrottled, hintWait, "Apple is busy and asks to come back later (%s).", label))
	case status >= 500, status == http.StatusRequestTimeout:
		return again(fail(apperr.AppleUnavailable, hintWait, "Apple's service does not work at the moment (%s).", label))
	case strings.HasPrefix(answer.Code, "USER_AGENT"):
		return fail(apperr.AppleMalformed, "Change the user agent to a plain name/version.", "Apple does not like the user agent of this server (%s).", label)
	case atSession && (status == http.StatusUnauthorized || status == http.StatusBadRequest && !isPage(answer.Body) || status == http.StatusForbidden && answer.Code != ""):
		return fail(apperr.AppleRejected, hintRenew+c.clockHint(status, header),
			"Apple no longer accepts the server token (%s). A newer one was made for this MDM server, or the person who downloaded it left the organization or changed their password.", label)
	case status == http.StatusUnauthorized, status == http.StatusForbidden && answer.Code == "FORBIDDEN":
		f := fail(apperr.AppleRejected, hintRenew, "Apple refuses the session that it has just opened for this server token (%s).", label)
		f.sessionLost = true
		return f
	case answer.Code == "EXPIRED_CURSOR":
		return fail(apperr.AppleCursorExpired, "Start a full sync.", "The sync position was older than 7 days (%s). Apple needs a full sync.", label)
	case answer.Code == "EXHAUSTED_CURSOR":
		return fail(apperr.AppleCursorExhausted, hintWait, "Apple has already listed everything up to this sync position (%s).", label)
	case answer.Code == "INVALID_CURSOR", answer.Code == "CURSOR_REQUIRED":
		return fail(apperr.AppleCursorInvalid, "Start a full sync.", "Apple does not know the sync position (%s). It needs a full sync.", label)
	case status >= 300 && status < 400:
		return fail(apperr.AppleMalformed, hintProxy, "The answer leads to another address (%d, %s) instead of holding data. Apple never does that.", status, redirectTarget(header))
	default:
		return fail(apperr.AppleMalformed, hintProxy, "The answer (%s) is none that Apple documents for %s.", label, answer.Path)
	}
}

// correctClock is what a hint says when our clock is to blame.
const correctClock = "correct the clock of this server"

// BlamesClock tells whether a hint of an error says that our clock is wrong.
func BlamesClock(hint string) bool { return strings.Contains(hint, correctClock) }

// clockHint blames our clock for a refused sign-in if it differs from Apple's: OAuth signs the time.
func (c *Client) clockHint(status int, header http.Header) string {
	const tolerated = 2 * time.Minute
	apple, err := http.ParseTime(header.Get("Date"))
	if err != nil || status != http.StatusUnauthorized {
		return ""
	}
	skew := c.clock.Now().Sub(apple).Round(time.Second)
	direction := "ahead of"
	if skew < 0 {
		skew, direction = -skew, "behind"
	}
	if skew <= tolerated {
		return ""
	}
	return fmt.Sprintf(" But first "+correctClock+": it is %s %s Apple's.", skew, direction)
}

// redirectTarget is the host that a redirect leads to. The rest of the address can hold anything.
func redirectTarget(header http.Header) string {
	u, err := url.Parse(header.Get("Location"))
	if err != nil || u.Host == "" {
		return "same host"
	}
	return "to " + u.Host
}

// noAnswer is a request without an answer, or whose answer broke off.
func (c *Client) noAnswer(err error) *failure {
	var untrusted *tls.CertificateVerificationError
	why, retry := reason(err), !errors.As(err, &untrusted)
	return &failure{
		err: apperr.Wrap(err, apperr.AppleUnavailable, "No complete answer came from %s: %s.", c.base.Hostname(), why).
			WithHint("Check the network, DNS, proxy and firewall of this server. GuardMDM tries again by itself."),
		retry: retry,
	}
}

// reason is a network error in words. The error itself goes to the log.
func reason(err error) string {
	var (
		untrusted *tls.CertificateVerificationError
		dns       *net.DNSError
		timeout   interface{ Timeout() bool }
	)
	switch {
	case errors.As(err, &untrusted):
		return "its certificate is not trusted here; a proxy may open TLS connections"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "its name is not known to DNS"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it did not answer in time"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "it refuses connections"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the connection broke off"
	}
	return "the connection failed"
}

// unreadable is a 200 whose body could not be decoded.
func (c *Client) unreadable(call call, body *answerBody, err error) *failure {
	switch {
	case errors.Is(body.err, errAnswerTooLarge):
		return &failure{err: apperr.Wrap(err, apperr.AppleMalformed, "The answer to %s is larger than %d MiB.", call.path, maxAnswer>>20).
			WithHint("Choose a smaller page size.")}
	case body.err != nil:
		return c.noAnswer(body.err)
	case body.first == '<':
		return &failure{retry: true, err: apperr.Wrap(err, apperr.AppleMalformed, "The answer to %s is a web page instead of data.", call.path).
			WithHint(hintProxy)}
	}
	return &failure{retry: true, err: apperr.Wrap(err, apperr.AppleMalformed, "The answer to %s is not what Apple documents: it cannot be read to its end.", call.path).
		WithHint(hintProxy)}
}
