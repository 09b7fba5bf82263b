package abm_test

import (
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simabm"
)

func TestDisown(t *testing.T) {
	a := newApple(t, 5)
	token := a.token(t)
	list := a.server.Inventory()
	words, err := token.Disown(t.Context(), []string{list[0].SerialNumber, "ZZZZ00000000"})
	if err != nil {
		t.Fatal(err)
	}
	if words[list[0].SerialNumber] != abm.AssignSuccess || words["ZZZZ00000000"] != abm.AssignNotAccessible {
		t.Errorf("%v", words)
	}
	if details, err := token.DeviceDetails(t.Context(), []string{list[0].SerialNumber}); err != nil || details[list[0].SerialNumber].ResponseStatus != abm.AssignNotAccessible {
		t.Errorf("%v, %v", details, err)
	}
}

// A release is told once, whatever becomes of the answer.
func TestDisownIsNotRepeated(t *testing.T) {
	a := newApple(t, 5)
	token := a.token(t)
	if err := a.SetFaults([]simabm.Fault{{Kind: simabm.FaultReset, Endpoints: []string{"/devices/disown"}}}); err != nil {
		t.Fatal(err)
	}
	_, err := token.Disown(t.Context(), []string{a.server.Inventory()[0].SerialNumber})
	if !abm.IsAmbiguous(err) {
		t.Errorf("%v", err)
	}
	if n := a.Requests()["POST /devices/disown"]; n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestReplacement(t *testing.T) {
	a := newApple(t, 5)
	token := a.token(t)
	old := a.server.Inventory()[0].SerialNumber
	fresh, err := a.Replace(old)
	if err != nil {
		t.Fatal(err)
	}
	r, err := token.Replacement(t.Context(), fresh)
	if err != nil || r.OriginalSerialNumber != old || r.At.IsZero() || r.At != r.At.Truncate(24*time.Hour) {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := token.Replacement(t.Context(), a.server.Inventory()[0].SerialNumber); a.server.Inventory()[0].SerialNumber != fresh && !apperr.Is(err, apperr.NotFound) {
		t.Errorf("a device that replaces none: %v", err)
	}
}

// A profile that Apple does not know is something else than a page of a proxy with the same status.
func TestUnknownProfile(t *testing.T) {
	a := newApple(t, 5)
	token := a.token(t)
	_, err := token.AssignProfile(t.Context(), "0D9C8B7A6F5E4D3C2B1A09F8E7D6C5B4", abm.These(a.server.Inventory()[0].SerialNumber))
	if !apperr.Is(err, apperr.AppleProfileUnknown) || abm.IsAmbiguous(err) {
		t.Errorf("%v", err)
	}
}
