package store_test

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestTimesReadBackInUTC(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	local := time.Local
	time.Local = newYork
	t.Cleanup(func() { time.Local = local })
	// The hour that New York's clocks show twice: in local time these two are in the wrong order.
	first := time.Date(2026, 11, 1, 5, 30, 0, 123456000, time.UTC).In(newYork)
	second := first.Add(45 * time.Minute)

	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		token := db.Ent().ABMToken.Create().SetName("x").SetStateChangedAt(first).SetCreatedAt(first).SetUpdatedAt(first).SaveX(ctx)
		for serial, at := range map[string]time.Time{"B": second, "A": first} {
			db.Ent().Device.Create().SetSerialNumber(serial).SetAbmTokenID(token.ID).SetPlatform(device.PlatformMacOS).
				SetAddedAt(at).SetChangedAt(time.Now()).SaveX(ctx)
		}
		rows := db.Reader().Device.Query().Order(device.ByAddedAt()).AllX(ctx)
		if got := rows[0].SerialNumber + rows[1].SerialNumber; got != "AB" {
			t.Errorf("order by time: %s", got)
		}
		for i, want := range []time.Time{first, second} {
			if got := rows[i].AddedAt; !got.Equal(want) || got.Location() != time.UTC {
				t.Errorf("read %v, wrote %v", got, want)
			}
		}
		n := db.Reader().Device.Query().Where(device.AddedAtGTE(second)).CountX(ctx)
		if n != 1 {
			t.Errorf("%d rows at or after the second, want 1", n)
		}
	})
}

func TestFirstRowsHaveIdentifiersOfTheirKind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		token := db.Ent().ABMToken.Create().SetName("x").SetStateChangedAt(time.Now()).SetCreatedAt(time.Now()).SetUpdatedAt(time.Now()).SaveX(t.Context())
		if token.ID.Kind() != gid.ABMToken {
			t.Errorf("kind %d", token.ID.Kind())
		}
		if back, err := gid.Parse(token.ID.String()); err != nil || back != token.ID {
			t.Errorf("%s does not read back: %v", token.ID, err)
		}
	})
}

func TestReaderRefusesToWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		if err := db.Reader().Setting.Create().SetKey("k").SetValue("v").Exec(t.Context()); err == nil {
			t.Error("the reader wrote")
		}
	})
}

func TestReadersDoNotWaitForTheWriter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		err := db.WithTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			tx.Setting.Create().SetKey("k").SetValue("v").ExecX(ctx)
			if n := db.Reader().Setting.Query().CountX(ctx); n != 0 {
				t.Errorf("the reader saw %d uncommitted rows", n)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := db.Reader().Setting.Query().CountX(t.Context()); n != 1 {
			t.Errorf("the reader sees %d rows after the commit", n)
		}
	})
}

func TestForeignKeysAreEnforced(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		err := db.Ent().SyncRun.Create().SetAbmTokenID(gid.New(gid.ABMToken, 77)).SetStatus(syncrun.StatusRunning).
			SetPhase(syncrun.PhaseConnect).SetTrigger(syncrun.TriggerManual).SetFull(false).
			SetStartedAt(time.Now()).SetUpdatedAt(time.Now()).SetLeaseExpiresAt(time.Now()).Exec(t.Context())
		if !apperr.Is(store.MapError(err), apperr.Conflict) {
			t.Errorf("%v", err)
		}
	})
}

func TestMapError(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		create := func() error { return db.Ent().Setting.Create().SetKey("k").SetValue("v").Exec(ctx) }
		if err := create(); err != nil {
			t.Fatal(err)
		}
		if err := store.MapError(create()); !apperr.Is(err, apperr.Conflict) || apperr.As(err).Message == "" {
			t.Errorf("the second row of a unique key: %v", err)
		}
		if _, err := db.Ent().Setting.Get(ctx, 1); !apperr.Is(store.MapError(err), apperr.NotFound) {
			t.Errorf("an absent row: %v", err)
		}
		err := db.Ent().Setting.Create().SetKey("").SetValue("v").Exec(ctx)
		if e := apperr.As(store.MapError(err)); e == nil || e.Code != apperr.BadUserInput || e.Field[0] != "key" {
			t.Errorf("an invalid value: %v", err)
		}
		canceled, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := db.Ent().Setting.Query().All(canceled); apperr.As(store.MapError(err)) != nil {
			t.Errorf("a canceled context: %v", err)
		}
		if store.MapError(nil) != nil {
			t.Error("nil became an error")
		}
	})
}

func TestSettingOrSetGivesEveryoneTheSameValue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		values := make(chan string)
		for i := range 8 {
			go func() {
				v, err := db.SettingOrSet(t.Context(), "k", strconv.Itoa(i))
				if err != nil {
					t.Error(err)
				}
				values <- v
			}()
		}
		first := <-values
		for range 7 {
			if v := <-values; v != first || v == "" {
				t.Errorf("one was given %q, another %q", first, v)
			}
		}
	})
}

func TestSQLitePathWithOddCharacters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b%41#c&d;e=f'g?é")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	db := dbtest.OpenURL(t, "sqlite:"+filepath.Join(dir, "x?y.db"))
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "x?y.db"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

func TestSQLiteThatCannotBeOpened(t *testing.T) {
	noDatabase := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(noDatabase, []byte(strings.Repeat("this is not a database ", 50)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, code := range map[string]apperr.Code{
		noDatabase:                     apperr.Unavailable,
		noDatabase + "/absent/x.db":    apperr.BadUserInput,
		t.TempDir():                    apperr.BadUserInput,
		"absent-directory/guardmdm.db": apperr.BadUserInput,
	} {
		_, err := store.Open(t.Context(), store.Options{DatabaseURL: "sqlite:" + path})
		if !apperr.Is(err, code) || apperr.As(err).Hint == "" {
			t.Errorf("%s: %v, want %s", path, err, code)
		}
	}
}

func TestUnknownDatabase(t *testing.T) {
	for _, url := range []string{"", "mysql://u:hunter2@h/db", "data/guardmdm.db"} {
		_, err := store.Open(t.Context(), store.Options{DatabaseURL: url})
		if !apperr.Is(err, apperr.BadUserInput) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", url, err)
		}
	}
}

func TestPostgresThatCannotBeReached(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
	for _, url := range []string{
		"postgres://u:hunter2@" + free.Addr().String() + "/guardmdm",
		strings.Replace(dbtest.Postgres(t), "/guardmdm_test_", "/absent_", 1),
	} {
		_, err := store.Open(t.Context(), store.Options{DatabaseURL: url})
		if !apperr.Is(err, apperr.Unavailable) || apperr.As(err).Hint == "" || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v", err)
		}
	}
}

func TestPostgresSession(t *testing.T) {
	db := dbtest.Open(t, "postgres")
	var zone, name string
	if err := db.DB().QueryRow("SELECT current_setting('TimeZone'), current_setting('application_name')").Scan(&zone, &name); err != nil {
		t.Fatal(err)
	}
	if zone != "UTC" || name != "guardmdm" {
		t.Errorf("zone %q, name %q", zone, name)
	}
}

func TestExclusiveSQLiteBelongsToOneProcess(t *testing.T) {
	url := dbtest.SQLite(t)
	owner := start(t, "hold", url)
	_, err := store.Open(t.Context(), store.Options{DatabaseURL: url, Exclusive: true})
	if e := apperr.As(err); e == nil || e.Code != apperr.Conflict || !strings.Contains(e.Message, strconv.Itoa(owner.cmd.Process.Pid)) {
		t.Fatalf("%v, want a conflict that names process %d", err, owner.cmd.Process.Pid)
	}
	// Command-line tools read beside a running server.
	beside, err := store.Open(t.Context(), store.Options{DatabaseURL: url})
	if err != nil {
		t.Fatal(err)
	}
	if err := beside.Close(); err != nil {
		t.Error(err)
	}
	if err := owner.cmd.Process.Kill(); err != nil { // kill -9
		t.Fatal(err)
	}
	_ = owner.cmd.Wait()
	next, err := store.Open(t.Context(), store.Options{DatabaseURL: url, Exclusive: true})
	if err != nil {
		t.Fatalf("the lock outlived its process: %v", err)
	}
	if err := next.Close(); err != nil {
		t.Error(err)
	}
}

func TestJSONAndBytesAreWrittenAsTheyAre(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		const document = `{"name": "Büro x", "n": 1}`
		id := db.Ent().AuditEntry.Create().SetAt(time.Now()).SetActorKind("SYSTEM").SetActorName("x").SetAction("x").
			SetAfter([]byte(document)).SaveX(ctx).ID
		row := db.Reader().AuditEntry.GetX(ctx, id)
		if !strings.Contains(string(row.After), "Büro x") || len(row.Before) != 0 {
			t.Errorf("after %s, before %s", row.After, row.Before)
		}
		secret := []byte{0, 1, 0xff, '\\', 'x'}
		db.Ent().ABMToken.Create().SetName("x").SetStateChangedAt(time.Now()).SetCreatedAt(time.Now()).SetUpdatedAt(time.Now()).
			SetCredentials(secret).SaveX(ctx)
		if got := db.Reader().ABMToken.Query().OnlyX(ctx).Credentials; !bytes.Equal(got, secret) {
			t.Errorf("read %x, wrote %x", got, secret)
		}
	})
}
