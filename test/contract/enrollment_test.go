package contract_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/simapns"
	"github.com/guardmdm/guardmdm/server/simdevice"
	"github.com/guardmdm/guardmdm/test/cmsmaker"
)

// golden is the identifier of the device that variables call "$device".
func (w *world) golden() gid.ID {
	return w.DB.Ent().Device.Query().Where(device.SerialNumber(w.names["serial"])).OnlyIDX(w.t.Context())
}

// enrollDevice has the golden device held in Setup Assistant, with a command that it answered and one that it could not do.
func (w *world) enrollDevice() {
	w.t.Helper()
	w.makeGroups()
	ctx, db, id := w.t.Context(), w.DB.Ent(), w.golden()
	const udid = "00008103-000A1B2C3D4E5F60"
	begun := now.Add(-10 * time.Minute)
	db.DeviceEnrollment.Create().SetDeviceID(id).SetStatus(deviceenrollment.StatusEnrolled).SetUdid(udid).SetProduct("Mac15,12").
		SetModelName("MacBook Air").SetDeviceName("Library 4").SetOsVersion("26.1").SetBuildVersion("25B78").SetEnrollments(1).
		SetProfileFetchedAt(begun).SetAuthenticatedAt(begun.Add(time.Minute)).SetEnrolledAt(begun.Add(2 * time.Minute)).SetLastSeenAt(begun.Add(3 * time.Minute)).
		SetAwaitingConfiguration(true).SetReleaseDueAt(now.Add(2 * time.Minute)).ExecX(ctx)
	channel := db.MDMChannel.Create().SetChannel(udid).SetDeviceID(id).SetOfUser(false).SetEnabled(true).SetPushedAt(begun.Add(3 * time.Minute)).SaveX(ctx)
	for _, c := range []struct {
		request string
		status  mdmcommand.Status
		error   string
	}{{"DeviceInformation", mdmcommand.StatusAcknowledged, ""}, {"SecurityInfo", mdmcommand.StatusError, "It is busy."}} {
		db.MDMCommand.Create().SetMdmChannelID(channel.ID).SetCommandUUID("uuid-" + c.request).SetRequestType(c.request).SetBody([]byte("plist")).
			SetPurpose(mdmcommand.PurposeFirst).SetStatus(c.status).SetErrorMessage(c.error).SetAttempts(1).SetQueuedAt(begun.Add(2 * time.Minute)).
			SetSentAt(begun.Add(2 * time.Minute)).SetAnsweredAt(begun.Add(3 * time.Minute)).SetDoneAt(begun.Add(3 * time.Minute)).ExecX(ctx)
	}
}

// sendCommands has a command answered by the golden device, while another one is not enrolled, and one that waits.
func (w *world) sendCommands() {
	w.t.Helper()
	w.enrollDevice()
	ctx, db := w.t.Context(), w.DB.Ent()
	other := db.Device.Query().Where(device.SerialNumberNEQ(w.names["serial"])).Order(device.BySerialNumber()).FirstX(ctx)
	send := func(command, serials string) string {
		var sent struct {
			SendCommand struct{ CommandBatch struct{ ID string } }
		}
		w.must(json.Unmarshal(w.data("application/json", w.replaceNames(`mutation { sendCommand(input: {command: `+command+`, serialNumbers: [`+serials+`]}) { commandBatch { id } userErrors { message } } }`), nil), &sent))
		return sent.SendCommand.CommandBatch.ID
	}
	w.names["commands"] = send("PROFILE_LIST", `"$serial", "`+other.SerialNumber+`"`)
	done := db.MDMCommand.Query().Where(mdmcommand.RequestType("ProfileList")).OnlyX(ctx)
	db.MDMCommand.UpdateOne(done).SetStatus(mdmcommand.StatusAcknowledged).SetAttempts(1).SetSentAt(now).SetAnsweredAt(now).SetDoneAt(now).
		SetAnswer([]byte("<plist><dict><key>Status</key><string>Acknowledged</string></dict></plist>")).ExecX(ctx)
	w.names["command"] = done.ID.String()
	w.names["waiting"] = send("RESTART_DEVICE", `"$serial"`)
}

// failCommand has a device refuse one of them.
func (w *world) failCommand() {
	w.t.Helper()
	w.sendCommands()
	w.must(w.DB.Ent().MDMCommand.Update().Where(mdmcommand.RequestType("RestartDevice"), mdmcommand.StatusEQ(mdmcommand.StatusQueued)).
		SetStatus(mdmcommand.StatusError).SetErrorMessage("It is busy.").SetAttempts(1).SetSentAt(now).SetAnsweredAt(now).SetDoneAt(now).Exec(w.t.Context()))
}

// refuseDevice has the golden device refused.
func (w *world) refuseDevice() {
	w.t.Helper()
	w.DB.Ent().EnrollmentRefusal.Create().SetCode("TOKEN_EXPIRED").SetSerialNumber(w.names["serial"]).SetMessage("The ABM token is expired.").
		SetUdid("00008103-000A1B2C3D4E5F60").SetProduct("Mac15,12").SetOsVersion("26.1").SetAddress("192.0.2.7").SetCount(3).
		SetFirstAt(now.Add(-2 * time.Hour)).SetLastAt(now.Add(-time.Hour)).ExecX(w.t.Context())
}

// makeCertificates makes what files hold: a push certificate with its key, an authority for devices, and a certificate that signs.
func (w *world) makeCertificates() {
	w.t.Helper()
	apns, err := simapns.NewAuthority(now)
	w.must(err)
	certificate, key, err := apns.Make(simapns.PushCertificate{Topic: "com.apple.mgmt.External.golden", NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0)})
	w.must(err)
	ca, err := simdevice.NewCA("Golden Device CA", now)
	w.must(err)
	signer := cmsmaker.Issue(w.t, nil, cmsmaker.EC(w.t), func(c *x509.Certificate) {
		c.Subject, c.NotBefore, c.NotAfter = pkix.Name{CommonName: "mdm.example.org"}, now.Add(-time.Hour), now.AddDate(1, 0, 0)
	})
	for name, pem := range map[string][]byte{"pushCertificate": certificate, "pushKey": key, "deviceCA": ca.PEM(), "signer": signer.PEM(), "signerKey": signer.KeyPEM(w.t)} {
		w.names[name] = strings.ReplaceAll(string(pem), "\n", `\n`)
	}
}

// manageDevices has all of it in use.
func (w *world) manageDevices() {
	w.t.Helper()
	w.makeCertificates()
	w.data("application/json", w.replaceNames(`mutation {
		uploadPushCertificate(input: {certificate: "$pushCertificate", privateKey: "$pushKey", appleAccount: "mdm@example.org"}) { userErrors { message } }
		pinDeviceCA(input: {certificatePem: "$deviceCA"}) { userErrors { message } }
		uploadEnrollmentSigningCertificate(input: {certificatePem: "$signer", privateKeyPem: "$signerKey"}) { userErrors { message } }
	}`), nil)
	w.names["pinned"] = w.DB.Ent().DeviceCA.Query().OnlyIDX(w.t.Context()).String()
}

// requestPushCertificate has a request wait for its certificate.
func (w *world) requestPushCertificate() {
	w.data("application/json", `mutation { createPushCertificateRequest(input: {appleAccount: "mdm@example.org"}) { requestPEM } }`, nil)
}

// writeEnrollmentProfile writes the enrollment profile of another MDM server.
func (w *world) writeEnrollmentProfile() {
	w.names["mobileconfig"] = base64.StdEncoding.EncodeToString([]byte(`<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>
<key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>org.example.nanomdm</string><key>PayloadDisplayName</key><string>Enrollment</string>
<key>PayloadOrganization</key><string>Example GmbH</string><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.security.scep</string>
<key>PayloadUUID</key><string>I</string></dict><dict><key>PayloadType</key><string>com.apple.mdm</string><key>PayloadUUID</key><string>M</string>
<key>IdentityCertificateUUID</key><string>I</string><key>Topic</key><string>com.apple.mgmt.External.other</string>
<key>ServerURL</key><string>https://nanomdm.example.org/mdm</string><key>CheckOutWhenRemoved</key><true/></dict></array></dict></plist>`))
}

// addOtherMDM adds one whose webhook was once refused.
func (w *world) addOtherMDM() {
	w.t.Helper()
	w.writeEnrollmentProfile()
	w.data("application/json", w.replaceNames(`mutation { createOtherMDM(input: {name: "NanoMDM", profileBase64: "$mobileconfig"}) { otherMdm { id } userErrors { message } } }`), nil)
	m := w.DB.Ent().OtherMDM.Query().OnlyX(w.t.Context())
	w.DB.Ent().OtherMDM.UpdateOne(m).SetLastEventAt(now.Add(-time.Hour)).SetLastRefusalAt(now.Add(-2 * time.Hour)).SetLastRefusalCode("WEBHOOK_NOT_SIGNED").
		SetLastRefusalMessage("The request is not signed.").SetRefusals(1).ExecX(w.t.Context())
	w.names["otherMDM"] = m.ID.String()
}

// leadToOtherMDM has an ADE profile lead to it, and a device enrolled with it.
func (w *world) leadToOtherMDM() {
	w.t.Helper()
	w.addOtherMDM()
	w.enrollDevice()
	m := w.DB.Ent().OtherMDM.Query().OnlyIDX(w.t.Context())
	w.DB.Ent().ADEProfile.Update().SetOtherMdmID(m).ExecX(w.t.Context())
	w.DB.Ent().DeviceEnrollment.Update().SetOtherMdmID(m).ExecX(w.t.Context())
}

// keepEnrolling has the golden device enroll again and again, as subscriptions tell only what happens after they began.
func (w *world) keepEnrolling() {
	w.t.Helper()
	id, ctx := w.golden(), w.t.Context()
	ticker := clockwork.NewRealClock().NewTicker(20 * time.Millisecond)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.Chan():
			}
			err := w.DB.Ent().DeviceEvent.Create().SetDeviceID(id).SetAbmTokenID(w.token.ID).SetKind(deviceevent.KindEnrolled).SetAt(now).Exec(ctx)
			if err != nil || w.bus.Publish(ctx, "enrollment") != nil {
				return
			}
		}
	}()
	w.t.Cleanup(func() { <-done })
}
