package people_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/setting"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/people"
	"github.com/guardmdm/guardmdm/server/session"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestSignInAndOut(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Operator)
		b := w.browser()
		c, err := b.signIn("  ANA@Example.ORG\t", password)
		want := auth.Caller{Kind: auditentry.ActorKindUser, ID: ana.ID, Name: "ana", Role: role.Operator, Email: "ana@example.org", SessionEnds: start.Add(12 * time.Hour)}
		if err != nil || c != want || b.who() != ana.Email {
			w.Errorf("%+v, %v; the session is of %q", c, err, b.who())
		}
		b.do(func(ctx context.Context) { err = w.SignOut(ctx) })
		if err != nil || b.cookie != nil || b.who() != "" || w.db.Reader().Session.Query().CountX(w.Context()) != 0 {
			w.Errorf("%v; the session is of %q", err, b.who())
		}
		b.do(func(ctx context.Context) { err = w.SignOut(ctx) })
		if err != nil {
			w.Errorf("without a session: %v", err)
		}
		entries := []entry{{"USER ana", "signIn", "ana", "", ""}, {"USER ana", "signOut", "ana", "", ""}}
		if diff := cmp.Diff(entries, w.audit("signIn", "signOut", "signInFailed")); diff != "" {
			w.Error(diff)
		}
		if address := w.db.Reader().AuditEntry.Query().Where(auditentry.Action("signIn")).OnlyX(w.Context()).RemoteAddress; address != "192.0.2.1" {
			w.Errorf("the entry is of %q", address)
		}
	})
}

// The answer does not tell who has an account, neither by its text nor by the work that it takes.
func TestFailedSignInsLookAlike(t *testing.T) {
	each(t, func(w *world) {
		w.person("ana", role.Admin)
		disabled := w.person("disabled", role.Admin)
		if _, err := w.Update(w.console(), disabled.ID, nil, nil, pointer(true)); err != nil {
			w.Fatal(err)
		}
		if _, _, err := w.Add(w.console(), "invited@example.org", "invited", role.Viewer); err != nil {
			w.Fatal(err)
		}
		var messages []string
		for _, try := range []struct{ email, password string }{
			{"ana@example.org", another}, {"nobody@example.org", password}, {"disabled@example.org", password}, {"invited@example.org", ""},
			{"invited@example.org", password}, {"", ""}, {strings.Repeat("x", 1<<20), password},
		} {
			b := w.browser()
			c, err := b.signIn(try.email, try.password)
			e := apperr.As(err)
			if e == nil || c != (auth.Caller{}) || b.cookie != nil || e.Field != nil {
				w.Fatalf("%.40q: %+v, %v", try.email, c, err)
			}
			messages = append(messages, string(e.Code)+" "+e.Message+e.Hint)
		}
		for _, message := range messages {
			if message != "BAD_USER_INPUT The email or the password is wrong." {
				w.Errorf("got %q", message)
			}
		}
		entries := []entry{
			{"SYSTEM GuardMDM", "signInFailed", "ana", "", ""}, {"SYSTEM GuardMDM", "signInFailed", "disabled", "", ""},
			{"SYSTEM GuardMDM", "signInFailed", "invited", "", ""}, {"SYSTEM GuardMDM", "signInFailed", "invited", "", ""},
		}
		if diff := cmp.Diff(entries, w.audit("signIn", "signInFailed")); diff != "" {
			w.Error(diff)
		}
		// An unknown address makes the database write, too.
		if at := w.db.Reader().Setting.Query().Where(setting.Key("people.last_unknown_sign_in")).OnlyX(w.Context()).Value; at != start.Format(time.RFC3339) {
			w.Errorf("got %q", at)
		}
		if log := w.log.String(); strings.Count(log, "sign-in failed") != 7 || strings.Contains(log, "nobody@") {
			w.Errorf("the log is\n%.2000s", log)
		}
	})
}

func TestSignInIsLimited(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Admin)
		mallory := w.browser()
		for range 5 {
			_, err := mallory.signIn(ana.Email, another)
			w.refused(err, apperr.BadUserInput, "", "is wrong")
		}
		w.clock.Advance(12 * time.Second)
		_, err := mallory.signIn("ANA@example.org", password)
		w.refused(err, apperr.RateLimited, "", "Too many failed sign-ins. Try again in 48 seconds.")
		if e := apperr.As(err); e.RetryAfter != 48*time.Second {
			w.Errorf("retry after %s", e.RetryAfter)
		}
		if n := len(w.audit("signInFailed")); n != 5 {
			w.Errorf("%d entries", n)
		}
		elsewhere := w.browser()
		elsewhere.addr = "198.51.100.7"
		if _, err := elsewhere.signIn(ana.Email, password); err != nil {
			w.Errorf("from elsewhere: %v", err)
		}
		// Wrong present passwords count, too.
		for range 5 {
			elsewhere.do(func(ctx context.Context) { err = w.ChangePassword(ctx, another, another+"!") })
			w.refused(err, apperr.BadUserInput, "currentPassword", "present password is wrong")
		}
		elsewhere.do(func(ctx context.Context) { err = w.ChangePassword(ctx, password, another) })
		w.refused(err, apperr.RateLimited, "", "Try again in 60 seconds")
		w.clock.Advance(time.Minute)
		if _, err := mallory.signIn(ana.Email, password); err != nil {
			w.Errorf("after the wait: %v", err)
		}
	})
}

// Hanging up before the answer is no way around the limit, and none around the audit log.
func TestHangingUpCounts(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Admin)
		hangUp := func() {}
		log := slog.New(slog.NewTextHandler(writerFunc(func(line []byte) {
			if bytes.Contains(line, []byte("sign-in failed")) {
				hangUp()
			}
		}), nil))
		w.Service = people.New(w.db, w.sessions, w.clock, log)
		b := w.signedIn(ana, password)
		ways := []func(ctx context.Context) error{
			func(ctx context.Context) error { _, err := w.SignIn(ctx, ana.Email, another); return err },
			func(ctx context.Context) error { return w.ChangePassword(ctx, another, another+"!") },
		}
		for i := range 5 {
			b.do(func(ctx context.Context) {
				ctx, hangUp = context.WithCancel(ctx)
				if err := ways[i%len(ways)](ctx); err == nil {
					w.Error("a wrong password works")
				}
			})
		}
		_, err := b.signIn(ana.Email, password)
		w.refused(err, apperr.RateLimited, "", "Too many failed sign-ins")
		if n := len(w.audit("signInFailed")); n != 5 {
			w.Errorf("%d entries", n)
		}
	})
}

type writerFunc func(line []byte)

func (f writerFunc) Write(line []byte) (int, error) {
	f(line)
	return len(line), nil
}

// A request with the credentials of a program has no session to begin: it is refused before anything is done or told.
func TestSigningInNeedsABrowser(t *testing.T) {
	each(t, func(w *world) {
		const says = "Sessions are for browsers"
		program := auth.WithCaller(w.Context(), auth.Caller{Kind: auditentry.ActorKindAPIToken, ID: 1, Name: "ci", Role: role.Admin})
		setup := must[string](w.T)(w.SetupLink(w.Context()))
		_, err := w.CreateFirstAdmin(program, code(setup), "Ana", "ana@example.org", password)
		w.refused(err, apperr.BadUserInput, "", says)
		if needed, err := w.SetupNeeded(w.Context()); !needed || err != nil {
			w.Errorf("an administrator was made: %v", err)
		}
		u, path, err := w.Add(w.console(), "omar@example.org", "Omar", role.Viewer)
		if err != nil {
			w.Fatal(err)
		}
		_, err = w.Redeem(program, code(path), password)
		w.refused(err, apperr.BadUserInput, "", says)
		if link, err := w.Link(w.Context(), code(path)); link == nil || err != nil || w.again(u).PasswordHash != "" {
			w.Errorf("the link was used up: %v", err)
		}
		ana := w.person("ana", role.Admin)
		for range 20 {
			for _, try := range []string{password, another} {
				_, err := w.SignIn(program, ana.Email, try)
				w.refused(err, apperr.BadUserInput, "", says)
			}
		}
		if n := len(w.audit("signIn", "signInFailed")); n != 0 {
			w.Errorf("%d entries", n)
		}
	})
}

// Whoever is kept out at the moment in which their session begins does not keep it.
func TestKeptOutWhileASessionBegins(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Admin)
		admin := w.as(ana)
		elsewhere := w.Service
		meanwhile := &interrupted{Manager: w.sessions}
		w.Service = people.New(w.db, meanwhile, w.clock, slog.New(slog.DiscardHandler))
		ways := map[string]func(ctx context.Context, u *ent.User) error{
			"sign-in": func(ctx context.Context, u *ent.User) error { _, err := w.SignIn(ctx, u.Email, password); return err },
			"link": func(ctx context.Context, u *ent.User) error {
				_, path, err := elsewhere.Reset(admin, u.ID)
				if err == nil {
					_, err = w.Redeem(ctx, code(path), password)
				}
				return err
			},
			"new password": func(ctx context.Context, u *ent.User) error {
				ctx = auth.WithCaller(ctx, auth.CallerOf(w.as(u)))
				return w.ChangePassword(ctx, password, another)
			},
		}
		ends := map[string]func(u *ent.User) error{
			"reset":   func(u *ent.User) error { _, _, err := elsewhere.Reset(admin, u.ID); return err },
			"disable": func(u *ent.User) error { _, err := elsewhere.Update(admin, u.ID, nil, nil, pointer(true)); return err },
			"remove":  func(u *ent.User) error { return elsewhere.Remove(admin, u.ID) },
		}
		for way, begin := range ways {
			for end, keepOut := range ends {
				meanwhile.do = func() {}
				u := w.person(strings.ReplaceAll(way+end, " ", ""), role.Viewer)
				meanwhile.do = func() {
					if err := keepOut(u); err != nil {
						w.Error(err)
					}
				}
				b := w.browser()
				var err error
				b.do(func(ctx context.Context) { err = begin(ctx, u) })
				w.refused(err, apperr.Conflict, "", "at the same moment")
				if n := w.db.Reader().Session.Query().CountX(w.Context()); n != 0 || b.cookie != nil {
					w.Errorf("%s, %s: %d sessions, cookie %v", way, end, n, b.cookie)
				}
			}
		}
	})
}

// interrupted are sessions before each of which something happens.
type interrupted struct {
	*session.Manager
	do func()
}

func (s *interrupted) Begin(ctx context.Context, user gid.ID) (time.Time, error) {
	s.do()
	return s.Manager.Begin(ctx, user)
}

// A session that begins while a reset is under way ends with it.
func TestResetEndsWhatBeginsMeanwhile(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "postgres")) // SQLite does one after the other
	ana, omar := w.person("ana", role.Admin), w.person("omar", role.Viewer)
	locked, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 2)
	go func() {
		done <- w.db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			err := tx.User.UpdateOne(omar).SetName("Omar").Exec(ctx)
			close(locked)
			<-release
			return err
		})
	}()
	<-locked
	go func() { _, _, err := w.Reset(w.as(ana), omar.ID); done <- err }()
	w.until("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
	w.browser().do(func(ctx context.Context) {
		if _, err := w.sessions.Begin(ctx, omar.ID); err != nil {
			t.Error(err)
		}
	})
	close(release)
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if n := w.db.Reader().Session.Query().CountX(t.Context()); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

// until waits for the query to give a row.
func (w *world) until(query string) {
	w.Helper()
	for deadline := time.Now().Add(10 * time.Second); len(w.rows(query)) == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			w.Fatalf("nothing from %s", query)
		}
	}
}

func TestHashIsRenewed(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Admin)
		weak := must[string](w.T)(argon2id.CreateHash(password, &argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}))
		w.db.Ent().User.UpdateOne(ana).SetPasswordHash(weak).ExecX(w.Context())
		b := w.browser()
		_, err := b.signIn(ana.Email, another)
		w.refused(err, apperr.BadUserInput, "", "is wrong")
		if got := w.again(ana).PasswordHash; got != weak {
			w.Errorf("a wrong password made the hash %q", got)
		}
		for range 2 {
			if _, err := b.signIn(ana.Email, password); err != nil {
				w.Fatal(err)
			}
		}
		if got := w.again(ana).PasswordHash; !strings.HasPrefix(got, "$argon2id$v=19$m=19456,") {
			w.Errorf("the hash is %q", got)
		}
	})
}

func TestChangePassword(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", role.Viewer)
		here, there := w.signedIn(ana, password), w.signedIn(ana, password)
		change := func(current, next string) (err error) {
			here.do(func(ctx context.Context) { err = w.ChangePassword(ctx, current, next) })
			return err
		}
		w.refused(change(another, another), apperr.BadUserInput, "currentPassword", "is wrong")
		w.refused(change(password, password), apperr.BadUserInput, "newPassword", "present one")
		w.refused(change(password, "short"), apperr.BadUserInput, "newPassword", "5 characters")
		if there.who() != ana.Email {
			w.Error("a refusal ended a session")
		}
		before := here.cookie.Value
		if err := change(password, another); err != nil {
			w.Fatal(err)
		}
		if here.who() != ana.Email || there.who() != "" || here.cookie.Value == before {
			w.Errorf("here %q, there %q", here.who(), there.who())
		}
		_, err := there.signIn(ana.Email, password)
		w.refused(err, apperr.BadUserInput, "", "is wrong")
		if _, err := there.signIn(ana.Email, another); err != nil {
			w.Error(err)
		}
		entries := []entry{{"USER ana", "changePassword", "ana", "", ""}}
		if diff := cmp.Diff(entries, w.audit("changePassword")); diff != "" {
			w.Error(diff)
		}
		program := auth.WithCaller(w.Context(), auth.Caller{Kind: auditentry.ActorKindAPIToken, ID: 1, Name: "ci", Role: role.Admin})
		w.refused(w.ChangePassword(program, password, another), apperr.BadUserInput, "", "Only people")
	})
}

func TestSignOutEverywhere(t *testing.T) {
	each(t, func(w *world) {
		ana, omar := w.person("ana", role.Admin), w.person("omar", role.Operator)
		one, two, other := w.signedIn(ana, password), w.signedIn(ana, password), w.signedIn(omar, password)
		end := func(b *browser, id gid.ID) (n int, err error) {
			b.do(func(ctx context.Context) { n, err = w.SignOutEverywhere(ctx, id) })
			return n, err
		}
		_, err := end(other, ana.ID)
		w.refused(err, apperr.Forbidden, "", "ADMIN")
		if n, err := end(one, omar.ID); n != 1 || err != nil || other.who() != "" || one.who() != ana.Email {
			w.Errorf("another's: %d, %v, %q, %q", n, err, other.who(), one.who())
		}
		if n, err := end(one, 0); n != 2 || err != nil || one.cookie != nil || one.who() != "" || two.who() != "" {
			w.Errorf("the own: %d, %v, %q, %q", n, err, one.who(), two.who())
		}
		other = w.signedIn(omar, password)
		if n, err := end(other, omar.ID); n != 1 || err != nil || other.who() != "" {
			w.Errorf("the own by name: %d, %v, %q", n, err, other.who())
		}
		_, err = w.SignOutEverywhere(w.console(), 0)
		w.refused(err, apperr.BadUserInput, "userId", "Name the person")
		_, err = w.SignOutEverywhere(w.console(), omar.ID+77)
		w.refused(err, apperr.NotFound, "userId", "There is no person")
		if entries := w.audit("signOutEverywhere"); len(entries) != 3 ||
			entries[0] != (entry{"USER ana", "signOutEverywhere", "omar", "", `{"sessionsEnded":1}`}) || entries[1].After != `{"sessionsEnded":2}` {
			w.Errorf("got %v", entries)
		}
	})
}
