package othermdm

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/adeprofile"
	"github.com/guardmdm/guardmdm/ent/gid"
	entother "github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/audit"
	"github.com/guardmdm/guardmdm/server/store"
)

// maxServers bounds how many there are.
const maxServers = 50

// maxFile bounds an enrollment profile that is uploaded.
const maxFile = 512 << 10

// maxAuthorization bounds the value of a header.
const maxAuthorization = 4 << 10

// Edit is what a person says of a server. What is nil stays.
type Edit struct {
	Name    *string
	URL     *string // takes the place of a file
	File    []byte  // takes the place of a URL
	Request *entother.Request
	// Authorization is the value of that header; "": none.
	Authorization         *string
	WebhookAuthentication *entother.WebhookAuthentication
}

// checked is an edit that was found good.
type checked struct {
	Edit
	name    string
	address *url.URL
}

func (s *Service) check(e Edit, creating bool) (c checked, err error) {
	c.Edit = e
	if e.Name != nil {
		c.name = strings.TrimSpace(*e.Name)
	}
	wrong := func(field, format string, args ...any) (checked, error) {
		return c, apperr.New(apperr.BadUserInput, format, args...).WithField(field)
	}
	if n := utf8.RuneCountInString(c.name); (creating || e.Name != nil) && (n == 0 || n > 100) {
		return wrong("name", "The name has %d characters; it needs 1 to 100.", n)
	}
	switch {
	case e.URL != nil && e.File != nil, creating && e.URL == nil && e.File == nil:
		return wrong("url", "The enrollment profile comes either from a URL or from a file.")
	case e.URL != nil:
		if c.address, err = s.parseURL(*e.URL); err != nil {
			return wrong("url", "The URL %s.", err)
		}
	case len(e.File) > maxFile:
		return wrong("profileBase64", "The file has more than %d bytes.", maxFile)
	case e.File != nil:
		if _, err := s.read(e.File); err != nil {
			return c, unusable(err).WithHint("Upload the profile with which devices enroll with the server: a .mobileconfig, signed or not.").WithField("profileBase64")
		}
	}
	if a := e.Authorization; a != nil && (len(*a) > maxAuthorization || strings.ContainsFunc(*a, func(r rune) bool { return r < ' ' || r > '~' })) {
		return wrong("authorization", "The authorization is the value of a header: at most %d printable characters of ASCII.", maxAuthorization)
	}
	return c, nil
}

// newSecret is one that nobody can guess: 260 bits, in letters and digits alone, as it is to be a flag's value and part of a URL.
func newSecret() string { return rand.Text() + rand.Text() }

// Create adds a server. The secret of its webhook is told this once. Errors: BadUserInput, Unusable; Conflict when the name is taken.
func (s *Service) Create(ctx context.Context, e Edit) (m *ent.OtherMDM, webhookSecret string, err error) {
	c, err := s.check(e, true)
	if err != nil {
		return nil, "", err
	}
	webhookSecret = newSecret()
	err = s.change(ctx, c.name, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.OtherMDM.Query().Where(entother.DeletedAtIsNil()).Count(ctx)
		if err != nil {
			return err
		}
		if n >= maxServers {
			return apperr.New(apperr.Conflict, "There are %d other MDM servers, and more are not kept.", n).WithHint("Remove one that is not used.").WithField("name")
		}
		now := s.Clock.Now()
		source := entother.SourceURL
		if e.File != nil {
			source = entother.SourceFile
		}
		if m, err = tx.OtherMDM.Create().SetName(c.name).SetSource(source).SetWebhookSecretAt(now).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx); err != nil {
			return err
		}
		update := tx.OtherMDM.UpdateOne(m)
		if err := s.apply(update, m, c); err != nil {
			return err
		}
		sealed, err := s.Box.Seal([]byte(webhookSecret), place(m.ID, "webhook_secret"))
		if err != nil {
			return err
		}
		if m, err = update.SetSealedWebhookSecret(sealed).Save(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.Clock, audit.Entry{Action: "createOtherMDM", ObjectID: m.ID, ObjectName: m.Name, After: fields(m)})
	})
	if err != nil {
		return nil, "", err
	}
	return m, webhookSecret, nil
}

// apply writes an edit but for the name. A server elsewhere does not get the authorization that was meant for the one before.
func (s *Service) apply(update *ent.OtherMDMUpdateOne, m *ent.OtherMDM, c checked) (err error) {
	seal := func(text, what string) (sealed []byte) {
		if err == nil {
			sealed, err = s.Box.Seal([]byte(text), place(m.ID, what))
		}
		return sealed
	}
	elsewhere := false
	switch {
	case c.address != nil:
		shown := *c.address
		if shown.RawQuery != "" {
			shown.RawQuery = "…"
		}
		update.SetSource(entother.SourceURL).SetURL(shown.String()).SetSealedURL(seal(c.address.String(), "url")).ClearSealedProfile()
		before, parseErr := url.Parse(m.URL)
		elsewhere = parseErr != nil || before.Host != shown.Host || before.Scheme != shown.Scheme
	case c.File != nil:
		elsewhere = true
		update.SetSource(entother.SourceFile).SetSealedProfile(seal(string(c.File), "profile")).SetURL("").ClearSealedURL()
	}
	if c.Request != nil {
		update.SetRequest(*c.Request)
	}
	if c.WebhookAuthentication != nil {
		update.SetWebhookAuthentication(*c.WebhookAuthentication)
	}
	switch a := c.Authorization; {
	case a != nil && *a != "" && c.File == nil:
		update.SetSealedAuthorization(seal(*a, "authorization"))
	case a != nil || elsewhere:
		update.ClearSealedAuthorization()
	}
	return err
}

// Update changes a server. Errors: NotFound, and those of Create.
func (s *Service) Update(ctx context.Context, id gid.ID, e Edit) (m *ent.OtherMDM, err error) {
	c, err := s.check(e, false)
	if err != nil {
		return nil, err
	}
	err = s.change(ctx, c.name, func(ctx context.Context, tx *store.Tx) error {
		before, err := s.find(ctx, tx.Client, id)
		if err != nil {
			return err
		}
		update := tx.OtherMDM.UpdateOne(before).SetUpdatedAt(s.Clock.Now())
		if c.name != "" {
			update.SetName(c.name)
		}
		if err := s.apply(update, before, c); err != nil {
			return err
		}
		if m, err = update.Save(ctx); err != nil {
			return err
		}
		was, is := fields(before), fields(m)
		for key, value := range was {
			if is[key] == value {
				delete(was, key)
				delete(is, key)
			}
		}
		for name, given := range map[string]bool{"newProfile": c.File != nil, "newUrl": c.address != nil, "newAuthorization": c.Authorization != nil && *c.Authorization != ""} {
			if given {
				is[name] = true
			}
		}
		return audit.Record(ctx, tx.Client, s.Clock, audit.Entry{Action: "updateOtherMDM", ObjectID: id, ObjectName: m.Name, Before: was, After: is})
	})
	return m, err
}

// fields are what the audit log says of a server.
func fields(m *ent.OtherMDM) map[string]any {
	return map[string]any{"name": m.Name, "source": string(m.Source), "url": m.URL, "request": string(m.Request),
		"webhookAuthentication": string(m.WebhookAuthentication), "hasAuthorization": len(m.SealedAuthorization) > 0}
}

// Rotate gives the webhook another secret, which is told this once; the one before no longer counts. Errors: NotFound.
func (s *Service) Rotate(ctx context.Context, id gid.ID) (m *ent.OtherMDM, webhookSecret string, err error) {
	webhookSecret = newSecret()
	err = s.change(ctx, "", func(ctx context.Context, tx *store.Tx) error {
		if m, err = s.find(ctx, tx.Client, id); err != nil {
			return err
		}
		sealed, err := s.Box.Seal([]byte(webhookSecret), place(id, "webhook_secret"))
		if err != nil {
			return err
		}
		if m, err = tx.OtherMDM.UpdateOne(m).SetSealedWebhookSecret(sealed).SetWebhookSecretAt(s.Clock.Now()).Save(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.Clock, audit.Entry{Action: "rotateOtherMDMWebhookSecret", ObjectID: id, ObjectName: m.Name})
	})
	if err != nil {
		return nil, "", err
	}
	return m, webhookSecret, nil
}

// Delete removes a server and its secrets. Devices that enrolled with it still name it. Errors: NotFound; Conflict while profiles lead to it.
func (s *Service) Delete(ctx context.Context, id gid.ID) error {
	return s.change(ctx, "", func(ctx context.Context, tx *store.Tx) error {
		if tx.Dialect() == dialect.Postgres { // whoever gives a profile to it at this moment comes before, or finds it gone
			if _, err := tx.OtherMDM.Query().Where(entother.ID(id)).ForUpdate().Exist(ctx); err != nil {
				return err
			}
		}
		m, err := s.find(ctx, tx.Client, id)
		if err != nil {
			return err
		}
		used, err := tx.ADEProfile.Query().Where(adeprofile.OtherMdmID(id), adeprofile.DeletedAtIsNil()).Order(adeprofile.ByName()).Limit(4).All(ctx)
		if err != nil {
			return err
		}
		if len(used) > 0 {
			names := make([]string, len(used))
			for i, p := range used {
				names[i] = fmt.Sprintf("%q", p.Name)
			}
			if len(names) > 3 {
				names[3] = "more"
			}
			return apperr.New(apperr.Conflict, "Devices with the profiles %s enroll with %q.", strings.Join(names, ", "), m.Name).
				WithHint("Let those profiles enroll with another MDM server, or with GuardMDM, first.").WithField("otherMdmId")
		}
		now := s.Clock.Now()
		if err := tx.OtherMDM.UpdateOne(m).SetDeletedAt(now).SetUpdatedAt(now).ClearSealedURL().ClearSealedAuthorization().ClearSealedProfile().
			ClearSealedWebhookSecret().Exec(ctx); err != nil {
			return err
		}
		return audit.Record(ctx, tx.Client, s.Clock, audit.Entry{Action: "deleteOtherMDM", ObjectID: id, ObjectName: m.Name, Before: fields(m)})
	})
}

// change runs f in a transaction; name is the one that may be taken.
func (s *Service) change(ctx context.Context, name string, f func(ctx context.Context, tx *store.Tx) error) error {
	err := s.Store.WithTx(ctx, f)
	if store.IsUnique(err) {
		return apperr.Wrap(err, apperr.Conflict, "There is another MDM server with the name %q already.", name).WithField("name")
	}
	return store.MapError(err)
}
