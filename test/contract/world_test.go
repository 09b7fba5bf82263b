package contract_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/auditentry"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/schema"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/graph"
	"github.com/guardmdm/guardmdm/graph/limits"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/fleetfeed"
	"github.com/guardmdm/guardmdm/server/graphqlapi"
	"github.com/guardmdm/guardmdm/server/inventory"
	"github.com/guardmdm/guardmdm/server/jobs"
	"github.com/guardmdm/guardmdm/server/people"
	"github.com/guardmdm/guardmdm/server/publicurl"
	"github.com/guardmdm/guardmdm/server/pubsub"
	"github.com/guardmdm/guardmdm/server/session"
	"github.com/guardmdm/guardmdm/server/simabm"
	"github.com/guardmdm/guardmdm/server/store"
	"github.com/guardmdm/guardmdm/server/syncer"
	"github.com/guardmdm/guardmdm/test/stack"
)

// now is when everything is asked.
var now = time.Date(2026, 8, 1, 10, 2, 3, 0, time.UTC)

const password = "correct horse battery"

// world is a server with the golden data, and a browser.
type world struct {
	*stack.Stack
	t       *testing.T
	people  *people.Service
	url     string
	browser *http.Client
	secret  string            // of the API token that asks; "": the browser does
	names   map[string]string // what variables call it: what it is
	bus     pubsub.Bus
	token   *ent.ABMToken
	apple   *simabm.Server // the token's MDM server
}

// newWorld fills the database and signs the browser in as Ada, an administrator.
func newWorld(t *testing.T, db *store.Store) *world {
	t.Helper()
	w := &world{Stack: stack.New(t, db, stack.Options{Clock: clockwork.NewFakeClockAt(now)}), t: t, names: map[string]string{}}
	w.serve()
	w.addPeople()
	w.addToken()
	w.addDevices()
	w.addRuns()
	w.signIn()
	return w
}

// serve starts the server. Its syncs begin and do not go on, so that an answer does not depend on how far they are.
func (w *world) serve() {
	w.t.Helper()
	log := slog.New(slog.DiscardHandler)
	bus := pubsub.NewMemory()
	w.bus = bus
	feed := fleetfeed.New(w.DB, bus, clockwork.NewRealClock(), log) // nobody sets the clock forward while a subscription waits
	sessions := session.New(w.DB, bus, w.Clock, log)
	w.people = people.New(w.DB, sessions, w.Clock, log)
	w.Syncs = syncer.New(syncer.Options{Store: w.DB, Tokens: w.Tokens, Progress: w.Progress, Traffic: syncer.NewTraffic(), Clock: w.Clock, Logger: log})
	handler, err := graphqlapi.New(graphqlapi.Options{
		Resolver: &graph.Resolver{
			DB: w.DB, Tokens: w.Tokens, Checks: w.Tokens, Syncs: w.Syncs, Progress: w.Progress, People: w.people, APITokens: w.APITokens,
			ADEProfiles: w.Profiles, Groups: w.Groups, Assignments: w.Assign, Enrollments: w.MDM, Commands: w.MDM, URLs: w.URLs, DeviceCAs: w.DeviceCAs, Identities: w.Identities, Signing: w.Enrollment, OtherMDMs: w.OtherMDMs, Push: w.Push, Feed: feed, Clock: w.Clock,
			Instance:  graph.Instance{Version: "1.2.3", IsApple: true, SyncPageSize: syncer.DefaultPageSize, NextSync: jobs.NextSync, SyncInterval: jobs.SyncInterval},
			Diagnoses: w.Diagnoses(true), Days: w.Upkeep(),
		},
		Authenticate: w.APITokens.Authenticate, Sessions: sessions, Limits: limits.Default(), Clock: w.Clock,
	})
	w.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	var watching sync.WaitGroup
	watching.Go(func() { w.Progress.Run(ctx) })
	watching.Go(func() { feed.Run(ctx) })
	server := httptest.NewServer(handler)
	w.url = server.URL
	jar, err := cookiejar.New(nil)
	w.must(err)
	w.browser = &http.Client{Jar: jar, Transport: &http.Transport{}}
	w.t.Cleanup(func() {
		w.browser.CloseIdleConnections()
		server.Close()
		cancel()
		watching.Wait()
		w.must(bus.Close())
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// addPeople adds one of each status.
func (w *world) addPeople() {
	w.t.Helper()
	console := stack.Admin(w.t)
	hash, err := argon2id.CreateHash(password, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}) // cheap
	w.must(err)
	ada, _, err := w.people.Add(console, "ada@example.com", "Ada", role.Admin)
	w.must(err)
	w.DB.Ent().User.UpdateOne(ada).SetPasswordHash(hash).SetLastSeenAt(now.Add(-time.Hour)).ExecX(w.t.Context())
	w.DB.Ent().OneTimeLink.Delete().ExecX(w.t.Context())
	oskar, _, err := w.people.Add(console, "oskar@example.com", "Oskar", role.Operator)
	w.must(err)
	w.DB.Ent().User.UpdateOne(oskar).SetDisabledAt(now.Add(-48 * time.Hour)).ExecX(w.t.Context())
	vera, link, err := w.people.Add(console, "vera@example.com", "Vera", role.Viewer)
	w.must(err)
	w.names["ada"], w.names["oskar"], w.names["vera"] = ada.ID.String(), oskar.ID.String(), vera.ID.String()
	w.names["joinCode"] = codeOf(link)
	asAda := auth.WithCaller(console, auth.Caller{Kind: auditentry.ActorKindUser, ID: ada.ID, Name: ada.Name, Role: ada.Role})
	token, _, err := w.APITokens.Create(asAda, "Reports", role.Viewer, now.AddDate(0, 3, 0))
	w.must(err)
	w.names["apiToken"] = token.ID.String()
}

// codeOf is the code at the end of a one-time link.
func codeOf(link string) string {
	_, code, _ := strings.Cut(link, "#")
	return code
}

// addToken walks the token exchange.
func (w *world) addToken() {
	w.t.Helper()
	w.token, w.apple = w.Connect(w.t, "Example GmbH")
	w.names["token"] = w.token.ID.String()
	w.DB.Ent().ABMToken.UpdateOne(w.token).
		SetLastSyncedAt(now.Add(-time.Hour)).SetLastFullSyncAt(now.Add(-time.Hour)).ExecX(w.t.Context())
}

// addDevices adds two devices that are there and one that left.
func (w *world) addDevices() {
	w.t.Helper()
	for i, d := range []struct {
		serial, model, family, os string
		platform                  device.Platform
		added, removed            time.Duration // before now
	}{
		{serial: "C02GOLDEN001", model: "MacBook Air", family: "Mac", os: "OSX", platform: device.PlatformMacOS, added: 100 * 24 * time.Hour},
		{serial: "DMPGOLDEN002", model: "iPad Pro", family: "iPad", os: "iPadOS", platform: device.PlatformIPadOS, added: 3 * time.Hour},
		{serial: "F2LGOLDEN003", model: "iPhone 15", family: "iPhone", os: "iOS", platform: device.PlatformIOS, added: 50 * 24 * time.Hour, removed: 2 * time.Hour},
	} {
		create := w.DB.Ent().Device.Create().SetAbmTokenID(w.token.ID).SetSerialNumber(d.serial).SetModel(d.model).SetDeviceFamily(d.family).
			SetOs(d.os).SetPlatform(d.platform).SetDescription(strings.ToUpper(d.model)).SetColor("SILVER").SetAppleProfileStatus("empty").
			SetDeviceAssignedAt(now.Add(-d.added)).SetDeviceAssignedBy("admin@example.com").SetAddedAt(now.Add(-d.added)).SetChangedAt(now.Add(-d.added))
		if d.removed > 0 {
			create.SetRemovedAt(now.Add(-d.removed)).SetChangedAt(now.Add(-d.removed))
		}
		row := create.SaveX(w.t.Context())
		if i == 0 {
			w.names["device"], w.names["serial"] = row.ID.String(), row.SerialNumber
		}
	}
	w.must(w.DB.WithTx(w.t.Context(), func(ctx context.Context, tx *store.Tx) error { return inventory.Recount(ctx, tx, w.token.ID, now) }))
}

// addRuns adds two full runs that ended well, the second with differences, and a later one that failed.
func (w *world) addRuns() {
	w.t.Helper()
	begun := now.Add(-62 * time.Minute)
	w.DB.Ent().SyncRun.Create().SetAbmTokenID(w.token.ID).SetStatus(syncrun.StatusSucceeded).SetPhase(syncrun.PhaseFinish).
		SetTrigger(syncrun.TriggerManual).SetRequestedBy("Ada").SetFull(true).SetPages(2).SetDevicesSeen(3).SetAdded(3).SetRequests(5).SetRetries(1).
		SetBytesReceived(4321).SetDevicesPerSecond(1.5).SetStartedAt(begun).SetUpdatedAt(begun.Add(2 * time.Minute)).
		SetFinishedAt(begun.Add(2 * time.Minute)).SetLeaseExpiresAt(begun).ExecX(w.t.Context())
	w.addDifferences()
	begun = now.Add(-2 * time.Minute)
	failed := w.DB.Ent().SyncRun.Create().SetAbmTokenID(w.token.ID).SetStatus(syncrun.StatusFailed).SetPhase(syncrun.PhaseFetch).
		SetTrigger(syncrun.TriggerPeriodic).SetFull(false).SetRequests(6).SetRetries(5).SetStartedAt(begun).SetUpdatedAt(begun.Add(time.Minute)).
		SetFinishedAt(begun.Add(time.Minute)).SetLeaseExpiresAt(begun).
		SetErrorCode("APPLE_UNAVAILABLE").SetErrorMessage("Apple did not answer.").SetErrorHint("The next run goes on.").SaveX(w.t.Context())
	w.names["run"] = failed.ID.String()
}

// addDifferences adds a full reconciliation that found one difference of each kind, and a change that Apple announced before it.
func (w *world) addDifferences() {
	w.t.Helper()
	ctx, begun := w.t.Context(), now.Add(-30*time.Minute)
	run := w.DB.Ent().SyncRun.Create().SetAbmTokenID(w.token.ID).SetStatus(syncrun.StatusSucceeded).SetPhase(syncrun.PhaseFinish).
		SetTrigger(syncrun.TriggerPeriodic).SetFull(true).SetPages(2).SetDevicesSeen(3).SetAdded(1).SetModified(1).SetRemoved(1).SetRequests(4).
		SetThrottleWaits(1).SetThrottleSeconds(2.5).SetBytesReceived(98765).SetDevicesPerSecond(3).
		SetCompared(true).SetMissingHere(1).SetMissingAtApple(1).SetChangedUnannounced(1).
		SetPhaseTimes([]schema.PhaseTime{
			{Phase: "CONNECT", At: begun}, {Phase: "FETCH", At: begun.Add(time.Second)},
			{Phase: "RECONCILE", At: begun.Add(5 * time.Second)}, {Phase: "FINISH", At: begun.Add(6 * time.Second)},
		}).
		SetStartedAt(begun).SetUpdatedAt(begun.Add(6 * time.Second)).SetFinishedAt(begun.Add(6 * time.Second)).SetLeaseExpiresAt(begun).SaveX(ctx)
	w.names["reconciliation"] = run.ID.String()
	event := func(serial string, kind deviceevent.Kind, changes string) *ent.DeviceEventCreate {
		create := w.DB.Ent().DeviceEvent.Create().SetDeviceID(w.DB.Ent().Device.Query().Where(device.SerialNumber(serial)).OnlyIDX(ctx)).
			SetAbmTokenID(w.token.ID).SetKind(kind).SetAt(begun.Add(5 * time.Second))
		if changes != "" {
			create.SetChanges(json.RawMessage(changes))
		}
		return create
	}
	event("C02GOLDEN001", deviceevent.KindModified, `{"assetTag": ["", "LIB-044"]}`).SetAt(now.Add(-24 * time.Hour)).SetAppleAt(now.Add(-25 * time.Hour)).ExecX(ctx)
	event("C02GOLDEN001", deviceevent.KindModified, `{"color": ["SPACE GRAY", "SILVER"]}`).SetSyncRunID(run.ID).SetUnannounced(true).ExecX(ctx)
	event("DMPGOLDEN002", deviceevent.KindAdded, "").SetSyncRunID(run.ID).SetUnannounced(true).ExecX(ctx)
	event("F2LGOLDEN003", deviceevent.KindRemoved, "").SetSyncRunID(run.ID).SetUnannounced(true).ExecX(ctx)
}

// signIn signs the browser in.
func (w *world) signIn() {
	w.t.Helper()
	w.data("application/json", `mutation($input: SignInInput!) { signIn(input: $input) { viewer { id } } }`,
		map[string]any{"input": map[string]any{"email": "ada@example.com", "password": password}})
}

// situations are what has to be before an operation, other than the golden data and Ada in front of the browser.
var situations = map[string]func(*world){
	"CancelSync":             (*world).beginRun,
	"ConfirmHeldRemovals":    (*world).holdRemovals,
	"CreateFirstAdmin":       (*world).leaveNobody,
	"AdeProfile":             (*world).makeProfile,
	"AdeProfiles":            (*world).makeProfile,
	"AdeProfileDevices":      (*world).makeProfile,
	"AdeProfileNames":        (*world).makeProfile,
	"AdeProfileSkippedPanes": (*world).makeProfile,
	"AdeProfileVersions":     (*world).makeProfile,
	"DeleteADEProfile":       (*world).makeProfile,
	"DiscardADEProfileDraft": (*world).makeProfile,
	"OsDefaults":             (*world).makeProfile,
	"PublishADEProfile":      (*world).makeProfile,
	"SetDefaultADEProfile":   (*world).makeProfile,
	"UpdateADEProfile":       (*world).makeProfile,
	"AssignADEProfile":       (*world).makeProfile,
	"AssignmentPreview":      (*world).makeProfile,
	"ProfileChoices":         (*world).makeProfile,
	"GroupNames":             (*world).makeGroups,
	"PaletteNames":           (*world).makeGroups,
	"ProfileNames":           (*world).makeProfile,
	"DeviceGroups":           (*world).makeGroups,
	"DeviceGroup":            (*world).makeGroups,
	"UpdateDeviceGroup":      (*world).makeGroups,
	"DeleteDeviceGroup":      (*world).makeGroups,
	"AddDevicesToGroup":      (*world).makeGroups,
	"RemoveDevicesFromGroup": (*world).makeGroups,
	"DeviceDetails":          (*world).enrollDevice,
	"DeviceGroupRuleChange":  (*world).makeGroups,
	"ConfirmPublicURL":       (*world).changePublicURL,
	"PublicUrl":              (*world).changePublicURL,
	"AssignmentBatch":        (*world).makeBatch,
	"AssignmentBatches":      (*world).makeBatch,
	"AssignmentProgress":     (*world).makeBatch,
	"AssignmentResults":      (*world).makeBatch,
	"CancelAssignmentBatch":  (*world).beginBatch,
	"UndoAssignmentBatch":    (*world).makeBatch,
	"UnassignADEProfile":     (*world).makeBatch,
	"JoinLink":               (*world).signOut,
	"RedeemLink":             (*world).signOut,
	"SetupLink":              (*world).leaveNobody,
	"SignIn":                 (*world).signOut,
	"UploadABMServerToken":   (*world).downloadServerToken,

	"DeviceRefusals":                     (*world).refuseDevice,
	"EnrollmentRefusals":                 (*world).refuseDevice,
	"FleetEvents":                        (*world).keepEnrolling,
	"FleetFeed":                          (*world).keepEnrolling,
	"FleetDays":                          (*world).keepDays,
	"FleetStanding":                      (*world).enrollDevice,
	"MdmCommands":                        (*world).enrollDevice,
	"CancelCommands":                     (*world).sendCommands,
	"CommandBatch":                       (*world).sendCommands,
	"CommandBatches":                     (*world).sendCommands,
	"CommandPreview":                     (*world).enrollDevice,
	"CommandResults":                     (*world).sendCommands,
	"MdmCommandAnswer":                   (*world).sendCommands,
	"ResendCommand":                      (*world).failCommand,
	"ResendSerials":                      (*world).failCommand,
	"SendCommand":                        (*world).enrollDevice,
	"MdmServer":                          (*world).manageDevices,
	"CreateOtherMDM":                     (*world).writeEnrollmentProfile,
	"DeleteOtherMDM":                     (*world).addOtherMDM,
	"OtherMdmNames":                      (*world).addOtherMDM,
	"OtherMdms":                          (*world).leadToOtherMDM,
	"RotateOtherMDMWebhookSecret":        (*world).addOtherMDM,
	"TestOtherMDM":                       (*world).addOtherMDM,
	"UpdateOtherMDM":                     (*world).addOtherMDM,
	"PinDeviceCA":                        (*world).makeCertificates,
	"PushCertificateRequests":            (*world).requestPushCertificate,
	"ReleaseFromSetupAssistant":          (*world).enrollDevice,
	"RemoveEnrollmentSigningCertificate": (*world).manageDevices,
	"UnpinDeviceCA":                      (*world).manageDevices,
	"UploadEnrollmentSigningCertificate": (*world).makeCertificates,
	"UploadPushCertificate":              (*world).makeCertificates,
}

// makeProfile publishes an ADE profile, gives it to all Macs, and begins another version of it.
func (w *world) makeProfile() {
	w.t.Helper()
	var made struct {
		CreateADEProfile struct{ ADEProfile struct{ ID string } }
	}
	w.must(json.Unmarshal(w.data("application/json", `mutation {
		createADEProfile(input: {name: "Mac Standard", platforms: [MACOS], isSupervised: true, skipSetupItems: ["Siri", "NewPane"]}) {
			adeProfile { id }
		}
	}`, nil), &made))
	id := made.CreateADEProfile.ADEProfile.ID
	w.names["profile"] = id
	w.data("application/json", `mutation ($id: ID!) {
		setDefaultADEProfile(input: {platform: MACOS, adeProfileId: $id}) { userErrors { message } }
	}`, map[string]any{"id": id})
	w.data("application/json", `mutation ($id: ID!) {
		updateADEProfile(input: {adeProfileId: $id, department: "IT", draft: true}) { userErrors { message } }
	}`, map[string]any{"id": id})
}

// makeGroups adds a group of all Macs, which has a profile, and one that devices are put into.
// keepDays keeps the count of today, of yesterday, and of three days ago: on the day between nothing ran.
func (w *world) keepDays() {
	w.t.Helper()
	w.must(w.Upkeep().KeepDay(w.t.Context()))
	for _, row := range w.DB.Ent().FleetDay.Query().AllX(w.t.Context()) {
		for _, ago := range []int{1, 3} {
			w.DB.Ent().FleetDay.Create().SetDay(row.Day - ago).SetAbmTokenID(row.AbmTokenID).SetPlatform(row.Platform).SetDevices(max(0, row.Devices-ago)).ExecX(w.t.Context())
		}
	}
}

func (w *world) makeGroups() {
	w.t.Helper()
	w.makeProfile()
	var made struct {
		Macs, Pilots struct{ DeviceGroup struct{ ID string } }
	}
	w.must(json.Unmarshal(w.data("application/json", `mutation ($id: ID!) {
		macs: createDeviceGroup(input: {name: "Macs", rule: {all: [{field: PLATFORM, operator: IS_ANY_OF, values: ["MACOS"]}, {not: {field: COLOR, operator: IS_ANY_OF, values: ["GOLD"]}}]}, adeProfileId: $id}) {
			deviceGroup { id }
		}
		pilots: createDeviceGroup(input: {name: "Pilots", description: "Try things first"}) { deviceGroup { id } }
	}`, map[string]any{"id": w.names["profile"]}), &made))
	w.names["group"], w.names["pilots"] = made.Macs.DeviceGroup.ID, made.Pilots.DeviceGroup.ID
}

// changePublicURL starts the server with another public URL than the one that profiles hold.
func (w *world) changePublicURL() {
	w.t.Helper()
	w.must(w.DB.WithTx(w.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return publicurl.Replace(ctx, tx, "https://old.example.org")
	}))
}

// makeBatch gives a device a profile of its own.
func (w *world) makeBatch() {
	w.t.Helper()
	w.makeProfile()
	var made struct {
		AssignADEProfile struct{ AssignmentBatch struct{ ID string } }
	}
	w.must(json.Unmarshal(w.data("application/json", `mutation ($id: ID!, $device: ID!) {
		assignADEProfile(input: {adeProfileId: $id, deviceIds: [$device]}) { assignmentBatch { id } }
	}`, map[string]any{"id": w.names["profile"], "device": w.names["device"]}), &made))
	w.names["batch"] = made.AssignADEProfile.AssignmentBatch.ID
}

// beginBatch gives a device of a token that enforces a profile of its own, of which nobody tells Apple.
func (w *world) beginBatch() {
	w.t.Helper()
	w.DB.Ent().ABMToken.UpdateOneID(w.token.ID).SetAssignmentMode(abmtoken.AssignmentModeEnforce).ExecX(w.t.Context())
	w.makeBatch()
}

func (w *world) signOut() {
	w.data("application/json", operations(w.t)["SignOut"].text, nil)
}

// leaveNobody makes a server without people, with a setup link.
func (w *world) leaveNobody() {
	w.t.Helper()
	w.signOut()
	w.DB.Ent().User.Delete().ExecX(w.t.Context())
	link, err := w.people.SetupLink(w.t.Context())
	w.must(err)
	w.names["setupCode"] = codeOf(link)
}

// holdRemovals makes the token one whose last sweep waits for an administrator.
func (w *world) holdRemovals() {
	w.t.Helper()
	w.DB.Ent().ABMToken.UpdateOne(w.token).SetHeldRemovals(120).SetHeldAt(now.Add(-30 * time.Minute)).ExecX(w.t.Context())
}

func (w *world) beginRun() {
	w.t.Helper()
	run, _, err := w.Syncs.Start(stack.Admin(w.t), w.token.ID, false, syncrun.TriggerPeriodic)
	w.must(err)
	w.names["runningRun"] = run.ID.String()
}

// downloadServerToken makes a new server token for the certificate in use.
func (w *world) downloadServerToken() {
	w.t.Helper()
	file, _, err := w.apple.DownloadToken()
	w.must(err)
	w.names["serverToken"] = base64.StdEncoding.EncodeToString(file)
}

// replaceNames puts what is meant in the place of "$name".
func (w *world) replaceNames(text string) string {
	for name, value := range w.names {
		text = strings.ReplaceAll(text, `"$`+name+`"`, `"`+value+`"`)
	}
	return text
}

// answer carries the operation out and gives its data; of a subscription the first.
func (w *world) answer(op operation, variables map[string]any) json.RawMessage {
	w.t.Helper()
	accept := "application/json"
	if op.subscription {
		accept = "text/event-stream"
	}
	return w.data(accept, op.text, variables)
}

func (w *world) data(accept, text string, variables map[string]any) json.RawMessage {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	body, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	w.must(err)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	w.must(err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", accept)
	if w.secret != "" {
		request.Header.Set("Authorization", "Bearer "+w.secret)
	}
	response, err := w.browser.Do(request)
	w.must(err)
	defer response.Body.Close()
	content := first(w.t, response)
	var answer struct {
		Data   json.RawMessage
		Errors []json.RawMessage
	}
	w.must(json.Unmarshal(content, &answer))
	if len(answer.Errors) > 0 {
		w.t.Fatalf("the server refuses the operation; mend its document, its variables or the schema:\n%s\n%s", answer.Errors, text)
	}
	return answer.Data
}

// first is the body of an answer, or the first event of a stream.
func first(t *testing.T, response *http.Response) []byte {
	t.Helper()
	if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		content, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		if event, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return []byte(event)
		}
	}
	t.Fatalf("the stream ends without an event: %v", lines.Err())
	return nil
}
