package abm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/guardmdm/guardmdm/server/apperr"
)

const profilePath = "/profile"

// DefineProfile registers an ADE profile, a JSON object with Apple's keys, and returns Apple's identifier of it. Profiles at Apple never
// change: each call makes another one, and an attempt whose answer was lost leaves one that nobody uses. A profile that Apple does
// not take is apperr.AppleProfileRefused, with the field by its name in our API; the cause is the *AnswerError with Apple's code.
func (t *Token) DefineProfile(ctx context.Context, profile json.RawMessage) (uuid string, err error) {
	err = t.do(ctx, call{method: http.MethodPost, path: profilePath, body: profile, refused: profileRefused, decode: func(body *answerBody) error {
		if err := decodeObject(body, []string{"profile_uuid"}, map[string]func(*json.Decoder) error{"profile_uuid": into(&uuid)}); err != nil {
			return err
		}
		if uuid == "" {
			return errors.New("empty profile_uuid in the answer")
		}
		return nil
	}})
	if err != nil {
		return "", err
	}
	return uuid, nil
}

// Profile reads back an ADE profile that this MDM server defined: a JSON object with Apple's keys, in which Apple may have filled in
// defaults. Errors: NotFound.
func (t *Token) Profile(ctx context.Context, uuid string) (json.RawMessage, error) {
	var profile json.RawMessage
	err := t.do(ctx, call{method: http.MethodGet, path: profilePath, query: url.Values{"profile_uuid": {uuid}},
		refused: func(answer *AnswerError) error {
			// Apple documents 400 here, not 404.
			if isPage(answer.Body) || answer.Status != http.StatusBadRequest || !strings.Contains(answer.Body, "NOT_FOUND") {
				return nil
			}
			answer.Code = "NOT_FOUND"
			return apperr.Wrap(answer, apperr.NotFound, "Apple has no ADE profile %.64q of this MDM server (%s).", uuid, answer.label())
		},
		decode: func(body *answerBody) error {
			raw, err := io.ReadAll(body)
			if err != nil {
				return err
			}
			var object map[string]json.RawMessage
			if err := json.Unmarshal(raw, &object); err != nil {
				return err
			}
			if object == nil {
				return errors.New("null")
			}
			profile = raw
			return nil
		}})
	if err != nil {
		return nil, err
	}
	return profile, nil
}

// refusals are Apple's codes for a profile that it does not take (protocol reference 3.8), each with the field at fault.
var refusals = []struct{ code, field, message, hint string }{
	{"CONFIG_NAME_REQUIRED", "name", "Apple wants a name for the profile", "Give the profile a name."},
	{"CONFIG_NAME_INVALID", "name", "Apple does not take the profile's name", "Use 1 to 125 characters."},
	{"CONFIG_URL_REQUIRED", "publicUrl", "Apple wants the address that devices call", hintPublicURL},
	{"CONFIG_URL_INVALID", "publicUrl", "Apple does not take the address that devices would call", hintPublicURL},
	{"DEPARTMENT_INVALID", "department", "Apple does not take the department", "Use at most 125 characters, or leave it out."},
	{"SUPPORT_PHONE_INVALID", "supportPhoneNumber", "Apple does not take the phone number for support", "Use at most 50 characters, or leave it out."},
	{"SUPPORT_EMAIL_INVALID", "supportEmailAddress", "Apple does not take the email address for support", "Use at most 250 characters, or leave it out."},
	{"MAGIC_INVALID", "orgMagic", "Apple does not take the text that marks the organization", "Use at most 256 characters, or leave it out."},
	{"FLAGS_INVALID", "isMdmRemovable", "Apple locks the management on supervised devices alone", "Turn supervision on, or let users remove the management."},
	{"LOCALE_INVALID", "language", "Apple does not support this language together with this region", "Choose another language or region, or leave both out."},
}

const hintPublicURL = "Check the public URL of this server: it has to be an https URL that devices can reach."

// profileRefused finds Apple's verdict on a profile; nil when the answer is none.
func profileRefused(answer *AnswerError) error {
	if answer.Status != http.StatusBadRequest || isPage(answer.Body) {
		return nil
	}
	for _, r := range refusals {
		if strings.Contains(answer.Body, r.code) {
			answer.Code = r.code
			return apperr.Wrap(answer, apperr.AppleProfileRefused, "%s (%s).", r.message, answer.label()).WithHint("%s", r.hint).WithField(r.field)
		}
	}
	if strings.Contains(answer.Body, "MALFORMED_REQUEST_BODY") {
		answer.Code = "MALFORMED_REQUEST_BODY"
		return apperr.Wrap(answer, apperr.AppleProfileRefused, "Apple cannot read the profile (%s).", answer.label()).
			WithHint("Take back what was last changed about the profile.")
	}
	return nil
}

// PlainUUID is an identifier of a profile in the one form by which two can be compared: Apple writes it with hyphens or without, in either case.
func PlainUUID(uuid string) string { return strings.ToUpper(strings.ReplaceAll(uuid, "-", "")) }
