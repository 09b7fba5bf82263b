package diagnosis

import (
	"context"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"
	"golang.org/x/sync/errgroup"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/identitycertificate"
	"github.com/guardmdm/guardmdm/ent/scepchallenge"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/push"
	"github.com/guardmdm/guardmdm/server/store"
)

// StepKind is a step of a device's way from Apple to the home screen.
type StepKind string

// The steps, in their order.
const (
	KnownAtApple    StepKind = "KNOWN_AT_APPLE"
	InInventory     StepKind = "IN_INVENTORY"
	TokenWorks      StepKind = "TOKEN_WORKS"
	ProfileByRules  StepKind = "PROFILE_BY_RULES"
	ProfileAtApple  StepKind = "PROFILE_AT_APPLE"
	ProfileFetched  StepKind = "PROFILE_FETCHED"
	ContactedServer StepKind = "CONTACTED_SERVER"
	IdentityIssued  StepKind = "IDENTITY_ISSUED"
	CheckedIn       StepKind = "CHECKED_IN"
	Released        StepKind = "RELEASED"
)

// Verdict is what is known about a step.
type Verdict string

// The verdicts.
const (
	Passed     Verdict = "PASSED"
	Failed     Verdict = "FAILED"      // something is wrong
	Waiting    Verdict = "WAITING"     // nothing is wrong: its time has not come, or somebody has to act
	Unknown    Verdict = "UNKNOWN"     // could not be found out
	NotReached Verdict = "NOT_REACHED" // a step before it comes first
)

// WalkStep is one step, and how a device stands at it.
type WalkStep struct {
	Kind     StepKind
	Verdict  Verdict
	Text     string // what was found, in a sentence or two
	Evidence []string
	At       *time.Time // when it was passed, or since when it is so
	Fix      Fix        // what is next, where the device stands
}

// Walk is the way of one serial number.
type Walk struct {
	Serial  string
	Device  *ent.Device   // nil: not in the inventory
	Token   *ent.ABMToken // in whose list it is, here or at Apple; nil: none
	Profile *ent.ADEProfile
	Steps   []*WalkStep // all of them
	Stands  *WalkStep   // where the device stands; nil: it has arrived
}

const (
	maxSerial = 64
	// maxAsking is how many devices Apple is asked about at the same time, maxTokens for how many organizations, and askTime for how long.
	maxAsking = 4
	maxTokens = 50
	askTime   = 10 * time.Second
)

// Walk finds out how far a device has come. Apple is asked, and nothing is changed. Errors: BadUserInput.
func (s *Service) Walk(ctx context.Context, serial string) (*Walk, error) {
	serial = strings.ToUpper(strings.TrimSpace(serial))
	if serial == "" || len(serial) > maxSerial || strings.ContainsFunc(serial, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) {
		return nil, apperr.New(apperr.BadUserInput, "%.80q is no serial number: they have letters and digits alone.", serial).WithField("serialNumber").
			WithHint("It stands on the device's back or box, in Settings > General > About, and in Apple Business Manager.")
	}
	w := &walker{Service: s, Walk: &Walk{Serial: serial}, db: s.Store.Reader(), now: s.Clock.Now()}
	if err := w.read(ctx); err != nil {
		return nil, store.MapError(err)
	}
	for _, step := range []func(context.Context) (*WalkStep, error){w.knownAtApple, w.inInventory, w.tokenWorks, w.profileByRules, w.profileAtApple,
		w.profileFetched, w.contacted, w.identityIssued, w.checkedIn, w.released} {
		found, err := step(ctx)
		if err != nil {
			return nil, store.MapError(err)
		}
		w.Steps = append(w.Steps, found)
	}
	w.stand()
	return w.Walk, nil
}

// walker finds the steps of one walk.
type walker struct {
	*Service
	*Walk
	db         *ent.Client
	now        time.Time
	tokens     []*ent.ABMToken
	state      *assignment.State
	rules      []assignment.Step
	enrollment *ent.DeviceEnrollment    // nil: it never called
	identity   *ent.IdentityCertificate // its newest; nil: none
	challenge  *ent.SCEPChallenge       // by which it was last to get one; nil: that was long ago
	refusal    *ent.EnrollmentRefusal   // the last one since it last got on; nil: none
	apple      *abm.Device              // Apple's word; nil: unknown there, or not asked
}

// read is what the database knows.
func (w *walker) read(ctx context.Context) (err error) {
	if w.tokens, err = w.db.ABMToken.Query().Where(abmtoken.DeletedAtIsNil(), abmtoken.StateNEQ(abmtoken.StateAwaitingServerToken)).Order(abmtoken.ByID()).All(ctx); err != nil {
		return err
	}
	w.Device, err = w.db.Device.Query().Where(device.SerialNumber(w.Serial)).Only(ctx)
	if err = ent.MaskNotFound(err); err != nil {
		return err
	}
	if w.Device == nil {
		w.refusal, err = refusalOf(ctx, w.db, w.Serial, nil)
		return err
	}
	for _, t := range w.tokens {
		if t.ID == w.Device.AbmTokenID {
			w.Token = t
		}
	}
	of := []*ent.Device{w.Device}
	states, err := w.Rules.States(ctx, of)
	if err != nil {
		return err
	}
	w.state = states[w.Device.ID]
	w.Profile = w.state.Profile
	explained, err := w.Rules.Explain(ctx, of)
	if err != nil {
		return err
	}
	w.rules = explained[w.Device.ID]
	w.enrollment, err = w.db.DeviceEnrollment.Query().Where(deviceenrollment.DeviceID(w.Device.ID)).Only(ctx)
	if err = ent.MaskNotFound(err); err != nil {
		return err
	}
	w.identity, err = w.db.IdentityCertificate.Query().Where(identitycertificate.DeviceID(w.Device.ID)).Order(identitycertificate.ByID(sql.OrderDesc())).First(ctx)
	if err = ent.MaskNotFound(err); err != nil {
		return err
	}
	w.challenge, err = w.db.SCEPChallenge.Query().Where(scepchallenge.DeviceID(w.Device.ID), scepchallenge.Renews("")).Order(scepchallenge.ByID(sql.OrderDesc())).First(ctx)
	if err = ent.MaskNotFound(err); err != nil {
		return err
	}
	w.refusal, err = refusalOf(ctx, w.db, w.Serial, w.gotOn())
	return err
}

// gotOn is when the device last came further.
func (w *walker) gotOn() (at *time.Time) {
	if w.enrollment == nil {
		return nil
	}
	for _, t := range []*time.Time{w.enrollment.ProfileFetchedAt, w.enrollment.AuthenticatedAt, w.enrollment.EnrolledAt} {
		if t != nil && (at == nil || t.After(*at)) {
			at = t
		}
	}
	return at
}

// here tells whether the inventory has it.
func (w *walker) here() bool { return w.Device != nil && w.Device.RemovedAt == nil }

// called tells whether it came to this server, and has not left since.
func (w *walker) called() bool { return w.enrollment != nil && w.enrollment.ProfileFetchedAt != nil }

func (w *walker) enrolled() bool {
	return w.enrollment != nil && w.enrollment.Status == deviceenrollment.StatusEnrolled
}

// stand finds where the device stands: at the first step that is not passed after the last one that the device itself did. What comes before that did
// not keep it from going on, and what comes after has to wait.
func (w *walker) stand() {
	last := -1
	for i, step := range w.Steps {
		if step.Verdict == Passed && i > int(len(w.Steps)-5) { // contacted, identity, checked in, released
			last = i
		}
	}
	for i, step := range w.Steps {
		switch {
		case w.Stands != nil:
			if step.Verdict != Passed && step.Verdict != NotReached {
				step.Verdict, step.Fix = NotReached, Fix{}
			}
		case i > last && (step.Verdict == Failed || step.Verdict == Waiting):
			w.Stands = step
		}
	}
	if final := w.Steps[len(w.Steps)-1]; w.Stands == nil && final.Verdict != Passed { // Apple could not be asked, and nobody here knows it
		w.Stands = w.Steps[0]
		w.Stands.Fix = fix("Ask again when Apple answers.", CheckToken)
	}
}

func passed(kind StepKind, at *time.Time, text string, args ...any) *WalkStep {
	return &WalkStep{Kind: kind, Verdict: Passed, At: at, Text: fmt.Sprintf(text, args...)}
}

func notReached(kind StepKind, text string) *WalkStep {
	return &WalkStep{Kind: kind, Verdict: NotReached, Text: text}
}

// knownAtApple asks Apple whether the device is assigned to one of our MDM servers: in the name of the token that has it here, or of all.
func (w *walker) knownAtApple(ctx context.Context) (*WalkStep, error) {
	ask := w.tokens
	if w.here() && w.Token != nil {
		ask = []*ent.ABMToken{w.Token}
	}
	var asked []*ent.ABMToken
	for _, t := range ask {
		if works(t) && len(asked) < maxTokens {
			asked = append(asked, t)
		}
	}
	step := &WalkStep{Kind: KnownAtApple}
	if len(asked) == 0 {
		step.Verdict, step.Text = Unknown, "Apple cannot be asked: no ABM token that could know the device works."
		if len(w.tokens) == 0 {
			step.Verdict, step.Text, step.Fix = Failed, "No Apple Business Manager organization is connected.", fix("Connect one: Settings > ABM integration.")
		}
		return step, nil
	}
	answers, failures, err := w.askApple(ctx, asked)
	if err != nil {
		return nil, err
	}
	for i, t := range asked {
		switch {
		case answers[i] != nil:
			w.apple, w.Token = answers[i], t
			step.Verdict, step.Text = Passed, fmt.Sprintf("Apple has it assigned to the MDM server of %s.", t.Name)
			if at := answers[i].DeviceAssignedDate; !at.IsZero() {
				step.At = &at
			}
			step.Evidence = append(step.Evidence, "profile status at Apple: "+orNone(answers[i].ProfileStatus))
			return step, nil
		case failures[i] != nil:
			step.Evidence = append(step.Evidence, t.Name+": "+failures[i].Error())
		default:
			step.Evidence = append(step.Evidence, t.Name+": not assigned to its MDM server")
		}
	}
	for _, failure := range failures {
		if failure != nil {
			step.Verdict, step.Text = Unknown, "Not every organization could be asked, so nothing is known for sure."
			return step, nil
		}
	}
	step.Verdict, step.Text = Failed, "Apple does not have it assigned to an MDM server of this installation."
	step.Fix = fix("Assign it in Apple Business Manager: Devices, the serial number, Assign to MDM server. If it is not listed there either, the reseller has to add it, or somebody by Apple Configurator.", OpenABM)
	return step, nil
}

// askApple asks in the name of some tokens, and takes what it hears as evidence of their state.
func (w *walker) askApple(ctx context.Context, tokens []*ent.ABMToken) (answers []*abm.Device, failures []error, err error) {
	select {
	case w.asking <- struct{}{}:
		defer func() { <-w.asking }()
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	answers, failures = make([]*abm.Device, len(tokens)), make([]error, len(tokens))
	var g errgroup.Group
	g.SetLimit(maxAsking)
	for i, t := range tokens {
		g.Go(func() error {
			asking, cancel := context.WithTimeout(ctx, askTime)
			defer cancel()
			var observed error
			answers[i], observed, failures[i] = w.details(asking, t.ID)
			return observed
		})
	}
	err = g.Wait()
	return answers, failures, err
}

func (w *walker) details(ctx context.Context, token gid.ID) (found *abm.Device, observed, failure error) {
	conn, credentials, err := w.Tokens.Connect(ctx, token)
	if err != nil {
		return nil, nil, err
	}
	all, callErr := conn.DeviceDetails(ctx, []string{w.Serial})
	if ctx.Err() == nil {
		if err := w.Tokens.Observe(ctx, token, credentials, callErr); err != nil {
			return nil, err, callErr
		}
	}
	for serial, d := range all {
		if strings.EqualFold(serial, w.Serial) && d.ResponseStatus != abm.AssignNotAccessible {
			return &d, nil, callErr
		}
	}
	return nil, nil, callErr
}

func (w *walker) inInventory(context.Context) (*WalkStep, error) {
	switch {
	case w.here():
		return passed(InInventory, &w.Device.AddedAt, "GuardMDM lists it: %s.", orNone(w.Device.Model)), nil
	case w.Device == nil && w.apple == nil:
		return notReached(InInventory, "GuardMDM does not know this serial number."), nil
	case w.apple == nil:
		return &WalkStep{Kind: InInventory, Verdict: Failed, At: w.Device.RemovedAt, Text: "It left the MDM server, so it is listed as removed.",
			Fix: fix("Assign it to the MDM server again in Apple Business Manager; the next sync brings it back.", OpenABM)}, nil
	}
	return &WalkStep{Kind: InInventory, Verdict: Waiting, Text: "Apple lists it and GuardMDM does not yet: the next sync brings it, within 5 minutes.",
		Fix: fix("Wait for the next sync, or start one. If it is not here afterwards, a full sync compares the whole list.", StartFullSync, StartSync)}, nil
}

func (w *walker) tokenWorks(context.Context) (*WalkStep, error) {
	if w.Token == nil {
		return notReached(TokenWorks, "It belongs to no organization here."), nil
	}
	if f := ofToken(w.Token, w.now); f != nil && f.Severity == Critical {
		return &WalkStep{Kind: TokenWorks, Verdict: Failed, At: &w.Token.StateChangedAt, Text: f.Symptom + ". " + f.Cause, Evidence: f.Evidence, Fix: f.Fix}, nil
	}
	step := passed(TokenWorks, nil, "The server token of %s works.", w.Token.Name)
	if w.Token.ExpiresAt != nil {
		step.Evidence = []string{"expires: " + w.Token.ExpiresAt.UTC().Format(time.RFC3339)}
	}
	return step, nil
}

func (w *walker) profileByRules(context.Context) (*WalkStep, error) {
	if !w.here() {
		return notReached(ProfileByRules, "The rules are asked when GuardMDM lists the device."), nil
	}
	step := &WalkStep{Kind: ProfileByRules}
	for _, rule := range w.rules {
		step.Evidence = append(step.Evidence, rule.Text)
	}
	switch {
	case w.state.Profile == nil:
		step.Verdict, step.Text = Failed, "No rule gives it a profile: it is Unassigned."
		step.Fix = fix(fmt.Sprintf("Set the default for %s, or give the device or one of its groups a profile.", nameOf(w.Device.Platform)), ShowDevice, SetDefault)
	case w.state.Profile.PublishedVersionID == nil:
		step.Verdict, step.Text = Failed, fmt.Sprintf("The rules give it the profile %q, of which nothing was published.", w.state.Profile.Name)
		step.Fix = fix("Publish the profile.", PublishProfile)
	default:
		step.Verdict, step.Text = Passed, fmt.Sprintf("The rules give it the profile %q.", w.state.Profile.Name)
	}
	return step, nil
}

func (w *walker) profileAtApple(context.Context) (*WalkStep, error) {
	if !w.here() {
		return notReached(ProfileAtApple, "Apple is told when GuardMDM lists the device."), nil
	}
	step := &WalkStep{Kind: ProfileAtApple, Verdict: Waiting, Text: "Apple has not been told its profile yet."}
	switch w.state.Status {
	case assignment.Assigned, assignment.Pushed:
		return passed(ProfileAtApple, w.Device.AppleProfileAssignedAt, "Apple has the profile that the rules say."), nil
	case assignment.Failed, assignment.NotAccessible:
		step.Verdict = Failed
	case assignment.Unassigned:
		step.Text = "There is no profile to tell Apple of."
	}
	if p := w.state.Problem; p != nil {
		step.Text, step.Fix = p.Message, fix(p.Hint)
		step.Evidence = append(step.Evidence, fmt.Sprintf("%s, attempts: %d", p.Code, p.Attempts))
		if p.Next != nil && p.Next.Before(w.now.AddDate(1, 0, 0)) {
			step.Evidence = append(step.Evidence, "next attempt: "+p.Next.UTC().Format(time.RFC3339))
		}
		switch p.Code {
		case "OBSERVED":
			step.Verdict, step.Fix.Actions = Failed, []Action{Enforce}
		case "MIGRATION_NOT_AWAITED":
			step.Verdict, step.Fix.Actions = Failed, []Action{EditProfile}
		case "UNPUBLISHED":
			step.Verdict, step.Fix.Actions = Failed, []Action{PublishProfile}
		}
	}
	if w.state.Foreign {
		step.Evidence = append(step.Evidence, "Apple has a profile of another MDM for it: "+w.Device.AppleProfileUUID)
	}
	if step.Fix.Text == "" {
		step.Fix.Text = "Wait: GuardMDM tells Apple by itself, mostly within seconds."
	}
	return step, nil
}

func (w *walker) profileFetched(context.Context) (*WalkStep, error) {
	switch {
	case !w.here():
		return notReached(ProfileFetched, "The device fetches its profile from Apple when it is switched on."), nil
	case w.state.AppliesAfterErase && !w.enrolled():
		return &WalkStep{Kind: ProfileFetched, Verdict: Waiting, At: w.Device.AppleProfilePushedAt, Text: "It was set up with an earlier profile, and reads the present one when it is erased.",
			Fix: fix("Erase the device; on a Mac `sudo profiles renew -type enrollment` does it too.", ShowDevice)}, nil
	case w.Device.AppleProfileStatus == "pushed":
		return passed(ProfileFetched, w.Device.AppleProfilePushedAt, "The device fetched its profile from Apple: it was switched on."), nil
	case w.called():
		return passed(ProfileFetched, w.enrollment.ProfileFetchedAt, "It came here with it; Apple's list does not say so yet."), nil
	}
	return &WalkStep{Kind: ProfileFetched, Verdict: Waiting, Text: "The device was not switched on yet, or had no network.",
		Evidence: []string{"profile status at Apple: " + orNone(w.Device.AppleProfileStatus)},
		Fix:      fix("Switch it on and connect it to a network. If it was set up before its profile was assigned, erase it.")}, nil
}

// contacted is the first time that the device talks to this server.
func (w *walker) contacted(ctx context.Context) (*WalkStep, error) {
	if w.refusal != nil && !w.enrolled() {
		step := &WalkStep{Kind: ContactedServer, Verdict: Failed, At: &w.refusal.LastAt, Text: w.refusal.Message, Evidence: []string{
			fmt.Sprintf("refused %d %s: %s", w.refusal.Count, apperr.Word(int(w.refusal.Count), "time", "times"), w.refusal.Code), "last: " + w.refusal.LastAt.UTC().Format(time.RFC3339)},
			Fix: fix("See what docs/operations/enrollment.md says of "+w.refusal.Code+", mend that, and have the device try again.", ShowDevice)}
		if w.Device == nil {
			step.Fix.Actions = nil
		}
		return step, nil
	}
	if w.called() {
		step := passed(ContactedServer, w.enrollment.ProfileFetchedAt, "It came here and got its enrollment profile.")
		step.Evidence = nonEmpty("product: ", w.enrollment.Product, "system: ", w.enrollment.OsVersion, "build: ", w.enrollment.BuildVersion)
		return step, nil
	}
	address, err := w.URLs.Current(ctx)
	if err != nil {
		return nil, err
	}
	c, err := w.Push.Current(ctx)
	if err != nil {
		return nil, err
	}
	step := &WalkStep{Kind: ContactedServer, Verdict: Waiting, Text: "It has not come to this server yet.", Evidence: []string{"its profile sends it to: " + orNone(address)},
		Fix: fix("Look at the device: it says which server it could not reach. The address has to be reached from its network, and its certificate be trusted.")}
	switch {
	case c == nil || push.StateOf(c, w.now) == push.Expired:
		step.Verdict, step.Text = Failed, "It would be refused: this installation has no valid MDM push certificate."
		step.Fix = fix("Upload a push certificate: Settings > MDM server.", UploadPushCertificate)
	case address == "":
		step.Verdict, step.Text, step.Fix = Failed, "Its profile names no address that it could reach: this server has no public URL.", fix("Set GUARDMDM_PUBLIC_URL, and start the server again.")
	default:
		if why := w.Reach(ctx, address); why != nil {
			step.Evidence = append(step.Evidence, "asked from this server: "+why.Error())
		}
	}
	return step, nil
}

func nonEmpty(pairs ...string) (lines []string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			lines = append(lines, pairs[i]+pairs[i+1])
		}
	}
	return lines
}

// identified tells whether it got a certificate since it last fetched its enrollment profile, or is at work with an older one.
func (w *walker) identified() bool {
	return w.identity != nil && w.called() && (w.enrolled() || w.challenge == nil || w.challenge.UsedAt != nil)
}

func (w *walker) identifiedAt() *time.Time {
	if w.challenge != nil && w.challenge.UsedAt != nil {
		return w.challenge.UsedAt
	}
	return nil // a certificate is valid since before it was issued
}

func (w *walker) identityIssued(context.Context) (*WalkStep, error) {
	switch {
	case w.identified():
		step := passed(IdentityIssued, w.identifiedAt(), "Its identity certificate was issued.")
		step.Evidence = []string{"valid until: " + w.identity.ExpiresAt.UTC().Format(time.RFC3339)}
		if w.identity.RevokedAt != nil {
			step.Verdict, step.At, step.Text = Failed, w.identity.RevokedAt, "Its identity certificate was revoked: "+w.identity.RevokedBecause+"."
			step.Fix = fix("Have the device enroll anew: erase it.", ShowDevice)
		}
		return step, nil
	case !w.called():
		return notReached(IdentityIssued, "The enrollment profile has the device ask for a certificate."), nil
	}
	return &WalkStep{Kind: IdentityIssued, Verdict: Waiting, At: w.enrollment.ProfileFetchedAt, Text: "It has its enrollment profile and has not asked for its certificate.",
		Fix: fix("A moment later it should have. If it does not, /scep of this server is not reached: see whether a proxy lets it through. Then have the device try again.")}, nil
}

func (w *walker) checkedIn(context.Context) (*WalkStep, error) {
	e := w.enrollment
	switch {
	case e == nil || e.Status == deviceenrollment.StatusNotEnrolled && !w.identified():
		return notReached(CheckedIn, "With its certificate the device checks in: Authenticate, then TokenUpdate."), nil
	case e.Status == deviceenrollment.StatusEnrolled:
		step := passed(CheckedIn, e.EnrolledAt, "It is enrolled.")
		if e.LastSeenAt != nil {
			step.Evidence = []string{"last heard of: " + e.LastSeenAt.UTC().Format(time.RFC3339)}
		}
		return step, nil
	case e.Status == deviceenrollment.StatusUnenrolled:
		return &WalkStep{Kind: CheckedIn, Verdict: Failed, At: e.UnenrolledAt, Text: "It was enrolled and left: its management was removed on the device.",
			Fix: fix("Erase the device to have it enroll again. A profile with `isMdmRemovable` off does not let people remove the management.", ShowDevice)}, nil
	}
	if e.Status == deviceenrollment.StatusNotEnrolled {
		return &WalkStep{Kind: CheckedIn, Verdict: Waiting, At: w.identifiedAt(), Text: "It has its certificate and has not checked in.",
			Fix: fix("A moment later it should have. If it does not, /mdm of this server is not reached, or a proxy drops the header of the device's signature.")}, nil
	}
	return &WalkStep{Kind: CheckedIn, Verdict: Waiting, At: e.AuthenticatedAt, Text: "It began to enroll (Authenticate) and has not said how to reach it (TokenUpdate).",
		Fix: fix("That takes seconds. If it lasts, the device lost its network, or /mdm is not reached: restart it.")}, nil
}

func (w *walker) released(context.Context) (*WalkStep, error) {
	e := w.enrollment
	switch {
	case !w.enrolled():
		return notReached(Released, "Then Setup Assistant lets its user in."), nil
	case !e.AwaitingConfiguration:
		at := e.ReleasedAt
		if at == nil {
			at = e.EnrolledAt
		}
		return passed(Released, at, "Setup Assistant is done with it: it has arrived."), nil
	}
	step := &WalkStep{Kind: Released, Verdict: Waiting, At: e.EnrolledAt, Text: "It is held in Setup Assistant until its first commands are answered.",
		Fix: fix("It goes on by itself. To let it go on at once, release it.", ReleaseDevice)}
	if e.ReleaseDueAt != nil {
		step.Evidence = []string{"goes on at the latest: " + e.ReleaseDueAt.UTC().Format(time.RFC3339)}
		if e.ReleaseDueAt.Add(overdue).Before(w.now) {
			step.Verdict, step.Text = Failed, "It is held in Setup Assistant and does not answer."
			step.Fix = fix("Connect it to a network, then release it.", ReleaseDevice)
		}
	}
	return step, nil
}
