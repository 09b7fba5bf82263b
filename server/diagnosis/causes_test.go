package diagnosis_test

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/diagnosis"
	"github.com/guardmdm/guardmdm/server/reach"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/server/upkeep"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// The user's "wrong profile applied": the default is a profile that is meant for other systems.
func TestDefaultOfOtherPlatform(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		name, phones := "Phones", []device.Platform{device.PlatformIOS, device.PlatformIPadOS}
		p, err := w.Profiles.Create(stack.Admin(t), adeprofile.Edit{Name: &name, Platforms: &phones})
		must(t, err)
		_, _, err = w.Assign.SetDefault(stack.Admin(t), device.PlatformIOS, p.ID, 0)
		must(t, err)
		must(t, w.Assign.Work(t.Context()))
		if codes := w.codes(t, 0); len(codes) != 0 {
			t.Errorf("the right default: %v", codes)
		}
		_, _, err = w.Assign.SetDefault(stack.Admin(t), device.PlatformMacOS, p.ID, w.token)
		must(t, err)
		must(t, w.Assign.Work(t.Context()))
		f := w.one(t, "DEFAULT_OF_OTHER_PLATFORM")
		macs := db.Reader().Device.Query().Where(device.PlatformEQ(device.PlatformMacOS)).CountX(t.Context())
		if f.Devices != macs || macs == 0 || f.Platform != device.PlatformMacOS || f.Token.ID != w.token || f.Profile.ID != p.ID {
			t.Errorf("of %d Macs: %+v", macs, f)
		}
		macsToo := append(phones, device.PlatformMacOS)
		_, _, err = w.Profiles.Update(stack.Admin(t), p.ID, adeprofile.Edit{Platforms: &macsToo})
		must(t, err)
		if codes := w.codes(t, 0); len(codes) != 0 {
			t.Errorf("mended: %v", codes)
		}
	})
}

func TestPushCertificate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		for _, c := range []struct {
			left     time.Duration
			code     string
			severity diagnosis.Severity
		}{{31 * 24 * time.Hour, "", ""}, {29 * 24 * time.Hour, "PUSH_CERTIFICATE_EXPIRING", diagnosis.Info}, {6 * 24 * time.Hour, "PUSH_CERTIFICATE_EXPIRING", diagnosis.Warning},
			{-time.Second, "PUSH_CERTIFICATE_EXPIRED", diagnosis.Critical}} {
			ends := w.clock.Now().Add(c.left)
			w.push.current.NotAfter = &ends
			if c.code == "" {
				if codes := w.codes(t, 0); len(codes) != 0 {
					t.Errorf("%s before its end: %v", c.left, codes)
				}
				continue
			}
			if f := w.one(t, c.code); f.Severity != c.severity || f.Devices != 30 || !slices.Contains(f.Fix.Actions, diagnosis.UploadPushCertificate) {
				t.Errorf("%s before its end: %+v", c.left, f)
			}
		}
		w.push.current = nil
		w.one(t, "PUSH_CERTIFICATE_MISSING")
	})
}

// Nothing listens at the public URL: the real question, on a port that was closed a moment ago.
func TestPublicURLUnreachable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		gone := httptest.NewTLSServer(nil)
		gone.Close()
		w.urls.current, w.urls.configured = gone.URL, gone.URL
		w.urls.unreachable = reach.NewProber(clockwork.NewRealClock()).Reach(t.Context(), gone.URL)
		f := w.one(t, "PUBLIC_URL_UNREACHABLE")
		if f.Devices != 30 || !strings.Contains(strings.Join(f.Evidence, "\n"), "refused") {
			t.Errorf("%+v", f)
		}
	})
}

// Two processes on one database, one of them of yesterday's version; a third one was stopped hard and says nothing any more.
func TestReplicasDisagree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		w.defaults(t, w.profile(t, "Base"))
		older, newer := upkeep.New(db, "1.4.0", w.clock), upkeep.New(db, "1.5.0", w.clock)
		must(t, older.Announce(t.Context()))
		if codes := w.codes(t, 0); len(codes) != 0 {
			t.Errorf("one alone: %v", codes)
		}
		must(t, newer.Announce(t.Context()))
		if f := w.one(t, "REPLICAS_DISAGREE"); !strings.Contains(f.Symptom, "1.4.0 and 1.5.0") || len(f.Evidence) != 2 {
			t.Errorf("%+v", f)
		}
		must(t, older.Leave(t.Context()))
		if codes := w.codes(t, 0); len(codes) != 0 {
			t.Errorf("the older one left: %v", codes)
		}
		killed := upkeep.New(db, "1.3.0", w.clock)
		must(t, killed.Announce(t.Context()))
		now, err := db.Now(t.Context())
		must(t, err)
		_, err = db.DB().ExecContext(t.Context(), "UPDATE replicas SET seen_at = $1 WHERE version = '1.3.0'", now.Add(-4*time.Minute).UTC())
		must(t, err)
		if codes := w.codes(t, 0); len(codes) != 0 {
			t.Errorf("one that is silent: %v", codes)
		}
	})
}

// A SQLite file on a disk that is nearly full: a real one, of 40 MB, where the machine lets us have it.
func TestDatabaseNearFull(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be had here: %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	content, err := os.ReadFile(strings.TrimPrefix(dbtest.URL(t, "sqlite"), "sqlite:"))
	must(t, err)
	path := filepath.Join(dir, "guardmdm.db")
	must(t, os.WriteFile(path, content, 0o600))
	w := newWorld(t, dbtest.OpenURL(t, "sqlite:"+path))
	w.Service = w.service(nil)
	f := w.one(t, "DATABASE_NEAR_FULL")
	if f.Severity != diagnosis.Critical || !strings.Contains(strings.Join(f.Evidence, "\n"), "of 40 MB") {
		t.Errorf("%+v", f)
	}
}
