package othermdm

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	entother "github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/outbound"
)

// UpdateRequired is a server's word that the device has to update first, to this version.
type UpdateRequired struct{ Version, Name string }

func (u *UpdateRequired) Error() string {
	return "the MDM server " + u.Name + " asks for version " + u.Version
}

// EnrollmentProfile is the profile that the server gives to a device, as it is: a signature of ours would keep the server from renewing it. machineInfo
// is what the device sent, and was verified. Errors: Unreachable, Forbidden, Refused, Unusable; *UpdateRequired.
func (s *Service) EnrollmentProfile(ctx context.Context, id gid.ID, machineInfo []byte) (profile []byte, name string, err error) {
	m, err := s.find(ctx, s.Store.Reader(), id)
	if err != nil {
		return nil, "", err
	}
	profile, err = s.content(ctx, m, machineInfo)
	if err != nil {
		return nil, m.Name, err
	}
	if _, err := s.read(profile); err != nil {
		return nil, m.Name, apperr.Wrap(err, Unusable, "The enrollment profile of %q cannot be used: %s.", m.Name, err)
	}
	return profile, m.Name, nil
}

// content is the profile, unread.
func (s *Service) content(ctx context.Context, m *ent.OtherMDM, machineInfo []byte) ([]byte, error) {
	if m.Source == entother.SourceFile {
		return s.Box.Open(m.SealedProfile, place(m.ID, "profile"))
	}
	return s.fetch(ctx, m, machineInfo)
}

// fetch asks the server.
func (s *Service) fetch(ctx context.Context, m *ent.OtherMDM, machineInfo []byte) ([]byte, error) {
	request, err := s.request(ctx, m, machineInfo)
	if err != nil {
		return nil, err
	}
	answer, err := s.client.Do(request)
	if err != nil {
		var failed *url.Error
		if errors.As(err, &failed) {
			err = failed.Err // the whole would quote the URL, which may hold a secret
		}
		if errors.Is(err, outbound.ErrForbidden) {
			return nil, apperr.Wrap(err, Forbidden, "The address of %q leads into a network that this server does not call.", m.Name).
				WithHint("If that is where the server is, name its network in GUARDMDM_OTHER_MDM_NETWORKS.")
		}
		return nil, apperr.Wrap(err, Unreachable, "The MDM server %q does not answer.", m.Name).WithHint("See whether %s can be reached from here.", m.URL)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxProfile+1))
	switch status := answer.StatusCode; {
	case err != nil:
		return nil, apperr.Wrap(err, Unreachable, "The answer of the MDM server %q broke off.", m.Name)
	case status >= 300 && status < 400:
		return nil, apperr.New(Refused, "The MDM server %q sends to another address (HTTP %d), which is not followed.", m.Name, status).WithHint("Enter the address that it sends to.")
	case status == http.StatusForbidden && updateVersion(body) != "":
		return nil, &UpdateRequired{Version: updateVersion(body), Name: m.Name}
	case status != http.StatusOK:
		return nil, apperr.New(Refused, "The MDM server %q answered with HTTP %d.", m.Name, status).WithHint("Its log says why. Perhaps it wants an authorization, or the machine information.")
	case len(body) > maxProfile:
		return nil, apperr.New(Unusable, "The MDM server %q answered with more than %d bytes.", m.Name, maxProfile)
	}
	return body, nil
}

func (s *Service) request(ctx context.Context, m *ent.OtherMDM, machineInfo []byte) (*http.Request, error) {
	address, err := s.Box.Open(m.SealedURL, place(m.ID, "url"))
	if err != nil {
		return nil, err
	}
	method, body := http.MethodGet, []byte(nil)
	if m.Request == entother.RequestPost && machineInfo != nil {
		method, body = http.MethodPost, machineInfo
	}
	r, err := http.NewRequestWithContext(ctx, method, string(address), bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the address of another MDM server cannot be read")
	}
	r.Header.Set("User-Agent", "GuardMDM")
	r.Header.Set("Accept", "application/x-apple-aspen-config, */*;q=0.1")
	switch {
	case method == http.MethodPost:
		r.Header.Set("Content-Type", "application/pkcs7-signature")
	case m.Request == entother.RequestGetWithHeader && machineInfo != nil:
		r.Header.Set("X-Apple-Aspen-Deviceinfo", base64.StdEncoding.EncodeToString(machineInfo))
	}
	if len(m.SealedAuthorization) > 0 {
		authorization, err := s.Box.Open(m.SealedAuthorization, place(m.ID, "authorization"))
		if err != nil {
			return nil, err
		}
		r.Header.Set("Authorization", string(authorization))
	}
	return r, nil
}

// version is what a version of an operating system looks like.
var version = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,3}){0,3}( \([a-z]\))?$`)

// updateVersion reads Apple's error that has a device update first (protocol reference 5.6); "" when it is another one.
func updateVersion(body []byte) string {
	var e struct {
		Code    string `json:"code"`
		Details struct{ OSVersion string }
	}
	if json.Unmarshal(body, &e) != nil || e.Code != "com.apple.softwareupdate.required" || !version.MatchString(e.Details.OSVersion) {
		return ""
	}
	return e.Details.OSVersion
}
