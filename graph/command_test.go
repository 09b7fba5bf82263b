package graph_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/ent/commandbatch"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// Lists of commands leave out what they do not show: bodies and answers are long, and a page has 200.
func TestListsOfCommandsReadNoBodies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{})
		a := newAPI(t, s)
		ctx, now, long := t.Context(), s.Clock.Now().UTC(), bytes.Repeat([]byte("x"), 256<<10)
		token := db.Ent().ABMToken.Create().SetName("token").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx).ID
		d := db.Ent().Device.Create().SetSerialNumber("MAC1").SetAbmTokenID(token).SetPlatform(device.PlatformMacOS).SetAddedAt(now).SetChangedAt(now).SaveX(ctx)
		channel := db.Ent().MDMChannel.Create().SetChannel("U").SetDeviceID(d.ID).SetOfUser(false).SetEnabled(true).SaveX(ctx)
		for i := range 60 {
			uuid := fmt.Sprint("uuid-", i)
			b := db.Ent().CommandBatch.Create().SetCommandUUID(uuid).SetRequestType("ProfileList").SetTitle("").SetStatus(commandbatch.StatusRunning).SetRequestedBy("Ada").
				SetSealedBody(long).SetWaiting(long).SetDevices(1).SetTotal(1).SetQueued(true).SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx)
			db.Ent().MDMCommand.Create().SetMdmChannelID(channel.ID).SetCommandBatchID(b.ID).SetCommandUUID(uuid).SetRequestType("ProfileList").SetBody(long).
				SetPurpose(mdmcommand.PurposePerson).SetStatus(mdmcommand.StatusAcknowledged).SetAnswer(long).SetQueuedAt(now).ExecX(ctx)
		}
		for name, query := range map[string]string{
			"batches":    `{ commandBatches(first: 60) { nodes { title requestedBy notEnrolledSerialNumbers canResend counts { acknowledged } } } }`,
			"a device's": `{ mdmCommands(deviceId: "` + d.ID.String() + `", first: 60) { nodes { requestType status isForUser device { serialNumber } } } }`,
		} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r := a.do(query, nil)
			runtime.ReadMemStats(&after)
			if n := strings.Count(string(r.Data), `"Ada"`) + strings.Count(string(r.Data), `"MAC1"`); n != 60 || len(r.Errors) > 0 {
				t.Errorf("%s: %d rows, %v", name, n, r.Errors)
			}
			if read := after.TotalAlloc - before.TotalAlloc; read > 8<<20 {
				t.Errorf("%s: %d MiB for a page", name, read>>20)
			}
		}
	})
}

const send = `mutation($input: SendCommandInput!) { sendCommand(input: $input) {
	commandBatch { id requestType title status devices notEnrolled notEnrolledSerialNumbers total isQueued requestedBy counts { queued acknowledged failed canceled } }
	unknownSerialNumbers userErrors { code field } } }`

// Commands by the API: every way to say which devices, lists, what is refused and to whom, and that nothing secret comes back.
func TestCommandsByTheAPI(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{})
		a := newAPI(t, s)
		ctx, now := t.Context(), s.Clock.Now().UTC()
		token := db.Ent().ABMToken.Create().SetName("token").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx).ID
		ids := map[string]string{}
		for i, serial := range []string{"MAC1", "MAC2", "NOT1"} {
			d := db.Ent().Device.Create().SetSerialNumber(serial).SetAbmTokenID(token).SetPlatform(device.PlatformMacOS).SetAddedAt(now).SetChangedAt(now).SaveX(ctx)
			ids[serial] = d.ID.String()
			if serial == "NOT1" {
				continue
			}
			db.Ent().DeviceEnrollment.Create().SetDeviceID(d.ID).SetStatus(deviceenrollment.StatusEnrolled).SetEnrolledAt(now).SetLastSeenAt(now).ExecX(ctx)
			db.Ent().MDMChannel.Create().SetChannel(fmt.Sprint("U", i)).SetDeviceID(d.ID).SetOfUser(false).SetEnabled(true).SetAuthenticatedAt(now).ExecX(ctx)
		}
		must(t, db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token, now) }))

		type input = map[string]any
		ask := func(r role.Role, document string, variables map[string]any, want string) string {
			t.Helper()
			response := a.doAs(r, document, variables)
			if len(response.Errors) > 0 {
				t.Fatalf("%s %v: %v", document, variables, response.Errors)
			}
			got := strings.ReplaceAll(string(response.Data), " ", "")
			if !strings.Contains(got, want) {
				t.Errorf("%v\n%s\nwithout\n%s", variables, got, want)
			}
			return got
		}
		sendAs := func(r role.Role, in input, want string) string {
			t.Helper()
			return ask(r, send, map[string]any{"input": in}, want)
		}

		first := sendAs(role.Operator, input{"command": "DEVICE_INFORMATION", "serialNumbers": []string{"mac1", "NOT1", "NOBODY"}},
			`"requestType":"DeviceInformation","title":"","status":"RUNNING","devices":2,"notEnrolled":1,"notEnrolledSerialNumbers":["NOT1"],"total":1,"isQueued":true,"requestedBy":"Ada",`+
				`"counts":{"queued":1,"acknowledged":0,"failed":0,"canceled":0}},"unknownSerialNumbers":["NOBODY"],"userErrors":[]`)
		batch := first[strings.Index(first, `"id":"`)+6:]
		batch = batch[:strings.Index(batch, `"`)]
		pin := input{"command": "DEVICE_LOCK", "pin": "402817", "message": "Lost", "deviceIds": []string{ids["MAC1"], ids["MAC2"]}}
		sendAs(role.Operator, pin, `"total":2`)
		sendAs(role.Operator, input{"command": "RESTART_DEVICE", "where": input{"enrollmentStatus": "ENROLLED"}, "expectedCount": 2}, `"devices":2,"notEnrolled":0`)
		group := db.Ent().DeviceGroup.Create().SetName("Macs").SetPosition(1).SetRule([]byte(`{"field":"PLATFORM","operator":"IS_ANY_OF","values":["MACOS"]}`)).SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx)
		response := sendAs(role.Operator, input{"command": "PROFILE_LIST", "deviceGroupId": group.ID.String()}, `"sendCommand"`)
		if !strings.Contains(response, `"devices":3,"notEnrolled":1`) {
			t.Errorf("a group: %s", response)
		}

		file := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
		for name, refused := range map[string]struct {
			in   input
			want string
		}{
			"no count":      {input{"command": "RESTART_DEVICE", "where": input{"enrollmentStatus": "ENROLLED"}}, `"code":"BAD_USER_INPUT","field":["expectedCount"]`},
			"another count": {input{"command": "RESTART_DEVICE", "where": input{"enrollmentStatus": "ENROLLED"}, "expectedCount": 3}, `"code":"CONFLICT","field":["expectedCount"]`},
			"not enrolled":  {input{"command": "RESTART_DEVICE", "serialNumbers": []string{"NOT1"}}, `"code":"CONFLICT"`},
			"two ways":      {input{"command": "RESTART_DEVICE", "serialNumbers": []string{"MAC1"}, "deviceIds": []string{ids["MAC1"]}}, `"code":"BAD_USER_INPUT"`},
			"no base64":     {input{"command": "INSTALL_PROFILE", "profileBase64": "%%", "serialNumbers": []string{"MAC1"}}, `"code":"BAD_USER_INPUT","field":["profileBase64"]`},
			"no profile":    {input{"command": "INSTALL_PROFILE", "profileBase64": file("x"), "serialNumbers": []string{"MAC1"}}, `"code":"BAD_USER_INPUT","field":["profileBase64"]`},
			"erase by ids":  {input{"command": "ERASE_DEVICE", "deviceIds": []string{ids["MAC1"]}, "expectedCount": 1}, `"code":"BAD_USER_INPUT","field":["serialNumbers"]`},
			"erase, filter": {input{"command": "ERASE_DEVICE", "where": input{"enrollmentStatus": "ENROLLED"}, "expectedCount": 2}, `"code":"BAD_USER_INPUT","field":["serialNumbers"]`},
			"erase, group":  {input{"command": "ERASE_DEVICE", "deviceGroupId": group.ID.String(), "expectedCount": 3}, `"code":"BAD_USER_INPUT","field":["serialNumbers"]`},
			"erase, alone":  {input{"command": "ERASE_DEVICE", "serialNumbers": []string{"MAC1"}}, `"code":"BAD_USER_INPUT","field":["expectedCount"]`},
			"raw erase": {input{"command": "RAW", "deviceIds": []string{ids["MAC1"]}, "expectedCount": 1,
				"rawBase64": file(`<plist><dict><key>Command</key><dict><key>RequestType</key><string>EraseDevice</string></dict></dict></plist>`)}, `"code":"BAD_USER_INPUT","field":["serialNumbers"]`},
		} {
			if got := sendAs(role.Admin, refused.in, refused.want); !strings.Contains(got, `"commandBatch":null`) {
				t.Errorf("%s: %s", name, got)
			}
		}
		for _, in := range []input{{"command": "ERASE_DEVICE", "serialNumbers": []string{"MAC1"}, "expectedCount": 1},
			{"command": "RAW", "serialNumbers": []string{"MAC1"}, "rawBase64": file(`<plist><dict><key>RequestType</key><string>SecurityInfo</string></dict></plist>`)}} {
			response := a.doAs(role.Operator, send, map[string]any{"input": in})
			if len(response.Errors) != 1 || fmt.Sprint(response.Errors[0].Extensions["code"]) != "FORBIDDEN" {
				t.Errorf("an operator and %s: %s %v", in["command"], response.Data, response.Errors)
			}
		}
		sendAs(role.Admin, input{"command": "ERASE_DEVICE", "serialNumbers": []string{"MAC2"}, "expectedCount": 1}, `"requestType":"EraseDevice"`)

		all := ask(role.Viewer, `{ commandBatches(first: 3) { totalCount nodes { requestType title counts { queued sent notNow acknowledged failed canceled dropped } } pageInfo { hasNextPage } } }`, nil,
			`{"commandBatches":{"totalCount":5,"nodes":[{"requestType":"EraseDevice","title":"","counts":{"queued":1,`)
		ask(role.Viewer, `query($b: ID) { mdmCommands(commandBatchId: $b) { totalCount nodes { requestType status commandBatchId requestedBy isForUser device { serialNumber enrollmentStatus } } } }`, map[string]any{"b": batch},
			`{"mdmCommands":{"totalCount":1,"nodes":[{"requestType":"DeviceInformation","status":"QUEUED","commandBatchId":"`+batch+`","requestedBy":"Ada","isForUser":false,"device":{"serialNumber":"MAC1","enrollmentStatus":"ENROLLED"}}]}}`)
		ask(role.Viewer, `query($b: ID) { mdmCommands(commandBatchId: $b, status: ERROR) { totalCount } }`, map[string]any{"b": batch}, `{"totalCount":0}`)
		ask(role.Viewer, `query($d: ID) { mdmCommands(deviceId: $d) { nodes { requestType } } }`, map[string]any{"d": ids["MAC2"]},
			`[{"requestType":"EraseDevice"},{"requestType":"ProfileList"},{"requestType":"RestartDevice"},{"requestType":"DeviceLock"}]`)
		for _, bad := range []string{`{ mdmCommands { totalCount } }`, `{ mdmCommands(deviceId: "dev_1", commandBatchId: "cmb_1") { totalCount } }`} {
			if code := a.code(bad, nil); code != "BAD_USER_INPUT" {
				t.Errorf("%s: %q", bad, code)
			}
		}
		events := ask(role.Viewer, `query($d: ID!) { deviceEvents(deviceId: $d, first: 20) { nodes { kind requestedBy changes } } }`, map[string]any{"d": ids["MAC1"]}, `"kind":"COMMAND_QUEUED","requestedBy":"Ada","changes":{"command":[null,`)
		audit := ask(role.Admin, `{ auditEntries(first: 20) { nodes { action objectName after } } }`, nil, `"sendCommand"`)
		if text := all + events + audit; strings.Contains(text, "402817") {
			t.Error("the PIN came back")
		}

		command := db.Ent().MDMCommand.Query().Where(mdmcommand.RequestType("DeviceInformation")).OnlyX(ctx)
		db.Ent().MDMCommand.UpdateOne(command).SetStatus(mdmcommand.StatusAcknowledged).SetAnswer([]byte("<plist/>")).SetAnsweredAt(now).SetDoneAt(now).ExecX(ctx)
		ask(role.Operator, `query($c: ID!) { mdmCommandAnswer(mdmCommandId: $c) { plist } }`, map[string]any{"c": command.ID.String()}, `{"plist":"<plist/>"}`)
		cancel := `mutation($b: ID, $c: ID) { cancelCommands(input: {commandBatchId: $b, mdmCommandId: $c}) { commandBatch { status counts { canceled } } mdmCommand { status } canceled userErrors { code field } } }`
		ask(role.Operator, cancel, nil, `"userErrors":[{"code":"BAD_USER_INPUT","field":["commandBatchId"]}]`)
		ask(role.Operator, cancel, map[string]any{"c": command.ID.String()}, `"userErrors":[{"code":"CONFLICT","field":["mdmCommandId"]}]`)
		waits := db.Ent().MDMCommand.Query().Where(mdmcommand.RequestType("EraseDevice")).OnlyX(ctx)
		ask(role.Operator, cancel, map[string]any{"b": waits.CommandBatchID.String()}, `{"commandBatch":{"status":"CANCELED","counts":{"canceled":1}},"mdmCommand":null,"canceled":1,"userErrors":[]}`)
		ask(role.Viewer, `query($b: ID!) { node(id: $b) { ... on CommandBatch { status requestType finishedAt } } }`, map[string]any{"b": waits.CommandBatchID.String()}, `"status":"CANCELED","requestType":"EraseDevice"`)

		// Again: what cannot be undone as the first time, anything else by number.
		resend := `mutation($in: ResendCommandInput!) { resendCommand(input: $in) { commandBatch { status canResend counts { queued canceled } } userErrors { code field } } }`
		erase := waits.CommandBatchID.String()
		ask(role.Admin, resend, map[string]any{"in": input{"commandBatchId": erase, "expectedCount": 1}}, `{"commandBatch":null,"userErrors":[{"code":"BAD_USER_INPUT","field":["serialNumbers"]}]}`)
		if code := fmt.Sprint(a.doAs(role.Operator, resend, map[string]any{"in": input{"commandBatchId": erase, "serialNumbers": []string{"MAC2"}, "expectedCount": 1}}).Errors[0].Extensions["code"]); code != "FORBIDDEN" {
			t.Errorf("an operator: %s", code)
		}
		ask(role.Admin, resend, map[string]any{"in": input{"commandBatchId": erase, "serialNumbers": []string{"mac2"}, "expectedCount": 1}},
			`{"commandBatch":{"status":"RUNNING","canResend":true,"counts":{"queued":1,"canceled":0}},"userErrors":[]}`)
		restart := db.Ent().MDMCommand.Query().Where(mdmcommand.RequestType("RestartDevice")).FirstX(ctx).CommandBatchID.String()
		ask(role.Operator, cancel, map[string]any{"b": restart}, `"canceled":2`)
		ask(role.Operator, resend, map[string]any{"in": input{"commandBatchId": restart, "expectedCount": 1}}, `{"commandBatch":null,"userErrors":[{"code":"CONFLICT","field":["expectedCount"]}]}`)
		ask(role.Operator, resend, map[string]any{"in": input{"commandBatchId": restart, "expectedCount": 2}}, `"counts":{"queued":2,"canceled":0}},"userErrors":[]`)
		ask(role.Viewer, `query($b: ID!) { node(id: $b) { ... on CommandBatch { canResend } } }`, map[string]any{"b": batch}, `{"canResend":false}`)
	})
}
