package diagnosis_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/assignmentitem"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/diagnosis"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/server/upkeep"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is an installation with one organization.
type world struct {
	*stack.Stack
	clock *clockwork.FakeClock
	token gid.ID
	urls  *urls
	push  *certificates
	*diagnosis.Service
}

// certificates has the push certificate that tests say.
type certificates struct{ current *ent.PushCertificate }

func (c *certificates) Current(context.Context) (*ent.PushCertificate, error) { return c.current, nil }

// urls is a public URL that tests change.
type urls struct {
	current, configured string
	unreachable         error
}

func newWorld(t *testing.T, db *store.Store) *world {
	t.Helper()
	w := &world{clock: clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)), urls: &urls{current: "https://mdm.example.org", configured: "https://mdm.example.org"}}
	ends := w.clock.Now().AddDate(1, 0, 0)
	w.push = &certificates{&ent.PushCertificate{Topic: "com.apple.mgmt.x", NotAfter: &ends}}
	w.Stack = stack.New(t, db, stack.Options{Devices: 30, PageSize: 1000, Clock: w.clock})
	w.Start(t)
	token, server := w.Connect(t, "Acme")
	w.token = token.ID
	if _, err := w.Sim.AssignCount(server.ID(), 30); err != nil {
		t.Fatal(err)
	}
	w.sync(t)
	w.Service = w.service(func(context.Context) (uint64, uint64, bool, error) { return 1 << 40, 1 << 40, true, nil })
	return w
}

// service makes what is tested. Most tests have all the space in the world, whatever the machine has.
func (w *world) service(space diagnosis.Space) *diagnosis.Service {
	return diagnosis.New(diagnosis.Options{Space: space, Store: w.DB, Rules: w.Assign, Tokens: w.Tokens, Push: w.push, URLs: w.urls, IsApple: true, Clock: w.clock,
		Reach: func(context.Context, string) error { return w.urls.unreachable }})
}

func (w *world) sync(t *testing.T) {
	t.Helper()
	if run := w.Sync(t, w.token, false); run.ErrorCode != "" {
		t.Fatalf("the sync failed: %s", run.ErrorMessage)
	}
}

// plural finds a number of one before words for many.
var plural = regexp.MustCompile(`\b1 (\w+ )?(devices|times|days|profiles|replicas)\b|\b1 (\w+ )?device (are|have|wait)\b`)

// found is what is wrong.
func (w *world) found(t *testing.T, token gid.ID) []*diagnosis.Finding {
	t.Helper()
	report, err := w.Find(t.Context(), token)
	must(t, err)
	return report.Findings
}

// checks are those that nothing is found of.
func (w *world) checks(t *testing.T, token gid.ID) []*diagnosis.Check {
	t.Helper()
	report, err := w.Find(t.Context(), token)
	must(t, err)
	checks, err := report.Passed(t.Context())
	must(t, err)
	return checks
}

// passed are the codes of the checks that nothing is found of.
func (w *world) passed(t *testing.T, token gid.ID) (codes []string) {
	t.Helper()
	for _, c := range w.checks(t, token) {
		codes = append(codes, c.Code)
		if c.Name == "" || plural.MatchString(c.Detail) {
			t.Errorf("%+v", c)
		}
	}
	return codes
}

// codes are those of what is found, in its order.
func (w *world) codes(t *testing.T, token gid.ID) (codes []string) {
	t.Helper()
	found := w.found(t, token)
	keys := map[string]bool{}
	for _, f := range found {
		codes = append(codes, f.Code)
		if keys[f.Key()] {
			t.Errorf("the key %s is there twice", f.Key())
		}
		keys[f.Key()] = true
		if f.Symptom == "" || f.Cause == "" || f.Fix.Text == "" || len(f.Evidence) == 0 {
			t.Errorf("%s is not told in full: %+v", f.Code, f)
		}
		for _, text := range append([]string{f.Symptom, f.Cause, f.Fix.Text}, f.Evidence...) {
			if plural.MatchString(text) {
				t.Errorf("%s: one is not many: %s", f.Code, text)
			}
		}
	}
	return codes
}

// one is what is found of a kind.
func (w *world) one(t *testing.T, code string) *diagnosis.Finding {
	t.Helper()
	found := w.found(t, 0)
	i := slices.IndexFunc(found, func(f *diagnosis.Finding) bool { return f.Code == code })
	if i < 0 {
		t.Fatalf("%s is not among %v", code, w.codes(t, 0))
	}
	w.codes(t, w.token) // for its own checks
	return found[i]
}

func (w *world) profile(t *testing.T, name string) gid.ID {
	t.Helper()
	p, err := w.Profiles.Create(stack.Admin(t), adeprofile.Edit{Name: &name})
	must(t, err)
	return p.ID
}

// defaults gives every platform a profile, so that nothing is wrong.
func (w *world) defaults(t *testing.T, profile gid.ID) {
	t.Helper()
	for _, p := range []device.Platform{device.PlatformIOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS} {
		_, _, err := w.Assign.SetDefault(stack.Admin(t), p, profile, 0)
		must(t, err)
	}
	must(t, w.Assign.Work(t.Context()))
}

func (u *urls) Current(context.Context) (string, error) { return u.current, nil }

func (u *urls) Configured() string { return u.configured }

func TestNothingIsWrong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		if codes := w.codes(t, 0); len(codes) != 0 {
			t.Errorf("found: %v", codes)
		}
		must(t, upkeep.New(db, "1.5.0", w.clock).Announce(t.Context()))
		for _, token := range []gid.ID{0, w.token} {
			if passed := w.passed(t, token); len(passed) != 19 {
				t.Errorf("of token %s these pass: %v", token, passed)
			}
		}
		details := map[string]string{}
		for _, c := range w.checks(t, 0) {
			details[c.Code] = c.Detail
		}
		for code, detail := range map[string]string{"TOKENS_VALID": "1 of 1", "SYNCS_END_WELL": "last 2026-03-01T12:00:00Z", "ALL_HAVE_PROFILES": "30 devices", "PUBLIC_URL_ANSWERS": "https://mdm.example.org",
			"PUSH_CERTIFICATE_VALID": "until 2027-03-01T12:00:00Z", "DATABASE_HAS_ROOM": "1024 GB free", "REPLICAS_AGREE": "1 replica, 1.5.0", "PROFILES_AT_APPLE": "1 published"} {
			if details[code] != detail {
				t.Errorf("%s: %q, not %q", code, details[code], detail)
			}
		}
	})
}

// What is found is not passed, and what there is nothing of to look at is neither.
func TestPassed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		must(t, db.Ent().ABMToken.UpdateOneID(w.token).SetState(abmtoken.StateExpired).SetHeldRemovals(1).SetHeldAt(w.clock.Now()).Exec(t.Context()))
		found := w.codes(t, 0)
		passed := w.passed(t, 0)
		if !slices.Equal(found, []string{"TOKEN_EXPIRED", "REMOVALS_HELD"}) || slices.Contains(passed, "TOKENS_VALID") || slices.Contains(passed, "NO_REMOVALS_HELD") {
			t.Errorf("found %v, passed %v", found, passed)
		}
		if !slices.Contains(passed, "TERMS_ACCEPTED") || slices.Contains(passed, "SYNCS_END_WELL") { // an expired token does not sync: nothing tells how it would end
			t.Errorf("passed: %v", passed)
		}
		must(t, db.Ent().ABMToken.UpdateOneID(w.token).SetDeletedAt(w.clock.Now()).Exec(t.Context()))
		for _, code := range w.passed(t, 0) {
			if !slices.Contains([]string{"PUBLIC_URL_ANSWERS", "DATABASE_HAS_ROOM", "DEFAULTS_FIT"}, code) {
				t.Errorf("%s passes without a token", code)
			}
		}
	})
}

// One device is one, in each sentence that counts devices.
func TestOneDevice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		one := func(sql string) {
			t.Helper()
			_, err := db.DB().ExecContext(t.Context(), sql)
			must(t, err)
		}
		one("UPDATE device_counts SET present = 1 WHERE day = 0 AND platform = 'MACOS'")
		one("UPDATE device_counts SET present = 0 WHERE day = 0 AND platform <> 'MACOS'")
		must(t, db.Ent().ABMToken.UpdateOneID(w.token).SetHeldRemovals(1).SetHeldAt(w.clock.Now()).SetAssignmentMode(abmtoken.AssignmentModeObserve).Exec(t.Context()))
		id := db.Reader().Device.Query().Where(device.PlatformEQ(device.PlatformMacOS)).Order(device.ByID()).FirstIDX(t.Context())
		must(t, db.Ent().DeviceNote.Create().SetDeviceID(id).SetKind("ACTIVATED").SetAt(w.clock.Now()).Exec(t.Context()))
		for code, symptom := range map[string]string{
			"REMOVALS_HELD":       "1 device of Acme waits for a decision",
			"OBSERVING":           "GuardMDM only observes Acme: its 1 device is given no profile",
			"APPLIES_AFTER_ERASE": "The profile of 1 device acts only when it is erased",
		} {
			if f := w.one(t, code); f.Symptom != symptom {
				t.Errorf("%s: %s", code, f.Symptom)
			}
		}
	})
}

func TestUnassigned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		macs := db.Reader().Device.Query().Where(device.PlatformEQ(device.PlatformMacOS)).CountX(t.Context())
		all := 0
		found := w.found(t, 0)
		for _, f := range found {
			if f.Code != "DEVICES_UNASSIGNED" {
				t.Errorf("found %s", f.Code)
			}
			if f.Platform == device.PlatformMacOS && (f.Devices != macs || f.Where["profileSource"] != "NONE") {
				t.Errorf("of %d Macs: %+v", macs, f)
			}
			all += f.Devices
		}
		if n, _ := w.Assign.CountBySource(t.Context(), assignment.FromNothing, nil, nil); n != all || n != 30 {
			t.Errorf("%d are Unassigned, found %d", n, all)
		}
	})
}

func TestTokens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		set := func(state abmtoken.State, message string, left time.Duration) {
			must(t, db.Ent().ABMToken.UpdateOneID(w.token).SetState(state).SetStateMessage(message).SetExpiresAt(w.clock.Now().Add(left)).Exec(t.Context()))
		}
		year := 365 * 24 * time.Hour
		for _, c := range []struct {
			state    abmtoken.State
			message  string
			left     time.Duration
			code     string
			severity diagnosis.Severity
			action   diagnosis.Action
		}{
			{abmtoken.StateExpired, "", -time.Hour, "TOKEN_EXPIRED", diagnosis.Critical, diagnosis.RenewToken},
			{abmtoken.StateExpiring, "", 20 * 24 * time.Hour, "TOKEN_EXPIRING", diagnosis.Info, diagnosis.RenewToken},
			{abmtoken.StateExpiring, "", 3 * 24 * time.Hour, "TOKEN_EXPIRING", diagnosis.Warning, diagnosis.RenewToken},
			{abmtoken.StateRejected, "Apple no longer accepts it (401).\nRenew it.", year, "TOKEN_REJECTED", diagnosis.Critical, diagnosis.RenewToken},
			{abmtoken.StateRejected, "Apple no longer accepts it (401).\nRenew it. But first correct the clock of this server: it is 7m0s ahead of Apple's.", year, "CLOCK_SKEW", diagnosis.Critical, diagnosis.CheckToken},
			{abmtoken.StateTermsNotAccepted, "Apple has new terms (403 T_C_NOT_SIGNED).\nAccept them.", year, "TERMS_NOT_ACCEPTED", diagnosis.Critical, diagnosis.CheckToken},
		} {
			set(c.state, c.message, c.left)
			f := w.one(t, c.code)
			if f.Severity != c.severity || f.Token.ID != w.token || f.Devices != 30 || f.Where["abmTokenId"] != w.token.String() || !slices.Contains(f.Fix.Actions, c.action) {
				t.Errorf("%s: %+v", c.code, f)
			}
		}
		set(abmtoken.StateActive, "", year)
		must(t, db.Ent().ABMToken.UpdateOneID(w.token).SetHeldRemovals(20).SetHeldAt(w.clock.Now()).Exec(t.Context()))
		if f := w.one(t, "REMOVALS_HELD"); f.Devices != 20 {
			t.Errorf("%+v", f)
		}
		must(t, db.Ent().ABMToken.UpdateOneID(w.token).SetHeldRemovals(0).SetAssignmentMode(abmtoken.AssignmentModeObserve).Exec(t.Context()))
		if f := w.one(t, "OBSERVING"); f.Devices != 30 || f.Severity != diagnosis.Info {
			t.Errorf("%+v", f)
		}
		if _, err := w.Tokens.Generate(stack.Admin(t), "Next"); err != nil {
			t.Fatal(err)
		}
		if f := w.one(t, "TOKEN_NOT_CONNECTED"); f.Devices != 0 {
			t.Errorf("%+v", f)
		}
	})
}

// A failed run is told by its cause, and not at all while the token's state says it better.
func TestSyncs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		run := w.Sync(t, w.token, false)
		for errorCode, code := range map[apperr.Code]string{apperr.AppleUnavailable: "SYNC_NO_ANSWER", apperr.AppleThrottled: "SYNC_THROTTLED", apperr.AppleCursorStuck: "SYNC_POSITION",
			apperr.AppleMalformed: "SYNC_ANSWER_UNREADABLE", apperr.Internal: "SYNC_FAILED"} {
			must(t, db.Ent().SyncRun.UpdateOneID(run.ID).SetStatus(syncrun.StatusFailed).SetErrorCode(string(errorCode)).SetErrorMessage("It failed.").SetErrorHint("Wait.").Exec(t.Context()))
			if f := w.one(t, code); f.Cause != "It failed." || !strings.Contains(f.Fix.Text, "Wait.") || f.Token.ID != w.token {
				t.Errorf("%s: %+v", code, f)
			}
		}
		must(t, db.Ent().ABMToken.UpdateOneID(w.token).SetState(abmtoken.StateTermsNotAccepted).SetStateMessage("Terms.\nAccept them.").Exec(t.Context()))
		if codes := w.codes(t, 0); !slices.Equal(codes, []string{"TERMS_NOT_ACCEPTED"}) {
			t.Errorf("found %v", codes)
		}
	})
}

func TestAssignments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		items := db.Reader().AssignmentItem.Query().AllX(t.Context())
		if len(items) != 30 {
			t.Fatalf("%d items", len(items))
		}
		for i, state := range []assignmentitem.State{assignmentitem.StateFailed, assignmentitem.StateFailed, assignmentitem.StateThrottled, assignmentitem.StateNotAccessible} {
			must(t, db.Ent().AssignmentItem.UpdateOne(items[i]).SetState(state).SetErrorCode(string(state)).Exec(t.Context()))
		}
		for code, n := range map[string]int{"ASSIGNMENT_FAILING": 2, "DEVICES_THROTTLED": 1, "DEVICES_NOT_ACCESSIBLE": 1} {
			if f := w.one(t, code); f.Devices != n || f.Where["assignmentStatus"] == "" || f.Since == nil {
				t.Errorf("%s: %+v", code, f)
			}
		}
		if f := w.one(t, "DEVICES_NOT_ACCESSIBLE"); f.Symptom != "1 device of Acme cannot be given a profile: Apple says that it is not of this MDM server" {
			t.Error(f.Symptom)
		}
	})
}

func TestProfiles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		base := w.profile(t, "Base")
		w.defaults(t, base)
		token := db.Reader().ABMToken.GetX(t.Context(), w.token)
		_, err := w.Registrar.Ensure(t.Context(), token, base)
		must(t, err)
		row := db.Reader().ADEProfileRegistration.Query().OnlyX(t.Context())
		must(t, db.Ent().ADEProfileRegistration.UpdateOne(row).SetAppleProfileUUID("").SetErrorCode(string(apperr.AppleProfileRefused)).SetErrorMessage("Apple does not take the department (400 DEPARTMENT_INVALID).").
			SetErrorHint("Use at most 125 characters.").SetErrorField("department").SetNextAttemptAt(w.clock.Now().Add(time.Hour)).Exec(t.Context()))
		f := w.one(t, "PROFILE_REFUSED")
		if f.Profile.ID != base || f.Devices != 30 || f.Severity != diagnosis.Critical || !slices.Contains(f.Evidence, "field: department") {
			t.Errorf("%+v", f)
		}
		must(t, db.Ent().ADEProfileRegistration.UpdateOne(row).SetErrorCode(string(apperr.AppleUnavailable)).Exec(t.Context()))
		w.one(t, "PROFILE_NOT_REGISTERED")
		must(t, db.Ent().ADEProfileRegistration.UpdateOne(row).SetErrorCode("").Exec(t.Context()))
		// Neither can happen by the API; both would leave devices without a word.
		must(t, db.Ent().ADEProfile.UpdateOneID(base).ClearPublishedVersionID().Exec(t.Context()))
		if f := w.one(t, "DEFAULT_UNUSABLE"); !slices.Contains(f.Fix.Actions, diagnosis.PublishProfile) || f.Devices == 0 {
			t.Errorf("%+v", f)
		}
		must(t, db.Ent().ADEProfile.UpdateOneID(base).SetDeletedAt(w.clock.Now()).Exec(t.Context()))
		if f := w.one(t, "DEFAULT_UNUSABLE"); !strings.Contains(f.Cause, "deleted") {
			t.Errorf("%+v", f)
		}
	})
}

func TestPublicURL(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		w.urls.configured = "https://new.example.org"
		if f := w.one(t, "PUBLIC_URL_DIFFERS"); f.Devices != 30 {
			t.Errorf("%+v", f)
		}
		w.urls.current, w.urls.configured = "http://mdm.example.org", ""
		w.one(t, "PUBLIC_URL_NOT_HTTPS")
		w.urls.current = ""
		w.one(t, "PUBLIC_URL_MISSING")
	})
}

// Devices that migrate, and those whose profile was changed after they were activated.
func TestNotes_FieldNotes22And23(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		base := w.profile(t, "Base")
		w.defaults(t, base)
		ids := db.Reader().Device.Query().Where(device.PlatformEQ(device.PlatformMacOS)).Order(device.ByID()).IDsX(t.Context())
		must(t, db.Ent().DeviceNote.Create().SetDeviceID(ids[0]).SetKind("MIGRATION").SetAt(w.clock.Now().Add(30*24*time.Hour)).Exec(t.Context()))
		must(t, db.Ent().DeviceNote.Create().SetDeviceID(ids[0]).SetKind("ACTIVATED").SetAt(w.clock.Now()).Exec(t.Context()))
		must(t, db.Ent().DeviceNote.Create().SetDeviceID(ids[1]).SetKind("ACTIVATED").SetAt(w.clock.Now()).Exec(t.Context()))
		f := w.one(t, "MIGRATION_NOT_AWAITED")
		if f.Profile.ID != base || f.Devices != 1 || f.Severity != diagnosis.Warning || !strings.HasPrefix(f.Symptom, "1 device has to migrate") {
			t.Errorf("%+v", f)
		}
		w.clock.Advance(20 * 24 * time.Hour)
		if f := w.one(t, "MIGRATION_NOT_AWAITED"); f.Severity != diagnosis.Critical {
			t.Errorf("10 days before: %+v", f)
		}
		if f := w.one(t, "APPLIES_AFTER_ERASE"); f.Devices != 1 || f.Severity != diagnosis.Info {
			t.Errorf("%+v", f)
		}
		found := w.found(t, w.token)
		if i := slices.IndexFunc(found, func(f *diagnosis.Finding) bool { return f.Code == "APPLIES_AFTER_ERASE" }); i < 0 || found[i].Devices != 1 {
			t.Errorf("of the token: %v", found)
		}
	})
}
