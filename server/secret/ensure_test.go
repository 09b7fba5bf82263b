package secret_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestEmptyDatabaseGetsAKeyAndKeepsIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		path := filepath.Join(t.TempDir(), "secret.key")
		if _, err := secret.EnsureKey(t.Context(), db, path, false); !apperr.Is(err, apperr.NotFound) {
			t.Errorf("without allowCreate: %v", err)
		}
		first, err := secret.EnsureKey(t.Context(), db, path, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, allowCreate := range []bool{true, false} {
			again, err := secret.EnsureKey(t.Context(), db, path, allowCreate)
			if err != nil || again.Fingerprint() != first.Fingerprint() {
				t.Errorf("second start: %v, %v", again, err)
			}
		}
	})
}

func TestLostOrOtherKeyStopsTheStart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		path := filepath.Join(t.TempDir(), "secret.key")
		box, err := secret.EnsureKey(t.Context(), db, path, true)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		_, err = secret.EnsureKey(t.Context(), db, path, true)
		if e := apperr.As(err); e == nil || e.Code != apperr.Conflict || !strings.Contains(e.Message, path) || !strings.Contains(e.Message, box.Fingerprint()) {
			t.Errorf("lost: %v", err)
		}
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Error("the lost key was replaced")
		}
		other, err := secret.CreateKeyFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = secret.EnsureKey(t.Context(), db, path, true)
		if e := apperr.As(err); e == nil || e.Code != apperr.Conflict || !strings.Contains(e.Message, path) ||
			!strings.Contains(e.Message, box.Fingerprint()) || !strings.Contains(e.Message, other.Fingerprint()) {
			t.Errorf("other: %v", err)
		}
		if _, err := secret.OpenKeyFile(path); err != nil {
			t.Errorf("the other key file was touched: %v", err)
		}
	})
}

func TestNewDatabaseTakesTheKeyFileThatIsThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		given, path := newBox(t)
		box, err := secret.EnsureKey(t.Context(), db, path, false)
		if err != nil || box.Fingerprint() != given.Fingerprint() {
			t.Errorf("%v, %v", box, err)
		}
	})
}

// Replicas that start at once on an empty database end with one key, whether or not they share the file.
func TestReplicasEndWithOneKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		shared := t.TempDir()
		for name, path := range map[string]func(i int) string{
			"shared file": func(int) string { return filepath.Join(shared, "secret.key") },
			"own files":   func(i int) string { return filepath.Join(shared, strconv.Itoa(i)+".key") },
		} {
			t.Run(name, func(t *testing.T) {
				db.Ent().Setting.Delete().ExecX(t.Context())
				var (
					mu    sync.Mutex
					boxes = map[string]int{}
					all   sync.WaitGroup
				)
				for i := range 6 {
					all.Go(func() {
						box, err := secret.EnsureKey(t.Context(), db, path(i), true)
						mu.Lock()
						defer mu.Unlock()
						switch {
						case err == nil:
							boxes[box.Fingerprint()]++
						case name == "shared file" || !apperr.Is(err, apperr.Conflict):
							t.Error(err)
						}
					})
				}
				all.Wait()
				if len(boxes) != 1 {
					t.Errorf("keys in use: %v", boxes)
				}
				files, err := filepath.Glob(filepath.Join(shared, "*.key"))
				if err != nil || len(files) != 1 {
					t.Errorf("key files left: %v", files)
				}
				for _, f := range files {
					_ = os.Remove(f)
				}
			})
		}
	})
}
