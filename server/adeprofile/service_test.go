package adeprofile_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofileversion"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicegroup"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/platformdefault"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// rules write down what they were told, and keep no promise but that of ProfileDeleted.
type rules struct{ told []string }

func (r *rules) ProfileChanged(_ context.Context, _ *store.Tx, profile gid.ID, title string) (gid.ID, error) {
	r.told = append(r.told, "changed "+title)
	return gid.New(gid.AssignmentBatch, int64(len(r.told))), nil
}

func (r *rules) ProfileDeleted(ctx context.Context, tx *store.Tx, profile, replaceWith gid.ID, title string) error {
	r.told = append(r.told, fmt.Sprintf("deleted %s for %t", title, replaceWith != 0))
	_, err := tx.PlatformDefault.Delete().Where(platformdefault.AdeProfileID(profile)).Exec(ctx)
	groups := tx.DeviceGroup.Update().Where(devicegroup.AdeProfileID(profile)).ClearAdeProfileID()
	return errors.Join(err, groups.Exec(ctx), tx.Device.Update().Where(device.ProfileRule(profile)).ClearProfileRule().Exec(ctx))
}

// take gives what was told since the last time.
func (r *rules) take() string {
	told := strings.Join(r.told, ", ")
	r.told = nil
	return told
}

// world is the service on a database.
type world struct {
	*adeprofile.Service
	*stack.Stack
	rules *rules
	clock *clockwork.FakeClock
	ctx   context.Context
}

func newWorld(t *testing.T, db *store.Store, o stack.Options) world {
	t.Helper()
	w := world{rules: &rules{}, clock: clockwork.NewFakeClockAt(now), ctx: stack.Admin(t)}
	o.Clock = w.clock
	w.Stack = stack.New(t, db, o)
	w.Service = adeprofile.New(db, w.rules, w.URLs, w.clock)
	return w
}

// named is an edit that gives a name and a content.
func named(name string, change func(*adeprofile.Content)) adeprofile.Edit {
	return adeprofile.Edit{Name: &name, Content: change}
}

func (w world) create(t *testing.T, name string, change func(*adeprofile.Content)) *ent.ADEProfile {
	t.Helper()
	p, err := w.Create(w.ctx, named(name, change))
	must(t, err)
	return p
}

func (w world) update(t *testing.T, id gid.ID, e adeprofile.Edit) *ent.ADEProfile {
	t.Helper()
	p, batch, err := w.Update(w.ctx, id, e)
	must(t, err)
	if (batch != 0) != (len(w.rules.told) > 0) {
		t.Errorf("batch %s although the rules were told %q", batch, w.rules.told)
	}
	return p
}

// versions are the contents that were published, oldest first.
func (w world) versions(t *testing.T, id gid.ID) []*ent.ADEProfileVersion {
	t.Helper()
	all, err := w.DB.Reader().ADEProfileVersion.Query().Where(adeprofileversion.AdeProfileID(id)).Order(adeprofileversion.ByNumber()).All(t.Context())
	must(t, err)
	return all
}

// published is the number of the version that devices get; 0: none.
func (w world) published(t *testing.T, p *ent.ADEProfile) int {
	t.Helper()
	if p.PublishedVersionID == nil {
		return 0
	}
	return w.DB.Reader().ADEProfileVersion.GetX(t.Context(), *p.PublishedVersionID).Number
}

// audited counts the entries of an action.
func (w world) audited(t *testing.T, action string) int {
	t.Helper()
	return w.DB.Reader().AuditEntry.Query().Where(auditentry.Action(action)).CountX(t.Context())
}

// problems are the fields at fault, in their order.
func problems(err error) []string {
	var fields []string
	for _, e := range apperr.All(err) {
		fields = append(fields, strings.Join(e.Field, "."))
	}
	return fields
}

// fields are those of an audit entry, which databases write each in its way.
func fields(t *testing.T, text json.RawMessage) map[string]any {
	t.Helper()
	var fields map[string]any
	must(t, json.Unmarshal(text, &fields))
	return fields
}

func TestCreate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, stack.Options{})
		long := strings.Repeat("ü", 125)
		edit := named("  "+long+" ", func(c *adeprofile.Content) {
			c.IsSupervised, c.IsMDMRemovable, c.Department, c.SkipSetupItems = true, false, " IT ", []string{"Siri", "AppleID"}
		})
		edit.Platforms = &[]device.Platform{device.PlatformTvOS, device.PlatformMacOS, device.PlatformTvOS}
		p, err := w.Create(w.ctx, edit)
		must(t, err)
		if p.Name != long || !slices.Equal(p.Platforms, []string{"MACOS", "TVOS"}) || p.Draft != "" || !p.CreatedAt.Equal(now) {
			t.Errorf("%+v", p)
		}
		versions := w.versions(t, p.ID)
		if len(versions) != 1 || versions[0].Number != 1 || *p.PublishedVersionID != versions[0].ID || versions[0].PublishedBy == "" {
			t.Fatalf("versions: %v", versions)
		}
		want := adeprofile.Default()
		want.IsSupervised, want.IsMDMRemovable, want.Department, want.SkipSetupItems = true, false, "IT", []string{"AppleID", "Siri"}
		if got := versions[0].Content; got != want.JSON() || versions[0].ContentHash != want.Hash() {
			t.Errorf("content: %s", got)
		}
		entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("createADEProfile")).OnlyX(t.Context())
		if *entry.ObjectID != p.ID || fields(t, entry.After)["isMdmRemovable"] != false || fmt.Sprint(fields(t, entry.After)["platforms"]) != "[MACOS TVOS]" {
			t.Errorf("audit: %s", entry.After)
		}
		if _, err := w.Create(w.ctx, named(long, nil)); !apperr.Is(err, apperr.Conflict) || problems(err)[0] != "name" {
			t.Errorf("the same name: %v", err)
		}
		edit = named("draft", nil)
		edit.Draft = true
		draft, err := w.Create(w.ctx, edit)
		must(t, err)
		if draft.PublishedVersionID != nil || draft.Draft != adeprofile.Default().JSON() || len(w.versions(t, draft.ID)) != 0 {
			t.Errorf("draft: %+v", draft)
		}
		if told := w.rules.take(); told != "" {
			t.Errorf("nobody has a new profile, and the rules were told %s", told)
		}
	})
}

// Everything that is wrong is told at once, by the field of the API, and nothing is stored.
func TestRefusals(t *testing.T) {
	db := dbtest.Open(t, "sqlite")
	w := newWorld(t, db, stack.Options{})
	list := func(n int, item string) []string { return slices.Repeat([]string{item}, n) }
	ca := cert(t, true, now.AddDate(1, 0, 0))
	for name, c := range map[string]struct {
		name   string
		change func(*adeprofile.Content)
		fields []string
	}{
		"no name":           {" ", nil, []string{"name"}},
		"long name":         {strings.Repeat("ü", 126), nil, []string{"name"}},
		"two lines":         {"a\nb", nil, []string{"name"}},
		"locked":            {"x", func(c *adeprofile.Content) { c.IsMDMRemovable = false }, []string{"isMdmRemovable"}},
		"language":          {"x", func(c *adeprofile.Content) { c.Language = "DE" }, []string{"language"}},
		"long language":     {"x", func(c *adeprofile.Content) { c.Language = "germ" }, []string{"language"}},
		"region":            {"x", func(c *adeprofile.Content) { c.Region = "de" }, []string{"region"}},
		"department":        {"x", func(c *adeprofile.Content) { c.Department = strings.Repeat("ü", 126) }, []string{"department"}},
		"phone":             {"x", func(c *adeprofile.Content) { c.SupportPhoneNumber = strings.Repeat("1", 51) }, []string{"supportPhoneNumber"}},
		"email":             {"x", func(c *adeprofile.Content) { c.SupportEmailAddress = strings.Repeat("e", 251) }, []string{"supportEmailAddress"}},
		"magic":             {"x", func(c *adeprofile.Content) { c.OrgMagic = strings.Repeat("m", 257) }, []string{"orgMagic"}},
		"pane twice":        {"x", func(c *adeprofile.Content) { c.SkipSetupItems = []string{"Siri", "TOS", "Siri "} }, []string{"skipSetupItems"}},
		"empty pane":        {"x", func(c *adeprofile.Content) { c.SkipSetupItems = []string{""} }, []string{"skipSetupItems"}},
		"no key":            {"x", func(c *adeprofile.Content) { c.SkipSetupItems = []string{"a b"} }, []string{"skipSetupItems"}},
		"many panes":        {"x", func(c *adeprofile.Content) { c.SkipSetupItems = list(201, "Siri") }, []string{"skipSetupItems"}},
		"PEM":               {"x", func(c *adeprofile.Content) { c.AnchorCerts = []string{"-----BEGIN CERTIFICATE-----\n" + ca} }, []string{"anchorCerts"}},
		"no base64":         {"x", func(c *adeprofile.Content) { c.AnchorCerts = []string{ca, "!"} }, []string{"anchorCerts"}},
		"no certificate":    {"x", func(c *adeprofile.Content) { c.SupervisingHostCerts = []string{"aGFsbG8="} }, []string{"supervisingHostCerts"}},
		"many certificates": {"x", func(c *adeprofile.Content) { c.AnchorCerts = list(21, ca) }, []string{"anchorCerts"}},
		"http page":         {"x", func(c *adeprofile.Content) { c.ConfigurationWebURL = "http://login.example.org" }, []string{"configurationWebUrl"}},
		"page and long key": {"x", func(c *adeprofile.Content) {
			c.ConfigurationWebURL = "https://login.example.org/" + strings.Repeat("{key}", 64)
		}, []string{"configurationWebUrl"}},
		"page with secret": {"x", func(c *adeprofile.Content) { c.ConfigurationWebURL = "https://a:b@login.example.org" }, []string{"configurationWebUrl"}},
		"long page": {"x", func(c *adeprofile.Content) {
			c.ConfigurationWebURL = "https://example.org/" + strings.Repeat("ü", 400)
		}, []string{"configurationWebUrl"}},
		"several": {"", func(c *adeprofile.Content) {
			c.IsMDMRemovable, c.Region, c.Department = false, "Germany", strings.Repeat("x", 126)
		},
			[]string{"name", "department", "isMdmRemovable", "region"}},
	} {
		_, err := w.Create(w.ctx, named(c.name, c.change))
		if got := problems(err); !slices.Equal(got, c.fields) || !apperr.Is(err, apperr.BadUserInput) {
			t.Errorf("%s: %v, want %v: %v", name, got, c.fields, err)
		}
	}
	edit := named("x", nil)
	edit.Platforms = &[]device.Platform{device.PlatformWatchOS, device.PlatformIOS, device.PlatformUnknown}
	if _, err := w.Create(w.ctx, edit); !slices.Equal(problems(err), []string{"platforms", "platforms"}) {
		t.Errorf("platforms: %v", err)
	}
	if n := db.Reader().ADEProfile.Query().CountX(t.Context()); n != 0 {
		t.Errorf("%d profiles were stored", n)
	}
}

func TestVersions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, stack.Options{})
		p := w.create(t, "Macs", func(c *adeprofile.Content) { c.Department = "one" })
		is := func(when string, number, versions int, draft bool, told string) {
			t.Helper()
			p = db.Reader().ADEProfile.GetX(t.Context(), p.ID)
			if got := w.published(t, p); got != number || len(w.versions(t, p.ID)) != versions || (p.Draft != "") != draft {
				t.Errorf("%s: version %d of %d, draft %q; want %d of %d", when, got, len(w.versions(t, p.ID)), p.Draft, number, versions)
			}
			if got := w.rules.take(); got != told {
				t.Errorf("%s: the rules were told %q, want %q", when, got, told)
			}
		}
		department := func(text string, draft bool) adeprofile.Edit {
			return adeprofile.Edit{Draft: draft, Content: func(c *adeprofile.Content) { c.Department = text }}
		}
		is("created", 1, 1, false, "")

		w.clock.Advance(1)
		w.update(t, p.ID, department("one", false))
		is("nothing changed", 1, 1, false, "")
		if p.UpdatedAt.After(now) || w.audited(t, "updateADEProfile") != 0 {
			t.Error("nothing changed, and it was written down")
		}
		w.update(t, p.ID, department("one", true))
		is("a draft like what is published", 1, 1, false, "")
		name := "All Macs"
		w.update(t, p.ID, adeprofile.Edit{Name: &name, Platforms: &[]device.Platform{device.PlatformMacOS}})
		is("name and platforms", 1, 1, false, "")
		if p.Name != name || !slices.Equal(p.Platforms, []string{"MACOS"}) {
			t.Errorf("renamed: %+v", p)
		}
		w.update(t, p.ID, department("two", false))
		is("another content", 2, 2, false, "changed All Macs")

		w.update(t, p.ID, department("three", true))
		is("draft", 2, 2, true, "")
		w.update(t, p.ID, adeprofile.Edit{Draft: true, Content: func(c *adeprofile.Content) { c.IsMandatory = true }})
		is("draft again", 2, 2, true, "")
		if c, err := adeprofile.Parse(p.Draft); err != nil || c.Department != "three" || !c.IsMandatory {
			t.Errorf("the second edit did not begin with the draft: %+v, %v", c, err)
		}
		_, err := w.Discard(w.ctx, p.ID)
		must(t, err)
		is("discarded", 2, 2, false, "")
		if _, err := w.Discard(w.ctx, p.ID); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("discarded twice: %v", err)
		}
		if _, _, err := w.Publish(w.ctx, p.ID, 0); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("nothing to publish: %v", err)
		}
		w.update(t, p.ID, department("three", true))
		_, batch, err := w.Publish(w.ctx, p.ID, 0)
		must(t, err)
		is("draft published", 3, 3, false, "changed All Macs")
		if batch == 0 {
			t.Error("publishing tells no batch")
		}

		first := w.versions(t, p.ID)[0]
		w.update(t, p.ID, department("four", true))
		_, _, err = w.Publish(w.ctx, p.ID, first.ID)
		must(t, err)
		is("first version again, the draft stays", 1, 3, true, "changed All Macs")
		_, batch, err = w.Publish(w.ctx, p.ID, first.ID)
		must(t, err)
		is("and again", 1, 3, true, "")
		if batch != 0 {
			t.Error("a batch for nothing")
		}
		w.update(t, p.ID, department("two", false))
		is("content of an earlier version", 2, 3, false, "changed All Macs")

		other := w.create(t, "other", nil)
		if _, _, err := w.Publish(w.ctx, p.ID, *other.PublishedVersionID); !apperr.Is(err, apperr.NotFound) || problems(err)[0] != "versionId" {
			t.Errorf("a version of another profile: %v", err)
		}
		if _, _, err := w.Update(w.ctx, p.ID, named("other", nil)); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("the name of another: %v", err)
		}
		if _, _, err := w.Update(w.ctx, p.ID, department(strings.Repeat("x", 126), true)); !apperr.Is(err, apperr.BadUserInput) {
			t.Errorf("a draft that Apple would not take: %v", err)
		}
		is("after the refusals", 2, 3, false, "")
	})
}

func TestAuditOfAnUpdate(t *testing.T) {
	db := dbtest.Open(t, "sqlite")
	w := newWorld(t, db, stack.Options{})
	p := w.create(t, "a", func(c *adeprofile.Content) { c.Department = "IT" })
	name := "b"
	w.update(t, p.ID, adeprofile.Edit{Name: &name, Content: func(c *adeprofile.Content) {
		c.Department, c.SkipSetupItems, c.SupportPhoneNumber = "", []string{"Siri"}, "1"
	}})
	entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("updateADEProfile")).OnlyX(t.Context())
	want := []map[string]any{{"department": "IT", "name": "a"},
		{"name": "b", "skipSetupItems": []any{"Siri"}, "supportPhoneNumber": "1", "version": 2.}}
	if diff := cmp.Diff(want, []map[string]any{fields(t, entry.Before), fields(t, entry.After)}); diff != "" {
		t.Error(diff)
	}
}

func TestDraftThatWasNeverPublished(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, stack.Options{})
		edit := named("new", nil)
		edit.Draft = true
		p, err := w.Create(w.ctx, edit)
		must(t, err)
		if left, err := w.Discard(w.ctx, p.ID); err != nil || left != nil {
			t.Errorf("%v, %v", left, err)
		}
		if _, err := w.Discard(w.ctx, p.ID); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("it is still there: %v", err)
		}
		w.create(t, "new", nil) // the name is free
	})
}

func TestDelete(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, stack.Options{})
		token, err := w.Tokens.Generate(w.ctx, "first")
		must(t, err)
		p, other, unused := w.create(t, "used", nil), w.create(t, "other", nil), w.create(t, "unused", nil)
		edit := named("draft", nil)
		edit.Draft = true
		draft, err := w.Create(w.ctx, edit)
		must(t, err)
		db.Ent().PlatformDefault.Create().SetPlatform("MACOS").SetAdeProfileID(p.ID).SetUpdatedAt(now).ExecX(t.Context())
		db.Ent().DeviceGroup.Create().SetName("g").SetPosition(1).SetAdeProfileID(p.ID).SetCreatedAt(now).SetUpdatedAt(now).ExecX(t.Context())
		for i := range 3 {
			d := db.Ent().Device.Create().SetSerialNumber(fmt.Sprint("S", i)).SetAbmTokenID(token.ID).SetPlatform(device.PlatformMacOS).
				SetAddedAt(now).SetChangedAt(now).SetProfileRule(p.ID)
			if i == 2 {
				d.SetRemovedAt(now)
			}
			d.ExecX(t.Context())
		}
		must(t, db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token.ID, now) }))

		err = w.Delete(w.ctx, p.ID, 0, false)
		if !apperr.Is(err, apperr.Conflict) || !strings.Contains(err.Error(), "1 default, 1 group, and the own choice of 2 devices") {
			t.Errorf("in use: %v", err)
		}
		for name, c := range map[string]struct {
			with     gid.ID
			fallBack bool
			code     apperr.Code
			field    string
		}{
			"itself":        {p.ID, false, apperr.BadUserInput, "replaceWithId"},
			"both":          {other.ID, true, apperr.BadUserInput, "fallBack"},
			"no profile":    {gid.New(gid.ADEProfile, 999), false, apperr.NotFound, "replaceWithId"},
			"not published": {draft.ID, false, apperr.Conflict, "replaceWithId"},
		} {
			if err := w.Delete(w.ctx, p.ID, c.with, c.fallBack); !apperr.Is(err, c.code) || problems(err)[0] != c.field {
				t.Errorf("replaced by %s: %v", name, err)
			}
		}
		if told := w.rules.take(); told != "" || w.audited(t, "deleteADEProfile") != 0 {
			t.Errorf("refused, but the rules were told %q", told)
		}
		must(t, w.Delete(w.ctx, p.ID, other.ID, false))
		if told := w.rules.take(); told != "deleted used for true" {
			t.Errorf("the rules were told %q", told)
		}
		must(t, w.Delete(w.ctx, unused.ID, 0, false))
		if told := w.rules.take(); told != "" {
			t.Errorf("of an unused one the rules were told %q", told)
		}
		// A removed device that comes back must not choose what is gone.
		db.Ent().Device.Update().Where(device.SerialNumber("S2")).SetProfileRule(other.ID).ExecX(t.Context())
		must(t, w.Delete(w.ctx, other.ID, 0, false))
		if told := w.rules.take(); told != "deleted other for false" {
			t.Errorf("of one that a removed device has the rules were told %q", told)
		}
		for what, err := range map[string]error{
			"delete":  w.Delete(w.ctx, p.ID, 0, true),
			"update":  func() error { _, _, err := w.Update(w.ctx, p.ID, adeprofile.Edit{}); return err }(),
			"publish": func() error { _, _, err := w.Publish(w.ctx, p.ID, 0); return err }(),
			"ensure":  func() error { _, err := w.Registrar.Ensure(w.ctx, token, p.ID); return err }(),
		} {
			if !apperr.Is(err, apperr.NotFound) {
				t.Errorf("%s of a deleted profile: %v", what, err)
			}
		}
		if len(w.versions(t, p.ID)) != 1 {
			t.Error("its version is gone, which devices may have")
		}
		w.create(t, "used", nil) // the name is free
	})
}

func TestConfirmPublicURL(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db, stack.Options{Devices: 5, PublicURL: "https://old.example.org"})
		w.Start(t)
		token, server := w.Connect(t, "first")
		_, err := w.Sim.AssignCount(server.ID(), 5)
		must(t, err)
		p := w.create(t, "Macs", nil)
		edit := named("draft", nil)
		edit.Draft = true
		_, err = w.Create(w.ctx, edit)
		must(t, err)
		uuid, err := w.Registrar.Ensure(w.ctx, token, p.ID)
		must(t, err)
		w.Sync(t, token.ID, true)
		ids := db.Reader().Device.Query().Limit(3).IDsX(t.Context())
		db.Ent().Device.Update().Where(device.IDIn(ids...)).SetAppleProfileUUID(uuid).ExecX(t.Context())
		w.Stop()

		// The same installation, started with another variable.
		next := newWorld(t, db, stack.Options{PublicURL: "https://new.example.org", Sim: w.Sim, SimURL: w.SimURL, KeyFile: w.KeyFile})
		current, err := next.URLs.Current(t.Context())
		must(t, err)
		if current != "https://old.example.org" {
			t.Fatalf("the variable acts by itself: %s", current)
		}
		number := func(n int) *int { return &n }
		for name, c := range map[string]struct {
			address  string
			expected *int
			code     apperr.Code
			field    string
		}{
			"another URL":    {"https://else.example.org", nil, apperr.Conflict, "publicUrl"},
			"no URL":         {"new", nil, apperr.BadUserInput, "publicUrl"},
			"another number": {"https://new.example.org", number(4), apperr.Conflict, "expectedCount"},
		} {
			if err := next.ConfirmPublicURL(w.ctx, c.address, c.expected); !apperr.Is(err, c.code) || problems(err)[0] != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, next.ConfirmPublicURL(w.ctx, "https://NEW.example.org/", number(3)))
		if told := next.rules.take(); told != "changed Macs" {
			t.Errorf("the rules were told %q", told)
		}
		must(t, next.ConfirmPublicURL(w.ctx, "https://new.example.org", number(3)))
		if told := next.rules.take(); told != "" || next.audited(t, "confirmPublicURL") != 1 {
			t.Errorf("confirmed again: told %q", told)
		}
		again, err := next.Registrar.Ensure(w.ctx, token, p.ID)
		must(t, err)
		if again == uuid {
			t.Error("devices would still go to the old URL")
		}
		if n, err := adeprofile.Affected(t.Context(), db.Reader(), "https://old.example.org"); err != nil || n != 3 {
			t.Errorf("%d devices are known to have the old URL, %v", n, err)
		}
	})
}
