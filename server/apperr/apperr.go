// Package apperr is the one error type that travels from the services to the callers.
//
// A message says what happened and why; a hint says what to do about it. Both are shown to people as they are, so neither
// may hold a secret, a stack or the text of a database error. Causes go into Err: they reach the log, never the caller.
package apperr

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Code names a class of failure. It is part of the API: `extensions.code` of a GraphQL error, `code` of a UserError or of a
// run's error. Codes are only ever added.
type Code string

const (
	Unauthenticated Code = "UNAUTHENTICATED"  // no valid credentials came with the request
	Forbidden       Code = "FORBIDDEN"        // the caller's role does not allow it
	NotFound        Code = "NOT_FOUND"        // the object does not exist (or may not be seen)
	BadUserInput    Code = "BAD_USER_INPUT"   // the caller can mend the input
	Conflict        Code = "CONFLICT"         // the input was right, but the state of things does not allow it
	RateLimited     Code = "RATE_LIMITED"     // too many requests; RetryAfter says when
	LimitExceeded   Code = "LIMIT_EXCEEDED"   // the operation is larger than the server answers (depth, aliases, size …)
	DocumentUnknown Code = "DOCUMENT_UNKNOWN" // a browser's session asked for what is no operation of this version's dashboard
	Unavailable     Code = "UNAVAILABLE"      // something we depend on is down; trying again later can help
	Internal        Code = "INTERNAL"         // our own fault

	// The server token file could not be used (field-notes: each cause has its own message).
	TokenFileInvalid  Code = "TOKEN_FILE_INVALID"   // not a server token file at all
	TokenFileTooLarge Code = "TOKEN_FILE_TOO_LARGE" // more than a server token can be
	TokenFileCutOff   Code = "TOKEN_FILE_CUT_OFF"   // the beginning of one
	TokenOtherKey     Code = "TOKEN_OTHER_KEY"      // made for another public key
	TokenIncomplete   Code = "TOKEN_INCOMPLETE"     // decrypted, but a field is missing or of the wrong type
	TokenExpired      Code = "TOKEN_EXPIRED"        // its year is over
	TokenOtherServer  Code = "TOKEN_OTHER_SERVER"   // belongs to another MDM server or organization in ABM
	TokenNeedsConfirm Code = "TOKEN_CHANGES"        // differs in a way that an admin has to confirm

	// The MDM push certificate, without which no device can be asked to call.
	PushCertificateMissing    Code = "PUSH_CERTIFICATE_MISSING"     // none was uploaded
	PushCertificateExpired    Code = "PUSH_CERTIFICATE_EXPIRED"     // its year is over
	PushCertificateInvalid    Code = "PUSH_CERTIFICATE_INVALID"     // not an MDM push certificate, or not one for the present
	PushCertificateOtherKey   Code = "PUSH_CERTIFICATE_OTHER_KEY"   // made for a key that is not here
	PushCertificateOtherTopic Code = "PUSH_CERTIFICATE_OTHER_TOPIC" // enrolled devices are bound to another topic

	// What Apple's service answered, or did not.
	AppleRejected        Code = "APPLE_TOKEN_REJECTED"  // Apple does not accept the server token
	AppleTerms           Code = "T_C_NOT_SIGNED"        // Apple's new terms wait for an administrator
	AppleDenied          Code = "ACCESS_DENIED"         // the token has no right to the request
	AppleCursorExpired   Code = "EXPIRED_CURSOR"        // the sync position is older than 7 days
	AppleCursorInvalid   Code = "INVALID_CURSOR"        // Apple does not know the sync position
	AppleCursorExhausted Code = "EXHAUSTED_CURSOR"      // everything up to the sync position was already fetched
	AppleCursorStuck     Code = "CURSOR_STUCK"          // Apple keeps answering the same sync position
	AppleThrottled       Code = "APPLE_THROTTLED"       // 429, or 503 with Retry-After
	AppleUnavailable     Code = "APPLE_UNAVAILABLE"     // 5xx, time-outs, resets, no route
	AppleMalformed       Code = "APPLE_MALFORMED"       // an answer that is not what Apple documents
	AppleProfileRefused  Code = "APPLE_PROFILE_REFUSED" // Apple does not take an ADE profile; Field says what about it
	AppleProfileUnknown  Code = "PROFILE_NOT_FOUND"     // Apple no longer knows an ADE profile that it took
)

// Error is a failure that callers can act on.
type Error struct {
	Code       Code
	Message    string        // what happened and why, one or two sentences
	Hint       string        // what to do; may be empty
	Field      []string      // path of the input field at fault, as in the GraphQL input; may be empty
	RetryAfter time.Duration // 0: not known
	Err        error         // the cause, for the log only
}

// Error implements error. It includes the cause, so it is for logs; callers are shown Message and Hint.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Err)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Message)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error with a message formatted as by fmt.Sprintf.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an error whose cause is err. The cause is logged, not shown.
func Wrap(err error, code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Err: err}
}

// WithHint returns a copy that says what to do.
func (e *Error) WithHint(format string, args ...any) *Error {
	c := *e
	c.Hint = fmt.Sprintf(format, args...)
	return &c
}

// WithField returns a copy that names the input field at fault.
func (e *Error) WithField(path ...string) *Error {
	c := *e
	c.Field = path
	return &c
}

// WithRetryAfter returns a copy that says when trying again makes sense.
func (e *Error) WithRetryAfter(d time.Duration) *Error {
	c := *e
	c.RetryAfter = d
	return &c
}

// Missing makes the error about an object that is not there: what it is, its identifier, and the query that lists those that are.
func Missing(cause error, what string, id fmt.Stringer, list string) *Error {
	return Wrap(cause, NotFound, "There is no %s %s.", what, id).WithHint("Take the identifier from %s.", list)
}

// NoABMToken is Missing for ABM tokens, which every input names abmTokenId.
func NoABMToken(cause error, id fmt.Stringer) *Error {
	return Missing(cause, "ABM token", id, "abmTokens").WithField("abmTokenId")
}

// As finds the first *Error in err's chain; nil if there is none.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// All finds every *Error of those that were joined (errors.Join), in their order.
func All(err error) []*Error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Error
		for _, err := range joined.Unwrap() {
			all = append(all, All(err)...)
		}
		return all
	}
	if e := As(err); e != nil {
		return []*Error{e}
	}
	return nil
}

// Count says how many, for messages: "1 device", "1,238 devices".
func Count(n int, noun string) string { return Number(n) + " " + Word(n, noun, noun+"s") }

// Number is n as people read it, for messages: "1,238".
func Number(n int) string {
	digits := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for at := len(digits) - 3; at > first; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// Word is the one that goes with a number.
func Word(n int, one, many string) string {
	if n == 1 || n == -1 {
		return one
	}
	return many
}

// CodeOf is the code of the first *Error in the chain; Internal for any other error, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e := As(err); e != nil {
		return e.Code
	}
	return Internal
}

// Is reports whether err's code is one of the given ones.
func Is(err error, codes ...Code) bool {
	c := CodeOf(err)
	for _, want := range codes {
		if err != nil && c == want {
			return true
		}
	}
	return false
}

// IsVerdict reports whether err is what a server token has come to: by Apple's answer, or by its age. It becomes the token's state,
// which says all there is to say about it.
func IsVerdict(err error) bool {
	return Is(err, AppleTerms, AppleRejected, AppleDenied, TokenExpired)
}
