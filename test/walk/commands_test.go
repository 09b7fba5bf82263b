package walk_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/server/simdevice"
	"github.com/guardmdm/guardmdm/test/dbtest"
)

// ask carries out an operation over HTTP with the role of an API token. It gives the answer without blanks.
func (w *world) ask(r role.Role, query string, variables map[string]any) string {
	w.Helper()
	_, secret, err := w.guard.APITokens.Create(w.ctx, fmt.Sprintf("%s %d", r, time.Now().UnixNano()), r, time.Now().Add(time.Hour))
	must(w, err)
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	must(w, err)
	request, err := http.NewRequestWithContext(w.ctx, http.MethodPost, w.guard.Server.URL()+"/graphql", bytes.NewReader(body))
	must(w, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+secret)
	answer, err := w.options.Client.Do(request)
	must(w, err)
	defer answer.Body.Close()
	var text bytes.Buffer
	_, err = text.ReadFrom(answer.Body)
	must(w, err)
	return text.String()
}

const sendCommand = `mutation($input: SendCommandInput!) { sendCommand(input: $input) { commandBatch { id } userErrors { code message } } }`

// send sends a command as an administrator and gives the batch.
func (w *world) send(input map[string]any) *ent.CommandBatch {
	w.Helper()
	answer := w.ask(role.Admin, sendCommand, map[string]any{"input": input})
	if !strings.Contains(answer, `"userErrors":[]`) {
		w.Fatalf("%v: %s", input["command"], answer)
	}
	batches := w.db.Reader().CommandBatch.Query().AllX(w.ctx)
	return slices.MaxFunc(batches, func(a, b *ent.CommandBatch) int { return int(a.ID - b.ID) })
}

// status is how a device's command of a batch stands.
func (w *world) status(b *ent.CommandBatch, d *simdevice.Device) string {
	w.Helper()
	c := w.db.Reader().MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID), mdmcommand.HasChannelWith(mdmchannel.DeviceID(w.id(d)))).OnlyX(w.ctx)
	return string(c.Status)
}

// Commands over HTTP with every kind of answer: Acknowledged, NotNow and then Acknowledged, Error, none; the token expires in between, and they go on.
func TestCommandsWithEveryAnswerAndATokenThatExpires(t *testing.T) {
	dbtest.EachMigratedURL(t, func(t *testing.T, databaseURL string) {
		dbtest.CheckLeaks(t)
		w := newWorld(t, databaseURL, settings{devices: 5})
		all := w.devices(5)
		good, busy, bad, never, not := all[0], all[1], all[2], all[3], all[4]
		var serials []string
		for _, d := range all {
			serials = append(serials, d.SerialNumber)
			if d != not {
				must(t, w.enroll(d))
				_, err := d.Connect(w.ctx) // its first commands
				must(t, err)
			}
		}
		if answer := w.ask(role.Viewer, sendCommand, map[string]any{"input": map[string]any{"command": "PROFILE_LIST", "serialNumbers": serials}}); !strings.Contains(answer, `"FORBIDDEN"`) {
			t.Errorf("a viewer sends: %s", answer)
		}
		if answer := w.ask(role.Operator, sendCommand, map[string]any{"input": map[string]any{"command": "ERASE_DEVICE", "serialNumbers": serials, "expectedCount": 5}}); !strings.Contains(answer, `"FORBIDDEN"`) {
			t.Errorf("an operator erases: %s", answer)
		}

		// One of them lives, and hears that it is asked to call; the others call when the test says so.
		lives := make(chan error, 1)
		go func() { lives <- good.Live(w.ctx) }()
		b := w.send(map[string]any{"command": "PROFILE_LIST", "serialNumbers": serials})
		w.until("the device that lives has answered", func() bool { return w.status(b, good) == "ACKNOWLEDGED" })
		busy.NotNow, bad.Error, never.Never = 1, 1, 1
		for _, d := range []*simdevice.Device{busy, bad, never} {
			_, err := d.Connect(w.ctx)
			must(t, err)
		}
		for d, want := range map[*simdevice.Device]string{busy: "NOT_NOW", bad: "ERROR", never: "SENT"} {
			if got := w.status(b, d); got != want {
				t.Errorf("%s, not %s", got, want)
			}
		}
		// The device that does not answer is asked to call again later: it has a mark.
		w.until("the device is to be asked again", func() bool {
			c := w.db.Reader().MDMChannel.Query().Where(mdmchannel.DeviceID(w.id(never))).OnlyX(w.ctx)
			return c.PushDueAt != nil && c.PushRepeats == 1
		})

		// The token expires. What waits goes on, and more can be sent.
		w.db.Ent().ABMToken.Update().SetState(abmtoken.StateExpired).SetExpiresAt(time.Now().Add(-time.Hour)).ExecX(w.ctx)
		profile := base64.StdEncoding.EncodeToString([]byte(`<plist version="1.0"><dict><key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>com.example.wifi</string>` +
			`<key>PayloadUUID</key><string>A</string><key>PayloadDisplayName</key><string>Wi-Fi</string><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.wifi.managed</string></dict></array></dict></plist>`))
		installed := w.send(map[string]any{"command": "INSTALL_PROFILE", "profileBase64": profile, "serialNumbers": serials})
		busy.NotNow, bad.Error, never.Never = 0, 0, 0
		for _, d := range []*simdevice.Device{busy, bad, never} {
			_, err := d.Connect(w.ctx)
			must(t, err)
		}
		w.until("all have answered", func() bool {
			for _, d := range []*simdevice.Device{good, busy, bad, never} {
				if w.status(installed, d) != "ACKNOWLEDGED" {
					return false
				}
			}
			return true
		})
		w.until("both batches have ended", func() bool {
			return w.db.Reader().CommandBatch.GetX(w.ctx, b.ID).FinishedAt != nil && w.db.Reader().CommandBatch.GetX(w.ctx, installed.ID).FinishedAt != nil
		})
		if e := w.db.Reader().CommandBatch.GetX(w.ctx, b.ID); e.Acknowledged != 3 || e.Failed != 1 || e.NotEnrolled != 1 || !slices.Equal(e.Skipped, []string{not.SerialNumber}) || e.SealedBody == nil {
			t.Errorf("in the end: %+v", e)
		}
		// It goes again to the one that could not do it, and is forgotten when all have.
		resend := `mutation($b: ID!) { resendCommand(input: {commandBatchId: $b, expectedCount: 1}) { commandBatch { status } userErrors { message } } }`
		if answer := w.ask(role.Operator, resend, map[string]any{"b": b.ID.String()}); !strings.Contains(answer, `"RUNNING"`) {
			t.Errorf("again: %s", answer)
		}
		_, err := bad.Connect(w.ctx)
		must(t, err)
		w.until("the batch has ended again", func() bool { return w.db.Reader().CommandBatch.GetX(w.ctx, b.ID).FinishedAt != nil })
		if e := w.db.Reader().CommandBatch.GetX(w.ctx, b.ID); e.Acknowledged != 4 || e.Failed != 0 || e.NotEnrolled != 1 || e.SealedBody != nil {
			t.Errorf("in the end: %+v", e)
		}

		// The others of their kind, to the device that lives: a list shows the profile, which goes again; it is locked, restarted and told something raw.
		mac := map[bool]any{true: "123456", false: nil}[strings.HasPrefix(good.Product, "Mac")]
		one := []string{good.SerialNumber}
		for _, step := range []struct {
			input map[string]any
			shows string
		}{
			{map[string]any{"command": "PROFILE_LIST"}, "com.example.wifi"},
			{map[string]any{"command": "REMOVE_PROFILE", "profileIdentifier": "com.example.wifi"}, ""},
			{map[string]any{"command": "DEVICE_INFORMATION"}, good.SerialNumber},
			{map[string]any{"command": "DEVICE_LOCK", "pin": mac, "message": "Lost"}, ""},
			{map[string]any{"command": "RESTART_DEVICE"}, ""},
			{map[string]any{"command": "RAW", "rawBase64": base64.StdEncoding.EncodeToString([]byte(`<plist><dict><key>RequestType</key><string>SecurityInfo</string></dict></plist>`))}, "PasscodePresent"},
		} {
			step.input["serialNumbers"] = one
			b := w.send(step.input)
			w.until(fmt.Sprint("the device has answered ", step.input["command"]), func() bool { return w.status(b, good) == "ACKNOWLEDGED" })
			c := w.db.Reader().MDMCommand.Query().Where(mdmcommand.CommandBatchID(b.ID)).OnlyX(w.ctx)
			answer := w.ask(role.Operator, `query($c: ID!) { mdmCommandAnswer(mdmCommandId: $c) { plist } }`, map[string]any{"c": c.ID.String()})
			if !strings.Contains(answer, step.shows) || strings.Contains(answer, "123456") {
				t.Errorf("%v: %s", step.input["command"], answer)
			}
			if answer := w.ask(role.Viewer, `query($c: ID!) { mdmCommandAnswer(mdmCommandId: $c) { plist } }`, map[string]any{"c": c.ID.String()}); !strings.Contains(answer, `"FORBIDDEN"`) {
				t.Errorf("a viewer read an answer: %s", answer)
			}
		}
		erased := w.send(map[string]any{"command": "ERASE_DEVICE", "serialNumbers": one, "expectedCount": 1, "pin": "123456"})
		w.until("the device is erased", func() bool { return w.status(erased, good) == "ACKNOWLEDGED" })
		must(t, <-lives)
		if h := w.history(bad); h != "PROFILE_FETCHED ENROLLING ENROLLED COMMAND_QUEUED COMMAND_FAILED COMMAND_QUEUED COMMAND_ACKNOWLEDGED COMMAND_QUEUED COMMAND_ACKNOWLEDGED" {
			t.Errorf("history %q", h)
		}
	})
}
