package diagnosis

import (
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Every kind of finding on file belongs to one check: what is found never stands among what passes, and nothing passes unlooked at.
func TestChecksCoverEveryFinding(t *testing.T) {
	page, err := os.ReadFile("../../docs/operations/diagnoses.md")
	if err != nil {
		t.Fatal(err)
	}
	var onFile, checked []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \\| (?:CRITICAL|WARNING|INFO)").FindAllStringSubmatch(string(page), -1) {
		for _, code := range regexp.MustCompile("[A-Z_]+").FindAllString(row[1], -1) {
			onFile = append(onFile, code)
		}
	}
	for _, c := range checks() {
		checked = append(checked, c.codes...)
	}
	slices.Sort(onFile)
	slices.Sort(checked)
	if diff := cmp.Diff(onFile, checked); diff != "" || len(onFile) == 0 {
		t.Errorf("diagnoses.md and checks() differ (-on file +checked):\n%s", diff)
	}
}

func TestWordsAgreeWithTheirNumber(t *testing.T) {
	if some(1) != "1 device" || some(2) != "2 devices" || some(0) != "0 devices" {
		t.Errorf("%s, %s, %s", some(1), some(2), some(0))
	}
}

// A deadline is told in the days that the dashboard's chips count: the day that has begun is one.
func TestDeadlinesCountTheDayThatHasBegun(t *testing.T) {
	for left, want := range map[time.Duration]string{
		0:                              "now",
		time.Minute:                    "within a day",
		24 * time.Hour:                 "within a day",
		25 * time.Hour:                 "in 2 days",
		11*24*time.Hour + 21*time.Hour: "in 12 days",
		365 * 24 * time.Hour:           "in 365 days",
	} {
		if got := within(left); got != want {
			t.Errorf("%v before the end: %q, want %q", left, got, want)
		}
	}
}
