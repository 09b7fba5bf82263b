// Package graph is the GraphQL API: the schema by noun (*.graphql), and resolvers that decode, call one service, and encode.
package graph

import (
	"context"
	"crypto/x509"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/predicate"
	"github.com/guardmdm/guardmdm/ent/role"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/adeprofile"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/auth"
	"github.com/guardmdm/guardmdm/server/deviceca"
	"github.com/guardmdm/guardmdm/server/devicegroup"
	"github.com/guardmdm/guardmdm/server/diagnosis"
	"github.com/guardmdm/guardmdm/server/enroll"
	"github.com/guardmdm/guardmdm/server/fleetfeed"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/othermdm"
	"github.com/guardmdm/guardmdm/server/upkeep"
)

// Tokens is the token exchange.
type Tokens interface {
	Generate(ctx context.Context, name string) (*ent.ABMToken, error)
	Renew(ctx context.Context, id gid.ID) (*ent.ABMToken, error)
	Upload(ctx context.Context, id gid.ID, file []byte, acceptChanges bool) (*ent.ABMToken, error)
	Delete(ctx context.Context, id gid.ID) (devicesRemoved int, err error)
}

// Syncs begins and stops runs.
type Syncs interface {
	Start(ctx context.Context, token gid.ID, full bool, trigger syncrun.Trigger) (run *ent.SyncRun, joined bool, err error)
	Cancel(ctx context.Context, run gid.ID) (*ent.SyncRun, error)
	ConfirmRemovals(ctx context.Context, token gid.ID, expected int) (*ent.SyncRun, error)
	Periodic(t *ent.ABMToken) bool // whether the timer syncs the token
}

// Progress watches runs.
type Progress interface {
	Watch(ctx context.Context, token gid.ID) (<-chan *ent.SyncRun, error)
}

// Checks asks Apple whether a token works.
type Checks interface {
	Check(ctx context.Context, id gid.ID) error
}

// People signs people in, and adds and changes them. Those that sign in return who is signed in then.
type People interface {
	SetupNeeded(ctx context.Context) (bool, error)
	SignIn(ctx context.Context, email, password string) (auth.Caller, error)
	SignOut(ctx context.Context) error
	CreateFirstAdmin(ctx context.Context, code, name, email, password string) (auth.Caller, error)
	Link(ctx context.Context, code string) (*ent.OneTimeLink, error) // with its user; nil: none that works
	Redeem(ctx context.Context, code, password string) (auth.Caller, error)
	ChangePassword(ctx context.Context, current, next string) error
	SignOutEverywhere(ctx context.Context, user gid.ID) (sessions int, err error) // 0: the caller
	Add(ctx context.Context, email, name string, r role.Role) (u *ent.User, linkPath string, err error)
	Update(ctx context.Context, user gid.ID, name *string, r *role.Role, disabled *bool) (*ent.User, error) // nil: stays
	Reset(ctx context.Context, user gid.ID) (u *ent.User, linkPath string, err error)
	Remove(ctx context.Context, user gid.ID) error
	Status(u *ent.User) string // as the API names it
}

// APITokens makes and ends API tokens.
type APITokens interface {
	Create(ctx context.Context, name string, r role.Role, expires time.Time) (t *ent.APIToken, secret string, err error)
	Explore(ctx context.Context) (t *ent.APIToken, secret string, err error)
	Revoke(ctx context.Context, id gid.ID) (*ent.APIToken, error)
}

// ADEProfiles makes and changes ADE profiles. A batch is 0 when no device is moved.
type ADEProfiles interface {
	Create(ctx context.Context, e adeprofile.Edit) (*ent.ADEProfile, error)
	Update(ctx context.Context, profile gid.ID, e adeprofile.Edit) (p *ent.ADEProfile, batch gid.ID, err error)
	Publish(ctx context.Context, profile, version gid.ID) (p *ent.ADEProfile, batch gid.ID, err error) // version 0: the draft
	Discard(ctx context.Context, profile gid.ID) (*ent.ADEProfile, error)                              // nil: it was deleted
	Delete(ctx context.Context, profile, replaceWith gid.ID, fallBack bool) error
	ConfirmPublicURL(ctx context.Context, address string, expected *int) error
}

// PublicURL is the address by which devices and browsers reach this installation.
type PublicURL interface {
	Current(ctx context.Context) (string, error) // "": none that can be used
	Configured() string                          // what the variable says
}

// Groups makes and changes device groups, and counts their devices.
type Groups interface {
	Create(ctx context.Context, group devicegroup.Input) (*ent.DeviceGroup, error)
	Update(ctx context.Context, group gid.ID, change devicegroup.Change) (*ent.DeviceGroup, error)
	Delete(ctx context.Context, group gid.ID) error
	AddDevices(ctx context.Context, group gid.ID, devices devicegroup.Selection) (g *ent.DeviceGroup, added int, unknown []string, err error)
	RemoveDevices(ctx context.Context, group gid.ID, devices devicegroup.Selection) (g *ent.DeviceGroup, removed int, unknown []string, err error)
	Matches(ctx context.Context, rule devicegroup.Rule, exact bool) (devicegroup.Count, error)
	DeviceCount(ctx context.Context, g *ent.DeviceGroup) (devicegroup.Count, error)
	DecidedCount(ctx context.Context, g *ent.DeviceGroup) (int, error)
	RuleChange(ctx context.Context, group gid.ID, rule devicegroup.Rule) (joining, leaving devicegroup.Difference, err error)
}

// Assignments decides which profile devices have, tells Apple, and knows how both stand.
type Assignments interface {
	Assign(ctx context.Context, profile gid.ID, devices assignment.Selection) (b *ent.AssignmentBatch, unknown []string, err error)
	Unassign(ctx context.Context, devices assignment.Selection) (b *ent.AssignmentBatch, unknown []string, err error)
	Clear(ctx context.Context, devices assignment.Selection) (b *ent.AssignmentBatch, unknown []string, err error)
	SetGroupProfile(ctx context.Context, group, profile gid.ID) (*ent.AssignmentBatch, error) // profile 0: none
	SetDefault(ctx context.Context, p device.Platform, profile, token gid.ID) (*ent.PlatformDefault, *ent.AssignmentBatch, error)
	SetMode(ctx context.Context, token gid.ID, mode abmtoken.AssignmentMode, expected *int) (*ent.ABMToken, *ent.AssignmentBatch, error)
	Cancel(ctx context.Context, batch gid.ID) (*ent.AssignmentBatch, error)
	Undo(ctx context.Context, batch gid.ID) (*ent.AssignmentBatch, error)
	Preview(ctx context.Context, change assignment.Change) (*assignment.Preview, error)
	Disown(ctx context.Context, serials []string, expected int) (b *ent.AssignmentBatch, results []assignment.Disowned, unknown []string, err error)
	Watch(ctx context.Context, batch gid.ID) (<-chan *ent.AssignmentBatch, error)

	Defaults(ctx context.Context, token gid.ID) ([]*ent.PlatformDefault, error) // token 0: all
	ForeignToReplace(ctx context.Context, token gid.ID) (int, error)
	States(ctx context.Context, devices []*ent.Device) (map[gid.ID]*assignment.State, error)
	Groups(ctx context.Context, devices []gid.ID) (map[gid.ID][]*ent.DeviceGroup, error)
	Explain(ctx context.Context, devices []*ent.Device) (map[gid.ID][]assignment.Step, error)
	CountBySource(ctx context.Context, source assignment.Source, tokens []gid.ID, platforms []device.Platform) (int, error)
	CountUnfinished(ctx context.Context, token gid.ID) (assignment.Unfinished, error)
	CountProfiled(ctx context.Context, token gid.ID) (assignment.Profiled, error)
	MigrationsNotAwaited(ctx context.Context) (map[gid.ID]int, error) // by profile
	ProfileCounts(ctx context.Context) (map[gid.ID]assignment.ProfileCount, error)
	HasSource(ctx context.Context, source assignment.Source) (predicate.Device, error)
	HasProfile(ctx context.Context, profile gid.ID) (predicate.Device, error)
	HasStatus(ctx context.Context, status assignment.Status) (predicate.Device, error)
}

// Diagnoses says what is wrong and what is as it should be; token 0: everything.
type Diagnoses interface {
	Find(ctx context.Context, token gid.ID) (*diagnosis.Report, error)
	Walk(ctx context.Context, serial string) (*diagnosis.Walk, error) // how far one device has come
}

// Days knows the course of the fleet.
type Days interface {
	Days(ctx context.Context, token gid.ID, days int) ([]upkeep.Day, error) // token 0: all
}

// Push keeps the MDM push certificate.
type Push interface {
	Current(ctx context.Context) (*ent.PushCertificate, error) // nil: none
	Requests(ctx context.Context) ([]*ent.PushCertificate, error)
	Request(ctx context.Context, appleAccount string) (*ent.PushCertificate, error)
	Upload(ctx context.Context, certificate, key []byte, appleAccount string) (*ent.PushCertificate, error)
}

// Enrollments knows what devices did since they were switched on, and releases them from Setup Assistant.
type Enrollments interface {
	Of(ctx context.Context, devices []*ent.Device) (map[gid.ID]*ent.DeviceEnrollment, error)
	HasStatus(status deviceenrollment.Status) predicate.Device
	EnrolledWith(other gid.ID) predicate.Device                  // 0: our own server
	Count(ctx context.Context, token gid.ID) (mdm.Counts, error) // token 0: all
	Channel(ctx context.Context, device gid.ID) (*ent.MDMChannel, error)
	Identity(ctx context.Context, device gid.ID) (*ent.IdentityCertificate, error)
	Release(ctx context.Context, device gid.ID) (*ent.Device, error)
	Settings(ctx context.Context) (mdm.Settings, error)
	ChangeSettings(ctx context.Context, next mdm.Settings) (mdm.Settings, error)
}

// Commands sends commands to devices, and knows what became of them.
type Commands interface {
	Send(ctx context.Context, c mdm.Command, devices devicegroup.Selection) (mdm.Sent, error)
	Resend(ctx context.Context, batch gid.ID, serials []string, expected int) (*ent.CommandBatch, error) // serials nil: all that did not do it
	CanResend(ctx context.Context, b *ent.CommandBatch) (bool, error)
	CancelBatch(ctx context.Context, id gid.ID) (b *ent.CommandBatch, canceled int, err error)
	CancelCommand(ctx context.Context, id gid.ID) (*ent.MDMCommand, error)
	CountCommands(ctx context.Context, b *ent.CommandBatch) (mdm.CommandCounts, error)
	Answer(ctx context.Context, id gid.ID) (*ent.MDMCommand, error)
}

// Feed watches what happens to devices.
type Feed interface {
	Watch(ctx context.Context, filter fleetfeed.Filter) (<-chan *ent.DeviceEvent, error)
}

// DeviceCAs knows the authorities whose devices are believed.
type DeviceCAs interface {
	All(ctx context.Context) ([]deviceca.Authority, error)
	Pin(ctx context.Context, id gid.ID, certificatePEM string) (*deviceca.Authority, error) // by one of both
	Unpin(ctx context.Context, id gid.ID) (*deviceca.Authority, error)
}

// Identities issues the identities of devices.
type Identities interface {
	Authorities(ctx context.Context) ([]*x509.Certificate, error)
}

// Signing keeps what signs enrollment profiles.
type Signing interface {
	Signing(ctx context.Context) (*enroll.Signing, error) // nil: nothing
	UploadSigning(ctx context.Context, certificatePEM, keyPEM string) (*enroll.Signing, error)
	RemoveSigning(ctx context.Context) error
}

// OtherMDMs keeps the MDM servers beside our own.
type OtherMDMs interface {
	All(ctx context.Context) ([]*ent.OtherMDM, error)
	Create(ctx context.Context, e othermdm.Edit) (m *ent.OtherMDM, webhookSecret string, err error)
	Update(ctx context.Context, id gid.ID, e othermdm.Edit) (*ent.OtherMDM, error)
	Delete(ctx context.Context, id gid.ID) error
	Rotate(ctx context.Context, id gid.ID) (m *ent.OtherMDM, webhookSecret string, err error)
	Test(ctx context.Context, id gid.ID) ([]othermdm.Finding, *othermdm.Profile, error)
	FileProfile(m *ent.OtherMDM) (*othermdm.Profile, error) // nil: it comes from a URL
}

// Reader is the database, for reading.
type Reader interface{ Reader() *ent.Client }

// Resolver holds the services that the resolvers call.
type Resolver struct {
	DB        Reader
	Tokens    Tokens
	Checks    Checks
	Syncs     Syncs
	Progress  Progress
	People    People
	APITokens APITokens

	ADEProfiles ADEProfiles
	URLs        PublicURL
	Groups      Groups
	Assignments Assignments
	Diagnoses   Diagnoses
	Days        Days
	Push        Push
	Enrollments Enrollments
	Commands    Commands
	Feed        Feed
	DeviceCAs   DeviceCAs
	Identities  Identities
	Signing     Signing
	OtherMDMs   OtherMDMs

	Clock    clockwork.Clock
	Instance Instance
}

// Instance is what is known about this server when it starts.
type Instance struct {
	Version            string
	IsApple            bool   // whether Apple's own service is asked
	SimulatedPortalURL string // of the demo; "" otherwise
	SimulatedDevices   bool   // whether devices of configured authorities may enroll
	SyncPageSize       int
	NextSync           func(now time.Time) time.Time // when the timer begins the periodic syncs next
	SyncInterval       time.Duration
}
