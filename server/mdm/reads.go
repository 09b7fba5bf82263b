package mdm

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/device"
	"github.com/guardmdm/guardmdm/ent/deviceenrollment"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/ent/identitycertificate"
	"github.com/guardmdm/guardmdm/ent/mdmchannel"
	"github.com/guardmdm/guardmdm/ent/predicate"
)

// Of gives what devices did since they were switched on; those that never called are missing.
func (s *Service) Of(ctx context.Context, devices []*ent.Device) (map[gid.ID]*ent.DeviceEnrollment, error) {
	ids := make([]gid.ID, len(devices))
	for i, d := range devices {
		ids[i] = d.ID
	}
	list, err := s.db.Reader().DeviceEnrollment.Query().Where(deviceenrollment.DeviceIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading how devices stand: %w", err)
	}
	of := make(map[gid.ID]*ent.DeviceEnrollment, len(list))
	for _, e := range list {
		of[e.DeviceID] = e
	}
	return of, nil
}

// Channel is a device's own channel, whether it takes commands or not; nil when it has none.
func (s *Service) Channel(ctx context.Context, device gid.ID) (*ent.MDMChannel, error) {
	list, err := s.db.Reader().MDMChannel.Query().Where(mdmchannel.DeviceID(device), mdmchannel.OfUser(false)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading a device's channel: %w", err)
	}
	var latest *ent.MDMChannel
	for _, c := range list { // more than one after its logic board was replaced
		if latest == nil || c.AuthenticatedAt != nil && (latest.AuthenticatedAt == nil || c.AuthenticatedAt.After(*latest.AuthenticatedAt)) {
			latest = c
		}
	}
	return latest, nil
}

// Identity is the certificate that the device's messages come with; nil when it has none.
func (s *Service) Identity(ctx context.Context, device gid.ID) (*ent.IdentityCertificate, error) {
	channel, err := s.Channel(ctx, device)
	if channel == nil || err != nil || channel.CertificateFingerprint == "" {
		return nil, err
	}
	found, err := s.db.Reader().IdentityCertificate.Query().Where(identitycertificate.Fingerprint(channel.CertificateFingerprint)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return found, err
}

// HasStatus finds the devices that have come so far.
func HasStatus(status deviceenrollment.Status) predicate.Device {
	return func(s *sql.Selector) {
		e := sql.Dialect(s.Dialect()).Select(deviceenrollment.FieldDeviceID).From(sql.Table(deviceenrollment.Table).As("enrollment"))
		if status == deviceenrollment.StatusNotEnrolled { // nearly all devices never called
			e.Where(sql.And(sql.ColumnsEQ(e.C(deviceenrollment.FieldDeviceID), s.C(device.FieldID)), sql.NEQ(e.C(deviceenrollment.FieldStatus), string(status))))
			s.Where(sql.NotExists(e))
			return
		}
		e.Where(sql.EQ(e.C(deviceenrollment.FieldStatus), string(status)))
		s.Where(sql.In(s.C(device.FieldID), e))
	}
}

// HasStatus implements graph's and export's interfaces.
func (s *Service) HasStatus(status deviceenrollment.Status) predicate.Device {
	return HasStatus(status)
}

// EnrolledWith finds the devices that enrolled with another MDM server the last time, or are enrolling; 0: with ours.
func (s *Service) EnrolledWith(other gid.ID) predicate.Device {
	return func(s *sql.Selector) {
		e := sql.Dialect(s.Dialect()).Select(deviceenrollment.FieldDeviceID).From(sql.Table(deviceenrollment.Table).As("enrollment"))
		if other != 0 {
			e.Where(sql.EQ(e.C(deviceenrollment.FieldOtherMdmID), other))
		} else {
			e.Where(sql.And(sql.In(e.C(deviceenrollment.FieldStatus), string(deviceenrollment.StatusEnrolling), string(deviceenrollment.StatusEnrolled),
				string(deviceenrollment.StatusUnenrolled)), sql.IsNull(e.C(deviceenrollment.FieldOtherMdmID))))
		}
		s.Where(sql.In(s.C(device.FieldID), e))
	}
}

// Counts are how many present devices have come how far.
type Counts struct{ Enrolling, Enrolled, Unenrolled, AwaitingConfiguration int }

// Count counts the present devices of a token, 0 for all: in the indexes of devices that called alone, less those few of them that were
// removed since.
func (s *Service) Count(ctx context.Context, token gid.ID) (c Counts, err error) {
	type group struct {
		query string
		sign  int
		args  []any
	}
	groups := []group{
		{"SELECT status, count(*) FROM device_enrollments GROUP BY status", 1, nil},
		{"SELECT 'AWAITING', count(*) FROM device_enrollments WHERE awaiting_configuration", 1, nil},
		{"SELECT e.status, count(*) FROM devices AS d JOIN device_enrollments AS e ON e.device_id = d.id WHERE d.removed_at IS NOT NULL GROUP BY e.status", -1, nil},
	}
	if token != 0 {
		const of = " FROM devices AS d JOIN device_enrollments AS e ON e.device_id = d.id WHERE d.abm_token_id = $1 AND d.removed_at IS NULL"
		groups = []group{
			{"SELECT e.status, count(*)" + of + " GROUP BY e.status", 1, []any{int64(token)}},
			{"SELECT 'AWAITING', count(*)" + of + " AND e.awaiting_configuration", 1, []any{int64(token)}},
		}
	}
	for _, g := range groups {
		rows, err := s.db.ReaderDB().QueryContext(ctx, g.query, g.args...)
		if err != nil {
			return c, fmt.Errorf("counting enrollments: %w", err)
		}
		for rows.Next() {
			var status string
			var n int
			if err := rows.Scan(&status, &n); err != nil {
				rows.Close()
				return c, fmt.Errorf("counting enrollments: %w", err)
			}
			switch n *= g.sign; status {
			case string(deviceenrollment.StatusEnrolling):
				c.Enrolling += n
			case string(deviceenrollment.StatusEnrolled):
				c.Enrolled += n
			case string(deviceenrollment.StatusUnenrolled):
				c.Unenrolled += n
			case "AWAITING":
				c.AwaitingConfiguration += n
			}
		}
		if err := rows.Err(); err != nil {
			return c, fmt.Errorf("counting enrollments: %w", err)
		}
		rows.Close()
	}
	return c, nil
}
