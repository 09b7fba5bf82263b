// Package upkeep is what the timer keeps in order: rows that are too old go, the day's numbers of the fleet are kept, and replicas say that they
// are there. Every replica does it; each piece is harmless to do twice.
//
// Files: retention.go removes what is too old, days.go keeps the course of the fleet, replica.go says who works on the database.
package upkeep

import (
	"crypto/rand"
	"os"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/guardmdm/guardmdm/server/store"
)

// How often the timer is to call Sweep, KeepDay and Announce.
const (
	SweepInterval    = time.Hour
	DayInterval      = 10 * time.Minute
	AnnounceInterval = time.Minute
)

// Service keeps order. It is safe for concurrent use.
type Service struct {
	db      *store.Store
	clock   clockwork.Clock
	name    string // of this process
	version string
	started time.Time
}

// New makes the Service of a process whose program has the version.
func New(db *store.Store, version string, clock clockwork.Clock) *Service {
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "unknown host"
	}
	return &Service{db: db, clock: clock, version: version, name: host + " " + rand.Text()[:6], started: clock.Now()}
}
