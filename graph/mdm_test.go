package graph_test

import (
	"context"
	"strings"
	"testing"

	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/mdmcommand"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/test/dbtest"
	"github.com/guardmdm/guardmdm/test/stack"
)

// What the API says of devices that called, and of those that did not.
func TestEnrollments(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *store.Store) {
		s := stack.New(t, db, stack.Options{})
		a := newAPI(t, s)
		ctx, now := t.Context(), s.Clock.Now().UTC()
		token := db.Ent().ABMToken.Create().SetName("token").SetStateChangedAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx).ID
		ids := map[string]string{}
		for _, serial := range []string{"NEVER", "BEGAN", "HELD", "LEFT"} {
			d := db.Ent().Device.Create().SetSerialNumber(serial).SetAbmTokenID(token).SetPlatform(device.PlatformMacOS).SetAddedAt(now).SetChangedAt(now).SaveX(ctx)
			ids[serial] = d.ID.String()
			e := db.Ent().DeviceEnrollment.Create().SetDeviceID(d.ID).SetLastSeenAt(now)
			switch serial {
			case "BEGAN":
				e.SetStatus(deviceenrollment.StatusEnrolling).ExecX(ctx)
			case "HELD":
				e.SetStatus(deviceenrollment.StatusEnrolled).SetEnrolledAt(now).SetAwaitingConfiguration(true).SetReleaseDueAt(now).ExecX(ctx)
				c := db.Ent().MDMChannel.Create().SetChannel("U").SetDeviceID(d.ID).SetOfUser(false).SetEnabled(true).SetAuthenticatedAt(now).
					SetCertificateFingerprint("ff").SetPushError("410 Unregistered").SaveX(ctx)
				ca := db.Ent().IdentityCA.Create().SetCertificate([]byte("c")).SetSealedKey([]byte("k")).SetCreatedAt(now).SaveX(ctx)
				db.Ent().IdentityCertificate.Create().SetIdentityCaID(ca.ID).SetDeviceID(d.ID).SetSerial("1").SetFingerprint("ff").SetSubject("CN=HELD").
					SetUdid("U").SetStartsAt(now).SetExpiresAt(now).ExecX(ctx)
				for _, request := range []string{"DeviceInformation", "SecurityInfo"} {
					db.Ent().MDMCommand.Create().SetMdmChannelID(c.ID).SetCommandUUID(request).SetRequestType(request).SetBody([]byte("b")).
						SetPurpose(mdmcommand.PurposeFirst).SetStatus(mdmcommand.StatusQueued).SetQueuedAt(now).ExecX(ctx)
				}
			case "LEFT":
				e.SetStatus(deviceenrollment.StatusUnenrolled).SetUnenrolledAt(now).ExecX(ctx)
			}
		}
		err := db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, token, now) })
		if err != nil {
			t.Fatal(err)
		}
		ask := func(document string, variables map[string]any, want string) {
			t.Helper()
			r := a.do(document, variables)
			if len(r.Errors) > 0 {
				t.Fatalf("%s: %v", document, r.Errors)
			}
			if got := strings.ReplaceAll(string(r.Data), " ", ""); !strings.Contains(got, want) {
				t.Errorf("%s\n%s\nwithout\n%s", document, got, want)
			}
		}
		ask(`{ devices(first: 4) { nodes { serialNumber enrollmentStatus enrollment { status } } } }`, nil,
			`{"serialNumber":"NEVER","enrollmentStatus":"NOT_ENROLLED","enrollment":null},{"serialNumber":"BEGAN","enrollmentStatus":"ENROLLING","enrollment":{"status":"ENROLLING"}}`)
		for status, serial := range map[string]string{"NOT_ENROLLED": "NEVER", "ENROLLING": "BEGAN", "ENROLLED": "HELD", "UNENROLLED": "LEFT"} {
			ask(`query($s: EnrollmentStatus) { devices(first: 4, where: {enrollmentStatus: $s}) { totalCount nodes { serialNumber } } }`, map[string]any{"s": status},
				`{"totalCount":1,"nodes":[{"serialNumber":"`+serial+`"}]}`)
		}
		// With which MDM server: LEFT was another one's.
		other := db.Ent().OtherMDM.Create().SetName("NanoMDM").SetSource("FILE").SetWebhookSecretAt(now).SetCreatedAt(now).SetUpdatedAt(now).SaveX(ctx)
		db.Ent().DeviceEnrollment.Update().Where(deviceenrollment.StatusEQ(deviceenrollment.StatusUnenrolled)).SetOtherMdmID(other.ID).ExecX(ctx)
		for where, serials := range map[string]string{
			`otherMdmId: "` + other.ID.String() + `"`:                                    `"totalCount":1,"nodes":[{"serialNumber":"LEFT"}]`,
			`otherMdmId: "` + other.ID.String() + `", enrollmentStatus: ENROLLED`:        `"totalCount":0,"nodes":[]`,
			`otherMdmId: "omd_zz"`:                                                       `"totalCount":0,"nodes":[]`,
			`enrolledWithOwnMdm: true`:                                                   `"totalCount":2,"nodes":[{"serialNumber":"BEGAN"},{"serialNumber":"HELD"}]`,
			`enrolledWithOwnMdm: true, enrollmentStatus: ENROLLED, removedAtIsNil: true`: `"totalCount":1,"nodes":[{"serialNumber":"HELD"}]`,
			`enrolledWithOwnMdm: false`:                                                  `"totalCount":2,"nodes":[{"serialNumber":"NEVER"},{"serialNumber":"LEFT"}]`,
		} {
			ask(`{ devices(first: 4, where: {`+where+`}) { totalCount nodes { serialNumber } } }`, nil, serials)
		}
		ask(`{ fleetSummary { enrollments { notEnrolled enrolling enrolled unenrolled awaitingConfiguration } } }`, nil,
			`{"notEnrolled":1,"enrolling":1,"enrolled":1,"unenrolled":1,"awaitingConfiguration":1}`)
		ask(`{ fleetSummary { unfinished { unassigned notAccessible waiting } } }`, nil, `{"unassigned":3,"notAccessible":0,"waiting":0}`)
		ask(`query($t: ID) { fleetSummary(abmTokenId: $t) { enrollments { notEnrolled enrolled awaitingConfiguration } } }`, map[string]any{"t": token.String()},
			`{"notEnrolled":1,"enrolled":1,"awaitingConfiguration":1}`)
		ask(`{ device(serialNumber: "held") { enrollment { awaitingConfiguration takesCommands pushError pushedAt adeProfileVersion { id } identity { subject revokedAt } } } }`, nil,
			`{"awaitingConfiguration":true,"takesCommands":true,"pushError":"410Unregistered","pushedAt":null,"adeProfileVersion":null,"identity":{"subject":"CN=HELD","revokedAt":null}}`)
		ask(`query($d: ID!) { mdmCommands(deviceId: $d, first: 1) { totalCount nodes { requestType purpose status isForUser } pageInfo { hasNextPage } } }`, map[string]any{"d": ids["HELD"]},
			`{"totalCount":2,"nodes":[{"requestType":"SecurityInfo","purpose":"FIRST","status":"QUEUED","isForUser":false}],"pageInfo":{"hasNextPage":true}}`)
		release := `mutation($d: ID!) { releaseFromSetupAssistant(input: {deviceId: $d}) { device { serialNumber } userErrors { code field } } }`
		ask(release, map[string]any{"d": ids["HELD"]}, `{"device":{"serialNumber":"HELD"},"userErrors":[]}`)
		ask(release, map[string]any{"d": ids["NEVER"]}, `{"device":null,"userErrors":[{"code":"CONFLICT","field":["deviceId"]}]}`)
		ask(`mutation { updateMDMSettings(input: {firstCommands: ["SecurityInfo"]}) { mdmSettings { firstCommands releaseAfterSeconds } userErrors { code } } }`, nil,
			`{"mdmSettings":{"firstCommands":["DeviceInformation","SecurityInfo"],"releaseAfterSeconds":600},"userErrors":[]}`)
		ask(`mutation { updateMDMSettings(input: {releaseAfterSeconds: 1}) { mdmSettings { releaseAfterSeconds } userErrors { code field } } }`, nil,
			`{"mdmSettings":null,"userErrors":[{"code":"BAD_USER_INPUT","field":["releaseAfterSeconds"]}]}`)
		ask(`{ mdmSettings { firstCommands possibleFirstCommands releaseAfterSeconds } }`, nil, `"firstCommands":["DeviceInformation","SecurityInfo"]`)
	})
}
