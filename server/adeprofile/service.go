package adeprofile

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	entprofile "github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/ent/adeprofileversion"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/ent/platformdefault"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/publicurl"
	"github.com/guardmdm/guardmdm/server/store"
)

// Rules decide which device has which profile. They are told in the transaction of a change.
type Rules interface {
	// ProfileChanged says that devices with the profile are to get another version, or the same one with another address. The batch
	// that moves them is 0 when there are none.
	ProfileChanged(ctx context.Context, tx *store.Tx, profile gid.ID, title string) (batch gid.ID, err error)
	// ProfileDeleted puts another profile wherever the profile is in use, or none (0) so that the next rule applies.
	ProfileDeleted(ctx context.Context, tx *store.Tx, profile, replaceWith gid.ID, title string) error
}

// Service owns the profiles.
type Service struct {
	store *store.Store
	rules Rules
	urls  *publicurl.Keeper
	clock clockwork.Clock
}

// New makes the service.
func New(db *store.Store, rules Rules, urls *publicurl.Keeper, clock clockwork.Clock) *Service {
	return &Service{store: db, rules: rules, urls: urls, clock: clock}
}

// Edit is what a person changes about a profile. What is nil stays.
type Edit struct {
	Name      *string
	Platforms *[]device.Platform
	MinimumOS *[]MinimumOS
	OtherMDM  *gid.ID // the MDM server that devices enroll with; 0: GuardMDM itself
	Content   func(*Content)
	Draft     bool // keep the content as a draft instead of publishing it
}

// MinimumOS is the oldest version of a platform's operating system with which devices enroll.
type MinimumOS struct {
	Platform device.Platform
	Version  string
}

// apply makes the edit to a profile that has this content so far.
func (e Edit) apply(p *ent.ADEProfile, content Content) (name string, platforms []string, minimum map[string]string, _ Content, err error) {
	var wrong problems
	name, platforms, minimum = p.Name, p.Platforms, p.MinimumOs
	if e.Name != nil {
		name = strings.TrimSpace(*e.Name)
	}
	wrong.checkName(name)
	if e.Platforms != nil {
		platforms = wrong.meant(*e.Platforms)
	}
	if e.MinimumOS != nil {
		minimum = wrong.oldest(*e.MinimumOS)
	}
	if e.Content != nil {
		e.Content(&content)
		content.tidy()
	}
	wrong.checkContent(content)
	return name, platforms, minimum, content, wrong.err()
}

// Create makes a profile, and publishes it unless it is to be a draft. Errors: BadUserInput, joined when there are several; Conflict
// when the name is taken.
func (s *Service) Create(ctx context.Context, e Edit) (*ent.ADEProfile, error) {
	name, platforms, minimum, content, err := e.apply(&ent.ADEProfile{}, Default())
	if err != nil {
		return nil, err
	}
	var p *ent.ADEProfile
	err = s.change(ctx, name, func(ctx context.Context, tx *store.Tx) error {
		now := s.clock.Now()
		create := tx.ADEProfile.Create().SetName(name).SetPlatforms(platforms).SetCreatedAt(now).SetUpdatedAt(now)
		if len(minimum) > 0 {
			create.SetMinimumOs(minimum)
		}
		otherMDM, err := enrollsWith(ctx, tx, e.OtherMDM)
		if err != nil {
			return err
		}
		if otherMDM != nil {
			create.SetOtherMdmID(otherMDM.ID)
		}
		if e.Draft {
			create.SetDraft(content.JSON())
		}
		if p, err = create.Save(ctx); err != nil {
			return err
		}
		after := describe(name, platforms, content)
		if len(minimum) > 0 {
			after["minimumOS"] = minimum
		}
		if otherMDM != nil {
			after["otherMDM"] = otherMDM.Name
		}
		if e.Draft {
			after["draft"] = true
		} else {
			v, err := s.version(ctx, tx, p, content)
			if err != nil {
				return err
			}
			if p, err = tx.ADEProfile.UpdateOne(p).SetPublishedVersionID(v.ID).Save(ctx); err != nil {
				return err
			}
			after["version"] = v.Number
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "createADEProfile", ObjectID: p.ID, ObjectName: name, After: after})
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// describe is a new profile for the audit log.
func describe(name string, platforms []string, content Content) map[string]any {
	fields := map[string]any{"name": name}
	for key, value := range content.keys() {
		fields[apiName(key)] = value
	}
	if len(platforms) > 0 {
		fields["platforms"] = platforms
	}
	return fields
}

// Update changes a profile and publishes the result, unless it is to be a draft. The edit is made to the draft if there is one, else to
// the published version. Name and platforms are not part of a version: they count at once. The batch moves the devices; it is 0
// when none has the profile, or nothing changed for them. Errors: NotFound, and those of Create.
func (s *Service) Update(ctx context.Context, id gid.ID, e Edit) (p *ent.ADEProfile, batch gid.ID, err error) {
	err = s.change(ctx, nameOf(e), func(ctx context.Context, tx *store.Tx) error {
		if p, err = lock(ctx, tx, id, "adeProfileId"); err != nil {
			return err
		}
		published, content, err := latest(ctx, tx, p)
		if err != nil {
			return err
		}
		was := content
		name, platforms, minimum, content, err := e.apply(p, content)
		if err != nil {
			return err
		}
		before, after := difference(was, content)
		if name != p.Name {
			before["name"], after["name"] = p.Name, name
			if err := s.retryName(ctx, tx, id); err != nil {
				return err
			}
		}
		if strings.Join(platforms, " ") != strings.Join(p.Platforms, " ") {
			before["platforms"], after["platforms"] = p.Platforms, platforms
		}
		if !maps.Equal(minimum, p.MinimumOs) {
			before["minimumOS"], after["minimumOS"] = p.MinimumOs, minimum
		}
		update := tx.ADEProfile.UpdateOne(p).SetName(name).SetPlatforms(platforms).SetMinimumOs(minimum)
		if e.OtherMDM != nil {
			if err := s.moveTo(ctx, tx, p, update, *e.OtherMDM, before, after); err != nil {
				return err
			}
		}
		switch {
		case !e.Draft:
			v, err := s.version(ctx, tx, p, content)
			if err != nil {
				return err
			}
			update.SetDraft("").SetPublishedVersionID(v.ID)
			if published == nil || v.ID != published.ID {
				after["version"] = v.Number
			}
		case published != nil && published.ContentHash == content.Hash():
			update.SetDraft("") // nothing is left that is not published
		default:
			update.SetDraft(content.JSON())
			if p.Draft != content.JSON() {
				after["draft"] = true
			}
		}
		if len(after) == 0 && len(before) == 0 {
			return nil
		}
		if p, err = update.SetUpdatedAt(s.clock.Now()).Save(ctx); err != nil {
			return err
		}
		if batch, err = s.moved(ctx, tx, p, published); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "updateADEProfile", ObjectID: id, ObjectName: name, Before: before, After: after})
	})
	if err != nil {
		return nil, 0, err
	}
	return p, batch, nil
}

// enrollsWith reads the MDM server that devices are to enroll with, and keeps it from being removed until tx ends; nil: GuardMDM itself.
func enrollsWith(ctx context.Context, tx *store.Tx, id *gid.ID) (*ent.OtherMDM, error) {
	if id == nil || *id == 0 {
		return nil, nil
	}
	query := tx.OtherMDM.Query().Where(othermdm.ID(*id), othermdm.DeletedAtIsNil())
	if tx.Dialect() == dialect.Postgres {
		query.ForShare()
	}
	m, err := query.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, apperr.Missing(err, "other MDM server", *id, "otherMDMs").WithField("otherMdmId")
	}
	return m, err
}

// moveTo has devices with the profile enroll with another MDM server from now on. Apple does not store it, so it belongs to no version.
func (s *Service) moveTo(ctx context.Context, tx *store.Tx, p *ent.ADEProfile, update *ent.ADEProfileUpdateOne, to gid.ID, before, after map[string]any) error {
	next, err := enrollsWith(ctx, tx, &to)
	if err != nil {
		return err
	}
	var was, is any // names; nil: GuardMDM itself
	if p.OtherMdmID != nil {
		if *p.OtherMdmID == to {
			return nil
		}
		m, err := tx.OtherMDM.Get(ctx, *p.OtherMdmID)
		if err != nil {
			return err
		}
		was = m.Name
	}
	switch {
	case next != nil:
		update.SetOtherMdmID(next.ID)
		is = next.Name
	case p.OtherMdmID == nil:
		return nil
	default:
		update.ClearOtherMdmID()
	}
	before["otherMDM"], after["otherMDM"] = was, is
	return nil
}

func nameOf(e Edit) string {
	if e.Name == nil {
		return ""
	}
	return strings.TrimSpace(*e.Name)
}

// latest is the published version, nil if there is none, and the content that an edit begins with.
func latest(ctx context.Context, tx *store.Tx, p *ent.ADEProfile) (published *ent.ADEProfileVersion, content Content, err error) {
	stored := p.Draft
	if p.PublishedVersionID != nil {
		if published, err = tx.ADEProfileVersion.Get(ctx, *p.PublishedVersionID); err != nil {
			return nil, content, err
		}
		if stored == "" {
			stored = published.Content
		}
	}
	content, err = Parse(stored)
	return published, content, err
}

// retryName has Apple asked again about versions whose name it did not take.
func (s *Service) retryName(ctx context.Context, tx *store.Tx, profile gid.ID) error {
	return tx.ADEProfileRegistration.Update().
		Where(adeprofileregistration.HasVersionWith(adeprofileversion.AdeProfileID(profile)), adeprofileregistration.ErrorField("name")).
		SetNextAttemptAt(s.clock.Now()).Exec(ctx)
}

// Publish makes the draft, or an earlier version, what devices get. It returns the batch as Update does. Errors: NotFound; Conflict when
// there is no draft; BadUserInput when the draft breaks a rule that is younger than it.
func (s *Service) Publish(ctx context.Context, id, version gid.ID) (p *ent.ADEProfile, batch gid.ID, err error) {
	err = s.change(ctx, "", func(ctx context.Context, tx *store.Tx) error {
		if p, err = lock(ctx, tx, id, "adeProfileId"); err != nil {
			return err
		}
		published, content, err := latest(ctx, tx, p)
		if err != nil {
			return err
		}
		update := tx.ADEProfile.UpdateOne(p)
		var v *ent.ADEProfileVersion
		if version != 0 {
			v, err = tx.ADEProfileVersion.Query().Where(adeprofileversion.ID(version), adeprofileversion.AdeProfileID(id)).Only(ctx)
			if ent.IsNotFound(err) {
				return apperr.Wrap(err, apperr.NotFound, "The profile %q has no version %s.", p.Name, version).
					WithHint("Take the identifier from adeProfileVersions.").WithField("versionId")
			}
		} else {
			if p.Draft == "" {
				return apperr.New(apperr.Conflict, "The profile %q has no changes that are not published.", p.Name).WithField("adeProfileId")
			}
			var wrong problems
			if wrong.checkContent(content); wrong.err() != nil {
				return wrong.err()
			}
			v, err = s.version(ctx, tx, p, content)
			update.SetDraft("")
		}
		if err != nil {
			return err
		}
		if version != 0 && published != nil && published.ID == version {
			return nil
		}
		if p, err = update.SetPublishedVersionID(v.ID).SetUpdatedAt(s.clock.Now()).Save(ctx); err != nil {
			return err
		}
		if batch, err = s.moved(ctx, tx, p, published); err != nil {
			return err
		}
		before := map[string]any{"version": nil}
		if published != nil {
			before["version"] = published.Number
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "publishADEProfile", ObjectID: id, ObjectName: p.Name,
			Before: before, After: map[string]any{"version": v.Number}})
	})
	if err != nil {
		return nil, 0, err
	}
	return p, batch, nil
}

// version is the profile's version with this content: one that it has had already, for Apple may know that, or a new one.
func (s *Service) version(ctx context.Context, tx *store.Tx, p *ent.ADEProfile, content Content) (*ent.ADEProfileVersion, error) {
	versions := tx.ADEProfileVersion.Query().Where(adeprofileversion.AdeProfileID(p.ID))
	v, err := versions.Clone().Where(adeprofileversion.ContentHash(content.Hash())).First(ctx)
	if !ent.IsNotFound(err) {
		return v, err
	}
	number := 1
	last, err := versions.Order(adeprofileversion.ByNumber(sql.OrderDesc())).First(ctx)
	switch {
	case err == nil:
		number = last.Number + 1
	case !ent.IsNotFound(err):
		return nil, err
	}
	return tx.ADEProfileVersion.Create().SetAdeProfileID(p.ID).SetNumber(number).SetContent(content.JSON()).SetContentHash(content.Hash()).
		SetPublishedAt(s.clock.Now()).SetPublishedBy(auth.CallerOf(ctx).Name).Save(ctx)
}

// moved tells the rules when devices are to get another version than before.
func (s *Service) moved(ctx context.Context, tx *store.Tx, p *ent.ADEProfile, before *ent.ADEProfileVersion) (batch gid.ID, err error) {
	if p.PublishedVersionID == nil || before != nil && before.ID == *p.PublishedVersionID {
		return 0, nil
	}
	return s.rules.ProfileChanged(ctx, tx, p.ID, p.Name)
}

// Discard throws the draft away. A profile that was never published goes with it: nil. Errors: NotFound; Conflict when there is no
// draft, or when a profile that would go is in use.
func (s *Service) Discard(ctx context.Context, id gid.ID) (p *ent.ADEProfile, err error) {
	err = s.change(ctx, "", func(ctx context.Context, tx *store.Tx) error {
		if p, err = lock(ctx, tx, id, "adeProfileId"); err != nil {
			return err
		}
		if p.Draft == "" {
			return apperr.New(apperr.Conflict, "The profile %q has no changes that are not published.", p.Name).WithField("adeProfileId")
		}
		now, name := s.clock.Now(), p.Name
		update := tx.ADEProfile.UpdateOne(p).SetDraft("").SetUpdatedAt(now)
		if p.PublishedVersionID == nil {
			uses, err := usesOf(ctx, tx.Client, id)
			if err != nil {
				return err
			}
			if uses.any() {
				return uses.conflict(name, "Say by deleteADEProfile what becomes of its devices.")
			}
			update.SetDeletedAt(now)
		}
		if p, err = update.Save(ctx); err != nil {
			return err
		}
		if p.DeletedAt != nil {
			p = nil
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "discardADEProfileDraft", ObjectID: id, ObjectName: name,
			Before: map[string]any{"draft": true}, After: map[string]any{"draft": false, "deleted": p == nil}})
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Delete deletes a profile. One in use is replaced there, or with fallBack taken out of use, so that the next rule applies. Errors:
// NotFound; BadUserInput for a replacement that makes no sense; Conflict when it is in use and neither was asked for.
func (s *Service) Delete(ctx context.Context, id, replaceWith gid.ID, fallBack bool) error {
	return s.change(ctx, "", func(ctx context.Context, tx *store.Tx) error {
		p, err := lock(ctx, tx, id, "adeProfileId")
		if err != nil {
			return err
		}
		if err := replaceable(ctx, tx, id, replaceWith, fallBack); err != nil {
			return err
		}
		uses, err := usesOf(ctx, tx.Client, id)
		if err != nil {
			return err
		}
		if uses.any() && replaceWith == 0 && !fallBack {
			return uses.conflict(p.Name, "Name a profile that takes its place (replaceWithId), or let its devices fall back to the next rule (fallBack).")
		}
		// Removed devices are no use of it, but they can come back.
		chosen, err := tx.Device.Query().Where(device.ProfileRule(id)).Exist(ctx)
		if err != nil {
			return err
		}
		// Nor are devices that a job has still to give it to; what the deletion does goes after that job.
		waiting, err := tx.AssignmentJob.Query().Exist(ctx)
		if err != nil {
			return err
		}
		after := map[string]any{}
		if uses.any() || chosen || waiting {
			if err := s.rules.ProfileDeleted(ctx, tx, id, replaceWith, p.Name); err != nil {
				return err
			}
			after["fallBack"] = replaceWith == 0
			if replaceWith != 0 {
				after["replaceWithId"] = replaceWith.String()
			}
		}
		now := s.clock.Now()
		if err := tx.ADEProfile.UpdateOne(p).SetDeletedAt(now).SetUpdatedAt(now).Exec(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "deleteADEProfile", ObjectID: id, ObjectName: p.Name,
			Before: map[string]any{"defaults": uses.defaults, "deviceGroups": uses.groups, "ownDevices": uses.devices}, After: after})
	})
}

// replaceable checks what is to become of the devices of a profile that is deleted.
func replaceable(ctx context.Context, tx *store.Tx, id, replaceWith gid.ID, fallBack bool) error {
	switch {
	case replaceWith == 0:
		return nil
	case fallBack:
		return apperr.New(apperr.BadUserInput, "Devices either get another profile or fall back to the next rule.").
			WithHint("Give one of `replaceWithId` and `fallBack`.").WithField("fallBack")
	case replaceWith == id:
		return apperr.New(apperr.BadUserInput, "A profile cannot take its own place.").WithField("replaceWithId")
	}
	other, err := lock(ctx, tx, replaceWith, "replaceWithId")
	if err == nil && other.PublishedVersionID == nil {
		return apperr.New(apperr.Conflict, "The profile %q was never published.", other.Name).WithHint("Publish it first.").WithField("replaceWithId")
	}
	return err
}

// uses are where a profile is in use.
type uses struct{ defaults, groups, devices int }

func (u uses) any() bool { return u != uses{} }

func (u uses) conflict(name, hint string) error {
	return apperr.New(apperr.Conflict, "The profile %q is in use by %s, %s, and the own choice of %s.", name,
		apperr.Count(u.defaults, "default"), apperr.Count(u.groups, "group"), apperr.Count(u.devices, "device")).
		WithHint("%s", hint).WithField("adeProfileId")
}

func usesOf(ctx context.Context, client *ent.Client, profile gid.ID) (u uses, err error) {
	if u.defaults, err = client.PlatformDefault.Query().Where(platformdefault.AdeProfileID(profile)).Count(ctx); err != nil {
		return u, err
	}
	if u.groups, err = client.DeviceGroup.Query().Where(devicegroup.AdeProfileID(profile)).Count(ctx); err != nil {
		return u, err
	}
	u.devices, err = OwnDevices(ctx, client, profile)
	return u, err
}

// OwnDevices counts the devices that have the profile as their own choice.
func OwnDevices(ctx context.Context, client *ent.Client, profile gid.ID) (int, error) {
	return client.Device.Query().Where(device.ProfileRule(profile), device.RemovedAtIsNil()).Count(ctx)
}

// lock reads a profile that was not deleted, and keeps others from doing the same until tx ends. SQLite has one writer anyhow. field
// is that of the input which named it.
func lock(ctx context.Context, tx *store.Tx, id gid.ID, field string) (*ent.ADEProfile, error) {
	query := tx.ADEProfile.Query().Where(entprofile.ID(id), entprofile.DeletedAtIsNil())
	if tx.Dialect() == dialect.Postgres {
		query.ForUpdate()
	}
	p, err := query.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, missing(err, id).WithField(field)
	}
	return p, err
}

func missing(err error, id gid.ID) *apperr.Error {
	return apperr.Wrap(err, apperr.NotFound, "There is no ADE profile %s.", id).WithHint("Take the identifier from adeProfiles.")
}

// change runs f in a transaction. The one unique text of a profile is its name.
func (s *Service) change(ctx context.Context, name string, f func(ctx context.Context, tx *store.Tx) error) error {
	err := s.store.WithTx(ctx, f)
	if name != "" && store.IsUnique(err) {
		return apperr.Wrap(err, apperr.Conflict, "There is an ADE profile with the name %q already.", name).WithHint("Choose another name.").WithField("name")
	}
	return store.MapError(err)
}

// Affected counts the devices that have a profile of ours at Apple with this public URL: those that a change of it moves.
func Affected(ctx context.Context, client *ent.Client, publicURL string) (int, error) {
	n, err := client.Device.Query().Where(device.RemovedAtIsNil(), func(s *sql.Selector) {
		r := sql.Table(adeprofileregistration.Table)
		s.Where(sql.Exists(sql.Select().From(r).Where(sql.And(
			sql.ColumnsEQ(r.C(adeprofileregistration.FieldAbmTokenID), s.C(device.FieldAbmTokenID)),
			sql.ColumnsEQ(r.C(adeprofileregistration.FieldAppleProfileUUID), s.C(device.FieldAppleProfileUUID)),
			sql.NEQ(r.C(adeprofileregistration.FieldAppleProfileUUID), ""),
			sql.EQ(r.C(adeprofileregistration.FieldServerURL), publicURL),
		))))
	}).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("counting the devices with the public URL: %w", err)
	}
	return n, nil
}

// ConfirmPublicURL puts the URL of GUARDMDM_PUBLIC_URL into use: every profile is registered anew with it, and devices get it when they are
// set up next. expected is how many devices the administrator saw affected, nil: unknown.
// Errors: BadUserInput; Conflict when the variable says something else, or when another number of devices is affected.
func (s *Service) ConfirmPublicURL(ctx context.Context, address string, expected *int) error {
	address, err := publicurl.Parse(address)
	if err != nil {
		return apperr.New(apperr.BadUserInput, "The public URL %s.", err).WithField("publicUrl")
	}
	if configured := s.urls.Configured(); address != configured {
		if configured == "" {
			configured = "not set"
		}
		return apperr.New(apperr.Conflict, "GUARDMDM_PUBLIC_URL is %s, not %s.", configured, address).
			WithHint("Set the variable, on every replica, and start the server again before confirming it.").WithField("publicUrl")
	}
	was, err := s.urls.Current(ctx)
	if err != nil || was == address {
		return err
	}
	return s.change(ctx, "", func(ctx context.Context, tx *store.Tx) error {
		devices, err := Affected(ctx, tx.Client, was)
		if err != nil {
			return err
		}
		if expected != nil && *expected != devices {
			return apperr.New(apperr.Conflict, "%s %s affected, not %d.", apperr.Count(devices, "device"), apperr.Word(devices, "is", "are"), *expected).
				WithHint("Look at the number again before confirming it.").WithField("expectedCount")
		}
		if err := publicurl.Replace(ctx, tx, address); err != nil {
			return err
		}
		profiles, err := tx.ADEProfile.Query().Where(entprofile.DeletedAtIsNil(), entprofile.PublishedVersionIDNotNil()).All(ctx)
		if err != nil {
			return err
		}
		for _, p := range profiles {
			if _, err := s.rules.ProfileChanged(ctx, tx, p.ID, p.Name); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx.Client, s.clock, audit.Entry{Action: "confirmPublicURL", ObjectName: address,
			Before: map[string]any{"publicUrl": was}, After: map[string]any{"publicUrl": address, "devices": devices}})
	})
}
