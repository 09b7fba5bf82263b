// Package adeprofile owns the ADE profiles: what they may hold, their drafts and versions, and their registration at Apple.
package adeprofile

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Content is what a device with the profile does: Apple's keys (protocol reference 4.1) but for the name, which is the profile's own,
// and `url`, which each registration at Apple has for itself.
type Content struct {
	IsSupervised              bool     `json:"is_supervised"`
	IsMandatory               bool     `json:"is_mandatory"`
	IsMDMRemovable            bool     `json:"is_mdm_removable"`
	AwaitDeviceConfigured     bool     `json:"await_device_configured"`
	IsMultiUser               bool     `json:"is_multi_user"`
	AutoAdvanceSetup          bool     `json:"auto_advance_setup"`
	AllowPairing              bool     `json:"allow_pairing"`
	DoNotUseProfileFromBackup bool     `json:"do_not_use_profile_from_backup"`
	IsReturnToService         bool     `json:"is_return_to_service"`
	Language                  string   `json:"language,omitempty"`
	Region                    string   `json:"region,omitempty"`
	Department                string   `json:"department,omitempty"`
	SupportPhoneNumber        string   `json:"support_phone_number,omitempty"`
	SupportEmailAddress       string   `json:"support_email_address,omitempty"`
	OrgMagic                  string   `json:"org_magic,omitempty"`
	ConfigurationWebURL       string   `json:"configuration_web_url,omitempty"`
	SkipSetupItems            []string `json:"skip_setup_items,omitempty"`
	AnchorCerts               []string `json:"anchor_certs,omitempty"`
	SupervisingHostCerts      []string `json:"supervising_host_certs,omitempty"`
}

// Default is the content of a profile of which nothing was said: Apple's own defaults.
func Default() Content { return Content{IsMDMRemovable: true, AllowPairing: true} }

// Parse reads a stored content.
func Parse(stored string) (Content, error) {
	var c Content
	if err := json.Unmarshal([]byte(stored), &c); err != nil {
		return Content{}, fmt.Errorf("stored content of an ADE profile: %w", err)
	}
	return c, nil
}

// JSON is the content in its one canonical form: equal contents are equal texts. Keys are sorted, texts and lists that are empty are left
// out (Apple takes "" for an error), booleans always stand, and the order in which panes were named does not count.
func (c Content) JSON() string {
	text, err := encode(c.keys())
	if err != nil {
		panic(err) // booleans, texts and lists of texts
	}
	return string(text)
}

// Hash tells contents apart.
func (c Content) Hash() string {
	sum := sha256.Sum256([]byte(c.JSON()))
	return hex.EncodeToString(sum[:])
}

// keys are the content by Apple's keys.
func (c Content) keys() map[string]any {
	c.SkipSetupItems = slices.Sorted(slices.Values(c.SkipSetupItems))
	text, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	keys := map[string]any{}
	if err := json.Unmarshal(text, &keys); err != nil {
		panic(err)
	}
	return keys
}

// definition is the body of Apple's POST /profile. `<` and `&` stay readable: Apple counts characters.
func (c Content) definition(name, url, enrollmentKey string) (json.RawMessage, error) {
	c.ConfigurationWebURL = webURL(c.ConfigurationWebURL, enrollmentKey)
	keys := c.keys()
	keys["profile_name"], keys["url"] = name, url
	return encode(keys)
}

// keyPlace is where the address of a web page wants the enrollment key. Each version has another key with each ABM token, so nobody can write it down.
const keyPlace = "{key}"

// webURL is the address of a web page as devices open it. The page asks with the key for the device's enrollment profile, once people have signed in.
func webURL(address, enrollmentKey string) string {
	return strings.ReplaceAll(address, keyPlace, enrollmentKey)
}

func encode(keys map[string]any) (json.RawMessage, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(keys) // maps are written with sorted keys
	return bytes.TrimSuffix(text.Bytes(), []byte{'\n'}), err
}

// tidy takes away what people did not mean: space around texts, and line ends within base64.
func (c *Content) tidy() {
	for _, text := range []*string{&c.Language, &c.Region, &c.Department, &c.SupportPhoneNumber, &c.SupportEmailAddress, &c.OrgMagic, &c.ConfigurationWebURL} {
		*text = strings.TrimSpace(*text)
	}
	c.SkipSetupItems = slices.Clone(c.SkipSetupItems)
	for i, item := range c.SkipSetupItems {
		c.SkipSetupItems[i] = strings.TrimSpace(item)
	}
	for _, certs := range []*[]string{&c.AnchorCerts, &c.SupervisingHostCerts} {
		*certs = slices.Clone(*certs)
		for i, cert := range *certs {
			(*certs)[i] = strings.Join(strings.Fields(cert), "")
		}
	}
}

// apiName is the name in our API of one of Apple's keys: supportPhoneNumber of support_phone_number.
func apiName(key string) string {
	var name strings.Builder
	for i, word := range strings.Split(key, "_") {
		if i > 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		name.WriteString(word)
	}
	return name.String()
}

// difference is what two contents do not share, by the names of the API.
func difference(before, after Content) (old, new map[string]any) {
	old, new = map[string]any{}, map[string]any{}
	was, is := before.keys(), after.keys()
	for _, side := range []struct {
		from, other map[string]any
		to          map[string]any
	}{{was, is, old}, {is, was, new}} {
		for key, value := range side.from {
			if fmt.Sprint(value) != fmt.Sprint(side.other[key]) {
				side.to[apiName(key)] = value
			}
		}
	}
	return old, new
}

// decodeDER reads base64 as Apple wants it: one certificate, without the lines of PEM.
func decodeDER(text string) ([]byte, error) { return base64.StdEncoding.DecodeString(text) }
