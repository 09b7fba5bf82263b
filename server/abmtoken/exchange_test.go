package abmtoken_test

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	entabmtoken "github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/abmtoken"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/servertoken"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestGenerate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.generate(t, "  Main office ")
		if token.Name != "Main office" || token.State != entabmtoken.StateAwaitingServerToken || !token.StateChangedAt.Equal(w.clock.Now()) ||
			token.ExpiresAt != nil || token.StagedCertificate != "" {
			t.Errorf("new token: %+v", token)
		}
		block, rest := pem.Decode([]byte(token.CurrentCertificate))
		if block == nil || block.Type != "CERTIFICATE" || len(rest) > 0 {
			t.Fatalf("not one PEM certificate: %q", token.CurrentCertificate)
		}
		if _, err := x509.ParseCertificate(block.Bytes); err != nil {
			t.Error(err)
		}
		entry := db.Reader().AuditEntry.Query().OnlyX(t.Context())
		if entry.Action != "generateABMToken" || entry.ActorName != "terminal" || *entry.ObjectID != token.ID || entry.ObjectName != "Main office" {
			t.Errorf("audit entry: %+v", entry)
		}
		if second := w.generate(t, ""); second.Name != "Apple Business Manager" || second.CurrentCertificate == token.CurrentCertificate {
			t.Errorf("a token without a name: %+v", second)
		}

		before := w.everything(t)
		if _, err := w.Generate(admin(t), strings.Repeat("x", 126)); !apperr.Is(err, apperr.BadUserInput) || apperr.As(err).Field[0] != "name" {
			t.Errorf("a name that is too long: %v", err)
		}
		if w.everything(t) != before {
			t.Error("a refused name changed something")
		}
		if _, _, err := w.Connect(t.Context(), token.ID); !apperr.Is(err, apperr.Conflict) || apperr.As(err).Hint == "" {
			t.Errorf("connecting before the server token came: %v", err)
		}
	})
}

func TestUpload(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		if token.State != entabmtoken.StateActive || token.StateMessage != "" || token.ServerName != "first" || token.ServerUUID != server.UUID() ||
			token.OrgName != simabm.DefaultOrganization || token.OrgID != server.Organization().ID() || token.OrgType != "org" ||
			!strings.Contains(token.AdminID, "@") || token.PageLimit != 1000 || token.CredentialsVersion != 1 {
			t.Errorf("connected token: %+v", token)
		}
		if expiry, _ := server.TokenExpiry(); token.ExpiresAt == nil || !token.ExpiresAt.Equal(expiry) {
			t.Errorf("expires at %v, not %v", token.ExpiresAt, expiry)
		}
		entries := db.Reader().AuditEntry.Query().Where(auditentry.Action("uploadABMServerToken")).AllX(t.Context())
		if len(entries) != 1 || !strings.Contains(string(entries[0].Before), "AWAITING_SERVER_TOKEN") || !strings.Contains(string(entries[0].After), "ACTIVE") ||
			!strings.Contains(string(entries[0].After), server.UUID()) {
			t.Errorf("audit entries: %+v", entries)
		}
		present, err := w.Present(t.Context())
		if err != nil || len(present) != 1 || present[0].ID != token.ID {
			t.Errorf("present: %v, %v", present, err)
		}
		if _, err := w.Upload(admin(t), 999, nil, false); !apperr.Is(err, apperr.NotFound) || apperr.As(err).Hint == "" {
			t.Errorf("an unknown token: %v", err)
		}
	})
}

// Secrets are sealed where they are stored, and nowhere else: not in audit entries, entities or logs.
func TestSecretsStaySealed_FieldNote17(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token := w.generate(t, "first")
		server, err := w.sim.AddServer("first", []byte(token.CurrentCertificate))
		must(t, err)
		file := download(t, server)
		token, err = w.Upload(admin(t), token.ID, file, false)
		must(t, err)
		token, err = w.Renew(admin(t), token.ID)
		must(t, err)
		must(t, w.Check(t.Context(), token.ID))
		server.RevokeToken()
		refused := w.Check(t.Context(), token.ID)
		if refused == nil {
			t.Fatal("a revoked token is accepted")
		}

		// The seals name row and column, so a secret opens in its place only.
		place := func(column string) string { return fmt.Sprintf("abm_token/%d/%s", int64(token.ID), column) }
		key, err := w.box.Open(token.CurrentKey, place("current_key"))
		must(t, err)
		staged, err := w.box.Open(token.StagedKey, place("staged_key"))
		must(t, err)
		if _, err := w.box.Open(token.CurrentKey, place("staged_key")); err == nil {
			t.Error("a sealed key opens in another column")
		}
		pair, err := servertoken.ParseKeyPair(key, []byte(token.CurrentCertificate))
		must(t, err)
		creds, _, err := servertoken.Read(file, w.clock.Now(), pair)
		must(t, err)

		secrets := []string{creds.ConsumerKey, creds.ConsumerSecret, creds.AccessToken, creds.AccessSecret, "PRIVATE KEY", pair.PrivateKey.D.String()}
		secrets = append(secrets, pemLines(t, key)...)
		secrets = append(secrets, pemLines(t, staged)...)
		shown := fmt.Sprintf("%v\n%+v\n%s\n%v\n%+v", token, token, token, refused, refused)
		for place, text := range map[string]string{"database": w.everything(t), "log": w.log.String(), "entity or error": shown} {
			if len(text) < 100 {
				t.Errorf("the %s is almost empty: %q", place, text)
			}
			for _, secret := range secrets {
				if strings.Contains(text, secret) {
					t.Errorf("the %s holds a secret that begins with %.6s", place, secret)
				}
			}
		}
	})
}

// pemLines are the full lines of base64 in PEM.
func pemLines(t *testing.T, text []byte) []string {
	t.Helper()
	lines := regexp.MustCompile(`(?m)^[A-Za-z0-9+/]{40,}=*$`).FindAllString(string(text), -1)
	if len(lines) < 10 {
		t.Fatalf("a key of %d lines", len(lines))
	}
	return lines
}

// Every way to get the file wrong has a message of its own, and changes nothing: neither of a new token nor of one in use.
func TestBadFilesChangeNothing_FieldNote15(t *testing.T) {
	type refusal struct {
		code  apperr.Code
		shows string
	}
	quirks := map[simabm.TokenQuirk]refusal{
		simabm.TokenMissingField: {apperr.TokenIncomplete, "access_secret is missing"},
		simabm.TokenExpired:      {apperr.TokenExpired, "expired on 28 Feb 2026"},
		simabm.TokenUnencrypted:  {apperr.TokenFileInvalid, "decrypted already"},
		simabm.TokenTruncated:    {apperr.TokenFileCutOff, "ends too early"},
		simabm.TokenOtherKey:     {apperr.TokenOtherKey, "belongs to another key"},
	}
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		waiting := w.generate(t, "waiting")
		server, err := w.sim.AddServer("waiting", []byte(waiting.CurrentCertificate))
		must(t, err)
		used, usedServer := w.connect(t, "in use")
		stranger := download(t, usedServer) // made for the other token's key
		must(t, func() error { _, err := w.Upload(admin(t), used.ID, stranger, false); return err }())

		type attempt struct {
			name string
			file []byte
			refusal
		}
		attempts := []attempt{
			{"nothing", nil, refusal{apperr.TokenFileInvalid, "it is empty"}},
			{"the certificate", []byte(waiting.CurrentCertificate), refusal{apperr.TokenFileInvalid, "certificate"}},
			{"a letter", []byte("Dear colleague, please find the token attached."), refusal{apperr.TokenFileInvalid, "not a server token"}},
			{"too large", make([]byte, 65<<10), refusal{apperr.TokenFileTooLarge, "64 KiB"}},
			{"another token's", stranger, refusal{apperr.TokenOtherKey, "belongs to another key"}},
		}
		for _, q := range simabm.TokenQuirks() {
			if want, bad := quirks[q]; bad {
				file, _, err := server.DownloadTokenAs(q)
				must(t, err)
				attempts = append(attempts, attempt{string(q), file, want})
			}
		}
		before := w.everything(t)
		requests := fmt.Sprint(w.sim.Requests())
		for _, a := range attempts {
			t.Run(a.name, func(t *testing.T) {
				_, err := w.Upload(admin(t), waiting.ID, a.file, true)
				e := apperr.As(err)
				if e == nil || e.Code != a.code || !strings.Contains(e.Message, a.shows) || e.Hint == "" || len(e.Field) != 1 || e.Field[0] != "contentBase64" {
					t.Fatalf("got %+v, want %s with %q, a hint and the field", e, a.code, a.shows)
				}
				if after := w.everything(t); after != before {
					t.Error("something was changed")
				}
			})
		}
		if after := fmt.Sprint(w.sim.Requests()); after != requests {
			t.Errorf("Apple was asked about a bad file: %s, then %s", requests, after)
		}

		// The same for the token in use, which goes on working.
		for q := range quirks {
			file, _, err := usedServer.DownloadTokenAs(q)
			must(t, err)
			if _, err := w.Upload(admin(t), used.ID, file, true); !apperr.Is(err, quirks[q].code) {
				t.Errorf("%s: %v", q, err)
			}
		}
		if after := w.everything(t); after != before {
			t.Error("a bad file changed something of the token in use")
		}
		must(t, w.Check(t.Context(), used.ID))
	})
}

// Every shape of a good file is taken.
func TestGoodQuirksAreAccepted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		for i, q := range []simabm.TokenQuirk{simabm.TokenPlain, simabm.TokenLF, simabm.TokenFolded, simabm.TokenBinary, simabm.TokenDER,
			simabm.TokenBareInner, simabm.TokenWrapped, simabm.TokenAES256} {
			file, _, err := server.DownloadTokenAs(q)
			must(t, err)
			token, err = w.Upload(admin(t), token.ID, file, false)
			if err != nil || token.State != entabmtoken.StateActive || token.CredentialsVersion != i+2 {
				t.Errorf("%q: %v, %v", q, token, err)
			}
			must(t, w.Check(t.Context(), token.ID))
		}
	})
}

// Apple is asked before anything is saved.
func TestAppleRefusesDuringUpload(t *testing.T) {
	accounts := []string{"/account"}
	for name, c := range map[string]struct {
		fault simabm.Fault
		code  apperr.Code
	}{
		"terms":       {simabm.Fault{Kind: simabm.FaultTermsNotSigned}, apperr.AppleTerms},
		"denied":      {simabm.Fault{Kind: simabm.FaultAccessDenied}, apperr.AppleDenied},
		"rejected":    {simabm.Fault{Kind: simabm.FaultUnauthorized, Endpoints: []string{"/session"}}, apperr.AppleRejected},
		"unavailable": {simabm.Fault{Kind: simabm.FaultServerError, Endpoints: accounts}, apperr.AppleUnavailable},
		"busy":        {simabm.Fault{Kind: simabm.FaultTooManyRequests, Endpoints: accounts, RetryAfterSeconds: 1200}, apperr.AppleThrottled},
		"reset":       {simabm.Fault{Kind: simabm.FaultReset, Endpoints: accounts}, apperr.AppleUnavailable},
		"cut off":     {simabm.Fault{Kind: simabm.FaultTruncatedJSON, Endpoints: accounts}, ""},
		"a web page":  {simabm.Fault{Kind: simabm.FaultHTMLSuccess}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db)
				w.letTimePass(t)
				token := w.generate(t, "first")
				server, err := w.sim.AddServer("first", []byte(token.CurrentCertificate))
				must(t, err)
				file := download(t, server)
				before := w.everything(t)
				must(t, w.sim.SetFaults([]simabm.Fault{c.fault}))
				_, err = w.Upload(admin(t), token.ID, file, false)
				e := apperr.As(err)
				if e == nil || c.code != "" && e.Code != c.code || e.Code == apperr.Internal || e.Message == "" || e.Hint == "" {
					t.Errorf("got %+v, want %s with a message and a hint", e, c.code)
				}
				if w.everything(t) != before {
					t.Error("something was saved")
				}
				must(t, w.sim.SetFaults(nil))
				if _, err = w.Upload(admin(t), token.ID, file, false); err != nil {
					t.Errorf("the same file once Apple answers: %v", err)
				}
			})
		})
	}
}

// A server token of another MDM server or organization is refused always.
func TestOtherServerIsRefused_FieldNote13(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, _ := w.connect(t, "first")
		second, err := w.sim.AddServer("second", []byte(token.CurrentCertificate))
		must(t, err)
		org, err := w.sim.AddOrganization("Other Org")
		must(t, err)
		abroad, err := org.AddServer("first", []byte(token.CurrentCertificate))
		must(t, err)
		for name, server := range map[string]*simabm.Server{"server": second, "organization": abroad} {
			file := download(t, server)
			for _, accept := range []bool{false, true} {
				before := w.everything(t)
				_, err := w.Upload(admin(t), token.ID, file, accept)
				e := apperr.As(err)
				if e == nil || e.Code != apperr.TokenOtherServer || e.Hint == "" || !strings.Contains(e.Message, `"`+server.Name()+`" of `+server.Organization().Name()) ||
					!strings.Contains(e.Message, `"first" of `+simabm.DefaultOrganization) {
					t.Errorf("another %s, acceptChanges %t: %+v", name, accept, e)
				}
				if w.everything(t) != before {
					t.Errorf("another %s, acceptChanges %t: something was changed", name, accept)
				}
			}
		}
	})
}

// One MDM server cannot be two ABM tokens here.
func TestSameServerTwiceIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		_, server := w.connect(t, "first")
		second := w.generate(t, "second")
		must(t, server.ReplaceCertificate([]byte(second.CurrentCertificate)))
		file := download(t, server)
		before := w.everything(t)
		_, err := w.Upload(admin(t), second.ID, file, true)
		e := apperr.As(err)
		if e == nil || e.Code != apperr.TokenOtherServer || !strings.Contains(e.Message, `"first" has already`) || !strings.Contains(e.Hint, `Renew "first"`) {
			t.Errorf("got %+v", e)
		}
		if w.everything(t) != before {
			t.Error("something was changed")
		}
	})
}

// What a renewal changes of us at Apple is shown from both sides and needs a confirmation.
func TestChangesNeedConfirmation_FieldNote13(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*testing.T, *simabm.Server)
		shows  []string
	}{
		"another portal user": {
			func(_ *testing.T, s *simabm.Server) { s.Organization().SetAdmin("newcomer@example.org") },
			[]string{"consumer key", `"newcomer@example.org" in the new token`, "Apple Account"},
		},
		"renamed server": {
			func(t *testing.T, s *simabm.Server) { must(t, s.Rename("Head office")) },
			[]string{`MDM server name: "first" here, "Head office" in the new token`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db)
				token, server := w.connect(t, "first")
				was := token.AdminID
				c.change(t, server)
				file := download(t, server)
				before := w.everything(t)
				_, err := w.Upload(admin(t), token.ID, file, false)
				e := apperr.As(err)
				if e == nil || e.Code != apperr.TokenNeedsConfirm || !strings.Contains(e.Hint, "acceptChanges: true") {
					t.Fatalf("got %+v", e)
				}
				for _, part := range c.shows {
					if !strings.Contains(e.Message, part) {
						t.Errorf("%q does not show %q", e.Message, part)
					}
				}
				if strings.Contains(e.Message, "Apple Account") && !strings.Contains(e.Message, was) {
					t.Errorf("%q does not show the account of the token in use", e.Message)
				}
				if w.everything(t) != before {
					t.Error("something was changed without a confirmation")
				}
				token, err = w.Upload(admin(t), token.ID, file, true)
				must(t, err)
				if token.ServerName != server.Name() || token.State != entabmtoken.StateActive {
					t.Errorf("confirmed token: %+v", token)
				}
				entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("uploadABMServerToken")).Order(auditentry.ByID()).AllX(t.Context())[1]
				if string(entry.Before) == string(entry.After) {
					t.Error("the audit entry does not show what changed")
				}
				must(t, w.Check(t.Context(), token.ID))
			})
		})
	}
}

func TestRenewal_FieldNote12(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		current := token.CurrentCertificate
		sealed := string(token.CurrentKey)
		renewed, err := w.Renew(admin(t), token.ID)
		must(t, err)
		if renewed.CurrentCertificate != current || string(renewed.CurrentKey) != sealed || renewed.StagedCertificate == "" || renewed.StagedCertificate == current ||
			renewed.State != entabmtoken.StateActive {
			t.Fatalf("after the renewal began: %+v", renewed)
		}
		must(t, w.Check(t.Context(), token.ID))
		// The person uploads the new certificate, which changes nothing yet.
		must(t, server.ReplaceCertificate([]byte(renewed.StagedCertificate)))
		must(t, w.Check(t.Context(), token.ID))

		// A bad file ends neither the renewal nor the use of the current pair.
		broken, _, err := server.DownloadTokenAs(simabm.TokenTruncated)
		must(t, err)
		before := w.everything(t)
		if _, err := w.Upload(admin(t), token.ID, broken, false); !apperr.Is(err, apperr.TokenFileCutOff) {
			t.Errorf("half a file: %v", err)
		}
		if w.everything(t) != before {
			t.Error("half a file changed something")
		}
		must(t, w.Check(t.Context(), token.ID))

		done, err := w.Upload(admin(t), token.ID, download(t, server), false)
		must(t, err)
		if done.CurrentCertificate != renewed.StagedCertificate || len(done.StagedKey) != 0 || done.StagedCertificate != "" || done.CredentialsVersion != 2 {
			t.Errorf("after the renewal: %+v", done)
		}
		must(t, w.Check(t.Context(), token.ID))
		// The key came along: the next token for the same certificate is read with it.
		_, err = w.Upload(admin(t), token.ID, download(t, server), false)
		must(t, err)
		if _, err := w.Renew(admin(t), 999); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("renewing an unknown token: %v", err)
		}
	})
}

// A person may renew at Apple without uploading another certificate, even after a renewal was begun here.
func TestRenewalForTheCurrentKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		current := token.CurrentCertificate
		_, err := w.Renew(admin(t), token.ID)
		must(t, err)
		token, err = w.Upload(admin(t), token.ID, download(t, server), false)
		must(t, err)
		if token.CurrentCertificate != current || token.CredentialsVersion != 2 {
			t.Errorf("after the renewal: %+v", token)
		}
		must(t, w.Check(t.Context(), token.ID))
	})
}

// A second renewal takes the place of the first: only its certificate counts beside the current one.
func TestRenewalBegunTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		token, server := w.connect(t, "first")
		first, err := w.Renew(admin(t), token.ID)
		must(t, err)
		second, err := w.Renew(admin(t), token.ID)
		must(t, err)
		must(t, server.ReplaceCertificate([]byte(first.StagedCertificate)))
		if _, err := w.Upload(admin(t), token.ID, download(t, server), false); !apperr.Is(err, apperr.TokenOtherKey) {
			t.Errorf("a token for the replaced certificate: %v", err)
		}
		must(t, server.ReplaceCertificate([]byte(second.StagedCertificate)))
		_, err = w.Upload(admin(t), token.ID, download(t, server), false)
		must(t, err)
	})
}

// hold stops the next /account on its way to Apple; arrived says that it is there, and release lets it go on.
func (w *world) hold() (arrived <-chan struct{}, release func()) {
	there, on := make(chan struct{}), make(chan struct{})
	held := false
	w.wire.set(func(r *http.Request) error {
		if !strings.HasSuffix(r.URL.Path, "/account") || held {
			return nil
		}
		held = true
		close(there)
		select {
		case <-on:
		case <-r.Context().Done():
		}
		return nil
	})
	return there, func() { close(on) }
}

// What happens to the token while its new server token is tried at Apple is not overwritten.
func TestUploadMeetsAnotherChange(t *testing.T) {
	for name, meanwhile := range map[string]func(*testing.T, *world, *abmtoken.Service, []byte){
		"upload": func(t *testing.T, w *world, s *abmtoken.Service, file []byte) {
			_, err := s.Upload(admin(t), w.db.Reader().ABMToken.Query().OnlyIDX(t.Context()), file, false)
			must(t, err)
		},
		"renewal": func(t *testing.T, w *world, s *abmtoken.Service, _ []byte) {
			_, err := s.Renew(admin(t), w.db.Reader().ABMToken.Query().OnlyIDX(t.Context()))
			must(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *store.Store) {
				w := newWorld(t, db)
				token := w.generate(t, "first")
				server, err := w.sim.AddServer("first", []byte(token.CurrentCertificate))
				must(t, err)
				file := download(t, server)
				// The one who comes between has a way to Apple of their own: another replica.
				otherApple, err := abm.New(abm.Config{BaseURL: w.url, Clock: w.clock})
				must(t, err)
				defer otherApple.Close()
				other := abmtoken.New(db, otherApple, w.box, w.clock)

				arrived, release := w.hold()
				outcome := make(chan error, 1)
				go func() {
					_, err := w.Upload(admin(t), token.ID, file, false)
					outcome <- err
				}()
				<-arrived
				meanwhile(t, w, other, file)
				before := w.everything(t)
				release()
				if err := <-outcome; !apperr.Is(err, apperr.Conflict) || apperr.As(err).Hint == "" {
					t.Errorf("got %v", err)
				}
				if w.everything(t) != before {
					t.Error("the upload overwrote what came between")
				}
			})
		})
	}
}
