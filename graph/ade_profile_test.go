package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// content is every field of ADEProfileContent.
const content = `isSupervised isMandatory isMdmRemovable awaitDeviceConfigured isMultiUser autoAdvanceSetup language region skipSetupItems department
	supportPhoneNumber supportEmailAddress orgMagic allowPairing anchorCerts supervisingHostCerts doNotUseProfileFromBackup isReturnToService configurationWebUrl`

type userErrors []struct {
	Field         []string
	Message, Code string
}

func TestADEProfileGoesThroughTheAPI(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{Clock: clockwork.NewFakeClockAt(now)})
		token, _ := s.Connect(t, "first")
		a := newAPI(t, s)
		everything := map[string]any{
			"isSupervised": true, "isMandatory": true, "isMdmRemovable": false, "awaitDeviceConfigured": true, "isMultiUser": true,
			"autoAdvanceSetup": true, "language": "de", "region": "DE", "skipSetupItems": []any{"AppleID", "Siri"}, "department": "IT",
			"supportPhoneNumber": "1", "supportEmailAddress": "it@example.org", "orgMagic": "m", "allowPairing": false, "anchorCerts": []any{},
			"supervisingHostCerts": []any{}, "doNotUseProfileFromBackup": true, "isReturnToService": true, "configurationWebUrl": "https://login.example.org/",
		}
		input := map[string]any{"name": "Macs", "platforms": []string{"MACOS"}}
		for field, value := range everything {
			input[field] = value
		}
		type profile struct {
			ID, Name         string
			Platforms        []string
			PublishedVersion *struct {
				ID         string
				Number     int
				Content    map[string]any
				JSON       string
				AdeProfile struct{ Name string }
			}
			Draft         map[string]any
			Warnings      []struct{ Field, Message string }
			Registrations []struct {
				AbmToken         struct{ Name string }
				Version          struct{ Number int }
				AppleProfileUUID *string
				URL              string
				Error            *struct{ Code string }
			}
			DeviceGroups, Defaults []struct{ ID string }
			OwnDevices             int
		}
		const fields = `{ id name platforms publishedVersion { id number json content { ` + content + ` } adeProfile { name } } draft { ` + content + ` }
			warnings { field message } registrations { abmToken { name } version { number } appleProfileUuid url error { code } }
			deviceGroups { id } defaults { id } ownDevices }`
		var created struct {
			CreateADEProfile struct {
				AdeProfile *profile
				UserErrors userErrors
			}
		}
		a.get(`mutation($i: CreateADEProfileInput!) { createADEProfile(input: $i) { adeProfile `+fields+` userErrors { field message code } } }`,
			map[string]any{"i": input}, &created)
		p := created.CreateADEProfile.AdeProfile
		if p == nil {
			t.Fatalf("%v", created.CreateADEProfile.UserErrors)
		}
		if diff := cmp.Diff(everything, p.PublishedVersion.Content); diff != "" {
			t.Errorf("content (-sent +answered):\n%s", diff)
		}
		if p.Draft != nil || p.PublishedVersion.Number != 1 || p.PublishedVersion.AdeProfile.Name != "Macs" || len(p.Platforms) != 1 || p.OwnDevices != 0 ||
			!strings.Contains(p.PublishedVersion.JSON, `"org_magic":"m"`) || len(p.Registrations) != 0 || len(p.DeviceGroups) != 0 {
			t.Errorf("%+v", p)
		}
		odd := map[string]bool{}
		for _, w := range p.Warnings {
			odd[w.Field] = true
		}
		if !odd["isMultiUser"] || !odd["allowPairing"] || odd["language"] {
			t.Errorf("warnings: %v", p.Warnings)
		}

		id, err := gid.Parse(p.ID)
		must(t, err)
		uuid, err := s.Registrar.Ensure(t.Context(), token, id)
		must(t, err)

		// Left out stays, null takes a text away, and a boolean's null says nothing.
		var updated struct {
			UpdateADEProfile struct {
				AdeProfile      *profile
				AssignmentBatch *struct{ ID string }
				UserErrors      userErrors
			}
		}
		a.get(`mutation($i: UpdateADEProfileInput!) { updateADEProfile(input: $i) { adeProfile `+fields+` assignmentBatch { id } userErrors { field message code } } }`,
			map[string]any{"i": map[string]any{"adeProfileId": p.ID, "draft": true, "department": nil, "isSupervised": nil, "region": "AT", "skipSetupItems": nil}}, &updated)
		u := updated.UpdateADEProfile.AdeProfile
		if u == nil {
			t.Fatalf("%v", updated.UpdateADEProfile.UserErrors)
		}
		want := map[string]any{}
		for field, value := range everything {
			want[field] = value
		}
		want["department"], want["region"], want["skipSetupItems"] = nil, "AT", []any{}
		if diff := cmp.Diff(want, u.Draft); diff != "" {
			t.Errorf("draft (-want +got):\n%s", diff)
		}
		if len(u.Registrations) != 1 || u.Registrations[0].AbmToken.Name != "first" || *u.Registrations[0].AppleProfileUUID != uuid ||
			!strings.HasPrefix(u.Registrations[0].URL, "https://mdm.example.org/enroll/ade/") || u.Registrations[0].Error != nil {
			t.Errorf("registrations: %+v", u.Registrations)
		}

		var refused struct {
			CreateADEProfile struct {
				AdeProfile *profile
				UserErrors userErrors
			}
		}
		a.get(`mutation { createADEProfile(input: {name: "", isMdmRemovable: false}) { adeProfile { id } userErrors { field message code } } }`, nil, &refused)
		if errs := refused.CreateADEProfile.UserErrors; len(errs) != 2 || errs[0].Field[0] != "name" || errs[1].Field[0] != "isMdmRemovable" || errs[1].Code != "BAD_USER_INPUT" {
			t.Errorf("userErrors: %+v", errs)
		}

		var published struct {
			PublishADEProfile struct {
				AdeProfile *profile
				UserErrors userErrors
			}
		}
		publish := `mutation($i: PublishADEProfileInput!) { publishADEProfile(input: $i) { adeProfile ` + fields + ` userErrors { field message code } } }`
		a.get(publish, map[string]any{"i": map[string]any{"adeProfileId": p.ID}}, &published)
		if got := published.PublishADEProfile.AdeProfile; got == nil || got.PublishedVersion.Number != 2 || got.Draft != nil || len(got.Registrations) != 0 {
			t.Errorf("%+v", published)
		}
		var list struct {
			Like, Unlike       struct{ Nodes []struct{ Name string } }
			AdeProfiles        struct{ Nodes []struct{ Name string } }
			AdeProfileVersions struct{ Nodes []struct{ Number int } }
		}
		a.get(`query($id: ID!) { adeProfiles { nodes { name } } like: adeProfiles(nameContains: "aCS") { nodes { name } } unlike: adeProfiles(nameContains: "%") { nodes { name } } adeProfileVersions(adeProfileId: $id) { nodes { number } } }`, map[string]any{"id": p.ID}, &list)
		if len(list.AdeProfiles.Nodes) != 1 || len(list.Like.Nodes) != 1 || len(list.Unlike.Nodes) != 0 || len(list.AdeProfileVersions.Nodes) != 2 || list.AdeProfileVersions.Nodes[0].Number != 2 {
			t.Errorf("%+v", list)
		}
		a.get(publish, map[string]any{"i": map[string]any{"adeProfileId": p.ID, "versionId": p.PublishedVersion.ID}}, &published)
		if got := published.PublishADEProfile.AdeProfile; got == nil || got.PublishedVersion.Number != 1 || len(got.Registrations) != 1 {
			t.Errorf("%+v", published)
		}

		var discarded struct {
			DiscardADEProfileDraft struct{ UserErrors userErrors }
		}
		a.get(`mutation($i: DiscardADEProfileDraftInput!) { discardADEProfileDraft(input: $i) { adeProfile { id } userErrors { field message code } } }`,
			map[string]any{"i": map[string]any{"adeProfileId": p.ID}}, &discarded)
		if errs := discarded.DiscardADEProfileDraft.UserErrors; len(errs) != 1 || errs[0].Code != "CONFLICT" {
			t.Errorf("%+v", discarded)
		}

		nodes := func() (got struct{ Profile, Version *struct{ ID string } }) {
			t.Helper()
			a.get(`query($p: ID!, $v: ID!) { profile: node(id: $p) { id } version: node(id: $v) { id } }`, map[string]any{"p": p.ID, "v": p.PublishedVersion.ID}, &got)
			return got
		}
		if got := nodes(); got.Profile == nil || got.Version == nil {
			t.Errorf("nodes: %+v", got)
		}
		var deleted struct {
			DeleteADEProfile struct {
				DeletedID  *string
				UserErrors userErrors
			}
		}
		a.get(`mutation($i: DeleteADEProfileInput!) { deleteADEProfile(input: $i) { deletedId userErrors { field message code } } }`,
			map[string]any{"i": map[string]any{"adeProfileId": p.ID}}, &deleted)
		if got := deleted.DeleteADEProfile; got.DeletedID == nil || *got.DeletedID != p.ID {
			t.Errorf("%+v", got)
		}
		if got := nodes(); got.Profile != nil || got.Version == nil {
			t.Errorf("nodes after the deletion: %+v", got)
		}
	})
}

func TestSetupAssistantPanes(t *testing.T) {
	a := newAPI(t, stack.New(t, dbtest.Open(t, "sqlite"), stack.Options{}))
	var got struct {
		SetupAssistantPanes []struct {
			Key, Title, Description string
			Availability            []struct {
				Platform, Since            string
				DeprecatedSince, RemovedIn *string
				NotAlwaysSkippable         bool
			}
		}
	}
	a.get(`{ setupAssistantPanes { key title description availability { platform since deprecatedSince removedIn notAlwaysSkippable } } }`, nil, &got)
	if len(got.SetupAssistantPanes) != 53 {
		t.Fatalf("%d panes", len(got.SetupAssistantPanes))
	}
	for _, p := range got.SetupAssistantPanes {
		if p.Key != "Wallpaper" {
			continue
		}
		if a := p.Availability; len(a) != 1 || a[0].Platform != "MACOS" || a[0].Since != "14.1" || a[0].DeprecatedSince != nil || *a[0].RemovedIn != "26.0" || a[0].NotAlwaysSkippable {
			t.Errorf("%+v", p)
		}
	}
}

func TestPublicURL(t *testing.T) {
	db := dbtest.Open(t, "sqlite")
	first := stack.New(t, db, stack.Options{PublicURL: "https://old.example.org"})
	token, _ := first.Connect(t, "first")
	name := "x"
	profile, err := first.Profiles.Create(stack.Admin(t), adeprofile.Edit{Name: &name})
	must(t, err)
	_, err = first.Registrar.Ensure(t.Context(), token, profile.ID)
	must(t, err)

	a := newAPI(t, stack.New(t, db, stack.Options{PublicURL: "https://new.example.org", Sim: first.Sim, SimURL: first.SimURL, KeyFile: first.KeyFile}))
	type state struct {
		URL, ConfiguredURL string
		NeedsConfirmation  bool
		Devices            int
	}
	var shown struct{ PublicURL state }
	a.get(`{ publicUrl { url configuredUrl needsConfirmation devices } }`, nil, &shown)
	if want := (state{"https://old.example.org", "https://new.example.org", true, 0}); shown.PublicURL != want {
		t.Errorf("%+v", shown)
	}
	confirm := func(url string, expected int) (got struct {
		ConfirmPublicURL struct {
			PublicURL  *state
			UserErrors userErrors
		}
	}) {
		t.Helper()
		a.get(`mutation($i: ConfirmPublicURLInput!) { confirmPublicURL(input: $i) { publicUrl { url configuredUrl needsConfirmation devices } userErrors { field message code } } }`,
			map[string]any{"i": map[string]any{"publicUrl": url, "expectedCount": expected}}, &got)
		return got
	}
	if got := confirm("https://new.example.org", 7).ConfirmPublicURL; got.PublicURL != nil || len(got.UserErrors) != 1 || got.UserErrors[0].Field[0] != "expectedCount" {
		t.Errorf("%+v", got)
	}
	if got := confirm("https://new.example.org", 0).ConfirmPublicURL; got.PublicURL == nil || got.PublicURL.NeedsConfirmation || got.PublicURL.URL != "https://new.example.org" {
		t.Errorf("%+v", got)
	}
}
