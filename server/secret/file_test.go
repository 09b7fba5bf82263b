package secret_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/secret"
)

func newBox(t *testing.T) (*secret.Box, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret.key")
	box, err := secret.CreateKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return box, path
}

func TestSealedValueOpensAgain(t *testing.T) {
	box, path := newBox(t)
	again, err := secret.OpenKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, plaintext := range [][]byte{{}, []byte("private key"), bytes.Repeat([]byte{7}, 1<<16)} {
		sealed, err := box.Seal(plaintext, "abm_token/1/private_key")
		if err != nil {
			t.Fatal(err)
		}
		if len(plaintext) > 0 && bytes.Contains(sealed, plaintext) {
			t.Error("the sealed value holds the secret")
		}
		opened, err := again.Open(sealed, "abm_token/1/private_key")
		if err != nil || !bytes.Equal(opened, plaintext) {
			t.Errorf("opened %d bytes of %d, %v", len(opened), len(plaintext), err)
		}
	}
}

func TestSealedValueOpensNowhereElse(t *testing.T) {
	box, _ := newBox(t)
	other, _ := newBox(t)
	sealed, err := box.Seal([]byte("hunter2"), "abm_token/1/credentials")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := box.Open(sealed, "abm_token/2/credentials"); err == nil {
		t.Error("it opened in another row")
	}
	if _, err := other.Open(sealed, "abm_token/1/credentials"); err == nil {
		t.Error("it opened with another key")
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := box.Open(changed, "abm_token/1/credentials"); err == nil {
			t.Errorf("it opened with byte %d changed", i)
		}
		if _, err := box.Open(sealed[:i], "abm_token/1/credentials"); err == nil {
			t.Errorf("it opened cut off at %d", i)
		}
	}
}

func TestFingerprintIsStableAndGivesNothingAway(t *testing.T) {
	box, path := newBox(t)
	other, _ := newBox(t)
	again, err := secret.OpenKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if again.Fingerprint() != box.Fingerprint() || other.Fingerprint() == box.Fingerprint() {
		t.Errorf("fingerprints %s, %s of one file, %s of another", box.Fingerprint(), again.Fingerprint(), other.Fingerprint())
	}
	if !regexp.MustCompile(`^[0-9a-f]{4}(-[0-9a-f]{4}){3}$`).MatchString(box.Fingerprint()) {
		t.Errorf("fingerprint %q", box.Fingerprint())
	}
	if shown := fmt.Sprintf("%v %s", box, box.LogValue()); strings.Count(shown, box.Fingerprint()) != 2 || len(shown) > 60 {
		t.Errorf("shown as %q", shown)
	}
}

func TestKeyFileIsPrivateAndNeverReplaced(t *testing.T) {
	_, path := newBox(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if _, err := secret.CreateKeyFile(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("creating it again: %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the key file was replaced")
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("files left: %v", files)
	}
}

func TestOfManyWhoCreateAtOnceOneSucceeds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	var (
		mu      sync.Mutex
		created []*secret.Box
		all     sync.WaitGroup
	)
	for range 8 {
		all.Go(func() {
			box, err := secret.CreateKeyFile(path)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				created = append(created, box)
			} else if !errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	box, err := secret.OpenKeyFile(path)
	if err != nil || len(created) != 1 || created[0].Fingerprint() != box.Fingerprint() {
		t.Errorf("%d created, %v", len(created), err)
	}
}

func TestBadKeyFiles(t *testing.T) {
	_, good := newBox(t)
	content, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	var keyset struct {
		Key []struct{ KeyData struct{ Value string } }
	}
	if err := json.Unmarshal(content, &keyset); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, bad := range map[string][]byte{
		"empty":      {},
		"cut-off":    content[:len(content)/2],
		"garbage":    []byte("garbage"),
		"no keys":    []byte(`{"primaryKeyId": 1, "key": []}`),
		"other kind": bytes.ReplaceAll(content, []byte("AesGcmKey"), []byte("HmacKey")),
		"huge":       bytes.Repeat([]byte(" "), 1<<20),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := secret.OpenKeyFile(path)
		e := apperr.As(err)
		if e == nil || e.Code != apperr.BadUserInput || !strings.Contains(e.Message, path) || e.Hint == "" {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.Contains(err.Error(), keyset.Key[0].KeyData.Value) {
			t.Errorf("%s: the error shows the key", name)
		}
	}
	if _, err := secret.OpenKeyFile(filepath.Join(dir, "absent")); !apperr.Is(err, apperr.NotFound) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent: %v", err)
	}
	if _, err := secret.OpenKeyFile(dir); !apperr.Is(err, apperr.BadUserInput) {
		t.Errorf("directory: %v", err)
	}
}

func TestKeyFileThatOthersMayReadIsUsedWithAWarning(t *testing.T) {
	box, path := newBox(t)
	if box.Warning() != "" {
		t.Errorf("warning about a private file: %s", box.Warning())
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	box, err := secret.OpenKeyFile(path)
	if err != nil || !strings.Contains(box.Warning(), path) {
		t.Errorf("%v, warning %q", err, box.Warning())
	}
}

func FuzzOpenKeyFile(f *testing.F) {
	dir := f.TempDir()
	if _, err := secret.CreateKeyFile(filepath.Join(dir, "seed")); err != nil {
		f.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "seed"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte(`{"primaryKeyId":1,"key":[{}]}`))
	f.Add([]byte(`{"primaryKeyId":1,"key":[{"keyData":{"typeUrl":"x","value":"AA==","keyMaterialType":"SYMMETRIC"},"status":"ENABLED","keyId":1,"outputPrefixType":"TINK"}]}`))
	path := filepath.Join(dir, "fuzz")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		box, err := secret.OpenKeyFile(path)
		if err != nil {
			return
		}
		sealed, err := box.Seal([]byte("x"), "c")
		if err != nil {
			return // a keyset may have a disabled primary key
		}
		if opened, err := box.Open(sealed, "c"); err != nil || string(opened) != "x" {
			t.Errorf("opened %q, %v", opened, err)
		}
	})
}
