// Package othermdm is the MDM servers beside our own: NanoMDM, MicroMDM, Fleet. A device that asks for its enrollment profile here and was verified gets
// theirs, from a URL or a file; and they tell by webhook what became of it.
//
// Files: edit.go keeps them, profile.go reads enrollment profiles, fetch.go asks for them, check.go tries it for an administrator, webhook.go takes what
// they tell. What that means for a device is in server/mdm, as for our own.
//
// docs/operations/other-mdm.md is the guide, docs/adr/0018-other-mdm-servers.md says why it is so.
package othermdm

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/gid"
	entother "github.com/guardmdm/guardmdm/ent/othermdm"
	"github.com/guardmdm/guardmdm/server/apperr"
	"github.com/guardmdm/guardmdm/server/mdm"
	"github.com/guardmdm/guardmdm/server/outbound"
	"github.com/guardmdm/guardmdm/server/secret"
	"github.com/guardmdm/guardmdm/server/store"
)

// Why there is no enrollment profile to give, as codes of refusals.
const (
	Unreachable apperr.Code = "OTHER_MDM_UNREACHABLE"
	Forbidden   apperr.Code = "OTHER_MDM_ADDRESS_FORBIDDEN"
	Refused     apperr.Code = "OTHER_MDM_REFUSED"
	Unusable    apperr.Code = "OTHER_MDM_PROFILE_UNUSABLE"
)

// Enrollments keep how far devices have come.
type Enrollments interface {
	Reported(ctx context.Context, r mdm.Report) error
}

// Observer counts what other MDM servers tell; code is empty for what was kept.
type Observer interface {
	OtherMDMEvent(topic string, code apperr.Code)
}

// Options configure a Service.
type Options struct {
	Store       *store.Store
	Box         *secret.Box
	Enrollments Enrollments
	Observer    Observer // nil: nobody
	// Networks are those that may be called although they are not public.
	Networks []netip.Prefix
	Clock    clockwork.Clock
	Logger   *slog.Logger
}

// Service keeps the other MDM servers. It is safe for concurrent use.
type Service struct {
	Options
	client *http.Client
	large  chan struct{} // a place for each large report that is read at the same time

	mu    sync.Mutex
	noted map[gid.ID]noted
}

// fetchTime bounds how long another MDM server may take for an enrollment profile. The device waits for it.
const fetchTime = 15 * time.Second

// New makes a Service.
func New(o Options) *Service {
	if o.Observer == nil {
		o.Observer = nobody{}
	}
	return &Service{Options: o, client: outbound.New(outbound.Options{Allowed: o.Networks, Timeout: fetchTime}), large: make(chan struct{}, maxLarge), noted: map[gid.ID]noted{}}
}

// Close ends the connections that are kept.
func (s *Service) Close() { s.client.CloseIdleConnections() }

type nobody struct{}

func (nobody) OtherMDMEvent(string, apperr.Code) {}

// All are those that are not removed, by name.
func (s *Service) All(ctx context.Context) ([]*ent.OtherMDM, error) {
	return s.Store.Reader().OtherMDM.Query().Where(entother.DeletedAtIsNil()).Order(entother.ByName(), entother.ByID()).All(ctx)
}

func (s *Service) find(ctx context.Context, db *ent.Client, id gid.ID) (*ent.OtherMDM, error) {
	m, err := db.OtherMDM.Query().Where(entother.ID(id), entother.DeletedAtIsNil()).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, apperr.Missing(err, "other MDM server", id, "otherMDMs").WithField("otherMdmId")
	}
	return m, store.MapError(err)
}

// place is where a secret of the server belongs: it opens there alone.
func place(id gid.ID, what string) string { return "other_mdm/" + id.String() + "/" + what }
