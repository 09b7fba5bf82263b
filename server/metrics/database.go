package metrics

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/abmtoken"
	"github.com/guardmdm/guardmdm/ent/devicecount"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/syncrun"
	"github.com/guardmdm/guardmdm/server/store"
)

// readTimeout bounds what a scrape waits for the database: the other metrics matter most when it is slow.
const readTimeout = 2 * time.Second

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(namespace+"_"+name, help, labels, nil)
}

var (
	databaseUp = describe("database_up", "1 if the database answered this scrape within 2 s; else the metrics read from it are absent")
	running    = describe("sync_running", "1 while a run of the token goes on, at whichever replica", "token")
	lapsed     = describe("sync_lease_lapsed", "1 while a run of the token goes on whose lease has lapsed: nobody works on it", "token")
	lastSynced = describe("sync_last_success_timestamp_seconds", "when a run of the token last ended well; absent: never", "token")
	lastFull   = describe("sync_last_full_success_timestamp_seconds", "when a full reconciliation of the token last ended well; absent: never", "token")
	held       = describe("sync_removals_held", "devices that the last full reconciliation did not find and kept until an administrator confirms their removal", "token")
	devices    = describe("devices", "devices of the token's MDM server that are present, by platform", "token", "platform")
	tokenState = describe("abm_token_state", "1 for the state that the token is in, 0 for the others", "token", "state")
	tokenEnd   = describe("abm_token_expiry_timestamp_seconds", "when the server token expires; absent: not known", "token")
)

// states are all that a token can be in: a series that is there before it is 1 can be alerted on.
var states = []abmtoken.State{
	abmtoken.StateAwaitingServerToken, abmtoken.StateActive, abmtoken.StateExpiring, abmtoken.StateExpired,
	abmtoken.StateRejected, abmtoken.StateTermsNotAccepted,
}

// database collects what the database knows.
type database struct {
	store *store.Store
	log   *slog.Logger
}

// Describe implements prometheus.Collector.
func (*database) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{databaseUp, running, lapsed, lastSynced, lastFull, held, devices, tokenState, tokenEnd} {
		out <- d
	}
}

// Collect implements prometheus.Collector. A database that does not answer is a value, not an error.
func (d *database) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
	defer cancel()
	set := func(desc *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	known, err := d.read(ctx)
	set(databaseUp, number(err == nil))
	if err != nil {
		d.log.WarnContext(ctx, "the database did not answer for the metrics", "error", err)
		return
	}
	for _, t := range known.tokens {
		id := t.ID.String()
		run := known.runs[t.ID]
		set(running, number(run != nil), id)
		set(lapsed, number(run != nil && run.LeaseExpiresAt.Before(known.now)), id)
		set(held, float64(t.HeldRemovals), id)
		for _, c := range known.counts[t.ID] {
			set(devices, float64(c.Present), id, c.Platform)
		}
		for _, s := range states {
			set(tokenState, number(s == t.State), id, string(s))
		}
		for desc, at := range map[*prometheus.Desc]*time.Time{lastSynced: t.LastSyncedAt, lastFull: t.LastFullSyncAt, tokenEnd: t.ExpiresAt} {
			if at != nil {
				set(desc, float64(at.UnixMilli())/1000, id)
			}
		}
	}
}

// state is what the database knows.
type state struct {
	now    time.Time       // by which leases go
	tokens []*ent.ABMToken // that were not deleted
	runs   map[gid.ID]*ent.SyncRun
	counts map[gid.ID][]*ent.DeviceCount // of all days together
}

func (d *database) read(ctx context.Context) (state, error) {
	s := state{runs: map[gid.ID]*ent.SyncRun{}, counts: map[gid.ID][]*ent.DeviceCount{}}
	var err error
	if s.now, err = d.store.Now(ctx); err != nil {
		return s, err
	}
	s.tokens, err = d.store.Reader().ABMToken.Query().Where(abmtoken.DeletedAtIsNil()).Order(abmtoken.ByID()).
		Select(abmtoken.FieldID, abmtoken.FieldState, abmtoken.FieldExpiresAt, abmtoken.FieldLastSyncedAt, abmtoken.FieldLastFullSyncAt,
			abmtoken.FieldHeldRemovals).All(ctx)
	if err != nil {
		return s, err
	}
	runs, err := d.store.Reader().SyncRun.Query().Where(syncrun.StatusEQ(syncrun.StatusRunning)).
		Select(syncrun.FieldID, syncrun.FieldAbmTokenID, syncrun.FieldLeaseExpiresAt).All(ctx)
	if err != nil {
		return s, err
	}
	for _, run := range runs {
		s.runs[run.AbmTokenID] = run
	}
	counts, err := d.store.Reader().DeviceCount.Query().Where(devicecount.Day(0)).All(ctx)
	for _, c := range counts {
		s.counts[c.AbmTokenID] = append(s.counts[c.AbmTokenID], c)
	}
	return s, err
}
