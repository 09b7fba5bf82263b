package deviceca_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/auditentry"
	entca "github.com/guardmdm/guardmdm/ent/deviceca"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

type ctx = context.Context

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Apple's authorities are the ones of the protocol reference, 5.3.
func TestApple(t *testing.T) {
	if got := deviceca.Fingerprint(deviceca.AppleDeviceCA()); got != "76f27d00e1333bc88de0e2916c38c9a7f2b75774c25a794c092a80e3c4c66cce" {
		t.Error(got)
	}
	trust, err := deviceca.New(dbtest.Open(t, "sqlite"), nil, clockwork.NewFakeClock()).Trust(t.Context())
	must(t, err)
	var above []string
	for _, c := range trust.Apple {
		above = append(above, deviceca.Fingerprint(c))
	}
	want := []string{"b0b1730ecbc7ff4505142c49f1295e6eda6bcaed7e2c68c5be91b5a11001f024", "e4e2936d3c076ec4aea8ac37277524950ca005894b39bba2d347fa33155ae5fa"}
	if !slices.Equal(above, want) || len(trust.Pinned) != 1 || !trust.Pinned[0].Equal(deviceca.AppleDeviceCA()) {
		t.Errorf("%v beside %d", above, len(trust.Pinned))
	}
}

func TestPin(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
		configured := cmsmaker.Authority(t, "Simulated", cmsmaker.EC(t), nil)
		s := deviceca.New(db, []*x509.Certificate{configured.Certificate}, clock)
		admin := auth.Console(t.Context())
		seen, given := cmsmaker.Authority(t, "Seen", cmsmaker.EC(t), nil), cmsmaker.Authority(t, "Given", cmsmaker.EC(t), nil)
		see := func(c *x509.Certificate) {
			must(t, db.WithTx(t.Context(), func(ctx ctx, tx *store.Tx) error { return s.Seen(ctx, tx.Client, c, "C02SIM0003CC") }))
		}
		sources := func() string {
			all, err := s.All(t.Context())
			must(t, err)
			var list []string
			for _, a := range all {
				list = append(list, string(a.Source)+" "+a.Certificate.Subject.CommonName)
			}
			return strings.Join(list, ", ")
		}
		pinned := func() int {
			trust, err := s.Trust(t.Context())
			must(t, err)
			return len(trust.Pinned)
		}
		see(seen.Certificate)
		see(seen.Certificate)
		if got, want := sources(), "APPLE Apple iPhone Device CA, CONFIGURED Simulated, SEEN Seen"; got != want || pinned() != 2 {
			t.Errorf("%s, not %s", got, want)
		}
		row := db.Reader().DeviceCA.Query().OnlyX(t.Context())
		if _, err := s.Pin(admin, row.ID, ""); err != nil {
			t.Fatal(err)
		}
		a, err := s.Pin(admin, 0, string(given.PEM()))
		must(t, err)
		if _, err := s.Pin(admin, a.Row.ID, ""); err != nil { // again: nothing happens
			t.Error(err)
		}
		if pinned() != 4 || !strings.Contains(sources(), "PINNED Seen") || !strings.Contains(sources(), "PINNED Given") {
			t.Error(sources())
		}
		if _, err := s.Unpin(admin, row.ID); err != nil || pinned() != 3 {
			t.Error(err, pinned())
		}
		var actions []string
		for _, e := range db.Reader().AuditEntry.Query().Order(auditentry.ByID()).AllX(t.Context()) {
			actions = append(actions, e.Action)
		}
		if got := strings.Join(actions, " "); got != "pinDeviceCA pinDeviceCA unpinDeviceCA" {
			t.Error(got)
		}
	})
}

func TestPinRefuses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := deviceca.New(db, nil, clockwork.NewFakeClock())
		admin := auth.Console(t.Context())
		authority := cmsmaker.Authority(t, "CA", cmsmaker.EC(t), nil)
		leaf := cmsmaker.Device(t, authority, cmsmaker.EC(t))
		root, err := os.ReadFile("apple/apple-root-ca.pem")
		must(t, err)
		for name, tt := range map[string]struct {
			id   gid.ID
			pem  string
			code apperr.Code
		}{
			"neither":       {0, "", apperr.BadUserInput},
			"both":          {gid.New(gid.DeviceCA, 1), string(authority.PEM()), apperr.BadUserInput},
			"unknown":       {gid.New(gid.DeviceCA, 1), "", apperr.NotFound},
			"no PEM":        {0, "hello", apperr.BadUserInput},
			"a key":         {0, string(leaf.KeyPEM(t)), apperr.BadUserInput},
			"two":           {0, string(authority.PEM()) + string(authority.PEM()), apperr.BadUserInput},
			"no authority":  {0, string(leaf.PEM()), apperr.BadUserInput},
			"Apple Root CA": {0, string(root), apperr.BadUserInput}, // it stands above developers too
		} {
			if _, err := s.Pin(admin, tt.id, tt.pem); !apperr.Is(err, tt.code) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := db.Reader().DeviceCA.Query().CountX(t.Context()); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

// Anybody can make an authority: a hundred are kept, and no pinned one goes.
func TestSeenIsBounded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		clock := clockwork.NewFakeClock()
		s := deviceca.New(db, nil, clock)
		key := cmsmaker.EC(t)
		must(t, db.WithTx(t.Context(), func(ctx ctx, tx *store.Tx) error {
			for i := range 130 {
				clock.Advance(time.Second)
				if err := s.Seen(ctx, tx.Client, cmsmaker.Authority(t, fmt.Sprint(i), key, nil).Certificate, ""); err != nil {
					return err
				}
				if i == 0 {
					if err := tx.DeviceCA.Update().SetPinnedAt(clock.Now()).Exec(ctx); err != nil {
						return err
					}
				}
			}
			return nil
		}))
		if n := db.Reader().DeviceCA.Query().Where(entca.PinnedAtIsNil()).CountX(t.Context()); n != 100 {
			t.Errorf("%d are kept", n)
		}
		if n := db.Reader().DeviceCA.Query().Where(entca.PinnedAtNotNil()).CountX(t.Context()); n != 1 {
			t.Error("the pinned one went")
		}
	})
}

func TestReadFile(t *testing.T) {
	authority := cmsmaker.Authority(t, "CA", cmsmaker.EC(t), nil)
	leaf := cmsmaker.Device(t, authority, cmsmaker.EC(t))
	for name, tt := range map[string]struct {
		text []byte
		n    int
	}{
		"one": {authority.PEM(), 1}, "two": {append(authority.PEM(), authority.PEM()...), 2}, "no authority": {leaf.PEM(), 0},
		"a key": {authority.KeyPEM(t), 0}, "nothing": {nil, 0},
	} {
		path := filepath.Join(t.TempDir(), "ca.pem")
		must(t, os.WriteFile(path, tt.text, 0o600))
		list, err := deviceca.ReadFile(path)
		if len(list) != tt.n && err == nil || (err == nil) != (tt.n > 0) || err != nil && !strings.Contains(err.Error(), "GUARDMDM_DEVICE_CA_FILE") {
			t.Errorf("%s: %d, %v", name, len(list), err)
		}
	}
	if _, err := deviceca.ReadFile(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there")
	}
}
