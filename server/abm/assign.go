package abm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const assignPath = "/profile/devices"

// What Apple says about one device of an assign or clear request.
const (
	AssignSuccess       = "SUCCESS"
	AssignNotAccessible = "NOT_ACCESSIBLE" // the device does not belong to this MDM server
	AssignFailed        = "FAILED"
	AssignThrottled     = "THROTTLED" // wait for RetryAfter, or for a day
)

// Assigned is Apple's answer to an assign or clear request.
type Assigned struct {
	Devices    map[string]string // Apple's word by serial number; one that is missing was not carried out
	RetryAfter time.Duration     // pause for the throttled ones; 0: Apple named none
}

// Serials says which devices a request is for. It is asked just before each attempt, as late as it can be: before, a session may have to be opened, and
// Apple may ask for a pause, while others change what is to be told. None: nothing is sent, and nothing failed.
type Serials func(ctx context.Context) ([]string, error)

// These are the same devices at each attempt.
func These(serials ...string) Serials {
	return func(context.Context) ([]string, error) { return serials, nil }
}

// AssignProfile gives devices of this MDM server a profile, at most as many as the account allows in a request. A success says nothing yet:
// each device has its own result. When no complete answer came, the call is not repeated, for it may have been carried out: IsAmbiguous tells,
// and DeviceDetails says what became of it. An identifier that Apple does not know, or no longer, is apperr.AppleProfileUnknown.
func (t *Token) AssignProfile(ctx context.Context, uuid string, devices Serials) (Assigned, error) {
	answer, err := t.changeProfiles(ctx, http.MethodPost, uuid, devices)
	if refused, ok := errors.AsType[*AnswerError](err); ok && refused.Status == http.StatusMethodNotAllowed {
		return t.changeProfiles(ctx, http.MethodPut, uuid, devices) // as Apple's documentation had it, and older services still do
	}
	return answer, err
}

// ClearProfile takes the profile of devices away. For its answer and errors see AssignProfile.
func (t *Token) ClearProfile(ctx context.Context, devices Serials) (Assigned, error) {
	return t.changeProfiles(ctx, http.MethodDelete, "", devices)
}

var errNoDevices = errors.New("no devices are left that the request would be for")

func (t *Token) changeProfiles(ctx context.Context, method, uuid string, devices Serials) (Assigned, error) {
	var answer Assigned
	err := t.do(ctx, call{method: method, path: assignPath, lookFirst: true, refused: profileUnknown,
		write: func(ctx context.Context) ([]byte, error) {
			serials, err := devices(ctx)
			if err != nil {
				return nil, err
			}
			if len(serials) == 0 {
				return nil, errNoDevices
			}
			return json.Marshal(struct {
				ProfileUUID string   `json:"profile_uuid,omitempty"`
				Devices     []string `json:"devices"`
			}{uuid, serials})
		},
		decode: func(body *answerBody) (err error) {
			answer, err = decodeAssigned(body)
			return err
		}})
	switch {
	case errors.Is(err, errNoDevices):
		return Assigned{}, nil
	case err != nil:
		return Assigned{}, err
	}
	return answer, nil
}

// profileUnknown finds Apple's word that it does not know the profile; nil when the answer is something else.
func profileUnknown(answer *AnswerError) error {
	const code = "PROFILE_NOT_FOUND"
	if answer.Status != http.StatusNotFound || isPage(answer.Body) || !strings.Contains(answer.Body, code) {
		return nil
	}
	answer.Code = code
	return apperr.Wrap(answer, apperr.AppleProfileUnknown, "Apple no longer knows the profile (%s).", answer.label()).
		WithHint("Nothing to do: GuardMDM registers it anew. If that does not last, see in Apple Business Manager whether the MDM server was made anew.")
}

func decodeAssigned(r io.Reader) (Assigned, error) {
	devices, seconds := map[string]string{}, 0.0
	err := decodeObject(r, []string{"devices"}, map[string]func(*json.Decoder) error{
		"devices": into(&devices), "retry_after_seconds": into(&seconds),
	})
	const longest = 7 * 24 * 60 * 60
	return Assigned{Devices: devices, RetryAfter: time.Duration(min(max(seconds, 0), longest) * float64(time.Second))}, err
}

// IsAmbiguous tells whether a call that failed may have been carried out all the same: its answer did not come, or broke off, or came from
// something in between.
func IsAmbiguous(err error) bool {
	switch apperr.CodeOf(err) {
	case apperr.AppleUnavailable:
		return true
	case apperr.AppleMalformed: // an answer that could not be read is one; a refusal that Apple does not document is none
		refused, ok := errors.AsType[*AnswerError](err)
		return !ok || refused.Status < 400
	}
	return false
}
