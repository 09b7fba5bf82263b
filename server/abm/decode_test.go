package abm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const everyField = `{"serial_number":"F17SIM0001AA","model":"iPhone 15","description":"IPHONE 15 \"BLACK\" 128GB-ZDD\u00e9","color":"BLACK",
 "asset_tag":"A-1","device_family":"iPhone","os":"iOS","profile_status":"pushed","profile_uuid":"0D9C8B7A6F5E4D3C2B1A09F8E7D6C5B4",
 "profile_assign_time":"2026-08-01T10:20:00Z","profile_push_time":"2026-08-02T07:31:44.5+02:00","device_assigned_date":"2026-08-01T10:11:12Z",
 "device_assigned_by":"it.admin@appleid.example.org","mdm_migration_deadline":"2026-12-01T00:00:00Z",
 "imei":["350000000000017","350000000000025"],"meid":[],"eid":"89049032000000000000000000000017",
 "wifi_mac_address":"A4:83:E7:00:00:17","bluetooth_mac_address":"A4:83:E7:00:00:18","ethernet_mac_address":"A4:83:E7:00:00:19",
 "is_replacement_device":true,"released_by_replacement":false,"op_type":"modified","op_date":"2026-08-03T06:02:10Z",
 "response_status":"SUCCESS","brand_new":{"a":[1,"}]\"",{"b":null}]},"count" : -1.5e3 }`

func at(s string) time.Time {
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return v
}

func page(devices ...string) string {
	return `{"devices":[` + strings.Join(devices, " , ") + `],"cursor":"C1","more_to_follow":true,"fetched_until":"2026-08-03T06:05:00Z","new":{"x":[]}}`
}

func TestDecodePage(t *testing.T) {
	got, err := decodePage(strings.NewReader(page(everyField, `{}`, `{"serial_number":"B"}`)), 100)
	if err != nil {
		t.Fatal(err)
	}
	want := Page{Cursor: "C1", MoreToFollow: true, FetchedUntil: at("2026-08-03T06:05:00Z"), Devices: []Device{{
		SerialNumber: "F17SIM0001AA", Model: "iPhone 15", Description: `IPHONE 15 "BLACK" 128GB-ZDDé`, Color: "BLACK", AssetTag: "A-1",
		DeviceFamily: "iPhone", OS: "iOS", ProfileStatus: "pushed", ProfileUUID: "0D9C8B7A6F5E4D3C2B1A09F8E7D6C5B4",
		ProfileAssignTime: at("2026-08-01T10:20:00Z"), ProfilePushTime: at("2026-08-02T05:31:44.5Z"), DeviceAssignedDate: at("2026-08-01T10:11:12Z"),
		DeviceAssignedBy: "it.admin@appleid.example.org", MDMMigrationDeadline: at("2026-12-01T00:00:00Z"),
		IMEI: []string{"350000000000017", "350000000000025"}, MEID: []string{}, EID: "89049032000000000000000000000017",
		WiFiMACAddress: "A4:83:E7:00:00:17", BluetoothMACAddress: "A4:83:E7:00:00:18", EthernetMACAddress: "A4:83:E7:00:00:19",
		IsReplacementDevice: true, OpType: "modified", OpDate: at("2026-08-03T06:02:10Z"), ResponseStatus: "SUCCESS",
		Extra: map[string]json.RawMessage{"brand_new": json.RawMessage(`{"a":[1,"}]\"",{"b":null}]}`), "count": json.RawMessage("-1.5e3")},
	}, {}, {SerialNumber: "B"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.Devices[0].ProfilePushTime.Location() != time.UTC {
		t.Error("times are not UTC")
	}
}

// What Apple might send one day: never fatal (field notes 8).
func TestDecodeOddDevices_FieldNote08(t *testing.T) {
	for device, want := range map[string]Device{
		`{"serial_number":null,"unknown":null}`:        {},
		`{"profile_status":""}`:                        {},
		`{"profile_assign_time":""}`:                   {},
		`{"profile_assign_time":"yesterday"}`:          {Extra: map[string]json.RawMessage{"profile_assign_time": json.RawMessage(`"yesterday"`)}},
		`{"asset_tag":7}`:                              {Extra: map[string]json.RawMessage{"asset_tag": json.RawMessage(`7`)}},
		`{"is_replacement_device":"yes"}`:              {Extra: map[string]json.RawMessage{"is_replacement_device": json.RawMessage(`"yes"`)}},
		`{"imei":"350000000000017"}`:                   {IMEI: []string{"350000000000017"}},
		`{"imei":[1]}`:                                 {Extra: map[string]json.RawMessage{"imei": json.RawMessage(`[1]`)}},
		`{"imei":[["1"]]}`:                             {Extra: map[string]json.RawMessage{"imei": json.RawMessage(`[["1"]]`)}},
		`{"imei":[ "1" , "2" ]}`:                       {IMEI: []string{"1", "2"}},
		`{"os":"homePodOS","profile_status":"paused"}`: {OS: "homePodOS", ProfileStatus: "paused"},
		`{"asset_tag":"a\u0000b"}`:                     {AssetTag: "ab"},
		"{\"asset_tag\":\"a\xffb\"}":                   {AssetTag: "a\ufffdb"},
		`{"asset_tag":"1","asset_tag":"2"}`:            {AssetTag: "2"},
		`{"model":"a\\","color":"\"}"}`:                {Model: `a\`, Color: `"}`},
	} {
		got, err := decodePage(strings.NewReader(page(device)), 1)
		if err != nil {
			t.Errorf("%s: %v", device, err)
			continue
		}
		if diff := cmp.Diff(want, got.Devices[0]); diff != "" {
			t.Errorf("%s: %s", device, diff)
		}
	}
}

// Each of these, read as a page, would end a full fetch early and take the rest of the fleet for removed.
func TestDecodePageRefuses(t *testing.T) {
	for _, body := range []string{
		``, `{}`, `[]`, `null`, `"x"`, `<html></html>`, `{"error":"x"}`,
		`{"devices":[],"cursor":"C"}`, `{"devices":[],"more_to_follow":false}`, `{"cursor":"C","more_to_follow":false}`,
		`{"devices":null,"cursor":"C","more_to_follow":false}`, `{"devices":{},"cursor":"C","more_to_follow":false}`,
		`{"devices":[],"cursor":"","more_to_follow":false}`, `{"devices":[],"cursor":null,"more_to_follow":false}`,
		`{"devices":[],"cursor":"C","more_to_follow":null}`, `{"devices":[],"cursor":"C","more_to_follow":"no"}`,
		`{"devices":[null],"cursor":"C","more_to_follow":false}`, `{"devices":["A"],"cursor":"C","more_to_follow":false}`,
		page() + `{}`, page() + `x`, strings.Repeat("[", 20000),
	} {
		if got, err := decodePage(strings.NewReader(body), 0); err == nil {
			t.Errorf("%.60s: %+v", body, got)
		}
	}
	whole := page(everyField, everyField)
	for n := range len(whole) {
		if got, err := decodePage(strings.NewReader(whole[:n]), 0); err == nil {
			t.Fatalf("cut off after %d of %d bytes: %+v", n, len(whole), got)
		}
	}
}

func TestVocabularyIsBounded(t *testing.T) {
	words := vocabulary{}
	var got string
	for i := range 2 * maxWords {
		if !words.set(&got, fmt.Appendf(nil, `"word %d"`, i)) || got != fmt.Sprintf("word %d", i) {
			t.Fatalf("%q", got)
		}
	}
	if !words.set(&got, []byte(`"`+strings.Repeat("x", 1000)+`"`)) || len(got) != 1000 {
		t.Error("long words are cut")
	}
	if len(words) != maxWords {
		t.Errorf("%d words are kept", len(words))
	}
}

func TestDecodeDetails(t *testing.T) {
	devices := map[string]Device{}
	body := `{"devices":{"A":{"serial_number":"A","model":"iPad","response_status":"SUCCESS"},"Z":{"response_status":"NOT_ACCESSIBLE"}}}`
	if err := decodeDetails(strings.NewReader(body), devices); err != nil {
		t.Fatal(err)
	}
	want := map[string]Device{
		"A": {SerialNumber: "A", Model: "iPad", ResponseStatus: "SUCCESS"},
		"Z": {SerialNumber: "Z", ResponseStatus: "NOT_ACCESSIBLE"},
	}
	if diff := cmp.Diff(want, devices); diff != "" {
		t.Error(diff)
	}
	for _, body := range []string{`{}`, `{"devices":[]}`, `{"devices":{"A":"SUCCESS"}}`, `{"devices":{"A":{}`} {
		if err := decodeDetails(strings.NewReader(body), devices); err == nil {
			t.Errorf("%s: no error", body)
		}
	}
}

func TestDecodeAccount(t *testing.T) {
	account, err := decodeAccount([]byte(`{"server_name":"lab","server_uuid":"3C1F","org_id":2109001,"org_name":"Example Org","new":1,
		"urls":[{"uri":"/server/devices","http_method":["POST"],"limit":{"default":100,"maximum":500}},{"uri":"/devices","http_method":["POST"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if account.ServerName != "lab" || account.ServerUUID != "3C1F" || account.OrgName != "Example Org" {
		t.Errorf("%+v", account)
	}
	for uri, want := range map[string]int{FetchURI: 500, SyncURI: 1000, "/devices": 1000} {
		if got := account.PageLimit(uri); got != want {
			t.Errorf("PageLimit(%s) = %d", uri, got)
		}
	}
	for _, body := range []string{`{}`, `[]`, `null`, `{"server_uuid":""}`, `{"server_uuid":"3C1F"`, ``} {
		if account, err := decodeAccount([]byte(body)); err == nil {
			t.Errorf("%s: %+v", body, account)
		}
	}
}

func FuzzDecodePage(f *testing.F) {
	f.Add([]byte(page(everyField, `{}`)))
	f.Add([]byte(page(`{"serial_number":null,"imei":"1","asset_tag":{"a":"}"}}`)))
	f.Add([]byte(`{"devices":[],"cursor":"C","more_to_follow":false}`))
	f.Add([]byte(`{"devices":[{"a":-1e5,"b":true , "c":[[]],"":""}],"cursor":"\u0043","more_to_follow":false}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := decodePage(bytes.NewReader(body), 10)
		if err != nil {
			return
		}
		if got.Cursor == "" {
			t.Fatal("no cursor")
		}
		// Extra must be valid JSON on its own, or storing it fails later.
		for _, d := range got.Devices {
			for name, raw := range d.Extra {
				if !json.Valid(raw) {
					t.Fatalf("%s: %q", name, raw)
				}
			}
		}
	})
}

// FuzzDecodeReplacement: what is taken for a serial number can be stored, whatever else there is.
func FuzzDecodeReplacement(f *testing.F) {
	f.Add([]byte(`{"serial_number":"C02SIM0003CC","original_device_serial_number":"C02SIM0002BB","replacement_date":"2026-07-15"}`))
	f.Add([]byte(`{"original_device_serial_number":"a\u0000"}`))
	f.Add([]byte(`{"original_device_serial_number":"c02","replacement_date":"soon"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := decodeReplacement(bytes.NewReader(body))
		if err == nil && (r.OriginalSerialNumber == "" || strings.ContainsFunc(r.OriginalSerialNumber, func(c rune) bool { return (c < '0' || c > '9') && (c < 'A' || c > 'Z') })) {
			t.Fatalf("%q", r.OriginalSerialNumber)
		}
	})
}

// FuzzDecodeWords: an answer about devices is read or refused, and never panics.
func FuzzDecodeWords(f *testing.F) {
	f.Add([]byte(`{"devices":{"F17SIM0001AA":"SUCCESS","X":"NOT_ACCESSIBLE"}}`))
	f.Add([]byte(`{"devices":{"F17SIM0001AA":1}}`))
	f.Add([]byte(`{"devices":[]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if words, err := decodeWords(bytes.NewReader(body)); err == nil && words == nil {
			t.Fatal("neither words nor an error")
		}
	})
}

// FuzzMembers compares our walk over a device with encoding/json's.
func FuzzMembers(f *testing.F) {
	f.Add([]byte(everyField))
	f.Add([]byte(`{"a" : 1 , "b":[{"c":"]"}],"d\"":{}}`))
	f.Add([]byte(`{`))
	f.Fuzz(func(t *testing.T, object []byte) {
		got := map[string]string{}
		for key, value := range members(object) { // must end and not panic, whatever it is
			got[string(key)] = string(value)
		}
		var want map[string]json.RawMessage
		if bytes.HasPrefix(object, []byte("{")) && json.Unmarshal(object, &want) == nil && !bytes.Contains(object, []byte(`\`)) && bytes.Equal(object, []byte(validUTF8(object))) {
			if len(got) != len(want) {
				t.Fatalf("%q: got %q, want %q", object, got, want)
			}
			for key, value := range want {
				if got[key] != string(value) {
					t.Fatalf("%q: %q is %q, want %q", object, key, got[key], value)
				}
			}
		}
	})
}

func BenchmarkDecodePage1000(b *testing.B) {
	devices := make([]string, 1000)
	for i := range devices {
		devices[i] = strings.Replace(everyField, "F17SIM0001AA", fmt.Sprintf("F17SIM%06d", i), 1)
		devices[i] = devices[i][:strings.Index(devices[i], `,"brand_new"`)] + "}"
	}
	body := []byte(page(devices...))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodePage(bytes.NewReader(body), 1000); err != nil {
			b.Fatal(err)
		}
	}
}
