package abm_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
)

func TestProfileIsDefinedAndReadBack(t *testing.T) {
	a := newApple(t, 0)
	token := a.token(t)
	profile := `{"allow_pairing":false,"profile_name":"Führung","skip_setup_items":["Siri"],"url":"https://mdm.example.org/enroll/ade/1"}`
	uuid, err := token.DefineProfile(t.Context(), json.RawMessage(profile))
	if err != nil {
		t.Fatal(err)
	}
	again, err := token.DefineProfile(t.Context(), json.RawMessage(profile))
	if err != nil || again == uuid || again == "" {
		t.Fatalf("defined again: %q, %v", again, err)
	}
	raw, err := token.Profile(t.Context(), strings.ToLower(uuid))
	if err != nil {
		t.Fatal(err)
	}
	var got, want map[string]any
	if err := errors.Join(json.Unmarshal(raw, &got), json.Unmarshal([]byte(profile), &want)); err != nil {
		t.Fatal(err)
	}
	want["profile_uuid"] = uuid
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("at Apple (-want +got):\n%s", diff)
	}

	_, err = token.Profile(t.Context(), "0D9C8B7A6F5E4D3C2B1A09F8E7D6C5B4")
	if !apperr.Is(err, apperr.NotFound) {
		t.Errorf("unknown uuid: %v", err)
	}
}

func TestProfileRefused(t *testing.T) {
	a := newApple(t, 0)
	token := a.token(t)
	for name, c := range map[string]struct {
		change map[string]any
		code   string
		field  string
	}{
		"no name":      {map[string]any{"profile_name": nil}, "CONFIG_NAME_REQUIRED", "name"},
		"long name":    {map[string]any{"profile_name": strings.Repeat("ü", 126)}, "CONFIG_NAME_INVALID", "name"},
		"no url":       {map[string]any{"url": nil}, "CONFIG_URL_REQUIRED", "publicUrl"},
		"odd url":      {map[string]any{"url": "mdm"}, "CONFIG_URL_INVALID", "publicUrl"},
		"department":   {map[string]any{"department": ""}, "DEPARTMENT_INVALID", "department"},
		"phone":        {map[string]any{"support_phone_number": strings.Repeat("1", 51)}, "SUPPORT_PHONE_INVALID", "supportPhoneNumber"},
		"email":        {map[string]any{"support_email_address": ""}, "SUPPORT_EMAIL_INVALID", "supportEmailAddress"},
		"magic":        {map[string]any{"org_magic": strings.Repeat("x", 257)}, "MAGIC_INVALID", "orgMagic"},
		"locked":       {map[string]any{"is_mdm_removable": false}, "FLAGS_INVALID", "isMdmRemovable"},
		"language":     {map[string]any{"language": "german"}, "LOCALE_INVALID", "language"},
		"of odd types": {map[string]any{"is_supervised": "yes"}, "MALFORMED_REQUEST_BODY", ""},
	} {
		profile := map[string]any{"profile_name": "x", "url": "https://mdm.example.org/e"}
		for key, value := range c.change {
			if profile[key] = value; value == nil {
				delete(profile, key)
			}
		}
		body, err := json.Marshal(profile)
		if err != nil {
			t.Fatal(err)
		}
		before := len(a.seen())
		_, err = token.DefineProfile(t.Context(), body)
		e := apperr.As(err)
		if e == nil || e.Code != apperr.AppleProfileRefused || strings.Join(e.Field, ".") != c.field || !strings.Contains(e.Message, c.code) || e.Hint == "" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var answer *abm.AnswerError
		if !errors.As(err, &answer) || answer.Code != c.code {
			t.Errorf("%s: the cause is %v", name, answer)
		}
		asked := 0
		for _, o := range a.seen()[before:] {
			if o.Path == "/profile" {
				asked++
			}
		}
		if asked != 1 {
			t.Errorf("%s: asked %d times; a refusal stays one", name, asked)
		}
	}
}

// What is not Apple's verdict on a profile is judged as everywhere else, and tried again.
func TestProfileFailures(t *testing.T) {
	asked := 0
	a := handler(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/session" {
			_, _ = w.Write([]byte(`{"auth_session_token":"s"}`))
			return
		}
		asked++
		switch asked {
		case 1:
			w.WriteHeader(http.StatusBadGateway)
		case 2:
			w.WriteHeader(http.StatusOK) // the answer is cut off: the profile exists, its identifier is lost
			_, _ = w.Write([]byte(`{"profile_uuid":"11`))
		case 3:
			_, _ = w.Write([]byte(`{"profile_uuid":"22","devices":{},"x":1}`))
		default:
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`"T_C_NOT_SIGNED"`))
		}
	})
	token := a.client.Token("t1", abm.Credentials{ConsumerKey: "a", ConsumerSecret: "b", AccessToken: "c", AccessSecret: "d"})
	uuid, err := token.DefineProfile(t.Context(), json.RawMessage(`{}`))
	if err != nil || uuid != "22" || asked != 3 {
		t.Errorf("%q after %d requests, %v", uuid, asked, err)
	}
	if _, err = token.DefineProfile(t.Context(), json.RawMessage(`{}`)); !apperr.Is(err, apperr.AppleTerms) {
		t.Errorf("terms: %v", err)
	}
}
