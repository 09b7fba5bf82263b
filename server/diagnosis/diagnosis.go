// Package diagnosis says what is wrong, why, and what mends it; and at which step of its way one device stands (walk.go). Nothing is stored: each source reads its evidence when somebody asks, from kept counts
// and small indexed sets of rows, so that an answer costs a few queries whatever the number of devices.
//
// A source is a function of one file that is named in Sources. It finds what is wrong now; what is mended is not found any more.
package diagnosis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/devicecount"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/abm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/assignment"
	"github.com/guardmdm/guardmdm/server/store"
)

// Severity is how urgent a finding is.
type Severity string

// The severities, the most urgent first.
const (
	Critical Severity = "CRITICAL"
	Warning  Severity = "WARNING"
	Info     Severity = "INFO"
)

var severities = []Severity{Critical, Warning, Info}

// Finding is something that is wrong, or soon will be.
type Finding struct {
	Code     string
	Severity Severity
	Symptom  string   // what people notice, in one line
	Cause    string   // why it is so
	Evidence []string // what it is concluded from
	Since    *time.Time
	Devices  int            // that it touches
	Where    map[string]any // finds them, as the argument `where` of `devices`; nil: no filter finds exactly them
	Examples []string       // serial numbers of some of them, where no filter finds exactly them
	Fix      Fix
	Token    *ent.ABMToken
	Profile  *ent.ADEProfile
	OtherMDM *ent.OtherMDM
	Platform device.Platform
}

// Key identifies the finding as long as it lasts.
func (f *Finding) Key() string {
	key := f.Code
	if f.Token != nil {
		key += ":" + f.Token.ID.String()
	}
	if f.Profile != nil {
		key += ":" + f.Profile.ID.String()
	}
	if f.OtherMDM != nil {
		key += ":" + f.OtherMDM.ID.String()
	}
	if f.Platform != "" {
		key += ":" + string(f.Platform)
	}
	return key
}

// Source finds what one kind of evidence says.
type Source func(ctx context.Context, l *Look) ([]*Finding, error)

// Sources are all of them. One more is a function here.
func Sources() []Source {
	return []Source{tokens, syncs, unassigned, defaults, otherPlatforms, refusedProfiles, assignments, observed, devices, publicURL,
		pushCertificate, heldDevices, refusedDevices, refusedWebhooks, databaseSpace, replicaVersions}
}

// Rules is what the assignment knows.
type Rules interface {
	// Unassigned counts the devices that no rule gives a profile, by platform; token 0: all.
	Unassigned(ctx context.Context, token gid.ID) (map[device.Platform]int, error)
	// MigrationsNotAwaited counts the devices that have to migrate and have a profile that does not wait, by profile.
	MigrationsNotAwaited(ctx context.Context) (map[gid.ID]int, error)
	// States and Explain say how devices stand, and why.
	States(ctx context.Context, devices []*ent.Device) (map[gid.ID]*assignment.State, error)
	Explain(ctx context.Context, devices []*ent.Device) (map[gid.ID][]assignment.Step, error)
}

// Tokens ask Apple.
type Tokens interface {
	Connect(ctx context.Context, token gid.ID) (conn *abm.Token, credentials int, err error)
	Observe(ctx context.Context, token gid.ID, credentials int, outcome error) error
}

// Push knows the push certificate in use; nil: none.
type Push interface {
	Current(ctx context.Context) (*ent.PushCertificate, error)
}

// URLs is what is known about the public URL.
type URLs interface {
	Current(ctx context.Context) (string, error) // "": none that can be used
	Configured() string                          // what the variable says
}

// Reach tells why GuardMDM does not answer at an address; nil: it does.
type Reach func(ctx context.Context, address string) error

// Space is how much can still be written to the database, and how much room there is altogether; ok is false where that is not known.
type Space func(ctx context.Context) (free, total uint64, ok bool, err error)

// Options configure a Service.
type Options struct {
	Store   *store.Store
	Rules   Rules
	Tokens  Tokens
	Push    Push
	URLs    URLs
	Reach   Reach
	Space   Space // nil: that of Store
	IsApple bool  // Apple's own service is asked, which takes nothing but https
	Clock   clockwork.Clock
	Sources []Source // nil: Sources()
}

// Service finds out. It is safe for concurrent use.
type Service struct {
	Options
	asking chan struct{} // one for each device that Apple is being asked about
}

// New makes the Service.
func New(o Options) *Service {
	if o.Sources == nil {
		o.Sources = Sources()
	}
	if o.Space == nil {
		o.Space = o.Store.Space
	}
	return &Service{Options: o, asking: make(chan struct{}, maxAsking)}
}

// Look is what sources work with: one look at the installation.
type Look struct {
	Options
	DB      *ent.Client
	Now     time.Time
	Only    gid.ID          // the ABM token that is asked about; 0: everything
	Tokens  []*ent.ABMToken // that are asked about, oldest first
	present map[gid.ID]map[device.Platform]int
}

// Report is what one look at the installation found.
type Report struct {
	Findings []*Finding // the most urgent first, of equal ones those that touch more devices
	look     *Look
}

// Find looks at everything, or with a token at what concerns it, or all of them.
func (s *Service) Find(ctx context.Context, token gid.ID) (*Report, error) {
	l := &Look{Options: s.Options, DB: s.Store.Reader(), Now: s.Clock.Now(), Only: token}
	query := l.DB.ABMToken.Query().Where(abmtoken.DeletedAtIsNil()).Order(abmtoken.ByID())
	if token != 0 {
		query.Where(abmtoken.ID(token))
	}
	var err error
	if l.Tokens, err = query.All(ctx); err != nil {
		return nil, store.MapError(err)
	}
	if err := l.count(ctx); err != nil {
		return nil, store.MapError(err)
	}
	found := []*Finding{}
	for _, source := range s.Sources {
		some, err := source(ctx, l)
		if err != nil {
			return nil, store.MapError(err)
		}
		found = append(found, some...)
	}
	slices.SortStableFunc(found, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity)), cmp.Compare(b.Devices, a.Devices))
	})
	return &Report{found, l}, nil
}

// count reads how many devices the tokens have.
func (l *Look) count(ctx context.Context) error {
	l.present = map[gid.ID]map[device.Platform]int{}
	rows, err := l.DB.DeviceCount.Query().Where(devicecount.Day(0)).All(ctx)
	if err != nil {
		return fmt.Errorf("reading the kept counts: %w", err)
	}
	for _, row := range rows {
		if l.present[row.AbmTokenID] == nil {
			l.present[row.AbmTokenID] = map[device.Platform]int{}
		}
		l.present[row.AbmTokenID][device.Platform(row.Platform)] += row.Present
	}
	return nil
}

// Devices is how many present devices a token has.
func (l *Look) Devices(token gid.ID) (n int) {
	for _, count := range l.present[token] {
		n += count
	}
	return n
}

// token gives one of the tokens that are asked about; nil when it is none of them.
func (l *Look) token(id gid.ID) *ent.ABMToken {
	for _, t := range l.Tokens {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// works tells whether a token in this state is used for calls: the trouble of others is their state.
func works(t *ent.ABMToken) bool {
	return t.State == abmtoken.StateActive || t.State == abmtoken.StateExpiring
}

// where is a filter of present devices, narrowed to the token if there is one.
func where(token *ent.ABMToken, more map[string]any) map[string]any {
	filter := map[string]any{"removedAtIsNil": true}
	if token != nil {
		filter["abmTokenId"] = token.ID.String()
	}
	for name, value := range more {
		filter[name] = value
	}
	return filter
}

// some says how many devices.
func some(n int) string { return apperr.Count(n, "device") }
