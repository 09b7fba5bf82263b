package abm_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/simabm"
)

func TestNewRefusesURLs(t *testing.T) {
	for _, url := range []string{"mdmenrollment.apple.com", "ftp://apple.example", "https://", "https://:443", "https://a.example?x=1", "https://a.example/#x", "http://a b", "://"} {
		if _, err := abm.New(abm.Config{BaseURL: url}); err == nil || !strings.Contains(err.Error(), url) {
			t.Errorf("%q: %v", url, err)
		}
	}
	if _, err := abm.New(abm.Config{BaseURL: "https://me:hush@a.example"}); err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("with a password: %v", err)
	}
	if _, err := abm.New(abm.Config{}); err != nil {
		t.Errorf("Apple's own: %v", err)
	}
}

func TestCredentialsHideSecrets(t *testing.T) {
	creds := abm.Credentials{ConsumerKey: "hush1", ConsumerSecret: "hush2", AccessToken: "hush3", AccessSecret: "hush4", AccessTokenExpiry: begin}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("creds", "creds", creds)
	shown := fmt.Sprintf("%v %+v %#v %s %x %v", creds, creds, creds, creds, creds, &creds) + log.String()
	if strings.Contains(shown, "hush") || !strings.Contains(shown, "2026-08-01T10:00:00Z") {
		t.Errorf("shown: %s", shown)
	}
}

func TestAccountUnderPathPrefix(t *testing.T) {
	a := newApple(t, 0)
	for _, slash := range []string{"", "/"} {
		client := a.connect(t, http.StripPrefix("/apple/prefix", a.Handler()), func(c *abm.Config) { c.BaseURL += "/apple/prefix" + slash })
		account, err := client.Token("t1", a.creds(t)).Account(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if account.ServerName != "lab" || account.ServerUUID != a.server.UUID() || account.OrgName != simabm.DefaultOrganization || account.OrgID == "" {
			t.Errorf("%+v", account)
		}
		if limit := account.PageLimit(abm.FetchURI); limit != 1000 {
			t.Errorf("page limit %d", limit)
		}
	}
}

// inventory fetches everything and then syncs to the end.
func inventory(t *testing.T, token *abm.Token, limit int) (devices map[string]abm.Device, cursor string) {
	t.Helper()
	devices = map[string]abm.Device{}
	for {
		page, err := token.FetchDevices(t.Context(), cursor, limit)
		if err != nil {
			t.Fatal(err)
		}
		if page.Cursor == cursor || page.Bytes == 0 || len(page.Devices) > limit {
			t.Fatalf("%d devices, %d bytes, cursor %s after %s", len(page.Devices), page.Bytes, page.Cursor, cursor)
		}
		for _, d := range page.Devices {
			devices[d.SerialNumber] = d
		}
		cursor = page.Cursor
		if !page.MoreToFollow {
			return devices, cursor
		}
	}
}

func TestFetchAndSync(t *testing.T) {
	a := newApple(t, 250)
	token := a.token(t)
	got, cursor := inventory(t, token, 100)
	want := a.server.Inventory()
	if len(got) != len(want) {
		t.Fatalf("%d devices, want %d", len(got), len(want))
	}
	for _, w := range want {
		g := got[w.SerialNumber]
		full := abm.Device{
			SerialNumber: w.SerialNumber, Model: w.Model, Description: w.Description, Color: w.Color, AssetTag: w.AssetTag,
			DeviceFamily: w.DeviceFamily, OS: w.OS, ProfileStatus: w.ProfileStatus, ProfileUUID: w.ProfileUUID,
			ProfileAssignTime: w.ProfileAssignTime, ProfilePushTime: w.ProfilePushTime, DeviceAssignedDate: w.DeviceAssignedDate,
			DeviceAssignedBy: w.DeviceAssignedBy, MDMMigrationDeadline: w.MDMMigrationDeadline, BluetoothMACAddress: w.BluetoothMACAddress,
			WiFiMACAddress: w.WiFiMACAddress, EthernetMACAddress: w.EthernetMACAddress, EID: w.EID, IMEI: w.IMEI, MEID: w.MEID,
			IsReplacementDevice: w.IsReplacementDevice, ReleasedByReplacement: w.ReleasedByReplacement,
		}
		if diff := cmp.Diff(full, g); diff != "" {
			t.Fatalf("%s: %s", w.SerialNumber, diff)
		}
	}

	leaving := want[0].SerialNumber
	if err := a.Unassign(leaving); err != nil {
		t.Fatal(err)
	}
	page, err := token.SyncDevices(t.Context(), cursor, 100)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Devices) != 1 || page.Devices[0].SerialNumber != leaving || page.Devices[0].OpType != "deleted" || page.Devices[0].OpDate.IsZero() || page.FetchedUntil.IsZero() {
		t.Errorf("%+v", page)
	}
	again, err := token.SyncDevices(t.Context(), page.Cursor, 100)
	if err != nil || len(again.Devices) != 0 || again.Cursor == "" {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestDeviceDetails(t *testing.T) {
	a := newApple(t, 1001)
	token := a.token(t)
	var serials []string
	for _, d := range a.server.Inventory() {
		serials = append(serials, d.SerialNumber)
	}
	serials = append(serials, "ZZZZ00000000")
	got, err := token.DeviceDetails(t.Context(), serials)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(serials) || a.Requests()["POST /devices"] != 2 {
		t.Errorf("%d devices in %d requests", len(got), a.Requests()["POST /devices"])
	}
	if d := got[serials[0]]; d.ResponseStatus != "SUCCESS" || d.Model == "" {
		t.Errorf("%+v", d)
	}
	if d := got["ZZZZ00000000"]; d.ResponseStatus != "NOT_ACCESSIBLE" || d.SerialNumber != "ZZZZ00000000" {
		t.Errorf("%+v", d)
	}
	if none, err := token.DeviceDetails(t.Context(), nil); err != nil || len(none) != 0 || a.Requests()["POST /devices"] != 2 {
		t.Errorf("asked for nothing: %v, %v", none, err)
	}
}

func TestCursorCodes_FieldNote03(t *testing.T) {
	a := newApple(t, 3)
	token := a.token(t)
	_, cursor := inventory(t, token, 100)
	check := func(name string, call func(context.Context, string, int) (abm.Page, error), cursor string, want apperr.Code) {
		t.Helper()
		if _, err := call(t.Context(), cursor, 100); !apperr.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	check("fetch with the last cursor", token.FetchDevices, cursor, apperr.AppleCursorExhausted)
	check("no cursor of Apple's", token.FetchDevices, "nonsense", apperr.AppleCursorInvalid)
	check("no cursor of Apple's", token.SyncDevices, "nonsense", apperr.AppleCursorInvalid)
	check("no cursor", token.SyncDevices, "", apperr.AppleCursorInvalid)
	a.clock.Advance(8 * 24 * time.Hour)
	check("old cursor", token.SyncDevices, cursor, apperr.AppleCursorExpired)
}

// What a single fault leads to, and what one that stays does.
func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		kind    simabm.FaultKind
		code    apperr.Code // of the error if the fault stays
		retried bool
	}{
		{simabm.FaultTooManyRequests, apperr.AppleThrottled, true},
		{simabm.FaultUnavailable, apperr.AppleUnavailable, true},
		{simabm.FaultServerError, apperr.AppleUnavailable, true},
		{simabm.FaultHTMLSuccess, apperr.AppleMalformed, true},
		{simabm.FaultReset, apperr.AppleUnavailable, true},
		{simabm.FaultResetInBody, apperr.AppleUnavailable, true},
		{simabm.FaultTruncatedJSON, apperr.AppleMalformed, true},
		{simabm.FaultUnauthorized, apperr.AppleRejected, true}, // with a new session
		{simabm.FaultForbidden, apperr.AppleRejected, true},
		{simabm.FaultTermsNotSigned, apperr.AppleTerms, false},
		{simabm.FaultAccessDenied, apperr.AppleDenied, false},
		{simabm.FaultInvalidCursor, apperr.AppleCursorInvalid, false},
		{simabm.FaultExpiredCursor, apperr.AppleCursorExpired, false},
		{simabm.FaultExhaustedCursor, apperr.AppleCursorExhausted, false},
	} {
		for _, quoted := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s quoted=%t", tt.kind, quoted), func(t *testing.T) {
				a := newApple(t, 30)
				token := a.token(t)
				first, err := token.FetchDevices(t.Context(), "", 10)
				if err != nil {
					t.Fatal(err)
				}
				var faults []simabm.Fault
				if quoted {
					faults = append(faults, simabm.Fault{Kind: simabm.FaultQuotedErrors})
				}
				fault := simabm.Fault{Kind: tt.kind, Endpoints: []string{"/server/devices"}, Times: 1}
				if err := a.SetFaults(append(slices.Clone(faults), fault)); err != nil {
					t.Fatal(err)
				}
				page, err := token.FetchDevices(t.Context(), first.Cursor, 10)
				if tt.retried && (err != nil || len(page.Devices) != 10) {
					t.Errorf("once: %d devices, %v", len(page.Devices), err)
				}
				if !tt.retried && !apperr.Is(err, tt.code) {
					t.Errorf("once: %v", err)
				}

				fault.Times = 0
				if err := a.SetFaults(append(faults, fault)); err != nil {
					t.Fatal(err)
				}
				before := a.Requests()
				_, err = token.FetchDevices(t.Context(), first.Cursor, 10)
				e := apperr.As(err)
				if e == nil || e.Code != tt.code || e.Message == "" || e.Hint == "" {
					t.Fatalf("for ever: %v", err)
				}
				requests := a.Requests()["POST /server/devices"] - before["POST /server/devices"]
				sessions := a.Requests()["GET /session"] - before["GET /session"]
				wantRequests, wantSessions := 1, 0
				if tt.retried {
					wantRequests = 5
				}
				if tt.code == apperr.AppleRejected {
					wantRequests, wantSessions = 2, 1
				}
				if requests != wantRequests || sessions != wantSessions {
					t.Errorf("%d requests and %d sessions, want %d and %d", requests, sessions, wantRequests, wantSessions)
				}

				if err := a.SetFaults(nil); err != nil {
					t.Fatal(err)
				}
				if _, err := token.FetchDevices(t.Context(), first.Cursor, 10); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			})
		}
	}
}

func TestPageFaultsAreNotFatal_FieldNote08(t *testing.T) {
	for _, kind := range []simabm.FaultKind{simabm.FaultUnknownFields, simabm.FaultUnknownValues, simabm.FaultEmptyStatus, simabm.FaultLongCursor,
		simabm.FaultDuplicateEvents, simabm.FaultReorderedEvents} {
		a := newApple(t, 30)
		if err := a.SetFaults([]simabm.Fault{{Kind: kind}}); err != nil {
			t.Fatal(err)
		}
		page, err := a.token(t).FetchDevices(t.Context(), "", 20)
		if err != nil || len(page.Devices) < 20 || page.Devices[0].SerialNumber == "" {
			t.Errorf("%s: %d devices, %v", kind, len(page.Devices), err)
			continue
		}
		if kind == simabm.FaultUnknownFields && len(page.Devices[0].Extra) == 0 {
			t.Errorf("unknown fields are lost: %+v", page.Devices[0])
		}
		if kind == simabm.FaultLongCursor && len(page.Cursor) != 1000 {
			t.Errorf("cursor of %d characters", len(page.Cursor))
		}
	}
}

func TestRetryAfterIsHonoured_FieldNote02(t *testing.T) {
	for _, date := range []bool{false, true} {
		a := newApple(t, 5)
		token := a.token(t)
		if err := a.SetFaults([]simabm.Fault{{Kind: simabm.FaultTooManyRequests, Endpoints: []string{"/server/devices"}, Times: 2, RetryAfterSeconds: 100, RetryAfterDate: date}}); err != nil {
			t.Fatal(err)
		}
		if _, err := token.FetchDevices(t.Context(), "", 10); err != nil {
			t.Fatal(err)
		}
		waits := a.waits()
		if len(waits) != 2 || waits[0] < 99*time.Second || waits[0] > 111*time.Second {
			t.Errorf("date=%t: waited %v", date, waits)
		}
		if passed := a.clock.Since(begin); passed < 198*time.Second {
			t.Errorf("date=%t: only %s passed", date, passed)
		}
	}
}

func TestLongRetryAfterIsTheCallers(t *testing.T) {
	for _, kind := range []simabm.FaultKind{simabm.FaultTooManyRequests, simabm.FaultUnavailable} {
		a := newApple(t, 5)
		token := a.token(t)
		if err := a.SetFaults([]simabm.Fault{{Kind: kind, Endpoints: []string{"/server/devices"}, RetryAfterSeconds: 600}}); err != nil {
			t.Fatal(err)
		}
		_, err := token.FetchDevices(t.Context(), "", 10)
		if e := apperr.As(err); e == nil || e.Code != apperr.AppleThrottled || e.RetryAfter != 10*time.Minute {
			t.Errorf("%s: %v", kind, err)
		}
		if n := a.Requests()["POST /server/devices"]; n != 1 || len(a.waits()) != 0 {
			t.Errorf("%s: %d requests, waits %v", kind, n, a.waits())
		}
	}
}

func TestObservations(t *testing.T) {
	a := newApple(t, 5)
	token := a.token(t)
	if err := a.SetFaults([]simabm.Fault{{Kind: simabm.FaultServerError, Endpoints: []string{"/server/devices"}, Times: 1}}); err != nil {
		t.Fatal(err)
	}
	if _, err := token.FetchDevices(t.Context(), "", 10); err != nil {
		t.Fatal(err)
	}
	got := a.seen()
	if len(got) != 3 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []abm.Observation{
		{Token: "t1", Method: "GET", Path: "/session", Attempt: 1, Status: 200},
		{Token: "t1", Method: "POST", Path: "/server/devices", Attempt: 1, Status: 500, Code: apperr.AppleUnavailable},
		{Token: "t1", Method: "POST", Path: "/server/devices", Attempt: 2, Status: 200},
	} {
		g := got[i]
		if g.Bytes == 0 || (g.Wait > 0) != (want.Code != "") {
			t.Errorf("%+v", g)
		}
		g.Bytes, g.Wait, g.Duration = 0, 0, 0
		if g != want {
			t.Errorf("got %+v, want %+v", g, want)
		}
	}
}

func TestCancelWhileWaiting(t *testing.T) {
	own := errors.New("stopped by the test")
	ctx, cancel := context.WithCancelCause(t.Context())
	a := newApple(t, 5, func(c *abm.Config) {
		c.Observe = func(o abm.Observation) {
			if o.Wait > 0 {
				cancel(own)
			}
		}
	})
	if err := a.SetFaults([]simabm.Fault{{Kind: simabm.FaultServerError}}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.token(t).Account(ctx); !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
}

func TestExpiredTokenIsRefusedHere(t *testing.T) {
	a := newApple(t, 1)
	token := a.token(t)
	a.clock.Advance(366 * 24 * time.Hour)
	if _, err := token.Account(t.Context()); !apperr.Is(err, apperr.TokenExpired) {
		t.Errorf("got %v", err)
	}
	if n := len(a.seen()); n != 0 {
		t.Errorf("%d requests", n)
	}
}
