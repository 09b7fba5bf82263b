package adeprofile_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/server/adeprofile"
)

// reference reads the protocol reference's table of skip_setup_items, of which testdata has a copy: for each key its cells, in the
// reference's own notation.
func reference(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/skip_setup_items.md")
	must(t, err)
	rows := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[2:] {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
			if strings.HasPrefix(cells[i], "–") { // with a remark in one place
				cells[i] = "–"
			}
		}
		rows[strings.Trim(cells[0], "`")] = cells[1:5]
	}
	if len(rows) != 53 {
		t.Fatalf("the reference has %d keys", len(rows))
	}
	return rows
}

func TestPanesAreThoseOfTheReference(t *testing.T) {
	columns := []device.Platform{device.PlatformIOS, device.PlatformMacOS, device.PlatformTvOS, device.PlatformVisionOS}
	got := map[string][]string{}
	for _, p := range adeprofile.Panes() {
		if p.Title == "" || p.Description == "" || len(p.Availability) == 0 {
			t.Errorf("incomplete: %+v", p)
		}
		if _, twice := got[p.Key]; twice {
			t.Errorf("%s is there twice", p.Key)
		}
		cells := []string{"–", "–", "–", "–"}
		for _, a := range p.Availability {
			column := slices.Index(columns, a.Platform)
			if column < 0 || cells[column] != "–" {
				t.Fatalf("%s: %+v", p.Key, a)
			}
			cell := a.Since
			if a.DeprecatedSince != "" {
				cell += " dep " + a.DeprecatedSince
			}
			if a.RemovedIn != "" {
				cell += " rem " + a.RemovedIn
			}
			if a.NotAlwaysSkippable {
				cell += " NAS"
			}
			cells[column] = cell
		}
		got[p.Key] = cells
	}
	if diff := cmp.Diff(reference(t), got); diff != "" {
		t.Errorf("panes (-reference +here):\n%s", diff)
	}
	if !slices.IsSortedFunc(adeprofile.Panes(), func(a, b adeprofile.Pane) int {
		return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	}) {
		t.Error("panes are not sorted by title")
	}
}

func TestPaneOnPlatform(t *testing.T) {
	for _, c := range []struct {
		key      string
		platform device.Platform
		want     string
	}{
		{"Keyboard", device.PlatformIPadOS, "13.0 true"}, // as iOS
		{"Keyboard", device.PlatformMacOS, "none"},
		{"Siri", device.PlatformTvOS, "10.2 false"},
		{"Siri", device.PlatformWatchOS, "none"},
	} {
		pane, ok := adeprofile.PaneOf(c.key)
		got := "none"
		if a, there := pane.On(c.platform); there {
			got = fmt.Sprint(a.Since, " ", a.NotAlwaysSkippable)
		}
		if !ok || got != c.want {
			t.Errorf("%s on %s: %s", c.key, c.platform, got)
		}
	}
	if _, ok := adeprofile.PaneOf("siri"); ok {
		t.Error("keys are found without regard to case, which Apple has")
	}
}
