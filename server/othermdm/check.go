package othermdm

import (
	"context"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	entother "github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/server/apperr"
)

// Result says how something looks that was tried.
type Result string

// The results.
const (
	Passed  Result = "PASSED"
	Warning Result = "WARNING" // works, and is worth a second look
	Failed  Result = "FAILED"
)

// Finding is one thing that was tried.
type Finding struct {
	Result  Result
	Message string
	Hint    string
}

// Test tries whether a device would get its enrollment profile, and says what it found: the profile, nil when there is none. It changes nothing. A
// server that wants machine information is asked without: only devices have some.
func (s *Service) Test(ctx context.Context, id gid.ID) (findings []Finding, p *Profile, err error) {
	m, err := s.find(ctx, s.Store.Reader(), id)
	if err != nil {
		return nil, nil, err
	}
	content, err := s.content(ctx, m, nil)
	wantsMore := m.Source == entother.SourceURL && m.Request != entother.RequestGet
	switch e := apperr.As(err); {
	case e != nil && e.Code == Refused && wantsMore:
		findings = append(findings, Finding{Warning, e.Message + " It can be reached, and was asked without machine information.", "Switch on a device to see whether it gets its profile."})
	case e != nil:
		findings = append(findings, Finding{Failed, e.Message, e.Hint})
	case err != nil:
		return nil, nil, err
	default:
		findings = append(findings, Finding{Passed, fetched(m, len(content)), ""})
		if p, err = s.read(content); err != nil {
			e := unusable(err)
			findings = append(findings, Finding{Failed, e.Message, "It has to be the profile with which devices enroll."})
		} else {
			findings = append(findings, about(p)...)
		}
	}
	return append(findings, s.aboutWebhook(m)), p, nil
}

func fetched(m *ent.OtherMDM, size int) string {
	if m.Source == entother.SourceFile {
		return fmt.Sprintf("The file has %d bytes.", size)
	}
	return fmt.Sprintf("%s answered with %d bytes.", m.URL, size)
}

func about(p *Profile) []Finding {
	findings := []Finding{{Passed, fmt.Sprintf("The profile enrolls devices with %s, with an identity by %s.", p.ServerURL, p.Identity), ""}}
	if p.SignedBy == "" {
		findings = append(findings, Finding{Warning, "The profile is not signed: devices say so, and take it.", ""})
	} else {
		findings = append(findings, Finding{Passed, "The profile is signed by " + p.SignedBy + ".", ""})
	}
	if !p.ChecksOut {
		findings = append(findings, Finding{Warning, "Devices do not say goodbye: nobody learns when their management is removed.", "Set CheckOutWhenRemoved in the payload com.apple.mdm."})
	}
	return findings
}

func (s *Service) aboutWebhook(m *ent.OtherMDM) Finding {
	switch {
	case m.LastRefusalAt != nil && (m.LastEventAt == nil || m.LastRefusalAt.After(*m.LastEventAt)):
		return Finding{Warning, "What came to the webhook was refused: " + m.LastRefusalMessage, "Compare address and secret with the settings of the server."}
	case m.LastEventAt == nil:
		return Finding{Warning, "Nothing came to the webhook so far: which devices are enrolled is not known.", "Set address and secret in the settings of the server, if it has webhooks."}
	}
	return Finding{Passed, "The webhook was last called at " + m.LastEventAt.UTC().Format(time.RFC3339) + ".", ""}
}

// FileProfile is what the enrollment profile of a file says; nil when it comes from a URL.
func (s *Service) FileProfile(m *ent.OtherMDM) (*Profile, error) {
	if m.Source != entother.SourceFile || len(m.SealedProfile) == 0 {
		return nil, nil
	}
	content, err := s.Box.Open(m.SealedProfile, place(m.ID, "profile"))
	if err != nil {
		return nil, err
	}
	p, err := s.read(content)
	if err != nil {
		return nil, nil // the rules were made stricter since: the test says so
	}
	return p, nil
}
