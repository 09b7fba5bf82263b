package upkeep

import (
	"context"
	"fmt"
	"time"

	"github.com/guardmdm/guardmdm/ent"
	"github.com/guardmdm/guardmdm/ent/fleetday"
	"github.com/guardmdm/guardmdm/ent/gid"
	"github.com/guardmdm/guardmdm/server/store"
)

// dayOf is the UTC day of a moment, as device_counts count it.
func dayOf(t time.Time) int { return int(t.Unix() / 86400) }

// KeepDay keeps how many devices there are as the number of today: what it says last stays. It reads the kept counts, not the devices.
func (s *Service) KeepDay(ctx context.Context) error {
	today := dayOf(s.clock.Now())
	err := s.db.WithTx(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO fleet_days (day, abm_token_id, platform, devices)
			SELECT CAST($1 AS BIGINT), counts.abm_token_id, counts.platform, counts.present FROM device_counts AS counts
			JOIN abm_tokens AS token ON token.id = counts.abm_token_id AND token.deleted_at IS NULL WHERE counts.day = 0
			ON CONFLICT (day, abm_token_id, platform) DO UPDATE SET devices = excluded.devices`, today)
		if err != nil {
			return err
		}
		_, err = tx.FleetDay.Delete().Where(fleetday.DayLT(today - keepDays)).Exec(ctx)
		return err
	})
	return store.MapError(err)
}

// Day is how many devices of a platform there were at the end of a day.
type Day struct {
	Date     time.Time // its beginning, UTC
	Platform string
	Devices  int
}

// Days is the course of the fleet: the last days, oldest first, of a token or, if it is 0, of all together. Days on which no server ran are missing.
func (s *Service) Days(ctx context.Context, token gid.ID, days int) ([]Day, error) {
	query := s.db.Reader().FleetDay.Query().Where(fleetday.DayGT(dayOf(s.clock.Now()) - days))
	if token != 0 {
		query.Where(fleetday.AbmTokenID(token))
	}
	var rows []struct {
		Day      int    `json:"day"`
		Platform string `json:"platform"`
		Sum      int    `json:"sum"`
	}
	err := query.Order(fleetday.ByDay(), fleetday.ByPlatform()).GroupBy(fleetday.FieldDay, fleetday.FieldPlatform).
		Aggregate(ent.As(ent.Sum(fleetday.FieldDevices), "sum")).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("reading the course of the fleet: %w", store.MapError(err))
	}
	list := make([]Day, len(rows))
	for i, row := range rows {
		list[i] = Day{Date: time.Unix(int64(row.Day)*86400, 0).UTC(), Platform: row.Platform, Devices: row.Sum}
	}
	return list, nil
}
