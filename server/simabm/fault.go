package simabm

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// FaultKind is what goes wrong.
type FaultKind string

// Faults that replace the answer. The request is not carried out.
const (
	FaultTooManyRequests FaultKind = "too_many_requests" // 429, see RetryAfterSeconds
	FaultUnavailable     FaultKind = "unavailable"       // 503 with an HTML body, see RetryAfterSeconds
	FaultServerError     FaultKind = "server_error_html" // 500 with an HTML body
	FaultHTMLSuccess     FaultKind = "html_success"      // 200 with an HTML body
	FaultUnauthorized    FaultKind = "unauthorized"      // 401 UNAUTHORIZED; on /session token_rejected
	FaultForbidden       FaultKind = "forbidden"         // 403 FORBIDDEN
	FaultTermsNotSigned  FaultKind = "terms_not_signed"  // 403 T_C_NOT_SIGNED
	FaultAccessDenied    FaultKind = "access_denied"     // 403 ACCESS_DENIED
)

// Faults of the way back. The request is carried out; nothing is lost in the simulator, because a cursor is not used
// up by answering.
const (
	FaultReset         FaultKind = "reset"          // connection reset before the first byte
	FaultResetInBody   FaultKind = "reset_in_body"  // connection reset after half of the body
	FaultTruncatedJSON FaultKind = "truncated_json" // half of the body, ended properly
	FaultSlowBody      FaultKind = "slow_body"      // body in pieces over DelayMS
	FaultLatency       FaultKind = "latency"        // answer later by DelayMS
)

// Faults of cursors, on requests that carry one: 400 with the code.
const (
	FaultInvalidCursor   FaultKind = "invalid_cursor"
	FaultExpiredCursor   FaultKind = "expired_cursor"
	FaultExhaustedCursor FaultKind = "exhausted_cursor"
)

// Faults of device pages.
const (
	FaultRepeatedCursor  FaultKind = "repeated_cursor"      // the request's cursor again, with more_to_follow
	FaultRepeatedPage    FaultKind = "repeated_page"        // this page will come again under the next cursor
	FaultDuplicateEvents FaultKind = "duplicated_events"    // every device twice in a page
	FaultReorderedEvents FaultKind = "reordered_events"     // shuffled within the page
	FaultMissedEvents    FaultKind = "missed_events"        // sync passes over events, which a fetch would show, for good
	FaultUnknownFields   FaultKind = "unknown_fields"       // fields nobody knows, in page and devices
	FaultUnknownValues   FaultKind = "unknown_values"       // "refreshed" for modified, "on_hold" for empty, some os
	FaultEmptyStatus     FaultKind = "empty_profile_status" // "" for the profile_status empty
	FaultLongCursor      FaultKind = "long_cursor"          // cursors of 1,000 characters
)

// Faults of other answers.
const (
	FaultQuotedErrors    FaultKind = "quoted_errors"    // error codes in JSON quotes
	FaultAssignThrottled FaultKind = "assign_throttled" // per device; RetryAfterSeconds in the answer
	FaultAssignFailed    FaultKind = "assign_failed"    // per device
	FaultAssignMissing   FaultKind = "assign_missing"   // the device is left out of the answer
	FaultProfileUnknown  FaultKind = "profile_unknown"  // 404 PROFILE_NOT_FOUND to an assign request; the profile is forgotten
)

// Fault makes something go wrong on some requests. Among the requests it fits it passes over the first After, then
// takes every Every-th, each with Probability, at most Times. Zero values mean: none passed over, every one, always,
// without end. The JSON names are those of the fault file.
type Fault struct {
	Kind FaultKind `json:"kind"`
	// Endpoints are "METHOD /path" or "/path"; empty means all that the kind fits.
	Endpoints   []string `json:"endpoints,omitempty"`
	After       int      `json:"after,omitempty"`
	Every       int      `json:"every,omitempty"`
	Times       int      `json:"times,omitempty"`
	Probability float64  `json:"probability,omitempty"` // 0 < p <= 1; drawn from the simulator's seed
	// RetryAfterSeconds is sent with 429 and 503 (0 = no header) and with throttled assignments.
	RetryAfterSeconds int  `json:"retry_after_seconds,omitempty"`
	RetryAfterDate    bool `json:"retry_after_date,omitempty"` // as an HTTP date
	DelayMS           int  `json:"delay_ms,omitempty"`         // milliseconds
	// Devices is the share of devices that an assign fault or missed_events hits, in percent; 0 = all.
	Devices int `json:"devices_percent,omitempty"`
}

// stage is the point of a request at which a fault acts; each fault counts the requests that reach its point.
type stage int

const (
	stageTransport stage = iota
	stageAnswer
	stageCursor
	stagePage
	stageError
	stageAssign
)

// FaultKinds lists all kinds.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultTooManyRequests, FaultUnavailable, FaultServerError, FaultHTMLSuccess, FaultUnauthorized, FaultForbidden,
		FaultTermsNotSigned, FaultAccessDenied,
		FaultReset, FaultResetInBody, FaultTruncatedJSON, FaultSlowBody, FaultLatency,
		FaultInvalidCursor, FaultExpiredCursor, FaultExhaustedCursor,
		FaultRepeatedCursor, FaultRepeatedPage, FaultDuplicateEvents, FaultReorderedEvents, FaultMissedEvents,
		FaultUnknownFields, FaultUnknownValues, FaultEmptyStatus, FaultLongCursor,
		FaultQuotedErrors,
		FaultAssignThrottled, FaultAssignFailed, FaultAssignMissing, FaultProfileUnknown,
	}
}

func stageOf(kind FaultKind) (stage, bool) {
	switch kind {
	case FaultTooManyRequests, FaultUnavailable, FaultServerError, FaultHTMLSuccess, FaultUnauthorized, FaultForbidden,
		FaultTermsNotSigned, FaultAccessDenied:
		return stageAnswer, true
	case FaultReset, FaultResetInBody, FaultTruncatedJSON, FaultSlowBody, FaultLatency:
		return stageTransport, true
	case FaultInvalidCursor, FaultExpiredCursor, FaultExhaustedCursor:
		return stageCursor, true
	case FaultRepeatedCursor, FaultRepeatedPage, FaultDuplicateEvents, FaultReorderedEvents, FaultMissedEvents, FaultUnknownFields,
		FaultUnknownValues, FaultEmptyStatus, FaultLongCursor:
		return stagePage, true
	case FaultQuotedErrors:
		return stageError, true
	case FaultAssignThrottled, FaultAssignFailed, FaultAssignMissing, FaultProfileUnknown:
		return stageAssign, true
	default:
		return 0, false
	}
}

// ParseFaults reads a fault file: a JSON object whose one key "faults" holds a list of Fault objects.
//
//	{"faults": [
//	  {"kind": "too_many_requests", "endpoints": ["/devices/sync"], "after": 3, "times": 2, "retry_after_seconds": 30},
//	  {"kind": "reset_in_body", "endpoints": ["POST /server/devices"], "every": 5},
//	  {"kind": "latency", "delay_ms": 800, "probability": 0.1}
//	]}
//
// Unknown keys, kinds and endpoints and impossible numbers are errors that name them.
func ParseFaults(r io.Reader) ([]Fault, error) {
	d := json.NewDecoder(io.LimitReader(r, 1<<20))
	d.DisallowUnknownFields()
	var file struct {
		Faults []Fault `json:"faults"`
	}
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("fault file: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("fault file: something follows the JSON object")
	}
	return file.Faults, checkFaults(file.Faults)
}

func checkFaults(faults []Fault) error {
	for i, f := range faults {
		if err := f.check(); err != nil {
			return fmt.Errorf("fault %d: %w", i+1, err)
		}
	}
	return nil
}

func (f Fault) check() error {
	if _, ok := stageOf(f.Kind); !ok {
		return fmt.Errorf("unknown kind %q", f.Kind)
	}
	for _, text := range f.Endpoints {
		method, path, both := strings.Cut(text, " ")
		if !both {
			method, path = "", text
		}
		e, ok := findEndpoint(path)
		if !ok || both && !slices.Contains(e.methodNames(), method) {
			return fmt.Errorf("unknown endpoint %q", text)
		}
	}
	for name, n := range map[string]int{
		"after": f.After, "every": f.Every, "times": f.Times, "retry_after_seconds": f.RetryAfterSeconds, "delay_ms": f.DelayMS,
	} {
		if n < 0 {
			return fmt.Errorf("%s must not be negative: %d", name, n)
		}
	}
	if !(f.Probability >= 0 && f.Probability <= 1) {
		return fmt.Errorf("probability must be between 0 and 1: %v", f.Probability)
	}
	if f.Devices < 0 || f.Devices > 100 {
		return fmt.Errorf("devices_percent must be between 0 and 100: %d", f.Devices)
	}
	return nil
}

// fits reports whether the fault is meant for "METHOD /path".
func (f Fault) fits(name string) bool {
	_, path, _ := strings.Cut(name, " ")
	return len(f.Endpoints) == 0 || slices.Contains(f.Endpoints, name) || slices.Contains(f.Endpoints, path)
}

func (f Fault) delay() time.Duration { return time.Duration(f.DelayMS) * time.Millisecond }
