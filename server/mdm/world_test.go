package mdm_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/test/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// suiteDir is where NanoMDM's suite expects to be run: it reads files of its module by relative paths.
func suiteDir(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/micromdm/nanomdm").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "test", "e2e")
}
