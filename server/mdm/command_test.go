package mdm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/micromdm/plist"
	"github.com/smallstep/pkcs7"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// as is somebody with a role.
func (w *world) as(r role.Role) context.Context {
	return auth.WithCaller(w.t.Context(), auth.Caller{Kind: auditentry.ActorKindUser, Name: "Kim", Role: r})
}

func named(phones ...*phone) devicegroup.Selection {
	var s devicegroup.Selection
	for _, p := range phones {
		s.SerialNumbers = append(s.SerialNumbers, p.serial)
	}
	return s
}

// confirmed is a selection with its number.
func confirmed(s devicegroup.Selection) devicegroup.Selection {
	n := len(s.SerialNumbers)
	s.ExpectedCount = &n
	return s
}

func (w *world) send(c mdm.Command, devices devicegroup.Selection) *ent.CommandBatch {
	w.t.Helper()
	sent, err := w.mdm.Send(w.as(role.Admin), c, devices)
	if err != nil {
		w.t.Fatal(err)
	}
	return sent.Batch
}

// enrolled is a device that has answered its first commands.
func (w *world) enrolled(n int) *phone {
	w.t.Helper()
	p := w.buy(n)
	p.enroll(nil)
	answer(p, p.report("Idle", "", nil))
	return p
}

func (w *world) counts(id gid.ID) mdm.CommandCounts {
	w.t.Helper()
	n, err := w.mdm.CountCommands(w.t.Context(), w.batch(id))
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) batch(id gid.ID) *ent.CommandBatch {
	w.t.Helper()
	return w.db.Reader().CommandBatch.GetX(w.t.Context(), id)
}

func (w *world) work() {
	w.t.Helper()
	if err := w.mdm.WorkOnBatches(auth.System(w.t.Context())); err != nil {
		w.t.Fatal(err)
	}
}

// commandsOf are the events of commands in a device's history, with who asked.
func (p *phone) commandsOf() (all []string) {
	for _, e := range p.w.db.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(p.id)).Order(deviceevent.ByID()).AllX(p.w.t.Context()) {
		if strings.HasPrefix(string(e.Kind), "COMMAND_") {
			var what map[string][2]any
			if err := json.Unmarshal(e.Changes, &what); err != nil {
				p.w.t.Fatal(err)
			}
			all = append(all, fmt.Sprint(e.Kind, " ", what["command"][1], " by ", e.RequestedBy))
		}
	}
	return all
}

// Every kind of answer: what was asked is queued once for each device that is enrolled, the others are named, and the batch ends when the last one has answered.
func TestSendAndEveryAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		good, busy, bad, away, not := w.enrolled(1), w.enrolled(2), w.enrolled(3), w.enrolled(4), w.buy(5)
		before := w.pushes()
		devices := named(good, busy, bad, away, not)
		devices.SerialNumbers = append(devices.SerialNumbers, "unheard-of")
		sent, err := w.mdm.Send(w.as(role.Operator), mdm.Command{Kind: mdm.ProfileList}, devices)
		if err != nil {
			t.Fatal(err)
		}
		b := sent.Batch
		if b.Devices != 5 || b.NotEnrolled != 1 || b.Total != 4 || !b.Queued || !slices.Equal(b.Skipped, []string{not.serial}) || !slices.Equal(sent.Unknown, []string{"UNHEARD-OF"}) {
			t.Errorf("sent: %+v, unknown %v", b, sent.Unknown)
		}
		if n := w.pushes() - before; n != 4 {
			t.Errorf("%d devices were asked to call", n)
		}
		if n := w.counts(b.ID); n != (mdm.CommandCounts{Queued: 4}) {
			t.Errorf("counts %+v", n)
		}
		for _, p := range []*phone{good, busy, bad, away} {
			if c := p.report("Idle", "", nil); c == nil || c.Command.RequestType != "ProfileList" || c.CommandUUID != b.CommandUUID {
				t.Fatalf("command %+v", c)
			}
		}
		good.report("Acknowledged", b.CommandUUID, dict{"ProfileList": []any{}})
		if c := busy.report("NotNow", b.CommandUUID, nil); c != nil {
			t.Errorf("after NotNow the device got %s at once", c.Command.RequestType)
		}
		bad.report("Error", b.CommandUUID, dict{"ErrorChain": []any{dict{"ErrorCode": 12021, "ErrorDomain": "MCMDMErrorDomain", "USEnglishDescription": strings.Repeat("no ", 1000)}}})
		w.work()
		if n := w.counts(b.ID); n != (mdm.CommandCounts{Sent: 1, NotNow: 1, Acknowledged: 1, Failed: 1}) {
			t.Errorf("counts %+v", n)
		}
		if b := w.batch(b.ID); b.Status != commandbatch.StatusRunning || b.FinishedAt != nil {
			t.Errorf("ended before all have answered: %+v", b)
		}
		for _, p := range []*phone{busy, away} { // NotNow is later, and a lost answer is sent again
			if c := p.report("Idle", "", nil); c == nil || c.CommandUUID != b.CommandUUID {
				t.Fatal("the command did not come again")
			}
			p.report("Acknowledged", b.CommandUUID, nil)
		}
		w.work()
		if b := w.batch(b.ID); b.Status != commandbatch.StatusFinished || b.FinishedAt == nil || b.SealedBody == nil {
			t.Errorf("not ended: %+v", b)
		}
		if n := w.counts(b.ID); n != (mdm.CommandCounts{Acknowledged: 3, Failed: 1}) {
			t.Errorf("counts %+v", n)
		}
		for p, want := range map[*phone][]string{
			good: {"COMMAND_QUEUED ProfileList by Kim", "COMMAND_ACKNOWLEDGED ProfileList by Kim"},
			busy: {"COMMAND_QUEUED ProfileList by Kim", "COMMAND_ACKNOWLEDGED ProfileList by Kim"},
			bad:  {"COMMAND_QUEUED ProfileList by Kim", "COMMAND_FAILED ProfileList by Kim"}, not: nil,
		} {
			if got := p.commandsOf(); !slices.Equal(got, want) {
				t.Errorf("history %v, not %v", got, want)
			}
		}
		last := db.Reader().DeviceEvent.Query().Where(deviceevent.DeviceID(bad.id), deviceevent.KindEQ(deviceevent.KindCommandFailed)).OnlyX(t.Context())
		if n := len(last.Changes); n > 1000 {
			t.Errorf("the history holds %d bytes of the device's words", n)
		}
		c := db.Reader().MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID), mdmcommand.HasChannelWith(mdmchannel.DeviceID(good.id))).OnlyX(t.Context())
		if answer, err := w.mdm.Answer(t.Context(), c.ID); err != nil || !bytes.Contains(answer.Answer, []byte("ProfileList")) {
			t.Errorf("answer: %v", err)
		}
		w.clock.Advance(89 * 24 * time.Hour)
		for range 2 {
			if err := w.mdm.Prune(auth.System(t.Context())); err != nil {
				t.Fatal(err)
			}
			there := db.Reader().CommandBatch.Query().CountX(t.Context()) + db.Reader().MDMCommand.Query().Where(mdmcommand.CommandBatchIDNotNil()).CountX(t.Context())
			if want := map[bool]int{true: 5, false: 0}[w.clock.Since(b.CreatedAt) < 90*24*time.Hour]; there != want {
				t.Errorf("%d rows are kept, not %d", there, want)
			}
			w.clock.Advance(2 * 24 * time.Hour)
		}
	})
}

// What a command holds is sealed, shown to nobody but the devices, and gone when they have it.
func TestWhatACommandHoldsIsSealed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.enrolled(1)
		b := w.send(mdm.Command{Kind: mdm.DeviceLock, PIN: "480915", Message: "Call us", PhoneNumber: "+41 44 000 00 00"}, named(p))
		row := db.Reader().CommandBatch.GetX(t.Context(), b.ID)
		command := db.Reader().MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID)).OnlyX(t.Context())
		entry := db.Reader().AuditEntry.Query().Where(auditentry.Action("sendCommand")).OnlyX(t.Context())
		for where, text := range map[string][]byte{"the batch": row.SealedBody, "the command": command.Body, "the audit log": append(entry.After, entry.ObjectName...)} {
			if bytes.Contains(text, []byte("480915")) {
				t.Errorf("the PIN is in %s", where)
			}
		}
		if len(row.SealedBody) == 0 || entry.ActorName != "Kim" || entry.ObjectID == nil || *entry.ObjectID != b.ID {
			t.Errorf("batch %+v, audit %+v", row, entry)
		}
		c := p.report("Idle", "", nil)
		var got struct{ Command map[string]any }
		if err := plist.Unmarshal(c.Raw, &got); err != nil {
			t.Fatal(err)
		}
		if got.Command["PIN"] != "480915" || got.Command["Message"] != "Call us" || got.Command["PhoneNumber"] != "+41 44 000 00 00" || got.Command["RequestType"] != "DeviceLock" {
			t.Errorf("the device got %v", got.Command)
		}
		p.report("Acknowledged", c.CommandUUID, nil)
		w.work()
		if row := w.batch(b.ID); row.SealedBody != nil {
			t.Error("the sealed command is kept for nothing")
		}
		// A Mac is locked with a PIN; without one it would be out of reach.
		_, err := w.mdm.Send(w.as(role.Operator), mdm.Command{Kind: mdm.DeviceLock}, named(p))
		if e := apperr.As(err); e == nil || e.Code != apperr.BadUserInput || e.Field[0] != "pin" {
			t.Errorf("got %v", err)
		}
		db.Ent().Device.UpdateOneID(p.id).SetPlatform(device.PlatformIOS).ExecX(t.Context())
		w.send(mdm.Command{Kind: mdm.DeviceLock}, named(p))
	})
}

func xmlPlist(content string) []byte { return []byte(plistHead + content + "</plist>") }

// The contract: what cannot be undone takes ADMIN, serial numbers and their count, wherever a raw command hides it.
func TestWhatCannotBeUndone(t *testing.T) {
	erases := map[string]mdm.Command{
		"erase":  {Kind: mdm.EraseDevice},
		"raw":    {Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>EraseDevice</string></dict>`)},
		"whole":  {Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>CommandUUID</key><string>x</string><key>Command</key><dict><key>RequestType</key><string>EraseDevice</string></dict></dict>`)},
		"nested": {Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>Settings</string><key>A</key><array><dict><key>RequestType</key><string>eraseDevice</string></dict></array></dict>`)},
		"binary": {Kind: mdm.Raw, Plist: binaryPlist(map[string]any{"RequestType": "EraseDevice"})},
		"utf-16": {Kind: mdm.Raw, Plist: binaryPlist(map[string]any{"RequestType": "Settings", "X": utf16Text("EraseDevice")})},
		"binary, nested in data": {Kind: mdm.Raw, Plist: binaryPlist(map[string]any{"RequestType": "Settings",
			"Data": binaryPlist(map[string]any{"Command": []any{map[string]any{"RequestType": "EraseDevice"}}})})},
		"as a key":      {Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>Settings</string><key>EraseDevice</key><true/></dict>`)},
		"JSON in data":  {Kind: mdm.Raw, Plist: binaryPlist(map[string]any{"RequestType": "DeclarativeManagement", "Data": []byte(`{"x":"EraseDevice"}`)})},
		"second of two": {Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>Settings</string><key>RequestType</key><string>EraseDevice</string></dict>`)},
	}
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.enrolled(1)
		now := w.clock.Now()
		group := db.Ent().DeviceGroup.Create().SetName("g").SetPosition(1).SetCreatedAt(now).SetUpdatedAt(now).SaveX(t.Context())
		one, two := 1, 2
		many := make([]string, 1001)
		for i := range many {
			many[i] = fmt.Sprint("S", i)
		}
		for name, c := range erases {
			for _, refused := range []struct {
				why     string
				by      role.Role
				devices devicegroup.Selection
				code    apperr.Code
			}{
				{"an operator", role.Operator, devicegroup.Selection{SerialNumbers: []string{p.serial}, ExpectedCount: &one}, apperr.Forbidden},
				{"a viewer", role.Viewer, devicegroup.Selection{SerialNumbers: []string{p.serial}, ExpectedCount: &one}, apperr.Forbidden},
				{"no count", role.Admin, devicegroup.Selection{SerialNumbers: []string{p.serial}}, apperr.BadUserInput},
				{"another count", role.Admin, devicegroup.Selection{SerialNumbers: []string{p.serial}, ExpectedCount: &two}, apperr.Conflict},
				{"identifiers", role.Admin, devicegroup.Selection{IDs: []gid.ID{p.id}, ExpectedCount: &one}, apperr.BadUserInput},
				{"a filter", role.Admin, devicegroup.Selection{Where: device.IDGT(0), ExpectedCount: &one}, apperr.BadUserInput},
				{"a group", role.Admin, devicegroup.Selection{GroupID: group.ID, ExpectedCount: &one}, apperr.BadUserInput},
				{"both", role.Admin, devicegroup.Selection{SerialNumbers: []string{p.serial}, GroupID: group.ID, ExpectedCount: &one}, apperr.BadUserInput},
				{"a list", role.Admin, devicegroup.Selection{SerialListID: 1, ExpectedCount: &one}, apperr.BadUserInput},
				{"too many", role.Admin, devicegroup.Selection{SerialNumbers: many, ExpectedCount: &one}, apperr.BadUserInput},
			} {
				if _, err := w.mdm.Send(w.as(refused.by), c, refused.devices); apperr.CodeOf(err) != refused.code {
					t.Errorf("%s, %s: %v, not %s", name, refused.why, err, refused.code)
				}
			}
		}
		if n := db.Reader().CommandBatch.Query().CountX(t.Context()); n > 0 {
			t.Fatalf("%d commands were taken", n)
		}
		// Every raw command is the administrators': nobody can tell what it does.
		harmless := mdm.Command{Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>SecurityInfo</string></dict>`)}
		if _, err := w.mdm.Send(w.as(role.Operator), harmless, named(p)); apperr.CodeOf(err) != apperr.Forbidden {
			t.Errorf("got %v", err)
		}
		w.send(harmless, devicegroup.Selection{Where: device.IDGT(0), ExpectedCount: &one})
		b := w.send(mdm.Command{Kind: mdm.EraseDevice, PIN: "123456"}, confirmed(named(p)))
		entry := db.Reader().AuditEntry.Query().Where(auditentry.ObjectID(b.ID)).OnlyX(t.Context())
		if !strings.Contains(string(entry.After), p.serial) || strings.Contains(string(entry.After), "123456") {
			t.Errorf("audit entry %s", entry.After)
		}
		got := answer(p, p.report("Idle", "", nil))
		if !slices.Equal(got, []string{"SecurityInfo", "EraseDevice"}) {
			t.Errorf("commands: %v", got)
		}
	})
}

// A binary command arrives as it was meant.
func TestRawCommandArrives(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p := w.enrolled(1)
		w.send(mdm.Command{Kind: mdm.Raw, Plist: binaryPlist(map[string]any{"CommandUUID": "theirs", "Command": map[string]any{
			"RequestType": "Settings", "Settings": []any{map[string]any{"Item": "DeviceName", "DeviceName": utf16Text("Zürich 7"), "On": true, "N": 7, "Blob": []byte{0, 1}}}}})}, named(p))
		var got struct {
			CommandUUID string
			Command     struct {
				RequestType string
				Settings    []struct {
					Item, DeviceName string
					On               bool
					N                int
					Blob             []byte
				}
			}
		}
		if err := plist.Unmarshal(p.report("Idle", "", nil).Raw, &got); err != nil {
			t.Fatal(err)
		}
		s := got.Command.Settings
		if got.CommandUUID == "theirs" || got.Command.RequestType != "Settings" || len(s) != 1 || s[0].DeviceName != "Zürich 7" || !s[0].On || s[0].N != 7 || !bytes.Equal(s[0].Blob, []byte{0, 1}) {
			t.Errorf("the device got %+v", got)
		}
	})
}

func mobileconfig(kind, identifier, payload string) []byte {
	return xmlPlist(`<dict><key>PayloadType</key><string>` + kind + `</string><key>PayloadIdentifier</key><string>` + identifier + `</string><key>PayloadUUID</key><string>U</string>` +
		`<key>PayloadDisplayName</key><string>Wi-Fi</string><key>PayloadContent</key><array><dict><key>PayloadType</key><string>` + payload + `</string></dict></array></dict>`)
}

// What is wrong with a command is said, and nothing is queued.
func TestCommandsAreChecked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		p, not := w.enrolled(1), w.buy(2)
		good := mobileconfig("Configuration", "com.example.wifi", "com.apple.wifi.managed")
		signed, err := pkcs7.NewSignedData(good)
		if err != nil {
			t.Fatal(err)
		}
		if err := signed.AddSigner(p.cert, p.key, pkcs7.SignerInfoConfig{}); err != nil {
			t.Fatal(err)
		}
		der, err := signed.Finish()
		if err != nil {
			t.Fatal(err)
		}
		for name, bad := range map[string]struct {
			c     mdm.Command
			field string
		}{
			"no profile":       {mdm.Command{Kind: mdm.InstallProfile}, "profileBase64"},
			"no plist":         {mdm.Command{Kind: mdm.InstallProfile, Profile: []byte("hello")}, "profileBase64"},
			"too large":        {mdm.Command{Kind: mdm.InstallProfile, Profile: bytes.Repeat([]byte(" "), 1<<20)}, "profileBase64"},
			"another type":     {mdm.Command{Kind: mdm.InstallProfile, Profile: mobileconfig("com.apple.wifi.managed", "x", "y")}, "profileBase64"},
			"no identifier":    {mdm.Command{Kind: mdm.InstallProfile, Profile: mobileconfig("Configuration", " ", "y")}, "profileBase64"},
			"payload no type":  {mdm.Command{Kind: mdm.InstallProfile, Profile: mobileconfig("Configuration", "x", "")}, "profileBase64"},
			"enrolls":          {mdm.Command{Kind: mdm.InstallProfile, Profile: mobileconfig("Configuration", "x", "com.apple.mdm")}, "profileBase64"},
			"cut off":          {mdm.Command{Kind: mdm.InstallProfile, Profile: der[:len(der)-20]}, "profileBase64"},
			"entities":         {mdm.Command{Kind: mdm.InstallProfile, Profile: []byte(`<!DOCTYPE x [<!ENTITY a "b">]><plist/>`)}, "profileBase64"},
			"no profile named": {mdm.Command{Kind: mdm.RemoveProfile, ProfileIdentifier: " "}, "profileIdentifier"},
			"enrollment":       {mdm.Command{Kind: mdm.RemoveProfile, ProfileIdentifier: enrollmentProfile}, "profileIdentifier"},
			"enrollment, raw": {mdm.Command{Kind: mdm.Raw, Plist: xmlPlist(`<dict><key>RequestType</key><string>RemoveProfile</string><key>Identifier</key><string>` +
				enrollmentProfile + `</string></dict>`)}, "rawBase64"},
			"PIN":             {mdm.Command{Kind: mdm.DeviceLock, PIN: "12345"}, "pin"},
			"PIN of letters":  {mdm.Command{Kind: mdm.DeviceLock, PIN: "12345a"}, "pin"},
			"message":         {mdm.Command{Kind: mdm.DeviceLock, PIN: "123456", Message: strings.Repeat("x", 501)}, "message"},
			"others":          {mdm.Command{Kind: mdm.RestartDevice, PIN: "123456"}, "pin"},
			"raw without":     {mdm.Command{Kind: mdm.Raw}, "rawBase64"},
			"raw no dict":     {mdm.Command{Kind: mdm.Raw, Plist: xmlPlist("<array/>")}, "rawBase64"},
			"raw no type":     {mdm.Command{Kind: mdm.Raw, Plist: xmlPlist("<dict/>")}, "rawBase64"},
			"raw strange":     {mdm.Command{Kind: mdm.Raw, Plist: xmlPlist("<dict><key>RequestType</key><string>a b</string></dict>")}, "rawBase64"},
			"raw cut off":     {mdm.Command{Kind: mdm.Raw, Plist: binaryPlist(map[string]any{"RequestType": "X"})[:50]}, "rawBase64"},
			"unknown command": {mdm.Command{Kind: "DANCE"}, "command"},
		} {
			_, err := w.mdm.Send(w.as(role.Admin), bad.c, named(p))
			if e := apperr.As(err); e == nil || e.Code != apperr.BadUserInput || len(e.Field) == 0 || e.Field[0] != bad.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		zero := 0
		for name, bad := range map[string]struct {
			devices devicegroup.Selection
			code    apperr.Code
		}{
			"nobody enrolled":    {named(not), apperr.Conflict},
			"nobody":             {devicegroup.Selection{SerialNumbers: []string{"X"}}, apperr.BadUserInput},
			"no way":             {devicegroup.Selection{}, apperr.BadUserInput},
			"filter, no count":   {devicegroup.Selection{Where: device.IDGT(0)}, apperr.BadUserInput},
			"filter, other":      {devicegroup.Selection{Where: device.IDGT(0), ExpectedCount: &zero}, apperr.Conflict},
			"a group of nowhere": {devicegroup.Selection{GroupID: gid.New(gid.DeviceGroup, 9)}, apperr.NotFound},
		} {
			if _, err := w.mdm.Send(w.as(role.Operator), mdm.Command{Kind: mdm.RestartDevice}, bad.devices); apperr.CodeOf(err) != bad.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := db.Reader().CommandBatch.Query().CountX(t.Context()); n > 0 {
			t.Errorf("%d commands were taken", n)
		}
		for _, file := range [][]byte{good, der} {
			b := w.send(mdm.Command{Kind: mdm.InstallProfile, Profile: file}, named(p))
			if b.Title != "Wi-Fi (com.example.wifi)" {
				t.Errorf("title %q", b.Title)
			}
			var got struct{ Command struct{ Payload []byte } }
			c := p.report("Idle", "", nil)
			if err := plist.Unmarshal(c.Raw, &got); err != nil || !bytes.Equal(got.Command.Payload, file) {
				t.Errorf("the profile arrived changed: %v", err)
			}
			p.report("Acknowledged", c.CommandUUID, nil)
		}
	})
}

// What devices have not got can be taken back; what one has, it does.
func TestCancelCommands(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		waits, busy, has := w.enrolled(1), w.enrolled(2), w.enrolled(3)
		b := w.send(mdm.Command{Kind: mdm.RestartDevice}, named(waits, busy, has))
		busy.report("NotNow", busy.report("Idle", "", nil).CommandUUID, nil)
		c := has.report("Idle", "", nil)
		b, n, err := w.mdm.CancelBatch(w.as(role.Operator), b.ID)
		if err != nil || n != 2 || b.Status != commandbatch.StatusCanceled || b.FinishedAt != nil {
			t.Fatalf("canceled %d, %v: %+v", n, err, b)
		}
		for _, p := range []*phone{waits, busy} {
			if c := p.report("Idle", "", nil); c != nil {
				t.Errorf("the device got %s", c.Command.RequestType)
			}
			if got := p.commandsOf(); !slices.Equal(got, []string{"COMMAND_QUEUED RestartDevice by Kim", "COMMAND_CANCELED RestartDevice by Kim"}) {
				t.Errorf("history %v", got)
			}
		}
		if _, _, err := w.mdm.CancelBatch(w.as(role.Operator), b.ID); apperr.CodeOf(err) != apperr.Conflict {
			t.Errorf("once more: %v", err)
		}
		if _, _, err := w.mdm.CancelBatch(w.as(role.Operator), gid.New(gid.CommandBatch, 99)); apperr.CodeOf(err) != apperr.NotFound {
			t.Errorf("of nothing: %v", err)
		}
		// One that puts it off after the batch was canceled does not get it again either.
		has.report("NotNow", c.CommandUUID, nil)
		w.work()
		if c := has.report("Idle", "", nil); c != nil {
			t.Errorf("the device got %s", c.Command.RequestType)
		}
		if b := w.batch(b.ID); b.Status != commandbatch.StatusCanceled || b.FinishedAt == nil || b.SealedBody == nil {
			t.Errorf("not ended: %+v", b)
		}
		if n := w.counts(b.ID); n != (mdm.CommandCounts{Canceled: 3}) {
			t.Errorf("counts %+v", n)
		}
		// One alone.
		b = w.send(mdm.Command{Kind: mdm.RestartDevice}, named(waits))
		one := db.Reader().MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID)).OnlyX(t.Context())
		if c, err := w.mdm.CancelCommand(w.as(role.Operator), one.ID); err != nil || c.Status != mdmcommand.StatusCanceled {
			t.Errorf("got %v, %v", c, err)
		}
		if _, err := w.mdm.CancelCommand(w.as(role.Operator), one.ID); apperr.CodeOf(err) != apperr.Conflict {
			t.Errorf("once more: %v", err)
		}
		own := db.Reader().MDMCommand.Query().Where(mdmcommand.PurposeEQ(mdmcommand.PurposeFirst)).FirstX(t.Context())
		if _, err := w.mdm.CancelCommand(w.as(role.Operator), own.ID); apperr.CodeOf(err) != apperr.Conflict {
			t.Errorf("GuardMDM's own: %v", err)
		}
	})
}

// A command to more devices than a transaction takes: replicas carry it on together, each device gets it once, and what left meanwhile is counted.
func TestACommandToMany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		w := newWorld(t, db)
		n := 2*mdm.Slice + 100
		w.fleet(n)
		all := devicegroup.Selection{Where: device.IDGT(0), ExpectedCount: &n}
		b := w.send(mdm.Command{Kind: mdm.DeviceInformation}, all)
		if b.Total != mdm.Slice || b.Queued || b.Devices != n || b.NotEnrolled != 0 {
			t.Fatalf("at first: %+v", b)
		}
		db.Ent().MDMChannel.Update().Where(mdmchannel.Channel(fmt.Sprintf("UF%06d", n-1))).SetEnabled(false).ExecX(t.Context())
		var both sync.WaitGroup
		for _, s := range []*mdm.Service{w.mdm, w.replica()} {
			both.Go(func() {
				if err := s.WorkOnBatches(auth.System(t.Context())); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		w.work()
		if b := w.batch(b.ID); b.Total != n-1 || !b.Queued || b.NotEnrolled != 1 || b.Waiting != nil {
			t.Errorf("in the end: %+v", b)
		}
		if got := w.counts(b.ID); got != (mdm.CommandCounts{Queued: n - 1}) {
			t.Errorf("counts %+v", got)
		}
		if events := db.Reader().DeviceEvent.Query().Where(deviceevent.KindEQ(deviceevent.KindCommandQueued)).CountX(t.Context()); events != n-1 {
			t.Errorf("%d events", events)
		}
		if pushes := w.pushes(); pushes < n-1 {
			t.Errorf("%d pushes", pushes)
		}
		// Canceled while it is being queued: nobody gets it any more.
		second := w.send(mdm.Command{Kind: mdm.RestartDevice}, all)
		second, canceled, err := w.mdm.CancelBatch(w.as(role.Operator), second.ID)
		w.work()
		if err != nil || canceled != n-1 || second.Status != commandbatch.StatusCanceled || second.FinishedAt == nil {
			t.Errorf("%d canceled, %v: %+v", canceled, err, second)
		}
		if got := w.counts(second.ID); got != (mdm.CommandCounts{Canceled: n - 1}) {
			t.Errorf("counts %+v", got)
		}
	})
}
