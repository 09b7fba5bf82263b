package enroll

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"
)

// VersionsFile knows versions by a file in the form of https://gdmf.apple.com/v2/pmv. It is read again when it changes.
type VersionsFile struct {
	path string

	mu      sync.Mutex
	changed time.Time
	byModel map[string][]release
}

type release struct {
	version string
	expires string // 2026-05-02; "" for one that does not
}

// maxVersions bounds the file: Apple's own has a few hundred kilobytes.
const maxVersions = 16 << 20

// OpenVersions reads the file. The error names GUARDMDM_OS_VERSIONS_FILE.
func OpenVersions(path string) (*VersionsFile, error) {
	f := &VersionsFile{path: path}
	if err := f.read(); err != nil {
		return nil, fmt.Errorf("GUARDMDM_OS_VERSIONS_FILE: %w", err)
	}
	return f, nil
}

// Changed is when the file was written.
func (f *VersionsFile) Changed() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.changed
}

// read reads the file if it changed. It is called with mu held, or before anybody else knows f.
func (f *VersionsFile) read() error {
	about, err := os.Stat(f.path)
	if err != nil || about.ModTime().Equal(f.changed) {
		return err
	}
	if about.Size() > maxVersions {
		return fmt.Errorf("%s is larger than %d bytes", f.path, maxVersions)
	}
	text, err := os.ReadFile(f.path)
	if err != nil {
		return err
	}
	byModel, err := parseVersions(text)
	if err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	f.byModel, f.changed = byModel, about.ModTime()
	return nil
}

func parseVersions(text []byte) (map[string][]release, error) {
	type entry struct {
		ProductVersion   string
		ExpirationDate   string
		SupportedDevices []string
	}
	var list struct{ PublicAssetSets, AssetSets map[string][]entry }
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, err
	}
	byModel := map[string][]release{}
	for _, sets := range []map[string][]entry{list.PublicAssetSets, list.AssetSets} {
		for _, entries := range sets {
			for _, e := range entries {
				if _, ok := numbers(e.ProductVersion); !ok {
					continue
				}
				for _, model := range e.SupportedDevices {
					byModel[model] = append(byModel[model], release{e.ProductVersion, e.ExpirationDate})
				}
			}
		}
	}
	if len(byModel) == 0 {
		return nil, fmt.Errorf("it lists no version for any device")
	}
	for _, releases := range byModel {
		slices.SortStableFunc(releases, func(a, b release) int {
			order, _ := compareVersions(a.version, b.version)
			return order
		})
	}
	return byModel, nil
}

// AtLeast implements Versions. A file that has become unreadable leaves what was read before.
func (f *VersionsFile) AtLeast(minimum string, now time.Time, devices ...string) (version string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = f.read()
	today := now.UTC().Format(time.DateOnly)
	for _, model := range devices {
		for _, r := range f.byModel[model] {
			if order, ok := compareVersions(r.version, minimum); ok && order >= 0 && (r.expires == "" || r.expires >= today) {
				return r.version, true
			}
		}
	}
	return "", false
}
