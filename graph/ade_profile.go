package graph

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/graph/model"
	"github.com/guardmdm/guardmdm/server/adeprofile"
)

// creation reads the input of createADEProfile as a change of a profile that has Apple's defaults.
func creation(in model.CreateADEProfileInput) adeprofile.Edit {
	return edit(model.UpdateADEProfileInput{
		Name: graphql.OmittableOf(&in.Name), Platforms: in.Platforms, MinimumOs: in.MinimumOs, OtherMdmID: in.OtherMdmID, Draft: in.Draft,
		IsSupervised: in.IsSupervised, IsMandatory: in.IsMandatory, IsMdmRemovable: in.IsMdmRemovable,
		AwaitDeviceConfigured: in.AwaitDeviceConfigured, IsMultiUser: in.IsMultiUser, AutoAdvanceSetup: in.AutoAdvanceSetup,
		Language: in.Language, Region: in.Region, SkipSetupItems: in.SkipSetupItems, Department: in.Department,
		SupportPhoneNumber: in.SupportPhoneNumber, SupportEmailAddress: in.SupportEmailAddress, OrgMagic: in.OrgMagic,
		AllowPairing: in.AllowPairing, AnchorCerts: in.AnchorCerts, SupervisingHostCerts: in.SupervisingHostCerts,
		DoNotUseProfileFromBackup: in.DoNotUseProfileFromBackup, IsReturnToService: in.IsReturnToService,
		ConfigurationWebURL: in.ConfigurationWebURL,
	})
}

func edit(in model.UpdateADEProfileInput) adeprofile.Edit {
	e := adeprofile.Edit{Draft: isTrue(in.Draft), Content: func(c *adeprofile.Content) {
		setFlag(&c.IsSupervised, in.IsSupervised)
		setFlag(&c.IsMandatory, in.IsMandatory)
		setFlag(&c.IsMDMRemovable, in.IsMdmRemovable)
		setFlag(&c.AwaitDeviceConfigured, in.AwaitDeviceConfigured)
		setFlag(&c.IsMultiUser, in.IsMultiUser)
		setFlag(&c.AutoAdvanceSetup, in.AutoAdvanceSetup)
		setFlag(&c.AllowPairing, in.AllowPairing)
		setFlag(&c.DoNotUseProfileFromBackup, in.DoNotUseProfileFromBackup)
		setFlag(&c.IsReturnToService, in.IsReturnToService)
		setText(&c.Language, in.Language)
		setText(&c.Region, in.Region)
		setText(&c.Department, in.Department)
		setText(&c.SupportPhoneNumber, in.SupportPhoneNumber)
		setText(&c.SupportEmailAddress, in.SupportEmailAddress)
		setText(&c.OrgMagic, in.OrgMagic)
		setText(&c.ConfigurationWebURL, in.ConfigurationWebURL)
		setList(&c.SkipSetupItems, in.SkipSetupItems)
		setList(&c.AnchorCerts, in.AnchorCerts)
		setList(&c.SupervisingHostCerts, in.SupervisingHostCerts)
	}}
	e.Name, _ = in.Name.ValueOK()
	if platforms, ok := in.Platforms.ValueOK(); ok {
		e.Platforms = &platforms
	}
	if list, ok := in.MinimumOs.ValueOK(); ok {
		minimum := make([]adeprofile.MinimumOS, len(list))
		for i, m := range list {
			minimum[i] = adeprofile.MinimumOS{Platform: m.Platform, Version: m.Version}
		}
		e.MinimumOS = &minimum
	}
	if id, ok := in.OtherMdmID.ValueOK(); ok {
		e.OtherMDM = new(orZero(id))
	}
	return e
}

// setFlag takes over a boolean; left out or null, it stays.
func setFlag(to *bool, value graphql.Omittable[*bool]) {
	if v, _ := value.ValueOK(); v != nil {
		*to = *v
	}
}

// setText takes over a text; null takes it away, left out, it stays.
func setText(to *string, value graphql.Omittable[*string]) {
	v, ok := value.ValueOK()
	switch {
	case v != nil:
		*to = *v
	case ok:
		*to = ""
	}
}

// setList is setText for lists.
func setList(to *[]string, value graphql.Omittable[[]string]) {
	if v, ok := value.ValueOK(); ok {
		*to = v
	}
}

// contentOf shows a stored content.
func contentOf(stored string) (*model.ADEProfileContent, error) {
	c, err := adeprofile.Parse(stored)
	if err != nil {
		return nil, err
	}
	list := func(items []string) []string { return append([]string{}, items...) }
	return &model.ADEProfileContent{
		IsSupervised: c.IsSupervised, IsMandatory: c.IsMandatory, IsMdmRemovable: c.IsMDMRemovable,
		AwaitDeviceConfigured: c.AwaitDeviceConfigured, IsMultiUser: c.IsMultiUser, AutoAdvanceSetup: c.AutoAdvanceSetup,
		Language: optional(c.Language), Region: optional(c.Region), SkipSetupItems: list(c.SkipSetupItems),
		Department: optional(c.Department), SupportPhoneNumber: optional(c.SupportPhoneNumber),
		SupportEmailAddress: optional(c.SupportEmailAddress), OrgMagic: optional(c.OrgMagic), AllowPairing: c.AllowPairing,
		AnchorCerts: list(c.AnchorCerts), SupervisingHostCerts: list(c.SupervisingHostCerts),
		DoNotUseProfileFromBackup: c.DoNotUseProfileFromBackup, IsReturnToService: c.IsReturnToService,
		ConfigurationWebURL: optional(c.ConfigurationWebURL),
	}, nil
}

func platformsOf(p *ent.ADEProfile) []device.Platform {
	platforms := make([]device.Platform, len(p.Platforms))
	for i, name := range p.Platforms {
		platforms[i] = device.Platform(name)
	}
	return platforms
}

// publishedVersion is nil before the first was published.
func (r *Resolver) publishedVersion(ctx context.Context, p *ent.ADEProfile) (*ent.ADEProfileVersion, error) {
	if p.PublishedVersionID == nil {
		return nil, nil
	}
	return r.DB.Reader().ADEProfileVersion.Get(ctx, *p.PublishedVersionID)
}

// registrations are those of the published version with the public URL in use, of tokens that are still there.
func (r *Resolver) registrations(ctx context.Context, p *ent.ADEProfile) ([]*ent.ADEProfileRegistration, error) {
	if p.PublishedVersionID == nil {
		return []*ent.ADEProfileRegistration{}, nil
	}
	address, err := r.URLs.Current(ctx)
	if err != nil {
		return nil, err
	}
	present, err := r.DB.Reader().ABMToken.Query().Where(abmtoken.DeletedAtIsNil()).IDs(ctx)
	if err != nil {
		return nil, err
	}
	return r.DB.Reader().ADEProfileRegistration.Query().Where(adeprofileregistration.AdeProfileVersionID(*p.PublishedVersionID),
		adeprofileregistration.ServerURL(address), adeprofileregistration.AbmTokenIDIn(present...)).
		Order(adeprofileregistration.ByAbmTokenID()).All(ctx)
}

// profileWarnings are those of the published version, or else the draft.
func (r *Resolver) profileWarnings(ctx context.Context, p *ent.ADEProfile) ([]*model.ADEProfileWarning, error) {
	stored := p.Draft
	published, err := r.publishedVersion(ctx, p)
	if err != nil {
		return nil, err
	}
	if published != nil {
		stored = published.Content
	}
	content, err := adeprofile.Parse(stored)
	if err != nil {
		return nil, err
	}
	address, err := r.URLs.Current(ctx)
	if err != nil {
		return nil, err
	}
	warnings := []*model.ADEProfileWarning{}
	for _, w := range adeprofile.Warnings(content, platformsOf(p), address, r.Clock.Now()) {
		warnings = append(warnings, &model.ADEProfileWarning{Field: w.Field, Message: w.Message})
	}
	waiting, err := r.Assignments.MigrationsNotAwaited(ctx)
	if n := waiting[p.ID]; n > 0 {
		warnings = append(warnings, &model.ADEProfileWarning{Field: "awaitDeviceConfigured",
			Message: fmt.Sprintf("Devices with the profile that have to migrate from another MDM: %d. They get it only when it waits until they are configured, and is none for Shared iPad or return to service.", n)})
	}
	return warnings, err
}

// batch reads the batch that a change has begun; nil for 0.
func (r *Resolver) batch(ctx context.Context, id gid.ID) (*ent.AssignmentBatch, error) {
	if id == 0 {
		return nil, nil
	}
	return r.DB.Reader().AssignmentBatch.Get(ctx, id)
}

func setupAssistantPanes() []*model.SetupAssistantPane {
	var panes []*model.SetupAssistantPane
	for _, p := range adeprofile.Panes() {
		pane := &model.SetupAssistantPane{Key: p.Key, Title: p.Title, Description: p.Description}
		for _, a := range p.Availability {
			pane.Availability = append(pane.Availability, &model.SetupAssistantPaneAvailability{Platform: a.Platform, Since: a.Since,
				DeprecatedSince: optional(a.DeprecatedSince), RemovedIn: optional(a.RemovedIn), NotAlwaysSkippable: a.NotAlwaysSkippable})
		}
		panes = append(panes, pane)
	}
	return panes
}

// publicURL shows what is in use.
func (r *Resolver) publicURL(ctx context.Context) (*model.PublicURL, error) {
	current, err := r.URLs.Current(ctx)
	if err != nil {
		return nil, err
	}
	configured := r.URLs.Configured()
	return &model.PublicURL{URL: optional(current), ConfiguredURL: optional(configured), NeedsConfirmation: configured != "" && configured != current}, nil
}
