package adeprofile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/adeprofileregistration"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// wire is the way to Apple. It counts how often Apple was asked to define a profile, and has Apple refuse those named "refused": our own checks would
// let nothing through that the simulated Apple does not take.
type wire struct {
	*http.Transport
	defined atomic.Int32
	mu      sync.Mutex
	before  func() // a definition is sent
}

func newWire(t *testing.T) *wire {
	w := &wire{Transport: &http.Transport{}}
	t.Cleanup(w.CloseIdleConnections)
	return w
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodPost || r.URL.Path != "/profile" {
		return w.Transport.RoundTrip(r)
	}
	w.mu.Lock()
	before := w.before
	w.mu.Unlock()
	if before != nil {
		before()
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	body = bytes.Replace(body, []byte(`"refused"`), []byte(`"`+strings.Repeat("x", 126)+`"`), 1)
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	answer, err := w.Transport.RoundTrip(r)
	if err != nil || answer.StatusCode != http.StatusUnauthorized { // sessions end, which is not what is counted
		w.defined.Add(1)
	}
	return answer, err
}

// letTimePass moves the clock whenever somebody waits on it, as retries do.
func (w world) letTimePass(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for w.clock.BlockUntilContext(ctx, 1) == nil {
			w.clock.Advance(time.Second)
		}
	})
	t.Cleanup(func() { cancel(); wg.Wait() })
}

// atApple reads a profile back.
func (w world) atApple(t *testing.T, token *ent.ABMToken, uuid string) map[string]any {
	t.Helper()
	conn, _, err := w.Tokens.Connect(t.Context(), token.ID)
	must(t, err)
	raw, err := conn.Profile(t.Context(), uuid)
	must(t, err)
	var profile map[string]any
	must(t, json.Unmarshal(raw, &profile))
	return profile
}

func TestEnsureRegistersOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		apple := newWire(t)
		w := newWorld(t, db, stack.Options{Transport: apple})
		token, _ := w.Connect(t, "first")
		other, _ := w.Connect(t, "other")
		p := w.create(t, "Führung", func(c *adeprofile.Content) { c.AllowPairing, c.SkipSetupItems = false, []string{"Siri"} })
		uuid, err := w.Registrar.Ensure(w.ctx, token, p.ID)
		must(t, err)
		row := db.Reader().ADEProfileRegistration.Query().OnlyX(t.Context())
		if row.AppleProfileUUID != uuid || row.AbmTokenID != token.ID || row.ServerURL != "https://mdm.example.org" || len(row.EnrollmentKey) != 32 || row.RegisteredAt == nil {
			t.Errorf("%+v", row)
		}
		want := map[string]any{
			"profile_name": "Führung", "url": "https://mdm.example.org/enroll/ade/" + row.EnrollmentKey, "profile_uuid": uuid, "allow_pairing": false,
			"skip_setup_items": []any{"Siri"}, "is_supervised": false, "is_mandatory": false, "is_mdm_removable": true, "await_device_configured": false,
			"is_multi_user": false, "auto_advance_setup": false, "do_not_use_profile_from_backup": false, "is_return_to_service": false,
		}
		if diff := cmp.Diff(want, w.atApple(t, token, uuid)); diff != "" {
			t.Errorf("at Apple (-want +got):\n%s", diff)
		}
		ensure := func(when string, token *ent.ABMToken, requests int32, same bool) {
			t.Helper()
			got, err := w.Registrar.Ensure(w.ctx, token, p.ID)
			must(t, err)
			if (got == uuid) != same || apple.defined.Load() != requests {
				t.Errorf("%s: %s after %d requests", when, got, apple.defined.Load())
			}
		}
		ensure("again", token, 1, true)
		ensure("another token", other, 2, false)
		w.update(t, p.ID, named("Leitung", nil))
		ensure("another name", token, 2, true)
		w.update(t, p.ID, adeprofile.Edit{Content: func(c *adeprofile.Content) { c.IsMandatory = true }})
		ensure("another content", token, 3, false)
		_, _, err = w.Publish(w.ctx, p.ID, row.AdeProfileVersionID)
		must(t, err)
		ensure("the first version again", token, 3, true)

		edit := named("draft", nil)
		edit.Draft = true
		draft, err := w.Create(w.ctx, edit)
		must(t, err)
		if _, err := w.Registrar.Ensure(w.ctx, token, draft.ID); !apperr.Is(err, apperr.Conflict) || apple.defined.Load() != 3 {
			t.Errorf("never published: %v", err)
		}
		waiting, err := w.Tokens.Generate(w.ctx, "waiting")
		must(t, err)
		if _, err := w.Registrar.Ensure(w.ctx, waiting, p.ID); !apperr.Is(err, apperr.Conflict) {
			t.Errorf("a token that waits for its server token: %v", err)
		}
		if n := db.Reader().ADEProfileRegistration.Query().CountX(t.Context()); n != 3 {
			t.Errorf("%d registrations", n)
		}
	})
}

// What our checks let through, Apple takes: every key, and texts as long as they may be.
func TestAppleTakesWhatIsAccepted(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, "sqlite"), stack.Options{})
	token, _ := w.Connect(t, "first")
	ca := cert(t, true, now.AddDate(1, 0, 0))
	p := w.create(t, strings.Repeat("ü", 125), func(c *adeprofile.Content) {
		*c = adeprofile.Content{IsSupervised: true, IsMandatory: true, AwaitDeviceConfigured: true, IsMultiUser: true, AutoAdvanceSetup: true,
			DoNotUseProfileFromBackup: true, IsReturnToService: true, Language: "de", Region: "DE", Department: strings.Repeat("ü", 125),
			SupportPhoneNumber: strings.Repeat("1", 50), SupportEmailAddress: strings.Repeat("e", 250), OrgMagic: strings.Repeat("m", 256),
			ConfigurationWebURL: "https://login.example.org/ü", AnchorCerts: []string{ca}, SupervisingHostCerts: []string{ca[:64] + "\n" + ca[64:]}}
		for _, pane := range adeprofile.Panes() {
			c.SkipSetupItems = append(c.SkipSetupItems, pane.Key)
		}
	})
	uuid, err := w.Registrar.Ensure(w.ctx, token, p.ID)
	must(t, err)
	got := w.atApple(t, token, uuid)
	if len(got) != 22 || got["is_mdm_removable"] != false || len(got["skip_setup_items"].([]any)) != 53 || got["supervising_host_certs"].([]any)[0] != ca {
		t.Errorf("at Apple: %d keys, %v", len(got), got)
	}
}

func TestConcurrentEnsuresAskOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		apple := newWire(t)
		w := newWorld(t, db, stack.Options{Transport: apple})
		token, _ := w.Connect(t, "first")
		p := w.create(t, "p", nil)
		const callers = 20
		uuids := make([]string, callers)
		var wg sync.WaitGroup
		for i := range callers {
			wg.Go(func() {
				var err error
				if uuids[i], err = w.Registrar.Ensure(w.ctx, token, p.ID); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, uuid := range uuids {
			if uuid != uuids[0] {
				t.Fatalf("%v", uuids)
			}
		}
		if n := apple.defined.Load(); n != 1 {
			t.Errorf("Apple was asked %d times", n)
		}
	})
}

// Two processes may both ask Apple. Both go by the answer that is stored first.
func TestProcessesAgree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		apple := newWire(t)
		w := newWorld(t, db, stack.Options{Transport: apple})
		token, _ := w.Connect(t, "first")
		p := w.create(t, "p", nil)
		var both sync.WaitGroup // until both have asked, neither is answered
		both.Add(2)
		apple.before = func() { both.Done(); both.Wait() }
		uuids := make([]string, 2)
		var wg sync.WaitGroup
		for i := range uuids {
			r := adeprofile.NewRegistrar(db, w.Tokens, w.URLs, w.clock, w.Log)
			wg.Go(func() {
				var err error
				if uuids[i], err = r.Ensure(w.ctx, token, p.ID); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		row := db.Reader().ADEProfileRegistration.Query().OnlyX(t.Context())
		if uuids[0] != uuids[1] || uuids[0] != row.AppleProfileUUID || apple.defined.Load() != 2 {
			t.Errorf("%v, stored %s, %d requests", uuids, row.AppleProfileUUID, apple.defined.Load())
		}
	})
}

// A waiting caller does not wait longer than its context.
func TestWaitingEndsWithTheContext(t *testing.T) {
	apple := newWire(t)
	w := newWorld(t, dbtest.Open(t, "sqlite"), stack.Options{Transport: apple})
	token, _ := w.Connect(t, "first")
	p := w.create(t, "p", nil)
	asked, answer := make(chan struct{}), make(chan struct{})
	apple.before = func() { close(asked); <-answer }
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := w.Registrar.Ensure(w.ctx, token, p.ID); err != nil {
			t.Error(err)
		}
	})
	<-asked
	ctx, cancel := context.WithCancel(w.ctx)
	cancel()
	if _, err := w.Registrar.Ensure(ctx, token, p.ID); err == nil {
		t.Error("no error")
	}
	close(answer)
	wg.Wait()
}

func TestRefusalByApple(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		apple := newWire(t)
		w := newWorld(t, db, stack.Options{Transport: apple})
		token, _ := w.Connect(t, "first")
		bad, good := w.create(t, "refused", nil), w.create(t, "good", nil)
		ensure := func(when string, requests int32, pause time.Duration) {
			t.Helper()
			_, err := w.Registrar.Ensure(w.ctx, token, bad.ID)
			e := apperr.As(err)
			if e == nil || e.Code != apperr.AppleProfileRefused || strings.Join(e.Field, ".") != "name" || !strings.Contains(e.Message, "CONFIG_NAME_INVALID") ||
				e.Hint == "" || e.RetryAfter != pause || apple.defined.Load() != requests {
				t.Fatalf("%s, after %d requests: %v, again in %v", when, apple.defined.Load(), err, e.RetryAfter)
			}
		}
		ensure("first", 1, time.Hour)
		w.clock.Advance(50 * time.Minute)
		ensure("during the pause", 1, 10*time.Minute)
		_, err := w.Registrar.Ensure(w.ctx, token, good.ID)
		must(t, err) // one bad profile never blocks the others
		w.clock.Advance(10 * time.Minute)
		ensure("after the pause", 3, 2*time.Hour)
		for n, pause := range []time.Duration{4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour} {
			w.clock.Advance(24 * time.Hour)
			ensure("later", int32(4+n), pause)
		}
		row := db.Reader().ADEProfileRegistration.Query().Where(adeprofileregistration.AppleProfileUUID("")).OnlyX(t.Context())
		if row.ErrorField != "name" || row.NextAttemptAt == nil || row.Attempts != 7 || adeprofile.Refusal(row).Code != apperr.AppleProfileRefused {
			t.Errorf("%+v", row)
		}
		if state := db.Reader().ABMToken.GetX(t.Context(), token.ID).State; state != abmtoken.StateActive {
			t.Errorf("a profile made the token %s", state)
		}

		// A new name is no new version: Apple is asked at once.
		w.update(t, bad.ID, named("better", nil))
		uuid, err := w.Registrar.Ensure(w.ctx, token, bad.ID)
		must(t, err)
		row = db.Reader().ADEProfileRegistration.GetX(t.Context(), row.ID)
		if row.AppleProfileUUID != uuid || row.ErrorCode != "" || row.NextAttemptAt != nil || row.Attempts != 0 || adeprofile.Refusal(row) != nil {
			t.Errorf("mended: %+v", row)
		}
	})
}

func TestTroubleOnTheWay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		apple := newWire(t)
		w := newWorld(t, db, stack.Options{Transport: apple})
		w.letTimePass(t)
		token, _ := w.Connect(t, "first")
		p := w.create(t, "p", nil)
		define := []string{"POST /profile"}
		state := func() abmtoken.State { return db.Reader().ABMToken.GetX(t.Context(), token.ID).State }
		row := func() *ent.ADEProfileRegistration {
			return db.Reader().ADEProfileRegistration.Query().OnlyX(t.Context())
		}

		// The token's trouble is the token's: the profile does not wait longer than that.
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultTermsNotSigned, Endpoints: define, Times: 1}}))
		_, err := w.Registrar.Ensure(w.ctx, token, p.ID)
		if !apperr.Is(err, apperr.AppleTerms) || state() != abmtoken.StateTermsNotAccepted || row().ErrorCode != "" {
			t.Fatalf("terms: %v, token %s, %+v", err, state(), row())
		}

		// Apple is away for longer than a call tries.
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultServerError, Endpoints: define, Times: 5}}))
		_, err = w.Registrar.Ensure(w.ctx, token, p.ID)
		if !apperr.Is(err, apperr.AppleUnavailable) || row().NextAttemptAt == nil || apperr.As(err).RetryAfter != time.Minute {
			t.Fatalf("away: %v, %+v", err, row())
		}
		key := row().EnrollmentKey
		asked := apple.defined.Load()
		if _, err = w.Registrar.Ensure(w.ctx, token, p.ID); !apperr.Is(err, apperr.AppleUnavailable) || apple.defined.Load() != asked {
			t.Fatalf("during the pause: %v", err)
		}
		w.clock.Advance(time.Minute)

		// The profile is defined, the answer is lost: the next attempt defines another one.
		must(t, w.Sim.SetFaults([]simabm.Fault{{Kind: simabm.FaultTruncatedJSON, Endpoints: define, Times: 1}}))
		uuid, err := w.Registrar.Ensure(w.ctx, token, p.ID)
		must(t, err)
		if apple.defined.Load() != asked+2 || row().AppleProfileUUID != uuid || row().EnrollmentKey != key || state() != abmtoken.StateActive {
			t.Errorf("%d requests, token %s, %+v", apple.defined.Load(), state(), row())
		}
		if w.atApple(t, token, uuid)["url"] != adeprofile.EnrollmentURL(row()) {
			t.Error("Apple has another address")
		}
	})
}
