package inventory

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/guardmdm/guardmdm/ent/deviceevent"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// Kind says what a page's records are.
type Kind int

// The kinds of records.
const (
	// Import is a full fetch of a list that was not known, or whose changes could not be followed. New devices make no events:
	// their rows say when they came.
	Import Kind = iota
	// Reconciliation is a full fetch of a list that the changes had kept up to date: what it finds different is unannounced.
	Reconciliation
	// Changes is what happened since a cursor.
	Changes
	// LateChanges are Changes of the run that reconciles: what they speak of was announced, only later than it was found.
	LateChanges
)

// Origin says where records come from.
type Origin struct {
	Token, Run gid.ID
	Kind       Kind
	// Fresh says that there is no row of the records' devices, as far as the caller knows. It spares looking for them. If there is
	// one all the same, of another token for instance, the unique index stops Apply with ErrConcurrent.
	Fresh bool
	By    string // whose act it was; empty: Apple tells of it
}

// event is a row of device_events to be written. The device goes by its serial number, as a new one's id is not known.
type event struct {
	Serial  string           `json:"s"`
	Kind    deviceevent.Kind `json:"k"`
	AppleAt any              `json:"a"` // as both databases take a time, or nil
	Changes any              `json:"c"` // JSON text, or nil
}

// eventOf describes what a record made of a row; ok is false when it makes no event.
func (o Origin) eventOf(v verdict, was *row, next *row, r *Record) (e event, ok bool) {
	e = event{Serial: next.SerialNumber, AppleAt: at(r.opAt).text()}
	switch {
	case v == added && was == nil:
		if o.Kind == Import {
			return e, false
		}
		e.Kind = deviceevent.KindAdded
		return e, true
	case v == added && was.RemovedAt.set:
		e.Kind = deviceevent.KindReturned
	case v == added:
		e.Kind = deviceevent.KindMoved
	case v == modified && next.AppleProfileStatus == pushed && was.AppleProfileStatus != pushed:
		e.Kind = deviceevent.KindPushed
	case v == modified:
		e.Kind = deviceevent.KindModified
	case v == removed:
		e.Kind = deviceevent.KindRemoved
	default:
		return e, false
	}
	e.Changes = changes(was, next)
	if v == removed && r.replaced {
		e.Changes = `{"releasedByReplacement":[false,true]}` // a deletion changes nothing else
	}
	return e, true
}

// pushed is Apple's profile status of a device that has fetched its profile.
const pushed = "pushed"

// unannounced tells whether only a full reconciliation found it.
func (o Origin) unannounced() bool { return o.Kind == Reconciliation }

// recorded are the fields whose changes an event holds, by their names in the API.
var recorded = []struct {
	name  string
	value func(*row) any // comparable, and as JSON writes it
}{
	{"model", func(r *row) any { return r.Model }},
	{"description", func(r *row) any { return r.Description }},
	{"color", func(r *row) any { return r.Color }},
	{"assetTag", func(r *row) any { return r.AssetTag }},
	{"deviceFamily", func(r *row) any { return r.DeviceFamily }},
	{"os", func(r *row) any { return r.OS }},
	{"platform", func(r *row) any { return string(r.Platform) }},
	{"appleProfileUuid", func(r *row) any { return r.AppleProfileUUID }},
	{"appleProfileStatus", func(r *row) any { return r.AppleProfileStatus }},
	{"appleProfileAssignedAt", func(r *row) any { return r.AppleProfileAssignedAt.json() }},
	{"appleProfilePushedAt", func(r *row) any { return r.AppleProfilePushedAt.json() }},
	{"deviceAssignedAt", func(r *row) any { return r.DeviceAssignedAt.json() }},
	{"deviceAssignedBy", func(r *row) any { return r.DeviceAssignedBy }},
	{"mdmMigrationDeadline", func(r *row) any { return r.MDMMigrationDeadline.json() }},
	{"other", func(r *row) any { return r.AppleExtra }},
	{"abmTokenId", func(r *row) any { return gid.ID(r.ABMTokenID).String() }},
}

// changes writes the fields that differ: {"name": [before, after]}. nil when none do.
func changes(was, next *row) any {
	var b strings.Builder
	for _, f := range recorded {
		before, after := f.value(was), f.value(next)
		if before == after {
			continue
		}
		pair, _ := json.Marshal([2]any{before, after}) // strings and nil always have a JSON form
		separator := byte(',')
		if b.Len() == 0 {
			separator = '{'
		}
		b.WriteByte(separator)
		b.WriteString(quoted(f.name))
		b.WriteByte(':')
		b.Write(pair)
	}
	if b.Len() == 0 {
		return nil
	}
	b.WriteByte('}')
	return b.String()
}

// record writes events inside tx.
func record(ctx context.Context, tx *store.Tx, o Origin, events []event, now time.Time) error {
	if len(events) == 0 {
		return nil
	}
	list, err := json.Marshal(events)
	if err != nil {
		return err
	}
	values := "SELECT value ->> '$.s' AS s, value ->> '$.k' AS k, value ->> '$.a' AS a, value ->> '$.c' AS c FROM json_each($1)"
	if tx.Dialect() == dialect.Postgres {
		values = "SELECT s, k, a, c::jsonb FROM json_to_recordset($1::json) AS list(s text, k text, a timestamptz, c text)"
	}
	var run any
	if o.Run != 0 {
		run = int64(o.Run)
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO device_events (device_id, abm_token_id, sync_run_id, kind, at, apple_at, changes, requested_by, unannounced)"+
		" SELECT devices.id, $2, $3, v.k, $4, v.a, v.c, $6, $5 FROM ("+values+") AS v JOIN devices ON devices.serial_number = v.s",
		string(list), int64(o.Token), run, at(now).text(), o.unannounced(), o.By)
	if err != nil {
		return fmt.Errorf("writing the devices' events: %w", err)
	}
	return nil
}

// announce takes back that the run's findings about these devices were unannounced, now that Apple's changes speak of them.
func announce(ctx context.Context, tx *store.Tx, run gid.ID, records []*Record) error {
	serials := make([]string, len(records))
	for i, r := range records {
		serials[i] = r.SerialNumber
	}
	list, err := json.Marshal(serials)
	if err != nil {
		return err
	}
	values := "SELECT value FROM json_each($2)"
	if tx.Dialect() == dialect.Postgres {
		values = "SELECT json_array_elements_text($2::json)"
	}
	_, err = tx.ExecContext(ctx, "UPDATE device_events SET unannounced = false WHERE sync_run_id = $1 AND unannounced AND device_id IN"+
		" (SELECT id FROM devices WHERE serial_number IN ("+values+"))", int64(run), string(list))
	if err != nil {
		return fmt.Errorf("marking events as announced: %w", err)
	}
	return nil
}

// Differences count what a full reconciliation found although no change had announced it.
type Differences struct{ MissingHere, MissingAtApple, Changed int }

// Any tells whether there are differences.
func (d Differences) Any() bool { return d != Differences{} }

// FindDifferences counts those of a run inside tx.
func FindDifferences(ctx context.Context, tx *store.Tx, run gid.ID) (d Differences, err error) {
	var counts []struct {
		Kind  deviceevent.Kind `json:"kind"`
		Count int              `json:"count"`
	}
	err = tx.DeviceEvent.Query().Where(deviceevent.SyncRunID(run), deviceevent.Unannounced(true)).
		GroupBy(deviceevent.FieldKind).Aggregate(countRows).Scan(ctx, &counts)
	if err != nil {
		return d, fmt.Errorf("counting what the reconciliation found: %w", err)
	}
	for _, c := range counts {
		switch c.Kind {
		case deviceevent.KindRemoved:
			d.MissingAtApple += c.Count
		case deviceevent.KindModified, deviceevent.KindPushed:
			d.Changed += c.Count
		default:
			d.MissingHere += c.Count
		}
	}
	return d, nil
}
