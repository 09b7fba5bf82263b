package apperr_test

import (
	"testing"

	"github.com/guardmdm/guardmdm/server/apperr"
)

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 devices are", 1: "1 device is", -1: "-1 device is", 2: "2 devices are"} {
		if got := apperr.Count(n, "device") + " " + apperr.Word(n, "is", "are"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNumbersAreWrittenAsPeopleReadThem(t *testing.T) {
	for n, want := range map[int]string{0: "0 devices", 1: "1 device", 999: "999 devices", 1000: "1,000 devices", 1234567: "1,234,567 devices", -100: "-100 devices", -1000: "-1,000 devices"} {
		if got := apperr.Count(n, "device"); got != want {
			t.Errorf("%d is %q, not %q", n, got, want)
		}
	}
}
