package servertoken_test

import (
	"encoding/pem"
	"testing"

	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/servertoken"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/jonboulle/clockwork"
)

// Every token file that the simulated ABM can make is read, or refused for its own reason.
func TestReadSimulated(t *testing.T) {
	ours, other := keyPairs(t)
	refused := map[simabm.TokenQuirk]apperr.Code{
		simabm.TokenMissingField: apperr.TokenIncomplete,
		simabm.TokenExpired:      apperr.TokenExpired,
		simabm.TokenUnencrypted:  apperr.TokenFileInvalid,
		simabm.TokenTruncated:    apperr.TokenFileCutOff,
		simabm.TokenOtherKey:     apperr.TokenOtherKey,
	}
	sim, err := simabm.New(simabm.Options{Clock: clockwork.NewFakeClockAt(now)})
	if err != nil {
		t.Fatal(err)
	}
	server, err := sim.AddServer("lab", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ours.Certificate.Raw}))
	if err != nil {
		t.Fatal(err)
	}
	for _, quirk := range simabm.TokenQuirks() {
		t.Run(string(quirk), func(t *testing.T) {
			file, _, err := server.DownloadTokenAs(quirk)
			if err != nil {
				t.Fatal(err)
			}
			creds, used, err := servertoken.Read(file, now, other, ours)
			if got := apperr.CodeOf(err); got != refused[quirk] {
				t.Fatalf("got %v, want %q", err, refused[quirk])
			}
			if err == nil && (used != 1 || creds.ConsumerKey == "" || !creds.AccessTokenExpiry.After(now)) {
				t.Errorf("key %d, %v", used, creds)
			}
		})
	}
}
