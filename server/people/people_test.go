package people_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/onetimelink"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/people"
)

func pointer[T any](v T) *T { return &v }

func TestAdd(t *testing.T) {
	each(t, func(w *world) {
		admin := w.person("ana", role.Admin)
		u, path, err := w.Add(w.as(admin), "  Omar.Haddad@Example.org ", " Omar Haddad ", role.Operator)
		if err != nil || u.Email != "omar.haddad@example.org" || u.Name != "Omar Haddad" || u.Role != role.Operator || u.PasswordHash != "" {
			w.Fatalf("%v, %v", u, err)
		}
		if !strings.HasPrefix(path, "/join#") || len(code(path)) != 43 {
			w.Errorf("the path is %q", path)
		}
		want := []entry{
			{"CONSOLE command line", "addUser", "ana", "", `{"email":"ana@example.org","name":"ana","role":"ADMIN"}`},
			{"USER ana", "addUser", "Omar Haddad", "",
				`{"email":"omar.haddad@example.org","linkExpiresAt":"2026-03-08T12:00:00Z","name":"Omar Haddad","role":"OPERATOR"}`},
		}
		if diff := cmp.Diff(want, w.audit("addUser")); diff != "" {
			w.Error(diff)
		}
		for email, says := range map[string]string{
			"": "not an email address", "omar": "not an email address", "Omar <omar@example.org>": "not an email address",
			"a b@example.org": "not an email address", strings.Repeat("a", 250) + "@example.org": "not an email address",
		} {
			_, _, err := w.Add(w.as(admin), email, "name", role.Viewer)
			w.refused(err, apperr.BadUserInput, "email", says)
		}
		_, _, err = w.Add(w.as(admin), "new@example.org", " ", role.Viewer)
		w.refused(err, apperr.BadUserInput, "name", "0 bytes")
		_, _, err = w.Add(w.as(admin), "new@example.org", strings.Repeat("n", 126), role.Viewer)
		w.refused(err, apperr.BadUserInput, "name", "126 bytes")
		_, _, err = w.Add(w.as(admin), "new@example.org", "name", "ROOT")
		w.refused(err, apperr.BadUserInput, "role", "ROOT")
		_, err = w.AddWithPassword(w.console(), "new@example.org", "name", role.Viewer, "short")
		w.refused(err, apperr.BadUserInput, "password", "5 characters")
		u, path, err = w.Add(w.as(admin), "OMAR.HADDAD@example.org", "Other", role.Viewer)
		w.refused(err, apperr.Conflict, "email", "omar.haddad@example.org already")
		if u != nil || path != "" {
			w.Errorf("a refusal gives %v, %q", u, path)
		}
		if n := w.db.Reader().User.Query().CountX(w.Context()); n != 2 {
			w.Errorf("%d people", n)
		}
	})
}

func TestUpdate(t *testing.T) {
	each(t, func(w *world) {
		admin, omar := w.person("ana", role.Admin), w.person("omar", role.Viewer)
		b := w.signedIn(omar, password)
		update := func(name *string, r *role.Role, disabled *bool) *ent.User {
			w.Helper()
			return must[*ent.User](w.T)(w.Update(w.as(admin), omar.ID, name, r, disabled))
		}
		signals, stop := w.sessions.Watch()
		defer stop()
		if u := update(nil, nil, pointer(false)); u.DisabledAt != nil || len(w.audit("updateUser")) != 0 || len(signals) != 0 {
			w.Errorf("nothing changes: %v", u)
		}
		if u := update(pointer(" Omar Haddad "), pointer(role.Operator), nil); u.Name != "Omar Haddad" || u.Role != role.Operator {
			w.Errorf("got %v", u)
		}
		if len(signals) != 1 || b.who() != omar.Email {
			w.Errorf("%d signals, the session is of %q", len(signals), b.who())
		}
		if u := update(nil, nil, pointer(true)); u.DisabledAt == nil || !u.DisabledAt.Equal(start) {
			w.Errorf("got %v", u)
		}
		if who := b.who(); who != "" {
			w.Errorf("the session of %s goes on", who)
		}
		if u := update(nil, nil, pointer(false)); u.DisabledAt != nil {
			w.Errorf("got %v", u)
		}
		if who := b.who(); who != "" {
			w.Errorf("the session of %s came back", who)
		}
		want := []entry{
			{"USER ana", "updateUser", "Omar Haddad", `{"name":"omar","role":"VIEWER"}`, `{"name":"Omar Haddad","role":"OPERATOR"}`},
			{"USER ana", "updateUser", "Omar Haddad", `{"status":"ACTIVE"}`, `{"status":"DISABLED"}`},
			{"USER ana", "updateUser", "Omar Haddad", `{"status":"DISABLED"}`, `{"status":"ACTIVE"}`},
		}
		if diff := cmp.Diff(want, w.audit("updateUser")); diff != "" {
			w.Error(diff)
		}
		_, err := w.Update(w.as(admin), omar.ID, pointer(""), nil, nil)
		w.refused(err, apperr.BadUserInput, "name", "0 bytes")
		_, err = w.Update(w.as(admin), omar.ID, nil, pointer(role.Role("ROOT")), nil)
		w.refused(err, apperr.BadUserInput, "role", "ROOT")
		_, err = w.Update(w.as(admin), omar.ID+77, nil, nil, nil)
		w.refused(err, apperr.NotFound, "userId", "There is no person")
	})
}

func TestRemove(t *testing.T) {
	each(t, func(w *world) {
		admin, omar := w.person("ana", role.Admin), w.person("omar", role.Viewer)
		b := w.signedIn(omar, password)
		if err := w.Remove(w.as(admin), omar.ID); err != nil {
			w.Fatal(err)
		}
		if who := b.who(); who != "" {
			w.Errorf("the session of %s goes on", who)
		}
		_, err := b.signIn(omar.Email, password)
		w.refused(err, apperr.BadUserInput, "", "is wrong")
		w.refused(w.Remove(w.as(admin), omar.ID), apperr.NotFound, "userId", "There is no person")
		want := []entry{{"USER ana", "removeUser", "omar", `{"email":"omar@example.org","name":"omar","role":"VIEWER"}`, ""}}
		if diff := cmp.Diff(want, w.audit("removeUser")); diff != "" {
			w.Error(diff)
		}
		w.person("omar", role.Viewer) // the address is free again
	})
}

// Whatever is done, somebody can administer the server.
func TestLastAdministrator(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Admin)
		asAna := w.as(ana)
		invited, _, err := w.Add(asAna, "invited@example.org", "Invited", role.Admin)
		if err != nil {
			w.Fatal(err)
		}
		disabled := w.person("disabled", role.Admin)
		if _, err := w.Update(asAna, disabled.ID, nil, nil, pointer(true)); err != nil {
			w.Fatal(err)
		}
		w.person("omar", role.Operator)
		b := w.signedIn(ana, password)
		refuse := func(what string, err error) {
			w.Helper()
			w.refused(err, apperr.Conflict, "userId", "ana is the last administrator who can sign in.")
			if now := w.again(ana); now.Role != role.Admin || now.DisabledAt != nil || now.PasswordHash != ana.PasswordHash || b.who() != ana.Email {
				w.Errorf("%s: something was changed: %v", what, now)
			}
		}
		refuse("remove", w.Remove(asAna, ana.ID))
		u, err := w.Update(asAna, ana.ID, nil, pointer(role.Operator), nil)
		refuse("demote", err)
		if u != nil {
			w.Errorf("a refusal gives %v", u)
		}
		_, err = w.Update(asAna, ana.ID, pointer("Ana"), nil, pointer(true))
		if apperr.CodeOf(err) != apperr.Conflict {
			w.Error(err)
		}
		u, path, err := w.Reset(asAna, ana.ID)
		refuse("reset", err)
		w.refused(err, apperr.Conflict, "userId", "guardmdm user reset-password ana@example.org")
		if u != nil || path != "" {
			w.Errorf("a refusal gives %v, %q", u, path)
		}
		if _, err := w.Update(asAna, ana.ID, pointer("Ana"), pointer(role.Admin), pointer(false)); err != nil {
			w.Errorf("what takes nothing away: %v", err)
		}
		if err := w.Remove(asAna, invited.ID); err != nil {
			w.Errorf("an administrator who cannot sign in yet: %v", err)
		}
		w.person("second", role.Admin)
		if err := w.Remove(asAna, ana.ID); err != nil {
			w.Errorf("with a second one: %v", err)
		}
	})
}

// replica is the service of another process on the same database.
func (w *world) replica() *world { return newWorld(w.T, w.db) }

func TestLastAdministratorAtOnce(t *testing.T) {
	each(t, func(w *world) {
		other := w.replica()
		ways := []func(s *people.Service, ctx context.Context, u *ent.User) error{
			func(s *people.Service, ctx context.Context, u *ent.User) error { return s.Remove(ctx, u.ID) },
			func(s *people.Service, ctx context.Context, u *ent.User) error {
				_, err := s.Update(ctx, u.ID, nil, pointer(role.Viewer), nil)
				return err
			},
			func(s *people.Service, ctx context.Context, u *ent.User) error {
				_, err := s.Update(ctx, u.ID, nil, nil, pointer(true))
				return err
			},
			func(s *people.Service, ctx context.Context, u *ent.User) error {
				_, _, err := s.Reset(ctx, u.ID)
				return err
			},
		}
		var left *ent.User
		for round := range 8 {
			name := fmt.Sprintf("a%d", round)
			pair := []*ent.User{left, w.person(name, role.Admin)}
			if left == nil {
				pair[0] = w.person("a", role.Admin)
			}
			results := make([]error, 2)
			var both sync.WaitGroup
			for i, s := range []*people.Service{w.Service, other.Service} {
				both.Go(func() { results[i] = ways[(round+i)%len(ways)](s, w.as(pair[1-i]), pair[i]) })
			}
			both.Wait()
			if n := w.administrators(); n != 1 {
				w.Fatalf("round %d: %d administrators are left: %v", round, n, results)
			}
			i := slices.IndexFunc(results, func(err error) bool { return apperr.Is(err, apperr.Conflict) })
			if i < 0 || results[1-i] != nil {
				w.Fatalf("round %d: %v", round, results)
			}
			left = pair[i]
		}
	})
}

func TestReset(t *testing.T) {
	each(t, func(w *world) {
		ana, omar := w.person("ana", role.Admin), w.person("omar", role.Viewer)
		b := w.signedIn(omar, password)
		u, path, err := w.Reset(w.as(ana), omar.ID)
		if err != nil || u.PasswordHash != "" || !strings.HasPrefix(path, "/join#") {
			w.Fatalf("%v, %q, %v", u, path, err)
		}
		if who := b.who(); who != "" {
			w.Errorf("the session of %s goes on", who)
		}
		_, err = b.signIn(omar.Email, password)
		w.refused(err, apperr.BadUserInput, "", "is wrong")
		_, newer, err := w.Reset(w.as(ana), omar.ID)
		if err != nil {
			w.Fatal(err)
		}
		if link, err := w.Link(w.Context(), code(path)); link != nil || err != nil {
			w.Errorf("the link before: %v, %v", link, err)
		}
		if n := w.db.Reader().OneTimeLink.Query().CountX(w.Context()); n != 1 {
			w.Errorf("%d links", n)
		}
		if c, err := b.redeem(newer, another); err != nil || c.Email != omar.Email || b.who() != omar.Email {
			w.Errorf("%+v, %v", c, err)
		}
		want := []entry{
			{"USER ana", "resetUser", "omar", `{"status":"ACTIVE"}`, `{"linkExpiresAt":"2026-03-08T12:00:00Z","status":"INVITED"}`},
			{"USER ana", "resetUser", "omar", `{}`, `{"linkExpiresAt":"2026-03-08T12:00:00Z"}`},
			{"USER omar", "redeemLink", "omar", `{"status":"INVITED"}`, `{"status":"ACTIVE"}`},
		}
		if diff := cmp.Diff(want, w.audit("resetUser", "redeemLink")); diff != "" {
			w.Error(diff)
		}
		if _, err := w.Update(w.as(ana), omar.ID, nil, nil, pointer(true)); err != nil {
			w.Fatal(err)
		}
		_, _, err = w.Reset(w.as(ana), omar.ID)
		w.refused(err, apperr.Conflict, "userId", "omar may not sign in")
	})
}

func TestRecover(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Admin)
		b := w.signedIn(ana, password)
		path, err := w.Recover(w.console(), people.Recovery{Email: " ANA@example.org"})
		if err != nil || b.who() != "" {
			w.Fatalf("%v, a session of %q", err, b.who())
		}
		if _, err := w.Recover(w.console(), people.Recovery{Email: ana.Email, Password: another}); err != nil {
			w.Fatal(err)
		}
		if link, err := w.Link(w.Context(), code(path)); link != nil || err != nil {
			w.Errorf("with a new password the link still works: %v, %v", link, err)
		}
		if _, err := b.signIn(ana.Email, another); err != nil {
			w.Error(err)
		}
		_, err = w.Recover(w.console(), people.Recovery{Email: "nobody@example.org"})
		w.refused(err, apperr.NotFound, "", "nobody@example.org")
		_, err = w.Recover(w.console(), people.Recovery{Email: ana.Email, Password: "ana@example.org"})
		w.refused(err, apperr.BadUserInput, "password", "little more")

		w.person("second", role.Admin)
		if _, err := w.Update(w.console(), ana.ID, nil, nil, pointer(true)); err != nil {
			w.Fatal(err)
		}
		_, err = w.Recover(w.console(), people.Recovery{Email: ana.Email, Password: password})
		w.refused(err, apperr.Conflict, "", "--enable")
		_, err = b.signIn(ana.Email, password)
		w.refused(err, apperr.BadUserInput, "", "is wrong")
		if _, err := w.Recover(w.console(), people.Recovery{Email: ana.Email, Password: password, Enable: true}); err != nil {
			w.Fatal(err)
		}
		if _, err := b.signIn(ana.Email, password); err != nil {
			w.Error(err)
		}
		if entries := w.audit("resetUser"); len(entries) != 3 || entries[2].Actor != "CONSOLE command line" {
			w.Errorf("got %v", entries)
		}
	})
}

func TestFirstAdministrator(t *testing.T) {
	each(t, func(w *world) {
		if needed, err := w.SetupNeeded(w.Context()); err != nil || !needed {
			w.Errorf("%t, %v", needed, err)
		}
		expired := must[string](w.T)(w.SetupLink(w.Context()))
		w.clock.Advance(24 * time.Hour)
		older, path := must[string](w.T)(w.SetupLink(w.Context())), must[string](w.T)(w.SetupLink(w.Context()))
		if !strings.HasPrefix(path, "/setup#") || len(code(path)) != 43 || older == path {
			w.Errorf("the paths are %q and %q", older, path)
		}
		if n := w.db.Reader().OneTimeLink.Query().CountX(w.Context()); n != 2 {
			w.Errorf("%d links: the expired one should be gone", n)
		}
		link, err := w.Link(w.Context(), code(path))
		if err != nil || link == nil || link.Purpose != onetimelink.PurposeSetup || link.Edges.User != nil {
			w.Errorf("%v, %v", link, err)
		}
		b := w.browser()
		create := func(code, name, email, password string) (c auth.Caller, err error) {
			b.do(func(ctx context.Context) { c, err = b.CreateFirstAdmin(ctx, code, name, email, password) })
			return c, err
		}
		for _, bad := range []string{"", "x", code(path)[1:] + "A", code(expired)} {
			_, err := create(bad, "Ana", "ana@example.org", password)
			w.refused(err, apperr.BadUserInput, "code", "does not work")
		}
		_, err = create(code(path), "", "ana@example.org", password)
		w.refused(err, apperr.BadUserInput, "name", "0 bytes")
		_, err = create(code(path), "Ana", "ana", password)
		w.refused(err, apperr.BadUserInput, "email", "ana")
		_, err = create(code(path), "Ana", "ana@example.org", "123456789012")
		w.refused(err, apperr.BadUserInput, "password", "most common")
		_, err = b.redeem(path, password)
		w.refused(err, apperr.BadUserInput, "code", "does not work")

		c, err := create(code(path), "Ana", "Ana@example.org", password)
		if err != nil || c.Email != "ana@example.org" || c.Role != role.Admin || !c.SessionEnds.Equal(w.clock.Now().Add(12*time.Hour)) || b.who() != c.Email {
			w.Fatalf("%+v, %v", c, err)
		}
		want := []entry{{"USER Ana", "createFirstAdmin", "Ana", "", `{"email":"ana@example.org","name":"Ana","role":"ADMIN"}`}}
		if diff := cmp.Diff(want, w.audit("createFirstAdmin", "addUser")); diff != "" {
			w.Error(diff)
		}
		if link, err := w.Link(w.Context(), code(older)); link != nil || err != nil {
			w.Errorf("the other setup link still works: %v, %v", link, err)
		}
		_, err = create(code(older), "Eve", "eve@example.org", password)
		w.refused(err, apperr.Conflict, "", "set up already")
		if path, err := w.SetupLink(w.Context()); path != "" || err != nil {
			w.Errorf("%q, %v", path, err)
		}
		if needed, err := w.SetupNeeded(w.Context()); err != nil || needed {
			w.Errorf("%t, %v", needed, err)
		}
	})
}

// A person from the command line ends the setup as well.
func TestSetupLinkDiesWithTheFirstPerson(t *testing.T) {
	each(t, func(w *world) {
		path := must[string](w.T)(w.SetupLink(w.Context()))
		w.person("omar", role.Viewer)
		if link, err := w.Link(w.Context(), code(path)); link != nil || err != nil {
			w.Errorf("%v, %v", link, err)
		}
	})
}

func TestFirstAdministratorAtOnce(t *testing.T) {
	each(t, func(w *world) {
		const contenders = 6
		results := make(chan error, contenders)
		for i := range contenders {
			s := w
			if i%2 == 1 {
				s = w.replica()
			}
			path := must[string](w.T)(s.SetupLink(w.Context()))
			go func() {
				s.browser().do(func(ctx context.Context) {
					_, err := s.CreateFirstAdmin(ctx, code(path), "Ana", fmt.Sprintf("ana%d@example.org", i), password)
					results <- err
				})
			}()
		}
		created := 0
		for range contenders {
			switch err := <-results; {
			case err == nil:
				created++
			case !apperr.Is(err, apperr.Conflict, apperr.BadUserInput): // the link may be gone before the person is seen
				w.Errorf("got %v", err)
			}
		}
		if n := w.db.Reader().User.Query().CountX(w.Context()); created != 1 || n != 1 {
			w.Errorf("%d were told that they are the first, %d people", created, n)
		}
	})
}

func TestInvitation(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Admin)
		u, path, err := w.Add(w.as(ana), "vera@example.org", "Vera", role.Viewer)
		if err != nil {
			w.Fatal(err)
		}
		link, err := w.Link(w.Context(), code(path))
		if err != nil || link == nil || link.Purpose != onetimelink.PurposeInvitation || link.Edges.User.Email != u.Email || !link.ExpiresAt.Equal(start.Add(7*24*time.Hour)) {
			w.Fatalf("%v, %v", link, err)
		}
		b := w.browser()
		_, err = b.redeem(path, "vera@example.org")
		w.refused(err, apperr.BadUserInput, "password", "little more")

		if _, err := w.Update(w.as(ana), u.ID, nil, nil, pointer(true)); err != nil {
			w.Fatal(err)
		}
		if link, err := w.Link(w.Context(), code(path)); link != nil || err != nil {
			w.Errorf("of somebody who may not sign in: %v, %v", link, err)
		}
		_, err = b.redeem(path, password)
		w.refused(err, apperr.BadUserInput, "code", "does not work")
		if _, err := w.Update(w.as(ana), u.ID, nil, nil, pointer(false)); err != nil {
			w.Fatal(err)
		}

		_, path, err = w.Reset(w.as(ana), u.ID)
		if link, found := w.Link(w.Context(), code(path)); err != nil || found != nil || link.Purpose != onetimelink.PurposeInvitation {
			w.Errorf("a new link of somebody who never joined: %v, %v, %v", link, err, found)
		}
		w.clock.Advance(7*24*time.Hour - time.Second)
		results := make(chan error, 4)
		for range cap(results) {
			go func() { _, err := w.browser().redeem(path, password); results <- err }()
		}
		worked := 0
		for range cap(results) {
			if err := <-results; err == nil {
				worked++
			} else {
				w.refused(err, apperr.BadUserInput, "code", "does not work")
			}
		}
		if worked != 1 {
			w.Errorf("the link worked %d times", worked)
		}
		_, path, err = w.Reset(w.as(ana), u.ID)
		if err != nil {
			w.Fatal(err)
		}
		w.clock.Advance(7 * 24 * time.Hour)
		_, err = b.redeem(path, password)
		w.refused(err, apperr.BadUserInput, "code", "does not work")
	})
}

// Who reads the database, the audit log or the server's log learns no password and no code.
func TestNoSecretIsKept(t *testing.T) {
	each(t, func(w *world) {
		setup := must[string](w.T)(w.SetupLink(w.Context()))
		b := w.browser()
		b.do(func(ctx context.Context) {
			if _, err := w.CreateFirstAdmin(ctx, code(setup), "Ana", "ana@example.org", password); err != nil {
				w.Fatal(err)
			}
		})
		token := b.cookie.Value
		waiting := must[string](w.T)(w.SetupLink(w.Context()))
		if waiting != "" {
			w.Fatalf("got %q", waiting)
		}
		var invitation, reset string
		var err error
		b.do(func(ctx context.Context) {
			if _, invitation, err = w.Add(ctx, "omar@example.org", "Omar", role.Admin); err != nil {
				w.Fatal(err)
			}
		})
		if _, err := w.browser().redeem(invitation, another); err != nil {
			w.Fatal(err)
		}
		wrong := "a password that is wrong"
		_, err = w.browser().signIn("omar@example.org", wrong)
		w.refused(err, apperr.BadUserInput, "", "wrong")
		_, err = w.browser().signIn(wrong, wrong) // typed into the wrong field
		w.refused(err, apperr.BadUserInput, "", "wrong")
		b.do(func(ctx context.Context) {
			omar := w.db.Reader().User.Query().Order(ent.Desc("id")).FirstX(ctx)
			if _, reset, err = w.Reset(ctx, omar.ID); err != nil {
				w.Fatal(err)
			}
		})
		dump := w.dump()
		if !strings.Contains(dump, "$argon2id$") || !strings.Contains(dump, "omar@example.org") {
			w.Fatalf("the dump is not complete: %.400s", dump)
		}
		for what, secret := range map[string]string{
			"password": password, "second password": another, "wrong password": wrong, "cookie": token,
			"setup code": code(setup), "invitation": code(invitation), "reset": code(reset),
		} {
			if strings.Contains(dump, secret) || strings.Contains(w.log.String(), secret) {
				w.Errorf("the %s is kept in the database or in the log", what)
			}
		}
		if strings.Contains(w.log.String(), "argon2id") || strings.Contains(fmt.Sprint(w.audit("createFirstAdmin", "addUser", "redeemLink", "resetUser", "signIn")), "argon2id") {
			w.Error("a hash is in the log")
		}
	})
}

// dump is everything in the database, as text.
func (w *world) dump() string {
	w.Helper()
	list := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if w.db.IsPostgres() {
		list = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	}
	var dump strings.Builder
	for _, table := range w.rows(list) {
		for _, row := range w.rows(`SELECT * FROM "` + table + `"`) {
			fmt.Fprintln(&dump, table, row)
		}
	}
	return dump.String()
}

func (w *world) rows(query string) []string {
	w.Helper()
	rows := must[*sql.Rows](w.T)(w.db.ReaderDB().QueryContext(w.Context(), query))
	defer rows.Close()
	columns := must[[]string](w.T)(rows.Columns())
	var all []string
	for rows.Next() {
		values := make([]sql.RawBytes, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			w.Fatal(err)
		}
		var row []string
		for _, v := range values {
			row = append(row, string(v))
		}
		all = append(all, strings.Join(row, " "))
	}
	if err := rows.Err(); err != nil {
		w.Fatal(err)
	}
	return all
}
