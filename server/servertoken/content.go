package servertoken

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// parseContent reads the decrypted text: MIME headers, perhaps BEGIN and END MESSAGE lines, JSON. The JSON may be wrapped
// anywhere, also inside a string (protocol reference 1.3).
func parseContent(plain []byte) (abm.Credentials, error) {
	start, end := bytes.IndexByte(plain, '{'), bytes.LastIndexByte(plain, '}')
	if start < 0 || end < start {
		return abm.Credentials{}, notAToken(nil, "it could be decrypted, but holds something else")
	}
	text := bytes.Map(func(r rune) rune {
		if r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, plain[start:end+1])
	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) != nil { // the cause could quote the token
		return abm.Credentials{}, damaged(errors.New("content is not JSON"), "it could be decrypted, but its content is not JSON")
	}

	var creds abm.Credentials
	for _, field := range []struct {
		name  string
		value *string
	}{
		{"consumer_key", &creds.ConsumerKey},
		{"consumer_secret", &creds.ConsumerSecret},
		{"access_token", &creds.AccessToken},
		{"access_secret", &creds.AccessSecret},
	} {
		if err := readText(fields, field.name, field.value); err != nil {
			return abm.Credentials{}, err
		}
	}
	var expiry string
	if err := readText(fields, "access_token_expiry", &expiry); err != nil {
		return abm.Credentials{}, err
	}
	at, err := time.Parse(time.RFC3339, expiry)
	if err != nil {
		return abm.Credentials{}, incomplete("its access_token_expiry is not a date")
	}
	creds.AccessTokenExpiry = at.UTC()
	return creds, nil
}

func readText(fields map[string]json.RawMessage, name string, value *string) error {
	raw, ok := fields[name]
	if !ok {
		return incomplete(name + " is missing")
	}
	if json.Unmarshal(raw, value) != nil {
		return incomplete(name + " is not text")
	}
	if *value == "" {
		return incomplete(name + " is empty")
	}
	return nil
}

func incomplete(what string) error {
	return apperr.New(apperr.TokenIncomplete, "The server token could be decrypted, but %s.", what).WithHint(downloadAgain)
}
